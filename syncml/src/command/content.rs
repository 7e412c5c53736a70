//! What stands in a command, whatever it is.

use wbxml::vocabulary::syncml::tag;
use wbxml::{Cursor, Emit, Encode, Mark, Markup, Start, Tag, WriteError};

use crate::cred::Cred;
use crate::error::Result;
use crate::item::Items;
use crate::more;

/// Reading a command where it will stay, as [`Decode`](wbxml::Decode) has it.
macro_rules! decode_in_place {
    ($command:ident) => {
        impl<'a> wbxml::Decode<'a> for $command<'a> {
            type Error = $crate::Error;

            fn decode<C: wbxml::Cursor<'a>>(cursor: &mut C, start: wbxml::Start) -> $crate::Result<Self> {
                let mut command = Self::default();
                command.read(cursor, start)?;
                Ok(command)
            }
        }
    };
}

/// The credentials that single commands have in data synchronisation.
macro_rules! with_cred {
    ($command:ident) => {
        impl<'a> $command<'a> {
            /// `Cred`: the credentials for this command, in data synchronisation. Device management has none, and they
            /// are to be ignored there.
            ///
            /// # Errors
            /// On an element with children where there should be text, at its offset.
            pub fn cred(&self) -> $crate::Result<Option<$crate::Cred<'a>>> {
                self.rest.cred(&self.content)
            }

            /// The same with these credentials, and without elements that have no field.
            #[must_use]
            pub const fn with_cred(self, cred: &'a $crate::Cred<'a>) -> Self {
                Self { rest: $crate::command::content::Rest::given(cred), ..self }
            }
        }
    };
}

pub(super) use {decode_in_place, with_cred};

/// Reads the content of a command: where it begins, and what in it has to be read again.
#[derive(Default)]
pub(super) struct Content<'a> {
    pub(super) begin: Option<Mark<'a>>,
    /// Whether the command has more items than the one that is read.
    has_items: bool,
    /// Whether anything is in it that no field holds.
    has_rest: bool,
}

impl<'a> Content<'a> {
    /// A child of the command, whatever it is.
    pub(super) fn note<C: Cursor<'a>>(&mut self, cursor: &C, child: Start) {
        if self.begin.is_none() {
            self.begin = Some(cursor.mark(child));
        }
    }

    /// An item.
    pub(super) fn item<C: Cursor<'a>>(&mut self, items: &mut Items<'a>, cursor: &mut C, child: Start) -> Result<()> {
        self.has_items |= !items.read(cursor, child)?;
        Ok(())
    }

    /// What has no field.
    pub(super) fn rest<C: Cursor<'a>>(&mut self, cursor: &mut C, child: Start) -> Result<()> {
        self.has_rest = true;
        Ok(cursor.skip(child)?)
    }

    /// What else of a location has no field.
    pub(super) const fn note_rest(&mut self, has_rest: bool) {
        self.has_rest |= has_rest;
    }

    /// When the end of the command has been read: all that stands in it.
    pub(super) fn finish<C: Cursor<'a>>(self, rest: &mut Rest<'a>, cursor: &C) -> Option<Markup<'a>> {
        rest.is_unread = self.has_rest;
        self.begin.map(|begin| cursor.markup(begin))
    }

    /// The same where there are items.
    pub(super) fn finish_items<C: Cursor<'a>>(
        self,
        items: &mut Items<'a>,
        rest: &mut Rest<'a>,
        cursor: &C,
    ) -> Option<Markup<'a>> {
        let has_items = self.has_items;
        let content = self.finish(rest, cursor);
        if let (Some(content), true) = (content, has_items) {
            items.keep(content);
        }
        content
    }
}

/// What no field of a command holds: its credentials, and elements that nobody knows.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Rest<'a> {
    cred: Option<&'a Cred<'a>>,
    /// Whether it is in the content.
    is_unread: bool,
}

impl<'a> Rest<'a> {
    /// Nothing but these credentials.
    pub(super) const fn given(cred: &'a Cred<'a>) -> Self {
        Self { cred: Some(cred), is_unread: false }
    }

    pub(super) fn cred(&self, content: &Option<Markup<'a>>) -> Result<Option<Cred<'a>>> {
        match self.unread(content) {
            Some(content) => Cred::find(*content),
            None => Ok(self.cred.copied()),
        }
    }

    /// The content, if there is anything in it that no field holds.
    pub(super) const fn unread<'c>(&self, content: &'c Option<Markup<'a>>) -> Option<&'c Markup<'a>> {
        if self.is_unread { content.as_ref() } else { None }
    }

    /// Writes the credentials, at their place.
    #[inline]
    pub(super) fn encode_cred<E: Emit>(&self, out: &mut E, content: &Option<Markup<'a>>) -> Result<(), WriteError> {
        match (self.unread(content), self.cred) {
            (Some(content), _) => more::copy(out, *content, |child| child == tag::CRED),
            (None, Some(cred)) => cred.encode(out),
            (None, None) => Ok(()),
        }
    }

    /// Writes what is behind the first child `of` this tag, of those.
    #[inline]
    pub(super) fn encode_repeated<E: Emit>(
        &self,
        out: &mut E,
        content: &Option<Markup<'a>>,
        of: Tag,
    ) -> Result<(), WriteError> {
        let Some(content) = self.unread(content) else { return Ok(()) };
        let mut is_first = true;
        more::copy(out, *content, |child| child == of && !core::mem::take(&mut is_first))
    }

    /// Writes what stands in none of these `fields` and is no credentials.
    #[inline]
    pub(super) fn encode<E: Emit>(
        &self,
        out: &mut E,
        content: &Option<Markup<'a>>,
        fields: &[Tag],
    ) -> Result<(), WriteError> {
        let Some(content) = self.unread(content) else { return Ok(()) };
        more::copy(out, *content, |child| child != tag::CRED && !fields.contains(&child))
    }
}
