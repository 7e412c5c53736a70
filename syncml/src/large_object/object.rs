//! An object while its chunks come, and when they have come.

use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::Write;

use wbxml::{Charset, Data, Piece, PlainText, Tag, Text};

use crate::code::StatusCode;
use crate::error::Result;
use crate::item::{Item, Location};
use crate::meta::Meta;
use crate::size;

/// A large object of which all has come.
#[derive(Clone, Debug)]
pub struct LargeObject<'a> {
    /// The last chunk, without its data.
    last: Item<'a>,
    /// What the first chunk says of all, if the last one does not.
    format: Option<String>,
    type_: Option<String>,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    Text(String),
    Octets(Vec<u8>),
}

impl LargeObject<'_> {
    /// The item with all of its data: text, if every chunk was text and all of them together are UTF-8, else octets.
    #[must_use]
    pub fn item(&self) -> Item<'_> {
        let mut item = self.last;
        item.meta.format = item.meta.format.or(self.format.as_deref().map(Text::new));
        item.meta.type_ = item.meta.type_.or(self.type_.as_deref().map(Text::new));
        item.data = Some(match &self.content {
            Content::Text(text) => Data::Text(Text::new(text)),
            Content::Octets(octets) => Data::Opaque(octets),
        });
        item
    }

    /// The data as it was carried: base64 is text here.
    #[must_use]
    pub fn data(&self) -> &[u8] {
        match &self.content {
            Content::Text(text) => text.as_bytes(),
            Content::Octets(octets) => octets,
        }
    }

    /// The same, to keep.
    #[must_use]
    pub fn into_data(self) -> Vec<u8> {
        match self.content {
            Content::Text(text) => text.into_bytes(),
            Content::Octets(octets) => octets,
        }
    }
}

/// A large object whose last chunk did not come.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Incomplete {
    /// `LocURI` of `Target`.
    pub target: Option<String>,
    /// `LocURI` of `Source`.
    pub source: Option<String>,
    /// The octets that were announced.
    pub size: usize,
    /// The octets that have come.
    pub received: usize,
}

impl Incomplete {
    /// The item of the alert [`NO_END_OF_DATA`](crate::AlertCode::NO_END_OF_DATA) about it.
    #[must_use]
    pub fn item(&self) -> Item<'_> {
        let mut item = Item::default();
        item.target = self.target.as_deref().map(Location::new);
        item.source = self.source.as_deref().map(Location::new);
        item
    }
}

/// An object while its chunks come.
#[derive(Clone, Debug)]
pub(super) struct Open {
    /// What its chunks have in common.
    pub(super) address: Box<str>,
    /// What was announced.
    size: usize,
    target: Option<String>,
    source: Option<String>,
    format: Option<String>,
    type_: Option<String>,
    chunks: usize,
    is_text: bool,
    data: Vec<u8>,
}

impl Open {
    /// The object that begins with this item, of which nothing has been taken yet.
    pub(super) fn new(address: Box<str>, size: usize, first: &Item<'_>) -> Self {
        let uri =
            |location: Option<Location<'_>>| location.and_then(|location| location.uri).map(|uri| uri.to_string());
        Self {
            address,
            size,
            target: uri(first.target).map(|uri| uri.to_string()),
            source: uri(first.source).map(|uri| uri.to_string()),
            format: first.meta.format.map(|format| format.to_string()),
            type_: first.meta.type_.map(|type_| type_.to_string()),
            chunks: 0,
            is_text: true,
            data: Vec::new(),
        }
    }

    /// Whether an item of this address, and with this `Size` if it says any, is the next chunk. Some peers repeat the
    /// `Size` of the first; another one begins another object.
    pub(super) fn goes_on(&self, address: &str, size: Option<usize>) -> bool {
        *self.address == *address && size.is_none_or(|size| size == self.size)
    }

