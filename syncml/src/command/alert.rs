//! `Alert`: a notification.

use wbxml::vocabulary::syncml::tag;
use wbxml::{Cursor, Emit, Encode, Fields, Markup, Slot, Start, Tag, Text, WriteError};

use super::content::{Content, Rest, decode_in_place, with_cred};
use crate::error::Result;
use crate::field::{field, flag};
use crate::item::Items;

/// A notification.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Alert<'a> {
    /// `CmdID`.
    pub cmd_id: Option<Text<'a>>,
    /// `NoResp`.
    pub no_resp: bool,
    /// `Data`: the alert code.
    pub code: Option<Text<'a>>,
    /// `Correlator`: of the `Exec` that this is the outcome of.
    pub correlator: Option<Text<'a>>,
    /// `Item`.
    pub items: Items<'a>,
    /// All that stands in the command.
    pub content: Option<Markup<'a>>,
    rest: Rest<'a>,
}

/// The elements that have a field.
const FIELDS: [Tag; 5] = [tag::CMD_ID, tag::NO_RESP, tag::DATA, tag::CORRELATOR, tag::ITEM];

impl<'a> Alert<'a> {
    /// Reads the fields of `start`.
    #[inline(never)]
    pub(super) fn read<C: Cursor<'a>>(&mut self, cursor: &mut C, start: Start) -> Result<()> {
        let mut content = Content::default();
        while let Some(child) = cursor.next_child_beside(start, self, Some(&mut content.begin))? {
            match child.tag {
                tag::ITEM => content.item(&mut self.items, cursor, child)?,
                tag::NO_RESP => {
                    self.no_resp = true;
                    cursor.skip(child)?;
                }
                _ => content.rest(cursor, child)?,
            }
        }
        self.content = content.finish_items(&mut self.items, &mut self.rest, cursor);
        Ok(())
    }
}

impl<'a> Fields<'a> for Alert<'a> {
    #[inline(always)]
    fn slot(&mut self, tag: Tag) -> Option<Slot<'_, 'a>> {
        Some(Slot::Text(match tag {
            tag::CMD_ID => &mut self.cmd_id,
            tag::DATA => &mut self.code,
            tag::CORRELATOR => &mut self.correlator,
            _ => return None,
        }))
    }
}

decode_in_place!(Alert);
with_cred!(Alert);

impl Encode for Alert<'_> {
    fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        out.start(Start::new(tag::ALERT))?;
        field(out, tag::CMD_ID, &self.cmd_id)?;
        flag(out, tag::NO_RESP, self.no_resp)?;
        self.rest.encode_cred(out, &self.content)?;
        field(out, tag::DATA, &self.code)?;
        field(out, tag::CORRELATOR, &self.correlator)?;
        self.items.encode(out)?;
        self.rest.encode(out, &self.content, &FIELDS)?;
        out.end()
    }
}
