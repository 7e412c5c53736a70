//! Arbitrary documents, in both encodings.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "helpers of tests: to stop is how they fail"
)]

use omacp::ProvisioningDoc;
use proptest::prelude::*;
use wbxml::vocabulary::prov::{PROV_1_0, tag};
use wbxml::{Emit, Start, Tag, WriteError, Writer};

/// One step through a document.
#[derive(Clone, Debug)]
enum Step {
    Start(String),
    Parm(String, String),
    Flag(String),
    End,
}

/// Any characters that XML can hold (XML 1.0, production 2), or a string that the vocabulary has.
fn text() -> impl Strategy<Value = String> {
    let known: Vec<&str> = PROV_1_0
        .attribute_pages
        .iter()
        .flat_map(|page| page.starts().map(|(_, _, prefix)| prefix).chain(page.values().map(|(_, string)| string)))
        .collect();
    let known = proptest::sample::select(known);
    prop_oneof![
        known.clone().prop_map(String::from),
        (known, "[A-Z0-9-]{0,3}").prop_map(|(known, more)| format!("{known}{more}")),
        "[ -~]{0,8}",
        "[\t\n\r -\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]{0,8}",
        "[<>&'\"\t\n\r ]{0,4}",
    ]
}

fn steps() -> impl Strategy<Value = (Option<String>, Vec<Step>)> {
    let step = prop_oneof![
        2 => text().prop_map(Step::Start),
        3 => (text(), text()).prop_map(|(name, value)| Step::Parm(name, value)),
        1 => text().prop_map(Step::Flag),
        1 => Just(Step::End),
    ];
    (proptest::option::of(text()), proptest::collection::vec(step, 0..40))
}

fn build<'a>(version: Option<&'a str>, steps: &'a [Step]) -> ProvisioningDoc<'a> {
    let mut builder = ProvisioningDoc::builder();
    if let Some(version) = version {
        builder.version(version);
    }
    for step in steps {
        match step {
            Step::Start(type_) => builder.start(type_),
            Step::Parm(name, value) => builder.parm(name, value),
            Step::Flag(name) => builder.flag(name),
            Step::End => builder.end(),
        };
    }
    builder.build()
}

/// What may stand in a foreign element.
#[derive(Clone, Debug)]
enum Foreign {
    Start { name: usize, attribute: Option<(usize, String)>, is_empty: bool },
    Text(String),
    Opaque(Vec<u8>),
    End,
}

const NAMES: [(&str, u32); 3] = [("colour", 0), ("name-of", 7), ("size", 15)];

fn foreign() -> impl Strategy<Value = Vec<Foreign>> {
    let attribute = proptest::option::of((0..NAMES.len(), text()));
    let step = prop_oneof![
        (0..NAMES.len(), attribute, any::<bool>()).prop_map(|(name, attribute, is_empty)| Foreign::Start {
            name,
            attribute,
            is_empty
        }),
        text().prop_map(Foreign::Text),
        proptest::collection::vec(any::<u8>(), 0..4).prop_map(Foreign::Opaque),
        Just(Foreign::End),
    ];
    proptest::collection::vec(step, 0..40)
}

/// A document of these steps. Text and octets stand in foreign elements, and not both in one without elements between.
fn write(steps: &[Foreign]) -> Result<Vec<u8>, WriteError> {
    let mut octets = Vec::new();
    let mut out = Writer::with_names(&mut octets, &PROV_1_0, &NAMES)?;
    out.start(Start::new(tag::WAP_PROVISIONINGDOC))?;
    let mut depth = 0;
    let mut is_fresh = false;
    for step in steps {
        match step {
            Foreign::Start { name, attribute, is_empty } => {
                let mut start = Start::new(Tag::LITERAL);
                if attribute.is_some() {
                    start = start.with_attributes();
                }
                if *is_empty {
                    start = start.without_content();
                }
                out.start_named(NAMES[*name].0, start)?;
                if let Some((name, value)) = attribute {
                    out.attribute(NAMES[*name].0, value)?;
                    out.attributes_end()?;
                }
                depth += u32::from(!is_empty);
                is_fresh = !is_empty;
            }
            Foreign::Text(text) if is_fresh => {
                out.text(text)?;
                is_fresh = false;
            }
            Foreign::Opaque(octets) if is_fresh => {
                out.opaque(octets)?;
                // what may follow octets is an end
                if depth > 0 {
                    out.end()?;
                    depth -= 1;
                }
                is_fresh = false;
            }
            Foreign::End if depth > 0 => {
                out.end()?;
                depth -= 1;
                is_fresh = false;
            }
            _ => {}
        }
    }
    for _ in 0..=depth {
        out.end()?;
    }
    Ok(octets)
}

proptest! {
    #[test]
    fn a_document_survives_wbxml((version, steps) in steps()) {
        let document = build(version.as_deref(), &steps);
        let octets = document.to_wbxml().unwrap();
        prop_assert_eq!(&ProvisioningDoc::parse(&octets).unwrap(), &document);
    }

    #[cfg(feature = "xml")]
    #[test]
    fn a_document_survives_xml((version, steps) in steps()) {
        let document = build(version.as_deref(), &steps);
        let xml = document.to_xml().unwrap();
        prop_assert_eq!(&ProvisioningDoc::parse(xml.as_bytes()).unwrap(), &document);
    }

    #[test]
    fn what_is_foreign_survives_wbxml(steps in foreign()) {
        let octets = write(&steps).unwrap();
        let document = ProvisioningDoc::parse(&octets).unwrap();
        let again = document.to_wbxml().unwrap();
        prop_assert_eq!(&ProvisioningDoc::parse(&again).unwrap(), &document);
    }

    #[test]
    fn no_octets_stop_the_reader(octets in proptest::collection::vec(any::<u8>(), 0..64)) {
        let document = [b"\x03\x0B\x6A\x00\x45", &octets[..]].concat();
        if let Ok(document) = ProvisioningDoc::parse(&document) {
            let _ = document.to_wbxml();
        }
    }
}
