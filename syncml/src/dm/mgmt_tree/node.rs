//! The nodes of a tree, and the elements that nobody has defined.

use wbxml::Text;
use wbxml::vocabulary::dmddf::tag;

use super::arena::{AttributeName, Entries, Kind, Name};
use super::properties::{self, DfProperties, NodeType, RtProperties};
use crate::dm::Format;

/// A node of the tree, or its description.
///
/// Asking it costs time proportional to what is right below it, whatever is further down.
#[derive(Clone, Copy)]
pub struct Node<'d, 'a> {
    pub(crate) entries: &'d Entries<'a>,
    pub(crate) index: usize,
}

/// What a node's `Value` holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Value<'d, 'a> {
    /// Text, or nothing.
    Text(Text<'a>),
    /// Octets, which only WBXML has.
    Octets(&'a [u8]),
    /// Markup that is not escaped: the element around it.
    Markup(Element<'d, 'a>),
}

/// An element with whatever is in it: an extension such as Microsoft's, or a value that is markup.
///
/// ```
/// # #[cfg(feature = "xml")] {
/// use syncml::dm::mgmt_tree::MgmtTree;
///
/// let xml = br#"<MgmtTree xmlns:MSFT="http://schemas.microsoft.com/MobileDevice/DM"><VerDTD>1.2</VerDTD><Node>
///     <NodeName>PIN</NodeName><DFProperties><AccessType><Get/></AccessType><DFFormat><int/></DFFormat>
///     <DFType><MIME>text/plain</MIME></DFType>
///     <MSFT:Values unit="digits"><MSFT:Value>4</MSFT:Value></MSFT:Values></DFProperties></Node></MgmtTree>"#;
/// let tree = MgmtTree::parse(xml).unwrap();
/// let values = tree.nodes().next().unwrap().df_elements().next().unwrap();
/// assert_eq!(values.name(), Some("MSFT:Values"));
/// assert_eq!(values.attribute("unit").unwrap(), "digits");
/// assert_eq!(values.elements().next().unwrap().text().unwrap(), "4");
/// # }
/// ```
#[derive(Clone, Copy)]
pub struct Element<'d, 'a> {
    entries: &'d Entries<'a>,
    index: usize,
}

impl<'d, 'a> Node<'d, 'a> {
    /// `NodeName`; `None` if it is missing or empty: then the node gets its name at run time (in a description), or its
    /// place by its type (in a serialised tree).
    #[must_use]
    pub fn name(&self) -> Option<Text<'a>> {
        self.entries.field(self.index, tag::NODE_NAME).filter(|name| !name.is_empty())
    }

    /// `Path`: the URI in front of the name, as a node at the top has it.
    #[must_use]
    pub fn path(&self) -> Option<Text<'a>> {
        self.entries.field(self.index, tag::PATH)
    }

    /// `Value`, or `Data` as descriptions of DM 1.1.2 have it.
    #[must_use]
    pub fn value(&self) -> Option<Value<'d, 'a>> {
        let (entries, index) = (self.entries, self.index);
        let data = || entries.elements(index).find(|(_, name)| *name == Name::Named("Data")).map(|(index, _)| index);
        let element = Element { entries, index: entries.known(index, tag::VALUE).next().or_else(data)? };
        if let Some(text) = entries.text(element.index) {
            return Some(Value::Text(text));
        }
        let mut content = entries.content(element.index);
        match (content.next(), content.next()) {
            (Some(Kind::Opaque(octets)), None) => Some(Value::Octets(octets)),
            _ => Some(Value::Markup(element)),
        }
    }

    /// `RTProperties`: what a serialised tree says of the node.
    #[must_use]
    pub fn rt_properties(&self) -> Option<RtProperties<'a>> {
        let index = self.entries.known(self.index, tag::RT_PROPERTIES).next()?;
        Some(RtProperties::read(self.entries, index))
    }

    /// `DFProperties`: what a description says of the node.
    #[must_use]
    pub fn df_properties(&self) -> Option<DfProperties<'a>> {
        let index = self.entries.known(self.index, tag::DF_PROPERTIES).next()?;
        Some(DfProperties::read(self.entries, index))
    }

    /// The types of the node: those of `RTProperties` or `DFProperties`, or those that descriptions of DM 1.1.2 have
    /// beside them. A leaf may have several media types.
    pub fn types(&self) -> impl Iterator<Item = NodeType<'a>> + use<'d, 'a> {
        let entries = self.entries;
        let is_type = |name: &Name<'_>| matches!(name, Name::Known(tag::TYPE | tag::DF_TYPE));
        entries.elements(self.index).flat_map(move |(index, name)| {
            let itself = is_type(&name).then_some(index);
            let inside = matches!(name, Name::Known(tag::RT_PROPERTIES | tag::DF_PROPERTIES)).then_some(index);
            let inside = inside.into_iter().flat_map(move |index| entries.elements(index));
            let inside = inside.filter(move |(_, name)| is_type(name)).map(|(index, _)| index);
            itself.into_iter().chain(inside).flat_map(move |index| properties::types(entries, index))
        })
    }

    /// The formats that a description has for the node (`DFFormat`). The document type definition has one; where there
    /// are several, either is right, and [`df_properties`](Self::df_properties) has the first that is known.
    pub fn df_formats(&self) -> impl Iterator<Item = Format<'a>> + use<'d, 'a> {
        let entries = self.entries;
        let properties = entries.known(self.index, tag::DF_PROPERTIES);
        let formats = properties.flat_map(move |index| entries.known(index, tag::DF_FORMAT));
        formats.flat_map(move |index| properties::formats(entries, index))
    }

    /// The nodes right below it.
    pub fn children(&self) -> impl Iterator<Item = Self> + Clone + use<'d, 'a> {
        let entries = self.entries;
        entries.known(self.index, tag::NODE).map(move |index| Self { entries, index })
    }

    /// The elements right below it that are no element of the vocabulary.
    pub fn elements(&self) -> impl Iterator<Item = Element<'d, 'a>> + use<'d, 'a> {
        foreign(self.entries, self.index)
    }

    /// The elements in its `DFProperties` that are no element of the vocabulary: there Microsoft has its extensions.
    pub fn df_elements(&self) -> impl Iterator<Item = Element<'d, 'a>> + use<'d, 'a> {
        let entries = self.entries;
        entries.known(self.index, tag::DF_PROPERTIES).flat_map(move |index| foreign(entries, index))
    }

    /// The first octet of its element in the document that it was read from; 0 if it was built.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.entries.get(self.index).map_or(0, |entry| entry.offset)
    }
}

