//! What a row says of a setting.

#[cfg(feature = "dm")]
use alloc::borrow::Cow;
use core::fmt;

use super::field::Field;

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

/// The format of a setting's node (OMA-TS-DM-TND 1.2, `DFFormat`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "there are these three: what settings hold can be written so")]
pub enum Format {
    /// `chr`: text.
    Chr,
    /// `bool`: `true` or `false`.
    Bool,
    /// `int`: a whole number; 1 and 0, where it is true or false.
    Int,
}

/// How often something may be there (OMA-TS-DM-TND 1.2, `Occurrence`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "there is no other way to have or not to have a bound on either side")]
pub enum Occurrence {
    /// Exactly once.
    One,
    /// At most once.
    ZeroOrOne,
    /// Any number of times.
    ZeroOrMore,
    /// At least once.
    OneOrMore,
}

/// What servers may do to a node (OMA-TS-DM-TND 1.2, `AccessType`).
///
/// ```
/// use poc_mo::profile::Access;
///
/// let access = Access::GET.with(Access::REPLACE);
/// assert!(access.contains(Access::REPLACE) && !access.contains(Access::DELETE));
/// assert_eq!(access.to_string(), "Get,Replace");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Access(u8);

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

impl Format {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Chr, Self::Bool, Self::Int];

    /// The name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Chr => "chr",
            Self::Bool => "bool",
            Self::Int => "int",
        }
    }
}

impl Occurrence {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::One, Self::ZeroOrOne, Self::ZeroOrMore, Self::OneOrMore];

    /// The name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::One => "One",
            Self::ZeroOrOne => "ZeroOrOne",
            Self::ZeroOrMore => "ZeroOrMore",
            Self::OneOrMore => "OneOrMore",
        }
    }

    /// Whether it has to be there.
    #[must_use]
    pub const fn is_required(self) -> bool {
        matches!(self, Self::One | Self::OneOrMore)
    }

    /// Whether it may be there several times.
    #[must_use]
    pub const fn is_many(self) -> bool {
        matches!(self, Self::ZeroOrMore | Self::OneOrMore)
    }

    #[cfg(feature = "dm")]
    pub(crate) const fn of(is_required: bool, is_many: bool) -> Self {
        match (is_required, is_many) {
            (true, false) => Self::One,
            (false, false) => Self::ZeroOrOne,
            (false, true) => Self::ZeroOrMore,
            (true, true) => Self::OneOrMore,
        }
    }
}

impl Access {
    /// Nothing.
    pub const NONE: Self = Self(0);
    /// `Add`
    pub const ADD: Self = Self(1);
    /// `Copy`
    pub const COPY: Self = Self(2);
    /// `Delete`
    pub const DELETE: Self = Self(4);
    /// `Exec`
    pub const EXEC: Self = Self(8);
    /// `Get`
    pub const GET: Self = Self(16);
    /// `Replace`
    pub const REPLACE: Self = Self(32);

    const NAMES: [(Self, &'static str); 6] = [
        (Self::ADD, "Add"),
        (Self::COPY, "Copy"),
        (Self::DELETE, "Delete"),
        (Self::EXEC, "Exec"),
        (Self::GET, "Get"),
        (Self::REPLACE, "Replace"),
    ];

    /// All that is in one of both.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all of `other` is in it.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// That of this name.
    pub(crate) fn of(name: &str) -> Option<Self> {
        Self::NAMES.into_iter().find(|(_, known)| *known == name).map(|(access, _)| access)
    }

    /// The names of what is in it, in the order of the document type definition.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        Self::NAMES.into_iter().filter(move |(access, _)| self.contains(*access)).map(|(_, name)| name)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Occurrence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Access {
    /// Writes the names with commas between them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, name) in self.names().enumerate() {
            if index > 0 {
                f.write_str(",")?;
            }
            f.write_str(name)?;
        }
        Ok(())
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
