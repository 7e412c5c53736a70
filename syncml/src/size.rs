//! How many octets a message has, before it is written (SyncML Meta-Information, `MaxMsgSize`).

use wbxml::{AnyWriter, Count, Encoding, Text, WriteError};

use crate::command::Command;
use crate::error::Result;
use crate::header::SyncHdr;
use crate::writer::MessageWriter;

/// How many octets a message will have, command by command: exactly, since the [`MessageWriter`] that writes messages
/// counts here.
///
/// ```
/// use syncml::{Command, Item, Location, MessageSize, MessageWriter, Meta, Request, SyncHdr};
/// use wbxml::{Encoding, vocabulary::syncml::SYNCML_1_2};
///
/// let device = Location::new("IMEI:490154203237518");
/// let header = SyncHdr::dm_1_2("1", "1", device, Location::new("https://dm.example.net"));
/// let item = Item::leaf("./PoC/Example/T11Timer", Meta::of_data("int", "text/plain"), "6000");
/// let replace = Command::Replace(Request::of_item("1", item));
///
/// let encoding = Encoding::Wbxml(&SYNCML_1_2);
/// let mut size = MessageSize::new(encoding, &header)?;
/// assert_eq!(size.octets(), 90); // the header
/// assert_eq!(size.command(&replace)?, 72);
/// assert_eq!(size.finished(true)?, 90 + 72 + 3); // `Final` and the ends of body and message
///
/// let mut octets = Vec::new();
/// let mut message = MessageWriter::new(encoding.writer(&mut octets)?, &header)?;
/// message.command(&replace)?;
/// message.finish(true)?;
/// assert_eq!(octets.len(), size.finished(true)?);
/// # Ok::<(), wbxml::WriteError>(())
/// ```
#[derive(Clone, Debug)]
pub struct MessageSize<'v> {
    message: MessageWriter<AnyWriter<'v, Count>>,
}

impl<'v> MessageSize<'v> {
    /// The size of a message with this header.
    ///
    /// # Errors
    /// Those of [`MessageWriter::new`], but for [`WriteError::Full`].
    pub fn new(encoding: Encoding<'v>, header: &SyncHdr<'_>) -> Result<Self, WriteError> {
        Self::up_to(usize::MAX, encoding, header)
    }

    /// The same for a message that must not have more than `limit` octets: what the peer's `MaxMsgSize` says. What is
    /// too large is found without looking at all of it.
    ///
    /// # Errors
    /// Those of [`MessageWriter::new`]; [`WriteError::Full`] if the header alone is larger.
    pub fn up_to(limit: usize, encoding: Encoding<'v>, header: &SyncHdr<'_>) -> Result<Self, WriteError> {
        let message = MessageWriter::new(encoding.writer(Count::up_to(limit))?, header)?;
        Ok(Self { message })
    }

    /// Adds a command, or the begin or the end of a group, and gives the octets that it takes here: in WBXML the same
    /// command may take two more behind one that has left another code page.
    ///
    /// After an error, the size is of no more use; a [`Clone`] from before it is.
    ///
    /// # Errors
    /// Those of [`MessageWriter::command`]; [`WriteError::Full`] above the limit.
    pub fn command(&mut self, command: &Command<'_>) -> Result<usize, WriteError> {
        let before = self.octets();
        self.message.command(command)?;
        Ok(self.octets().saturating_sub(before))
    }

    /// The octets of the header and of the commands, by now.
    #[must_use]
    pub const fn octets(&self) -> usize {
        self.message.out.sink().octets()
    }

    /// The octets of the message, if it ends here.
    ///
    /// # Errors
    /// [`WriteError::Misplaced`] if a group has not ended; [`WriteError::Full`] above the limit.
    pub fn finished(&self, is_final: bool) -> Result<usize, WriteError> {
        Ok(self.message.clone().finish(is_final)?.into_sink().octets())
    }
}

impl SyncHdr<'_> {
    /// The octets of the largest message that the sender takes: `MaxMsgSize`. `None`, where it says none, or no number.
    ///
    /// ```
    /// use syncml::{Meta, MetaFields, SyncHdr};
    /// use wbxml::Text;
    ///
    /// let fields = MetaFields { max_msg_size: Some(Text::new("4096")), ..MetaFields::default() };
    /// let mut header = SyncHdr::default();
    /// header.meta = Meta::EMPTY.with_fields(&fields);
    /// assert_eq!(header.max_msg_size(), Ok(Some(4096)));
    /// assert_eq!(header.max_obj_size(), Ok(None));
    /// ```
    ///
    /// # Errors
    /// Those of [`Meta::fields`](crate::Meta::fields).
    pub fn max_msg_size(&self) -> Result<Option<usize>> {
        Ok(self.meta.fields()?.max_msg_size.and_then(|size| octets(&size)))
    }

    /// The octets of the largest object that the sender takes, until it says another number in this session:
    /// `MaxObjSize`. `None`, where it says none, or no number.
    ///
    /// # Errors
    /// Those of [`Meta::fields`](crate::Meta::fields).
    pub fn max_obj_size(&self) -> Result<Option<usize>> {
        Ok(self.meta.fields()?.max_obj_size.and_then(|size| octets(&size)))
    }
}

/// The number of octets that a text says in decimal digits, with white space around them passed over. One that is too
/// large to be counted is the largest that can be.
pub(crate) fn octets(text: &Text<'_>) -> Option<usize> {
    let text = text.to_cow().ok()?;
    let digits = text.trim_ascii();
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    Some(digits.parse().unwrap_or(usize::MAX))
}
