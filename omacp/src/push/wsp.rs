//! The primitive values of WSP headers (WAP-230-WSP, 8.1.2 and 8.4): `uintvar`, integers, texts, value-length.

use alloc::vec::Vec;

use super::error::{ErrorKind, Result};

/// Octets that are read field by field, each one within the field around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Octets<'a> {
    rest: &'a [u8],
    /// The offset of `rest` in the octets that the caller was given.
    offset: usize,
}

impl<'a> Octets<'a> {
    pub(super) const fn new(octets: &'a [u8], offset: usize) -> Self {
        Self { rest: octets, offset }
    }

    pub(super) const fn offset(&self) -> usize {
        self.offset
    }

    pub(super) const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) fn peek(&self) -> Result<u8> {
        self.rest.first().copied().ok_or(ErrorKind::UnexpectedEnd.at(self.offset))
    }

    pub(super) fn octet(&mut self) -> Result<u8> {
        let octet = self.peek()?;
        self.take(1).map(|_| octet)
    }

    /// The next `length` octets, as octets of their own.
    pub(super) fn take(&mut self, length: usize) -> Result<Self> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(ErrorKind::UnexpectedEnd.at(self.offset))?;
        let field = Self::new(taken, self.offset);
        self.rest = rest;
        self.offset = self.offset.saturating_add(length);
        Ok(field)
    }

    /// The same, where a length field at `at` said how many; `kind` if there are fewer.
    pub(super) fn counted(&mut self, length: u32, kind: ErrorKind, at: usize) -> Result<Self> {
        let length = usize::try_from(length).map_err(|_| kind.at(at))?;
        self.take(length).map_err(|_| kind.at(at))
    }

    /// `uintvar`: seven bits an octet, most significant first (8.1.2).
    pub(super) fn uintvar(&mut self) -> Result<u32> {
        let (value, length) = wbxml::mb_u_int32::decode(self.rest).map_err(|fault| match fault {
            wbxml::mb_u_int32::Fault::Overflow => ErrorKind::UintvarOverflow.at(self.offset),
            _ => ErrorKind::UnexpectedEnd.at(self.offset),
        })?;
        self.take(length)?;
        Ok(value)
    }

    /// A value of whatever form: its first octet says how far it goes (8.4.1.2).
    pub(super) fn value(&mut self) -> Result<Value<'a>> {
        match self.peek()? {
            octet @ 0x80.. => {
                self.take(1)?;
                Ok(Value::Short(octet & 0x7F))
            }
            0x20..=0x7F => self.text().map(Value::Text),
            _ => self.field().map(|field| Value::Octets(field.rest)),
        }
    }

    /// The octets behind a value-length: one octet up to 30, or a `uintvar` behind the quote 31 (8.4.2.2).
    pub(super) fn field(&mut self) -> Result<Self> {
        let at = self.offset;
        let length = match self.octet()? {
            0x1F => self.uintvar()?,
            short => u32::from(short),
        };
        self.counted(length, ErrorKind::ValueLength, at)
    }

    /// A text up to its NUL, which is read too (8.4.2.1). The quote that says that the first octet is one of text, or
    /// that a string is quoted, is no part of it.
    pub(super) fn text(&mut self) -> Result<&'a str> {
        let length =
            self.rest.iter().position(|&octet| octet == 0).ok_or(ErrorKind::UnterminatedText.at(self.offset))?;
        let at = self.offset;
        let field = self.take(length)?;
        self.take(1)?;
        let octets = match field.rest {
            [0x7F | b'"', octets @ ..] => octets,
            octets => octets,
        };
        core::str::from_utf8(octets).map_err(|_| ErrorKind::NotText.at(at))
    }
}

