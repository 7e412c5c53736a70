//! The values that a parm may have, where there is a list of them (OMA-WAP-TS-ProvCont, 4 and its WBXML appendix).

/// The values of the parms that have a list. Applications register further values of `AAUTHTYPE` and `AAUTHLEVEL`, and
/// a `SERVICE` may be any registered port: these have none.
const ROWS: &[(&str, &[&str])] = &[
    ("NAP-ADDRTYPE", ADDRESS_TYPES),
    ("PXADDRTYPE", ADDRESS_TYPES),
    ("LOCAL-ADDRTYPE", ADDRESS_TYPES),
    ("ADDRTYPE", ADDRESS_TYPES),
    ("AUTHTYPE", &["PAP", "CHAP", "MD5"]),
    ("PXAUTH-TYPE", PROXY_AUTH_TYPES),
    ("PPGAUTH-TYPE", PROXY_AUTH_TYPES),
    ("AUTH-ENTITY", &["AAA", "HA"]),
    ("CALLTYPE", &["ANALOG-MODEM", "V.120", "V.110", "X.31", "BIT-TRANSPARENT", "DIRECT-ASYNCHRONOUS-DATA-SERVICE"]),
    (
        "BEARER",
        &[
            "GSM-USSD",
            "GSM-SMS",
            "ANSI-136-GUTS",
            "IS-95-CDMA-SMS",
            "IS-95-CDMA-CSD",
            "IS-95-CDMA-PACKET",
            "ANSI-136-CSD",
            "ANSI-136-GPRS",
            "GSM-CSD",
            "GSM-GPRS",
            "AMPS-CDPD",
            "PDC-CSD",
            "PDC-PACKET",
            "IDEN-SMS",
            "IDEN-CSD",
            "IDEN-PACKET",
            "FLEX/REFLEX",
            "PHS-SMS",
            "PHS-CSD",
            "TETRA-SDS",
            "TETRA-PACKET",
            "ANSI-136-GHOST",
            "MOBITEX-MPAK",
            "CDMA2000-1X-SIMPLE-IP",
            "CDMA2000-1X-MOBILE-IP",
            "3G-GSM",
            "WLAN",
        ],
    ),
];

const ADDRESS_TYPES: &[&str] = &["IPV4", "IPV6", "E164", "ALPHA", "APN", "SCODE", "TETRA-ITSI", "MAN"];
const PROXY_AUTH_TYPES: &[&str] = &["HTTP-BASIC", "HTTP-DIGEST", "WTLS-SS"];

/// The values that a parm of this name may have, if there is a list.
pub(super) fn known(parm: &str) -> Option<&'static [&'static str]> {
    ROWS.iter().find(|(name, _)| *name == parm).map(|(_, values)| *values)
}
