//! Addresses, access control lists and formats of real messages and descriptions.

#![cfg(feature = "xml")]
#![expect(clippy::panic, clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

extern crate alloc;

mod support;

use alloc::collections::{BTreeMap, BTreeSet};
use support::Document;
use syncml::dm::{Acl, Format, Uri, UriErrorKind, UriRules, ValueErrorKind};
use syncml::{Command, Items, MessageReader, Meta};
use wbxml::vocabulary::{dmddf, syncml as vocabulary};
use wbxml::{AnyReader, Cursor, Data, Event, Options, Vocabulary};

/// What stands in `LocURI` and is no address by the strict rules: what is wrong, and why it stands there.
const NO_ADDRESSES: &[(&str, UriErrorKind, &str)] = &[
    (
        "./Device /Vendor/MSFT/EnterpriseDesktopAppManagement/MSI/%7B6F7CB29F-1319-4816-B345-0856916EB801%7D/DownloadInstall",
        UriErrorKind::Character(' '),
        SLIP,
    ),
    (
        "./User/Vendor/MSFT/EnterpriseModernAppManagement/AppInstallation/{PackageFamilyName}/StoreInstall",
        UriErrorKind::Character('{'),
        PLACEHOLDER,
    ),
    (
        "./User/Vendor/MSFT/EnterpriseModernAppManagement/AppLicenses/StoreLicenses/{LicenseID}/AddLicense",
        UriErrorKind::Character('{'),
        PLACEHOLDER,
    ),
    (
        "./Vendor/MSFT/EnterpriseAppManagement/4000000001/EnterpriseApps/Inventory/%7B D5DC1EBB-A7F1-DF11-9264-00237DE2DB9E%7D",
        UriErrorKind::Character(' '),
        SLIP,
    ),
    ("/OperatorX", UriErrorKind::LeadingSlash, "an address from the root begins with ./ (DM Tree, addressing)"),
    ("[URL of MDM Server]", UriErrorKind::Character('['), PLACEHOLDER),
    ("http://127.0.0.1:8080/funambol/dm", UriErrorKind::EmptySegment, PEER),
    ("http://208.184.103.62/servlet/fde.sync.SyncML", UriErrorKind::EmptySegment, PEER),
    ("http://www.TheUltimateManagementServer.com", UriErrorKind::EmptySegment, PEER),
    ("http://www.syncml.org/mgmt-server", UriErrorKind::EmptySegment, PEER),
    ("http://www.syncml.org/sync-server", UriErrorKind::EmptySegment, PEER),
    ("https://www.contoso.com/mgmt-server", UriErrorKind::EmptySegment, PEER),
    ("{unique device ID}", UriErrorKind::Character('{'), PLACEHOLDER),
];

const PEER: &str = "the address of a server, in SyncHdr or in the answer to it";
const PLACEHOLDER: &str = "brackets around what somebody is to fill in (RFC 2396, 2.4.3: unwise)";
const SLIP: &str = "a blank in the middle of a name (RFC 2396, 2.4.3: space)";

/// The same for the formats of values.
const NO_FORMATS: &[(&str, &str)] = &[];

/// What is no value of its format.
const NO_VALUES: &[(&str, &str, ValueErrorKind, &str)] = &[
    ("chr", "", ValueErrorKind::Absent, "no Data for application/x-nodemon-nonexistent, a type of Windows alone"),
    ("int", "${MOBIUS_SECRET_length}", ValueErrorKind::Malformed, "what a program is to fill in"),
];

/// The documents of the parts that speak of the tree.
fn documents() -> Vec<Document> {
    ["syncml-dm/", "ddf/"].into_iter().flat_map(support::corpus).collect()
}

/// Hands over each element that holds a text or nothing, with the names of the elements around it and its own. Documents
/// that are not well-formed are read up to their fault.
fn leaves(document: &Document, mut receive: impl FnMut(&[String], &str)) {
    let known: Vec<&Vocabulary<'_>> = vocabulary::ALL.iter().copied().chain([&dmddf::DM_DDF_1_2]).collect();
    let Ok(mut reader) = AnyReader::new(&document.octets, Options::new().vocabularies(&known)) else { return };
    let mut path: Vec<String> = Vec::new();
    let mut text = None;
    let mut in_attributes = false;
    while let Ok(event) = reader.next_event() {
        match event {
            Event::AttributeStart(_) => in_attributes = true,
            Event::AttributesEnd => in_attributes = false,
            _ if in_attributes => {}
            Event::Start(start) => {
                path.push(reader.name(start).ok().flatten().unwrap_or_default().to_owned());
                text = Some(String::new());
                if !start.has_content() {
                    receive(&path, "");
                    path.pop();
                    text = None;
                }
            }
            Event::End => {
                if let Some(text) = text.take() {
                    receive(&path, &text);
                }
                path.pop();
            }
            Event::Text(piece) => {
                if let Some(text) = &mut text {
                    text.push_str(&String::from_utf8_lossy(piece.octets()));
                }
            }
            Event::Opaque(octets) => {
                if let Some(text) = &mut text {
                    text.push_str(&String::from_utf8_lossy(octets));
                }
            }
            Event::Entity(character) => {
                if let Some(text) = &mut text {
                    text.push(character);
                }
            }
            Event::Eof => return,
            _ => {}
        }
    }
}

