//! Trees as the content of commands and of bootstrap messages: as objects, and node by node (OMA-TS-DM-TNDS,
//! OMA-TS-DM_Bootstrap 1.2).

#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests: to stop is how they fail"
)]

extern crate alloc;

#[path = "support/notes.rs"]
mod notes;
mod support;

use alloc::collections::BTreeMap;

use notes::{Notes, hex};
use proptest::prelude::*;
use syncml::dm::bootstrap::{Addition, BootstrapError, BootstrapWriter, Placement, additions};
use syncml::dm::mgmt_tree::{
    MgmtTree, MgmtTreeBuilder, NodeItemErrorKind, NodeItems, NodeType, RtProperties, TndsObject, Value,
};
use syncml::dm::{Format, UriErrorKind, UriRules};
use syncml::wbxml::vocabulary::syncml::SYNCML_1_2;
use syncml::wbxml::{Data, Limits, Text, Writer};
use syncml::{Command, ErrorKind, Item, Location, MessageReader, MessageWriter, Meta, Request, SyncHdr};

const DEVICE: &str = "IMEI:490154203237518";
const SERVER: &str = "https://dm.example.net";

/// Format and type, as the properties of a node say them.
fn of<'a>(format: Format<'a>, type_: &'a str) -> RtProperties<'a> {
    let type_ =
        if format == Format::NODE { NodeType::DdfName(Text::new(type_)) } else { NodeType::Mime(Text::new(type_)) };
    RtProperties { format: Some(format), type_: Some(type_), ..RtProperties::default() }
}

/// The account of section 4.3.
fn account() -> MgmtTree<'static> {
    let mut builder = MgmtTree::builder();
    builder.start("S").rt_properties(&of(Format::NODE, "urn:oma:mo:oma-dm-dmacc:1.0"));
    builder.start("ServerID").rt_properties(&of(Format::CHR, "text/plain")).value("s");
    builder.build()
}

fn bootstrap(tree: &MgmtTree<'_>, target: &str, has_tnds: bool) -> Result<Vec<u8>, BootstrapError> {
    let mut octets = Vec::new();
    let begin = if has_tnds { BootstrapWriter::dm_1_2 } else { BootstrapWriter::dm_1_1_2 };
    let mut message = begin(&mut octets, DEVICE, SERVER)?;
    message.add(target, tree)?;
    message.finish()?;
    Ok(octets)
}

/// An item as its parts: address, format, type, data.
type Parts = (String, String, String, Option<Vec<u8>>);

fn parts(item: &Item<'_>) -> Parts {
    let text = |text: Option<Text<'_>>| text.map_or_else(String::new, |text| text.to_cow().unwrap().into_owned());
    let data = item.data.map(|data| match data {
        Data::Text(text) => text.to_cow().unwrap().into_owned().into_bytes(),
        Data::Opaque(octets) => octets.to_vec(),
        Data::Markup(_) => panic!("elements in {item:?}"),
    });
    (text(item.uri()), text(item.meta.format), text(item.meta.type_), data)
}

fn all(mut items: NodeItems<'_, '_>) -> Vec<Parts> {
    let mut all = Vec::new();
    while let Some(item) = items.next_item().unwrap() {
        all.push(parts(&item));
    }
    all
}

/// A row of a table, as parts.
fn row(uri: &str, format: &str, type_: &str, data: Option<&str>) -> Parts {
    (uri.to_owned(), format.to_owned(), type_.to_owned(), data.map(|data| data.as_bytes().to_vec()))
}

/// Section 4.3: what is written of the same tree are the same octets, and the tree is found in them.
#[test]
fn message_4_3() {
    let mut octets = Vec::new();
    let mut message = BootstrapWriter::dm_1_2(&mut octets, "d", "s").unwrap();
    message.add("./Inbox", &account()).unwrap();
    message.finish().unwrap();
    let mut message = MessageReader::parse(&octets).unwrap();
    let command = message.next_command().unwrap().unwrap();
    let added: Vec<_> = additions(command).map(Result::unwrap).collect();
    let [Addition::Object { target, object }] = &added[..] else { panic!("{added:?}") };
    assert_eq!(target.unwrap(), "./Inbox");
    assert_eq!(object.tree(Limits::DEFAULT).unwrap(), account());
    let Some(notes) = Notes::read() else { return };
    assert_eq!(octets, notes.section("4.3").hex(0));
}

