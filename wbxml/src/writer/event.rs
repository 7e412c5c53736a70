//! Writing events: one token for each, as it was read.

use crate::emit::Emit;
use crate::event::Event;
use crate::mb_u_int32::Encoded;
use crate::sink::{Sink, WriteError};
use crate::text::Form;
use crate::token::{AttrStart, Tag, global};

use super::Writer;

/// A token with an integer: its first octet, the integer, and what follows.
struct Numbered<'e> {
    token: u8,
    value: u32,
    rest: &'e [u8],
}

impl<'e> Numbered<'e> {
    const fn new(token: u8, value: u32) -> Self {
        Self { token, value, rest: &[] }
    }

    fn opaque(octets: &'e [u8]) -> Result<Self, WriteError> {
        let value = u32::try_from(octets.len()).map_err(|_| WriteError::TooLong)?;
        Ok(Self { token: global::OPAQUE, value, rest: octets })
    }

    /// The token of an event, if it has an integer.
    fn of(event: &Event<'e>) -> Result<Option<Self>, WriteError> {
        Ok(Some(match *event {
            Event::Start(start) if start.tag == Tag::LITERAL => {
                Self::new(global::LITERAL | start.flags(), start.literal)
            }
            Event::AttributeStart(start) if start.token == AttrStart::LITERAL => {
                Self::new(global::LITERAL, start.literal)
            }
            Event::Text(text) => match (text.index(), text.form()) {
                (Some(index), _) => Self::new(global::STR_T, index),
                (None, Form::Opaque) => Self::opaque(text.octets())?,
                _ => return Ok(None),
            },
            Event::Entity(character) => Self::new(global::ENTITY, u32::from(character)),
            Event::Opaque(octets) => Self::opaque(octets)?,
            Event::ExtT(number, value) => Self::new(global::EXT_T_0.saturating_add(number & 3), value),
            _ => return Ok(None),
        }))
    }
}

impl<S: Sink> Writer<'_, S> {
    /// Writes the token of an event, its integer in as few octets as it takes; [`Event::Eof`] is nothing.
    ///
    /// What an event is, is written: the version and the charset of the document are not asked whether they have it.
    ///
    /// # Errors
    /// [`WriteError::Full`], [`WriteError::TooLong`], [`WriteError::Nul`]
    #[inline(always)]
    pub fn event(&mut self, event: &Event<'_>) -> Result<(), WriteError> {
        // ADVICE: the tokens that documents are made of, in one `match` that is inlined where events are written in a
        // loop, each of them one `put` of a few octets; the event is looked at where it lies. To ask `Numbered` first
        // takes twice the instructions, to give the results of the arms as they are a tenth more, and a call for each
        // event, which LLVM makes of it at the second place where events are written, half as much again.
        match event {
            Event::Start(start) if start.tag != Tag::LITERAL => {
                self.tokens.at.in_attributes = start.has_attributes();
                self.tokens.tag(start.tag.page(), start.tag.code() | start.flags())?;
            }
            Event::End => self.end()?,
            Event::Text(text) if text.form() == Form::Inline => self.tokens.string(global::STR_I, text.octets())?,
            Event::Text(text) if text.form() == Form::Table => {
                self.tokens.numbered(global::STR_T, text.index().unwrap_or_default())?;
            }
            Event::SwitchPage(page) => self.tokens.switch_page(*page)?,
            Event::AttributeStart(start) if start.token != AttrStart::LITERAL => {
                self.tokens.attribute(start.token.page(), start.token.code())?;
            }
            Event::AttributeValue(value) => self.tokens.attribute(value.page(), value.code())?,
            Event::AttributesEnd => self.attributes_end()?,
            _ => self.rare(event)?,
        }
        Ok(())
    }

    #[inline(never)]
    fn rare(&mut self, event: &Event<'_>) -> Result<(), WriteError> {
        if let Some(token) = Numbered::of(event)? {
            return self.numbered(event, &token, Encoded::new(token.value));
        }
        match *event {
            Event::Text(text) => self.tokens.string(global::STR_I, text.octets()),
            Event::ExtI(number, octets) => self.tokens.string(global::EXT_I_0.saturating_add(number & 3), octets),
            Event::Ext(number) => self.tokens.token(global::EXT_0.saturating_add(number & 3)),
            Event::Pi => {
                self.tokens.at.in_attributes = true;
                self.tokens.token(global::PI)
            }
            // the end of the document is no token, and the others are not rare
            _ => Ok(()),
        }
    }

    /// Writes the token of an event in exactly `length` octets, leading 0x80 octets of its integer included.
    ///
    /// Events do not tell in how many octets an integer stood (WAP-192, 5.1, leaves the writer the choice), but their
    /// spans do: with [`Reader::span`](crate::Reader::span) a copy is the original, octet by octet.
    ///
    /// ```
    /// use wbxml::{Event, WriteError, Writer, vocabulary::prov::PROV_1_0};
    ///
    /// let mut room = [0; 10];
    /// let mut writer = Writer::new(&mut room[..], &PROV_1_0)?; // four octets
    /// writer.event_of_len(&Event::Opaque(b"ab"), 6)?;
    /// assert_eq!(writer.event_of_len(&Event::Opaque(b"ab"), 9), Err(WriteError::Length(9)));
    /// assert_eq!(room[4..], *b"\xC3\x80\x80\x02ab");
    /// # Ok::<(), WriteError>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`event`](Self::event), and [`WriteError::Length`], with nothing written, if the event takes more octets
    /// in its shortest form, or fewer in its longest one: an integer has five at most, and a token without an integer
    /// has one form.
    pub fn event_of_len(&mut self, event: &Event<'_>, length: usize) -> Result<(), WriteError> {
        let Some(token) = Numbered::of(event)? else {
            return if self.len_unnumbered(event) == Some(length) {
                self.event(event)
            } else {
                Err(WriteError::Length(length))
            };
        };
        let width = length.checked_sub(1).and_then(|length| length.checked_sub(token.rest.len()));
        match width.and_then(|width| Encoded::of_len(token.value, width)) {
            Some(integer) => self.numbered(event, &token, integer),
            None => Err(WriteError::Length(length)),
        }
    }

    fn numbered(&mut self, event: &Event<'_>, token: &Numbered<'_>, integer: Encoded) -> Result<(), WriteError> {
        if let Event::Start(start) = event {
            self.tokens.at.in_attributes = start.has_attributes();
        }
        self.tokens.token(token.token)?;
        self.tokens.sink.put(integer.as_slice())?;
        self.tokens.sink.put(token.rest)
    }

    /// The octets of an event that has no integer, a switch to another page included.
    fn len_unnumbered(&self, event: &Event<'_>) -> Option<usize> {
        let at = &self.tokens.at;
        let paged = |page, current| if page == current { 1 } else { 3 };
        let string = |octets: &[u8]| octets.len().checked_add(1)?.checked_add(at.charset.unit());
        match *event {
            Event::Eof => Some(0),
            Event::SwitchPage(_) => Some(2),
            Event::Start(start) => Some(paged(start.tag.page(), at.tag_page)),
            Event::AttributeStart(start) => Some(paged(start.token.page(), at.attribute_page)),
            Event::AttributeValue(value) => Some(paged(value.page(), at.attribute_page)),
            Event::Text(text) => string(text.octets()),
            Event::ExtI(_, octets) => string(octets),
            _ => Some(1),
        }
    }
}
