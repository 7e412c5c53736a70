//! Digests of notifications: who has sent one, and that it is what was sent.

use data_encoding::BASE64;
use md5::{Digest as _, Md5};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::{DIGEST, Notification, Trigger};

/// The nonce, four NUL octets, under which a server may sign when it fears that the client has another one than it.
///
/// A client that finds a notification wrong under its own nonce tries this one; if that fits, the session starts, and
/// both sides use this nonce in it until a `Chal` brings another.
///
/// ```
/// use syncml::dm::notification::{Notification, RESYNC_NONCE, SessionId, Trigger};
///
/// let received = Notification::sign(Trigger::new(b"server", SessionId(1))?, b"password", &RESYNC_NONCE);
/// let verified = received.verify(b"password", b"nonce").or_else(|_| received.verify(b"password", &RESYNC_NONCE));
/// assert_eq!(verified?.session_id, SessionId(1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub const RESYNC_NONCE: [u8; 4] = [0; 4];

/// The digest is not that of this trigger under this password and nonce.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the digest is wrong: another password, another nonce, or another notification")]
#[expect(clippy::exhaustive_structs, reason = "to say more would help who guesses")]
pub struct WrongDigest;

impl<'a> Notification<'a> {
    /// A trigger with its digest, `H(B64(H(server-identifier ":" password)) ":" nonce ":" B64(H(trigger)))` with MD5 for
    /// H.
    ///
    /// The password is that of the server, and the nonce the octets that the client has sent last: those that the
    /// base64 of `NextNonce` stands for.
    ///
    /// ```
    /// use syncml::dm::notification::{Notification, SessionId, Trigger, UiMode};
    ///
    /// let mut trigger = Trigger::new(b"com.mgmtsrv.manage", SessionId(0x1234))?;
    /// trigger.ui_mode = UiMode::Background;
    /// let notification = Notification::sign(trigger, b"password", b"nonce");
    /// assert_eq!(notification.digest()[..4], *b"\x4A\x7F\xBA\x33");
    /// assert_eq!(notification.verify(b"password", b"nonce"), Ok(trigger));
    /// assert!(notification.verify(b"password", b"another").is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn sign(trigger: Trigger<'a>, password: &[u8], nonce: &[u8]) -> Self {
        Self::new(digest(&trigger, password, nonce), trigger)
    }

    /// What the notification says, if it comes from the server that knows password and nonce. How much of the digest is
    /// right does not show in the time that it takes.
    ///
    /// Some servers take the base64 text of `NextNonce` for the nonce: who wants to bear with them verifies with that
    /// text again.
    ///
    /// # Errors
    /// [`WrongDigest`]
    pub fn verify(&self, password: &[u8], nonce: &[u8]) -> Result<Trigger<'a>, WrongDigest> {
        let right = digest(&self.trigger, password, nonce);
        if right.ct_eq(&self.digest).into() { Ok(self.trigger) } else { Err(WrongDigest) }
    }
}

fn digest(trigger: &Trigger<'_>, password: &[u8], nonce: &[u8]) -> [u8; DIGEST] {
    let credentials = hash(&[trigger.server_id(), b":", password]);
    let content = hash(&[&trigger.head(), trigger.server_id(), trigger.body]);
    *hash(&[&base64(&credentials)[..], b":", nonce, b":", &base64(&content)[..]])
}

fn hash(parts: &[&[u8]]) -> Zeroizing<[u8; DIGEST]> {
    let mut md5 = Md5::new();
    parts.iter().for_each(|part| md5.update(part));
    Zeroizing::new(md5.finalize().into())
}

fn base64(octets: &[u8; DIGEST]) -> Zeroizing<[u8; 24]> {
    let mut text = Zeroizing::new([0; 24]);
    BASE64.encode_mut(octets, &mut text[..]);
    text
}
