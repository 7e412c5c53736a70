//! From one encoding to the other.

use wbxml::{AnyReader, Cursor, Encoder, Options, Transcript, Writer, transcode, xml};

use crate::inputs::KNOWN;

fn reader(document: &[u8]) -> AnyReader<'_> {
    AnyReader::new(document, Options::new().vocabularies(&KNOWN)).expect("the inputs are documents")
}

/// The document as XML without layout.
#[must_use]
pub fn to_xml(document: &[u8]) -> usize {
    let mut reader = reader(document);
    let mut octets = Vec::new();
    let mut writer = xml::Writer::document(&mut octets, reader.vocabulary());
    transcode(&mut reader, &mut writer).expect("the inputs can be written");
    octets.len()
}

/// The document, which is XML, as WBXML, all text inline.
#[must_use]
pub fn from_xml(document: &[u8]) -> usize {
    let mut reader = reader(document);
    let mut octets = Vec::new();
    let mut writer = Writer::new(&mut octets, reader.vocabulary()).expect("a vector has room");
    transcode(&mut reader, &mut writer).expect("the inputs can be written");
    octets.len()
}

/// The document, which is XML, as WBXML with the strings in the string table that make it shorter.
#[must_use]
pub fn from_xml_table(document: &[u8]) -> usize {
    let transcript = Transcript::new(document, Options::new().vocabularies(&KNOWN));
    let vocabulary = transcript.vocabulary().expect("the inputs are documents");
    Encoder::new(vocabulary).encode(&transcript).expect("the inputs can be written").len()
}
