//! Parts of a document that are read again when somebody asks: values in pieces, and elements as data.

use crate::cursor::Mark;
use crate::error::ErrorKind;
use crate::header::Header;
use crate::lexer::{Lexer, Token};
use crate::limits::Limits;
use crate::string_table::StringTable;
use crate::text::{Form, Piece, PlainText, TextFault};
use crate::token::{AttrStart, AttrValue, HAS_ATTRIBUTES};
use crate::vocabulary::Vocabulary;
use crate::{Charset, Error};

use super::leniency::SILENT;
use super::rare::character;
use super::{Mode, Reader, State};

/// A text in pieces: its octets, cut out of the document with everything in front of them.
///
/// ADVICE: 32 octets, and so has a `Text`, and an `Option<Text>` too: `place` has room for what tells the
/// variants apart, which the pointers have not. The header and the string table are read again from the start of
/// `document`, which costs nothing as long as nobody asks; that is why [`Reader::resume`] wants them in its buffer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run<'a> {
    /// The document up to the last octet of the run.
    document: &'a [u8],
    vocabulary: &'a Vocabulary<'a>,
    /// The octets of the run.
    length: u32,
    /// The charset that the document is read in, which its header need not say.
    charset: Charset,
    /// The attribute page at its start.
    page: u8,
    place: Place,
}

/// Whether a run is an attribute, whose start the octets begin with, or the content of an element; and whether the header
/// of its document is one of version 1.0 with a charset field. Both in one octet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Content,
    Attribute,
    ContentIn1_0WithCharset,
    AttributeIn1_0WithCharset,
}

impl Place {
    const fn new(is_attribute: bool, charset_in_1_0: bool) -> Self {
        match (is_attribute, charset_in_1_0) {
            (false, false) => Self::Content,
            (true, false) => Self::Attribute,
            (false, true) => Self::ContentIn1_0WithCharset,
            (true, true) => Self::AttributeIn1_0WithCharset,
        }
    }

    const fn is_attribute(self) -> bool {
        matches!(self, Self::Attribute | Self::AttributeIn1_0WithCharset)
    }

    const fn charset_in_1_0(self) -> bool {
        matches!(self, Self::ContentIn1_0WithCharset | Self::AttributeIn1_0WithCharset)
    }
}

impl<'a> Run<'a> {
    pub(crate) fn new(
        document: &'a [u8],
        length: usize,
        header: &Header<'_>,
        vocabulary: &'a Vocabulary<'a>,
        page: u8,
        is_attribute: bool,
    ) -> Result<Self, ErrorKind> {
        let length = u32::try_from(length).map_err(|_| ErrorKind::Limit(crate::Limit::Resolved))?;
        let place = Place::new(is_attribute, header.charset_in_1_0());
        Ok(Self { document, vocabulary, length, charset: header.string_table.charset(), page, place })
    }

