//! Fields read in one go: the same as child after child, on whatever comes.

#![cfg(feature = "alloc")]
#![expect(clippy::arithmetic_side_effects, clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

mod support;

use core::fmt::Write;
use core::ops::Range;

use proptest::prelude::*;
use wbxml::vocabulary::prov::PROV_1_0;
use wbxml::vocabulary::syncml::SYNCML_1_2;
use wbxml::{
    Attribute, AttributeStart, Cursor, Data, Fields, Mark, Markup, Options, Reader, Result, Slot, Start, Tag, Text,
    Vocabulary,
};

static KNOWN: [&Vocabulary<'static>; 2] = [&PROV_1_0, &SYNCML_1_2];

fn reader(document: &[u8]) -> Result<Reader<'_>> {
    Reader::new(document, Options::new().vocabularies(&KNOWN))
}

/// A reader without a way of its own to read fields.
#[derive(Clone)]
struct Plain<'a>(Reader<'a>);

impl<'a> Cursor<'a> for Plain<'a> {
    fn root(&mut self) -> Result<Start> {
        self.0.root()
    }

    fn next_child(&mut self, of: Start) -> Result<Option<Start>> {
        self.0.next_child(of)
    }

    fn next_attribute(&mut self, of: Start) -> Result<Option<Attribute<'a>>> {
        self.0.next_attribute(of)
    }

    fn text(&mut self, of: Start) -> Result<Text<'a>> {
        self.0.text(of)
    }

    fn data(&mut self, of: Start) -> Result<Data<'a>> {
        self.0.data(of)
    }

    fn content(&mut self, of: Start) -> Result<Option<Markup<'a>>> {
        self.0.content(of)
    }

    fn mark(&self, start: Start) -> Mark<'a> {
        self.0.mark(start)
    }

    fn markup(&self, mark: Mark<'a>) -> Markup<'a> {
        self.0.markup(mark)
    }

    fn skip(&mut self, of: Start) -> Result<()> {
        self.0.skip(of)
    }

    fn finish(&mut self) -> Result<()> {
        self.0.finish()
    }

    fn name(&self, start: Start) -> Result<Option<&'a str>> {
        self.0.name(start)
    }

    fn attribute_name(&self, start: AttributeStart) -> Result<Option<Text<'a>>> {
        self.0.attribute_name(start)
    }

    fn vocabulary(&self) -> &'a Vocabulary<'a> {
        self.0.vocabulary()
    }

    fn depth(&self) -> u32 {
        self.0.depth()
    }

    fn span(&self) -> Range<usize> {
        self.0.span()
    }
}

/// Slots for every second and every fifth tag.
#[derive(Debug, Default)]
struct Slots<'a> {
    text: Option<Text<'a>>,
    data: Option<Data<'a>>,
}

/// The same, and slots for the children of every seventh.
#[derive(Debug, Default)]
struct Nested<'a> {
    slots: Slots<'a>,
    inner: Slots<'a>,
}

impl<'a> Fields<'a> for Nested<'a> {
    fn slot(&mut self, tag: Tag) -> Option<Slot<'_, 'a>> {
        self.slots.slot(tag)
    }

    fn fields_of(&mut self, tag: Tag) -> Option<&mut (dyn Fields<'a> + '_)> {
        (tag.code() % 7 == 0).then(|| {
            self.inner = Slots::default();
            &mut self.inner as _
        })
    }
}

impl<'a> Fields<'a> for Slots<'a> {
    fn slot(&mut self, tag: Tag) -> Option<Slot<'_, 'a>> {
        match tag.code() {
            code if code % 2 == 0 => Some(Slot::Text(&mut self.text)),
            code if code % 5 == 0 => Some(Slot::Data(&mut self.data)),
            _ => None,
        }
    }
}

