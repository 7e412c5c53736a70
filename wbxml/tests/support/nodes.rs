//! What a document means, written again.

use super::tree::{Element, Node};
use wbxml::{Emit, Encode, Start, Tag, WriteError};

/// Elements and texts as a value that writes itself: names of the vocabulary as tokens, others as literals.
#[derive(Clone, Debug)]
pub(crate) struct Nodes(pub(crate) Vec<Node>);

impl Encode for Nodes {
    fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        self.0.iter().try_for_each(|node| write(node, out))
    }
}

fn write(node: &Node, out: &mut impl Emit) -> Result<(), WriteError> {
    let Element { tag, name, attributes, content } = match node {
        Node::Element(element) => element,
        Node::Text(text) => return out.text(text),
    };
    let mut start = Start::new(*tag);
    if !attributes.is_empty() {
        start = start.with_attributes();
    }
    if content.is_empty() {
        start = start.without_content();
    }
    if *tag == Tag::LITERAL {
        out.start_named(name, start)?;
    } else {
        out.start(start)?;
    }
    for (name, value) in attributes {
        out.attribute(name, value)?;
    }
    if !attributes.is_empty() {
        out.attributes_end()?;
    }
    if content.is_empty() {
        return Ok(());
    }
    content.iter().try_for_each(|node| write(node, out))?;
    out.end()
}
