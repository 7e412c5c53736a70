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
}

impl Limits {
    /// The limits that [`Options::new`](crate::Options::new) sets.
    pub const DEFAULT: Self = Self { depth: 256, attributes: 256, resolved: 16 << 20 };

    /// No limits: for what has been read before, within some.
    pub const NONE: Self = Self { depth: u32::MAX, attributes: u32::MAX, resolved: u32::MAX };
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}
