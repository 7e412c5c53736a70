//! The reader as a cursor, over WBXML: what each method gives for each way to write the same, and where it fails.

#![cfg(feature = "alloc")]
#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "helpers of tests: to stop is how they fail"
)]

mod support;

use core::cell::Cell;
use proptest::prelude::*;
use support::tree::{self, Node};
use wbxml::vocabulary::prov::{self, PROV_1_0, tag};
use wbxml::vocabulary::{Vocabulary, metinf, syncml};
use wbxml::{
    AttrStart, Attribute, Charset, Cursor, Data, Error, ErrorKind, Event, Form, Limits, Options, Piece, Reader, Start,
    Tag, Text, TextFault,
};

static KNOWN: [&Vocabulary<'static>; 2] = [&PROV_1_0, &syncml::SYNCML_1_2];

/// PROV 1.0 in UTF-8 with the strings "ab" at 0 and "nx" at 3.
const PROV: &str = "03 0B 6A 06 61 62 00 6E 78 00";
const PROV_LENGTH: usize = 10;
/// SyncML 1.2 in UTF-8 without a table.
const SYNCML: &str = "03 A4 01 6A 00";

fn options() -> Options<'static> {
    Options::new().vocabularies(&KNOWN)
}

fn document(head: &str, body: &str) -> Vec<u8> {
    support::octets(&format!("{head} {body}"))
}

fn reader(document: &[u8]) -> Reader<'_> {
    Reader::new(document, options()).unwrap()
}

fn attributes<'a>(reader: &mut Reader<'a>, of: Start) -> Vec<Attribute<'a>> {
    core::iter::from_fn(|| reader.next_attribute(of).unwrap()).collect()
}

