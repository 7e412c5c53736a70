//! What typed code writes to, in either encoding.

use crate::event::{Event, Start};
#[cfg(feature = "alloc")]
use crate::reader::Reader;
use crate::sink::WriteError;
#[cfg(feature = "alloc")]
use crate::text::Text;
use crate::token::{AttrStart, Tag};
#[cfg(feature = "alloc")]
use crate::transcode::TranscodeError;

/// What typed code writes to, WBXML ([`Writer`](crate::Writer)) or XML ([`xml::Writer`](crate::xml::Writer)) alike: the
/// counterpart of [`Cursor`](crate::Cursor).
///
/// ```
/// use wbxml::{Emit, Start, WriteError, Writer, vocabulary::syncml::{SYNCML_1_2, tag}};
///
/// fn write(out: &mut impl Emit) -> Result<(), WriteError> {
///     out.start(Start::new(tag::SYNC_HDR))?;
///     out.leaf(tag::VER_DTD, "1.2")?;
///     out.end()
/// }
///
/// # #[cfg(feature = "alloc")] {
/// let mut octets = Vec::new();
/// write(&mut Writer::new(&mut octets, &SYNCML_1_2)?)?;
/// assert_eq!(octets, b"\x03\xA4\x01\x6A\x00\x6C\x71\x031.2\0\x01\x01");
/// # }
/// # Ok::<(), WriteError>(())
/// ```
pub trait Emit {
    /// Opens an element. Its attributes follow if it [`has_attributes`](Start::has_attributes), up to
    /// [`attributes_end`](Self::attributes_end); its content if it [`has_content`](Start::has_content), up to
    /// [`end`](Self::end).
    ///
    /// # Errors
    /// [`WriteError`]
    fn start(&mut self, start: Start) -> Result<(), WriteError>;

    /// Opens an element by its name, which may be none of the vocabulary's. What follows it, `start` says; its tag is
    /// not looked at.
    ///
    /// # Errors
    /// [`WriteError::UnknownName`] where only the vocabulary's names can be written, which is what a writer does that
    /// does not implement this.
    fn start_named(&mut self, name: &str, start: Start) -> Result<(), WriteError> {
        let _ = (name, start);
        Err(WriteError::UnknownName)
    }

    /// Writes an attribute of the element that was opened last.
    ///
    /// # Errors
    /// [`WriteError`]
    fn attribute(&mut self, name: &str, value: &str) -> Result<(), WriteError>;

    /// Writes an attribute by its token, for which the vocabulary has no name.
    ///
    /// # Errors
    /// [`WriteError::UnknownName`] where names are written, which is what a writer does that does not implement this.
    fn unnamed_attribute(&mut self, token: AttrStart, value: &str) -> Result<(), WriteError> {
        let _ = (token, value);
        Err(WriteError::UnknownName)
    }

    /// Ends the attributes.
    ///
    /// # Errors
    /// [`WriteError`]
    fn attributes_end(&mut self) -> Result<(), WriteError>;

    /// Writes text.
    ///
    /// # Errors
    /// [`WriteError`]
    fn text(&mut self, text: &str) -> Result<(), WriteError>;

    /// Writes octets.
    ///
    /// # Errors
    /// [`WriteError`]; [`WriteError::OpaqueInXml`] in XML.
    fn opaque(&mut self, octets: &[u8]) -> Result<(), WriteError>;

    /// Ends the content of the element that was opened last and has content.
    ///
    /// # Errors
    /// [`WriteError`]
    fn end(&mut self) -> Result<(), WriteError>;

    /// Writes a processing instruction.
    ///
    /// # Errors
    /// [`WriteError`]; [`WriteError::UnknownName`] if the target cannot be written here.
    fn pi(&mut self, target: &str, data: &str) -> Result<(), WriteError>;

    /// Writes a token as it is: what has no name in the vocabulary, or is no text.
    ///
    /// An [`Event::Start`] or [`Event::AttributeStart`] by its number, octets, an extension token, octets of a text that
    /// are none in their charset. Behind [`attribute`](Self::attribute) it goes on with the value of that attribute.
    /// [`Event::Pi`] begins a processing instruction of such tokens: one attribute up to
    /// [`attributes_end`](Self::attributes_end). WBXML writes the event, XML what stands for it in the notation of
    /// [`xml`](crate::xml). Strings are UTF-8.
    ///
    /// # Errors
    /// [`WriteError`]; [`WriteError::UnknownName`] where only names are written, which is what a writer does that does
    /// not implement this.
    fn token(&mut self, event: &Event<'_>) -> Result<(), WriteError> {
        let _ = event;
        Err(WriteError::UnknownName)
    }

    /// Writes an element without attributes that holds `text`, or nothing.
    ///
    /// # Errors
    /// [`WriteError`]
    fn leaf(&mut self, tag: Tag, text: &str) -> Result<(), WriteError> {
        if text.is_empty() {
            return self.start(Start::new(tag).without_content());
        }
        self.start(Start::new(tag))?;
        self.text(text)?;
        self.end()
    }

    /// The same with a text that was read, or is to be written as if it were.
    ///
    /// # Errors
    /// [`WriteError`]; [`WriteError::Text`] if it is no text.
    #[cfg(feature = "alloc")]
    #[cfg_attr(docsrs, doc(cfg(feature = "alloc")))]
    fn leaf_text(&mut self, tag: Tag, text: &Text<'_>) -> Result<(), WriteError> {
        if text.is_empty() {
            return self.start(Start::new(tag).without_content());
        }
        self.start(Start::new(tag))?;
        self.text(&text.to_cow()?)?;
        self.end()
    }

    /// Writes `value`, for which a writer may have room at once: one that has hands on all that the value writes in few
    /// pieces, so that a sink which fails may have got less of it.
    ///
    /// # Errors
    /// Those of the value.
    #[doc(hidden)]
    fn at_once<T: Encode + ?Sized>(&mut self, value: &T) -> Result<(), WriteError>
    where
        Self: Sized,
    {
        value.encode(self)
    }

    /// Writes what `reader` says up to an event that it does not write so, and gives that one back; where the value of
    /// an attribute is open then, with the offset of that attribute. Elements that were open before `reader` was at the
    /// depth `around` are not ended.
    ///
    /// For [`transcode`](crate::transcode()), which writes the other events: a writer may have a shorter way for those
    /// that most documents consist of.
    #[cfg(feature = "alloc")]
    #[doc(hidden)]
    fn copy_events<'a>(
        &mut self,
        reader: &mut Reader<'a>,
        around: u32,
    ) -> Result<(Event<'a>, Option<usize>), TranscodeError> {
        let _ = around;
        Ok((reader.next_event()?, None))
    }
}

/// A type that can write itself, as an element or as the content of one, in either encoding: the counterpart of [`Decode`](crate::Decode).
pub trait Encode {
    /// Writes the value.
    ///
    /// # Errors
    /// [`WriteError`], if the sink is full or the value cannot be written in this encoding.
    fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError>;
}

/// Text that was read, written again.
#[cfg(feature = "alloc")]
impl Encode for Text<'_> {
    fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        if self.is_empty() { Ok(()) } else { out.text(&self.to_cow().map_err(WriteError::Text)?) }
    }
}
