//! What stands in a tree: views of its nodes, and the ways from one to others.

use alloc::borrow::Cow;
use core::iter::FusedIterator;

use crate::event::Start;
use crate::token::{AttrStart, Tag};

use super::Tree;
use super::arena::{Kind, NodeId, Record};
use super::names::Name;
use super::path::{Found, Path, PathError};
use super::value::{Extension, Value, join};
use super::walk::{Step, Walk};

/// A node of a [`Tree`], with the tree: what is asked about it.
///
/// ```
/// use wbxml::tree::{NodeKind, Tree};
/// use wbxml::vocabulary::syncml::{SYNCML_1_2, tag};
///
/// let mut tree = Tree::new(&SYNCML_1_2);
/// let root = tree.new_element(tag::SOURCE)?;
/// tree.append(tree.document(), root)?;
/// tree.set_text(root, "IMEI:1")?;
///
/// let node = tree.node(root).unwrap();
/// let text = node.children().next().unwrap();
/// assert!(matches!(text.kind(), NodeKind::Text("IMEI:1")));
/// assert_eq!(text.parent(), Some(node));
/// # Ok::<(), wbxml::tree::EditError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Node<'t, 'a> {
    pub(super) tree: &'t Tree<'a>,
    pub(super) id: NodeId,
}

/// What a node is.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum NodeKind<'t, 'a> {
    /// The node around the root element and the processing instructions beside it.
    Document,
    /// An element.
    Element(Element<'t, 'a>),
    /// Text.
    Text(&'t str),
    /// `OPAQUE`: octets whose meaning the vocabulary knows.
    Opaque(&'t [u8]),
    /// A processing instruction: its target is the name, its data the value.
    Pi(Attribute<'t, 'a>),
    /// An extension token.
    Extension(&'t Extension<'a>),
}

impl<'t, 'a> Node<'t, 'a> {
    /// Where the node stands in the tree: what edits ask for.
    #[must_use]
    pub const fn id(self) -> NodeId {
        self.id
    }

    /// What the node is.
    #[must_use]
    pub fn kind(self) -> NodeKind<'t, 'a> {
        match &self.record().kind {
            // attributes are handed out as nothing but attributes
            Kind::Document | Kind::Attribute(..) => NodeKind::Document,
            Kind::Element { .. } => NodeKind::Element(Element(self)),
            Kind::Text(text) => NodeKind::Text(text),
            Kind::Opaque(octets) => NodeKind::Opaque(octets),
            Kind::Pi(target, data) => NodeKind::Pi(Attribute { name: self.tree.names.get(*target), value: data }),
            Kind::Extension(extension) => NodeKind::Extension(extension),
        }
    }

    /// The node, if it is an element.
    #[must_use]
    pub fn as_element(self) -> Option<Element<'t, 'a>> {
        matches!(self.record().kind, Kind::Element { .. }).then_some(Element(self))
    }

    /// The node around this one; `None` for the document, and for what hangs nowhere.
    #[must_use]
    pub fn parent(self) -> Option<Self> {
        self.at(self.record().parent)
    }

    /// The next node with the same parent.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        self.at(self.record().next)
    }

    /// The previous node with the same parent.
    #[must_use]
    pub fn previous(self) -> Option<Self> {
        self.at(self.record().previous)
    }

    /// The first node in this one.
    #[must_use]
    pub fn first_child(self) -> Option<Self> {
        self.at(self.record().first)
    }

    /// The last node in this one.
    #[must_use]
    pub fn last_child(self) -> Option<Self> {
        self.at(self.record().last)
    }

    /// The nodes in this one, in order; not those in them.
    #[must_use]
    pub fn children(self) -> Children<'t, 'a> {
        Children { tree: self.tree, next: self.record().first, last: self.record().last }
    }

    /// All nodes in this one, in the document's order, without this one.
    #[must_use]
    pub fn descendants(self) -> Descendants<'t, 'a> {
        let mut walk = Walk::new(self.tree, self.id);
        walk.next();
        Descendants { tree: self.tree, walk }
    }

    /// The nodes around this one, from the inside out.
    #[must_use]
    pub fn ancestors(self) -> Ancestors<'t, 'a> {
        Ancestors(self.parent())
    }

    /// All text in the node and in what is in it, joined: borrowed if it is in one piece. Octets are no text.
    #[must_use]
    pub fn text(self) -> Cow<'t, str> {
        let mut text = Cow::Borrowed("");
        for step in Walk::new(self.tree, self.id) {
            if let Step::Enter(id) = step {
                if let Kind::Text(more) = &self.tree.arena.node(id).kind {
                    join(&mut text, Cow::Borrowed(more));
                }
            }
        }
        text
    }

    pub(super) fn record(self) -> &'t Record<'a> {
        self.tree.arena.node(self.id)
    }

    fn at(self, id: Option<NodeId>) -> Option<Self> {
        id.map(|id| Self { tree: self.tree, id })
    }
}

