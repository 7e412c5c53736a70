//! What a document says, event by event, whatever code pages it takes to say it.

use core::ops::Range;
use wbxml::{Error, Event, Options, Reader};

/// An event, the code page that an extension stands on, and the octets.
#[derive(Clone, Debug)]
pub(crate) struct Seen<'a> {
    pub(crate) event: Event<'a>,
    pub(crate) page: u8,
    pub(crate) span: Range<usize>,
}

impl Seen<'_> {
    /// The same without the octets.
    pub(crate) fn said(&self) -> (Event<'_>, u8) {
        (self.event, self.page)
    }
}

/// All events of a document but the switches of pages, which its tokens tell.
pub(crate) fn seen<'a>(document: &'a [u8], options: Options<'a>) -> Result<Vec<Seen<'a>>, Error> {
    let mut reader = Reader::new(document, options)?;
    let mut seen = Vec::new();
    let (mut tag_page, mut attribute_page, mut in_list) = (0, 0, false);
    loop {
        let event = reader.next_event()?;
        let page = match event {
            Event::Eof => return Ok(seen),
            Event::SwitchPage(page) => {
                *(if in_list { &mut attribute_page } else { &mut tag_page }) = page;
                continue;
            }
            Event::Start(start) => {
                in_list = start.has_attributes();
                0
            }
            Event::Pi => {
                in_list = true;
                0
            }
            Event::AttributesEnd => {
                in_list = false;
                0
            }
            Event::ExtI(..) | Event::ExtT(..) | Event::Ext(_) => {
                if in_list {
                    attribute_page
                } else {
                    tag_page
                }
            }
            _ => 0,
        };
        seen.push(Seen { event, page, span: reader.span() });
    }
}
