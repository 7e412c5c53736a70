//! What precedes the body: version, public identifier, charset and string table (WAP-192, 5.4 to 5.7).

use core::ops::RangeInclusive;

use crate::diagnostic::{Diagnostic, DiagnosticKind};
use crate::error::{ErrorKind, Result};
use crate::string_table::StringTable;
use crate::{Charset, mb_u_int32};

/// The WBXML version of a document, as its first octet gives it: major version less one, then minor (5.4).
///
/// ```
/// use wbxml::Version;
///
/// assert_eq!(Version::V1_3.octet(), 0x03);
/// assert_eq!(Version::V1_3.to_string(), "1.3");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(u8);

impl Version {
    /// WBXML 1.0: no charset field, no `OPAQUE`, several roots allowed.
    pub const V1_0: Self = Self(0x00);
    /// WBXML 1.1.
    pub const V1_1: Self = Self(0x01);
    /// WBXML 1.2.
    pub const V1_2: Self = Self(0x02);
    /// WBXML 1.3.
    pub const V1_3: Self = Self(0x03);

    /// The version that a document's first octet names, if its major number is 1. Minor numbers above 3 are kept
    /// and read as 1.3.
    #[must_use]
    pub const fn from_octet(octet: u8) -> Option<Self> {
        if octet < 0x10 { Some(Self(octet)) } else { None }
    }

    /// The octet on the wire.
    #[must_use]
    pub const fn octet(self) -> u8 {
        self.0
    }
}

impl core::fmt::Display for Version {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "1.{}", self.0)
    }
}

/// How a document names its vocabulary (5.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "the grammar has these two forms")]
pub enum PublicId {
    /// A registered number; 1 stands for "unknown or missing".
    Number(u32),
    /// The string-table index of a formal public identifier.
    Index(u32),
}

impl PublicId {
    /// No vocabulary is named.
    pub const UNKNOWN: Self = Self::Number(1);

    /// The numbers that the Open Mobile Naming Authority has registered, and some that phones use as if it had.
    const REGISTERED: [RangeInclusive<u32>; 5] = [
        0x02..=0x14,     // WAP Forum, OMA, Wireless Village
        0x8F..=0x8F,     // Nokia ConML
        0xFD1..=0xFD4,   // SyncML and DevInf 1.0, 1.1
        0x1100..=0x110E, // Phone.com
        0x1200..=0x1204, // IOTA, SyncML 1.2 with MetInf and DevInf, Nokia Landmarks
    ];

    /// Whether this is a number that stands for a vocabulary.
    ///
    /// ```
    /// use wbxml::PublicId;
    ///
    /// assert!(PublicId::Number(0x1203).is_registered()); // DevInf 1.2
    /// assert!(!PublicId::UNKNOWN.is_registered());
    /// ```
    #[must_use]
    pub fn is_registered(self) -> bool {
        match self {
            Self::Number(number) => Self::REGISTERED.iter().any(|range| range.contains(&number)),
            Self::Index(_) => false,
        }
    }
}

/// What precedes the body of a document.
///
/// ```
/// use wbxml::{Charset, Header, PublicId, Version};
///
/// let header = Header::parse(b"\x03\x0B\x6A\x05NAP1\0\x45")?;
/// assert_eq!(header.version, Version::V1_3);
/// assert_eq!(header.public_id, PublicId::Number(0x0B));
/// assert_eq!(header.charset, Charset::UTF_8);
/// assert_eq!(header.string_table.octets(), b"NAP1\0");
/// assert_eq!(header.len(), 9);
/// # Ok::<(), wbxml::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Header<'a> {
    /// The version.
    pub version: Version,
    /// The vocabulary.
    pub public_id: PublicId,
    /// The charset; [`Charset::UNKNOWN`] in version 1.0, which has no such field.
    pub charset: Charset,
    /// The string table. Its charset is the one that it is read in: as the document says, or, in the header that a
    /// [`Reader`](crate::Reader) has, where the document does not, as the transport does.
    pub string_table: StringTable<'a>,
    length: usize,
    pub(crate) widths: Widths,
    /// Whether there is a charset field in version 1.0.
    charset_in_1_0: bool,
}

/// The octets that each integer of a header takes: not always as few as it could.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Widths {
    pub(crate) public_id: u8,
    /// 0 where the public identifier is a number.
    pub(crate) index: u8,
    /// 0 where there is no such field.
    pub(crate) charset: u8,
    pub(crate) table: u8,
}

impl<'a> Header<'a> {
    /// Reads the header at the start of `document`.
    ///
    /// # Errors
    /// [`ErrorKind::UnexpectedEof`] if the document ends first, [`ErrorKind::UnsupportedVersion`],
    /// [`ErrorKind::UnsupportedCharset`], [`ErrorKind::MbUInt32Overflow`]; each at the first octet of its field.
    /// That the public identifier's index lies in the table is checked when it is asked for.
    pub fn parse(document: &'a [u8]) -> Result<Self> {
        Self::parse_with(document, false)
    }

