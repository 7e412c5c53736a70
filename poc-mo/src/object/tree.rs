//! The nodes in memory, and how what was done to them is undone.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec;
use alloc::vec::Vec;

use syncml::dm::mgmt_tree::Place;
use syncml::dm::{Format, NodeKind, Timestamp};

use crate::form::is_text;

/// All nodes, in one vector: however deep they are nested, nothing recurses.
///
/// What is changed is noted, and can be undone until it is kept.
#[derive(Clone, Debug)]
pub(super) struct Tree {
    slots: Vec<Option<Node>>,
    free: Vec<usize>,
    /// How many nodes without a name of their own in the description stand below another.
    counts: BTreeMap<(usize, Place), u32>,
    journal: Vec<Undo>,
    nodes: usize,
    octets: usize,
    arrivals: u64,
    /// The time of what is done now.
    pub(super) now: Option<Timestamp>,
}

#[derive(Clone, Debug)]
pub(super) struct Node {
    above: usize,
    name: Arc<str>,
    below: BTreeMap<Arc<str>, usize>,
    pub(super) content: Content,
    /// Where it is described.
    pub(super) place: Option<Place>,
    pub(super) version: Version,
    /// How many nodes had come when it came.
    pub(super) arrival: u64,
}

/// How often a node has changed, and when it did last.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Version {
    /// Modulo 2¹⁶.
    pub(super) number: u16,
    /// `None` where nobody has told the time.
    pub(super) changed: Option<Timestamp>,
}

/// What a node holds, apart from its name and the nodes below.
#[derive(Clone, Debug)]
pub(super) struct Content {
    pub(super) format: Box<str>,
    /// A media type or the identifier of an object; empty where nobody has said.
    pub(super) type_: Box<str>,
    /// Empty where that of the node above holds.
    pub(super) acl: Box<str>,
    pub(super) title: Box<str>,
    /// UTF-8, unless the format says octets; nothing of an interior node.
    pub(super) value: Arc<[u8]>,
}

#[derive(Clone, Debug)]
enum Undo {
    Inserted(usize),
    Removed(usize),
    Renamed(usize, Arc<str>, Version),
    Replaced(usize, Content, Version),
}

impl Content {
    pub(super) fn interior() -> Self {
        let (type_, acl, title) = (Box::default(), Box::default(), Box::default());
        Self { format: Box::from(Format::NODE.as_str()), type_, acl, title, value: Arc::from([]) }
    }

    pub(super) fn kind(&self) -> NodeKind {
        Format::new(&self.format).node_kind()
    }

    /// The value as text, unless it is octets: those that no document can hold as text are, too.
    pub(super) fn text(&self) -> Option<&str> {
        if *self.format == *Format::BIN.as_str() {
            return None;
        }
        core::str::from_utf8(&self.value).ok().filter(|text| is_text(text))
    }

    pub(super) fn octets(&self) -> usize {
        let Self { format, type_, acl, title, value } = self;
        [format.len(), type_.len(), acl.len(), title.len(), value.len()].into_iter().fold(0, usize::saturating_add)
    }
}

impl Node {
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) const fn above(&self) -> usize {
        self.above
    }

    /// The nodes right below, by their names.
    pub(super) fn below(&self) -> impl Iterator<Item = usize> + Clone + use<'_> {
        self.below.values().copied()
    }

    /// What it takes, in octets, beside the room that every node takes.
    pub(super) fn octets(&self) -> usize {
        self.name.len().saturating_add(self.content.octets())
    }
}

impl Tree {
    pub(super) const ROOT: usize = 0;

    pub(super) fn new() -> Self {
        let root = Node {
            above: Self::ROOT,
            name: Arc::from("."),
            below: BTreeMap::new(),
            content: Content::interior(),
            place: Some(Place::ROOT),
            version: Version::default(),
            arrival: 0,
        };
        let (free, journal) = (Vec::new(), Vec::new());
        Self {
            slots: vec![Some(root)],
            free,
            counts: BTreeMap::new(),
            journal,
            nodes: 0,
            octets: 0,
            arrivals: 0,
            now: None,
        }
    }

    /// How many nodes there are, the root aside; those that may come back are among them.
    pub(super) const fn nodes(&self) -> usize {
        self.nodes
    }

    /// How many octets names and contents have; those that may come back are among them.
    pub(super) const fn octets(&self) -> usize {
        self.octets
    }

    pub(super) fn get(&self, node: usize) -> Option<&Node> {
        self.slots.get(node)?.as_ref()
    }

    pub(super) fn child(&self, node: usize, name: &str) -> Option<usize> {
        self.get(node)?.below.get(name).copied()
    }

    /// How many nodes there are below another that are described at this place.
    pub(super) fn count(&self, above: usize, place: Place) -> u32 {
        self.counts.get(&(above, place)).copied().unwrap_or_default()
    }

    /// The node itself and those above it, the root last.
    pub(super) fn ancestors(&self, node: usize) -> impl Iterator<Item = &Node> {
        let above = |node: &usize| if *node == Self::ROOT { None } else { self.get(*node).map(Node::above) };
        core::iter::successors(Some(node), above).filter_map(|node| self.get(node))
    }

    /// The node itself and all below it, each in front of those below it, as long as `enters` says so.
    pub(super) fn descendants(
        &self,
        node: usize,
        mut enters: impl FnMut(usize) -> bool,
    ) -> impl Iterator<Item = usize> {
        let mut open = vec![node];
        core::iter::from_fn(move || {
            loop {
                let node = open.pop()?;
                if enters(node) {
                    let start = open.len();
                    open.extend(self.get(node).into_iter().flat_map(Node::below));
                    open.get_mut(start..).unwrap_or_default().reverse();
                    return Some(node);
                }
            }
        })
    }

