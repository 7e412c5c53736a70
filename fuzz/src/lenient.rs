//! Octets → events, strictly and leniently.
//!
//! Lenient reading is never worse than strict reading: it gives the same events and goes on from there or not at all,
//! says what it forgives, in order, and forgives nothing where strict reading finds nothing. Both keep to the limits.

use wbxml::{DiagnosticKind, Diagnostics, Error, Event, Limits, Options, Reader};

use crate::choices::Choices;

type Read<'a> = (Vec<Event<'a>>, Result<(), Error>);

/// Holds the oracle against `input`.
///
/// # Panics
/// If the oracle fails.
pub fn run(input: &[u8]) {
    let Some((mut choices, document)) = Choices::of(input) else { return };
    let limits = choices.limits();
    let options = choices.options().limits(limits);
    let (events, end) = read(document, options, limits);
    let forgiven = Diagnostics::new();
    let (more, late) = read(document, options.lenient(&forgiven), limits);

    assert!(more.starts_with(&events), "{more:?} do not begin with {events:?}");
    let reported = forgiven.to_vec();
    assert!(reported.is_sorted_by_key(|diagnostic| diagnostic.offset()), "{reported:?} are not in order");
    assert!(reported.iter().all(|diagnostic| diagnostic.offset() <= document.len()), "{reported:?}");
    let is_noted = |kind| {
        use DiagnosticKind::{MinorVersion, PublicIdIndex, UnterminatedTable, Xmlns};
        matches!(kind, MinorVersion(_) | PublicIdIndex(_) | UnterminatedTable | Xmlns(_))
    };
    let pardons = reported.iter().filter(|diagnostic| !is_noted(diagnostic.kind())).count();
    match end {
        Ok(()) => {
            assert_eq!((more, late), (events, end), "lenient reading differs where there is nothing to forgive");
            assert_eq!(pardons, 0, "{reported:?} of what is right");
        }
        Err(fault) => {
            if let Err(later) = late {
                assert!(later.offset() >= fault.offset(), "{later} comes before {fault}");
            }
            if late.is_ok() || more.len() > events.len() {
                let first = reported.iter().find(|diagnostic| diagnostic.offset() >= fault.offset());
                assert!(first.is_some(), "{fault} is forgiven, and nobody is told: {reported:?}");
            }
        }
    }
}

/// The events, which keep to the limits.
fn read<'a>(document: &'a [u8], options: Options<'a>, limits: Limits) -> Read<'a> {
    let mut events = Vec::new();
    let mut reader = match Reader::new(document, options) {
        Ok(reader) => reader,
        Err(error) => return (events, Err(error)),
    };
    let mut attributes = 0;
    loop {
        match reader.next_event() {
            Ok(Event::Eof) => return (events, Ok(())),
            Ok(event) => {
                match event {
                    Event::Start(_) | Event::Pi => attributes = 0,
                    Event::AttributeStart(_) => attributes += 1,
                    _ => {}
                }
                assert!(!reader.span().is_empty(), "{event:?} takes no octet");
                assert!(reader.depth() <= limits.depth, "{event:?} is too deep");
                // the target of a processing instruction is none of the limited
                assert!(attributes <= limits.attributes.max(1), "{event:?} is one too many");
                events.push(event);
            }
            Err(error) => return (events, Err(error)),
        }
    }
}

#[test]
fn smoke() {
    crate::smoke(4000, run);
}
