//! Documents of others, where they are there: `poc-mo inspect` reads them.
#![cfg(feature = "cli")]
#![expect(clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

extern crate alloc;

mod support;

use alloc::collections::BTreeMap;
use std::fs;
use std::path::Path;

use support::tool;

const ENTITY: &str = "an entity's name instead of a quoted value (XML 1.0, 2.3)";
const QUOTES: &str = "typographic quotes around an attribute's value (XML 1.0, 2.3)";
const PLACEHOLDER: &str = "<ProviderID> is meant as text and never ends (XML 1.0, 3)";
const COMMENT: &str = "a comment begins with a long dash (XML 1.0, 2.5)";
const ELLIPSIS: &str =
    "an ellipsis stands for elements (SyncML Representation Protocol 1.2, SyncML, SyncHdr, SyncBody: elements only)";
const SLASHES: &str = "comments in // (SyncML Representation Protocol 1.2, SyncML, SyncBody, Atomic: elements only)";

/// The documents that are not read, and why: each one is not well-formed, ends too early, or breaks the clause that is
/// cited. The list may only shrink.
const EXCUSED: &[(&str, &str)] = &[
    ("prov/mozilla-vendorconfig.wbxml", "ends too early: three END are missing (WAP-192, 5.3)"),
    (
        "syncml-dm/forumb-sample.xml",
        "white space in front of the XML declaration (XML 1.0, 2.8), and no message: the root element is Tree \
         (SyncML Representation Protocol 1.2, SyncML)",
    ),
    ("syncml-dm/ms-alljoynmanagement-csp-01.xml", "the first < is missing (XML 1.0, 2.1)"),
    ("syncml-dm/ms-azure-active-directory-integration-with-mdm-01.xml", QUOTES),
    ("syncml-dm/ms-azure-active-directory-integration-with-mdm-02.xml", QUOTES),
    ("syncml-dm/ms-disconnecting-from-mdm-unenrollment-01.xml", ENTITY),
    ("syncml-dm/ms-dmclient-csp-01.xml", PLACEHOLDER),
    ("syncml-dm/ms-dmclient-csp-03.xml", PLACEHOLDER),
    ("syncml-dm/ms-dmclient-csp-04.xml", PLACEHOLDER),
    ("syncml-dm/ms-enterprise-app-management-02.xml", "<License> never ends (XML 1.0, 3)"),
    ("syncml-dm/ms-enterpriseassignedaccess-csp-06.xml", COMMENT),
    ("syncml-dm/ms-healthattestation-csp-01.xml", SLASHES),
    ("syncml-dm/ms-healthattestation-csp-02.xml", SLASHES),
    ("syncml-dm/ms-securitypolicy-csp-01.xml", ELLIPSIS),
    ("syncml-dm/ms-securitypolicy-csp-02.xml", ELLIPSIS),
    ("syncml-dm/oma-dm-spec-24-authentication-01.xml", ELLIPSIS),
    ("syncml-dm/oma-dm-spec-24-authentication-02.xml", QUOTES),
    ("syncml-dm/oma-dm-spec-24-authentication-03.xml", QUOTES),
    ("syncml-dm/oma-dm-spec-24-authentication-04.xml", ELLIPSIS),
    ("syncml-dm/oma-dm-spec-24-authentication-05.xml", QUOTES),
    ("syncml-dm/oma-dm-spec-24-authentication-06.xml", QUOTES),
    ("syncml-dm/oma-dm-spec-41-mark-up-languag-17.xml", QUOTES),
    ("syncml-dm/oma-dm-spec-41-mark-up-languag-18.xml", QUOTES),
    ("syncml-dm/oma-dm-spec-41-mark-up-languag-19.xml", QUOTES),
    ("syncml-dm/oma-dm-spec-41-mark-up-languag-20.xml", QUOTES),
    ("syncml-dm/oma-dm-spec-41-mark-up-languag-21.xml", QUOTES),
    ("syncml-dm/oma-dm-spec-51-oma-device-mana-22.xml", COMMENT),
    ("syncml-dm/oma-dm-spec-appendix-fu-lu.md-28.xml", ELLIPSIS),
    ("syncml-dm/oma-dm-spec-appendix-fu-lu.md-29.xml", ELLIPSIS),
    ("syncml-dm/oma-dm-spec-appendix-fu-lu.md-30.xml", ELLIPSIS),
    ("syncml-dm/oma-dm-spec-appendix-fu-lu.md-31.xml", ELLIPSIS),
];

