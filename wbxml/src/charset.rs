//! The charset of a document, by its IANA MIBenum (WAP-192, 5.6).

mod decode;
pub(crate) mod encode;
mod registry;

pub use decode::Chars;

/// The charset of a document: an IANA MIBenum.
///
/// Text in US-ASCII, ISO 8859-1 and the encodings of Unicode is [decoded](Self::decode) always, text in the charsets
/// of the WHATWG Encoding Standard with the feature `encoding`. In any other one, text of nothing but ASCII is read as
/// that, and the rest stays octets.
///
/// ```
/// use wbxml::Charset;
///
/// assert_eq!(Charset::UTF_8.mib_enum(), 106);
/// assert_eq!(Charset::new(17).to_string(), "Shift_JIS");
/// assert_eq!(Charset::new(9999).to_string(), "MIBenum 9999");
/// assert_eq!(Charset::from_name("latin1"), Some(Charset::ISO_8859_1));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Charset(u16);

impl Charset {
    /// 0: the document does not say; read as UTF-8 unless the transport knows better
    /// ([`Options::charset`](crate::Options::charset)).
    pub const UNKNOWN: Self = Self(0);
    /// US-ASCII: an octet above 0x7F is no text.
    pub const US_ASCII: Self = Self(3);
    /// ISO 8859-1.
    pub const ISO_8859_1: Self = Self(4);
    /// UTF-8.
    pub const UTF_8: Self = Self(106);
    /// ISO 10646 UCS-2; big-endian without a byte order mark. Surrogates are read as in UTF-16.
    pub const UCS_2: Self = Self(1000);
    /// ISO 10646 UCS-4; big-endian without a byte order mark.
    pub const UCS_4: Self = Self(1001);
    /// UTF-16, big-endian.
    pub const UTF_16BE: Self = Self(1013);
    /// UTF-16, little-endian.
    pub const UTF_16LE: Self = Self(1014);
    /// UTF-16; big-endian without a byte order mark.
    pub const UTF_16: Self = Self(1015);
    /// UTF-32; big-endian without a byte order mark.
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

    /// The charset with this name or alias in the IANA registry, or one of the spellings that are common besides;
    /// letter case does not matter.
    ///
    /// ```
    /// use wbxml::Charset;
    ///
    /// assert_eq!(Charset::from_name("utf-16le"), Some(Charset::UTF_16LE));
    /// assert_eq!(Charset::from_name("SJIS"), Some(Charset::new(17)));
    /// assert_eq!(Charset::from_name("EBCDIC"), None);
    /// ```
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        registry::find(name)
    }

    /// The name of the charset: the one that the IANA registry prefers for MIME. Charsets that are not decoded with any
    /// feature have none here.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        registry::name(self)
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

    /// Whether text in this charset is UTF-8 as it stands (in US-ASCII it is; an unnamed charset is read so).
    #[inline]
    #[must_use]
    pub const fn is_utf8(self) -> bool {
        matches!(self, Self::UNKNOWN | Self::US_ASCII | Self::UTF_8)
    }

    /// Whether all UTF-8 is text in this charset: then its octets and its text are the same.
    #[inline]
    pub(crate) const fn is_any_utf8(self) -> bool {
        matches!(self, Self::UTF_8 | Self::UNKNOWN)
    }

    /// The charset, or `other` where it is not known.
    pub(crate) const fn or(self, other: Self) -> Self {
        match self {
            Self::UNKNOWN => other,
            known => known,
        }
    }
}

impl core::fmt::Display for Charset {
    /// Writes the [name](Self::name), or the number of a charset without one.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None if *self == Self::UNKNOWN => f.write_str("unknown"),
            None => write!(f, "MIBenum {}", self.0),
        }
    }
}

impl core::fmt::Debug for Charset {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Charset({self})")
    }
}
