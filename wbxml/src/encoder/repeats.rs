//! What strings have in common: runs of words that occur twice.

use alloc::vec;
use alloc::vec::Vec;

use crate::scan;

use super::intern::{Interner, hash};
use super::words::{Words, number};
use super::work;

/// A run of words that occurs more than once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Repeat {
    /// Where it occurs first.
    pub(super) start: usize,
    pub(super) len: usize,
    /// How many words it has.
    pub(super) words: usize,
    /// Whether it is the end of a string that stands in the table anyhow.
    pub(super) is_fixed: bool,
    /// The longest repeat that is a beginning of this one.
    pub(super) parent: Option<u32>,
}

/// The repeats of strings, and the strings that occur twice as a whole.
#[derive(Debug, Default)]
pub(super) struct Repeats {
    pub(super) list: Vec<Repeat>,
    /// For each word, the longest repeat that starts there.
    pub(super) longest: Vec<Option<u32>>,
}

/// A reference takes two octets or more: what is shorter than this, and no whole string, cannot pay.
const SHORTEST: usize = 3;
/// How many words are compared at one place. A run that is longer is found as several.
const FARTHEST: usize = 64;
/// How many earlier places with the same beginning a place is compared with, the last ones first.
const EARLIER: usize = 2;
/// Words that are known to be the same as earlier ones: then nothing longer is looked for.
const ENOUGH: usize = 16;

/// The places where a repeat may begin.
struct Places {
    /// For each hash of a beginning, one more than the last place that has it.
    last: Vec<u32>,
    /// For each word, one more than the place before it with the same hash.
    before: Vec<u32>,
    /// For each word, the end of its string.
    end: Vec<u32>,
}

impl Repeats {
    /// The repeats of `strings`.
    ///
    /// Each place is compared with some earlier ones that begin with the same words, and what it has in common with one
    /// of them is a repeat. The work is bounded for each word.
    pub(super) fn new(strings: &Interner, words: &Words) -> Self {
        let count = words.len();
        let room = count.next_power_of_two();
        let mut places = Places { last: vec![0; room], before: vec![0; count], end: vec![0; count] };
        let mut repeats = Self { list: Vec::with_capacity(count / 4), longest: vec![None; count] };
        for (index, string) in strings.list().iter().enumerate() {
            let (first, end) = words.of(index);
            if !string.is_whole {
                repeats.look_through(strings.text().as_bytes(), words, &mut places, (first, end), string.is_fixed);
            }
            if string.uses > 1 {
                repeats.add(words, first, end.saturating_sub(first));
            }
        }
        repeats
    }

    /// Looks for the words of a string among those of earlier ones.
    fn look_through(
        &mut self,
        text: &[u8],
        words: &Words,
        places: &mut Places,
        (first, end): (usize, usize),
        is_fixed: bool,
    ) {
        // where the same words stood as here, and how many
        let (mut same_at, mut same) = (0_usize, 0_usize);
        for word in first..end {
            work::step(1);
            if let Some(slot) = places.end.get_mut(word) {
                *slot = number(end);
            }
            let Some(slot) = places.slot(text, words, word, end) else { continue };
            (same_at, same) = (same_at.saturating_add(1), same.saturating_sub(1));
            let mut earlier = places.last.get(slot).copied().unwrap_or(0);
            for _ in 0..EARLIER {
                let Some(place) = (earlier as usize).checked_sub(1).filter(|_| same < ENOUGH) else { break };
                let common = places.common(text, words, place, (word, end));
                if common > same {
                    (same_at, same) = (place, common);
                }
                earlier = places.before.get(place).copied().unwrap_or(0);
            }
            places.push(slot, word);
            let len = words.start(word.saturating_add(same)).saturating_sub(words.start(word));
            if len >= SHORTEST {
                let repeat = self.add(words, same_at, same);
                if is_fixed && word.saturating_add(same) == end {
                    if let Some(repeat) = repeat.and_then(|repeat| self.list.get_mut(repeat as usize)) {
                        repeat.is_fixed = true;
                    }
                }
                if let Some(slot) = self.longest.get_mut(word) {
                    *slot = repeat;
                }
            }
        }
    }

