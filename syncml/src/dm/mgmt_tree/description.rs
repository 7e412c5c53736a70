//! What a description says of a tree: which nodes there may be, and what they may hold (OMA-TS-DM-TND, device
//! description framework; `DM_DDF`).

mod allowed;
mod check;
mod finding;
mod index;
mod place;

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use wbxml::Text;

pub use check::Findings;
pub use finding::{Finding, Rule};
pub use place::Place;

use super::MgmtTree;
use super::node::Node;
use super::properties::{AccessType, AccessTypes, CaseSense, DfProperties, NodeType, Occurrence};
use crate::dm::Format;
use allowed::Allowed;
use index::{Kind, Names};

/// A description, ready to have trees checked against it.
///
/// Nodes are found by their way from the root, by the `Path` of a node at the top and the names below; a node that is
/// described without a name takes any name. Where nothing is described at the place of a node at the top, the
/// identifier of its management object decides, so that an object in the inbox is checked too.
///
/// Making one takes time proportional to the description, and a check to the tree and what is found, times a logarithm.
///
/// ```
/// use syncml::dm::Format;
/// use syncml::dm::mgmt_tree::{AccessType, AccessTypes, Description, DfProperties, MgmtTree, Occurrence};
///
/// let leaf = DfProperties {
///     access: AccessTypes::from_iter([AccessType::Get, AccessType::Replace]),
///     format: Some(Format::INT),
///     ..DfProperties::default()
/// };
/// let many = DfProperties {
///     format: Some(Format::NODE),
///     occurrence: Some(Occurrence::ZeroOrMore),
///     ..DfProperties::default()
/// };
/// let mut builder = MgmtTree::builder();
/// builder.start("").path("./PoC").df_properties(&many, &[]);
/// builder.start("T10Timer").df_properties(&leaf, &[]).end();
/// builder.start("T11Timer").df_properties(&leaf, &[]).end();
/// let document = builder.build();
/// let description = Description::new(&document);
///
/// let mut builder = MgmtTree::builder();
/// builder.start("Harbour").path("./PoC").start("T11Timer").value("six");
/// let tree = builder.build();
/// let findings: Vec<_> = description.check(&tree).map(|finding| finding.to_string()).collect();
/// assert_eq!(findings, [
///     "./PoC/Harbour/T10Timer: it is missing, but is described to be there exactly once",
///     "./PoC/Harbour/T11Timer: its value is none of the format: the data is no value of its format",
/// ]);
/// ```
#[derive(Clone, Debug)]
pub struct Description<'d> {
    names: Names<'d>,
    /// What is described at each place of `names`.
    places: Vec<Described<'d>>,
    /// The places that have to be there, behind the place that they are below; sorted.
    required: Vec<(usize, usize)>,
    /// The media types of each place, in lower case.
    media_types: BTreeSet<(usize, String)>,
    /// The formats of each place.
    formats: BTreeSet<(usize, &'d str)>,
    allowed: BTreeMap<usize, Allowed>,
    /// The first place of each management object.
    objects: BTreeMap<String, usize>,
}

/// What is described at a place.
#[derive(Clone, Copy, Debug, Default)]
struct Described<'d> {
    /// `None` where a path leads through, and nothing is said.
    properties: Option<DfProperties<'d>>,
    object: Option<Text<'d>>,
    has_media_types: bool,
    has_default: bool,
}

impl<'d> Description<'d> {
    /// That of the document `tree`, which may describe several objects.
    ///
    /// Of two descriptions of one node, the first one counts.
    #[must_use]
    pub fn new(tree: &'d MgmtTree<'d>) -> Self {
        Self::of([tree])
    }

    /// That of several documents, such as those of the objects that a device has.
    ///
    /// Of two descriptions of one node, the first one counts.
    #[must_use]
    pub fn of(trees: impl IntoIterator<Item = &'d MgmtTree<'d>>) -> Self {
        let mut description = Self {
            names: Names::new(),
            places: Vec::new(),
            required: Vec::new(),
            media_types: BTreeSet::new(),
            formats: BTreeSet::new(),
            allowed: BTreeMap::new(),
            objects: BTreeMap::new(),
        };
        for tree in trees {
            description.read(tree);
        }
        description.places.resize(description.names.len(), Described::default());
        description.required.sort_unstable();
        description
    }

    fn read(&mut self, tree: &'d MgmtTree<'d>) {
        let mut walk = tree.walk();
        let mut open = Vec::new();
        while let Some(node) = walk.next() {
            open.truncate(walk.depth());
            let above = open.last().copied();
            let mut place = above.unwrap_or_else(|| self.names.walk(Names::ROOT, node.path()));
            let properties = node.df_properties();
            place = match node.name() {
                Some(name) => self.names.walk(place, Some(name)),
                None => self.names.unnamed(place, Kind::of(properties.and_then(|properties| properties.format))),
            };
            open.push(place);
            self.describe(place, &node, properties);
        }
    }

