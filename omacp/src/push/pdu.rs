//! The connectionless push of WSP (WAP-230-WSP, 8.2.4.1 and appendix A).

use alloc::vec::Vec;
use core::ops::Range;

use super::content_type::ContentType;
use super::error::{ErrorKind, Result};
use super::header::{ApplicationId, FieldName, Fields};
use super::wsp::{Octets, Value, put_length};

/// The type of a push PDU (WAP-230-WSP, table 34).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "WSP has these two pushes")]
pub enum PushType {
    /// `Push`: 0x06.
    Push,
    /// `ConfirmedPush`: 0x07.
    Confirmed,
}

impl PushType {
    const fn from_octet(octet: u8) -> Option<Self> {
        match octet {
            0x06 => Some(Self::Push),
            0x07 => Some(Self::Confirmed),
            _ => None,
        }
    }

    const fn octet(self) -> u8 {
        match self {
            Self::Push => 0x06,
            Self::Confirmed => 0x07,
        }
    }
}

/// A push: what it carries, and what is said about it.
///
/// ```
/// use omacp::push::{ApplicationId, ContentType, MediaType, Push};
///
/// let pdu = Push::new(ContentType::new(MediaType::SYNCML_NOTIFICATION), b"body")
///     .with_application_id(ApplicationId::SYNCML_DM)?
///     .to_vec()?;
/// assert_eq!(pdu, b"\x01\x06\x03\xC4\xAF\x87body");
/// let push = Push::parse(&pdu)?;
/// assert_eq!((push.transaction_id, push.unverified_body()), (1, &b"body"[..]));
/// # Ok::<(), omacp::push::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Push<'a> {
    /// TID: tells the pushes of one sender apart.
    pub transaction_id: u8,
    /// Whether an answer is wanted.
    pub push_type: PushType,
    /// What the body is, and how it is protected.
    pub content_type: ContentType<'a>,
    /// The other header fields.
    pub fields: Fields<'a>,
    body: &'a [u8],
}

impl<'a> Push<'a> {
    /// A push with transaction identifier 1 and no other header.
    #[must_use]
    pub const fn new(content_type: ContentType<'a>, body: &'a [u8]) -> Self {
        Self { transaction_id: 1, push_type: PushType::Push, content_type, fields: Fields::new(), body }
    }

    /// The same for an application of the phone.
    ///
    /// # Errors
    /// [`ErrorKind::NotText`] for a URI with a NUL.
    pub fn with_application_id(self, id: ApplicationId<'_>) -> Result<Self> {
        let octets;
        let value = match id {
            ApplicationId::Uri(uri) => Value::Text(uri),
            ApplicationId::Number(number) => {
                octets = number.to_be_bytes();
                Value::of_integer(&octets)
            }
        };
        let fields = self.fields.with(FieldName::APPLICATION_ID, value)?;
        Ok(Self { fields, ..self })
    }

    /// Reads the push that `pdu` is: the datagram that came to a push port, whole.
    ///
    /// # Errors
    /// [`Error`](super::Error) for every length or text that runs over the field it stands in, and for what is no push.
    pub fn parse(pdu: &'a [u8]) -> Result<Self> {
        let mut octets = Octets::new(pdu, 0);
        let transaction_id = octets.octet()?;
        let at = octets.offset();
        let octet = octets.octet()?;
        let push_type = PushType::from_octet(octet).ok_or(ErrorKind::NotAPush(octet).at(at))?;
        let at = octets.offset();
        let length = octets.uintvar()?;
        let mut headers = octets.counted(length, ErrorKind::HeadersLength, at)?;
        let content_type = ContentType::read(&mut headers)?;
        let fields = Fields::read(headers)?;
        Ok(Self { transaction_id, push_type, content_type, fields, body: octets.rest() })
    }

    /// What is carried, whoever sent it: what protects it depends on what it is. A provisioning document is to be read
    /// through [`Unverified`](crate::Unverified).
    #[must_use]
    pub const fn unverified_body(&self) -> &'a [u8] {
        self.body
    }

    /// Writes the push.
    ///
    /// # Errors
    /// Those of [`ContentType::write`].
    pub fn write(&self, out: &mut Vec<u8>) -> Result<()> {
        let mut headers = Vec::new();
        self.content_type.write(&mut headers)?;
        headers.extend_from_slice(self.fields.octets());
        out.extend_from_slice(&[self.transaction_id, self.push_type.octet()]);
        put_length(out, headers.len())?;
        out.extend_from_slice(&headers);
        out.extend_from_slice(self.body);
        Ok(())
    }

    /// The octets of the push.
    ///
    /// # Errors
    /// As [`write`](Self::write).
    pub fn to_vec(&self) -> Result<Vec<u8>> {
        let mut octets = Vec::new();
        self.write(&mut octets)?;
        Ok(octets)
    }

    /// The octets of the MAC's digits among those that were read: what a new MAC takes the place of.
    #[must_use]
    pub fn mac_span(&self) -> Option<Range<usize>> {
        self.content_type.mac_span()
    }
}
