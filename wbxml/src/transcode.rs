//! From one encoding to the other, whatever the document is.

#[cfg_attr(not(feature = "xml"), path = "transcode/no_spelling.rs")]
mod spelling;

use alloc::borrow::Cow;
use alloc::string::String;

use crate::any::{AnyReader, Markup};
use crate::charset::Charset;
use crate::cursor::Cursor;
use crate::emit::{Emit, Encode};
use crate::error::{Error, ErrorKind};
use crate::event::{AttributeStart, Event, Start};
use crate::limits::Limits;
use crate::reader::Reader;
use crate::sink::WriteError;
use crate::text::{Form, PlainText, TextFault};
use crate::token::{AttrStart, Tag};

use spelling::Spelling;

/// Why a document could not be written in the other encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TranscodeError {
    /// The document is faulty.
    #[error(transparent)]
    Read(#[from] Error),
    /// What the document says cannot be written.
    #[error("{0}, at octet {1} ({1:#x}) of the document that is read")]
    Write(WriteError, usize),
}

/// Writes every element, attribute, text and processing instruction that `reader` has left to `out`; the pieces of a
/// text become one.
///
/// What has no name in the vocabulary or is no text goes through [`Emit::token`], and is read back from XML where it was
/// written so: see [the notation](crate::xml#what-xml-has-no-words-for).
///
/// ```
/// # #[cfg(feature = "xml")] {
/// use wbxml::{AnyReader, Options, transcode, vocabulary::prov::PROV_1_0, xml};
///
/// let known = [&PROV_1_0];
/// let mut reader = AnyReader::new(b"\x03\x0B\x6A\x00\x45\x87\x11\x06\x03A&B\0\x01\x01", Options::new().vocabularies(&known))?;
/// let mut out = Vec::new();
/// transcode(&mut reader, &mut xml::Writer::new(&mut out, &PROV_1_0))?;
/// assert_eq!(out, br#"<wap-provisioningdoc><parm name="NAPID" value="A&amp;B"/></wap-provisioningdoc>"#);
/// # }
/// # Ok::<(), wbxml::TranscodeError>(())
/// ```
///
/// # Errors
/// [`TranscodeError`]
pub fn transcode(reader: &mut AnyReader<'_>, out: &mut impl Emit) -> Result<(), TranscodeError> {
    let spelling = Spelling::of(reader);
    match reader {
        AnyReader::Wbxml(reader) => {
            let is_document = reader.depth() == 0;
            run(reader, spelling, out)?;
            // the grammar of version 1.0 has documents without an element (5.3); they are none in XML
            if is_document && !reader.has_element() {
                return Err(ErrorKind::UnexpectedEof.at(reader.offset()).into());
            }
            Ok(())
        }
        #[cfg(feature = "xml")]
        AnyReader::Xml(reader) => run(reader, spelling, out),
    }
}

/// A reader of events that says what charset their strings are in.
trait Source<'a>: Cursor<'a> {
    fn next_event(&mut self) -> Result<Event<'a>, Error>;

    /// The next event that `out` has no shorter way for: see [`Emit::copy_events`].
    fn next_event_for(
        &mut self,
        out: &mut impl Emit,
        around: u32,
    ) -> Result<(Event<'a>, Option<usize>), TranscodeError>;

    fn charset(&self) -> Charset;

    /// A string of the document as text.
    fn text_of(&self, string: &PlainText<'a>) -> Result<Cow<'a, str>, TextFault> {
        string.to_cow()
    }
}

impl<'a> Source<'a> for Reader<'a> {
    #[inline(never)]
    fn next_event(&mut self) -> Result<Event<'a>, Error> {
        Self::next_event(self)
    }

    #[inline]
    fn next_event_for(
        &mut self,
        out: &mut impl Emit,
        around: u32,
    ) -> Result<(Event<'a>, Option<usize>), TranscodeError> {
        out.copy_events(self, around)
    }

    fn charset(&self) -> Charset {
        Self::charset(self)
    }
}

