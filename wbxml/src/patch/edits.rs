//! The edits of a patch, in the order of the octets they are made at.

use alloc::collections::BTreeMap;
use alloc::collections::btree_map::Iter;
use core::ops::Range;

use super::PatchError;
use super::fragment::Content;

/// Which of the edits at one offset comes first: the order of what may stand there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Slot {
    /// Behind the tag of an element without attributes: its attributes, and the `END` of the list.
    NewAttributes,
    /// Behind an element without content: first children, content, last children, and the `END` of the content.
    NewFirst,
    NewContent,
    NewLast,
    /// Behind an element or a text.
    After,
    /// In front of all content of an element.
    First,
    /// In front of an element or a text.
    Before,
    /// In the place of all content of an element, of which there may be none.
    Content,
    /// In the place of an element, an attribute, a text or a tag.
    Span,
    /// Behind all content, or behind the attributes, of an element.
    Last,
}

impl Slot {
    /// Whether the slots of an element that is given something it has none of are followed by an `END`; the same
    /// number for all that share one.
    pub(super) const fn list(self) -> Option<u8> {
        match self {
            Self::NewAttributes => Some(0),
            Self::NewFirst | Self::NewContent | Self::NewLast => Some(1),
            _ => None,
        }
    }
}

#[derive(Clone, Debug)]
pub(super) enum What {
    /// The flag bits of a tag's octet change.
    Flags { set: u8, clear: u8 },
    /// These octets come, and those of the span go.
    Content(Content),
}

#[derive(Clone, Debug)]
pub(super) struct Edit {
    /// The end of the octets that go; where they begin is part of the key.
    pub(super) end: usize,
    pub(super) what: What,
}

/// Offset, slot, and the number of the call.
type Key = (usize, Slot, usize);

#[derive(Clone, Debug, Default)]
pub(super) struct Edits {
    edits: BTreeMap<Key, Edit>,
    calls: usize,
}

impl Edits {
    /// Whether octets may go, or come, at `span` beside what was edited before.
    pub(super) fn check(&self, span: &Range<usize>, slot: Slot) -> Result<(), PatchError> {
        let is_before = |slot| self.is_taken(span.start, slot);
        // all spans are apart: the last one that begins before this one is the one that could reach into it
        let last = self.edits.range(..(span.start, Slot::NewAttributes, 0)).next_back();
        let reaches = last.is_some_and(|(_, edit)| edit.end > span.start);
        let inside = (span.start, slot, usize::MAX)..(span.end, Slot::NewAttributes, 0);
        let holds = || span.start < span.end && self.edits.range(inside).next().is_some();
        // what stands beside the first or the last child goes with the content
        let is_beside = match slot {
            Slot::NewContent => is_before(Slot::NewContent),
            Slot::Span => is_before(Slot::Content) || is_before(Slot::Span),
            Slot::Content => {
                let beside = is_before(Slot::Before) || self.is_taken(span.end, Slot::After);
                is_before(Slot::Content) || is_before(Slot::Span) || beside && span.start < span.end
            }
            Slot::Before => is_before(Slot::Content),
            Slot::After => last.is_some_and(|((_, slot, _), edit)| *slot == Slot::Content && edit.end == span.start),
            _ => false,
        };
        if reaches || is_beside || holds() { Err(PatchError::Overlap(span.start)) } else { Ok(()) }
    }

    fn is_taken(&self, offset: usize, slot: Slot) -> bool {
        self.edits.range((offset, slot, 0)..=(offset, slot, usize::MAX)).next().is_some()
    }

    /// Puts `content` in the place of the octets of `span`, which [`check`](Self::check) has found free.
    pub(super) fn put(&mut self, span: Range<usize>, slot: Slot, content: Content) {
        self.calls = self.calls.saturating_add(1);
        self.edits.insert((span.start, slot, self.calls), Edit { end: span.end, what: What::Content(content) });
    }

    /// Whether the flags of the tag at `token` may change.
    pub(super) fn check_flags(&self, token: usize) -> Result<(), PatchError> {
        match self.at(token) {
            Some(Edit { what: What::Flags { .. }, .. }) => Ok(()),
            _ => self.check(&(token..token.saturating_add(1)), Slot::Span),
        }
    }

    /// Changes the flags of the tag at `token`, which [`check_flags`](Self::check_flags) has found free.
    pub(super) fn flags(&mut self, token: usize, more: u8, less: u8) {
        let end = token.saturating_add(1);
        // the number of the call does not matter: there is one such edit
        let edit = self.edits.entry((token, Slot::Span, 0));
        let edit = edit.or_insert(Edit { end, what: What::Flags { set: 0, clear: 0 } });
        if let What::Flags { set, clear } = &mut edit.what {
            (*set, *clear) = (*set | more, *clear | less);
        }
    }

    fn at(&self, offset: usize) -> Option<&Edit> {
        self.edits.range((offset, Slot::Span, 0)..=(offset, Slot::Span, usize::MAX)).next().map(|(_, edit)| edit)
    }

    /// Whether all octets from `begin` to `end` go, and none come.
    pub(super) fn leave_nothing(&self, span: Range<usize>) -> bool {
        let mut at = span.start;
        for ((start, ..), edit) in &self.edits {
            match &edit.what {
                What::Content(content) if *start == at && content.octets.is_empty() => at = edit.end,
                _ => return false,
            }
        }
        at == span.end
    }

    pub(super) fn iter(&self) -> Iter<'_, Key, Edit> {
        self.edits.iter()
    }
}
