//! Keys and MACs (OMA-TS-DM_Bootstrap 1.2).

use core::fmt;

use data_encoding::{HEXUPPER, HEXUPPER_PERMISSIVE};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::{Digest as _, Sha1};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

/// The octets of a MAC.
const MAC: usize = 20;

/// The octets of a block of SHA-1.
const BLOCK: usize = 64;

/// What the key of a message is: the parameter `SEC`. In binary headers it is a number, in textual ones a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_structs, reason = "it is a number on the wire")]
pub struct Sec(pub u8);

/// The methods that have a name, with the one that Client Provisioning has for it.
const NAMES: [(Sec, &str, &str); 3] = [
    (Sec::NETWORKID, "NETWORKID", "NETWPIN"),
    (Sec::USERPIN, "USERPIN", "USERPIN"),
    (Sec::USERPIN_NETWORKID, "USERPIN_NETWORKID", "USERNETWPIN"),
];

impl Sec {
    /// What the network and the device share.
    pub const NETWORKID: Self = Self(0);
    /// A PIN that the user has been told.
    pub const USERPIN: Self = Self(1);
    /// Both.
    pub const USERPIN_NETWORKID: Self = Self(2);

    /// The method of this name; letters may be of either case, and the names of Client Provisioning are known too.
    ///
    /// ```
    /// use syncml::dm::bootstrap::Sec;
    ///
    /// assert_eq!(Sec::from_name("userpin_networkid"), Some(Sec::USERPIN_NETWORKID));
    /// assert_eq!(Sec::from_name("NETWPIN"), Some(Sec::NETWORKID));
    /// assert_eq!(Sec::from_name("USERPINMAC"), None);
    /// ```
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let is = |other: &str| name.eq_ignore_ascii_case(other);
        NAMES.iter().find(|(_, dm, cp)| is(dm) || is(cp)).map(|&(sec, ..)| sec)
    }

    /// The name of the method, if it has one.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        NAMES.iter().find(|&&(sec, ..)| sec == self).map(|&(_, name, _)| name)
    }
}

impl fmt::Display for Sec {
    /// The name, or else the number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => write!(f, "{}", self.0),
        }
    }
}

/// Why there is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// A PIN without an octet.
    #[error("a PIN has at least one octet")]
    Pin,
    /// A network secret without an octet.
    #[error("a network secret has at least one octet")]
    NetworkSecret,
    /// An IMSI is 6 to 15 decimal digits (3GPP TS 23.003, 2.2).
    #[error("an IMSI is 6 to 15 decimal digits")]
    Imsi,
}

/// Why a message is not what its sender sent, or why nobody can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VerifyError {
    /// There is no `SEC`.
    #[error("the message does not say how it is protected")]
    NotProtected,
    /// The message is protected in another way than the key is for.
    #[error("the message is protected by {0}, which the key is not for")]
    Method(Sec),
    /// There is no `MAC`.
    #[error("the message has no MAC")]
    NoMac,
    /// The MAC is not 40 hexadecimal digits.
    #[error("the MAC is not 40 hexadecimal digits")]
    Malformed,
    /// The MAC is not that of these octets under this key.
    #[error("the MAC is wrong: another key, or another message")]
    Wrong,
}

/// The secret of a GSM subscription: its IMSI as a SIM keeps it, an odd-even digit, the digits, a filler, two to an
/// octet, the low half first (3GPP TS 24.008, 10.5.1.4).
///
/// Its octets are overwritten when it is dropped.
///
/// ```
/// use syncml::dm::bootstrap::{BootstrapKey, ImsiSecret, Sec};
///
/// let secret = ImsiSecret::new("46692310314525")?;
/// assert_eq!(secret.octets(), b"\x41\x66\x29\x13\x30\x41\x25\xF5");
/// assert_eq!(BootstrapKey::networkid(secret.octets())?.sec(), Sec::NETWORKID);
/// # Ok::<(), syncml::dm::bootstrap::KeyError>(())
/// ```
#[derive(Clone)]
pub struct ImsiSecret {
    octets: Zeroizing<[u8; 8]>,
    len: usize,
}

