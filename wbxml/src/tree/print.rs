//! A tree for people to read.

use core::fmt::{self, Write as _};

use crate::token::AttrStart;

use super::Tree;
use super::arena::Kind;
use super::node::{Attribute, Element, Node};
use super::value::{Extension, Value, ValuePiece};
use super::walk::{Step, Walk};

/// The deepest indentation, that of 32 levels: without a bound, a million levels would be a terabyte of blanks.
const INDENTATION: &str = "                                                                ";

/// Lines like those of XML, for people: one for each node, an element with nothing but one text on one line. What XML
/// has no notation for stands between braces.
impl fmt::Display for Tree<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.root_node().fmt(f)
    }
}

impl fmt::Debug for Tree<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Element<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.node().fmt(f)
    }
}

impl fmt::Debug for Element<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.node().fmt(f)
    }
}

impl fmt::Debug for Node<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Node<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_document = matches!(self.record().kind, Kind::Document);
        let mut depth = 0_usize;
        for step in Walk::new(self.tree, self.id) {
            let (Step::Enter(id) | Step::Leave(id)) = step;
            let node = Node { tree: self.tree, id };
            if is_document && id == self.id {
                continue;
            }
            match step {
                Step::Enter(_) => {
                    if !node.is_alone() {
                        indent(f, depth)?;
                    }
                    node.print(f)?;
                    depth = depth.saturating_add(1);
                }
                Step::Leave(_) => {
                    depth = depth.saturating_sub(1);
                    if let Some(element) = node.as_element().filter(|element| element.has_content()) {
                        if !node.first_child().is_none_or(Node::is_alone) {
                            indent(f, depth)?;
                        }
                        f.write_str("</")?;
                        element.print_name(f)?;
                        f.write_char('>')?;
                    }
                    if !node.is_alone() {
                        f.write_char('\n')?;
                    }
                }
            }
        }
        Ok(())
    }
}

impl Node<'_, '_> {
    /// Whether the node is text and all that is in its element.
    fn is_alone(self) -> bool {
        matches!(self.record().kind, Kind::Text(_))
            && self.parent().is_some()
            && self.previous().is_none()
            && self.next().is_none()
    }

    /// Writes the node, up to its content.
    fn print(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.record().kind {
            Kind::Document | Kind::Attribute(..) => Ok(()),
            Kind::Element { .. } => Element(self).print_start(f),
            Kind::Text(text) => print_text(f, text),
            Kind::Opaque(octets) => print_octets(f, octets),
            Kind::Extension(extension) => print_extension(f, extension),
            Kind::Pi(target, data) => {
                f.write_str("<?")?;
                Attribute { name: self.tree.names.get(*target), value: data }.print_name(f)?;
                f.write_char(' ')?;
                print_value(f, data)?;
                f.write_str("?>")
            }
        }
    }
}

impl Element<'_, '_> {
    fn print_start(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('<')?;
        self.print_name(f)?;
        for attribute in self.attributes() {
            f.write_char(' ')?;
            attribute.print_name(f)?;
            f.write_str("=\"")?;
            print_value(f, attribute.value)?;
            f.write_char('"')?;
        }
        f.write_str(if self.has_content() { ">" } else { "/>" })?;
        if self.node().first_child().is_some_and(|child| !child.is_alone()) { f.write_char('\n') } else { Ok(()) }
    }

    fn print_name(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            "" => write!(f, "{{{:02X}:{:02X}}}", self.tag().page(), self.tag().code()),
            name => f.write_str(name),
        }
    }
}

impl Attribute<'_, '_> {
    fn print_name(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.token() {
            AttrStart::LITERAL => f.write_str(self.name()),
            token => write!(f, "{{{:02X}:{:02X}}}", token.page(), token.code()),
        }
    }
}

fn indent(f: &mut fmt::Formatter<'_>, depth: usize) -> fmt::Result {
    f.write_str(INDENTATION.get(..depth.saturating_mul(2)).unwrap_or(INDENTATION))
}

fn print_value(f: &mut fmt::Formatter<'_>, value: &Value<'_>) -> fmt::Result {
    match value {
        Value::Text(text) => print_text(f, text),
        Value::Pieces(pieces) => pieces.iter().try_for_each(|piece| match piece {
            ValuePiece::Text(text) => print_text(f, text),
            ValuePiece::Token(token) => write!(f, "{{{:02X}:{:02X}}}", token.page(), token.code()),
            ValuePiece::Extension(extension) => print_extension(f, extension),
            ValuePiece::Opaque(octets) => print_octets(f, octets),
        }),
    }
}

/// Text on one line.
fn print_text(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    text.chars().try_for_each(|character| match character {
        '<' => f.write_str("&lt;"),
        '>' => f.write_str("&gt;"),
        '&' => f.write_str("&amp;"),
        '"' => f.write_str("&quot;"),
        _ if character.is_control() => write!(f, "&#{};", u32::from(character)),
        _ => f.write_char(character),
    })
}

fn print_octets(f: &mut fmt::Formatter<'_>, octets: &[u8]) -> fmt::Result {
    write!(f, "{{OPAQUE {}:", octets.len())?;
    octets.iter().try_for_each(|octet| write!(f, " {octet:02X}"))?;
    f.write_char('}')
}

fn print_extension(f: &mut fmt::Formatter<'_>, extension: &Extension<'_>) -> fmt::Result {
    match extension {
        Extension::Inline(number, text) => {
            write!(f, "{{EXT_I_{number} \"")?;
            print_text(f, text)?;
            f.write_str("\"}")
        }
        Extension::Number(number, value) => write!(f, "{{EXT_T_{number} {value}}}"),
        Extension::Single(number) => write!(f, "{{EXT_{number}}}"),
    }
}
