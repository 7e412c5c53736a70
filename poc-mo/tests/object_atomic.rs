//! Groups of commands, access control lists and properties in the store of management objects (OMA DM Representation
//! Protocol 1.2, `Atomic`, `Sequence`; OMA DM Tree and Description 1.2, `ACL`, properties of nodes), and what of it
//! holds for any commands.

#![cfg(all(feature = "dm", feature = "xml"))]
#![expect(clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

use poc_mo::object::{Answer, Options, ReplyData, Sender, Store};
use poc_mo::syncml::dm::UriRules;
use poc_mo::syncml::dm::mgmt_tree::{Description, MgmtTree};
use poc_mo::syncml::{
    Command, Group, GroupKind, Item, MessageReader, MessageWriter, Meta, Request, StatusCode, SyncHdr,
};
use poc_mo::wbxml::vocabulary::syncml::SYNCML_1_2;
use poc_mo::wbxml::{Data, Limits, Writer};
use proptest::prelude::*;

const DDF: &[u8] = include_bytes!("data/tide-table.ddf.xml");

/// Runs a test on an empty store.
fn with_store<T>(options: Options, test: impl FnOnce(&mut Store<'_>) -> T) -> T {
    let ddf = MgmtTree::parse(DDF).unwrap();
    let description = Description::new(&ddf);
    test(&mut Store::with_options(&description, options))
}

/// What a store holds, as octets.
fn octets(store: &Store<'_>) -> Vec<u8> {
    store.tree(".").unwrap().to_wbxml().unwrap()
}

/// Commands in short: `Add ./A chr x`, `Atomic`, `End`.
fn apply(store: &mut Store<'_>, sender: Sender<'_>, commands: &[&str]) -> Vec<Answer> {
    let mut transaction = store.transaction(sender);
    for command in commands {
        let mut words = command.splitn(4, ' ');
        let (name, uri) = (words.next().unwrap(), words.next().unwrap_or_default());
        let (format, value) = (words.next(), words.next());
        let mut item = Item::leaf(uri, Meta::EMPTY, value.unwrap_or_default());
        item.meta = format.map_or(Meta::EMPTY, |format| Meta::of_data(format, ""));
        if value.is_none() {
            item.data = None;
        }
        let request = Request::of_item("1", item);
        let command = match name {
            "Add" => Command::Add(request),
            "Replace" => Command::Replace(request),
            "Delete" => Command::Delete(request),
            "Get" => Command::Get(request),
            "Exec" => Command::Exec(request),
            "Atomic" => Command::Begin(Group::new(GroupKind::Atomic, "1")),
            "Sequence" => Command::Begin(Group::new(GroupKind::Sequence, "1")),
            "Sync" => Command::Begin(Group::new(GroupKind::Sync, "1")),
            _ => Command::End,
        };
        transaction.command(&command, |_| StatusCode::ACCEPTED_FOR_PROCESSING).unwrap();
    }
    transaction.finish()
}

fn codes(answers: &[Answer]) -> Vec<u16> {
    answers.iter().map(|answer| answer.status.get()).collect()
}

/// The codes that groups and their commands are answered, and whether anything stays of it.
#[test]
fn groups() {
    let rows: &[(&str, &[&str], &[u16], bool)] = &[
        ("all is right", &["Atomic", "Add ./A node", "Add ./A/B chr x", "End"], &[200, 200, 200], true),
        (
            "one fails: 507; 216 in front of it, 215 behind it",
            &["Atomic", "Add ./A node", "Delete ./B", "Add ./C chr x", "End"],
            &[507, 216, 404, 215],
            false,
        ),
        ("what is behind the group counts", &["Atomic", "Delete ./B", "End", "Add ./C chr x"], &[507, 404, 200], true),
        (
            "what has been run cannot be undone: 516",
            &["Atomic", "Exec ./X", "Delete ./B", "End"],
            &[507, 516, 404],
            false,
        ),
        ("no Get in it: 500", &["Atomic", "Add ./A node", "Get .", "End"], &[500, 216, 215], false),
        ("none in another: 500", &["Atomic", "Atomic", "Add ./A node", "End", "End"], &[500, 500, 215], false),
        (
            "a Sequence in it is part of it",
            &["Atomic", "Sequence", "Add ./A node", "End", "Delete ./B", "End"],
            &[507, 200, 216, 404],
            false,
        ),
        ("in a Sequence each counts", &["Sequence", "Add ./A node", "Delete ./B", "End"], &[200, 200, 404], true),
        (
            "one in a Sequence",
            &["Sequence", "Atomic", "Add ./A node", "Delete ./B", "End", "End"],
            &[200, 507, 216, 404],
            false,
        ),
        ("one that does not end", &["Atomic", "Add ./A node"], &[507, 216], false),
        ("no Sync in device management: 406", &["Sync", "Add ./A node", "End"], &[406, 215], false),
    ];
    for (what, commands, expected, is_changed) in rows {
        with_store(Options::DEFAULT, |store| {
            let exec = "<MgmtTree><Node><NodeName>X</NodeName><RTProperties><ACL>Exec=*</ACL><Format><node/></Format>\
                </RTProperties></Node></MgmtTree>";
            store.load(&MgmtTree::parse(exec.as_bytes()).unwrap(), ".").unwrap();
            let before = octets(store);
            let answers = apply(store, Sender::Server("a"), commands);
            let found = codes(&answers);
            // a Delete of what is not there, whoever asks
            assert_eq!(found, *expected, "{what}");
            assert_eq!(octets(store) != before, *is_changed, "{what}");
        });
    }
}

/// A transaction that is dropped, and a message with a fault in it, leave the store as it was.
#[test]
fn what_is_not_finished_does_not_count() {
    with_store(Options::DEFAULT, |store| {
        apply(store, Sender::Device, &["Add ./A chr x"]);
        let before = octets(store);
        let mut transaction = store.transaction(Sender::Device);
        let item = Item::leaf("./A", Meta::EMPTY, "y");
        transaction.command(&Command::Replace(Request::of_item("1", item)), |_| StatusCode::OK).unwrap();
        drop(transaction);
        assert_eq!(octets(store), before);

        let message =
            b"<SyncML><SyncHdr/><SyncBody><Delete><CmdID>1</CmdID><Item><Target><LocURI>./A</LocURI></Target>\
            </Item></Delete><Get></SyncBody></SyncML>";
        let message = MessageReader::parse(message).unwrap();
        assert!(store.apply(Sender::Device, message, |_| StatusCode::OK).is_err());
        assert_eq!(octets(store), before);
    });
}

/// Who may do what: the list of the nearest node above that has one, and 425 (TND, `ACL`).
#[test]
fn access_control_lists() {
    with_store(Options::DEFAULT, |store| {
        let (a, b) = (Sender::Server("a"), Sender::Server("b"));
        // a may not replace the root: what it adds there is its own
        assert_eq!(codes(&apply(store, a, &["Add ./A node", "Add ./A/L chr x", "Add ./A/I node"])), [200, 200, 200]);
        let rows: &[(Sender<'_>, &str, u16)] = &[
            (b, "Get ./A/L", 425),
            (a, "Get ./A/L", 425),
            (b, "Delete ./A/L", 425),
            (b, "Replace ./A?prop=ACL chr Get=*", 425),
            (a, "Replace .?prop=ACL chr Add=a", 425),
            (a, "Replace ./A?prop=ACL chr Get=*&Replace=a", 200),
            (b, "Get ./A/L", 200),
            (b, "Get ./A/L?prop=Format", 200),
            // inherited all or nothing: Add is gone with the old list
            (a, "Add ./A/M chr x", 425),
            // the list of a leaf needs Replace on the node above
            (a, "Replace ./A/L?prop=ACL chr Get=b&Replace=b", 200),
            (a, "Get ./A/L", 425),
            (b, "Replace ./A/L?prop=ACL chr Get=*", 425),
            (b, "Replace ./A/L chr y", 200),
            (a, "Replace ./A/L chr y", 425),
            (a, "Replace ./A/L?prop=ACL chr ", 200),
            (a, "Replace ./A/L chr y", 200),
            (a, "Replace ./A?prop=ACL chr Get", 415),
            (b, "Exec ./A/I", 425),
            // 404 goes first, whoever asks
            (b, "Delete ./A/X", 404),
        ];
        for (sender, command, code) in rows {
            assert_eq!(codes(&apply(store, *sender, &[command])), [*code], "{sender:?} {command}");
        }
    });
}

/// Properties that can be replaced: `Name`, `Title`, `ACL`, and the answers to the others (TND, properties of nodes).
#[test]
fn properties() {
    with_store(Options::DEFAULT, |store| {
        let all = "Replace .?prop=ACL chr Add=*&Delete=*&Get=*&Replace=*";
        apply(store, Sender::Device, &[all, "Add ./A chr x", "Add ./B/C chr y", "Add ./Vendor/Tides/1/Zone int 1"]);
        let long = format!("Replace ./A?prop=Title chr {}", "t".repeat(256));
        let rows: &[(&str, u16)] = &[
            ("Replace ./B?prop=Name chr New name", 200),
            ("Get ./New%20name/C", 200),
            ("Get ./B/C", 404),
            ("Replace ./A?prop=Name chr New name", 418),
            ("Replace ./A?prop=Name chr A", 200),
            ("Replace ./A?prop=Name chr x/y", 415),
            ("Replace .?prop=Name chr x", 405),
            // described by its name
            ("Replace ./Vendor/Tides/1/Zone?prop=Name chr Station", 405),
            ("Replace ./Vendor?prop=Name chr Elsewhere", 405),
            // its name comes at run time
            ("Replace ./Vendor/Tides/1?prop=Name chr 2", 200),
            ("Get ./Vendor/Tides/2/Zone", 200),
            ("Replace ./A?prop=Title chr Harbour", 200),
            (&long, 413),
            ("Replace ./A?prop=Format chr int", 405),
            ("Replace ./A?prop=Type chr text/html", 405),
            ("Replace ./A?prop=Size chr 1", 405),
            ("Replace ./A?prop=Colour chr red", 406),
            ("Replace ./X?prop=Title chr x", 404),
        ];
        for (command, code) in rows {
            assert_eq!(codes(&apply(store, Sender::Server("a"), &[command])), [*code], "{command}");
        }
        let answers = apply(store, Sender::Server("a"), &["Get ./A?prop=Title", "Get ./New%20name?prop=Name", "Get ."]);
        let texts: Vec<_> = answers.iter().map(|answer| answer.results.first().unwrap().text().unwrap()).collect();
        assert_eq!(texts, ["Harbour", "New name", "A/New%20name/Vendor"]);
    });
}

/// What no document can hold as text is answered as octets, and is no property (XML 1.0, 2.2; WAP-192-WBXML, 5.8.4.1:
/// no NUL in a string).
#[test]
fn every_answer_can_be_sent() {
    with_store(Options::DEFAULT, |store| {
        for (index, octets) in [&b"a\0b"[..], b"a\x01b", "a\u{FFFE}b".as_bytes()].into_iter().enumerate() {
            let uri = format!("./A{index}");
            let with = |uri: &str, store: &mut Store<'_>, is_add: bool| {
                let mut item = Item::leaf(uri, Meta::of_data("chr", "text/plain"), "");
                item.data = Some(Data::Opaque(octets));
                let request = Request::of_item("1", item);
                let command = if is_add { Command::Add(request) } else { Command::Replace(request) };
                let mut transaction = store.transaction(Sender::Device);
                transaction.command(&command, |_| StatusCode::OK).unwrap();
                codes(&transaction.finish())
            };
            assert_eq!(with(&uri, store, true), [200]);
            let answers = apply(store, Sender::Device, &[&format!("Get {uri}")]);
            let reply = answers[0].results.first().unwrap();
            assert!(matches!(&reply.data, ReplyData::Octets(held) if held == octets), "{reply:?}");
            let item = reply.item().unwrap();
            let mut message = Vec::new();
            let writer = Writer::new(&mut message, &SYNCML_1_2).unwrap();
            let mut writer = MessageWriter::new(writer, &SyncHdr::default()).unwrap();
            writer.command(&Command::Replace(Request::of_item("1", item))).unwrap();
            writer.finish(true).unwrap();
            let written = self::octets(store);
            with_store(Options::DEFAULT, |again| {
                again.load(&MgmtTree::parse(&written).unwrap(), ".").unwrap();
                assert_eq!(again.value(&uri), Some(octets));
            });
            assert_eq!(with(&format!("{uri}?prop=Title"), store, false), [415]);
            let typed = format!("Add {uri}/x\u{1} node");
            assert_eq!(codes(&apply(store, Sender::Device, &[&typed])), [404], "no address");
        }
    });
}

/// A serialised tree that a server asks for, and adds and replaces, counts as a whole (TNDS).
#[test]
fn serialised_trees() {
    with_store(Options::DEFAULT, |store| {
        let all = "Replace .?prop=ACL chr Add=*&Delete=*&Get=*&Replace=*";
        let server = Sender::Server("a");
        apply(
            store,
            Sender::Device,
            &[all, "Add ./Vendor/Tides/1/Station chr Quay", "Add ./Vendor/Tides/1/Gauges node"],
        );
        let mut answers = apply(store, server, &["Get ./Vendor/Tides/1?list=TNDS"]);
        let reply = answers.remove(0).results.remove(0);
        let ReplyData::Object(object) = &reply.data else { panic!("{reply:?}") };
        let tree = object.tree(Limits::DEFAULT).unwrap();
        assert_eq!(tree, store.tree("./Vendor/Tides/1").unwrap());
        let before = octets(store);
        let send = |store: &mut Store<'_>, target: &str, is_add: bool| {
            let request = Request::of_item("1", object.item(target).unwrap());
            let command = if is_add { Command::Add(request) } else { Command::Replace(request) };
            let mut message = Vec::new();
            let writer = Writer::new(&mut message, &SYNCML_1_2).unwrap();
            let mut writer = MessageWriter::new(writer, &SyncHdr::default()).unwrap();
            writer.command(&command).unwrap();
            writer.finish(true).unwrap();
            let message = MessageReader::parse(&message).unwrap();
            codes(&store.apply(server, message, |_| StatusCode::OK).unwrap())
        };
        assert_eq!(send(store, ".", true), [418], "it is there");
        assert_eq!(octets(store), before);
        assert_eq!(codes(&apply(store, server, &["Delete ./Vendor/Tides/1"])), [200]);
        assert_eq!(send(store, ".", true), [200]);
        assert_eq!(octets(store), before, "and is as it was");
        assert_eq!(send(store, "./X", true), [200], "elsewhere, with what is above it");
        assert_eq!(store.text("./X/Vendor/Tides/1/Station"), Some("Quay"));
        apply(store, Sender::Device, &["Add ./X/Y chr y"]);
        assert_eq!(send(store, "./X", false), [200], "all that was below it goes");
        assert_eq!((store.text("./X/Y"), store.text("./X/Vendor/Tides/1/Station")), (None, Some("Quay")));
        assert_eq!(send(store, "./Vendor/Tides/1", false), [405], "no access type Replace");
    });
}

