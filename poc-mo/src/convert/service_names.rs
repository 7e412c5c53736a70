//! The names of reconstructed objects, from their descriptions (DDF) at run time.

use alloc::string::String;
use alloc::vec::Vec;

use syncml::dm::mgmt_tree::MgmtTree;

use super::services::{Service, XDM};
use super::table::{Direction, Row};
use crate::profile::{Name, bare, confirmed, object};

/// The names that device descriptions have for the leaves of group management and of presence: they take the place of
/// the reconstructed ones, and count as confirmed.
///
/// A leaf is the one that is called so here, or without regard to case and punctuation. What matches nothing is
/// reported, not guessed: [`with`](Self::with) says what it is.
///
/// ```
/// use poc_mo::convert::{Options, ServiceNames};
/// use poc_mo::syncml::dm::mgmt_tree::{DfProperties, MgmtTree, NodeType};
/// use poc_mo::syncml::dm::Format;
/// use poc_mo::wbxml::Text;
///
/// let leaf = DfProperties { format: Some(Format::CHR), ..DfProperties::default() };
/// let node = DfProperties { format: Some(Format::NODE), ..DfProperties::default() };
/// let mut builder = MgmtTree::builder();
/// builder.start("").df_properties(&node, &[NodeType::DdfName(Text::new("urn:oma:mo:oma-xdm:2.0"))]);
/// builder.start("XCAP-Root-URI").df_properties(&leaf, &[]).end();
/// builder.start("Secret").df_properties(&leaf, &[]).end();
///
/// let names = ServiceNames::new(&builder.build());
/// assert_eq!(names.unknown().collect::<Vec<_>>(), ["Secret"]);
/// assert!(names.missing().any(|name| name == "XCAPAuthenticationSecret"));
///
/// let names = names.with("urn:oma:mo:oma-xdm:2.0", "XCAPAuthenticationSecret", "Secret");
/// assert_eq!(names.unknown().count(), 0);
/// let options = Options::dm_1_2().service_names(&names);
/// # let _ = options;
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServiceNames {
    names: Vec<(Service, &'static str, String)>,
    missing: Vec<(Service, &'static str)>,
    unknown: Vec<(Service, String)>,
}

impl ServiceNames {
    /// The names of the objects of group management and of presence that the description has.
    #[must_use]
    pub fn new(description: &MgmtTree<'_>) -> Self {
        let mut this = Self::default();
        for service in [Service::Xdm, Service::Presence] {
            let object = object(description, |id| service.object_ids().contains(&id));
            if object.id.is_none() {
                continue;
            }
            let mut leaves = object.leaves;
            for name in service.rows().filter_map(leaf_name) {
                let is_same = |path: &str| path == name;
                let is_close = |path: &str| bare(path) == bare(name);
                let found = leaves.iter().position(|leaf| is_same(&leaf.path));
                match found.or_else(|| leaves.iter().position(|leaf| is_close(&leaf.path))) {
                    Some(index) => this.names.push((service, name, leaves.remove(index).path)),
                    None => this.missing.push((service, name)),
                }
            }
            this.unknown.extend(leaves.into_iter().map(|leaf| (service, leaf.path)));
        }
        this
    }

    /// The same with a leaf of the object of this identifier called `instead`, where it is called `name` here. A name
    /// that no leaf has here changes nothing.
    #[must_use]
    pub fn with(mut self, object_id: &str, name: &str, instead: &str) -> Self {
        let mut services = [Service::Xdm, Service::Presence].into_iter();
        let Some(service) = services.find(|service| service.object_ids().contains(&object_id)) else { return self };
        let Some(name) = service.rows().filter_map(leaf_name).find(|known| *known == name) else { return self };
        self.names.retain(|(of, known, _)| (*of, *known) != (service, name));
        self.missing.retain(|missing| *missing != (service, name));
        self.unknown.retain(|(of, path)| (*of, path.as_str()) != (service, instead));
        self.names.push((service, name, instead.into()));
        self
    }

    /// The leaves, by their names here, that a description of their object does not have.
    pub fn missing(&self) -> impl Iterator<Item = &str> {
        self.missing.iter().map(|(_, name)| *name)
    }

    /// The leaves of the descriptions, by their paths below their objects, that match nothing here.
    pub fn unknown(&self) -> impl Iterator<Item = &str> {
        self.unknown.iter().map(|(_, path)| path.as_str())
    }

    /// What a leaf is called instead.
    pub(super) fn of(&self, service: Service, name: &str) -> Option<&str> {
        let mut names = self.names.iter();
        names.find(|(of, known, _)| (*of, *known) == (service, name)).map(|(.., instead)| instead.as_str())
    }
}

/// The rows of group management in which the leaves are renamed: those in groups are `inner`.
pub(super) fn xdm_rows<'t>(names: Option<&'t ServiceNames>, inner: &'t [Row<'t>]) -> Vec<Row<'t>> {
    // where every other application has them
    let groups = ["RESOURCE", "APPAUTH"].map(|cp| Row::Group {
        cp,
        dm: confirmed("", &[]),
        rows: inner,
        direction: Direction::ToDm,
    });
    Service::Xdm.rows().map(|row| renamed(row, Service::Xdm, names)).chain(groups).collect()
}

/// Those of its rows that stand in groups as well.
pub(super) fn xdm_inner(names: Option<&ServiceNames>) -> Vec<Row<'_>> {
    XDM.iter().map(|row| renamed(row, Service::Xdm, names)).collect()
}

/// The rows of presence.
pub(super) fn presence_rows(names: Option<&ServiceNames>) -> Vec<Row<'_>> {
    Service::Presence.rows().map(|row| renamed(row, Service::Presence, names)).collect()
}

fn renamed<'t>(row: &Row<'static>, of: Service, names: Option<&'t ServiceNames>) -> Row<'t> {
    let name = |dm: Name<'static>| match names.and_then(|names| names.of(of, dm.name)) {
        Some(name) => Name { name, aliases: dm.aliases, is_confirmed: true },
        None => dm,
    };
    match *row {
        Row::Leaf { cp, dm, values } => Row::Leaf { cp, dm: name(dm), values },
        Row::References { cp, one, many } => Row::References { cp, one: one.map(name), many: many.map(name) },
        row => row,
    }
}

/// The name of the row's leaf.
const fn leaf_name(row: &Row<'static>) -> Option<&'static str> {
    match row {
        Row::Leaf { dm, .. } | Row::References { many: Some(dm), .. } => Some(dm.name),
        _ => None,
    }
}
