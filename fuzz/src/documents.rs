//! Octets → typed values → octets.
//!
//! Whatever the octets are: the typed readers end with a value or an error; a provisioning document that was read
//! is the same when it is written and read again, in either encoding; and settings are changed wholly or not at all.

use omacp::ProvisioningDoc;
use poc_mo::PocSettings;
use syncml::MessageReader;

/// Holds the oracle against `input`.
///
/// # Panics
/// If the oracle fails.
pub fn run(input: &[u8]) {
    provisioning(input);
    message(input);
    settings(input);
}

fn provisioning(input: &[u8]) {
    let Ok(document) = ProvisioningDoc::parse(input) else { return };
    // octets that are no text in their charset are read, but can be written only as they stand
    if let Ok(octets) = document.to_wbxml() {
        let again = ProvisioningDoc::parse(&octets).unwrap();
        assert!(again == document, "the document differs after WBXML: {document:?} {again:?}");
    }
    if let Ok(text) = document.to_xml() {
        let again = ProvisioningDoc::parse(text.as_bytes()).unwrap();
        assert!(again == document, "the document differs after XML: {document:?} {again:?}");
    }
}

fn message(input: &[u8]) {
    let Ok(mut message) = MessageReader::parse(input) else { return };
    let mut offset = message.offset();
    while let Ok(Some(_)) = message.next_command() {
        assert!(message.offset() >= offset && message.offset() <= input.len(), "commands go backwards");
        offset = message.offset();
    }
}

fn settings(input: &[u8]) {
    let mut settings = PocSettings::new();
    settings.apply_cp(include_bytes!("../../poc-mo/tests/data/poc-cp.wbxml")).unwrap();
    for apply in [PocSettings::apply_cp, PocSettings::apply_dm] {
        let before = settings.clone();
        if apply(&mut settings, input).is_err() {
            assert!(settings == before, "an error changed the settings");
        }
    }
}

#[test]
fn smoke() {
    for input in crate::inputs(&crate::SEEDS, 4000) {
        run(&input);
    }
}
