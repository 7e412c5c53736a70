//! Packages cut into messages (OMA DM Protocol 1.2, packages, large objects; OMA DM Representation Protocol 1.2,
//! `Atomic`, `Sequence`, `Final`; SyncML Meta-Information, `MaxMsgSize`, `MaxObjSize`, `Size`).

#![cfg(feature = "xml")]
#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests: to stop is how they fail"
)]

use proptest::prelude::*;
use syncml::large_object::{Reassembler, Received};
use syncml::validate::{Role, Rule, Validator};
use syncml::{
    Alert, Command, Group, GroupKind, Item, Items, Location, MessageReader, MessageSize, Meta, MetaFields, Outgoing,
    Package, PackageError, Request, Results, Status, SyncHdr,
};
use wbxml::vocabulary::syncml::{SYNCML_1_2, tag};
use wbxml::{Data, Encoding, Tag, Text, WriteError};

const WBXML: Encoding<'_> = Encoding::Wbxml(&SYNCML_1_2);
const XML: Encoding<'_> = Encoding::Xml(&SYNCML_1_2);
const ALL: usize = usize::MAX;

fn header() -> SyncHdr<'static> {
    SyncHdr::dm_1_2("1", "9", Location::new("IMEI:1"), Location::new("https://dm.example.net"))
}

/// The status of the peer's header, as it stands in front of each message.
fn status() -> Command<'static> {
    let mut status = Status::default();
    (status.cmd_id, status.msg_ref, status.cmd_ref) =
        (Some(Text::new("9")), Some(Text::new("1")), Some(Text::new("0")));
    (status.cmd, status.code) = (Some(Text::new("SyncHdr")), Some(Text::new("200")));
    Command::Status(status)
}

fn replace<'a>(target: &'a str, data: &'a str) -> Command<'a> {
    Command::Replace(Request::of_item("9", Item::leaf(target, Meta::of_data("chr", "text/plain"), data)))
}

/// A command with a chunk of this data, which says no `Size`.
fn chunk<'a>(command: Command<'a>, data: Data<'a>) -> Command<'a> {
    let chunk_of = |items: &Items<'a>| {
        let mut item = *items.first().unwrap();
        (item.data, item.more_data) = (Some(data), true);
        Items::one(item)
    };
    let mut command = command;
    match &mut command {
        Command::Add(request) | Command::Put(request) | Command::Replace(request) => {
            request.items = chunk_of(&request.items);
        }
        Command::Results(results) => results.items = chunk_of(&results.items),
        Command::Alert(alert) => alert.items = chunk_of(&alert.items),
        _ => panic!(),
    }
    command
}

/// The `Replace` of a first chunk.
fn first_chunk<'a>(target: &'a str, data: &'a str, size: &'a MetaFields<'a>) -> Command<'a> {
    let meta = Meta::of_data("chr", "text/plain").with_fields(size);
    chunk(Command::Replace(Request::of_item("9", Item::leaf(target, meta, ""))), Data::Text(Text::new(data)))
}

fn size(octets: &str) -> MetaFields<'_> {
    MetaFields { size: Some(Text::new(octets)), ..MetaFields::default() }
}

/// The octets of a message with the status and these commands, where numbers have one digit.
fn len(encoding: Encoding<'_>, commands: &[Command<'_>], is_final: bool) -> usize {
    let mut size = MessageSize::new(encoding, &header()).unwrap();
    for command in [status()].iter().chain(commands) {
        size.command(command).unwrap();
    }
    size.finished(is_final).unwrap()
}

/// What a package has to do with: how a message is built, its size, and how objects are chunked.
const RULES: &[Rule] = &[
    Rule::Unreadable,
    Rule::MessageTooLarge,
    Rule::Missing,
    Rule::Repeated,
    Rule::OutOfOrder,
    Rule::Misplaced,
    Rule::UnknownElement,
    Rule::UnknownCommand,
    Rule::NotText,
    Rule::BadMsgId,
    Rule::ZeroCmdId,
    Rule::RepeatedCmdId,
    Rule::ObjectTooLarge,
    Rule::NoSize,
    Rule::SizeRepeated,
    Rule::SizeMismatch,
    Rule::BehindChunk,
    Rule::FinalInObject,
];

/// All messages of a package, each of at most `max` octets, and what is told of them.
fn messages(mut package: Package<'_>, max: usize) -> Vec<(Vec<u8>, Outgoing)> {
    let (mut messages, mut octets, mut more_data) = (Vec::new(), Vec::new(), false);
    while let Some(sent) = package.next_message(&header(), &[status()], max, &mut octets).unwrap() {
        assert_eq!(sent.len, octets.len());
        let validator = Validator::new(Role::Sender).max_msg_size(max);
        let findings = if more_data { validator.continues() } else { validator }.validate(&octets);
        let found = findings.iter().find(|finding| RULES.contains(&finding.rule));
        assert!(found.is_none(), "{}\n{}", found.unwrap(), String::from_utf8_lossy(&octets));
        more_data = sent.more_data;
        messages.push((core::mem::take(&mut octets), sent));
    }
    messages
}

