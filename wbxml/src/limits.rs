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
    /// Octets scanned in the string table, over the whole document, to find where referenced strings end
    /// (16 MiB). A reference that repeats the one before it costs nothing.
    pub resolved: u32,
}

impl Limits {
    /// The limits that [`Options::new`](crate::Options::new) sets.
    pub const DEFAULT: Self = Self { depth: 256, attributes: 256, resolved: 16 << 20 };
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}
