//! Keys and MACs: who sent a document, and that it is what was sent (OMA-WAP-TS-ProvBoot, 4.2 and 5.2).
//!
//! The MAC is HMAC-SHA1 over the octets of the WBXML document, in hexadecimal digits. What the key is, `SEC` says.
//!
//! ```
//! use omacp::security::Key;
//!
//! let document = b"\x03\x0B\x6A\x00\x45\x01";
//! let key = Key::userpin("1234")?;
//! let mac = key.sign(document);
//! assert_eq!(mac.as_str(), "6CD48BFD7FFC33183154734DF4434DA694E25E6A");
//! assert!(key.verify(document, Some(mac.as_str())).is_ok());
//! assert!(Key::userpin("1235")?.verify(document, Some(mac.as_str())).is_err());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use data_encoding::{HEXUPPER, HEXUPPER_PERMISSIVE};
use hmac::{Hmac, KeyInit, Mac as _};
use sha1::{Digest, Sha1};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::push::Sec;

/// Why there is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// An IMSI is 6 to 15 decimal digits (3GPP TS 23.003, 2.2).
    #[error("an IMSI is 6 to 15 decimal digits")]
    Imsi,
    /// A PIN is decimal digits, at least one.
    #[error("a PIN is decimal digits")]
    Pin,
    /// A PIN that holds its MAC is an even number of digits, 10 to 40 (OMA-WAP-TS-ProvBoot, USERPINMAC).
    #[error("a PIN that holds its MAC is an even number of digits from 10 to 40")]
    PinMac,
    /// A network secret without an octet.
    #[error("a network secret has at least one octet")]
    NetworkSecret,
}

/// Why a document is not what its sender sent, or why nobody can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VerifyError {
    /// The message says nothing about its protection.
    #[error("the message is not protected")]
    NotProtected,
    /// The message says that it has a MAC, and has none.
    #[error("the message has no MAC")]
    NoMac,
    /// The MAC is not 40 hexadecimal digits.
    #[error("the MAC is not 40 hexadecimal digits")]
    Malformed,
    /// The message is protected in another way than the key is for.
    #[error("the message is protected by {0}, which the key is not for")]
    Method(Sec),
    /// The MAC is not that of these octets under this key.
    #[error("the MAC is wrong: another key, or another document")]
    Wrong,
}

/// What a network and a subscription share: for GSM the IMSI, for others octets that the operator knows.
///
/// Its octets are overwritten when it is dropped.
#[derive(Clone)]
pub struct NetworkSecret(Zeroizing<Vec<u8>>);

impl NetworkSecret {
    /// These octets.
    ///
    /// # Errors
    /// [`KeyError::NetworkSecret`] if there are none.
    pub fn new(octets: &[u8]) -> Result<Self, KeyError> {
        if octets.is_empty() { Err(KeyError::NetworkSecret) } else { Ok(Self(Zeroizing::new(octets.to_vec()))) }
    }

    /// The IMSI as a SIM keeps it: an odd-even digit, the digits, a filler, two to an octet, the low half first
    /// (3GPP TS 24.008, 10.5.1.4).
    ///
    /// ```
    /// use omacp::security::{KeyError, NetworkSecret};
    ///
    /// let secret = NetworkSecret::from_imsi("46692310314525")?;
    /// assert_eq!(secret.octets(), b"\x41\x66\x29\x13\x30\x41\x25\xF5");
    /// # Ok::<(), KeyError>(())
    /// ```
    ///
    /// # Errors
    /// [`KeyError::Imsi`]
    pub fn from_imsi(imsi: &str) -> Result<Self, KeyError> {
        if !(6..=15).contains(&imsi.len()) {
            return Err(KeyError::Imsi);
        }
        let is_odd = imsi.len() % 2 == 1;
        let mut halves = Zeroizing::new(Vec::with_capacity(16));
        halves.push(if is_odd { 9 } else { 1 });
        for digit in imsi.chars() {
            let digit = digit.to_digit(10).and_then(|digit| u8::try_from(digit).ok()).ok_or(KeyError::Imsi)?;
            halves.push(digit);
        }
        if !is_odd {
            halves.push(0xF);
        }
        let octets = halves.chunks(2).map(|pair| match pair {
            [low, high] => high << 4 | low,
            _ => 0,
        });
        Ok(Self(Zeroizing::new(octets.collect())))
    }

    /// The octets: keep them to yourself.
    #[must_use]
    pub fn octets(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for NetworkSecret {
    /// Keeps the secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NetworkSecret(..)")
    }
}

/// A key, and the method of protection that it is for.
///
/// Its octets are overwritten when it is dropped.
#[derive(Clone)]
pub struct Key {
    sec: Sec,
    /// The key of the HMAC.
    secret: Block,
    /// The digits that the user has typed behind those of the key, of [`Sec::USERPINMAC`].
    digits: Zeroizing<Vec<u8>>,
}

impl Key {
    /// [`Sec::NETWPIN`]: the network's secret.
    #[must_use]
    pub fn netwpin(secret: &NetworkSecret) -> Self {
        Self::new(Sec::NETWPIN, &[&secret.0], &[])
    }

    /// [`Sec::USERPIN`]: a PIN that the user has been told.
    ///
    /// # Errors
    /// [`KeyError::Pin`]
    pub fn userpin(pin: &str) -> Result<Self, KeyError> {
        Ok(Self::new(Sec::USERPIN, &[digits(pin)?], &[]))
    }

