//! The account and the description of the device (OMA-TS-DM-StdObj 1.2).

use syncml::dm::mgmt_tree::Occurrence;

use super::{StandardObject, rows};

/// The account of a server, in DM 1.2 (OMA-TS-DM-StdObj, `DMAcc`). Its versions 1.1 and 1.2 go with DM 1.3 and 2.0.
pub const DM_ACC: StandardObject = StandardObject {
    name: "DMAcc",
    identifiers: &[
        "urn:oma:mo:oma-dm-dmacc:1.0",
        "urn:oma:mo:oma-dm-dmacc:1.1",
        "urn:oma:mo:oma-dm-dmacc:1.2",
        "org.openmobilealliance/1.0/w7",
    ],
    path: None,
    root: None,
    occurrence: Occurrence::OneOrMore,
    rows: rows! {
        C "AppID" CHR One GET;
        C "ServerID" CHR One GET;
        C "Name" CHR ZeroOrOne GET;
        C "PrefConRef" CHR ZeroOrOne GET;
        C "ToConRef" NODE ZeroOrOne GET;
        C "ToConRef/*" NODE OneOrMore GET;
        C "ToConRef/*/ConRef" CHR One GET;
        C "AppAddr" NODE One GET;
        C "AppAddr/*" NODE OneOrMore GET;
        C "AppAddr/*/Addr" CHR One GET;
        C "AppAddr/*/AddrType" CHR One GET;
        U "AppAddr/*/Port" NODE ZeroOrOne GET;
        C "AppAddr/*/Port/*" NODE OneOrMore GET;
        C "AppAddr/*/Port/*/PortNbr" CHR|INT One GET;
        C "AAuthPref" CHR ZeroOrOne GET;
        U "AppAuth" NODE One GET;
        C "AppAuth/*" NODE OneOrMore GET;
        C "AppAuth/*/AAuthLevel" CHR One GET;
        C "AppAuth/*/AAuthType" CHR One GET;
        C "AppAuth/*/AAuthName" CHR ZeroOrOne GET;
        C "AppAuth/*/AAuthSecret" CHR ZeroOrOne NONE;
        C "AppAuth/*/AAuthData" BIN ZeroOrOne NONE;
        C "Ext" NODE ZeroOrOne GET;
    },
};

/// The account of a server, in DM 1.1.2 (SyncML Device Management Standardized Objects 1.1.2).
pub const DM_ACC_1_1_2: StandardObject = StandardObject {
    name: "DMAcc 1.1.2",
    identifiers: &[],
    path: Some("./SyncML/DMAcc"),
    root: None,
    occurrence: Occurrence::ZeroOrMore,
    rows: rows! {
        U "Addr" CHR One GET;
        U "AddrType" CHR One GET;
        U "PortNbr" INT ZeroOrOne GET;
        U "ConRef" CHR ZeroOrOne GET;
        U "ServerId" CHR One GET;
        U "ServerPW" CHR ZeroOrOne NONE;
        U "ServerNonce" BIN ZeroOrOne NONE;
        U "UserName" CHR ZeroOrOne GET;
        U "ClientPW" CHR ZeroOrOne NONE;
        U "ClientNonce" BIN ZeroOrOne NONE;
        U "AuthPref" CHR ZeroOrOne GET;
        U "Name" CHR ZeroOrOne GET;
    },
};

/// What a client says of its device at the start of each session (OMA-TS-DM-StdObj, `DevInfo`).
pub const DEV_INFO: StandardObject = StandardObject {
    name: "DevInfo",
    identifiers: &["urn:oma:mo:oma-dm-devinfo:1.0", "urn:oma:mo:oma-dm-devinfo:1.1", "urn:oma:mo:oma-dm-devinfo:1.2"],
    path: Some("."),
    root: Some("DevInfo"),
    occurrence: Occurrence::One,
    rows: rows! {
        U "Ext" NODE ZeroOrOne GET;
        U "Bearer" NODE ZeroOrOne GET;
        U "DevId" CHR One GET;
        U "Man" CHR One GET;
        U "Mod" CHR One GET;
        U "DmV" CHR One GET;
        U "Lang" CHR One GET;
    },
};

/// What else there is to say of a device (OMA-TS-DM-StdObj, `DevDetail`).
pub const DEV_DETAIL: StandardObject = StandardObject {
    name: "DevDetail",
    identifiers: &["urn:oma:mo:oma-dm-devdetail:1.0", "urn:oma:mo:oma-dm-devdetail:1.1"],
    path: Some("."),
    root: Some("DevDetail"),
    occurrence: Occurrence::One,
    rows: rows! {
        U "Ext" NODE ZeroOrOne GET;
        U "Bearer" NODE ZeroOrOne GET;
        U "URI" NODE One GET;
        U "URI/MaxDepth" CHR|INT One GET;
        U "URI/MaxTotLen" CHR|INT One GET;
        U "URI/MaxSegLen" CHR|INT One GET;
        U "DevTyp" CHR One GET;
        U "OEM" CHR One GET;
        U "FwV" CHR One GET;
        U "SwV" CHR One GET;
        U "HwV" CHR One GET;
        U "LrgObj" BOOL One GET;
    },
};