fn name(command: &Command<'_>) -> &'static str {
    match command {
        Command::Begin(_) => "Begin",
        Command::End => "End",
        command => command.tag().and_then(|tag| SYNCML_1_2.tag_name(tag)).unwrap(),
    }
}

/// What stands in a message, in a few words: `1 Replace A=data`, `2 Add B=da+(4)` for a first chunk, `Final` at the end.
fn said(octets: &[u8]) -> Vec<String> {
    let mut message = MessageReader::parse(octets).unwrap();
    let mut said = vec![message.header().unwrap().msg_id.unwrap().to_string()];
    while let Some(command) = message.next_command().unwrap() {
        let items = command.items().copied().unwrap_or_default();
        let mut words = format!("{} {}", command.cmd_id().unwrap_or_default(), name(command));
        for item in &items {
            let item = item.unwrap();
            let size = item.meta.fields().unwrap().size.map(|size| format!("({size})")).unwrap_or_default();
            let (uri, data) = (item.uri().unwrap_or_default(), item.data_text().unwrap_or_default());
            let more = if item.more_data { "+" } else { "" };
            words = format!("{words} {uri}={data}{more}{size}");
        }
        said.push(words.trim_start().into());
    }
    said.extend(message.is_final().then(|| "Final".into()));
    said
}

fn all_said(package: Package<'_>, max: usize) -> Vec<Vec<String>> {
    messages(package, max).iter().map(|(octets, _)| said(octets)).collect()
}

#[test]
fn what_fits_stands_in_one_message() {
    let commands = [
        replace("A", "a"),
        Command::Begin(Group::new(GroupKind::Atomic, "9")),
        replace("B", "b"),
        Command::End,
        replace("C", "c"),
    ];
    for encoding in [WBXML, XML] {
        let package = Package::new(encoding, 7, &commands);
        let expected = ["7", "1 Status", "2 Replace A=a", "3 Begin", "4 Replace B=b", "End", "5 Replace C=c", "Final"];
        assert_eq!(all_said(package, ALL), [expected]);
    }
}

/// A package is one message at least, which says that it is the last.
#[test]
fn a_package_without_commands() {
    assert_eq!(all_said(Package::new(WBXML, 1, &[]), ALL), [["1", "1 Status", "Final"]]);
}

#[test]
fn messages_count_and_commands_count_in_each() {
    let commands = [replace("A", "aaaa"), replace("B", "bbbb"), replace("C", "cccc")];
    for encoding in [WBXML, XML] {
        let max = len(encoding, &commands[..2], false);
        let mut package = Package::new(encoding, 9, &commands);
        let made = messages(package.clone(), max + 1);
        assert_eq!(
            made.iter().map(|(octets, _)| said(octets)).collect::<Vec<_>>(),
            [
                &["9", "1 Status", "2 Replace A=aaaa", "3 Replace B=bbbb"][..],
                &["10", "1 Status", "2 Replace C=cccc", "Final"]
            ]
        );
        let told: Vec<_> = made.iter().map(|(_, sent)| (sent.msg_id, sent.commands.clone(), sent.is_final)).collect();
        assert_eq!(told, [(9, 0..2, false), (10, 2..3, true)]);

        // the next package goes on counting
        while package.next_message(&header(), &[], ALL, &mut Vec::new()).unwrap().is_some() {}
        assert_eq!(package.next_msg_id(), 10);
    }
}

/// `Final` is counted where it stands, and nowhere else.
#[test]
fn a_message_may_be_as_large_as_the_peer_takes() {
    let commands = [replace("A", "aaaa"), replace("B", "bbbb")];
    for encoding in [WBXML, XML] {
        let all = len(encoding, &commands, true);
        assert_eq!(all_said(Package::new(encoding, 1, &commands), all).len(), 1);
        assert_eq!(all_said(Package::new(encoding, 1, &commands), all - 1).len(), 2);
    }
}

#[test]
fn a_group_stands_in_one_message() {
    for (kind, inner) in [(GroupKind::Atomic, GroupKind::Sequence), (GroupKind::Sequence, GroupKind::Atomic)] {
        let commands = [
            replace("A", "aaaa"),
            Command::Begin(Group::new(kind, "9")),
            replace("B", "bbbb"),
            Command::Begin(Group::new(inner, "9")),
            replace("C", "cccc"),
            Command::End,
            Command::End,
            replace("D", "dddd"),
        ];
        let max = len(WBXML, &commands[1..7], false);
        assert_eq!(
            all_said(Package::new(WBXML, 1, &commands), max),
            [
                &["1", "1 Status", "2 Replace A=aaaa"][..],
                &["2", "1 Status", "2 Begin", "3 Replace B=bbbb", "4 Begin", "5 Replace C=cccc", "End", "End"],
                &["3", "1 Status", "2 Replace D=dddd", "Final"],
            ]
        );

        let mut package = Package::new(WBXML, 1, &commands);
        let mut octets = Vec::new();
        package.next_message(&header(), &[status()], max - 1, &mut octets).unwrap();
        octets.clear();
        let too_large = package.next_message(&header(), &[status()], max - 1, &mut octets);
        assert_eq!((too_large, &octets[..]), (Err(PackageError::CommandTooLarge { command: 1 }), &[][..]));
        // it may be left out
        package.skip();
        let sent = package.next_message(&header(), &[status()], max - 1, &mut octets).unwrap().unwrap();
        assert_eq!((sent.commands, sent.msg_id, sent.is_final), (7..8, 2, true));
    }
}

/// `Size` stands in the first chunk, `MoreData` in all but the last; target and meta information in each.
#[test]
fn data_that_is_too_large_is_sent_in_chunks() {
    let commands = [replace("A", "a"), replace("B", "0123456789abcdefghij"), replace("C", "c")];
    let max = len(WBXML, &[first_chunk("B", "0123", &size("20"))], false);
    assert_eq!(
        all_said(Package::new(WBXML, 1, &commands), max),
        [
            &["1", "1 Status", "2 Replace A=a"][..],
            &["2", "1 Status", "2 Replace B=0123+(20)"],
            &["3", "1 Status", "2 Replace B=456789abcd+"],
            &["4", "1 Status", "2 Replace B=efghij"],
            &["5", "1 Status", "2 Replace C=c", "Final"],
        ]
    );
    let made = messages(Package::new(WBXML, 1, &commands), max);
    let told: Vec<_> = made.iter().map(|(_, sent)| (sent.commands.clone(), sent.more_data)).collect();
    assert_eq!(told, [(0..1, false), (1..2, true), (1..2, true), (1..2, false), (2..3, false)]);
    for (octets, _) in &made {
        let mut message = MessageReader::parse(octets).unwrap();
        while let Some(command) = message.next_command().unwrap() {
            let Command::Replace(replace) = command else { continue };
            let meta = replace.items.first().unwrap().meta;
            assert_eq!((meta.format.unwrap(), meta.type_.unwrap()), (Text::new("chr"), Text::new("text/plain")));
        }
    }
}

/// "An object that fits must not carry MoreData": it waits for a message of its own.
#[test]
fn an_object_that_fits_into_a_message_is_not_sent_in_chunks() {
    let data = "0123456789".repeat(10);
    let commands = [replace("A", "aaaa"), replace("B", &data)];
    for encoding in [WBXML, XML] {
        let max = len(encoding, &commands[1..], true);
        let made = all_said(Package::new(encoding, 1, &commands), max);
        assert_eq!(made[0], ["1", "1 Status", "2 Replace A=aaaa"]);
        assert_eq!(made[1], ["2", "1 Status", &format!("2 Replace B={data}"), "Final"]);
        assert_eq!(made.len(), 2);
        let made = all_said(Package::new(encoding, 1, &commands), max - 1).concat();
        assert!(made.iter().any(|words| words.ends_with("+(100)")), "{made:?}");
    }
}

/// The room that is left in a message is used, and what follows an object stands behind its last chunk.
#[test]
fn chunks_share_messages_with_what_is_around_the_object() {
    let data = "0123456789".repeat(20);
    let commands = [replace("A", "a"), replace("B", &data), replace("C", "c")];
    let max = len(WBXML, &[replace("A", "a"), first_chunk("B", &data[..100], &size("200"))], false);
    let made = messages(Package::new(WBXML, 1, &commands), max);
    let names: Vec<Vec<String>> = made
        .iter()
        .map(|(octets, _)| said(octets).iter().map(|words| words.split('=').next().unwrap().into()).collect())
        .collect();
    assert_eq!(
        names,
        [
            &["1", "1 Status", "2 Replace A", "3 Replace B"][..],
            &["2", "1 Status", "2 Replace B", "3 Replace C", "Final"],
        ]
    );
    assert_eq!((made[0].1.commands.clone(), made[1].1.commands.clone()), (0..2, 1..3));
}

#[test]
fn a_command_of_several_items_is_sent_item_by_item() {
    let meta = Meta::of_data("chr", "text/plain");
    let items = [Item::leaf("A", meta, "aaaa"), Item::leaf("B", meta, "0123456789"), Item::leaf("C", meta, "cccc")];
    let mut request = Request::default();
    (request.meta, request.items) = (Meta::of_data("xml", ""), Items::of(&items));
    let alone = |item| {
        let mut alone = request;
        (alone.cmd_id, alone.items) = (Some(Text::new("9")), Items::one(item));
        Command::Add(alone)
    };
    let commands = [Command::Add(request)];
    let all = all_said(Package::new(WBXML, 1, &commands), ALL);
    assert_eq!(all, [["1", "1 Status", "2 Add A=aaaa B=0123456789 C=cccc", "Final"]]);
    assert_eq!(
        all_said(Package::new(WBXML, 1, &commands), len(WBXML, &[alone(items[1])], false)),
        [
            &["1", "1 Status", "2 Add A=aaaa"][..],
            &["2", "1 Status", "2 Add B=0123456789"],
            &["3", "1 Status", "2 Add C=cccc", "Final"],
        ]
    );
    // the peer does not want B
    let size = size("10");
    let mut first = items[1];
    first.meta = meta.with_fields(&size);
    let max = len(WBXML, &[chunk(alone(first), Data::Text(Text::new("01")))], false);
    let mut package = Package::new(WBXML, 1, &commands);
    let mut octets = Vec::new();
    let mut sent = Vec::new();
    while let Some(message) = package.next_message(&header(), &[status()], max, &mut octets).unwrap() {
        sent.extend(said(&core::mem::take(&mut octets)).drain(2..));
        if message.more_data {
            package.skip();
        }
    }
    assert_eq!(sent, ["2 Add A=aaaa", "2 Add B=01+(10)", "2 Add C=cccc", "Final"]);
}

/// The items of an alert belong together, and data of `Exec` is not sent in chunks.
#[test]
fn what_cannot_be_divided_is_an_error() {
    let large = "0123456789".repeat(30);
    let items = [Item::leaf("A", Meta::EMPTY, "MINDT=10"), Item::leaf("B", Meta::EMPTY, &large)];
    let mut alert = Alert::default();
    (alert.code, alert.items) = (Some(Text::new("1226")), Items::of(&items));
    let exec = Request::of_item("9", Item::leaf("A", Meta::EMPTY, &large));
    let mut get = Request::of_item("9", Item::leaf(&large, Meta::EMPTY, ""));
    let mut status = Status::default();
    status.items = Items::of(&items);
    for command in [
        Command::Alert(alert),
        Command::Exec(exec),
        Command::Get(get),
        Command::Status(status),
        Command::Begin(Group::sync("", Location::new(&large), Location::new(""))),
    ] {
        let commands = [command, Command::End];
        let commands = if matches!(command, Command::Begin(_)) { &commands[..] } else { &commands[..1] };
        let mut package = Package::new(WBXML, 1, commands);
        let error = package.next_message(&header(), &[], 300, &mut Vec::new()).unwrap_err();
        assert_eq!(error, PackageError::CommandTooLarge { command: 0 });
        package.skip();
        let last = package.next_message(&header(), &[], 300, &mut Vec::new()).unwrap().unwrap();
        assert_eq!((last.commands, last.is_final), (commands.len()..commands.len(), true));
    }

    // one item is no question, and its data is the report of an event
    alert.items = Items::of(&items[1..]);
    let mut results = Results::default();
    (results.cmd_ref, results.items) = (Some(Text::new("4")), Items::of(&items[1..]));
    get = Request::of_item("9", items[1]);
    for command in [Command::Alert(alert), Command::Results(results), Command::Add(get), Command::Put(get)] {
        let commands = [command];
        assert!(messages(Package::new(WBXML, 1, &commands), 300)[0].1.more_data);
    }
}

#[test]
fn errors_leave_everything_as_it_was() {
    let commands = [replace("A", "a"), replace("B", "0123456789"), replace("C", "\0")];
    let mut package = Package::new(WBXML, 1, &commands).max_obj_size(9);
    let mut octets = b"before".to_vec();
    let head = len(WBXML, &[], false);
    let mut next = |package: &mut Package<'_>, max| {
        let made = package.next_message(&header(), &[status()], max, &mut octets);
        let told = made.map(|sent| sent.map(|sent| sent.commands));
        assert!(told.is_ok() || octets == b"before");
        octets.truncate(6);
        told
    };
    for max in [0, 10, head - 1] {
        assert_eq!(next(&mut package, max), Err(PackageError::HeadTooLarge), "{max}");
    }
    for max in [head, head + 20] {
        assert_eq!(next(&mut package, max), Err(PackageError::NoRoomForData { command: 0 }), "{max}");
    }
    // what stands in front of the object is sent first
    assert_eq!(next(&mut package, ALL), Ok(Some(0..1)));
    for _ in 0..2 {
        assert_eq!(next(&mut package, ALL), Err(PackageError::ObjectTooLarge { command: 1 }));
    }
    package.skip();
    assert_eq!(next(&mut package, ALL), Err(PackageError::Write(WriteError::Nul)));
    package.skip();
    assert_eq!(next(&mut package, ALL), Ok(Some(3..3)));
    assert_eq!(next(&mut package, ALL), Ok(None));

    for groups in [&[Command::End][..], &[Command::Begin(Group::new(GroupKind::Atomic, "9"))]] {
        let error = Package::new(WBXML, 1, groups).next_message(&header(), &[], ALL, &mut Vec::new()).unwrap_err();
        assert_eq!(error, PackageError::Write(WriteError::Misplaced));
    }
}

