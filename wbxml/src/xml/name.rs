//! Names and characters of XML 1.0, fifth edition: productions 2, 4, 4a and 5.

use crate::scan;

/// Whether `name` is a name (production 5).
pub(super) fn is_name(name: &str) -> bool {
    // most names are ASCII
    is_ascii_name(name.as_bytes()) || !name.is_ascii() && is_any_name(name)
}

fn is_any_name(name: &str) -> bool {
    let mut characters = name.chars();
    characters.next().is_some_and(begins_name) && characters.all(is_name_char)
}

/// Whether these octets are a name (production 5).
pub(super) fn is_name_of(octets: &[u8]) -> bool {
    is_ascii_name(octets) || !octets.is_ascii() && core::str::from_utf8(octets).is_ok_and(is_any_name)
}

fn is_ascii_name(octets: &[u8]) -> bool {
    let may_stand = |octet: &u8, place: u8| PLACES.get(usize::from(*octet)).is_some_and(|places| places & place != 0);
    octets.first().is_some_and(|octet| may_stand(octet, BEGINS)) && octets.iter().all(|octet| may_stand(octet, INSIDE))
}

/// How many octets of ASCII the name takes that these octets begin with, if they do.
#[inline(always)]
pub(super) fn ascii_name(octets: &[u8]) -> Option<usize> {
    let may_stand = |octet: &u8, place: u8| PLACES.get(usize::from(*octet)).is_some_and(|places| places & place != 0);
    octets.first().filter(|octet| may_stand(octet, BEGINS))?;
    Some(octets.iter().take_while(|octet| may_stand(octet, INSIDE)).count())
}

const BEGINS: u8 = 1;
const INSIDE: u8 = 2;

/// Where each octet may stand in a name that is ASCII.
const PLACES: [u8; 256] = {
    let mut table = [0; 256];
    let mut octet = 0_u8;
    while octet < 0x80 {
        #[expect(clippy::indexing_slicing, reason = "computed when it is compiled")]
        {
            table[octet as usize] = match octet as char {
                character if begins_name(character) => BEGINS | INSIDE,
                character if is_name_char(character) => INSIDE,
                _ => 0,
            };
        }
        octet = octet.wrapping_add(1);
    }
    table
};

/// `NameStartChar` (production 4).
const fn begins_name(character: char) -> bool {
    matches!(
        character,
        ':' | 'A'..='Z' | '_' | 'a'..='z'
            | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}' | '\u{370}'..='\u{37D}'
            | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}'
            | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}'
    )
}

/// `NameChar` (production 4a).
const fn is_name_char(character: char) -> bool {
    begins_name(character)
        || matches!(
            character,
            '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}'
        )
}

/// `Char` (production 2).
pub(super) const fn is_xml_char(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// The first octet of a character that is none of production 2, in octets that are UTF-8.
pub(super) fn not_xml(octets: &[u8]) -> Option<usize> {
    let mut from = 0;
    let may_be_suspect = |octet: u8| (octet < b' ') | (octet == 0xEF);
    let is_suspect = |octet: u8| octet < b' ' && !matches!(octet, b'\t' | b'\n' | b'\r') || octet == 0xEF;
    loop {
        let rest = octets.get(from..)?;
        let at = scan::find(rest, may_be_suspect, is_suspect);
        match rest.get(at..)? {
            [] => return None,
            [0xEF, 0xBF, 0xBE | 0xBF, ..] => return Some(from.saturating_add(at)),
            [0xEF, ..] => from = from.saturating_add(at).saturating_add(1),
            _ => return Some(from.saturating_add(at)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;
    use alloc::string::String;

    /// The bounds of production 4 and 4a, each with its neighbours: begins a name, may stand in one.
    #[test]
    fn the_bounds_of_names() {
        for (character, begins, inside) in [
            ('-', false, true),
            ('.', false, true),
            ('/', false, false),
            ('0', false, true),
            ('9', false, true),
            (':', true, true),
            (';', false, false),
            ('@', false, false),
            ('A', true, true),
            ('Z', true, true),
            ('[', false, false),
            ('^', false, false),
            ('_', true, true),
            ('`', false, false),
            ('a', true, true),
            ('z', true, true),
            ('{', false, false),
            ('\u{AA}', false, false),
            ('\u{B6}', false, false),
            ('\u{B7}', false, true),
            ('\u{B8}', false, false),
            ('\u{BF}', false, false),
            ('\u{C0}', true, true),
            ('\u{D7}', false, false),
            ('\u{F7}', false, false),
            ('\u{2FF}', true, true),
            ('\u{300}', false, true),
            ('\u{36F}', false, true),
            ('\u{370}', true, true),
            ('\u{37E}', false, false),
            ('\u{660}', true, true),
            ('\u{1FFF}', true, true),
            ('\u{2000}', false, false),
            ('\u{200B}', false, false),
            ('\u{200C}', true, true),
            ('\u{200E}', false, false),
            ('\u{203E}', false, false),
            ('\u{203F}', false, true),
            ('\u{2040}', false, true),
            ('\u{2041}', false, false),
            ('\u{206F}', false, false),
            ('\u{2070}', true, true),
            ('\u{2190}', false, false),
            ('\u{2BFF}', false, false),
            ('\u{2C00}', true, true),
            ('\u{2FF0}', false, false),
            ('\u{3000}', false, false),
            ('\u{3001}', true, true),
            ('\u{D7FF}', true, true),
            ('\u{E000}', false, false),
            ('\u{F8FF}', false, false),
            ('\u{F900}', true, true),
            ('\u{FDD0}', false, false),
            ('\u{FDEF}', false, false),
            ('\u{FDF0}', true, true),
            ('\u{FFFD}', true, true),
            ('\u{FFFE}', false, false),
            ('\u{10000}', true, true),
            ('\u{EFFFF}', true, true),
            ('\u{F0000}', false, false),
        ] {
            let (first, second) = (String::from(character), format!("a{character}"));
            assert_eq!((is_name(&first), is_name(&second)), (begins, inside), "{character:?}");
            assert_eq!((is_name_of(first.as_bytes()), is_name_of(second.as_bytes())), (begins, inside));
        }
        assert!(!is_name("") && !is_name_of(b"") && !is_name_of(b"a\xFF"));
    }

    #[test]
    fn the_first_character_that_xml_does_not_have() {
        for (text, at) in [
            ("", None),
            ("a\t\r\n\u{FEFF}\u{FFFD}\u{EFFF}", None),
            ("ab\0", Some(2)),
            ("\u{FEFF}\u{FFFE}", Some(3)),
            ("\u{FFFF}", Some(0)),
            ("\u{1F}", Some(0)),
        ] {
            assert_eq!(not_xml(text.as_bytes()), at, "{text:?}");
            assert_eq!(text.chars().all(is_xml_char), at.is_none());
        }
    }
}
