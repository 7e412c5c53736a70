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
const PRIVATE: &str = "a private vocabulary of Motorola, which nothing names (WAP-192, 5.5)";
const INSTANCE: &str =
    "the leaves are elements of their own names: no document type of Device Management (OMA-TS-DM-TNDS, MgmtTree)";
const DOTS: &str = "an ellipsis stands for elements (OMA-TS-DM-TNDS, DFProperties, RTProperties: elements only)";
const SERVER_ID: &str =
    "the length of the server identifier is one more than there is (OMA-TS-DM-Notification, trigger)";
const PAIR: &str = "the octets of a text are not the UTF-8 that the header says (WAP-192, 5.6)";

/// The files that are nothing that the tool shows, at which octet that is seen, and why: each one is not well-formed, ends
/// too early, or breaks the clause that is cited. The list may only shrink.
const EXCUSED: &[(&str, usize, &str)] = &[
    ("ddf/cyanogenmod-customization.wbxml", 4, PRIVATE),
    ("ddf/cyanogenmod-devdetail-ext.wbxml", 4, PRIVATE),
    ("ddf/cyanogenmod-devdetail-uri.wbxml", 4, PRIVATE),
    ("ddf/cyanogenmod-managedobjects.wbxml", 4, PRIVATE),
    ("ddf/cyanogenmod-root.mdf.xml", 1, "lines of names and values, no XML (XML 1.0, 2.1)"),
    ("ddf/cyanogenmod-root.wbxml", 4, PRIVATE),
    ("ddf/cyanogenmod-subscriber.wbxml", 4, PRIVATE),
    ("ddf/hostap-devdetail.xml", 0, INSTANCE),
    ("ddf/hostap-devinfo.xml", 0, INSTANCE),
    ("ddf/oma-dm-spec-85-device-descript-23.xml", 71, DOTS),
    ("ddf/oma-dm-spec-85-device-descript-24.xml", 70, DOTS),
    ("ddf/oma-dm-spec-91-tnd-serializati-25.xml", 0, QUOTES),
    ("ddf/oma-dm-spec-92-tnds-syntax-tnd-26.xml", 72, DOTS),
    ("ddf/oma-dm-spec-92-tnds-syntax-tnd-27.xml", 70, DOTS),
    ("ddf/oma-dm-spec-bootstrapping-chu-32.xml", 111, "a comment has three hyphens at its ends (XML 1.0, 2.5)"),
    ("notification/sierra-dm-pkg0.bin", 23, SERVER_ID),
    ("notification/sierra-dm-pkg0.sms.hex", 30, SERVER_ID),
    ("prov/mozilla-vendorconfig.wbxml", 16, "ends too early: three END are missing (WAP-192, 5.3)"),
    (
        "prov/ms-dmprocessconfigxmlfiltered-02.xml",
        21,
        "an ellipsis stands for elements (OMA-WAP-TS-ProvCont, document type definition)",
    ),
    ("prov/ms-enterpriseassignedaccess-csp-02.xml", 118, "a tag begins within a tag (XML 1.0, 3.1)"),
    ("prov/sms-sierra-voicestream.sms.hex", 1, "four octets stand in front of the push (WAP-230-WSP, 8.2.4.1)"),
    (
        "prov/symbian-biomsg-wap-example01.wbxml",
        95,
        "a token that the vocabulary does not have (OTA Settings General 7.0, 8.4)",
    ),
    ("prov/symbian-biomsg-wapp-utf8-4byte.wbxml", 62, PAIR),
    ("prov/symbian-biomsg-wapp-utf8-5byte.wbxml", 62, PAIR),
    ("prov/symbian-biomsg-wapp-utf8-6byte.wbxml", 62, PAIR),
    ("prov/symbian-biomsg-wapp-utf8-varibyte-all.wbxml", 62, PAIR),
    ("push/symbian-defects-00000036.wbxml", 3, "a length of more than five octets (WAP-192, 5.1)"),
    ("push/symbian-defects-00000036b.wbxml", 3, "ends too early (WAP-192, 5.3)"),
    ("push/symbian-defects-00000060.wbxml", 5, "a tag announces attributes, and none follow (WAP-192, 5.3)"),
    ("push/symbian-si-1.0-si-inv-act-multiple.wbxml", 7, "an attribute stands twice (XML 1.0, 3.1)"),
    ("push/symbian-si-1.0-si-inv-act-multiple2.wbxml", 7, "an attribute stands twice (XML 1.0, 3.1)"),
    ("push/symbian-si-1.0-si-inv-ind.wbxml", 6, "a tag announces attributes, and none follow (WAP-192, 5.3)"),
    (
        "push/symbian-si-1.0-si-val-msg-emp-indatt.wbxml",
        6,
        "a tag announces attributes, and none follow (WAP-192, 5.3)",
    ),
    ("push/symbian-si-1.0-si-val-wbx-ver-10.wbxml", 7, "a charset in version 1.0, which has none (WAP-192, 5.6)"),
    (
        "push/symbian-si-1.0-si-val-wbx-ver-11.wbxml",
        28,
        "OPAQUE in an attribute, which version 1.1 does not have (WBXML 1.1, 5.8.3)",
    ),
    ("push/symbian-si-corrupt-si-inv-act-undf.wbxml", 6, "a string is none of the table (WAP-192, 5.7)"),
    ("push/symbian-si-corrupt-si-inv-cd-type.wbxml", 28, "0xC4 is a literal tag, in an attribute (WAP-192, 5.8.3)"),
    ("push/symbian-si-corrupt-si-inv-char.wbxml", 4, "ends too early (WAP-192, 5.3)"),
    ("push/symbian-si-corrupt-si-inv-hrf-ter.wbxml", 8, "ends too early (WAP-192, 5.3)"),
    ("push/symbian-si-corrupt-si-inv-msg-emp2.wbxml", 6, "a tag announces attributes, and none follow (WAP-192, 5.3)"),
    ("push/symbian-si-corrupt-si-inv-msg-ter.wbxml", 27, "ends too early (WAP-192, 5.3)"),
    ("push/symbian-si-corrupt-si-inv-msg-ter2.wbxml", 28, "ends too early (WAP-192, 5.3)"),
    ("push/symbian-si-corrupt-si-val-wbx-ver-30.wbxml", 1, "no version of WBXML (WAP-192, 5.4)"),
    ("push/symbian-si-corrupt-si-val-wbx-ver-ff.wbxml", 1, "no version of WBXML (WAP-192, 5.4)"),
    ("syncml-dm/forumb-sample.xml", 40, "ends too early (WAP-192, 5.3)"),
    ("syncml-dm/ms-alljoynmanagement-csp-01.xml", 38, "the first < is missing (XML 1.0, 2.1)"),
    ("syncml-dm/ms-azure-active-directory-integration-with-mdm-01.xml", 88, QUOTES),
    ("syncml-dm/ms-azure-active-directory-integration-with-mdm-02.xml", 88, QUOTES),
    ("syncml-dm/ms-disconnecting-from-mdm-unenrollment-01.xml", 0, ENTITY),
    ("syncml-dm/ms-dmclient-csp-01.xml", 101, PLACEHOLDER),
    ("syncml-dm/ms-dmclient-csp-03.xml", 147, PLACEHOLDER),
    ("syncml-dm/ms-dmclient-csp-04.xml", 121, PLACEHOLDER),
    ("syncml-dm/ms-enterprise-app-management-02.xml", 326, "<License> never ends (XML 1.0, 3)"),
    ("syncml-dm/ms-enterpriseassignedaccess-csp-06.xml", 298, COMMENT),
    ("syncml-dm/ms-healthattestation-csp-01.xml", 34, SLASHES),
    ("syncml-dm/ms-healthattestation-csp-02.xml", 34, SLASHES),
    ("syncml-dm/ms-securitypolicy-csp-01.xml", 47, ELLIPSIS),
    ("syncml-dm/ms-securitypolicy-csp-02.xml", 47, ELLIPSIS),
    ("syncml-dm/oma-dm-spec-24-authentication-01.xml", 315, ELLIPSIS),
    ("syncml-dm/oma-dm-spec-24-authentication-02.xml", 564, QUOTES),
    ("syncml-dm/oma-dm-spec-24-authentication-03.xml", 316, QUOTES),
    ("syncml-dm/oma-dm-spec-24-authentication-04.xml", 594, ELLIPSIS),
    ("syncml-dm/oma-dm-spec-24-authentication-05.xml", 378, QUOTES),
    ("syncml-dm/oma-dm-spec-24-authentication-06.xml", 576, QUOTES),
    ("syncml-dm/oma-dm-spec-41-mark-up-languag-17.xml", 0, QUOTES),
    ("syncml-dm/oma-dm-spec-41-mark-up-languag-18.xml", 0, QUOTES),
    ("syncml-dm/oma-dm-spec-41-mark-up-languag-19.xml", 0, QUOTES),
    ("syncml-dm/oma-dm-spec-41-mark-up-languag-20.xml", 0, QUOTES),
    ("syncml-dm/oma-dm-spec-41-mark-up-languag-21.xml", 0, QUOTES),
    ("syncml-dm/oma-dm-spec-51-oma-device-mana-22.xml", 333, COMMENT),
    ("syncml-dm/oma-dm-spec-appendix-fu-lu.md-28.xml", 46, ELLIPSIS),
    ("syncml-dm/oma-dm-spec-appendix-fu-lu.md-29.xml", 46, ELLIPSIS),
    ("syncml-dm/oma-dm-spec-appendix-fu-lu.md-30.xml", 46, ELLIPSIS),
    ("syncml-dm/oma-dm-spec-appendix-fu-lu.md-31.xml", 45, ELLIPSIS),
];

