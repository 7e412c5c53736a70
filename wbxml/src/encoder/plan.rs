//! Between the passes: which strings stand in the table, and where each string of the document is cut.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use crate::charset::encode::Encoding;
use crate::mb_u_int32;
use crate::sink::{Sink, WriteError};
use crate::token::global;
use crate::vocabulary::Vocabulary;
use crate::writer::Writer;

use super::collect::Collect;
use super::cut::{Candidate, Cutter, OCTET, Part};
use super::layout::{Entry, Layout};
use super::pass::{Handler, Place};
use super::repeats::{Repeat, Repeats, Span};

/// What stands in the string table whatever the policy is: names that are no token, and the public identifier.
pub(super) struct Fixed<'f> {
    pub(super) encoding: Encoding,
    pub(super) vocabulary: &'f Vocabulary<'f>,
    pub(super) names: &'f BTreeMap<String, u64>,
    pub(super) formal: Option<&'f str>,
    /// The elements whose content is empty, which are written without.
    pub(super) empty: &'f [usize],
}

impl<'f> Fixed<'f> {
    fn entries(&self) -> impl Iterator<Item = Entry<'f>> + use<'f> {
        let names = self.names.iter().map(|(name, &uses)| Entry { string: name, uses });
        names.chain(self.formal.map(|string| Entry { string, uses: 1 }))
    }

    /// Every string inline.
    pub(super) fn inline(&self) -> Result<Finished<'f>, WriteError> {
        self.finish(Vec::new(), None)
    }

    /// A table of `candidates` behind what stands in it anyhow.
    fn finish(&self, candidates: Vec<Entry<'f>>, cuts: Option<Cuts<'f>>) -> Result<Finished<'f>, WriteError> {
        let mut entries: Vec<Entry<'f>> = self.entries().collect();
        entries.extend(candidates);
        let layout = Layout::new(self.encoding, &entries)?;
        let fixed = layout.indexes.iter().copied();
        let names: Vec<(&str, u32)> = self.names.keys().map(String::as_str).zip(fixed).collect();
        let formal = layout.indexes.get(names.len()).copied().unwrap_or(0);
        let table = layout.order.iter().filter_map(|&entry| entries.get(entry)).map(|entry| entry.string).collect();
        let candidates = self.entries().count();
        let indexes = layout.indexes.get(candidates..).unwrap_or_default().to_vec();
        Ok(Finished { table, names, formal, empty: self.empty, indexes, cuts })
    }
}

/// The strings of a document, each once.
pub(super) struct Plan<'f> {
    fixed: &'f Fixed<'f>,
    text: String,
    strings: Vec<(Span, Place)>,
    /// What stands in the table anyhow, at the end of the text.
    anyhow: Vec<Span>,
    /// Which one each string is that the value writes.
    calls: Vec<usize>,
}

/// Rounds of trying a table and leaving out what did not pay.
const ROUNDS: usize = 6;
/// How many of the repeats that start at one place are tried there: the longest ones.
const NESTED: usize = 8;

impl<'f> Plan<'f> {
    pub(super) fn new(fixed: &'f Fixed<'f>, collected: &Collect) -> Result<Self, WriteError> {
        let seen: Vec<(&str, Place)> = collected.strings().collect();
        let mut order: Vec<usize> = (0..seen.len()).collect();
        order.sort_unstable_by_key(|&call| seen.get(call));
        let mut plan = Self { fixed, text: String::new(), strings: Vec::new(), anyhow: Vec::new(), calls: Vec::new() };
        plan.calls.resize(seen.len(), 0);
        let mut last = None;
        for call in order {
            let string = seen.get(call);
            if string != last {
                plan.push(string.copied(), 0);
                last = string;
            }
            if let Some((span, _)) = plan.strings.last_mut() {
                span.weight = span.weight.saturating_add(1);
            }
            if let Some(slot) = plan.calls.get_mut(call) {
                *slot = plan.strings.len().saturating_sub(1);
            }
        }
        for entry in fixed.entries() {
            let start = plan.text.len();
            plan.text.push_str(entry.string);
            plan.anyhow.push(Span { start, end: plan.text.len(), weight: 0, is_fixed: true });
        }
        // repeats are numbered in 32 bits
        u32::try_from(plan.text.len()).map_err(|_| WriteError::TooLong)?;
        Ok(plan)
    }

