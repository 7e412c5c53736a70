//! The applications that are registered for `APPID`, and what each one asks of its account (OMNA, registry of
//! application characteristics; the application characteristic files of the enablers).
//!
//! ```
//! use omacp::application::{Need, find};
//!
//! let dm = find("w7").unwrap();
//! assert_eq!(dm.name, "Device Management");
//! assert!(dm.needs.contains(&Need::Parm("PROVIDER-ID")));
//! assert_eq!(dm.parms, Some(&["INIT"][..]));
//! assert_eq!(find("WA").map(|application| application.appid), Some("wA")); // phones are not particular about case
//! ```

/// An application, as the register has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Application {
    /// The value of `APPID`.
    pub appid: &'static str,
    /// What a person calls it.
    pub name: &'static str,
    /// The namespace of its application characteristic; empty where the register has none.
    pub namespace: &'static str,
    /// Parms of `APPLICATION` and `RESOURCE` beyond those that all applications have; `None` where nobody has confirmed
    /// their names.
    pub parms: Option<&'static [&'static str]>,
    /// The parms by which clients tell one account from another: two accounts with the same values are one.
    pub identity: &'static [&'static str],
    /// What an account must have.
    pub needs: &'static [Need],
}

/// Something that an application's account must have, or must not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Need {
    /// A parm with a value that is not empty.
    Parm(&'static str),
    /// `ADDR`, or an `APPADDR` with one.
    Address,
    /// Not both of these.
    OneKindOfAddress,
    /// A `PORT` in an `APPADDR`.
    Port,
    /// A `RESOURCE`.
    Resource,
    /// This parm in each `RESOURCE`.
    ResourceParm(&'static str),
}

use Need::{Address, OneKindOfAddress, Parm, Port, Resource, ResourceParm};

/// Two accounts of one application are two if they are of two providers.
pub(crate) const BY_PROVIDER: &[&str] = &["APPID", "PROVIDER-ID"];

macro_rules! applications {
    ($( $appid:literal $name:literal $namespace:literal $parms:expr, $identity:expr, [$($need:expr),*]; )*) => {
        /// All of them, in the order of the register.
        pub const ALL: &[Application] = &[$(
            Application {
                appid: $appid,
                name: $name,
                namespace: $namespace,
                parms: $parms,
                identity: $identity,
                needs: &[$($need),*],
            }
        ),*];
    };
}

const XDM: Option<&[&str]> = Some(&["URI", "AAUTHNAME", "AAUTHSECRET", "AAUTHTYPE"]);
const MMS: Option<&[&str]> = Some(&[
    "CM",
    "RM",
    "MS",
    "PC-ADDR",
    "Ma",
    "AUTO-DOWNLOAD",
    "DELIVERY-TIME",
    "EXPIRY-TIME",
    "PRIORITY",
    "REQUEST-DELIVERY",
    "REQUEST-READ",
    "ROAMING",
    "SENDER-VISIBLE",
]);
const MAIL: Option<&[&str]> =
    Some(&["FROM", "POP-BEFORE-SMTP", "SAVE-SENT", "SENT-FOLDER", "TRASH-FOLDER", "AUTO-DOWNLOAD"]);

// Of the enablers whose parms are reconstructed only, there are none: what is reconstructed has its own table in the
// crate that needs it.
applications! {
    "ap0001" "Push to talk over Cellular 1.0" "urn:oma:ac:ap0001_poc:1.0" None, BY_PROVIDER, [];
    "ap0002" "Presence SIMPLE 1.0" "urn:oma:ac:ap0002_presence:1.0"
        Some(&["CLIENT-OBJ-DATA-LIMIT", "CONTENT-SERVER-URI", "SOURCE-THROTTLE-PUBLISH",
            "MAX-NUMBER-OF-PRESENCE-SUBSCRIPTIONS", "MAX-NUMBER-OF-SUBSCRIPTIONS-IN-PRESENCE-LIST",
            "SERVICE-URI-TEMPLATE"]), BY_PROVIDER, [];
    "ap0003" "XML Document Management 1.0" "urn:oma:ac:ap0003_xdm:1.0" XDM, BY_PROVIDER, [];
    "ap0004" "Secure User Plane Location 1.0" "urn:oma:ac:ap0004_supl:1.0" Some(&[]), BY_PROVIDER, [Address];
    "ap0005" "Multimedia Messaging 1.3" "urn:oma:ac:ap0005_MMS:1.3" MMS, &["APPID"], [Address];
    "ap0006" "Push to talk over Cellular 2.0" "urn:oma:ac:ap0006_poc:2.0" None, BY_PROVIDER, [];
    "ap0007" "XML Document Management 2.0" "urn:oma:ac:ap0007_xdm:1.0" XDM, BY_PROVIDER, [];
    "ap0008" "SIMPLE Instant Messaging 1.0" "urn:oma:ac:ap0008_SIMPLE_IM:1.0" None, BY_PROVIDER, [];
    "ap0009" "Presence 2.0" "urn:oma:ac:ap0009_presence:1.0" None, BY_PROVIDER, [];
    "ap0010" "SIMPLE Instant Messaging 2.0" "" None, BY_PROVIDER, [];
    "w2" "Browsing" "urn:oma:ac:w2_browsing:1.0" Some(&[]), &["APPID", "NAME"], [];
    "w4" "Multimedia Messaging 1.2" "urn:oma:ac:w4_mms:1.2" MMS, &["APPID"], [Address];
    "w5" "Data Synchronization" "urn:oma:ac:w5_ds:1.2" Some(&["CLIURI", "SYNCTYPE"]), BY_PROVIDER,
        [Address, Resource, ResourceParm("URI"), ResourceParm("AACCEPT")];
    "w7" "Device Management" "urn:oma:ac:w7_dm:1.0" Some(&["INIT"]), BY_PROVIDER,
        [Parm("PROVIDER-ID"), Address, OneKindOfAddress];
    "wA" "Instant Messaging and Presence Services" "urn:oma:ac:wA_imps:1.0" Some(&["CIDPREFIX", "SERVICES"]),
        BY_PROVIDER, [Address, Parm("AACCEPT")];
    "25" "SMTP e-mail" "urn:oma:ac:25_smtp" MAIL, BY_PROVIDER, [Address, Parm("FROM"), Port];
    "110" "POP3 e-mail" "urn:oma:ac:110_pop3" MAIL, BY_PROVIDER, [Address, Port];
    "143" "IMAP4 e-mail" "urn:oma:ac:143_imap" MAIL, BY_PROVIDER, [Address, Port];
    "554" "RTSP streaming" "urn:oma:ac:554_rtsp" None, BY_PROVIDER, [Address];
    "ap2001" "3GPP IMS" "urn:oma:ac:ap2001_3gpp_ims" None, BY_PROVIDER, [];
    "ap2002" "GSMA Rich Communication" "urn:oma:ac:ap2002_gsma_rcs" None, BY_PROVIDER, [];
}

/// The application with this `APPID`, without regard to case.
#[must_use]
pub fn find(appid: &str) -> Option<&'static Application> {
    ALL.iter().find(|application| application.appid.eq_ignore_ascii_case(appid))
}
