//! From octets to a document.

use alloc::borrow::Cow;
use alloc::vec;
use alloc::vec::Vec;

use wbxml::vocabulary::dmddf::{DM_DDF_1_2, tag};
use wbxml::{Content, Cursor, Data, Decode, Markup, Start, Tag, Text, Vocabulary};

use super::MgmtTree;
use super::arena::{AttributeName, Entries, Kind, Name};
use crate::error::{Error, ErrorKind, Result};

/// What may stand in an element (`DM_DDF`, document type definition).
enum Model {
    /// Nothing but elements.
    Elements,
    Text,
    Any,
}

/// The content model of an element; extensions may hold anything, and so may values, which are whatever their format says.
fn model_of(name: Name<'_>, parent: Name<'_>) -> Model {
    let Name::Known(tag) = name else { return Model::Any };
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
        | tag::CASE_SENSE => Model::Elements,
        // beside the properties, as 1.1.2 has it, it holds text
        tag::TYPE if parent != Name::Known(tag::NODE) => Model::Elements,
        tag::TYPE | tag::VALUE | tag::DEFAULT_VALUE => Model::Any,
        _ => Model::Text,
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
    let data = match model_of(name, parent) {
        Model::Elements => return Ok(Some((name, index))),
        Model::Text => Data::Text(cursor.text(start)?),
        Model::Any => cursor.data(start)?,
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
    if !start.has_attributes() {
        return Ok(());
    }
    let offset = cursor.span().start;
    while let Some(attribute) = cursor.next_attribute(start)? {
        let name = cursor.attribute_str(&attribute)?;
        let name = name.map_or(AttributeName::Token(attribute.start), AttributeName::Named);
        entries.push(Kind::Attribute { name, value: attribute.value }, offset);
    }
    Ok(())
}

/// Reads elements in a value or an extension, and text in them or between them.
fn contents<'a>(markup: Markup<'a>, entries: &mut Entries<'a>) -> Result<()> {
    let mut contents = markup.contents()?;
    let mut open = Vec::new();
    while let Some(content) = contents.next_content()? {
        let offset = contents.offset();
        match content {
            Content::Start(start) => {
                let cursor = contents.cursor();
                open.push(entries.push(Kind::Element(name(cursor, start)?), offset));
                attributes(cursor, start, entries)?;
            }
            Content::End => open.pop().into_iter().for_each(|index| entries.close(index)),
            Content::Text(Cow::Borrowed(text)) => {
                entries.push(Kind::Text(Text::new(text)), offset);
            }
            Content::Text(Cow::Owned(text)) => {
                entries.push(Kind::Joined(text), offset);
            }
            Content::Opaque(octets) => {
                entries.push(Kind::Opaque(octets), offset);
            }
        }
    }
    Ok(())
}

/// What an element is called: by its name, so that it does not matter on which code page a peer has found it.
fn name<'a>(cursor: &impl Cursor<'a>, start: Start) -> Result<Name<'a>> {
    let tag = start.tag;
    Ok(match cursor.name(start)? {
        Some(name) if tag == Tag::LITERAL => Name::Named(name),
        // almost always it is the tag that the vocabulary of trees has for the name
        Some(name) if DM_DDF_1_2.tag_name(tag) == Some(name) => Name::Known(tag),
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
