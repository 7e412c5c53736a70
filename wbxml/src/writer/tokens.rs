//! The lowest floor of writing: global tokens and their arguments, code pages, strings in a charset.

use crate::Charset;
use crate::charset::encode::Encoding;
use crate::header::{Header, PublicId, Version};
use crate::mb_u_int32::{Encoded, MAX_LEN};
use crate::scan;
use crate::sink::{Sink, WriteError};
use crate::token::{HAS_CONTENT, Tag, global};

use super::leaf;

/// Where a writer stands in a document: all that decides how the next token is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Position {
    pub(crate) version: Version,
    pub(crate) charset: Charset,
    pub(crate) tag_page: u8,
    pub(crate) attribute_page: u8,
    pub(crate) in_attributes: bool,
}

impl Position {
    /// The start of a body: both code pages are 0 (WAP-192, 5.8.1).
    pub(crate) const fn start(version: Version, charset: Charset) -> Self {
        Self { version, charset, tag_page: 0, attribute_page: 0, in_attributes: false }
    }

    /// How text is written here.
    pub(crate) fn encoding(&self) -> Result<Encoding, WriteError> {
        Encoding::of(self.charset).ok_or(WriteError::Charset(self.charset))
    }
}

/// Tokens on their way into a sink.
#[derive(Clone, Debug)]
pub(crate) struct Tokens<S> {
    pub(crate) sink: S,
    pub(crate) at: Position,
}

impl<S: Sink> Tokens<S> {
    /// Writes what precedes the octets of the string table (5.4 to 5.7).
    pub(crate) fn header(&mut self, public_id: PublicId, table_length: usize) -> Result<(), WriteError> {
        self.sink.put(&[self.at.version.octet()])?;
        match public_id {
            PublicId::Number(number) => self.integer(number)?,
            PublicId::Index(index) => {
                self.sink.put(&[0])?;
                self.integer(index)?;
            }
        }
        if self.at.version != Version::V1_0 {
            self.integer(u32::from(self.at.charset.mib_enum()))?;
        }
        self.length(table_length)
    }

    /// Writes a header as it was read, up to the end of its string table.
    pub(crate) fn copy_header(&mut self, header: &Header<'_>) -> Result<(), WriteError> {
        let (table, widths) = (header.string_table.octets(), header.widths);
        let table_length = u32::try_from(table.len()).map_err(|_| WriteError::TooLong)?;
        self.sink.put(&[header.version.octet()])?;
        match header.public_id {
            PublicId::Number(number) => self.integer_of_width(number, widths.public_id)?,
            PublicId::Index(index) => {
                self.integer_of_width(0, widths.public_id)?;
                self.integer_of_width(index, widths.index)?;
            }
        }
        if header.has_charset_field() {
            self.integer_of_width(u32::from(header.charset.mib_enum()), widths.charset)?;
        }
        self.integer_of_width(table_length, widths.table)?;
        self.sink.put(table)
    }

    /// Writes an integer in `width` octets, or in as few as it takes where these are not enough: the field was set since.
    fn integer_of_width(&mut self, value: u32, width: u8) -> Result<(), WriteError> {
        let width = usize::from(width).min(MAX_LEN);
        self.sink.put(Encoded::of_len(value, width).unwrap_or(Encoded::new(value)).as_slice())
    }

    #[inline]
    pub(crate) fn token(&mut self, token: u8) -> Result<(), WriteError> {
        self.sink.put(&[token])
    }

    /// A token and its integer: `ENTITY`, `STR_T`, `EXT_T_n`, `LITERAL` and its like, `OPAQUE` and its length.
    #[inline(always)]
    pub(crate) fn numbered(&mut self, token: u8, number: u32) -> Result<(), WriteError> {
        match number {
            0..=0x7F => self.sink.put(&[token, (number & 0x7F) as u8]),
            0x80..=0x3FFF => self.sink.put(&[token, (number >> 7 & 0x7F) as u8 | 0x80, (number & 0x7F) as u8]),
            _ => self.large_numbered(token, number),
        }
    }

