//! The parts of a command that a package sets.

use wbxml::Text;

use crate::command::Command;
use crate::item::Items;
use crate::meta::Meta;

/// The parts of a command that a package sets.
pub(super) struct Parts<'c, 'a> {
    pub(super) cmd_id: &'c mut Option<Text<'a>>,
    pub(super) meta: Option<&'c mut Meta<'a>>,
    pub(super) items: Option<&'c mut Items<'a>>,
}

impl<'c, 'a> Parts<'c, 'a> {
    /// The parts of `command`, if it is one that has an id.
    pub(super) fn of(command: &'c mut Command<'a>) -> Option<Self> {
        let (cmd_id, meta, items) = match command {
            Command::Add(request)
            | Command::Copy(request)
            | Command::Delete(request)
            | Command::Exec(request)
            | Command::Get(request)
            | Command::Move(request)
            | Command::Put(request)
            | Command::Replace(request) => (&mut request.cmd_id, Some(&mut request.meta), Some(&mut request.items)),
            Command::Results(results) => (&mut results.cmd_id, Some(&mut results.meta), Some(&mut results.items)),
            Command::Alert(alert) => (&mut alert.cmd_id, None, Some(&mut alert.items)),
            Command::Status(status) => (&mut status.cmd_id, None, Some(&mut status.items)),
            Command::Map(map) => (&mut map.cmd_id, None, None),
            Command::Search(search) => (&mut search.cmd_id, None, None),
            Command::Begin(group) => (&mut group.cmd_id, None, None),
            Command::End | Command::Other(_) => return None,
        };
        Some(Self { cmd_id, meta, items })
    }
}
