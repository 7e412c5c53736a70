//! The names of a management object, from its description (DDF) at run time.

use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use syncml::dm::Format;
use syncml::dm::mgmt_tree::{MgmtTree, Node, NodeType};

use super::{Field, Name, Profile, Row};

/// The names that a device description has for the settings: read at run time, they take the place of those of a
/// profile.
///
/// A leaf is the setting that the profile calls so, by name or alias; else by name or alias without regard to case and
/// punctuation; else the only leaf left of the setting's format in whose name stands what the setting is about, if the
/// setting is the only one left that it can be. What matches nothing is reported, not guessed.
///
/// ```
/// use poc_mo::profile::{DdfNames, PROVISIONAL, Profile};
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
/// let rows = names.rows(&PROVISIONAL);
/// let profile = Profile { rows: &rows, ..PROVISIONAL };
/// assert_eq!(profile.row_of_node("TimerT11").unwrap().field, Field::T11);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DdfNames {
    names: Vec<(Field, String)>,
    object_id: Option<String>,
    mismatches: Vec<Mismatch>,
}

/// In what a description and a profile do not meet.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mismatch {
    /// The description has no object that the profile knows; its first node counts.
    Object,
    /// The description has no leaf for the setting.
    Field(Field),
    /// The profile has no setting for the leaf of this path.
    Leaf(String),
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Object => f.write_str("the description has no object of this profile"),
            Self::Field(field) => write!(f, "the description has no leaf for {field}"),
            Self::Leaf(path) => write!(f, "the profile has no setting for the leaf {path}"),
        }
    }
}

/// A leaf that a description has.
struct Leaf {
    /// From the object's node; `*` for a node without a name.
    path: String,
    format: String,
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
        let (object_id, mut leaves) = leaves(description, profile);
        let mut names: Vec<(Field, String)> = Vec::new();
        let take = |leaves: &mut Vec<Leaf>, names: &mut Vec<(Field, String)>, is: &dyn Fn(Field, &Leaf) -> bool| {
            for field in Field::ALL {
                if names.iter().any(|(known, _)| *known == field) {
                    continue;
                }
                let mut found = leaves.iter().enumerate().filter(|(_, leaf)| is(field, leaf)).map(|(index, _)| index);
                let (first, second) = (found.next(), found.next());
                if let (Some(index), None) = (first, second) {
                    names.push((field, leaves.remove(index).path));
                }
            }
        };
        let row = |field| profile.row(field).map(|row| row.dm);
        take(&mut leaves, &mut names, &|field, leaf| {
            row(field).is_some_and(|dm| dm.all().any(|name| name == leaf.path))
        });
        take(&mut leaves, &mut names, &|field, leaf| {
            row(field).is_some_and(|dm| dm.all().any(|name| bare(name) == bare(&leaf.path)))
        });
        take(&mut leaves, &mut names, &|field, leaf| {
            let is = |field: Field| {
                let words = WORDS.iter().find(|(known, _)| *known == field).map_or(&[][..], |(_, words)| words);
                field.format() == leaf.format && words.iter().all(|word| bare(&leaf.path).contains(word))
            };
            is(field) && Field::ALL.into_iter().filter(|field| is(*field)).count() == 1
        });
        let known: BTreeSet<Field> = names.iter().map(|(field, _)| *field).collect();
        let mut mismatches = Vec::new();
        if object_id.is_none() {
            mismatches.push(Mismatch::Object);
        }
        mismatches.extend(Field::ALL.into_iter().filter(|field| !known.contains(field)).map(Mismatch::Field));
        mismatches.extend(leaves.into_iter().map(|leaf| Mismatch::Leaf(leaf.path)));
        Self { names, object_id, mismatches }
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

    /// The rows of `profile` with the names of the description, which are confirmed by it. Settings that it has no leaf
    /// for keep theirs.
    #[must_use]
    pub fn rows<'p>(&'p self, profile: &Profile<'p>) -> Vec<Row<'p>> {
        let name = |row: &Row<'p>| match self.names.iter().find(|(field, _)| *field == row.field) {
            Some((_, name)) => Name { name, aliases: row.dm.aliases, is_confirmed: true },
            None => row.dm,
        };
        profile.rows.iter().map(|row| Row { dm: name(row), ..*row }).collect()
    }
}

/// The leaves below the node of the object that the profile knows, and its identifier.
fn leaves(description: &MgmtTree<'_>, profile: &Profile<'_>) -> (Option<String>, Vec<Leaf>) {
    let id_of = |node: &Node<'_, '_>| {
        node.types().find_map(|type_| match type_ {
            NodeType::DdfName(id) => {
                id.to_cow().ok().filter(|id| profile.has_object_id(id)).map(|id| id.trim().to_string())
            }
            _ => None,
        })
    };
    let object_id = description.walk().find_map(|node| id_of(&node));
    let mut leaves = Vec::new();
    // the names on the way to the node, from the object's on, and the depth of that
    let mut way: Vec<String> = Vec::new();
    let mut root = None;
    let mut walk = description.walk();
    while let Some(node) = walk.next() {
        let depth = walk.depth();
        let Some(top) = root else {
            if object_id.is_none() || id_of(&node).is_some() {
                root = Some(depth);
            }
            continue;
        };
        if depth <= top {
            break;
        }
        way.truncate(depth.saturating_sub(top).saturating_sub(1));
        way.push(
            node.name().and_then(|name| name.to_cow().ok()).map_or_else(|| String::from("*"), |name| name.to_string()),
        );
        let format = node.df_properties().and_then(|properties| properties.format).unwrap_or_default();
        if format != Format::NODE {
            leaves.push(Leaf { path: way.join("/"), format: String::from(format.as_str()) });
        }
    }
    (object_id, leaves)
}

/// The name without what names differ in: case and punctuation.
fn bare(name: &str) -> String {
    name.chars()
        .filter(|character| character.is_ascii_alphanumeric())
        .map(|character| character.to_ascii_lowercase())
        .collect()
}
