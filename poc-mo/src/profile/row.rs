//! What a row says of a setting.

#[cfg(feature = "dm")]
use alloc::borrow::Cow;

use super::field::Field;
use super::properties::{Access, Format, Occurrence};

/// What a setting is called on one side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "users write profiles as literals")]
pub struct Name<'p> {
    /// The name that is written: a parm, or the path of a node below the account's, `*` standing for a node whose name
    /// is chosen at run time.
    pub name: &'p str,
    /// Other spellings that are read.
    pub aliases: &'p [&'p str],
    /// Whether the name has been seen in a primary text or in several independent implementations.
    pub is_confirmed: bool,
}

/// One setting: its names, and what a device description says of its node (OMA-TS-DM-TND 1.2, `DFProperties`).
///
/// ```
/// use poc_mo::profile::{Access, Name, Occurrence, Row};
/// use poc_mo::Field;
///
/// let name = |name| Name { name, aliases: &[], is_confirmed: true };
/// let row = Row { occurrence: Occurrence::One, ..Row::new(Field::T10, name("TIMER-T10"), name("Timers/T10")) };
/// assert_eq!(row.format.as_str(), "int");
/// assert_eq!(row.access.to_string(), "Get,Replace");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "users write profiles as literals")]
pub struct Row<'p> {
    /// The setting.
    pub field: Field,
    /// Its parm in a Client Provisioning `APPLICATION`.
    pub cp: Name<'p>,
    /// Its node in the management object.
    pub dm: Name<'p>,
    /// The format of its node.
    pub format: Format,
    /// How often an account has it: parms of an `APPLICATION`, and nodes that its path stands for together.
    pub occurrence: Occurrence,
    /// The least that servers may do to its node.
    pub access: Access,
    /// Whether no other management object has a node of this name: such a node is known for a PoC setting even where
    /// nothing says that the node above it is a PoC account.
    pub is_distinctive: bool,
}

/// An interior node below the account's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "users write profiles as literals")]
pub struct Interior<'p> {
    /// Its path below the account's node, `*` standing for a name that is chosen at run time.
    pub path: &'p str,
    /// How often it may stand below the node above it.
    pub occurrence: Occurrence,
    /// The least that servers may do to it.
    pub access: Access,
    /// Whether all this has been seen in a primary text.
    pub is_confirmed: bool,
}

impl<'p> Name<'p> {
    /// The name and its aliases.
    pub fn all(&self) -> impl Iterator<Item = &'p str> + use<'p> {
        core::iter::once(self.name).chain(self.aliases.iter().copied())
    }
}

impl<'p> Row<'p> {
    /// A setting of these names that an account may have, or of references as many as it likes: of the format that is
    /// known for it, to be got and replaced by servers, and in a node of a name that other objects may have, too.
    #[must_use]
    pub const fn new(field: Field, cp: Name<'p>, dm: Name<'p>) -> Self {
        let occurrence = if field.is_list() { Occurrence::ZeroOrMore } else { Occurrence::ZeroOrOne };
        let (format, access) = (field.format(), Access::GET.with(Access::REPLACE));
        Self { field, cp, dm, format, occurrence, access, is_distinctive: false }
    }

    /// A value as its node has it.
    #[cfg(feature = "dm")]
    pub(crate) fn node_value<'a>(&self, value: Cow<'a, str>) -> Cow<'a, str> {
        match (self.field.is_truth(), self.format, &*value) {
            (true, Format::Int, "true") => Cow::Borrowed("1"),
            (true, Format::Int, _) => Cow::Borrowed("0"),
            _ => value,
        }
    }
}

/// A name that has been confirmed.
pub(crate) const fn confirmed<'p>(name: &'p str, aliases: &'p [&'p str]) -> Name<'p> {
    Name { name, aliases, is_confirmed: true }
}

/// A name that is reconstructed.
pub(crate) const fn provisional<'p>(name: &'p str, aliases: &'p [&'p str]) -> Name<'p> {
    Name { name, aliases, is_confirmed: false }
}
