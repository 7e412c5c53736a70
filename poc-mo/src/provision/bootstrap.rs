//! As a bootstrap in the DM profile.

use alloc::vec::Vec;

use syncml::dm::bootstrap::BootstrapWriter;

use super::object::tree;
use super::{Device, DmProvisioning, Loss, ProvisionError, Provisioning};
use crate::convert::Places;

/// A provisioning as the first message that a device gets (OMA-TS-DM_Bootstrap 1.2, OMA DM profile):
/// [`Provisioning::bootstrap`].
///
/// A device of DM 1.2 gets one serialised tree in its inbox, decides where the objects go, and rewrites references
/// among them. One of DM 1.1.2 gets the nodes where they are to be.
///
/// ```
/// use poc_mo::provision::{Device, Provisioning};
/// use poc_mo::{Field, PocAccount, PocSettings};
///
/// let mut account = PocAccount::default();
/// account.set(Field::AppId, "ap0001")?;
/// account.set(Field::ProviderId, "ptt.harbour.example")?;
/// let provisioning = Provisioning::new(vec![account.clone()]);
///
/// for (device, node) in [
///     (Device::dm_1_2("IMEI:490154203237518", "https://dm.harbour.example"), None),
///     (Device::dm_1_1_2("IMEI:490154203237518", "https://dm.harbour.example"), Some("PoC/ptt.harbour.example")),
/// ] {
///     let bootstrap = provisioning.bootstrap(&device)?;
///     assert!(bootstrap.losses().is_empty());
///     let mut phone = PocSettings::new();
///     phone.apply_dm(&bootstrap.to_wbxml()?)?;
///     assert_eq!(phone.instances()[0].account, account);
///     assert_eq!(phone.instances()[0].node.as_deref(), node); // of 1.2, the device knows
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Bootstrap<'d> {
    objects: DmProvisioning<'d>,
}

/// Where objects go whose place the device chooses.
const INBOX: &str = Places::INBOX.poc;

impl<'d> Bootstrap<'d> {
    pub(super) fn new(provisioning: &Provisioning, device: &Device<'d>) -> Result<Self, ProvisionError> {
        let device = match device.options.is_1_1_2 {
            true => *device,
            false => Device { node: None, ..device.at(Places::INBOX) },
        };
        DmProvisioning::new(provisioning, &device).map(|objects| Self { objects })
    }

    /// In what the device's settings are something else; nothing, if they are the same. References that are addresses
    /// are those in the inbox, in DM 1.2.
    #[must_use]
    pub fn losses(&self) -> &[Loss] {
        self.objects.losses()
    }

    /// The names in use that are not confirmed, of nodes and of the parms that companions came with.
    pub fn unconfirmed(&self) -> impl Iterator<Item = &str> {
        self.objects.unconfirmed()
    }

    /// The message, which is always WBXML.
    ///
    /// # Errors
    /// [`ProvisionError::Bootstrap`], [`ProvisionError::Write`] if it cannot be written.
    pub fn to_wbxml(&self) -> Result<Vec<u8>, ProvisionError> {
        let Device { uri, server, options, .. } = self.objects.device;
        let mut octets = Vec::new();
        if options.is_1_1_2 {
            let mut message = BootstrapWriter::dm_1_1_2(&mut octets, uri, server)?;
            message.add(".", &self.objects.tree())?;
            message.finish()?;
        } else {
            let mut message = BootstrapWriter::dm_1_2(&mut octets, uri, server)?;
            if self.objects.objects().next().is_some() {
                message.add(INBOX, &tree(self.objects.objects(), false))?;
            }
            message.finish()?;
        }
        Ok(octets)
    }
}
