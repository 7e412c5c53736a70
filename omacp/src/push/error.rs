//! What is wrong with a push, a user-data header or a set of segments.

/// The result of reading or writing a carrier.
pub type Result<T, E = Error> = core::result::Result<T, E>;

/// What is wrong with a carrier, and where.
///
/// ```
/// use omacp::push::{ErrorKind, Push};
///
/// // HeadersLen 0x2F, and four octets of headers
/// let error = Push::parse(b"\x01\x06\x2F\x1F\x2D\xB6\x91").unwrap_err();
/// assert_eq!((error.kind(), error.offset()), (ErrorKind::HeadersLength, 2));
/// assert_eq!(error.to_string(), "the headers are longer than what is there, at octet 2 (0x2)");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind}, at octet {offset} ({offset:#x})")]
pub struct Error {
    kind: ErrorKind,
    offset: usize,
}

impl Error {
    pub(super) const fn new(kind: ErrorKind, offset: usize) -> Self {
        Self { kind, offset }
    }

    /// What is wrong.
    #[must_use]
    pub const fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The first octet of the faulty field, counted from the start of the octets that were given.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }
}

/// What is wrong with a carrier.
///
/// Clauses are those of WAP-230-WSP and 3GPP TS 23.040.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The octets end inside a field.
    #[error("the octets end inside this field")]
    UnexpectedEnd,
    /// A `uintvar` is longer than five octets or larger than 2³²−1 (WSP, 8.1.2).
    #[error("a uintvar is larger than 2^32-1")]
    UintvarOverflow,
    /// A long integer has no octet, or more than four that count (WSP, 8.4.2.1).
    #[error("a long integer is empty or larger than 2^32-1")]
    LongInteger,
    /// A text is not ended by a NUL octet within its field (WSP, 8.4.2.1).
    #[error("a text has no end")]
    UnterminatedText,
    /// A text is not ASCII, or empty where a name is wanted.
    #[error("a text is no token")]
    NotText,
    /// `HeadersLen` counts more octets than there are (WSP, 8.2.4.1).
    #[error("the headers are longer than what is there")]
    HeadersLength,
    /// A value-length counts more octets than its field has (WSP, 8.4.2.2).
    #[error("a value is longer than the field that holds it")]
    ValueLength,
    /// The PDU is neither a push nor a confirmed push (WSP, 8.2.4.1).
    #[error("PDU type {0:#04x} is no push")]
    NotAPush(u8),
    /// The content type has no media type, or one of no known form (WSP, 8.4.2.24).
    #[error("the content type names no media type")]
    MediaType,
    /// `SEC`, `MAC` or the charset stands twice in the content type.
    #[error("a parameter of the content type stands twice")]
    RepeatedParameter,
    /// The value of `SEC`, `MAC` or the charset is none that the parameter can have.
    #[error("a parameter of the content type has a value that it cannot have")]
    ParameterValue,
    /// The message type is not SMS-DELIVER (TS 23.040, 9.2.3.1).
    #[error("first octet {0:#04x} is not that of SMS-DELIVER")]
    NotADeliver(u8),
    /// The data coding scheme is not one of 8-bit data (TS 23.038, 4).
    #[error("data coding scheme {0:#04x} is not 8-bit data")]
    Coding(u8),
    /// TP-UDL is not the number of octets that follow (TS 23.040, 9.2.3.16).
    #[error("the user data has another length than it says")]
    UserDataLength,
    /// The user-data header is longer than the user data (TS 23.040, 9.2.3.24).
    #[error("the user-data header is longer than the user data")]
    HeaderLength,
    /// An information element runs over the end of the user-data header (TS 23.040, 9.2.3.24).
    #[error("an information element is longer than the user-data header")]
    ElementLength,
    /// Ports or concatenation with another number of octets than theirs (TS 23.040, 9.2.3.24).
    #[error("an information element of type {0:#04x} has another length than such have")]
    ElementForm(u8),
    /// A segment says that it is number 0, or a higher number than there are (TS 23.040, 9.2.3.24.1).
    #[error("segment {number} of {total} cannot be")]
    SegmentNumber {
        /// The number of the segment, from 1.
        number: u8,
        /// How many segments it says there are.
        total: u8,
    },
    /// Two segments of one datagram say that there are different numbers of segments.
    #[error("the segments of one datagram do not agree how many they are")]
    SegmentTotal,
    /// Two segments of one datagram have one number and different octets.
    #[error("two segments have one number and different octets")]
    SegmentContent,
    /// More than 255 segments would be needed.
    #[error("the datagram needs more than 255 segments")]
    TooManySegments,
    /// A value is too long for its field.
    #[error("a value is too long for its field")]
    TooLong,
}

impl ErrorKind {
    pub(super) const fn at(self, offset: usize) -> Error {
        Error::new(self, offset)
    }
}
