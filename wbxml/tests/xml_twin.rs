//! The XML twin as a whole: any document both ways, and never XML that is not well-formed. Clauses are those of XML 1.0,
//! fifth edition, unless said otherwise.

#![cfg(feature = "xml")]
#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests: to stop is how they fail"
)]

extern crate alloc;

mod support;

use alloc::collections::BTreeSet;
use proptest::prelude::*;
use quick_xml::events::Event as Markers;
use wbxml::vocabulary::{ALL, Vocabulary, prov, syncml};
use wbxml::xml::{self, Characters, Duplicates, Fault, Layout};
use wbxml::{
    AnyReader, AttrStart, Cursor, Emit, Error, ErrorKind, Event, Limits, Options, Start, Tag, TranscodeError,
    WriteError, Writer, transcode,
};

const LAYOUTS: [Layout; 4] = [Layout::Compact, Layout::Indented(0), Layout::Indented(3), Layout::Canonical];

fn known() -> Options<'static> {
    Options::new().vocabularies(&ALL).limits(Limits { depth: 1000, ..Limits::DEFAULT })
}

fn unknown() -> Options<'static> {
    Options::new().limits(Limits { depth: 1000, ..Limits::DEFAULT })
}

/// The names that a document needs in its string table.
#[derive(Default)]
struct Names(BTreeSet<String>);

impl Names {
    fn add(&mut self, name: &str) -> Result<(), WriteError> {
        self.0.insert(name.to_owned());
        Ok(())
    }
}

impl Emit for Names {
    fn start(&mut self, _: Start) -> Result<(), WriteError> {
        Ok(())
    }
    fn start_named(&mut self, name: &str, _: Start) -> Result<(), WriteError> {
        self.add(name)
    }
    fn attribute(&mut self, name: &str, _: &str) -> Result<(), WriteError> {
        self.add(name)
    }
    fn attributes_end(&mut self) -> Result<(), WriteError> {
        Ok(())
    }
    fn text(&mut self, _: &str) -> Result<(), WriteError> {
        Ok(())
    }
    fn opaque(&mut self, _: &[u8]) -> Result<(), WriteError> {
        Ok(())
    }
    fn end(&mut self) -> Result<(), WriteError> {
        Ok(())
    }
    fn pi(&mut self, target: &str, _: &str) -> Result<(), WriteError> {
        self.add(target)
    }
    fn token(&mut self, _: &Event<'_>) -> Result<(), WriteError> {
        Ok(())
    }
}

/// `document` in WBXML, every name that is no token in the string table.
fn to_wbxml(document: &[u8], options: Options<'_>) -> Result<Vec<u8>, TranscodeError> {
    let mut names = Names::default();
    transcode(&mut AnyReader::new(document, options)?, &mut names)?;
    let mut index = 0;
    let mut table = Vec::new();
    for name in &names.0 {
        table.push((&name[..], index));
        index += u32::try_from(name.len()).unwrap() + 1;
    }
    let mut reader = AnyReader::new(document, options)?;
    let mut out = Vec::new();
    let vocabulary = reader.vocabulary();
    transcode(&mut reader, &mut Writer::with_names(&mut out, vocabulary, &table).unwrap())?;
    Ok(out)
}

fn to_xml(document: &[u8], options: Options<'_>, layout: Layout) -> Result<String, TranscodeError> {
    to_xml_with(document, options, |writer| writer.layout(layout))
}

fn to_xml_with(
    document: &[u8],
    options: Options<'_>,
    build: impl for<'o, 'v> FnOnce(xml::Writer<'v, &'o mut Vec<u8>>) -> xml::Writer<'v, &'o mut Vec<u8>>,
) -> Result<String, TranscodeError> {
    let mut reader = AnyReader::new(document, options)?;
    let mut out = Vec::new();
    let vocabulary = reader.vocabulary();
    transcode(&mut reader, &mut build(xml::Writer::document(&mut out, vocabulary)))?;
    Ok(String::from_utf8(out).unwrap())
}

