//! Processing instructions.

use crate::sink::{Sink, WriteError};
use crate::xml::policy::Layout;

use super::escape::Place;
use super::{Part, Pending, Writer};

impl<'v, S: Sink> Writer<'v, S> {
    pub(super) fn close_pi(&mut self) -> Result<(), WriteError> {
        self.pending = Pending::Nothing;
        self.put("?>")?;
        if !self.open.is_empty() {
            return Ok(());
        }
        if self.layout != Layout::Compact && self.part == Part::BeforeRoot {
            self.put("\n")?;
        }
        self.top_ended()
    }

    /// A processing instruction, up to the beginning of its data.
    pub(super) fn begin_pi(&mut self, target: &str, data: &str) -> Result<(), WriteError> {
        if target.eq_ignore_ascii_case("xml") {
            return Err(WriteError::UnknownName);
        }
        if self.open.is_empty() {
            self.top(false)?;
            if self.layout != Layout::Compact && self.part == Part::BehindRoot {
                self.put("\n")?;
            }
        }
        if self.is_indented() {
            self.held.may_break(self.open.len());
        }
        self.put("<?")?;
        self.put(target)?;
        self.pending = Pending::PiTarget;
        self.write_data(data)
    }

    /// Data of a processing instruction.
    pub(super) fn write_data(&mut self, data: &str) -> Result<(), WriteError> {
        if data.is_empty() {
            return Ok(());
        }
        self.begin_data()?;
        self.write(data, Place::Pi)
    }

    pub(super) fn begin_data(&mut self) -> Result<(), WriteError> {
        if matches!(self.pending, Pending::PiTarget) {
            self.pending = Pending::PiData;
            self.put_run(" ", Place::Pi)?;
        }
        Ok(())
    }
}