    /// Takes a chunk; fails with the status of it.
    pub(super) fn push(&mut self, chunk: &Item<'_>, most: usize) -> Result<(), StatusCode> {
        self.chunks = self.chunks.saturating_add(1);
        if self.chunks > most {
            return Err(StatusCode::REQUEST_ENTITY_TOO_LARGE);
        }
        match chunk.data {
            None => {}
            Some(Data::Text(text)) => self.push_text(&text)?,
            Some(Data::Opaque(octets)) => {
                self.is_text = false;
                self.push_octets(octets)?;
            }
            Some(Data::Markup(_)) => return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE_OR_FORMAT),
        }
        if chunk.more_data || self.data.len() == self.size { Ok(()) } else { Err(StatusCode::SIZE_MISMATCH) }
    }

    fn push_text(&mut self, text: &Text<'_>) -> Result<(), StatusCode> {
        for piece in text.pieces() {
            let pushed = match piece {
                // where a sender cuts in the middle of a character, the octets are one again when all have come
                Ok(Piece::Text(text)) if text.charset() == Charset::UTF_8 => self.push_octets(text.octets()),
                Ok(Piece::Text(text)) => self.push_foreign(text),
                Ok(Piece::Character(character)) => self.push_octets(character.encode_utf8(&mut [0; 4]).as_bytes()),
                Ok(_) | Err(_) => Err(StatusCode::UNSUPPORTED_MEDIA_TYPE_OR_FORMAT),
            };
            pushed?;
        }
        Ok(())
    }

    fn push_foreign(&mut self, text: PlainText<'_>) -> Result<(), StatusCode> {
        let text = text.to_cow().map_err(|_| StatusCode::UNSUPPORTED_MEDIA_TYPE_OR_FORMAT)?;
        self.push_octets(text.as_bytes())
    }

    fn push_octets(&mut self, octets: &[u8]) -> Result<(), StatusCode> {
        let room = self.size.saturating_sub(self.data.len());
        if octets.len() > room {
            return Err(StatusCode::SIZE_MISMATCH);
        }
        self.data.extend_from_slice(octets);
        Ok(())
    }

    pub(super) fn into_object(self, mut last: Item<'_>) -> LargeObject<'_> {
        last.data = None;
        let content = match String::from_utf8(self.data) {
            Ok(text) if self.is_text => Content::Text(text),
            Ok(text) => Content::Octets(text.into_bytes()),
            Err(error) => Content::Octets(error.into_bytes()),
        };
        LargeObject { last, format: self.format, type_: self.type_, content }
    }

    pub(super) fn into_incomplete(self) -> Incomplete {
        Incomplete { target: self.target, source: self.source, size: self.size, received: self.data.len() }
    }
}

/// What the chunks of an object have in common: the command, and where they go to and come from.
pub(super) fn address(kind: Tag, item: &Item<'_>) -> Box<str> {
    let target = uri(item.target).unwrap_or_default().to_string();
    let mut address = String::new();
    // a string takes all that is written
    let _ = write!(address, "{} {} {target}{}", kind.code(), target.len(), uri(item.source).unwrap_or_default());
    address.into_boxed_str()
}

fn uri(location: Option<Location<'_>>) -> Option<Text<'_>> {
    location.and_then(|location| location.uri)
}

/// The octets that an item announces, itself or by the `Meta` of its command.
pub(super) fn size(item: &Item<'_>, of_all: Option<&Meta<'_>>) -> Result<Option<usize>> {
    let size = match (item.meta.fields()?.size, of_all) {
        (None, Some(meta)) => meta.fields()?.size,
        (size, _) => size,
    };
    Ok(size.and_then(|size| size::octets(&size)))
}

/// The octets of data as it is carried.
pub(crate) fn carried_len(data: &Data<'_>) -> usize {
    match data {
        Data::Opaque(octets) => octets.len(),
        Data::Markup(markup) => markup.octets().len(),
        Data::Text(text) => text
            .pieces()
            .map(|piece| match piece {
                Ok(Piece::Text(text)) => text.octets().len(),
                Ok(Piece::Character(character)) => character.len_utf8(),
                Ok(_) | Err(_) => 0,
            })
            .fold(0, usize::saturating_add),
    }
}
