//! A reader that is suspended goes on as if it never had been: the same events at the same offsets, and the same error.
//! What stands upon it, `Decoder` and `StreamReader`, is tested in `stream.rs`.

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

use naive::seen_by_reader::{Reading, at_once};
use naive::{Seen, Token};
use proptest::prelude::*;
use support::generate;
use wbxml::{Error, ErrorKind, Event, Limit, Limits, Options, Reader};

const CHUNKS: [usize; 5] = [1, 2, 3, 7, 64];

fn in_chunks(document: &[u8], chunk: usize) -> Reading {
    let mut seen = Vec::new();
    let end = support::stream(document, chunk, &mut Vec::new(), |event, span, depth| {
        seen.push(Seen { token: Token::from(event), span, depth });
    });
    (seen, end)
}

/// Suspends the reader before every event, though all octets are there. `base` is where `document` stands in another
/// one.
fn event_by_event(reader: Result<Reader<'_>, Error>, document: &[u8], base: usize, options: Options<'_>) -> Reading {
    let mut state = match reader {
        Ok(reader) => reader.suspend().0,
        Err(error) => return (Vec::new(), Err(error)),
    };
    let mut seen = Vec::new();
    loop {
        let buffer = [&document[..state.head_len()], &document[state.offset() - base..]].concat();
        let mut reader = Reader::resume(&buffer, state, options).unwrap();
        match reader.next_event() {
            Ok(Event::Eof) => return (seen, Ok(())),
            Err(error) => return (seen, Err(error)),
            Ok(event) => seen.push(Seen { token: Token::from(&event), span: reader.span(), depth: reader.depth() }),
        }
        let (next, consumed) = reader.suspend();
        assert_eq!(next.offset(), state.offset() + consumed);
        assert_eq!((next.offset(), next.depth()), (reader.span().end, reader.depth()));
        state = next;
    }
}

fn check(name: &str, document: &[u8], chunks: &[usize]) {
    let expected = at_once(Reader::new(document, Options::new()));
    for &chunk in chunks {
        assert_eq!(in_chunks(document, chunk), expected, "{name}, {chunk} octets at a time: {document:02X?}");
    }
}

fn check_event_by_event(name: &str, document: &[u8]) {
    let expected = at_once(Reader::new(document, Options::new()));
    let read = event_by_event(Reader::new(document, Options::new()), document, 0, Options::new());
    assert_eq!(read, expected, "{name}: {document:02X?}");
}

#[test]
fn fixtures_in_chunks() {
    for fixture in support::fixtures() {
        check(&fixture.name, &fixture.octets, &CHUNKS);
    }
}

#[test]
fn fixtures_event_by_event() {
    for fixture in support::fixtures() {
        check_event_by_event(&fixture.name, &fixture.octets);
    }
}

#[test]
fn truncated_fixtures_in_chunks() {
    let mut count = 0;
    for fixture in support::fixtures() {
        for cut in 0..fixture.octets.len() {
            check(&format!("{} cut at {cut}", fixture.name), &fixture.octets[..cut], &CHUNKS);
            count += 1;
        }
    }
    println!("{count} truncations");
}

#[test]
fn truncated_fixtures_event_by_event() {
    for fixture in support::fixtures() {
        for cut in 0..fixture.octets.len() {
            check_event_by_event(&format!("{} cut at {cut}", fixture.name), &fixture.octets[..cut]);
        }
    }
}

#[test]
fn corpus_in_chunks() {
    support::corpus("chunks", |path, document| {
        check(path, document, if document.len() <= 4096 { &[1, 64] } else { &[64] });
    });
}

#[test]
fn corpus_event_by_event() {
    support::corpus("event by event", check_event_by_event);
}

/// Offsets and depth of an embedded document go on counting from those of the document around it.
#[test]
fn nested_fixtures_event_by_event() {
    for fixture in support::fixtures() {
        let nested = || Reader::nested(&fixture.octets, Options::new(), 1000, 3);
        let expected = at_once(nested());
        assert_eq!(expected.0[0].span.start, 1000 + nested().unwrap().header().len());
        assert_eq!(event_by_event(nested(), &fixture.octets, 1000, Options::new()), expected, "{}", fixture.name);
    }
}

/// A pause between two events changes nothing, also where the octets of the next string are already there.
#[test]
fn a_pause_before_a_whole_string() {
    let document = b"\x03\x01\x6A\x00\x45\x03a\0\x03b\0\x40c\0\x03d\0\x01";
    check_event_by_event("strings", document);
}

/// A pause at the end of a document of version 1.0, whose root the reader cannot know to be the last one.
#[test]
fn a_pause_at_the_end_of_version_1_0() {
    check_event_by_event("text", b"\x00\x01\x00\x03a\0");
    check_event_by_event("root", b"\x00\x01\x00\x45\x01");
}

