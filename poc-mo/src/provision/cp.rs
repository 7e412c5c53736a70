//! As a provisioning document.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use omacp::ProvisioningDoc;

use super::{Loss, Provisioning};
use crate::form::CpForm;
use crate::profile::Profile;

/// A provisioning as a Client Provisioning document, and what it loses there: [`Provisioning::cp`].
#[derive(Clone, Debug)]
pub struct CpProvisioning<'a> {
    provisioning: &'a Provisioning,
    accounts: Vec<CpForm<'a>>,
    losses: Vec<Loss>,
    unconfirmed: BTreeSet<&'a str>,
}

impl<'a> CpProvisioning<'a> {
    pub(super) fn new(provisioning: &'a Provisioning, profile: &Profile<'a>) -> Self {
        let accounts: Vec<_> = provisioning.accounts.iter().map(|account| CpForm::new(account, profile)).collect();
        let mut losses = Vec::new();
        let mut unconfirmed = BTreeSet::new();
        for (account, form) in accounts.iter().enumerate() {
            losses.extend(form.losses().iter().map(|loss| Loss::Account { account, loss: loss.clone() }));
            let rows = form.unconfirmed().iter().filter_map(|field| profile.row(*field));
            unconfirmed.extend(rows.map(|row| row.cp.name));
        }
        Self { provisioning, accounts, losses, unconfirmed }
    }

    /// In what that which is read from the document is something else; nothing, if it is the same.
    #[must_use]
    pub fn losses(&self) -> &[Loss] {
        &self.losses
    }

    /// The names of parms in use that are not confirmed.
    pub fn unconfirmed(&self) -> impl Iterator<Item = &str> {
        self.unconfirmed.iter().copied()
    }

    /// The document: the companions, and behind them the accounts, which refer to them.
    #[must_use]
    pub fn document(&self) -> ProvisioningDoc<'_> {
        let mut builder = ProvisioningDoc::builder();
        builder.version("1.1");
        self.provisioning.companions.add_to(&mut builder);
        self.accounts.iter().for_each(|account| account.add_to(&mut builder));
        builder.build()
    }
}
