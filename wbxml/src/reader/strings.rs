//! References into the string table, within a limit.

use crate::error::{ErrorKind, Limit};
use crate::scan;
use crate::string_table::StringTable;

/// So far into a string words of its octets are searched at each reference. Where it goes on longer, its end is remembered.
const NEAR: usize = 56;

/// The string table as the body uses it: what a reference finds, and what finding it has cost.
#[derive(Clone, Copy, Debug)]
pub(super) struct Strings<'a> {
    pub(super) table: StringTable<'a>,
    /// Whether one zero octet ends a string.
    is_narrow: bool,
    /// The long string resolved last, which need not be searched again: many documents refer to one string again and
    /// again.
    last: Option<(u32, &'a [u8])>,
    /// Octets that may still be referred to: down from `most`.
    pub(super) left: u32,
    most: u32,
}

impl<'a> Strings<'a> {
    pub(super) const fn new(table: StringTable<'a>, resolved: u32, limit: u32) -> Self {
        let left = limit.saturating_sub(resolved);
        let is_narrow = table.charset().unit() == 1;
        Self { table, is_narrow, last: None, left, most: resolved.saturating_add(left) }
    }

    /// Octets referred to so far.
    pub(super) const fn resolved(&self) -> u32 {
        self.most.saturating_sub(self.left)
    }

    /// The string at `index`, within the limit; a fault changes nothing.
    #[inline(never)]
    pub(super) fn resolve(&mut self, index: u32) -> Result<&'a [u8], ErrorKind> {
        let string = if self.is_narrow { self.resolve_narrow(index) } else { self.resolve_far(index) };
        string.ok_or_else(|| match self.table.get(index) {
            Some(_) => ErrorKind::Limit(Limit::Resolved),
            None => ErrorKind::StringTableIndex(index),
        })
    }

    /// The same for the hot loops, where one zero octet ends strings; without the fault, and so in registers.
    #[inline(never)]
    pub(super) fn resolve_narrow(&mut self, index: u32) -> Option<&'a [u8]> {
        match self.resolve_near(index) {
            Some(string) => Some(string),
            None => self.resolve_far(index),
        }
    }

    // ADVICE: to find the end of a short string takes less than to look whether it is known. All that is rare, faults
    // too, goes the long way. LLVM writes the words of `NEAR` one after the other, which is why this is never in line: the
    // loops around it would run out of registers (5 %).
    /// The same, if the string ends near its start, and not in the last octets of the table.
    #[inline(always)]
    fn resolve_near(&mut self, index: u32) -> Option<&'a [u8]> {
        let rest = self.table.octets().get(usize::try_from(index).ok()?..)?;
        let length = near_end(rest)?;
        let string = rest.get(..length)?;
        self.count(length).then_some(string)
    }

    /// Counts a string of so few octets, or gives `false` if the limit does not allow it.
    #[inline(always)]
    pub(super) fn count(&mut self, length: usize) -> bool {
        let left = u32::try_from(length).ok().and_then(|length| self.left.checked_sub(length.checked_add(1)?));
        if let Some(left) = left {
            self.left = left;
        }
        left.is_some()
    }

    #[cold]
    #[inline(never)]
    fn resolve_far(&mut self, index: u32) -> Option<&'a [u8]> {
        let string = match self.last {
            Some((last, string)) if last == index => string,
            _ => self.table.get(index)?,
        };
        self.count(string.len()).then(|| {
            self.last = Some((index, string));
            string
        })
    }
}

/// The length of the string that `rest` of a table begins with, if its end is near, and not in the last octets of the
/// table.
#[inline(always)]
pub(super) fn near_end(rest: &[u8]) -> Option<usize> {
    scan::zero_octet_in_first_words(rest, NEAR)
}
