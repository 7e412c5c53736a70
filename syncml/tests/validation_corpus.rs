//! Real messages against the rules: which they break, and how often.

#![cfg(feature = "xml")]
#![expect(clippy::panic, clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

extern crate alloc;

mod support;

use alloc::collections::BTreeMap;
use support::Document;
use syncml::MessageReader;
use syncml::validate::{Finding, Role, Rule, Validator};

fn findings(document: &Document, role: Role) -> Vec<Finding<'_>> {
    let validator = Validator::new(role);
    let validator = if document.path.starts_with("syncml-dm/") { validator.device_management() } else { validator };
    match document.kind.as_str() {
        "wbxml" => validator.validate(&document.octets),
        _ => validator.validate_fragment(&document.octets),
    }
}

/// Whether commands and header can be read to their end.
fn is_read(document: &Document) -> bool {
    let message = match document.kind.as_str() {
        "wbxml" => MessageReader::parse(&document.octets),
        _ => MessageReader::fragment(&document.octets),
    };
    message.is_ok_and(|message| support::said(message).1.is_ok())
}

/// What the reader of messages reads, the validator reads, and it finds nothing beyond the document's end.
#[test]
fn real_messages_are_looked_at_to_their_end() {
    for part in ["syncml-dm/", "syncml-ds/"] {
        let (mut right, mut counts) = (0, BTreeMap::<(Rule, String), usize>::new());
        let documents = support::corpus(part);
        for document in &documents {
            let found = findings(document, Role::Sender);
            let fault = found.iter().find(|finding| matches!(finding.rule, Rule::Unreadable | Rule::NotAMessage));
            if let (true, Some(fault)) = (is_read(document), fault) {
                // what it passes over, the validator looks into
                assert!(IN_DEPTH.iter().any(|name| document.path.ends_with(name)), "{}: {fault}", document.path);
            }
            assert!(found.iter().all(|finding| finding.offset <= document.octets.len()), "{}", document.path);
            assert!(found.is_sorted_by_key(|finding| finding.offset), "{}", document.path);
            right += usize::from(found.is_empty());
            for finding in &found {
                let about = finding.about.map(|about| about.to_string()).unwrap_or_default();
                if std::env::var("V").is_ok() {
                    println!("{} {finding}", document.path);
                }
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

/// Documents with text where elements should be, in something that the reader of messages passes over.
const IN_DEPTH: &[&str] = &[];
