//! The reader and the reference of `naive` say the same of every document, right or wrong: event by event, span by
//! span, and the same fault at the same octet.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests: to stop is how they fail"
)]

extern crate alloc;

mod naive;
mod support;

use alloc::collections::BTreeSet;
use core::ops::ControlFlow;
use naive::{Fault, Header, Kind, Seen, Token};
use proptest::prelude::*;
use support::generate;
use wbxml::{AttrStart, Event, Options, Reader, Tag};

/// What `Reader::next_event` says.
fn pulled(mut reader: Reader<'_>) -> (Vec<Seen>, Result<(), Fault>) {
    let mut seen = Vec::new();
    loop {
        let end = match reader.next_event() {
            Ok(Event::Eof) => Ok(()),
            Err(error) => Err(Fault::from(error)),
            Ok(event) => {
                if let Event::Text(text) = event {
                    assert_eq!(text.charset(), reader.charset());
                }
                seen.push(Seen { token: Token::from(&event), span: reader.span(), depth: reader.depth() });
                continue;
            }
        };
        // the reader stays where it is, and says so again
        let again = reader.next_event().map(|event| assert_eq!(event, Event::Eof)).map_err(Fault::from);
        assert_eq!(again, end);
        return (seen, end);
    }
}

/// What `Reader::drive` says.
fn pushed(reader: Reader<'_>) -> (Vec<Token>, Result<(), Fault>) {
    let mut tokens = Vec::new();
    let end = reader.drive(|event| {
        tokens.push(Token::from(&event));
        ControlFlow::Continue(())
    });
    (tokens, end.map_err(Fault::from))
}

/// Asserts that reader and reference agree; gives what both say.
fn agree(name: &str, document: &[u8]) -> naive::Decoded {
    let expected = naive::decode(document);
    match Reader::new(document, Options::new()) {
        Err(error) => {
            assert_eq!(expected.header, None, "{name}: {error}: {document:02X?}");
            assert_eq!(expected.end, Err(Fault::from(error)), "{name}: {document:02X?}");
        }
        Ok(reader) => {
            assert_eq!(expected.header, Some(Header::from(reader.header())), "{name}: {document:02X?}");
            let (seen, end) = pulled(reader.clone());
            assert_eq!(end, expected.end, "{name}: {document:02X?}");
            assert_eq!(seen, expected.seen, "{name}: {document:02X?}");
            let (tokens, end) = pushed(reader);
            assert_eq!(end, expected.end, "{name}, driven: {document:02X?}");
            assert!(tokens.iter().eq(expected.seen.iter().map(|seen| &seen.token)), "{name}, driven: {document:02X?}");
        }
    }
    expected
}

/// Asserts that spans lie end to end, from the first octet behind the header on; gives where they end.
fn tiled(name: &str, decoded: &naive::Decoded) -> usize {
    let start = decoded.header.as_ref().map_or(0, |header| header.length);
    decoded.seen.iter().fold(start, |at, seen| {
        assert_eq!(seen.span.start, at, "{name}");
        seen.span.end
    })
}

/// The name of an event, as the comments of the fixtures have it.
const fn event_name(token: &Token) -> &'static str {
    match token {
        Token::SwitchPage(_) => "SwitchPage",
        Token::Start { .. } => "Start",
        Token::AttributeStart { .. } => "AttributeStart",
        Token::AttributeValue { .. } => "AttributeValue",
        Token::AttributesEnd => "AttributesEnd",
        Token::Text { .. } => "Text",
        Token::Entity(_) => "Entity",
        Token::Opaque(_) => "Opaque",
        Token::ExtI(..) => "ExtI",
        Token::ExtT(..) => "ExtT",
        Token::Ext(_) => "Ext",
        Token::Pi => "Pi",
        Token::End => "End",
    }
}

/// 5.7: a string of the table is the same each time, how long it is and where it stands; `drive` remembers lengths of up
/// to 254 octets of those that begin in the first 1024 of the table.
#[test]
fn references_again_and_again() {
    let lengths = [0_usize, 1, 7, 8, 63, 64, 65, 253, 254, 255, 256, 300, 2, 9];
    let mut table = Vec::new();
    let mut indexes = Vec::new();
    for length in lengths {
        indexes.extend([table.len(), table.len() + length / 2]);
        table.extend((b'a'..=b'z').cycle().take(length));
        table.push(0);
    }
    assert!(table.len() > 1300);
    indexes.extend([1022, 1023, 1024, 1025]);
    let index = |index: usize| [0x80 | u8::try_from(index >> 7).unwrap(), u8::try_from(index & 0x7F).unwrap()];
    let mut document = [&b"\x03\x01\x6A"[..], &index(table.len()), &table, &[0x45]].concat();
    for _ in 0..3 {
        indexes.iter().for_each(|&at| document.extend([&[0x83][..], &index(at)].concat()));
    }
    document.push(0x01);
    assert_eq!(agree("references", &document).end, Ok(()));
}

/// The reference gives literal names page 0 and code 4, because the reader's constants do.
#[test]
fn literal_names_are_page_0_code_4() {
    assert_eq!((Tag::LITERAL.page(), Tag::LITERAL.code()), (0, 4));
    assert_eq!((AttrStart::LITERAL.page(), AttrStart::LITERAL.code()), (0, 4));
}

