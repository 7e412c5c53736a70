//! Writing XML.

mod escape;
mod held;
mod tag;

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::emit::Emit;
use crate::event::{Event, Start};
use crate::sink::{Sink, WriteError};
use crate::text::{PlainText, TextFault};
use crate::token::{AttrStart, Tag};
use crate::vocabulary::Vocabulary;

use super::name::not_xml;
use super::notation;
use super::policy::{Characters, Duplicates, Layout};

use escape::{Place, Special, plain_length, special};
use held::Held;
use tag::{Names, Ordered};

/// Writes XML in UTF-8, well-formed whatever the values are.
///
/// ```
/// use wbxml::{Emit, Start, vocabulary::syncml::{SYNCML_1_2, tag}, xml};
///
/// let mut octets = Vec::new();
/// let mut writer = xml::Writer::new(&mut octets, &SYNCML_1_2);
/// writer.start(Start::new(tag::META))?;
/// writer.leaf(wbxml::vocabulary::metinf::tag::TYPE, "a<b")?;
/// writer.end()?;
/// assert_eq!(octets, b"<Meta xmlns=\"SYNCML:SYNCML1.2\"><Type xmlns=\"syncml:metinf\">a&lt;b</Type></Meta>");
/// # Ok::<(), wbxml::WriteError>(())
/// ```
///
/// What there is a choice of is said before the first element:
///
/// ```
/// use wbxml::{Emit, Start, vocabulary::prov::{PROV_1_0, tag}, xml::{self, Characters, Layout}};
///
/// let mut octets = Vec::new();
/// let mut writer =
///     xml::Writer::new(&mut octets, &PROV_1_0).layout(Layout::Indented(2)).characters(Characters::Replace);
/// writer.start(Start::new(tag::WAP_PROVISIONINGDOC))?;
/// writer.start(Start::new(tag::PARM).without_content().with_attributes())?;
/// writer.attribute("name", "\u{1}")?;
/// writer.attributes_end()?;
/// writer.end()?;
/// let expected = "<wap-provisioningdoc>\n  <parm name=\"\u{FFFD}\"/>\n</wap-provisioningdoc>";
/// assert_eq!(String::from_utf8(octets).unwrap(), expected);
/// # Ok::<(), wbxml::WriteError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Writer<'v, S> {
    sink: S,
    vocabulary: &'v Vocabulary<'v>,
    layout: Layout,
    characters: Characters,
    duplicates: Duplicates,
    part: Part,
    open: Vec<Open<'v>>,
    pending: Pending<'v>,
    value: Value,
    /// Whether the last character of a processing instruction is `?`.
    is_question: bool,
    names: Names,
    ordered: Ordered,
    held: Held,
}

/// How far a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// It is no document, but any number of elements and texts.
    Fragment,
    /// At its first octet.
    Prolog,
    BeforeRoot,
    Root,
    BehindRoot,
}

/// An element that is open.
#[derive(Clone, Debug)]
struct Open<'v> {
    name: Cow<'v, str>,
    /// The code page of its content.
    page: u8,
    /// Whether the default namespace is none of the vocabulary's.
    is_foreign: bool,
}

/// What is open and no element.
#[derive(Clone, Copy, Debug)]
enum Pending<'v> {
    Nothing,
    /// A tag whose attributes have not ended.
    Tag(Start, Namespace<'v>),
    /// A processing instruction, before its target, behind it, and in its data.
    Pi,
    PiTarget,
    PiData,
}

/// What is still to be said of the default namespace in a tag.
#[derive(Clone, Copy, Debug)]
enum Namespace<'v> {
    /// Nothing.
    Settled,
    /// It is to be declared behind the attributes, unless one of them declares another one.
    Owed(&'v str),
    /// The same, where it tells whether the name is this tag's.
    Decisive(Tag),
}

/// The value of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Value {
    Closed,
    /// Without the quotation mark at its end.
    Open,
    /// That of an attribute which is left out.
    Left,
}

