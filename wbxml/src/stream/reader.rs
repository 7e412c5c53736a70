//! Events from `std::io::Read`: the pull form.

use alloc::boxed::Box;
use core::fmt;
use core::ops::Range;
use std::io::{self, Read};

use super::head::Head;
use super::window::{PIECE, Window};
use crate::charset::Charset;
use crate::error::Error;
use crate::event::Event;
use crate::header::Header;
use crate::options::Options;
use crate::vocabulary::Vocabulary;

/// Why a [`StreamReader`] gives no event.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StreamError {
    /// The source cannot be read.
    #[error("the source cannot be read")]
    Read(#[from] io::Error),
    /// The document is faulty.
    #[error(transparent)]
    Document(#[from] Error),
}

/// Reads a document from a source of octets, event by event: the same events, spans, depths and faults as a
/// [`Reader`](crate::Reader) that has it whole.
///
/// The source is asked for up to [`Decoder::WINDOW`](crate::Decoder::WINDOW) octets at a time, into a buffer of this
/// reader, so that a `BufReader` around it wins nothing. Memory and time are those of [`Decoder`](crate::Decoder).
///
/// The source is read to its end: octets behind the body are
/// [`ErrorKind::TrailingData`](crate::ErrorKind::TrailingData), or, where [lenient](Options::lenient) reading forgives
/// them, nothing that is looked at. A source that goes on behind the document (a connection)
/// is cut with [`Read::take`], or left when [`depth`](Self::depth) is 0 behind an [`Event::End`].
///
/// ```
/// use wbxml::{Event, Options, StreamReader, vocabulary::prov::PROV_1_0};
///
/// let file = &b"\x03\x0B\x6A\x00\x45\xC6\x56\x01\x87\x06\x03NAP1\0\x01\x01\x01"[..];
/// let known = [&PROV_1_0];
/// let mut reader = StreamReader::new(file, Options::new().vocabularies(&known))?;
/// let mut names = Vec::new();
/// loop {
///     match reader.next_event()? {
///         Event::Eof => break,
///         Event::Start(start) => names.extend(reader.vocabulary().tag_name(start.tag)),
///         Event::Text(text) => {
///             assert_eq!(text.to_str()?, "NAP1");
///             assert_eq!(reader.span(), 10..16);
///         }
///         _ => {}
///     }
/// }
/// assert_eq!(names, ["wap-provisioningdoc", "characteristic", "parm"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct StreamReader<'o, R> {
    source: Source<R>,
    window: Window<'o>,
    span: Range<usize>,
}

impl<'o, R: Read> StreamReader<'o, R> {
    /// A reader at the first token of the document in `source`, whose header and string table it reads.
    ///
    /// # Errors
    /// [`StreamError::Read`] if the source fails, in a way other than [`io::ErrorKind::Interrupted`], after which it is
    /// asked again; [`StreamError::Document`] with the errors of [`Reader::new`](crate::Reader::new), and with
    /// [`Limit::Token`](crate::Limit::Token) if the head is longer than [`Limits::token`](crate::Limits::token).
    pub fn new(source: R, options: Options<'o>) -> Result<Self, StreamError> {
        let mut source = Source { source, piece: Box::new([0; PIECE]), is_over: false };
        let mut head = Head::default();
        loop {
            let piece = source.read()?;
            if piece.is_empty() {
                head.finish(options)?;
            }
            if let Some(window) = head.take(piece, options)? {
                let offset = window.state().offset();
                return Ok(Self { source, window, span: offset..offset });
            }
        }
    }

    /// The next event; [`Event::Eof`] at the end of the source, again and again.
    ///
    /// # Errors
    /// [`StreamError::Read`] if the source fails, in a way other than [`io::ErrorKind::Interrupted`], after which it is
    /// asked again: nothing is lost, and the next call goes on. [`StreamError::Document`] with the errors of
    /// [`Reader::next_event`](crate::Reader::next_event), and with [`Limit::Token`](crate::Limit::Token) as soon as it
    /// is known that a token is longer than [`Limits::token`](crate::Limits::token); the next call gives it again.
    pub fn next_event(&mut self) -> Result<Event<'_>, StreamError> {
        self.next_spanned().map(|(event, _)| event)
    }

    /// The next event with its [`span`](Self::span), which cannot be asked for while an event is held.
    ///
    /// ```
    /// use wbxml::{Event, IoSink, Options, StreamReader, Writer};
    ///
    /// // a copy, octet by octet: the length of the opaque data has an octet more than it needs
    /// let original = &b"\x03\x01\x6A\x00\x45\xC3\x80\x02ab\x01"[..];
    /// let mut reader = StreamReader::new(original, Options::new())?;
    /// let mut writer = Writer::with_header(IoSink::new(Vec::new()), &reader.header())?;
    /// loop {
    ///     match reader.next_spanned()? {
    ///         (Event::Eof, _) => break,
    ///         (event, span) => writer.event_of_len(&event, span.len())?,
    ///     }
    /// }
    /// assert_eq!(writer.into_sink().finish()?, original);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`next_event`](Self::next_event).
    pub fn next_spanned(&mut self) -> Result<(Event<'_>, Range<usize>), StreamError> {
        // first the token, then the event: what is handed out holds the window fast
        while !self.window.has_token()? {
            let piece = self.source.read()?;
            if piece.is_empty() {
                break;
            }
            self.window.append(piece);
        }
        let (event, span) = self.window.next_event()?;
        self.span = span.clone();
        Ok((event, span))
    }
}

impl<'o, R> StreamReader<'o, R> {
    /// The document's header.
    #[must_use]
    pub fn header(&self) -> Header<'_> {
        self.window.header()
    }

    /// The charset that the document is read in: see [`Reader::charset`](crate::Reader::charset).
    #[must_use]
    pub const fn charset(&self) -> Charset {
        self.window.charset()
    }

    /// The vocabulary that gives the tokens their names.
    #[must_use]
    pub const fn vocabulary(&self) -> &'o Vocabulary<'o> {
        self.window.vocabulary()
    }

    /// The octets of the last event, counted from the start of the document.
    #[must_use]
    pub const fn span(&self) -> Range<usize> {
        self.span.start..self.span.end
    }

    /// How many elements are open.
    #[must_use]
    pub const fn depth(&self) -> u32 {
        self.window.state().depth()
    }

    /// The source. Octets that were read from it and belong to no event yet are lost.
    pub fn into_inner(self) -> R {
        self.source.source
    }
}

struct Source<R> {
    source: R,
    /// Where the source puts its octets: a buffer of its own, so that they need no room made with zeros in the window.
    piece: Box<[u8; PIECE]>,
    is_over: bool,
}

impl<R: fmt::Debug> fmt::Debug for Source<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Source").field(&self.source).finish()
    }
}

impl<R: Read> Source<R> {
    /// Some more octets; none at the end, again and again.
    fn read(&mut self) -> io::Result<&[u8]> {
        let mut length = 0;
        while !self.is_over {
            match self.source.read(&mut *self.piece) {
                Ok(count) => {
                    length = count;
                    self.is_over = count == 0;
                    break;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(self.piece.get(..length).unwrap_or_default())
    }
}
