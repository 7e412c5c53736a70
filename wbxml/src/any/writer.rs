//! Writing in the one encoding or the other, as it turns out.

use crate::emit::{Emit, Encode};
use crate::event::{Event, Start};
#[cfg(feature = "alloc")]
use crate::reader::Reader;
use crate::sink::{Count, Sink, WriteError};
#[cfg(feature = "alloc")]
use crate::text::Text;
use crate::token::{AttrStart, Tag};
#[cfg(feature = "alloc")]
use crate::transcode::TranscodeError;
use crate::vocabulary::Vocabulary;
use crate::writer::Writer;

/// An encoding, with the vocabulary that a document is written in.
///
/// ```
/// use wbxml::{Emit, Encode, Encoding, WriteError, vocabulary::syncml::{SYNCML_1_2, tag}};
///
/// struct Address(&'static str);
///
/// impl Encode for Address {
///     fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
///         out.leaf(tag::LOC_URI, self.0)
///     }
/// }
///
/// let encoding = Encoding::Wbxml(&SYNCML_1_2);
/// assert_eq!(encoding.encoded_len(&Address("./DevInfo"))?, 18);
/// # Ok::<(), WriteError>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_enums, reason = "there are these two encodings")]
pub enum Encoding<'v> {
    /// WBXML 1.3 in UTF-8, as [`Writer::new`] begins it.
    Wbxml(&'v Vocabulary<'v>),
    /// XML with its declaration, as [`xml::Writer::document`](crate::xml::Writer::document) begins it.
    #[cfg(feature = "xml")]
    #[cfg_attr(docsrs, doc(cfg(feature = "xml")))]
    Xml(&'v Vocabulary<'v>),
}

impl<'v> Encoding<'v> {
    /// A writer of one document.
    ///
    /// # Errors
    /// [`WriteError::Full`]
    pub fn writer<S: Sink>(self, sink: S) -> Result<AnyWriter<'v, S>, WriteError> {
        match self {
            Self::Wbxml(vocabulary) => Writer::new(sink, vocabulary).map(AnyWriter::Wbxml),
            #[cfg(feature = "xml")]
            Self::Xml(vocabulary) => Ok(AnyWriter::Xml(crate::xml::Writer::document(sink, vocabulary))),
        }
    }

    /// How many octets the document of `value` has: exactly those that a [`writer`](Self::writer) gives, from the same
    /// code. Nothing is kept of them.
    ///
    /// # Errors
    /// [`WriteError`], where the value cannot be written in this encoding.
    pub fn encoded_len<T: Encode + ?Sized>(self, value: &T) -> Result<usize, WriteError> {
        let mut writer = self.writer(Count::default())?;
        value.encode(&mut writer)?;
        Ok(writer.into_sink().octets())
    }
}

/// A writer of WBXML or of XML, for code that is told at run time which: the counterpart of
/// [`AnyReader`](crate::AnyReader). An [`Encoding`] makes one.
///
/// ```
/// use wbxml::{Emit, Encoding, vocabulary::syncml::{SYNCML_1_2, tag}};
///
/// let mut octets = [0; 12];
/// let mut writer = Encoding::Wbxml(&SYNCML_1_2).writer(&mut octets[..])?;
/// writer.leaf(tag::VER_DTD, "1.2")?;
/// assert_eq!(octets, *b"\x03\xA4\x01\x6A\x00\x71\x031.2\0\x01");
/// # Ok::<(), wbxml::WriteError>(())
/// ```
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_enums, reason = "there are these two encodings")]
#[cfg_attr(
    feature = "xml",
    expect(clippy::large_enum_variant, reason = "there is one of them, and it stays in its place")
)]
pub enum AnyWriter<'v, S> {
    /// The document is WBXML.
    Wbxml(Writer<'v, S>),
    /// The document is XML.
    #[cfg(feature = "xml")]
    #[cfg_attr(docsrs, doc(cfg(feature = "xml")))]
    Xml(crate::xml::Writer<'v, S>),
}

macro_rules! each {
    ($self:expr, $writer:ident => $body:expr) => {
        match $self {
            Self::Wbxml($writer) => $body,
            #[cfg(feature = "xml")]
            Self::Xml($writer) => $body,
        }
    };
}

impl<S: Sink> AnyWriter<'_, S> {
    /// The sink, with what was written by now.
    pub const fn sink(&self) -> &S {
        each!(self, writer => writer.sink())
    }

    /// The sink, with all that was written.
    pub fn into_sink(self) -> S {
        each!(self, writer => writer.into_sink())
    }
}

impl<S: Sink> Emit for AnyWriter<'_, S> {
    fn start(&mut self, start: Start) -> Result<(), WriteError> {
        each!(self, writer => writer.start(start))
    }

    fn start_named(&mut self, name: &str, start: Start) -> Result<(), WriteError> {
        each!(self, writer => writer.start_named(name, start))
    }

    fn attribute(&mut self, name: &str, value: &str) -> Result<(), WriteError> {
        each!(self, writer => writer.attribute(name, value))
    }

    fn unnamed_attribute(&mut self, token: AttrStart, value: &str) -> Result<(), WriteError> {
        each!(self, writer => writer.unnamed_attribute(token, value))
    }

    fn attributes_end(&mut self) -> Result<(), WriteError> {
        each!(self, writer => writer.attributes_end())
    }

    fn text(&mut self, text: &str) -> Result<(), WriteError> {
        each!(self, writer => writer.text(text))
    }

    fn opaque(&mut self, octets: &[u8]) -> Result<(), WriteError> {
        each!(self, writer => writer.opaque(octets))
    }

    fn end(&mut self) -> Result<(), WriteError> {
        each!(self, writer => writer.end())
    }

    fn at_once<T: Encode + ?Sized>(&mut self, value: &T) -> Result<(), WriteError> {
        each!(self, writer => writer.at_once(value))
    }

    fn leaf(&mut self, tag: Tag, text: &str) -> Result<(), WriteError> {
        each!(self, writer => writer.leaf(tag, text))
    }

    #[cfg(feature = "alloc")]
    fn leaf_text(&mut self, tag: Tag, text: &Text<'_>) -> Result<(), WriteError> {
        each!(self, writer => writer.leaf_text(tag, text))
    }

    fn pi(&mut self, target: &str, data: &str) -> Result<(), WriteError> {
        each!(self, writer => writer.pi(target, data))
    }

    #[cfg(feature = "alloc")]
    fn copy_events<'a>(
        &mut self,
        reader: &mut Reader<'a>,
        around: u32,
    ) -> Result<(Event<'a>, Option<usize>), TranscodeError> {
        each!(self, writer => writer.copy_events(reader, around))
    }

    fn token(&mut self, event: &Event<'_>) -> Result<(), WriteError> {
        each!(self, writer => writer.token(event))
    }
}
