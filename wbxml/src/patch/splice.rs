//! Edits put into their document, and the code pages put right behind them.

use alloc::vec::Vec;
use core::ops::Range;

use crate::error::Result;
use crate::event::Event;
use crate::header::Header;
use crate::mb_u_int32::Encoded;
use crate::reader::Reader;
use crate::sink::{Sink, WriteError};
use crate::token::{AttrStart, Tag, global};

use super::edits::{Edit, Edits, Slot, What};
use super::fragment::{Content, Need};
use super::index::{Pages, Track};

/// Octets of the document that go, and what comes in their place.
#[derive(Debug)]
pub(super) struct Part<'e> {
    span: Range<usize>,
    body: Body<'e>,
    /// Whether the `END` of a new list follows.
    ends: bool,
    /// The page that is switched to behind it, because a token of the document relies on it.
    switch: Option<u8>,
}

#[derive(Debug)]
enum Body<'e> {
    Nothing,
    Tag(u8),
    Octets(Vec<u8>),
    /// The pages of tags and of attributes that have to be switched to, where the content needs them.
    Content(&'e Content, [Option<Need>; 2]),
}

impl<'e> Part<'e> {
    const fn new(span: Range<usize>, body: Body<'e>) -> Self {
        Self { span, body, ends: false, switch: None }
    }

    fn put(&self, sink: &mut impl Sink) -> Result<(), WriteError> {
        match &self.body {
            Body::Nothing => {}
            Body::Tag(octet) => sink.put(&[*octet])?,
            Body::Octets(octets) => sink.put(octets)?,
            Body::Content(content, needs) => {
                let mut from = 0;
                let mut needs = *needs;
                needs.sort_unstable_by_key(|need| need.map(|need| need.at));
                for Need { at, page } in needs.into_iter().flatten() {
                    sink.put(content.octets.get(from..at).unwrap_or_default())?;
                    sink.put(&[global::SWITCH_PAGE, page])?;
                    from = at;
                }
                sink.put(content.octets.get(from..).unwrap_or_default())?;
            }
        }
        if self.ends {
            sink.put(&[global::END])?;
        }
        self.switch.map_or(Ok(()), |page| sink.put(&[global::SWITCH_PAGE, page]))
    }
}

/// The parts that add `appendix` to the string table.
pub(super) fn table<'e>(header: &Header<'_>, appendix: Vec<u8>) -> Result<Vec<Part<'e>>, WriteError> {
    if appendix.is_empty() {
        return Ok(Vec::new());
    }
    let table = header.string_table.octets().len();
    let length = u32::try_from(table.saturating_add(appendix.len())).map_err(|_| WriteError::TooLong)?;
    let length = Body::Octets(Encoded::new(length).as_slice().to_vec());
    // the length is the last field in front of the table
    let end = header.len().saturating_sub(table);
    let begin = end.saturating_sub(usize::from(header.widths.table));
    Ok(Vec::from([Part::new(begin..end, length), Part::new(header.len()..header.len(), Body::Octets(appendix))]))
}

/// Writes `document` with its parts replaced, which are in order.
pub(super) fn write(document: &[u8], parts: &[Part<'_>], sink: &mut impl Sink) -> Result<(), WriteError> {
    let mut from = 0;
    for part in parts {
        sink.put(document.get(from..part.span.start).unwrap_or_default())?;
        part.put(sink)?;
        from = part.span.end;
    }
    sink.put(document.get(from..).unwrap_or_default())
}

/// Adds the parts that make `edits` of `document`, which `reader` stands at the start of.
pub(super) fn edit<'e>(
    document: &[u8],
    mut reader: Reader<'_>,
    edits: &'e Edits,
    parts: &mut Vec<Part<'e>>,
) -> Result<()> {
    let mut walk =
        Walk { original: Track::default(), result: Pages::default(), tag_debtor: None, attribute_debtor: None, parts };
    let mut edits = edits.iter().peekable();
    let mut gone = 0;
    loop {
        let event = reader.next_event()?;
        let is_end = matches!(event, Event::Eof);
        let span = reader.span();
        let mut flags = None;
        while let Some(&(&(at, slot, _), edit)) = edits.peek().filter(|((at, ..), _)| is_end || *at <= span.start) {
            edits.next();
            match &edit.what {
                What::Flags { set, clear } => flags = Some((*set, *clear)),
                What::Content(content) => {
                    let followed_by =
                        edits.peek().filter(|((next, ..), _)| *next == at).and_then(|((_, slot, _), _)| slot.list());
                    walk.put(at, slot, edit, content, slot.list() != followed_by);
                    gone = edit.end;
                }
            }
        }
        if is_end {
            return Ok(());
        }
        if span.start < gone {
            walk.pass(&event);
            continue;
        }
        walk.keep(&event, span.start);
        if let Some((set, clear)) = flags {
            let octet = document.get(span.start).copied().unwrap_or_default();
            let span = span.start..span.start.saturating_add(1);
            walk.parts.push(Part::new(span, Body::Tag(octet & !clear | set)));
        }
    }
}

