//! A document that comes in pieces, pushed or pulled, is read as if it had come at once: the same events at the same
//! offsets and depths, and the same error. What is written to `std::io::Write` is what is written to memory.

#![cfg(feature = "std")]
#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests: to stop is how they fail"
)]

#[expect(dead_code, reason = "its tokens are used here, its decoder is not")]
mod naive;
mod support;

use bytes::BytesMut;
use core::ops::ControlFlow;
use naive::seen_by_reader::{Reading, at_once};
use naive::{Seen, Token};
use proptest::prelude::*;
use std::io::{self, Read, Write};
use std::sync::Mutex;
use support::generate;
use support::random::Random;
use wbxml::{
    Charset, Decoder, Diagnostic, DiagnosticKind, Emit, Error, ErrorKind, Event, IoSink, Limit, Limits, Options,
    PublicId, Reader, Report, Start, StreamError, StreamReader, Version, WriteError, Writer,
};

const CHUNKS: [usize; 5] = [1, 2, 3, 7, 64];

const CONTINUE: ControlFlow<()> = ControlFlow::Continue(());

/// What a decoder says of a document in these pieces.
fn pushed<'p>(pieces: impl IntoIterator<Item = &'p [u8]>, options: Options<'_>) -> Reading {
    let mut decoder = Decoder::new(options);
    let mut seen = Vec::new();
    for mut piece in pieces {
        let fed = decoder.feed(&mut piece, |event, reader| {
            seen.push(Seen { token: Token::from(&event), span: reader.span(), depth: reader.depth() });
            CONTINUE
        });
        if let Some(last) = seen.last() {
            assert_eq!((decoder.offset(), decoder.depth()), (last.span.end, last.depth));
        }
        if let Err(error) = fed {
            assert!(!error.is_unexpected_eof(), "more octets may come");
            assert_eq!(decoder.feed(&b"more"[..], |event, _| panic!("{event:?} behind a fault")), Err(error));
            assert_eq!(decoder.finish(), Err(error));
            return (seen, Err(error));
        }
        assert!(piece.is_empty());
    }
    (seen, decoder.finish())
}

/// What a decoder says that is left behind every event, with octets that are handed on to the next call.
fn pushed_one_by_one(document: &[u8], options: Options<'_>) -> Reading {
    let mut decoder = Decoder::new(options);
    let mut rest = BytesMut::from(document);
    let mut seen = Vec::new();
    while !rest.is_empty() {
        let mut event = None;
        let fed = decoder.feed(&mut rest, |read, reader| {
            assert!(event.is_none(), "an event behind a break");
            event = Some(Seen { token: Token::from(&read), span: reader.span(), depth: reader.depth() });
            ControlFlow::Break(())
        });
        if let Err(error) = fed {
            return (seen, Err(error));
        }
        if let Some(event) = event {
            assert_eq!((decoder.offset(), decoder.depth()), (event.span.end, event.depth));
            assert_eq!(document.len() - rest.len(), event.span.end);
            seen.push(event);
        }
    }
    (seen, decoder.finish())
}

/// What a stream reader says, and how often its source failed.
fn pulled(source: impl Read, options: Options<'_>) -> (Reading, usize) {
    let mut seen = Vec::new();
    let mut failures = 0;
    let mut reader = match StreamReader::new(source, options) {
        Ok(reader) => reader,
        Err(StreamError::Document(error)) => return ((seen, Err(error)), failures),
        Err(error) => panic!("{error}"),
    };
    let end = loop {
        let token = match reader.next_event() {
            Ok(Event::Eof) => break Ok(()),
            Ok(event) => Token::from(&event),
            Err(StreamError::Document(error)) => break Err(error),
            Err(_) => {
                failures += 1;
                assert!(failures < 10_000, "a source that only fails");
                continue;
            }
        };
        seen.push(Seen { token, span: reader.span(), depth: reader.depth() });
    };
    // the reader stays where it is, and says so again
    match reader.next_event() {
        Ok(event) => assert_eq!((event, end), (Event::Eof, Ok(()))),
        Err(error) => assert!(matches!(error, StreamError::Document(error) if Err(error) == end), "{error}"),
    }
    ((seen, end), failures)
}