#[cfg(feature = "xml")]
impl<'a> Source<'a> for crate::xml::Reader<'a> {
    #[inline]
    fn next_event(&mut self) -> Result<Event<'a>, Error> {
        Self::next_event(self)
    }

    #[inline]
    fn next_event_for(
        &mut self,
        out: &mut impl Emit,
        around: u32,
    ) -> Result<(Event<'a>, Option<usize>), TranscodeError> {
        Ok((self.feed(out, around)?, None))
    }

    fn charset(&self) -> Charset {
        Charset::UTF_8
    }

    #[inline]
    fn text_of(&self, string: &PlainText<'a>) -> Result<Cow<'a, str>, TextFault> {
        self.known_text(string.octets()).map(Cow::Borrowed).ok_or(TextFault::Invalid)
    }
}

// ADVICE: one loop for each reader: asking at each event which one it is costs as much as the event.
fn run<'a>(reader: &mut impl Source<'a>, spelling: Spelling, out: &mut impl Emit) -> Result<(), TranscodeError> {
    let around = reader.depth();
    let vocabulary = reader.vocabulary();
    let mut text = Pending { first: "", joined: String::new(), place: Place::Content, at: 0, in_pi: false, spelling };
    loop {
        let (event, value_at) =
            if text.is_idle() { reader.next_event_for(out, around)? } else { (reader.next_event()?, None) };
        let at = reader.span().start;
        let write = |error| TranscodeError::Write(error, at);
        if let Some(at) = value_at {
            text.at = at;
            text.place = Place::Begun;
        } else if text.is_empty() && !matches!(text.place, Place::Named(_) | Place::Unnamed(_)) {
            text.at = at;
        }
        match event {
            Event::Text(piece) => match reader.text_of(&piece) {
                Ok(Cow::Borrowed(piece)) => text.push(piece),
                Ok(Cow::Owned(piece)) => text.join(&piece),
                // octets that are no text survive from one document in UTF-8 to the other
                Err(TextFault::Invalid) if piece.charset().is_utf8() => text.token(&event, out, at)?,
                Err(fault) => return Err(fault.at(at).into()),
            },
            Event::Entity(character) => text.join(character.encode_utf8(&mut [0; 4])),
            Event::AttributeValue(value) => match vocabulary.attribute_value(value) {
                Some(piece) => text.push(piece),
                None => text.token(&event, out, at)?,
            },
            // strings in the document's charset
            Event::Opaque(octets) if text.is_value() && !reader.charset().is_utf8() => {
                text.join(&reader.charset().to_cow(octets).map_err(|(fault, _)| fault.at(at))?);
            }
            Event::ExtI(number, octets) if !reader.charset().is_utf8() => {
                let string = reader.charset().to_cow(octets).map_err(|(fault, _)| fault.at(at))?;
                text.token(&Event::ExtI(number, string.as_bytes()), out, at)?;
            }
            Event::Opaque(_) | Event::ExtI(..) | Event::ExtT(..) | Event::Ext(_) => {
                text.token(&event, out, at)?;
            }
            Event::SwitchPage(_) => {}
            Event::Pi => {
                text.flush(out)?;
                text.in_pi = true;
            }
            Event::AttributeStart(start) => {
                text.flush(out)?;
                text.at = at;
                text.place = match reader.attribute_name(start)? {
                    Some(name) => Place::Named(text.spelling.unspelled(name.to_cow().map_err(|fault| fault.at(at))?)),
                    None => Place::Unnamed(start),
                };
                text.first = match start.token {
                    AttrStart::LITERAL => "",
                    token => vocabulary.attribute(token).map_or("", |(_, prefix)| prefix),
                };
            }
            Event::AttributesEnd if text.in_pi => text.end_pi(out)?,
            Event::AttributesEnd => {
                text.flush(out)?;
                text.place = Place::Content;
                out.attributes_end().map_err(write)?;
            }
            Event::Start(start) => {
                text.flush(out)?;
                if start.tag == Tag::LITERAL {
                    let name = reader.name_text(start)?.unwrap_or_default();
                    let name = text.spelling.unspelled(name.to_cow().map_err(|fault| fault.at(at))?);
                    out.start_named(&name, start)
                } else if vocabulary.tag_name(start.tag).is_some() {
                    out.start(start)
                } else {
                    out.token(&event)
                }
                .map_err(write)?;
            }
            Event::End => {
                text.flush(out)?;
                // the end of an element that was open before: that of the element around a markup
                if reader.depth() >= around {
                    out.end().map_err(write)?;
                }
            }
            Event::Eof => return text.flush(out),
        }
    }
}

