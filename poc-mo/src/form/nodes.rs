//! The nodes that an account is in the management tree.

use alloc::borrow::Cow;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use syncml::dm::Uri;

use super::{DEEPEST, is_text};
use crate::account::{Extension, PocAccount, Reference};
use crate::dm::node_path;
use crate::loss::{Loss, Reason};
use crate::profile::{Field, Profile, Row, matches, order};

/// A node below the account's.
#[derive(Clone, Debug)]
pub(super) struct Node<'a> {
    /// The way to it from the account's node.
    pub(super) path: Cow<'a, str>,
    /// What a leaf holds; `None` for an interior node.
    pub(super) leaf: Option<Leaf<'a>>,
    /// Which extension of the account it is.
    pub(super) extension: Option<usize>,
}

#[derive(Clone, Debug)]
pub(super) struct Leaf<'a> {
    pub(super) format: &'static str,
    pub(super) value: Cow<'a, str>,
}

/// The nodes of an account, each behind the one that it stands below.
#[derive(Clone, Debug)]
pub(super) struct Nodes<'a> {
    pub(super) list: Vec<Node<'a>>,
    /// Whether each is a leaf.
    known: BTreeMap<Cow<'a, str>, bool>,
    pub(super) losses: Vec<Loss>,
}

impl<'a> Nodes<'a> {
    /// Those of `account`, with the names of `profile`.
    pub(super) fn new(account: &'a PocAccount, profile: &Profile<'a>) -> Self {
        let mut nodes = Self { list: Vec::new(), known: BTreeMap::new(), losses: Vec::new() };
        for field in Field::ALL {
            match field {
                Field::ConRef => nodes.references(field, &account.con_refs, profile),
                Field::AppRef => nodes.references(field, &account.app_refs, profile),
                field => {
                    let Some(value) = account.values(field).next() else { continue };
                    let set = row_of(profile, field).and_then(|row| nodes.set(row, placed(row.dm.name, 1), value));
                    nodes.losses.extend(set.err().map(|reason| Loss::Field(field, reason)));
                }
            }
        }
        nodes.extensions(account, profile);
        nodes
    }

    fn set(&mut self, row: &Row<'_>, path: Cow<'a, str>, value: Cow<'a, str>) -> Result<(), Reason> {
        if !is_text(&value) {
            return Err(Reason::NotText);
        }
        let leaf = Leaf { format: row.format.as_str(), value: row.node_value(value) };
        self.insert(path, Some(leaf), None, |_| None)
    }

