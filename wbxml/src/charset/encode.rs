//! From characters to the octets of a charset.

use crate::Charset;

/// A charset that can be written: how its characters become octets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Utf8,
    /// One octet a character, up to this one.
    Octets {
        last: char,
    },
    /// Two octets a unit; pairs of them for characters beyond U+FFFF where `pairs`. Where the byte order is `open`, a
    /// string may begin with a byte order mark, and so none begins with what would be taken for one.
    Utf16 {
        little: bool,
        pairs: bool,
        open: bool,
    },
    /// Four octets a character.
    Utf32 {
        little: bool,
        open: bool,
    },
}

/// The charsets that are written. Where a charset leaves the byte order open it is big-endian, without a byte order
/// mark (WAP-192, 5.6; RFC 2781, 4.3), and U+FEFF and U+FFFE, which look like one, are characters it does not have.
const WRITTEN: [(Charset, Encoding); 12] = [
    (Charset::UNKNOWN, Encoding::Utf8),
    (Charset::UTF_8, Encoding::Utf8),
    (Charset::US_ASCII, Encoding::Octets { last: '\u{7F}' }),
    (Charset::ISO_8859_1, Encoding::Octets { last: '\u{FF}' }),
    (Charset::UCS_2, Encoding::Utf16 { little: false, pairs: false, open: true }),
    (Charset::UTF_16, Encoding::Utf16 { little: false, pairs: true, open: true }),
    (Charset::UTF_16BE, Encoding::Utf16 { little: false, pairs: true, open: false }),
    (Charset::UTF_16LE, Encoding::Utf16 { little: true, pairs: true, open: false }),
    (Charset::UCS_4, Encoding::Utf32 { little: false, open: true }),
    (Charset::UTF_32, Encoding::Utf32 { little: false, open: true }),
    (Charset::UTF_32BE, Encoding::Utf32 { little: false, open: false }),
    (Charset::UTF_32LE, Encoding::Utf32 { little: true, open: false }),
];

/// The octets of one character, 1 to 4.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Octets([u8; 4], usize);

impl Octets {
    pub(crate) fn as_slice(&self) -> &[u8] {
        self.0.get(..self.1).unwrap_or_default()
    }
}

impl Encoding {
    /// How `charset` is written, if it is one of those that are.
    pub(crate) fn of(charset: Charset) -> Option<Self> {
        WRITTEN.iter().find_map(|(written, encoding)| (*written == charset).then_some(*encoding))
    }

    /// The octets of one code unit, and so of a terminator.
    pub(crate) const fn unit(self) -> usize {
        match self {
            Self::Utf8 | Self::Octets { .. } => 1,
            Self::Utf16 { .. } => 2,
            Self::Utf32 { .. } => 4,
        }
    }

    /// Whether the octets of `text` in UTF-8 are its octets in this charset.
    #[inline]
    pub(crate) const fn is_verbatim(self, text: &str) -> bool {
        match self {
            Self::Utf8 => true,
            Self::Octets { .. } => text.is_ascii(),
            Self::Utf16 { .. } | Self::Utf32 { .. } => false,
        }
    }

    /// How many octets `character` takes; `None` if the charset does not have it.
    pub(crate) const fn len_of(self, character: char) -> Option<usize> {
        match self {
            Self::Utf8 => Some(character.len_utf8()),
            Self::Utf16 { open: true, .. } | Self::Utf32 { open: true, .. }
                if matches!(character, '\u{FEFF}' | '\u{FFFE}') =>
            {
                None
            }
            Self::Octets { last } if character <= last => Some(1),
            Self::Utf16 { .. } if character <= '\u{FFFF}' => Some(2),
            Self::Utf16 { pairs: true, .. } | Self::Utf32 { .. } => Some(4),
            Self::Octets { .. } | Self::Utf16 { .. } => None,
        }
    }

    /// How many octets `text` takes, characters that the charset does not have aside.
    #[inline(always)]
    pub(crate) fn len(self, text: &str) -> usize {
        if self.is_verbatim(text) { text.len() } else { self.len_of_characters(text) }
    }

    #[inline(never)]
    fn len_of_characters(self, text: &str) -> usize {
        text.chars().filter_map(|character| self.len_of(character)).fold(0, usize::saturating_add)
    }

