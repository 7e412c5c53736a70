//! The tokens that real documents are made of, and nothing else.

use core::ops::ControlFlow;

use crate::Charset;
use crate::event::{AttributeStart, Event, Start};
use crate::text::{Form, PlainText};
use crate::token::{AttrStart, AttrValue, HAS_ATTRIBUTES, IDENTITY, Tag, global, is_application};
use crate::{lexer, scan};

use super::strings::Strings;

/// Where the reader stands in the grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// In the content of an element; in version 1.0 also around the roots.
    Content,
    /// At the start of an element's attribute list.
    List,
    /// After the first attribute start of such a list.
    Attributes,
    /// Before or after the root element.
    Outside,
    /// In a processing instruction, before its attribute start.
    PiTarget,
    /// In a processing instruction, behind its attribute start.
    PiData,
}

/// What the hot loop needs to know.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hot<'a> {
    /// The document, or no octets where every token is one for `Reader::rare`: see `Reader::set_hot`.
    pub(super) octets: &'a [u8],
    /// Where the token at hand begins.
    pub(super) position: usize,
    /// Elements open, in the document or piece of one that is read.
    pub(super) open: u32,
    pub(super) open_limit: u32,
    /// Attributes that the element at hand may still have, and those that the next one may have.
    pub(super) attributes_left: u32,
    pub(super) attribute_limit: u32,
    pub(super) charset: Charset,
    pub(super) tag_page: u8,
    pub(super) attribute_page: u8,
    pub(super) mode: Mode,
}

