//! Documents inside documents: found by looking at the octets, read with their own header, table and pages, at offsets and
//! depths of the outermost document.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests: to stop is how they fail"
)]

mod support;

use wbxml::vocabulary::{dmddf, prov, syncml};
use wbxml::{AnyReader, Cursor, Data, Error, ErrorKind, Event, Limits, Options, Reader, Result, Start, Vocabulary};

const KNOWN: [&Vocabulary<'_>; 3] = [&syncml::SYNCML_1_2, &dmddf::DM_DDF_1_2, &prov::PROV_1_0];

const fn known() -> Options<'static> {
    Options::new().vocabularies(&KNOWN)
}

/// A document of version 1.3 without a name for its vocabulary, whose root holds an OPAQUE of these octets.
fn around(octets: &[u8]) -> Vec<u8> {
    [&[0x03, 0x01, 0x6A, 0x00][..], &around_in(0x45, octets)].concat()
}

/// An element that holds an OPAQUE of these octets.
fn around_in(tag: u8, octets: &[u8]) -> Vec<u8> {
    let mut element = vec![tag, 0xC3];
    element.extend(wbxml::mb_u_int32::Encoded::new(u32::try_from(octets.len()).unwrap()).as_slice());
    element.extend(octets);
    element.push(0x01);
    element
}

/// The first OPAQUE of a document, and what reads the document there.
fn first_opaque<'a>(document: &'a [u8], options: Options<'a>) -> (Reader<'a>, &'a [u8]) {
    let mut reader = Reader::new(document, options).unwrap();
    loop {
        match reader.next_event().unwrap() {
            Event::Opaque(octets) => return (reader, octets),
            Event::Eof => panic!("no OPAQUE in {document:02X?}"),
            _ => {}
        }
    }
}

fn is_document(octets: &[u8], options: Options<'_>) -> bool {
    let document = around(octets);
    let (reader, opaque) = first_opaque(&document, Options::new());
    reader.embedded(opaque, options).is_some()
}

/// Every event of a document and of those in it, with where it stands and how many elements are open.
fn all_events(reader: &mut Reader<'_>, options: Options<'_>, found: &mut Vec<(usize, u32, String)>) -> Result<()> {
    // the readers of the documents around the one at hand
    let mut stack = vec![reader.clone()];
    while let Some(reader) = stack.last_mut() {
        let event = reader.next_event()?;
        found.push((reader.span().start, reader.depth(), format!("{event:?}")));
        let inner = match event {
            Event::Opaque(octets) => reader.embedded(octets, options),
            Event::Eof => {
                stack.pop();
                continue;
            }
            _ => None,
        };
        stack.extend(inner);
    }
    Ok(())
}

fn fixture() -> Vec<u8> {
    support::fixtures().into_iter().find(|fixture| fixture.name == "embedded").unwrap().octets
}

/// Two documents in one another, by the cursor: every name, offset and depth is its own.
#[test]
fn two_levels() {
    let document = fixture();
    let mut reader = Reader::new(&document, known()).unwrap();
    let mut start = reader.root().unwrap();
    while reader.name(start).unwrap() != Some("Data") {
        start = reader.next_child(start).unwrap().unwrap();
    }
    assert_eq!((reader.depth(), reader.span()), (5, 9..10));
    let Data::Opaque(octets) = reader.data(start).unwrap() else { panic!() };
    // behind C3 80 3E
    assert_eq!(document[13..][..octets.len()], *octets);

    let mut tree = reader.embedded(octets, known()).unwrap();
    assert_eq!(tree.vocabulary(), &dmddf::DM_DDF_1_2);
    let root = tree.root().unwrap();
    // the switch to code page 2 stands before it
    let at = 13 + tree.header().len() + 2;
    assert_eq!((tree.name(root), tree.span(), tree.depth()), (Ok(Some("MgmtTree")), at..at + 1, 6));
    let node = tree.next_child(root).unwrap().unwrap();
    let name = tree.next_child(node).unwrap().unwrap();
    assert_eq!(tree.name(name), Ok(Some("Name")));
    assert_eq!(tree.text(name).unwrap(), "a");
    let value = tree.next_child(node).unwrap().unwrap();
    let Data::Opaque(octets) = tree.data(value).unwrap() else { panic!() };

    let mut message = tree.embedded(octets, known()).unwrap();
    assert_eq!(message.vocabulary(), &syncml::SYNCML_1_2);
    let root = message.root().unwrap();
    let offset = octets.as_ptr().addr() - document.as_ptr().addr();
    assert_eq!((message.name(root), message.depth()), (Ok(Some("SyncML")), 9));
    assert_eq!(message.span(), offset + 5..offset + 6);
    let data = message.next_child(root).unwrap().unwrap();
    assert_eq!(message.text(data).unwrap(), "b");
    message.finish().unwrap();

    // the hosts go on where they were
    assert_eq!((tree.next_child(node), tree.next_child(root)), (Ok(None), Ok(None)));
    tree.finish().unwrap();
    for _ in 0..4 {
        assert_eq!(reader.next_event(), Ok(Event::End));
    }
    reader.finish().unwrap();
}

