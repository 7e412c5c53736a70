//! XML as events and as a cursor.

mod by_parser;
mod cursor;
mod feed;
mod plain;
mod tag;
#[cfg(test)]
mod two_ways;

use alloc::vec::Vec;

use crate::error::{Error, ErrorKind, Result};
use crate::event::{AttributeStart, Event};
use crate::limits::Limits;
use crate::options::Options;
use crate::scan;
use crate::text::{Piece, leading_utf8};
use crate::token::{AttrStart, Tag};
use crate::vocabulary::Vocabulary;

use super::Fault;
use super::encoding;
use super::is_blank;
use super::notation;
use super::pieces::{Pieces, Place};
use super::prolog;

pub(crate) use cursor::Markup;

/// Reads an XML document as the events and with the cursor of its WBXML twin.
///
/// Element names become tags of the vocabulary by their namespace, else by the code page of the element around them,
/// else by the first page that has the name. A declaration of the namespace that a tag's page implies is no attribute.
///
/// ```
/// use wbxml::{Event, Options, vocabulary::prov::{PROV_1_0, tag}, xml};
///
/// let known = [&PROV_1_0];
/// let document = b"<wap-provisioningdoc><parm name='NAPID' value='A&amp;B'/></wap-provisioningdoc>";
/// let mut reader = xml::Reader::new(document, Options::new().vocabularies(&known))?;
/// let mut events = Vec::new();
/// loop {
///     match reader.next_event()? {
///         Event::Eof => break,
///         Event::Start(start) => events.push(format!("{:?}", start.tag)),
///         Event::Text(text) => events.push(String::from_utf8_lossy(text.octets()).into_owned()),
///         Event::Entity(character) => events.push(character.to_string()),
///         _ => {}
///     }
/// }
/// assert_eq!(events, ["Tag(00:05)", "Tag(00:07)", "NAPID", "A", "&", "B"]);
/// # Ok::<(), wbxml::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    document: &'a [u8],
    /// The document up to the first octet that is not UTF-8.
    text: &'a str,
    /// The offset of the document's first octet.
    base: usize,
    /// Where the next construct begins.
    next: usize,
    vocabulary: &'a Vocabulary<'a>,
    mode: Mode<'a>,
    /// The elements that are open here, and what each one brought into scope.
    open: Vec<Scope<'a>>,
    /// How many may be open here: those around count, too.
    most_open: usize,
    /// How many attributes an element may have.
    most_attributes: usize,
    namespaces: Vec<Namespace<'a>>,
    /// Names and values of the tag at hand, declarations of the vocabulary's namespaces aside.
    attributes: Vec<(&'a str, &'a str)>,
    /// The tag of the root, whose prefixes reach into markup.
    root: &'a str,
    /// What stood behind the name in a tag that only declares one namespace, which its page implies, and that namespace:
    /// documents declare the same one again and again.
    declaration: Option<(&'a [u8], Namespace<'a>)>,
    /// Elements open around this document, and the code page of the innermost one.
    around: u32,
    outer_page: u8,
    /// Whether this is the content of an element rather than a document.
    is_content: bool,
    root_seen: bool,
    mark: usize,
    position: usize,
    /// Whether every construct is left to the parser.
    #[cfg(test)]
    by_parser: bool,
}

#[derive(Clone, Debug)]
enum Mode<'a> {
    Content,
    /// Before the attribute of this number.
    Attributes(usize),
    /// The pieces of a value, and the number of the attribute behind it.
    Value(Pieces<'a>, usize),
    /// The pieces of a text.
    Text(Pieces<'a>),
    /// A processing instruction: target and data.
    Pi(&'a [u8], &'a [u8]),
    PiData(Pieces<'a>),
}

#[derive(Clone, Copy, Debug)]
struct Scope<'a> {
    /// The name as it stands in the tag, and again in that of the end.
    name: &'a [u8],
    page: u8,
    /// The code page of the default namespace in scope, if there is one and it has one.
    default: Option<Option<u8>>,
    namespaces: usize,
}

#[derive(Clone, Copy, Debug)]
struct Namespace<'a> {
    prefix: &'a str,
    name: &'a str,
    /// The code page of tags that has it.
    page: Option<u8>,
}

impl<'a> Namespace<'a> {
    fn new(prefix: &'a str, name: &'a str, vocabulary: &Vocabulary<'_>) -> Self {
        Self { prefix, name, page: vocabulary.namespace_page(name).map(|page| page.number()) }
    }
}

