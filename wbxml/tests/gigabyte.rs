//! A document that is larger than memory should be: what a streaming reader keeps is bounded by the string table and the
//! longest token, and what it does is linear in the octets.
//!
//! The document of a gigabyte is read with
//! `cargo test --release -p wbxml --test gigabyte -- --ignored --nocapture`.

#![cfg(feature = "std")]
#![expect(unsafe_code, reason = "a global allocator is unsafe to write; nothing else here is")]
#![expect(clippy::unwrap_used, clippy::arithmetic_side_effects, reason = "helpers of tests: to stop is how they fail")]

mod support;

use core::alloc::{GlobalAlloc, Layout};
use core::cell::Cell;
use core::ops::ControlFlow;
use std::alloc::System;
use std::io::{self, Read};
use std::time::Instant;
use support::random::Random;
use wbxml::mb_u_int32::Encoded;
use wbxml::{Decoder, ErrorKind, Event, IoSink, Limits, Options, Reader, StreamReader, Writer};

/// The system's allocator, which counts the octets of each thread.
struct Counting;

#[derive(Clone, Copy)]
struct Memory {
    /// Octets in use now; memory that another thread gives back may make it too large, never too small.
    used: usize,
    /// The most that were in use, while a block that moves is there twice.
    most: usize,
    /// All octets that were ever asked for.
    total: usize,
}

thread_local!(static MEMORY: Cell<Memory> = const { Cell::new(Memory { used: 0, most: 0, total: 0 }) });

fn count(more: usize, less: usize) {
    // a thread that ends counts no more
    let _ = MEMORY.try_with(|memory| {
        let Memory { used, most, total } = memory.get();
        let high = used + more;
        memory.set(Memory { used: high.saturating_sub(less), most: most.max(high), total: total + more });
    });
}

// SAFETY: every call is handed on to the system's allocator as it came; the counter neither allocates nor panics.
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

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(size, layout.size());
        // SAFETY: as above
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// What `work` gives, the octets in use at most while it works, and all that it asks for.
fn measured<T>(work: impl FnOnce() -> T) -> (T, usize, usize) {
    let Memory { used, total, .. } = MEMORY.get();
    MEMORY.set(Memory { used, most: used, total });
    let result = work();
    let after = MEMORY.get();
    (result, after.most - used, after.total - total)
}

const TABLE: usize = 100_000;
/// The octets of the longest token.
const LONGEST: usize = 512 * 1024;
const MIB: usize = 1 << 20;

/// What the events of a document are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Summary {
    octets: usize,
    starts: usize,
    ends: usize,
    attributes: usize,
    switches: usize,
    /// Inline strings and their octets.
    inline: (usize, usize),
    /// References and the octets of what they refer to.
    references: (usize, usize),
    opaque: (usize, usize),
    entities: usize,
}

impl Summary {
    fn add(&mut self, event: &Event<'_>) {
        let add = |to: &mut (usize, usize), octets: &[u8]| *to = (to.0 + 1, to.1 + octets.len());
        match event {
            Event::Start(_) => self.starts += 1,
            Event::End | Event::AttributesEnd => self.ends += 1,
            Event::AttributeStart(_) => self.attributes += 1,
            Event::SwitchPage(_) => self.switches += 1,
            Event::Text(text) if text.index().is_some() => add(&mut self.references, text.octets()),
            Event::Text(text) => add(&mut self.inline, text.octets()),
            Event::Opaque(octets) => add(&mut self.opaque, octets),
            Event::Entity(_) => self.entities += 1,
            _ => unreachable!("{event:?} is not in these documents"),
        }
    }
}

/// A document that is made while it is read.
struct Generated {
    /// The octets of the document at least, and what there is in it so far.
    size: usize,
    summary: Summary,
    random: Random,
    /// Octets to come: some, then one octet many times, then some more.
    before: Vec<u8>,
    fill: usize,
    behind: Vec<u8>,
    records: usize,
    is_over: bool,
}

