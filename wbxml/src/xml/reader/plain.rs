//! What most documents consist of, found without the parser: names, texts and attributes that stand as they are.
//!
//! Whatever is not found here is left to the parser, from the first octet of its construct on.

use alloc::vec::Vec;

use crate::scan::{self, HIGH, all, leading, zeros};

use super::super::name::ascii_name;
use super::super::plain_text::{SMALLEST, behind_plain_blocks};
use super::tag::FEW;

// ADVICE: as in `scan`: of eight octets at once, the high bit of the first one that is sought is set; those above it may
// lie, which is why only the lowest one counts.
/// High bits where an octet of `word` is less than `octet`.
const fn below(word: u64, octet: u8) -> u64 {
    word.wrapping_sub(all(octet)) & !word
}

/// The length of the name that a tag begins with: up to a blank, `/` or `>`.
#[inline(always)]
pub(super) fn name(octets: &[u8]) -> usize {
    let marks = |word: u64| below(word, b' ' + 1) | zeros(word ^ all(b'/')) | zeros(word ^ all(b'>'));
    leading(octets, marks, |octet| octet > b' ' && !matches!(octet, b'/' | b'>'))
}

/// The length of a text of ASCII that says what it says, up to a `<` or a `&`.
#[inline(always)]
pub(super) fn text(octets: &[u8]) -> Option<usize> {
    let length = near_text(octets);
    match octets.get(length)? {
        b'<' | b'&' => Some(length),
        _ if length == SMALLEST => long_text(octets),
        _ => None,
    }
}

/// The same of a text that is no short one.
#[inline(never)]
fn long_text(octets: &[u8]) -> Option<usize> {
    let mut rest = octets;
    loop {
        rest = behind_plain_blocks(rest);
        let length = near_text(rest);
        match rest.get(length)? {
            b'<' | b'&' => return Some(octets.len().wrapping_sub(rest.len()).wrapping_add(length)),
            // a `$`
            _ if length == SMALLEST => rest = rest.get(length..)?,
            _ => return None,
        }
    }
}

/// How many octets of ASCII that say what they say a text begins with, up to [`SMALLEST`]; eight by eight, since most texts
/// are short.
#[inline(always)]
fn near_text(octets: &[u8]) -> usize {
    // ADVICE: line ends are no marks, so that here nothing may lie above another mark: what is less than a blank and what
    // is a line end is found without a borrow from one octet to the next
    let marks = |word: u64| {
        let controls = !(word | HIGH).wrapping_sub(all(b' '));
        let other = word ^ all(b'\n');
        let others = (other & !HIGH).wrapping_add(!HIGH) | other;
        // `<` and `>` differ in one bit
        controls & others | zeros(word ^ all(b'&')) | zeros((word | all(2)) ^ all(b'>')) | word
    };
    let is_plain = |octet: u8| matches!(octet, b'\n' | b' '..0x80) && !matches!(octet, b'&' | b'<' | b'>');
    leading(octets.get(..SMALLEST).unwrap_or(octets), marks, is_plain)
}

/// The octets of the longest reference that is looked for: `&#x10FFFF;`.
const LONGEST: usize = 10;

/// The length of the reference that these octets begin with, if a few letters and digits stand in it.
#[inline(never)]
pub(super) fn reference(octets: &[u8]) -> Option<usize> {
    let name = octets.get(..LONGEST).unwrap_or(octets).strip_prefix(b"&")?;
    let length = name.iter().position(|octet| !octet.is_ascii_alphanumeric() && *octet != b'#')?;
    (length > 0 && name.get(length) == Some(&b';')).then_some(length.wrapping_add(2))
}

/// The length of a value of ASCII that says what it says, up to this quote.
#[inline(always)]
fn value(octets: &[u8], quote: u8) -> Option<usize> {
    let marks = |word: u64| {
        below(word, b' ') | zeros(word ^ all(b'&')) | zeros(word ^ all(b'<')) | zeros(word ^ all(quote)) | word
    };
    let is_plain = |octet: u8| matches!(octet, b' '..0x80) && !matches!(octet, b'&' | b'<') && octet != quote;
    let length = leading(octets, marks, is_plain);
    (octets.get(length) == Some(&quote)).then_some(length)
}

/// Whether these octets begin the tag of an element.
pub(super) const fn is_tag(octets: &[u8]) -> bool {
    matches!(octets, [b'<', next, ..] if !matches!(next, b'/' | b'!' | b'?'))
}

/// How many octets a tag takes: up to the first `>` that stands in no value.
pub(super) fn tag(octets: &[u8]) -> Option<usize> {
    let mut quote = None;
    let mut ends = |octet: &u8| {
        match (quote, octet) {
            (None, b'>') => return true,
            (None, b'"' | b'\'') => quote = Some(*octet),
            (Some(open), octet) if open == *octet => quote = None,
            _ => {}
        }
        false
    };
    octets.iter().position(&mut ends).map(|end| end.saturating_add(1))
}

