//! Text on its way out: escaped, held back, or put in order.

use crate::sink::{Sink, WriteError};
use crate::xml::policy::{Characters, Layout};

use super::escape::{Place, Special, plain_length, special};
use super::{Part, Value, Writer};

impl<'v, S: Sink> Writer<'v, S> {
    // ADVICE: the layout is asked for once, and what is one or two octets is a store, not a call.
    /// Writes the parts of a tag.
    #[inline(always)]
    pub(super) fn put_all<const N: usize>(&mut self, parts: [&str; N]) -> Result<(), WriteError> {
        if matches!(self.layout, Layout::Compact) {
            return parts.into_iter().try_for_each(|part| self.sink.put(part.as_bytes()));
        }
        parts.into_iter().try_for_each(|part| self.put_aside(part))
    }

    #[inline]
    pub(super) fn put(&mut self, text: &str) -> Result<(), WriteError> {
        if matches!(self.layout, Layout::Compact) { self.sink.put(text.as_bytes()) } else { self.put_aside(text) }
    }

    fn put_aside(&mut self, text: &str) -> Result<(), WriteError> {
        match self.layout {
            Layout::Indented(_) => self.held.text.push_str(text),
            Layout::Canonical if self.value != Value::Closed => self.ordered.extend(text),
            _ => return self.sink.put(text.as_bytes()),
        }
        Ok(())
    }

    /// Writes text with what stands for the characters that cannot.
    #[inline]
    pub(super) fn write(&mut self, text: &str, place: Place) -> Result<(), WriteError> {
        if plain_length(text.as_bytes(), place) == text.len() {
            return self.put_run(text, place);
        }
        self.escape(text, place)
    }

    #[inline(never)]
    fn escape(&mut self, text: &str, place: Place) -> Result<(), WriteError> {
        let (mut from, mut at) = (0, 0_usize);
        loop {
            let octets = text.as_bytes().get(at..).unwrap_or_default();
            at = at.saturating_add(plain_length(octets, place));
            let (plain, rest) = (text.get(from..at).unwrap_or_default(), text.get(at..).unwrap_or_default());
            let Some(character) = rest.chars().next() else {
                return self.put_run(plain, place);
            };
            let next = at.saturating_add(character.len_utf8());
            match special(rest, place) {
                Special::Itself => {}
                Special::PiEnd => {
                    if plain.ends_with('?') || plain.is_empty() && self.is_question {
                        return Err(WriteError::PiData);
                    }
                }
                Special::As(reference) => {
                    self.put_run(plain, place)?;
                    self.put_run(reference, place)?;
                    from = next;
                }
                Special::Not(character) => {
                    self.put_run(plain, place)?;
                    match self.characters {
                        Characters::Error => return Err(WriteError::NotXml(character)),
                        Characters::Replace => self.put_run("\u{FFFD}", place)?,
                        Characters::Drop => {}
                    }
                    from = next;
                }
            }
            at = next;
        }
    }

    #[inline]
    pub(super) fn put_run(&mut self, text: &str, place: Place) -> Result<(), WriteError> {
        if text.is_empty() {
            return Ok(());
        }
        if place == Place::Pi {
            self.is_question = text.ends_with('?');
        }
        self.put(text)
    }

    /// Text may stand here.
    pub(super) fn check_text(&self) -> Result<(), WriteError> {
        self.check_no_tag_is_open()?;
        if self.open.is_empty() && self.part != Part::Fragment { Err(WriteError::Misplaced) } else { Ok(()) }
    }
}