    #[cold]
    #[inline(never)]
    fn large_numbered(&mut self, token: u8, number: u32) -> Result<(), WriteError> {
        self.sink.put(&[token])?;
        self.integer(number)
    }

    pub(crate) fn integer(&mut self, value: u32) -> Result<(), WriteError> {
        self.sink.put(Encoded::new(value).as_slice())
    }

    fn length(&mut self, length: usize) -> Result<(), WriteError> {
        self.integer(u32::try_from(length).map_err(|_| WriteError::TooLong)?)
    }

    /// `SWITCH_PAGE`, of the state that the writer is in.
    pub(crate) fn switch_page(&mut self, page: u8) -> Result<(), WriteError> {
        let current = if self.at.in_attributes { &mut self.at.attribute_page } else { &mut self.at.tag_page };
        *current = page;
        self.sink.put(&[global::SWITCH_PAGE, page])
    }

    /// A tag with its flags, behind a switch of the page where it needs one.
    #[inline]
    pub(crate) fn tag(&mut self, page: u8, octet: u8) -> Result<(), WriteError> {
        if page == self.at.tag_page {
            return self.token(octet);
        }
        self.sink.put(&[global::SWITCH_PAGE, page, octet])?;
        self.at.tag_page = page;
        Ok(())
    }

    /// An attribute start or value, behind a switch of the page where it needs one.
    #[inline]
    pub(crate) fn attribute(&mut self, page: u8, code: u8) -> Result<(), WriteError> {
        if page == self.at.attribute_page {
            return self.token(code);
        }
        self.sink.put(&[global::SWITCH_PAGE, page, code])?;
        self.at.attribute_page = page;
        Ok(())
    }

    /// An element without attributes that holds `octets`, whose tag is not literal, if the sink lends room for it; gives
    /// whether it has been written.
    #[inline(always)]
    pub(crate) fn short_leaf(&mut self, tag: Tag, octets: &[u8]) -> bool {
        if self.at.charset != Charset::UTF_8 {
            return false;
        }
        let Some(room) = self.sink.lend() else { return false };
        let page = if tag.page() == self.at.tag_page { None } else { Some(tag.page()) };
        let Some(length) = leaf::write(room, page, tag.code() | HAS_CONTENT, octets) else { return false };
        self.sink.keep(length);
        self.at.tag_page = tag.page();
        self.at.in_attributes = false;
        true
    }

    /// An element without attributes that holds `octets`, which are UTF-8, or nothing; gives whether it has been written:
    /// it is if they are ASCII without NUL, and the charset contains ASCII.
    #[inline(always)]
    pub(crate) fn plain_leaf(&mut self, tag: Tag, octets: &[u8]) -> Result<bool, WriteError> {
        if tag == Tag::LITERAL || !self.at.charset.is_utf8() || !scan::is_plain(octets) {
            return Ok(false);
        }
        self.at.in_attributes = false;
        if tag.page() != self.at.tag_page {
            self.switch_page(tag.page())?;
        }
        let tag = tag.code() | HAS_CONTENT;
        match *octets {
            [a] => self.sink.put(&[tag, global::STR_I, a, 0, global::END]),
            [a, b] => self.sink.put(&[tag, global::STR_I, a, b, 0, global::END]),
            [a, b, c] => self.sink.put(&[tag, global::STR_I, a, b, c, 0, global::END]),
            [] => self.sink.put(&[tag & !HAS_CONTENT]),
            _ => self.sink.put_framed(&[tag, global::STR_I], octets, &[0, global::END]),
        }?;
        Ok(true)
    }

    // ADVICE: half of the strings of a message have three octets or fewer: numbers, `int`, `chr`. Those are one `put` of
    // a length that is known when this is compiled, a few stores and no call; inlined by force, since LLVM stops doing so.
    /// `STR_I` or `EXT_I_n` with octets as they are.
    #[inline(always)]
    pub(crate) fn string(&mut self, token: u8, octets: &[u8]) -> Result<(), WriteError> {
        match *octets {
            [a] if self.is_plain([a]) => self.sink.put(&[token, a, 0]),
            [a, b] if self.is_plain([a, b]) => self.sink.put(&[token, a, b, 0]),
            [a, b, c] if self.is_plain([a, b, c]) => self.sink.put(&[token, a, b, c, 0]),
            _ => self.long_string(token, octets),
        }
    }

