//! Trees that are built rather than read.

use alloc::string::ToString;
use alloc::vec::Vec;

use wbxml::vocabulary::dmddf::tag;
use wbxml::{Tag, Text};

use super::MgmtTree;
use super::arena::{AttributeName, Entries, Kind, Name};
use super::properties::{CaseSense, DfProperties, NodeType, Occurrence, RtProperties, Scope};
use crate::dm::Format;

/// Builds a tree or a description from its first node to its last: [`MgmtTree::builder`].
///
/// What stands in a node is given in the order of the document type definition: path, properties, value or nodes.
///
/// ```
/// use syncml::dm::Format;
/// use syncml::dm::mgmt_tree::{AccessType, AccessTypes, DfProperties, MgmtTree, NodeType, Occurrence, Scope};
/// use wbxml::Text;
///
/// let description = DfProperties {
///     access: AccessTypes::from_iter([AccessType::Get, AccessType::Replace]),
///     format: Some(Format::INT),
///     occurrence: Some(Occurrence::ZeroOrOne),
///     scope: Some(Scope::Dynamic),
///     ..DfProperties::default()
/// };
/// let mut builder = MgmtTree::builder();
/// builder.start("T11Timer").path("./PoC").df_properties(&description, &[NodeType::Mime(Text::new("text/plain"))]);
/// let tree = builder.end().build();
/// let node = tree.find("./PoC/T11Timer").unwrap();
/// assert_eq!(node.df_properties(), Some(description));
/// assert_eq!(MgmtTree::parse(&tree.to_wbxml()?).unwrap(), tree);
/// # Ok::<(), wbxml::WriteError>(())
/// ```
#[derive(Clone, Debug)]
pub struct MgmtTreeBuilder<'a> {
    attributes: Vec<(&'a str, &'a str)>,
    ver_dtd: Option<&'a str>,
    man: Option<&'a str>,
    mod_: Option<&'a str>,
    entries: Entries<'a>,
    open: Vec<usize>,
}

impl<'a> MgmtTreeBuilder<'a> {
    pub(crate) fn new() -> Self {
        let (entries, open) = (Entries::default(), Vec::new());
        Self { attributes: Vec::new(), ver_dtd: Some("1.2"), man: None, mod_: None, entries, open }
    }

    /// Gives the root element an attribute, such as `xmlns:MSFT` for the prefix of extensions.
    pub fn attribute(&mut self, name: &'a str, value: &'a str) -> &mut Self {
        self.attributes.retain(|(other, _)| *other != name);
        self.attributes.push((name, value));
        self
    }

    /// The version of the document type definition (`1.2`).
    pub fn ver_dtd(&mut self, version: &'a str) -> &mut Self {
        self.ver_dtd = Some(version);
        self
    }

    /// The manufacturer of the device that is described.
    pub fn man(&mut self, manufacturer: &'a str) -> &mut Self {
        self.man = Some(manufacturer);
        self
    }

    /// The model of the device that is described.
    pub fn mod_(&mut self, model: &'a str) -> &mut Self {
        self.mod_ = Some(model);
        self
    }

    /// Opens a node, inside the one that is open. With an empty name it gets one at run time.
    pub fn start(&mut self, name: &'a str) -> &mut Self {
        self.open(tag::NODE);
        self.leaf(tag::NODE_NAME, Some(Text::new(name)));
        self
    }

    /// Gives the open node a path: the URI in front of its name, for a node at the top.
    pub fn path(&mut self, path: &'a str) -> &mut Self {
        self.leaf(tag::PATH, Some(Text::new(path)));
        self
    }

    /// Gives the open node properties at run time.
    pub fn rt_properties(&mut self, properties: &RtProperties<'a>) -> &mut Self {
        self.open(tag::RT_PROPERTIES);
        self.leaf(tag::ACL, properties.acl);
        self.format(tag::FORMAT, properties.format);
        self.leaf(tag::NAME, properties.name);
        self.leaf(tag::SIZE, properties.size);
        self.leaf(tag::TITLE, properties.title);
        self.leaf(tag::T_STAMP, properties.t_stamp);
        self.types(tag::TYPE, properties.type_.as_slice());
        self.leaf(tag::VER_NO, properties.ver_no);
        self.end()
    }

