//! Which strings stand in the table, and where each string of the document is cut.

use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Reverse;

use crate::charset::encode::Encoding;
use crate::emit::Emit;
use crate::mb_u_int32;
use crate::sink::{Sink, WriteError};
use crate::token::global;
use crate::writer::Writer;

use super::cut::{Candidate, Cutter, OCTET, Part};
use super::draft::{Draft, Gap};
use super::intern::Interned;
use super::layout::{Entry, Layout};
use super::repeats::{Repeat, Repeats};
use super::words::Words;

/// What is to be written, and what stands in the string table whatever the policy is: names that are no token, and the
/// public identifier.
pub(super) struct Fixed<'f> {
    pub(super) encoding: Encoding,
    pub(super) draft: &'f Draft,
    pub(super) formal: Option<&'f str>,
}

impl<'f> Fixed<'f> {
    fn entries(&self) -> impl Iterator<Item = Entry<'f>> + use<'f> {
        let names = &self.draft.names;
        let named = names.list().iter().map(|name| Entry { string: names.get(name), uses: name.uses });
        named.chain(self.formal.map(|string| Entry { string, uses: 1 }))
    }

    /// Every string inline.
    pub(super) fn inline(&self) -> Result<Finished<'f>, WriteError> {
        self.finish(Vec::new(), Cuts::new(0))
    }

    /// Every string in the table.
    pub(super) fn all(&self) -> Result<Finished<'f>, WriteError> {
        let strings = &self.draft.strings;
        let entry = |string: &Interned| Entry { string: strings.get(string), uses: string.uses };
        let mut cuts = Cuts::new(strings.list().len());
        for (index, string) in strings.list().iter().enumerate() {
            cuts.parts.push(Part::Table(string.end.saturating_sub(string.start), index));
            cuts.ends.push(cuts.parts.len());
        }
        self.finish(strings.list().iter().map(entry).collect(), cuts)
    }

    /// A table of `candidates` behind what stands in it anyhow, the strings in these parts.
    fn finish(&self, candidates: Vec<Entry<'f>>, cuts: Cuts) -> Result<Finished<'f>, WriteError> {
        let mut entries: Vec<Entry<'f>> = self.entries().collect();
        let fixed = entries.len();
        entries.extend(candidates);
        let layout = Layout::new(self.encoding, &entries)?;
        let table = layout.order.iter().filter_map(|&entry| entries.get(entry)).map(|entry| entry.string).collect();
        Ok(Finished {
            encoding: self.encoding,
            draft: self.draft,
            table,
            table_len: layout.len,
            indexes: layout.indexes,
            fixed,
            cuts,
        })
    }

    /// What occurs more than once in the table, where it pays.
    ///
    /// All repeats are candidates at first. A reference is priced at its own octets and a share of the table's, which
    /// is the smaller the more often the candidate occurs. Every string is cut at these prices; what is used less than
    /// twice is left out. The candidates that are left have the table to themselves, and every string is cut at the
    /// prices of references alone.
    pub(super) fn repeats(&self) -> Result<Finished<'f>, WriteError> {
        let strings = &self.draft.strings;
        let words = Words::new(strings)?;
        let repeats = Repeats::new(strings, &words);
        if repeats.list.is_empty() {
            return self.inline();
        }
        let mut market = Market::new(self, &words, &repeats);
        let mut cutter = Cutter::default();
        market.set_prices(true);
        let cuts = market.cut(&mut cutter);
        market.count(&cuts);
        market.set_indexes();
        market.set_prices(false);
        let mut cuts = market.cut(&mut cutter);
        market.count(&cuts);
        let (numbers, entries) = market.entries();
        for part in &mut cuts.parts {
            if let Part::Table(_, index) = part {
                *index = numbers.get(*index).copied().unwrap_or(usize::MAX);
            }
        }
        self.finish(entries, cuts)
    }
}

/// A repeat that is for sale: what it costs and who takes it.
#[derive(Clone, Copy)]
struct Good {
    /// The octets that it takes in the table.
    octets: u64,
    /// The octets of its index.
    index_len: u64,
    is_fixed: bool,
    is_left: bool,
    uses: u64,
    price: u64,
    /// The longest beginning of it that is left.
    shorter: Option<u32>,
}

