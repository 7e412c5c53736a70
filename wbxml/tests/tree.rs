//! Trees keep what documents mean, in either encoding.

#![cfg(feature = "alloc")]
#![expect(
    clippy::arithmetic_side_effects,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests: to stop is how they fail"
)]

mod support;

use core::fmt::Write as _;
use wbxml::mb_u_int32::Encoded;
use wbxml::tree::{Extension, NodeKind, PathFault, Value, ValuePiece};
use wbxml::vocabulary::{Vocabulary, dmddf, prov, syncml};
use wbxml::{
    AnyReader, AttrStart, AttrValue, Cursor, Decode, Encode, Encoder, Error, ErrorKind, Limits, Options, Reader, Tag,
    Tree, Writer,
};

#[cfg(feature = "xml")]
use wbxml::WriteError;

static KNOWN: [&Vocabulary<'static>; 5] =
    [&prov::PROV_1_0, &syncml::SYNCML_1_0, &syncml::SYNCML_1_1, &syncml::SYNCML_1_2, &dmddf::DM_DDF_1_2];

fn options() -> Options<'static> {
    Options::new().vocabularies(&KNOWN)
}

fn read(document: &[u8]) -> Tree<'_> {
    Tree::read(document, options()).unwrap()
}

fn to_wbxml(tree: &Tree<'_>) -> Vec<u8> {
    let names = tree.literal_names(tree.vocabulary());
    let mut octets = Vec::new();
    let mut writer = Writer::with_names(&mut octets, tree.vocabulary(), &names).unwrap();
    tree.encode(&mut writer).unwrap_or_else(|error| panic!("{error}: {tree}"));
    octets
}

#[cfg(feature = "xml")]
fn to_xml(tree: &Tree<'_>) -> Result<Vec<u8>, WriteError> {
    let mut octets = Vec::new();
    tree.encode(&mut wbxml::xml::Writer::document(&mut octets, tree.vocabulary()))?;
    Ok(octets)
}

/// The root's element, read by a cursor.
fn decoded(document: &[u8]) -> Result<Tree<'_>, Error> {
    let mut reader = AnyReader::new(document, options())?;
    let root = reader.root()?;
    let tree = Tree::decode(&mut reader, root)?;
    reader.finish()?;
    Ok(tree)
}

/// Whether XML can say all of it: what has a meaning that only a vocabulary knows, only WBXML can say.
#[cfg(feature = "xml")]
fn is_known(tree: &Tree<'_>) -> bool {
    let mut nodes = tree.node(tree.document()).unwrap().descendants();
    nodes.all(|node| match node.kind() {
        NodeKind::Element(element) => {
            !element.name().is_empty() && element.attributes().all(|it| !it.name().is_empty() && it.as_str().is_some())
        }
        NodeKind::Text(_) => true,
        _ => false,
    })
}

