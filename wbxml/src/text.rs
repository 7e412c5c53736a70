//! Text as it stands in a document: borrowed, not yet checked, perhaps in pieces.

use core::fmt;

use crate::error::ErrorKind;
use crate::reader::Run;
use crate::{Charset, Error};

/// One string of a document, as its octets.
///
/// Octets are checked when they are read as a string, not before: a reader that only looks at some of the fields pays
/// for those, and octets that are no text in their charset survive a round trip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlainText<'a> {
    octets: &'a [u8],
    index: u32,
    charset: Charset,
    form: Form,
}

/// Where a string stands in its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Form {
    /// At this place: `STR_I`, or text of an XML document.
    Inline,
    /// In the string table, at [`PlainText::index`]: `STR_T`.
    Table,
    /// At this place, as `OPAQUE`, in an element whose content is text.
    Opaque,
    /// In the vocabulary: an attribute value token, or the value that an attribute start stands for.
    Token,
}

impl<'a> PlainText<'a> {
    pub(crate) const fn new(octets: &'a [u8], charset: Charset, form: Form) -> Self {
        Self { octets, index: 0, charset, form }
    }

    pub(crate) const fn in_table(octets: &'a [u8], charset: Charset, index: u32) -> Self {
        Self { octets, index, charset, form: Form::Table }
    }

    /// The octets, without a terminator.
    #[inline]
    #[must_use]
    pub const fn octets(&self) -> &'a [u8] {
        self.octets
    }

    /// The charset of the octets.
    #[must_use]
    pub const fn charset(&self) -> Charset {
        self.charset
    }

    /// Where the string stands.
    #[must_use]
    pub const fn form(&self) -> Form {
        self.form
    }

    /// The string-table index of a string that stands there.
    #[must_use]
    pub const fn index(&self) -> Option<u32> {
        if matches!(self.form, Form::Table) { Some(self.index) } else { None }
    }

    /// The string, if the octets are UTF-8.
    ///
    /// # Errors
    /// [`TextFault::Charset`] if the document's charset is another one, [`TextFault::Invalid`] if the octets are not
    /// what their charset says.
    #[inline]
    pub const fn to_str(&self) -> Result<&'a str, TextFault> {
        if !self.charset.is_utf8() {
            return Err(TextFault::Charset(self.charset));
        }
        match core::str::from_utf8(self.octets) {
            Ok(text) => Ok(text),
            Err(_) => Err(TextFault::Invalid),
        }
    }
}

/// Why octets give no string.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TextFault {
    /// The octets are not what their charset says.
    #[error("the octets are no text in the document's charset")]
    Invalid,
    /// The charset is not one that is decoded.
    #[error("text in charset {0} is not decoded")]
    Charset(Charset),
    /// One piece is an attribute value token without a string in the vocabulary.
    #[error("attribute value token {0:#04x} is not in the vocabulary")]
    UnknownAttributeValue(u8),
    /// One piece is an extension token.
    #[error("an extension token has no meaning here")]
    Extension,
    /// One piece is an entity of the XML document that is not declared.
    #[error("an entity is not declared")]
    Entity,
}

impl TextFault {
    /// The error of this kind for text whose token starts at `offset`.
    #[must_use]
    pub const fn at(self, offset: usize) -> Error {
        let kind = match self {
            Self::Invalid | Self::Entity => ErrorKind::InvalidText,
            Self::Charset(charset) => ErrorKind::UnsupportedCharset(charset.mib_enum() as u32),
            Self::UnknownAttributeValue(token) => ErrorKind::UnknownAttributeValue(token),
            Self::Extension => ErrorKind::UnexpectedExtension,
        };
        Error::new(kind, offset)
    }
}

