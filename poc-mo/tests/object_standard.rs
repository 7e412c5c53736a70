//! The tables of standard objects: what they say is what a store goes by.

#![cfg(feature = "dm")]
#![expect(clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

extern crate alloc;

use alloc::collections::BTreeSet;

use poc_mo::object::standard::{self, StandardObject};
use poc_mo::object::{Sender, Store};
use poc_mo::syncml::dm::mgmt_tree::{
    AccessType, AccessTypes, Description, MgmtTree, MgmtTreeBuilder, NodeType, Occurrence, RtProperties, Rule,
};
use poc_mo::syncml::dm::{Acl, Format};
use poc_mo::syncml::{Command, Item, Meta, Request, StatusCode};
use poc_mo::wbxml::Text;

const ALL: [AccessType; 5] =
    [AccessType::Add, AccessType::Delete, AccessType::Exec, AccessType::Get, AccessType::Replace];

/// A value of each format.
fn value(format: Format<'_>) -> &'static str {
    match format {
        Format::INT => "7",
        Format::BOOL => "true",
        _ => "AAAA",
    }
}

/// An instance with every node of the table, once.
fn instance(object: &StandardObject) -> MgmtTree<'static> {
    let mut builder = MgmtTree::builder();
    let node = |builder: &mut MgmtTreeBuilder<'static>, format, type_: Option<&'static str>| {
        let type_ = type_.map(|name| NodeType::DdfName(Text::new(name)));
        builder.rt_properties(&RtProperties { format: Some(format), type_, ..RtProperties::default() });
    };
    builder.start(object.root.unwrap_or("1")).path(object.path.unwrap_or("./Here"));
    node(&mut builder, Format::NODE, object.identifiers.last().copied());
    let mut depth = 0_usize;
    for row in object.rows {
        let row_depth = row.path.matches('/').count();
        while depth > row_depth {
            builder.end();
            depth = depth.saturating_sub(1);
        }
        let name = row.path.rsplit('/').next().unwrap();
        builder.start(if name == "*" { "1" } else { name });
        depth = depth.saturating_add(1);
        node(&mut builder, row.format, None);
        if row.format != Format::NODE {
            builder.value(value(row.format));
        }
    }
    builder.build()
}

#[test]
fn tables_are_consistent() {
    let mut identifiers = BTreeSet::new();
    for object in standard::ALL {
        for identifier in object.identifiers {
            assert!(identifiers.insert(*identifier), "{identifier} is that of two objects");
            assert_eq!(standard::find(&format!(" {identifier}\n")), Some(object));
        }
        let mut paths = BTreeSet::from([""]);
        for row in object.rows {
            let above = row.path.rsplit_once('/').map_or("", |(above, _)| above);
            assert!(paths.contains(above), "{}: {} stands in front of what is above it", object.name, row.path);
            assert!(paths.insert(row.path), "{}: {} stands there twice", object.name, row.path);
            assert!(above.is_empty() || object.row(above).unwrap().format == Format::NODE, "{}", row.path);
            // a name that comes at run time may come more than once
            let is_many = matches!(row.occurrence, Occurrence::ZeroOrMore | Occurrence::OneOrMore);
            assert_eq!(row.path.ends_with('*'), is_many, "{}: {}", object.name, row.path);
        }
    }
    assert_eq!(standard::find("urn:oma:mo:oma-dm-dmacc:9.9"), None);
}

/// The description of each object has every node of its table as the table has it, and an instance with all nodes is as
/// described; without the nodes that have to be there, each is missed.
#[test]
fn instances_are_as_described() {
    for object in standard::ALL {
        let ddf = object.tree("./Here", AccessTypes::EMPTY);
        let description = Description::new(&ddf);
        for row in object.rows {
            let root = format!("{}/{}", object.path.unwrap_or("./Here"), object.root.unwrap_or("1"));
            let node = ddf.find(&format!("{root}/{}", row.path.replace('*', "1"))).unwrap();
            let properties = node.df_properties().unwrap();
            assert_eq!((properties.format, properties.access), (Some(row.format), row.access), "{}", row.path);
            assert!(node.df_formats().eq([row.format].into_iter().chain(row.or_format)), "{}", row.path);
            assert_eq!(properties.occurrence, Some(row.occurrence), "{}", row.path);
        }
        let mut store = Store::new(&description);
        let instance = instance(object);
        store.load(&instance, ".").unwrap();
        assert!(store.len() > object.rows.len(), "{}", object.name);
        store.check(|finding| assert_eq!(finding.to_string(), "", "{}", object.name));

        let mut bare = Store::new(&description);
        let mut builder = MgmtTree::builder();
        builder.start(object.root.unwrap_or("1")).path(object.path.unwrap_or("./Here"));
        bare.load(&builder.build(), ".").unwrap();
        let mut missing = 0_usize;
        bare.check(|_| missing = missing.saturating_add(1));
        let is_required = |occurrence| matches!(occurrence, Occurrence::One | Occurrence::OneOrMore);
        let required = object.rows.iter().filter(|row| !row.path.contains('/') && is_required(row.occurrence));
        assert_eq!(missing, required.count(), "{}", object.name);
    }
}