/// A character is not cut in two, octets are; in XML they are text.
#[test]
fn where_data_is_cut() {
    let text = "é世😀".repeat(40);
    for encoding in [WBXML, XML] {
        for data in [Data::Text(Text::new(&text)), Data::Opaque(text.as_bytes())] {
            let mut item = Item::leaf("A", Meta::of_data("chr", "text/plain"), "");
            item.data = Some(data);
            let commands = [Command::Add(Request::of_item("9", item))];
            let max = len(encoding, &[first_chunk("A", &text[..90], &size("360"))], false);
            let made = messages(Package::new(encoding, 1, &commands), max);
            assert!(made.len() > 2);
            let mut is_text = true;
            for (octets, _) in &made {
                let mut message = MessageReader::parse(octets).unwrap();
                while let Some(command) = message.next_command().unwrap() {
                    let Command::Add(add) = command else { continue };
                    is_text &= add.items.first().unwrap().data_text().is_some_and(|text| text.to_cow().is_ok());
                }
            }
            assert!(is_text || matches!((encoding, data), (Encoding::Wbxml(_), Data::Opaque(_))));
            assert_eq!(received(&made), [("Add A chr".into(), text.as_bytes().to_vec())]);
        }
    }
}

/// A `Sync` goes on in the next message, and says the number of changes once.
#[test]
fn a_sync_is_ended_and_begun_again() {
    let mut sync = Group::sync("9", Location::new("server"), Location::new("client"));
    sync.number_of_changes = Some(Text::new("3"));
    let large = "0123456789".repeat(20);
    let commands = [
        Command::Begin(sync),
        replace("A", "a"),
        replace("B", &large),
        Command::Begin(Group::new(GroupKind::Atomic, "9")),
        replace("C", "c"),
        Command::End,
        Command::End,
        replace("D", "d"),
    ];
    for encoding in [WBXML, XML] {
        let atomic = len(encoding, &[&commands[..1], &commands[3..7]].concat(), true);
        let size = size("200");
        let object = [commands[0], first_chunk("B", "0", &size), Command::End];
        let smallest = atomic.max(len(encoding, &object, false));
        for max in smallest..smallest + 300 {
            let made = messages(Package::new(encoding, 1, &commands), max);
            let mut changes = Vec::new();
            for (octets, _) in &made {
                let mut message = MessageReader::parse(octets).unwrap();
                while let Some(command) = message.next_command().unwrap() {
                    let Command::Begin(group) = command else { continue };
                    if group.kind == GroupKind::Sync {
                        assert_eq!(group.target, Some(Location::new("server")));
                        changes.push(group.number_of_changes.is_some());
                    }
                }
            }
            assert_eq!(changes.iter().position(|says| *says), Some(0), "{max}");
            assert_eq!(changes.iter().filter(|says| **says).count(), 1, "{max}");
            let arrived: Vec<String> = received(&made).into_iter().map(|(address, _)| address).collect();
            let expected = [
                "Sync Replace A chr",
                "Sync Replace B chr",
                "Sync Atomic Begin",
                "Sync Atomic Replace C chr",
                "Sync End",
                "Replace D chr",
            ];
            assert_eq!(arrived, expected, "{max}");
        }
    }
}

