//! The order of the string table, and where each string stands in it.

use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Reverse;

use crate::charset::encode::Encoding;
use crate::sink::WriteError;

/// A string for the table, and how often the document refers to it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry<'t> {
    pub(super) string: &'t str,
    pub(super) uses: u64,
}

/// A string table: what is written, and the index of each entry.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    /// The entries that have octets of their own, in the order in which they stand.
    pub(super) order: Vec<usize>,
    /// The index of each entry.
    pub(super) indexes: Vec<u32>,
    /// How many octets the table has.
    pub(super) len: u32,
}

impl Layout {
    /// Lays `entries` out. A string that is the end of another needs no octets of its own: its index lies in the middle
    /// of that one (5.7). The strings that are used most for their length come first, where indexes are short.
    pub(super) fn new(encoding: Encoding, entries: &[Entry<'_>]) -> Result<Self, WriteError> {
        // read backwards, a string that is the end of others stands directly in front of them
        let string = |entry: usize| entries.get(entry).map_or("", |entry| entry.string);
        let mut backwards: Vec<(u64, usize)> =
            entries.iter().enumerate().map(|(entry, all)| (ending(all.string.as_bytes()), entry)).collect();
        backwards.sort_unstable_by(|(a_ending, a), (b_ending, b)| {
            let rest = || string(*a).bytes().rev().cmp(string(*b).bytes().rev()).then(a.cmp(b));
            a_ending.cmp(b_ending).then_with(rest)
        });
        let mut hosts: Vec<(usize, u64)> = Vec::new();
        let mut host_of: Vec<usize> = vec![0; entries.len()];
        let mut last = None;
        for &(_, entry) in backwards.iter().rev() {
            let uses = entries.get(entry).map_or(0, |entry| entry.uses);
            match (last, hosts.last_mut()) {
                (Some(last), Some((_, all))) if string(last).ends_with(string(entry)) => {
                    *all = all.saturating_add(uses);
                }
                _ => hosts.push((entry, uses)),
            }
            if let (Some(slot), Some((host, _))) = (host_of.get_mut(entry), hosts.last()) {
                *slot = *host;
            }
            last = Some(entry);
        }
        let length = |entry: usize| encoding.len(string(entry)).saturating_add(encoding.unit());
        let mut ranked: Vec<(Reverse<u64>, usize, usize)> = hosts
            .into_iter()
            .map(|(host, uses)| {
                let length = length(host);
                let worth = uses.saturating_mul(1 << 16).checked_div(u64::try_from(length).unwrap_or(u64::MAX));
                (Reverse(worth.unwrap_or(0)), length, host)
            })
            .collect();
        ranked.sort_unstable();
        let mut layout = Self { order: Vec::new(), indexes: vec![0; entries.len()], len: 0 };
        let mut at = 0_u32;
        for (_, length, host) in ranked {
            if let Some(slot) = layout.indexes.get_mut(host) {
                *slot = at;
            }
            layout.order.push(host);
            at = u32::try_from(length).ok().and_then(|length| at.checked_add(length)).ok_or(WriteError::TooLong)?;
        }
        layout.len = at;
        for (entry, host) in host_of.into_iter().enumerate() {
            let before = encoding.len(string(host)).saturating_sub(encoding.len(string(entry)));
            let at = layout.indexes.get(host).copied().unwrap_or(0);
            let index = u32::try_from(before).ok().and_then(|before| at.checked_add(before));
            if let Some(slot) = layout.indexes.get_mut(entry) {
                *slot = index.ok_or(WriteError::TooLong)?;
            }
        }
        Ok(layout)
    }
}

// ADVICE: this tells most strings apart, and the others are compared as a whole.
/// The last eight octets, read backwards, as a number; zeros stand for those that are not there.
fn ending(octets: &[u8]) -> u64 {
    match octets.last_chunk::<8>() {
        Some(last) => u64::from_le_bytes(*last),
        None => {
            let missing = octets.len().wrapping_sub(8).wrapping_neg();
            let word = octets.iter().rev().fold(0_u64, |word, octet| word << 8 | u64::from(*octet));
            word << (missing.wrapping_mul(8) & 63)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_shared_and_what_is_used_most_comes_first() {
        let entries = [("bcd", 1), ("xabcd", 1), ("d", 5), ("q", 100), ("bcd", 1), ("ce", 1)]
            .map(|(string, uses)| Entry { string, uses });
        let layout = Layout::new(Encoding::Utf8, &entries).unwrap();
        let table: Vec<&str> = layout.order.iter().map(|&entry| entries[entry].string).collect();
        assert_eq!(table, ["q", "xabcd", "ce"]);
        assert_eq!(layout.indexes, [4, 2, 6, 0, 4, 8]);
        let wide = Layout::new(Encoding::Utf16 { little: false, pairs: true, open: true }, &entries).unwrap();
        assert_eq!(wide.indexes, [8, 4, 12, 0, 8, 16]);
    }
}
