//! The services that PoC stands on: SIP/IMS core, conferencing, presence, group management.

use syncml::dm::mgmt_tree::Occurrence;

use super::{StandardObject, rows};

/// The SIP/IMS core (3GPP TS 24.167). Later releases have many nodes more; `APPAUTH` is GSMA's extension for RCS.
pub const IMS: StandardObject = StandardObject {
    name: "IMS",
    identifiers: &["urn:oma:mo:ext-3gpp-ims:1.0"],
    path: None,
    root: None,
    occurrence: Occurrence::OneOrMore,
    rows: rows! {
        C "AppID" CHR One GET;
        C "Name" CHR ZeroOrOne GET;
        C "ConRefs" NODE One GET;
        C "ConRefs/*" NODE OneOrMore GET;
        C "ConRefs/*/ConRef" CHR One GET_REPLACE;
        C "PDP_ContextOperPref" BOOL One GET_REPLACE;
        U "P-CSCF_Address" CHR ZeroOrOne GET_REPLACE;
        U "Timer_T1" INT ZeroOrOne GET_REPLACE;
        U "Timer_T2" INT ZeroOrOne GET_REPLACE;
        U "Timer_T4" INT ZeroOrOne GET_REPLACE;
        U "Private_user_identity" CHR ZeroOrOne GET;
        U "Public_user_identity_List" NODE ZeroOrOne GET;
        U "Public_user_identity_List/*" NODE OneOrMore GET;
        U "Public_user_identity_List/*/Public_user_identity" CHR One GET;
        U "Home_network_domain_name" CHR ZeroOrOne GET;
        U "Ext" NODE ZeroOrOne GET;
        U "Ext/APPAUTH" NODE ZeroOrOne GET;
        U "Ext/APPAUTH/AuthType" CHR ZeroOrOne GET_REPLACE;
        U "Ext/APPAUTH/Realm" CHR ZeroOrOne GET_REPLACE;
        U "Ext/APPAUTH/UserName" CHR ZeroOrOne GET_REPLACE;
        U "Ext/APPAUTH/UserPwd" CHR ZeroOrOne REPLACE;
        U "ICSI_List" NODE ZeroOrOne GET_REPLACE;
        U "ICSI_List/*" NODE ZeroOrMore GET_REPLACE;
        U "ICSI_List/*/ICSI" CHR One GET_REPLACE;
        U "ICSI_List/*/ICSI_Resource_Allocation_Mode" BOOL ZeroOrOne GET_REPLACE;
        U "LBO_P-CSCF_Address" NODE ZeroOrOne GET_REPLACE;
        U "LBO_P-CSCF_Address/*" NODE ZeroOrMore GET_REPLACE;
        U "LBO_P-CSCF_Address/*/Address" CHR One GET_REPLACE;
        U "LBO_P-CSCF_Address/*/AddressType" CHR One GET_REPLACE;
        U "Resource_Allocation_Mode" BOOL ZeroOrOne GET_REPLACE;
        U "Voice_Domain_Preference_E_UTRAN" INT ZeroOrOne GET_REPLACE;
        U "Voice_Domain_Preference_UTRAN" INT ZeroOrOne GET_REPLACE;
        U "SMS_Over_IP_Networks_Indication" BOOL ZeroOrOne GET_REPLACE;
        U "Keep_Alive_Enabled" BOOL ZeroOrOne GET_REPLACE;
        U "Mobility_Management_IMS_Voice_Termination" BOOL ZeroOrOne GET_REPLACE;
        U "RegRetryBaseTime" INT ZeroOrOne GET_REPLACE;
        U "RegRetryMaxTime" INT ZeroOrOne GET_REPLACE;
        U "PhoneContext_List" NODE ZeroOrOne GET_REPLACE;
        U "PhoneContext_List/*" NODE ZeroOrMore GET_REPLACE;
        U "PhoneContext_List/*/PhoneContext" CHR One GET_REPLACE;
        U "PhoneContext_List/*/Public_user_identity" CHR One GET_REPLACE;
    },
};

