//! What strings have in common: runs of words that occur twice.

use alloc::vec;
use alloc::vec::Vec;

use crate::scan;
use crate::sink::WriteError;

use super::intern::{Interned, Interner, hash};
use super::words;
use super::work;

/// A run of words that occurs more than once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Repeat {
    /// Where it occurs first.
    pub(super) start: u32,
    pub(super) len: u32,
    /// Whether it is the end of a string that stands in the table anyhow.
    pub(super) is_fixed: bool,
    /// The longest repeat that is a beginning of this one.
    pub(super) shorter: u32,
}

/// The number that no repeat has.
pub(super) const NONE: u32 = u32::MAX;

/// Where a repeat may begin.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) start: u32,
    /// The longest repeat that starts here.
    pub(super) longest: u32,
    /// The end of the string.
    end: u32,
    /// One more than the place before it with the same hash.
    before: u32,
}

/// The repeats of strings, and the strings that occur twice as a whole.
#[derive(Debug, Default)]
pub(super) struct Repeats {
    pub(super) list: Vec<Repeat>,
    /// In the order of the text.
    places: Vec<Place>,
    /// The first place of each string; then, how many there are.
    first: Vec<u32>,
    /// For each hash of a beginning, one more than the last place that has it.
    last: Vec<u32>,
}

/// A reference takes two octets or more: what is shorter than this, and no whole string, cannot pay.
const SHORTEST: usize = 3;
/// How many octets are compared at one place. A run that is longer is found as several.
const FARTHEST: usize = 256;
/// How many earlier places with the same beginning a place is compared with, the last ones first.
const EARLIER: usize = 2;
/// How many of the repeats that start at one place are looked at there: the longest ones.
pub(super) const NESTED: usize = 8;

impl Repeats {
    /// The repeats of `strings`.
    ///
    /// Each place is compared with some earlier ones that begin with the same words. What it has in common with one of
    /// them is a repeat; what is known to repeat within that does so here too, and the next place that is looked at is
    /// behind it. The work is bounded for each octet.
    pub(super) fn new(strings: &Interner) -> Result<Self, WriteError> {
        let (text, count) = (strings.text().as_bytes(), strings.list().len());
        // places are numbered in 32 bits
        u32::try_from(text.len()).map_err(|_| WriteError::TooLong)?;
        // most words and the sign behind them are longer than this
        let most = strings.cuttable() / 4;
        let mut repeats = Self {
            list: Vec::with_capacity(count),
            places: Vec::with_capacity(most.saturating_add(count)),
            first: Vec::with_capacity(count.saturating_add(1)),
            last: vec![0; most.next_power_of_two()],
        };
        for string in strings.list() {
            let first = repeats.places.len();
            repeats.first.push(number(first));
            if !string.is_whole {
                repeats.look_through(text, string);
            }
            if string.uses > 1 {
                if repeats.places.len() == first {
                    repeats.put(string.start, string.end, 0, NONE);
                }
                repeats.add(first, string.end.saturating_sub(string.start));
            }
        }
        repeats.first.push(number(repeats.places.len()));
        Ok(repeats)
    }

    /// The places of a string.
    #[inline]
    pub(super) fn places(&self, string: usize) -> &[Place] {
        let first = |string: usize| self.first.get(string).map_or(0, |place| *place as usize);
        self.places.get(first(string)..first(string.wrapping_add(1))).unwrap_or_default()
    }

    /// The repeats that start at a place, the longest first, by their numbers.
    #[inline]
    pub(super) fn at(&self, place: &Place) -> impl Iterator<Item = (u32, &Repeat)> {
        let get = |number: u32| self.list.get(number as usize).map(|repeat| (number, repeat));
        core::iter::successors(get(place.longest), move |(_, repeat)| get(repeat.shorter)).take(NESTED)
    }

