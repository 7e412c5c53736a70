//! The descriptions and serialised trees of the corpus: each loads into the store, and instances of each are checked.

#![cfg(all(feature = "dm", feature = "xml"))]
#![expect(clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

mod support;

use std::fs;

use poc_mo::object::{Options, Store};
use poc_mo::syncml::dm::mgmt_tree::{Description, MgmtTree, RtProperties};
use poc_mo::syncml::dm::{Format, UriRules};
use poc_mo::wbxml::Limits;

const ELLIPSIS: &str = "an ellipsis stands for elements (DM_DDF: RTProperties, DFProperties are elements only)";
const QUOTES: &str = "typographic quotes around an attribute's value (XML 1.0, 3.1)";
const PRIVATE: &str = "tokens of a private vocabulary that it does not name (WAP-192, 5.5)";
const INSTANCE: &str = "the instance of an object as its own elements (DM_DDF: the root is MgmtTree)";

/// The documents that are not read, and why. The list may only shrink.
const EXCUSED: &[(&str, &str)] = &[
    ("cyanogenmod-customization.wbxml", PRIVATE),
    ("cyanogenmod-devdetail-ext.wbxml", PRIVATE),
    ("cyanogenmod-devdetail-uri.wbxml", PRIVATE),
    ("cyanogenmod-managedobjects.wbxml", PRIVATE),
    ("cyanogenmod-root.mdf.xml", "text stands in front of the root element (XML 1.0, 2.1)"),
    ("cyanogenmod-root.wbxml", PRIVATE),
    ("cyanogenmod-subscriber.wbxml", PRIVATE),
    ("hostap-devdetail.xml", INSTANCE),
    ("hostap-devinfo.xml", INSTANCE),
    ("oma-dm-spec-85-device-descript-23.xml", ELLIPSIS),
    ("oma-dm-spec-85-device-descript-24.xml", ELLIPSIS),
    ("oma-dm-spec-91-tnd-serializati-25.xml", QUOTES),
    ("oma-dm-spec-92-tnds-syntax-tnd-26.xml", ELLIPSIS),
    ("oma-dm-spec-92-tnds-syntax-tnd-27.xml", ELLIPSIS),
    ("oma-dm-spec-bootstrapping-chu-32.xml", QUOTES),
];

const TRUTH: &str =
    "defaults such as False, which is no truth value (OMA DM Tree and Description, Format: true, false)";

/// The descriptions whose own instances are not as described: how many findings, and why. The list may only shrink.
const DEVIATIONS: &[(&str, usize, &str)] = &[
    ("ms-devicelock-ddf-file-01.xml", 1, "a node is described twice with two identifiers (DM_DDF, NodeName: unique)"),
    ("ms-healthattestation-ddf-01.xml", 1, TRUTH),
    ("ms-passportforwork-ddf-01.xml", 9, TRUTH),
    ("ms-supl-ddf-file-01.xml", 4, "names that end in a blank, which no address has (RFC 2396, 2.4.3: space)"),
];

/// A value of each format.
fn value(format: Format<'_>) -> &'static str {
    match format {
        Format::INT => "1",
        Format::BOOL => "true",
        Format::FLOAT => "1.5",
        Format::DATE => "20261123",
        Format::TIME => "120000",
        Format::XML => "<x/>",
        _ => "AAAA",
    }
}

/// An instance of each node that is described, with the default value or one of its format.
fn instance<'a>(ddf: &'a MgmtTree<'a>) -> MgmtTree<'a> {
    let mut builder = MgmtTree::builder();
    let mut walk = ddf.walk();
    let mut depth = 0_usize;
    while let Some(node) = walk.next() {
        while depth > walk.depth() {
            builder.end();
            depth = depth.saturating_sub(1);
        }
        builder.start(node.name().and_then(|name| name.as_str()).unwrap_or("x"));
        if depth == 0 {
            builder.path(node.path().and_then(|path| path.as_str()).unwrap_or_default());
        }
        depth = depth.saturating_add(1);
        let properties = node.df_properties().unwrap_or_default();
        let format = properties.format.unwrap_or(Format::NODE);
        let type_ = node.types().next();
        builder.rt_properties(&RtProperties { format: Some(format), type_, ..RtProperties::default() });
        if format != Format::NODE && format != Format::NULL {
            builder.value(properties.default_value.and_then(|text| text.as_str()).unwrap_or(value(format)));
        }
    }
    builder.build()
}

#[test]
fn descriptions_and_trees() {
    let Some(folder) = support::corpus() else { return };
    let mut options = Options::DEFAULT;
    options.rules = UriRules::LENIENT;
    let (mut excused, mut described, mut nodes, mut trees, mut findings) =
        (0_usize, 0_usize, 0_usize, 0_usize, 0_usize);
    let mut paths: Vec<_> = fs::read_dir(folder.join("ddf")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let octets = fs::read(&path).unwrap();
        let excuse = EXCUSED.iter().find(|(excused, _)| *excused == name);
        let tree = match (MgmtTree::parse_with(&octets, Limits::DEFAULT), excuse) {
            (Ok(_), Some((_, reason))) => panic!("{name} is read, but excused: {reason}"),
            (Err(error), None) => panic!("{name}: {error}"),
            (Err(_), Some(_)) => {
                excused = excused.saturating_add(1);
                continue;
            }
            (Ok(tree), None) => tree,
        };
        let is_ddf = tree.walk().any(|node| node.df_properties().is_some());
        let made = instance(&tree);
        let document = if is_ddf { &made } else { &tree };
        let description = Description::new(&tree);
        let mut store = Store::with_options(&description, options);
        store.load(document, ".").unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(!store.is_empty(), "{name}");
        if is_ddf {
            described = described.saturating_add(1);
            nodes = nodes.saturating_add(store.len());
            let mut found = Vec::new();
            store.check(|finding| {
                findings = findings.saturating_add(1);
                found.extend(finding.rule.is_violation().then(|| finding.to_string()));
            });
            let listed = DEVIATIONS.iter().find(|(listed, ..)| *listed == name).map_or(0, |(_, count, _)| *count);
            assert_eq!(found.len(), listed, "{name}: {found:#?}");
        } else {
            trees = trees.saturating_add(1);
        }
        let octets = store.tree(".").unwrap().to_wbxml().unwrap();
        let mut again = Store::with_options(&description, options);
        again.load(&MgmtTree::parse(&octets).unwrap(), ".").unwrap();
        assert_eq!(again.tree(".").unwrap().to_wbxml().unwrap(), octets, "{name}");
    }
    assert_eq!(excused, EXCUSED.len(), "excused documents that are not there");
    println!("{described} descriptions with {nodes} nodes, {trees} trees, {excused} excused, {findings} findings");
}