/// What an XML document says to a parser that knows nothing of WBXML: tags with their attributes, texts in one, and
/// processing instructions. It stops at whatever is not well-formed.
fn said_by_xml(document: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(document.trim_start_matches('\u{FEFF}'));
    reader.config_mut().check_end_names = true;
    reader.config_mut().check_comments = true;
    let (mut said, mut text, mut depth, mut roots) = (Vec::new(), String::new(), 0_u32, 0);
    loop {
        let event = reader.read_event().unwrap_or_else(|error| panic!("{error}: {document}"));
        let is_empty = matches!(event, Markers::Empty(_));
        match event {
            Markers::Text(piece) => {
                let piece = piece.decode().unwrap().replace("\r\n", "\n").replace('\r', "\n");
                check_characters(&piece, document);
                assert!(!piece.contains("]]>"), "{document}");
                text.push_str(&piece);
                continue;
            }
            Markers::CData(piece) => {
                text.push_str(&piece.decode().unwrap().replace("\r\n", "\n").replace('\r', "\n"));
                continue;
            }
            Markers::GeneralRef(reference) => {
                text.push_str(&unescape(&format!("&{};", reference.decode().unwrap())));
                continue;
            }
            Markers::Comment(_) | Markers::Decl(_) | Markers::DocType(_) => continue,
            _ => {}
        }
        if depth == 0 {
            assert!(text.trim_ascii().is_empty(), "text outside the root: {document}");
            text.clear();
        }
        if !text.is_empty() {
            check_characters(&text, document);
            said.push(format!("{:?}", core::mem::take(&mut text)));
        }
        match event {
            Markers::Start(tag) | Markers::Empty(tag) => {
                roots += u32::from(depth == 0);
                let mut line = format!("<{}", core::str::from_utf8(tag.name().as_ref()).unwrap());
                for attribute in tag.attributes() {
                    let attribute = attribute.unwrap_or_else(|error| panic!("{error}: {document}"));
                    let value = core::str::from_utf8(&attribute.value).unwrap();
                    assert!(!value.contains('<'), "{document}");
                    let value = value.replace("\r\n", "\n").replace(['\r', '\n', '\t'], " ");
                    let name = core::str::from_utf8(attribute.key.as_ref()).unwrap();
                    assert!(name.chars().all(|c| !c.is_whitespace() && !"<>&\"'=/".contains(c)), "{document}");
                    let value = unescape(&value);
                    check_characters(&value, document);
                    line += &format!(" {name}={value:?}");
                }
                said.push(line);
                depth += 1;
                if is_empty {
                    depth -= 1;
                    said.push(">".to_owned());
                }
            }
            Markers::End(_) => {
                depth -= 1;
                said.push(">".to_owned());
            }
            Markers::PI(pi) => {
                let pi = core::str::from_utf8(&pi).unwrap();
                let (target, data) = pi.split_once([' ', '\t', '\r', '\n']).unwrap_or((pi, ""));
                check_characters(pi, document);
                assert!(!target.is_empty() && !target.eq_ignore_ascii_case("xml"), "{document}");
                let data = data.trim_ascii_start().replace("\r\n", "\n").replace('\r', "\n");
                said.push(format!("?{target} {data:?}"));
            }
            Markers::Eof => {
                assert_eq!((depth, roots), (0, 1), "{document}");
                return said;
            }
            event => panic!("{event:?}"),
        }
    }
}

fn unescape(text: &str) -> String {
    quick_xml::escape::unescape(text).unwrap().into_owned()
}

fn check_characters(text: &str, document: &str) {
    let is_xml = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..);
    assert!(text.chars().all(is_xml), "{document}");
}

/// What the events of a WBXML document say: names, texts in one, and tokens without a name by their number. Octets that
/// are text are text.
fn said_by_wbxml(document: &[u8], options: Options<'_>) -> Result<Vec<String>, Error> {
    let mut reader = AnyReader::new(document, options)?;
    let mut said = Vec::new();
    let mut text = String::new();
    let is_text = |octets: &[u8]| {
        core::str::from_utf8(octets)
            .is_ok_and(|text| text.chars().all(|c| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)))
    };
    loop {
        let event = reader.next_event()?;
        match event {
            Event::Text(piece) => text += &piece.to_cow().map_err(|fault| fault.at(reader.span().start))?,
            Event::Entity(character) => text.push(character),
            Event::Opaque(octets) if is_text(octets) => text += core::str::from_utf8(octets).unwrap(),
            Event::AttributeValue(value) if reader.vocabulary().attribute_value(value).is_some() => {
                text += reader.vocabulary().attribute_value(value).unwrap();
            }
            Event::SwitchPage(_) => {}
            event => {
                if !text.is_empty() {
                    said.push(format!("{:?}", core::mem::take(&mut text)));
                }
                match event {
                    Event::Start(start) => {
                        let name = reader.name(start)?.map_or(format!("{:?}", start.tag), str::to_owned);
                        said.push(format!("<{name}"));
                        if !start.has_content() {
                            said.push("no content".to_owned());
                        }
                    }
                    Event::AttributeStart(start) => match reader.attribute_name(start)? {
                        Some(name) => {
                            said.push(format!("@{name}"));
                            let known = reader.vocabulary().attribute(start.token);
                            text +=
                                known.filter(|_| start.token != AttrStart::LITERAL).map_or("", |(_, prefix)| prefix);
                        }
                        None => said.push(format!("@{:?}", start.token)),
                    },
                    Event::Eof => return Ok(said),
                    event => said.push(format!("{event:?}")),
                }
            }
        }
    }
}

/// Every XML document of the corpus that is read, without a vocabulary: literal names alone.
#[test]
fn xml_without_a_vocabulary_comes_back() {
    let (mut same, mut not_read, mut with_pi) = (0, 0, 0);
    support::corpus_of("xml", "XML to WBXML to XML, no vocabulary", |path, document| {
        let Ok(text) = core::str::from_utf8(document) else {
            not_read += 1;
            return;
        };
        let wbxml = match to_wbxml(document, unknown()) {
            Ok(wbxml) => wbxml,
            Err(error) => {
                assert!(matches!(error, TranscodeError::Read(_)), "{path}: {error}");
                println!("{path}: {error}");
                not_read += 1;
                return;
            }
        };
        let said = said_by_xml(text);
        with_pi += usize::from(said.iter().any(|line| line.starts_with('?')));
        let back = to_xml(&wbxml, unknown(), Layout::Compact).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert_eq!(said_by_xml(&back), said, "{path}");
        let canonical = to_xml(document, unknown(), Layout::Canonical).unwrap();
        assert_eq!(to_xml(canonical.as_bytes(), unknown(), Layout::Canonical).unwrap(), canonical, "{path}");
        assert_eq!(to_xml(&wbxml, unknown(), Layout::Canonical).unwrap(), canonical, "{path}");
        assert_eq!(to_wbxml(back.as_bytes(), unknown()).unwrap(), wbxml, "{path}");
        let indented = to_xml(document, unknown(), Layout::Indented(2)).unwrap();
        assert_eq!(without_blanks(said_by_xml(&indented)), without_blanks(said), "{path}");
        same += 1;
    });
    println!("{same} came back, {with_pi} of them with processing instructions; {not_read} are not read");
}

