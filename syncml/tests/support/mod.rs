//! What the test binaries share: our own fixtures, the corpus, and what a message says in either encoding.

#![allow(dead_code, reason = "each test binary uses a part of it")]

use core::ops::Range;
use std::fs;
use std::path::{Path, PathBuf};
use syncml::{
    Command, Cred, Error, ErrorKind, Filter, Item, Items, Location, MapItem, MessageReader, MessageWriter, Meta,
    MetaFields, SyncHdr,
};
use wbxml::vocabulary::syncml::SYNCML_1_2;
use wbxml::{AnyReader, Cursor, Data, Emit, Event, Limits, Markup, Start, Tag, Text, WriteError};

/// A document of our own: `tests/data/NAME.hex`, one token on each line with a comment, or `tests/data/NAME.xml`.
pub(crate) struct Fixture {
    pub(crate) name: String,
    pub(crate) octets: Vec<u8>,
    /// The octets of each line of hexadecimal text: the fields of the header, the tokens of the body.
    pub(crate) lines: Vec<Range<usize>>,
}

/// All fixtures of one kind, `hex` or `xml`, by name.
pub(crate) fn fixtures(kind: &str) -> Vec<Fixture> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == kind));
    paths.sort();
    assert!(!paths.is_empty(), "no fixtures in {}", folder.display());
    paths.iter().map(|path| fixture(path, kind)).collect()
}

fn fixture(path: &Path, kind: &str) -> Fixture {
    let name = path.file_stem().unwrap().to_string_lossy().into_owned();
    let text = fs::read_to_string(path).unwrap();
    let mut fixture = Fixture { name, octets: Vec::new(), lines: Vec::new() };
    if kind == "xml" {
        fixture.octets.extend_from_slice(text.trim_end().as_bytes());
        return fixture;
    }
    for line in text.lines() {
        let octets = octets(line.split_once('#').map_or(line, |(hex, _)| hex));
        if !octets.is_empty() {
            let start = fixture.octets.len();
            fixture.octets.extend(octets);
            fixture.lines.push(start..fixture.octets.len());
        }
    }
    fixture
}

/// The octets of hexadecimal text: pairs of digits with blanks between them.
pub(crate) fn octets(hex: &str) -> Vec<u8> {
    hex.split_whitespace()
        .map(|pair| {
            assert_eq!(pair.len(), 2, "{pair:?} in {hex:?}");
            u8::from_str_radix(pair, 16).unwrap()
        })
        .collect()
}

/// Whether the environment variable `REQUIRE` names `what`.
pub(crate) fn is_required(what: &str) -> bool {
    std::env::var("REQUIRE").unwrap_or_default().split(',').any(|name| name.trim() == what)
}

/// One row of the corpus' manifest, with the document.
pub(crate) struct Document {
    pub(crate) path: String,
    pub(crate) kind: String,
    /// Whether the manifest says that the document is not well-formed.
    pub(crate) is_ill_formed: bool,
    pub(crate) octets: Vec<u8>,
}

/// The WBXML and XML documents of a folder of the corpus; none where the corpus is missing.
///
/// The corpus is no part of the project: where its folder is missing there is nothing to do, unless the environment
/// variable `REQUIRE` names `corpus`.
pub(crate) fn corpus(part: &str) -> Vec<Document> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    let Ok(manifest) = fs::read_to_string(folder.join("MANIFEST.tsv")) else {
        assert!(!is_required("corpus"), "REQUIRE names the corpus, but {} is not there", folder.display());
        return Vec::new();
    };
    let mut documents = Vec::new();
    for row in manifest.lines() {
        let mut columns = row.split('\t');
        let (path, kind) = (columns.next().unwrap(), columns.next().unwrap());
        if path.starts_with(part) && matches!(kind, "wbxml" | "xml") {
            documents.push(Document {
                path: path.to_owned(),
                kind: kind.to_owned(),
                is_ill_formed: columns.nth(7).unwrap().starts_with("NOT-WF"),
                octets: fs::read(folder.join(path)).unwrap(),
            });
        }
    }
    assert!(!documents.is_empty(), "no document of {part} in the manifest");
    documents
}

