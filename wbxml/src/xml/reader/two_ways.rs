//! A document says the same whether it is read by the parser alone, or without it where that can be.

use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use proptest::prelude::*;

use super::Reader;
use crate::cursor::Cursor;
use crate::vocabulary::ALL;
use crate::writer::Writer;
use crate::{AnyReader, ErrorKind, Event, Limit, Limits, Options, TranscodeError, WriteError, transcode};

/// What a document says, or the content of an element, event by event, with what is wrong with it; then what becomes of it in
/// WBXML.
fn said(document: &[u8], is_content: bool, limits: Limits, by_parser: bool) -> (Vec<String>, String) {
    let options = Options::new().vocabularies(&ALL).limits(limits);
    let opened = if is_content { Reader::content(document, options) } else { Reader::new(document, options) };
    let mut reader = match opened {
        Ok(reader) => Reader { by_parser, ..reader },
        Err(error) => return (Vec::new(), format!("{error:?}")),
    };
    let mut octets = Vec::new();
    let mut writer = Writer::new(&mut octets, reader.vocabulary()).unwrap();
    let written = transcode(&mut AnyReader::Xml(reader.clone()), &mut writer);
    let mut events = Vec::new();
    loop {
        let event = reader.next_event();
        events.push(format!("{event:?} {:?} {}", reader.span(), Cursor::depth(&reader)));
        if matches!(event, Ok(Event::Eof) | Err(_)) {
            // of what is wrong, nothing has to be written by then
            let octets = if written.is_ok() { octets } else { Vec::new() };
            return (events, format!("{written:?} {octets:?}"));
        }
    }
}

fn check(document: &[u8]) {
    check_within(document, Limits::DEFAULT);
}

fn check_within(document: &[u8], limits: Limits) {
    for is_content in [false, true] {
        let [plain, parsed] = [false, true].map(|by_parser| said(document, is_content, limits, by_parser));
        assert_eq!(plain, parsed, "{limits:?} {}", String::from_utf8_lossy(document));
    }
}

const PIECES: &[&str] = &[
    "<SyncML xmlns='SYNCML:SYNCML1.2'>",
    "<SyncML>",
    "</SyncML>",
    "<Item>",
    "</Item>",
    "<Meta>",
    "</Meta>",
    "</Meta >",
    "<Type xmlns='syncml:metinf'>",
    "</Type>",
    "<Type xmlns=\"syncml:metinf\"/>",
    "<Data/>",
    "<Data />",
    "<Data>",
    "</Data>",
    "<parm name='NAME' value=\"a>b\"/>",
    "<parm name='A' name='B'/>",
    "<parm name='A&lt;' value='\u{E9}'/>",
    "<parm\n a='b' >",
    "</parm>",
    "<x:Data xmlns:x='y'>",
    "<!-- - -->",
    "<![CDATA[ <a> ]]>",
    "<?pi data?>",
    "&amp;",
    "&#x41;",
    "&#13;",
    "&#0;",
    "&#x110000;",
    "&#;",
    "&other;",
    "&;",
    "&a.b;",
    "&",
    "<",
    ">",
    "/",
    "'",
    "\"",
    "text",
    " ",
    "\n  ",
    "\r\n",
    "]]>",
    "\u{FEFF}",
    "\u{E9}t\u{E9}",
    "\u{1}",
    "=",
    "a text that is longer than eight octets",
    "a text that is longer than sixty-four octets, as many as are looked at one by one",
    "$",
];

proptest! {
    /// What is found without the parser is what the parser finds.
    #[test]
    fn two_ways_of_reading(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..24), root in any::<bool>(), cut in 0..200_usize) {
        let mut document = pieces.concat().into_bytes();
        if root {
            document = [b"<SyncML xmlns='SYNCML:SYNCML1.2'><Item>", &document[..], b"</Item></SyncML>"].concat();
        }
        check(&document);
        check(document.get(..cut).unwrap_or_default());
        check_within(&document, Limits { depth: 3, attributes: 1, ..Limits::DEFAULT });
    }
}

