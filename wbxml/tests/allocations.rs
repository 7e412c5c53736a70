//! Reading allocates nothing: not for a right document, not for a wrong one, at once or in pieces. Neither does writing
//! without string table.

#![expect(unsafe_code, reason = "a global allocator is unsafe to write; nothing else here is")]
#![expect(clippy::unwrap_used, clippy::arithmetic_side_effects, reason = "helpers of tests: to stop is how they fail")]

mod support;

use core::alloc::{GlobalAlloc, Layout};
use core::cell::Cell;
use core::hint::black_box;
use core::ops::ControlFlow;
use std::alloc::System;
use wbxml::{Event, Options, Reader};

/// The system's allocator, which counts for each thread how often it is asked.
struct Counting;

thread_local!(static COUNT: Cell<usize> = const { Cell::new(0) });

fn count() {
    // a thread that ends has no counter any more, and reads no document either
    let _ = COUNT.try_with(|count| count.set(count.get() + 1));
}

// SAFETY: every call is handed on to the system's allocator as it came; the counter neither allocates nor panics.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count();
        // SAFETY: the caller keeps the promises that `System` asks for
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: as above
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count();
        // SAFETY: as above
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count();
        // SAFETY: as above
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// How often `work` asks for memory.
fn allocations<T>(work: impl FnOnce() -> T) -> usize {
    let before = COUNT.get();
    black_box(work());
    COUNT.get() - before
}

fn pull(document: &[u8]) -> wbxml::Result<usize> {
    let mut reader = Reader::new(document, Options::new())?;
    let mut events = 0;
    while black_box(reader.next_event()?) != Event::Eof {
        events += 1;
    }
    Ok(events)
}

fn push(document: &[u8]) -> wbxml::Result<usize> {
    let mut events = 0;
    Reader::new(document, Options::new())?.drive(|event| {
        black_box(event);
        events += 1;
        ControlFlow::Continue(())
    })?;
    Ok(events)
}

fn check(name: &str, document: &[u8]) {
    assert_eq!(allocations(|| pull(document)), 0, "{name}: next_event");
    assert_eq!(allocations(|| push(document)), 0, "{name}: drive");
    let mut buffer = Vec::with_capacity(document.len());
    let streamed = || {
        support::stream(document, 5, &mut buffer, |event, _, _| {
            black_box(event);
        })
    };
    assert_eq!(allocations(streamed), 0, "{name}: suspend and resume");
}

/// The counter counts: otherwise the tests below would prove nothing.
#[test]
fn allocations_are_counted() {
    assert_eq!(allocations(|| Vec::<u8>::with_capacity(100)), 1);
    let mut grown = Vec::<u8>::with_capacity(1);
    assert_eq!(allocations(|| grown.reserve_exact(100)), 1);
    assert_eq!(allocations(|| vec![0_u8; black_box(100)]), 1);
    assert_eq!(allocations(|| ()), 0);
}

#[test]
fn fixtures() {
    for fixture in support::fixtures() {
        assert!(pull(&fixture.octets).is_ok_and(|events| events > 0), "{}", fixture.name);
        for cut in 0..=fixture.octets.len() {
            check(&fixture.name, &fixture.octets[..cut]);
        }
    }
}

#[cfg(feature = "alloc")]
mod encoding {
    use super::allocations;
    use wbxml::vocabulary::prov;
    use wbxml::{Charset, Emit, Encode, Encoder, Start, Strings, WriteError, Writer};

    /// A document with attributes and text.
    struct Value;

    impl Encode for Value {
        fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
            out.start(Start::new(prov::tag::WAP_PROVISIONINGDOC).with_attributes())?;
            out.attribute("version", "1.1")?;
            out.attributes_end()?;
            for value in ["http://www.example.org/", "GSM-CSD, \u{E9}", ""] {
                out.start(Start::new(prov::tag::PARM).with_attributes().without_content())?;
                out.attribute("name", "NAPID")?;
                out.attribute("value", value)?;
                out.attributes_end()?;
            }
            out.leaf(prov::tag::CHARACTERISTIC, "text")?;
            out.end()
        }
    }

    /// Without string table, into a buffer that has room.
    #[test]
    fn without_string_table() {
        for charset in [Charset::UTF_8, Charset::US_ASCII, Charset::UTF_16] {
            let encoder = Encoder::new(&prov::PROV_1_0).strings(Strings::Never).charset(charset);
            let mut buffer = Vec::with_capacity(1024);
            for _ in 0..2 {
                buffer.clear();
                assert_eq!(allocations(|| encoder.encode_into(&Value, &mut buffer).unwrap()), 0, "{charset}");
                assert_eq!(allocations(|| encoder.encoded_len(&Value).unwrap()), 0, "{charset}");
            }
            assert_eq!(encoder.encoded_len(&Value), Ok(buffer.len()));
            let mut room = [0; 1024];
            let written =
                allocations(|| Value.encode(&mut Writer::new(&mut room[..], &prov::PROV_1_0).unwrap()).unwrap());
            assert_eq!(written, 0, "the writer");
        }
    }
}

#[test]
fn corpus() {
    support::corpus("allocations", check);
}

/// A tree asks for memory as often as its storage doubles, not once for a node: its nodes borrow.
#[cfg(feature = "alloc")]
#[test]
fn trees() {
    let most = |nodes: u32| {
        let items = b"\x46\x87\x07\x06\x03abc\0\x01\x01".repeat(usize::try_from(nodes).unwrap());
        let document = [b"\x03\x0B\x6A\x00\x45", &items[..], b"\x01"].concat();
        let known = [&wbxml::vocabulary::prov::PROV_1_0];
        let options = Options::new().vocabularies(&known);
        let mut tree = None;
        let reading = allocations(|| tree = wbxml::Tree::read(&document, options).ok());
        let tree = tree.unwrap();
        assert_eq!(tree.len(), 2 + 4 * usize::try_from(nodes).unwrap());
        let asking = || (tree.find("characteristic[2]/parm").is_ok(), tree.clone() == tree);
        (reading, allocations(asking))
    };
    let (few, many) = (most(100), most(100_000));
    assert!(few.0 <= 24 && many.0 <= few.0 + 11, "{few:?} {many:?}");
    assert!(few.1 <= 12 && many.1 == few.1, "{few:?} {many:?}");
}
