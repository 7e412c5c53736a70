//! What few items have (SyncML Representation Protocol 1.2, `Item`).

use wbxml::vocabulary::syncml::tag;
use wbxml::{Cursor, Emit, Start, WriteError};

use super::{Filter, Location};
use crate::error::Result;

/// What an item has apart from its fields: in data synchronisation 1.2.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "to be written as a literal: these are the elements of Item")]
pub struct ItemFields<'a> {
    /// `SourceParent`: the folder of the sender that the item is in.
    pub source_parent: Option<Location<'a>>,
    /// `TargetParent`: the folder of the receiver that the item goes to.
    pub target_parent: Option<Location<'a>>,
    /// `Filter`, of `Target`: which records are meant.
    pub filter: Option<Filter<'a>>,
}

impl<'a> ItemFields<'a> {
    /// Reads the content of an item.
    pub(super) fn read<C: Cursor<'a>>(cursor: &mut C) -> Result<Self> {
        let mut fields = Self::default();
        while let Some(child) = cursor.next_child(Start::CONTENT)? {
            let parent = match child.tag {
                tag::SOURCE_PARENT => &mut fields.source_parent,
                tag::TARGET_PARENT => &mut fields.target_parent,
                tag::TARGET => {
                    fields.filter = Filter::find(cursor, child)?;
                    continue;
                }
                _ => {
                    cursor.skip(child)?;
                    continue;
                }
            };
            parent.insert(Location::default()).read(cursor, child)?;
        }
        Ok(fields)
    }

    /// Writes the parents.
    pub(super) fn encode_parents<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        if let Some(parent) = &self.source_parent {
            parent.encode_as(out, tag::SOURCE_PARENT)?;
        }
        if let Some(parent) = &self.target_parent {
            parent.encode_as(out, tag::TARGET_PARENT)?;
        }
        Ok(())
    }
}
