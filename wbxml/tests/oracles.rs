//! Other people's encoder and decoder, `xml2wbxml` and `wbxml2xml` of Debian's `libwbxml2-utils`, read what we write,
//! and we read what they write: the same elements, attributes and texts.

#![cfg(feature = "xml")]
#![expect(clippy::arithmetic_side_effects, clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

extern crate alloc;

mod support;

use alloc::collections::BTreeMap;
use core::sync::atomic::{AtomicUsize, Ordering};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use support::nodes::Nodes;
use support::tree::{self, Element, Node};
use wbxml::vocabulary::{ALL, Vocabulary};
use wbxml::{
    AnyReader, AttrStart, Cursor, Emit, Encoder, Error, Fragment, Limits, Options, Patch, SiteKind, Start, Strings,
    Tag, Version, WriteError, Writer, transcode,
};

fn options() -> Options<'static> {
    Options::new().vocabularies(&ALL).limits(Limits { depth: 1000, ..Limits::DEFAULT })
}

/// Whether the tools are there. Where they are not there is nothing to do, unless the environment variable `REQUIRE`
/// names `oracles`.
fn are_here() -> bool {
    let runs = |tool: &str| Command::new(tool).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok();
    if ["timeout", "xml2wbxml", "wbxml2xml"].into_iter().all(runs) {
        return true;
    }
    let required = std::env::var("REQUIRE").unwrap_or_default();
    let missing = required.split(',').any(|name| name.trim() == "oracles");
    assert!(!missing, "REQUIRE names the oracles, but xml2wbxml and wbxml2xml are not there");
    println!("0 documents compared");
    false
}

/// A file name that no other test has, in this run or in one beside it: tests run at once, over documents of one name.
fn own_name(tool: &str, name: &str) -> String {
    static RUNS: AtomicUsize = AtomicUsize::new(0);
    format!("{tool}-{}-{}-{name}", std::process::id(), RUNS.fetch_add(1, Ordering::Relaxed))
}

/// What a tool makes of `document`, within ten seconds: it crashes on some, and hangs on others.
fn run(tool: &str, arguments: &[&str], name: &str, document: &[u8]) -> Result<Vec<u8>, String> {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(own_name(tool, &name.replace('/', "-")));
    fs::write(&path, document).unwrap();
    let mut command = Command::new("timeout");
    command.args(["10", tool]).args(arguments).args(["-o", "-"]).arg(&path).stdin(Stdio::null());
    let output = command.output().unwrap();
    fs::remove_file(&path).unwrap();
    if output.status.success() && !output.stdout.is_empty() {
        Ok(output.stdout)
    } else {
        Err(format!("{}: {}", output.status, String::from_utf8_lossy(&output.stderr).trim()))
    }
}

fn encode(name: &str, document: &[u8], with_table: bool) -> Result<Vec<u8>, String> {
    let no_table: &[&str] = if with_table { &[] } else { &["-n"] };
    run("xml2wbxml", &[&["-k", "-v", "1.3"], no_table].concat(), name, document)
}

fn decode(name: &str, document: &[u8]) -> Result<Vec<u8>, String> {
    run("wbxml2xml", &["-m", "0", "-k"], name, document)
}

fn to_wbxml(document: &[u8]) -> Vec<u8> {
    let mut reader = AnyReader::new(document, options()).unwrap();
    let mut out = Vec::new();
    let vocabulary = reader.vocabulary();
    transcode(&mut reader, &mut Writer::new(&mut out, vocabulary).unwrap()).unwrap();
    out
}

/// What a document says, but for what the tools do on purpose:
/// - they take the white space around texts for ignorable;
/// - they say of a description that it is XML where they have made it so, `…+xml`, and of WBXML `…+wbxml`;
/// - a description in SyncML 1.2 they write as a WBXML document of its own, in an `OPAQUE`, where its tokens could stand
///   on code page 2 (OMA-TS-DM-TNDS, WBXML definition).
fn meaning(document: &[u8]) -> Result<Vec<Node>, Error> {
    let mut nodes = tree::trimmed(tree::of_events_with(document, options(), opaque)?);
    nodes.iter_mut().for_each(name_the_encoding);
    open_embedded(&mut nodes)?;
    Ok(nodes)
}

