//! `APPLICATION` of group management (`ap0003`, `ap0007`) and of presence (`ap0002`, `ap0009`), and their objects.
//!
//! What such an application says is known from clients. The descriptions of the objects were not at hand: their names
//! are those of GSMA's profile for RCS where it has them, as it takes the parameters over from these objects, else those
//! that objects of the same authors have. All of them are reconstructed, and [`ServiceNames`](super::ServiceNames) take their place.

use omacp::resolve::Target;

use super::table::{App, Mapping, Row, Values};
use crate::profile::{Name, confirmed, provisional};

/// A service whose object is reconstructed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Service {
    Xdm,
    Presence,
}

impl Service {
    /// The identifiers of its object.
    pub(super) const fn object_ids(self) -> &'static [&'static str] {
        match self {
            // version 1.0 has no object of its own
            Self::Xdm => &["urn:oma:mo:oma-xdm:2.0", "urn:oma:mo:oma-xdm:2.0"],
            Self::Presence => &["urn:oma:mo:oma_prs:1.0", "urn:oma:mo:oma-prs:2.0"],
        }
    }

    /// The applications, in the same order.
    const fn app_ids(self) -> &'static [&'static str] {
        match self {
            Self::Xdm => &["ap0007", "ap0003"],
            Self::Presence => &["ap0002", "ap0009"],
        }
    }

    /// The rows without those in groups.
    pub(super) fn rows(self) -> impl Iterator<Item = &'static Row<'static>> {
        let own = match self {
            Self::Xdm => XDM,
            Self::Presence => PRESENCE,
        };
        COMMON.iter().chain(own)
    }

    /// The object, with these rows.
    pub(super) fn mapping<'t>(self, root: &'t str, rows: &'t [Row<'t>]) -> Mapping<'t> {
        let node = rows.iter().find_map(|row| match row {
            Row::Leaf { cp, dm, .. } if *cp == APP_ID => Some(dm.name),
            _ => None,
        });
        Mapping {
            type_: "APPLICATION",
            app: Some(App { parm: APP_ID, node, ids: self.app_ids() }),
            object_ids: self.object_ids(),
            root,
            id: APP_REF,
            target: Some(Target::Application),
            is_server: false,
            rows,
        }
    }
}

const APP_ID: Name<'_> = confirmed("APPID", &[]);
const APP_REF: Name<'_> = confirmed("APPREF", &[]);

const fn leaf<'t>(cp: &'t str, dm: &'t str, values: Values) -> Row<'t> {
    Row::Leaf { cp: confirmed(cp, &[]), dm: provisional(dm, &[]), values }
}

/// A leaf whose parm is reconstructed as well.
const fn likely<'t>(cp: &'t str, dm: &'t str, values: Values) -> Row<'t> {
    Row::Leaf { cp: provisional(cp, &[]), dm: provisional(dm, &[]), values }
}

/// A leaf that is read under another name, too: GSMA's documents have lost a hyphen where lines were broken.
const fn hyphened<'t>(cp: &'t str, dm: &'t str, alias: &'t [&'t str], values: Values) -> Row<'t> {
    Row::Leaf { cp: confirmed(cp, &[]), dm: provisional(dm, alias), values }
}

const CON_REFS: Row<'_> = Row::References {
    cp: &[(confirmed("TO-NAPID", &[]), Target::AccessPoint)],
    one: None,
    many: Some(provisional("ToConRef/*/ConRef", &["ConRefs/*/ConRef"])),
};

const APP_REFS: Row<'_> = Row::References {
    cp: &[(confirmed("TO-APPREF", &[]), Target::Application)],
    one: None,
    many: Some(provisional("ToAppRef/*/AppRef", &[])),
};

const COMMON: &[Row<'_>] = &[
    leaf("APPID", "AppID", Values::Text),
    leaf("NAME", "Name", Values::Text),
    leaf("PROVIDER-ID", "Provider-ID", Values::Text),
    Row::NodeName { cp: APP_REF },
    CON_REFS,
    APP_REFS,
];

/// Those of group management, which stand in groups as well.
pub(super) const XDM: &[Row<'_>] = &[
    likely("URI", "XCAPRootURI", Values::Text),
    likely("AAUTHNAME", "XCAPAuthenticationUserName", Values::Text),
    likely("AAUTHSECRET", "XCAPAuthenticationSecret", Values::Text),
    likely("AAUTHTYPE", "XCAPAuthenticationType", Values::Text),
];

const PRESENCE: &[Row<'_>] = &[
    hyphened("CLIENT-OBJ-DATA-LIMIT", "client-obj-data-limit", &["client-obj-datalimit"], Values::Number),
    hyphened("CONTENT-SERVER-URI", "content-server-uri", &["content-serveruri"], Values::Text),
    hyphened("SOURCE-THROTTLE-PUBLISH", "source-throttle-publish", &["source-throttlepublish"], Values::Number),
    leaf("MAX-NUMBER-OF-PRESENCE-SUBSCRIPTIONS", "max-number-of-presence-subscriptions", Values::Number),
    hyphened(
        "MAX-NUMBER-OF-SUBSCRIPTIONS-IN-PRESENCE-LIST",
        "max-number-of-subscriptions-in-presence-list",
        &["max-number-ofsubscriptions-inpresence-list"],
        Values::Number,
    ),
    hyphened("SERVICE-URI-TEMPLATE", "service-uri-template", &["service-uritemplate"], Values::Text),
    likely("RLS-URI", "RLS-URI", Values::Text),
];