/// The header says what a bootstrap message has to say, and nothing of a session or of credentials.
#[test]
fn headers() {
    for (has_tnds, versions, public_id) in [(true, ("1.2", "DM/1.2"), "a4 01"), (false, ("1.1", "DM/1.1"), "9f 53")] {
        let octets = bootstrap(&account(), "./SyncML/DMAcc", has_tnds).unwrap();
        assert_eq!(octets[1..3], hex(public_id));
        let mut message = MessageReader::parse(&octets).unwrap();
        let header = *message.header().unwrap();
        assert_eq!(
            (header.ver_dtd.unwrap(), header.ver_proto.unwrap()),
            (Text::new(versions.0), Text::new(versions.1))
        );
        assert_eq!(header.target, Some(Location::new(DEVICE)));
        assert_eq!(header.source, Some(Location::new(SERVER)));
        assert!(header.session_id.is_some() && header.msg_id.is_some());
        assert!(header.cred.is_none() && header.resp_uri.is_none() && !header.no_resp);
        let mut commands = 0;
        while message.next_command().unwrap().is_some() {
            commands += 1;
        }
        assert_eq!(commands, if has_tnds { 1 } else { 2 });
        assert!(message.is_final());
    }
}

/// DM 1.1.2 has no TNDS: nodes one by one, the ones above first, and their lists behind them, each command with a
/// number of its own.
#[test]
fn a_bootstrap_of_1_1_2() {
    let mut builder = MgmtTree::builder();
    let acl = RtProperties { acl: Some(Text::new("Get=*")), ..of(Format::NODE, "") };
    builder.start("Harbour").rt_properties(&acl);
    builder.start("PortNbr").rt_properties(&of(Format::INT, "text/plain")).value("443").end();
    builder.start("ServerNonce").rt_properties(&of(Format::BIN, "")).octets(b"\0\x01").end();
    let octets = bootstrap(&builder.build(), "./SyncML/DMAcc", false).unwrap();
    let mut message = MessageReader::parse(&octets).unwrap();
    let mut seen = Vec::new();
    while let Some(command) = message.next_command().unwrap() {
        match command {
            Command::Add(add) => {
                assert_eq!(add.cmd_id.unwrap(), *(seen.len() + 1).to_string());
                let added: Vec<_> = additions(command).map(Result::unwrap).collect();
                let [Addition::Node(item)] = &added[..] else { panic!("{added:?}") };
                seen.push(parts(item));
            }
            Command::Replace(replace) => {
                assert_eq!(replace.cmd_id.unwrap(), *(seen.len() + 1).to_string());
                assert!(additions(command).next().is_none());
                seen.push(parts(replace.items.first().unwrap()));
            }
            _ => panic!("{command:?}"),
        }
    }
    let expected = [
        row("./SyncML/DMAcc/Harbour", "node", "", None),
        row("./SyncML/DMAcc/Harbour/PortNbr", "int", "text/plain", Some("443")),
        row("./SyncML/DMAcc/Harbour/ServerNonce", "bin", "", Some("\0\x01")),
        row("./SyncML/DMAcc/Harbour?prop=ACL", "", "", Some("Get=*")),
    ];
    assert_eq!(seen, expected);
}

