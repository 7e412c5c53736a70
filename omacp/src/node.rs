//! The arena: everything in a document, in document order.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use wbxml::{AttrStart, Tag, Text};

/// The nodes of a document, the root element first.
///
/// A node's descendants follow it, up to [`Node::end`]. There is nothing to recurse into, whatever is done with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Nodes<'a>(Vec<Node<'a>>);

#[derive(Clone, Debug)]
pub(crate) struct Node<'a> {
    pub(crate) kind: Kind<'a>,
    /// The index of the first node that is not below this one.
    pub(crate) end: usize,
    /// Where the document has it.
    pub(crate) offset: usize,
    /// Whether the element had content, though perhaps nothing in it: WBXML tells `<a/>` from `<a></a>`.
    pub(crate) has_content: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind<'a> {
    Root {
        version: Option<Text<'a>>,
    },
    Characteristic {
        type_: Text<'a>,
    },
    Parm {
        name: Text<'a>,
        value: Option<Text<'a>>,
    },
    /// An element that is none of these.
    Element(Name<'a, Tag>),
    /// An attribute that is none of theirs, of the element in front of it.
    Attribute {
        name: Name<'a, AttrStart>,
        value: Text<'a>,
    },
    /// The text of an [`Element`](Self::Element).
    Text(Cow<'a, str>),
    /// The octets of an [`Element`](Self::Element).
    Opaque(&'a [u8]),
}

/// What an element or an attribute is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Name<'a, T> {
    Named(&'a str),
    /// By a token that the vocabulary does not know.
    Token(T),
}

impl<'a> Nodes<'a> {
    pub(crate) const fn new() -> Self {
        Self(Vec::new())
    }

    pub(crate) fn as_slice(&self) -> &[Node<'a>] {
        &self.0
    }

    pub(crate) fn get(&self, index: usize) -> Option<&Node<'a>> {
        self.0.get(index)
    }

    /// Puts a node behind all others and says at which index.
    pub(crate) fn push(&mut self, kind: Kind<'a>, offset: usize, has_content: bool) -> usize {
        let index = self.0.len();
        self.0.push(Node { kind, end: index.saturating_add(1), offset, has_content });
        index
    }

    /// What the node at `index` is, now that its attributes have been read.
    pub(crate) fn set(&mut self, index: usize, kind: Kind<'a>) {
        if let Some(node) = self.0.get_mut(index) {
            node.kind = kind;
        }
    }

    /// Ends the node at `index` behind all others.
    pub(crate) fn close(&mut self, index: usize) {
        let end = self.0.len();
        if let Some(node) = self.0.get_mut(index) {
            node.end = end;
        }
    }

    /// The attributes right behind the element at `index`.
    pub(crate) fn attributes(&self, index: usize) -> impl Iterator<Item = (&Name<'a, AttrStart>, Text<'a>)> {
        self.0.iter().skip(index.saturating_add(1)).map_while(|node| match &node.kind {
            Kind::Attribute { name, value } => Some((name, *value)),
            _ => None,
        })
    }

    /// The node at `index` with all that is below it, as nodes of their own.
    pub(crate) fn subtree(&self, index: usize) -> Self {
        let end = self.get(index).map_or(index, |node| node.end);
        let nodes = self.0.get(index..end).unwrap_or_default();
        let moved = |node: &Node<'a>| Node { end: node.end.saturating_sub(index), ..node.clone() };
        Self(nodes.iter().map(moved).collect())
    }

    /// The children of the node at `index`.
    pub(crate) fn children(&self, index: usize) -> Children<'_, 'a> {
        let end = self.get(index).map_or(index, |node| node.end);
        Children { nodes: self, next: index.saturating_add(1), end }
    }
}

impl PartialEq for Node<'_> {
    /// Compares what a node means: not where it stood, nor how it was spelled.
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind && self.end == other.end
    }
}

impl Eq for Node<'_> {}

/// The indexes of a node's children.
#[derive(Clone, Debug)]
pub(crate) struct Children<'d, 'a> {
    nodes: &'d Nodes<'a>,
    next: usize,
    end: usize,
}

impl<'d, 'a> Iterator for Children<'d, 'a> {
    type Item = (usize, &'d Node<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        if self.next >= self.end {
            return None;
        }
        let index = self.next;
        let node = self.nodes.get(index)?;
        self.next = node.end;
        Some((index, node))
    }
}
