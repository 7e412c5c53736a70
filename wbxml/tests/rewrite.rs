//! A document's events, written again, are the document: nothing is lost between its octets and its events.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "helpers of tests: to stop is how they fail"
)]

mod support;

use proptest::prelude::*;
use support::generate;
use wbxml::{Event, Header, Options, PublicId, Reader, Version, WriteError, Writer};

/// The document written from its own events and their lengths, and whether it is without a fault: if it is not, up to
/// there.
fn rewritten(name: &str, document: &[u8]) -> Option<(Vec<u8>, bool)> {
    let mut reader = Reader::new(document, Options::new()).ok()?;
    // not an octet more than there was: a copy that is longer fails
    let mut room = vec![0; document.len()];
    let mut writer = Writer::with_header(&mut room[..], reader.header()).unwrap();
    let is_right = loop {
        match reader.next_event() {
            Ok(Event::Eof) => break true,
            Ok(event) => writer
                .event_of_len(&event, reader.span().len())
                .unwrap_or_else(|error| panic!("{name}: {error} at {event:?}")),
            Err(_) => break false,
        }
    };
    let left = writer.into_sink().len();
    room.truncate(room.len() - left);
    Some((room, is_right))
}

/// Asserts that `document` comes back as it is, up to its first fault; whether it has none.
fn check(name: &str, document: &[u8]) -> bool {
    let Some((copy, is_right)) = rewritten(name, document) else { return false };
    assert_eq!(copy, document[..copy.len()], "{name}");
    assert!(!is_right || copy.len() == document.len(), "{name}");
    is_right
}

#[test]
fn fixtures() {
    for fixture in support::fixtures() {
        assert!(check(&fixture.name, &fixture.octets), "{}", fixture.name);
    }
}

#[test]
fn corpus() {
    let (mut right, mut faulty) = (0, 0);
    support::corpus("rewrite", |path, document| {
        if check(path, document) {
            right += 1;
        } else {
            faulty += 1;
        }
    });
    println!("{right} come back octet by octet, {faulty} do so up to their first fault");
}

/// WAP-192, 5.1: leading 0x80 octets are kept wherever an integer stands, five octets at most.
#[test]
fn integers_of_every_width() {
    let integer = |value: u8, width: usize| [&vec![0x80; width - 1][..], &[value]].concat();
    for width in 1..=5 {
        let number = |value| integer(value, width);
        let document = [
            // version, public identifier by index, charset, string table "x"
            [&[0x03][..], &number(0), &number(0), &number(0x6A), &number(2), b"x\0"].concat(),
            // LITERAL_AC with a literal attribute, its value as STR_T, EXT_T, ENTITY, OPAQUE
            [&[0xC4][..], &number(0), &[0x04], &number(0), &[0x83], &number(0), &[0x80], &number(7)].concat(),
            [&[0x02][..], &number(0x41), &[0xC3], &number(0), &[0x01]].concat(),
            // STR_T, the other three LITERALs and OPAQUE in content
            [&[0x83][..], &number(0), &[0x04], &number(0), &[0x44], &number(0), &[0x01]].concat(),
            [&[0x84][..], &number(0), &[0x05, 0x01, 0xC3], &number(2), b"ab", &[0x01]].concat(),
        ]
        .concat();
        assert!(check(&format!("{width} octets"), &document), "{document:02X?}");
    }
}

/// An event in a number of octets that no form of it has: nothing is written.
#[test]
fn impossible_lengths() {
    let document = support::octets("03 01 6A 02 78 00 45 83 80 00 02 82 2C 03 61 00 C3 02 61 62 01");
    let mut reader = Reader::new(&document, Options::new()).unwrap();
    for lengths in [&[1][..], &[2, 3, 4, 5, 6], &[3, 4, 5, 6], &[3], &[4, 5, 6, 7, 8], &[1]] {
        let event = reader.next_event().unwrap();
        for length in 0..10 {
            let mut room = [0; 32];
            let mut writer = Writer::with_header(&mut room[..], reader.header()).unwrap();
            let written = writer.event_of_len(&event, length);
            let taken = 32 - reader.header().len() - writer.into_sink().len();
            if lengths.contains(&length) {
                assert_eq!((written, taken), (Ok(()), length), "{event:?}");
            } else {
                assert_eq!((written, taken), (Err(WriteError::Length(length)), 0), "{event:?}");
            }
        }
    }
    assert_eq!(reader.next_event().unwrap(), Event::Eof);
}

/// A header whose fields were set after it was read is written as it now is.
#[test]
fn a_header_that_was_changed() {
    let document = support::octets("03 80 80 01 80 6A 80 00 05");
    let mut header = Header::parse(&document).unwrap();
    header.public_id = PublicId::Number(0xFFFF_FFFF);
    header.version = Version::V1_0;
    let mut room = [0; 8];
    let left = Writer::with_header(&mut room[..], &header).unwrap().into_sink().len();
    assert_eq!((&room[..], left), (&[0x00, 0x8F, 0xFF, 0xFF, 0xFF, 0x7F, 0x80, 0x00][..], 0));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_tokens(header in generate::header(), body in generate::body()) {
        check("arbitrary tokens", &[header, body].concat());
    }

    #[test]
    fn mutated_fixtures(document in generate::mutated_fixture()) {
        check("mutated", &document);
    }
}
