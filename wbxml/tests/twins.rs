//! One document in two encodings: what XML says, WBXML says, and back again, octet by octet.

#![cfg(feature = "xml")]
#![expect(clippy::arithmetic_side_effects, clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

mod support;

use proptest::prelude::*;
use support::tree::{self, Node};
use wbxml::vocabulary::{Vocabulary, dmddf, metinf, prov, syncml};
use wbxml::{AnyReader, Cursor, Emit, Options, Start, Tag, TranscodeError, WriteError, Writer, transcode, xml};

static KNOWN: [&Vocabulary<'static>; 3] = [&prov::PROV_1_0, &syncml::SYNCML_1_2, &dmddf::DM_DDF_1_2];

fn reader(document: &[u8]) -> AnyReader<'_> {
    AnyReader::new(document, Options::new().vocabularies(&KNOWN)).unwrap()
}

fn to_wbxml(document: &[u8]) -> Vec<u8> {
    let mut reader = reader(document);
    let mut out = Vec::new();
    let vocabulary = reader.vocabulary();
    transcode(&mut reader, &mut Writer::new(&mut out, vocabulary).unwrap()).unwrap();
    out
}

fn to_xml(document: &[u8]) -> Vec<u8> {
    let mut reader = reader(document);
    let mut out = Vec::new();
    let vocabulary = reader.vocabulary();
    transcode(&mut reader, &mut xml::Writer::document(&mut out, vocabulary)).unwrap();
    out
}

/// The three ways to read a document agree; gives what they say, white space between elements aside.
fn meaning(name: &str, document: &[u8]) -> Vec<Node> {
    let options = Options::new().vocabularies(&KNOWN);
    let by_events = tree::without_ignorable(tree::of_events(document, options).unwrap());
    let by_data = tree::of_cursor(&mut reader(document)).unwrap();
    let by_children = tree::of_children(&mut reader(document)).unwrap();
    assert_eq!(tree::difference(&by_events, &[by_data]), None, "{name}");
    assert_eq!(tree::difference(&by_events, &[by_children]), None, "{name}");
    by_events
}

/// There and back and there again; gives the WBXML.
fn round(name: &str, document: &[u8]) -> Vec<u8> {
    let wbxml = to_wbxml(document);
    let canonical = to_xml(&wbxml);
    assert_eq!(to_wbxml(&canonical), wbxml, "{name}: {}", String::from_utf8_lossy(&canonical));
    assert_eq!(to_xml(&canonical), canonical, "{name}");
    assert_eq!(to_wbxml(&wbxml), wbxml, "{name}");
    let said = meaning(name, document);
    assert_eq!(tree::difference(&said, &meaning(name, &wbxml)), None, "{name}");
    assert_eq!(tree::difference(&said, &meaning(name, &canonical)), None, "{name}");
    wbxml
}

#[test]
fn fixtures() {
    for (name, document) in support::xml_fixtures() {
        let wbxml = round(&name, &document);
        assert!(wbxml.len() < document.len(), "{name}");
        // everything in them is a token: no name got lost, and none is literal
        let all = tree::of_events(&document, Options::new().vocabularies(&KNOWN)).unwrap();
        assert!(!has_literal(&all), "{name}");
    }
}

fn has_literal(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match node {
        Node::Element(element) => element.tag == Tag::LITERAL || has_literal(&element.content),
        Node::Text(_) => false,
    })
}

/// Which vocabulary a document has, it has in both encodings.
#[test]
fn fixtures_keep_their_vocabulary() {
    let read: Vec<(String, String, String)> = support::xml_fixtures()
        .into_iter()
        .map(|(name, document)| {
            let known = |document: &[u8]| Cursor::vocabulary(&reader(document)).name.to_owned();
            (name, known(&document), known(&to_wbxml(&document)))
        })
        .collect();
    let row = |name: &str, vocabulary: &str| (name.to_owned(), vocabulary.to_owned(), vocabulary.to_owned());
    assert_eq!(
        read,
        [
            row("ddf-tree", "DM DDF 1.2"),
            row("dm-session-tree", "SyncML 1.2"),
            row("dm-session", "SyncML 1.2"),
            row("prov-accounts", "PROV 1.0"),
        ]
    );
}

