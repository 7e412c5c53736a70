//! Digests of notifications: who has sent one, and that it is what was sent.

use subtle::ConstantTimeEq;

use super::{Notification, Trigger};
use crate::auth::{Digest, Nonce};

/// The digest is not that of this trigger under this password and nonce.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the digest is wrong: another password, another nonce, or another notification")]
#[expect(clippy::exhaustive_structs, reason = "to say more would help who guesses")]
pub struct WrongDigest;

impl<'a> Notification<'a> {
    /// A trigger with its digest, `H(B64(H(server-identifier ":" password)) ":" nonce ":" B64(H(trigger)))` with MD5 for
    /// H: what [`Credentials::mac_digest`](crate::auth::Credentials::mac_digest) makes of the server's credentials.
    ///
    /// The password is that of the server, and the nonce the one that the client has sent last.
    ///
    /// ```
    /// use syncml::auth::Nonce;
    /// use syncml::dm::notification::{Notification, SessionId, Trigger, UiMode};
    ///
    /// let mut trigger = Trigger::new(b"com.mgmtsrv.manage", SessionId(0x1234))?;
    /// trigger.ui_mode = UiMode::Background;
    /// let nonce = Nonce::new(b"nonce");
    /// let notification = Notification::sign(trigger, b"password", &nonce);
    /// assert_eq!(notification.digest()[..4], *b"\x4A\x7F\xBA\x33");
    /// assert_eq!(notification.verify(b"password", &nonce), Ok(trigger));
    /// assert!(notification.verify(b"password", &Nonce::new(b"another")).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn sign(trigger: Trigger<'a>, password: &[u8], nonce: &Nonce) -> Self {
        Self::new(*digest(&trigger, password, nonce).octets(), trigger)
    }

    /// What the notification says, if it comes from the server that knows password and nonce. How much of the digest is
    /// right does not show in the time that it takes.
    ///
    /// Under [`Nonce::resynchronisation`] the caller tries again, and to bear with servers that take the base64 text of
    /// `NextNonce` for the nonce, under the [`Nonce::new`] of that text.
    ///
    /// # Errors
    /// [`WrongDigest`]
    pub fn verify(&self, password: &[u8], nonce: &Nonce) -> Result<Trigger<'a>, WrongDigest> {
        let right = digest(&self.trigger, password, nonce);
        if right.octets().ct_eq(&self.digest).into() { Ok(self.trigger) } else { Err(WrongDigest) }
    }
}

fn digest(trigger: &Trigger<'_>, password: &[u8], nonce: &Nonce) -> Digest {
    // the identifier of a server need not be text, as the user of `Credentials` is
    let secret = Digest::of_joined(&[trigger.server_id(), password]);
    let content = Digest::of_parts(&[&trigger.head(), trigger.server_id(), trigger.body]);
    Digest::of_content(secret, nonce.octets(), &content)
}
