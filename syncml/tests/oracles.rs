//! What libwbxml says of our messages: our WBXML through its `wbxml2xml`, and our XML through its `xml2wbxml`, say what
//! the message said.

#![cfg(feature = "xml")]
#![expect(clippy::panic, clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

mod support;

use core::sync::atomic::{AtomicUsize, Ordering};
use std::fs;
use std::path::Path;
use std::process::Command;
use support::{Fixture, Said, said_by};
use syncml::MessageReader;

/// The fixtures that libwbxml does not carry over, and why.
const EXCUSED: &[(&str, &str)] =
    &[("tree", "libwbxml does not know the names of code page 2, and makes a document in OPAQUE of a tree")];

/// A file name that no other test has, in this run or in one beside it: tests run at once, over documents of one name.
fn own_name(tool: &str, name: &str) -> String {
    static RUNS: AtomicUsize = AtomicUsize::new(0);
    format!("{tool}-{}-{}-{name}", std::process::id(), RUNS.fetch_add(1, Ordering::Relaxed))
}

/// The document that libwbxml makes of `octets`, or `None` where its tool is not installed or refuses.
fn converted(tool: &str, arguments: &[&str], name: &str, octets: &[u8]) -> Option<Result<Vec<u8>, String>> {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(own_name(tool, name));
    fs::write(&file, octets).unwrap();
    let output = Command::new("timeout").args(["10", tool]).args(arguments).args(["-o", "-"]).arg(&file).output();
    fs::remove_file(&file).unwrap();
    let output = output.ok().filter(|output| output.status.code() != Some(127))?;
    if output.status.success() {
        return Some(Ok(output.stdout));
    }
    Some(Err(String::from_utf8_lossy(&output.stderr).into_owned()))
}

/// Whether the fixture is carried over, `None` without the tool.
fn check(fixture: &Fixture, tool: &str, arguments: &[&str]) -> Option<Result<(), String>> {
    let message = MessageReader::parse(&fixture.octets).unwrap();
    let ours = if tool == "wbxml2xml" { support::to_wbxml(message) } else { support::to_xml(message) }.unwrap();
    let expected = said_by(&ours).unwrap();
    let theirs = converted(tool, arguments, &fixture.name, &ours)?;
    Some(theirs.and_then(|theirs| match said_by(&theirs) {
        Ok(said) if said == expected => Ok(()),
        Ok(said) => {
            let lines = |said: &Said| [&[format!("{:?}", said.header)][..], &said.commands].concat().join("\n");
            let (theirs, ours) = (lines(&said), lines(&expected));
            let differs = theirs.lines().zip(ours.lines()).find(|(theirs, ours)| theirs != ours);
            Err(format!("{differs:#?}"))
        }
        Err(error) => Err(error.to_string()),
    }))
}

fn check_all(tool: &str, arguments: &[&str]) {
    let mut count = 0_usize;
    for fixture in support::fixtures("xml") {
        let excuse = EXCUSED.iter().find(|(name, _)| *name == fixture.name);
        match (check(&fixture, tool, arguments), excuse) {
            (None, _) => {
                assert!(!support::is_required("oracles"), "REQUIRE names the oracles, but {tool} is not there");
                println!("{tool} is not there");
                return;
            }
            (Some(Ok(())), None) => count = count.saturating_add(1),
            (Some(Ok(())), Some((_, reason))) => panic!("{} is carried over, but excused: {reason}", fixture.name),
            (Some(Err(_)), Some(_)) => {}
            (Some(Err(fault)), None) => panic!("{} through {tool} {arguments:?}: {fault}", fixture.name),
        }
    }
    println!("{tool} {arguments:?}: {count} messages");
}

#[test]
fn our_wbxml_through_wbxml2xml() {
    check_all("wbxml2xml", &[]);
}

#[test]
fn our_xml_through_xml2wbxml() {
    check_all("xml2wbxml", &["-v", "1.3"]);
    check_all("xml2wbxml", &["-v", "1.3", "-n"]);
}
