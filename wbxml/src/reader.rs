//! Events: tokens with the grammar, the code pages and the string table applied (WAP-192, 5.3).

mod content;
mod cursor;
mod embedded;
mod hot;
mod known;
mod leaves;
mod leniency;
mod rare;
mod remembered;
mod run;
mod strings;
#[cfg(feature = "xml")]
mod take;

pub(crate) use run::{Markup, Run, RunPieces};
#[cfg(feature = "xml")]
pub(crate) use take::Edge;

use core::ops::{ControlFlow, Range};

use crate::charset::Charset;
use crate::diagnostic::{Diagnostic, Report};
use crate::error::{Error, ErrorKind, Result};
use crate::event::Event;
use crate::header::{Header, Version};
use crate::lexer;
use crate::limits::Limits;
use crate::options::Options;
use crate::string_table::StringTable;
use crate::vocabulary::Vocabulary;

use hot::{Hot, Mode};
use known::Known;
use remembered::Remembered;
use strings::Strings;

/// All that a reader knows and does not borrow: small, `Copy`, and enough to go on where it stopped.
///
/// See [`Reader::suspend`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    /// The offset in the outermost document of the first octet of the slice that is read.
    base: usize,
    /// The octets of header and string table.
    head: usize,
    /// Octets of the string at hand that are known to hold no terminator.
    scanned: usize,
    depth: u32,
    floor: u32,
    attributes_left: u32,
    resolved: u32,
    tag_page: u8,
    attribute_page: u8,
    mode: Mode,
    root_seen: bool,
    /// Whether the document has ended before octets that lenient reading does not read.
    is_over: bool,
}

impl State {
    /// How many octets at the start of the document [`Reader::resume`] has to be given again: header and string
    /// table.
    #[must_use]
    pub const fn head_len(&self) -> usize {
        self.head
    }

    /// The offset of the next token in the document.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.base.saturating_add(self.head)
    }

    /// How many elements are open.
    #[must_use]
    pub const fn depth(&self) -> u32 {
        self.depth
    }

    /// Octets of the string at hand that are known to hold no terminator.
    #[cfg(feature = "std")]
    pub(crate) const fn scanned(&self) -> usize {
        self.scanned
    }
}

/// Reads a document as events, without allocating, copying or recursing.
///
/// Pull them with [`next_event`](Self::next_event), or have them pushed by [`drive`](Self::drive), which is the
/// fastest way through a document. For typed code, the reader is a [`Cursor`](crate::Cursor).
///
/// ```
/// use wbxml::{Event, Options, Reader, vocabulary::prov::{PROV_1_0, tag}};
///
/// // <wap-provisioningdoc><parm name="NAPID"/></wap-provisioningdoc>
/// let known = [&PROV_1_0];
/// let mut reader = Reader::new(b"\x03\x0B\x6A\x00\x45\x87\x11\x01\x01", Options::new().vocabularies(&known))?;
/// let Event::Start(root) = reader.next_event()? else { panic!() };
/// assert_eq!(root.tag, tag::WAP_PROVISIONINGDOC);
/// assert_eq!(reader.span(), 4..5);
/// let Event::Start(parm) = reader.next_event()? else { panic!() };
/// assert!(parm.has_attributes() && !parm.has_content());
/// let Event::AttributeStart(start) = reader.next_event()? else { panic!() };
/// assert_eq!(reader.vocabulary().attribute(start.token), Some(("name", "NAPID")));
/// assert_eq!(reader.next_event()?, Event::AttributesEnd);
/// assert_eq!(reader.next_event()?, Event::End);
/// assert_eq!(reader.next_event()?, Event::Eof);
/// # Ok::<(), wbxml::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    hot: Hot<'a>,
    document: &'a [u8],
    /// Where the last token began.
    mark: usize,
    header: Header<'a>,
    vocabulary: &'a Vocabulary<'a>,
    strings: Strings<'a>,
    known: Known<'a>,
    base: usize,
    /// The mode where no element is open: `Content` in version 1.0, which allows several roots.
    outer: Mode,
    /// Elements open around the document or piece of one that is read.
    floor: u32,
    scanned: usize,
    root_seen: bool,
    /// Whether the document has ended before octets that are not read.
    is_over: bool,
    /// Whom lenient reading tells what it forgives; strict reading tells nobody, since it forgives nothing.
    report: Option<&'a dyn Report>,
}

