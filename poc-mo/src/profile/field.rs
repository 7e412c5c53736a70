//! The settings.

use core::fmt;

use super::properties::Format;

/// A setting of a PoC account (PoC control plane, management object and application characteristics).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Field {
    /// Which application this is: `ap0001` for PoC 1.0, `ap0006` for PoC 2.0 and 2.1.
    AppId,
    /// The service's name, as the user sees it.
    Name,
    /// Which provider's access point of the service this is.
    ProviderId,
    /// The network access points to use.
    ConRef,
    /// The other applications that PoC needs: the SIP/IMS core, group management, presence.
    AppRef,
    /// The server supports pre-established sessions.
    PreEstablishedSessions,
    /// The most sessions at once; 0 means that there can be one only.
    MaxSimultaneousSessions,
    /// The most participants of an ad-hoc group.
    MaxAdhocGroupSize,
    /// The SIP URI that sets up ad-hoc group and one-to-one sessions.
    ConferenceFactoryUri,
    /// The SIP URI to which a message to many is sent.
    ExploderUri,
    /// The pattern of the conference URIs that a client proposes.
    ConferenceUriTemplate,
    /// The talk burst release timer, in milliseconds.
    T10,
    /// The talk burst request timer, in milliseconds.
    T11,
    /// The end of media timer, in milliseconds.
    T13,
    /// The server publishes the user's PoC status as presence.
    ServerPresence,
}

impl Field {
    /// Every setting, in the order in which people read them.
    pub const ALL: [Self; 15] = [
        Self::AppId,
        Self::Name,
        Self::ProviderId,
        Self::ConRef,
        Self::AppRef,
        Self::PreEstablishedSessions,
        Self::MaxSimultaneousSessions,
        Self::MaxAdhocGroupSize,
        Self::ConferenceFactoryUri,
        Self::ExploderUri,
        Self::ConferenceUriTemplate,
        Self::T10,
        Self::T11,
        Self::T13,
        Self::ServerPresence,
    ];

    /// The name of the setting in this crate, in texts and in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AppId => "app_id",
            Self::Name => "name",
            Self::ProviderId => "provider_id",
            Self::ConRef => "con_refs",
            Self::AppRef => "app_refs",
            Self::PreEstablishedSessions => "pre_established_sessions",
            Self::MaxSimultaneousSessions => "max_simultaneous_sessions",
            Self::MaxAdhocGroupSize => "max_adhoc_group_size",
            Self::ConferenceFactoryUri => "conference_factory_uri",
            Self::ExploderUri => "exploder_uri",
            Self::ConferenceUriTemplate => "conference_uri_template",
            Self::T10 => "t10_ms",
            Self::T11 => "t11_ms",
            Self::T13 => "t13_ms",
            Self::ServerPresence => "server_presence",
        }
    }

    /// Whether an account may have several of it.
    pub(crate) const fn is_list(self) -> bool {
        matches!(self, Self::ConRef | Self::AppRef)
    }

    /// Whether it is true or false.
    pub(crate) const fn is_truth(self) -> bool {
        matches!(self, Self::PreEstablishedSessions | Self::ServerPresence)
    }

    /// Whether it can be written in this format, and read again.
    pub(crate) const fn can_be(self, format: Format) -> bool {
        match (self.format(), format) {
            (_, Format::Chr) | (Format::Bool, _) | (Format::Int, Format::Int) => true,
            (Format::Chr | Format::Int, _) => false,
        }
    }

    /// What a node of it holds, as far as is known.
    pub(crate) const fn format(self) -> Format {
        match self {
            Self::MaxSimultaneousSessions | Self::MaxAdhocGroupSize | Self::T10 | Self::T11 | Self::T13 => Format::Int,
            _ if self.is_truth() => Format::Bool,
            _ => Format::Chr,
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