// ADVICE: `step` is the hot path of the house: one bounds test, one mode test, one octet test. A token that is rare,
// incomplete or not allowed, or closes the root, is none of its business: it gives `None` and changes nothing, and the
// caller goes through `Reader::rare`, cold and out of line, which has the whole grammar; where nothing is common,
// `octets` is empty and the bounds test says so. What changes here changes in `Reader::rare` and in the naive reader of
// the tests.
//
// What LLVM needs, each measured (instructions; look again after any change):
// - `step` inlined by force: it stops doing so silently at the second caller (half as much again).
// - A `Hot` in locals of `drive`, with no call that takes its address, so that it lives in registers; so what calls
//   need, `strings`, is not part of it. Registers are scarce: a field more that changes in the loop costs 5 to 10 %.
// - The token's first octet read in each mode (7 % of `drive` with attributes), and the place behind it computed in each
//   arm (5 %), not before.
// - Events handed to `receive` (by both callers the identity) instead of returned (8 % of `drive`).
// - `END` told from the strings by order, not in one `match` with them (2 %).
impl<'a> Hot<'a> {
    /// Reads the token at hand and hands its event to `receive`, if it is one of the common ones.
    #[inline(always)]
    pub(super) fn step<R>(&mut self, strings: &mut Strings<'a>, receive: impl FnOnce(Event<'a>) -> R) -> Option<R> {
        if self.mode == Mode::Content {
            self.step_in_content(strings, receive)
        } else {
            self.step_in_attributes(strings, receive)
        }
    }

    /// Hands the events of common tokens to `receive`, until it breaks, or up to a token that is none.
    #[inline(always)]
    pub(super) fn drive(
        &mut self,
        strings: &mut Strings<'a>,
        receive: &mut impl FnMut(Event<'a>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        while let Some(event) = self.step(strings, |event| event) {
            receive(event)?;
        }
        ControlFlow::Continue(())
    }

    #[inline(always)]
    fn step_in_content<R>(&mut self, strings: &mut Strings<'a>, receive: impl FnOnce(Event<'a>) -> R) -> Option<R> {
        let octet = self.octet()?;
        if is_application(octet) {
            let start = self.tag(octet);
            return self.enter(start, self.next()).then(|| receive(Event::Start(start)));
        }
        if octet > global::END {
            return match octet {
                global::STR_I => self.inline(self.next()).map(|text| receive(Event::Text(text))),
                global::STR_T => self.reference(self.next(), strings).map(|text| receive(Event::Text(text))),
                global::OPAQUE => self.opaque(self.next()).map(|octets| receive(Event::Opaque(octets))),
                _ => None,
            };
        }
        if octet == global::SWITCH_PAGE {
            self.tag_page = self.switch(self.next())?;
            return Some(receive(Event::SwitchPage(self.tag_page)));
        }
        if self.open <= 1 {
            return None;
        }
        self.leave(self.next());
        Some(receive(Event::End))
    }

    #[inline(always)]
    fn step_in_attributes<R>(&mut self, strings: &mut Strings<'a>, receive: impl FnOnce(Event<'a>) -> R) -> Option<R> {
        let octet = self.octet()?;
        if is_application(octet) && octet & HAS_ATTRIBUTES == 0 {
            let start = self.attribute(octet);
            return self.enter_attribute(self.next()).then(|| receive(Event::AttributeStart(start)));
        }
        if octet == global::SWITCH_PAGE {
            self.attribute_page = self.switch(self.next())?;
            return Some(receive(Event::SwitchPage(self.attribute_page)));
        }
        if self.mode == Mode::List {
            return None;
        }
        match octet {
            global::STR_I => self.inline(self.next()).map(|text| receive(Event::Text(text))),
            global::STR_T => self.reference(self.next(), strings).map(|text| receive(Event::Text(text))),
            global::END => {
                self.leave_attributes(self.next());
                Some(receive(Event::AttributesEnd))
            }
            _ if is_application(octet) => {
                self.position = self.next();
                Some(receive(Event::AttributeValue(AttrValue::new(self.attribute_page, octet))))
            }
            _ => None,
        }
    }

    /// The element of a tag token.
    #[inline(always)]
    pub(super) const fn tag(&self, octet: u8) -> Start {
        Start::from_octet(Tag::new(self.tag_page, octet & IDENTITY), 0, octet)
    }

    /// Enters the element and goes on at `next`, unless that is too deep.
    #[inline(always)]
    pub(super) const fn enter(&mut self, start: Start, next: usize) -> bool {
        if start.has_content() {
            if self.open >= self.open_limit {
                return false;
            }
            self.open = self.open.wrapping_add(1);
        }
        if start.has_attributes() {
            self.mode = Mode::List;
        }
        self.position = next;
        true
    }

    /// Leaves an element that is not the root, and goes on at `next`.
    #[inline(always)]
    pub(super) const fn leave(&mut self, next: usize) {
        self.open = self.open.wrapping_sub(1);
        self.position = next;
    }

    /// Leaves the attribute list of an element, whose `END` goes up to `next`.
    #[inline(always)]
    pub(super) const fn leave_attributes(&mut self, next: usize) {
        self.position = next;
        self.mode = Mode::Content;
        self.attributes_left = self.attribute_limit;
    }

    /// The attribute of a start token.
    #[inline(always)]
    pub(super) const fn attribute(&self, octet: u8) -> AttributeStart {
        AttributeStart::new(AttrStart::new(self.attribute_page, octet))
    }

    /// Enters the attribute and goes on at `next`, unless there are too many.
    #[inline(always)]
    pub(super) const fn enter_attribute(&mut self, next: usize) -> bool {
        let Some(left) = self.attributes_left.checked_sub(1) else { return false };
        self.attributes_left = left;
        self.mode = Mode::Attributes;
        self.position = next;
        true
    }

    /// The string of the `STR_I` at hand, which begins at `begin`.
    #[inline(always)]
    pub(super) fn inline(&mut self, begin: usize) -> Option<PlainText<'a>> {
        let rest = self.octets.get(begin..)?;
        let length = scan::zero_octet_in_words(rest)?;
        self.position = begin.wrapping_add(length).wrapping_add(1);
        Some(PlainText::new(rest.get(..length)?, self.charset, Form::Inline))
    }

    /// The string that the `STR_T` at hand refers to by the index at `begin`.
    #[inline(always)]
    fn reference(&mut self, begin: usize, strings: &mut Strings<'a>) -> Option<PlainText<'a>> {
        let (index, next) = self.integer(begin)?;
        let octets = strings.resolve_narrow(index)?;
        self.position = next;
        Some(PlainText::in_table(octets, self.charset, index))
    }

    /// The integer at `begin`, if it takes one octet or two, and where it ends.
    #[inline(always)]
    fn integer(&self, begin: usize) -> Option<(u32, usize)> {
        let &high = self.octets.get(begin)?;
        let next = begin.wrapping_add(1);
        if high < 0x80 {
            return Some((u32::from(high), next));
        }
        let &low @ 0..=0x7F = self.octets.get(next)? else { return None };
        Some((u32::from(high & 0x7F) << 7 | u32::from(low), next.wrapping_add(1)))
    }

    /// The octets of the `OPAQUE` at hand, if its length, at `next`, takes one octet or two.
    #[inline(always)]
    pub(super) fn opaque(&mut self, next: usize) -> Option<&'a [u8]> {
        let (length, begin) = self.integer(next)?;
        let end = begin.wrapping_add(usize::try_from(length).ok()?);
        let octets = self.octets.get(begin..end)?;
        self.position = end;
        Some(octets)
    }

    /// The same, whatever its length.
    pub(super) fn any_opaque(&mut self, next: usize) -> Option<&'a [u8]> {
        let (octets, length) = lexer::opaque(self.octets.get(next..)?).ok()?;
        self.position = self.position.wrapping_add(length);
        Some(octets)
    }

    /// The page of the `SWITCH_PAGE` at hand, which stands at `next`.
    #[inline(always)]
    pub(super) fn switch(&mut self, next: usize) -> Option<u8> {
        let &page = self.octets.get(next)?;
        self.position = next.wrapping_add(1);
        Some(page)
    }

    /// The first octet of the token at hand, if it may be a common one.
    #[inline(always)]
    pub(super) fn octet(&self) -> Option<u8> {
        self.octets.get(self.position).copied()
    }

    /// Where the token at hand goes on behind its first octet, or ends.
    #[inline(always)]
    pub(super) const fn next(&self) -> usize {
        self.position.wrapping_add(1)
    }
}
