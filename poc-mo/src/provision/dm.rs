//! As management objects.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use omacp::resolve::Target;
use syncml::dm::mgmt_tree::MgmtTree;
use wbxml::Encoding;

use super::messages::messages;
use super::object::{self, Object};
use super::{Device, Loss, ProvisionError, Provisioning};
use crate::account::PocAccount;
use crate::convert::{self, DmObjects, NodeNames};
use crate::dm::node_of;
use crate::form::{DmForm, Edit};
use crate::profile::{Field, Profile};

/// A provisioning as management objects, and what it loses there: [`Provisioning::dm`].
///
/// A PoC account's node is called after its provider, or `APPLICATION`, as
/// [`convert`](crate::convert#what-nodes-are-called) calls nodes, and has the same rights as the other objects. Its
/// references to companions that are objects too are the addresses of their nodes.
#[derive(Clone, Debug)]
pub struct DmProvisioning<'d> {
    pub(super) device: Device<'d>,
    pub(super) companions: Vec<Object>,
    pub(super) accounts: Vec<Placed>,
    losses: Vec<Loss>,
    pub(super) unconfirmed: BTreeSet<String>,
}

/// An account at its node.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    /// With addresses as references.
    pub(super) account: PocAccount,
    pub(super) object_id: String,
    pub(super) object: Object,
    /// Which references are addresses.
    resolved: Vec<(Field, usize, String)>,
    pub(super) losses: Vec<crate::Loss>,
}

/// What is on the device, and which account of it each account is.
pub(super) struct There<'t, 'd> {
    pub(super) old: &'t DmProvisioning<'d>,
    pub(super) of: &'t [Option<usize>],
}

impl<'d> DmProvisioning<'d> {
    pub(super) fn new(provisioning: &Provisioning, device: &Device<'d>) -> Result<Self, ProvisionError> {
        Self::beside(provisioning, device, None)
    }

    /// The same beside what is there: accounts that are there keep their nodes, and no other gets one of those.
    pub(super) fn beside(
        provisioning: &Provisioning,
        device: &Device<'d>,
        there: Option<&There<'_, '_>>,
    ) -> Result<Self, ProvisionError> {
        let document = provisioning.companions();
        let objects = convert::to_dm(&document, &device.options)?;
        let companions = object::of_tree(&objects.tree())?;
        let mut names = NodeNames::default();
        for object in companions.iter().chain(there.iter().flat_map(|there| there.old.objects())) {
            reserve(&mut names, object.uri());
        }
        let own = device.node.filter(|_| there.is_none_or(|there| there.old.accounts.is_empty()));
        own.into_iter().for_each(|node| reserve(&mut names, node));
        let mut accounts = Vec::new();
        for (index, account) in provisioning.accounts.iter().enumerate() {
            let kept = there.and_then(|there| there.old.accounts.get((*there.of.get(index)?)?));
            let node = match (kept, own) {
                (Some(placed), _) => String::from(placed.object.uri()),
                (None, Some(node)) if index == 0 => String::from(node),
                (None, _) => chosen(&mut names, device, account),
            };
            accounts.push(Placed::new(account, node, device, &objects)?);
        }
        let mut losses: Vec<Loss> = objects.losses().iter().cloned().map(Loss::Companion).collect();
        for (index, placed) in accounts.iter().enumerate() {
            losses.extend(placed.losses(index, &placed.losses));
        }
        let mut unconfirmed: BTreeSet<String> = objects.unconfirmed().map(String::from).collect();
        for placed in &accounts {
            unconfirmed.extend(unconfirmed_of(placed, &device.options.profile)?);
        }
        Ok(Self { device: *device, companions, accounts, losses, unconfirmed })
    }

    /// All objects: companions, and behind them the accounts, which refer to them.
    pub(super) fn objects(&self) -> impl Iterator<Item = &Object> + Clone {
        self.companions.iter().chain(self.accounts.iter().map(|placed| &placed.object))
    }

    /// In what the device's settings are something else; nothing, if they are the same.
    #[must_use]
    pub fn losses(&self) -> &[Loss] {
        &self.losses
    }

    /// The names in use that are not confirmed, of nodes and of the parms that companions came with.
    pub fn unconfirmed(&self) -> impl Iterator<Item = &str> {
        self.unconfirmed.iter().map(String::as_str)
    }

    /// The addresses of the accounts' nodes, in the order of the accounts.
    pub fn nodes(&self) -> impl Iterator<Item = &str> {
        self.accounts.iter().map(|placed| placed.object.uri())
    }

    /// The commands that add all objects, and then the access control lists.
    #[must_use]
    pub fn edits(&self) -> Vec<Edit> {
        object::adds(self.objects())
    }

