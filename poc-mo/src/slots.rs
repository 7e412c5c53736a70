//! Lists whose entries are found by name.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

/// The rest of `path` below the node `node`, if it lies there.
pub(crate) fn below<'n>(node: &str, path: &'n str) -> Option<&'n str> {
    path.strip_prefix(node)?.strip_prefix('/')
}

/// A list in the order in which its entries came, each of which may have a name: the path of a node.
///
/// Whatever is done to one entry costs the logarithm of the list's length, so that no message is slow.
#[derive(Debug)]
pub(crate) struct Slots<T> {
    entries: BTreeMap<usize, T>,
    next: usize,
    by_name: BTreeMap<String, usize>,
    unnamed: BTreeSet<usize>,
}

impl<T> Slots<T> {
    /// The entries with their names. Of several entries with one name the first one has it, and the others are out of
    /// reach: a node stands once in a tree, but a parm may be repeated.
    pub(crate) fn new(entries: Vec<T>, name: impl Fn(&T) -> Option<&str>) -> Self {
        let mut slots = Self { entries: BTreeMap::new(), next: 0, by_name: BTreeMap::new(), unnamed: BTreeSet::new() };
        for entry in entries {
            let index = slots.index();
            match name(&entry) {
                Some(name) => _ = slots.by_name.entry(String::from(name)).or_insert(index),
                None => _ = slots.unnamed.insert(index),
            }
            slots.entries.insert(index, entry);
        }
        slots
    }

    /// The place behind all others.
    const fn index(&mut self) -> usize {
        let index = self.next;
        self.next = index.saturating_add(1);
        index
    }

    /// The place of the entry of this name, else the one behind all others.
    fn place(&mut self, name: &str) -> usize {
        if let Some(index) = self.by_name.get(name) {
            return *index;
        }
        let index = self.index();
        self.by_name.insert(String::from(name), index);
        index
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }

    /// Where the entry of this name is.
    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// Whether there is an entry at `index`: none takes the place of another one that is gone.
    pub(crate) fn is_there(&self, index: usize) -> bool {
        self.entries.contains_key(&index)
    }

    pub(crate) fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        self.entries.get_mut(&index)
    }

    /// All entries, and where they stand.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (usize, &T)> {
        self.entries.iter().map(|(index, entry)| (*index, entry))
    }

    /// Puts an entry without a name behind all others; gives its place.
    pub(crate) fn push(&mut self, entry: T) -> usize {
        let index = self.index();
        self.unnamed.insert(index);
        self.entries.insert(index, entry);
        index
    }

    /// Puts an entry in the place of the one of this name, else of the first one without a name, else behind all. Gives
    /// the one that was there.
    pub(crate) fn put(&mut self, name: &str, entry: T) -> Option<T> {
        if let Some(index) = self.first_unnamed().filter(|_| !self.has(name)) {
            self.name(index, name);
        }
        let index = self.place(name);
        self.entries.insert(index, entry)
    }

    /// Gives the entry at `index`, which has no name, this one, which no entry has.
    pub(crate) fn name(&mut self, index: usize, name: &str) {
        self.unnamed.remove(&index);
        self.by_name.insert(String::from(name), index);
    }

    fn first_unnamed(&self) -> Option<usize> {
        self.unnamed.first().copied()
    }

    /// Removes the entry of this name and those below it.
    pub(crate) fn remove(&mut self, name: &str) {
        let inside = alloc::format!("{name}/");
        let names = self.by_name.range(inside..).map(|(other, _)| other);
        let mut names: Vec<String> = names.take_while(|other| below(name, other).is_some()).cloned().collect();
        names.push(String::from(name));
        for name in names {
            if let Some(index) = self.by_name.remove(&name) {
                self.entries.remove(&index);
            }
        }
    }

    pub(crate) fn remove_unnamed(&mut self) {
        for index in core::mem::take(&mut self.unnamed) {
            self.entries.remove(&index);
        }
    }

    /// What is left, in order.
    pub(crate) fn into_entries(self) -> impl Iterator<Item = T> {
        self.entries.into_values()
    }
}
