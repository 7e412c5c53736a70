//! What of a command may be a chunk.

use wbxml::Tag;

use crate::code::{AlertCategory, AlertCode};
use crate::command::{Command, GroupKind};
use crate::item::Items;
use crate::meta::Meta;

/// What a command means for a large object.
pub(super) enum Carried<'c, 'a> {
    /// It may stand between two chunks.
    Neutral,
    /// It ends the object.
    Nothing,
    /// Its items may be chunks: its element, what its `Meta` says of all of them, and they.
    Items(Tag, Option<&'c Meta<'a>>, &'c Items<'a>),
}

impl<'c, 'a> Carried<'c, 'a> {
    pub(super) fn by(command: &'c Command<'a>) -> Self {
        if let Some(request) = command.request() {
            return Self::items(command.tag(), Some(&request.meta), &request.items);
        }
        match command {
            Command::Results(results) => Self::items(command.tag(), Some(&results.meta), &results.items),
            Command::Alert(alert) => {
                let asks_on = alert.code().and_then(AlertCode::category) == Some(AlertCategory::NextMessage);
                if asks_on { Self::Neutral } else { Self::items(command.tag(), None, &alert.items) }
            }
            Command::Map(_) | Command::Search(_) => Self::Nothing,
            // a Sync stands around the chunks in each message; the others have to fit into one
            Command::Begin(group) if matches!(group.kind, GroupKind::Atomic | GroupKind::Sequence) => Self::Nothing,
            _ => Self::Neutral,
        }
    }

    fn items(tag: Option<Tag>, meta: Option<&'c Meta<'a>>, items: &'c Items<'a>) -> Self {
        match tag {
            Some(tag) if items.first().is_some() => Self::Items(tag, meta, items),
            _ => Self::Nothing,
        }
    }
}
