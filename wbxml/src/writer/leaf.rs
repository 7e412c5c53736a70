//! An element that holds one short string, put together at once.

use crate::scan::{self, HIGH, strange};
use crate::sink::LENT;
use crate::token::global;

/// The longest string: with a switch of the page, the tag, `STR_I`, the terminator and `END` it takes all the room.
const SHORT: usize = LENT - 6;

/// Writes the tag with its string, behind a switch to `page`, if the string is short, not empty, and ASCII without NUL;
/// gives the length of all.
#[inline(always)]
pub(super) fn write(room: &mut [u8; LENT], page: Option<u8>, tag: u8, string: &[u8]) -> Option<usize> {
    if string.len() > SHORT {
        return None;
    }
    let (around, room): (usize, &mut [u8; SHORT + 4]) = match page {
        None => (4, room.first_chunk_mut()?),
        Some(page) => {
            let (switch, room) = room.split_first_chunk_mut()?;
            *switch = [global::SWITCH_PAGE, page];
            (6, room.first_chunk_mut()?)
        }
    };
    let (head, behind) = room.split_first_chunk_mut()?;
    let (middle, behind) = behind.split_at_mut_checked(string.len())?;
    *head = [tag, global::STR_I];
    if !copy_plain(middle, string)? {
        return None;
    }
    *behind.first_chunk_mut()? = [0, global::END];
    Some(string.len().wrapping_add(around))
}

// ADVICE: one look at each octet for the question and the copy, and no loop: the first octets and the last ones, which may
// overlap, are all of up to 64.
/// Copies `from`, which is no longer than [`SHORT`], to `to`, which has its length; gives whether all of it is ASCII without
/// NUL. What is empty is not copied.
#[inline(always)]
fn copy_plain(to: &mut [u8], from: &[u8]) -> Option<bool> {
    if matches!(from.len(), 1..=3) {
        let middle = from.len() / 2;
        let octets = [*from.first()?, *from.get(middle)?, *from.last()?];
        [*to.first_mut()?, *to.get_mut(middle)?, *to.last_mut()?] = octets;
        let [first, middle, last] = octets.map(u32::from);
        let word = first | middle << 8 | last << 16;
        return Some((word.wrapping_sub(0x01_01_01) | word) & 0x80_80_80 == 0);
    }
    if from.len() >= 32 {
        return copy_far::<32>(to, from);
    }
    if from.len() >= 16 {
        return copy_far::<16>(to, from);
    }
    if from.len() >= 8 {
        let (first, last) = copy_ends(to, from)?;
        return Some((strange(u64::from_le_bytes(*first)) | strange(u64::from_le_bytes(*last))) & HIGH == 0);
    }
    let (first, last) = copy_ends(to, from)?;
    let word = u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last));
    Some(strange(word) & HIGH == 0)
}

/// The same with the first and the last `N` octets, in a few vectors.
#[inline(always)]
fn copy_far<const N: usize>(to: &mut [u8], from: &[u8]) -> Option<bool> {
    let (first, last) = copy_ends::<N>(to, from)?;
    let is_strange = |octet: u8| octet.wrapping_sub(1) | octet >= 0x80;
    Some(!(scan::holds(first, is_strange) | scan::holds(last, is_strange)))
}

/// Copies the first and the last `N` octets, and gives them.
#[inline(always)]
fn copy_ends<'f, const N: usize>(to: &mut [u8], from: &'f [u8]) -> Option<(&'f [u8; N], &'f [u8; N])> {
    let (first, last) = (from.first_chunk()?, from.last_chunk()?);
    *to.first_chunk_mut()? = *first;
    *to.last_chunk_mut()? = *last;
    Some((first, last))
}

#[cfg(all(test, feature = "alloc"))]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    /// Each length, with each octet that is not plain at each place of it.
    #[test]
    fn is_what_the_tokens_are_one_by_one() {
        for length in 0..=SHORT + 2 {
            let string: Vec<u8> = (b'!'..).take(length).collect();
            for page in [None, Some(7)] {
                let mut room = [0xAA; LENT];
                let written = write(&mut room, page, 0x45, &string);
                let switch = page.map_or(Vec::new(), |page| [global::SWITCH_PAGE, page].to_vec());
                let expected = [&switch[..], &[0x45, global::STR_I], &string, &[0, global::END]].concat();
                match written {
                    Some(written) => assert_eq!(room[..written], expected),
                    None => assert!(length == 0 || length > SHORT),
                }
            }
            for (place, strange) in (0..length).flat_map(|place| [0, 0x80, 0xE2, 0xFF].map(|octet| (place, octet))) {
                let mut string = string.clone();
                string[place] = strange;
                assert_eq!(write(&mut [0; LENT], None, 0x45, &string), None, "{string:?}");
            }
        }
    }
}
