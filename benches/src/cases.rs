//! Everything that is measured: one list for times, instruction counts, allocations and the comparison with peers.

use std::hint::black_box;
use std::{fs, io};

use crate::inputs::{self, Draft, Input, Kind};
use crate::peers;
use crate::work::{carry, read, typed, write, xml};

/// What is done to a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Task {
    /// The tokens of the body, without vocabulary.
    Lex,
    /// All events, driven, with the names of tags, attributes and values.
    Drive,
    /// The same, pulled.
    NextEvent,
    /// All that the document says as typed values, its texts unchecked.
    Typed,
    /// The same, each text read as `&str`.
    TypedStr,
    /// The commands of a message, kept.
    Collect,
    /// The events, written into a buffer that is used again.
    Encode,
    /// Typed commands, written into a buffer that is used again.
    EncodeTyped,
    /// From WBXML to XML.
    ToXml,
    /// From XML to WBXML, all text inline.
    FromXml,
    /// From XML to WBXML, with the strings in a table that make it shorter.
    FromXmlTable,
    /// A push's octets to the verified document.
    Push,
    /// A push's octets to the verified PoC account.
    Settings,
    /// A notification's octets to its verified trigger.
    Notification,
}

/// Who does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Who {
    /// The crates of this family.
    Us,
    /// libwbxml, the C library: its parser for events, its converter for XML.
    Libwbxml,
    /// quick-xml's `Reader` for events, on the same document as XML.
    QuickXml,
    /// quick-xml with serde, on the same document as XML.
    QuickXmlSerde,
    /// postcard, on the same structs in its own format.
    Postcard,
}

/// One thing that is measured, ready to run.
pub struct Case<'i> {
    /// What is done.
    pub task: Task,
    /// Who does it.
    pub who: Who,
    /// The name of the document.
    pub input: &'i str,
    /// The octets of the document, as the task reads or writes it.
    pub octets: usize,
    run: Box<dyn FnMut() -> usize + 'i>,
}

impl Task {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::Lex,
        Self::Drive,
        Self::NextEvent,
        Self::Typed,
        Self::TypedStr,
        Self::Collect,
        Self::Encode,
        Self::EncodeTyped,
        Self::ToXml,
        Self::FromXml,
        Self::FromXmlTable,
        Self::Push,
        Self::Settings,
        Self::Notification,
    ];

    /// The name in tables and files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lex => "lex",
            Self::Drive => "drive",
            Self::NextEvent => "next_event",
            Self::Typed => "typed",
            Self::TypedStr => "typed_str",
            Self::Collect => "collect",
            Self::Encode => "encode",
            Self::EncodeTyped => "encode_typed",
            Self::ToXml => "to_xml",
            Self::FromXml => "from_xml",
            Self::FromXmlTable => "from_xml_table",
            Self::Push => "push",
            Self::Settings => "settings",
            Self::Notification => "notification",
        }
    }

    /// Whether it reads WBXML, and makes nothing that is as large.
    #[must_use]
    pub const fn is_reading(self) -> bool {
        matches!(self, Self::Lex | Self::Drive | Self::NextEvent | Self::Typed | Self::TypedStr | Self::Collect)
    }
}

impl Who {
    /// Everybody, in the order of the table's columns.
    pub const ALL: [Self; 5] = [Self::Us, Self::Libwbxml, Self::QuickXml, Self::QuickXmlSerde, Self::Postcard];

    /// The name in tables and files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Us => "us",
            Self::Libwbxml => "libwbxml",
            Self::QuickXml => "quick-xml",
            Self::QuickXmlSerde => "quick-xml serde",
            Self::Postcard => "postcard",
        }
    }
}

impl<'i> Case<'i> {
    pub(crate) fn new(task: Task, who: Who, input: &'i str, octets: usize, run: impl FnMut() -> usize + 'i) -> Self {
        Self { task, who, input, octets, run: Box::new(run) }
    }

    /// Runs it once; the number depends on all that was read or written.
    pub fn run(&mut self) -> usize {
        black_box((self.run)())
    }
}

/// Hands over everything that is measured, document by document; of `files`, if there are any, what is done to those.
///
/// # Errors
/// If a file cannot be read.
pub fn every(files: &[&str], receive: &mut dyn FnMut(&mut [Case<'_>])) -> io::Result<()> {
    for file in files {
        let name = file.rsplit('/').next().unwrap_or_default();
        receive(&mut cases(&Input::new(name, fs::read(file)?)));
    }
    if files.is_empty() {
        inputs::all().iter().for_each(|input| receive(&mut cases(input)));
        for (name, commands) in [("dm_1k", 16), ("dm_16k", 212)] {
            let (draft, input) = inputs::draft(name, commands);
            receive(&mut typed_writing(&draft, &input));
        }
        receive(&mut [notification()]);
    }
    Ok(())
}

/// What is measured on `input`, by us and by the peers that are there.
#[must_use]
pub fn cases(input: &Input) -> Vec<Case<'_>> {
    let mut cases = ours(input);
    peers::add(&mut cases, input);
    cases
}

fn ours<'i>(input: &'i Input) -> Vec<Case<'i>> {
    let mut cases = Vec::new();
    let (wbxml, text) = (input.wbxml.as_slice(), input.xml.as_bytes());
    let mut add = |task, octets: usize, run: Box<dyn FnMut() -> usize + 'i>| {
        cases.push(Case { task, who: Who::Us, input: &input.name, octets, run });
    };
    let mut reading = |task, work: fn(&[u8]) -> usize| {
        add(task, wbxml.len(), Box::new(move || work(black_box(wbxml))));
    };
    reading(Task::Lex, read::lex);
    reading(Task::Drive, read::drive);
    reading(Task::NextEvent, read::next_event);
    match input.kind {
        Kind::Provisioning => reading(Task::Typed, typed::provisioning),
        Kind::Message => {
            reading(Task::Typed, typed::message);
            reading(Task::TypedStr, typed::message_str);
            reading(Task::Collect, typed::collect);
        }
        Kind::Tree => reading(Task::Typed, typed::tree),
    }
    reading(Task::ToXml, xml::to_xml);
    add(Task::FromXml, text.len(), Box::new(move || xml::from_xml(black_box(text))));
    add(Task::FromXmlTable, text.len(), Box::new(move || xml::from_xml_table(black_box(text))));
    let mut events = write::Events::new(wbxml);
    add(Task::Encode, wbxml.len(), Box::new(move || events.encode()));
    if input.kind == Kind::Provisioning {
        let push = inputs::push(wbxml);
        let octets = push.len();
        let again = push.clone();
        add(Task::Push, octets, Box::new(move || carry::push(black_box(&push))));
        add(Task::Settings, octets, Box::new(move || carry::settings(black_box(&again))));
    }
    cases
}

/// Typed commands, written by us and by the peers that are there: `draft` holds the texts of the message `input`.
#[must_use]
pub fn typed_writing<'i>(draft: &'i Draft, input: &'i Input) -> Vec<Case<'i>> {
    let mut commands = write::Commands::new(draft);
    let octets = commands.encode();
    let run = move || commands.encode();
    let mut cases = Vec::from([Case::new(Task::EncodeTyped, Who::Us, &input.name, octets, run)]);
    peers::add_writing(&mut cases, input);
    cases
}

/// A notification with a digest.
#[must_use]
pub fn notification() -> Case<'static> {
    let octets = carry::signed_notification();
    let len = octets.len();
    Case::new(Task::Notification, Who::Us, "notification", len, move || carry::notification(black_box(&octets)))
}