/// The same, where an element without content is one with nothing in it.
fn with_content(mut said: Vec<String>) -> Vec<String> {
    while let Some(at) = said.iter().position(|line| line == "no content") {
        said.remove(at);
        // behind the attributes, if there are any
        let end = match said.get(at) {
            Some(line) if line.starts_with('@') => {
                at + said[at..].iter().position(|line| line == "AttributesEnd").unwrap() + 1
            }
            _ => at,
        };
        said.insert(end, "End".to_owned());
    }
    said
}

fn without_blanks(mut said: Vec<String>) -> Vec<String> {
    said.retain(|line| !line.starts_with('"') || !line.replace("\\n", "").trim_matches(['"', ' ']).is_empty());
    said
}

/// Every WBXML document of the corpus that decodes, by its vocabulary where it is known, in every layout.
#[test]
fn wbxml_comes_back() {
    let (mut same, mut not_decoded, mut not_text, mut with_vocabulary) = (0, 0, 0, 0);
    support::corpus("WBXML to XML to WBXML", |path, document| {
        for options in [known(), unknown()] {
            let Ok(said) = said_by_wbxml(document, options) else {
                not_decoded += 1;
                continue;
            };
            let mut failed = None;
            for layout in LAYOUTS {
                match to_xml(document, options, layout) {
                    Ok(text) => {
                        said_by_xml(&text);
                        if !matches!(layout, Layout::Indented(_)) {
                            let vocabulary = AnyReader::new(document, options).unwrap().vocabulary();
                            let wbxml = to_wbxml(text.as_bytes(), options.assume(vocabulary))
                                .unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
                            match layout {
                                // in another order, and with content in every element
                                Layout::Canonical => {
                                    let again = to_xml(&wbxml, options.assume(vocabulary), layout).unwrap();
                                    assert_eq!(again, text, "{path}");
                                }
                                _ => {
                                    let again = said_by_wbxml(&wbxml, options.assume(vocabulary)).unwrap();
                                    assert_eq!(again, said, "{path}\n{text}");
                                }
                            }
                        }
                    }
                    Err(error) => failed = Some(error),
                }
            }
            match failed {
                Some(error) => {
                    println!("{path}: {error}");
                    not_text += 1;
                    let text = to_xml_with(document, options, |writer| {
                        writer.characters(Characters::Replace).duplicates(Duplicates::KeepFirst)
                    });
                    said_by_xml(&text.unwrap_or_else(|error| panic!("{path}: {error}")));
                }
                None => {
                    same += 1;
                    with_vocabulary +=
                        usize::from(!AnyReader::new(document, options).unwrap().vocabulary().name.is_empty());
                }
            }
        }
    });
    println!(
        "{same} came back, {with_vocabulary} of them by a vocabulary; {not_text} by replacing what XML cannot hold; {not_decoded} \
         do not decode"
    );
}

fn notation_document() -> Vec<u8> {
    support::octets(
        "03 01 6A 0C 61 20 62 00 74 6F 6B 65 6E 2D 00 63 \
         C5 3F 03 78 00 86 03 79 00 C3 02 00 FF 42 00 04 00 03 7A 00 01 \
         44 00 01 00 07 45 40 76 61 72 00 40 FF 00 81 05 C2 C3 01 FF C3 01 61 01 \
         04 04 43 04 00 03 64 00 01 43 15 86 01 01",
    )
}

/// What XML has no words for, spelled so that people can read it and that it comes back.
#[test]
fn the_notation() {
    let document = notation_document();
    let expected = "<token-00-05 token-00-3F=\"x\u{FFFC}(token-00-86)y\u{FFFC}(opaque AP8=)\u{FFFC}(ext-i-octets 2 )\" literal-a.20b=\"z\">\
        <literal-a.20b></literal-a.20b><token-07-05><?wbxml-ext-i 0 var?><?wbxml-ext-i-octets 0 /w==?><?wbxml-ext-t 1 5?>\
        <?wbxml-ext 2?><?wbxml-opaque /w==?>a</token-07-05><literal-token-/><?literal-a.20b d?><?token-00-15 \u{FFFC}(token-00-86)?>\
        </token-00-05>";
    let text = to_xml(&document, unknown(), Layout::Compact).unwrap();
    let text = text.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").unwrap();
    assert_eq!(text, expected.replace("ext-i-octets 2 ", "ext-i 2 "));
    let again = to_wbxml(text.as_bytes(), unknown()).unwrap();
    assert_eq!(said_by_wbxml(&again, unknown()), said_by_wbxml(&document, unknown()));
    // the reader has the numbers, as from WBXML
    let mut reader = AnyReader::new(text.as_bytes(), unknown()).unwrap();
    let root = reader.root().unwrap();
    assert_eq!((root.tag, reader.name(root)), (Tag::new(0, 5), Ok(None)));
    let attribute = reader.next_attribute(root).unwrap().unwrap();
    assert_eq!((attribute.start, attribute.name), (AttrStart::new(0, 0x3F), ""));
}