/// Conferencing (3GPP TS 24.166). The PoC account has a conference factory of its own.
pub const CONFERENCING: StandardObject = StandardObject {
    name: "conferencing",
    identifiers: &["urn:oma:mo:ext-3gpp-conf:1.0"],
    path: None,
    root: None,
    occurrence: Occurrence::OneOrMore,
    rows: rows! {
        C "Name" CHR ZeroOrOne GET;
        C "Conf_Factory_URI" CHR ZeroOrOne GET_REPLACE;
        C "Ext" NODE ZeroOrOne GET;
        C "SNPN_Configuration" NODE ZeroOrOne GET_REPLACE;
        U "SNPN_Configuration/*" NODE ZeroOrMore GET_REPLACE;
    },
};

/// Presence (OMA-TS-Presence-MO). Its identifiers are registered; the nodes are reconstructed from what the parameters
/// are called elsewhere, and a file of the register takes the place of this table where it is at hand.
pub const PRESENCE: StandardObject = StandardObject {
    name: "presence",
    identifiers: &["urn:oma:mo:oma_prs:1.0", "urn:oma:mo:oma-prs:2.0"],
    path: None,
    root: None,
    occurrence: Occurrence::ZeroOrMore,
    rows: rows! {
        U "AppID" CHR One GET;
        U "Name" CHR ZeroOrOne GET;
        U "Provider-ID" CHR ZeroOrOne GET;
        U "ToConRef" NODE ZeroOrOne GET;
        U "ToConRef/*" NODE OneOrMore GET;
        U "ToConRef/*/ConRef" CHR One GET_REPLACE;
        U "ToAppRef" NODE ZeroOrOne GET;
        U "ToAppRef/*" NODE OneOrMore GET;
        U "ToAppRef/*/AppRef" CHR One GET_REPLACE;
        U "client-obj-data-limit" INT ZeroOrOne GET_REPLACE;
        U "content-server-uri" CHR ZeroOrOne GET_REPLACE;
        U "source-throttle-publish" INT ZeroOrOne GET_REPLACE;
        U "max-number-of-presence-subscriptions" INT ZeroOrOne GET_REPLACE;
        U "max-number-of-subscriptions-in-presence-list" INT ZeroOrOne GET_REPLACE;
        U "service-uri-template" CHR ZeroOrOne GET_REPLACE;
        U "RLS-URI" CHR ZeroOrOne GET_REPLACE;
        U "Ext" NODE ZeroOrOne GET;
    },
};

/// Group management (OMA-TS-XDM-MO), reconstructed as [`PRESENCE`].
pub const XDM: StandardObject = StandardObject {
    name: "XDM",
    identifiers: &["urn:oma:mo:oma-xdm:2.0"],
    path: None,
    root: None,
    occurrence: Occurrence::ZeroOrMore,
    rows: rows! {
        U "AppID" CHR One GET;
        U "Name" CHR ZeroOrOne GET;
        U "Provider-ID" CHR ZeroOrOne GET;
        U "ToConRef" NODE ZeroOrOne GET;
        U "ToConRef/*" NODE OneOrMore GET;
        U "ToConRef/*/ConRef" CHR One GET_REPLACE;
        U "ToAppRef" NODE ZeroOrOne GET;
        U "ToAppRef/*" NODE OneOrMore GET;
        U "ToAppRef/*/AppRef" CHR One GET_REPLACE;
        U "XCAPRootURI" CHR ZeroOrOne GET_REPLACE;
        U "XCAPAuthenticationUserName" CHR ZeroOrOne GET_REPLACE;
        U "XCAPAuthenticationSecret" CHR ZeroOrOne REPLACE;
        U "XCAPAuthenticationType" CHR ZeroOrOne GET_REPLACE;
        U "Ext" NODE ZeroOrOne GET;
    },
};
