//! Going down a description, node by node.

use alloc::string::String;

use wbxml::Text;

use super::allowed::Verdict;
use super::index::{Kind, Names};
use super::{Description, media_type};
use crate::dm::Format;
use crate::dm::mgmt_tree::properties::DfProperties;
use crate::dm::node_kind::NodeKind;

/// Where a [`Description`] describes a node, or where a path of it leads through: of use with that description only.
///
/// What holds a tree can keep the place of each node, and then asks for properties and for nodes below without going
/// down from the root again.
///
/// ```
/// use syncml::dm::mgmt_tree::{Description, DfProperties, MgmtTree, Place};
/// use syncml::dm::{Format, NodeKind};
///
/// let any = DfProperties { format: Some(Format::NODE), ..DfProperties::default() };
/// let timer = DfProperties { format: Some(Format::INT), ..DfProperties::default() };
/// let mut builder = MgmtTree::builder();
/// builder.start("").path("./PoC").df_properties(&any, &[]);
/// builder.start("T11Timer").df_properties(&timer, &[]);
/// let document = builder.build();
/// let description = Description::new(&document);
///
/// let poc = description.below(Place::ROOT, "PoC", NodeKind::Interior).unwrap();
/// assert_eq!(description.properties(poc), None);
/// let harbour = description.below(poc, "Harbour", NodeKind::Interior).unwrap();
/// let timer = description.below(harbour, "T11Timer", NodeKind::Leaf).unwrap();
/// assert_eq!(description.properties(timer).unwrap().format, Some(Format::INT));
/// assert_eq!(description.below(harbour, "T12Timer", NodeKind::Leaf), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place(usize);

impl Place {
    /// That of the root.
    pub const ROOT: Self = Self(Names::ROOT);
}

impl<'d> Description<'d> {
    /// The place of a node of this name, which is not escaped, below another: as it is described by name, or else as
    /// one that gets its name at run time, of this kind before the other.
    #[must_use]
    pub fn below(&self, above: Place, name: &str, kind: NodeKind) -> Option<Place> {
        let kind = match kind {
            NodeKind::Interior => Kind::Interior,
            NodeKind::Leaf => Kind::Leaf,
        };
        self.names.lookup(above.0, Some(name), kind).map(Place)
    }

    /// The place of the root of a management object, by its identifier.
    #[must_use]
    pub fn object(&self, identifier: &str) -> Option<Place> {
        self.objects.get(identifier).copied().map(Place)
    }

    /// The name that is described; `None` for the root, and for a node that gets its name at run time.
    #[must_use]
    pub fn name(&self, place: Place) -> Option<&str> {
        self.names.name(place.0)
    }

    /// The place that it is below; that of the root, for the root itself.
    #[must_use]
    pub fn above(&self, place: Place) -> Place {
        Place(self.names.above(place.0))
    }

    /// What is described; `None` where a path leads through, and nothing is said.
    #[must_use]
    pub fn properties(&self, place: Place) -> Option<DfProperties<'d>> {
        self.at(place.0).properties
    }

    /// The identifier of the management object whose root it is.
    #[must_use]
    pub fn identifier(&self, place: Place) -> Option<Text<'d>> {
        self.at(place.0).object
    }

    /// Whether a node may have this format: one of those described, or any, where none is. Base64 and octets are the
    /// same here: one says the other.
    ///
    /// ```
    /// # #[cfg(feature = "xml")] {
    /// use syncml::dm::mgmt_tree::{Description, MgmtTree, Place};
    /// use syncml::dm::{Format, NodeKind};
    ///
    /// // one text says that a port is a number, another that it is a text
    /// let ddf = MgmtTree::parse(
    ///     b"<MgmtTree><Node><NodeName>PortNbr</NodeName><DFProperties><AccessType><Get/></AccessType>
    ///         <DFFormat><int/><chr/></DFFormat></DFProperties></Node></MgmtTree>",
    /// ).unwrap();
    /// let description = Description::new(&ddf);
    /// let port = description.below(Place::ROOT, "PortNbr", NodeKind::Leaf).unwrap();
    /// assert!(description.takes_format(port, Format::INT) && description.takes_format(port, Format::CHR));
    /// assert!(!description.takes_format(port, Format::BOOL));
    /// # }
    /// ```
    #[must_use]
    pub fn takes_format(&self, place: Place, format: Format<'_>) -> bool {
        self.has_format(place.0, format)
    }

    pub(super) fn has_format(&self, place: usize, format: Format<'_>) -> bool {
        let is_octets = |format: &Format<'_>| matches!(*format, Format::B64 | Format::BIN);
        let Some(described) = self.at(place).format() else { return true };
        described == format
            || self.formats.contains(&(place, format.as_str()))
            || (is_octets(&format) && is_octets(&described))
    }

    /// The media types that are described for a leaf, in lower case and without parameters.
    pub fn media_types(&self, place: Place) -> impl Iterator<Item = &str> {
        let of_place = self.media_types.range((place.0, String::new())..);
        let of_place = of_place.take_while(move |(other, _)| *other == place.0);
        of_place.map(|(_, name)| name.as_str()).filter(|name| !name.is_empty())
    }

    /// Whether a leaf may have this media type: one of those described, or any, where none is. Parameters and case
    /// make no difference.
    #[must_use]
    pub fn takes_media_type(&self, place: Place, name: &str) -> bool {
        !self.at(place.0).has_media_types || self.media_types.contains(&(place.0, media_type(name)))
    }

    /// Whether a leaf may have this value by the extensions of Windows (`MSFT:AllowedValues`): also where they say
    /// nothing, or have a pattern or a schema, which nothing here reads.
    #[must_use]
    pub fn takes_value(&self, place: Place, value: &str) -> bool {
        self.allowed.get(&place.0).is_none_or(|allowed| allowed.verdict(value) != Verdict::Forbidden)
    }
}
