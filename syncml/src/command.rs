//! Commands: what the sender of a message asks for, and what it answers (SyncML Representation Protocol, `SyncBody`).

use wbxml::vocabulary::syncml::tag;
use wbxml::{Cursor, Data, Decode, Emit, Encode, Mark, Markup, Start, Tag, Text, WriteError};

use crate::error::{Error, Result};
use crate::field::{content, element, field, flag};
use crate::item::{Item, Items};
use crate::meta::Meta;

/// One step through the body of a message.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Command<'a> {
    /// `Add`: create.
    Add(Request<'a>),
    /// `Copy`.
    Copy(Request<'a>),
    /// `Delete`.
    Delete(Request<'a>),
    /// `Exec`: run.
    Exec(Request<'a>),
    /// `Get`: ask for.
    Get(Request<'a>),
    /// `Move`.
    Move(Request<'a>),
    /// `Put`: hand over.
    Put(Request<'a>),
    /// `Replace`: set.
    Replace(Request<'a>),
    /// `Alert`: notify.
    Alert(Alert<'a>),
    /// `Results`: the answer to `Get`.
    Results(Results<'a>),
    /// `Status`: what became of a command.
    Status(Status<'a>),
    /// The begin of `Atomic` or `Sequence`; its commands follow, up to [`Command::End`].
    Begin(Group<'a>),
    /// The end of the group that began last.
    End,
    /// An element that is none of these.
    Other(Other<'a>),
}

/// A command that asks for something to be done with items: all but `Alert` have these parts.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Request<'a> {
    /// `CmdID`: unique in the message.
    pub cmd_id: Option<Text<'a>>,
    /// `NoResp`: no status is wanted.
    pub no_resp: bool,
    /// `Archive`, of `Delete`.
    pub archive: bool,
    /// `SftDel`, of `Delete`.
    pub soft_delete: bool,
    /// `Lang`, of `Get` and `Put`.
    pub lang: Option<Text<'a>>,
    /// `Meta`: what holds for every item that says nothing else.
    pub meta: Meta<'a>,
    /// `Correlator`, of `Exec`: comes back in the alert that tells the outcome.
    pub correlator: Option<Text<'a>>,
    /// `Item`.
    pub items: Items<'a>,
    /// All that stands in the command, in the order of the document: whatever the fields do not hold is here.
    pub content: Option<Markup<'a>>,
}

/// A notification.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Alert<'a> {
    /// `CmdID`.
    pub cmd_id: Option<Text<'a>>,
    /// `NoResp`.
    pub no_resp: bool,
    /// `Data`: the alert code.
    pub code: Option<Text<'a>>,
    /// `Correlator`: of the `Exec` that this is the outcome of.
    pub correlator: Option<Text<'a>>,
    /// `Item`.
    pub items: Items<'a>,
    /// All that stands in the command.
    pub content: Option<Markup<'a>>,
}

/// The answer to a `Get`.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Results<'a> {
    /// `CmdID`.
    pub cmd_id: Option<Text<'a>>,
    /// `MsgRef`: the message that is answered.
    pub msg_ref: Option<Text<'a>>,
    /// `CmdRef`: the command in it.
    pub cmd_ref: Option<Text<'a>>,
    /// `Meta`.
    pub meta: Meta<'a>,
    /// `TargetRef`.
    pub target_ref: Option<Text<'a>>,
    /// `SourceRef`.
    pub source_ref: Option<Text<'a>>,
    /// `Item`.
    pub items: Items<'a>,
    /// All that stands in the command.
    pub content: Option<Markup<'a>>,
}

/// What became of a command.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Status<'a> {
    /// `CmdID`.
    pub cmd_id: Option<Text<'a>>,
    /// `MsgRef`: the message that is answered.
    pub msg_ref: Option<Text<'a>>,
    /// `CmdRef`: the command in it; `0` is the header.
    pub cmd_ref: Option<Text<'a>>,
    /// `Cmd`: the command's name.
    pub cmd: Option<Text<'a>>,
    /// The first `TargetRef`.
    pub target_ref: Option<Text<'a>>,
    /// The first `SourceRef`.
    pub source_ref: Option<Text<'a>>,
    /// `Chal`: credentials are asked for.
    pub chal: Option<Meta<'a>>,
    /// `Data`: the status code.
    pub code: Option<Text<'a>>,
    /// `Item`.
    pub items: Items<'a>,
    /// All that stands in the command.
    pub content: Option<Markup<'a>>,
}

/// The begin of a group of commands, with what precedes the first of them.
///
/// What has no field here, or stands behind the first command, is handed out at its place as [`Command::Other`]; only
/// what of `Meta` has no field is passed over.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Group<'a> {
    /// Which group.
    pub kind: GroupKind,
    /// `CmdID`.
    pub cmd_id: Option<Text<'a>>,
    /// `NoResp`.
    pub no_resp: bool,
    /// `Meta`.
    pub meta: Meta<'a>,
}

/// How the commands of a group belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GroupKind {
    /// `Atomic`: all or nothing.
    Atomic,
    /// `Sequence`: in this order.
    Sequence,
}

/// An element of the body that is no command known here, with what is in it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Other<'a> {
    /// The tag.
    pub tag: Tag,
    /// The name, if the vocabulary knows it.
    pub name: Option<&'a str>,
    /// The content.
    pub data: Data<'a>,
}

impl GroupKind {
    pub(crate) const fn of(tag: Tag) -> Option<Self> {
        match tag {
            tag::ATOMIC => Some(Self::Atomic),
            tag::SEQUENCE => Some(Self::Sequence),
            _ => None,
        }
    }

    pub(crate) const fn tag(self) -> Tag {
        match self {
            Self::Atomic => tag::ATOMIC,
            Self::Sequence => tag::SEQUENCE,
        }
    }
}

impl<'a> Group<'a> {
    /// A group without meta information.
    #[must_use]
    pub const fn new(kind: GroupKind, cmd_id: &'a str) -> Self {
        Self { kind, cmd_id: Some(Text::new(cmd_id)), no_resp: false, meta: Meta::EMPTY }
    }
}

impl<'a> Request<'a> {
    /// A request about one item.
    #[must_use]
    pub fn of_item(cmd_id: &'a str, item: Item<'a>) -> Self {
        Self { cmd_id: Some(Text::new(cmd_id)), items: Items::one(item), ..Self::default() }
    }
}

/// Where the content of a command begins, and whether it has more items than the one that is read.
#[derive(Default)]
struct Content<'a> {
    begin: Option<Mark<'a>>,
    has_more: bool,
}

impl<'a> Content<'a> {
    /// A child of the command, whatever it is.
    fn note<C: Cursor<'a>>(&mut self, cursor: &C, child: Start) {
        if self.begin.is_none() {
            self.begin = Some(cursor.mark(child));
        }
    }

    fn item<C: Cursor<'a>>(&mut self, items: &mut Items<'a>, cursor: &mut C, child: Start) -> Result<()> {
        self.has_more |= !items.read(cursor, child)?;
        Ok(())
    }

    /// When the end of the command has been read.
    fn finish<C: Cursor<'a>>(self, items: &mut Items<'a>, cursor: &C) -> Option<Markup<'a>> {
        let content = cursor.markup(self.begin?);
        if self.has_more {
            items.keep(content);
        }
        Some(content)
    }
}

