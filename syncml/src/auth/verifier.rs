//! Checking credentials (OMA Device Management Security, 5.2 to 5.4).

use core::fmt;

use subtle::ConstantTimeEq;

use super::base64;
use super::cred::CredError;
use super::credentials::Credentials;
use super::digest::Digest;
use super::header_mac::HeaderMac;
use super::nonce::Nonce;
use super::outcome::Outcome;
use super::scheme::Scheme;
use super::variant::{Variant, Variants};
use crate::code::StatusCode;
use crate::cred::Cred;

/// Checks that a message comes from whom it says: one scheme, one user, one nonce.
///
/// Whoever challenges knows the scheme; credentials of another one are refused before anything is computed, so that
/// nobody can choose a weaker one. What is claimed is compared in a time that does not depend on how much of it is
/// right; the length of `user:password` is not hidden.
///
/// ```
/// use syncml::auth::{Credentials, HeaderMac, Nonce, Variant, Variants, Verifier, VerifyError};
///
/// let (credentials, nonce) = (Credentials::new("Bruce2", "OhBehave"), Nonce::new(b"Nonce"));
/// let verifier = Verifier::mac(&credentials, &nonce);
/// let body = br#"<SyncML xmlns="SYNCML:SYNCML1.2"></SyncML>"#;
/// let header = HeaderMac::parse("username=\"Bruce2\", mac=aSBvnDHzBa7JhdjeEEUR2g")?;
/// // without padding: only for who asks for it
/// assert_eq!(verifier.header_mac(Some(&header), body), Err(VerifyError::Malformed));
/// let verifier = verifier.accepting(Variants::ALL);
/// assert_eq!(verifier.header_mac(Some(&header), body), Ok(Variants::NONE.with(Variant::NoPadding)));
/// assert_eq!(verifier.header_mac(Some(&header), b"another"), Err(VerifyError::Wrong));
/// # Ok::<(), syncml::auth::HeaderError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Verifier<'a> {
    credentials: &'a Credentials,
    method: Method<'a>,
    accepted: Variants,
}

#[derive(Clone, Copy)]
enum Method<'a> {
    Basic,
    Md5(&'a Nonce),
    Mac(&'a Nonce),
}

/// Why a message does not come from whom it says, or why nobody can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VerifyError {
    /// The message has no credentials, or no MAC.
    #[error("the message has no credentials")]
    Missing,
    /// The credentials are of another scheme than the one that was asked for, or of none.
    #[error("the credentials are of another scheme")]
    Scheme,
    /// The MAC is of an algorithm that is not MD5.
    #[error("the algorithm of the MAC is not MD5")]
    Algorithm,
    /// The MAC is that of another user.
    #[error("the MAC is that of another user")]
    User,
    /// The credentials are not of the form that the scheme has, or of a form that is not accepted.
    #[error("the credentials are malformed")]
    Malformed,
    /// The credentials are not those of this user under this nonce, or the MAC not that of these octets.
    #[error("the credentials are wrong")]
    Wrong,
}

impl VerifyError {
    /// The status code that the header of the message is answered with: 407 where there are no credentials, else 401.
    #[must_use]
    pub const fn status(self) -> StatusCode {
        match self {
            Self::Missing => StatusCode::MISSING_CREDENTIALS,
            _ => StatusCode::INVALID_CREDENTIALS,
        }
    }

    /// What the answer has to hold.
    #[must_use]
    pub fn outcome(self) -> Option<&'static Outcome> {
        Outcome::of(self.status())
    }
}

impl From<CredError> for VerifyError {
    fn from(error: CredError) -> Self {
        match error {
            CredError::Scheme => Self::Scheme,
            CredError::Format | CredError::Malformed => Self::Malformed,
        }
    }
}

impl<'a> Verifier<'a> {
    /// Checks [`Scheme::Basic`].
    #[must_use]
    pub const fn basic(credentials: &'a Credentials) -> Self {
        Self::new(credentials, Method::Basic)
    }

    /// Checks [`Scheme::Md5`] under the nonce of the last challenge.
    #[must_use]
    pub const fn md5(credentials: &'a Credentials, nonce: &'a Nonce) -> Self {
        Self::new(credentials, Method::Md5(nonce))
    }

    /// Checks [`Scheme::Mac`] under the nonce of the last challenge.
    #[must_use]
    pub const fn mac(credentials: &'a Credentials, nonce: &'a Nonce) -> Self {
        Self::new(credentials, Method::Mac(nonce))
    }

    const fn new(credentials: &'a Credentials, method: Method<'a>) -> Self {
        Self { credentials, method, accepted: Variants::NONE }
    }

