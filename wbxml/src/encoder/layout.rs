//! The order of the string table, and where each string stands in it.

use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Ordering;

use crate::charset::encode::Encoding;
use crate::sink::WriteError;

/// A string for the table, and how often the document refers to it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry<'t> {
    pub(super) string: &'t str,
    pub(super) uses: u64,
}

/// Which entries have octets of their own in the table, and which are the ends of those.
#[derive(Debug)]
pub(super) struct Hosts<'e, 't> {
    encoding: Encoding,
    pub(super) entries: &'e [Entry<'t>],
    /// The entries by their keys: read backwards, a string that is the end of others stands directly in front of them.
    backwards: Vec<u128>,
    /// How many octets the table has.
    pub(super) len: u32,
}

impl<'e, 't> Hosts<'e, 't> {
    /// The hosts of `entries`. A string that is the end of another needs no octets of its own: its index lies in the
    /// middle of that one (5.7).
    pub(super) fn new(encoding: Encoding, entries: &'e [Entry<'t>]) -> Result<Self, WriteError> {
        let string = |key: u128| entries.get(number(key)).map_or("", |entry| entry.string);
        // ADVICE: one number of ending and entry is compared in three instructions, without a branch
        let key =
            |(entry, number): (&Entry<'_>, u32)| u128::from(ending(entry.string.as_bytes())) << 32 | u128::from(number);
        let mut backwards: Vec<u128> = entries.iter().zip(0..).map(key).collect();
        backwards.sort_unstable();
        for alike in backwards.chunk_by_mut(|a, b| a >> 32 == b >> 32).filter(|alike| alike.len() > 1) {
            alike.sort_unstable_by(|a, b| compare_backwards(string(*a), string(*b)).then(a.cmp(b)));
        }
        let mut len = 0_u32;
        let mut last = None;
        for key in backwards.iter_mut().rev() {
            let this = (*key, string(*key));
            if last.is_some_and(|last| is_end(this, last)) {
                *key |= IS_END;
            } else {
                len = octets_of(encoding, this.1)
                    .and_then(|octets| len.checked_add(octets))
                    .ok_or(WriteError::TooLong)?;
            }
            last = Some(this);
        }
        Ok(Self { encoding, entries, backwards, len })
    }
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
    /// Lays `entries` out.
    pub(super) fn new(encoding: Encoding, entries: &[Entry<'_>]) -> Result<Self, WriteError> {
        Hosts::new(encoding, entries).map(|hosts| Self::of(&hosts))
    }

    /// Lays hosts out: the strings that are used most for their length come first, where indexes are short.
    pub(super) fn of(hosts: &Hosts<'_, '_>) -> Self {
        let entries = hosts.entries;
        let mut list: Vec<Host> = Vec::with_capacity(entries.len());
        // for each entry, which host it is in, and how far from its start
        let mut places = vec![(0, 0); entries.len()];
        for &key in hosts.backwards.iter().rev() {
            let entry = number(key);
            let (Some(Entry { string, uses }), Some(place)) = (entries.get(entry), places.get_mut(entry)) else {
                continue;
            };
            let octets = octets_of(hosts.encoding, string).unwrap_or(0);
            if key & IS_END == 0 {
                list.push(Host { entry, octets, uses: 0, at: 0 });
            }
            let host_number = list.len().wrapping_sub(1);
            if let Some(host) = list.last_mut() {
                host.uses = host.uses.saturating_add(*uses);
                *place = (host_number, host.octets.wrapping_sub(octets));
            }
        }
        let rank = |(host, number): (&Host, u32)| {
            let worth = host.uses.saturating_mul(1 << 12).checked_div(u64::from(host.octets)).unwrap_or(0);
            u64::from(!u32::try_from(worth).unwrap_or(u32::MAX)) << 32 | u64::from(number)
        };
        let mut ranked: Vec<u64> = list.iter().zip(0..).map(rank).collect();
        ranked.sort_unstable();
        let mut order = Vec::with_capacity(ranked.len());
        let mut at = 0_u32;
        for rank in ranked {
            let Some(host) = list.get_mut(number(u128::from(rank))) else { continue };
            host.at = at;
            order.push(host.entry);
            at = at.wrapping_add(host.octets);
        }
        // an end of a string stands in the table where that does
        let index = |(host, before): (usize, u32)| list.get(host).map_or(0, |host| host.at).wrapping_add(before);
        Self { order, indexes: places.into_iter().map(index).collect(), len: hosts.len }
    }
}

/// An entry that has octets of its own.
#[derive(Debug)]
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

/// The order of two strings that are read backwards.
fn compare_backwards(this: &str, that: &str) -> Ordering {
    let (mut this, mut that) = (this.as_bytes(), that.as_bytes());
    while let (Some((this_rest, one)), Some((that_rest, other))) =
        (this.split_last_chunk::<8>(), that.split_last_chunk())
    {
        if one != other {
            return u64::from_le_bytes(*one).cmp(&u64::from_le_bytes(*other));
        }
        (this, that) = (this_rest, that_rest);
    }
    this.iter().rev().cmp(that.iter().rev())
}

/// The octets of a string in the table, unless they are too many.
fn octets_of(encoding: Encoding, string: &str) -> Option<u32> {
    u32::try_from(encoding.len(string).saturating_add(encoding.unit())).ok()
}

/// Set in the key of an entry that is the end of the one behind it.
const IS_END: u128 = 1 << 127;

/// The number of what a key is of.
#[expect(clippy::cast_possible_truncation, reason = "the lowest 32 bits are the number")]
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
    use proptest::prelude::*;

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

    proptest! {
        #[test]
        fn backwards_as_octet_by_octet(ends in ("[ab]{0,10}", "[ab]{0,10}"), end in "[ab]{0,20}") {
            let [this, that] = [ends.0, ends.1].map(|start| [start, end.clone()].concat());
            prop_assert_eq!(compare_backwards(&this, &that), this.bytes().rev().cmp(that.bytes().rev()));
        }
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
