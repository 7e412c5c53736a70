//! The fixtures in WBXML are what this family makes of the fixtures in XML. `BLESS=1` writes them anew.
#![cfg(feature = "cli")]
#![expect(clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

mod support;

use std::fs;

use support::path;
use wbxml::vocabulary::{prov::PROV_1_0, syncml::SYNCML_1_2};
use wbxml::{AnyReader, Emit, Options, Vocabulary, WriteError, Writer, transcode};

const VOCABULARIES: [&Vocabulary<'static>; 3] = [&PROV_1_0, &SYNCML_1_2, &SYNCML_1_2];

/// White space between elements is for the reader of the XML, not for the phone.
struct Compact<E> {
    out: E,
}

impl<E: Emit> Emit for Compact<E> {
    fn start(&mut self, start: wbxml::Start) -> Result<(), WriteError> {
        self.out.start(start)
    }

    fn attribute(&mut self, name: &str, value: &str) -> Result<(), WriteError> {
        self.out.attribute(name, value)
    }

    fn attributes_end(&mut self) -> Result<(), WriteError> {
        self.out.attributes_end()
    }

    fn text(&mut self, text: &str) -> Result<(), WriteError> {
        if text.trim().is_empty() { Ok(()) } else { self.out.text(text) }
    }

    fn opaque(&mut self, octets: &[u8]) -> Result<(), WriteError> {
        self.out.opaque(octets)
    }

    fn pi(&mut self, target: &str, data: &str) -> Result<(), WriteError> {
        self.out.pi(target, data)
    }

    fn end(&mut self) -> Result<(), WriteError> {
        self.out.end()
    }
}

fn encode(xml: &[u8], vocabulary: &Vocabulary<'static>) -> Vec<u8> {
    let mut octets = Vec::new();
    let mut reader = AnyReader::new(xml, Options::new().assume(vocabulary)).unwrap();
    transcode(&mut reader, &mut Compact { out: Writer::new(&mut octets, vocabulary).unwrap() }).unwrap();
    octets
}

#[test]
fn wbxml_fixtures_are_the_xml_fixtures() {
    for (name, vocabulary) in support::FIXTURES.into_iter().zip(VOCABULARIES) {
        let octets = encode(&fs::read(path(name, "xml")).unwrap(), vocabulary);
        if std::env::var_os("BLESS").is_some() {
            fs::write(path(name, "wbxml"), &octets).unwrap();
        }
        assert_eq!(fs::read(path(name, "wbxml")).unwrap(), octets, "{name}");
    }
}
