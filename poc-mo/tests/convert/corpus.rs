//! Documents of others, where they are there: each yields its access points, proxies and accounts, there and back.

use alloc::collections::BTreeMap;
use std::fs;
use std::path::Path;

use poc_mo::convert::{self, Options};
use poc_mo::omacp::ProvisioningDoc;
use poc_mo::omacp::push::Push;
use poc_mo::omacp::typed::{Application, Settings};
use poc_mo::syncml::dm::mgmt_tree::MgmtTree;

use crate::model::Document;
use crate::{check_back, support};

/// The documents that are not read, and why. The list may only shrink.
const EXCUSED: [(&str, &str); 3] = [
    ("prov/mozilla-vendorconfig.wbxml", "ends too early: three END are missing (WAP-192, 5.3)"),
    ("prov/ms-dmprocessconfigxmlfiltered-02.xml", "an ellipsis stands for elements (WAP-183, wap-provisioningdoc)"),
    ("prov/ms-enterpriseassignedaccess-csp-02.xml", "a start tag never ends (XML 1.0, 3.1)"),
];

/// The provisioning documents: those that the manifest has, bare or in a push, and those about PoC and its relatives,
/// which the manifest does not list. The family `push` has none.
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
            _ => assert!(!(name.starts_with("push/") && vocabulary.contains("prov")), "{name}"),
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
        let is_w7 = |application: &&Application<'_>| {
            application.appid.is_some_and(|id| id.to_string().eq_ignore_ascii_case("w7"))
        };
        count("documents", 1);
        count("access points", settings.nap_defs.len());
        count("proxies", settings.px_logicals.len());
        count("w7 accounts", settings.applications.iter().filter(is_w7).count());
        for (version, options, root) in
            [("1.2", Options::dm_1_2(), "./DMAcc"), ("1.1.2", Options::dm_1_1_2(), "./SyncML/DMAcc")]
        {
            let objects = convert::to_dm(&document, &options).unwrap();
            let octets = objects.tree().to_wbxml().unwrap();
            let tree = MgmtTree::parse(&octets).unwrap();
            let at = |root: &str| tree.nodes().filter(|node| node.path().is_some_and(|path| path == *root)).count();
            assert_eq!(at("./NAP"), settings.nap_defs.len(), "{name}");
            assert_eq!(at("./Proxy"), settings.px_logicals.len(), "{name}");
            assert_eq!(at(root), settings.applications.iter().filter(is_w7).count(), "{name}");
            for loss in objects.losses() {
                count(&format!("DM {version}: {:?}", loss.kind()), 1);
            }
            check_back(&Document::of(&document), objects.losses(), &tree, &options);
        }
    }
    assert_eq!(faults, Vec::<String>::new());
    let known = EXCUSED.iter().filter(|(name, _)| !name.ends_with(".xml") || cfg!(feature = "xml")).count();
    assert_eq!(excused, known, "an excused document is read, or is not there");
    for (what, count) in &counts {
        println!("corpus: {what}: {count}");
    }
    assert!(counts["w7 accounts"] > 0 && counts["access points"] > 0 && counts["proxies"] > 0);
}