/// Everything that a tree does with a document that decodes; gives whether it was one.
fn round(name: &str, document: &[u8]) -> bool {
    let tree = match Tree::read(document, options()) {
        Ok(tree) => tree,
        Err(error) => {
            // a tree refuses what the reader refuses, text that is none, and doubled attributes
            let by_events = support::tree::of_events(document, options()).err();
            let is_own = matches!(
                error.kind(),
                ErrorKind::DuplicateAttribute | ErrorKind::InvalidText | ErrorKind::UnsupportedCharset(_)
            );
            assert!(by_events.is_some() || is_own, "{name}: {error}");
            return false;
        }
    };
    assert_eq!(tree, tree.clone(), "{name}");
    let owned = tree.clone().into_owned();
    assert_eq!(owned, tree, "{name}");
    assert_eq!(owned.to_string(), tree.to_string(), "{name}");
    let mut compact = tree.clone();
    compact.compact();
    assert_eq!(compact, tree, "{name}");
    assert_eq!(compact.len(), tree.len(), "{name}: all that was read hangs somewhere");

    let roots = tree.node(tree.document()).unwrap().children().filter(|node| !matches!(node.kind(), NodeKind::Pi(_)));
    if roots.count() != 1 {
        return true; // only version 1.0 has such documents, and none is written here
    }
    let wbxml = to_wbxml(&tree);
    let again = Tree::read(&wbxml, options().assume(tree.vocabulary())).unwrap();
    assert_eq!(again, tree, "{name}");
    assert_eq!(again.to_string(), tree.to_string(), "{name}: also whether empty elements have content");
    match Encoder::new(tree.vocabulary()).encode(&tree) {
        Ok(encoded) => {
            let again = Tree::read(&encoded, options().assume(tree.vocabulary())).unwrap();
            assert_eq!(again, tree, "{name}: with a string table where it pays");
        }
        Err(error) => panic!("{name}: {error}"),
    }
    let mut owned = owned;
    owned.set_vocabulary(KNOWN.into_iter().find(|known| *known == tree.vocabulary()).unwrap_or(&Vocabulary::EMPTY));
    assert_eq!(to_wbxml(&owned), wbxml, "{name}");

    if let Ok(decoded) = decoded(document) {
        let alone = tree.node(tree.document()).unwrap().children().all(|node| node.as_element().is_some());
        assert_eq!(decoded == tree, alone, "{name}: a cursor passes over what is beside the root\n{decoded}\n{tree}");
        assert_eq!(decoded.root(), tree.root(), "{name}");
    }
    #[cfg(feature = "xml")]
    if is_known(&tree) {
        match to_xml(&tree) {
            Ok(xml) => {
                let twin = Tree::read(&xml, options().assume(tree.vocabulary())).unwrap();
                assert_eq!(twin, tree, "{name}: {}", String::from_utf8_lossy(&xml));
            }
            Err(WriteError::NotXml(_)) => {}
            Err(error) => panic!("{name}: {error}"),
        }
    }
    true
}

#[test]
fn fixtures() {
    let read = support::fixtures().iter().filter(|fixture| round(&fixture.name, &fixture.octets)).count();
    assert!(read >= 10, "{read}");
}

#[cfg(feature = "xml")]
#[test]
fn xml_fixtures() {
    for (name, document) in support::xml_fixtures() {
        assert!(round(&name, &document), "{name}");
    }
}

#[test]
fn corpus() {
    let mut read = 0_usize;
    support::corpus("trees", |name, document| read += usize::from(round(name, document)));
    println!("trees: {read} round trips");
}

/// 5.8.2 and 5.8.4: unknown tokens, extensions and octets in values are pieces beside the text.
#[test]
fn what_no_vocabulary_knows_is_kept() {
    let document = support::octets(
        "03 01 6A 04 61 62 63 00 \
         43 04 01 03 78 00 01 \
         C5 \
            06 03 6E 00 86 02 26 C0 80 05 40 65 00 C3 01 FF \
            07 C3 01 79 \
            04 00 85 \
         01 \
            46 01 07 80 07 C1 42 7A 00 C3 02 61 62 \
         01",
    );
    let tree = Tree::read(&document, Options::new()).unwrap();
    let root = tree.root().unwrap();
    assert_eq!((root.tag(), root.name()), (Tag::new(0, 5), ""));
    let attributes: Vec<_> = root.attributes().collect();
    assert_eq!(attributes[0].token(), AttrStart::new(0, 6));
    assert_eq!(
        *attributes[0].value(),
        Value::Pieces(Box::new([
            ValuePiece::Text("n".into()),
            ValuePiece::Token(AttrValue::new(0, 0x86)),
            ValuePiece::Text("&".into()),
            ValuePiece::Extension(Extension::Single(0)),
            ValuePiece::Extension(Extension::Number(0, 5)),
            ValuePiece::Extension(Extension::Inline(0, "e".into())),
            ValuePiece::Opaque(b"\xFF"[..].into()),
        ]))
    );
    assert_eq!(attributes[1].as_str(), Some("y"));
    assert_eq!((attributes[2].name(), attributes[2].as_str()), ("abc", None));
    assert_eq!(
        tree.to_string(),
        "<?bc x?>\n\
         <{00:05} {00:06}=\"n{00:86}&amp;{EXT_0}{EXT_T_0 5}{EXT_I_0 \"e\"}{OPAQUE 1: FF}\" {00:07}=\"y\" abc=\"{00:85}\">\n\
         \u{20} <{00:06}></{00:06}>\n\
         \u{20} <{00:07}/>\n\
         \u{20} {EXT_T_0 7}\n\
         \u{20} {EXT_1}\n\
         \u{20} {EXT_I_2 \"z\"}\n\
         \u{20} {OPAQUE 2: 61 62}\n\
         </{00:05}>\n"
    );
    assert!(round("all of it", &document));
    #[cfg(feature = "xml")]
    assert_eq!(to_xml(&tree), Err(WriteError::UnknownName));
}