/// The pieces of a text are one string in the other encoding, however they were written.
#[test]
fn pieces_become_one() {
    let head = b"\x03\xA4\x01\x6A\x00";
    for (what, document, body) in [
        ("references", "<Data>a&amp;b&#65;</Data>", &b"\x4F\x03a&bA\0\x01"[..]),
        ("CDATA sections and comments", "<Data>a<![CDATA[<]]><!-- -->b</Data>", b"\x4F\x03a<b\0\x01"),
        ("line ends", "<Data>a\r\nb\rc</Data>", b"\x4F\x03a\nb\nc\0\x01"),
        ("white space alone", "<Data> \n</Data>", b"\x4F\x03 \n\0\x01"),
        ("nothing, said aloud", "<Data><![CDATA[]]></Data>", b"\x4F\x01"),
        ("nothing", "<Data></Data>", b"\x4F\x01"),
        ("no content", "<Data/>", b"\x0F"),
    ] {
        let document = format!("<!DOCTYPE a PUBLIC '-//SYNCML//DTD SyncML 1.2//EN' ''>{document}");
        assert_eq!(round(what, document.as_bytes()), [&head[..], body].concat(), "{what}");
    }
    // and the other way: STR_I, ENTITY, STR_T and OPAQUE
    let wbxml = b"\x03\x0B\x6A\x02ab\xC5\x05\x03x\0\x02\x3C\x83\x00\xC3\x01y\x01\x03t\0\x02\x26\x83\x01\x01";
    let xml = String::from_utf8(to_xml(wbxml)).unwrap();
    assert!(xml.ends_with("<wap-provisioningdoc name=\"x&lt;aby\">t&amp;b</wap-provisioningdoc>"), "{xml}");
}

/// A document that is written: an element, and what is in it.
#[derive(Clone, Debug)]
struct Written {
    tag: Tag,
    attributes: Vec<(&'static str, String)>,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    None,
    Text(String),
    Elements(Vec<Written>),
}

impl Written {
    fn write(&self, out: &mut impl Emit) -> Result<(), WriteError> {
        let start = Start::new(self.tag);
        let start = if matches!(self.content, Content::None) { start.without_content() } else { start };
        if self.attributes.is_empty() {
            out.start(start)?;
        } else {
            out.start(start.with_attributes())?;
            for (name, value) in &self.attributes {
                out.attribute(name, value)?;
            }
            out.attributes_end()?;
        }
        match &self.content {
            Content::None => return Ok(()),
            Content::Text(text) => out.text(text)?,
            Content::Elements(elements) => elements.iter().try_for_each(|element| element.write(out))?,
        }
        out.end()
    }
}

fn texts() -> impl Strategy<Value = String> {
    let special =
        prop::sample::select(&['<', '&', '"', '\'', '\r', '\n', '\t', ' ', '\u{FEFF}', '\u{E9}', '\u{1F400}'][..]);
    let letters = prop::collection::vec(prop_oneof![1 => special, 2 => prop::char::range('a', 'c')], 1..8);
    let token =
        prop::sample::select(&["NAME", "NAMES", "APPID", "IPV4", "HTTP-", "HTTP-BASIC", ",", "1.0", "NAPID"][..]);
    prop_oneof![1 => letters.prop_map(String::from_iter), 1 => token.prop_map(str::to_owned)]
}

fn written(tags: Vec<Tag>, names: &'static [&'static str]) -> impl Strategy<Value = Written> {
    let value = prop_oneof![1 => Just(String::new()), 8 => texts()];
    let attributes = move || {
        let values = prop::collection::vec(prop::option::of(value.clone()), names.len());
        values.prop_map(|values| {
            names.iter().copied().zip(values).filter_map(|(name, value)| Some((name, value?))).collect::<Vec<_>>()
        })
    };
    let content = prop_oneof![1 => Just(Content::None), 2 => texts().prop_map(Content::Text)];
    let leaf = (prop::sample::select(tags.clone()), attributes(), content)
        .prop_map(|(tag, attributes, content)| Written { tag, attributes, content });
    leaf.prop_recursive(4, 32, 6, move |inner| {
        (prop::sample::select(tags.clone()), attributes(), prop::collection::vec(inner, 0..6))
            .prop_map(|(tag, attributes, elements)| Written { tag, attributes, content: Content::Elements(elements) })
    })
}

