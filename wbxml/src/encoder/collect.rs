//! The first pass: which names that are no token, and which strings, a value has.

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
pub(super) struct Collect {
    /// Names that are no token, and how often each is used.
    names: BTreeMap<String, u64>,
    /// The strings, one behind the other, and where each ends; none unless they are kept.
    text: String,
    ends: Vec<(usize, Place)>,
    keeps: bool,
    /// The elements whose content is empty.
    empty: Vec<usize>,
}

impl Collect {
    /// Nothing yet; `keeps` where strings are to be kept, and not only looked at.
    pub(super) const fn new(keeps: bool) -> Self {
        Self { names: BTreeMap::new(), text: String::new(), ends: Vec::new(), keeps, empty: Vec::new() }
    }

    pub(super) const fn names(&self) -> &BTreeMap<String, u64> {
        &self.names
    }

    /// The elements whose content is empty, in order.
    pub(super) fn empty(&self) -> &[usize] {
        &self.empty
    }

    /// Whether there is no string.
    pub(super) fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The strings in the order in which they were written.
    pub(super) fn strings(&self) -> impl Iterator<Item = (&str, Place)> + '_ {
        let mut start = 0;
        self.ends.iter().map(move |&(end, place)| {
            let string = self.text.get(start..end).unwrap_or_default();
            start = end;
            (string, place)
        })
    }
}

impl Handler for Collect {
    fn close_empty(&mut self, element: usize) {
        self.empty.push(element);
    }

    fn is_empty(&mut self, _: usize) -> bool {
        false
    }

    fn index_of<S: Sink>(&mut self, _: &Writer<'_, S>, name: &str) -> Result<u32, WriteError> {
        if name.contains('\0') {
            return Err(WriteError::Nul);
        }
        match self.names.get_mut(name) {
            Some(uses) => *uses = uses.saturating_add(1),
            None => drop(self.names.insert(name.to_owned(), 1)),
        }
        Ok(0)
    }

    fn string<S: Sink>(&mut self, _: &mut Writer<'_, S>, string: &str, place: Place) -> Result<(), WriteError> {
        if string.contains('\0') {
            return Err(WriteError::Nul);
        }
        if self.keeps {
            self.text.push_str(string);
            self.ends.push((self.text.len(), place));
        }
        Ok(())
    }
}
