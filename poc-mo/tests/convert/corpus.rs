//! Documents of others, where they are there: each yields its access points, proxies and accounts, there and back.

use alloc::collections::BTreeMap;
use std::fs;
use std::path::Path;

use poc_mo::convert::{self, Options};
use poc_mo::omacp::ProvisioningDoc;
use poc_mo::omacp::push::Push;
use poc_mo::omacp::typed::Settings;
use poc_mo::syncml::dm::mgmt_tree::MgmtTree;

use crate::model::{Document, Entry};
use crate::{check_back, described, support};

/// The documents that are not read, and why. The list may only shrink.
const EXCUSED: [(&str, &str); 3] = [
    ("prov/mozilla-vendorconfig.wbxml", "ends too early: three END are missing (WAP-192, 5.3)"),
    ("prov/ms-dmprocessconfigxmlfiltered-02.xml", "an ellipsis stands for elements (WAP-183, wap-provisioningdoc)"),
    ("prov/ms-enterpriseassignedaccess-csp-02.xml", "a start tag never ends (XML 1.0, 3.1)"),
];

/// The provisioning documents: those that the manifest has, bare or in a push, and those about PoC and its relatives,
/// which the manifest does not list. The family `push` has none; the captures of SMS lie beside the pushes that they
/// carry (`omacp/tests/messages.rs`), and `nokia-ota` is another vocabulary.
fn documents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let manifest = fs::read_to_string(folder.join("MANIFEST.tsv")).unwrap();
    let mut documents = Vec::new();
    for row in manifest.lines() {
        let columns: Vec<&str> = row.split('\t').collect();
        let [name, kind, vocabulary, ..] = columns[..] else { panic!("{row}") };
        let read = || fs::read(folder.join(name)).unwrap();
        match (kind, vocabulary) {
            ("wbxml", "prov10") => documents.push((name.to_owned(), read())),
            ("xml", "prov10" | "ms-prov") if cfg!(feature = "xml") => documents.push((name.to_owned(), read())),
            ("bin", "wsp-push+prov10") => {
                documents.push((name.to_owned(), Push::parse(&read()).unwrap().unverified_body().to_vec()));
            }
            (_, "sms-ud+wsp-push+prov10") => {
                let beside = name.replace(".sms.hex", ".wsp.bin");
                assert!(manifest.lines().any(|row| row.starts_with(&format!("{beside}\t"))), "{name}");
            }
            ("xml", "prov10" | "ms-prov") => {}
            _ => assert!(!vocabulary.contains("prov"), "{name}"),
        }
    }
    for part in ["poc/cpclient-examples", "poc/rcs-templates", "poc/symbian", "poc/synthetic"] {
        for entry in fs::read_dir(folder.join(part)).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{part}/{}", path.file_name().unwrap().to_str().unwrap());
            let octets = fs::read(&path).unwrap();
            let is_document = name.ends_with(".wbxml") || name.ends_with(".xml") && cfg!(feature = "xml");
            let is_dm = name.contains("/poc-mo-") || name.contains(".ddf.");
            if is_document && !is_dm {
                documents.push((name, octets));
            }
        }
    }
    documents
}

#[test]
fn every_document_of_the_corpus_goes_there_and_back() {
    let Some(folder) = support::corpus() else {
        println!("corpus: 0 documents, it is not there");
        return;
    };
    let mut counts = BTreeMap::<String, usize>::new();
    let mut count = |what: &str, more: usize| *counts.entry(what.into()).or_default() += more;
    let (mut excused, mut faults) = (0, Vec::new());
    for (name, octets) in documents(&folder) {
        let document = match ProvisioningDoc::parse(&octets) {
            Ok(document) => document,
            Err(error) => {
                match EXCUSED.iter().any(|(known, _)| *known == name) {
                    true => excused += 1,
                    false => faults.push(format!("{name}: {error}")),
                }
                continue;
            }
        };
        let settings = Settings::read(&document);
        // some documents spell the name of the parm as nodes are spelled
        let app_id = |application: &Entry| {
            let mut ids = application.parms.iter().filter(|(name, _)| name.eq_ignore_ascii_case("APPID"));
            ids.find_map(|(_, id)| id.as_deref()).unwrap_or_default().to_ascii_lowercase()
        };
        let source = Document::of(&document);
        let applications = source.0.iter().filter(|entry| entry.type_ == "APPLICATION").map(app_id);
        let applications: Vec<String> = applications.collect();
        let with = |ids: &[&str]| applications.iter().filter(|id| ids.contains(&id.as_str())).count();
        count("documents", 1);
        count("access points", settings.nap_defs.len());
        count("proxies", settings.px_logicals.len());
        let accounts = with(&["w7"]);
        count("w7 accounts", accounts);
        let services = [
            ("PoC accounts", "./PoC", with(&["ap0001", "ap0006"])),
            ("IMS cores", "./IMS", with(&["ap2001"])),
            ("XDM applications", "./XDM", with(&["ap0003", "ap0007"])),
            ("presence applications", "./Presence", with(&["ap0002", "ap0009"])),
        ];
        services.iter().for_each(|(what, _, found)| count(what, *found));
        count("applications", applications.len());
        for (version, options, root) in
            [("1.2", Options::dm_1_2(), "./DMAcc"), ("1.1.2", Options::dm_1_1_2(), "./SyncML/DMAcc")]
        {
            let objects = convert::to_dm(&document, &options).unwrap();
            let octets = objects.tree().to_wbxml().unwrap();
            let tree = MgmtTree::parse(&octets).unwrap();
            let at = |root: &str| tree.nodes().filter(|node| node.path().is_some_and(|path| path == *root)).count();
            assert_eq!(at("./NAP"), settings.nap_defs.len(), "{name}");
            assert_eq!(at("./Proxy"), settings.px_logicals.len(), "{name}");
            assert_eq!(at(root), accounts, "{name}");
            for (_, root, found) in services {
                assert_eq!(at(root), found, "{name}: {root}");
            }
            for loss in objects.losses() {
                count(&format!("DM {version}: {:?}", loss.kind()), 1);
            }
            check_back(&source, objects.losses(), &tree, &options);
            described::check(&tree, &name);
        }
    }
    assert_eq!(faults, Vec::<String>::new());
    let known = EXCUSED.iter().filter(|(name, _)| !name.ends_with(".xml") || cfg!(feature = "xml")).count();
    assert_eq!(excused, known, "an excused document is read, or is not there");
    for (what, count) in &counts {
        println!("corpus: {what}: {count}");
    }
    let expected: &[_] = match cfg!(feature = "xml") {
        true => &[("access points", 52), ("proxies", 32), ("w7 accounts", 4), ("PoC accounts", 2), ("IMS cores", 4)],
        false => &[("w7 accounts", 2), ("PoC accounts", 1), ("IMS cores", 1)],
    };
    for (what, least) in expected {
        assert!(counts[*what] >= *least, "{what}: {}", counts[*what]);
    }
}
