//! Writing WBXML: events or typed values into any sink.

use crate::Charset;
use crate::emit::Emit;
use crate::event::{Event, Start};
use crate::header::{PublicId, Version};
use crate::mb_u_int32::Encoded;
use crate::scan;
use crate::sink::{Sink, WriteError};
use crate::text::{Form, PlainText};
use crate::token::{AttrStart, Tag, global};
use crate::vocabulary::Vocabulary;

/// Writes WBXML: event by event with [`event`](Self::event), or as an [`Emit`].
///
/// Code pages are switched where a token needs it and nowhere else. Strings are written inline.
///
/// ```
/// use wbxml::{Event, Options, Reader, Writer};
///
/// // an overlong public identifier aside, a document's events are the document
/// let document = b"\x03\x0B\x6A\x05NAP1\0\x45\x87\x11\x06\x83\x00\x01\x01";
/// let mut reader = Reader::new(document, Options::new())?;
/// let mut copy = [0; 32];
/// let mut writer = Writer::with_header(&mut copy[..], reader.header())?;
/// loop {
///     match reader.next_event()? {
///         Event::Eof => break,
///         event => writer.event(&event)?,
///     }
/// }
/// let left = writer.into_sink().len();
/// assert_eq!(copy[..32 - left], *document);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Writer<'v, S> {
    sink: S,
    vocabulary: &'v Vocabulary<'v>,
    /// Names in the string table, in ascending order, and where they stand in it.
    names: &'v [(&'v str, u32)],
    /// The octets of a string's terminator.
    unit: usize,
    tag_page: u8,
    attribute_page: u8,
    in_attributes: bool,
}

impl<'v, S: Sink> Writer<'v, S> {
    /// Writes the header of a WBXML 1.3 document in UTF-8 without string table, but for the formal public identifier
    /// where the vocabulary has no registered one.
    ///
    /// # Errors
    /// [`WriteError::Full`]
    pub fn new(sink: S, vocabulary: &'v Vocabulary<'v>) -> Result<Self, WriteError> {
        Self::with_names(sink, vocabulary, &[])
    }