/// A source that gives some octets at a time, is interrupted, and fails once in a while behind the first `steady` ones.
#[derive(Debug)]
struct Reluctant<'a> {
    octets: &'a [u8],
    longest: usize,
    steady: usize,
    random: Random,
    failures: usize,
}

impl<'a> Reluctant<'a> {
    const fn new(octets: &'a [u8], longest: usize, seed: u64) -> Self {
        Self { octets, longest, steady: usize::MAX, random: Random::new(seed), failures: 0 }
    }
}

impl Read for Reluctant<'_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        match self.random.below(4) {
            0 => return Err(io::ErrorKind::Interrupted.into()),
            1 if self.steady == 0 => {
                self.failures += 1;
                return Err(io::ErrorKind::TimedOut.into());
            }
            _ => {}
        }
        let length = (1 + self.random.below(self.longest)).min(room.len());
        let count = self.octets.read(&mut room[..length])?;
        self.steady = self.steady.saturating_sub(count);
        Ok(count)
    }
}

/// Any length of a token is waited for, as whole input would be.
const UNBOUND: Options<'_> = Options::new().limits(Limits { token: u32::MAX, ..Limits::DEFAULT });

fn check(name: &str, document: &[u8], chunks: &[usize]) {
    let expected = at_once(Reader::new(document, Options::new()));
    for &chunk in chunks {
        let read = pushed(document.chunks(chunk), Options::new());
        assert_eq!(read, expected, "{name}, {chunk} octets at a time: {document:02X?}");
        let (read, _) = pulled(Reluctant::new(document, chunk, 1), Options::new());
        assert_eq!(read, expected, "{name}, pulled, up to {chunk} octets at a time: {document:02X?}");
    }
    assert_eq!(pushed([document], Options::new()), expected, "{name}, at once: {document:02X?}");
    assert_eq!(pulled(document, Options::new()).0, expected, "{name}, pulled at once: {document:02X?}");
}

#[test]
fn every_split_of_every_fixture_in_two() {
    let mut count = 0;
    for fixture in support::fixtures() {
        let expected = at_once(Reader::new(&fixture.octets, Options::new()));
        for cut in 0..=fixture.octets.len() {
            let (one, two) = fixture.octets.split_at(cut);
            assert_eq!(pushed([one, two], Options::new()), expected, "{} cut at {cut}", fixture.name);
            let (read, _) = pulled(one.chain(two), Options::new());
            assert_eq!(read, expected, "{} cut at {cut}, pulled", fixture.name);
            count += 1;
        }
    }
    println!("{count} splits");
    assert!(count > 500);
}

#[test]
fn fixtures_in_chunks() {
    for fixture in support::fixtures() {
        check(&fixture.name, &fixture.octets, &CHUNKS);
    }
}

#[test]
fn truncated_fixtures_in_chunks() {
    for fixture in support::fixtures() {
        for cut in 0..fixture.octets.len() {
            check(&format!("{} cut at {cut}", fixture.name), &fixture.octets[..cut], &CHUNKS);
        }
    }
}

#[test]
fn fixtures_event_by_event() {
    for fixture in support::fixtures() {
        for cut in 0..=fixture.octets.len() {
            let document = &fixture.octets[..cut];
            let expected = at_once(Reader::new(document, Options::new()));
            assert_eq!(pushed_one_by_one(document, Options::new()), expected, "{} cut at {cut}", fixture.name);
        }
    }
}

/// Random splits, some fine and some around the size of the window, of whole documents and of truncated ones.
#[test]
fn corpus_in_random_pieces() {
    let mut random = Random::new(3);
    support::corpus("random pieces", |path, document| {
        for longest in [16, 300, 3 * Decoder::WINDOW] {
            let cut = random.below(document.len() + 1);
            for document in [document, &document[..cut]] {
                let expected = at_once(Reader::new(document, UNBOUND));
                let pieces = random.pieces(document, longest);
                assert_eq!(pushed(pieces.iter().copied(), UNBOUND), expected, "{path}: {longest}, {cut}");
                let seed = random.below(1 << 20) as u64;
                let (read, _) = pulled(Reluctant::new(document, longest, seed), UNBOUND);
                assert_eq!(read, expected, "{path}: {longest}, {cut}, seed {seed}");
            }
        }
    });
}

