//! Either encoding behind one type, for code that is handed octets and not told which.

mod writer;

use core::fmt;
use core::ops::Range;

use crate::charset::Charset;
use crate::cursor::{Attribute, Cursor, Data, Fields, Mark};
#[cfg(feature = "alloc")]
use crate::diagnostic::Report;
use crate::error::Result;
use crate::event::{AttributeStart, Event, Start};
use crate::limits::Limits;
use crate::options::Options;
use crate::reader::{self, Reader};
use crate::text::Text;
use crate::vocabulary::Vocabulary;
pub use writer::{AnyWriter, Encoding};

/// A reader of WBXML or of XML, whichever the document is.
///
/// ```
/// # #[cfg(feature = "xml")] {
/// use wbxml::{AnyReader, Cursor, Options, vocabulary::syncml};
///
/// let options = Options::new().vocabularies(&syncml::ALL);
/// for document in [&b"\x03\xA4\x01\x6A\x00\x2D"[..], b"<?xml version='1.0'?><SyncML xmlns='SYNCML:SYNCML1.2'/>"] {
///     let mut reader = AnyReader::new(document, options)?;
///     assert_eq!(reader.root()?.tag, syncml::tag::SYNC_ML);
/// }
/// # }
/// # Ok::<(), wbxml::Error>(())
/// ```
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_enums, reason = "there are these two encodings")]
pub enum AnyReader<'a> {
    /// The document is WBXML.
    Wbxml(Reader<'a>),
    /// The document is XML.
    #[cfg(feature = "xml")]
    #[cfg_attr(docsrs, doc(cfg(feature = "xml")))]
    Xml(crate::xml::Reader<'a>),
}

/// Whether octets are to be read as XML: the first one that is no white space, behind a byte order mark if there is
/// one, is `<`, or they begin with the byte order mark of UTF-16. No WBXML version begins so.
///
/// ```
/// assert!(wbxml::is_xml(b"\xEF\xBB\xBF <?xml version=\"1.0\"?>"));
/// assert!(!wbxml::is_xml(b"\x03\x0B\x6A\x00\x45"));
/// ```
#[must_use]
pub fn is_xml(document: &[u8]) -> bool {
    let is_utf16 = document.starts_with(&[0xFE, 0xFF]) || document.starts_with(&[0xFF, 0xFE]);
    let text = document.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(document).trim_ascii_start();
    is_utf16 || text.first() == Some(&b'<')
}

macro_rules! each {
    ($self:expr, $reader:ident => $body:expr) => {
        match $self {
            Self::Wbxml($reader) => $body,
            #[cfg(feature = "xml")]
            Self::Xml($reader) => $body,
        }
    };
}

impl<'a> AnyReader<'a> {
    /// A reader of `document`, by [`is_xml`].
    ///
    /// # Errors
    /// Those of [`Reader::new`] and of [`xml::Reader::new`](crate::xml::Reader::new), or
    /// [`ErrorKind::XmlIsOff`](crate::ErrorKind::XmlIsOff) for XML without the feature `xml`.
    pub fn new(document: &'a [u8], options: Options<'a>) -> Result<Self> {
        #[cfg(feature = "xml")]
        if is_xml(document) {
            return crate::xml::Reader::new(document, options).map(Self::Xml);
        }
        #[cfg(not(feature = "xml"))]
        if is_xml(document) {
            return Err(crate::Error::new(crate::ErrorKind::XmlIsOff, 0));
        }
        Reader::new(document, options).map(Self::Wbxml)
    }

    /// The next event; [`Event::Eof`] at the end of the document, again and again.
    ///
    /// # Errors
    /// As the reader of the encoding.
    pub fn next_event(&mut self) -> Result<Event<'a>> {
        each!(self, reader => reader.next_event())
    }

    /// The encoding of the document, with its vocabulary: what an answer is written in.
    ///
    /// ```
    /// use wbxml::{AnyReader, Encoding, Options, vocabulary::syncml};
    ///
    /// let options = Options::new().vocabularies(&syncml::ALL);
    /// let reader = AnyReader::new(b"\x03\xA4\x01\x6A\x00\x2D", options)?;
    /// assert!(matches!(reader.encoding(), Encoding::Wbxml(vocabulary) if vocabulary.public_id == 0x1201));
    /// # Ok::<(), wbxml::Error>(())
    /// ```
    #[must_use]
    pub fn encoding(&self) -> Encoding<'a> {
        match self {
            Self::Wbxml(reader) => Encoding::Wbxml(Cursor::vocabulary(reader)),
            #[cfg(feature = "xml")]
            Self::Xml(reader) => Encoding::Xml(Cursor::vocabulary(reader)),
        }
    }

    /// The charset that the document is read in.
    #[must_use]
    pub const fn charset(&self) -> Charset {
        match self {
            Self::Wbxml(reader) => reader.charset(),
            #[cfg(feature = "xml")]
            Self::Xml(_) => Charset::UTF_8,
        }
    }

    /// The octets that marks count in.
    pub(crate) const fn document(&self) -> &'a [u8] {
        match self {
            Self::Wbxml(reader) => reader.document(),
            #[cfg(feature = "xml")]
            Self::Xml(reader) => reader.document(),
        }
    }

    /// Everything from `mark` to the end of the document.
    pub(crate) fn markup_from(&self, mark: Mark<'a>) -> Markup<'a> {
        each!(self, reader => reader.markup_from(mark))
    }

    /// Whom lenient reading tells what it forgives; of XML, nothing is forgiven.
    #[cfg(feature = "alloc")]
    pub(crate) const fn report(&self) -> Option<&'a dyn Report> {
        match self {
            Self::Wbxml(reader) => reader.report(),
            #[cfg(feature = "xml")]
            Self::Xml(_) => None,
        }
    }
}

