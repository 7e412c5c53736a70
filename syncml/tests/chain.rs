//! From WBXML to XML and back, and the other way, by way of the typed values: a message, device information, a tree means
//! the same at each step, and from the second step on the octets are those of the first.

#![cfg(feature = "xml")]
#![expect(
    clippy::arithmetic_side_effects,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests: to stop is how they fail"
)]

extern crate alloc;

#[path = "support/meaning.rs"]
mod meaning;
mod support;

use alloc::collections::BTreeMap;
use meaning::{Document, said_by, with_documents};
use syncml::devinf::DevInf;
use syncml::dm::mgmt_tree::MgmtTree;
use syncml::{Error, MessageReader};
use wbxml::vocabulary::syncml::{SYNCML_1_2, tag};
use wbxml::{Data, Emit, Encode, Encoder, Start, Text, TextFault, WriteError, xml};

const BINARY: &str = "octets that are no text, and no document that we know (XML 1.0, 2.2)";

/// The messages that cannot be written, and why.
const UNWRITTEN: &[(&str, WriteError, &str)] = &[(
    "syncml-ds/devaspot-put-e7.xml",
    WriteError::Text(TextFault::Invalid),
    "a text with octets that are not UTF-8, as the document says that it is (XML 1.0, 4.3.3)",
)];

fn reader(octets: &[u8]) -> Result<MessageReader<'_>, Error> {
    if wbxml::is_xml(octets) { MessageReader::fragment(octets) } else { MessageReader::parse(octets) }
}

/// A message, written again from the values that are read.
struct Rewritten<'a> {
    message: MessageReader<'a>,
    is_xml: bool,
}

/// In XML, documents in octets become elements, or a text that is XML.
fn in_xml(document: &Document) -> Data<'_> {
    match document {
        Document::DevInf(text) => DevInf::data_of(text.as_bytes()).unwrap(),
        Document::Tree(text) => Data::Text(Text::new(text)),
    }
}

impl Encode for Rewritten<'_> {
    fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        let unreadable = |error: Error| WriteError::Unreadable(error.into());
        let mut message = self.message.clone();
        out.start(Start::new(tag::SYNC_ML))?;
        message.header().copied().unwrap_or_default().encode(out)?;
        out.start(Start::new(tag::SYNC_BODY))?;
        while let Some(command) = message.next_command().map_err(unreadable)? {
            let mut end = Ok(());
            if self.is_xml {
                with_documents(command, in_xml, |command| end = command.encode(out)).map_err(unreadable)?;
            } else {
                end = command.encode(out);
            }
            end?;
        }
        if message.is_final() {
            out.start(Start::new(tag::FINAL).without_content())?;
        }
        out.end()?;
        out.end()
    }
}

fn to_wbxml(octets: &[u8]) -> Result<Vec<u8>, WriteError> {
    Encoder::new(&SYNCML_1_2).encode(&Rewritten { message: reader(octets).unwrap(), is_xml: false })
}

fn to_xml(octets: &[u8]) -> Result<Vec<u8>, WriteError> {
    let mut out = Vec::new();
    let message = Rewritten { message: reader(octets).unwrap(), is_xml: true };
    message.encode(&mut xml::Writer::document(&mut out, &SYNCML_1_2))?;
    Ok(out)
}

/// What the message means, without a header where there was none.
fn meaning(octets: &[u8], has_header: bool) -> Vec<String> {
    let mut said = said_by(reader(octets).unwrap()).unwrap();
    if !has_header {
        said.remove(0);
    }
    said
}

/// To WBXML, to XML, to WBXML, to XML.
fn check(name: &str, octets: &[u8]) -> Result<(), WriteError> {
    let has_header = reader(octets).unwrap().header().is_some();
    let expected = meaning(octets, has_header);
    let wbxml = to_wbxml(octets)?;
    assert_eq!(meaning(&wbxml, has_header), expected, "{name} in WBXML");
    let xml = to_xml(&wbxml)?;
    assert_eq!(meaning(&xml, has_header), expected, "{name} in XML");
    let again = to_wbxml(&xml).unwrap();
    assert_eq!(meaning(&again, has_header), expected, "{name} in WBXML again");
    assert_eq!(String::from_utf8(to_xml(&again).unwrap()), String::from_utf8(xml), "{name} in XML again");
    Ok(())
}

/// Checks all; the messages that are not written are those of the list, for the reason that is there.
fn check_all<'d>(documents: impl Iterator<Item = (&'d str, &'d [u8])>, excused: &[(&str, WriteError, &str)]) {
    let (mut count, mut unwritten) = (0, BTreeMap::new());
    for (name, octets) in documents {
        if reader(octets).and_then(said_by).is_err() {
            continue;
        }
        match check(name, octets) {
            Ok(()) => count += 1,
            Err(error) => {
                unwritten.insert(name, error);
            }
        }
    }
    println!("{count} messages, {} not written", unwritten.len());
    if count > 0 {
        let listed: BTreeMap<_, _> = excused.iter().map(|(name, error, _)| (*name, *error)).collect();
        assert_eq!(unwritten, listed);
    }
}

#[test]
fn fixtures() {
    let fixtures: Vec<_> = ["hex", "xml"].into_iter().flat_map(support::fixtures).collect();
    let documents = fixtures.iter().map(|fixture| (&*fixture.name, &*fixture.octets));
    check_all(documents, &[("opaque", WriteError::OpaqueInXml, BINARY)]);
}

#[test]
fn messages_of_the_corpus() {
    let documents: Vec<_> = ["syncml-dm/", "syncml-ds/"].into_iter().flat_map(support::corpus).collect();
    check_all(documents.iter().map(|document| (&*document.path, &*document.octets)), UNWRITTEN);
}

#[test]
fn trees_of_the_corpus() {
    let mut count = 0;
    for document in support::corpus("ddf/") {
        let Ok(tree) = MgmtTree::parse(&document.octets) else { continue };
        let wbxml = tree.to_wbxml().unwrap();
        let from_wbxml = MgmtTree::parse(&wbxml).unwrap();
        let xml = from_wbxml.to_xml().unwrap();
        let from_xml = MgmtTree::parse(xml.as_bytes()).unwrap();
        assert_eq!((&from_wbxml, &from_xml), (&tree, &tree), "{}", document.path);
        assert_eq!(from_xml.to_wbxml().unwrap(), wbxml, "{}", document.path);
        assert_eq!(tree.to_xml().unwrap(), xml, "{}", document.path);
        count += 1;
    }
    println!("{count} trees");
}

#[test]
fn device_information_of_the_corpus() {
    let mut count = 0;
    for document in support::corpus("syncml-ds/") {
        let Ok(device) = DevInf::parse(&document.octets) else { continue };
        let wbxml = Encoder::new(device.vocabulary()).encode(&device).unwrap();
        let from_wbxml = DevInf::parse(&wbxml).unwrap();
        let mut xml = Vec::new();
        from_wbxml.encode(&mut xml::Writer::document(&mut xml, from_wbxml.vocabulary())).unwrap();
        let from_xml = DevInf::parse(&xml).unwrap();
        assert_eq!(Encoder::new(from_xml.vocabulary()).encode(&from_xml).unwrap(), wbxml, "{}", document.path);
        let mut again = Vec::new();
        device.encode(&mut xml::Writer::document(&mut again, device.vocabulary())).unwrap();
        assert_eq!(String::from_utf8(again), String::from_utf8(xml), "{}", document.path);
        count += 1;
    }
    println!("{count} device information");
}
