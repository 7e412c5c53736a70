//! Where everything stands in a document: its elements, attributes and texts in the order of their octets.

use alloc::vec::Vec;
use core::ops::Range;

use crate::error::Result;
use crate::event::{AttributeStart, Event, Start};
use crate::reader::Reader;

/// The code pages in force at an octet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Pages {
    pub(super) tag: u8,
    pub(super) attribute: u8,
}

/// What an event does to the pages, and to the question which of them counts.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Track {
    pub(super) pages: Pages,
    /// Whether the next token stands in an attribute list or in a processing instruction.
    pub(super) in_list: bool,
}

impl Track {
    pub(super) const fn follow(&mut self, event: &Event<'_>) {
        match event {
            Event::SwitchPage(page) if self.in_list => self.pages.attribute = *page,
            Event::SwitchPage(page) => self.pages.tag = *page,
            Event::Start(start) => self.in_list = start.has_attributes(),
            Event::Pi => self.in_list = true,
            Event::AttributesEnd => self.in_list = false,
            _ => {}
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Element(Start),
    Attribute(AttributeStart),
    Text,
}

/// An element, an attribute or a text, and the offsets of its parts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) kind: Kind,
    /// The element around it.
    pub(super) parent: Option<usize>,
    /// The first node behind it and all that is in it.
    pub(super) next: usize,
    /// Its first octet: by the grammar, the `SWITCH_PAGE` in front of a token belongs to it (5.3).
    pub(super) start: usize,
    /// Its token.
    pub(super) token: usize,
    /// Behind the token and the index of a literal name: where attributes, or an attribute's value, begin.
    pub(super) head: usize,
    /// Where the content of an element begins.
    pub(super) content: usize,
    /// The `END` of an element's content, or, if it has none, its end.
    pub(super) close: usize,
    /// Behind its last octet.
    pub(super) end: usize,
    /// The pages at `start`, at `content` and at `close`.
    pub(super) before: Pages,
    pub(super) inside: Pages,
    pub(super) after: Pages,
}

impl Node {
    fn new(kind: Kind, parent: Option<usize>, lead: Lead, token: Range<usize>, pages: Pages) -> Self {
        Self {
            kind,
            parent,
            next: 0,
            start: lead.start,
            token: token.start,
            head: token.end,
            content: token.end,
            close: token.end,
            end: token.end,
            before: lead.pages,
            inside: pages,
            after: pages,
        }
    }
}

/// The `SWITCH_PAGE`s in front of a token: where they begin, and the pages there.
#[derive(Clone, Copy, Debug)]
struct Lead {
    start: usize,
    pages: Pages,
}

/// The nodes of the document that `reader` stands at the start of.
pub(super) fn index(mut reader: Reader<'_>) -> Result<Vec<Node>> {
    let mut index = Index::default();
    loop {
        match reader.next_event()? {
            Event::Eof => return Ok(index.nodes),
            event => index.add(&event, reader.span()),
        }
    }
}

#[derive(Debug, Default)]
struct Index {
    nodes: Vec<Node>,
    /// The innermost element that is open.
    open: Option<usize>,
    /// The element whose attribute list is read; none in a processing instruction.
    owner: Option<usize>,
    /// The attribute or text that the next piece belongs to.
    run: Option<usize>,
    lead: Option<Lead>,
    track: Track,
}

impl Index {
    fn add(&mut self, event: &Event<'_>, span: Range<usize>) {
        let lead = self.lead.unwrap_or(Lead { start: span.start, pages: self.track.pages });
        let in_list = self.track.in_list;
        self.track.follow(event);
        if matches!(event, Event::SwitchPage(_)) {
            self.lead = Some(lead);
            return;
        }
        self.lead = None;
        match *event {
            Event::Start(start) => self.start(start, lead, span),
            Event::AttributeStart(start) => {
                self.run = self.owner.map(|_| self.push(Kind::Attribute(start), self.owner, lead, span));
            }
            Event::AttributesEnd => {
                self.run = None;
                if let Some(owner) = self.owner.take() {
                    self.enter(owner, span.end);
                }
            }
            Event::End => {
                self.run = None;
                if let Some(open) = self.open {
                    self.leave(open, span);
                }
            }
            Event::Pi => self.run = None,
            _ => match self.run {
                Some(run) => self.extend(run, span.end),
                // the data of a processing instruction
                None if in_list => {}
                None => {
                    let lead = Lead { start: span.start, pages: self.track.pages };
                    self.run = Some(self.push(Kind::Text, self.open, lead, span));
                }
            },
        }
    }

    fn push(&mut self, kind: Kind, parent: Option<usize>, lead: Lead, token: Range<usize>) -> usize {
        let at = self.nodes.len();
        let node = Node::new(kind, parent, lead, token, self.track.pages);
        self.nodes.push(Node { next: at.saturating_add(1), ..node });
        at
    }

    fn start(&mut self, start: Start, lead: Lead, token: Range<usize>) {
        self.run = None;
        let content = token.end;
        let at = self.push(Kind::Element(start), self.open, lead, token);
        if start.has_attributes() {
            self.owner = Some(at);
        } else {
            self.enter(at, content);
        }
    }

    /// The content of element `at` begins at `content`, if it has any; else the element ends there.
    fn enter(&mut self, at: usize, content: usize) {
        let (pages, next) = (self.track.pages, self.nodes.len());
        if let Some(node) = self.nodes.get_mut(at) {
            (node.content, node.close, node.end) = (content, content, content);
            (node.inside, node.after, node.next) = (pages, pages, next);
            if matches!(node.kind, Kind::Element(start) if start.has_content()) {
                self.open = Some(at);
            }
        }
    }

    /// Element `at` ends with the `END` at `span`.
    fn leave(&mut self, at: usize, span: Range<usize>) {
        let (pages, next) = (self.track.pages, self.nodes.len());
        if let Some(node) = self.nodes.get_mut(at) {
            (node.close, node.end, node.after, node.next) = (span.start, span.end, pages, next);
            self.open = node.parent;
        }
    }

    fn extend(&mut self, run: usize, end: usize) {
        if let Some(node) = self.nodes.get_mut(run) {
            (node.content, node.close, node.end) = (end, end, end);
        }
    }
}
