//! What the test binaries share: our own fixtures, the corpus, and a streaming driver.

#![allow(dead_code, reason = "each test binary uses a part of it")]

pub(crate) mod generate;
pub(crate) mod nodes;
pub(crate) mod patch;
pub(crate) mod random;
pub(crate) mod tree;

use core::ops::Range;
use std::fs;
use std::path::{Path, PathBuf};
use wbxml::{Error, Event, Options, Reader};

/// A document of our own, `tests/data/NAME.hex`: one field of the header or one token of the body on each line, with a
/// comment that begins with the name of the field or of the event.
pub(crate) struct Fixture {
    pub(crate) name: String,
    pub(crate) octets: Vec<u8>,
    /// The octets of each line, and the first word of its comment.
    pub(crate) lines: Vec<(Range<usize>, String)>,
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

fn fixture(path: &Path) -> Fixture {
    let name = path.file_stem().unwrap().to_string_lossy().into_owned();
    let mut fixture = Fixture { name, octets: Vec::new(), lines: Vec::new() };
    for line in fs::read_to_string(path).unwrap().lines() {
        let (hex, comment) = line.split_once('#').unwrap_or((line, ""));
        let octets = octets(hex);
        if !octets.is_empty() {
            let start = fixture.octets.len();
            fixture.octets.extend(octets);
            let what = comment.trim_start().split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
            fixture.lines.push((start..fixture.octets.len(), what.to_owned()));
        }
    }
    fixture
}

/// The octets of hexadecimal text: pairs of digits with blanks between them.
pub(crate) fn octets(hex: &str) -> Vec<u8> {
    hex.split_whitespace()
        .map(|pair| {
            assert_eq!(pair.len(), 2, "{pair:?} in {hex:?}");
            u8::from_str_radix(pair, 16).unwrap()
        })
        .collect()
}

/// Hands every WBXML document of the corpus to `check`, with its path, and prints how many there were.
///
/// The corpus is no part of the project: where its folder is missing there is nothing to do, unless the environment
/// variable `REQUIRE` names `corpus`.
pub(crate) fn corpus(what: &str, check: impl FnMut(&str, &[u8])) {
    corpus_of("wbxml", what, check);
}

/// The same for the documents of another kind.
pub(crate) fn corpus_of(kind: &str, what: &str, mut check: impl FnMut(&str, &[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    let mut count = 0_usize;
    if let Ok(manifest) = fs::read_to_string(folder.join("MANIFEST.tsv")) {
        for row in manifest.lines() {
            let mut columns = row.split('\t');
            if let (Some(path), Some(its_kind)) = (columns.next(), columns.next()) {
                if its_kind == kind {
                    check(path, &fs::read(folder.join(path)).unwrap());
                    count += 1;
                }
            }
        }
        assert!(count > 0, "no row of kind {kind} in the manifest of {}", folder.display());
    } else {
        let required = std::env::var("REQUIRE").unwrap_or_default();
        let missing = required.split(',').any(|name| name.trim() == "corpus");
        assert!(!missing, "REQUIRE names the corpus, but {} is not there", folder.display());
    }
    println!("{what}: {count} corpus documents");
}

/// Reads `document` as if it came `chunk` octets at a time: `buffer` holds no more than header, string table and the
/// octets that no event has covered yet. Hands over each event with its span and the depth behind it.
pub(crate) fn stream(
    document: &[u8],
    chunk: usize,
    buffer: &mut Vec<u8>,
    mut receive: impl FnMut(&Event<'_>, Range<usize>, u32),
) -> Result<(), Error> {
    let mut chunks = document.chunks(chunk);
    buffer.clear();
    let mut state = loop {
        match Reader::new(buffer, Options::new()) {
            Ok(reader) => break reader.suspend().0,
            Err(error) => match chunks.next() {
                Some(more) if error.is_unexpected_eof() => buffer.extend_from_slice(more),
                _ => return Err(error),
            },
        }
    };
    loop {
        let mut reader = Reader::resume(buffer, state, Options::new())?;
        let stop = loop {
            match reader.next_event() {
                Ok(Event::Eof) => break Ok(()),
                Ok(event) => receive(&event, reader.span(), reader.depth()),
                Err(error) => break Err(error),
            }
        };
        if stop.is_err_and(|error| !error.is_unexpected_eof()) {
            return stop;
        }
        let Some(more) = chunks.next() else { return stop };
        let (next, consumed) = reader.suspend();
        state = next;
        buffer.drain(state.head_len()..state.head_len() + consumed);
        buffer.extend_from_slice(more);
    }
}

/// The XML documents of our own, `tests/data/NAME.xml`, by name.
pub(crate) fn xml_fixtures() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "xml"));
    paths.sort();
    assert!(!paths.is_empty(), "no XML in {}", folder.display());
    let name = |path: &Path| path.file_stem().unwrap().to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), fs::read(path).unwrap())).collect()
}