impl<'a> Decode<'a> for Request<'a> {
    type Error = Error;

    fn decode<C: Cursor<'a>>(cursor: &mut C, start: Start) -> Result<Self> {
        let mut request = Self::default();
        request.read(cursor, start)?;
        Ok(request)
    }
}

impl<'a> Request<'a> {
    /// Reads the fields of `start`.
    fn read<C: Cursor<'a>>(&mut self, cursor: &mut C, start: Start) -> Result<()> {
        let mut content = Content::default();
        while let Some(child) = cursor.next_child(start)? {
            content.note(cursor, child);
            match child.tag {
                tag::CMD_ID => self.cmd_id = Some(cursor.text(child)?),
                tag::ITEM => content.item(&mut self.items, cursor, child)?,
                tag::META => self.meta.read(cursor, child)?,
                tag::LANG => self.lang = Some(cursor.text(child)?),
                tag::CORRELATOR => self.correlator = Some(cursor.text(child)?),
                _ => {
                    match child.tag {
                        tag::NO_RESP => self.no_resp = true,
                        tag::ARCHIVE => self.archive = true,
                        tag::SFT_DEL => self.soft_delete = true,
                        _ => {}
                    }
                    cursor.skip(child)?;
                }
            }
        }
        self.content = content.finish(&mut self.items, cursor);
        Ok(())
    }
}

impl<'a> Decode<'a> for Alert<'a> {
    type Error = Error;

    fn decode<C: Cursor<'a>>(cursor: &mut C, start: Start) -> Result<Self> {
        let mut alert = Self::default();
        alert.read(cursor, start)?;
        Ok(alert)
    }
}

