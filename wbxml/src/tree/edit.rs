//! Changing a tree.

use alloc::borrow::Cow;

use crate::token::{AttrStart, Tag};

use super::Tree;
use super::arena::{Kind, NodeId};
use super::names::{Name, NameId};
use super::node::{Element, Node};
use super::value::{Extension, Value};
use super::walk::{Step, Walk};

/// Why a tree could not be changed; it is then as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EditError {
    /// The tree has no such node.
    #[error("the tree has no such node")]
    NoSuchNode,
    /// The node is no element.
    #[error("the node is no element")]
    NotAnElement,
    /// A node would be put into itself.
    #[error("a node cannot be put into itself")]
    Cycle,
    /// A place where the node cannot stand: next to one that hangs nowhere; in text or octets; text, octets or a second
    /// root element beside the root; the document anywhere.
    #[error("the node cannot stand there")]
    Misplaced,
    /// There is no number left for another node.
    #[error("the tree has no room for another node")]
    Full,
}

/// What an element can be called: a [`Tag`], or a name, which is a tag if the tree's vocabulary has it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "there is nothing else to call an element")]
pub enum ElementName<'a> {
    /// By its tag.
    Tag(Tag),
    /// By its name: the first code page that has it, or a literal name.
    Name(Cow<'a, str>),
}

impl From<Tag> for ElementName<'_> {
    fn from(tag: Tag) -> Self {
        Self::Tag(tag)
    }
}

impl<'a> From<&'a str> for ElementName<'a> {
    fn from(name: &'a str) -> Self {
        Self::Name(Cow::Borrowed(name))
    }
}

impl From<alloc::string::String> for ElementName<'_> {
    fn from(name: alloc::string::String) -> Self {
        Self::Name(Cow::Owned(name))
    }
}

/// Where a node is put.
#[derive(Clone, Copy)]
struct Place {
    parent: NodeId,
    /// The node behind it.
    next: Option<NodeId>,
}

/// New nodes hang nowhere until they are put somewhere.
impl<'a> Tree<'a> {
    /// A new element without content.
    ///
    /// # Errors
    /// [`EditError::Full`]
    pub fn new_element(&mut self, name: impl Into<ElementName<'a>>) -> Result<NodeId, EditError> {
        let name = self.element_name(name.into());
        self.new_node(Kind::Element { name, attributes: None, has_content: false })
    }

    /// A new text.
    ///
    /// # Errors
    /// [`EditError::Full`]
    pub fn new_text(&mut self, text: impl Into<Cow<'a, str>>) -> Result<NodeId, EditError> {
        self.new_node(Kind::Text(text.into()))
    }

    /// New octets.
    ///
    /// # Errors
    /// [`EditError::Full`]
    pub fn new_opaque(&mut self, octets: impl Into<Cow<'a, [u8]>>) -> Result<NodeId, EditError> {
        self.new_node(Kind::Opaque(octets.into()))
    }

    /// A new processing instruction.
    ///
    /// # Errors
    /// [`EditError::Full`]
    pub fn new_pi(
        &mut self,
        target: impl Into<Cow<'a, str>>,
        data: impl Into<Cow<'a, str>>,
    ) -> Result<NodeId, EditError> {
        let target = self.names.text(target.into());
        self.new_node(Kind::Pi(target, Value::Text(data.into())))
    }

    /// A new extension token.
    ///
    /// # Errors
    /// [`EditError::Full`]
    pub fn new_extension(&mut self, extension: Extension<'a>) -> Result<NodeId, EditError> {
        self.new_node(Kind::Extension(extension))
    }

