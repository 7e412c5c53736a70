//! The management tree as far as PoC is concerned, while a message changes it.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use wbxml::Text;

use crate::account::{Extension, Reference};
use crate::error::{Error, ErrorKind};
use crate::profile::{Field, Profile};
use crate::room::Room;
use crate::settings::Instance;
use crate::slots::{Slots, below};

/// What a message wants of one node.
#[derive(Clone, Debug)]
pub(crate) struct Change<'a> {
    /// The node's path, without `./` in front.
    pub(crate) path: Cow<'a, str>,
    pub(crate) action: Action<'a>,
    /// Where the item stands in the document.
    pub(crate) offset: usize,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Action<'a> {
    /// It is an interior node, perhaps of this type.
    Node(Option<Text<'a>>),
    /// It is a leaf, and this is its value.
    Leaf(Text<'a>),
    /// It is a leaf, and its value cannot be told.
    Unreadable(Fault),
    /// It is to go, with everything below it.
    Delete,
}

/// Why a value cannot be told: an error only if the node is one of PoC.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Fault {
    NotText,
    Chunked,
}

/// The deepest account, in nodes from the root: it bounds the search for the account that a node belongs to, however
/// many nodes stand above it.
const DEEPEST: usize = 16;

pub(crate) struct Tree<'p, 'c> {
    profile: &'p Profile<'p>,
    accounts: Slots<Account>,
    /// The paths that the message shows to be accounts, and the provider that it gives each.
    named: BTreeMap<&'c str, Option<String>>,
    /// The accounts without a node by their providers, the last one first.
    homeless: BTreeMap<Option<String>, Vec<usize>>,
    /// How many nodes the deepest setting stands below its account.
    deepest_setting: usize,
    room: Room,
}

impl<'p, 'c> Tree<'p, 'c> {
    /// The tree with these accounts in it, which `changes` are to change.
    pub(crate) fn new(
        profile: &'p Profile<'p>,
        instances: Vec<Instance>,
        changes: &'c [Change<'_>],
        room: Room,
    ) -> Result<Self, Error> {
        let accounts = instances.into_iter().map(Account::new).collect();
        let accounts = Slots::new(accounts, |account: &Account| account.instance.node.as_deref());
        let mut homeless = BTreeMap::<_, Vec<_>>::new();
        for (index, account) in accounts.unnamed().rev() {
            homeless.entry(account.instance.account.provider_id.clone()).or_default().push(index);
        }
        let patterns = profile.rows.iter().flat_map(|row| row.dm.all());
        let deepest_setting = patterns.map(|pattern| pattern.split('/').count()).max().unwrap_or_default();
        let mut tree = Self { profile, accounts, named: BTreeMap::new(), homeless, deepest_setting, room };
        tree.find_accounts(changes)?;
        tree.find_providers(changes)?;
        Ok(tree)
    }

    pub(crate) fn into_instances(self) -> Vec<Instance> {
        self.accounts.into_entries().map(Account::into_instance).collect()
    }

    /// Finds out which nodes are accounts before any of them is set: a message may name the account's leaves in any
    /// order, and only some of them tell whose they are.
    fn find_accounts(&mut self, changes: &'c [Change<'_>]) -> Result<(), Error> {
        let mut guessed = BTreeSet::new();
        for change in changes {
            let path = &*change.path;
            let is_typed = match change.action {
                Action::Node(Some(type_)) => self.room.is_text(type_, |id| self.profile.has_object_id(id)),
                _ => Ok(false),
            };
            if is_typed.map_err(|error| error.or_at(change.offset))? {
                self.named.insert(path, None);
            } else {
                guessed.extend(self.account_path(change).map_err(|error| error.or_at(change.offset))?);
            }
        }
        self.named.retain(|path, _| is_in_reach(path));
        for path in guessed.iter().copied().filter(|path| is_in_reach(path)) {
            // what looks like a setting of PoC is none if an account further up has it
            if !above(path).any(|above| self.is_account(above) || guessed.contains(above)) {
                self.named.entry(path).or_default();
            }
        }
        Ok(())
    }

    fn find_providers(&mut self, changes: &'c [Change<'_>]) -> Result<(), Error> {
        for change in changes {
            let (Action::Leaf(text), path) = (change.action, &*change.path) else { continue };
            let account = ends(path).take(self.deepest_setting).find(|(account, below)| {
                let row = self.profile.row_of_node(below);
                row.is_some_and(|row| row.field == Field::ProviderId) && self.named.contains_key(account)
            });
            if let Some((account, _)) = account {
                let provider = self.room.string(text, path).map_err(|error| error.or_at(change.offset))?;
                self.named.insert(account, Some(provider));
            }
        }
        Ok(())
    }

    /// The path of the account that a leaf belongs to, as the leaf itself tells.
    fn account_path(&mut self, change: &'c Change<'_>) -> Result<Option<&'c str>, Error> {
        for (account, below) in ends(&change.path).take(self.deepest_setting) {
            let Some(row) = self.profile.row_of_node(below) else { continue };
            let is_one = row.is_distinctive
                || match change.action {
                    Action::Leaf(text) if row.field == Field::AppId => {
                        self.room.is_text(text, |app_id| self.profile.has_app_id(app_id))?
                    }
                    _ => false,
                };
            if is_one {
                return Ok(Some(account));
            }
        }
        Ok(None)
    }

    fn is_account(&self, path: &str) -> bool {
        self.accounts.has(path) || self.named.contains_key(path)
    }

    pub(crate) fn apply(&mut self, change: &'c Change<'_>) -> Result<(), Error> {
        let path = &*change.path;
        match change.action {
            Action::Delete => self.delete(path),
            _ if self.is_account(path) => _ = self.account_at(path),
            _ => self.set(change)?,
        }
        Ok(())
    }

    fn set(&mut self, change: &'c Change<'_>) -> Result<(), Error> {
        let path = &*change.path;
        let Some((node, below)) = self.account_of(path) else { return Ok(()) };
        let value = match change.action {
            Action::Leaf(text) => Some(self.room.string(text, path)?),
            Action::Unreadable(fault) => return Err(fault.of(path)),
            Action::Node(_) | Action::Delete => None,
        };
        self.room.take(below.len())?;
        let profile = self.profile;
        self.account_at(node).set(profile, below, value)
    }

    fn delete(&mut self, path: &'c str) {
        self.accounts.remove(path);
        let Some((node, below)) = self.account_of(path) else { return };
        // an account that has no node yet may be the one that is meant; but none is made only to be deleted
        self.adopt(node);
        if self.accounts.has(node) {
            let profile = self.profile;
            self.account_at(node).delete(profile, below);
        }
    }

    /// The account that a node stands below, the nearest one, and the node's path below it.
    fn account_of<'n>(&self, path: &'n str) -> Option<(&'n str, &'n str)> {
        let node = above(path).filter(|above| self.is_account(above)).last()?;
        Some((node, below(node, path)?))
    }

    /// The account at this node: the one that has it, else one that has no node yet, else a new one.
    fn account_at(&mut self, node: &str) -> &mut Account {
        self.adopt(node);
        let account = self.accounts.get_or_insert_with(node, || Account::new(Instance::default()));
        account.instance.node.get_or_insert_with(|| String::from(node));
        account
    }

    /// If no account has this node, gives it to one that came without: the first one of the provider that the message
    /// gives, else the first one without a provider; the first one of all, if the message gives none.
    fn adopt(&mut self, node: &str) {
        if self.accounts.has(node) {
            return;
        }
        let index = match self.named.get(node).and_then(Option::as_ref) {
            None => self.accounts.first_unnamed(),
            provider => [provider.cloned(), None].iter().find_map(|provider| {
                let indexes = self.homeless.get_mut(provider)?;
                core::iter::from_fn(|| indexes.pop()).find(|index| self.accounts.is_unnamed(*index))
            }),
        };
        if let Some(index) = index {
            self.accounts.name(index, node);
        }
    }
}

