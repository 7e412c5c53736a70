//! The vocabularies hold the rows of the token tables in `tests/data/*.tsv`, all of them and no others.

#![expect(clippy::panic, clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

extern crate alloc;

use alloc::collections::BTreeSet;
use std::path::Path;
use wbxml::vocabulary::{AttributePage, Fault, TagPage, Vocabulary, devinf, dmddf, metinf, prov, syncml};
use wbxml::{AttrStart, AttrValue, Cursor, Options, Reader, Tag};

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Row {
    Tag { page: u8, token: u8, name: String },
    Attribute { page: u8, token: u8, name: String, prefix: String },
    Value { page: u8, token: u8, string: String },
}

fn rows_of_file(file: &str) -> BTreeSet<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(file);
    let mut rows = BTreeSet::new();
    for line in std::fs::read_to_string(path).unwrap().lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let mut column = || columns.next().unwrap_or_default().to_owned();
        let kind = column();
        let page = u8::from_str_radix(&column(), 16).unwrap();
        let token = u8::from_str_radix(&column(), 16).unwrap();
        let (name, prefix) = (column(), column());
        let row = match kind.as_str() {
            "tag" => Row::Tag { page, token, name },
            "attr" => Row::Attribute { page, token, name, prefix },
            "value" => Row::Value { page, token, string: name },
            _ => panic!("{file}: {line}"),
        };
        assert!(rows.insert(row), "{file} has this row twice: {line}");
    }
    rows
}

fn rows_of_vocabulary(vocabulary: &Vocabulary<'_>) -> BTreeSet<Row> {
    let tags = vocabulary.tag_pages.iter().flat_map(|page| page.rows()).map(|(tag, name)| Row::Tag {
        page: tag.page(),
        token: tag.code(),
        name: name.to_owned(),
    });
    let starts = vocabulary.attribute_pages.iter().flat_map(|page| page.starts());
    let attributes = starts.map(|(start, name, prefix)| Row::Attribute {
        page: start.page(),
        token: start.code(),
        name: name.to_owned(),
        prefix: prefix.to_owned(),
    });
    let values = vocabulary.attribute_pages.iter().flat_map(|page| page.values()).map(|(value, string)| Row::Value {
        page: value.page(),
        token: value.code(),
        string: string.to_owned(),
    });
    tags.chain(attributes).chain(values).collect()
}

/// Asks the vocabulary for each row, by token and by name, as readers and writers do.
fn look_up(vocabulary: &Vocabulary<'_>, row: &Row) {
    match row {
        Row::Tag { page, token, name } => {
            let tag = Tag::new(*page, *token);
            assert_eq!(vocabulary.tag_name(tag), Some(name.as_str()), "{row:?}");
            assert_eq!(vocabulary.tag_in_page(*page, name), Some(tag), "{row:?}");
        }
        Row::Attribute { page, token, name, prefix } => {
            let start = AttrStart::new(*page, *token);
            assert_eq!(vocabulary.attribute(start), Some((name.as_str(), prefix.as_str())), "{row:?}");
            // the value that a start stands for is written with that start
            assert_eq!(vocabulary.attribute_start(name, prefix, *page), Some((start, prefix.as_str())), "{row:?}");
        }
        Row::Value { page, token, string } => {
            let value = AttrValue::new(*page, *token);
            assert_eq!(vocabulary.attribute_value(value), Some(string.as_str()), "{row:?}");
            assert_eq!(vocabulary.attribute_value_in_page(*page, string), Some(value), "{row:?}");
        }
    }
}

fn check(vocabulary: &Vocabulary<'_>, file: &str, count: usize) {
    let expected = rows_of_file(file);
    // a file that was cut short must not make a vocabulary right
    assert_eq!(expected.len(), count, "{file}");
    let rows = rows_of_vocabulary(vocabulary);
    let missing: Vec<_> = expected.difference(&rows).collect();
    let surplus: Vec<_> = rows.difference(&expected).collect();
    assert!(missing.is_empty(), "{} lacks {missing:#?}", vocabulary.name);
    assert!(surplus.is_empty(), "{} has {surplus:#?}", vocabulary.name);
    expected.iter().for_each(|row| look_up(vocabulary, row));
}

#[test]
fn prov_1_0() {
    check(&prov::PROV_1_0, "prov-1.0.tsv", 182);
}

#[test]
fn syncml_1_0() {
    check(&syncml::SYNCML_1_0, "syncml-1.0.tsv", 61);
}

#[test]
fn syncml_1_1() {
    check(&syncml::SYNCML_1_1, "syncml-1.1.tsv", 64);
}

#[test]
fn syncml_1_2() {
    check(&syncml::SYNCML_1_2, "syncml-1.2.tsv", 129);
}

#[test]
fn metinf_1_0() {
    check(&metinf::METINF_1_0, "metinf-1.0.tsv", 16);
}

#[test]
fn metinf_1_1() {
    check(&metinf::METINF_1_1, "metinf-1.1.tsv", 17);
}

#[test]
fn metinf_1_2() {
    check(&metinf::METINF_1_2, "metinf-1.2.tsv", 18);
}

