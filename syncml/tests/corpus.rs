//! Real messages: they are read, and what is written from the values that were read says the same.

#![cfg(feature = "xml")]
#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests: to stop is how they fail"
)]

extern crate alloc;

#[path = "support/notes.rs"]
mod notes;
mod support;

use alloc::collections::{BTreeMap, BTreeSet};
use std::fs;
use support::{Document, said, said_by, to_wbxml, to_xml};
use syncml::devinf::DevInf;
use syncml::dm::mgmt_tree::MgmtTree;
use syncml::{Command, Error, ErrorKind, MessageReader};
use wbxml::{Markup, WriteError};

const QUOTES: &str = "typographic quotes around an attribute's value (XML 1.0, 3.1)";
const ELLIPSIS: &str =
    "an ellipsis stands for elements (SyncML Representation Protocol: SyncHdr, SyncBody are elements only)";
const TEXT_IN_FRONT: &str = "digits in front of SyncHdr (SyncML Representation Protocol: SyncML is elements only)";
const PLACEHOLDER: &str = "<ProviderID> is meant as text and never ends (XML 1.0, 3)";

/// The documents of device management that are not read, and why.
const EXCUSED_OF_DM: &[(&str, &str)] = &[
    ("ms-alljoynmanagement-csp-01.xml", "the first < is missing (XML 1.0, 2.1)"),
    ("ms-azure-active-directory-integration-with-mdm-01.xml", QUOTES),
    ("ms-azure-active-directory-integration-with-mdm-02.xml", QUOTES),
    ("ms-disconnecting-from-mdm-unenrollment-01.xml", "&#39; instead of quotes (XML 1.0, 3.1)"),
    ("ms-dmclient-csp-01.xml", PLACEHOLDER),
    ("ms-dmclient-csp-03.xml", PLACEHOLDER),
    ("ms-dmclient-csp-04.xml", PLACEHOLDER),
    ("ms-enterprise-app-management-02.xml", "an element without an end tag (XML 1.0, 3)"),
    ("ms-enterpriseassignedaccess-csp-06.xml", "a dash instead of -- in a comment (XML 1.0, 2.5)"),
    ("ms-healthattestation-csp-01.xml", "a comment in // (SyncML Representation Protocol: SyncML is elements only)"),
    ("ms-healthattestation-csp-02.xml", "a comment in // (SyncML Representation Protocol: SyncML is elements only)"),
    ("ms-securitypolicy-csp-01.xml", ELLIPSIS),
    ("ms-securitypolicy-csp-02.xml", ELLIPSIS),
    ("oma-dm-spec-24-authentication-01.xml", ELLIPSIS),
    ("oma-dm-spec-24-authentication-02.xml", QUOTES),
    ("oma-dm-spec-24-authentication-03.xml", QUOTES),
    ("oma-dm-spec-24-authentication-04.xml", ELLIPSIS),
    ("oma-dm-spec-24-authentication-05.xml", QUOTES),
    ("oma-dm-spec-24-authentication-06.xml", QUOTES),
    ("oma-dm-spec-41-mark-up-languag-17.xml", QUOTES),
    ("oma-dm-spec-41-mark-up-languag-18.xml", QUOTES),
    ("oma-dm-spec-41-mark-up-languag-19.xml", QUOTES),
    ("oma-dm-spec-41-mark-up-languag-20.xml", QUOTES),
    ("oma-dm-spec-41-mark-up-languag-21.xml", QUOTES),
    ("oma-dm-spec-51-oma-device-mana-22.xml", "a dash instead of -- in a comment (XML 1.0, 2.5)"),
    ("oma-dm-spec-appendix-fu-lu.md-28.xml", ELLIPSIS),
    ("oma-dm-spec-appendix-fu-lu.md-29.xml", ELLIPSIS),
    ("oma-dm-spec-appendix-fu-lu.md-30.xml", ELLIPSIS),
    ("oma-dm-spec-appendix-fu-lu.md-31.xml", ELLIPSIS),
];

/// The documents of data synchronisation that are not read, and why.
const EXCUSED_OF_DS: &[(&str, &str)] = &[
    ("devaspot-example.wbxml", "a line feed behind the body (WAP-192, 5.3)"),
    ("devaspot-sync-init.xml", QUOTES),
    ("funambol-cpp-dev-inf-results2.xml", QUOTES),
    ("funambol-cpp-wrongex.xml", "the end tag of MsgRef is in a comment (XML 1.0, 3)"),
    ("symbian-syncml-1.1-add-to-client-from-server0.wbxml", TEXT_IN_FRONT),
    ("symbian-syncml-1.1-add-to-client-from-server0.xml", TEXT_IN_FRONT),
    ("symbian-syncml-1.2-defects-def063979.wbxml", "it ends in SWITCH_PAGE instead of END (WAP-192, 5.3)"),
];

/// The elements of device management's commands that are not written again from what was read, and why.
const NOT_WRITTEN: &[(&str, &str)] = &[("Request/CmdID/", "one Replace has three CmdID")];

