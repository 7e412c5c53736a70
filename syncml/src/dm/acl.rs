//! Access control lists: which server may do what with a node (OMA DM Tree and Description, `ACL`).

mod builder;

use core::fmt;

pub use builder::AclBuilder;

use super::fault::{Fault, trimmed};
use super::node_kind::NodeKind;

/// What is wrong with an access control list, and where.
pub type AclError = Fault<AclErrorKind>;

/// What is wrong with an access control list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AclErrorKind {
    /// An entry without `=`, or without a command before it.
    #[error("an entry has no command, or no =")]
    NoCommand,
    /// `Get=` or `Get=a+`: a command is there for a server.
    #[error("a server identifier is empty")]
    NoServer,
    /// A command of the specification a second time.
    #[error("a command stands twice")]
    Repeated,
    /// White space, a control character, `=`, `*` or `+` where it may not stand.
    #[error("{0:?} may not stand here")]
    Character(char),
}

/// A command as access control lists name it.
///
/// The specification has the five of the constants; there is none for Copy, which needs [`FOR_COPY`](Self::FOR_COPY).
/// Other names are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AclCommand<'a>(&'a str);

impl<'a> AclCommand<'a> {
    /// `Add`
    pub const ADD: AclCommand<'static> = AclCommand("Add");
    /// `Delete`
    pub const DELETE: AclCommand<'static> = AclCommand("Delete");
    /// `Exec`
    pub const EXEC: AclCommand<'static> = AclCommand("Exec");
    /// `Get`
    pub const GET: AclCommand<'static> = AclCommand("Get");
    /// `Replace`
    pub const REPLACE: AclCommand<'static> = AclCommand("Replace");
    /// The commands of the specification.
    pub const ALL: [AclCommand<'static>; 5] = [Self::ADD, Self::DELETE, Self::EXEC, Self::GET, Self::REPLACE];
    /// What a server must be allowed to do in order to copy.
    pub const FOR_COPY: [AclCommand<'static>; 4] = [Self::GET, Self::ADD, Self::DELETE, Self::REPLACE];

    /// The command of this name, case-sensitive.
    ///
    /// # Errors
    /// [`AclErrorKind::NoCommand`] for an empty name, [`AclErrorKind::Character`] for one that would not be read again.
    pub fn new(name: &'a str) -> Result<Self, AclError> {
        check_name(name, 0, AclErrorKind::NoCommand)?;
        Ok(Self(name))
    }

    /// The name.
    #[must_use]
    pub const fn as_str(&self) -> &'a str {
        self.0
    }

    /// Whether it is one of the specification.
    #[must_use]
    pub fn is_known(&self) -> bool {
        AclCommand::ALL.contains(self)
    }
}

impl fmt::Display for AclCommand<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// The access control list of a node, as it is written: `Add=srv1+srv2&Get=*`.
///
/// An empty list says nothing, and the node has that of the next node above that has one:
/// [`effective`](Self::effective). To change a list there is [`AclBuilder`].
///
/// ```
/// use syncml::dm::{Acl, AclCommand};
///
/// let acl = Acl::parse("Add=com.example.a+com.example.b&Get=*")?;
/// assert!(acl.allows(AclCommand::ADD, "com.example.a"));
/// assert!(acl.allows(AclCommand::GET, "com.example.c"));
/// assert!(!acl.allows(AclCommand::REPLACE, "com.example.a"));
/// # Ok::<(), syncml::dm::AclError>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Acl<'a>(&'a str);

impl<'a> Acl<'a> {
    /// The list that says nothing.
    pub const EMPTY: Self = Self("");
    /// What the root has at first: everybody may add and get.
    pub const ROOT: Acl<'static> = Acl("Add=*&Get=*");

    /// Reads a list. White space around it is no part of it.
    ///
    /// # Errors
    /// One of [`AclErrorKind`], at the first octet that breaks the grammar.
    pub fn parse(text: &'a str) -> Result<Self, AclError> {
        let (text, start) = trimmed(text);
        if text.is_empty() {
            return Ok(Self::EMPTY);
        }
        let mut at = start;
        let mut seen = [false; AclCommand::ALL.len()];
        for entry in text.split('&') {
            let Some((command, servers)) = entry.split_once('=') else {
                check_name(entry, at, AclErrorKind::NoCommand)?;
                return Err(Fault::new(AclErrorKind::NoCommand, at));
            };
            check_name(command, at, AclErrorKind::NoCommand)?;
            for (known, seen) in AclCommand::ALL.iter().zip(&mut seen) {
                if known.0 == command && core::mem::replace(seen, true) {
                    return Err(Fault::new(AclErrorKind::Repeated, at));
                }
            }
            at = at.saturating_add(command.len()).saturating_add(1);
            for server in servers.split('+') {
                check_server(server, at)?;
                at = at.saturating_add(server.len()).saturating_add(1);
            }
        }
        Ok(Self(text))
    }

    /// The list as it is written.
    #[must_use]
    pub const fn as_str(&self) -> &'a str {
        self.0
    }

