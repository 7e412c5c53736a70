//! What an edit puts into a document: written as if by its encoder, then looked at for the code pages it relies on.

use alloc::vec::Vec;

use crate::Charset;
use crate::charset::encode::Encoding;
use crate::emit::Emit;
use crate::event::{AttributeStart, Event, Start};
use crate::lexer::{Lexer, Token};
use crate::sink::WriteError;
use crate::token::{AttrStart, HAS_ATTRIBUTES, HAS_CONTENT, Tag};
use crate::vocabulary::Vocabulary;
use crate::writer::Writer;
use crate::writer::tokens::Position;

use super::index::Pages;
use super::names::Names;

/// What an edit of a [`Patch`](super::Patch) writes to: an [`Emit`] in the middle of the document.
///
/// Names are those of the document's vocabulary, those of the current code page first; other names are written as
/// literals, for which the string table is asked and, if it has none, extended. Strings are written inline, in the
/// document's charset; characters that it lacks as `ENTITY`, and all of them where it is a charset that is not written.
#[derive(Debug)]
pub struct Fragment<'a> {
    writer: Writer<'a, Vec<u8>>,
    names: Names<'a>,
    encoding: Result<Encoding, WriteError>,
}

impl<'a> Fragment<'a> {
    /// A fragment that begins with `octets`, for this position in the document.
    pub(super) fn new(octets: Vec<u8>, vocabulary: &'a Vocabulary<'a>, names: Names<'a>, at: Position) -> Self {
        Self { writer: Writer::resume(octets, vocabulary, at, &[]), names, encoding: at.encoding() }
    }

    /// The octets and the names.
    pub(super) fn finish(self) -> (Vec<u8>, Names<'a>) {
        (self.writer.into_sink(), self.names)
    }

    /// Writes the value of an attribute, or what of it the start does not stand for, which is written already.
    pub(super) fn value(&mut self, value: &str) -> Result<(), WriteError> {
        match self.encoding {
            Ok(_) => self.writer.attribute_rest(value),
            Err(_) => self.entities(value),
        }
    }

    /// Writes text in a charset that is not written: an `ENTITY` is a character in every one (5.8.4.3).
    fn entities(&mut self, text: &str) -> Result<(), WriteError> {
        if text.contains('\0') {
            return Err(WriteError::Nul);
        }
        text.chars().try_for_each(|character| self.writer.event(&Event::Entity(character)))
    }

    fn start_attribute(&mut self, token: AttrStart, literal: u32) -> Result<(), WriteError> {
        self.writer.event(&Event::AttributeStart(AttributeStart { token, literal }))
    }

    /// The string-table index of a literal name.
    fn literal(&mut self, name: &str) -> Result<u32, WriteError> {
        if name.is_empty() {
            return Err(WriteError::UnknownName);
        }
        if name.contains('\0') {
            return Err(WriteError::Nul);
        }
        let encoding = self.encoding?;
        let mut octets = Vec::with_capacity(encoding.len(name));
        for character in name.chars() {
            octets.extend_from_slice(encoding.encode(character).ok_or(WriteError::NotInCharset(character))?.as_slice());
        }
        self.names.index(&octets)
    }
}

impl Emit for Fragment<'_> {
    fn start(&mut self, start: Start) -> Result<(), WriteError> {
        self.writer.start(start)
    }

    fn start_named(&mut self, name: &str, mut start: Start) -> Result<(), WriteError> {
        if self.writer.tag_of(name).is_some() {
            return self.writer.start_named(name, start);
        }
        (start.tag, start.literal) = (Tag::LITERAL, self.literal(name)?);
        self.writer.start(start)
    }

    fn attribute(&mut self, name: &str, value: &str) -> Result<(), WriteError> {
        let rest = match self.writer.attribute_of(name, value) {
            Some((token, rest)) => {
                self.start_attribute(token, 0)?;
                rest
            }
            None => {
                let literal = self.literal(name)?;
                self.start_attribute(AttrStart::LITERAL, literal)?;
                value
            }
        };
        self.value(rest)
    }

    fn unnamed_attribute(&mut self, token: AttrStart, value: &str) -> Result<(), WriteError> {
        self.start_attribute(token, 0)?;
        self.value(value)
    }

    fn attributes_end(&mut self) -> Result<(), WriteError> {
        self.writer.attributes_end()
    }

    fn text(&mut self, text: &str) -> Result<(), WriteError> {
        match self.encoding {
            Ok(_) => self.writer.text(text),
            Err(_) => self.entities(text),
        }
    }

    fn opaque(&mut self, octets: &[u8]) -> Result<(), WriteError> {
        self.writer.opaque(octets)
    }

    fn end(&mut self) -> Result<(), WriteError> {
        self.writer.end()
    }

    fn pi(&mut self, target: &str, data: &str) -> Result<(), WriteError> {
        self.writer.event(&Event::Pi)?;
        self.attribute(target, data)?;
        self.attributes_end()
    }
}