/// Events and the cursor give the same offsets and depths, whenever they are asked.
#[test]
fn events_and_cursor_agree() {
    let document = fixture();
    let (by_event, octets) = first_opaque(&document, known());
    let mut behind = by_event.clone();
    assert_eq!(behind.next_event(), Ok(Event::End));
    let mut seen = Vec::new();
    for host in [by_event, behind] {
        let mut inner = host.embedded(octets, known()).unwrap();
        let root = inner.root().unwrap();
        seen.push((inner.name(root).unwrap(), inner.span(), inner.depth()));
        assert!(host.vocabulary() != inner.vocabulary());
    }
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0].2, 6);

    let mut found = Vec::new();
    all_events(&mut Reader::new(&document, known()).unwrap(), known(), &mut found).unwrap();
    // but for the ends of documents, offsets ascend and stay inside
    let offsets: Vec<_> = found.iter().filter(|(.., event)| event != "Eof").map(|(offset, ..)| *offset).collect();
    // the fixture's documents come in the order of their octets, each with the rest of its host behind it
    let ends = offsets.iter().filter(|offset| **offset >= document.len() - 5).count();
    assert!(offsets.is_sorted() && ends == 5, "{offsets:?}");
    assert_eq!(found.iter().map(|(_, depth, _)| *depth).max(), Some(10));
}

/// A generic cursor, and one over either encoding, find them too.
#[test]
fn through_the_trait() {
    fn root_inside<'a, C: Cursor<'a>>(cursor: &mut C, options: Options<'a>) -> Option<Start> {
        let root = cursor.root().unwrap();
        let Data::Opaque(octets) = cursor.data(root).unwrap() else { panic!() };
        cursor.embedded(octets, options)?.root().ok()
    }
    let document = around(b"\x03\xA4\x01\x6A\x00\x2D");
    let mut reader = Reader::new(&document, Options::new()).unwrap();
    assert_eq!(root_inside(&mut reader, known()).map(|start| start.tag), Some(syncml::tag::SYNC_ML));
    let mut reader = AnyReader::new(&document, Options::new()).unwrap();
    assert_eq!(root_inside(&mut reader, known()).map(|start| start.tag), Some(syncml::tag::SYNC_ML));
}

/// An OPAQUE in a value (1.2), also where the element has no content.
#[test]
fn in_an_attribute() {
    for (tag, end, depth) in [(0x85, &b"\x01"[..], 1), (0xC5, b"\x01\x01", 1)] {
        let document =
            [&[0x03, 0x01, 0x6A, 0x00, tag, 0x05, 0xC3, 0x06][..], b"\x03\xA4\x01\x6A\x00\x6D", end].concat();
        // the root of the inner one does not end
        let (reader, opaque) = first_opaque(&document, Options::new());
        assert!(reader.embedded(opaque, known()).is_none());
        let document =
            [&[0x03, 0x01, 0x6A, 0x00, tag, 0x05, 0xC3, 0x07][..], b"\x03\xA4\x01\x6A\x00\x6D\x01", end].concat();
        let (reader, opaque) = first_opaque(&document, Options::new());
        let mut inner = reader.embedded(opaque, known()).unwrap();
        inner.root().unwrap();
        assert_eq!((inner.span().start, inner.depth()), (13, depth + 1));
    }
}

