//! What libwbxml says of messages: WBXML through its `wbxml2xml`, and XML through its `xml2wbxml`, say what the message
//! said. Ours first, then all messages of the corpus, as they are and as we write them.

#![cfg(feature = "xml")]
#![expect(clippy::panic, clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

extern crate alloc;

#[path = "support/meaning.rs"]
mod meaning;
mod support;

use alloc::collections::BTreeMap;
use core::fmt;
use core::sync::atomic::{AtomicUsize, Ordering};
use std::fs;
use std::path::Path;
use std::process::Command as Process;
use syncml::{Error, ErrorKind, MessageReader};

/// Whether the tools are there. Where they are not there is nothing to do, unless the environment variable `REQUIRE`
/// names `oracles`.
fn are_here() -> bool {
    let runs = |tool: &&str| Process::new(tool).arg("--help").output().is_ok();
    let missing = ["timeout", "wbxml2xml", "xml2wbxml"].iter().find(|tool| !runs(tool));
    if let Some(missing) = missing {
        assert!(!support::is_required("oracles"), "REQUIRE names the oracles, but {missing} is not there");
        println!("{missing} is not there");
    }
    missing.is_none()
}

/// A file name that no other test has, in this run or in one beside it: tests run at once, over documents of one name.
fn own_name(tool: &str, name: &str) -> String {
    static RUNS: AtomicUsize = AtomicUsize::new(0);
    format!("{tool}-{}-{}-{}", std::process::id(), RUNS.fetch_add(1, Ordering::Relaxed), name.replace('/', "-"))
}

/// What a message in either encoding says.
fn said(octets: &[u8]) -> Result<Vec<String>, Error> {
    meaning::said_by(MessageReader::parse(octets)?)
}

/// One way through libwbxml: the tool, and what it is told.
type Way = (&'static str, &'static [&'static str]);

const TO_XML: Way = ("wbxml2xml", &["-m", "0", "-k"]);
const TO_WBXML: Way = ("xml2wbxml", &["-v", "1.3", "-k"]);
const TO_WBXML_WITHOUT_TABLE: Way = ("xml2wbxml", &["-v", "1.3", "-k", "-n"]);

/// The document that libwbxml makes of `octets` within ten seconds: it crashes on some, and hangs on others.
fn converted((tool, arguments): Way, name: &str, octets: &[u8]) -> Result<Vec<u8>, String> {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(own_name(tool, name));
    fs::write(&file, octets).unwrap();
    let output = Process::new("timeout").args(["10", tool]).args(arguments).args(["-o", "-"]).arg(&file).output();
    fs::remove_file(&file).unwrap();
    let output = output.unwrap();
    if output.status.success() && !output.stdout.is_empty() {
        return Ok(output.stdout);
    }
    Err(format!("{}: {}", output.status, String::from_utf8_lossy(&output.stderr).trim()))
}

/// Why libwbxml makes something else of a message, and what shows that it is so: what it says, and what theirs says.
type Reason = (&'static str, &'static str, fn(&[String], Result<&[String], Error>) -> bool);

/// The reasons, by the names that `data/libwbxml-differs.tsv` has for them.
const REASONS: [Reason; 4] = [
    (
        "line-ends",
        "xml2wbxml writes CR LF where a text has LF, and wbxml2xml writes CR as it stands, which is a line end then (XML \
         1.0, 2.11)",
        |ours, theirs| theirs.is_ok_and(|theirs| without_cr(ours) == without_cr(theirs)),
    ),
    (
        "not-well-formed",
        "wbxml2xml writes characters that XML does not have as they stand, and ends a CDATA section twice (XML 1.0, 2.2, \
         2.7)",
        |_, theirs| matches!(theirs.map_err(|error| error.kind()), Err(ErrorKind::Document(wbxml::ErrorKind::Xml(_)))),
    ),
    (
        "attributes",
        "the tools drop attributes where the vocabulary has no table of them (WAP-192, 5.8.3, 5.8.4.5)",
        |ours, theirs| theirs.is_ok_and(|theirs| without_texts(ours) == without_texts(theirs)),
    ),
    ("page-2", "wbxml2xml does not know code page 2 of SyncML 1.2 (OMA-TS-DM-TNDS, WBXML definition)", |_, theirs| {
        theirs.is_ok_and(|theirs| theirs.concat().contains("/unknown>"))
    }),
];

fn without_cr(said: &[String]) -> String {
    // markup has it escaped
    said.concat().replace('\r', "").replace("\\r", "")
}

/// Without the strings behind the starts of elements in markup: their texts, and the values of their attributes.
fn without_texts(said: &[String]) -> String {
    let said = said.concat();
    let mut parts = said.split(">\"");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |left, part| {
        let end = part.match_indices('"').find(|(at, _)| !part.split_at(*at).0.ends_with('\\'));
        let rest = end.and_then(|(at, _)| part.split_at(at).1.strip_prefix('"'));
        left + ">" + rest.unwrap_or_default()
    })
}

/// What libwbxml makes of a message: nothing else, or this instead; an error if it refuses it.
fn check(way: Way, name: &str, octets: &[u8]) -> Result<Option<Difference>, String> {
    let ours = said(octets).unwrap();
    let theirs = said(&converted(way, name, octets)?);
    Ok((theirs.as_ref() != Ok(&ours)).then_some(Difference { ours, theirs }))
}

struct Difference {
    ours: Vec<String>,
    theirs: Result<Vec<String>, Error>,
}

impl Difference {
    /// The name of the first reason that explains it.
    fn reason(&self) -> Option<&'static str> {
        let is_right = |(_, _, shows): &&Reason| shows(&self.ours, self.theirs.as_deref().map_err(|error| *error));
        REASONS.iter().find(is_right).map(|(name, ..)| *name)
    }
}

