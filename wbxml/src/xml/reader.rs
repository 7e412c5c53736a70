//! XML as events and as a cursor.

mod cursor;
mod feed;
mod plain;

use alloc::borrow::Cow;
use alloc::vec::Vec;

use quick_xml::events::Event as Markers;
use quick_xml::events::attributes::{AttrError, Attribute as RawAttribute, Attributes};

use crate::cursor::Cursor;
use crate::error::{Error, ErrorKind, Limit, Result};
use crate::event::{AttributeStart, Event, Start};
use crate::limits::Limits;
use crate::options::Options;
use crate::scan;
use crate::text::Piece;
use crate::token::{AttrStart, HAS_ATTRIBUTES, HAS_CONTENT, Tag};
use crate::vocabulary::Vocabulary;

use super::Fault;
use super::encoding;
use super::name::not_xml;
use super::notation;
use super::pieces::{Pieces, Place, cdata};
use super::prolog::Prolog;
use super::{is_blank, is_name_of};

pub(crate) use cursor::Markup;

/// Octets of a root's tag that is looked at again for its prefixes, by each reader of markup.
const LONGEST_ROOT: usize = 4096;

/// Attributes that are compared with each other for names that stand twice.
const FEW: usize = 8;

/// Namespace declarations in scope at once: each name is looked up among them.
const MOST_NAMESPACES: usize = 256;

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
    limits: Limits,
    mode: Mode<'a>,
    /// The elements that are open here, and what each one brought into scope.
    open: Vec<Scope<'a>>,
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
        let vocabulary = Prolog::of(text).vocabulary(&options);
        Ok(Self::over(text, base, vocabulary, options.asked_limits()))
    }

    /// A reader of the content of an element that is not there: any number of elements, to be asked for the children
    /// of [`Start::CONTENT`].
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn content(octets: &'a [u8], options: Options<'a>) -> Result<Self> {
        let mut reader = Self::new(octets, options)?;
        reader.is_content = true;
        Ok(reader)
    }

    fn over(document: &'a [u8], base: usize, vocabulary: &'a Vocabulary<'a>, limits: Limits) -> Self {
        Self {
            document,
            text: valid_part(document),
            base,
            next: 0,
            vocabulary,
            limits,
            mode: Mode::Content,
            open: Vec::new(),
            namespaces: Vec::new(),
            attributes: Vec::new(),
            root: "",
            declaration: None,
            around: 0,
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
                [b'&', ..] | [] => {}
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

    /// The tag at hand, without its first angle bracket, if it is one of those that most documents consist of: a name that
    /// the vocabulary has, with attributes that stand as they are, or with the declaration that was made before.
    #[inline(always)]
    fn known_node(&mut self, tag: &'a [u8]) -> Option<Node<'a>> {
        let length = plain::name(tag);
        let (name, behind) = tag.split_at_checked(length)?;
        let at = self.next.wrapping_add(1).wrapping_add(length);
        let (flags, end) = match behind {
            [b'>', ..] => (HAS_CONTENT, at.wrapping_add(1)),
            [b'/', b'>', ..] => (0, at.wrapping_add(2)),
            [b' ', ..] => {
                if let Some(node) = self.node_that_declares(name, behind, at) {
                    return Some(node);
                }
                let end = plain::attributes(self.text, at, &mut self.attributes)?;
                if u32::try_from(self.attributes.len()).ok()? > self.limits.attributes {
                    return None;
                }
                let content = if end.is_empty { 0 } else { HAS_CONTENT };
                (if self.attributes.is_empty() { content } else { content | HAS_ATTRIBUTES }, end.at)
            }
            _ => return None,
        };
        let tag = self.plain_tag(name, self.open.last()?.default)?;
        self.go_to(end);
        Some(Node::Known { tag, name, flags, declares: false })
    }

    /// The tag of this name, if what stands behind it, at the offset `at`, is the declaration that was made last.
    #[inline(always)]
    fn node_that_declares(&mut self, name: &'a [u8], behind: &[u8], at: usize) -> Option<Node<'a>> {
        let (declaration, namespace) = self.declaration?;
        if !behind.starts_with(declaration) || behind.get(declaration.len()) != Some(&b'>') {
            return None;
        }
        let tag = self.vocabulary.tag_page(namespace.page?)?.plain_tag(name)?;
        if self.namespaces.len() >= MOST_NAMESPACES {
            return None;
        }
        self.go_to(at.wrapping_add(declaration.len()).wrapping_add(1));
        Some(Node::Known { tag, name, flags: HAS_CONTENT, declares: true })
    }

    /// Any construct, as the parser reads it; `None` of one that is passed over.
    #[cold]
    #[inline(never)]
    fn rare_node(&mut self) -> Result<Option<Node<'a>>> {
        let rest = self.document.get(self.mark..).unwrap_or_default();
        let event = match rest {
            [] => Markers::Eof,
            // the parser would take U+FEFF for a byte order mark
            [octet, ..] if !matches!(octet, b'<' | b'&') => {
                let ends = |octet| (octet == b'<') | (octet == b'&');
                self.go_to(self.mark.saturating_add(scan::find(rest, ends, ends)));
                return self.rare_text();
            }
            // the parser remembers names on the heap
            [b'<', ..] if plain::is_tag(rest) && !self.is_by_parser() => match plain::tag(rest) {
                Some(length) => {
                    self.go_to(self.mark.saturating_add(length));
                    return self.rare_tag().map(Some);
                }
                None => self.parse(rest)?,
            },
            _ => self.parse(rest)?,
        };
        let raw = self.document.get(self.mark..self.position).unwrap_or_default();
        let inside = self.is_inside();
        if let Markers::End(end) = event {
            return match self.open.last() {
                Some(scope) if scope.name == end.name().0 => {
                    self.leave();
                    Ok(Some(Node::End))
                }
                _ => Err(self.fault(ErrorKind::Xml(Fault::EndTag))),
            };
        }
        if let Markers::Start(_) | Markers::Empty(_) = event {
            return self.rare_tag().map(Some);
        }
        self.check_lawful(raw, false)?;
        Ok(Some(match event {
            Markers::CData(_) | Markers::GeneralRef(_) if !inside => return Err(self.text_outside()),
            Markers::GeneralRef(_) => Node::Text(Pieces::new(raw, Place::Content)),
            Markers::CData(_) => Node::Text(Pieces::new(cdata(raw), Place::CData)),
            Markers::PI(_) => {
                let raw = inner(raw, b"<?", b"?>");
                match raw.split(is_blank).next() {
                    // 2.6 reserves `xml` in any case of its letters
                    Some(target) if is_name_of(target) && !target.eq_ignore_ascii_case(b"xml") => Node::Pi(raw),
                    _ => return Err(self.fault(ErrorKind::Xml(Fault::Syntax))),
                }
            }
            Markers::Eof if !self.open.is_empty() || !self.root_seen && !self.is_content => {
                return Err(self.fault(ErrorKind::UnexpectedEof));
            }
            Markers::Eof => Node::Eof,
            _ => return Ok(None),
        }))
    }

    /// The tag from the mark to the position.
    fn rare_tag(&mut self) -> Result<Node<'a>> {
        let raw = self.document.get(self.mark..self.position).unwrap_or_default();
        self.check_lawful(raw, false)?;
        if self.root_seen && !self.is_inside() {
            return Err(self.fault(ErrorKind::TrailingData));
        }
        let is_empty = raw.ends_with(b"/>");
        let raw = inner(raw, b"<", if is_empty { b"/>" } else { b">" });
        let name = raw.iter().position(is_blank).unwrap_or(raw.len());
        Ok(Node::Start { raw, name, is_empty })
    }

    /// The construct that `rest` begins with, which is no text.
    fn parse(&mut self, rest: &'a [u8]) -> Result<Markers<'a>> {
        let mut parser = quick_xml::Reader::from_reader(rest);
        // the names of ends are compared with those that are open here
        parser.config_mut().check_end_names = false;
        parser.config_mut().allow_unmatched_ends = true;
        parser.config_mut().check_comments = true;
        let place = |at| usize::try_from(at).unwrap_or(rest.len());
        match parser.read_event() {
            Ok(event) => {
                self.go_to(self.mark.saturating_add(place(parser.buffer_position())));
                Ok(event)
            }
            Err(error) => {
                self.mark = self.mark.saturating_add(place(parser.error_position()));
                Err(self.fault(ErrorKind::Xml(error.into())))
            }
        }
    }

    /// The text from the mark to the position; `None` of white space outside the root element.
    fn rare_text(&mut self) -> Result<Option<Node<'a>>> {
        let raw = self.document.get(self.mark..self.position).unwrap_or_default();
        self.check_lawful(raw, true)?;
        match self.is_inside() {
            true => Ok(Some(Node::Text(Pieces::new(raw, Place::Content)))),
            false if raw.iter().all(is_blank) => Ok(None),
            false => Err(self.text_outside()),
        }
    }

    /// Whether what stands here is in the content of an element.
    fn is_inside(&self) -> bool {
        !self.open.is_empty() || self.is_content
    }

    fn text_outside(&self) -> Error {
        self.fault(if self.root_seen { ErrorKind::TrailingData } else { ErrorKind::UnexpectedText })
    }

    /// An error where the construct that ends here may not hold one of its characters.
    #[inline(never)]
    fn check_lawful(&mut self, raw: &[u8], is_text: bool) -> Result<()> {
        let Some(at) = unlawful(raw, is_text) else { return Ok(()) };
        self.mark = self.offset_of(raw).saturating_add(at);
        Err(self.fault(ErrorKind::Xml(Fault::Character)))
    }

    /// An error where no further element may be entered.
    #[inline(always)]
    fn check_depth(&self) -> Result<()> {
        match Cursor::depth(self) < self.limits.depth {
            true => Ok(()),
            false => Err(self.fault(ErrorKind::Limit(Limit::Depth))),
        }
    }

    /// Enters an element whose attributes are read; one that `declares` brings the last declaration into scope.
    #[inline(always)]
    fn enter(&mut self, tag: Tag, name: &'a [u8], flags: u8, declares: bool) -> Result<Start> {
        if flags & HAS_ATTRIBUTES != 0 {
            self.mode = Mode::Attributes(0);
        }
        if flags & HAS_CONTENT != 0 {
            self.check_depth()?;
            let namespaces = self.namespaces.len();
            let mut default = self.open.last().and_then(|scope| scope.default);
            if declares {
                self.namespaces.extend(self.declaration.map(|(_, namespace)| namespace));
                default = self.declaration.map(|(_, namespace)| namespace.page);
            }
            self.open.push(Scope { name, page: tag.page(), default, namespaces });
        }
        Ok(Start::from_octet(tag, self.place(name), flags))
    }

    /// The tag of a name inside the root, if it is one of those that most documents consist of; `default` is the code page
    /// of the default namespace.
    #[inline(always)]
    fn plain_tag(&self, name: &[u8], default: Option<Option<u8>>) -> Option<Tag> {
        let page = match default {
            Some(page) => page?,
            None => self.open.last()?.page,
        };
        self.vocabulary.tag_page(page)?.plain_tag(name)
    }

    /// Enters the element whose tag is `raw`, without its angle brackets, of which the name takes `length` octets.
    #[inline(never)]
    fn start(&mut self, raw: &'a [u8], length: usize, is_empty: bool) -> Result<Start> {
        self.check_lawful(raw, false)?;
        if !is_empty {
            self.check_depth()?;
        }
        let Some(text) = self.known_text(raw) else { return Err(self.fault(ErrorKind::Xml(Fault::Encoding))) };
        let qualified = text.get(..length).unwrap_or_default();
        if !is_name_of(qualified.as_bytes()) {
            return Err(self.fault(ErrorKind::Xml(Fault::Syntax)));
        }
        if self.around == 0 && self.open.is_empty() {
            self.root = if text.len() <= LONGEST_ROOT { text } else { "" };
        }

        // the declarations come first: they are in scope in the tag itself
        let outer = self.namespaces.len();
        let (mut seen, mut count, mut has_many) = ([""; FEW], 0_usize, false);
        self.attributes.clear();
        // most tags are nothing but their name
        let mut attributes = Attributes::new(text, length);
        // ADVICE: the parser remembers names on the heap to find one that stands twice; most tags have few to compare
        attributes.with_checks(false);
        for attribute in attributes {
            let (name, value) = self.raw(attribute)?;
            if u32::try_from(count).is_ok_and(|count| count >= self.limits.attributes) {
                return Err(self.fault(ErrorKind::Limit(Limit::Attributes)));
            }
            if seen.iter().take(count).any(|seen| *seen == name) {
                return Err(self.fault(ErrorKind::Xml(Fault::Attribute)));
            }
            match seen.get_mut(count) {
                Some(room) => *room = name,
                None => has_many = true,
            }
            count = count.saturating_add(1);
            if let Some(prefix) = declared_prefix(name) {
                if self.namespaces.len() >= MOST_NAMESPACES {
                    return Err(self.fault(ErrorKind::Limit(Limit::Attributes)));
                }
                let declared = Namespace::new(prefix, value, self.vocabulary);
                self.namespaces.push(declared);
                if self.is_implied(&declared) {
                    continue;
                }
            }
            self.attributes.push((name, value));
        }
        if has_many && Attributes::new(text, length).any(|attribute| attribute.is_err()) {
            return Err(self.fault(ErrorKind::Xml(Fault::Attribute)));
        }
        let has_attributes = !self.attributes.is_empty();
        if let (1, false, Some(namespace)) = (count, has_attributes, self.namespaces.last()) {
            if namespace.prefix.is_empty() {
                self.declaration = raw.get(length..).map(|declaration| (declaration, *namespace));
            }
        }
        let default = self.namespaces.iter().rfind(|namespace| namespace.prefix.is_empty()).map(|default| default.page);
        let known = if self.open.is_empty() { None } else { self.plain_tag(qualified.as_bytes(), default) };
        let tag = known.unwrap_or_else(|| self.resolve(qualified, outer));
        let page = if tag == Tag::LITERAL { self.page() } else { tag.page() };
        if is_empty {
            // scopes end with the element; an empty one has ended already
            self.namespaces.truncate(outer);
        } else {
            self.open.push(Scope { name: qualified.as_bytes(), page, default, namespaces: outer });
        }
        self.root_seen = true;
        if has_attributes {
            self.mode = Mode::Attributes(0);
        }
        let content = if is_empty { 0 } else { HAS_CONTENT };
        let flags = if has_attributes { content | HAS_ATTRIBUTES } else { content };
        Ok(Start::from_octet(tag, self.place(qualified.as_bytes()), flags))
    }

    /// The tag of a name, where `outer` namespaces are those of the elements around.
    fn resolve(&self, qualified: &str, outer: usize) -> Tag {
        if let Some(tag) = notation::tag(qualified) {
            return tag;
        }
        let (prefix, local) = match qualified.as_bytes().contains(&b':') {
            true => qualified.split_once(':').unwrap_or_default(),
            false => ("", qualified),
        };
        let declared = self.namespaces.iter().rposition(|namespace| namespace.prefix == prefix);
        let page = match declared.and_then(|index| self.namespaces.get(index)) {
            Some(namespace) => match namespace.page {
                Some(page) => page,
                // a namespace that is none of the vocabulary's is foreign, but on the root it is only unusual
                None if !self.vocabulary.has_namespaces()
                    || self.around == 0 && self.open.is_empty()
                    || (prefix.is_empty() && declared.is_some_and(|index| index < self.root_namespaces(outer))) =>
                {
                    self.page()
                }
                // no namespace at all: that of a page without one, else the peer only means to leave it out
                None if namespace.name.is_empty() => {
                    let mut pages = self.vocabulary.tag_pages.iter().filter(|page| page.namespace().is_empty());
                    match pages.find_map(|page| page.tag(local)) {
                        Some(tag) => return tag,
                        None => self.page(),
                    }
                }
                None => return Tag::LITERAL,
            },
            None if prefix.is_empty() => self.page(),
            None => return Tag::LITERAL,
        };
        self.vocabulary
            .tag_in_page(page, local)
            .or_else(|| self.vocabulary.tag_in_page(self.page(), local))
            .or_else(|| self.vocabulary.tag(local))
            .unwrap_or(Tag::LITERAL)
    }

    /// How many of the namespaces in scope the root element declares, where it is read here; `outer` are those of the
    /// elements around the one at hand.
    fn root_namespaces(&self, outer: usize) -> usize {
        if self.around > 0 { 0 } else { self.open.get(1).map_or(outer, |scope| scope.namespaces) }
    }

    /// The code page of the element around.
    fn page(&self) -> u8 {
        self.open.last().map_or(self.outer_page, |scope| scope.page)
    }

    /// The name and the value of an attribute of the parser's.
    fn raw(&self, attribute: core::result::Result<RawAttribute<'a>, AttrError>) -> Result<(&'a str, &'a str)> {
        let known = match attribute {
            // `<` in a value is not allowed (3.1), so that a tag that lacks its end does not reach too far
            Ok(RawAttribute { key, value: Cow::Borrowed(value) }) if is_name_of(key.0) && !value.contains(&b'<') => {
                self.known_text(key.0).zip(self.known_text(value))
            }
            _ => None,
        };
        known.ok_or_else(|| self.fault(ErrorKind::Xml(Fault::Attribute)))
    }

    /// Whether a declaration is only of a namespace that the tags' pages imply, or of none.
    fn is_implied(&self, declared: &Namespace<'_>) -> bool {
        declared.page.is_some() || declared.name.is_empty() && self.vocabulary.has_namespaces()
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

    /// The same, for a literal name.
    fn place(&self, octets: &[u8]) -> u32 {
        u32::try_from(self.offset_of(octets)).unwrap_or(u32::MAX)
    }

    // ADVICE: the parser hands out slices of the document without saying where they are; their addresses do. For a
    // slice of anything else the result is a wrong number, never an access.
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

    /// Where these octets of the document stand in it.
    fn offset_of(&self, octets: &[u8]) -> usize {
        octets.as_ptr().addr().saturating_sub(self.document.as_ptr().addr())
    }

    #[cold]
    fn fault(&self, kind: ErrorKind) -> Error {
        kind.at(self.base.saturating_add(self.mark))
    }
}

/// The octets up to the first one that is not UTF-8.
fn valid_part(octets: &[u8]) -> &str {
    match core::str::from_utf8(octets) {
        Ok(text) => text,
        Err(fault) => {
            octets.get(..fault.valid_up_to()).and_then(|octets| core::str::from_utf8(octets).ok()).unwrap_or("")
        }
    }
}

/// The octets of an end tag, without what opens it, if it is as short as it can be and of this name.
#[inline(always)]
fn length_of_end(octets: &[u8], name: &[u8]) -> Option<usize> {
    let (found, behind) = octets.split_at_checked(name.len())?;
    let is_end = behind.first() == Some(&b'>') && scan::is_same(found, name);
    is_end.then(|| name.len().wrapping_add(1))
}

/// Where octets begin that the document may not hold: a character that XML does not have (2.2), `]]>` in text (2.4).
fn unlawful(raw: &[u8], is_text: bool) -> Option<usize> {
    let not_xml = not_xml(raw);
    // most text has no `>` at all
    let may_end = is_text && raw.contains(&b'>');
    let end = if may_end { raw.windows(3).position(|octets| octets == b"]]>") } else { None };
    match (not_xml, end) {
        (Some(this), Some(that)) => Some(this.min(that)),
        (this, that) => this.or(that),
    }
}

/// The octets of a construct without what opens and closes it.
fn inner<'a>(raw: &'a [u8], open: &[u8], close: &[u8]) -> &'a [u8] {
    raw.strip_prefix(open).and_then(|raw| raw.strip_suffix(close)).unwrap_or_default()
}