/// All that reading the fields of `of` says, and of what has no slot down to `levels` below.
fn said<'a>(cursor: &mut impl Cursor<'a>, of: Start, levels: u32, out: &mut String) -> Result<()> {
    let mut nested = Nested::default();
    let mut first = None;
    loop {
        let child = cursor.next_child_beside(of, &mut nested, Some(&mut first))?;
        if let Some(child) = child.filter(|child| nested.fields_of(child.tag).is_some()) {
            // a cursor that reads these by itself hands out those alone that have other children, so nothing is said of
            // where the others are
            while let Some(other) = cursor.next_child_beside(child, &mut nested.inner, None)? {
                writeln!(out, "{other:?}").unwrap();
                cursor.skip(other)?;
            }
            continue;
        }
        let slots = &nested.slots;
        let texts = slots.text.map(|text| text.as_plain().map(|text| (text.octets(), text.charset(), text.form())));
        let text = slots.text.and_then(|text| text.as_str());
        assert_eq!(text, slots.text.and_then(|text| text.as_plain()?.to_str().ok()));
        writeln!(out, "{child:?} {nested:?} {texts:?} {text:?} {:?} {}", cursor.span(), cursor.depth()).unwrap();
        match child {
            Some(child) if levels > 0 => said(cursor, child, levels.saturating_sub(1), out)?,
            Some(child) => cursor.skip(child)?,
            None => break,
        }
    }
    let content = first.map(|first| cursor.markup(first));
    writeln!(out, "{:?}", content.map(|content| (content.offset(), content.octets()))).unwrap();
    Ok(())
}

/// What is said of the whole document, up to its end or its fault.
fn all_said<'a>(mut cursor: impl Cursor<'a>) -> String {
    let mut out = String::new();
    let result = cursor.root().and_then(|root| said(&mut cursor, root, 3, &mut out));
    let end = result.and_then(|()| cursor.finish());
    out + &format!("{end:?} {:?}", cursor.span())
}

fn agree(document: &[u8]) {
    if let Ok(reader) = reader(document) {
        assert_eq!(all_said(reader.clone()), all_said(Plain(reader)), "{document:02X?}");
    }
}

#[test]
fn fields_are_what_the_children_are() {
    support::fixtures().iter().for_each(|fixture| agree(&fixture.octets));
    support::corpus("fields", |_, document| agree(document));
}

#[test]
fn fields_of_every_truncation() {
    for fixture in support::fixtures() {
        (0..fixture.octets.len()).filter_map(|cut| fixture.octets.get(..cut)).for_each(agree);
    }
}

/// Elements of all kinds, in which leaves are common.
fn body(levels: u32) -> BoxedStrategy<Vec<u8>> {
    let hex = |hex: &'static str| Just(support::octets(hex));
    let text = prop_oneof![
        8 => "[a-z]{0,20}".prop_map(String::into_bytes),
        1 => prop::collection::vec(1..=0xFF_u8, 0..6),
        1 => "[a-zé€]{0,700}".prop_map(String::into_bytes),
    ];
    let tag = 0x45..=0x54_u8;
    let leaf = (tag.clone(), text).prop_map(|(tag, text)| [&[tag, 0x03], &text[..], &[0x00, 0x01]].concat());
    let rare = prop_oneof![
        hex("00 01"),
        hex("00 00"),
        hex("06"),
        hex("46 01"),
        hex("47 83 00 01"),
        hex("46 83 03 01"),
        hex("4A 83 80 03 01"),
        hex("46 83 07 01"),
        hex("46 83 80 05 03 61 00 01"),
        hex("4A C3 03 C3 A9 61 01"),
        hex("46 C3 02 68"),
        hex("47 01"),
        hex("46 03 61 00 02 26 01"),
        hex("45 C3 02 68 69 01"),
        hex("03 20 00"),
        hex("03 61 00"),
        hex("C6 06 01 03 61 00 01"),
        hex("04 03"),
        hex("44 03 03 61 00 01"),
    ];
    if levels == 0 {
        return prop_oneof![6 => leaf, 1 => rare].boxed();
    }
    let inner = prop::collection::vec(body(levels.saturating_sub(1)), 0..4);
    let element = (tag, inner).prop_map(|(tag, inner)| [&[tag], &inner.concat()[..], &[0x01]].concat());
    prop_oneof![4 => leaf, 1 => rare, 2 => element].boxed()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn fields_of_arbitrary_elements(elements in prop::collection::vec(body(3), 0..12), charset in prop::sample::select(&[106_u8, 0, 3, 4][..])) {
        // SyncML 1.2 with the strings "ab" at 0 and "nx" at 3
        let head = [&support::octets("03 A4 01")[..], &[charset], &support::octets("06 61 62 00 6E 78 00")].concat();
        agree(&[&head[..], &[0x6D], &elements.concat(), &[0x01]].concat());
    }

    #[test]
    fn fields_of_arbitrary_tokens(body in support::generate::body()) {
        agree(&[support::octets("03 0B 6A 06 61 62 00 6E 78 00"), body].concat());
    }
}
