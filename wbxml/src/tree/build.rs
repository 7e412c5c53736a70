//! Trees from what a reader says.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::any::AnyReader;
use crate::cursor::{Cursor, Decode};
use crate::diagnostic::{Diagnostic, DiagnosticKind, Report};
use crate::error::{Error, ErrorKind, Limit, Result};
use crate::event::{AttributeStart, Event, Start};
use crate::limits::Limits;
use crate::options::Options;
use crate::text::{Form, Piece, PlainText, Text};
use crate::token::{AttrStart, Tag};

use super::Tree;
use super::arena::{Kind, NodeId};
use super::names::NameId;
use super::value::{Extension, Joined, Value, ValuePiece, join};

impl<'a> Tree<'a> {
    /// Reads a document, WBXML or XML.
    ///
    /// # Errors
    /// As the reader; [`ErrorKind::DuplicateAttribute`] if an element has two attributes of one name, unless reading is
    /// [lenient](Options::lenient); [`ErrorKind::InvalidText`] and [`ErrorKind::UnsupportedCharset`] for text that is
    /// none; [`Limit::Nodes`] above 2³²−3 nodes.
    pub fn read(document: &'a [u8], options: Options<'a>) -> Result<Self> {
        Self::read_from(&mut AnyReader::new(document, options)?)
    }

    /// Reads all that `reader` has left: a document, or the content that a [`Markup`](crate::Markup) is.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn read_from(reader: &mut AnyReader<'a>) -> Result<Self> {
        let mut builder = Builder::new(Self::new(reader.vocabulary()), reader.report());
        builder.content(reader)?;
        Ok(builder.tree)
    }
}

/// A tree with this element for a root. A cursor hands out its attributes as text alone: a value with pieces that are none
/// is an error.
impl<'a> Decode<'a> for Tree<'a> {
    type Error = Error;

    fn decode<C: Cursor<'a>>(cursor: &mut C, start: Start) -> Result<Self> {
        let mut builder = Builder::new(Self::new(cursor.vocabulary()), None);
        let at = cursor.span().start;
        let name = cursor.name_text(start)?.map(|name| string(name, at)).transpose()?;
        builder.start(start, name, at)?;
        while let Some(attribute) = cursor.next_attribute(start)? {
            let at = cursor.span().start;
            let name = cursor.attribute_name(attribute.attribute_start())?.map(|name| string(name, at)).transpose()?;
            let name = builder.attribute_name(attribute.start, name);
            let mut value = Joined::default();
            for piece in attribute.value.pieces() {
                match piece.map_err(|fault| fault.at(at))? {
                    Piece::Text(text) => value_text(&mut value, text, at)?,
                    Piece::Character(character) => value.text(Cow::Owned(String::from(character))),
                }
            }
            builder.attribute(name, value.finish(), at)?;
        }
        if let Some(content) = cursor.content(start)? {
            // the cursor has read it, within its limits
            let mut reader = content.reader(Limits::NONE)?;
            builder.content(&mut reader)?;
        }
        Ok(builder.tree)
    }
}

struct Builder<'a> {
    tree: Tree<'a>,
    /// The element whose content comes next.
    open: NodeId,
    /// The element opened last, and its last attribute.
    tag: NodeId,
    attribute: Option<NodeId>,
    /// For each name: the element that had an attribute of this name last.
    had: Vec<Option<NodeId>>,
    text: Cow<'a, str>,
    /// Whom lenient reading tells about attributes that are dropped.
    report: Option<&'a dyn Report>,
}

impl<'a> Builder<'a> {
    fn new(tree: Tree<'a>, report: Option<&'a dyn Report>) -> Self {
        let open = tree.document();
        Self { tree, open, tag: open, attribute: None, had: Vec::new(), text: Cow::Borrowed(""), report }
    }

    fn push(&mut self, kind: Kind<'a>, at: usize) -> Result<NodeId> {
        self.tree.arena.push(kind).ok_or(ErrorKind::Limit(Limit::Nodes).at(at))
    }

