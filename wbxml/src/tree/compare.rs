//! Whether two trees mean the same.

use alloc::vec::Vec;

use super::Tree;
use super::arena::Kind;
use super::node::{Attribute, Element, Node};
use super::walk::{Step, Walk};

impl PartialEq for Tree<'_> {
    fn eq(&self, other: &Self) -> bool {
        mean_the_same(self.root_node(), other.root_node())
    }
}

impl Eq for Tree<'_> {}

impl PartialEq for Element<'_, '_> {
    fn eq(&self, other: &Self) -> bool {
        mean_the_same(self.node(), other.node())
    }
}

impl Eq for Element<'_, '_> {}

fn mean_the_same(this: Node<'_, '_>, that: Node<'_, '_>) -> bool {
    let (mut this, mut that) = (Meaning::new(this), Meaning::new(that));
    loop {
        match (this.next(), that.next()) {
            (None, None) => return true,
            (Some(Item::Text(left)), Some(Item::Text(right))) => {
                // texts may be cut elsewhere: what both have is compared, the rest comes again
                let length = left.len().min(right.len());
                if left.get(..length) != right.get(..length) {
                    return false;
                }
                this.text = left.get(length..).unwrap_or_default();
                that.text = right.get(length..).unwrap_or_default();
            }
            (Some(left), Some(right)) if left.is(&right) => {}
            _ => return false,
        }
    }
}

/// What a tree says, item by item.
struct Meaning<'t, 'a> {
    tree: &'t Tree<'a>,
    walk: Walk<'t, 'a>,
    /// What is left of the text at hand.
    text: &'t [u8],
}

enum Item<'t, 'a> {
    /// Octets of a text; never none.
    Text(&'t [u8]),
    Node(Node<'t, 'a>),
    Leave,
}

impl<'t, 'a> Meaning<'t, 'a> {
    fn new(top: Node<'t, 'a>) -> Self {
        Self { tree: top.tree, walk: Walk::new(top.tree, top.id), text: &[] }
    }
}

impl<'t, 'a> Iterator for Meaning<'t, 'a> {
    type Item = Item<'t, 'a>;

    fn next(&mut self) -> Option<Item<'t, 'a>> {
        loop {
            if !self.text.is_empty() {
                return Some(Item::Text(core::mem::take(&mut self.text)));
            }
            match self.walk.next()? {
                Step::Enter(id) => match &self.tree.arena.node(id).kind {
                    Kind::Text(text) => self.text = text.as_bytes(),
                    _ => return Some(Item::Node(Node { tree: self.tree, id })),
                },
                Step::Leave(id) => {
                    if !matches!(self.tree.arena.node(id).kind, Kind::Text(_)) {
                        return Some(Item::Leave);
                    }
                }
            }
        }
    }
}

impl Item<'_, '_> {
    /// Whether both are the same, apart from what is in them.
    fn is(&self, other: &Item<'_, '_>) -> bool {
        let (this, that) = match (self, other) {
            (Item::Leave, Item::Leave) => return true,
            (Item::Node(this), Item::Node(that)) => (this, that),
            _ => return false,
        };
        match (&this.record().kind, &that.record().kind) {
            (Kind::Document, Kind::Document) => true,
            (Kind::Element { .. }, Kind::Element { .. }) => {
                Element(*this).entry() == Element(*that).entry() && have_the_same(Element(*this), Element(*that))
            }
            (Kind::Opaque(this), Kind::Opaque(that)) => this == that,
            (Kind::Extension(this), Kind::Extension(that)) => this == that,
            (Kind::Pi(target, data), Kind::Pi(its_target, its_data)) => {
                this.tree.names.get(*target) == that.tree.names.get(*its_target) && data == its_data
            }
            _ => false,
        }
    }
}

/// Whether two elements have the same attributes, in any order.
fn have_the_same(this: Element<'_, '_>, that: Element<'_, '_>) -> bool {
    if this.attributes().eq(that.attributes()) {
        return true;
    }
    let (this, that) = (sorted(this), sorted(that));
    this == that
}

/// The attributes of an element by their names.
fn sorted<'t, 'a>(element: Element<'t, 'a>) -> Vec<Attribute<'t, 'a>> {
    let mut attributes: Vec<_> = element.attributes().collect();
    attributes.sort_by_key(|attribute| (attribute.name(), attribute.token()));
    attributes
}