    fn push(&mut self, string: Option<(&str, Place)>, weight: u64) {
        let Some((string, place)) = string else { return };
        let start = self.text.len();
        self.text.push_str(string);
        self.strings.push((Span { start, end: self.text.len(), weight, is_fixed: false }, place));
    }

    fn string(&self, index: usize) -> Option<(&str, Place)> {
        let (span, place) = self.strings.get(index)?;
        Some((self.text.get(span.start..span.end)?, *place))
    }

    /// Every string in the table, but for value tokens.
    pub(super) fn all<'p>(&'p self) -> Result<Finished<'p>, WriteError> {
        let mut cuts = Cuts::new(self);
        let mut cutter = Cutter::default();
        let mut pieces: Vec<(&'p str, usize, u64)> = Vec::new();
        for (index, (span, place)) in self.strings.iter().enumerate() {
            let Some((string, _)) = self.string(index) else { continue };
            let mut at = span.start;
            let (parts, text) = (&mut cuts.parts, &self.text);
            cutter.cut(
                self.fixed.vocabulary,
                self.fixed.encoding,
                (string, *place),
                |_| core::iter::empty(),
                |part| {
                    let start = at;
                    at = at.saturating_add(part.len());
                    if let Part::Inline(len) = part {
                        pieces.push((text.get(start..at).unwrap_or_default(), parts.len(), span.weight));
                        parts.push(Part::Table(len, 0));
                    } else {
                        parts.push(part);
                    }
                },
            );
            cuts.ends.push(cuts.parts.len());
        }
        pieces.sort_unstable();
        let mut entries: Vec<Entry<'p>> = Vec::new();
        for (string, part, weight) in pieces {
            match entries.last_mut() {
                Some(entry) if entry.string == string => entry.uses = entry.uses.saturating_add(weight),
                _ => entries.push(Entry { string, uses: weight }),
            }
            if let Some(Part::Table(_, index)) = cuts.parts.get_mut(part) {
                *index = entries.len().saturating_sub(1);
            }
        }
        self.fixed.finish(entries, Some(cuts))
    }

    /// What occurs more than once in the table, where it pays.
    ///
    /// All repeats are candidates at first. A reference is priced at its own octets and a share of the table's, which
    /// is the smaller the more often the candidate was used in the round before. Every string is cut at these prices;
    /// what is used less than twice is left out. After some rounds the candidates that are left have the table to
    /// themselves, and every string is cut at the prices of references alone.
    pub(super) fn repeats<'p>(&'p self) -> Result<Finished<'p>, WriteError> {
        let spans: Vec<Span> = self.strings.iter().map(|(span, _)| *span).chain(self.anyhow.iter().copied()).collect();
        let repeats = Repeats::new(&self.text, &spans);
        let mut market = Market::new(self.fixed.encoding, &self.text, &repeats);
        let mut cutter = Cutter::default();
        for round in 0..=ROUNDS {
            let is_last = round == ROUNDS;
            market.set_prices(is_last);
            let mut cuts = Cuts::new(self);
            for (index, (span, _)) in self.strings.iter().enumerate() {
                let Some(string) = self.string(index) else { continue };
                let candidates = |at: usize| market.candidates(span.start.saturating_add(at));
                let parts = &mut cuts.parts;
                let put = |part| parts.push(part);
                cutter.cut(self.fixed.vocabulary, self.fixed.encoding, string, candidates, put);
                cuts.ends.push(cuts.parts.len());
            }
            market.count(&cuts);
            if is_last {
                return self.finish_repeats(&repeats, &market, cuts);
            }
            let entries = self.entries(&repeats, &market);
            let fixed: Vec<Entry<'_>> = self.fixed.entries().collect();
            let all: Vec<Entry<'_>> = fixed.iter().copied().chain(entries.iter().map(|(_, entry)| *entry)).collect();
            let layout = Layout::new(self.fixed.encoding, &all)?;
            market.set_indexes(entries.iter().map(|(repeat, _)| *repeat), layout.indexes.get(fixed.len()..));
        }
        self.fixed.inline()
    }

    /// The repeats that are used, and the strings that they are.
    fn entries<'p>(&'p self, repeats: &Repeats, market: &Market<'_>) -> Vec<(usize, Entry<'p>)> {
        let used = repeats.list.iter().zip(&market.goods).enumerate().filter(|(_, (_, good))| good.uses > 0);
        used.filter_map(|(index, (repeat, good))| {
            let string = self.text.get(repeat.start..repeat.start.saturating_add(repeat.len))?;
            Some((index, Entry { string, uses: good.uses }))
        })
        .collect()
    }

    fn finish_repeats<'p>(
        &'p self,
        repeats: &Repeats,
        market: &Market<'_>,
        mut cuts: Cuts<'p>,
    ) -> Result<Finished<'p>, WriteError> {
        let entries = self.entries(repeats, market);
        for part in &mut cuts.parts {
            if let Part::Table(_, index) = part {
                *index = entries.binary_search_by_key(index, |(repeat, _)| *repeat).unwrap_or(usize::MAX);
            }
        }
        self.fixed.finish(entries.into_iter().map(|(_, entry)| entry).collect(), Some(cuts))
    }
}

