//! Serialised trees in commands (OMA-TS-DM-TNDS): their nodes, as if each had come by itself.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use syncml::dm::mgmt_tree::TndsObject;
use wbxml::{Limits, Text};

use super::node_path;
use crate::error::Error;
use crate::room::Room;
use crate::tree::{Action, Change, Fault};

/// A node that a serialised tree adds.
#[derive(Debug)]
pub(super) struct Planted {
    path: String,
    content: Content,
    offset: usize,
}

#[derive(Debug)]
enum Content {
    /// An interior node, perhaps of this type.
    Node(Option<String>),
    Leaf(String),
    Unreadable,
}

impl Planted {
    pub(super) fn change(&self) -> Change<'_> {
        let action = match &self.content {
            Content::Node(type_) => Action::Node(type_.as_deref().map(Text::new)),
            Content::Leaf(value) => Action::Leaf(Text::new(value)),
            Content::Unreadable => Action::Unreadable(Fault::NotText),
        };
        Change { path: Cow::Borrowed(&self.path), action, offset: self.offset }
    }
}

/// The nodes that an object adds below `target`, in its order. Nodes without an address, and those below them, are
/// passed over: none of them is known for one of PoC.
pub(super) fn nodes(
    object: &TndsObject<'_>,
    target: &str,
    offset: usize,
    room: &mut Room,
) -> Result<Vec<Planted>, Error> {
    let mut planted = Vec::new();
    let tree = object.tree(Limits::DEFAULT)?;
    let mut items = tree.adds(target);
    loop {
        let item = match items.next_item() {
            Ok(Some(item)) => item,
            Ok(None) => return Ok(planted),
            Err(_) => continue,
        };
        let Some(uri) = item.uri() else { continue };
        let mut string = |text, of: &str| room.string(text, of).map_err(|error| error.or_at(offset));
        let Some(path) = node_path(Cow::Owned(string(uri, "NodeName")?)) else { continue };
        let content = if item.meta.format.is_some_and(|format| format == *"node") {
            Content::Node(item.meta.type_.map(|type_| string(type_, "DDFName")).transpose()?)
        } else {
            match item.data_text() {
                Some(text) => Content::Leaf(string(text, &path)?),
                None if item.data.is_none() => Content::Leaf(String::new()),
                None => Content::Unreadable,
            }
        };
        planted.push(Planted { path: path.into_owned(), content, offset });
    }
}
