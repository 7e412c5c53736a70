//! Writing WBXML: events or typed values into any sink.

pub(crate) mod cover;
mod event;
mod gathered;
mod leaf;
pub(crate) mod tokens;

use crate::Charset;
use crate::emit::{Emit, Encode};
use crate::event::{Event, Start};
use crate::header::{PublicId, Version};
use crate::scan;
use crate::sink::{Sink, WriteError};
use crate::text::TextFault;
#[cfg(feature = "alloc")]
use crate::text::{Repr, Text};
use crate::token::{AttrStart, AttrValue, Tag, global};
use crate::vocabulary::Vocabulary;
use cover::Piece;
use gathered::Gathered;
use tokens::{Position, Tokens};

/// Writes WBXML: event by event with [`event`](Self::event), or as an [`Emit`].
///
/// Code pages are switched where a token needs it and nowhere else. Strings are written inline, in one pass and without
/// allocation; [`Encoder`](crate::Encoder) sees all of a value first, and shares its strings. What the charset does not have becomes
/// `ENTITY`.
///
/// ```
/// use wbxml::{Event, Options, Reader, Writer};
///
/// // a document's events are the document
/// let document = b"\x03\x0B\x6A\x05NAP1\0\x45\x87\x11\x06\x83\x00\x01\x01";
/// let mut reader = Reader::new(document, Options::new())?;
/// let mut copy = [0; 32];
/// let mut writer = Writer::with_header(&mut copy[..], reader.header())?;
/// loop {
///     match reader.next_event()? {
///         Event::Eof => break,
///         // an integer may take more octets than it needs: the span of its event tells
///         event => writer.event_of_len(&event, reader.span().len())?,
///     }
/// }
/// let left = writer.into_sink().len();
/// assert_eq!(copy[..32 - left], *document);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Writer<'v, S> {
    pub(crate) tokens: Tokens<S>,
    pub(crate) vocabulary: &'v Vocabulary<'v>,
    /// Names in the string table, in ascending order, and where they stand in it.
    names: &'v [(&'v str, u32)],
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
        let mut length = 0_u32;
        let mut last = None;
        for (name, index) in names.iter().copied() {
            if index != length || last >= Some(name) {
                return Err(WriteError::Misplaced);
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
        let table = names.iter().map(|(name, _)| *name).chain((!formal.is_empty()).then_some(formal));
        Self::begin(sink, vocabulary, Position::start(Version::V1_3, Charset::UTF_8), public_id, table, names)
    }

    /// Writes a header with a table of these strings, in their order and with a terminator each.
    pub(crate) fn begin<'t>(
        sink: S,
        vocabulary: &'v Vocabulary<'v>,
        at: Position,
        public_id: PublicId,
        table: impl Iterator<Item = &'t str> + Clone,
        names: &'v [(&'v str, u32)],
    ) -> Result<Self, WriteError> {
        let encoding = at.encoding()?;
        let mut writer = Self::resume(sink, vocabulary, at, names);
        let lengths = table.clone().map(|string| encoding.len(string).saturating_add(encoding.unit()));
        // all that can be wrong with a string is found before anything is written
        for string in table.clone().filter(|string| !scan::is_plain(string.as_bytes())) {
            match encoding.split(string).1 {
                _ if string.contains('\0') => return Err(WriteError::Nul),
                Some(character) => return Err(WriteError::NotInCharset(character)),
                None => {}
            }
        }
        writer.tokens.header(public_id, lengths.fold(0, usize::saturating_add))?;
        for string in table {
            writer.tokens.terminated(string)?;
        }
        Ok(writer)
    }

    /// A writer in the middle of a document, whose header is written: nothing is written until it is told to. `names`
    /// ascend; they are those that the document's string table has, with their indexes.
    pub(crate) const fn resume(
        sink: S,
        vocabulary: &'v Vocabulary<'v>,
        at: Position,
        names: &'v [(&'v str, u32)],
    ) -> Self {
        Self { tokens: Tokens { sink, at }, vocabulary, names }
    }

    /// Writes this header, string table included, each integer in as many octets as it was read from: what a copy of a
    /// document begins with.
    ///
    /// # Errors
    /// [`WriteError::Full`]
    pub fn with_header(sink: S, header: &crate::Header<'_>) -> Result<Self, WriteError> {
        let mut writer = Self::resume(sink, &Vocabulary::EMPTY, Position::start(header.version, header.charset), &[]);
        writer.tokens.copy_header(header)?;
        // where the header names no charset, the strings are in the one that they were read in
        writer.tokens.at.charset = header.string_table.charset();
        Ok(writer)
    }

    /// The sink, with what was written by now.
    pub const fn sink(&self) -> &S {
        &self.tokens.sink
    }

    /// The sink, with all that was written.
    pub fn into_sink(self) -> S {
        self.tokens.sink
    }

    /// The tag of a name, if it is one of the vocabulary's; the current code page before others.
    pub(crate) fn tag_of(&self, name: &str) -> Option<Tag> {
        self.vocabulary.tag_in_page(self.tokens.at.tag_page, name).or_else(|| self.vocabulary.tag(name))
    }

    /// The start of an attribute, if it is one of the vocabulary's, and what of its value it does not stand for.
    pub(crate) fn attribute_of<'t>(&self, name: &str, value: &'t str) -> Option<(AttrStart, &'t str)> {
        let (start, prefix) = self.vocabulary.attribute_start(name, value, self.tokens.at.attribute_page)?;
        Some((start, value.get(prefix.len()..).unwrap_or_default()))
    }

    /// Writes what of an attribute's value its start does not stand for.
    pub(crate) fn attribute_rest(&mut self, rest: &str) -> Result<(), WriteError> {
        let encoding = self.tokens.at.encoding()?;
        let page = self.tokens.at.attribute_page;
        cover::cover(self.vocabulary, encoding, page, rest, |piece| match piece {
            Piece::Text(text) => self.tokens.text(text),
            Piece::Token(token, string) => self.value_token(token, string),
        })
    }

    /// Writes a value token, or the one of the same string on the current code page.
    pub(crate) fn value_token(&mut self, token: AttrValue, string: &str) -> Result<(), WriteError> {
        let current = self.tokens.at.attribute_page;
        let token = match token.page() == current {
            true => token,
            false => self.vocabulary.attribute_value_in_page(current, string).unwrap_or(token),
        };
        self.tokens.attribute(token.page(), token.code())
    }

    /// Octets as text: where the version has no `OPAQUE` (1.0, and 1.1 in values), and where a value would be read in
    /// another charset than the one it is given in.
    pub(crate) fn opaque_as_text<'t>(&self, octets: &'t [u8]) -> Result<Option<&'t str>, WriteError> {
        let at = &self.tokens.at;
        let (first, is_charset) =
            if at.in_attributes { (Version::V1_2, at.charset.is_utf8()) } else { (Version::V1_1, true) };
        let has_opaque = at.version >= first;
        if has_opaque && is_charset {
            return Ok(None);
        }
        match core::str::from_utf8(octets) {
            Ok(text) if !text.contains('\0') => Ok(Some(text)),
            _ if has_opaque => Ok(None),
            _ => Err(WriteError::NoOpaque),
        }
    }

    // ADVICE: a function that gives a `bool` and calls no other keeps nothing on the stack. Texts of a string table are not
    // asked for here: what is written has hardly any, and each question is asked of all.
    /// A leaf whose text is short, if the sink lends room for it; gives whether it has been written.
    #[cfg(feature = "alloc")]
    #[inline(never)]
    fn short_text(&mut self, tag: Tag, text: &Text<'_>) -> bool {
        if let Repr::Str(known) = text.0 { self.tokens.short_leaf(tag, known.as_bytes()) } else { false }
    }

    /// A leaf, whatever its text.
    #[cfg(feature = "alloc")]
    #[inline(never)]
    fn long_text(&mut self, tag: Tag, text: &Text<'_>) -> Result<(), WriteError> {
        match text.as_known() {
            Some(known) => self.long_leaf(tag, known),
            None => self.unknown_leaf(tag, text),
        }
    }

    /// A leaf where the sink lends no room, or not enough.
    #[inline(never)]
    fn long_leaf(&mut self, tag: Tag, text: &str) -> Result<(), WriteError> {
        if self.tokens.plain_leaf(tag, text.as_bytes())? { Ok(()) } else { self.any_leaf(tag, text) }
    }

    /// A leaf, whatever its text.
    #[cold]
    #[inline(never)]
    fn any_leaf(&mut self, tag: Tag, text: &str) -> Result<(), WriteError> {
        if text.is_empty() {
            return self.start(Start::new(tag).without_content());
        }
        self.start(Start::new(tag))?;
        self.text(text)?;
        self.end()
    }

    /// A leaf whose text is not known to be UTF-8.
    #[cfg(feature = "alloc")]
    #[cold]
    #[inline(never)]
    fn unknown_leaf(&mut self, tag: Tag, text: &Text<'_>) -> Result<(), WriteError> {
        self.leaf(tag, &text.to_cow()?)
    }

    /// The start of an element whose name is in the string table: the four literal tags are in the token tables of all
    /// versions (7.1).
    #[cold]
    #[inline(never)]
    fn literal_start(&mut self, start: Start) -> Result<(), WriteError> {
        self.tokens.numbered(global::LITERAL | start.flags(), start.literal)
    }

    /// Where the string table has a name.
    pub(crate) fn index_of(&self, name: &str) -> Result<u32, WriteError> {
        let at = self.names.binary_search_by_key(&name, |(name, _)| *name);
        at.ok().and_then(|at| self.names.get(at)).map(|(_, index)| *index).ok_or(WriteError::UnknownName)
    }
}

