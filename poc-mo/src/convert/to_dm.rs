//! From characteristics to nodes.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use omacp::resolve::Target;
use omacp::{Characteristic, Parm, ProvisioningDoc};
use syncml::dm::{AclBuilder, AclCommand, AclError, Segment};
use wbxml::Text;

use super::loss::{Loss, LossKind};
use super::node_name::{self, NodeNames};
use super::nodes::Nodes;
use super::table::{Direction, Mapping, Row, Values};
use crate::error::{Error, ErrorKind};
use crate::profile::{Name, confirmed};
use crate::room::Room;

/// What a server may do to what it has bootstrapped.
pub(super) const GRANTED: [AclCommand<'static>; 3] = [AclCommand::DELETE, AclCommand::GET, AclCommand::REPLACE];

/// The name by which references mean any access point that offers the Internet.
pub(super) const INTERNET: &str = "INTERNET";

#[derive(Debug)]
pub(super) struct ToDm {
    pub(super) nodes: Nodes,
    pub(super) losses: Vec<Loss>,
    pub(super) unconfirmed: BTreeSet<String>,
    /// The URIs of what references mean by a name.
    pub(super) uris: BTreeMap<(Target, String), String>,
    /// The same URIs, from the root.
    addresses: BTreeSet<String>,
    /// The names by which applications are referred to when they come back.
    app_refs: BTreeSet<String>,
    /// The rights of all servers.
    pub(super) acl: Option<String>,
    room: Room,
}

/// A characteristic that has an object.
struct Object<'d, 'a, 'm> {
    characteristic: Characteristic<'d, 'a>,
    at: String,
    mapping: &'m Mapping<'m>,
    /// The place of its identifier among those of the mapping.
    app: usize,
    id: Option<String>,
    name: String,
}

/// A parm that refers to something.
struct Reference {
    target: Target,
    name: String,
    is_spelled: bool,
    at: String,
    offset: usize,
}

impl ToDm {
    pub(super) fn new() -> Self {
        Self {
            nodes: Nodes::default(),
            losses: Vec::new(),
            unconfirmed: BTreeSet::new(),
            uris: BTreeMap::new(),
            addresses: BTreeSet::new(),
            app_refs: BTreeSet::new(),
            acl: None,
            room: Room::new(),
        }
    }

