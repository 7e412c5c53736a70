//! The registers of status codes, alert codes and alert types: complete against the notes and the register of the Open
//! Mobile Alliance, and against what real messages say.

#![expect(clippy::panic, clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

extern crate alloc;

mod support;

use core::fmt::Debug;
use std::fs;
use std::path::Path;

use support::is_required;
use syncml::{Alert, AlertCategory, AlertCode, AlertType, Importance, ParseCodeError, Status, StatusClass, StatusCode};
use wbxml::{Cursor, Options, Reader, Text};

/// A file beside the project; there is nothing to compare with where it is missing, unless `REQUIRE` names the corpus.
fn shared(path: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared").join(path);
    match fs::read_to_string(&path) {
        Ok(text) => Some(text),
        Err(_) => {
            assert!(!is_required("corpus"), "REQUIRE names the corpus, but {} is not there", path.display());
            None
        }
    }
}

/// The pairs of number and name in a section's table of four columns.
fn rows<'n>(notes: &'n str, section: &str) -> Vec<(&'n str, &'n str)> {
    let (_, rest) = notes.split_once(section).unwrap();
    let lines = rest.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    let mut rows = Vec::new();
    for line in lines {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        rows.extend(cells.chunks_exact(2).filter_map(|pair| match pair {
            [number, name] if number.starts_with(|digit: char| digit.is_ascii_digit()) => Some((*number, *name)),
            _ => None,
        }));
    }
    assert!(!rows.is_empty(), "no rows in {section}");
    rows
}

/// Letters and digits in lower case: what two spellings of a name have in common.
fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

/// SyncML Representation Protocol, response status codes: every code of the notes, and no other.
#[test]
fn status_codes_are_those_of_the_notes() {
    let Some(notes) = shared("spec/syncml-representation.md") else { return };
    let mut listed: Vec<StatusCode> = Vec::new();
    for (number, name) in rows(&notes, "## 9. Status codes") {
        let code: StatusCode = number.parse().unwrap();
        // the notes explain some names further
        assert!(plain(name).starts_with(&plain(code.name().unwrap())), "{number} {name}");
        listed.push(code);
    }
    listed.sort();
    assert_eq!(listed, StatusCode::ALL);
}

/// SyncML Representation Protocol and OMA DM Representation Protocol 4.2, alert codes: every code of the notes, with its
/// name, and no other; those that are reserved have none.
#[test]
fn alert_codes_are_those_of_the_notes() {
    let Some(notes) = shared("spec/syncml-representation.md") else { return };
    let mut listed: Vec<AlertCode> = Vec::new();
    for (number, name) in rows(&notes, "## 10. Alert codes") {
        let Some((first, last)) = range(number) else {
            let code: AlertCode = number.parse().unwrap();
            if name.starts_with("reserved") {
                assert!(code.is_reserved() && code.name().is_none(), "{number}");
                continue;
            }
            assert!(plain(name).starts_with(&plain(code.name().unwrap())), "{number} {name}");
            listed.push(code);
            continue;
        };
        for number in first..=last {
            assert!(AlertCode::new(number).is_reserved(), "{number}");
        }
    }
    listed.sort();
    assert_eq!(listed, AlertCode::ALL);
}

/// The first of the ranges in a cell such as `1105–1199, 1202–1220`; the others are in the test of all numbers.
fn range(cell: &str) -> Option<(u16, u16)> {
    let (first, last) = cell.split(',').next()?.split_once('–')?;
    Some((first.trim().parse().unwrap(), last.trim().parse().unwrap()))
}

/// OMNA, DM alert types: every registered type, with its management object where it has one, and no other.
#[test]
fn alert_types_are_those_of_the_register() {
    let Some(page) = shared("corpus/poc/omna/dm_alert_types.html") else { return };
    let mut registered: Vec<String> = Vec::new();
    for row in page.split("<tr>").skip(1) {
        let cells: Vec<String> = row.split("<td").skip(1).map(text_of).collect();
        let [root, type_, _, _, _, _, object] = &cells[..] else { continue };
        if root == "Alert Root" {
            continue;
        }
        let separator = if root.starts_with("org.") { '.' } else { ':' };
        let name = format!("{root}{separator}{type_}");
        let known = AlertType::find(&Text::new(&name)).unwrap_or_else(|| panic!("{name} is not known"));
        assert!(known.is_registered && known.name == name, "{name}");
        // one of two versions of the object; one of them is misspelt
        let family =
            |object: &str| object.trim_start_matches("uurn:").trim_start_matches("urn:").split('.').next().map(plain);
        assert_eq!(
            known.object.and_then(family),
            Some(object).filter(|object| !object.is_empty()).and_then(|o| family(o)),
            "{name}"
        );
        if !registered.contains(&name) {
            registered.push(name);
        }
    }
    registered.sort();
    let mut known: Vec<&str> =
        AlertType::ALL.iter().filter(|type_| type_.is_registered).map(|type_| type_.name).collect();
    known.sort_unstable();
    assert_eq!(registered, known);
}