impl<S: Sink> Emit for Writer<'_, S> {
    #[inline]
    fn start(&mut self, start: Start) -> Result<(), WriteError> {
        let flags = start.flags();
        self.tokens.at.in_attributes = start.has_attributes();
        if start.tag == Tag::LITERAL {
            return self.literal_start(start);
        }
        self.tokens.tag(start.tag.page(), start.tag.code() | flags)
    }

    fn start_named(&mut self, name: &str, mut start: Start) -> Result<(), WriteError> {
        let tag = self.tag_of(name);
        if tag.is_none() {
            start.literal = self.index_of(name)?;
        }
        start.tag = tag.unwrap_or(Tag::LITERAL);
        Emit::start(self, start)
    }

    fn pi(&mut self, target: &str, data: &str) -> Result<(), WriteError> {
        self.tokens.token(global::PI)?;
        self.attribute(target, data)?;
        self.attributes_end()
    }

    fn attribute(&mut self, name: &str, value: &str) -> Result<(), WriteError> {
        let rest = match self.attribute_of(name, value) {
            Some((start, rest)) => {
                self.tokens.attribute(start.page(), start.code())?;
                rest
            }
            None => {
                let index = self.index_of(name)?;
                self.tokens.numbered(global::LITERAL, index)?;
                value
            }
        };
        self.attribute_rest(rest)
    }

    fn unnamed_attribute(&mut self, token: AttrStart, value: &str) -> Result<(), WriteError> {
        self.tokens.attribute(token.page(), token.code())?;
        self.attribute_rest(value)
    }

    fn token(&mut self, event: &Event<'_>) -> Result<(), WriteError> {
        match *event {
            Event::Text(text) => match text.to_str() {
                Ok(text) => self.tokens.text(text),
                // octets that are no text stay what they are, where they mean the same: nothing; not where they stood,
                // which may have been in another string table
                Err(TextFault::Invalid) if self.tokens.at.charset.is_utf8() => {
                    self.tokens.string(global::STR_I, text.octets())
                }
                Err(fault) => Err(fault.into()),
            },
            Event::ExtI(number, octets) => {
                let text = match core::str::from_utf8(octets) {
                    Ok(text) => text,
                    Err(_) if self.tokens.at.charset.is_utf8() => return self.event(event),
                    Err(_) => return Err(TextFault::Invalid.into()),
                };
                if text.contains('\0') {
                    return Err(WriteError::Nul);
                }
                self.tokens.token(global::EXT_I_0.saturating_add(number & 3))?;
                self.tokens.terminated(text)
            }
            Event::Opaque(octets) => self.opaque(octets),
            _ => self.event(event),
        }
    }

    #[inline]
    fn attributes_end(&mut self) -> Result<(), WriteError> {
        self.tokens.at.in_attributes = false;
        self.tokens.token(global::END)
    }

    fn text(&mut self, text: &str) -> Result<(), WriteError> {
        self.tokens.text(text)
    }

    /// Version 1.0 has no `OPAQUE`, nor have values in version 1.1: there, octets that are text are written as text.
    fn opaque(&mut self, octets: &[u8]) -> Result<(), WriteError> {
        match self.opaque_as_text(octets)? {
            Some(text) => self.text(text),
            None => self.tokens.opaque(octets),
        }
    }

    #[inline]
    fn end(&mut self) -> Result<(), WriteError> {
        self.tokens.token(global::END)
    }

    #[inline(never)]
    fn leaf(&mut self, tag: Tag, text: &str) -> Result<(), WriteError> {
        if tag != Tag::LITERAL && self.tokens.short_leaf(tag, text.as_bytes()) {
            return Ok(());
        }
        self.long_leaf(tag, text)
    }

    fn at_once<T: Encode + ?Sized>(&mut self, value: &T) -> Result<(), WriteError> {
        let Tokens { sink, at } = &mut self.tokens;
        let mut writer = Writer::resume(Gathered::new(sink), self.vocabulary, *at, self.names);
        let written = value.encode(&mut writer);
        *at = writer.tokens.at;
        // what the sink has not taken was written before that which could not be
        writer.tokens.sink.hand_over().and(written)
    }

    #[cfg(feature = "alloc")]
    #[inline(always)]
    fn leaf_text(&mut self, tag: Tag, text: &Text<'_>) -> Result<(), WriteError> {
        if tag != Tag::LITERAL && self.short_text(tag, text) { Ok(()) } else { self.long_text(tag, text) }
    }
}