/// A page that the first token of a kind relies on, and where that token stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Need {
    pub(super) at: usize,
    pub(super) page: u8,
}

/// How the octets of a fragment and the code page of one state depend on each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Use {
    /// The page that has to be in force somewhere in the octets, in which nobody switches to it.
    pub(super) need: Option<Need>,
    /// The page behind them.
    pub(super) page: u8,
}

/// The octets of a fragment that stand in a document wherever they are put, given the pages they need.
#[derive(Clone, Debug, Default)]
pub(super) struct Content {
    pub(super) octets: Vec<u8>,
    pub(super) tags: Use,
    pub(super) attributes: Use,
    /// How many elements there are in it, not counting those in others.
    pub(super) elements: usize,
    /// Whether there is text or data beside the elements.
    pub(super) has_text: bool,
}

impl Content {
    /// What was written at a place with these pages: attributes, or content of an element.
    ///
    /// # Errors
    /// [`WriteError::Misplaced`] if it is not whole.
    pub(super) fn new(
        octets: Vec<u8>,
        charset: Charset,
        pages: Pages,
        are_attributes: bool,
    ) -> Result<Self, WriteError> {
        let mut scan = Scan {
            tags: Pending::new(pages.tag),
            attributes: Pending::new(pages.attribute),
            in_list: are_attributes,
            ..Scan::default()
        };
        let mut lexer = Lexer::new(&octets, charset, 0);
        loop {
            let at = lexer.offset();
            match lexer.next_token().map_err(WriteError::Unreadable)? {
                Some(token) => scan.token(token, at)?,
                None => break,
            }
        }
        if scan.depth > 0 || scan.in_list != are_attributes {
            return Err(WriteError::Misplaced);
        }
        let mut content = Self {
            octets,
            tags: scan.tags.used,
            attributes: scan.attributes.used,
            elements: scan.elements,
            has_text: scan.has_text,
        };
        content.strip([scan.tags, scan.attributes]);
        Ok(content)
    }

    /// Takes out the switches in front of the first tokens that rely on a page: whether they are wanted, the pages in
    /// force at the place decide when all edits are known.
    fn strip(&mut self, states: [Pending; 2]) {
        let mut last_first = states.map(|state| state.switch.filter(|_| state.used.need.is_some()));
        last_first.sort_unstable_by(|this, that| that.cmp(this));
        for switch in last_first.into_iter().flatten() {
            self.octets.drain(switch..switch.saturating_add(2));
            for used in [&mut self.tags, &mut self.attributes] {
                if let Some(need) = used.need.as_mut().filter(|need| need.at > switch) {
                    need.at = need.at.saturating_sub(2);
                }
            }
        }
    }
}

/// One of the two pages while the octets are looked at.
#[derive(Clone, Copy, Debug, Default)]
struct Pending {
    used: Use,
    /// The switch in front of the token at hand, then that in front of the first one that relies on the page.
    switch: Option<usize>,
}

impl Pending {
    fn new(page: u8) -> Self {
        Self { used: Use { need: None, page }, switch: None }
    }

    fn switch(&mut self, page: u8, at: usize) {
        self.used.page = page;
        if self.used.need.is_none() {
            self.switch = Some(at);
        }
    }

    fn rely(&mut self, at: usize) {
        let page = self.used.page;
        self.used.need.get_or_insert(Need { at, page });
    }
}

#[derive(Debug, Default)]
struct Scan {
    tags: Pending,
    attributes: Pending,
    in_list: bool,
    /// Whether the list at hand still lacks its first attribute.
    is_bare: bool,
    depth: usize,
    elements: usize,
    has_text: bool,
}

impl Scan {
    fn token(&mut self, token: Token<'_>, at: usize) -> Result<(), WriteError> {
        let in_list = self.in_list;
        let state = if in_list { &mut self.attributes } else { &mut self.tags };
        match token {
            Token::SwitchPage(page) => state.switch(page, at),
            Token::Application(_) | Token::ExtI(..) | Token::ExtT(..) | Token::Ext(_) => state.rely(at),
            _ => {}
        }
        match token {
            Token::SwitchPage(_) => {}
            Token::End if in_list => {
                if self.is_bare {
                    return Err(WriteError::Misplaced);
                }
                self.in_list = false;
            }
            Token::End => self.depth = self.depth.checked_sub(1).ok_or(WriteError::Misplaced)?,
            Token::Application(octet) | Token::Literal(octet, _) if !in_list => {
                self.elements = self.elements.saturating_add(usize::from(self.depth == 0));
                self.depth = self.depth.saturating_add(usize::from(octet & HAS_CONTENT != 0));
                self.in_list = octet & HAS_ATTRIBUTES != 0;
                self.is_bare = self.in_list;
            }
            Token::Pi => (self.in_list, self.is_bare) = (true, true),
            _ if in_list => self.is_bare = false,
            _ => self.has_text |= self.depth == 0,
        }
        Ok(())
    }
}
