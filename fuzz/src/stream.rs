//! Octets → events, in pieces and at once.
//!
//! However the document is cut: [`Decoder`] and [`StreamReader`] give the events, spans, depths and the error of a
//! [`Reader`] that has it whole, and report the same; with a limit for tokens, as far as it goes.

use core::cell::Cell;
use core::ops::{ControlFlow, Range};
use std::io;

use wbxml::{Decoder, Diagnostics, Error, ErrorKind, Event, Limit, Limits, Options, Reader, StreamError, StreamReader};

use crate::choices::Choices;

/// An event without what it borrows, its span and the depth behind it.
type Seen = (String, Range<usize>, u32);
type Read = (Vec<Seen>, Result<(), Error>);

/// Holds the oracle against `input`.
///
/// # Panics
/// If the oracle fails.
pub fn run(input: &[u8]) {
    let Some((mut choices, document)) = Choices::of(input) else { return };
    let options = choices.options();
    same(document, options, options, options, &mut choices);
    let kept = [(); 3].map(|()| Diagnostics::new());
    let [of_whole, of_decoder, of_reader] = kept.each_ref().map(|kept| options.lenient(kept));
    same(document, of_whole, of_decoder, of_reader, &mut choices);
    let [of_whole, of_decoder, of_reader] = kept.map(|kept| kept.to_vec());
    assert_eq!(of_decoder, of_whole, "a decoder reports something else");
    assert_eq!(of_reader, of_whole, "a stream reader reports something else");

    let limits = Limits { token: choices.below(32) as u32, ..choices.limits() };
    let options = options.limits(limits);
    let expected = whole(document, options);
    for read in [pushed(document, options, &mut choices), pulled(document, options, &mut choices)] {
        match read.1 {
            Err(error) if error.kind() == ErrorKind::Limit(Limit::Token) => {
                assert!(expected.0.starts_with(&read.0), "{:?} are not the first events of {expected:?}", read.0);
            }
            _ => assert_eq!(read, expected),
        }
    }
}

fn same(
    document: &[u8],
    of_whole: Options<'_>,
    of_decoder: Options<'_>,
    of_reader: Options<'_>,
    choices: &mut Choices,
) {
    let expected = whole(document, of_whole);
    assert_eq!(pushed(document, of_decoder, choices), expected, "a decoder reads something else");
    assert_eq!(pulled(document, of_reader, choices), expected, "a stream reader reads something else");
}

fn whole(document: &[u8], options: Options<'_>) -> Read {
    let mut seen = Vec::new();
    let mut reader = match Reader::new(document, options) {
        Ok(reader) => reader,
        Err(error) => return (seen, Err(error)),
    };
    loop {
        match reader.next_event() {
            Ok(Event::Eof) => return (seen, Ok(())),
            Ok(event) => seen.push((format!("{event:?}"), reader.span(), reader.depth())),
            Err(error) => return (seen, Err(error)),
        }
    }
}

fn pushed(document: &[u8], options: Options<'_>, choices: &mut Choices) -> Read {
    let mut seen = Vec::new();
    let mut decoder = Decoder::new(options);
    let mut unfed = document;
    while !unfed.is_empty() {
        let (mut piece, rest) = unfed.split_at(length(unfed, choices));
        unfed = rest;
        while !piece.is_empty() {
            let before = (piece.len(), seen.len());
            let fed = decoder.feed(&mut piece, |event, reader| {
                seen.push((format!("{event:?}"), reader.span(), reader.depth()));
                if choices.one_in(8) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
            if let Err(error) = fed {
                assert_eq!(decoder.feed(unfed, |_, _| panic!("an event behind the fault")), Err(error));
                assert_eq!(decoder.finish(), Err(error));
                return (seen, Err(error));
            }
            assert!((piece.len(), seen.len()) != before, "neither octets nor events");
        }
        assert_eq!(decoder.depth(), seen.last().map_or(0, |(_, _, depth)| *depth));
    }
    (seen, decoder.finish())
}

fn pulled(document: &[u8], options: Options<'_>, choices: &mut Choices) -> Read {
    let mut seen = Vec::new();
    let has_head = Cell::new(false);
    let source = Source { unread: document, choices: choices.clone(), may_fail: &has_head };
    let mut reader = match StreamReader::new(source, options) {
        Ok(reader) => reader,
        Err(StreamError::Document(error)) => return (seen, Err(error)),
        Err(error) => panic!("{error:?}"),
    };
    has_head.set(true);
    loop {
        match reader.next_spanned() {
            Ok((Event::Eof, _)) => return (seen, Ok(())),
            Ok((event, span)) => {
                let event = format!("{event:?}");
                assert_eq!(reader.span(), span);
                seen.push((event, span, reader.depth()));
            }
            Err(StreamError::Read(error)) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(StreamError::Document(error)) => {
                assert!(matches!(reader.next_event(), Err(StreamError::Document(again)) if again == error));
                return (seen, Err(error));
            }
            Err(error) => panic!("{error:?}"),
        }
    }
}

/// A source that gives as much as it likes, and sometimes nothing yet.
struct Source<'a> {
    unread: &'a [u8],
    choices: Choices,
    may_fail: &'a Cell<bool>,
}

impl io::Read for Source<'_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        if self.choices.one_in(8) {
            return Err(io::ErrorKind::Interrupted.into());
        }
        if self.may_fail.get() && self.choices.one_in(8) {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        let (piece, rest) = self.unread.split_at(length(self.unread, &mut self.choices).min(room.len()));
        room[..piece.len()].copy_from_slice(piece);
        self.unread = rest;
        Ok(piece.len())
    }
}

/// How long the next piece is: short more often than long.
fn length(unread: &[u8], choices: &mut Choices) -> usize {
    let longest = choices.from(&[1, 4, 16, 64, 1 << 14]);
    (1 + choices.below(longest)).min(unread.len())
}

#[test]
fn smoke() {
    crate::smoke(2000, run);
}
