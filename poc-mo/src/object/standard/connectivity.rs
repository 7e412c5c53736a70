//! Network access points and proxies (OMA-DDS-DM_ConnMO).

use syncml::dm::mgmt_tree::Occurrence;

use super::{StandardObject, rows};

/// A network access point (OMA-DDS-DM_ConnMO_NAP). What is below `BearerParams` are objects of their own.
pub const NAP: StandardObject = StandardObject {
    name: "NAP",
    identifiers: &["urn:oma:mo:oma-connmo-nap:1.0"],
    path: None,
    root: None,
    occurrence: Occurrence::ZeroOrMore,
    rows: rows! {
        U "ID" CHR One GET;
        U "Name" CHR ZeroOrOne GET;
        U "AddrType" CHR ZeroOrOne GET;
        U "Addr" CHR One GET;
        U "IP" NODE One GET;
        U "IP/IPv4" NODE ZeroOrOne GET;
        U "IP/IPv4/AutoConfig" CHR ZeroOrOne GET;
        U "IP/IPv4/IPAddr" CHR ZeroOrOne GET;
        U "IP/IPv4/NetMask" CHR ZeroOrOne GET;
        U "IP/IPv4/Gateway" CHR ZeroOrOne GET;
        U "IP/IPv4/AutoDNS" BOOL ZeroOrOne GET;
        U "IP/IPv4/DNS" NODE ZeroOrOne GET;
        U "IP/IPv4/DNS/Servers" NODE ZeroOrOne GET;
        U "IP/IPv4/DNS/Servers/*" NODE ZeroOrMore GET;
        U "IP/IPv4/DNS/Servers/*/Addr" CHR One GET;
        U "IP/IPv6" NODE ZeroOrOne GET;
        U "IP/IPv6/DNS" NODE ZeroOrOne GET;
        U "IP/IPv6/DNS/Servers" NODE ZeroOrOne GET;
        U "IP/IPv6/DNS/Servers/*" NODE ZeroOrMore GET;
        U "IP/IPv6/DNS/Servers/*/Addr" CHR One GET;
        U "AuthInfo" NODE ZeroOrOne GET;
        U "AuthInfo/AuthType" CHR One GET;
        U "AuthInfo/AuthName" CHR ZeroOrOne GET;
        U "AuthInfo/AuthSecret" CHR ZeroOrOne NONE;
        U "BearerType" CHR One GET;
        U "BearerParams" NODE One GET;
        U "Validity" NODE ZeroOrOne GET;
        U "Validity/Country" CHR ZeroOrOne GET;
        U "Validity/Network" CHR ZeroOrOne GET;
        U "Validity/ValidUntil" CHR ZeroOrOne GET;
        U "Linger" INT ZeroOrOne GET;
        U "IFNetworks" CHR ZeroOrOne GET;
        U "Ext" NODE ZeroOrOne GET;
    },
};

/// A proxy (OMA-DDS-DM_ConnMO_Proxy).
pub const PROXY: StandardObject = StandardObject {
    name: "Proxy",
    identifiers: &["urn:oma:mo:oma-connmo-proxy:1.0"],
    path: None,
    root: None,
    occurrence: Occurrence::ZeroOrMore,
    rows: rows! {
        U "ProxyId" CHR One GET;
        U "Name" CHR ZeroOrOne GET;
        U "AddrType" CHR ZeroOrOne GET;
        U "Addr" CHR One GET;
        U "ToConRef" NODE ZeroOrOne GET;
        U "ToConRef/*" NODE OneOrMore GET;
        U "ToConRef/*/ConRef" CHR One GET;
        U "Ports" NODE ZeroOrOne GET;
        U "Ports/*" NODE OneOrMore GET;
        U "Ports/*/PortNbr" INT One GET;
        U "AuthInfo" NODE ZeroOrOne GET;
        U "AuthInfo/AuthType" CHR One GET;
        U "AuthInfo/AuthName" CHR ZeroOrOne GET;
        U "AuthInfo/AuthSecret" CHR ZeroOrOne NONE;
        U "ProxyType" CHR ZeroOrOne GET;
        U "ProxyParams" NODE ZeroOrOne GET;
        U "ProxyParams/WAP" NODE ZeroOrOne GET;
        U "ProxyParams/WAP/Startpg" CHR ZeroOrOne GET;
        U "Ext" NODE ZeroOrOne GET;
    },
};
