//! Octets → events → the same octets.
//!
//! As far as a document can be read, strictly or leniently: its events, each written in as many octets as its span has,
//! are the document, unless lenient reading has replaced something.

use wbxml::{DiagnosticKind, Diagnostics, Event, Options, Reader, Writer};

use crate::choices::Choices;

/// Holds the oracle against `input`.
///
/// # Panics
/// If the oracle fails.
pub fn run(input: &[u8]) {
    let Some((mut choices, document)) = Choices::of(input) else { return };
    let options = choices.options();
    if let Some(copy) = copy(document, options) {
        assert!(document.starts_with(&copy), "the copy is {copy:02X?}");
    }
    let forgiven = Diagnostics::new();
    let copy = copy(document, options.lenient(&forgiven));
    let has_replaced = forgiven.dropped() > 0
        || forgiven.to_vec().iter().any(|diagnostic| matches!(diagnostic.kind(), DiagnosticKind::Entity(_)));
    if let Some(copy) = copy.filter(|_| !has_replaced) {
        assert!(document.starts_with(&copy), "the copy, of what was forgiven too, is {copy:02X?}");
    }
}

/// What the events say, up to the end or the fault; no less than the reader has read.
fn copy(document: &[u8], options: Options<'_>) -> Option<Vec<u8>> {
    let mut reader = Reader::new(document, options).ok()?;
    let mut copy = Vec::new();
    let mut writer = Writer::with_header(&mut copy, reader.header()).unwrap();
    let mut end = reader.header().len();
    while let Ok(event) = reader.next_event() {
        if event == Event::Eof {
            break;
        }
        let span = reader.span();
        assert_eq!(span.start, end, "{event:?} does not begin where the token before it ended");
        end = span.end;
        // what was replaced may be longer than the original
        if let Err(error) = writer.event_of_len(&event, span.len()) {
            assert!(event == Event::Entity('\u{FFFD}'), "{event:?} in {} octets: {error}", span.len());
            writer.event(&event).unwrap();
        }
    }
    Some(copy)
}

#[test]
fn smoke() {
    crate::smoke(4000, run);
}
