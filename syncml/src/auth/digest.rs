//! MD5, and texts joined by colons under it (RFC 1321).

use core::fmt;

use data_encoding::BASE64;
use md5::{Digest as _, Md5};
use zeroize::{Zeroize, Zeroizing};

/// 16 octets of MD5, which print as base64.
///
/// ```
/// use syncml::auth::Digest;
///
/// let body = br#"<SyncML xmlns="SYNCML:SYNCML1.2"></SyncML>"#;
/// assert_eq!(Digest::of(body).to_string(), "V2pUFyVNkvBtkcuf1/uj0A==");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest([u8; 16]);

impl Digest {
    /// The MD5 of these octets.
    #[must_use]
    pub fn of(octets: &[u8]) -> Self {
        Self::of_parts(&[octets])
    }

    /// The MD5 of these octets, one behind the other.
    pub(crate) fn of_parts(parts: &[&[u8]]) -> Self {
        let mut hash = Md5::new();
        parts.iter().for_each(|part| hash.update(part));
        Self(hash.finalize().into())
    }

    /// The digest of a message or a notification, `H(B64(secret) ":" nonce ":" B64(content))`: `secret` is the MD5 of
    /// `user:password`, `content` that of what is sent.
    pub(crate) fn of_content(secret: Self, nonce: &[u8], content: &Self) -> Self {
        Self::of_joined(&[&secret.into_base64()[..], nonce, &content.base64()[..]])
    }

    /// The MD5 of these octets with a colon between each two.
    pub(crate) fn of_joined(parts: &[&[u8]]) -> Self {
        let mut hash = Md5::new();
        let mut separator: &[u8] = b"";
        for part in parts {
            hash.update(separator);
            hash.update(part);
            separator = b":";
        }
        Self(hash.finalize().into())
    }

    /// The octets, as they stand in a notification.
    #[must_use]
    pub const fn octets(&self) -> &[u8; 16] {
        &self.0
    }

    /// The octets in base64.
    pub(super) fn base64(&self) -> Zeroizing<[u8; 24]> {
        let mut base64 = Zeroizing::new([0; 24]);
        BASE64.encode_mut(&self.0, &mut base64[..]);
        base64
    }

    /// The octets in base64, of a digest that is a secret: overwritten then.
    pub(super) fn into_base64(mut self) -> Zeroizing<[u8; 24]> {
        let base64 = self.base64();
        self.0.zeroize();
        base64
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // base64 is ASCII
        f.write_str(core::str::from_utf8(&self.base64()[..]).unwrap_or_default())
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}
