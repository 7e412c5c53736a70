//! Serialised trees and descriptions: real ones, arbitrary ones, deep ones and faulty ones, in both encodings.

#![cfg(feature = "xml")]
#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests: to stop is how they fail"
)]

mod support;

use core::hint::black_box;
use proptest::prelude::*;
use syncml::dm::Format;
use syncml::dm::mgmt_tree::{
    AccessType, AccessTypes, CaseSense, DfProperties, MgmtTree, MgmtTreeBuilder, NodeType, Occurrence, RtProperties,
    Scope, Value,
};
use syncml::{Command, Error, ErrorKind, MessageReader};
use wbxml::vocabulary::dmddf::{self, DM_DDF_1_2};
use wbxml::vocabulary::syncml as vocabulary;
use wbxml::{AnyReader, Data, Decode, Encoder, Event, Limit, Limits, Options, Strings, Text};

const ELLIPSIS: &str = "an ellipsis stands for elements (DM_DDF: RTProperties, DFProperties are elements only)";
const QUOTES: &str = "typographic quotes around an attribute's value (XML 1.0, 3.1)";
const PRIVATE: &str = "tokens of a private vocabulary that it does not name (WAP-192, 5.5)";
const INSTANCE: &str = "the instance of an object as its own elements (DM_DDF: the root is MgmtTree)";

/// The documents that are not read, and why.
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

/// Writes the tree in both encodings and reads it again.
fn check_written(name: &str, tree: &MgmtTree<'_>) {
    let xml = tree.to_xml().unwrap_or_else(|error| panic!("{name} in XML: {error}"));
    assert_eq!(MgmtTree::parse_with(xml.as_bytes(), Limits::NONE).as_ref(), Ok(tree), "{name} in XML\n{xml}");
    check_written_wbxml(name, tree);
}

fn check_written_wbxml(name: &str, tree: &MgmtTree<'_>) {
    for strings in [Strings::Never, Strings::WhenItPays, Strings::Always] {
        let encoder = Encoder::new(&DM_DDF_1_2).strings(strings);
        let octets = encoder.encode(tree).unwrap_or_else(|error| panic!("{name} in WBXML: {error}"));
        assert_eq!(encoder.encoded_len(tree), Ok(octets.len()), "{name}");
        assert_eq!(MgmtTree::parse_with(&octets, Limits::NONE).as_ref(), Ok(tree), "{name} in WBXML");
    }
}

/// Every node is found by the path that the walk gives it.
fn check_paths(name: &str, tree: &MgmtTree<'_>) -> usize {
    let (mut walk, mut count) = (tree.walk(), 0);
    while let Some(node) = walk.next() {
        let path = walk.path();
        assert!(tree.find_all(path).any(|found| found.offset() == node.offset()), "{name}: {path}");
        assert!(tree.find(path).is_some(), "{name}: {path}");
        count += 1;
    }
    count
}

#[test]
fn corpus() {
    let (mut read, mut excused, mut nodes) = (0, 0, 0);
    let documents = support::corpus("ddf/");
    for document in &documents {
        let name = document.path.strip_prefix("ddf/").unwrap();
        let excuse = EXCUSED.iter().find(|(excused, _)| *excused == name).map(|(_, reason)| *reason);
        match (MgmtTree::parse(&document.octets), excuse) {
            (Ok(_), Some(reason)) => panic!("{name} is read, but excused: {reason}"),
            (Err(error), None) => panic!("{name}: {error}"),
            (Err(_), Some(reason)) => {
                assert_eq!(document.is_ill_formed, reason.contains("XML 1.0"), "{name}: {reason}");
                excused += 1;
            }
            (Ok(tree), None) => {
                check_written(name, &tree);
                nodes += check_paths(name, &tree);
                read += 1;
            }
        }
    }
    if !documents.is_empty() {
        assert_eq!(excused, EXCUSED.len(), "excused documents that are not there");
    }
    println!("{read} documents read with {nodes} nodes, {excused} excused");
}

