//! Characteristics that are written.

use alloc::string::String;
use alloc::vec::Vec;

use omacp::ProvisioningDoc;

/// The characteristics of a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Characteristics {
    entries: Vec<Entry>,
    tops: Vec<usize>,
}

#[derive(Clone, Debug)]
struct Entry {
    type_: String,
    parms: Vec<(String, String)>,
    children: Vec<usize>,
}

impl Characteristics {
    /// Adds a characteristic at the top, or inside the one at `around`.
    pub(super) fn start(&mut self, around: Option<usize>, type_: &str) -> usize {
        let index = self.entries.len();
        self.entries.push(Entry { type_: type_.into(), parms: Vec::new(), children: Vec::new() });
        match around {
            Some(around) => self.entries.get_mut(around).into_iter().for_each(|entry| entry.children.push(index)),
            None => self.tops.push(index),
        }
        index
    }

    /// Takes away the characteristic at `index`, which was added last and has none inside.
    pub(super) fn cancel(&mut self, around: usize, index: usize) {
        self.entries.truncate(index);
        if let Some(entry) = self.entries.get_mut(around) {
            entry.children.pop();
        }
    }

    /// Adds a parm.
    pub(super) fn parm(&mut self, index: usize, name: &str, value: &str) {
        if let Some(entry) = self.entries.get_mut(index) {
            entry.parms.push((name.into(), value.into()));
        }
    }

    /// How many parms and characteristics are in it.
    pub(super) fn count(&self, index: usize) -> usize {
        self.entries.get(index).map_or(0, |entry| entry.parms.len().saturating_add(entry.children.len()))
    }

    /// The characteristics as a document of version 1.0.
    pub(super) fn document(&self) -> ProvisioningDoc<'_> {
        let mut builder = ProvisioningDoc::builder();
        builder.version("1.0");
        let mut open = Vec::from([self.tops.iter()]);
        while let Some(level) = open.last_mut() {
            let Some(entry) = level.next().and_then(|index| self.entries.get(*index)) else {
                open.pop();
                builder.end();
                continue;
            };
            builder.start(&entry.type_);
            for (name, value) in &entry.parms {
                builder.parm(name, value);
            }
            open.push(entry.children.iter());
        }
        builder.build()
    }
}
