//! Packages: commands cut into messages that the peer takes (OMA DM Protocol 1.2, packages and large objects; SyncML
//! Meta-Information, `MaxMsgSize`, `MaxObjSize`).

mod draft;
mod error;
mod parts;
mod split;

use alloc::string::ToString;
use alloc::vec::Vec;
use core::ops::Range;

use wbxml::{Encoding, Text};

pub use error::PackageError;

use crate::command::{Command, Group, GroupKind};
use crate::header::SyncHdr;
use crate::large_object::carried_len;
use draft::Draft;
use parts::Parts;
use split::Split;

/// The commands of a package, to be sent in as many messages as it takes.
///
/// Each message is made when it is its turn, since it depends on what the peer has answered: the header with its
/// credentials, the `Status` of what came last, and the size that the peer takes. `MsgID` counts up, `CmdID` is counted
/// in each message, whatever the commands say, and `Final` stands in the last one. [`Command::Other`] stays as it is.
///
/// - A command, and the whole of an `Atomic` or `Sequence`, stands in one message. A `Sync` is ended with the message and
///   begun again in the next one, without `NumberOfChanges`.
/// - A command that is too large for a message, and has several items, is sent as several commands with one item each,
///   where that means the same: not an `Alert`, an `Exec` or a `Status`.
/// - The data of an item that is too large for a message is sent in chunks, in `Add`, `Replace`, `Put`, `Results` and in an
///   `Alert` of one item: text between two characters, octets between any two. A data element with children is not cut.
///   The first chunk says the `Size` of all; target, source and meta information stand in each.
///   [`Outgoing::more_data`] says that the next message has to wait until the peer has taken a chunk, which it says with
///   status 213.
///
/// ```
/// use syncml::large_object::{Reassembler, Received};
/// use syncml::{Command, Item, Location, MessageReader, Meta, Package, Request, Status, SyncHdr};
/// use wbxml::{Encoding, Text, vocabulary::syncml::SYNCML_1_2};
///
/// // a server sends 100 kB to a phone that takes messages of 4096 octets
/// let ring_tone = "0123456789ABCDEF".repeat(6400);
/// let item = Item::leaf("./Media/Tone", Meta::of_data("b64", "audio/midi"), &ring_tone);
/// let commands = [Command::Replace(Request::of_item("1", item))];
///
/// let server = Location::new("https://dm.example.net");
/// let header = SyncHdr::dm_1_2("1", "1", Location::new("IMEI:490154203237518"), server);
/// let mut package = Package::new(Encoding::Wbxml(&SYNCML_1_2), 1, &commands).max_obj_size(200_000);
/// let mut phone = Reassembler::new();
/// let (mut messages, mut tone) = (0, Vec::new());
/// let mut octets = Vec::new();
/// loop {
///     // the answer to what the phone has sent stands in front
///     let mut status = Status::default();
///     (status.msg_ref, status.cmd_ref, status.cmd) =
///         (Some(Text::new("1")), Some(Text::new("0")), Some(Text::new("SyncHdr")));
///     status.code = Some(Text::new("200"));
///     octets.clear();
///     let Some(sent) = package.next_message(&header, &[Command::Status(status)], 4096, &mut octets)? else { break };
///     assert!(octets.len() <= 4096);
///     assert_eq!(sent.is_final, !sent.more_data);
///     messages += 1;
///
///     // the phone
///     let mut message = MessageReader::parse(&octets)?;
///     while let Some(command) = message.next_command()? {
///         for received in phone.command(command) {
///             match received? {
///                 Received::Chunk => {} // answers with 213 and the alert 1222
///                 Received::Complete(object) => tone = object.into_data(),
///                 other => panic!("{other:?}"),
///             }
///         }
///     }
///     assert!(phone.end_message().is_none());
/// }
/// assert_eq!((messages, tone), (27, ring_tone.into_bytes()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Package<'a> {
    encoding: Encoding<'a>,
    commands: &'a [Command<'a>],
    max_obj_size: usize,
    next_msg_id: u32,
    at: Place,
    /// The `Sync` that is open.
    sync: Option<Group<'a>>,
    /// The command that is sent item by item.
    split: Option<Split<'a>>,
    is_done: bool,
}

/// How far a package has been sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Place {
    command: usize,
    /// The next item of a command that is sent item by item.
    item: Option<usize>,
    /// The octets of its data that have been sent, if it is sent in chunks.
    octets: usize,
}

/// A message of a package.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Outgoing {
    /// `MsgID`.
    pub msg_id: u32,
    /// The octets of the message.
    pub len: usize,
    /// The commands of the package of which anything stands in it. They have the last `CmdID`s of the message, in this
    /// order; [`Correlation`](crate::Correlation) takes them from the message itself.
    pub commands: Range<usize>,
    /// Whether it is the last message of the package.
    pub is_final: bool,
    /// Whether a large object goes on in the next message, which has to wait for status 213. Where the peer answers
    /// with something else, [`Package::skip`] leaves out what remains of the object.
    pub more_data: bool,
}

