//! The dialect of Windows: data types, characteristics in characteristics, queries and deletions. What is read is written
//! again, in both encodings.

#![cfg(feature = "xml")]
#![expect(clippy::panic, clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

mod support;

use std::fs;

use omacp::typed::Settings;
use omacp::wbxml::vocabulary::prov::PROV_1_0;
use omacp::wbxml::{Cursor, Encoder, Event, Options, Reader, Strings, Tag};
use omacp::{ErrorKind, ForeignElement, ProvisioningDoc};
use proptest::prelude::*;

/// Settings, questions and deletions, with attributes and elements that nobody knows.
const DIALECT: &str = r#"<wap-provisioningdoc name="P" allow-upgrade="1"><characteristic type="NAPDEF"><characteristic type="Internet &amp; more" mwid="1"><parm name="NAME" value="Contoso"/><parm name="INTERNET" value="1" datatype="integer"/><parm name="Empty" value="" datatype="string"/><parm name="Flag" datatype="boolean"/><noparm name="AuthName"/></characteristic><nocharacteristic type="Old"/></characteristic><characteristic-query type="BrowserFavorite" recursive="true"><parm-query name="URL"/><characteristic-query type="Inner"><parm-query name="A"/></characteristic-query></characteristic-query><characteristic type="Registry"><parm-query name="Version"/><x:other xmlns:x="urn:x">text</x:other></characteristic></wap-provisioningdoc>"#;

fn assert_survives(name: &str, document: &ProvisioningDoc<'_>) {
    let xml = document.to_xml().unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(ProvisioningDoc::parse(xml.as_bytes()).unwrap(), *document, "{name}");
    let octets = document.to_wbxml().unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(ProvisioningDoc::parse(&octets).unwrap(), *document, "{name}");
    for strings in [Strings::Never, Strings::WhenItPays, Strings::Always] {
        let octets = Encoder::new(&PROV_1_0).strings(strings).encode(document).unwrap();
        let read = ProvisioningDoc::parse(&octets).unwrap_or_else(|error| panic!("{name}, {strings:?}: {error}"));
        assert_eq!(read, *document, "{name}, {strings:?}");
        assert_eq!(read.to_xml().unwrap(), xml, "{name}");
    }
}

fn said<'a>(element: &ForeignElement<'_, 'a>, attribute: &str) -> (Option<&'a str>, String) {
    (element.name(), element.attribute(attribute).map(|value| value.to_string()).unwrap_or_default())
}

#[test]
fn what_a_document_says() {
    let document = ProvisioningDoc::parse(DIALECT.as_bytes()).unwrap();
    let napdef = document.characteristics_of_type("NAPDEF").next().unwrap();
    let internet = napdef.characteristics().next().unwrap();
    assert_eq!(
        (internet.type_().to_string(), internet.attribute("mwid").unwrap().to_string()),
        ("Internet & more".into(), "1".into())
    );
    assert!(internet.attribute("type").is_none(), "it has its own name");
    let parms: Vec<_> = internet
        .parms()
        .map(|parm| {
            (parm.name.to_string(), parm.value.map(|it| it.to_string()), parm.datatype.map(|it| it.to_string()))
        })
        .collect();
    let parm = |name: &str, value: Option<&str>, datatype: Option<&str>| {
        (name.to_owned(), value.map(str::to_owned), datatype.map(str::to_owned))
    };
    assert_eq!(
        parms,
        [
            parm("NAME", Some("Contoso"), None),
            parm("INTERNET", Some("1"), Some("integer")),
            parm("Empty", Some(""), Some("string")),
            parm("Flag", None, Some("boolean")),
        ]
    );
    let deleted: Vec<_> = internet.foreign_elements().map(|element| said(&element, "name")).collect();
    assert_eq!(deleted, [(Some("noparm"), "AuthName".into())]);
    let deleted: Vec<_> = napdef.foreign_elements().map(|element| said(&element, "type")).collect();
    assert_eq!(deleted, [(Some("nocharacteristic"), "Old".into())]);
    let query = document.foreign_elements().next().unwrap();
    assert_eq!(said(&query, "type"), (Some("characteristic-query"), "BrowserFavorite".into()));
    assert_eq!(query.attribute("recursive").unwrap(), "true");
    let inner: Vec<_> = query.elements().map(|element| element.name()).collect();
    assert_eq!(inner, [Some("parm-query"), Some("characteristic-query")]);
    assert_eq!(query.elements().nth(1).unwrap().elements().count(), 1);
    assert_eq!(document.foreign_elements().count(), 1);
    assert_eq!(document.characteristics().count(), 2);
}

#[test]
fn what_is_read_is_written() {
    let document = ProvisioningDoc::parse(DIALECT.as_bytes()).unwrap();
    assert_survives("the dialect", &document);
    // letter for letter, but for the head and for how an element is closed
    let xml = document.to_xml().unwrap();
    let (_, body) = xml.split_once("<wap-provisioningdoc").unwrap();
    let short = |text: &str| text.replace("></parm>", "/>").replace("></parm-query>", "/>").replace("></noparm>", "/>");
    let ours = short(&format!("<wap-provisioningdoc{body}")).replace("></nocharacteristic>", "/>");
    assert_eq!(ours.trim_end(), DIALECT);
}

