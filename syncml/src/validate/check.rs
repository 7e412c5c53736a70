//! A message against all rules: what has been found, and what its elements say.

use alloc::borrow::Cow;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use wbxml::vocabulary::syncml::{SYNCML_1_2, tag};
use wbxml::{AnyReader, Data, Result, Tag, Text, Vocabulary};

use super::answers::Answers;
use super::header::Header;
use super::items::{Item, Meta, Objects};
use super::model;
use super::walk::{Frame, Owner, Scope};
use super::{Finding, Party, Rule, Validator};

/// The most ids that are compared with each other, and the most commands whose answers are: what more a message has is
/// not looked at in this respect.
pub(super) const MOST_IDS: usize = 65_536;

/// A message while it is looked at.
pub(super) struct Check<'v, 'a> {
    pub(super) validator: &'v Validator,
    pub(super) findings: Vec<Finding<'a>>,
    /// The elements that are open.
    pub(super) frames: Vec<Frame<'a>>,
    /// Where the walk is.
    pub(super) place: Place<'a>,
    is_xml: bool,
    /// Commands so far.
    commands: u32,
    ids: BTreeSet<Cow<'a, str>>,
    /// `Atomic` elements that are open.
    pub(super) atomics: u32,
    pub(super) header: Header<'a>,
    pub(super) command: Command<'a>,
    pub(super) item: Item<'a>,
    /// `Meta` of the credentials or the challenge at hand.
    pub(super) proof: Meta<'a>,
    pub(super) answers: Answers<'a>,
    pub(super) objects: Objects,
}

/// What a finding says of its place.
#[derive(Clone, Copy, Default)]
pub(super) struct Place<'a> {
    pub(super) number: u32,
    pub(super) command: Option<&'static str>,
    cmd_id: Option<Text<'a>>,
}

/// A command that is no group, as far as it has been read.
#[derive(Default)]
pub(super) struct Command<'a> {
    pub(super) tag: Option<Tag>,
    pub(super) offset: usize,
    pub(super) msg_ref: Option<Said<'a>>,
    pub(super) cmd_ref: Option<Said<'a>>,
    pub(super) cmd: Option<Said<'a>>,
    /// `Data` of an alert or a status.
    pub(super) code: Option<Said<'a>>,
    pub(super) meta: Meta<'a>,
    pub(super) items: usize,
    pub(super) has_challenge: bool,
}

/// A text without the white space around it, and where its element begins.
#[derive(Clone)]
pub(super) struct Said<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) offset: usize,
}

impl<'v, 'a> Check<'v, 'a> {
    pub(super) fn new(validator: &'v Validator) -> Self {
        Self {
            validator,
            findings: Vec::new(),
            frames: Vec::new(),
            place: Place::default(),
            is_xml: false,
            commands: 0,
            ids: BTreeSet::new(),
            atomics: 0,
            header: Header::default(),
            command: Command::default(),
            item: Item::default(),
            proof: Meta::default(),
            answers: Answers::default(),
            objects: Objects::default(),
        }
    }

    /// Finds something wrong with the element at `offset`.
    pub(super) fn find(&mut self, rule: Rule, about: &'a str, offset: usize) {
        self.push(rule, Some(Text::new(about)), offset, None);
    }

    pub(super) fn push(&mut self, rule: Rule, about: Option<Text<'a>>, offset: usize, error: Option<crate::Error>) {
        if self.is_full() {
            return;
        }
        let Place { number, command, cmd_id } = self.place;
        let severity = rule.severity(self.validator.role);
        self.findings.push(Finding { rule, severity, number, command, cmd_id, about, offset, error });
    }

    /// Whether nothing more is to be found: the last finding says so.
    pub(super) fn is_full(&self) -> bool {
        self.findings.len() > self.validator.limit
    }

    /// Looks at the size of the whole message.
    pub(super) fn size(&mut self, octets: usize) {
        if self.validator.max_msg_size.is_some_and(|most| octets > most) {
            self.push(Rule::MessageTooLarge, None, 0, None);
        }
    }

    /// Notes what the document itself says.
    pub(super) const fn declare(&mut self, reader: &AnyReader<'a>, named: Option<&'a Vocabulary<'a>>) {
        self.is_xml = !matches!(reader, AnyReader::Wbxml(_));
        self.header.declare(self.validator.is_dm, named);
    }

    pub(super) const fn is_xml(&self) -> bool {
        self.is_xml
    }