/// A repeat that is for sale: what it costs and who takes it.
#[derive(Clone, Copy)]
struct Good {
    len: usize,
    /// The octets that it takes in the table.
    octets: u64,
    is_fixed: bool,
    is_left: bool,
    uses: u64,
    /// The octets of its index.
    index_len: u64,
    price: u64,
    /// The longest beginning of it that is left.
    shorter: Option<usize>,
}

/// All repeats with their prices.
struct Market<'r> {
    repeats: &'r Repeats,
    goods: Vec<Good>,
    /// The repeats, the shortest first: a parent before its children.
    by_len: Vec<usize>,
}

impl<'r> Market<'r> {
    fn new(encoding: Encoding, text: &str, repeats: &'r Repeats) -> Self {
        let good = |repeat: &Repeat| {
            let string = text.get(repeat.start..repeat.start.saturating_add(repeat.len)).unwrap_or_default();
            let octets = encoding.len(string).saturating_add(encoding.unit());
            Good {
                len: repeat.len,
                octets: u64::try_from(octets).unwrap_or(u64::MAX),
                is_fixed: repeat.is_fixed,
                is_left: repeat.is_fixed || repeat.weight > 1,
                uses: repeat.weight,
                index_len: 1,
                price: 0,
                shorter: None,
            }
        };
        let goods = repeats.list.iter().map(good).collect();
        let mut by_len: Vec<usize> = (0..repeats.list.len()).collect();
        by_len.sort_by_key(|&index| repeats.list.get(index).map(|repeat| repeat.len));
        Self { repeats, goods, by_len }
    }

    /// Prices by the uses of the round before; the table is paid for where `is_paid`.
    fn set_prices(&mut self, is_paid: bool) {
        for good in &mut self.goods {
            let share = if good.is_fixed || is_paid {
                0
            } else {
                good.octets.saturating_mul(OCTET).checked_div(good.uses).unwrap_or(u64::MAX)
            };
            good.price = good.index_len.saturating_add(1).saturating_mul(OCTET).saturating_add(share);
        }
        for &index in &self.by_len {
            let parent = self.repeats.list.get(index).and_then(|repeat| repeat.parent);
            let above = parent.and_then(|parent| Some((parent, self.goods.get(parent)?)));
            let shorter = above.and_then(|(parent, good)| if good.is_left { Some(parent) } else { good.shorter });
            if let Some(good) = self.goods.get_mut(index) {
                good.shorter = shorter;
            }
        }
    }

    /// What is for sale at an octet of the text.
    fn candidates(&self, at: usize) -> impl Iterator<Item = Candidate> + use<'_, 'r> {
        let longest = self.repeats.longest.get(at).copied().flatten().and_then(|index| usize::try_from(index).ok());
        let left = longest.and_then(|index| {
            let good = self.goods.get(index)?;
            if good.is_left { Some(index) } else { good.shorter }
        });
        core::iter::successors(left, |&index| self.goods.get(index)?.shorter)
            .take(NESTED)
            .filter_map(|index| self.goods.get(index).map(|good| (index, good)))
            .map(|(index, good)| Candidate { len: good.len, index, price: good.price })
    }

    /// Counts what was taken, and leaves out what was not taken twice.
    fn count(&mut self, cuts: &Cuts<'_>) {
        self.goods.iter_mut().for_each(|good| good.uses = 0);
        let mut start = 0;
        for (&end, (span, _)) in cuts.ends.iter().zip(&cuts.plan.strings) {
            for part in cuts.parts.get(start..end).unwrap_or_default() {
                if let Part::Table(_, index) = *part {
                    if let Some(good) = self.goods.get_mut(index) {
                        good.uses = good.uses.saturating_add(span.weight);
                    }
                }
            }
            start = end;
        }
        for good in &mut self.goods {
            good.is_left &= good.is_fixed || good.uses > 1;
        }
    }

