//! Types of generic alerts and of client events (OMA DM Protocol 1.2, 8.7; OMNA, DM alert types; Microsoft, OMA DM
//! protocol support).

use wbxml::Text;

use super::AlertCode;

/// What the type of an alert's item means: the type stands in the item's `Meta`, and says what happened.
///
/// ```
/// use syncml::{AlertCode, AlertType};
/// use wbxml::Text;
///
/// let type_ = AlertType::find(&Text::new("urn:oma:at:scomo:1.0:OperationComplete")).unwrap();
/// assert_eq!(type_.object, Some("urn:oma:mo:oma-scomo:1.0"));
/// assert_eq!(type_.code, AlertCode::GENERIC_ALERT);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AlertType {
    /// The type.
    pub name: &'static str,
    /// The code of the alerts that have it.
    pub code: AlertCode,
    /// The management object that it is about, if it is about a standard one.
    pub object: Option<&'static str>,
    /// Whether it is in the register of the Open Mobile Alliance; the others are those that devices send.
    pub is_registered: bool,
    /// What happened, in a line.
    pub text: &'static str,
}

macro_rules! alert_types {
    ($( $name:literal $constant:ident $code:ident, $object:expr, $registered:literal, $text:literal; )*) => {
        impl AlertType {
            $(
                #[doc = concat!("`", $name, "`: ", $text, ".")]
                pub const $constant: Self = Self {
                    name: $name,
                    code: AlertCode::$code,
                    object: $object,
                    is_registered: $registered,
                    text: $text,
                };
            )*

            /// All that are known.
            pub const ALL: &'static [Self] = &[$( Self::$constant ),*];
        }
    };
}

