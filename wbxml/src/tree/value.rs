//! The values of attributes, and the tokens that are no text.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use crate::Charset;
use crate::event::Event;
use crate::text::{Form, PlainText};
use crate::token::AttrValue;

/// The value of an attribute, or the data of a processing instruction.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a value is nothing else")]
pub enum Value<'a> {
    /// Text, as nearly every value is: what the attribute's token stands for, and all pieces behind it, in one.
    Text(Cow<'a, str>),
    /// Text and pieces that are none. What the attribute's token stands for is the beginning of the first one.
    Pieces(Box<[ValuePiece<'a>]>),
}

/// A piece of a [`Value`] that is not text alone.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ValuePiece<'a> {
    /// Text; never empty, and never followed by text.
    Text(Cow<'a, str>),
    /// A value token that the vocabulary does not know.
    Token(AttrValue),
    /// An extension token.
    Extension(Extension<'a>),
    /// `OPAQUE` whose octets are no text in the document's charset, or hold a NUL; others are text.
    Opaque(Cow<'a, [u8]>),
}

/// An extension token: what it stands for, only the vocabulary knows (WAP-192, 5.8.4.2).
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "the format has these three")]
pub enum Extension<'a> {
    /// `EXT_I_n`: n, and its string.
    Inline(u8, Cow<'a, str>),
    /// `EXT_T_n`: n, and its integer. If the vocabulary takes it for a string-table index, it is one in the table of
    /// the document that was read.
    Number(u8, u32),
    /// `EXT_n`: n.
    Single(u8),
}

impl<'a> Value<'a> {
    /// The value, if it is text.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Pieces(_) => None,
        }
    }

    pub(super) fn into_owned(self) -> Value<'static> {
        match self {
            Self::Text(text) => Value::Text(own(text)),
            Self::Pieces(pieces) => Value::Pieces(pieces.into_iter().map(ValuePiece::into_owned).collect()),
        }
    }
}

impl<'a> ValuePiece<'a> {
    fn into_owned(self) -> ValuePiece<'static> {
        match self {
            Self::Text(text) => ValuePiece::Text(own(text)),
            Self::Token(token) => ValuePiece::Token(token),
            Self::Extension(extension) => ValuePiece::Extension(extension.into_owned()),
            Self::Opaque(octets) => ValuePiece::Opaque(Cow::Owned(octets.into_owned())),
        }
    }

    /// The token that the piece is.
    pub(super) fn event(&self) -> Event<'_> {
        match self {
            Self::Text(text) => Event::Text(PlainText::new(text.as_bytes(), Charset::UTF_8, Form::Inline)),
            Self::Token(token) => Event::AttributeValue(*token),
            Self::Extension(extension) => extension.event(),
            Self::Opaque(octets) => Event::Opaque(octets),
        }
    }
}

impl Extension<'_> {
    /// The token; its string is UTF-8.
    #[must_use]
    pub fn event(&self) -> Event<'_> {
        match self {
            Self::Inline(number, text) => Event::ExtI(*number, text.as_bytes()),
            Self::Number(number, value) => Event::ExtT(*number, *value),
            Self::Single(number) => Event::Ext(*number),
        }
    }

    pub(super) fn into_owned(self) -> Extension<'static> {
        match self {
            Self::Inline(number, text) => Extension::Inline(number, own(text)),
            Self::Number(number, value) => Extension::Number(number, value),
            Self::Single(number) => Extension::Single(number),
        }
    }
}

pub(super) fn own(text: Cow<'_, str>) -> Cow<'static, str> {
    Cow::Owned(text.into_owned())
}

/// Appends `more`; copies only when there is something to append to.
pub(super) fn join<'a>(text: &mut Cow<'a, str>, more: Cow<'a, str>) {
    if text.is_empty() {
        *text = more;
    } else if !more.is_empty() {
        let mut joined: String = core::mem::take(text).into_owned();
        joined.push_str(&more);
        *text = Cow::Owned(joined);
    }
}

/// A value while its pieces come in.
#[derive(Clone, Debug, Default)]
pub(super) struct Joined<'a> {
    pieces: Vec<ValuePiece<'a>>,
    /// The text behind the pieces.
    text: Cow<'a, str>,
}

impl<'a> Joined<'a> {
    pub(super) fn text(&mut self, text: Cow<'a, str>) {
        join(&mut self.text, text);
    }

    pub(super) fn piece(&mut self, piece: ValuePiece<'a>) {
        self.end_text();
        self.pieces.push(piece);
    }

    fn end_text(&mut self) {
        if !self.text.is_empty() {
            self.pieces.push(ValuePiece::Text(core::mem::take(&mut self.text)));
        }
    }

    pub(super) fn finish(mut self) -> Value<'a> {
        if self.pieces.is_empty() {
            return Value::Text(self.text);
        }
        self.end_text();
        Value::Pieces(self.pieces.into_boxed_slice())
    }
}
