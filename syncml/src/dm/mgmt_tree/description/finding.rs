//! What is not as it is described.

use alloc::string::String;
use core::fmt;

use crate::dm::mgmt_tree::properties::{AccessType, Occurrence};
use crate::dm::{Format, ValueErrorKind};

/// A node that is not as it is described. Printed, it is a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding<'a> {
    /// The URI of the node; `<X>` stands for a node without a name.
    pub path: String,
    /// What is not as it is described.
    pub rule: Rule<'a>,
    /// The first octet of the node in the document that it was read from, or of the node above it if it is missing; 0 if
    /// it was built.
    pub offset: usize,
}

/// What is not as it is described.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rule<'a> {
    /// The description does not have the node.
    Unknown,
    /// The description does not have the node, but leaves to vendors what is below the node `Ext` above it.
    Extension,
    /// The node stands below its parent already.
    Doubled,
    /// The node is missing (`Occurrence`).
    Missing(Occurrence),
    /// There are more such nodes below their parent than described (`Occurrence`); the path is that of one.
    TooMany(Occurrence),
    /// The format is another one (`DFFormat`). Base64 and octets are the same here: one says the other.
    Format {
        /// What the tree says.
        found: Format<'a>,
        /// What is described.
        described: Format<'a>,
    },
    /// There are nodes below a leaf (`DFFormat`).
    NodesBelowLeaf,
    /// An interior node has a value (`DFFormat`).
    ValueOfInterior,
    /// The media type is none of those that are described (`DFType`).
    MediaType,
    /// The management object is another one (`DFType`).
    Object,
    /// The value is none of its format (`DFFormat`).
    Value(ValueErrorKind),
    /// The value is none of those that are allowed (Microsoft's `AllowedValues`).
    NotAllowed,
    /// What the value has to be is not looked at: a pattern or a schema (Microsoft's `AllowedValues`).
    Unchecked,
    /// A leaf has no value, and there is no default (`DefaultValue`): as in a tree that was asked for without values.
    NoValue,
    /// A server may not do this to the node (`AccessType`).
    Access(AccessType),
}

impl Rule<'_> {
    /// Whether the description forbids it; otherwise it does not say, or it is not looked at.
    #[must_use]
    pub const fn is_violation(self) -> bool {
        !matches!(self, Self::Extension | Self::Unchecked | Self::NoValue)
    }
}

impl fmt::Display for Finding<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if self.offset > 0 {
            write!(f, ", at octet {}", self.offset)?;
        }
        write!(f, ": {}", self.rule)
    }
}

impl fmt::Display for Rule<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => f.write_str("it is not described"),
            Self::Extension => f.write_str("it is an extension, which is left to vendors"),
            Self::Doubled => f.write_str("it stands there already"),
            Self::Missing(occurrence) => {
                write!(f, "it is missing, but is described to be there {}", HowOften(*occurrence))
            }
            Self::TooMany(occurrence) => {
                write!(f, "there are too many of its kind, described to be there {}", HowOften(*occurrence))
            }
            Self::Format { found, described } => write!(f, "its format is {found}, but is described as {described}"),
            Self::NodesBelowLeaf => f.write_str("there are nodes below it, but it is described as a leaf"),
            Self::ValueOfInterior => f.write_str("it has a value, but is described as an interior node"),
            Self::MediaType => f.write_str("its media type is none of those described"),
            Self::Object => f.write_str("its management object is not the one described"),
            Self::Value(kind) => write!(f, "its value is none of the format: {kind}"),
            Self::NotAllowed => f.write_str("its value is none of those allowed"),
            Self::Unchecked => f.write_str("its value has to follow a pattern or a schema, which is not checked"),
            Self::NoValue => f.write_str("it has no value, and no default is described"),
            Self::Access(access) => write!(f, "its access types do not have {access}"),
        }
    }
}

/// How often a node may be there, in words.
struct HowOften(Occurrence);

impl fmt::Display for HowOften {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Occurrence::One => f.write_str("exactly once"),
            Occurrence::ZeroOrOne => f.write_str("at most once"),
            Occurrence::ZeroOrMore => f.write_str("any number of times"),
            Occurrence::OneOrMore => f.write_str("at least once"),
            Occurrence::ZeroOrN(most) => write!(f, "at most {most} times"),
            Occurrence::OneOrN(most) => write!(f, "once to {most} times"),
        }
    }
}