    fn describe(&mut self, place: usize, node: &Node<'d, 'd>, properties: Option<DfProperties<'d>>) {
        if self.places.len() < self.names.len() {
            self.places.resize(self.names.len(), Described::default());
        }
        let Some(described) = self.places.get_mut(place) else { return };
        let Some(properties) = properties else { return };
        if described.properties.is_some() {
            return;
        }
        described.properties = Some(properties);
        described.has_default = properties.default_value.is_some() || node.value().is_some();
        self.formats.extend(node.df_formats().map(|format| (place, format.as_str())));
        for type_ in node.types() {
            match type_ {
                NodeType::Mime(name) => {
                    let name = media_type(&index::spelled(name));
                    described.has_media_types |= !name.is_empty();
                    self.media_types.insert((place, name));
                }
                NodeType::DdfName(name) if !name.is_empty() => {
                    described.object.get_or_insert(name);
                    self.objects.entry(index::spelled(name).into_owned()).or_insert(place);
                }
                NodeType::DdfName(_) => {}
            }
        }
        let has_case = properties.case_sense != Some(CaseSense::Insensitive);
        if let Some(allowed) = node.df_elements().find_map(|element| Allowed::read(&element, has_case)) {
            self.allowed.insert(place, allowed);
        }
        if !has_case {
            self.names.ignore_case(place);
        }
        let is_required = matches!(
            properties.occurrence.unwrap_or_default(),
            Occurrence::One | Occurrence::OneOrMore | Occurrence::OneOrN(_)
        );
        if is_required && place != Names::ROOT && self.names.is_found(place) {
            self.required.push((self.names.above(place), place));
        }
    }

    /// What of `tree` is not as it is described, in the order of the tree; nothing, if all is right. The nodes are where
    /// their paths say.
    ///
    /// What is not described at all is looked at no further: there is one finding for the topmost node of it. Nodes that
    /// have to be there are missed where the node above them is in the tree.
    #[must_use]
    pub fn check<'c>(&'c self, tree: &'c MgmtTree<'c>) -> Findings<'c> {
        Findings::new(self, tree, ".", None)
    }

    /// The same of a tree that is the content of a command with the target `target`: an [`Add`](AccessType::Add) of its
    /// nodes, or a [`Replace`](AccessType::Replace) of its values, which may leave nodes out.
    ///
    /// ```
    /// use syncml::dm::Format;
    /// use syncml::dm::mgmt_tree::{AccessType, AccessTypes, Description, DfProperties, MgmtTree, Rule};
    ///
    /// let properties = DfProperties {
    ///     access: AccessTypes::from_iter([AccessType::Get]),
    ///     format: Some(Format::CHR),
    ///     ..DfProperties::default()
    /// };
    /// let mut builder = MgmtTree::builder();
    /// builder.start("Man").path("./DevInfo").df_properties(&properties, &[]);
    /// let document = builder.build();
    ///
    /// let mut builder = MgmtTree::builder();
    /// builder.start("Man").value("Example");
    /// let tree = builder.build();
    /// let description = Description::new(&document);
    /// let finding = description.check_command(&tree, "./DevInfo", AccessType::Replace).next().unwrap();
    /// assert_eq!((finding.path.as_str(), finding.rule), ("./DevInfo/Man", Rule::Access(AccessType::Replace)));
    /// ```
    #[must_use]
    pub fn check_command<'c>(&'c self, tree: &'c MgmtTree<'c>, target: &str, access: AccessType) -> Findings<'c> {
        Findings::new(self, tree, target, Some(access))
    }

    fn at(&self, place: usize) -> Described<'d> {
        self.places.get(place).copied().unwrap_or_default()
    }

    /// The places that have to be there below this one.
    fn required_below(&self, place: usize) -> impl Iterator<Item = usize> {
        let start = self.required.partition_point(|(above, _)| *above < place);
        let from = self.required.get(start..).unwrap_or_default();
        from.iter().take_while(move |(above, _)| *above == place).map(|(_, below)| *below)
    }
}

impl<'d> Described<'d> {
    fn format(&self) -> Option<Format<'d>> {
        self.properties.and_then(|properties| properties.format)
    }

    fn occurrence(&self) -> Option<Occurrence> {
        self.properties.map(|properties| properties.occurrence.unwrap_or_default())
    }

    fn access(&self) -> AccessTypes {
        self.properties.map_or(AccessTypes::EMPTY, |properties| properties.access)
    }
}

/// A media type without parameters, in lower case.
fn media_type(name: &str) -> String {
    name.split(';').next().unwrap_or_default().trim_ascii().to_ascii_lowercase()
}