    /// The same with a string table of `names`, which can then be written though they are no token of the vocabulary.
    ///
    /// The names ascend, and each has the index at which it stands when the ones before it are written with a
    /// terminator each.
    ///
    /// ```
    /// use wbxml::{Emit, Start, Tag, Writer, vocabulary::prov::PROV_1_0};
    ///
    /// let mut octets = [0; 26];
    /// let mut writer = Writer::with_names(&mut octets[..], &PROV_1_0, &[("colour", 0), ("size", 7)])?;
    /// writer.start_named("size", Start::new(Tag::LITERAL).with_attributes().without_content())?;
    /// writer.attribute("colour", "red")?;
    /// writer.attributes_end()?;
    /// assert_eq!(octets, *b"\x03\x0B\x6A\x0Ccolour\0size\0\x84\x07\x04\x00\x03red\0\x01");
    /// # Ok::<(), wbxml::WriteError>(())
    /// ```
    ///
    /// # Errors
    /// [`WriteError::Full`]; [`WriteError::Misplaced`] if the names are not in this order or at these indexes,
    /// [`WriteError::Nul`] if one holds a NUL, [`WriteError::TooLong`] if they take more than 2³²−1 octets.
    pub fn with_names(
        sink: S,
        vocabulary: &'v Vocabulary<'v>,
        names: &'v [(&'v str, u32)],
    ) -> Result<Self, WriteError> {
        let mut writer =
            Self { sink, vocabulary, names, unit: 1, tag_page: 0, attribute_page: 0, in_attributes: false };
        let mut length = 0_u32;
        let mut last = None;
        for (name, index) in names.iter().copied() {
            if index != length || last >= Some(name) {
                return Err(WriteError::Misplaced);
            }
            if name.contains('\0') {
                return Err(WriteError::Nul);
            }
            last = Some(name);
            length = u32::try_from(name.len())
                .ok()
                .and_then(|octets| length.checked_add(octets)?.checked_add(1))
                .ok_or(WriteError::TooLong)?;
        }
        let formal = if vocabulary.public_id == 1 { vocabulary.formal_public_id } else { "" };
        let public_id =
            if formal.is_empty() { PublicId::Number(vocabulary.public_id) } else { PublicId::Index(length) };
        let formal_length = if formal.is_empty() { 0 } else { formal.len().saturating_add(1) };
        let table_length = usize::try_from(length).unwrap_or(usize::MAX).saturating_add(formal_length);
        writer.header(Version::V1_3, public_id, Charset::UTF_8, table_length)?;
        for name in names.iter().map(|(name, _)| *name).chain((!formal.is_empty()).then_some(formal)) {
            writer.sink.put(name.as_bytes())?;
            writer.sink.put(&[0])?;
        }
        Ok(writer)
    }

    /// Writes this header, string table included: what a copy of a document begins with.
    ///
    /// # Errors
    /// [`WriteError::Full`]
    pub fn with_header(sink: S, header: &crate::Header<'_>) -> Result<Self, WriteError> {
        let unit = header.charset.unit();
        let vocabulary = &Vocabulary::EMPTY;
        let mut writer =
            Self { sink, vocabulary, names: &[], unit, tag_page: 0, attribute_page: 0, in_attributes: false };
        let table = header.string_table.octets();
        writer.header(header.version, header.public_id, header.charset, table.len())?;
        writer.sink.put(table)?;
        Ok(writer)
    }

    /// The sink, with all that was written.
    pub fn into_sink(self) -> S {
        self.sink
    }

    /// Writes what precedes the string table.
    fn header(
        &mut self,
        version: Version,
        public_id: PublicId,
        charset: Charset,
        table_length: usize,
    ) -> Result<(), WriteError> {
        self.sink.put(&[version.octet()])?;
        match public_id {
            PublicId::Number(number) => self.integer(number)?,
            PublicId::Index(index) => {
                self.sink.put(&[0])?;
                self.integer(index)?;
            }
        }
        if version != Version::V1_0 {
            self.integer(u32::from(charset.mib_enum()))?;
        }
        self.length(table_length)
    }

    /// Writes the token of an event; [`Event::Eof`] is nothing.
    ///
    /// # Errors
    /// [`WriteError::Full`], [`WriteError::TooLong`], [`WriteError::Nul`]
    pub fn event(&mut self, event: &Event<'_>) -> Result<(), WriteError> {
        match *event {
            Event::Eof => Ok(()),
            Event::SwitchPage(page) => {
                let current = if self.in_attributes { &mut self.attribute_page } else { &mut self.tag_page };
                *current = page;
                self.sink.put(&[global::SWITCH_PAGE, page])
            }
            Event::Start(start) => self.start(start),
            Event::AttributeStart(start) if start.token == AttrStart::LITERAL => {
                self.sink.put(&[global::LITERAL])?;
                self.integer(start.literal)
            }
            Event::AttributeStart(start) => self.attribute_token(start.token.page(), start.token.code()),
            Event::AttributeValue(value) => self.attribute_token(value.page(), value.code()),
            Event::AttributesEnd => self.attributes_end(),
            Event::End => self.end(),
            Event::Text(text) => self.plain(text),
            Event::Entity(character) => {
                self.sink.put(&[global::ENTITY])?;
                self.integer(u32::from(character))
            }
            Event::Opaque(octets) => self.opaque(octets),
            Event::ExtI(number, octets) => self.string(global::EXT_I_0.saturating_add(number & 3), octets),
            Event::ExtT(number, value) => {
                self.sink.put(&[global::EXT_T_0.saturating_add(number & 3)])?;
                self.integer(value)
            }
            Event::Ext(number) => self.sink.put(&[global::EXT_0.saturating_add(number & 3)]),
            Event::Pi => {
                self.in_attributes = true;
                self.sink.put(&[global::PI])
            }
        }
    }

    fn plain(&mut self, text: PlainText<'_>) -> Result<(), WriteError> {
        match (text.form(), text.index()) {
            (_, Some(index)) => {
                self.sink.put(&[global::STR_T])?;
                self.integer(index)
            }
            (Form::Opaque, _) => self.opaque(text.octets()),
            _ => self.string(global::STR_I, text.octets()),
        }
    }

    fn string(&mut self, token: u8, octets: &[u8]) -> Result<(), WriteError> {
        if scan::terminated(octets, self.unit, 0).is_some() {
            return Err(WriteError::Nul);
        }
        self.sink.put(&[token])?;
        self.sink.put(octets)?;
        self.sink.put([0; 4].get(..self.unit).unwrap_or_default())
    }

    fn integer(&mut self, value: u32) -> Result<(), WriteError> {
        self.sink.put(Encoded::new(value).as_slice())
    }

    fn length(&mut self, length: usize) -> Result<(), WriteError> {
        self.integer(u32::try_from(length).map_err(|_| WriteError::TooLong)?)
    }

    fn attribute_token(&mut self, page: u8, code: u8) -> Result<(), WriteError> {
        if page != self.attribute_page {
            self.sink.put(&[global::SWITCH_PAGE, page])?;
            self.attribute_page = page;
        }
        self.sink.put(&[code])
    }

    /// Writes what of an attribute's value its start does not stand for.
    fn attribute_text(&mut self, text: &str) -> Result<(), WriteError> {
        match self.vocabulary.attribute_value_in_page(self.attribute_page, text) {
            Some(token) => self.attribute_token(token.page(), token.code()),
            None => self.string(global::STR_I, text.as_bytes()),
        }
    }

    /// Where the string table has a name.
    fn index_of(&self, name: &str) -> Result<u32, WriteError> {
        let at = self.names.binary_search_by_key(&name, |(name, _)| *name);
        at.ok().and_then(|at| self.names.get(at)).map(|(_, index)| *index).ok_or(WriteError::UnknownName)
    }
}