/// The text that octets are, or one character for each octet of an embedded document.
fn opaque(octets: &[u8]) -> String {
    match octets {
        [0x03, ..] => octets.iter().map(|&octet| char::from(octet)).collect(),
        _ => String::from_utf8_lossy(octets).into_owned(),
    }
}

/// Puts the elements of a document that is embedded in the place of its octets.
fn open_embedded(nodes: &mut Vec<Node>) -> Result<(), Error> {
    if let [Node::Text(text)] = &nodes[..] {
        if text.starts_with('\u{3}') {
            let octets: Vec<u8> = text.chars().map(|octet| u8::try_from(octet).unwrap()).collect();
            *nodes = meaning(&octets)?;
        }
        return Ok(());
    }
    for node in nodes {
        if let Node::Element(Element { content, .. }) = node {
            open_embedded(content)?;
        }
    }
    Ok(())
}

/// Takes descriptions out, for the decoder: it knows page 2 in their own documents and not in those of SyncML 1.2, where
/// it writes `unknown` for each of them (OMA-TS-DM-TNDS has one page for both).
fn without_descriptions(nodes: &mut Vec<Node>) {
    nodes.retain_mut(|node| match node {
        Node::Element(element) if matches!(&element.name[..], "MgmtTree" | "unknown") => false,
        Node::Element(element) => {
            without_descriptions(&mut element.content);
            true
        }
        Node::Text(_) => true,
    });
}

fn name_the_encoding(node: &mut Node) {
    match node {
        Node::Text(text) => {
            if let Some(stem) = text.strip_suffix("+wbxml") {
                *text = format!("{stem}+xml");
            }
        }
        Node::Element(Element { content, .. }) => content.iter_mut().for_each(name_the_encoding),
    }
}

#[test]
fn fixtures() {
    if !are_here() {
        return;
    }
    let mut compared = 0;
    for (name, document) in support::xml_fixtures() {
        let ours = meaning(&document).unwrap();
        let decoded = decode(&name, &to_wbxml(&document)).unwrap();
        let mut theirs = meaning(&decoded).unwrap();
        if name == "dm-session-tree" {
            let mut ours = ours.clone();
            without_descriptions(&mut ours);
            without_descriptions(&mut theirs);
            assert_eq!(tree::difference(&ours, &theirs), None, "{name}, our WBXML");
        } else {
            assert_eq!(tree::difference(&ours, &theirs), None, "{name}, our WBXML");
        }
        for with_table in [false, true] {
            let encoded = encode(&name, &document, with_table).unwrap();
            let theirs = meaning(&encoded).unwrap();
            assert_eq!(tree::difference(&ours, &theirs), None, "{name}, their WBXML, string table: {with_table}");
        }
        compared += 1;
    }
    println!("{compared} documents compared");
}

/// An element that is put into documents of each vocabulary: on page 1, where most of them stand on page 0.
fn put(name: &str, out: &mut Fragment<'_>) -> Result<(), WriteError> {
    if name.starts_with("prov") {
        out.start(Start::new(Tag::new(1, 0x07)).with_attributes().without_content())?;
        out.unnamed_attribute(AttrStart::new(1, 0x05), "X")?;
        return out.attributes_end();
    }
    out.leaf(Tag::new(1, 0x13), "text/plain")
}

fn without_page(node: &mut Node) {
    if let Node::Element(element) = node {
        element.tag = Tag::LITERAL;
        element.content.iter_mut().for_each(without_page);
    }
}