impl<'a> Reader<'a> {
    /// A reader at the first token of `document`, whose header it reads.
    ///
    /// # Errors
    /// Those of [`Header::parse`].
    pub fn new(document: &'a [u8], options: Options<'a>) -> Result<Self> {
        Self::nested(document, options, 0, 0)
    }

    /// A reader of a whole document that stands inside another one ([`embedded`](Self::embedded) finds such): `base` is
    /// the offset of its first octet there, `depth` the number of elements open around it, which counts against
    /// [`Limits::depth`].
    ///
    /// # Errors
    /// Those of [`Header::parse`], at offsets in the outermost document.
    pub fn nested(document: &'a [u8], options: Options<'a>, base: usize, depth: u32) -> Result<Self> {
        let header = Header::parse_with(document, options.has_charset_in_1_0())
            .map_err(|error| Error::new(error.kind(), base.saturating_add(error.offset())))?;
        let state = State {
            base,
            head: header.len(),
            scanned: 0,
            depth,
            floor: depth,
            attributes_left: options.asked_limits().attributes,
            resolved: 0,
            tag_page: 0,
            attribute_page: 0,
            mode: outer_mode(header.grammar()),
            root_seen: false,
            is_over: false,
        };
        let reader = Self::with_header(document, header, options, state);
        if let Some(report) = options.report() {
            for liberty in reader.header.liberties() {
                report.forgiven(Diagnostic::new(liberty.kind(), base.saturating_add(liberty.offset())));
            }
        }
        Ok(reader)
    }

    /// A reader that goes on where another one was suspended.
    ///
    /// `buffer` holds the first [`State::head_len`] octets of the document, header and string table, and behind them
    /// the octets of the document from [`State::offset`] on.
    ///
    /// ```
    /// use wbxml::{Event, Options, Reader};
    ///
    /// let document = b"\x03\x01\x6A\x00\x45\x03hello\0\x01";
    /// let mut reader = Reader::new(&document[..8], Options::new())?;
    /// assert!(matches!(reader.next_event()?, Event::Start(_)));
    /// assert!(reader.next_event().unwrap_err().is_unexpected_eof()); // "hel…"
    /// let (state, consumed) = reader.suspend();
    /// assert_eq!((state.offset(), consumed), (5, 1));
    ///
    /// let buffer = [&document[..state.head_len()], &document[state.offset()..]].concat();
    /// let mut reader = Reader::resume(&buffer, state, Options::new())?;
    /// assert!(matches!(reader.next_event()?, Event::Text(text) if text.octets() == b"hello"));
    /// assert_eq!(reader.span(), 5..12);
    /// # Ok::<(), wbxml::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`Header::parse`], if `buffer` does not begin with the document's head.
    pub fn resume(buffer: &'a [u8], state: State, options: Options<'a>) -> Result<Self> {
        let header = Header::parse_with(buffer, options.has_charset_in_1_0())?;
        Ok(Self::with_header(buffer, header, options, state))
    }

    /// The same, where the header has been read and `buffer` still holds octets of events before the state's: the next
    /// token begins at `position`.
    #[cfg(feature = "alloc")]
    pub(crate) fn resume_at(
        buffer: &'a [u8],
        position: usize,
        header: Header<'a>,
        vocabulary: &'a Vocabulary<'a>,
        options: Options<'a>,
        state: State,
    ) -> Self {
        let base = state.base.saturating_sub(position.saturating_sub(state.head));
        let state = State { base, ..state };
        let mut reader = Self::with_state(buffer, position, header, vocabulary, options.asked_limits(), state);
        reader.report = options.report();
        reader
    }

    fn with_header(document: &'a [u8], header: Header<'a>, options: Options<'a>, state: State) -> Self {
        let header = header.in_charset(options.charset_of(&header));
        let vocabulary = options.vocabulary_of(&header);
        let mut reader = Self::with_state(document, state.head, header, vocabulary, options.asked_limits(), state);
        reader.report = options.report();
        reader
    }

