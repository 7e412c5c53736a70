//! Text as it stands in a document: borrowed, not yet checked, perhaps in pieces.

use core::fmt;

use crate::error::ErrorKind;
use crate::reader::Run;
use crate::{Chars, Charset, Error};

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

    /// An inline string in UTF-8.
    const fn of_str(text: &'a str) -> Self {
        Self::new(text.as_bytes(), Charset::UTF_8, Form::Inline)
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

    /// The string, if its octets are UTF-8 as they stand: in UTF-8, and where the charset contains ASCII and nothing
    /// else is there.
    ///
    /// # Errors
    /// [`TextFault::Invalid`] if the octets are not what their charset says, [`TextFault::Charset`] if they have to be
    /// decoded: [`chars`](Self::chars) and [`to_cow`](Self::to_cow) do.
    #[inline]
    pub const fn to_str(&self) -> Result<&'a str, TextFault> {
        self.charset.as_utf8(self.octets)
    }

    /// The characters of the string, in whatever charset it is.
    ///
    /// ```
    /// use wbxml::{Event, Options, Reader};
    ///
    /// // ISO 8859-1
    /// let mut reader = Reader::new(b"\x03\x01\x04\x00\x45\x03caf\xE9\0\x01", Options::new())?;
    /// reader.next_event()?;
    /// let Event::Text(text) = reader.next_event()? else { panic!() };
    /// assert!(text.chars().eq("café".chars().map(Ok)));
    /// # Ok::<(), wbxml::Error>(())
    /// ```
    #[must_use]
    pub fn chars(&self) -> Chars<'a> {
        self.charset.decode(self.octets)
    }

    /// The string, in whatever charset it is: borrowed where its octets are UTF-8 as they stand, copied otherwise.
    ///
    /// # Errors
    /// [`TextFault::Invalid`] if the octets are not what their charset says, [`TextFault::Charset`] if it is not one
    /// that is decoded.
    #[cfg(feature = "alloc")]
    #[cfg_attr(docsrs, doc(cfg(feature = "alloc")))]
    pub fn to_cow(&self) -> Result<alloc::borrow::Cow<'a, str>, TextFault> {
        self.charset.to_cow(self.octets).map_err(|(fault, _)| fault)
    }

    /// Whether the string has no character.
    pub(crate) fn is_empty(&self) -> bool {
        self.octets.is_empty() || !self.charset.is_any_utf8() && self.chars().next().is_none()
    }

    /// Whether the string consists of nothing but white space (XML 1.0, production 3).
    pub(crate) fn is_blank(&self) -> bool {
        if self.charset.is_any_utf8() {
            return self.octets.iter().all(is_blank);
        }
        self.chars().all(|character| character.is_ok_and(is_blank_character))
    }
}

impl PartialEq<str> for PlainText<'_> {
    /// Compares the characters; octets that are no text equal nothing.
    fn eq(&self, other: &str) -> bool {
        Text(Repr::Plain(*self)) == *other
    }
}

impl PartialEq<&str> for PlainText<'_> {
    fn eq(&self, other: &&str) -> bool {
        *self == **other
    }
}

impl fmt::Display for PlainText<'_> {
    /// Writes the string; what is no text becomes U+FFFD.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Ok(text) = self.to_str() {
            return f.write_str(text);
        }
        for character in self.chars() {
            fmt::Write::write_char(f, character.unwrap_or('\u{FFFD}'))?;
        }
        Ok(())
    }
}

