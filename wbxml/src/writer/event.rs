//! Writing events: one token for each, as it was read.

use super::Writer;
use crate::emit::Emit;
use crate::event::Event;
use crate::sink::{Sink, WriteError};
use crate::text::{Form, PlainText};
use crate::token::{AttrStart, global};

impl<S: Sink> Writer<'_, S> {
    /// Writes the token of an event; [`Event::Eof`] is nothing.
    ///
    /// What an event is, is written: the version and the charset of the document are not asked whether they have it.
    ///
    /// # Errors
    /// [`WriteError::Full`], [`WriteError::TooLong`], [`WriteError::Nul`]
    pub fn event(&mut self, event: &Event<'_>) -> Result<(), WriteError> {
        match *event {
            Event::Eof => Ok(()),
            Event::SwitchPage(page) => self.tokens.switch_page(page),
            Event::Start(start) => self.start(start),
            Event::AttributeStart(start) if start.token == AttrStart::LITERAL => {
                self.tokens.numbered(global::LITERAL, start.literal)
            }
            Event::AttributeStart(start) => self.tokens.attribute(start.token.page(), start.token.code()),
            Event::AttributeValue(value) => self.tokens.attribute(value.page(), value.code()),
            Event::AttributesEnd => self.attributes_end(),
            Event::End => self.end(),
            Event::Text(text) => self.plain(text),
            Event::Entity(character) => self.tokens.entity(character),
            Event::Opaque(octets) => self.tokens.opaque(octets),
            Event::ExtI(number, octets) => self.tokens.string(global::EXT_I_0.saturating_add(number & 3), octets),
            Event::ExtT(number, value) => self.tokens.numbered(global::EXT_T_0.saturating_add(number & 3), value),
            Event::Ext(number) => self.tokens.token(global::EXT_0.saturating_add(number & 3)),
            Event::Pi => {
                self.tokens.at.in_attributes = true;
                self.tokens.token(global::PI)
            }
        }
    }

    fn plain(&mut self, text: PlainText<'_>) -> Result<(), WriteError> {
        match (text.form(), text.index()) {
            (_, Some(index)) => self.tokens.numbered(global::STR_T, index),
            (Form::Opaque, _) => self.tokens.opaque(text.octets()),
            _ => self.tokens.string(global::STR_I, text.octets()),
        }
    }
}
