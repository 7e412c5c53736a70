//! Large objects: data that came in chunks, over several messages, put together again (OMA DM Protocol 1.2, large
//! objects; SyncML Representation Protocol 1.1 and later, `MoreData`).

mod carried;
mod object;

use alloc::boxed::Box;
use alloc::collections::BTreeMap;

use wbxml::Tag;

pub(crate) use object::carried_len;
pub use object::{Incomplete, LargeObject};

use crate::code::StatusCode;
use crate::command::Command;
use crate::error::Result;
use crate::item::{Item, ItemsIter};
use crate::meta::Meta;
use carried::Carried;
use object::{Open, address};

/// Puts large objects together, for the side that receives them.
///
/// Every command of every message of the other side goes through [`command`](Self::command), which hands its items out
/// again: an item that came whole as it is, without a copy; a chunk as a promise; the last one with the whole object.
/// At the end of each message stands [`end_message`](Self::end_message).
///
/// An object is handed out when all of it has come, and as many octets as were announced; whatever goes wrong, no part
/// of it is. There is one at a time: another command or item between two chunks is the end of it, and so is a message
/// without a chunk. `Status`, the alert that asks for the next message and elements that are no command may stand
/// there, and a `Sync` around the chunks.
///
/// Memory is bounded by [`LargeObjectLimits::object`] and by what has come, not by what is announced; the time is linear
/// in the octets.
///
/// ```
/// use syncml::large_object::{Reassembler, Received};
/// use syncml::MessageReader;
///
/// # #[cfg(feature = "xml")] {
/// let chunks = [
///     "<Add><CmdID>2</CmdID><Item><Target><LocURI>./Text</LocURI></Target>
///         <Meta><Size xmlns='syncml:metinf'>11</Size></Meta><Data>Hello </Data><MoreData/></Item></Add>",
///     "<Add><CmdID>2</CmdID><Item><Target><LocURI>./Text</LocURI></Target><Data>world</Data></Item></Add>",
/// ];
/// let mut objects = Reassembler::new();
/// let mut text = Vec::new();
/// for body in chunks {
///     let message = format!("<SyncML><SyncHdr/><SyncBody>{body}</SyncBody></SyncML>");
///     let mut message = MessageReader::parse(message.as_bytes())?;
///     while let Some(command) = message.next_command()? {
///         for received in objects.command(command) {
///             match received? {
///                 Received::Whole(item) => panic!("{item:?}"),
///                 Received::Chunk => {} // is answered with 213, and with an alert 1222 if there is nothing else to say
///                 Received::Complete(object) => {
///                     assert_eq!(object.item().uri().unwrap(), "./Text");
///                     text = object.into_data();
///                 }
///                 Received::NoEnd(incomplete) => panic!("{incomplete:?}"), // an alert 1225 about it
///                 Received::Refused(code) => panic!("{code}"), // the status of the item
///                 _ => {}
///             }
///         }
///     }
///     assert!(objects.end_message().is_none());
/// }
/// assert_eq!(text, b"Hello world");
/// # }
/// # Ok::<(), syncml::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Reassembler {
    limits: LargeObjectLimits,
    open: Option<Open>,
    /// Whether a chunk of the open object stands in this message.
    is_continued: bool,
    /// Objects of this message and the one before of which nothing more is taken, by what their chunks have in common.
    given_up: BTreeMap<Box<str>, GivenUp>,
}

/// How much a [`Reassembler`] takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "to be written as a literal")]
pub struct LargeObjectLimits {
    /// The most octets of one item's data, as it is carried, in chunks or whole: what the receiver has said as
    /// `MaxObjSize`.
    pub object: usize,
    /// The most chunks of one object.
    pub chunks: usize,
}

impl LargeObjectLimits {
    /// 16 MiB, 100,000 chunks.
    pub const DEFAULT: Self = Self { object: 16 << 20, chunks: 100_000 };
}