impl<'v, S: Sink> Writer<'v, S> {
    /// A writer of elements alone: a fragment, or a document without prolog.
    pub const fn new(sink: S, vocabulary: &'v Vocabulary<'v>) -> Self {
        Self {
            sink,
            vocabulary,
            layout: Layout::Compact,
            characters: Characters::Error,
            duplicates: Duplicates::Error,
            part: Part::Fragment,
            open: Vec::new(),
            pending: Pending::Nothing,
            value: Value::Closed,
            is_question: false,
            names: Names::new(),
            ordered: Ordered::new(),
            held: Held::new(),
        }
    }

    /// A writer of one document: in front of its first element or processing instruction it writes an XML declaration,
    /// and the `DOCTYPE` of the vocabulary if it has one.
    ///
    /// A second root, and text outside the root, are [`WriteError::Misplaced`].
    #[must_use]
    pub const fn document(sink: S, vocabulary: &'v Vocabulary<'v>) -> Self {
        let mut writer = Self::new(sink, vocabulary);
        writer.part = Part::Prolog;
        writer
    }

    /// The same, laid out so ([`Layout::Compact`]).
    #[must_use]
    pub fn layout(self, layout: Layout) -> Self {
        Self { layout, ..self }
    }

    /// The same, where this becomes of characters that XML cannot hold ([`Characters::Error`]).
    #[must_use]
    pub fn characters(self, characters: Characters) -> Self {
        Self { characters, ..self }
    }

    /// The same, where this becomes of a second attribute of one name ([`Duplicates::Error`]).
    #[must_use]
    pub fn duplicates(self, duplicates: Duplicates) -> Self {
        Self { duplicates, ..self }
    }

    /// The sink, with what was written by now; an indented layout holds back what it cannot break yet.
    pub const fn sink(&self) -> &S {
        &self.sink
    }

    /// The sink, with all that was written: every root element that has ended.
    pub fn into_sink(self) -> S {
        self.sink
    }

    // ADVICE: the layout is asked for once, and what is one or two octets is a store, not a call.
    /// Writes the parts of a tag.
    #[inline(always)]
    fn put_all<const N: usize>(&mut self, parts: [&str; N]) -> Result<(), WriteError> {
        if matches!(self.layout, Layout::Compact) {
            return parts.into_iter().try_for_each(|part| self.sink.put(part.as_bytes()));
        }
        parts.into_iter().try_for_each(|part| self.put_aside(part))
    }

    #[inline]
    fn put(&mut self, text: &str) -> Result<(), WriteError> {
        if matches!(self.layout, Layout::Compact) { self.sink.put(text.as_bytes()) } else { self.put_aside(text) }
    }

    fn put_aside(&mut self, text: &str) -> Result<(), WriteError> {
        match self.layout {
            Layout::Indented(_) => self.held.text.push_str(text),
            Layout::Canonical if self.value != Value::Closed => self.ordered.extend(text),
            _ => return self.sink.put(text.as_bytes()),
        }
        Ok(())
    }

    /// Writes text with what stands for the characters that cannot.
    #[inline]
    fn write(&mut self, text: &str, place: Place) -> Result<(), WriteError> {
        if plain_length(text.as_bytes(), place) == text.len() {
            return self.put_run(text, place);
        }
        self.escape(text, place)
    }

