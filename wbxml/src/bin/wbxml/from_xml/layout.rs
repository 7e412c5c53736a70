//! White space that lays out XML and says nothing.

use alloc::borrow::Cow;
use core::ops::Range;

use wbxml::{AnyReader, Cursor, Event, Options, Start};

/// An XML document without the white space that lays it out.
pub(crate) struct Content<'a> {
    octets: Cow<'a, [u8]>,
    /// What is left out of the document, in order.
    left_out: Vec<Range<usize>>,
}

/// An element that is open.
struct Open {
    /// How much white space was found before it.
    found: usize,
    has_elements: bool,
    /// Whether white space in it is text, like all that it holds: there is other text, or it says so.
    is_text: bool,
}

impl<'a> Content<'a> {
    /// The document as it is.
    pub(crate) const fn all(document: &'a [u8]) -> Self {
        Self { octets: Cow::Borrowed(document), left_out: Vec::new() }
    }

    /// The document without white space in elements that hold nothing else but elements, unless one around them holds
    /// text or says `xml:space="preserve"` (XML 1.0, 2.10).
    pub(crate) fn without_layout(document: &'a [u8], options: Options<'a>) -> wbxml::Result<Self> {
        let left_out = find(AnyReader::new(document, options)?, document)?;
        let mut octets = Vec::with_capacity(document.len());
        let mut next = 0;
        for range in &left_out {
            octets.extend_from_slice(document.get(next..range.start).unwrap_or_default());
            next = range.end;
        }
        octets.extend_from_slice(document.get(next..).unwrap_or_default());
        Ok(Self { octets: Cow::Owned(octets), left_out })
    }

    pub(crate) fn octets(&self) -> &[u8] {
        &self.octets
    }

    /// Where in the document octet `offset` of [`octets`](Self::octets) stands.
    pub(crate) fn offset(&self, offset: usize) -> usize {
        self.left_out.iter().fold(offset, |offset, range| {
            if range.start <= offset { offset.saturating_add(range.len()) } else { offset }
        })
    }
}

/// The white space that lays out what `reader` reads of `document`, in order.
fn find<'a>(mut reader: AnyReader<'a>, document: &'a [u8]) -> wbxml::Result<Vec<Range<usize>>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut in_pi = false;
    loop {
        let event = reader.next_event()?;
        match event {
            Event::Eof => return Ok(found),
            Event::Pi => in_pi = true,
            Event::AttributesEnd => in_pi = false,
            _ if in_pi => {}
            Event::Start(start) => {
                if let Some(around) = open.last_mut() {
                    around.has_elements = true;
                }
                let preserves = preserves(&mut reader, start)?;
                if start.has_content() {
                    open.push(Open { found: found.len(), has_elements: false, is_text: preserves });
                }
            }
            Event::End => {
                if let Some(ended) = open.pop().filter(|ended| ended.is_text || !ended.has_elements) {
                    found.truncate(ended.found);
                }
            }
            _ => {
                let span = reader.span();
                let is_blank = document.get(span.clone()).is_some_and(|octets| octets.trim_ascii().is_empty())
                    && !document.get(..span.start).is_some_and(|before| before.ends_with(b"<![CDATA["));
                match open.last_mut() {
                    Some(around) if !is_blank => around.is_text = true,
                    Some(_) => found.push(span),
                    None => {}
                }
            }
        }
    }
}

/// Reads the attributes of an element: whether one says that its white space is text.
fn preserves<'a>(reader: &mut AnyReader<'a>, start: Start) -> wbxml::Result<bool> {
    let mut preserves = false;
    while let Some(attribute) = reader.next_attribute(start)? {
        preserves |= attribute.name == "xml:space" && attribute.value == *"preserve";
    }
    Ok(preserves)
}