#[cfg(all(test, feature = "alloc"))]
mod tests {
    use alloc::string::String;
    use alloc::vec;
    use alloc::vec::Vec;

    use proptest::prelude::*;

    use super::*;
    use crate::sink::Count;
    use crate::text::{Form, PlainText, Repr};

    /// As they stand, as they stand if they are ASCII, encoded, and not written.
    const CHARSETS: &[Charset] =
        &[Charset::UTF_8, Charset::UNKNOWN, Charset::US_ASCII, Charset::ISO_8859_1, Charset::UTF_16, Charset::new(17)];

    /// Writes into a document in this charset whose current code page of tags is 1.
    fn written(
        charset: Charset,
        write: impl FnOnce(&mut Writer<'_, Vec<u8>>) -> Result<(), WriteError>,
    ) -> Result<Vec<u8>, WriteError> {
        let at = Position { tag_page: 1, ..Position::start(Version::V1_3, charset) };
        let mut writer = Writer::resume(Vec::new(), &Vocabulary::EMPTY, at, &[]);
        write(&mut writer)?;
        // what follows knows the page that the leaf has left
        writer.start(Start::new(Tag::new(0, 0x3F)))?;
        Ok(writer.into_sink())
    }

    proptest! {
        /// A leaf is written at once where that can be done: what comes of it is the same.
        #[test]
        fn a_leaf_is_a_start_a_text_and_an_end(
            text in prop_oneof![4 => "[ -~]{0,24}", 1 => "[\0\u{1}a\u{7F}\u{80}\u{E9}\u{20AC}]{0,20}"].prop_map(String::from),
            page in 0_u8..3,
            charset in prop::sample::select(CHARSETS),
        ) {
            for tag in [Tag::new(page, 0x05), Tag::new(page, 0x3F), Tag::LITERAL] {
                let parts = written(charset, |writer| {
                    if text.is_empty() {
                        return writer.start(Start::new(tag).without_content());
                    }
                    writer.start(Start::new(tag))?;
                    writer.text(&text)?;
                    writer.end()
                });
                prop_assert_eq!(&written(charset, |writer| writer.leaf(tag, &text)), &parts);
                prop_assert_eq!(&written(charset, |writer| writer.leaf_text(tag, &Text::new(&text))), &parts);
                let octets: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
                let plain = PlainText::new(&octets, Charset::UTF_16BE, Form::Inline);
                prop_assert_eq!(&written(charset, |writer| writer.leaf_text(tag, &Text(Repr::Plain(plain)))), &parts);
            }
        }
    }

    /// Elements with a text each, octets, and an attribute.
    #[derive(Debug)]
    struct Elements(Vec<(u8, String, usize)>);

    impl Encode for Elements {
        fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
            for (page, text, octets) in &self.0 {
                let tag = Tag::new(*page, 0x05);
                out.leaf_text(tag, &Text::new(text))?;
                out.start(Start::new(tag).with_attributes())?;
                out.unnamed_attribute(AttrStart::new(*page, 0x05), text)?;
                out.attributes_end()?;
                out.leaf(Tag::new(*page, 0x06), text)?;
                out.opaque(&vec![0xAA; *octets])?;
                out.end()?;
            }
            Ok(())
        }
    }

