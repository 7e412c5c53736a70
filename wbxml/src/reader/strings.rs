//! References into the string table, within a limit.

use crate::error::{ErrorKind, Limit};
use crate::string_table::StringTable;

/// The string table as the body uses it: what a reference finds, and what finding it has cost.
#[derive(Clone, Copy, Debug)]
pub(super) struct Strings<'a> {
    pub(super) table: StringTable<'a>,
    /// The reference resolved last, which need not be searched again: many documents refer to one string again and again.
    pub(super) last: Option<(u32, &'a [u8])>,
    /// Octets referred to so far, and how many may be.
    pub(super) resolved: u32,
    pub(super) limit: u32,
}

impl<'a> Strings<'a> {
    /// The string at `index`, within the limit; a fault changes nothing.
    #[inline(never)]
    pub(super) fn resolve(&mut self, index: u32) -> Result<&'a [u8], ErrorKind> {
        let string = match self.last {
            Some((last, string)) if last == index => string,
            _ => self.table.get(index).ok_or(ErrorKind::StringTableIndex(index))?,
        };
        let cost = u32::try_from(string.len()).unwrap_or(u32::MAX).saturating_add(1);
        let resolved = self.resolved.saturating_add(cost);
        if resolved > self.limit {
            return Err(ErrorKind::Limit(Limit::Resolved));
        }
        self.resolved = resolved;
        self.last = Some((index, string));
        Ok(string)
    }
}