impl<'a> Alert<'a> {
    /// Reads the fields of `start`.
    fn read<C: Cursor<'a>>(&mut self, cursor: &mut C, start: Start) -> Result<()> {
        let mut content = Content::default();
        while let Some(child) = cursor.next_child(start)? {
            content.note(cursor, child);
            match child.tag {
                tag::CMD_ID => self.cmd_id = Some(cursor.text(child)?),
                tag::DATA => self.code = Some(cursor.text(child)?),
                tag::ITEM => content.item(&mut self.items, cursor, child)?,
                tag::CORRELATOR => self.correlator = Some(cursor.text(child)?),
                _ => {
                    self.no_resp |= child.tag == tag::NO_RESP;
                    cursor.skip(child)?;
                }
            }
        }
        self.content = content.finish(&mut self.items, cursor);
        Ok(())
    }
}

impl<'a> Decode<'a> for Results<'a> {
    type Error = Error;

    fn decode<C: Cursor<'a>>(cursor: &mut C, start: Start) -> Result<Self> {
        let mut results = Self::default();
        results.read(cursor, start)?;
        Ok(results)
    }
}

impl<'a> Results<'a> {
    /// Reads the fields of `start`.
    fn read<C: Cursor<'a>>(&mut self, cursor: &mut C, start: Start) -> Result<()> {
        let mut content = Content::default();
        while let Some(child) = cursor.next_child(start)? {
            content.note(cursor, child);
            match child.tag {
                tag::CMD_ID => self.cmd_id = Some(cursor.text(child)?),
                tag::MSG_REF => self.msg_ref = Some(cursor.text(child)?),
                tag::CMD_REF => self.cmd_ref = Some(cursor.text(child)?),
                tag::ITEM => content.item(&mut self.items, cursor, child)?,
                tag::META => self.meta.read(cursor, child)?,
                tag::TARGET_REF => self.target_ref = Some(cursor.text(child)?),
                tag::SOURCE_REF => self.source_ref = Some(cursor.text(child)?),
                _ => cursor.skip(child)?,
            }
        }
        self.content = content.finish(&mut self.items, cursor);
        Ok(())
    }
}

impl<'a> Decode<'a> for Status<'a> {
    type Error = Error;

    fn decode<C: Cursor<'a>>(cursor: &mut C, start: Start) -> Result<Self> {
        let mut status = Self::default();
        status.read(cursor, start)?;
        Ok(status)
    }
}

impl<'a> Status<'a> {
    /// Reads the fields of `start`.
    fn read<C: Cursor<'a>>(&mut self, cursor: &mut C, start: Start) -> Result<()> {
        let mut content = Content::default();
        while let Some(child) = cursor.next_child(start)? {
            content.note(cursor, child);
            match child.tag {
                tag::CMD_ID => self.cmd_id = Some(cursor.text(child)?),
                tag::MSG_REF => self.msg_ref = Some(cursor.text(child)?),
                tag::CMD_REF => self.cmd_ref = Some(cursor.text(child)?),
                tag::CMD => self.cmd = Some(cursor.text(child)?),
                tag::DATA => self.code = Some(cursor.text(child)?),
                tag::TARGET_REF if self.target_ref.is_none() => self.target_ref = Some(cursor.text(child)?),
                tag::SOURCE_REF if self.source_ref.is_none() => self.source_ref = Some(cursor.text(child)?),
                tag::CHAL => {
                    let mut chal = Meta::default();
                    while let Some(inner) = cursor.next_child(child)? {
                        match inner.tag {
                            tag::META => chal.read(cursor, inner)?,
                            _ => cursor.skip(inner)?,
                        }
                    }
                    self.chal = Some(chal);
                }
                tag::ITEM => content.item(&mut self.items, cursor, child)?,
                _ => cursor.skip(child)?,
            }
        }
        self.content = content.finish(&mut self.items, cursor);
        Ok(())
    }
}

impl<'a> Command<'a> {
    /// Reads the command that `start` has opened, in place; groups are the affair of the message reader.
    pub(crate) fn read<C: Cursor<'a>>(&mut self, cursor: &mut C, start: Start) -> Result<()> {
        match Self::empty(start.tag) {
            Some(command) => *self = command,
            None => {
                let (name, data) = (cursor.name(start)?, cursor.data(start)?);
                *self = Self::Other(Other { tag: start.tag, name, data });
                return Ok(());
            }
        }
        match self {
            Self::Add(request)
            | Self::Copy(request)
            | Self::Delete(request)
            | Self::Exec(request)
            | Self::Get(request)
            | Self::Move(request)
            | Self::Put(request)
            | Self::Replace(request) => request.read(cursor, start),
            Self::Alert(alert) => alert.read(cursor, start),
            Self::Results(results) => results.read(cursor, start),
            Self::Status(status) => status.read(cursor, start),
            Self::Begin(_) | Self::End | Self::Other(_) => Ok(()),
        }
    }

    /// The command of this tag, with nothing in it.
    #[inline(always)]
    fn empty(tag: Tag) -> Option<Self> {
        Some(match tag {
            tag::ADD => Self::Add(Request::default()),
            tag::COPY => Self::Copy(Request::default()),
            tag::DELETE => Self::Delete(Request::default()),
            tag::EXEC => Self::Exec(Request::default()),
            tag::GET => Self::Get(Request::default()),
            tag::MOVE => Self::Move(Request::default()),
            tag::PUT => Self::Put(Request::default()),
            tag::REPLACE => Self::Replace(Request::default()),
            tag::ALERT => Self::Alert(Alert::default()),
            tag::RESULTS => Self::Results(Results::default()),
            tag::STATUS => Self::Status(Status::default()),
            _ => return None,
        })
    }
}

