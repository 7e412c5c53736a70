//! The store of management objects: the answer to each command (OMA DM Representation Protocol 1.2, 6; OMA DM Tree and
//! Description 1.2).

#![cfg(all(feature = "dm", feature = "xml"))]
#![expect(clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

use poc_mo::object::{Answer, Options, Sender, Store};
use poc_mo::syncml::dm::UriRules;
use poc_mo::syncml::dm::mgmt_tree::{Description, MgmtTree};
use poc_mo::syncml::{MessageReader, StatusCode};

/// A description in the style of the registers: a long comment first, a document type declaration with an internal
/// subset that holds a processing instruction.
const DDF: &[u8] = include_bytes!("data/tide-table.ddf.xml");

/// The server that adds the objects of these tests.
const SERVER: Sender<'static> = Sender::Server("com.example.pilot");

/// What the device has before a test begins.
const TREE: &str = "<MgmtTree><VerDTD>1.2</VerDTD>
    <Node><NodeName>Tides</NodeName><Path>./Vendor</Path>
        <RTProperties><ACL>Add=*&amp;Delete=*&amp;Exec=*&amp;Get=*&amp;Replace=*</ACL><Format><node/></Format>
            <Type><DDFName></DDFName></Type></RTProperties>
        <Node><NodeName>A</NodeName><RTProperties><Format><node/></Format></RTProperties>
            <Node><NodeName>Station</NodeName><Value>Quay</Value></Node>
            <Node><NodeName>Serial</NodeName><Value>7</Value></Node>
            <Node><NodeName>Refresh</NodeName><RTProperties><Format><node/></Format></RTProperties></Node>
            <Node><NodeName>Key</NodeName><RTProperties><Format><bin/></Format></RTProperties></Node>
        </Node>
    </Node></MgmtTree>";

/// Runs a test on the store of [`TREE`].
fn with_store(options: Options, test: impl FnOnce(&mut Store<'_>)) {
    let ddf = MgmtTree::parse(DDF).unwrap();
    let description = Description::new(&ddf);
    let mut store = Store::with_options(&description, options);
    store.load(&MgmtTree::parse(TREE.as_bytes()).unwrap(), ".").unwrap();
    test(&mut store);
}

/// Carries out the commands of a message, which are numbered as they stand there.
fn apply(store: &mut Store<'_>, sender: Sender<'_>, commands: &str) -> Vec<Answer> {
    let mut message = String::from("<SyncML><SyncHdr/><SyncBody>");
    for (index, piece) in commands.split("<CmdID/>").enumerate() {
        if index > 0 {
            message.push_str(&format!("<CmdID>{index}</CmdID>"));
        }
        message.push_str(piece);
    }
    message.push_str("</SyncBody></SyncML>");
    let message = MessageReader::parse(message.as_bytes()).unwrap();
    store.apply(sender, message, |_| StatusCode::ACCEPTED_FOR_PROCESSING).unwrap()
}

/// What is answered: the end of the address, the format, the data if it is text.
type Expected<'a> = (&'a str, &'a str, Option<&'a str>);

/// The codes of answers.
fn codes(answers: &[Answer]) -> Vec<u16> {
    answers.iter().map(|answer| answer.status.get()).collect()
}

fn command(name: &str, uri: &str, rest: &str) -> String {
    format!("<{name}><CmdID/><Item><Target><LocURI>{uri}</LocURI></Target>{rest}</Item></{name}>")
}

/// An item's format and data.
fn data(format: &str, data: &str) -> String {
    format!("<Meta><Format xmlns=\"syncml:metinf\">{format}</Format></Meta><Data>{data}</Data>")
}

fn node() -> &'static str {
    "<Meta><Format xmlns=\"syncml:metinf\">node</Format></Meta>"
}

/// Each command on the store of [`TREE`], and the status that answers it.
fn check(rows: &[(&str, String, u16)]) {
    for (what, command, code) in rows {
        with_store(Options::DEFAULT, |store| {
            let before = store.tree(".").unwrap().to_wbxml().unwrap();
            let answers = apply(store, SERVER, command);
            assert_eq!(codes(&answers), [*code], "{what}: {command}");
            let is_same = store.tree(".").unwrap().to_wbxml().unwrap() == before;
            // who is refused changes nothing
            assert!(*code < 300 || is_same, "{what}");
        });
    }
}

