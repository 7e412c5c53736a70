//! The octets of a document that are at hand, and where its reader stands in them.

use alloc::vec::Vec;
use core::ops::{ControlFlow, Range};

#[cfg(feature = "std")]
use crate::charset::Charset;
use crate::error::{ErrorKind, Limit, Result};
use crate::event::Event;
use crate::header::Header;
use crate::mb_u_int32;
use crate::options::Options;
use crate::reader::{Reader, State};
use crate::token::global;
use crate::vocabulary::Vocabulary;

/// The most octets that are laid into the window at a time.
pub(super) const PIECE: usize = 8 * 1024;

/// The head of a document and, behind it, octets of its body: those that no event has covered yet, and some that events
/// have covered since the window was last moved.
///
/// ADVICE: every octet is copied into the window once, and moved to its front at most once more: it is moved only when
/// all whole tokens have been read, and then what is left is the part of one token that came with the last piece. So a
/// long token costs linear time however it comes, and so do many short ones.
#[derive(Clone, Debug)]
pub(super) struct Window<'o> {
    options: Options<'o>,
    vocabulary: &'o Vocabulary<'o>,
    /// The header, without the string table, which stands in `octets`.
    header: Header<'static>,
    table: Range<usize>,
    octets: Vec<u8>,
    /// Where the next token begins in `octets`.
    position: usize,
    state: State,
    /// Whether the document has ended before its octets: what follows, lenient reading has forgiven.
    is_over: bool,
}

impl<'o> Window<'o> {
    /// A window upon the start of a document, its whole head at least.
    pub(super) fn new(octets: Vec<u8>, options: Options<'o>) -> Result<Self> {
        let reader = Reader::new(&octets, options)?;
        let header = reader.header();
        let table = header.len().saturating_sub(header.string_table.octets().len())..header.len();
        let (state, _) = reader.pause();
        Ok(Self {
            options,
            vocabulary: options.vocabulary_of(header),
            header: header.with_table(&[]),
            table,
            position: header.len(),
            state,
            octets,
            is_over: false,
        })
    }