/// XML 1.0, 3.1: no attribute name may appear more than once in the same tag.
#[test]
fn a_doubled_attribute_is_an_error_where_it_stands() {
    for (what, document, at) in [
        ("two tokens of one name", "03 0B 6A 00 87 07 11 01", Some(6)),
        ("a token and its name", "03 0B 6A 05 6E 61 6D 65 00 87 07 04 00 03 61 00 01", Some(11)),
        ("a name twice", "03 0B 6A 02 61 00 87 04 00 04 00 01", Some(9)),
        ("an unknown token twice", "03 0B 6A 00 87 7E 7E 01", Some(6)),
        ("two unknown tokens", "03 0B 6A 00 87 7E 7F 01", None),
        ("on two elements", "03 0B 6A 00 C7 07 01 87 07 01 01", None),
        ("on two siblings", "03 0B 6A 00 47 87 07 01 87 07 01 01", None),
    ] {
        let document = support::octets(document);
        let expected = at.map(|at| Error::new(ErrorKind::DuplicateAttribute, at));
        assert_eq!(Tree::read(&document, options()).err(), expected, "{what}");
        let by_cursor = decoded(&document).err().map(|error| error.kind());
        assert_eq!(by_cursor, expected.map(|error| error.kind()), "{what}, by a cursor");
    }
}

/// Lenient reading keeps the first of them, and says so.
#[cfg(feature = "std")]
#[test]
fn a_doubled_attribute_is_forgiven() {
    use wbxml::{Diagnostic, DiagnosticKind, Diagnostics};

    // name="NAME", then name="NAPID"
    let document = support::octets("03 0B 6A 00 87 07 11 06 03 61 00 01");
    let forgiven = Diagnostics::new();
    let tree = Tree::read(&document, options().lenient(&forgiven)).unwrap();
    assert_eq!(tree.to_string(), "<parm name=\"NAME\" value=\"a\"/>\n");
    assert_eq!(forgiven.to_vec(), [Diagnostic::new(DiagnosticKind::DuplicateAttribute, 6)]);
}

/// Looking for a doubled attribute is linear: 200,000 of them take no time.
#[test]
fn many_attributes() {
    const COUNT: u32 = 200_000;
    let (mut table, mut body) = (Vec::new(), Vec::new());
    let integer = |value: usize| Encoded::new(u32::try_from(value).unwrap()).as_slice().to_vec();
    for number in 0..COUNT {
        body.push(0x04);
        body.extend(integer(table.len()));
        table.extend(format!("{number:x}\0").bytes());
    }
    let length = integer(table.len());
    let document = [b"\x03\x01\x6A", &length[..], &table, b"\x85", &body, b"\x01"].concat();
    assert_eq!(Tree::read(&document, Options::new()).unwrap_err().kind(), ErrorKind::Limit(wbxml::Limit::Attributes));
    let tree = Tree::read(&document, Options::new().limits(Limits::NONE)).unwrap();
    assert_eq!(tree.root().unwrap().attributes().count(), usize::try_from(COUNT).unwrap());
    assert_eq!(tree, tree.clone().into_owned());
}