/// A spelling that is none of ours is what it is; one that is wrong is an error, lest octets become an instruction.
#[test]
fn what_only_looks_like_the_notation() {
    for text in [
        "<token-00-04/>",
        "<token-0-05/>",
        "<literal-.zz/>",
        "<a b=\"\u{FFFC}(opaque =)\u{FFFC}(\u{FFFC})\"/>",
        "<a><?wbxml-other x?></a>",
        "<a>\u{FFFC}(opaque AP8=)</a>",
    ] {
        let wbxml = to_wbxml(text.as_bytes(), unknown()).unwrap();
        let back = to_xml(&wbxml, unknown(), Layout::Compact).unwrap();
        assert_eq!(to_wbxml(back.as_bytes(), unknown()).unwrap(), wbxml, "{text}: {back}");
        assert_eq!(said_by_wbxml(&wbxml, unknown()), said_by_wbxml(text.as_bytes(), unknown()), "{text}");
    }
    for text in ["<a><?wbxml-opaque AP8?></a>", "<a><?wbxml-ext 3?></a>", "<a><?wbxml-ext-t 0 -1?></a>"] {
        let error = to_wbxml(text.as_bytes(), unknown()).unwrap_err();
        assert!(matches!(error, TranscodeError::Read(error) if error.kind() == ErrorKind::Xml(Fault::Notation)));
    }
}

/// Text in the place of octets that are not text is for people to choose.
#[test]
fn characters_by_policy() {
    let document = b"\x03\x0B\x6A\x00\xC5\x06\x03a\x01\0\x01\x03b\xFF\0\x02\x02\x03\xEF\xBF\xBE\0\x01";
    let told = |characters| to_xml_with(document, known(), |writer| writer.characters(characters));
    assert_eq!(told(Characters::Error), Err(TranscodeError::Write(WriteError::NotXml('\u{1}'), 5)));
    for (characters, expected) in [
        (Characters::Replace, "value=\"a\u{FFFD}\">b\u{FFFD}\u{FFFD}\u{FFFD}</"),
        (Characters::Drop, "value=\"a\">b</"),
    ] {
        let text = told(characters).unwrap();
        assert!(text.contains(expected), "{text}");
    }
}

/// 3.1: no name stands twice in a tag.
#[test]
fn duplicates_by_policy() {
    let document = b"\x03\x0B\x6A\x05name\0\x85\x05\x03a\0\x04\x00\x03b\0\x02\x26\xC3\x01\xFF\x06\x03c\0\x01";
    assert_eq!(
        to_xml(document, known(), Layout::Compact),
        Err(TranscodeError::Write(WriteError::DuplicateAttribute, 14))
    );
    for layout in LAYOUTS {
        let text =
            to_xml_with(document, known(), |writer| writer.layout(layout).duplicates(Duplicates::KeepFirst)).unwrap();
        assert!(text.contains("<wap-provisioningdoc name=\"a\" value=\"c\""), "{text}");
    }
}

/// Namespaces in XML 1.0: what is foreign stays so, and what is known inside it does, too.
#[test]
fn namespaces_come_back() {
    let options = known().assume(&syncml::SYNCML_1_2);
    for (what, document, expected) in [
        (
            "foreign names that the vocabulary has",
            "<SyncML xmlns='SYNCML:SYNCML1.2'><Meta><Type xmlns='urn:x'><Item/><Item xmlns='SYNCML:SYNCML1.2'/></Type><Type/></Meta></SyncML>",
            "<SyncML xmlns=\"SYNCML:SYNCML1.2\"><Meta><Type xmlns=\"urn:x\"><Item/><Item xmlns=\"SYNCML:SYNCML1.2\"/></Type><Type xmlns=\"syncml:metinf\"/></Meta></SyncML>",
        ),
        (
            "a foreign element that the vocabulary does not have",
            "<Meta><x xmlns='urn:x' a='b'><Type/></x><Type/></Meta>",
            "<Meta xmlns=\"SYNCML:SYNCML1.2\"><x xmlns=\"urn:x\" a=\"b\"><Type/></x><Type xmlns=\"syncml:metinf\"/></Meta>",
        ),
        (
            "prefixes",
            "<s:Meta xmlns:s='SYNCML:SYNCML1.2' xmlns:m='syncml:metinf' xmlns:x='urn:x'><m:Type/><x:Type/></s:Meta>",
            "<Meta xmlns:x=\"urn:x\" xmlns=\"SYNCML:SYNCML1.2\"><Type xmlns=\"syncml:metinf\"/><x:Type/></Meta>",
        ),
        (
            "a root in an unusual namespace",
            "<SyncML xmlns='urn:mine'><SyncHdr/><Meta><Size/></Meta></SyncML>",
            "<SyncML xmlns=\"urn:mine\"><SyncHdr/><Meta><Size xmlns=\"syncml:metinf\"/></Meta></SyncML>",
        ),
        (
            "no namespace, said aloud",
            "<SyncML xmlns='SYNCML:SYNCML1.2'><Meta xmlns=''><Type xmlns=''/></Meta></SyncML>",
            "<SyncML xmlns=\"SYNCML:SYNCML1.2\"><Meta><Type xmlns=\"syncml:metinf\"/></Meta></SyncML>",
        ),
        (
            "three pages",
            "<SyncML><Add><Item><Meta><Size/></Meta><Data><MgmtTree><VerDTD/><Node/></MgmtTree></Data></Item></Add></SyncML>",
            "<SyncML xmlns=\"SYNCML:SYNCML1.2\"><Add><Item><Meta><Size xmlns=\"syncml:metinf\"/></Meta><Data><MgmtTree xmlns=\"syncml:dmddf1.2\"><VerDTD/><Node/></MgmtTree></Data></Item></Add></SyncML>",
        ),
    ] {
        let text = to_xml(document.as_bytes(), options, Layout::Compact).unwrap();
        assert!(text.ends_with(&format!("\n{expected}")), "{what}: {text}");
        let wbxml = to_wbxml(document.as_bytes(), options).unwrap();
        let text = to_xml(&wbxml, options, Layout::Compact).unwrap();
        // WBXML has one token for a name, whatever its namespace; what is a token is in that of its page
        let expected = expected
            .replace("urn:x\"><Item/>", "urn:x\"><Item xmlns=\"SYNCML:SYNCML1.2\"/>")
            .replace("b\"><Type/>", "b\"><Type xmlns=\"syncml:metinf\"/>");
        assert!(text.ends_with(&format!("\n{expected}")), "{what}: {text}");
        let again = to_wbxml(text.as_bytes(), options).unwrap();
        assert_eq!(said_by_wbxml(&again, options), said_by_wbxml(&wbxml, options), "{what}");
        let canonical = to_xml(&wbxml, options, Layout::Canonical).unwrap();
        let again = said_by_wbxml(&to_wbxml(canonical.as_bytes(), options).unwrap(), options).unwrap();
        assert_eq!(with_content(again), with_content(said_by_wbxml(&wbxml, options).unwrap()), "{what}");
        assert_eq!(to_xml(canonical.as_bytes(), options, Layout::Canonical).unwrap(), canonical, "{what}");
    }
}

