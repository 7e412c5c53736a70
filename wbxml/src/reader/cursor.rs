//! The reader as a cursor: elements instead of tokens.

use core::ops::Range;

use crate::any;
use crate::cursor::{Attribute, Cursor, Data, Fields, Mark};
use crate::diagnostic::DiagnosticKind;
use crate::error::{Error, ErrorKind, Result};
use crate::event::{AttributeStart, Event, Start};
use crate::options::Options;
use crate::text::{Form, PlainText, Repr, Text, TextFault, is_blank_character};
use crate::token::{AttrStart, HAS_ATTRIBUTES, Tag, global, is_application};
use crate::vocabulary::Vocabulary;

use super::hot::Hot;
use super::run::token_text;
use super::{Markup, Mode, Reader, Run};

impl<'a> Cursor<'a> for Reader<'a> {
    fn root(&mut self) -> Result<Start> {
        loop {
            match self.slow_event()? {
                Event::Start(start) => return Ok(start),
                Event::Text(_)
                | Event::Entity(_)
                | Event::Opaque(_)
                | Event::ExtI(..)
                | Event::ExtT(..)
                | Event::Ext(_) => {
                    return Err(self.fault(ErrorKind::UnexpectedText));
                }
                Event::Pi => self.skip_attributes()?,
                Event::Eof => return Err(self.fault(ErrorKind::UnexpectedEof)),
                _ => {}
            }
        }
    }

    #[inline]
    fn next_child(&mut self, of: Start) -> Result<Option<Start>> {
        if self.hot.mode == Mode::Content && of.has_content() {
            while let Some(&octet) = self.hot.octets.get(self.hot.position) {
                let (begin, next) = (self.hot.position, self.hot.next());
                if is_application(octet) {
                    let start = self.hot.tag(octet);
                    if !self.hot.enter(start, next) {
                        break;
                    }
                    self.mark = begin;
                    return Ok(Some(start));
                }
                if octet == global::END && self.hot.open > 1 {
                    self.mark = begin;
                    self.hot.leave(next);
                    return Ok(None);
                }
                if octet != global::SWITCH_PAGE {
                    break;
                }
                let Some(page) = self.hot.switch(next) else { break };
                self.hot.tag_page = page;
            }
        }
        self.rare_next_child(of)
    }

    #[inline(always)]
    fn next_child_beside<F: Fields<'a>>(
        &mut self,
        of: Start,
        fields: &mut F,
        mut first: Option<&mut Option<Mark<'a>>>,
    ) -> Result<Option<Start>> {
        match self.common_child_beside(of, fields, first.as_deref_mut()) {
            Some(child) => Ok(child),
            None => self.rare_child_beside(of, fields, first),
        }
    }

    #[inline]
    fn next_attribute(&mut self, _of: Start) -> Result<Option<Attribute<'a>>> {
        while matches!(self.hot.mode, Mode::List | Mode::Attributes) {
            match self.attribute_event()? {
                Event::AttributeStart(start) => return self.attribute_value(start).map(Some),
                Event::AttributesEnd => break,
                _ => {}
            }
        }
        Ok(None)
    }

    #[inline]
    fn text(&mut self, of: Start) -> Result<Text<'a>> {
        match self.only_string(of) {
            Some(text) => Ok(text),
            None => self.rare_text(of),
        }
    }

    #[inline]
    fn data(&mut self, of: Start) -> Result<Data<'a>> {
        match self.only_string(of) {
            Some(text) => Ok(Data::Text(text)),
            None => self.rare_data(of),
        }
    }

    fn content(&mut self, of: Start) -> Result<Option<any::Markup<'a>>> {
        self.leave_attributes()?;
        if !of.has_content() {
            return Ok(None);
        }
        let mark = self.content_mark();
        self.skip_below(self.depth())?;
        Ok(Some(self.markup(mark)))
    }

    #[inline]
    fn mark(&self, start: Start) -> Mark<'a> {
        Mark {
            position: self.mark,
            depth: self.depth().saturating_sub(u32::from(start.has_content())),
            tag_page: self.hot.tag_page,
            attribute_page: self.hot.attribute_page,
            namespace: None,
            root: "",
        }
    }

    #[inline]
    fn markup(&self, mark: Mark<'a>) -> any::Markup<'a> {
        self.markup_in(self.document.get(..self.hot.position).unwrap_or_default(), mark)
    }

    #[inline]
    fn skip(&mut self, of: Start) -> Result<()> {
        self.leave_attributes()?;
        if of.has_content() {
            self.skip_below(self.depth())?;
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<()> {
        loop {
            match self.slow_event()? {
                Event::Eof => return Ok(()),
                Event::Pi => self.skip_attributes()?,
                Event::Start(_)
                | Event::Text(_)
                | Event::Entity(_)
                | Event::Opaque(_)
                | Event::ExtI(..)
                | Event::ExtT(..)
                | Event::Ext(_) => {
                    // a root more, which version 1.0 allows
                    let pardon = self.forgive(Some(DiagnosticKind::TrailingData), ErrorKind::TrailingData)?;
                    pardon.into_iter().for_each(|kind| self.tell(kind));
                    return Ok(());
                }
                _ => {}
            }
        }
    }

    fn name(&self, start: Start) -> Result<Option<&'a str>> {
        if start.tag == Tag::LITERAL {
            let name = self.literal(start.literal).to_str();
            return name.map(Some).map_err(|fault| self.text_fault(fault));
        }
        Ok(self.vocabulary.tag_name(start.tag))
    }

    fn name_text(&self, start: Start) -> Result<Option<Text<'a>>> {
        if start.tag == Tag::LITERAL {
            return Ok(Some(Text(Repr::Plain(self.literal(start.literal)))));
        }
        Ok(self.vocabulary.tag_name(start.tag).map(Text::new))
    }

    fn attribute_name(&self, start: AttributeStart) -> Result<Option<Text<'a>>> {
        if start.token == AttrStart::LITERAL {
            return Ok(Some(Text(Repr::Plain(self.literal_attribute(start.literal)))));
        }
        Ok(self.vocabulary.attribute(start.token).map(|(name, _)| Text::new(name)))
    }

    fn embedded(&self, opaque: &'a [u8], options: Options<'a>) -> Option<Self> {
        Reader::embedded(self, opaque, options)
    }

    fn vocabulary(&self) -> &'a Vocabulary<'a> {
        self.vocabulary
    }

    fn depth(&self) -> u32 {
        Reader::depth(self)
    }

    fn span(&self) -> Range<usize> {
        Reader::span(self)
    }
}