/// Of every description of the corpus, each node says its access and format, and each constraint that it has is known.
#[test]
fn constraints_of_the_corpus_are_known() {
    let mut count = 0;
    for document in support::corpus("ddf/") {
        let Ok(tree) = MgmtTree::parse(&document.octets) else { continue };
        let mut walk = tree.walk();
        while let Some(node) = walk.next() {
            let Some(properties) = node.df_properties() else { continue };
            let place = || format!("{} at {}: {}", document.path, node.offset(), walk.path());
            assert!(properties.format.is_some_and(|format| format.is_known()), "{}", place());
            let element = |name: &str| format!("<{name}>");
            let from = &document.octets[node.offset()..];
            let own = from.windows(15).position(|octets| octets == b"</DFProperties>").unwrap_or(from.len());
            let own = String::from_utf8_lossy(&from[..own]).replace(char::is_whitespace, "");
            for (name, is_known) in [
                ("Occurrence", properties.occurrence.is_some()),
                ("Scope", properties.scope.is_some()),
                ("CaseSense", properties.case_sense.is_some()),
                ("DFTitle", properties.title.is_some()),
                ("Description", properties.description.is_some()),
                ("DefaultValue", properties.default_value.is_some()),
            ] {
                let is_there = own.contains(&element(name)) || own.contains(&format!("<{name}/>"));
                assert_eq!(is_known, is_there, "{name} of {}", place());
            }
            // a description of 1.1.2 has the type beside its properties
            assert!(node.types().next().is_some() || !own.contains("<DFType>"), "DFType of {}", place());
            for access in ["Add", "Copy", "Delete", "Exec", "Get", "Replace"] {
                let is_known = properties.access.iter().any(|known| known.as_str() == access);
                assert_eq!(is_known, own.contains(&format!("<{access}/>")), "{access} of {}", place());
            }
            count += 1;
        }
    }
    println!("{count} descriptions of nodes");
}

/// The trees that stand in a message as elements on code page 2, wherever they stand.
fn check_trees_in(name: &str, octets: &[u8]) -> usize {
    let Ok(mut reader) = AnyReader::new(octets, Options::new().vocabularies(&vocabulary::ALL)) else { return 0 };
    let mut count = 0;
    loop {
        match reader.next_event() {
            Ok(Event::Start(start)) if start.tag == dmddf::tag::MGMT_TREE => {
                let tree = MgmtTree::decode(&mut reader, start).unwrap_or_else(|error| panic!("{name}: {error}"));
                check_written(name, &tree);
                assert!(check_paths(name, &tree) > 0, "{name}");
                count += 1;
            }
            Ok(Event::Eof) | Err(_) => return count,
            Ok(_) => {}
        }
    }
}

#[test]
fn trees_in_messages() {
    let fixtures = support::fixtures("xml").into_iter().chain(support::fixtures("hex"));
    let own: usize = fixtures.map(|fixture| check_trees_in(&fixture.name, &fixture.octets)).sum();
    assert_eq!(own, 2, "tree.xml and tree.hex");
    let corpus: usize = ["syncml-dm/", "syncml-ds/"]
        .into_iter()
        .flat_map(support::corpus)
        .map(|document| check_trees_in(&document.path, &document.octets))
        .sum();
    println!("{corpus} trees in messages of the corpus");
}

/// A tree is the data of an item as elements, escaped, or as a document of its own in octets.
#[test]
fn a_tree_as_data() {
    let tree = "<MgmtTree xmlns=\"syncml:dmddf1.2\"><Node><NodeName>a</NodeName><Value>1</Value></Node></MgmtTree>";
    let escaped = tree.replace('<', "&lt;");
    let (cdata, two) = (format!("<![CDATA[{tree}]]>"), format!("{tree}<Node/>"));
    for (data, is_one) in [(tree, true), (&*escaped, true), (&*cdata, true), (&*two, false)] {
        let message = format!("<SyncML><SyncBody><Add><Item><Data>{data}</Data></Item></Add></SyncBody></SyncML>");
        let mut message = MessageReader::parse(message.as_bytes()).unwrap();
        let Some(Command::Add(add)) = message.next_command().unwrap() else { panic!() };
        let is_found = |tree: Result<MgmtTree<'_>, Error>| tree.map(|tree| tree.find("./a").is_some());
        let found = match add.items.first().unwrap().data.unwrap() {
            Data::Markup(markup) => is_found(MgmtTree::from_markup(&markup, Limits::DEFAULT)),
            Data::Text(text) => is_found(MgmtTree::parse(text.to_cow().unwrap().as_bytes())),
            Data::Opaque(octets) => is_found(MgmtTree::parse(octets)),
        };
        assert_eq!(found.map_err(|error| error.kind()), if is_one { Ok(true) } else { Err(ErrorKind::NotAMgmtTree) });
    }
}