#[test]
fn add() {
    let a = "./Vendor/Tides/A";
    let uri = |name: &str| format!("{a}/{name}");
    check(&[
        ("a leaf", command("Add", &uri("Zone"), &data("int", "-2")), 200),
        ("its format where nobody says one", command("Add", &uri("Zone"), "<Data>3</Data>"), 200),
        ("its default", command("Add", &uri("Zone"), ""), 200),
        ("an interior node", command("Add", &uri("Gauges"), node()), 200),
        ("what is above it, too", command("Add", &uri("Gauges/1/Addr"), &data("chr", "x")), 200),
        ("an extension", command("Add", &uri("Ext/Vendor/Buoy"), &data("chr", "x")), 200),
        ("what is not described is kept", command("Add", &uri("Moon"), &data("chr", "full")), 200),
        ("a node that is there: 418", command("Add", &uri("Station"), &data("chr", "x")), 418),
        ("the root is there: 418", command("Add", ".", node()), 418),
        ("below a leaf: 405", command("Add", &uri("Station/X"), &data("chr", "x")), 405),
        ("no access type Add: 405", command("Add", "./Vendor/Tides/B/Serial", &data("chr", "x")), 405),
        ("a property: 405", command("Add", &uri("Zone?prop=Title"), &data("chr", "x")), 405),
        ("another format: 415", command("Add", &uri("Zone"), &data("chr", "1")), 415),
        ("no value of its format: 415", command("Add", &uri("Zone"), &data("int", "x")), 415),
        ("an interior node with a value: 415", command("Add", &uri("Gauges"), &data("node", "x")), 415),
        ("no address: 404", command("Add", "./Vendor//A", node()), 404),
        ("no target: 412", "<Add><CmdID/><Item><Data>1</Data></Item></Add>".to_owned(), 412),
        ("no item: 412", "<Add><CmdID/></Add>".to_owned(), 412),
        ("a chunk alone: 406", command("Add", &uri("Zone"), "<Data>1</Data><MoreData/>"), 406),
    ]);
}

#[test]
fn replace() {
    let uri = |name: &str| format!("./Vendor/Tides/A/{name}");
    check(&[
        ("a leaf", command("Replace", &uri("Station"), &data("chr", "Mole")), 200),
        ("a leaf that is not there: 404", command("Replace", &uri("Zone"), &data("int", "1")), 404),
        ("no access type Replace: 405", command("Replace", &uri("Serial"), &data("chr", "8")), 405),
        ("an interior node: 405", command("Replace", "./Vendor/Tides/A", node()), 405),
        ("the root, by its list: 425", command("Replace", ".", node()), 425),
        ("another format: 415", command("Replace", &uri("Station"), &data("int", "1")), 415),
        ("a leaf is no interior node: 415", command("Replace", &uri("Station"), node()), 415),
        ("a list: 405", command("Replace", &uri("Station?list=Struct"), &data("chr", "x")), 405),
    ]);
}

#[test]
fn delete() {
    let uri = |name: &str| format!("./Vendor/Tides/{name}");
    check(&[
        ("an object, with all below it", command("Delete", &uri("A"), ""), 200),
        ("a node that is not there: 404", command("Delete", &uri("B"), ""), 404),
        ("no access type Delete: 405", command("Delete", &uri("A/Station"), ""), 405),
        ("a permanent node: 405", command("Delete", &uri("A/Serial"), ""), 405),
        ("the way to what is described: 405", command("Delete", "./Vendor/Tides", ""), 405),
        ("the root: 405", command("Delete", ".", ""), 405),
        ("a property: 405", command("Delete", &uri("A?prop=ACL"), ""), 405),
    ]);
}

#[test]
fn exec() {
    let uri = |name: &str| format!("./Vendor/Tides/A/{name}");
    check(&[
        ("handed to the caller", command("Exec", &uri("Refresh"), ""), 202),
        ("a node that is not there: 404", command("Exec", &uri("X"), ""), 404),
        ("no access type Exec: 405", command("Exec", &uri("Station"), ""), 405),
    ]);
}