/// The documents that the tool is for, by their paths in the corpus: those of Client Provisioning and of Device
/// Management by the manifest, and those about PoC and its relatives, which the manifest does not list.
fn documents(folder: &Path) -> Vec<String> {
    let manifest = fs::read_to_string(folder.join("MANIFEST.tsv")).unwrap();
    let mut documents = Vec::new();
    for row in manifest.lines() {
        let mut columns = row.split('\t');
        let (path, kind, vocabulary) = (columns.next().unwrap(), columns.next().unwrap(), columns.next().unwrap());
        let is_ours = path.starts_with("prov/") && vocabulary == "prov10" || path.starts_with("syncml-dm/");
        if is_ours && matches!(kind, "wbxml" | "xml") {
            documents.push(path.to_owned());
        }
    }
    for part in ["poc/cpclient-examples", "poc/rcs-templates", "poc/symbian", "poc/synthetic"] {
        for entry in fs::read_dir(folder.join(part)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            if name.ends_with(".wbxml") || name.ends_with(".xml") {
                documents.push(format!("{part}/{name}"));
            }
        }
    }
    documents
}

#[test]
fn every_document_of_the_corpus_is_inspected_unless_it_is_excused() {
    let mut counts = BTreeMap::<String, usize>::new();
    let mut faults = Vec::new();
    let mut unused: BTreeMap<&str, &str> = EXCUSED.iter().copied().collect();
    assert_eq!(unused.len(), EXCUSED.len(), "a document is excused twice");
    let Some(folder) = support::corpus() else {
        println!("corpus: 0 documents, it is not there");
        return;
    };
    let documents = documents(&folder);
    for path in &documents {
        let output = tool(&["inspect", folder.join(path).to_str().unwrap()], b"");
        let message = String::from_utf8_lossy(&output.stderr);
        let is_read = output.status.success();
        // an error is one line and has its octet; what is read is printed
        assert_eq!(output.status.code(), Some(if is_read { 0 } else { 2 }), "{path}: {message}");
        assert_eq!(message.lines().count(), usize::from(!is_read), "{path}: {message}");
        assert!(is_read || message.contains(", at octet "), "{path}: {message}");
        assert!(!is_read || output.stdout.iter().filter(|octet| **octet == b'\n').count() > 2, "{path}");
        match unused.remove(path.as_str()) {
            Some(reason) if is_read => faults.push(format!("{path} is read, but excused: {reason}")),
            None if !is_read => faults.push(message.into_owned()),
            _ => {}
        }
        let (part, kind) = (path.split('/').next().unwrap(), path.rsplit('.').next().unwrap());
        *counts.entry(format!("{part} {kind} {}", if is_read { "read" } else { "excused" })).or_default() += 1;
    }
    faults.extend(unused.iter().map(|(path, reason)| format!("{path} is not there, but excused: {reason}")));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    for (what, count) in &counts {
        println!("corpus: {what}: {count}");
    }
    println!("corpus: {} documents", documents.len());
}

/// The made-up PoC documents: the account, then the account after the change.
#[test]
fn the_poc_documents_of_the_corpus_give_one_account() {
    let Some(folder) = support::corpus() else {
        println!("corpus: 0 PoC documents, it is not there");
        return;
    };
    let document = |name: &str| {
        let path = folder.join("poc/synthetic").join(name);
        assert!(path.exists(), "{}", path.display());
        path.to_str().unwrap().to_owned()
    };
    let settings = |names: &[&str]| {
        let documents: Vec<String> = names.iter().map(|name| document(name)).collect();
        let arguments: Vec<&str> = ["settings"].into_iter().chain(documents.iter().map(String::as_str)).collect();
        let output = tool(&arguments, b"");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{names:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let first = [
        "poc-cp-ap0001-SYNTHETIC.xml",
        "poc-cp-ap0001-SYNTHETIC.libwbxml.wbxml",
        "poc-mo-add-SYNTHETIC.xml",
        "poc-mo-add-SYNTHETIC.libwbxml.wbxml",
    ];
    let expected = settings(&first[..1]);
    let lines = |of: &str| of.lines().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(lines(&expected).len(), 16, "{expected}");
    let mut count = 0;
    for first in first {
        assert_eq!(settings(&[first]), expected, "{first}");
        for update in ["poc-mo-replace-SYNTHETIC.xml", "poc-mo-replace-SYNTHETIC.libwbxml.wbxml"] {
            let changed = settings(&[first, update]);
            let (before, after) = (lines(&expected), lines(&changed));
            assert_eq!(before.len(), after.len());
            assert_eq!(before.iter().zip(&after).filter(|(before, after)| before != after).count(), 3, "{changed}");
            count += 1;
        }
    }
    println!("corpus: {count} pairs of PoC documents");
}
