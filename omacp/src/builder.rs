//! Documents that are built rather than read.

use alloc::vec::Vec;

use wbxml::Text;

use crate::document::ProvisioningDoc;
use crate::node::{Kind, Nodes};

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
}

impl<'a> ProvisioningDocBuilder<'a> {
    pub(crate) fn new() -> Self {
        let mut nodes = Nodes::new();
        nodes.push(Kind::Root { version: None }, 0, false);
        Self { version: None, nodes, open: Vec::new() }
    }

    /// Gives the document a version: `1.0` is the only one.
    pub fn version(&mut self, version: &'a str) -> &mut Self {
        self.version = Some(Text::new(version));
        self
    }

    /// Opens a characteristic, inside the one that is open.
    pub fn start(&mut self, type_: &'a str) -> &mut Self {
        let index = self.nodes.push(Kind::Characteristic { type_: Text::new(type_) }, 0, false);
        self.open.push(index);
        self
    }

    /// Adds a parm with a value to the characteristic that is open.
    pub fn parm(&mut self, name: &'a str, value: &'a str) -> &mut Self {
        self.nodes.push(Kind::Parm { name: Text::new(name), value: Some(Text::new(value)) }, 0, false);
        self
    }

    /// Adds a parm without a value to the characteristic that is open.
    pub fn flag(&mut self, name: &'a str) -> &mut Self {
        self.nodes.push(Kind::Parm { name: Text::new(name), value: None }, 0, false);
        self
    }

    /// Closes the characteristic that was opened last; nothing, if none is open.
    pub fn end(&mut self) -> &mut Self {
        if let Some(index) = self.open.pop() {
            self.nodes.close(index);
        }
        self
    }

    /// The document, with every characteristic closed. What the builder had, it has no more.
    pub fn build(&mut self) -> ProvisioningDoc<'a> {
        let Self { version, mut nodes, open } = core::mem::replace(self, Self::new());
        for index in open {
            nodes.close(index);
        }
        nodes.set(0, Kind::Root { version });
        nodes.close(0);
        ProvisioningDoc { nodes }
    }
}
