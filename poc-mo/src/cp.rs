//! Settings that come by Client Provisioning: the `APPLICATION` of a provisioning document whose `APPID` is PoC's.

use alloc::collections::{BTreeMap, VecDeque};
use alloc::string::String;
use alloc::vec::Vec;

use omacp::{Characteristic, Parm, ProvisioningDoc};

use crate::account::{Extension, PocAccount, Reference};
use crate::applied::{Applied, Conflict, Held, Setting, is_same};
use crate::error::Error;
use crate::join::{Candidates, Identity};
use crate::profile::Field;
use crate::room::Room;
use crate::settings::{Instance, PocSettings};

impl PocSettings<'_> {
    /// Applies a provisioning document in WBXML or, with the feature `xml`, in XML: every PoC account that it holds.
    /// If anything is wrong, nothing is changed.
    ///
    /// Of several parms for one setting the first one counts; what the profile does not know, the other ones, and flags
    /// are kept in [`extensions`](PocAccount::extensions).
    ///
    /// An account of the document takes the place of the one that it is: of the first one of the same application and
    /// provider; else of the first one that messages have described and that names no other application and no other
    /// provider, one of the same provider rather than one without, one of the same application rather than one without.
    /// Each account that is there gives way to one of the document only. A document is a new beginning: what it leaves
    /// out is not set thereafter. The node stays, and so do those of references that stay. What had another value, or
    /// is no longer set, is a [`Conflict`].
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
    pub fn apply_cp(&mut self, document: &[u8]) -> Result<Applied, Error> {
        self.apply_document(&ProvisioningDoc::parse(document)?)
    }

    /// Applies a provisioning document that has been read.
    ///
    /// # Errors
    /// As [`apply_cp`](Self::apply_cp).
    pub fn apply_document(&mut self, document: &ProvisioningDoc<'_>) -> Result<Applied, Error> {
        let mut room = Room::new();
        let mut applications = Vec::new();
        for application in document.characteristics_of_type("APPLICATION") {
            if self.is_poc(application, &mut room)? {
                applications.push(self.application(application, &mut room)?);
            }
        }
        let places = self.places(&applications);
        let mut applied = Applied::default();
        for (application, place) in applications.iter().zip(&places) {
            if let Some(instance) = place.and_then(|index| self.instances.get(index)) {
                application.compare(instance, &mut room, &mut applied.conflicts)?;
            }
        }
        for (Application { mut account, .. }, place) in applications.into_iter().zip(places) {
            match place.and_then(|index| self.instances.get_mut(index)) {
                Some(instance) => {
                    keep_nodes(&mut account.con_refs, &instance.account.con_refs);
                    keep_nodes(&mut account.app_refs, &instance.account.app_refs);
                    instance.account = account;
                }
                None => self.instances.push(Instance { account, node: None }),
            }
        }
        Ok(applied)
    }

    /// For each application the account whose place it takes.
    fn places(&self, applications: &[Application]) -> Vec<Option<usize>> {
        let identities: Vec<Identity> =
            applications.iter().map(|application| Identity::of(&application.account)).collect();
        let mut same = Candidates::default();
        for (index, instance) in self.instances.iter().enumerate() {
            same.insert(index, &Identity::of(&instance.account));
        }
        let mut places: Vec<_> = identities.iter().map(|identity| same.take_same(identity, |_| true)).collect();
        // messages name the node, and need not name the application
        let mut described = Candidates::default();
        for (index, Instance { account, node }) in self.instances.iter().enumerate() {
            if (node.is_some() || account.app_id.is_none()) && !same.is_taken(index) {
                described.insert(index, &Identity::of(account));
            }
        }
        for (place, identity) in places.iter_mut().zip(&identities).filter(|(place, _)| place.is_none()) {
            *place = described.take_fitting(identity, |_| true);
        }
        places
    }

    /// Whether the first `APPID` is one of PoC: in whichever case the document writes name and value.
    pub(crate) fn is_poc(&self, application: Characteristic<'_, '_>, room: &mut Room) -> Result<bool, Error> {
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

    fn application(&self, characteristic: Characteristic<'_, '_>, room: &mut Room) -> Result<Application, Error> {
        let mut application = Application {
            account: PocAccount::default(),
            offset: characteristic.offset(),
            of_settings: BTreeMap::new(),
            of_extensions: Vec::new(),
        };
        for parm in characteristic.parms() {
            self.add(&mut application, parm, room).map_err(|error| error.or_at(parm.offset))?;
        }
        application.extend(characteristic, room)?;
        Ok(application)
    }

    /// Adds what a parm of the application says.
    fn add(&self, application: &mut Application, parm: Parm<'_>, room: &mut Room) -> Result<(), Error> {
        let name = room.text(parm.name, "the name of a parm")?;
        let value = parm.value.map(|value| room.string(value, &name)).transpose()?;
        // the first value of a setting counts, as in other applications
        let is_free = |field: &Field| field.is_list() || !application.of_settings.contains_key(field);
        match (self.profile.field_of_parm(&name).filter(is_free), value) {
            (Some(field), Some(value)) => {
                application.of_settings.entry(field).or_default().push(parm.offset);
                application.account.set(field, &value)
            }
            (_, value) => {
                let name = room.keep(name)?;
                application.push(Extension { name, value }, parm.offset);
                Ok(())
            }
        }
    }
}