/// One construct of XML that means something here, with its octets.
enum Node<'a> {
    /// The tag of an element that the vocabulary has, whose attributes are read: its name, its flags, and whether it
    /// declares the namespace that was declared last.
    Known {
        tag: Tag,
        name: &'a [u8],
        flags: u8,
        declares: bool,
    },
    /// Any tag without its angle brackets, and how long its name is.
    Start {
        raw: &'a [u8],
        name: usize,
        is_empty: bool,
    },
    End,
    Text(Pieces<'a>),
    Pi(&'a [u8]),
    Eof,
}

impl<'a> Reader<'a> {
    /// A reader at the start of `document`, in UTF-8, with or without a byte order mark.
    ///
    /// The vocabulary is the first of the options' whose formal public identifier the `DOCTYPE` bears, else the first
    /// whose root namespace the root element declares, else the first whose root the root element is, else the
    /// assumed one.
    ///
    /// # Errors
    /// [`Fault::TooLarge`] above 4 GiB, [`Fault::Encoding`] for UTF-16 and UTF-32: see [`to_utf8`](super::to_utf8).
    pub fn new(document: &'a [u8], options: Options<'a>) -> Result<Self> {
        let (text, base) = match document.strip_prefix(b"\xEF\xBB\xBF") {
            Some(text) => (text, 3),
            None => (document, 0),
        };
        if u32::try_from(document.len()).is_err() {
            return Err(ErrorKind::Xml(Fault::TooLarge).at(0));
        }
        if encoding::is_wide(document) {
            return Err(ErrorKind::Xml(Fault::Encoding).at(0));
        }
        let vocabulary = prolog::vocabulary(text, &options);
        Ok(Self::over(text, base, vocabulary, options.asked_limits(), 0))
    }

    /// A reader of the content of an element that is not there: any number of elements, to be asked for the children
    /// of [`Start::CONTENT`](crate::Start::CONTENT).
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn content(octets: &'a [u8], options: Options<'a>) -> Result<Self> {
        let mut reader = Self::new(octets, options)?;
        reader.is_content = true;
        Ok(reader)
    }

    /// A reader inside so many elements.
    fn over(document: &'a [u8], base: usize, vocabulary: &'a Vocabulary<'a>, limits: Limits, around: u32) -> Self {
        Self {
            document,
            text: leading_utf8(document),
            base,
            next: 0,
            vocabulary,
            mode: Mode::Content,
            open: Vec::new(),
            most_open: usize::try_from(limits.depth.saturating_sub(around)).unwrap_or(usize::MAX),
            most_attributes: usize::try_from(limits.attributes).unwrap_or(usize::MAX),
            namespaces: Vec::new(),
            attributes: Vec::new(),
            root: "",
            declaration: None,
            around,
            outer_page: 0,
            is_content: false,
            root_seen: false,
            mark: 0,
            position: 0,
            #[cfg(test)]
            by_parser: false,
        }
    }

    /// The vocabulary that gives the names their tags.
    #[must_use]
    pub const fn vocabulary(&self) -> &'a Vocabulary<'a> {
        self.vocabulary
    }

    /// The next event; [`Event::Eof`] at the end of the document, again and again.
    ///
    /// # Errors
    /// [`ErrorKind::Xml`], [`ErrorKind::Limit`], [`ErrorKind::UnexpectedText`] and [`ErrorKind::TrailingData`] outside
    /// the root element, [`ErrorKind::UnexpectedEof`].
    pub fn next_event(&mut self) -> Result<Event<'a>> {
        loop {
            // ADVICE: a mode is large: it is moved only where it is not the usual one
            if !matches!(self.mode, Mode::Content) {
                if let Some(event) = self.event_in_mode()? {
                    return Ok(event);
                }
            }
            match self.node_in_line()? {
                Node::Known { tag, name, flags, declares } => {
                    return self.enter(tag, name, flags, declares).map(Event::Start);
                }
                Node::End => return Ok(Event::End),
                node => {
                    if let Some(event) = self.event_of(node)? {
                        return Ok(event);
                    }
                }
            }
        }
    }

    /// The event of a construct; `None` of one that says nothing.
    #[inline(never)]
    fn event_of(&mut self, node: Node<'a>) -> Result<Option<Event<'a>>> {
        Ok(Some(match node {
            Node::Known { tag, name, flags, declares } => Event::Start(self.enter(tag, name, flags, declares)?),
            Node::Start { raw, name, is_empty } => Event::Start(self.start(raw, name, is_empty)?),
            Node::End => Event::End,
            Node::Text(pieces) => match pieces.as_known() {
                Some(text) => Event::Text(text),
                None => return self.first_piece(pieces),
            },
            Node::Pi(raw) => {
                let length = raw.iter().position(is_blank).unwrap_or(raw.len());
                let (target, data) = raw.split_at_checked(length).unwrap_or((raw, &[]));
                self.mode = Mode::Pi(target, data.trim_ascii_start());
                Event::Pi
            }
            Node::Eof => Event::Eof,
        }))
    }

    /// The first piece of a text.
    fn first_piece(&mut self, mut pieces: Pieces<'a>) -> Result<Option<Event<'a>>> {
        self.position = self.offset_of(pieces.rest());
        let event = self.piece(&mut pieces)?;
        // most text is one piece
        if event.is_some() && !pieces.rest().is_empty() {
            self.mode = Mode::Text(pieces);
        }
        Ok(event)
    }

    /// The next event where it is not what follows in the content of an element; `None` if that is at hand now.
    fn event_in_mode(&mut self) -> Result<Option<Event<'a>>> {
        loop {
            match core::mem::replace(&mut self.mode, Mode::Content) {
                Mode::Content => return Ok(None),
                Mode::Text(mut pieces) => {
                    if let Some(event) = self.piece(&mut pieces)? {
                        self.mode = Mode::Text(pieces);
                        return Ok(Some(event));
                    }
                }
                Mode::Attributes(number) => {
                    let Some(&(name, value)) = self.attributes.get(number) else {
                        return Ok(Some(Event::AttributesEnd));
                    };
                    let start = AttributeStart { token: self.bare(name), literal: self.place(name.as_bytes()) };
                    self.mark = self.offset_of(name.as_bytes());
                    self.position = self.offset_of(value.as_bytes());
                    let pieces = Pieces::new(value.as_bytes(), Place::Attribute);
                    self.mode = Mode::Value(pieces, number.saturating_add(1));
                    return Ok(Some(Event::AttributeStart(start)));
                }
                Mode::Value(mut pieces, number) => {
                    if let Some(event) = self.piece(&mut pieces)? {
                        self.mode = Mode::Value(pieces, number);
                        return Ok(Some(event));
                    }
                    self.mode = Mode::Attributes(number);
                }
                Mode::Pi(target, data) => {
                    self.mode = Mode::PiData(Pieces::new(data, Place::CData));
                    let start = AttributeStart { token: self.unnamed(target), literal: self.place(target) };
                    return Ok(Some(Event::AttributeStart(start)));
                }
                Mode::PiData(mut pieces) => {
                    let Some(event) = self.piece(&mut pieces)? else {
                        return Ok(Some(Event::AttributesEnd));
                    };
                    self.mode = Mode::PiData(pieces);
                    return Ok(Some(event));
                }
            }
        }
    }

    /// The next construct; comments, declarations and the `DOCTYPE` are passed over, and so is white space outside the
    /// root element.
    #[inline(never)]
    fn node(&mut self) -> Result<Node<'a>> {
        self.node_in_line()
    }

    // ADVICE: a node goes through memory unless its maker stands where it is taken apart; so the loops over whole
    // documents have this in line, with what most documents consist of, and the rest is a call.
    #[inline(always)]
    fn node_in_line(&mut self) -> Result<Node<'a>> {
        loop {
            let before = self.next;
            self.mark = before;
            let rest = self.document.get(before..).unwrap_or_default();
            match rest {
                _ if self.open.is_empty() || self.is_by_parser() => {}
                [b'<', b'/', behind @ ..] => {
                    if let Some(length) = self.open.last().and_then(|scope| length_of_end(behind, scope.name)) {
                        self.go_to(before.wrapping_add(2).wrapping_add(length));
                        self.leave();
                        return Ok(Node::End);
                    }
                }
                [b'<', tag @ ..] => {
                    if let Some(node) = self.known_node(tag) {
                        return Ok(node);
                    }
                }
                [b'&', ..] => {
                    if let Some(length) = plain::reference(rest) {
                        self.go_to(before.wrapping_add(length));
                        let reference = rest.get(..length).unwrap_or_default();
                        return Ok(Node::Text(Pieces::new(reference, Place::Content)));
                    }
                }
                [] => {}
                _ => {
                    if let Some(length) = plain::text(rest) {
                        self.go_to(before.wrapping_add(length));
                        return Ok(Node::Text(Pieces::plain(rest.get(..length).unwrap_or_default())));
                    }
                }
            }
            if let Some(node) = self.rare_node()? {
                return Ok(node);
            }
        }
    }

    #[cfg(test)]
    const fn is_by_parser(&self) -> bool {
        self.by_parser
    }

    /// Whether every construct is left to the parser.
    #[cfg(not(test))]
    #[inline(always)]
    #[expect(clippy::unused_self, reason = "one shape in tests and elsewhere")]
    const fn is_by_parser(&self) -> bool {
        false
    }

    /// Says that a construct ends here, and the next one begins.
    #[inline(always)]
    fn go_to(&mut self, at: usize) {
        self.next = at;
        self.position = at;
    }

    /// Leaves the innermost element.
    #[inline(always)]
    fn leave(&mut self) {
        if let Some(scope) = self.open.pop() {
            self.namespaces.truncate(scope.namespaces);
        }
    }

    fn piece(&mut self, pieces: &mut Pieces<'a>) -> Result<Option<Event<'a>>> {
        let Some(piece) = pieces.next() else { return Ok(None) };
        let end = self.offset_of(pieces.rest());
        match piece {
            Ok(Piece::Text(text)) => {
                self.mark = self.offset_of(text.octets());
                self.position = self.mark.saturating_add(text.octets().len());
                Ok(Some(Event::Text(text)))
            }
            Ok(Piece::Character(character)) => {
                self.mark = self.position.min(end);
                self.position = end;
                Ok(Some(Event::Entity(character)))
            }
            Err(_) => {
                self.mark = self.position.min(end);
                Err(self.fault(ErrorKind::Xml(Fault::Reference)))
            }
        }
    }

    /// The attribute token of a name alone.
    fn bare(&self, name: &str) -> AttrStart {
        let named = self.vocabulary.attribute_start(name, "", 0);
        named.map_or_else(|| self.unnamed(name.as_bytes()), |(start, _)| start)
    }

    /// The attribute token that a name spells, unless the vocabulary has it: then it may stand for a part of the value,
    /// too.
    fn unnamed(&self, name: &[u8]) -> AttrStart {
        core::str::from_utf8(name)
            .ok()
            .and_then(notation::attribute_start)
            .filter(|&start| self.vocabulary.attribute(start).is_none())
            .unwrap_or(AttrStart::LITERAL)
    }

    /// The name that begins at this octet of the document.
    fn name_at(&self, place: u32) -> Result<&'a str> {
        let place = usize::try_from(place).unwrap_or(usize::MAX);
        let rest = self.document.get(place..).unwrap_or_default();
        let ends = |octet: &u8| is_blank(octet) || matches!(octet, b'/' | b'>' | b'=' | b'?');
        let name = rest.get(..rest.iter().position(ends).unwrap_or(rest.len())).unwrap_or_default();
        core::str::from_utf8(name).map_err(|_| self.fault(ErrorKind::Xml(Fault::Encoding)))
    }

    /// Where these octets of the document begin, as the start of a literal name says it.
    fn place(&self, octets: &[u8]) -> u32 {
        u32::try_from(self.offset_of(octets)).unwrap_or(u32::MAX)
    }

    /// These octets of the document as text, if they are.
    #[inline]
    pub(crate) fn known_text(&self, octets: &'a [u8]) -> Option<&'a str> {
        let at = self.offset_of(octets);
        // ADVICE: a slice of text that has been checked as a whole need not be checked again
        match self.text.get(at..at.saturating_add(octets.len())) {
            Some(text) if core::ptr::eq(text.as_bytes(), octets) => Some(text),
            _ => core::str::from_utf8(octets).ok(),
        }
    }

    // ADVICE: the parser hands out slices of the document without saying where they are; their addresses do. For a
    // slice of anything else the result is a wrong number, never an access.
    /// Where these octets of the document stand in it.
    fn offset_of(&self, octets: &[u8]) -> usize {
        octets.as_ptr().addr().saturating_sub(self.document.as_ptr().addr())
    }

    #[cold]
    fn fault(&self, kind: ErrorKind) -> Error {
        kind.at(self.base.saturating_add(self.mark))
    }
}

/// The octets of an end tag, without what opens it, if it is as short as it can be and of this name.
#[inline(always)]
fn length_of_end(octets: &[u8], name: &[u8]) -> Option<usize> {
    let (found, behind) = octets.split_at_checked(name.len())?;
    let is_end = behind.first() == Some(&b'>') && scan::is_same(found, name);
    is_end.then(|| name.len().wrapping_add(1))
}
