//! Where a string is cut: into characters that are inline, and references to the string table.

use alloc::vec::Vec;

use super::work;

/// A part of a string, and its octets of UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Inline.
    Inline(usize),
    /// In the string table: this one of the candidates.
    Table(usize, usize),
}

/// A string for the table that occurs at some place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) index: usize,
    pub(super) len: usize,
    /// How many words it has.
    pub(super) words: usize,
    /// What the reference costs, in [`OCTET`]s.
    pub(super) price: u64,
}

/// The unit of prices: an octet has this many, so that many can share one.
pub(super) const OCTET: u64 = 256;

/// What the words from one place to the end of the string cost.
#[derive(Clone, Copy, Default)]
struct Cost {
    /// Where a string is open already.
    open: u64,
    /// Where none is.
    closed: u64,
    /// The reference that starts here, if one is worth it: which, its octets and words.
    jump: Option<(usize, usize, usize)>,
    /// Whether it is also worth it where a string is open.
    splits: bool,
}

/// Cuts strings; it is kept for its memory.
#[derive(Default)]
pub(super) struct Cutter {
    costs: Vec<Cost>,
}

impl Cutter {
    /// Hands the parts of a string to `put`, in order: those that cost least. Its words take `lengths` octets of UTF-8
    /// and cost as many [`OCTET`]s as `prices` says; to begin a string inline costs `opening` of them. `candidates` gives
    /// what of the table starts at a word.
    ///
    /// The cost of a place is that of the cheapest way on: one more word, or a reference. A string that is inline costs
    /// its token, its characters and its terminator; to cut it in two costs a token and a terminator more. Time is linear
    /// in the string.
    pub(super) fn cut<C: Iterator<Item = Candidate>>(
        &mut self,
        words: usize,
        opening: u64,
        length: impl Fn(usize) -> usize,
        price: impl Fn(usize) -> u64,
        candidates: impl Fn(usize) -> C,
        mut put: impl FnMut(Part),
    ) {
        self.costs.clear();
        self.costs.resize(words.saturating_add(1), Cost::default());
        for at in (0..words).rev() {
            work::step(1);
            let behind = |count: usize| self.costs.get(at.saturating_add(count)).copied().unwrap_or_default();
            let inline = behind(1).open.saturating_add(price(at));
            let mut cost = Cost { open: inline, closed: inline.saturating_add(opening), jump: None, splits: false };
            for candidate in candidates(at) {
                work::step(1);
                let whole = behind(candidate.words).closed.saturating_add(candidate.price);
                if whole < cost.closed {
                    cost.closed = whole;
                    cost.jump = Some((candidate.index, candidate.len, candidate.words));
                    cost.splits = whole < inline;
                }
            }
            if cost.splits {
                cost.open = cost.closed;
            }
            if let Some(slot) = self.costs.get_mut(at) {
                *slot = cost;
            }
        }
        let (mut inline, mut at) = (0_usize, 0_usize);
        while at < words {
            let cost = self.costs.get(at).copied().unwrap_or_default();
            match cost.jump {
                Some((index, len, count)) if inline == 0 || cost.splits => {
                    if inline > 0 {
                        put(Part::Inline(core::mem::take(&mut inline)));
                    }
                    put(Part::Table(len, index));
                    at = at.saturating_add(count.max(1));
                }
                _ => {
                    inline = inline.saturating_add(length(at));
                    at = at.saturating_add(1);
                }
            }
        }
        if inline > 0 {
            put(Part::Inline(inline));
        }
    }
}
