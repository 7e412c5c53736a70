//! `APPLICATION` of group management (`ap0003`, `ap0007`) and of presence (`ap0002`, `ap0009`), and their objects.
//!
//! What such an application says is known from clients. The descriptions of the objects were not at hand: their names
//! are those of GSMA's profile for RCS where it has them, as it takes the parameters over from these objects, else those
//! that objects of the same authors have. All of them are reconstructed.

use omacp::resolve::Target;

use super::table::{App, Direction, Mapping, Row, Values};
use crate::profile::{Name, confirmed, provisional};

/// Group management. Version 1.0 has no object of its own.
pub(super) const fn xdm(root: &str) -> Mapping<'_> {
    Mapping {
        type_: "APPLICATION",
        app: Some(App { parm: APP_ID, node: Some("AppID"), ids: &["ap0007", "ap0003"] }),
        object_ids: &["urn:oma:mo:oma-xdm:2.0", "urn:oma:mo:oma-xdm:2.0"],
        root,
        id: APP_REF,
        target: Some(Target::Application),
        is_server: false,
        rows: XDM,
    }
}

/// Presence.
pub(super) const fn presence(root: &str) -> Mapping<'_> {
    Mapping {
        type_: "APPLICATION",
        app: Some(App { parm: APP_ID, node: Some("AppID"), ids: &["ap0002", "ap0009"] }),
        object_ids: &["urn:oma:mo:oma_prs:1.0", "urn:oma:mo:oma-prs:2.0"],
        root,
        id: APP_REF,
        target: Some(Target::Application),
        is_server: false,
        rows: PRESENCE,
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

const URI: Row<'_> = likely("URI", "XCAPRootURI", Values::Text);
const AUTH_NAME: Row<'_> = likely("AAUTHNAME", "XCAPAuthenticationUserName", Values::Text);
const AUTH_SECRET: Row<'_> = likely("AAUTHSECRET", "XCAPAuthenticationSecret", Values::Text);
const AUTH_TYPE: Row<'_> = likely("AAUTHTYPE", "XCAPAuthenticationType", Values::Text);

const XDM: &[Row<'_>] = &[
    leaf("APPID", "AppID", Values::Text),
    leaf("NAME", "Name", Values::Text),
    leaf("PROVIDER-ID", "Provider-ID", Values::Text),
    Row::NodeName { cp: APP_REF },
    CON_REFS,
    APP_REFS,
    URI,
    AUTH_NAME,
    AUTH_SECRET,
    AUTH_TYPE,
    // where every other application has them
    Row::Group {
        cp: "RESOURCE",
        dm: provisional("", &[]),
        rows: &[URI, AUTH_NAME, AUTH_SECRET, AUTH_TYPE],
        direction: Direction::ToDm,
    },
    Row::Group {
        cp: "APPAUTH",
        dm: provisional("", &[]),
        rows: &[AUTH_NAME, AUTH_SECRET, AUTH_TYPE],
        direction: Direction::ToDm,
    },
];

const PRESENCE: &[Row<'_>] = &[
    leaf("APPID", "AppID", Values::Text),
    leaf("NAME", "Name", Values::Text),
    leaf("PROVIDER-ID", "Provider-ID", Values::Text),
    Row::NodeName { cp: APP_REF },
    CON_REFS,
    APP_REFS,
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
