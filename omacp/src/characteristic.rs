//! What a document consists of: characteristics, and parms in them.

use wbxml::Text;

use crate::foreign::{self, ForeignElement};
use crate::node::{Kind, Node, Nodes};

/// A characteristic: settings that belong together, of a type.
///
/// Names of types and of parms are case-sensitive (`Ma` and `MA` are two parms).
///
/// ```
/// use omacp::ProvisioningDoc;
///
/// let document = ProvisioningDoc::builder()
///     .start("PXPHYSICAL")
///     .parm("TO-NAPID", "NAP1")
///     .parm("TO-NAPID", "NAP2")
///     .start("PORT")
///     .parm("PORTNBR", "8080")
///     .build();
/// let proxy = document.characteristics().next().unwrap();
/// assert_eq!(proxy.type_(), "PXPHYSICAL");
/// assert!(proxy.values("TO-NAPID").eq(["NAP1", "NAP2"]));
/// let port = proxy.characteristics_of_type("PORT").next().unwrap();
/// assert_eq!(port.value("PORTNBR").unwrap(), "8080");
/// ```
#[derive(Clone, Copy)]
pub struct Characteristic<'d, 'a> {
    nodes: &'d Nodes<'a>,
    index: usize,
    type_: Text<'a>,
    offset: usize,
}

/// A parm: a name, and a value unless it is a flag.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Parm<'a> {
    /// The name.
    pub name: Text<'a>,
    /// The value; `None` in a flag, which is not the same as a value that is empty.
    pub value: Option<Text<'a>>,
    /// `datatype`, which Windows documents have: `string`, `integer`, `boolean`, `binary` or another.
    pub datatype: Option<Text<'a>>,
    /// The first octet of its element in the document that it was read from; 0 if it was built.
    pub offset: usize,
}

impl<'d, 'a> Characteristic<'d, 'a> {
    /// The type.
    #[must_use]
    pub const fn type_(&self) -> Text<'a> {
        self.type_
    }

    /// The first octet of its element in the document that it was read from; 0 if it was built.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }

    /// The index of its node.
    pub(crate) const fn index(&self) -> usize {
        self.index
    }

    /// It with all that is below it, as nodes of their own.
    pub(crate) fn subtree(&self) -> Nodes<'a> {
        self.nodes.subtree(self.index)
    }

    /// The parms, without those of the characteristics inside.
    pub fn parms(&self) -> impl Iterator<Item = Parm<'a>> + Clone + use<'d, 'a> {
        self.numbered_parms().map(|(_, parm)| parm)
    }

    /// The parms, each with the index of its node.
    pub(crate) fn numbered_parms(&self) -> impl Iterator<Item = (usize, Parm<'a>)> + Clone + use<'d, 'a> {
        let nodes = self.nodes;
        nodes.children(self.index).filter_map(move |(index, node)| match node.kind {
            Kind::Parm { name, value } => {
                let datatype = foreign::attribute(nodes, index, "datatype");
                Some((index, Parm { name, value, datatype, offset: node.offset }))
            }
            _ => None,
        })
    }

    /// The first parm of this name.
    #[must_use]
    pub fn parm(&self, name: &str) -> Option<Parm<'a>> {
        self.parms().find(|parm| parm.name == *name)
    }

    /// The value of the first parm of this name; `None` too if that is a flag.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<Text<'a>> {
        self.parm(name)?.value
    }

    /// The values of all parms of this name, in order; flags have none.
    pub fn values<'n>(&self, name: &'n str) -> impl Iterator<Item = Text<'a>> + Clone + use<'d, 'a, 'n> {
        self.parms().filter(move |parm| parm.name == *name).filter_map(|parm| parm.value)
    }

    /// The characteristics inside.
    pub fn characteristics(&self) -> impl Iterator<Item = Self> + Clone + use<'d, 'a> {
        below(self.nodes, self.index)
    }

    /// The value of an attribute other than `type`, which a dialect may have.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<Text<'a>> {
        foreign::attribute(self.nodes, self.index, name)
    }

    /// What is inside and is neither a characteristic nor a parm.
    pub fn foreign_elements(&self) -> impl Iterator<Item = ForeignElement<'d, 'a>> + Clone + use<'d, 'a> {
        foreign::below(self.nodes, self.index)
    }

    /// The characteristics of one type inside.
    pub fn characteristics_of_type<'n>(&self, type_: &'n str) -> impl Iterator<Item = Self> + Clone + use<'d, 'a, 'n> {
        self.characteristics().filter(move |characteristic| characteristic.type_ == *type_)
    }
}

/// The characteristic that the node at `index` is, if it is one.
pub(crate) fn at<'d, 'a>(nodes: &'d Nodes<'a>, index: usize) -> Option<Characteristic<'d, 'a>> {
    match nodes.get(index)? {
        Node { kind: Kind::Characteristic { type_ }, offset, .. } => {
            Some(Characteristic { nodes, index, type_: *type_, offset: *offset })
        }
        _ => None,
    }
}

/// The characteristics that are children of the node at `index`.
pub(crate) fn below<'d, 'a>(
    nodes: &'d Nodes<'a>,
    index: usize,
) -> impl Iterator<Item = Characteristic<'d, 'a>> + Clone + use<'d, 'a> {
    nodes.children(index).filter_map(move |(index, _)| at(nodes, index))
}

impl core::fmt::Debug for Characteristic<'_, '_> {
    /// Writes the type and the offset: what is inside, the document has.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Characteristic")
            .field("type_", &self.type_)
            .field("offset", &self.offset)
            .finish_non_exhaustive()
    }
}

impl PartialEq for Parm<'_> {
    /// Compares what they say, not where they stand.
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.value == other.value && self.datatype == other.datatype
    }
}

impl Eq for Parm<'_> {}
