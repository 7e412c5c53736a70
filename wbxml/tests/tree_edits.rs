//! Edits keep the links of a tree right: whatever is done to it in whatever order, it is what a plain nested list is.

#![cfg(feature = "alloc")]
#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "helpers of tests: to stop is how they fail"
)]

use proptest::prelude::*;
use wbxml::tree::{EditError, Node, NodeId, NodeKind};
use wbxml::vocabulary::prov::{PROV_1_0, tag};
use wbxml::{Encode, Options, Tag, Tree, Writer};

/// The naive tree: every node knows its children, and nothing else.
#[derive(Clone, Debug, Default)]
struct Model {
    nodes: Vec<Plain>,
}

#[derive(Clone, Debug, PartialEq)]
struct Plain {
    what: What,
    children: Vec<usize>,
}

#[derive(Clone, Debug, PartialEq)]
enum What {
    Document,
    Element(String, Vec<(String, String)>),
    Text(String),
    Pi,
}

impl Model {
    fn parent(&self, of: usize) -> Option<usize> {
        self.nodes.iter().position(|node| node.children.contains(&of))
    }

    fn is_within(&self, inner: usize, outer: usize) -> bool {
        inner == outer || self.parent(inner).is_some_and(|parent| self.is_within(parent, outer))
    }

    fn detach(&mut self, node: usize) {
        for other in &mut self.nodes {
            other.children.retain(|child| *child != node);
        }
    }

    /// Puts `node` into `parent` in front of `next`, instead of `old` if there is one.
    fn put(&mut self, node: usize, parent: usize, next: Option<usize>, old: Option<usize>) -> Result<(), EditError> {
        match (&self.nodes[parent].what, &self.nodes[node].what) {
            (_, What::Document) => return Err(EditError::Misplaced),
            (What::Element(..), _) if self.is_within(parent, node) => return Err(EditError::Cycle),
            (What::Element(..), _) | (What::Document, What::Pi) => {}
            (What::Document, What::Element(..)) => {
                let is_root = |other: &usize| matches!(self.nodes[*other].what, What::Element(..));
                let mut others = self.nodes[parent].children.iter();
                if others.any(|other| is_root(other) && *other != node && Some(*other) != old) {
                    return Err(EditError::Misplaced);
                }
            }
            _ => return Err(EditError::Misplaced),
        }
        let next = if next == Some(node) { self.next(node) } else { next };
        self.detach(node);
        let children = &mut self.nodes[parent].children;
        let at = next.map_or(children.len(), |next| children.iter().position(|child| *child == next).unwrap());
        children.insert(at, node);
        if let Some(old) = old {
            self.detach(old);
        }
        Ok(())
    }

    fn next(&self, of: usize) -> Option<usize> {
        let siblings = &self.nodes[self.parent(of)?].children;
        siblings.iter().skip_while(|child| **child != of).nth(1).copied()
    }

