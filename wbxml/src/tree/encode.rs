//! Writing a tree.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use crate::emit::{Emit, Encode};
use crate::event::{AttributeStart, Event};
use crate::sink::WriteError;
use crate::token::{AttrStart, Tag};
use crate::vocabulary::Vocabulary;

use super::Tree;
use super::arena::Kind;
use super::node::{Attribute, Element, Node};
use super::value::{Value, ValuePiece};
use super::walk::{Step, Walk};

/// The whole document: the root element, and the processing instructions around it.
impl Encode for Tree<'_> {
    fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        self.root_node().encode(out)
    }
}

/// The element with all that is in it.
impl Encode for Element<'_, '_> {
    fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        self.node().encode(out)
    }
}

/// The node with all that is in it.
impl Encode for Node<'_, '_> {
    fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        for step in Walk::new(self.tree, self.id) {
            match step {
                Step::Enter(id) => Node { tree: self.tree, id }.enter(out)?,
                Step::Leave(id) => {
                    let node = Node { tree: self.tree, id };
                    if node.as_element().is_some_and(Element::has_content) {
                        out.end()?;
                    }
                }
            }
        }
        Ok(())
    }
}

impl Node<'_, '_> {
    /// Writes the node, up to its content.
    fn enter(self, out: &mut impl Emit) -> Result<(), WriteError> {
        match &self.record().kind {
            Kind::Document | Kind::Attribute(..) => Ok(()),
            Kind::Element { .. } => Element(self).enter(out),
            Kind::Text(text) if text.is_empty() => Ok(()),
            Kind::Text(text) => out.text(text),
            Kind::Opaque(octets) => out.opaque(octets),
            Kind::Extension(extension) => out.token(&extension.event()),
            Kind::Pi(target, data) => {
                let pi = Attribute { name: self.tree.names.get(*target), value: data };
                match pi.as_str() {
                    Some(data) if pi.token() == AttrStart::LITERAL => out.pi(pi.name(), data),
                    _ => {
                        out.token(&Event::Pi)?;
                        pi.encode(out)?;
                        out.attributes_end()
                    }
                }
            }
        }
    }
}

impl Element<'_, '_> {
    /// Writes the tag and the attributes.
    fn enter(self, out: &mut impl Emit) -> Result<(), WriteError> {
        let start = self.start();
        if start.tag == Tag::LITERAL { out.start_named(self.name(), start) } else { out.start(start) }?;
        if start.has_attributes() {
            self.attributes().try_for_each(|attribute| attribute.encode(out))?;
            out.attributes_end()?;
        }
        Ok(())
    }
}

impl Attribute<'_, '_> {
    fn encode(self, out: &mut impl Emit) -> Result<(), WriteError> {
        let (text, pieces) = self.parts();
        match self.token() {
            AttrStart::LITERAL => out.attribute(self.name(), text),
            // no text at all is written with the token alone
            token if text.is_empty() && !pieces.is_empty() => {
                out.token(&Event::AttributeStart(AttributeStart::new(token)))
            }
            token => out.unnamed_attribute(token, text),
        }?;
        pieces.iter().try_for_each(|piece| out.token(&piece.event()))
    }

    /// The text that the value begins with, and the pieces behind it.
    fn parts(&self) -> (&str, &[ValuePiece<'_>]) {
        match self.value {
            Value::Text(text) => (text, &[]),
            Value::Pieces(pieces) => match pieces.split_first() {
                Some((ValuePiece::Text(text), pieces)) => (text, pieces),
                _ => ("", pieces),
            },
        }
    }
}

impl Tree<'_> {
    /// The names that are no token of `vocabulary`, each once, in ascending order and with the index at which it then
    /// stands in a string table: what [`Writer::with_names`](crate::Writer::with_names) asks for.
    ///
    /// ```
    /// use wbxml::vocabulary::prov::PROV_1_0;
    /// use wbxml::{Encode, Tree, Writer};
    ///
    /// let mut tree = Tree::new(&PROV_1_0);
    /// let root = tree.new_element("size")?;
    /// tree.append(tree.document(), root)?;
    /// tree.set_attribute(root, "colour", "red")?;
    ///
    /// let names = tree.literal_names(&PROV_1_0);
    /// assert_eq!(names, [("colour", 0), ("size", 7)]);
    /// let mut octets = Vec::new();
    /// tree.encode(&mut Writer::with_names(&mut octets, &PROV_1_0, &names)?)?;
    /// assert_eq!(octets, *b"\x03\x0B\x6A\x0Ccolour\0size\0\x84\x07\x04\x00\x03red\0\x01");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn literal_names(&self, vocabulary: &Vocabulary<'_>) -> Vec<(&str, u32)> {
        let mut names = BTreeSet::new();
        let is_token = |attribute: &Attribute<'_, '_>| {
            attribute.token() != AttrStart::LITERAL
                || vocabulary.attribute_start(attribute.name(), attribute.parts().0, 0).is_some()
        };
        for node in self.root_node().descendants() {
            if let Kind::Pi(target, data) = &node.record().kind {
                let pi = Attribute { name: self.names.get(*target), value: data };
                if !is_token(&pi) {
                    names.insert(pi.name());
                }
            } else if let Some(element) = node.as_element() {
                if element.tag() == Tag::LITERAL && vocabulary.tag(element.name()).is_none() {
                    names.insert(element.name());
                }
                let literal = element.attributes().filter(|attribute| !is_token(attribute));
                names.extend(literal.map(Attribute::name));
            }
        }
        let mut next = 0_u32;
        let placed = names.into_iter().map(|name| {
            let index = next;
            // a table of 4 GiB is refused by whoever writes it
            next = next.saturating_add(u32::try_from(name.len()).unwrap_or(u32::MAX)).saturating_add(1);
            (name, index)
        });
        placed.collect()
    }
}