/// The text of a cell of a table in HTML.
fn text_of(cell: &str) -> String {
    let (_, cell) = cell.split_once('>').unwrap();
    let cell = cell.split("</td>").next().unwrap();
    cell.split('<')
        .map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text))
        .collect::<String>()
        .trim()
        .to_owned()
}

/// Every number there is: what is known of it agrees with itself, and what is not known is kept.
#[test]
fn every_number_is_kept() {
    fn ascending<T: PartialOrd + Debug>(all: &[T]) {
        assert!(all.is_sorted_by(|one, next| one < next), "{all:?}");
    }
    ascending(StatusCode::ALL);
    ascending(AlertCode::ALL);
    let (mut statuses, mut alerts) = (0, 0);
    for number in 0..=u16::MAX {
        let (status, alert) = (StatusCode::new(number), AlertCode::new(number));
        assert_eq!((status.get(), alert.get()), (number, number));
        for digits in [number.to_string(), format!(" \n00{number}\t")] {
            assert_eq!(digits.parse(), Ok(status));
            assert_eq!(digits.parse(), Ok(alert));
        }
        assert_eq!(status.to_string(), status.decimal().as_str());
        assert_eq!(
            (status.name().is_some(), status.digits().is_some()),
            (status.text().is_some(), status.text().is_some())
        );
        if let Some(digits) = status.digits() {
            assert_eq!(digits, number.to_string());
            assert!(status.class().is_some() && !status.is_application_specific(), "{number}");
            statuses += 1;
        }
        assert_eq!(alert.category().is_some(), alert.name().is_some(), "{number}");
        assert!(!(alert.is_reserved() && alert.name().is_some()), "{number}");
        assert!(!alert.is_reserved() || alert.is_device_management(), "{number}");
        if let Some(digits) = alert.digits() {
            assert_eq!(digits, number.to_string());
            alerts += 1;
        }
    }
    assert_eq!((statuses, alerts), (StatusCode::ALL.len(), AlertCode::ALL.len()));
}

/// The classes of SyncML Representation Protocol, response status codes, at both ends of each.
#[test]
fn classes_go_by_hundreds() {
    let classes = [
        (99, None),
        (100, Some(StatusClass::Informational)),
        (199, Some(StatusClass::Informational)),
        (200, Some(StatusClass::Success)),
        (299, Some(StatusClass::Success)),
        (300, Some(StatusClass::Redirection)),
        (399, Some(StatusClass::Redirection)),
        (400, Some(StatusClass::Originator)),
        (499, Some(StatusClass::Originator)),
        (500, Some(StatusClass::Recipient)),
        (599, Some(StatusClass::Recipient)),
        (600, None),
        (1099, None),
        (1100, Some(StatusClass::Informational)),
        (1200, Some(StatusClass::Success)),
        (1300, Some(StatusClass::Redirection)),
        (1400, Some(StatusClass::Originator)),
        (1599, Some(StatusClass::Recipient)),
        (1600, None),
    ];
    for (number, class) in classes {
        assert_eq!(StatusCode::new(number).class(), class, "{number}");
    }
    assert!(StatusCode::IN_PROGRESS.is_provisional() && !StatusCode::IN_PROGRESS.is_success());
    assert!(StatusCode::OK.is_success() && !StatusCode::OK.is_provisional());
}

/// Alert codes of one category, and no others.
#[test]
fn categories_hold_their_codes() {
    let of =
        |category| AlertCode::ALL.iter().filter(move |code| code.category() == Some(category)).map(|code| code.get());
    let categories = [
        (AlertCategory::Show, vec![100]),
        (AlertCategory::Sync, (200..=205).collect()),
        (AlertCategory::ServerAlertedSync, (206..=210).collect()),
        (AlertCategory::Result, vec![221]),
        (AlertCategory::NextMessage, vec![222, 1222]),
        (AlertCategory::NoEndOfData, vec![223, 1225]),
        (AlertCategory::Suspend, vec![224]),
        (AlertCategory::Resume, vec![225]),
        (AlertCategory::UserInteraction, (1100..=1104).collect()),
        (AlertCategory::ManagementSession, vec![1200, 1201]),
        (AlertCategory::SessionAbort, vec![1223]),
        (AlertCategory::ClientEvent, vec![1224]),
        (AlertCategory::Generic, vec![1226]),
    ];
    let mut count = 0;
    for (category, codes) in categories {
        count += codes.len();
        assert_eq!(of(category).collect::<Vec<u16>>(), codes, "{category:?}");
    }
    assert_eq!(count, AlertCode::ALL.len());
}

