//! Findings in the documents of others, where they are there.

#![expect(clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

extern crate alloc;

mod support;

use alloc::collections::BTreeMap;

use omacp::ProvisioningDoc;
use omacp::validate::{Rule, Severity, Strictness};

/// Documents with an error that clients in the field stumble over too, and why they have it.
const EXCUSED: &[(&str, Rule, &str)] = &[
    ("prov/mozilla-empty-provdoc.wbxml", Rule::Empty, "a document of a MAC's test, with nothing in it"),
    (
        "prov/mozilla-prov-cont-appendix-c.wbxml",
        Rule::MissingParm,
        "the example of the specification (appendix C) has an ACCESS without anything in it",
    ),
];

#[test]
fn the_corpus_has_no_error_in_the_field_but_those_that_are_listed() {
    let mut rules: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    let mut excused = Vec::new();
    let documents = support::documents();
    for (name, octets) in &documents {
        let Ok(document) = ProvisioningDoc::parse(octets) else { continue };
        let strict = document.validate(Strictness::Strict);
        for (finding, strict) in document.validate(Strictness::Field).iter().zip(strict) {
            let [count, errors] = rules.entry(format!("{:?}", finding.rule)).or_default();
            *count = count.saturating_add(1);
            *errors = errors.saturating_add(usize::from(strict.severity == Severity::Error));
            if finding.severity == Severity::Error {
                let row = EXCUSED.iter().find(|(excused, rule, _)| excused == name && *rule == finding.rule);
                excused.push(*row.unwrap_or_else(|| panic!("{name}: {finding}")));
            }
        }
        if let Some(left) = document.pruned() {
            assert_eq!(left.pruned().as_ref(), Some(&left), "{name}");
        }
    }
    for (rule, [count, errors]) in &rules {
        println!("{rule}: {count} findings, {errors} of them errors by the letter");
    }
    println!("{} documents", documents.len());
    for row in EXCUSED.iter().filter(|_| !documents.is_empty()) {
        assert!(excused.contains(row), "not found: {row:?}");
    }
}
