//! Alert codes (SyncML Representation Protocol 1.2, alert codes; OMA DM Representation Protocol 1.2, 4.2).

use super::codes;

/// What an alert is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AlertCategory {
    /// Something to show, of data synchronisation: 100.
    Show,
    /// The sender wants to synchronise, in this way: 200 to 205.
    Sync,
    /// The server wants the client to begin to synchronise: 206 to 210.
    ServerAlertedSync,
    /// The outcome of a synchronisation: 221.
    Result,
    /// The sender waits for the next message of the package: 222, 1222.
    NextMessage,
    /// The last chunk of a large object did not come: 223, 1225.
    NoEndOfData,
    /// A synchronisation is interrupted: 224.
    Suspend,
    /// An interrupted synchronisation goes on: 225.
    Resume,
    /// Something for the user to read or to answer: 1100 to 1104.
    UserInteraction,
    /// A session of device management begins: 1200, 1201.
    ManagementSession,
    /// The session is given up: 1223.
    SessionAbort,
    /// Something happened on the device: 1224.
    ClientEvent,
    /// A generic alert, whose items have types: 1226.
    Generic,
}

codes! {
    /// An alert code: what an alert is about.
    ///
    /// ```
    /// use syncml::{AlertCategory, AlertCode};
    ///
    /// let code: AlertCode = "1226".parse()?;
    /// assert_eq!(code, AlertCode::GENERIC_ALERT);
    /// assert_eq!(code.category(), Some(AlertCategory::Generic));
    /// assert!(code.is_device_management() && !code.is_reserved());
    /// # Ok::<(), syncml::ParseCodeError>(())
    /// ```
    AlertCode:
    100 SHOW = "SHOW", "the data is to be shown to the user";
    200 TWO_WAY = "TWO-WAY", "both sides send what has changed";
    201 SLOW_SYNC = "SLOW SYNC", "both sides send everything and compare";
    202 ONE_WAY_FROM_CLIENT = "ONE-WAY FROM CLIENT", "only the client sends what has changed";
    203 REFRESH_FROM_CLIENT = "REFRESH FROM CLIENT", "the client sends everything, and the server keeps nothing else";
    204 ONE_WAY_FROM_SERVER = "ONE-WAY FROM SERVER", "only the server sends what has changed";
    205 REFRESH_FROM_SERVER = "REFRESH FROM SERVER", "the server sends everything, and the client keeps nothing else";
    206 TWO_WAY_BY_SERVER = "TWO-WAY BY SERVER", "the server asks the client to begin a two-way synchronisation";
    207 ONE_WAY_FROM_CLIENT_BY_SERVER = "ONE-WAY FROM CLIENT BY SERVER", "the server asks the client to send what has changed";
    208 REFRESH_FROM_CLIENT_BY_SERVER = "REFRESH FROM CLIENT BY SERVER", "the server asks the client to send everything";
    209 ONE_WAY_FROM_SERVER_BY_SERVER = "ONE-WAY FROM SERVER BY SERVER", "the server asks the client to fetch what has changed";
    210 REFRESH_FROM_SERVER_BY_SERVER = "REFRESH FROM SERVER BY SERVER", "the server asks the client to fetch everything";
    221 RESULT_ALERT = "RESULT ALERT", "the sender asks for the outcome of the synchronisation";
    222 NEXT_MESSAGE_SYNC = "NEXT MESSAGE", "the sender waits for the next message of the package";
    223 NO_END_OF_DATA_SYNC = "NO END OF DATA", "the last chunk of a large object did not come";
    224 SUSPEND = "SUSPEND", "the sender interrupts the synchronisation (SyncML 1.2)";
    225 RESUME = "RESUME", "the sender wants to go on with an interrupted synchronisation (SyncML 1.2)";
    1100 DISPLAY = "DISPLAY", "the user is to read a text";
    1101 CONFIRM_OR_REJECT = "CONFIRM OR REJECT", "the user is to say yes or no";
    1102 TEXT_INPUT = "TEXT INPUT", "the user is to write a text";
    1103 SINGLE_CHOICE = "SINGLE CHOICE", "the user is to choose one of several";
    1104 MULTIPLE_CHOICE = "MULTIPLE CHOICE", "the user is to choose any of several";
    1200 SERVER_INITIATED_MANAGEMENT = "SERVER-INITIATED MGMT", "the session begins because the server has asked for it";
    1201 CLIENT_INITIATED_MANAGEMENT = "CLIENT-INITIATED MGMT", "the session begins because the client wants it";
    1222 NEXT_MESSAGE = "NEXT MESSAGE", "the sender waits for the next message of the package";
    1223 SESSION_ABORT = "SESSION ABORT", "the sender gives up the session";
    1224 CLIENT_EVENT = "CLIENT EVENT", "something happened on the device";
    1225 NO_END_OF_DATA = "NO END OF DATA", "the last chunk of a large object did not come";
    1226 GENERIC_ALERT = "GENERIC ALERT", "something happened to a management object; the items' types say what (DM 1.2)";
}

impl AlertCode {
    /// What the alert is about; `None`, if the code has no meaning of its own.
    #[must_use]
    pub const fn category(self) -> Option<AlertCategory> {
        Some(match self {
            Self::SHOW => AlertCategory::Show,
            Self(200..=205) => AlertCategory::Sync,
            Self(206..=210) => AlertCategory::ServerAlertedSync,
            Self::RESULT_ALERT => AlertCategory::Result,
            Self::NEXT_MESSAGE_SYNC | Self::NEXT_MESSAGE => AlertCategory::NextMessage,
            Self::NO_END_OF_DATA_SYNC | Self::NO_END_OF_DATA => AlertCategory::NoEndOfData,
            Self::SUSPEND => AlertCategory::Suspend,
            Self::RESUME => AlertCategory::Resume,
            Self(1100..=1104) => AlertCategory::UserInteraction,
            Self::SERVER_INITIATED_MANAGEMENT | Self::CLIENT_INITIATED_MANAGEMENT => AlertCategory::ManagementSession,
            Self::SESSION_ABORT => AlertCategory::SessionAbort,
            Self::CLIENT_EVENT => AlertCategory::ClientEvent,
            Self::GENERIC_ALERT => AlertCategory::Generic,
            _ => return None,
        })
    }

    /// Whether the number belongs to device management, which takes no other: 1100 to 1299.
    #[must_use]
    pub const fn is_device_management(self) -> bool {
        matches!(self.0, 1100..1300)
    }

    /// Whether device management keeps the number for later: 1105 to 1199, 1202 to 1220, 1227 to 1299.
    #[must_use]
    pub const fn is_reserved(self) -> bool {
        matches!(self.0, 1105..=1199 | 1202..=1220 | 1227..=1299)
    }
}