/// What a tree does not say is said all the same: what a node is follows from what it has.
#[test]
fn formats_and_types() {
    let mut builder = MgmtTree::builder();
    builder.start("Top").path("./A/");
    builder.start("text").value("a").end();
    builder.start("octets").octets(b"\xFF").end();
    builder.start("empty").value("").end();
    builder.start("typed").rt_properties(&of(Format::XML, "text/xml")).value("<a/>").end();
    builder.start("null").rt_properties(&of(Format::NULL, "")).end();
    builder.start("leaf").rt_properties(&of(Format::INT, "text/plain")).end();
    builder.start("base64").rt_properties(&of(Format::B64, "")).value("AA==").end();
    builder.start("object").rt_properties(&of(Format::NODE, "urn:oma:mo:oma_poc:1.0")).end();
    builder.start("media").rt_properties(&RtProperties { format: None, ..of(Format::CHR, "text/html") }).end();
    let tree = builder.build();
    let mut octets = row("./A/Top/octets", "bin", "", None);
    octets.3 = Some(vec![0xFF]);
    let expected = [
        row("./A/Top", "node", "", None),
        row("./A/Top/text", "chr", "text/plain", Some("a")),
        octets,
        row("./A/Top/empty", "chr", "text/plain", Some("")),
        row("./A/Top/typed", "xml", "text/xml", Some("<a/>")),
        row("./A/Top/null", "null", "", None),
        row("./A/Top/leaf", "int", "text/plain", Some("")),
        row("./A/Top/base64", "b64", "", Some("AA==")),
        row("./A/Top/object", "node", "urn:oma:mo:oma_poc:1.0", None),
        row("./A/Top/media", "chr", "text/html", Some("")),
    ];
    assert_eq!(all(tree.adds(".")), expected);
    // a Replace is of a leaf that has a value
    let has_value =
        |row: &&Parts| ["text", "octets", "empty", "typed", "base64"].iter().any(|name| row.0.ends_with(name));
    assert_eq!(all(tree.replaces(".")), expected.iter().filter(has_value).cloned().collect::<Vec<_>>());
    assert_eq!(all(tree.acl_replaces(".")), []);
}

/// The target and the path in front of the names, however they are written; names that no address has are escaped.
#[test]
fn addresses() {
    let rows = [
        (".", "", "A", "./A"),
        ("", "", "A", "./A"),
        ("./", ".", "A", "./A"),
        ("./Inbox", "", "A", "./Inbox/A"),
        (" Inbox/ ", "", "A", "Inbox/A"),
        ("./V", "./W/X/", "A", "./V/W/X/A"),
        (".", "", "A B", "./A%20B"),
        (".", "", "A%20B", "./A%20B"),
        (".", "", "100%", "./100%25"),
        (".", "", "A?list=TNDS", "./A%3Flist%3DTNDS"),
        (".", "", "a/b", "./a/b"),
        (".", "", "é世", "./é世"),
    ];
    for (target, path, name, expected) in rows {
        let mut builder = MgmtTree::builder();
        builder.start(name).path(path).value("v");
        let tree = builder.build();
        assert_eq!(
            all(tree.replaces(target)),
            [row(expected, "chr", "text/plain", Some("v"))],
            "{target} {path} {name}"
        );
    }
    // the root, as descriptions of DM 1.1.2 have it, is there already
    let mut builder = MgmtTree::builder();
    builder.start(".").start("A").value("v");
    assert_eq!(all(builder.build().adds(".")), [row("./A", "chr", "text/plain", Some("v"))]);
}

/// The limits of `./DevDetail/URI` hold for each address (OMA-TS-DM-TND, addressing of nodes: 414).
#[test]
fn limits_of_addresses() {
    let mut builder = MgmtTree::builder();
    builder.start("Abc").start("Defghi").value("v");
    let tree = builder.build();
    let rows = [
        ((3, 14, 6), None),
        ((2, 0, 0), Some((1, UriErrorKind::TooDeep))),
        ((0, 14, 0), None),
        ((0, 13, 0), Some((1, UriErrorKind::TooLong))),
        ((0, 0, 5), Some((1, UriErrorKind::SegmentTooLong))),
        ((1, 0, 0), Some((0, UriErrorKind::TooDeep))),
    ];
    for ((depth, total, segment), expected) in rows {
        let mut nodes = tree.adds("./X").rules(UriRules::STRICT.with_limits(depth, total, segment));
        let mut count = 0;
        let fault = loop {
            match nodes.next_item() {
                Ok(Some(_)) => count += 1,
                Ok(None) => break None,
                Err(error) => break Some(error.kind()),
            }
        };
        let expected_fault = expected.map(|(_, kind)| NodeItemErrorKind::Uri(kind));
        assert_eq!(
            (count, fault),
            (expected.map_or(2, |(count, _)| count), expected_fault),
            "{depth} {total} {segment}"
        );
    }
}

