//! Management objects as lists of nodes.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use syncml::dm::Format;
use syncml::dm::mgmt_tree::{MgmtTree, NodeType, RtProperties};
use wbxml::Text;

use super::error::ProvisionError;
use crate::error::{Error, ErrorKind};
use crate::form::{Edit, EditNode};

/// One management object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Object {
    /// The address of the node that its own stands below.
    pub(super) above: String,
    /// Its access control list.
    pub(super) acl: Option<String>,
    /// Its nodes, each behind the one that it stands below, its own first.
    pub(super) nodes: Vec<EditNode>,
}

impl Object {
    /// Its address.
    pub(super) fn uri(&self) -> &str {
        self.nodes.first().map_or("", |node| &node.uri)
    }

    /// The command that adds it.
    pub(super) fn add(&self) -> Edit {
        Edit::Add(self.nodes.clone())
    }

    /// The command that gives it its access control list (OMA DM Tree and Description 1.2, `ACL`).
    pub(super) fn replace_acl(&self) -> Edit {
        Edit::Replace(EditNode {
            uri: format!("{}?prop=ACL", self.uri()),
            format: Format::CHR.as_str(),
            type_: None,
            value: Some(self.acl.clone().unwrap_or_default()),
        })
    }
}

/// The commands that add these objects: all nodes first, for an access control list may take away the right to add.
pub(super) fn adds<'o>(objects: impl Iterator<Item = &'o Object> + Clone) -> Vec<Edit> {
    let lists = objects.clone().filter(|object| object.acl.is_some());
    objects.map(Object::add).chain(lists.map(Object::replace_acl)).collect()
}

/// The objects of a tree, whose nodes at the top have paths.
pub(super) fn of_tree(tree: &MgmtTree<'_>) -> Result<Vec<Object>, ProvisionError> {
    let mut tops = Vec::new();
    for node in tree.nodes() {
        let above = node.path().map(string).transpose()?.unwrap_or_default();
        let name = node.name().map(string).transpose()?.unwrap_or_default();
        let acl = node.rt_properties().and_then(|properties| properties.acl).map(string).transpose()?;
        tops.push((format!("{above}/{name}"), Object { above, acl, nodes: Vec::new() }));
    }
    let mut tops = tops.into_iter().peekable();
    let mut objects: Vec<Object> = Vec::new();
    let mut items = tree.adds(".");
    while let Some(item) = items.next_item()? {
        let uri = item.uri().map(string).transpose()?.unwrap_or_default();
        if let Some((_, object)) = tops.next_if(|(top, _)| *top == uri) {
            objects.push(object);
        }
        let format = item.meta.format.map(string).transpose()?.unwrap_or_default();
        let node = EditNode {
            uri,
            format: Format::ALL.iter().find(|known| known.as_str() == format).unwrap_or(&Format::CHR).as_str(),
            type_: item.meta.type_.map(string).transpose()?,
            value: item.data_text().map(string).transpose()?,
        };
        objects.last_mut().into_iter().for_each(|object| object.nodes.push(node.clone()));
    }
    Ok(objects)
}

fn string(text: Text<'_>) -> Result<String, Error> {
    let fault = |_| Error::new(ErrorKind::NotText(Box::from("a node")), None);
    text.to_cow().map(Cow::into_owned).map_err(fault)
}

/// The objects as a serialised tree; with paths, where no command says where they are to go.
pub(super) fn tree<'o>(objects: impl Iterator<Item = &'o Object>, has_paths: bool) -> MgmtTree<'o> {
    let mut builder = MgmtTree::builder();
    for object in objects {
        let top = object.uri().split('/').count();
        let mut open = 0_usize;
        for node in &object.nodes {
            let depth = node.uri.split('/').count().saturating_sub(top);
            while open > depth {
                builder.end();
                open = open.saturating_sub(1);
            }
            open = open.saturating_add(1);
            builder.start(node.uri.rsplit('/').next().unwrap_or_default());
            let mut properties = RtProperties { format: Some(Format::new(node.format)), ..RtProperties::default() };
            let type_ = node.type_.as_deref().map(Text::new);
            if node.format == Format::NODE.as_str() {
                properties.type_ = type_.map(NodeType::DdfName);
            } else {
                properties.type_ = type_.map(NodeType::Mime);
            }
            if depth == 0 {
                properties.acl = object.acl.as_deref().map(Text::new);
                if has_paths {
                    builder.path(&object.above);
                }
            }
            builder.rt_properties(&properties);
            if let Some(value) = &node.value {
                builder.value(value);
            }
        }
        for _ in 0..open {
            builder.end();
        }
    }
    builder.build()
}
