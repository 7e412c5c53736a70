//! What makes one account of another: the commands for the nodes in which they differ.

mod align;
mod extensions;
mod plan;
mod references;

use alloc::borrow::Cow;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::vec::Vec;

use wbxml::Text;

use super::dm::{DmForm, account_node};
use super::edit::{Edit, EditNode};
use super::nodes::{Nodes, placed, row_of};
use crate::account::PocAccount;
use crate::dm::node_path;
use crate::error::Error;
use crate::loss::{Loss, Reason};
use crate::profile::{Field, Profile};
use crate::room::Room;
use crate::settings::Instance;
use crate::tree::{Action, Change, Tree};
use plan::Plan;

/// The commands that make one account of another on a device, as few as there can be, and in what the device's account
/// is another one thereafter.
///
/// A setting, a reference and an extension are one node each. What is the same in both is not touched. References and
/// extensions have an order: what cannot stay in its place is deleted and added behind the others. Where commands on
/// single nodes do not lead there, because a name is no address for instance, the whole account is deleted and added.
///
/// ```
/// use poc_mo::{Diff, Edit, Field, PocAccount, profile::PROVISIONAL};
///
/// let mut old = PocAccount::default();
/// old.set(Field::T11, "5000")?;
/// old.set(Field::Name, "Harbour radio")?;
/// let mut new = old.clone();
/// new.set(Field::T11, "8000")?;
/// new.clear(Field::Name);
///
/// let diff = Diff::new(&old, &new, &PROVISIONAL, "./PoC/Harbour", "urn:oma:mo:oma_poc:2.1")?;
/// assert!(diff.losses().is_empty());
/// assert_eq!(diff.edits().len(), 2);
/// assert_eq!(diff.edits()[0], Edit::Delete("./PoC/Harbour/Name".into()));
/// let Edit::Replace(timer) = &diff.edits()[1] else { panic!() };
/// assert_eq!((&*timer.uri, timer.value.as_deref()), ("./PoC/Harbour/T11Timer", Some("8000")));
/// # Ok::<(), poc_mo::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diff {
    edits: Vec<Edit>,
    losses: Vec<Loss>,
}

/// In which order extensions are to be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    /// As the account lists them.
    Listed,
    /// The nearest to it in which nodes can come.
    OfNodes,
}

impl Diff {
    /// From `old`, which the device has at this node, to `new`, with the names of `profile`. The object identifier is
    /// for an account that is made anew.
    ///
    /// # Errors
    /// As [`DmForm::new`].
    pub fn new(
        old: &PocAccount,
        new: &PocAccount,
        profile: &Profile<'_>,
        node: &str,
        object_id: &str,
    ) -> Result<Self, Error> {
        let form = DmForm::new(new, profile, node, object_id)?;
        let node = account_node(node)?;
        let of_nodes = |order| Self::of_nodes(old, new, profile, node, order);
        if let Some(diff) = of_nodes(Order::Listed).or_else(|| of_nodes(Order::OfNodes)) {
            return Ok(diff);
        }
        let edits = Vec::from([withdraw(node)?, form.add()]);
        Ok(Self { edits, losses: form.losses().to_vec() })
    }

    /// The commands, in the order in which they are to be sent.
    #[must_use]
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// In what the device's account is another one than `new` thereafter; nothing, if it is the same.
    #[must_use]
    pub fn losses(&self) -> &[Loss] {
        &self.losses
    }