impl<'d, 'a> Element<'d, 'a> {
    /// The name, with its prefix in XML; `None` if it is a token that the vocabulary does not know.
    #[must_use]
    pub fn name(&self) -> Option<&'a str> {
        match self.entries.get(self.index)?.kind {
            Kind::Element(name) => name.spelled(),
            _ => None,
        }
    }

    /// The value of an attribute.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<Text<'a>> {
        attribute(self.entries, self.index, name)
    }

    /// The text, if there is nothing else in it.
    #[must_use]
    pub fn text(&self) -> Option<Text<'d>> {
        self.entries.any_text(self.index)
    }

    /// The elements in it, of whatever name.
    pub fn elements(&self) -> impl Iterator<Item = Self> + Clone + use<'d, 'a> {
        let entries = self.entries;
        entries.elements(self.index).map(move |(index, _)| Self { entries, index })
    }

    /// The first octet of its element in the document that it was read from; 0 if it was built.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.entries.get(self.index).map_or(0, |entry| entry.offset)
    }

    /// All that is in it.
    fn everything(&self) -> &'d [super::arena::Entry<'a>] {
        let end = self.entries.get(self.index).map_or(self.index, |entry| entry.end);
        self.entries.as_slice().get(self.index..end).unwrap_or_default()
    }
}

/// The value of an attribute of the element at `index`.
pub(crate) fn attribute<'a>(entries: &Entries<'a>, index: usize, name: &str) -> Option<Text<'a>> {
    entries.children(index).find_map(|(_, entry)| match entry.kind {
        Kind::Attribute { name: AttributeName::Named(other), value } if other == name => Some(value),
        _ => None,
    })
}

/// The elements right below the one at `index` that are none of the vocabulary's.
pub(crate) fn foreign<'d, 'a>(
    entries: &'d Entries<'a>,
    index: usize,
) -> impl Iterator<Item = Element<'d, 'a>> + Clone + use<'d, 'a> {
    let is_foreign = |(_, name): &(usize, Name<'_>)| !matches!(name, Name::Known(_));
    entries.elements(index).filter(is_foreign).map(move |(index, _)| Element { entries, index })
}

impl PartialEq for Element<'_, '_> {
    /// Compares all that is in the two.
    fn eq(&self, other: &Self) -> bool {
        let below = |element: &Self| element.everything().len();
        let kinds = |element: &Self| element.everything().iter().zip(element.index..);
        below(self) == below(other)
            && kinds(self).zip(kinds(other)).all(|((this, at), (that, there))| {
                this.kind == that.kind && this.end.saturating_sub(at) == that.end.saturating_sub(there)
            })
    }
}

impl Eq for Element<'_, '_> {}

impl core::fmt::Debug for Node<'_, '_> {
    /// Writes the name and the offset: what is inside, the document has.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Node").field("name", &self.name()).field("offset", &self.offset()).finish_non_exhaustive()
    }
}

impl core::fmt::Debug for Element<'_, '_> {
    /// Writes the name and the offset: what is inside, the document has.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Element").field("name", &self.name()).field("offset", &self.offset()).finish_non_exhaustive()
    }
}
