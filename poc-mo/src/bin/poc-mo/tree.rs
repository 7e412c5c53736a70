//! A document as an indented tree, a line an element.

use core::fmt::Write as _;
use std::io::Write;

use wbxml::{AnyReader, Attribute, Cursor, Event, Piece, PlainText, Start, Tag};

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    Output(#[from] std::io::Error),
    #[error(transparent)]
    Document(#[from] wbxml::Error),
}

/// A text that is longer ends behind the piece that makes it so: references to one string can make any length.
const LONGEST: usize = 1 << 20;

/// The line at hand.
#[derive(Default)]
struct Line {
    /// The element and its attributes.
    head: String,
    /// The text behind it.
    text: String,
    /// The value of the attribute at hand.
    value: Option<String>,
}

/// Prints everything that `reader` has left.
pub(crate) fn print(reader: &mut AnyReader<'_>, out: &mut impl Write) -> Result<(), Error> {
    let mut line = Line::default();
    loop {
        let event = reader.next_event()?;
        match event {
            Event::Eof => {
                line.end(reader.depth(), out)?;
                return Ok(());
            }
            Event::Start(start) => {
                let depth = reader.depth().saturating_sub(u32::from(start.has_content()));
                line.end(depth, out)?;
                line.head = format!("{}{}", indent(depth), name(reader, start)?);
                if start.has_attributes() {
                    while let Some(attribute) = reader.next_attribute(start)? {
                        line.attribute(&attribute);
                    }
                }
            }
            // of a processing instruction: its target, and its value
            Event::AttributeStart(start) => {
                let _ = write!(line.head, " {:?}", start.token);
                line.value = Some(String::new());
            }
            Event::AttributesEnd => line.end_value(),
            Event::AttributeValue(token) => match reader.vocabulary().attribute_value(token) {
                Some(string) => line.push(string),
                None => line.push(&format!("{token:?}")),
            },
            Event::Text(text) => line.push(&lossy(text)),
            Event::Entity(character) => line.push(character.encode_utf8(&mut [0; 4])),
            Event::Opaque(octets) => match core::str::from_utf8(octets) {
                Ok(text) if !text.contains(|character: char| character.is_control() && !character.is_whitespace()) => {
                    line.push(text);
                }
                _ => line.push(&hex(octets)),
            },
            Event::ExtI(..) | Event::ExtT(..) | Event::Ext(_) => line.push(&format!("{event:?}")),
            Event::Pi => {
                line.end(reader.depth(), out)?;
                line.head = format!("{}processing instruction", indent(reader.depth()));
            }
            Event::End => line.end(reader.depth().saturating_add(1), out)?,
            _ => {}
        }
    }
}

impl Line {
    /// A piece of the text or of the attribute's value at hand.
    fn push(&mut self, piece: &str) {
        let line = self.value.as_mut().unwrap_or(&mut self.text);
        if line.len() < LONGEST {
            line.push_str(piece);
            if line.len() >= LONGEST {
                line.push('…');
            }
        }
    }

    fn attribute(&mut self, attribute: &Attribute<'_>) {
        let _ = match attribute.name {
            "" => write!(self.head, " {:?}=", attribute.start),
            name => write!(self.head, " {}=", name.escape_debug()),
        };
        self.value = Some(String::new());
        for piece in attribute.value.pieces() {
            match piece {
                Ok(Piece::Text(text)) => self.push(&lossy(text)),
                Ok(Piece::Character(character)) => self.push(character.encode_utf8(&mut [0; 4])),
                Ok(_) => {}
                Err(fault) => self.push(&format!("<{fault}>")),
            }
        }
        self.end_value();
    }

    fn end_value(&mut self) {
        if let Some(value) = self.value.take() {
            let _ = write!(self.head, "\"{}\"", value.escape_debug());
        }
    }

    /// Prints the line, if there is one; text without an element of its own stands at `depth`.
    fn end(&mut self, depth: u32, out: &mut impl Write) -> Result<(), Error> {
        self.end_value();
        let (head, text) = (core::mem::take(&mut self.head), core::mem::take(&mut self.text));
        match (head.is_empty(), text.trim().is_empty()) {
            (true, true) => {}
            (true, false) => writeln!(out, "{}\"{}\"", indent(depth), text.escape_debug())?,
            (false, true) => writeln!(out, "{head}")?,
            (false, false) => writeln!(out, "{head} \"{}\"", text.escape_debug())?,
        }
        Ok(())
    }
}

fn indent(depth: u32) -> String {
    // deeper levels look alike: nobody counts that many blanks
    "  ".repeat(usize::try_from(depth.min(40)).unwrap_or_default())
}

fn name(reader: &AnyReader<'_>, start: Start) -> Result<String, wbxml::Error> {
    Ok(match reader.name(start)? {
        Some(name) if start.tag == Tag::LITERAL => format!("{} (not in the vocabulary)", name.escape_debug()),
        Some(name) => String::from(name),
        None => format!("{:?}", start.tag),
    })
}

fn lossy(text: PlainText<'_>) -> String {
    match text.to_str() {
        Ok(text) => String::from(text),
        Err(_) => format!("{} {}", text.charset(), hex(text.octets())),
    }
}

fn hex(octets: &[u8]) -> String {
    let mut hex = format!("<{} octets:", octets.len());
    for octet in octets {
        let _ = write!(hex, " {octet:02X}");
    }
    hex.push('>');
    hex
}
