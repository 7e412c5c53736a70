//! What a client makes of a document that is not quite right.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

use crate::document::ProvisioningDoc;
use crate::node::{Kind, Nodes};
use crate::resolve::Target;
use crate::validate::{Action, Checked};

impl<'a> ProvisioningDoc<'a> {
    /// What is left of the document for a client that passes over what is wrong with it and goes on: of each finding,
    /// the [`Action`] is done, until nothing is to be done. `None`, if clients refuse the document, because its version
    /// is another one or nothing is left.
    ///
    /// ```
    /// use omacp::ProvisioningDoc;
    ///
    /// let mut builder = ProvisioningDoc::builder();
    /// builder.start("PXLOGICAL").parm("PROXY-ID", "PX").parm("NAME", "first").start("PXPHYSICAL");
    /// builder.parm("PHYSICAL-PROXY-ID", "1").parm("PXADDR", "10.0.0.1").parm("TO-NAPID", "INTERNET").end().end();
    /// builder.start("PXLOGICAL").parm("PROXY-ID", "PX").parm("NAME", "second").start("PXPHYSICAL");
    /// builder.parm("PHYSICAL-PROXY-ID", "2").parm("PXADDR", "10.0.0.2").parm("TO-NAPID", "GONE").end();
    /// builder.start("PXPHYSICAL").parm("PHYSICAL-PROXY-ID", "3").parm("PXADDR", "10.0.0.3");
    /// builder.parm("TO-NAPID", "INTERNET").end().end();
    ///
    /// let left = builder.build().pruned().unwrap();
    /// let proxy = left.characteristics().next().unwrap();
    /// assert_eq!(proxy.value("NAME").unwrap(), "first");
    /// let addresses = proxy.characteristics().map(|physical| physical.value("PXADDR").unwrap());
    /// assert!(addresses.eq(["10.0.0.1", "10.0.0.3"]));
    /// ```
    #[must_use]
    pub fn pruned(&self) -> Option<Self> {
        self.pruned_for(|_, _| false)
    }

    /// The same for a phone that has settings already: references to what `is_on_phone` says it has stay.
    #[must_use]
    pub fn pruned_for(&self, mut is_on_phone: impl FnMut(Target, &str) -> bool) -> Option<Self> {
        let mut document = self.clone();
        // A characteristic that goes can take others with it: its access point's proxy, an ACCESS to that. Each round
        // goes one step along these few, however large the document is, and each but the last one takes something away.
        loop {
            let Checked { findings, merges } = Checked::new(&document, &mut is_on_phone);
            let mut gone = BTreeSet::new();
            for finding in &findings {
                match finding.action() {
                    Action::Accept | Action::Merge => {}
                    Action::IgnoreParm | Action::IgnoreElement | Action::FirstWins | Action::IgnoreReference => {
                        gone.insert(finding.node);
                    }
                    Action::IgnoreCharacteristic => {
                        gone.insert(finding.owner);
                    }
                    Action::Refuse => return None,
                }
            }
            if gone.is_empty() && merges.is_empty() {
                return Some(document);
            }
            document = Self { nodes: without(&document.nodes, &gone, &merges) };
        }
    }
}

/// An element whose children are being copied: those in these ranges.
struct Open {
    index: usize,
    /// Whether the range is that of another element: what is in it comes along, but not its attributes.
    is_added: bool,
    ranges: vec::IntoIter<Range<usize>>,
    next: usize,
    end: usize,
}

/// A copy without the nodes in `gone`; the contents of each node in `merges` follow those of the node that it names.
fn without<'a>(nodes: &Nodes<'a>, gone: &BTreeSet<usize>, merges: &BTreeMap<usize, usize>) -> Nodes<'a> {
    let mut added: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (from, into) in merges {
        added.entry(*into).or_default().push(*from);
    }
    let contents = |index: usize| {
        let first = index.saturating_add(1);
        first..nodes.get(index).map_or(first, |node| node.end)
    };
    let open = |index: usize, copy: usize| {
        let from = added.get(&index).map(Vec::as_slice).unwrap_or_default();
        let ranges: Vec<_> = core::iter::once(index).chain(from.iter().copied()).map(contents).collect();
        let mut ranges = ranges.into_iter();
        let Range { start: next, end } = ranges.next().unwrap_or_default();
        Open { index: copy, is_added: false, ranges, next, end }
    };
    let mut copy = Nodes::new();
    let Some(root) = nodes.get(0) else { return copy };
    let mut stack = vec![open(0, copy.push(root.kind.clone(), root.offset, root.has_content))];
    while let Some(top) = stack.last_mut() {
        if top.next >= top.end {
            match top.ranges.next() {
                Some(Range { start, end }) => (top.is_added, top.next, top.end) = (true, start, end),
                None => {
                    copy.close(top.index);
                    stack.pop();
                }
            }
            continue;
        }
        let index = top.next;
        let Some(node) = nodes.get(index) else { return copy };
        top.next = node.end;
        let is_foreign_attribute = top.is_added && matches!(node.kind, Kind::Attribute { .. });
        if is_foreign_attribute || gone.contains(&index) || merges.contains_key(&index) {
            continue;
        }
        let place = copy.push(node.kind.clone(), node.offset, node.has_content);
        if node.end > index.saturating_add(1) || added.contains_key(&index) {
            stack.push(open(index, place));
        }
    }
    copy
}
