//! Writing messages, command by command, in either encoding.

use wbxml::vocabulary::syncml::tag;
use wbxml::{Emit, Start, WriteError};

use crate::command::Command;
use crate::field::flag;
use crate::header::SyncHdr;

/// Writes a message command by command, to WBXML or XML alike.
///
/// ```
/// use syncml::{Command, Item, Location, Meta, MessageWriter, Request, SyncHdr};
/// use wbxml::{Text, Writer, vocabulary::syncml::SYNCML_1_2};
///
/// let device = Location::new("IMEI:490154203237518");
/// let header = SyncHdr::dm_1_2("1", "1", device, Location::new("https://dm.example.net"));
/// let item = Item::leaf("./PoC/Example/T11Timer", Meta::of_data("int", "text/plain"), "6000");
///
/// let mut octets = Vec::new();
/// let mut message = MessageWriter::new(Writer::new(&mut octets, &SYNCML_1_2)?, &header)?;
/// message.command(&Command::Replace(Request::of_item("1", item)))?;
/// message.finish(true)?;
///
/// let mut message = syncml::MessageReader::parse(&octets).unwrap();
/// let Some(Command::Replace(replace)) = message.next_command().unwrap() else { panic!() };
/// assert_eq!(replace.items.first().and_then(|item| item.data_text()).unwrap(), "6000");
/// assert!(message.next_command().unwrap().is_none() && message.is_final());
/// # Ok::<(), wbxml::WriteError>(())
/// ```
#[derive(Clone, Debug)]
pub struct MessageWriter<E> {
    pub(crate) out: E,
    /// The groups that have begun and not ended.
    groups: u32,
}

impl<E: Emit> MessageWriter<E> {
    /// Writes the header.
    ///
    /// # Errors
    /// [`WriteError`]
    pub fn new(mut out: E, header: &SyncHdr<'_>) -> Result<Self, WriteError> {
        out.start(Start::new(tag::SYNC_ML))?;
        out.at_once(header)?;
        out.start(Start::new(tag::SYNC_BODY))?;
        Ok(Self { out, groups: 0 })
    }

    /// Writes a command, or the begin or the end of a group.
    ///
    /// # Errors
    /// [`WriteError`]; [`WriteError::Misplaced`] for the end of a group where none has begun.
    pub fn command(&mut self, command: &Command<'_>) -> Result<(), WriteError> {
        self.groups = match command {
            Command::Begin(_) => self.groups.saturating_add(1),
            Command::End => self.groups.checked_sub(1).ok_or(WriteError::Misplaced)?,
            _ => self.groups,
        };
        self.out.at_once(command)
    }

    /// Ends the message, the last of its package if `is_final`.
    ///
    /// # Errors
    /// [`WriteError`]; [`WriteError::Misplaced`] if a group has not ended.
    pub fn finish(mut self, is_final: bool) -> Result<E, WriteError> {
        if self.groups > 0 {
            return Err(WriteError::Misplaced);
        }
        flag(&mut self.out, tag::FINAL, is_final)?;
        self.out.end()?;
        self.out.end()?;
        Ok(self.out)
    }
}
