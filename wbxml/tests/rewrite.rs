//! A document's events, written again, are the document: nothing is lost between its octets and its events.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "helpers of tests: to stop is how they fail"
)]

mod naive;
mod support;

use wbxml::{Event, Options, Reader, Writer};

/// The documents that come back in other octets, and why. The only reason there may be is an integer that is not in its
/// shortest form: events do not tell.
const OVERLONG: &[(&str, &str)] = &[("overlong-integers", "every kind of integer, on purpose")];

/// The document written from its own events, or `None` if it is faulty.
fn rewritten(name: &str, document: &[u8]) -> Option<Vec<u8>> {
    let mut reader = Reader::new(document, Options::new()).ok()?;
    let mut room = vec![0; document.len() + 64];
    let mut writer = Writer::with_header(&mut room[..], reader.header()).unwrap();
    loop {
        match reader.next_event().ok()? {
            Event::Eof => break,
            event => writer.event(&event).unwrap_or_else(|error| panic!("{name}: {error} at {event:?}")),
        }
    }
    let left = writer.into_sink().len();
    room.truncate(room.len() - left);
    Some(room)
}

/// All that a document says, but not where.
fn said(document: &[u8]) -> (Option<naive::PublicId>, Vec<u8>, Vec<naive::Token>) {
    let decoded = naive::decode(document);
    let (public_id, table) = decoded.header.map(|header| (header.public_id, header.table)).unzip();
    (public_id, table.unwrap_or_default(), decoded.seen.into_iter().map(|seen| seen.token).collect())
}

/// Whether `document` is right, and comes back as it is unless it is in the list.
fn check(name: &str, document: &[u8]) -> bool {
    let Some(copy) = rewritten(name, document) else { return false };
    if let Some((_, reason)) = OVERLONG.iter().find(|(listed, _)| *listed == name) {
        assert!(copy.len() < document.len(), "{name} is not longer than need be ({reason})");
        assert_eq!(said(&copy), said(document), "{name}");
    } else {
        assert_eq!(copy, document, "{name}");
    }
    true
}

#[test]
fn fixtures() {
    for fixture in support::fixtures() {
        assert!(check(&fixture.name, &fixture.octets), "{}", fixture.name);
    }
}

#[test]
fn corpus() {
    let mut right = 0;
    support::corpus("rewrite", |path, document| right += usize::from(check(path, document)));
    println!("{right} of them without an error");
}
