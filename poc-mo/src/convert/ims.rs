//! `APPLICATION` of `ap2001` and the object of the SIP/IMS core (3GPP TS 24.167). The parms are those of GSMA's profile
//! for RCS, which spells them nearly as the object its leaves.

use omacp::resolve::Target;

use super::table::{App, Direction, Mapping, Row, Values};
use crate::profile::{Name, confirmed, provisional};

/// The SIP/IMS core. `APPREF` has no leaf: others refer to the object by its address.
pub(super) const fn ims(root: &str) -> Mapping<'_> {
    Mapping {
        type_: "APPLICATION",
        app: Some(App { parm: confirmed("AppID", &[]), node: Some("AppID"), ids: &["ap2001"] }),
        object_ids: &["urn:oma:mo:ext-3gpp-ims:1.0"],
        root,
        id: APP_REF,
        target: Some(Target::Application),
        is_server: false,
        rows: IMS,
    }
}

const APP_REF: Name<'_> = confirmed("AppRef", &[]);

/// A parm and a leaf of one name.
const fn leaf(name: &str, values: Values) -> Row<'_> {
    Row::Leaf { cp: confirmed(name, &[]), dm: confirmed(name, &[]), values }
}

/// A leaf that has been seen, and the parm of its name, which has not.
const fn likely(name: &str, values: Values) -> Row<'_> {
    Row::Leaf { cp: provisional(name, &[]), dm: confirmed(name, &[]), values }
}

const fn group<'t>(cp: &'t str, dm: &'t str, rows: &'t [Row<'t>]) -> Row<'t> {
    Row::Group { cp, dm: confirmed(dm, &[]), rows, direction: Direction::Both }
}

/// What GSMA adds to the object below `Ext`: that it does so has been seen, and the names, but not the path.
const fn extension<'t>(cp: &'t str, dm: &'t str, rows: &'t [Row<'t>]) -> Row<'t> {
    Row::Group { cp, dm: provisional(dm, &[]), rows, direction: Direction::Both }
}

const IMS: &[Row<'_>] = &[
    leaf("AppID", Values::Text),
    leaf("Name", Values::Text),
    Row::NodeName { cp: APP_REF },
    // documents that keep to the parms of every application
    Row::Shorthand { cp: confirmed("TO-NAPID", &[]), group: "ConRefs" },
    group(
        "ConRefs",
        "ConRefs",
        &[Row::References {
            cp: &[(confirmed("ConRef", &["TO-NAPID"]), Target::AccessPoint)],
            one: None,
            many: Some(confirmed("*/ConRef", &[])),
        }],
    ),
    // no leaf would be no preference
    leaf("PDP_ContextOperPref", Values::TruthOrFalse),
    likely("P-CSCF_Address", Values::Text),
    leaf("Timer_T1", Values::Number),
    leaf("Timer_T2", Values::Number),
    leaf("Timer_T4", Values::Number),
    Row::Leaf {
        cp: confirmed("Private_User_Identity", &[]),
        dm: confirmed("Private_user_identity", &[]),
        values: Values::Text,
    },
    group(
        "Public_user_identity_List",
        "Public_user_identity_List",
        &[Row::Leaf {
            cp: confirmed("Public_user_Identity", &[]),
            dm: confirmed("*/Public_user_identity", &[]),
            values: Values::Text,
        }],
    ),
    leaf("Home_network_domain_name", Values::Text),
    group(
        "ICSI_List",
        "ICSI_List/*",
        &[leaf("ICSI", Values::Text), leaf("ICSI_Resource_Allocation_Mode", Values::Truth)],
    ),
    group(
        "LBO_P-CSCF_Address",
        "LBO_P-CSCF_Address/*",
        &[leaf("Address", Values::Text), leaf("AddressType", Values::Text)],
    ),
    likely("Resource_Allocation_Mode", Values::Truth),
    leaf("Voice_Domain_Preference_E_UTRAN", Values::Number),
    leaf("SMS_Over_IP_Networks_Indication", Values::Truth),
    leaf("Keep_Alive_Enabled", Values::Truth),
    leaf("Voice_Domain_Preference_UTRAN", Values::Number),
    leaf("Mobility_Management_IMS_Voice_Termination", Values::Truth),
    leaf("RegRetryBaseTime", Values::Number),
    leaf("RegRetryMaxTime", Values::Number),
    group(
        "PhoneContext_List",
        "PhoneContext_List/*",
        &[leaf("PhoneContext", Values::Text), leaf("Public_user_identity", Values::Text)],
    ),
    extension(
        "APPAUTH",
        "Ext/APPAUTH",
        &[
            leaf("AuthType", Values::Text),
            leaf("Realm", Values::Text),
            leaf("UserName", Values::Text),
            leaf("UserPwd", Values::Text),
        ],
    ),
];
