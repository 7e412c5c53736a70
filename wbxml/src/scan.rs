//! Finding the end of a string: the innermost loop of every reader.

const LOW: u64 = all(1);
/// The high bits of eight octets.
pub(crate) const HIGH: u64 = all(0x80);

/// Eight octets, all the same.
pub(crate) const fn all(octet: u8) -> u64 {
    u64::from_le_bytes([octet; 8])
}

/// The length of the string at the start of `octets`, without its terminator of `unit` zero octets, searching
/// from `from` on; `None` if there is no terminator.
///
/// `from` lies at or before the terminator: what an earlier, shorter look at the same string ruled out.
pub(crate) fn terminated(octets: &[u8], unit: usize, from: usize) -> Option<usize> {
    if unit == 1 {
        let length = from.saturating_add(zero_octet(octets.get(from..)?));
        (length < octets.len()).then_some(length)
    } else {
        zero_unit(octets, unit, from)
    }
}

// ADVICE: strings on this road are short (a median of 10 octets), so the cost is the prologue, not the loop: no
// alignment, no table, eight octets at a time from the first one on. `word - 01..01 & !word & 80..80` has the high
// bit of the first zero octet set; bits above it may lie, which is why only the lowest one counts. Little-endian
// order makes that the first octet in memory on every host. One index that counts takes three instructions a word besides,
// a slice that shrinks six. The naive search is in the test below.
/// How many octets precede the first zero octet; all of them if there is none.
#[inline(always)]
pub(crate) fn zero_octet(octets: &[u8]) -> usize {
    zero_octet_in_words(octets).unwrap_or_else(|| zero_octet_in_tail(octets))
}

/// The same, if the zero octet stands in one of the whole words of eight octets.
#[inline(always)]
pub(crate) fn zero_octet_in_words(octets: &[u8]) -> Option<usize> {
    zero_octet_up_to(octets, octets.len().checked_sub(8)?)
}

/// The same, if that word begins within the first `most` octets.
#[inline(always)]
pub(crate) fn zero_octet_in_first_words(octets: &[u8], most: usize) -> Option<usize> {
    zero_octet_up_to(octets, octets.len().checked_sub(8)?.min(most))
}

/// The same, if that word begins at `last` at the latest.
#[inline(always)]
fn zero_octet_up_to(octets: &[u8], last: usize) -> Option<usize> {
    let mut at = 0_usize;
    while at <= last {
        let word = octets.get(at..)?.first_chunk()?;
        let zeros = zeros(u64::from_le_bytes(*word)) & HIGH;
        if zeros != 0 {
            return Some(at.wrapping_add((zeros.trailing_zeros() >> 3) as usize));
        }
        at = at.wrapping_add(8);
    }
    None
}

/// High bits where an octet of `word` is zero, and perhaps above the first of them; other bits mean nothing.
#[inline(always)]
pub(crate) const fn zeros(word: u64) -> u64 {
    word.wrapping_sub(LOW) & !word
}

/// So many octets are looked at word by word before [`FAR`] are looked at at once.
const NEAR: usize = 96;

/// How many octets precede the first that is not ASCII; all of them if there is none.
#[inline(always)]
pub(crate) fn ascii(octets: &[u8]) -> usize {
    let mut rest = octets;
    if let Some((near, tail)) = octets.split_first_chunk::<NEAR>() {
        let length = leading(near, |word| word, |octet| octet.is_ascii());
        if length < NEAR {
            return length;
        }
        rest = tail;
    }
    while let Some((chunk, tail)) = rest.split_first_chunk::<64>() {
        let words = chunk.chunks_exact(8).filter_map(<[u8]>::first_chunk);
        if words.fold(0, |found, word| found | u64::from_le_bytes(*word)) & HIGH != 0 {
            break;
        }
        rest = tail;
    }
    let before = octets.len().wrapping_sub(rest.len());
    before.wrapping_add(leading(rest, |word| word, |octet| octet.is_ascii()))
}

