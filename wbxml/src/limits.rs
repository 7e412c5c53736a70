//! How much a document may ask of its reader.

/// How much a document may ask of its reader, checked before it is given.
///
/// No limit is needed for safety: nothing recurses, and nothing is allocated from a number in the input. They
/// bound the time that a hostile document costs, and what the layers above may meet.
///
/// ```
/// use wbxml::{Limits, Options};
///
/// let options = Options::new().limits(Limits { depth: 16, ..Limits::DEFAULT });
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Elements open at once (256).
    pub depth: u32,
    /// Attributes of one element (256).
    pub attributes: u32,
    /// Octets of the strings that the body refers to in the string table, over the whole document, a string counted as
    /// often as it is referred to (16 MiB): what the document would grow to, were its references written out.
    pub resolved: u32,
    /// Octets of one token of a document that comes in pieces, header and string table counted as one token (16 MiB):
    /// what [`Decoder`](crate::Decoder) and [`StreamReader`](crate::StreamReader) may have to keep. Nobody else looks at
    /// it: where the whole document is at hand, a token costs no memory.
    pub token: u32,
}

impl Limits {
    /// The limits that [`Options::new`](crate::Options::new) sets.
    pub const DEFAULT: Self = Self { depth: 256, attributes: 256, resolved: 16 << 20, token: 16 << 20 };

    /// No limits: for what has been read before, within some.
    pub const NONE: Self = Self { depth: u32::MAX, attributes: u32::MAX, resolved: u32::MAX, token: u32::MAX };

    /// The octets that one token of a document in pieces may have.
    #[cfg(feature = "alloc")]
    pub(crate) fn token_len(&self) -> usize {
        // the longest token has some octets more than the largest length, which is no limit's affair
        if self.token == u32::MAX { usize::MAX } else { usize::try_from(self.token).unwrap_or(usize::MAX) }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}
