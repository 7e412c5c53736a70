//! Documents that are built rather than read.

use alloc::vec::Vec;

use wbxml::Text;

use crate::document::ProvisioningDoc;
use crate::node::{Kind, Name, Nodes};

/// Builds a document from its first characteristic to its last: [`ProvisioningDoc::builder`].
///
/// ```
/// use omacp::ProvisioningDoc;
///
/// let mut builder = ProvisioningDoc::builder();
/// builder.version("1.0").start("PXLOGICAL").parm("PROXY-ID", "PROXY1");
/// for domain in ["example.com", "example.org"] {
///     builder.parm("DOMAIN", domain);
/// }
/// let document = builder.end().build();
/// assert_eq!(document.characteristics().next().unwrap().parms().count(), 3);
/// ```
#[derive(Clone, Debug)]
pub struct ProvisioningDocBuilder<'a> {
    version: Option<Text<'a>>,
    nodes: Nodes<'a>,
    open: Vec<usize>,
    /// The element that was added last, and those that were closed since.
    last: Vec<usize>,
}

impl<'a> ProvisioningDocBuilder<'a> {
    pub(crate) fn new() -> Self {
        let mut nodes = Nodes::new();
        nodes.push(Kind::Root { version: None }, 0, false);
        Self { version: None, nodes, open: Vec::new(), last: Vec::new() }
    }

    /// Gives the document a version: `1.0` is the only one.
    pub fn version(&mut self, version: &'a str) -> &mut Self {
        self.version = Some(Text::new(version));
        self
    }

    /// Opens a characteristic, inside the one that is open.
    pub fn start(&mut self, type_: &'a str) -> &mut Self {
        let index = self.add(Kind::Characteristic { type_: Text::new(type_) });
        self.open.push(index);
        self
    }

    /// Adds a parm with a value to the characteristic that is open.
    pub fn parm(&mut self, name: &'a str, value: &'a str) -> &mut Self {
        self.add(Kind::Parm { name: Text::new(name), value: Some(Text::new(value)) });
        self
    }

    /// Adds a parm without a value to the characteristic that is open.
    pub fn flag(&mut self, name: &'a str) -> &mut Self {
        self.add(Kind::Parm { name: Text::new(name), value: None });
        self
    }

    /// Opens an element of another name, as dialects have them ([`ForeignElement`](crate::ForeignElement)), inside the
    /// characteristic or element that is open.
    ///
    /// ```
    /// use omacp::ProvisioningDoc;
    ///
    /// let mut builder = ProvisioningDoc::builder();
    /// builder.start("HotSpot").parm("Enabled", "true").attribute("datatype", "boolean");
    /// builder.element("noparm").attribute("name", "Password").end();
    /// let document = builder.build();
    /// let hotspot = document.characteristics().next().unwrap();
    /// assert_eq!(hotspot.parm("Enabled").unwrap().datatype.unwrap(), "boolean");
    /// assert_eq!(hotspot.foreign_elements().next().unwrap().attribute("name").unwrap(), "Password");
    /// ```
    pub fn element(&mut self, name: &'a str) -> &mut Self {
        let index = self.add(Kind::Element(Name::Named(name)));
        self.open.push(index);
        self
    }

    /// Gives the characteristic, parm or element that was added last another attribute than those which it has by what
    /// it is; of two attributes of one name the last one counts. Without such an element, nothing.
    pub fn attribute(&mut self, name: &'a str, value: &'a str) -> &mut Self {
        let Some(&element) = self.last.first() else { return self };
        let value = Text::new(value);
        let place = self.nodes.attributes(element).position(|(other, _)| *other == Name::Named(name));
        let kind = Kind::Attribute { name: Name::Named(name), value };
        match (self.nodes.get(element).map(|node| &node.kind), name, place) {
            (Some(Kind::Characteristic { .. }), "type", _) => {
                self.nodes.set(element, Kind::Characteristic { type_: value });
            }
            (Some(&Kind::Parm { value: old, .. }), "name", _) => {
                self.nodes.set(element, Kind::Parm { name: value, value: old });
            }
            (Some(&Kind::Parm { name, .. }), "value", _) => {
                self.nodes.set(element, Kind::Parm { name, value: Some(value) });
            }
            (_, _, Some(place)) => self.nodes.set(element.saturating_add(1).saturating_add(place), kind),
            (_, _, None) => {
                self.nodes.push(kind, 0, false);
                self.last.iter().for_each(|&index| self.nodes.close(index));
            }
        }
        self
    }

    /// Closes the characteristic or element that was opened last; nothing, if none is open.
    pub fn end(&mut self) -> &mut Self {
        if let Some(index) = self.open.pop() {
            self.nodes.close(index);
            self.last.push(index);
        }
        self
    }

    /// The document, with every characteristic closed. What the builder had, it has no more.
    pub fn build(&mut self) -> ProvisioningDoc<'a> {
        let Self { version, mut nodes, open, last: _ } = core::mem::replace(self, Self::new());
        for index in open {
            nodes.close(index);
        }
        nodes.set(0, Kind::Root { version });
        nodes.close(0);
        ProvisioningDoc { nodes }
    }

    fn add(&mut self, kind: Kind<'a>) -> usize {
        let index = self.nodes.push(kind, 0, false);
        self.last.clear();
        self.last.push(index);
        index
    }
}
