//! What became of an operation, as a number (Firmware Update Management Object 1.0, result codes; Software Component
//! Management Object 1.0, result codes).

use core::fmt;

/// The result of an operation: the number in the generic alert at its end.
///
/// Numbers of 200 to 599 are those of firmware, numbers of 1200 to 1599 those of software components. A number that
/// nobody knows is kept as it is; vendors have 250 to 299, 450 to 499 and 550 to 599 for their own.
///
/// ```
/// use poc_mo::software::ResultCode;
///
/// assert!(ResultCode::SUCCESSFUL.is_success());
/// assert_eq!(ResultCode::new(402), ResultCode::CORRUPTED_PACKAGE);
/// assert_eq!(ResultCode::new(402).text(), Some("the package is damaged"));
/// assert_eq!(ResultCode::new(455).text(), None);
/// assert!(!ResultCode::new(455).is_success());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResultCode(u16);

/// What is known of a number.
struct Row {
    text: &'static str,
    is_confirmed: bool,
}

const CONFIRMED: bool = true;
const PROVISIONAL: bool = false;

macro_rules! result_codes {
    ($( $number:literal $constant:ident $confirmed:ident, $text:literal; )*) => {
        impl ResultCode {
            $(
                #[doc = concat!("`", stringify!($number), "`: ", $text, ".")]
                pub const $constant: Self = Self($number);
            )*

            /// All that have a meaning of their own, in ascending order.
            pub const ALL: &'static [Self] = &[$( Self::$constant ),*];

            const fn row(self) -> Option<Row> {
                match self.0 {
                    $( $number => Some(Row { text: $text, is_confirmed: $confirmed }), )*
                    _ => None,
                }
            }
        }
    };
}

// Confirmed is what the text has and implementations have too. 412 is not in the copy of the text that was seen, 500
// says something else there; those of software components come from one implementation.
result_codes! {
    200 SUCCESSFUL CONFIRMED, "the operation has succeeded";
    202 ACCEPTED CONFIRMED, "the operation is accepted and will be carried out";
    400 CLIENT_ERROR CONFIRMED, "the device or its user made it fail";
    401 USER_CANCELLED CONFIRMED, "the user does not want it";
    402 CORRUPTED_PACKAGE CONFIRMED, "the package is damaged";
    403 DEVICE_MISMATCH CONFIRMED, "the package is for another device";
    404 VALIDATION_FAILED CONFIRMED, "the signature of the package is wrong";
    405 PACKAGE_NOT_ACCEPTABLE CONFIRMED, "the package cannot be taken";
    406 DOWNLOAD_AUTHENTICATION_FAILED CONFIRMED, "the download server did not let the device in";
    407 DOWNLOAD_TIMEOUT CONFIRMED, "the download server did not answer in time";
    408 NOT_IMPLEMENTED CONFIRMED, "the device does not have the operation";
    409 UNDEFINED_ERROR CONFIRMED, "something else went wrong";
    410 UPDATE_FAILED CONFIRMED, "the update failed in the device";
    411 BAD_URL CONFIRMED, "the address of the package is malformed or wrong";
    412 DOWNLOAD_SERVER_UNAVAILABLE PROVISIONAL, "the download server is not there";
    500 DOWNLOAD_SERVER_ERROR PROVISIONAL, "the download server failed";
    501 NO_MEMORY_FOR_DOWNLOAD CONFIRMED, "the device has no memory for the package";
    502 NO_MEMORY_FOR_UPDATE CONFIRMED, "the device has no memory for the update";
    503 NETWORK_ERROR CONFIRMED, "the network failed";
    1200 COMPONENT_SUCCESSFUL PROVISIONAL, "the operation has succeeded";
    1400 COMPONENT_CLIENT_ERROR PROVISIONAL, "the device made it fail";
    1401 COMPONENT_USER_CANCELLED PROVISIONAL, "the user does not want it";
    1402 COMPONENT_DOWNLOAD_FAILED PROVISIONAL, "the download failed";
    1403 COMPONENT_AUTHENTICATION_FAILED PROVISIONAL, "the download server did not let the device in";
    1404 COMPONENT_NO_MEMORY_FOR_DOWNLOAD PROVISIONAL, "the device has no memory for the package";
    1405 COMPONENT_INSTALL_FAILED PROVISIONAL, "the installation failed";
    1406 COMPONENT_NO_MEMORY_FOR_INSTALL PROVISIONAL, "the device has no memory for the installation";
    1407 COMPONENT_SIGNATURE_FAILED PROVISIONAL, "the signature of the package is wrong";
    1408 COMPONENT_REMOVE_FAILED PROVISIONAL, "the component could not be removed";
    1409 COMPONENT_ACTIVATE_FAILED PROVISIONAL, "the component could not be activated";
    1410 COMPONENT_DEACTIVATE_FAILED PROVISIONAL, "the component could not be deactivated";
    1411 COMPONENT_NOT_IMPLEMENTED PROVISIONAL, "the device does not have the operation";
    1412 COMPONENT_UNDEFINED_ERROR PROVISIONAL, "something else went wrong";
    1413 COMPONENT_UNSUPPORTED_ENVIRONMENT PROVISIONAL, "the component does not fit the device's environment";
    1500 COMPONENT_SERVER_ERROR PROVISIONAL, "the download server failed";
    1501 COMPONENT_SERVER_UNAVAILABLE PROVISIONAL, "the download server is not there";
}

impl ResultCode {
    /// The code of this number, known or not.
    #[must_use]
    pub const fn new(number: u16) -> Self {
        Self(number)
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }

    /// What it means, in a line; `None`, if it has no meaning of its own.
    #[must_use]
    pub const fn text(self) -> Option<&'static str> {
        match self.row() {
            Some(row) => Some(row.text),
            None => None,
        }
    }

    /// Whether the meaning has been seen in the specification's text and in implementations.
    #[must_use]
    pub const fn is_confirmed(self) -> bool {
        matches!(self.row(), Some(Row { is_confirmed: true, .. }))
    }

    /// Whether the operation went well, or goes: 200 to 299, 1200 to 1299.
    #[must_use]
    pub const fn is_success(self) -> bool {
        matches!(self.0, 200..300 | 1200..1300)
    }
}

impl fmt::Display for ResultCode {
    /// Writes the digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl From<u16> for ResultCode {
    fn from(number: u16) -> Self {
        Self(number)
    }
}

impl From<ResultCode> for u16 {
    fn from(code: ResultCode) -> Self {
        code.0
    }
}
