//! A document as lines: an element a line, with what people look for on the line of the element around it. What is not
//! known is shown as it is.

use alloc::borrow::Cow;
use std::collections::HashSet;
use std::io::{self, Write};

use wbxml::tree::{Attribute, Element, Extension, Node, NodeId, NodeKind, Value as AttributeValue, ValuePiece};
use wbxml::{Tag, Tree};

use crate::document::{Document, Kind};
use crate::failure::Layer;
use crate::secrets::Secrets;
use crate::shape::{self, Label, Part, Shape};
use crate::sheet::{Field, Line, Sheet, Value};

/// Documents in documents that are shown as such; what is deeper is text.
const NESTED: usize = 4;

/// How documents are shown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    /// Each element on a line of its own, under its own name.
    pub(crate) is_raw: bool,
    pub(crate) shows_secrets: bool,
}

/// Shows everything in a tree, its root at `depth`.
pub(crate) fn show<W: Write>(tree: &Tree<'_>, depth: usize, style: Style, sheet: &mut Sheet<W>) -> io::Result<()> {
    show_nested(tree, depth, style, NESTED, sheet)
}

fn show_nested<W: Write>(
    tree: &Tree<'_>,
    depth: usize,
    style: Style,
    nested: usize,
    sheet: &mut Sheet<W>,
) -> io::Result<()> {
    let mut outline =
        Outline { style, nested, secrets: Secrets::new(style.shows_secrets), shown: HashSet::new(), sheet };
    let Some(document) = tree.node(tree.document()) else { return Ok(()) };
    let (mut next, mut depth) = (document.first_child(), depth);
    while let Some(node) = next {
        if outline.node(node, depth)? {
            if let Some(child) = node.first_child() {
                depth = depth.saturating_add(1);
                next = Some(child);
                continue;
            }
        }
        let mut last = node;
        next = loop {
            if let Some(node) = last.next() {
                break Some(node);
            }
            match last.parent() {
                Some(parent) if parent.id() != tree.document() => {
                    depth = depth.saturating_sub(1);
                    last = parent;
                }
                _ => break None,
            }
        };
    }
    Ok(())
}

struct Outline<'s, W> {
    style: Style,
    /// How many documents in documents may follow.
    nested: usize,
    secrets: Secrets,
    /// The elements that stand on the line of an element around them.
    shown: HashSet<NodeId>,
    sheet: &'s mut Sheet<W>,
}