/// How many of the repeats that start at one place are tried there: the longest ones.
const NESTED: usize = 8;

/// All repeats with their prices.
struct Market<'m, 'f> {
    fixed: &'m Fixed<'f>,
    words: &'m Words,
    repeats: &'m Repeats,
    goods: Vec<Good>,
    /// The repeats, the shortest first: a parent before its children.
    by_words: Vec<usize>,
}

impl<'m, 'f> Market<'m, 'f> {
    fn new(fixed: &'m Fixed<'f>, words: &'m Words, repeats: &'m Repeats) -> Self {
        let strings = &fixed.draft.strings;
        let good = |repeat: &Repeat| {
            let string = strings.text().get(repeat.start..repeat.start.saturating_add(repeat.len));
            let octets = fixed.encoding.len(string.unwrap_or_default()).saturating_add(fixed.encoding.unit());
            Good {
                octets: number(octets),
                index_len: 1,
                is_fixed: repeat.is_fixed,
                is_left: true,
                uses: 0,
                price: 0,
                shorter: None,
            }
        };
        let goods = repeats.list.iter().map(good).collect();
        let mut by_words: Vec<usize> = (0..repeats.list.len()).collect();
        by_words.sort_unstable_by_key(|&index| (repeats.list.get(index).map(|repeat| repeat.words), index));
        let mut market = Self { fixed, words, repeats, goods, by_words };
        market.count_all();
        market
    }

    /// Counts how often each repeat occurs, overlaps included.
    fn count_all(&mut self) {
        for (index, string) in self.fixed.draft.strings.list().iter().enumerate() {
            let (first, end) = self.words.of(index);
            for longest in self.repeats.longest.get(first..end).unwrap_or_default() {
                if let Some(good) = longest.and_then(|longest| self.goods.get_mut(longest as usize)) {
                    good.uses = good.uses.saturating_add(string.uses);
                }
            }
        }
        for &index in self.by_words.iter().rev() {
            let uses = self.goods.get(index).map_or(0, |good| good.uses);
            let parent = self.repeats.list.get(index).and_then(|repeat| repeat.parent);
            if let Some(good) = parent.and_then(|parent| self.goods.get_mut(parent as usize)) {
                good.uses = good.uses.saturating_add(uses);
            }
        }
    }

    /// Prices by the uses that were counted last; a share of the table is in them where it `is_shared`.
    fn set_prices(&mut self, is_shared: bool) {
        for good in &mut self.goods {
            let table = good.octets.saturating_mul(OCTET).checked_div(good.uses).unwrap_or(u64::MAX);
            let share = if is_shared && !good.is_fixed { table } else { 0 };
            good.price = good.index_len.saturating_add(1).saturating_mul(OCTET).saturating_add(share);
        }
        for &index in &self.by_words {
            let parent = self.repeats.list.get(index).and_then(|repeat| repeat.parent);
            let above = parent.and_then(|parent| Some((parent, self.goods.get(parent as usize)?)));
            let shorter = above.and_then(|(parent, good)| if good.is_left { Some(parent) } else { good.shorter });
            if let Some(good) = self.goods.get_mut(index) {
                good.shorter = shorter;
            }
        }
    }

