//! What lenient reading forgives, and to whom it says so.

#[cfg(feature = "std")]
use alloc::vec::Vec;
use core::fmt;
#[cfg(feature = "std")]
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::error::Place;

/// Something that a lenient reader met and read on from: what, and where.
///
/// The offset counts octets from the start of the outermost document, as that of an [`Error`](crate::Error) does.
///
/// ```
/// use wbxml::{Diagnostic, DiagnosticKind};
///
/// let diagnostic = Diagnostic::new(DiagnosticKind::EmptyAttributes, 5);
/// assert_eq!(diagnostic.to_string(), "an attribute list is empty, at octet 5 (0x5)");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    kind: DiagnosticKind,
    offset: usize,
}

impl Diagnostic {
    /// A diagnostic of `kind` at `offset` octets from the start of the outermost document.
    #[must_use]
    pub const fn new(kind: DiagnosticKind, offset: usize) -> Self {
        Self { kind, offset }
    }

    /// What was forgiven.
    #[must_use]
    pub const fn kind(&self) -> DiagnosticKind {
        self.kind
    }

    /// The first octet of the token, counted from the start of the outermost document.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, at octet {} ({:#x})", self.kind, self.offset, self.offset)
    }
}

/// What lenient reading forgives. Strict reading takes the first three as they come, and stops at the others (but for
/// [`Xmlns`](Self::Xmlns), where there is a name that could be meant).
///
/// Clauses are those of WAP-192-WBXML (version 1.3, 25 July 2001).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DiagnosticKind {
    /// A minor version that nobody has defined, read as 1.3 (5.4).
    #[error("version 1.{0} is read as 1.3")]
    MinorVersion(u8),
    /// A formal public identifier that does not lie in the string table (5.5): the document names no vocabulary.
    #[error("the public identifier's index {0} lies outside the string table")]
    PublicIdIndex(u32),
    /// The last string of the table has no terminator (5.7); the table's end ends it. The offset is that of the body.
    #[error("the last string of the string table has no terminator")]
    UnterminatedTable,
    /// A tag announces attributes, and none follow (5.3: `1*attribute`).
    #[error("an attribute list is empty")]
    EmptyAttributes,
    /// `OPAQUE` in version 1.0, where its octet is reserved, or in an attribute value before version 1.2.
    #[error("this version has no opaque data {0}")]
    Opaque(Place),
    /// A literal attribute name with this index, 0 mostly, where no name stands: the string table is empty, or has the
    /// document's public identifier there. The encoder of some phones means `xmlns`, and so it is read.
    #[error("a literal attribute name with index {0} is read as xmlns")]
    Xmlns(u32),
    /// An `ENTITY` that is no Unicode scalar value, or the value 0 (5.8.4.3), read as U+FFFD: the only thing forgiven
    /// after which the events do not give the document's octets again.
    #[error("entity {0:#x} is no character, and read as U+FFFD")]
    Entity(u32),
    /// Two attributes of one element have the same name. A [`Tree`](crate::tree::Tree) keeps the first; no reader looks.
    #[cfg(feature = "alloc")]
    #[cfg_attr(docsrs, doc(cfg(feature = "alloc")))]
    #[error("an attribute of this name stands on the element already, and this one is dropped")]
    DuplicateAttribute,
    /// Octets follow the end of the body (5.3). The offset is that of the first one; they are not read.
    #[error("octets follow the end of the body")]
    TrailingData,
}

/// Whom a lenient reader tells what it has forgiven: see [`Options::lenient`](crate::Options::lenient).
///
/// It is told once for each thing forgiven, in the order of the offsets, when the token has been read; what is read
/// again ([`Markup::reader`](crate::Markup::reader), a suspended reader's resumption) is not reported again. Only a clone
/// of a reader starts over where it was cloned.
///
/// With the feature `std`, [`Diagnostics`] keeps what it is told. `()` does not care:
///
/// ```
/// use wbxml::{Event, Options, Reader};
///
/// let mut reader = Reader::new(b"\x03\x01\x6A\x00\x85\x01", Options::new().lenient(&()))?;
/// assert!(matches!(reader.next_event()?, Event::Start(_)));
/// assert_eq!(reader.next_event()?, Event::AttributesEnd);
/// # Ok::<(), wbxml::Error>(())
/// ```
pub trait Report: Sync + fmt::Debug {
    /// Takes note of something forgiven.
    fn forgiven(&self, diagnostic: Diagnostic);
}

impl Report for () {
    fn forgiven(&self, _: Diagnostic) {}
}

/// A list of what was forgiven, each thing once.
///
/// Holds [`Diagnostics::LIMIT`] of them and counts the rest: a document can ask for a pardon with every second octet.
///
/// ```
/// use wbxml::{DiagnosticKind, Diagnostics, Event, Options, Reader};
///
/// let forgiven = Diagnostics::new();
/// // a root, and octets behind it
/// let mut reader = Reader::new(b"\x03\x01\x6A\x00\x05abc", Options::new().lenient(&forgiven))?;
/// assert!(matches!(reader.next_event()?, Event::Start(_)));
/// assert_eq!(reader.next_event()?, Event::Eof);
/// let [diagnostic] = forgiven.to_vec()[..] else { panic!() };
/// assert_eq!((diagnostic.kind(), diagnostic.offset()), (DiagnosticKind::TrailingData, 5));
/// # Ok::<(), wbxml::Error>(())
/// ```
#[cfg(feature = "std")]
#[cfg_attr(docsrs, doc(cfg(feature = "std")))]
#[derive(Debug, Default)]
pub struct Diagnostics(Mutex<Kept>);

#[cfg(feature = "std")]
#[derive(Debug, Default)]
struct Kept {
    diagnostics: Vec<Diagnostic>,
    dropped: usize,
}

#[cfg(feature = "std")]
impl Diagnostics {
    /// How many diagnostics are kept.
    pub const LIMIT: usize = 64;

    /// An empty list.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The diagnostics, in the order in which they came.
    #[must_use]
    pub fn to_vec(&self) -> Vec<Diagnostic> {
        self.kept().diagnostics.clone()
    }

    /// How many came when the list was full.
    #[must_use]
    pub fn dropped(&self) -> usize {
        self.kept().dropped
    }

    /// Whether nothing was forgiven.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.kept().diagnostics.is_empty()
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        // whoever panicked with the lock did not do so in the middle of a push
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(feature = "std")]
impl Report for Diagnostics {
    fn forgiven(&self, diagnostic: Diagnostic) {
        let mut kept = self.kept();
        if kept.diagnostics.contains(&diagnostic) {
            return;
        }
        if kept.diagnostics.len() < Self::LIMIT {
            kept.diagnostics.push(diagnostic);
        } else {
            kept.dropped = kept.dropped.saturating_add(1);
        }
    }
}
