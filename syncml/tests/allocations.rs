//! Reading WBXML allocates nothing: neither commands nor groups, nor the items behind the first, nor the codes.
//! Reading WBXML allocates nothing: neither commands nor groups, nor the items behind the first; and no more does reading what
//! the management tree is spoken of with.

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
use core::hint::black_box;
use std::alloc::System;
use syncml::devinf::DevInf;
use syncml::dm::notification::{Notification, SyncList};
use syncml::dm::{Acl, AclCommand, Case, Format, Uri};
use syncml::{Command, Error, Items, Message, MessageReader};

/// The system's allocator, which counts for each thread how often it is asked.
struct Counting;

thread_local!(static COUNT: Cell<usize> = const { Cell::new(0) });

fn count() {
    // a thread that ends has no counter any more, and reads no message either
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

fn count_items(items: &Items<'_>) -> Result<usize, Error> {
    let mut count = 0;
    for item in items {
        black_box(item?.meta.fields()?);
        count += 1;
    }
    Ok(count)
}

/// The commands and the items of a message.
fn read(octets: &[u8]) -> Result<(usize, usize), Error> {
    let mut message = MessageReader::from_wbxml(octets)?;
    black_box(message.header());
    let (mut commands, mut items) = (0, 0);
    while let Some(command) = message.next_command()? {
        commands += 1;
        items += match command {
            Command::Alert(alert) => {
                black_box(alert.code());
                count_items(&alert.items)?
            }
            Command::Results(results) => count_items(&results.items)?,
            Command::Status(status) => {
                black_box(status.code());
                count_items(&status.items)?
            }
            Command::Add(request) | Command::Get(request) | Command::Replace(request) => count_items(&request.items)?,
            _ => 0,
        };
        black_box(command);
    }
    Ok((commands, items))
}

/// The counter counts: otherwise the tests below would prove nothing.
#[test]
fn allocations_are_counted() {
    assert_eq!(allocations(|| Vec::<u8>::with_capacity(100)), 1);
    assert_eq!(allocations(|| ()), 0);
}

#[test]
fn fixtures_right_and_cut() {
    for fixture in support::fixtures("hex") {
        assert!(read(&fixture.octets).is_ok(), "{}", fixture.name);
        for cut in 0..=fixture.octets.len() {
            assert_eq!(allocations(|| read(&fixture.octets[..cut])), 0, "{} cut at {cut}", fixture.name);
        }
    }
}

/// Lists are those of the whole document: eight times as many rows are a few allocations more, for each list.
#[test]
fn device_information_allocates_logarithmically() {
    // <DataStore><Rx/><CTCap><Property><ValEnum>1</ValEnum><PropParam><ValEnum>1</ValEnum></PropParam></Property></CTCap>
    let store = support::octets("47 19 45 6B 63 03 31 00 01 6C 63 03 31 00 01 01 01 01 5F 60 03 31 00 01 01 01");
    let device = |count| [&support::octets("03 A4 03 6A 00 4A")[..], &store.repeat(count), &[0x01]].concat();
    let read = |count: usize| {
        let document = device(count);
        let mut rows = 0;
        let allocated = allocations(|| rows = DevInf::parse(&document).unwrap().data_stores().len());
        assert_eq!(rows, count);
        allocated
    };
    let (few, many) = (read(1_000), read(8_000));
    // eight lists, each three times doubled
    assert!(few > 0 && many <= few + 8 * 3, "{few}, {many}");
}

/// 200 groups in groups with a command of 100 items in each.
#[test]
fn many_commands_groups_and_items() {
    let item =
        support::octets("54 6E 57 03 2E 2F 41 00 01 01 5A 00 01 47 03 69 6E 74 00 01 01 00 00 4F C3 01 37 01 01");
    let command = [&support::octets("60 4B 03 31 00 01")[..], &item.repeat(100), &[0x01]].concat();
    let group = [&support::octets("48 4B 03 31 00 01")[..], &command].concat();
    let head = support::octets("03 A4 01 6A 00 6D 2C 6B");
    let message = [head, group.repeat(200), vec![0x01; 200], support::octets("12 01 01")].concat();
    let mut seen = None;
    assert_eq!(allocations(|| seen = Some(read(&message))), 0);
    assert_eq!(seen, Some(Ok((600, 20_000))));
}

/// A megabyte: Atomics as deep as the limit allows, and commands in the innermost; nothing is allocated, and nothing is
/// read twice.
#[test]
fn a_megabyte_in_groups() {
    const GROUPS: usize = 250;
    // <Replace><CmdID>1</CmdID><Item><Target><LocURI>./A</LocURI></Target><Data>7</Data></Item></Replace>
    let replace = support::octets("60 4B 03 31 00 01 54 6E 57 03 2E 2F 41 00 01 01 4F 03 37 00 01 01 01");
    let count = (1 << 20) / replace.len();
    let head = support::octets("03 A4 01 6A 00 6D 2C 6B");
    let groups = support::octets("48 4B 03 31 00 01").repeat(GROUPS);
    let message = [head, groups, replace.repeat(count), vec![0x01; GROUPS], support::octets("12 01 01")].concat();
    let mut seen = None;
    assert_eq!(allocations(|| seen = Some(read(&message))), 0);
    assert_eq!(seen, Some(Ok((count + 2 * GROUPS, count))));
}

/// The index of a collected message is one list: eight times as many commands double it three times more.
#[test]
fn collecting_allocates_logarithmically() {
    let get = support::octets("53 4B 03 31 00 01 01");
    let collect = |count: usize| {
        let head = support::octets("03 A4 01 6A 00 6D 2C 6B");
        let message = [head, get.repeat(count), support::octets("01 01")].concat();
        let mut collected = None;
        let allocated = allocations(|| collected = Some(Message::parse(&message).unwrap()));
        let message = collected.unwrap();
        assert_eq!(message.len(), count);
        assert_eq!(allocations(|| message.get(count / 2).unwrap().command().unwrap()), 0);
        // the octets alone are copied
        let mut owned = None;
        assert_eq!(allocations(|| owned = Some(message.into_owned())), 1);
        allocated
    };
    let (few, many) = (collect(1_000), collect(8_000));
    assert!(few > 0 && many <= few + 3, "{few}, {many}");
}

/// A notification and the list of syncs in it, right and cut.
#[test]
fn notifications() {
    let head = support::octets("03 18 00 00 00 00 01 01 53");
    let body = support::octets("20 60 00 00 00 01 61 A0 00 00 07 02 62 63");
    let octets = [&[0; 16][..], &head, &body].concat();
    let mut room = [0; 64];
    for cut in 0..=octets.len() {
        let mut seen = None;
        let mut read = || {
            let notification = Notification::parse(&octets[..cut]).ok()?;
            let list = SyncList::parse(notification.unverified_trigger().body).ok()?;
            notification.write(&mut &mut room[..]).ok()?;
            Some(list.iter().count())
        };
        assert_eq!(allocations(|| seen = read()), 0, "cut at {cut}");
        assert_eq!(seen, (cut == octets.len()).then_some(2), "cut at {cut}");
    }
}

/// Addresses, access control lists and values are borrowed, however long and deep; also where they are wrong.
#[test]
fn vocabulary_of_the_tree() {
    let deep = format!(".{}?list=TNDS{}", "/A%42".repeat(1000), "+ACL".repeat(1000));
    let list = format!("Get=a{}&Add=*", "+b".repeat(1000));
    let wrong = (format!("{deep}-"), format!("{list}&"));
    let read = || {
        let uri = Uri::parse(&deep).unwrap();
        let acl = Acl::effective([Acl::EMPTY, Acl::parse(&list).unwrap()]);
        assert!(uri.is_child_of(&uri.parent().unwrap(), Case::Insensitive));
        assert_eq!((uri.ancestors().count(), acl.allows(AclCommand::GET, "z")), (1001, false));
        assert!(Uri::parse(&wrong.0).is_err() && Acl::parse(&wrong.1).is_err());
        assert!(Format::DATE.value(Some(b"2024-02-29")).is_ok() && Format::B64.value(Some(b"QQ")).is_err());
    };
    assert_eq!(allocations(read), 0);
}

/// A tree is one vector: as many nodes as one likes double it a few times more.
#[test]
fn a_management_tree_of_many_nodes() {
    use syncml::dm::mgmt_tree::MgmtTree;

    // Node, NodeName "a", DFProperties with AccessType Get, DFFormat int, Value "1"
    let node = support::octets("64 66 03 61 00 01 56 45 1D 01 55 1E 01 01 76 03 31 00 01 01");
    let mut counts = Vec::new();
    for nodes in [1_000_usize, 16_000] {
        let head = support::octets("03 01 6A 00 00 02 60");
        let octets = [head, node.repeat(nodes), vec![0x01]].concat();
        counts.push(allocations(|| assert_eq!(MgmtTree::parse(&octets).unwrap().nodes().count(), nodes)));
    }
    assert!(counts[1] <= counts[0] + 5 && counts[0] < 30, "{counts:?}");
}

/// Of a description in XML, each text is borrowed: the reader and the tree allocate as often as their vectors grow.
#[cfg(feature = "xml")]
#[test]
fn descriptions_of_the_corpus() {
    use syncml::dm::mgmt_tree::MgmtTree;

    for document in support::corpus("ddf/") {
        let mut seen = None;
        let count = allocations(|| seen = MgmtTree::parse(&document.octets).ok().map(|tree| tree.walk().count()));
        let doublings = document.octets.len().ilog2() as usize;
        assert!(count <= 3 * doublings, "{}: {count} for {seen:?} nodes", document.path);
    }
}