/// What a message says, whichever way it is written: two messages that say the same are equal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) header: Option<String>,
    pub(crate) commands: Vec<String>,
    pub(crate) is_final: bool,
}

/// Reads a message to its end, or to its fault.
pub(crate) fn said<'a, C: Cursor<'a>>(mut message: MessageReader<'a, C>) -> (Said, Result<(), Error>) {
    let header = message.header().map(said_by_header);
    let mut commands = Vec::new();
    let end = loop {
        match message.next_command().and_then(|next| next.map(said_by_command).transpose()) {
            Ok(Some(command)) => commands.push(command),
            Ok(None) => break Ok(()),
            Err(error) => break Err(error),
        }
    };
    (Said { header, commands, is_final: message.is_final() }, end)
}

/// What a right message says.
pub(crate) fn said_by(octets: &[u8]) -> Result<Said, Error> {
    let (said, end) = said(MessageReader::parse(octets)?);
    end.map(|()| said)
}

pub(crate) fn said_by_header(header: &SyncHdr<'_>) -> String {
    format!(
        "SyncHdr {:?} {:?}",
        (header.ver_dtd, header.ver_proto, header.session_id, header.msg_id, header.target, header.source),
        (header.resp_uri, header.no_resp, header.cred.as_ref().map(said_by_cred), said_by_meta(&header.meta)),
    )
}

fn said_by_cred(cred: &Cred<'_>) -> String {
    format!("{:?} {}", said_by_meta(&cred.meta), cred.data.as_ref().map_or_else(String::new, said_by_data))
}

fn said_by_any_cred(cred: &Option<Cred<'_>>) -> String {
    cred.as_ref().map_or_else(String::new, said_by_cred)
}

pub(crate) fn said_by_command(command: &Command<'_>) -> Result<String, Error> {
    let (name, request) = match command {
        Command::Add(request) => ("Add", request),
        Command::Copy(request) => ("Copy", request),
        Command::Delete(request) => ("Delete", request),
        Command::Exec(request) => ("Exec", request),
        Command::Get(request) => ("Get", request),
        Command::Move(request) => ("Move", request),
        Command::Put(request) => ("Put", request),
        Command::Replace(request) => ("Replace", request),
        Command::Alert(alert) => {
            let fields = (alert.cmd_id, alert.no_resp, alert.code, alert.correlator, said_by_any_cred(&alert.cred()?));
            return Ok(format!("Alert {fields:?}{}", said_by_items(&alert.items)?));
        }
        Command::Map(map) => {
            let fields = (map.cmd_id, map.target, map.source, said_by_meta(&map.meta), said_by_any_cred(&map.cred()?));
            let items: Vec<MapItem<'_>> = map.items.iter().collect::<Result<_, _>>()?;
            return Ok(format!("Map {fields:?} {items:?}"));
        }
        Command::Search(search) => {
            let fields = (search.cmd_id, search.no_resp, search.no_results, search.target, search.lang);
            let meta = (said_by_meta(&search.meta), said_by_any_cred(&search.cred()?));
            let sources: Vec<Location<'_>> = search.sources.iter().collect::<Result<_, _>>()?;
            let data = search.data.as_ref().map(said_by_data);
            return Ok(format!("Search {fields:?} {meta:?} {sources:?} {data:?}"));
        }
        Command::Results(results) => {
            let fields = (results.cmd_id, results.msg_ref, results.cmd_ref, said_by_meta(&results.meta));
            let refs = (results.target_ref, results.source_ref);
            return Ok(format!("Results {fields:?} {refs:?}{}", said_by_items(&results.items)?));
        }
        Command::Status(status) => {
            let fields = (status.cmd_id, status.msg_ref, status.cmd_ref, status.cmd);
            let answer = (status.target_ref, status.source_ref, status.chal.as_ref().map(said_by_meta), status.code);
            let cred = said_by_any_cred(&status.cred()?);
            return Ok(format!("Status {fields:?} {answer:?} {cred}{}", said_by_items(&status.items)?));
        }
        Command::Begin(group) => {
            let fields = (group.cmd_id, group.no_resp, said_by_any_cred(&group.cred), said_by_meta(&group.meta));
            let filter = group.filter()?.as_ref().map(said_by_filter).transpose()?;
            let sync = (group.target, filter, group.source, group.number_of_changes);
            return Ok(format!("{:?} {fields:?} {sync:?}", group.kind));
        }
        Command::End => return Ok("End".to_owned()),
        Command::Other(other) => {
            return Ok(format!("Other {} {}", named(other.tag, other.name), said_by_data(&other.data)));
        }
        _ => panic!("a command that the tests do not know: {command:?}"),
    };
    let flags = (request.no_resp, request.archive, request.soft_delete);
    let fields = (request.cmd_id, request.lang, request.correlator, said_by_meta(&request.meta));
    let cred = said_by_any_cred(&request.cred()?);
    Ok(format!("{name} {fields:?} {flags:?} {cred}{}", said_by_items(&request.items)?))
}

