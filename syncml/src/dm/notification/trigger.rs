//! The trigger of a notification: its header, the server identifier and a body.

use core::fmt;

use wbxml::{Sink, WriteError};

use super::bits::{FutureUse, Version};
use super::error::{ErrorKind, Result, TooLong};

/// The octets of a header, up to the server identifier.
const HEAD: usize = 8;

/// How much a user is to see of a session, 2 bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "two bits have these four")]
pub enum UiMode {
    /// 0: the server does not say.
    #[default]
    NotSpecified,
    /// 1: the session is in the background.
    Background,
    /// 2: the user is told of it.
    Informative,
    /// 3: the user may have to answer before it starts.
    UserInteraction,
}

/// Who has caused the session, 1 bit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "one bit has these two")]
pub enum Initiator {
    /// 0: the client or its user.
    #[default]
    Client,
    /// 1: the server.
    Server,
}

/// The session that is to start: 1 to 0xFFFF; 0 stands in some notifications of data synchronisation.
///
/// It is written as messages have it in `SessionID`: hexadecimal digits in upper case, no zeros in front.
///
/// ```
/// use syncml::dm::notification::SessionId;
///
/// assert_eq!(SessionId(0x0A2F).to_string(), "A2F");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_structs, reason = "it is sixteen bits")]
pub struct SessionId(pub u16);

impl fmt::Display for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:X}", self.0)
    }
}

/// What a notification says: everything but its digest.
///
/// | bits | field |
/// | --- | --- |
/// | 10 | version |
/// | 2 | user interface mode |
/// | 1 | initiator |
/// | 27 | for future use |
/// | 16 | session |
/// | 8 | length of the server identifier |
/// | | server identifier, body |
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trigger<'a> {
    /// The version.
    pub version: Version,
    /// How much a user is to see.
    pub ui_mode: UiMode,
    /// Who has caused it.
    pub initiator: Initiator,
    /// The bits without a meaning.
    pub future_use: FutureUse,
    /// The session that is to start. A trigger that comes again has the same one.
    pub session_id: SessionId,
    /// What follows the server identifier: the vendor's own in device management, a [`SyncList`](super::SyncList) in
    /// data synchronisation.
    pub body: &'a [u8],
    server_id: &'a [u8],
}

impl<'a> Trigger<'a> {
    /// A trigger of version 1.1 that the client has caused, without body.
    ///
    /// # Errors
    /// [`TooLong`] if the server identifier has more than 255 octets
    pub const fn new(server_id: &'a [u8], session_id: SessionId) -> Result<Self, TooLong> {
        if server_id.len() > 0xFF {
            return Err(TooLong);
        }
        Ok(Self {
            version: Version::V1_1,
            ui_mode: UiMode::NotSpecified,
            initiator: Initiator::Client,
            future_use: match FutureUse::new(0) {
                Some(none) => none,
                None => FutureUse::MAX,
            },
            session_id,
            body: &[],
            server_id,
        })
    }

    /// Reads a trigger, of any version.
    ///
    /// # Errors
    /// [`ErrorKind::UnexpectedEnd`] if there are fewer than 8 octets, [`ErrorKind::ServerIdLength`]
    pub fn parse(octets: &'a [u8]) -> Result<Self> {
        let (head, rest) = octets.split_first_chunk::<HEAD>().ok_or(ErrorKind::UnexpectedEnd.at(octets.len()))?;
        let [.., high, low, length] = *head;
        let (server_id, body) =
            rest.split_at_checked(usize::from(length)).ok_or(ErrorKind::ServerIdLength.at(HEAD.saturating_sub(1)))?;
        let bits = u64::from_be_bytes(*head);
        Ok(Self {
            version: Version::of(bits >> 54),
            ui_mode: match bits >> 52 & 3 {
                0 => UiMode::NotSpecified,
                1 => UiMode::Background,
                2 => UiMode::Informative,
                _ => UiMode::UserInteraction,
            },
            initiator: if bits >> 51 & 1 == 0 { Initiator::Client } else { Initiator::Server },
            future_use: FutureUse::of(bits >> 24),
            session_id: SessionId(u16::from_be_bytes([high, low])),
            body,
            server_id,
        })
    }

    /// The identifier of the server, 255 octets at most.
    #[must_use]
    pub const fn server_id(&self) -> &'a [u8] {
        self.server_id
    }

    /// The number of octets that [`write`](Self::write) puts.
    #[must_use]
    pub fn encoded_len(&self) -> usize {
        self.server_id.len().saturating_add(self.body.len()).saturating_add(HEAD)
    }

    /// Writes the trigger.
    ///
    /// # Errors
    /// [`WriteError`] of the sink
    pub fn write<S: Sink>(&self, out: &mut S) -> Result<(), WriteError> {
        out.put(&self.head())?;
        out.put(self.server_id)?;
        out.put(self.body)
    }

    /// The octets in front of the server identifier.
    pub(super) fn head(&self) -> [u8; HEAD] {
        let ui_mode = match self.ui_mode {
            UiMode::NotSpecified => 0,
            UiMode::Background => 1,
            UiMode::Informative => 2,
            UiMode::UserInteraction => 3_u64,
        };
        let initiator = match self.initiator {
            Initiator::Client => 0,
            Initiator::Server => 1_u64,
        };
        // no longer than that: `new` and `parse` see to it
        let length = u8::try_from(self.server_id.len()).unwrap_or(u8::MAX);
        let bits = u64::from(self.version.get()) << 54
            | ui_mode << 52
            | initiator << 51
            | u64::from(self.future_use.get()) << 24
            | u64::from(self.session_id.0) << 8
            | u64::from(length);
        bits.to_be_bytes()
    }
}
