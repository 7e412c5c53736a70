//! Changing an access control list.

use alloc::collections::{BTreeMap, BTreeSet};
use core::fmt;

use super::{Acl, AclCommand, AclError, check_server};
use crate::dm::node_kind::NodeKind;

/// An access control list that can be changed. Printed, it has each command once, in the order of their names, and no
/// command without a server; `*` stands alone.
///
/// ```
/// use syncml::dm::{Acl, AclBuilder, AclCommand};
///
/// let mut acl = AclBuilder::from(Acl::parse("Replace=a+b&Get=*")?);
/// acl.grant(AclCommand::EXEC, "b")?.revoke(AclCommand::REPLACE, "b");
/// assert_eq!(acl.to_string(), "Exec=b&Get=*&Replace=a");
/// acl.remove_server("a");
/// assert_eq!(acl.to_string(), "Exec=b&Get=*");
/// # Ok::<(), syncml::dm::AclError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AclBuilder<'a> {
    /// No set is empty, and `*` is alone in its own.
    entries: BTreeMap<AclCommand<'a>, BTreeSet<&'a str>>,
}

impl<'a> AclBuilder<'a> {
    /// The list that says nothing.
    #[must_use]
    pub const fn new() -> Self {
        Self { entries: BTreeMap::new() }
    }

    /// The list of a node that a server has just added: it says nothing; but a server that may not replace the node
    /// above gets the rights to add, delete and replace in an interior node of its own.
    ///
    /// `above` is the [effective](Acl::effective) list of the node above.
    ///
    /// ```
    /// use syncml::dm::{Acl, AclBuilder, NodeKind};
    ///
    /// let added = AclBuilder::of_added("a", NodeKind::Interior, Acl::ROOT)?;
    /// assert_eq!(added.to_string(), "Add=a&Delete=a&Replace=a");
    /// assert!(AclBuilder::of_added("a", NodeKind::Leaf, Acl::ROOT)?.is_empty());
    /// # Ok::<(), syncml::dm::AclError>(())
    /// ```
    ///
    /// # Errors
    /// As [`grant`](Self::grant).
    pub fn of_added(server: &'a str, kind: NodeKind, above: Acl<'_>) -> Result<Self, AclError> {
        let mut acl = Self::new();
        if kind == NodeKind::Interior && !above.allows(AclCommand::REPLACE, server) {
            for command in [AclCommand::ADD, AclCommand::DELETE, AclCommand::REPLACE] {
                acl.grant(command, server)?;
            }
        }
        Ok(acl)
    }

    /// Lets a server do this, or everybody, for `*`.
    ///
    /// # Errors
    /// [`AclErrorKind::NoServer`](super::AclErrorKind::NoServer) for an empty identifier,
    /// [`AclErrorKind::Character`](super::AclErrorKind::Character) for one that would not be read again.
    pub fn grant(&mut self, command: AclCommand<'a>, server: &'a str) -> Result<&mut Self, AclError> {
        check_server(server, 0)?;
        self.insert(command, server);
        Ok(self)
    }

    fn insert(&mut self, command: AclCommand<'a>, server: &'a str) {
        let servers = self.entries.entry(command).or_default();
        if server == "*" {
            servers.clear();
        }
        if !servers.contains("*") {
            servers.insert(server);
        }
    }

    /// Does not list a server for this any more; `*` is an identifier of its own here. Without a server, the command
    /// goes too.
    pub fn revoke(&mut self, command: AclCommand<'_>, server: &str) -> &mut Self {
        self.entries.retain(|listed, servers| {
            if *listed == command {
                servers.remove(server);
            }
            !servers.is_empty()
        });
        self
    }

    /// Lets servers do what they may by either list. To replace a list is to start with the new one: nothing of the old
    /// one is left.
    pub fn merge(&mut self, other: Acl<'a>) -> &mut Self {
        for entry in other.entries() {
            for server in entry.servers() {
                self.insert(entry.command(), server);
            }
        }
        self
    }

    /// Removes a server that is no more, as has to be done in every node; entries that lose their last server go.
    pub fn remove_server(&mut self, server: &str) -> &mut Self {
        self.entries.retain(|_, servers| {
            servers.remove(server);
            !servers.is_empty()
        });
        self
    }

    /// Removes a server that is no more from the list of the root; entries that lose their last server are open to
    /// everybody then.
    ///
    /// ```
    /// use syncml::dm::{Acl, AclBuilder};
    ///
    /// let mut root = AclBuilder::from(Acl::parse("Add=a&Get=a+b")?);
    /// root.remove_server_from_root("a");
    /// assert_eq!(root.to_string(), "Add=*&Get=b");
    /// # Ok::<(), syncml::dm::AclError>(())
    /// ```
    pub fn remove_server_from_root(&mut self, server: &str) -> &mut Self {
        for servers in self.entries.values_mut() {
            servers.remove(server);
            if servers.is_empty() {
                servers.insert("*");
            }
        }
        self
    }

    /// Whether the list says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether this list lets a server do this.
    #[must_use]
    pub fn allows(&self, command: AclCommand<'_>, server: &str) -> bool {
        self.entries.get(&command).is_some_and(|servers| servers.contains("*") || servers.contains(server))
    }
}

impl<'a> From<Acl<'a>> for AclBuilder<'a> {
    fn from(acl: Acl<'a>) -> Self {
        let mut this = Self::new();
        this.merge(acl);
        this
    }
}

impl fmt::Display for AclBuilder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (command, servers)) in self.entries.iter().enumerate() {
            let separator = if index == 0 { "" } else { "&" };
            write!(f, "{separator}{command}")?;
            for (index, server) in servers.iter().enumerate() {
                let separator = if index == 0 { '=' } else { '+' };
                write!(f, "{separator}{server}")?;
            }
        }
        Ok(())
    }
}
