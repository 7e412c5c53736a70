//! From one encoding to the other, whatever the document is.

use alloc::borrow::Cow;
use alloc::string::String;

use crate::any::{AnyReader, Markup};
use crate::cursor::Cursor;
use crate::emit::{Emit, Encode};
use crate::error::Error;
use crate::event::Event;
use crate::limits::Limits;
use crate::sink::WriteError;
use crate::text::TextFault;
use crate::token::{AttrStart, Tag};

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

/// Writes every element, attribute and text that `reader` has left to `out`; the pieces of a text become one.
///
/// Processing instructions are passed over. Elements that are no token of the vocabulary are written by their name,
/// where `out` can ([`Emit::start_named`]).
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
    let around = reader.depth();
    // the attribute at hand, and the pieces of its value or of the text at hand
    let mut attribute = None;
    let mut text = Cow::Borrowed("");
    let mut in_pi = false;
    loop {
        let event = reader.next_event()?;
        let at = reader.span().start;
        let write = |error| TranscodeError::Write(error, at);
        if in_pi {
            in_pi = event != Event::AttributesEnd;
            continue;
        }
        let piece = match event {
            Event::Text(text) => text.to_cow().map_err(|fault| fault.at(at))?,
            Event::AttributeValue(token) => match reader.vocabulary().attribute_value(token) {
                Some(string) => Cow::Borrowed(string),
                None => return Err(TextFault::UnknownAttributeValue(token.code()).at(at).into()),
            },
            Event::Entity(character) => Cow::Owned(String::from(character)),
            Event::Opaque(octets) if attribute.is_some() => {
                reader.charset().to_cow(octets).map_err(|(fault, _)| fault.at(at))?
            }
            Event::ExtI(..) | Event::ExtT(..) | Event::Ext(_) => return Err(TextFault::Extension.at(at).into()),
            Event::SwitchPage(_) => continue,
            Event::Pi => {
                in_pi = true;
                continue;
            }
            Event::Start(_)
            | Event::AttributeStart(_)
            | Event::AttributesEnd
            | Event::Opaque(_)
            | Event::End
            | Event::Eof => {
                let whole = core::mem::take(&mut text);
                match attribute.take() {
                    Some(name) => out.attribute(name, &whole),
                    None if whole.is_empty() => Ok(()),
                    None => out.text(&whole),
                }
                .map_err(write)?;
                match event {
                    Event::Start(start) if start.tag == Tag::LITERAL => {
                        let name = reader.name_text(start)?.unwrap_or_default();
                        out.start_named(&name.to_cow().map_err(|fault| fault.at(at))?, start)
                    }
                    Event::Start(start) => out.start(start),
                    Event::AttributeStart(start) => {
                        let is_literal = start.token == AttrStart::LITERAL;
                        let known = if is_literal { None } else { reader.vocabulary().attribute(start.token) };
                        let (name, prefix) = known.ok_or(write(WriteError::UnknownName))?;
                        attribute = Some(name);
                        text = Cow::Borrowed(prefix);
                        Ok(())
                    }
                    Event::AttributesEnd => out.attributes_end(),
                    Event::Opaque(octets) => out.opaque(octets),
                    // the end of an element that was open before: that of the element around a markup
                    Event::End if reader.depth() < around => Ok(()),
                    Event::End => out.end(),
                    _ => return Ok(()),
                }
                .map_err(write)?;
                continue;
            }
        };
        if text.is_empty() {
            text = piece;
        } else {
            text.to_mut().push_str(&piece);
        }
    }
}

/// Elements as data, written again; what they cost was limited when they were read.
impl Encode for Markup<'_> {
    fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        let mut reader = self.reader(Limits::NONE).map_err(WriteError::Unreadable)?;
        transcode(&mut reader, out).map_err(|error| match error {
            TranscodeError::Read(error) => WriteError::Unreadable(error),
            TranscodeError::Write(error, _) => error,
        })
    }
}