/// An account of a document, and where everything of it stands there.
#[derive(Debug)]
struct Application {
    account: PocAccount,
    offset: usize,
    /// The offsets of each setting: of a list, one each.
    of_settings: BTreeMap<Field, Vec<usize>>,
    /// The offset of each extension.
    of_extensions: Vec<usize>,
}

impl Application {
    fn push(&mut self, extension: Extension, offset: usize) {
        self.account.extensions.push(extension);
        self.of_extensions.push(offset);
    }

    /// Keeps the characteristics within the application, each parm under the types around it.
    fn extend(&mut self, application: Characteristic<'_, '_>, room: &mut Room) -> Result<(), Error> {
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
                self.push(extension, parm.offset);
            }
            open.push((characteristic.characteristics(), path.len()));
        }
        Ok(())
    }

    /// Reports what the account that is there has, and this one has not or has otherwise: entry by entry of a list, and
    /// of extensions of one name the first with the first.
    fn compare(&self, there: &Instance, room: &mut Room, conflicts: &mut Vec<Conflict>) -> Result<(), Error> {
        let mut report = |setting: Setting, was: Held, is: Held, offset: usize| {
            let node = there.node.clone();
            room.take(was.len().saturating_add(is.len()).saturating_add(node.as_deref().map_or(0, str::len)))?;
            conflicts.push(Conflict { setting, node, was, is, offset });
            Ok::<(), Error>(())
        };
        for field in Field::ALL {
            let offsets = self.of_settings.get(&field).into_iter().flatten().copied();
            let mut values = self.account.values(field).zip(offsets);
            for was in there.account.values(field) {
                let (is, offset) = match values.next() {
                    Some((is, _)) if is_same(field, &was, &is) => continue,
                    Some((is, offset)) => (Held::Text(is.into_owned()), offset),
                    None => (Held::Unset, self.offset),
                };
                report(Setting::Field(field), Held::Text(was.into_owned()), is, offset)?;
            }
        }
        let mut extensions = BTreeMap::<&str, VecDeque<_>>::new();
        for (extension, offset) in self.account.extensions.iter().zip(&self.of_extensions) {
            extensions.entry(&extension.name).or_default().push_back((&extension.value, *offset));
        }
        for Extension { name, value: was } in &there.account.extensions {
            let (is, offset) = match extensions.get_mut(&**name).and_then(VecDeque::pop_front) {
                Some((is, _)) if is == was => continue,
                Some((is, offset)) => (Held::of(is.as_deref()), offset),
                None => (Held::Unset, self.offset),
            };
            report(Setting::Extension(name.clone()), Held::of(was.as_deref()), is, offset)?;
        }
        Ok(())
    }
}

/// Gives references the nodes in which the same ones stood.
fn keep_nodes(references: &mut [Reference], there: &[Reference]) {
    let mut nodes = BTreeMap::<&str, VecDeque<_>>::new();
    for reference in there {
        nodes.entry(&reference.to).or_default().push_back(&reference.node);
    }
    for reference in references {
        let node = nodes.get_mut(&*reference.to).and_then(VecDeque::pop_front);
        reference.node = node.cloned().flatten();
    }
}

fn extension(path: &str, parm: Parm<'_>, room: &mut Room) -> Result<Extension, Error> {
    let name = room.text(parm.name, "the name of a parm")?;
    let value = parm.value.map(|value| room.string(value, &name)).transpose()?;
    room.take(path.len().saturating_add(name.len()))?;
    Ok(Extension { name: alloc::format!("{path}{name}"), value })
}