    /// Accepts these wrong forms as well.
    #[must_use]
    pub const fn accepting(self, accepted: Variants) -> Self {
        Self { accepted, ..self }
    }

    /// The scheme that is checked.
    #[must_use]
    pub const fn scheme(&self) -> Scheme {
        match self.method {
            Method::Basic => Scheme::Basic,
            Method::Md5(_) => Scheme::Md5,
            Method::Mac(_) => Scheme::Mac,
        }
    }

    /// Whether the credentials in a message are right, and in which of the wrong forms they are: none, if
    /// [`Variants::is_empty`].
    ///
    /// # Errors
    /// [`VerifyError::Missing`], [`VerifyError::Scheme`] (always for [`Scheme::Mac`], which is no part of the message),
    /// [`VerifyError::Malformed`], [`VerifyError::Wrong`]
    pub fn cred(&self, cred: Option<&Cred<'_>>) -> Result<Variants, VerifyError> {
        let cred = cred.ok_or(VerifyError::Missing)?;
        match self.method {
            Method::Basic => {
                let (basic, variants) = cred.basic(self.accepted)?;
                let is_right = basic.octets().ct_eq(self.credentials.secret());
                if is_right.into() { Ok(variants) } else { Err(VerifyError::Wrong) }
            }
            Method::Md5(nonce) => {
                let (claimed, variants) = cred.digest(self.accepted)?;
                let formulas: [(Option<Variant>, Formula); 2] = [
                    (None, |credentials, nonce, _| credentials.md5_digest_of(nonce)),
                    (Some(Variant::SyncMl10), |credentials, nonce, _| credentials.md5_digest_1_0_of(nonce)),
                ];
                self.digest(&formulas, nonce, &[], &claimed).map(|found| variants.union(found))
            }
            Method::Mac(_) => Err(VerifyError::Scheme),
        }
    }

    /// Whether the MAC in the header of the transport is that of the message `body`: the octets as they were sent,
    /// after the transport has decoded them. Gives in which of the wrong forms it is.
    ///
    /// # Errors
    /// [`VerifyError::Missing`], [`VerifyError::Scheme`] if another scheme was asked for, [`VerifyError::Algorithm`],
    /// [`VerifyError::User`], [`VerifyError::Malformed`], [`VerifyError::Wrong`]
    pub fn header_mac(&self, header: Option<&HeaderMac<'_>>, body: &[u8]) -> Result<Variants, VerifyError> {
        let Method::Mac(nonce) = self.method else { return Err(VerifyError::Scheme) };
        let header = header.ok_or(VerifyError::Missing)?;
        if !header.algorithm().eq_ignore_ascii_case(HeaderMac::MD5) {
            return Err(VerifyError::Algorithm);
        }
        if header.username() != self.credentials.user() {
            return Err(VerifyError::User);
        }
        let (claimed, variants) = base64::decode_digest(header.mac().as_bytes()).ok_or(VerifyError::Malformed)?;
        if !self.accepted.contains_all(variants) {
            return Err(VerifyError::Malformed);
        }
        let formula: Formula = |credentials, nonce, body| credentials.mac_digest_of(nonce, body);
        self.digest(&[(None, formula)], nonce, body, &claimed).map(|found| variants.union(found))
    }

    /// The variants under which the digest is right.
    fn digest(
        &self,
        formulas: &[(Option<Variant>, Formula)],
        nonce: &Nonce,
        body: &[u8],
        claimed: &[u8; 16],
    ) -> Result<Variants, VerifyError> {
        let nonces = [(None, nonce.octets()), (Some(Variant::UndecodedNonce), nonce.text().as_bytes())];
        for &(formula_variant, formula) in formulas {
            for (nonce_variant, nonce) in nonces {
                let variants = [formula_variant, nonce_variant].into_iter().flatten();
                let variants = variants.fold(Variants::NONE, Variants::with);
                if !self.accepted.contains_all(variants) {
                    continue;
                }
                if formula(self.credentials, nonce, body).octets().ct_eq(claimed).into() {
                    return Ok(variants);
                }
            }
        }
        Err(VerifyError::Wrong)
    }
}

/// How a digest is made of credentials, a nonce and a message.
type Formula = fn(&Credentials, &[u8], &[u8]) -> Digest;

impl fmt::Debug for Verifier<'_> {
    /// Keeps the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Verifier");
        debug.field("scheme", &self.scheme()).field("credentials", self.credentials).field("accepted", &self.accepted);
        debug.finish_non_exhaustive()
    }
}