impl PartialEq for Node<'_, '_> {
    /// Whether both are the same node of the same tree. [`Element`] and [`Tree`] compare what they say.
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && core::ptr::eq(self.tree, other.tree)
    }
}

impl Eq for Node<'_, '_> {}

/// An element of a [`Tree`].
///
/// Two elements are equal if they mean the same: see [`Tree`].
#[derive(Clone, Copy)]
pub struct Element<'t, 'a>(pub(super) Node<'t, 'a>);

impl<'t, 'a> Element<'t, 'a> {
    /// The element as a node: its parent, its siblings and all that is in it.
    #[must_use]
    pub const fn node(self) -> Node<'t, 'a> {
        self.0
    }

    /// Where the element stands in the tree: what edits ask for.
    #[must_use]
    pub const fn id(self) -> NodeId {
        self.0.id
    }

    /// The tag, or [`Tag::LITERAL`].
    #[must_use]
    pub fn tag(self) -> Tag {
        self.entry().tag
    }

    /// The name; empty for a tag that the vocabulary does not know.
    #[must_use]
    pub fn name(self) -> &'t str {
        &self.entry().text
    }

    /// Whether content is announced: always if there is any. An element without content and one with content that is
    /// empty differ on the wire and mean the same.
    #[must_use]
    pub fn has_content(self) -> bool {
        let node = self.0.record();
        node.first.is_some() || matches!(node.kind, Kind::Element { has_content: true, .. })
    }

    /// The elements in this one, in order.
    pub fn elements(self) -> impl Iterator<Item = Self> {
        self.0.children().filter_map(Node::as_element)
    }

    /// The attributes, in order.
    #[must_use]
    pub fn attributes(self) -> Attributes<'t, 'a> {
        let next = match self.0.record().kind {
            Kind::Element { attributes, .. } => attributes,
            _ => None,
        };
        Attributes { tree: self.0.tree, next }
    }

    /// The attribute with this name.
    #[must_use]
    pub fn attribute(self, name: &str) -> Option<Attribute<'t, 'a>> {
        self.attributes().find(|attribute| !name.is_empty() && attribute.name() == name)
    }

    /// All text in the element: [`Node::text`].
    #[must_use]
    pub fn text(self) -> Cow<'t, str> {
        self.0.text()
    }

    /// The first element that `path` leads to from here: [`Path`].
    ///
    /// # Errors
    /// [`PathError`] if `path` is none.
    pub fn find(self, path: &str) -> Result<Option<Self>, PathError> {
        Ok(Found::new(self.0, Path::parse(path)?).next())
    }

    /// All elements that `path` leads to from here, in the document's order: [`Path`].
    ///
    /// # Errors
    /// [`PathError`] if `path` is none.
    pub fn find_all<'p>(self, path: &'p str) -> Result<Found<'t, 'a, 'p>, PathError> {
        Ok(Found::new(self.0, Path::parse(path)?))
    }

    pub(super) fn entry(self) -> &'t Name<'a> {
        match self.0.record().kind {
            Kind::Element { name, .. } => self.0.tree.names.get(name),
            _ => Name::NONE,
        }
    }

    /// The element's tag, with what follows it.
    pub(super) fn start(self) -> Start {
        let start = Start::new(self.tag());
        let start = if self.has_content() { start } else { start.without_content() };
        if self.attributes().next().is_some() { start.with_attributes() } else { start }
    }
}

