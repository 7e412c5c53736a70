//! `poc-mo inspect`

use std::io::Write;

use omacp::ProvisioningDoc;
use syncml::{Command, MessageReader};
use wbxml::vocabulary::syncml::SYNCML_1_2;
use wbxml::{AnyReader, Cursor};

use crate::input::{Input, Kind, Source};
use crate::{Failure, tree};

pub(crate) fn run(source: &Source, out: &mut impl Write) -> Result<(), Failure> {
    for input in source.read()? {
        inspect(&input, out)?;
    }
    Ok(())
}

fn inspect(input: &Input, out: &mut impl Write) -> Result<(), Failure> {
    let kind = input.kind()?;
    // read it as what it is before anything is printed of it
    let what = match kind {
        Kind::Provisioning => {
            ProvisioningDoc::parse(&input.octets).map_err(|error| Failure::of(input, error))?;
            String::from("OMA Client Provisioning document")
        }
        Kind::Message => {
            let message = MessageReader::parse(&input.octets).map_err(|error| Failure::of(input, error))?;
            format!("SyncML message, {}", commands(message).map_err(|error| Failure::of(input, error))?)
        }
        Kind::Commands => {
            let message = MessageReader::fragment(&input.octets).map_err(|error| Failure::of(input, error))?;
            format!("SyncML without a message, {}", commands(message).map_err(|error| Failure::of(input, error))?)
        }
        Kind::Tree => String::from("device management tree"),
    };
    let reader = if kind == Kind::Commands { input.commands_reader() } else { input.reader() };
    let mut reader = reader.map_err(|error| Failure::of(input, error))?;
    writeln!(out, "{}: {what}", input.name)?;
    writeln!(out, "{}", encoding(&reader))?;
    tree::print(&mut reader, out).map_err(|error| match error {
        tree::Error::Output(error) => Failure::Output(error),
        tree::Error::Document(error) => Failure::of(input, error),
    })
}

/// What commands a message has, in a few words.
fn commands<'a, C: Cursor<'a>>(mut message: MessageReader<'a, C>) -> Result<String, syncml::Error> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    while let Some(command) = message.next_command()? {
        let name = match command {
            Command::Other(other) => other.name.unwrap_or("an unknown element"),
            _ => match command.tag() {
                Some(tag) => SYNCML_1_2.tag_name(tag).unwrap_or("another command"),
                None => continue,
            },
        };
        match counts.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count = count.saturating_add(1),
            None => counts.push((name, 1)),
        }
    }
    let mut words: Vec<_> = counts.iter().map(|(name, count)| format!("{count} {name}")).collect();
    if message.is_final() {
        words.push(String::from("final"));
    }
    Ok(if words.is_empty() { String::from("no command") } else { words.join(", ") })
}

fn encoding(reader: &AnyReader<'_>) -> String {
    match reader {
        AnyReader::Wbxml(reader) => {
            let header = reader.header();
            format!(
                "WBXML {}, {}, {}, string table of {} octets",
                header.version,
                if reader.vocabulary().name.is_empty() { "unknown vocabulary" } else { reader.vocabulary().name },
                header.charset,
                header.string_table.octets().len(),
            )
        }
        AnyReader::Xml(reader) => {
            let name = reader.vocabulary().name;
            format!("XML, {}", if name.is_empty() { "unknown vocabulary" } else { name })
        }
    }
}