/// A source that fails loses nothing: whoever asks again gets the next event.
#[test]
fn a_source_that_fails_is_asked_again() {
    for fixture in support::fixtures() {
        let expected = at_once(Reader::new(&fixture.octets, Options::new()));
        let head = Reader::new(&fixture.octets, Options::new()).unwrap().header().len();
        let mut source = Reluctant { steady: head, ..Reluctant::new(&fixture.octets, 2, 7) };
        let (read, failures) = pulled(&mut source, Options::new());
        assert_eq!(read, expected, "{}", fixture.name);
        assert!(failures > 0 && failures == source.failures, "{}: {failures}", fixture.name);
    }
}

/// A source that fails within the head gives no reader, but its own error.
#[test]
fn a_source_that_fails_in_the_head() {
    let source = b"\x03\x01".chain(Broken);
    let error = StreamReader::new(source, Options::new()).unwrap_err();
    assert!(matches!(&error, StreamError::Read(error) if error.kind() == io::ErrorKind::BrokenPipe), "{error}");
    assert_eq!(error.to_string(), "the source cannot be read");
}

/// What the reader knows of the document beside its events is there while it is read.
#[test]
fn header_and_vocabulary_are_at_hand() {
    use wbxml::vocabulary::syncml::SYNCML_1_2;

    // the public identifier stands in the string table (5.5), behind the name of an element that is no token's
    let document = b"\x03\x00\x02\x6A\x20x\0-//SYNCML//DTD SyncML 1.2//EN\0\x44\x00\x6D\x01\x01";
    assert_eq!(usize::from(document[4]), document.len() - 5 - 5);
    let known = [&SYNCML_1_2];
    let options = Options::new().vocabularies(&known);
    let expected = *Reader::new(document, options).unwrap().header();

    let mut reader = StreamReader::new(&document[..], options).unwrap();
    assert_eq!((reader.header(), reader.vocabulary().name), (expected, SYNCML_1_2.name));
    assert_eq!((reader.span(), reader.depth()), (37..37, 0));
    let Ok(Event::Start(start)) = reader.next_event() else { panic!() };
    assert_eq!(reader.header().string_table.get(start.literal), Some(&b"x"[..]));

    let mut decoder = Decoder::new(options);
    let mut names = Vec::new();
    for octet in document.chunks(1) {
        assert_eq!(
            (decoder.header().is_some(), decoder.vocabulary().is_some()),
            (decoder.offset() > 0, decoder.offset() > 0)
        );
        let receive = |event: Event<'_>, reader: &Reader<'_>| {
            if let Event::Start(start) = event {
                let literal = reader.string_table().get(start.literal).unwrap_or_default();
                names.push(reader.vocabulary().tag_name(start.tag).map_or(literal.to_vec(), |name| name.into()));
            }
            CONTINUE
        };
        decoder.feed(octet, receive).unwrap();
    }
    assert_eq!((decoder.header(), decoder.vocabulary().map(|it| it.name)), (Some(expected), Some(SYNCML_1_2.name)));
    assert_eq!(names, [&b"x"[..], b"SyncML"]);
    decoder.finish().unwrap();
}

/// A buffer of several chunks is read to its end, also where one of them is larger than the window.
#[test]
fn a_buffer_of_several_chunks() {
    let string = vec![b'a'; 5 * Decoder::WINDOW];
    let document = [b"\x03\x01\x6A\x00\x45\x03", &string[..], b"\0\xC3\x03abc\x01"].concat();
    let expected = at_once(Reader::new(&document, Options::new()));
    for cut in [0, 2, 6, 7, Decoder::WINDOW, document.len() - 2, document.len()] {
        let mut seen = Vec::new();
        let mut decoder = Decoder::new(Options::new());
        let chunks = bytes::Buf::chain(&document[..cut], &document[cut..]);
        let receive = |event: Event<'_>, reader: &Reader<'_>| {
            seen.push(Seen { token: Token::from(&event), span: reader.span(), depth: reader.depth() });
            CONTINUE
        };
        decoder.feed(chunks, receive).unwrap();
        decoder.finish().unwrap();
        assert_eq!((seen, Ok(())), expected, "cut at {cut}");
    }
}

