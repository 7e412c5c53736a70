//! Commands: what the sender of a message asks for, and what it answers (SyncML Representation Protocol, `SyncBody`).

mod alert;
mod content;
mod group;
mod map;
mod request;
mod results;
mod search;
mod status;

use wbxml::vocabulary::syncml::tag;
use wbxml::{Cursor, Data, Emit, Encode, Start, Tag, Text, WriteError};

use crate::error::Result;
use crate::field::{content, element};
use crate::item::Items;

pub use alert::Alert;
pub use group::{Group, GroupKind};
pub use map::{Map, MapItem};
pub use request::Request;
pub use results::Results;
pub use search::Search;
pub use status::Status;

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
    /// `Map`: tell which names were given.
    Map(Map<'a>),
    /// `Search`: ask for what is found.
    Search(Search<'a>),
    /// `Results`: the answer to `Get`.
    Results(Results<'a>),
    /// `Status`: what became of a command.
    Status(Status<'a>),
    /// The begin of `Atomic`, `Sequence` or `Sync`; its commands follow, up to [`Command::End`].
    Begin(Group<'a>),
    /// The end of the group that began last.
    End,
    /// An element that is none of these.
    Other(Other<'a>),
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

impl<'a> Command<'a> {
    /// Reads the command that `start` has opened, in place; groups are the affair of the message reader.
    pub(crate) fn read<C: Cursor<'a>>(&mut self, cursor: &mut C, start: Start) -> Result<()> {
        macro_rules! read {
            ($command:ident) => {{
                *self = Self::$command(Default::default());
                match self {
                    Self::$command(command) => command.read(cursor, start),
                    _ => Ok(()),
                }
            }};
        }
        match start.tag {
            tag::ADD => read!(Add),
            tag::COPY => read!(Copy),
            tag::DELETE => read!(Delete),
            tag::EXEC => read!(Exec),
            tag::GET => read!(Get),
            tag::MOVE => read!(Move),
            tag::PUT => read!(Put),
            tag::REPLACE => read!(Replace),
            tag::ALERT => read!(Alert),
            tag::MAP => read!(Map),
            tag::SEARCH => read!(Search),
            tag::RESULTS => read!(Results),
            tag::STATUS => read!(Status),
            _ => self.read_other(cursor, start),
        }
    }

    /// The same of an element that is no command known here.
    #[cold]
    #[inline(never)]
    fn read_other<C: Cursor<'a>>(&mut self, cursor: &mut C, start: Start) -> Result<()> {
        let (name, data) = (cursor.name(start)?, cursor.data(start)?);
        *self = Self::Other(Other { tag: start.tag, name, data });
        Ok(())
    }

    /// The element: `None` for [`End`](Self::End).
    #[must_use]
    pub const fn tag(&self) -> Option<Tag> {
        Some(match self {
            Self::Add(_) => tag::ADD,
            Self::Copy(_) => tag::COPY,
            Self::Delete(_) => tag::DELETE,
            Self::Exec(_) => tag::EXEC,
            Self::Get(_) => tag::GET,
            Self::Move(_) => tag::MOVE,
            Self::Put(_) => tag::PUT,
            Self::Replace(_) => tag::REPLACE,
            Self::Alert(_) => tag::ALERT,
            Self::Map(_) => tag::MAP,
            Self::Search(_) => tag::SEARCH,
            Self::Results(_) => tag::RESULTS,
            Self::Status(_) => tag::STATUS,
            Self::Begin(group) => group.kind.tag(),
            Self::Other(other) => other.tag,
            Self::End => return None,
        })
    }

    /// The parts of a command that asks for something to be done with items; `None` for the others.
    #[must_use]
    pub const fn request(&self) -> Option<&Request<'a>> {
        match self {
            Self::Add(request)
            | Self::Copy(request)
            | Self::Delete(request)
            | Self::Exec(request)
            | Self::Get(request)
            | Self::Move(request)
            | Self::Put(request)
            | Self::Replace(request) => Some(request),
            _ => None,
        }
    }

    /// `CmdID`, if there is one. What [`Other`](Self::Other) has is in its data.
    #[must_use]
    pub const fn cmd_id(&self) -> Option<Text<'a>> {
        match self {
            Self::Alert(alert) => alert.cmd_id,
            Self::Map(map) => map.cmd_id,
            Self::Search(search) => search.cmd_id,
            Self::Results(results) => results.cmd_id,
            Self::Status(status) => status.cmd_id,
            Self::Begin(group) => group.cmd_id,
            _ => match self.request() {
                Some(request) => request.cmd_id,
                None => None,
            },
        }
    }

    /// The items, where the command has such.
    #[must_use]
    pub const fn items(&self) -> Option<&Items<'a>> {
        match self {
            Self::Alert(alert) => Some(&alert.items),
            Self::Results(results) => Some(&results.items),
            Self::Status(status) => Some(&status.items),
            _ => match self.request() {
                Some(request) => Some(&request.items),
                None => None,
            },
        }
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
            Self::Map(map) => map.encode(out),
            Self::Search(search) => search.encode(out),
            Self::Results(results) => results.encode(out),
            Self::Status(status) => status.encode(out),
            Self::Begin(group) => group.encode(out),
            Self::End => out.end(),
            Self::Other(other) => other.encode(out),
        }
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