    /// Hangs a node into the element that is open.
    fn append(&mut self, kind: Kind<'a>, at: usize) -> Result<NodeId> {
        let id = self.push(kind, at)?;
        self.tree.arena.attach(id, self.open, None);
        Ok(id)
    }

    /// Opens an element; `name` is `None` for a tag that the vocabulary does not know.
    fn start(&mut self, start: Start, name: Option<Cow<'a, str>>, at: usize) -> Result<()> {
        let name = match start.tag {
            Tag::LITERAL => self.tree.names.text(name.unwrap_or_default()),
            tag => self.tree.names.tag(tag, name),
        };
        self.tag = self.append(Kind::Element { name, attributes: None, has_content: start.has_content() }, at)?;
        self.attribute = None;
        if start.has_content() {
            self.open = self.tag;
        }
        Ok(())
    }

    /// The name of an attribute; `name` is `None` for a token that the vocabulary does not know.
    fn attribute_name(&mut self, start: AttrStart, name: Option<Cow<'a, str>>) -> NameId {
        match name {
            Some(name) => self.tree.names.text(name),
            None => self.tree.names.start(start),
        }
    }

    /// Gives the element opened last an attribute that it does not have yet.
    fn attribute(&mut self, name: NameId, value: Value<'a>, at: usize) -> Result<()> {
        self.had.resize(self.tree.names.len(), None);
        if let Some(had) = usize::try_from(name).ok().and_then(|name| self.had.get_mut(name)) {
            if had.replace(self.tag) == Some(self.tag) {
                let report = self.report.ok_or(ErrorKind::DuplicateAttribute.at(at))?;
                report.forgiven(Diagnostic::new(DiagnosticKind::DuplicateAttribute, at));
                return Ok(());
            }
        }
        let id = self.push(Kind::Attribute(name, value), at)?;
        self.tree.arena.attach_attribute(id, self.tag, self.attribute);
        self.attribute = Some(id);
        Ok(())
    }

    /// Reads content, to the end of what `reader` reads.
    fn content(&mut self, reader: &mut AnyReader<'a>) -> Result<()> {
        loop {
            let event = reader.next_event()?;
            let at = reader.span().start;
            match event {
                Event::Text(text) => {
                    join(&mut self.text, text.to_cow().map_err(|fault| fault.at(at))?);
                    continue;
                }
                Event::Entity(character) => {
                    join(&mut self.text, Cow::Owned(String::from(character)));
                    continue;
                }
                Event::SwitchPage(_) => continue,
                _ => {}
            }
            if !self.text.is_empty() {
                let text = core::mem::take(&mut self.text);
                self.append(Kind::Text(text), at)?;
            }
            match event {
                Event::Start(start) => {
                    let name = reader.name_text(start)?.map(|name| string(name, at)).transpose()?;
                    self.start(start, name, at)?;
                    if start.has_attributes() {
                        self.attributes(reader)?;
                    }
                }
                Event::End => self.open = self.tree.arena.node(self.open).parent.unwrap_or(self.tree.document()),
                Event::Opaque(octets) => drop(self.append(Kind::Opaque(Cow::Borrowed(octets)), at)?),
                Event::Pi => self.pi(reader, at)?,
                Event::Eof => return Ok(()),
                _ => {
                    if let Some(extension) = extension(event, reader, at)? {
                        self.append(Kind::Extension(extension), at)?;
                    }
                }
            }
        }
    }

