//! Nonces: octets that make a digest good for one use (OMA Device Management Security, 5.3).

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use data_encoding::BASE64;

use super::base64;
use super::variant::Variants;

/// A nonce: its octets, and the base64 that `NextNonce` has for them.
///
/// Whoever challenges chooses it, at least 16 random octets, and another one for each message.
///
/// ```
/// use syncml::auth::{Nonce, Variants};
///
/// let nonce = Nonce::from_base64("Tm9uY2U=", Variants::NONE)?;
/// assert_eq!(nonce, Nonce::new(b"Nonce"));
/// # Ok::<(), syncml::auth::NonceError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Nonce {
    octets: Vec<u8>,
    text: String,
    variants: Variants,
}

/// Why a text is no nonce.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NonceError {
    /// The text is no base64, or base64 in a form that is not accepted.
    #[error("the nonce is not base64")]
    Malformed,
    /// `Format` is neither `b64` nor `bin`.
    #[error("the format of the nonce is neither b64 nor bin")]
    Format,
}

impl Nonce {
    /// The nonce of these octets.
    #[must_use]
    pub fn new(octets: &[u8]) -> Self {
        Self { octets: octets.to_owned(), text: BASE64.encode(octets), variants: Variants::NONE }
    }

    /// The nonce that a text in base64 says, in the right form or in one of those `accepted`.
    ///
    /// Where a peer sends what is no base64 and digests that, the nonce is [`Nonce::new`] of its text.
    ///
    /// # Errors
    /// [`NonceError::Malformed`]
    pub fn from_base64(text: &str, accepted: Variants) -> Result<Self, NonceError> {
        let (octets, variants) = base64::decode(text.as_bytes()).ok_or(NonceError::Malformed)?;
        if !accepted.contains_all(variants) {
            return Err(NonceError::Malformed);
        }
        Ok(Self { octets: octets.to_vec(), text: text.trim_ascii().to_owned(), variants })
    }

    /// Four zero octets: what a server signs a notification with when it fears that the client has another nonce than it
    /// (OMA Device Management Security, 5.4).
    ///
    /// A client that finds a notification wrong under its own nonce tries this one; if that fits, the session starts, and
    /// both sides use this nonce in it until a `Chal` brings another.
    ///
    /// ```
    /// use syncml::auth::Nonce;
    /// use syncml::dm::notification::{Notification, SessionId, Trigger};
    ///
    /// let (own, common) = (Nonce::new(b"nonce"), Nonce::resynchronisation());
    /// let received = Notification::sign(Trigger::new(b"server", SessionId(1))?, b"password", &common);
    /// let verified = received.verify(b"password", &own).or_else(|_| received.verify(b"password", &common));
    /// assert_eq!(verified?.session_id, SessionId(1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn resynchronisation() -> Self {
        Self::new(&[0; 4])
    }

    /// The octets: what goes into a digest.
    #[must_use]
    pub fn octets(&self) -> &[u8] {
        &self.octets
    }

    /// The base64: what goes into `NextNonce`. A nonce that was received has it as it was received.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What was wrong about the base64.
    #[must_use]
    pub const fn variants(&self) -> Variants {
        self.variants
    }
}

impl PartialEq for Nonce {
    /// Compares the octets.
    fn eq(&self, other: &Self) -> bool {
        self.octets == other.octets
    }
}

impl Eq for Nonce {}