/// What may not be got never can, whatever else a device lets servers do (OMA-TS-DM-StdObj, `AAuthSecret`).
#[test]
fn secrets_are_not_answered() {
    let is_secret = |path: &str| ["Secret", "Data", "PW", "Pwd", "Nonce"].iter().any(|end| path.ends_with(end));
    for object in standard::ALL {
        let ddf = object.tree("./Here", AccessTypes::from_iter(ALL));
        let description = Description::new(&ddf);
        let mut store = Store::new(&description);
        store.load(&instance(object), ".").unwrap();
        let root = format!("{}/{}", object.path.unwrap_or("./Here"), object.root.unwrap_or("1"));
        for row in object.rows {
            let uri = format!("{root}/{}", row.path.replace('*', "1"));
            let mut transaction = store.transaction(Sender::Server("com.example.pilot"));
            let item = Item::leaf(&uri, Meta::EMPTY, "");
            transaction.command(&Command::Get(Request::of_item("1", item)), |_| StatusCode::OK).unwrap();
            let answer = transaction.finish().remove(0);
            let expected = if is_secret(row.path) { StatusCode::COMMAND_NOT_ALLOWED } else { StatusCode::OK };
            assert_eq!(answer.status, expected, "{}: {}", object.name, row.path);
        }
    }
}

/// An object that stands where nobody has described it is known by its identifier, each of them (OMA DM Bootstrap: a
/// device puts an object where it likes).
#[test]
fn objects_are_known_by_their_identifiers() {
    let more = AccessTypes::from_iter(ALL);
    for identifier in standard::DM_ACC.identifiers {
        let ddf = standard::DM_ACC.tree("./DMAcc", more);
        let description = Description::new(&ddf);
        let mut store = Store::new(&description);
        let mut transaction = store.transaction(Sender::Device);
        for (uri, format, type_, value) in [
            ("./Elsewhere/1", "node", *identifier, ""),
            ("./Elsewhere/1/AppID", "chr", "text/plain", "w7"),
            ("./Elsewhere/1/ServerID", "int", "text/plain", "7"),
        ] {
            let item = Item::leaf(uri, Meta::of_data(format, type_), value);
            transaction.command(&Command::Add(Request::of_item("1", item)), |_| StatusCode::OK).unwrap();
        }
        assert!(transaction.finish().iter().all(|answer| answer.status == StatusCode::OK));
        let mut findings = Vec::new();
        store.check(|finding| findings.push(finding.to_string()));
        assert!(findings.contains(&"./Elsewhere: it is not described".to_owned()), "{findings:?}");
        let format = "./Elsewhere/1/ServerID: its format is int, but is described as chr";
        assert!(findings.contains(&format.to_owned()), "{findings:?}");
        assert!(!findings.iter().any(|finding| finding.contains("its management object")), "{findings:?}");
    }
}

/// A server that adds an object there is held to its description (status 415, 405).
#[test]
fn servers_are_held_to_the_tables() {
    let documents = [
        standard::FUMO.tree("./FUMO", AccessTypes::EMPTY),
        standard::DM_ACC.tree("./DMAcc", AccessTypes::from_iter([AccessType::Add])),
    ];
    let description = Description::of(&documents);
    let mut store = Store::new(&description);
    let mut transaction = store.transaction(Sender::Server("a"));
    for (uri, format, value) in [
        ("./DMAcc/a/AppID", "chr", "w7"),
        ("./DMAcc/a/AppID/x", "chr", "w7"),
        ("./DMAcc/a/Name", "int", "7"),
        ("./FUMO/b/State", "int", "10"),
    ] {
        let item = Item::leaf(uri, Meta::of_data(format, "text/plain"), value);
        transaction.command(&Command::Add(Request::of_item("1", item)), |_| StatusCode::OK).unwrap();
    }
    let codes: Vec<_> = transaction.finish().iter().map(|answer| answer.status.get()).collect();
    assert_eq!(codes, [200, 405, 415, 405]);
    assert_eq!(store.tree("./DMAcc/a").unwrap().nodes().next().unwrap().rt_properties().unwrap().acl, None);
    let way = store.tree("./DMAcc").unwrap();
    let acl = way.nodes().next().unwrap().rt_properties().unwrap().acl.unwrap().to_cow().unwrap().into_owned();
    // who may not replace the root owns what it adds there (TND, access control list of a new node)
    assert_eq!(Acl::parse(&acl).unwrap(), Acl::parse("Add=a&Delete=a&Replace=a").unwrap());
}

/// Devices have numbers as texts and as numbers: a port (OMA-TS-DM-StdObj, `PortNbr`: chr) and the sizes of `DevDetail`.
#[test]
fn a_number_may_be_a_text() {
    let documents =
        [standard::DM_ACC.tree("./DMAcc", AccessTypes::EMPTY), standard::DEV_DETAIL.tree(".", AccessTypes::EMPTY)];
    let description = Description::of(&documents);
    for (format, value, is_one) in
        [("chr", "443", true), ("int", "443", true), ("int", "x", false), ("bool", "1", false)]
    {
        let mut store = Store::new(&description);
        let mut transaction = store.transaction(Sender::Device);
        for uri in ["./DMAcc/a/AppAddr/1/Port/1/PortNbr", "./DevDetail/URI/MaxDepth"] {
            let item = Item::leaf(uri, Meta::of_data(format, "text/plain"), value);
            transaction.command(&Command::Add(Request::of_item("1", item)), |_| StatusCode::OK).unwrap();
        }
        drop(transaction.finish());
        let mut findings = Vec::new();
        store.check(|finding| {
            if matches!(finding.rule, Rule::Format { .. } | Rule::Value(_) | Rule::ValueOfInterior) {
                findings.push(finding.path.clone());
            }
        });
        assert_eq!(findings.is_empty(), is_one, "{format} {value}");
    }
}
