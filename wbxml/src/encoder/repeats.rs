//! What strings have in common: every run of characters that occurs twice, however it lies in them.

use alloc::vec::Vec;

use super::work;

/// A string, where it stands in the text of all of them, and how often the document has it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) weight: u64,
    /// Whether it stands in the string table anyhow.
    pub(super) is_fixed: bool,
}

/// A run of characters that occurs more than once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Repeat {
    /// Where it occurs first.
    pub(super) start: usize,
    pub(super) len: usize,
    /// How often it occurs, overlaps included.
    pub(super) weight: u64,
    /// Whether it is the end of a string that stands in the table anyhow.
    pub(super) is_fixed: bool,
    /// The longest repeat that is a beginning of this one.
    pub(super) parent: Option<usize>,
}

/// All repeats of at least [`SHORTEST`] octets: each of them as long as it can be at its places.
#[derive(Clone, Debug, Default)]
pub(super) struct Repeats {
    pub(super) list: Vec<Repeat>,
    /// For each octet of the text, the longest repeat that starts there.
    pub(super) longest: Vec<Option<u32>>,
}

/// A reference takes two octets or more: what is shorter than this cannot pay.
const SHORTEST: usize = 3;
/// How far two places are compared. A run that is longer is found as several, or as a string that occurs as a whole. It
/// bounds the time for text that repeats itself, to n log n.
const FARTHEST: usize = 256;

/// The rest of a string behind one of its characters.
#[derive(Clone, Copy)]
struct Suffix {
    start: usize,
    end: usize,
    string: usize,
}

impl Suffix {
    fn of<'t>(&self, text: &'t str) -> &'t [u8] {
        let end = self.end.min(self.start.saturating_add(FARTHEST));
        text.as_bytes().get(self.start..end).unwrap_or_default()
    }
}

/// An interval of neighbouring suffixes with the same beginning that is not closed yet.
struct Open {
    len: usize,
    index: Option<usize>,
}

impl Repeats {
    /// The repeats of the strings of `text`.
    pub(super) fn new(text: &str, strings: &[Span]) -> Self {
        let mut suffixes: Vec<Suffix> = Vec::new();
        for (string, span) in strings.iter().enumerate() {
            let places = text.get(span.start..span.end).unwrap_or_default().char_indices();
            let suffix = |at: usize| Suffix { start: span.start.saturating_add(at), end: span.end, string };
            let is_long = |suffix: &Suffix| suffix.end.saturating_sub(suffix.start) >= SHORTEST;
            suffixes.extend(places.map(|(at, _)| suffix(at)).take_while(is_long));
        }
        suffixes.sort_unstable_by(|a, b| {
            let (these, those) = (a.of(text), b.of(text));
            work::step(these.len().min(those.len()));
            these.cmp(those).then(a.start.cmp(&b.start))
        });
        let mut repeats = Self { list: Vec::new(), longest: Vec::new() };
        repeats.longest.resize(text.len(), None);
        let mut open: Vec<Open> = Vec::new();
        for (at, suffix) in suffixes.iter().enumerate() {
            let next = suffixes.get(at.saturating_add(1));
            let common = next.map_or(0, |next| common_prefix(text, suffix, next));
            // a new interval starts with the suffix that it shares more with its successor
            let deepest = open.last().map_or(0, |open| open.len);
            if common > deepest && common >= SHORTEST {
                let index = repeats.push(suffix, common, open.last().and_then(|open| open.index));
                open.push(Open { len: common, index: Some(index) });
            }
            repeats.add_leaf(suffix, strings, open.last().and_then(|open| open.index));
            while open.last().is_some_and(|open| open.len > common) {
                let Some(closed) = open.pop().and_then(|open| open.index) else { break };
                let outer = open.last();
                if common >= SHORTEST && outer.is_none_or(|outer| outer.len < common) {
                    // what is closed was within one that only now shows
                    let parent = outer.and_then(|outer| outer.index);
                    let index = repeats.push(suffix, common, parent);
                    open.push(Open { len: common, index: Some(index) });
                }
                repeats.close(closed, open.last().and_then(|open| open.index));
            }
        }
        repeats
    }

    fn push(&mut self, suffix: &Suffix, len: usize, parent: Option<usize>) -> usize {
        self.list.push(Repeat { start: suffix.start, len, weight: 0, is_fixed: false, parent });
        self.list.len().saturating_sub(1)
    }