/// The length of what stands before the first octet that `marks` finds in eight of them, or that is within the last
/// seven of `octets` and none that `is_plain`.
#[inline(always)]
pub(crate) fn leading(octets: &[u8], marks: impl Fn(u64) -> u64, is_plain: impl Fn(u8) -> bool) -> usize {
    let mut rest = octets;
    while let Some((chunk, tail)) = rest.split_first_chunk::<8>() {
        let marks = marks(u64::from_le_bytes(*chunk)) & HIGH;
        if marks != 0 {
            let before = octets.len().wrapping_sub(rest.len());
            return before.wrapping_add((marks.trailing_zeros() >> 3) as usize);
        }
        rest = tail;
    }
    let plain = rest.iter().take_while(|&&octet| is_plain(octet)).count();
    octets.len().wrapping_sub(rest.len()).wrapping_add(plain)
}

// ADVICE: what a writer asks of each string. Its octets end with the string, where a reader's go on with the document,
// so the tail is no rare case: the last word overlaps the one before, and four to seven octets are two halves of one.
// Octets of 1 to 0x7F keep their high bits clear when one is subtracted from each, and no other octets do.
/// Whether every octet is ASCII, and none is zero.
#[inline(always)]
pub(crate) fn is_plain(octets: &[u8]) -> bool {
    if let (Some((first, tail)), Some(last)) = (octets.split_first_chunk::<8>(), octets.last_chunk::<8>()) {
        let mut found = strange(u64::from_le_bytes(*first)) | strange(u64::from_le_bytes(*last));
        let mut rest = if tail.len() < FAR { tail } else { behind_plain(tail) };
        if rest.len() >= FAR {
            return false;
        }
        while let Some((chunk, tail)) = rest.split_first_chunk::<8>() {
            found |= strange(u64::from_le_bytes(*chunk));
            rest = tail;
        }
        return found & HIGH == 0;
    }
    if let (Some(first), Some(last)) = (octets.first_chunk::<4>(), octets.last_chunk::<4>()) {
        let word = u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last));
        return strange(word) & HIGH == 0;
    }
    octets.iter().all(|&octet| is_plain_octet(octet))
}

/// So many octets are looked at at once, where there are as many.
const FAR: usize = 64;

/// What comes behind the first octets that are ASCII and not zero: fewer than are looked at at once, or among the first of
/// them is another one.
#[inline(never)]
fn behind_plain(octets: &[u8]) -> &[u8] {
    // 1 to 0x7F become the least numbers
    let greatest = |block: &[u8]| block.iter().fold(0_u8, |greatest, octet| greatest.max(octet.wrapping_sub(1)));
    let mut rest = octets;
    while let Some((_, tail)) = rest.split_first_chunk::<256>().filter(|(block, _)| greatest(*block) < 0x7F) {
        rest = tail;
    }
    while let Some((_, tail)) = rest.split_first_chunk::<FAR>().filter(|(block, _)| greatest(*block) < 0x7F) {
        rest = tail;
    }
    rest
}

/// High bits, one or more of them if an octet of `word` is zero or no ASCII; other bits mean nothing.
#[inline(always)]
pub(crate) const fn strange(word: u64) -> u64 {
    word.wrapping_sub(LOW) | word
}

/// Whether an octet is ASCII and not zero.
#[inline(always)]
pub(crate) const fn is_plain_octet(octet: u8) -> bool {
    matches!(octet, 1..=0x7F)
}

// ADVICE: a call of `memcmp` costs more than to compare a name: its first octets and its last ones, which may overlap.
/// Whether two names are one.
#[inline(always)]
pub(crate) fn is_same(this: &[u8], that: &[u8]) -> bool {
    if this.len() != that.len() {
        return false;
    }
    match this.len() {
        4..8 => this.first_chunk::<4>() == that.first_chunk() && this.last_chunk::<4>() == that.last_chunk(),
        8..=16 => this.first_chunk::<8>() == that.first_chunk() && this.last_chunk::<8>() == that.last_chunk(),
        _ => this == that,
    }
}

/// How many octets two strings begin with alike.
#[cfg(feature = "alloc")]
#[inline]
pub(crate) fn common(this: &[u8], that: &[u8]) -> usize {
    let (mut one, mut other) = (this, that);
    while let (Some((a, behind)), Some((b, rest))) = (one.split_first_chunk::<8>(), other.split_first_chunk::<8>()) {
        let differing = u64::from_le_bytes(*a) ^ u64::from_le_bytes(*b);
        if differing != 0 {
            let before = this.len().wrapping_sub(one.len());
            return before.wrapping_add((differing.trailing_zeros() >> 3) as usize);
        }
        (one, other) = (behind, rest);
    }
    let alike = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    this.len().wrapping_sub(one.len()).wrapping_add(alike)
}

