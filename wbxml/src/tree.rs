//! Documents as trees: to be read in any order, changed, and written again.

mod arena;
mod build;
mod compare;
mod edit;
mod encode;
mod names;
mod node;
mod path;
mod print;
mod value;
mod walk;

pub use arena::NodeId;
pub use edit::{EditError, ElementName};
pub use node::{Ancestors, Attribute, Attributes, Children, Descendants, Element, Node, NodeKind};
pub(crate) use path::Candidate;
pub use path::{Found, Path, PathError, PathFault};
pub use value::{Extension, Value, ValuePiece};

use crate::vocabulary::Vocabulary;

use arena::{Arena, Kind};
use names::Names;

/// A document as a tree of elements, WBXML or XML: read it, ask it, change it, write it.
///
/// ```
/// use wbxml::vocabulary::syncml::{self, SYNCML_1_2, tag};
/// use wbxml::{Encode, Options, Tree, Writer};
///
/// // <SyncHdr><Source><LocURI>IMEI:1</LocURI></Source></SyncHdr>
/// let document = b"\x03\xA4\x01\x6A\x00\x6C\x67\x57\x03IMEI:1\0\x01\x01\x01";
/// let mut tree = Tree::read(document, Options::new().vocabularies(&syncml::ALL))?;
///
/// let uri = tree.find("Source/LocURI")?.unwrap();
/// assert_eq!((uri.tag(), &*uri.text()), (tag::LOC_URI, "IMEI:1"));
///
/// let uri = uri.id();
/// tree.set_text(uri, "IMEI:2")?;
/// let name = tree.new_element(tag::LOC_NAME)?;
/// tree.set_text(name, "phone")?;
/// tree.insert_after(uri, name)?;
///
/// let mut octets = Vec::new();
/// tree.encode(&mut Writer::new(&mut octets, &SYNCML_1_2)?)?;
/// assert_eq!(octets, b"\x03\xA4\x01\x6A\x00\x6C\x67\x57\x03IMEI:2\0\x01\x56\x03phone\0\x01\x01\x01");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// What a document means stays: elements by tag or by name, known or not; attributes with all pieces of their values;
/// text, octets, processing instructions, extension tokens; whether an empty element has content. How it is spelled goes:
/// the header, the string table, in how many pieces a text comes, which tokens a value takes. Where that matters, a
/// [`Patch`](crate::Patch) keeps every octet that is not edited.
///
/// Text and octets borrow from the document where they stand there in one piece; [`into_owned`](Self::into_owned)
/// borrows nothing. The nodes lie one behind the other, 64 octets for each node and each attribute on a 64-bit machine,
/// and know each other by number ([`NodeId`]). So nothing recurses: a million levels are read, asked, changed, compared,
/// cloned, printed, written and dropped, where [`Limits::depth`](crate::Limits::depth) allows them. Each takes time linear
/// in the size of the tree, also reading attributes and looking for one that stands there twice.
///
/// Two trees are equal if they have the same elements, attributes, texts, octets, processing instructions and extension
/// tokens. The order of attributes does not count, nor the pieces of a text, nor whether an empty element has content.
#[derive(Clone)]
pub struct Tree<'a> {
    vocabulary: &'a Vocabulary<'a>,
    names: Names<'a>,
    arena: Arena<'a>,
}

impl<'a> Tree<'a> {
    /// A document without a root element.
    #[must_use]
    pub fn new(vocabulary: &'a Vocabulary<'a>) -> Self {
        Self { vocabulary, names: Names::default(), arena: Arena::new() }
    }

    /// The vocabulary in which new elements have their tags and names.
    #[must_use]
    pub const fn vocabulary(&self) -> &'a Vocabulary<'a> {
        self.vocabulary
    }

    /// Gives new elements another vocabulary; those that are there keep their tags and names.
    pub const fn set_vocabulary(&mut self, vocabulary: &'a Vocabulary<'a>) {
        self.vocabulary = vocabulary;
    }

    /// The root element: the first one, where a document of version 1.0 has several.
    #[must_use]
    pub fn root(&self) -> Option<Element<'_, 'a>> {
        self.root_node().children().find_map(Node::as_element)
    }

    /// The node around the root element: where that is put, and processing instructions beside it.
    #[must_use]
    pub const fn document(&self) -> NodeId {
        NodeId::DOCUMENT
    }

    /// A node, wherever it hangs.
    #[must_use]
    pub fn node(&self, id: NodeId) -> Option<Node<'_, 'a>> {
        let record = self.arena.get(id)?;
        (!matches!(record.kind, Kind::Attribute(..))).then_some(Node { tree: self, id })
    }

    /// The same, if it is an element.
    #[must_use]
    pub fn element(&self, id: NodeId) -> Option<Element<'_, 'a>> {
        self.node(id).and_then(Node::as_element)
    }

    /// The first element that `path` leads to from the root element: [`Path`].
    ///
    /// ```
    /// use wbxml::vocabulary::prov::PROV_1_0;
    /// use wbxml::{Options, Tree};
    ///
    /// // <characteristic><parm name="NAME"/><parm name="NAPID"/></characteristic>
    /// let known = [&PROV_1_0];
    /// let tree = Tree::read(b"\x03\x0B\x6A\x00\x46\x87\x07\x01\x87\x11\x01\x01", Options::new().vocabularies(&known))?;
    /// assert_eq!(tree.find("parm[2]")?, tree.find("/characteristic/parm[@name='NAPID']")?);
    /// assert!(tree.find("parm[3]")?.is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`PathError`] if `path` is none.
    pub fn find(&self, path: &str) -> Result<Option<Element<'_, 'a>>, PathError> {
        Ok(self.find_all(path)?.next())
    }

    /// All elements that `path` leads to from the root element, in the document's order: [`Path`].
    ///
    /// # Errors
    /// [`PathError`] if `path` is none.
    pub fn find_all<'p>(&self, path: &'p str) -> Result<Found<'_, 'a, 'p>, PathError> {
        let path = Path::parse(path)?;
        let from = self.root().map_or(self.root_node(), Element::node);
        Ok(Found::new(from, path))
    }

    /// How many nodes the tree keeps, attributes and the document among them, and what was removed and not yet given
    /// back ([`compact`](Self::compact)).
    #[must_use]
    pub fn len(&self) -> usize {
        self.arena.len()
    }

    /// Whether the document has nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.root_node().first_child().is_none()
    }

    /// The same tree, borrowing nothing: not the vocabulary either. Elements keep their tags and names; new ones have
    /// none until the tree is given a vocabulary again ([`set_vocabulary`](Self::set_vocabulary)).
    #[must_use]
    pub fn into_owned(self) -> Tree<'static> {
        Tree { vocabulary: &Vocabulary::EMPTY, names: self.names.into_owned(), arena: self.arena.into_owned() }
    }

    pub(crate) const fn root_node(&self) -> Node<'_, 'a> {
        Node { tree: self, id: NodeId::DOCUMENT }
    }
}
