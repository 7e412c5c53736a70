//! What makes one provisioning of another on a device.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use wbxml::Encoding;

use super::dm::{Placed, There};
use super::messages::messages;
use super::object::Object;
use super::{Device, DmProvisioning, Loss, ProvisionError, Provisioning};
use crate::account::PocAccount;
use crate::dm::node_of;
use crate::form::{Diff, Edit, EditNode, applied, withdraw};
use crate::join::{Candidates, Identity};

/// The commands that make one provisioning of another on a device, and in what its settings are something else then.
///
/// The device has the old one as [`Provisioning::dm`] has it. Accounts of one application and provider are one, and
/// change by [`Diff`]; others are added and withdrawn. Companions are one if their nodes have one address, and change
/// node by node. What is new comes first and what is gone last, so that the device can be reached all the time.
///
/// With nothing to follow, it is the withdrawal of all. Further commands, such as those of an
/// [`Order`](crate::software::Order) for new software, stand in the same message:
///
/// ```
/// use poc_mo::provision::{Device, Provisioning, Update};
/// use poc_mo::software::{Component, Operation, Order, fumo};
/// use poc_mo::syncml::{Location, MessageReader, MessageWriter, SyncHdr};
/// use poc_mo::wbxml::{Writer, vocabulary::syncml::SYNCML_1_2};
/// use poc_mo::{Edit, Field, PocAccount};
///
/// let mut account = PocAccount::default();
/// account.set(Field::AppId, "ap0001")?;
/// account.set(Field::T11, "5000")?;
/// let old = Provisioning::new(vec![account.clone()]);
/// account.set(Field::T11, "8000")?;
/// let new = Provisioning::new(vec![account]);
///
/// let device = Device::dm_1_2("IMEI:490154203237518", "https://dm.harbour.example").node("./PoC/Harbour");
/// let update = Update::new(&old, &new, &device)?;
/// assert!(update.losses().is_empty());
/// assert!(matches!(update.edits(), [Edit::Replace(node)] if node.uri == "./PoC/Harbour/T11Timer"));
///
/// let firmware = Component::new(&fumo::MODEL, "./FwUpdate/Radio")?;
/// let order = Order::new(&firmware, Operation::Update)?;
/// let header = SyncHdr::dm_1_2("1", "1", Location::new("IMEI:490154203237518"), Location::new("https://dm.example"));
/// let mut octets = Vec::new();
/// let mut message = MessageWriter::new(Writer::new(&mut octets, &SYNCML_1_2)?, &header)?;
/// for (cmd_id, edit) in (1..).zip(update.edits()) {
///     edit.write_to(&mut message, &cmd_id.to_string())?;
/// }
/// let pending = order.send("1", 2, |command| message.command(command))?;
/// message.finish(true)?;
/// # let mut message = MessageReader::parse(&octets)?;
/// # assert!(matches!(message.next_command()?, Some(poc_mo::syncml::Command::Replace(_))));
/// # assert!(matches!(message.next_command()?, Some(poc_mo::syncml::Command::Exec(_))));
///
/// let gone = Update::new(&new, &Provisioning::default(), &device)?;
/// assert_eq!(gone.edits(), [Edit::Delete("./PoC/Harbour".into())]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Update<'d> {
    device: Device<'d>,
    edits: Vec<Edit>,
    losses: Vec<Loss>,
    unconfirmed: BTreeSet<String>,
    nodes: Vec<String>,
}

impl<'d> Update<'d> {
    /// From `old`, which the device has, to `new`.
    ///
    /// # Errors
    /// As [`Provisioning::dm`], of either.
    pub fn new(old: &Provisioning, new: &Provisioning, device: &Device<'d>) -> Result<Self, ProvisionError> {
        let of = matches(&old.accounts, &new.accounts);
        let old = DmProvisioning::new(old, device)?;
        let new = DmProvisioning::beside(new, device, Some(&There { old: &old, of: &of }))?;
        let of_companion = |loss: &&Loss| matches!(loss, Loss::Companion(_));
        let losses = new.losses().iter().filter(of_companion).cloned().collect();
        let nodes = new.nodes().map(String::from).collect();
        let unconfirmed = new.unconfirmed.clone();
        let mut update = Self { device: *device, edits: Vec::new(), losses, unconfirmed, nodes };

        let kept: BTreeSet<usize> = of.iter().copied().flatten().collect();
        let uris: BTreeSet<&str> = new.objects().map(Object::uri).collect();
        let mut companions: BTreeMap<&str, &Object> =
            old.companions.iter().map(|object| (object.uri(), object)).collect();
        let withdrawn: Vec<&str> = old
            .accounts
            .iter()
            .enumerate()
            .filter(|(index, _)| !kept.contains(index))
            .map(|(_, placed)| placed.object.uri())
            .collect();
        // an address that something else gets has to be free before
        let is_early = |uri: &&&str| uris.contains(**uri);
        for uri in withdrawn.iter().filter(is_early) {
            update.edits.push(withdraw(uri)?);
        }
        for object in &new.companions {
            match companions.remove(object.uri()) {
                Some(before) => update.change(before, object),
                None => update.add(object),
            }
        }
        for (index, placed) in new.accounts.iter().enumerate() {
            match of.get(index).copied().flatten().and_then(|before| old.accounts.get(before)) {
                Some(before) => update.change_account(index, before, placed)?,
                None => {
                    update.add(&placed.object);
                    update.losses.extend(placed.losses(index, &placed.losses));
                }
            }
        }
        for uri in withdrawn.iter().filter(|uri| !is_early(uri)) {
            update.edits.push(withdraw(uri)?);
        }
        update.edits.extend(companions.into_keys().map(|uri| Edit::Delete(uri.into())));
        Ok(update)
    }