/// The pages of the document and those of the result, side by side.
#[derive(Debug)]
struct Walk<'p, 'e> {
    original: Track,
    result: Pages,
    /// The part that the page of tags of the result, or of the document, comes from: who has to put it right.
    tag_debtor: Option<usize>,
    /// The same of attributes, within one list.
    attribute_debtor: Option<usize>,
    parts: &'p mut Vec<Part<'e>>,
}

impl<'e> Walk<'_, 'e> {
    fn put(&mut self, at: usize, slot: Slot, edit: &Edit, content: &'e Content, is_last: bool) {
        let part = self.parts.len();
        let mut needs = [content.tags.need, content.attributes.need];
        let pages = [&mut self.result.tag, &mut self.result.attribute];
        for ((need, page), used) in needs.iter_mut().zip(pages).zip([content.tags, content.attributes]) {
            if let Some(its) = *need {
                *need = need.filter(|_| its.page != *page);
                *page = used.page;
            }
        }
        if content.tags.need.is_some() {
            self.tag_debtor = Some(part);
        }
        if content.attributes.need.is_some() && self.original.in_list {
            self.attribute_debtor = Some(part);
        }
        let ends = slot.list().is_some() && is_last;
        self.parts.push(Part { ends, ..Part::new(at..edit.end, Body::Content(content, needs)) });
    }

    /// An event whose octets go: what it does to the pages of the document.
    fn pass(&mut self, event: &Event<'_>) {
        self.follow(event);
        if matches!(event, Event::SwitchPage(_)) {
            let debtor = if self.original.in_list { &mut self.attribute_debtor } else { &mut self.tag_debtor };
            *debtor = self.parts.len().checked_sub(1);
        }
    }

    /// An event whose octets, from `at` on, stay.
    fn keep(&mut self, event: &Event<'_>, at: usize) {
        match event {
            Event::Start(start) if start.tag != Tag::LITERAL => self.rely_on_tags(at),
            Event::AttributeStart(start) if start.token != AttrStart::LITERAL => self.rely_on_attributes(at),
            Event::AttributeValue(_) => self.rely_on_attributes(at),
            Event::ExtI(..) | Event::ExtT(..) | Event::Ext(_) if self.original.in_list => self.rely_on_attributes(at),
            Event::ExtI(..) | Event::ExtT(..) | Event::Ext(_) => self.rely_on_tags(at),
            Event::SwitchPage(page) if self.original.in_list => self.result.attribute = *page,
            Event::SwitchPage(page) => self.result.tag = *page,
            _ => {}
        }
        self.follow(event);
    }

    fn follow(&mut self, event: &Event<'_>) {
        let was_in_list = self.original.in_list;
        self.original.follow(event);
        if was_in_list != self.original.in_list {
            self.attribute_debtor = None;
        }
    }

    fn rely_on_tags(&mut self, at: usize) {
        let page = self.original.pages.tag;
        if self.result.tag != page {
            self.result.tag = page;
            self.switch(self.tag_debtor, at, page);
        }
    }

    fn rely_on_attributes(&mut self, at: usize) {
        let page = self.original.pages.attribute;
        if self.result.attribute != page {
            self.result.attribute = page;
            self.switch(self.attribute_debtor, at, page);
        }
    }

    /// Switches to `page` behind the part that made it necessary, or in front of the token at `at`.
    fn switch(&mut self, debtor: Option<usize>, at: usize, page: u8) {
        if let Some(part) = debtor.and_then(|debtor| self.parts.get_mut(debtor)) {
            part.switch = Some(page);
        } else {
            self.parts.push(Part { switch: Some(page), ..Part::new(at..at, Body::Nothing) });
        }
    }
}
