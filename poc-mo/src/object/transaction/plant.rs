//! Serialised trees: where each of their nodes goes (OMA-TS-DM-TNDS; OMA-TS-DM-StdObj, `Inbox`).

use alloc::borrow::Cow;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec;
use alloc::vec::Vec;

use syncml::StatusCode;
use syncml::dm::bootstrap::inbox_path;
use syncml::dm::mgmt_tree::{MgmtTree, Node, NodeType, Place};
use syncml::dm::{AclCommand, Uri};

use super::change::Wanted;
use super::{Transaction, unaddressed};
use crate::object::answer::Placed;
use crate::object::name::Name;
use crate::object::tree::Tree;

/// A node that nobody has put anywhere by itself.
pub(super) const INBOX: &str = "Inbox";

/// What went wrong at which node.
type Fault = (String, StatusCode);

/// Where a node goes: below which node that is there, with how deep and how long an address.
#[derive(Clone, Copy)]
struct Position {
    node: usize,
    depth: usize,
    len: usize,
}

/// Where the nodes at the top of a tree go.
enum Homes {
    /// All below one node, by their paths and names.
    Together(Position),
    /// Each where the device has its object, under a name of its own; `None` for one that goes nowhere.
    Apart(Vec<Option<(Position, Name)>>, References),
}

/// The addresses of the objects, by their paths in the tree.
#[derive(Default)]
struct References {
    addresses: BTreeMap<String, String>,
    /// Octets of the longest path.
    longest: usize,
}

impl References {
    /// The value that refers to a node where it is now, if it is a reference to the inbox.
    fn relocated(&self, value: &[u8]) -> Option<String> {
        let path = inbox_path(core::str::from_utf8(value).ok()?.trim_ascii())?;
        let ends = core::iter::once(path.len()).chain(path.rmatch_indices('/').map(|(end, _)| end));
        // what is longer than every path is none of them
        let ends = ends.skip_while(|end| *end > self.longest);
        ends.filter_map(|end| path.split_at_checked(end)).find_map(|(object, rest)| {
            let to = self.addresses.get(object)?;
            Some([to, rest].concat())
        })
    }

    /// Of two objects of one path, the first one is meant.
    fn insert(&mut self, path: String, address: String) {
        self.longest = self.longest.max(path.len());
        self.addresses.entry(path).or_insert(address);
    }
}

impl Transaction<'_, '_> {
    /// Whether an address is that of the inbox, or of something in it.
    pub(super) fn is_in_inbox(&self, uri: Uri<'_>) -> bool {
        let first = uri.segments().next().and_then(Name::of);
        self.store.options.has_inbox && first.is_some_and(|name| name.plain == INBOX)
    }

    /// Puts a tree below the node of an address: into the inbox, or where the address says.
    pub(super) fn plant(&mut self, target: Uri<'_>, tree: &MgmtTree<'_>) -> Result<(), Fault> {
        let refused = |status| (String::from(target.path()), status);
        let is_for_inbox = target.is_root() && tree.nodes().next().is_some_and(|node| self.says_inbox(&node));
        if self.is_in_inbox(target) || is_for_inbox {
            self.permit(Tree::ROOT, &[AclCommand::ADD]).map_err(refused)?;
            // the device itself puts them where they belong
            self.is_placing = true;
            let done = self.place_all(tree);
            self.is_placing = false;
            return done;
        }
        let spot = self.spot(target).map_err(refused)?;
        self.permit(spot.node, &[AclCommand::ADD]).map_err(refused)?;
        let above = self.make_all(spot).map_err(refused)?;
        self.put(above, target, tree)
    }

    /// Puts a tree below a node whose address is `target`.
    pub(super) fn put(&mut self, above: usize, target: Uri<'_>, tree: &MgmtTree<'_>) -> Result<(), Fault> {
        // an address that is not the root's begins with ./
        let len = if target.is_root() { 1 } else { target.path().chars().count().saturating_add(2) };
        self.grow(tree, &Homes::Together(Position { node: above, depth: target.depth(), len }))
    }

