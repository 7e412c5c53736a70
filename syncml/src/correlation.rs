//! Which answers belong to which commands (SyncML Representation Protocol 1.2, `Status`, `Results`, `CmdRef`, `MsgRef`;
//! OMA DM Representation Protocol 1.2, 4.1).

mod answer;
mod sent;

use alloc::boxed::Box;
use alloc::collections::{BTreeMap, VecDeque};
use alloc::string::String;

use wbxml::vocabulary::syncml::tag;
use wbxml::{Data, Text};

pub use answer::{Answer, AnswerFault};
pub use sent::{SentCommand, SentFault};

use crate::command::{Command, Other, Results, Status};
use crate::header::SyncHdr;
use answer::Parts;
use sent::Asked;

/// The commands of one side of a session, and what the other side has answered.
///
/// Each command of a message goes in with [`sent`](Self::sent), each `Status` and `Results` of the other side with
/// [`answered`](Self::answered), over as many messages as the session has. The header of a message is its command `0`.
/// A session where both sides ask has two of these.
///
/// What is remembered is bounded by [`CorrelationLimits`]: where there is no room left, the commands that were answered
/// first are forgotten. Each command costs a time that is logarithmic in that bound, and linear in its items.
///
/// ```
/// # #[cfg(feature = "xml")] {
/// use syncml::{AnswerFault, Command, Correlation, MessageReader, StatusCode};
///
/// let mut correlation = Correlation::new();
/// let mut request = MessageReader::parse(
///     b"<SyncML><SyncHdr><MsgID>1</MsgID></SyncHdr><SyncBody>
///         <Atomic><CmdID>1</CmdID><Add><CmdID>2</CmdID><Item/></Add></Atomic>
///         <Get><CmdID>3</CmdID><Item/></Get></SyncBody></SyncML>",
/// )?;
/// correlation.sent_header(request.header().unwrap()).unwrap();
/// while let Some(command) = request.next_command()? {
///     correlation.sent(command).unwrap();
/// }
///
/// let mut response = MessageReader::parse(
///     b"<SyncML><SyncHdr><MsgID>1</MsgID></SyncHdr><SyncBody>
///         <Status><MsgRef>1</MsgRef><CmdRef>0</CmdRef><Cmd>SyncHdr</Cmd><Data>212</Data></Status>
///         <Status><MsgRef>1</MsgRef><CmdRef>2</CmdRef><Cmd>Add</Cmd><Data>200</Data></Status>
///         <Status><MsgRef>1</MsgRef><CmdRef>9</CmdRef><Cmd>Add</Cmd><Data>200</Data></Status></SyncBody></SyncML>",
/// )?;
/// let mut faults = Vec::new();
/// while let Some(command) = response.next_command()? {
///     if let Some(answer) = correlation.answered(command) {
///         faults.extend(answer.fault);
///     }
/// }
/// assert_eq!(faults, [AnswerFault::Unknown]);
///
/// let open: Vec<_> = correlation.unanswered().map(|command| (command.name().unwrap(), command.cmd_id())).collect();
/// assert_eq!(open, [("Atomic", "1"), ("Get", "3")]);
/// # }
/// # Ok::<(), syncml::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Correlation {
    limits: CorrelationLimits,
    /// By the order of sending.
    commands: BTreeMap<u64, SentCommand>,
    /// From message and command to the place in the order of sending.
    places: BTreeMap<Box<str>, u64>,
    /// Those to which nothing is owed any more, those first that have been so for longest.
    settled: VecDeque<u64>,
    /// The place of the next command.
    next: u64,
    /// `MsgID` of the message that is being sent.
    message: String,
    /// Whether nothing in that message is to be answered with a status.
    no_resp: bool,
    /// The groups that have begun; `None` is one that is not remembered.
    groups: alloc::vec::Vec<Option<u64>>,
    /// Answers to single items that are remembered, over all commands.
    parts: usize,
}

/// How much a [`Correlation`] remembers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "to be written as a literal")]
pub struct CorrelationLimits {
    /// The most commands.
    pub commands: usize,
    /// The most answers to single items of commands that have several. Those above are counted, and no repeated one among
    /// them is found.
    pub parts: usize,
    /// The most octets of a `MsgID` or a `CmdID`.
    pub id: usize,
}

