//! What strings cost inline, and what they cost in the string table.

use alloc::vec;
use alloc::vec::Vec;

use super::fixed::Fixed;
use super::layout::Entry;
use super::repeats::{NESTED, Place, Repeat, Repeats};

/// The unit of prices: an octet has this many, so that many can share one.
const OCTET: u64 = 256;

/// What a reference costs whose index has one octet, as those have that are used most.
const REFERENCE: u64 = OCTET.wrapping_mul(2);

/// A repeat that is for sale.
#[derive(Clone, Copy)]
pub(super) struct Good {
    /// Its octets of UTF-8.
    pub(super) len: u32,
    /// The longest beginning of it that is a repeat.
    shorter: u32,
    /// What it costs to refer to it.
    pub(super) price: u64,
    is_left: bool,
}

/// All repeats with their prices.
pub(super) struct Market<'m, 'f> {
    pub(super) fixed: Fixed<'f>,
    pub(super) repeats: &'m Repeats,
    pub(super) goods: Vec<Good>,
}

impl<'m, 'f> Market<'m, 'f> {
    /// A market of all repeats. A reference is priced at its own octets and a share of the table's, which is the smaller
    /// the more often the repeat occurs, overlaps included.
    pub(super) fn new(fixed: Fixed<'f>, repeats: &'m Repeats) -> Self {
        let good = |repeat: &Repeat| Good { len: repeat.len, shorter: repeat.shorter, price: REFERENCE, is_left: true };
        let goods = repeats.list.iter().map(good).collect();
        let mut market = Self { fixed, repeats, goods };
        let uses = market.occurrences();
        let unit = fixed.encoding.unit();
        for ((good, repeat), uses) in market.goods.iter_mut().zip(&repeats.list).zip(uses) {
            let start = repeat.start as usize;
            let octets = fixed.len(start, start.wrapping_add(repeat.len as usize)).wrapping_add(unit);
            let share = (octets as u64).wrapping_mul(OCTET).checked_div(uses).unwrap_or(u64::MAX >> 1);
            if !repeat.is_fixed {
                good.price = good.price.wrapping_add(share);
            }
        }
        market
    }

    /// How often each repeat occurs.
    fn occurrences(&self) -> Vec<u64> {
        let mut all = vec![0_u64; self.goods.len()];
        for (index, string) in self.fixed.draft.strings.list().iter().enumerate() {
            for place in self.repeats.places(index) {
                for (number, _) in self.at(place) {
                    if let Some(uses) = all.get_mut(number as usize) {
                        *uses = uses.wrapping_add(string.uses);
                    }
                }
            }
        }
        all
    }

    /// Leaves out what is not used twice. The others have the table to themselves: a reference is priced at its own
    /// octets.
    pub(super) fn keep(&mut self, uses: &[u64]) {
        for ((good, repeat), uses) in self.goods.iter_mut().zip(&self.repeats.list).zip(uses) {
            good.is_left = repeat.is_fixed || *uses > 1;
            good.price = REFERENCE;
        }
    }

    /// Whether this good is still for sale.
    #[inline]
    pub(super) fn has(&self, good: usize) -> bool {
        self.goods.get(good).is_some_and(|good| good.is_left)
    }

    /// What octets cost behind others that are inline.
    #[inline]
    pub(super) fn inline(&self, start: usize, end: usize) -> u64 {
        (self.fixed.len(start, end) as u64).wrapping_mul(OCTET)
    }

    /// What it costs to begin a string inline, and to end it.
    pub(super) fn opening(&self) -> u64 {
        (self.fixed.encoding.unit() as u64).wrapping_add(1).wrapping_mul(OCTET)
    }

    /// What is for sale at a place: the longest ones.
    #[inline]
    pub(super) fn at(&self, place: &Place) -> impl Iterator<Item = (u32, &Good)> {
        let get = |number: u32| self.goods.get(number as usize).map(|good| (number, good));
        let all = core::iter::successors(get(place.longest), move |(_, good)| get(good.shorter));
        all.take(NESTED).filter(|(_, good)| good.is_left)
    }

    /// The repeats that are used: for each repeat its number among them, and the strings that they are.
    pub(super) fn entries(&self, uses: &[u64]) -> (Vec<usize>, Vec<Entry<'f>>) {
        let text = self.fixed.draft.strings.text();
        let (mut numbers, mut entries) = (vec![usize::MAX; uses.len()], Vec::with_capacity(uses.len()));
        for ((repeat, &uses), slot) in
            self.repeats.list.iter().zip(uses).zip(&mut numbers).filter(|((_, uses), _)| **uses > 0)
        {
            let start = repeat.start as usize;
            let string = text.get(start..start.wrapping_add(repeat.len as usize)).unwrap_or_default();
            *slot = entries.len();
            entries.push(Entry { string, uses });
        }
        (numbers, entries)
    }
}
