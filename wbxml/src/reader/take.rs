//! What a writer takes behind an event, without an event of its own.

use crate::token::{Tag, global, is_application};

use super::Reader;
use super::hot::Mode;

/// Where an element begins or ends.
pub(crate) enum Edge {
    /// A tag with its flag bits.
    Start(Tag, u8),
    End,
}

impl<'a> Reader<'a> {
    /// Reads the token at hand, if it is a tag or the end of an element that is not the root.
    #[inline(always)]
    pub(crate) fn take_edge(&mut self) -> Option<Edge> {
        let begin = self.hot.position;
        let &octet = self.hot.octets.get(begin)?;
        if self.hot.mode != Mode::Content {
            return None;
        }
        if is_application(octet) {
            let start = self.hot.tag(octet);
            let is_entered = self.hot.enter(start, self.hot.next());
            self.mark = begin;
            return is_entered.then(|| Edge::Start(start.tag, start.flags()));
        }
        self.take_end().then_some(Edge::End)
    }

    /// Reads the switch of code pages at hand, if there is one in content.
    #[inline(always)]
    pub(crate) fn take_switch(&mut self) -> bool {
        let begin = self.hot.position;
        if self.hot.mode != Mode::Content || self.hot.octets.get(begin) != Some(&global::SWITCH_PAGE) {
            return false;
        }
        let Some(page) = self.hot.switch(self.hot.next()) else { return false };
        self.hot.tag_page = page;
        self.mark = begin;
        true
    }

    /// The octets from the first one of the inline string at hand on, if there is one.
    #[inline(always)]
    pub(crate) fn string_at_hand(&self) -> Option<&'a [u8]> {
        match self.hot.octets.get(self.hot.position..)? {
            [global::STR_I, string @ ..] => Some(string),
            _ => None,
        }
    }

    /// Goes on behind the inline string at hand, which has `length` octets and a terminator.
    #[inline(always)]
    pub(crate) const fn pass_string(&mut self, length: usize) {
        self.mark = self.hot.position;
        self.hot.position = self.hot.next().wrapping_add(length).wrapping_add(1);
    }

    /// Reads the end at hand, if it is that of an element which is not the root.
    #[inline(always)]
    pub(crate) fn take_end(&mut self) -> bool {
        let begin = self.hot.position;
        if self.hot.octets.get(begin) != Some(&global::END) || self.hot.open <= 1 {
            return false;
        }
        self.mark = begin;
        self.hot.leave(self.hot.next());
        true
    }
}
