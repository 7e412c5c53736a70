//! An account as an `APPLICATION` of a provisioning document.

use alloc::borrow::Cow;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use omacp::{ProvisioningDoc, ProvisioningDocBuilder};

use super::{DEEPEST, is_text};
use crate::account::{Extension, PocAccount};
use crate::loss::{Loss, Reason};
use crate::profile::{Field, Profile};

/// An account as an `APPLICATION` of a Client Provisioning document, and what it loses there
/// (OMA-WAP-TS-ProvCont 1.1, 4.6.11).
///
/// Extensions become parms, those with slashes in their names in characteristics. The nodes that references stand in
/// have no place in a provisioning document.
///
/// ```
/// use poc_mo::{CpForm, Field, PocAccount, PocSettings, profile::PROVISIONAL};
///
/// let mut account = PocAccount::default();
/// account.set(Field::AppId, "ap0006")?;
/// account.set(Field::T11, "5000")?;
/// let form = CpForm::new(&account, &PROVISIONAL);
/// assert!(form.losses().is_empty());
///
/// let octets = form.document().to_wbxml().unwrap();
/// let mut settings = PocSettings::new();
/// settings.apply_cp(&octets)?;
/// assert_eq!(settings.accounts().next(), Some(&account));
/// # Ok::<(), poc_mo::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct CpForm<'a> {
    /// Those of the application itself first.
    parms: Vec<Parm<'a>>,
    losses: Vec<Loss>,
    unconfirmed: Vec<Field>,
}

#[derive(Clone, Debug)]
struct Parm<'a> {
    /// The types of the characteristics around it, with slashes between them.
    around: Option<&'a str>,
    name: Cow<'a, str>,
    value: Option<Cow<'a, str>>,
}

impl<'a> CpForm<'a> {
    /// `account` with the names of `profile`.
    #[must_use]
    pub fn new(account: &'a PocAccount, profile: &Profile<'a>) -> Self {
        let mut form = Self { parms: Vec::new(), losses: Vec::new(), unconfirmed: Vec::new() };
        let is_poc = account.app_id.as_ref().is_some_and(|app_id| profile.has_app_id(app_id) && is_text(app_id));
        if !is_poc || parm_of(profile, Field::AppId).is_none() {
            form.losses.push(Loss::Account);
            return form;
        }
        let mut set = BTreeSet::new();
        for field in Field::ALL {
            for (index, value) in account.values(field).enumerate() {
                let result = form.set(field, parm_of(profile, field), value);
                match result {
                    Ok(()) => _ = set.insert(field),
                    Err(reason) if field.is_list() => form.losses.push(Loss::Reference { field, index, reason }),
                    Err(reason) => form.losses.push(Loss::Field(field, reason)),
                }
            }
        }
        let is_confirmed = |field: &Field| profile.row(*field).is_some_and(|row| row.cp.is_confirmed);
        form.unconfirmed = set.iter().copied().filter(|field| !is_confirmed(field)).collect();
        let mut inside = Vec::new();
        let mut is_in_order = true;
        for (index, extension) in account.extensions.iter().enumerate() {
            match parm(extension, profile, &set) {
                Err(reason) => form.losses.push(Loss::Extension { index, name: extension.name.clone(), reason }),
                Ok(parm) if parm.around.is_some() => inside.push(parm),
                Ok(parm) => {
                    is_in_order &= inside.is_empty();
                    form.parms.push(parm);
                }
            }
        }
        form.parms.append(&mut inside);
        if !is_in_order {
            form.losses.push(Loss::Order);
        }
        form
    }

    fn set(&mut self, field: Field, name: Option<Cow<'a, str>>, value: Cow<'a, str>) -> Result<(), Reason> {
        let name = name.ok_or(Reason::NoName)?;
        if !is_text(&value) {
            return Err(Reason::NotText);
        }
        let value = match (field.is_truth(), &*value) {
            (true, "true") => Cow::Borrowed("1"),
            (true, _) => Cow::Borrowed("0"),
            (false, _) => value,
        };
        self.parms.push(Parm { around: None, name, value: Some(value) });
        Ok(())
    }

    /// In what the account that is read from the document is another one; nothing, if it is the same.
    #[must_use]
    pub fn losses(&self) -> &[Loss] {
        &self.losses
    }

