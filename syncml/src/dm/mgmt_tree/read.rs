//! From octets to a document.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec;

use wbxml::vocabulary::dmddf::{DM_DDF_1_2, tag};
use wbxml::{AttrStart, Cursor, Data, Decode, Event, Limits, Markup, Start, Tag, Text, TextFault, Vocabulary};

use super::MgmtTree;
use super::arena::{AttributeName, Entries, Kind, Name};
use crate::error::{Error, ErrorKind, Result};

/// What may stand in an element (`DM_DDF`, document type definition).
enum Content {
    /// Nothing but elements.
    Elements,
    Text,
    Any,
}

/// The content of an element; extensions may hold anything, and so may values, which are whatever their format says.
fn content_of(name: Name<'_>, parent: Name<'_>) -> Content {
    let Name::Known(tag) = name else { return Content::Any };
    match tag {
        tag::MGMT_TREE
        | tag::NODE
        | tag::RT_PROPERTIES
        | tag::DF_PROPERTIES
        | tag::ACCESS_TYPE
        | tag::FORMAT
        | tag::DF_FORMAT
        | tag::OCCURRENCE
        | tag::SCOPE
        | tag::DF_TYPE
        | tag::CASE_SENSE => Content::Elements,
        // beside the properties, as 1.1.2 has it, it holds text
        tag::TYPE if parent != Name::Known(tag::NODE) => Content::Elements,
        tag::TYPE | tag::VALUE | tag::DEFAULT_VALUE => Content::Any,
        _ => Content::Text,
    }
}

impl<'a> Decode<'a> for MgmtTree<'a> {
    type Error = Error;

    /// Reads the tree whose root element `start` is.
    fn decode<C: Cursor<'a>>(cursor: &mut C, start: Start) -> Result<Self> {
        let mut entries = Entries::default();
        let offset = cursor.span().start;
        let name = name(cursor, start)?;
        if name != Name::Known(tag::MGMT_TREE) {
            return Err(Error::new(ErrorKind::NotAMgmtTree, offset));
        }
        let root = entries.push(Kind::Element(name), offset);
        attributes(cursor, start, &mut entries)?;

        let mut open = vec![(start, name, root)];
        while let Some(&(parent, parent_name, index)) = open.last() {
            match cursor.next_child(parent)? {
                Some(child) => {
                    if let Some((name, index)) = element(cursor, child, parent_name, &mut entries)? {
                        open.push((child, name, index));
                    }
                }
                None => {
                    entries.close(index);
                    open.pop();
                }
            }
        }
        Ok(Self { entries })
    }
}

/// Reads an element; gives its name and index if elements may follow in it.
fn element<'a, C: Cursor<'a>>(
    cursor: &mut C,
    start: Start,
    parent: Name<'_>,
    entries: &mut Entries<'a>,
) -> Result<Option<(Name<'a>, usize)>> {
    let name = name(cursor, start)?;
    let index = entries.push(Kind::Element(name), cursor.span().start);
    attributes(cursor, start, entries)?;
    let offset = cursor.span().start;
    let data = match content_of(name, parent) {
        Content::Elements => return Ok(Some((name, index))),
        Content::Text => Data::Text(cursor.text(start)?),
        Content::Any => cursor.data(start)?,
    };
    match data {
        Data::Text(text) if text.is_empty() => {}
        Data::Text(text) => {
            entries.push(Kind::Text(text), offset);
        }
        Data::Opaque(octets) => {
            entries.push(Kind::Opaque(octets), offset);
        }
        Data::Markup(markup) => contents(markup, entries)?,
    }
    entries.close(index);
    Ok(None)
}

/// Reads the attributes of the element that was read last.
fn attributes<'a, C: Cursor<'a>>(cursor: &mut C, start: Start, entries: &mut Entries<'a>) -> Result<()> {
    let offset = cursor.span().start;
    while let Some(attribute) = cursor.next_attribute(start)? {
        let name = match attribute.name {
            "" if attribute.start != AttrStart::LITERAL => AttributeName::Token(attribute.start),
            // a name that has to be decoded first, as in UTF-16, cannot be kept
            "" => {
                let name = cursor.attribute_name(attribute.attribute_start())?.unwrap_or_default();
                let text = name.as_plain().map_or(Ok(""), |name| name.to_str());
                AttributeName::Named(text.map_err(|fault| fault.at(offset))?)
            }
            name => AttributeName::Named(name),
        };
        entries.push(Kind::Attribute { name, value: attribute.value }, offset);
    }
    Ok(())
}

/// Reads elements in a value or an extension, and text in them or between them.
fn contents<'a>(markup: Markup<'a>, entries: &mut Entries<'a>) -> Result<()> {
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
                text.flush(entries, true);
                let index = entries.push(Kind::Element(name(&reader, start)?), offset);
                attributes(&mut reader, start, entries)?;
                if let Some((_, has_elements)) = open.last_mut() {
                    *has_elements = true;
                }
                if start.has_content() {
                    open.push((Some(index), false));
                } else {
                    entries.close(index);
                }
            }
            Event::End | Event::Eof => {
                let (index, has_elements) = open.pop().unwrap_or_default();
                text.flush(entries, has_elements);
                match index {
                    Some(index) => entries.close(index),
                    None => return Ok(()),
                }
            }
            Event::Text(piece) => text.push(piece.to_cow().map_err(|fault| fault.at(offset))?, offset),
            Event::Entity(character) => text.push(String::from(character), offset),
            Event::Opaque(octets) => {
                text.flush(entries, false);
                entries.push(Kind::Opaque(octets), offset);
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

    /// Makes an entry of the text, if there is any: between elements, white space is none.
    fn flush(&mut self, entries: &mut Entries<'a>, is_between: bool) {
        let text = core::mem::take(&mut self.text);
        if text.is_empty() || is_between && text.trim_ascii().is_empty() {
            return;
        }
        let kind = match text {
            Cow::Borrowed(text) => Kind::Text(Text::new(text)),
            Cow::Owned(text) => Kind::Joined(text),
        };
        entries.push(kind, self.offset);
    }
}

/// What an element is called: by its name, so that it does not matter on which code page a peer has found it.
fn name<'a>(cursor: &impl Cursor<'a>, start: Start) -> Result<Name<'a>> {
    let tag = start.tag;
    Ok(match cursor.name(start)? {
        Some(name) if tag == Tag::LITERAL => Name::Named(name),
        Some(name) => Name::of(name),
        None => match on_page_2(cursor.vocabulary(), tag) {
            Some(tag) => Name::Known(tag),
            None => Name::Token(tag),
        },
    })
}

/// The tag that some encoders have meant that number the page of a document of its own 0.
fn on_page_2(vocabulary: &Vocabulary<'_>, tag: Tag) -> Option<Tag> {
    let is_free = |page: u8| vocabulary.tag_page(page).is_none_or(|page| page.rows().next().is_none());
    let meant = Tag::new(tag::NODE.page(), tag.code());
    (tag.page() == 0 && is_free(0) && DM_DDF_1_2.tag_name(meant).is_some()).then_some(meant)
}
