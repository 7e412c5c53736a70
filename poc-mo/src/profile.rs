//! How the settings are called on the wire: one row a setting, for Client Provisioning and for Device Management.
//!
//! The official names of most parameters of the PoC management object could not be confirmed: the files that the Open
//! Mobile Alliance publishes under the addresses of its register were not at hand. The names of the [`PROVISIONAL`]
//! profile are therefore reconstructed, each row says which ones, and no name stands anywhere else in this crate: a
//! corrected table corrects everything.
//!
//! ```
//! use poc_mo::{Field, profile::PROVISIONAL};
//!
//! let row = PROVISIONAL.row(Field::T11).unwrap();
//! assert_eq!((row.cp.name, row.dm.name), ("T11", "T11Timer"));
//! assert!(!row.cp.is_confirmed && !row.dm.is_confirmed);
//! assert!(PROVISIONAL.row(Field::AppId).unwrap().cp.is_confirmed);
//! ```

#[cfg(feature = "dm")]
mod ddf;

use core::fmt;

#[cfg(feature = "dm")]
pub use ddf::{DdfNames, Mismatch};

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
    #[cfg(any(feature = "cp", feature = "dm"))]
    pub(crate) const fn is_list(self) -> bool {
        matches!(self, Self::ConRef | Self::AppRef)
    }

    /// Whether it is true or false.
    #[cfg(any(feature = "cp", feature = "dm"))]
    pub(crate) const fn is_truth(self) -> bool {
        matches!(self, Self::PreEstablishedSessions | Self::ServerPresence)
    }

    /// The format of its node (OMA DM Tree and Description 1.2, `Format`).
    #[cfg(feature = "dm")]
    pub(crate) const fn format(self) -> &'static str {
        match self {
            Self::MaxSimultaneousSessions | Self::MaxAdhocGroupSize | Self::T10 | Self::T11 | Self::T13 => "int",
            _ if self.is_truth() => "bool",
            _ => "chr",
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a setting is called on one side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "users write profiles as literals")]
pub struct Name<'p> {
    /// The name that is written: a parm, or the path of a node below the account's, `*` standing for a node whose name
    /// is chosen at run time.
    pub name: &'p str,
    /// Other spellings that are read.
    pub aliases: &'p [&'p str],
    /// Whether the name has been seen in a primary text or in several independent implementations.
    pub is_confirmed: bool,
}

/// One setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "users write profiles as literals")]
pub struct Row<'p> {
    /// The setting.
    pub field: Field,
    /// Its parm in a Client Provisioning `APPLICATION`.
    pub cp: Name<'p>,
    /// Its node in the management object.
    pub dm: Name<'p>,
    /// Whether no other management object has a node of this name: such a node is known for a PoC setting even where
    /// nothing says that the node above it is a PoC account.
    pub is_distinctive: bool,
}

/// A table of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "users write profiles as literals")]
pub struct Profile<'p> {
    /// The values of `APPID` that make an `APPLICATION` a PoC account.
    pub app_ids: &'p [&'p str],
    /// The management object identifiers of a PoC account's node.
    pub object_ids: &'p [&'p str],
    /// The settings.
    pub rows: &'p [Row<'p>],
}

impl<'p> Profile<'p> {
    /// The row of a setting.
    #[must_use]
    pub fn row(&self, field: Field) -> Option<&'p Row<'p>> {
        self.rows.iter().find(|row| row.field == field)
    }

    /// Whether an `APPID` names PoC; compared without regard to case, as documents differ in it.
    #[must_use]
    pub fn has_app_id(&self, app_id: &str) -> bool {
        self.app_ids.iter().any(|known| known.eq_ignore_ascii_case(app_id))
    }

    /// Whether a node's type names the PoC management object.
    #[must_use]
    pub fn has_object_id(&self, id: &str) -> bool {
        self.object_ids.contains(&id.trim())
    }

    /// The setting that a parm of a PoC `APPLICATION` stands for.
    #[must_use]
    pub fn field_of_parm(&self, name: &str) -> Option<Field> {
        self.rows.iter().find(|row| row.cp.all().any(|known| known.eq_ignore_ascii_case(name))).map(|row| row.field)
    }

    /// The row of a node whose path below the account's is `path`.
    #[must_use]
    pub fn row_of_node(&self, path: &str) -> Option<&'p Row<'p>> {
        self.rows.iter().find(|row| row.dm.all().any(|pattern| matches(pattern, path)))
    }

    /// Whether nodes of settings stand below the node whose path below the account's is `path`.
    #[cfg(feature = "dm")]
    pub(crate) fn is_interior(&self, path: &str) -> bool {
        self.rows.iter().flat_map(|row| row.dm.all()).any(|pattern| {
            pattern.rmatch_indices('/').filter_map(|(end, _)| pattern.get(..end)).any(|above| matches(above, path))
        })
    }
}

impl<'p> Name<'p> {
    /// The name and its aliases.
    pub fn all(&self) -> impl Iterator<Item = &'p str> + use<'p> {
        core::iter::once(self.name).chain(self.aliases.iter().copied())
    }
}

/// Whether `path` is the one that `pattern` describes, segment by segment.
pub(crate) fn matches(pattern: &str, path: &str) -> bool {
    let (mut pattern, mut path) = (pattern.split('/'), path.split('/'));
    loop {
        match (pattern.next(), path.next()) {
            (None, None) => return true,
            (Some("*"), Some(_)) => {}
            (Some(expected), Some(segment)) if expected == segment => {}
            _ => return false,
        }
    }
}