/// The text of an element or the value of an attribute: one string of the document, or several pieces of it.
///
/// A small `Copy` value that borrows from the document. Most texts are one plain string, which [`Text::as_str`] gives
/// at no cost but the check of its octets; [`Text::to_cow`] gives every text.
///
/// ```
/// use wbxml::{Cursor, Options, Reader};
///
/// // <a> with STR_I "AT", ENTITY '&', STR_I "T"
/// let mut reader = Reader::new(b"\x03\x01\x6A\x00\x45\x03AT\0\x02\x26\x03T\0\x01", Options::new())?;
/// let root = reader.root()?;
/// let text = reader.text(root)?;
/// assert_eq!(text.as_str(), None); // not in one piece
/// assert_eq!(text, *"AT&T");
/// # #[cfg(feature = "alloc")]
/// assert_eq!(text.to_cow().unwrap(), "AT&T");
/// # Ok::<(), wbxml::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct Text<'a>(pub(crate) Repr<'a>);

#[derive(Clone, Copy, Debug)]
pub(crate) enum Repr<'a> {
    Plain(PlainText<'a>),
    Joined(Run<'a>),
    #[cfg(feature = "xml")]
    Xml(crate::xml::Run<'a>),
}

/// A piece of a [`Text`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Piece<'a> {
    /// A string.
    Text(PlainText<'a>),
    /// A character that was written as a number or as an entity.
    Character(char),
}

/// The pieces of a [`Text`], in order.
#[derive(Clone, Debug)]
pub struct Pieces<'a>(Rest<'a>);

#[derive(Clone, Debug)]
enum Rest<'a> {
    Plain(Option<PlainText<'a>>),
    Joined(crate::reader::RunPieces<'a>),
    #[cfg(feature = "xml")]
    Xml(crate::xml::RunPieces<'a>),
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Result<Piece<'a>, TextFault>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.0 {
            Rest::Plain(text) => text.take().map(|text| Ok(Piece::Text(text))),
            Rest::Joined(pieces) => pieces.next(),
            #[cfg(feature = "xml")]
            Rest::Xml(pieces) => pieces.next(),
        }
    }
}

impl<'a> Text<'a> {
    /// No text.
    pub const EMPTY: Self = Self::new("");

    /// The text `text`.
    #[must_use]
    pub const fn new(text: &'a str) -> Self {
        Self(Repr::Plain(PlainText::new(text.as_bytes(), Charset::UTF_8, Form::Inline)))
    }

    /// The one string that the text is, if it is one.
    #[inline]
    #[must_use]
    pub const fn as_plain(&self) -> Option<PlainText<'a>> {
        match self.0 {
            Repr::Plain(text) => Some(text),
            _ => None,
        }
    }

    /// The text, if it stands in the document in one piece and in UTF-8.
    #[inline]
    #[must_use]
    pub fn as_str(&self) -> Option<&'a str> {
        match self.0 {
            Repr::Plain(text) => text.to_str().ok(),
            _ => None,
        }
    }

    /// Whether the text has no character.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pieces().all(|piece| matches!(piece, Ok(Piece::Text(text)) if text.octets().is_empty()))
    }

    /// Whether the text consists of nothing but white space (XML 1.0, production 3).
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.pieces().all(|piece| match piece {
            Ok(Piece::Text(text)) => text.octets().iter().all(is_blank),
            Ok(Piece::Character(character)) => u8::try_from(character).is_ok_and(|octet| is_blank(&octet)),
            Err(_) => false,
        })
    }

    /// The pieces of the text, in order.
    #[must_use]
    pub fn pieces(&self) -> Pieces<'a> {
        Pieces(match self.0 {
            Repr::Plain(text) => Rest::Plain(Some(text)),
            Repr::Joined(run) => Rest::Joined(run.pieces()),
            #[cfg(feature = "xml")]
            Repr::Xml(run) => Rest::Xml(run.pieces()),
        })
    }

    /// The text as a string: borrowed where it is one plain piece, copied otherwise.
    ///
    /// # Errors
    /// [`TextFault`], if a piece is no text.
    #[cfg(feature = "alloc")]
    #[cfg_attr(docsrs, doc(cfg(feature = "alloc")))]
    pub fn to_cow(&self) -> Result<alloc::borrow::Cow<'a, str>, TextFault> {
        if let Repr::Plain(text) = self.0 {
            return text.to_str().map(alloc::borrow::Cow::Borrowed);
        }
        let mut joined = alloc::string::String::new();
        for piece in self.pieces() {
            match piece? {
                Piece::Text(text) => joined.push_str(text.to_str()?),
                Piece::Character(character) => joined.push(character),
            }
        }
        Ok(alloc::borrow::Cow::Owned(joined))
    }
}