const DESCRIPTION: &str = r#"<?xml version="1.0"?>
<!DOCTYPE MgmtTree PUBLIC " -//OMA//DTD-DM-DDF 1.2//EN" "http://www.openmobilealliance.org/tech/DTD/DM_DDF-V1_2.dtd"
  [<?oma-dm-ddf-ver supported-versions="1.2"?>]>
<MgmtTree xmlns:EX="http://example.com/ddf"><VerDTD>1.2</VerDTD><Man>Example &amp; Sons</Man><Mod>One</Mod>
  <Node><NodeName>PoC</NodeName><Path>./Vendor/Example</Path>
    <DFProperties><AccessType><Get/></AccessType><DFFormat><node/></DFFormat><Scope><Permanent/></Scope>
      <DFType><DDFName>urn:oma:mo:oma_poc:1.0</DDFName></DFType></DFProperties>
    <Node><NodeName/>
      <DFProperties><AccessType><Add/><Copy/><Delete/><Exec/><Get/><Replace/></AccessType>
        <DefaultValue>7</DefaultValue><Description>a <![CDATA[<timer>]]></Description><DFFormat><int/></DFFormat>
        <Occurrence><ZeroOrN> 12 </ZeroOrN></Occurrence><Scope><Dynamic/></Scope><DFTitle>T11</DFTitle>
        <DFType><MIME>text/plain</MIME><MIME>text/html</MIME></DFType><CaseSense><CIS/></CaseSense>
        <EX:Values unit="s"><EX:Low>1</EX:Low> to <EX:High>9</EX:High></EX:Values></DFProperties>
    </Node>
  </Node>
</MgmtTree>"#;

#[test]
fn a_description_says_all_that_it_has() {
    let tree = MgmtTree::parse(DESCRIPTION.as_bytes()).unwrap();
    let octets = tree.to_wbxml().unwrap();
    for tree in [&tree, &MgmtTree::parse(&octets).unwrap()] {
        assert_eq!(tree.ver_dtd().unwrap(), "1.2");
        assert_eq!(tree.man().unwrap(), "Example & Sons");
        assert_eq!(tree.mod_().unwrap(), "One");
        assert_eq!(tree.attribute("xmlns:EX").unwrap(), "http://example.com/ddf");
        let poc = tree.find("./Vendor/Example/PoC").unwrap();
        assert_eq!(poc.types().collect::<Vec<_>>(), [NodeType::DdfName(Text::new("urn:oma:mo:oma_poc:1.0"))]);
        let timer = tree.find("Vendor/Example/PoC/T11Timer").unwrap();
        assert!(timer.name().is_none());
        let all = [
            AccessType::Add,
            AccessType::Copy,
            AccessType::Delete,
            AccessType::Exec,
            AccessType::Get,
            AccessType::Replace,
        ];
        let expected = DfProperties {
            access: AccessTypes::from_iter(all),
            default_value: Some(Text::new("7")),
            description: Some(Text::new("a <timer>")),
            format: Some(Format::INT),
            occurrence: Some(Occurrence::ZeroOrN(12)),
            scope: Some(Scope::Dynamic),
            title: Some(Text::new("T11")),
            case_sense: Some(CaseSense::Insensitive),
        };
        assert_eq!(timer.df_properties(), Some(expected));
        let types = ["text/plain", "text/html"].map(|name| NodeType::Mime(Text::new(name)));
        assert_eq!(timer.types().collect::<Vec<_>>(), types);
        let values = timer.df_elements().next().unwrap();
        assert_eq!((values.name(), values.text()), (Some("EX:Values"), None));
        assert_eq!(values.attribute("unit").unwrap(), "s");
        let limits: Vec<_> = values.elements().map(|limit| limit.text().unwrap().to_string()).collect();
        assert_eq!(limits, ["1", "9"]);
        let mut walk = tree.walk();
        let paths: Vec<_> =
            core::iter::from_fn(|| walk.next().map(|_| (walk.path().to_owned(), walk.depth()))).collect();
        let expected = [("./Vendor/Example/PoC", 0), ("./Vendor/Example/PoC/<X>", 1)];
        assert_eq!(paths, expected.map(|(path, depth)| (path.to_owned(), depth)));
        check_written("description", tree);
    }
    assert!(tree.to_xml().unwrap().contains("<EX:Low>1</EX:Low> to <EX:High>"));
}