/// A name that has been confirmed.
pub(crate) const fn confirmed<'p>(name: &'p str, aliases: &'p [&'p str]) -> Name<'p> {
    Name { name, aliases, is_confirmed: true }
}

/// A name that is reconstructed.
pub(crate) const fn provisional<'p>(name: &'p str, aliases: &'p [&'p str]) -> Name<'p> {
    Name { name, aliases, is_confirmed: false }
}

const fn row<'p>(field: Field, is_distinctive: bool, cp: Name<'p>, dm: Name<'p>) -> Row<'p> {
    Row { field, cp, dm, is_distinctive }
}

/// The names as far as they are known: PoC 1.0, 2.0 and 2.1, and PCPS 1.0, which succeeded them.
///
/// Read it as a table: setting, whether only PoC has such a node, parm, node.
pub static PROVISIONAL: Profile<'static> = Profile {
    app_ids: &["ap0001", "ap0006"],
    object_ids: &[
        "urn:oma:mo:oma_poc:1.0",
        "urn:oma:mo:oma_poc:2.0",
        "urn:oma:mo:oma_poc:2.1",
        // with a hyphen before the version, as it is registered
        "urn:oma:mo:oma_pcps-1.0",
    ],
    rows: &[
        row(Field::AppId, false, confirmed("APPID", &[]), provisional("AppID", &[])),
        row(Field::Name, false, confirmed("NAME", &[]), provisional("Name", &[])),
        row(
            Field::ProviderId,
            false,
            confirmed("PROVIDER-ID", &[]),
            provisional("Provider-ID", &["ProviderID", "PROVIDER-ID"]),
        ),
        row(
            Field::ConRef,
            false,
            confirmed("TO-NAPID", &[]),
            provisional("ToConRef/*/ConRef", &["ConRefs/*/ConRef", "To-NapID"]),
        ),
        row(
            Field::AppRef,
            false,
            confirmed("TO-APPREF", &[]),
            provisional("ToAppRef/*/AppRef", &["To-AppRef", "TO-APPREF"]),
        ),
        row(
            Field::PreEstablishedSessions,
            true,
            provisional("PRE-EST-SESS", &[]),
            provisional("PreEstSessSupport", &[]),
        ),
        row(Field::MaxSimultaneousSessions, true, provisional("SIMUL-SESS", &[]), provisional("SimulSessNum", &[])),
        row(
            Field::MaxAdhocGroupSize,
            true,
            provisional("MAX-ADHOC-GROUP-SIZE", &[]),
            provisional("MaxAdHocGroupSize", &["MAX-ADHOC-GROUP-SIZE", "max_adhoc_group_size"]),
        ),
        row(
            Field::ConferenceFactoryUri,
            true,
            provisional("CONF-FCTY-URI", &[]),
            provisional("ConfFactoryURI", &["Conf_Factory_URI", "CONF-FCTY-URI", "conf-fcty-uri"]),
        ),
        row(
            Field::ExploderUri,
            true,
            provisional("EXPLODER-URI", &[]),
            provisional("ExploderURI", &["EXPLODER-URI", "exploder-uri"]),
        ),
        row(
            Field::ConferenceUriTemplate,
            true,
            provisional("CONF-URI-TMPLT", &[]),
            provisional("ConfURITemplate", &[]),
        ),
        row(Field::T10, true, provisional("T10", &[]), provisional("T10Timer", &[])),
        row(Field::T11, true, provisional("T11", &[]), provisional("T11Timer", &[])),
        row(Field::T13, true, provisional("T13", &[]), provisional("T13Timer", &[])),
        row(
            Field::ServerPresence,
            true,
            provisional("PRES-SRV-CAP", &[]),
            provisional("PresenceSrvSupport", &["PRES-SRV-CAP", "pres-srv-cap"]),
        ),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_one_segment() {
        assert!(matches("ToConRef/*/ConRef", "ToConRef/1/ConRef"));
        assert!(!matches("ToConRef/*/ConRef", "ToConRef/ConRef"));
        assert!(!matches("ToConRef/*/ConRef", "ToConRef/1/2/ConRef"));
        assert!(!matches("T10Timer", "T10Timer/x"));
    }

    #[cfg(feature = "dm")]
    #[test]
    fn what_stands_above_a_setting_is_interior() {
        for (path, is_interior) in [
            ("ToConRef", true),
            ("ToConRef/any", true),
            ("ToConRef/any/ConRef", false),
            ("ConRefs", true),
            ("ToConRe", false),
            ("T10Timer", false),
            ("Ext", false),
        ] {
            assert_eq!(PROVISIONAL.is_interior(path), is_interior, "{path}");
        }
    }

    #[test]
    fn every_setting_has_one_row_and_a_name_of_its_own() {
        for field in Field::ALL {
            assert_eq!(PROVISIONAL.rows.iter().filter(|row| row.field == field).count(), 1, "{field}");
            assert_eq!(Field::ALL.iter().filter(|other| other.name() == field.name()).count(), 1, "{field}");
        }
        assert_eq!(PROVISIONAL.rows.len(), Field::ALL.len());
    }

    /// Two rows with one name would make the second one unreachable.
    #[test]
    fn no_name_stands_for_two_settings() {
        for row in PROVISIONAL.rows {
            assert!(row.cp.all().all(|name| PROVISIONAL.field_of_parm(name) == Some(row.field)), "{row:?}");
            assert!(row.dm.all().all(|name| PROVISIONAL.row_of_node(name).map(|row| row.field) == Some(row.field)));
        }
    }
}
