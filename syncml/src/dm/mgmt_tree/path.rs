//! Where a node stands in the tree, and which node stands there.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::fmt::Write;

use wbxml::Text;
use wbxml::vocabulary::dmddf::tag;

use super::arena::{Entries, Kind, Name};
use super::node::Node;

/// What stands in a path for a node without a name.
pub(crate) const UNNAMED: &str = "<X>";

/// All nodes of a tree in document order, each in front of those below it: [`MgmtTree::walk`](super::MgmtTree::walk).
///
/// The whole walk takes time proportional to the document, paths included.
#[derive(Clone, Debug)]
pub struct Walk<'d, 'a> {
    entries: &'d Entries<'a>,
    next: usize,
    /// The end of each open node, and how long the path was in front of it.
    open: Vec<(usize, usize)>,
    path: String,
}

impl<'d, 'a> Walk<'d, 'a> {
    pub(crate) const fn new(entries: &'d Entries<'a>) -> Self {
        Self { entries, next: 1, open: Vec::new(), path: String::new() }
    }

    /// The URI of the node that was given last: the `Path` of the node at the top and the names below it, `<X>` for a
    /// node without one.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// How many nodes are around the node that was given last.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.open.len().saturating_sub(1)
    }

    fn push(&mut self, segments: Text<'_>) {
        if segments.is_empty() {
            return;
        }
        if !self.path.is_empty() && !self.path.ends_with('/') {
            self.path.push('/');
        }
        // a string takes whatever is written to it
        let _ = write!(self.path, "{segments}");
    }
}

impl<'d, 'a> Iterator for Walk<'d, 'a> {
    type Item = Node<'d, 'a>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let index = self.next;
            let entry = self.entries.get(index)?;
            if entry.kind != Kind::Element(Name::Known(tag::NODE)) {
                self.next = entry.end;
                continue;
            }
            while let Some((_, length)) = self.open.last().copied().filter(|(end, _)| *end <= index) {
                self.open.pop();
                self.path.truncate(length);
            }
            let node = Node { entries: self.entries, index };
            let length = self.path.len();
            if self.open.is_empty() {
                self.push(node.path().unwrap_or_default());
            }
            self.push(node.name().unwrap_or(Text::new(UNNAMED)));
            self.open.push((entry.end, length));
            self.next = index.saturating_add(1);
            return Some(node);
        }
    }
}

/// The nodes that a URI leads to, each with the number of names that it makes up: the nodes without a name on the way.
#[derive(Clone, Debug)]
pub(crate) struct Matches<'d, 'a, 'u> {
    entries: &'d Entries<'a>,
    next: usize,
    /// The end of each open node, what of the URI is below it, and the names made up by then.
    open: Vec<(usize, &'u str, usize)>,
}

impl<'d, 'a, 'u> Matches<'d, 'a, 'u> {
    pub(crate) fn new(entries: &'d Entries<'a>, uri: &'u str) -> Self {
        Self { entries, next: 1, open: vec![(usize::MAX, uri, 0)] }
    }
}

impl<'d, 'a> Iterator for Matches<'d, 'a, '_> {
    type Item = (Node<'d, 'a>, usize);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let index = self.next;
            let entry = self.entries.get(index)?;
            self.next = entry.end;
            if entry.kind != Kind::Element(Name::Known(tag::NODE)) {
                continue;
            }
            while self.open.last().is_some_and(|(end, ..)| *end <= index) {
                self.open.pop();
            }
            let &(_, mut rest, mut unnamed) = self.open.last()?;
            let node = Node { entries: self.entries, index };
            if self.open.len() == 1 {
                let Some(below) = behind(rest, node.path().unwrap_or_default()) else { continue };
                rest = below;
            }
            match node.name() {
                Some(name) => {
                    let Some(below) = behind(rest, name) else { continue };
                    rest = below;
                }
                None => {
                    let Some((_, below)) = segment(rest) else { continue };
                    rest = below;
                    unnamed = unnamed.saturating_add(1);
                }
            }
            if segment(rest).is_none() {
                // what is below it has a longer URI, unless a name is none, such as `.`
                return Some((node, unnamed));
            }
            self.open.push((entry.end, rest, unnamed));
            self.next = index.saturating_add(1);
        }
    }
}

/// The first segment of a URI and what is behind it. `.` is where one is already (DM Tree and Description, 6).
fn segment(uri: &str) -> Option<(&str, &str)> {
    let mut rest = uri;
    while !rest.is_empty() {
        let (segment, behind) = rest.split_once('/').unwrap_or((rest, ""));
        if !matches!(segment, "" | ".") {
            return Some((segment, behind));
        }
        rest = behind;
    }
    None
}

/// The segments of a URI.
pub(crate) fn segments(uri: &str) -> impl Iterator<Item = &str> {
    uri.split('/').filter(|segment| !matches!(*segment, "" | "."))
}

/// What of `uri` is behind the segments of `text`, if it begins with them.
fn behind<'u>(uri: &'u str, text: Text<'_>) -> Option<&'u str> {
    let text = text.to_cow().ok()?;
    let (mut rest, mut wanted) = (uri, &*text);
    while let Some((segment_wanted, more)) = segment(wanted) {
        let (segment, below) = segment(rest)?;
        if segment != segment_wanted {
            return None;
        }
        (rest, wanted) = (below, more);
    }
    Some(rest)
}
