//! Where in the document an edit is made.

use core::ops::Range;

use super::edits::Slot;
use super::index::{Node, Pages};

/// A place for an edit: the octets that go there, and what has to be as it is for what comes.
pub(super) struct Spot {
    pub(super) span: Range<usize>,
    pub(super) slot: Slot,
    pub(super) pages: Pages,
    /// The flag that the tag of an element is given.
    pub(super) flag: Option<(usize, u8)>,
    pub(super) are_attributes: bool,
    /// Octets of the span that stay, in front of what comes.
    pub(super) kept: Range<usize>,
    /// How many roots come in the place of those that go, where the place is outside all elements.
    pub(super) roots: Option<usize>,
}

impl Spot {
    /// A place for content in the document.
    pub(super) const fn content(span: Range<usize>, slot: Slot, pages: Pages) -> Self {
        Self { span, slot, pages, flag: None, are_attributes: false, kept: 0..0, roots: None }
    }

    /// The place of `node`, with this many roots in it if that is outside all elements.
    pub(super) fn outside(self, node: &Node, roots: usize) -> Self {
        Self { roots: node.parent.is_none().then_some(roots), ..self }
    }

    /// The same in an element whose tag gets a flag by it.
    pub(super) fn flag(self, element: &Node, flag: u8) -> Self {
        Self { flag: Some((element.token, flag)), ..self }
    }
}