#[test]
fn devinf_1_0() {
    check(&devinf::DEVINF_1_0, "devinf-1.0.tsv", 35);
}

#[test]
fn devinf_1_1() {
    check(&devinf::DEVINF_1_1, "devinf-1.1.tsv", 38);
}

#[test]
fn devinf_1_2() {
    check(&devinf::DEVINF_1_2, "devinf-1.2.tsv", 47);
}

#[test]
fn dm_ddf_1_2() {
    check(&dmddf::DM_DDF_1_2, "dmddf-1.2.tsv", 56);
}

/// Rows that make no page are refused, at run time by the same check as when a table is compiled.
#[test]
fn rows_that_make_no_page() {
    let tags = |rows: &[(Tag, &'static str)]| TagPage::new(1, "", &[rows]).map(|_| ()).unwrap_err();
    let starts = |start, name| AttributePage::new(1, &[(start, name, "")], &[]).map(|_| ()).unwrap_err();
    let values = |value, name| AttributePage::new(1, &[], &[(value, name)]).map(|_| ()).unwrap_err();
    for (fault, expected) in [
        (tags(&[(Tag::new(1, 5), "a"), (Tag::new(1, 5), "b")]), Fault::Duplicate(5)),
        (tags(&[(Tag::new(0, 5), "a")]), Fault::Page(0)),
        (tags(&[(Tag::new(1, 5), "")]), Fault::Empty(5)),
        // WAP-192, 5.8.2: a tag's identity is 05 to 3F, 00 to 04 are global tokens
        (tags(&[(Tag::new(1, 4), "a")]), Fault::Code(4)),
        (tags(&[(Tag::new(1, 0x40), "a")]), Fault::Code(0x40)),
        // 5.8.3: attribute starts are below 80, values from 80 on; 40 to 44 and C0 to C4 are global tokens
        (starts(AttrStart::new(1, 0x44), "a"), Fault::Code(0x44)),
        (starts(AttrStart::new(1, 0x85), "a"), Fault::Code(0x85)),
        (values(AttrValue::new(1, 0x7F), "a"), Fault::Code(0x7F)),
        (values(AttrValue::new(1, 0xC4), "a"), Fault::Code(0xC4)),
    ] {
        assert_eq!(fault, expected);
    }
}

/// A vocabulary that is made at run time, of rows that somebody owns, reads like any other.
#[test]
fn a_vocabulary_made_at_run_time() {
    let names: Vec<String> = ["list", "item"].map(String::from).into();
    let rows: Vec<_> = (5..).map(|code| Tag::new(0, code)).zip(names.iter().map(String::as_str)).collect();
    let attributes = vec![(AttrStart::new(0, 5), names[1].as_str(), "no. ")];
    let tag_pages = vec![TagPage::new(0, "", &[&rows]).unwrap()];
    let attribute_pages = vec![AttributePage::new(0, &attributes, &[]).unwrap()];
    let vocabulary =
        Vocabulary { public_id: 0x4000, tag_pages: &tag_pages, attribute_pages: &attribute_pages, ..Vocabulary::EMPTY };
    let known = [&vocabulary];
    // 0x4000 as a public identifier, <list item="no. 1"/>
    let document = b"\x03\x81\x80\x00\x6A\x00\x85\x05\x031\0\x01";
    let mut reader = Reader::new(document, Options::new().vocabularies(&known)).unwrap();
    let root = reader.root().unwrap();
    assert_eq!(reader.name(root), Ok(Some("list")));
    let attribute = reader.next_attribute(root).unwrap().unwrap();
    assert_eq!((attribute.name, attribute.value), ("item", wbxml::Text::new("no. 1")));
}

/// Nothing in a document tells vocabularies of one number apart, so the caller's order does (WAP-192, 5.5).
#[test]
fn the_first_of_vocabularies_with_one_public_identifier() {
    let other = Vocabulary { name: "other", ..prov::PROV_1_0 };
    for (known, name) in [([&prov::PROV_1_0, &other], "PROV 1.0"), ([&other, &prov::PROV_1_0], "other")] {
        let reader = Reader::new(b"\x03\x0B\x6A\x00\x05", Options::new().vocabularies(&known)).unwrap();
        assert_eq!(reader.vocabulary().name, name);
    }
}

/// A number that names another vocabulary is not overruled by the assumed one; no name at all is (WAP-192, 5.5).
#[test]
fn the_assumed_vocabulary_is_for_documents_that_name_none() {
    let known = [&syncml::SYNCML_1_2];
    let options = Options::new().vocabularies(&known).assume(&prov::PROV_1_0);
    for (document, name) in [
        (&b"\x03\x01\x6A\x00\x05"[..], "PROV 1.0"),
        (b"\x03\x00\x00\x6A\x05-//X\0\x05", "PROV 1.0"),
        (b"\x03\xA4\x01\x6A\x00\x05", "SyncML 1.2"),
        // SL 1.0
        (b"\x03\x06\x6A\x00\x05", ""),
    ] {
        assert_eq!(Reader::new(document, options).unwrap().vocabulary().name, name, "{document:02X?}");
    }
}