const MILLION: usize = 1_000_000;

/// Counts lines, and keeps none.
struct Lines(usize);

impl core::fmt::Write for Lines {
    fn write_str(&mut self, text: &str) -> core::fmt::Result {
        self.0 = self.0.saturating_add(text.matches('\n').count());
        Ok(())
    }
}

fn a_million_of_wbxml() -> Vec<u8> {
    [b"\x03\x0B\x6A\x00", &[0x46; MILLION][..], b"\x03x\0", &[0x01; MILLION][..]].concat()
}

/// Nothing recurses: reading, asking, cloning, comparing, printing, writing, dropping.
#[test]
fn a_million_levels() {
    let document = &a_million_of_wbxml()[..];
    let options = options().assume(&prov::PROV_1_0).limits(Limits::NONE);
    let tree = Tree::read(document, options).unwrap();
    let decoded = {
        let mut reader = AnyReader::new(document, options).unwrap();
        let root = reader.root().unwrap();
        Tree::decode(&mut reader, root).unwrap()
    };
    assert_eq!(tree, decoded);
    let root = tree.root().unwrap();
    assert_eq!(root.node().descendants().count(), MILLION);
    assert_eq!(root.text(), "x");
    let innermost = root.node().descendants().last().unwrap();
    assert_eq!(innermost.ancestors().count(), MILLION + 1);
    assert_eq!(to_wbxml(&tree).len(), 4 + MILLION + 3 + MILLION);
    let mut lines = Lines(0);
    write!(lines, "{tree}").unwrap();
    assert_eq!(lines.0, 2 * MILLION - 1);
    let mut owned = tree.clone().into_owned();
    drop(tree);
    owned.compact();
    assert_eq!(owned, decoded);
    let mut other = Tree::new(&prov::PROV_1_0);
    let copy = other.import(decoded.root().unwrap().node()).unwrap();
    other.append(other.document(), copy).unwrap();
    assert_eq!(other, decoded);
}

/// The same from XML and to it.
#[cfg(feature = "xml")]
#[test]
fn a_million_levels_of_xml() {
    let name = "characteristic";
    let document = [format!("<{name}>").repeat(MILLION), "x".to_owned(), format!("</{name}>").repeat(MILLION)].concat();
    let options = options().assume(&prov::PROV_1_0).limits(Limits::NONE);
    let tree = Tree::read(document.as_bytes(), options).unwrap();
    assert!(tree == Tree::read(&a_million_of_wbxml(), options).unwrap());
    let mut octets = Vec::new();
    tree.encode(&mut wbxml::xml::Writer::new(&mut octets, &prov::PROV_1_0)).unwrap();
    assert!(octets == document.as_bytes());
}

/// A tree is as large as its document is deep, if the limits allow it, and no larger.
#[test]
fn limits_hold() {
    let document = [b"\x03\x0B\x6A\x00", &[0x46; 257][..], &[0x01; 257][..]].concat();
    assert_eq!(Tree::read(&document, options()).unwrap_err().kind(), ErrorKind::Limit(wbxml::Limit::Depth));
}

