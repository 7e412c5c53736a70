//! Documents of others, where they are there: the corpus, and the vectors of the specification notes.

#![expect(clippy::panic, clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

mod support;

use std::fs;

use omacp::{ErrorKind, ProvisioningDoc};

/// Documents that cannot be read, and why.
const EXCUSED: [(&str, ErrorKind, &str); 1] = [(
    "prov/mozilla-vendorconfig.wbxml",
    ErrorKind::Document(wbxml::ErrorKind::UnexpectedEof),
    "truncated: an END is missing",
)];

fn assert_survives(name: &str, document: &ProvisioningDoc<'_>) {
    let octets = document.to_wbxml().unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(ProvisioningDoc::parse(&octets).unwrap(), *document, "{name}");
    #[cfg(feature = "xml")]
    {
        let xml = document.to_xml().unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(ProvisioningDoc::parse(xml.as_bytes()).unwrap(), *document, "{name}");
    }
}

#[test]
fn the_corpus_reads_and_survives() {
    let mut counts = [0_usize; 3];
    if let Some(manifest) = support::shared("corpus/MANIFEST.tsv") {
        for row in fs::read_to_string(&manifest).unwrap().lines() {
            let columns: Vec<&str> = row.split('\t').collect();
            let (name, kind) = (columns[0], columns[1]);
            if columns[2] != "prov10" || !(kind == "wbxml" || kind == "xml" && cfg!(feature = "xml")) {
                continue;
            }
            let octets = fs::read(manifest.with_file_name(name)).unwrap();
            let document = match ProvisioningDoc::parse(&octets) {
                Ok(document) => document,
                Err(error) => {
                    let excuse = EXCUSED.iter().find(|(excused, kind, _)| *excused == name && *kind == error.kind());
                    let (_, _, reason) = excuse.unwrap_or_else(|| panic!("{name}: {error}"));
                    println!("{name}: {reason}");
                    counts[2] += 1;
                    continue;
                }
            };
            assert_survives(name, &document);
            counts[usize::from(kind == "xml")] += 1;
        }
        assert_eq!(counts[2], EXCUSED.len(), "an excused document is read, or is not there");
        assert!(counts[0] > 0, "no row of kind wbxml in {}", manifest.display());
    }
    println!("corpus: {} WBXML documents and {} XML documents, {} excused", counts[0], counts[1], counts[2]);
}

#[cfg(feature = "xml")]
#[test]
fn the_vectors_say_what_their_xml_says() {
    let mut count = 0;
    if let Some(path) = support::shared("spec/test-vectors.md") {
        let notes = fs::read_to_string(path).unwrap();
        for section in notes.split("\n### ").filter(|section| section.starts_with("5.")) {
            let block = |language| Some(section.split_once(language)?.1.split_once("```")?.0);
            let (Some(hex), Some(xml)) = (block("```hex\n"), block("```xml\n")) else { continue };
            let octets = support::hex(hex);
            let document = ProvisioningDoc::parse(&octets).unwrap();
            assert_eq!(document, ProvisioningDoc::parse(xml.as_bytes()).unwrap(), "{section}");
            assert_survives(section, &document);
            assert!(!section.starts_with("5.1") || octets.len() == 501);
            println!("{}: {} octets, ours {}", &section[..4], octets.len(), document.to_wbxml().unwrap().len());
            count += 1;
        }
        assert!(count > 0);
    }
    println!("vectors: {count}");
}