/// The prefix that an attribute of this name declares a namespace for; empty for the default namespace.
fn declared_prefix(name: &str) -> Option<&str> {
    match name.strip_prefix("xmlns")? {
        "" => Some(""),
        prefix => prefix.strip_prefix(':'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::ALL;
    use crate::writer::Writer;
    use crate::{AnyReader, transcode};
    use alloc::format;
    use alloc::string::String;
    use proptest::prelude::*;

    /// What a document says, event by event, with what is wrong with it; then what becomes of it in WBXML.
    fn said(document: &[u8], by_parser: bool) -> (Vec<String>, String) {
        let mut reader = match Reader::new(document, Options::new().vocabularies(&ALL)) {
            Ok(reader) => Reader { by_parser, ..reader },
            Err(error) => return (Vec::new(), format!("{error:?}")),
        };
        let mut octets = Vec::new();
        let mut writer = Writer::new(&mut octets, reader.vocabulary()).unwrap();
        let written = transcode(&mut AnyReader::Xml(reader.clone()), &mut writer);
        let mut events = Vec::new();
        loop {
            let event = reader.next_event();
            events.push(format!("{event:?} {:?} {}", reader.span(), Cursor::depth(&reader)));
            if matches!(event, Ok(Event::Eof) | Err(_)) {
                // of what is wrong, nothing has to be written by then
                let octets = if written.is_ok() { octets } else { Vec::new() };
                return (events, format!("{written:?} {octets:?}"));
            }
        }
    }

    fn check(document: &[u8]) {
        assert_eq!(said(document, false), said(document, true), "{}", String::from_utf8_lossy(document));
    }

    const PIECES: &[&str] = &[
        "<SyncML xmlns='SYNCML:SYNCML1.2'>",
        "<SyncML>",
        "</SyncML>",
        "<Item>",
        "</Item>",
        "<Meta>",
        "</Meta>",
        "</Meta >",
        "<Type xmlns='syncml:metinf'>",
        "</Type>",
        "<Type xmlns=\"syncml:metinf\"/>",
        "<Data/>",
        "<Data />",
        "<Data>",
        "</Data>",
        "<parm name='NAME' value=\"a>b\"/>",
        "<parm name='A' name='B'/>",
        "<parm name='A&lt;' value='\u{E9}'/>",
        "<parm\n a='b' >",
        "</parm>",
        "<x:Data xmlns:x='y'>",
        "<!-- - -->",
        "<![CDATA[ <a> ]]>",
        "<?pi data?>",
        "&amp;",
        "&#x41;",
        "&",
        "<",
        ">",
        "/",
        "'",
        "\"",
        "text",
        " ",
        "\n  ",
        "\r\n",
        "]]>",
        "\u{FEFF}",
        "\u{E9}t\u{E9}",
        "\u{1}",
        "=",
        "a text that is longer than eight octets",
    ];

    proptest! {
        /// What is found without the parser is what the parser finds.
        #[test]
        fn two_ways_of_reading(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..24), root in any::<bool>(), cut in 0..200_usize) {
            let mut document = pieces.concat().into_bytes();
            if root {
                document = [b"<SyncML xmlns='SYNCML:SYNCML1.2'><Item>", &document[..], b"</Item></SyncML>"].concat();
            }
            check(&document);
            check(document.get(..cut).unwrap_or_default());
        }
    }

    #[test]
    fn documents_in_two_ways() {
        for document in [
            &include_bytes!("../../tests/data/dm-session.xml")[..],
            include_bytes!("../../tests/data/dm-session-tree.xml"),
            include_bytes!("../../tests/data/ddf-tree.xml"),
            include_bytes!("../../tests/data/prov-accounts.xml"),
        ] {
            check(document);
            for at in (0..document.len()).step_by(3) {
                check(&document[..at]);
                let mut other = document.to_vec();
                other[at] = b"<>&\"' /=\xC3\0]x"[at % 12];
                check(&other);
            }
        }
    }
}
