//! The string table: strings that the body refers to by octet offset (WAP-192, 5.7).

use crate::Charset;
use crate::scan;

/// The string table of a document.
///
/// ```
/// use wbxml::{Charset, StringTable};
///
/// let table = StringTable::new(b"NAP1\0http://a\0tail", Charset::UTF_8);
/// assert_eq!(table.get(0), Some(&b"NAP1"[..]));
/// assert_eq!(table.get(12), Some(&b"a"[..])); // into the middle of a string: encoders share suffixes
/// assert_eq!(table.get(14), Some(&b"tail"[..])); // many tables end without the last terminator
/// assert_eq!(table.get(18), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StringTable<'a> {
    octets: &'a [u8],
    charset: Charset,
}

impl<'a> StringTable<'a> {
    /// The table with these octets, whose strings are in `charset`.
    #[must_use]
    pub const fn new(octets: &'a [u8], charset: Charset) -> Self {
        Self { octets, charset }
    }

    /// All octets of the table, terminators included.
    #[must_use]
    pub const fn octets(&self) -> &'a [u8] {
        self.octets
    }

    /// The string at octet offset `index`, without its terminator; `None` if the offset lies outside the table.
    ///
    /// Takes time linear in the length of the string. The end of the table ends its last string.
    #[must_use]
    pub fn get(&self, index: u32) -> Option<&'a [u8]> {
        let rest = self.octets.get(usize::try_from(index).ok()?..).filter(|rest| !rest.is_empty())?;
        match scan::terminated(rest, self.charset.unit(), 0) {
            Some(length) => rest.get(..length),
            None => Some(rest),
        }
    }

    /// The strings in order, each with its octet offset.
    ///
    /// ```
    /// use wbxml::{Charset, StringTable};
    ///
    /// let table = StringTable::new(b"NAP1\0\0tail", Charset::UTF_8);
    /// assert!(table.iter().eq([(0, &b"NAP1"[..]), (5, b""), (6, b"tail")]));
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = (u32, &'a [u8])> + use<'a> {
        let table = *self;
        let mut next = 0_u32;
        core::iter::from_fn(move || {
            let index = next;
            let string = table.get(index)?;
            let step = string.len().saturating_add(table.charset.unit());
            next = index.saturating_add(u32::try_from(step).unwrap_or(u32::MAX));
            Some((index, string))
        })
    }
}