/// In WBXML, names that are no token are literals, in the string table.
#[test]
fn names_are_literals_in_wbxml() {
    let document = ProvisioningDoc::parse(DIALECT.as_bytes()).unwrap();
    let octets = document.to_wbxml().unwrap();
    let known = [&PROV_1_0];
    let mut reader = Reader::new(&octets, Options::new().vocabularies(&known)).unwrap();
    let mut literals = Vec::new();
    loop {
        match reader.next_event().unwrap() {
            Event::Eof => break,
            Event::Start(start) if start.tag == Tag::LITERAL => {
                literals.push(reader.name(start).unwrap().unwrap().to_owned());
            }
            _ => {}
        }
    }
    let expected = [
        "noparm",
        "nocharacteristic",
        "characteristic-query",
        "parm-query",
        "characteristic-query",
        "parm-query",
        "parm-query",
    ];
    assert_eq!(literals[..7], expected);
    assert!(octets.windows(8).any(|octets| octets == b"datatype"));
}

/// Documents of the corpus that cannot be read, and why.
const EXCUSED: [(&str, &str); 1] = [(
    "prov/ms-enterpriseassignedaccess-csp-02.xml",
    "not well-formed: a parm begins inside of a parm, as the page had it",
)];

#[test]
fn the_corpus() {
    let Some(manifest) = support::shared("corpus/MANIFEST.tsv") else { return };
    let (mut read, mut excused) = (0_usize, 0_usize);
    for row in fs::read_to_string(&manifest).unwrap().lines() {
        let columns: Vec<&str> = row.split('\t').collect();
        if columns[2] != "ms-prov" {
            continue;
        }
        let name = columns[0];
        let octets = fs::read(manifest.with_file_name(name)).unwrap();
        // a placeholder between the tags is no setting
        if octets.starts_with(b"<wap-provisioningdoc>...<") {
            assert!(ProvisioningDoc::parse(&octets).is_err(), "{name}");
            excused += 1;
            continue;
        }
        match ProvisioningDoc::parse(&octets) {
            Ok(document) => {
                assert_survives(name, &document);
                let text = String::from_utf8(octets.clone()).unwrap();
                assert_eq!(text.matches("datatype=").count(), datatypes(&document), "{name}");
                read += 1;
            }
            Err(error) => {
                assert!(EXCUSED.iter().any(|(other, _)| *other == name), "{name}: {error}");
                assert!(matches!(error.kind(), ErrorKind::Document(_)), "{name}: {error}");
                excused += 1;
            }
        }
    }
    println!("{read} documents of the dialect, {excused} excused");
    assert_eq!((read, excused), (6, 2));
}

/// Types without a field for it keep it too.
#[test]
fn as_types() {
    let mut builder = ProvisioningDoc::builder();
    builder.start("NAPDEF").parm("NAPID", "N").parm("X-Timeout", "5").attribute("datatype", "integer").end();
    builder.start("HotSpot").parm("Enabled", "true").attribute("datatype", "boolean");
    let document = builder.build();
    let settings = Settings::read(&document);
    let octets = settings.to_wbxml().unwrap();
    let again = ProvisioningDoc::parse(&octets).unwrap();
    assert_eq!((&again, Settings::read(&again)), (&document, settings));
}

/// How many parms say what type their value has.
fn datatypes(document: &ProvisioningDoc<'_>) -> usize {
    let mut all: Vec<_> = document.characteristics().collect();
    let mut next = 0_usize;
    while let Some(characteristic) = all.get(next).copied() {
        all.extend(characteristic.characteristics());
        next = next.saturating_add(1);
    }
    all.iter().flat_map(omacp::Characteristic::parms).filter(|parm| parm.datatype.is_some()).count()
}

/// What a builder is told to do next.
#[derive(Clone, Debug)]
enum Step {
    Start(String),
    Element(String),
    Parm(String, Option<String>),
    Attribute(String, String),
    End,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let name = || prop_oneof!["[a-z][a-z0-9-]{0,6}", Just(String::from("parm-query")), Just(String::from("datatype"))];
    let text = || "[ -~\u{A1}-\u{300}]{0,12}";
    let step = prop_oneof![
        text().prop_map(Step::Start),
        name().prop_filter("known names are no foreign ones", |name| name != "parm").prop_map(Step::Element),
        (text(), prop::option::of(text())).prop_map(|(name, value)| Step::Parm(name, value)),
        (name(), text()).prop_map(|(name, value)| Step::Attribute(name, value)),
        Just(Step::End),
    ];
    prop::collection::vec(step, 0..30)
}

proptest! {
    /// Any document that can be built survives both encodings. Inside a foreign element all elements are foreign: what a
    /// builder calls a parm there is read as an element of that name, so that documents are compared as they are read.
    #[test]
    fn any_document(steps in steps()) {
        let mut builder = ProvisioningDoc::builder();
        for step in &steps {
            match step {
                Step::Start(type_) => builder.start(type_),
                Step::Element(name) => builder.element(name),
                Step::Parm(name, Some(value)) => builder.parm(name, value),
                Step::Parm(name, None) => builder.flag(name),
                Step::Attribute(name, value) => builder.attribute(name, value),
                Step::End => builder.end(),
            };
        }
        let built = builder.build();
        let octets = built.to_wbxml().unwrap();
        let document = ProvisioningDoc::parse(&octets).unwrap();
        assert_survives("a built document", &document);
        if !steps.iter().any(|step| matches!(step, Step::Element(_))) {
            prop_assert_eq!(&document, &built);
        }
        prop_assert_eq!(document.to_wbxml().unwrap().len(), octets.len());
    }
}
