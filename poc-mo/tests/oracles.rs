//! What libwbxml says of our fixtures: its `wbxml2xml` reads our WBXML as our XML, and we read what its `xml2wbxml`
//! makes of our XML as that XML.
#![cfg(all(feature = "cp", feature = "dm", feature = "xml"))]
#![expect(clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

mod support;

use std::process::Command;

use poc_mo::PocSettings;
use wbxml::vocabulary::{dmddf, metinf, prov, syncml};
use wbxml::{AnyReader, Cursor, Event, Options, Vocabulary};

static VOCABULARIES: [&Vocabulary<'static>; 4] =
    [&prov::PROV_1_0, &syncml::SYNCML_1_2, &metinf::METINF_1_2, &dmddf::DM_DDF_1_2];

/// A document as one line an element: depth, tag, name, attributes; and one a text. White space between elements says
/// nothing.
fn tree(document: &[u8]) -> Vec<String> {
    let mut reader = AnyReader::new(document, Options::new().vocabularies(&VOCABULARIES)).unwrap();
    let mut lines = Vec::new();
    let mut text = String::new();
    loop {
        let event = reader.next_event().unwrap();
        match event {
            Event::Text(piece) => text.push_str(piece.to_str().unwrap()),
            Event::Opaque(octets) => text.push_str(core::str::from_utf8(octets).unwrap()),
            Event::Entity(character) => text.push(character),
            Event::Start(_) | Event::End | Event::Eof => {
                let text = core::mem::take(&mut text);
                if !text.trim().is_empty() {
                    lines.push(format!("{text:?}"));
                }
            }
            _ => {}
        }
        match event {
            Event::Start(start) => {
                let mut attributes = Vec::new();
                if start.has_attributes() {
                    while let Some(attribute) = reader.next_attribute(start).unwrap() {
                        attributes.push(format!("{}={:?}", attribute.name, attribute.value.to_cow().unwrap()));
                    }
                }
                // an element without content has no end of its own: what counts is what it is in
                let depth = reader.depth().saturating_sub(u32::from(start.has_content()));
                let name = reader.name(start).unwrap().unwrap_or_default();
                lines.push(format!("{depth} {:?} {name} {}", start.tag, attributes.join(" ")));
            }
            Event::Eof => return lines,
            _ => {}
        }
    }
}

/// What the settings are after the fixture, and before it the account that an update is about.
fn settings(name: &str, document: &[u8]) -> PocSettings<'static> {
    let mut settings = PocSettings::new();
    if name == "poc-dm-update" {
        settings.apply_cp(&support::fixture("poc-cp", "wbxml")).unwrap();
    }
    if name == "poc-cp" { settings.apply_cp(document) } else { settings.apply_dm(document) }.unwrap();
    settings
}

/// What a tool of libwbxml makes of a fixture; nothing, if it is not installed.
fn converted(tool: &str, arguments: &[&str], name: &str, encoding: &str) -> Option<Vec<u8>> {
    let mut command = Command::new("timeout");
    command.args(["10", tool]).args(arguments).args(["-o", "-"]).arg(support::path(name, encoding));
    let output = command.output().ok().filter(|output| output.status.code() != Some(127));
    let Some(output) = output else {
        assert!(!support::is_required("oracles"), "REQUIRE names the oracles, but {tool} is not there");
        println!("{tool} is not there");
        return None;
    };
    assert!(output.status.success(), "{tool} {arguments:?} {name}: {}", String::from_utf8_lossy(&output.stderr));
    Some(output.stdout)
}

fn check(tool: &str, arguments: &[&str], encoding: &str) {
    let mut count = 0_usize;
    for name in support::FIXTURES {
        let ours = support::fixture(name, "xml");
        let Some(theirs) = converted(tool, arguments, name, encoding) else { return };
        assert_eq!(wbxml::is_xml(&theirs), tool == "wbxml2xml", "{name}");
        assert_eq!(tree(&theirs), tree(&ours), "{tool} {arguments:?} {name}");
        assert_eq!(settings(name, &theirs), settings(name, &ours), "{tool} {arguments:?} {name}");
        count = count.saturating_add(1);
    }
    println!("{tool} {arguments:?}: {count} fixtures");
}

#[test]
fn our_wbxml_is_our_xml_to_wbxml2xml() {
    check("wbxml2xml", &[], "wbxml");
}

#[test]
fn our_xml_is_read_as_xml2wbxml_writes_it() {
    check("xml2wbxml", &["-v", "1.3"], "xml");
    check("xml2wbxml", &["-v", "1.3", "-n"], "xml");
}
