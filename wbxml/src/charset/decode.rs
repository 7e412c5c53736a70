//! From the octets of a string to its characters.

#[cfg(feature = "alloc")]
use alloc::{borrow::Cow, string::String};

use crate::text::TextFault;

use super::{Charset, registry};

#[cfg(feature = "encoding")]
mod table;

impl Charset {
    /// The characters of a string in this charset, without its terminator.
    ///
    /// UTF-16, UTF-32, UCS-2 and UCS-4 are big-endian, unless the string begins with a byte order mark, which is no
    /// character of it. With an order in its name a charset has no such mark: U+FEFF is a character there, as in UTF-8.
    ///
    /// ```
    /// use wbxml::{Charset, TextFault};
    ///
    /// let surrogates = [0xD8, 0x3D, 0xDE, 0x00, 0xDE, 0x00, 0x00, 0x41];
    /// assert!(Charset::UTF_16.decode(&surrogates).eq([Ok('😀'), Err(TextFault::Invalid), Ok('A')]));
    /// ```
    #[must_use]
    pub fn decode(self, octets: &[u8]) -> Chars<'_> {
        let (form, rest) = Form::of(self, octets);
        Chars {
            rest,
            form,
            #[cfg(feature = "encoding")]
            table: table::Decoding::of(self, octets),
        }
    }

    /// The string that these octets are in this charset, if they are the same in UTF-8, which takes no room: in any
    /// charset that contains ASCII, octets that are.
    #[inline]
    pub(crate) const fn as_utf8(self, octets: &[u8]) -> Result<&str, TextFault> {
        if self.is_any_utf8() {
            return match core::str::from_utf8(octets) {
                Ok(text) => Ok(text),
                Err(_) => Err(TextFault::Invalid),
            };
        }
        self.as_ascii(octets)
    }

    #[cold]
    #[inline(never)]
    const fn as_ascii(self, octets: &[u8]) -> Result<&str, TextFault> {
        let is_ascii = match self {
            Self::US_ASCII | Self::ISO_8859_1 => octets.is_ascii(),
            _ => octets.is_empty() || registry::has_ascii(self) && is_plain(octets),
        };
        let fault = match self {
            Self::US_ASCII => TextFault::Invalid,
            _ => TextFault::Charset(self),
        };
        match core::str::from_utf8(octets) {
            Ok(text) if is_ascii => Ok(text),
            _ => Err(fault),
        }
    }

    /// The string that these octets are in this charset, or what is wrong with them, and at which one.
    #[cfg(feature = "alloc")]
    pub(crate) fn to_cow(self, octets: &[u8]) -> Result<Cow<'_, str>, (TextFault, usize)> {
        if let Ok(text) = self.as_utf8(octets) {
            return Ok(Cow::Borrowed(text));
        }
        #[cfg(feature = "encoding")]
        if let Some(text) = table::to_cow(self, octets) {
            return Ok(text);
        }
        let mut chars = self.decode(octets);
        let mut text = String::with_capacity(octets.len().checked_div(self.unit()).unwrap_or_default());
        while let Some(step) = chars.step() {
            match step {
                Ok(character) => text.push(character),
                Err((fault, faulty)) => {
                    return Err((fault, faulty.as_ptr().addr().saturating_sub(octets.as_ptr().addr())));
                }
            }
        }
        Ok(Cow::Owned(text))
    }
}

/// The characters of a string: see [`Charset::decode`].
///
/// Where octets are no text there is one [`TextFault::Invalid`], and the characters go on behind them: where UTF-8
/// has an ill-formed sequence, behind the longest one that might have begun a character; in UTF-16 behind the lone
/// surrogate. In a charset that is not decoded there is one [`TextFault::Charset`] in the end, for everything from the
/// first octet on that is not plainly ASCII: above 0x7F, or one of ESC, SO and SI, which switch to other characters.
#[derive(Debug)]
pub struct Chars<'a> {
    /// The octets that are still to be decoded.
    rest: &'a [u8],
    form: Form,
    /// What decodes them instead, in a charset that is a table.
    #[cfg(feature = "encoding")]
    table: Option<table::Decoding<'a>>,
}

/// How octets are decoded.
#[derive(Clone, Copy, Debug)]
enum Form {
    Utf8,
    Ascii,
    Latin1,
    Utf16(Order),
    Utf32(Order),
    /// ASCII, up to the first octet that is not.
    Plain(Charset),
    /// Not at all.
    Opaque(Charset),
}

#[derive(Clone, Copy, Debug)]
enum Order {
    Big,
    Little,
}

/// A character, or what is wrong with which octets.
pub(crate) type Step<'a> = Result<char, (TextFault, &'a [u8])>;

