//! The charset of a document, by its IANA MIBenum (WAP-192, 5.6).

pub(crate) mod encode;

/// The charset of a document: an IANA MIBenum.
///
/// ```
/// use wbxml::Charset;
///
/// assert_eq!(Charset::UTF_8.mib_enum(), 106);
/// assert_eq!(Charset::new(17).to_string(), "MIBenum 17"); // Shift_JIS: strings stay octets
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Charset(u16);

impl Charset {
    /// 0: the document does not say; read as UTF-8 unless the transport knows better.
    pub const UNKNOWN: Self = Self(0);
    /// US-ASCII.
    pub const US_ASCII: Self = Self(3);
    /// ISO 8859-1.
    pub const ISO_8859_1: Self = Self(4);
    /// UTF-8.
    pub const UTF_8: Self = Self(106);
    /// ISO 10646 UCS-2, big-endian.
    pub const UCS_2: Self = Self(1000);
    /// ISO 10646 UCS-4, big-endian.
    pub const UCS_4: Self = Self(1001);
    /// UTF-16, big-endian.
    pub const UTF_16BE: Self = Self(1013);
    /// UTF-16, little-endian.
    pub const UTF_16LE: Self = Self(1014);
    /// UTF-16; big-endian without a byte order mark.
    pub const UTF_16: Self = Self(1015);
    /// UTF-32.
    pub const UTF_32: Self = Self(1017);
    /// UTF-32, big-endian.
    pub const UTF_32BE: Self = Self(1018);
    /// UTF-32, little-endian.
    pub const UTF_32LE: Self = Self(1019);

    /// The charset with this MIBenum.
    #[must_use]
    pub const fn new(mib_enum: u16) -> Self {
        Self(mib_enum)
    }

    /// The charset's MIBenum.
    #[must_use]
    pub const fn mib_enum(self) -> u16 {
        self.0
    }

    /// The octets of one code unit, and so of the NUL character that ends a string: 1, 2 or 4.
    #[must_use]
    pub const fn unit(self) -> usize {
        match self {
            Self::UCS_2 | Self::UTF_16BE | Self::UTF_16LE | Self::UTF_16 => 2,
            Self::UCS_4 | Self::UTF_32 | Self::UTF_32BE | Self::UTF_32LE => 4,
            _ => 1,
        }
    }

    /// Whether a string's octets are UTF-8 as they stand (US-ASCII is; an unnamed charset is read so).
    #[must_use]
    pub const fn is_utf8(self) -> bool {
        matches!(self, Self::UNKNOWN | Self::US_ASCII | Self::UTF_8)
    }
}

impl core::fmt::Display for Charset {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let name = match *self {
            Self::UNKNOWN => "unknown",
            Self::US_ASCII => "US-ASCII",
            Self::ISO_8859_1 => "ISO-8859-1",
            Self::UTF_8 => "UTF-8",
            Self::UCS_2 => "ISO-10646-UCS-2",
            Self::UCS_4 => "ISO-10646-UCS-4",
            Self::UTF_16BE => "UTF-16BE",
            Self::UTF_16LE => "UTF-16LE",
            Self::UTF_16 => "UTF-16",
            Self::UTF_32 => "UTF-32",
            Self::UTF_32BE => "UTF-32BE",
            Self::UTF_32LE => "UTF-32LE",
            Self(other) => return write!(f, "MIBenum {other}"),
        };
        f.write_str(name)
    }
}

impl core::fmt::Debug for Charset {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Charset({self})")
    }
}
