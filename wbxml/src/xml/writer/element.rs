//! Tags, their attributes, and the namespaces that they declare.

use alloc::borrow::Cow;

use crate::emit::Emit;
use crate::event::Start;
use crate::sink::{Sink, WriteError};
use crate::xml::policy::{Duplicates, Layout};

use super::escape::Place;
use super::{Namespace, Open, Pending, Value, Writer};

impl<'v, S: Sink> Writer<'v, S> {
    /// Writes a tag up to its name.
    pub(super) fn open_tag(&mut self, name: &str) -> Result<(), WriteError> {
        if self.open.is_empty() {
            self.top(true)?;
        }
        if self.is_indented() {
            self.held.may_break(self.open.len());
        }
        self.put_all(["<", name])
    }

    /// Goes on behind the name of an element.
    pub(super) fn opened(
        &mut self,
        element: Open<'v>,
        start: Start,
        namespace: Namespace<'v>,
    ) -> Result<(), WriteError> {
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
    pub(super) fn close_tag(&mut self) -> Result<(), WriteError> {
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

    /// The namespace of a code page.
    pub(super) fn namespace(&self, page: u8) -> &'v str {
        self.vocabulary.tag_page(page).map_or("", |page| page.namespace())
    }

    /// The default namespace in the content of an element, if it is one of the vocabulary's or none.
    pub(super) fn declared(&self, around: Option<&Open<'v>>) -> Option<&'v str> {
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

    pub(super) fn write_value(&mut self, text: &str) -> Result<(), WriteError> {
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
    pub(super) fn begin_attribute(&mut self, name: &str, value: &str) -> Result<(), WriteError> {
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

    /// An element by its tag, whose name is known.
    pub(super) fn start_tag(&mut self, name: &'v str, start: Start) -> Result<(), WriteError> {
        let page = start.tag.page();
        let around = self.open.last();
        let is_in_scope =
            around.is_some_and(|around| around.holds(page)) || self.declared(around) == Some(self.namespace(page));
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