impl Fault {
    fn of(self, path: &str) -> Error {
        let kind = match self {
            Self::NotText => ErrorKind::NotText(Box::from(path)),
            Self::Chunked => ErrorKind::Chunked(Box::from(path)),
        };
        Error::new(kind, None)
    }
}

/// An account whose lists are open to changes.
#[derive(Debug)]
struct Account {
    instance: Instance,
    con_refs: Slots<Reference>,
    app_refs: Slots<Reference>,
    extensions: Slots<Extension>,
}

impl Account {
    fn new(mut instance: Instance) -> Self {
        let account = &mut instance.account;
        let references = |list| Slots::new(core::mem::take(list), |reference: &Reference| reference.node.as_deref());
        Self {
            con_refs: references(&mut account.con_refs),
            app_refs: references(&mut account.app_refs),
            extensions: Slots::new(core::mem::take(&mut account.extensions), |extension| Some(&extension.name)),
            instance,
        }
    }

    fn into_instance(self) -> Instance {
        let Self { mut instance, con_refs, app_refs, extensions } = self;
        instance.account.con_refs = con_refs.into_entries().collect();
        instance.account.app_refs = app_refs.into_entries().collect();
        instance.account.extensions = extensions.into_entries().collect();
        instance
    }

    /// Sets the leaf `below` the account's node, or makes the interior node there, which has no value.
    fn set(&mut self, profile: &Profile<'_>, below: &str, value: Option<String>) -> Result<(), Error> {
        let name = String::from(below);
        let (field, to) = match (profile.row_of_node(below), value) {
            (Some(row), Some(text)) => (row.field, text),
            (_, None) if profile.is_interior(below) => return Ok(()),
            (_, value) => {
                self.extensions.put(below, Extension { name, value });
                return Ok(());
            }
        };
        let references = match field {
            Field::ConRef => &mut self.con_refs,
            Field::AppRef => &mut self.app_refs,
            field => return self.instance.account.set(field, &to),
        };
        references.put(below, Reference { to, node: Some(name) });
        Ok(())
    }

    /// Deletes the node `below` the account's and everything below that.
    fn delete(&mut self, profile: &Profile<'_>, below_account: &str) {
        for row in profile.rows {
            let is_gone = |pattern: &str| pattern == below_account || below(below_account, pattern).is_some();
            match row.field {
                _ if !row.dm.all().any(is_gone) => {}
                // those of which nobody has said where they stand, stand here
                Field::ConRef => self.con_refs.remove_unnamed(),
                Field::AppRef => self.app_refs.remove_unnamed(),
                field => self.instance.account.clear(field),
            }
        }
        self.con_refs.remove(below_account);
        self.app_refs.remove(below_account);
        self.extensions.remove(below_account);
    }
}

/// The nodes above a path, from the root down, as far as accounts reach.
fn above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').filter_map(|(end, _)| path.get(..end)).take(DEEPEST)
}

pub(crate) fn is_in_reach(path: &str) -> bool {
    path.split('/').take(DEEPEST.saturating_add(1)).count() <= DEEPEST
}

/// A path cut in two at each of its last slashes, the last one first.
fn ends(path: &str) -> impl Iterator<Item = (&str, &str)> {
    path.rmatch_indices('/').filter_map(|(end, _)| Some((path.get(..end)?, path.get(end.checked_add(1)?..)?)))
}
