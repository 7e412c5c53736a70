//! A command that was sent, and what is owed to it.

use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::string::String;

use wbxml::vocabulary::syncml::{SYNCML_1_2, tag};
use wbxml::{Cursor, Limits, Markup, Tag, Text};

use super::{AnswerFault, Parts};
use crate::code::StatusCode;
use crate::command::{Command, Results, Status};
use crate::item::Items;
use crate::more;

/// Why a command cannot be remembered, and its answers cannot be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SentFault {
    /// There is no `CmdID`, or no `MsgID` in the header (SyncML Representation Protocol, `CmdID`, `MsgID`).
    #[error("the command or the message has no id")]
    NoId,
    /// An id is longer than [`CorrelationLimits::id`](super::CorrelationLimits::id).
    #[error("an id is longer than the limit")]
    IdTooLong,
    /// The message has a command of this id already (SyncML Representation Protocol, `CmdID`), or there was a message of
    /// this id before.
    #[error("another command has the same id")]
    Repeated,
    /// [`CorrelationLimits::commands`](super::CorrelationLimits::commands) wait for answers.
    #[error("more commands wait for answers than the limit")]
    TooMany,
}

/// A command that was sent.
#[derive(Clone, Debug)]
pub struct SentCommand {
    msg_id: Box<str>,
    cmd_id: Box<str>,
    tag: Tag,
    pub(super) group: Option<u64>,
    items: usize,
    /// Whether a status is owed.
    wants_status: bool,
    code: Option<StatusCode>,
    /// Whether a status has answered all of it.
    is_whole: bool,
    /// Items that have been answered one by one, and those of them that have been with success.
    answered: usize,
    successful: usize,
    /// Which they were.
    parts: BTreeSet<u64>,
    /// Items in results.
    results: usize,
}

/// What a command asks for.
pub(super) struct Asked<'a> {
    pub(super) tag: Tag,
    pub(super) cmd_id: Option<Text<'a>>,
    pub(super) items: usize,
    /// Whether no status is owed to it.
    pub(super) is_silent: bool,
}

impl<'a> Asked<'a> {
    /// What a command asks for; `None`, if it asks for nothing.
    pub(super) fn of(command: &Command<'a>) -> Option<Self> {
        let (items, is_silent) = match command {
            Command::Alert(alert) => (addressed(&alert.items), alert.no_resp),
            Command::Map(_) => (1, false),
            Command::Search(search) => (1, search.no_resp),
            Command::Results(_) => (1, true),
            Command::Begin(group) => (1, group.no_resp),
            _ => {
                let request = command.request()?;
                (addressed(&request.items), request.no_resp)
            }
        };
        Some(Self { tag: command.tag()?, cmd_id: command.cmd_id(), items, is_silent })
    }
}

/// The items that an answer can name; at least one.
fn addressed(items: &Items<'_>) -> usize {
    items.iter().map_while(Result::ok).filter(|item| item.uri().is_some()).count().max(1)
}