    /// What is for sale at a word.
    fn candidates(&self, word: usize) -> impl Iterator<Item = Candidate> + use<'_, 'm, 'f> {
        let longest = self.repeats.longest.get(word).copied().flatten();
        let left = longest.and_then(|index| {
            let good = self.goods.get(index as usize)?;
            if good.is_left { Some(index) } else { good.shorter }
        });
        core::iter::successors(left, |&index| self.goods.get(index as usize)?.shorter).take(NESTED).filter_map(
            |index| {
                let index = index as usize;
                let (good, repeat) = (self.goods.get(index)?, self.repeats.list.get(index)?);
                Some(Candidate { index, len: repeat.len, words: repeat.words, price: good.price })
            },
        )
    }

    /// Cuts every string.
    fn cut(&self, cutter: &mut Cutter) -> Cuts {
        let strings = &self.fixed.draft.strings;
        let (encoding, text) = (self.fixed.encoding, strings.text());
        let opening = OCTET.saturating_mul(number(encoding.unit()).saturating_add(1));
        let mut cuts = Cuts::new(strings.list().len());
        for (index, string) in strings.list().iter().enumerate() {
            let (first, end) = self.words.of(index);
            let longest = self.repeats.longest.get(first..end).unwrap_or_default();
            // most strings have nothing in common with another one
            if longest.iter().all(Option::is_none) {
                cuts.parts.push(Part::Inline(string.end.saturating_sub(string.start)));
                cuts.ends.push(cuts.parts.len());
                continue;
            }
            let bounds = |word: usize| {
                let word = first.saturating_add(word);
                (self.words.start(word), self.words.start(word.saturating_add(1)))
            };
            let length = |word: usize| {
                let (start, end) = bounds(word);
                end.saturating_sub(start)
            };
            let price = |word: usize| {
                let (start, end) = bounds(word);
                OCTET.saturating_mul(number(encoding.len(text.get(start..end).unwrap_or_default())))
            };
            let candidates = |word: usize| self.candidates(first.saturating_add(word));
            let put = |part| cuts.parts.push(part);
            cutter.cut(end.saturating_sub(first), opening, length, price, candidates, put);
            cuts.ends.push(cuts.parts.len());
        }
        cuts
    }

    /// Counts what was taken, and leaves out what was not taken twice.
    fn count(&mut self, cuts: &Cuts) {
        self.goods.iter_mut().for_each(|good| good.uses = 0);
        for (index, string) in self.fixed.draft.strings.list().iter().enumerate() {
            for part in cuts.of(index) {
                if let Part::Table(_, index) = *part {
                    if let Some(good) = self.goods.get_mut(index) {
                        good.uses = good.uses.saturating_add(string.uses);
                    }
                }
            }
        }
        for good in &mut self.goods {
            good.is_left &= good.is_fixed || good.uses > 1;
        }
    }

    /// The repeats that are used: for each repeat its number among them, and the strings that they are.
    fn entries(&self) -> (Vec<usize>, Vec<Entry<'f>>) {
        let text = self.fixed.draft.strings.text();
        let (mut numbers, mut entries) = (vec![usize::MAX; self.goods.len()], Vec::new());
        for ((repeat, good), slot) in self.repeats.list.iter().zip(&self.goods).zip(&mut numbers) {
            if good.uses > 0 {
                let string = text.get(repeat.start..repeat.start.saturating_add(repeat.len)).unwrap_or_default();
                *slot = entries.len();
                entries.push(Entry { string, uses: good.uses });
            }
        }
        (numbers, entries)
    }

    /// Prices references by the indexes that the table would have if no string were the end of another: what is used
    /// most for its length comes first.
    fn set_indexes(&mut self) {
        let left = self.goods.iter().enumerate().filter(|(_, good)| good.uses > 0);
        let worth = |good: &Good| good.uses.saturating_mul(1 << 16).checked_div(good.octets).unwrap_or(0);
        let mut ranked: Vec<(Reverse<u64>, usize)> = left.map(|(index, good)| (Reverse(worth(good)), index)).collect();
        ranked.sort_unstable();
        let mut at = 0_u64;
        for (_, index) in ranked {
            if let Some(good) = self.goods.get_mut(index) {
                good.index_len = number(mb_u_int32::encoded_len(u32::try_from(at).unwrap_or(u32::MAX)));
                at = at.saturating_add(good.octets);
            }
        }
    }
}

/// The parts of all strings, and where those of each string end; a string without parts is inline.
#[derive(Debug)]
struct Cuts {
    parts: Vec<Part>,
    ends: Vec<usize>,
}

impl Cuts {
    fn new(strings: usize) -> Self {
        Self { parts: Vec::with_capacity(strings), ends: Vec::with_capacity(strings) }
    }

