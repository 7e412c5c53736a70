//! Trees beside their descriptions: each constraint, the extensions of Windows, sizes that nobody needs, and the
//! descriptions of the corpus (OMA-TS-DM-TND, device description framework).

#![cfg(feature = "xml")]
#![expect(clippy::panic, clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

extern crate alloc;

mod support;

use alloc::collections::{BTreeMap, BTreeSet};
use proptest::prelude::*;
use syncml::dm::mgmt_tree::{
    AccessType, AccessTypes, CaseSense, Description, DfProperties, MgmtTree, MgmtTreeBuilder, Node, NodeType,
    Occurrence, Place, RtProperties, Rule,
};
use syncml::dm::{Format, NodeKind, ValueErrorKind};
use syncml::wbxml::Text;

/// The value is none of its format.
const BAD: Rule<'static> = Rule::Value(ValueErrorKind::Malformed);

/// A node of a description: its name, its properties in short (format, then what stands in `DFProperties`), and the
/// nodes below.
fn described(name: &str, format: &str, more: &str, below: &str) -> String {
    format!(
        "<Node><NodeName>{name}</NodeName><DFProperties><AccessType><Add/><Get/><Replace/></AccessType>\
        <DFFormat><{format}/></DFFormat>{more}</DFProperties>{below}</Node>"
    )
}

/// A node of a tree: its name, its properties, its value or the nodes below.
fn node(name: &str, properties: &str, more: &str) -> String {
    format!("<Node><NodeName>{name}</NodeName><RTProperties>{properties}</RTProperties>{more}</Node>")
}

fn leaf(name: &str, value: &str) -> String {
    node(name, "", &format!("<Value>{value}</Value>"))
}

fn document(nodes: &str) -> String {
    format!("<MgmtTree xmlns:MSFT=\"http://schemas.microsoft.com/MobileDevice/DM\">{nodes}</MgmtTree>")
}