    fn apply(&mut self, edit: &Edit) -> Result<(), EditError> {
        let at = |index: &prop::sample::Index| index.index(self.nodes.len());
        match edit {
            Edit::Element(name) => self.push(What::Element((*name).to_owned(), Vec::new())),
            Edit::Text(text) => self.push(What::Text(text.clone())),
            Edit::Pi => self.push(What::Pi),
            Edit::Append(parent, node) => self.put(at(node), at(parent), None, None)?,
            Edit::Prepend(parent, node) => {
                let (parent, node) = (at(parent), at(node));
                self.put(node, parent, self.nodes[parent].children.first().copied(), None)?;
            }
            Edit::Before(next, node) => {
                let (next, node) = (at(next), at(node));
                self.put(node, self.parent(next).ok_or(EditError::Misplaced)?, Some(next), None)?;
            }
            Edit::After(previous, node) => {
                let (previous, node) = (at(previous), at(node));
                let parent = self.parent(previous).ok_or(EditError::Misplaced)?;
                self.put(node, parent, self.next(previous), None)?;
            }
            Edit::Replace(old, node) => {
                let (old, node) = (at(old), at(node));
                let parent = self.parent(old).ok_or(EditError::Misplaced)?;
                if old != node {
                    self.put(node, parent, self.next(old), Some(old))?;
                }
            }
            Edit::Remove(node) => {
                let node = at(node);
                if self.nodes[node].what == What::Document {
                    return Err(EditError::Misplaced);
                }
                self.detach(node);
            }
            Edit::Rename(node, name) => {
                let node = at(node);
                let What::Element(its, _) = &mut self.nodes[node].what else { return Err(EditError::NotAnElement) };
                *its = (*name).to_owned();
            }
            Edit::SetText(node, text) => {
                let node = at(node);
                let What::Element(..) = self.nodes[node].what else { return Err(EditError::NotAnElement) };
                self.push(What::Text(text.clone()));
                self.nodes[node].children = vec![self.nodes.len() - 1];
            }
            Edit::SetAttribute(node, name, value) => {
                let node = at(node);
                let What::Element(_, attributes) = &mut self.nodes[node].what else {
                    return Err(EditError::NotAnElement);
                };
                match attributes.iter_mut().find(|(its, _)| its == name) {
                    Some((_, its)) => its.clone_from(value),
                    None => attributes.push(((*name).to_owned(), value.clone())),
                }
            }
            Edit::RemoveAttribute(node, name) => {
                let node = at(node);
                let What::Element(_, attributes) = &mut self.nodes[node].what else {
                    return Err(EditError::NotAnElement);
                };
                attributes.retain(|(its, _)| its != name);
            }
        }
        Ok(())
    }

    fn push(&mut self, what: What) {
        self.nodes.push(Plain { what, children: Vec::new() });
    }
}