    /// The settings that are written under a name that is not confirmed: a phone that knows the official one does not
    /// find them.
    ///
    /// ```
    /// use poc_mo::{CpForm, Field, PocAccount, profile::PROVISIONAL};
    ///
    /// let mut account = PocAccount::default();
    /// account.set(Field::AppId, "ap0001")?;
    /// account.set(Field::T11, "5000")?;
    /// assert_eq!(CpForm::new(&account, &PROVISIONAL).unconfirmed(), [Field::T11]);
    /// # Ok::<(), poc_mo::Error>(())
    /// ```
    #[must_use]
    pub fn unconfirmed(&self) -> &[Field] {
        &self.unconfirmed
    }

    /// A document with the application and nothing else; an empty one, if the whole account is lost.
    #[must_use]
    pub fn document(&self) -> ProvisioningDoc<'_> {
        let mut builder = ProvisioningDoc::builder();
        builder.version("1.1");
        self.add_to(&mut builder);
        builder.build()
    }

    /// Adds the application to a document that is being built: to its end, behind the access points and applications
    /// that the account refers to. Nothing, if the whole account is lost.
    ///
    /// ```
    /// use omacp::ProvisioningDoc;
    /// use poc_mo::{CpForm, Field, PocAccount, omacp, profile::PROVISIONAL};
    ///
    /// let mut account = PocAccount::default();
    /// account.set(Field::AppId, "ap0001")?;
    /// account.set(Field::ConRef, "PTT-NAP")?;
    /// let form = CpForm::new(&account, &PROVISIONAL);
    ///
    /// let mut builder = ProvisioningDoc::builder();
    /// builder.version("1.1").start("NAPDEF").parm("NAPID", "PTT-NAP").parm("NAME", "PTT").end();
    /// form.add_to(&mut builder);
    /// assert_eq!(builder.build().characteristics().count(), 2);
    /// # Ok::<(), poc_mo::Error>(())
    /// ```
    pub fn add_to<'f>(&'f self, builder: &mut ProvisioningDocBuilder<'f>) {
        if self.parms.is_empty() {
            return;
        }
        builder.start("APPLICATION");
        let mut open: Vec<&str> = Vec::new();
        for parm in &self.parms {
            let around: Vec<&str> = parm.around.iter().flat_map(|around| around.split('/')).collect();
            let mut common = open.iter().zip(&around).take_while(|(this, that)| this == that).count();
            // parms stand in front of the characteristics beside them: behind those, they need another characteristic
            if common == around.len() && common < open.len() {
                common = common.saturating_sub(1);
            }
            while open.len() > common {
                open.pop();
                builder.end();
            }
            for type_ in around.into_iter().skip(common) {
                open.push(type_);
                builder.start(type_);
            }
            match &parm.value {
                Some(value) => builder.parm(&parm.name, value),
                None => builder.flag(&parm.name),
            };
        }
        open.iter().for_each(|_| _ = builder.end());
        builder.end();
    }
}

/// The parm that is read as this setting.
fn parm_of<'a>(profile: &Profile<'a>, field: Field) -> Option<Cow<'a, str>> {
    let name = profile.row(field)?.cp.name;
    (profile.field_of_parm(name) == Some(field) && is_text(name)).then_some(Cow::Borrowed(name))
}

/// The parm that an extension is, where these settings have theirs.
fn parm<'a>(extension: &'a Extension, profile: &Profile<'_>, set: &BTreeSet<Field>) -> Result<Parm<'a>, Reason> {
    let (around, name) = match extension.name.rsplit_once('/') {
        Some((around, name)) => (Some(around), name),
        None => (None, &*extension.name),
    };
    if extension.name.split('/').any(str::is_empty) {
        return Err(Reason::Name);
    }
    if extension.name.split('/').count() > DEEPEST {
        return Err(Reason::TooDeep);
    }
    if !is_text(&extension.name) || !extension.value.as_deref().is_none_or(is_text) {
        return Err(Reason::NotText);
    }
    // the first value of a setting counts, and further references do
    let field = profile.field_of_parm(name).filter(|_| around.is_none() && extension.value.is_some());
    if field.is_some_and(|field| field.is_list() || !set.contains(&field)) {
        return Err(Reason::Taken);
    }
    Ok(Parm { around, name: Cow::Borrowed(name), value: extension.value.as_deref().map(Cow::Borrowed) })
}
