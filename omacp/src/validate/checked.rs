//! A document against all rules.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::check::Check;
use super::finding::Finding;
use super::place::places;
use super::{address, further, identity, parms, references, structure};
use crate::document::ProvisioningDoc;
use crate::node::{Kind, Nodes};
use crate::resolve::Target;

/// What came out of it.
pub(crate) struct Checked<'a> {
    /// The findings, in the order of the document.
    pub(crate) findings: Vec<Finding<'a>>,
    /// Each node that is to be merged, with the one that it is merged into.
    pub(crate) merges: BTreeMap<usize, usize>,
}

impl<'a> Checked<'a> {
    /// Looks at a document, for a phone of which `is_on_phone` says what it has.
    pub(crate) fn new(document: &ProvisioningDoc<'a>, is_on_phone: impl FnMut(Target, &str) -> bool) -> Self {
        let mut check = Check { nodes: &document.nodes, findings: Vec::new(), merges: BTreeMap::new() };
        structure::root(&mut check, document);
        let places = places(&mut check, document);
        for place in &places {
            structure::elements(&mut check, &place.characteristic);
            parms::check(&mut check, place);
            address::check(&mut check, place);
            further::check(&mut check, place);
        }
        identity::check(&mut check, &places);
        references::check(&mut check, document, is_on_phone);
        let Check { nodes, mut findings, merges } = check;
        findings.sort_by_key(|finding| finding.node);
        number(nodes, &mut findings);
        Self { findings, merges }
    }
}

/// Says of each finding which characteristic of its type it is about.
fn number(nodes: &Nodes<'_>, findings: &mut [Finding<'_>]) {
    if findings.is_empty() {
        return;
    }
    let mut last: BTreeMap<Cow<'_, str>, u32> = BTreeMap::new();
    let mut numbers: BTreeMap<usize, u32> = BTreeMap::new();
    for (index, node) in nodes.as_slice().iter().enumerate() {
        if let Kind::Characteristic { type_ } = node.kind {
            let number = last.entry(type_.to_cow().unwrap_or_default()).or_default();
            *number = number.saturating_add(1);
            numbers.insert(index, *number);
        }
    }
    for finding in findings {
        finding.number = numbers.get(&finding.owner).copied().unwrap_or_default();
    }
}
