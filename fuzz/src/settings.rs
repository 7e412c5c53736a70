//! Octets → provisioning document → types, findings, what clients keep, and connections.
//!
//! The types say again what they have read; pruning ends, and what is left is left by it again; every question is
//! answered.

use omacp::ProvisioningDoc;
use omacp::resolve::Situation;
use omacp::typed::Settings;
use omacp::validate::Strictness;

/// Holds the oracle against `input`.
///
/// # Panics
/// If the oracle fails.
pub fn run(input: &[u8]) {
    let Ok(document) = ProvisioningDoc::parse(input) else { return };
    let settings = Settings::read(&document);
    if let Ok(octets) = settings.to_wbxml() {
        let again = ProvisioningDoc::parse(&octets).expect("what was written can be read");
        assert_eq!(Settings::read(&again), settings);
    }
    for strictness in [Strictness::Strict, Strictness::Field] {
        for finding in document.validate(strictness) {
            assert!(!finding.to_string().is_empty());
        }
    }
    if let Some(pruned) = document.pruned() {
        assert_eq!(pruned.pruned().as_ref(), Some(&pruned));
    }
    let resolution = document.resolve();
    for application in document.characteristics_of_type("APPLICATION") {
        let _ = resolution.connections(&application, &Situation::new()).take(1000).count();
    }
}

#[test]
fn smoke() {
    // the octets to choose by are for other oracles
    crate::smoke(8000, |input| run(input.get(4..).unwrap_or_default()));
}
