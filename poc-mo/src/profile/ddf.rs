//! The names of a management object, from its description (DDF) at run time.

use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use syncml::dm;
use syncml::dm::mgmt_tree::{MgmtTree, Node, NodeType};

use super::corrected::Corrected;
use super::mismatch::{self, Mismatch};
use super::properties::{Access, Format, Occurrence};
use super::row::Interior;
use super::{Field, Name, Profile, Row};

/// The names that a device description has for the settings: read at run time, they take the place of those of a
/// profile, and so do formats, occurrences and access types.
///
/// A leaf is the setting that the profile calls so, by name or alias; else by name or alias without regard to case and
/// punctuation; else the only leaf left of the setting's format in whose name stands what the setting is about, if the
/// setting is the only one left that it can be. What matches nothing is reported, not guessed.
///
/// ```
/// use poc_mo::profile::{DdfNames, PROVISIONAL};
/// use poc_mo::syncml::dm::mgmt_tree::{DfProperties, MgmtTree, NodeType};
/// use poc_mo::syncml::dm::Format;
/// use poc_mo::{Field, wbxml::Text};
///
/// let leaf = DfProperties { format: Some(Format::INT), ..DfProperties::default() };
/// let node = DfProperties { format: Some(Format::NODE), ..DfProperties::default() };
/// let mut builder = MgmtTree::builder();
/// builder.start("").df_properties(&node, &[NodeType::DdfName(Text::new("urn:oma:mo:oma_poc:2.1"))]);
/// builder.start("TimerT11").df_properties(&leaf, &[]).end();
/// builder.start("Colour").df_properties(&leaf, &[]).end();
/// let names = DdfNames::new(&builder.build(), &PROVISIONAL);
/// assert_eq!(names.mismatches().last().unwrap().to_string(), "the profile has no setting for the leaf Colour");
///
/// let corrected = names.correct(&PROVISIONAL);
/// assert_eq!(corrected.profile().row_of_node("TimerT11").unwrap().field, Field::T11);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DdfNames {
    leaves: Vec<(Field, Described)>,
    interiors: Vec<Described>,
    object_id: Option<String>,
    mismatches: Vec<Mismatch>,
}

/// What a description says of a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Described {
    /// From the object's node; `*` for a node without a name.
    pub(crate) path: String,
    /// `None` if it is none that a setting can have; that of an interior node is.
    format: Option<Format>,
    /// Below the node above it.
    occurrence: Occurrence,
    /// Of a leaf, below the account's node.
    in_account: Occurrence,
    access: Access,
}

/// What stands in the name of a setting's leaf, in lower case and without punctuation: setting, words.
const WORDS: [(Field, &[&str]); 15] = [
    (Field::AppId, &["appid"]),
    (Field::Name, &["name"]),
    (Field::ProviderId, &["provider"]),
    (Field::ConRef, &["con", "ref"]),
    (Field::AppRef, &["app", "ref"]),
    (Field::PreEstablishedSessions, &["pre", "sess"]),
    (Field::MaxSimultaneousSessions, &["simul"]),
    (Field::MaxAdhocGroupSize, &["adhoc"]),
    (Field::ConferenceFactoryUri, &["fact"]),
    (Field::ExploderUri, &["explod"]),
    (Field::ConferenceUriTemplate, &["templ"]),
    (Field::T10, &["t10"]),
    (Field::T11, &["t11"]),
    (Field::T13, &["t13"]),
    (Field::ServerPresence, &["presence"]),
];

impl DdfNames {
    /// The names of the object of `description` that `profile` knows, the first one if there are several.
    #[must_use]
    pub fn new(description: &MgmtTree<'_>, profile: &Profile<'_>) -> Self {
        let Object { id: object_id, leaves: mut left, interiors } = object(description, |id| profile.has_object_id(id));
        let mut leaves: Vec<(Field, Described)> = Vec::new();
        let mut take = |is: &dyn Fn(Field, &Described) -> bool| {
            for field in Field::ALL {
                if leaves.iter().any(|(known, _)| *known == field) {
                    continue;
                }
                let mut found = left.iter().enumerate().filter(|(_, leaf)| is(field, leaf)).map(|(index, _)| index);
                let (first, second) = (found.next(), found.next());
                if let (Some(index), None) = (first, second) {
                    leaves.push((field, left.remove(index)));
                }
            }
        };
        let row = |field| profile.row(field).map(|row| row.dm);
        take(&|field, leaf| row(field).is_some_and(|dm| dm.all().any(|name| name == leaf.path)));
        take(&|field, leaf| row(field).is_some_and(|dm| dm.all().any(|name| bare(name) == bare(&leaf.path))));
        take(&|field, leaf| {
            let is = |field: Field| {
                let words = WORDS.iter().find(|(known, _)| *known == field).map_or(&[][..], |(_, words)| words);
                Some(field.format()) == leaf.format && words.iter().all(|word| bare(&leaf.path).contains(word))
            };
            is(field) && Field::ALL.into_iter().filter(|field| is(*field)).count() == 1
        });
        let known: BTreeSet<Field> = leaves.iter().map(|(field, _)| *field).collect();
        let mut mismatches = Vec::new();
        if object_id.is_none() {
            mismatches.push(Mismatch::Object);
        }
        mismatches.extend(Field::ALL.into_iter().filter(|field| !known.contains(field)).map(Mismatch::Field));
        mismatches.extend(left.into_iter().map(|leaf| Mismatch::Leaf(leaf.path)));
        let mut names = Self { leaves, interiors, object_id, mismatches };
        let differing = mismatch::of_rows(&names.rows(profile), profile);
        names.mismatches.extend(differing);
        names
    }