/// An address, a format or a value, good ones more often than others.
fn arbitrary_command() -> impl Strategy<Value = String> {
    let name = prop_oneof![
        4 => prop::sample::select(vec!["A", "B", "Station", "Zone", "Gauges", "Key", "Ext", "a%20b"]).prop_map(str::to_owned),
        1 => "[a-c]",
    ];
    let path = prop::collection::vec(name, 0..4).prop_map(|names| names.join("/"));
    let base = prop::sample::select(vec!["./Vendor/Tides/", "./", "./Vendor/Tides/A/"]);
    let uri = (base, path).prop_map(|(base, path)| {
        let uri = format!("{base}{path}");
        let uri = uri.trim_end_matches('/');
        uri.to_owned()
    });
    let verb = prop::sample::select(vec!["Add", "Add", "Add", "Replace", "Delete"]);
    let tail = prop::sample::select(vec![
        "",
        " node",
        " chr x",
        " int 7",
        " bin x",
        " null",
        " chr",
        "?prop=Name chr z",
        "?prop=Title chr t",
        "?prop=ACL chr Add=a&Get=*",
        "?prop=ACL chr ",
    ]);
    (verb, uri, tail).prop_map(|(verb, uri, tail)| format!("{verb} {uri}{tail}"))
}

fn arbitrary_commands() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(arbitrary_command(), 0..24)
}