/// WAP-192, 5.8.3: an attribute list, the names and values in it, and whether each value is in one piece.
#[test]
fn attribute_lists() {
    type Row = (&'static str, &'static str, &'static [(&'static str, &'static str, bool)]);
    const ROWS: &[Row] = &[
        ("a start that stands for the whole value", "07", &[("name", "NAME", true)]),
        ("the same and a string", "07 03 53 00", &[("name", "NAMES", false)]),
        ("the same and an empty string", "07 03 00", &[("name", "NAME", true)]),
        ("the same and a value token", "07 85", &[("name", "NAMEIPV4", false)]),
        ("no value", "06", &[("value", "", true)]),
        ("an empty string", "06 03 00", &[("value", "", true)]),
        ("a value token", "06 85", &[("value", "IPV4", true)]),
        ("two value tokens", "06 85 86", &[("value", "IPV4IPV6", false)]),
        ("an inline string", "06 03 61 00", &[("value", "a", true)]),
        ("a string of the table", "06 83 00", &[("value", "ab", true)]),
        ("two strings", "06 03 61 00 83 00", &[("value", "aab", false)]),
        ("a string between empty ones", "06 03 00 03 61 00 03 00", &[("value", "a", true)]),
        ("nothing but empty strings", "06 03 00 03 00", &[("value", "", true)]),
        ("a character", "06 02 26", &[("value", "&", false)]),
        ("a string, a character, a string", "06 03 61 00 02 3C 03 62 00", &[("value", "a<b", false)]),
        ("octets", "06 C3 02 68 69", &[("value", "hi", false)]),
        ("every piece", "08 03 61 00 83 00 02 3C 85 C3 01 7A", &[("name", "NAP-ADDRESSaab<IPV4z", false)]),
        ("two attributes", "07 06 85", &[("name", "NAME", true), ("value", "IPV4", true)]),
        ("the same name twice", "06 03 61 00 06 03 62 00", &[("value", "a", true), ("value", "b", true)]),
        ("a page before the start", "00 01 36", &[("name", "APPID", true)]),
        ("a page before a value token", "06 00 01 92", &[("value", "BASIC", true)]),
        ("pages between values", "06 85 00 01 91 92 00 00 86", &[("value", "IPV4HTTP-BASICIPV6", false)]),
        (
            "a page between a start that stands for a value and the rest",
            "00 01 3A 00 00 85",
            &[("name", "URIIPV4", false)],
        ),
        ("a page behind a start without a value", "06 00 01 36", &[("value", "", true), ("name", "APPID", true)]),
        ("a page behind a whole value", "07 00 01 36", &[("name", "NAME", true), ("name", "APPID", true)]),
        ("a page behind values", "06 85 86 00 01 36", &[("value", "IPV4IPV6", false), ("name", "APPID", true)]),
        ("a page before the end", "06 85 00 01", &[("value", "IPV4", true)]),
        ("a start without a row", "60 03 78 00", &[("", "x", true)]),
        ("a start of a page without rows", "00 09 05 03 78 00", &[("", "x", true)]),
        ("a literal name", "04 03 03 78 00", &[("nx", "x", true)]),
        ("a literal name without a value", "04 03 06 85", &[("nx", "", true), ("value", "IPV4", true)]),
        ("a literal name with pieces", "04 03 03 78 00 85", &[("nx", "xIPV4", false)]),
        ("a literal name and then another", "04 03 85 04 00 85", &[("nx", "IPV4", true), ("ab", "IPV4", true)]),
    ];
    for (what, list, expected) in ROWS {
        for (form, before, after) in [("empty", "45 87", "01 01"), ("with content", "45 C6", "01 07 01 01")] {
            let document = document(PROV, &format!("{before} {list} {after}"));
            let mut reader = reader(&document);
            let root = reader.root().unwrap();
            let child = reader.next_child(root).unwrap().unwrap();
            let read: Vec<(&str, String, bool)> = attributes(&mut reader, child)
                .into_iter()
                .map(|attribute| (attribute.name, attribute.value.to_string(), attribute.value.as_plain().is_some()))
                .collect();
            let expected: Vec<_> =
                expected.iter().map(|&(name, value, plain)| (name, value.to_owned(), plain)).collect();
            assert_eq!(read, expected, "{what}, {form}");
            assert_eq!(reader.next_attribute(child), Ok(None), "{what}, {form}");
            reader.skip(child).unwrap();
            assert_eq!(reader.next_child(root), Ok(None), "{what}, {form}");
            assert_eq!(reader.finish(), Ok(()), "{what}, {form}");
        }
    }
}

/// The start of each attribute comes with it: the token, or the one of literal names.
#[test]
fn attributes_say_which_token_they_are() {
    let document = document(PROV, "C5 07 00 01 36 04 03 60 01 01");
    let mut reader = reader(&document);
    let root = reader.root().unwrap();
    let starts: Vec<AttrStart> = attributes(&mut reader, root).iter().map(|attribute| attribute.start).collect();
    let page_1 = prov::attribute::page_1::NAME_APPID;
    assert_eq!(starts, [prov::attribute::NAME_NAME, page_1, AttrStart::LITERAL, AttrStart::new(1, 0x60)]);
}

/// What is unknown fails where its string is asked for, not before.
#[test]
fn values_without_a_string() {
    for (what, list, fault, kind) in [
        (
            "a token without a row",
            "06 BF",
            TextFault::UnknownAttributeValue(0xBF),
            ErrorKind::UnknownAttributeValue(0xBF),
        ),
        (
            "the same behind a string",
            "06 03 61 00 BF",
            TextFault::UnknownAttributeValue(0xBF),
            ErrorKind::UnknownAttributeValue(0xBF),
        ),
        (
            "the same before a string",
            "07 FE 03 61 00",
            TextFault::UnknownAttributeValue(0xFE),
            ErrorKind::UnknownAttributeValue(0xFE),
        ),
        (
            "a token of another page",
            "06 00 01 85",
            TextFault::UnknownAttributeValue(0x85),
            ErrorKind::UnknownAttributeValue(0x85),
        ),
        ("EXT_T_0", "06 80 05", TextFault::Extension, ErrorKind::UnexpectedExtension),
        ("EXT_I_1", "06 41 61 00", TextFault::Extension, ErrorKind::UnexpectedExtension),
        ("EXT_2", "06 C2", TextFault::Extension, ErrorKind::UnexpectedExtension),
        ("octets that are no UTF-8", "06 03 FF 00", TextFault::Invalid, ErrorKind::InvalidText),
    ] {
        let document = document(PROV, &format!("45 87 {list} 01 87 06 00 00 85 01 01"));
        let mut reader = reader(&document);
        let root = reader.root().unwrap();
        let child = reader.next_child(root).unwrap().unwrap();
        let [Attribute { value, .. }] = attributes(&mut reader, child)[..] else { panic!("{what}") };
        assert_eq!(value.as_str(), None, "{what}");
        assert_eq!(value.to_cow(), Err(fault), "{what}");
        assert_eq!(fault.at(7).kind(), kind, "{what}");
        assert_ne!(value, *"", "{what}");
        // and what follows is read
        let next = reader.next_child(root).unwrap().unwrap();
        assert_eq!(attributes(&mut reader, next)[0].value, *"IPV4", "{what}");
    }
}

/// Attributes that nobody asks for are passed over, some of them or all.
#[test]
fn attributes_are_passed_over() {
    let document = document(PROV, "C5 07 06 85 01 C6 07 06 86 00 01 01 46 03 61 00 01 01 87 36 01 01");
    for asked in 0..4 {
        let mut reader = reader(&document);
        let root = reader.root().unwrap();
        for _ in 0..asked {
            let _ = reader.next_attribute(root).unwrap();
        }
        let child = reader.next_child(root).unwrap().unwrap();
        for _ in 0..asked {
            let _ = reader.next_attribute(child).unwrap();
        }
        let text = reader.next_child(child).unwrap().unwrap();
        assert_eq!(reader.text(text).unwrap(), *"a");
        assert_eq!(reader.next_child(child), Ok(None));
        let last = reader.next_child(root).unwrap().unwrap();
        assert_eq!(attributes(&mut reader, last)[0].value, *"APPID");
        assert_eq!((reader.next_child(last), reader.next_child(root), reader.finish()), (Ok(None), Ok(None), Ok(())));
    }
}

/// The content of an element that holds text (5.3, 5.8.4): with its characters, and whether they are in one piece.
const TEXTS: &[(&str, &str, &str, Option<Form>)] = &[
    ("an inline string", "03 61 00", "a", Some(Form::Inline)),
    ("an empty string", "03 00", "", Some(Form::Inline)),
    ("a string of the table", "83 03", "nx", Some(Form::Table)),
    ("octets", "C3 02 68 69", "hi", Some(Form::Opaque)),
    ("no octets", "C3 00", "", Some(Form::Opaque)),
    ("nothing", "", "", Some(Form::Inline)),
    ("a page and nothing", "00 01", "", Some(Form::Inline)),
    ("a processing instruction and nothing", "43 05 03 64 00 01", "", Some(Form::Inline)),
    ("a page before a string", "00 01 03 61 00", "a", Some(Form::Inline)),
    ("a page behind a string", "03 61 00 00 01", "a", Some(Form::Inline)),
    ("a processing instruction before a string", "43 05 85 01 03 61 00", "a", Some(Form::Inline)),
    ("a processing instruction behind a string", "03 61 00 43 05 03 64 00 01", "a", Some(Form::Inline)),
    ("a character", "02 26", "&", None),
    ("two strings", "03 61 00 03 62 00", "ab", None),
    ("a string, a character, a string", "03 41 54 00 02 26 03 54 00", "AT&T", None),
    ("a page between strings", "03 61 00 00 01 03 62 00", "ab", None),
    ("a processing instruction between strings", "03 61 00 43 05 03 64 00 01 03 62 00", "ab", None),
    ("pages in a processing instruction", "03 61 00 43 00 01 36 00 00 85 01 03 62 00", "ab", None),
    ("octets between strings", "03 61 00 C3 01 2D 03 62 00", "a-b", None),
    ("octets and a string", "C3 01 2D 83 00", "-ab", None),
    ("characters of one to four octets", "02 41 02 81 69 02 81 A0 2C 02 87 E8 00", "A\u{E9}\u{502C}\u{1F400}", None),
    ("two empty strings", "03 00 03 00", "", None),
];

#[test]
fn texts() {
    for (what, content, expected, form) in TEXTS {
        for (place, before, after) in
            [("root", "45", "01"), ("child", "45 46", "01 07 01"), ("with attributes", "45 C6 07 06 85 01", "01 07 01")]
        {
            let document = document(PROV, &format!("{before} {content} {after}"));
            let mut reader = reader(&document);
            let root = reader.root().unwrap();
            let of = if place == "root" { root } else { reader.next_child(root).unwrap().unwrap() };
            let depth = reader.depth();
            let text = reader.text(of).unwrap();
            assert_eq!(text.to_cow().unwrap(), *expected, "{what}, {place}");
            assert_eq!(text, **expected, "{what}, {place}");
            assert_eq!(text.is_empty(), expected.is_empty(), "{what}, {place}");
            assert_eq!(text.as_plain().map(|plain| plain.form()), *form, "{what}, {place}");
            assert_eq!(text.as_str().is_some(), form.is_some(), "{what}, {place}");
            assert_eq!(reader.depth(), depth - 1, "{what}, {place}");
            if place != "root" {
                let next = reader.next_child(root).unwrap().unwrap();
                assert_eq!(next.tag.code(), 0x07, "{what}, {place}");
                assert_eq!(reader.next_child(root), Ok(None), "{what}, {place}");
            }
            assert_eq!(reader.finish(), Ok(()), "{what}, {place}");
        }
    }
}

#[test]
fn an_element_without_content_has_no_text() {
    let document = document(PROV, "45 06 86 07 01 46 01 01");
    let mut reader = reader(&document);
    let root = reader.root().unwrap();
    for _ in 0..3 {
        let child = reader.next_child(root).unwrap().unwrap();
        assert!(reader.text(child).unwrap().is_empty());
        assert_eq!(reader.depth(), 1);
    }
    assert_eq!(reader.next_child(root), Ok(None));
}

/// The same content, with `data`: octets that are all of the content stay octets, other text is text.
#[test]
fn data_of_texts() {
    for (what, content, expected, _) in TEXTS {
        for (place, before, after) in [("root", "45", "01"), ("child", "45 46", "01 07 01")] {
            let document = document(PROV, &format!("{before} {content} {after}"));
            let mut reader = reader(&document);
            let root = reader.root().unwrap();
            let of = if place == "root" { root } else { reader.next_child(root).unwrap().unwrap() };
            match reader.data(of).unwrap() {
                Data::Text(text) => assert_eq!(text, **expected, "{what}, {place}"),
                Data::Opaque(octets) => {
                    assert!(content.starts_with("C3"), "{what}, {place}");
                    assert_eq!(octets, expected.as_bytes(), "{what}, {place}");
                }
                Data::Markup(markup) => panic!("{what}, {place}: {markup:?}"),
            }
            if place == "child" {
                assert!(reader.next_child(root).unwrap().is_some(), "{what}");
                assert_eq!(reader.next_child(root), Ok(None), "{what}");
            }
            assert_eq!(reader.finish(), Ok(()), "{what}, {place}");
        }
    }
}

/// One `OPAQUE` is octets, whatever stands around it that is no content.
#[test]
fn data_of_octets() {
    for (what, content) in [
        ("octets", "C3 02 FF 00"),
        ("octets behind a page", "00 01 C3 02 FF 00"),
        ("octets before a page", "C3 02 FF 00 00 01"),
        ("octets behind a processing instruction", "43 05 01 C3 02 FF 00"),
        ("octets before a processing instruction", "C3 02 FF 00 43 05 03 61 00 01"),
        ("octets with a length that is longer than need be", "C3 80 02 FF 00"),
    ] {
        let document = document(PROV, &format!("45 46 {content} 01 46 C3 81 00 {} 01 01", "00 ".repeat(128)));
        let mut reader = reader(&document);
        let root = reader.root().unwrap();
        let child = reader.next_child(root).unwrap().unwrap();
        assert!(matches!(reader.data(child).unwrap(), Data::Opaque(b"\xFF\0")), "{what}");
        let child = reader.next_child(root).unwrap().unwrap();
        assert!(matches!(reader.data(child).unwrap(), Data::Opaque(octets) if octets.len() == 128), "{what}");
        assert_eq!(reader.next_child(root), Ok(None), "{what}");
    }
}

/// Elements are markup, whatever stands around them.
#[test]
fn data_of_elements() {
    for (what, content, children) in [
        ("an element", "07", Ok(1)),
        ("two elements", "46 03 61 00 01 87 07 01", Ok(2)),
        ("a literal element", "44 03 01", Ok(1)),
        ("an element behind a page", "00 01 07", Ok(1)),
        ("an element behind a processing instruction", "43 05 03 61 00 01 07", Ok(1)),
        ("an element behind an inline blank", "03 20 00 07", Ok(1)),
        ("an element behind two blanks", "03 0D 0A 00 02 20 07", Ok(1)),
        ("an element between blanks", "03 20 00 07 03 20 00", Ok(1)),
        ("an element behind an empty string", "03 00 07", Ok(1)),
        ("an element behind text", "03 61 00 07", Err(0)),
        ("an element before text", "07 03 61 00", Err(1)),
        ("an element behind octets", "C3 01 61 07", Err(0)),
        ("an element behind a character", "02 61 07", Err(0)),
        ("an element behind an extension", "C0 07", Err(0)),
    ] {
        for (place, before, after) in [("root", "45", "01"), ("child", "45 46", "01 07 01")] {
            let content = support::octets(content);
            let document = [document(PROV, before), content.clone(), support::octets(after)].concat();
            let mut reader = reader(&document);
            let root = reader.root().unwrap();
            let of = if place == "root" { root } else { reader.next_child(root).unwrap().unwrap() };
            let begin = reader.span().end;
            let Data::Markup(markup) = reader.data(of).unwrap() else { panic!("{what}, {place}") };
            assert_eq!((markup.octets(), markup.offset()), (&content[..], begin), "{what}, {place}");
            let read = tree::children(&mut markup.reader(Limits::DEFAULT).unwrap(), Start::CONTENT);
            match children {
                Ok(count) => assert_eq!(read.unwrap().len(), count, "{what}, {place}"),
                Err(at) => assert_eq!(read, Err(Error::new(ErrorKind::UnexpectedText, begin + at)), "{what}, {place}"),
            }
            if place == "child" {
                assert!(reader.next_child(root).unwrap().is_some(), "{what}");
                assert_eq!(reader.next_child(root), Ok(None), "{what}");
            }
            assert_eq!(reader.finish(), Ok(()), "{what}, {place}");
        }
    }
}

/// Markup is read with the pages, the depth and the offsets of the place where it stands, how deep so ever.
#[test]
fn markup_is_read_as_it_stands() {
    // <Item><Meta><Type>t</Type></Meta><Data><MetInf><Size>5</Size></MetInf><Item/></Data></Item>, Size and MetInf
    // without a SWITCH_PAGE of their own
    let document = document(SYNCML, "54 5A 00 01 53 03 74 00 01 01 00 00 4F 00 01 4E 52 03 35 00 01 01 00 00 14 01 01");
    let base = 1000;
    let mut outer = Reader::nested(&document, options(), base, 3).unwrap();
    let root = outer.root().unwrap();
    assert_eq!(outer.depth(), 4);
    let meta = outer.next_child(root).unwrap().unwrap();
    outer.skip(meta).unwrap();
    let data = outer.next_child(root).unwrap().unwrap();
    let content = outer.span().end;
    let Data::Markup(markup) = outer.data(data).unwrap() else { panic!() };
    assert_eq!(markup.offset(), content);
    assert_eq!(markup.octets(), &document[content - base..document.len() - 2]);

    let mut inner = markup.reader(Limits::DEFAULT).unwrap();
    assert_eq!(inner.depth(), 5);
    let met_inf = inner.next_child(Start::CONTENT).unwrap().unwrap();
    assert_eq!((met_inf.tag, inner.depth()), (metinf::tag::MET_INF, 6));
    assert_eq!(inner.name(met_inf), Ok(Some("MetInf")));
    assert_eq!(inner.span(), content + 2..content + 3);
    let Data::Markup(markup) = inner.data(met_inf).unwrap() else { panic!() };
    let mut innermost = markup.reader(Limits::DEFAULT).unwrap();
    let size = innermost.next_child(Start::CONTENT).unwrap().unwrap();
    assert_eq!((size.tag, innermost.span()), (metinf::tag::SIZE, content + 3..content + 4));
    assert_eq!(innermost.text(size).unwrap(), *"5");
    assert_eq!(innermost.next_child(Start::CONTENT), Ok(None));
    let item = inner.next_child(Start::CONTENT).unwrap().unwrap();
    assert_eq!(item.tag, syncml::tag::ITEM);
    assert_eq!(inner.next_child(item), Ok(None));
    assert_eq!(inner.next_child(Start::CONTENT), Ok(None));
    assert_eq!(inner.finish(), Ok(()));

    // the depth counts against the limit
    let mut inner = markup.reader(Limits { depth: 6, ..Limits::DEFAULT }).unwrap();
    assert_eq!(inner.next_child(Start::CONTENT).unwrap_err().kind(), ErrorKind::Limit(wbxml::Limit::Depth));
}

/// Values of a markup are read with the attribute page and the string table of the document.
#[test]
fn markup_has_the_attribute_page_and_the_table() {
    let document = document(PROV, "C5 00 01 36 01 46 87 55 3A 83 00 01 01 01");
    let mut reader = reader(&document);
    let root = reader.root().unwrap();
    assert_eq!(attributes(&mut reader, root).len(), 1);
    let child = reader.next_child(root).unwrap().unwrap();
    let Data::Markup(markup) = reader.data(child).unwrap() else { panic!() };
    let nodes = tree::children(&mut markup.reader(Limits::DEFAULT).unwrap(), Start::CONTENT).unwrap();
    let [Node::Element(parm)] = &nodes[..] else { panic!() };
    let attribute = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(parm.attributes, [attribute("type", "APPLICATION"), attribute("name", "URIab")]);
}

/// From the first child on that is not known, the content is kept as markup.
#[test]
fn what_is_behind_a_mark_is_kept() {
    for (what, body, marked) in [
        ("elements", "45 46 03 61 00 01 47 03 62 00 01 06 01", 1),
        ("an element without content", "45 46 01 07 46 01 01", 1),
        ("the last one", "45 07 06 46 03 61 00 01 01", 2),
        ("with attributes", "45 06 C7 07 06 85 01 03 62 00 01 06 01", 1),
        ("on another page", "45 46 01 00 01 46 01 C7 00 01 36 01 01 06 01", 1),
        ("deeper", "46 45 46 03 61 00 01 47 03 62 00 01 06 01 01", 1),
    ] {
        let document = document(PROV, body);
        let mut reader = Reader::nested(&document, options(), 500, 0).unwrap();
        let mut of = reader.root().unwrap();
        if what == "deeper" {
            of = reader.next_child(of).unwrap().unwrap();
        }
        let mut mark = None;
        let mut at = 0;
        let mut seen = Vec::new();
        let mut count = 0;
        while let Some(child) = reader.next_child(of).unwrap() {
            if count == marked {
                mark = Some(reader.mark(child));
                at = reader.span().start;
            }
            if count >= marked {
                seen.push(child.tag);
            }
            count += 1;
            reader.skip(child).unwrap();
        }
        let markup = reader.markup(mark.unwrap());
        assert_eq!((markup.offset(), markup.octets()), (at, &document[at - 500..reader.span().end - 501]), "{what}");
        let mut inner = markup.reader(Limits::DEFAULT).unwrap();
        let mut again = Vec::new();
        while let Some(child) = inner.next_child(Start::CONTENT).unwrap() {
            again.push(child.tag);
            inner.skip(child).unwrap();
        }
        assert_eq!(again, seen, "{what}");
    }
}

/// Texts borrow from the document, not from the reader.
#[test]
fn a_text_outlives_the_reader() {
    fn texts(document: &[u8]) -> Vec<Text<'_>> {
        let mut reader = reader(document);
        let root = reader.root().unwrap();
        let mut texts = Vec::new();
        while let Some(child) = reader.next_child(root).unwrap() {
            texts.extend(attributes(&mut reader, child).iter().map(|attribute| attribute.value));
            texts.push(reader.text(child).unwrap());
        }
        texts
    }
    let document =
        document(PROV, "45 46 03 61 00 83 00 02 26 01 46 83 03 01 C6 00 01 55 3A 83 00 92 01 C3 01 7A 01 01");
    assert_eq!(texts(&document), ["aab&", "nx", "APPLICATION", "URIabBASIC", "z"]);
}