/// What fits beside the begin of a `Sync` only where that says no `NumberOfChanges` waits for the next message.
#[test]
fn what_has_no_room_beside_the_first_begin_of_a_sync() {
    let mut sync = Group::sync("9", Location::new("server"), Location::new("client"));
    let resumed = Command::Begin(sync);
    sync.number_of_changes = Some(Text::new("1000"));
    let commands = [Command::Begin(sync), replace("A", "aaaa"), Command::End];
    for encoding in [WBXML, XML] {
        let max = len(encoding, &[resumed, commands[1], Command::End], true);
        assert_eq!(
            all_said(Package::new(encoding, 1, &commands), max),
            [
                &["1", "1 Status", "2 Begin", "End"][..],
                &["2", "1 Status", "2 Begin", "3 Replace A=aaaa", "End", "Final"]
            ]
        );
        let together = len(encoding, &commands, true);
        assert_eq!(all_said(Package::new(encoding, 1, &commands), together - 1).len(), 2);
        assert_eq!(all_said(Package::new(encoding, 1, &commands), together).len(), 1);
    }
}

/// `skip` passes over the end of a `Sync`, and over all of one that has not begun.
#[test]
fn what_is_left_out_around_a_sync() {
    let sync = Command::Begin(Group::sync("9", Location::new("server"), Location::new("client")));
    let large = "0123456789".repeat(20);
    let commands = [sync, replace("A", &large), Command::End, sync, replace("B", "b"), Command::End, replace("C", "c")];
    let data = size("200");
    let max = len(WBXML, &[sync, first_chunk("A", "0123", &data), Command::End], false);
    for (skips, expected) in [
        (0, vec!["2", "1 Status", "2 Begin", "3 Replace A=45678901234+", "End"]),
        (1, vec!["2", "1 Status", "2 Begin", "3 Replace B=b", "End"]),
        (2, vec!["2", "1 Status", "2 Replace C=c", "Final"]),
        (3, vec!["2", "1 Status", "Final"]),
        (4, vec!["2", "1 Status", "Final"]),
    ] {
        let mut package = Package::new(WBXML, 1, &commands);
        let mut octets = Vec::new();
        assert!(package.next_message(&header(), &[status()], max, &mut octets).unwrap().unwrap().more_data);
        (0..skips).for_each(|_| package.skip());
        octets.clear();
        package.next_message(&header(), &[status()], max, &mut octets).unwrap();
        assert_eq!(said(&octets), expected);
    }
}