    /// Whether octets are the same in the document's charset, where none of them ends a string.
    #[inline(always)]
    fn is_plain<const N: usize>(&self, octets: [u8; N]) -> bool {
        self.at.charset.is_utf8() && octets.into_iter().all(scan::is_plain_octet)
    }

    #[inline(never)]
    fn long_string(&mut self, token: u8, octets: &[u8]) -> Result<(), WriteError> {
        if !self.at.charset.is_utf8() || !scan::is_plain(octets) {
            return self.unusual_string(token, octets);
        }
        self.sink.put_framed(&[token], octets, &[0])
    }

    /// The same where the string may hold a terminator, or a terminator is more than an octet.
    #[cold]
    #[inline(never)]
    fn unusual_string(&mut self, token: u8, octets: &[u8]) -> Result<(), WriteError> {
        let unit = self.at.charset.unit();
        if scan::terminated(octets, unit, 0).is_some() {
            return Err(WriteError::Nul);
        }
        self.sink.put(&[token])?;
        self.sink.put(octets)?;
        self.terminator(unit)
    }

    fn terminator(&mut self, unit: usize) -> Result<(), WriteError> {
        self.sink.put([0; 4].get(..unit).unwrap_or_default())
    }

    /// Text as `STR_I`; nothing where it is empty, and as `ENTITY` where the charset has no such character.
    #[inline]
    pub(crate) fn text(&mut self, text: &str) -> Result<(), WriteError> {
        let octets = text.as_bytes();
        match self.at.charset.is_utf8() && !octets.is_empty() && scan::is_plain(octets) {
            true => self.sink.put_framed(&[global::STR_I], octets, &[0]),
            false => self.encoded_text(text),
        }
    }

    #[inline(never)]
    fn encoded_text(&mut self, text: &str) -> Result<(), WriteError> {
        let encoding = self.at.encoding()?;
        let mut rest = text;
        while !rest.is_empty() {
            let (run, strange, behind) = encoding.split(rest);
            if !run.is_empty() {
                self.inline(run)?;
            }
            if let Some(character) = strange {
                self.entity(character)?;
            }
            rest = behind;
        }
        Ok(())
    }

    fn inline(&mut self, run: &str) -> Result<(), WriteError> {
        if run.contains('\0') {
            return Err(WriteError::Nul);
        }
        self.sink.put(&[global::STR_I])?;
        self.terminated(run)
    }

    /// The octets of `text`, which holds no NUL, with a terminator, as they stand behind `STR_I` and in a string table.
    #[inline]
    pub(crate) fn terminated(&mut self, text: &str) -> Result<(), WriteError> {
        match self.at.charset.is_any_utf8() {
            true => self.sink.put_framed(&[], text.as_bytes(), &[0]),
            false => self.encoded_and_terminated(text),
        }
    }

    #[inline(never)]
    fn encoded_and_terminated(&mut self, text: &str) -> Result<(), WriteError> {
        let encoding = self.at.encoding()?;
        if encoding.is_verbatim(text) {
            self.sink.put(text.as_bytes())?;
        } else {
            for character in text.chars() {
                let octets = encoding.encode(character).ok_or(WriteError::NotInCharset(character))?;
                self.sink.put(octets.as_slice())?;
            }
        }
        self.terminator(encoding.unit())
    }

    pub(crate) fn entity(&mut self, character: char) -> Result<(), WriteError> {
        self.numbered(global::ENTITY, u32::from(character))
    }

    pub(crate) fn opaque(&mut self, octets: &[u8]) -> Result<(), WriteError> {
        self.numbered(global::OPAQUE, u32::try_from(octets.len()).map_err(|_| WriteError::TooLong)?)?;
        self.sink.put(octets)
    }
}