    /// Reads the attributes of the element opened last.
    fn attributes(&mut self, reader: &mut AnyReader<'a>) -> Result<()> {
        let mut attribute: Option<(NameId, usize, Joined<'a>)> = None;
        loop {
            let event = reader.next_event()?;
            let is_end = matches!(event, Event::AttributesEnd | Event::Eof);
            if is_end || matches!(event, Event::AttributeStart(_)) {
                if let Some((name, at, value)) = attribute.take() {
                    self.attribute(name, value.finish(), at)?;
                }
            }
            match event {
                _ if is_end => return Ok(()),
                Event::AttributeStart(start) => {
                    let (name, value) = self.attribute_start(start, reader)?;
                    attribute = Some((name, reader.span().start, value));
                }
                piece => {
                    if let Some((_, _, value)) = &mut attribute {
                        value_piece(value, piece, reader)?;
                    }
                }
            }
        }
    }

    /// Reads a processing instruction, which has a target and data as an attribute has a name and a value.
    fn pi(&mut self, reader: &mut AnyReader<'a>, at: usize) -> Result<()> {
        let mut target = None;
        let mut data = Joined::default();
        loop {
            match reader.next_event()? {
                Event::AttributesEnd | Event::Eof => break,
                Event::AttributeStart(start) => {
                    let (name, value) = self.attribute_start(start, reader)?;
                    target = Some(name);
                    data = value;
                }
                piece => value_piece(&mut data, piece, reader)?,
            }
        }
        if let Some(target) = target {
            self.append(Kind::Pi(target, data.finish()), at)?;
        }
        Ok(())
    }

    /// The name of an attribute, and the beginning of its value.
    fn attribute_start(&mut self, start: AttributeStart, reader: &AnyReader<'a>) -> Result<(NameId, Joined<'a>)> {
        let mut value = Joined::default();
        if start.token != AttrStart::LITERAL {
            let (_, prefix) = reader.vocabulary().attribute(start.token).unwrap_or_default();
            value.text(Cow::Borrowed(prefix));
        }
        let at = reader.span().start;
        let name = reader.attribute_name(start)?.map(|name| string(name, at)).transpose()?;
        Ok((self.attribute_name(start.token, name), value))
    }
}

/// Puts a piece to a value.
fn value_piece<'a>(value: &mut Joined<'a>, event: Event<'a>, reader: &AnyReader<'a>) -> Result<()> {
    let at = reader.span().start;
    match event {
        Event::Text(text) => value_text(value, text, at)?,
        Event::Entity(character) => value.text(Cow::Owned(String::from(character))),
        Event::AttributeValue(token) => match reader.vocabulary().attribute_value(token) {
            Some(text) => value.text(Cow::Borrowed(text)),
            None => value.piece(ValuePiece::Token(token)),
        },
        Event::Opaque(octets) => value_text(value, PlainText::new(octets, reader.charset(), Form::Opaque), at)?,
        _ => {
            if let Some(extension) = extension(event, reader, at)? {
                value.piece(ValuePiece::Extension(extension));
            }
        }
    }
    Ok(())
}

/// Puts a string to a value; octets that could not be one stay octets.
fn value_text<'a>(value: &mut Joined<'a>, text: PlainText<'a>, at: usize) -> Result<()> {
    match text.to_cow() {
        Ok(string) if text.form() != Form::Opaque || !string.contains('\0') => value.text(string),
        Err(fault) if text.form() != Form::Opaque => return Err(fault.at(at)),
        _ => value.piece(ValuePiece::Opaque(Cow::Borrowed(text.octets()))),
    }
    Ok(())
}

/// The extension that an event is.
fn extension<'a>(event: Event<'a>, reader: &AnyReader<'a>, at: usize) -> Result<Option<Extension<'a>>> {
    Ok(match event {
        Event::ExtI(number, octets) => {
            let text = reader.charset().to_cow(octets).map_err(|(fault, _)| fault.at(at))?;
            Some(Extension::Inline(number, text))
        }
        Event::ExtT(number, value) => Some(Extension::Number(number, value)),
        Event::Ext(number) => Some(Extension::Single(number)),
        _ => None,
    })
}

/// Text as characters.
fn string(text: Text<'_>, at: usize) -> Result<Cow<'_, str>> {
    text.to_cow().map_err(|fault| fault.at(at))
}