impl<W: Write> Outline<'_, W> {
    /// Shows a node; says whether what is in it follows.
    fn node(&mut self, node: Node<'_, '_>, depth: usize) -> io::Result<bool> {
        match node.kind() {
            NodeKind::Element(element) => self.element(element, depth),
            NodeKind::Pi(pi) => {
                let line = Line::new(depth, "processing-instruction").with(name_of(pi), attribute_value(pi));
                self.sheet.line(&line).map(|()| false)
            }
            NodeKind::Document => Ok(true),
            _ if node.text().trim().is_empty() && is_text(node) => Ok(false),
            _ => {
                let line = Line::new(depth, "text").value(content(node).unwrap_or(Value::Text("".into())));
                self.sheet.line(&line).map(|()| false)
            }
        }
    }

    fn element(&mut self, element: Element<'_, '_>, depth: usize) -> io::Result<bool> {
        if self.shown.contains(&element.id()) {
            return Ok(false);
        }
        let shape = if self.style.is_raw { None } else { shape::find(element.name()) };
        let mut line = Line::new(depth, element_name(element));
        if element.tag() == Tag::LITERAL {
            line = line.with("", Value::Words("(not in the vocabulary)".into()));
        }
        for attribute in element.attributes() {
            let value = if self.secrets.hides_attribute(element, attribute) {
                Value::Hidden(attribute_value(attribute).to_text().len())
            } else {
                attribute_value(attribute)
            };
            let is = |wanted: Option<&str>| wanted.is_some_and(|wanted| wanted == attribute.name());
            match (shape, value) {
                (Some(Shape { name, .. }), Value::Text(text)) if is(*name) => line.name = text,
                (Some(shape), value) if is(shape.value) => line.value = Some(value),
                (_, value) => line.fields.push(Field { name: name_of(attribute), value }),
            }
        }
        for part in shape.map_or(&[][..], |shape| shape.parts) {
            self.part(element, part, &mut line);
        }
        if self.secrets.hides(element) {
            line.value = Some(Value::Hidden(octets_in(element)));
            return self.sheet.line(&line).map(|()| false);
        }
        if element.elements().any(|child| !self.shown.contains(&child.id())) {
            return self.sheet.line(&line).map(|()| true);
        }
        if let Some(document) = self.document_in(element).filter(|_| line.value.is_none()) {
            return self.document(line, &document, depth).map(|()| false);
        }
        let text = text_of(element);
        // beside a value that stands there already
        let is_left = text.is_some() && line.value.is_some();
        if !is_left {
            line.value = line.value.or(text);
        }
        self.sheet.line(&line).map(|()| is_left)
    }

    /// Shows an element with a document in it. Where that cannot be looked into, nobody knows what secrets it has.
    fn document(&mut self, line: Line<'_>, octets: &[u8], depth: usize) -> io::Result<()> {
        let document = Document::read(Layer::new("", octets)).ok().filter(|_| self.nested > 0);
        match document.and_then(|document| Some((document.tree().ok()?, document))) {
            Some((tree, document)) => {
                self.sheet.line(&line.value(Value::Words(format!("<{}>", document.what).into())))?;
                let (depth, nested) = (depth.saturating_add(1), self.nested.saturating_sub(1));
                show_nested(&tree, depth, self.style, nested, self.sheet)
            }
            None if self.style.shows_secrets => self.sheet.line(&line.value(Value::of_octets(octets))),
            None => self.sheet.line(&line.value(Value::Hidden(octets.len()))),
        }
    }

    /// Puts a part on the line of the element that it is a part of, if it is there once and nothing else is in it.
    fn part<'t>(&mut self, element: Element<'t, '_>, part: &Part, line: &mut Line<'t>) {
        let mut way = Vec::new();
        let mut at = element;
        for name in part.path {
            let mut found = at.elements().filter(|child| child.name() == *name);
            let (Some(only), None) = (found.next(), found.next()) else { return };
            way.push(only);
            at = only;
        }
        if self.shown.contains(&at.id()) || at.attributes().next().is_some() {
            return;
        }
        let value = if self.secrets.hides(at) {
            Value::Hidden(octets_in(at))
        } else {
            let Some(value) = self.leaf(at) else { return };
            value
        };
        let value = match (part.meaning, value) {
            (Some(meaning), Value::Text(text)) => match meaning(&text) {
                Some(meaning) => Value::Code { text, meaning },
                None => Value::Text(text),
            },
            (_, value) => value,
        };
        match part.label {
            Label::Value if line.value.is_some() => return,
            Label::Value => line.value = Some(value),
            Label::Title => line.fields.push(Field { name: "".into(), value }),
            Label::Named(name) => line.fields.push(Field { name: name.into(), value }),
        }
        self.shown.insert(at.id());
        // what is around it is not shown either, where nothing else is in it
        way.pop();
        while let Some(around) = way.pop() {
            let is_empty = around.attributes().next().is_none()
                && text_of(around).is_none()
                && around.elements().all(|child| self.shown.contains(&child.id()));
            if is_empty {
                self.shown.insert(around.id());
            }
        }
    }

    /// What is in an element that has no more than a text, or than the names of empty elements.
    fn leaf<'t>(&self, element: Element<'t, '_>) -> Option<Value<'t>> {
        let mut elements = element.elements().peekable();
        if elements.peek().is_none() {
            let is_document = self.document_in(element).is_some();
            return if is_document { None } else { Some(text_of(element).unwrap_or(Value::Text("".into()))) };
        }
        let mut names = String::new();
        for child in elements {
            let is_empty = child.attributes().next().is_none() && child.node().first_child().is_none();
            if !is_empty || child.name().is_empty() {
                return None;
            }
            if !names.is_empty() {
                names.push(',');
            }
            names.push_str(child.name());
        }
        text_of(element).is_none().then(|| Value::Text(names.into()))
    }

    /// The octets in an element, if they may be a document that is shown as one.
    fn document_in<'t>(&self, element: Element<'t, '_>) -> Option<Cow<'t, [u8]>> {
        let only = element.node().first_child().filter(|child| child.next().is_none())?;
        let octets = match only.kind() {
            NodeKind::Text(text) => Cow::Borrowed(text.trim().as_bytes()),
            NodeKind::Opaque(octets) => Cow::Borrowed(octets),
            _ => return None,
        };
        let is_any = Document::read(Layer::new("", &octets)).is_ok_and(|document| document.kind != Kind::Commands);
        is_any.then_some(octets)
    }
}