impl fmt::Debug for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.theirs {
            Err(error) => error.fmt(f),
            Ok(theirs) => {
                let at = self.ours.iter().zip(theirs).take_while(|(ours, theirs)| ours == theirs).count();
                write!(f, "ours {:?}, theirs {:?}", self.ours.get(at), theirs.get(at))
            }
        }
    }
}

#[test]
fn fixtures() {
    if !are_here() {
        return;
    }
    let mut count = 0_usize;
    for fixture in support::fixtures("xml") {
        let message = MessageReader::parse(&fixture.octets).unwrap();
        let (wbxml, xml) = (support::to_wbxml(message.clone()).unwrap(), support::to_xml(message).unwrap());
        for (way, octets) in [(TO_XML, &wbxml), (TO_WBXML, &xml), (TO_WBXML_WITHOUT_TABLE, &xml)] {
            let difference =
                check(way, &fixture.name, octets).unwrap_or_else(|error| panic!("{}: {error}", fixture.name));
            let expected = (fixture.name == "tree" && way == TO_XML).then_some("page-2");
            assert_eq!(difference.as_ref().and_then(Difference::reason), expected, "{}: {difference:?}", fixture.name);
            assert_eq!(difference.is_some(), expected.is_some(), "{}: {difference:?}", fixture.name);
            count = count.saturating_add(1);
        }
    }
    println!("{count} documents");
}

/// The ways through libwbxml that a message of the corpus takes: as it is, and as we write it.
fn ways(kind: &str, octets: &[u8]) -> Vec<(&'static str, Way, Vec<u8>)> {
    let mut ways = match kind {
        "wbxml" => vec![("as it is to XML", TO_XML, octets.to_vec())],
        _ => [TO_WBXML, TO_WBXML_WITHOUT_TABLE].map(|way| ("as it is to WBXML", way, octets.to_vec())).to_vec(),
    };
    let message = MessageReader::parse(octets).unwrap();
    if let Ok(wbxml) = support::to_wbxml(message.clone()) {
        ways.push(("as ours to XML", TO_XML, wbxml));
    }
    if let Ok(xml) = support::to_xml(message) {
        ways.extend([TO_WBXML, TO_WBXML_WITHOUT_TABLE].map(|way| ("as ours to WBXML", way, xml.clone())));
    }
    ways
}

/// The documents of the corpus of which libwbxml makes something else: the document, the way, the reason.
const DIFFERENT: &str = include_str!("data/libwbxml-differs.tsv");

#[test]
fn corpus() {
    if !are_here() {
        return;
    }
    let documents: Vec<_> = ["syncml-dm/", "syncml-ds/"].into_iter().flat_map(support::corpus).collect();
    let (mut count, mut refused, mut different) = (0_usize, BTreeMap::<_, usize>::new(), BTreeMap::new());
    for document in &documents {
        // a document that is not read, or has no SyncML around its commands
        if said(&document.octets).is_err() {
            continue;
        }
        for (what, way, octets) in ways(&document.kind, &document.octets) {
            match check(way, &document.path, &octets) {
                Ok(None) => count = count.saturating_add(1),
                Ok(Some(difference)) => {
                    let reason = difference.reason();
                    let reason = reason.unwrap_or_else(|| panic!("{} {what}: {difference:?}", document.path));
                    different.insert(format!("{}\t{what}\t{reason}", document.path), ());
                }
                Err(error) => {
                    let times = refused.entry((what, error)).or_default();
                    *times = times.saturating_add(1);
                }
            }
        }
    }
    for ((what, error), times) in refused {
        println!("refused {what}, {times} times: {error}");
    }
    for (name, reason, _) in REASONS {
        let times = different.keys().filter(|row| row.ends_with(name)).count();
        println!("{times} times: {reason}");
    }
    println!("{count} documents carried over, {} other ones", different.len());
    if !documents.is_empty() {
        let found: Vec<&str> = different.keys().map(String::as_str).collect();
        let listed: Vec<&str> = DIFFERENT.lines().collect();
        let missing: Vec<_> = listed.iter().filter(|row| !found.contains(row)).collect();
        let new: Vec<_> = found.iter().filter(|row| !listed.contains(row)).collect();
        assert!(
            missing.is_empty() && new.is_empty(),
            "no more: {missing:#?}\nnew: {}",
            new.iter().map(|row| format!("{row}\n")).collect::<String>()
        );
    }
}
