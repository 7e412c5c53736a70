//! Character data and attribute values, cut where XML says that the text differs from the octets: at references, at
//! line ends (XML 1.0, 2.11) and at white space in attribute values (3.3.3).

use quick_xml::events::{BytesRef, Event};
use quick_xml::reader::Reader;

use crate::Charset;
use crate::scan;
use crate::text::{Form, Piece, PlainText, TextFault};

use super::{is_xml_char, leading_marks};

/// Where the octets of a text stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In character data, where `&` begins a reference.
    Content,
    /// In a CDATA section, where it does not.
    CData,
    /// In an attribute's value.
    Attribute,
}

/// The pieces of one stretch of octets without markup.
#[derive(Clone, Debug)]
pub(super) struct Pieces<'a> {
    rest: &'a [u8],
    place: Place,
    /// Whether it is known that all of it is text as it is.
    is_plain: bool,
}

impl<'a> Pieces<'a> {
    pub(super) const fn new(octets: &'a [u8], place: Place) -> Self {
        Self { rest: octets, place, is_plain: false }
    }

    /// The same of octets that are text as they are.
    pub(super) const fn plain(octets: &'a [u8]) -> Self {
        Self { rest: octets, place: Place::Content, is_plain: true }
    }

    /// The text, if it is known to be its octets.
    pub(super) fn as_known(&self) -> Option<PlainText<'a>> {
        self.is_plain.then(|| plain(self.rest))
    }

    pub(super) const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// The text, if it is its octets.
    pub(super) fn as_plain(&self) -> Option<PlainText<'a>> {
        (self.plain_length() == self.rest.len()).then(|| plain(self.rest))
    }

    /// How many octets are text as they are.
    fn plain_length(&self) -> usize {
        if self.is_plain {
            return self.rest.len();
        }
        let is_special = |octet| self.is_special(octet);
        if self.place == Place::Attribute {
            return scan::find(self.rest, |octet| (octet < b' ') | (octet == b'&'), is_special);
        }
        scan::find(self.rest, |octet| (octet == b'\r') | (octet == b'&'), is_special)
    }

    const fn is_special(&self, octet: u8) -> bool {
        match octet {
            b'&' => !matches!(self.place, Place::CData),
            b'\r' => true,
            b'\t' | b'\n' => matches!(self.place, Place::Attribute),
            _ => false,
        }
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Result<Piece<'a>, TextFault>;

    fn next(&mut self) -> Option<Self::Item> {
        let (text, rest) = self.rest.split_at_checked(self.plain_length())?;
        if !text.is_empty() {
            self.rest = rest;
            return Some(Ok(Piece::Text(plain(text))));
        }
        let character = match rest {
            [] => return None,
            [b'&', reference @ ..] => match reference.iter().position(|&octet| octet == b';') {
                Some(length) => {
                    let (name, tail) = reference.split_at_checked(length)?;
                    self.rest = tail.get(1..).unwrap_or_default();
                    resolve(name)
                }
                None => {
                    self.rest = reference.get(reference.len()..).unwrap_or_default();
                    None
                }
            },
            [first, tail @ ..] => {
                let tail = if *first == b'\r' { tail.strip_prefix(b"\n").unwrap_or(tail) } else { tail };
                self.rest = tail;
                Some(if self.place == Place::Attribute { ' ' } else { '\n' })
            }
        };
        Some(character.map(Piece::Character).ok_or(TextFault::Entity))
    }
}

/// The character that a reference stands for, with what opens and closes it.
pub(super) fn character(reference: &[u8]) -> Option<char> {
    resolve(reference.strip_prefix(b"&")?.strip_suffix(b";")?)
}

/// The character that `&name;` stands for: a character reference or one of the five predefined entities.
fn resolve(name: &[u8]) -> Option<char> {
    let name = core::str::from_utf8(name).ok()?;
    if name.starts_with('#') {
        return BytesRef::new(name).resolve_char_ref().ok().flatten().filter(|&character| is_xml_char(character));
    }
    quick_xml::escape::resolve_predefined_entity(name)?.chars().next()
}

const fn plain(octets: &[u8]) -> PlainText<'_> {
    PlainText::new(octets, Charset::UTF_8, Form::Inline)
}

/// A text in pieces, as it stands in the document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run<'a> {
    octets: &'a [u8],
    place: Place,
}

impl<'a> Run<'a> {
    pub(super) const fn new(octets: &'a [u8], place: Place) -> Self {
        Self { octets, place }
    }

    pub(crate) fn pieces(&self) -> RunPieces<'a> {
        match self.place {
            Place::Attribute => RunPieces { octets: &[], at: 0, pieces: Pieces::new(self.octets, Place::Attribute) },
            _ => RunPieces { octets: self.octets, at: 0, pieces: Pieces::new(&[], Place::CData) },
        }
    }
}

/// The pieces of a run, in which comments, processing instructions and CDATA sections may stand.
#[derive(Clone, Debug)]
pub(crate) struct RunPieces<'a> {
    octets: &'a [u8],
    at: usize,
    pieces: Pieces<'a>,
}

impl<'a> RunPieces<'a> {
    pub(crate) fn next(&mut self) -> Option<Result<Piece<'a>, TextFault>> {
        loop {
            if let Some(piece) = self.pieces.next() {
                return Some(piece);
            }
            let rest = self.octets.get(self.at..)?;
            let (stretch, length) = stretch(rest)?;
            self.at = self.at.saturating_add(length);
            self.pieces = stretch;
        }
    }
}

/// The first stretch of text in character data, and how many octets it takes with its markup.
fn stretch(octets: &[u8]) -> Option<(Pieces<'_>, usize)> {
    let marks = leading_marks(octets);
    if !marks.is_empty() {
        return Some((Pieces::new(marks, Place::Content), marks.len()));
    }
    let mut reader = Reader::from_reader(octets);
    let event = reader.read_event().ok()?;
    let length = usize::try_from(reader.buffer_position()).ok()?;
    let raw = octets.get(..length)?;
    let pieces = match event {
        Event::Eof => return None,
        Event::Text(_) | Event::GeneralRef(_) => Pieces::new(raw, Place::Content),
        Event::CData(_) => Pieces::new(cdata(raw), Place::CData),
        _ => Pieces::new(&[], Place::CData),
    };
    Some((pieces, length))
}

/// What stands between `<![CDATA[` and `]]>`.
pub(super) fn cdata(raw: &[u8]) -> &[u8] {
    raw.strip_prefix(b"<![CDATA[").and_then(|raw| raw.strip_suffix(b"]]>")).unwrap_or_default()
}