    pub(super) fn header(&self) -> Header<'_> {
        self.header.with_table(self.octets.get(self.table.clone()).unwrap_or_default())
    }

    /// The charset that the document is read in, which its header need not say.
    #[cfg(feature = "std")]
    pub(super) const fn charset(&self) -> Charset {
        self.header.string_table.charset()
    }

    pub(super) const fn vocabulary(&self) -> &'o Vocabulary<'o> {
        self.vocabulary
    }

    pub(super) const fn state(&self) -> &State {
        &self.state
    }

    /// Lays octets behind those that are there, unless the document is over.
    pub(super) fn append(&mut self, octets: &[u8]) {
        if !self.is_over {
            append(&mut self.octets, octets);
        }
    }

    /// A reader at the next token.
    pub(super) fn reader(&self) -> Reader<'_> {
        Reader::resume_at(&self.octets, self.position, self.header(), self.vocabulary, self.options, self.state)
    }

    /// Hands over all events of whole tokens. If `receive` breaks, drops the octets behind the last event, and says how
    /// many there were.
    pub(super) fn drive(
        &mut self,
        receive: &mut impl FnMut(Event<'_>, &Reader<'_>) -> ControlFlow<()>,
    ) -> Result<ControlFlow<usize>> {
        let limit = self.options.asked_limits().token_len();
        let mut reader = self.reader();
        let mut is_cut_off = false;
        let end = loop {
            match reader.next_event() {
                Ok(Event::Eof) => break Ok(ControlFlow::Continue(())),
                Ok(event) => {
                    let span = reader.span();
                    if span.len() > limit {
                        break Err(too_long(span.start));
                    }
                    if receive(event, &reader).is_break() {
                        break Ok(ControlFlow::Break(()));
                    }
                }
                Err(error) if error.is_unexpected_eof() => {
                    is_cut_off = true;
                    break Ok(ControlFlow::Continue(()));
                }
                Err(error) => break Err(error),
            }
        };
        if is_cut_off {
            let (state, consumed) = reader.suspend();
            self.give_way(state, consumed);
            self.check_cut_off()?;
            return Ok(ControlFlow::Continue(()));
        }
        let (state, consumed) = reader.pause();
        let unread = self.drop_unread(state, consumed);
        if end?.is_break() {
            return Ok(ControlFlow::Break(unread));
        }
        self.is_over |= unread > 0;
        Ok(ControlFlow::Continue(()))
    }

    /// Whether the next token is whole; if not, makes way for more octets.
    ///
    /// # Errors
    /// The token's fault, if no octet that is yet to come can right it.
    #[cfg(feature = "std")]
    pub(super) fn has_token(&mut self) -> Result<bool> {
        let rest = self.octets.get(self.position..).unwrap_or_default();
        if self.is_over || crate::lexer::token(rest, self.charset().unit(), self.state.scanned()).is_ok() {
            return Ok(true);
        }
        let mut reader = self.reader();
        match reader.next_event() {
            Err(error) if !error.is_unexpected_eof() => Err(error),
            Err(_) => {
                let (state, consumed) = reader.suspend();
                self.give_way(state, consumed);
                self.check_cut_off()?;
                Ok(false)
            }
            // the end of the document, or so far
            Ok(_) => {
                let (state, consumed) = reader.pause();
                self.is_over = self.drop_unread(state, consumed) > 0;
                Ok(self.is_over)
            }
        }
    }

    /// The next event and its octets.
    #[cfg(feature = "std")]
    pub(super) fn next_event(&mut self) -> Result<(Event<'_>, Range<usize>)> {
        if self.is_over {
            let end = self.state.offset();
            return Ok((Event::Eof, end..end));
        }
        let limit = self.options.asked_limits().token_len();
        let table = self.octets.get(self.table.clone()).unwrap_or_default();
        let mut reader = Reader::resume_at(
            &self.octets,
            self.position,
            self.header.with_table(table),
            self.vocabulary,
            self.options,
            self.state,
        );
        let event = reader.next_event()?;
        let span = reader.span();
        if span.len() > limit {
            return Err(too_long(span.start));
        }
        let (state, consumed) = reader.pause();
        self.state = state;
        self.position = state.head_len().saturating_add(consumed);
        self.is_over = matches!(event, Event::Eof) && self.position < self.octets.len();
        Ok((event, span))
    }

    /// What a reader says of a document that ends here.
    pub(super) fn finish(&self) -> Result<()> {
        self.reader().next_event().map(|_| ())
    }

    /// Drops the octets behind the last event, too, and says how many there were.
    fn drop_unread(&mut self, state: State, consumed: usize) -> usize {
        let next = state.head_len().saturating_add(consumed);
        let unread = self.octets.len().saturating_sub(next);
        self.octets.truncate(next);
        self.give_way(state, consumed);
        unread
    }

    /// Drops the octets of the body that events have covered, and the memory of a long token that is over.
    fn give_way(&mut self, state: State, consumed: usize) {
        let head = state.head_len();
        self.state = state;
        self.position = head;
        self.octets.drain(head..head.saturating_add(consumed).min(self.octets.len()));
        let needed = self.octets.len().saturating_add(PIECE);
        if self.octets.capacity() > needed.saturating_mul(2) {
            self.octets.shrink_to(needed);
        }
    }

    /// Fails if the token at hand, which is not whole, will be too long when it is.
    fn check_cut_off(&self) -> Result<()> {
        let rest = self.octets.get(self.position..).unwrap_or_default();
        let least = match rest {
            [global::OPAQUE, octets @ ..] => mb_u_int32::decode(octets).map_or(0, |(length, digits)| {
                usize::try_from(length).unwrap_or(usize::MAX).saturating_add(digits).saturating_add(1)
            }),
            [global::STR_I | global::EXT_I_0..=global::EXT_I_2, ..] => rest.len().saturating_add(1),
            // all others are short
            _ => 0,
        };
        if least > self.options.asked_limits().token_len() { Err(too_long(self.state.offset())) } else { Ok(()) }
    }
}

#[cold]
const fn too_long(offset: usize) -> crate::Error {
    ErrorKind::Limit(Limit::Token).at(offset)
}

/// Lays `octets` behind those that are there, in memory that grows by an eighth at a time: linear as doubling is, and
/// never much more than what is in it.
pub(super) fn append(window: &mut Vec<u8>, octets: &[u8]) {
    let room = window.capacity().saturating_sub(window.len());
    if room < octets.len() {
        let length = window.len();
        window.reserve_exact(octets.len().max(length.min(PIECE)).max(length / 8));
    }
    window.extend_from_slice(octets);
}