/// `Limits::token`: the longest token that passes has as many octets as the limit, however the document is split, and
/// also where it comes at once. Only who streams looks at it.
#[test]
fn a_token_beyond_the_limit() {
    let limit = 12;
    let options = Options::new().limits(Limits { token: limit, ..Limits::DEFAULT });
    for (what, head, short, long) in [
        ("STR_I", "03 01 6A 00", "03 61 61 61 61 61 61 61 61 61 61 00", "03 61 61 61 61 61 61 61 61 61 61 61 00"),
        ("EXT_I_2", "03 01 6A 00", "42 61 61 61 61 61 61 61 61 61 61 00", "42 61 61 61 61 61 61 61 61 61 61 61 00"),
        ("OPAQUE", "03 01 6A 00", "C3 0A 61 61 61 61 61 61 61 61 61 61", "C3 0B 61 61 61 61 61 61 61 61 61 61 61"),
        (
            "overlong OPAQUE",
            "03 01 6A 00",
            "C3 80 09 61 61 61 61 61 61 61 61 61",
            "C3 80 0A 61 61 61 61 61 61 61 61 61 61",
        ),
        ("UTF-16BE", "03 01 87 75 00", "03 00 61 00 61 00 61 00 61 00 00", "03 00 61 00 61 00 61 00 61 00 61 00 00"),
    ] {
        let head = support::octets(head);
        for (token, is_long) in [(short, false), (long, true)] {
            let document = [&head[..], &[0x45], &support::octets(token), &[0x01]].concat();
            let mut expected = at_once(Reader::new(&document, options));
            assert_eq!(expected.1, Ok(()), "{what}");
            if is_long {
                expected.0.truncate(1);
                expected.1 = Err(Error::new(ErrorKind::Limit(Limit::Token), head.len() + 1));
            }
            for cut in 0..=document.len() {
                let (one, two) = document.split_at(cut);
                assert_eq!(pushed([one, two], options), expected, "{what} cut at {cut}");
            }
            assert_eq!(pushed(document.chunks(1), options), expected, "{what}");
            assert_eq!(pulled(&document[..], options).0, expected, "{what}");
            assert_eq!(pulled(Reluctant::new(&document, 1, 1), options).0, expected, "{what}");
        }
    }
}

/// Header and string table count as one token, at offset 0.
#[test]
fn a_head_beyond_the_limit() {
    for (what, document, length) in [
        ("four octets and a table", &b"\x03\x01\x6A\x08abcdefg\0\x05"[..], 12),
        ("a table with an overlong length", b"\x03\x01\x6A\x80\x80\x06abcdef\x05", 12),
        ("no table", b"\x03\x00\x80\x80\x80\x80\x01\x80\x80\x80\x6A\x00\x05", 12),
    ] {
        let expected = at_once(Reader::new(document, Options::new()));
        for (token, expected) in
            [(length, expected), (length - 1, (Vec::new(), Err(Error::new(ErrorKind::Limit(Limit::Token), 0))))]
        {
            let options = Options::new().limits(Limits { token, ..Limits::DEFAULT });
            for chunk in 1..=document.len() {
                assert_eq!(pushed(document.chunks(chunk), options), expected, "{what}: {token}, {chunk}");
                assert_eq!(pulled(Reluctant::new(document, chunk, 1), options).0, expected, "{what}: {token}, {chunk}");
            }
        }
    }
}

