//! The functions that are measured. Each returns a number that depends on all that it read, so that nothing is left out.

use std::ops::ControlFlow;

use omacp::ProvisioningDoc;
use syncml::{Command, Item, MessageReader};
use wbxml::vocabulary::{dmddf, prov, syncml as dm};
use wbxml::{
    AnyReader, Cursor, Data, Encoder, Event, Options, Reader, Text, Transcript, Vocabulary, Writer, transcode, xml,
};

/// A function over a document.
pub type Work = fn(&[u8]) -> usize;

/// Every function, by the name that the command line of `instructions` and the reports have for it.
pub const ALL: [(&str, Work); 8] = [
    ("drive", drive),
    ("next_event", next_event),
    ("typed_dm", typed_dm),
    ("typed_dm_str", typed_dm_str),
    ("typed_cp", typed_cp),
    ("to_xml", to_xml),
    ("from_xml", from_xml),
    ("encode_table", encode_table),
];

const KNOWN: [&Vocabulary<'static>; 5] =
    [&dm::SYNCML_1_2, &dm::SYNCML_1_1, &dm::SYNCML_1_0, &prov::PROV_1_0, &dmddf::DM_DDF_1_2];

fn reader(document: &[u8]) -> Reader<'_> {
    Reader::new(document, Options::new().vocabularies(&KNOWN)).expect("the inputs are documents")
}

#[inline(always)]
fn weigh(event: Event<'_>, vocabulary: &Vocabulary<'_>) -> usize {
    match event {
        Event::Start(start) => vocabulary.tag_name(start.tag).map_or(0, str::len),
        Event::AttributeStart(start) => vocabulary.attribute(start.token).map_or(0, |(name, _)| name.len()),
        Event::AttributeValue(value) => vocabulary.attribute_value(value).map_or(0, str::len),
        Event::Text(text) => text.octets().len(),
        Event::Opaque(octets) => octets.len(),
        _ => 0,
    }
}

/// All events, pulled, with the names of tags, attributes and values.
#[must_use]
pub fn next_event(document: &[u8]) -> usize {
    let mut reader = reader(document);
    let vocabulary = reader.vocabulary();
    let mut sum = 0;
    loop {
        match reader.next_event().expect("the inputs are documents") {
            Event::Eof => return sum,
            event => sum += weigh(event, vocabulary),
        }
    }
}

/// All events, driven, with the names of tags, attributes and values.
#[must_use]
pub fn drive(document: &[u8]) -> usize {
    let reader = reader(document);
    let vocabulary = reader.vocabulary();
    let mut sum = 0;
    let read = reader.drive(|event| {
        sum += weigh(event, vocabulary);
        ControlFlow::Continue(())
    });
    read.expect("the inputs are documents");
    sum
}

/// Every command of a message with all its fields, as typed values, text unchecked.
#[must_use]
pub fn typed_dm(document: &[u8]) -> usize {
    commands(document, |text| text.as_plain().map_or(0, |text| text.octets().len()))
}

/// The same, with every field read as `&str`.
#[must_use]
pub fn typed_dm_str(document: &[u8]) -> usize {
    commands(document, |text| text.as_str().map_or(0, str::len))
}

fn commands(document: &[u8], weigh: impl Fn(&Text<'_>) -> usize) -> usize {
    let field = |text: &Option<Text<'_>>| text.as_ref().map_or(0, &weigh);
    let item = |item: &Item<'_>| {
        let mut sum =
            field(&item.target.and_then(|target| target.uri)) + field(&item.source.and_then(|source| source.uri));
        sum += field(&item.meta.format) + field(&item.meta.type_);
        sum + match &item.data {
            Some(Data::Text(text)) => weigh(text),
            Some(Data::Opaque(octets)) => octets.len(),
            _ => 0,
        }
    };
    let mut message = MessageReader::from_wbxml(document).expect("the inputs are messages");
    let mut sum = message.header().map_or(0, |header| field(&header.msg_id));
    while let Some(command) = message.next_command().expect("the inputs are messages") {
        let items = match command {
            Command::Add(request) | Command::Get(request) | Command::Replace(request) | Command::Delete(request) => {
                sum += field(&request.cmd_id);
                &request.items
            }
            Command::Status(status) => {
                sum +=
                    [&status.cmd_id, &status.msg_ref, &status.cmd_ref, &status.cmd, &status.target_ref, &status.code]
                        .map(field)
                        .iter()
                        .sum::<usize>();
                &status.items
            }
            Command::Results(results) => {
                sum += [&results.cmd_id, &results.msg_ref, &results.cmd_ref].map(field).iter().sum::<usize>();
                &results.items
            }
            Command::Alert(alert) => {
                sum += field(&alert.cmd_id) + field(&alert.code);
                &alert.items
            }
            _ => continue,
        };
        sum += items.iter().map(|read| item(&read.expect("the inputs are messages"))).sum::<usize>();
    }
    sum
}

/// A provisioning document as its characteristics and parms.
#[must_use]
pub fn typed_cp(document: &[u8]) -> usize {
    let document = ProvisioningDoc::parse(document).expect("the inputs are documents");
    let mut sum = 0;
    let mut open: Vec<_> = document.characteristics().collect();
    while let Some(characteristic) = open.pop() {
        sum += characteristic.parms().filter_map(|parm| parm.value?.as_str()).map(str::len).sum::<usize>();
        open.extend(characteristic.characteristics());
    }
    sum
}

fn any_reader(document: &[u8]) -> AnyReader<'_> {
    AnyReader::new(document, Options::new().vocabularies(&KNOWN)).expect("the inputs are documents")
}

/// The document as XML without layout.
#[must_use]
pub fn to_xml(document: &[u8]) -> usize {
    let mut reader = any_reader(document);
    let mut octets = Vec::new();
    let mut writer = xml::Writer::document(&mut octets, reader.vocabulary());
    transcode(&mut reader, &mut writer).expect("the inputs can be written");
    octets.len()
}

/// The document, which is XML, as WBXML, all text inline.
#[must_use]
pub fn from_xml(document: &[u8]) -> usize {
    let mut reader = any_reader(document);
    let mut octets = Vec::new();
    let mut writer = Writer::new(&mut octets, reader.vocabulary()).expect("a vector has room");
    transcode(&mut reader, &mut writer).expect("the inputs can be written");
    octets.len()
}

/// The document, which is WBXML or XML, as WBXML with the strings in the string table that make it shorter.
#[must_use]
pub fn encode_table(document: &[u8]) -> usize {
    let transcript = Transcript::new(document, Options::new().vocabularies(&KNOWN));
    let vocabulary = transcript.vocabulary().expect("the inputs are documents");
    Encoder::new(vocabulary).encode(&transcript).expect("the inputs can be written").len()
}