    /// Looks for the words of a string among those of earlier ones.
    fn look_through(&mut self, text: &[u8], string: &Interned) {
        let mask = self.last.len().wrapping_sub(1);
        let mut at = string.start;
        while let Some(rest) = text.get(at..string.end) {
            work::step(1);
            let word = words::first(rest);
            let Some(beginning) = beginning(rest, word) else { return };
            let slot = hash(beginning) as usize & mask;
            let mut earlier = self.last.get(slot).copied().unwrap_or(0);
            let place = self.put(at, string.end, earlier, NONE);
            if let Some(last) = self.last.get_mut(slot) {
                *last = number(place.wrapping_add(1));
            }
            let (mut found, mut longest) = (0_usize, 0_usize);
            for _ in 0..EARLIER {
                let number = (earlier as usize).wrapping_sub(1);
                let Some(known) = self.places.get(number) else { break };
                earlier = known.before;
                let common = common(text.get(known.start as usize..known.end as usize).unwrap_or_default(), rest);
                if common > longest {
                    (found, longest) = (number, common);
                }
            }
            if longest < SHORTEST {
                at = at.wrapping_add(word);
                continue;
            }
            let repeat = self.add(found, longest);
            if let Some(place) = self.places.get_mut(place) {
                place.longest = repeat;
            }
            if string.is_fixed {
                // what it ends with is sought, wherever that begins
                at = at.wrapping_add(word);
                match self.list.get_mut(repeat as usize) {
                    Some(repeat) if longest == rest.len() => repeat.is_fixed = true,
                    _ => {}
                }
            } else {
                self.put_alike(found, at, longest, string.end);
                at = at.wrapping_add(longest);
            }
        }
    }

    /// Puts the repeats that are known within so many octets at a place where the same octets stand again.
    fn put_alike(&mut self, place: usize, start: usize, len: usize, end: usize) {
        let (from, most) = (self.places.get(place).map_or(0, |place| place.start), self.places.len());
        for number in place.wrapping_add(1)..most {
            let Some(place) = self.places.get(number).copied() else { return };
            let before = place.start.wrapping_sub(from) as usize;
            if before >= len {
                return;
            }
            work::step(1);
            let fits = |repeat: &Repeat| before.wrapping_add(repeat.len as usize) <= len;
            let known = self.at(&place).find(|(_, repeat)| fits(repeat)).map(|(number, _)| number);
            if let Some(repeat) = known {
                self.put(start.wrapping_add(before), end, 0, repeat);
            }
        }
    }

    /// Puts a place behind the others; gives its number.
    #[inline]
    fn put(&mut self, start: usize, end: usize, before: u32, longest: u32) -> usize {
        self.places.push(Place { start: number(start), end: number(end), before, longest });
        self.places.len().wrapping_sub(1)
    }

    /// The repeat of so many octets at a place: one that is there already, or a new one, in its place among those.
    fn add(&mut self, place: usize, len: usize) -> u32 {
        let Some(at) = self.places.get_mut(place) else { return NONE };
        let (mut longer, mut next) = (NONE, at.longest);
        while let Some(repeat) = self.list.get(next as usize) {
            work::step(1);
            if repeat.len as usize == len {
                return next;
            }
            if (repeat.len as usize) < len {
                break;
            }
            (longer, next) = (next, repeat.shorter);
        }
        let added = number(self.list.len());
        match self.list.get_mut(longer as usize) {
            Some(longer) => longer.shorter = added,
            None => at.longest = added,
        }
        self.list.push(Repeat { start: at.start, len: number(len), is_fixed: false, shorter: next });
        added
    }
}

/// The first words of `string`, as many as it takes to look for them; the first one has `word` octets.
#[inline]
fn beginning(string: &[u8], word: usize) -> Option<&[u8]> {
    let mut len = word;
    while len < SHORTEST {
        match words::first(string.get(len..)?) {
            0 => return None,
            word => len = len.wrapping_add(word),
        }
    }
    string.get(..len)
}

/// How many octets of whole words two strings begin with alike.
#[inline]
fn common(this: &[u8], that: &[u8]) -> usize {
    let mut len = scan::common(this.get(..FARTHEST).unwrap_or(this), that);
    work::step(len / 8);
    let is_within = |string: &[u8], len: usize| match (string.get(len.wrapping_sub(1)), string.get(len)) {
        (Some(before), Some(behind)) => !words::is_between(*before, *behind),
        _ => false,
    };
    while is_within(this, len) || is_within(that, len) {
        len = len.wrapping_sub(1);
    }
    len
}