/// What is written for one choice, in its element.
fn written(properties: &DfProperties<'_>) -> String {
    let mut builder = MgmtTree::builder();
    builder.start("n").df_properties(properties, &[]).end();
    let xml = builder.build().to_xml().unwrap();
    let tree = MgmtTree::parse(xml.as_bytes()).unwrap();
    assert_eq!(tree.find("n").unwrap().df_properties().as_ref(), Some(properties));
    xml
}

#[test]
fn every_choice_is_written_by_its_name_and_read() {
    let formats = [
        (Format::B64, "b64"),
        (Format::BIN, "bin"),
        (Format::BOOL, "bool"),
        (Format::CHR, "chr"),
        (Format::INT, "int"),
        (Format::NODE, "node"),
        (Format::NULL, "null"),
        (Format::XML, "xml"),
        (Format::DATE, "date"),
        (Format::TIME, "time"),
        (Format::FLOAT, "float"),
    ];
    for (format, name) in formats {
        let xml = written(&DfProperties { format: Some(format), ..DfProperties::default() });
        assert!(xml.contains(&format!("<DFFormat><{name}/></DFFormat>")), "{xml}");
        assert_eq!(format.to_string(), name);
    }
    // one that the specification does not have is kept as it is
    let xml = written(&DfProperties { format: Some(Format::new("uint")), ..DfProperties::default() });
    assert!(xml.contains("<DFFormat><uint/></DFFormat>"), "{xml}");
    // one that it has counts before it
    let xml = xml.replace("<uint/>", "<uint/><int/>");
    let both = MgmtTree::parse(xml.as_bytes()).unwrap();
    assert_eq!(both.find("n").unwrap().df_properties().unwrap().format, Some(Format::INT));
    // the occurrence, its element, and the numbers that it admits up to 4
    let occurrences = [
        (Occurrence::One, "<One/>", &[1][..]),
        (Occurrence::ZeroOrOne, "<ZeroOrOne/>", &[0, 1]),
        (Occurrence::ZeroOrMore, "<ZeroOrMore/>", &[0, 1, 2, 3, 4]),
        (Occurrence::OneOrMore, "<OneOrMore/>", &[1, 2, 3, 4]),
        (Occurrence::ZeroOrN(3), "<ZeroOrN>3</ZeroOrN>", &[0, 1, 2, 3]),
        (Occurrence::OneOrN(2), "<OneOrN>2</OneOrN>", &[1, 2]),
    ];
    for (occurrence, element, admitted) in occurrences {
        let xml = written(&DfProperties { occurrence: Some(occurrence), ..DfProperties::default() });
        assert!(xml.contains(&format!("<Occurrence>{element}</Occurrence>")), "{xml}");
        assert_eq!((0..5).filter(|count| occurrence.admits(*count)).collect::<Vec<_>>(), admitted);
    }
    for (scope, name) in [(Scope::Permanent, "Permanent"), (Scope::Dynamic, "Dynamic")] {
        let xml = written(&DfProperties { scope: Some(scope), ..DfProperties::default() });
        assert!(xml.contains(&format!("<Scope><{name}/></Scope>")), "{xml}");
    }
    for (case_sense, name) in [(CaseSense::Sensitive, "CS"), (CaseSense::Insensitive, "CIS")] {
        let xml = written(&DfProperties { case_sense: Some(case_sense), ..DfProperties::default() });
        assert!(xml.contains(&format!("<CaseSense><{name}/></CaseSense>")), "{xml}");
    }
}

/// A number of occurrences is at most 65,536 (`DM_DDF`, `ZeroOrN`, `OneOrN`), and at least 1: 2, but for Windows.
#[test]
fn numbers_of_occurrences() {
    for (number, expected) in [
        ("2", Some(2)),
        ("65536", Some(65_536)),
        ("1", Some(1)),
        ("0", None),
        ("65537", None),
        ("", None),
        ("many", None),
        ("99999999999", None),
    ] {
        let xml = format!(
            "<MgmtTree><Node><DFProperties><Occurrence><OneOrN>{number}</OneOrN></Occurrence></DFProperties></Node></MgmtTree>"
        );
        let tree = MgmtTree::parse(xml.as_bytes()).unwrap();
        let properties = tree.nodes().next().unwrap().df_properties().unwrap();
        assert_eq!(properties.occurrence, expected.map(Occurrence::OneOrN), "{number:?}");
    }
}

