//! What the reader says, in the terms of the reference.

use super::{Fault, Header, Kind, PublicId, Seen, Token};
use wbxml::{Error, ErrorKind, Event, Limit, Reader};

/// All events of a document up to its end or its first fault.
pub(crate) type Reading = (Vec<Seen>, Result<(), Error>);

/// What a reader says that has the whole document.
#[allow(dead_code, reason = "not every test binary compares with it")]
pub(crate) fn at_once(reader: Result<Reader<'_>, Error>) -> Reading {
    let mut seen = Vec::new();
    let read = || {
        let mut reader = reader?;
        loop {
            match reader.next_event()? {
                Event::Eof => return Ok(()),
                event => seen.push(Seen { token: Token::from(&event), span: reader.span(), depth: reader.depth() }),
            }
        }
    };
    let end = read();
    (seen, end)
}

impl From<&Event<'_>> for Token {
    fn from(event: &Event<'_>) -> Self {
        match *event {
            Event::SwitchPage(page) => Self::SwitchPage(page),
            Event::Start(start) => Self::Start {
                page: start.tag.page(),
                code: start.tag.code(),
                literal: start.literal,
                has_attributes: start.has_attributes(),
                has_content: start.has_content(),
            },
            Event::AttributeStart(start) => {
                Self::AttributeStart { page: start.token.page(), code: start.token.code(), literal: start.literal }
            }
            Event::AttributeValue(value) => Self::AttributeValue { page: value.page(), code: value.code() },
            Event::AttributesEnd => Self::AttributesEnd,
            Event::Text(text) => Self::Text { octets: text.octets().to_vec(), index: text.index() },
            Event::Entity(character) => Self::Entity(character),
            Event::Opaque(octets) => Self::Opaque(octets.to_vec()),
            Event::ExtI(number, octets) => Self::ExtI(number, octets.to_vec()),
            Event::ExtT(number, value) => Self::ExtT(number, value),
            Event::Ext(number) => Self::Ext(number),
            Event::Pi => Self::Pi,
            Event::End => Self::End,
            _ => panic!("{event:?} is no token"),
        }
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        let kind = match error.kind() {
            ErrorKind::UnexpectedEof => Kind::Eof,
            ErrorKind::MbUInt32Overflow => Kind::Overflow,
            ErrorKind::UnsupportedVersion(_) => Kind::Version,
            ErrorKind::UnsupportedCharset(_) => Kind::Charset,
            ErrorKind::StringTableIndex(_) => Kind::Index,
            ErrorKind::UnexpectedToken { .. } => Kind::Unexpected,
            ErrorKind::TrailingData => Kind::Trailing,
            ErrorKind::InvalidEntity(_) => Kind::Entity,
            ErrorKind::Limit(Limit::Depth) => Kind::Depth,
            ErrorKind::Limit(Limit::Attributes) => Kind::Attributes,
            kind => panic!("no document of these tests may give {kind:?}"),
        };
        Self { kind, offset: error.offset() }
    }
}

impl From<&wbxml::Header<'_>> for Header {
    fn from(header: &wbxml::Header<'_>) -> Self {
        Self {
            version: header.version.octet(),
            public_id: match header.public_id {
                wbxml::PublicId::Number(number) => PublicId::Number(number),
                wbxml::PublicId::Index(index) => PublicId::Index(index),
            },
            charset: header.charset.mib_enum(),
            table: header.string_table.octets().to_vec(),
            length: header.len(),
        }
    }
}
