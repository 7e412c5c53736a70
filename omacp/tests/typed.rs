//! The types of the specification: their rows, and that nothing is lost on the way through them.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests: to stop is how they fail")]

extern crate alloc;

mod support;

use alloc::collections::BTreeSet;
use std::fs;

use omacp::ProvisioningDoc;
use omacp::typed::{
    Access, AppAddr, AppAuth, Application, Auth, Bootstrap, ClientIdentity, NapAuthInfo, NapDef, Occurrence, Port,
    PxAuthInfo, PxLogical, PxPhysical, Resource, SCHEMA, Schema, Settings, Validity, ValueKind, VendorConfig,
};

use omacp::validate::{Action, Strictness};
use proptest::prelude::*;
use support::fixtures;

const ALL: [&Schema; 15] = [
    &PxLogical::SCHEMA,
    &PxAuthInfo::SCHEMA,
    &PxPhysical::SCHEMA,
    &Port::SCHEMA,
    &NapDef::SCHEMA,
    &NapAuthInfo::SCHEMA,
    &Validity::SCHEMA,
    &Bootstrap::SCHEMA,
    &ClientIdentity::SCHEMA,
    &VendorConfig::SCHEMA,
    &Application::SCHEMA,
    &AppAddr::SCHEMA,
    &AppAuth::SCHEMA,
    &Resource::SCHEMA,
    &Access::SCHEMA,
];

/// Where our rows differ from the table of the notes on purpose.
const DECIDED: [(&str, &str, Occurrence, &str); 2] = [
    ("NAPDEF", "BEARER", Occurrence::OneOrMore, "*, but clients want one, as the table says itself"),
    ("BOOTSTRAP", "COUNTRY", Occurrence::Many, "?, but repeatable in WAP-183, as the table says itself"),
];

/// The rows of `` `NAME` ! T `` in the table of section 2: name, how often, value.
fn table(cell: &str) -> Vec<(String, String, String)> {
    let mut rows: Vec<(String, String, String)> = Vec::new();
    // "QoS, each ? X:" counts for what follows up to the next dot with a mark of its own
    let mut each = None;
    for part in cell.split('·').map(|part| part.replace("¹", " ")) {
        for piece in part.split(',') {
            if let Some((_, marks)) = piece.split_once("each ") {
                each = Some(marks.split(':').next().unwrap().to_owned());
            }
            let Some((_, rest)) = piece.split_once('`') else { continue };
            let Some((name, rest)) = rest.split_once('`') else { continue };
            let mut marks = rest.split_whitespace();
            let own = marks.next().filter(|mark| ["!", "?", "*", "+"].contains(mark));
            let (often, value) = match own {
                Some(often) => (often.to_owned(), marks.next().unwrap_or("T").to_owned()),
                None => {
                    let Some(each) = &each else { continue };
                    let mut marks = each.split_whitespace();
                    (marks.next().unwrap().to_owned(), marks.next().unwrap().to_owned())
                }
            };
            rows.push((name.to_owned(), often, value));
        }
    }
    rows
}