/// The pieces of a text say where they come from.
#[test]
fn pieces_say_where_they_stand() {
    let document = document(PROV, "C5 08 03 61 00 83 03 02 3C 85 C3 01 7A 01 01");
    let mut reader = reader(&document);
    let root = reader.root().unwrap();
    let value = attributes(&mut reader, root)[0].value;
    let pieces: Vec<(Option<Form>, String, Option<Charset>)> = value
        .pieces()
        .map(|piece| match piece.unwrap() {
            Piece::Text(text) => (Some(text.form()), text.to_str().unwrap().to_owned(), Some(text.charset())),
            Piece::Character(character) => (None, character.to_string(), None),
            piece => panic!("{piece:?}"),
        })
        .collect();
    let text = |form, text: &str| (Some(form), text.to_owned(), Some(Charset::UTF_8));
    assert_eq!(
        pieces,
        [
            text(Form::Token, "NAP-ADDRESS"),
            text(Form::Inline, "a"),
            text(Form::Table, "nx"),
            (None, String::from("<"), None),
            text(Form::Token, "IPV4"),
            text(Form::Opaque, "z"),
        ]
    );
}

/// Names: of known tags, of unknown ones, of literal ones.
#[test]
fn names() {
    let document = document(PROV, "45 07 3F 04 03 00 01 07 05 00 09 07 01");
    let mut reader = reader(&document);
    let root = reader.root().unwrap();
    assert_eq!(reader.name(root), Ok(Some("wap-provisioningdoc")));
    let mut names = Vec::new();
    while let Some(child) = reader.next_child(root).unwrap() {
        names.push((child.tag, reader.name(child).unwrap()));
    }
    let unknown = |page, code| (Tag::new(page, code), None);
    assert_eq!(
        names,
        [
            (tag::PARM, Some("parm")),
            unknown(0, 0x3F),
            (Tag::LITERAL, Some("nx")),
            (tag::page_1::PARM, Some("parm")),
            unknown(1, 0x05),
            unknown(9, 0x07),
        ]
    );
    assert_eq!(Cursor::vocabulary(&reader), &PROV_1_0);
}

