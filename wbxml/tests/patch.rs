//! Surgical edits: the octets of an edit change, and no others; what stands behind it says the same as before.

#![cfg(feature = "alloc")]
#![expect(clippy::unwrap_used, clippy::arithmetic_side_effects, reason = "helpers of tests: to stop is how they fail")]

mod support;

use support::octets;
use support::patch::seen;
use wbxml::vocabulary::prov::PROV_1_0;
use wbxml::{AttrStart, Emit, Fragment, Limits, Options, Patch, PatchError, Site, SiteKind, Start, Tag, WriteError};

/// No limit but one on depth: what is deeper is no document of anybody.
fn options() -> Options<'static> {
    Options::new().limits(Limits { depth: 100_000, ..Limits::NONE })
}

/// An element of page 0 without anything: `05`.
fn bare(out: &mut Fragment<'_>) -> Result<(), WriteError> {
    out.start(Start::new(Tag::new(0, 0x05)).without_content())
}

/// `05` of page 1.
fn paged(out: &mut Fragment<'_>) -> Result<(), WriteError> {
    out.start(Start::new(Tag::new(1, 0x05)).without_content())
}

/// `85` of page 0 with the attribute `05` of page 1.
fn attributed(out: &mut Fragment<'_>) -> Result<(), WriteError> {
    out.start(Start::new(Tag::new(0, 0x05)).with_attributes().without_content())?;
    out.unnamed_attribute(AttrStart::new(1, 0x05), "")?;
    out.attributes_end()
}

