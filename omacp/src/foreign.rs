//! Elements that are neither characteristics nor parms: those of dialects.

use wbxml::Text;

use crate::node::{Kind, Name, Nodes};

/// An element that is neither a characteristic nor a parm.
///
/// Windows has such ones in what it calls the same document type: they ask for settings instead of making them, and
/// delete them.
///
/// | element | attribute | means |
/// | --- | --- | --- |
/// | `characteristic-query` | `type` | tell what is in this characteristic |
/// | `parm-query` | `name` | tell the value of this parm |
/// | `nocharacteristic` | `type` | delete this characteristic, or that there is none |
/// | `noparm` | `name` | delete this parm, or that there is none |
///
/// What other attributes and elements there are is kept too, and is written again.
///
/// ```
/// # #[cfg(feature = "xml")] {
/// use omacp::ProvisioningDoc;
///
/// let xml = br#"<wap-provisioningdoc><characteristic type="Sync">
///     <parm-query name="Interval"/><nocharacteristic type="Old"/>
/// </characteristic></wap-provisioningdoc>"#;
/// let document = ProvisioningDoc::parse(xml).unwrap();
/// let sync = document.characteristics().next().unwrap();
/// let mut foreign = sync.foreign_elements();
/// let query = foreign.next().unwrap();
/// assert_eq!((query.name(), query.attribute("name").unwrap().to_string()), (Some("parm-query"), "Interval".into()));
/// assert_eq!(foreign.next().unwrap().name(), Some("nocharacteristic"));
/// # }
/// ```
#[derive(Clone, Copy)]
pub struct ForeignElement<'d, 'a> {
    nodes: &'d Nodes<'a>,
    index: usize,
    name: Option<&'a str>,
    offset: usize,
}

impl<'d, 'a> ForeignElement<'d, 'a> {
    /// The name; `None` if it is a token that the vocabulary does not know.
    #[must_use]
    pub const fn name(&self) -> Option<&'a str> {
        self.name
    }

    /// The first octet of its element in the document that it was read from; 0 if it was built.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }

    /// The value of an attribute.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<Text<'a>> {
        attribute(self.nodes, self.index, name)
    }

    /// The elements inside, of whatever name.
    pub fn elements(&self) -> impl Iterator<Item = Self> + Clone + use<'d, 'a> {
        below(self.nodes, self.index)
    }
}

/// The value of an attribute that is none of those which every element of its name has.
pub(crate) fn attribute<'a>(nodes: &Nodes<'a>, index: usize, name: &str) -> Option<Text<'a>> {
    let is_it = |other: &Name<'_, _>| matches!(other, Name::Named(other) if *other == name);
    nodes.attributes(index).find(|(other, _)| is_it(other)).map(|(_, value)| value)
}

/// The foreign elements that are children of the node at `index`.
pub(crate) fn below<'d, 'a>(
    nodes: &'d Nodes<'a>,
    index: usize,
) -> impl Iterator<Item = ForeignElement<'d, 'a>> + Clone + use<'d, 'a> {
    nodes.children(index).filter_map(move |(index, node)| match node.kind {
        Kind::Element(name) => {
            let name = match name {
                Name::Named(name) => Some(name),
                Name::Token(_) => None,
            };
            Some(ForeignElement { nodes, index, name, offset: node.offset })
        }
        _ => None,
    })
}

impl core::fmt::Debug for ForeignElement<'_, '_> {
    /// Writes the name and the offset: what is inside, the document has.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("ForeignElement").field("name", &self.name).field("offset", &self.offset).finish_non_exhaustive()
    }
}