/// An attribute of an [`Element`], or the target and the data of a processing instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribute<'t, 'a> {
    pub(super) name: &'t Name<'a>,
    pub(super) value: &'t Value<'a>,
}

impl<'t, 'a> Attribute<'t, 'a> {
    /// The name; empty for a token that the vocabulary does not know.
    #[must_use]
    pub fn name(self) -> &'t str {
        &self.name.text
    }

    /// The token that the vocabulary does not know, or [`AttrStart::LITERAL`] for a name: which token a name takes, the
    /// writer decides.
    #[must_use]
    pub const fn token(self) -> AttrStart {
        self.name.start
    }

    /// The whole value.
    #[must_use]
    pub const fn value(self) -> &'t Value<'a> {
        self.value
    }

    /// The value, if it is text, as nearly every value is.
    #[must_use]
    pub fn as_str(self) -> Option<&'t str> {
        self.value.as_str()
    }
}

/// The nodes in a node: [`Node::children`].
#[derive(Clone, Debug)]
pub struct Children<'t, 'a> {
    tree: &'t Tree<'a>,
    next: Option<NodeId>,
    last: Option<NodeId>,
}

impl<'t, 'a> Iterator for Children<'t, 'a> {
    type Item = Node<'t, 'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let id = self.next?;
        (self.next, self.last) =
            if self.last == Some(id) { (None, None) } else { (self.tree.arena.node(id).next, self.last) };
        Some(Node { tree: self.tree, id })
    }
}

impl DoubleEndedIterator for Children<'_, '_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        let id = self.last?;
        (self.next, self.last) =
            if self.next == Some(id) { (None, None) } else { (self.next, self.tree.arena.node(id).previous) };
        Some(Node { tree: self.tree, id })
    }
}

impl FusedIterator for Children<'_, '_> {}

/// All nodes in a node: [`Node::descendants`].
#[derive(Clone, Debug)]
pub struct Descendants<'t, 'a> {
    tree: &'t Tree<'a>,
    walk: Walk<'t, 'a>,
}

impl<'t, 'a> Iterator for Descendants<'t, 'a> {
    type Item = Node<'t, 'a>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Step::Enter(id) = self.walk.next()? {
                return Some(Node { tree: self.tree, id });
            }
        }
    }
}

impl FusedIterator for Descendants<'_, '_> {}

/// The nodes around a node: [`Node::ancestors`].
#[derive(Clone, Debug)]
pub struct Ancestors<'t, 'a>(Option<Node<'t, 'a>>);

impl<'t, 'a> Iterator for Ancestors<'t, 'a> {
    type Item = Node<'t, 'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let node = self.0?;
        self.0 = node.parent();
        Some(node)
    }
}

impl FusedIterator for Ancestors<'_, '_> {}

/// The attributes of an element: [`Element::attributes`].
#[derive(Clone, Debug)]
pub struct Attributes<'t, 'a> {
    tree: &'t Tree<'a>,
    pub(super) next: Option<NodeId>,
}

impl<'t, 'a> Iterator for Attributes<'t, 'a> {
    type Item = Attribute<'t, 'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let node = self.tree.arena.node(self.next?);
        self.next = node.next;
        match &node.kind {
            Kind::Attribute(name, value) => Some(Attribute { name: self.tree.names.get(*name), value }),
            _ => None,
        }
    }
}

impl FusedIterator for Attributes<'_, '_> {}
