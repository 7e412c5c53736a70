//! A message while it is made.

use alloc::string::ToString;
use alloc::vec::Vec;

use wbxml::{AnyWriter, Encoding, Text, WriteError};

use super::{PackageError, Parts};
use crate::command::{Command, Group};
use crate::header::SyncHdr;
use crate::size::MessageSize;
use crate::writer::MessageWriter;

/// A message while it is made: nothing is written that has not been measured.
pub(super) struct Draft<'v, 'o> {
    max_msg_size: usize,
    size: MessageSize<'v>,
    /// What stands in front of the package's commands.
    head: Head<'v>,
    /// The same with the begin of the `Sync` that is open, as the next message would have it.
    sync: Option<Head<'v>>,
    out: MessageWriter<AnyWriter<'v, &'o mut Vec<u8>>>,
    /// The last `CmdID`.
    cmd_id: u32,
    is_begun: bool,
}

/// A size, and the last `CmdID` in it.
type Head<'v> = (MessageSize<'v>, u32);

impl<'v, 'o> Draft<'v, 'o> {
    pub(super) fn new(
        encoding: Encoding<'v>,
        header: &SyncHdr<'_>,
        max_msg_size: usize,
        out: &'o mut Vec<u8>,
    ) -> Result<Self, PackageError> {
        let size = MessageSize::up_to(max_msg_size, encoding, header).map_err(head)?;
        size.finished(false).map_err(head)?;
        let out = MessageWriter::new(encoding.writer(out)?, header)?;
        Ok(Self { max_msg_size, head: (size.clone(), 0), sync: None, size, out, cmd_id: 0, is_begun: false })
    }

    /// Adds a command in front of those of the package.
    pub(super) fn put_first(&mut self, command: &Command<'_>) -> Result<(), PackageError> {
        self.put_head(command)?;
        self.size.finished(false).map_err(head)?;
        self.head = (self.size.clone(), self.cmd_id);
        Ok(())
    }

    fn put_head(&mut self, command: &Command<'_>) -> Result<(), PackageError> {
        let mut cmd_id = self.cmd_id;
        numbered(command, &mut cmd_id, |command| self.size.command(command)).map_err(head)?;
        numbered(command, &mut self.cmd_id, |command| self.out.command(command))?;
        Ok(())
    }

    /// Begins a `Sync` that has been begun in a message before.
    pub(super) fn resume_sync(&mut self, sync: &Group<'_>) -> Result<(), PackageError> {
        self.put_head(&resumed(sync))?;
        finished(self.size.clone(), true, false).map_err(head)?;
        self.sync = Some((self.size.clone(), self.cmd_id));
        Ok(())
    }

    /// Begins a `Sync`, if there is room for it and its end.
    pub(super) fn begin_sync(&mut self, sync: &Group<'_>, is_final: bool) -> Result<bool, PackageError> {
        let (mut size, mut cmd_id) = self.head.clone();
        let resumed = numbered(&resumed(sync), &mut cmd_id, |command| size.command(command));
        match resumed {
            Ok(_) => self.sync = Some((size, cmd_id)),
            Err(WriteError::Full) => return Ok(false),
            Err(error) => return Err(error.into()),
        }
        let fits = self.put(&[Command::Begin(*sync)], is_final)?;
        if !fits {
            self.sync = None;
        }
        Ok(fits)
    }

    /// Ends the `Sync` that is open, for which room is kept; `false` if `Final` has none behind it.
    pub(super) fn end_sync(&mut self, is_final: bool) -> Result<bool, PackageError> {
        let sync = self.sync.take();
        let fits = self.put(&[Command::End], is_final)?;
        if !fits {
            self.sync = sync;
        }
        Ok(fits)
    }

    /// Whether a command of the package stands in it.
    pub(super) const fn is_begun(&self) -> bool {
        self.is_begun
    }

    /// The octets that are left; less, where anything has to stand around them.
    pub(super) const fn room(&self) -> usize {
        self.max_msg_size.saturating_sub(self.size.octets())
    }

    /// Adds commands of the package, if there is room for all of them and for the end of the message behind them.
    pub(super) fn put(&mut self, commands: &[Command<'_>], is_final: bool) -> Result<bool, PackageError> {
        let Some(size) = self.measured(&self.size, self.cmd_id, commands, is_final)? else { return Ok(false) };
        for command in commands {
            numbered(command, &mut self.cmd_id, |command| self.out.command(command))?;
        }
        (self.size, self.is_begun) = (size, true);
        Ok(true)
    }

    /// Whether there is room for these commands.
    pub(super) fn fits(&self, commands: &[Command<'_>], is_final: bool) -> Result<bool, PackageError> {
        Ok(self.measured(&self.size, self.cmd_id, commands, is_final)?.is_some())
    }

    /// Whether there would be, if no other command of the package stood in the message.
    pub(super) fn fits_alone(&self, commands: &[Command<'_>], is_final: bool) -> Result<bool, PackageError> {
        let (size, cmd_id) = self.sync.as_ref().unwrap_or(&self.head);
        Ok(self.measured(size, *cmd_id, commands, is_final)?.is_some())
    }

    /// The size with these commands, if the message may be as large.
    fn measured(
        &self,
        size: &MessageSize<'v>,
        mut cmd_id: u32,
        commands: &[Command<'_>],
        is_final: bool,
    ) -> Result<Option<MessageSize<'v>>, PackageError> {
        let mut size = size.clone();
        let fits = commands
            .iter()
            .try_for_each(|command| numbered(command, &mut cmd_id, |command| size.command(command)).map(drop))
            .and_then(|()| finished(size.clone(), self.sync.is_some(), is_final));
        match fits {
            Ok(_) => Ok(Some(size)),
            Err(WriteError::Full) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Ends the message, and a `Sync` that is open in it.
    pub(super) fn finish(mut self, is_final: bool) -> Result<(), PackageError> {
        finished(self.size, self.sync.is_some(), is_final).map_err(head)?;
        if self.sync.is_some() {
            self.out.command(&Command::End)?;
        }
        self.out.finish(is_final)?;
        Ok(())
    }
}

/// The size of the message, if it ends so.
fn finished(mut size: MessageSize<'_>, in_sync: bool, is_final: bool) -> Result<usize, WriteError> {
    if in_sync {
        size.command(&Command::End)?;
    }
    size.finished(is_final)
}

/// The begin of a `Sync` where it goes on: how many changes there are has been said.
fn resumed<'a>(sync: &Group<'a>) -> Command<'a> {
    let mut sync = *sync;
    sync.number_of_changes = None;
    Command::Begin(sync)
}

/// Hands the command on with the next `CmdID`, if it is one that has an id.
fn numbered<T>(command: &Command<'_>, last: &mut u32, put: impl FnOnce(&Command<'_>) -> T) -> T {
    let next = last.saturating_add(1);
    let digits = next.to_string();
    let mut command = *command;
    if let Some(parts) = Parts::of(&mut command) {
        *parts.cmd_id = Some(Text::new(&digits));
        *last = next;
    }
    put(&command)
}

/// The error of what stands in front of the package's commands.
fn head(error: WriteError) -> PackageError {
    if error == WriteError::Full { PackageError::HeadTooLarge } else { error.into() }
}