    /// [`Sec::USERNETWPIN`]: the network's secret, and a PIN behind it.
    ///
    /// # Errors
    /// [`KeyError::Pin`]
    pub fn usernetwpin(secret: &NetworkSecret, pin: &str) -> Result<Self, KeyError> {
        Ok(Self::new(Sec::USERNETWPIN, &[&secret.0, digits(pin)?], &[]))
    }

    /// [`Sec::USERPINMAC`]: the digits that the user types, of which the first half is the key and the second half
    /// the MAC.
    ///
    /// # Errors
    /// [`KeyError::PinMac`]
    pub fn userpinmac(pin: &str) -> Result<Self, KeyError> {
        let digits = digits(pin).map_err(|_| KeyError::PinMac)?;
        if digits.len() % 2 != 0 || !(10..=40).contains(&digits.len()) {
            return Err(KeyError::PinMac);
        }
        let (key, mac) = digits.split_at_checked(digits.len() / 2).ok_or(KeyError::PinMac)?;
        Ok(Self::new(Sec::USERPINMAC, &[key], mac))
    }

    fn new(sec: Sec, secret: &[&[u8]], digits: &[u8]) -> Self {
        Self { sec, secret: block(secret), digits: Zeroizing::new(digits.to_vec()) }
    }

    /// The method of protection that the key is for.
    #[must_use]
    pub const fn sec(&self) -> Sec {
        self.sec
    }

    /// The MAC of a document.
    #[must_use]
    pub fn sign(&self, document: &[u8]) -> Mac {
        Mac::new(&self.hmac(document))
    }

    /// Whether `mac` is that of `document`, in a time that does not depend on how much of it is right. Under
    /// [`Sec::USERPINMAC`] the MAC is in the PIN, and one in the message is not looked at.
    ///
    /// Digits may be of either case: senders differ.
    ///
    /// # Errors
    /// [`VerifyError::NoMac`], [`VerifyError::Malformed`], [`VerifyError::Wrong`]
    pub fn verify(&self, document: &[u8], mac: Option<&str>) -> Result<(), VerifyError> {
        let right = self.hmac(document);
        let is_right = if self.sec == Sec::USERPINMAC {
            pin_digits(&right, self.digits.len()).ct_eq(&self.digits)
        } else {
            let claimed = octets(mac.ok_or(VerifyError::NoMac)?).ok_or(VerifyError::Malformed)?;
            right.ct_eq(&claimed)
        };
        if is_right.into() { Ok(()) } else { Err(VerifyError::Wrong) }
    }

    fn hmac(&self, document: &[u8]) -> [u8; 20] {
        hmac(&self.secret, document)
    }
}

impl fmt::Debug for Key {
    /// Keeps the secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key").field("sec", &self.sec).finish_non_exhaustive()
    }
}

/// The PIN that a user must type for a document protected by [`Sec::USERPINMAC`]: `random`, and as many digits of its
/// MAC.
///
/// ```
/// use omacp::security::{Key, pin_with_mac};
///
/// let document = b"\x03\x0B\x6A\x00\x45\x01";
/// let pin = pin_with_mac("12345", document)?;
/// assert_eq!(pin, "1234528080");
/// assert!(Key::userpinmac(&pin)?.verify(document, None).is_ok());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`KeyError::PinMac`] if `random` is not 5 to 20 digits.
pub fn pin_with_mac(random: &str, document: &[u8]) -> Result<String, KeyError> {
    let digits = digits(random).map_err(|_| KeyError::PinMac)?;
    if !(5..=20).contains(&digits.len()) {
        return Err(KeyError::PinMac);
    }
    let mac = pin_digits(&hmac(&block(&[digits]), document), digits.len());
    Ok(random.chars().chain(mac.iter().copied().map(char::from)).collect())
}

/// A MAC: 40 hexadecimal digits in upper case, as it stands in a content type.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Mac([u8; 40]);

impl Mac {
    fn new(octets: &[u8; 20]) -> Self {
        let mut digits = [0; 40];
        HEXUPPER.encode_mut(octets, &mut digits);
        Self(digits)
    }

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

/// A key of HMAC-SHA1 as long as a block of SHA-1.
type Block = Zeroizing<[u8; 64]>;

/// The block that the key made of these parts is: filled up with zeros, or its hash if it is longer (RFC 2104, 2).
fn block(parts: &[&[u8]]) -> Block {
    let key = Zeroizing::new(parts.concat());
    let mut block = Zeroizing::new([0; 64]);
    match block.get_mut(..key.len()) {
        Some(start) => start.copy_from_slice(&key),
        None => block.iter_mut().zip(Sha1::digest(&key[..])).for_each(|(place, octet)| *place = octet),
    }
    block
}

fn hmac(key: &Block, document: &[u8]) -> [u8; 20] {
    let mut hmac = Hmac::<Sha1>::new((&**key).into());
    hmac.update(document);
    hmac.finalize().into_bytes().into()
}

/// The digits that the first octets of a MAC give, one each.
fn pin_digits(mac: &[u8; 20], count: usize) -> Vec<u8> {
    mac.iter().take(count).map(|octet| b'0'.wrapping_add(octet % 10)).collect()
}

/// The octets of a PIN.
fn digits(pin: &str) -> Result<&[u8], KeyError> {
    let is_pin = !pin.is_empty() && pin.bytes().all(|octet| octet.is_ascii_digit());
    if is_pin { Ok(pin.as_bytes()) } else { Err(KeyError::Pin) }
}

/// The octets that 40 hexadecimal digits are.
fn octets(digits: &str) -> Option<[u8; 20]> {
    if digits.len() != 40 {
        return None;
    }
    let mut octets = [0; 20];
    HEXUPPER_PERMISSIVE.decode_mut(digits.as_bytes(), &mut octets).ok()?;
    Some(octets)
}