/// A literal attribute `xmlns` stands instead of the declaration that the code page implies, never beside it.
#[test]
fn a_declaration_instead_of_that_of_the_page() {
    let options = known().assume(&syncml::SYNCML_1_2);
    for (namespace, child) in [
        ("syncml:metinf", "<Type xmlns=\"syncml:metinf\"><Type/></Type>"),
        ("urn:x", "<Type xmlns=\"urn:x\"><Type xmlns=\"syncml:metinf\"/></Type>"),
        ("", "<Type xmlns=\"\"><Type xmlns=\"syncml:metinf\"/></Type>"),
    ] {
        // <Meta><Type xmlns=…><Type/></Type></Meta>, all by their tokens
        let head = [&b"\x03\xA4\x01\x6A\x06xmlns\0\x5A\x00\x01\xD3\x04\x00\x03"[..], namespace.as_bytes()].concat();
        let document = [&head[..], b"\0\x01\x13\x01\x01"].concat();
        let text = to_xml(&document, options, Layout::Compact).unwrap();
        let expected = format!("<Meta xmlns=\"SYNCML:SYNCML1.2\">{child}</Meta>");
        assert!(text.ends_with(&expected), "{text}");
    }
}

/// Canonical XML 1.0, 2.1 to 2.4 and 3.
#[test]
fn the_canonical_form() {
    for (what, document, expected) in [
        (
            "declaration, comments and DOCTYPE go, instructions stay",
            "<?xml version='1.0'?>\n<?a  b?><!-- c --><!DOCTYPE d [<!ENTITY e 'f'>]>\n<d>h<!-- i --></d>\n<?j?>\n",
            "<?a b?>\n<d>h</d>\n<?j?>",
        ),
        ("empty elements", "<a><b/><c></c></a>", "<a><b></b><c></c></a>"),
        (
            "attributes in order",
            "<e5 xmlns:a='http://a' xmlns:b='http://b' xmlns='http://c' a:attr='out' b:attr='sorted' attr2='all' attr='I'/>",
            "<e5 xmlns=\"http://c\" xmlns:a=\"http://a\" xmlns:b=\"http://b\" attr=\"I\" attr2=\"all\" a:attr=\"out\" b:attr=\"sorted\"></e5>",
        ),
        (
            "declarations that are in scope already",
            "<e xmlns='u' xmlns:p='v'><f xmlns='u' xmlns:p='w'><g xmlns='' xmlns:p='w'/></f><f xmlns:p='v'/></e>",
            "<e xmlns=\"u\" xmlns:p=\"v\"><f xmlns:p=\"w\"><g xmlns=\"\"></g></f><f></f></e>",
        ),
        ("a declaration of nothing", "<e xmlns=''/>", "<e></e>"),
        (
            "what is escaped",
            "<a b='&quot;&apos;&lt;&gt;&amp;&#9;&#10;&#13;'>&quot;&apos;&lt;&gt;&amp;&#9;&#10;&#13;<![CDATA[<]]></a>",
            "<a b=\"&quot;'&lt;>&amp;&#x9;&#xA;&#xD;\">\"'&lt;&gt;&amp;\t\n&#xD;&lt;</a>",
        ),
        ("line ends", "<a>\r\n\r</a>", "<a>\n\n</a>"),
        ("beyond ASCII", "<a>&#xA9;\u{FEFF}\u{FFFC}(</a>", "<a>\u{A9}\u{FEFF}\u{FFFC}(</a>"),
    ] {
        let text = to_xml(document.as_bytes(), unknown(), Layout::Canonical).unwrap();
        assert_eq!(text, expected, "{what}");
        assert_eq!(to_xml(text.as_bytes(), unknown(), Layout::Canonical).unwrap(), expected, "{what}");
    }
}

