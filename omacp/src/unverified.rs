//! A provisioning message whose sender is not known yet.

use crate::document::ProvisioningDoc;
use crate::error::{Error, ErrorKind, Result};
use crate::push::{ContentType, MediaType, Push, Sec};
#[cfg(feature = "mac")]
use crate::security::{Key, VerifyError};

/// A provisioning document that came in a message, of which nobody knows yet who sent it.
///
/// The document is reached through [`verify`](Self::verify) (feature `mac`), or through a method whose name says that
/// it was not.
///
/// ```
/// # #[cfg(feature = "mac")] {
/// use omacp::Unverified;
/// use omacp::push::{ContentType, MediaType, Push, Sec};
/// use omacp::security::Key;
///
/// let key = Key::userpin("1234").unwrap();
/// let document = b"\x03\x0B\x6A\x00\x45\x01";
/// let mac = key.sign(document);
/// let content_type = ContentType::new(MediaType::CONNECTIVITY_WBXML).with_sec(key.sec()).with_mac(mac.as_str());
///
/// let pdu = Push::new(content_type, document).to_vec().unwrap();
/// let push = Push::parse(&pdu).unwrap();
/// let message = Unverified::from_push(&push).unwrap();
/// assert_eq!(message.sec(), Some(Sec::USERPIN));
/// let document = message.verify(&key).unwrap();
/// assert_eq!(document.characteristics().count(), 0);
/// # }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Unverified<'a> {
    octets: &'a [u8],
    sec: Option<Sec>,
    mac: Option<&'a str>,
}

impl<'a> Unverified<'a> {
    /// The document that a push carries.
    ///
    /// # Errors
    /// [`ErrorKind::ContentType`] if it carries something else.
    pub fn from_push(push: &Push<'a>) -> Result<Self> {
        Self::new(&push.content_type, push.unverified_body())
    }

    /// A document with the content type that came with it, over HTTP for example.
    ///
    /// # Errors
    /// [`ErrorKind::ContentType`] if that is another content type.
    pub fn new(content_type: &ContentType<'a>, octets: &'a [u8]) -> Result<Self> {
        let known = [MediaType::CONNECTIVITY_WBXML, MediaType::CONNECTIVITY_XML];
        if known.contains(&content_type.media_type) {
            Ok(Self { octets, sec: content_type.sec(), mac: content_type.mac() })
        } else {
            Err(Error::new(ErrorKind::ContentType, 0))
        }
    }

    /// How the message says that it is protected.
    #[must_use]
    pub const fn sec(&self) -> Option<Sec> {
        self.sec
    }

    /// The MAC that came with it.
    #[must_use]
    pub const fn mac(&self) -> Option<&'a str> {
        self.mac
    }

    /// The document, if it is what the holder of this key sent.
    ///
    /// # Errors
    /// [`ErrorKind::Verify`] with what is wrong: [`VerifyError`]; others as [`ProvisioningDoc::parse`].
    #[cfg(feature = "mac")]
    #[cfg_attr(docsrs, doc(cfg(feature = "mac")))]
    pub fn verify(&self, key: &Key) -> Result<ProvisioningDoc<'a>> {
        self.check(key).map_err(|error| Error::new(ErrorKind::Verify(error), 0))?;
        self.unverified_document()
    }

    #[cfg(feature = "mac")]
    fn check(&self, key: &Key) -> Result<(), VerifyError> {
        let sec = self.sec.ok_or(VerifyError::NotProtected)?;
        if sec != key.sec() {
            return Err(VerifyError::Method(sec));
        }
        key.verify(self.octets, self.mac)
    }

    /// The document, whoever sent it.
    ///
    /// # Errors
    /// As [`ProvisioningDoc::parse`].
    pub fn unverified_document(&self) -> Result<ProvisioningDoc<'a>> {
        ProvisioningDoc::parse(self.octets)
    }

    /// The octets of the document, whoever sent it.
    #[must_use]
    pub const fn unverified_octets(&self) -> &'a [u8] {
        self.octets
    }
}