#[test]
fn every_parm_of_the_table_has_its_row() {
    let mut count = 0;
    if let Some(path) = support::shared("spec/client-provisioning.md") {
        let notes = fs::read_to_string(path).unwrap();
        let section = notes.split("| Characteristic | Parms |").nth(1).unwrap();
        let lines = section.lines().skip(2).take_while(|line| line.starts_with('|'));
        let mut types = BTreeSet::new();
        for line in lines {
            let mut cells = line.split(" | ");
            let type_ = cells.next().unwrap().trim_start_matches("| ").to_owned();
            let cell = cells.collect::<Vec<_>>().join(" | ");
            let schema = ALL.iter().find(|schema| schema.type_ == type_).unwrap_or_else(|| panic!("{type_}"));
            let mut names = BTreeSet::new();
            for (name, often, value) in table(&cell) {
                let Some(row) = schema.parm(&name) else { panic!("{type_} has no row for {name}") };
                let decided = DECIDED.iter().find(|(of, decided, ..)| *of == type_ && *decided == name);
                let expected = match often.as_str() {
                    _ if decided.is_some() => decided.unwrap().2,
                    "!" => Occurrence::One,
                    "?" => Occurrence::Optional,
                    "+" => Occurrence::OneOrMore,
                    _ if name == "DOMAIN" && cell.contains("(max 4)") => Occurrence::UpTo(4),
                    _ => Occurrence::Many,
                };
                assert_eq!(row.occurrence, expected, "{type_} {name}");
                let expected = match value.trim_end_matches([';', ',']) {
                    "D" => ValueKind::Decimal,
                    "X" => ValueKind::Hex,
                    "F" => ValueKind::Flag,
                    "T-or-F" => ValueKind::TextOrFlag,
                    _ => ValueKind::Text,
                };
                assert_eq!(row.value, expected, "{type_} {name}");
                names.insert(name);
                count += 1;
            }
            for row in schema.parms.iter().filter(|row| !names.contains(row.name)) {
                // the reference and its target, which section 3 has
                let is_later = ["APPREF", "TO-APPREF"].contains(&row.name);
                let is_word = cell.contains(&format!("`{}`", row.name));
                assert!(is_later || is_word, "{type_} has a row for {} that the table has not", row.name);
            }
            types.insert(type_);
        }
        assert_eq!(types.len(), ALL.len());
    }
    println!("{count} parms");
}

#[test]
fn characteristics_stand_in_each_other_as_the_specification_says() {
    let mut lines = Vec::new();
    for schema in ALL {
        let children: Vec<&str> = schema.children.iter().map(|child| child.type_).collect();
        lines.push(format!("{}: {}", schema.type_, children.join(" ")));
    }
    for line in [
        "PXLOGICAL: PXAUTHINFO PORT PXPHYSICAL",
        "PXPHYSICAL: PORT",
        "NAPDEF: NAPAUTHINFO VALIDITY",
        "APPLICATION: APPADDR APPAUTH RESOURCE",
        "APPADDR: PORT",
    ] {
        assert!(lines.iter().any(|found| found == line), "{line}");
    }
    let top: BTreeSet<&str> = SCHEMA.iter().map(|schema| schema.type_).collect();
    let expected = ["PXLOGICAL", "NAPDEF", "BOOTSTRAP", "CLIENTIDENTITY", "VENDORCONFIG", "APPLICATION", "ACCESS"];
    assert_eq!(top, expected.into());
}

/// What a characteristic says, in an order of its own: its parms by name, each name's in their order, and the
/// characteristics in it by type.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Said {
    type_: String,
    parms: Vec<(String, Option<String>)>,
    characteristics: Vec<Self>,
}

/// The same of every characteristic of a document. What the types sort, this sorts as well; a number counts as one.
fn said(document: &ProvisioningDoc<'_>) -> Vec<Said> {
    fn of(characteristic: &omacp::Characteristic<'_, '_>) -> Said {
        let type_ = characteristic.type_().to_string();
        let schema = ALL.iter().find(|schema| schema.type_ == type_);
        let mut parms: Vec<(String, Option<String>)> = characteristic
            .parms()
            .map(|parm| {
                let name = parm.name.to_string();
                let kind = schema.and_then(|schema| schema.parm(&name)).map(|row| row.value);
                let value = parm.value.map(|value| {
                    let text = value.to_string();
                    let number = match kind {
                        _ if !text.bytes().all(|octet| octet.is_ascii_hexdigit()) => None,
                        Some(ValueKind::Decimal) => text.parse().ok(),
                        Some(ValueKind::Hex) => u32::from_str_radix(&text, 16).ok(),
                        _ => None,
                    };
                    number.map_or(text, |number: u32| number.to_string())
                });
                (name, value)
            })
            .collect();
        parms.sort();
        let mut characteristics: Vec<Said> = characteristic.characteristics().map(|inner| of(&inner)).collect();
        characteristics.sort_by(|a, b| a.type_.cmp(&b.type_));
        Said { type_, parms, characteristics }
    }
    let mut all: Vec<Said> = document.characteristics().map(|characteristic| of(&characteristic)).collect();
    all.sort_by(|a, b| a.type_.cmp(&b.type_));
    all
}

