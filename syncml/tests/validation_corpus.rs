//! Real messages against the rules: which they break, and how often.

#![cfg(feature = "xml")]
#![expect(clippy::panic, clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

extern crate alloc;

mod support;

use alloc::collections::{BTreeMap, BTreeSet};
use support::Document;
use syncml::MessageReader;
use syncml::validate::{Finding, Role, Rule, Validator};

fn findings(document: &Document) -> Vec<Finding<'_>> {
    let mut validator = Validator::new(Role::Sender);
    if document.path.starts_with("syncml-dm/") {
        validator = validator.device_management();
    }
    match document.kind.as_str() {
        "wbxml" => validator.validate(&document.octets),
        _ => validator.validate_fragment(&document.octets),
    }
}

/// Whether header and commands can be read to their end.
fn is_read(document: &Document) -> bool {
    let message = match document.kind.as_str() {
        "wbxml" => MessageReader::parse(&document.octets),
        _ => MessageReader::fragment(&document.octets),
    };
    message.is_ok_and(|message| support::said(message).1.is_ok())
}

/// What the reader of messages reads, the validator reads too.
#[test]
fn real_messages_are_looked_at_to_their_end() {
    for part in ["syncml-dm/", "syncml-ds/"] {
        let (mut right, mut counts) = (0, BTreeMap::<(Rule, String), usize>::new());
        let documents = support::corpus(part);
        for document in &documents {
            let found = findings(document);
            let fault = found.iter().find(|finding| matches!(finding.rule, Rule::Unreadable | Rule::NotAMessage));
            assert!(fault.is_none() || !is_read(document), "{}: {}", document.path, fault.unwrap());
            assert!(found.iter().all(|finding| finding.offset <= document.octets.len()), "{}", document.path);
            right += usize::from(found.is_empty());
            for finding in &found {
                let about = finding.about.map(|about| about.to_string()).unwrap_or_default();
                *counts.entry((finding.rule, about)).or_default() += 1;
            }
        }
        println!("{part} {right} of {} documents without a finding", documents.len());
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by_key(|(_, count)| core::cmp::Reverse(*count));
        for ((rule, about), count) in counts {
            println!("{count:5} {rule:?} {about}");
        }
    }
}

/// The examples of the specification, as far as they can be read, break two rules and no other.
#[test]
fn examples_of_the_specification() {
    let documents: Vec<Document> =
        support::corpus("syncml-dm/").into_iter().filter(|document| document.path.contains("/oma-dm-spec-")).collect();
    let mut broken = BTreeSet::new();
    for document in documents.iter().filter(|document| is_read(document)) {
        let about = |finding: &Finding<'_>| finding.about.map(|about| about.to_string()).unwrap_or_default();
        broken.extend(findings(document).iter().map(|finding| (finding.rule, about(finding))));
    }
    if !documents.is_empty() {
        // CmdID behind MsgRef, CmdRef and Cmd; no CmdRef in the status of a header
        let known = [(Rule::Missing, "CmdRef".to_owned()), (Rule::OutOfOrder, "CmdID".to_owned())];
        assert_eq!(broken, BTreeSet::from(known));
    }
}