    /// A copy of a node of another tree, with all that is in it.
    ///
    /// # Errors
    /// [`EditError::Full`]; [`EditError::Misplaced`] for a document.
    pub fn import(&mut self, node: Node<'_, 'a>) -> Result<NodeId, EditError> {
        if matches!(node.record().kind, Kind::Document) {
            return Err(EditError::Misplaced);
        }
        let mut parent = None;
        for step in Walk::new(node.tree, node.id) {
            match step {
                Step::Enter(id) => {
                    let copy = self.copy(Node { tree: node.tree, id })?;
                    if let Some(parent) = parent {
                        self.arena.attach(copy, parent, None);
                    }
                    parent = Some(copy);
                }
                Step::Leave(id) if id == node.id => break,
                Step::Leave(_) => parent = parent.and_then(|node| self.arena.node(node).parent),
            }
        }
        parent.ok_or(EditError::NoSuchNode)
    }

    /// A copy of a node of another tree without what is in it, but with its attributes.
    fn copy(&mut self, node: Node<'_, 'a>) -> Result<NodeId, EditError> {
        let mut name_of = |name| self.names.import(node.tree.names.get(name));
        let kind = match &node.record().kind {
            Kind::Element { name, has_content, .. } => {
                Kind::Element { name: name_of(*name), attributes: None, has_content: *has_content }
            }
            Kind::Pi(target, data) => Kind::Pi(name_of(*target), data.clone()),
            other => other.clone(),
        };
        let copy = self.new_node(kind)?;
        let mut previous = None;
        for attribute in Element(node).attributes() {
            let name = self.names.import(attribute.name);
            let id = self.new_node(Kind::Attribute(name, attribute.value.clone()))?;
            self.arena.attach_attribute(id, copy, previous);
            previous = Some(id);
        }
        Ok(copy)
    }
}

/// A node that is put somewhere is taken from where it was, with all that is in it.
impl<'a> Tree<'a> {
    /// Puts `node` into `parent`, behind all that is there.
    ///
    /// # Errors
    /// [`EditError::NoSuchNode`], [`EditError::Cycle`], [`EditError::Misplaced`]
    pub fn append(&mut self, parent: NodeId, node: NodeId) -> Result<(), EditError> {
        self.put(node, Place { parent, next: None }, None)
    }

    /// Puts `node` into `parent`, in front of all that is there.
    ///
    /// # Errors
    /// As [`append`](Self::append).
    pub fn prepend(&mut self, parent: NodeId, node: NodeId) -> Result<(), EditError> {
        let next = self.arena.get(parent).ok_or(EditError::NoSuchNode)?.first;
        self.put(node, Place { parent, next }, None)
    }

    /// Puts `node` in front of `next`.
    ///
    /// # Errors
    /// As [`append`](Self::append).
    pub fn insert_before(&mut self, next: NodeId, node: NodeId) -> Result<(), EditError> {
        let parent = self.arena.get(next).ok_or(EditError::NoSuchNode)?.parent.ok_or(EditError::Misplaced)?;
        self.put(node, Place { parent, next: Some(next) }, None)
    }

    /// Puts `node` behind `previous`.
    ///
    /// # Errors
    /// As [`append`](Self::append).
    pub fn insert_after(&mut self, previous: NodeId, node: NodeId) -> Result<(), EditError> {
        let beside = self.arena.get(previous).ok_or(EditError::NoSuchNode)?;
        let place = Place { parent: beside.parent.ok_or(EditError::Misplaced)?, next: beside.next };
        self.put(node, place, None)
    }

    /// Puts `node` where `old` is, which then hangs nowhere.
    ///
    /// # Errors
    /// As [`append`](Self::append).
    pub fn replace(&mut self, old: NodeId, node: NodeId) -> Result<(), EditError> {
        let replaced = self.arena.get(old).ok_or(EditError::NoSuchNode)?;
        let place = Place { parent: replaced.parent.ok_or(EditError::Misplaced)?, next: replaced.next };
        if old == node {
            return Ok(());
        }
        self.put(node, place, Some(old))?;
        self.arena.detach(old);
        Ok(())
    }