    /// The repeat of so many words at a place: one that is there already, or a new one, in its place among those.
    fn add(&mut self, words: &Words, place: usize, count: usize) -> Option<u32> {
        let mut longer = None;
        let mut next = self.longest.get(place).copied().flatten();
        while let Some((index, repeat)) = next.and_then(|index| Some((index, self.list.get(index as usize)?))) {
            work::step(1);
            if repeat.words == count {
                return Some(index);
            }
            if repeat.words < count {
                break;
            }
            longer = Some(index);
            next = repeat.parent;
        }
        let start = words.start(place);
        let len = words.start(place.saturating_add(count)).saturating_sub(start);
        let index = u32::try_from(self.list.len()).ok();
        self.list.push(Repeat { start, len, words: count, is_fixed: false, parent: next });
        match longer.and_then(|longer| self.list.get_mut(longer as usize)) {
            Some(longer) => longer.parent = index,
            None => {
                if let Some(slot) = self.longest.get_mut(place) {
                    *slot = index;
                }
            }
        }
        index
    }
}

impl Places {
    /// Where the last place stands that begins as this one; `None` if it is too short to be looked for.
    #[inline]
    fn slot(&self, text: &[u8], words: &Words, word: usize, end: usize) -> Option<usize> {
        let start = words.start(word);
        let mut behind = word.saturating_add(1);
        while words.start(behind).saturating_sub(start) < SHORTEST {
            if behind >= end {
                return None;
            }
            behind = behind.saturating_add(1);
        }
        let beginning = text.get(start..words.start(behind))?;
        Some(hash(beginning) as usize & self.last.len().wrapping_sub(1))
    }

    /// How many words are the same at two places.
    #[inline]
    fn common(&self, text: &[u8], words: &Words, earlier: usize, (word, end): (usize, usize)) -> usize {
        let earlier_end = self.end.get(earlier).map_or(0, |end| *end as usize);
        let most = FARTHEST.min(end.saturating_sub(word)).min(earlier_end.saturating_sub(earlier));
        let octets = |word: usize| text.get(words.start(word)..words.start(word.saturating_add(1))).unwrap_or_default();
        let is_same = |step: &usize| {
            work::step(1);
            scan::is_same(octets(earlier.saturating_add(*step)), octets(word.saturating_add(*step)))
        };
        (0..most).take_while(is_same).count()
    }

    fn push(&mut self, slot: usize, word: usize) {
        if let (Some(last), Some(before)) = (self.last.get_mut(slot), self.before.get_mut(word)) {
            *before = *last;
            *last = number(word.saturating_add(1));
        }
    }
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
        let words = Words::new(&interner).unwrap();
        let repeats = Repeats::new(&interner, &words);
        let string = |repeat: &Repeat| &interner.text()[repeat.start..][..repeat.len];
        let mut at_places = BTreeSet::new();
        for (word, longest) in repeats.longest.iter().enumerate() {
            let (mut next, mut shorter) = (*longest, usize::MAX);
            while let Some((index, repeat)) = next.map(|next| (next, repeats.list[next as usize])) {
                assert!(interner.text()[words.start(word)..].starts_with(string(&repeat)));
                let end = words.start(word.saturating_add(repeat.words));
                assert_eq!(words.start(word).saturating_add(repeat.len), end);
                assert!(repeat.words < shorter);
                at_places.insert(index as usize);
                (next, shorter) = (repeat.parent, repeat.words);
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
            (&["./DevDetail/SwV", "./DevDetail/FwV"][..], &["./DevDetail/", "/DevDetail/", "DevDetail/"][..]),
            (&["the whole", "whole", "the whole"], &["the whole", "whole"]),
            (&["a.example.net", "b.example.net"], &[".example.net", ".net", "example.net", "net"]),
            (&["na\u{EF}ve", "na\u{EE}ve", "1", "1"], &["1"]),
            (&["a-b-c", "a-b-d", "a-b"], &["-b-", "a-b", "a-b-"]),
            (&["./a/b/c", "./a/b", "./a/b/d"], &["./a/b", "./a/b/", "/a/b", "/a/b/", "/b/", "a/b", "a/b/"]),
        ] {
            let found: Vec<String> = repeats(strings, &[]).into_iter().map(|(string, _)| string).collect();
            assert_eq!(found, expected, "{strings:?}");
        }
        let free = |string: &str| (string.to_owned(), true);
        assert_eq!(repeats(&["colour"], &["the colour"]), [free("colour")]);
        assert_eq!(repeats(&["the end"], &["the"]), [free("the")]);
        assert_eq!(repeats(&["the colour"], &["the red"]), [("the ".to_owned(), false)]);
    }

    /// What a string repeats of itself is found in pieces, and work does not grow with their square.
    #[test]
    fn a_string_that_repeats_itself() {
        let found = repeats(&["ab ".repeat(1000).as_str()], &[]);
        assert!(found.iter().all(|(string, _)| "ab ".repeat(50).contains(string.as_str())));
        assert!(found.iter().any(|(string, _)| string.len() > 64));
    }
}
