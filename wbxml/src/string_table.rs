//! The string table: strings that the body refers to by octet offset (WAP-192, 5.7).

use crate::scan;
use crate::{Charset, PlainText};

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

    /// The charset that the strings are read in.
    #[must_use]
    pub const fn charset(&self) -> Charset {
        self.charset
    }

    /// The string at octet offset `index` as text: a formal public identifier or a literal name, in whatever charset it
    /// is.
    ///
    /// ```
    /// use wbxml::{Charset, StringTable};
    ///
    /// let table = StringTable::new(b"\0a\0b\0\0\0c", Charset::UTF_16);
    /// assert!(table.text(0).is_some_and(|name| name == "ab"));
    /// ```
    #[must_use]
    pub fn text(&self, index: u32) -> Option<PlainText<'a>> {
        self.get(index).map(|octets| PlainText::in_table(octets, self.charset, index))
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

    /// Whether a terminator ends the last string, or there is none to end.
    pub(crate) fn is_terminated(&self) -> bool {
        let unit = self.charset.unit();
        let last = self.octets.rchunks(unit).next().unwrap_or_default();
        last.is_empty() || self.octets.len().checked_rem(unit) == Some(0) && last.iter().all(|&octet| octet == 0)
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