    #[inline(never)]
    fn escape(&mut self, text: &str, place: Place) -> Result<(), WriteError> {
        let (mut from, mut at) = (0, 0_usize);
        loop {
            let octets = text.as_bytes().get(at..).unwrap_or_default();
            at = at.saturating_add(plain_length(octets, place));
            let (plain, rest) = (text.get(from..at).unwrap_or_default(), text.get(at..).unwrap_or_default());
            let Some(character) = rest.chars().next() else {
                return self.put_run(plain, place);
            };
            let next = at.saturating_add(character.len_utf8());
            match special(rest, place) {
                Special::Itself => {}
                Special::PiEnd => {
                    if plain.ends_with('?') || plain.is_empty() && self.is_question {
                        return Err(WriteError::PiData);
                    }
                }
                Special::As(reference) => {
                    self.put_run(plain, place)?;
                    self.put_run(reference, place)?;
                    from = next;
                }
                Special::Not(character) => {
                    self.put_run(plain, place)?;
                    match self.characters {
                        Characters::Error => return Err(WriteError::NotXml(character)),
                        Characters::Replace => self.put_run("\u{FFFD}", place)?,
                        Characters::Drop => {}
                    }
                    from = next;
                }
            }
            at = next;
        }
    }

    #[inline]
    fn put_run(&mut self, text: &str, place: Place) -> Result<(), WriteError> {
        if text.is_empty() {
            return Ok(());
        }
        if place == Place::Pi {
            self.is_question = text.ends_with('?');
        }
        self.put(text)
    }

    /// Content may stand here: the attributes of the last tag have ended.
    const fn check_no_tag_is_open(&self) -> Result<(), WriteError> {
        if matches!(self.pending, Pending::Nothing) { Ok(()) } else { Err(WriteError::Misplaced) }
    }

    /// Text may stand here.
    fn check_text(&self) -> Result<(), WriteError> {
        self.check_no_tag_is_open()?;
        if self.open.is_empty() && self.part != Part::Fragment { Err(WriteError::Misplaced) } else { Ok(()) }
    }

    /// Goes on to something that stands outside every element.
    #[cold]
    fn top(&mut self, is_element: bool) -> Result<(), WriteError> {
        if self.part == Part::Prolog {
            self.part = Part::BeforeRoot;
            if self.layout != Layout::Canonical {
                self.prolog()?;
            }
        }
        match self.part {
            Part::BeforeRoot if is_element => self.part = Part::Root,
            Part::BehindRoot if is_element => return Err(WriteError::Misplaced),
            _ => {}
        }
        Ok(())
    }

    fn prolog(&mut self) -> Result<(), WriteError> {
        self.put("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")?;
        let vocabulary = self.vocabulary;
        if vocabulary.formal_public_id.is_empty() || vocabulary.root.is_empty() {
            return Ok(());
        }
        for part in [
            "<!DOCTYPE ",
            vocabulary.root,
            " PUBLIC \"",
            vocabulary.formal_public_id,
            "\" \"",
            vocabulary.system_id,
            "\">\n",
        ] {
            self.put(part)?;
        }
        Ok(())
    }

    /// Something that stands outside every element has ended.
    #[cold]
    fn top_ended(&mut self) -> Result<(), WriteError> {
        if self.part == Part::Root {
            self.part = Part::BehindRoot;
        }
        self.release()
    }

    fn release(&mut self) -> Result<(), WriteError> {
        match self.layout {
            Layout::Indented(width) => {
                let sink = &mut self.sink;
                self.held.release(width, |text| sink.put(text.as_bytes()))
            }
            _ => Ok(()),
        }
    }

    const fn is_indented(&self) -> bool {
        matches!(self.layout, Layout::Indented(_))
    }

    /// Writes a tag up to its name.
    fn open_tag(&mut self, name: &str) -> Result<(), WriteError> {
        if self.open.is_empty() {
            self.top(true)?;
        }
        if self.is_indented() {
            self.held.may_break(self.open.len());
        }
        self.put_all(["<", name])
    }

    /// Goes on behind the name of an element.
    fn opened(&mut self, element: Open<'v>, start: Start, namespace: Namespace<'v>) -> Result<(), WriteError> {
        self.pending = Pending::Tag(start, namespace);
        let is_canonical = matches!(self.layout, Layout::Canonical);
        if start.has_content() || is_canonical {
            self.open.push(element);
            if self.is_indented() {
                self.held.start();
            }
        }
        if start.has_attributes() {
            self.names.clear();
            return Ok(());
        }
        self.close_tag()
    }