    /// The address of a node: `./A/B`.
    pub(super) fn uri(&self, node: usize) -> String {
        let names: Vec<&str> = self.ancestors(node).map(Node::name).collect();
        let mut uri = String::new();
        for (index, name) in names.iter().rev().enumerate() {
            if index > 0 {
                uri.push('/');
            }
            uri.push_str(name);
        }
        uri
    }

    /// Puts a node below another, where none of this name is.
    pub(super) fn insert(&mut self, above: usize, name: Arc<str>, content: Content, place: Option<Place>) -> usize {
        let version = Version { number: 0, changed: self.now };
        self.arrivals = self.arrivals.saturating_add(1);
        let node = Node { above, name, below: BTreeMap::new(), content, place, version, arrival: self.arrivals };
        self.nodes = self.nodes.saturating_add(1);
        self.octets = self.octets.saturating_add(node.octets());
        let index = self.free.pop().unwrap_or(self.slots.len());
        match self.slots.get_mut(index) {
            Some(slot) => *slot = Some(node),
            None => self.slots.push(Some(node)),
        }
        self.link(index);
        self.journal.push(Undo::Inserted(index));
        index
    }

    /// Takes a node out, with all below it.
    pub(super) fn remove(&mut self, node: usize) {
        self.unlink(node);
        self.journal.push(Undo::Removed(node));
    }

    pub(super) fn rename(&mut self, node: usize, name: Arc<str>) {
        let Some(version) = self.change(node) else { return };
        if let Some(old) = self.set_name(node, name) {
            self.journal.push(Undo::Renamed(node, old, version));
        }
    }

    pub(super) fn replace(&mut self, node: usize, content: Content) {
        let Some(version) = self.change(node) else { return };
        self.octets = self.octets.saturating_add(content.octets());
        if let Some(place) = self.slots.get_mut(node).and_then(Option::as_mut) {
            let old = core::mem::replace(&mut place.content, content);
            self.journal.push(Undo::Replaced(node, old, version));
        }
    }

    /// Counts a change of a node; gives the version before it.
    fn change(&mut self, node: usize) -> Option<Version> {
        let changed = self.now;
        let version = &mut self.slots.get_mut(node)?.as_mut()?.version;
        let number = version.number.wrapping_add(1);
        Some(core::mem::replace(version, Version { number, changed }))
    }

    /// What can be undone up to here.
    pub(super) fn mark(&self) -> usize {
        self.journal.len()
    }

    /// Undoes all that was done since.
    pub(super) fn roll_back(&mut self, mark: usize) {
        while self.journal.len() > mark {
            match self.journal.pop() {
                Some(Undo::Inserted(node)) => {
                    self.unlink(node);
                    self.drop_all(node);
                }
                Some(Undo::Removed(node)) => self.link(node),
                Some(Undo::Renamed(node, old, version)) => {
                    _ = self.set_name(node, old);
                    if let Some(place) = self.slots.get_mut(node).and_then(Option::as_mut) {
                        place.version = version;
                    }
                }
                Some(Undo::Replaced(node, old, version)) => {
                    if let Some(place) = self.slots.get_mut(node).and_then(Option::as_mut) {
                        place.version = version;
                        let new = core::mem::replace(&mut place.content, old);
                        self.octets = self.octets.saturating_sub(new.octets());
                    }
                }
                None => return,
            }
        }
    }

    /// Keeps all that was done.
    pub(super) fn keep(&mut self) {
        for undo in core::mem::take(&mut self.journal) {
            match undo {
                Undo::Inserted(_) | Undo::Renamed(..) => {}
                Undo::Removed(node) => self.drop_all(node),
                Undo::Replaced(_, old, _) => self.octets = self.octets.saturating_sub(old.octets()),
            }
        }
    }

    fn set_name(&mut self, node: usize, name: Arc<str>) -> Option<Arc<str>> {
        self.unlink(node);
        let renamed = self.slots.get_mut(node)?.as_mut()?;
        let old = core::mem::replace(&mut renamed.name, name);
        self.octets = self.octets.saturating_add(renamed.name.len()).saturating_sub(old.len());
        self.link(node);
        Some(old)
    }

    fn link(&mut self, node: usize) {
        let Some((above, name, place)) = self.get(node).map(|node| (node.above, Arc::clone(&node.name), node.place))
        else {
            return;
        };
        if let Some(above) = self.slots.get_mut(above).and_then(Option::as_mut) {
            above.below.insert(name, node);
        }
        if let Some(place) = place {
            let count = self.counts.entry((above, place)).or_default();
            *count = count.saturating_add(1);
        }
    }

    fn unlink(&mut self, node: usize) {
        let Some((above, name, place)) = self.get(node).map(|node| (node.above, Arc::clone(&node.name), node.place))
        else {
            return;
        };
        if let Some(above) = self.slots.get_mut(above).and_then(Option::as_mut) {
            above.below.remove(&name);
        }
        let Some(place) = place else { return };
        if let Some(count) = self.counts.get_mut(&(above, place)) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                self.counts.remove(&(above, place));
            }
        }
    }

    /// Gives the room of a node, and of all below it, to others.
    fn drop_all(&mut self, node: usize) {
        let mut open = vec![node];
        while let Some(index) = open.pop() {
            let Some(node) = self.slots.get_mut(index).and_then(Option::take) else { continue };
            self.nodes = self.nodes.saturating_sub(1);
            self.octets = self.octets.saturating_sub(node.octets());
            for below in node.below.into_values() {
                if let Some(place) = self.get(below).and_then(|below| below.place) {
                    self.counts.remove(&(index, place));
                }
                open.push(below);
            }
            self.free.push(index);
        }
    }
}
