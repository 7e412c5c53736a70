//! What a client gets, and every form in which a server sends it: PoC accounts, and what they need beside them.
//!
//! A [`Provisioning`] holds accounts and their companions: access points, proxies, the account of the device
//! management server, and the applications that PoC refers to (IMS core, group management, presence).
//!
//! | form | from | what it is |
//! | --- | --- | --- |
//! | provisioning document | [`Provisioning::cp`] | [`CpProvisioning::document`], in WBXML or XML |
//! | commands | [`Provisioning::dm`] | [`DmProvisioning::edits`], and messages of them |
//! | serialised tree | [`Provisioning::dm`] | [`DmProvisioning::tree`] |
//! | bootstrap of DM 1.2 or 1.1.2 | [`Provisioning::bootstrap`] | [`Bootstrap::to_wbxml`] |
//! | signed push, and its SMS | `push` (feature `mac`) | of a provisioning document or of a bootstrap |
//! | what makes one of another | [`Update`] | commands, and messages of them |
//!
//! Each form says what it loses, and which names in it are not confirmed, before anything is sent.
//!
//! ```
//! use poc_mo::omacp::ProvisioningDoc;
//! use poc_mo::omacp::typed::{Application, Auth, NapDef, Settings};
//! use poc_mo::profile::PROVISIONAL;
//! use poc_mo::provision::{Device, Loss, Provisioning};
//! use poc_mo::{Field, PocAccount, PocSettings};
//!
//! let mut account = PocAccount::default();
//! account.set(Field::AppId, "ap0006")?;
//! account.set(Field::ProviderId, "ptt.harbour.example")?;
//! account.set(Field::ConRef, "PTT-NAP")?;
//! account.set(Field::T11, "5000")?;
//!
//! // the access point that the account refers to, and the server that is to manage it
//! let settings = Settings::new().with_access_point(NapDef::gprs("PTT-NAP", "Harbour", "ptt")).with_application(
//!     Application::dm("dm.harbour.example", "Harbour", "https://dm.harbour.example", 443)
//!         .through_access_point("PTT-NAP")
//!         .with_client_auth(Auth::new("DIGEST", "boat-12", "buoy")),
//! );
//! let octets = settings.to_wbxml()?;
//! let mut provisioning = Provisioning::new(vec![account.clone()]);
//! provisioning.add_document(&ProvisioningDoc::parse(&octets)?, &PROVISIONAL)?;
//!
//! let cp = provisioning.cp(&PROVISIONAL);
//! assert!(cp.losses().is_empty());
//! let mut phone = PocSettings::new();
//! phone.apply_cp(&cp.document().to_wbxml()?)?;
//! assert_eq!(phone.accounts().next(), Some(&account));
//!
//! // in the management tree, references are addresses
//! let dm = provisioning.dm(&Device::dm_1_2("IMEI:490154203237518", "https://dm.harbour.example"))?;
//! assert!(matches!(dm.losses(), [Loss::Resolved { uri, .. }] if uri == "./NAP/PTT-NAP"));
//! let tree = dm.tree();
//! let node = tree.find("./PoC/ptt.harbour.example").unwrap();
//! let acl = "Delete=dm.harbour.example&Get=dm.harbour.example&Replace=dm.harbour.example";
//! assert_eq!(node.rt_properties().unwrap().acl.unwrap(), acl);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod bootstrap;
mod companions;
mod cp;
mod device;
mod dm;
mod error;
mod finding;
mod loss;
mod messages;
mod object;
#[cfg(feature = "mac")]
#[cfg_attr(docsrs, doc(cfg(feature = "mac")))]
pub mod push;
#[cfg(feature = "serde")]
mod serialize;
mod update;

use alloc::vec::Vec;

use omacp::ProvisioningDoc;

use crate::account::PocAccount;
use crate::profile::Profile;
use crate::room::Room;
use crate::settings::PocSettings;

pub use bootstrap::Bootstrap;
use companions::{Companions, CompanionsBuilder};
pub use cp::CpProvisioning;
pub use device::Device;
pub use dm::DmProvisioning;
pub use error::ProvisionError;
pub use finding::Finding;
pub use loss::Loss;
pub use update::Update;

/// What a client gets: PoC accounts, and their companions, which are all else that stands in a provisioning document.
///
/// With the feature `serde`, it is an object of `accounts` and `companions`, and it is read from an array of accounts
/// too. A companion has a `type`, `parms` (each a `name` and perhaps a `value`) and `characteristics` inside; an
/// unknown key is an error, and so are characteristics in more than 16 levels.
///
/// ```
/// use poc_mo::omacp::ProvisioningDoc;
/// use poc_mo::profile::PROVISIONAL;
/// use poc_mo::provision::Provisioning;
///
/// let mut builder = ProvisioningDoc::builder();
/// builder.start("APPLICATION").parm("APPID", "ap0001").parm("TO-NAPID", "N").end();
/// builder.start("NAPDEF").parm("NAPID", "N").parm("NAP-ADDRESS", "ptt").flag("INTERNET").end();
/// let provisioning = Provisioning::of_document(&builder.build(), &PROVISIONAL)?;
/// assert_eq!(provisioning.accounts[0].app_id.as_deref(), Some("ap0001"));
/// assert_eq!(provisioning.companions().characteristics().next().unwrap().type_(), "NAPDEF");
/// # Ok::<(), poc_mo::provision::ProvisionError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Provisioning {
    /// The PoC accounts.
    pub accounts: Vec<PocAccount>,
    companions: Companions,
}

