//! What the rows of the characteristics say: which parms there are, how often, and with which values.

/// A characteristic: its parms, and the characteristics that may stand in it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Schema {
    /// `type`
    pub(crate) type_: &'static str,
    pub(crate) parms: &'static [ParmRow],
    pub(crate) children: &'static [&'static Self],
}

/// A parm of a characteristic.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ParmRow {
    pub(crate) name: &'static str,
    pub(crate) value: ValueKind,
    pub(crate) occurrence: Occurrence,
}

/// What a parm's value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ValueKind {
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Occurrence {
    One,
    Optional,
    Many,
    OneOrMore,
    /// Up to so many.
    UpTo(u8),
}

impl Occurrence {
    /// The fewest and the most.
    pub(crate) const fn range(self) -> (usize, usize) {
        match self {
            Self::One => (1, 1),
            Self::Optional => (0, 1),
            Self::Many => (0, usize::MAX),
            Self::OneOrMore => (1, usize::MAX),
            Self::UpTo(most) => (0, most as usize),
        }
    }
}
