//! The arena: everything in a document, in document order.

use alloc::string::String;
use alloc::vec::Vec;

use wbxml::vocabulary::dmddf::DM_DDF_1_2;
use wbxml::{AttrStart, Tag, Text};

/// The entries of a document, the root element first.
///
/// What is below an entry follows it, up to [`Entry::end`]. There is nothing to recurse into, whatever is done with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Entries<'a>(Vec<Entry<'a>>);

#[derive(Clone, Debug)]
pub(crate) struct Entry<'a> {
    pub(crate) kind: Kind<'a>,
    /// The index of the first entry that is not below this one.
    pub(crate) end: usize,
    /// Where the document has it.
    pub(crate) offset: usize,
}

#[derive(Clone, Debug)]
pub(crate) enum Kind<'a> {
    Element(Name<'a>),
    /// An attribute of the element in front of it.
    Attribute {
        name: AttributeName<'a>,
        value: Text<'a>,
    },
    /// Text as it stands in the document.
    Text(Text<'a>),
    /// Text that is put together: of pieces in an extension, or of a number.
    Joined(String),
    Opaque(&'a [u8]),
}

/// What an element is called.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Name<'a> {
    /// One of the vocabulary's, by its tag on code page 2.
    Known(Tag),
    Named(&'a str),
    /// By a token that the vocabulary does not know.
    Token(Tag),
}

/// What an attribute is called: the vocabulary has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AttributeName<'a> {
    Named(&'a str),
    Token(AttrStart),
}

impl<'a> Name<'a> {
    /// The name that is spelled so.
    pub(crate) fn of(name: &'a str) -> Self {
        DM_DDF_1_2.tag(name).map_or(Self::Named(name), Self::Known)
    }

    /// The name as it is spelled, if it has one.
    pub(crate) fn spelled(self) -> Option<&'a str> {
        match self {
            Self::Known(tag) => DM_DDF_1_2.tag_name(tag),
            Self::Named(name) => Some(name),
            Self::Token(_) => None,
        }
    }
}

impl PartialEq for Name<'_> {
    /// A name may be written as a token or as a literal.
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Known(this), Self::Known(that)) | (Self::Token(this), Self::Token(that)) => this == that,
            (Self::Token(_), _) | (_, Self::Token(_)) => false,
            (this, that) => this.spelled() == that.spelled(),
        }
    }
}

impl Eq for Name<'_> {}

impl PartialEq for Kind<'_> {
    /// Text may be put together or not.
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Element(this), Self::Element(that)) => this == that,
            (Self::Attribute { name, value }, Self::Attribute { name: other, value: that }) => {
                name == other && value == that
            }
            (Self::Text(this), Self::Text(that)) => this == that,
            (Self::Joined(this), Self::Joined(that)) => this == that,
            (Self::Text(text), Self::Joined(joined)) | (Self::Joined(joined), Self::Text(text)) => *text == **joined,
            (Self::Opaque(this), Self::Opaque(that)) => this == that,
            _ => false,
        }
    }
}

impl Eq for Kind<'_> {}

impl<'a> Entries<'a> {
    pub(crate) fn as_slice(&self) -> &[Entry<'a>] {
        &self.0
    }

    pub(crate) fn get(&self, index: usize) -> Option<&Entry<'a>> {
        self.0.get(index)
    }

    /// Puts an entry behind all others and says at which index.
    pub(crate) fn push(&mut self, kind: Kind<'a>, offset: usize) -> usize {
        let index = self.0.len();
        self.0.push(Entry { kind, end: index.saturating_add(1), offset });
        index
    }

    /// Ends the entry at `index` behind all others.
    pub(crate) fn close(&mut self, index: usize) {
        let end = self.0.len();
        if let Some(entry) = self.0.get_mut(index) {
            entry.end = end;
        }
    }

    /// Puts the entries of another arena behind all others.
    pub(crate) fn append(&mut self, other: Self) {
        let base = self.0.len();
        self.0.extend(other.0.into_iter().map(|entry| Entry { end: entry.end.saturating_add(base), ..entry }));
    }

    /// What is right below the entry at `index`, attributes and texts too.
    pub(crate) fn children(&self, index: usize) -> Children<'_, 'a> {
        let end = self.get(index).map_or(index, |entry| entry.end);
        Children { entries: self, next: index.saturating_add(1), end }
    }

    /// The elements right below the entry at `index`.
    pub(crate) fn elements(&self, index: usize) -> impl Iterator<Item = (usize, Name<'a>)> + Clone + use<'_, 'a> {
        self.children(index).filter_map(|(index, entry)| match entry.kind {
            Kind::Element(name) => Some((index, name)),
            _ => None,
        })
    }

    /// The elements of one of the vocabulary's names right below the entry at `index`.
    pub(crate) fn known(&self, index: usize, tag: Tag) -> impl Iterator<Item = usize> + Clone + use<'_, 'a> {
        self.elements(index)
            .filter(move |(_, name)| matches!(name, Name::Known(known) if *known == tag))
            .map(|(index, _)| index)
    }

    /// The text of the first element of one of the vocabulary's names right below the entry at `index`.
    pub(crate) fn field(&self, index: usize, tag: Tag) -> Option<Text<'a>> {
        self.text(self.known(index, tag).next()?)
    }

    /// The text of the element at `index` as it stands in the document; `None` if there is something else in it.
    pub(crate) fn text(&self, index: usize) -> Option<Text<'a>> {
        let mut content = self.content(index);
        match (content.next(), content.next()) {
            (None, _) => Some(Text::EMPTY),
            (Some(Kind::Text(text)), None) => Some(*text),
            _ => None,
        }
    }

    /// The same, put together or not.
    pub(crate) fn any_text(&self, index: usize) -> Option<Text<'_>> {
        let mut content = self.content(index);
        match (content.next(), content.next()) {
            (Some(Kind::Joined(text)), None) => Some(Text::new(text)),
            _ => self.text(index),
        }
    }

    /// What is right below the entry at `index`, apart from its attributes.
    pub(crate) fn content(&self, index: usize) -> impl Iterator<Item = &Kind<'a>> {
        self.children(index).map(|(_, entry)| &entry.kind).skip_while(|kind| matches!(kind, Kind::Attribute { .. }))
    }
}

impl PartialEq for Entry<'_> {
    /// Compares what an entry means: not where it stood.
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind && self.end == other.end
    }
}

impl Eq for Entry<'_> {}

/// The indexes of what is right below an entry.
#[derive(Clone, Debug)]
pub(crate) struct Children<'d, 'a> {
    entries: &'d Entries<'a>,
    next: usize,
    end: usize,
}

impl<'d, 'a> Iterator for Children<'d, 'a> {
    type Item = (usize, &'d Entry<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        if self.next >= self.end {
            return None;
        }
        let index = self.next;
        let entry = self.entries.get(index)?;
        self.next = entry.end;
        Some((index, entry))
    }
}