/// DM 1.1.2: the type is text beside the properties, and the value is called `Data`.
#[test]
fn a_description_of_1_1_2() {
    let xml = b"<MgmtTree><VerDTD>1.1.2</VerDTD><Node><NodeName>.</NodeName><Node><NodeName>OEM</NodeName>
        <DFProperties><DFFormat><chr/></DFFormat><AccessType><Get/></AccessType></DFProperties>
        <Type>text/plain</Type><Data>Example</Data></Node></Node></MgmtTree>";
    let tree = MgmtTree::parse(xml).unwrap();
    let oem = tree.find("./OEM").unwrap();
    assert_eq!(oem.types().collect::<Vec<_>>(), [NodeType::Mime(Text::new("text/plain"))]);
    assert_eq!(oem.value(), Some(Value::Text(Text::new("Example"))));
    check_written("1.1.2", &tree);
}

/// Values are text, octets in WBXML, or markup that nobody has escaped.
#[test]
fn values() {
    let xml = b"<MgmtTree><Node><NodeName>a</NodeName><Value><p q='r'>s<t/></p></Value></Node></MgmtTree>";
    let tree = MgmtTree::parse(xml).unwrap();
    let Some(Value::Markup(value)) = tree.find("a").unwrap().value() else { panic!() };
    assert_eq!(
        (value.name(), value.elements().next().unwrap().attribute("q").unwrap()),
        (Some("Value"), Text::new("r"))
    );
    check_written("markup", &tree);

    let mut builder = MgmtTree::builder();
    builder.start("a").octets(&[0, 1, 255]).end().start("b").value("").end().start("c").end();
    let tree = builder.build();
    assert_eq!(tree.find("a").unwrap().value(), Some(Value::Octets(&[0, 1, 255])));
    assert_eq!(tree.find("b").unwrap().value(), Some(Value::Text(Text::EMPTY)));
    assert_eq!(tree.find("c").unwrap().value(), None);
    check_written_wbxml("octets", &tree);
    assert_eq!(tree.to_xml(), Err(wbxml::WriteError::OpaqueInXml));
}

/// Some encoders number the page of a document of its own 0, and write text as octets.
#[test]
fn page_0_and_octets_as_text() {
    for page in ["00 02", ""] {
        // MgmtTree, VerDTD OPAQUE "1.2"; Node, NodeName OPAQUE "a"
        let octets = format!("03 01 6A 00 {page} 60 77 C3 03 31 2E 32 01 64 66 C3 01 61 01 01 01");
        let octets = support::octets(&octets);
        let tree = MgmtTree::parse(&octets).unwrap();
        assert_eq!(tree.ver_dtd().unwrap(), "1.2");
        assert!(tree.find("a").is_some());
        check_written("octets as text", &tree);
    }
}

#[test]
fn faults() {
    let document = |kind| ErrorKind::Document(kind);
    for (what, octets, kind, offset) in [
        ("another root", &b"<Node/>"[..], ErrorKind::NotAMgmtTree, 0),
        ("another root in WBXML", b"\x03\x01\x6A\x00\x00\x02\x24", ErrorKind::NotAMgmtTree, 6),
        ("text for elements", b"<MgmtTree>...</MgmtTree>", document(wbxml::ErrorKind::UnexpectedText), 10),
        (
            "elements for text",
            b"<MgmtTree><VerDTD><Node/></VerDTD></MgmtTree>",
            document(wbxml::ErrorKind::UnexpectedElement),
            18,
        ),
        ("an end", b"\x03\x01\x6A\x00\x00\x02\x60", document(wbxml::ErrorKind::UnexpectedEof), 7),
        ("more", b"\x03\x01\x6A\x00\x00\x02\x20\x20", document(wbxml::ErrorKind::TrailingData), 7),
    ] {
        let error = MgmtTree::parse(octets).unwrap_err();
        assert_eq!((error.kind(), error.offset()), (kind, offset), "{what}");
    }
}

