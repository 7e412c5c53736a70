//! `Results`: the answer to a `Get` or a `Search`.

use wbxml::vocabulary::syncml::tag;
use wbxml::{Cursor, Emit, Encode, Fields, Markup, Slot, Start, Tag, Text, WriteError};

use super::content::{Content, Rest, decode_in_place};
use crate::error::Result;
use crate::field::field;
use crate::item::Items;
use crate::meta::Meta;

/// The answer to a `Get`.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Results<'a> {
    /// `CmdID`.
    pub cmd_id: Option<Text<'a>>,
    /// `MsgRef`: the message that is answered.
    pub msg_ref: Option<Text<'a>>,
    /// `CmdRef`: the command in it.
    pub cmd_ref: Option<Text<'a>>,
    /// `Meta`.
    pub meta: Meta<'a>,
    /// `TargetRef`.
    pub target_ref: Option<Text<'a>>,
    /// `SourceRef`.
    pub source_ref: Option<Text<'a>>,
    /// `Item`.
    pub items: Items<'a>,
    /// All that stands in the command.
    pub content: Option<Markup<'a>>,
    rest: Rest<'a>,
}

/// The elements that have a field.
const FIELDS: [Tag; 7] =
    [tag::CMD_ID, tag::MSG_REF, tag::CMD_REF, tag::META, tag::TARGET_REF, tag::SOURCE_REF, tag::ITEM];

impl<'a> Results<'a> {
    /// Reads the fields of `start`.
    #[inline(never)]
    pub(super) fn read<C: Cursor<'a>>(&mut self, cursor: &mut C, start: Start) -> Result<()> {
        let mut content = Content::default();
        while let Some(child) = cursor.next_child_beside(start, self, Some(&mut content.begin))? {
            match child.tag {
                tag::ITEM => content.item(&mut self.items, cursor, child)?,
                tag::META => self.meta.read(cursor, child)?,
                _ => content.rest(cursor, child)?,
            }
        }
        self.content = content.finish_items(&mut self.items, &mut self.rest, cursor);
        Ok(())
    }
}

impl<'a> Fields<'a> for Results<'a> {
    #[inline(always)]
    fn slot(&mut self, tag: Tag) -> Option<Slot<'_, 'a>> {
        Some(Slot::Text(match tag {
            tag::CMD_ID => &mut self.cmd_id,
            tag::MSG_REF => &mut self.msg_ref,
            tag::CMD_REF => &mut self.cmd_ref,
            tag::TARGET_REF => &mut self.target_ref,
            tag::SOURCE_REF => &mut self.source_ref,
            _ => return None,
        }))
    }
}

decode_in_place!(Results);

impl Encode for Results<'_> {
    fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        out.start(Start::new(tag::RESULTS))?;
        field(out, tag::CMD_ID, &self.cmd_id)?;
        field(out, tag::MSG_REF, &self.msg_ref)?;
        field(out, tag::CMD_REF, &self.cmd_ref)?;
        self.rest.encode_cred(out, &self.content)?;
        self.meta.encode(out)?;
        field(out, tag::TARGET_REF, &self.target_ref)?;
        field(out, tag::SOURCE_REF, &self.source_ref)?;
        self.items.encode(out)?;
        self.rest.encode(out, &self.content, &FIELDS)?;
        out.end()
    }
}
