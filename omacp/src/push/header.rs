//! The headers behind the content type of a push (WAP-230-WSP, 8.4.1 and table 39).

use alloc::borrow::Cow;

use super::error::{ErrorKind, Result};
use super::wsp::{Octets, Value, put_text};

/// The name of a header field: a number of one of the header code pages, or a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "the grammar has these two forms")]
pub enum FieldName<'a> {
    /// A field of a header code page.
    Number {
        /// The code page; 1 is the default one.
        page: u8,
        /// The number within the page, 0 to 127.
        number: u8,
    },
    /// A name.
    Name(&'a str),
}

impl FieldName<'_> {
    /// `X-Wap-Application-Id`
    pub const APPLICATION_ID: Self = Self::Number { page: 1, number: 0x2F };
    /// `Push-Flag`
    pub const PUSH_FLAG: Self = Self::Number { page: 1, number: 0x34 };
    /// `Content-Length`
    pub const CONTENT_LENGTH: Self = Self::Number { page: 1, number: 0x0D };
}

/// A header field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Field<'a> {
    /// The name.
    pub name: FieldName<'a>,
    /// The value.
    pub value: Value<'a>,
    /// The first octet of the field among those that were read.
    pub offset: usize,
}

/// Which application of the phone a push is for (OMNA, push application identifiers).
///
/// ```
/// use omacp::push::ApplicationId;
///
/// assert_eq!(ApplicationId::SYNCML_DM, ApplicationId::Number(7));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "the grammar has these two forms")]
pub enum ApplicationId<'a> {
    /// A registered number.
    Number(u32),
    /// A URI.
    Uri(&'a str),
}

impl ApplicationId<'_> {
    /// `x-wap-application:wml.ua`
    pub const WML_UA: Self = Self::Number(2);
    /// `x-wap-application:mms.ua`
    pub const MMS_UA: Self = Self::Number(4);
    /// `x-wap-application:syncml.dm`
    pub const SYNCML_DM: Self = Self::Number(7);
}

/// The header fields of a push, in order.
///
/// ```
/// use omacp::push::{ApplicationId, FieldName, Fields, Push, Value};
///
/// // Content-Type 0x44, X-Wap-Application-Id 7
/// let push = Push::parse(b"\x01\x06\x03\xC4\xAF\x87body")?;
/// assert_eq!(push.fields.application_id(), Some(ApplicationId::Number(7)));
/// let field = push.fields.iter().next().unwrap();
/// assert_eq!((field.name, field.value), (FieldName::APPLICATION_ID, Value::Short(7)));
/// assert_eq!(Fields::new().with(FieldName::APPLICATION_ID, Value::Short(7))?, push.fields);
/// # Ok::<(), omacp::push::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Fields<'a> {
    octets: Cow<'a, [u8]>,
    /// Where they stand among the octets that were read.
    offset: usize,
}

impl<'a> Fields<'a> {
    /// No fields.
    #[must_use]
    pub const fn new() -> Self {
        Self { octets: Cow::Borrowed(&[]), offset: 0 }
    }

    /// Reads header fields to the end of the octets, and so makes sure that each can be read.
    pub(super) fn read(octets: Octets<'a>) -> Result<Self> {
        let mut reader = FieldReader { octets, page: DEFAULT_PAGE };
        while reader.next()?.is_some() {}
        Ok(Self { octets: Cow::Borrowed(octets.rest()), offset: octets.offset() })
    }

    /// The same with another field behind the others.
    ///
    /// # Errors
    /// [`ErrorKind::NotText`] for a text with a NUL or a name that could be taken for a number,
    /// [`ErrorKind::ParameterValue`] for a short integer above 127, [`ErrorKind::TooLong`] for octets above 2³²−1.
    pub fn with(mut self, name: FieldName<'_>, value: Value<'_>) -> Result<Self> {
        let out = self.octets.to_mut();
        match name {
            FieldName::Number { page, number } => {
                if page != DEFAULT_PAGE {
                    out.extend_from_slice(&[SHIFT, page]);
                }
                out.push(number | 0x80);
            }
            FieldName::Name(name) if name.bytes().all(|octet| octet.is_ascii_graphic()) && !name.is_empty() => {
                put_text(out, name)?;
            }
            FieldName::Name(_) => return Err(ErrorKind::NotText.at(0)),
        }
        value.write(out)?;
        if matches!(name, FieldName::Number { page, .. } if page != DEFAULT_PAGE) {
            out.extend_from_slice(&[SHIFT, DEFAULT_PAGE]);
        }
        Ok(self)
    }

    /// The octets of all fields.
    #[must_use]
    pub fn octets(&self) -> &[u8] {
        &self.octets
    }

    /// The fields, in order.
    pub fn iter(&self) -> impl Iterator<Item = Field<'_>> {
        let mut reader = FieldReader { octets: Octets::new(&self.octets, self.offset), page: DEFAULT_PAGE };
        // they were read before, or written here
        core::iter::from_fn(move || reader.next().ok().flatten())
    }

    /// The value of the first field of this name.
    #[must_use]
    pub fn get(&self, name: FieldName<'_>) -> Option<Value<'_>> {
        self.iter().find(|field| field.name == name).map(|field| field.value)
    }

    /// The application that the push is for, if it says.
    #[must_use]
    pub fn application_id(&self) -> Option<ApplicationId<'_>> {
        match self.get(FieldName::APPLICATION_ID)? {
            Value::Text(uri) => Some(ApplicationId::Uri(uri)),
            number => number.as_integer().map(ApplicationId::Number),
        }
    }
}

impl PartialEq for Fields<'_> {
    /// Compares the octets, not where they stand.
    fn eq(&self, other: &Self) -> bool {
        self.octets == other.octets
    }
}

impl Eq for Fields<'_> {}

/// The header code page at the start (8.4.1.1).
const DEFAULT_PAGE: u8 = 1;
/// Shifts to the header code page in the octet behind it.
const SHIFT: u8 = 0x7F;

struct FieldReader<'a> {
    octets: Octets<'a>,
    page: u8,
}

impl<'a> FieldReader<'a> {
    fn next(&mut self) -> Result<Option<Field<'a>>> {
        while !self.octets.is_empty() {
            let offset = self.octets.offset();
            let name = match self.octets.peek()? {
                SHIFT => {
                    self.octets.octet()?;
                    self.page = self.octets.octet()?;
                    continue;
                }
                // a page of its own, in short
                page @ 0x01..=0x1F => {
                    self.octets.octet()?;
                    self.page = page;
                    continue;
                }
                0x00 => return Err(ErrorKind::NotText.at(offset)),
                octet @ 0x80.. => {
                    self.octets.octet()?;
                    FieldName::Number { page: self.page, number: octet & 0x7F }
                }
                _ => FieldName::Name(self.octets.text()?),
            };
            let value = self.octets.value()?;
            return Ok(Some(Field { name, value, offset }));
        }
        Ok(None)
    }
}