/// Why octets give no string.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TextFault {
    /// The octets are not what their charset says.
    #[error("the octets are no text in the document's charset")]
    Invalid,
    /// The charset is not one that is decoded, or the text was asked for as it stands and has to be.
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
    /// What is known to be UTF-8, in a document in UTF-8.
    Str(&'a str),
    /// The same in the string table, and at which index.
    Table(&'a str, u32),
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
        Self(Repr::Str(text))
    }

    /// The one string that the text is, if it is one.
    #[inline]
    #[must_use]
    pub const fn as_plain(&self) -> Option<PlainText<'a>> {
        match self.0 {
            Repr::Str(text) => Some(PlainText::of_str(text)),
            Repr::Table(text, index) => Some(PlainText::in_table(text.as_bytes(), Charset::UTF_8, index)),
            Repr::Plain(text) => Some(text),
            _ => None,
        }
    }

    /// The text, if it stands in the document in one piece and is UTF-8 as it stands there.
    #[inline]
    #[must_use]
    pub fn as_str(&self) -> Option<&'a str> {
        match self.0 {
            Repr::Str(text) | Repr::Table(text, _) => Some(text),
            Repr::Plain(text) => check(text.octets, text.charset),
            _ => None,
        }
    }

    /// The text, if it is known to be UTF-8 as it stands.
    #[cfg(feature = "alloc")]
    #[inline(always)]
    pub(crate) const fn as_known(&self) -> Option<&'a str> {
        if let Repr::Str(text) | Repr::Table(text, _) = self.0 { Some(text) } else { None }
    }

    /// The octets of a text in one piece that are to be compared as they stand.
    #[inline]
    pub(crate) fn as_utf8_octets(&self) -> Option<&'a [u8]> {
        match &self.0 {
            Repr::Str(text) | Repr::Table(text, _) => Some(text.as_bytes()),
            Repr::Plain(text) if text.charset.is_any_utf8() => Some(text.octets),
            _ => None,
        }
    }

    /// Whether the text has no character.
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match &self.0 {
            Repr::Str(text) | Repr::Table(text, _) => text.is_empty(),
            Repr::Plain(text) => text.is_empty(),
            _ => self.pieces().all(|piece| matches!(piece, Ok(Piece::Text(text)) if text.is_empty())),
        }
    }

    /// Whether the text consists of nothing but white space (XML 1.0, production 3).
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.pieces().all(|piece| match piece {
            Ok(Piece::Text(text)) => text.is_blank(),
            Ok(Piece::Character(character)) => is_blank_character(character),
            Err(_) => false,
        })
    }

    /// The pieces of the text, in order.
    #[must_use]
    pub fn pieces(&self) -> Pieces<'a> {
        Pieces(match self.0 {
            Repr::Str(_) | Repr::Table(..) | Repr::Plain(_) => Rest::Plain(self.as_plain()),
            Repr::Joined(run) => Rest::Joined(run.pieces()),
            #[cfg(feature = "xml")]
            Repr::Xml(run) => Rest::Xml(run.pieces()),
        })
    }

    /// The text as a string: borrowed where it is one plain piece and UTF-8 as it stands, copied otherwise.
    ///
    /// ```
    /// use wbxml::{Cursor, Options, Reader};
    ///
    /// // UTF-16: STR_I U+20AC, ENTITY U+2030
    /// let document = b"\x03\x01\x87\x77\x00\x45\x03\x20\xAC\0\0\x02\xC0\x30\x01";
    /// let mut reader = Reader::new(document, Options::new())?;
    /// let root = reader.root()?;
    /// assert_eq!(reader.text(root)?.to_cow().unwrap(), "€‰");
    /// # Ok::<(), wbxml::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`TextFault`], if a piece is no text.
    #[cfg(feature = "alloc")]
    #[cfg_attr(docsrs, doc(cfg(feature = "alloc")))]
    pub fn to_cow(&self) -> Result<alloc::borrow::Cow<'a, str>, TextFault> {
        match self.0 {
            Repr::Str(text) | Repr::Table(text, _) => return Ok(alloc::borrow::Cow::Borrowed(text)),
            Repr::Plain(text) => return text.to_cow(),
            _ => {}
        }
        let mut joined = alloc::string::String::new();
        for piece in self.pieces() {
            match piece? {
                Piece::Text(text) => joined.push_str(&text.to_cow()?),
                Piece::Character(character) => joined.push(character),
            }
        }
        Ok(alloc::borrow::Cow::Owned(joined))
    }
}

// ADVICE: in registers, so that `Text::as_str` takes the address of no text that it can do without.
/// The string that octets are, if they are UTF-8 as they stand.
#[cold]
#[inline(never)]
fn check(octets: &[u8], charset: Charset) -> Option<&str> {
    charset.as_utf8(octets).ok()
}

/// White space of XML 1.0, production 3.
pub(crate) const fn is_blank(octet: &u8) -> bool {
    matches!(octet, b' ' | b'\t' | b'\r' | b'\n')
}

/// The octets in front of the first that is not UTF-8.
pub(crate) fn leading_utf8(octets: &[u8]) -> &str {
    match core::str::from_utf8(octets) {
        Ok(text) => text,
        Err(error) => {
            let valid = octets.get(..error.valid_up_to()).unwrap_or_default();
            core::str::from_utf8(valid).unwrap_or_default()
        }
    }
}

/// The same for a character.
pub(crate) fn is_blank_character(character: char) -> bool {
    u8::try_from(character).is_ok_and(|octet| is_blank(&octet))
}

impl Default for Text<'_> {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl PartialEq<str> for Text<'_> {
    /// Compares the characters, however the document spells them; text that is no text equals nothing.
    fn eq(&self, other: &str) -> bool {
        if let Some(octets) = self.as_utf8_octets() {
            return octets == other.as_bytes();
        }
        Steps::new(self).map(Result::ok).eq(other.chars().map(Some))
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
        match (self.as_utf8_octets(), other.as_utf8_octets()) {
            (Some(this), Some(that)) => this == that,
            _ => Steps::new(self).eq(Steps::new(other)),
        }
    }
}

impl Eq for Text<'_> {}

/// The characters of a text, piece after piece, and one by one the octets that are none: what two spellings of one text
/// have in common.
struct Steps<'a> {
    pieces: Pieces<'a>,
    text: Chars<'a>,
    faulty: (TextFault, &'a [u8]),
}

impl<'a> Steps<'a> {
    fn new(text: &Text<'a>) -> Self {
        Self { pieces: text.pieces(), text: Charset::UTF_8.decode(&[]), faulty: (TextFault::Invalid, &[]) }
    }
}

impl Iterator for Steps<'_> {
    type Item = Result<char, (TextFault, u8)>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (fault, octets) = self.faulty;
            if let Some((octet, rest)) = octets.split_first() {
                self.faulty = (fault, rest);
                return Some(Err((fault, *octet)));
            }
            match self.text.step() {
                Some(Ok(character)) => return Some(Ok(character)),
                Some(Err(faulty)) => self.faulty = faulty,
                None => match self.pieces.next()? {
                    Ok(Piece::Text(text)) => self.text = text.chars(),
                    Ok(Piece::Character(character)) => return Some(Ok(character)),
                    Err(fault) => return Some(Err((fault, 0))),
                },
            }
        }
    }
}

impl fmt::Display for Text<'_> {
    /// Writes the text; what is no text becomes U+FFFD.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for piece in self.pieces() {
            match piece {
                Ok(Piece::Text(text)) => fmt::Display::fmt(&text, f)?,
                Ok(Piece::Character(character)) => fmt::Write::write_char(f, character)?,
                Err(_) => f.write_str("\u{FFFD}")?,
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