fn words(commands: &[String]) -> Vec<&str> {
    commands.iter().map(String::as_str).collect()
}

proptest! {
    /// What a store holds after any commands is what its tree says: loaded again, it is the same.
    #[test]
    fn a_tree_says_all(first in arbitrary_commands(), second in arbitrary_commands()) {
        with_store(Options::DEFAULT, |store| {
            apply(store, Sender::Device, &words(&first));
            apply(store, Sender::Server("a"), &words(&second));
            let wbxml = octets(store);
            with_store(Options::DEFAULT, |again| {
                again.load(&MgmtTree::parse(&wbxml).unwrap(), ".").unwrap();
                assert_eq!(octets(again), wbxml);
                assert_eq!(again.len(), store.len());
                // and it answers the same
                let asked = words(&first);
                let answers = codes(&apply(store, Sender::Server("a"), &asked));
                assert_eq!(codes(&apply(again, Sender::Server("a"), &asked)), answers);
            });
        });
    }

    /// An `Atomic` that fails leaves the store as it was; one that does not is the same as its commands without it.
    #[test]
    fn an_atomic_is_all_or_nothing(first in arbitrary_commands(), group in arbitrary_commands(), fails in any::<bool>()) {
        with_store(Options::DEFAULT, |store| {
            apply(store, Sender::Device, &words(&first));
            let before = octets(store);
            let mut plain = store.clone();
            let mut commands = vec!["Atomic"];
            commands.extend(group.iter().map(String::as_str));
            if fails {
                commands.push("Delete ./Nowhere");
            }
            commands.push("End");
            let answers = apply(store, Sender::Device, &commands);
            let nodes = store.len();
            if answers[0].status == StatusCode::OK {
                assert!(!fails);
                apply(&mut plain, Sender::Device, &words(&group));
                assert_eq!(octets(store), octets(&plain));
            } else {
                assert_eq!(octets(store), before);
                assert_eq!(nodes, plain.len());
                assert!(answers.iter().all(|answer| answer.status != StatusCode::OK));
                // and it goes on as if nothing had been
                let codes = [&mut *store, &mut plain].map(|store| codes(&apply(store, Sender::Device, &words(&first))));
                assert_eq!(codes[0], codes[1]);
                assert_eq!(octets(store), octets(&plain));
            }
        });
    }
}

