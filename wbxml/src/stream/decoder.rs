//! Events from chunks: the push form.

use core::ops::ControlFlow;

use bytes::Buf;

use super::head::Head;
use super::window::{PIECE, Window};
use crate::error::{Error, Result};
use crate::event::Event;
use crate::header::Header;
use crate::options::Options;
use crate::reader::Reader;
use crate::vocabulary::Vocabulary;

/// Reads a document that comes in chunks, of any size: the events, spans, depths and faults are those of a
/// [`Reader`] that has it whole.
///
/// It keeps the head of the document (header and string table) and the octets of one token that is not whole yet; both
/// are bounded by [`Limits::token`](crate::Limits::token). Time is linear in the octets, also where a long string
/// comes octet by octet. For `std::io::Read` there is [`StreamReader`](crate::StreamReader).
///
/// With a `BytesMut`, as asynchronous sockets fill it:
///
/// ```
/// use core::ops::ControlFlow;
/// use bytes::{BufMut, BytesMut};
/// use wbxml::{Decoder, Event, Options, vocabulary::prov::PROV_1_0};
///
/// let document = b"\x03\x0B\x6A\x00\x45\xC6\x56\x01\x87\x06\x03NAP1\0\x01\x01\x01";
/// let known = [&PROV_1_0];
/// let mut decoder = Decoder::new(Options::new().vocabularies(&known));
/// let mut buffer = BytesMut::new();
/// let mut seen = Vec::new();
/// for datagram in document.chunks(6) {
///     buffer.put_slice(datagram); // `socket.read_buf(&mut buffer).await?`
///     decoder.feed(&mut buffer, |event, reader| {
///         match event {
///             Event::Start(start) => seen.extend(reader.vocabulary().tag_name(start.tag).map(str::to_owned)),
///             Event::Text(text) => seen.extend(text.to_str().ok().map(str::to_owned)),
///             _ => {}
///         }
///         ControlFlow::Continue(())
///     })?;
///     assert!(buffer.is_empty());
/// }
/// decoder.finish()?;
/// assert_eq!(seen, ["wap-provisioningdoc", "characteristic", "parm", "NAP1"]);
/// # Ok::<(), wbxml::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Decoder<'o> {
    options: Options<'o>,
    stage: Stage<'o>,
    /// The document's fault, once it is known.
    fault: Option<Error>,
}

#[derive(Clone, Debug)]
enum Stage<'o> {
    Head(Head),
    Body(Window<'o>),
}

impl<'o> Decoder<'o> {
    /// The most octets of a chunk that are looked at at a time, 8 KiB: what the decoder keeps beside the head and the
    /// longest token. Room for the head and the token grows by an eighth, and is given back when less than half of it
    /// is needed.
    pub const WINDOW: usize = PIECE;

    /// A decoder at the start of a document.
    #[must_use]
    pub fn new(options: Options<'o>) -> Self {
        Self { options, stage: Stage::Head(Head::default()), fault: None }
    }