    /// The identifier of the object, if the profile knows it.
    #[must_use]
    pub fn object_id(&self) -> Option<&str> {
        self.object_id.as_deref()
    }

    /// In what description and profile do not meet; nothing, if every setting has a leaf and every leaf a setting.
    #[must_use]
    pub fn mismatches(&self) -> &[Mismatch] {
        &self.mismatches
    }

    /// The rows of `profile` with what the description says: names, which are confirmed by it, formats, unless a setting
    /// cannot be written so, occurrences and access types. Settings that it has no leaf for are as they were.
    #[must_use]
    pub fn rows<'p>(&'p self, profile: &Profile<'p>) -> Vec<Row<'p>> {
        let row = |row: &Row<'p>| match self.leaves.iter().find(|(field, _)| *field == row.field) {
            Some((field, leaf)) => Row {
                dm: Name { name: &leaf.path, aliases: row.dm.aliases, is_confirmed: true },
                format: leaf.format.filter(|format| field.can_be(*format)).unwrap_or(row.format),
                occurrence: leaf.in_account,
                access: leaf.access,
                ..*row
            },
            None => *row,
        };
        profile.rows.iter().map(row).collect()
    }

    /// `profile` with what the description says.
    #[must_use]
    pub fn correct<'p>(&'p self, profile: &Profile<'p>) -> Corrected<'p> {
        Corrected {
            app_ids: profile.app_ids.to_vec(),
            object_ids: profile.object_ids.to_vec(),
            rows: self.rows(profile),
            interiors: self.interiors(),
        }
    }

    /// The interior nodes of the description.
    #[must_use]
    pub fn interiors(&self) -> Vec<Interior<'_>> {
        let interiors = self.interiors.iter().map(|node| Interior {
            path: &node.path,
            occurrence: node.occurrence,
            access: node.access,
            is_confirmed: true,
        });
        interiors.collect()
    }
}

/// The object of a description that is wanted.
pub(crate) struct Object {
    /// Its identifier; `None` if the description has no object that is wanted.
    pub(crate) id: Option<String>,
    pub(crate) leaves: Vec<Described>,
    interiors: Vec<Described>,
}

/// The first object of a description whose identifier is wanted, else its first one.
pub(crate) fn object(description: &MgmtTree<'_>, is_wanted: impl Fn(&str) -> bool) -> Object {
    let id_of = |node: &Node<'_, '_>| {
        node.types().find_map(|type_| match type_ {
            NodeType::DdfName(id) => id.to_cow().ok().map(|id| id.trim().to_string()).filter(|id| is_wanted(id)),
            _ => None,
        })
    };
    let mut object =
        Object { id: description.walk().find_map(|node| id_of(&node)), leaves: Vec::new(), interiors: Vec::new() };
    // the names on the way to the node, from the object's on, how often what they lead to is there, and the depth
    let mut way: Vec<(String, Occurrence)> = Vec::new();
    let mut root = None;
    let mut walk = description.walk();
    while let Some(node) = walk.next() {
        let depth = walk.depth();
        let Some(top) = root else {
            if object.id.is_none() || id_of(&node).is_some() {
                root = Some(depth);
            }
            continue;
        };
        if depth <= top {
            break;
        }
        way.truncate(depth.saturating_sub(top).saturating_sub(1));
        let name = node.name().and_then(|name| name.to_cow().ok());
        let properties = node.df_properties().unwrap_or_default();
        let occurrence = Occurrence::from(properties.occurrence.unwrap_or_default());
        let in_account = way.last().map_or(occurrence, |(_, above)| {
            Occurrence::of(above.is_required() && occurrence.is_required(), above.is_many() || occurrence.is_many())
        });
        way.push((name.map_or_else(|| String::from("*"), |name| name.to_string()), in_account));
        let path = way.iter().map(|(name, _)| &**name).collect::<Vec<_>>().join("/");
        let format = properties.format.unwrap_or_default();
        let is_interior = format == dm::Format::NODE;
        let format = Format::ALL.into_iter().find(|own| *own.as_str() == *format.as_str());
        let node = Described { path, format, occurrence, in_account, access: properties.access.into() };
        if is_interior { &mut object.interiors } else { &mut object.leaves }.push(node);
    }
    object
}

/// The name without what names differ in: case and punctuation.
pub(crate) fn bare(name: &str) -> String {
    name.chars()
        .filter(|character| character.is_ascii_alphanumeric())
        .map(|character| character.to_ascii_lowercase())
        .collect()
}