/// A line ends only where it changes no text.
#[test]
fn the_indented_form() {
    for (what, document, expected) in [
        (
            "elements alone",
            "<a><b><c/><d></d></b><e>f</e></a>",
            "<a>\n  <b>\n    <c/>\n    <d></d>\n  </b>\n  <e>f</e>\n</a>",
        ),
        ("text behind an element", "<a><b><c/></b>d</a>", "<a><b><c/></b>d</a>"),
        ("text in one of them", "<a><b>c<d/></b><e><f/></e></a>", "<a>\n  <b>c<d/></b>\n  <e>\n    <f/>\n  </e>\n</a>"),
        ("white space is text", "<a> <b/></a>", "<a> <b/></a>"),
        ("instructions", "<?p?><a><?q?><b/></a><?r?>", "<?p?>\n<a>\n  <?q?>\n  <b/>\n</a>\n<?r?>"),
        ("an instruction beside text", "<a>b<?c?></a>", "<a>b<?c?></a>"),
        ("octets", "<a><b/><?wbxml-opaque AP8=?></a>", "<a><b/><?wbxml-opaque AP8=?></a>"),
        (
            "white space to be kept",
            "<a><b xml:space='preserve'><c/></b></a>",
            "<a>\n  <b xml:space=\"preserve\"><c/></b>\n</a>",
        ),
    ] {
        let text = to_xml(document.as_bytes(), unknown(), Layout::Indented(2)).unwrap();
        assert_eq!(text.split_once("?>\n").unwrap().1, expected, "{what}");
        assert_eq!(without_blanks(said_by_xml(&text)), without_blanks(said_by_xml(document)), "{what}");
    }
    // a document that is nothing but depth does not grow with its square
    let deep = [vec![0x45; 20_000], vec![0x01; 20_000]].concat();
    let document = [&b"\x03\x0B\x6A\x00"[..], &deep].concat();
    let options = known().limits(Limits::NONE);
    assert!(to_xml(&document, options, Layout::Indented(255)).unwrap().len() < 20_000 * 2 * 100);
}

/// 2.8 and 4: whatever the `DOCTYPE` says, it is passed over; what it declares is an error where it is referred to.
#[test]
fn doctypes_do_nothing() {
    let laughs = "<!DOCTYPE a [<!ENTITY l0 'ha'>".to_owned()
        + &(1..10).map(|n| format!("<!ENTITY l{n} '{}'>", format!("&l{};", n - 1).repeat(10))).collect::<String>()
        + "]>";
    for (what, doctype) in [
        ("nested brackets", "<!DOCTYPE a [ <!ELEMENT a (b|(c,d))*> <!ATTLIST a b CDATA ']>[['> ]>"),
        ("quotes, comments and instructions", "<!DOCTYPE a [ <!ENTITY q \"'>]\"> <!-- ]> \" --> <?p ]> ' ?> %pe; ]>"),
        ("a system identifier", "<!DOCTYPE a SYSTEM 'file:///etc/passwd' [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"),
        ("a public identifier", "<!DOCTYPE a PUBLIC \"-//x//y\" 'a>b'>"),
        ("a billion laughs", &laughs),
    ] {
        let document = format!("{doctype}<a b='c'>d</a>");
        assert_eq!(to_xml(document.as_bytes(), unknown(), Layout::Canonical).unwrap(), "<a b=\"c\">d</a>", "{what}");
    }
    for (content, at) in [("&l9;", 3), ("x&e;", 4)] {
        let document = format!("{laughs}<a>{content}</a>");
        let error = Error::new(ErrorKind::Xml(Fault::Reference), laughs.len() + at);
        assert_eq!(to_xml(document.as_bytes(), unknown(), Layout::Compact), Err(TranscodeError::Read(error)));
        let document = format!("{laughs}<a b='{content}'/>");
        assert!(to_xml(document.as_bytes(), unknown(), Layout::Compact).is_err());
    }
}