impl Provisioning {
    /// These accounts, and nothing beside them.
    #[must_use]
    pub fn new(accounts: Vec<PocAccount>) -> Self {
        Self { accounts, companions: Companions::default() }
    }

    /// What a provisioning document has.
    ///
    /// # Errors
    /// As [`add_document`](Self::add_document).
    pub fn of_document(document: &ProvisioningDoc<'_>, profile: &Profile<'_>) -> Result<Self, ProvisionError> {
        let mut provisioning = Self::default();
        provisioning.add_document(document, profile)?;
        Ok(provisioning)
    }

    /// Adds what a provisioning document has: applications that the profile knows for PoC are accounts, all other
    /// characteristics are companions. If anything is wrong, nothing is added.
    ///
    /// Companions stand in the order in which those that are referred to come first: access points, proxies, the
    /// management server's account, the IMS core, other applications, all else; of one kind, as they came, for that is
    /// the order in which clients prefer them. Attributes that Client Provisioning does not have are passed over.
    ///
    /// # Errors
    /// [`ProvisionError::Settings`] if an account cannot be read, or a text of a companion is none, or holds a
    /// character that XML does not have, or all are too long together; [`ProvisionError::Dialect`] for an element that
    /// is neither characteristic nor parm, and for a parm with a data type; [`ProvisionError::TooDeep`] for
    /// characteristics in more than 16 levels.
    pub fn add_document(
        &mut self,
        document: &ProvisioningDoc<'_>,
        profile: &Profile<'_>,
    ) -> Result<(), ProvisionError> {
        let mut settings = PocSettings::with_profile(*profile);
        settings.apply_document(document)?;
        let mut room = Room::new();
        if let Some(element) = document.foreign_elements().next() {
            return Err(ProvisionError::Dialect { offset: element.offset() });
        }
        let mut companions = CompanionsBuilder::default();
        for characteristic in document.characteristics() {
            let is_poc = characteristic.type_() == "APPLICATION" && settings.is_poc(characteristic, &mut room)?;
            if !is_poc {
                companions.read(characteristic, &mut room)?;
            }
        }
        self.companions.add(companions.finish());
        self.accounts.extend(settings.accounts().cloned());
        Ok(())
    }

    /// The companions as a document without PoC accounts.
    #[must_use]
    pub fn companions(&self) -> ProvisioningDoc<'_> {
        let mut builder = ProvisioningDoc::builder();
        builder.version("1.1");
        self.companions.add_to(&mut builder);
        builder.build()
    }

    /// It as a provisioning document, with the names of `profile`.
    #[must_use]
    pub fn cp<'a>(&'a self, profile: &Profile<'a>) -> CpProvisioning<'a> {
        CpProvisioning::new(self, profile)
    }

    /// It as management objects of this device: for commands, and for a serialised tree.
    ///
    /// # Errors
    /// [`ProvisionError::Settings`] if an account's node is no address, the profile has no object identifier for it, or
    /// all texts are too long together; [`ProvisionError::Node`] if a companion's is none.
    pub fn dm<'d>(&self, device: &Device<'d>) -> Result<DmProvisioning<'d>, ProvisionError> {
        DmProvisioning::new(self, device)
    }

    /// It as the first message that a device gets.
    ///
    /// # Errors
    /// As [`dm`](Self::dm).
    pub fn bootstrap<'d>(&self, device: &Device<'d>) -> Result<Bootstrap<'d>, ProvisionError> {
        Bootstrap::new(self, device)
    }

    /// What is wrong with the accounts, and with the document that all of it is, by the letter: references to nothing
    /// that is there too, which a phone may have already.
    ///
    /// ```
    /// use poc_mo::profile::PROVISIONAL;
    /// use poc_mo::provision::Provisioning;
    /// use poc_mo::{Field, PocAccount};
    ///
    /// let mut account = PocAccount::default();
    /// account.set(Field::AppId, "ap0001")?;
    /// account.set(Field::ConRef, "PTT-NAP")?;
    /// let findings = Provisioning::new(vec![account]).validate(&PROVISIONAL);
    /// let told = |text: &str| findings.iter().any(|finding| finding.to_string().contains(text));
    /// assert!(told("account 1: t10_ms: it is not set"));
    /// assert!(told("TO-NAPID refers to something that is not in the document"));
    /// # Ok::<(), poc_mo::Error>(())
    /// ```
    #[must_use]
    pub fn validate(&self, profile: &Profile<'_>) -> Vec<Finding> {
        finding::findings(self, profile)
    }
}
