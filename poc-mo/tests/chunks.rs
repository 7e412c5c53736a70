//! A fixture that comes in pieces says what it says at once: the same events at the same offsets, and the same error.
#![cfg(all(feature = "cp", feature = "dm"))]
#![expect(clippy::arithmetic_side_effects, clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

mod support;

use wbxml::{Error, Event, Options, Reader};

type Read = (Vec<String>, Result<(), Error>);

/// Every event that the octets of one reader hold, with its place.
fn rest(reader: &mut Reader<'_>, seen: &mut Vec<String>) -> Result<(), Error> {
    loop {
        match reader.next_event()? {
            Event::Eof => return Ok(()),
            event => seen.push(format!("{event:?} {:?} {}", reader.span(), reader.depth())),
        }
    }
}

fn at_once(document: &[u8]) -> Read {
    let mut seen = Vec::new();
    let end = Reader::new(document, Options::new()).and_then(|mut reader| rest(&mut reader, &mut seen));
    (seen, end)
}

fn in_chunks(document: &[u8], size: usize) -> Read {
    let (mut seen, mut buffer, mut state) = (Vec::new(), Vec::new(), None);
    let mut chunks = document.chunks(size);
    loop {
        let reader = match state {
            None => Reader::new(&buffer, Options::new()),
            Some(state) => Reader::resume(&buffer, state, Options::new()),
        };
        let (end, consumed) = match reader {
            Ok(mut reader) => {
                let end = rest(&mut reader, &mut seen);
                let (next, consumed) = reader.suspend();
                state = Some(next);
                (end, next.head_len()..next.head_len() + consumed)
            }
            Err(error) => (Err(error), 0..0),
        };
        match (end.is_err_and(|error| !error.is_unexpected_eof()), chunks.next()) {
            (false, Some(more)) => {
                buffer.drain(consumed);
                buffer.extend_from_slice(more);
            }
            _ => return (seen, end),
        }
    }
}

/// In chunks of 1, 2, 3, 7 and 64 octets; also where the fixture is cut, at every seventh octet.
#[test]
fn fixtures_in_chunks() {
    for name in support::FIXTURES {
        let document = support::fixture(name, "wbxml");
        for size in [1, 2, 3, 7, 64] {
            for end in (0..document.len()).step_by(7).chain([document.len()]) {
                let part = &document[..end];
                assert_eq!(in_chunks(part, size), at_once(part), "{name} up to {end}, {size} octets at a time");
            }
        }
        assert_eq!(at_once(&document).1, Ok(()), "{name}");
    }
}
