//! What is wrong with a message.

/// The result of reading a message.
pub type Result<T, E = Error> = core::result::Result<T, E>;

/// What is wrong with a message, and where.
///
/// ```
/// use syncml::{ErrorKind, MessageReader};
///
/// // a provisioning document, not a message
/// let error = MessageReader::parse(b"\x03\x0B\x6A\x00\x05").unwrap_err();
/// assert_eq!((error.kind(), error.offset()), (ErrorKind::NotAMessage, 4));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind}, at octet {offset} ({offset:#x})")]
pub struct Error {
    kind: ErrorKind,
    offset: usize,
}

/// What is wrong with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The document is no well-formed WBXML or XML.
    #[error("{0}")]
    Document(wbxml::ErrorKind),
    /// The root element is not `SyncML` (SyncML Representation Protocol, `SyncML`).
    #[error("the root element is not SyncML")]
    NotAMessage,
    /// The message has no `SyncBody` (SyncML Representation Protocol, `SyncML`).
    #[error("the message has no SyncBody")]
    NoBody,
    /// A second `SyncHdr` or `SyncBody`, or a `SyncHdr` behind `SyncBody` (SyncML Representation Protocol, `SyncML`).
    #[error("SyncHdr or SyncBody stands twice, or in the wrong order")]
    Misplaced,
    /// The root element is not `DevInf` (OMA-TS-DS-DevInf, `DevInf`).
    #[error("the root element is not DevInf")]
    NotDevInf,
    /// The root element is not `MgmtTree` (`DM_DDF`, document type definition).
    #[error("the root element is not MgmtTree")]
    NotAMgmtTree,
}

impl Error {
    pub(crate) const fn new(kind: ErrorKind, offset: usize) -> Self {
        Self { kind, offset }
    }

    /// What is wrong.
    #[must_use]
    pub const fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The first octet of the faulty token, counted from the start of the outermost document.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }
}

impl From<wbxml::Error> for Error {
    fn from(error: wbxml::Error) -> Self {
        Self { kind: ErrorKind::Document(error.kind()), offset: error.offset() }
    }
}

impl From<Error> for wbxml::Error {
    /// The error of the document; an error of the message becomes that of an element.
    fn from(error: Error) -> Self {
        match error.kind {
            ErrorKind::Document(kind) => Self::new(kind, error.offset),
            _ => Self::new(wbxml::ErrorKind::UnexpectedElement, error.offset),
        }
    }
}