/// 2.2, 2.4, 2.5, 2.6 and 3.1: what a document may not hold.
#[test]
fn characters_and_sequences_that_are_not_allowed() {
    for (what, document, fault) in [
        ("a control character in text", "<a>b|\u{1}</a>", Fault::Character),
        ("in a CDATA section", "<a><![CDATA[|\u{1F}]]></a>", Fault::Character),
        ("in a comment", "<a><!-- |\u{B} --></a>", Fault::Character),
        ("in a value", "<a b='|\u{8}'/>", Fault::Character),
        ("in an instruction", "<a><?b |\u{C}?></a>", Fault::Character),
        ("in a DOCTYPE", "<!DOCTYPE a [ |\u{2} ]><a/>", Fault::Character),
        ("U+FFFE", "<a>\u{FEFF}b|\u{FFFE}</a>", Fault::Character),
        ("U+FFFF", "<a b='|\u{FFFF}'/>", Fault::Character),
        ("the end of a CDATA section", "<a>b|]]></a>", Fault::Character),
        ("the same behind a bracket", "<a>]|]]></a>", Fault::Character),
        ("a less-than sign in a value", "|<a b='<'/>", Fault::Attribute),
        ("two hyphens in a comment", "<a><!-- | -- --></a>", Fault::Syntax),
        ("an instruction without a target", "<a>|<? b?></a>", Fault::Syntax),
        ("a name that is none", "<a>|<b\u{D7}/></a>", Fault::Syntax),
    ] {
        let at = document.find('|').unwrap();
        let error = to_wbxml(document.replacen('|', "", 1).as_bytes(), unknown()).unwrap_err();
        let TranscodeError::Read(error) = error else { panic!("{what}: {error}") };
        assert_eq!(error.kind(), ErrorKind::Xml(fault), "{what}");
        if fault != Fault::Syntax || !what.contains("hyphens") {
            assert_eq!(error.offset(), at, "{what}");
        }
    }
    for document in ["<a>]]&gt;]>></a>", "<a b=']]>'><![CDATA[]]]]><![CDATA[>]]></a>", "<a><!-- ]]> --><?b ]]>?></a>"] {
        assert!(to_wbxml(document.as_bytes(), unknown()).is_ok(), "{document}");
    }
}

/// Any call of [`Emit`], with any strings.
#[derive(Clone, Debug)]
enum Call {
    Start(u8, u8, bool, bool),
    Named(String, bool, bool),
    Attribute(String, String),
    AttributesEnd,
    Text(String),
    Opaque(Vec<u8>),
    Token(u8, Vec<u8>),
    Pi(String, String),
    End,
}

impl Call {
    fn make(&self, out: &mut impl Emit) -> Result<(), WriteError> {
        let start = |tag, attributes, content| {
            let start = Start::new(tag);
            let start = if attributes { start.with_attributes() } else { start };
            if content { start } else { start.without_content() }
        };
        match self {
            Self::Start(page, code, attributes, content) => {
                out.token(&Event::Start(start(Tag::new(*page, 5 + code % 59), *attributes, *content)))
            }
            Self::Named(name, attributes, content) => out.start_named(name, start(Tag::LITERAL, *attributes, *content)),
            Self::Attribute(name, value) => out.attribute(name, value),
            Self::AttributesEnd => out.attributes_end(),
            Self::Text(text) => out.text(text),
            Self::Opaque(octets) => out.opaque(octets),
            Self::Token(kind, octets) => out.token(&match kind % 7 {
                0 => Event::Opaque(octets),
                1 => Event::ExtI(kind % 3, octets),
                2 => Event::ExtT(kind % 3, u32::from(*kind)),
                3 => Event::Ext(kind % 3),
                4 => Event::AttributeValue(wbxml::AttrValue::new(kind % 3, 0x85 + kind % 58)),
                5 => Event::Pi,
                _ => Event::AttributeStart(wbxml::AttributeStart::new(AttrStart::new(kind % 3, 5 + kind % 59))),
            }),
            Self::Pi(target, data) => out.pi(target, data),
            Self::End => out.end(),
        }
    }
}

fn strings() -> impl Strategy<Value = String> {
    const PIECES: [&str; 31] = [
        "<",
        ">",
        "&",
        "\"",
        "'",
        "]]>",
        "--",
        "?",
        "?>",
        ">",
        " ",
        "\t",
        "\n",
        "\r",
        "\0",
        "\u{1}",
        "\u{FFFC}",
        "(",
        "(mark)",
        ")",
        "\u{FFFE}",
        "\u{FEFF}",
        "\u{FFFD}",
        "\u{E9}",
        "\u{1F400}",
        "a",
        "b",
        ":",
        "-",
        "1",
        "\u{D7}",
    ];
    const WORDS: [&str; 13] = [
        "",
        "a",
        "xmlns",
        "xmlns:p",
        "p:a",
        "xml:space",
        "preserve",
        "name",
        "Type",
        "urn:x",
        "syncml:metinf",
        "xml",
        "token-00-05",
    ];
    prop_oneof![
        2 => prop::sample::select(&WORDS[..]).prop_map(str::to_owned),
        2 => prop::collection::vec(prop::sample::select(&PIECES[..]), 0..5).prop_map(|pieces| pieces.concat()),
        1 => prop::collection::vec(any::<char>(), 0..4).prop_map(String::from_iter),
    ]
    .boxed()
}

fn calls() -> impl Strategy<Value = Vec<Call>> {
    let octets = || prop::collection::vec(any::<u8>(), 0..4);
    let call = prop_oneof![
        4 => (0_u8..3, any::<u8>(), any::<bool>(), any::<bool>()).prop_map(|(p, c, a, b)| Call::Start(p, c, a, b)),
        3 => (strings(), any::<bool>(), any::<bool>()).prop_map(|(name, a, b)| Call::Named(name, a, b)),
        6 => (strings(), strings()).prop_map(|(name, value)| Call::Attribute(name, value)),
        4 => Just(Call::AttributesEnd),
        3 => strings().prop_map(Call::Text),
        1 => octets().prop_map(Call::Opaque),
        3 => (any::<u8>(), octets()).prop_map(|(kind, octets)| Call::Token(kind, octets)),
        2 => (strings(), strings()).prop_map(|(target, data)| Call::Pi(target, data)),
        3 => Just(Call::End),
    ];
    prop::collection::vec(call, 0..24)
}

