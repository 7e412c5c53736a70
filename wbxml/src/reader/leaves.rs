//! Children that hold one token each, read into their places: most of what typed code reads.

use crate::cursor::{Cursor, Fields, Mark, Slot};
use crate::error::Result;
use crate::event::Start;
use crate::text::{Form, PlainText, Repr, Text};
use crate::token::{IDENTITY, Tag, global, is_application, is_plain_tag};
use crate::{lexer, mb_u_int32, scan};

use super::Reader;
use super::hot::Mode;

// ADVICE: `next_child` and `text` one after the other store what they know about a leaf and load it again, since between
// them anything may have happened. Here nothing does: a leaf is one tag, one token and one end, the depth stays what it
// is, and the place of the content is known before the content is, so that it is written once. An element of such leaves
// alone is not entered at all. What is no such leaf and no common token is left to `rare_child_beside`, which goes the
// long way.
impl<'a> Reader<'a> {
    /// The same as [`Cursor::next_child_beside`] up to a token that is rare, which gives `None`.
    #[inline(always)]
    pub(super) fn common_child_beside<F: Fields<'a>>(
        &mut self,
        of: Start,
        fields: &mut F,
        first: Option<&mut Option<Mark<'a>>>,
    ) -> Option<Option<Start>> {
        let is_common = self.hot.mode == Mode::Content && of.has_content();
        if !is_common || self.hot.open >= self.hot.open_limit {
            return None;
        }
        let octets = self.hot.octets;
        let mut at = self.hot.position;
        if let Some(first @ None) = first {
            while octets.get(at) == Some(&global::SWITCH_PAGE) {
                self.hot.tag_page = *octets.get(at.wrapping_add(1))?;
                at = at.wrapping_add(2);
                self.hot.position = at;
            }
            match *octets.get(at)? {
                octet if is_application(octet) => *first = Some(self.mark_at(at)),
                global::END => {}
                _ => return None,
            }
        }
        let found = loop {
            let Some(&octet) = octets.get(at) else { break None };
            let next = at.wrapping_add(1);
            if is_plain_tag(octet) {
                let tag = Tag::new(self.hot.tag_page, octet & IDENTITY);
                if let Some(slot) = fields.slot(tag) {
                    let Some(behind) = self.leaf(slot, next) else { break None };
                    at = behind;
                } else {
                    match fields.fields_of(tag).and_then(|inner| self.leaves(inner, next)) {
                        Some(behind) => at = behind,
                        None => break Some(Some(Start::from_octet(tag, 0, octet))),
                    }
                }
            } else if octet == global::END {
                break (self.hot.open > 1).then_some(None);
            } else {
                if octet != global::SWITCH_PAGE {
                    break None;
                }
                let Some(&page) = octets.get(next) else { break None };
                self.hot.tag_page = page;
                at = at.wrapping_add(2);
            }
        };
        self.hot.position = at;
        let child = found?;
        self.mark = at;
        match child {
            Some(_) => {
                self.hot.open = self.hot.open.wrapping_add(1);
                self.hot.position = at.wrapping_add(1);
            }
            None => self.hot.leave(at.wrapping_add(1)),
        }
        Some(child)
    }

    /// Reads the content of an element, which begins at `begin`, into its fields, if it is leaves with slots there and
    /// nothing else; gives where the element ends.
    #[inline(never)]
    fn leaves(&mut self, fields: &mut dyn Fields<'a>, begin: usize) -> Option<usize> {
        let (page, left) = (self.hot.tag_page, self.strings.left);
        let end = self.leaves_to_end(fields, begin);
        if end.is_none() {
            self.hot.tag_page = page;
            self.strings.left = left;
        }
        end
    }

    /// The same, which may have changed what is in scope where it gives nothing.
    #[inline(always)]
    fn leaves_to_end(&mut self, fields: &mut dyn Fields<'a>, begin: usize) -> Option<usize> {
        // the leaves are in an element that is not entered
        if self.hot.open.wrapping_add(1) >= self.hot.open_limit {
            return None;
        }
        let octets = self.hot.octets;
        let mut at = begin;
        loop {
            let &octet = octets.get(at)?;
            let next = at.wrapping_add(1);
            if is_plain_tag(octet) {
                let slot = fields.slot(Tag::new(self.hot.tag_page, octet & IDENTITY))?;
                at = self.leaf(slot, next)?;
            } else if octet == global::END {
                return Some(next);
            } else {
                if octet != global::SWITCH_PAGE {
                    return None;
                }
                self.hot.tag_page = *octets.get(next)?;
                at = at.wrapping_add(2);
            }
        }
    }

    /// Reads the content of a leaf, which begins at `begin`, into its slot; gives where the leaf ends. What is not one
    /// token, or one that is rare, is not read.
    #[inline(always)]
    fn leaf(&mut self, slot: Slot<'_, 'a>, begin: usize) -> Option<usize> {
        if let Some(text) = self.known.leaf(begin) {
            slot.fill(Text(Repr::Str(text)));
            return Some(string_end(begin, text.len()));
        }
        match self.hot.octets.get(begin) {
            Some(&global::STR_T) => self.reference(slot, begin.wrapping_add(1)),
            _ => self.other_content(slot, begin),
        }
    }

    /// The same of content that is an inline string not known yet, or octets.
    #[inline(never)]
    fn other_content(&mut self, slot: Slot<'_, 'a>, begin: usize) -> Option<usize> {
        let octets = self.hot.octets.get(begin..)?;
        match octets {
            [global::STR_I, rest @ ..] => {
                self.known.look_ahead(self.hot.octets, begin);
                if let Some(text) = self.known.leaf(begin) {
                    slot.fill(Text(Repr::Str(text)));
                    return Some(string_end(begin, text.len()));
                }
                let length = scan::zero_octet(rest);
                let [0, global::END, ..] = rest.get(length..)? else { return None };
                slot.fill(Text(Repr::Plain(PlainText::new(rest.get(..length)?, self.hot.charset, Form::Inline))));
                Some(string_end(begin, length))
            }
            [global::OPAQUE, rest @ ..] => {
                let (opaque, length) = lexer::opaque(rest).ok()?;
                if octets.get(length) != Some(&global::END) {
                    return None;
                }
                slot.fill_opaque(opaque, self.hot.charset);
                Some(begin.wrapping_add(length).wrapping_add(1))
            }
            _ => None,
        }
    }

    /// Reads the text of a leaf that is a reference into the string table, whose index stands at `begin`.
    #[inline(never)]
    fn reference(&mut self, slot: Slot<'_, 'a>, begin: usize) -> Option<usize> {
        let (index, length) = match *self.hot.octets.get(begin..)? {
            [index @ 0..=0x7F, global::END, ..] => (u32::from(index), 1),
            // the most of them in a table of more than 128 octets
            [high @ 0x80..=0xFF, low @ 0..=0x7F, global::END, ..] => (u32::from(high & 0x7F) << 7 | u32::from(low), 2),
            _ => return self.other_reference(slot, begin),
        };
        // last, since it counts
        match self.known.reference(index) {
            Some((text, text_length)) if self.strings.count(text_length) => {
                slot.fill(Text(Repr::Table(text, index)));
                Some(begin.wrapping_add(length).wrapping_add(1))
            }
            _ => self.other_reference(slot, begin),
        }
    }

    // ADVICE: in line, what is rare takes registers from the usual way.
    /// The same of a reference to a string that is not known to be UTF-8, or long, or far from the start of the table.
    #[cold]
    #[inline(never)]
    fn other_reference(&mut self, slot: Slot<'_, 'a>, begin: usize) -> Option<usize> {
        let rest = self.hot.octets.get(begin..)?;
        let (index, length) = mb_u_int32::decode(rest).ok()?;
        if rest.get(length) != Some(&global::END) {
            return None;
        }
        let string = self.strings.resolve(index).ok()?;
        slot.fill(self.known.find_reference(self.strings.table.octets(), index, string, self.hot.charset));
        Some(begin.wrapping_add(length).wrapping_add(1))
    }

    /// The same whatever the tokens are.
    #[cold]
    #[inline(never)]
    pub(super) fn rare_child_beside<F: Fields<'a>>(
        &mut self,
        of: Start,
        fields: &mut F,
        mut first: Option<&mut Option<Mark<'a>>>,
    ) -> Result<Option<Start>> {
        while let Some(child) = self.next_child(of)? {
            if let Some(first) = first.take() {
                first.get_or_insert_with(|| self.mark(child));
            }
            match fields.slot(child.tag) {
                Some(slot) => slot.read(self, child)?,
                None => return Ok(Some(child)),
            }
        }
        Ok(None)
    }
}

/// Where an element ends whose content, from `begin` on, is an inline string of `length` octets: behind its token, the
/// string, its terminator and the `END`.
#[inline(always)]
const fn string_end(begin: usize, length: usize) -> usize {
    begin.wrapping_add(length).wrapping_add(3)
}
