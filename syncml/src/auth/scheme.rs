//! Schemes of authentication and their names (SyncML Meta-Information, `Type`; OMA Device Management Security, 5).

use core::fmt;

/// A scheme of authentication.
///
/// ```
/// use syncml::auth::Scheme;
///
/// assert_eq!(Scheme::of_type("syncml:auth-md5"), Some(Scheme::Md5));
/// assert_eq!(Scheme::Md5.as_str(), "syncml:auth-md5");
/// assert_eq!(Scheme::of_auth_type("DIGEST"), Some(Scheme::Md5));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Scheme {
    /// `syncml:auth-basic`: user and password in base64.
    Basic,
    /// `syncml:auth-md5`: a digest of user, password and nonce.
    Md5,
    /// `syncml:auth-MAC`: a digest of user, password, nonce and message, in the header of the transport.
    Mac,
    /// `syncml:auth-X509`: certificates.
    X509,
    /// `syncml:auth-securid`: a token.
    SecurId,
    /// `syncml:auth-safeword`: a token.
    SafeWord,
    /// `syncml:auth-digipass`: a token.
    DigiPass,
}

/// Scheme, `Type` in `Cred` and `Chal`, `AAuthType` in an account.
const ROWS: [(Scheme, &str, &str); 7] = [
    (Scheme::Basic, "syncml:auth-basic", "BASIC"),
    (Scheme::Md5, "syncml:auth-md5", "DIGEST"),
    (Scheme::Mac, "syncml:auth-MAC", "HMAC"),
    (Scheme::X509, "syncml:auth-X509", "X509"),
    (Scheme::SecurId, "syncml:auth-securid", "SECURID"),
    (Scheme::SafeWord, "syncml:auth-safeword", "SAFEWORD"),
    (Scheme::DigiPass, "syncml:auth-digipass", "DIGIPASS"),
];

impl Scheme {
    /// The scheme of this name in `Type`. Case and white space around it do not matter: peers differ.
    #[must_use]
    pub fn of_type(name: &str) -> Option<Self> {
        let name = name.trim_ascii();
        ROWS.iter().find(|(_, type_, _)| type_.eq_ignore_ascii_case(name)).map(|(scheme, ..)| *scheme)
    }

    /// The scheme that `AAuthType` of an account names. `HTTP-BASIC`, `HTTP-DIGEST` and `TRANSPORT` name none: the
    /// transport does it.
    #[must_use]
    pub fn of_auth_type(name: &str) -> Option<Self> {
        let name = name.trim_ascii();
        ROWS.iter().find(|(.., type_)| type_.eq_ignore_ascii_case(name)).map(|(scheme, ..)| *scheme)
    }

    /// The name of the scheme in `Type`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        ROWS.iter().find(|(scheme, ..)| *scheme == self).map_or("", |(_, type_, _)| type_)
    }

    /// Whether [`Credentials`](super::Credentials) and [`Verifier`](super::Verifier) do it.
    #[must_use]
    pub const fn is_computed(self) -> bool {
        matches!(self, Self::Basic | Self::Md5 | Self::Mac)
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
