//! Settings that come by Client Provisioning: the `APPLICATION` of a provisioning document whose `APPID` is PoC's.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use omacp::{Characteristic, Parm, ProvisioningDoc};

use crate::account::{Extension, PocAccount};
use crate::error::Error;
use crate::profile::Field;
use crate::room::Room;
use crate::settings::{Instance, PocSettings};

impl PocSettings<'_> {
    /// Applies a provisioning document in WBXML or, with the feature `xml`, in XML: every PoC account that it holds.
    /// If anything is wrong, nothing is changed.
    ///
    /// An account of the same application and provider as one that was there takes its place, and its node with it. Of
    /// several parms for one setting the first one counts; what the profile does not know, the other ones, and flags
    /// are kept in [`extensions`](PocAccount::extensions).
    ///
    /// ```
    /// # #[cfg(feature = "xml")] {
    /// let mut settings = poc_mo::PocSettings::new();
    /// settings.apply_cp(
    ///     br#"<wap-provisioningdoc><characteristic type="APPLICATION">
    ///         <parm name="APPID" value="ap0001"/><parm name="T11" value="5000"/>
    ///       </characteristic></wap-provisioningdoc>"#,
    /// )?;
    /// assert_eq!(settings.accounts().next().unwrap().t11_ms, Some(5000));
    /// # }
    /// # Ok::<(), poc_mo::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Cp`](crate::ErrorKind::Cp) if the document is faulty; [`Value`](crate::ErrorKind::Value) and
    /// [`NotText`](crate::ErrorKind::NotText) at the parm; [`TooLong`](crate::ErrorKind::TooLong).
    pub fn apply_cp(&mut self, document: &[u8]) -> Result<(), Error> {
        self.apply_document(&ProvisioningDoc::parse(document)?)
    }

    /// Applies a provisioning document that has been read.
    ///
    /// # Errors
    /// As [`apply_cp`](Self::apply_cp).
    pub fn apply_document(&mut self, document: &ProvisioningDoc<'_>) -> Result<(), Error> {
        let mut room = Room::new();
        let mut accounts = Vec::new();
        for application in document.characteristics_of_type("APPLICATION") {
            if self.is_poc(application, &mut room)? {
                accounts.push(self.account_of(application, &mut room)?);
            }
        }
        // each account that is there gives way to one of the document only
        let mut known = BTreeMap::<_, Vec<_>>::new();
        for instance in self.instances.iter_mut().rev() {
            known.entry(identity(&instance.account)).or_default().push(instance);
        }
        let mut added = Vec::new();
        for account in accounts {
            match known.get_mut(&identity(&account)).and_then(Vec::pop) {
                Some(instance) => instance.account = account,
                None => added.push(Instance { account, node: None }),
            }
        }
        self.instances.append(&mut added);
        Ok(())
    }

    /// Whether the first `APPID` is one of PoC: in whichever case the document writes name and value.
    fn is_poc(&self, application: Characteristic<'_, '_>, room: &mut Room) -> Result<bool, Error> {
        for parm in application.parms() {
            let is_app_id = room.is_text(parm.name, |name| self.profile.field_of_parm(name) == Some(Field::AppId));
            if is_app_id.map_err(|error| error.or_at(parm.offset))? {
                let Some(value) = parm.value else { return Ok(false) };
                let is_poc = room.is_text(value, |app_id| self.profile.has_app_id(app_id));
                return is_poc.map_err(|error| error.or_at(parm.offset));
            }
        }
        Ok(false)
    }

    fn account_of(&self, application: Characteristic<'_, '_>, room: &mut Room) -> Result<PocAccount, Error> {
        let mut account = PocAccount::default();
        for parm in application.parms() {
            self.add(&mut account, parm, room).map_err(|error| error.or_at(parm.offset))?;
        }
        extend(&mut account, application, room)?;
        Ok(account)
    }

    /// Adds what a parm of the application says.
    fn add(&self, account: &mut PocAccount, parm: Parm<'_>, room: &mut Room) -> Result<(), Error> {
        let name = room.text(parm.name, "the name of a parm")?;
        let value = parm.value.map(|value| room.string(value, &name)).transpose()?;
        // the first value of a setting counts, as in other applications
        let is_free = |field: &Field| field.is_list() || account.values(*field).next().is_none();
        match (self.profile.field_of_parm(&name).filter(is_free), value) {
            (Some(field), Some(value)) => account.set(field, &value),
            (_, value) => {
                let name = room.keep(name)?;
                account.extensions.push(Extension { name, value });
                Ok(())
            }
        }
    }
}

/// What makes two accounts the same: application and provider.
fn identity(account: &PocAccount) -> (Option<String>, Option<String>) {
    (account.app_id.as_deref().map(str::to_ascii_lowercase), account.provider_id.clone())
}

/// Keeps the characteristics within the application, each parm under the types around it.
fn extend(account: &mut PocAccount, application: Characteristic<'_, '_>, room: &mut Room) -> Result<(), Error> {
    let mut path = String::new();
    // the characteristics to come at each level, and the length of the path there
    let mut open = Vec::from([(application.characteristics(), 0)]);
    while let Some((characteristics, length)) = open.last_mut() {
        path.truncate(*length);
        let Some(characteristic) = characteristics.next() else {
            open.pop();
            continue;
        };
        let type_ = room.string(characteristic.type_(), "the type of a characteristic");
        path.push_str(&type_.map_err(|error| error.or_at(characteristic.offset()))?);
        path.push('/');
        for parm in characteristic.parms() {
            let extension = extension(&path, parm, room).map_err(|error| error.or_at(parm.offset))?;
            account.extensions.push(extension);
        }
        open.push((characteristic.characteristics(), path.len()));
    }
    Ok(())
}

fn extension(path: &str, parm: Parm<'_>, room: &mut Room) -> Result<Extension, Error> {
    let name = room.text(parm.name, "the name of a parm")?;
    let value = parm.value.map(|value| room.string(value, &name)).transpose()?;
    room.take(path.len().saturating_add(name.len()))?;
    Ok(Extension { name: alloc::format!("{path}{name}"), value })
}
