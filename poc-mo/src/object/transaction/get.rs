//! `Get`: values, the names of the nodes below, properties, lists.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use syncml::StatusCode;
use syncml::dm::mgmt_tree::{AccessType, MgmtTree, TndsObject};
use syncml::dm::{Acl, AclCommand, Format, List, NodeKind, Property, Query, Support, TndsList, TndsPart, Uri};

use super::Transaction;
use crate::object::answer::{Reply, ReplyData};
use crate::object::name::Name;
use crate::object::store::{Sender, Versions, default_type};
use crate::object::tree::{Content, Node, Tree};

const TEXT: &str = "text/plain";
const TNDS: &str = "application/vnd.syncml.dmtnds+wbxml";

impl Transaction<'_, '_> {
    pub(super) fn get(&mut self, uri: Uri<'_>) -> Result<Vec<Reply>, StatusCode> {
        let node = self.may(uri, AclCommand::GET, AccessType::Get)?;
        self.charge(1)?;
        match uri.query() {
            None => self.node(uri, node),
            Some(Query::Prop(property)) => self.property(uri, node, property),
            Some(Query::List(List::Struct)) => self.list(node, false),
            Some(Query::List(List::StructData)) => self.list(node, true),
            Some(Query::List(List::Tnds(parts))) => self.object(uri, node, parts),
            _ => Err(StatusCode::OPTIONAL_FEATURE_NOT_SUPPORTED),
        }
    }

    /// The value of a leaf, or the names of the nodes below an interior node.
    fn node(&mut self, uri: Uri<'_>, node: usize) -> Result<Vec<Reply>, StatusCode> {
        let found = self.store.tree.get(node).ok_or(StatusCode::NOT_FOUND)?;
        let names = found.below().filter_map(|below| self.store.tree.get(below)).map(Node::name);
        self.charge(names.fold(found.octets(), |sum, name| sum.saturating_add(name.len()).saturating_add(1)))?;
        let found = self.store.tree.get(node).ok_or(StatusCode::NOT_FOUND)?;
        if found.content.kind() == NodeKind::Leaf {
            return Ok(vec![leaf(uri.to_string(), &found.content)]);
        }
        let names = found.below().filter_map(|below| self.store.tree.get(below)).map(Node::name);
        let (format, type_) = (String::from(Format::NODE.as_str()), String::from(TEXT));
        Ok(vec![Reply { uri: uri.to_string(), format, type_, data: ReplyData::Text(joined(names)) }])
    }

    fn property(&mut self, uri: Uri<'_>, node: usize, property: Property) -> Result<Vec<Reply>, StatusCode> {
        let node = self.store.tree.get(node).ok_or(StatusCode::NOT_FOUND)?;
        let content = &node.content;
        if property.support(content.kind()) == Support::MustNot {
            return Err(StatusCode::OPTIONAL_FEATURE_NOT_SUPPORTED);
        }
        let text = match property {
            Property::Acl => content.acl.to_string(),
            Property::Format => content.format.to_string(),
            Property::Name => Name::spelled(node.name()).map(|name| name.plain).unwrap_or_default(),
            Property::Size => size(content).to_string(),
            Property::Title => content.title.to_string(),
            Property::Type => type_(content).to_string(),
            Property::VerNo if self.store.options.has_versions => node.version.number.to_string(),
            Property::TStamp if self.store.options.has_versions => {
                let changed = node.version.changed.ok_or(StatusCode::OPTIONAL_FEATURE_NOT_SUPPORTED)?;
                changed.to_string()
            }
            _ => return Err(StatusCode::OPTIONAL_FEATURE_NOT_SUPPORTED),
        };
        self.charge(text.len())?;
        let (format, type_) = (String::from(Format::CHR.as_str()), String::from(TEXT));
        Ok(vec![Reply { uri: uri.to_string(), format, type_, data: ReplyData::Text(text) }])
    }

    /// The nodes that the sender may get, each on its own.
    fn list(&mut self, top: usize, has_data: bool) -> Result<Vec<Reply>, StatusCode> {
        let readable = self.readable(top);
        self.charge(readable.len())?;
        let mut replies = Vec::new();
        for index in self.store.tree.descendants(top, |node| is_readable(&readable, node)).collect::<Vec<_>>() {
            let Some(node) = self.store.tree.get(index) else { continue };
            let uri = self.store.tree.uri(index);
            self.charge(uri.len().saturating_add(node.octets()))?;
            let Some(content) = self.store.tree.get(index).map(|node| &node.content) else { continue };
            let mut reply = leaf(uri, content);
            if !has_data || content.kind() == NodeKind::Interior {
                reply.data = ReplyData::None;
            }
            replies.push(reply);
        }
        Ok(replies)
    }