impl CorrelationLimits {
    /// Enough for the sessions that are seen: 10,000 commands, 10,000 answers to single items, 64 octets.
    pub const DEFAULT: Self = Self { commands: 10_000, parts: 10_000, id: 64 };
}

impl Default for CorrelationLimits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

impl Correlation {
    /// Nothing sent yet, with the default limits.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Nothing sent yet.
    #[must_use]
    pub fn with_limits(limits: CorrelationLimits) -> Self {
        Self { limits, ..Self::default() }
    }

    /// A message of the side that asks begins: its header is its command `0`, and the commands that follow are in it.
    ///
    /// # Errors
    /// [`SentFault::NoId`], [`SentFault::IdTooLong`], [`SentFault::Repeated`], [`SentFault::TooMany`]. After the first
    /// two, the commands of the message cannot be told from those of another one; the header is not remembered.
    pub fn sent_header(&mut self, header: &SyncHdr<'_>) -> Result<(), SentFault> {
        self.message.clear();
        self.groups.clear();
        self.no_resp = header.no_resp;
        self.message = id(header.msg_id.as_ref(), self.limits.id)?;
        let header = Text::new("0");
        self.remember(&Asked { tag: tag::SYNC_HDR, cmd_id: Some(header), items: 1, is_silent: false }).map(|_| ())
    }

    /// A command of the side that asks, in the message whose header came last. Those in groups are commands like
    /// others.
    ///
    /// A `Status` is not remembered, as nobody answers one; `Results` are, but nothing is owed to them.
    ///
    /// # Errors
    /// [`SentFault::NoId`], [`SentFault::IdTooLong`], [`SentFault::Repeated`], [`SentFault::TooMany`]: the command is
    /// not remembered, and an answer to it will be one to nothing.
    pub fn sent(&mut self, command: &Command<'_>) -> Result<(), SentFault> {
        match command {
            Command::Status(_) => Ok(()),
            Command::End => {
                self.groups.pop();
                Ok(())
            }
            Command::Other(other) => self.sent_other(other),
            _ => {
                let asked = Asked::of(command);
                let place = asked.map(|asked| self.remember(&asked)).transpose();
                if matches!(command, Command::Begin(_)) {
                    self.groups.push(place.ok().flatten());
                }
                place.map(|_| ())
            }
        }
    }