/// A string counts as often as it is referred to (`Limits::resolved`), a pause in between or not.
#[test]
fn a_pause_between_equal_references() {
    let document = b"\x03\x01\x6A\x04abc\0\x45\x83\x00\x83\x00\x44\x00\x83\x00\x01\x01";
    for (resolved, end) in [(16, Ok(())), (15, Err(Error::new(ErrorKind::Limit(Limit::Resolved), 15)))] {
        let options = Options::new().limits(Limits { resolved, ..Limits::DEFAULT });
        let expected = at_once(Reader::new(document, options));
        assert_eq!(expected.1, end);
        assert_eq!(event_by_event(Reader::new(document, options), document, 0, options), expected);
    }
}

/// What is counted is counted on across a pause: elements, attributes, octets of the string table.
#[test]
fn a_pause_before_a_limit() {
    let limits = Limits { depth: 2, attributes: 2, resolved: 6, ..Limits::DEFAULT };
    let options = Options::new().limits(limits);
    for (what, document, limit) in [
        ("depth", &b"\x03\x01\x6A\x00\x45\x46\x01\x46\x47\x01\x01\x01"[..], Limit::Depth),
        ("attributes", b"\x03\x01\x6A\x00\x85\x05\x85\x06\x86\x07\x01", Limit::Attributes),
        ("resolved", b"\x03\x01\x6A\x04abc\0\x45\x83\x00\x83\x01\x83\x00\x01", Limit::Resolved),
    ] {
        let expected = at_once(Reader::new(document, options));
        assert_eq!(expected.1.map_err(|error| error.kind()), Err(ErrorKind::Limit(limit)), "{what}");
        assert_eq!(event_by_event(Reader::new(document, options), document, 0, options), expected, "{what}");
    }
}

/// A string that comes octet by octet is searched once. Clocks lie; so the octets that were searched are overwritten
/// with terminators, which only a reader that searches them again can find. (Squared, 1 MiB would take hours, too.)
#[test]
fn a_long_string_is_searched_once() {
    const LONG: usize = 1 << 20;
    let utf_8: &[u8] = &[0x03, 0x01, 0x6A, 0x00];
    let utf_16: &[u8] = &[0x03, 0x01, 0x87, 0x75, 0x00];
    let ucs_4: &[u8] = &[0x03, 0x01, 0x87, 0x69, 0x00];
    for (what, head, before, token, unit, length) in [
        ("STR_I in content", utf_8, &[0x45][..], 0x03, 1, LONG),
        ("STR_I in a value", utf_8, &[0x85, 0x05], 0x03, 1, LONG / 16),
        ("EXT_I_1 in content", utf_8, &[0x45], 0x41, 1, LONG / 16),
        ("EXT_I_2 in a value", utf_8, &[0x85, 0x05], 0x42, 1, LONG / 16),
        ("STR_I in UTF-16BE", utf_16, &[0x45], 0x03, 2, LONG / 16),
        ("EXT_I_0 in UCS-4", ucs_4, &[0x45], 0x40, 4, LONG / 16),
    ] {
        let start = head.len() + before.len();
        let document = [head, before, &[token]].concat();
        let mut reader = Reader::new(&document, Options::new()).unwrap();
        for _ in before {
            reader.next_event().unwrap();
        }
        let (mut state, consumed) = reader.suspend();
        assert_eq!((consumed, state.offset()), (before.len(), start), "{what}");

        let mut buffer = [head, &[token]].concat();
        for count in 1..=length {
            buffer.push(0xAA);
            let mut reader = Reader::resume(&buffer, state, Options::new()).unwrap();
            let error = reader.next_event().unwrap_err();
            assert_eq!((error.is_unexpected_eof(), error.offset()), (true, start), "{what}");
            state = reader.suspend().0;
            if count % unit == 0 {
                let searched = buffer.len() - unit..;
                buffer[searched].fill(0);
            }
        }
        buffer.resize(buffer.len() + unit, 0);
        let mut reader = Reader::resume(&buffer, state, Options::new()).unwrap();
        let found = match reader.next_event().unwrap() {
            Event::Text(text) => text.octets().len(),
            Event::ExtI(_, octets) => octets.len(),
            event => panic!("{what}: {event:?}"),
        };
        assert_eq!((found, reader.span()), (length, start..start + 1 + length + unit), "{what}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_fixtures(document in generate::mutated_fixture()) {
        check("mutated", &document, &CHUNKS);
        check_event_by_event("mutated", &document);
    }

    #[test]
    fn arbitrary_tokens(header in generate::header(), body in generate::body()) {
        let document = [header, body].concat();
        check("arbitrary tokens", &document, &CHUNKS);
        check_event_by_event("arbitrary tokens", &document);
    }
}