/// All addresses are read and printed as they were, or are no addresses and listed.
#[test]
fn addresses() {
    let (mut count, mut wrong) = (0_usize, BTreeMap::new());
    let documents = documents();
    for document in &documents {
        leaves(document, |path, text| {
            if !matches!(path.last().map(String::as_str), Some("LocURI" | "TargetRef" | "SourceRef")) {
                return;
            }
            count = count.saturating_add(1);
            match Uri::parse(text) {
                Ok(uri) => assert_eq!(uri.to_string(), text.trim(), "{}", document.path),
                Err(error) => {
                    assert!(text.get(error.offset()..).is_some(), "{text:?}");
                    wrong.insert(text.trim().to_owned(), error.kind());
                }
            }
            // the rules of Windows and the lenient ones take all that the strict ones take
            for rules in [UriRules::WINDOWS, UriRules::LENIENT] {
                assert!(Uri::parse(text).is_err() || Uri::parse_with(text, &rules).is_ok(), "{text:?}");
            }
        });
    }
    let listed = NO_ADDRESSES.iter().map(|(text, kind, _)| ((*text).to_owned(), *kind)).collect();
    assert!(documents.is_empty() || wrong == listed, "{wrong:#?}");
    println!("{count} addresses, {} of them none", wrong.len());
}

/// All access control lists are read, and say the same when they are printed.
#[test]
fn access_control_lists() {
    // no real document has one today: this one is ours, and shows that they are found
    let own = b"<Node><RTProperties><ACL>\n Add=a+b&amp;Get=*\n</ACL></RTProperties></Node>".to_vec();
    let own = Document { path: "own".to_owned(), kind: "xml".to_owned(), is_ill_formed: false, octets: own };
    let mut count = 0_usize;
    for document in documents().into_iter().chain([own]) {
        leaves(&document, |path, text| {
            if path.last().is_some_and(|name| name == "ACL") {
                let acl = Acl::parse(text).unwrap_or_else(|error| panic!("{}: {error}", document.path));
                assert_eq!(acl.as_str(), text.trim());
                count = count.saturating_add(1);
            }
        });
    }
    assert!(count >= 1, "the one of our own is not found");
    println!("{count} access control lists");
}

/// All formats are known or listed, as text (`Meta`) and as an element (`DFFormat`).
#[test]
fn formats() {
    let (mut known, mut unknown) = (BTreeMap::<_, usize>::new(), BTreeSet::new());
    let documents = documents();
    for document in &documents {
        leaves(document, |path, text| {
            let format = match path {
                [.., around, name] if matches!(around.as_str(), "DFFormat" | "Format") => name,
                [.., name] if name == "Format" => text,
                _ => return,
            };
            let format = Format::new(format);
            if format.is_known() {
                let count = known.entry(format.as_str().to_owned()).or_default();
                *count = count.saturating_add(1);
            } else {
                unknown.insert(format.as_str().to_owned());
            }
        });
    }
    let listed = NO_FORMATS.iter().map(|(text, _)| (*text).to_owned()).collect();
    assert!(documents.is_empty() || unknown == listed, "{unknown:#?}");
    println!("formats: {known:?}");
}

/// All values are of their format or listed: the item's, else the command's (Meta-Information, scope of `Meta`).
#[test]
fn values() {
    let (mut count, mut wrong) = (0_usize, BTreeSet::new());
    let documents = support::corpus("syncml-dm/");
    for document in &documents {
        let Ok(mut message) = MessageReader::fragment(&document.octets) else { continue };
        while let Ok(Some(command)) = message.next_command() {
            let (meta, items): (Meta<'_>, Items<'_>) = match command {
                Command::Add(request) | Command::Replace(request) => (request.meta, request.items),
                Command::Results(results) => (results.meta, results.items),
                _ => continue,
            };
            for item in &items {
                let Ok(item) = item else { break };
                let format = item.meta.format.or(meta.format).map(|text| text.to_cow().unwrap().into_owned());
                let text = match &item.data {
                    Some(Data::Text(text)) => Some(text.to_cow().unwrap().into_owned().into_bytes()),
                    Some(Data::Opaque(octets)) => Some(octets.to_vec()),
                    // an interior node that Windows adds: it has neither
                    None if format.is_none() => continue,
                    None => None,
                    // elements are no text
                    Some(_) => continue,
                };
                count = count.saturating_add(1);
                let format = Format::new(format.as_deref().unwrap_or("chr"));
                if let Err(error) = format.value(text.as_deref()) {
                    let text = String::from_utf8_lossy(text.as_deref().unwrap_or_default()).trim().to_owned();
                    let start: String = text.chars().take(40).collect();

                    wrong.insert((format.as_str().to_owned(), start, format!("{:?}", error.kind())));
                }
            }
        }
    }
    let listed =
        NO_VALUES.iter().map(|(format, text, kind, _)| ((*format).to_owned(), (*text).to_owned(), format!("{kind:?}")));
    assert!(documents.is_empty() || wrong == listed.collect(), "{wrong:#?}");
    println!("{count} values, {} of them none of their format", wrong.len());
}
