//! Notifications: how a server asks a client for a session, a few octets in a push (OMA-TS-DM_Notification, package #0
//! of DM 1.1.2 and 1.2; OMA-TS-DS_Protocol 1.2, server alerted notification).
//!
//! A notification is a digest of 16 octets and a [`Trigger`]. The body behind the trigger's header is the vendor's in
//! device management, and a [`SyncList`] in data synchronisation; the media type of the push tells which. Nothing is
//! allocated, neither to read nor to write, and what is read is written again octet for octet: bits for future use and
//! versions unknown are kept.
//!
//! ```
//! use syncml::dm::notification::{Initiator, Notification, SessionId, Trigger, UiMode, Version};
//!
//! let mut trigger = Trigger::new(b"com.mgmtsrv.manage", SessionId(0x1234))?;
//! trigger.ui_mode = UiMode::Background;
//! let mut octets = Vec::new();
//! Notification::new([0; 16], trigger).write(&mut octets)?;
//! assert_eq!(octets[16..24], *b"\x02\xD0\x00\x00\x00\x12\x34\x12");
//!
//! let notification = Notification::parse(&octets)?;
//! // nobody knows yet who has sent it
//! let trigger = notification.unverified_trigger();
//! assert_eq!((trigger.version, trigger.initiator), (Version::V1_1, Initiator::Client));
//! assert_eq!((trigger.server_id(), trigger.body), (&b"com.mgmtsrv.manage"[..], &b""[..]));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod bits;
#[cfg(feature = "auth")]
mod digest;
mod error;
mod sync_list;
mod trigger;

use wbxml::{Sink, WriteError};

pub use bits::{ContentTypeCode, FutureUse, Nibble, SyncType, Version};
#[cfg(feature = "auth")]
pub use digest::WrongDigest;
pub use error::{Error, ErrorKind, Result, TooLong};
pub use sync_list::{SyncEntries, SyncEntry, SyncList};
pub use trigger::{Initiator, SessionId, Trigger, UiMode};

/// The media type of a notification of device management, code 0x44 in WSP.
pub const DM_MEDIA_TYPE: &str = "application/vnd.syncml.notification";

/// The media type of a notification of data synchronisation, code 0x4E in WSP.
pub const DS_MEDIA_TYPE: &str = "application/vnd.syncml.ds.notification";

/// The octets of a digest.
const DIGEST: usize = 16;

/// A notification: a digest, and the trigger that it is of.
///
/// Anybody can send one, so the trigger is only given away under a name that says so, or by `verify` (feature `auth`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notification<'a> {
    digest: [u8; DIGEST],
    trigger: Trigger<'a>,
}

impl<'a> Notification<'a> {
    /// A notification with a digest that is known already.
    #[must_use]
    pub const fn new(digest: [u8; 16], trigger: Trigger<'a>) -> Self {
        Self { digest, trigger }
    }

    /// Reads a notification, of any version.
    ///
    /// ```
    /// use syncml::dm::notification::{ErrorKind, Notification};
    ///
    /// // the length says 4, but there are 3 octets
    /// let octets = b"0123456789ABCDEF\x02\xF8\x00\x00\x00\x00\x01\x04abc";
    /// let error = Notification::parse(octets).unwrap_err();
    /// assert_eq!((error.kind(), error.offset()), (ErrorKind::ServerIdLength, 23));
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::UnexpectedEnd`] if there are fewer than 24 octets, [`ErrorKind::ServerIdLength`]
    pub fn parse(octets: &'a [u8]) -> Result<Self> {
        let (&digest, trigger) =
            octets.split_first_chunk::<DIGEST>().ok_or(ErrorKind::UnexpectedEnd.at(octets.len()))?;
        let trigger = Trigger::parse(trigger).map_err(|error| error.behind(DIGEST))?;
        Ok(Self { digest, trigger })
    }

    /// The digest as it came.
    #[must_use]
    pub const fn digest(&self) -> [u8; 16] {
        self.digest
    }

    /// What the notification says, whoever has sent it: good for finding the password of its server, and for no more.
    #[must_use]
    pub const fn unverified_trigger(&self) -> Trigger<'a> {
        self.trigger
    }

    /// The number of octets that [`write`](Self::write) puts.
    #[must_use]
    pub fn encoded_len(&self) -> usize {
        self.trigger.encoded_len().saturating_add(DIGEST)
    }

    /// Writes the notification.
    ///
    /// # Errors
    /// [`WriteError`] of the sink
    pub fn write<S: Sink>(&self, out: &mut S) -> Result<(), WriteError> {
        out.put(&self.digest)?;
        self.trigger.write(out)
    }
}
