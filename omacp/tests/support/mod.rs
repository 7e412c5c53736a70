//! What the test binaries share: our own fixtures, and what is not part of the project.

#![allow(dead_code, reason = "each test binary uses a part of it")]

pub(crate) mod notation;

use core::ops::Range;
use std::fs;
use std::path::{Path, PathBuf};

/// A document of our own: `tests/data/NAME.hex`, one token on each line, and `NAME.xml` where XML can say the same.
pub(crate) struct Fixture {
    pub(crate) name: String,
    pub(crate) octets: Vec<u8>,
    pub(crate) lines: Vec<Range<usize>>,
    pub(crate) xml: Option<Vec<u8>>,
}

/// All fixtures, by name.
pub(crate) fn fixtures() -> Vec<Fixture> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "hex"));
    paths.sort();
    assert!(!paths.is_empty(), "no fixtures in {}", folder.display());
    paths.iter().map(|path| fixture(path)).collect()
}

/// One of them.
pub(crate) fn named(name: &str) -> Fixture {
    fixtures().into_iter().find(|fixture| fixture.name == name).unwrap()
}

fn fixture(path: &Path) -> Fixture {
    let name = path.file_stem().unwrap().to_string_lossy().into_owned();
    let mut octets = Vec::new();
    let mut lines = Vec::new();
    for line in fs::read_to_string(path).unwrap().lines() {
        let start = octets.len();
        octets.extend(hex(line.split('#').next().unwrap()));
        if octets.len() > start {
            lines.push(start..octets.len());
        }
    }
    Fixture { name, octets, lines, xml: fs::read(path.with_extension("xml")).ok() }
}

/// The octets of hexadecimal text, blanks and line ends ignored.
pub(crate) fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<char> = text.chars().filter(|character| !character.is_whitespace()).collect();
    digits.chunks(2).map(|pair| u8::from_str_radix(&pair.iter().collect::<String>(), 16).unwrap()).collect()
}

/// The folder beside the project, where it is there: no part of the project, so that its absence is only an error if
/// the environment variable `REQUIRE` names `corpus`.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared").join(path);
    if path.exists() {
        return Some(path);
    }
    assert!(!is_required("corpus"), "REQUIRE names the corpus, but {} is not there", path.display());
    None
}

/// The provisioning documents of the corpus, where it is there: names and octets.
pub(crate) fn documents() -> Vec<(String, Vec<u8>)> {
    let Some(manifest) = shared("corpus/MANIFEST.tsv") else { return Vec::new() };
    let rows = fs::read_to_string(&manifest).unwrap();
    let mut documents = Vec::new();
    for row in rows.lines() {
        let columns: Vec<&str> = row.split('\t').collect();
        let [name, kind, "prov10", ..] = columns[..] else { continue };
        if kind == "wbxml" || kind == "xml" && cfg!(feature = "xml") {
            documents.push((name.to_owned(), fs::read(manifest.with_file_name(name)).unwrap()));
        }
    }
    assert!(!documents.is_empty(), "no documents in {}", manifest.display());
    documents
}

/// Whether the environment variable `REQUIRE` names this thing.
pub(crate) fn is_required(what: &str) -> bool {
    std::env::var("REQUIRE").unwrap_or_default().split(',').any(|name| name.trim() == what)
}
