//! The common ground of both encodings: what typed code reads from.

use core::ops::Range;

use crate::any::Markup;
use crate::charset::Charset;
use crate::error::Result;
use crate::event::{AttributeStart, Start};
use crate::options::Options;
use crate::reader::Reader;
use crate::text::{Form, PlainText, Repr, Text};
use crate::token::{AttrStart, Tag};
use crate::vocabulary::Vocabulary;

/// Reads a document element by element, from WBXML ([`Reader`](crate::Reader)) or from XML
/// ([`xml::Reader`](crate::xml::Reader)) alike: typed code is written once, over this trait.
///
/// Every [`Start`] that [`root`](Self::root) or [`next_child`](Self::next_child) hands out is consumed before the next
/// one is asked for: by `next_child` until it gives `None`, by [`text`](Self::text), by [`data`](Self::data) or by
/// [`skip`](Self::skip). Attributes, where wanted, come first; what is not asked for is passed over.
///
/// ```
/// use wbxml::{Cursor, Options, Reader, Result, vocabulary::syncml::{self, tag}};
///
/// fn ver_dtd<'a>(cursor: &mut impl Cursor<'a>) -> Result<Option<String>> {
///     let root = cursor.root()?;
///     while let Some(child) = cursor.next_child(root)? {
///         match child.tag {
///             tag::VER_DTD => return Ok(cursor.text(child)?.as_str().map(String::from)),
///             _ => cursor.skip(child)?,
///         }
///     }
///     Ok(None)
/// }
///
/// // <SyncHdr><MsgID>1</MsgID><VerDTD>1.2</VerDTD></SyncHdr>
/// let document = b"\x03\xA4\x01\x6A\x00\x6C\x5B\x031\0\x01\x71\x031.2\0\x01\x01";
/// let mut reader = Reader::new(document, Options::new().vocabularies(&syncml::ALL))?;
/// assert_eq!(ver_dtd(&mut reader)?.as_deref(), Some("1.2"));
/// # #[cfg(feature = "xml")] {
/// let mut reader = wbxml::xml::Reader::new(
///     b"<SyncHdr><MsgID>1</MsgID><VerDTD>1.2</VerDTD></SyncHdr>",
///     Options::new().assume(&syncml::SYNCML_1_2),
/// )?;
/// assert_eq!(ver_dtd(&mut reader)?.as_deref(), Some("1.2"));
/// # }
/// # Ok::<(), wbxml::Error>(())
/// ```
///
/// # Errors
/// Every method fails on a fault of the document, with the offset of the faulty token, and leaves the cursor there.
pub trait Cursor<'a>: Sized {
    /// The root element.
    ///
    /// # Errors
    /// If there is none.
    fn root(&mut self) -> Result<Start>;

    /// The next element in the content of `of`, or `None` when its end has been read.
    ///
    /// # Errors
    /// [`UnexpectedText`](crate::ErrorKind::UnexpectedText) if text other than white space stands there.
    fn next_child(&mut self, of: Start) -> Result<Option<Start>>;

    /// The next element in the content of `of` that has no slot among `fields`, or `None` when the end of `of` has been
    /// read; the content of each child in front of it goes into its slot, or into the slots of
    /// [`fields_of`](Fields::fields_of) it. Where `first` is nothing yet, it becomes the mark of the first of them all.
    ///
    /// The same as [`next_child`](Self::next_child) and [`text`](Self::text), at half the cost where most children hold
    /// text.
    ///
    /// # Errors
    /// As `next_child`, `text` and `data`.
    fn next_child_beside<F: Fields<'a>>(
        &mut self,
        of: Start,
        fields: &mut F,
        mut first: Option<&mut Option<Mark<'a>>>,
    ) -> Result<Option<Start>> {
        while let Some(child) = self.next_child(of)? {
            if let Some(first) = first.take() {
                first.get_or_insert_with(|| self.mark(child));
            }
            match fields.slot(child.tag) {
                Some(slot) => slot.read(self, child)?,
                None => return Ok(Some(child)),
            }
        }
        Ok(None)
    }

    /// The next attribute of `of`, or `None` when all have been read.
    ///
    /// # Errors
    /// On a fault of the document.
    fn next_attribute(&mut self, of: Start) -> Result<Option<Attribute<'a>>>;

    /// The text of `of`, whose end it reads.
    ///
    /// # Errors
    /// [`UnexpectedElement`](crate::ErrorKind::UnexpectedElement) if an element stands there.
    fn text(&mut self, of: Start) -> Result<Text<'a>>;

    /// The content of `of`, whatever it is; reads its end.
    ///
    /// # Errors
    /// On a fault of the document.
    fn data(&mut self, of: Start) -> Result<Data<'a>>;

    /// The content of `of`, unread, where it has any; passes over it and its end.
    ///
    /// # Errors
    /// On a fault of the document.
    fn content(&mut self, of: Start) -> Result<Option<Markup<'a>>>;

    /// Where the element begins that `start` has just opened: what [`markup`](Self::markup) goes back to.
    fn mark(&self, start: Start) -> Mark<'a>;

    /// Everything from `mark` to the end that was read last, to be read again when somebody asks for it.
    fn markup(&self, mark: Mark<'a>) -> Markup<'a>;

    /// Passes over `of` with all that is in it.
    ///
    /// # Errors
    /// On a fault of the document.
    fn skip(&mut self, of: Start) -> Result<()>;

    /// Reads what follows the root element: nothing but processing instructions may.
    ///
    /// # Errors
    /// [`TrailingData`](crate::ErrorKind::TrailingData) if anything else does.
    fn finish(&mut self) -> Result<()>;

    /// The name of an element: `None` for a tag that the vocabulary does not know.
    ///
    /// # Errors
    /// If a literal name is no text, or has to be decoded first, as in UTF-16: [`name_text`](Self::name_text) has every
    /// name.
    fn name(&self, start: Start) -> Result<Option<&'a str>>;

    /// The same in any charset. Like every [`Text`], a literal name is not checked before it is read as a string.
    ///
    /// ```
    /// use wbxml::{Cursor, Options, Reader};
    ///
    /// // UTF-16, string table "né"
    /// let document = b"\x03\x01\x87\x77\x06\0n\0\xE9\0\0\x04\x00";
    /// let mut reader = Reader::new(document, Options::new())?;
    /// let root = reader.root()?;
    /// assert!(reader.name(root).is_err());
    /// assert!(reader.name_text(root)?.is_some_and(|name| name == "né"));
    /// # Ok::<(), wbxml::Error>(())
    /// ```
    ///
    /// # Errors
    /// If a literal name in XML is no text.
    fn name_text(&self, start: Start) -> Result<Option<Text<'a>>> {
        Ok(self.name(start)?.map(Text::new))
    }

    /// The name of an attribute, in any charset: `None` for a token that the vocabulary does not know.
    ///
    /// # Errors
    /// If a literal name in XML is no text.
    fn attribute_name(&self, start: AttributeStart) -> Result<Option<Text<'a>>>;

    /// The same as the string that it is in the document, as [`name`](Self::name) has that of an element.
    ///
    /// ```
    /// use wbxml::{Cursor, Options, Reader};
    ///
    /// // string table "id": <5 id="1" 5="2"/>
    /// let mut reader = Reader::new(b"\x03\x01\x6A\x03id\0\x85\x04\x00\x031\0\x05\x032\0\x01", Options::new())?;
    /// let root = reader.root()?;
    /// let attribute = reader.next_attribute(root)?.unwrap();
    /// assert_eq!(reader.attribute_str(&attribute)?, Some("id"));
    /// let attribute = reader.next_attribute(root)?.unwrap();
    /// assert_eq!(reader.attribute_str(&attribute)?, None);
    /// # Ok::<(), wbxml::Error>(())
    /// ```
    ///
    /// # Errors
    /// If a literal name is no text, or has to be decoded first, as in UTF-16.
    #[inline(always)]
    fn attribute_str(&self, attribute: &Attribute<'a>) -> Result<Option<&'a str>> {
        if !attribute.name.is_empty() {
            return Ok(Some(attribute.name));
        }
        if attribute.start != AttrStart::LITERAL {
            return Ok(None);
        }
        let name = self.attribute_name(attribute.attribute_start())?.unwrap_or_default();
        let name = name.as_plain().map_or(Ok(""), |name| name.to_str());
        name.map(Some).map_err(|fault| fault.at(self.span().start))
    }

    /// A reader of the WBXML document that octets of this one are ([`Data::Opaque`]), if they are one: see
    /// [`Reader::embedded`]. XML has no such octets.
    fn embedded(&self, opaque: &'a [u8], options: Options<'a>) -> Option<Reader<'a>> {
        let _ = (opaque, options);
        None
    }

    /// The vocabulary that gives the tags their names.
    fn vocabulary(&self) -> &'a Vocabulary<'a>;

    /// How many elements are open.
    fn depth(&self) -> u32;

    /// The octets of the token read last, from the start of the outermost document.
    fn span(&self) -> Range<usize>;
}

