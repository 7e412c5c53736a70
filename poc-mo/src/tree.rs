//! The management tree as far as PoC is concerned, while a message changes it.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use syncml::dm::bootstrap::inbox_path;
use wbxml::Text;

use crate::account::{Extension, PocAccount, Reference};
use crate::applied::{Applied, Cause, Conflict, Held, PassedOver, Setting, is_same};
use crate::error::{Error, ErrorKind};
use crate::join::{Candidates, Identity};
use crate::profile::{Field, Profile};
use crate::room::Room;
use crate::settings::Instance;
use crate::slots::{Slots, below};

/// What a message wants of one node.
#[derive(Clone, Debug)]
pub(crate) struct Change<'a> {
    /// The node's path, without `./` in front. A part that begins with [`UNNAMED`] is a name that the device chooses.
    pub(crate) path: Cow<'a, str>,
    pub(crate) action: Action<'a>,
    /// Whether it is the node's first value, and no update.
    pub(crate) is_initial: bool,
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

/// The node to which servers add what is to find its place.
pub(crate) const INBOX: &str = "Inbox";

/// What stands for a name that the device chooses, with a number behind it; no path has it otherwise.
pub(crate) const UNNAMED: char = '?';

/// The deepest account, in nodes from the root: it bounds the search for the account that a node belongs to, however
/// many nodes stand above it.
const DEEPEST: usize = 16;