// ADVICE: a question that is a few comparisons joined by `|`, asked of an array of octets without a break, becomes a few
// vector instructions; a table would be asked octet by octet. The last octets are looked at together with some that have
// been seen, not one by one.
/// Whether any of these octets is one that `is_sought`.
#[cfg(feature = "xml")]
#[inline(always)]
pub(crate) fn contains(octets: &[u8], is_sought: impl Fn(u8) -> bool + Copy) -> bool {
    let mut rest = octets;
    // large octets in as few steps as may be; short strings are told here that they are short
    if octets.len() >= 64 {
        while let Some((chunk, tail)) = rest.split_first_chunk::<256>() {
            if holds_far(chunk, is_sought) {
                return true;
            }
            rest = tail;
        }
        while let Some((chunk, tail)) = rest.split_first_chunk::<64>() {
            if holds_far(chunk, is_sought) {
                return true;
            }
            rest = tail;
        }
    }
    while let Some((chunk, tail)) = rest.split_first_chunk::<16>() {
        if holds(chunk, is_sought) {
            return true;
        }
        rest = tail;
    }
    if rest.is_empty() {
        return false;
    }
    if let Some(last) = octets.last_chunk::<16>() {
        return holds(last, is_sought);
    }
    if let (Some(first), Some(last)) = (octets.first_chunk::<8>(), octets.last_chunk::<8>()) {
        return holds(first, is_sought) | holds(last, is_sought);
    }
    if let (Some(first), Some(last)) = (octets.first_chunk::<4>(), octets.last_chunk::<4>()) {
        return holds(first, is_sought) | holds(last, is_sought);
    }
    octets.iter().any(|&octet| is_sought(octet))
}

/// Where the first octet is that `is_sought`, or how many there are. `may_be` is true of each such octet and of few
/// others: a question for [`contains`].
#[cfg(feature = "xml")]
#[inline(always)]
pub(crate) fn find(octets: &[u8], may_be: impl Fn(u8) -> bool + Copy, is_sought: impl Fn(u8) -> bool + Copy) -> usize {
    let mut rest = octets;
    loop {
        while let Some((chunk, tail)) = rest.split_first_chunk::<64>() {
            if holds_far(chunk, may_be) {
                break;
            }
            rest = tail;
        }
        for _ in 0..4 {
            let Some((chunk, tail)) = rest.split_first_chunk::<16>() else { break };
            if holds(chunk, may_be) && chunk.iter().any(|&octet| is_sought(octet)) {
                return place_in(octets, rest, is_sought);
            }
            rest = tail;
        }
        if rest.len() < 16 {
            return if contains(rest, may_be) { place_in(octets, rest, is_sought) } else { octets.len() };
        }
    }
}

/// Where the first octet is in `rest`, the end of `octets`, that `is_sought`, counted from the start of `octets`.
#[cfg(feature = "xml")]
#[inline(always)]
fn place_in(octets: &[u8], rest: &[u8], is_sought: impl Fn(u8) -> bool) -> usize {
    let before = octets.len().wrapping_sub(rest.len());
    before.wrapping_add(rest.iter().take_while(|&&octet| !is_sought(octet)).count())
}

// ADVICE: in line, LLVM takes the loop over this many octets apart and asks one by one.
/// Whether any of so many octets is one that `is_sought`, each of them asked.
#[cfg(feature = "xml")]
#[inline(never)]
pub(crate) fn holds_far<const N: usize>(octets: &[u8; N], is_sought: impl Fn(u8) -> bool) -> bool {
    holds(octets, is_sought)
}

/// Whether any of so few octets is one that `is_sought`, each of them asked.
#[inline(always)]
pub(crate) fn holds<const N: usize>(octets: &[u8; N], is_sought: impl Fn(u8) -> bool) -> bool {
    let mut found = 0;
    for &octet in octets {
        found |= u8::from(is_sought(octet));
    }
    found != 0
}

/// How many octets precede the first zero octet, where it stands in none of the whole words; all if there is none.
#[cold]
#[inline(never)]
fn zero_octet_in_tail(octets: &[u8]) -> usize {
    let words = octets.len() & !7;
    let tail = octets.get(words..).unwrap_or_default();
    words.wrapping_add(tail.iter().take_while(|&&octet| octet != 0).count())
}