/// Values with slots for the content of an element's children: see [`Cursor::next_child_beside`].
///
/// ```
/// use wbxml::{Cursor, Fields, Options, Reader, Slot, Tag, Text, vocabulary::syncml::{self, tag}};
///
/// #[derive(Default)]
/// struct Location<'a> {
///     uri: Option<Text<'a>>,
///     name: Option<Text<'a>>,
/// }
///
/// impl<'a> Fields<'a> for Location<'a> {
///     fn slot(&mut self, tag: Tag) -> Option<Slot<'_, 'a>> {
///         match tag {
///             tag::LOC_URI => Some(Slot::Text(&mut self.uri)),
///             tag::LOC_NAME => Some(Slot::Text(&mut self.name)),
///             _ => None,
///         }
///     }
/// }
///
/// // <Target><LocURI>./A</LocURI><Filter/><LocName>a</LocName></Target>
/// let document = b"\x03\xA4\x01\x6A\x00\x6E\x57\x03./A\0\x01\x35\x56\x03a\0\x01\x01";
/// let mut reader = Reader::new(document, Options::new().vocabularies(&syncml::ALL))?;
/// let target = reader.root()?;
/// let mut location = Location::default();
/// let mut others = 0;
/// while let Some(other) = reader.next_child_beside(target, &mut location, None)? {
///     reader.skip(other)?;
///     others += 1;
/// }
/// assert_eq!((location.uri, location.name, others), (Some(Text::new("./A")), Some(Text::new("a")), 1));
/// # Ok::<(), wbxml::Error>(())
/// ```
pub trait Fields<'a> {
    /// The slot of a child of this tag; `None` if it has none.
    fn slot(&mut self, tag: Tag) -> Option<Slot<'_, 'a>>;

    /// The fields of a child of this tag that has no slot; `None` if it has no fields either.
    ///
    /// A cursor may read such a child by them, where each of its own children has a slot there. Where one has not, or the
    /// cursor does not do so, it hands the child out, to be read by whoever asked; slots may have been filled by then.
    ///
    /// ```
    /// use wbxml::{Cursor, Fields, Options, Reader, Slot, Tag, Text, vocabulary::syncml::{self, tag}};
    ///
    /// #[derive(Default)]
    /// struct Location<'a>(Option<Text<'a>>);
    ///
    /// #[derive(Default)]
    /// struct Item<'a>(Option<Location<'a>>);
    ///
    /// impl<'a> Fields<'a> for Location<'a> {
    ///     fn slot(&mut self, tag: Tag) -> Option<Slot<'_, 'a>> {
    ///         (tag == tag::LOC_URI).then_some(Slot::Text(&mut self.0))
    ///     }
    /// }
    ///
    /// impl<'a> Fields<'a> for Item<'a> {
    ///     fn slot(&mut self, _: Tag) -> Option<Slot<'_, 'a>> {
    ///         None
    ///     }
    ///
    ///     fn fields_of(&mut self, tag: Tag) -> Option<&mut (dyn Fields<'a> + '_)> {
    ///         if tag == tag::TARGET { Some(self.0.insert(Location::default())) } else { None }
    ///     }
    /// }
    ///
    /// // <Item><Target><LocURI>./A</LocURI></Target></Item>
    /// let document = b"\x03\xA4\x01\x6A\x00\x54\x6E\x57\x03./A\0\x01\x01\x01";
    /// let mut reader = Reader::new(document, Options::new().vocabularies(&syncml::ALL))?;
    /// let start = reader.root()?;
    /// let mut item = Item::default();
    /// while let Some(child) = reader.next_child_beside(start, &mut item, None)? {
    ///     let location = item.0.insert(Location::default());
    ///     while let Some(other) = reader.next_child_beside(child, location, None)? {
    ///         reader.skip(other)?;
    ///     }
    /// }
    /// assert_eq!(item.0.unwrap().0, Some(Text::new("./A")));
    /// # Ok::<(), wbxml::Error>(())
    /// ```
    fn fields_of(&mut self, tag: Tag) -> Option<&mut (dyn Fields<'a> + '_)> {
        let _ = tag;
        None
    }
}