#[test]
fn copy() {
    let copy = |from: &str, to: &str| {
        let uri = |name: &str| format!("<LocURI>./Vendor/Tides/{name}</LocURI>");
        let (from, to) = (uri(from), uri(to));
        format!("<Copy><CmdID/><Item><Target>{to}</Target><Source>{from}</Source></Item></Copy>")
    };
    check(&[
        ("to a leaf that is not there", copy("A/Station", "B/Station"), 200),
        ("over a leaf", copy("A/Serial", "A/Station"), 200),
        ("from nowhere: 404", copy("A/X", "A/Station"), 404),
        ("from what may not be got: 405", copy("A/Key", "A/Moon"), 405),
        ("an interior node: 405", copy("A", "B"), 405),
        ("over what may not be replaced: 405", copy("A/Station", "A/Serial"), 405),
        ("of another format: 415", copy("A/Station", "A/Zone"), 415),
        ("without source: 412", command("Copy", "./Vendor/Tides/A/Zone", ""), 412),
    ]);
    with_store(Options::DEFAULT, |store| {
        apply(store, SERVER, &copy("A/Station", "B/Station"));
        assert_eq!(store.text("./Vendor/Tides/B/Station"), Some("Quay"));
    });
}

#[test]
fn get() {
    let uri = |name: &str| format!("./Vendor/Tides/A{name}");
    check(&[
        ("a leaf", command("Get", &uri("/Station"), ""), 200),
        ("a node that is not there: 404", command("Get", &uri("/X"), ""), 404),
        ("no access type Get: 405", command("Get", &uri("/Key"), ""), 405),
        ("a property that nobody knows: 406", command("Get", &uri("?prop=Colour"), ""), 406),
        ("a time stamp without a clock: 406", command("Get", &uri("?prop=TStamp"), ""), 406),
        ("the size of an interior node: 406", command("Get", &uri("?prop=Size"), ""), 406),
        ("a list that nobody knows: 406", command("Get", &uri("?list=Names"), ""), 406),
        ("a part that nobody knows: 406", command("Get", &uri("?list=TNDS+Colour"), ""), 406),
        ("another query: 406", command("Get", &uri("?x"), ""), 406),
    ]);
    let rows: &[(&str, &[Expected<'_>])] = &[
        ("/Station", &[("/Station", "chr", Some("Quay"))]),
        ("", &[("", "node", Some("Key/Refresh/Serial/Station"))]),
        ("/Refresh", &[("/Refresh", "node", Some(""))]),
        ("/Station?prop=Format", &[("/Station?prop=Format", "chr", Some("chr"))]),
        ("/Station?prop=Name", &[("/Station?prop=Name", "chr", Some("Station"))]),
        ("/Station?prop=Size", &[("/Station?prop=Size", "chr", Some("4"))]),
        ("/Station?prop=Type", &[("/Station?prop=Type", "chr", Some("text/plain"))]),
        ("/Station?prop=Title", &[("/Station?prop=Title", "chr", Some(""))]),
        // its own list only
        ("/Station?prop=ACL", &[("/Station?prop=ACL", "chr", Some(""))]),
        ("?prop=Type", &[("?prop=Type", "chr", Some("urn:x-harbour:mo:tide-table:1.0"))]),
        // what may not be got is not among them
        (
            "?list=Struct",
            &[("", "node", None), ("/Refresh", "node", None), ("/Serial", "chr", None), ("/Station", "chr", None)],
        ),
        (
            "?list=StructData",
            &[
                ("", "node", None),
                ("/Refresh", "node", None),
                ("/Serial", "chr", Some("7")),
                ("/Station", "chr", Some("Quay")),
            ],
        ),
    ];
    for (query, expected) in rows {
        with_store(Options::DEFAULT, |store| {
            let answers = apply(store, SERVER, &command("Get", &uri(query), ""));
            let replies: Vec<_> = answers.iter().flat_map(|answer| &answer.results).collect();
            let found: Vec<_> =
                replies.iter().map(|reply| (reply.uri.clone(), reply.format.as_str(), reply.text())).collect();
            let expected: Vec<_> = expected.iter().map(|(name, format, text)| (uri(name), *format, *text)).collect();
            assert_eq!(found, expected, "{query}");
            for reply in replies {
                let item = reply.item().unwrap();
                assert_eq!(item.source.unwrap().uri.unwrap(), *reply.uri);
                assert_eq!(item.data_text().map(|text| text.to_string()).as_deref(), reply.text());
            }
        });
    }
}

/// Limits of addresses, values and the tree: 414, 413, 420 (OMA DM Representation Protocol 1.2, 10).
#[test]
fn limits() {
    let zone = command("Add", "./Vendor/Tides/A/Zone", &data("int", "12"));
    let station = command("Replace", "./Vendor/Tides/A/Station", &data("chr", "12345"));
    let get = command("Get", "./Vendor/Tides/A/Station", "");
    let limited = |set: &dyn Fn(&mut Options)| {
        let mut options = Options::DEFAULT;
        set(&mut options);
        options
    };
    let rules = UriRules::STRICT;
    let rows: &[(&str, Options, &str, u16)] = &[
        ("MaxDepth, within", limited(&|o| o.rules = rules.with_limits(4, 0, 0)), &zone, 200),
        ("MaxSegLen, within", limited(&|o| o.rules = rules.with_limits(0, 0, 7)), &zone, 200),
        ("MaxSegLen", limited(&|o| o.rules = rules.with_limits(0, 0, 7)), "./Vendor/Tides/A/Calendar", 414),
        ("MaxDepth", limited(&|o| o.rules = rules.with_limits(4, 0, 0)), "./Vendor/Tides/A/Ext/X", 414),
        ("MaxTotLen", limited(&|o| o.rules = rules.with_limits(0, 24, 0)), "./Vendor/Tides/A/Calendar", 414),
        ("nodes, within", limited(&|o| o.max_nodes = 8), &zone, 200),
        ("nodes", limited(&|o| o.max_nodes = 7), &zone, 420),
        ("octets, within", limited(&|o| o.max_octets = 142), &zone, 200),
        ("octets", limited(&|o| o.max_octets = 141), &zone, 420),
        ("a value, within", limited(&|o| o.max_value = 5), &station, 200),
        ("a value", limited(&|o| o.max_value = 4), &station, 413),
        ("answers, within", limited(&|o| o.max_transaction = 300), &get, 200),
        ("answers", limited(&|o| o.max_transaction = 300), "413 answers", 413),
    ];
    for (what, options, text, code) in rows {
        let commands = match *text {
            "413 answers" => get.repeat(40),
            uri if uri.starts_with('.') => command("Add", uri, &data("chr", "x")),
            commands => commands.to_owned(),
        };
        with_store(*options, |store| {
            let answers = apply(store, SERVER, &commands);
            assert_eq!(answers.last().unwrap().status.get(), *code, "{what}");
        });
    }
}

/// A description of our own, in the style of the registers, is all that an object needs.
#[test]
fn any_object_loads_from_its_description() {
    with_store(Options::DEFAULT, |store| {
        let mut findings = Vec::new();
        store.check(|finding| findings.push(finding.to_string()));
        assert_eq!(findings, Vec::<String>::new());
        let wrong = "<MgmtTree><Node><NodeName>B</NodeName><Path>./Vendor/Tides</Path>
            <Node><NodeName>Zone</NodeName><RTProperties><Format><int/></Format></RTProperties><Value>x</Value></Node>
            <Node><NodeName>Moon</NodeName><Value>full</Value></Node></Node></MgmtTree>";
        store.load(&MgmtTree::parse(wrong.as_bytes()).unwrap(), ".").unwrap();
        store.check(|finding| findings.push(finding.to_string()));
        findings.sort_unstable();
        assert_eq!(
            findings,
            [
                "./Vendor/Tides/B/Moon: it is not described",
                "./Vendor/Tides/B/Station: it is missing, but is described to be there exactly once",
                "./Vendor/Tides/B/Zone: its value is none of the format: the data is no value of its format",
            ]
        );
    });
}

/// An option refuses what is not described, but below `Ext`.
#[test]
fn unknown_nodes_may_be_refused() {
    let mut options = Options::DEFAULT;
    options.keeps_unknown = false;
    for (uri, code) in [
        ("./Vendor/Tides/A/Moon", 405),
        ("./Harbour", 405),
        ("./Vendor/Tides/A/Ext/Vendor/Buoy", 200),
        ("./Vendor/Tides/A/Zone", 200),
    ] {
        with_store(options, |store| {
            let answers = apply(store, SERVER, &command("Add", uri, "<Data>1</Data>"));
            assert_eq!(codes(&answers), [code], "{uri}");
        });
    }
}