    /// Takes `node` out, with all that is in it. It hangs nowhere then, and can be put somewhere else; what is not is
    /// gone when the tree is [compacted](Self::compact).
    ///
    /// # Errors
    /// [`EditError::NoSuchNode`]; [`EditError::Misplaced`] for the document.
    pub fn remove(&mut self, node: NodeId) -> Result<(), EditError> {
        self.check_movable(node)?;
        self.arena.detach(node);
        Ok(())
    }

    /// Calls an element something else.
    ///
    /// # Errors
    /// [`EditError::NoSuchNode`], [`EditError::NotAnElement`]
    pub fn rename(&mut self, element: NodeId, name: impl Into<ElementName<'a>>) -> Result<(), EditError> {
        self.check_element(element)?;
        let new = self.element_name(name.into());
        if let Some(Kind::Element { name, .. }) = self.arena.kind_mut(element) {
            *name = new;
        }
        Ok(())
    }

    /// Replaces all that is in an element by a text.
    ///
    /// # Errors
    /// [`EditError::NoSuchNode`], [`EditError::NotAnElement`], [`EditError::Full`]
    pub fn set_text(&mut self, element: NodeId, text: impl Into<Cow<'a, str>>) -> Result<(), EditError> {
        self.check_element(element)?;
        let text = self.new_text(text)?;
        while let Some(first) = self.arena.node(element).first {
            self.arena.detach(first);
        }
        self.arena.attach(text, element, None);
        Ok(())
    }

    /// Says whether content is announced where there is none: [`Element::has_content`].
    ///
    /// # Errors
    /// [`EditError::NoSuchNode`], [`EditError::NotAnElement`]
    pub fn set_has_content(&mut self, element: NodeId, announced: bool) -> Result<(), EditError> {
        self.check_element(element)?;
        if let Some(Kind::Element { has_content, .. }) = self.arena.kind_mut(element) {
            *has_content = announced;
        }
        Ok(())
    }

    /// Gives an element's attribute this value; one that it does not have comes behind the others.
    ///
    /// Takes time linear in the number of attributes of the element.
    ///
    /// # Errors
    /// [`EditError::NoSuchNode`], [`EditError::NotAnElement`], [`EditError::Full`]
    pub fn set_attribute(
        &mut self,
        element: NodeId,
        name: impl Into<Cow<'a, str>>,
        value: impl Into<Cow<'a, str>>,
    ) -> Result<(), EditError> {
        self.check_element(element)?;
        let (name, value) = (self.names.text(name.into()), Value::Text(value.into()));
        let found = self.attribute_ids(element).find(|(_, its_name)| *its_name == name);
        if let Some(Kind::Attribute(_, its_value)) = found.and_then(|(id, _)| self.arena.kind_mut(id)) {
            *its_value = value;
            return Ok(());
        }
        let last = self.attribute_ids(element).last().map(|(id, _)| id);
        let id = self.new_node(Kind::Attribute(name, value))?;
        self.arena.attach_attribute(id, element, last);
        Ok(())
    }

    /// Takes an attribute from an element, and says whether it had it.
    ///
    /// # Errors
    /// [`EditError::NoSuchNode`], [`EditError::NotAnElement`]
    pub fn remove_attribute(&mut self, element: NodeId, name: &str) -> Result<bool, EditError> {
        self.remove_attribute_if(element, |its| its.start == AttrStart::LITERAL && its.text == name)
    }

    /// Takes an attribute that the vocabulary has no name for from an element, and says whether it had it.
    ///
    /// # Errors
    /// As [`remove_attribute`](Self::remove_attribute).
    pub fn remove_unnamed_attribute(&mut self, element: NodeId, token: AttrStart) -> Result<bool, EditError> {
        self.remove_attribute_if(element, |its| its.start == token && its.text.is_empty())
    }

