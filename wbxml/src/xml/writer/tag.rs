//! The attributes of the tag at hand: their names, so that none stands twice, and in the canonical form their order.

use alloc::borrow::ToOwned;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

/// Names up to here are compared one by one.
const FEW: usize = 16;

/// The names of a tag's attributes.
#[derive(Clone, Debug)]
pub(super) struct Names {
    /// The first ones, one behind the other, and where each ends.
    octets: Vec<u8>,
    ends: Vec<usize>,
    /// All of them, where there are many.
    many: BTreeSet<Vec<u8>>,
}

impl Names {
    pub(super) const fn new() -> Self {
        Self { octets: Vec::new(), ends: Vec::new(), many: BTreeSet::new() }
    }

    #[inline]
    pub(super) fn clear(&mut self) {
        self.octets.clear();
        self.ends.clear();
        // to clear it takes long also where nothing is in it
        if !self.many.is_empty() {
            self.many.clear();
        }
    }

    /// Takes one more name; `false` if it stands there already.
    pub(super) fn insert(&mut self, name: &str) -> bool {
        let name = name.as_bytes();
        if self.ends.len() >= FEW {
            return self.insert_into_many(name);
        }
        if self.iter().any(|known| known == name) {
            return false;
        }
        self.octets.extend_from_slice(name);
        self.ends.push(self.octets.len());
        true
    }

    #[cold]
    #[inline(never)]
    fn insert_into_many(&mut self, name: &[u8]) -> bool {
        if self.many.is_empty() {
            self.many = self.iter().map(ToOwned::to_owned).collect();
        }
        self.many.insert(name.to_owned())
    }

    #[inline(always)]
    fn iter(&self) -> impl Iterator<Item = &[u8]> {
        let mut from = 0;
        self.ends.iter().map(move |&end| {
            let name = self.octets.get(from..end).unwrap_or_default();
            from = end;
            name
        })
    }
}

/// What the canonical form has to know: the attributes of the tag at hand, and the prefixes in scope.
#[derive(Clone, Debug)]
pub(super) struct Ordered {
    attributes: Vec<(String, String)>,
    /// For each prefix the namespaces that it stood for, the innermost one last; empty for the default one.
    scopes: BTreeMap<String, Vec<String>>,
    /// Which prefixes were declared, and how many elements are open around each declaration.
    declared: Vec<(usize, String)>,
}

impl Ordered {
    pub(super) const fn new() -> Self {
        Self { attributes: Vec::new(), scopes: BTreeMap::new(), declared: Vec::new() }
    }

    /// An attribute begins.
    pub(super) fn push(&mut self, name: &str) {
        self.attributes.push((name.to_owned(), String::new()));
    }

    /// More of its value, escaped.
    pub(super) fn extend(&mut self, text: &str) {
        if let Some((_, value)) = self.attributes.last_mut() {
            value.push_str(text);
        }
    }

    /// The attributes in the order of Canonical XML 1.0 (2.2), without declarations that change nothing, for a tag with
    /// `depth` elements around it; values are escaped.
    pub(super) fn take(&mut self, depth: usize) -> Vec<(String, String)> {
        let mut attributes = core::mem::take(&mut self.attributes);
        attributes.retain(|(name, value)| {
            let Some(prefix) = declared_prefix(name) else { return true };
            let scope = self.scopes.entry(prefix.to_owned()).or_default();
            let is_new = scope.last().map_or("", |outer| outer) != value;
            if is_new {
                scope.push(value.clone());
                self.declared.push((depth, prefix.to_owned()));
            }
            is_new
        });
        attributes.sort_by(|(this, _), (that, _)| self.order(this).cmp(&self.order(that)));
        attributes
    }

    /// Declarations first, by prefix, then by namespace and local name.
    fn order<'n>(&'n self, name: &'n str) -> (bool, &'n str, &'n str) {
        if let Some(prefix) = declared_prefix(name) {
            return (false, "", prefix);
        }
        match name.split_once(':') {
            Some(("xml", local)) => (true, "http://www.w3.org/XML/1998/namespace", local),
            Some((prefix, local)) => {
                let scope = self.scopes.get(prefix).and_then(|scope| scope.last());
                (true, scope.map_or("", |namespace| namespace), local)
            }
            None => (true, "", name),
        }
    }

    /// An element has ended that had `depth` elements around it.
    pub(super) fn end(&mut self, depth: usize) {
        while self.declared.last().is_some_and(|&(declared, _)| declared >= depth) {
            let scope = self.declared.pop().and_then(|(_, prefix)| self.scopes.get_mut(&prefix));
            scope.and_then(Vec::pop);
        }
    }
}

/// The prefix that an attribute of this name declares a namespace for; empty for the default namespace.
fn declared_prefix(name: &str) -> Option<&str> {
    match name.strip_prefix("xmlns")? {
        "" => Some(""),
        rest => rest.strip_prefix(':'),
    }
}
