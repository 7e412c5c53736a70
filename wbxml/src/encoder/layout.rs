//! The order of the string table, and where each string stands in it.

use alloc::vec;
use alloc::vec::Vec;

use crate::charset::encode::Encoding;
use crate::sink::WriteError;

use super::intern::hash;

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
        let string = |entry: u128| entries.get(number(entry)).map_or("", |entry| entry.string);
        // ADVICE: one number of ending and entry is compared in three instructions, without a branch
        let key =
            |(entry, number): (&Entry<'_>, u32)| u128::from(ending(entry.string.as_bytes())) << 32 | u128::from(number);
        let mut backwards: Vec<u128> = entries.iter().zip(0..).map(key).collect();
        backwards.sort_unstable();
        for alike in backwards.chunk_by_mut(|a, b| a >> 32 == b >> 32).filter(|alike| alike.len() > 1) {
            let rest = |a: u128, b: u128| string(a).bytes().rev().cmp(string(b).bytes().rev());
            alike.sort_unstable_by(|a, b| rest(*a, *b).then(a.cmp(b)));
        }
        let mut hosts: Vec<Host> = Vec::with_capacity(entries.len());
        // for each entry, which host it is in, and how far from its start
        let mut places: Vec<(usize, u32)> = vec![(0, 0); entries.len()];
        let mut last = None;
        for &key in backwards.iter().rev() {
            let (Some(Entry { string, uses }), Some(place)) = (entries.get(number(key)), places.get_mut(number(key)))
            else {
                continue;
            };
            let octets = encoding.len(string).saturating_add(encoding.unit());
            let octets = u32::try_from(octets).map_err(|_| WriteError::TooLong)?;
            if last.is_none_or(|last| !is_end((key, string), last)) {
                hosts.push(Host { entry: number(key), octets, uses: 0, at: 0 });
            }
            let host_number = hosts.len().wrapping_sub(1);
            if let Some(host) = hosts.last_mut() {
                host.uses = host.uses.saturating_add(*uses);
                *place = (host_number, host.octets.wrapping_sub(octets));
            }
            last = Some((key, *string));
        }
        let rank = |(host, number): (&Host, u32)| {
            let worth = host.uses.saturating_mul(1 << 12).checked_div(u64::from(host.octets)).unwrap_or(0);
            u64::from(!u32::try_from(worth).unwrap_or(u32::MAX)) << 32 | u64::from(number)
        };
        let mut ranked: Vec<u64> = hosts.iter().zip(0..).map(rank).collect();
        ranked.sort_unstable();
        let mut order = Vec::with_capacity(ranked.len());
        let mut len = 0_u32;
        for rank in ranked {
            let Some(host) = hosts.get_mut(number(u128::from(rank))) else { continue };
            host.at = len;
            order.push(host.entry);
            len = len.checked_add(host.octets).ok_or(WriteError::TooLong)?;
        }
        // an end of a string stands in the table where that does
        let index = |(host, before): (usize, u32)| hosts.get(host).map_or(0, |host| host.at).wrapping_add(before);
        Ok(Self { order, indexes: places.into_iter().map(index).collect(), len })
    }
}

/// What a table of `strings` has at least, in octets: of those that end alike in their last eight octets the longest one
/// is not the end of another. Shorter ones may be.
pub(super) fn least_len<'t>(encoding: Encoding, strings: impl ExactSizeIterator<Item = &'t str>) -> usize {
    let room = strings.len().next_power_of_two();
    let mut longest = vec![0_usize; room];
    let mut least = 0_usize;
    for string in strings.filter(|string| string.len() >= 8) {
        let slot = hash(string.as_bytes().last_chunk::<8>().unwrap_or(&[0; 8])) as usize & room.wrapping_sub(1);
        if let Some(longest) = longest.get_mut(slot) {
            let octets = encoding.len(string).saturating_add(encoding.unit());
            least = least.saturating_add(octets.saturating_sub(*longest));
            *longest = octets.max(*longest);
        }
    }
    least
}

/// An entry that has octets of its own.
struct Host {
    entry: usize,
    /// Its octets in the table.
    octets: u32,
    /// How often the document refers to it or to an end of it.
    uses: u64,
    /// Its index.
    at: u32,
}

// ADVICE: this tells most strings apart, and the others are compared as a whole.
/// The last eight octets, read backwards, as a number; zeros stand for those that are not there.
fn ending(octets: &[u8]) -> u64 {
    let missing = 8_usize.saturating_sub(octets.len()).wrapping_mul(8) & 63;
    match (octets.last_chunk::<8>(), octets.first_chunk::<4>(), octets.last_chunk::<4>()) {
        (Some(last), ..) => u64::from_le_bytes(*last),
        // those that are in both are the same
        (None, Some(first), Some(last)) => {
            u64::from(u32::from_le_bytes(*last)) << 32 | u64::from(u32::from_le_bytes(*first)) << missing
        }
        _ => octets.iter().rev().fold(0_u64, |word, octet| word << 8 | u64::from(*octet)) << missing,
    }
}

/// The number of what a key is of.
#[expect(clippy::cast_possible_truncation, reason = "the lower half is the number")]
fn number(key: u128) -> usize {
    key as u32 as usize
}

/// Whether a string is the end of another one; both with their keys.
fn is_end((key, string): (u128, &str), (key_of_other, other): (u128, &str)) -> bool {
    // the last octets are the upper ones
    let alike = (key ^ key_of_other).leading_zeros().wrapping_sub(32) as usize >> 3;
    alike >= string.len().min(8) && other.ends_with(string)
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

    #[test]
    fn a_table_has_no_fewer_octets_than_are_told() {
        let strings = ["value of PoC0001", "PoC0001", "a value of PoC0001", "1", "the PoC0001 node", "a node", ""];
        let entries: Vec<Entry<'_>> = strings.iter().map(|string| Entry { string, uses: 1 }).collect();
        for encoding in [Encoding::Utf8, Encoding::Utf32 { little: false, open: true }] {
            let least = least_len(encoding, strings.into_iter());
            let layout = Layout::new(encoding, &entries).unwrap();
            assert!(0 < least && least <= layout.len as usize, "{least}, {}", layout.len);
        }
        assert_eq!(least_len(Encoding::Utf8, strings.into_iter()), 19 + 17);
    }

    /// A public identifier may be empty: it is in the table, and has an index.
    #[test]
    fn an_empty_string_has_its_place() {
        let entry = |string| Entry { string, uses: 1 };
        let alone = Layout::new(Encoding::Utf8, &[entry("")]).unwrap();
        assert_eq!((&alone.order[..], &alone.indexes[..], alone.len), (&[0][..], &[0][..], 1));
        let beside = Layout::new(Encoding::Utf8, &[entry("ab"), entry("")]).unwrap();
        assert_eq!((&beside.order[..], &beside.indexes[..], beside.len), (&[0][..], &[0, 2][..], 3));
    }
}