    /// The commands for single nodes, if they lead to the new account.
    fn of_nodes(old: &PocAccount, new: &PocAccount, profile: &Profile<'_>, node: &str, order: Order) -> Option<Self> {
        let mut losses = Nodes::new(new, profile).losses;
        losses.retain(|loss| match loss {
            // what the device has already need not be said
            Loss::Extension { .. } if new.extensions == old.extensions => false,
            // for these there is no room beside others of the same account
            Loss::Extension { reason: Reason::Repeated | Reason::Leaf, .. } => true,
            Loss::Extension { index, .. } => {
                new.extensions.get(*index).is_some_and(|extension| !old.extensions.contains(extension))
            }
            Loss::Field(field, _) | Loss::Reference { field, .. } => !new.values(*field).eq(old.values(*field)),
            _ => false,
        });
        let mut target = new.without(&losses);
        if order == Order::OfNodes {
            if !extensions::put_in_order(&mut target.extensions) {
                return None;
            }
            losses.push(Loss::Order);
        }
        let mut plan = Plan::new(node);
        for field in Field::ALL.into_iter().filter(|field| !field.is_list()) {
            setting(&mut plan, field, old, &target, profile)?;
        }
        references::plan(&mut plan, Field::ConRef, &old.con_refs, &target.con_refs, profile)?;
        references::plan(&mut plan, Field::AppRef, &old.app_refs, &target.app_refs, profile)?;
        extensions::plan(&mut plan, &old.extensions, &target.extensions, profile)?;
        let edits = plan.into_edits()?;
        let mut result = applied(old, profile, node, &edits)?;
        let names: BTreeSet<&str> = target.extensions.iter().map(|extension| &*extension.name).collect();
        result.extensions.retain(|extension| {
            let is_added =
                extension.value.is_none() && !names.contains(&*extension.name) && has_below(&names, &extension.name);
            if is_added {
                losses.push(Loss::Node(extension.name.clone()));
            }
            !is_added
        });
        (result == target).then_some(Self { edits, losses })
    }
}

/// The command that takes an account from a device, with everything below its node.
///
/// ```
/// use poc_mo::{Edit, withdraw};
///
/// assert_eq!(withdraw("PoC/Harbour")?, Edit::Delete("./PoC/Harbour".into()));
/// # Ok::<(), poc_mo::Error>(())
/// ```
///
/// # Errors
/// [`ErrorKind::Address`](crate::ErrorKind::Address) if `node` is no address of an account.
pub fn withdraw(node: &str) -> Result<Edit, Error> {
    Ok(Edit::Delete(format!("./{}", account_node(node)?)))
}

/// Plans what makes one value of another.
fn setting(plan: &mut Plan<'_>, field: Field, old: &PocAccount, new: &PocAccount, profile: &Profile<'_>) -> Option<()> {
    let (before, after) = (old.values(field).next(), new.values(field).next());
    let row = row_of(profile, field);
    if before == after {
        if let (Some(_), Ok(row)) = (before, row) {
            plan.keep(&placed(row.dm.name, 1));
        }
        return Some(());
    }
    let row = row.ok()?;
    let path = placed(row.dm.name, 1);
    match (before, after.map(|value| row.node_value(value))) {
        (Some(_), None) => plan.delete(&path),
        (None, Some(value)) => plan.add(&path, Some((row.format.as_str(), &value))),
        (_, Some(value)) => plan.replace(&path, row.format.as_str(), &value),
        (None, None) => {}
    }
    Some(())
}

/// Whether one of the names stands below this node.
fn has_below(names: &BTreeSet<&str>, node: &str) -> bool {
    let inside = format!("{node}/");
    names.range(&*inside..).next().is_some_and(|name| name.starts_with(&inside))
}

/// The account at this node after these commands, as who receives them has it.
pub(crate) fn applied(old: &PocAccount, profile: &Profile<'_>, node: &str, edits: &[Edit]) -> Option<PocAccount> {
    let mut changes = Vec::new();
    for edit in edits {
        match edit {
            Edit::Add(nodes) => changes.extend(nodes.iter().filter_map(change)),
            Edit::Replace(node) => changes.extend(change(node)),
            Edit::Delete(uri) => changes.extend(changed(uri, Action::Delete)),
        }
    }
    let instances = Vec::from([Instance::new(old.clone(), Some(node))]);
    let mut tree = Tree::new(profile, instances, &changes, Room::new()).ok()?;
    for change in &changes {
        tree.apply(change).ok()?;
    }
    tree.into_instances().pop().map(|instance| instance.account)
}

fn change(node: &EditNode) -> Option<Change<'_>> {
    changed(
        &node.uri,
        match &node.value {
            Some(value) => Action::Leaf(Text::new(value)),
            None => Action::Node(node.type_.as_deref().map(Text::new)),
        },
    )
}

fn changed<'a>(uri: &'a str, action: Action<'a>) -> Option<Change<'a>> {
    Some(Change { path: node_path(Cow::Borrowed(uri))?, action, is_initial: false, offset: 0 })
}
