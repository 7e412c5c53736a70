//! From nodes to characteristics.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use data_encoding::BASE64;
use omacp::resolve::Target;
use syncml::dm::mgmt_tree::MgmtTree;
use syncml::dm::{Acl, AclBuilder};

use super::characteristics::Characteristics;
use super::loss::{Loss, LossKind};
use super::node_name::{self, NodeNames};
use super::objects::{Leaf, Objects, bare};
use super::table::{Direction, Mapping, Row, Values};
use super::to_dm::{INTERNET, acl};
use crate::error::Error;
use crate::profile::Name;
use crate::room::Room;

pub(super) struct ToCp<'d, 'a> {
    objects: Objects<'d, 'a>,
    pub(super) characteristics: Characteristics,
    pub(super) losses: Vec<Loss>,
    /// What references to the node at an address say.
    names: BTreeMap<String, (Target, Option<String>)>,
    /// What the names of nodes say, where they say something.
    ids: BTreeMap<usize, String>,
    room: Room,
}

/// A node that has a mapping.
struct Instance<'m> {
    node: usize,
    mapping: &'m Mapping<'m>,
    /// The place of its identifier among those of the mapping.
    app: usize,
    id: Option<String>,
}

impl<'d, 'a> ToCp<'d, 'a> {
    pub(super) fn new(tree: &'d MgmtTree<'a>) -> Result<Self, Error> {
        let mut room = Room::new();
        let objects = Objects::read(tree, &mut room)?;
        let (characteristics, losses) = (Characteristics::default(), Vec::new());
        Ok(Self { objects, characteristics, losses, names: BTreeMap::new(), ids: BTreeMap::new(), room })
    }

    /// Converts all that has a mapping.
    pub(super) fn tree(&mut self, mappings: &[Mapping<'_>]) -> Result<(), Error> {
        let instances = self.instances(mappings)?;
        for instance in &instances {
            if let Some(target) = instance.mapping.target {
                let address = self.objects.address(instance.node, &mut self.room)?;
                self.names.insert(address, (target, instance.id.clone()));
            }
        }
        let servers = instances.iter().filter(|instance| instance.mapping.is_server);
        let servers = servers.filter_map(|instance| instance.id.as_deref()).filter(|id| acl([*id]).is_ok());
        let of_all = acl(servers).unwrap_or_default();
        for instance in &instances {
            self.instance(instance, &of_all)?;
        }
        let instances = instances.iter().map(|instance| instance.node).collect();
        self.lose_the_rest(&instances)
    }

    fn instances<'m>(&mut self, mappings: &'m [Mapping<'m>]) -> Result<Vec<Instance<'m>>, Error> {
        let mut instances = Vec::new();
        let mut names = NodeNames::default();
        let mut node = 0;
        while node < self.objects.count() {
            let mut next = node.saturating_add(1);
            if let Some((mapping, app)) = self.mapping(mappings, node)? {
                let id = match mapping.is_named_by_node() {
                    true => self.id_of_name(node, &mut names)?,
                    false => self.id(mapping, node)?,
                };
                instances.push(Instance { node, mapping, app, id });
                next = self.objects.end(node).max(next);
            }
            node = next;
        }
        Ok(instances)
    }

    /// The mapping of the node: by its type, by its application, by where it stands.
    fn mapping<'m>(
        &mut self,
        mappings: &'m [Mapping<'m>],
        node: usize,
    ) -> Result<Option<(&'m Mapping<'m>, usize)>, Error> {
        if !self.objects.is_interior(node) {
            return Ok(None);
        }
        if let Some(id) = self.objects.object_id(node, &mut self.room)? {
            for mapping in mappings {
                if let Some(place) = mapping.object_ids.iter().position(|known| *known == id) {
                    return Ok(Some((mapping, place)));
                }
            }
        }
        for mapping in mappings {
            let Some(app) = mapping.app else { continue };
            for leaf in app.node.map(|name| self.objects.find_path(node, name)).unwrap_or_default() {
                if let Leaf::Text(id) = self.objects.leaf(leaf, &mut self.room)? {
                    if let Some(place) = app.ids.iter().position(|known| known.eq_ignore_ascii_case(&id)) {
                        return Ok(Some((mapping, place)));
                    }
                }
            }
        }
        let mut here = mappings
            .iter()
            .filter(|mapping| bare(mapping.root).split('/').count().saturating_add(1) == self.objects.depth(node));
        let Some(_) = here.clone().next() else { return Ok(None) };
        let address = self.objects.address(node, &mut self.room)?;
        let above = address.rsplit_once('/').map_or("", |(above, _)| above);
        let is_here = |mapping: &&Mapping<'_>| bare(mapping.root) == above;
        // below one node, such as the inbox, there may be anything
        let is_alone = here.clone().filter(is_here).count() == 1;
        Ok(here.find(is_here).filter(|_| is_alone).map(|mapping| (mapping, 0)))
    }