/// The families of the corpus that the tool is for.
const FAMILIES: [&str; 5] = ["prov", "push", "syncml-dm", "ddf", "notification"];

/// The files that the tool is for: those of its families by the manifest, and those about PoC and its relatives, which the
/// manifest does not list.
fn files(folder: &Path) -> Vec<String> {
    let manifest = fs::read_to_string(folder.join("MANIFEST.tsv")).unwrap();
    let paths = manifest.lines().skip(1).map(|row| row.split('\t').next().unwrap());
    let is_ours = |path: &&str| FAMILIES.contains(&path.split('/').next().unwrap());
    let mut files: Vec<String> = paths.filter(is_ours).map(str::to_owned).collect();
    for part in ["poc/cpclient-examples", "poc/rcs-templates", "poc/symbian", "poc/synthetic"] {
        for entry in fs::read_dir(folder.join(part)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            if name.ends_with(".wbxml") || name.ends_with(".xml") {
                files.push(format!("{part}/{name}"));
            }
        }
    }
    files
}

#[test]
fn every_file_of_the_corpus_is_recognised_and_printed_unless_it_is_excused_at_an_octet() {
    let mut counts = BTreeMap::<String, usize>::new();
    let mut faults = Vec::new();
    let mut unused: BTreeMap<&str, (usize, &str)> =
        EXCUSED.iter().map(|(path, octet, reason)| (*path, (*octet, *reason))).collect();
    assert_eq!(unused.len(), EXCUSED.len(), "a file is excused twice");
    let Some(folder) = support::corpus() else {
        println!("corpus: 0 files, it is not there");
        return;
    };
    let files = files(&folder);
    for path in &files {
        let output = tool(&["inspect", folder.join(path).to_str().unwrap()], b"");
        let message = String::from_utf8_lossy(&output.stderr);
        let is_read = output.status.success();
        assert_eq!(output.status.code(), Some(if is_read { 0 } else { 2 }), "{path}: {message}");
        // what is read is printed, whatever the form
        assert!(!is_read || output.stdout.iter().filter(|octet| **octet == b'\n').count() > 2, "{path}");
        assert_eq!(is_read, message.is_empty(), "{path}: {message}");
        let first = message.lines().next().unwrap_or_default();
        match unused.remove(path.as_str()) {
            Some((_, reason)) if is_read => faults.push(format!("{path} is read, but excused: {reason}")),
            Some((octet, _)) if !first.ends_with(&format!(", at octet {octet} ({octet:#x})")) => {
                faults.push(format!("{path} is excused at octet {octet}: {first}"));
            }
            None if !is_read => faults.push(first.to_owned()),
            _ => {}
        }
        let part = path.split('/').next().unwrap();
        *counts.entry(format!("{part} {}", if is_read { "printed" } else { "excused" })).or_default() += 1;
    }
    faults.extend(unused.iter().map(|(path, (_, reason))| format!("{path} is not there, but excused: {reason}")));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    for (what, count) in &counts {
        println!("corpus: {what}: {count}");
    }
    println!("corpus: {} files", files.len());
}

/// Everything printed in the other forms too: a sample of each family, whole.
#[test]
fn every_form_of_inspect_is_printed_of_the_corpus() {
    let Some(folder) = support::corpus() else {
        println!("corpus: 0 files in all forms, it is not there");
        return;
    };
    let excused: Vec<&str> = EXCUSED.iter().map(|(path, ..)| *path).collect();
    let mut count = 0;
    for path in files(&folder).iter().filter(|path| !excused.contains(&path.as_str())).step_by(7) {
        let file = folder.join(path);
        let file = file.to_str().unwrap();
        for arguments in [&["inspect", "--raw", file][..], &["inspect", "--format", "json", file]] {
            let output = tool(arguments, b"");
            assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{path}");
            assert!(!output.stdout.is_empty(), "{path}");
            if arguments.contains(&"json") {
                let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
                assert!(json[0]["lines"].as_array().unwrap().len() > 1, "{path}");
            }
            count += 1;
        }
    }
    println!("corpus: {count} files in other forms");
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