    /// The commands, in the order in which they are to be sent.
    #[must_use]
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// In what the device's settings are something else than `new` thereafter; nothing, if they are the same.
    #[must_use]
    pub fn losses(&self) -> &[Loss] {
        &self.losses
    }

    /// The names in use in what follows that are not confirmed, of nodes and of the parms that companions came with.
    pub fn unconfirmed(&self) -> impl Iterator<Item = &str> {
        self.unconfirmed.iter().map(String::as_str)
    }

    /// The addresses of the accounts' nodes, in the order of the accounts of `new`.
    pub fn nodes(&self) -> impl Iterator<Item = &str> {
        self.nodes.iter().map(String::as_str)
    }

    /// The commands in messages in WBXML, as [`DmProvisioning::to_wbxml`].
    ///
    /// # Errors
    /// As [`DmProvisioning::to_wbxml`].
    pub fn to_wbxml(&self) -> Result<Vec<Vec<u8>>, ProvisionError> {
        messages(&self.edits, &self.device, Encoding::Wbxml(self.device.vocabulary()))
    }

    /// The same in XML.
    ///
    /// # Errors
    /// As [`DmProvisioning::to_wbxml`].
    #[cfg(feature = "xml")]
    #[cfg_attr(docsrs, doc(cfg(feature = "xml")))]
    pub fn to_xml(&self) -> Result<Vec<Vec<u8>>, ProvisionError> {
        messages(&self.edits, &self.device, Encoding::Xml(self.device.vocabulary()))
    }

    /// Adds an object, and then its rights.
    fn add(&mut self, object: &Object) {
        self.edits.push(object.add());
        if object.acl.is_some() {
            self.edits.push(object.replace_acl());
        }
    }

    /// Changes an object node by node.
    fn change(&mut self, old: &Object, new: &Object) {
        let after: BTreeMap<&str, &EditNode> = new.nodes.iter().map(|node| (&*node.uri, node)).collect();
        let mut kept: BTreeMap<&str, &EditNode> = BTreeMap::new();
        let mut gone: Option<&str> = None;
        for node in &old.nodes {
            let uri = &*node.uri;
            if gone.and_then(|gone| uri.strip_prefix(gone)).is_some_and(|rest| rest.starts_with('/')) {
                continue;
            }
            let is_same = |other: &&EditNode| (other.format, &other.type_) == (node.format, &node.type_);
            if after.get(uri).is_some_and(is_same) {
                kept.insert(uri, node);
            } else {
                gone = Some(uri);
                self.edits.push(Edit::Delete(uri.into()));
            }
        }
        let is_new = |node: &&EditNode| !kept.contains_key(&*node.uri);
        let added: Vec<EditNode> = new.nodes.iter().filter(is_new).cloned().collect();
        if !added.is_empty() {
            self.edits.push(Edit::Add(added));
        }
        let is_other = |node: &&EditNode| kept.get(&*node.uri).is_some_and(|before| before.value != node.value);
        self.edits.extend(new.nodes.iter().filter(is_other).cloned().map(Edit::Replace));
        let rights = if kept.contains_key(new.uri()) { old.acl.as_ref() } else { None };
        if rights != new.acl.as_ref() {
            self.edits.push(new.replace_acl());
        }
    }

    fn change_account(&mut self, index: usize, old: &Placed, new: &Placed) -> Result<(), ProvisionError> {
        let node = new.object.uri();
        let profile = &self.device.options.profile;
        // as the device has it: references have nodes there, and what was lost is not there
        let before = applied(&PocAccount::default(), profile, node_of(node), &[old.object.add()]);
        let diff = Diff::new(&before.unwrap_or_default(), &new.account, profile, node, &new.object_id)?;
        self.edits.extend_from_slice(diff.edits());
        self.losses.extend(new.losses(index, diff.losses()));
        let is_anew = diff.edits().iter().any(|edit| matches!(edit, Edit::Delete(uri) if uri == node));
        let rights = if is_anew { None } else { old.object.acl.as_ref() };
        if rights != new.object.acl.as_ref() {
            self.edits.push(new.object.replace_acl());
        }
        Ok(())
    }
}

/// Which of the old accounts each new one is: of one application and provider, each once.
fn matches(old: &[PocAccount], new: &[PocAccount]) -> Vec<Option<usize>> {
    let mut known = Candidates::default();
    for (index, account) in old.iter().enumerate() {
        known.insert(index, &Identity::of(account));
    }
    new.iter().map(|account| known.take_same(&Identity::of(account), |_| true)).collect()
}
