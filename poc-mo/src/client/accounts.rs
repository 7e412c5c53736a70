//! The accounts in a management tree.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use syncml::dm::NodeKind;
use wbxml::Text;

use crate::dm::node_path;
use crate::error::Error;
use crate::object::{Store, StoredNode};
use crate::profile::Profile;
use crate::room::Room;
use crate::settings::Instance;
use crate::tree::{Action, Change, Fault, Tree};

/// The accounts, as if each of their nodes had come by itself, in the order in which they came.
pub(super) fn read(profile: &Profile<'_>, store: &Store<'_>) -> Result<Vec<Instance>, Error> {
    let mut room = Room::new();
    let mut changes = Vec::new();
    let is_account = |node: &StoredNode<'_>| node.kind == NodeKind::Interior && profile.has_object_id(node.type_);
    for node in store.objects(is_account) {
        let uri = store.uri(&node);
        room.take(uri.len())?;
        changes.extend(change(uri, &node));
    }
    let mut tree = Tree::new(profile, Vec::new(), &changes, room)?;
    for change in &changes {
        tree.apply(change)?;
    }
    Ok(tree.into_instances())
}

fn change<'s>(uri: String, node: &StoredNode<'s>) -> Option<Change<'s>> {
    let action = match (node.kind, node.text) {
        (NodeKind::Interior, _) => Action::Node(Some(Text::new(node.type_))),
        (NodeKind::Leaf, Some(text)) => Action::Leaf(Text::new(text)),
        (NodeKind::Leaf, None) => Action::Unreadable(Fault::NotText),
    };
    Some(Change { path: node_path(Cow::Owned(uri))?, action, is_initial: true, offset: 0 })
}
