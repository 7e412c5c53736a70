//! The common events of a WBXML document, written as they are read.
//!
//! What is here, [`transcode`](crate::transcode()) can do as well, event by event: this is the short way for elements
//! whose names the vocabulary has, for values that are a few strings, and for text that stands in XML as it is.

use alloc::borrow::Cow;

use crate::event::{Event, Start};
use crate::reader::{Edge, Reader};
use crate::sink::Sink;
use crate::token::{HAS_ATTRIBUTES, HAS_CONTENT, Tag};
use crate::transcode::TranscodeError;
use crate::xml::plain_text::{SMALLEST, behind_plain_text, specials_in_text};
use crate::xml::policy::Layout;

use super::escape::{Escapes, Place};
use super::plain::{is_plain_value, specials};
use super::stage::Stage;
use super::{Namespace, Open, Pending, Value, Writer};

impl<'v, S: Sink> Writer<'v, S> {
    /// Writes events up to one that is not common, which it gives back with the place of the attribute whose value is
    /// open. `around` is the depth of what the reader reads: its ends are this writer's.
    pub(super) fn copy_common<'a>(
        &mut self,
        reader: &mut Reader<'a>,
        around: u32,
    ) -> Result<(Event<'a>, Option<usize>), TranscodeError> {
        let is_ready = self.layout == Layout::Compact
            && !self.open.is_empty()
            && matches!(self.pending, Pending::Nothing | Pending::Tag(_, Namespace::Settled))
            && core::ptr::eq(self.vocabulary, reader.vocabulary())
            && reader.charset().is_any_utf8();
        if !is_ready {
            return Ok((reader.next_event()?, None));
        }
        let mut stage = Stage::new();
        let left = self.stage_events(&mut stage, reader, around);
        let handed_over = stage.hand_over(&mut self.sink);
        let left = left?;
        handed_over.map_err(|error| TranscodeError::Write(error, reader.span().start))?;
        Ok(left)
    }

    #[inline(always)]
    fn stage_events<'a>(
        &mut self,
        stage: &mut Stage,
        reader: &mut Reader<'a>,
        around: u32,
    ) -> Result<(Event<'a>, Option<usize>), TranscodeError> {
        let mut value_at = None;
        loop {
            // ADVICE: tags and ends, the most of all events, go past the other ones, and are put together as events only
            // where they are given back.
            let (event, is_written) = match reader.take_edge() {
                Some(Edge::Start(tag, flags)) => {
                    if self.stage_start(stage, reader, tag, flags) {
                        continue;
                    }
                    (Event::Start(Start::from_octet(tag, 0, flags)), false)
                }
                Some(Edge::End) => {
                    if reader.depth() >= around && self.stage_end(stage) {
                        continue;
                    }
                    (Event::End, false)
                }
                None if reader.take_switch() => continue,
                None => {
                    let event = reader.next_event()?;
                    (event, self.stage_event(stage, reader, &event, &mut value_at))
                }
            };
            if !is_written {
                return match stage.fault.take() {
                    Some(fault) => Err(TranscodeError::Write(fault, reader.span().start)),
                    None => Ok((event, value_at.filter(|_| self.value != Value::Closed))),
                };
            }
        }
    }

    /// Writes what is no tag and no end.
    #[inline(always)]
    fn stage_event(
        &mut self,
        stage: &mut Stage,
        reader: &mut Reader<'_>,
        event: &Event<'_>,
        value_at: &mut Option<usize>,
    ) -> bool {
        match *event {
            Event::Text(text) if self.value == Value::Closed => self.stage_text(stage, text.octets()),
            Event::Opaque(octets) if self.value == Value::Closed => self.stage_ascii(stage, octets),
            Event::AttributeStart(start) => {
                *value_at = Some(reader.span().start);
                self.stage_attribute(stage, reader, self.vocabulary.plain_attribute(start.token))
            }
            Event::Text(text) => self.stage_value(stage, text.octets()),
            Event::AttributeValue(value) => match self.vocabulary.attribute_value(value) {
                Some(string) => self.stage_value(stage, string.as_bytes()),
                None => false,
            },
            Event::AttributesEnd => self.stage_attributes_end(stage),
            Event::SwitchPage(_) => true,
            _ => false,
        }
    }

    #[inline(always)]
    fn stage_start(&mut self, stage: &mut Stage, reader: &mut Reader<'_>, tag: Tag, flags: u8) -> bool {
        let (Some(name), Some(around)) = (self.vocabulary.tag_name(tag), self.open.last()) else {
            return false;
        };
        let is_begun = if !around.holds(tag.page()) {
            self.stage_elsewhere(stage, name, tag, flags)
        } else {
            match flags {
                HAS_CONTENT => stage.put_within(&mut self.sink, b"<", name, b">"),
                0 => stage.put_within(&mut self.sink, b"<", name, b"/>"),
                _ => {
                    self.names.clear();
                    self.pending = Pending::Tag(Start::from_octet(tag, 0, flags), Namespace::Settled);
                    stage.put_within(&mut self.sink, b"<", name, b"")
                }
            }
        };
        if !is_begun || flags & HAS_CONTENT == 0 {
            return is_begun;
        }
        if flags == HAS_CONTENT {
            // ADVICE: most elements hold one string and nothing else: no need to have them open.
            stage_string(stage, reader, specials_in_text);
            if reader.take_end() {
                return stage.put_within(&mut self.sink, b"</", name, b">");
            }
        }
        // ADVICE: once, or it is a call (5 % of a message).
        self.open.push(Open { name: Cow::Borrowed(name), page: tag.page(), is_foreign: false });
        true
    }

    /// The tag of an element of another code page than the one around it, without attributes.
    fn stage_elsewhere(&mut self, stage: &mut Stage, name: &'v str, tag: Tag, flags: u8) -> bool {
        let Some(namespace) = self.vocabulary.plain_namespace(tag.page()) else { return false };
        let is_in_scope = self.declared(self.open.last()) == Some(namespace);
        flags & HAS_ATTRIBUTES == 0
            && stage.put_within(&mut self.sink, b"<", name, b"")
            && (is_in_scope || stage.put_within(&mut self.sink, b" xmlns=\"", namespace, b"\""))
            && match flags {
                HAS_CONTENT => stage.put_few(&mut self.sink, b">"),
                _ => stage.put_few(&mut self.sink, b"/>"),
            }
    }

    #[inline(always)]
    fn stage_end(&mut self, stage: &mut Stage) -> bool {
        if self.open.len() <= 1 {
            return false;
        }
        let Some(Open { name, .. }) = self.open.pop() else { return false };
        stage.put_within(&mut self.sink, b"</", &name, b">")
    }

    #[inline(always)]
    fn stage_text(&mut self, stage: &mut Stage, octets: &[u8]) -> bool {
        match behind_plain_text(octets) {
            [] => stage.put(&mut self.sink, octets),
            rest => self.stage_escaped(stage, octets, rest),
        }
    }

    /// Text of which `rest`, its end, does not stand as it is.
    #[inline(never)]
    fn stage_escaped(&mut self, stage: &mut Stage, octets: &[u8], rest: &[u8]) -> bool {
        let mut escapes = Escapes::new(octets);
        if escapes.find(rest) {
            return self.stage_pieces(stage, octets, &mut escapes);
        }
        let Ok(text) = core::str::from_utf8(octets) else { return false };
        let written = stage.hand_over(&mut self.sink).and_then(|()| self.write(text, Place::Text));
        written.map_or_else(|fault| stage.fail(fault), |()| true)
    }

    // ADVICE: what is long in `OPAQUE` is a vCard, a calendar or XML more often than not: each has something to be escaped
    // at its beginning, so it is not asked first whether it has.
    /// Octets, if they are text of ASCII that XML can hold.
    #[inline(never)]
    fn stage_ascii(&mut self, stage: &mut Stage, octets: &[u8]) -> bool {
        let rest = if octets.len() < SMALLEST { behind_plain_text(octets) } else { octets };
        if rest.is_empty() {
            return stage.put(&mut self.sink, octets);
        }
        let mut escapes = Escapes::new(octets);
        escapes.find(rest) && self.stage_pieces(stage, octets, &mut escapes)
    }

    /// Text of ASCII, with something in it that is to be escaped.
    fn stage_pieces(&mut self, stage: &mut Stage, octets: &[u8], escapes: &mut Escapes<'_>) -> bool {
        let mut rest = octets;
        let mut before = 0;
        for place in escapes {
            let plain = place.wrapping_sub(before);
            let Some((octet, behind)) = rest.get(plain..).and_then(<[u8]>::split_first) else { break };
            let is_put = stage.put_first(&mut self.sink, rest, plain)
                && match octet {
                    b'<' => stage.put_few(&mut self.sink, b"&lt;"),
                    b'>' => stage.put_few(&mut self.sink, b"&gt;"),
                    b'&' => stage.put_few(&mut self.sink, b"&amp;"),
                    // a carriage return
                    _ => stage.put_few(&mut self.sink, b"&#13;"),
                };
            if !is_put {
                return false;
            }
            rest = behind;
            before = place.wrapping_add(1);
        }
        stage.put(&mut self.sink, rest)
    }

    /// An attribute by its name and the beginning of its value.
    #[inline(always)]
    fn stage_attribute(&mut self, stage: &mut Stage, reader: &mut Reader<'_>, start: Option<(&str, &str)>) -> bool {
        let Some((name, prefix)) = start else { return false };
        if !self.names.insert(name) {
            return false;
        }
        let is_next = self.value == Value::Open;
        self.value = Value::Open;
        let is_written = match is_next {
            true => stage.put_within(&mut self.sink, b"\" ", name, b"=\""),
            false => stage.put_within(&mut self.sink, b" ", name, b"=\""),
        };
        if !is_written || !(prefix.is_empty() || stage.put(&mut self.sink, prefix.as_bytes())) {
            return false;
        }
        stage_string(stage, reader, specials);
        true
    }

    #[inline(always)]
    fn stage_value(&mut self, stage: &mut Stage, octets: &[u8]) -> bool {
        self.value == Value::Open && is_plain_value(octets) && stage.put(&mut self.sink, octets)
    }

    #[inline(always)]
    fn stage_attributes_end(&mut self, stage: &mut Stage) -> bool {
        let Pending::Tag(start, Namespace::Settled) = self.pending else { return false };
        let value = core::mem::replace(&mut self.value, Value::Closed);
        self.pending = Pending::Nothing;
        match (value, start.has_content()) {
            (Value::Open, true) => stage.put_few(&mut self.sink, b"\">"),
            (Value::Open, false) => stage.put_few(&mut self.sink, b"\"/>"),
            (_, true) => stage.put_few(&mut self.sink, b">"),
            (_, false) => stage.put_few(&mut self.sink, b"/>"),
        }
    }
}

/// The string at hand, if there is one and all of it stands in XML as it is.
#[inline(always)]
fn stage_string(stage: &mut Stage, reader: &mut Reader<'_>, specials: impl Fn([u8; 8]) -> u64) {
    if let Some(octets) = reader.string_at_hand() {
        if let Some(length) = stage.put_string(octets, specials) {
            reader.pass_string(length);
        }
    }
}