/// Two spellings of one meaning are equal, two meanings are not.
#[test]
fn equal_is_what_means_the_same() {
    let same = [
        "03 0B 6A 00 C7 05 03 61 62 00 06 03 63 00 01 03 61 62 00 01",
        // pieces, another order, the string table, another version
        "02 0B 6A 03 61 62 00 C7 06 03 00 03 63 00 05 83 00 01 03 61 00 02 62 01",
    ];
    let other = [
        "03 0B 6A 00 C7 05 03 61 62 00 06 03 63 00 01 03 61 63 00 01",
        "03 0B 6A 00 C7 05 03 61 62 00 06 03 63 00 01 03 61 00 01",
        "03 0B 6A 00 C7 05 03 61 62 00 06 03 64 00 01 03 61 62 00 01",
        "03 0B 6A 00 C7 05 03 61 62 00 01 03 61 62 00 01",
        "03 0B 6A 00 C6 05 03 61 62 00 06 03 63 00 01 03 61 62 00 01",
        "03 0B 6A 00 C7 05 03 61 62 00 06 03 63 00 01 C3 02 61 62 01",
        "03 0B 6A 00 C7 05 03 61 62 00 06 03 63 00 01 03 61 62 00 07 01",
    ];
    let octets = |documents: &[&str]| documents.iter().map(|hex| support::octets(hex)).collect::<Vec<_>>();
    let (same, other) = (octets(&same), octets(&other));
    assert_eq!(read(&same[0]), read(&same[1]));
    for (number, document) in other.iter().enumerate() {
        assert_ne!(read(&same[0]), read(document), "{number}");
        assert_ne!(read(document), read(&same[0]), "{number}");
    }
    // no content, and content that is empty
    let empty = octets(&["03 0B 6A 00 07", "03 0B 6A 00 47 01"]);
    assert_eq!(read(&empty[0]), read(&empty[1]));
    assert_eq!([0, 1].map(|number: usize| read(&empty[number]).root().unwrap().has_content()), [false, true]);
}

/// A subtree is read where a cursor stands, and the cursor goes on behind it.
#[test]
fn a_subtree() {
    // <SyncHdr><Source><LocURI>a</LocURI></Source><VerDTD>1</VerDTD></SyncHdr>
    let document = b"\x03\xA4\x01\x6A\x00\x6C\x67\x57\x03a\0\x01\x01\x71\x031\0\x01\x01";
    let mut reader = Reader::new(document, options()).unwrap();
    let root = reader.root().unwrap();
    let source = reader.next_child(root).unwrap().unwrap();
    let tree = Tree::decode(&mut reader, source).unwrap();
    assert_eq!(tree.to_string(), "<Source>\n  <LocURI>a</LocURI>\n</Source>\n");
    let version = reader.next_child(root).unwrap().unwrap();
    assert_eq!(reader.text(version).unwrap(), "1");
}

fn messages() -> Tree<'static> {
    // <SyncBody><Add><Item/><Item><Data>1</Data></Item></Add><Add><Item><Data>2</Data></Item></Add><Final/></SyncBody>
    read(b"\x03\xA4\x01\x6A\x00\x6B\x45\x14\x54\x4F\x031\0\x01\x01\x01\x45\x54\x4F\x032\0\x01\x01\x01\x12\x01")
}

#[test]
fn paths() {
    let tree = messages();
    let names = |path: &str| {
        let found = tree.find_all(path).unwrap();
        found.map(|element| format!("{}{}", element.name(), element.text())).collect::<Vec<_>>()
    };
    for (path, expected) in [
        ("Add", &["Add1", "Add2"][..]),
        ("/SyncBody/Add", &["Add1", "Add2"]),
        ("/Add", &[]),
        ("*", &["Add1", "Add2", "Final"]),
        ("*[3]", &["Final"]),
        ("Add[2]/Item", &["Item2"]),
        ("Add/Item[2]", &["Item1"]),
        ("Add/Item[1]", &["Item", "Item2"]),
        ("Add/Item/Data", &["Data1", "Data2"]),
        ("*/*/*", &["Data1", "Data2"]),
        ("Add/Data", &[]),
        ("Add[4294967295]", &[]),
    ] {
        assert_eq!(names(path), expected, "{path}");
        assert_eq!(tree.find(path).unwrap().map(|it| it.id()), tree.find_all(path).unwrap().next().map(|it| it.id()));
    }
    let second = tree.find("Add[2]").unwrap().unwrap();
    assert_eq!(second.find("Item/Data").unwrap().unwrap().text(), "2");
    assert_eq!(second.find("/SyncBody/Final").unwrap().unwrap().name(), "Final");
}