/// The text at hand, and what it belongs to.
struct Pending<'a> {
    /// The text, as long as it is one string; then it stands in `joined`.
    first: &'a str,
    joined: String,
    place: Place<'a>,
    /// Where the text or the attribute begins.
    at: usize,
    in_pi: bool,
    spelling: Spelling,
}

enum Place<'a> {
    /// The content of an element.
    Content,
    /// The value of an attribute, or the data of a processing instruction, of which nothing is written.
    Named(Cow<'a, str>),
    Unnamed(AttributeStart),
    /// The same, of which name and beginning are written.
    Begun,
}

impl<'a> Pending<'a> {
    /// Whether all is written that was read, and what follows is content.
    fn is_idle(&self) -> bool {
        self.is_empty() && !self.is_value() && !self.in_pi
    }

    fn is_empty(&self) -> bool {
        self.first.is_empty() && self.joined.is_empty()
    }

    const fn is_value(&self) -> bool {
        !matches!(self.place, Place::Content)
    }

    /// More of the text.
    #[inline]
    fn push(&mut self, piece: &'a str) {
        if self.is_empty() {
            self.first = piece;
        } else {
            self.join(piece);
        }
    }

    /// More of the text, which the document does not hold so.
    #[cold]
    fn join(&mut self, piece: &str) {
        self.joined.push_str(core::mem::take(&mut self.first));
        self.joined.push_str(piece);
    }

    /// Writes a token that is no text behind the text at hand.
    fn token(&mut self, event: &Event<'_>, out: &mut impl Emit, at: usize) -> Result<(), TranscodeError> {
        self.begin_pi(out)?;
        self.flush(out)?;
        out.token(event).map_err(|error| TranscodeError::Write(error, at))
    }

    /// Begins a processing instruction that is more than a name and a text.
    fn begin_pi(&mut self, out: &mut impl Emit) -> Result<(), TranscodeError> {
        if self.in_pi && !matches!(self.place, Place::Begun) {
            return out.token(&Event::Pi).map_err(|error| TranscodeError::Write(error, self.at));
        }
        Ok(())
    }

    /// Writes the text at hand, with the name that it is the value of.
    #[inline]
    fn flush(&mut self, out: &mut impl Emit) -> Result<(), TranscodeError> {
        // most tags have no text in front of them
        if !self.is_value() {
            return match self.is_empty() {
                true => Ok(()),
                false => self.write_text(out),
            };
        }
        self.write_value(out).map_err(|error| TranscodeError::Write(error, self.at))
    }

    #[inline]
    fn write_text(&mut self, out: &mut impl Emit) -> Result<(), TranscodeError> {
        let written = if self.joined.is_empty() {
            out.text(core::mem::take(&mut self.first))
        } else {
            let written = out.text(&self.joined);
            self.joined.clear();
            written
        };
        written.map_err(|error| TranscodeError::Write(error, self.at))
    }

    fn write_value(&mut self, out: &mut impl Emit) -> Result<(), WriteError> {
        let first = core::mem::take(&mut self.first);
        let joined = core::mem::take(&mut self.joined);
        let text = if joined.is_empty() { first } else { &joined };
        let (first, rest) = self.spelling.split(text);
        match core::mem::replace(&mut self.place, Place::Begun) {
            Place::Named(name) => out.attribute(&name, &first)?,
            Place::Unnamed(start) => {
                out.token(&Event::AttributeStart(start))?;
                go_on(&first, out)?;
            }
            Place::Content | Place::Begun => go_on(&first, out)?,
        }
        if rest.is_empty() { Ok(()) } else { spelling::write(rest, out) }
    }

