//! Documents made to hurt. Every height answers each of them, with an error or with what it says, in memory that follows
//! from what is there and not from what is claimed. A height that recurses ends here by its stack, and one that takes
//! quadratic time never ends.

#![cfg(feature = "xml")]
#![expect(unsafe_code, reason = "a global allocator is unsafe to write; nothing else here is")]
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    reason = "helpers of tests: to stop is how they fail"
)]

mod support;

use core::alloc::{GlobalAlloc, Layout};
use core::cell::Cell;
use core::fmt;
use core::ops::ControlFlow;
use std::alloc::System;
use wbxml::vocabulary::{Vocabulary, prov, syncml};
use wbxml::{
    AnyReader, Cursor, Decoder, Encoder, Error, ErrorKind, Event, Limit, Limits, Options, Patch, Reader, Sink,
    StreamReader, Transcript, Tree, WriteError, Writer, mb_u_int32, transcode, xml,
};

/// The system's allocator, which knows for each thread how much it holds, and how much that was at most.
struct Counting;

thread_local! {
    static HELD: Cell<usize> = const { Cell::new(0) };
    static MOST: Cell<usize> = const { Cell::new(0) };
}

fn count(more: usize, less: usize) {
    // a thread that ends has no counters any more
    let _ = HELD.try_with(|held| {
        held.set(held.get().wrapping_add(more).wrapping_sub(less));
        MOST.try_with(|most| most.set(most.get().max(held.get())))
    });
}

// SAFETY: every call is handed on to the system's allocator as it came; the counters neither allocate nor panic.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size(), 0);
        // SAFETY: the caller keeps the promises that `System` asks for
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count(0, layout.size());
        // SAFETY: as above
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

static KNOWN: [&Vocabulary<'static>; 2] = [&prov::PROV_1_0, &syncml::SYNCML_1_2];

/// A sink that takes so many octets, and keeps none of them.
struct Room(usize);

impl Sink for Room {
    fn put(&mut self, octets: &[u8]) -> Result<(), WriteError> {
        self.0 = self.0.checked_sub(octets.len()).ok_or(WriteError::Full)?;
        Ok(())
    }
}

impl fmt::Write for Room {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.put(text.as_bytes()).map_err(|_| fmt::Error)
    }
}

/// As much as anything here may become when it is written.
const ROOM: usize = 64 << 20;

