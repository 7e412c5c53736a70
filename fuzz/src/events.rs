//! Octets → events → octets.
//!
//! Whatever the octets are: reading ends, within bounds; pulled and driven events are the same; reading in chunks gives
//! the same events and the same error as reading at once; spans tile the body; and writing the events gives a document
//! with the same events.

use std::ops::{ControlFlow, Range};

use wbxml::{Error, Event, Options, Reader, Writer};

type Read<'a> = (Vec<(Event<'a>, Range<usize>)>, Result<(), Error>);

/// Holds the oracle against `input`: its first octet chooses the size of the chunks, the rest is the document.
///
/// # Panics
/// If the oracle fails.
pub fn run(input: &[u8]) {
    let Some((&chunk, document)) = input.split_first() else { return };
    let Ok(reader) = Reader::new(document, Options::new()) else { return };
    let (events, end) = pull(reader.clone());

    let mut offset = reader.header().len();
    for (event, span) in &events {
        assert_eq!(span.start, offset, "{event:?} does not begin where the token before it ended");
        offset = span.end;
    }
    match end {
        Ok(()) => assert_eq!(offset, document.len(), "octets are left"),
        Err(error) => assert_eq!(error.offset(), offset, "the error is not at the token that follows"),
    }

    let mut driven = Vec::new();
    let drive_end = reader.clone().drive(|event| {
        driven.push(event);
        ControlFlow::Continue(())
    });
    assert_eq!(drive_end, end);
    assert!(driven.iter().eq(events.iter().map(|(event, _)| event)), "driven events differ from pulled ones");

    assert_eq!(chunks(document, usize::from(chunk).max(1)), (describe(&events), end));

    let mut copy = Vec::new();
    let mut writer = Writer::with_header(&mut copy, reader.header()).unwrap();
    for (event, span) in &events {
        writer.event_of_len(event, span.len()).unwrap();
    }
    assert_eq!(copy, document[..offset], "the copy differs");
}

fn pull(mut reader: Reader<'_>) -> Read<'_> {
    let mut events = Vec::new();
    loop {
        match reader.next_event() {
            Ok(Event::Eof) => return (events, Ok(())),
            Ok(event) => events.push((event, reader.span())),
            Err(error) => return (events, Err(error)),
        }
    }
}

/// What was read, without borrowing from where it was read.
fn describe(events: &[(Event<'_>, Range<usize>)]) -> Vec<String> {
    events.iter().map(|(event, span)| format!("{event:?} {span:?}")).collect()
}

/// The same document, `size` octets at a time.
fn chunks(document: &[u8], size: usize) -> (Vec<String>, Result<(), Error>) {
    let mut seen = Vec::new();
    let mut fed = 0;
    let mut window: Vec<u8> = Vec::new();
    let mut state = None;
    loop {
        let more = document.len().min(fed + size);
        window.extend_from_slice(&document[fed..more]);
        fed = more;
        let is_last = fed == document.len();
        let reader = match state {
            None => Reader::new(&window, Options::new()),
            Some(state) => Reader::resume(&window, state, Options::new()),
        };
        let mut reader = match reader {
            Ok(reader) => reader,
            Err(error) if error.is_unexpected_eof() && !is_last => continue,
            Err(error) => return (seen, Err(error)),
        };
        let end = loop {
            match reader.next_event() {
                Ok(Event::Eof) => break Ok(()),
                Ok(event) => seen.push(format!("{event:?} {:?}", reader.span())),
                Err(error) => break Err(error),
            }
        };
        match end {
            Ok(()) if is_last => return (seen, Ok(())),
            Err(error) if is_last || !error.is_unexpected_eof() => return (seen, Err(error)),
            _ => {}
        }
        let (next, consumed) = reader.suspend();
        state = Some(next);
        window.drain(next.head_len()..next.head_len() + consumed);
    }
}

#[test]
fn smoke() {
    for mut input in crate::inputs(&crate::SEEDS, 4000) {
        let chunk = input.len() as u8;
        input.insert(0, chunk);
        run(&input);
    }
}
