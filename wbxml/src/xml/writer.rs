//! Writing XML.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::emit::Emit;
use crate::event::Start;
use crate::sink::{Sink, WriteError};
use crate::token::Tag;
use crate::vocabulary::Vocabulary;

use super::is_xml_char;

/// Writes compact XML in UTF-8, well-formed whatever the values are.
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
#[derive(Clone, Debug)]
pub struct Writer<'v, S> {
    sink: S,
    vocabulary: &'v Vocabulary<'v>,
    /// The names of the open elements and the code pages whose namespaces are in scope in them.
    open: Vec<(Cow<'v, str>, u8)>,
    /// The element whose tag is not closed yet.
    pending: Option<Start>,
}

impl<'v, S: Sink> Writer<'v, S> {
    /// A writer of elements alone: a fragment, or a document without prolog.
    pub const fn new(sink: S, vocabulary: &'v Vocabulary<'v>) -> Self {
        Self { sink, vocabulary, open: Vec::new(), pending: None }
    }

    /// Writes an XML declaration, and the `DOCTYPE` of the vocabulary if it has one.
    ///
    /// # Errors
    /// [`WriteError::Full`]
    pub fn document(sink: S, vocabulary: &'v Vocabulary<'v>) -> Result<Self, WriteError> {
        let mut writer = Self::new(sink, vocabulary);
        writer.put("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")?;
        if !vocabulary.formal_public_id.is_empty() && !vocabulary.root.is_empty() {
            for part in [
                "<!DOCTYPE ",
                vocabulary.root,
                " PUBLIC \"",
                vocabulary.formal_public_id,
                "\" \"",
                vocabulary.system_id,
                "\">\n",
            ] {
                writer.put(part)?;
            }
        }
        Ok(writer)
    }

    /// The sink, with all that was written.
    pub fn into_sink(self) -> S {
        self.sink
    }

    fn put(&mut self, text: &str) -> Result<(), WriteError> {
        self.sink.put(text.as_bytes())
    }

    /// Content may stand here: the attributes of the last tag have ended.
    const fn check_no_tag_is_open(&self) -> Result<(), WriteError> {
        if self.pending.is_some() { Err(WriteError::Misplaced) } else { Ok(()) }
    }

    /// Goes on behind the name of an element.
    fn opened(&mut self, name: Cow<'v, str>, page: u8, start: Start) -> Result<(), WriteError> {
        if start.has_content() {
            self.open.push((name, page));
        }
        self.pending = Some(start);
        if start.has_attributes() { Ok(()) } else { self.close_tag() }
    }

    /// Writes the `>` that the open tag still lacks, unless attributes may follow.
    fn close_tag(&mut self) -> Result<(), WriteError> {
        match self.pending.take() {
            Some(start) if start.has_content() => self.put(">"),
            Some(_) => self.put("/>"),
            None => Ok(()),
        }
    }
}