/// `MaxObjSize` is the largest object that is taken, in a group too; nothing of the group is sent.
#[test]
fn objects_larger_than_the_peer_takes() {
    let commands = [
        Command::Begin(Group::new(GroupKind::Atomic, "9")),
        replace("A", "aaaa"),
        replace("B", "bbbbb"),
        Command::End,
        replace("C", "cccc"),
    ];
    let made = all_said(Package::new(WBXML, 1, &commands).max_obj_size(5), ALL);
    assert_eq!(made.len(), 1);
    let mut package = Package::new(WBXML, 1, &commands).max_obj_size(4);
    let mut octets = Vec::new();
    let error = package.next_message(&header(), &[status()], ALL, &mut octets);
    assert_eq!(error, Err(PackageError::ObjectTooLarge { command: 2 }));
    package.skip();
    package.next_message(&header(), &[status()], ALL, &mut octets).unwrap();
    assert_eq!(said(&octets), ["1", "1 Status", "2 Replace C=cccc", "Final"]);
}

/// What a receiver makes of messages: what arrives, and its data, without regard to how it was divided.
#[derive(Default)]
struct Receiver {
    objects: Reassembler,
    groups: Vec<GroupKind>,
    facts: Vec<(String, Vec<u8>)>,
    is_open: bool,
}