/// A tree is as deep as the limits say, and nothing recurses.
#[test]
fn depth() {
    const DEPTH: usize = 100_000;
    let mut builder = MgmtTree::builder();
    for _ in 0..DEPTH {
        builder.start("a");
    }
    let tree = builder.build();
    let octets = tree.to_wbxml().unwrap();
    let error = MgmtTree::parse(&octets).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Document(wbxml::ErrorKind::Limit(Limit::Depth)));
    let again = MgmtTree::parse_with(&octets, Limits::NONE).unwrap();
    assert_eq!(again.clone(), tree);
    let path = ["a"; DEPTH].join("/");
    let mut walk = again.walk();
    assert_eq!(walk.by_ref().count(), DEPTH);
    assert_eq!(walk.path(), path);
    assert_eq!(again.find(&path).unwrap().children().count(), 0);
    assert!(again.find(&format!("{path}/a")).is_none());

    let xml = b"<Value>".iter().copied().chain(b"<x>".repeat(DEPTH)).chain(b"</x>".repeat(DEPTH));
    let xml = b"<MgmtTree><Node>".iter().copied().chain(xml).chain(*b"</Value></Node></MgmtTree>").collect::<Vec<_>>();
    assert!(MgmtTree::parse(&xml).is_err());
    check_written("deep markup", &MgmtTree::parse_with(&xml, Limits::NONE).unwrap());
}

/// What is cut or changed in one octet is read or refused, with an offset inside it.
#[test]
fn damaged() {
    let tree = MgmtTree::parse(DESCRIPTION.as_bytes()).unwrap();
    for octets in [tree.to_wbxml().unwrap(), DESCRIPTION.as_bytes().to_vec()] {
        for at in 0..octets.len() {
            let mut changed = octets.clone();
            changed[at] ^= 0x41;
            for damaged in [&changed[..], &octets[..at]] {
                match MgmtTree::parse(damaged) {
                    Ok(tree) => tree.walk().for_each(|node| {
                        black_box((node.df_properties(), node.value()));
                    }),
                    Err(error) => assert!(error.offset() <= damaged.len(), "{error}"),
                }
            }
        }
    }
}

/// Every character of XML, and more often those that XML treats in a way of their own.
fn text() -> impl Strategy<Value = String> {
    let special = prop::sample::select("<>&\"'\r\n\t ];#/.\u{85}\u{2028}\u{FFFD}é世😀".chars().collect::<Vec<_>>());
    let any = any::<char>().prop_filter("a character of XML", |character| {
        !character.is_control() && !matches!(character, '\u{FFFE}' | '\u{FFFF}')
    });
    prop::collection::vec(prop_oneof![special, any, prop::char::range('a', 'z')], 0..8)
        .prop_map(|characters| characters.into_iter().collect())
}

/// A name: in one, `/` and `.` have no place (DM Tree and Description, 6).
fn name() -> impl Strategy<Value = String> {
    text().prop_map(|text| text.replace(['/', '.'], "_"))
}

#[derive(Clone, Debug)]
struct AnyNode {
    name: String,
    path: Option<String>,
    texts: Vec<Option<String>>,
    choices: [usize; 4],
    access: Vec<usize>,
    kind: usize,
    nodes: Vec<Self>,
}

fn any_node() -> impl Strategy<Value = AnyNode> {
    let fields = || {
        let texts = prop::collection::vec(prop::option::weighted(0.4, text()), 10);
        let choices = [0_usize..12, 0_usize..7, 0_usize..3, 0_usize..3];
        let access = prop::collection::vec(0_usize..6, 0..6);
        (name(), prop::option::of(text()), texts, choices, access, 0_usize..4)
    };
    let leaf = fields().prop_map(|(name, path, texts, choices, access, kind)| AnyNode {
        name,
        path,
        texts,
        choices,
        access,
        kind,
        nodes: Vec::new(),
    });
    leaf.prop_recursive(5, 20, 4, move |node| {
        (fields(), prop::collection::vec(node, 0..4)).prop_map(|((name, path, texts, choices, access, kind), nodes)| {
            AnyNode { name, path, texts, choices, access, kind, nodes }
        })
    })
}

const FORMATS: [Format<'_>; 11] = [
    Format::B64,
    Format::BIN,
    Format::BOOL,
    Format::CHR,
    Format::INT,
    Format::NODE,
    Format::NULL,
    Format::XML,
    Format::DATE,
    Format::TIME,
    Format::FLOAT,
];
const ACCESS: [AccessType; 6] =
    [AccessType::Add, AccessType::Copy, AccessType::Delete, AccessType::Exec, AccessType::Get, AccessType::Replace];
