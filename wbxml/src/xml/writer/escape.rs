//! Which octets cannot stand as they are, and what stands for them.

use crate::scan;
use crate::xml::notation::MARK_ITSELF;
use crate::xml::plain_text::{SMALLEST, behind_plain_blocks, may_be_special_text, specials_in_text};

/// Where a string is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In content (XML 1.0, 2.4).
    Text,
    /// In an attribute's value (3.3.3).
    Value,
    /// In the data of a processing instruction (2.6), where nothing can be escaped.
    Pi,
    /// In content, as Canonical XML has it.
    CanonicalText,
    /// In an attribute's value, as Canonical XML has it.
    CanonicalValue,
}

impl Place {
    const fn bit(self) -> u8 {
        match self {
            Self::Text => 1,
            Self::Value => 2,
            Self::Pi => 4,
            Self::CanonicalText => 8,
            Self::CanonicalValue => 16,
        }
    }
}

/// For each octet the places, as bits, in which it does not stand for itself or is to be looked at more closely.
const SPECIAL: [u8; 256] = {
    let mut table = [0; 256];
    let mut octet = 0;
    // ADVICE: a table asks one question of each octet for all that is to be escaped or refused.
    while octet < 256 {
        #[expect(clippy::indexing_slicing, clippy::cast_possible_truncation, reason = "computed when it is compiled")]
        {
            table[octet] = places_of(octet as u8);
        }
        octet = octet.wrapping_add(1);
    }
    table
};

const fn places_of(octet: u8) -> u8 {
    const TEXT: u8 = Place::Text.bit() | Place::CanonicalText.bit();
    const VALUE: u8 = Place::Value.bit() | Place::CanonicalValue.bit();
    match octet {
        b'\t' | b'\n' | b'"' => VALUE,
        b'\r' => TEXT | VALUE | Place::Pi.bit(),
        0..=0x1F => TEXT | VALUE | Place::Pi.bit(),
        b'<' | b'&' => TEXT | VALUE,
        b'>' => TEXT | Place::Value.bit() | Place::Pi.bit(),
        // U+F000 to U+FFFF: in it the two that XML does not have, and the mark of the notation
        0xEF => TEXT | VALUE | Place::Pi.bit(),
        _ => 0,
    }
}

/// What an octet that does not stand for itself is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Special {
    /// Written so.
    As(&'static str),
    /// A character that cannot be written.
    Not(char),
    /// `>`, which ends a processing instruction behind `?`.
    PiEnd,
    /// Nothing special, on a closer look.
    Itself,
}

/// The places in a text of ASCII where an octet is to be escaped, in order.
pub(super) struct Escapes<'t> {
    text: &'t [u8],
    noted: [usize; NOTED],
    count: usize,
    /// How many of those were given.
    given: usize,
    /// From where on none is noted.
    unnoted: usize,
}

/// As many places are noted as the text is looked at; for others it is looked through again.
const NOTED: usize = 32;

// ADVICE: one look tells both whether the text can be written, which is to be known before any of it is, and where it has
// to be taken apart. Most blocks have nothing to be escaped; the others are looked at word by word.
impl<'t> Escapes<'t> {
    pub(super) const fn new(text: &'t [u8]) -> Self {
        Self { text, noted: [0; NOTED], count: 0, given: 0, unnoted: text.len() }
    }

    /// Finds those in `rest`, the end of the text, if that is ASCII that XML can hold; gives whether it is. What is in front
    /// of it stands as it is.
    pub(super) fn find(&mut self, rest: &[u8]) -> bool {
        self.note_blocks(rest).is_some()
    }

    fn note_blocks(&mut self, mut rest: &[u8]) -> Option<()> {
        while let Some((block, behind)) = rest.split_first_chunk::<SMALLEST>() {
            self.note_words(block, behind.len())?;
            rest = behind_plain_blocks(behind);
        }
        self.note_words(rest, 0)
    }

    /// Notes what is to be escaped in these octets, the ones in front of the last `left`, if XML can hold all of them.
    #[inline(always)]
    fn note_words(&mut self, octets: &[u8], left: usize) -> Option<()> {
        let end = self.text.len().wrapping_sub(left);
        let mut rest = octets;
        while let Some((word, behind)) = rest.split_first_chunk() {
            self.note_word(*word, end.wrapping_sub(rest.len()))?;
            rest = behind;
        }
        if rest.is_empty() {
            return Some(());
        }
        let mut word = [b' '; 8];
        word.get_mut(..rest.len())?.copy_from_slice(rest);
        self.note_word(word, end.wrapping_sub(rest.len()))
    }

    /// The same of eight octets, behind so many others.
    #[inline(always)]
    fn note_word(&mut self, word: [u8; 8], before: usize) -> Option<()> {
        match specials_in_text(word) {
            0 => Some(()),
            found => self.note_found(word, found, before),
        }
    }