    /// Ends a processing instruction, and writes it if that is still to be done.
    fn end_pi(&mut self, out: &mut impl Emit) -> Result<(), TranscodeError> {
        let at = self.at;
        let write = |error| TranscodeError::Write(error, at);
        if let Place::Named(target) = &self.place {
            let text = if self.joined.is_empty() { self.first } else { &self.joined };
            let token = self.spelling.token(target, text).map_err(|kind| kind.at(at))?;
            let is_text = self.spelling.split(text).1.is_empty();
            if token.is_some() || is_text {
                let written = match token {
                    Some(token) => out.token(&token.event()),
                    None => out.pi(target, text),
                };
                self.first = "";
                self.joined.clear();
                self.in_pi = false;
                self.place = Place::Content;
                return written.map_err(write);
            }
        }
        self.begin_pi(out)?;
        self.flush(out)?;
        self.in_pi = false;
        self.place = Place::Content;
        out.attributes_end().map_err(write)
    }
}

/// Writes more of a value.
fn go_on(text: &str, out: &mut impl Emit) -> Result<(), WriteError> {
    if text.is_empty() {
        return Ok(());
    }
    out.token(&Event::Text(PlainText::new(text.as_bytes(), Charset::UTF_8, Form::Inline)))
}

/// Elements as data, written again; what they cost was limited when they were read.
impl Encode for Markup<'_> {
    fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        let mut reader = self.reader(Limits::NONE).map_err(WriteError::Unreadable)?;
        transcode(&mut reader, &mut Words(out)).map_err(|error| match error {
            TranscodeError::Read(error) => WriteError::Unreadable(error),
            TranscodeError::Write(error, _) => error,
        })
    }
}

/// Elements, attributes, text and octets, and nothing that has to be spelled: typed code does not find that again when
/// it reads what it has written.
struct Words<'e, E>(&'e mut E);

impl<E: Emit> Emit for Words<'_, E> {
    fn start(&mut self, start: Start) -> Result<(), WriteError> {
        self.0.start(start)
    }

    fn start_named(&mut self, name: &str, start: Start) -> Result<(), WriteError> {
        self.0.start_named(name, start)
    }

    fn attribute(&mut self, name: &str, value: &str) -> Result<(), WriteError> {
        self.0.attribute(name, value)
    }

    fn unnamed_attribute(&mut self, token: AttrStart, value: &str) -> Result<(), WriteError> {
        self.0.unnamed_attribute(token, value)
    }

    fn attributes_end(&mut self) -> Result<(), WriteError> {
        self.0.attributes_end()
    }

    fn text(&mut self, text: &str) -> Result<(), WriteError> {
        self.0.text(text)
    }

    fn opaque(&mut self, octets: &[u8]) -> Result<(), WriteError> {
        self.0.opaque(octets)
    }

    fn pi(&mut self, target: &str, data: &str) -> Result<(), WriteError> {
        self.0.pi(target, data)
    }

    fn end(&mut self) -> Result<(), WriteError> {
        self.0.end()
    }

    fn token(&mut self, event: &Event<'_>) -> Result<(), WriteError> {
        match *event {
            Event::Start(start) => self.0.start(start),
            Event::Opaque(octets) => self.0.opaque(octets),
            Event::Text(_) => Err(TextFault::Invalid.into()),
            Event::AttributeValue(value) => Err(TextFault::UnknownAttributeValue(value.code()).into()),
            Event::ExtI(..) | Event::ExtT(..) | Event::Ext(_) => Err(TextFault::Extension.into()),
            _ => Err(WriteError::UnknownName),
        }
    }
}