/// Any of SyncML's tags, many of whose names stand on two or three pages.
fn message() -> impl Strategy<Value = Written> {
    let pages = [syncml::tag::V1_0, syncml::tag::V1_2, metinf::tag::V1_0, dmddf::tag::V1_2];
    written(pages.concat().into_iter().map(|(tag, _)| tag).collect(), &[])
}

fn provisioning() -> impl Strategy<Value = Written> {
    written(prov::tag::PAGE_0.iter().map(|&(tag, _)| tag).collect(), &["name", "value", "type", "version"])
}

fn check(element: &Written, vocabulary: &Vocabulary<'static>) {
    let mut wbxml = Vec::new();
    element.write(&mut Writer::new(&mut wbxml, vocabulary).unwrap()).unwrap();
    let mut xml = Vec::new();
    element.write(&mut xml::Writer::document(&mut xml, vocabulary)).unwrap();
    assert_eq!(String::from_utf8(to_xml(&wbxml)).unwrap(), String::from_utf8(xml.clone()).unwrap());
    assert_eq!(to_wbxml(&xml), wbxml);
    assert_eq!(tree::difference(&meaning("XML", &xml), &meaning("WBXML", &wbxml)), None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_messages(element in message()) {
        check(&element, &syncml::SYNCML_1_2);
    }

    #[test]
    fn arbitrary_provisioning_documents(element in provisioning()) {
        check(&element, &prov::PROV_1_0);
    }
}

/// WAP-192, 5.8.4.4: `PI attrStart *attrValue END`; XML 1.0, production 16.
#[test]
fn a_processing_instruction_is_written_in_both_encodings() {
    let mut octets = Vec::new();
    let mut writer = Writer::with_names(&mut octets, &prov::PROV_1_0, &[("colour", 0)]).unwrap();
    writer.pi("colour", "red").unwrap();
    writer.pi("name", "NAPID").unwrap();
    writer.start(Start::new(prov::tag::PARM).without_content()).unwrap();
    assert_eq!(octets, b"\x03\x0B\x6A\x07colour\0\x43\x04\x00\x03red\0\x01\x43\x11\x01\x07");

    let mut octets = Vec::new();
    let mut writer = xml::Writer::new(&mut octets, &prov::PROV_1_0);
    writer.pi("colour", "red").unwrap();
    writer.pi("colour", "").unwrap();
    assert_eq!(writer.pi("colour", "a?>b"), Err(WriteError::PiData));
    assert_eq!(writer.pi("XML", "version"), Err(WriteError::UnknownName));
    assert_eq!(octets, b"<?colour red?><?colour?>");
}

/// SPEC-WBXML 1.0, 5.3: `body = 1*content`, and so a page switch, or text, without any element. XML has no such document.
#[test]
fn a_document_without_an_element_is_no_xml() {
    for (document, offset) in [("00 01 00 00 03", 5), ("00 01 02 61 00 43 04 00 01", 9)] {
        let octets = support::octets(document);
        let mut reader = AnyReader::new(&octets, Options::new()).unwrap();
        let result = transcode(&mut reader, &mut xml::Writer::new(Vec::new(), &Vocabulary::EMPTY));
        let Err(TranscodeError::Read(error)) = result else { unreachable!("{document}: {result:?}") };
        assert_eq!(error.offset(), offset, "{document}: {error}");
    }
}
