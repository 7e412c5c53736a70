//! Where a string is cut: into characters that are inline, references to the string table, and value tokens.

use alloc::vec::Vec;

use crate::charset::encode::Encoding;
use crate::token::AttrValue;
use crate::vocabulary::Vocabulary;

use super::pass::Place;
use super::work;

/// A part of a string, and its octets of UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Inline.
    Inline(usize),
    /// In the string table: this one of the candidates.
    Table(usize, usize),
    /// A value token.
    Token(usize, AttrValue),
}

impl Part {
    /// Its octets of UTF-8.
    pub(super) const fn len(self) -> usize {
        match self {
            Self::Inline(len) | Self::Table(len, _) | Self::Token(len, _) => len,
        }
    }
}

/// A string for the table that occurs at some place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) len: usize,
    pub(super) index: usize,
    /// What the reference costs, in [`OCTET`]s.
    pub(super) price: u64,
}

/// The unit of prices: an octet has this many, so that many can share one.
pub(super) const OCTET: u64 = 256;

/// What the characters from one place to the end of the string cost.
#[derive(Clone, Copy, Default)]
struct Cost {
    /// Where a string is open already.
    open: u64,
    /// Where none is.
    closed: u64,
    /// The token or reference that starts here, if one is worth it, and whether it is also where a string is open.
    jump: Option<Part>,
    splits: bool,
}

/// Cuts strings; it is kept for its memory.
#[derive(Default)]
pub(super) struct Cutter {
    costs: Vec<Cost>,
}

impl Cutter {
    /// Hands the parts of `string` to `put`, in order: those that cost least. `candidates` gives what of the table
    /// starts at an octet.
    ///
    /// The cost of a place is that of the cheapest way on: one more character, a token, or a reference. A string that
    /// is inline costs its token, its characters and its terminator; to cut it in two costs a token and a terminator
    /// more. Time is linear in the string.
    pub(super) fn cut<C: Iterator<Item = Candidate>>(
        &mut self,
        vocabulary: &Vocabulary<'_>,
        encoding: Encoding,
        (string, place): (&str, Place),
        candidates: impl Fn(usize) -> C,
        mut put: impl FnMut(Part),
    ) {
        let octets = |count: usize| OCTET.saturating_mul(u64::try_from(count).unwrap_or(u64::MAX));
        let opening = octets(encoding.unit()).saturating_add(OCTET);
        self.costs.clear();
        self.costs.resize(string.len().saturating_add(1), Cost::default());
        for (at, character) in string.char_indices().rev() {
            let behind = |length: usize| self.costs.get(at.saturating_add(length)).copied().unwrap_or_default();
            work::step(1);
            let own = octets(encoding.len_of(character).unwrap_or(0));
            let inline = behind(character.len_utf8()).open.saturating_add(own);
            let mut cost = Cost { open: inline, closed: inline.saturating_add(opening), jump: None, splits: false };
            let mut consider = |part: Part, price: u64| {
                work::step(1);
                let whole = behind(part.len()).closed.saturating_add(price);
                if whole < cost.closed {
                    cost.closed = whole;
                    cost.jump = Some(part);
                    cost.splits = whole < inline;
                }
            };
            if let Place::Value(page) = place {
                for (token, text) in vocabulary.values_at(string.get(at..).unwrap_or_default()) {
                    let switch = if token.page() == page { 0 } else { 2 };
                    consider(Part::Token(text.len(), token), octets(1_usize.saturating_add(switch)));
                }
            }
            let is_whole = |candidate: &Candidate| at == 0 && candidate.len == string.len();
            for candidate in candidates(at).filter(|candidate| place != Place::Whole || is_whole(candidate)) {
                consider(Part::Table(candidate.len, candidate.index), candidate.price);
            }
            if cost.splits {
                cost.open = cost.closed;
            }
            if let Some(slot) = self.costs.get_mut(at) {
                *slot = cost;
            }
        }
        let (mut start, mut at) = (0_usize, 0_usize);
        while let Some(character) = string.get(at..).and_then(|rest| rest.chars().next()) {
            let cost = self.costs.get(at).copied().unwrap_or_default();
            match cost.jump {
                Some(part) if start == at || cost.splits => {
                    if start < at {
                        put(Part::Inline(at.saturating_sub(start)));
                    }
                    put(part);
                    at = at.saturating_add(part.len());
                    start = at;
                }
                _ => at = at.saturating_add(character.len_utf8()),
            }
        }
        if start < at {
            put(Part::Inline(at.saturating_sub(start)));
        }
    }
}