/// Limits hold where a document is written as it is read, too.
#[test]
fn limits() {
    let texts = "<SyncML><Item><Data>x</Data></Item></SyncML>";
    let parm = "<wap-provisioningdoc><parm name='NAME' value='x'/></wap-provisioningdoc>";
    for (document, depth, attributes, expected) in [
        (texts, 3, 0, None),
        (texts, 2, 0, Some((Limit::Depth, "<Data"))),
        (texts, 1, 0, Some((Limit::Depth, "<Item"))),
        (texts, 0, 0, Some((Limit::Depth, "<SyncML"))),
        (parm, 1, 2, None),
        (parm, 1, 1, Some((Limit::Attributes, "<parm"))),
        (parm, 1, 0, Some((Limit::Attributes, "<parm"))),
    ] {
        let limits = Limits { depth, attributes, ..Limits::DEFAULT };
        check_within(document.as_bytes(), limits);
        let mut reader = AnyReader::new(document.as_bytes(), Options::new().vocabularies(&ALL).limits(limits)).unwrap();
        let mut writer = Writer::new(Vec::new(), reader.vocabulary()).unwrap();
        let fault = expected.map(|(limit, tag)| ErrorKind::Limit(limit).at(document.find(tag).unwrap()));
        assert_eq!(transcode(&mut reader, &mut writer).err(), fault.map(TranscodeError::Read), "{document} {limits:?}");
    }
}

/// What stands behind a text with references in it, and what else may stand in it.
#[test]
fn texts_with_references() {
    let long = "$".repeat(300);
    for text in ["a&amp;b", "&lt;", "&#13;\n", "a&#x10FFFF;&apos;", &format!("{long}&gt;{long}")] {
        for other in [
            "",
            "&#0;",
            "&other;",
            "&",
            "&amp",
            "&123456789;",
            "<!---->",
            "<?pi?>",
            "<![CDATA[&]]>",
            ">",
            "\r",
            "\u{E9}",
        ] {
            for end in ["</Data>", "</Data >", "<Data/></Data>", "</Item>", "<", ""] {
                for content in [format!("{text}{other}"), format!("{other}{text}"), format!("{text}{other}{text}")] {
                    check(format!("<SyncML><Item><Data>{content}{end}</Item></SyncML>").as_bytes());
                }
            }
        }
    }
}

#[test]
fn documents_in_two_ways() {
    for document in [
        &include_bytes!("../../../tests/data/dm-session.xml")[..],
        include_bytes!("../../../tests/data/dm-session-tree.xml"),
        include_bytes!("../../../tests/data/ddf-tree.xml"),
        include_bytes!("../../../tests/data/prov-accounts.xml"),
    ] {
        check(document);
        for at in (0..document.len()).step_by(3) {
            check(&document[..at]);
            let mut other = document.to_vec();
            other[at] = b"<>&\"' /=\xC3\0]x"[at % 12];
            check(&other);
        }
    }
}

/// Where a sink is full is told by what of the document it has no room for: a text with references as a whole, and an element
/// that holds a text that stands as it is.
#[test]
fn a_full_sink() {
    // each with its octets in WBXML
    let parts = [
        ("<SyncML>", 1),
        ("<Data>", 1),
        ("a&amp;b&#x20AC;", 8),
        ("</Data>", 1),
        ("<Data>", 1),
        ("&lt;", 3),
        ("</Data>", 1),
        ("\n", 3),
        ("<Data>cd</Data>", 6),
        ("</SyncML>", 1),
    ];
    let document = parts.map(|(part, _)| part).concat();
    let options = Options::new().vocabularies(&ALL);
    let reader = AnyReader::new(document.as_bytes(), options).unwrap();
    let mut room = Writer::new(Vec::new(), reader.vocabulary()).unwrap().into_sink().len();
    let written = |room: usize| {
        let mut octets = vec![0; room];
        transcode(&mut reader.clone(), &mut Writer::new(&mut octets[..], reader.vocabulary()).unwrap())
    };
    let mut at = 0;
    for (part, octets) in parts {
        for _ in 0..octets {
            assert_eq!(written(room), Err(TranscodeError::Write(WriteError::Full, at)), "{part}");
            room += 1;
        }
        at += part.len();
    }
    assert_eq!(written(room), Ok(()));
}