/// A literal name that is no text is an error where it is asked for.
#[test]
fn a_name_that_is_no_text() {
    let octets = support::octets("03 01 6A 02 FF 00 45 04 00 84 00 05 01 87 04 00 01 01");
    let mut reader = reader(&octets);
    let root = reader.root().unwrap();
    for at in [7, 9] {
        let child = reader.next_child(root).unwrap().unwrap();
        assert_eq!(reader.name(child), Err(Error::new(ErrorKind::InvalidText, at)));
    }
    let child = reader.next_child(root).unwrap().unwrap();
    assert_eq!(reader.next_attribute(child), Err(Error::new(ErrorKind::InvalidText, 14)));
}

/// 5.3: processing instructions may stand around the root, with anything in them that an attribute may have.
#[test]
fn processing_instructions_around_the_root() {
    let document =
        document(PROV, "43 05 03 61 00 02 26 85 C3 01 61 01 43 04 00 01 00 01 45 01 43 05 03 61 00 80 05 01 43 05 01");
    let mut reader = reader(&document);
    let root = reader.root().unwrap();
    assert_eq!((root.tag, reader.depth()), (Tag::new(1, 0x05), 1));
    reader.skip(root).unwrap();
    assert_eq!(reader.finish(), Ok(()));
    assert_eq!(reader.finish(), Ok(()));
}

