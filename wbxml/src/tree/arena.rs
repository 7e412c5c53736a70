//! The nodes of a tree, one behind the other, and the links between them.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::num::NonZeroU32;

use super::names::NameId;
use super::value::{Extension, Value, own};

/// A node of a [`Tree`](super::Tree): its place in the tree's storage.
///
/// It stands for the same node until [`Tree::compact`](super::Tree::compact), whatever is changed meanwhile; in another
/// tree it means nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(NonZeroU32);

impl NodeId {
    /// The node that holds the root element.
    pub(super) const DOCUMENT: Self = Self(NonZeroU32::MIN);

    fn index(self) -> usize {
        usize::try_from(self.0.get()).unwrap_or(usize::MAX).wrapping_sub(1)
    }

    /// The one at `index`, if there can be so many.
    fn at(index: usize) -> Option<Self> {
        let number = u32::try_from(index).ok()?.checked_add(1)?;
        // the last number is kept free, so that counting nodes cannot overflow either
        NonZeroU32::new(number).filter(|number| *number < NonZeroU32::MAX).map(Self)
    }
}

/// A node, with its links.
#[derive(Clone, Debug)]
pub(super) struct Record<'a> {
    pub(super) parent: Option<NodeId>,
    pub(super) first: Option<NodeId>,
    pub(super) last: Option<NodeId>,
    pub(super) next: Option<NodeId>,
    pub(super) previous: Option<NodeId>,
    pub(super) kind: Kind<'a>,
}

#[derive(Clone, Debug)]
pub(super) enum Kind<'a> {
    Document,
    Element {
        name: NameId,
        /// The first of its attributes.
        attributes: Option<NodeId>,
        /// Whether content was announced, if there is none.
        has_content: bool,
    },
    /// An attribute of an element: its siblings are the other ones, and it is nobody's child.
    Attribute(NameId, Value<'a>),
    Text(Cow<'a, str>),
    Opaque(Cow<'a, [u8]>),
    Pi(NameId, Value<'a>),
    Extension(Extension<'a>),
}

impl Kind<'_> {
    pub(super) fn into_owned(self) -> Kind<'static> {
        match self {
            Self::Document => Kind::Document,
            Self::Element { name, attributes, has_content } => Kind::Element { name, attributes, has_content },
            Self::Attribute(name, value) => Kind::Attribute(name, value.into_owned()),
            Self::Text(text) => Kind::Text(own(text)),
            Self::Opaque(octets) => Kind::Opaque(Cow::Owned(octets.into_owned())),
            Self::Pi(target, data) => Kind::Pi(target, data.into_owned()),
            Self::Extension(extension) => Kind::Extension(extension.into_owned()),
        }
    }
}

impl<'a> Record<'a> {
    /// What an identifier that is no node's stands for.
    const NONE: &'static Record<'static> = &Record::new(Kind::Document);

    const fn new(kind: Kind<'a>) -> Self {
        Self { parent: None, first: None, last: None, next: None, previous: None, kind }
    }
}

#[derive(Clone, Debug)]
pub(super) struct Arena<'a>(Vec<Record<'a>>);

impl<'a> Arena<'a> {
    /// One with a document that is empty.
    pub(super) fn new() -> Self {
        Self(alloc::vec![Record::new(Kind::Document)])
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn get(&self, id: NodeId) -> Option<&Record<'a>> {
        self.0.get(id.index())
    }

    /// The node that a link of the arena's own leads to.
    pub(super) fn node(&self, id: NodeId) -> &Record<'a> {
        self.get(id).unwrap_or(Record::NONE)
    }

    pub(super) fn kind_mut(&mut self, id: NodeId) -> Option<&mut Kind<'a>> {
        self.0.get_mut(id.index()).map(|node| &mut node.kind)
    }

    /// A new node that hangs nowhere, if there is a number left for it.
    pub(super) fn push(&mut self, kind: Kind<'a>) -> Option<NodeId> {
        let id = NodeId::at(self.0.len())?;
        self.0.push(Record::new(kind));
        Some(id)
    }

    fn change(&mut self, id: Option<NodeId>, change: impl FnOnce(&mut Record<'a>)) {
        if let Some(node) = id.and_then(|id| self.0.get_mut(id.index())) {
            change(node);
        }
    }

    /// Hangs a node that hangs nowhere below `parent`, in front of `next`, or behind all others.
    pub(super) fn attach(&mut self, id: NodeId, parent: NodeId, next: Option<NodeId>) {
        let previous = match next {
            Some(next) => self.node(next).previous,
            None => self.node(parent).last,
        };
        self.change(Some(id), |node| {
            node.parent = Some(parent);
            node.previous = previous;
            node.next = next;
        });
        match previous {
            Some(_) => self.change(previous, |node| node.next = Some(id)),
            None => self.change(Some(parent), |node| node.first = Some(id)),
        }
        match next {
            Some(_) => self.change(next, |node| node.previous = Some(id)),
            None => self.change(Some(parent), |node| node.last = Some(id)),
        }
    }

    /// Takes a node from where it hangs, with all that is in it.
    pub(super) fn detach(&mut self, id: NodeId) {
        let &Record { parent, previous, next, .. } = self.node(id);
        let Some(_) = parent else { return };
        match previous {
            Some(_) => self.change(previous, |node| node.next = next),
            None => self.change(parent, |node| node.first = next),
        }
        match next {
            Some(_) => self.change(next, |node| node.previous = previous),
            None => self.change(parent, |node| node.last = previous),
        }
        self.change(Some(id), |node| (node.parent, node.previous, node.next) = (None, None, None));
    }

    /// Hangs a new attribute on `element` behind `previous`, or in front where there is none.
    pub(super) fn attach_attribute(&mut self, id: NodeId, element: NodeId, previous: Option<NodeId>) {
        self.change(Some(id), |node| {
            node.parent = Some(element);
            node.previous = previous;
        });
        match previous {
            Some(_) => self.change(previous, |node| node.next = Some(id)),
            None => {
                if let Some(Kind::Element { attributes, .. }) = self.kind_mut(element) {
                    *attributes = Some(id);
                }
            }
        }
    }

    /// Takes an attribute from its element.
    pub(super) fn detach_attribute(&mut self, id: NodeId) {
        let &Record { parent, previous, next, .. } = self.node(id);
        match (previous, parent.and_then(|element| self.kind_mut(element))) {
            (None, Some(Kind::Element { attributes, .. })) => *attributes = next,
            _ => self.change(previous, |node| node.next = next),
        }
        self.change(next, |node| node.previous = previous);
        self.change(Some(id), |node| (node.parent, node.previous, node.next) = (None, None, None));
    }

    pub(super) fn into_owned(self) -> Arena<'static> {
        let own = |Record { parent, first, last, next, previous, kind }: Record<'a>| Record {
            parent,
            first,
            last,
            next,
            previous,
            kind: kind.into_owned(),
        };
        Arena(self.0.into_iter().map(own).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the documentation of `Tree` says a node takes.
    #[test]
    fn a_node_is_small() {
        assert_eq!(size_of::<Option<NodeId>>(), 4);
        #[cfg(target_pointer_width = "64")]
        assert_eq!(size_of::<Record<'_>>(), 64);
    }

    #[test]
    fn the_last_number_is_an_error_and_not_a_wrap() {
        assert_eq!(NodeId::at(0), Some(NodeId::DOCUMENT));
        let most = usize::try_from(u32::MAX).unwrap();
        assert_eq!(NodeId::at(most - 2).map(NodeId::index), Some(most - 3 + 1));
        assert_eq!([most - 1, most, most + 1].map(NodeId::at), [None; 3]);
    }
}
