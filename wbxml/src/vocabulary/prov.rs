//! PROV 1.0: OMA Client Provisioning 1.0 and 1.1, which share one public identifier
//! (OMA-WAP-ProvCont, WBXML encoding appendix). Code page 1 came with 1.1; its rows that stand on page 0 too decode
//! to the same names.

use super::{AttributePage, TagPage, Vocabulary};

/// The elements.
pub mod tag {
    use crate::token_rows;

    token_rows! {
        /// The elements, code page 0.
        pub tags PAGE_0, page 0 {
            0x05 WAP_PROVISIONINGDOC = "wap-provisioningdoc";
            0x06 CHARACTERISTIC = "characteristic";
            0x07 PARM = "parm";
        }
    }

    /// The tokens of code page 1.
    pub mod page_1 {
        use crate::token_rows;

        token_rows! {
            /// Two of the elements again, on code page 1.
            pub tags PAGE_1, page 1 {
                0x06 CHARACTERISTIC = "characteristic";
                0x07 PARM = "parm";
            }
        }
    }
}

/// Attribute starts. A constant with two names stands for an attribute and the beginning of its value.
pub mod attribute {
    use crate::token_rows;

    token_rows! {
        /// Attribute starts, code page 0.
        pub attributes PAGE_0, page 0 {
            0x05 NAME = "name";
            0x06 VALUE = "value";
            0x07 NAME_NAME = "name", "NAME";
            0x08 NAME_NAP_ADDRESS = "name", "NAP-ADDRESS";
            0x09 NAME_NAP_ADDRTYPE = "name", "NAP-ADDRTYPE";
            0x0A NAME_CALLTYPE = "name", "CALLTYPE";
            0x0B NAME_VALIDUNTIL = "name", "VALIDUNTIL";
            0x0C NAME_AUTHTYPE = "name", "AUTHTYPE";
            0x0D NAME_AUTHNAME = "name", "AUTHNAME";
            0x0E NAME_AUTHSECRET = "name", "AUTHSECRET";
            0x0F NAME_LINGER = "name", "LINGER";
            0x10 NAME_BEARER = "name", "BEARER";
            0x11 NAME_NAPID = "name", "NAPID";
            0x12 NAME_COUNTRY = "name", "COUNTRY";
            0x13 NAME_NETWORK = "name", "NETWORK";
            0x14 NAME_INTERNET = "name", "INTERNET";
            0x15 NAME_PROXY_ID = "name", "PROXY-ID";
            0x16 NAME_PROXY_PROVIDER_ID = "name", "PROXY-PROVIDER-ID";
            0x17 NAME_DOMAIN = "name", "DOMAIN";
            0x18 NAME_PROVURL = "name", "PROVURL";
            0x19 NAME_PXAUTH_TYPE = "name", "PXAUTH-TYPE";
            0x1A NAME_PXAUTH_ID = "name", "PXAUTH-ID";
            0x1B NAME_PXAUTH_PW = "name", "PXAUTH-PW";
            0x1C NAME_STARTPAGE = "name", "STARTPAGE";
            0x1D NAME_BASAUTH_ID = "name", "BASAUTH-ID";
            0x1E NAME_BASAUTH_PW = "name", "BASAUTH-PW";
            0x1F NAME_PUSHENABLED = "name", "PUSHENABLED";
            0x20 NAME_PXADDR = "name", "PXADDR";
            0x21 NAME_PXADDRTYPE = "name", "PXADDRTYPE";
            0x22 NAME_TO_NAPID = "name", "TO-NAPID";
            0x23 NAME_PORTNBR = "name", "PORTNBR";
            0x24 NAME_SERVICE = "name", "SERVICE";
            0x25 NAME_LINKSPEED = "name", "LINKSPEED";
            0x26 NAME_DNLINKSPEED = "name", "DNLINKSPEED";
            0x27 NAME_LOCAL_ADDR = "name", "LOCAL-ADDR";
            0x28 NAME_LOCAL_ADDRTYPE = "name", "LOCAL-ADDRTYPE";
            0x29 NAME_CONTEXT_ALLOW = "name", "CONTEXT-ALLOW";
            0x2A NAME_TRUST = "name", "TRUST";
            0x2B NAME_MASTER = "name", "MASTER";
            0x2C NAME_SID = "name", "SID";
            0x2D NAME_SOC = "name", "SOC";
            0x2E NAME_WSP_VERSION = "name", "WSP-VERSION";
            0x2F NAME_PHYSICAL_PROXY_ID = "name", "PHYSICAL-PROXY-ID";
            0x30 NAME_CLIENT_ID = "name", "CLIENT-ID";
            0x31 NAME_DELIVERY_ERR_SDU = "name", "DELIVERY-ERR-SDU";
            0x32 NAME_DELIVERY_ORDER = "name", "DELIVERY-ORDER";
            0x33 NAME_TRAFFIC_CLASS = "name", "TRAFFIC-CLASS";
            0x34 NAME_MAX_SDU_SIZE = "name", "MAX-SDU-SIZE";
            0x35 NAME_MAX_BITRATE_UPLINK = "name", "MAX-BITRATE-UPLINK";
            0x36 NAME_MAX_BITRATE_DNLINK = "name", "MAX-BITRATE-DNLINK";
            0x37 NAME_RESIDUAL_BER = "name", "RESIDUAL-BER";
            0x38 NAME_SDU_ERROR_RATIO = "name", "SDU-ERROR-RATIO";
            0x39 NAME_TRAFFIC_HANDL_PRIO = "name", "TRAFFIC-HANDL-PRIO";
            0x3A NAME_TRANSFER_DELAY = "name", "TRANSFER-DELAY";
            0x3B NAME_GUARANTEED_BITRATE_UPLINK = "name", "GUARANTEED-BITRATE-UPLINK";
            0x3C NAME_GUARANTEED_BITRATE_DNLINK = "name", "GUARANTEED-BITRATE-DNLINK";
            0x3D NAME_PXADDR_FQDN = "name", "PXADDR-FQDN";
            0x3E NAME_PROXY_PW = "name", "PROXY-PW";
            0x3F NAME_PPGAUTH_TYPE = "name", "PPGAUTH-TYPE";
            0x45 VERSION = "version";
            0x46 VERSION_1_0 = "version", "1.0";
            0x47 NAME_PULLENABLED = "name", "PULLENABLED";
            0x48 NAME_DNS_ADDR = "name", "DNS-ADDR";
            0x49 NAME_MAX_NUM_RETRY = "name", "MAX-NUM-RETRY";
            0x4A NAME_FIRST_RETRY_TIMEOUT = "name", "FIRST-RETRY-TIMEOUT";
            0x4B NAME_REREG_THRESHOLD = "name", "REREG-THRESHOLD";
            0x4C NAME_T_BIT = "name", "T-BIT";
            0x4E NAME_AUTH_ENTITY = "name", "AUTH-ENTITY";
            0x4F NAME_SPI = "name", "SPI";
            0x50 TYPE = "type";
            0x51 TYPE_PXLOGICAL = "type", "PXLOGICAL";
            0x52 TYPE_PXPHYSICAL = "type", "PXPHYSICAL";
            0x53 TYPE_PORT = "type", "PORT";
            0x54 TYPE_VALIDITY = "type", "VALIDITY";
            0x55 TYPE_NAPDEF = "type", "NAPDEF";
            0x56 TYPE_BOOTSTRAP = "type", "BOOTSTRAP";
            0x57 TYPE_VENDORCONFIG = "type", "VENDORCONFIG";
            0x58 TYPE_CLIENTIDENTITY = "type", "CLIENTIDENTITY";
            0x59 TYPE_PXAUTHINFO = "type", "PXAUTHINFO";
            0x5A TYPE_NAPAUTHINFO = "type", "NAPAUTHINFO";
            0x5B TYPE_ACCESS = "type", "ACCESS";
        }
    }