/// Where the content of an element goes: see [`Fields`].
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "a cursor reads these two without help")]
pub enum Slot<'s, 'a> {
    /// The text: see [`Cursor::text`].
    Text(&'s mut Option<Text<'a>>),
    /// Whatever the content is: see [`Cursor::data`].
    Data(&'s mut Option<Data<'a>>),
}

impl<'a> Slot<'_, 'a> {
    /// Reads the content of `child`.
    pub(crate) fn read<C: Cursor<'a>>(self, cursor: &mut C, child: Start) -> Result<()> {
        match self {
            Self::Text(slot) => *slot = Some(cursor.text(child)?),
            Self::Data(slot) => *slot = Some(cursor.data(child)?),
        }
        Ok(())
    }

    /// Takes content that is this text.
    #[inline(always)]
    pub(crate) fn fill(self, text: Text<'a>) {
        match self {
            Self::Text(slot) => *slot = Some(text),
            Self::Data(slot) => *slot = Some(Data::Text(text)),
        }
    }

    /// Takes content that is these octets in one `OPAQUE`, in a document of this charset.
    #[inline(always)]
    pub(crate) const fn fill_opaque(self, octets: &'a [u8], charset: Charset) {
        match self {
            Self::Text(slot) => *slot = Some(Text(Repr::Plain(PlainText::new(octets, charset, Form::Opaque)))),
            Self::Data(slot) => *slot = Some(Data::Opaque(octets)),
        }
    }
}

