//! The tokens that content without attributes is made of, one after the other: most of a message.

use core::ops::ControlFlow;
use core::slice::Iter;

use crate::event::Event;
use crate::scan;
use crate::text::{Form, PlainText};
use crate::token::{global, is_application};

use super::hot::{Hot, Mode};
use super::remembered::Remembered;

// ADVICE: a loop that stays in one mode asks no mode of each token, and takes a quarter less than `Hot::step`, which goes on
// where it ends: at a tag with attributes too. What changes here changes there.
//
// What LLVM needs, each measured (instructions of `drive`; look again after any change):
// - A copy without what only attribute lists need, or that takes the registers which this loop has not got enough of (6 %).
// - An iterator for the octets to come, whose end stays what it is: of an index it keeps two values alive, of a slice it
//   changes two (4 to 8 %).
// - One call of `receive` for tags and one for all else: a closure of some size is put in line only where a call seems hot,
//   and with a third call none does (half as much again).
impl<'a> Hot<'a> {
    /// What content needs, as long as no tag has attributes.
    pub(super) const fn without_attributes(&self) -> Self {
        Self { attributes_left: 0, attribute_limit: 0, attribute_page: 0, ..*self }
    }

    /// Whether the token at hand ends the root, and nothing follows it.
    pub(super) fn is_at_last_end(&self) -> bool {
        self.mode == Mode::Content
            && self.open == 1
            && self.octet() == Some(global::END)
            && self.next() == self.octets.len()
    }

    /// Hands the events of content to `receive`, until it breaks, or up to a tag with attributes or a token that is none
    /// of the common ones.
    #[inline(always)]
    pub(super) fn drive_content(
        &mut self,
        strings: &mut Remembered<'a>,
        receive: &mut impl FnMut(Event<'a>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let octets = self.octets;
        let mut rest = octets.get(self.position..).unwrap_or_default().iter();
        loop {
            let mut behind = rest.clone();
            let Some(&octet) = behind.next() else { break };
            if is_application(octet) {
                let start = self.tag(octet);
                if start.has_attributes() {
                    break;
                }
                if start.has_content() {
                    if self.open >= self.open_limit {
                        break;
                    }
                    self.open = self.open.wrapping_add(1);
                }
                rest = behind;
                receive(Event::Start(start))?;
            } else {
                let Some(event) = self.global_in_content(octet, &mut behind, strings) else { break };
                rest = behind;
                receive(event)?;
            }
        }
        self.position = octets.len().wrapping_sub(rest.len());
        ControlFlow::Continue(())
    }

    /// The event of a global token, which `behind` follows and then what follows it, if it is one of the common ones.
    #[inline(always)]
    fn global_in_content(
        &mut self,
        octet: u8,
        behind: &mut Iter<'a, u8>,
        strings: &mut Remembered<'a>,
    ) -> Option<Event<'a>> {
        if octet > global::END {
            return match octet {
                global::STR_I => {
                    let rest = behind.as_slice();
                    let length = scan::zero_octet_in_words(rest)?;
                    let string = rest.get(..length)?;
                    behind.nth(length)?;
                    Some(Event::Text(PlainText::new(string, self.charset, Form::Inline)))
                }
                global::STR_T => {
                    let index = integer(behind)?;
                    Some(Event::Text(PlainText::in_table(strings.resolve(index)?, self.charset, index)))
                }
                global::OPAQUE => {
                    let length = usize::try_from(integer(behind)?).ok()?;
                    let octets = behind.as_slice().get(..length)?;
                    if let Some(last) = length.checked_sub(1) {
                        behind.nth(last)?;
                    }
                    Some(Event::Opaque(octets))
                }
                _ => None,
            };
        }
        if octet == global::SWITCH_PAGE {
            self.tag_page = *behind.next()?;
            return Some(Event::SwitchPage(self.tag_page));
        }
        if self.open <= 1 {
            return None;
        }
        self.open = self.open.wrapping_sub(1);
        Some(Event::End)
    }
}

/// The integer at hand, if it takes one octet or two.
#[inline(always)]
fn integer(octets: &mut Iter<'_, u8>) -> Option<u32> {
    let &high = octets.next()?;
    if high < 0x80 {
        return Some(u32::from(high));
    }
    let &low @ 0..=0x7F = octets.next()? else { return None };
    Some(u32::from(high & 0x7F) << 7 | u32::from(low))
}