impl Default for LargeObjectLimits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// What has become of an item.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Received<'a> {
    /// It is all there.
    Whole(Item<'a>),
    /// It is a chunk, and others follow: to be answered with
    /// [`CHUNKED_ITEM_ACCEPTED`](StatusCode::CHUNKED_ITEM_ACCEPTED), and with an alert
    /// [`NEXT_MESSAGE`](crate::AlertCode::NEXT_MESSAGE) where the answer holds nothing else that asks for a message.
    Chunk,
    /// It is the last chunk, and here is the object.
    Complete(LargeObject<'a>),
    /// An object ends here without its last chunk: to be answered with an alert
    /// [`NO_END_OF_DATA`](crate::AlertCode::NO_END_OF_DATA) about it. The item that came instead comes next.
    NoEnd(Incomplete),
    /// It is not taken, and to be answered with this code:
    /// - [`SIZE_REQUIRED`](StatusCode::SIZE_REQUIRED): the first chunk says no `Size`, or one that is no number;
    /// - [`REQUEST_ENTITY_TOO_LARGE`](StatusCode::REQUEST_ENTITY_TOO_LARGE): it is, or says that it is, above
    ///   [`LargeObjectLimits::object`], or has more chunks than [`LargeObjectLimits::chunks`];
    /// - [`SIZE_MISMATCH`](StatusCode::SIZE_MISMATCH): the object has more octets than were announced, or less at its
    ///   end; or the chunk belongs to an object that has ended before;
    /// - [`UNSUPPORTED_MEDIA_TYPE_OR_FORMAT`](StatusCode::UNSUPPORTED_MEDIA_TYPE_OR_FORMAT): the chunk holds elements,
    ///   which are no part of anything, or no text in the message's charset.
    ///
    /// What the sender still sends of such an object gets the same code, in this message and the next: its last chunk
    /// looks like a whole item.
    Refused(StatusCode),
}

/// An object of which nothing more is taken.
#[derive(Clone, Copy, Debug)]
struct GivenUp {
    code: StatusCode,
    /// Whether that was in this message, and not in the one before.
    is_recent: bool,
}

impl Reassembler {
    /// No object yet, with the default limits.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// No object yet.
    #[must_use]
    pub fn with_limits(limits: LargeObjectLimits) -> Self {
        Self { limits, ..Self::default() }
    }

    /// The items of a command, and what has become of each. They are taken one by one, as they are asked for: those that
    /// are not asked for are not taken.
    pub fn command<'c, 'a>(&mut self, command: &'c Command<'a>) -> ReceivedItems<'_, 'c, 'a> {
        let (no_end, rest) = match Carried::by(command) {
            Carried::Items(kind, meta, items) => (None, Some((kind, meta, items.iter()))),
            Carried::Nothing => (self.interrupt(), None),
            Carried::Neutral => (None, None),
        };
        ReceivedItems { objects: self, rest, ready: no_end.map(Received::NoEnd) }
    }

    /// The end of a message: gives the object that it should have gone on with and has not, to be answered with an
    /// alert [`NO_END_OF_DATA`](crate::AlertCode::NO_END_OF_DATA).
    pub fn end_message(&mut self) -> Option<Incomplete> {
        let no_end = if core::mem::take(&mut self.is_continued) { None } else { self.interrupt() };
        self.given_up.retain(|_, given_up| core::mem::take(&mut given_up.is_recent));
        no_end
    }

    /// Gives the open object up, since something else comes.
    fn interrupt(&mut self) -> Option<Incomplete> {
        let open = self.open.take()?;
        self.give_up(open.address.clone(), StatusCode::SIZE_MISMATCH);
        Some(open.into_incomplete())
    }

    fn give_up(&mut self, address: Box<str>, code: StatusCode) {
        self.given_up.insert(address, GivenUp { code, is_recent: true });
    }

    /// Takes an item of a command of this kind.
    fn take<'a>(
        &mut self,
        kind: Tag,
        meta: Option<&Meta<'_>>,
        item: Item<'a>,
    ) -> Result<(Option<Incomplete>, Received<'a>)> {
        if self.open.is_none() && self.given_up.is_empty() && !item.more_data {
            return Ok((None, self.whole(item)));
        }
        let (address, size) = (address(kind, &item), object::size(&item, meta)?);
        if let Some(open) = self.open.take_if(|open| open.goes_on(&address, size)) {
            return Ok((None, self.go_on(open, item)));
        }
        let no_end = self.interrupt();
        let received = match self.given_up.get(&address) {
            Some(given_up) if size.is_none() => self.refuse(address, &item, given_up.code),
            _ if !item.more_data => self.whole(item),
            _ => match size {
                None => self.refuse(address, &item, StatusCode::SIZE_REQUIRED),
                Some(size) if size > self.limits.object => {
                    self.refuse(address, &item, StatusCode::REQUEST_ENTITY_TOO_LARGE)
                }
                Some(size) => {
                    self.given_up.remove(&address);
                    self.go_on(Open::new(address, size, &item), item)
                }
            },
        };
        Ok((no_end, received))
    }

    /// An item that is no chunk.
    fn whole<'a>(&self, item: Item<'a>) -> Received<'a> {
        match &item.data {
            Some(data) if carried_len(data) > self.limits.object => {
                Received::Refused(StatusCode::REQUEST_ENTITY_TOO_LARGE)
            }
            _ => Received::Whole(item),
        }
    }

    /// Takes a chunk, the first or another one.
    fn go_on<'a>(&mut self, mut open: Open, item: Item<'a>) -> Received<'a> {
        if let Err(code) = open.push(&item, self.limits.chunks) {
            return self.refuse(open.address, &item, code);
        }
        self.is_continued = true;
        if !item.more_data {
            return Received::Complete(open.into_object(item));
        }
        self.open = Some(open);
        Received::Chunk
    }

    /// Refuses a chunk, and what is to follow.
    fn refuse<'a>(&mut self, address: Box<str>, chunk: &Item<'_>, code: StatusCode) -> Received<'a> {
        if chunk.more_data {
            self.give_up(address, code);
        } else {
            self.given_up.remove(&address);
        }
        Received::Refused(code)
    }
}

/// The items of a command, and what has become of each.
///
/// # Errors
/// None that is not in the document: an error ends the iteration, and what came in front of it counts.
#[derive(Debug)]
pub struct ReceivedItems<'r, 'c, 'a> {
    objects: &'r mut Reassembler,
    /// The command's element, its `Meta`, and the items that have not been taken.
    rest: Option<(Tag, Option<&'c Meta<'a>>, ItemsIter<'c, 'a>)>,
    /// What comes before them.
    ready: Option<Received<'a>>,
}

impl<'a> Iterator for ReceivedItems<'_, '_, 'a> {
    type Item = Result<Received<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(ready) = self.ready.take() {
            return Some(Ok(ready));
        }
        let (kind, meta, items) = self.rest.as_mut()?;
        let taken = items.next()?.and_then(|item| self.objects.take(*kind, *meta, item));
        Some(match taken {
            Ok((None, received)) => Ok(received),
            Ok((Some(incomplete), received)) => {
                self.ready = Some(received);
                Ok(Received::NoEnd(incomplete))
            }
            Err(error) => {
                self.rest = None;
                Err(error)
            }
        })
    }
}
