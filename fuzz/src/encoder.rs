//! Octets → values → octets, by each policy.
//!
//! Whatever the document says: the length that is told beforehand is the length; a string table that pays is never
//! longer than another one or none; too little room is an error; and what was written can be read.

use wbxml::{Encoder, Event, Limits, Reader, Transcript, Version, WriteError};

use crate::choices::{Choices, STRINGS};

/// Holds the oracle against `input`.
///
/// # Panics
/// If the oracle fails.
pub fn run(input: &[u8]) {
    let Some((mut choices, document)) = Choices::of(input) else { return };
    let options = choices.options();
    let Ok(transcript) = Transcript::new(document, options) else { return };
    let encoder = choices.encoder(transcript.vocabulary());
    let [never, when_it_pays, always] = STRINGS.map(|strings| {
        let encoder = encoder.strings(strings);
        let encoded = encoder.encode(&transcript);
        assert_eq!(encoder.encoded_len(&transcript), encoded.as_ref().map(Vec::len).map_err(|error| *error));
        encoded.inspect(|octets| no_room(&encoder, &transcript, octets, &mut choices))
    });
    assert_eq!(when_it_pays.as_ref().err(), never.as_ref().err(), "one policy can, another cannot");
    assert_eq!(when_it_pays.as_ref().err(), always.as_ref().err(), "one policy can, another cannot");
    let (Ok(never), Ok(when_it_pays), Ok(always)) = (never, when_it_pays, always) else { return };
    assert!(when_it_pays.len() <= never.len(), "it does not pay: {when_it_pays:02X?} {never:02X?}");
    assert!(when_it_pays.len() <= always.len(), "it does not pay: {when_it_pays:02X?} {always:02X?}");

    // several roots, and text beside them, are there in version 1.0 alone
    if document.first() == Some(&Version::V1_0.octet()) {
        return;
    }
    for octets in [never, when_it_pays, always] {
        // what was written has a charset field only where the version has one
        let options = wbxml::Options::new().limits(Limits::NONE);
        let mut reader = Reader::new(&octets, options).unwrap();
        loop {
            match reader.next_event() {
                Ok(Event::Eof) => break,
                Ok(_) => {}
                Err(error) => panic!("{error} in {octets:02X?}"),
            }
        }
    }
}

/// Room for less than the document.
fn no_room(encoder: &Encoder<'_>, transcript: &Transcript<'_>, octets: &[u8], choices: &mut Choices) {
    for room in [0, choices.below(octets.len()), octets.len() - 1, octets.len()] {
        let mut sink = vec![0xEE; room];
        let written = encoder.encode_into(transcript, &mut sink[..]);
        if room < octets.len() {
            assert_eq!(written, Err(WriteError::Full), "{room} octets are enough");
            assert!(sink.iter().zip(octets).all(|(is, should)| is == should || *is == 0xEE));
        } else {
            assert_eq!((written, &sink[..]), (Ok(()), octets));
        }
    }
}

#[test]
fn smoke() {
    crate::smoke(1500, run);
}