#[test]
fn paths_with_attributes() {
    let mut tree = Tree::new(&prov::PROV_1_0);
    let root = tree.new_element("characteristic").unwrap();
    tree.append(tree.document(), root).unwrap();
    for (name, value) in [("NAME", "a"), ("TO", "b"), ("NAME", "it's"), ("TO", "c")] {
        let parm = tree.new_element("parm").unwrap();
        tree.set_attribute(parm, "name", name).unwrap();
        tree.set_attribute(parm, "value", value).unwrap();
        tree.append(root, parm).unwrap();
    }
    let values = |path: &str| {
        let found = tree.find_all(path).unwrap();
        found.map(|element| element.attribute("value").unwrap().as_str().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(values("parm[@name='TO']"), ["b", "c"]);
    assert_eq!(values("parm[@name='TO'][2]"), ["c"]);
    assert_eq!(values("parm[2][@name='TO']"), ["b"]);
    assert_eq!(values("parm[1][@name='TO']"), [""; 0]);
    assert_eq!(values("*[@value=\"it's\"][@name]"), ["it's"]);
    assert_eq!(values("parm[@type]"), [""; 0]);
}

#[test]
fn a_malformed_path_is_an_error_where_it_is() {
    let tree = messages();
    for (path, fault, offset) in [
        ("", PathFault::Name, 0),
        ("/", PathFault::Name, 1),
        ("Add/", PathFault::Name, 4),
        ("Add//Item", PathFault::Name, 4),
        ("Add[", PathFault::Position, 4),
        ("Add[]", PathFault::Position, 4),
        ("Add[0]", PathFault::Position, 4),
        ("Add[-1]", PathFault::Position, 4),
        ("Add[4294967296]", PathFault::Position, 4),
        ("Add[1", PathFault::Bracket, 5),
        ("Add[1x]", PathFault::Bracket, 5),
        ("Add[1]x", PathFault::Slash, 6),
        ("Add]", PathFault::Slash, 3),
        ("*Add", PathFault::Slash, 1),
        ("Add[@]", PathFault::Name, 5),
        ("Add[@a=]", PathFault::Quote, 7),
        ("Add[@a=b]", PathFault::Quote, 7),
        ("Add[@a='b]", PathFault::Quote, 10),
        ("Add[@a='b\"]", PathFault::Quote, 11),
        ("Add[@a='b'", PathFault::Bracket, 10),
    ] {
        let error = tree.find(path).unwrap_err();
        assert_eq!((error.fault(), error.offset()), (fault, offset), "{path}");
    }
}

/// Text in pieces is copied, and nothing else: the rest borrows from the document.
#[test]
fn text_borrows() {
    let document = support::octets("03 0B 6A 00 47 03 61 62 00 47 03 63 00 02 64 01 01");
    let tree = read(&document);
    let range = document.as_ptr_range();
    let texts: Vec<bool> = tree
        .node(tree.document())
        .unwrap()
        .descendants()
        .filter_map(|node| match node.kind() {
            NodeKind::Text(text) => Some(range.contains(&text.as_ptr())),
            _ => None,
        })
        .collect();
    assert_eq!(texts, [true, false]);
    assert_eq!(tree.root().unwrap().text(), "abcd");
}

/// WAP-192, 5.3: version 1.0 has content for a body, and so several roots.
#[test]
fn several_roots() {
    let document = support::octets("00 0B 00 07 47 03 61 00 01 03 62 00");
    let tree = read(&document);
    assert_eq!(tree.to_string(), "<{00:07}/>\n".replace("{00:07}", "parm") + "<parm>a</parm>\nb\n");
    assert_eq!(tree.root().unwrap().id(), tree.node(tree.document()).unwrap().first_child().unwrap().id());
}
