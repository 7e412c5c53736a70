//! Numbers of so many bits as their fields have.

use core::fmt;

use crate::code::AlertCode;

/// Numbers, one a row: name, type and greatest value.
macro_rules! numbers {
    ($($(#[$attribute:meta])* $name:ident: $type:ty = $max:literal;)*) => {$(
        $(#[$attribute])*
        #[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name($type);

        impl $name {
            /// The greatest value that the field has room for.
            pub const MAX: Self = Self($max);

            /// This value, if the field has room for it.
            #[must_use]
            pub const fn new(value: $type) -> Option<Self> {
                if value <= $max { Some(Self(value)) } else { None }
            }

            /// The value.
            #[must_use]
            pub const fn get(self) -> $type {
                self.0
            }

            /// The value of a field that ends with the last of these bits.
            pub(super) fn of(bits: u64) -> Self {
                // what is left fits
                Self(<$type>::try_from(bits & $max).unwrap_or_default())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }
    )*};
}

numbers! {
    /// The version of a notification in tenths, 10 bits. DM 1.2 has that of DM 1.1.2.
    ///
    /// Others are read as they come: some senders write a wrong one.
    ///
    /// ```
    /// use syncml::dm::notification::Version;
    ///
    /// assert_eq!(Version::V1_1.get(), 11);
    /// assert_eq!(Version::V1_1.to_string(), "1.1");
    /// assert_eq!(Version::new(1024), None);
    /// ```
    Version: u16 = 0x3FF;

    /// The bits of the header that nobody has given a meaning yet, 27 of them: 0 when sent, ignored when received, kept
    /// here.
    FutureUse: u32 = 0x7FF_FFFF;

    /// Four bits of a sync list that nobody has given a meaning yet.
    Nibble: u8 = 0xF;

    /// What kind of sync a server asks for, 4 bits.
    SyncType: u8 = 0xF;

    /// The content type of a datastore as WSP numbers it, 24 bits; 0 if none is named.
    ContentTypeCode: u32 = 0xFF_FFFF;
}

impl Version {
    /// 1.0
    pub const V1_0: Self = Self(10);
    /// 1.1: notifications of DM 1.1.2 and of DM 1.2.
    pub const V1_1: Self = Self(11);
    /// 1.2: notifications of DS 1.2, and of some DM servers.
    pub const V1_2: Self = Self(12);
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0 / 10, self.0 % 10)
    }
}

impl SyncType {
    /// Alert 206: two-way.
    pub const TWO_WAY: Self = Self(6);
    /// Alert 207: one-way from client.
    pub const ONE_WAY_FROM_CLIENT: Self = Self(7);
    /// Alert 208: refresh from client.
    pub const REFRESH_FROM_CLIENT: Self = Self(8);
    /// Alert 209: one-way from server.
    pub const ONE_WAY_FROM_SERVER: Self = Self(9);
    /// Alert 210: refresh from server.
    pub const REFRESH_FROM_SERVER: Self = Self(10);

    /// The alert code that the sync goes by in messages, 200 more.
    ///
    /// ```
    /// use syncml::AlertCode;
    /// use syncml::dm::notification::SyncType;
    ///
    /// let code = SyncType::REFRESH_FROM_SERVER.alert_code();
    /// assert_eq!(code, AlertCode::REFRESH_FROM_SERVER_BY_SERVER);
    /// ```
    #[must_use]
    pub fn alert_code(self) -> AlertCode {
        AlertCode::new(u16::from(self.0).saturating_add(200))
    }
}

impl ContentTypeCode {
    /// No content type is named.
    pub const NONE: Self = Self(0);
}
