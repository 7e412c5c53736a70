//! What XML has no words for, and text that is none.

use crate::emit::Emit;
use crate::event::Event;
use crate::sink::{Sink, WriteError};
use crate::text::{PlainText, TextFault};
use crate::xml::name::not_xml;
use crate::xml::notation;
use crate::xml::policy::Characters;

use super::escape::Place;
use super::{Pending, Value, Writer};

impl<'v, S: Sink> Writer<'v, S> {
    /// Octets as text, if they are text that XML can hold; else by the notation.
    pub(super) fn octets(&mut self, event: &Event<'_>, octets: &[u8]) -> Result<(), WriteError> {
        match core::str::from_utf8(octets) {
            Ok(text) if not_xml(octets).is_none() => self.piece(text),
            _ => self.unspoken(event),
        }
    }

    /// A token that XML has no words for.
    pub(super) fn unspoken(&mut self, event: &Event<'_>) -> Result<(), WriteError> {
        let Some((what, data)) = notation::words(event) else { return Err(WriteError::Misplaced) };
        if matches!(self.pending, Pending::Nothing) {
            self.check_text()?;
            if matches!(event, Event::AttributeValue(_)) {
                return Err(WriteError::Misplaced);
            }
            let target = notation::target(&what);
            if self.is_indented() {
                self.held.keep();
            }
            for part in ["<?", &target, " ", &data, "?>"] {
                self.put(part)?;
            }
            return if self.open.is_empty() { self.release() } else { Ok(()) };
        }
        match (self.pending, self.value) {
            (Pending::Pi, _) | (Pending::Tag(..), Value::Closed) => return Err(WriteError::Misplaced),
            (_, Value::Left) => return Ok(()),
            _ => self.begin_data()?,
        }
        let blank = if data.is_empty() { "" } else { " " };
        for part in ["\u{FFFC}(", &what, blank, &data, ")"] {
            self.put_run(part, Place::Pi)?;
        }
        Ok(())
    }

    /// A piece of text, of a value or of the data of a processing instruction.
    pub(super) fn piece(&mut self, text: &str) -> Result<(), WriteError> {
        match self.pending {
            Pending::Nothing => self.text(text),
            Pending::Tag(..) => match self.value {
                Value::Open => self.write_value(text),
                Value::Left => Ok(()),
                Value::Closed => Err(WriteError::Misplaced),
            },
            Pending::PiTarget | Pending::PiData => self.write_data(text),
            Pending::Pi => Err(WriteError::Misplaced),
        }
    }

    pub(super) fn plain(&mut self, text: PlainText<'_>) -> Result<(), WriteError> {
        match text.to_cow() {
            Ok(text) => self.piece(&text),
            Err(TextFault::Invalid) if self.characters != Characters::Error => {
                for chunk in text.octets().utf8_chunks() {
                    self.piece(chunk.valid())?;
                    if !chunk.invalid().is_empty() && self.characters == Characters::Replace {
                        self.piece("\u{FFFD}")?;
                    }
                }
                Ok(())
            }
            Err(fault) => Err(WriteError::Text(fault)),
        }
    }
}