/// Every line of a fixture's body is one event of the kind that its comment names.
#[test]
fn fixtures_are_read_as_they_are_annotated() {
    let fixtures = support::fixtures();
    for fixture in &fixtures {
        let decoded = agree(&fixture.name, &fixture.octets);
        assert_eq!(decoded.end, Ok(()), "{}", fixture.name);
        assert_eq!(tiled(&fixture.name, &decoded), fixture.octets.len(), "{}", fixture.name);

        let (header, body): (Vec<_>, Vec<_>) =
            fixture.lines.iter().partition(|(_, what)| what.starts_with(|first: char| first.is_ascii_lowercase()));
        let header_end = header.last().map(|(span, _)| span.end);
        assert_eq!(header_end, decoded.header.map(|header| header.length), "{}", fixture.name);
        let annotated: Vec<_> = body.iter().map(|(span, what)| (span.clone(), what.as_str())).collect();
        let read: Vec<_> = decoded.seen.iter().map(|seen| (seen.span.clone(), event_name(&seen.token))).collect();
        assert_eq!(read, annotated, "{}", fixture.name);
    }
    println!("{} fixtures", fixtures.len());
}

/// WAP-192, 7.1: the fixtures together hold every global token wherever it may stand.
#[test]
fn fixtures_hold_every_global_token() {
    let mut in_content = BTreeSet::new();
    let mut in_attributes = BTreeSet::new();
    for fixture in support::fixtures() {
        let mut list = false;
        for seen in naive::decode(&fixture.octets).seen {
            let octet = fixture.octets[seen.span.start];
            if list {
                in_attributes.insert(octet)
            } else {
                in_content.insert(octet)
            };
            list = match seen.token {
                Token::Start { has_attributes, .. } => has_attributes,
                Token::Pi => true,
                Token::AttributesEnd => false,
                _ => list,
            };
        }
    }
    let quarters = [0x00, 0x40, 0x80, 0xC0];
    for octet in quarters.iter().flat_map(|quarter| (0..5).map(move |low| quarter + low)) {
        assert!(in_content.contains(&octet), "{octet:02X} in content");
        // PI, LITERAL_A, LITERAL_C and LITERAL_AC may not stand there
        let allowed = !matches!(octet, 0x43 | 0x44 | 0x84 | 0xC4);
        assert_eq!(in_attributes.contains(&octet), allowed, "{octet:02X} in attributes");
    }
}

#[test]
fn every_truncation_of_the_fixtures() {
    let mut count = 0;
    for fixture in support::fixtures() {
        for cut in 0..fixture.octets.len() {
            let name = format!("{} cut at {cut}", fixture.name);
            let decoded = agree(&name, &fixture.octets[..cut]);
            assert_eq!(tiled(&name, &decoded).max(cut), cut);
            // nothing but the end of the octets may be wrong with the beginning of a right document
            assert!(decoded.end.map_or_else(|fault| fault.kind == Kind::Eof, |()| true), "{name}");
            count += 1;
        }
    }
    println!("{count} truncations");
}

#[test]
fn corpus() {
    let (mut right, mut faulty, mut events) = (0, 0, 0);
    support::corpus("reference", |path, document| {
        let decoded = agree(path, document);
        let end = tiled(path, &decoded);
        match decoded.end {
            Ok(()) => {
                assert_eq!(end, document.len(), "{path}");
                right += 1;
            }
            Err(fault) => {
                // only the header's fields and the limits lie elsewhere than behind the last event
                assert!(decoded.header.is_none() || fault.offset == end, "{path}");
                println!("{path}: {fault:?}");
                faulty += 1;
            }
        }
        events += decoded.seen.len();
    });
    println!("{right} read to the end, {faulty} faulty, {events} events");
}

/// Where strings end is a matter of the charset (5.6): the wide ones end them with wide zeros.
#[test]
fn every_charset() {
    let mut wide = Vec::new();
    for charset in 0_u16..=2300 {
        let number = [0x80 | u8::try_from(charset >> 7).unwrap(), u8::try_from(charset & 0x7F).unwrap()];
        let table = [0x08, 0x61, 0x00, 0x00, 0x62, 0x00, 0x00, 0x00, 0x00];
        let body = [0x45, 0x83, 0x00, 0x03, 0x61, 0x00, 0x00, 0x62, 0x00, 0x00, 0x00, 0x00, 0x01];
        let decoded = agree("charset", &[&[0x03, 0x01][..], &number, &table, &body].concat());
        // narrow ones read the first 00 as the terminator, the second one as SWITCH_PAGE to 0x62
        if !decoded.seen.iter().any(|seen| seen.token == Token::SwitchPage(0x62)) {
            wide.push(charset);
        }
    }
    assert_eq!(wide, [1000, 1001, 1013, 1014, 1015, 1017, 1018, 1019]);
}

/// Elements nested to the limit, and one more, with all that counts and does not count around it.
#[test]
fn limits_are_those_of_the_reference() {
    let head: &[u8] = &[0x03, 0x01, 0x6A, 0x00];
    for depth in 254..260 {
        let document = [head, &vec![0x45; depth], &[0x05, 0x85, 0x05, 0x01, 0xC5], &[0x05, 0x01, 0x01]].concat();
        agree("depth", &[&document[..], &vec![0x01; depth]].concat());
        let document = [head, &[0xC5], &vec![0x05; depth], &[0x01, 0x87], &vec![0x05; depth], &[0x01, 0x01]].concat();
        agree("attributes", &document);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_octets(document in prop::collection::vec(any::<u8>(), 0..48)) {
        agree("arbitrary", &document);
    }

    #[test]
    fn arbitrary_octets_behind_a_header(
        header in generate::header(),
        body in prop::collection::vec(any::<u8>(), 0..64),
    ) {
        agree("arbitrary body", &[header, body].concat());
    }

    #[test]
    fn arbitrary_tokens_behind_a_header(header in generate::header(), body in generate::body()) {
        agree("arbitrary tokens", &[header, body].concat());
    }

    #[test]
    fn mutated_fixtures(document in generate::mutated_fixture()) {
        agree("mutated", &document);
    }
}