/// What is done to the site that stands at an offset of a document.
type Do = fn(&mut Patch<'_>, Site) -> Result<(), PatchError>;

/// Rule, document, where, what, and the document that comes of it.
type Row = (&'static str, &'static str, usize, Do, &'static str);

/// Header of all: version 1.3, no public identifier, UTF-8, no string table. `45 … 01` is the root.
const ROWS: &[Row] = &[
    // elements, where no page changes
    ("replace", "03 01 6A 00 45 06 07 01", 5, |p, s| p.replace(s, bare), "03 01 6A 00 45 05 07 01"),
    ("replace the root", "03 01 6A 00 45 06 07 01", 4, |p, s| p.replace(s, bare), "03 01 6A 00 05"),
    ("delete", "03 01 6A 00 45 06 07 01", 5, |p, s| p.delete(s), "03 01 6A 00 45 07 01"),
    ("the last child gone, the content is empty", "03 01 6A 00 45 06 01", 5, |p, s| p.delete(s), "03 01 6A 00 45 01"),
    ("before", "03 01 6A 00 45 06 01", 5, |p, s| p.insert_before(s, bare), "03 01 6A 00 45 05 06 01"),
    ("after", "03 01 6A 00 45 46 01 01", 5, |p, s| p.insert_after(s, bare), "03 01 6A 00 45 46 01 05 01"),
    ("first child", "03 01 6A 00 45 06 01", 4, |p, s| p.prepend(s, bare), "03 01 6A 00 45 05 06 01"),
    ("last child", "03 01 6A 00 45 06 01", 4, |p, s| p.append(s, bare), "03 01 6A 00 45 06 05 01"),
    (
        "first child behind attributes",
        "03 01 6A 00 C5 05 01 06 01",
        4,
        |p, s| p.prepend(s, bare),
        "03 01 6A 00 C5 05 01 05 06 01",
    ),
    // the flags of the tag and the END that go with an edit (5.3)
    (
        "child of an element without content",
        "03 01 6A 00 45 06 01",
        5,
        |p, s| p.append(s, bare),
        "03 01 6A 00 45 46 05 01 01",
    ),
    ("child behind attributes", "03 01 6A 00 85 05 01", 4, |p, s| p.prepend(s, bare), "03 01 6A 00 C5 05 01 05 01"),
    (
        "text of an element without content",
        "03 01 6A 00 05",
        4,
        |p, s| p.set_text(s, "a"),
        "03 01 6A 00 45 03 61 00 01",
    ),
    ("no text is no content", "03 01 6A 00 05", 4, |p, s| p.set_text(s, ""), "03 01 6A 00 05"),
    ("no text in the place of some", "03 01 6A 00 45 03 61 00 01", 4, |p, s| p.set_text(s, ""), "03 01 6A 00 45 01"),
    (
        "LITERAL becomes LITERAL_C",
        "03 01 6A 02 61 00 04 00",
        6,
        |p, s| p.append(s, bare),
        "03 01 6A 02 61 00 44 00 05 01",
    ),
    (
        "LITERAL becomes LITERAL_A",
        "03 01 6A 02 61 00 04 00",
        6,
        |p, s| p.set_attribute(s, "a", "b"),
        "03 01 6A 02 61 00 84 00 04 00 03 62 00 01",
    ),
    (
        "LITERAL_A becomes LITERAL_AC",
        "03 01 6A 02 61 00 84 00 05 01",
        6,
        |p, s| p.append(s, bare),
        "03 01 6A 02 61 00 C4 00 05 01 05 01",
    ),
    (
        "LITERAL_AC becomes LITERAL_C",
        "03 01 6A 02 61 00 C4 00 05 01 01",
        8,
        |p, s| p.delete(s),
        "03 01 6A 02 61 00 44 00 01",
    ),
    (
        "an overlong index stays where the flag changes",
        "03 01 6A 02 61 00 04 80 00",
        6,
        |p, s| p.append(s, bare),
        "03 01 6A 02 61 00 44 80 00 05 01",
    ),
    (
        "the last attribute takes the list with it",
        "03 01 6A 00 C5 05 03 61 00 01 06 01",
        5,
        |p, s| p.delete(s),
        "03 01 6A 00 45 06 01",
    ),
    (
        "and the switches at the end of the list",
        "03 01 6A 00 C5 05 00 01 01 06 01",
        5,
        |p, s| p.delete(s),
        "03 01 6A 00 45 06 01",
    ),
    ("not the last attribute", "03 01 6A 00 C5 05 06 01 01", 5, |p, s| p.delete(s), "03 01 6A 00 C5 06 01 01"),
    // SWITCH_PAGE in front of a tag belongs to its element (5.3)
    (
        "delete with its switch",
        "03 01 6A 00 45 00 01 06 03 61 00 01",
        7,
        |p, s| p.delete(s),
        "03 01 6A 00 45 03 61 00 01",
    ),
    (
        "before the switch of the element",
        "03 01 6A 00 45 00 01 06 01",
        7,
        |p, s| p.insert_before(s, bare),
        "03 01 6A 00 45 05 00 01 06 01",
    ),
    // the page of tags, where something behind the edit relies on it: at the end of the edit
    (
        "page 1 in, page 0 relied on",
        "03 01 6A 00 45 06 07 01",
        5,
        |p, s| p.replace(s, paged),
        "03 01 6A 00 45 00 01 05 00 00 07 01",
    ),
    (
        "relied on behind an END",
        "03 01 6A 00 45 46 06 01 07 01",
        6,
        |p, s| p.replace(s, paged),
        "03 01 6A 00 45 46 00 01 05 00 00 01 07 01",
    ),
    (
        "behind the END of new content",
        "03 01 6A 00 45 06 07 01",
        5,
        |p, s| p.append(s, paged),
        "03 01 6A 00 45 46 00 01 05 01 00 00 07 01",
    ),
    (
        "nobody relies on it",
        "03 01 6A 00 45 06 03 61 00 01",
        5,
        |p, s| p.replace(s, paged),
        "03 01 6A 00 45 00 01 05 03 61 00 01",
    ),
    (
        "a literal does not",
        "03 01 6A 02 61 00 45 06 04 00 01",
        7,
        |p, s| p.replace(s, paged),
        "03 01 6A 02 61 00 45 00 01 05 04 00 01",
    ),
    (
        "switched to before anybody does",
        "03 01 6A 00 45 06 00 02 07 01",
        5,
        |p, s| p.replace(s, paged),
        "03 01 6A 00 45 00 01 05 00 02 07 01",
    ),
    (
        "no switch in on the page itself",
        "03 01 6A 00 45 00 01 06 07 01",
        7,
        |p, s| p.insert_after(s, paged),
        "03 01 6A 00 45 00 01 06 05 07 01",
    ),
    (
        "switch gone, page relied on",
        "03 01 6A 00 45 00 01 06 07 01",
        7,
        |p, s| p.delete(s),
        "03 01 6A 00 45 00 01 07 01",
    ),
    (
        "switch inside gone, page relied on",
        "03 01 6A 00 45 46 00 01 06 01 07 01",
        5,
        |p, s| p.delete(s),
        "03 01 6A 00 45 00 01 07 01",
    ),
    (
        "switches there and back gone",
        "03 01 6A 00 45 46 00 01 06 01 00 00 07 01",
        5,
        |p, s| p.delete(s),
        "03 01 6A 00 45 00 00 07 01",
    ),
    (
        "an extension relies on the page",
        "03 01 6A 00 45 06 C0 01",
        5,
        |p, s| p.replace(s, paged),
        "03 01 6A 00 45 00 01 05 00 00 C0 01",
    ),
    // the page of attributes: in front of the first token that relies on it
    (
        "page 1 in, page 0 relied on elsewhere",
        "03 01 6A 00 45 06 85 05 01 01",
        5,
        |p, s| p.replace(s, attributed),
        "03 01 6A 00 45 85 00 01 05 01 85 00 00 05 01 01",
    ),
    (
        "behind a literal of the next list",
        "03 01 6A 02 61 00 45 06 85 04 00 05 01 01",
        7,
        |p, s| p.replace(s, attributed),
        "03 01 6A 02 61 00 45 85 00 01 05 01 85 04 00 00 00 05 01 01",
    ),
    (
        "nobody relies on it, of attributes",
        "03 01 6A 00 45 06 07 01",
        5,
        |p, s| p.replace(s, attributed),
        "03 01 6A 00 45 85 00 01 05 01 07 01",
    ),
    (
        "a processing instruction relies on it",
        "03 01 6A 00 45 06 43 05 01 01",
        5,
        |p, s| p.replace(s, attributed),
        "03 01 6A 00 45 85 00 01 05 01 43 00 00 05 01 01",
    ),
    (
        "in the same list at the end of the edit",
        "03 01 6A 00 85 00 01 05 06 01",
        7,
        |p, s| p.delete(s),
        "03 01 6A 00 85 00 01 06 01",
    ),
    (
        "in the same list, of which a value relies on it",
        "03 01 6A 02 61 00 85 00 01 05 04 00 85 01",
        9,
        |p, s| p.delete(s),
        "03 01 6A 02 61 00 85 00 01 04 00 85 01",
    ),
    (
        "switch gone with the list",
        "03 01 6A 00 45 85 00 01 05 01 85 05 01 01",
        8,
        |p, s| p.delete(s),
        "03 01 6A 00 45 05 85 00 01 05 01 01",
    ),
    // values and texts
    (
        "an unknown token stays, what follows it is new",
        "03 01 6A 00 85 05 03 61 00 02 26 01",
        5,
        |p, s| p.set_text(s, "b"),
        "03 01 6A 00 85 05 03 62 00 01",
    ),
    (
        "a value that had none",
        "03 01 6A 00 85 05 06 01",
        5,
        |p, s| p.set_text(s, "b"),
        "03 01 6A 00 85 05 03 62 00 06 01",
    ),
    (
        "a literal name stays, overlong too",
        "03 01 6A 02 61 00 85 04 80 00 85 01",
        7,
        |p, s| p.set_text(s, "b"),
        "03 01 6A 02 61 00 85 04 80 00 03 62 00 01",
    ),
    (
        "switches between values go, and come",
        "03 01 6A 00 85 05 00 01 85 86 06 01",
        5,
        |p, s| p.set_text(s, "b"),
        "03 01 6A 00 85 05 03 62 00 00 01 06 01",
    ),
    (
        "STR_T becomes STR_I, the table stays",
        "03 01 6A 02 61 00 45 83 00 83 00 06 83 00 01",
        7,
        |p, s| p.set_text(s, "b"),
        "03 01 6A 02 61 00 45 03 62 00 06 83 00 01",
    ),
    ("text gone", "03 01 6A 00 45 03 61 00 02 26 06 01", 5, |p, s| p.delete(s), "03 01 6A 00 45 06 01"),
    (
        "OPAQUE in the place of text",
        "03 01 6A 00 45 03 61 00 01",
        5,
        |p, s| p.set_opaque(s, &[1, 2]),
        "03 01 6A 00 45 C3 02 01 02 01",
    ),
    (
        "characters outside the charset",
        "03 01 03 00 45 03 61 00 01",
        5,
        |p, s| p.set_text(s, "a\u{E4}b"),
        "03 01 03 00 45 03 61 00 02 81 64 03 62 00 01",
    ),
    (
        "UTF-16",
        "03 01 87 75 00 45 03 00 61 00 00 01",
        6,
        |p, s| p.set_text(s, "\u{E4}"),
        "03 01 87 75 00 45 03 00 E4 00 00 01",
    ),
    // names
    (
        "a name in the table",
        "03 01 6A 04 61 62 63 00 05",
        8,
        |p, s| p.set_attribute(s, "abc", ""),
        "03 01 6A 04 61 62 63 00 85 04 00 01",
    ),
    (
        "at the end of a string",
        "03 01 6A 04 61 62 63 00 05",
        8,
        |p, s| p.set_attribute(s, "c", ""),
        "03 01 6A 04 61 62 63 00 85 04 02 01",
    ),
    (
        "not at its start",
        "03 01 6A 04 61 62 63 00 05",
        8,
        |p, s| p.set_attribute(s, "ab", ""),
        "03 01 6A 07 61 62 63 00 61 62 00 85 04 04 01",
    ),
    ("no table", "03 01 6A 00 05", 4, |p, s| p.set_attribute(s, "a", ""), "03 01 6A 02 61 00 85 04 00 01"),
    (
        "no last terminator",
        "03 01 6A 03 61 00 62 05",
        7,
        |p, s| p.set_attribute(s, "a", "").and_then(|()| p.set_attribute(s, "c", "")),
        "03 01 6A 06 61 00 62 00 63 00 85 04 00 04 04 01",
    ),
    (
        "the ending of a string without terminator",
        "03 01 6A 02 61 62 05",
        6,
        |p, s| p.set_attribute(s, "b", ""),
        "03 01 6A 02 61 62 85 04 01 01",
    ),
    (
        "an overlong table length",
        "03 01 6A 80 00 05",
        5,
        |p, s| p.set_attribute(s, "a", ""),
        "03 01 6A 02 61 00 85 04 00 01",
    ),
    (
        "a long public identifier before it, version 1.0",
        "00 81 01 00 05",
        4,
        |p, s| p.set_attribute(s, "a", ""),
        "00 81 01 02 61 00 85 04 00 01",
    ),
    (
        "a table in UTF-16",
        "03 01 87 75 04 00 61 00 00 05",
        9,
        |p, s| p.set_attribute(s, "b", "c"),
        "03 01 87 75 08 00 61 00 00 00 62 00 00 85 04 04 03 00 63 00 00 01",
    ),
    // version 1.0: no charset, several roots
    ("a root of several gone", "00 01 00 05 06", 3, |p, s| p.delete(s), "00 01 00 06"),
    ("a root beside another", "00 01 00 05", 3, |p, s| p.insert_after(s, paged), "00 01 00 05 00 01 05"),
    ("text outside all elements", "00 01 00 05 03 61 00", 4, |p, s| p.set_text(s, "b"), "00 01 00 05 03 62 00"),
];

#[test]
fn edits_and_the_pages_around_them() {
    for (rule, document, at, edit, expected) in ROWS {
        let document = octets(document);
        let mut patch = Patch::new(&document, options()).unwrap_or_else(|error| panic!("{rule}: {error}"));
        let site = patch.at(*at).unwrap();
        edit(&mut patch, site).unwrap_or_else(|error| panic!("{rule}: {error}"));
        let result = patch.finish().unwrap();
        assert_eq!(format!("{result:02X?}"), format!("{:02X?}", octets(expected)), "{rule}");
        assert!(seen(&result, options()).is_ok(), "{rule}");
    }
}

#[test]
fn several_edits_of_one_document() {
    // <5><6/>"a"<7/></5>
    let document = octets("03 01 6A 00 45 06 03 61 00 07 01");
    let mut patch = Patch::new(&document, options()).unwrap();
    let [root, six, text, seven] = [4, 5, 6, 9].map(|at| patch.at(at).unwrap());
    patch.insert_before(seven, paged).unwrap();
    patch.insert_before(seven, paged).unwrap();
    patch.set_attribute(six, "x", "").unwrap();
    patch.set_attribute(six, "y", "1").unwrap();
    patch.append(six, bare).unwrap();
    patch.prepend(six, paged).unwrap();
    patch.insert_after(six, paged).unwrap();
    patch.delete(text).unwrap();
    patch.append(root, paged).unwrap();
    let expected = "03 01 6A 04 78 00 79 00 45
        C6 04 00 04 02 03 31 00 01  00 01 05 00 00 05 01  00 01 05  05 05 00 00 07 00 01 05 01";
    assert_eq!(patch.finish().unwrap(), octets(expected));
}

#[test]
fn edits_that_cannot_be_made_change_nothing() {
    // <5 5="a"><6><7/></6>"b"</5>
    let document = octets("03 01 6A 00 C5 05 03 61 00 01 46 07 01 03 62 00 01");
    let mut patch = Patch::new(&document, options()).unwrap();
    let [root, attribute, six, seven, text] = [4, 5, 10, 11, 13].map(|at| patch.at(at).unwrap());
    let mut busy = patch.clone();
    busy.insert_after(seven, bare).unwrap();
    let cases: &[(&str, Result<(), PatchError>, PatchError)] = &[
        ("the root is replaced by one element", patch.replace(root, |_| Ok(())), PatchError::Root(4)),
        ("not by text", patch.replace(root, |out| out.text("a")), PatchError::Root(4)),
        ("nor by two", patch.replace(root, |out| bare(out).and_then(|()| bare(out))), PatchError::Root(4)),
        ("it is not deleted", patch.delete(root), PatchError::Root(4)),
        ("it stands alone", patch.insert_after(root, bare), PatchError::Root(17)),
        ("an attribute is no element", patch.replace(attribute, bare), PatchError::Misplaced(5)),
        ("nothing stands beside it", patch.insert_before(attribute, bare), PatchError::Misplaced(5)),
        ("a text has no children", patch.append(text, bare), PatchError::Misplaced(13)),
        ("nor attributes", patch.set_attribute(text, "a", "b"), PatchError::Misplaced(13)),
        ("an insertion inside", busy.replace(six, bare), PatchError::Overlap(10)),
        ("an attribute has a name", patch.set_attribute(six, "", ""), WriteError::UnknownName.into()),
        ("an end is missing", patch.insert_after(six, |out| out.start(Start::CONTENT)), WriteError::Misplaced.into()),
        ("an end too much", patch.insert_after(six, |out| out.end()), WriteError::Misplaced.into()),
        (
            "a list without an attribute",
            patch.insert_after(six, |out| {
                out.start(Start::new(Tag::new(0, 0x05)).with_attributes().without_content())?;
                out.attributes_end()
            }),
            WriteError::Misplaced.into(),
        ),
        (
            "what fails leaves no name behind",
            patch.insert_after(six, |out| {
                out.start_named("unknown", Start::CONTENT)?;
                Err(WriteError::Nul)
            }),
            WriteError::Nul.into(),
        ),
    ];
    for (rule, result, error) in cases {
        assert_eq!(*result, Err(*error), "{rule}");
    }
    assert_eq!(patch.finish().unwrap(), document);
}

#[test]
fn edits_of_the_same_octets_are_refused() {
    let edits: &[(&str, Do)] = &[
        ("replace", |p, s| p.replace(s, bare)),
        ("delete", |p, s| p.delete(s)),
        ("text", |p, s| p.set_text(s, "a")),
        ("value", |p, s| p.set_attribute(s, "a", "b")),
        ("child", |p, s| p.append(s, bare)),
    ];
    let may_stand_together = [("text", "value"), ("text", "child"), ("value", "child"), ("child", "child")];
    for document in
        ["03 01 6A 00 45 06 01", "03 01 6A 00 45 46 01 01", "03 01 6A 02 61 00 45 C6 04 00 01 03 61 00 01 01"]
    {
        let document = octets(document);
        for (this, first) in edits {
            for (that, second) in edits {
                let mut patch = Patch::new(&document, options()).unwrap();
                let root = patch.sites().next().unwrap();
                let child = patch.sites().nth(1).unwrap();
                assert_eq!((root.kind(), child.kind()), (SiteKind::Element, SiteKind::Element));
                first(&mut patch, child).unwrap();
                let expected = may_stand_together.contains(&(this, that)) || may_stand_together.contains(&(that, this));
                let result = second(&mut patch, child);
                let overlaps = matches!(result, Err(PatchError::Overlap(_)));
                assert_eq!((overlaps, result.is_ok()), (!expected, expected), "{this}, then {that}");
                assert!(seen(&patch.finish().unwrap(), options()).is_ok(), "{this}, then {that}");
            }
        }
    }
}

#[test]
fn a_body_does_not_vanish() {
    let document = octets("00 01 00 05 06");
    let mut patch = Patch::new(&document, options()).unwrap();
    let sites: Vec<Site> = patch.sites().collect();
    sites.iter().for_each(|site| patch.delete(*site).unwrap());
    assert_eq!(patch.finish(), Err(PatchError::Root(3)));
    assert_eq!(Patch::new(b"\x03\x01\x6A\x00\x05", options()).unwrap().delete(sites[1]), Err(PatchError::UnknownSite));
}

#[test]
fn attributes_by_the_names_of_the_vocabulary() {
    // <wap-provisioningdoc version="1.0"><parm name="NAPID" value="a"/></wap-provisioningdoc>
    let document = octets("03 0B 6A 00 C5 46 01 87 11 06 03 61 00 01 01");
    let known = [&PROV_1_0];
    let mut patch = Patch::new(&document, Options::new().vocabularies(&known)).unwrap();
    let parm = patch.at(7).unwrap();
    patch.set_attribute(parm, "name", "BEARER").unwrap();
    patch.set_attribute(parm, "value", "b").unwrap();
    let root = patch.parent(parm).unwrap();
    patch.set_attribute(root, "version", "2").unwrap();
    // 45 is `version` without a value
    assert_eq!(patch.finish().unwrap(), octets("03 0B 6A 00 C5 45 03 32 00 01 87 10 06 03 62 00 01 01"));
}

#[test]
fn places_by_their_paths() {
    // in UTF-16; "a" and "b" are literals: <a><a b="x"/><a b="y"/></a>
    let document = octets(
        "03 01 87 75 08 00 61 00 00 00 62 00 00  44 00  84 00 04 04 03 00 78 00 00 01  84 00 04 04 03 00 79 00 00 01  01",
    );
    let mut patch = Patch::new(&document, options()).unwrap();
    let at = |offset| Ok(patch.at(offset));
    let cases = [
        ("/a", at(13)),
        ("a", at(15)),
        ("a[2]", at(25)),
        ("*[2]", at(25)),
        ("a[@b='y']", at(25)),
        ("/*/a[@b='y'][1]", at(25)),
        ("a[@b][2]", at(25)),
        ("a[3]", Ok(None)),
        ("b", Ok(None)),
        ("a/a", Ok(None)),
        ("/b", Ok(None)),
    ];
    for (path, site) in cases {
        assert_eq!(patch.find(path), site, "{path}");
    }
    assert!(patch.find("a//b").is_err());
    let second = patch.find("a[2]").unwrap().unwrap();
    assert_eq!(patch.attribute(second, "b"), patch.at(27));
    assert_eq!(patch.attribute(second, "a"), None);
    // the attribute is known by its name in UTF-16
    patch.set_attribute(second, "b", "").unwrap();
    let expected =
        octets("03 01 87 75 08 00 61 00 00 00 62 00 00  44 00  84 00 04 04 03 00 78 00 00 01  84 00 04 04 01  01");
    assert_eq!(patch.finish().unwrap(), expected);
}

/// What lenient reading forgives stays in the document.
#[test]
fn documents_that_are_forgiven() {
    let rows: &[(&str, &str, usize, Do, &str)] = &[
        (
            "octets behind the body",
            "03 01 6A 00 45 01 06 07",
            4,
            |p, s| p.set_text(s, "a"),
            "03 01 6A 00 45 03 61 00 01 06 07",
        ),
        ("an empty list", "03 01 6A 00 45 85 01 01", 4, |p, s| p.append(s, bare), "03 01 6A 00 45 85 01 05 01"),
        (
            "an empty list is filled",
            "03 01 6A 02 61 00 85 01",
            6,
            |p, s| p.set_attribute(s, "a", ""),
            "03 01 6A 02 61 00 85 04 00 01",
        ),
        (
            "an entity that is no character",
            "03 01 6A 00 45 02 00 06 01",
            7,
            |p, s| p.delete(s),
            "03 01 6A 00 45 02 00 01",
        ),
    ];
    for (rule, document, at, edit, expected) in rows {
        let document = octets(document);
        assert!(Patch::new(&document, options()).is_err(), "{rule}");
        let mut patch = Patch::new(&document, options().lenient(&())).unwrap();
        let site = patch.at(*at).unwrap();
        edit(&mut patch, site).unwrap();
        assert_eq!(patch.finish().unwrap(), octets(expected), "{rule}");
    }
}

/// Twice the document and twice the edits take about twice the time, not four times.
#[test]
fn many_edits_take_linear_time() {
    let seconds = |count: usize| {
        let document = [&b"\x03\x01\x6A\x00\x45"[..], &b"\x46\x03a\0\x01".repeat(count), b"\x01"].concat();
        let begin = std::time::Instant::now();
        let mut patch = Patch::new(&document, options()).unwrap();
        let sites: Vec<Site> = patch.sites().skip(1).collect();
        for (number, pair) in sites.chunks(2).enumerate() {
            patch.set_text(pair[1], "text").unwrap();
            patch.set_attribute(pair[0], &format!("name-{number}"), "v").unwrap();
            patch.insert_after(pair[0], paged).unwrap();
        }
        assert!(seen(&patch.finish().unwrap(), options()).is_ok());
        begin.elapsed().as_secs_f64()
    };
    let least = |count| (0..3).map(|_| seconds(count)).fold(f64::MAX, f64::min);
    let (few, many) = (least(1_000), least(16_000));
    assert!(many < few * 16.0 * 4.0, "{few} s for 1,000, {many} s for 16,000");
}

#[test]
fn a_sink_may_have_no_room() {
    let document = octets("03 01 6A 00 45 06 01");
    let mut patch = Patch::new(&document, options()).unwrap();
    let child = patch.at(5).unwrap();
    patch.insert_after(child, bare).unwrap();
    let mut room = [0; 8];
    assert!(patch.clone().finish_into(&mut room[..]).unwrap().is_empty());
    assert_eq!(room, *octets("03 01 6A 00 45 06 05 01"));
    assert_eq!(patch.finish_into(&mut room[..7]).err(), Some(PatchError::Write(WriteError::Full)));
}
