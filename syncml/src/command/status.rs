//! `Status`: what became of a command.

use wbxml::vocabulary::syncml::tag;
use wbxml::{Cursor, Emit, Encode, Fields, Markup, Slot, Start, Tag, Text, WriteError};

use super::content::{Content, Rest, decode_in_place, with_cred};
use crate::error::Result;
use crate::field::field;
use crate::item::Items;
use crate::meta::Meta;

/// What became of a command.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Status<'a> {
    /// `CmdID`.
    pub cmd_id: Option<Text<'a>>,
    /// `MsgRef`: the message that is answered.
    pub msg_ref: Option<Text<'a>>,
    /// `CmdRef`: the command in it; `0` is the header.
    pub cmd_ref: Option<Text<'a>>,
    /// `Cmd`: the command's name.
    pub cmd: Option<Text<'a>>,
    /// The first `TargetRef`. The others are written again too.
    pub target_ref: Option<Text<'a>>,
    /// The first `SourceRef`. The others are written again too.
    pub source_ref: Option<Text<'a>>,
    /// `Chal`: credentials are asked for.
    pub chal: Option<Meta<'a>>,
    /// `Data`: the status code.
    pub code: Option<Text<'a>>,
    /// `Item`.
    pub items: Items<'a>,
    /// All that stands in the command.
    pub content: Option<Markup<'a>>,
    rest: Rest<'a>,
}

/// The elements that have a field.
const FIELDS: [Tag; 9] = [
    tag::CMD_ID,
    tag::MSG_REF,
    tag::CMD_REF,
    tag::CMD,
    tag::TARGET_REF,
    tag::SOURCE_REF,
    tag::CHAL,
    tag::DATA,
    tag::ITEM,
];

impl<'a> Status<'a> {
    /// Reads the fields of `start`.
    #[inline(never)]
    pub(super) fn read<C: Cursor<'a>>(&mut self, cursor: &mut C, start: Start) -> Result<()> {
        let mut content = Content::default();
        while let Some(child) = cursor.next_child_beside(start, self, Some(&mut content.begin))? {
            match child.tag {
                tag::CHAL => self.chal = Some(challenge(cursor, child)?),
                tag::ITEM => content.item(&mut self.items, cursor, child)?,
                _ => content.rest(cursor, child)?,
            }
        }
        self.content = content.finish_items(&mut self.items, &mut self.rest, cursor);
        Ok(())
    }
}

impl<'a> Fields<'a> for Status<'a> {
    #[inline(always)]
    fn slot(&mut self, tag: Tag) -> Option<Slot<'_, 'a>> {
        Some(Slot::Text(match tag {
            tag::CMD_ID => &mut self.cmd_id,
            tag::MSG_REF => &mut self.msg_ref,
            tag::CMD_REF => &mut self.cmd_ref,
            tag::CMD => &mut self.cmd,
            tag::DATA => &mut self.code,
            tag::TARGET_REF if self.target_ref.is_none() => &mut self.target_ref,
            tag::SOURCE_REF if self.source_ref.is_none() => &mut self.source_ref,
            _ => return None,
        }))
    }
}

/// Reads the `Meta` of `Chal`.
fn challenge<'a, C: Cursor<'a>>(cursor: &mut C, start: Start) -> Result<Meta<'a>> {
    let mut chal = Meta::default();
    while let Some(child) = cursor.next_child(start)? {
        match child.tag {
            tag::META => chal.read(cursor, child)?,
            _ => cursor.skip(child)?,
        }
    }
    Ok(chal)
}

decode_in_place!(Status);
with_cred!(Status);

impl Encode for Status<'_> {
    fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        out.start(Start::new(tag::STATUS))?;
        field(out, tag::CMD_ID, &self.cmd_id)?;
        field(out, tag::MSG_REF, &self.msg_ref)?;
        field(out, tag::CMD_REF, &self.cmd_ref)?;
        field(out, tag::CMD, &self.cmd)?;
        field(out, tag::TARGET_REF, &self.target_ref)?;
        self.rest.encode_repeated(out, &self.content, tag::TARGET_REF)?;
        field(out, tag::SOURCE_REF, &self.source_ref)?;
        self.rest.encode_repeated(out, &self.content, tag::SOURCE_REF)?;
        self.rest.encode_cred(out, &self.content)?;
        if let Some(chal) = &self.chal {
            out.start(Start::new(tag::CHAL))?;
            chal.encode(out)?;
            out.end()?;
        }
        field(out, tag::DATA, &self.code)?;
        self.items.encode(out)?;
        self.rest.encode(out, &self.content, &FIELDS)?;
        out.end()
    }
}
