//! The first of two passes: which names that are no token, and which elements without content, a value has.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use crate::sink::{Sink, WriteError};
use crate::writer::Writer;

use super::pass::{Handler, Place};

/// A sink that takes everything and keeps nothing.
pub(super) struct Discard;

impl Sink for Discard {
    fn put(&mut self, _: &[u8]) -> Result<(), WriteError> {
        Ok(())
    }
}

/// What the first pass saw.
#[derive(Debug, Default)]
pub(super) struct Collect {
    /// Names that are no token, and how often each is used.
    pub(super) names: BTreeMap<String, u64>,
    /// The elements whose content is empty, in order.
    pub(super) empty: Vec<usize>,
}

impl<S: Sink> Handler<S> for Collect {
    fn is_empty(&mut self, _: &Writer<'_, S>, _: usize) -> bool {
        false
    }

    fn close_empty(&mut self, _: &mut Writer<'_, S>, element: usize) -> Result<(), WriteError> {
        self.empty.push(element);
        Ok(())
    }

    fn index_of(&mut self, _: &Writer<'_, S>, name: &str) -> Result<u32, WriteError> {
        if name.contains('\0') {
            return Err(WriteError::Nul);
        }
        match self.names.get_mut(name) {
            Some(uses) => *uses = uses.saturating_add(1),
            None => drop(self.names.insert(name.to_owned(), 1)),
        }
        Ok(0)
    }

    fn string(&mut self, _: &mut Writer<'_, S>, string: &str, _: Place) -> Result<(), WriteError> {
        if string.contains('\0') { Err(WriteError::Nul) } else { Ok(()) }
    }
}