    /// The tokens of code page 1.
    pub mod page_1 {
        use crate::token_rows;

        token_rows! {
            /// Attribute starts of the application characteristics, code page 1.
            pub attributes PAGE_1, page 1 {
                0x05 NAME = "name";
                0x06 VALUE = "value";
                0x07 NAME_NAME = "name", "NAME";
                0x14 NAME_INTERNET = "name", "INTERNET";
                0x1C NAME_STARTPAGE = "name", "STARTPAGE";
                0x22 NAME_TO_NAPID = "name", "TO-NAPID";
                0x23 NAME_PORTNBR = "name", "PORTNBR";
                0x24 NAME_SERVICE = "name", "SERVICE";
                0x2E NAME_AACCEPT = "name", "AACCEPT";
                0x2F NAME_AAUTHDATA = "name", "AAUTHDATA";
                0x30 NAME_AAUTHLEVEL = "name", "AAUTHLEVEL";
                0x31 NAME_AAUTHNAME = "name", "AAUTHNAME";
                0x32 NAME_AAUTHSECRET = "name", "AAUTHSECRET";
                0x33 NAME_AAUTHTYPE = "name", "AAUTHTYPE";
                0x34 NAME_ADDR = "name", "ADDR";
                0x35 NAME_ADDRTYPE = "name", "ADDRTYPE";
                0x36 NAME_APPID = "name", "APPID";
                0x37 NAME_APROTOCOL = "name", "APROTOCOL";
                0x38 NAME_PROVIDER_ID = "name", "PROVIDER-ID";
                0x39 NAME_TO_PROXY = "name", "TO-PROXY";
                0x3A NAME_URI = "name", "URI";
                0x3B NAME_RULE = "name", "RULE";
                0x50 TYPE = "type";
                0x53 TYPE_PORT = "type", "PORT";
                0x55 TYPE_APPLICATION = "type", "APPLICATION";
                0x56 TYPE_APPADDR = "type", "APPADDR";
                0x57 TYPE_APPAUTH = "type", "APPAUTH";
                0x58 TYPE_CLIENTIDENTITY = "type", "CLIENTIDENTITY";
                0x59 TYPE_RESOURCE = "type", "RESOURCE";
            }
        }
    }
}

