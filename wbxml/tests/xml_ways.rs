//! Two ways from WBXML to XML, the short one for common events and the one event by event, say the same of every document.

#![cfg(feature = "xml")]
#![expect(
    clippy::arithmetic_side_effects,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests: to stop is how they fail"
)]

mod support;

use proptest::prelude::*;
use wbxml::vocabulary::{ALL, prov};
use wbxml::xml::{self, Characters, Duplicates};
use wbxml::{AnyReader, AttrStart, Cursor, Emit, Event, Options, Start, TranscodeError, WriteError, transcode};

/// A writer that is told each event.
struct EachEvent<E>(E);

impl<E: Emit> Emit for EachEvent<E> {
    fn start(&mut self, start: Start) -> Result<(), WriteError> {
        self.0.start(start)
    }
    fn start_named(&mut self, name: &str, start: Start) -> Result<(), WriteError> {
        self.0.start_named(name, start)
    }
    fn attribute(&mut self, name: &str, value: &str) -> Result<(), WriteError> {
        self.0.attribute(name, value)
    }
    fn unnamed_attribute(&mut self, token: AttrStart, value: &str) -> Result<(), WriteError> {
        self.0.unnamed_attribute(token, value)
    }
    fn attributes_end(&mut self) -> Result<(), WriteError> {
        self.0.attributes_end()
    }
    fn text(&mut self, text: &str) -> Result<(), WriteError> {
        self.0.text(text)
    }
    fn opaque(&mut self, octets: &[u8]) -> Result<(), WriteError> {
        self.0.opaque(octets)
    }
    fn end(&mut self) -> Result<(), WriteError> {
        self.0.end()
    }
    fn pi(&mut self, target: &str, data: &str) -> Result<(), WriteError> {
        self.0.pi(target, data)
    }
    fn token(&mut self, event: &Event<'_>) -> Result<(), WriteError> {
        self.0.token(event)
    }
}

/// The document as XML in both ways, with what is wrong with it if something is.
fn check(document: &[u8], options: Options<'_>) {
    for (characters, duplicates) in
        [(Characters::Error, Duplicates::Error), (Characters::Replace, Duplicates::KeepFirst)]
    {
        let Ok(mut reader) = AnyReader::new(document, options) else { return };
        let mut again = reader.clone();
        let (mut short, mut long) = (Vec::new(), Vec::new());
        let writer =
            |out| xml::Writer::document(out, Cursor::vocabulary(&reader)).characters(characters).duplicates(duplicates);
        let (mut short_writer, mut long_writer) = (writer(&mut short), EachEvent(writer(&mut long)));
        let said = transcode(&mut reader, &mut short_writer);
        let expected = transcode(&mut again, &mut long_writer);
        match (said, expected) {
            // of two faults, the short way finds what cannot be written before it reads on
            (Err(TranscodeError::Write(..)), Err(TranscodeError::Read(_))) => {}
            _ => assert_eq!(kind(said), kind(expected)),
        }
        if said.is_ok() {
            assert_eq!(String::from_utf8(short), String::from_utf8(long));
            assert_eq!(reader.span(), again.span());
        }
    }
}

/// What went wrong, wherever: of a text in pieces the short way knows which one it is.
fn kind(result: Result<(), TranscodeError>) -> Option<String> {
    match result {
        Ok(()) => None,
        Err(TranscodeError::Read(error)) => Some(format!("{error:?}")),
        Err(TranscodeError::Write(error, _)) => Some(format!("{error:?}")),
        Err(error) => panic!("{error}"),
    }
}

fn check_with_all(document: &[u8]) {
    check(document, Options::new().vocabularies(&ALL));
    check(document, Options::new().assume(&prov::PROV_1_0));
}

#[test]
fn fixtures() {
    for fixture in support::fixtures() {
        check_with_all(&fixture.octets);
    }
}

#[test]
fn corpus() {
    support::corpus("two ways to XML", |_, document| check_with_all(document));
}

/// Values in pieces, with a piece that takes thought at each place; PROV: 07 is `name="NAME"`, 06 `value`, 85 `IPV4`.
#[test]
fn values_that_take_thought() {
    let pieces: [&[u8]; 9] = [
        b"\x03a<\0",
        b"\x03\xEF\xBF\xBC\0",
        b"\x03(mark)\0",
        b"\x03\xC3\xA9\0",
        b"\x03\xFF\0",
        b"\x02\x26",
        b"\xC3\x02\0\x01",
        b"\x85",
        b"\x99",
    ];
    let plain = b"\x03plain\0";
    for first in pieces {
        for second in pieces {
            for attributes in [[&b"\x07"[..], b"\x06"], [b"\x06", b"\x06"], [b"\x04\0", b"\x06"]] {
                let value = [attributes[0], plain, first, plain, second, attributes[1], second, first].concat();
                // with and without content, and with text behind it
                for (tag, content) in [(0x86, &b""[..]), (0xC6, b"\x03t\0\x07\x01")] {
                    let document = [b"\x03\x0B\x6A\x02a\0\x45", &[tag][..], &value, b"\x01", content, b"\x01"].concat();
                    check_with_all(&document);
                }
            }
        }
    }
}

/// Texts around the sizes at which they are handed on: with a character to escape, one of two octets, one that XML lacks,
/// and octets that are no text, at their ends.
#[test]
fn texts_of_every_length() {
    for length in (0..80).chain(1000..1080).chain([4096]) {
        for special in ["", "<", "\r", "é", "\u{1}", "\u{FFFE}"] {
            for text in [format!("{}{special}", "x".repeat(length)), format!("{special}{}", "x".repeat(length))] {
                let octets = text.as_bytes();
                check_with_all(&[b"\x03\x0B\x6A\0\x45\x46\x03", octets, b"\0\x07\x01\x01"].concat());
                let length_of_opaque =
                    [u8::try_from(octets.len() >> 7).unwrap() | 0x80, u8::try_from(octets.len() & 0x7F).unwrap()];
                let opaque = [&[0xC3], &length_of_opaque[..], octets].concat();
                check_with_all(&[b"\x03\x0B\x6A\0\x45\x46", &opaque[..], b"\x07\x01\x01"].concat());
                let broken = [&octets[..length.min(octets.len())], b"\xFF"].concat();
                check_with_all(&[b"\x03\x0B\x6A\0\x45\x46\x03", &broken[..], b"\0\x07\x01\x01"].concat());
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_documents(header in support::generate::header(), body in support::generate::body()) {
        check_with_all(&[header, body].concat());
    }

    #[test]
    fn changed_fixtures(document in support::generate::mutated_fixture()) {
        check_with_all(&document);
    }
}
