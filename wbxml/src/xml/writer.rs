//! Writing XML.

mod copy;
mod document;
mod element;
mod escape;
mod held;
mod output;
mod pi;
mod plain;
mod stage;
mod tag;
mod unspoken;

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::emit::Emit;
use crate::event::{Event, Start};
use crate::reader::Reader;
use crate::sink::{Sink, WriteError};
use crate::token::{AttrStart, Tag};
use crate::transcode::TranscodeError;
use crate::vocabulary::Vocabulary;

use super::name::not_xml;
use super::notation;
use super::policy::{Characters, Duplicates, Layout};

use escape::Place;
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

impl Open<'_> {
    // ADVICE: in one comparison, since each element asks.
    /// Whether its content is of this code page, and needs no namespace of its own.
    #[inline(always)]
    const fn holds(&self, page: u8) -> bool {
        u16::from_le_bytes([self.is_foreign as u8, self.page]) == u16::from_le_bytes([0, page])
    }
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

    /// Content may stand here: the attributes of the last tag have ended.
    const fn check_no_tag_is_open(&self) -> Result<(), WriteError> {
        if matches!(self.pending, Pending::Nothing) { Ok(()) } else { Err(WriteError::Misplaced) }
    }

    const fn is_indented(&self) -> bool {
        matches!(self.layout, Layout::Indented(_))
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

    fn copy_events<'a>(
        &mut self,
        reader: &mut Reader<'a>,
        around: u32,
    ) -> Result<(Event<'a>, Option<usize>), TranscodeError> {
        self.copy_common(reader, around)
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
