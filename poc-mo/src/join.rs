//! Which account is meant by what names no node of it: the join rule.

use alloc::collections::{BTreeMap, BTreeSet, VecDeque};
use alloc::string::String;
use alloc::vec::Vec;

use crate::account::PocAccount;

/// What tells accounts apart, as far as it is said: application and provider.
#[derive(Clone, Debug, Default)]
pub(crate) struct Identity {
    /// In lower case.
    app_id: Option<String>,
    provider_id: Option<String>,
}

impl Identity {
    pub(crate) fn of(account: &PocAccount) -> Self {
        let mut identity = Self { app_id: None, provider_id: account.provider_id.clone() };
        if let Some(app_id) = &account.app_id {
            identity.set_app_id(app_id);
        }
        identity
    }

    pub(crate) fn set_app_id(&mut self, app_id: &str) {
        self.app_id = Some(app_id.to_ascii_lowercase());
    }

    #[cfg(feature = "dm")]
    pub(crate) fn set_provider_id(&mut self, provider_id: String) {
        self.provider_id = Some(provider_id);
    }
}

/// Accounts that may be the one that is meant, each to be taken once.
///
/// To take one costs the logarithm of their number, over all.
#[derive(Debug, Default)]
pub(crate) struct Candidates {
    by_identity: BTreeMap<(Part, Part), VecDeque<usize>>,
    taken: BTreeSet<usize>,
}

/// One half of an identity.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// It does not matter.
    Any,
    Is(Option<String>),
}

impl Candidates {
    /// Adds the account at `index` behind the others.
    pub(crate) fn insert(&mut self, index: usize, identity: &Identity) {
        let parts = |value: &Option<String>| [Part::Is(value.clone()), Part::Any];
        for app_id in parts(&identity.app_id) {
            for provider_id in parts(&identity.provider_id) {
                self.by_identity.entry((app_id.clone(), provider_id)).or_default().push_back(index);
            }
        }
    }

    /// Takes the first one of the same application and provider, among those that are there.
    pub(crate) fn take_same(&mut self, identity: &Identity, is_there: impl Fn(usize) -> bool) -> Option<usize> {
        let Identity { app_id, provider_id } = identity.clone();
        self.take((Part::Is(app_id), Part::Is(provider_id)), &is_there)
    }

    /// Takes the first one that does not contradict the identity, among those that are there: of the provider rather
    /// than of none, and of the application rather than of none.
    pub(crate) fn take_fitting(&mut self, identity: &Identity, is_there: impl Fn(usize) -> bool) -> Option<usize> {
        let parts = |value: &Option<String>| match value {
            Some(value) => Vec::from([Part::Is(Some(value.clone())), Part::Is(None)]),
            None => Vec::from([Part::Any]),
        };
        for provider_id in parts(&identity.provider_id) {
            for app_id in parts(&identity.app_id) {
                if let Some(index) = self.take((app_id, provider_id.clone()), &is_there) {
                    return Some(index);
                }
            }
        }
        None
    }

    pub(crate) fn is_taken(&self, index: usize) -> bool {
        self.taken.contains(&index)
    }

    fn take(&mut self, key: (Part, Part), is_there: &impl Fn(usize) -> bool) -> Option<usize> {
        let list = self.by_identity.get_mut(&key)?;
        let index =
            core::iter::from_fn(|| list.pop_front()).find(|index| !self.taken.contains(index) && is_there(*index))?;
        self.taken.insert(index);
        Some(index)
    }
}
