//! From one encoding to the other.

use wbxml::{AnyReader, Cursor, Encoder, Options, Transcript, Writer, transcode, xml};

use crate::inputs::KNOWN;

fn reader(document: &[u8]) -> AnyReader<'_> {
    AnyReader::new(document, Options::new().vocabularies(&KNOWN)).expect("the inputs are documents")
}

/// The document as XML without layout, into a buffer that is used again.
#[must_use]
pub fn to_xml(document: &[u8], buffer: &mut Vec<u8>) -> usize {
    buffer.clear();
    let mut reader = reader(document);
    let mut writer = xml::Writer::document(&mut *buffer, reader.vocabulary());
    transcode(&mut reader, &mut writer).expect("the inputs can be written");
    buffer.len()
}

/// The document, which is XML, as WBXML, all text inline, into a buffer that is used again.
#[must_use]
pub fn from_xml(document: &[u8], buffer: &mut Vec<u8>) -> usize {
    buffer.clear();
    let mut reader = reader(document);
    let mut writer = Writer::new(&mut *buffer, reader.vocabulary()).expect("a vector has room");
    transcode(&mut reader, &mut writer).expect("the inputs can be written");
    buffer.len()
}

/// The document, which is XML, as WBXML with the strings in the string table that make it shorter, into a buffer that is
/// used again.
#[must_use]
pub fn from_xml_table(document: &[u8], buffer: &mut Vec<u8>) -> usize {
    buffer.clear();
    let transcript = Transcript::new(document, Options::new().vocabularies(&KNOWN));
    let transcript = transcript.expect("the inputs are documents");
    let encoder = Encoder::new(transcript.vocabulary());
    encoder.encode_into(&transcript, &mut *buffer).expect("the inputs can be written");
    buffer.len()
}