alert_types! {
    "urn:oma:at:diagmon:1.0:OperationComplete" DIAGMON_OPERATION_COMPLETE GENERIC_ALERT,
        Some("urn:oma:mo:oma-diagmon:1.0"), true, "a diagnostic function has ended";
    "urn:oma:at:diagmon:1.0:TrapNotification" DIAGMON_TRAP_NOTIFICATION GENERIC_ALERT,
        Some("urn:oma:mo:oma-diagmontrap:1.0"), true, "a trap has become active";
    "urn:oma:at:diagmon:1.0:TrapInactiveNotification" DIAGMON_TRAP_INACTIVE GENERIC_ALERT,
        Some("urn:oma:mo:oma-diagmontrap:1.1"), true, "a trap has become inactive";
    "urn:oma:at:diagmon:1.0:TrapDeregistered" DIAGMON_TRAP_DEREGISTERED GENERIC_ALERT,
        Some("urn:oma:mo:oma-diagmontrap:1.1"), true, "an inward trap has been taken out of the list";
    "urn:oma:at:diagmon:1.0:CollectedSimpleDataReport" DIAGMON_SIMPLE_DATA GENERIC_ALERT,
        Some("urn:oma:mo:oma-diagmon:1.1"), true, "collected values of nodes are handed over";
    "urn:oma:at:sacmo:1.0:OperationReport" SACMO_OPERATION_REPORT GENERIC_ALERT,
        Some("urn:oma:mo:oma-sacmo:1.0"), true, "an operation on software has ended";
    "urn:oma:at:oma-mgmtpolicymo:1.0:policyreport" POLICY_REPORT GENERIC_ALERT,
        Some("urn:oma:mo:oma-mgmtpolicymo:1.0"), true, "the actions of a policy have been carried out";
    "urn:oma:at:oma-gwmo:deviceattached:1.0" GATEWAY_DEVICE_ATTACHED_1_0 GENERIC_ALERT,
        None, true, "a gateway has found a device behind it";
    "urn:oma:at:oma-gwmo:deviceattached:1.1" GATEWAY_DEVICE_ATTACHED_1_1 GENERIC_ALERT,
        None, true, "a gateway has found a device behind it";
    "urn:oma:at:oma-gwmo:devicedetached:1.0" GATEWAY_DEVICE_DETACHED GENERIC_ALERT,
        None, true, "a device behind a gateway has gone";
    "urn:oma:at:oma-gwmo:resultaggregation:1.0" GATEWAY_RESULT_AGGREGATION GENERIC_ALERT,
        None, true, "a gateway hands over the answers of several devices";
    "urn:oma:at:oma-gwmo:completionstatus:1.0" GATEWAY_COMPLETION_STATUS GENERIC_ALERT,
        None, true, "a gateway has sent a command to all its devices";
    "urn:oma:at:oma-gwmo:BootstrappedDMSList:1.0" GATEWAY_BOOTSTRAPPED_SERVERS GENERIC_ALERT,
        None, true, "a device tells its gateway which servers manage it";
    "urn:oma:at:oma-gwmo:AssociatedGateway:1.0" GATEWAY_ASSOCIATED GENERIC_ALERT,
        None, true, "a device tells its server which gateway it is behind";
    "urn:oma:at:oma-gwmo:imageready:1.0" GATEWAY_IMAGE_READY GENERIC_ALERT,
        None, true, "a gateway has received an image";
    "org.openmobilealliance.dm.firmwareupdate.download" FIRMWARE_DOWNLOAD GENERIC_ALERT,
        Some("urn:oma:mo:oma-fumo:1.0"), true, "the download of firmware has ended";
    "org.openmobilealliance.dm.firmwareupdate.update" FIRMWARE_UPDATE GENERIC_ALERT,
        Some("urn:oma:mo:oma-fumo:1.0"), true, "the update of firmware has ended";
    "org.openmobilealliance.dm.firmwareupdate.downloadandupdate" FIRMWARE_DOWNLOAD_AND_UPDATE GENERIC_ALERT,
        Some("urn:oma:mo:oma-fumo:1.0"), true, "the download of firmware and its update have ended";
    "org.openmobilealliance.dm.firmwareupdate.devicerequest" FIRMWARE_DEVICE_REQUEST GENERIC_ALERT,
        Some("urn:oma:mo:oma-fumo:1.0"), true, "the device asks for an update of its firmware";
    "org.openmobilealliance.dm.firmwareupdate.userrequest" FIRMWARE_USER_REQUEST GENERIC_ALERT,
        Some("urn:oma:mo:oma-fumo:1.0"), true, "the user asks for an update of the firmware";
    "urn:oma:at:scomo:1.0:OperationComplete" SCOMO_OPERATION_COMPLETE GENERIC_ALERT,
        Some("urn:oma:mo:oma-scomo:1.0"), true, "an operation on a software component has ended";
    "urn:oma:at:lawmo:1.0:OperationComplete" LAWMO_OPERATION_COMPLETE GENERIC_ALERT,
        Some("urn:oma:mo:oma-lawmo:1.0"), false, "the device has been locked, unlocked or wiped";
    "com.microsoft:mdm.unenrollment.userrequest" WINDOWS_UNENROLLMENT GENERIC_ALERT,
        None, false, "the user has ended the management of the device";
    "com.microsoft.mdm.win32csp_install" WINDOWS_INSTALLATION GENERIC_ALERT,
        None, false, "the installation of a program has ended";
    "com.microsoft.mdm.requestpending" WINDOWS_REQUEST_PENDING CLIENT_EVENT,
        None, false, "a program on the device waits for the server";
    "com.microsoft/MDM/LoginStatus" WINDOWS_LOGIN_STATUS CLIENT_EVENT,
        None, false, "who is logged in";
    "com.microsoft/MDM/AADUserToken" WINDOWS_USER_TOKEN CLIENT_EVENT,
        None, false, "the token of the user who is logged in";
}

/// What may stand in front of a type (OMA DM Protocol 1.2, 8.7).
const PREFIXES: [&str; 2] = ["reversed-domain-name:", "content-type:"];

impl AlertType {
    /// The type that a text names, without regard to case, to white space around it, and to `Reversed-Domain-Name:` or
    /// `Content-Type:` in front of it; `None`, if it is no known one. Only a text in several pieces is copied.
    ///
    /// ```
    /// use syncml::AlertType;
    /// use wbxml::Text;
    ///
    /// let type_ = Text::new("Reversed-Domain-Name: com.microsoft.mdm.requestpending");
    /// assert_eq!(AlertType::find(&type_), Some(&AlertType::WINDOWS_REQUEST_PENDING));
    /// assert_eq!(AlertType::find(&Text::new("text/plain")), None);
    /// ```
    #[must_use]
    pub fn find(text: &Text<'_>) -> Option<&'static Self> {
        let text = text.to_cow().ok()?;
        let text = text.trim();
        let name = PREFIXES.iter().find_map(|prefix| without(text, prefix)).unwrap_or(text);
        Self::ALL.iter().find(|type_| type_.name.eq_ignore_ascii_case(name))
    }
}

/// What stands behind a prefix, if the text has it.
fn without<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let (front, rest) = text.split_at_checked(prefix.len())?;
    front.eq_ignore_ascii_case(prefix).then_some(rest.trim_start())
}
