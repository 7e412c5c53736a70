//! Nodes that are read.

use alloc::string::String;
use alloc::vec::Vec;

use syncml::dm::Format;
use syncml::dm::mgmt_tree::{MgmtTree, Node, NodeType, Value};

use crate::error::{Error, ErrorKind};
use crate::profile::Name;
use crate::room::Room;

/// The nodes of a tree, in the order in which they stand there.
pub(super) struct Objects<'d, 'a> {
    nodes: Vec<Entry<'d, 'a>>,
}

struct Entry<'d, 'a> {
    node: Node<'d, 'a>,
    /// The address of a node at the top, the name of another.
    name: String,
    around: Option<usize>,
    children: Vec<usize>,
    /// The first node that is not below it.
    end: usize,
    /// How many names there are in its address.
    depth: usize,
    is_used: bool,
}

/// What a leaf says.
pub(super) enum Leaf {
    Text(String),
    Octets(Vec<u8>),
    /// Nothing that a parm can say.
    Other,
}

impl<'d, 'a> Objects<'d, 'a> {
    pub(super) fn read(tree: &'d MgmtTree<'a>, room: &mut Room) -> Result<Self, Error> {
        let mut nodes: Vec<Entry<'d, 'a>> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        let mut walk = tree.walk();
        while let Some(node) = walk.next() {
            let index = nodes.len();
            for closed in open.drain(walk.depth().min(open.len())..) {
                if let Some(entry) = nodes.get_mut(closed) {
                    entry.end = index;
                }
            }
            let around = open.last().copied();
            let name = match around {
                None => String::from(bare(walk.path())),
                Some(_) => match node.name().map(|name| room.string(name, "")) {
                    Some(Err(error)) if !matches!(error.kind(), ErrorKind::NotText(_)) => return Err(error),
                    Some(Ok(name)) => name,
                    _ => String::from("?"),
                },
            };
            room.take(name.len())?;
            let depth = match around.and_then(|around| nodes.get_mut(around)) {
                Some(around) => {
                    around.children.push(index);
                    around.depth.saturating_add(1)
                }
                None => name.split('/').count(),
            };
            nodes.push(Entry { node, name, around, children: Vec::new(), end: usize::MAX, depth, is_used: false });
            open.push(index);
        }
        let end = nodes.len();
        nodes.iter_mut().for_each(|entry| entry.end = entry.end.min(end));
        Ok(Self { nodes })
    }

    pub(super) fn count(&self) -> usize {
        self.nodes.len()
    }

    /// The first node that is not below this one.
    pub(super) fn end(&self, index: usize) -> usize {
        self.nodes.get(index).map_or(usize::MAX, |entry| entry.end)
    }

    pub(super) fn offset(&self, index: usize) -> usize {
        self.nodes.get(index).map_or(0, |entry| entry.node.offset())
    }

    /// How many names there are in the address.
    pub(super) fn depth(&self, index: usize) -> usize {
        self.nodes.get(index).map_or(0, |entry| entry.depth)
    }

    /// The address, without `./` in front.
    pub(super) fn address(&self, index: usize, room: &mut Room) -> Result<String, Error> {
        let mut names = Vec::new();
        let mut next = self.nodes.get(index);
        while let Some(entry) = next {
            room.take(entry.name.len().saturating_add(1))?;
            names.push(entry.name.as_str());
            next = entry.around.and_then(|around| self.nodes.get(around));
        }
        names.reverse();
        Ok(names.join("/"))
    }

    /// The identifier of the object that the node is.
    pub(super) fn object_id(&self, index: usize, room: &mut Room) -> Result<Option<String>, Error> {
        let Some(entry) = self.nodes.get(index) else { return Ok(None) };
        for type_ in entry.node.types() {
            if let NodeType::DdfName(name) = type_ {
                return match room.string(name, "") {
                    Err(error) if matches!(error.kind(), ErrorKind::NotText(_)) => Ok(None),
                    name => name.map(Some),
                };
            }
        }
        Ok(None)
    }

    /// The access control list of the node.
    pub(super) fn acl(&self, index: usize, room: &mut Room) -> Result<Option<String>, Error> {
        let acl = self.nodes.get(index).and_then(|entry| entry.node.rt_properties()?.acl);
        match acl.filter(|acl| !acl.is_empty()).map(|acl| room.string(acl, "")).transpose() {
            Err(error) if matches!(error.kind(), ErrorKind::NotText(_)) => Ok(Some(String::new())),
            acl => acl,
        }
    }

    /// Whether nodes may stand below it.
    pub(super) fn is_interior(&self, index: usize) -> bool {
        self.nodes.get(index).is_some_and(|entry| {
            let format = entry.node.rt_properties().and_then(|properties| properties.format);
            !entry.children.is_empty() || format == Some(Format::NODE)
        })
    }

    /// What the leaf says.
    pub(super) fn leaf(&self, index: usize, room: &mut Room) -> Result<Leaf, Error> {
        let Some(entry) = self.nodes.get(index).filter(|_| !self.is_interior(index)) else { return Ok(Leaf::Other) };
        Ok(match entry.node.value() {
            None => Leaf::Text(String::new()),
            Some(Value::Text(text)) => match room.string(text, "") {
                Err(error) if matches!(error.kind(), ErrorKind::NotText(_)) => Leaf::Other,
                text => Leaf::Text(text?),
            },
            Some(Value::Octets(octets)) => {
                room.take(octets.len())?;
                Leaf::Octets(octets.into())
            }
            Some(_) => Leaf::Other,
        })
    }

    /// The nodes below one to which the name or an alias leads, in order.
    pub(super) fn find(&self, index: usize, name: &Name<'_>) -> Vec<usize> {
        name.all().flat_map(|path| self.find_path(index, path)).collect()
    }

    /// The nodes below one to which a path leads, in order.
    pub(super) fn find_path(&self, index: usize, path: &str) -> Vec<usize> {
        let mut found = Vec::from([index]);
        for segment in path.split('/').filter(|segment| !segment.is_empty()) {
            let entries = found.iter().filter_map(|index| self.nodes.get(*index));
            let children = entries.flat_map(|entry| entry.children.iter().copied());
            let is_it =
                |index: &usize| self.nodes.get(*index).is_some_and(|entry| segment == "*" || entry.name == segment);
            found = children.filter(is_it).collect();
        }
        found
    }

    /// Marks the node and those around it as converted.
    pub(super) fn mark(&mut self, index: usize) {
        let mut next = Some(index);
        while let Some(entry) = next.and_then(|index| self.nodes.get_mut(index)) {
            if entry.is_used {
                break;
            }
            entry.is_used = true;
            next = entry.around;
        }
    }

    pub(super) fn is_used(&self, index: usize) -> bool {
        self.nodes.get(index).is_none_or(|entry| entry.is_used)
    }
}

/// An address without `./` in front.
pub(super) fn bare(uri: &str) -> &str {
    uri.strip_prefix("./").unwrap_or(uri).trim_matches('/')
}