    /// The nodes that the sender may get, as one object.
    fn object(&mut self, uri: Uri<'_>, top: usize, parts: TndsList<'_>) -> Result<Vec<Reply>, StatusCode> {
        if let TndsList::Only(listed) | TndsList::Without(listed) = parts {
            if listed.iter().any(|part| matches!(part, TndsPart::Unknown(_))) {
                return Err(StatusCode::OPTIONAL_FEATURE_NOT_SUPPORTED);
            }
        }
        let readable = self.readable(top);
        self.charge(readable.len())?;
        let tree = &self.store.tree;
        let octets = tree.descendants(top, |node| is_readable(&readable, node)).filter_map(|node| tree.get(node));
        // beside names and contents there are some elements, and perhaps a version and its time
        let octets = octets.fold(0_usize, |sum, node| sum.saturating_add(node.octets()).saturating_add(40));
        self.charge(octets)?;
        let parent = self.store.tree.get(top).filter(|_| top != Tree::ROOT);
        let path = parent.map_or_else(String::new, |node| self.store.tree.uri(node.above()));
        // it is read below the target that it is sent to
        let path = path.strip_prefix("./").unwrap_or(&path);
        let versions = self.versions(top, |node| is_readable(&readable, node));
        let mut builder = MgmtTree::builder();
        self.store.build(&mut builder, top, path, parts, &versions, |node| is_readable(&readable, node));
        let object = TndsObject::elements(&builder.build()).map_err(|_| StatusCode::COMMAND_FAILED)?;
        let (format, type_) = (String::from(Format::XML.as_str()), String::from(TNDS));
        Ok(vec![Reply { uri: uri.to_string(), format, type_, data: ReplyData::Object(object) }])
    }

    /// The versions of the nodes from `top` down, where nodes have them.
    fn versions(&self, top: usize, enters: impl FnMut(usize) -> bool) -> Versions {
        if !self.store.options.has_versions {
            return Versions::new();
        }
        let tree = &self.store.tree;
        let texts = |node: &Node| {
            (node.version.number.to_string(), node.version.changed.map_or_else(String::new, |time| time.to_string()))
        };
        tree.descendants(top, enters).filter_map(|index| Some((index, texts(tree.get(index)?)))).collect()
    }

    /// Of the nodes from `top` down, whether the sender may get each: below one that it may not, none is looked at.
    fn readable(&self, top: usize) -> BTreeMap<usize, bool> {
        // whether the access control list that holds for a node lets the sender get it, and its access types too
        let mut by_acl = BTreeMap::new();
        let mut readable = BTreeMap::new();
        let visit = |index: usize| {
            let Some(node) = self.store.tree.get(index) else { return false };
            let allows = |acl: Acl<'_>| match self.sender {
                Sender::Server(server) => acl.allows(AclCommand::GET, server),
                Sender::Device => true,
            };
            let inherited = by_acl.get(&node.above()).copied().filter(|_| index != top && node.content.acl.is_empty());
            let is_allowed = inherited.unwrap_or_else(|| allows(self.store.acl(index)));
            by_acl.insert(index, is_allowed);
            let is_readable = is_allowed && (!self.is_server() || self.store.has_access(node.place, AccessType::Get));
            readable.insert(index, is_readable);
            is_readable
        };
        self.store.tree.descendants(top, visit).for_each(drop);
        readable
    }

    /// Takes room for so many octets of answers; where there is none, there is none any more for others.
    fn charge(&mut self, octets: usize) -> Result<(), StatusCode> {
        let left = self.to_answer.checked_sub(octets);
        self.to_answer = left.unwrap_or_default();
        left.map(drop).ok_or(StatusCode::REQUEST_ENTITY_TOO_LARGE)
    }
}

fn is_readable(readable: &BTreeMap<usize, bool>, node: usize) -> bool {
    readable.get(&node).copied().unwrap_or_default()
}

fn leaf(uri: String, content: &Content) -> Reply {
    let data = match content.text() {
        Some(_) if *content.format == *Format::NULL.as_str() => ReplyData::None,
        Some(text) => ReplyData::Text(text.to_string()),
        None => ReplyData::Octets(content.value.to_vec()),
    };
    Reply { uri, format: content.format.to_string(), type_: type_(content).to_string(), data }
}

/// The type as it is, or what it is where nobody has said.
fn type_(content: &Content) -> &str {
    match (&*content.type_, content.kind()) {
        ("", NodeKind::Leaf) => default_type(&content.format),
        (type_, _) => type_,
    }
}

/// Octets of the value, decoded.
fn size(content: &Content) -> usize {
    if *content.format != *Format::B64.as_str() {
        return content.value.len();
    }
    let digits = content.value.iter().filter(|octet| !octet.is_ascii_whitespace() && **octet != b'=').count();
    // four digits are three octets
    digits.saturating_mul(3) / 4
}

fn joined<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let mut joined = String::new();
    for name in names {
        if !joined.is_empty() {
            joined.push('/');
        }
        joined.push_str(name);
    }
    joined
}