    /// What a `Status` or `Results` of the other side answers, and what is wrong with it; `None` for any other command.
    ///
    /// An answer without `MsgRef` belongs to the message whose header was sent last, a status of `SyncHdr` without
    /// `CmdRef` to the header. A status in the 100s is no answer yet.
    pub fn answered(&mut self, command: &Command<'_>) -> Option<Answer<'_>> {
        let (place, fault) = match command {
            Command::Status(status) => self.take_status(status),
            Command::Results(results) => self.take_results(results),
            _ => return None,
        };
        Some(Answer { command: place.and_then(|place| self.commands.get(&place)), fault })
    }

    /// The commands to which something is owed still, in the order of sending. The header of the last message is among
    /// them where the other side had nothing else to say, and said nothing (OMA DM Protocol 1.2, 6).
    pub fn unanswered(&self) -> impl Iterator<Item = &SentCommand> {
        self.commands.values().filter(|command| !command.is_settled())
    }

    /// The command of this id in the message of this id, if it is remembered.
    #[must_use]
    pub fn command(&self, msg_id: &str, cmd_id: &str) -> Option<&SentCommand> {
        self.commands.get(self.places.get(key(msg_id, cmd_id).as_str())?)
    }

    /// The `Atomic`, `Sequence` or `Sync` that a command stands in, if it is in one that is remembered.
    #[must_use]
    pub fn group(&self, command: &SentCommand) -> Option<&SentCommand> {
        self.commands.get(&command.group?)
    }

    /// An element that is no command known here: its id.
    fn sent_other(&mut self, other: &Other<'_>) -> Result<(), SentFault> {
        let Data::Markup(content) = other.data else { return Err(SentFault::NoId) };
        let cmd_id = sent::id_in(content);
        self.remember(&Asked { tag: other.tag, cmd_id, items: 1, is_silent: false }).map(|_| ())
    }

    /// Remembers a command, and gives its place.
    fn remember(&mut self, asked: &Asked<'_>) -> Result<u64, SentFault> {
        let cmd_id = id(asked.cmd_id.as_ref(), self.limits.id)?;
        let key = key(&self.message, &cmd_id);
        if self.places.contains_key(key.as_str()) {
            return Err(SentFault::Repeated);
        }
        while self.commands.len() >= self.limits.commands {
            self.forget()?;
        }
        let place = self.next;
        self.next = place.saturating_add(1);
        let group = self.groups.last().copied().flatten();
        let command = SentCommand::new(asked, &self.message, cmd_id, group, self.no_resp);
        if command.is_settled() {
            self.settled.push_back(place);
        }
        self.places.insert(key.into_boxed_str(), place);
        self.commands.insert(place, command);
        Ok(place)
    }

    /// Forgets the command that has been settled for longest.
    fn forget(&mut self) -> Result<(), SentFault> {
        let place = self.settled.pop_front().ok_or(SentFault::TooMany)?;
        if let Some(command) = self.commands.remove(&place) {
            self.places.remove(key(command.msg_id(), command.cmd_id()).as_str());
        }
        Ok(())
    }

    /// Where the command that is referred to stands.
    fn find(&self, msg_ref: Option<&Text<'_>>, cmd_ref: &Text<'_>) -> Result<u64, AnswerFault> {
        let unknown = |_| AnswerFault::Unknown;
        let cmd_ref = id(Some(cmd_ref), self.limits.id).map_err(unknown)?;
        let key = match msg_ref {
            Some(msg_ref) => key(&id(Some(msg_ref), self.limits.id).map_err(unknown)?, &cmd_ref),
            None => key(&self.message, &cmd_ref),
        };
        self.places.get(key.as_str()).copied().ok_or(AnswerFault::Unknown)
    }

    fn take_status(&mut self, status: &Status<'_>) -> (Option<u64>, Option<AnswerFault>) {
        let header = Text::new("0");
        let is_header = status.cmd.as_ref().is_some_and(|cmd| *cmd == "SyncHdr");
        let Some(cmd_ref) = status.cmd_ref.as_ref().or(is_header.then_some(&header)) else {
            return (None, Some(AnswerFault::NoReference));
        };
        match self.find(status.msg_ref.as_ref(), cmd_ref) {
            Ok(place) => (Some(place), self.apply(place, |command, room| command.take_status(status, room))),
            Err(fault) => (None, Some(fault)),
        }
    }

    fn take_results(&mut self, results: &Results<'_>) -> (Option<u64>, Option<AnswerFault>) {
        let Some(cmd_ref) = &results.cmd_ref else { return (None, Some(AnswerFault::NoReference)) };
        match self.find(results.msg_ref.as_ref(), cmd_ref) {
            Ok(place) => (Some(place), self.apply(place, |command, _| command.take_results(results))),
            Err(fault) => (None, Some(fault)),
        }
    }

    /// Lets a command take an answer; `take` is told how many more answers to single items may be remembered.
    fn apply(
        &mut self,
        place: u64,
        take: impl FnOnce(&mut SentCommand, usize) -> Option<AnswerFault>,
    ) -> Option<AnswerFault> {
        let command = self.commands.get_mut(&place)?;
        let (was_settled, before) = (command.is_settled(), command.remembered());
        let fault = take(command, self.limits.parts.saturating_sub(self.parts));
        self.parts = self.parts.saturating_sub(before).saturating_add(command.remembered());
        if command.is_settled() && !was_settled {
            self.settled.push_back(place);
        }
        fault
    }
}

/// An id as it is compared: without white space around it.
fn id(text: Option<&Text<'_>>, limit: usize) -> Result<String, SentFault> {
    let text = text.ok_or(SentFault::NoId)?.to_cow().map_err(|_| SentFault::NoId)?;
    match text.trim() {
        "" => Err(SentFault::NoId),
        id if id.len() > limit => Err(SentFault::IdTooLong),
        id => Ok(id.into()),
    }
}

/// What a command is found by. U+0000 stands in no document, in XML or as a string of WBXML.
fn key(msg_id: &str, cmd_id: &str) -> String {
    [msg_id, "\0", cmd_id].concat()
}
