//! What is wrong with settings.

use alloc::boxed::Box;
use core::fmt;

use crate::profile::{Field, TableFault};

/// What is wrong with settings, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Error {
    kind: ErrorKind,
    offset: Option<usize>,
}

/// What is wrong with settings.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The provisioning document is faulty.
    #[cfg(feature = "cp")]
    #[error("{0}")]
    Cp(omacp::ErrorKind),
    /// The device management message is faulty.
    #[cfg(feature = "dm")]
    #[error("{0}")]
    Dm(syncml::ErrorKind),
    /// A value that its setting cannot have.
    #[error("{field} cannot be {}: {expected}", Shown(value))]
    Value {
        /// The setting.
        field: Field,
        /// What the document says.
        value: Box<str>,
        /// What it may say.
        expected: &'static str,
    },
    /// Something that is to be a text, and is none: what it is the value or the name of.
    #[error("{} is no text", Shown(_0))]
    NotText(Box<str>),
    /// A value that comes in several messages.
    #[error("the value of {} goes on in another message", Shown(_0))]
    Chunked(Box<str>),
    /// No address of an account's node: it needs a name, stands 16 nodes below the root at most, and has no query.
    #[error("{} is no address of an account's node", Shown(_0))]
    Address(Box<str>),
    /// A management object identifier that is none of the profile.
    #[error("the profile does not know the object identifier {}", Shown(_0))]
    ObjectId(Box<str>),
    /// A line of a table, counted from 1, that is not as it has to be.
    #[error("line {line}: {fault}")]
    Table {
        /// The line.
        line: usize,
        /// What is wrong there.
        fault: TableFault,
    },
    /// A name of a profile that cannot stand in a table, or one that has two rows.
    #[error("{} cannot stand in a table", Shown(_0))]
    NoCell(Box<str>),
    /// A node that the management tree does not take, with the status that a server would be answered.
    #[cfg(feature = "dm")]
    #[error("the tree does not take the node {}: {_1}", Shown(_0))]
    Refused(Box<str>, syncml::StatusCode),
    /// A document that makes more text than there is room for: more octets than this, all copies together.
    #[error("the texts of the document are longer than {0} octets together")]
    TooLong(usize),
}

/// A text of the document in a message: on one line, and not all of a long one.
pub(crate) struct Shown<'a>(pub(crate) &'a str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.char_indices().nth(80).and_then(|(end, _)| self.0.get(..end)) {
            Some(start) => write!(f, "{start:?}…"),
            None => write!(f, "{:?}", self.0),
        }
    }
}

impl Error {
    pub(crate) const fn new(kind: ErrorKind, offset: Option<usize>) -> Self {
        Self { kind, offset }
    }

    /// The same at this offset, unless it knows a better one.
    #[cfg(any(feature = "cp", feature = "dm"))]
    pub(crate) fn or_at(self, offset: usize) -> Self {
        Self { offset: self.offset.or(Some(offset)), ..self }
    }

    /// What is wrong.
    #[must_use]
    pub const fn kind(&self) -> &ErrorKind {
        &self.kind
    }

    /// The first octet of what is wrong, from the start of the document, where that is known.
    #[must_use]
    pub const fn offset(&self) -> Option<usize> {
        self.offset
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.offset {
            Some(offset) => write!(f, "{}, at octet {offset} ({offset:#x})", self.kind),
            None => write!(f, "{}", self.kind),
        }
    }
}

#[cfg(feature = "cp")]
impl From<omacp::Error> for Error {
    fn from(error: omacp::Error) -> Self {
        Self { kind: ErrorKind::Cp(error.kind()), offset: Some(error.offset()) }
    }
}

#[cfg(feature = "dm")]
impl From<syncml::Error> for Error {
    fn from(error: syncml::Error) -> Self {
        Self { kind: ErrorKind::Dm(error.kind()), offset: Some(error.offset()) }
    }
}