    /// The same, where a high bit of `found` is set for each octet that is to be looked at.
    #[inline(never)]
    fn note_found(&mut self, word: [u8; 8], mut found: u64, before: usize) -> Option<()> {
        while found != 0 {
            let at = (found.trailing_zeros() >> 3) as usize;
            match *word.get(at)? {
                octet if is_escaped(octet) => self.note(before.wrapping_add(at)),
                b'\t' | b'\n' | b' '..=0x7F => {}
                _ => return None,
            }
            found &= found.wrapping_sub(1);
        }
        Some(())
    }

    fn note(&mut self, at: usize) {
        match self.noted.get_mut(self.count) {
            Some(place) => {
                *place = at;
                self.count = self.count.wrapping_add(1);
            }
            None => self.unnoted = self.unnoted.min(at),
        }
    }
}

impl Iterator for Escapes<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        if self.given < self.count {
            let place = self.noted.get(self.given)?;
            self.given = self.given.wrapping_add(1);
            return Some(*place);
        }
        let rest = self.text.get(self.unnoted..).filter(|rest| !rest.is_empty())?;
        let plain = scan::find(rest, may_be_special_text, is_escaped);
        let place = self.unnoted.wrapping_add(plain);
        self.unnoted = place.wrapping_add(1);
        (plain < rest.len()).then_some(place)
    }
}

/// Whether an octet of ASCII is to be escaped in content.
const fn is_escaped(octet: u8) -> bool {
    matches!(octet, b'<' | b'>' | b'&' | b'\r')
}

/// The first octet that is special in `place`, or all of `text`.
#[inline]
pub(super) fn plain_length(octets: &[u8], place: Place) -> usize {
    let bit = place.bit();
    let is_special = |octet: u8| SPECIAL.get(usize::from(octet)).is_some_and(|places| places & bit != 0);
    // `"` and `&`, and `<` and `>`, are one bit apart
    let may_be_special =
        |octet: u8| (octet < b' ') | (octet == 0xEF) | (octet & !0x04 == b'"') | (octet | 0x02 == b'>');
    scan::find(octets, may_be_special, is_special)
}

/// What is to be done with the first character of `text`, which is one that [`plain_length`] stops at.
pub(super) fn special(text: &str, place: Place) -> Special {
    let is_canonical = matches!(place, Place::CanonicalText | Place::CanonicalValue);
    let Some(character) = text.chars().next() else { return Special::Itself };
    match character {
        '>' if place == Place::Pi => Special::PiEnd,
        '\r' if place == Place::Pi => Special::Not('\r'),
        '<' => Special::As("&lt;"),
        '>' => Special::As("&gt;"),
        '&' => Special::As("&amp;"),
        '"' => Special::As("&quot;"),
        '\t' if is_canonical => Special::As("&#x9;"),
        '\n' if is_canonical => Special::As("&#xA;"),
        '\r' if is_canonical => Special::As("&#xD;"),
        '\t' => Special::As("&#9;"),
        '\n' => Special::As("&#10;"),
        '\r' => Special::As("&#13;"),
        '\0'..' ' | '\u{FFFE}' | '\u{FFFF}' => Special::Not(character),
        '\u{FFFC}' if matches!(place, Place::Value | Place::CanonicalValue | Place::Pi) && opens(text) => {
            Special::As(MARK_ITSELF)
        }
        _ => Special::Itself,
    }
}

fn opens(text: &str) -> bool {
    text.as_bytes().get(3) == Some(&b'(')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xml::plain_text::behind_plain_text;
    use alloc::vec::Vec;
    use proptest::prelude::*;

    proptest! {
        /// In texts with few places to escape, and with more than are noted.
        #[test]
        fn escapes_are_found_as_one_by_one(
            runs in prop::collection::vec(
                (prop_oneof![9 => 0_usize..5, 1 => 0_usize..90], prop::sample::select(&b"<>&\r\"\t\n\0\x1F\x80a"[..])),
                0..150,
            ),
            has_strange in any::<bool>(),
        ) {
            let is_text = |octet: &u8| matches!(octet, b'\t' | b'\n' | b'\r' | b' '..=0x7F);
            let text: Vec<u8> = runs
                .iter()
                .filter(|(_, octet)| has_strange || is_text(octet))
                .flat_map(|&(plain, octet)| core::iter::repeat_n(b'x', plain).chain([octet]))
                .collect();
            let naive = text.iter().all(is_text).then(|| {
                let places = text.iter().enumerate().filter(|(_, octet)| is_escaped(**octet));
                places.map(|(place, _)| place).collect::<Vec<_>>()
            });
            let mut escapes = Escapes::new(&text);
            prop_assert_eq!(escapes.find(behind_plain_text(&text)).then(|| escapes.collect()), naive);
        }
    }
}
