//! `APPLICATION` of `w7` and the account objects of device management (OMA-TS-DM-StdObj, `DMAcc`; the object of DM
//! 1.1.2 below `./SyncML/DMAcc`).

use omacp::resolve::Target;

use super::table::{App, Direction, Mapping, Row, Values};
use crate::profile::{Name, confirmed, provisional};

const APP_ID: Name<'_> = confirmed("APPID", &[]);
const SERVER_ID: Name<'_> = confirmed("PROVIDER-ID", &[]);

/// The object of DM 1.2.
pub(super) const fn dmacc_1_2(root: &str) -> Mapping<'_> {
    Mapping {
        type_: "APPLICATION",
        app: Some(App { parm: APP_ID, node: Some("AppID"), ids: &["w7"] }),
        // the second one is that of older documents
        object_ids: &["urn:oma:mo:oma-dm-dmacc:1.0", "org.openmobilealliance/1.0/w7"],
        root,
        id: SERVER_ID,
        target: None,
        is_server: true,
        rows: DMACC_1_2,
    }
}

/// The object of DM 1.1.2.
pub(super) const fn dmacc_1_1_2(root: &str) -> Mapping<'_> {
    Mapping {
        type_: "APPLICATION",
        app: Some(App { parm: APP_ID, node: None, ids: &["w7"] }),
        object_ids: &[],
        root,
        id: SERVER_ID,
        target: None,
        is_server: true,
        rows: DMACC_1_1_2,
    }
}

const fn leaf<'t>(cp: &'t str, dm: &'t str, values: Values) -> Row<'t> {
    Row::Leaf { cp: confirmed(cp, &[]), dm: confirmed(dm, &[]), values }
}

const REFERRED: &[(Name<'_>, Target)] =
    &[(provisional("TO-PROXY", &[]), Target::Proxy), (confirmed("TO-NAPID", &[]), Target::AccessPoint)];

const ADDRESS_TYPES: Values = Values::Pairs(&[
    (None, "URI"),
    (Some("IPV4"), "IPv4"),
    (Some("IPV6"), "IPv6"),
    (Some("URI"), "URI"),
    // an empty leaf is as good as none
    (None, ""),
]);

/// The levels are the same in meaning: `APPSRV` is what the client proves to the server.
const LEVELS: Values =
    Values::Pairs(&[(None, "HTTP"), (Some("APPSRV"), "CLCRED"), (Some("CLIENT"), "SRVCRED"), (Some("OBEX"), "OBEX")]);

const DMACC_1_2: &[Row<'_>] = &[
    leaf("APPID", "AppID", Values::Text),
    leaf("PROVIDER-ID", "ServerID", Values::Text),
    leaf("NAME", "Name", Values::Text),
    Row::References {
        cp: REFERRED,
        one: Some(confirmed("PrefConRef", &[])),
        many: Some(confirmed("ToConRef/*/ConRef", &[])),
    },
    Row::Shorthand { cp: confirmed("ADDR", &[]), group: "APPADDR" },
    Row::Group {
        cp: "APPADDR",
        dm: confirmed("AppAddr/*", &[]),
        direction: Direction::Both,
        rows: &[
            leaf("ADDR", "Addr", Values::Text),
            leaf("ADDRTYPE", "AddrType", ADDRESS_TYPES),
            Row::Group {
                cp: "PORT",
                dm: confirmed("Port/*", &[]),
                direction: Direction::Both,
                rows: &[leaf("PORTNBR", "PortNbr", Values::Text)],
            },
        ],
    },
    Row::Group {
        cp: "APPAUTH",
        dm: confirmed("AppAuth/*", &[]),
        direction: Direction::Both,
        rows: &[
            leaf("AAUTHLEVEL", "AAuthLevel", LEVELS),
            leaf("AAUTHTYPE", "AAuthType", Values::Text),
            leaf("AAUTHNAME", "AAuthName", Values::Text),
            leaf("AAUTHSECRET", "AAuthSecret", Values::Text),
            leaf("AAUTHDATA", "AAuthData", Values::Octets),
        ],
    },
];

/// What is known of the object are its leaves: each stands once.
const DMACC_1_1_2: &[Row<'_>] = &[
    Row::Constant { cp: APP_ID, value: "w7" },
    leaf("PROVIDER-ID", "ServerId", Values::Text),
    leaf("NAME", "Name", Values::Text),
    Row::References { cp: REFERRED, one: Some(confirmed("ConRef", &[])), many: None },
    Row::Shorthand { cp: confirmed("ADDR", &[]), group: "APPADDR" },
    Row::Group {
        cp: "APPADDR",
        dm: confirmed("", &[]),
        direction: Direction::Both,
        rows: &[
            leaf("ADDR", "Addr", Values::Text),
            // the leaf's values have not been seen
            Row::Leaf { cp: confirmed("ADDRTYPE", &[]), dm: provisional("AddrType", &[]), values: Values::Text },
            Row::Group {
                cp: "PORT",
                dm: confirmed("", &[]),
                direction: Direction::Both,
                rows: &[leaf("PORTNBR", "PortNbr", Values::Number)],
            },
        ],
    },
    Row::Group {
        cp: "APPAUTH",
        dm: confirmed("", &[]),
        direction: Direction::Both,
        rows: &[
            Row::Constant { cp: confirmed("AAUTHLEVEL", &[]), value: "APPSRV" },
            leaf("AAUTHTYPE", "AuthPref", Values::Text),
            leaf("AAUTHNAME", "UserName", Values::Text),
            leaf("AAUTHSECRET", "ClientPW", Values::Text),
            leaf("AAUTHDATA", "ClientNonce", Values::Octets),
        ],
    },
    Row::Group {
        cp: "APPAUTH",
        dm: confirmed("", &[]),
        direction: Direction::Both,
        rows: &[
            Row::Constant { cp: confirmed("AAUTHLEVEL", &[]), value: "CLIENT" },
            leaf("AAUTHSECRET", "ServerPW", Values::Text),
            leaf("AAUTHDATA", "ServerNonce", Values::Octets),
        ],
    },
];