#[derive(Clone, Debug)]
enum Edit {
    Element(&'static str),
    Text(String),
    Pi,
    Append(prop::sample::Index, prop::sample::Index),
    Prepend(prop::sample::Index, prop::sample::Index),
    Before(prop::sample::Index, prop::sample::Index),
    After(prop::sample::Index, prop::sample::Index),
    Replace(prop::sample::Index, prop::sample::Index),
    Remove(prop::sample::Index),
    Rename(prop::sample::Index, &'static str),
    SetText(prop::sample::Index, String),
    SetAttribute(prop::sample::Index, &'static str, String),
    RemoveAttribute(prop::sample::Index, &'static str),
}

fn edit() -> impl Strategy<Value = Edit> {
    let node = any::<prop::sample::Index>;
    let name = || prop::sample::select(&["parm", "characteristic", "colour"][..]);
    let attribute = || prop::sample::select(&["name", "value", "size"][..]);
    let text = || "[a-c]{0,2}";
    prop_oneof![
        4 => name().prop_map(Edit::Element),
        2 => text().prop_map(Edit::Text),
        1 => Just(Edit::Pi),
        6 => (node(), node()).prop_map(|(parent, node)| Edit::Append(parent, node)),
        2 => (node(), node()).prop_map(|(parent, node)| Edit::Prepend(parent, node)),
        2 => (node(), node()).prop_map(|(next, node)| Edit::Before(next, node)),
        2 => (node(), node()).prop_map(|(previous, node)| Edit::After(previous, node)),
        2 => (node(), node()).prop_map(|(old, node)| Edit::Replace(old, node)),
        1 => node().prop_map(Edit::Remove),
        1 => (node(), name()).prop_map(|(node, name)| Edit::Rename(node, name)),
        1 => (node(), text()).prop_map(|(node, text)| Edit::SetText(node, text)),
        3 => (node(), attribute(), text()).prop_map(|(node, name, value)| Edit::SetAttribute(node, name, value)),
        1 => (node(), attribute()).prop_map(|(node, name)| Edit::RemoveAttribute(node, name)),
    ]
}

/// The tree beside its model: the nodes of both, in the order they were made.
struct Pair {
    tree: Tree<'static>,
    ids: Vec<NodeId>,
    model: Model,
}

impl Pair {
    fn new() -> Self {
        let tree = Tree::new(&PROV_1_0);
        let mut model = Model::default();
        model.push(What::Document);
        Self { ids: vec![tree.document()], tree, model }
    }

    fn apply(&mut self, edit: &Edit) {
        let Self { tree, ids, model } = self;
        let at = |index: &prop::sample::Index| ids[index.index(ids.len())];
        let mut new = None;
        let done = match edit.clone() {
            Edit::Element(name) => tree.new_element(name).map(|id| new = Some(id)),
            Edit::Text(text) => tree.new_text(text).map(|id| new = Some(id)),
            Edit::Pi => tree.new_pi("name", "x").map(|id| new = Some(id)),
            Edit::Append(parent, node) => tree.append(at(&parent), at(&node)),
            Edit::Prepend(parent, node) => tree.prepend(at(&parent), at(&node)),
            Edit::Before(next, node) => tree.insert_before(at(&next), at(&node)),
            Edit::After(previous, node) => tree.insert_after(at(&previous), at(&node)),
            Edit::Replace(old, node) => tree.replace(at(&old), at(&node)),
            Edit::Remove(node) => tree.remove(at(&node)),
            Edit::Rename(node, name) => tree.rename(at(&node), name),
            Edit::SetText(node, text) => {
                let element = at(&node);
                tree.set_text(element, text).map(|()| new = tree.node(element).unwrap().first_child().map(Node::id))
            }
            Edit::SetAttribute(node, name, value) => tree.set_attribute(at(&node), name, value),
            Edit::RemoveAttribute(node, name) => tree.remove_attribute(at(&node), name).map(|_| ()),
        };
        assert_eq!(done, model.apply(edit), "{edit:?}");
        ids.extend(new);
        self.check();
    }

    /// Every link of every node, where it hangs or not, is the model's.
    fn check(&self) {
        assert_eq!(self.ids.len(), self.model.nodes.len());
        for (number, (id, plain)) in self.ids.iter().zip(&self.model.nodes).enumerate() {
            let node = self.tree.node(*id).unwrap();
            let what = match node.kind() {
                NodeKind::Document => What::Document,
                NodeKind::Text(text) => What::Text(text.to_owned()),
                NodeKind::Element(element) => {
                    let attribute =
                        |it: wbxml::tree::Attribute<'_, '_>| (it.name().to_owned(), it.as_str().unwrap().to_owned());
                    What::Element(element.name().to_owned(), element.attributes().map(attribute).collect())
                }
                _ => What::Pi,
            };
            assert_eq!(what, plain.what);
            let children: Vec<NodeId> = plain.children.iter().map(|child| self.ids[*child]).collect();
            assert!(node.children().map(Node::id).eq(children.iter().copied()));
            assert!(node.children().rev().map(Node::id).eq(children.iter().rev().copied()));
            assert_eq!(node.first_child().map(Node::id), children.first().copied());
            assert_eq!(node.last_child().map(Node::id), children.last().copied());
            let parent = self.model.parent(number);
            assert_eq!(node.parent().map(Node::id), parent.map(|parent| self.ids[parent]));
            assert_eq!(node.next().map(Node::id), self.model.next(number).map(|next| self.ids[next]));
            if let Some(next) = node.next() {
                assert_eq!(next.previous(), Some(node));
            }
            assert!(parent.is_some() || node.previous().is_none());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn edits(edits in prop::collection::vec(edit(), 1..64)) {
        let mut pair = Pair::new();
        for edit in &edits {
            pair.apply(edit);
        }
        let Pair { tree, ids, .. } = pair;
        let mut compact = tree.clone();
        compact.compact();
        prop_assert_eq!(&compact, &tree);
        prop_assert!(compact.len() <= tree.len());
        let within = tree.node(tree.document()).unwrap().descendants().count();
        prop_assert_eq!(compact.node(compact.document()).unwrap().descendants().count(), within);
        if let Some(root) = tree.root() {
            let names = tree.literal_names(&PROV_1_0);
            let mut octets = Vec::new();
            tree.encode(&mut Writer::with_names(&mut octets, &PROV_1_0, &names).unwrap()).unwrap();
            let known = [&PROV_1_0];
            prop_assert_eq!(&Tree::read(&octets, Options::new().vocabularies(&known)).unwrap(), &tree);
            let mut other = Tree::new(&PROV_1_0);
            let copy = other.import(root.node()).unwrap();
            other.append(other.document(), copy).unwrap();
            prop_assert_eq!(other.root(), tree.root());
        }
        prop_assert!(ids.len() <= tree.len());
    }
}

/// What cannot be done says why, and changes nothing.
/// Whether a node would be put into itself is not asked of those around it where it holds nothing: so a tree that is
/// built from its root takes time linear in its size, however deep it gets.
#[test]
fn a_million_levels_from_the_root_on() {
    let mut tree = Tree::new(&PROV_1_0);
    let mut innermost = tree.document();
    for _ in 0..1_000_000 {
        let element = tree.new_element(tag::CHARACTERISTIC).unwrap();
        tree.append(innermost, element).unwrap();
        innermost = element;
    }
    assert_eq!(tree.element(innermost).unwrap().node().ancestors().count(), 1_000_000);
    assert_eq!(tree.append(innermost, tree.root().unwrap().id()), Err(EditError::Cycle));
    assert_eq!(tree.append(innermost, innermost), Err(EditError::Cycle));
}

#[test]
fn what_cannot_be_done() {
    let mut tree = Tree::new(&PROV_1_0);
    let document = tree.document();
    let root = tree.new_element(tag::WAP_PROVISIONINGDOC).unwrap();
    tree.append(document, root).unwrap();
    let inner = tree.new_element("parm").unwrap();
    tree.append(root, inner).unwrap();
    let text = tree.new_text("a").unwrap();
    let before = tree.clone();
    let nowhere = {
        let mut other = tree.clone();
        other.new_text("").unwrap()
    };
    for (what, done, error) in [
        ("a node into itself", tree.append(inner, inner), EditError::Cycle),
        ("the root into what is in it", tree.append(inner, root), EditError::Cycle),
        ("a node of another tree", tree.append(root, nowhere), EditError::NoSuchNode),
        ("into one of another tree", tree.append(nowhere, text), EditError::NoSuchNode),
        ("in front of one of another tree", tree.insert_before(nowhere, text), EditError::NoSuchNode),
        ("into text", tree.append(text, inner), EditError::Misplaced),
        ("beside what hangs nowhere", tree.insert_after(text, inner), EditError::Misplaced),
        ("a second root", tree.append(document, inner), EditError::Misplaced),
        ("text beside the root", tree.append(document, text), EditError::Misplaced),
        ("the document somewhere", tree.append(root, document), EditError::Misplaced),
        ("the document away", tree.remove(document), EditError::Misplaced),
        ("the document's name", tree.rename(document, "a"), EditError::NotAnElement),
        ("a text's attribute", tree.set_attribute(text, "a", "b"), EditError::NotAnElement),
        ("a text's text", tree.set_text(text, "b"), EditError::NotAnElement),
    ] {
        assert_eq!(done, Err(error), "{what}");
        assert_eq!(tree, before, "{what}");
    }
}

/// A name is a tag where the vocabulary has it, and stays a name where it has not.
#[test]
fn names_become_tags() {
    let mut tree = Tree::new(&PROV_1_0);
    let known = tree.new_element("parm").unwrap();
    let unknown = tree.new_element(String::from("colour")).unwrap();
    let by_tag = tree.new_element(Tag::new(7, 0x3F)).unwrap();
    let tag_of = |id| tree.element(id).map(|element| (element.tag(), element.name().to_owned())).unwrap();
    assert_eq!(tag_of(known), (tag::PARM, "parm".to_owned()));
    assert_eq!(tag_of(unknown), (Tag::LITERAL, "colour".to_owned()));
    assert_eq!(tag_of(by_tag), (Tag::new(7, 0x3F), String::new()));
    let mut owned = tree.clone().into_owned();
    assert_eq!(owned.element(known).unwrap().name(), "parm");
    let later = owned.new_element("characteristic").unwrap();
    assert_eq!(owned.element(later).unwrap().tag(), Tag::LITERAL);
    owned.set_vocabulary(&PROV_1_0);
    let later = owned.new_element("characteristic").unwrap();
    assert_eq!(owned.element(later).unwrap().tag(), tag::CHARACTERISTIC);
}