/// One row for each way to fail: the method, the document with `>` before the faulty token, and the kind.
#[test]
fn errors() {
    use ErrorKind::{TrailingData, UnexpectedElement, UnexpectedEof, UnexpectedText};

    type Method = fn(&mut Reader<'_>) -> Result<(), Error>;
    fn root(reader: &mut Reader<'_>) -> Result<(), Error> {
        reader.root().map(|_| ())
    }
    fn child(reader: &mut Reader<'_>) -> Result<(), Error> {
        let root = reader.root()?;
        while let Some(child) = reader.next_child(root)? {
            reader.skip(child)?;
        }
        Ok(())
    }
    fn text(reader: &mut Reader<'_>) -> Result<(), Error> {
        let root = reader.root()?;
        reader.text(root).map(|_| ())
    }
    fn data(reader: &mut Reader<'_>) -> Result<(), Error> {
        let root = reader.root()?;
        reader.data(root).map(|_| ())
    }
    fn skip(reader: &mut Reader<'_>) -> Result<(), Error> {
        let root = reader.root()?;
        reader.skip(root)
    }
    fn finish(reader: &mut Reader<'_>) -> Result<(), Error> {
        skip(reader)?;
        reader.finish()
    }
    fn attribute(reader: &mut Reader<'_>) -> Result<(), Error> {
        let root = reader.root()?;
        while reader.next_attribute(root)?.is_some() {}
        Ok(())
    }

    let rows: &[(&str, Method, &str, ErrorKind)] = &[
        ("no root", root, ">", UnexpectedEof),
        ("a page and no root", root, "00 01 >", UnexpectedEof),
        ("a string for a child", child, "45 > 03 61 00 01", UnexpectedText),
        ("a string behind a child", child, "45 07 > 03 61 00 01", UnexpectedText),
        ("a string behind a blank", child, "45 03 20 00 > 03 20 61 00 01", UnexpectedText),
        ("a string of the table for a child", child, "45 > 83 00 01", UnexpectedText),
        ("a character for a child", child, "45 > 02 26 01", UnexpectedText),
        ("octets for a child", child, "45 > C3 01 20 01", UnexpectedText),
        ("EXT_I_0 for a child", child, "45 > 40 00 01", UnexpectedText),
        ("EXT_T_0 for a child", child, "45 > 80 00 01", UnexpectedText),
        ("EXT_0 for a child", child, "45 > C0 01", UnexpectedText),
        ("no end behind a child", child, "45 07 >", UnexpectedEof),
        ("no end of a child", child, "45 46 03 61 00 >", UnexpectedEof),
        ("an element for text", text, "45 > 07 01", UnexpectedElement),
        ("an element behind text", text, "45 03 61 00 > 46 01 01", UnexpectedElement),
        ("an element behind a blank", text, "45 03 20 00 > 07 01", UnexpectedElement),
        ("an element behind octets", text, "45 C3 01 61 > 07 01", UnexpectedElement),
        ("an element behind a page", text, "45 00 01 > 07 01", UnexpectedElement),
        ("a literal element for text", text, "45 > 44 00 01 01", UnexpectedElement),
        ("no end of text", text, "45 03 61 00 >", UnexpectedEof),
        ("a string without an end", text, "45 > 03 61", UnexpectedEof),
        ("no end of octets", data, "45 C3 01 61 >", UnexpectedEof),
        ("no end of elements", data, "45 07 >", UnexpectedEof),
        ("no end of an element in data", data, "45 47 46 01 >", UnexpectedEof),
        ("no end of text in data", data, "45 02 61 >", UnexpectedEof),
        ("no end to skip", skip, "45 46 01 >", UnexpectedEof),
        ("no end of attributes", attribute, "C5 07 >", UnexpectedEof),
        ("no end of a value", attribute, "C5 06 85 >", UnexpectedEof),
        ("a string without an end in a value", attribute, "C5 06 85 > 03 61", UnexpectedEof),
        ("an index outside the table", attribute, "C5 06 > 83 06 01 01", ErrorKind::StringTableIndex(6)),
        ("an index outside the table in text", text, "45 03 61 00 > 83 06 01", ErrorKind::StringTableIndex(6)),
        ("a second root", finish, "45 01 > 45 01", TrailingData),
        ("text behind the root", finish, "45 01 > 03 61 00", TrailingData),
        ("text behind a processing instruction", finish, "45 01 43 05 03 61 00 01 > 03 61 00", TrailingData),
        ("no end of a processing instruction", finish, "05 43 05 >", UnexpectedEof),
    ];
    for (what, method, body, kind) in rows {
        let (before, after) = body.split_once('>').unwrap();
        let at = PROV_LENGTH + support::octets(before).len();
        let document = document(PROV, &format!("{before} {after}"));
        assert_eq!(method(&mut reader(&document)), Err(Error::new(*kind, at)), "{what}");
        let mut nested = Reader::nested(&document, options(), 1000, 2).unwrap();
        assert_eq!(method(&mut nested), Err(Error::new(*kind, 1000 + at)), "{what}, nested");
    }
}

/// Version 1.0 has content around its roots (WAP-135, 5.3): the cursor takes one root, and nothing beside it.
#[test]
fn the_roots_of_version_1_0() {
    for (what, body, error) in [
        ("one root", "45 01", None),
        ("text before the root", "03 61 00 45 01", Some((ErrorKind::UnexpectedText, 3))),
        ("a character before the root", "02 61 45 01", Some((ErrorKind::UnexpectedText, 3))),
        ("two roots", "45 01 05", Some((ErrorKind::TrailingData, 5))),
        ("text behind the root", "45 01 03 61 00", Some((ErrorKind::TrailingData, 5))),
        ("nothing but text", "03 61 00", Some((ErrorKind::UnexpectedText, 3))),
    ] {
        let document = document("00 01 00", body);
        let mut reader = reader(&document);
        let read = reader.root().and_then(|root| reader.skip(root)).and_then(|()| reader.finish());
        assert_eq!(read, error.map_or(Ok(()), |(kind, at)| Err(Error::new(kind, at))), "{what}");
    }
}

/// White space between elements is what XML calls so (production 3), in strings or as characters.
#[test]
fn white_space_between_elements() {
    let document = document(PROV, "45 03 20 09 0D 0A 00 07 03 00 02 0A 07 83 00 01");
    let mut reader = reader(&document);
    let root = reader.root().unwrap();
    assert_eq!(reader.next_child(root).unwrap().map(|child| child.tag), Some(tag::PARM));
    assert_eq!(reader.next_child(root).unwrap().map(|child| child.tag), Some(tag::PARM));
    let at = document.len() - 3;
    assert_eq!(reader.next_child(root), Err(Error::new(ErrorKind::UnexpectedText, at)));
}

/// Depth and span are those of the token read last.
#[test]
fn depth_and_span() {
    let document = document(PROV, "45 C6 07 01 03 61 00 01 07 01");
    let mut reader = reader(&document);
    let root = reader.root().unwrap();
    assert_eq!((reader.depth(), reader.span()), (1, 10..11));
    let child = reader.next_child(root).unwrap().unwrap();
    assert_eq!((reader.depth(), reader.span()), (2, 11..12));
    let _ = reader.next_attribute(child).unwrap();
    assert_eq!((reader.depth(), reader.span()), (2, 12..13));
    let _ = reader.text(child).unwrap();
    assert_eq!((reader.depth(), reader.span().end), (1, 18));
    let _ = reader.next_child(root).unwrap();
    assert_eq!((reader.depth(), reader.span()), (1, 18..19));
    assert_eq!(reader.next_child(root), Ok(None));
    assert_eq!((reader.depth(), reader.span()), (0, 19..20));
}

/// Events and the three ways of the cursor say the same of a document that has no fault.
fn agree(name: &str, document: &[u8]) {
    let Ok(roots) = tree::of_events(document, options()) else { return };
    let roots = tree::without_ignorable(roots);
    let by_data = tree::of_cursor(&mut Reader::new(document, options()).unwrap());
    let by_children = tree::of_children(&mut Reader::new(document, options()).unwrap());
    if tree::is_mixed(&roots) {
        for error in [by_data.unwrap_err(), by_children.unwrap_err()] {
            assert_eq!(error.kind(), ErrorKind::UnexpectedText, "{name}: {document:02X?}");
        }
    } else {
        assert_eq!(tree::difference(&roots, &[by_data.unwrap()]), None, "{name}: {document:02X?}");
        assert_eq!(tree::difference(&roots, &[by_children.unwrap()]), None, "{name}: {document:02X?}");
    }

    // passing over the root, or over each child, leads to the same octet
    let mut whole = Reader::new(document, options()).unwrap();
    let root = whole.root().unwrap();
    let body = whole.clone();
    whole.skip(root).unwrap();
    let end = (whole.span().end, whole.depth());
    assert_eq!(whole.finish(), Ok(()), "{name}: {document:02X?}");
    let mut skipped = body;
    if root.has_content() && !tree::is_mixed(&roots) && has_child(&roots) {
        while let Some(child) = skipped.next_child(root).unwrap() {
            skipped.skip(child).unwrap();
        }
        assert_eq!((skipped.span().end, skipped.depth()), end, "{name}: {document:02X?}");
    }
}

fn has_child(roots: &[Node]) -> bool {
    matches!(roots, [Node::Element(root)] if matches!(root.content.first(), Some(Node::Element(_))))
}

#[test]
fn fixtures_agree_with_their_events() {
    for fixture in support::fixtures() {
        let header = *Reader::new(&fixture.octets, options()).unwrap().header();
        // version 1.0 has content around its roots, and other charsets are no strings here
        if header.charset == Charset::UTF_8 {
            agree(&fixture.name, &fixture.octets);
        }
    }
}

#[test]
fn corpus_agrees_with_its_events() {
    let agreed = Cell::new(0);
    support::corpus("cursor", |path, document| {
        if Reader::new(document, options()).is_ok_and(|reader| reader.header().charset == Charset::UTF_8) {
            agree(path, document);
            agreed.set(agreed.get() + 1);
        }
    });
    println!("{} of them in UTF-8", agreed.get());
}

/// Documents without a fault: a root with whatever may stand in it.
fn documents() -> impl Strategy<Value = Vec<u8>> {
    let hex = |hex: &'static str| Just(support::octets(hex));
    let string = prop::collection::vec(prop::sample::select(&b"ab \n"[..]), 0..4)
        .prop_map(|letters| [&[0x03], &letters[..], &[0x00]].concat());
    let piece = prop_oneof![
        6 => string,
        1 => hex("83 00"),
        1 => hex("83 03"),
        1 => hex("02 26"),
        1 => hex("02 20"),
        1 => hex("C3 02 68 69"),
        1 => hex("80 05"),
        1 => hex("00 01"),
        1 => hex("00 00"),
    ];
    let value = prop_oneof![3 => piece.clone(), 1 => hex("85"), 1 => hex("92"), 1 => hex("BF")];
    let start = prop::sample::select(&["05", "06", "07", "36", "60", "04 03", "00 01 3A", "00 00 07"][..]);
    let attribute = (start, prop::collection::vec(value, 0..3))
        .prop_map(|(start, values)| [support::octets(start), values.concat()].concat());
    let list = prop::collection::vec(attribute.clone(), 1..4)
        .prop_map(|attributes| [attributes.concat(), vec![0x01]].concat());
    let pi = attribute.prop_map(|attribute| [&[0x43], &attribute[..], &[0x01]].concat());
    let tag = prop::sample::select(&["05", "06", "07", "3F", "04 00"][..]).prop_map(support::octets);
    let head = (tag, prop::option::of(list));
    let head = move |has_content: bool| {
        head.clone().prop_map(move |(tag, list)| {
            let flags = if has_content { 0x40 } else { 0 } | if list.is_some() { 0x80 } else { 0 };
            [&[tag[0] | flags], &tag[1..], &list.unwrap_or_default()].concat()
        })
    };
    let leaf = prop_oneof![2 => head(false), 4 => piece, 1 => pi];
    let node = leaf.prop_recursive(4, 24, 5, {
        let head = head.clone();
        move |inner| element(head(true), inner)
    });
    (element(head(true), node)).prop_map(|body| [support::octets(PROV), body].concat())
}

fn element(
    head: impl Strategy<Value = Vec<u8>>,
    inner: impl Strategy<Value = Vec<u8>>,
) -> impl Strategy<Value = Vec<u8>> {
    (head, prop::collection::vec(inner, 0..5)).prop_map(|(head, content)| [head, content.concat(), vec![0x01]].concat())
}

#[test]
fn every_truncation_of_the_fixtures() {
    for fixture in support::fixtures() {
        truncations(&fixture.octets);
    }
}

/// A document that is cut off inside the root gives an error from every way to read it, at an octet that is there.
fn truncations(document: &[u8]) {
    let Ok(mut reader) = Reader::new(document, options()) else { return };
    let Ok(root) = reader.root() else { return };
    if reader.skip(root).is_err() {
        return;
    }
    let end = reader.span().end;
    for cut in 0..end {
        let document = &document[..cut];
        let ways: [fn(Reader<'_>) -> Result<(), Error>; 3] = [
            |mut reader| tree::of_cursor(&mut reader).map(|_| ()),
            |mut reader| tree::of_children(&mut reader).map(|_| ()),
            |mut reader| {
                let root = reader.root()?;
                reader.skip(root)
            },
        ];
        for way in ways {
            let error = Reader::new(document, options()).and_then(way).unwrap_err();
            assert!(error.offset() <= cut, "cut at {cut}: {error}: {document:02X?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2048, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_documents_agree_with_their_events(document in documents()) {
        prop_assert!(tree::of_events(&document, options()).is_ok(), "{document:02X?}");
        agree("arbitrary", &document);
    }

    #[test]
    fn truncations_of_arbitrary_documents(document in documents()) {
        truncations(&document);
    }

    /// No method panics, whatever comes.
    #[test]
    fn arbitrary_tokens(body in support::generate::body()) {
        let document = [support::octets(PROV), body].concat();
        let _ = tree::of_cursor(&mut Reader::new(&document, options()).unwrap());
        let _ = tree::of_children(&mut Reader::new(&document, options()).unwrap());
        let mut reader = Reader::new(&document, options()).unwrap();
        let _ = reader.root().and_then(|root| reader.text(root));
        while !matches!(reader.next_event(), Ok(Event::Eof) | Err(_)) {}
    }
}
