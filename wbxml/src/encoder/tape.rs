//! What a value writes, kept to be written again.

use alloc::string::String;
use alloc::vec::Vec;

use crate::Charset;
use crate::emit::{Emit, Encode};
use crate::event::{Event, Start};
use crate::sink::WriteError;
use crate::text::{Form, PlainText};
use crate::token::AttrStart;

/// Everything that was written, in order.
#[derive(Debug, Default)]
pub(super) struct Tape {
    calls: Vec<Call>,
    /// The strings and the octets of the calls, one behind the other.
    text: String,
    octets: Vec<u8>,
}

/// A call of [`Emit`], with the lengths of its strings.
#[derive(Clone, Copy, Debug)]
enum Call {
    Start(Start),
    StartNamed(usize, Start),
    Attribute(usize, usize),
    UnnamedAttribute(AttrStart, usize),
    AttributesEnd,
    Text(usize),
    Opaque(usize),
    End,
    Pi(usize, usize),
    /// A token that has no octets.
    Token(Event<'static>),
    TextToken(usize, Charset, Form, Option<u32>),
    OpaqueToken(usize),
    ExtIToken(u8, usize),
}

impl Tape {
    fn string(&mut self, string: &str) -> usize {
        self.text.push_str(string);
        string.len()
    }

    fn octets(&mut self, octets: &[u8]) -> usize {
        self.octets.extend_from_slice(octets);
        octets.len()
    }

    fn token(&mut self, event: &Event<'_>) -> Call {
        match *event {
            Event::Text(text) => Call::TextToken(self.octets(text.octets()), text.charset(), text.form(), text.index()),
            Event::Opaque(octets) => Call::OpaqueToken(self.octets(octets)),
            Event::ExtI(number, octets) => Call::ExtIToken(number, self.octets(octets)),
            Event::Start(start) => Call::Token(Event::Start(start)),
            Event::AttributeStart(start) => Call::Token(Event::AttributeStart(start)),
            Event::AttributeValue(value) => Call::Token(Event::AttributeValue(value)),
            Event::Entity(character) => Call::Token(Event::Entity(character)),
            Event::ExtT(number, value) => Call::Token(Event::ExtT(number, value)),
            Event::Ext(number) => Call::Token(Event::Ext(number)),
            Event::SwitchPage(page) => Call::Token(Event::SwitchPage(page)),
            Event::AttributesEnd => Call::Token(Event::AttributesEnd),
            Event::End => Call::Token(Event::End),
            Event::Pi => Call::Token(Event::Pi),
            Event::Eof => Call::Token(Event::Eof),
        }
    }
}

impl Encode for Tape {
    fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        let (mut text, mut octets) = (self.text.as_str(), self.octets.as_slice());
        let mut string = |length| {
            let (string, rest) = text.split_at_checked(length).unwrap_or_default();
            text = rest;
            string
        };
        let mut take = |length| {
            let (taken, rest) = octets.split_at_checked(length).unwrap_or_default();
            octets = rest;
            taken
        };
        for call in &self.calls {
            match *call {
                Call::Start(start) => out.start(start)?,
                Call::StartNamed(name, start) => out.start_named(string(name), start)?,
                Call::Attribute(name, value) => out.attribute(string(name), string(value))?,
                Call::UnnamedAttribute(token, value) => out.unnamed_attribute(token, string(value))?,
                Call::AttributesEnd => out.attributes_end()?,
                Call::Text(text) => out.text(string(text))?,
                Call::Opaque(length) => out.opaque(take(length))?,
                Call::End => out.end()?,
                Call::Pi(target, data) => out.pi(string(target), string(data))?,
                Call::Token(event) => out.token(&event)?,
                Call::TextToken(length, charset, form, index) => {
                    let octets = take(length);
                    out.token(&Event::Text(match index {
                        Some(index) => PlainText::in_table(octets, charset, index),
                        None => PlainText::new(octets, charset, form),
                    }))?;
                }
                Call::OpaqueToken(length) => out.token(&Event::Opaque(take(length)))?,
                Call::ExtIToken(number, length) => out.token(&Event::ExtI(number, take(length)))?,
            }
        }
        Ok(())
    }
}

/// Writes to `out`, and keeps what is written.
pub(super) struct Recorder<'r, E> {
    out: &'r mut E,
    tape: &'r mut Tape,
}

