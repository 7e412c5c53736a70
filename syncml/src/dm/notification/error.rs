//! What is wrong with a notification.

/// The result of reading a notification.
pub type Result<T, E = Error> = core::result::Result<T, E>;

/// What is wrong with a notification, and where.
///
/// ```
/// use syncml::dm::notification::{ErrorKind, Trigger};
///
/// let error = Trigger::parse(b"\x02\xF8\x00\x00\x00").unwrap_err();
/// assert_eq!((error.kind(), error.offset()), (ErrorKind::UnexpectedEnd, 5));
/// assert_eq!(error.to_string(), "the octets end inside a field, at octet 5 (0x5)");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind}, at octet {offset} ({offset:#x})")]
pub struct Error {
    kind: ErrorKind,
    offset: usize,
}

/// What is wrong with a notification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The octets end inside a field.
    #[error("the octets end inside a field")]
    UnexpectedEnd,
    /// The length of the server identifier counts more octets than there are.
    #[error("the server identifier is longer than what is there")]
    ServerIdLength,
    /// The length of a server URI counts more octets than there are.
    #[error("a server URI is longer than what is there")]
    ServerUriLength,
}

/// A value that its field has no room for: a server identifier or a server URI of more than 255 octets, or more than 15
/// syncs in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a value is longer than its field can say")]
#[expect(clippy::exhaustive_structs, reason = "there is no more to say")]
pub struct TooLong;

impl ErrorKind {
    pub(super) const fn at(self, offset: usize) -> Error {
        Error { kind: self, offset }
    }
}

impl Error {
    /// What is wrong.
    #[must_use]
    pub const fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The length that is wrong, or where the octets end; counted from the start of the octets that were given.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }

    /// The same error, counted from `octets` octets before.
    pub(super) const fn behind(self, octets: usize) -> Self {
        Self { kind: self.kind, offset: self.offset.saturating_add(octets) }
    }
}