    /// Counts a suffix for the longest repeat that it begins with; a whole string that the document has several times is
    /// one by itself.
    fn add_leaf(&mut self, suffix: &Suffix, strings: &[Span], repeat: Option<usize>) {
        let Some(span) = strings.get(suffix.string) else { return };
        let whole = span.end.saturating_sub(suffix.start);
        let mut longest = repeat;
        if let Some(repeat) = repeat.and_then(|repeat| self.list.get_mut(repeat)) {
            repeat.weight = repeat.weight.saturating_add(span.weight);
            repeat.is_fixed |= span.is_fixed && repeat.len == whole;
        }
        let is_whole = suffix.start == span.start && span.weight > 1;
        if is_whole && repeat.and_then(|repeat| self.list.get(repeat)).is_none_or(|repeat| repeat.len < whole) {
            let index = self.push(suffix, whole, repeat);
            if let Some(repeat) = self.list.get_mut(index) {
                repeat.weight = span.weight;
            }
            longest = Some(index);
        }
        if let Some(slot) = self.longest.get_mut(suffix.start) {
            *slot = longest.and_then(|longest| u32::try_from(longest).ok());
        }
    }

    /// Ends an interval: all that was in it was in its parent too.
    fn close(&mut self, closed: usize, parent: Option<usize>) {
        let Some(child) = self.list.get_mut(closed) else { return };
        child.parent = parent;
        let weight = child.weight;
        if let Some(parent) = parent.and_then(|parent| self.list.get_mut(parent)) {
            parent.weight = parent.weight.saturating_add(weight);
        }
    }
}

/// The octets of the whole characters that two suffixes begin with.
fn common_prefix(text: &str, a: &Suffix, b: &Suffix) -> usize {
    let same = a.of(text).iter().zip(b.of(text)).take_while(|(a, b)| a == b).count();
    let mut len = same;
    while !text.is_char_boundary(a.start.saturating_add(len)) {
        len = len.saturating_sub(1);
    }
    len
}

#[cfg(test)]
#[expect(clippy::arithmetic_side_effects, reason = "helpers of tests: to stop is how they fail")]
mod tests {
    use super::*;
    use alloc::borrow::ToOwned;
    use alloc::collections::{BTreeMap, BTreeSet};
    use alloc::string::String;

    fn repeats(strings: &[(&str, u64)]) -> Vec<(String, u64)> {
        let mut text = String::new();
        let mut spans = Vec::new();
        for (string, weight) in strings {
            let start = text.len();
            text.push_str(string);
            spans.push(Span { start, end: text.len(), weight: *weight, is_fixed: false });
        }
        let repeats = Repeats::new(&text, &spans);
        let mut found: Vec<(String, u64)> =
            repeats.list.iter().map(|repeat| (text[repeat.start..][..repeat.len].to_owned(), repeat.weight)).collect();
        found.sort();
        for (at, longest) in repeats.longest.iter().enumerate() {
            let mut next = longest.map(|index| index as usize);
            let mut shorter = usize::MAX;
            while let Some(repeat) = next.map(|next| repeats.list[next]) {
                assert!(text[at..].starts_with(&text[repeat.start..][..repeat.len]));
                assert!(repeat.len < shorter);
                shorter = repeat.len;
                next = repeat.parent;
            }
        }
        found
    }

    /// All substrings that occur twice, counted one by one, as long as they can be at their places.
    fn naive(strings: &[(&str, u64)]) -> Vec<(String, u64)> {
        let mut count = BTreeMap::<&str, (u64, usize, BTreeSet<Option<char>>)>::new();
        for (string, weight) in strings {
            for (from, _) in string.char_indices() {
                for to in (from..=string.len()).filter(|&to| to >= from + SHORTEST && string.is_char_boundary(to)) {
                    let whole = from == 0 && to == string.len() && *weight > 1;
                    let entry = count.entry(&string[from..to]).or_default();
                    entry.0 += weight;
                    entry.1 += 1 + usize::from(whole);
                    entry.2.insert(string[to..].chars().next());
                }
            }
        }
        let ends_here = |next: &BTreeSet<Option<char>>| next.len() > 1 || next.contains(&None);
        count
            .into_iter()
            .filter(|(_, (_, places, next))| *places > 1 && ends_here(next))
            .map(|(string, (weight, ..))| (string.to_owned(), weight))
            .collect()
    }

    #[test]
    fn all_repeats_are_found() {
        for strings in [
            &[("abcab", 1), ("abc", 1)][..],
            &[("./DevDetail/SwV", 1), ("./DevDetail/FwV", 1), ("./DevInfo/Mod", 1)],
            &[("aaaaaaaa", 1)],
            &[("whole", 3), ("the whole", 1)],
            &[("whole", 3)],
            &[("na\u{EF}ve", 1), ("na\u{EE}f", 1), ("\u{1F400}\u{1F401}", 1), ("\u{1F400}\u{1F402}", 2)],
            &[("mississippi", 2), ("mississippi river", 1), ("river", 1)],
        ] {
            assert_eq!(repeats(strings), naive(strings), "{strings:?}");
        }
    }
}
