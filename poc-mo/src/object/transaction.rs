//! Commands on a store: which are carried out, and what is undone.

mod change;
mod get;
mod plant;

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use syncml::dm::mgmt_tree::{AccessType, MgmtTree};
use syncml::dm::{AclCommand, Uri};
use syncml::{Command, GroupKind, Item, Request, StatusCode};
use wbxml::vocabulary::syncml::{SYNCML_1_2, tag};
use wbxml::{Piece, Tag, Text};

use super::answer::{Answer, Placed, Reply};
use super::store::{LoadError, Sender, Store, spelled};

/// Commands of one sender, one after the other: [`Store::transaction`].
///
/// One that is dropped without being [finished](Self::finish) leaves the store as it was.
#[derive(Debug)]
pub struct Transaction<'s, 'd> {
    store: &'s mut Store<'d>,
    sender: Sender<'s>,
    answers: Vec<Answer>,
    groups: Vec<Open>,
    atomic: Option<Atomic>,
    /// Where the device has put what an item leaves it to place.
    placed: Vec<Placed>,
    /// The last number that was chosen as a name below each node.
    next_names: BTreeMap<usize, usize>,
    /// Whether the device itself chooses the place of what a server adds.
    is_placing: bool,
    guard: Option<&'s dyn Guard>,
    /// Octets that may still be read.
    to_read: usize,
    /// Octets that may still be answered.
    to_answer: usize,
}

/// What whoever uses the tree knows of objects beyond their descriptions.
pub(crate) trait Guard: fmt::Debug {
    /// Whether it knows objects of this identifier.
    fn is_object(&self, identifier: &str) -> bool;

    /// Whether the leaf at this path below such an object may have this value.
    fn takes(&self, path: &str, value: &[u8]) -> bool;
}

/// A group that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    Atomic,
    Sequence,
    /// Nothing in it is carried out.
    Skipped,
}

/// The `Atomic` that is open: there is none in another.
#[derive(Clone, Copy, Debug)]
struct Atomic {
    answer: usize,
    mark: usize,
    /// What it is answered, if it has failed.
    fault: Option<StatusCode>,
}

/// Something that a server wants to be run, and may.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Exec<'a> {
    /// The node.
    pub uri: Uri<'a>,
    /// The command, with its correlator.
    pub request: &'a Request<'a>,
    /// The item, with what data it has.
    pub item: &'a Item<'a>,
    store: &'a Store<'a>,
}

impl<'a> Exec<'a> {
    /// The value of a leaf of the tree as it is now, with what commands before this one have done: see
    /// [`Store::value`].
    #[must_use]
    pub fn value(&self, uri: &str) -> Option<&'a [u8]> {
        self.store.value(uri)
    }
}

/// What a command with items does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verb {
    Add,
    Copy,
    Delete,
    Exec,
    Get,
    Replace,
    /// One that device management does not have.
    Foreign,
}

impl<'s, 'd> Transaction<'s, 'd> {
    pub(super) fn new(store: &'s mut Store<'d>, sender: Sender<'s>) -> Self {
        let octets = store.options.max_transaction;
        Self {
            store,
            sender,
            answers: Vec::new(),
            groups: Vec::new(),
            atomic: None,
            placed: Vec::new(),
            next_names: BTreeMap::new(),
            is_placing: false,
            guard: None,
            to_read: octets,
            to_answer: octets,
        }
    }

    /// The same, where values are also looked at by `guard`: what it does not take is answered 415.
    pub(crate) fn guarded(mut self, guard: &'s dyn Guard) -> Self {
        self.guard = Some(guard);
        self
    }

    /// The status of the last item, if it is none of success.
    #[cfg(feature = "cp")]
    pub(crate) fn failure(&self) -> Option<StatusCode> {
        self.answers.last().map(|answer| answer.status).filter(|status| !status.is_success())
    }