fn message(document: &Document) -> Result<MessageReader<'_>, Error> {
    match document.kind.as_str() {
        "wbxml" => MessageReader::parse(&document.octets),
        _ => MessageReader::fragment(&document.octets),
    }
}

/// Whether nothing can write what the message says: a name that no vocabulary has, octets that XML does not have.
const fn is_excuse(error: WriteError) -> bool {
    matches!(error, WriteError::UnknownName | WriteError::OpaqueInXml | WriteError::NotXml(_) | WriteError::Text(_))
}

/// Reads, writes in both encodings, reads again; counts what cannot be written.
fn check_written(path: &str, message: &MessageReader<'_>, unwritten: &mut BTreeMap<String, usize>) {
    let (read, end) = said(message.clone());
    assert_eq!(end, Ok(()), "{path}");
    for (encoding, written) in [("WBXML", to_wbxml(message.clone())), ("XML", to_xml(message.clone()))] {
        let written = match written {
            Ok(written) => written,
            Err(error) => {
                assert!(is_excuse(error), "{path} in {encoding}: {error}");
                *unwritten.entry(format!("{encoding}: {error}")).or_default() += 1;
                continue;
            }
        };
        let again = said_by(&written).unwrap_or_else(|error| panic!("{path} in {encoding}: {error}"));
        assert_eq!(again.commands, read.commands, "{path} in {encoding}");
        assert_eq!(again.is_final, read.is_final, "{path} in {encoding}");
        if read.header.is_some() {
            assert_eq!(again.header, read.header, "{path} in {encoding}");
        }
    }
}

/// The contents of the header and of every command that is no group.
fn contents<'a>(mut message: MessageReader<'a>) -> Vec<(&'static str, Option<Markup<'a>>)> {
    let mut contents: Vec<_> = message.header().map(|header| ("SyncHdr", header.content)).into_iter().collect();
    while let Some(command) = message.next_command().unwrap() {
        contents.push(match command {
            Command::Alert(alert) => ("Alert", alert.content),
            Command::Results(results) => ("Results", results.content),
            Command::Status(status) => ("Status", status.content),
            Command::Map(map) => ("Map", map.content),
            Command::Search(search) => ("Search", search.content),
            _ => match command.request() {
                Some(request) => ("Request", request.content),
                None => continue,
            },
        });
    }
    contents
}

/// The leaves of a command that are not there any more when it has been written again.
fn check_content(path: &str, message: &MessageReader<'_>, lost: &mut BTreeMap<String, usize>) {
    let Ok(written) = to_xml(message.clone()) else { return };
    let mut again = contents(MessageReader::parse(&written).unwrap()).into_iter();
    if message.header().is_none() {
        // the writer has written an empty one
        again.next();
    }
    for (name, before) in contents(message.clone()) {
        let (_, after) = again.next().unwrap();
        let mut after = after.map_or_else(Vec::new, |content| support::leaves(&content));
        for leaf in before.map_or_else(Vec::new, |content| support::leaves(&content)) {
            if let Some(at) = after.iter().position(|kept| *kept == leaf) {
                after.swap_remove(at);
                continue;
            }
            let leaf = format!("{name}/{leaf}");
            let (element, text) = leaf.split_once('=').unwrap();
            // an empty Meta or Item says nothing
            if text.is_empty() && element.ends_with("Meta/") {
                continue;
            }
            *lost.entry(element.to_owned()).or_default() += 1;
        }
        assert_eq!(after, Vec::<String>::new(), "{path}");
    }
}

/// Reads all documents of a folder but the excused ones, which may not be readable; gives the elements that are not
/// written again, or nothing where the corpus is missing.
fn check_all(folder: &str, excused: &[(&str, &str)]) -> Option<BTreeMap<String, usize>> {
    let (mut read, mut alone, mut missed, mut unwritten, mut lost) = (0, 0, 0, BTreeMap::new(), BTreeMap::new());
    let documents = support::corpus(folder);
    for document in &documents {
        let path = document.path.as_str();
        let end = message(document).and_then(|message| said(message.clone()).1.map(|()| message));
        let excuse = excused.iter().find(|(name, _)| path.strip_prefix(folder) == Some(name));
        match (end, excuse) {
            (Ok(_), Some((_, reason))) => panic!("{path} is read, but excused: {reason}"),
            (Err(error), None) if error.kind() == ErrorKind::NotAMessage => {
                DevInf::parse(&document.octets).unwrap_or_else(|error| panic!("{path}: {error}"));
                alone += 1;
            }
            (Err(error), None) => panic!("{path}: {error}"),
            (Err(_), Some((_, reason))) => {
                // what breaks a rule of XML is not well-formed, says the manifest
                assert_eq!(document.is_ill_formed, reason.contains("XML 1.0"), "{path}: {reason}");
                missed += 1;
            }
            (Ok(message), None) => {
                check_written(path, &message, &mut unwritten);
                check_content(path, &message, &mut lost);
                read += 1;
            }
        }
    }
    println!(
        "{folder}: {read} messages and {alone} device information read, {missed} excused; messages not written: {unwritten:?}; \
         elements not written: {lost:?}"
    );
    if documents.is_empty() {
        return None;
    }
    assert_eq!(missed, excused.len(), "excused documents that are not there");
    Some(lost)
}

