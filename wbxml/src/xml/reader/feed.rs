//! The common events of an XML document, written as they are read.
//!
//! What is here, [`transcode`](crate::transcode()) can do as well, event by event: this is the short way for elements
//! whose names the vocabulary has, for values and texts that stand in the document as they are, and for texts with references.

use alloc::string::String;

use crate::cursor::Cursor;
use crate::emit::Emit;
use crate::event::{Event, Start};
use crate::scan;
use crate::sink::WriteError;
use crate::token::HAS_CONTENT;
use crate::transcode::TranscodeError;

use super::super::notation;
use super::super::pieces::character;
use super::{Mode, Node, Reader, length_of_end, plain};

impl<'a> Reader<'a> {
    /// Writes to `out` up to an event that is not common, which it gives back. `around` is the depth of what is read:
    /// ends of elements around it are not written.
    pub(crate) fn feed(&mut self, out: &mut impl Emit, around: u32) -> Result<Event<'a>, TranscodeError> {
        let mut joined = String::new();
        let outer = usize::try_from(around.saturating_sub(self.around)).unwrap_or(usize::MAX);
        loop {
            if !matches!(self.mode, Mode::Content) {
                return Ok(self.next_event()?);
            }
            let written = match self.node_in_line()? {
                Node::Known { tag, name, flags, declares } => {
                    if flags == HAS_CONTENT {
                        if let Some(text) = self.leaf_text(name)? {
                            out.leaf(tag, text).map_err(|error| TranscodeError::Write(error, self.span().start))?;
                            continue;
                        }
                    }
                    let start = self.enter(tag, name, flags, declares)?;
                    out.start(start).and_then(|()| self.feed_attributes(start, out))
                }
                Node::Start { raw, name, is_empty } => {
                    let start = self.start(raw, name, is_empty)?;
                    if self.vocabulary.tag_name(start.tag).is_none() {
                        return Ok(Event::Start(start));
                    }
                    out.start(start).and_then(|()| self.feed_attributes(start, out))
                }
                Node::Text(pieces) => {
                    let known = pieces.as_known().and_then(|text| self.known_text(text.octets()));
                    match known.unwrap_or_default() {
                        text if known.is_some() && self.is_before_tag() => out.text(text),
                        first if !self.is_by_parser() && self.join_text(first, &mut joined).is_some() => {
                            out.text(&joined)
                        }
                        _ => match self.event_of(Node::Text(pieces))? {
                            Some(event) => return Ok(event),
                            None => Ok(()),
                        },
                    }
                }
                Node::End if self.open.len() >= outer => out.end(),
                node => match self.event_of(node)? {
                    Some(event) => return Ok(event),
                    None => Ok(()),
                },
            };
            written.map_err(|error| TranscodeError::Write(error, self.span().start))?;
        }
    }

    /// The text of the element of this name whose tag ends here, if it is all that is in it and stands in the document as
    /// it is; then the element is passed.
    #[inline(always)]
    fn leaf_text(&mut self, name: &[u8]) -> Result<Option<&'a str>, TranscodeError> {
        let Some(rest) = self.text.get(self.next..) else { return Ok(None) };
        let Some(length) = plain::text(rest.as_bytes()).filter(|length| *length > 0) else { return Ok(None) };
        let Some((text, behind)) = rest.split_at_checked(length) else { return Ok(None) };
        let [b'<', b'/', end @ ..] = behind.as_bytes() else { return Ok(None) };
        let Some(end) = length_of_end(end, name) else { return Ok(None) };
        self.check_depth()?;
        self.go_to(self.next.wrapping_add(length).wrapping_add(2).wrapping_add(end));
        Ok(Some(text))
    }

    /// Writes the attributes of an element, up to one that takes thought.
    #[inline(always)]
    fn feed_attributes(&mut self, start: Start, out: &mut impl Emit) -> Result<(), WriteError> {
        if start.has_attributes() { self.feed_some_attributes(out) } else { Ok(()) }
    }

    fn feed_some_attributes(&mut self, out: &mut impl Emit) -> Result<(), WriteError> {
        let mut number = 0_usize;
        while let Some(&(name, value)) = self.attributes.get(number) {
            let is_other = |octet: u8| ((octet as i8) < 0x20) | (octet == b'&');
            if scan::contains(value.as_bytes(), is_other) || notation::may_be_spelled(name) {
                break;
            }
            self.mark = self.offset_of(name.as_bytes());
            out.attribute(name, value)?;
            number = number.saturating_add(1);
        }
        if number < self.attributes.len() {
            self.mode = Mode::Attributes(number);
            return Ok(());
        }
        self.mode = Mode::Content;
        out.attributes_end()
    }

    /// Goes on behind the text at the mark, if it ends with a tag, nothing but references and what stands as it is being in
    /// it: that is joined. Up to the position, `first` is what is known of it; nothing is where that is empty.
    #[inline(never)]
    fn join_text(&mut self, first: &str, joined: &mut String) -> Option<()> {
        joined.clear();
        joined.push_str(first);
        let mut at = if first.is_empty() { self.mark } else { self.position };
        loop {
            let rest = self.document.get(at..)?;
            let length = match rest {
                _ if begins_tag(rest) => break,
                [b'&', ..] => {
                    let length = plain::reference(rest)?;
                    joined.push(character(rest.get(..length)?)?);
                    length
                }
                _ => {
                    let length = plain::text(rest).filter(|length| *length > 0)?;
                    joined.push_str(self.text.get(at..at.wrapping_add(length))?);
                    length
                }
            };
            at = at.wrapping_add(length);
        }
        self.go_to(at);
        Some(())
    }

    /// Whether the text that has been read ends here, because a tag follows it.
    fn is_before_tag(&self) -> bool {
        begins_tag(self.document.get(self.position..).unwrap_or_default())
    }
}

/// Whether these octets begin a tag, that of an end included.
const fn begins_tag(octets: &[u8]) -> bool {
    matches!(octets, [b'<', next, ..] if !matches!(next, b'!' | b'?'))
}