/// The XML that comes of `calls`, with all that is open closed; `None` where a call fails behind its beginning.
fn written(
    calls: &[Call],
    vocabulary: &'static Vocabulary<'static>,
    layout: Layout,
    is_document: bool,
    drop: bool,
) -> Option<String> {
    let mut octets = Vec::new();
    let writer = if is_document {
        xml::Writer::document(&mut octets, vocabulary)
    } else {
        xml::Writer::new(&mut octets, vocabulary)
    };
    let characters = if drop { Characters::Drop } else { Characters::Replace };
    let mut writer = writer.layout(layout).characters(characters).duplicates(Duplicates::KeepFirst);
    for call in calls {
        match call.make(&mut writer) {
            Ok(()) | Err(WriteError::Misplaced | WriteError::UnknownName | WriteError::OpaqueInXml) => {}
            // `?` and `>` in two pieces of an instruction
            Err(WriteError::PiData) if !matches!(call, Call::Pi(_, data) if data.contains("?>")) => return None,
            Err(WriteError::PiData) => {}
            Err(error) => panic!("{error}"),
        }
    }
    if writer.attributes_end() == Err(WriteError::Misplaced) && writer.attribute("a", "").is_ok() {
        writer.attributes_end().unwrap();
    }
    while writer.end().is_ok() {}
    Some(String::from_utf8(octets).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2048, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is written is well-formed, in every layout, by every vocabulary.
    #[test]
    fn never_ill_formed(calls in calls(), drop in any::<bool>(), is_document in any::<bool>()) {
        for vocabulary in [&Vocabulary::EMPTY, &prov::PROV_1_0, &syncml::SYNCML_1_2] {
            for layout in LAYOUTS {
                let Some(text) = written(&calls, vocabulary, layout, is_document, drop) else { continue };
                if !is_document {
                    said_by_xml(&format!("<r>{text}</r>"));
                } else if !text.is_empty() {
                    let root = if text.contains("</") || text.contains("/>") { "" } else { "<r/>" };
                    let text = text + root;
                    said_by_xml(&text);
                    // and it is read, by the same number of elements
                    let mut reader = xml::Reader::new(text.as_bytes(), Options::new().assume(vocabulary)).unwrap();
                    while reader.next_event().unwrap_or_else(|error| panic!("{error}: {text}")) != Event::Eof {}
                }
            }
        }
    }

    /// Any WBXML that decodes, well-formed XML by every layout and policy, and the same again where nothing is replaced.
    #[test]
    fn arbitrary_wbxml(header in support::generate::header(), body in support::generate::body(), by_prov in any::<bool>()) {
        any_wbxml(&[&header[..], &body].concat(), by_prov);
    }

    /// The same, of documents that mostly decode.
    #[test]
    fn changed_fixtures(document in support::generate::mutated_fixture(), by_prov in any::<bool>()) {
        any_wbxml(&document, by_prov);
    }
}

fn any_wbxml(document: &[u8], by_prov: bool) {
    if wbxml::is_xml(document) {
        return;
    }
    let assumed = if by_prov { &prov::PROV_1_0 } else { &Vocabulary::EMPTY };
    let options = known().assume(assumed);
    let Ok(mut reader) = AnyReader::new(document, options) else { return };
    let vocabulary = reader.vocabulary();
    let mut has_element = false;
    loop {
        match reader.next_event() {
            Ok(Event::Eof) => break,
            Ok(event) => has_element |= matches!(event, Event::Start(_)),
            Err(_) => return,
        }
    }
    if !has_element {
        // version 1.0 allows that, and there is nothing to write
        return;
    }
    for layout in LAYOUTS {
        for (characters, duplicates) in [
            (Characters::Error, Duplicates::Error),
            (Characters::Replace, Duplicates::KeepFirst),
            (Characters::Drop, Duplicates::KeepFirst),
        ] {
            let mut out = Vec::new();
            let mut reader = AnyReader::new(document, options).unwrap();
            let writer = xml::Writer::document(&mut out, vocabulary);
            let mut writer = writer.layout(layout).characters(characters).duplicates(duplicates);
            match transcode(&mut reader, &mut writer) {
                Ok(()) => {
                    let text = String::from_utf8(out).unwrap();
                    let said = said_by_xml(&text);
                    assert!(!said.is_empty());
                    if characters == Characters::Error && !matches!(layout, Layout::Indented(_)) {
                        let options = options.assume(vocabulary);
                        let again =
                            to_wbxml(text.as_bytes(), options).unwrap_or_else(|error| panic!("{error}: {text}"));
                        let again = to_xml(&again, options, layout).unwrap();
                        assert_eq!(said_by_xml(&again), said);
                    }
                }
                // a text in a charset that is not decoded, a name that is no text, and what no policy covers
                Err(TranscodeError::Read(error)) => assert!(
                    matches!(error.kind(), ErrorKind::UnsupportedCharset(_) | ErrorKind::InvalidText),
                    "{error}"
                ),
                Err(TranscodeError::Write(WriteError::PiData | WriteError::UnknownName | WriteError::Misplaced, _)) => {
                }
                Err(error) => assert_eq!(characters, Characters::Error, "{error}"),
            }
        }
    }
}
