//! The common events of a WBXML document, written as they are read.
//!
//! What is here, [`transcode`](crate::transcode()) can do as well, event by event: this is the short way for elements
//! whose names the vocabulary has, for values that are a few strings, and for text that stands in XML as it is.

use alloc::borrow::Cow;

use crate::event::{Event, Start};
use crate::reader::Reader;
use crate::sink::{Sink, WriteError};
use crate::token::HAS_CONTENT;
use crate::transcode::TranscodeError;
use crate::xml::policy::Layout;

use super::escape::{Place, is_ascii_text, is_plain_text, is_plain_value, plain_ascii_length, reference_in_text};
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
            let event = reader.next_event()?;
            let is_written = match event {
                Event::Start(start) => self.stage_start(stage, start),
                Event::Text(text) if self.value == Value::Closed => self.stage_text(stage, text.octets()),
                Event::Opaque(octets) if self.value == Value::Closed && is_ascii_text(octets) => {
                    self.stage_ascii(stage, octets)
                }
                Event::End if reader.depth() >= around => self.stage_end(stage),
                Event::AttributeStart(start) => {
                    value_at = Some(reader.span().start);
                    self.stage_attribute(stage, self.vocabulary.plain_attribute(start.token))
                }
                Event::Text(text) => self.stage_value(stage, text.octets()),
                Event::AttributeValue(value) => match self.vocabulary.attribute_value(value) {
                    Some(string) => self.stage_value(stage, string.as_bytes()),
                    None => Ok(false),
                },
                Event::AttributesEnd => self.stage_attributes_end(stage),
                Event::SwitchPage(_) => Ok(true),
                _ => Ok(false),
            };
            if !is_written.map_err(|error| TranscodeError::Write(error, reader.span().start))? {
                return Ok((event, value_at.filter(|_| self.value != Value::Closed)));
            }
        }
    }

    #[inline(always)]
    fn stage_start(&mut self, stage: &mut Stage, start: Start) -> Result<bool, WriteError> {
        let (Some(name), Some(around)) = (self.vocabulary.tag_name(start.tag), self.open.last()) else {
            return Ok(false);
        };
        let page = start.tag.page();
        if around.page != page || around.is_foreign {
            return self.stage_start_elsewhere(stage, name, start);
        }
        match start.flags() {
            HAS_CONTENT => stage.put_within(&mut self.sink, b"<", name, b">")?,
            0 => stage.put_within(&mut self.sink, b"<", name, b"/>")?,
            _ => {
                stage.put_within(&mut self.sink, b"<", name, b"")?;
                self.names.clear();
                self.pending = Pending::Tag(start, Namespace::Settled);
            }
        }
        self.push(name, start);
        Ok(true)
    }

    /// An element of another code page than the one around it.
    fn stage_start_elsewhere(&mut self, stage: &mut Stage, name: &'v str, start: Start) -> Result<bool, WriteError> {
        let namespace = self.namespace(start.tag.page());
        let is_in_scope = self.declared(self.open.last()) == Some(namespace);
        if start.has_attributes() || !is_plain_value(namespace.as_bytes()) {
            return Ok(false);
        }
        stage.put_within(&mut self.sink, b"<", name, b"")?;
        if !is_in_scope {
            stage.put_within(&mut self.sink, b" xmlns=\"", namespace, b"\"")?;
        }
        self.push(name, start);
        stage.put(&mut self.sink, if start.has_content() { b">" } else { b"/>" })?;
        Ok(true)
    }

    #[inline(always)]
    fn push(&mut self, name: &'v str, start: Start) {
        if start.has_content() {
            self.open.push(Open { name: Cow::Borrowed(name), page: start.tag.page(), is_foreign: false });
        }
    }

    #[inline(always)]
    fn stage_end(&mut self, stage: &mut Stage) -> Result<bool, WriteError> {
        if self.open.len() <= 1 {
            return Ok(false);
        }
        let Some(Open { name, .. }) = self.open.pop() else { return Ok(false) };
        stage.put_within(&mut self.sink, b"</", &name, b">")?;
        Ok(true)
    }

    #[inline(always)]
    fn stage_text(&mut self, stage: &mut Stage, octets: &[u8]) -> Result<bool, WriteError> {
        if is_plain_text(octets) {
            stage.put(&mut self.sink, octets)?;
            return Ok(true);
        }
        self.stage_escaped(stage, octets)
    }

    #[inline(never)]
    fn stage_escaped(&mut self, stage: &mut Stage, octets: &[u8]) -> Result<bool, WriteError> {
        if is_ascii_text(octets) {
            return self.stage_ascii(stage, octets);
        }
        let Ok(text) = core::str::from_utf8(octets) else { return Ok(false) };
        stage.hand_over(&mut self.sink)?;
        self.write(text, Place::Text)?;
        Ok(true)
    }

    /// Text of ASCII that XML can hold.
    fn stage_ascii(&mut self, stage: &mut Stage, octets: &[u8]) -> Result<bool, WriteError> {
        let mut rest = octets;
        while let Some((plain, [octet, behind @ ..])) = rest.split_at_checked(plain_ascii_length(rest)) {
            stage.put(&mut self.sink, plain)?;
            stage.put(&mut self.sink, reference_in_text(*octet).unwrap_or_default().as_bytes())?;
            rest = behind;
        }
        stage.put(&mut self.sink, rest)?;
        Ok(true)
    }

    /// An attribute by its name and the beginning of its value.
    #[inline(always)]
    fn stage_attribute(&mut self, stage: &mut Stage, start: Option<(&str, &str)>) -> Result<bool, WriteError> {
        let Some((name, prefix)) = start else { return Ok(false) };
        if !self.names.insert(name) {
            return Ok(false);
        }
        if self.value == Value::Open {
            stage.put_within(&mut self.sink, b"\" ", name, b"=\"")?;
        } else {
            stage.put_within(&mut self.sink, b" ", name, b"=\"")?;
        }
        stage.put(&mut self.sink, prefix.as_bytes())?;
        self.value = Value::Open;
        Ok(true)
    }

    #[inline(always)]
    fn stage_value(&mut self, stage: &mut Stage, octets: &[u8]) -> Result<bool, WriteError> {
        let is_plain = self.value == Value::Open && is_plain_value(octets);
        if is_plain {
            stage.put(&mut self.sink, octets)?;
        }
        Ok(is_plain)
    }

    #[inline(always)]
    fn stage_attributes_end(&mut self, stage: &mut Stage) -> Result<bool, WriteError> {
        let Pending::Tag(start, Namespace::Settled) = self.pending else { return Ok(false) };
        let end = match (self.value, start.has_content()) {
            (Value::Open, true) => &b"\">"[..],
            (Value::Open, false) => b"\"/>",
            (_, true) => b">",
            (_, false) => b"/>",
        };
        stage.put(&mut self.sink, end)?;
        self.value = Value::Closed;
        self.pending = Pending::Nothing;
        Ok(true)
    }
}