/// A length is looked at as soon as it is known, not when as many octets have come; without a limit it is waited for.
#[test]
fn lengths_of_4_gib_fail_at_once() {
    for (what, document, events, offset, cut_off) in [
        ("OPAQUE in content", &b"\x03\x01\x6A\x00\x45\xC3\x8F\xFF\xFF\xFF\x7F"[..], 1, 5, 5),
        ("OPAQUE in a value", b"\x03\x01\x6A\x00\x85\x05\xC3\x8F\xFF\xFF\xFF\x7F", 2, 6, 6),
        ("string table", b"\x03\x01\x6A\x8F\xFF\xFF\xFF\x7F", 0, 0, 3),
    ] {
        for chunk in [1, document.len()] {
            let (seen, end) = pushed(document.chunks(chunk), Options::new());
            assert_eq!((seen.len(), end), (events, Err(Error::new(ErrorKind::Limit(Limit::Token), offset))), "{what}");
            let more = io::repeat(b'a').take(1 << 20);
            let ((seen, end), _) = pulled(document.chain(more), Options::new());
            assert_eq!((seen.len(), end), (events, Err(Error::new(ErrorKind::Limit(Limit::Token), offset))), "{what}");

            let (seen, end) = pushed(document.chunks(chunk), Options::new().limits(Limits::NONE));
            assert_eq!((seen.len(), end), (events, Err(Error::new(ErrorKind::UnexpectedEof, cut_off))), "{what}");
        }
    }
}

/// A token that may not stand here is no long token: the grammar speaks first, and does not wait for more octets.
#[test]
fn a_fault_is_not_waited_for() {
    for (what, document, kind, offset) in [
        ("OPAQUE behind the root", &b"\x03\x01\x6A\x00\x05\xC3\x8F\xFF\xFF\xFF\x7F"[..], ErrorKind::TrailingData, 5),
        ("STR_I behind the root", b"\x03\x01\x6A\x00\x05\x03a", ErrorKind::TrailingData, 5),
    ] {
        let expected = at_once(Reader::new(document, Options::new()));
        assert_eq!(expected.1, Err(Error::new(kind, offset)), "{what}");
        for cut in 0..=document.len() {
            let (one, two) = document.split_at(cut);
            assert_eq!(pushed([one, two], Options::new()), expected, "{what} cut at {cut}");
            // a source that must not be asked again
            let ((seen, end), failures) = pulled(document.chain(Broken), Options::new());
            assert_eq!(((seen, end), failures), (expected.clone(), 0), "{what} cut at {cut}");
        }
    }
}

/// A source and target that fails.
#[derive(Debug)]
struct Broken;

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }
}

impl Write for Broken {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Err(io::ErrorKind::ConnectionReset.into())
    }
}

/// A document that is read from a source is written to a target octet by octet: neither is ever whole in memory.
#[test]
fn what_is_read_from_a_source_is_written_to_a_target() {
    let mut written = 0;
    for fixture in support::fixtures() {
        let mut reader = StreamReader::new(Reluctant::new(&fixture.octets, 5, 9), Options::new()).unwrap();
        let mut sink = IoSink::new(Vec::new());
        let mut writer = Writer::with_header(&mut sink, &reader.header()).unwrap();
        loop {
            match reader.next_spanned().unwrap() {
                (Event::Eof, _) => break,
                (event, span) => writer.event_of_len(&event, span.len()).unwrap(),
            }
        }
        assert!(sink.error().is_none());
        let octets = sink.finish().unwrap();
        assert_eq!(octets, fixture.octets, "{}", fixture.name);
        written += octets.len();
    }
    assert!(written > 0);
}

/// A target that fails: writers say that it did, the sink says why, and nothing is written behind the gap.
#[test]
fn a_target_that_fails() {
    use wbxml::vocabulary::syncml::{SYNCML_1_2, tag};

    let mut room = [0xAA; 6];
    let mut sink = IoSink::new(&mut room[..]);
    let mut writer = Writer::new(&mut sink, &SYNCML_1_2).unwrap();
    writer.start(Start::new(tag::SYNC_ML)).unwrap();
    assert_eq!(writer.text("longer than the room"), Err(WriteError::Failed));
    assert_eq!(writer.end(), Err(WriteError::Failed));
    assert_eq!(sink.error().unwrap().kind(), io::ErrorKind::WriteZero);
    assert_eq!(sink.finish().unwrap_err().kind(), io::ErrorKind::WriteZero);
    assert_eq!(room[..6], *b"\x03\xA4\x01\x6A\x00\x6D");

    let mut broken = IoSink::new(Broken);
    assert_eq!(Writer::new(&mut broken, &SYNCML_1_2).err(), Some(WriteError::Failed));
    assert_eq!(broken.finish().err().map(|error| error.kind()), Some(io::ErrorKind::BrokenPipe));
    let unused = IoSink::new(Broken).finish();
    assert_eq!(unused.err().map(|error| error.kind()), Some(io::ErrorKind::ConnectionReset), "it is flushed");
}

