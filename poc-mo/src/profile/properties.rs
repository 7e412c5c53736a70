//! What a device description says of a node (OMA-TS-DM-TND 1.2, `DFProperties`).

use core::fmt;

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