impl Receiver {
    fn command(&mut self, command: &Command<'_>) {
        match command {
            Command::Begin(group) if group.kind == GroupKind::Sync => return self.groups.push(group.kind),
            Command::End if self.groups.last() == Some(&GroupKind::Sync) => {
                self.groups.pop();
                return;
            }
            Command::Begin(group) => self.groups.push(group.kind),
            Command::End => {
                self.groups.pop();
            }
            _ => {}
        }
        assert!(!self.is_open, "nothing stands behind a chunk");
        let groups: String = self.groups.iter().map(|kind| format!("{kind:?} ")).collect();
        let name = groups + name(command);
        if matches!(command, Command::Begin(_) | Command::End | Command::Status(_)) {
            self.facts.push((name, Vec::new()));
            return;
        }
        let format = match command {
            Command::Add(request) | Command::Put(request) | Command::Replace(request) => request.meta.format,
            Command::Results(results) => results.meta.format,
            _ => None,
        };
        let address = |item: &Item<'_>| {
            let format = item.meta.format.or(format).unwrap_or_default();
            format!("{name} {} {format}", item.uri().unwrap())
        };
        for item in self.objects.command(command) {
            match item.unwrap() {
                Received::Whole(item) => {
                    let data = match item.data {
                        Some(Data::Opaque(octets)) => octets.to_vec(),
                        _ => item.data_text().unwrap_or_default().to_string().into_bytes(),
                    };
                    self.facts.push((address(&item), data));
                }
                Received::Chunk => self.is_open = true,
                Received::Complete(object) => self.facts.push((address(&object.item()), object.into_data())),
                other => panic!("{other:?}"),
            }
        }
    }
}

/// What has arrived with all messages; the status in front of each is passed over.
fn received(messages: &[(Vec<u8>, Outgoing)]) -> Vec<(String, Vec<u8>)> {
    let mut receiver = Receiver::default();
    for (octets, sent) in messages {
        let mut message = MessageReader::parse(octets).unwrap();
        assert!(matches!(message.next_command().unwrap(), Some(Command::Status(_))));
        while let Some(command) = message.next_command().unwrap() {
            receiver.command(command);
        }
        assert_eq!(receiver.objects.end_message(), None);
        assert_eq!((receiver.is_open, message.is_final()), (sent.more_data, sent.is_final));
        receiver.is_open = false;
    }
    receiver.facts
}

/// A command that is drawn: what it is, and its items, some of them octets.
#[derive(Clone, Debug)]
struct Drawn {
    tag: Tag,
    items: Vec<(bool, String)>,
}

/// Commands that stand alone, in a group that has to stand in one message, or in a `Sync`.
#[derive(Clone, Debug)]
enum Part {
    Alone(Drawn),
    Together(GroupKind, Vec<Drawn>),
    Sync(Vec<Self>),
}

fn text(most: usize) -> impl Strategy<Value = String> {
    let special = prop::sample::select("<&>\r\n ]\"é世😀".chars().collect::<Vec<_>>());
    let character = prop_oneof![3 => prop::char::range('a', 'z'), 1 => special];
    prop::collection::vec(character, 0..most).prop_map(|characters| characters.into_iter().collect())
}