/// Through the types and back, in both encodings.
fn assert_nothing_is_lost(name: &str, document: &ProvisioningDoc<'_>) {
    let settings = Settings::read(document);
    let octets = settings.to_wbxml().unwrap_or_else(|error| panic!("{name}: {error}"));
    let again = ProvisioningDoc::parse(&octets).unwrap();
    assert_eq!(again.version(), document.version(), "{name}");
    assert_eq!(said(&again), said(document), "{name}");
    assert_eq!(Settings::read(&again), settings, "{name}");
    #[cfg(feature = "xml")]
    {
        let xml = settings.to_xml().unwrap_or_else(|error| panic!("{name}: {error}"));
        let again = ProvisioningDoc::parse(xml.as_bytes()).unwrap();
        assert_eq!(said(&again), said(document), "{name}");
        assert_eq!(Settings::read(&again), settings, "{name}");
    }
}

#[test]
fn nothing_of_a_fixture_is_lost() {
    // tokens.hex holds a token without a name, foreign.hex what is no setting
    for fixture in fixtures().iter().filter(|fixture| !["tokens", "foreign"].contains(&&*fixture.name)) {
        assert_nothing_is_lost(&fixture.name, &ProvisioningDoc::parse(&fixture.octets).unwrap());
    }
}

#[test]
fn nothing_of_the_corpus_is_lost() {
    let documents = support::documents();
    for (name, octets) in &documents {
        if let Ok(document) = ProvisioningDoc::parse(octets) {
            assert_nothing_is_lost(name, &document);
        }
    }
    println!("{} documents", documents.len());
}

/// A flag is no empty value, what stands too often or is no number is kept, and so is what nobody knows.
#[test]
fn what_a_type_has_no_room_for_is_kept() {
    let document = support::notation::document(
        "NAPDEF{ INTERNET= INTERNET NAPID NAPID=A NAPID=B LINGER=x LINGER=7 RESIDUAL-BER=1F X=1 X \
         PORT{ PORTNBR=1 Y{ } } VALIDITY{ COUNTRY= } }",
    );
    let settings = Settings::read(&document);
    let [nap] = &settings.nap_defs[..] else { panic!("{settings:?}") };
    assert!(nap.internet);
    assert_eq!((nap.napid.unwrap().to_string(), nap.linger, nap.residual_ber.unwrap().0), ("A".into(), Some(7), 0x1F));
    let rest: Vec<String> = nap
        .rest
        .parms
        .iter()
        .map(|parm| format!("{}={:?}", parm.name, parm.value.map(|value| value.to_string())))
        .collect();
    let expected =
        ["INTERNET=Some(\"\")", "NAPID=None", "NAPID=Some(\"B\")", "LINGER=Some(\"x\")", "X=Some(\"1\")", "X=None"];
    assert_eq!(rest, expected);
    let port = nap.rest.characteristics[0].characteristic().unwrap();
    assert_eq!(port.characteristics().count(), 1);
    assert_eq!(nap.validities[0].country.unwrap(), "");
    assert_nothing_is_lost("rest", &document);
}

