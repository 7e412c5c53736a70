//! Literal names: where the string table has them, or will have them.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::cmp::Ordering;

use crate::sink::WriteError;
use crate::string_table::StringTable;

/// The names of a string table, and those that are appended to it.
#[derive(Clone, Debug, Default)]
pub(super) struct Names<'a> {
    /// The strings of the table, in the order of their last octets, then of those in front; each with its index.
    endings: Vec<(&'a [u8], u32)>,
    /// The octets of a terminator.
    unit: usize,
    /// The octets of the terminator that the last string of the table lacks.
    missing: usize,
    appended: BTreeMap<Vec<u8>, u32>,
    /// The same in the order in which they are appended.
    order: Vec<Vec<u8>>,
    /// The octets of the table with all that is appended.
    length: usize,
}

impl<'a> Names<'a> {
    pub(super) fn new(table: &StringTable<'a>) -> Self {
        let unit = table.charset().unit();
        let mut endings: Vec<(&[u8], u32)> = table.iter().map(|(index, string)| (string, index)).collect();
        let end = |(string, index): &(&[u8], u32)| {
            usize::try_from(*index).unwrap_or(usize::MAX).saturating_add(string.len()).saturating_add(unit)
        };
        let length = endings.last().map_or(0, end);
        endings.sort_unstable_by(|(this, index), (that, other)| by_ending(this, that).then(index.cmp(other)));
        Self {
            endings,
            unit,
            missing: length.saturating_sub(table.octets().len()),
            length,
            appended: BTreeMap::new(),
            order: Vec::new(),
        }
    }

    /// The index of a name, which is not empty and holds no terminator; it is appended if the table has it nowhere.
    pub(super) fn index(&mut self, name: &[u8]) -> Result<u32, WriteError> {
        if let Some(index) = self.in_table(name).or_else(|| self.appended.get(name).copied()) {
            return Ok(index);
        }
        let index = u32::try_from(self.length).map_err(|_| WriteError::TooLong)?;
        self.length = self.length.saturating_add(name.len()).saturating_add(self.unit);
        self.appended.insert(name.to_vec(), index);
        self.order.push(name.to_vec());
        Ok(index)
    }

    /// How many names are appended: what [`truncate`](Self::truncate) goes back to.
    pub(super) fn len(&self) -> usize {
        self.order.len()
    }

    /// Forgets the names that were appended last.
    pub(super) fn truncate(&mut self, length: usize) {
        for name in self.order.drain(length..) {
            self.length = self.length.saturating_sub(name.len().saturating_add(self.unit));
            self.appended.remove(&name);
        }
    }

    /// What is appended to the table; nothing if it has all names.
    pub(super) fn appendix(&self) -> Vec<u8> {
        let mut octets = Vec::new();
        if !self.order.is_empty() {
            octets.resize(self.missing, 0);
            for name in &self.order {
                octets.extend_from_slice(name);
                octets.resize(octets.len().saturating_add(self.unit), 0);
            }
        }
        octets
    }

    /// Where the table has a name: as a string, or as the end of one.
    fn in_table(&self, name: &[u8]) -> Option<u32> {
        // strings that end in the name stand side by side, the shortest first
        let at = self.endings.partition_point(|(string, _)| by_ending(string, name) == Ordering::Less);
        let (string, index) = self.endings.get(at).filter(|(string, _)| string.ends_with(name))?;
        let skipped = string.len().saturating_sub(name.len());
        // half a character is no beginning
        (skipped.checked_rem(self.unit) == Some(0)).then_some(())?;
        index.checked_add(u32::try_from(skipped).ok()?)
    }
}

fn by_ending(this: &[u8], that: &[u8]) -> Ordering {
    this.iter().rev().cmp(that.iter().rev())
}
