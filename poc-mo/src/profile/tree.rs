//! The device description that a profile is.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use syncml::dm::mgmt_tree::{self, AccessType, AccessTypes, MgmtTree};

use super::Profile;
use super::properties::{Access, Format, Occurrence};
use super::row::{Interior, Row};
use crate::object::describe::{Described, Root, describe};
use crate::tree::is_in_reach;

impl<'p> Profile<'p> {
    /// The description of a PoC account below the node `path`, as of the other objects that a device has
    /// ([`StandardObject::tree`](crate::object::standard::StandardObject::tree)): servers may do to each node what its
    /// row has, and `more`. Every identifier of the profile stands in it.
    ///
    /// An interior node without a row may be there as settings below it need it, and may be got. What stands deeper than
    /// 16 nodes below the account is left out.
    ///
    /// ```
    /// use poc_mo::object::{Sender, Store};
    /// use poc_mo::profile::PROVISIONAL;
    /// use poc_mo::syncml::dm::mgmt_tree::{AccessType, AccessTypes, Description};
    /// use poc_mo::syncml::{Command, Item, Meta, Request, StatusCode};
    ///
    /// // servers may add accounts and take them away
    /// let more = AccessTypes::from_iter([AccessType::Add, AccessType::Delete]);
    /// let ddf = PROVISIONAL.tree("./PoC", more);
    /// let description = Description::new(&ddf);
    ///
    /// let mut store = Store::new(&description);
    /// let mut transaction = store.transaction(Sender::Server("com.example.ptt"));
    /// for (format, value) in [("chr", "soon"), ("int", "6000")] {
    ///     let item = Item::leaf("./PoC/Harbour/T11Timer", Meta::of_data(format, "text/plain"), value);
    ///     transaction.command(&Command::Add(Request::of_item("1", item)), |_| StatusCode::OK)?;
    /// }
    /// let statuses: Vec<_> = transaction.finish().iter().map(|answer| answer.status).collect();
    /// assert_eq!(statuses, [StatusCode::UNSUPPORTED_MEDIA_TYPE_OR_FORMAT, StatusCode::OK]);
    /// # Ok::<(), poc_mo::syncml::Error>(())
    /// ```
    #[must_use]
    pub fn tree(&self, path: &'p str, more: AccessTypes) -> MgmtTree<'p> {
        let root =
            Root { name: None, path, occurrence: mgmt_tree::Occurrence::ZeroOrMore, identifiers: self.object_ids };
        describe(&root, self.described(), more)
    }

    /// The nodes below the account's, in the order of a tree.
    fn described(&self) -> Vec<Described<'p>> {
        let rows = || self.rows.iter().filter(|row| is_in_reach(row.dm.name));
        // the interior nodes that settings cannot do without
        let required: BTreeSet<&str> =
            rows().filter(|row| row.occurrence.is_required()).flat_map(|row| above(row.dm.name)).collect();
        let interior = |path: &'p str| {
            let row = self.interiors.iter().find(|interior| interior.path == path);
            let occurrence = Occurrence::of(required.contains(path) || path.ends_with('*'), path.ends_with('*'));
            Interior::described(row.unwrap_or(&Interior { path, occurrence, access: Access::GET, is_confirmed: false }))
        };
        let mut nodes = Vec::new();
        let mut known = BTreeSet::new();
        for row in rows() {
            let new = above(row.dm.name).filter(|path| known.insert(*path)).map(&interior);
            nodes.extend(new.collect::<Vec<_>>());
            if known.insert(row.dm.name) {
                nodes.push(row.described());
            }
        }
        for path in self.interiors.iter().map(|interior| interior.path).filter(|path| is_in_reach(path)) {
            let new = above(path).chain([path]).filter(|path| known.insert(*path)).map(&interior);
            nodes.extend(new.collect::<Vec<_>>());
        }
        let order = order(nodes.iter().map(|node| node.path));
        let mut nodes: Vec<_> = nodes.into_iter().map(Some).collect();
        order.into_iter().filter_map(|index| nodes.get_mut(index)?.take()).collect()
    }
}

impl<'p> Interior<'p> {
    fn described(&self) -> Described<'p> {
        Described {
            path: self.path,
            format: syncml::dm::Format::NODE,
            or_format: None,
            occurrence: self.occurrence.into(),
            access: self.access.into(),
        }
    }
}

impl<'p> Row<'p> {
    /// Its node: below one whose name is chosen at run time there is one of it, and one of a name of its own anywhere.
    fn described(&self) -> Described<'p> {
        let occurrence = match self.occurrence {
            _ if self.dm.name.contains('*') => Occurrence::One,
            occurrence => Occurrence::of(occurrence.is_required(), false),
        };
        Described {
            path: self.dm.name,
            format: self.format.into(),
            or_format: None,
            occurrence: occurrence.into(),
            access: self.access.into(),
        }
    }
}

/// The paths above a path, the first name alone first.
fn above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').filter_map(|(end, _)| path.get(..end))
}

/// The places of paths in the order of a tree: behind each those below it, before the next one. What stands above a path
/// comes before it.
pub(crate) fn order<'a>(paths: impl Iterator<Item = &'a str>) -> Vec<usize> {
    let mut places = BTreeMap::new();
    let mut children: Vec<Vec<usize>> = Vec::new();
    let mut top = Vec::new();
    for (index, path) in paths.enumerate() {
        places.insert(path, index);
        children.push(Vec::new());
        let above = path.rsplit_once('/').and_then(|(above, _)| places.get(above));
        above.and_then(|above| children.get_mut(*above)).unwrap_or(&mut top).push(index);
    }
    let mut order = Vec::new();
    let mut next: Vec<usize> = top.into_iter().rev().collect();
    while let Some(index) = next.pop() {
        order.push(index);
        next.extend(children.get(index).into_iter().flatten().rev());
    }
    order
}

impl From<Format> for syncml::dm::Format<'static> {
    fn from(format: Format) -> Self {
        match format {
            Format::Chr => Self::CHR,
            Format::Bool => Self::BOOL,
            Format::Int => Self::INT,
        }
    }
}

impl From<Occurrence> for mgmt_tree::Occurrence {
    fn from(occurrence: Occurrence) -> Self {
        match occurrence {
            Occurrence::One => Self::One,
            Occurrence::ZeroOrOne => Self::ZeroOrOne,
            Occurrence::ZeroOrMore => Self::ZeroOrMore,
            Occurrence::OneOrMore => Self::OneOrMore,
        }
    }
}

impl From<mgmt_tree::Occurrence> for Occurrence {
    /// The same, with no bound where that is a number.
    fn from(occurrence: mgmt_tree::Occurrence) -> Self {
        Self::of(!occurrence.admits(0), occurrence.admits(2))
    }
}

impl From<Access> for AccessTypes {
    fn from(access: Access) -> Self {
        ACCESS.into_iter().filter(|(own, _)| access.contains(*own)).map(|(_, type_)| type_).collect()
    }
}

impl From<AccessTypes> for Access {
    fn from(types: AccessTypes) -> Self {
        let has = |(own, type_)| types.contains(type_).then_some(own);
        ACCESS.into_iter().filter_map(has).fold(Self::NONE, Self::with)
    }
}

const ACCESS: [(Access, AccessType); 6] = [
    (Access::ADD, AccessType::Add),
    (Access::COPY, AccessType::Copy),
    (Access::DELETE, AccessType::Delete),
    (Access::EXEC, AccessType::Exec),
    (Access::GET, AccessType::Get),
    (Access::REPLACE, AccessType::Replace),
];