    /// Writes what the open tag still lacks.
    fn close_tag(&mut self) -> Result<(), WriteError> {
        let (start, namespace) = match self.pending {
            Pending::Tag(start, namespace) => (start, namespace),
            Pending::PiTarget | Pending::PiData => return self.close_pi(),
            Pending::Pi | Pending::Nothing => return Err(WriteError::Misplaced),
        };
        self.close_value()?;
        match namespace {
            Namespace::Owed(name) => self.declare(name)?,
            Namespace::Decisive(tag) => {
                let is_open = start.has_content() || self.layout == Layout::Canonical;
                let around = self.open.len().checked_sub(if is_open { 2 } else { 1 });
                let around = around.and_then(|index| self.open.get(index));
                let wanted = self.namespace(tag.page());
                if self.declared(around) != Some(wanted) {
                    self.declare(wanted)?;
                }
                self.set_scope(start, tag.page(), false);
            }
            Namespace::Settled => {}
        }
        self.pending = Pending::Nothing;
        if matches!(self.layout, Layout::Canonical) {
            return self.close_canonical(start);
        }
        if start.has_content() {
            return self.put(">");
        }
        self.put("/>")?;
        if self.open.is_empty() { self.top_ended() } else { Ok(()) }
    }

    fn close_canonical(&mut self, start: Start) -> Result<(), WriteError> {
        for (name, value) in self.ordered.take(self.open.len()) {
            for part in [" ", &name, "=\"", &value, "\""] {
                self.put(part)?;
            }
        }
        self.put(">")?;
        if start.has_content() { Ok(()) } else { self.end() }
    }

    fn close_pi(&mut self) -> Result<(), WriteError> {
        self.pending = Pending::Nothing;
        self.put("?>")?;
        if !self.open.is_empty() {
            return Ok(());
        }
        if self.layout != Layout::Compact && self.part == Part::BeforeRoot {
            self.put("\n")?;
        }
        self.top_ended()
    }