/// Everything that the builders build, in one document: nothing is wrong with it, nothing of it is passed over.
#[test]
fn what_is_built_is_right() {
    let auth = Auth::new("DIGEST", "phone", "secret");
    let settings = Settings::new()
        .with_bootstrap(Bootstrap::server("Operator", "http://tps.example.com"))
        .with_proxy(
            PxLogical::new("PX1", "Operator", "10.0.0.1", 8080, "NAP1")
                .with_login("HTTP-BASIC", "guest", "guest")
                .with_startpage("http://wap.example.com"),
        )
        .with_access_point(
            NapDef::gprs("NAP1", "Operator", "internet")
                .with_login("PAP", "guest", "guest")
                .valid_in("228", "01")
                .for_internet(),
        )
        .with_application(
            Application::browsing("Operator", "http://wap.example.com")
                .through_proxy("PX1")
                .through_access_point("INTERNET"),
        )
        .with_application(Application::mms("Operator", "http://mmsc.example.com").through_proxy("PX1"))
        .with_application(
            Application::dm("com.example.dm", "Example", "http://dm.example.com", 80)
                .with_client_auth(auth)
                .with_server_auth(auth)
                .with_http_auth(Auth::new("HTTP-BASIC", "phone", "secret"))
                .through_access_point("NAP1"),
        )
        .with_application(
            Application::ds("com.example.ds", "Example", "http://ds.example.com", 80)
                .with_database("./contacts", "text/x-vcard"),
        )
        .with_application(Application::smtp("mail", "me@example.com", "smtp.example.com", 25))
        .with_application(Application::mailbox("110", "mail", "pop.example.com", 110))
        .with_application(Application::mailbox("143", "mail", "imap.example.com", 143))
        .with_application(Application::new("ap0004").with_server("slp.example.com", 7275));
    let octets = settings.to_wbxml().unwrap();
    let document = ProvisioningDoc::parse(&octets).unwrap();
    assert_eq!(document.validate(Strictness::Strict), []);
    assert_eq!(document.pruned().as_ref(), Some(&document));
    assert_nothing_is_lost("built", &document);
    // a parm less, and something is wrong: the check above can fail
    let mut wrong = settings.clone();
    wrong.nap_defs[0].name = None;
    let octets = wrong.to_wbxml().unwrap();
    assert_eq!(ProvisioningDoc::parse(&octets).unwrap().validate(Strictness::Strict).len(), 1);
}

/// A word of a line for `support::notation`: any parm or characteristic, known or not, with any value.
fn word() -> impl Strategy<Value = String> {
    let names: Vec<&str> = ALL.iter().flat_map(|schema| schema.parms).map(|row| row.name).chain(["X", "y-Z"]).collect();
    let types: Vec<&str> = ALL.iter().map(|schema| schema.type_).chain(["WLAN", "napdef"]).collect();
    let value = prop_oneof![
        "[0-9A-F]{0,9}",
        "[!-<>-|~]{0,6}",
        "[\u{A1}-\u{167F}\u{2030}-\u{205E}\u{3001}-\u{D7FF}]{0,3}",
        proptest::sample::select(vec!["", "0", "007", "ff", "4294967295", "4294967296", "INTERNET", "GSM-GPRS", "N"])
            .prop_map(String::from),
    ];
    let name = proptest::sample::select(names);
    prop_oneof![
        4 => (name.clone(), value).prop_map(|(name, value)| format!("{name}={value}")),
        1 => name.prop_map(String::from),
        3 => proptest::sample::select(types).prop_map(|type_| format!("{type_}{{")),
        2 => Just("}".to_owned()),
    ]
}

fn line() -> impl Strategy<Value = String> {
    let words = proptest::collection::vec(word(), 0..60).prop_map(|words| {
        // a parm outside of a characteristic is none of the types' business
        let mut depth = 0_u32;
        let mut line = String::new();
        for word in words {
            match &*word {
                "}" => depth = depth.saturating_sub(1),
                word if word.ends_with('{') && !word.contains('=') => depth = depth.saturating_add(1),
                _ if depth == 0 => continue,
                _ => {}
            }
            line.push_str(&word);
            line.push(' ');
        }
        line
    });
    (proptest::option::of("[0-9.]{1,4}"), words).prop_map(|(version, words)| match version {
        Some(version) => format!("@{version} {words}"),
        None => words,
    })
}

proptest! {
    #[test]
    fn nothing_of_any_document_is_lost(line in line()) {
        assert_nothing_is_lost(&line, &support::notation::document(&line));
    }

    /// Whatever is pruned is a fixed point, whose only findings are those that clients take as they are.
    #[test]
    fn any_document_is_pruned_once_and_for_all(line in line()) {
        let document = support::notation::document(&line);
        let found = document.validate(Strictness::Strict);
        if let Some(left) = document.pruned() {
            let again = left.pruned();
            prop_assert_eq!(again.as_ref(), Some(&left));
            for finding in left.validate(Strictness::Strict) {
                prop_assert_eq!(finding.action(), Action::Accept);
            }
            if found.iter().all(|finding| finding.action() == Action::Accept) {
                prop_assert_eq!(left, document);
            }
        }
    }
}