/// `CmdID` in the content of a command.
pub(super) fn id_in(content: Markup<'_>) -> Option<Text<'_>> {
    let mut reader = content.reader(Limits::NONE).ok()?;
    let cmd_id = more::next(&mut reader, tag::CMD_ID).ok()??;
    reader.text(cmd_id).ok()
}

impl SentCommand {
    pub(super) fn new(asked: &Asked<'_>, msg_id: &str, cmd_id: String, group: Option<u64>, no_resp: bool) -> Self {
        Self {
            msg_id: msg_id.into(),
            cmd_id: cmd_id.into_boxed_str(),
            tag: asked.tag,
            group,
            items: asked.items,
            wants_status: !asked.is_silent && !no_resp,
            code: None,
            is_whole: false,
            answered: 0,
            successful: 0,
            parts: BTreeSet::new(),
            results: 0,
        }
    }

    /// `MsgID` of the message that it is in.
    #[must_use]
    pub fn msg_id(&self) -> &str {
        &self.msg_id
    }

    /// `CmdID`; `0` is the header.
    #[must_use]
    pub fn cmd_id(&self) -> &str {
        &self.cmd_id
    }

    /// Its element.
    #[must_use]
    pub const fn tag(&self) -> Tag {
        self.tag
    }

    /// The name of its element, if the vocabulary has it.
    #[must_use]
    pub fn name(&self) -> Option<&'static str> {
        SYNCML_1_2.tag_name(self.tag)
    }

    /// The status that came last.
    #[must_use]
    pub const fn status(&self) -> Option<StatusCode> {
        self.code
    }

    /// The items that may be answered one by one, which are those with an address; at least one.
    #[must_use]
    pub const fn items(&self) -> usize {
        self.items
    }

    /// The items to which neither a status nor a part of one has come; 0, if no status is owed.
    #[must_use]
    pub const fn open_items(&self) -> usize {
        if self.is_whole || !self.wants_status { 0 } else { self.items.saturating_sub(self.answered) }
    }

    /// The items of a `Get` or `Search` that succeeded and whose results have not come; 0, if no status is owed.
    #[must_use]
    pub fn open_results(&self) -> usize {
        let is_owed = self.wants_results() && self.wants_status;
        let executed = match self.code {
            _ if !is_owed => 0,
            Some(code) if self.is_whole && is_executed(code) => self.items,
            _ => self.successful,
        };
        executed.saturating_sub(self.results)
    }

    /// Whether nothing is owed to it: every item has a status, and every one that succeeded has its results.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.open_items() == 0 && self.open_results() == 0
    }

    const fn wants_results(&self) -> bool {
        matches!(self.tag, tag::GET | tag::SEARCH)
    }

    /// The answers to single items that are remembered.
    pub(super) fn remembered(&self) -> usize {
        self.parts.len()
    }

    /// Takes a status for it, and remembers at most `room` more items.
    pub(super) fn take_status(&mut self, status: &Status<'_>, room: usize) -> Option<AnswerFault> {
        let is_other = |name: &str| status.cmd.is_some_and(|cmd| cmd.to_cow().is_ok_and(|cmd| cmd.trim() != name));
        if self.name().is_some_and(is_other) {
            return Some(AnswerFault::OtherCommand);
        }
        let code = status.code();
        if code.is_some_and(StatusCode::is_provisional) {
            self.code = code;
            return None;
        }
        if self.is_whole || self.answered >= self.items {
            return Some(AnswerFault::Duplicate);
        }
        let parts = Parts::of(status);
        if self.items == 1 || parts.is_empty() {
            self.code = code;
            self.is_whole = self.answered == 0;
            self.answered = self.items;
            self.parts.clear();
            return None;
        }
        let mut fault = None;
        for part in parts.iter() {
            if self.parts.contains(&part) || self.answered >= self.items {
                fault = Some(AnswerFault::Duplicate);
                continue;
            }
            if self.parts.len() < room {
                self.parts.insert(part);
            }
            self.answered = self.answered.saturating_add(1);
            self.successful = self.successful.saturating_add(usize::from(code.is_some_and(is_executed)));
            self.code = code;
        }
        if self.answered >= self.items {
            self.parts.clear();
        }
        fault
    }

    /// Takes results for it.
    pub(super) fn take_results(&mut self, results: &Results<'_>) -> Option<AnswerFault> {
        if !self.wants_results() && self.name().is_some() {
            return Some(AnswerFault::NoResultsWanted);
        }
        // of a large object, the last chunk counts
        let whole = results.items.iter().map_while(Result::ok).filter(|item| !item.more_data).count();
        self.results = self.results.saturating_add(whole);
        let is_early = self.wants_status && self.answered == 0;
        is_early.then_some(AnswerFault::BeforeStatus)
    }
}

/// Whether a command with this status was carried out and has something to hand over.
const fn is_executed(code: StatusCode) -> bool {
    code.is_success()
        && !matches!(
            code,
            StatusCode::NO_CONTENT
                | StatusCode::OPERATION_CANCELLED
                | StatusCode::NOT_EXECUTED
                | StatusCode::ATOMIC_ROLL_BACK_OK
        )
}