/// What only a device that takes the whole tree can do.
#[test]
fn nodes_that_are_no_items() {
    let rows: [(&[u8], NodeItemErrorKind, usize); 3] = [
        // a node without a name
        (b"\x03\x01\x6A\x00\x00\x02\x60\x64\x76\x03v\0\x01\x01\x01", NodeItemErrorKind::Unnamed, 7),
        // a name that is no UTF-8
        (b"\x03\x01\x6A\x00\x00\x02\x60\x64\x66\x03\xFF\0\x01\x01\x01", NodeItemErrorKind::NotText, 7),
        // a value that is elements
        (b"\x03\x01\x6A\x00\x00\x02\x60\x64\x66\x03a\0\x01\x76\x47\x01\x01\x01\x01", NodeItemErrorKind::Elements, 7),
    ];
    for (octets, kind, offset) in rows {
        let tree = MgmtTree::parse(octets).unwrap();
        let error = tree.adds(".").next_item().unwrap_err();
        assert_eq!((error.kind(), error.offset()), (kind, offset));
        let error = bootstrap(&tree, "./A", false).unwrap_err();
        assert!(matches!(error, BootstrapError::Node(node) if node.kind() == kind));
        // a tree takes all of them but octets that are no text
        assert_eq!(bootstrap(&tree, "./Inbox", true).is_ok(), kind != NodeItemErrorKind::NotText);
    }
    let mut builder = MgmtTree::builder();
    builder.start("..").end().start("b").value("v").end();
    let tree = builder.build();
    let mut nodes = tree.adds(".");
    let expected = NodeItemErrorKind::Uri(UriErrorKind::DotSegment);
    assert_eq!(nodes.next_item().unwrap_err().kind(), expected);
    // those behind it can still be asked for
    assert_eq!(parts(&nodes.next_item().unwrap().unwrap()).0, "./b");
    assert!(nodes.next_item().unwrap().is_none());
}

/// OMA-TS-DM-TNDS, `NodeName`: below a node without a name there is no address, and no other node's either.
#[test]
fn nodes_below_one_without_a_name_are_no_items() {
    let mut builder = MgmtTree::builder();
    builder.start("a").start("").start("b").start("c").value("1").end().end().end();
    builder.start("d").value("2").end().end().start("e").value("3").end();
    let tree = builder.build();
    let mut nodes = tree.adds("./X");
    let mut found = Vec::new();
    loop {
        match nodes.next_item() {
            Ok(Some(item)) => found.push(Ok(parts(&item).0)),
            Ok(None) => break,
            Err(error) => found.push(Err(error.kind())),
        }
    }
    let unnamed = Err(NodeItemErrorKind::Unnamed);
    let expected = [Ok("./X/a"), unnamed, unnamed, unnamed, Ok("./X/a/d"), Ok("./X/e")];
    assert_eq!(found, expected.map(|found| found.map(String::from)));
    // but those that the device has placed
    let placed = [Placement { from: "a/<X>/b", to: "./Y" }];
    let mut nodes = tree.adds("./X").placed(&placed);
    let uris: Vec<_> = core::iter::from_fn(|| match nodes.next_item() {
        Ok(item) => item.map(|item| Some(parts(&item).0)),
        Err(_) => Some(None),
    })
    .flatten()
    .collect();
    assert_eq!(uris, ["./X/a", "./Y", "./Y/c", "./X/a/d", "./X/e"]);
}

/// Objects go where the device puts them, the deepest place counts, and references follow.
#[test]
fn placed_objects() {
    let mut builder = MgmtTree::builder();
    builder.start("Account").start("PrefConRef").value(" ./Inbox/Internet ").end();
    builder.start("Addr").value("./Inbox").end().end();
    builder.start("Internet").start("Proxy").start("Port").value("./Inbox/Internet/Proxy/Port").end().end();
    builder.start("Ref").value("./Inbox/Nowhere").end().end();
    builder.start("Other").start("Ref").value("./Inbox/Account/Addr").end().end();
    let tree = builder.build();
    let placed = [
        Placement { from: "./Account", to: "./DMAcc/1" },
        Placement { from: "Internet", to: "./NAP/2" },
        Placement { from: "Internet/Proxy", to: "./Proxy/3" },
    ];
    let text = |uri: &str, value: &str| row(uri, "chr", "text/plain", Some(value));
    let expected = [
        row("./DMAcc/1", "node", "", None),
        text("./DMAcc/1/PrefConRef", "./NAP/2"),
        text("./DMAcc/1/Addr", "./Inbox"),
        row("./NAP/2", "node", "", None),
        row("./Proxy/3", "node", "", None),
        text("./Proxy/3/Port", "./Proxy/3/Port"),
        text("./NAP/2/Ref", "./Inbox/Nowhere"),
        row("./Inbox/Other", "node", "", None),
        text("./Inbox/Other/Ref", "./DMAcc/1/Addr"),
    ];
    assert_eq!(all(tree.adds("./Inbox").placed(&placed)), expected);
}

