//! Strict and lenient reading, side by side: for each liberty that documents take with WAP-192, what either makes of it.
//! `docs/conformance.md` has the same rows, with the clauses and reasons.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests: to stop is how they fail"
)]

#[expect(dead_code, reason = "its tokens are used here, its decoder is not")]
mod naive;
mod support;

use core::ops::ControlFlow;
use naive::{Seen, Token};
use proptest::prelude::*;
use std::sync::Mutex;
use support::generate;
use wbxml::{
    AnyReader, Attribute, Charset, Cursor, Data, Diagnostic, DiagnosticKind, Error, ErrorKind, Event, Limit, Limits,
    Options, Place, PublicId, Reader, Report, Start, Writer,
};

/// Version 1.3, unknown public identifier, UTF-8, no string table.
const HEAD: &str = "03 01 6A 00";

/// Keeps everything, in order and as often as it comes.
#[derive(Debug, Default)]
struct Record(Mutex<Vec<Diagnostic>>);

impl Report for Record {
    fn forgiven(&self, diagnostic: Diagnostic) {
        self.0.lock().unwrap().push(diagnostic);
    }
}

impl Record {
    fn take(&self) -> Vec<Diagnostic> {
        core::mem::take(&mut self.0.lock().unwrap())
    }
}

/// What the two ways of reading make of a document.
#[derive(Clone, Copy, Debug)]
enum Verdict {
    /// Both read it, and there is nothing to report.
    Read,
    /// Both read it, and the lenient one reports these, one at each mark.
    Noted(&'static [DiagnosticKind]),
    /// Strict reading stops at the first mark, lenient reading reports these, one at each mark.
    Forgiven(ErrorKind, &'static [DiagnosticKind]),
    /// Neither reads on from the mark.
    Refused(ErrorKind),
}

use Verdict::{Forgiven, Noted, Read, Refused};

const fn unexpected(token: u8, place: Place) -> ErrorKind {
    ErrorKind::UnexpectedToken { token, place }
}

/// The octets of hexadecimal text, and the offsets of the marks, `>`, in it.
fn marked(hex: &str) -> (Vec<u8>, Vec<usize>) {
    let mut parts = hex.split('>');
    let mut document = support::octets(parts.next().unwrap());
    let mut marks = Vec::new();
    for part in parts {
        marks.push(document.len());
        document.extend(support::octets(part));
    }
    (document, marks)
}

type Reading = (Vec<Seen>, Result<(), Error>);

/// All events of a reader, and where it says that the document ends.
fn pulled(reader: Result<Reader<'_>, Error>) -> (Reading, usize) {
    let mut seen = Vec::new();
    let mut end_of_document = 0;
    let read = || {
        let mut reader = reader?;
        loop {
            match reader.next_event()? {
                Event::Eof => {
                    assert_eq!(reader.next_event()?, Event::Eof);
                    end_of_document = reader.offset();
                    return Ok(());
                }
                event => seen.push(Seen { token: Token::from(&event), span: reader.span(), depth: reader.depth() }),
            }
        }
    };
    let end = read();
    ((seen, end), end_of_document)
}

fn pushed(reader: Result<Reader<'_>, Error>) -> (Vec<Token>, Result<(), Error>) {
    let mut tokens = Vec::new();
    let end = reader.and_then(|reader| {
        reader.drive(|event| {
            tokens.push(Token::from(&event));
            ControlFlow::Continue(())
        })
    });
    (tokens, end)
}

/// Suspends the reader before every event.
fn paused(document: &[u8], options: Options<'_>) -> Reading {
    let mut state = match Reader::new(document, options) {
        Ok(reader) => reader.suspend().0,
        Err(error) => return (Vec::new(), Err(error)),
    };
    let mut seen = Vec::new();
    loop {
        let buffer = [&document[..state.head_len()], &document[state.offset()..]].concat();
        let mut reader = Reader::resume(&buffer, state, options).unwrap();
        match reader.next_event() {
            Ok(Event::Eof) => return (seen, Ok(())),
            Err(error) => return (seen, Err(error)),
            Ok(event) => seen.push(Seen { token: Token::from(&event), span: reader.span(), depth: reader.depth() }),
        }
        state = reader.suspend().0;
    }
}

/// The octets that the events give when they are written again.
fn rewritten(document: &[u8], options: Options<'_>) -> Vec<u8> {
    let mut reader = Reader::new(document, options).unwrap();
    let mut room = vec![0; document.len()];
    let mut writer = Writer::with_header(&mut room[..], reader.header()).unwrap();
    while let Ok(event) = reader.next_event() {
        if event == Event::Eof {
            break;
        }
        writer.event_of_len(&event, reader.span().len()).unwrap();
    }
    let left = writer.into_sink().len();
    room.truncate(room.len() - left);
    room
}

/// How a document ends in either way, what lenient reading reports, and where it says that the document ends.
struct Sides {
    strict: Result<(), Error>,
    lenient: Result<(), Error>,
    diagnostics: Vec<Diagnostic>,
    end: usize,
}

/// Asserts what holds for every document, whatever it is: every way to read leniently gives the same and reports the same,
/// each thing once; what strict reading accepts is read the same; and the events give the octets again, but for entities
/// that are no characters.
fn side_by_side(name: &str, document: &[u8], options: Options<'_>) -> Sides {
    let record = Record::default();
    let lenient = options.lenient(&record);
    let ((strict_seen, strict_end), _) = pulled(Reader::new(document, options));
    let ((seen, end), end_of_document) = pulled(Reader::new(document, lenient));
    let diagnostics = record.take();
    let what = || format!("{name}: {document:02X?}");

    // lenient reading gets as far as strict reading, and on the same way
    assert_eq!(seen[..strict_seen.len()], strict_seen, "{}", what());
    match (strict_end, end) {
        (Ok(()), _) => assert_eq!((seen.len(), end), (strict_seen.len(), Ok(())), "{}", what()),
        (Err(strict), Err(lenient)) if diagnostics.iter().all(|diagnostic| is_a_note(diagnostic.kind())) => {
            assert_eq!((seen.len(), lenient.offset()), (strict_seen.len(), strict.offset()), "{}", what());
            // an OPAQUE that may not stand there is refused by its octet, and forgiven when it is whole
            let is_opaque = matches!(strict.kind(), ErrorKind::UnexpectedToken { token: 0xC3, .. });
            assert!(is_opaque || strict == lenient, "{}: {strict}, {lenient}", what());
        }
        (Err(_), end) => {
            let pardons = diagnostics.iter().filter(|diagnostic| !is_a_note(diagnostic.kind())).count();
            assert!(pardons > 0, "{}: {end:?}", what());
        }
    }
    assert!(diagnostics.is_sorted_by_key(Diagnostic::offset), "{}: {diagnostics:?}", what());
    assert!(diagnostics.iter().all(|diagnostic| diagnostic.offset() <= document.len()), "{}", what());

    let (tokens, driven_end) = pushed(Reader::new(document, lenient));
    assert!(tokens.iter().eq(seen.iter().map(|seen| &seen.token)), "{}", what());
    assert_eq!((driven_end, record.take()), (end, diagnostics.clone()), "{}", what());

    assert_eq!(paused(document, lenient), (seen.clone(), end), "{}", what());
    assert_eq!(record.take(), diagnostics, "{}", what());

    let ((nested, nested_end), _) = pulled(Reader::nested(document, lenient, 1000, 0));
    assert_eq!(nested.len(), seen.len(), "{}", what());
    assert_eq!(nested_end, end.map_err(|error| Error::new(error.kind(), error.offset() + 1000)), "{}", what());
    let moved: Vec<_> = diagnostics.iter().map(|it| Diagnostic::new(it.kind(), it.offset() + 1000)).collect();
    assert_eq!(record.take(), moved, "{}", what());

    if let Some(last) = seen.last() {
        if !diagnostics.iter().any(|diagnostic| matches!(diagnostic.kind(), DiagnosticKind::Entity(_))) {
            assert_eq!(rewritten(document, lenient), document[..last.span.end], "{}", what());
            record.take();
        }
    }
    Sides { strict: strict_end, lenient: end, diagnostics, end: end_of_document }
}

/// Whether strict reading takes it as it comes.
const fn is_a_note(kind: DiagnosticKind) -> bool {
    matches!(
        kind,
        DiagnosticKind::MinorVersion(_) | DiagnosticKind::PublicIdIndex(_) | DiagnosticKind::UnterminatedTable
    )
}

fn judge_with(options: Options<'_>, rows: &[(&str, &str, Verdict)]) {
    for &(what, hex, verdict) in rows {
        let (document, marks) = marked(hex);
        let Sides { strict, lenient, diagnostics, end } = side_by_side(what, &document, options);
        let at_mark = |kind| Err(Error::new(kind, marks[0]));
        let (expected_strict, expected_lenient, kinds) = match verdict {
            Read => (Ok(()), Ok(()), &[][..]),
            Noted(kinds) => (Ok(()), Ok(()), kinds),
            Forgiven(kind, kinds) => (at_mark(kind), Ok(()), kinds),
            Refused(kind) => (at_mark(kind), at_mark(kind), &[][..]),
        };
        assert_eq!(strict, expected_strict, "{what}, strict");
        assert_eq!(lenient, expected_lenient, "{what}, lenient");
        let told: Vec<_> = diagnostics.iter().map(|diagnostic| (diagnostic.kind(), diagnostic.offset())).collect();
        let expected: Vec<_> = kinds.iter().copied().zip(marks.iter().copied()).collect();
        assert_eq!(told, expected, "{what}");
        if lenient.is_ok() {
            let is_cut = kinds.contains(&DiagnosticKind::TrailingData);
            assert_eq!(end, if is_cut { *marks.last().unwrap() } else { document.len() }, "{what}");
        }
    }
}

fn judge(rows: &[(&str, &str, Verdict)]) {
    judge_with(Options::new(), rows);
}

/// All attributes of the root, by name and value.
fn attributes_of_root(document: &[u8], options: Options<'_>) -> Result<Vec<(String, String)>, Error> {
    let mut reader = Reader::new(document, options)?;
    let root = reader.root()?;
    let mut attributes = Vec::new();
    while let Some(Attribute { name, value, .. }) = reader.next_attribute(root)? {
        attributes.push((name.to_owned(), value.to_string()));
    }
    Ok(attributes)
}

// the areas of the format where the text, or an encoder, leaves something open, in the order of docs/conformance.md

/// 5.1 gives the length no lower bound.
#[test]
fn overlong_integers() {
    judge(&[
        ("in the header", "03 80 80 01 80 6A 80 00 05", Read),
        ("of five octets", "03 01 6A 02 78 00 45 83 80 80 80 80 00 01", Read),
        ("of six octets", "03 01 6A 02 78 00 45 > 83 80 80 80 80 80 00 01", Refused(ErrorKind::MbUInt32Overflow)),
    ]);
}

/// 5.1: 32 bits.
#[test]
fn integers_above_32_bits() {
    judge(&[
        ("in the body", "03 01 6A 00 45 > C3 90 80 80 80 0B 01", Refused(ErrorKind::MbUInt32Overflow)),
        ("in the header", "03 > 90 80 80 80 01 6A 00 05", Refused(ErrorKind::MbUInt32Overflow)),
    ]);
}

/// 5.4: minor versions are compatible, major ones are not.
#[test]
fn versions_above_1_3() {
    judge(&[
        ("minor", "> 04 01 6A 00 05", Noted(&[DiagnosticKind::MinorVersion(0x04)])),
        ("highest minor", "> 0F 01 6A 00 05", Noted(&[DiagnosticKind::MinorVersion(0x0F)])),
        ("major", "> 10 01 6A 00 05", Refused(ErrorKind::UnsupportedVersion(0x10))),
    ]);
}

/// WBXML 1.0, 5.3: the header has no charset, whatever the octets look like. Only who asks for it reads one.
#[test]
fn charset_in_version_1_0() {
    let twin = "05 6A 00 45 C6 0B 03 61 00 01 03 62 00 01 01";
    let (of_1_0, of_1_1) = (format!("00 {twin}"), format!("01 {twin}"));
    // read as 1.0, 6A is the length of a string table that is not there
    let eof = Refused(ErrorKind::UnexpectedEof);
    judge(&[("never guessed", &of_1_0.replace("05 6A", "05 > 6A"), eof), ("the twin", &of_1_1, Read)]);
    let asked = Options::new().charset_in_version_1_0();
    judge_with(asked, &[("asked for", &of_1_0, Read), ("nothing to ask for", &of_1_1, Read)]);

    // the grammar of the body is that of 1.1 then: one root, OPAQUE in content only
    let opaque = unexpected(0xC3, Place::Attributes);
    judge_with(
        asked,
        &[
            ("OPAQUE in content", "00 05 6A 00 45 C3 01 20 01", Read),
            (
                "OPAQUE in a value",
                "00 05 6A 00 85 0A > C3 01 20 01",
                Forgiven(opaque, &[DiagnosticKind::Opaque(Place::Attributes)]),
            ),
            ("two roots", "00 05 6A 00 05 > 05", Forgiven(ErrorKind::TrailingData, &[DiagnosticKind::TrailingData])),
        ],
    );
    // also where octets are read again: a value in pieces, elements as data
    let table = support::octets("00 05 6A 02 78 00 C5 0B 03 61 00 83 00 01 46 83 00 83 00 01 01");
    assert_eq!(attributes_of_root(&table, asked), Ok(vec![(String::new(), "ax".to_owned())]));
    let mut reader = Reader::new(&table, asked).unwrap();
    assert_eq!(reader.header().charset, Charset::UTF_8);
    let root = reader.root().unwrap();
    let Data::Markup(markup) = reader.data(root).unwrap() else { panic!() };
    let mut inner = markup.reader(Limits::DEFAULT).unwrap();
    let child = inner.next_child(Start::CONTENT).unwrap().unwrap();
    assert_eq!(inner.text(child).unwrap(), "xx");
}

/// WBXML 1.0, 5.3: `body = 1*content`. From 1.1 on there is one element.
#[test]
fn several_roots() {
    let trailing = Forgiven(ErrorKind::TrailingData, &[DiagnosticKind::TrailingData]);
    judge(&[
        ("two in version 1.0", "00 01 00 05 05", Read),
        ("text around them in version 1.0", "00 01 00 03 61 00 05 03 62 00 05", Read),
        ("two in version 1.1", "01 01 6A 00 05 > 05", trailing),
        ("two in version 1.3", "03 01 6A 00 45 01 > 45 01", trailing),
    ]);
    // typed code has asked for one root
    let record = Record::default();
    let document = support::octets("00 01 00 05 06");
    for (options, expected) in
        [(Options::new(), Err(Error::new(ErrorKind::TrailingData, 4))), (Options::new().lenient(&record), Ok(()))]
    {
        let mut reader = Reader::new(&document, options).unwrap();
        let root = reader.root().unwrap();
        reader.skip(root).unwrap();
        assert_eq!(reader.finish(), expected);
    }
    assert_eq!(record.take(), [Diagnostic::new(DiagnosticKind::TrailingData, 4)]);
}

/// 5.5: the index of a formal public identifier, in a table that comes later.
#[test]
fn public_identifiers() {
    judge(&[
        ("unknown or missing", "03 01 6A 00 05", Read),
        ("in the table", "03 00 00 6A 03 2D 2F 00 05", Read),
        ("in no table", "03 00 > 00 6A 00 05", Noted(&[DiagnosticKind::PublicIdIndex(0)])),
        (
            "behind the table, overlong",
            "03 80 00 > 81 00 6A 02 61 00 05",
            Noted(&[DiagnosticKind::PublicIdIndex(0x80)]),
        ),
    ]);
}

/// 5.6: 0 is "unknown", and any MIBenum may stand there; what its octets mean is asked later, where text is.
#[test]
fn charsets() {
    judge(&[
        ("unknown", "03 01 00 00 45 03 61 00 01", Read),
        ("in no register", "03 01 83 FF 7F 00 45 03 61 00 01", Read),
        ("no MIBenum", "03 01 > 84 80 00 00 05", Refused(ErrorKind::UnsupportedCharset(0x1_0000))),
        ("UTF-16 with a terminator of two octets", "03 01 87 77 00 45 03 00 61 61 00 00 00 01", Read),
    ]);
}

/// 5.7: the end of the table ends its last string.
#[test]
fn string_table_without_its_last_terminator() {
    let open = Noted(&[DiagnosticKind::UnterminatedTable]);
    judge(&[
        ("none", "03 01 6A 01 61 > 45 83 00 01", open),
        ("half a terminator in UTF-16BE", "03 01 87 75 03 00 61 00 > 05", open),
        ("a zero octet that is part of a character", "03 01 87 75 02 61 00 > 05", open),
        ("one in UTF-16BE", "03 01 87 75 04 00 61 00 00 05", Read),
        ("one", "03 01 6A 02 61 00 05", Read),
        ("an empty table", "03 01 6A 00 05", Read),
    ]);
}

/// 5.7: an index counts octets.
#[test]
fn references_into_the_middle_of_a_string() {
    judge(&[
        ("into the middle", "03 01 6A 03 61 62 00 45 83 01 01", Read),
        ("to the terminator", "03 01 6A 03 61 62 00 45 83 02 01", Read),
        ("to the end", "03 01 6A 03 61 62 00 45 > 83 03 01", Refused(ErrorKind::StringTableIndex(3))),
    ]);
}

/// 5.8.4.5: a literal name is in the table. The encoder of some phones writes `xmlns` without one, or with a table that has
/// the public identifier there and nothing else.
#[test]
fn literal_attribute_without_a_name() {
    let outside = ErrorKind::StringTableIndex(0);
    let xmlns = &[DiagnosticKind::Xmlns(0)];
    let by_id = "03 00 00 6A 06 2D 2F 2F 61 62 00 85 > 04 00 03 78 00 01";
    judge(&[
        ("in an empty table", "03 01 6A 00 85 > 04 00 03 78 00 01", Forgiven(outside, xmlns)),
        ("twice", "03 01 6A 00 C5 > 04 00 01 86 > 04 00 01 01", Forgiven(outside, &[DiagnosticKind::Xmlns(0); 2])),
        ("at index 1", "03 01 6A 00 85 > 04 01 01", Refused(ErrorKind::StringTableIndex(1))),
        ("outside a table", "03 01 6A 02 61 00 85 > 04 02 01", Refused(ErrorKind::StringTableIndex(2))),
        ("as an element", "03 01 6A 00 > 04 00", Refused(outside)),
        ("as text", "03 01 6A 00 45 > 83 00 01", Refused(outside)),
        ("as the target of a processing instruction", "03 01 6A 00 43 > 04 00 01 05", Refused(outside)),
        // a name that XML would not have; that is for who writes XML to say
        ("the public identifier", by_id, Noted(xmlns)),
        ("a name that the public identifier happens to point to", "03 00 00 6A 02 61 00 85 04 00 01", Read),
    ]);
    for (hex, strict) in [
        ("03 01 6A 00 85 04 00 03 78 00 01", Err(Error::new(outside, 5))),
        (by_id, Ok(vec![("-//ab".to_owned(), "x".to_owned())])),
    ] {
        let document = marked(hex).0;
        assert_eq!(attributes_of_root(&document, Options::new()), strict);
        let lenient = attributes_of_root(&document, Options::new().lenient(&()));
        assert_eq!(lenient, Ok(vec![("xmlns".to_owned(), "x".to_owned())]));
        let mut reader = Reader::new(&document, Options::new().lenient(&())).unwrap();
        reader.next_event().unwrap();
        let Event::AttributeStart(start) = reader.next_event().unwrap() else { panic!() };
        assert_eq!(reader.attribute_name(start).unwrap().unwrap(), "xmlns");
    }
}

/// 5.3: `LITERAL` in an attribute list is a name, never a value: two attributes, the first one empty.
#[test]
fn literal_as_a_value() {
    let hex = "03 01 6A 04 61 00 62 00 85 04 00 04 02 01";
    judge(&[("two literals", hex, Read)]);
    let attributes = attributes_of_root(&marked(hex).0, Options::new().lenient(&())).unwrap();
    assert_eq!(attributes, [("a".to_owned(), String::new()), ("b".to_owned(), String::new())]);
}

/// 5.8.4.5 asks for no more than a string: that a name is one in XML, the writer of XML looks to.
#[test]
fn literal_names_that_xml_does_not_have() {
    judge(&[("blanks", "03 01 6A 02 20 00 44 00 01", Read), ("an empty name", "03 01 6A 01 00 04 00", Read)]);
}

/// 5.8.4.7.2: the code pages are states of the reader, unambiguous wherever they change.
#[test]
fn switch_page_in_odd_places() {
    judge(&[
        ("before END", "03 01 6A 00 45 00 01 01", Read),
        ("before a string", "03 01 6A 00 45 00 01 03 61 00 01", Read),
        ("before END of a list", "03 01 6A 00 85 05 00 01 01", Read),
        ("repeated, in content", "03 01 6A 00 45 00 01 00 00 05 01", Read),
        ("repeated, before an attribute", "03 01 6A 00 85 00 01 00 00 05 01", Read),
        ("between two pieces of a value", "03 01 6A 00 85 05 85 00 01 85 01", Read),
        ("behind the root", "03 01 6A 00 05 00 01", Read),
    ]);
}

/// 5.8.1: tags and attributes have each a page, which nothing resets.
#[test]
fn code_pages() {
    let document = support::octets("03 01 6A 00 C5 00 02 05 01 00 03 86 06 01 07 01");
    judge(&[("two pages", "03 01 6A 00 C5 00 02 05 01 00 03 86 06 01 07 01", Read)]);
    let ((seen, _), _) = pulled(Reader::new(&document, Options::new().lenient(&())));
    let pages: Vec<_> = seen
        .iter()
        .filter_map(|seen| match seen.token {
            Token::Start { page, .. } => Some(("tag", page)),
            Token::AttributeStart { page, .. } => Some(("attribute", page)),
            _ => None,
        })
        .collect();
    assert_eq!(pages, [("tag", 0), ("attribute", 2), ("tag", 3), ("attribute", 2), ("tag", 3)]);
}

/// Tokens that no vocabulary has a name for are events; a string is an error where it is asked for.
#[test]
fn unknown_tokens() {
    judge(&[
        ("a tag", "03 01 6A 00 3F", Read),
        ("an attribute start", "03 01 6A 00 85 7F 01", Read),
        ("an attribute value", "03 01 6A 00 85 05 FF 01", Read),
    ]);
}

/// 5.8.4.2: what an extension means is the vocabulary's affair, how long it is is not.
#[test]
fn extensions() {
    judge(&[
        ("in content", "03 01 6A 00 45 40 61 00 80 05 C2 01", Read),
        ("in a value", "03 01 6A 00 85 05 41 61 00 82 05 C0 01", Read),
        ("EXT_T above the string table", "03 01 6A 00 45 81 8F FF FF FF 7F 01", Read),
    ]);
}

/// 5.3: `1*attribute`.
#[test]
fn empty_attribute_list() {
    let empty = |token| Forgiven(unexpected(token, Place::Attributes), &[DiagnosticKind::EmptyAttributes]);
    judge(&[
        ("without content", "03 01 6A 00 85 > 01", empty(0x01)),
        ("with content", "03 01 6A 00 C5 > 01 03 61 00 01", empty(0x01)),
        ("of an inner element", "03 01 6A 00 45 85 > 01 01", empty(0x01)),
        ("behind a SWITCH_PAGE", "03 01 6A 00 85 00 01 > 01", empty(0x01)),
        ("in version 1.0", "00 01 00 85 > 01", empty(0x01)),
        // a processing instruction has a target
        ("of a processing instruction", "03 01 6A 00 43 > 01 05", Refused(unexpected(0x01, Place::Attributes))),
    ]);
    let document = support::octets("03 01 6A 00 C5 01 03 61 00 01");
    assert_eq!(attributes_of_root(&document, Options::new().lenient(&())), Ok(vec![]));
}

/// 5.3: a value belongs to an attribute.
#[test]
fn value_before_the_first_attribute() {
    judge(&[
        ("a token", "03 01 6A 00 85 > 85 05 01", Refused(unexpected(0x85, Place::Attributes))),
        ("a string", "03 01 6A 00 85 > 03 61 00 05 01", Refused(unexpected(0x03, Place::Attributes))),
    ]);
}

/// 5.8.3: the other three literals are tags.
#[test]
fn literal_a_c_ac_as_an_attribute() {
    for token in [0x44, 0x84, 0xC4] {
        let hex = format!("03 01 6A 02 61 00 85 05 > {token:02X} 00 01");
        judge(&[("in a list", &hex, Refused(unexpected(token, Place::Attributes)))]);
    }
}

const OPAQUE_IN_CONTENT: Verdict =
    Forgiven(unexpected(0xC3, Place::Content), &[DiagnosticKind::Opaque(Place::Content)]);
const OPAQUE_IN_VALUE: Verdict =
    Forgiven(unexpected(0xC3, Place::Attributes), &[DiagnosticKind::Opaque(Place::Attributes)]);

/// WBXML 1.0, 7.1: 0xC3 is reserved.
#[test]
fn opaque_in_version_1_0() {
    judge(&[
        ("in content", "00 01 00 45 > C3 01 FF 01", OPAQUE_IN_CONTENT),
        ("outside of elements", "00 01 00 > C3 00", OPAQUE_IN_CONTENT),
        ("in a value", "00 01 00 85 05 > C3 01 FF 01", OPAQUE_IN_VALUE),
    ]);
}

/// WBXML 1.1, 5.3: `attrValue` has no opaque; from 1.2 on it does.
#[test]
fn opaque_in_attribute_values() {
    judge(&[
        ("in version 1.1", "01 01 6A 00 85 05 > C3 01 FF 01", OPAQUE_IN_VALUE),
        ("of a processing instruction in version 1.1", "01 01 6A 00 43 05 > C3 00 01 05", OPAQUE_IN_VALUE),
        ("in content in version 1.1", "01 01 6A 00 45 C3 01 FF 01", Read),
        ("in version 1.2", "02 01 6A 00 85 05 C3 01 FF 01", Read),
        ("before the first attribute", "01 01 6A 00 85 > C3 00 01", Refused(unexpected(0xC3, Place::Attributes))),
    ]);
}

/// What cannot be read to its end is not forgiven, nor reported as if it had been.
#[test]
fn opaque_that_is_cut_off() {
    let document = support::octets("00 01 00 45 C3 02 FF");
    let Sides { strict, lenient, diagnostics, .. } = side_by_side("cut off", &document, Options::new());
    assert_eq!(strict, Err(Error::new(unexpected(0xC3, Place::Content), 4)));
    assert_eq!(lenient, Err(Error::new(ErrorKind::UnexpectedEof, 4)));
    assert_eq!(diagnostics, []);
}

/// 5.8.4.3: an entity is a character of UCS-4. What is none becomes U+FFFD, and the report has its number.
#[test]
fn entities_that_are_no_character() {
    const fn replaced(number: u32, kinds: &'static [DiagnosticKind]) -> Verdict {
        Forgiven(ErrorKind::InvalidEntity(number), kinds)
    }
    judge(&[
        ("zero", "03 01 6A 00 45 > 02 00 01", replaced(0, &[DiagnosticKind::Entity(0)])),
        ("a surrogate", "03 01 6A 00 45 > 02 83 B0 00 01", replaced(0xD800, &[DiagnosticKind::Entity(0xD800)])),
        (
            "above U+10FFFF",
            "03 01 6A 00 85 05 > 02 C4 80 00 01",
            replaced(0x11_0000, &[DiagnosticKind::Entity(0x11_0000)]),
        ),
        ("the last one", "03 01 6A 00 45 02 C3 FF 7F 01", Read),
    ]);
    // once, though data() reads it twice; and what comes behind it is not lost
    let record = Record::default();
    let document = support::octets("03 01 6A 00 45 46 03 61 00 02 83 B0 00 03 62 00 01 01");
    let mut reader = Reader::new(&document, Options::new().lenient(&record)).unwrap();
    let root = reader.root().unwrap();
    let child = reader.next_child(root).unwrap().unwrap();
    let Data::Text(text) = reader.data(child).unwrap() else { panic!() };
    assert_eq!(text.to_string(), "a\u{FFFD}b");
    assert_eq!(record.take(), [Diagnostic::new(DiagnosticKind::Entity(0xD800), 9)]);
}

/// Control characters that XML does not have are characters of WBXML (5.8.4.1).
#[test]
fn control_characters() {
    judge(&[("in a string", "03 01 6A 00 45 03 01 02 1F 00 01", Read)]);
}

/// 5.8.4.4
#[test]
fn processing_instructions() {
    judge(&[
        ("around the root", "03 01 6A 00 43 05 85 01 05 43 06 01", Read),
        ("in content", "03 01 6A 00 45 43 05 03 61 00 01 01", Read),
        ("with a second attribute", "03 01 6A 00 43 05 > 06 01 05", Refused(unexpected(0x06, Place::Attributes))),
    ]);
}

/// 5.3: `body = *pi element *pi`. The report, the last span and `Reader::offset` say where the document ends.
#[test]
fn trailing_octets() {
    const TRAILING: Verdict = Forgiven(ErrorKind::TrailingData, &[DiagnosticKind::TrailingData]);
    judge(&[
        ("text", "03 01 6A 00 05 > 61 62 63", TRAILING),
        ("a document more", "03 01 6A 00 05 > 03 01 6A 00 05", TRAILING),
        ("behind a processing instruction", "03 01 6A 00 05 43 05 01 > 01", TRAILING),
        (
            "END at the end of version 1.0",
            "00 01 00 05 > 01",
            Forgiven(unexpected(0x01, Place::Content), &[DiagnosticKind::TrailingData]),
        ),
        // which is no end yet: a body has something
        ("END at the start of version 1.0", "00 01 00 > 01", Refused(unexpected(0x01, Place::Content))),
        ("before the root", "03 01 6A 00 > 03 61 00 05", Refused(unexpected(0x03, Place::Outside))),
        // these begin something that may stand there
        ("half a SWITCH_PAGE", "03 01 6A 00 05 > 00", Refused(ErrorKind::UnexpectedEof)),
    ]);
    let record = Record::default();
    let document = support::octets("03 01 6A 00 45 03 61 00 01 FF FF");
    let mut reader = Reader::new(&document, Options::new().lenient(&record)).unwrap();
    let root = reader.root().unwrap();
    assert_eq!(reader.text(root).unwrap(), "a");
    assert_eq!((reader.finish(), reader.finish()), (Ok(()), Ok(())));
    assert_eq!((reader.offset(), reader.span()), (9, 9..9));
    assert_eq!(record.take(), [Diagnostic::new(DiagnosticKind::TrailingData, 9)]);
}

/// All events before the cut, then the error: in both ways, on every document of the corpus.
#[test]
fn truncated_documents() {
    judge(&[
        ("in a string", "03 01 6A 00 45 > 03 61", Refused(ErrorKind::UnexpectedEof)),
        ("between tokens", "03 01 6A 00 45 03 61 00 >", Refused(ErrorKind::UnexpectedEof)),
        ("in the header", "03 01 6A > 05 61", Refused(ErrorKind::UnexpectedEof)),
    ]);
    let (mut cuts, mut random) = (0_usize, 1_u64);
    support::corpus("truncations", |path, document| {
        for options in [Options::new(), Options::new().lenient(&())] {
            let ((whole, end), _) = pulled(Reader::new(document, options));
            let stop = end.map_or_else(|error| error.offset(), |()| whole.last().map_or(0, |seen| seen.span.end));
            for _ in 0..8 {
                // Knuth's MMIX generator
                random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let cut = usize::try_from(random >> 33).unwrap() % document.len();
                let ((seen, end), _) = pulled(Reader::new(&document[..cut], options));
                let before = whole.iter().take_while(|seen| seen.span.end <= cut).count();
                assert_eq!(seen, whole[..before], "{path} cut at {cut}");
                let is_whole = end.is_ok();
                // version 1.0 ends between any two roots
                assert!(!is_whole || document[0] == 0 || cut >= stop, "{path} cut at {cut}");
                if let Err(error) = end {
                    assert!(error.is_unexpected_eof() || error.offset() >= stop, "{path} cut at {cut}: {error}");
                }
                cuts += 1;
            }
        }
    });
    println!("{cuts} truncations");
}

/// Limits are no question of leniency.
#[test]
fn depth() {
    let deep = format!("{HEAD} {} > 45", "45 ".repeat(256));
    judge(&[("a level too deep", &deep, Refused(ErrorKind::Limit(Limit::Depth)))]);
}

/// 5.8.3 says nothing of an attribute without pieces: its value is empty.
#[test]
fn attribute_without_a_value() {
    let hex = "03 01 6A 00 85 05 06 01";
    judge(&[("two attributes", hex, Read)]);
    let attributes = attributes_of_root(&marked(hex).0, Options::new()).unwrap();
    assert_eq!(attributes, [(String::new(), String::new()), (String::new(), String::new())]);
}

/// XML has no two attributes of one name; to see that costs memory or time, and is left to the layers above.
#[test]
fn duplicate_attributes() {
    judge(&[("twice", "03 01 6A 00 85 05 05 01", Read)]);
}

/// An element with the content flag and nothing in it is another one than an empty element.
#[test]
fn empty_content() {
    judge(&[("with the flag", "03 01 6A 00 45 01", Read), ("without it", "03 01 6A 00 05", Read)]);
    let starts = |hex: &str| {
        let document = support::octets(hex);
        let (seen, _) = pushed(Reader::new(&document, Options::new().lenient(&())));
        seen
    };
    assert_ne!(starts("03 01 6A 00 45 01"), starts("03 01 6A 00 05"));
}

// what is no area of its own

/// Elements as data are read again as leniently as they were read, and reported once.
#[test]
fn markup_is_read_again_in_the_same_way() {
    let record = Record::default();
    // <r><child attributes=none>entity</child></r>
    let document = support::octets("03 01 6A 00 45 C6 01 02 00 01 01");
    let options = Options::new().lenient(&record);
    let mut reader = AnyReader::new(&document, options).unwrap();
    let root = reader.root().unwrap();
    let Data::Markup(markup) = reader.data(root).unwrap() else { panic!() };
    let told = record.take();
    assert_eq!(
        told,
        [Diagnostic::new(DiagnosticKind::EmptyAttributes, 6), Diagnostic::new(DiagnosticKind::Entity(0), 7),]
    );
    let mut inner = markup.reader(Limits::DEFAULT).unwrap();
    let child = inner.next_child(Start::CONTENT).unwrap().unwrap();
    assert_eq!(inner.text(child).unwrap().to_string(), "\u{FFFD}");
    assert_eq!(record.take(), []);
}

/// The list holds so many and counts the others, and holds each once.
#[cfg(feature = "std")]
#[test]
fn the_list_of_diagnostics_is_bounded() {
    use wbxml::Diagnostics;

    let list = Diagnostics::new();
    assert!(list.is_empty());
    let many = Diagnostics::LIMIT + 10;
    let hex = format!("{HEAD} 45 {} 01", "85 01 ".repeat(many));
    let document = support::octets(&hex);
    let options = Options::new().lenient(&list);
    let ((_, end), _) = pulled(Reader::new(&document, options));
    assert_eq!((end, list.to_vec().len(), list.dropped()), (Ok(()), Diagnostics::LIMIT, 10));
    let first = list.to_vec()[0];
    list.forgiven(first);
    assert_eq!((list.to_vec()[0], list.dropped()), (first, 10));
    assert_eq!(first.to_string(), "an attribute list is empty, at octet 6 (0x6)");
}

/// Readers cross threads, whether they report or not.
#[test]
fn readers_are_send_and_sync() {
    const fn check<T: Send + Sync>() {}
    check::<Reader<'_>>();
    check::<AnyReader<'_>>();
    check::<Options<'_>>();
    #[cfg(feature = "std")]
    check::<wbxml::Diagnostics>();
}

/// What lenient reading makes of the documents of the world.
#[test]
fn corpus() {
    let (mut strict_count, mut lenient_count, mut forgiven) = (0, 0, 0);
    support::corpus("leniency", |path, document| {
        let Sides { strict, lenient, diagnostics, .. } = side_by_side(path, document, Options::new());
        strict_count += usize::from(strict.is_ok());
        lenient_count += usize::from(lenient.is_ok());
        forgiven += usize::from(diagnostics.iter().any(|diagnostic| !is_a_note(diagnostic.kind())));
        for diagnostic in diagnostics.iter().filter(|diagnostic| !is_a_note(diagnostic.kind())) {
            println!("{path}: {diagnostic}");
        }
        if let Err(error) = lenient {
            println!("{path}: {error}");
        }
    });
    println!("{strict_count} are read strictly, {lenient_count} leniently, with {forgiven} that ask for it");
}

/// `push/symbian-si-1.0-si-val-wbx-ver-10` and its like: the option reads them as their twins of version 1.1.
#[test]
fn corpus_of_version_1_0_with_a_charset() {
    let mut count = 0;
    support::corpus("charset in version 1.0", |path, document| {
        let asked = Options::new().charset_in_version_1_0();
        let (read, _) = pulled(Reader::new(document, asked));
        if path.contains("si-val-wbx-ver-10") {
            assert!(pulled(Reader::new(document, Options::new())).0.1.is_err(), "{path}");
            // like its twin, it has an OPAQUE in a value, which version 1.1 has not
            let twin = [&[0x01], &document[1..]].concat();
            assert_eq!(read, pulled(Reader::new(&twin, Options::new())).0, "{path}");
            let read = pulled(Reader::new(document, asked.lenient(&()))).0;
            assert_eq!(read, pulled(Reader::new(&twin, Options::new().lenient(&()))).0, "{path}");
            assert_eq!(read.1, Ok(()), "{path}");
            assert_eq!(rewritten(document, asked.lenient(&())), document, "{path}");
            count += 1;
        } else if document[0] > 0 {
            assert_eq!(read, pulled(Reader::new(document, Options::new())).0, "{path}");
        }
    });
    println!("{count} documents of version 1.0 with a charset field");
}

/// A header's index and its charset, as lenient reading has them, are those of strict reading.
#[test]
fn headers_are_the_same() {
    let document = support::octets("03 00 05 6A 00 05");
    let reader = Reader::new(&document, Options::new().lenient(&())).unwrap();
    assert_eq!(reader.header().public_id, PublicId::Index(5));
    assert_eq!(reader.header().formal_public_id(), None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_octets(document in prop::collection::vec(any::<u8>(), 0..48)) {
        side_by_side("arbitrary", &document, Options::new());
        side_by_side("arbitrary, 1.0 with charset", &document, Options::new().charset_in_version_1_0());
    }

    #[test]
    fn arbitrary_tokens(header in generate::header(), body in generate::body()) {
        let document = [header, body].concat();
        side_by_side("arbitrary tokens", &document, Options::new());
        side_by_side("arbitrary tokens, 1.0 with charset", &document, Options::new().charset_in_version_1_0());
    }

    #[test]
    fn mutated_fixtures(document in generate::mutated_fixture()) {
        side_by_side("mutated", &document, Options::new());
    }

    /// Limits hold in lenient reading too.
    #[test]
    fn limits(header in generate::header(), body in generate::body()) {
        let document = [header, body].concat();
        let limits = Limits { depth: 3, attributes: 2, ..Limits::DEFAULT };
        let ((seen, _), _) = pulled(Reader::new(&document, Options::new().limits(limits).lenient(&())));
        prop_assert!(seen.iter().all(|seen| seen.depth <= 3));
    }
}
