//! Commands that ask for something to be done with items: `Add`, `Copy`, `Delete`, `Exec`, `Get`, `Move`, `Put`,
//! `Replace`.

use wbxml::vocabulary::syncml::tag;
use wbxml::{Cursor, Emit, Encode, Fields, Markup, Slot, Start, Tag, Text, WriteError};

use super::content::{Content, Rest, decode_in_place, with_cred};
use crate::error::Result;
use crate::field::{field, flag};
use crate::item::{Item, Items};
use crate::meta::Meta;

/// A command that asks for something to be done with items: all but `Alert`, `Map` and `Search` have these parts.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Request<'a> {
    /// `CmdID`: unique in the message.
    pub cmd_id: Option<Text<'a>>,
    /// `NoResp`: no status is wanted.
    pub no_resp: bool,
    /// `Archive`, of `Delete`.
    pub archive: bool,
    /// `SftDel`, of `Delete`.
    pub soft_delete: bool,
    /// `Lang`, of `Get` and `Put`.
    pub lang: Option<Text<'a>>,
    /// `Meta`: what holds for every item that says nothing else.
    pub meta: Meta<'a>,
    /// `Correlator`, of `Exec`: comes back in the alert that tells the outcome.
    pub correlator: Option<Text<'a>>,
    /// `Item`.
    pub items: Items<'a>,
    /// All that stands in the command, in the order of the document: whatever the fields do not hold is here.
    pub content: Option<Markup<'a>>,
    rest: Rest<'a>,
}

/// The elements that have a field.
const FIELDS: [Tag; 8] =
    [tag::CMD_ID, tag::NO_RESP, tag::ARCHIVE, tag::SFT_DEL, tag::LANG, tag::META, tag::CORRELATOR, tag::ITEM];

impl<'a> Request<'a> {
    /// A request about one item.
    #[must_use]
    pub fn of_item(cmd_id: &'a str, item: Item<'a>) -> Self {
        Self { cmd_id: Some(Text::new(cmd_id)), items: Items::one(item), ..Self::default() }
    }

    /// A request about these items.
    #[must_use]
    pub fn of_items(cmd_id: &'a str, items: &'a [Item<'a>]) -> Self {
        Self { cmd_id: Some(Text::new(cmd_id)), items: Items::of(items), ..Self::default() }
    }

    /// Reads the fields of `start`.
    #[inline(never)]
    pub(super) fn read<C: Cursor<'a>>(&mut self, cursor: &mut C, start: Start) -> Result<()> {
        let mut content = Content::default();
        while let Some(child) = cursor.next_child_beside(start, self, Some(&mut content.begin))? {
            match child.tag {
                tag::ITEM => content.item(&mut self.items, cursor, child)?,
                tag::META => self.meta.read(cursor, child)?,
                other => {
                    match other {
                        tag::NO_RESP => self.no_resp = true,
                        tag::ARCHIVE => self.archive = true,
                        tag::SFT_DEL => self.soft_delete = true,
                        _ => content.note_rest(true),
                    }
                    cursor.skip(child)?;
                }
            }
        }
        self.content = content.finish_items(&mut self.items, &mut self.rest, cursor);
        Ok(())
    }

    pub(super) fn encode_as<E: Emit>(&self, out: &mut E, tag: Tag) -> Result<(), WriteError> {
        out.start(Start::new(tag))?;
        field(out, tag::CMD_ID, &self.cmd_id)?;
        flag(out, tag::NO_RESP, self.no_resp)?;
        flag(out, tag::ARCHIVE, self.archive)?;
        flag(out, tag::SFT_DEL, self.soft_delete)?;
        field(out, tag::LANG, &self.lang)?;
        self.rest.encode_cred(out, &self.content)?;
        self.meta.encode(out)?;
        field(out, tag::CORRELATOR, &self.correlator)?;
        self.items.encode(out)?;
        self.rest.encode(out, &self.content, &FIELDS)?;
        out.end()
    }
}

impl<'a> Fields<'a> for Request<'a> {
    #[inline(always)]
    fn slot(&mut self, tag: Tag) -> Option<Slot<'_, 'a>> {
        Some(Slot::Text(match tag {
            tag::CMD_ID => &mut self.cmd_id,
            tag::LANG => &mut self.lang,
            tag::CORRELATOR => &mut self.correlator,
            _ => return None,
        }))
    }
}

decode_in_place!(Request);
with_cred!(Request);
