//! Octets → a tree → octets.
//!
//! Whatever document it is read from: a tree, its clone, its owned and its compact form are equal, and so is what is
//! read again after it was written, by any policy; and whatever is done to it, its links are right.

use wbxml::tree::{Element, Node, NodeId, NodeKind};
use wbxml::{Encoder, Limits, Options, Reader, Tag, Tree, WriteError};

use crate::choices::{Choices, STRINGS};

/// Holds the oracle against `input`.
///
/// # Panics
/// If the oracle fails.
pub fn run(input: &[u8]) {
    let Some((mut choices, document)) = Choices::of(input) else { return };
    let options = choices.options();
    let options = if choices.one_in(4) { options.lenient(&()) } else { options };
    let Ok(mut tree) = Tree::read(document, options) else { return };
    let in_utf8 = Reader::new(document, options).map_or(true, |reader| reader.charset().is_utf8());
    forms(&tree);
    let nodes = count(&tree);
    assert_eq!(tree.len(), nodes, "all that was read hangs somewhere");
    written(&tree, in_utf8, options, &mut choices);

    let mut known: Vec<NodeId> =
        tree.node(tree.document()).unwrap().descendants().map(Node::id).chain([tree.document()]).collect();
    for _ in 0..choices.below(24) {
        edit(&mut tree, &mut known, &mut choices);
    }
    links(&tree, &known);
    forms(&tree);
    assert!(count(&tree) <= tree.len());
    written(&tree, in_utf8, options, &mut choices);
}

fn forms(tree: &Tree<'_>) {
    let copy = tree.clone();
    assert_eq!(&copy, tree);
    let mut compact = copy.clone();
    compact.compact();
    assert_eq!(&compact, tree);
    assert_eq!(compact.len(), count(tree));
    let shown = tree.to_string();
    assert_eq!(compact.to_string(), shown);
    let owned = copy.into_owned();
    assert_eq!(&owned, tree);
    assert_eq!(owned.to_string(), shown);
}

/// The nodes that hang somewhere, attributes and the document among them.
fn count(tree: &Tree<'_>) -> usize {
    let document = tree.node(tree.document()).unwrap();
    let own = |node: Node<'_, '_>| 1 + node.as_element().map_or(0, |element| element.attributes().count());
    1 + document.descendants().filter(|node| node.id() != document.id()).map(own).sum::<usize>()
}

fn written(tree: &Tree<'_>, in_utf8: bool, options: Options<'_>, choices: &mut Choices) {
    let top = tree.node(tree.document()).unwrap();
    let roots = top.children().filter(|node| !matches!(node.kind(), NodeKind::Pi(_)));
    if roots.count() != 1 || tree.root().is_none() {
        return; // only version 1.0 has such documents
    }
    // a name of the vocabulary in a foreign namespace is none of its tokens in XML, and becomes one in WBXML
    let is_foreign =
        |element: Element<'_, '_>| element.tag() == Tag::LITERAL && tree.vocabulary().tag(element.name()).is_some();
    if top.descendants().filter_map(Node::as_element).any(is_foreign) {
        return;
    }
    // octets in a value that are no text in the document's charset may be text in that of what is written
    if tree.to_string().contains("{OPAQUE") && !in_utf8 {
        return;
    }
    let options = options.limits(Limits::NONE).assume(tree.vocabulary());
    let encoded = Encoder::new(tree.vocabulary()).strings(choices.from(&STRINGS)).encode(tree);
    match encoded {
        Ok(octets) => match Tree::read(&octets, options) {
            Ok(again) => assert_eq!(&again, tree, "{octets:02X?}"),
            Err(error) => panic!("{error} in {octets:02X?}, the tree\n{tree}"),
        },
        // what edits have put there, see `TEXTS`
        Err(error) => assert_eq!(error, WriteError::Nul, "{tree}"),
    }
}

/// Texts for edits.
const TEXTS: [&str; 5] = ["", "x", "ä€\u{1F600}", "a string that is longer than others", "nul\0"];

fn edit<'a>(tree: &mut Tree<'a>, known: &mut Vec<NodeId>, choices: &mut Choices) {
    let (one, other) = (choices.from(known), choices.from(known));
    let name = choices.from(&["parm", "characteristic", "colour", "Item"]);
    let text = TEXTS[if choices.one_in(8) { 4 } else { choices.below(4) }];
    let before = tree.len();
    let done = match choices.below(15) {
        0 => tree.new_element(name).map(|id| known.push(id)),
        1 => tree.new_element(Tag::new(1, 0x3F)).map(|id| known.push(id)),
        2 => tree.new_text(text).map(|id| known.push(id)),
        3 => tree.new_opaque(&b"\x00\xFF"[..]).map(|id| known.push(id)),
        4 => tree.new_pi("target", "data").map(|id| known.push(id)),
        5 | 6 => tree.append(one, other),
        7 => tree.prepend(one, other),
        8 => tree.insert_before(one, other),
        9 => tree.insert_after(one, other),
        10 => tree.replace(one, other),
        11 => tree.remove(one),
        12 => tree.rename(one, name),
        13 => tree.set_text(one, text),
        _ => match choices.below(3) {
            0 => tree.remove_attribute(one, "name").map(|_| ()),
            _ => tree.set_attribute(one, choices.from(&["name", "value", "size"]), text),
        },
    };
    if done.is_err() {
        assert_eq!(tree.len(), before, "{done:?} left something");
    }
}

/// Every link of every node, where it hangs or not.
fn links(tree: &Tree<'_>, known: &[NodeId]) {
    for &id in known {
        let node = tree.node(id).unwrap();
        assert_eq!(node.id(), id);
        let children: Vec<NodeId> = node.children().map(Node::id).collect();
        let mut back: Vec<NodeId> = node.children().rev().map(Node::id).collect();
        back.reverse();
        assert_eq!(children, back);
        assert_eq!(node.first_child().map(Node::id), children.first().copied());
        assert_eq!(node.last_child().map(Node::id), children.last().copied());
        for (place, child) in node.children().enumerate() {
            assert_eq!(child.parent().map(Node::id), Some(id));
            assert_eq!(child.next().map(Node::id), children.get(place + 1).copied());
            assert_eq!(child.previous().map(Node::id), place.checked_sub(1).map(|place| children[place]));
        }
        match node.parent() {
            Some(parent) => assert!(parent.children().any(|child| child.id() == id)),
            None => assert!(node.next().is_none() && node.previous().is_none()),
        }
        assert!(node.ancestors().take(tree.len() + 1).count() <= tree.len(), "a circle");
        assert!(node.descendants().take(tree.len() + 1).count() <= tree.len(), "a circle");
    }
}

#[test]
fn smoke() {
    crate::smoke(1500, run);
}