/// A charset that only the transport knows says where a string ends, in pieces too.
#[test]
fn the_charset_of_the_transport() {
    use wbxml::Cursor;

    let document = support::octets("03 01 00 04 01 00 00 00 45 83 00 03 01 00 00 41 00 00 01");
    let options = Options::new().charset(Charset::UTF_16BE);
    let expected = at_once(Reader::new(&document, options));
    assert_eq!((expected.0.len(), expected.1), (4, Ok(())));
    for chunk in 1..=document.len() {
        assert_eq!(pushed(document.chunks(chunk), options), expected, "{chunk}");
        assert_eq!(pulled(Reluctant::new(&document, chunk, 2), options).0, expected, "{chunk}");
    }
    let reader = StreamReader::new(&document[..], options).unwrap();
    assert_eq!((reader.charset(), reader.header().charset), (Charset::UTF_16BE, Charset::UNKNOWN));
    // the reader that comes with an event has what stands before the next chunk
    let mut texts = Vec::new();
    let mut decoder = Decoder::new(options);
    let receive = |event: Event<'_>, reader: &Reader<'_>| {
        if let Event::Start(start) = event {
            texts.extend(reader.clone().text(start).map(|text| text.to_cow().map(|text| text.into_owned())));
        }
        CONTINUE
    };
    decoder.feed(&document[..], receive).unwrap();
    assert_eq!(texts, [Ok("\u{100}\u{100}A".to_owned())]);
}

/// The header that is kept is the header that came, for every version and form of public identifier.
#[test]
fn headers_are_kept() {
    for (document, version, public_id, charset) in [
        (&b"\x00\x04\x00\x05"[..], Version::V1_0, PublicId::Number(4), Charset::UNKNOWN),
        (b"\x01\x01\x04\x00\x05", Version::V1_1, PublicId::Number(1), Charset::new(4)),
        (b"\x03\x00\x02\x6A\x04a\0b\0\x05", Version::V1_3, PublicId::Index(2), Charset::UTF_8),
    ] {
        let reader = StreamReader::new(Reluctant::new(document, 1, 1), Options::new()).unwrap();
        let header = reader.header();
        assert_eq!((header.version, header.public_id, header.charset), (version, public_id, charset));
        assert_eq!(header, *Reader::new(document, Options::new()).unwrap().header());
    }
}

/// Whoever is told what lenient reading forgives, in order and as often as it is told.
#[derive(Debug, Default)]
struct Log(Mutex<Vec<Diagnostic>>);

impl Report for Log {
    fn forgiven(&self, diagnostic: Diagnostic) {
        self.0.lock().unwrap().push(diagnostic);
    }
}