    /// Describes the open node. A leaf has one media type or more, an interior node one `DDFName`.
    pub fn df_properties(&mut self, properties: &DfProperties<'a>, types: &[NodeType<'a>]) -> &mut Self {
        self.open_df_properties(properties, types).end()
    }

    /// The same, for further formats, and elements that are none of the vocabulary's, to follow inside, up to
    /// [`end`](Self::end).
    pub fn open_df_properties(&mut self, properties: &DfProperties<'a>, types: &[NodeType<'a>]) -> &mut Self {
        self.open(tag::DF_PROPERTIES);
        self.open(tag::ACCESS_TYPE);
        for access in properties.access.iter() {
            self.leaf(access.tag(), Some(Text::EMPTY));
        }
        self.end();
        self.leaf(tag::DEFAULT_VALUE, properties.default_value);
        self.leaf(tag::DESCRIPTION, properties.description);
        self.format(tag::DF_FORMAT, properties.format);
        if let Some(occurrence) = properties.occurrence {
            self.occurrence(occurrence);
        }
        self.choice(tag::SCOPE, properties.scope.map(Scope::tag));
        self.leaf(tag::DF_TITLE, properties.title);
        self.types(tag::DF_TYPE, types);
        self.choice(tag::CASE_SENSE, properties.case_sense.map(CaseSense::tag));
        self
    }

    /// Says, inside [`open_df_properties`](Self::open_df_properties), that the node may have this format as well. The
    /// document type definition has one: [`Node::df_formats`](super::Node::df_formats) are all.
    pub fn or_df_format(&mut self, format: Format<'a>) -> &mut Self {
        self.format(tag::DF_FORMAT, Some(format));
        self
    }

    /// Gives the open node a value.
    pub fn value(&mut self, value: &'a str) -> &mut Self {
        self.leaf(tag::VALUE, Some(Text::new(value)));
        self
    }

    /// Gives the open node a value that is octets, which XML cannot hold.
    pub fn octets(&mut self, value: &'a [u8]) -> &mut Self {
        self.open(tag::VALUE);
        self.entries.push(Kind::Opaque(value), 0);
        self.end()
    }

    /// Opens an element that is none of the vocabulary's, inside what is open.
    ///
    /// ```
    /// # #[cfg(feature = "xml")] {
    /// use syncml::dm::mgmt_tree::{DfProperties, MgmtTree};
    ///
    /// let mut builder = MgmtTree::builder();
    /// builder.attribute("xmlns:MSFT", "http://schemas.microsoft.com/MobileDevice/DM");
    /// builder.start("PIN").open_df_properties(&DfProperties::default(), &[]);
    /// builder.element("MSFT:Values", &[("unit", "digits")]).text("4-8").end().end().end();
    /// let xml = builder.build().to_xml().unwrap();
    /// assert!(xml.contains(r#"<MSFT:Values unit="digits">4-8</MSFT:Values></DFProperties>"#), "{xml}");
    /// # }
    /// ```
    pub fn element(&mut self, name: &'a str, attributes: &[(&'a str, &'a str)]) -> &mut Self {
        let index = self.entries.push(Kind::Element(Name::Named(name)), 0);
        self.open.push(index);
        push_attributes(&mut self.entries, attributes);
        self
    }

    /// Puts text into the element that is open.
    pub fn text(&mut self, text: &'a str) -> &mut Self {
        if !text.is_empty() {
            self.entries.push(Kind::Text(Text::new(text)), 0);
        }
        self
    }

    /// Closes the node or element that was opened last; nothing, if none is open.
    pub fn end(&mut self) -> &mut Self {
        if let Some(index) = self.open.pop() {
            self.entries.close(index);
        }
        self
    }

    /// The tree, with every node closed. What the builder had, it has no more.
    pub fn build(&mut self) -> MgmtTree<'a> {
        let Self { attributes, ver_dtd, man, mod_, entries: mut nodes, open } = core::mem::replace(self, Self::new());
        for index in open {
            nodes.close(index);
        }
        self.open(tag::MGMT_TREE);
        push_attributes(&mut self.entries, &attributes);
        self.leaf(tag::VER_DTD, ver_dtd.map(Text::new));
        self.leaf(tag::MAN, man.map(Text::new));
        self.leaf(tag::MOD, mod_.map(Text::new));
        self.entries.append(nodes);
        self.end();
        let built = core::mem::replace(self, Self::new());
        MgmtTree { entries: built.entries }
    }

    fn open(&mut self, tag: Tag) {
        let index = self.entries.push(Kind::Element(Name::Known(tag)), 0);
        self.open.push(index);
    }

    fn leaf(&mut self, tag: Tag, text: Option<Text<'a>>) {
        let Some(text) = text else { return };
        self.open(tag);
        if !text.is_empty() {
            self.entries.push(Kind::Text(text), 0);
        }
        self.end();
    }

    fn choice(&mut self, tag: Tag, choice: Option<Tag>) {
        let Some(choice) = choice else { return };
        self.open(tag);
        self.leaf(choice, Some(Text::EMPTY));
        self.end();
    }

    fn format(&mut self, tag: Tag, format: Option<Format<'a>>) {
        let Some(format) = format else { return };
        self.open(tag);
        self.entries.push(Kind::Element(Name::of(format.as_str())), 0);
        self.end();
    }

    fn occurrence(&mut self, occurrence: Occurrence) {
        self.open(tag::OCCURRENCE);
        self.open(occurrence.tag());
        if let Some(most) = occurrence.most() {
            self.entries.push(Kind::Joined(most.to_string()), 0);
        }
        self.end().end();
    }

    fn types(&mut self, tag: Tag, types: &[NodeType<'a>]) {
        if types.is_empty() {
            return;
        }
        self.open(tag);
        for type_ in types {
            match type_ {
                NodeType::Mime(name) => self.leaf(tag::MIME, Some(*name)),
                NodeType::DdfName(name) => self.leaf(tag::DDF_NAME, Some(*name)),
            }
        }
        self.end();
    }
}

fn push_attributes<'a>(entries: &mut Entries<'a>, attributes: &[(&'a str, &'a str)]) {
    for &(name, value) in attributes {
        entries.push(Kind::Attribute { name: AttributeName::Named(name), value: Text::new(value) }, 0);
    }
}
