//! What is wrong with a text, and where.

use core::fmt;

/// What is wrong with a text, and where: the error of everything in this module that reads one.
///
/// ```
/// use syncml::dm::{Uri, UriErrorKind};
///
/// let error = Uri::parse("./A//B").unwrap_err();
/// assert_eq!((error.kind(), error.offset()), (UriErrorKind::EmptySegment, 4));
/// assert_eq!(error.to_string(), "a segment is empty, at octet 4");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind}, at octet {offset}")]
pub struct Fault<K: fmt::Debug + fmt::Display> {
    kind: K,
    offset: usize,
}

impl<K: Copy + fmt::Debug + fmt::Display> Fault<K> {
    pub(super) const fn new(kind: K, offset: usize) -> Self {
        Self { kind, offset }
    }

    /// What is wrong.
    #[must_use]
    pub const fn kind(&self) -> K {
        self.kind
    }

    /// The first faulty octet of the text that was given.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }
}

/// The text without the white space around it, and where it begins. Real messages have line breaks around addresses and
/// identifiers.
pub(super) fn trimmed(text: &str) -> (&str, usize) {
    let from_start = text.trim_ascii_start();
    (from_start.trim_ascii_end(), text.len().saturating_sub(from_start.len()))
}