    /// Whether the list says nothing, so that the node has that of the node above.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The entries, in order.
    #[must_use]
    pub const fn entries(&self) -> AclEntries<'a> {
        AclEntries { rest: self.0 }
    }

    /// Whether this list lets a server do this. Of a node without a list of its own, ask the
    /// [effective](Self::effective) one.
    #[must_use]
    pub fn allows(&self, command: AclCommand<'_>, server: &str) -> bool {
        self.entries().filter(|entry| entry.command == command).any(|entry| entry.names(server))
    }

    /// Whether this list lets a server do all of these.
    ///
    /// ```
    /// use syncml::dm::{Acl, AclCommand};
    ///
    /// let acl = Acl::parse("Add=a&Delete=a&Get=*&Replace=a")?;
    /// assert!(acl.allows_all(&AclCommand::FOR_COPY, "a"));
    /// assert!(!acl.allows_all(&AclCommand::FOR_COPY, "b"));
    /// # Ok::<(), syncml::dm::AclError>(())
    /// ```
    #[must_use]
    pub fn allows_all(&self, commands: &[AclCommand<'_>], server: &str) -> bool {
        commands.iter().all(|command| self.allows(*command, server))
    }

    /// The list that holds for a node: the first that says anything of its own list, that of the node above, and so on
    /// to the root; [`Acl::ROOT`] if none does. A list hides those above it altogether, also for the commands it does
    /// not name.
    ///
    /// ```
    /// use syncml::dm::{Acl, AclCommand};
    ///
    /// let [own, above, root] = [Acl::EMPTY, Acl::parse("Get=a")?, Acl::ROOT];
    /// let acl = Acl::effective([own, above, root]);
    /// assert_eq!(acl.as_str(), "Get=a");
    /// assert!(!acl.allows(AclCommand::ADD, "a"));
    /// # Ok::<(), syncml::dm::AclError>(())
    /// ```
    #[must_use]
    pub fn effective(from_node_to_root: impl IntoIterator<Item = Self>) -> Self {
        from_node_to_root.into_iter().find(|acl| !acl.is_empty()).unwrap_or(Acl::ROOT)
    }
}

impl PartialEq for Acl<'_> {
    /// Compares what the lists let servers do, not how they are written.
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 || AclBuilder::from(*self) == AclBuilder::from(*other)
    }
}

impl Eq for Acl<'_> {}

impl fmt::Display for Acl<'_> {
    /// Writes the list as it was written. In XML, `&` is escaped by what writes the XML.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// The entries of a list.
#[derive(Clone, Debug)]
pub struct AclEntries<'a> {
    rest: &'a str,
}

impl<'a> Iterator for AclEntries<'a> {
    type Item = AclEntry<'a>;

    fn next(&mut self) -> Option<AclEntry<'a>> {
        let (entry, rest) = self.rest.split_once('&').unwrap_or((self.rest, ""));
        self.rest = rest;
        let (command, servers) = entry.split_once('=')?;
        Some(AclEntry { command: AclCommand(command), servers })
    }
}

/// An entry: a command, and who may send it.
#[derive(Clone, Copy, Debug)]
pub struct AclEntry<'a> {
    command: AclCommand<'a>,
    servers: &'a str,
}

impl<'a> AclEntry<'a> {
    /// The command.
    #[must_use]
    pub const fn command(&self) -> AclCommand<'a> {
        self.command
    }

    /// The server identifiers, in order; `*` is everybody.
    #[must_use]
    pub const fn servers(&self) -> Servers<'a> {
        Servers { rest: Some(self.servers) }
    }

    fn names(&self, server: &str) -> bool {
        self.servers().any(|listed| listed == "*" || listed == server)
    }
}

/// The server identifiers of an entry.
#[derive(Clone, Debug)]
pub struct Servers<'a> {
    rest: Option<&'a str>,
}

impl<'a> Iterator for Servers<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let rest = self.rest?;
        let (server, rest) = rest.split_once('+').map_or((rest, None), |(server, rest)| (server, Some(rest)));
        self.rest = rest;
        Some(server)
    }
}

/// Whether a server may change the list of a node: it needs the right to replace the node above, or, of an interior
/// node, the node itself. Else the answer is status 425, Permission denied. A device may keep the root's entry for Add
/// all the same, and answer 405, Command not allowed.
///
/// Both lists are the [effective](Acl::effective) ones; the root has none above.
///
/// ```
/// use syncml::dm::{Acl, NodeKind, may_replace_acl};
///
/// let (node, above) = (Acl::parse("Replace=a")?, Acl::parse("Replace=b")?);
/// assert!(may_replace_acl("a", NodeKind::Interior, node, Some(above)));
/// assert!(!may_replace_acl("a", NodeKind::Leaf, node, Some(above)));
/// assert!(may_replace_acl("b", NodeKind::Leaf, node, Some(above)));
/// # Ok::<(), syncml::dm::AclError>(())
/// ```
#[must_use]
pub fn may_replace_acl(server: &str, kind: NodeKind, node: Acl<'_>, above: Option<Acl<'_>>) -> bool {
    let has_right = |acl: Acl<'_>| acl.allows(AclCommand::REPLACE, server);
    above.is_some_and(has_right) || (kind == NodeKind::Interior && has_right(node))
}

/// Checks a server identifier, or `*`.
fn check_server(server: &str, at: usize) -> Result<(), AclError> {
    if server == "*" { Ok(()) } else { check_name(server, at, AclErrorKind::NoServer) }
}

fn check_name(name: &str, at: usize, if_empty: AclErrorKind) -> Result<(), AclError> {
    if name.is_empty() {
        return Err(Fault::new(if_empty, at));
    }
    let is_fault = |c: char| matches!(c, '=' | '&' | '*' | '+') || c.is_whitespace() || c.is_control();
    match name.char_indices().find(|(_, character)| is_fault(*character)) {
        Some((index, character)) => Err(Fault::new(AclErrorKind::Character(character), at.saturating_add(index))),
        None => Ok(()),
    }
}