    /// Converts all that has a mapping.
    pub(super) fn document(
        &mut self,
        document: &ProvisioningDoc<'_>,
        mappings: &[Mapping<'_>],
        name_octets: usize,
    ) -> Result<(), Error> {
        let objects = self.objects(document, mappings, name_octets)?;
        for object in &objects {
            if let (Some(target), Some(id)) = (object.mapping.target, &object.id) {
                let uri = format!("{}/{}", object.mapping.root, object.name);
                self.room.take(uri.len())?;
                self.addresses.insert(uri.trim_start_matches("./").into());
                if object.mapping.is_named_by_node() {
                    let name = node_name::unescaped(&object.name);
                    self.room.take(name.len())?;
                    self.app_refs.insert(name);
                }
                self.uris.entry((target, id.clone())).or_insert(uri);
            }
        }
        self.acl = self.acl(&objects)?;
        for object in &objects {
            let mapping = object.mapping;
            let acl = match &object.id {
                _ if !mapping.is_server => self.acl.clone(),
                Some(id) => acl([id.as_str()]).ok(),
                None => None,
            };
            self.room.take(acl.as_ref().map_or(0, String::len))?;
            let node = self.nodes.instance(
                mapping.root,
                object.name.clone(),
                mapping.object_ids.get(object.app).copied(),
                acl,
            );
            self.fill(mapping.rows, &Source::Characteristic(object.characteristic), node, &object.at)?;
        }
        Ok(())
    }

    /// The characteristics that have a mapping, with their names as nodes.
    fn objects<'d, 'a, 'm>(
        &mut self,
        document: &'d ProvisioningDoc<'a>,
        mappings: &'m [Mapping<'m>],
        name_octets: usize,
    ) -> Result<Vec<Object<'d, 'a, 'm>>, Error> {
        let mut objects = Vec::new();
        let mut names = NodeNames::default();
        let mut places = Places::default();
        for characteristic in document.characteristics() {
            let type_ = self.type_of(&characteristic)?;
            let at = places.next("", &type_);
            let mut of = None;
            for mapping in mappings.iter().filter(|mapping| mapping.type_ == type_) {
                let app = match mapping.app {
                    None => Some(0),
                    Some(app) => {
                        let id = self.value(&characteristic, &app.parm)?;
                        id.and_then(|id| app.ids.iter().position(|known| known.eq_ignore_ascii_case(&id)))
                    }
                };
                of = of.or(app.map(|app| (mapping, app)));
            }
            let Some((mapping, app)) = of else {
                self.lose(LossKind::NoCounterpart, at, characteristic.offset())?;
                continue;
            };
            let id = self.value(&characteristic, &mapping.id)?.filter(|id| !id.is_empty());
            let is_named_by_node = mapping.is_named_by_node();
            let id = id.filter(|id| !is_named_by_node || !node_name::is_made_up(id));
            let name = match &id {
                Some(id) if is_named_by_node => names.choose_unique(mapping.root, id, name_octets),
                None if is_named_by_node => names.choose(mapping.root, &node_name::made_up(mapping.type_), name_octets),
                id => names.choose(mapping.root, id.as_deref().unwrap_or(mapping.type_), name_octets),
            };
            objects.push(Object { characteristic, at, mapping, app, id, name });
        }
        Ok(objects)
    }

    /// The rights of all servers; those that no list can name are losses.
    fn acl(&mut self, objects: &[Object<'_, '_, '_>]) -> Result<Option<String>, Error> {
        let mut servers = Vec::new();
        for object in objects.iter().filter(|object| object.mapping.is_server) {
            match &object.id {
                Some(id) if acl([id.as_str()]).is_ok() => servers.push(id.as_str()),
                _ => self.lose(LossKind::Acl, object.at.clone(), object.characteristic.offset())?,
            }
        }
        Ok(if servers.is_empty() { None } else { acl(servers).ok() })
    }

    fn lose(&mut self, kind: LossKind, at: String, offset: usize) -> Result<(), Error> {
        self.room.take(at.len())?;
        self.losses.push(Loss::new(kind, at, offset));
        Ok(())
    }

    fn type_of(&mut self, characteristic: &Characteristic<'_, '_>) -> Result<String, Error> {
        or_unreadable(self.room.string(characteristic.type_(), ""))
    }

    /// The first value of a parm that is a text.
    fn value(&mut self, of: &Characteristic<'_, '_>, name: &Name<'_>) -> Result<Option<String>, Error> {
        for parm in of.parms() {
            let Some(value) = parm.value else { continue };
            if self.room.is_text(parm.name, |known| name.is(known))? {
                match self.room.string(value, "") {
                    Err(error) if matches!(error.kind(), ErrorKind::NotText(_)) => {}
                    value => return value.map(Some),
                }
            }
        }
        Ok(None)
    }

    /// Converts what is in a characteristic into what is below the node.
    fn fill(&mut self, rows: &[Row<'_>], source: &Source<'_, '_>, node: usize, at: &str) -> Result<(), Error> {
        let mut filling =
            Filling { rows, node, places: Places::default(), last: BTreeMap::new(), full: BTreeSet::new() };
        let mut references = BTreeMap::<usize, Vec<Reference>>::new();
        match source {
            Source::Parm(parm) => {
                let name = self.name_of(*parm)?;
                self.parm(&mut filling, *parm, &name, at.into(), &mut references)?;
            }
            Source::Characteristic(characteristic) => {
                for parm in characteristic.parms() {
                    let name = self.name_of(parm)?;
                    let at = filling.places.next(at, &name);
                    self.parm(&mut filling, parm, &name, at, &mut references)?;
                }
            }
        }
        for (place, references) in references {
            if let Some(Row::References { cp, one, many }) = rows.get(place) {
                self.refer(node, cp, (*one, *many), references)?;
            }
        }
        if let Source::Characteristic(characteristic) = source {
            for child in characteristic.characteristics() {
                let type_ = self.type_of(&child)?;
                let at = filling.places.next(at, &type_);
                let Some(place) = group(rows, &type_, |constant| child.value(constant)) else {
                    self.lose(LossKind::NoCounterpart, at, child.offset())?;
                    continue;
                };
                self.enter(&mut filling, place, &type_, &Source::Characteristic(child), at, child.offset())?;
            }
            for element in characteristic.foreign_elements() {
                let at = filling.places.next(at, element.name().unwrap_or(UNREADABLE));
                self.lose(LossKind::NoCounterpart, at, element.offset())?;
            }
        }
        for row in rows {
            match row {
                Row::Leaf { dm, values, .. } => {
                    if let Some(default) = values.default() {
                        self.nodes.leaf(node, dm.name, values.format(), default);
                    }
                }
                Row::Interior { dm } => _ = self.nodes.interior(node, dm.name),
                _ => {}
            }
        }
        Ok(())
    }

    fn name_of(&mut self, parm: Parm<'_>) -> Result<String, Error> {
        let name = or_unreadable(self.room.string(parm.name, ""))?;
        self.room.take(name.len())?;
        Ok(name)
    }

    fn parm(
        &mut self,
        filling: &mut Filling<'_>,
        parm: Parm<'_>,
        name: &str,
        at: String,
        references: &mut BTreeMap<usize, Vec<Reference>>,
    ) -> Result<(), Error> {
        let value = match parm.value.map(|value| self.room.string(value, "")).transpose() {
            Err(error) if matches!(error.kind(), ErrorKind::NotText(_)) => {
                return self.lose(LossKind::NotText, at, parm.offset);
            }
            value => value?,
        };
        let row = Row::of_parm(filling.rows, name, value.as_deref());
        // a flag says something that no leaf says
        let (Some((place, row)), Some(value)) = (row, value) else {
            return self.lose(LossKind::NoCounterpart, at, parm.offset);
        };
        let is_spelled = |cp: &Name<'_>| cp.name == name;
        let kind = match row {
            Row::Leaf { cp, dm, values } => match values.leaf(&value) {
                None => Some(LossKind::Value),
                Some(leaf) if self.nodes.leaf(filling.node, dm.name, values.format(), leaf) => {
                    self.note(cp, dm);
                    let is_in_order = filling.is_in_order(cp.name, place);
                    let is_same = is_in_order && is_spelled(cp) && values.returns(&value);
                    (!is_same).then_some(LossKind::Respelled)
                }
                Some(_) => Some(LossKind::Repeated),
            },
            Row::Constant { value: known, .. } if !known.eq_ignore_ascii_case(&value) => Some(LossKind::Value),
            Row::Constant { .. } if !filling.full.insert(place) => Some(LossKind::Repeated),
            Row::Constant { cp, value: known } => (!is_spelled(cp) || *known != value).then_some(LossKind::Respelled),
            Row::References { cp, .. } => {
                let Some((cp, target)) = cp.iter().find(|(cp, _)| cp.is(name)) else { return Ok(()) };
                let (target, is_spelled, offset) = (*target, is_spelled(cp), parm.offset);
                let reference = Reference { target, name: value, is_spelled, at, offset };
                references.entry(place).or_default().push(reference);
                return Ok(());
            }
            Row::Shorthand { group: type_, .. } => {
                let count = self.losses.len();
                if let Some(place) = group(filling.rows, type_, |_| None) {
                    self.enter(filling, place, type_, &Source::Parm(parm), at.clone(), parm.offset)?;
                }
                let is_told = |loss: &Loss| loss.kind().is_lost() || loss.kind() == LossKind::Respelled;
                let mut told = self.losses.iter().skip(count);
                (!told.any(is_told)).then_some(LossKind::Respelled)
            }
            Row::NodeName { .. } if !filling.full.insert(place) => Some(LossKind::Repeated),
            Row::NodeName { .. } if node_name::is_made_up(&value) => Some(LossKind::Value),
            Row::NodeName { cp } => {
                let is_same = Segment::escape(&value).to_string() == self.nodes.name(filling.node);
                (!is_same || !is_spelled(cp)).then_some(LossKind::Respelled)
            }
            Row::Group { .. } | Row::Interior { .. } => None,
        };
        kind.map_or(Ok(()), |kind| self.lose(kind, at, parm.offset))
    }

    /// Converts what has a group into its node.
    fn enter(
        &mut self,
        filling: &mut Filling<'_>,
        place: usize,
        type_: &str,
        source: &Source<'_, '_>,
        at: String,
        offset: usize,
    ) -> Result<(), Error> {
        let Some(row @ Row::Group { cp, dm, rows, direction }) = filling.rows.get(place) else { return Ok(()) };
        let is_first = !filling.full.contains(&place);
        if !is_first && row.is_for_one() {
            return self.lose(LossKind::Repeated, at, offset);
        }
        let before = self.nodes.count();
        let node = self.nodes.interior(filling.node, dm.name);
        let count = self.nodes.count();
        self.fill(rows, source, node, &at)?;
        let is_empty = self.nodes.count() == count;
        if is_empty {
            self.nodes.truncate(before);
        } else {
            self.note(&confirmed(cp, &[]), dm);
            if !dm.name.ends_with('*') {
                filling.full.insert(place);
            }
        }
        // what became of a parm is told where it stands
        let Source::Characteristic(_) = source else { return Ok(()) };
        let is_alone = is_first || dm.name.ends_with('*');
        let is_same = is_alone && *direction == Direction::Both && *cp == type_ && filling.is_in_order(cp, place);
        match (is_empty, is_same) {
            (true, _) => self.lose(LossKind::Empty, at, offset),
            (false, true) => Ok(()),
            (false, false) => self.lose(LossKind::Respelled, at, offset),
        }
    }

    /// Writes the references of a row.
    fn refer(
        &mut self,
        node: usize,
        cp: &[(Name<'_>, Target)],
        (one, many): (Option<Name<'_>>, Option<Name<'_>>),
        references: Vec<Reference>,
    ) -> Result<(), Error> {
        let mut leaves = Vec::new();
        for (name, target) in cp {
            for reference in references.iter().filter(|reference| reference.target == *target) {
                let uri = self.uris.get(&(*target, reference.name.clone())).cloned();
                let kind = match uri {
                    Some(_) => None,
                    None if *target == Target::Proxy || self.is_uri(*target, &reference.name) => {
                        Some(LossKind::Dangling)
                    }
                    None if *target == Target::AccessPoint && reference.name == INTERNET => None,
                    None => Some(LossKind::Unresolved),
                };
                if let Some(kind) = kind.filter(|kind| kind.is_lost()) {
                    self.lose(kind, reference.at.clone(), reference.offset)?;
                    continue;
                }
                let value = uri.unwrap_or_else(|| reference.name.clone());
                self.room.take(value.len())?;
                leaves.push((*name, reference, value, kind));
            }
        }
        let dm = if leaves.len() == 1 { one.or(many) } else { many.or(one) };
        for (cp, reference, value, kind) in leaves {
            let Some(dm) = dm else { continue };
            let is_written = self.nodes.leaf(node, dm.name, Values::Text.format(), &value);
            if is_written {
                self.note(&cp, &dm);
            }
            let kinds = match is_written {
                true => [kind, (!reference.is_spelled).then_some(LossKind::Respelled)],
                false => [Some(LossKind::Repeated), None],
            };
            for kind in kinds.into_iter().flatten() {
                self.lose(kind, reference.at.clone(), reference.offset)?;
            }
        }
        Ok(())
    }

    /// Whether a name would be taken for a node's address, or for another name that comes back.
    fn is_uri(&self, target: Target, name: &str) -> bool {
        name.starts_with("./")
            || self.addresses.contains(name.trim_start_matches('/'))
            || target == Target::Application && self.app_refs.contains(name)
    }

    /// Remembers names that are reconstructed.
    fn note(&mut self, cp: &Name<'_>, dm: &Name<'_>) {
        for name in [cp, dm] {
            if !name.is_confirmed && !self.unconfirmed.contains(name.name) {
                self.unconfirmed.insert(name.name.into());
            }
        }
    }
}

/// What is converted.
enum Source<'d, 'a> {
    Characteristic(Characteristic<'d, 'a>),
    /// A parm that stands for a characteristic.
    Parm(Parm<'a>),
}

/// A node that is being filled.
struct Filling<'r> {
    rows: &'r [Row<'r>],
    node: usize,
    places: Places,
    /// The last row in use of several for one parm or type.
    last: BTreeMap<String, usize>,
    /// The rows that have room for one and have it.
    full: BTreeSet<usize>,
}

impl Filling<'_> {
    /// Whether no later row for the same parm or type was in use: else what this one has comes back in front of that.
    fn is_in_order(&mut self, name: &str, place: usize) -> bool {
        let last = self.last.entry(name.into()).or_insert(place);
        let is_in_order = *last <= place;
        *last = place.max(*last);
        is_in_order
    }
}

/// Which of those of its name something is.
#[derive(Default)]
struct Places(BTreeMap<String, usize>);

impl Places {
    /// Where the next one of this name is.
    fn next(&mut self, around: &str, name: &str) -> String {
        let place = match self.0.get_mut(name) {
            Some(place) => place,
            None => self.0.entry(name.into()).or_default(),
        };
        *place = place.saturating_add(1);
        if around.is_empty() { format!("{name}[{place}]") } else { format!("{around}/{name}[{place}]") }
    }
}

/// What stands in a path for a name that is no text.
const UNREADABLE: &str = "?";

fn or_unreadable(text: Result<String, Error>) -> Result<String, Error> {
    match text {
        Err(error) if matches!(error.kind(), ErrorKind::NotText(_)) => Ok(UNREADABLE.into()),
        text => text,
    }
}

/// The place of the group for a characteristic of this type with these parms.
fn group<'a>(rows: &[Row<'_>], type_: &str, value: impl Fn(&str) -> Option<Text<'a>>) -> Option<usize> {
    rows.iter().position(|row| match row {
        Row::Group { cp, rows, .. } => {
            cp.eq_ignore_ascii_case(type_)
                && rows.iter().all(|row| match row {
                    Row::Constant { cp, value: known } => value(cp.name).is_some_and(|value| value == **known),
                    _ => true,
                })
        }
        _ => false,
    })
}

/// The list that lets these servers do what a bootstrap lets them do.
pub(super) fn acl<'s>(servers: impl IntoIterator<Item = &'s str>) -> Result<String, AclError> {
    let mut acl = AclBuilder::new();
    for server in servers {
        for command in GRANTED {
            acl.grant(command, server)?;
        }
    }
    Ok(acl.to_string())
}