/// What the message of `add` adds.
fn added(add: &Request<'_>) -> Vec<String> {
    let mut octets = Vec::new();
    let header = SyncHdr::dm_1_2("1", "1", Location::new(DEVICE), Location::new(SERVER));
    let mut message = MessageWriter::new(Writer::new(&mut octets, &SYNCML_1_2).unwrap(), &header).unwrap();
    message.command(&Command::Add(*add)).unwrap();
    message.finish(true).unwrap();
    let mut message = MessageReader::parse(&octets).unwrap();
    let command = message.next_command().unwrap().unwrap();
    let said = |addition: Result<Addition<'_>, syncml::Error>| match addition {
        Ok(Addition::Object { target, object }) => {
            let tree = object.tree(Limits::DEFAULT);
            format!("{} {:?}", target.unwrap_or_default(), tree.map(|tree| tree == account()).map_err(|e| e.kind()))
        }
        Ok(Addition::Node(item)) => format!("{} {}", item.uri().unwrap(), item.meta.format.unwrap_or_default()),
        Ok(other) => panic!("{other:?}"),
        Err(error) => format!("{error}"),
    };
    additions(command).map(said).collect()
}

/// An object is found in every form (OMA-TS-DM-TNDS; SyncML representation: OPAQUE, base64), and what is none is a node.
#[test]
fn objects_in_every_form() {
    const WBXML: &str = "application/vnd.syncml.dmtnds+wbxml";
    let tree = account();
    let (elements, document) = (TndsObject::elements(&tree).unwrap(), TndsObject::document(&tree).unwrap());
    let one = |item: Item<'_>| added(&Request::of_item("1", item)).remove(0);
    assert_eq!(one(elements.item("./Inbox").unwrap()), "./Inbox Ok(true)");
    assert_eq!(one(document.item("./Inbox").unwrap()), "./Inbox Ok(true)");
    // elements are known by their name
    let mut untyped = elements.item("./Inbox").unwrap();
    untyped.meta = Meta::EMPTY;
    assert_eq!(one(untyped), "./Inbox Ok(true)");
    // everything else by its type, with parameters or not
    let mut untyped = document.item("./Inbox").unwrap();
    untyped.meta = Meta::EMPTY;
    assert_eq!(one(untyped), "./Inbox ");
    let base64 = "AwFqAAACYGQ\r\n BAQ==";
    for (format, type_, data, expected) in [
        ("b64", WBXML, base64, "./Inbox Ok(false)"),
        ("b64", "Application/vnd.SyncML.DMTNDS+wbxml; x=y", base64.trim_end_matches('='), "./Inbox Ok(false)"),
        ("b64", WBXML, "?", "the root element is not MgmtTree, at octet 0 (0x0)"),
        ("b64", WBXML, "", "./Inbox Err(Document(UnexpectedEof))"),
        ("chr", "text/plain", base64, "./Inbox chr"),
    ] {
        let item = Item::leaf("./Inbox", Meta::of_data(format, type_), data);
        let said = one(item);
        assert_eq!(said, expected, "{format} {type_} {data}");
    }
    // the command says it for an item that does not
    let mut bare = document.item("./Inbox").unwrap();
    let meta = core::mem::replace(&mut bare.meta, Meta::EMPTY);
    let leaf = Item::leaf("./A", Meta::of_data("int", "text/plain"), "1");
    let items = [bare, leaf];
    let mut request = Request::of_item("1", bare);
    request.items = syncml::Items::of(&items);
    request.meta = meta;
    assert_eq!(added(&request), ["./Inbox Ok(true)", "./A int"]);
}