impl<'a> Reader<'a> {
    /// The octets that marks count in.
    pub(crate) const fn document(&self) -> &'a [u8] {
        self.document
    }

    /// Everything from `mark` to the end of the document.
    pub(crate) fn markup_from(&self, mark: Mark<'a>) -> any::Markup<'a> {
        self.markup_in(self.document, mark)
    }

    #[inline]
    fn markup_in(&self, document: &'a [u8], mark: Mark<'a>) -> any::Markup<'a> {
        let is_lenient = self.report.is_some();
        any::Markup::wbxml(Markup::new(document, &self.header, self.vocabulary, is_lenient, self.base, mark))
    }

    /// The first octet of the token at hand.
    #[inline(always)]
    fn octet(&self) -> Option<u8> {
        self.document.get(self.hot.position).copied()
    }

    /// The content of `of`, and its end, if it is one inline string and does not end the document; otherwise nothing is
    /// read.
    #[inline(always)]
    fn only_string(&mut self, of: Start) -> Option<Text<'a>> {
        let begin = self.hot.next();
        let text = self.only(of, global::STR_I, Hot::inline)?;
        self.known.look_ahead(self.document, begin);
        Some(match self.known.get(begin, text.octets().len()) {
            Some(text) => Text(Repr::Str(text)),
            None => Text(Repr::Plain(text)),
        })
    }

    /// What `read` makes of the content of `of`, if that is one token, which begins with `octet`, and the end of an
    /// element that is not the root; otherwise nothing is read.
    #[inline(always)]
    fn only<T>(&mut self, of: Start, octet: u8, read: impl FnOnce(&mut Hot<'a>, usize) -> Option<T>) -> Option<T> {
        let (begin, next) = (self.hot.position, self.hot.next());
        if self.hot.mode != Mode::Content || !of.has_content() || self.hot.octet() != Some(octet) {
            return None;
        }
        let content = read(&mut self.hot, next)?;
        if self.hot.octet() != Some(global::END) || self.hot.open <= 1 {
            self.hot.position = begin;
            return None;
        }
        self.mark = begin;
        self.hot.leave(self.hot.next());
        Some(content)
    }

    /// Passes over what is left of the attributes at hand.
    #[inline(always)]
    fn leave_attributes(&mut self) -> Result<()> {
        if matches!(self.hot.mode, Mode::List | Mode::Attributes) { self.skip_attributes() } else { Ok(()) }
    }

    #[cold]
    #[inline(never)]
    fn skip_attributes(&mut self) -> Result<()> {
        while !matches!(self.slow_event()?, Event::AttributesEnd) {}
        Ok(())
    }

    /// Reads to the `END` that leaves fewer than `depth` elements open.
    #[inline(never)]
    fn skip_below(&mut self, depth: u32) -> Result<()> {
        while self.depth() >= depth {
            if matches!(self.slow_event()?, Event::Eof) {
                return Err(self.fault(ErrorKind::UnexpectedEof));
            }
        }
        Ok(())
    }

    /// The next child of `of`, whatever stands in front of it.
    #[cold]
    #[inline(never)]
    fn rare_next_child(&mut self, of: Start) -> Result<Option<Start>> {
        self.leave_attributes()?;
        if !of.has_content() {
            return Ok(None);
        }
        let depth = self.depth();
        while self.depth() >= depth {
            if let Some(start) = self.rare_child()? {
                return Ok(Some(start));
            }
        }
        Ok(None)
    }

    /// One token between children: a child if it is a tag.
    #[cold]
    #[inline(never)]
    fn rare_child(&mut self) -> Result<Option<Start>> {
        match self.slow_event()? {
            Event::Start(start) => Ok(Some(start)),
            Event::Text(text) if text.is_blank() => Ok(None),
            Event::Entity(character) if is_blank_character(character) => Ok(None),
            Event::SwitchPage(_) | Event::End => Ok(None),
            Event::Pi => {
                self.skip_attributes()?;
                Ok(None)
            }
            Event::Eof => Err(self.fault(ErrorKind::UnexpectedEof)),
            _ => Err(self.fault(ErrorKind::UnexpectedText)),
        }
    }

    /// The next event of an attribute list: mostly a start or the end.
    #[inline(always)]
    fn attribute_event(&mut self) -> Result<Event<'a>> {
        let (begin, next) = (self.hot.position, self.hot.next());
        if let Some(&octet) = self.hot.octets.get(begin) {
            if is_application(octet) && octet & HAS_ATTRIBUTES == 0 {
                let start = self.hot.attribute(octet);
                if self.hot.enter_attribute(next) {
                    self.mark = begin;
                    return Ok(Event::AttributeStart(start));
                }
            } else if octet == global::END && self.hot.mode == Mode::Attributes {
                self.mark = begin;
                self.hot.leave_attributes(next);
                return Ok(Event::AttributesEnd);
            }
        }
        self.slow_event()
    }

    /// The value of the attribute whose start has just been read.
    #[inline(always)]
    fn attribute_value(&mut self, start: AttributeStart) -> Result<Attribute<'a>> {
        let begin = self.mark;
        let page = self.hot.attribute_page;
        let (name, prefix) = if start.token == AttrStart::LITERAL {
            (self.attribute_literal(start.literal)?, "")
        } else {
            self.vocabulary.attribute(start.token).unwrap_or_default()
        };
        if self.at_attribute_end() {
            return Ok(Attribute::new(start, name, Text(Repr::Plain(token_text(prefix)))));
        }
        if prefix.is_empty() && self.octet() == Some(global::STR_I) {
            let (piece, next) = (self.hot.position, self.hot.next());
            if let Some(text) = self.hot.inline(next) {
                if self.at_attribute_end() {
                    self.mark = piece;
                    return Ok(Attribute::new(start, name, Text(Repr::Plain(text))));
                }
                self.hot.position = piece;
            }
        }
        let value = self.attribute_pieces(begin, page, prefix)?;
        Ok(Attribute::new(start, name, value))
    }

    /// Whether the token at hand is no piece of the value before it.
    #[inline(always)]
    fn at_attribute_end(&self) -> bool {
        match self.octet() {
            Some(octet) if is_application(octet) => octet & HAS_ATTRIBUTES == 0,
            Some(octet) => matches!(octet, global::END | global::LITERAL),
            None => false,
        }
    }

    /// A value of several pieces, or of one that is rare.
    #[cold]
    #[inline(never)]
    fn attribute_pieces(&mut self, begin: usize, page: u8, prefix: &'a str) -> Result<Text<'a>> {
        let mut only = token_text(prefix);
        let mut pieces = u32::from(!prefix.is_empty());
        while !self.at_attribute_end() {
            let piece = match self.slow_event()? {
                Event::Text(text) => text,
                Event::AttributeValue(value) => match self.vocabulary.attribute_value(value) {
                    Some(string) => token_text(string),
                    // an unknown token fails when the value is asked for, not before
                    None => {
                        pieces = u32::MAX;
                        continue;
                    }
                },
                Event::SwitchPage(_) => continue,
                _ => {
                    pieces = u32::MAX;
                    continue;
                }
            };
            if piece.octets().is_empty() && pieces > 0 {
                continue;
            }
            if only.octets().is_empty() && pieces == 1 {
                pieces = 0;
            }
            only = piece;
            pieces = pieces.saturating_add(1);
        }
        if pieces <= 1 {
            return Ok(Text(Repr::Plain(only)));
        }
        self.run(begin, page, true)
    }

    /// The text from `begin` to here, in pieces.
    fn run(&self, begin: usize, page: u8, is_attribute: bool) -> Result<Text<'a>> {
        let document = self.document.get(..self.hot.position).unwrap_or_default();
        let length = self.hot.position.saturating_sub(begin);
        match Run::new(document, length, &self.header, self.vocabulary, page, is_attribute) {
            Ok(run) => Ok(Text(Repr::Joined(run))),
            Err(kind) => Err(self.fault(kind)),
        }
    }

    /// Text that is not one inline string, or stands behind attributes.
    #[cold]
    #[inline(never)]
    fn rare_text(&mut self, of: Start) -> Result<Text<'a>> {
        self.leave_attributes()?;
        if !of.has_content() {
            return Ok(Text::EMPTY);
        }
        match self.only_string(of) {
            Some(text) => Ok(text),
            None => self.joined_text(),
        }
    }

    /// The text at hand, which is not one inline string.
    #[inline(never)]
    fn joined_text(&mut self) -> Result<Text<'a>> {
        let (begin, page) = (self.hot.position, self.hot.attribute_page);
        let mut only = None;
        let mut pieces = 0_u32;
        loop {
            match self.slow_event()? {
                Event::End => break,
                Event::Text(text) => {
                    pieces = pieces.saturating_add(1);
                    only = Some(text);
                }
                Event::Opaque(octets) => {
                    pieces = pieces.saturating_add(1);
                    only = Some(PlainText::new(octets, self.hot.charset, Form::Opaque));
                }
                Event::SwitchPage(_) => {}
                Event::Pi => self.skip_attributes()?,
                Event::Start(_) => return Err(self.fault(ErrorKind::UnexpectedElement)),
                Event::Eof => return Err(self.fault(ErrorKind::UnexpectedEof)),
                _ => pieces = u32::MAX,
            }
        }
        match (pieces, only) {
            (0, _) => Ok(Text::EMPTY),
            (1, Some(text)) => Ok(Text(Repr::Plain(text))),
            _ => self.run(begin, page, false),
        }
    }

    /// Content that is not one inline string, or stands behind attributes: perhaps octets, perhaps elements.
    #[inline(never)]
    fn rare_data(&mut self, of: Start) -> Result<Data<'a>> {
        self.leave_attributes()?;
        if !of.has_content() {
            return Ok(Data::Text(Text::EMPTY));
        }
        if let Some(octets) = self.only(of, global::OPAQUE, Hot::any_opaque) {
            return Ok(Data::Opaque(octets));
        }
        if let Some(text) = self.only_string(of) {
            return Ok(Data::Text(text));
        }
        self.joined_data()
    }

    /// The content at hand, which is neither one inline string nor octets alone.
    fn joined_data(&mut self) -> Result<Data<'a>> {
        let before = self.clone();
        let mark = self.content_mark();
        let mut pieces = 0_u32;
        let mut opaque = None;
        loop {
            match self.slow_event()? {
                Event::End => break,
                Event::Opaque(octets) => {
                    pieces = pieces.saturating_add(1);
                    opaque = Some(octets);
                }
                Event::Start(start) => {
                    self.skip(start)?;
                    self.skip_below(before.depth())?;
                    return Ok(Data::Markup(self.markup(mark)));
                }
                Event::SwitchPage(_) => {}
                Event::Pi => self.skip_attributes()?,
                Event::Eof => return Err(self.fault(ErrorKind::UnexpectedEof)),
                _ => pieces = pieces.saturating_add(1),
            }
        }
        match (pieces, opaque) {
            (1, Some(octets)) => Ok(Data::Opaque(octets)),
            _ => {
                *self = before;
                let report = self.silence();
                let text = self.joined_text();
                self.report = report;
                text.map(Data::Text)
            }
        }
    }

    /// Where content begins: here.
    const fn content_mark(&self) -> Mark<'a> {
        self.mark_at(self.hot.position)
    }

    /// The mark of `position`, with what is in scope here.
    #[inline(always)]
    pub(super) const fn mark_at(&self, position: usize) -> Mark<'a> {
        Mark {
            position,
            depth: Reader::depth(self),
            tag_page: self.hot.tag_page,
            attribute_page: self.hot.attribute_page,
            namespace: None,
            root: "",
        }
    }

    /// The literal name at `index`, which the reader has found in the table.
    fn literal(&self, index: u32) -> PlainText<'a> {
        let octets = self.strings.table.get(index).unwrap_or_default();
        PlainText::in_table(octets, self.hot.charset, index)
    }

    /// The same for the name of an attribute.
    fn literal_attribute(&self, index: u32) -> PlainText<'a> {
        if self.is_xmlns(index) { token_text("xmlns") } else { self.literal(index) }
    }

    /// The literal name of an attribute; empty if it has to be decoded first.
    fn attribute_literal(&self, index: u32) -> Result<&'a str> {
        match self.literal_attribute(index).to_str() {
            Err(TextFault::Charset(_)) => Ok(""),
            name => name.map_err(|fault| self.text_fault(fault)),
        }
    }

    /// The error for the name of the token at hand.
    fn text_fault(&self, fault: TextFault) -> Error {
        fault.at(self.mark_offset())
    }
}