/// 100,000 siblings, and a node so deep that recursion would not come back: time is linear, and limits hold.
#[test]
fn many_and_deep() {
    let mut options = Options::DEFAULT;
    options.rules = UriRules::STRICT;
    with_store(options, |store| {
        let commands: Vec<String> = (0..100_001_u32).map(|index| format!("Add ./{index} chr x")).collect();
        let answers = apply(store, Sender::Server("a"), &words(&commands));
        let added = answers.iter().filter(|answer| answer.status == StatusCode::OK).count();
        assert_eq!((added, store.len()), (100_000, 100_000));
        assert_eq!(answers.last().unwrap().status, StatusCode::DEVICE_FULL);
        // asked again and again, all answers together are bounded
        let answers = apply(store, Sender::Server("a"), &["Get ."; 1_000]);
        let answered: usize =
            answers.iter().flat_map(|answer| &answer.results).map(|reply| reply.text().unwrap().len()).sum();
        assert!(answered > 500_000 && answered <= options.max_transaction, "{answered}");
        assert_eq!(answers.last().unwrap().status, StatusCode::REQUEST_ENTITY_TOO_LARGE);
    });
    with_store(options, |store| {
        let deep = format!("./{}", vec!["d"; 90_000].join("/"));
        let commands = [format!("Add {deep}/x chr x"), "Get .?list=TNDS".to_owned(), "Delete ./d".to_owned()];
        assert_eq!(codes(&apply(store, Sender::Device, &words(&commands[..2]))), [200, 200]);
        assert_eq!(store.len(), 90_001);
        let copy = store.clone();
        let tree = copy.tree(".").unwrap();
        with_store(options, |again| {
            again.load(&tree, ".").unwrap();
            assert_eq!(again.len(), 90_001);
        });
        assert_eq!(codes(&apply(store, Sender::Device, &words(&commands[2..]))), [200]);
        assert!(store.is_empty());
    });
}