/// The item of an object says the same whether a message has carried it or not: its elements end where `Data` does.
#[test]
fn an_item_is_an_object_without_a_message() {
    let tree = account();
    #[cfg_attr(not(feature = "xml"), expect(unused_mut, reason = "there are more with the feature"))]
    let mut objects = vec![TndsObject::elements(&tree).unwrap(), TndsObject::document(&tree).unwrap()];
    #[cfg(feature = "xml")]
    objects.push(TndsObject::xml(&tree).unwrap());
    for object in objects {
        let item = object.item("./Inbox").unwrap();
        let found = TndsObject::in_item(&item, &Meta::EMPTY).unwrap().unwrap();
        assert_eq!(found.tree(Limits::DEFAULT).unwrap(), tree, "{object:?}");
        assert_eq!(object.tree(Limits::DEFAULT).unwrap(), tree, "{object:?}");
    }
}

#[cfg(feature = "xml")]
#[test]
fn objects_in_xml() {
    let tree = account();
    let object = TndsObject::xml(&tree).unwrap();
    let item = object.item("./Inbox").unwrap();
    assert_eq!(item.meta, Meta::of_data("xml", "application/vnd.syncml.dmtnds+xml"));
    assert_eq!(added(&Request::of_item("1", item)), ["./Inbox Ok(true)"]);
    // in a message in XML the text is escaped, in a section, or not escaped at all
    let xml = tree.to_xml().unwrap();
    let start = xml.find("<MgmtTree").unwrap();
    let (bare, escaped) = (&xml[start..], xml.replace('&', "&amp;").replace('<', "&lt;"));
    let section = format!("\n <![CDATA[{xml}]]>");
    for data in [bare, &escaped, &section] {
        let message = format!(
            "<SyncML><SyncBody><Add><Item><Meta><Type>application/vnd.syncml.dmtnds+xml</Type></Meta>\
            <Data>{data}</Data></Item></Add></SyncBody></SyncML>"
        );
        let mut message = MessageReader::parse(message.as_bytes()).unwrap();
        let command = message.next_command().unwrap().unwrap();
        let Some(Ok(Addition::Object { object, target: None })) = additions(command).next() else { panic!("{data}") };
        assert_eq!(object.tree(Limits::DEFAULT).unwrap(), tree, "{data}");
    }
}

/// What has been read can be sent on.
#[test]
fn an_object_that_was_read_is_an_item_again() {
    let octets = bootstrap(&account(), "./Inbox", true).unwrap();
    let mut message = MessageReader::parse(&octets).unwrap();
    let Some(Ok(Addition::Object { object, .. })) = additions(message.next_command().unwrap().unwrap()).next() else {
        panic!("no object")
    };
    assert_eq!(added(&Request::of_item("1", object.item("./X").unwrap())), ["./X Ok(true)"]);
}

/// Elements that are no tree are no object; an object that is none says so when it is read.
#[test]
fn objects_that_are_none() {
    // <Add> with <Data> that holds <Item/>
    let octets = b"\x03\xA4\x01\x6A\x00\x6D\x6C\x01\x6B\x45\x54\x4F\x14\x01\x01\x01\x01\x01";
    let mut message = MessageReader::parse(octets).unwrap();
    let command = message.next_command().unwrap().unwrap();
    assert!(matches!(additions(command).next(), Some(Ok(Addition::Node(Item { data: Some(Data::Markup(_)), .. })))));

    let meta = Meta::of_data("bin", "application/vnd.syncml.dmtnds+wbxml");
    let mut item = Item::leaf("./Inbox", meta, "");
    item.data = Some(Data::Opaque(b"\x03\x0B\x6A\x00\x05"));
    let object = TndsObject::in_item(&item, &Meta::EMPTY).unwrap().unwrap();
    assert_eq!(object.tree(Limits::DEFAULT).unwrap_err().kind(), ErrorKind::NotAMgmtTree);
    item.data = None;
    assert!(TndsObject::in_item(&item, &Meta::EMPTY).unwrap().is_none());
}