    /// The namespace of a code page.
    fn namespace(&self, page: u8) -> &'v str {
        self.vocabulary.tag_page(page).map_or("", |page| page.namespace())
    }

    /// The default namespace in the content of an element, if it is one of the vocabulary's or none.
    fn declared(&self, around: Option<&Open<'v>>) -> Option<&'v str> {
        match around {
            None => Some(""),
            Some(element) if element.is_foreign => None,
            Some(element) => Some(self.namespace(element.page)),
        }
    }

    /// Writes the declaration of a default namespace.
    fn declare(&mut self, namespace: &str) -> Result<(), WriteError> {
        self.begin_value("xmlns")?;
        self.write_value(namespace)?;
        self.close_value()
    }

    fn begin_value(&mut self, name: &str) -> Result<(), WriteError> {
        if self.layout == Layout::Canonical {
            self.ordered.push(name);
        } else {
            self.put_all([" ", name, "=\""])?;
        }
        self.value = Value::Open;
        Ok(())
    }

    fn write_value(&mut self, text: &str) -> Result<(), WriteError> {
        self.write(text, if self.layout == Layout::Canonical { Place::CanonicalValue } else { Place::Value })
    }

    fn close_value(&mut self) -> Result<(), WriteError> {
        match core::mem::replace(&mut self.value, Value::Closed) {
            Value::Open if self.layout != Layout::Canonical => self.put("\""),
            _ => Ok(()),
        }
    }

    /// What the content of the element at hand is in, if it has any.
    fn set_scope(&mut self, start: Start, page: u8, is_foreign: bool) {
        if start.has_content() || self.layout == Layout::Canonical {
            if let Some(element) = self.open.last_mut() {
                element.page = page;
                element.is_foreign = is_foreign;
            }
        }
    }

    /// Takes note of a literal attribute `xmlns`, where the vocabulary's code pages have namespaces.
    fn declares(&mut self, start: Start, namespace: &str) {
        let is_root = self.open.len() <= usize::from(start.has_content() || self.layout == Layout::Canonical);
        match self.vocabulary.namespace_page(namespace) {
            Some(page) => self.set_scope(start, page.number(), false),
            // on the root it is only unusual, as it is to the reader
            None if is_root => {}
            None => {
                let page = self.open.last().map_or(0, |element| element.page);
                self.set_scope(start, page, true);
            }
        }
        self.pending = Pending::Tag(start, Namespace::Settled);
    }

    /// An attribute, by its name as XML has it, up to the beginning of its value.
    fn begin_attribute(&mut self, name: &str, value: &str) -> Result<(), WriteError> {
        let start = match self.pending {
            Pending::Tag(start, _) => start,
            Pending::Pi => return self.begin_pi(name, value),
            Pending::PiTarget | Pending::PiData | Pending::Nothing => return Err(WriteError::Misplaced),
        };
        self.close_value()?;
        if !self.names.insert(name) {
            if self.duplicates == Duplicates::Error {
                return Err(WriteError::DuplicateAttribute);
            }
            self.value = Value::Left;
            return Ok(());
        }
        if name == "xmlns" && self.vocabulary.has_namespaces() {
            self.declares(start, value);
        }
        if self.is_indented() && name == "xml:space" && value == "preserve" && start.has_content() {
            self.held.keep();
        }
        self.begin_value(name)?;
        self.write_value(value)
    }

    /// A processing instruction, up to the beginning of its data.
    fn begin_pi(&mut self, target: &str, data: &str) -> Result<(), WriteError> {
        if target.eq_ignore_ascii_case("xml") {
            return Err(WriteError::UnknownName);
        }
        if self.open.is_empty() {
            self.top(false)?;
            if self.layout != Layout::Compact && self.part == Part::BehindRoot {
                self.put("\n")?;
            }
        }
        if self.is_indented() {
            self.held.may_break(self.open.len());
        }
        self.put("<?")?;
        self.put(target)?;
        self.pending = Pending::PiTarget;
        self.write_data(data)
    }

    /// Data of a processing instruction.
    fn write_data(&mut self, data: &str) -> Result<(), WriteError> {
        if data.is_empty() {
            return Ok(());
        }
        self.begin_data()?;
        self.write(data, Place::Pi)
    }

    fn begin_data(&mut self) -> Result<(), WriteError> {
        if matches!(self.pending, Pending::PiTarget) {
            self.pending = Pending::PiData;
            self.put_run(" ", Place::Pi)?;
        }
        Ok(())
    }

    /// Octets as text, if they are text that XML can hold; else by the notation.
    fn octets(&mut self, event: &Event<'_>, octets: &[u8]) -> Result<(), WriteError> {
        match core::str::from_utf8(octets) {
            Ok(text) if not_xml(octets).is_none() => self.piece(text),
            _ => self.unspoken(event),
        }
    }

    /// A token that XML has no words for.
    fn unspoken(&mut self, event: &Event<'_>) -> Result<(), WriteError> {
        let Some((what, data)) = notation::words(event) else { return Err(WriteError::Misplaced) };
        if matches!(self.pending, Pending::Nothing) {
            self.check_text()?;
            if matches!(event, Event::AttributeValue(_)) {
                return Err(WriteError::Misplaced);
            }
            let target = notation::target(&what);
            if self.is_indented() {
                self.held.keep();
            }
            for part in ["<?", &target, " ", &data, "?>"] {
                self.put(part)?;
            }
            return if self.open.is_empty() { self.release() } else { Ok(()) };
        }
        match (self.pending, self.value) {
            (Pending::Pi, _) | (Pending::Tag(..), Value::Closed) => return Err(WriteError::Misplaced),
            (_, Value::Left) => return Ok(()),
            _ => self.begin_data()?,
        }
        let blank = if data.is_empty() { "" } else { " " };
        for part in ["\u{FFFC}(", &what, blank, &data, ")"] {
            self.put_run(part, Place::Pi)?;
        }
        Ok(())
    }

    /// A piece of text, of a value or of the data of a processing instruction.
    fn piece(&mut self, text: &str) -> Result<(), WriteError> {
        match self.pending {
            Pending::Nothing => self.text(text),
            Pending::Tag(..) => match self.value {
                Value::Open => self.write_value(text),
                Value::Left => Ok(()),
                Value::Closed => Err(WriteError::Misplaced),
            },
            Pending::PiTarget | Pending::PiData => self.write_data(text),
            Pending::Pi => Err(WriteError::Misplaced),
        }
    }

    fn plain(&mut self, text: PlainText<'_>) -> Result<(), WriteError> {
        match text.to_cow() {
            Ok(text) => self.piece(&text),
            Err(TextFault::Invalid) if self.characters != Characters::Error => {
                for chunk in text.octets().utf8_chunks() {
                    self.piece(chunk.valid())?;
                    if !chunk.invalid().is_empty() && self.characters == Characters::Replace {
                        self.piece("\u{FFFD}")?;
                    }
                }
                Ok(())
            }
            Err(fault) => Err(WriteError::Text(fault)),
        }
    }

    /// An element by its tag, whose name is known.
    fn start_tag(&mut self, name: &'v str, start: Start) -> Result<(), WriteError> {
        let page = start.tag.page();
        let around = self.open.last();
        let is_in_scope = around.is_some_and(|around| around.page == page && !around.is_foreign)
            || self.declared(around) == Some(self.namespace(page));
        let element = Open { name: Cow::Borrowed(name), page, is_foreign: false };
        let is_name_alone = is_in_scope && !start.has_attributes() && start.has_content();
        if is_name_alone && self.layout == Layout::Compact && !self.open.is_empty() {
            self.open.push(element);
            return self.put_all(["<", name, ">"]);
        }
        self.open_tag(name)?;
        let namespace = match is_in_scope {
            true => Namespace::Settled,
            false if start.has_attributes() => Namespace::Owed(self.namespace(page)),
            false => {
                self.declare(self.namespace(page))?;
                Namespace::Settled
            }
        };
        self.opened(element, start, namespace)
    }
}