impl<'r, E: Emit> Recorder<'r, E> {
    pub(super) const fn new(out: &'r mut E, tape: &'r mut Tape) -> Self {
        Self { out, tape }
    }
}

impl<E: Emit> Emit for Recorder<'_, E> {
    fn start(&mut self, start: Start) -> Result<(), WriteError> {
        self.tape.calls.push(Call::Start(start));
        self.out.start(start)
    }

    fn start_named(&mut self, name: &str, start: Start) -> Result<(), WriteError> {
        let call = Call::StartNamed(self.tape.string(name), start);
        self.tape.calls.push(call);
        self.out.start_named(name, start)
    }

    fn attribute(&mut self, name: &str, value: &str) -> Result<(), WriteError> {
        let call = Call::Attribute(self.tape.string(name), self.tape.string(value));
        self.tape.calls.push(call);
        self.out.attribute(name, value)
    }

    fn unnamed_attribute(&mut self, token: AttrStart, value: &str) -> Result<(), WriteError> {
        let call = Call::UnnamedAttribute(token, self.tape.string(value));
        self.tape.calls.push(call);
        self.out.unnamed_attribute(token, value)
    }

    fn attributes_end(&mut self) -> Result<(), WriteError> {
        self.tape.calls.push(Call::AttributesEnd);
        self.out.attributes_end()
    }

    fn text(&mut self, text: &str) -> Result<(), WriteError> {
        let call = Call::Text(self.tape.string(text));
        self.tape.calls.push(call);
        self.out.text(text)
    }

    fn opaque(&mut self, octets: &[u8]) -> Result<(), WriteError> {
        let call = Call::Opaque(self.tape.octets(octets));
        self.tape.calls.push(call);
        self.out.opaque(octets)
    }

    fn end(&mut self) -> Result<(), WriteError> {
        self.tape.calls.push(Call::End);
        self.out.end()
    }

    fn pi(&mut self, target: &str, data: &str) -> Result<(), WriteError> {
        let call = Call::Pi(self.tape.string(target), self.tape.string(data));
        self.tape.calls.push(call);
        self.out.pi(target, data)
    }

    fn token(&mut self, event: &Event<'_>) -> Result<(), WriteError> {
        let call = self.tape.token(event);
        self.tape.calls.push(call);
        self.out.token(event)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::prov::{PROV_1_0, tag};
    use crate::{AttrValue, Tag, Writer};

    fn write(out: &mut impl Emit) -> Result<(), WriteError> {
        out.pi("x", "data")?;
        out.start(Start::new(tag::WAP_PROVISIONINGDOC).with_attributes())?;
        out.attribute("version", "1.1")?;
        out.unnamed_attribute(AttrStart::new(0, 0x7F), "value")?;
        out.token(&Event::AttributeValue(AttrValue::new(0, 0xFF)))?;
        out.token(&Event::ExtI(1, b"ext"))?;
        out.attributes_end()?;
        out.start_named("x", Start::new(Tag::LITERAL))?;
        out.text("text")?;
        out.opaque(b"\0\xFF")?;
        for event in [
            Event::Text(PlainText::new(b"\xFF", Charset::UTF_8, Form::Inline)),
            Event::Text(PlainText::in_table(b"\xFE", Charset::UTF_8, 7)),
            Event::Opaque(b"\x01\x02"),
            Event::Entity('\u{20AC}'),
            Event::ExtT(2, 300),
            Event::Ext(0),
            Event::SwitchPage(1),
            Event::Start(Start::new(Tag::new(2, 0x3F))),
            Event::End,
        ] {
            out.token(&event)?;
        }
        out.leaf(tag::PARM, "leaf")?;
        out.end()?;
        out.end()
    }

    #[test]
    fn what_is_kept_is_written_again_as_it_was() {
        let (mut first, mut again, mut tape) = (Vec::new(), Vec::new(), Tape::default());
        let mut writer = Writer::with_names(&mut first, &PROV_1_0, &[("x", 0)]).unwrap();
        write(&mut Recorder::new(&mut writer, &mut tape)).unwrap();
        tape.encode(&mut Writer::with_names(&mut again, &PROV_1_0, &[("x", 0)]).unwrap()).unwrap();
        assert_eq!(first, again);
        // an event of each kind is in it
        assert_eq!(tape.calls.len(), 24);
    }
}