const OCCURRENCES: [Occurrence; 6] = [
    Occurrence::One,
    Occurrence::ZeroOrOne,
    Occurrence::ZeroOrMore,
    Occurrence::OneOrMore,
    Occurrence::ZeroOrN(65_536),
    Occurrence::OneOrN(2),
];

fn rt_properties(node: &AnyNode) -> RtProperties<'_> {
    let text = |index: usize| node.texts[index].as_deref().map(Text::new);
    RtProperties {
        acl: text(0),
        format: FORMATS.get(node.choices[0]).copied(),
        name: text(1),
        size: text(2),
        title: text(3),
        t_stamp: text(4),
        type_: text(5).map(NodeType::Mime),
        ver_no: text(6),
    }
}

fn df_properties(node: &AnyNode) -> DfProperties<'_> {
    let text = |index: usize| node.texts[index].as_deref().map(Text::new);
    DfProperties {
        access: node.access.iter().map(|index| ACCESS[*index]).collect(),
        default_value: text(0),
        description: text(1),
        format: FORMATS.get(node.choices[0]).copied(),
        occurrence: OCCURRENCES.get(node.choices[1]).copied(),
        scope: [Scope::Permanent, Scope::Dynamic].get(node.choices[2]).copied(),
        title: text(2),
        case_sense: [CaseSense::Sensitive, CaseSense::Insensitive].get(node.choices[3]).copied(),
    }
}

fn df_types(node: &AnyNode) -> Vec<NodeType<'_>> {
    node.texts[3..6].iter().flatten().map(|text| NodeType::Mime(Text::new(text))).collect()
}

fn build<'a>(builder: &mut MgmtTreeBuilder<'a>, node: &'a AnyNode) {
    builder.start(&node.name);
    if let Some(path) = &node.path {
        builder.path(path);
    }
    match node.kind {
        0 => builder.rt_properties(&rt_properties(node)),
        1 => builder.df_properties(&df_properties(node), &df_types(node)),
        2 => {
            builder.open_df_properties(&df_properties(node), &df_types(node));
            let text = node.texts[6].as_deref().unwrap_or_default();
            builder.element("EX:Values", &[("unit", text)]).text(text).end().end()
        }
        _ => builder,
    };
    if let Some(value) = &node.texts[7] {
        builder.value(value);
    }
    node.nodes.iter().for_each(|node| build(builder, node));
    builder.end();
}

fn check_node(node: syncml::dm::mgmt_tree::Node<'_, '_>, any: &AnyNode) {
    assert_eq!(node.name().unwrap_or_default(), *any.name);
    assert_eq!(node.path(), any.path.as_deref().map(Text::new));
    assert_eq!(node.rt_properties(), (any.kind == 0).then(|| rt_properties(any)));
    assert_eq!(node.df_properties(), matches!(any.kind, 1 | 2).then(|| df_properties(any)));
    if matches!(any.kind, 1 | 2) {
        assert_eq!(node.types().collect::<Vec<_>>(), df_types(any));
    }
    assert_eq!(node.df_elements().count(), usize::from(any.kind == 2));
    assert_eq!(node.value(), any.texts[7].as_deref().map(|text| Value::Text(Text::new(text))));
    assert_eq!(node.children().count(), any.nodes.len());
    node.children().zip(&any.nodes).for_each(|(node, any)| check_node(node, any));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Whatever is built comes back from both encodings, and every node is found where the walk finds it.
    #[test]
    fn arbitrary_trees(nodes in prop::collection::vec(any_node(), 0..3)) {
        let mut builder = MgmtTree::builder();
        builder.attribute("xmlns:EX", "http://example.com/ddf");
        nodes.iter().for_each(|node| build(&mut builder, node));
        let tree = builder.build();
        check_written("arbitrary", &tree);
        let octets = tree.to_wbxml().unwrap();
        let tree = MgmtTree::parse(&octets).unwrap();
        prop_assert_eq!(tree.nodes().count(), nodes.len());
        tree.nodes().zip(&nodes).for_each(|(node, any)| check_node(node, any));
        check_paths("arbitrary", &tree);
    }
}
