//! What is to allocate nothing allocates nothing: events, streaming typed decode, encoding into a buffer that is used
//! again; whatever the document is.
#![expect(unsafe_code, reason = "a global allocator is unsafe to write; nothing else here is")]

use core::alloc::{GlobalAlloc, Layout};
use core::cell::Cell;
use std::alloc::System;

use benches::case::{Case, Task, Who};
use benches::cases::{cases, every};
use benches::inputs::{self, Kind};

/// The system's allocator, which counts for each thread how often it is asked.
struct Counting;

thread_local!(static COUNT: Cell<usize> = const { Cell::new(0) });

fn count() {
    // a thread that ends has no counter any more
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

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count();
        // SAFETY: as above
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// How often a case asks for memory, when it has run before.
fn allocations(case: &mut Case<'_>) -> usize {
    case.run();
    let before = COUNT.get();
    case.run();
    COUNT.get() - before
}

/// What is to allocate nothing. The typed decode of documents that are no messages keeps them whole.
const NOTHING: [Task; 7] =
    [Task::Lex, Task::Drive, Task::NextEvent, Task::TypedStr, Task::Encode, Task::EncodeTyped, Task::Notification];

fn check(case: &mut Case<'_>, is_streamed: bool) -> usize {
    let is_meant = NOTHING.contains(&case.task) || case.task == Task::Typed && is_streamed;
    if case.who != Who::Us || !is_meant {
        return 0;
    }
    assert_eq!(allocations(case), 0, "{} of {}", case.task.name(), case.input);
    1
}

#[test]
fn reading_and_writing_allocate_nothing() {
    let mut checked = 0;
    every(&[], &mut |cases| cases.iter_mut().for_each(|case| checked += check(case, false))).unwrap();
    for input in inputs::all().iter().filter(|input| input.kind == Kind::Message) {
        cases(input).iter_mut().for_each(|case| checked += check(case, true));
    }
    assert!(checked > 50, "{checked}");
}

#[test]
fn allocations_are_counted() {
    let input = &inputs::all()[0];
    let mut cases = cases(input);
    let kept = cases.iter_mut().find(|case| case.task == Task::Typed && case.who == Who::Us).unwrap();
    assert!(allocations(kept) > 0);
}
