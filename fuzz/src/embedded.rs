//! Octets → a document inside a document.
//!
//! What [`Reader::embedded`] takes for a document reads to its end, at offsets of the outermost document and within
//! the limits, and so do the documents inside it; the same octets as the only content of a document, too.

use wbxml::{Event, Limits, Options, Reader, mb_u_int32};

use crate::choices::Choices;

/// Holds the oracle against `input`.
///
/// # Panics
/// If the oracle fails.
pub fn run(input: &[u8]) {
    let Some((mut choices, document)) = Choices::of(input) else { return };
    let limits = choices.limits();
    let options = choices.options().limits(limits);
    let options = if choices.one_in(2) { options.lenient(&()) } else { options };
    all(document, options, limits);

    let mut host = b"\x03\x01\x6A\x00\x45\xC3".to_vec();
    host.extend(mb_u_int32::Encoded::new(document.len() as u32).as_slice());
    host.extend(document);
    host.push(0x01);
    all(&host, options, limits);
}

/// All documents inside a document, and inside those.
fn all(document: &[u8], options: Options<'_>, limits: Limits) {
    let Ok(reader) = Reader::new(document, options) else { return };
    let mut readers = vec![(reader, 0..document.len())];
    while let Some((mut reader, place)) = readers.pop() {
        let is_outermost = place == (0..document.len());
        loop {
            match reader.next_event() {
                Ok(Event::Eof) => break,
                Ok(event) => {
                    let span = reader.span();
                    assert!(place.start <= span.start && span.end <= place.end, "{event:?} at {span:?} of {place:?}");
                    assert!(reader.depth() <= limits.depth, "{event:?} is too deep");
                    if let Event::Opaque(octets) = event {
                        let place = span.end - octets.len()..span.end;
                        assert_eq!(&document[place.clone()], octets);
                        if let Some(inner) = reader.embedded(octets, options) {
                            readers.push((inner, place));
                        }
                    }
                }
                Err(error) => {
                    assert!(is_outermost, "{error} in an embedded document");
                    break;
                }
            }
        }
    }
}

#[test]
fn smoke() {
    crate::smoke(4000, run);
}