/// The decoder reads a document that was edited anywhere as we do.
#[test]
fn patched() {
    if !are_here() {
        return;
    }
    let mut compared = 0;
    for (name, document) in support::xml_fixtures() {
        if !matches!(&name[..], "prov-accounts" | "dm-session") {
            continue;
        }
        let document = to_wbxml(&document);
        let patch = Patch::new(&document, options()).unwrap();
        let elements = patch.sites().filter(|site| site.kind() == SiteKind::Element).skip(1);
        for (number, site) in elements.step_by(5).enumerate() {
            let mut patch = patch.clone();
            match number % 4 {
                0 => patch.delete(site).unwrap(),
                1 => patch.replace(site, |out| put(&name, out)).unwrap(),
                2 => patch.insert_before(site, |out| put(&name, out)).unwrap(),
                _ => patch.insert_after(site, |out| put(&name, out)).unwrap(),
            }
            let patched = patch.finish().unwrap();
            let mut ours = meaning(&patched).unwrap();
            let mut theirs = meaning(&decode(&name, &patched).unwrap()).unwrap();
            // XML has one `parm`, WBXML one on each of two pages
            ours.iter_mut().for_each(without_page);
            theirs.iter_mut().for_each(without_page);
            assert_eq!(tree::difference(&ours, &theirs), None, "{name}, edit {number}");
            compared += 1;
        }
    }
    println!("{compared} patched documents compared");
    assert!(compared > 8);
}

/// Documents of the corpus that the encoder does not write as they are, and why.
const DIFFERENT: &[(&str, &str)] = &[
    ("syncml-dm/ms-applocker-csp-01.xml", CR_LF),
    ("syncml-dm/ms-applocker-csp-02.xml", CR_LF),
    ("syncml-dm/ms-policymanager-csp-01.xml", CR_LF),
    ("syncml-dm/ms-vpnv2-csp-01.xml", CR_LF),
    ("syncml-dm/ms-enterprisedesktopappmanagement-csp-04.xml", LITERAL_ATTRIBUTES),
    ("syncml-dm/ms-enterprisedesktopappmanagement-csp-05.xml", LITERAL_ATTRIBUTES),
];
const CR_LF: &str = "it writes CR LF for the line ends of a CDATA section, which are LF (XML 1.0, 2.11)";
const LITERAL_ATTRIBUTES: &str = "it drops the attributes of elements without a token (WAP-192, 5.8.2)";

/// The XML of the corpus that is of Client Provisioning or of Device Management.
#[test]
fn corpus() {
    if !are_here() {
        return;
    }
    let (mut compared, mut not_theirs, mut not_ours) = (0, 0, 0);
    let mut different = BTreeMap::new();
    let mut is_there = false;
    support::corpus_of("xml", "oracles", |path, document| {
        is_there = true;
        if !path.starts_with("prov/") && !path.starts_with("syncml-dm/") {
            return;
        }
        let known = AnyReader::new(document, options()).map(|reader| !Cursor::vocabulary(&reader).name.is_empty());
        let (Ok(true), Ok(ours)) = (known, meaning(document)) else {
            not_ours += 1;
            return;
        };
        for with_table in [false, true] {
            let Ok(encoded) = encode(path, document, with_table) else {
                not_theirs += 1;
                continue;
            };
            compared += 1;
            let difference = match meaning(&encoded) {
                Ok(theirs) => tree::difference(&ours, &theirs),
                Err(error) => Some(error.to_string()),
            };
            if let Some(difference) = difference {
                different.insert(path.to_owned(), difference);
            }
        }
    });
    for (path, reason) in DIFFERENT {
        assert!(different.remove(*path).is_some() || !is_there, "{path} differs no more ({reason})");
        println!("{path}: {reason}");
    }
    assert_eq!(different, BTreeMap::new(), "documents that the encoder and we read differently");
    println!("{compared} encodings compared; {not_theirs} the tool does not give, {not_ours} documents we do not read");
}

/// Documents of the corpus that are larger than the tool writes them, and what it leaves out.
const LARGER: &str = include_str!("data/larger-than-libwbxml.tsv");