/// A type that is read from the element it stands for.
///
/// ```
/// use wbxml::{Cursor, Decode, Error, Options, Reader, Result, Start};
///
/// struct Texts<'a>(Vec<wbxml::Text<'a>>);
///
/// impl<'a> Decode<'a> for Texts<'a> {
///     type Error = Error;
///
///     fn decode<C: Cursor<'a>>(cursor: &mut C, start: Start) -> Result<Self> {
///         let mut texts = Vec::new();
///         while let Some(child) = cursor.next_child(start)? {
///             texts.push(cursor.text(child)?);
///         }
///         Ok(Self(texts))
///     }
/// }
///
/// let mut reader = Reader::new(b"\x03\x01\x6A\x00\x45\x46\x03a\0\x01\x46\x03b\0\x01\x01", Options::new())?;
/// let root = reader.root()?;
/// assert_eq!(Texts::decode(&mut reader, root)?.0, ["a", "b"]);
/// # Ok::<(), Error>(())
/// ```
pub trait Decode<'a>: Sized {
    /// What can go wrong.
    type Error: From<crate::Error>;

    /// Reads the value from the element that `start` has opened, to its end.
    ///
    /// # Errors
    /// If the document is faulty, or is none of this type.
    fn decode<C: Cursor<'a>>(cursor: &mut C, start: Start) -> Result<Self, Self::Error>;
}

/// An attribute of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attribute<'a> {
    /// The token, or [`AttrStart::LITERAL`].
    pub start: AttrStart,
    /// The name; empty for a token that the vocabulary does not know, and for a literal name that has to be decoded
    /// first, as in UTF-16: [`Cursor::attribute_name`] has every name.
    pub name: &'a str,
    /// Where a literal name stands: see [`AttributeStart::literal`].
    pub literal: u32,
    /// The whole value: what the token stands for, and the pieces that follow.
    pub value: Text<'a>,
}

impl<'a> Attribute<'a> {
    pub(crate) const fn new(start: AttributeStart, name: &'a str, value: Text<'a>) -> Self {
        Self { start: start.token, literal: start.literal, name, value }
    }

    /// The attribute's start: what [`Cursor::attribute_name`] is asked with.
    #[must_use]
    pub const fn attribute_start(&self) -> AttributeStart {
        AttributeStart { token: self.start, literal: self.literal }
    }
}

/// The beginning of an element, with what is in scope there.
///
/// Typed code that reads the fields it knows keeps the rest with it, in the same pass: [`Cursor::mark`].
#[derive(Clone, Copy, Debug)]
pub struct Mark<'a> {
    pub(crate) position: usize,
    pub(crate) depth: u32,
    pub(crate) tag_page: u8,
    pub(crate) attribute_page: u8,
    /// The default namespace of an XML document.
    pub(crate) namespace: Option<&'a str>,
    /// The tag of the root of an XML document.
    pub(crate) root: &'a str,
}

/// The content of an element that may hold text, octets or elements.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_enums, reason = "content is nothing else")]
pub enum Data<'a> {
    /// Text, or nothing.
    Text(Text<'a>),
    /// Octets: one `OPAQUE` and nothing else. What they are, the layer above knows.
    Opaque(&'a [u8]),
    /// Elements, to be read with a cursor of their own.
    Markup(Markup<'a>),
}
