//! Everything that is measured: one list for times, instruction counts, allocations and the comparison with peers.

use std::hint::black_box;
use std::{fs, io};

use crate::case::{Case, Task, Who};
use crate::inputs::{self, Draft, Input, Kind};
use crate::peers;
use crate::work::{carry, read, typed, write, xml};

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
    let mut buffer = Vec::new();
    add(Task::ToXml, wbxml.len(), Box::new(move || xml::to_xml(black_box(wbxml), &mut buffer)));
    let mut buffer = Vec::new();
    add(Task::FromXml, text.len(), Box::new(move || xml::from_xml(black_box(text), &mut buffer)));
    let mut buffer = Vec::new();
    add(Task::FromXmlTable, text.len(), Box::new(move || xml::from_xml_table(black_box(text), &mut buffer)));
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
