//! Why a message of a package cannot be made.

use wbxml::WriteError;

/// Why a message of a package cannot be made. Commands are told by their index in the package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PackageError {
    /// The header and the commands in front are larger than the peer's `MaxMsgSize` (SyncML Meta-Information), with the
    /// begin of the `Sync` that goes on.
    #[error("the header and the commands in front do not fit into a message")]
    HeadTooLarge,
    /// A command, or a group from its begin to its end, fits into no message, and cannot be divided (OMA DM
    /// Representation Protocol 1.2, `Atomic`, `Sequence`).
    #[error("command {command} does not fit into a message and cannot be divided")]
    CommandTooLarge {
        /// The command.
        command: usize,
    },
    /// Not one octet, or character, of an item's data fits into a message beside what has to stand there.
    #[error("no data of command {command} fits into a message")]
    NoRoomForData {
        /// The command.
        command: usize,
    },
    /// The data of an item is larger than the peer's `MaxObjSize` (SyncML Meta-Information): the peer would answer with
    /// status 413.
    #[error("an item of command {command} is larger than the peer takes")]
    ObjectTooLarge {
        /// The command.
        command: usize,
    },
    /// Something cannot be written, or groups do not begin and end in turn.
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl PackageError {
    /// Items of a command that was read, and is faulty.
    pub(super) fn unreadable(error: crate::Error) -> Self {
        Self::Write(WriteError::Unreadable(error.into()))
    }

    /// Whether another message may have room.
    pub(super) const fn is_about_size(self) -> bool {
        matches!(self, Self::CommandTooLarge { .. } | Self::NoRoomForData { .. } | Self::ObjectTooLarge { .. })
    }
}
