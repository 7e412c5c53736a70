//! What an edit is made at.

use super::index::{Kind, Node};

/// An element, an attribute or a text of the document that a [`Patch`](super::Patch) is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Site {
    pub(super) node: usize,
    kind: SiteKind,
}

impl Site {
    /// What stands there.
    #[must_use]
    pub const fn kind(self) -> SiteKind {
        self.kind
    }

    /// The site of a node.
    pub(super) const fn of(at: usize, node: &Node) -> Self {
        let kind = match node.kind {
            Kind::Element(_) => SiteKind::Element,
            Kind::Attribute(_) => SiteKind::Attribute,
            Kind::Text => SiteKind::Text,
        };
        Self { node: at, kind }
    }
}

/// What stands at a [`Site`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "the grammar has nothing else that holds what a document says")]
pub enum SiteKind {
    /// An element.
    Element,
    /// An attribute of an element.
    Attribute,
    /// Text or data in the content of an element: all pieces of it that stand side by side.
    Text,
}