impl Form {
    /// How a string in this charset is decoded, and the string without its byte order mark.
    fn of(charset: Charset, octets: &[u8]) -> (Self, &[u8]) {
        let form = match charset {
            Charset::UTF_8 | Charset::UNKNOWN => Self::Utf8,
            Charset::US_ASCII => Self::Ascii,
            Charset::ISO_8859_1 => Self::Latin1,
            Charset::UTF_16BE => Self::Utf16(Order::Big),
            Charset::UTF_16LE => Self::Utf16(Order::Little),
            Charset::UTF_16 | Charset::UCS_2 => {
                return match octets {
                    [0xFE, 0xFF, rest @ ..] => (Self::Utf16(Order::Big), rest),
                    [0xFF, 0xFE, rest @ ..] => (Self::Utf16(Order::Little), rest),
                    _ => (Self::Utf16(Order::Big), octets),
                };
            }
            Charset::UTF_32BE => Self::Utf32(Order::Big),
            Charset::UTF_32LE => Self::Utf32(Order::Little),
            Charset::UTF_32 | Charset::UCS_4 => {
                return match octets {
                    [0x00, 0x00, 0xFE, 0xFF, rest @ ..] => (Self::Utf32(Order::Big), rest),
                    [0xFF, 0xFE, 0x00, 0x00, rest @ ..] => (Self::Utf32(Order::Little), rest),
                    _ => (Self::Utf32(Order::Big), octets),
                };
            }
            _ if registry::has_ascii(charset) => Self::Plain(charset),
            _ => Self::Opaque(charset),
        };
        (form, octets)
    }
}

impl<'a> Chars<'a> {
    /// The next character, or the octets that are none.
    pub(crate) fn step(&mut self) -> Option<Step<'a>> {
        #[cfg(feature = "encoding")]
        if let Some(table) = &mut self.table {
            return table.step();
        }
        let &first = self.rest.first()?;
        let (character, length) = match self.form {
            Form::Utf8 if first.is_ascii() => (Some(char::from(first)), 1),
            Form::Utf8 => utf8(self.rest),
            Form::Ascii => (first.is_ascii().then(|| char::from(first)), 1),
            Form::Latin1 => (Some(char::from(first)), 1),
            Form::Utf16(order) => utf16(self.rest, order),
            Form::Utf32(order) => utf32(self.rest, order),
            Form::Plain(_) if is_plain(&[first]) => (Some(char::from(first)), 1),
            Form::Plain(charset) | Form::Opaque(charset) => {
                let faulty = core::mem::take(&mut self.rest);
                return Some(Err((TextFault::Charset(charset), faulty)));
            }
        };
        let (octets, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, &[]));
        self.rest = rest;
        Some(character.ok_or((TextFault::Invalid, octets)))
    }
}

impl Iterator for Chars<'_> {
    type Item = Result<char, TextFault>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        self.step().map(|step| step.map_err(|(fault, _)| fault))
    }
}

impl core::iter::FusedIterator for Chars<'_> {}

/// The first character, and the octets that it takes; or that are none.
fn utf8(octets: &[u8]) -> (Option<char>, usize) {
    // no character is longer than four octets
    let window = octets.get(..4).unwrap_or(octets);
    let Some(chunk) = window.utf8_chunks().next() else { return (None, 1) };
    match chunk.valid().chars().next() {
        Some(character) => (Some(character), character.len_utf8()),
        None => (None, chunk.invalid().len()),
    }
}

fn utf16(octets: &[u8], order: Order) -> (Option<char>, usize) {
    let unit = |octets: &[u8; 2]| match order {
        Order::Big => u16::from_be_bytes(*octets),
        Order::Little => u16::from_le_bytes(*octets),
    };
    let Some((first, rest)) = octets.split_first_chunk() else { return (None, 2) };
    let units = [unit(first)].into_iter().chain(rest.first_chunk().map(unit));
    match char::decode_utf16(units).next() {
        Some(Ok(character)) => (Some(character), if character > '\u{FFFF}' { 4 } else { 2 }),
        _ => (None, 2),
    }
}

fn utf32(octets: &[u8], order: Order) -> (Option<char>, usize) {
    let unit = octets.first_chunk().map(|octets| match order {
        Order::Big => u32::from_be_bytes(*octets),
        Order::Little => u32::from_le_bytes(*octets),
    });
    (unit.and_then(char::from_u32), 4)
}

/// Whether octets are ASCII, without what switches to other characters in charsets of seven bits: SO, SI, ESC.
const fn is_plain(octets: &[u8]) -> bool {
    let mut rest = octets;
    while let [first, tail @ ..] = rest {
        if matches!(first, 0x0E | 0x0F | 0x1B | 0x80..) {
            return false;
        }
        rest = tail;
    }
    true
}
