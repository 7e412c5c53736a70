//! Where a string is cut: into characters that are inline, and references to the string table.

use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

use super::intern::Interned;
use super::market::Market;
use super::repeats::{NONE, Place};
use super::work;

/// A part of a string, and its octets of UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Inline.
    Inline(usize),
    /// In the string table: this one of the candidates.
    Table(usize, usize),
}

impl Part {
    /// Its octets of UTF-8.
    #[inline]
    pub(super) const fn len(self) -> usize {
        let (Self::Inline(len) | Self::Table(len, _)) = self;
        len
    }
}

/// The parts of all strings. A string without parts is inline as a whole.
#[derive(Debug, Default)]
pub(super) struct Cuts {
    pub(super) parts: Vec<Part>,
    /// Which parts each string has.
    pub(super) ranges: Vec<Range<usize>>,
    /// How often each of the candidates is referred to.
    pub(super) uses: Vec<u64>,
}

impl Cuts {
    /// The parts of a string.
    #[inline]
    pub(super) fn of(&self, string: usize) -> &[Part] {
        self.ranges.get(string).and_then(|range| self.parts.get(range.clone())).unwrap_or_default()
    }

    /// Takes back the references of a string, which is cut again.
    fn take_back(&mut self, index: usize, string: &Interned) {
        for part in self.ranges.get(index).and_then(|range| self.parts.get(range.clone())).unwrap_or_default() {
            if let Part::Table(_, candidate) = *part {
                if let Some(uses) = self.uses.get_mut(candidate) {
                    *uses = uses.wrapping_sub(string.uses);
                }
            }
        }
    }
}

/// What a string costs from a place on to its end.
#[derive(Clone, Copy)]
struct Cost {
    start: usize,
    /// Where a string is open already.
    open: u64,
    /// Where none is.
    closed: u64,
    /// The reference that starts here, and its octets of UTF-8.
    good: u32,
    len: u32,
    /// Whether it is also worth it where a string is open.
    splits: bool,
}

/// Cuts strings at the prices of a market, which do not change meanwhile.
pub(super) struct Cutter<'c, 'f> {
    market: &'c Market<'c, 'f>,
    /// What it costs to begin a string inline, and to end it.
    opening: u64,
    /// From the end of a string to its start: the end, and the places where a reference is worth it.
    costs: Vec<Cost>,
}

impl<'c, 'f> Cutter<'c, 'f> {
    pub(super) fn new(market: &'c Market<'c, 'f>) -> Self {
        Self { market, opening: market.opening(), costs: Vec::with_capacity(16) }
    }

    /// Cuts every string: those parts that cost least.
    pub(super) fn cut_all(&mut self) -> Cuts {
        let strings = self.market.fixed.draft.strings.list();
        let mut cuts = Cuts {
            parts: Vec::with_capacity(strings.len()),
            ranges: Vec::with_capacity(strings.len()),
            uses: vec![0; self.market.goods.len()],
        };
        for (index, string) in strings.iter().enumerate() {
            let parts = self.cut(index, string, &mut cuts);
            cuts.ranges.push(parts);
        }
        cuts
    }

    /// Cuts those strings again that refer to what is not for sale any more.
    pub(super) fn cut_again(&mut self, cuts: &mut Cuts) {
        let market = self.market;
        for (index, string) in market.fixed.draft.strings.list().iter().enumerate() {
            let is_gone = |part: &Part| matches!(part, Part::Table(_, good) if !market.has(*good));
            if cuts.of(index).iter().any(is_gone) {
                cuts.take_back(index, string);
                let parts = self.cut(index, string, cuts);
                if let Some(range) = cuts.ranges.get_mut(index) {
                    *range = parts;
                }
            }
        }
    }

    /// Puts the parts of a string behind the others; gives their places.
    fn cut(&mut self, index: usize, string: &Interned, cuts: &mut Cuts) -> Range<usize> {
        self.price(self.market.repeats.places(index), string.end);
        let from = cuts.parts.len();
        if self.costs.len() > 1 {
            self.walk(string, cuts);
        }
        from..cuts.parts.len()
    }

    /// Finds what a string costs at its places.
    ///
    /// The cost of a place is that of the cheapest way on: inline up to the next one, or a reference. A string that is
    /// inline costs its token, its characters and its terminator; to cut it in two costs a token and a terminator more.
    // ADVICE: no sum is larger than what all strings cost, which are less than 2^32 octets in one text.
    fn price(&mut self, places: &[Place], end: usize) {
        let end = Cost { start: end, open: 0, closed: 0, good: NONE, len: 0, splits: false };
        self.costs.clear();
        self.costs.push(end);
        let mut next = end;
        for place in places.iter().rev().filter(|place| place.longest != NONE) {
            work::step(1);
            let start = place.start as usize;
            let inline = next.open.wrapping_add(self.market.inline(start, next.start));
            let closed = inline.wrapping_add(self.opening);
            let mut cost = Cost { start, open: inline, closed, good: NONE, len: 0, splits: false };
            for (number, good) in self.market.at(place) {
                work::step(1);
                let whole = good.price.wrapping_add(self.behind(start.wrapping_add(good.len as usize), &end));
                if whole < cost.closed {
                    (cost.closed, cost.good, cost.len) = (whole, number, good.len);
                }
            }
            if cost.good != NONE {
                cost.splits = cost.closed < inline;
                cost.open = cost.closed.min(inline);
                self.costs.push(cost);
                next = cost;
            }
        }
    }

    /// What the rest of a string costs behind a reference.
    #[inline]
    fn behind(&self, at: usize, end: &Cost) -> u64 {
        let next = self.costs.iter().rev().find(|cost| cost.start >= at).unwrap_or(end);
        match next.start == at {
            true => next.closed,
            false => next.open.wrapping_add(self.market.inline(at, next.start)).wrapping_add(self.opening),
        }
    }

    /// Goes the cheapest way through a string.
    fn walk(&mut self, string: &Interned, cuts: &mut Cuts) {
        // where the parts that are there end
        let mut start = string.start;
        while let Some(cost) = self.costs.pop() {
            let is_worth_it = cost.start == start || cost.start > start && cost.splits;
            if cost.good == NONE || !is_worth_it {
                continue;
            }
            if cost.start > start {
                cuts.parts.push(Part::Inline(cost.start.wrapping_sub(start)));
            }
            cuts.parts.push(Part::Table(cost.len as usize, cost.good as usize));
            if let Some(uses) = cuts.uses.get_mut(cost.good as usize) {
                *uses = uses.wrapping_add(string.uses);
            }
            start = cost.start.wrapping_add(cost.len as usize);
        }
        if string.start < start && start < string.end {
            cuts.parts.push(Part::Inline(string.end.wrapping_sub(start)));
        }
    }
}