/// Checks that exactly these findings are there.
fn assert_findings(description: &str, tree: &str, expected: &[(String, Rule<'_>)], what: &str) {
    let (description, tree) = (document(description), document(tree));
    let description = MgmtTree::parse(description.as_bytes()).unwrap();
    let tree = MgmtTree::parse(tree.as_bytes()).unwrap();
    // a tree in WBXML is the same tree
    let octets = tree.to_wbxml().unwrap();
    let twin = MgmtTree::parse(&octets).unwrap();
    let description = Description::new(&description);
    for tree in [&tree, &twin] {
        let found: Vec<_> = description.check(tree).map(|finding| (finding.path, finding.rule)).collect();
        assert_eq!(found, expected, "{what}: {tree:?}");
    }
}

/// What a row is about, the tree, and what is found in it.
type Row<'r> = (&'r str, String, &'r [(&'r str, Rule<'r>)]);

fn check(rows: &[Row<'_>], description: &str) {
    for (what, tree, expected) in rows {
        let expected: Vec<_> = expected.iter().map(|(path, rule)| ((*path).to_owned(), *rule)).collect();
        assert_findings(description, tree, &expected, what);
    }
}

/// `DFFormat`: leaves and interior nodes, and what their values are.
#[test]
fn formats() {
    let description = described("n", "int", "", "") + &described("i", "node", "", "") + &described("o", "bin", "", "");
    let format = |found, described| Rule::Format { found, described };
    check(
        &[
            ("right", leaf("n", "-12") + &node("i", "<Format><node/></Format>", "") + &leaf("o", ""), &[]),
            ("no number", leaf("n", "x"), &[("./n", BAD)]),
            ("beyond 32 bits", leaf("n", "4294967295"), &[("./n", BAD)]),
            (
                "another format, of which the value is",
                node("n", "<Format><chr/></Format>", "<Value>x</Value>"),
                &[("./n", format(Format::CHR, Format::INT))],
            ),
            (
                "a leaf for an interior node",
                node("i", "<Format><int/></Format>", "<Value>1</Value>"),
                &[("./i", format(Format::INT, Format::NODE)), ("./i", Rule::ValueOfInterior)],
            ),
            (
                "an interior node for a leaf, and what is below it is strange",
                node("n", "<Format><node/></Format>", &leaf("a", "1")),
                &[("./n", format(Format::NODE, Format::INT)), ("./n", Rule::NodesBelowLeaf), ("./n/a", Rule::Unknown)],
            ),
            ("an interior node with a value", leaf("i", "1"), &[("./i", Rule::ValueOfInterior)]),
            ("an interior node with an empty value", leaf("i", ""), &[]),
            ("base64 says octets", node("o", "<Format><b64/></Format>", "<Value>AAE=</Value>"), &[]),
            ("base64 that is none", node("o", "<Format><b64/></Format>", "<Value>A</Value>"), &[("./o", BAD)]),
        ],
        &description,
    );
}

/// `DFFormat` with several formats, which the document type definition does not have: either is right, and the first one
/// is that of a value that does not say.
#[test]
fn one_format_or_another() {
    let either = described("p", "int/><chr", "", "");
    let node = |format, value| node("p", &format!("<Format><{format}/></Format>"), &format!("<Value>{value}</Value>"));
    check(
        &[
            ("the first", node("int", "7"), &[]),
            ("the other", node("chr", "x"), &[]),
            ("neither", node("bool", "true"), &[("./p", Rule::Format { found: Format::BOOL, described: Format::INT })]),
            ("the value is one of the format that it says", node("int", "x"), &[("./p", BAD)]),
            ("where nothing is said, of the first", leaf("p", "x"), &[("./p", BAD)]),
        ],
        &either,
    );
}

/// Several documents are one description; of two descriptions of one node, the first one counts.
#[test]
fn several_documents() {
    let documents = [described("a", "int", "", ""), described("a", "chr", "", "") + &described("b", "int", "", "")];
    let documents = documents.map(|nodes| document(&nodes));
    let trees = documents.each_ref().map(|text| MgmtTree::parse(text.as_bytes()).unwrap());
    let tree = document(&(leaf("a", "x") + &leaf("b", "x") + &leaf("c", "x")));
    let tree = MgmtTree::parse(tree.as_bytes()).unwrap();
    let description = Description::of(&trees);
    let found: Vec<_> = description.check(&tree).map(|finding| (finding.path, finding.rule)).collect();
    assert_eq!(found, [("./a".to_owned(), BAD), ("./b".to_owned(), BAD), ("./c".to_owned(), Rule::Unknown)]);
}

/// A place is found as a check finds it, and says what is described there.
#[test]
fn going_down() {
    let below = described("", "node", "<DFType><DDFName>urn:x</DDFName></DFType>", &described("n", "int", "", ""))
        + &described("", "chr", "<DFType><MIME>Text/Plain</MIME></DFType>", "")
        + &described("Case", "bool", "<CaseSense><CIS/></CaseSense>", "");
    let document = document(&described("i", "node", "", &below));
    let tree = MgmtTree::parse(document.as_bytes()).unwrap();
    let description = Description::new(&tree);
    let below = |place, name, kind| description.below(place, name, kind).unwrap();
    let format = |place| description.properties(place).unwrap().format.unwrap();

    let i = below(Place::ROOT, "i", NodeKind::Interior);
    assert_eq!((description.name(i), format(i)), (Some("i"), Format::NODE));
    let any = below(i, "any", NodeKind::Interior);
    assert_eq!((description.name(any), description.object("urn:x")), (None, Some(any)));
    assert_eq!(description.identifier(any).unwrap(), "urn:x");
    assert_eq!(format(below(any, "n", NodeKind::Leaf)), Format::INT);
    assert_eq!(description.below(any, "m", NodeKind::Leaf), None);
    let leaf = below(i, "any", NodeKind::Leaf);
    assert_eq!(format(leaf), Format::CHR);
    assert!(description.takes_media_type(leaf, "text/plain; charset=utf-8"));
    assert!(!description.takes_media_type(leaf, "text/html") && description.takes_media_type(any, "text/html"));
    assert_eq!(description.media_types(leaf).collect::<Vec<_>>(), ["text/plain"]);
    assert_eq!(description.media_types(any).count(), 0);
    assert_eq!((description.above(leaf), description.above(Place::ROOT)), (i, Place::ROOT));
    assert_eq!(format(below(i, "cASE", NodeKind::Leaf)), Format::BOOL);
    assert_eq!(description.properties(Place::ROOT), None);
}

/// `Occurrence`: what has to be there, and how often; named nodes and nodes that get their names at run time.
#[test]
fn occurrences() {
    let n = 3;
    // the element, the occurrence, and the numbers of nodes that are right, of 0 to 4
    let rows = [
        ("<One/>", Occurrence::One, &[1][..]),
        ("<ZeroOrOne/>", Occurrence::ZeroOrOne, &[0, 1]),
        ("<ZeroOrMore/>", Occurrence::ZeroOrMore, &[0, 1, 2, 3, 4]),
        ("<OneOrMore/>", Occurrence::OneOrMore, &[1, 2, 3, 4]),
        ("<ZeroOrN>3</ZeroOrN>", Occurrence::ZeroOrN(n), &[0, 1, 2, 3]),
        ("<OneOrN>3</OneOrN>", Occurrence::OneOrN(n), &[1, 2, 3]),
        // none is one (DM_DDF)
        ("", Occurrence::One, &[1]),
    ];
    for (element, occurrence, right) in rows {
        let element = if element.is_empty() { String::new() } else { format!("<Occurrence>{element}</Occurrence>") };
        let description = described("i", "node", "", &described("", "chr", &element, ""));
        for count in 0..=4_usize {
            let leaves: String = (0..count).map(|index| leaf(&format!("x{index}"), "")).collect();
            let expected = match (right.contains(&count), count) {
                (true, _) => vec![],
                (false, 0) => vec![("./i/<X>".to_owned(), Rule::Missing(occurrence))],
                (false, _) => vec![("./i/<X>".to_owned(), Rule::TooMany(occurrence))],
            };
            assert_findings(&description, &node("i", "", &leaves), &expected, &format!("{count} of {occurrence}"));
        }
    }
}

/// Nodes by name: those that are missing, those that nobody has described, and those that stand there twice.
#[test]
fn names() {
    let below = described("a", "chr", "", "")
        + &described("b", "chr", "<Occurrence><ZeroOrOne/></Occurrence>", "")
        + &described("Ext", "node", "<Occurrence><ZeroOrOne/></Occurrence>", "");
    let description = described("i", "node", "", &below);
    let one = Rule::Missing(Occurrence::One);
    check(
        &[
            ("right", node("i", "", &leaf("a", "")), &[]),
            ("missing", node("i", "", &leaf("b", "")), &[("./i/a", one)]),
            (
                "unknown: one finding, whatever is below",
                node("i", "", &(leaf("a", "") + &node("z", "", &leaf("y", "")))),
                &[("./i/z", Rule::Unknown)],
            ),
            ("twice", node("i", "", &(leaf("a", "") + &leaf("a", ""))), &[("./i/a", Rule::Doubled)]),
            (
                "an extension",
                node("i", "", &(leaf("a", "") + &node("Ext", "", &node("Vendor", "", &leaf("x", ""))))),
                &[("./i/Ext/Vendor", Rule::Extension)],
            ),
            ("strange at the top", node("q", "", &leaf("r", "")), &[("./q", Rule::Unknown)]),
            ("case", node("i", "", &leaf("A", "")), &[("./i/a", one), ("./i/A", Rule::Unknown)]),
        ],
        &description,
    );
    let description = described("i", "node", "", &described("Ab", "chr", "<CaseSense><CIS/></CaseSense>", ""));
    check(&[("no case", node("i", "", &leaf("aB", "")), &[])], &description);
}

/// Nodes that get their names at run time: a name that is given goes first, and each such node has what is described.
#[test]
fn dynamic_nodes() {
    let many = "<Occurrence><ZeroOrMore/></Occurrence>";
    let below = described("", "node", many, &described("Port", "int", "", ""))
        + &described("", "chr", many, "")
        + &described("Home", "node", "<Occurrence><ZeroOrOne/></Occurrence>", &described("Key", "chr", "", ""));
    let description = described("i", "node", "", &below);
    let port = |name: &str, value| node(name, "", &leaf("Port", value));
    check(
        &[
            ("right", node("i", "", &(port("x", "1") + &port("y", "2") + &leaf("z", "t"))), &[]),
            (
                "each",
                node("i", "", &(port("x", "?") + &node("y", "<Format><node/></Format>", ""))),
                &[("./i/x/Port", BAD), ("./i/y/Port", Rule::Missing(Occurrence::One))],
            ),
            (
                "a name that is given",
                node("i", "", &port("Home", "1")),
                &[("./i/Home/Key", Rule::Missing(Occurrence::One)), ("./i/Home/Port", Rule::Unknown)],
            ),
            (
                "nodes without names are no doubles",
                node("i", "", &(port("", "1") + &port("", "x"))),
                &[("./i/<X>/Port", BAD)],
            ),
        ],
        &description,
    );
}

/// `DFType`: media types, of which there may be several, and management objects.
#[test]
fn types() {
    let media = "<DFType><MIME>text/plain</MIME><MIME>Text/HTML</MIME></DFType>";
    let object = "<DFType><DDFName>urn:oma:mo:x:1.0</DDFName></DFType>";
    let description = described("n", "chr", media, "")
        + &described("i", "node", object, "")
        + &described("e", "chr", "<DFType><MIME/></DFType>", "");
    let typed = |name, type_: &str, more| node(name, &format!("<Type>{type_}</Type>"), more);
    check(
        &[
            ("one", typed("n", "<MIME>text/plain</MIME>", "<Value/>"), &[]),
            ("the other, with a parameter", typed("n", "<MIME>text/html; charset=utf-8</MIME>", "<Value/>"), &[]),
            ("none of them", typed("n", "<MIME>text/xml</MIME>", "<Value/>"), &[("./n", Rule::MediaType)]),
            ("any", typed("e", "<MIME>text/xml</MIME>", "<Value/>"), &[]),
            ("not said", typed("n", "<MIME/>", "<Value/>"), &[]),
            ("the object", typed("i", "<DDFName>urn:oma:mo:x:1.0</DDFName>", ""), &[]),
            ("another object", typed("i", "<DDFName>urn:oma:mo:y:1.0</DDFName>", ""), &[("./i", Rule::Object)]),
        ],
        &description,
    );
}

/// `DefaultValue`: a leaf without a value has it, or has none; what is only run needs none.
#[test]
fn defaults() {
    let description = described("d", "int", "<DefaultValue>7</DefaultValue>", "")
        + &described("n", "int", "", "")
        + &described("u", "null", "", "")
        + "<Node><NodeName>x</NodeName><DFProperties><AccessType><Exec/></AccessType><DFFormat><chr/></DFFormat>\
            </DFProperties></Node>";
    let rows = ["d", "u", "x"].map(|name| (name, node(name, "", ""), &[][..]));
    check(&rows, &description);
    check(&[("n", node("n", "", ""), &[("./n", Rule::NoValue)])], &description);
    assert!(!Rule::NoValue.is_violation());
}

/// The extensions of Windows (DDF v2).
#[test]
fn allowed_values() {
    type Values<'r> = &'r [(&'r str, Option<Rule<'r>>)];
    let allowed = |type_: &str, more: &str| {
        let more = format!("<MSFT:AllowedValues ValueType=\"{type_}\">{more}</MSFT:AllowedValues>");
        move |format: &str| described("n", format, &more, "")
    };
    let value = |value: &str| format!("<MSFT:Value>{value}</MSFT:Value>");
    let one =
        |text: &str| format!("<MSFT:Enum>{}<MSFT:ValueDescription>x</MSFT:ValueDescription></MSFT:Enum>", value(text));
    let list = |delimiter: &str| format!("<MSFT:List Delimiter=\"{delimiter}\"/>");
    let values = one("0") + &one("0x10") + &one("Off");
    let rows: Vec<(String, Values<'_>)> = vec![
        (
            allowed("ENUM", &values)("chr"),
            &[
                ("0", None),
                (" 16 ", None),
                ("Off", None),
                ("off", Some(Rule::NotAllowed)),
                ("1", Some(Rule::NotAllowed)),
                ("0;16", Some(Rule::NotAllowed)),
            ],
        ),
        (
            allowed("ENUM", &(values.clone() + &list(";")))("chr"),
            &[("0;16", None), ("0;1", Some(Rule::NotAllowed)), ("0,16", Some(Rule::NotAllowed))],
        ),
        (allowed("ENUM", &(values.clone() + &list("0xF000")))("chr"), &[("0\u{F000}16", None)]),
        (
            allowed("Range", &value("[1-23]"))("int"),
            &[
                ("1", None),
                ("23", None),
                ("0", Some(Rule::NotAllowed)),
                ("24", Some(Rule::NotAllowed)),
                ("x", Some(BAD)),
                ("", Some(BAD)),
            ],
        ),
        // an unsigned integer, which no int is, but this description allows it
        (
            allowed("Range", &value("[0-4294967295]"))("int"),
            &[("4294967295", None), ("4294967296", Some(BAD)), ("-1", Some(Rule::NotAllowed))],
        ),
        (
            allowed("Range", &(value("[-10--5]") + &value("[-7-2]") + &value("[5-6]")))("int"),
            &[("-10", None), ("0", None), ("3", Some(Rule::NotAllowed)), ("6", None), ("-11", Some(Rule::NotAllowed))],
        ),
        (allowed("Range", &value("1 to 9"))("int"), &[("1", Some(Rule::Unchecked)), ("x", Some(BAD))]),
        (
            allowed("Flag", &(one("0x0") + &one("0x1") + &one("4")))("int"),
            &[("5", None), ("0", None), ("2", Some(Rule::NotAllowed)), ("-1", Some(Rule::NotAllowed))],
        ),
        (allowed("RegEx", &value("^a*$"))("chr"), &[("b", Some(Rule::Unchecked))]),
        (allowed("ADMX", "")("chr"), &[("b", Some(Rule::Unchecked))]),
        (allowed("None", &list(","))("chr"), &[("b", None)]),
    ];
    for (description, values) in rows {
        for (value, expected) in values {
            let expected: Vec<_> = expected.iter().map(|rule| ("./n".to_owned(), *rule)).collect();
            assert_findings(&description, &leaf("n", value), &expected, &format!("{value:?} in {description}"));
        }
    }
    // without case, texts are the same in either
    let insensitive = "<CaseSense><CIS/></CaseSense>".to_owned()
        + &format!("<MSFT:AllowedValues ValueType=\"ENUM\">{}</MSFT:AllowedValues>", one("Off"));
    assert_findings(&described("n", "chr", &insensitive, ""), &leaf("n", "oFF"), &[], "without case");
    assert!(!Rule::Unchecked.is_violation() && Rule::NotAllowed.is_violation());
}

/// Where a node stands: by paths at the top, nested or not, by the target of a command, by the object.
#[test]
fn places() {
    type Found<'r> = Vec<(&'r str, Rule<'r>)>;
    let object = "<DFType><DDFName>urn:oma:mo:x:1.0</DDFName></DFType><Occurrence><ZeroOrMore/></Occurrence>";
    let description = document(
        &described("", "node", object, &described("a", "int", "", ""))
            .replace("<NodeName></NodeName>", "<NodeName/><Path>./V/W/</Path>"),
    );
    let description = MgmtTree::parse(description.as_bytes()).unwrap();
    let description = Description::new(&description);
    let path = |node: String, path: &str| node.replacen("</NodeName>", &format!("</NodeName><Path>{path}</Path>"), 1);
    let typed = node("T", "<Type><DDFName>urn:oma:mo:x:1.0</DDFName></Type>", &leaf("a", "?"));
    let rows: Vec<(&str, String, Found<'_>)> = vec![
        (".", path(node("T", "", &leaf("a", "?")), "./V/W"), vec![("./V/W/T/a", BAD)]),
        ("./V/W", node("T", "", &leaf("a", "?")), vec![("./V/W/T/a", BAD)]),
        ("./V/", path(node("T", "", &leaf("a", "?")), "W"), vec![("./V/W/T/a", BAD)]),
        ("./X", node("T", "", &leaf("a", "?")), vec![("./X/T", Rule::Unknown)]),
        ("./Inbox", typed.clone(), vec![("./Inbox/T/a", BAD)]),
        ("./V/W", typed.clone(), vec![("./V/W/T/a", BAD)]),
        // each with a path of its own, as in the example of the specification
        (".", path(node("T", "", ""), "V/W") + &path(leaf("a", "?"), "V/W/T"), vec![("./V/W/T/a", BAD)]),
        (".", path(leaf("a", "?"), "V/W/T") + &path(node("T", "", ""), "V/W"), vec![("./V/W/T/a", BAD)]),
        (".", path(leaf("a", "?"), "V/W/T"), vec![("./V/W/T/a", BAD)]),
        (".", node("V", "", &node("W", "", &node("T", "", &leaf("a", "?")))), vec![("./V/W/T/a", BAD)]),
        ("./V/W", node("T", "<Format><node/></Format>", ""), vec![("./V/W/T/a", Rule::Missing(Occurrence::One))]),
    ];
    for (target, tree, expected) in rows {
        let tree = document(&tree);
        let tree = MgmtTree::parse(tree.as_bytes()).unwrap();
        let findings = description.check_command(&tree, target, AccessType::Add);
        let found: Vec<_> = findings.map(|finding| (finding.path, finding.rule)).collect();
        let expected: Vec<_> = expected.into_iter().map(|(path, rule)| (path.to_owned(), rule)).collect();
        assert_eq!(found, expected, "{target} {tree:?}");
    }
}

/// `AccessType`: what a server may do; a Replace of values needs no more than those.
#[test]
fn access() {
    let access = |name: &str, access: &str, format: &str, below: &str| {
        format!(
            "<Node><NodeName>{name}</NodeName><DFProperties><AccessType>{access}</AccessType><DFFormat><{format}/>\
            </DFFormat></DFProperties>{below}</Node>"
        )
    };
    let below =
        access("a", "<Add/><Get/>", "chr", "") + &access("r", "<Replace/>", "chr", "") + &access("g", "", "chr", "");
    let description = document(&access("i", "<Get/>", "node", &below));
    let description = MgmtTree::parse(description.as_bytes()).unwrap();
    let description = Description::new(&description);
    let all = document(&node("i", "", &(leaf("a", "") + &leaf("r", "") + &leaf("g", ""))));
    let few = document(&node("i", "", &(leaf("r", "") + &node("a", "", ""))));
    let (add, replace) = (Rule::Access(AccessType::Add), Rule::Access(AccessType::Replace));
    let missing = Rule::Missing(Occurrence::One);
    for (tree, access, expected) in [
        (&all, None, &[][..]),
        (&all, Some(AccessType::Add), &[("./i", add), ("./i/r", add), ("./i/g", add)]),
        (&all, Some(AccessType::Replace), &[("./i/a", replace), ("./i/g", replace)]),
        (&few, Some(AccessType::Replace), &[("./i/a", Rule::NoValue)]),
        (&few, None, &[("./i/g", missing), ("./i/a", Rule::NoValue)]),
    ] {
        let tree = MgmtTree::parse(tree.as_bytes()).unwrap();
        let findings = match access {
            Some(access) => description.check_command(&tree, ".", access),
            None => description.check(&tree),
        };
        let found: Vec<_> = findings.map(|finding| (finding.path, finding.rule)).collect();
        let expected: Vec<_> = expected.iter().map(|(path, rule)| ((*path).to_owned(), *rule)).collect();
        assert_eq!(found, expected, "{access:?}");
    }
}

/// Every finding is a sentence with the place.
#[test]
fn sentences() {
    let tree = document(&leaf("n", "x"));
    let description = document(&described("n", "int", "", ""));
    let description = MgmtTree::parse(description.as_bytes()).unwrap();
    let tree = MgmtTree::parse(tree.as_bytes()).unwrap();
    let description = Description::new(&description);
    let finding = description.check(&tree).next().unwrap();
    let offset = tree.nodes().next().unwrap().offset();
    assert!(offset > 0 && finding.offset == offset);
    let expected =
        format!("./n, at octet {offset}: its value is none of the format: the data is no value of its format");
    assert_eq!(finding.to_string(), expected);
    let rules = [
        (Rule::Unknown, "it is not described"),
        (Rule::Extension, "it is an extension, which is left to vendors"),
        (Rule::Doubled, "it stands there already"),
        (Rule::Missing(Occurrence::OneOrMore), "it is missing, but is described to be there at least once"),
        (Rule::Missing(Occurrence::OneOrN(3)), "it is missing, but is described to be there once to 3 times"),
        (Rule::TooMany(Occurrence::ZeroOrOne), "there are too many of its kind, described to be there at most once"),
        (
            Rule::TooMany(Occurrence::ZeroOrN(4)),
            "there are too many of its kind, described to be there at most 4 times",
        ),
        (Rule::Format { found: Format::CHR, described: Format::INT }, "its format is chr, but is described as int"),
        (Rule::NodesBelowLeaf, "there are nodes below it, but it is described as a leaf"),
        (Rule::ValueOfInterior, "it has a value, but is described as an interior node"),
        (Rule::MediaType, "its media type is none of those described"),
        (Rule::Object, "its management object is not the one described"),
        (Rule::NotAllowed, "its value is none of those allowed"),
        (Rule::Unchecked, "its value has to follow a pattern or a schema, which is not checked"),
        (Rule::NoValue, "it has no value, and no default is described"),
        (Rule::Access(AccessType::Add), "its access types do not have Add"),
    ];
    for (rule, sentence) in rules {
        assert_eq!(rule.to_string(), sentence);
    }
}

/// Of two descriptions of one node the first one counts, and no second one is missed.
#[test]
fn described_twice() {
    let below = described("a", "int", "", "") + &described("a", "chr", "", "") + &described("", "int", "", "");
    let description = described("i", "node", "", &(below + &described("", "int", "", "")));
    check(
        &[
            ("the first", node("i", "", &(leaf("a", "1") + &leaf("x", "1"))), &[]),
            ("not the second", node("i", "", &(leaf("a", "t") + &leaf("x", "1"))), &[("./i/a", BAD)]),
        ],
        &description,
    );
}

/// Descriptions and trees of a size that nobody needs: each of these takes a minute or more if it is not linear.
#[test]
fn linear_time() {
    const COUNT: usize = 30_000;
    let names: Vec<String> = (0..COUNT).map(|index| format!("n{index}")).collect();
    let optional =
        DfProperties { format: Some(Format::CHR), occurrence: Some(Occurrence::ZeroOrOne), ..DfProperties::default() };
    let required = DfProperties { format: Some(Format::CHR), ..DfProperties::default() };
    let interior = DfProperties {
        format: Some(Format::NODE),
        occurrence: Some(Occurrence::ZeroOrMore),
        ..DfProperties::default()
    };
    let check = |description: &MgmtTree<'_>, tree: &MgmtTree<'_>, first: usize| {
        Description::new(description).check(tree).take(first).count()
    };

    // many leaves below one node, all there, each flat with a path too
    let mut builder = MgmtTree::builder();
    builder.start("i").df_properties(&interior, &[]);
    names.iter().for_each(|name| {
        builder.start(name).df_properties(&required, &[]).end();
    });
    let wide = builder.build();
    let mut builder = MgmtTree::builder();
    builder.start("i");
    names.iter().for_each(|name| {
        builder.start(name).value("v").end();
    });
    let nested = builder.build();
    assert_eq!(check(&wide, &nested, usize::MAX), 0);
    let mut builder = MgmtTree::builder();
    builder.start("i").end();
    names.iter().for_each(|name| {
        builder.start(name).path("./i").value("v").end();
    });
    assert_eq!(check(&wide, &builder.build(), usize::MAX), 0);
    // as many findings as anyone asks for, where there are thousands of millions
    let mut builder = MgmtTree::builder();
    builder.start("").df_properties(&interior, &[]);
    names.iter().for_each(|name| {
        builder.start(name).df_properties(&required, &[]).end();
    });
    let many = builder.build();
    let mut builder = MgmtTree::builder();
    names.iter().for_each(|name| {
        builder.start(name).end();
    });
    assert_eq!(check(&many, &builder.build(), 100), 100);
    // many of one kind, each with few of many
    let mut builder = MgmtTree::builder();
    builder.start("").df_properties(&interior, &[]);
    names.iter().for_each(|name| {
        builder.start(name).df_properties(&optional, &[]).end();
    });
    let few = builder.build();
    let mut builder = MgmtTree::builder();
    names.iter().for_each(|name| {
        builder.start(name).start(name).value("v").end().end();
    });
    assert_eq!(check(&few, &builder.build(), usize::MAX), 0);
    // one leaf with many media types, and many of it
    let types: Vec<NodeType<'_>> = names.iter().map(|name| NodeType::Mime(Text::new(name))).collect();
    let mut builder = MgmtTree::builder();
    builder.start("i").df_properties(&interior, &[]);
    let repeated = DfProperties { occurrence: Some(Occurrence::ZeroOrMore), ..optional };
    builder.start("").df_properties(&repeated, &types);
    let typed = builder.build();
    let last = names.last().unwrap();
    let type_ = RtProperties { type_: Some(NodeType::Mime(Text::new(last))), ..RtProperties::default() };
    let mut builder = MgmtTree::builder();
    builder.start("i");
    names.iter().for_each(|name| {
        builder.start(name).rt_properties(&type_).value("v").end();
    });
    assert_eq!(check(&typed, &builder.build(), usize::MAX), 0);
    // deep ones
    let mut builder = MgmtTree::builder();
    let mut tree = MgmtTree::builder();
    for name in &names {
        builder.start(name).df_properties(&DfProperties { format: Some(Format::NODE), ..DfProperties::default() }, &[]);
        tree.start(name);
    }
    assert_eq!(check(&builder.build(), &tree.build(), usize::MAX), 0);
}

/// Descriptions and trees with any octet changed are checked all the same, and give nodes to commands or say why not.
#[test]
fn damaged() {
    let allowed = "<MSFT:AllowedValues ValueType=\"Range\"><MSFT:Value>[0-9]</MSFT:Value></MSFT:AllowedValues>";
    let text =
        document(&described("i", "node", "", &(described("", "int", allowed, "") + &described("a", "chr", "", ""))));
    let right = MgmtTree::parse(text.as_bytes()).unwrap();
    let tree = document(&node("i", "<Format><node/></Format>", &(leaf("a", "t") + &leaf("x", "5"))));
    let tree = MgmtTree::parse(tree.as_bytes()).unwrap();
    let (described, octets) = (Description::new(&right), tree.to_wbxml().unwrap());
    assert_eq!(described.check(&tree).count(), 0);
    let mut read = 0;
    for (document, is_tree) in [(text.as_bytes(), false), (&right.to_wbxml().unwrap(), false), (&octets, true)] {
        for at in 0..document.len() {
            for bit in 0..8 {
                let mut changed = document.to_vec();
                changed[at] ^= 1 << bit;
                let Ok(changed) = MgmtTree::parse(&changed) else { continue };
                read += 1;
                let findings = if is_tree {
                    described.check(&changed).count()
                } else {
                    Description::new(&changed).check(&tree).count()
                };
                assert!(findings <= 8, "{findings} at {at}");
                let mut nodes = changed.adds("./X");
                while let Ok(Some(item)) = nodes.next_item() {
                    assert!(item.uri().unwrap().as_str().unwrap().starts_with("./X/"));
                }
            }
        }
    }
    assert!(read > 100, "{read}");
}

/// A value of the format.
fn sample(format: Format<'_>) -> &'static str {
    match format {
        Format::BOOL => "false",
        Format::INT | Format::FLOAT => "0",
        Format::XML => "<a/>",
        Format::DATE => "20260101",
        Format::TIME => "120000",
        _ => "",
    }
}

/// An instance of what is described: each node once, with its default or a value of its format.
fn instance<'d>(builder: &mut MgmtTreeBuilder<'d>, described: Node<'_, 'd>, is_top: bool) {
    builder.start(described.name().map_or("any", |name| name.as_str().unwrap()));
    if let (true, Some(path)) = (is_top, described.path()) {
        builder.path(path.as_str().unwrap());
    }
    let properties = described.df_properties().unwrap_or_default();
    if let Some(format) = properties.format {
        let type_ = described.types().find(|type_| matches!(type_, NodeType::Mime(_)) != (format == Format::NODE));
        builder.rt_properties(&RtProperties { format: Some(format), type_, ..RtProperties::default() });
        if !matches!(format, Format::NODE | Format::NULL) {
            let default = properties.default_value.and_then(|default| default.as_str());
            builder.value(default.unwrap_or(sample(format)));
        }
    }
    described.children().for_each(|child| instance(builder, child, false));
    builder.end();
}

/// What descriptions of the corpus say against themselves: defaults of the format `bool` that are `True` or `False`.
const AGAINST_THEMSELVES: &[(&str, &str, Rule<'static>)] = &[
    (HEALTH, "./Vendor/MSFT/HealthAttestation/ForceRetrieve", BAD),
    (PASSPORT, "./Device/Vendor/MSFT/PassportForWork/Biometrics/FacialFeaturesUseEnhancedAntiSpoofing", BAD),
    (PASSPORT, "./Device/Vendor/MSFT/PassportForWork/Biometrics/UseBiometrics", BAD),
    (PASSPORT, "./Device/Vendor/MSFT/PassportForWork/UseBiometrics", BAD),
    (PASSPORT, "./Device/Vendor/MSFT/PassportForWork/any/Policies/Remote/UseRemotePassport", BAD),
    (PASSPORT, "./Device/Vendor/MSFT/PassportForWork/any/Policies/RequireSecurityDevice", BAD),
    (PASSPORT, "./Device/Vendor/MSFT/PassportForWork/any/Policies/UseCertificateForOnPremAuth", BAD),
    (PASSPORT, "./Device/Vendor/MSFT/PassportForWork/any/Policies/UsePassportForWork", BAD),
    (PASSPORT, "./User/Vendor/MSFT/PassportForWork/any/Policies/RequireSecurityDevice", BAD),
    (PASSPORT, "./User/Vendor/MSFT/PassportForWork/any/Policies/UsePassportForWork", BAD),
];

const HEALTH: &str = "ms-healthattestation-ddf-01.xml";
const PASSPORT: &str = "ms-passportforwork-ddf-01.xml";

/// An instance of each description of the corpus is as it is described; with a node left out that has to be there, or
/// with one that nobody knows, it is not.
#[test]
fn descriptions_of_the_corpus() {
    let (mut count, mut nodes, mut missed, mut against) = (0, 0, 0, BTreeSet::new());
    let documents = support::corpus("ddf/");
    for document in &documents {
        let Ok(tree) = MgmtTree::parse(&document.octets) else { continue };
        if !tree.walk().any(|node| node.df_properties().is_some()) {
            continue;
        }
        let description = Description::new(&tree);
        let mut builder = MgmtTree::builder();
        tree.nodes().for_each(|node| instance(&mut builder, node, true));
        let instance = builder.build();
        for finding in description.check(&instance) {
            against.insert(format!("{} {finding}", document.path));
        }
        nodes += instance.walk().count();
        count += 1;

        // an interior node alone: all that has to be below it is missed, and nothing else
        let mut walk = tree.walk();
        while let Some(node) = walk.next() {
            if node.df_properties().and_then(|properties| properties.format) != Some(Format::NODE) {
                continue;
            }
            let path = walk.path().trim_start_matches("./").trim_start_matches('/').replace("<X>", "any");
            let Some((above, name)) = path.rsplit_once('/') else { continue };
            if name == "." {
                continue;
            }
            let mut builder = MgmtTree::builder();
            builder.start(name).path(above).start("nobody knows me").end();
            let alone = builder.build();
            let mut expected = BTreeMap::new();
            for child in node.children() {
                let Some(properties) = child.df_properties() else { continue };
                let occurrence = properties.occurrence.unwrap_or_default();
                if !occurrence.admits(0) {
                    let name = child.name().map_or("<X>", |name| name.as_str().unwrap());
                    expected.insert(format!("./{path}/{name}"), Rule::Missing(occurrence));
                }
            }
            let mut found: BTreeMap<_, _> = description
                .check(&alone)
                .filter(|finding| finding.rule.is_violation())
                .map(|finding| (finding.path, finding.rule))
                .collect();
            let stranger = found.remove(&format!("./{path}/nobody knows me"));
            let takes_any = node.children().any(|child| child.name().is_none());
            let is_vendors = name == "Ext";
            assert_eq!(stranger.is_some(), !takes_any && !is_vendors, "{}: {path}", document.path);
            // the stranger is the one that is described without a name
            if takes_any {
                expected.remove(&format!("./{path}/<X>"));
                found.retain(|found, _| !found.starts_with(&format!("./{path}/nobody knows me/")));
            }
            assert_eq!(found, expected, "{}: {path}", document.path);
            missed += expected.len();
        }
    }
    let listed: BTreeSet<_> =
        AGAINST_THEMSELVES.iter().map(|(document, path, rule)| format!("ddf/{document} {path}: {rule}")).collect();
    assert!(documents.is_empty() || against == listed, "{against:#?}");
    println!("{count} descriptions, {nodes} nodes of instances, {missed} missed");
}

/// The trees of the corpus that have values and descriptions: a device of DM 1.1.2.
#[test]
fn trees_of_the_corpus() {
    let documents = support::corpus("ddf/");
    let find = |name: &str| documents.iter().find(|document| document.path.ends_with(name));
    let (Some(root), Some(ddf)) = (find("cyanogenmod-root.xml"), find("cyanogenmod-syncmldm.ddf.xml")) else {
        assert!(documents.is_empty());
        return;
    };
    let (root, ddf) = (MgmtTree::parse(&root.octets).unwrap(), MgmtTree::parse(&ddf.octets).unwrap());
    // it says of itself what it is, with three leaves that nobody has given a value; of a later one, it has a part
    for (description, missing) in [(&root, 0), (&ddf, 19)] {
        let mut count = 0;
        for finding in Description::new(description).check(&root) {
            match finding.rule {
                Rule::Missing(Occurrence::One) => count += 1,
                Rule::NoValue => assert!(root.find(&finding.path).unwrap().value().is_none(), "{finding}"),
                _ => panic!("{finding}"),
            }
        }
        assert_eq!(count, missing);
    }
}

#[derive(Clone, Debug)]
struct AnyNode {
    format: Format<'static>,
    occurrence: Occurrence,
    is_named: bool,
    /// How many of it there are.
    count: usize,
    below: Vec<Self>,
}

fn any_node() -> impl Strategy<Value = AnyNode> {
    let occurrence = prop::sample::select(vec![
        Occurrence::One,
        Occurrence::ZeroOrOne,
        Occurrence::ZeroOrMore,
        Occurrence::OneOrMore,
        Occurrence::ZeroOrN(2),
        Occurrence::OneOrN(3),
    ]);
    let format = prop::sample::select(vec![Format::CHR, Format::INT, Format::BOOL, Format::XML, Format::NULL]);
    let leaf =
        (format, occurrence.clone(), any::<bool>(), 0..5_usize).prop_map(|(format, occurrence, is_named, count)| {
            AnyNode { format, occurrence, is_named, count, below: Vec::new() }
        });
    leaf.prop_recursive(4, 24, 4, move |node| {
        let below = prop::collection::vec(node, 0..4);
        (occurrence.clone(), any::<bool>(), 0..4_usize, below).prop_map(|(occurrence, is_named, count, below)| {
            AnyNode { format: Format::NODE, occurrence, is_named, count, below }
        })
    })
}

const NAMES: [&str; 4] = ["a", "b", "c", "d"];
const RUN_TIME: [&str; 5] = ["v", "w", "x", "y", "z"];

fn describe(builder: &mut MgmtTreeBuilder<'_>, nodes: &[AnyNode]) {
    for (node, name) in nodes.iter().zip(NAMES) {
        let properties = DfProperties {
            access: AccessTypes::from_iter([AccessType::Get]),
            format: Some(node.format),
            occurrence: Some(node.occurrence),
            case_sense: Some(CaseSense::Sensitive),
            ..DfProperties::default()
        };
        builder.start(if node.is_named { name } else { "" }).df_properties(&properties, &[]);
        describe(builder, &node.below);
        builder.end();
    }
}

/// The tree with the nodes that are there, and what is wrong with it. Of nodes without a name only the first of a kind
/// takes the names, so there is one below each parent.
fn grow(
    builder: &mut MgmtTreeBuilder<'_>,
    nodes: &[AnyNode],
    path: &str,
    is_top: bool,
    wrong: &mut Vec<(String, String)>,
) {
    let mut seen_unnamed = false;
    for (node, name) in nodes.iter().zip(NAMES) {
        if !node.is_named && core::mem::replace(&mut seen_unnamed, true) {
            continue;
        }
        let count = if node.is_named { node.count.min(1) } else { node.count };
        let name_or = if node.is_named { name } else { "<X>" };
        if count == 0 && !node.occurrence.admits(0) && !is_top {
            wrong.push((format!("{path}/{name_or}"), "missing".to_owned()));
        }
        if count > 0 && !node.occurrence.admits(u32::try_from(count).unwrap()) && !is_top {
            wrong.push((format!("{path}/{name_or}"), "many".to_owned()));
        }
        for run_time in RUN_TIME.into_iter().take(count) {
            let name = if node.is_named { name } else { run_time };
            builder.start(name).rt_properties(&RtProperties { format: Some(node.format), ..RtProperties::default() });
            if !matches!(node.format, Format::NODE | Format::NULL) {
                builder.value(sample(node.format));
            }
            grow(builder, &node.below, &format!("{path}/{name}"), false, wrong);
            builder.end();
        }
    }
}

/// The same with one node without a name at most below each.
fn thin(nodes: &mut Vec<AnyNode>) {
    let mut has_unnamed = false;
    nodes.retain(|node| node.is_named || !core::mem::replace(&mut has_unnamed, true));
    nodes.iter_mut().for_each(|node| thin(&mut node.below));
}

proptest! {
    /// Of an arbitrary tree by an arbitrary description, exactly that is found which was left out or is too much.
    #[test]
    fn what_is_wrong_is_found(mut nodes in prop::collection::vec(any_node(), 1..4)) {
        thin(&mut nodes);
        let (mut description, mut tree, mut wrong) = (MgmtTree::builder(), MgmtTree::builder(), Vec::new());
        describe(&mut description, &nodes);
        grow(&mut tree, &nodes, ".", true, &mut wrong);
        let (description, tree) = (description.build(), tree.build());
        let mut found: Vec<_> = Description::new(&description)
            .check(&tree)
            .map(|finding| {
                let kind = match finding.rule {
                    Rule::Missing(_) => "missing".to_owned(),
                    Rule::TooMany(_) => "many".to_owned(),
                    other => format!("{other:?}"),
                };
                (finding.path, kind)
            })
            .collect();
        found.sort();
        wrong.sort();
        prop_assert_eq!(found, wrong);
    }
}