impl<S: Sink> Emit for Writer<'_, S> {
    fn start(&mut self, start: Start) -> Result<(), WriteError> {
        let flags = start.flags();
        if start.tag == Tag::LITERAL {
            self.in_attributes = start.has_attributes();
            self.sink.put(&[global::LITERAL | flags])?;
            return self.integer(start.literal);
        }
        if start.tag.page() != self.tag_page {
            self.sink.put(&[global::SWITCH_PAGE, start.tag.page()])?;
            self.tag_page = start.tag.page();
        }
        self.in_attributes = start.has_attributes();
        self.sink.put(&[start.tag.code() | flags])
    }

    fn start_named(&mut self, name: &str, mut start: Start) -> Result<(), WriteError> {
        let tag = self.vocabulary.tag_in_page(self.tag_page, name).or_else(|| self.vocabulary.tag(name));
        if tag.is_none() {
            start.literal = self.index_of(name)?;
        }
        start.tag = tag.unwrap_or(Tag::LITERAL);
        Emit::start(self, start)
    }

    fn pi(&mut self, target: &str, data: &str) -> Result<(), WriteError> {
        self.sink.put(&[global::PI])?;
        self.attribute(target, data)?;
        self.attributes_end()
    }

    fn attribute(&mut self, name: &str, value: &str) -> Result<(), WriteError> {
        let Some((start, prefix)) = self.vocabulary.attribute_start(name, value, self.attribute_page) else {
            let index = self.index_of(name)?;
            self.sink.put(&[global::LITERAL])?;
            self.integer(index)?;
            return self.attribute_text(value);
        };
        self.attribute_token(start.page(), start.code())?;
        match value.get(prefix.len()..).unwrap_or_default() {
            "" if !prefix.is_empty() => Ok(()),
            rest => self.attribute_text(rest),
        }
    }

    fn unnamed_attribute(&mut self, token: AttrStart, value: &str) -> Result<(), WriteError> {
        self.attribute_token(token.page(), token.code())?;
        if value.is_empty() { Ok(()) } else { self.attribute_text(value) }
    }

    fn attributes_end(&mut self) -> Result<(), WriteError> {
        self.in_attributes = false;
        self.sink.put(&[global::END])
    }

    fn text(&mut self, text: &str) -> Result<(), WriteError> {
        self.string(global::STR_I, text.as_bytes())
    }

    fn opaque(&mut self, octets: &[u8]) -> Result<(), WriteError> {
        self.sink.put(&[global::OPAQUE])?;
        self.length(octets.len())?;
        self.sink.put(octets)
    }

    fn end(&mut self) -> Result<(), WriteError> {
        self.sink.put(&[global::END])
    }
}