    /// Takes the next octets of the document and hands every event that is whole to `receive`, with the reader behind
    /// it, which knows its [`span`](Reader::span), the [`depth`](Reader::depth), the
    /// [`vocabulary`](Reader::vocabulary) and the [`string_table`](Reader::string_table).
    ///
    /// [`Event::Eof`] is not among the events: only [`finish`](Self::finish) knows the end of the document. If `receive`
    /// breaks, `octets` is left at the octet behind the event; the next call goes on there if it gets the rest. Octets
    /// behind the end of the document, where [lenient](Options::lenient) reading forgives them, are dropped.
    ///
    /// ```
    /// use core::ops::ControlFlow;
    /// use wbxml::{Decoder, Event, Options};
    ///
    /// // a document, and octets behind it that are not its own
    /// let mut octets = &b"\x03\x01\x6A\x00\x45\x03hello\0\x01GET /"[..];
    /// let mut decoder = Decoder::new(Options::new());
    /// decoder.feed(&mut octets, |event, reader| match event {
    ///     Event::End if reader.depth() == 0 => ControlFlow::Break(()),
    ///     _ => ControlFlow::Continue(()),
    /// })?;
    /// assert_eq!((octets, decoder.offset()), (&b"GET /"[..], 13));
    /// decoder.finish()?;
    /// # Ok::<(), wbxml::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`Reader::new`] and of [`Reader::next_event`], but for
    /// [`ErrorKind::UnexpectedEof`](crate::ErrorKind::UnexpectedEof);
    /// [`Limit::Token`](crate::Limit::Token) as soon as it is known that a token, or the head (at offset 0), is longer
    /// than [`Limits::token`](crate::Limits::token). From then on every call gives this error, and `octets` is left
    /// somewhere behind the fault.
    pub fn feed(
        &mut self,
        mut octets: impl Buf,
        mut receive: impl FnMut(Event<'_>, &Reader<'_>) -> ControlFlow<()>,
    ) -> Result<()> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        while octets.has_remaining() {
            let chunk = octets.chunk();
            let piece = chunk.get(..PIECE).unwrap_or(chunk);
            let taken = piece.len();
            match self.read(piece, &mut receive) {
                Ok(ControlFlow::Continue(())) => octets.advance(taken),
                Ok(ControlFlow::Break(unread)) => {
                    octets.advance(taken.saturating_sub(unread));
                    break;
                }
                Err(fault) => {
                    self.fault = Some(fault);
                    octets.advance(taken);
                    return Err(fault);
                }
            }
        }
        Ok(())
    }

    fn read(
        &mut self,
        piece: &[u8],
        receive: &mut impl FnMut(Event<'_>, &Reader<'_>) -> ControlFlow<()>,
    ) -> Result<ControlFlow<usize>> {
        match &mut self.stage {
            Stage::Body(window) => {
                window.append(piece);
                window.drive(receive)
            }
            Stage::Head(head) => {
                let Some(mut window) = head.take(piece, self.options)? else { return Ok(ControlFlow::Continue(())) };
                let end = window.drive(receive);
                self.stage = Stage::Body(window);
                end
            }
        }
    }

    /// Says that the document has no more octets.
    ///
    /// ```
    /// use core::ops::ControlFlow;
    /// use wbxml::{Decoder, ErrorKind, Options};
    ///
    /// let mut decoder = Decoder::new(Options::new());
    /// decoder.feed(&b"\x03\x01\x6A\x00\x45\x03hel"[..], |_, _| ControlFlow::Continue(()))?;
    /// let error = decoder.finish().unwrap_err();
    /// assert_eq!((error.kind(), error.offset()), (ErrorKind::UnexpectedEof, 5));
    /// # Ok::<(), wbxml::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::UnexpectedEof`](crate::ErrorKind::UnexpectedEof) at the token, or the field of the header, that is
    /// cut off or missing; the error of [`feed`](Self::feed) again, if there was one.
    pub fn finish(self) -> Result<()> {
        match (self.fault, self.stage) {
            (Some(fault), _) => Err(fault),
            (None, Stage::Head(head)) => head.finish(self.options),
            (None, Stage::Body(window)) => window.finish(),
        }
    }

    /// The document's header, when it has come.
    #[must_use]
    pub fn header(&self) -> Option<Header<'_>> {
        self.window().map(Window::header)
    }

    /// The vocabulary that gives the tokens their names, when the header has come.
    #[must_use]
    pub fn vocabulary(&self) -> Option<&'o Vocabulary<'o>> {
        self.window().map(Window::vocabulary)
    }

    /// How many elements are open behind the last event.
    #[must_use]
    pub fn depth(&self) -> u32 {
        self.window().map_or(0, |window| window.state().depth())
    }

    /// The offset in the document behind the last event; 0 while its head has not come.
    #[must_use]
    pub fn offset(&self) -> usize {
        // a fault stands where the last event ends
        self.window().map_or(0, |window| self.fault.map_or(window.state().offset(), |fault| fault.offset()))
    }

    const fn window(&self) -> Option<&Window<'o>> {
        match &self.stage {
            Stage::Head(_) => None,
            Stage::Body(window) => Some(window),
        }
    }
}
