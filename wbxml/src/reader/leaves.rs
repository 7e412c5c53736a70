//! Children that hold one string each, read into their places: most of what typed code reads.

use crate::cursor::{Cursor, Fields, Mark};
use crate::error::Result;
use crate::event::Start;
use crate::text::{PlainText, Repr, Text};
use crate::token::{HAS_ATTRIBUTES, HAS_CONTENT, IDENTITY, Tag, global, is_application};
use crate::{mb_u_int32, scan};

use super::Reader;
use super::hot::Mode;

// ADVICE: `next_child` and `text` one after the other store what they know about a leaf and load it again, since between
// them anything may have happened. Here nothing does: a leaf is one tag, one string and one end, the depth stays what it
// is, and the place of the text is known before the string is, so that it is written once. What is no such leaf and no
// common token is left to `rare_child_beside`, which goes the long way.
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
        if !is_common || self.hot.open <= 1 || self.hot.open >= self.hot.open_limit {
            return None;
        }
        let octets = self.hot.octets;
        let mut rest = octets.get(self.hot.position..)?;
        if let Some(first @ None) = first {
            while let &[global::SWITCH_PAGE, page, ref behind @ ..] = rest {
                self.hot.tag_page = page;
                rest = behind;
                self.hot.position = octets.len().wrapping_sub(rest.len());
            }
            match *rest.first()? {
                octet if is_application(octet) => *first = Some(self.mark_at(self.hot.position)),
                global::END => {}
                _ => return None,
            }
        }
        let found = loop {
            let Some((&octet, behind)) = rest.split_first() else { break None };
            if is_application(octet) {
                let tag = Tag::new(self.hot.tag_page, octet & IDENTITY);
                match fields.slot(tag) {
                    Some(slot) => {
                        let Some((text, behind)) = leaf(octet, behind) else { break None };
                        let begin = octets.len().wrapping_sub(rest.len()).wrapping_add(2);
                        match self.known.get(begin, text.len()) {
                            Some(text) => slot.fill(Text(Repr::Str(text))),
                            None => slot.fill(self.known.look_ahead(octets, begin, text, self.hot.charset)),
                        }
                        rest = behind;
                    }
                    None => break Some((Some(Start::from_octet(tag, 0, octet)), behind)),
                }
            } else if octet == global::END {
                break Some((None, behind));
            } else {
                let &[global::SWITCH_PAGE, page, ref behind @ ..] = rest else { break None };
                self.hot.tag_page = page;
                rest = behind;
            }
        };
        self.hot.position = octets.len().wrapping_sub(rest.len());
        let (child, behind) = found?;
        self.mark = self.hot.position;
        let next = octets.len().wrapping_sub(behind.len());
        match child {
            Some(start) => {
                self.hot.enter(start, next);
            }
            None => self.hot.leave(next),
        }
        Some(child)
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
        loop {
            let has_first = first.as_ref().is_none_or(|first| first.is_some());
            if has_first && self.leaf_in_table(of, fields).is_some() {
                continue;
            }
            let Some(child) = self.next_child(of)? else { return Ok(None) };
            if let Some(first) = first.take() {
                first.get_or_insert_with(|| self.mark(child));
            }
            match fields.slot(child.tag) {
                Some(slot) => slot.read(self, child)?,
                None => return Ok(Some(child)),
            }
        }
    }

    /// Reads the child at hand into its slot, if it is a leaf whose text is a reference into the string table.
    fn leaf_in_table<F: Fields<'a>>(&mut self, of: Start, fields: &mut F) -> Option<()> {
        let is_common = self.hot.mode == Mode::Content && of.has_content();
        if !is_common || self.hot.open <= 1 || self.hot.open >= self.hot.open_limit {
            return None;
        }
        let octets = self.hot.octets;
        let [octet, global::STR_T, rest @ ..] = octets.get(self.hot.position..)? else { return None };
        if !is_application(*octet) || octet & (HAS_ATTRIBUTES | HAS_CONTENT) != HAS_CONTENT {
            return None;
        }
        let (index, length) = mb_u_int32::decode(rest).ok()?;
        let [global::END, behind @ ..] = rest.get(length..)? else { return None };
        let slot = fields.slot(Tag::new(self.hot.tag_page, octet & IDENTITY))?;
        // last, since it counts
        let string = self.strings.resolve(index).ok()?;
        slot.fill(Text(Repr::Plain(PlainText::in_table(string, self.hot.charset, index))));
        self.hot.position = octets.len().wrapping_sub(behind.len());
        Some(())
    }
}

/// The text of an element of the tag `octet`, which `rest` follows, and what follows its end, if the text is one inline
/// string and nothing else is in the element.
#[inline(always)]
fn leaf(octet: u8, rest: &[u8]) -> Option<(&[u8], &[u8])> {
    if octet & (HAS_ATTRIBUTES | HAS_CONTENT) != HAS_CONTENT {
        return None;
    }
    let [global::STR_I, rest @ ..] = rest else { return None };
    let (text, behind) = rest.split_at_checked(scan::zero_octet(rest))?;
    match behind.split_first_chunk()? {
        (&[0, global::END], behind) => Some((text, behind)),
        _ => None,
    }
}
