//! Strings of the table whose ends have been found.

use super::strings::Strings;

/// So many octets of the table may be the starts of strings that are remembered.
const KEPT: usize = 1024;

// ADVICE: a table is there for strings that are referred to again and again; to look for the end of one each time takes
// two to four times as long as to find its length here. Only `drive` has this, where it costs nothing unless there is a
// reference; a reader that is asked for each event would carry it along.
/// The string table, and the lengths of strings that have been referred to.
pub(super) struct Remembered<'a> {
    pub(super) strings: Strings<'a>,
    /// For each index one more than the length, or 0 where it is not known, or more than that can say.
    costs: Option<[u8; KEPT]>,
}

impl<'a> Remembered<'a> {
    pub(super) const fn new(strings: Strings<'a>) -> Self {
        Self { strings, costs: None }
    }

    /// The string at `index` within the limit, where one zero octet ends strings.
    #[inline(always)]
    pub(super) fn resolve(&mut self, index: u32) -> Option<&'a [u8]> {
        let known = self.known(index);
        if known.is_some() { known } else { self.find(index) }
    }

    #[inline(always)]
    fn known(&mut self, index: u32) -> Option<&'a [u8]> {
        let index = usize::try_from(index).ok()?;
        let cost = *self.costs.as_ref()?.get(index)?;
        let string = self.strings.table.octets().get(index..)?.get(..usize::from(cost.checked_sub(1)?))?;
        self.strings.left = self.strings.left.checked_sub(u32::from(cost))?;
        Some(string)
    }

    #[cold]
    #[inline(never)]
    fn find(&mut self, index: u32) -> Option<&'a [u8]> {
        let string = self.strings.resolve_narrow(index)?;
        let place = usize::try_from(index).ok().and_then(|index| self.costs.get_or_insert([0; KEPT]).get_mut(index));
        if let (Some(place), Ok(cost)) = (place, u8::try_from(string.len().saturating_add(1))) {
            *place = cost;
        }
        Some(string)
    }
}
