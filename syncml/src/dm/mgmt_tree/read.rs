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
        let mut reading = Reading { entries: Entries::default(), has_own_page: has_own_page(cursor.vocabulary()) };
        let offset = cursor.span().start;
        let name = reading.name(cursor, start)?;
        if name != Name::Known(tag::MGMT_TREE) {
            return Err(Error::new(ErrorKind::NotAMgmtTree, offset));
        }
        let root = reading.entries.push(Kind::Element(name), offset);
        reading.attributes(cursor, start)?;

        let mut open = vec![(start, name, root)];
        while let Some(&(parent, parent_name, index)) = open.last() {
            match cursor.next_child(parent)? {
                Some(child) => {
                    if let Some((name, index)) = reading.element(cursor, child, parent_name)? {
                        open.push((child, name, index));
                    }
                }
                None => {
                    reading.entries.close(index);
                    open.pop();
                }
            }
        }
        Ok(Self { entries: reading.entries })
    }
}

/// A tree while it is read.
struct Reading<'a> {
    entries: Entries<'a>,
    /// Whether the document's vocabulary has the tags of trees where theirs has them.
    has_own_page: bool,
}

impl<'a> Reading<'a> {
    /// Reads an element; gives its name and index if elements may follow in it.
    fn element<C: Cursor<'a>>(
        &mut self,
        cursor: &mut C,
        start: Start,
        parent: Name<'_>,
    ) -> Result<Option<(Name<'a>, usize)>> {
        let name = self.name(cursor, start)?;
        let index = self.entries.push(Kind::Element(name), cursor.span().start);
        self.attributes(cursor, start)?;
        let offset = cursor.span().start;
        let data = match model_of(name, parent) {
            Model::Elements => return Ok(Some((name, index))),
            Model::Text => Data::Text(cursor.text(start)?),
            Model::Any => cursor.data(start)?,
        };
        match data {
            Data::Text(text) if text.is_empty() => {}
            Data::Text(text) => {
                self.entries.push(Kind::Text(text), offset);
            }
            Data::Opaque(octets) => {
                self.entries.push(Kind::Opaque(octets), offset);
            }
            Data::Markup(markup) => self.contents(markup)?,
        }
        self.entries.close(index);
        Ok(None)
    }

    /// Reads the attributes of the element that was read last.
    fn attributes<C: Cursor<'a>>(&mut self, cursor: &mut C, start: Start) -> Result<()> {
        if !start.has_attributes() {
            return Ok(());
        }
        let offset = cursor.span().start;
        while let Some(attribute) = cursor.next_attribute(start)? {
            let name = cursor.attribute_str(&attribute)?;
            let name = name.map_or(AttributeName::Token(attribute.start), AttributeName::Named);
            self.entries.push(Kind::Attribute { name, value: attribute.value }, offset);
        }
        Ok(())
    }

    /// Reads elements in a value or an extension, and text in them or between them.
    fn contents(&mut self, markup: Markup<'a>) -> Result<()> {
        let mut contents = markup.contents()?;
        let mut open = Vec::new();
        while let Some(content) = contents.next_content()? {
            let offset = contents.offset();
            match content {
                Content::Start(start) => {
                    let cursor = contents.cursor();
                    let name = self.name(cursor, start)?;
                    open.push(self.entries.push(Kind::Element(name), offset));
                    self.attributes(cursor, start)?;
                }
                Content::End => open.pop().into_iter().for_each(|index| self.entries.close(index)),
                Content::Text(Cow::Borrowed(text)) => {
                    self.entries.push(Kind::Text(Text::new(text)), offset);
                }
                Content::Text(Cow::Owned(text)) => {
                    self.entries.push(Kind::Joined(text), offset);
                }
                Content::Opaque(octets) => {
                    self.entries.push(Kind::Opaque(octets), offset);
                }
            }
        }
        Ok(())
    }

    /// What an element is called: by its name, so that it does not matter on which code page a peer has found it.
    fn name(&self, cursor: &impl Cursor<'a>, start: Start) -> Result<Name<'a>> {
        let tag = start.tag;
        if self.has_own_page && tag.page() == PAGE && DM_DDF_1_2.tag_name(tag).is_some() {
            return Ok(Name::Known(tag));
        }
        Ok(match cursor.name(start)? {
            Some(name) if tag == Tag::LITERAL => Name::Named(name),
            Some(name) => Name::of(name),
            None => match on_page_2(cursor.vocabulary(), tag) {
                Some(tag) => Name::Known(tag),
                None => Name::Token(tag),
            },
        })
    }
}

/// The code page of the tags of trees.
const PAGE: u8 = tag::NODE.page();

/// Whether the vocabulary has the tags of trees, and no others, on their own page.
fn has_own_page(vocabulary: &Vocabulary<'_>) -> bool {
    let pages = vocabulary.tag_page(PAGE).zip(DM_DDF_1_2.tag_page(PAGE));
    pages.is_some_and(|(page, own)| page.rows().eq(own.rows()))
}

/// The tag that some encoders have meant that number the page of a document of its own 0.
fn on_page_2(vocabulary: &Vocabulary<'_>, tag: Tag) -> Option<Tag> {
    let is_free = |page: u8| vocabulary.tag_page(page).is_none_or(|page| page.rows().next().is_none());
    let meant = Tag::new(PAGE, tag.code());
    (tag.page() == 0 && is_free(0) && DM_DDF_1_2.tag_name(meant).is_some()).then_some(meant)
}
