//! What is wrong with a document.

/// The result of reading a document.
pub type Result<T, E = Error> = core::result::Result<T, E>;

/// What is wrong with a document, and where.
///
/// ```
/// use omacp::{ErrorKind, ProvisioningDoc};
///
/// // <wap-provisioningdoc> with <parm> that has no name
/// let error = ProvisioningDoc::parse(b"\x03\x0B\x6A\x00\x45\x07\x01").unwrap_err();
/// assert_eq!((error.kind(), error.offset()), (ErrorKind::MissingName, 5));
/// assert_eq!(error.to_string(), "a parm has no name, at octet 5 (0x5)");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind}, at octet {offset} ({offset:#x})")]
pub struct Error {
    kind: ErrorKind,
    offset: usize,
}

/// What is wrong with a document.
///
/// Clauses are those of OMA-WAP-TS-ProvCont (version 1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The document is no well-formed WBXML or XML.
    #[error("{0}")]
    Document(wbxml::ErrorKind),
    /// The root element is not `wap-provisioningdoc` (document type definition).
    #[error("the root element is not wap-provisioningdoc")]
    NotAProvisioningDoc,
    /// A `characteristic` without `type`, which is required (document type definition).
    #[error("a characteristic has no type")]
    MissingType,
    /// A `parm` without `name`, which is required (document type definition).
    #[error("a parm has no name")]
    MissingName,
    /// An element has an attribute twice: no XML document could say so, and which of the two counts is anybody's guess.
    #[error("an attribute stands twice")]
    RepeatedAttribute,
    /// What a message carries is no provisioning document (OMA-WAP-TS-ProvCont, 5).
    #[error("the content is no provisioning document")]
    ContentType,
    /// The document is not what its sender sent, or nobody can tell (OMA-WAP-TS-ProvBoot, 5.2).
    #[cfg(feature = "mac")]
    #[cfg_attr(docsrs, doc(cfg(feature = "mac")))]
    #[error("{0}")]
    Verify(crate::security::VerifyError),
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

    /// The first octet of the faulty token, or of the element that lacks or repeats an attribute, counted from the
    /// start of the outermost document.
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