/// What `read` gives with lenient options, and what it forgives.
fn leniently<T>(read: impl FnOnce(Options<'_>) -> T) -> (T, Vec<Diagnostic>) {
    let log = Log::default();
    let result = read(UNBOUND.lenient(&log));
    (result, log.0.into_inner().unwrap())
}

fn check_leniently(name: &str, document: &[u8], chunks: &[usize]) -> usize {
    let expected = leniently(|options| at_once(Reader::new(document, options)));
    for &chunk in chunks {
        let read = leniently(|options| pushed(document.chunks(chunk), options));
        assert_eq!(read, expected, "{name}, {chunk} octets at a time: {document:02X?}");
        let read = leniently(|options| pulled(Reluctant::new(document, chunk, 1), options).0);
        assert_eq!(read, expected, "{name}, pulled, up to {chunk} octets at a time: {document:02X?}");
    }
    expected.1.len()
}

/// What is forgiven at once is forgiven in pieces, and told once.
#[test]
fn lenient_reading_in_pieces() {
    for (what, document) in [
        ("OPAQUE in a value of version 1.1", "01 05 6A 00 85 0A C3 01 20 01"),
        ("an empty attribute list", "03 01 6A 00 85 01"),
        ("an entity that is no character", "03 01 6A 00 45 02 00 02 83 B0 00 01"),
        ("a table without its last terminator", "03 01 6A 03 61 62 63 45 83 00 01"),
        ("a public identifier outside of the table", "03 00 05 6A 00 05"),
        ("a minor version that is not defined", "07 01 6A 00 05"),
        ("xmlns", "03 01 6A 00 85 04 00 03 61 00 01"),
        ("octets behind the body", "03 01 6A 00 45 01 01 01 01"),
        ("octets behind the body that are a whole token", "03 01 6A 00 05 03 61 00 05"),
        ("octets behind the body that are no whole token", "03 01 6A 00 05 C3 8F FF FF FF 7F 61"),
        ("octets behind a body of version 1.0", "00 04 00 45 01 01 05"),
    ] {
        let document = support::octets(document);
        let chunks: Vec<usize> = (1..=document.len()).collect();
        assert!(check_leniently(what, &document, &chunks) > 0, "{what}");
        for cut in 0..document.len() {
            check_leniently(what, &document[..cut], &chunks);
        }
    }
}

/// Octets behind the body that lenient reading forgives are not kept.
#[test]
fn octets_behind_the_body_are_dropped() {
    let log = Log::default();
    let mut decoder = Decoder::new(Options::new().lenient(&log));
    decoder.feed(&b"\x03\x01\x6A\x00\x05"[..], |_, _| CONTINUE).unwrap();
    for _ in 0..1000 {
        decoder.feed(&b"\xC3garbage"[..], |event, _| panic!("{event:?}")).unwrap();
    }
    assert_eq!(decoder.offset(), 5);
    decoder.finish().unwrap();
    assert_eq!(*log.0.lock().unwrap(), [Diagnostic::new(DiagnosticKind::TrailingData, 5)]);
    // a source is not read on for them
    let mut reader =
        StreamReader::new((&b"\x03\x01\x6A\x00\x05\x05"[..]).chain(Broken), Options::new().lenient(&())).unwrap();
    assert!(matches!(reader.next_event(), Ok(Event::Start(_))));
    assert!(matches!(reader.next_event(), Ok(Event::Eof)));
    assert!(matches!(reader.next_event(), Ok(Event::Eof)));
    assert_eq!(reader.span(), 5..5);
}

#[test]
fn corpus_leniently() {
    let mut forgiven = 0;
    support::corpus("lenient", |path, document| {
        forgiven += check_leniently(path, document, if document.len() <= 4096 { &[1, 61] } else { &[61] });
    });
    println!("{forgiven} things forgiven");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2048, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_fixtures(document in generate::mutated_fixture(), seed in any::<u64>()) {
        let pieces = Random::new(seed).pieces(&document, 40);
        let expected = at_once(Reader::new(&document, UNBOUND));
        prop_assert_eq!(pushed(pieces, UNBOUND), expected.clone());
        prop_assert_eq!(pushed(document.chunks(1), UNBOUND), expected.clone());
        prop_assert_eq!(pushed_one_by_one(&document, UNBOUND), expected.clone());
        prop_assert_eq!(pulled(Reluctant::new(&document, 9, seed), UNBOUND).0, expected);
        check_leniently("by chance", &document, &[1, 5]);
    }

    #[test]
    fn arbitrary_tokens(header in generate::header(), body in generate::body(), seed in any::<u64>()) {
        let document = [header, body].concat();
        let pieces = Random::new(seed).pieces(&document, 40);
        let expected = at_once(Reader::new(&document, UNBOUND));
        prop_assert_eq!(pushed(pieces, UNBOUND), expected.clone());
        prop_assert_eq!(pushed(document.chunks(1), UNBOUND), expected.clone());
        prop_assert_eq!(pushed_one_by_one(&document, UNBOUND), expected.clone());
        prop_assert_eq!(pulled(Reluctant::new(&document, 9, seed), UNBOUND).0, expected);
        check_leniently("by chance", &document, &[1, 5]);
    }
}
