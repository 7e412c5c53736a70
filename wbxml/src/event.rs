//! What a document says, token by token.

use crate::text::PlainText;
use crate::token::{AttrStart, AttrValue, HAS_ATTRIBUTES, HAS_CONTENT, Tag};

/// One token of a document's body, with what it stands for.
///
/// Events map one to one to tokens: the spans of successive events tile the body, and writing the events again gives
/// the document again. An element is `Start`, then its attributes up to `AttributesEnd` if
/// [`has_attributes`](Start::has_attributes), then its content up to `End` if [`has_content`](Start::has_content); an
/// element without content has no `End`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event<'a> {
    /// `SWITCH_PAGE`, of tags or of attributes, by the place where it stands.
    SwitchPage(u8),
    /// A tag, or `LITERAL`, `LITERAL_A`, `LITERAL_C`, `LITERAL_AC`.
    Start(Start),
    /// The start of an attribute, or the target of a processing instruction.
    AttributeStart(AttributeStart),
    /// A piece of an attribute's value.
    AttributeValue(AttrValue),
    /// `END` of an attribute list or of a processing instruction.
    AttributesEnd,
    /// `STR_I` or `STR_T`: text, or a piece of an attribute's value.
    Text(PlainText<'a>),
    /// `ENTITY`: one character of text or of an attribute's value.
    Entity(char),
    /// `OPAQUE`: octets whose meaning the vocabulary knows.
    Opaque(&'a [u8]),
    /// `EXT_I_n`: n, and the octets of its string; what it stands for is the vocabulary's affair (WAP-192, 5.8.4.2).
    ExtI(u8, &'a [u8]),
    /// `EXT_T_n`: n, and its integer, mostly a string-table index.
    ExtT(u8, u32),
    /// `EXT_n`: n.
    Ext(u8),
    /// `PI`: a processing instruction follows, as one attribute up to `AttributesEnd`.
    Pi,
    /// `END` of an element's content.
    End,
    /// The end of the document.
    Eof,
}

/// The start of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Start {
    /// The tag, or [`Tag::LITERAL`].
    pub tag: Tag,
    /// Where a literal name stands: its string-table index, or its octet in an XML document.
    pub literal: u32,
    /// The flag bits of the tag's octet, as they stand on the wire.
    flags: u8,
}

impl Start {
    /// Content whose element is already open: what the cursor over a [`Markup`](crate::Markup) is asked for.
    pub const CONTENT: Self = Self::new(Tag::LITERAL);

    /// The start of an element with this tag and content, without attributes: the common case of a writer.
    #[must_use]
    pub const fn new(tag: Tag) -> Self {
        Self { tag, literal: 0, flags: HAS_CONTENT }
    }

    /// The start of an element with this tag and the flag bits of `octet`.
    #[inline(always)]
    pub(crate) const fn from_octet(tag: Tag, literal: u32, octet: u8) -> Self {
        Self { tag, literal, flags: octet & (HAS_ATTRIBUTES | HAS_CONTENT) }
    }

    /// Whether attributes follow.
    #[inline]
    #[must_use]
    pub const fn has_attributes(self) -> bool {
        self.flags & HAS_ATTRIBUTES != 0
    }

    /// Whether content follows; `true` too where it is empty.
    #[inline]
    #[must_use]
    pub const fn has_content(self) -> bool {
        self.flags & HAS_CONTENT != 0
    }

    /// The same with attributes.
    #[must_use]
    pub const fn with_attributes(self) -> Self {
        Self { flags: self.flags | HAS_ATTRIBUTES, ..self }
    }

    /// The same without content.
    #[must_use]
    pub const fn without_content(self) -> Self {
        Self { flags: self.flags & !HAS_CONTENT, ..self }
    }

    /// The flag bits of the tag's octet: [`HAS_ATTRIBUTES`], [`HAS_CONTENT`].
    #[must_use]
    pub const fn flags(self) -> u8 {
        self.flags
    }
}

/// The start of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AttributeStart {
    /// The token, or [`AttrStart::LITERAL`].
    pub token: AttrStart,
    /// Where a literal name stands: its string-table index, or its octet in an XML document.
    pub literal: u32,
}

impl AttributeStart {
    /// The start of an attribute by its token.
    #[must_use]
    pub const fn new(token: AttrStart) -> Self {
        Self { token, literal: 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_small() {
        assert!(size_of::<Event<'_>>() <= 32);
        assert!(size_of::<crate::Result<Event<'_>>>() <= 32);
    }
}
