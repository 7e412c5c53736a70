//! Serialised trees in commands (OMA-TS-DM-TNDS): their nodes, as if each had come by itself.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write;

use syncml::dm::bootstrap::inbox_path;
use syncml::dm::mgmt_tree::{Node, NodeType, TndsObject, Value};
use syncml::dm::{Format, Segment, Uri};
use wbxml::{Limits, Text};

use super::{node_of, node_path, unescaped};
use crate::error::{Error, ErrorKind};
use crate::room::Room;
use crate::tree::{Action, Change, Fault, INBOX, UNNAMED};

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
    pub(super) fn change(&self, is_initial: bool) -> Change<'_> {
        let action = match &self.content {
            Content::Node(type_) => Action::Node(type_.as_deref().map(Text::new)),
            Content::Leaf(value) => Action::Leaf(Text::new(value)),
            Content::Unreadable => Action::Unreadable(Fault::NotText),
        };
        Change { path: Cow::Borrowed(&self.path), action, is_initial, offset: self.offset }
    }
}

/// The node to which a tree goes, without `./` in front: the root too; `None` if it is none.
pub(super) fn target(uri: &str) -> Option<Cow<'_, str>> {
    let is_root = matches!(node_of(uri), "" | ".");
    if is_root { Some(Cow::Borrowed("")) } else { node_path(Cow::Borrowed(uri)) }
}

/// The nodes that an object adds below `target`, in its order. A name that is missing, or that is no text, is left to
/// the device; `unnamed` counts them, so that no two are the same. In the inbox that is the name of each node at the
/// top: the device takes the node to where it wants.
pub(super) fn nodes(
    object: &TndsObject<'_>,
    target: &str,
    offset: usize,
    room: &mut Room,
    unnamed: &mut usize,
) -> Result<Vec<Planted>, Error> {
    let tree = object.tree(Limits::DEFAULT)?;
    let is_inbox = target == INBOX || inbox_path(target).is_some();
    let mut planted = Vec::new();
    let mut path = String::from(target);
    // how long the path of each open node is
    let mut open = Vec::new();
    let mut walk = tree.walk();
    while let Some(node) = walk.next() {
        let depth = walk.depth();
        open.truncate(depth);
        path.truncate(open.last().copied().unwrap_or(target.len()));
        let at = |error: Error| error.or_at(offset);
        let is_moved = depth == 0 && is_inbox;
        if let Some(above) = node.path().filter(|_| depth == 0 && !is_moved) {
            push(&mut path, above, room).map_err(at)?;
        }
        let name = node.name().filter(|_| !is_moved);
        if !name.map_or(Ok(false), |name| push(&mut path, name, room)).map_err(at)? {
            *unnamed = unnamed.saturating_add(1);
            separate(&mut path);
            // a string takes whatever is written to it
            let _ = write!(path, "{UNNAMED}{unnamed}");
        }
        open.push(path.len());
        room.take(path.len()).map_err(at)?;
        let content = content(&node, &path, room).map_err(at)?;
        planted.push(Planted { path: path.clone(), content, offset });
    }
    Ok(planted)
}

/// Puts names behind a path; gives whether there are any. What cannot stand in a path is escaped.
fn push(path: &mut String, names: Text<'_>, room: &mut Room) -> Result<bool, Error> {
    let names = match room.text(names, "NodeName") {
        Err(error) if matches!(error.kind(), ErrorKind::NotText(_)) => return Ok(false),
        names => names?,
    };
    let before = path.len();
    for name in names.split('/').filter(|name| !name.is_empty() && *name != ".") {
        separate(path);
        let is_segment = !name.contains('?') && Uri::parse(name).is_ok_and(|uri| uri.path() == name);
        if is_segment {
            path.push_str(&unescaped(name));
        } else {
            // a string takes whatever is written to it
            let _ = write!(path, "{}", Segment::escape(name));
        }
    }
    Ok(path.len() > before)
}

fn separate(path: &mut String) {
    if !path.is_empty() {
        path.push('/');
    }
}

/// What a node holds: by its format, or by what there is where it does not say.
fn content(node: &Node<'_, '_>, path: &str, room: &mut Room) -> Result<Content, Error> {
    let properties = node.rt_properties().unwrap_or_default();
    let value = node.value();
    let is_interior = match properties.format {
        Some(format) => format == Format::NODE,
        None => value.is_none() && !matches!(properties.type_, Some(NodeType::Mime(_))),
    };
    if is_interior {
        return Ok(Content::Node(match properties.type_ {
            Some(NodeType::DdfName(name)) => Some(room.string(name, path)?),
            _ => None,
        }));
    }
    let text = match value {
        None => Some(Text::EMPTY),
        Some(Value::Text(text)) => Some(text),
        Some(Value::Octets(octets)) => core::str::from_utf8(octets).ok().map(Text::new),
        Some(Value::Markup(element)) => element.text(),
        Some(_) => None,
    };
    Ok(match text {
        Some(text) => Content::Leaf(room.string(text, path)?),
        None => Content::Unreadable,
    })
}
