//! What the rows of the characteristics say: which parms there are, how often, and with which values.

/// A type of characteristics: its parms, and the characteristics that may stand in it.
///
/// ```
/// use omacp::typed::{NapDef, Occurrence, ValueKind};
///
/// let row = NapDef::SCHEMA.parm("INTERNET").unwrap();
/// assert_eq!((row.value, row.occurrence), (ValueKind::Flag, Occurrence::Optional));
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Schema {
    /// The `type`.
    pub type_: &'static str,
    /// The parms.
    pub parms: &'static [ParmRow],
    /// The characteristics inside; there may be any number of each.
    pub children: &'static [&'static Self],
}

/// A parm of a characteristic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParmRow {
    /// Its name.
    pub name: &'static str,
    /// What its value is.
    pub value: ValueKind,
    /// How often it stands there.
    pub occurrence: Occurrence,
}

/// What a parm's value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ValueKind {
    /// A text.
    Text,
    /// An unsigned number in decimal digits.
    Decimal,
    /// An unsigned number in hexadecimal digits.
    Hex,
    /// No value at all.
    Flag,
    /// A text, or none.
    TextOrFlag,
}

/// How often a parm stands in its characteristic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Occurrence {
    /// Once.
    One,
    /// Once or not at all.
    Optional,
    /// As often as somebody likes.
    Many,
    /// Once or more often.
    OneOrMore,
    /// Up to so many times.
    UpTo(u8),
}

impl Schema {
    /// The row of the parm of this name.
    #[must_use]
    pub fn parm(&self, name: &str) -> Option<&'static ParmRow> {
        self.parms.iter().find(|row| row.name == name)
    }
}

impl Occurrence {
    /// The fewest and the most.
    #[must_use]
    pub const fn range(self) -> (usize, usize) {
        match self {
            Self::One => (1, 1),
            Self::Optional => (0, 1),
            Self::Many => (0, usize::MAX),
            Self::OneOrMore => (1, usize::MAX),
            Self::UpTo(most) => (0, most as usize),
        }
    }
}
