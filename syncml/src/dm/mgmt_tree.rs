//! Serialised management trees (TNDS) and device descriptions (DDF): `MgmtTree` documents, in WBXML and XML alike
//! (OMA-TS-DM-TNDS, OMA-TS-DM-TND, document type definition `DM_DDF` 1.2).

mod arena;
mod builder;
mod description;
mod node;
mod node_items;
mod object;
mod path;
mod properties;
mod read;
mod write;

use wbxml::vocabulary::dmddf::{DM_DDF_1_2, tag};
use wbxml::{AnyReader, Cursor, Decode, Limits, Markup, Options, Start, Text, Vocabulary};

pub use builder::MgmtTreeBuilder;
pub use description::{Description, Finding, Findings, Place, Rule};
pub use node::{Element, Node, Value};
pub use node_items::{NodeItemError, NodeItemErrorKind, NodeItems};
pub use object::TndsObject;
pub use path::Walk;
pub use properties::{AccessType, AccessTypes, CaseSense, DfProperties, NodeType, Occurrence, RtProperties, Scope};

use crate::error::{Error, ErrorKind, Result};
use arena::Entries;
use path::Matches;

/// A serialised management tree or a device description: everything that stands in it, in the order in which it stands
/// there.
///
/// A node of a serialised tree has [`RtProperties`] and a [`Value`], one of a description has [`DfProperties`]. What is
/// none of the vocabulary's, such as the extensions of Windows, is kept and written again. Texts are borrowed from
/// the octets; all else is one vector, and nodes may be nested as deep as [`Limits`] allow: nothing recurses. Documents
/// are equal if they say the same, in whichever encoding.
///
/// ```
/// use syncml::dm::mgmt_tree::{MgmtTree, Value};
///
/// // a tree in WBXML, on code page 2
/// let octets = b"\x03\x01\x6A\x00\x00\x02\x60\x77\x031.2\0\x01\x64\x66\x03PoC\0\x01\x64\x66\x03T11Timer\0\x01\
///     \x76\x036000\0\x01\x01\x01\x01";
/// let tree = MgmtTree::parse(octets)?;
/// assert_eq!(tree.ver_dtd().unwrap(), "1.2");
/// let timer = tree.find("./PoC/T11Timer").unwrap();
/// assert!(matches!(timer.value(), Some(Value::Text(value)) if value == "6000"));
///
/// let mut walk = tree.walk();
/// let mut paths = Vec::new();
/// while walk.next().is_some() {
///     paths.push(walk.path().to_owned());
/// }
/// assert_eq!(paths, ["PoC", "PoC/T11Timer"]);
/// # Ok::<(), syncml::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MgmtTree<'a> {
    entries: Entries<'a>,
}

