//! A fixture that ends too early is an error that says where, and changes nothing.
#![cfg(all(feature = "cp", feature = "dm"))]
#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "helpers of tests: to stop is how they fail"
)]

mod support;

use poc_mo::{Error, ErrorKind, PocSettings};
use wbxml::{Header, Lexer};

/// Applies a cut fixture to settings that hold the whole first one, and which it must leave as they are.
fn apply(name: &str, octets: &[u8]) -> Error {
    let mut settings = PocSettings::new();
    settings.apply_cp(&support::fixture("poc-cp", "wbxml")).unwrap();
    let before = settings.clone();
    let result = if name == "poc-cp" { settings.apply_cp(octets) } else { settings.apply_dm(octets) };
    assert_eq!(settings, before, "{name}");
    result.unwrap_err()
}

/// Where each field of the header and each token of the body starts, and where the document ends.
fn starts(document: &[u8]) -> Vec<usize> {
    let header = Header::parse(document).unwrap();
    assert_eq!(header.string_table.octets(), b"", "a table needs no field of its own here");
    let mut starts = vec![0, 1];
    // the last octet of each integer has no continuation bit (WAP-192, 5.1)
    starts.extend((1..header.len()).filter(|at| document[*at] & 0x80 == 0).map(|at| at + 1));
    assert_eq!(starts.last(), Some(&header.len()));
    let mut lexer = Lexer::new(&document[header.len()..], header.charset, header.len());
    while lexer.next_token().unwrap().is_some() {
        starts.push(lexer.offset());
    }
    starts
}

/// WAP-192, 5.3: at the first octet of the token that is not whole, or at the end where one is missing.
#[test]
fn every_truncation_in_wbxml() {
    let eof = wbxml::ErrorKind::UnexpectedEof;
    let mut count = 0;
    for name in support::FIXTURES {
        let document = support::fixture(name, "wbxml");
        let starts = starts(&document);
        for cut in 0..document.len() {
            let error = apply(name, &document[..cut]);
            let expected = if name == "poc-cp" {
                ErrorKind::Cp(omacp::ErrorKind::Document(eof))
            } else {
                ErrorKind::Dm(syncml::ErrorKind::Document(eof))
            };
            let token = starts.iter().rfind(|start| **start <= cut);
            assert_eq!((error.kind(), error.offset().as_ref()), (&expected, token), "{name} cut at {cut}");
            count += 1;
        }
    }
    println!("{count} truncations in WBXML");
}

#[cfg(feature = "xml")]
#[test]
fn every_truncation_in_xml() {
    let mut count = 0;
    for name in support::FIXTURES {
        let document = support::fixture(name, "xml");
        // what follows the root element is not missed
        for cut in 0..document.trim_ascii_end().len() {
            let error = apply(name, &document[..cut]);
            assert!(error.offset().is_some_and(|offset| offset <= cut), "{name} cut at {cut}: {error}");
            let is_document = matches!(
                error.kind(),
                ErrorKind::Cp(omacp::ErrorKind::Document(_) | omacp::ErrorKind::NotAProvisioningDoc)
                    | ErrorKind::Dm(syncml::ErrorKind::Document(_) | syncml::ErrorKind::NoBody)
            );
            assert!(is_document, "{name} cut at {cut}: {error}");
            count += 1;
        }
    }
    println!("{count} truncations in XML");
}