    fn with_state(
        document: &'a [u8],
        position: usize,
        header: Header<'a>,
        vocabulary: &'a Vocabulary<'a>,
        limits: Limits,
        state: State,
    ) -> Self {
        let hot = Hot {
            octets: &[],
            position,
            open: state.depth.saturating_sub(state.floor),
            open_limit: limits.depth.saturating_sub(state.floor),
            attributes_left: state.attributes_left,
            attribute_limit: limits.attributes,
            charset: header.string_table.charset(),
            tag_page: state.tag_page,
            attribute_page: state.attribute_page,
            mode: state.mode,
        };
        let mut reader = Self {
            hot,
            document,
            mark: position,
            header,
            vocabulary,
            strings: Strings::new(header.string_table, state.resolved, limits.resolved),
            known: Known::new(header.string_table.charset()),
            base: state.base,
            outer: outer_mode(header.grammar()),
            floor: state.floor,
            scanned: state.scanned,
            root_seen: state.root_seen,
            is_over: state.is_over,
            report: None,
        };
        reader.set_hot();
        reader
    }

    /// Gives the hot loop the document, or keeps it away where every token is one for [`Reader::rare`].
    fn set_hot(&mut self) {
        let is_hot = self.hot.open > 0
            && !matches!(self.hot.mode, Mode::PiTarget | Mode::PiData)
            // the grammar of version 1.0 is another one: several roots, no `OPAQUE`
            && self.header.grammar() > Version::V1_0
            && self.hot.charset.unit() == 1
            && self.scanned == 0;
        self.hot.octets = if is_hot { self.document } else { &[] };
    }

    /// The state here, where `base` is the offset of the slice that goes on and `scanned` what it need not search.
    fn state(&self, base: usize, scanned: usize) -> State {
        State {
            base,
            head: self.header.len(),
            scanned,
            depth: self.floor.saturating_add(self.hot.open),
            floor: self.floor,
            attributes_left: self.hot.attributes_left,
            resolved: self.strings.resolved(),
            tag_page: self.hot.tag_page,
            attribute_page: self.hot.attribute_page,
            mode: self.hot.mode,
            root_seen: self.has_root(),
            is_over: self.is_over,
        }
    }

    /// The state to go on with when more octets have come, and how many octets of the body whole tokens have taken.
    ///
    /// After an [`ErrorKind::UnexpectedEof`] the reader stands before the incomplete token, and what it has seen of a
    /// string it will not search again: a string that comes octet by octet costs linear time.
    #[must_use]
    pub fn suspend(&self) -> (State, usize) {
        let consumed = self.hot.position.saturating_sub(self.header.len());
        let scanned = lexer::scanned(self.rest(), self.hot.charset.unit(), self.scanned);
        (self.state(self.base.saturating_add(consumed), scanned), consumed)
    }

    /// The same behind an event, where what follows it is not looked at.
    #[cfg(feature = "alloc")]
    pub(crate) fn pause(&self) -> (State, usize) {
        let consumed = self.hot.position.saturating_sub(self.header.len());
        (self.state(self.base.saturating_add(consumed), 0), consumed)
    }

