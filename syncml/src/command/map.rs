//! `Map`: which names a client gave to the items of a server.

use wbxml::vocabulary::syncml::tag;
use wbxml::{Cursor, Decode, Emit, Encode, Markup, Start, Tag, Text, WriteError};

use super::content::{Content, Rest, decode_in_place, with_cred};
use crate::error::{Error, Result};
use crate::field::field;
use crate::item::Location;
use crate::list::List;
use crate::meta::Meta;

/// Which names a client gave to the items of a server: of data synchronisation.
///
/// ```
/// use syncml::{Command, List, Location, Map, MapItem, MessageReader, MessageWriter, SyncHdr};
/// use wbxml::{Writer, vocabulary::syncml::SYNCML_1_2};
///
/// let listed = [MapItem::new(Location::new("./0123"), Location::new("./17"))];
/// let mut map = Map::new("1", Location::new("./contacts"), Location::new("./phone"));
/// map.items = List::of(&listed);
///
/// let mut octets = Vec::new();
/// let mut message = MessageWriter::new(Writer::new(&mut octets, &SYNCML_1_2)?, &SyncHdr::default())?;
/// message.command(&Command::Map(map))?;
/// message.finish(true)?;
///
/// let mut message = MessageReader::parse(&octets).unwrap();
/// let Some(Command::Map(map)) = message.next_command().unwrap() else { panic!() };
/// let items: Vec<_> = map.items.iter().map(Result::unwrap).collect();
/// assert_eq!(items, listed);
/// # Ok::<(), wbxml::WriteError>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Map<'a> {
    /// `CmdID`.
    pub cmd_id: Option<Text<'a>>,
    /// `Target`: the database of the server.
    pub target: Option<Location<'a>>,
    /// `Source`: the database of the client.
    pub source: Option<Location<'a>>,
    /// `Meta`.
    pub meta: Meta<'a>,
    /// `MapItem`.
    pub items: List<'a, MapItem<'a>>,
    /// All that stands in the command.
    pub content: Option<Markup<'a>>,
    rest: Rest<'a>,
}

/// One item, by the names of both sides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct MapItem<'a> {
    /// `Target`: the server's name.
    pub target: Option<Location<'a>>,
    /// `Source`: the client's name.
    pub source: Option<Location<'a>>,
}

/// The elements that have a field.
const FIELDS: [Tag; 5] = [tag::CMD_ID, tag::TARGET, tag::SOURCE, tag::META, tag::MAP_ITEM];

impl<'a> Map<'a> {
    /// A map between these databases, without an item yet.
    #[must_use]
    pub fn new(cmd_id: &'a str, target: Location<'a>, source: Location<'a>) -> Self {
        Self { cmd_id: Some(Text::new(cmd_id)), target: Some(target), source: Some(source), ..Self::default() }
    }

    /// Reads the fields of `start`.
    #[inline(never)]
    pub(super) fn read<C: Cursor<'a>>(&mut self, cursor: &mut C, start: Start) -> Result<()> {
        let mut content = Content::default();
        let mut has_items = false;
        while let Some(child) = cursor.next_child(start)? {
            content.note(cursor, child);
            match child.tag {
                tag::CMD_ID => self.cmd_id = Some(cursor.text(child)?),
                tag::TARGET => {
                    content.note_rest(self.target.insert(Location::default()).read(cursor, child)?);
                }
                tag::SOURCE => {
                    content.note_rest(self.source.insert(Location::default()).read(cursor, child)?);
                }
                tag::META => self.meta.read(cursor, child)?,
                tag::MAP_ITEM => {
                    has_items = true;
                    cursor.skip(child)?;
                }
                _ => content.rest(cursor, child)?,
            }
        }
        self.content = content.finish(&mut self.rest, cursor);
        if let (Some(content), true) = (self.content, has_items) {
            self.items = List::unread(content, tag::MAP_ITEM);
        }
        Ok(())
    }
}

impl<'a> MapItem<'a> {
    /// The item of these names.
    #[must_use]
    pub const fn new(target: Location<'a>, source: Location<'a>) -> Self {
        Self { target: Some(target), source: Some(source) }
    }
}

impl<'a> Decode<'a> for MapItem<'a> {
    type Error = Error;

    fn decode<C: Cursor<'a>>(cursor: &mut C, start: Start) -> Result<Self> {
        let mut item = Self::default();
        while let Some(child) = cursor.next_child(start)? {
            match child.tag {
                tag::TARGET => item.target = Some(Location::decode(cursor, child)?),
                tag::SOURCE => item.source = Some(Location::decode(cursor, child)?),
                _ => cursor.skip(child)?,
            }
        }
        Ok(item)
    }
}

impl Encode for MapItem<'_> {
    fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        out.start(Start::new(tag::MAP_ITEM))?;
        for (tag, location) in [(tag::TARGET, &self.target), (tag::SOURCE, &self.source)] {
            if let Some(location) = location {
                location.encode_as(out, tag)?;
            }
        }
        out.end()
    }
}

decode_in_place!(Map);
with_cred!(Map);

impl Encode for Map<'_> {
    fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        out.start(Start::new(tag::MAP))?;
        field(out, tag::CMD_ID, &self.cmd_id)?;
        for (tag, location) in [(tag::TARGET, &self.target), (tag::SOURCE, &self.source)] {
            if let Some(location) = location {
                location.encode_with(out, tag, self.rest.unread(&self.content))?;
            }
        }
        self.rest.encode_cred(out, &self.content)?;
        self.meta.encode(out)?;
        for item in &self.items {
            item.map_err(|error| WriteError::Unreadable(error.into()))?.encode(out)?;
        }
        self.rest.encode(out, &self.content, &FIELDS)?;
        out.end()
    }
}