impl ImsiSecret {
    /// That of this IMSI.
    ///
    /// # Errors
    /// [`KeyError::Imsi`] if it is not 6 to 15 decimal digits
    pub fn new(imsi: &str) -> Result<Self, KeyError> {
        let digits = imsi.as_bytes();
        if !(6..=15).contains(&digits.len()) || !digits.iter().all(u8::is_ascii_digit) {
            return Err(KeyError::Imsi);
        }
        let first = if digits.len() % 2 == 1 { 9 } else { 1 };
        // the value of an ASCII digit is its low half
        let mut halves = core::iter::once(first).chain(digits.iter().map(|digit| digit & 0xF));
        let mut secret = Self { octets: Zeroizing::new([0; 8]), len: 0 };
        for octet in secret.octets.iter_mut() {
            let Some(low) = halves.next() else { break };
            *octet = halves.next().unwrap_or(0xF) << 4 | low;
            secret.len = secret.len.saturating_add(1);
        }
        Ok(secret)
    }

    /// The octets, 4 to 8: keep them to yourself.
    #[must_use]
    pub fn octets(&self) -> &[u8] {
        self.octets.get(..self.len).unwrap_or_default()
    }
}

impl fmt::Debug for ImsiSecret {
    /// Keeps the secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ImsiSecret(..)")
    }
}

/// A key, and the method of protection that it is for.
///
/// Its octets are overwritten when it is dropped.
///
/// ```
/// use syncml::dm::bootstrap::{BootstrapKey, Sec};
///
/// let message = b"\x03\xA4\x01\x6A\x00\x2D";
/// let key = BootstrapKey::userpin(b"1234")?;
/// let mac = key.sign(message);
/// let content_type = format!("application/vnd.syncml.dm+wbxml; SEC={}; MAC={mac}", key.sec());
/// assert!(content_type.starts_with("application/vnd.syncml.dm+wbxml; SEC=USERPIN; MAC="));
///
/// let sec = Sec::from_name("USERPIN");
/// assert!(key.verify(message, sec, Some(mac.as_str())).is_ok());
/// assert!(BootstrapKey::userpin(b"1235")?.verify(message, sec, Some(mac.as_str())).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct BootstrapKey {
    sec: Sec,
    /// The key of the HMAC, as long as a block.
    block: Zeroizing<[u8; BLOCK]>,
}

impl BootstrapKey {
    /// [`Sec::NETWORKID`]: what the network and the device share; for GSM an [`ImsiSecret`], for CDMA the ESN.
    ///
    /// # Errors
    /// [`KeyError::NetworkSecret`]
    pub fn networkid(secret: &[u8]) -> Result<Self, KeyError> {
        Ok(Self::new(Sec::NETWORKID, &[network(secret)?]))
    }

    /// [`Sec::USERPIN`]: a PIN that the user has been told.
    ///
    /// # Errors
    /// [`KeyError::Pin`]
    pub fn userpin(pin: &[u8]) -> Result<Self, KeyError> {
        Ok(Self::new(Sec::USERPIN, &[user(pin)?]))
    }

    /// [`Sec::USERPIN_NETWORKID`]: the PIN, a colon and the network's secret.
    ///
    /// # Errors
    /// [`KeyError::Pin`], [`KeyError::NetworkSecret`]
    pub fn userpin_networkid(pin: &[u8], secret: &[u8]) -> Result<Self, KeyError> {
        Ok(Self::new(Sec::USERPIN_NETWORKID, &[user(pin)?, b":", network(secret)?]))
    }