    fn of(&self, string: usize) -> &[Part] {
        let start = string.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(string).and_then(|&end| self.parts.get(start..end)).unwrap_or_default()
    }
}

/// A plan that is made: all that is written is known.
pub(super) struct Finished<'f> {
    encoding: Encoding,
    draft: &'f Draft,
    table: Vec<&'f str>,
    table_len: u32,
    /// Where the entries of the table stand: those that stand in it anyhow, and behind them the candidates.
    indexes: Vec<u32>,
    fixed: usize,
    cuts: Cuts,
}

impl<'f> Finished<'f> {
    pub(super) fn table(&self) -> impl Iterator<Item = &'f str> + Clone + use<'_, 'f> {
        self.table.iter().copied()
    }

    /// The octets of the table.
    pub(super) fn table_len(&self) -> usize {
        usize::try_from(self.table_len).unwrap_or(usize::MAX)
    }

    /// The index of the formal public identifier, if there is one.
    pub(super) fn formal(&self) -> u32 {
        self.fixed.checked_sub(1).and_then(|last| self.indexes.get(last)).copied().unwrap_or(0)
    }

    fn index(&self, candidate: usize) -> u32 {
        self.indexes.get(self.fixed.saturating_add(candidate)).copied().unwrap_or(0)
    }

    fn name(&self, name: usize) -> u32 {
        self.indexes.get(name).copied().unwrap_or(0)
    }

    /// How many octets the gaps take when they are filled.
    pub(super) fn gaps_len(&self) -> u64 {
        let inline = |octets: usize| octets.saturating_add(self.encoding.unit()).saturating_add(1);
        let strings = &self.draft.strings;
        let mut all = 0_u64;
        for (index, string) in strings.list().iter().enumerate() {
            let mut text = strings.get(string);
            let parts = self.cuts.of(index);
            let mut octets = if parts.is_empty() { inline(self.encoding.len(text)) } else { 0 };
            for part in parts {
                octets = octets.saturating_add(match *part {
                    Part::Inline(len) => inline(self.encoding.len(text.get(..len).unwrap_or_default())),
                    Part::Table(_, candidate) => mb_u_int32::encoded_len(self.index(candidate)).saturating_add(1),
                });
                let (Part::Inline(len) | Part::Table(len, _)) = *part;
                text = text.get(len..).unwrap_or_default();
            }
            all = all.saturating_add(string.uses.saturating_mul(number(octets)));
        }
        for (index, name) in self.draft.names.list().iter().enumerate() {
            all = all.saturating_add(name.uses.saturating_mul(number(mb_u_int32::encoded_len(self.name(index)))));
        }
        all
    }

    /// Writes `body` behind the header, its gaps filled.
    pub(super) fn write<S: Sink>(&self, out: &mut Writer<'_, S>, body: &[u8]) -> Result<(), WriteError> {
        let mut written = 0_usize;
        for &(at, gap) in &self.draft.gaps {
            out.tokens.sink.put(body.get(written..at).unwrap_or_default())?;
            written = at;
            match gap {
                Gap::String(string) => self.write_string(out, string)?,
                Gap::Name(name) => {
                    out.tokens.integer(self.name(name))?;
                    written = at.saturating_add(1);
                }
            }
        }
        out.tokens.sink.put(body.get(written..).unwrap_or_default())
    }

    fn write_string<S: Sink>(&self, out: &mut Writer<'_, S>, index: usize) -> Result<(), WriteError> {
        let strings = &self.draft.strings;
        let mut text = strings.list().get(index).map_or("", |string| strings.get(string));
        let parts = self.cuts.of(index);
        if parts.is_empty() {
            return out.text(text);
        }
        for part in parts {
            match *part {
                Part::Inline(len) => out.tokens.text(text.get(..len).unwrap_or_default())?,
                Part::Table(_, candidate) => out.tokens.numbered(global::STR_T, self.index(candidate))?,
            }
            let (Part::Inline(len) | Part::Table(len, _)) = *part;
            text = text.get(len..).unwrap_or_default();
        }
        Ok(())
    }
}

fn number(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