/// Octets that begin as a document does and are none.
#[test]
fn false_friends() {
    let formal = b"\x03\x00\x00\x6A\x07-//x//\x00";
    let any = known().any_registered_vocabulary();
    for (what, octets, by_default, with_any) in [
        ("nothing", &b""[..], false, false),
        ("text behind a header's octets", b"\x03\x01just text", false, false),
        ("text", b"plain text", false, false),
        ("a document that names nothing", b"\x03\x01\x6A\x00\x05", false, false),
        ("a string table that is not there", b"\x03\xA4\x01\x6A\x7F\x2D", false, false),
        ("version 1.15", b"\x0F\xA4\x01\x6A\x00\x2D", false, false),
        ("WBXML 2.0", b"\x13\xA4\x01\x6A\x00\x2D", false, false),
        ("without a body", b"\x03\xA4\x01\x6A\x00", false, false),
        ("without its end", b"\x03\xA4\x01\x6A\x00\x6D", false, false),
        ("with an octet more", b"\x03\xA4\x01\x6A\x00\x2D\x00", false, false),
        ("with a root more", b"\x03\xA4\x01\x6A\x00\x2D\x2D", false, false),
        ("a vocabulary of the options", b"\x03\xA4\x01\x6A\x00\x2D", true, true),
        ("the same, overlong", b"\x03\x80\xA4\x01\x80\x6A\x80\x00\x2D", true, true),
        ("the same in version 1.0", b"\x00\xA4\x01\x00\x2D", true, true),
        ("DevInf 1.2, which is registered", b"\x03\xA4\x03\x6A\x00\x0A", false, true),
        ("a number that is not", b"\x03\xA4\x7F\x6A\x00\x0A", false, false),
        ("a formal public identifier", &[&formal[..], b"\x05"].concat(), true, true),
        ("the same without a body", &formal[..], false, false),
        ("an index to no formal public identifier", b"\x03\x00\x00\x6A\x02a\x00\x05", false, false),
        ("an index to nothing", b"\x03\x00\x00\x6A\x00\x05", false, false),
        ("XML", b"<SyncML/>", false, false),
    ] {
        assert_eq!(is_document(octets, known()), by_default, "{what}");
        assert_eq!(is_document(octets, any), with_any, "{what}, any vocabulary");
    }
    // every octet for the first, binary behind it
    for first in 0..=255_u8 {
        let octets: Vec<u8> = core::iter::once(first).chain(0x80..0xC0).collect();
        assert!(!is_document(&octets, any), "{first:02X}");
    }
}

/// Octets from elsewhere are no document of this one, whatever they say.
#[test]
fn octets_of_another_buffer() {
    let document = around(b"\x03\xA4\x01\x6A\x00\x2D");
    let (reader, opaque) = first_opaque(&document, Options::new());
    let copy = opaque.to_vec();
    assert!(reader.embedded(opaque, known()).is_some());
    assert!(reader.embedded(&copy, known()).is_none());
    assert!(reader.embedded(&document, known()).is_none());
    // nor is what stands in the header
    let table = [&b"\x03\x01\x6A\x06"[..], b"\x03\x0B\x6A\x00\x05\x00", b"\x05"].concat();
    let reader = Reader::new(&table, Options::new()).unwrap();
    assert!(reader.embedded(&table[4..9], known()).is_none());
}

/// `Limits::depth` counts the elements of all documents around; and every document is a level.
#[test]
fn depth_counts_on() {
    let inner = b"\x03\xA4\x01\x6A\x00\x6D\x6B\x01\x01";
    let document = around(inner);
    for (depth, is_found) in [(1, false), (2, false), (3, true), (4, true)] {
        let options = known().limits(Limits { depth, ..Limits::DEFAULT });
        let (reader, opaque) = first_opaque(&document, options);
        assert_eq!(reader.embedded(opaque, options).is_some(), is_found, "{depth}");
    }

    // documents in documents, a hundred times as many as there may be
    let mut nested = b"\x03\xA4\x01\x6A\x00\x2D".to_vec();
    for _ in 0..2000 {
        nested = [&b"\x03\xA4\x01\x6A\x00"[..], &around_in(0x6D, &nested)].concat();
    }
    let limits = Limits { depth: 20, ..Limits::DEFAULT };
    let options = known().limits(limits);
    let mut reader = Reader::new(&nested, options).unwrap();
    let mut levels = 1;
    loop {
        let root = reader.root().unwrap();
        let Data::Opaque(octets) = reader.data(root).unwrap() else { panic!() };
        let Some(inner) = reader.embedded(octets, options) else { break };
        reader = inner;
        levels += 1;
    }
    assert_eq!(levels, 20);

    // in version 1.0, leniently, and in the attribute of a root without content, no element is open around
    let mut attributes = b"\x03\xA4\x01\x6A\x00\x2D".to_vec();
    for _ in 0..100 {
        let length = wbxml::mb_u_int32::Encoded::new(u32::try_from(attributes.len()).unwrap());
        let head = [&b"\x03\xA4\x01\x6A\x00\xAD\x05\xC3"[..], length.as_slice()].concat();
        attributes = [&head[..], &attributes, b"\x01"].concat();
    }
    let (mut reader, mut opaque) = first_opaque(&attributes, options);
    let mut levels = 1;
    while let Some(mut inner) = reader.embedded(opaque, options) {
        levels += 1;
        while let Ok(event) = inner.next_event() {
            if let Event::Opaque(octets) = event {
                opaque = octets;
                break;
            }
        }
        reader = inner;
    }
    assert_eq!(levels, 20);
}