    /// The findings, when everything has been read, or as far as it could be.
    pub(super) fn finish(mut self, read: Result<()>) -> Vec<Finding<'a>> {
        if let Err(error) = read {
            self.push(Rule::Unreadable, None, error.offset(), Some(error.into()));
        }
        let is_full = self.is_full();
        self.findings.sort_by_key(|finding| finding.offset);
        if is_full {
            self.findings.truncate(self.validator.limit);
            self.place = Place::default();
            let offset = self.findings.last().map_or(0, |finding| finding.offset);
            self.push(Rule::TooMany, None, offset, None);
        }
        self.findings
    }

    /// A command begins.
    pub(super) fn begin(&mut self, tag: Tag, scope: Scope, offset: usize) {
        self.commands = self.commands.saturating_add(1);
        let name = known_name(tag);
        self.place = Place { number: self.commands, command: Some(name), cmd_id: None };
        if self.header.is_dm() {
            let party = self.validator.party;
            let is_theirs = match party {
                Some(Party::Client) => model::is_from_client(tag),
                Some(Party::Server) => tag != tag::RESULTS,
                None => true,
            };
            if !model::is_dm_command(tag) {
                self.find(Rule::CommandNotInDm, name, offset);
            } else if !is_theirs {
                self.find(Rule::WrongParty, name, offset);
            }
            if self.atomics > 0 {
                match tag {
                    tag::GET | tag::ATOMIC => self.find(Rule::NotInAtomic, name, offset),
                    tag::EXEC | tag::SEQUENCE => self.find(Rule::UnusualInAtomic, name, offset),
                    _ => {}
                }
            }
        }
        if self.objects.is_open() && !matches!(tag, tag::STATUS | tag::ALERT) {
            self.find(Rule::BehindChunk, name, offset);
        }
        if tag == tag::ATOMIC {
            self.atomics = self.atomics.saturating_add(1);
        }
        if scope == Scope::Command {
            self.command = Command { tag: Some(tag), offset, ..Command::default() };
        }
    }

    pub(super) fn end_command(&mut self) {
        match self.command.tag {
            Some(tag::STATUS) => self.end_status(),
            Some(tag::RESULTS) => self.end_results(),
            Some(tag::ALERT) => self.end_alert(),
            _ => self.answers.other(),
        }
    }

    /// A text element.
    pub(super) fn text(&mut self, scope: Scope, tag: Tag, text: Text<'a>, offset: usize) {
        let name = known_name(tag);
        let Ok(said) = text.to_cow() else { return self.find(Rule::NotText, name, offset) };
        let said = Said { text: trimmed(said), offset };
        let is_needed = matches!(
            tag,
            tag::VER_DTD | tag::VER_PROTO | tag::SESSION_ID | tag::MSG_ID | tag::CMD_ID | tag::MSG_REF | tag::CMD
        ) || tag == tag::LOC_URI && scope == Scope::Location(Owner::Header);
        if said.text.is_empty() && is_needed {
            self.find(Rule::NoValue, name, offset);
        }
        match (scope, tag) {
            (Scope::Header, _) => self.header.take(tag, said),
            (Scope::Group | Scope::Command, tag::CMD_ID) => self.cmd_id(text, said),
            (Scope::Group, tag::NUMBER_OF_CHANGES) => self.decimal(name, &said),
            (Scope::Command, tag::MSG_REF) => keep(&mut self.command.msg_ref, said),
            (Scope::Command, tag::CMD_REF) => keep(&mut self.command.cmd_ref, said),
            (Scope::Command, tag::CMD) => keep(&mut self.command.cmd, said),
            (Scope::Location(Owner::Item), tag::LOC_URI) => keep(&mut self.item.uri, said),
            (Scope::Meta(owner), _) => self.meta(owner, tag, said),
            _ => {}
        }
    }

    pub(super) fn flag(&mut self, scope: Scope, tag: Tag, offset: usize) {
        match (scope, tag) {
            (Scope::Item, tag::MORE_DATA) => self.item.more_data = Some(offset),
            (Scope::Body, tag::FINAL) => self.objects.end_package(offset),
            _ => {}
        }
    }

    pub(super) fn data(&mut self, scope: Scope, data: Data<'a>, offset: usize) {
        match scope {
            Scope::Item if self.item.data.is_none() => self.item.data = Some((data, offset)),
            Scope::Command if matches!(self.command.tag, Some(tag::STATUS | tag::ALERT)) => {
                let text = match data {
                    Data::Text(text) => text.to_cow().ok(),
                    Data::Opaque(octets) => core::str::from_utf8(octets).ok().map(Cow::Borrowed),
                    Data::Markup(_) => None,
                };
                match text {
                    Some(text) => keep(&mut self.command.code, Said { text: trimmed(text), offset }),
                    None => self.find(Rule::NotText, "Data", offset),
                }
            }
            _ => {}
        }
    }

    fn cmd_id(&mut self, text: Text<'a>, said: Said<'a>) {
        if self.place.cmd_id.is_none() {
            self.place.cmd_id = Some(text);
            let number = self.place.number;
            let first = self.frames.last().map_or(usize::MAX, |frame| frame.findings);
            for finding in self.findings.iter_mut().skip(first).filter(|finding| finding.number == number) {
                finding.cmd_id = Some(text);
            }
        }
        match &*said.text {
            "" => {}
            "0" => self.find(Rule::ZeroCmdId, "CmdID", said.offset),
            id if self.ids.contains(id) => self.find(Rule::RepeatedCmdId, "CmdID", said.offset),
            _ if self.ids.len() < MOST_IDS => {
                self.ids.insert(said.text);
            }
            _ => {}
        }
    }

    pub(super) fn decimal(&mut self, name: &'a str, said: &Said<'a>) {
        if said.number().is_none() {
            self.find(Rule::NotDecimal, name, said.offset);
        }
    }
}

impl Said<'_> {
    /// The number that it is: decimal digits and nothing else. A larger one than is counted is the largest.
    pub(super) fn number(&self) -> Option<u64> {
        let is_decimal = !self.text.is_empty() && self.text.bytes().all(|octet| octet.is_ascii_digit());
        is_decimal.then(|| self.text.parse().unwrap_or(u64::MAX))
    }
}

/// The name of an element of SyncML.
pub(super) fn known_name(tag: Tag) -> &'static str {
    SYNCML_1_2.tag_name(tag).unwrap_or_default()
}

/// Without the white space around it.
fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().into()),
    }
}

/// Keeps the first one.
pub(super) fn keep<'a>(place: &mut Option<Said<'a>>, said: Said<'a>) {
    place.get_or_insert(said);
}
