//! A message against all rules, element by element.

use alloc::borrow::Cow;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use wbxml::vocabulary::syncml::{SYNCML_1_2, tag};
use wbxml::{AnyReader, Cursor, Data, Result, Start, Tag, Text, Vocabulary};

use super::answers::Answers;
use super::header::Header;
use super::items::{Item, Meta, Objects};
use super::model::{self, Content, Model};
use super::{Finding, Party, Rule, Validator};

/// The most ids that are compared with each other, and the most commands whose answers are: what more a message has is
/// not looked at in this respect.
pub(super) const MOST_IDS: usize = 65_536;

/// A message while it is looked at.
pub(super) struct Check<'v, 'a> {
    pub(super) validator: &'v Validator,
    findings: Vec<Finding<'a>>,
    /// The elements that are open.
    frames: Vec<Frame<'a>>,
    /// Where the walk is.
    place: Place<'a>,
    is_xml: bool,
    /// Commands so far.
    commands: u32,
    ids: BTreeSet<Cow<'a, str>>,
    /// `Atomic` elements that are open.
    atomics: u32,
    pub(super) header: Header<'a>,
    pub(super) command: Command<'a>,
    pub(super) item: Item<'a>,
    /// `Meta` of the credentials or the challenge at hand.
    pub(super) proof: Meta<'a>,
    pub(super) answers: Answers<'a>,
    pub(super) objects: Objects,
}

/// An element that is open.
#[derive(Clone, Copy)]
struct Frame<'a> {
    start: Start,
    model: &'static Model,
    scope: Scope,
    /// The slots that have something in them, one bit each.
    filled: u16,
    /// The last of them.
    latest: usize,
    /// Whether something has been found out of order: what follows it mostly is so too.
    is_disordered: bool,
    offset: usize,
    /// Where the element around it is.
    around: Place<'a>,
    /// How many findings there were before.
    findings: usize,
}

/// What a finding says of its place.
#[derive(Clone, Copy, Default)]
struct Place<'a> {
    number: u32,
    command: Option<&'static str>,
    cmd_id: Option<Text<'a>>,
}