    /// Carries out a command, or notes where a group begins or ends. `exec` runs what is to be run, and answers with
    /// its status. The answers are given when the transaction is finished: an `Atomic` that fails changes those that
    /// came before.
    ///
    /// # Errors
    /// If an item cannot be read.
    pub fn command(
        &mut self,
        command: &Command<'_>,
        mut exec: impl FnMut(&Exec<'_>) -> StatusCode,
    ) -> syncml::Result<()> {
        let (verb, request) = match command {
            Command::Begin(group) => {
                self.begin(group.kind, group.cmd_id, group.no_resp);
                return Ok(());
            }
            Command::End => {
                self.end();
                return Ok(());
            }
            Command::Add(request) => (Verb::Add, request),
            Command::Copy(request) => (Verb::Copy, request),
            Command::Delete(request) => (Verb::Delete, request),
            Command::Exec(request) => (Verb::Exec, request),
            Command::Get(request) => (Verb::Get, request),
            Command::Replace(request) => (Verb::Replace, request),
            Command::Move(request) | Command::Put(request) => (Verb::Foreign, request),
            _ => return Ok(()),
        };
        let cmd = command.tag().map_or("", name);
        if request.items.first().is_none() {
            self.answer(cmd, request.cmd_id, request.no_resp, StatusCode::INCOMPLETE_COMMAND);
            self.fail(StatusCode::ATOMIC_FAILED);
        }
        for item in &request.items {
            self.item(verb, cmd, request, &item?, &mut exec);
        }
        Ok(())
    }

    /// Keeps what was done, and hands over the answers.
    #[must_use = "each command is answered"]
    pub fn finish(mut self) -> Vec<Answer> {
        if !self.groups.is_empty() {
            self.fail(StatusCode::ATOMIC_FAILED);
        }
        while !self.groups.is_empty() {
            self.end();
        }
        self.store.tree.keep();
        core::mem::take(&mut self.answers)
    }

    /// Puts a tree below the node `target`, as the device does.
    pub(super) fn load(&mut self, tree: &MgmtTree<'_>, target: &str) -> Result<(), LoadError> {
        let refused = |status| LoadError::new(String::from(target), status);
        let rules = self.store.options.rules;
        let uri = Uri::parse_with(target, &rules).map_err(|error| refused(unaddressed(error.kind().is_limit())))?;
        self.plant(uri, tree).map_err(|(path, status)| LoadError::new(path, status))
    }

    fn begin(&mut self, kind: GroupKind, cmd_id: Option<Text<'_>>, no_resp: bool) {
        let (status, open) = match kind {
            _ if self.is_halted() => (StatusCode::NOT_EXECUTED, Open::Skipped),
            GroupKind::Atomic if self.atomic.is_some() => {
                self.fail(StatusCode::COMMAND_FAILED);
                (StatusCode::COMMAND_FAILED, Open::Skipped)
            }
            GroupKind::Atomic => {
                let (answer, mark) = (self.answers.len(), self.store.tree.mark());
                self.atomic = Some(Atomic { answer, mark, fault: None });
                (StatusCode::OK, Open::Atomic)
            }
            GroupKind::Sequence => (StatusCode::OK, Open::Sequence),
            _ => {
                self.fail(StatusCode::ATOMIC_FAILED);
                (StatusCode::OPTIONAL_FEATURE_NOT_SUPPORTED, Open::Skipped)
            }
        };
        self.groups.push(open);
        self.answer(name(kind.tag()), cmd_id, no_resp, status);
    }

    fn end(&mut self) {
        if self.groups.pop() != Some(Open::Atomic) {
            return;
        }
        let Some(Atomic { answer, mark, fault: Some(fault) }) = self.atomic.take() else { return };
        self.store.tree.roll_back(mark);
        let mut answers = self.answers.iter_mut().skip(answer);
        if let Some(atomic) = answers.next() {
            atomic.status = fault;
        }
        for answer in answers.filter(|answer| answer.target.is_some()) {
            answer.placed.clear();
            answer.status = match answer.status {
                StatusCode::NOT_EXECUTED => StatusCode::NOT_EXECUTED,
                // what has been run cannot be undone
                status if status.is_success() && answer.cmd == name(tag::EXEC) => StatusCode::ATOMIC_ROLL_BACK_FAILED,
                status if status.is_success() => StatusCode::ATOMIC_ROLL_BACK_OK,
                status => status,
            };
        }
    }

    fn is_halted(&self) -> bool {
        self.groups.last() == Some(&Open::Skipped) || self.atomic.is_some_and(|atomic| atomic.fault.is_some())
    }

    /// The `Atomic`, if one is open, has failed.
    fn fail(&mut self, status: StatusCode) {
        if let Some(atomic) = &mut self.atomic {
            atomic.fault.get_or_insert(status);
        }
    }

    fn answer(&mut self, cmd: &'static str, cmd_id: Option<Text<'_>>, no_resp: bool, status: StatusCode) {
        let cmd_id = cmd_id.and_then(|id| self.read(id).ok()).unwrap_or_default();
        let cmd_id = cmd_id.trim_ascii().to_string();
        let (results, placed) = (Vec::new(), Vec::new());
        self.answers.push(Answer { cmd_id, cmd, target: None, status, results, placed, no_resp });
    }

    fn item(
        &mut self,
        verb: Verb,
        cmd: &'static str,
        request: &Request<'_>,
        item: &Item<'_>,
        exec: &mut impl FnMut(&Exec<'_>) -> StatusCode,
    ) {
        let uri = item.uri().map(|uri| self.read(uri));
        let target = uri.as_ref().and_then(|uri| uri.as_ref().ok()).map(|uri| uri.trim_ascii().to_string());
        let (status, results) = if self.is_halted() {
            (StatusCode::NOT_EXECUTED, Vec::new())
        } else if verb == Verb::Get && self.atomic.is_some() {
            self.fail(StatusCode::COMMAND_FAILED);
            (StatusCode::NOT_EXECUTED, Vec::new())
        } else {
            let mark = self.store.tree.mark();
            let uri = uri.unwrap_or(Err(StatusCode::INCOMPLETE_COMMAND));
            match uri.and_then(|uri| self.carry_out(verb, request, item, &uri, exec)) {
                Ok(done) => done,
                Err(status) => {
                    self.store.tree.roll_back(mark);
                    self.placed.clear();
                    self.fail(StatusCode::ATOMIC_FAILED);
                    (status, Vec::new())
                }
            }
        };
        self.answer(cmd, request.cmd_id, request.no_resp, status);
        if let Some(answer) = self.answers.last_mut() {
            answer.target = Some(target.unwrap_or_default());
            answer.results = results;
            answer.placed = core::mem::take(&mut self.placed);
        }
    }

    fn carry_out(
        &mut self,
        verb: Verb,
        request: &Request<'_>,
        item: &Item<'_>,
        uri: &str,
        exec: &mut impl FnMut(&Exec<'_>) -> StatusCode,
    ) -> Result<(StatusCode, Vec<Reply>), StatusCode> {
        let uri = self.uri(uri)?;
        if item.more_data {
            // the chunks of a large object are to be put together first
            return Err(StatusCode::OPTIONAL_FEATURE_NOT_SUPPORTED);
        }
        let done = match verb {
            Verb::Add => self.add(uri, request, item),
            Verb::Replace => self.replace(uri, request, item),
            Verb::Delete => self.delete(uri),
            Verb::Copy => self.copy(uri, item),
            Verb::Get => return Ok((StatusCode::OK, self.get(uri)?)),
            Verb::Exec => {
                self.may(uri, AclCommand::EXEC, AccessType::Exec)?;
                let status = exec(&Exec { uri, request, item, store: &*self.store });
                return if status.is_success() { Ok((status, Vec::new())) } else { Err(status) };
            }
            Verb::Foreign => Err(StatusCode::OPTIONAL_FEATURE_NOT_SUPPORTED),
        };
        done.map(|()| (StatusCode::OK, Vec::new()))
    }

    /// The node at an address, if it is there and the sender may do this to it.
    fn may(&self, uri: Uri<'_>, command: AclCommand<'_>, access: AccessType) -> Result<usize, StatusCode> {
        if self.is_in_inbox(uri) {
            return Err(StatusCode::COMMAND_NOT_ALLOWED);
        }
        let node = self.store.find(uri).ok_or(StatusCode::NOT_FOUND)?;
        if !self.store.allows(self.sender, node, &[command]) {
            return Err(StatusCode::PERMISSION_DENIED);
        }
        let place = self.store.tree.get(node).and_then(|node| node.place);
        if self.is_server() && !self.store.has_access(place, access) {
            return Err(StatusCode::COMMAND_NOT_ALLOWED);
        }
        Ok(node)
    }

    const fn is_server(&self) -> bool {
        matches!(self.sender, Sender::Server(_))
    }

    fn uri<'u>(&self, text: &'u str) -> Result<Uri<'u>, StatusCode> {
        Uri::parse_with(text, &self.store.options.rules).map_err(|error| unaddressed(error.kind().is_limit()))
    }

    /// A text of the message, as long as there is room for such.
    fn read<'a>(&mut self, text: Text<'a>) -> Result<Cow<'a, str>, StatusCode> {
        let octets = match text.as_plain() {
            Some(plain) => plain.octets().len(),
            None => text.pieces().fold(0, |octets: usize, piece| {
                octets.saturating_add(piece.map_or(0, |piece| match piece {
                    Piece::Text(text) => text.octets().len(),
                    _ => size_of::<char>(),
                }))
            }),
        };
        self.take(octets)?;
        spelled(text)
    }

    /// Takes room for so many octets of the message.
    fn take(&mut self, octets: usize) -> Result<(), StatusCode> {
        self.to_read = self.to_read.checked_sub(octets).ok_or(StatusCode::REQUEST_ENTITY_TOO_LARGE)?;
        Ok(())
    }
}

impl Drop for Transaction<'_, '_> {
    fn drop(&mut self) {
        self.store.tree.roll_back(0);
    }
}

/// The name of a command.
fn name(tag: Tag) -> &'static str {
    SYNCML_1_2.tag_name(tag).unwrap_or_default()
}

/// The answer where there is no address.
const fn unaddressed(is_limit: bool) -> StatusCode {
    if is_limit { StatusCode::URI_TOO_LONG } else { StatusCode::NOT_FOUND }
}
