//! What of a document is known to be UTF-8, so that no text in it has to be checked by itself.

use crate::Charset;
use crate::text::{Form, PlainText, Repr, Text, leading_utf8};

/// How many octets are looked at ahead of a text: some dozen texts of a message, and not much of what follows where that is
/// a large `OPAQUE`.
const AHEAD: usize = 512;

// ADVICE: to check a short text costs more than to read it, to check a stretch of the document with all the texts in it
// costs half an instruction an octet: tokens are ASCII mostly. Where a token is not, or a text is not UTF-8, the stretch
// ends, and the next begins with the next text. A text that is in no stretch is left to be checked when somebody asks, as
// all texts in other charsets are. No octet is looked at ahead of two texts.
/// A stretch of the document that is UTF-8.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known<'a> {
    text: &'a str,
    /// Where the stretch begins.
    start: usize,
    /// Where the next look ahead may begin.
    next: usize,
}

impl<'a> Known<'a> {
    /// Nothing is known yet of a document in this charset.
    pub(super) fn new(charset: Charset) -> Self {
        Self { text: "", start: 0, next: if charset == Charset::UTF_8 { 0 } else { usize::MAX } }
    }

    /// The text of `length` octets at `begin`, if it is known to be UTF-8.
    #[inline(always)]
    pub(super) fn get(&self, begin: usize, length: usize) -> Option<&'a str> {
        let begin = begin.wrapping_sub(self.start);
        let end = begin.wrapping_add(length);
        // said beforehand, so that it is not asked of either end by itself
        if begin <= end && end < self.text.len() { self.text.get(begin..end) } else { None }
    }

    /// The inline string `octets` at `begin` in `document`, whose charset is `charset`, where it is not known yet.
    #[cold]
    #[inline(never)]
    pub(super) fn look_ahead(
        &mut self,
        document: &'a [u8],
        begin: usize,
        octets: &'a [u8],
        charset: Charset,
    ) -> Text<'a> {
        if begin >= self.next {
            let end = begin.saturating_add(AHEAD).min(document.len());
            let text = leading_utf8(document.get(begin..end).unwrap_or_default());
            *self = Self { text, start: begin, next: begin.saturating_add(text.len()) };
            if let Some(text) = self.get(begin, octets.len()) {
                return Text(Repr::Str(text));
            }
        }
        Text(Repr::Plain(PlainText::new(octets, charset, Form::Inline)))
    }
}