/// A value in a header or parameter, told by its first octet (WSP, 8.4.1.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "the first octet tells these forms apart, and no others")]
pub enum Value<'a> {
    /// A short integer: seven bits.
    Short(u8),
    /// A text, without its NUL and without the quote in front of it.
    Text(&'a str),
    /// Octets behind a value-length: a long integer, or something with an inner structure.
    Octets(&'a [u8]),
}

impl<'a> Value<'a> {
    /// The shortest value of a number, most significant octet first.
    pub(super) fn of_integer(octets: &'a [u8; 4]) -> Self {
        match octets {
            [0, 0, 0, short @ 0..=0x7F] => Self::Short(*short),
            [0, 0, 0, ..] => Self::Octets(octets.get(3..).unwrap_or_default()),
            [0, 0, ..] => Self::Octets(octets.get(2..).unwrap_or_default()),
            [0, ..] => Self::Octets(octets.get(1..).unwrap_or_default()),
            _ => Self::Octets(octets),
        }
    }

    /// The integer, if the value is one: a short one, or a long one of one to four octets.
    #[must_use]
    pub fn as_integer(&self) -> Option<u32> {
        match self {
            Self::Short(number) => Some(u32::from(*number)),
            Self::Octets(octets) => long_integer(octets),
            Self::Text(_) => None,
        }
    }

    /// The text, if the value is one.
    #[must_use]
    pub const fn as_text(&self) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl Value<'_> {
    pub(super) fn write(&self, out: &mut Vec<u8>) -> Result<()> {
        match *self {
            Self::Short(number @ 0..=0x7F) => out.push(number | 0x80),
            Self::Short(_) => return Err(ErrorKind::ParameterValue.at(0)),
            Self::Text(text) => put_text(out, text)?,
            Self::Octets(octets) => {
                put_value_length(out, octets.len())?;
                out.extend_from_slice(octets);
            }
        }
        Ok(())
    }
}

/// The number that one to four octets are, most significant first; more if the first ones are 0.
fn long_integer(octets: &[u8]) -> Option<u32> {
    if octets.is_empty() {
        return None;
    }
    octets.iter().try_fold(0_u32, |number, &octet| Some(number.checked_mul(0x100)? | u32::from(octet)))
}

/// Writes a `uintvar`.
pub(super) fn put_uintvar(out: &mut Vec<u8>, value: u32) {
    out.extend_from_slice(wbxml::mb_u_int32::Encoded::new(value).as_slice());
}

/// Writes a length that must fit a `uintvar`.
pub(super) fn put_length(out: &mut Vec<u8>, length: usize) -> Result<()> {
    put_uintvar(out, u32::try_from(length).map_err(|_| ErrorKind::TooLong.at(0))?);
    Ok(())
}

/// Writes a value-length: one octet up to 30, else a `uintvar` behind the quote 31 (8.4.2.2).
pub(super) fn put_value_length(out: &mut Vec<u8>, length: usize) -> Result<()> {
    match u8::try_from(length) {
        Ok(short @ 0..=0x1E) => out.push(short),
        _ => {
            out.push(0x1F);
            put_length(out, length)?;
        }
    }
    Ok(())
}

/// Writes an integer in its shortest form.
pub(super) fn put_integer(out: &mut Vec<u8>, value: u32) {
    match Value::of_integer(&value.to_be_bytes()) {
        Value::Short(short) => out.push(short | 0x80),
        Value::Octets(octets) => {
            // one to four of them
            out.push(u8::try_from(octets.len()).unwrap_or_default());
            out.extend_from_slice(octets);
        }
        Value::Text(_) => {}
    }
}

/// Writes a text and its NUL, quoted where its first octet could be taken for something else (8.4.2.1).
pub(super) fn put_text(out: &mut Vec<u8>, text: &str) -> Result<()> {
    if text.contains('\0') {
        return Err(ErrorKind::NotText.at(0));
    }
    match text.as_bytes() {
        // a NUL alone would be no value at all
        [] => out.push(b'"'),
        [b' '..=b'~', ..] if !text.starts_with('"') => {}
        _ => out.push(0x7F),
    }
    out.extend_from_slice(text.as_bytes());
    out.push(0);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;
    use alloc::vec;
    use proptest::prelude::*;

    fn read<'a, T>(
        octets: &'a [u8],
        read: impl FnOnce(&mut Octets<'a>) -> Result<T>,
    ) -> Result<(T, usize), (ErrorKind, usize)> {
        let mut octets = Octets::new(octets, 0);
        let value = read(&mut octets).map_err(|error| (error.kind(), error.offset()))?;
        Ok((value, octets.offset()))
    }

    /// WAP-230-WSP, 8.1.2.
    #[test]
    fn uintvar_8_1_2() {
        assert_eq!(read(&[0x87, 0xA5], Octets::uintvar), Err((ErrorKind::UnexpectedEnd, 0)));
        assert_eq!(read(&[0x87, 0x25], Octets::uintvar), Ok((0x3A5, 2)));
        assert_eq!(read(&[0x8F, 0xFF, 0xFF, 0xFF, 0x7F], Octets::uintvar), Ok((u32::MAX, 5)));
        assert_eq!(read(&[0x90, 0x80, 0x80, 0x80, 0x00], Octets::uintvar), Err((ErrorKind::UintvarOverflow, 0)));
        assert_eq!(read(&[0x80; 6], Octets::uintvar), Err((ErrorKind::UintvarOverflow, 0)));
    }

    /// WAP-230-WSP, 8.4.1.2: the first octet of a value says what it is.
    #[test]
    fn value_8_4_1_2() {
        type Row<'a> = (&'a [u8], Result<(Value<'a>, usize), (ErrorKind, usize)>);
        let rows: &[Row<'_>] = &[
            (&[0x81, 0xFF], Ok((Value::Short(1), 1))),
            (b"abc\0d", Ok((Value::Text("abc"), 4))),
            (b"\"abc\0", Ok((Value::Text("abc"), 5))),
            (b"\x7F\xC3\xA4\0", Ok((Value::Text("ä"), 4))),
            (b"abc", Err((ErrorKind::UnterminatedText, 0))),
            (b"a\xFF\0", Err((ErrorKind::NotText, 0))),
            (&[0x02, 0x03, 0x10, 0x99], Ok((Value::Octets(&[0x03, 0x10]), 3))),
            (&[0x02, 0x03], Err((ErrorKind::ValueLength, 0))),
            (&[0x1F, 0x01, 0x10], Ok((Value::Octets(&[0x10]), 3))),
            (&[0x1F, 0x8F, 0xFF, 0xFF, 0xFF, 0x7F, 0], Err((ErrorKind::ValueLength, 0))),
            (&[0x1F, 0x02, 0x10], Err((ErrorKind::ValueLength, 0))),
            (&[0x1F], Err((ErrorKind::UnexpectedEnd, 1))),
            (&[0x00], Ok((Value::Octets(&[]), 1))),
            (&[], Err((ErrorKind::UnexpectedEnd, 0))),
        ];
        for (octets, expected) in rows {
            assert_eq!(read(octets, Octets::value), *expected, "{octets:02X?}");
        }
    }

    /// WAP-230-WSP, 8.4.2.1.
    #[test]
    fn integer_8_4_2_1() {
        let integer = |octets| read(octets, |octets| Ok(octets.value()?.as_integer())).unwrap();
        assert_eq!(integer(&[0x80]), (Some(0), 1));
        assert_eq!(integer(&[0x02, 0x03, 0x10]), (Some(0x310), 3));
        assert_eq!(integer(&[0x05, 0, 0, 0, 0, 7]), (Some(7), 6));
        assert_eq!(integer(&[0x05, 1, 0, 0, 0, 7]), (None, 6));
        assert_eq!(integer(&[0x00]), (None, 1));
        assert_eq!(integer(b"12\0"), (None, 3));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(number: u32, text in "[\\x01-\\x7f\u{80}-\u{300}]{0,40}") {
            let mut out = vec![];
            put_integer(&mut out, number);
            prop_assert_eq!(read(&out, |octets| Ok(octets.value()?.as_integer())), Ok((Some(number), out.len())));
            out.clear();
            put_uintvar(&mut out, number);
            prop_assert_eq!(read(&out, Octets::uintvar), Ok((number, out.len())));
            out.clear();
            put_text(&mut out, &text).unwrap();
            prop_assert_eq!(read(&out, |octets| octets.text().map(String::from)), Ok((text, out.len())));
        }
    }
}