/// Attribute values.
pub mod value {
    use crate::token_rows;

    token_rows! {
        /// Attribute values, code page 0.
        pub values PAGE_0, page 0 {
            0x85 IPV4 = "IPV4";
            0x86 IPV6 = "IPV6";
            0x87 E164 = "E164";
            0x88 ALPHA = "ALPHA";
            0x89 APN = "APN";
            0x8A SCODE = "SCODE";
            0x8B TETRA_ITSI = "TETRA-ITSI";
            0x8C MAN = "MAN";
            0x90 ANALOG_MODEM = "ANALOG-MODEM";
            0x91 V120 = "V.120";
            0x92 V110 = "V.110";
            0x93 X31 = "X.31";
            0x94 BIT_TRANSPARENT = "BIT-TRANSPARENT";
            0x95 DIRECT_ASYNCHRONOUS_DATA_SERVICE = "DIRECT-ASYNCHRONOUS-DATA-SERVICE";
            0x9A PAP = "PAP";
            0x9B CHAP = "CHAP";
            0x9C HTTP_BASIC = "HTTP-BASIC";
            0x9D HTTP_DIGEST = "HTTP-DIGEST";
            0x9E WTLS_SS = "WTLS-SS";
            0x9F MD5 = "MD5";
            0xA2 GSM_USSD = "GSM-USSD";
            0xA3 GSM_SMS = "GSM-SMS";
            0xA4 ANSI_136_GUTS = "ANSI-136-GUTS";
            0xA5 IS_95_CDMA_SMS = "IS-95-CDMA-SMS";
            0xA6 IS_95_CDMA_CSD = "IS-95-CDMA-CSD";
            0xA7 IS_95_CDMA_PACKET = "IS-95-CDMA-PACKET";
            0xA8 ANSI_136_CSD = "ANSI-136-CSD";
            0xA9 ANSI_136_GPRS = "ANSI-136-GPRS";
            0xAA GSM_CSD = "GSM-CSD";
            0xAB GSM_GPRS = "GSM-GPRS";
            0xAC AMPS_CDPD = "AMPS-CDPD";
            0xAD PDC_CSD = "PDC-CSD";
            0xAE PDC_PACKET = "PDC-PACKET";
            0xAF IDEN_SMS = "IDEN-SMS";
            0xB0 IDEN_CSD = "IDEN-CSD";
            0xB1 IDEN_PACKET = "IDEN-PACKET";
            0xB2 FLEX_REFLEX = "FLEX/REFLEX";
            0xB3 PHS_SMS = "PHS-SMS";
            0xB4 PHS_CSD = "PHS-CSD";
            0xB5 TETRA_SDS = "TETRA-SDS";
            0xB6 TETRA_PACKET = "TETRA-PACKET";
            0xB7 ANSI_136_GHOST = "ANSI-136-GHOST";
            0xB8 MOBITEX_MPAK = "MOBITEX-MPAK";
            0xB9 CDMA2000_1_X_SIMPLE_IP = "CDMA2000-1X-SIMPLE-IP";
            0xBA CDMA2000_1_X_MOBILE_IP = "CDMA2000-1X-MOBILE-IP";
            0xC5 AUTOBAUDING = "AUTOBAUDING";
            0xCA CL_WSP = "CL-WSP";
            0xCB CO_WSP = "CO-WSP";
            0xCC CL_SEC_WSP = "CL-SEC-WSP";
            0xCD CO_SEC_WSP = "CO-SEC-WSP";
            0xCE CL_SEC_WTA = "CL-SEC-WTA";
            0xCF CO_SEC_WTA = "CO-SEC-WTA";
            0xD0 OTA_HTTP_TO = "OTA-HTTP-TO";
            0xD1 OTA_HTTP_TLS_TO = "OTA-HTTP-TLS-TO";
            0xD2 OTA_HTTP_PO = "OTA-HTTP-PO";
            0xD3 OTA_HTTP_TLS_PO = "OTA-HTTP-TLS-PO";
            0xE0 AAA = "AAA";
            0xE1 HA = "HA";
        }
    }