/// With string table and without, no document is larger than the tool writes it, if the tool writes all of it.
#[test]
fn no_document_is_larger() {
    if !are_here() {
        return;
    }
    let mut totals = [[0_usize; 2]; 2];
    let mut compared = 0;
    let (mut larger, mut wrong) = (BTreeMap::new(), Vec::new());
    let mut is_there = false;
    support::corpus_of("xml", "sizes", |path, document| {
        is_there = true;
        let Some((vocabulary, value)) = value(document) else { return };
        let ours = meaning(document).unwrap();
        for (with_table, strings) in [(false, Strings::Never), (true, Strings::WhenItPays)] {
            let Ok(theirs) = encode(path, document, with_table) else { continue };
            let octets = Encoder::new(vocabulary).strings(strings).encode(&value).unwrap();
            let is_whole = meaning(&theirs).is_ok_and(|theirs| tree::difference(&ours, &theirs).is_none());
            if octets.len() > theirs.len() {
                larger.insert(path.to_owned(), (octets.len(), theirs.len()));
                if is_whole {
                    wrong.push((path.to_owned(), with_table));
                }
            }
            if is_whole {
                compared += 1;
                let [our_total, their_total] = &mut totals[usize::from(with_table)];
                *our_total += octets.len();
                *their_total += theirs.len();
            }
        }
    });
    assert_eq!(wrong, [], "larger, though the tool writes the same");
    for row in LARGER.lines() {
        let (path, reason) = row.split_once('\t').unwrap();
        assert!(larger.remove(path).is_some() || !is_there, "{path} is larger no more ({reason})");
    }
    assert_eq!(larger, BTreeMap::new(), "documents that are larger than the tool's");
    let [[inline, their_inline], [table, their_table]] = totals;
    println!("{compared} encodings compared: {inline} octets without string table, the tool's {their_inline}");
    println!("{table} octets with string table, the tool's {their_table}");
}

/// A document as a value, and its vocabulary, if it is one of those here.
fn value(document: &[u8]) -> Option<(&Vocabulary<'_>, Nodes)> {
    let reader = AnyReader::new(document, options()).ok()?;
    let vocabulary = Cursor::vocabulary(&reader);
    meaning(document).ok()?;
    let nodes = tree::of_events(document, options()).ok()?;
    (!vocabulary.name.is_empty()).then_some((vocabulary, Nodes(nodes)))
}

/// Every policy, each with another version.
const WRITTEN: [(Strings, Version); 4] = [
    (Strings::Never, Version::V1_1),
    (Strings::WhenItPays, Version::V1_3),
    (Strings::Always, Version::V1_2),
    (Strings::WhenItPays, Version::V1_0),
];

/// Documents of the corpus that the tool does not read as they are, and why.
const READ_OTHERWISE: &str = include_str!("data/libwbxml-reads-otherwise.tsv");

#[test]
fn all_that_is_encoded_is_read() {
    if !are_here() {
        return;
    }
    let mut compared = 0;
    let mut different = BTreeMap::new();
    let mut check = |path: &str, document: &[u8]| {
        let Some((vocabulary, value)) = value(document) else { return };
        let Ok(first) = Encoder::new(vocabulary).encode(&value) else { return };
        let mut ours = meaning(&first).unwrap();
        without_descriptions(&mut ours);
        for (strings, version) in WRITTEN {
            let octets = Encoder::new(vocabulary).strings(strings).version(version).encode(&value).unwrap();
            compared += 1;
            let difference = match decode(path, &octets).map(|decoded| meaning(&decoded)) {
                Ok(Ok(mut theirs)) => {
                    without_descriptions(&mut theirs);
                    tree::difference(&ours, &theirs)
                }
                Ok(Err(error)) => Some(error.to_string()),
                Err(error) => Some(error),
            };
            if let Some(difference) = difference {
                different.insert(path.to_owned(), (strings, version, difference));
            }
        }
    };
    for (name, document) in support::xml_fixtures() {
        check(&name, &document);
    }
    let mut is_there = false;
    support::corpus_of("xml", "encoded", |path, document| {
        is_there = true;
        check(path, document);
    });
    for row in READ_OTHERWISE.lines() {
        let (path, reason) = row.split_once('\t').unwrap();
        assert!(different.remove(path).is_some() || !is_there, "{path} is read otherwise no more ({reason})");
    }
    assert_eq!(different, BTreeMap::new(), "documents that the decoder reads otherwise");
    println!("{compared} encodings read");
}