fn element_name<'t>(element: Element<'t, '_>) -> Cow<'t, str> {
    match element.name() {
        "" => format!("{:?}", element.tag()).into(),
        name => name.into(),
    }
}

fn name_of<'t>(attribute: Attribute<'t, '_>) -> Cow<'t, str> {
    match attribute.name() {
        "" => format!("{:?}", attribute.token()).into(),
        name => name.into(),
    }
}

fn attribute_value<'t>(attribute: Attribute<'t, '_>) -> Value<'t> {
    let pieces = match attribute.value() {
        AttributeValue::Text(text) => return Value::Text(text.as_ref().into()),
        AttributeValue::Pieces(pieces) => pieces,
    };
    let pieces = pieces.iter().map(|piece| match piece {
        ValuePiece::Text(text) => text.to_string(),
        ValuePiece::Token(token) => format!("<{token:?} is not in the vocabulary>"),
        ValuePiece::Extension(extension) => words(extension),
        ValuePiece::Opaque(octets) => Value::of_octets(octets).to_text(),
        _ => String::from("<unknown>"),
    });
    Value::Text(pieces.collect::<String>().into())
}

fn words(extension: &Extension<'_>) -> String {
    format!("<{:?}>", extension.event())
}

/// What stands in an element beside other elements: nothing where it is blank.
fn text_of<'t>(element: Element<'t, '_>) -> Option<Value<'t>> {
    let mut pieces = element.node().children().filter_map(content);
    let (first, second) = (pieces.next()?, pieces.next());
    let value = match second {
        None => first,
        Some(second) => {
            let all = [first, second].into_iter().chain(pieces).map(|piece| piece.to_text());
            Value::Text(all.collect::<String>().into())
        }
    };
    match &value {
        Value::Text(text) if text.trim().is_empty() => None,
        _ => Some(value),
    }
}

/// What a node is that is no element.
fn content<'t>(node: Node<'t, '_>) -> Option<Value<'t>> {
    match node.kind() {
        NodeKind::Text(text) => Some(Value::Text(text.into())),
        NodeKind::Opaque(octets) => Some(Value::of_octets(octets)),
        NodeKind::Extension(extension) => Some(Value::Text(words(extension).into())),
        NodeKind::Pi(pi) => Some(Value::Text(format!("<?{} {}?>", name_of(pi), attribute_value(pi).to_text()).into())),
        _ => None,
    }
}

fn is_text(node: Node<'_, '_>) -> bool {
    matches!(node.kind(), NodeKind::Text(_))
}

/// The octets of all texts in an element.
fn octets_in(element: Element<'_, '_>) -> usize {
    let lengths = element.node().descendants().map(|node| match node.kind() {
        NodeKind::Text(text) => text.len(),
        NodeKind::Opaque(octets) => octets.len(),
        _ => 0,
    });
    lengths.fold(0, usize::saturating_add)
}