impl<S: Sink> Emit for Writer<'_, S> {
    fn start(&mut self, start: Start) -> Result<(), WriteError> {
        self.check_no_tag_is_open()?;
        if start.tag == Tag::LITERAL {
            return Err(WriteError::UnknownName);
        }
        let name = self.vocabulary.tag_name(start.tag).ok_or(WriteError::UnknownName)?;
        let namespace = |page| self.vocabulary.tag_page(page).map_or("", |page| page.namespace());
        let wanted = namespace(start.tag.page());
        let declared = self.open.last().map_or("", |&(_, page)| namespace(page));
        self.put("<")?;
        self.put(name)?;
        if wanted != declared {
            self.put(" xmlns=\"")?;
            self.put(&escape(wanted, SPECIAL_IN_VALUE)?)?;
            self.put("\"")?;
        }
        self.opened(Cow::Borrowed(name), start.tag.page(), start)
    }

    fn start_named(&mut self, name: &str, mut start: Start) -> Result<(), WriteError> {
        self.check_no_tag_is_open()?;
        let page = self.open.last().map_or(0, |&(_, page)| page);
        if let Some(tag) = self.vocabulary.tag_in_page(page, name).or_else(|| self.vocabulary.tag(name)) {
            start.tag = tag;
            return self.start(start);
        }
        if !is_name(name) {
            return Err(WriteError::UnknownName);
        }
        self.put("<")?;
        self.put(name)?;
        self.opened(Cow::Owned(String::from(name)), page, start)
    }

    fn attribute(&mut self, name: &str, value: &str) -> Result<(), WriteError> {
        if self.pending.is_none() {
            return Err(WriteError::Misplaced);
        }
        if !is_name(name) {
            return Err(WriteError::UnknownName);
        }
        self.put(" ")?;
        self.put(name)?;
        self.put("=\"")?;
        self.put(&escape(value, SPECIAL_IN_VALUE)?)?;
        self.put("\"")
    }

    fn attributes_end(&mut self) -> Result<(), WriteError> {
        self.close_tag()
    }

    fn text(&mut self, text: &str) -> Result<(), WriteError> {
        self.check_no_tag_is_open()?;
        let escaped = escape(text, SPECIAL_IN_TEXT)?;
        self.put(&escaped)
    }

    fn opaque(&mut self, octets: &[u8]) -> Result<(), WriteError> {
        let text = core::str::from_utf8(octets).map_err(|_| WriteError::OpaqueInXml)?;
        self.text(text)
    }

    fn pi(&mut self, target: &str, data: &str) -> Result<(), WriteError> {
        self.check_no_tag_is_open()?;
        if !is_name(target) || target.eq_ignore_ascii_case("xml") {
            return Err(WriteError::UnknownName);
        }
        if let Some(character) = data.chars().find(|&character| !is_xml_char(character)) {
            return Err(WriteError::NotXml(character));
        }
        // what would end it too early cannot be escaped (XML 1.0, 2.6)
        if data.contains("?>") {
            return Err(WriteError::NotXml('>'));
        }
        self.put("<?")?;
        self.put(target)?;
        if !data.is_empty() {
            self.put(" ")?;
            self.put(data)?;
        }
        self.put("?>")
    }

    fn end(&mut self) -> Result<(), WriteError> {
        self.check_no_tag_is_open()?;
        let (name, _) = self.open.pop().ok_or(WriteError::Misplaced)?;
        self.put("</")?;
        self.put(&name)?;
        self.put(">")
    }
}

/// The characters that do not come back from text as they are (XML 1.0, 2.4 and 2.11).
const SPECIAL_IN_TEXT: &[char] = &['<', '>', '&', '\r'];
/// The characters that do not come back from an attribute's value as they are (3.3.3).
const SPECIAL_IN_VALUE: &[char] = &['<', '>', '&', '"', '\r', '\n', '\t'];

/// The text with every character escaped that is `special`.
fn escape<'t>(text: &'t str, special: &[char]) -> Result<Cow<'t, str>, WriteError> {
    if let Some(character) = text.chars().find(|&character| !is_xml_char(character)) {
        return Err(WriteError::NotXml(character));
    }
    if !text.contains(special) {
        return Ok(Cow::Borrowed(text));
    }
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            _ if !special.contains(&character) => escaped.push(character),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            '\r' => escaped.push_str("&#13;"),
            '\n' => escaped.push_str("&#10;"),
            '\t' => escaped.push_str("&#9;"),
            _ => escaped.push(character),
        }
    }
    Ok(Cow::Owned(escaped))
}

/// Enough of XML 1.0, production 5, to keep a document well-formed.
fn is_name(name: &str) -> bool {
    let begins = |character: char| character.is_alphabetic() || matches!(character, '_' | ':');
    name.starts_with(begins)
        && name.chars().all(|character| begins(character) || character.is_numeric() || matches!(character, '-' | '.'))
}
