//! Text that stands in content as it is: which octets it consists of, asked of many at once.

use crate::scan::{self, HIGH, all};

/// What comes behind the first octets that are ASCII which stands for itself in content: nothing if all of them do. Not all
/// that do are found to.
#[inline(always)]
pub(super) fn behind_plain_text(octets: &[u8]) -> &[u8] {
    let rest = if octets.len() < SMALLEST { octets } else { behind_plain_blocks(octets) };
    let is_plain = rest.len() < SMALLEST && !scan::contains(rest, may_be_special_text);
    if is_plain { &[] } else { rest }
}

/// Fewer octets are no block.
pub(super) const SMALLEST: usize = 64;

// ADVICE: large blocks take the fewest steps, and small ones tell best where the special octets are, most of which stand
// near others. So blocks grow as long as all is plain, and shrink again towards what is not, or the end.
/// What comes behind the first blocks of octets, in none of which there may be a special one: fewer than in the smallest
/// block, or octets of which one of the first as many may be special.
#[inline(never)]
pub(super) fn behind_plain_blocks(octets: &[u8]) -> &[u8] {
    let mut rest = octets;
    if skip_plain::<SMALLEST>(&mut rest) {
        if skip_plain::<256>(&mut rest) {
            while skip_plain::<512>(&mut rest) {}
            skip_plain::<256>(&mut rest);
        }
        skip_plain::<128>(&mut rest);
        skip_plain::<SMALLEST>(&mut rest);
    }
    rest
}

/// Goes on behind a block at the start of `rest`, if there is one and no octet in it may be special.
#[inline(always)]
fn skip_plain<const N: usize>(rest: &mut &[u8]) -> bool {
    match rest.split_first_chunk::<N>() {
        Some((block, behind)) if !may_hold_special_text(block) => {
            *rest = behind;
            true
        }
        _ => false,
    }
}

// ADVICE: the least of many octets is one instruction for sixteen of them; to compare each with a bound and to gather
// the answers is two or three. So an octet is made into two numbers that are small only where it is special, and no octet
// is needed twice. In line, LLVM keeps all of them for the second number.
/// Whether [`may_be_special_text`] is true of one of these octets.
#[inline(never)]
fn may_hold_special_text<const N: usize>(block: &[u8; N]) -> bool {
    let least = |(turned_least, bracket_least): (u8, u8), &octet| {
        (turned_least.min(turned(octet)), bracket_least.min(bracket(octet)))
    };
    let (turned_least, bracket_least) = block.iter().fold((u8::MAX, u8::MAX), least);
    (turned_least < turned(b'\n')) | (bracket_least == 0)
}

/// True of each octet that is not ASCII which stands for itself in content, of the tab and of `$`.
#[inline(always)]
pub(super) const fn may_be_special_text(octet: u8) -> bool {
    (turned(octet) < turned(b'\n')) | (bracket(octet) == 0)
}

/// Turns the line feed, which some texts have in every block, to the end of the control characters.
const TURN: u8 = 0x1F ^ b'\n';

/// Octets in another order: first those that are no ASCII, then the control characters, of which the line feed is the last
/// one, then the others.
#[inline(always)]
const fn turned(octet: u8) -> u8 {
    octet ^ (0x80 | TURN)
}

/// 0 for `<`, `>`, `&` and `$`, and for no other octet: turned, and counted from `<`, they are 0, 2, 10 and 8.
#[inline(always)]
const fn bracket(octet: u8) -> u8 {
    turned(octet).wrapping_sub(turned(b'<')) & !0x0A
}

// ADVICE: each term has the high bit of an octet set that is special, or lies behind one that is: the lowest one counts.
// An octet from 0x80 on is special itself, so what the sums and differences make of it does not matter.
/// The high bit of the first of these octets that may be special in content, as [`may_be_special_text`] has it, and perhaps
/// some above it; 0 if there is none.
#[inline(always)]
pub(super) const fn specials_in_text(octets: [u8; 8]) -> u64 {
    let word = u64::from_le_bytes(octets);
    let turned = word ^ all(TURN);
    let control = turned.wrapping_sub(all(0x1F));
    // `$` and `&`, and `<` and `>`, are one bit apart; turned, and 7 more, the one pair is one bit from the other as well
    let bracket = turned.wrapping_add(all(7)) & all(0x7F ^ 0x0A) ^ all((b'<' ^ TURN) + 7);
    (word | control | bracket.wrapping_sub(all(1))) & HIGH
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use alloc::vec::Vec;
    use proptest::prelude::*;

    /// Whether an octet stands for itself in content, and is found to.
    const fn stands(octet: u8) -> bool {
        matches!(octet, b'\n' | b' '..=0x7F) && !matches!(octet, b'<' | b'>' | b'&' | b'$')
    }

    /// Whether a block with this octet somewhere in it is told to hold a special one, wherever it stands.
    fn tells<const N: usize>(octet: u8) -> bool {
        (0..N).step_by(7).chain([N.saturating_sub(1)]).all(|at| {
            let mut block = [b'\n'; N];
            block[at] = octet;
            may_hold_special_text(&block)
        })
    }

    /// Each octet, alone and among others.
    #[test]
    fn special_text_is_found_as_one_by_one() {
        for octet in 0..=u8::MAX {
            assert_eq!(may_be_special_text(octet), !stands(octet), "{octet}");
            assert_eq!(tells::<64>(octet), !stands(octet), "{octet}");
            assert_eq!(tells::<128>(octet), !stands(octet), "{octet}");
            assert_eq!(tells::<256>(octet), !stands(octet), "{octet}");
            assert_eq!(tells::<512>(octet), !stands(octet), "{octet}");
        }
    }

    /// Whether the first octet that does not stand is found, whichever it is, in each place, before and behind others.
    pub(in crate::xml) fn assert_first(specials: fn([u8; 8]) -> u64, stands: fn(u8) -> bool) {
        for octet in 0..=u8::MAX {
            for (at, other) in (0..8).flat_map(|at| [b'a', 0, 0xFF, b'!', b'\n', b'%'].map(|other| (at, other))) {
                let mut octets = [other; 8];
                octets[..at].fill(b'a');
                octets[at] = octet;
                let found = specials(octets);
                let first = (found != 0).then(|| found.trailing_zeros() as usize / 8);
                assert_eq!(first, octets.iter().position(|&octet| !stands(octet)), "{octets:?}");
            }
        }
    }

    #[test]
    fn specials_are_found_as_one_by_one() {
        assert_first(specials_in_text, stands);
    }

    proptest! {
        /// In texts of all lengths, with few octets that are special.
        #[test]
        fn plain_blocks_are_skipped_up_to_what_is_special(
            runs in prop::collection::vec((0_usize..1500, prop::sample::select(&b"a\n<$\r\x80"[..])), 0..4),
        ) {
            let text: Vec<u8> =
                runs.iter().flat_map(|&(plain, octet)| core::iter::repeat_n(b'x', plain).chain([octet])).collect();
            let plain = text.iter().take_while(|&&octet| stands(octet)).count();
            let rest = behind_plain_blocks(&text);
            let left = plain.checked_sub(text.len().saturating_sub(rest.len()));
            prop_assert!(left.is_some_and(|left| left < SMALLEST), "{left:?} of {plain}");
            prop_assert_eq!(behind_plain_text(&text).is_empty(), plain == text.len());
        }
    }
}
