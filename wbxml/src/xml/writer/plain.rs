//! Whether octets stand in values as they are, asked of many at once.

use crate::scan::{self, HIGH, all};

// ADVICE: as with `specials_in_text`, the lowest bit counts.
/// The high bit of the first of these octets that is no ASCII that stands for itself in content and in values, and perhaps
/// some above it; 0 if there is none.
#[inline(always)]
pub(super) const fn specials(octets: [u8; 8]) -> u64 {
    let word = u64::from_le_bytes(octets);
    // `<` and `>` are one bit apart, and so are `"` and `&`
    let angle = word & !all(0x02) ^ all(b'<');
    let quote = word & !all(0x04) ^ all(b'"');
    let control = word.wrapping_sub(all(b' '));
    (word | control | angle.wrapping_sub(all(1)) | quote.wrapping_sub(all(1))) & HIGH
}

/// Whether these octets are ASCII that stands for itself in a value.
#[inline(always)]
pub(super) fn is_plain_value(octets: &[u8]) -> bool {
    !scan::contains(octets, |octet| is_no_plain_ascii(octet) | (octet | 0x02 == b'>') | (octet & !0x04 == b'"'))
}

/// Control characters, and what is no ASCII: as a signed number it is below zero.
#[inline(always)]
const fn is_no_plain_ascii(octet: u8) -> bool {
    (octet as i8) < 0x20
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xml::plain_text::tests::assert_first;

    const fn stands(octet: u8) -> bool {
        matches!(octet, b' '..=0x7F) && !matches!(octet, b'<' | b'>' | b'&' | b'"')
    }

    /// Each octet, in each place, before and behind others.
    #[test]
    fn specials_are_found_as_one_by_one() {
        assert_first(specials, stands);
    }

    #[test]
    fn values_are_plain_as_one_by_one() {
        for octet in 0..=u8::MAX {
            for at in [0, 7, 15, 16, 20] {
                let mut octets = [b'a'; 21];
                octets[at] = octet;
                assert_eq!(is_plain_value(&octets), stands(octet), "{octet}");
            }
        }
    }
}