/// A way through a document: what is wrong with the document, as far as it looks. That something cannot be written is
/// no fault of the document.
type Height = fn(&[u8], Options<'_>) -> Result<(), Error>;

/// Each way, and how many octets it may hold for each octet of the document.
const HEIGHTS: &[(&str, usize, Height)] = &[
    ("next_event", 0, |document, options| {
        let mut reader = Reader::new(document, options)?;
        while reader.next_event()? != Event::Eof {}
        Ok(())
    }),
    ("drive", 0, |document, options| Reader::new(document, options)?.drive(|_| ControlFlow::Continue(()))),
    ("skip", 0, |document, options| {
        let mut reader = Reader::new(document, options)?;
        let root = reader.root()?;
        reader.skip(root)?;
        reader.finish()
    }),
    ("attributes and data", 0, |document, options| {
        let mut reader = Reader::new(document, options)?;
        let root = reader.root()?;
        while reader.next_attribute(root)?.is_some() {}
        reader.data(root)?;
        reader.finish()
    }),
    ("Decoder", 3, |document, options| {
        let mut decoder = Decoder::new(options);
        for chunk in document.chunks(4096) {
            decoder.feed(chunk, |_, _| ControlFlow::Continue(()))?;
        }
        decoder.finish()
    }),
    ("StreamReader", 3, |document, options| {
        let read = || {
            let mut reader = StreamReader::new(document, options)?;
            while reader.next_event()? != Event::Eof {}
            Ok(())
        };
        read().map_err(|error: wbxml::StreamError| match error {
            wbxml::StreamError::Document(error) => error,
            other => panic!("{other}"),
        })
    }),
    ("Tree, printed, cloned, compared and written", 400, |document, options| {
        let tree = Tree::read(document, options)?;
        let _ = fmt::Write::write_fmt(&mut Room(ROOM), format_args!("{tree} {tree:?}"));
        let copy = tree.clone().into_owned();
        assert!(copy == tree, "a copy is another tree");
        let _ = Encoder::new(tree.vocabulary()).encode_into(&copy, Room(ROOM));
        Ok(())
    }),
    ("transcode to XML", 80, |document, options| {
        let mut reader = AnyReader::new(document, options)?;
        let vocabulary = Cursor::vocabulary(&reader);
        written(transcode(&mut reader, &mut xml::Writer::new(Room(ROOM), vocabulary)))
    }),
    ("transcode to WBXML", 40, |document, options| {
        let mut reader = AnyReader::new(document, options)?;
        let vocabulary = Cursor::vocabulary(&reader);
        match Writer::new(Room(ROOM), vocabulary) {
            Ok(mut writer) => written(transcode(&mut reader, &mut writer)),
            Err(error) => panic!("{error}"),
        }
    }),
    ("Encoder", 200, |document, options| {
        let transcript = Transcript::new(document, options)?;
        match Encoder::new(transcript.vocabulary()).encode_into(&transcript, Room(ROOM)) {
            Err(WriteError::Unreadable(error)) => Err(error),
            _ => Ok(()),
        }
    }),
    ("Patch", 200, |document, options| {
        let mut patch = Patch::new(document, options)?;
        let last = patch.sites().last();
        if let Some(site) = last {
            let _ = patch.delete(site);
        }
        let _ = patch.finish_into(Room(ROOM));
        Ok(())
    }),
];

fn written(result: Result<(), wbxml::TranscodeError>) -> Result<(), Error> {
    match result {
        Err(wbxml::TranscodeError::Read(error)) => Err(error),
        _ => Ok(()),
    }
}

/// Reads `document` at every height within these limits: what each answers, if it holds no more than it may.
fn answers(name: &str, document: &[u8], limits: Limits) -> Vec<(&'static str, Result<(), Error>)> {
    let options = Options::new().vocabularies(&KNOWN).limits(limits);
    let size = document.len() + said(document, options);
    let mut answers = Vec::new();
    for (height, share, read) in HEIGHTS {
        let before = HELD.get();
        MOST.set(before);
        answers.push((*height, read(document, options)));
        let held = MOST.get() - before;
        let most = share * size + (64 << 10);
        assert!(held <= most, "{name}, {height}: {held} octets for a document that says {size}");
    }
    answers
}

/// The octets of the strings in the table that a document refers to, each time: what it says without having it.
fn said(document: &[u8], options: Options<'_>) -> usize {
    let mut said = 0;
    let count = |event| {
        if let Event::Text(text) = event {
            said += if text.index().is_some() { text.octets().len() } else { 0 };
        }
        ControlFlow::Continue(())
    };
    // the fault, if there is one, is not what is asked for
    let _ = Reader::new(document, options).and_then(|reader| reader.drive(count));
    said
}

/// Every height answers the same.
fn check(name: &str, document: &[u8], limits: Limits, expected: Result<(), Error>) {
    for (height, answer) in answers(name, document, limits) {
        assert_eq!(answer, expected, "{name}, {height}");
    }
}

fn error(kind: ErrorKind, offset: usize) -> Result<(), Error> {
    Err(Error::new(kind, offset))
}

/// PROV 1.0, UTF-8, a string table.
fn head(table: &[u8]) -> Vec<u8> {
    let length = mb_u_int32::Encoded::new(u32::try_from(table.len()).unwrap());
    [&[0x03, 0x0B, 0x6A], length.as_slice(), table].concat()
}

#[test]
fn a_million_levels() {
    let levels = 1_000_000;
    let document = [head(b""), vec![0x45; levels], vec![0x01; levels]].concat();
    check("nested", &document, Limits::DEFAULT, error(ErrorKind::Limit(Limit::Depth), 4 + 256));
    check("nested", &document, Limits::NONE, Ok(()));
    let open = &document[..document.len() - levels];
    check("never closed", open, Limits::NONE, error(ErrorKind::UnexpectedEof, open.len()));
}

#[test]
fn two_hundred_thousand_attributes() {
    let same = [&head(b"")[..], &[0x85], &vec![0x05; 200_000], &[0x01]].concat();
    let faults = [error(ErrorKind::Limit(Limit::Attributes), 5 + 256), error(ErrorKind::DuplicateAttribute, 6)];
    for (height, answer) in answers("one attribute again and again", &same, Limits::DEFAULT) {
        // XML cannot say it, and the writer may find that first
        assert!(faults.contains(&answer) || height == "transcode to XML", "{height}: {answer:?}");
    }

    let mut table = String::new();
    let mut list = Vec::new();
    for number in 0..200_000 {
        list.push(0x04);
        list.extend_from_slice(mb_u_int32::Encoded::new(u32::try_from(table.len()).unwrap()).as_slice());
        table.push_str(&format!("a{number}\0"));
    }
    let document = [&head(table.as_bytes())[..], &[0x85], &list, &[0x01]].concat();
    check("attributes", &document, Limits { attributes: u32::MAX, ..Limits::DEFAULT }, Ok(()));
}

#[test]
fn twenty_thousand_references_to_a_long_string() {
    let table = [&vec![b'a'; 60_000][..], b"\0"].concat();
    let body = [&[0x45][..], &[0x83, 0x00].repeat(20_000), &[0x01]].concat();
    let document = [head(&table), body].concat();
    // 279 references to 60,001 octets are within 16 MiB, one more is not
    let at = head(&table).len() + 1 + 2 * 279;
    check("references", &document, Limits::DEFAULT, error(ErrorKind::Limit(Limit::Resolved), at));
}

/// The same with the public identifier, which lenient reading takes for `xmlns`: whether it is one is asked for each
/// attribute, and does not count as a reference.
#[test]
fn two_hundred_thousand_attributes_that_mean_xmlns() {
    let table = [b"-//", &vec![b'a'; 1 << 20][..], b"\0"].concat();
    let length = mb_u_int32::Encoded::new(u32::try_from(table.len()).unwrap());
    let body = [&[0x45][..], &[0x87, 0x04, 0x00, 0x01].repeat(200_000), &[0x01]].concat();
    let document = [&b"\x03\x00\x00\x6A"[..], length.as_slice(), &table, &body].concat();
    let options = Options::new().lenient(&());
    for (height, _, read) in HEIGHTS {
        assert_eq!(read(&document, options), Ok(()), "{height}");
    }
    let mut reader = Reader::new(&document, options).unwrap();
    let root = reader.root().unwrap();
    let mut names = 0;
    while let Some(child) = reader.next_child(root).unwrap() {
        let attribute = reader.next_attribute(child).unwrap();
        names += usize::from(attribute.is_some_and(|attribute| attribute.name == "xmlns"));
    }
    assert_eq!(names, 200_000);
}

/// Lengths and indexes of 2³²−1, wherever one may stand.
#[test]
fn lengths_of_four_gigabytes() {
    let most = b"\x8F\xFF\xFF\xFF\x7F";
    let eof = |offset| error(ErrorKind::UnexpectedEof, offset);
    let index = |offset| error(ErrorKind::StringTableIndex(u32::MAX), offset);
    let in_body = |before: &[u8], after: &[u8]| [&head(b"")[..], before, most, after].concat();
    check("a table", &[b"\x03\x0B\x6A", &most[..], b"\x05"].concat(), Limits::NONE, eof(3));
    check("OPAQUE", &in_body(b"\x45\xC3", b"\x01"), Limits::NONE, eof(5));
    check("OPAQUE in an attribute", &in_body(b"\x85\x05\xC3", b"\x01"), Limits::NONE, eof(6));
    check("STR_T", &in_body(b"\x45\x83", b"\x01"), Limits::NONE, index(5));
    check("LITERAL", &in_body(b"\x04", b""), Limits::NONE, index(4));
    check("a literal attribute", &in_body(b"\x85\x04", b"\x01"), Limits::NONE, index(5));
    let entity = error(ErrorKind::InvalidEntity(u32::MAX), 5);
    check("ENTITY", &in_body(b"\x45\x02", b"\x01"), Limits::NONE, entity);
}

#[test]
fn a_million_siblings_and_as_many_pages() {
    let siblings = [&head(b"")[..], &[0x45], &[0x07].repeat(1_000_000), &[0x01]].concat();
    check("siblings", &siblings, Limits::DEFAULT, Ok(()));
    let pages = [&head(b"")[..], &[0x45], &[0x00, 0x01, 0x07, 0x00, 0x00, 0x07].repeat(150_000), &[0x01]].concat();
    check("pages", &pages, Limits::DEFAULT, Ok(()));
}

#[test]
fn one_attribute_of_many_pieces() {
    let pieces = [0x03, b'a', 0x00, 0x85, 0x02, 0x26].repeat(20_000);
    let document = [&head(b"")[..], &[0x85, 0x06], &pieces, &[0x01]].concat();
    check("pieces", &document, Limits::DEFAULT, Ok(()));
}

/// Documents that crash another decoder, made by a fuzzer. What they had in common: a public identifier or a literal
/// name beyond the string table, and thousands of entities or page switches where a table should be.
#[test]
fn what_crashes_others() {
    let own: [(&str, Vec<u8>); 3] = [
        ("public identifier beyond the table", [&b"\x03\x00\x8F\x7F\x6A\x02AA"[..], &[0x02; 1300]].concat()),
        (
            "table of anything",
            [&b"\x03\x10\x00\x00\x00\x03\x6A"[..], &b"\x42\x00\x00\x00\x4C\xC3".repeat(400)].concat(),
        ),
        ("minor version 7, extensions", [&b"\x07\x10\x07\x07\x81\x81\x81\x04-//W"[..], &[0xC0; 120]].concat()),
    ];
    for (name, document) in &own {
        let answers = answers(name, document, Limits::DEFAULT);
        assert!(matches!(answers[..], [("next_event", Err(_)), ..]), "{name}: {answers:?}");
    }
    support::corpus("hostile", |path, document| {
        if path.starts_with("misc/") {
            answers(path, document, Limits::DEFAULT);
        }
    });
}