impl Encode for Command<'_> {
    fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        match self {
            Self::Add(request) => request.encode_as(out, tag::ADD),
            Self::Copy(request) => request.encode_as(out, tag::COPY),
            Self::Delete(request) => request.encode_as(out, tag::DELETE),
            Self::Exec(request) => request.encode_as(out, tag::EXEC),
            Self::Get(request) => request.encode_as(out, tag::GET),
            Self::Move(request) => request.encode_as(out, tag::MOVE),
            Self::Put(request) => request.encode_as(out, tag::PUT),
            Self::Replace(request) => request.encode_as(out, tag::REPLACE),
            Self::Alert(alert) => alert.encode(out),
            Self::Results(results) => results.encode(out),
            Self::Status(status) => status.encode(out),
            Self::Begin(group) => group.encode(out),
            Self::End => out.end(),
            Self::Other(other) => other.encode(out),
        }
    }
}

impl Request<'_> {
    fn encode_as<E: Emit>(&self, out: &mut E, tag: Tag) -> Result<(), WriteError> {
        out.start(Start::new(tag))?;
        field(out, tag::CMD_ID, self.cmd_id)?;
        flag(out, tag::NO_RESP, self.no_resp)?;
        flag(out, tag::ARCHIVE, self.archive)?;
        flag(out, tag::SFT_DEL, self.soft_delete)?;
        field(out, tag::LANG, self.lang)?;
        self.meta.encode(out)?;
        field(out, tag::CORRELATOR, self.correlator)?;
        self.items.encode(out)?;
        out.end()
    }
}

impl Encode for Alert<'_> {
    fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        out.start(Start::new(tag::ALERT))?;
        field(out, tag::CMD_ID, self.cmd_id)?;
        flag(out, tag::NO_RESP, self.no_resp)?;
        field(out, tag::DATA, self.code)?;
        field(out, tag::CORRELATOR, self.correlator)?;
        self.items.encode(out)?;
        out.end()
    }
}

impl Encode for Results<'_> {
    fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        out.start(Start::new(tag::RESULTS))?;
        field(out, tag::CMD_ID, self.cmd_id)?;
        field(out, tag::MSG_REF, self.msg_ref)?;
        field(out, tag::CMD_REF, self.cmd_ref)?;
        self.meta.encode(out)?;
        field(out, tag::TARGET_REF, self.target_ref)?;
        field(out, tag::SOURCE_REF, self.source_ref)?;
        self.items.encode(out)?;
        out.end()
    }
}

impl Encode for Status<'_> {
    fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        out.start(Start::new(tag::STATUS))?;
        field(out, tag::CMD_ID, self.cmd_id)?;
        field(out, tag::MSG_REF, self.msg_ref)?;
        field(out, tag::CMD_REF, self.cmd_ref)?;
        field(out, tag::CMD, self.cmd)?;
        field(out, tag::TARGET_REF, self.target_ref)?;
        field(out, tag::SOURCE_REF, self.source_ref)?;
        if let Some(chal) = &self.chal {
            out.start(Start::new(tag::CHAL))?;
            chal.encode(out)?;
            out.end()?;
        }
        field(out, tag::DATA, self.code)?;
        self.items.encode(out)?;
        out.end()
    }
}

impl Encode for Group<'_> {
    /// Writes the start of the group and what precedes its commands.
    fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        out.start(Start::new(self.kind.tag()))?;
        field(out, tag::CMD_ID, self.cmd_id)?;
        flag(out, tag::NO_RESP, self.no_resp)?;
        self.meta.encode(out)
    }
}

impl Encode for Other<'_> {
    fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        if self.tag != Tag::LITERAL {
            return element(out, self.tag, &self.data);
        }
        out.start_named(self.name.unwrap_or_default(), Start::new(self.tag))?;
        content(out, &self.data)?;
        out.end()
    }
}