    /// The octets of `character`, if the charset has it.
    pub(crate) fn encode(self, character: char) -> Option<Octets> {
        let length = self.len_of(character)?;
        let mut octets = [0; 4];
        match self {
            Self::Utf8 => {
                character.encode_utf8(&mut octets);
            }
            Self::Octets { .. } => octets = [u8::try_from(u32::from(character)).ok()?, 0, 0, 0],
            Self::Utf16 { little, .. } => {
                let mut units = [0; 2];
                character.encode_utf16(&mut units);
                let bytes = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
                let [[a, b], [c, d]] = units.map(bytes);
                octets = [a, b, c, d];
            }
            Self::Utf32 { little, .. } => {
                let scalar = u32::from(character);
                octets = if little { scalar.to_le_bytes() } else { scalar.to_be_bytes() };
            }
        }
        Some(Octets(octets, length))
    }

    /// The characters at the start of `text` that the charset has, then the one behind them that it has not, then the
    /// rest.
    pub(crate) fn split(self, text: &str) -> (&str, Option<char>, &str) {
        if self.is_verbatim(text) {
            return (text, None, "");
        }
        let strange = text.char_indices().find(|(_, character)| self.len_of(*character).is_none());
        let Some((at, character)) = strange else { return (text, None, "") };
        let (run, rest) = text.split_at_checked(at).unwrap_or((text, ""));
        (run, Some(character), rest.get(character.len_utf8()..).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One character of each length of UTF-8, as each charset has it.
    const VECTORS: &[(Charset, [Option<&[u8]>; 4])] = &[
        (Charset::UTF_8, [Some(b"A"), Some(b"\xC3\xA9"), Some(b"\xE2\x82\xAC"), Some(b"\xF0\x9F\x90\x80")]),
        (Charset::US_ASCII, [Some(b"A"), None, None, None]),
        (Charset::ISO_8859_1, [Some(b"A"), Some(b"\xE9"), None, None]),
        (Charset::UCS_2, [Some(b"\0A"), Some(b"\0\xE9"), Some(b"\x20\xAC"), None]),
        (Charset::UTF_16, [Some(b"\0A"), Some(b"\0\xE9"), Some(b"\x20\xAC"), Some(b"\xD8\x3D\xDC\x00")]),
        (Charset::UTF_16LE, [Some(b"A\0"), Some(b"\xE9\0"), Some(b"\xAC\x20"), Some(b"\x3D\xD8\x00\xDC")]),
        (Charset::UCS_4, [Some(b"\0\0\0A"), Some(b"\0\0\0\xE9"), Some(b"\0\0\x20\xAC"), Some(b"\0\x01\xF4\0")]),
        (Charset::UTF_32LE, [Some(b"A\0\0\0"), Some(b"\xE9\0\0\0"), Some(b"\xAC\x20\0\0"), Some(b"\0\xF4\x01\0")]),
    ];

    #[test]
    fn characters_in_each_charset() {
        for (charset, octets) in VECTORS {
            let encoding = Encoding::of(*charset).unwrap();
            for (character, octets) in ['A', '\u{E9}', '\u{20AC}', '\u{1F400}'].into_iter().zip(octets) {
                let encoded = encoding.encode(character);
                assert_eq!(encoded.as_ref().map(Octets::as_slice), *octets, "{charset}, {character}");
                assert_eq!(encoding.len_of(character), octets.map(<[u8]>::len), "{charset}, {character}");
                assert_eq!(encoding.len(character.encode_utf8(&mut [0; 4])), octets.map_or(0, <[u8]>::len));
            }
        }
    }

    #[test]
    fn units_are_those_of_the_charset() {
        for (charset, encoding) in WRITTEN {
            assert_eq!(encoding.unit(), charset.unit(), "{charset}");
        }
        assert_eq!(Encoding::of(Charset::new(17)), None); // Shift_JIS
    }

    /// RFC 2781, 3.2: where the byte order is open, and only there, a string that begins with U+FEFF begins with a mark;
    /// U+FFFE is the mark of the other order.
    #[test]
    fn what_looks_like_a_byte_order_mark_is_no_character_where_one_may_stand() {
        for (charset, encoding) in WRITTEN {
            let is_open = [Charset::UCS_2, Charset::UTF_16, Charset::UCS_4, Charset::UTF_32].contains(&charset);
            let is_unicode = is_open || charset.is_any_utf8() || charset.unit() > 1;
            for character in ['\u{FEFF}', '\u{FFFE}'] {
                assert_eq!(encoding.len_of(character).is_some(), is_unicode && !is_open, "{charset}");
            }
        }
    }

    #[test]
    fn text_is_split_where_a_character_is_missing() {
        let latin = Encoding::of(Charset::ISO_8859_1).unwrap();
        assert_eq!(latin.split("a\u{E9}\u{20AC}b"), ("a\u{E9}", Some('\u{20AC}'), "b"));
        assert_eq!(latin.split("a\u{E9}"), ("a\u{E9}", None, ""));
        assert_eq!(latin.split("\u{20AC}"), ("", Some('\u{20AC}'), ""));
    }
}