    /// The objects as one serialised tree, each with its path and its access control list.
    #[must_use]
    pub fn tree(&self) -> MgmtTree<'_> {
        object::tree(self.objects(), true)
    }

    /// The commands in messages in WBXML: one, or as many as the device's `MaxMsgSize` asks for. Session and first
    /// message are called 1, and there are no credentials: a server that has a session writes
    /// [`edits`](Self::edits) into its own messages.
    ///
    /// # Errors
    /// [`ProvisionError::Package`] if a command fits into no message, or cannot be written.
    pub fn to_wbxml(&self) -> Result<Vec<Vec<u8>>, ProvisionError> {
        messages(&self.edits(), &self.device, Encoding::Wbxml(self.device.vocabulary()))
    }

    /// The same in XML.
    ///
    /// # Errors
    /// As [`to_wbxml`](Self::to_wbxml).
    #[cfg(feature = "xml")]
    #[cfg_attr(docsrs, doc(cfg(feature = "xml")))]
    pub fn to_xml(&self) -> Result<Vec<Vec<u8>>, ProvisionError> {
        messages(&self.edits(), &self.device, Encoding::Xml(self.device.vocabulary()))
    }
}

/// Which references of an account are addresses in the management tree, and what they refer to.
const REFERRED: [(Field, Target); 2] = [(Field::ConRef, Target::AccessPoint), (Field::AppRef, Target::Application)];

impl Placed {
    fn new(
        account: &PocAccount,
        node: String,
        device: &Device<'_>,
        objects: &DmObjects,
    ) -> Result<Self, ProvisionError> {
        let mut account = account.clone();
        let mut resolved = Vec::new();
        for (field, target) in REFERRED {
            let references = if field == Field::ConRef { &mut account.con_refs } else { &mut account.app_refs };
            for (index, reference) in references.iter_mut().enumerate() {
                if let Some(uri) = objects.uri(target, &reference.to) {
                    reference.to = uri.into();
                    resolved.push((field, index, reference.to.clone()));
                }
            }
        }
        let object_id = String::from(object_id(&account, device));
        let form = DmForm::new(&account, &device.options.profile, &node, &object_id)?;
        let losses = form.losses().to_vec();
        let nodes = if let Edit::Add(nodes) = form.add() { nodes } else { Vec::new() };
        let object = Object { above: form.target(), acl: objects.acl().map(String::from), nodes };
        Ok(Self { object_id, object, resolved, losses, account })
    }

    /// These losses of the account, which is the one of this number, and its references that are addresses.
    pub(super) fn losses(&self, account: usize, losses: &[crate::Loss]) -> Vec<Loss> {
        let lost: BTreeSet<(Field, usize)> = losses
            .iter()
            .filter_map(|loss| match loss {
                crate::Loss::Reference { field, index, .. } => Some((*field, *index)),
                _ => None,
            })
            .collect();
        let resolved = self.resolved.iter().filter(|(field, index, _)| !lost.contains(&(*field, *index)));
        let resolved = resolved.map(|(field, index, uri)| Loss::Resolved {
            account,
            field: *field,
            index: *index,
            uri: uri.clone(),
        });
        losses.iter().map(|loss| Loss::Account { account, loss: loss.clone() }).chain(resolved).collect()
    }
}

/// The names of an account's nodes that are not confirmed.
fn unconfirmed_of(placed: &Placed, profile: &Profile<'_>) -> Result<Vec<String>, ProvisionError> {
    let form = DmForm::new(&placed.account, profile, placed.object.uri(), &placed.object_id)?;
    let rows = form.unconfirmed().iter().filter_map(|field| profile.row(*field));
    Ok(rows.map(|row| row.dm.name.to_string()).collect())
}

/// Keeps a node's address from being chosen.
fn reserve(names: &mut NodeNames, uri: &str) {
    let path = node_of(uri);
    let (above, name) = path.rsplit_once('/').unwrap_or(("", path));
    names.reserve(above, name);
}

/// An address for an account's node.
fn chosen(names: &mut NodeNames, device: &Device<'_>, account: &PocAccount) -> String {
    /// What a node is called that has no better name, as in conversions: the type of the characteristic.
    const NAMELESS: &str = "APPLICATION";
    let above = node_of(device.options.places.poc);
    let provider = account.provider_id.as_deref().filter(|id| !id.is_empty());
    let name = names.choose(above, provider.unwrap_or(NAMELESS), device.options.name_octets);
    match above {
        "" | "." => format!("./{name}"),
        above => format!("./{above}/{name}"),
    }
}

/// The object identifier of an account.
fn object_id<'d>(account: &PocAccount, device: &Device<'d>) -> &'d str {
    let Profile { app_ids, object_ids, .. } = device.options.profile;
    let is_own = |known: &&str| account.app_id.as_deref().is_some_and(|app_id| known.eq_ignore_ascii_case(app_id));
    let place = app_ids.iter().position(is_own).unwrap_or_default();
    device.object_id.or_else(|| object_ids.get(place).or(object_ids.first()).copied()).unwrap_or_default()
}
