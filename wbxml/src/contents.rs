//! What stands in an element of mixed content, piece by piece.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use crate::any::{AnyReader, Markup};
use crate::cursor::Cursor;
use crate::error::Result;
use crate::event::{Event, Start};
use crate::limits::Limits;
use crate::text::TextFault;

/// One of the [`Contents`] of a markup.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "content is nothing else")]
pub enum Content<'a> {
    /// An element begins. Its name and its attributes are the [`cursor`](Contents::cursor)'s to say.
    Start(Start),
    /// The element that began last ends, also one without content.
    End,
    /// Text, all that stands there up to the next start, end or octets.
    Text(Cow<'a, str>),
    /// The octets of an `OPAQUE`.
    Opaque(&'a [u8]),
}

/// Reads what a [`Markup`] holds, whatever that is: elements, and text in them or between them ([`Markup::contents`]).
#[derive(Clone, Debug)]
pub struct Contents<'a> {
    reader: AnyReader<'a>,
    /// Of the markup and each open element: whether there are elements in it.
    open: Vec<bool>,
    text: Cow<'a, str>,
    /// Where the text begins.
    text_offset: usize,
    /// What ended the text that was handed out last.
    behind: Option<Content<'a>>,
    /// Whether an element without content was handed out last, which ends next.
    is_empty: bool,
    /// Where what was handed out last begins.
    offset: usize,
}

impl<'a> Markup<'a> {
    /// A reader of the content for who keeps it all, in the order of the document.
    ///
    /// Text comes in one piece, whatever it is made of. White space beside elements is none of it, as it is where
    /// [`Cursor::next_child`] reads; in an element without elements it is. Processing instructions are passed over.
    ///
    /// ```
    /// use wbxml::{Content, Cursor, Data, Options, Reader};
    ///
    /// // string table "i": <1>x <i/>y</1> in the root
    /// let document = b"\x03\x01\x6A\x02i\0\x45\x46\x03x \0\x04\x00\x03y\0\x01\x01";
    /// let mut reader = Reader::new(document, Options::new())?;
    /// let root = reader.root()?;
    /// let Data::Markup(markup) = reader.data(root)? else { panic!() };
    /// let mut contents = markup.contents()?;
    /// let mut text = String::new();
    /// while let Some(content) = contents.next_content()? {
    ///     match content {
    ///         Content::Start(start) => text += contents.cursor().name(start)?.unwrap_or("?"),
    ///         Content::End => text += "/",
    ///         Content::Text(piece) => text += &piece,
    ///         Content::Opaque(_) => {}
    ///     }
    /// }
    /// assert_eq!(text, "?x i/y/");
    /// # Ok::<(), wbxml::Error>(())
    /// ```
    ///
    /// # Errors
    /// None that the reader which found the content did not report.
    #[cfg_attr(docsrs, doc(cfg(feature = "alloc")))]
    pub fn contents(&self) -> Result<Contents<'a>> {
        // whoever found the content has read it all, within limits
        let reader = self.reader(Limits::NONE)?;
        let (offset, text) = (self.offset(), Cow::Borrowed(""));
        Ok(Contents { reader, open: vec![true], text, text_offset: offset, behind: None, is_empty: false, offset })
    }
}

impl<'a> Contents<'a> {
    /// What comes next; `None` at the end, again and again.
    ///
    /// # Errors
    /// [`InvalidText`](crate::ErrorKind::InvalidText) and [`UnsupportedCharset`](crate::ErrorKind::UnsupportedCharset) for
    /// what is no text in its charset, [`UnexpectedExtension`](crate::ErrorKind::UnexpectedExtension) for an extension
    /// token, which has no meaning here; otherwise none that the reader which found the content did not report.
    pub fn next_content(&mut self) -> Result<Option<Content<'a>>> {
        if let Some(content) = self.behind.take() {
            return Ok(Some(self.hand_out(content)));
        }
        if core::mem::take(&mut self.is_empty) {
            self.open.pop();
            return Ok(Some(Content::End));
        }
        loop {
            let event = self.reader.next_event()?;
            let offset = self.reader.span().start;
            let (content, is_beside_elements) = match event {
                Event::Text(piece) => {
                    self.push(piece.to_cow().map_err(|fault| fault.at(offset))?, offset);
                    continue;
                }
                Event::Entity(character) => {
                    self.push(Cow::Owned(String::from(character)), offset);
                    continue;
                }
                Event::Start(start) => {
                    if let Some(has_elements) = self.open.last_mut() {
                        *has_elements = true;
                    }
                    self.open.push(false);
                    (Some(Content::Start(start)), true)
                }
                Event::End if self.open.len() > 1 => (Some(Content::End), self.open.pop().unwrap_or(true)),
                Event::Opaque(octets) => (Some(Content::Opaque(octets)), false),
                // that of the element that the content is of
                Event::End | Event::Eof => (None, true),
                Event::ExtI(..) | Event::ExtT(..) | Event::Ext(_) => return Err(TextFault::Extension.at(offset)),
                // attributes that nobody has asked for
                Event::AttributeStart(_) | Event::Pi => {
                    while !matches!(self.reader.next_event()?, Event::AttributesEnd) {}
                    continue;
                }
                _ => continue,
            };
            let text = core::mem::take(&mut self.text);
            if text.is_empty() || is_beside_elements && text.trim_ascii().is_empty() {
                return Ok(content.map(|content| self.hand_out(content)));
            }
            self.behind = content;
            self.offset = self.text_offset;
            return Ok(Some(Content::Text(text)));
        }
    }

    /// The reader of the content, to be asked for the name and the attributes of the element that has just begun.
    pub const fn cursor(&mut self) -> &mut AnyReader<'a> {
        &mut self.reader
    }

    /// Where what came last begins, from the start of the outermost document.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }

    fn hand_out(&mut self, content: Content<'a>) -> Content<'a> {
        self.offset = self.reader.span().start;
        self.is_empty = matches!(content, Content::Start(start) if !start.has_content());
        content
    }

    fn push(&mut self, piece: Cow<'a, str>, offset: usize) {
        if self.text.is_empty() {
            self.text = piece;
            self.text_offset = offset;
        } else {
            self.text.to_mut().push_str(&piece);
        }
    }
}