pub(crate) struct Tree<'p, 'c> {
    profile: &'p Profile<'p>,
    accounts: Slots<Account>,
    /// The paths that the message shows to be accounts, and what it says of each.
    named: BTreeMap<&'c str, Identity>,
    /// The accounts that wait for a node.
    homeless: Candidates,
    /// The accounts that one which goes to the inbox may be: those of the same identity first, then those without a
    /// node.
    known: [Candidates; 2],
    /// The accounts for which the device finds the place, by the paths that the message has for them.
    unplaced: BTreeMap<&'c str, usize>,
    /// How many nodes the deepest setting stands below its account.
    deepest_setting: usize,
    /// The last names of settings; `None` if one may have any.
    last_names: Option<BTreeSet<&'p str>>,
    room: Room,
    applied: Applied,
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
        let patterns = || profile.rows.iter().flat_map(|row| row.dm.all());
        let deepest_setting = patterns().map(|pattern| pattern.split('/').count()).max().unwrap_or_default();
        let last_names = patterns().map(last_name).map(|name| (name != "*").then_some(name)).collect();
        let mut tree = Self {
            profile,
            accounts,
            named: BTreeMap::new(),
            homeless: Candidates::default(),
            known: Default::default(),
            unplaced: BTreeMap::new(),
            deepest_setting,
            last_names,
            room,
            applied: Applied::default(),
        };
        tree.find_accounts(changes)?;
        tree.find_identities(changes)?;
        tree.find_candidates();
        Ok(tree)
    }

    pub(crate) fn into_instances(self) -> Vec<Instance> {
        self.into_parts().0
    }

    /// The accounts, and what applying the changes has brought to light.
    pub(crate) fn into_parts(self) -> (Vec<Instance>, Applied) {
        (self.accounts.into_entries().map(Account::into_instance).collect(), self.applied)
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
                self.named.insert(path, Identity::default());
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

    /// Finds out which application and provider the message gives each account.
    fn find_identities(&mut self, changes: &'c [Change<'_>]) -> Result<(), Error> {
        for change in changes {
            let (Action::Leaf(text), path) = (change.action, &*change.path) else { continue };
            if !self.may_be_setting(path) {
                continue;
            }
            let found = ends(path).take(self.deepest_setting).find_map(|(account, below)| {
                let field = self.profile.row_of_node(below)?.field;
                let is_identity = matches!(field, Field::AppId | Field::ProviderId);
                (is_identity && self.named.contains_key(account)).then_some((account, field))
            });
            let Some((account, field)) = found else { continue };
            let text = self.room.string(text, path).map_err(|error| error.or_at(change.offset))?;
            let identity = self.named.entry(account).or_default();
            match field {
                Field::AppId => identity.set_app_id(&text),
                _ => identity.set_provider_id(text),
            }
        }
        Ok(())
    }

    fn find_candidates(&mut self) {
        let has_unplaced = self.named.keys().any(|path| !is_placed(path));
        for (index, account) in self.accounts.iter() {
            let (identity, is_homeless) = (Identity::of(&account.instance.account), account.instance.node.is_none());
            let [same, fitting] = &mut self.known;
            let lists =
                [(&mut self.homeless, is_homeless), (same, has_unplaced), (fitting, has_unplaced && is_homeless)];
            for (list, _) in lists.into_iter().filter(|(_, is_one)| *is_one) {
                list.insert(index, &identity);
            }
        }
    }

    /// Whether a node's last name is one of a setting.
    fn may_be_setting(&self, path: &str) -> bool {
        self.last_names.as_ref().is_none_or(|names| names.contains(last_name(path)))
    }

    /// The path of the account that a leaf belongs to, as the leaf itself tells.
    fn account_path(&mut self, change: &'c Change<'_>) -> Result<Option<&'c str>, Error> {
        if !self.may_be_setting(&change.path) {
            return Ok(None);
        }
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
        let (profile, offset) = (self.profile, change.offset);
        let index = self.account_at(node);
        let Some(account) = self.accounts.get_mut(index) else { return Ok(()) };
        match account.set(profile, below, value)? {
            Outcome::Changed { setting, was, is } if change.is_initial => {
                let node = account.instance.node.clone();
                let length = node.as_deref().map_or(0, str::len);
                self.room.take(was.len().saturating_add(is.len()).saturating_add(length))?;
                self.applied.conflicts.push(Conflict { setting, node, was, is, offset });
            }
            Outcome::Unnamed => {
                self.room.take(path.len())?;
                self.applied.passed_over.push(PassedOver { node: String::from(path), cause: Cause::Unnamed, offset });
            }
            Outcome::Set | Outcome::Changed { .. } => {}
        }
        Ok(())
    }

    fn delete(&mut self, path: &'c str) {
        self.accounts.remove(path);
        let Some((node, below)) = self.account_of(path).filter(|(node, _)| is_placed(node)) else { return };
        // an account that has no node yet may be the one that is meant; but none is made only to be deleted
        let index = self.known_account(node);
        if let Some(account) = index.and_then(|index| self.accounts.get_mut(index)) {
            account.delete(self.profile, below);
        }
    }

    /// The account that a node stands below, the nearest one, and the node's path below it.
    fn account_of<'n>(&self, path: &'n str) -> Option<(&'n str, &'n str)> {
        let node = above(path).filter(|above| self.is_account(above)).last()?;
        Some((node, below(node, path)?))
    }

    /// The account at this node: the one that is known for it, else a new one.
    fn account_at(&mut self, node: &'c str) -> usize {
        if let Some(index) = self.known_account(node) {
            return index;
        }
        let is_placed = is_placed(node);
        let index = self.accounts.push(Account::new(Instance::new(PocAccount::default(), is_placed.then_some(node))));
        if is_placed {
            self.accounts.name(index, node);
        } else {
            self.unplaced.insert(node, index);
            self.homeless.insert(index, self.named.get(node).unwrap_or(&Identity::default()));
        }
        index
    }

    /// The account that has this node; else the one to which the join rule gives it.
    fn known_account(&mut self, node: &'c str) -> Option<usize> {
        let accounts = &self.accounts;
        let there = accounts.find(node).or_else(|| self.unplaced.get(node).copied());
        if let Some(index) = there.filter(|index| accounts.is_there(*index)) {
            return Some(index);
        }
        let identity = self.named.get(node).cloned().unwrap_or_default();
        let is_there = |index| accounts.is_there(index);
        if is_placed(node) {
            let index = self.homeless.take_fitting(&identity, is_there)?;
            self.accounts.name(index, node);
            self.accounts.get_mut(index)?.instance.node = Some(String::from(node));
            return Some(index);
        }
        let [same, fitting] = &mut self.known;
        let is_free = |index| is_there(index) && !fitting.is_taken(index);
        let index = match same.take_same(&identity, is_free) {
            Some(index) => index,
            None => fitting.take_fitting(&identity, |index| is_there(index) && !same.is_taken(index))?,
        };
        self.unplaced.insert(node, index);
        Some(index)
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

/// What has come of setting a node of an account.
#[derive(Debug)]
enum Outcome {
    /// It is set.
    Set,
    /// It had one value, and has another one.
    Changed { setting: Setting, was: Held, is: Held },
    /// It is no setting, and its name is not known.
    Unnamed,
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
    fn set(&mut self, profile: &Profile<'_>, below: &str, value: Option<String>) -> Result<Outcome, Error> {
        let is_named = !below.contains(UNNAMED);
        let (field, to) = match (profile.row_of_node(below), value) {
            (Some(row), Some(text)) => (row.field, text),
            (_, None) if profile.is_interior(below) => return Ok(Outcome::Set),
            _ if !is_named => return Ok(Outcome::Unnamed),
            (_, value) => {
                let is = Held::of(value.as_deref());
                let name = String::from(below);
                let was = self.extensions.put(below, Extension { name, value });
                let was = was.map(|extension| Held::of(extension.value.as_deref())).filter(|was| *was != is);
                let setting = || Setting::Extension(String::from(below));
                return Ok(was.map_or(Outcome::Set, |was| Outcome::Changed { setting: setting(), was, is }));
            }
        };
        let account = &mut self.instance.account;
        let list = match field {
            Field::ConRef => Some(&mut self.con_refs),
            Field::AppRef => Some(&mut self.app_refs),
            _ => None,
        };
        let (was, is) = match list {
            Some(references) => {
                let node = is_named.then(|| String::from(below));
                let was = references.put(below, Reference { to: to.clone(), node });
                (was.map(|reference| reference.to), to)
            }
            None => {
                let value = |account: &PocAccount| account.values(field).next().map(Cow::into_owned);
                let was = value(account);
                account.set(field, &to)?;
                (was, value(account).unwrap_or_default())
            }
        };
        Ok(match was.filter(|was| !is_same(field, was, &is)) {
            Some(was) => Outcome::Changed { setting: Setting::Field(field), was: Held::Text(was), is: Held::Text(is) },
            None => Outcome::Set,
        })
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

/// Whether a path is the one of a node in the tree: neither of one that the device takes from its inbox to some place
/// (OMA-TS-DM_Bootstrap 1.2), nor of one for which it chooses a name.
fn is_placed(path: &str) -> bool {
    path != INBOX && inbox_path(path).is_none() && !path.contains(UNNAMED)
}

fn last_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
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