impl Generated {
    fn new(size: usize) -> Self {
        let mut before = b"\x03\x01\x6A".to_vec();
        before.extend(Encoded::new(u32::try_from(TABLE).unwrap()).as_slice());
        // strings of nine octets and a terminator
        before.extend((0..TABLE).map(|at| if at % 10 == 9 { 0 } else { b't' }));
        before.push(0x45);
        let mut generated = Self {
            size,
            summary: Summary { starts: 1, ..Summary::default() },
            random: Random::new(size as u64),
            before,
            fill: 0,
            behind: Vec::new(),
            records: 0,
            is_over: false,
        };
        generated.summary.octets = generated.before.len();
        generated
    }

    /// Makes the next record: an element with attributes, some text, and a long token at the end of it.
    fn record(&mut self) {
        let Self { summary, before, behind, .. } = self;
        before.clear();
        behind.clear();
        if summary.octets >= self.size {
            self.is_over = true;
            before.push(0x01);
            summary.ends += 1;
            summary.octets += 1;
            return;
        }
        let index = self.random.below(TABLE / 10) * 10;
        let reference = Encoded::new(u32::try_from(index).unwrap());

        // <x/> of page 1, then <y a="inlineREFERENCE" b>, in pages of attributes too
        before.extend(b"\x00\x01\x06\x00\x00\xC7\x05\x03inline\0\x83");
        before.extend(reference.as_slice());
        before.extend(b"\x00\x02\x06\x00\x00\x01");
        summary.switches += 4;
        summary.starts += 2;
        summary.attributes += 2;
        summary.ends += 1;
        summary.inline = (summary.inline.0 + 1, summary.inline.1 + 6);
        // REFERENCE &#x20AC; <z>, and many small elements
        before.push(0x83);
        before.extend(reference.as_slice());
        before.extend(b"\x02\x81\xC1\x2C\x48");
        summary.references = (summary.references.0 + 2, summary.references.1 + 18);
        summary.entities += 1;
        summary.starts += 1;
        let leaves = self.random.below(20);
        for _ in 0..leaves {
            before.extend(b"\x49\x03leaf\0\x01");
        }
        summary.starts += leaves;
        summary.ends += leaves;
        summary.inline = (summary.inline.0 + leaves, summary.inline.1 + 4 * leaves);

        // now and then a token of any length, and the longest one
        self.records += 1;
        let length = match self.records % 1024 {
            0 => LONGEST,
            512 => self.random.below(LONGEST - 6) + 6,
            _ => self.random.below(600) + 6,
        };
        if self.random.below(2) == 0 {
            before.push(0x03);
            self.fill = length - 2;
            behind.push(0x00);
            summary.inline = (summary.inline.0 + 1, summary.inline.1 + self.fill);
        } else {
            // an overlong length (5.1): the token has six octets and what it holds
            self.fill = length - 6;
            let shortest = Encoded::new(u32::try_from(self.fill).unwrap());
            before.push(0xC3);
            before.extend([0x80; 5].iter().take(5 - shortest.as_slice().len()));
            before.extend(shortest.as_slice());
            summary.opaque = (summary.opaque.0 + 1, summary.opaque.1 + self.fill);
        }
        behind.extend(b"\x01\x01");
        summary.ends += 2;
        summary.octets += before.len() + self.fill + behind.len();
    }
}

impl Read for Generated {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let mut length = 0;
        while let Some(rest @ [_, ..]) = room.get_mut(length..) {
            if !self.before.is_empty() {
                let count = self.before.as_slice().read(rest)?;
                self.before.drain(..count);
                length += count;
            } else if self.fill > 0 {
                let count = self.fill.min(rest.len());
                rest.iter_mut().take(count).for_each(|octet| *octet = b'f');
                self.fill -= count;
                length += count;
            } else if !self.behind.is_empty() {
                core::mem::swap(&mut self.before, &mut self.behind);
            } else if self.is_over {
                break;
            } else {
                self.record();
            }
        }
        Ok(length)
    }
}

const OPTIONS: Options<'_> = Options::new().limits(Limits { resolved: u32::MAX, ..Limits::DEFAULT });

