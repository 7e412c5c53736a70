//! A push that was received, with some values changed, signed again: every other octet is as its sender wrote it.
//!
//! ```
//! use omacp::ProvisioningDoc;
//! use omacp::push::{ContentType, MediaType, Push};
//! use omacp::resign::Edit;
//! use omacp::security::Key;
//!
//! let key = Key::userpin("1234")?;
//! let document = b"\x03\x0B\x6A\x00\x45\xC6\x55\x01\x87\x11\x06\x03NAP1\0\x01\x87\x08\x06\x03wap\0\x01\x01\x01";
//! let mac = key.sign(document);
//! let content_type = ContentType::new(MediaType::CONNECTIVITY_WBXML).with_sec(key.sec()).with_mac(mac.as_str());
//! let received = Push::new(content_type, document).to_vec()?;
//!
//! let signed = Edit::new(&received, &key)?.set("NAPDEF/NAP-ADDRESS", "internet")?.sign(&key)?;
//! let push = Push::parse(&signed)?;
//! assert_eq!(
//!     push.unverified_body(),
//!     b"\x03\x0B\x6A\x00\x45\xC6\x55\x01\x87\x11\x06\x03NAP1\0\x01\x87\x08\x06\x03internet\0\x01\x01\x01"
//! );
//! assert!(key.verify(push.unverified_body(), push.content_type.mac()).is_ok());
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```

use alloc::string::String;
use alloc::vec::Vec;

use wbxml::{Limits, Patch, PatchError};

use crate::characteristic::Parm;
use crate::document::{self, ProvisioningDoc};
use crate::error::{Error, ErrorKind};
use crate::push::{self, Push, Sec};
use crate::security::{Key, KeyError, VerifyError, pin_with_mac};
use crate::unverified::Unverified;

/// Why a push could not be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EditError {
    /// It is no push.
    #[error(transparent)]
    Push(#[from] push::Error),
    /// It carries no provisioning document, a faulty one, or one that the key is not for. Offsets are those in the
    /// document.
    #[error(transparent)]
    Document(#[from] Error),
    /// The document is XML, which has no octets to keep: it is to be written anew.
    #[error("the document is in xml")]
    Xml,
    /// There is no parm at this path.
    #[error("no parm at this path")]
    NotFound,
    /// The document does not take this value.
    #[error(transparent)]
    Patch(#[from] PatchError),
    /// The PIN cannot be made.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The MAC of another document is another PIN: [`Edit::sign_with_pin`].
    #[error("the key is a PIN that holds the MAC of one document")]
    PinMac,
}

impl From<VerifyError> for EditError {
    fn from(error: VerifyError) -> Self {
        Self::Document(Error::new(ErrorKind::Verify(error), 0))
    }
}

/// Changes of some values of a document that came by push.
///
/// What changes: the attribute `value` of the parms that are [`set`](Self::set), as [`Patch`] does it, and the 40 digits
/// of the MAC; `Content-Length`, where the push has one and the document has another length now; and then, if that takes
/// more octets or fewer, the length of the headers. A push without a MAC of 40 digits or without `SEC` is given one.
#[derive(Clone, Debug)]
pub struct Edit<'a> {
    pdu: &'a [u8],
    sec: Option<Sec>,
    document: ProvisioningDoc<'a>,
    patch: Patch<'a>,
}

impl<'a> Edit<'a> {
    /// Takes a push whose sender has this key.
    ///
    /// # Errors
    /// [`EditError::Push`]; [`EditError::Document`], with [`ErrorKind::Verify`] if the key is not the one; [`EditError::Xml`].
    pub fn new(pdu: &'a [u8], key: &Key) -> Result<Self, EditError> {
        Self::read(pdu, |message| message.verify(key))
    }

    /// Takes a push, whoever sent it: what is signed then, the signer vouches for.
    ///
    /// # Errors
    /// [`EditError::Push`], [`EditError::Document`], [`EditError::Xml`].
    pub fn new_unverified(pdu: &'a [u8]) -> Result<Self, EditError> {
        Self::read(pdu, Unverified::unverified_document)
    }

    fn read(
        pdu: &'a [u8],
        document: impl FnOnce(&Unverified<'a>) -> Result<ProvisioningDoc<'a>, Error>,
    ) -> Result<Self, EditError> {
        let push = Push::parse(pdu)?;
        let message = Unverified::from_push(&push)?;
        let octets = message.unverified_octets();
        if wbxml::is_xml(octets) {
            return Err(EditError::Xml);
        }
        let document = document(&message)?;
        let patch = Patch::new(octets, document::options(Limits::DEFAULT)).map_err(Error::from)?;
        Ok(Self { pdu, sec: message.sec(), document, patch })
    }

    /// The document as it came.
    #[must_use]
    pub const fn document(&self) -> &ProvisioningDoc<'a> {
        &self.document
    }

    /// The edits so far, for what is more than a value.
    pub const fn patch(&mut self) -> &mut Patch<'a> {
        &mut self.patch
    }

    /// Gives the parm at `path` another value, a flag its first one: [`ProvisioningDoc::parm_at`].
    ///
    /// # Errors
    /// [`EditError::NotFound`]; [`EditError::Patch`] if the parm has been set before, or for a value with a NUL.
    pub fn set(self, path: &str, value: &str) -> Result<Self, EditError> {
        let parm = self.document.parm_at(path).ok_or(EditError::NotFound)?;
        self.set_parm(&parm, value)
    }

    /// The same for a parm of [`document`](Self::document), whatever its name and types are.
    ///
    /// # Errors
    /// As [`set`](Self::set).
    pub fn set_parm(mut self, parm: &Parm<'_>, value: &str) -> Result<Self, EditError> {
        let site = self.patch.at(parm.offset).ok_or(EditError::NotFound)?;
        self.patch.set_attribute(site, "value", value)?;
        Ok(self)
    }

    /// The push with all changes, signed with a key of the method that it names, if it names one.
    ///
    /// # Errors
    /// [`VerifyError::Method`] for a key of another method; [`EditError::PinMac`]; [`EditError::Patch`].
    pub fn sign(self, key: &Key) -> Result<Vec<u8>, EditError> {
        if key.sec() == Sec::USERPINMAC {
            return Err(EditError::PinMac);
        }
        self.is_for(key.sec())?;
        let body = self.patch.finish()?;
        Ok(push::rewrite(self.pdu, &body, key.sec(), Some(key.sign(&body).as_str()))?)
    }

    /// The push with all changes, and the PIN that a user must type for it, which begins with `random`: for
    /// [`Sec::USERPINMAC`].
    ///
    /// # Errors
    /// [`VerifyError::Method`] for a push of another method; [`EditError::Key`] if `random` is not 5 to 20 digits;
    /// [`EditError::Patch`].
    pub fn sign_with_pin(self, random: &str) -> Result<(Vec<u8>, String), EditError> {
        self.is_for(Sec::USERPINMAC)?;
        let body = self.patch.finish()?;
        let pin = pin_with_mac(random, &body)?;
        Ok((push::rewrite(self.pdu, &body, Sec::USERPINMAC, None)?, pin))
    }

    fn is_for(&self, method: Sec) -> Result<(), VerifyError> {
        match self.sec {
            Some(sec) if sec != method => Err(VerifyError::Method(sec)),
            _ => Ok(()),
        }
    }
}