/// Commands that may be divided: those of items, and those of data.
fn divisible(of_items: Vec<Tag>, of_data: Vec<Tag>) -> impl Strategy<Value = Drawn> {
    let data = (any::<bool>(), prop_oneof![3 => text(20), 1 => text(2000)]);
    let of_data = prop::sample::select(of_data).prop_flat_map(move |tag| {
        let items = if tag == tag::ALERT { 1..2_usize } else { 1..4 };
        (Just(tag), prop::collection::vec(data.clone(), items))
    });
    let of_items = (prop::sample::select(of_items), 1..40_usize)
        .prop_map(|(tag, items)| (tag, vec![(false, String::new()); items]));
    prop_oneof![4 => of_data, 1 => of_items].prop_map(|(tag, items)| Drawn { tag, items })
}

/// Commands that are small enough.
fn indivisible(tags: Vec<Tag>) -> impl Strategy<Value = Drawn> {
    (prop::sample::select(tags), prop::collection::vec((any::<bool>(), text(10)), 1..3))
        .prop_map(|(tag, items)| Drawn { tag, items })
}

fn group() -> impl Strategy<Value = Part> {
    let kind = prop::sample::select(vec![GroupKind::Atomic, GroupKind::Sequence]);
    let commands = prop::collection::vec(indivisible(vec![tag::ADD, tag::REPLACE, tag::DELETE]), 1..4);
    (kind, commands).prop_map(|(kind, drawn)| Part::Together(kind, drawn))
}

fn parts() -> impl Strategy<Value = Vec<Part>> {
    let changes = divisible(vec![tag::DELETE, tag::COPY, tag::MOVE], vec![tag::ADD, tag::REPLACE]);
    let sync = prop::collection::vec(prop_oneof![4 => changes.prop_map(Part::Alone), 1 => group()], 0..4);
    let data = vec![tag::ADD, tag::REPLACE, tag::PUT, tag::RESULTS, tag::ALERT];
    let part = prop_oneof![
        4 => divisible(vec![tag::GET, tag::DELETE, tag::COPY], data).prop_map(Part::Alone),
        1 => indivisible(vec![tag::EXEC, tag::ALERT, tag::STATUS]).prop_map(Part::Alone),
        1 => group(),
        1 => sync.prop_map(Part::Sync),
    ];
    prop::collection::vec(part, 0..6)
}

/// The commands of the parts in order, with these items.
fn commands<'a>(parts: &[Part], items: &mut impl Iterator<Item = &'a Vec<Item<'a>>>) -> Vec<Command<'a>> {
    let mut all = Vec::new();
    for part in parts {
        match part {
            Part::Alone(drawn) => all.push(command(drawn.tag, items.next().unwrap())),
            Part::Together(kind, drawn) => {
                all.push(Command::Begin(Group::new(*kind, "9")));
                all.extend(drawn.iter().map(|drawn| command(drawn.tag, items.next().unwrap())));
                all.push(Command::End);
            }
            Part::Sync(parts) => {
                let mut sync = Group::sync("9", Location::new("./server"), Location::new("./client"));
                sync.number_of_changes = Some(Text::new("17"));
                all.push(Command::Begin(sync));
                all.extend(commands(parts, items));
                all.push(Command::End);
            }
        }
    }
    all
}

/// What of the parts carries items, in order, and whether it may be divided.
fn drawn<'p>(parts: &'p [Part], all: &mut Vec<(&'p Drawn, bool)>) {
    for part in parts {
        match part {
            Part::Alone(drawn) => all.push((drawn, true)),
            Part::Together(_, drawn) => all.extend(drawn.iter().map(|drawn| (drawn, false))),
            Part::Sync(parts) => drawn(parts, all),
        }
    }
}

fn command<'a>(tag: Tag, items: &'a [Item<'a>]) -> Command<'a> {
    let mut request = Request::of_items("9", items);
    request.meta = Meta::of_data("chr", "");
    let mut alert = Alert::default();
    (alert.cmd_id, alert.code, alert.items) = (Some(Text::new("9")), Some(Text::new("1226")), Items::of(items));
    let mut results = Results::default();
    (results.cmd_id, results.cmd_ref, results.items) = (Some(Text::new("9")), Some(Text::new("4")), Items::of(items));
    let Command::Status(mut answer) = status() else { panic!() };
    answer.items = Items::of(items);
    match tag {
        tag::ADD => Command::Add(request),
        tag::COPY => Command::Copy(request),
        tag::DELETE => Command::Delete(request),
        tag::EXEC => Command::Exec(request),
        tag::GET => Command::Get(request),
        tag::MOVE => Command::Move(request),
        tag::PUT => Command::Put(request),
        tag::REPLACE => Command::Replace(request),
        tag::ALERT => Command::Alert(alert),
        tag::RESULTS => Command::Results(results),
        tag::STATUS => Command::Status(answer),
        _ => panic!(),
    }
}

/// What stands for a command where it is divided as far as it may be, as large as it may be then; else it itself.
fn smallest<'a>(tag: Tag, items: &[Item<'a>], character: &'a str, size: &'a MetaFields<'a>) -> Vec<Item<'a>> {
    let mut item = items[0];
    item.target = Some(Location::new("./999"));
    match tag {
        tag::GET | tag::DELETE | tag::COPY | tag::MOVE => {}
        tag::EXEC | tag::STATUS => return items.to_vec(),
        tag::ALERT if items.len() > 1 => return items.to_vec(),
        _ => {
            item.meta = Meta::of_data("chr", "").with_fields(size);
            (item.data, item.more_data) = (Some(Data::Text(Text::new(character))), true);
        }
    }
    vec![item]
}

