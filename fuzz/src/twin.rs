//! Octets → XML → octets.
//!
//! Whatever the document says, what is written as XML can be read, by any layout and policy; the canonical form is that
//! of all documents that say the same, and its own.

use wbxml::xml::{self, Characters, Duplicates, Layout};
use wbxml::{AnyReader, Event, Limits, Options, TranscodeError, WriteError, is_xml, transcode};

use crate::choices::Choices;

/// Holds the oracle against `input`.
///
/// # Panics
/// If the oracle fails.
pub fn run(input: &[u8]) {
    let Some((mut choices, document)) = Choices::of(input) else { return };
    let options = choices.options();
    let options = if choices.one_in(4) { options.lenient(&()) } else { options };
    let Ok(reader) = AnyReader::new(document, options) else { return };
    let again = Options::new().limits(Limits::NONE);
    let again = if options_know(&reader) { again.assume(vocabulary(&reader)) } else { again };

    let layout = choices.layout();
    let (characters, duplicates) = (choices.characters(), choices.duplicates());
    let written = to_xml(document, options, layout, characters, duplicates);
    let Ok(text) = written else {
        let error = written.unwrap_err();
        if let TranscodeError::Write(error, _) = error {
            let is_chosen = match error {
                WriteError::NotXml(_) | WriteError::OpaqueInXml | WriteError::Text(_) => {
                    characters == Characters::Error
                }
                WriteError::DuplicateAttribute => duplicates == Duplicates::Error,
                // roots and texts beside each other in version 1.0; what ends an instruction
                WriteError::Misplaced | WriteError::PiData => true,
                _ => false,
            };
            assert!(is_chosen, "{error}");
        }
        return;
    };
    // a document of version 1.0 may have no element at all
    if !says_something(document, options) {
        return;
    }
    assert!(is_xml(text.as_bytes()), "{text}");
    reads(&text, again);

    let canonical = |document: &[u8], options| {
        to_xml(document, options, Layout::Canonical, Characters::Error, Duplicates::Error)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(document)))
    };
    let first = canonical(text.as_bytes(), again);
    assert_eq!(canonical(first.as_bytes(), again), first, "the canonical form of {text}");
    if layout == Layout::Compact {
        // and that of the whole, as it stands in the one encoding or the other
        if let Ok(direct) = to_xml(document, options, Layout::Canonical, characters, duplicates) {
            assert_eq!(canonical(direct.as_bytes(), again), first, "{text}");
        }
    }
}

/// Whether there is an element.
fn says_something(document: &[u8], options: Options<'_>) -> bool {
    let Ok(mut reader) = AnyReader::new(document, options) else { return false };
    loop {
        match reader.next_event() {
            Ok(Event::Start(_)) => return true,
            Ok(Event::Eof) | Err(_) => return false,
            Ok(_) => {}
        }
    }
}

fn vocabulary<'a>(reader: &AnyReader<'a>) -> &'a wbxml::Vocabulary<'a> {
    match reader {
        AnyReader::Wbxml(reader) => reader.vocabulary(),
        AnyReader::Xml(reader) => reader.vocabulary(),
    }
}

fn options_know(reader: &AnyReader<'_>) -> bool {
    !vocabulary(reader).name.is_empty()
}

fn to_xml(
    document: &[u8],
    options: Options<'_>,
    layout: Layout,
    characters: Characters,
    duplicates: Duplicates,
) -> Result<String, TranscodeError> {
    let mut reader = AnyReader::new(document, options)?;
    let mut out = Vec::new();
    let writer = xml::Writer::document(&mut out, vocabulary(&reader));
    let mut writer = writer.layout(layout).characters(characters).duplicates(duplicates);
    transcode(&mut reader, &mut writer)?;
    Ok(String::from_utf8(out).unwrap())
}

fn reads(text: &str, options: Options<'_>) {
    let mut reader = xml::Reader::new(text.as_bytes(), options).unwrap_or_else(|error| panic!("{error}: {text}"));
    loop {
        match reader.next_event() {
            Ok(Event::Eof) => return,
            Ok(_) => {}
            Err(error) => panic!("{error}: {text}"),
        }
    }
}

#[test]
fn smoke() {
    crate::smoke(3000, run);
}