/// Pulls the document out of its source; gives what was read, and what was there to be read.
fn pull(size: usize) -> (Summary, Summary) {
    let mut source = Generated::new(size);
    let mut seen = Summary::default();
    {
        let mut reader = StreamReader::new(&mut source, OPTIONS).unwrap();
        seen.octets = reader.span().end;
        loop {
            let event = reader.next_event().unwrap();
            if event == Event::Eof {
                break;
            }
            seen.add(&event);
            assert_eq!(reader.span().start, seen.octets);
            seen.octets = reader.span().end;
        }
    }
    (seen, source.summary)
}

/// Pushes the document, chunk by chunk.
fn push(size: usize, chunk: usize) -> (Summary, Summary) {
    let mut source = Generated::new(size);
    let mut seen = Summary::default();
    let mut decoder = Decoder::new(OPTIONS);
    let mut room = vec![0; chunk];
    loop {
        let count = source.read(&mut room).unwrap();
        if count == 0 {
            break;
        }
        let receive = |event: Event<'_>, reader: &Reader<'_>| {
            seen.add(&event);
            seen.octets = reader.span().end;
            ControlFlow::Continue(())
        };
        decoder.feed(room.get(..count).unwrap(), receive).unwrap();
    }
    decoder.finish().unwrap();
    (seen, source.summary)
}