/// Meta information, read at once or later; a fault in it moves when it is written again.
fn said_by_meta<'a>(meta: &Meta<'a>) -> (Option<Text<'a>>, Option<Text<'a>>, Result<MetaFields<'a>, ErrorKind>) {
    (meta.format, meta.type_, meta.fields().map_err(|error| error.kind()))
}

fn said_by_items(items: &Items<'_>) -> Result<String, Error> {
    items.iter().map(|item| Ok(format!("\n  {}", said_by_item(&item?)?))).collect()
}

fn said_by_item(item: &Item<'_>) -> Result<String, Error> {
    let data = item.data.as_ref().map_or_else(|| "no data".to_owned(), said_by_data);
    let fields = item.fields()?;
    let filter = fields.filter.as_ref().map(said_by_filter).transpose()?;
    let (place, meta) = ((item.target, item.source, fields.source_parent, fields.target_parent), &item.meta);
    Ok(format!("Item {:?} {filter:?} {data}", (place, said_by_meta(meta), item.more_data)))
}

/// A filter; its items have none.
fn said_by_filter(filter: &Filter<'_>) -> Result<String, Error> {
    let item = |item: &Option<Item<'_>>| {
        let Some(item) = item else { return "none".to_owned() };
        format!("{:?} {:?}", (item.target, item.source, said_by_meta(&item.meta)), item.data.as_ref().map(said_by_data))
    };
    let items = (item(&filter.field), item(&filter.record));
    Ok(format!("Filter {:?} {items:?} {:?}", said_by_meta(&filter.meta), filter.filter_type))
}

/// Text is text, as a string or as octets.
pub(crate) fn said_by_data(data: &Data<'_>) -> String {
    match data {
        Data::Text(text) => format!("{text:?}"),
        Data::Opaque(octets) => match core::str::from_utf8(octets) {
            Ok(text) => format!("{:?}", Text::new(text)),
            Err(_) => format!("{octets:02X?}"),
        },
        Data::Markup(markup) => said_by_markup(markup),
    }
}

/// Elements and texts, but not the white space between them.
pub(crate) fn said_by_markup(markup: &Markup<'_>) -> String {
    let mut said = String::new();
    walk(markup, |path, text| {
        if let Some(text) = text {
            said.push_str(&format!("{text:?}"));
        } else {
            said.push_str(&format!("<{}>", path.join("/")));
        }
    });
    said
}

