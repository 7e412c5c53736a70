//! The numbers of the protocol: what a `Status` and an `Alert` say in their `Data` (SyncML Representation Protocol 1.2,
//! response status codes; OMA DM Representation Protocol 1.2, 4.2).

mod alert;
mod alert_type;
mod decimal;
mod importance;
mod status;

pub use alert::{AlertCategory, AlertCode};
pub use alert_type::AlertType;
pub use decimal::{Decimal, ParseCodeError};
pub use importance::Importance;
pub use status::{StatusClass, StatusCode};

use crate::command::{Alert, Status};
use crate::item::Item;

impl Status<'_> {
    /// The number that the status says, with white space around it passed over; `None` where there is none, or where
    /// [`code`](Self::code) is no number up to 65535.
    ///
    /// ```
    /// use syncml::{Status, StatusCode};
    /// use wbxml::Text;
    ///
    /// let mut status = Status::default();
    /// status.code = Some(Text::new("212"));
    /// assert_eq!(status.code(), Some(StatusCode::AUTHENTICATION_ACCEPTED));
    /// status.code = Some(Text::new("Exception"));
    /// assert_eq!(status.code(), None);
    /// ```
    #[must_use]
    pub fn code(&self) -> Option<StatusCode> {
        self.code.as_ref().and_then(|text| StatusCode::parse(text).ok())
    }
}

impl Alert<'_> {
    /// The number that the alert says, with white space around it passed over; `None` where there is none, or where
    /// [`code`](Self::code) is no number up to 65535.
    ///
    /// ```
    /// use syncml::{Alert, AlertCode};
    /// use wbxml::Text;
    ///
    /// let mut alert = Alert::default();
    /// assert_eq!(alert.code(), None);
    /// alert.code = Some(Text::new("\n1201 "));
    /// assert_eq!(alert.code(), Some(AlertCode::CLIENT_INITIATED_MANAGEMENT));
    /// ```
    #[must_use]
    pub fn code(&self) -> Option<AlertCode> {
        self.code.as_ref().and_then(|text| AlertCode::parse(text).ok())
    }
}

impl Item<'_> {
    /// What the type of a generic alert's item, or of a client event's, is known to mean. The item of another command
    /// has a media type there, which is none.
    ///
    /// ```
    /// use syncml::{AlertType, Item, Meta};
    ///
    /// let meta = Meta::of_data("int", "org.openmobilealliance.dm.firmwareupdate.download");
    /// let item = Item::leaf("./FUMO/Download", meta, "200");
    /// assert_eq!(item.alert_type(), Some(&AlertType::FIRMWARE_DOWNLOAD));
    /// ```
    #[must_use]
    pub fn alert_type(&self) -> Option<&'static AlertType> {
        self.meta.type_.as_ref().and_then(AlertType::find)
    }
}

/// A registry of numbers: a newtype, its constants and what is known of each, from one row for each number.
macro_rules! codes {
    (
        $(#[$doc:meta])*
        $type:ident:
        $( $value:literal $constant:ident = $name:literal, $text:literal; )*
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $type(u16);

        /// What is known of a number.
        struct Row {
            digits: &'static str,
            name: &'static str,
            text: &'static str,
        }

        impl $type {
            $(
                #[doc = concat!("`", stringify!($value), "` ", $name, ": ", $text, ".")]
                pub const $constant: Self = Self($value);
            )*

            /// All that have a meaning of their own, in ascending order.
            pub const ALL: &'static [Self] = &[$( Self::$constant ),*];

            const fn row(self) -> Option<Row> {
                match self.0 {
                    $( $value => Some(Row {
                        digits: stringify!($value),
                        name: $name,
                        text: $text,
                    }), )*
                    _ => None,
                }
            }

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

            /// The code that a text says in decimal digits. White space around them is passed over, and so are zeros in
            /// front; nothing is allocated.
            ///
            /// # Errors
            /// [`ParseCodeError`](super::ParseCodeError), if the text is anything else, or the number is above 65535.
            pub fn parse(text: &wbxml::Text<'_>) -> Result<Self, super::ParseCodeError> {
                super::decimal::parse(text).map(Self)
            }

            /// The name that the specification gives it; `None`, if it gives none.
            #[must_use]
            pub const fn name(self) -> Option<&'static str> {
                match self.row() {
                    Some(row) => Some(row.name),
                    None => None,
                }
            }

            /// What it means, in a line; `None`, if it has no meaning of its own.
            #[must_use]
            pub const fn text(self) -> Option<&'static str> {
                match self.row() {
                    Some(row) => Some(row.text),
                    None => None,
                }
            }

            /// The digits of one that has a meaning of its own, ready to be put into a command.
            #[must_use]
            pub const fn digits(self) -> Option<&'static str> {
                match self.row() {
                    Some(row) => Some(row.digits),
                    None => None,
                }
            }

            /// The digits of any, in a place of their own.
            #[must_use]
            pub const fn decimal(self) -> super::Decimal {
                super::Decimal::new(self.0)
            }
        }

        impl core::fmt::Display for $type {
            /// Writes the digits.
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                core::fmt::Display::fmt(&self.0, f)
            }
        }

        impl core::str::FromStr for $type {
            type Err = super::ParseCodeError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(&wbxml::Text::new(text))
            }
        }

        impl From<u16> for $type {
            fn from(number: u16) -> Self {
                Self(number)
            }
        }

        impl From<$type> for u16 {
            fn from(code: $type) -> Self {
                code.0
            }
        }
    };
}

use codes;