    /// The same, where version 1.0 may have a charset field: see
    /// [`Options::charset_in_version_1_0`](crate::Options::charset_in_version_1_0).
    pub(crate) fn parse_with(document: &'a [u8], charset_in_1_0: bool) -> Result<Self> {
        let mut fields = Fields { document, position: 0 };
        let octet = *document.first().ok_or(ErrorKind::UnexpectedEof.at(0))?;
        let version = Version::from_octet(octet).ok_or(ErrorKind::UnsupportedVersion(octet).at(0))?;
        fields.position = 1;
        let mut widths = Widths::default();
        let public_id = match fields.integer(&mut widths.public_id)? {
            0 => PublicId::Index(fields.integer(&mut widths.index)?),
            number => PublicId::Number(number),
        };
        let charset_in_1_0 = charset_in_1_0 && version == Version::V1_0;
        let charset = if version == Version::V1_0 && !charset_in_1_0 {
            Charset::UNKNOWN
        } else {
            let field = fields.position;
            let number = fields.integer(&mut widths.charset)?;
            Charset::new(u16::try_from(number).map_err(|_| ErrorKind::UnsupportedCharset(number).at(field))?)
        };
        let field = fields.position;
        let table_length = fields.integer(&mut widths.table)?;
        let table = usize::try_from(table_length)
            .ok()
            .and_then(|length| document.get(fields.position..)?.get(..length))
            .ok_or(ErrorKind::UnexpectedEof.at(field))?;
        Ok(Self {
            version,
            public_id,
            charset,
            string_table: StringTable::new(table, charset),
            length: fields.position.saturating_add(table.len()),
            widths,
            charset_in_1_0,
        })
    }

    /// The same, whose string table is read in `charset`.
    pub(crate) const fn in_charset(self, charset: Charset) -> Self {
        Self { string_table: StringTable::new(self.string_table.octets(), charset), ..self }
    }

    /// The same header of the same document, whose string table now stands in `table`.
    #[cfg(feature = "alloc")]
    pub(crate) const fn with_table<'t>(&self, table: &'t [u8]) -> Header<'t> {
        Header {
            version: self.version,
            public_id: self.public_id,
            charset: self.charset,
            string_table: StringTable::new(table, self.string_table.charset()),
            length: self.length,
            widths: self.widths,
            charset_in_1_0: self.charset_in_1_0,
        }
    }

    /// The octets of header and string table: where the body begins.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "a header has at least three octets")]
    pub const fn len(&self) -> usize {
        self.length
    }

    /// Whether the header has a charset field.
    pub(crate) const fn has_charset_field(&self) -> bool {
        self.charset_in_1_0 || self.version.octet() != Version::V1_0.octet()
    }

    /// The version whose grammar the body follows.
    pub(crate) const fn grammar(&self) -> Version {
        if self.version.octet() == Version::V1_0.octet() && self.charset_in_1_0 { Version::V1_1 } else { self.version }
    }

    /// Whether `document` has a charset field in version 1.0: what [`parse_with`](Self::parse_with) was told.
    pub(crate) const fn charset_in_1_0(&self) -> bool {
        self.charset_in_1_0
    }

    /// What strict reading takes as it comes and lenient reading reports, each with the offset of its field.
    pub(crate) fn liberties(&self) -> impl Iterator<Item = Diagnostic> + use<> {
        let minor = Some(self.version).filter(|version| *version > Version::V1_3);
        let outside = match self.public_id {
            PublicId::Index(index) if self.string_table.get(index).is_none() => Some(index),
            _ => None,
        };
        // behind the version and the 0 in front of the index
        let index_at = usize::from(self.widths.public_id).saturating_add(1);
        let open_end = (!self.string_table.is_terminated()).then_some(DiagnosticKind::UnterminatedTable);
        [
            minor.map(|version| Diagnostic::new(DiagnosticKind::MinorVersion(version.octet()), 0)),
            outside.map(|index| Diagnostic::new(DiagnosticKind::PublicIdIndex(index), index_at)),
            open_end.map(|kind| Diagnostic::new(kind, self.length)),
        ]
        .into_iter()
        .flatten()
    }

    /// The formal public identifier that the string table holds, as octets, where the header refers to one.
    #[must_use]
    pub fn formal_public_id(&self) -> Option<&'a [u8]> {
        match self.public_id {
            PublicId::Number(_) => None,
            PublicId::Index(index) => self.string_table.get(index),
        }
    }
}

impl Header<'_> {
    /// Whether the string table has a formal public identifier where the header refers to one: `-//` or `+//`, an owner
    /// and so on (ISO 8879, 10.2).
    pub(crate) fn has_formal_public_id(&self) -> bool {
        let PublicId::Index(index) = self.public_id else { return false };
        let Some(id) = self.string_table.text(index) else { return false };
        let mut start = id.chars();
        matches!(start.next(), Some(Ok('-' | '+'))) && (0..2).all(|_| matches!(start.next(), Some(Ok('/'))))
    }
}

struct Fields<'a> {
    document: &'a [u8],
    position: usize,
}

impl Fields<'_> {
    /// The integer at hand; notes in `width` how many octets it takes.
    fn integer(&mut self, width: &mut u8) -> Result<u32> {
        let rest = self.document.get(self.position..).unwrap_or_default();
        match mb_u_int32::decode(rest) {
            Ok((value, length)) => {
                self.position = self.position.saturating_add(length);
                *width = u8::try_from(length).unwrap_or(u8::MAX);
                Ok(value)
            }
            Err(fault) => Err(ErrorKind::from(fault).at(self.position)),
        }
    }
}

impl From<mb_u_int32::Fault> for ErrorKind {
    #[cold]
    fn from(fault: mb_u_int32::Fault) -> Self {
        match fault {
            mb_u_int32::Fault::Incomplete => Self::UnexpectedEof,
            mb_u_int32::Fault::Overflow => Self::MbUInt32Overflow,
        }
    }
}