#[cold]
#[inline(never)]
fn zero_unit(octets: &[u8], unit: usize, from: usize) -> Option<usize> {
    let aligned = from.checked_sub(from.checked_rem(unit)?)?;
    let units = octets.get(aligned..)?.chunks_exact(unit);
    let before = units.clone().take_while(|unit| unit.iter().any(|&octet| octet != 0)).count();
    (before < units.len()).then(|| aligned.saturating_add(before.saturating_mul(unit)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        #[cfg(feature = "alloc")]
        fn agrees_with_the_naive_comparison(
            this in prop::collection::vec(0_u8..2, 0..40),
            that in prop::collection::vec(0_u8..2, 0..40),
            alike in prop::collection::vec(0_u8..2, 0..40),
        ) {
            let (this, that) = ([&alike[..], &this].concat(), [&alike[..], &that].concat());
            let naive = this.iter().zip(&that).take_while(|(a, b)| a == b).count();
            prop_assert_eq!(common(&this, &that), naive);
            prop_assert_eq!(is_same(&this, &that), this == that);
            prop_assert!(is_same(&alike, &alike.clone()));
        }

        #[test]
        fn agrees_with_the_naive_search(
            octets in prop::collection::vec(prop_oneof![Just(0_u8), Just(1), Just(0x80), Just(0xFF), any::<u8>()], 0..40),
        ) {
            let naive = octets.iter().position(|&octet| octet == 0);
            for from in 0..=naive.unwrap_or(octets.len()) {
                prop_assert_eq!(terminated(&octets, 1, from), naive);
            }
            let words = octets.len() & !7;
            prop_assert_eq!(zero_octet_in_words(&octets), naive.filter(|&at| at < words));
            prop_assert_eq!(zero_octet_in_first_words(&octets, 8), naive.filter(|&at| at < words.min(16)));
        }
    }

    proptest! {
        #[test]
        fn tells_plain_octets_as_the_naive_look_does(
            octets in prop_oneof![
                prop::collection::vec(prop_oneof![20 => 1_u8..0x80, 1 => any::<u8>()], 0..40),
                prop::collection::vec(1_u8..0x80, 0..700),
            ],
            (place, strange) in (any::<prop::sample::Index>(), prop_oneof![Just(0_u8), Just(0x80), Just(0xFF)]),
        ) {
            let naive = |octets: &[u8]| octets.iter().all(|&octet| octet != 0 && octet.is_ascii());
            prop_assert_eq!(is_plain(&octets), naive(&octets));
            let mut octets = octets;
            octets.insert(place.index(octets.len().saturating_add(1)), strange);
            prop_assert!(!is_plain(&octets));
        }
    }

    proptest! {
        #[test]
        fn finds_the_end_of_ascii_as_the_naive_look_does(
            plain in prop::collection::vec(0..0x80_u8, 0..300),
            other in prop::collection::vec(any::<u8>(), 0..20),
        ) {
            let octets = [plain, other].concat();
            prop_assert_eq!(ascii(&octets), octets.iter().take_while(|octet| octet.is_ascii()).count());
        }
    }

    #[cfg(feature = "xml")]
    proptest! {
        #[test]
        fn finds_what_the_naive_search_finds(
            octets in prop::collection::vec(prop_oneof![8 => 8..=0xFF_u8, 1 => any::<u8>()], 0..160),
            sought in any::<u8>(),
        ) {
            let is_sought = |octet| octet == sought || octet < 8;
            let naive = octets.iter().position(|&octet| is_sought(octet)).unwrap_or(octets.len());
            prop_assert_eq!(find(&octets, |octet| (octet == sought) | (octet < 9), is_sought), naive);
            prop_assert_eq!(contains(&octets, |octet| (octet == sought) | (octet < 8)), naive < octets.len());
        }
    }

    #[test]
    fn wide_terminators_are_aligned() {
        // "A" in UTF-16BE after U+0100: the zero octets 1 and 2 are no terminator
        assert_eq!(terminated(&[0x01, 0x00, 0x00, 0x41, 0x00, 0x00], 2, 0), Some(4));
        assert_eq!(terminated(&[0x01, 0x00, 0x00, 0x41, 0x00, 0x00], 2, 3), Some(4));
        assert_eq!(terminated(&[0x01, 0x00, 0x00, 0x41, 0x00], 2, 0), None);
        assert_eq!(terminated(&[0, 0, 0, 0x41, 0, 0, 0, 0], 4, 0), Some(4));
    }
}