/// The elements without elements in them, each with the path to it and its text. The wrapper `MetInf` is no part of
/// the path.
pub(crate) fn leaves(markup: &Markup<'_>) -> Vec<String> {
    let mut leaves: Vec<String> = Vec::new();
    walk(markup, |path, text| match text {
        Some(text) => {
            if let Some(last) = leaves.last_mut() {
                last.push_str(text);
            }
        }
        None => {
            let path = path.iter().filter(|name| *name != "MetInf").map(|name| format!("{name}/"));
            let path = path.collect::<String>();
            // an element in the one before it: that one is no leaf
            let around = path.trim_end_matches('/').rfind('/').map_or("", |end| &path[..=end]);
            if leaves.last().is_some_and(|last| *last == format!("{around}=")) {
                leaves.pop();
            }
            leaves.push(format!("{path}="));
        }
    });
    leaves
}

/// Hands over each start, with the names of the open elements, and each text behind it that is no white space.
/// Processing instructions say nothing.
fn walk(markup: &Markup<'_>, mut receive: impl FnMut(&[String], Option<&str>)) {
    let limits = Limits { depth: u32::MAX, ..Limits::DEFAULT };
    let mut reader = markup.reader(limits).unwrap();
    let around = reader.depth();
    let mut path: Vec<String> = Vec::new();
    let mut text = String::new();
    let mut in_pi = false;
    loop {
        // the value of an attribute is looked at here for the first time
        let Ok(event) = reader.next_event() else { return };
        if in_pi {
            in_pi = event != Event::AttributesEnd;
            continue;
        }
        if matches!(event, Event::Start(_) | Event::End | Event::Eof) && !text.trim().is_empty() {
            receive(&path, Some(&text));
        }
        match event {
            Event::Start(start) => {
                text.clear();
                path.push(name(&reader, start));
                receive(&path, None);
                if !start.has_content() {
                    path.pop();
                }
            }
            Event::End => {
                text.clear();
                if reader.depth() >= around {
                    path.pop();
                }
            }
            Event::Text(piece) => text.push_str(&String::from_utf8_lossy(piece.octets())),
            Event::Opaque(piece) => text.push_str(&String::from_utf8_lossy(piece)),
            Event::Entity(character) => text.push(character),
            Event::Pi => in_pi = true,
            Event::Eof => return,
            _ => {}
        }
    }
}

fn name(reader: &AnyReader<'_>, start: Start) -> String {
    // a literal name may be no text
    named(start.tag, reader.name(start).unwrap_or_default())
}

/// The name of an element; a token that the message's version does not have is named as in version 1.2.
fn named(tag: Tag, name: Option<&str>) -> String {
    name.or(SYNCML_1_2.tag_name(tag)).map_or_else(|| format!("{tag:?}"), str::to_owned)
}

/// Writes what is left of a message again, from the values that were read.
pub(crate) fn rewrite<'a, C: Cursor<'a>, E: Emit>(mut message: MessageReader<'a, C>, out: E) -> Result<E, WriteError> {
    let header = message.header().copied().unwrap_or_default();
    let mut writer = MessageWriter::new(out, &header)?;
    while let Some(command) = message.next_command().map_err(|error| WriteError::Unreadable(error.into()))? {
        writer.command(command)?;
    }
    writer.finish(message.is_final())
}

/// The message in WBXML, written from the values that were read.
pub(crate) fn to_wbxml<'a, C: Cursor<'a>>(message: MessageReader<'a, C>) -> Result<Vec<u8>, WriteError> {
    let mut octets = Vec::new();
    rewrite(message, wbxml::Writer::new(&mut octets, &SYNCML_1_2)?)?;
    Ok(octets)
}

/// The message in XML, written from the values that were read.
#[cfg(feature = "xml")]
pub(crate) fn to_xml<'a, C: Cursor<'a>>(message: MessageReader<'a, C>) -> Result<Vec<u8>, WriteError> {
    let mut octets = Vec::new();
    rewrite(message, wbxml::xml::Writer::document(&mut octets, &SYNCML_1_2))?;
    Ok(octets)
}
