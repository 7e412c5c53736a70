//! The accounts of a phone, as document after document changes them.

use alloc::string::String;
use alloc::vec::Vec;

use crate::account::PocAccount;
use crate::profile::{PROVISIONAL, Profile};

/// The PoC accounts of a phone.
///
/// Documents are applied in the order in which they come: a Client Provisioning document
/// ([`apply_cp`](Self::apply_cp)) or a Device Management message ([`apply_dm`](Self::apply_dm)) first, later ones after
/// it, by either road. Which of them are about one account, application and provider tell, and the node once it is
/// known; the methods say how. The later one counts: a provisioning document replaces the account, `Add` adds to it,
/// `Replace` and `Delete` update it. Where a document or an `Add` overrides what was there, that is told in
/// [`Applied`](crate::Applied).
///
/// Everything that they say takes effect: what a device would answer, and whether it would let a server do that,
#[cfg_attr(feature = "dm", doc = "[`Client`](crate::Client) knows.")]
#[cfg_attr(not(feature = "dm"), doc = "the client of the feature `dm` knows.")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PocSettings<'p> {
    pub(crate) profile: Profile<'p>,
    pub(crate) instances: Vec<Instance>,
}

/// An account, and where it stands in the management tree.
///
/// With the feature `serde` it is what a server stores: what is read is what was written.
///
/// ```
/// # #[cfg(feature = "cli")] {
/// use poc_mo::{Instance, PocAccount};
///
/// let instance = Instance::new(PocAccount::default(), Some("PoC/Harbour"));
/// let stored = serde_json::to_string(&instance)?;
/// assert_eq!(serde_json::from_str::<Instance>(&stored)?, instance);
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
#[non_exhaustive]
pub struct Instance {
    /// The settings.
    pub account: PocAccount,
    /// The account's node in the management tree, `PoC/Example` for instance; `None` as long as no message has named
    /// it.
    pub node: Option<String>,
}

impl Instance {
    /// The account, and its node if that is known.
    #[must_use]
    pub fn new(account: PocAccount, node: Option<&str>) -> Self {
        Self { account, node: node.map(String::from) }
    }
}

impl PocSettings<'static> {
    /// No account, and the [`PROVISIONAL`] profile.
    #[must_use]
    pub fn new() -> Self {
        Self::with_profile(PROVISIONAL)
    }
}

impl Default for PocSettings<'static> {
    fn default() -> Self {
        Self::new()
    }
}

impl<'p> PocSettings<'p> {
    /// No account, and names from `profile`.
    #[must_use]
    pub const fn with_profile(profile: Profile<'p>) -> Self {
        Self { profile, instances: Vec::new() }
    }

    /// Adds an account that is known by other means: one that a server has stored, for instance.
    ///
    /// ```
    /// use poc_mo::{Instance, PocAccount, PocSettings};
    ///
    /// let mut settings = PocSettings::new();
    /// settings.push(Instance::new(PocAccount::default(), Some("PoC/Harbour")));
    /// assert_eq!(settings.accounts().count(), 1);
    /// ```
    pub fn push(&mut self, instance: Instance) {
        self.instances.push(instance);
    }

    /// The accounts, in the order in which they came.
    pub fn accounts(&self) -> impl Iterator<Item = &PocAccount> {
        self.instances.iter().map(|instance| &instance.account)
    }

    /// The accounts with their nodes.
    #[must_use]
    pub fn instances(&self) -> &[Instance] {
        &self.instances
    }
}