    proptest! {
        /// What is written at once is what is written piece by piece, and so is what follows; a sink that is too small is
        /// found to be.
        #[test]
        fn at_once_and_piece_by_piece_are_the_same(
            elements in prop::collection::vec(
                (
                    0_u8..3,
                    prop_oneof![9 => "[ -~]{0,70}", 1 => "[\0a\u{E9}]{0,20}"].prop_map(String::from),
                    prop_oneof![9 => 0_usize..40, 1 => 0_usize..600],
                ),
                0..12,
            ),
            charset in prop::sample::select(CHARSETS),
            room in any::<prop::sample::Index>(),
        ) {
            let elements = Elements(elements);
            let parts = written(charset, |writer| elements.encode(writer));
            prop_assert_eq!(&written(charset, |writer| writer.at_once(&elements)), &parts);

            let at = Position::start(Version::V1_3, charset);
            let counted = |limit: usize, is_at_once: bool| {
                let mut writer = Writer::resume(Count::up_to(limit), &Vocabulary::EMPTY, at, &[]);
                let result = if is_at_once { writer.at_once(&elements) } else { elements.encode(&mut writer) };
                (result, writer.into_sink().octets())
            };
            let (result, octets) = counted(usize::MAX, false);
            prop_assert_eq!(counted(usize::MAX, true), (result, octets));
            let limit = room.index(octets.saturating_add(1));
            let (one_by_one, taken) = counted(limit, false);
            let (at_once, taken_at_once) = counted(limit, true);
            prop_assert_eq!(one_by_one, at_once);
            prop_assert!(taken_at_once <= taken);
        }
    }

    #[test]
    fn octets_that_are_no_text_make_no_leaf() {
        let text = Text(Repr::Plain(PlainText::new(b"\xFF", Charset::UTF_8, Form::Inline)));
        let leaf = written(Charset::UTF_8, |writer| writer.leaf_text(Tag::new(1, 0x05), &text));
        assert_eq!(leaf, Err(TextFault::Invalid.into()));
    }
}