    /// What the leaf of the parm says after which instances are named.
    fn id(&mut self, mapping: &Mapping<'_>, node: usize) -> Result<Option<String>, Error> {
        let leaf = mapping.rows.iter().find_map(|row| match row {
            Row::Leaf { cp, dm, .. } if cp.name == mapping.id.name => self.objects.find(node, dm).first().copied(),
            _ => None,
        });
        let Some(leaf) = leaf else { return Ok(None) };
        match self.objects.leaf(leaf, &mut self.room)? {
            Leaf::Text(id) => Ok(Some(id).filter(|id| !id.is_empty())),
            _ => Ok(None),
        }
    }

    /// What the name of the node says, with a number if another one says the same.
    fn id_of_name(&mut self, node: usize, names: &mut NodeNames) -> Result<Option<String>, Error> {
        let address = self.objects.address(node, &mut self.room)?;
        let name = node_name::unescaped(address.rsplit('/').next().unwrap_or_default());
        if node_name::is_made_up(&name) {
            return Ok(None);
        }
        let id = names.choose_id(&name);
        self.room.take(id.len())?;
        self.ids.insert(node, id.clone());
        Ok(Some(id))
    }

    fn instance(&mut self, instance: &Instance<'_>, of_all: &str) -> Result<(), Error> {
        let Instance { node, mapping, app, ref id } = *instance;
        self.objects.mark(node);
        let index = self.characteristics.start(None, mapping.type_);
        if let Some(known) = mapping.app {
            if known.node.is_none_or(|name| self.objects.find_path(node, name).is_empty())
                && !mapping.rows.iter().any(|row| matches!(row, Row::Constant { cp, .. } if cp.name == known.parm.name))
            {
                let id = known.ids.get(app).or(known.ids.first()).copied().unwrap_or_default();
                self.characteristics.parm(index, known.parm.name, id);
            }
        }
        self.fill(mapping.rows, node, index)?;
        let given = match id {
            Some(id) if mapping.is_server => acl([id.as_str()]).unwrap_or_default(),
            _ if mapping.is_server => String::new(),
            _ => of_all.into(),
        };
        self.room.take(given.len())?;
        let Some(list) = self.objects.acl(node, &mut self.room)? else { return Ok(()) };
        let is_given = Acl::parse(&list).is_ok_and(|list| AclBuilder::from(list).to_string() == given);
        if is_given { Ok(()) } else { self.lose(LossKind::Acl, node) }
    }