    /// References stand where they stood, and those that have not stood anywhere get numbers.
    fn references(&mut self, field: Field, references: &'a [Reference], profile: &Profile<'a>) {
        let row = row_of(profile, field);
        let stands = |reference: &'a Reference| {
            let node = reference.node.as_deref()?;
            // with two names to choose, nodes might come in another order than they are listed in
            let is_place = |pattern: &str| pattern.matches('*').count() == 1 && matches(pattern, node);
            (row.is_ok_and(|row| is_place(row.dm.name)) && is_address(node)).then_some(node)
        };
        let taken: BTreeSet<&str> = references.iter().filter_map(stands).collect();
        let mut given: BTreeSet<&str> = BTreeSet::new();
        let mut number = 0_usize;
        for (index, reference) in references.iter().enumerate() {
            let mut place = || {
                let pattern = row?.dm.name;
                if let Some(node) = stands(reference).filter(|node| given.insert(node)) {
                    return Ok(Cow::Borrowed(node));
                }
                loop {
                    number = number.saturating_add(1);
                    let path = placed(pattern, number);
                    // without a number in it, there is one place
                    if !taken.contains(&*path) || !pattern.contains('*') {
                        return Ok(path);
                    }
                }
            };
            let set = place().and_then(|path| self.set(row?, path, Cow::Borrowed(&reference.to)));
            self.losses.extend(set.err().map(|reason| Loss::Reference { field, index, reason }));
        }
    }

    fn extensions(&mut self, account: &'a PocAccount, profile: &Profile<'_>) {
        // an interior node that is an extension further down is no addition
        let mut interior = BTreeMap::new();
        for (index, extension) in account.extensions.iter().enumerate() {
            if extension.value.is_none() && check(extension, profile).is_ok() {
                interior.entry(&*extension.name).or_insert(index);
            }
        }
        for (index, extension) in account.extensions.iter().enumerate() {
            let result = self.extend(index, extension, profile, &interior);
            let name = || extension.name.clone();
            self.losses.extend(result.err().map(|reason| Loss::Extension { index, name: name(), reason }));
        }
        for node in &self.list {
            // what the profile knows of is read as nothing
            if node.leaf.is_none() && node.extension.is_none() && !profile.is_interior(&node.path) {
                self.losses.push(Loss::Node(node.path.to_string()));
            }
        }
    }

    fn extend(
        &mut self,
        index: usize,
        extension: &'a Extension,
        profile: &Profile<'_>,
        interior: &BTreeMap<&str, usize>,
    ) -> Result<(), Reason> {
        check(extension, profile)?;
        let leaf = extension.value.as_deref().map(|value| Leaf { format: "chr", value: Cow::Borrowed(value) });
        let is_there = leaf.is_none() && self.known.get(&*extension.name) == Some(&false);
        if is_there && interior.get(&*extension.name) == Some(&index) {
            return Ok(());
        }
        self.insert(Cow::Borrowed(&extension.name), leaf, Some(index), |path| interior.get(path).copied())
    }

    /// Puts a node behind the others, and in front of it those above it that are not there yet.
    fn insert(
        &mut self,
        path: Cow<'a, str>,
        leaf: Option<Leaf<'a>>,
        extension: Option<usize>,
        of_path: impl Fn(&str) -> Option<usize>,
    ) -> Result<(), Reason> {
        let above = || path.match_indices('/').filter_map(|(end, _)| path.get(..end));
        if above().any(|above| self.known.get(above) == Some(&true)) {
            return Err(Reason::Leaf);
        }
        match self.known.get(&*path) {
            Some(is_leaf) if *is_leaf == leaf.is_some() => return Err(Reason::Repeated),
            Some(_) => return Err(Reason::Leaf),
            None => {}
        }
        for above in above() {
            if !self.known.contains_key(above) {
                let path: Cow<'a, str> = Cow::Owned(String::from(above));
                self.known.insert(path.clone(), false);
                self.list.push(Node { path, leaf: None, extension: of_path(above) });
            }
        }
        self.known.insert(path.clone(), leaf.is_some());
        self.list.push(Node { path, leaf, extension });
        Ok(())
    }

    /// Puts the nodes in the order of a tree: below each the nodes that stand there, before the next one.
    pub(super) fn sort(&mut self) {
        let order = order(self.list.iter().map(|node| &*node.path));
        let mut list: Vec<Option<Node<'a>>> = core::mem::take(&mut self.list).into_iter().map(Some).collect();
        self.list = order.into_iter().filter_map(|index| list.get_mut(index)?.take()).collect();
        let kept: Vec<usize> = self.list.iter().filter_map(|node| node.extension).collect();
        if !kept.is_sorted() {
            self.losses.push(Loss::Order);
        }
    }
}

/// The row of a setting whose node can be written, and is read as this setting.
pub(super) fn row_of<'a>(profile: &Profile<'a>, field: Field) -> Result<&'a Row<'a>, Reason> {
    let row = profile.row(field).ok_or(Reason::NoName)?;
    let pattern = row.dm.name;
    let is_own = profile.row_of_node(pattern).is_some_and(|row| row.field == field);
    if is_own && is_address(&placed(pattern, 1)) { Ok(row) } else { Err(Reason::NoName) }
}

/// The path with this number as the name of each node that gets one at run time.
pub(super) fn placed(pattern: &str, number: usize) -> Cow<'_, str> {
    if !pattern.contains('*') {
        return Cow::Borrowed(pattern);
    }
    let segments: Vec<Cow<'_, str>> = pattern
        .split('/')
        .map(|segment| if segment == "*" { Cow::Owned(number.to_string()) } else { Cow::Borrowed(segment) })
        .collect();
    Cow::Owned(segments.join("/"))
}

/// Whether an address of a node can end so, and is read as it is written.
pub(super) fn is_address(path: &str) -> bool {
    Uri::parse(path).is_ok_and(|uri| uri.path() == path)
        && node_path(Cow::Borrowed(path)).is_some_and(|read| read == path)
}

/// Whether an extension can be a node.
fn check(extension: &Extension, profile: &Profile<'_>) -> Result<(), Reason> {
    let Extension { name, value } = extension;
    if !is_address(name) {
        return Err(Reason::Name);
    }
    if name.split('/').count() > DEEPEST {
        return Err(Reason::TooDeep);
    }
    if !value.as_deref().is_none_or(is_text) {
        return Err(Reason::NotText);
    }
    let is_taken = if value.is_some() { profile.row_of_node(name).is_some() } else { profile.is_interior(name) };
    if is_taken { Err(Reason::Taken) } else { Ok(()) }
}