    /// Puts each object of a tree where the device has such objects. Those that it does not have are passed over.
    fn place_all(&mut self, tree: &MgmtTree<'_>) -> Result<(), Fault> {
        let mut homes = Vec::new();
        let mut taken = BTreeSet::new();
        let mut references = References::default();
        for node in tree.nodes() {
            let from = self.path_in_inbox(&node).map_err(|status| (String::from(INBOX), status))?;
            let fault = |status| (from.clone(), status);
            let home = self.home(&node, &taken).map_err(fault)?;
            if let Some((spot, name)) = &home {
                let to = [&*self.store.tree.uri(spot.node), "/", &*name.written].concat();
                self.note(&from, &to).map_err(fault)?;
                taken.insert((spot.node, name.written.clone()));
                references.insert(from, to);
            }
            homes.push(home);
        }
        if !homes.is_empty() && homes.iter().all(Option::is_none) {
            return Err((String::from(INBOX), StatusCode::OPTIONAL_FEATURE_NOT_SUPPORTED));
        }
        self.grow(tree, &Homes::Apart(homes, references))
    }

    /// Where the device has objects of this node's identifier, and under which name this one goes there: its own, if no
    /// node there has it, nor one of those that have been given away.
    fn home(
        &mut self,
        node: &Node<'_, '_>,
        taken: &BTreeSet<(usize, Arc<str>)>,
    ) -> Result<Option<(Position, Name)>, StatusCode> {
        let Some(NodeType::DdfName(identifier)) = node.rt_properties().and_then(|properties| properties.type_) else {
            return Ok(None);
        };
        let identifier = self.read(identifier)?;
        let Some(place) = self.store.description.object(identifier.trim_ascii()) else { return Ok(None) };
        let Some(way) = self.way(place) else { return Ok(None) };
        let mut spot = Position { node: Tree::ROOT, depth: 0, len: 1 };
        for name in way {
            spot.node = match self.store.tree.child(spot.node, &name.written) {
                Some(node) => node,
                None => self.insert(spot.node, &name, Wanted::INTERIOR)?,
            };
            spot.depth = spot.depth.saturating_add(1);
            spot.len = spot.len.saturating_add(name.written.chars().count()).saturating_add(1);
        }
        if let Some(name) = self.store.description.name(place) {
            return Ok(Some((spot, Name::plain(Cow::Borrowed(name)))));
        }
        let own = self.read(node.name().unwrap_or_default())?;
        let own = segments(&own).last().and_then(Name::spelled);
        let is_taken = |name: &Name| taken.contains(&(spot.node, name.written.clone()));
        let is_free = |name: &Name| self.store.tree.child(spot.node, &name.written).is_none() && !is_taken(name);
        let name = own.filter(is_free).unwrap_or_else(|| self.choose(spot.node, is_taken));
        Ok(Some((spot, name)))
    }

    /// The names from the root down to the node above a place; `None` if one of them comes at run time.
    fn way(&self, place: Place) -> Option<Vec<Name>> {
        let description = self.store.description;
        let mut way = Vec::new();
        let mut at = description.above(place);
        while at != Place::ROOT {
            way.push(Name::plain(Cow::Borrowed(description.name(at)?)));
            at = description.above(at);
        }
        way.reverse();
        Some(way)
    }

    /// A name that no node below this one has: a number, from how many there are.
    fn choose(&mut self, above: usize, is_taken: impl Fn(&Name) -> bool) -> Name {
        let count = self.store.tree.get(above).map_or(0, |node| node.below().count());
        // what was tried before in this transaction is not tried again
        let next = self.next_names.entry(above).or_insert(count);
        loop {
            *next = next.saturating_add(1);
            let name = Name::plain(Cow::Owned(next.to_string()));
            let is_free = self.store.tree.child(above, &name.written).is_none() && !is_taken(&name);
            if is_free || *next == usize::MAX {
                return name;
            }
        }
    }

    /// Notes where a node has gone.
    fn note(&mut self, from: &str, to: &str) -> Result<(), StatusCode> {
        self.take(to.len())?;
        self.placed.push(Placed { from: from.into(), to: to.into() });
        Ok(())
    }

    /// The path of a node at the top, from the inbox on.
    fn path_in_inbox(&mut self, node: &Node<'_, '_>) -> Result<String, StatusCode> {
        let path = self.read(node.path().unwrap_or_default())?;
        let name = self.read(node.name().unwrap_or_default())?;
        let names: Vec<&str> = segments(&path).chain(segments(&name)).collect();
        let names = names.strip_prefix(&[INBOX]).unwrap_or(&names);
        Ok(names.join("/"))
    }

    /// Whether the path of a node at the top is the inbox, or in it.
    fn says_inbox(&self, node: &Node<'_, '_>) -> bool {
        let path = node.path().and_then(|path| path.to_cow().ok()).unwrap_or_default();
        self.store.options.has_inbox && segments(&path).next() == Some(INBOX)
    }

