//! What of a command may be a chunk.

use wbxml::Tag;
use wbxml::vocabulary::syncml::tag;

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
        let (kind, request) = match command {
            Command::Add(request) => (tag::ADD, request),
            Command::Copy(request) => (tag::COPY, request),
            Command::Delete(request) => (tag::DELETE, request),
            Command::Exec(request) => (tag::EXEC, request),
            Command::Get(request) => (tag::GET, request),
            Command::Move(request) => (tag::MOVE, request),
            Command::Put(request) => (tag::PUT, request),
            Command::Replace(request) => (tag::REPLACE, request),
            Command::Results(results) => return Self::items(tag::RESULTS, Some(&results.meta), &results.items),
            Command::Alert(alert) => {
                let asks_on = alert.code().and_then(AlertCode::category) == Some(AlertCategory::NextMessage);
                return if asks_on { Self::Neutral } else { Self::items(tag::ALERT, None, &alert.items) };
            }
            // a Sync stands around the chunks in each message; the others have to fit into one
            Command::Begin(group) if matches!(group.kind, GroupKind::Atomic | GroupKind::Sequence) => {
                return Self::Nothing;
            }
            Command::Status(_) | Command::Begin(_) | Command::End | Command::Other(_) => return Self::Neutral,
        };
        Self::items(kind, Some(&request.meta), &request.items)
    }

    fn items(kind: Tag, meta: Option<&'c Meta<'a>>, items: &'c Items<'a>) -> Self {
        if items.first().is_some() { Self::Items(kind, meta, items) } else { Self::Nothing }
    }
}