impl<'a> Package<'a> {
    /// A package of these commands, the first message of which has this `MsgID`.
    #[must_use]
    pub const fn new(encoding: Encoding<'a>, msg_id: u32, commands: &'a [Command<'a>]) -> Self {
        Self {
            encoding,
            commands,
            max_obj_size: usize::MAX,
            next_msg_id: msg_id,
            at: Place { command: 0, item: None, octets: 0 },
            sync: None,
            split: None,
            is_done: false,
        }
    }

    /// The same for a peer that takes objects of at most this many octets: what it has said as `MaxObjSize`.
    #[must_use]
    pub fn max_obj_size(self, octets: usize) -> Self {
        Self { max_obj_size: octets, ..self }
    }

    /// `MsgID` of the next message, of this package or of what follows it.
    #[must_use]
    pub const fn next_msg_id(&self) -> u32 {
        self.next_msg_id
    }

    /// Appends the next message to `out`, or gives `None` if the last one has been made.
    ///
    /// In front of the package's commands stand those in `first`: the answers to the last message of the peer, which
    /// have to fit into this one. The header is as it is given, but for its `MsgID`. The message has at most
    /// `max_msg_size` octets, which is what the peer has said as `MaxMsgSize`.
    ///
    /// # Errors
    /// [`PackageError`]. Nothing is appended then, and nothing is lost: the same may be tried again with a larger size,
    /// or [`skip`](Self::skip) leaves out what is too large.
    pub fn next_message(
        &mut self,
        header: &SyncHdr<'_>,
        first: &[Command<'_>],
        max_msg_size: usize,
        out: &mut Vec<u8>,
    ) -> Result<Option<Outgoing>, PackageError> {
        if self.is_done {
            return Ok(None);
        }
        let (start, sync, len) = (self.at, self.sync, out.len());
        let made = self.make(header, first, max_msg_size, out);
        if made.is_err() {
            (self.at, self.sync) = (start, sync);
            out.truncate(len);
        }
        made.map(Some)
    }

    /// Leaves out what comes next: a command, the whole of a group, or what remains of a command that is sent item by
    /// item, or of an object that is sent in chunks.
    pub fn skip(&mut self) {
        self.pass_end();
        let Place { command, item, octets } = self.at;
        let behind = Place { command: self.unit(command).end, ..Place::default() };
        self.at = match (item, self.split(command)) {
            (Some(item), Ok(split)) if octets > 0 => split.behind(item),
            _ => behind,
        };
    }

    fn make(
        &mut self,
        header: &SyncHdr<'_>,
        first: &[Command<'_>],
        max_msg_size: usize,
        out: &mut Vec<u8>,
    ) -> Result<Outgoing, PackageError> {
        let msg_id = self.next_msg_id;
        let (digits, len) = (msg_id.to_string(), out.len());
        let mut header = *header;
        header.msg_id = Some(Text::new(&digits));
        let mut draft = Draft::new(self.encoding, &header, max_msg_size, out)?;
        for command in first {
            draft.put_first(command)?;
        }
        self.pass_end();
        if let Some(sync) = &self.sync {
            draft.resume_sync(sync)?;
        }
        let start = self.at.command;
        let (mut end, mut more_data) = (start, false);
        while !more_data && self.at.command < self.commands.len() {
            let place = self.at;
            match self.add(&mut draft) {
                Ok(true) => more_data = self.at.octets > 0,
                Ok(false) => break,
                // what does not go into this message may go into the next, which has another head
                Err(error) if draft.is_begun() && error.is_about_size() => break,
                Err(error) => return Err(error),
            }
            end = place.command.saturating_add(1).max(self.at.command);
        }
        let is_final = self.at.command >= self.commands.len();
        draft.finish(is_final)?;
        self.is_done = is_final;
        self.next_msg_id = msg_id.saturating_add(1);
        Ok(Outgoing { msg_id, len: out.len().saturating_sub(len), commands: start..end, is_final, more_data })
    }

    /// Adds what comes next, or a part of it. `false` is for what fits into a message of its own, and not into this one
    /// any more.
    fn add(&mut self, draft: &mut Draft<'a, '_>) -> Result<bool, PackageError> {
        let command = self.at.command;
        match (self.next_command(), self.sync) {
            (Some(Command::Begin(group)), None) if group.kind == GroupKind::Sync => {
                return self.begin_sync(draft, group);
            }
            (Some(Command::End), Some(_)) => return self.end_sync(draft),
            _ => {}
        }
        if self.at.item.is_none() {
            let unit = self.unit(command);
            let commands = self.commands.get(unit.clone()).unwrap_or_default();
            self.check_objects(command, commands)?;
            let is_final = self.is_last(unit.end);
            if draft.put(commands, is_final)? {
                self.at = Place { command: unit.end, ..Place::default() };
                return Ok(true);
            }
            if draft.is_begun() && draft.fits_alone(commands, is_final)? {
                return Ok(false);
            }
            self.split(command)?;
            self.at.item = Some(0);
        }
        self.add_item(draft)
    }

    /// Adds the next item of a command that is sent item by item, or a chunk of its data.
    fn add_item(&mut self, draft: &mut Draft<'a, '_>) -> Result<bool, PackageError> {
        let Place { command, item, octets } = self.at;
        let item = item.unwrap_or_default();
        let behind = self.split(command)?.behind(item);
        let is_final = self.is_last(behind.command);
        let split = self.split(command)?;
        if octets == 0 {
            let alone = [split.alone(item)];
            if draft.put(&alone, is_final)? {
                self.at = behind;
                return Ok(true);
            }
            if draft.is_begun() && draft.fits_alone(&alone, is_final)? {
                return Ok(false);
            }
        }
        let Some(len) = split.open(item)? else { return Err(PackageError::CommandTooLarge { command }) };
        // nothing is written in less octets than it has
        let room = draft.room();
        let rest = len.saturating_sub(octets);
        if octets > 0 && rest <= room && split.chunk(octets..len, false, |chunk| draft.put(&[chunk], is_final))? {
            self.at = behind;
            return Ok(true);
        }
        let most = room.min(rest.saturating_sub(1)).saturating_add(octets);
        let end = split.longest(octets..most, |chunk| draft.fits(&[chunk], false))?;
        if end == octets || !split.chunk(octets..end, true, |chunk| draft.put(&[chunk], false))? {
            return Err(PackageError::NoRoomForData { command });
        }
        self.at.octets = end;
        Ok(true)
    }

    fn begin_sync(&mut self, draft: &mut Draft<'a, '_>, sync: &Group<'a>) -> Result<bool, PackageError> {
        let next = self.at.command.saturating_add(1);
        // an end that stands there is the last command too
        let is_empty = matches!(self.commands.get(next), Some(Command::End));
        if !draft.begin_sync(sync, self.is_last(next.saturating_add(usize::from(is_empty))))? {
            return Err(PackageError::CommandTooLarge { command: self.at.command });
        }
        (self.sync, self.at.command) = (Some(*sync), next);
        Ok(true)
    }

    fn end_sync(&mut self, draft: &mut Draft<'a, '_>) -> Result<bool, PackageError> {
        let next = self.at.command.saturating_add(1);
        let fits = draft.end_sync(next >= self.commands.len())?;
        if fits {
            (self.sync, self.at.command) = (None, next);
        }
        Ok(fits)
    }

    /// Passes over the end of a `Sync` in front of a message: it has ended with the message before.
    fn pass_end(&mut self) {
        if self.sync.is_some() && matches!(self.next_command(), Some(Command::End)) {
            (self.sync, self.at.command) = (None, self.at.command.saturating_add(1));
        }
    }

    fn next_command(&self) -> Option<&'a Command<'a>> {
        self.commands.get(self.at.command)
    }

    /// Whether nothing stands at this place and behind it, but for the end of the `Sync` that is open.
    fn is_last(&self, place: usize) -> bool {
        match self.commands.get(place..) {
            None | Some([]) => true,
            Some([Command::End]) => self.sync.is_some(),
            Some(_) => false,
        }
    }

    /// What has to stand in one message: the command of this index, or the group that it begins.
    fn unit(&self, command: usize) -> Range<usize> {
        let mut depth = 0_usize;
        let mut end = command;
        for step in self.commands.get(command..).unwrap_or_default() {
            end = end.saturating_add(1);
            match step {
                Command::Begin(_) => depth = depth.saturating_add(1),
                Command::End => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
        command..end
    }

    /// The command of this index, to be sent item by item.
    fn split(&mut self, command: usize) -> Result<&mut Split<'a>, PackageError> {
        let split = match self.split.take() {
            Some(split) if split.command == command => split,
            _ => {
                let alone = self.commands.get(command).map(|alone| Split::new(self.encoding, command, alone));
                alone.transpose()?.flatten().ok_or(PackageError::CommandTooLarge { command })?
            }
        };
        Ok(self.split.insert(split))
    }

    /// No item of these commands, the first of which has this index, is larger than the peer takes.
    fn check_objects(&self, first: usize, commands: &[Command<'_>]) -> Result<(), PackageError> {
        for (command, index) in commands.iter().zip(first..) {
            for item in command.items().into_iter().flatten() {
                let len = item.map_err(PackageError::unreadable)?.data.map_or(0, |data| carried_len(&data));
                if len > self.max_obj_size {
                    return Err(PackageError::ObjectTooLarge { command: index });
                }
            }
        }
        Ok(())
    }
}
