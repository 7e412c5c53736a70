//! What is in `Cred`: read and made (OMA Device Management Security).

use alloc::borrow::{Cow, ToOwned};
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use wbxml::{Charset, Data, Text};
use zeroize::Zeroizing;

use super::base64;
use super::scheme::Scheme;
use super::variant::Variants;
use crate::cred::Cred;
use crate::meta::Meta;

/// Why there is nothing to read in `Cred`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CredError {
    /// `Type` names another scheme, or none.
    #[error("the credentials are of another scheme")]
    Scheme,
    /// `Format` is neither `b64` nor `bin`.
    #[error("the format of the credentials is neither b64 nor bin")]
    Format,
    /// `Data` is missing, or not of the form that the scheme has, or of a form that is not accepted.
    #[error("the credentials are malformed")]
    Malformed,
}

impl Cred<'_> {
    /// The scheme that `Type` names, if it names one.
    #[must_use]
    pub fn scheme(&self) -> Option<Scheme> {
        scheme(self.meta.type_)
    }

    /// User and password of [`Scheme::Basic`], in the right form or in one of those `accepted`, and which of them it
    /// was. They have not been checked.
    ///
    /// # Errors
    /// [`CredError`]
    pub fn basic(&self, accepted: Variants) -> Result<(Basic, Variants), CredError> {
        if self.scheme() != Some(Scheme::Basic) {
            return Err(CredError::Scheme);
        }
        let (octets, variants) =
            self.read(|octets| Some((Zeroizing::new(octets.to_owned()), Variants::NONE)), base64::decode)?;
        if !accepted.contains_all(variants) {
            return Err(CredError::Malformed);
        }
        let colon = octets.iter().position(|octet| *octet == b':').ok_or(CredError::Malformed)?;
        Ok((Basic { octets, colon }, variants))
    }

    /// The digest of [`Scheme::Md5`].
    pub(super) fn digest(&self, accepted: Variants) -> Result<([u8; 16], Variants), CredError> {
        if self.scheme() != Some(Scheme::Md5) {
            return Err(CredError::Scheme);
        }
        let raw = |octets: &[u8]| Some((<[u8; 16]>::try_from(octets).ok()?, Variants::NONE));
        let (digest, variants) = self.read(raw, base64::decode_digest)?;
        if accepted.contains_all(variants) { Ok((digest, variants)) } else { Err(CredError::Malformed) }
    }

    /// Reads `Data` in the way that `Format` names.
    fn read<T>(
        &self,
        raw: impl FnOnce(&[u8]) -> Option<T>,
        base64: impl FnOnce(&[u8]) -> Option<T>,
    ) -> Result<T, CredError> {
        let carriage = Carriage::of(self.meta.format).ok_or(CredError::Format)?;
        let read = |octets: &[u8]| match carriage {
            Carriage::Base64 => base64(octets),
            Carriage::Octets => raw(octets),
        };
        let read = match self.data {
            Some(Data::Text(text)) => with_octets(text, read),
            Some(Data::Opaque(octets)) => read(octets),
            Some(Data::Markup(_)) | None => None,
        };
        read.ok_or(CredError::Malformed)
    }
}

/// The data of credentials, to be written: overwritten when it is dropped, and never printed.
#[derive(Clone)]
pub struct CredData {
    scheme: Scheme,
    text: Zeroizing<String>,
}

impl CredData {
    pub(super) fn new(scheme: Scheme, base64: String) -> Self {
        Self { scheme, text: Zeroizing::new(base64) }
    }

    /// The credentials as they stand in a message: with `Format` and `Type`.
    #[must_use]
    pub fn cred(&self) -> Cred<'_> {
        Cred::new(Meta::of_data("b64", self.scheme.as_str()), Some(Data::Text(Text::new(&self.text))))
    }

    /// The data: keep it to yourself, for [`Scheme::Basic`] it is the password.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for CredData {
    /// Keeps the data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CredData").field("scheme", &self.scheme).finish_non_exhaustive()
    }
}

/// User and password as [`Scheme::Basic`] sends them, not yet checked: overwritten when they are dropped.
#[derive(Clone)]
pub struct Basic {
    octets: Zeroizing<Vec<u8>>,
    /// Where the colon is.
    colon: usize,
}

impl Basic {
    /// The user: what stands in front of the first colon.
    #[must_use]
    pub fn user(&self) -> &[u8] {
        self.octets.get(..self.colon).unwrap_or_default()
    }

    /// The password: what stands behind the first colon.
    #[must_use]
    pub fn password(&self) -> &[u8] {
        self.octets.get(self.colon.saturating_add(1)..).unwrap_or_default()
    }

    /// Both, with the colon.
    pub(super) fn octets(&self) -> &[u8] {
        &self.octets
    }
}

impl fmt::Debug for Basic {
    /// Keeps the password, and the user, who may be a part of it where a colon is missing.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Basic(..)")
    }
}

/// How octets are carried.
#[derive(Clone, Copy)]
pub(super) enum Carriage {
    Base64,
    Octets,
}

impl Carriage {
    /// What `Format` says: base64 where it is absent, as many peers leave it out.
    pub(super) fn of(format: Option<Text<'_>>) -> Option<Self> {
        let Some(format) = format else { return Some(Self::Base64) };
        with_octets(format, |format| match format.trim_ascii() {
            b"b64" => Some(Self::Base64),
            b"bin" => Some(Self::Octets),
            _ => None,
        })
    }
}

/// The scheme that `Type` names.
pub(super) fn scheme(type_: Option<Text<'_>>) -> Option<Scheme> {
    with_octets(type_?, |name| Scheme::of_type(core::str::from_utf8(name).ok()?))
}

/// Hands over the octets of a text, in UTF-8 where it is not in one piece; a copy of them is overwritten.
///
/// `None` if it is no text.
pub(super) fn with_octets<T>(text: Text<'_>, receive: impl FnOnce(&[u8]) -> Option<T>) -> Option<T> {
    let plain = text.as_plain().filter(|text| matches!(text.charset(), Charset::UTF_8 | Charset::US_ASCII));
    if let Some(plain) = plain {
        return receive(plain.octets());
    }
    match text.to_cow().ok()? {
        Cow::Borrowed(text) => receive(text.as_bytes()),
        Cow::Owned(text) => receive(Zeroizing::new(text).as_bytes()),
    }
}