/// What fits into 32 bits, as has been made sure.
fn number(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::borrow::ToOwned;
    use alloc::collections::BTreeSet;
    use alloc::string::String;

    /// What is found in strings, each with whether it is the end of one that stands in the table anyhow.
    fn repeats(strings: &[&str], fixed: &[&str]) -> Vec<(String, bool)> {
        let mut interner = Interner::default();
        for string in strings {
            interner.add(string, false);
        }
        fixed.iter().for_each(|string| interner.add_fixed(string));
        let repeats = Repeats::new(&interner).unwrap();
        let string = |repeat: &Repeat| &interner.text()[repeat.start as usize..][..repeat.len as usize];
        let mut at_places = BTreeSet::new();
        for (index, interned) in interner.list().iter().enumerate() {
            for place in repeats.places(index) {
                let rest = &interner.text()[place.start as usize..interned.end];
                let mut shorter = usize::MAX;
                for (number, repeat) in repeats.at(place) {
                    assert!(rest.starts_with(string(repeat)));
                    assert!(string(repeat).len() < shorter);
                    shorter = string(repeat).len();
                    at_places.insert(number);
                }
            }
        }
        assert_eq!(at_places.len(), repeats.list.len(), "repeats that no place has");
        let mut found: Vec<(String, bool)> =
            repeats.list.iter().map(|repeat| (string(repeat).to_owned(), repeat.is_fixed)).collect();
        found.sort();
        found
    }

    #[test]
    fn what_strings_have_in_common_is_found() {
        for (strings, expected) in [
            (&["./DevDetail/SwV", "./DevDetail/FwV"][..], &["./DevDetail/"][..]),
            (&["the whole", "whole", "the whole"], &["the whole", "whole"]),
            (&["a.example.net", "b.example.net"], &[".example.net"]),
            (&["na\u{EF}ve", "na\u{EE}ve", "1", "1"], &["1"]),
            (&["a-b-c", "a-b-d", "a-b"], &["a-b", "a-b-"]),
            (&["./a/b/c", "./a/b", "./a/b/d"], &["./a/b", "./a/b/"]),
        ] {
            let found: Vec<String> = repeats(strings, &[]).into_iter().map(|(string, _)| string).collect();
            assert_eq!(found, expected, "{strings:?}");
        }
        let free = |string: &str| (string.to_owned(), true);
        assert_eq!(repeats(&["colour"], &["the colour"]), [free("colour")]);
        assert_eq!(repeats(&["the end"], &["the"]), [free("the")]);
        assert_eq!(repeats(&["the colour"], &["the red"]), [("the ".to_owned(), false)]);
    }

    /// Though the words of a repeat are not looked for one by one.
    #[test]
    fn what_is_known_to_repeat_within_a_repeat_is_found_there() {
        let mut interner = Interner::default();
        for string in ["a.example.net", "x@example.net", "b.example.net", "c.example.net"] {
            interner.add(string, false);
        }
        let repeats = Repeats::new(&interner).unwrap();
        for string in [0, 2, 3] {
            let places = repeats.places(string).iter();
            let longest: Vec<&str> = places
                .filter_map(|place| repeats.at(place).next())
                .map(|(_, repeat)| &interner.text()[repeat.start as usize..][..repeat.len as usize])
                .collect();
            assert_eq!(longest, [".example.net", "example.net"], "string {string}");
        }
    }

    /// What a string repeats of itself is found in pieces, and work does not grow with their square.
    #[test]
    fn a_string_that_repeats_itself() {
        let found = repeats(&["ab ".repeat(1000).as_str()], &[]);
        assert!(found.iter().all(|(string, _)| "ab ".repeat(86).contains(string.as_str())));
        assert!(found.iter().any(|(string, _)| string.len() > 64));
    }
}
