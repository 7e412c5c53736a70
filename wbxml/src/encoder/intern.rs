//! Strings, each kept once, in the order in which they came.

use alloc::string::String;
use alloc::vec::Vec;

use crate::scan;

use super::work;

/// A string, and how often the document has it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Interned {
    /// Where it stands in the text of all of them.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) uses: u64,
    /// Whether it is never cut.
    pub(super) is_whole: bool,
    /// Whether it stands in the string table anyhow.
    pub(super) is_fixed: bool,
    hash: u32,
}

/// Strings, each once; one that is never cut is another one than one that is.
#[derive(Debug, Default)]
pub(super) struct Interner {
    text: String,
    list: Vec<Interned>,
    /// The strings by their hash, one more than their number, in a power of two of slots, of which half are free.
    slots: Vec<u32>,
    /// The octets of those that stay in one piece.
    whole: usize,
}

// ADVICE: the hash has no key, so that what is written is the same each time; whoever makes strings that all have one
// hash gets them written more than once, and not a search that takes ever longer.
/// Slots that are looked at for a string.
const NEAR: usize = 16;

impl Interner {
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// How many octets of the text may be cut.
    pub(super) fn cuttable(&self) -> usize {
        self.text.len().saturating_sub(self.whole)
    }

    pub(super) fn list(&self) -> &[Interned] {
        &self.list
    }

    /// The string of this number.
    pub(super) fn get(&self, string: &Interned) -> &str {
        self.text.get(string.start..string.end).unwrap_or_default()
    }

    /// The number of a string that the document has once more.
    pub(super) fn add(&mut self, string: &str, is_whole: bool) -> usize {
        if self.list.len().saturating_mul(2) >= self.slots.len() {
            self.grow();
        }
        let hash = hash(string.as_bytes()).wrapping_add(u32::from(is_whole));
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        for _ in 0..NEAR {
            work::step(1);
            let number = match self.slots.get(at) {
                None | Some(0) => break,
                Some(number) => (*number as usize).wrapping_sub(1),
            };
            if let Some(known) = self.list.get_mut(number) {
                let octets = || self.text.as_bytes().get(known.start..known.end).unwrap_or_default();
                if known.hash == hash && known.is_whole == is_whole && scan::is_same(octets(), string.as_bytes()) {
                    known.uses = known.uses.saturating_add(1);
                    return number;
                }
            }
            at = at.wrapping_add(1) & mask;
        }
        let number = self.list.len();
        self.push(string, Interned { start: 0, end: 0, uses: 1, is_whole, is_fixed: false, hash });
        self.put(number, hash);
        number
    }

    /// Puts a string behind the others that stands in the table anyhow: what they have in common with its end is free.
    pub(super) fn add_fixed(&mut self, string: &str) {
        self.push(string, Interned { start: 0, end: 0, uses: 0, is_whole: false, is_fixed: true, hash: 0 });
    }

    fn push(&mut self, string: &str, interned: Interned) {
        let start = self.text.len();
        self.text.push_str(string);
        if interned.is_whole {
            self.whole = self.whole.saturating_add(string.len());
        }
        self.list.push(Interned { start, end: self.text.len(), ..interned });
    }

    /// Puts a string where it is looked for, if there is room.
    fn put(&mut self, number: usize, hash: u32) {
        let mask = self.slots.len().wrapping_sub(1);
        let free = (0..NEAR).map(|step| (hash as usize).wrapping_add(step) & mask);
        for at in free {
            if let Some(slot) = self.slots.get_mut(at).filter(|slot| **slot == 0) {
                *slot = u32::try_from(number.saturating_add(1)).unwrap_or(0);
                return;
            }
        }
    }

    #[cold]
    fn grow(&mut self) {
        self.list.reserve(64);
        self.text.reserve(1024);
        let room = self.slots.len().saturating_mul(4).max(256);
        self.slots.clear();
        self.slots.resize(room, 0);
        for number in 0..self.list.len() {
            let hash = self.list.get(number).map_or(0, |string| string.hash);
            self.put(number, hash);
        }
    }
}

/// A number that octets are told apart by, eight at a time.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "the upper half is mixed into the lower one")]
pub(super) fn hash(octets: &[u8]) -> u32 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let mix = |hash: u64, word: u64| (hash.rotate_left(23) ^ word).wrapping_mul(FACTOR);
    let mut hash = octets.len() as u64;
    let mut rest = octets;
    while let Some((chunk, tail)) = rest.split_first_chunk::<8>() {
        hash = mix(hash, u64::from_le_bytes(*chunk));
        rest = tail;
    }
    // what is left, as a word, or with octets that have been seen
    let last = match (octets.last_chunk::<8>(), rest.first_chunk::<4>(), rest.last_chunk::<4>()) {
        _ if rest.is_empty() => 0,
        (Some(last), ..) => u64::from_le_bytes(*last),
        (None, Some(first), Some(last)) => {
            u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last))
        }
        _ => rest.iter().fold(0, |word, octet| word << 8 | u64::from(*octet)),
    };
    let hash = mix(hash, last);
    (hash >> 32) as u32 ^ hash as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    #[test]
    fn strings_are_kept_once() {
        let mut interner = Interner::default();
        let names: Vec<String> = (0..1000).map(|number| format!("{number}")).collect();
        for (number, name) in names.iter().enumerate() {
            assert_eq!(interner.add(name, false), number);
        }
        for (number, name) in names.iter().enumerate() {
            assert_eq!(interner.add(name, false), number);
        }
        assert_eq!(interner.add("7", true), 1000);
        assert_eq!(interner.add("", false), 1001);
        assert!(interner.list()[..1000].iter().all(|string| string.uses == 2));
        assert_eq!(interner.get(&interner.list()[999]), "999");
    }
}
