//! Signed pushes, and the SMS that carry them.
//!
//! ```
//! use poc_mo::omacp::Unverified;
//! use poc_mo::omacp::push::{Push, Reassembler, Reference, Sec};
//! use poc_mo::omacp::security::Key;
//! use poc_mo::profile::PROVISIONAL;
//! use poc_mo::provision::Provisioning;
//! use poc_mo::provision::push::{Secrets, SignedPush};
//! use poc_mo::{Field, PocAccount, PocSettings};
//!
//! let mut account = PocAccount::default();
//! account.set(Field::AppId, "ap0001")?;
//! let provisioning = Provisioning::new(vec![account.clone()]);
//!
//! // the server: the user types a PIN that holds the MAC
//! let document = provisioning.cp(&PROVISIONAL).document().to_wbxml()?;
//! let push = SignedPush::of_document(&document, Sec::USERPINMAC, &Secrets::new().with_pin("40173"))?;
//! let pin = push.pin().unwrap();
//! assert!(pin.starts_with("40173") && pin.len() == 10);
//!
//! // the phone
//! let mut reassembler = Reassembler::new();
//! let mut settings = PocSettings::new();
//! for user_data in push.segments(Reference::Short(1))? {
//!     let Some(datagram) = reassembler.receive("+44770012345", &user_data)? else { continue };
//!     let push = Push::parse(&datagram.octets)?;
//!     settings.apply_document(&Unverified::from_push(&push)?.verify(&Key::userpinmac(pin)?)?)?;
//! }
//! assert_eq!(settings.accounts().next(), Some(&account));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use omacp::push::{ContentType, MediaType, Port, Ports, Push, Reference, Sec, segment};
use omacp::security::{Key, NetworkSecret, pin_with_mac};
use syncml::dm::bootstrap::{BootstrapKey, ImsiSecret};

use super::ProvisionError;

/// What server and device share.
#[derive(Clone, Copy, Default)]
pub struct Secrets<'s> {
    pin: Option<&'s str>,
    imsi: Option<&'s str>,
}

impl<'s> Secrets<'s> {
    /// Nothing.
    #[must_use]
    pub const fn new() -> Self {
        Self { pin: None, imsi: None }
    }

    /// The same with a PIN that the user is told: digits. For [`Sec::USERPINMAC`] it is 5 to 20 random digits, to
    /// which those of the MAC are added: [`SignedPush::pin`].
    #[must_use]
    pub const fn with_pin(self, pin: &'s str) -> Self {
        Self { pin: Some(pin), ..self }
    }

    /// The same with the IMSI of the subscription, 6 to 15 digits.
    #[must_use]
    pub const fn with_imsi(self, imsi: &'s str) -> Self {
        Self { imsi: Some(imsi), ..self }
    }

    fn pin(&self, sec: Sec) -> Result<&'s str, ProvisionError> {
        self.pin.ok_or(ProvisionError::NoPin(sec))
    }

    fn imsi(&self, sec: Sec) -> Result<&'s str, ProvisionError> {
        self.imsi.ok_or(ProvisionError::NoImsi(sec))
    }
}

impl fmt::Debug for Secrets<'_> {
    /// Keeps them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets(..)")
    }
}

/// A WSP push with the MAC of what it carries.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedPush {
    pdu: Vec<u8>,
    pin: Option<String>,
}

impl SignedPush {
    /// A push of a provisioning document in WBXML, protected by this method (OMA-WAP-TS-ProvBoot, 5.2).
    ///
    /// # Errors
    /// [`ProvisionError::NoPin`], [`ProvisionError::NoImsi`] if the method needs what is not there;
    /// [`ProvisionError::Key`] if PIN or IMSI is none; [`ProvisionError::Method`] for an unknown method.
    pub fn of_document(document: &[u8], sec: Sec, secrets: &Secrets<'_>) -> Result<Self, ProvisionError> {
        let network = || Ok::<_, ProvisionError>(NetworkSecret::from_imsi(secrets.imsi(sec)?)?);
        let key = match sec {
            Sec::NETWPIN => Key::netwpin(&network()?),
            Sec::USERPIN => Key::userpin(secrets.pin(sec)?)?,
            Sec::USERNETWPIN => Key::usernetwpin(&network()?, secrets.pin(sec)?)?,
            Sec::USERPINMAC => {
                let pin = pin_with_mac(secrets.pin(sec)?, document)?;
                return Self::new(MediaType::CONNECTIVITY_WBXML, document, sec, None, Some(pin));
            }
            _ => return Err(ProvisionError::Method(sec)),
        };
        let mac = key.sign(document);
        Self::new(MediaType::CONNECTIVITY_WBXML, document, sec, Some(mac.as_str()), None)
    }

    /// A push of a bootstrap message, protected by this method: the numbers are those of Client Provisioning, the key
    /// of PIN and IMSI together is not (OMA-TS-DM_Bootstrap 1.2).
    ///
    /// # Errors
    /// [`ProvisionError::NoPin`], [`ProvisionError::NoImsi`] if the method needs what is not there;
    /// [`ProvisionError::BootstrapKey`] if PIN or IMSI is none; [`ProvisionError::Method`] for a method that bootstraps
    /// do not have, [`Sec::USERPINMAC`] for instance.
    pub fn of_bootstrap(message: &[u8], sec: Sec, secrets: &Secrets<'_>) -> Result<Self, ProvisionError> {
        let network = || Ok::<_, ProvisionError>(ImsiSecret::new(secrets.imsi(sec)?)?);
        let pin = || secrets.pin(sec).map(str::as_bytes);
        let key = match sec {
            Sec::NETWPIN => BootstrapKey::networkid(network()?.octets())?,
            Sec::USERPIN => BootstrapKey::userpin(pin()?)?,
            Sec::USERNETWPIN => BootstrapKey::userpin_networkid(pin()?, network()?.octets())?,
            _ => return Err(ProvisionError::Method(sec)),
        };
        let mac = key.sign(message);
        Self::new(MediaType::SYNCML_DM_WBXML, message, sec, Some(mac.as_str()), None)
    }

    fn new(
        media_type: MediaType<'_>,
        body: &[u8],
        sec: Sec,
        mac: Option<&str>,
        pin: Option<String>,
    ) -> Result<Self, ProvisionError> {
        let content_type = ContentType::new(media_type).with_sec(sec);
        let content_type = match mac {
            Some(mac) => content_type.with_mac(mac),
            None => content_type,
        };
        let pdu = Push::new(content_type, body).to_vec()?;
        Ok(Self { pdu, pin })
    }

    /// The octets of the push: a connectionless WSP PDU.
    #[must_use]
    pub fn octets(&self) -> &[u8] {
        &self.pdu
    }

    /// The PIN that the user has to type, if it holds the MAC: it goes another way than the push.
    #[must_use]
    pub fn pin(&self) -> Option<&str> {
        self.pin.as_deref()
    }

    /// The user data of the SMS that carry the push to the port for pushes, 2948: [`segment`]. The reference tells it
    /// from others to the same phone.
    ///
    /// # Errors
    /// [`ProvisionError::Push`] if there were more than 255 SMS.
    pub fn segments(&self, reference: Reference) -> Result<Vec<Vec<u8>>, ProvisionError> {
        let ports = Ports { destination: Port::PUSH, source: Port::WSP };
        Ok(segment(&self.pdu, ports, reference)?)
    }
}

impl fmt::Debug for SignedPush {
    /// Keeps the PIN.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedPush").field("pdu", &self.pdu).finish_non_exhaustive()
    }
}
