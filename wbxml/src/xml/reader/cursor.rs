//! The XML reader as a cursor.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::ops::Range;

use quick_xml::events::attributes::Attributes;

use crate::any;
use crate::cursor::{Attribute, Cursor, Data, Mark};
use crate::error::{ErrorKind, Result};
use crate::event::{AttributeStart, Event, Start};
use crate::limits::Limits;
use crate::text::{Piece, Repr, Text};
use crate::token::{AttrStart, Tag};
use crate::vocabulary::Vocabulary;

use super::super::Fault;
use super::super::is_blank;
use super::super::pieces::{Pieces, Place, Run};
use super::tag::declared_prefix;
use super::{Mode, Namespace, Node, Reader};

/// The content of an element, as it stands in the document, with what is in scope there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Markup<'a> {
    octets: &'a [u8],
    offset: usize,
    vocabulary: &'a Vocabulary<'a>,
    mark: Mark<'a>,
}

impl<'a> Markup<'a> {
    pub(crate) const fn octets(&self) -> &'a [u8] {
        self.octets
    }

    pub(crate) const fn offset(&self) -> usize {
        self.offset
    }

    pub(crate) fn reader(&self, limits: Limits) -> Reader<'a> {
        let mut reader = Reader::over(self.octets, self.offset, self.vocabulary, limits, self.mark.depth);
        reader.is_content = true;
        reader.outer_page = self.mark.tag_page;
        reader.root = self.mark.root;
        reader.namespaces = prefixes(self.mark.root, self.vocabulary);
        reader.namespaces.extend(self.mark.namespace.map(|name| Namespace::new("", name, self.vocabulary)));
        reader
    }
}

/// The namespaces with a prefix that a tag, without its angle brackets, declares.
fn prefixes<'a>(tag: &'a str, vocabulary: &Vocabulary<'_>) -> Vec<Namespace<'a>> {
    let name = tag.bytes().position(|octet| is_blank(&octet)).unwrap_or(tag.len());
    Attributes::new(tag, name)
        .flatten()
        .filter_map(|attribute| match (attribute.key.0, attribute.value) {
            (key, Cow::Borrowed(value)) => {
                let prefix = declared_prefix(core::str::from_utf8(key).ok()?).filter(|prefix| !prefix.is_empty())?;
                Some(Namespace::new(prefix, core::str::from_utf8(value).ok()?, vocabulary))
            }
            _ => None,
        })
        .collect()
}

impl<'a> Cursor<'a> for Reader<'a> {
    fn root(&mut self) -> Result<Start> {
        loop {
            match self.next_event()? {
                Event::Start(start) => return Ok(start),
                Event::Eof => return Err(self.fault(ErrorKind::UnexpectedEof)),
                _ => {}
            }
        }
    }

    fn next_child(&mut self, of: Start) -> Result<Option<Start>> {
        self.mode = Mode::Content;
        if !of.has_content() {
            return Ok(None);
        }
        loop {
            match self.node()? {
                Node::Known { tag, name, flags, declares } => return self.enter(tag, name, flags, declares).map(Some),
                Node::Start { raw, name, is_empty } => return self.start(raw, name, is_empty).map(Some),
                Node::End | Node::Eof => return Ok(None),
                Node::Text(pieces) => {
                    self.check(&pieces)?;
                    if !are_blank(pieces) {
                        return Err(self.fault(ErrorKind::UnexpectedText));
                    }
                }
                Node::Pi(_) => {}
            }
        }
    }

    fn next_attribute(&mut self, _of: Start) -> Result<Option<Attribute<'a>>> {
        let Mode::Attributes(number) = self.mode else { return Ok(None) };
        let Some(&(name, value)) = self.attributes.get(number) else {
            self.mode = Mode::Content;
            return Ok(None);
        };
        self.mode = Mode::Attributes(number.saturating_add(1));
        let pieces = Pieces::new(value.as_bytes(), Place::Attribute);
        self.check(&pieces)?;
        self.mark = self.offset_of(name.as_bytes());
        self.position = self.offset_of(value.as_bytes()).saturating_add(value.len());
        let start = AttributeStart { token: self.bare(name), literal: self.place(name.as_bytes()) };
        let value = match pieces.as_plain() {
            Some(plain) => Text(Repr::Plain(plain)),
            None => Text(Repr::Xml(Run::new(value.as_bytes(), Place::Attribute))),
        };
        let is_unknown = start.token != AttrStart::LITERAL && self.vocabulary.attribute(start.token).is_none();
        Ok(Some(Attribute::new(start, if is_unknown { "" } else { name }, value)))
    }

    fn text(&mut self, of: Start) -> Result<Text<'a>> {
        match self.read_content(of, true)? {
            Data::Text(text) => Ok(text),
            _ => Err(self.fault(ErrorKind::UnexpectedElement)),
        }
    }

    fn data(&mut self, of: Start) -> Result<Data<'a>> {
        self.read_content(of, false)
    }

    fn content(&mut self, of: Start) -> Result<Option<any::Markup<'a>>> {
        let mark = self.content_mark();
        self.skip(of)?;
        Ok(of.has_content().then(|| self.markup(mark)))
    }

    fn mark(&self, start: Start) -> Mark<'a> {
        let depth = Cursor::depth(self).saturating_sub(u32::from(start.has_content()));
        let outer = if start.has_content() { self.open.len().saturating_sub(1) } else { self.open.len() };
        let page =
            outer.checked_sub(1).and_then(|outer| self.open.get(outer)).map_or(self.outer_page, |scope| scope.page);
        let declared = match self.open.last() {
            Some(scope) if start.has_content() => scope.namespaces,
            _ => self.namespaces.len(),
        };
        Mark {
            position: self.mark,
            depth,
            tag_page: page,
            attribute_page: 0,
            namespace: self.default_namespace(declared),
            root: self.root,
        }
    }

    fn markup(&self, mark: Mark<'a>) -> any::Markup<'a> {
        self.markup_to(self.mark, mark)
    }

    fn skip(&mut self, of: Start) -> Result<()> {
        self.read_content(of, false).map(|_| ())
    }

    fn finish(&mut self) -> Result<()> {
        while !matches!(self.next_event()?, Event::Eof) {}
        Ok(())
    }

    fn name(&self, start: Start) -> Result<Option<&'a str>> {
        if start.tag != Tag::LITERAL {
            return Ok(self.vocabulary.tag_name(start.tag));
        }
        self.name_at(start.literal).map(Some)
    }

    fn attribute_name(&self, start: AttributeStart) -> Result<Option<Text<'a>>> {
        if start.token != AttrStart::LITERAL {
            return Ok(self.vocabulary.attribute(start.token).map(|(name, _)| Text::new(name)));
        }
        self.name_at(start.literal).map(|name| Some(Text::new(name)))
    }

    fn vocabulary(&self) -> &'a Vocabulary<'a> {
        self.vocabulary
    }

    fn depth(&self) -> u32 {
        self.around.saturating_add(u32::try_from(self.open.len()).unwrap_or(u32::MAX))
    }

    fn span(&self) -> Range<usize> {
        self.base.saturating_add(self.mark)..self.base.saturating_add(self.position)
    }
}