/// A code is decimal digits (SyncML Representation Protocol, `Data` of `Status`).
#[test]
fn what_is_no_number_is_no_code() {
    let faulty = ["", " ", "Exception", "2 00", "200!", "+200", "-1", "0x64", "２００", "200\0"];
    for text in faulty {
        assert_eq!(text.parse::<StatusCode>(), Err(ParseCodeError::NotDecimal), "{text:?}");
    }
    for text in ["65536", "99999999999999999999999"] {
        assert_eq!(text.parse::<AlertCode>(), Err(ParseCodeError::TooLarge), "{text:?}");
    }
    let mut status = Status::default();
    assert_eq!(status.code(), None);
    status.code = Some(Text::new("x"));
    assert_eq!(status.code(), None);
}

/// A code whose digits stand in several pieces: an inline string, an entity, an inline string.
#[test]
fn a_code_in_pieces_is_one_number() {
    let document = b"\x03\x01\x6A\x00\x45\x031\0\x02\x32\x0324\0\x01";
    let mut reader = Reader::new(document, Options::new()).unwrap();
    let root = reader.root().unwrap();
    let mut alert = Alert::default();
    alert.code = Some(reader.text(root).unwrap());
    assert!(alert.code.unwrap().as_str().is_none(), "the text is one piece");
    assert_eq!(alert.code(), Some(AlertCode::CLIENT_EVENT));
}

/// OMA DM Protocol 1.2, 8.7: the importance of a generic alert, from the least to the most.
#[test]
fn importances_are_ordered() {
    let marks = Importance::ALL.iter().map(|importance| importance.mark());
    let expected = ["indeterminate", "harmless", "informational", "warning", "minor", "critical", "fatal"];
    assert!(marks.eq(expected));
    assert!(Importance::ALL.is_sorted());
    for importance in Importance::ALL {
        assert_eq!(Importance::of(Some(&Text::new(importance.mark()))), Some(*importance));
    }
    // marks of data synchronisation
    assert_eq!(Importance::of(Some(&Text::new("draft"))), None);
}

/// Types are found with what may stand before and around them, and no two are one.
#[test]
fn alert_types_are_found() {
    for (index, type_) in AlertType::ALL.iter().enumerate() {
        assert!(
            AlertType::ALL.iter().skip(index + 1).all(|other| !other.name.eq_ignore_ascii_case(type_.name)),
            "{type_:?}"
        );
        for prefix in ["", "Reversed-Domain-Name:", "reversed-domain-name: ", "Content-Type:"] {
            let text = format!("\n {prefix}{} ", type_.name.to_ascii_uppercase());
            assert_eq!(AlertType::find(&Text::new(&text)), Some(type_), "{text}");
        }
    }
    assert_eq!(AlertType::find(&Text::new("reversed-domain-namé")), None);
}

/// What real messages say in place of a code: nothing, where `Data` is missing.
#[cfg(feature = "xml")]
const NO_CODES: &[(&str, usize)] = &[("Alert None", 1), ("Status None", 4)];

/// Every code and every alert type of the corpus is a known one, but for the listed.
#[cfg(feature = "xml")]
#[test]
fn codes_of_real_messages_are_known() {
    use alloc::collections::BTreeMap;
    use syncml::{Command, MessageReader};

    let (mut statuses, mut alerts, mut types, mut none) =
        (BTreeMap::new(), BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for part in ["syncml-dm/", "syncml-ds/"] {
        for document in support::corpus(part) {
            let message = match document.kind.as_str() {
                "wbxml" => MessageReader::parse(&document.octets),
                _ => MessageReader::fragment(&document.octets),
            };
            let Ok(mut message) = message else { continue };
            while let Ok(Some(command)) = message.next_command() {
                match command {
                    Command::Status(status) => match status.code() {
                        Some(code) => *statuses.entry(code).or_insert(0_usize) += 1,
                        None => *none.entry(format!("Status {:?}", status.code)).or_insert(0_usize) += 1,
                    },
                    Command::Alert(alert) => {
                        match alert.code() {
                            Some(code) => *alerts.entry(code).or_insert(0_usize) += 1,
                            None => *none.entry(format!("Alert {:?}", alert.code)).or_insert(0_usize) += 1,
                        }
                        if matches!(alert.code(), Some(AlertCode::CLIENT_EVENT | AlertCode::GENERIC_ALERT)) {
                            for item in &alert.items {
                                let item = item.unwrap();
                                let type_ = item.alert_type().unwrap_or_else(|| panic!("{}: {item:?}", document.path));
                                assert_eq!(Some(type_.code), alert.code(), "{}", document.path);
                                *types.entry(type_.name).or_insert(0_usize) += 1;
                            }
                        }
                    }
                    _ => {}
                }
            }
        }
    }
    assert!(statuses.keys().all(|code| code.name().is_some()), "{statuses:?}");
    assert!(alerts.keys().all(|code| code.name().is_some()), "{alerts:?}");
    println!("status codes: {statuses:?}; alert codes: {alerts:?}; alert types: {types:?}; none: {none:?}");
    if !statuses.is_empty() {
        assert!(none.iter().map(|(text, count)| (text.as_str(), *count)).eq(NO_CODES.iter().copied()), "{none:?}");
    }
}
