//! `Chal`: the challenge in a status (SyncML Representation Protocol, `Chal`).

use wbxml::Text;

use super::cred::{Carriage, scheme, with_octets};
use super::nonce::{Nonce, NonceError};
use super::scheme::Scheme;
use super::variant::Variants;
use crate::command::Status;
use crate::error::Result;
use crate::meta::{Meta, MetaFields};

/// A challenge, as it stands in a message or is to stand there.
///
/// ```
/// use syncml::Status;
/// use syncml::auth::{Chal, Nonce, Scheme, Variants};
///
/// let nonce = Nonce::new(b"Nonce");
/// let challenge = Chal::md5(&nonce);
/// let fields = challenge.fields();
/// let mut status = Status::default();
/// status.chal = Some(challenge.meta(&fields));
///
/// let read = Chal::of_status(&status)?.unwrap();
/// assert_eq!(read.scheme(), Some(Scheme::Md5));
/// assert_eq!(read.nonce(Variants::NONE)?, Some(nonce.clone()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chal<'a> {
    type_: Option<Text<'a>>,
    format: Option<Text<'a>>,
    next_nonce: Option<Text<'a>>,
}

impl<'a> Chal<'a> {
    /// A challenge for [`Scheme::Basic`].
    #[must_use]
    pub fn basic() -> Self {
        Self::new(Scheme::Basic, None)
    }

    /// A challenge for [`Scheme::Md5`].
    #[must_use]
    pub fn md5(nonce: &'a Nonce) -> Self {
        Self::new(Scheme::Md5, Some(nonce))
    }

    /// A challenge for [`Scheme::Mac`].
    #[must_use]
    pub fn mac(nonce: &'a Nonce) -> Self {
        Self::new(Scheme::Mac, Some(nonce))
    }

    fn new(scheme: Scheme, nonce: Option<&'a Nonce>) -> Self {
        Self {
            type_: Some(Text::new(scheme.as_str())),
            format: Some(Text::new("b64")),
            next_nonce: nonce.map(|nonce| Text::new(nonce.text())),
        }
    }

    /// The challenge in this status, if there is one.
    ///
    /// # Errors
    /// As [`Meta::fields`].
    pub fn of_status(status: &Status<'a>) -> Result<Option<Self>> {
        status.chal.as_ref().map(Self::of_meta).transpose()
    }

    /// The challenge that this `Meta` says.
    ///
    /// # Errors
    /// As [`Meta::fields`].
    pub fn of_meta(meta: &Meta<'a>) -> Result<Self> {
        Ok(Self { type_: meta.type_, format: meta.format, next_nonce: meta.fields()?.next_nonce })
    }

    /// What [`meta`](Self::meta) borrows.
    #[must_use]
    pub fn fields(&self) -> MetaFields<'a> {
        MetaFields { next_nonce: self.next_nonce, ..MetaFields::default() }
    }

    /// The challenge as a status holds it, with its [`fields`](Self::fields).
    #[must_use]
    pub const fn meta(&self, fields: &'a MetaFields<'a>) -> Meta<'a> {
        let mut meta = Meta::EMPTY.with_fields(fields);
        meta.format = self.format;
        meta.type_ = self.type_;
        meta
    }

    /// The scheme that `Type` names, if it names one.
    #[must_use]
    pub fn scheme(&self) -> Option<Scheme> {
        scheme(self.type_)
    }

    /// Whether there is a `NextNonce`.
    pub(super) const fn has_nonce(&self) -> bool {
        self.next_nonce.is_some()
    }

    /// `NextNonce`: base64, in the right form or in one of those `accepted`; octets where `Format` is `bin`.
    ///
    /// # Errors
    /// [`NonceError`]
    pub fn nonce(&self, accepted: Variants) -> Result<Option<Nonce>, NonceError> {
        let Some(text) = self.next_nonce else { return Ok(None) };
        let carriage = Carriage::of(self.format).ok_or(NonceError::Format)?;
        with_octets(text, |octets| match carriage {
            Carriage::Octets => Some(Nonce::new(octets)),
            Carriage::Base64 => Nonce::from_base64(core::str::from_utf8(octets).ok()?, accepted).ok(),
        })
        .map(Some)
        .ok_or(NonceError::Malformed)
    }
}