/// The fewest octets of a message that holds each of these commands or groups, with the `Sync` around it.
fn fewest_octets(encoding: Encoding<'_>, commands: &[Command<'_>]) -> usize {
    let (mut fewest, mut sync, mut group) = (len(encoding, &[], true), None, Vec::new());
    for command in commands {
        let mut is_group_done = true;
        match command {
            Command::Begin(begin) if begin.kind == GroupKind::Sync => sync = Some(*command),
            Command::End if group.is_empty() => sync = None,
            Command::Begin(_) => is_group_done = false,
            Command::End => {}
            _ => is_group_done = group.is_empty(),
        }
        if group.is_empty() && matches!(command, Command::End) {
            continue;
        }
        if !matches!(command, Command::Begin(begin) if begin.kind == GroupKind::Sync) {
            group.push(*command);
        }
        if is_group_done {
            let all: Vec<_> = sync.iter().chain(&group).chain(sync.map(|_| &Command::End)).copied().collect();
            // MsgID has up to four digits more, and each CmdID two
            fewest = fewest.max(len(encoding, &all, true) + 4 + 2 * (1 + all.len()));
            group.clear();
        }
    }
    fewest
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the commands and the sizes are, each message is as small as it has to be, and everything arrives.
    #[test]
    fn packages_arrive(parts in parts(), is_xml in any::<bool>(), room in prop_oneof![0_usize..60, 0_usize..3000]) {
        // the character that takes most octets, as it is written
        let (encoding, character) = if is_xml { (XML, "&&") } else { (WBXML, "😀") };
        let mut all = Vec::new();
        drawn(&parts, &mut all);
        let uris: Vec<String> = (0..1000).map(|number| format!("./{number}")).collect();
        let mut uri = uris.iter();
        let items: Vec<Vec<Item<'_>>> = all
            .iter()
            .map(|(drawn, _)| drawn.items.iter().map(|(is_opaque, text)| {
                let mut item = Item::leaf(uri.next().unwrap(), Meta::EMPTY, text);
                if *is_opaque {
                    item.data = Some(Data::Opaque(text.as_bytes()));
                }
                item
            }).collect())
            .collect();
        let size = size("99999");
        let divided: Vec<Vec<Item<'_>>> = all
            .iter()
            .zip(&items)
            .map(|((drawn, may_be), items)| {
                if *may_be { smallest(drawn.tag, items, character, &size) } else { items.clone() }
            })
            .collect();
        let fewest = fewest_octets(encoding, &commands(&parts, &mut divided.iter()));
        let commands = commands(&parts, &mut items.iter());

        let made = messages(Package::new(encoding, 1, &commands), fewest + room);
        let mut expected = Receiver::default();
        for command in &commands {
            expected.command(command);
        }
        prop_assert_eq!(received(&made), expected.facts);
        for (index, (octets, sent)) in made.iter().enumerate() {
            prop_assert_eq!(sent.is_final, index + 1 == made.len());
            prop_assert_eq!(usize::try_from(sent.msg_id).unwrap(), index + 1);
            let said = said(octets);
            prop_assert_eq!(&said[0], &sent.msg_id.to_string());
            let ids = said[1..].iter().filter_map(|words| words.split(' ').next()?.parse::<usize>().ok());
            prop_assert!(ids.zip(1..).all(|(id, number)| id == number), "{:?}", said);
        }
    }

    /// Messages of any size at all: they are made, or an error says why not; never without end.
    #[test]
    fn packages_end(parts in parts(), is_xml in any::<bool>(), max in 0_usize..1200) {
        let mut all = Vec::new();
        drawn(&parts, &mut all);
        let items: Vec<Vec<Item<'_>>> = all
            .iter()
            .map(|(drawn, _)| drawn.items.iter().map(|(_, text)| Item::leaf("./A", Meta::EMPTY, text)).collect())
            .collect();
        let commands = commands(&parts, &mut items.iter());
        let octets: usize = all.iter().flat_map(|(drawn, _)| &drawn.items).map(|(_, text)| text.len() + 1).sum();
        let mut package = Package::new(if is_xml { XML } else { WBXML }, 1, &commands);
        for _ in 0..octets + 2 * commands.len() + 2 {
            let mut out = Vec::new();
            match package.next_message(&header(), &[status()], max, &mut out) {
                Ok(Some(_)) => prop_assert!(out.len() <= max),
                Ok(None) => return Ok(()),
                Err(PackageError::NoRoomForData { .. } | PackageError::CommandTooLarge { .. }) => package.skip(),
                Err(error) => {
                    prop_assert_eq!(error, PackageError::HeadTooLarge);
                    return Ok(());
                }
            }
        }
        prop_assert!(false, "more messages than octets");
    }
}