    fn set_indexes(&mut self, repeats: impl Iterator<Item = usize>, indexes: Option<&[u32]>) {
        for (repeat, index) in repeats.zip(indexes.unwrap_or_default()) {
            if let Some(good) = self.goods.get_mut(repeat) {
                good.index_len = u64::try_from(mb_u_int32::encoded_len(*index)).unwrap_or(u64::MAX);
            }
        }
    }
}

/// Where the strings of a plan are cut.
pub(super) struct Cuts<'p> {
    plan: &'p Plan<'p>,
    /// The parts of all strings, and where those of each string end.
    parts: Vec<Part>,
    ends: Vec<usize>,
}

impl<'p> Cuts<'p> {
    const fn new(plan: &'p Plan<'p>) -> Self {
        Self { plan, parts: Vec::new(), ends: Vec::new() }
    }

    fn of(&self, string: usize) -> &[Part] {
        let start = string.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(string).and_then(|&end| self.parts.get(start..end)).unwrap_or_default()
    }
}

/// A plan that is made: what the last pass needs.
pub(super) struct Finished<'p> {
    table: Vec<&'p str>,
    names: Vec<(&'p str, u32)>,
    formal: u32,
    empty: &'p [usize],
    /// The index of each candidate.
    indexes: Vec<u32>,
    /// `None` where every string is inline.
    cuts: Option<Cuts<'p>>,
}

impl<'p> Finished<'p> {
    pub(super) fn table(&self) -> impl Iterator<Item = &'p str> + Clone + use<'_, 'p> {
        self.table.iter().copied()
    }

    /// The names that are no token, in ascending order, with their indexes.
    pub(super) fn names(&self) -> &[(&'p str, u32)] {
        &self.names
    }

    /// The index of the formal public identifier, if there is one.
    pub(super) const fn formal(&self) -> u32 {
        self.formal
    }

    pub(super) const fn replay(&self) -> Replay<'_> {
        Replay { finished: self, next: 0, empty: self.empty }
    }
}

/// The last pass: strings are written as they were cut.
pub(super) struct Replay<'p> {
    finished: &'p Finished<'p>,
    next: usize,
    /// The elements with empty content that are still to come.
    empty: &'p [usize],
}

impl Replay<'_> {
    /// Whether all strings came again.
    pub(super) fn finish(self) -> Result<(), WriteError> {
        let all = self.finished.cuts.as_ref().map_or(0, |cuts| cuts.plan.calls.len());
        if self.next == all { Ok(()) } else { Err(WriteError::Changed) }
    }
}

impl Handler for Replay<'_> {
    fn close_empty(&mut self, _: usize) {}

    fn is_empty(&mut self, element: usize) -> bool {
        let Some((_, rest)) = self.empty.split_first().filter(|(next, _)| **next == element) else { return false };
        self.empty = rest;
        true
    }

    fn index_of<S: Sink>(&mut self, out: &Writer<'_, S>, name: &str) -> Result<u32, WriteError> {
        out.index_of(name).map_err(|_| WriteError::Changed)
    }

    fn string<S: Sink>(&mut self, out: &mut Writer<'_, S>, string: &str, place: Place) -> Result<(), WriteError> {
        let Some(cuts) = &self.finished.cuts else {
            return match place {
                Place::Content | Place::Whole => out.tokens.text(string),
                Place::Value(_) => out.attribute_rest(string),
            };
        };
        let index = *cuts.plan.calls.get(self.next).ok_or(WriteError::Changed)?;
        if cuts.plan.string(index).map(|(same, _)| same) != Some(string) {
            return Err(WriteError::Changed);
        }
        self.next = self.next.saturating_add(1);
        let mut rest = string;
        for part in cuts.of(index) {
            let (head, tail) = rest.split_at_checked(part.len()).ok_or(WriteError::Changed)?;
            match *part {
                Part::Inline(_) => out.tokens.text(head)?,
                Part::Table(_, candidate) => {
                    let index = *self.finished.indexes.get(candidate).ok_or(WriteError::Changed)?;
                    out.tokens.numbered(global::STR_T, index)?;
                }
                Part::Token(_, token) => out.value_token(token, head)?,
            }
            rest = tail;
        }
        Ok(())
    }
}