#[test]
fn device_management() {
    let Some(lost) = check_all("syncml-dm/", EXCUSED_OF_DM) else { return };
    assert!(lost.keys().eq(NOT_WRITTEN.iter().map(|(element, _)| element)), "{lost:#?}");
}

#[test]
fn data_synchronisation() {
    let Some(lost) = check_all("syncml-ds/", EXCUSED_OF_DS) else { return };
    assert!(lost.is_empty(), "{lost:#?}");
}

/// The documents with several roots are among those that are read: sequences of commands.
#[test]
fn several_roots() {
    const FILES: [(&str, usize); 10] = [
        ("mobius-enable-firewall.xml", 6),
        ("mobius-password-settings.xml", 2),
        ("mobius-windows-screenlock-2.xml", 4),
        ("mobius-windows-screenlock-secret.xml", 4),
        ("mobius-windows-screenlock.xml", 4),
        ("ms-enterprisemodernappmanagement-csp-05.xml", 2),
        ("ms-nodecache-csp-02.xml", 7),
        ("ms-nodecache-csp-03.xml", 5),
        ("ms-nodecache-csp-04.xml", 3),
        ("ms-vpnv2-csp-02.xml", 3),
    ];
    for document in support::corpus("syncml-dm/") {
        let name = document.path.strip_prefix("syncml-dm/").unwrap();
        let Some((_, count)) = FILES.iter().find(|(file, _)| *file == name) else { continue };
        let (read, end) = said(message(&document).unwrap());
        assert_eq!((read.commands.len(), end), (*count, Ok(())), "{name}");
        assert!(MessageReader::parse(&document.octets).is_err(), "{name}");
    }
}

/// Every file of the folders is in the manifest, and is WBXML or XML: `support::corpus` leaves none of them out. Of the
/// other folders, these are messages and no others, and they are read too.
#[test]
fn no_document_is_left_out() {
    const ELSEWHERE: [&str; 3] = [
        "misc/symbian-syncml-unknown-def078987-3.wbxml",
        "misc/wbxml-stream-version-errors-syncml-003-switch-tag-wbxml11-error.wbxml",
        "misc/wbxml-stream-version-errors-syncml-003-switch-tag-wbxml12-ok.wbxml",
    ];
    let ours = ["syncml-dm/", "syncml-ds/", "ddf/"];
    let Some(folder) = notes::shared("corpus") else { return };
    for part in ours {
        let listed: BTreeSet<_> = support::corpus(part).into_iter().map(|document| document.path).collect();
        let files = fs::read_dir(folder.join(part)).unwrap().map(|file| file.unwrap().file_name());
        let files: BTreeSet<_> = files.map(|name| format!("{part}{}", name.to_str().unwrap())).collect();
        assert_eq!(files, listed);
    }
    let (mut others, mut elsewhere) = (0, Vec::new());
    for document in support::corpus("") {
        if ours.iter().any(|part| document.path.starts_with(part)) {
            continue;
        }
        let octets = &document.octets;
        assert!(DevInf::parse(octets).is_err() && MgmtTree::parse(octets).is_err(), "{}", document.path);
        let Ok(message) = MessageReader::parse(octets) else {
            others += 1;
            continue;
        };
        check_written(&document.path, &message, &mut BTreeMap::new());
        elsewhere.push(document.path);
    }
    elsewhere.sort_unstable();
    assert_eq!(elsewhere, ELSEWHERE);
    println!("{others} documents of other folders are neither messages nor device information nor trees");
}

/// What has no field is written again; what a message says twice where once is enough is not, and the check of contents
/// finds that.
#[test]
fn elements_without_a_field_are_written() {
    let mut lost = BTreeMap::new();
    for fixture in support::fixtures("xml") {
        check_content(&fixture.name, &MessageReader::parse(&fixture.octets).unwrap(), &mut lost);
    }
    assert!(lost.is_empty(), "{lost:#?}");
    let twice = b"<SyncML><SyncBody><Get><CmdID>1</CmdID><CmdID>2</CmdID></Get></SyncBody></SyncML>";
    check_content("twice", &MessageReader::parse(twice).unwrap(), &mut lost);
    assert_eq!(lost.into_keys().collect::<Vec<_>>(), ["Request/CmdID/"]);
}

/// Not one of the documents, cut or changed in one octet, stops the reader other than with an error inside it.
#[test]
fn damaged() {
    let mut count = 0_usize;
    for document in support::corpus("syncml-dm/") {
        let step = document.octets.len() / 16 + 1;
        for at in (0..document.octets.len()).step_by(step) {
            let mut damaged = document.octets.clone();
            damaged[at] ^= 0x41;
            for octets in [&damaged[..], &document.octets[..at]] {
                if let Err(error) = said_by(octets) {
                    assert!(error.offset() <= octets.len(), "{} at {at}: {error}", document.path);
                }
                count += 1;
            }
        }
    }
    println!("{count} damaged documents");
}