    /// Puts the nodes of a tree where they go, with all below them.
    fn grow(&mut self, tree: &MgmtTree<'_>, homes: &Homes) -> Result<(), Fault> {
        let mut tops = 0_usize;
        let mut open: Vec<Option<Position>> = Vec::new();
        let mut walk = tree.walk();
        while let Some(node) = walk.next() {
            open.truncate(walk.depth());
            let fault = |status| (String::from(walk.path()), status);
            let (path, own) = if open.is_empty() { (node.path(), node.name()) } else { (None, node.name()) };
            let path = self.read(path.unwrap_or_default()).map_err(fault)?;
            let own = self.read(own.unwrap_or_default()).map_err(fault)?;
            let own_names = || segments(&path).chain(segments(&own)).map(Name::spelled).collect::<Option<Vec<_>>>();
            let (mut at, names) = match (open.last(), homes) {
                (Some(Some(above)), _) => (*above, own_names()),
                (None, Homes::Together(spot)) => (*spot, own_names()),
                (None, Homes::Apart(homes, _)) => match homes.get(tops) {
                    Some(Some((spot, name))) => (*spot, Some(vec![name.clone()])),
                    _ => {
                        tops = tops.saturating_add(1);
                        open.push(None);
                        continue;
                    }
                },
                (Some(None), _) => {
                    open.push(None);
                    continue;
                }
            };
            if open.is_empty() {
                tops = tops.saturating_add(1);
            }
            let mut names = names.ok_or_else(|| fault(StatusCode::NOT_FOUND))?;
            let mut wanted = self.wanted_of(&node).map_err(fault)?;
            if let (Homes::Apart(_, references), Some(value)) = (homes, &wanted.value) {
                if let Some(to) = references.relocated(value) {
                    self.take(to.len()).map_err(fault)?;
                    wanted.value = Some(Cow::Owned(to.into_bytes()));
                }
            }
            let is_chosen =
                own.trim_ascii().is_empty() && !matches!((open.is_empty(), homes), (true, Homes::Apart(..)));
            let last = if is_chosen { None } else { names.pop() };
            for name in names {
                at = self.step(at, &name).map_err(fault)?;
            }
            let last = match last {
                Some(name) => name,
                None if is_chosen => self.choose(at.node, |_| false),
                // the root is where one is already
                None => {
                    open.push(Some(at));
                    continue;
                }
            };
            at = self.stand(at, &last, wanted).map_err(fault)?;
            if is_chosen {
                let to = self.store.tree.uri(at.node);
                self.note(walk.path(), &to).map_err(fault)?;
            }
            open.push(Some(at));
        }
        Ok(())
    }

    /// One name further on the way to a node.
    fn step(&mut self, at: Position, name: &Name) -> Result<Position, StatusCode> {
        match self.store.tree.child(at.node, &name.written) {
            Some(node) => self.below(Position { node, ..at }, name),
            None => self.stand(at, name, Wanted::INTERIOR),
        }
    }

    /// The node of this name, with what it is to hold: a server adds it, and the device sets it if it is there.
    fn stand(&mut self, at: Position, name: &Name, wanted: Wanted<'_>) -> Result<Position, StatusCode> {
        let spot = self.below(at, name)?;
        let node = match self.store.tree.child(at.node, &name.written) {
            Some(_) if self.is_server() => return Err(StatusCode::ALREADY_EXISTS),
            Some(node) => {
                self.set(node, wanted)?;
                node
            }
            None => self.insert(at.node, name, wanted)?,
        };
        Ok(Position { node, ..spot })
    }

    /// How deep and how long the address with this name more is, if one may be so.
    fn below(&self, at: Position, name: &Name) -> Result<Position, StatusCode> {
        let rules = self.store.options.rules;
        let written = name.written.chars().count();
        let depth = at.depth.saturating_add(1);
        let len = at.len.saturating_add(written).saturating_add(1);
        let is_beyond = |limit: u16, value: usize| limit != 0 && value > usize::from(limit);
        if is_beyond(rules.max_depth, depth)
            || is_beyond(rules.max_tot_len, len)
            || is_beyond(rules.max_seg_len, written)
        {
            return Err(unaddressed(true));
        }
        Ok(Position { depth, len, ..at })
    }
}

/// The names in a path; `.` is where one is already.
fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').map(str::trim_ascii).filter(|name| !matches!(*name, "" | "."))
}