/// A tree as deep as one likes: nothing recurses, and what is written is what the addresses take.
#[test]
fn deep_and_wide_trees() {
    let (deep, wide) = (2_000, 100_000);
    let mut builder = MgmtTree::builder();
    for _ in 0..deep {
        builder.start("a");
    }
    let tree = builder.build();
    let mut nodes = tree.adds(".");
    let mut octets = 0;
    while let Some(item) = nodes.next_item().unwrap() {
        octets += item.uri().unwrap().as_str().unwrap().len();
    }
    assert_eq!(octets, (1..=deep).map(|depth| 1 + 2 * depth).sum::<usize>());

    let mut builder = MgmtTree::builder();
    builder.start("a");
    for _ in 0..wide {
        builder.start("b").value("v").end();
    }
    let tree = builder.build();
    let mut nodes = tree.replaces(".");
    let mut count = 0;
    while nodes.next_item().unwrap().is_some() {
        count += 1;
    }
    assert_eq!(count, wide);
}

#[derive(Clone, Debug)]
struct AnyNode {
    name: String,
    value: Option<Vec<u8>>,
    is_octets: bool,
    nodes: Vec<Self>,
}

fn name() -> impl Strategy<Value = String> {
    let text = prop::collection::vec(
        prop_oneof![prop::char::range('!', '~'), prop::sample::select(vec![' ', 'é', '世', '%', '?'])],
        1..6,
    );
    // `.` and `..` are no names, and a slash is between two
    text.prop_map(|text| text.into_iter().collect::<String>().replace(['/', '.'], "_"))
}

fn any_node() -> impl Strategy<Value = AnyNode> {
    let value = prop::option::of(prop::collection::vec(1_u8..=0x7E, 0..6));
    let leaf = (name(), value, any::<bool>());
    let leaf = leaf.prop_map(|(name, value, is_octets)| AnyNode { name, value, is_octets, nodes: Vec::new() });
    leaf.prop_recursive(4, 24, 4, |node| {
        (name(), prop::collection::vec(node, 0..4)).prop_map(|(name, nodes)| AnyNode {
            name,
            value: None,
            is_octets: false,
            nodes,
        })
    })
}

fn build<'a>(builder: &mut MgmtTreeBuilder<'a>, node: &'a AnyNode) {
    builder.start(&node.name);
    match &node.value {
        Some(octets) if node.is_octets => {
            builder.octets(octets);
        }
        Some(octets) => {
            builder.value(core::str::from_utf8(octets).unwrap());
        }
        None => {}
    }
    node.nodes.iter().for_each(|node| build(builder, node));
    builder.end();
}

/// The addresses and values of the leaves that have one, as `walk` finds them.
fn values(tree: &MgmtTree<'_>) -> Vec<Vec<u8>> {
    tree.walk()
        .filter_map(|node| match node.value()? {
            Value::Text(text) => Some(text.to_cow().unwrap().into_owned().into_bytes()),
            Value::Octets(octets) => Some(octets.to_vec()),
            other => panic!("{other:?}"),
        })
        .collect()
}

proptest! {
    /// Whatever tree a bootstrap message carries, the same comes out; and node by node, all its nodes come, each behind
    /// the one above, with their values.
    #[test]
    fn trees_come_back(nodes in prop::collection::vec(any_node(), 1..4)) {
        let mut builder = MgmtTree::builder();
        nodes.iter().for_each(|node| build(&mut builder, node));
        let tree = builder.build();
        let octets = bootstrap(&tree, "./Inbox", true).unwrap();
        let mut message = MessageReader::parse(&octets).unwrap();
        let command = message.next_command().unwrap().unwrap();
        let Some(Ok(Addition::Object { object, .. })) = additions(command).next() else { panic!("no object") };
        let read = object.tree(Limits::DEFAULT).unwrap();
        prop_assert_eq!(&read, &tree);

        let octets = bootstrap(&tree, "./DMAcc", false).unwrap();
        let mut message = MessageReader::parse(&octets).unwrap();
        let mut seen = BTreeMap::new();
        let mut data = Vec::new();
        let mut count = 0;
        while let Some(command) = message.next_command().unwrap() {
            let Some(Ok(Addition::Node(item))) = additions(command).next() else { panic!("no node") };
            let (uri, format, _, value) = parts(&item);
            let (parent, _) = uri.rsplit_once('/').unwrap();
            prop_assert!(parent == "./DMAcc" || seen.contains_key(parent), "{}", uri);
            if format != "node" {
                data.push(value.unwrap());
            }
            seen.insert(uri, format);
            count += 1;
        }
        prop_assert_eq!(count, tree.walk().count());
        prop_assert_eq!(data, values(&tree));
    }
}