impl<'a> Reader<'a> {
    /// The octets that marks count in.
    pub(crate) const fn document(&self) -> &'a [u8] {
        self.document
    }

    /// Everything from `mark` to the end of the document.
    pub(crate) fn markup_from(&self, mark: Mark<'a>) -> any::Markup<'a> {
        self.markup_to(self.document.len(), mark)
    }

    fn markup_to(&self, end: usize, mark: Mark<'a>) -> any::Markup<'a> {
        any::Markup::xml(Markup {
            octets: self.document.get(mark.position..end).unwrap_or_default(),
            offset: self.base.saturating_add(mark.position),
            vocabulary: self.vocabulary,
            mark,
        })
    }

    /// The content of `of`, to its end, or to the first element where only text may stand.
    fn read_content(&mut self, of: Start, only_text: bool) -> Result<Data<'a>> {
        self.mode = Mode::Content;
        if !of.has_content() {
            return Ok(Data::Text(Text::EMPTY));
        }
        let mark = self.content_mark();
        let inside = self.open.len();
        let mut has_element = false;
        let mut stretches = 0_u32;
        let mut only = None;
        loop {
            match self.node()? {
                Node::Known { .. } | Node::Start { .. } if only_text => {
                    return Err(self.fault(ErrorKind::UnexpectedElement));
                }
                Node::Known { tag, name, flags, declares } => {
                    has_element = true;
                    self.enter(tag, name, flags, declares)?;
                }
                Node::Start { raw, name, is_empty } => {
                    has_element = true;
                    self.start(raw, name, is_empty)?;
                }
                Node::Text(pieces) => {
                    self.check(&pieces)?;
                    stretches = stretches.saturating_add(1);
                    only = Some(pieces);
                }
                Node::Pi(_) => {}
                Node::End if self.open.len() >= inside => {}
                Node::End | Node::Eof => break,
            }
        }
        self.mode = Mode::Content;
        if has_element {
            return Ok(Data::Markup(self.markup(mark)));
        }
        let octets = self.document.get(mark.position..self.mark).unwrap_or_default();
        Ok(Data::Text(match (stretches, only.and_then(|pieces| pieces.as_plain())) {
            (0, _) => Text::EMPTY,
            (1, Some(plain)) => Text(Repr::Plain(plain)),
            _ => Text(Repr::Xml(Run::new(octets, Place::Content))),
        }))
    }

    /// Where content begins: here.
    fn content_mark(&self) -> Mark<'a> {
        Mark {
            position: self.next,
            depth: Cursor::depth(self),
            tag_page: self.page(),
            attribute_page: 0,
            namespace: self.default_namespace(self.namespaces.len()),
            root: self.root,
        }
    }

    /// The default namespace among the first `count` of those in scope, unless it is the root element's and only
    /// unusual there.
    fn default_namespace(&self, count: usize) -> Option<&'a str> {
        let declared = self.namespaces.get(..count)?;
        let index = declared.iter().rposition(|namespace| namespace.prefix.is_empty())?;
        let Namespace { name, page, .. } = *declared.get(index)?;
        let is_unusual = index < self.root_namespaces(count) && page.is_none();
        (!is_unusual).then_some(name)
    }

    /// Whether every reference in these pieces stands for a character.
    fn check(&mut self, pieces: &Pieces<'a>) -> Result<()> {
        let mut pieces = pieces.clone();
        loop {
            let at = self.offset_of(pieces.rest());
            match pieces.next() {
                None => return Ok(()),
                Some(Ok(_)) => {}
                Some(Err(_)) => {
                    self.mark = at;
                    return Err(self.fault(ErrorKind::Xml(Fault::Reference)));
                }
            }
        }
    }
}

/// Whether all these pieces are white space.
fn are_blank(mut pieces: Pieces<'_>) -> bool {
    pieces.all(|piece| match piece {
        Ok(Piece::Text(text)) => text.octets().iter().all(is_blank),
        Ok(Piece::Character(character)) => matches!(character, ' ' | '\t' | '\r' | '\n'),
        Err(_) => false,
    })
}