impl<S: Sink> Emit for Writer<'_, S> {
    fn start(&mut self, start: Start) -> Result<(), WriteError> {
        self.check_no_tag_is_open()?;
        if start.tag == Tag::LITERAL {
            return Err(WriteError::UnknownName);
        }
        let name = self.vocabulary.tag_name(start.tag).ok_or(WriteError::UnknownName)?;
        self.start_tag(name, start)
    }

    fn start_named(&mut self, name: &str, mut start: Start) -> Result<(), WriteError> {
        self.check_no_tag_is_open()?;
        let (page, is_foreign) = self.open.last().map_or((0, false), |around| (around.page, around.is_foreign));
        let known = if is_foreign {
            None
        } else {
            self.vocabulary.tag_in_page(page, name).or_else(|| self.vocabulary.tag(name))
        };
        let namespace = match known {
            // an attribute may say that the name is another one
            Some(tag) if start.has_attributes() && self.vocabulary.has_namespaces() => Namespace::Decisive(tag),
            Some(tag) => {
                start.tag = tag;
                return self.start(start);
            }
            None => Namespace::Settled,
        };
        let name = notation::literal(name);
        self.open_tag(&name)?;
        let element = Open { name: Cow::Owned(name.into_owned()), page, is_foreign };
        self.opened(element, start, namespace)
    }

    fn attribute(&mut self, name: &str, value: &str) -> Result<(), WriteError> {
        if matches!(self.pending, Pending::Nothing) {
            return Err(WriteError::Misplaced);
        }
        self.begin_attribute(&notation::literal(name), value)
    }

    fn attributes_end(&mut self) -> Result<(), WriteError> {
        self.close_tag()
    }

    fn text(&mut self, text: &str) -> Result<(), WriteError> {
        self.check_text()?;
        if self.is_indented() && !text.is_empty() {
            self.held.keep();
        }
        self.write(text, if self.layout == Layout::Canonical { Place::CanonicalText } else { Place::Text })?;
        if self.open.is_empty() { self.release() } else { Ok(()) }
    }

    fn opaque(&mut self, octets: &[u8]) -> Result<(), WriteError> {
        let text = core::str::from_utf8(octets).map_err(|_| WriteError::OpaqueInXml)?;
        self.text(text)
    }

    fn token(&mut self, event: &Event<'_>) -> Result<(), WriteError> {
        match *event {
            Event::Start(start) if start.tag == Tag::LITERAL => Err(WriteError::UnknownName),
            Event::Start(start) => match self.vocabulary.tag_name(start.tag) {
                Some(_) => self.start(start),
                None => {
                    self.check_no_tag_is_open()?;
                    let name = notation::token_name(start.tag.page(), start.tag.code());
                    self.open_tag(&name)?;
                    let (page, is_foreign) =
                        self.open.last().map_or((0, false), |around| (around.page, around.is_foreign));
                    // where namespaces do not tell, the page of the element around does
                    let page = if self.vocabulary.has_namespaces() { page } else { start.tag.page() };
                    let element = Open { name: Cow::Owned(name), page, is_foreign };
                    self.opened(element, start, Namespace::Settled)
                }
            },
            Event::AttributeStart(start) if start.token == AttrStart::LITERAL => Err(WriteError::UnknownName),
            Event::AttributeStart(start) => match self.vocabulary.attribute(start.token) {
                Some((name, prefix)) => self.attribute(name, prefix),
                None => self.begin_attribute(&notation::token_name(start.token.page(), start.token.code()), ""),
            },
            Event::AttributeValue(value) => match self.vocabulary.attribute_value(value) {
                Some(text) => self.piece(text),
                None => self.unspoken(event),
            },
            Event::Text(text) => self.plain(text),
            Event::Entity(character) => self.piece(character.encode_utf8(&mut [0; 4])),
            Event::Opaque(octets) => self.octets(event, octets),
            Event::ExtI(..) | Event::ExtT(..) | Event::Ext(_) => self.unspoken(event),
            Event::AttributesEnd => self.attributes_end(),
            Event::End => self.end(),
            Event::Pi => {
                self.check_no_tag_is_open()?;
                self.pending = Pending::Pi;
                Ok(())
            }
            Event::SwitchPage(_) | Event::Eof => Ok(()),
        }
    }

    fn pi(&mut self, target: &str, data: &str) -> Result<(), WriteError> {
        self.check_no_tag_is_open()?;
        if data.contains("?>") {
            return Err(WriteError::PiData);
        }
        if let (Characters::Error, Some(at)) = (self.characters, not_xml(data.as_bytes())) {
            return Err(WriteError::NotXml(data.get(at..).and_then(|rest| rest.chars().next()).unwrap_or_default()));
        }
        self.begin_pi(&notation::literal(target), data)?;
        self.close_pi()
    }

    fn end(&mut self) -> Result<(), WriteError> {
        self.check_no_tag_is_open()?;
        let Open { name, .. } = self.open.pop().ok_or(WriteError::Misplaced)?;
        match self.layout {
            Layout::Indented(_) => self.held.end(),
            Layout::Canonical => self.ordered.end(self.open.len().saturating_add(1)),
            Layout::Compact => {}
        }
        self.put_all(["</", &name, ">"])?;
        if self.open.is_empty() { self.top_ended() } else { Ok(()) }
    }
}