/// Pulls the document and writes what is pulled, to be compared with the same document.
fn copy(size: usize, expected: Generated) -> (usize, usize) {
    struct Compare {
        expected: Generated,
        room: [u8; 4096],
        written: usize,
    }

    impl io::Write for Compare {
        fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
            let count = octets.len().min(self.room.len());
            let (expected, _) = self.room.split_at_mut(count);
            self.expected.read_exact(expected)?;
            assert!(octets.starts_with(expected), "behind {} octets", self.written);
            self.written += count;
            Ok(count)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    let mut source = Generated::new(size);
    let mut sink = IoSink::new(Compare { expected, room: [0; 4096], written: 0 });
    {
        let mut reader = StreamReader::new(&mut source, OPTIONS).unwrap();
        let mut writer = Writer::with_header(&mut sink, &reader.header()).unwrap();
        loop {
            match reader.next_spanned().unwrap() {
                (Event::Eof, _) => break,
                (event, span) => writer.event_of_len(&event, span.len()).unwrap(),
            }
        }
    }
    (sink.finish().unwrap().written, source.summary.octets)
}

fn check(size: usize) {
    let start = Instant::now();
    let ((seen, expected), most, _) = measured(|| pull(size));
    assert!(expected.octets >= size);
    assert!(expected.inline.1 > LONGEST && expected.opaque.1 > LONGEST && expected.references.0 > 1000);
    assert_eq!(seen, expected);
    println!("pulled: {seen:?}, {most} octets of memory, {:?}", start.elapsed());
    assert!(most < TABLE + LONGEST + MIB, "{most}");

    let start = Instant::now();
    let chunk = 64 * 1024;
    let ((seen, expected), most, _) = measured(|| push(size, chunk));
    assert_eq!(seen, expected);
    println!("pushed: {most} octets of memory, {:?}", start.elapsed());
    assert!(most < TABLE + LONGEST + MIB, "{most}");

    let start = Instant::now();
    let same = Generated::new(size);
    let ((written, read), most, _) = measured(|| copy(size, same));
    println!("copied: {read} octets into {written}, {most} octets of memory, {:?}", start.elapsed());
    assert_eq!(written, read);
    assert!(most < TABLE + LONGEST + MIB, "{most}");
}

#[test]
fn eight_mebibytes() {
    check(8 * MIB);
}

#[test]
#[ignore = "for a release build: see above"]
fn a_gigabyte() {
    check(1024 * MIB);
}

/// A long token that comes octet by octet: memory is asked for in steps that grow with it, so that copying what is there
/// stays linear; twice the octets, twice the memory.
#[test]
fn octet_by_octet_memory_is_asked_for_linearly() {
    for (what, start) in [
        ("STR_I", &b"\x03\x01\x6A\x00\x45\x03"[..]),
        ("OPAQUE", b"\x03\x01\x6A\x00\x45\xC3\x84\x80\x80\x00"),
        ("string table", b"\x03\x01\x6A\x84\x80\x80\x00"),
    ] {
        let fed = |length: usize| {
            let (_, most, total) = measured(|| {
                let mut decoder = Decoder::new(Options::new());
                for octets in start.chunks(1).chain(core::iter::repeat_n(&b"a"[..], length)) {
                    decoder.feed(octets, |_, _| ControlFlow::Continue(())).unwrap();
                }
                assert!(decoder.finish().is_err_and(|error| error.is_unexpected_eof()));
            });
            assert!(most < 3 * length, "{what}: {most} octets at most");
            total
        };
        let (once, twice) = (fed(MIB), fed(2 * MIB));
        println!("{what}: {once} octets are asked for over time, {twice} for twice as many");
        assert!(once < 12 * MIB && twice < 24 * MIB && twice > once, "{what}: {once}, {twice}");
    }
}

/// Small events ask for memory once, not each for its own, also where they come octet by octet.
#[test]
fn small_events_ask_for_no_memory() {
    let document = [&b"\x03\x01\x6A\x00\x45"[..], &b"\x46\x03text\0\x01"[..].repeat(100_000), b"\x01"].concat();
    for chunk in [1, 7, 4096, document.len()] {
        let mut events = 0;
        let ((), most, total) = measured(|| {
            let mut decoder = Decoder::new(Options::new());
            for octets in document.chunks(chunk) {
                let receive = |_: Event<'_>, _: &Reader<'_>| {
                    events += 1;
                    ControlFlow::Continue(())
                };
                decoder.feed(octets, receive).unwrap();
            }
            decoder.finish().unwrap();
        });
        assert_eq!(events, 300_002);
        assert!(most <= 3 * Decoder::WINDOW && total <= 5 * Decoder::WINDOW, "{chunk}: {most}, {total}");
    }
}

/// The memory of a long token is given back when the token is over.
#[test]
fn memory_is_given_back() {
    let ((), most, _) = measured(|| {
        let before = MEMORY.get().used;
        let mut decoder = Decoder::new(Options::new());
        decoder.feed(&b"\x03\x01\x6A\x00\x45\x03"[..], |_, _| ControlFlow::Continue(())).unwrap();
        for _ in 0..4096 {
            decoder.feed(&[b'a'; 1024][..], |_, _| ControlFlow::Continue(())).unwrap();
        }
        assert!(MEMORY.get().used - before > 4 * MIB);
        decoder.feed(&b"\0\x01"[..], |_, _| ControlFlow::Continue(())).unwrap();
        assert!(MEMORY.get().used - before <= 2 * Decoder::WINDOW);
        decoder.finish().unwrap();
    });
    // the old block and the new one, an eighth larger, while the token moves
    assert!(most < 9 * MIB, "{most}");
}

/// A length asks for no memory: what has come does.
#[test]
fn lengths_ask_for_no_memory() {
    for document in [&b"\x03\x01\x6A\x00\x45\xC3\x8F\xFF\xFF\xFF\x7Fabc"[..], b"\x03\x01\x6A\x8F\xFF\xFF\xFF\x7Fabc"] {
        let (end, _, total) = measured(|| {
            let mut decoder = Decoder::new(Options::new().limits(Limits::NONE));
            decoder.feed(document, |_, _| ControlFlow::Continue(())).unwrap();
            decoder.finish()
        });
        assert_eq!(end.map_err(|error| error.kind()), Err(ErrorKind::UnexpectedEof));
        assert!(total < 100, "{total}");
    }
}

/// Twice the octets take twice the time, one by one: with the ratio of a clock, so for a release build.
#[test]
#[ignore = "for a release build: see above"]
fn octet_by_octet_takes_linear_time() {
    let time = |length: usize| {
        let start = Instant::now();
        let mut decoder = Decoder::new(Options::new());
        for octets in [&b"\x03\x01\x6A\x00\x45\x03"[..]].into_iter().chain(core::iter::repeat_n(&b"a"[..], length)) {
            decoder.feed(octets, |_, _| ControlFlow::Continue(())).unwrap();
        }
        start.elapsed()
    };
    let (once, eight_times) = (time(MIB), time(8 * MIB));
    println!("1 MiB octet by octet: {once:?}; 8 MiB: {eight_times:?}");
    assert!(eight_times < 32 * once, "{once:?}, {eight_times:?}");
}