/// The vocabularies among which a document names its own.
static KNOWN: [&Vocabulary<'static>; 1] = [&DM_DDF_1_2];

impl<'a> MgmtTree<'a> {
    /// Reads a document, in WBXML or, with the feature `xml`, in XML: [`wbxml::is_xml`] tells which.
    ///
    /// # Errors
    /// [`NotAMgmtTree`](ErrorKind::NotAMgmtTree) if the root element is another one,
    /// [`Document`](ErrorKind::Document) with what is wrong in the document: also text where the document type
    /// definition has elements, and elements where it has text.
    pub fn parse(octets: &'a [u8]) -> Result<Self> {
        Self::parse_with(octets, Limits::DEFAULT)
    }

    /// The same within other limits.
    ///
    /// # Errors
    /// As [`parse`](Self::parse).
    pub fn parse_with(octets: &'a [u8], limits: Limits) -> Result<Self> {
        let options = Options::new().vocabularies(&KNOWN).assume(&DM_DDF_1_2).limits(limits);
        Self::from_reader(&mut AnyReader::new(octets, options)?)
    }

    /// Reads a document from its first octet to its last, with the options that `reader` has been given.
    ///
    /// # Errors
    /// As [`parse`](Self::parse).
    pub fn from_reader(reader: &mut impl Cursor<'a>) -> Result<Self> {
        let root = reader.root()?;
        let tree = Self::decode(reader, root)?;
        reader.finish()?;
        Ok(tree)
    }

    /// Reads the tree that is the [`Data`](wbxml::Data::Markup) of an item. Data that is text or octets is a document:
    /// [`parse`](Self::parse).
    ///
    /// ```
    /// use syncml::{Command, MessageReader, dm::mgmt_tree::MgmtTree};
    /// use wbxml::{Data, Limits};
    ///
    /// // <Add> with <Data> that holds <MgmtTree> with the node PoC, on code page 2
    /// let octets = b"\x03\xA4\x01\x6A\x00\x6D\x6C\x01\x6B\x45\x54\x4F\x00\x02\x60\x64\x66\x03PoC\0\x01\x01\x01\
    ///     \x01\x01\x01\x01\x01";
    /// let mut message = MessageReader::parse(octets)?;
    /// let Some(Command::Add(add)) = message.next_command()? else { panic!() };
    /// let Some(Data::Markup(markup)) = add.items.first().unwrap().data else { panic!() };
    /// assert!(MgmtTree::from_markup(&markup, Limits::DEFAULT)?.find("PoC").is_some());
    /// # Ok::<(), syncml::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`parse`](Self::parse); [`NotAMgmtTree`](ErrorKind::NotAMgmtTree) also if there is more than the one element.
    pub fn from_markup(markup: &Markup<'a>, limits: Limits) -> Result<Self> {
        let mut reader = markup.reader(limits)?;
        let not_one = Error::new(ErrorKind::NotAMgmtTree, markup.offset());
        let root = reader.next_child(Start::CONTENT)?.ok_or(not_one)?;
        let tree = Self::decode(&mut reader, root)?;
        if reader.next_child(Start::CONTENT)?.is_some() { Err(not_one) } else { Ok(tree) }
    }

    /// A tree to be written, without anything in it yet.
    ///
    /// ```
    /// use syncml::dm::Format;
    /// use syncml::dm::mgmt_tree::{MgmtTree, NodeType, RtProperties};
    /// use wbxml::Text;
    ///
    /// let leaf = RtProperties {
    ///     format: Some(Format::INT),
    ///     type_: Some(NodeType::Mime(Text::new("text/plain"))),
    ///     ..RtProperties::default()
    /// };
    /// let mut builder = MgmtTree::builder();
    /// builder.start("PoC").start("T11Timer").rt_properties(&leaf).value("6000").end().end();
    /// let tree = builder.build();
    /// assert_eq!(MgmtTree::parse(&tree.to_wbxml()?).unwrap(), tree);
    /// # Ok::<(), wbxml::WriteError>(())
    /// ```
    #[must_use]
    pub fn builder() -> MgmtTreeBuilder<'a> {
        MgmtTreeBuilder::new()
    }

    /// `VerDTD`: the version of the document type definition, as it stands in the document.
    #[must_use]
    pub fn ver_dtd(&self) -> Option<Text<'a>> {
        self.entries.field(0, tag::VER_DTD)
    }

    /// `Man`: the manufacturer of the device that is described.
    #[must_use]
    pub fn man(&self) -> Option<Text<'a>> {
        self.entries.field(0, tag::MAN)
    }

    /// `Mod`: the model of the device that is described.
    #[must_use]
    pub fn mod_(&self) -> Option<Text<'a>> {
        self.entries.field(0, tag::MOD)
    }

    /// The value of an attribute of the root element, such as `xmlns:MSFT`.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<Text<'a>> {
        node::attribute(&self.entries, 0, name)
    }

    /// The nodes at the top.
    pub fn nodes(&self) -> impl Iterator<Item = Node<'_, 'a>> + Clone + use<'_, 'a> {
        let entries = &self.entries;
        entries.known(0, tag::NODE).map(move |index| Node { entries, index })
    }

    /// The elements at the top that are none of the vocabulary's.
    pub fn elements(&self) -> impl Iterator<Item = Element<'_, 'a>> + Clone + use<'_, 'a> {
        node::foreign(&self.entries, 0)
    }

    /// All nodes, each in front of those below it, with their paths.
    #[must_use]
    pub const fn walk(&self) -> Walk<'_, 'a> {
        Walk::new(&self.entries)
    }

    /// The nodes that a URI leads to, in document order. A node without a name has any name; `./` in front makes no
    /// difference.
    pub fn find_all<'d>(&'d self, uri: &'d str) -> impl Iterator<Item = Node<'d, 'a>> + Clone + use<'d, 'a> {
        Matches::new(&self.entries, uri).map(|(node, _)| node)
    }

    /// The node that a URI leads to: among several, the first one of those for which the fewest nodes without a name
    /// are on the way.
    ///
    /// ```
    /// use syncml::dm::mgmt_tree::MgmtTree;
    ///
    /// let mut builder = MgmtTree::builder();
    /// builder.start("AP").path("./Vendor");
    /// builder.start("").start("Name").value("any").end().end();
    /// builder.start("Home").start("Name").value("home").end().end();
    /// let description = builder.end().build();
    /// let name = |uri| description.find(uri)?.value().map(|value| format!("{value:?}"));
    /// assert!(name("./Vendor/AP/Home/Name").unwrap().contains("home"));
    /// assert!(name("./Vendor/AP/Work/Name").unwrap().contains("any"));
    /// assert!(name("./Vendor/AP/Work/Port").is_none());
    /// ```
    #[must_use]
    pub fn find(&self, uri: &str) -> Option<Node<'_, 'a>> {
        Matches::new(&self.entries, uri).min_by_key(|(_, unnamed)| *unnamed).map(|(node, _)| node)
    }
}