    /// The document's header.
    #[must_use]
    pub const fn header(&self) -> &Header<'a> {
        &self.header
    }

    /// The charset that the document is read in: its own, else that of the transport
    /// ([`Options::charset`](crate::Options::charset)), else UTF-8. The [header](Self::header) keeps what the document
    /// says.
    #[must_use]
    pub const fn charset(&self) -> Charset {
        self.hot.charset
    }

    /// The vocabulary that gives the tokens their names.
    #[inline]
    #[must_use]
    pub const fn vocabulary(&self) -> &'a Vocabulary<'a> {
        self.vocabulary
    }

    /// The string table.
    #[must_use]
    pub const fn string_table(&self) -> &StringTable<'a> {
        &self.header.string_table
    }

    /// The octets of the last event, counted from the start of the outermost document.
    #[inline]
    #[must_use]
    pub const fn span(&self) -> Range<usize> {
        self.base.saturating_add(self.mark)..self.base.saturating_add(self.hot.position)
    }

    /// Where the next token begins, from the start of the outermost document; after [`Event::Eof`], where the document
    /// ends, which for a lenient reader is before the octets that it does not read
    /// ([`DiagnosticKind::TrailingData`](crate::DiagnosticKind::TrailingData)).
    #[inline]
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.base.saturating_add(self.hot.position)
    }

    /// How many elements are open.
    #[inline]
    #[must_use]
    pub const fn depth(&self) -> u32 {
        self.floor.saturating_add(self.hot.open)
    }

    /// The next event; [`Event::Eof`] at the end of the document, again and again.
    ///
    /// # Errors
    /// Every fault that a document can have, at the first octet of its token; the reader stays before that token.
    #[inline(always)]
    pub fn next_event(&mut self) -> Result<Event<'a>> {
        self.mark = self.hot.position;
        // ADVICE: to return what `rare` returns, error and all, would make every event pass through memory: its caller's
        // `match` meets the arms of `step` directly only if nothing takes the address of the event.
        let event = match self.hot.step(&mut self.strings, |event| event) {
            Some(event) => event,
            None => self.rare()?,
        };
        Ok(event)
    }

    /// The next event, for callers that are not in a hurry: one copy of the hot loop for all of them.
    #[inline(never)]
    fn slow_event(&mut self) -> Result<Event<'a>> {
        self.next_event()
    }

    /// Hands every event to `receive`, up to the end of the document or until it breaks.
    ///
    /// ```
    /// use core::ops::ControlFlow;
    /// use wbxml::{Event, Options, Reader};
    ///
    /// let mut elements = 0;
    /// Reader::new(b"\x03\x01\x6A\x00\x45\x06\x06\x01", Options::new())?.drive(|event| {
    ///     elements += usize::from(matches!(event, Event::Start(_)));
    ///     ControlFlow::Continue(())
    /// })?;
    /// assert_eq!(elements, 3);
    /// # Ok::<(), wbxml::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`next_event`](Self::next_event).
    #[inline]
    pub fn drive(mut self, mut receive: impl FnMut(Event<'a>) -> ControlFlow<()>) -> Result<()> {
        let mut remembered = Remembered::new(self.strings);
        loop {
            // moved out and back, so that no call takes the address of the one in the hot loops
            let mut receiver = receive;
            if self.drive_rare(&mut receiver)?.is_break() {
                return Ok(());
            }
            receive = receiver;
            remembered.strings = self.strings;
            // all that most messages need; where tags have attributes it ends at once
            if self.hot.mode == Mode::Content {
                let mut hot = self.hot.without_attributes();
                if hot.drive_content(&mut remembered, &mut receive).is_break() {
                    return Ok(());
                }
                self.hot.position = hot.position;
                self.hot.open = hot.open;
                self.hot.tag_page = hot.tag_page;
            }
            let mut hot = self.hot;
            if hot.drive(&mut remembered.strings, &mut receive).is_break() {
                return Ok(());
            }
            self.hot = hot;
            self.strings = remembered.strings;
        }
    }

    /// Hands rare events to `receive`, one at least, until the hot loops may go on, or breaks: at the end of the document
    /// too.
    #[cold]
    #[inline(never)]
    fn drive_rare(&mut self, receive: &mut dyn FnMut(Event<'a>) -> ControlFlow<()>) -> Result<ControlFlow<()>> {
        if self.hot.is_at_last_end() {
            // nobody asks this reader for anything more
            _ = receive(Event::End);
            return Ok(ControlFlow::Break(()));
        }
        loop {
            let event = self.rare()?;
            if matches!(event, Event::Eof) || receive(event).is_break() {
                return Ok(ControlFlow::Break(()));
            }
            if !self.hot.octets.is_empty() {
                return Ok(ControlFlow::Continue(()));
            }
        }
    }

    /// Whether an element has begun.
    #[cfg(feature = "alloc")]
    pub(crate) const fn has_element(&self) -> bool {
        self.root_seen
    }

    /// The octets from the next token on.
    fn rest(&self) -> &'a [u8] {
        self.document.get(self.hot.position..).unwrap_or_default()
    }

    /// The offset of the token at hand.
    const fn mark_offset(&self) -> usize {
        self.base.saturating_add(self.mark)
    }

    /// The error of this kind at the token at hand.
    #[cold]
    #[inline(never)]
    const fn fault(&self, kind: ErrorKind) -> Error {
        kind.at(self.mark_offset())
    }
}

/// The mode around the root element: version 1.0 has content there, and so several roots.
fn outer_mode(version: Version) -> Mode {
    if version == Version::V1_0 { Mode::Content } else { Mode::Outside }
}
