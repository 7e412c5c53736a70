//! Commands in the making: what goes, what is set, what comes.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::form::dm::MIME;
use crate::form::edit::{Edit, EditNode};
use crate::form::is_text;
use crate::form::nodes::is_address;
use crate::slots::below;

#[derive(Debug)]
pub(super) struct Plan<'n> {
    /// The account's node.
    node: &'n str,
    deletes: BTreeSet<String>,
    replaces: Vec<EditNode>,
    /// The nodes that come, and what each holds.
    adds: Vec<(String, Option<(&'static str, String)>)>,
    /// Nodes that are there, and stay.
    there: BTreeSet<String>,
}

impl<'n> Plan<'n> {
    pub(super) fn new(node: &'n str) -> Self {
        let (deletes, there) = (BTreeSet::new(), BTreeSet::new());
        Self { node, deletes, replaces: Vec::new(), adds: Vec::new(), there }
    }

    /// There is a node at this path, and those above it.
    pub(super) fn keep(&mut self, path: &str) {
        self.there.extend(above(path).map(String::from));
        self.there.insert(String::from(path));
    }

    pub(super) fn delete(&mut self, path: &str) {
        self.there.extend(above(path).map(String::from));
        self.deletes.insert(String::from(path));
    }

    pub(super) fn replace(&mut self, path: &str, format: &'static str, value: &str) {
        self.keep(path);
        self.replaces.push(node(self.node, path, Some((format, value))));
    }

    /// Adds a leaf, or an interior node.
    pub(super) fn add(&mut self, path: &str, leaf: Option<(&'static str, &str)>) {
        self.adds.push((String::from(path), leaf.map(|(format, value)| (format, String::from(value)))));
    }

    /// What goes, with all below it; then what is set; then what comes, behind the nodes that it stands below.
    ///
    /// `None` if something has no address, or a value that no document can hold.
    pub(super) fn into_edits(self) -> Option<Vec<Edit>> {
        let Self { node: account, mut deletes, replaces, adds, mut there } = self;
        // what stands above others that go cannot come before it goes as well
        deletes.extend(adds.iter().map(|(path, _)| path).filter(|path| there.contains(*path)).cloned());
        if !deletes.iter().chain(adds.iter().map(|(path, _)| path)).all(|path| is_address(path)) {
            return None;
        }
        let values = adds.iter().filter_map(|(_, leaf)| leaf.as_ref().map(|(_, value)| value));
        if !values.chain(replaces.iter().filter_map(|node| node.value.as_ref())).all(|value| is_text(value)) {
            return None;
        }
        let is_gone = |path: &str| above(path).any(|above| deletes.contains(above));
        there.retain(|path| !deletes.contains(path) && !is_gone(path));
        let mut edits: Vec<Edit> = Vec::new();
        let topmost = deletes.iter().filter(|path| !is_gone(path));
        edits.extend(topmost.map(|path| Edit::Delete(format!("./{account}/{path}"))));
        edits.extend(replaces.into_iter().map(Edit::Replace));
        // the node at the top of the last command
        let mut top = String::new();
        let mut nodes = Vec::new();
        for (path, leaf) in adds {
            if nodes.is_empty() || below(&top, &path).is_none() {
                if !nodes.is_empty() {
                    edits.push(Edit::Add(core::mem::take(&mut nodes)));
                }
                top = above(&path).find(|above| !there.contains(*above)).map_or_else(|| path.clone(), String::from);
            }
            for above in above(&path) {
                if there.insert(String::from(above)) {
                    nodes.push(node(account, above, None));
                }
            }
            there.insert(path.clone());
            nodes.push(node(account, &path, leaf.as_ref().map(|(format, value)| (*format, &**value))));
        }
        if !nodes.is_empty() {
            edits.push(Edit::Add(nodes));
        }
        Some(edits)
    }
}

/// The paths above this one, from the account down.
fn above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').filter_map(|(end, _)| path.get(..end))
}

fn node(account: &str, path: &str, leaf: Option<(&'static str, &str)>) -> EditNode {
    let uri = format!("./{account}/{path}");
    match leaf {
        None => EditNode { uri, format: "node", type_: None, value: None },
        Some((format, value)) => {
            EditNode { uri, format, type_: Some(String::from(MIME)), value: Some(String::from(value)) }
        }
    }
}
