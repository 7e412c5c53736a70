//! From octets to a document.

use alloc::vec;
use alloc::vec::Vec;

use wbxml::{Content, Cursor, Data, Decode, Markup, Start, Tag, Text};

use crate::document::ProvisioningDoc;
use crate::error::{Error, ErrorKind, Result};
use crate::node::{Kind, Name, Nodes};

impl<'a> Decode<'a> for ProvisioningDoc<'a> {
    type Error = Error;

    /// Reads the document whose root element `start` is.
    ///
    /// Text inside `wap-provisioningdoc`, `characteristic` and `parm` is an error; elements that are none of these
    /// may hold anything, and keep it.
    fn decode<C: Cursor<'a>>(cursor: &mut C, start: Start) -> Result<Self> {
        let mut nodes = Nodes::new();
        let offset = cursor.span().start;
        if cursor.name(start)? != Some("wap-provisioningdoc") {
            return Err(Error::new(ErrorKind::NotAProvisioningDoc, offset));
        }
        let root = nodes.push(Kind::Root { version: None }, offset, start.has_content());
        let [version] = attributes(cursor, start, &mut nodes, root, ["version"])?;
        nodes.set(root, Kind::Root { version });

        let mut open = vec![(start, root)];
        while let Some(&(parent, index)) = open.last() {
            match cursor.next_child(parent)? {
                Some(child) => {
                    if let Some(index) = element(cursor, child, &mut nodes)? {
                        open.push((child, index));
                    }
                }
                None => {
                    nodes.close(index);
                    open.pop();
                }
            }
        }
        Ok(Self { nodes })
    }
}

/// Reads an element up to its first child; gives its index if there may be one.
fn element<'a, C: Cursor<'a>>(cursor: &mut C, start: Start, nodes: &mut Nodes<'a>) -> Result<Option<usize>> {
    let offset = cursor.span().start;
    let name = name(cursor, start)?;
    let index = nodes.push(Kind::Element(name), offset, start.has_content());
    let kind = match name {
        Name::Named("parm") => {
            let [name, value] = attributes(cursor, start, nodes, index, ["name", "value"])?;
            Kind::Parm { name: name.ok_or(Error::new(ErrorKind::MissingName, offset))?, value }
        }
        Name::Named("characteristic") => {
            let [type_] = attributes(cursor, start, nodes, index, ["type"])?;
            Kind::Characteristic { type_: type_.ok_or(Error::new(ErrorKind::MissingType, offset))? }
        }
        _ => {
            foreign(cursor, start, nodes, index)?;
            return Ok(None);
        }
    };
    nodes.set(index, kind);
    Ok(start.has_content().then_some(index))
}

/// Reads the attributes of the element at `index`: the values of those in `wanted`; the others become nodes.
fn attributes<'a, C: Cursor<'a>, const N: usize>(
    cursor: &mut C,
    start: Start,
    nodes: &mut Nodes<'a>,
    index: usize,
    wanted: [&str; N],
) -> Result<[Option<Text<'a>>; N]> {
    let offset = cursor.span().start;
    let repeated = Error::new(ErrorKind::RepeatedAttribute, offset);
    let mut values = [None; N];
    while let Some(attribute) = cursor.next_attribute(start)? {
        let place = wanted.iter().zip(&mut values).find(|(name, _)| **name == attribute.name);
        if let Some((_, value)) = place {
            if value.replace(attribute.value).is_some() {
                return Err(repeated);
            }
            continue;
        }
        let name = cursor.attribute_str(&attribute)?.map_or(Name::Token(attribute.start), Name::Named);
        if nodes.attributes(index).any(|(other, _)| *other == name) {
            return Err(repeated);
        }
        nodes.push(Kind::Attribute { name, value: attribute.value }, offset, false);
    }
    nodes.close(index);
    Ok(values)
}

/// Reads the rest of the element at `index`, which is none of ours.
fn foreign<'a, C: Cursor<'a>>(cursor: &mut C, start: Start, nodes: &mut Nodes<'a>, index: usize) -> Result<()> {
    let [] = attributes(cursor, start, nodes, index, [])?;
    let offset = cursor.span().start;
    match cursor.data(start)? {
        Data::Text(text) if text.is_empty() => {}
        Data::Text(text) => {
            let text = text.to_cow().map_err(|fault| fault.at(offset))?;
            nodes.push(Kind::Text(text), offset, false);
        }
        Data::Opaque(octets) => {
            nodes.push(Kind::Opaque(octets), offset, false);
        }
        Data::Markup(markup) => contents(markup, nodes)?,
    }
    nodes.close(index);
    Ok(())
}

/// Reads what stands inside a foreign element: elements, and text in them or between them.
fn contents<'a>(markup: Markup<'a>, nodes: &mut Nodes<'a>) -> Result<()> {
    let mut contents = markup.contents()?;
    let mut open = Vec::new();
    while let Some(content) = contents.next_content()? {
        let offset = contents.offset();
        match content {
            Content::Start(start) => {
                let cursor = contents.cursor();
                let index = nodes.push(Kind::Element(name(cursor, start)?), offset, start.has_content());
                let [] = attributes(cursor, start, nodes, index, [])?;
                open.push(index);
            }
            Content::End => open.pop().into_iter().for_each(|index| nodes.close(index)),
            Content::Text(text) => {
                nodes.push(Kind::Text(text), offset, false);
            }
            Content::Opaque(octets) => {
                nodes.push(Kind::Opaque(octets), offset, false);
            }
        }
    }
    Ok(())
}

fn name<'a>(cursor: &impl Cursor<'a>, start: Start) -> Result<Name<'a, Tag>> {
    Ok(cursor.name(start)?.map_or(Name::Token(start.tag), Name::Named))
}