    /// [`Sec::USERPIN_NETWORKID`] with the key that Client Provisioning has for it, the network's secret and the PIN
    /// behind it. To bear with senders that take it for bootstrap messages too, a receiver may verify with it when
    /// [`userpin_networkid`](Self::userpin_networkid) does not fit; nobody should sign with it.
    ///
    /// # Errors
    /// [`KeyError::Pin`], [`KeyError::NetworkSecret`]
    pub fn userpin_networkid_as_in_cp(pin: &[u8], secret: &[u8]) -> Result<Self, KeyError> {
        Ok(Self::new(Sec::USERPIN_NETWORKID, &[network(secret)?, user(pin)?]))
    }

    fn new(sec: Sec, key: &[&[u8]]) -> Self {
        Self { sec, block: block(key) }
    }

    /// The method of protection that the key is for.
    #[must_use]
    pub const fn sec(&self) -> Sec {
        self.sec
    }

    /// The MAC of a message, given the octets that are sent.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> Mac {
        let mut digits = [0; MAC * 2];
        HEXUPPER.encode_mut(&self.hmac(message), &mut digits);
        Mac(digits)
    }

    /// Whether a message with these parameters is what its sender sent, in a time that does not depend on how much of
    /// the MAC is right.
    ///
    /// Digits may be of either case: senders differ.
    ///
    /// # Errors
    /// [`VerifyError::NotProtected`], [`VerifyError::Method`], [`VerifyError::NoMac`], [`VerifyError::Malformed`],
    /// [`VerifyError::Wrong`]
    pub fn verify(&self, message: &[u8], sec: Option<Sec>, mac: Option<&str>) -> Result<(), VerifyError> {
        let sec = sec.ok_or(VerifyError::NotProtected)?;
        if sec != self.sec {
            return Err(VerifyError::Method(sec));
        }
        let claimed = octets(mac.ok_or(VerifyError::NoMac)?).ok_or(VerifyError::Malformed)?;
        if self.hmac(message).ct_eq(&claimed).into() { Ok(()) } else { Err(VerifyError::Wrong) }
    }

    fn hmac(&self, message: &[u8]) -> [u8; MAC] {
        let mut hmac = Hmac::<Sha1>::new((&*self.block).into());
        hmac.update(message);
        hmac.finalize().into_bytes().into()
    }
}

impl fmt::Debug for BootstrapKey {
    /// Keeps the secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BootstrapKey").field("sec", &self.sec).finish_non_exhaustive()
    }
}

/// A MAC: 40 hexadecimal digits in upper case, as it stands in a content type.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Mac([u8; MAC * 2]);

impl Mac {
    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // they are ASCII
        core::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Debug for Mac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Mac({})", self.as_str())
    }
}

impl fmt::Display for Mac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The block that the key made of these parts is: filled up with zeros, or its hash if it is longer (RFC 2104, 2).
fn block(parts: &[&[u8]]) -> Zeroizing<[u8; BLOCK]> {
    let mut block = Zeroizing::new([0; BLOCK]);
    let key = parts.iter().copied().flatten();
    if key.clone().nth(BLOCK).is_some() {
        let mut sha1 = Sha1::new();
        parts.iter().for_each(|part| sha1.update(part));
        let hash: Zeroizing<[u8; MAC]> = Zeroizing::new(sha1.finalize().into());
        block.iter_mut().zip(hash.iter()).for_each(|(place, octet)| *place = *octet);
    } else {
        block.iter_mut().zip(key).for_each(|(place, octet)| *place = *octet);
    }
    block
}

fn user(pin: &[u8]) -> Result<&[u8], KeyError> {
    if pin.is_empty() { Err(KeyError::Pin) } else { Ok(pin) }
}

fn network(secret: &[u8]) -> Result<&[u8], KeyError> {
    if secret.is_empty() { Err(KeyError::NetworkSecret) } else { Ok(secret) }
}

/// The octets that 40 hexadecimal digits are.
fn octets(digits: &str) -> Option<[u8; MAC]> {
    if digits.len() != MAC * 2 {
        return None;
    }
    let mut octets = [0; MAC];
    HEXUPPER_PERMISSIVE.decode_mut(digits.as_bytes(), &mut octets).ok()?;
    Some(octets)
}