/// What an element is a part of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    Message,
    Header,
    Body,
    /// `Atomic`, `Sequence` or `Sync`.
    Group,
    Command,
    Item,
    Cred,
    Chal,
    /// `Meta` of one of these.
    Meta(Owner),
    /// `Target` or `Source`.
    Location(Owner),
    /// What only has a structure here.
    Other,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    Header,
    Command,
    Item,
    /// Credentials or a challenge.
    Proof,
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

    fn push(&mut self, rule: Rule, about: Option<Text<'a>>, offset: usize, error: Option<crate::Error>) {
        if self.is_full() {
            return;
        }
        let Place { number, command, cmd_id } = self.place;
        let severity = rule.severity(self.validator.role);
        self.findings.push(Finding { rule, severity, number, command, cmd_id, about, offset, error });
    }

    /// Whether nothing more is to be found: the last finding says so.
    fn is_full(&self) -> bool {
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

    /// Looks at a whole message.
    pub(super) fn message(&mut self, cursor: &mut AnyReader<'a>) -> Result<()> {
        let root = cursor.root()?;
        let offset = cursor.span().start;
        let Some(Content::Elements(model)) = model::content(root.tag).filter(|_| root.tag == tag::SYNC_ML) else {
            let name = cursor.name_text(root)?;
            self.push(Rule::NotAMessage, name, offset, None);
            return Ok(());
        };
        self.enter(root, model, Scope::Message, offset);
        self.walk(cursor)?;
        if self.is_full() { Ok(()) } else { cursor.finish() }
    }

    /// Looks at a message without `SyncML`, or at commands without `SyncBody`, of which the first start has been read.
    #[cfg(feature = "xml")]
    pub(super) fn fragment(&mut self, cursor: &mut AnyReader<'a>, first: Option<Start>) -> Result<()> {
        let Some(first) = first else { return Ok(()) };
        let (model, scope) = match first.tag {
            tag::SYNC_HDR | tag::SYNC_BODY => (&model::PARTS, Scope::Message),
            _ => (&model::COMMANDS, Scope::Body),
        };
        self.enter(Start::CONTENT, model, scope, cursor.span().start);
        self.child(cursor, first)?;
        self.walk(cursor)
    }

    fn walk(&mut self, cursor: &mut AnyReader<'a>) -> Result<()> {
        while let Some(frame) = self.frames.last() {
            if self.is_full() {
                return Ok(());
            }
            match cursor.next_child(frame.start)? {
                Some(child) => self.child(cursor, child)?,
                None => self.leave(),
            }
        }
        Ok(())
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

    fn enter(&mut self, start: Start, model: &'static Model, scope: Scope, offset: usize) {
        let (around, findings) = (self.place, self.findings.len());
        self.frames.push(Frame {
            start,
            model,
            scope,
            filled: 0,
            latest: 0,
            is_disordered: false,
            offset,
            around,
            findings,
        });
    }

    /// An element in the one that was entered last.
    fn child(&mut self, cursor: &mut AnyReader<'a>, child: Start) -> Result<()> {
        let offset = cursor.span().start;
        let Some(frame) = self.frames.last_mut() else { return cursor.skip(child) };
        let (of, scope) = (frame.model.of, frame.scope);
        let name = cursor.name_text(child)?;
        // a document of an earlier version has no token for it
        let tag = name.filter(|_| child.tag == Tag::LITERAL).and_then(later).unwrap_or(child.tag);
        let content = model::content(tag);
        let Some(slot) = frame.model.slots.iter().position(|slot| slot.tags.contains(&tag)) else {
            return self.stranger(cursor, child, tag, name, offset);
        };
        let bit = 1_u16.checked_shl(u32::try_from(slot).unwrap_or(u32::MAX)).unwrap_or(0);
        let is_repeated =
            frame.filled & bit != 0 && !frame.model.slots.get(slot).is_some_and(|slot| slot.is_repeatable);
        let is_late = frame.model.is_sequence && slot < frame.latest && !frame.is_disordered;
        frame.is_disordered |= is_late;
        frame.filled |= bit;
        frame.latest = frame.latest.max(slot);
        let about = known_name(tag);
        if is_repeated {
            self.find(Rule::Repeated, about, offset);
        } else if is_late {
            self.find(Rule::OutOfOrder, about, offset);
        }
        if self.header.version().tag_name(tag).is_none() {
            self.find(Rule::NotInVersion, about, offset);
        }
        if self.header.is_dm() && (!model::is_in_dm(tag) || tag == tag::CRED && scope == Scope::Command) {
            self.find(Rule::NotInDm, about, offset);
        }
        match content {
            Some(Content::Elements(model)) => {
                self.open(child, model, inner(scope, of, tag), offset);
                Ok(())
            }
            Some(Content::Text) => {
                let text = cursor.text(child)?;
                self.text(scope, tag, text, offset);
                Ok(())
            }
            Some(Content::Flag) => {
                let data = cursor.data(child)?;
                if !matches!(data, Data::Text(text) if text.is_blank()) {
                    self.find(Rule::FlagWithContent, about, offset);
                }
                self.flag(scope, tag, offset);
                Ok(())
            }
            Some(Content::Data) => {
                let data = cursor.data(child)?;
                self.data(scope, data, offset);
                Ok(())
            }
            None => cursor.skip(child),
        }
    }

    /// An element that the one around it does not have.
    fn stranger(
        &mut self,
        cursor: &mut AnyReader<'a>,
        child: Start,
        tag: Tag,
        name: Option<Text<'a>>,
        offset: usize,
    ) -> Result<()> {
        let scope = self.frames.last().map_or(Scope::Other, |frame| frame.scope);
        let is_among_commands = matches!(scope, Scope::Body | Scope::Group);
        let content = model::content(tag);
        let rule = match content {
            // Meta holds anything but what belongs elsewhere
            None if matches!(scope, Scope::Meta(_)) => return cursor.skip(child),
            None if is_among_commands => Rule::UnknownCommand,
            None => Rule::UnknownElement,
            Some(_) => Rule::Misplaced,
        };
        self.push(rule, Some(name.unwrap_or(Text::new("an element without a name"))), offset, None);
        match content {
            Some(Content::Elements(model)) if is_among_commands && model::is_command(tag) => {
                self.open(child, model, inner(scope, tag, tag), offset);
                Ok(())
            }
            _ => cursor.skip(child),
        }
    }

    /// An element with elements in it begins.
    fn open(&mut self, start: Start, model: &'static Model, scope: Scope, offset: usize) {
        self.enter(start, model, scope, offset);
        match scope {
            Scope::Header => self.place.command = Some("SyncHdr"),
            Scope::Group | Scope::Command => self.begin(model.of, scope, offset),
            Scope::Item => self.begin_item(offset),
            _ => {}
        }
    }

    /// A command begins.
    fn begin(&mut self, tag: Tag, scope: Scope, offset: usize) {
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

    /// The element that was entered last has ended.
    fn leave(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        for (slot, bit) in frame.model.slots.iter().zip((0_u32..).map(|slot| 1_u16.checked_shl(slot).unwrap_or(0))) {
            if slot.is_required && frame.filled & bit == 0 {
                let about = match slot.tags {
                    [tag] => known_name(*tag),
                    _ => "a command",
                };
                self.find(Rule::Missing, about, frame.offset);
            }
        }
        match frame.scope {
            Scope::Header => self.end_header(),
            Scope::Item => self.end_item(),
            Scope::Cred => self.end_credentials(frame.offset),
            Scope::Chal => self.end_challenge(frame.offset),
            Scope::Command => self.end_command(),
            Scope::Group if frame.model.of == tag::ATOMIC => self.atomics = self.atomics.saturating_sub(1),
            Scope::Body => self.end_body(),
            _ => {}
        }
        self.place = frame.around;
    }

    fn end_command(&mut self) {
        match self.command.tag {
            Some(tag::STATUS) => self.end_status(),
            Some(tag::RESULTS) => self.end_results(),
            Some(tag::ALERT) => self.end_alert(),
            _ => self.answers.other(),
        }
    }

    /// A text element.
    fn text(&mut self, scope: Scope, tag: Tag, text: Text<'a>, offset: usize) {
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

    fn flag(&mut self, scope: Scope, tag: Tag, offset: usize) {
        match (scope, tag) {
            (Scope::Item, tag::MORE_DATA) => self.item.more_data = Some(offset),
            (Scope::Body, tag::FINAL) => self.objects.end_package(offset),
            _ => {}
        }
    }

    fn data(&mut self, scope: Scope, data: Data<'a>, offset: usize) {
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

/// What an element in one of scope `scope` is a part of.
fn inner(scope: Scope, of: Tag, tag: Tag) -> Scope {
    match (scope, tag) {
        (Scope::Message, tag::SYNC_HDR) => Scope::Header,
        (Scope::Message, tag::SYNC_BODY) => Scope::Body,
        (Scope::Body | Scope::Group, _) if model::is_group(tag) => Scope::Group,
        (Scope::Body | Scope::Group, _) if model::is_command(tag) => Scope::Command,
        (Scope::Command, tag::ITEM) => Scope::Item,
        (Scope::Header | Scope::Command | Scope::Group, tag::CRED) => Scope::Cred,
        (Scope::Command, tag::CHAL) => Scope::Chal,
        (Scope::Cred | Scope::Chal, tag::META) => Scope::Meta(Owner::Proof),
        (Scope::Header, tag::META) => Scope::Meta(Owner::Header),
        (Scope::Command, tag::META) => Scope::Meta(Owner::Command),
        (Scope::Item, tag::META) => Scope::Meta(Owner::Item),
        (Scope::Meta(owner), _) if of == tag::META => Scope::Meta(owner),
        (Scope::Header, tag::TARGET | tag::SOURCE) => Scope::Location(Owner::Header),
        (Scope::Item, tag::TARGET | tag::SOURCE) => Scope::Location(Owner::Item),
        _ => Scope::Other,
    }
}

/// The tag of an element that the latest version has.
fn later(name: Text<'_>) -> Option<Tag> {
    let name = name.to_cow().ok()?;
    [0, 1].into_iter().find_map(|page| SYNCML_1_2.tag_in_page(page, &name))
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
