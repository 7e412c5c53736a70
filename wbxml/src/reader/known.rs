//! What of a document is known to be UTF-8, so that no text in it has to be checked by itself.

use crate::text::{PlainText, Repr, Text, leading_utf8};
use crate::token::global;
use crate::{Charset, scan};

use super::strings::near_end;

/// How many octets are looked at ahead of a text: some dozen texts of a message.
const AHEAD: usize = 1024;

/// A stretch that is shorter holds a text or two. To check those by themselves, if anybody asks, takes no more.
const WORTH: usize = 13;

// ADVICE: to check a short text costs more than to read it, to check a stretch of the document with all the texts in it
// costs three quarters of an instruction an octet: tokens are ASCII mostly. Where an octet is not, the token of a reference
// or of an `OPAQUE` or in a text, the stretch ends, and the next begins with the next text: to find that octet first takes
// less than to be told by `from_utf8`, which would have to look at all in front of it again. A text that is in no stretch
// is left to be checked when somebody asks, as all texts in other charsets are. Hardly an octet of the document is looked at
// ahead of two texts.
/// A stretch of the document that is UTF-8, and the start of its string table that is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known<'a> {
    text: &'a str,
    /// Where the stretch begins.
    start: usize,
    /// Where the next look ahead may begin.
    next: usize,
    /// What of the string table is known, from its start on.
    table: &'a str,
    /// Whether there may be more of it.
    is_table_open: bool,
}

impl<'a> Known<'a> {
    /// Nothing is known yet of a document in this charset.
    pub(super) fn new(charset: Charset) -> Self {
        let is_utf8 = charset == Charset::UTF_8;
        Self { text: "", start: 0, next: if is_utf8 { 0 } else { usize::MAX }, table: "", is_table_open: is_utf8 }
    }

    /// The text of `length` octets at `begin`, if it is known to be UTF-8.
    #[inline(always)]
    pub(super) fn get(&self, begin: usize, length: usize) -> Option<&'a str> {
        self.text.get(begin.wrapping_sub(self.start)..)?.get(..length)
    }

    /// The text of the inline string whose token stands at `begin`, if it is known to be UTF-8 and the end of an element
    /// behind it is.
    // ADVICE: the end of the text is looked for in the stretch and not in the document, so that what is found there need
    // not be asked whether it ends a character.
    #[inline(always)]
    pub(super) fn leaf(&self, begin: usize) -> Option<&'a str> {
        let begin = begin.wrapping_sub(self.start);
        let [global::STR_I, ..] = self.text.as_bytes().get(begin..)? else { return None };
        let rest = self.text.get(begin..)?.get(1..)?;
        let length = scan::zero_octet(rest.as_bytes());
        let [0, global::END, ..] = rest.as_bytes().get(length..)? else { return None };
        rest.get(..length)
    }

    /// Looks ahead of the text at `begin` in the document, unless it has been looked at.
    // ADVICE: in line, since where references break the stretches off a look is due at every other text.
    #[inline(always)]
    pub(super) fn look_ahead(&mut self, document: &'a [u8], begin: usize) {
        if begin < self.next {
            return;
        }
        let rest = document.get(begin..).unwrap_or_default();
        let length = scan::ascii(rest.get(..AHEAD).unwrap_or(rest));
        if length >= WORTH {
            self.text = rest.get(..length).and_then(|ascii| core::str::from_utf8(ascii).ok()).unwrap_or_default();
            self.start = begin;
        }
        self.next = begin.wrapping_add(length);
    }

    /// The string at `index` in the table and its length, if it is known to be UTF-8 and its end is near.
    #[inline(always)]
    pub(super) fn reference(&self, index: u32) -> Option<(&'a str, usize)> {
        let rest = self.table.get(usize::try_from(index).ok()?..)?;
        let length = near_end(rest.as_bytes())?;
        Some((rest.get(..length)?, length))
    }

    /// The string `octets` at `index` in `table`, whose charset is `charset`, known or not.
    #[cold]
    #[inline(never)]
    pub(super) fn find_reference(
        &mut self,
        table: &'a [u8],
        index: u32,
        octets: &'a [u8],
        charset: Charset,
    ) -> Text<'a> {
        let begin = usize::try_from(index).unwrap_or(usize::MAX);
        let end = begin.saturating_add(octets.len());
        if end > self.table.len() && self.is_table_open {
            self.look_further(table);
        }
        match self.table.get(begin..end) {
            Some(text) => Text(Repr::Table(text, index)),
            None => Text(Repr::Plain(PlainText::in_table(octets, charset, index))),
        }
    }

    // ADVICE: from the start again, so that what is known is one string; twice as far each time, so that all looks
    // together take no more than two at the whole table.
    /// Looks at more of the string table.
    fn look_further(&mut self, table: &'a [u8]) {
        let ahead = table.get(..self.table.len().saturating_mul(2).saturating_add(AHEAD)).unwrap_or(table);
        self.table = leading_utf8(ahead);
        self.is_table_open = self.table.len() == ahead.len() && ahead.len() < table.len();
    }
}