    /// Converts what is below the node into what is in the characteristic.
    fn fill(&mut self, rows: &[Row<'_>], node: usize, index: usize) -> Result<(), Error> {
        for row in rows {
            match row {
                Row::Leaf { cp, dm, values } => {
                    let mut leaves = self.objects.find(node, dm);
                    if !dm.name.contains('*') {
                        leaves.truncate(1);
                    }
                    for leaf in leaves {
                        self.leaf(leaf, cp, *values, index)?;
                    }
                }
                Row::Constant { cp, value } => self.characteristics.parm(index, cp.name, value),
                Row::References { cp, one, many } => self.refer(node, cp, (*one, *many), index)?,
                Row::NodeName { cp } => {
                    if let Some(id) = self.ids.get(&node) {
                        self.characteristics.parm(index, cp.name, id);
                    }
                }
                Row::Interior { dm } => {
                    for inner in self.objects.find(node, dm) {
                        self.objects.mark(inner);
                    }
                }
                Row::Group { direction: Direction::ToDm, .. } | Row::Shorthand { .. } => {}
                Row::Group { cp, dm, rows, .. } => {
                    let mut nodes = self.objects.find(node, dm);
                    if !dm.name.contains('*') {
                        nodes.truncate(1);
                    }
                    let constants = rows.iter().filter(|row| matches!(row, Row::Constant { .. })).count();
                    for inner in nodes {
                        self.objects.mark(inner);
                        let child = self.characteristics.start(Some(index), cp);
                        self.fill(rows, inner, child)?;
                        // what is in the node around it need not be there
                        if dm.name.is_empty() && self.characteristics.count(child) == constants {
                            self.characteristics.cancel(index, child);
                        }
                    }
                }
            }
        }
        Ok(())
    }

    fn leaf(&mut self, leaf: usize, cp: &Name<'_>, values: Values, index: usize) -> Result<(), Error> {
        self.objects.mark(leaf);
        let text = match (self.objects.leaf(leaf, &mut self.room)?, values) {
            (Leaf::Text(text), _) => text,
            (Leaf::Octets(octets), Values::Octets) => BASE64.encode(&octets),
            (Leaf::Octets(octets), _) => match String::from_utf8(octets) {
                Ok(text) => text,
                Err(_) => return self.lose(LossKind::NotText, leaf),
            },
            (Leaf::Other, _) => return self.lose(LossKind::NotText, leaf),
        };
        let Some(value) = values.parm(&text) else { return self.lose(LossKind::Value, leaf) };
        if let Some(value) = value {
            self.characteristics.parm(index, cp.name, value);
        }
        let returned = value.map_or(values.default(), |value| values.leaf(value));
        if returned == Some(&*text) { Ok(()) } else { self.lose(LossKind::Respelled, leaf) }
    }

    /// Writes the parms of references.
    fn refer(
        &mut self,
        node: usize,
        cp: &[(Name<'_>, Target)],
        (one, many): (Option<Name<'_>>, Option<Name<'_>>),
        index: usize,
    ) -> Result<(), Error> {
        let mut preferred = None;
        let places = [one, many].map(|name| name.map(|name| self.objects.find(node, &name)).unwrap_or_default());
        let [first, others] = places;
        let count = first.len();
        for (place, leaf) in first.into_iter().chain(others).enumerate() {
            self.objects.mark(leaf);
            let Leaf::Text(uri) = self.objects.leaf(leaf, &mut self.room)? else {
                self.lose(LossKind::NotText, leaf)?;
                continue;
            };
            // the preferred one may stand among all of them again
            if place >= count && preferred.as_ref() == Some(&uri) {
                continue;
            }
            let parm_of = |target: Target| cp.iter().find(|(_, of)| *of == target).map(|(name, _)| name.name);
            // a proxy's name would be taken for an access point's
            let of_name = || cp.iter().find(|(_, of)| *of != Target::Proxy).map(|(name, _)| name.name);
            let (parm, name, kind) = match self.names.get(bare(&uri)) {
                Some((target, Some(name))) => (parm_of(*target), name.as_str(), None),
                Some((_, None)) => (None, "", None),
                None if uri.starts_with("./") => (None, "", None),
                None if uri == INTERNET && parm_of(Target::AccessPoint).is_some() => (of_name(), uri.as_str(), None),
                None => (of_name(), uri.as_str(), Some(LossKind::Unresolved)),
            };
            let kind = match parm {
                Some(parm) => {
                    self.room.take(name.len())?;
                    self.characteristics.parm(index, parm, name);
                    kind
                }
                None => Some(LossKind::Dangling),
            };
            if let Some(kind) = kind {
                self.lose(kind, leaf)?;
            }
            if place < count {
                preferred = Some(uri);
            }
        }
        Ok(())
    }

    fn lose(&mut self, kind: LossKind, node: usize) -> Result<(), Error> {
        let at = format!("./{}", self.objects.address(node, &mut self.room)?);
        self.losses.push(Loss::new(kind, at, self.objects.offset(node)));
        Ok(())
    }

    /// Reports the nodes that no row has taken, and lists of rights that are not those of an object.
    fn lose_the_rest(&mut self, instances: &BTreeSet<usize>) -> Result<(), Error> {
        let mut node = 0;
        while node < self.objects.count() {
            if self.objects.is_used(node) {
                if !instances.contains(&node) && self.objects.acl(node, &mut self.room)?.is_some() {
                    self.lose(LossKind::Acl, node)?;
                }
                node = node.saturating_add(1);
            } else {
                self.lose(LossKind::NoCounterpart, node)?;
                node = self.objects.end(node).max(node.saturating_add(1));
            }
        }
        Ok(())
    }
}