/// The end of a tag.
pub(super) struct TagEnd {
    /// The offset behind it.
    pub(super) at: usize,
    pub(super) is_empty: bool,
}

/// Reads the attributes of a tag, of which name or attributes end at the offset `at` of `text`: each of another name, its
/// value as it stands, none a declaration of a namespace.
#[inline(never)]
pub(super) fn attributes<'a>(text: &'a str, at: usize, attributes: &mut Vec<(&'a str, &'a str)>) -> Option<TagEnd> {
    let mut rest = text.get(at..)?;
    attributes.clear();
    loop {
        let behind = rest.as_bytes().iter().take_while(|octet| super::is_blank(octet)).count();
        let has_blank = behind > 0;
        rest = rest.get(behind..)?;
        let end = match rest.as_bytes() {
            [b'>', ..] => Some((1, false)),
            [b'/', b'>', ..] => Some((2, true)),
            _ => None,
        };
        if let Some((length, is_empty)) = end {
            let at = text.len().wrapping_sub(rest.len()).wrapping_add(length);
            return Some(TagEnd { at, is_empty });
        }
        let length = ascii_name(rest.as_bytes())?;
        let (name, behind) = rest.split_at_checked(length)?;
        let (quote, behind) = match behind.as_bytes() {
            [b'=', quote @ (b'"' | b'\''), ..] => (*quote, behind.get(2..)?),
            _ => return None,
        };
        let (value, behind) = behind.split_at_checked(value(behind.as_bytes(), quote)?)?;
        let is_known = attributes.iter().any(|(other, _)| scan::is_same(other.as_bytes(), name.as_bytes()));
        if !has_blank || is_known || attributes.len() >= FEW || name.starts_with("xmlns") {
            return None;
        }
        attributes.push((name, value));
        rest = behind.get(1..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Each length is the one that a look at one octet after the other gives.
        #[test]
        fn lengths(
            near in prop::collection::vec(prop_oneof![8 => 0x20_u8..0x7F, 1 => any::<u8>()], 0..100),
            far in prop::collection::vec(prop_oneof![8 => Just(b'a'), 1 => Just(b'$')], 0..700),
            end in prop::sample::select(&b"<&>\r\n\x80"[..]),
            is_far in any::<bool>(),
        ) {
            let octets = if is_far { [far, Vec::from([end]), near].concat() } else { near };
            let ends_name = |octet: &u8| *octet <= b' ' || matches!(octet, b'/' | b'>');
            prop_assert_eq!(name(&octets), octets.iter().position(ends_name).unwrap_or(octets.len()));
            let is_plain = |octet: &u8| matches!(octet, b'\n' | b' '..0x80) && !matches!(octet, b'&' | b'<' | b'>');
            let end = octets.iter().position(|octet| !is_plain(octet)).filter(|&end| matches!(octets[end], b'<' | b'&'));
            prop_assert_eq!(text(&octets), end);
            for quote in [b'"', b'\''] {
                let is_plain = |octet: &u8| matches!(octet, b' '..0x80) && !matches!(octet, b'&' | b'<') && *octet != quote;
                let end = octets.iter().position(|octet| !is_plain(octet)).filter(|&end| octets[end] == quote);
                prop_assert_eq!(value(&octets, quote), end);
            }
        }
    }

    #[test]
    fn references_of_letters_and_digits() {
        for octets in ["&lt;b", "&#13;", "&#x10FFFF;&", "&other;"] {
            assert_eq!(reference(octets.as_bytes()), octets.find(';').map(|end| end + 1), "{octets}");
        }
        for octets in ["", "lt;", "&", "&;", "&lt", "&l t;", "&a.b;", "&\u{E9};", "&#x110FFFF;"] {
            assert_eq!(reference(octets.as_bytes()), None, "{octets}");
        }
    }

    #[test]
    fn attributes_that_stand_as_they_are() {
        let read = |text: &'static str| {
            let mut list = Vec::new();
            attributes(text, 1, &mut list).map(|end| (list, end.at, end.is_empty))
        };
        assert_eq!(read("a>"), Some((Vec::new(), 2, false)));
        assert_eq!(
            read("a b='\"1\"'\n c-d=\"2>'\" />e"),
            Some((Vec::from([("b", "\"1\""), ("c-d", "2>'")]), 23, true))
        );
        for other in
            ["a", "a ", "a b", "a b=1>", "a b = '1'>", "a b='1'c='2'>", "a b='1' b='2'>", "a xmlns='b'>", "a b='&lt;'>"]
        {
            assert_eq!(read(other), None, "{other}");
        }
        for other in ["a b='<'>", "a b='\u{E9}'>", "a b='1'/ >", "a b='\t'>", "a -b='1'>", "a b='1", "a b='1'"] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
