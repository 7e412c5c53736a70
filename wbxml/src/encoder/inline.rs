//! The second of two passes: every string inline, as it comes.

use crate::sink::{Sink, WriteError};
use crate::writer::Writer;

use super::pass::{Handler, Place};

/// Writes what comes; of what came before it knows the elements without content.
pub(super) struct Inline<'e> {
    /// The elements with empty content that are still to come.
    pub(super) empty: &'e [usize],
}

impl<S: Sink> Handler<S> for Inline<'_> {
    fn is_empty(&mut self, _: &Writer<'_, S>, element: usize) -> bool {
        let Some((_, rest)) = self.empty.split_first().filter(|(next, _)| **next == element) else { return false };
        self.empty = rest;
        true
    }

    fn close_empty(&mut self, out: &mut Writer<'_, S>, _: usize) -> Result<(), WriteError> {
        crate::Emit::end(out)
    }

    fn index_of(&mut self, out: &Writer<'_, S>, name: &str) -> Result<u32, WriteError> {
        out.index_of(name).map_err(|_| WriteError::Changed)
    }

    fn string(&mut self, out: &mut Writer<'_, S>, string: &str, place: Place) -> Result<(), WriteError> {
        match place {
            Place::Content | Place::Whole => out.tokens.text(string),
            Place::Value => out.attribute_rest(string),
        }
    }
}
