//! Credentials: a user and a password, and what is made of them (OMA Device Management Security, 5.2 to 5.4).

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use data_encoding::BASE64;
use zeroize::Zeroizing;

use super::cred::CredData;
use super::digest::Digest;
use super::header_mac::{HeaderError, HeaderMac};
use super::nonce::Nonce;
use super::scheme::Scheme;

/// A user, or a server, and its password.
///
/// The password is overwritten when they are dropped, and is never printed.
///
/// ```
/// use syncml::auth::{Credentials, Nonce};
///
/// let credentials = Credentials::new("Bruce2", "OhBehave");
/// assert_eq!(credentials.md5_digest(&Nonce::new(b"Nonce")).to_string(), "Zz6EivR3yeaaENcRN6lpAQ==");
/// assert_eq!(format!("{credentials:?}"), "Credentials { user: \"Bruce2\", .. }");
/// ```
#[derive(Clone)]
pub struct Credentials {
    user: String,
    /// The user, a colon, the password.
    secret: Zeroizing<Vec<u8>>,
}

impl Credentials {
    /// The credentials of this user. The user is what `LocName` of the message's `Source` says; for a server usually
    /// its server identifier.
    ///
    /// The formulas do not tell a colon in the user from the one behind it.
    #[must_use]
    pub fn new(user: &str, password: impl AsRef<[u8]>) -> Self {
        let password = password.as_ref();
        // the whole capacity at once: growing would leave copies behind
        let mut secret =
            Zeroizing::new(Vec::with_capacity(user.len().saturating_add(password.len()).saturating_add(1)));
        secret.extend_from_slice(user.as_bytes());
        secret.push(b':');
        secret.extend_from_slice(password);
        Self { user: user.to_owned(), secret }
    }

    /// The user.
    #[must_use]
    pub fn user(&self) -> &str {
        &self.user
    }

    /// What `Cred` holds under [`Scheme::Basic`].
    #[must_use]
    pub fn basic(&self) -> CredData {
        CredData::new(Scheme::Basic, BASE64.encode(&self.secret))
    }

    /// What `Cred` holds under [`Scheme::Md5`].
    #[must_use]
    pub fn md5(&self, nonce: &Nonce) -> CredData {
        CredData::new(Scheme::Md5, BASE64.encode(self.md5_digest(nonce).octets()))
    }

    /// The header under [`Scheme::Mac`], for a message of these octets: as they are sent, before the transport encodes
    /// them.
    ///
    /// ```
    /// use syncml::auth::{Credentials, HeaderMac, Nonce};
    ///
    /// let body = br#"<SyncML xmlns="SYNCML:SYNCML1.2"></SyncML>"#;
    /// let credentials = Credentials::new("Bruce2", "OhBehave");
    /// let header = credentials.mac(&Nonce::new(b"Nonce"), body)?;
    /// assert_eq!(HeaderMac::NAME, "x-syncml-hmac");
    /// assert_eq!(header.to_string(), r#"algorithm=MD5, username="Bruce2", mac=aSBvnDHzBa7JhdjeEEUR2g=="#);
    /// # Ok::<(), syncml::auth::HeaderError>(())
    /// ```
    ///
    /// # Errors
    /// [`HeaderError::Control`] if the user has a control character, which no header can hold.
    pub fn mac(&self, nonce: &Nonce, body: &[u8]) -> Result<HeaderMac<'_>, HeaderError> {
        HeaderMac::new(&self.user, self.mac_digest(nonce, body))
    }

    /// The digest of [`Scheme::Md5`].
    #[must_use]
    pub fn md5_digest(&self, nonce: &Nonce) -> Digest {
        self.md5_digest_of(nonce.octets())
    }

    /// The digest of [`Scheme::Mac`], and of a notification, whose body is what follows the digest:
    /// [`Notification::sign`](crate::dm::notification::Notification::sign) computes it without copying that.
    #[must_use]
    pub fn mac_digest(&self, nonce: &Nonce, body: &[u8]) -> Digest {
        self.mac_digest_of(nonce.octets(), body)
    }

    pub(super) fn md5_digest_of(&self, nonce: &[u8]) -> Digest {
        // B64(H(user:password)) is as good as the password
        Digest::of_joined(&[&Digest::of(&self.secret).into_base64()[..], nonce])
    }

    pub(super) fn mac_digest_of(&self, nonce: &[u8], body: &[u8]) -> Digest {
        Digest::of_content(Digest::of(&self.secret), nonce, &Digest::of(body))
    }

    /// The digest of [`Scheme::Md5`] in SyncML 1.0.
    pub(super) fn md5_digest_1_0_of(&self, nonce: &[u8]) -> Digest {
        Digest::of_joined(&[&self.secret, nonce])
    }

    /// `user:password`.
    pub(super) fn secret(&self) -> &[u8] {
        &self.secret
    }
}

impl fmt::Debug for Credentials {
    /// Keeps the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").field("user", &self.user).finish_non_exhaustive()
    }
}