    /// The tokens of code page 1.
    pub mod page_1 {
        use crate::token_rows;

        token_rows! {
            /// Attribute values of the application characteristics, code page 1.
            pub values PAGE_1, page 1 {
                0x86 IPV6 = "IPV6";
                0x87 E164 = "E164";
                0x88 ALPHA = "ALPHA";
                0x8D APPSRV = "APPSRV";
                0x8E OBEX = "OBEX";
                0x90 COMMA = ",";
                0x91 HTTP = "HTTP-";
                0x92 BASIC = "BASIC";
                0x93 DIGEST = "DIGEST";
            }
        }
    }
}

/// OMA Client Provisioning.
pub static PROV_1_0: Vocabulary<'static> = Vocabulary {
    name: "PROV 1.0",
    public_id: 0x0B,
    formal_public_id: "-//WAPFORUM//DTD PROV 1.0//EN",
    system_id: "http://www.wapforum.org/DTD/prov.dtd",
    root: "wap-provisioningdoc",
    tag_pages: &[TagPage::checked(0, "", &[tag::PAGE_0]), TagPage::checked(1, "", &[tag::page_1::PAGE_1])],
    attribute_pages: &[
        AttributePage::checked(0, attribute::PAGE_0, value::PAGE_0),
        AttributePage::checked(1, attribute::page_1::PAGE_1, value::page_1::PAGE_1),
    ],
    typed_texts: &[],
};