/// A fault that is met by who asks for strings, behind the look at the octets: its offset is that of the outermost
/// document.
#[test]
fn errors_are_at_absolute_offsets() {
    // <SyncML>, then a string that is no UTF-8; then an element where text is asked for
    let inner = b"\x03\xA4\x01\x6A\x00\x6D\x4F\x03\xFF\x00\x01\x6F\x2D\x01\x01";
    let document = around(inner);
    let (reader, opaque) = first_opaque(&document, Options::new());
    let mut inner = reader.embedded(opaque, known()).unwrap();
    let root = inner.root().unwrap();
    assert_eq!(inner.span(), 12..13);
    let data = inner.next_child(root).unwrap().unwrap();
    assert!(inner.text(data).unwrap().as_str().is_none());
    let mixed = inner.next_child(root).unwrap().unwrap();
    assert_eq!(inner.text(mixed).unwrap_err(), Error::new(ErrorKind::UnexpectedElement, 19));

    // suspended and resumed, it stays there
    let mut inner = reader.embedded(opaque, known()).unwrap();
    inner.root().unwrap();
    let (state, consumed) = inner.suspend();
    assert_eq!((consumed, state.offset()), (1, 13));
}

/// Leniency goes along, and reports once, not while the octets are looked at; octets behind the body are no part of it.
#[cfg(feature = "std")]
#[test]
fn leniency_goes_along() {
    use wbxml::{Diagnostic, DiagnosticKind};

    let inner = b"\x03\xA4\x01\x6A\x00\xED\x01\x02\x00\x01";
    let document = around(inner);
    assert!(!is_document(inner, known()));
    let forgiven = wbxml::Diagnostics::new();
    let options = known().lenient(&forgiven);
    let (reader, opaque) = first_opaque(&document, options);
    let mut found = reader.embedded(opaque, options).unwrap();
    assert!(forgiven.is_empty());
    while found.next_event().unwrap() != Event::Eof {}
    let told = forgiven.to_vec();
    let expected =
        [Diagnostic::new(DiagnosticKind::EmptyAttributes, 13), Diagnostic::new(DiagnosticKind::Entity(0), 14)];
    assert_eq!((told, forgiven.dropped()), (expected.to_vec(), 0));
    assert!(!is_document(b"\x03\xA4\x01\x6A\x00\x2D\xFF", known().lenient(&())));
}

/// Every OPAQUE of the corpus that holds a document reads to its end, with the documents in it; those that hold none are
/// not taken for one.
#[test]
fn corpus() {
    let (mut opaques, mut documents, mut by_default, mut mislabelled) = (0, 0, 0, 0);
    let options = Options::new().vocabularies(&syncml::ALL).any_registered_vocabulary();
    support::corpus("embedded", |path, document| {
        let Ok(mut reader) = Reader::new(document, options) else { return };
        let mut label = Vec::new();
        while let Ok(event) = reader.next_event() {
            let octets = match event {
                Event::Eof => break,
                Event::Text(text) => {
                    label = text.octets().to_vec();
                    continue;
                }
                Event::Opaque(octets) => octets,
                _ => continue,
            };
            opaques += 1;
            let begin = reader.span().end - octets.len();
            let has_name = octets.windows(4).take(16).any(|window| window == b"-//S" || window == b"-//O");
            let Some(mut inner) = reader.embedded(octets, options) else {
                // one is faulty, like the document around it: a zero octet at its end, which is half a SWITCH_PAGE (5.3)
                let is_faulty = path.ends_with("def063979.wbxml") && octets.ends_with(&[0x01, 0x00]);
                let begins_so = has_name && octets.first().is_some_and(|first| *first <= 3);
                assert!(!begins_so || is_faulty, "{path} at {begin}");
                if octets.is_ascii() {
                    label = octets.to_vec();
                }
                continue;
            };
            documents += 1;
            by_default += usize::from(reader.embedded(octets, Options::new().vocabularies(&syncml::ALL)).is_some());
            mislabelled += usize::from(label.ends_with(b"+xml"));
            let mut next = begin + inner.header().len();
            loop {
                let event = inner.next_event().unwrap_or_else(|error| panic!("{path}: {error}"));
                assert_eq!(inner.span().start, next, "{path}");
                next = inner.span().end;
                if event == Event::Eof {
                    break;
                }
            }
            assert_eq!(next, begin + octets.len(), "{path}");
        }
    });
    println!(
        "{opaques} OPAQUEs, {documents} of them documents, {by_default} of these by name; \
         {mislabelled} stand behind a type that ends in +xml"
    );
}
