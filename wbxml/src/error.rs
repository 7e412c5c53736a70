//! What is wrong with a document, and at which octet.

/// The result of reading a document.
pub type Result<T, E = Error> = core::result::Result<T, E>;

/// What is wrong with a document, and where.
///
/// The offset counts octets from the start of the outermost document (also inside a document that is embedded
/// in another one, and while streaming) and names the first octet of the incomplete or faulty token.
///
/// ```
/// use wbxml::{ErrorKind, Options, Reader};
///
/// // SyncML 1.2, UTF-8, no string table, <SyncML>, then an inline string that never ends
/// let mut reader = Reader::new(b"\x03\xA4\x01\x6A\x00\x6D\x03abc", Options::new())?;
/// reader.next_event()?;
/// let error = reader.next_event().unwrap_err();
/// assert_eq!((error.kind(), error.offset()), (ErrorKind::UnexpectedEof, 6));
/// assert_eq!(error.to_string(), "the document ends inside this token, at octet 6 (0x6)");
/// # Ok::<(), wbxml::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind}, at octet {offset} ({offset:#x})")]
pub struct Error {
    kind: ErrorKind,
    offset: usize,
}

impl Error {
    /// An error of `kind` at `offset` octets from the start of the outermost document.
    #[cold]
    #[must_use]
    pub const fn new(kind: ErrorKind, offset: usize) -> Self {
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

    /// Whether more octets could have made this document right: what a streaming caller asks.
    #[must_use]
    pub const fn is_unexpected_eof(&self) -> bool {
        matches!(self.kind, ErrorKind::UnexpectedEof)
    }
}

/// What is wrong with a document.
///
/// Clauses are those of WAP-192-WBXML (version 1.3, 25 July 2001).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The document ends before the token that starts here does, or before its last element is closed.
    #[error("the document ends inside this token")]
    UnexpectedEof,
    /// A multi-byte integer is longer than five octets or larger than 2³²−1 (5.1).
    #[error("a multi-byte integer is larger than 2^32-1")]
    MbUInt32Overflow,
    /// The version octet does not name WBXML 1.x (5.4).
    #[error("version octet {0:#04x} is not WBXML 1.x")]
    UnsupportedVersion(u8),
    /// The charset, by its IANA MIBenum, is none that is known, or none that is decoded where text is asked for (5.6).
    #[error("charset {0} (IANA MIBenum) is not decoded")]
    UnsupportedCharset(u32),
    /// A reference points outside the string table (5.8.4.1).
    #[error("string table index {0} lies outside the table")]
    StringTableIndex(u32),
    /// A token that the grammar does not allow here (5.3).
    #[error("token {token:#04x} is not allowed {place}")]
    UnexpectedToken {
        /// The token as it stands on the wire, with its flag bits.
        token: u8,
        /// Where it was met.
        place: Place,
    },
    /// Octets follow the end of the document's body (5.3).
    #[error("octets follow the end of the body")]
    TrailingData,
    /// An ENTITY that is no Unicode scalar value, or the value 0 (5.8.4.3).
    #[error("entity {0:#x} is no character")]
    InvalidEntity(u32),
    /// Octets that are no text in the document's charset.
    #[error("the octets are no text in the document's charset")]
    InvalidText,
    /// An attribute value token whose string the vocabulary does not know, where a string is asked for.
    #[error("attribute value token {0:#04x} is not in the vocabulary")]
    UnknownAttributeValue(u8),
    /// An extension token where a string is asked for: only its vocabulary knows what it stands for (5.8.4.2).
    #[error("an extension token has no meaning here")]
    UnexpectedExtension,
    /// Text or octets where only elements may stand.
    #[error("text stands where only elements are allowed")]
    UnexpectedText,
    /// An element where only text may stand.
    #[error("an element stands where only text is allowed")]
    UnexpectedElement,
    /// Two attributes of one element have the same name, which XML does not allow (XML 1.0, 3.1).
    #[error("an attribute of this name stands on the element already")]
    DuplicateAttribute,
    /// A limit of [`Limits`](crate::Limits) is exceeded.
    #[error("the document exceeds the limit on {0}")]
    Limit(Limit),
    /// The document is XML, and the feature `xml` is off.
    #[error("the document is XML, which is read with the feature `xml` only")]
    XmlIsOff,
    /// The XML twin is not well-formed.
    #[cfg(feature = "xml")]
    #[cfg_attr(docsrs, doc(cfg(feature = "xml")))]
    #[error("not well-formed XML: {0}")]
    Xml(crate::xml::Fault),
}

impl ErrorKind {
    /// The error of this kind at `offset`.
    #[cold]
    pub(crate) const fn at(self, offset: usize) -> Error {
        Error::new(self, offset)
    }
}

/// The part of the grammar in which a token was met (5.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Place {
    /// Before or after the root element, where only processing instructions may stand.
    #[error("outside the root element")]
    Outside,
    /// In the content of an element.
    #[error("in element content")]
    Content,
    /// In the attributes of an element or in a processing instruction.
    #[error("in an attribute list")]
    Attributes,
}

/// The limit that a document exceeds: see the field of the same name in [`Limits`](crate::Limits).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Limit {
    /// [`Limits::depth`](crate::Limits::depth)
    #[error("depth")]
    Depth,
    /// [`Limits::attributes`](crate::Limits::attributes)
    #[error("attributes of one element")]
    Attributes,
    /// [`Limits::resolved`](crate::Limits::resolved)
    #[error("octets resolved through the string table")]
    Resolved,
    /// [`Limits::token`](crate::Limits::token)
    #[error("octets of one token")]
    Token,
    /// Nodes of a [`Tree`](crate::tree::Tree): their numbers have 32 bits.
    #[cfg(feature = "alloc")]
    #[cfg_attr(docsrs, doc(cfg(feature = "alloc")))]
    #[error("nodes of a tree")]
    Nodes,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_at_most_three_words() {
        assert!(size_of::<Error>() <= 3 * size_of::<usize>());
    }
}
