//! What a value writes, but for its strings: the octets of the body, with a gap for each string and each name.

use alloc::vec::Vec;

use crate::scan;
use crate::sink::WriteError;
use crate::token::{HAS_CONTENT, global};
use crate::writer::Writer;
use crate::writer::cover::{self, Piece};

use super::intern::Interner;
use super::pass::{Handler, Place};

/// A place of the body where something is to be written: what, by its number.
#[derive(Clone, Copy, Debug)]
pub(super) enum Gap {
    /// A string.
    String(usize),
    /// The index of a name that is no token, in the place of an octet.
    Name(usize),
}

/// The strings and the names of a value, and where they stand.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) strings: Interner,
    pub(super) names: Interner,
    /// The gaps, in the order of their places.
    pub(super) gaps: Vec<(usize, Gap)>,
    /// Where the tag of the element stands that was opened last.
    tag_at: usize,
}

impl Draft {
    pub(super) fn new() -> Self {
        Self { strings: Interner::default(), names: Interner::default(), gaps: Vec::with_capacity(128), tag_at: 0 }
    }

    #[inline]
    fn gap(&mut self, out: &Writer<'_, Vec<u8>>, string: &str, is_whole: bool) {
        self.gaps.push((out.sink().len(), Gap::String(self.strings.add(string, is_whole))));
    }
}

impl Handler<Vec<u8>> for Draft {
    fn is_empty(&mut self, out: &Writer<'_, Vec<u8>>, _: usize) -> bool {
        self.tag_at = out.sink().len();
        false
    }

    /// Takes back that it has content.
    fn close_empty(&mut self, out: &mut Writer<'_, Vec<u8>>, _: usize) -> Result<(), WriteError> {
        let body = &mut out.tokens.sink;
        let at = match body.get(self.tag_at) {
            Some(&global::SWITCH_PAGE) => self.tag_at.saturating_add(2),
            _ => self.tag_at,
        };
        body.get_mut(at).map(|tag| *tag &= !HAS_CONTENT).ok_or(WriteError::Misplaced)
    }

    fn index_of(&mut self, out: &Writer<'_, Vec<u8>>, name: &str) -> Result<u32, WriteError> {
        if name.contains('\0') {
            return Err(WriteError::Nul);
        }
        // behind the token that is written next
        let at = out.sink().len().saturating_add(1);
        self.gaps.push((at, Gap::Name(self.names.add(name, true))));
        Ok(0)
    }

    #[inline]
    fn string(&mut self, out: &mut Writer<'_, Vec<u8>>, string: &str, place: Place) -> Result<(), WriteError> {
        let octets = string.as_bytes();
        if !scan::is_plain(octets) && scan::zero_octet(octets) < octets.len() {
            return Err(WriteError::Nul);
        }
        if place != Place::Value {
            self.gap(out, string, place == Place::Whole);
            return Ok(());
        }
        self.value(out, string)
    }
}

impl Draft {
    /// A value, whose tokens are written at once.
    #[inline(never)]
    fn value(&mut self, out: &mut Writer<'_, Vec<u8>>, string: &str) -> Result<(), WriteError> {
        let (vocabulary, at) = (out.vocabulary, out.tokens.at);
        cover::cover(vocabulary, at.encoding()?, at.attribute_page, string, |piece| match piece {
            Piece::Text(text) => {
                self.gap(out, text, false);
                Ok(())
            }
            Piece::Token(token, string) => out.value_token(token, string),
        })
    }
}