/// White space of XML 1.0, production 3.
pub(crate) const fn is_blank(octet: &u8) -> bool {
    matches!(octet, b' ' | b'\t' | b'\r' | b'\n')
}

impl Default for Text<'_> {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl PartialEq<str> for Text<'_> {
    /// Compares the characters, however the document spells them; text that is no text equals nothing.
    fn eq(&self, other: &str) -> bool {
        if let Repr::Plain(text) = self.0 {
            return text.charset().is_utf8() && text.octets() == other.as_bytes();
        }
        let mut rest = other;
        for piece in self.pieces() {
            let tail = match piece {
                Ok(Piece::Text(text)) => text.to_str().ok().and_then(|text| rest.strip_prefix(text)),
                Ok(Piece::Character(character)) => rest.strip_prefix(character),
                Err(_) => None,
            };
            let Some(tail) = tail else { return false };
            rest = tail;
        }
        rest.is_empty()
    }
}

impl PartialEq<&str> for Text<'_> {
    fn eq(&self, other: &&str) -> bool {
        *self == **other
    }
}

impl PartialEq for Text<'_> {
    /// Compares the characters, however the documents spell them, and octets where they are no characters.
    fn eq(&self, other: &Self) -> bool {
        if let (Repr::Plain(this), Repr::Plain(that)) = (self.0, other.0) {
            return this.octets() == that.octets() && this.charset().is_utf8() == that.charset().is_utf8();
        }
        Octets::new(self).eq(Octets::new(other))
    }
}

impl Eq for Text<'_> {}

/// The octets of a text, piece after piece: what two spellings of one text have in common.
struct Octets<'a> {
    pieces: Pieces<'a>,
    text: &'a [u8],
    character: ([u8; 4], usize),
}

impl<'a> Octets<'a> {
    fn new(text: &Text<'a>) -> Self {
        Self { pieces: text.pieces(), text: &[], character: ([0; 4], 0) }
    }
}

impl Iterator for Octets<'_> {
    type Item = Result<u8, TextFault>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((octet, rest)) = self.text.split_first() {
                self.text = rest;
                return Some(Ok(*octet));
            }
            let ([octet, rest @ ..], left) = self.character;
            if left > 0 {
                let [a, b, c] = rest;
                self.character = ([a, b, c, 0], left.saturating_sub(1));
                return Some(Ok(octet));
            }
            match self.pieces.next()? {
                Ok(Piece::Text(text)) => self.text = text.octets(),
                Ok(Piece::Character(character)) => {
                    let mut octets = [0; 4];
                    let length = character.encode_utf8(&mut octets).len();
                    self.character = (octets, length);
                }
                Err(fault) => return Some(Err(fault)),
            }
        }
    }
}

impl fmt::Display for Text<'_> {
    /// Writes the text; what is no text becomes U+FFFD.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for piece in self.pieces() {
            match piece {
                Ok(Piece::Text(text)) if text.charset().is_utf8() => {
                    for chunk in text.octets().utf8_chunks() {
                        f.write_str(chunk.valid())?;
                        if !chunk.invalid().is_empty() {
                            f.write_str("\u{FFFD}")?;
                        }
                    }
                }
                Ok(Piece::Character(character)) => fmt::Write::write_char(f, character)?,
                Ok(_) | Err(_) => f.write_str("\u{FFFD}")?,
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Text(\"{self}\")")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_four_words_and_so_is_an_optional_one() {
        assert!(size_of::<Option<Text<'_>>>() <= 32);
    }
}