    pub(crate) fn pieces(&self) -> RunPieces<'a> {
        let start = self.document.len().saturating_sub(usize::try_from(self.length).unwrap_or(usize::MAX));
        let octets = self.document.get(start..).unwrap_or_default();
        let table = match Header::parse_with(self.document, self.place.charset_in_1_0()) {
            Ok(header) => header.string_table.octets(),
            // the reader that made the run has read this header
            Err(_) => &[],
        };
        RunPieces {
            lexer: Lexer::new(octets, self.charset, start),
            charset: self.charset,
            table: StringTable::new(table, self.charset),
            vocabulary: self.vocabulary,
            page: self.page,
            is_attribute: self.place.is_attribute(),
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct RunPieces<'a> {
    lexer: Lexer<'a>,
    charset: Charset,
    table: StringTable<'a>,
    vocabulary: &'a Vocabulary<'a>,
    page: u8,
    is_attribute: bool,
}

impl<'a> RunPieces<'a> {
    pub(crate) fn next(&mut self) -> Option<Result<Piece<'a>, TextFault>> {
        loop {
            // the reader that made the run has found its tokens whole
            let piece = match self.lexer.next_token().ok()?? {
                Token::StrI(octets) => PlainText::new(octets, self.charset, Form::Inline),
                Token::StrT(index) => PlainText::in_table(self.table.get(index)?, self.charset, index),
                Token::Opaque(octets) => PlainText::new(octets, self.charset, Form::Opaque),
                Token::Entity(number) => {
                    let character = character(number).unwrap_or(char::REPLACEMENT_CHARACTER);
                    return Some(Ok(Piece::Character(character)));
                }
                Token::Application(code) if code & HAS_ATTRIBUTES == 0 => {
                    match self.vocabulary.attribute(AttrStart::new(self.page, code)) {
                        Some((_, prefix)) if !prefix.is_empty() => token_text(prefix),
                        _ => continue,
                    }
                }
                Token::Application(code) => match self.vocabulary.attribute_value(AttrValue::new(self.page, code)) {
                    Some(string) => token_text(string),
                    None => return Some(Err(TextFault::UnknownAttributeValue(code))),
                },
                Token::SwitchPage(page) => {
                    // in content it is the page of tags
                    if self.is_attribute {
                        self.page = page;
                    }
                    continue;
                }
                Token::Pi => {
                    while !matches!(self.lexer.next_token().ok()??, Token::End) {}
                    continue;
                }
                Token::ExtI(..) | Token::ExtT(..) | Token::Ext(_) => return Some(Err(TextFault::Extension)),
                Token::Literal(..) | Token::End => continue,
            };
            return Some(Ok(Piece::Text(piece)));
        }
    }
}

/// The text that a token of the vocabulary stands for.
pub(super) const fn token_text(string: &str) -> PlainText<'_> {
    PlainText::new(string.as_bytes(), Charset::UTF_8, Form::Token)
}

/// Elements of a document, up to the `END` of the element around them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Markup<'a> {
    /// The document up to that `END`.
    document: &'a [u8],
    vocabulary: &'a Vocabulary<'a>,
    charset: Charset,
    charset_in_1_0: bool,
    is_lenient: bool,
    base: usize,
    mark: Mark<'a>,
}

impl<'a> Markup<'a> {
    pub(super) const fn new(
        document: &'a [u8],
        header: &Header<'_>,
        vocabulary: &'a Vocabulary<'a>,
        is_lenient: bool,
        base: usize,
        mark: Mark<'a>,
    ) -> Self {
        let (charset, charset_in_1_0) = (header.string_table.charset(), header.charset_in_1_0());
        Self { document, vocabulary, charset, charset_in_1_0, is_lenient, base, mark }
    }

    pub(crate) fn octets(&self) -> &'a [u8] {
        self.document.get(self.mark.position..).and_then(<[u8]>::split_last).map_or(&[], |(_, content)| content)
    }

    pub(crate) const fn offset(&self) -> usize {
        self.base.saturating_add(self.mark.position)
    }

    pub(crate) fn reader(&self, limits: Limits) -> Result<Reader<'a>, Error> {
        let header = Header::parse_with(self.document, self.charset_in_1_0)?.in_charset(self.charset);
        let state = State {
            base: self.base,
            head: header.len(),
            scanned: 0,
            depth: self.mark.depth,
            floor: self.mark.depth.saturating_sub(1),
            attributes_left: limits.attributes,
            resolved: 0,
            tag_page: self.mark.tag_page,
            attribute_page: self.mark.attribute_page,
            mode: Mode::Content,
            root_seen: true,
            is_over: false,
        };
        let position = self.mark.position;
        let mut reader = Reader::with_state(self.document, position, header, self.vocabulary, limits, state);
        reader.outer = Mode::Outside;
        reader.report = self.is_lenient.then_some(SILENT);
        Ok(reader)
    }
}
