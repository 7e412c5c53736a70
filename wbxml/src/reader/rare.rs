//! The token at hand, whatever it is: the whole grammar, and what lenient reading forgives (WAP-192, 5.3).
//!
//! The hot loop hands over what it does not know, what is faulty, and what ends a document.

use crate::diagnostic::DiagnosticKind;
use crate::error::{ErrorKind, Limit, Place, Result};
use crate::event::{AttributeStart, Event, Start};
use crate::header::Version;
use crate::lexer::{self, Token};
use crate::text::{Form, PlainText};
use crate::token::{AttrStart, AttrValue, HAS_ATTRIBUTES, Tag, global, is_application};

use super::Reader;
use super::hot::Mode;

impl<'a> Reader<'a> {
    /// Reads the token at hand, whatever it is.
    #[cold]
    #[inline(never)]
    pub(super) fn rare(&mut self) -> Result<Event<'a>> {
        self.mark = self.hot.position;
        // what comes here in every document
        if let Some(root) = self.enter_root() {
            return Ok(Event::Start(root));
        }
        if self.leave_root() {
            return Ok(Event::End);
        }
        self.rarest()
    }

    /// Enters the root, if its tag is the token at hand.
    #[inline]
    fn enter_root(&mut self) -> Option<Start> {
        let octet = *self.rest().first()?;
        if self.hot.mode != Mode::Outside || self.root_seen || !is_application(octet) {
            return None;
        }
        let root = self.hot.tag(octet);
        let is_entered = self.enter(root, self.hot.next());
        self.set_hot();
        is_entered.then_some(root)
    }

    /// Leaves the root, if its end is the token at hand.
    #[inline]
    fn leave_root(&mut self) -> bool {
        let is_end = self.hot.mode == Mode::Content && self.hot.open == 1 && self.rest().first() == Some(&global::END);
        if is_end {
            self.leave(self.hot.next());
            self.set_hot();
        }
        is_end
    }

    /// Reads the token at hand, whatever it is, through the whole grammar.
    #[inline(never)]
    fn rarest(&mut self) -> Result<Event<'a>> {
        let rest = self.rest();
        let Some(&octet) = rest.first() else { return self.end_of_input() };
        let mut pardon = self.check(octet)?;
        if pardon == Some(DiagnosticKind::TrailingData) {
            return Ok(self.leave_the_rest());
        }
        let unit = self.hot.charset.unit();
        let (token, length) = lexer::token(rest, unit, self.scanned).map_err(|kind| self.fault(kind))?;
        pardon = pardon.or(self.check_argument(&token)?);
        let next = self.hot.position.wrapping_add(length);
        let event = match self.hot.mode {
            Mode::Content | Mode::Outside => self.content(token, next),
            Mode::List | Mode::Attributes | Mode::PiTarget | Mode::PiData => self.attributes(token, next),
        }?;
        if let Some(kind) = pardon {
            self.tell(kind);
        }
        self.scanned = 0;
        self.set_hot();
        Ok(event)
    }

    /// Whether the grammar has a token that begins with this octet here; what follows the octet does not matter. Gives
    /// what there is to forgive, if lenient reading does.
    fn check(&self, octet: u8) -> Result<Option<DiagnosticKind>> {
        let is_tag = matches!(octet, global::LITERAL | global::LITERAL_A | global::LITERAL_C | global::LITERAL_AC)
            || is_application(octet);
        let is_attribute_start = octet == global::LITERAL || is_application(octet) && octet & HAS_ATTRIBUTES == 0;
        let (place, is_allowed) = match self.hot.mode {
            Mode::Outside if self.root_seen && !matches!(octet, global::SWITCH_PAGE | global::PI) => {
                return self.forgive(Some(DiagnosticKind::TrailingData), ErrorKind::TrailingData);
            }
            Mode::Outside => (Place::Outside, is_tag || matches!(octet, global::SWITCH_PAGE | global::PI)),
            Mode::Content => (
                Place::Content,
                match octet {
                    global::END => self.hot.open > 0,
                    global::OPAQUE => self.header.grammar() > Version::V1_0,
                    _ => true,
                },
            ),
            Mode::List | Mode::PiTarget => (Place::Attributes, is_attribute_start || octet == global::SWITCH_PAGE),
            Mode::Attributes | Mode::PiData => (
                Place::Attributes,
                match octet {
                    global::PI | global::LITERAL_A | global::LITERAL_C | global::LITERAL_AC => false,
                    // from version 1.2 on, the grammar has OPAQUE in attribute values
                    global::OPAQUE => self.header.grammar() >= Version::V1_2,
                    // a processing instruction has one attribute
                    _ => self.hot.mode == Mode::Attributes || !is_attribute_start,
                },
            ),
        };
        if is_allowed {
            return Ok(None);
        }
        let pardon = match (octet, self.hot.mode) {
            (global::OPAQUE, Mode::Content | Mode::Attributes | Mode::PiData) => Some(DiagnosticKind::Opaque(place)),
            (global::END, Mode::List) => Some(DiagnosticKind::EmptyAttributes),
            // no element is open, so this is the end of a body of version 1.0
            (global::END, Mode::Content) if self.has_root() => Some(DiagnosticKind::TrailingData),
            _ => None,
        };
        self.forgive(pardon, ErrorKind::UnexpectedToken { token: octet, place })
    }

    /// The same for the integer of a token that may stand here.
    fn check_argument(&self, token: &Token<'_>) -> Result<Option<DiagnosticKind>> {
        match *token {
            Token::Entity(number) if character(number).is_none() => {
                self.forgive(Some(DiagnosticKind::Entity(number)), ErrorKind::InvalidEntity(number))
            }
            Token::Literal(_, index) if self.in_attribute_list() && self.is_xmlns(index) => {
                Ok(Some(DiagnosticKind::Xmlns(index)))
            }
            _ => Ok(None),
        }
    }

    /// A token in or around the content of elements.
    fn content(&mut self, token: Token<'a>, next: usize) -> Result<Event<'a>> {
        match token {
            Token::Application(octet) => self.start(self.hot.tag(octet), next),
            Token::Literal(octet, index) => {
                self.resolve(index)?;
                self.start(Start::from_octet(Tag::LITERAL, index, octet), next)
            }
            Token::End => {
                self.leave(next);
                Ok(Event::End)
            }
            Token::SwitchPage(page) => {
                self.hot.position = next;
                self.hot.tag_page = page;
                Ok(Event::SwitchPage(page))
            }
            _ => self.piece(token, next),
        }
    }

    /// The start of an element, which goes on at `next`.
    fn start(&mut self, start: Start, next: usize) -> Result<Event<'a>> {
        if self.enter(start, next) { Ok(Event::Start(start)) } else { Err(self.fault(ErrorKind::Limit(Limit::Depth))) }
    }

    /// Enters the element and goes on at `next`, unless that is too deep.
    fn enter(&mut self, start: Start, next: usize) -> bool {
        if !self.hot.enter(start, next) {
            return false;
        }
        self.root_seen = true;
        if self.hot.mode == Mode::Outside {
            self.hot.mode = self.inner_mode();
        }
        true
    }

    /// Leaves the element and goes on at `next`.
    fn leave(&mut self, next: usize) {
        self.hot.position = next;
        self.hot.open = self.hot.open.saturating_sub(1);
        self.hot.mode = self.inner_mode();
    }

    /// A token in an attribute list or in a processing instruction.
    fn attributes(&mut self, token: Token<'a>, next: usize) -> Result<Event<'a>> {
        match token {
            Token::Application(octet) if octet & HAS_ATTRIBUTES != 0 => {
                self.hot.position = next;
                Ok(Event::AttributeValue(AttrValue::new(self.hot.attribute_page, octet)))
            }
            Token::Application(octet) => self.enter_attribute(self.hot.attribute(octet), next),
            Token::Literal(_, index) => {
                if !self.in_attribute_list() || !self.is_xmlns(index) {
                    self.resolve(index)?;
                }
                self.enter_attribute(AttributeStart { token: AttrStart::LITERAL, literal: index }, next)
            }
            Token::End => {
                self.hot.position = next;
                self.hot.mode = self.inner_mode();
                self.hot.attributes_left = self.hot.attribute_limit;
                Ok(Event::AttributesEnd)
            }
            Token::SwitchPage(page) => {
                self.hot.position = next;
                self.hot.attribute_page = page;
                Ok(Event::SwitchPage(page))
            }
            _ => self.piece(token, next),
        }
    }

    fn enter_attribute(&mut self, start: AttributeStart, next: usize) -> Result<Event<'a>> {
        if self.hot.mode == Mode::PiTarget {
            self.hot.position = next;
            self.hot.mode = Mode::PiData;
        } else if !self.hot.enter_attribute(next) {
            return Err(self.fault(ErrorKind::Limit(Limit::Attributes)));
        }
        Ok(Event::AttributeStart(start))
    }

    /// A token that means the same in content and in attribute lists, or begins a processing instruction.
    fn piece(&mut self, token: Token<'a>, next: usize) -> Result<Event<'a>> {
        let event = match token {
            Token::StrI(octets) => Event::Text(PlainText::new(octets, self.hot.charset, Form::Inline)),
            Token::StrT(index) => Event::Text(PlainText::in_table(self.resolve(index)?, self.hot.charset, index)),
            Token::Entity(number) => Event::Entity(character(number).unwrap_or(char::REPLACEMENT_CHARACTER)),
            Token::Opaque(octets) => Event::Opaque(octets),
            Token::ExtI(number, octets) => Event::ExtI(number, octets),
            Token::ExtT(number, value) => Event::ExtT(number, value),
            Token::Ext(number) => Event::Ext(number),
            // `check` has sent everything else elsewhere, or away
            Token::Pi | Token::Application(_) | Token::SwitchPage(_) | Token::End | Token::Literal(..) => {
                self.hot.mode = Mode::PiTarget;
                Event::Pi
            }
        };
        self.hot.position = next;
        Ok(event)
    }

    /// The mode behind a tag, an attribute list or an end.
    const fn inner_mode(&self) -> Mode {
        if self.hot.open > 0 { Mode::Content } else { self.outer }
    }

    /// The string-table string at `index`, within the limit.
    fn resolve(&mut self, index: u32) -> Result<&'a [u8]> {
        self.strings.resolve(index).map_err(|kind| self.fault(kind))
    }

    /// Whether the body may end: version 1.0 has any content for a root.
    pub(super) fn has_root(&self) -> bool {
        self.root_seen || self.outer == Mode::Content && self.hot.position > self.header.len()
    }

    fn end_of_input(&self) -> Result<Event<'a>> {
        if self.has_root() && self.hot.mode == self.outer && self.hot.open == 0 {
            Ok(Event::Eof)
        } else {
            Err(self.fault(ErrorKind::UnexpectedEof))
        }
    }

    const fn in_attribute_list(&self) -> bool {
        matches!(self.hot.mode, Mode::List | Mode::Attributes)
    }
}

/// The character that an entity stands for.
pub(super) const fn character(number: u32) -> Option<char> {
    if number == 0 { None } else { char::from_u32(number) }
}
