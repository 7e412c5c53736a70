//! From octets to a document.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec;

use wbxml::{AttrStart, Cursor, Data, Decode, Event, Limits, Markup, Start, Tag, Text, TextFault};

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
        let name = match attribute.name {
            "" if attribute.start != AttrStart::LITERAL => Name::Token(attribute.start),
            // a name that has to be decoded first, as in UTF-16, cannot be kept
            "" => {
                let name = cursor.attribute_name(attribute.attribute_start())?.unwrap_or_default();
                let text = name.as_plain().map_or(Ok(""), |name| name.to_str());
                Name::Named(text.map_err(|fault| fault.at(offset))?)
            }
            name => Name::Named(name),
        };
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
    // the cursor has read all this once, within its limits
    let mut reader = markup.reader(Limits::NONE)?;
    // each open element, and whether there are elements in it
    let mut open = vec![(None, true)];
    let mut text = Pending::default();
    loop {
        let event = reader.next_event()?;
        let offset = reader.span().start;
        match event {
            Event::Start(start) => {
                text.flush(nodes, true);
                let name = name(&reader, start)?;
                let index = nodes.push(Kind::Element(name), offset, start.has_content());
                let [] = attributes(&mut reader, start, nodes, index, [])?;
                if let Some((_, has_elements)) = open.last_mut() {
                    *has_elements = true;
                }
                if start.has_content() {
                    open.push((Some(index), false));
                }
            }
            Event::End | Event::Eof => {
                let (index, has_elements) = open.pop().unwrap_or_default();
                text.flush(nodes, has_elements);
                match index {
                    Some(index) => nodes.close(index),
                    None => return Ok(()),
                }
            }
            Event::Text(piece) => text.push(piece.to_cow().map_err(|fault| fault.at(offset))?, offset),
            Event::Entity(character) => text.push(String::from(character), offset),
            Event::Opaque(octets) => {
                text.flush(nodes, false);
                nodes.push(Kind::Opaque(octets), offset, false);
            }
            Event::ExtI(..) | Event::ExtT(..) | Event::Ext(_) => return Err(TextFault::Extension.at(offset).into()),
            Event::Pi => while !matches!(reader.next_event()?, Event::AttributesEnd) {},
            _ => {}
        }
    }
}

/// Text that goes on as long as nothing but text comes.
#[derive(Default)]
struct Pending<'a> {
    text: Cow<'a, str>,
    offset: usize,
}

impl<'a> Pending<'a> {
    fn push(&mut self, piece: impl Into<Cow<'a, str>>, offset: usize) {
        let piece = piece.into();
        if self.text.is_empty() {
            self.text = piece;
            self.offset = offset;
        } else {
            self.text.to_mut().push_str(&piece);
        }
    }

    /// Makes a node of the text, if there is any: between elements, white space is none.
    fn flush(&mut self, nodes: &mut Nodes<'a>, is_between: bool) {
        let text = core::mem::take(&mut self.text);
        if !(text.is_empty() || is_between && text.trim_ascii().is_empty()) {
            nodes.push(Kind::Text(text), self.offset, false);
        }
    }
}

fn name<'a>(cursor: &impl Cursor<'a>, start: Start) -> Result<Name<'a, Tag>> {
    Ok(cursor.name(start)?.map_or(Name::Token(start.tag), Name::Named))
}