    /// Gives back the memory of all that hangs nowhere, and puts the nodes in the document's order. Every [`NodeId`] from
    /// before means nothing then.
    pub fn compact(&mut self) {
        let mut compact = Self::new(self.vocabulary);
        let mut copied = Ok(());
        for child in self.root_node().children() {
            copied = copied.and(compact.import(child).map(|copy| compact.arena.attach(copy, NodeId::DOCUMENT, None)));
        }
        // it has no more nodes than there are, and so a number for each
        if copied.is_ok() {
            *self = compact;
        }
    }
}

impl<'a> Tree<'a> {
    fn new_node(&mut self, kind: Kind<'a>) -> Result<NodeId, EditError> {
        self.arena.push(kind).ok_or(EditError::Full)
    }

    fn element_name(&mut self, name: ElementName<'a>) -> NameId {
        match name {
            ElementName::Tag(tag) if tag != Tag::LITERAL => {
                self.names.tag(tag, self.vocabulary.tag_name(tag).map(Cow::Borrowed))
            }
            ElementName::Tag(_) => self.names.text(Cow::Borrowed("")),
            ElementName::Name(name) => match self.vocabulary.tag(&name) {
                Some(tag) => self.names.tag(tag, self.vocabulary.tag_name(tag).map(Cow::Borrowed)),
                None => self.names.text(name),
            },
        }
    }

    fn check_element(&self, id: NodeId) -> Result<(), EditError> {
        match self.arena.get(id).ok_or(EditError::NoSuchNode)?.kind {
            Kind::Element { .. } => Ok(()),
            _ => Err(EditError::NotAnElement),
        }
    }

    fn check_movable(&self, id: NodeId) -> Result<(), EditError> {
        match self.arena.get(id).ok_or(EditError::NoSuchNode)?.kind {
            Kind::Document | Kind::Attribute(..) => Err(EditError::Misplaced),
            _ => Ok(()),
        }
    }

    /// Hangs `id` at `place`, from where `replaced` is taken afterwards.
    fn put(&mut self, id: NodeId, mut place: Place, replaced: Option<NodeId>) -> Result<(), EditError> {
        self.check_movable(id)?;
        let parent = Node { tree: self, id: place.parent };
        match self.arena.get(place.parent).ok_or(EditError::NoSuchNode)?.kind {
            Kind::Element { .. } => {
                // what holds nothing is around nothing: a tree that is built from its root takes linear time
                let may_be_around = self.arena.node(id).first.is_some();
                if parent.id == id || may_be_around && parent.ancestors().any(|around| around.id == id) {
                    return Err(EditError::Cycle);
                }
            }
            Kind::Document => {
                let is_other = |other: Element<'_, '_>| other.id() != id && Some(other.id()) != replaced;
                let may_stand = match self.arena.node(id).kind {
                    Kind::Element { .. } => !parent.children().filter_map(Node::as_element).any(is_other),
                    Kind::Pi(..) => true,
                    _ => false,
                };
                if !may_stand {
                    return Err(EditError::Misplaced);
                }
            }
            _ => return Err(EditError::Misplaced),
        }
        if place.next == Some(id) {
            place.next = self.arena.node(id).next;
        }
        self.arena.detach(id);
        self.arena.attach(id, place.parent, place.next);
        Ok(())
    }

    fn remove_attribute_if(&mut self, element: NodeId, is_it: impl Fn(&Name<'a>) -> bool) -> Result<bool, EditError> {
        self.check_element(element)?;
        let found = self.attribute_ids(element).find(|(_, name)| is_it(self.names.get(*name)));
        if let Some((id, _)) = found {
            self.arena.detach_attribute(id);
        }
        Ok(found.is_some())
    }

    /// The attributes of an element, with their names.
    fn attribute_ids(&self, element: NodeId) -> impl Iterator<Item = (NodeId, NameId)> {
        let first = Element(Node { tree: self, id: element }).attributes().next;
        core::iter::successors(first, |id| self.arena.node(*id).next).filter_map(|id| match self.arena.node(id).kind {
            Kind::Attribute(name, _) => Some((id, name)),
            _ => None,
        })
    }
}