impl<'a> Cursor<'a> for AnyReader<'a> {
    fn root(&mut self) -> Result<Start> {
        each!(self, reader => reader.root())
    }

    fn next_child(&mut self, of: Start) -> Result<Option<Start>> {
        each!(self, reader => reader.next_child(of))
    }

    #[inline]
    fn next_child_beside<F: Fields<'a>>(
        &mut self,
        of: Start,
        fields: &mut F,
        first: Option<&mut Option<Mark<'a>>>,
    ) -> Result<Option<Start>> {
        each!(self, reader => reader.next_child_beside(of, fields, first))
    }

    fn next_attribute(&mut self, of: Start) -> Result<Option<Attribute<'a>>> {
        each!(self, reader => reader.next_attribute(of))
    }

    fn text(&mut self, of: Start) -> Result<Text<'a>> {
        each!(self, reader => reader.text(of))
    }

    fn data(&mut self, of: Start) -> Result<Data<'a>> {
        each!(self, reader => reader.data(of))
    }

    fn content(&mut self, of: Start) -> Result<Option<Markup<'a>>> {
        each!(self, reader => reader.content(of))
    }

    fn mark(&self, start: Start) -> Mark<'a> {
        each!(self, reader => reader.mark(start))
    }

    fn markup(&self, mark: Mark<'a>) -> Markup<'a> {
        each!(self, reader => reader.markup(mark))
    }

    fn skip(&mut self, of: Start) -> Result<()> {
        each!(self, reader => reader.skip(of))
    }

    fn finish(&mut self) -> Result<()> {
        each!(self, reader => reader.finish())
    }

    fn name(&self, start: Start) -> Result<Option<&'a str>> {
        each!(self, reader => reader.name(start))
    }

    fn name_text(&self, start: Start) -> Result<Option<Text<'a>>> {
        each!(self, reader => reader.name_text(start))
    }

    fn attribute_name(&self, start: AttributeStart) -> Result<Option<Text<'a>>> {
        each!(self, reader => reader.attribute_name(start))
    }

    fn embedded(&self, opaque: &'a [u8], options: Options<'a>) -> Option<Reader<'a>> {
        each!(self, reader => Cursor::embedded(reader, opaque, options))
    }

    fn vocabulary(&self) -> &'a Vocabulary<'a> {
        each!(self, reader => Cursor::vocabulary(reader))
    }

    fn depth(&self) -> u32 {
        each!(self, reader => Cursor::depth(reader))
    }

    fn span(&self) -> Range<usize> {
        each!(self, reader => Cursor::span(reader))
    }
}

/// Elements as data: the content of an element, to be read when somebody asks for it.
///
/// ```
/// use wbxml::{Cursor, Data, Limits, Options, Reader, Start, vocabulary::syncml::{self, tag}};
///
/// // <Data><Item/><Item/></Data>
/// let mut reader =
///     Reader::new(b"\x03\xA4\x01\x6A\x00\x4F\x14\x14\x01", Options::new().vocabularies(&syncml::ALL))?;
/// let root = reader.root()?;
/// let Data::Markup(markup) = reader.data(root)? else { panic!() };
/// let mut inner = markup.reader(Limits::DEFAULT)?;
/// let mut items = 0;
/// while let Some(item) = inner.next_child(Start::CONTENT)? {
///     assert_eq!(item.tag, tag::ITEM);
///     inner.skip(item)?;
///     items += 1;
/// }
/// assert_eq!(items, 2);
/// # Ok::<(), wbxml::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct Markup<'a>(Source<'a>);

#[derive(Clone, Copy)]
enum Source<'a> {
    Wbxml(reader::Markup<'a>),
    #[cfg(feature = "xml")]
    Xml(crate::xml::Markup<'a>),
}

impl fmt::Debug for Markup<'_> {
    /// Says where it is: it may hold more than anybody wants to read, and secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Markup({} octets at {})", self.octets().len(), self.offset())
    }
}

impl<'a> Markup<'a> {
    pub(crate) const fn wbxml(markup: reader::Markup<'a>) -> Self {
        Self(Source::Wbxml(markup))
    }

    #[cfg(feature = "xml")]
    pub(crate) const fn xml(markup: crate::xml::Markup<'a>) -> Self {
        Self(Source::Xml(markup))
    }

    /// The octets of the content as they stand in the document.
    #[must_use]
    pub fn octets(&self) -> &'a [u8] {
        match &self.0 {
            Source::Wbxml(markup) => markup.octets(),
            #[cfg(feature = "xml")]
            Source::Xml(markup) => markup.octets(),
        }
    }

    /// The offset of the content, from the start of the outermost document.
    #[must_use]
    pub const fn offset(&self) -> usize {
        match &self.0 {
            Source::Wbxml(markup) => markup.offset(),
            #[cfg(feature = "xml")]
            Source::Xml(markup) => markup.offset(),
        }
    }

    /// A reader of the content, to be asked for the children of [`Start::CONTENT`].
    ///
    /// # Errors
    /// None that the reader which found the content did not report.
    pub fn reader(&self, limits: Limits) -> Result<AnyReader<'a>> {
        match &self.0 {
            Source::Wbxml(markup) => markup.reader(limits).map(AnyReader::Wbxml),
            #[cfg(feature = "xml")]
            Source::Xml(markup) => Ok(AnyReader::Xml(markup.reader(limits))),
        }
    }
}
