//! A message that ends too early: the commands in front of the cut are delivered, then an error says where.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests: to stop is how they fail"
)]

mod support;

use core::ops::Range;
use support::Said;
use syncml::{Error, ErrorKind, MessageReader};

/// What a message says, and for each command where it ends.
fn ends(octets: &[u8], lines: &[Range<usize>]) -> (Said, Vec<usize>) {
    let (said, end) = support::said(MessageReader::from_wbxml(octets).unwrap());
    assert_eq!(end, Ok(()));
    let mut message = MessageReader::from_wbxml(octets).unwrap();
    let mut ends = Vec::new();
    while message.next_command().unwrap().is_some() {
        let last = lines.iter().position(|line| line.start == message.offset()).unwrap();
        // an inline string is read with the END behind it
        let last = if octets[message.offset()] == 0x03 { last + 1 } else { last };
        ends.push(lines[last].end);
    }
    (said, ends)
}

fn check(message: Result<(Said, Result<(), Error>), Error>, whole: &Said, name: &str) -> (usize, Error) {
    let (commands, error) = match message {
        Err(error) => (0, error),
        Ok((said, end)) => {
            assert_eq!(said.header, whole.header, "{name}");
            assert_eq!(said.commands[..], whole.commands[..said.commands.len()], "{name}");
            let Err(error) = end else { panic!("{name} has no end") };
            (said.commands.len(), error)
        }
    };
    (commands, error)
}

/// WAP-192, 5.3: the error is at the first octet of the token that is not whole, or at the end where one is missing.
#[test]
fn every_truncation_in_wbxml() {
    let mut count = 0;
    for fixture in support::fixtures("hex") {
        let (whole, ends) = ends(&fixture.octets, &fixture.lines);
        assert_eq!(ends.len(), whole.commands.len(), "{}", fixture.name);
        for cut in 0..fixture.octets.len() {
            let name = format!("{} cut at {cut}", fixture.name);
            let message = MessageReader::from_wbxml(&fixture.octets[..cut]).map(support::said);
            let (commands, error) = check(message, &whole, &name);
            assert_eq!(error.kind(), ErrorKind::Document(wbxml::ErrorKind::UnexpectedEof), "{name}");
            let token = fixture.lines.iter().find(|line| line.contains(&cut)).unwrap();
            assert_eq!(error.offset(), token.start, "{name}");
            assert_eq!(commands, ends.iter().filter(|end| **end <= cut).count(), "{name}");
            count += 1;
        }
    }
    println!("{count} truncations");
}

#[cfg(feature = "xml")]
#[test]
fn every_truncation_in_xml() {
    let mut count = 0;
    for fixture in support::fixtures("xml") {
        let whole = support::said_by(&fixture.octets).unwrap();
        let mut most = 0;
        for cut in 0..fixture.octets.len() {
            let name = format!("{} cut at {cut}", fixture.name);
            let message = MessageReader::parse(&fixture.octets[..cut]).map(support::said);
            let (commands, error) = check(message, &whole, &name);
            assert!(error.offset() <= cut, "{name}: {error}");
            assert!(commands >= most, "{name}");
            most = commands;
            count += 1;
        }
        assert_eq!(most, whole.commands.len(), "{}", fixture.name);
    }
    println!("{count} truncations");
}

/// An error is final: whoever asks again is told the same, and no command from the middle of another one.
#[test]
fn a_fault_stays() {
    for fixture in support::fixtures("hex") {
        for cut in 0..fixture.octets.len() {
            let Ok(mut message) = MessageReader::from_wbxml(&fixture.octets[..cut]) else { continue };
            let error = loop {
                match message.next_command() {
                    Ok(command) => assert!(command.is_some(), "{} cut at {cut}", fixture.name),
                    Err(error) => break error,
                }
            };
            for _ in 0..3 {
                assert_eq!(message.next_command().unwrap_err(), error, "{} cut at {cut}", fixture.name);
            }
        }
    }
}
