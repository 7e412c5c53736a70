//! `Atomic`, `Sequence` and `Sync`: commands that belong together.

use wbxml::vocabulary::syncml::tag;
use wbxml::{Cursor, Decode, Emit, Encode, Limits, Start, Tag, Text, WriteError};

use crate::cred::Cred;
use crate::error::Result;
use crate::field::{field, flag};
use crate::item::{Filter, Location};
use crate::meta::Meta;
use crate::more::More;

/// The begin of a group of commands, with what precedes the first of them.
///
/// What has no field here, or stands behind the first command, is handed out at its place as
/// [`Command::Other`](super::Command::Other).
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Group<'a> {
    /// Which group.
    pub kind: GroupKind,
    /// `CmdID`.
    pub cmd_id: Option<Text<'a>>,
    /// `NoResp`.
    pub no_resp: bool,
    /// `Cred`, of `Sync`: the credentials for the database.
    pub cred: Option<Cred<'a>>,
    /// `Target`, of `Sync`: the database of the receiver.
    pub target: Option<Location<'a>>,
    /// `Source`, of `Sync`: the database of the sender.
    pub source: Option<Location<'a>>,
    /// `Meta`.
    pub meta: Meta<'a>,
    /// `NumberOfChanges`, of `Sync`: how many commands follow, over all messages.
    pub number_of_changes: Option<Text<'a>>,
    /// What else stands in the target.
    filter: More<'a, Filter<'a>>,
}

/// How the commands of a group belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GroupKind {
    /// `Atomic`: all or nothing.
    Atomic,
    /// `Sequence`: in this order.
    Sequence,
    /// `Sync`: about one database, in data synchronisation.
    Sync,
}

impl GroupKind {
    /// The group that is this element.
    #[must_use]
    pub const fn of(tag: Tag) -> Option<Self> {
        match tag {
            tag::ATOMIC => Some(Self::Atomic),
            tag::SEQUENCE => Some(Self::Sequence),
            tag::SYNC => Some(Self::Sync),
            _ => None,
        }
    }

    /// The element.
    #[must_use]
    pub const fn tag(self) -> Tag {
        match self {
            Self::Atomic => tag::ATOMIC,
            Self::Sequence => tag::SEQUENCE,
            Self::Sync => tag::SYNC,
        }
    }
}

impl<'a> Group<'a> {
    const fn empty(kind: GroupKind) -> Self {
        Self {
            kind,
            cmd_id: None,
            no_resp: false,
            cred: None,
            target: None,
            source: None,
            meta: Meta::EMPTY,
            number_of_changes: None,
            filter: More::None,
        }
    }

    /// A group without meta information.
    #[must_use]
    pub const fn new(kind: GroupKind, cmd_id: &'a str) -> Self {
        Self { cmd_id: Some(Text::new(cmd_id)), ..Self::empty(kind) }
    }

    /// A `Sync` between these databases.
    ///
    /// ```
    /// use syncml::{Command, Group, Item, Location, Meta, MessageReader, MessageWriter, Request, SyncHdr};
    /// use wbxml::{Writer, vocabulary::syncml::SYNCML_1_2};
    ///
    /// let sync = Group::sync("1", Location::new("./contacts"), Location::new("./phone"));
    /// let card = Item::leaf("./17", Meta::of_data("chr", "text/x-vcard"), "BEGIN:VCARD\r\nEND:VCARD\r\n");
    /// let mut octets = Vec::new();
    /// let mut message = MessageWriter::new(Writer::new(&mut octets, &SYNCML_1_2)?, &SyncHdr::default())?;
    /// message.command(&Command::Begin(sync))?;
    /// message.command(&Command::Add(Request::of_item("2", card)))?;
    /// message.command(&Command::End)?;
    /// message.finish(true)?;
    ///
    /// let mut message = MessageReader::parse(&octets).unwrap();
    /// let Some(Command::Begin(sync)) = message.next_command().unwrap() else { panic!() };
    /// assert_eq!(sync.target, Some(Location::new("./contacts")));
    /// # Ok::<(), wbxml::WriteError>(())
    /// ```
    #[must_use]
    pub const fn sync(cmd_id: &'a str, target: Location<'a>, source: Location<'a>) -> Self {
        Self { target: Some(target), source: Some(source), ..Self::new(GroupKind::Sync, cmd_id) }
    }

    /// `Filter`, of the target: which records are meant.
    ///
    /// # Errors
    /// On an element with children where there should be text, at its offset.
    pub fn filter(&self) -> Result<Option<Filter<'a>>> {
        match self.filter {
            More::None => Ok(None),
            More::Given(filter) => Ok(Some(*filter)),
            More::Unread(content) => Filter::find(&mut content.reader(Limits::NONE)?, Start::CONTENT),
        }
    }

    /// The same with this filter of its target.
    #[must_use]
    pub const fn with_filter(self, filter: &'a Filter<'a>) -> Self {
        Self { filter: More::Given(filter), ..self }
    }

    /// Reads what precedes the first command; gives that command's start, if there is one.
    pub(crate) fn read<C: Cursor<'a>>(cursor: &mut C, kind: GroupKind, start: Start) -> Result<(Self, Option<Start>)> {
        let mut group = Self::empty(kind);
        while let Some(child) = cursor.next_child(start)? {
            if !group.has_room(child.tag) {
                return Ok((group, Some(child)));
            }
            match child.tag {
                tag::CMD_ID => group.cmd_id = Some(cursor.text(child)?),
                tag::CRED => group.cred = Some(Cred::decode(cursor, child)?),
                tag::TARGET => {
                    let target = group.target.insert(Location::default());
                    if let Some(content) = cursor.content(child)? {
                        let has_rest = target.read(&mut content.reader(Limits::NONE)?, Start::CONTENT)?;
                        group.filter = if has_rest { More::Unread(content) } else { More::None };
                    }
                }
                tag::SOURCE => group.source = Some(Location::decode(cursor, child)?),
                tag::META => group.meta.read(cursor, child)?,
                tag::NUMBER_OF_CHANGES => group.number_of_changes = Some(cursor.text(child)?),
                _ => {
                    group.no_resp = true;
                    cursor.skip(child)?;
                }
            }
        }
        Ok((group, None))
    }

    /// Whether this child has a field that is still empty: what stands twice is handed out.
    const fn has_room(&self, child: Tag) -> bool {
        match child {
            tag::CMD_ID => self.cmd_id.is_none(),
            tag::CRED => self.cred.is_none(),
            tag::TARGET => self.target.is_none(),
            tag::SOURCE => self.source.is_none(),
            tag::NUMBER_OF_CHANGES => self.number_of_changes.is_none(),
            tag::META | tag::NO_RESP => true,
            _ => false,
        }
    }
}

impl Encode for Group<'_> {
    /// Writes the start of the group and what precedes its commands.
    fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        out.start(Start::new(self.kind.tag()))?;
        field(out, tag::CMD_ID, &self.cmd_id)?;
        flag(out, tag::NO_RESP, self.no_resp)?;
        if let Some(cred) = &self.cred {
            cred.encode(out)?;
        }
        if let Some(target) = &self.target {
            target.encode_filtered(out, self.filter)?;
        }
        if let Some(source) = &self.source {
            source.encode_as(out, tag::SOURCE)?;
        }
        self.meta.encode(out)?;
        field(out, tag::NUMBER_OF_CHANGES, &self.number_of_changes)
    }
}
