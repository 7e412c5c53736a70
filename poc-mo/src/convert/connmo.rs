//! `NAPDEF` and `PXLOGICAL`, and the objects of connectivity (OMA-TS-ConnMO, `NAP` and `Proxy`).

use omacp::resolve::Target;

use super::table::{Direction, Mapping, Row, Values};
use crate::profile::{Name, confirmed, provisional};

/// Network access points.
pub(super) const fn nap(root: &str) -> Mapping<'_> {
    Mapping {
        type_: "NAPDEF",
        app: None,
        object_ids: &["urn:oma:mo:oma-connmo-nap:1.0"],
        root,
        id: confirmed("NAPID", &[]),
        target: Some(Target::AccessPoint),
        is_server: false,
        rows: NAP,
    }
}

/// Proxies.
pub(super) const fn proxy(root: &str) -> Mapping<'_> {
    Mapping {
        type_: "PXLOGICAL",
        app: None,
        object_ids: &["urn:oma:mo:oma-connmo-proxy:1.0"],
        root,
        id: confirmed("PROXY-ID", &[]),
        target: Some(Target::Proxy),
        is_server: false,
        rows: PROXY,
    }
}

const fn leaf<'t>(cp: &'t str, dm: &'t str, values: Values) -> Row<'t> {
    Row::Leaf { cp: confirmed(cp, &[]), dm: confirmed(dm, &[]), values }
}

/// A leaf whose name in the object is reconstructed.
const fn likely<'t>(cp: &'t str, dm: &'t str, values: Values) -> Row<'t> {
    Row::Leaf { cp: confirmed(cp, &[]), dm: provisional(dm, &[]), values }
}

const fn group<'t>(cp: &'t str, dm: Name<'t>, rows: &'t [Row<'t>]) -> Row<'t> {
    Row::Group { cp, dm, rows, direction: Direction::Both }
}

const NAP: &[Row<'_>] = &[
    leaf("NAPID", "ID", Values::Text),
    leaf("NAME", "Name", Values::Text),
    leaf("BEARER", "BearerType", Values::Text),
    leaf("NAP-ADDRESS", "Addr", Values::Text),
    leaf("NAP-ADDRTYPE", "AddrType", Values::Text),
    Row::Interior { dm: confirmed("IP", &[]) },
    Row::Interior { dm: confirmed("BearerParams", &[]) },
    leaf("DNS-ADDR", "IP/IPv4/DNS/Servers/*/Addr", Values::NotIpv6),
    leaf("DNS-ADDR", "IP/IPv6/DNS/Servers/*/Addr", Values::Ipv6),
    likely("LINGER", "Linger", Values::Number),
    likely("IFNETWORKS", "IFNetworks", Values::Text),
    group(
        "NAPAUTHINFO",
        confirmed("AuthInfo", &[]),
        &[
            leaf("AUTHTYPE", "AuthType", Values::Text),
            leaf("AUTHNAME", "AuthName", Values::Text),
            leaf("AUTHSECRET", "AuthSecret", Values::Text),
        ],
    ),
    group(
        "VALIDITY",
        provisional("Validity", &[]),
        &[
            likely("COUNTRY", "Country", Values::Text),
            likely("NETWORK", "Network", Values::Text),
            likely("VALIDUNTIL", "ValidUntil", Values::Text),
        ],
    ),
];

const PORT: &[Row<'_>] = &[leaf("PORTNBR", "PortNbr", Values::Number)];

const PROXY: &[Row<'_>] = &[
    leaf("PROXY-ID", "ProxyId", Values::Text),
    likely("NAME", "Name", Values::Text),
    leaf("STARTPAGE", "ProxyParams/WAP/Startpg", Values::Text),
    group(
        "PXAUTHINFO",
        provisional("AuthInfo", &[]),
        &[
            likely("PXAUTH-TYPE", "AuthType", Values::Text),
            likely("PXAUTH-ID", "AuthName", Values::Text),
            likely("PXAUTH-PW", "AuthSecret", Values::Text),
        ],
    ),
    // the ports of the object are those of its one physical proxy
    Row::Group { cp: "PORT", dm: confirmed("Ports/*", &[]), rows: PORT, direction: Direction::ToDm },
    group(
        "PXPHYSICAL",
        confirmed("", &[]),
        &[
            leaf("PXADDR", "Addr", Values::Text),
            likely("PXADDRTYPE", "AddrType", Values::Text),
            Row::References {
                cp: &[(confirmed("TO-NAPID", &[]), Target::AccessPoint)],
                one: None,
                many: Some(confirmed("ToConRef/*/ConRef", &[])),
            },
            group("PORT", confirmed("Ports/*", &[]), PORT),
        ],
    ),
];
