//! The properties of nodes (OMA DM Tree and Description, properties of nodes).

use core::fmt;

use super::acl::{Acl, AclCommand, AclErrorKind};
use super::fault::{Fault, trimmed};
use super::format::Format;
use super::node_kind::NodeKind;
use super::time::Timestamp;

/// Whether a device has a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "the terms of specifications")]
pub enum Support {
    /// It must.
    Must,
    /// It may; one that has not answers with status 406, Optional feature not supported.
    May,
    /// It must not.
    MustNot,
}

struct Row {
    name: &'static str,
    leaf: Support,
    interior: Support,
    commands: &'static [AclCommand<'static>],
}

macro_rules! properties {
    ($( $(#[$doc:meta])* $property:ident = $name:literal: $leaf:ident, $interior:ident, $commands:expr; )*) => {
        /// A property of a node.
        ///
        /// ```
        /// use syncml::dm::{AclCommand, NodeKind, Property, Support};
        ///
        /// assert_eq!(Property::find("TStamp"), Some(Property::TStamp));
        /// assert_eq!(Property::Size.support(NodeKind::Interior), Support::MustNot);
        /// assert!(Property::Name.takes(AclCommand::REPLACE));
        /// assert!(!Property::Size.takes(AclCommand::REPLACE));
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Property {
            $( $(#[$doc])* $property, )*
        }

        impl Property {
            /// All properties, in the order of their names.
            pub const ALL: &'static [Self] = &[$( Self::$property ),*];

            const fn row(self) -> Row {
                match self {
                    $( Self::$property => Row {
                        name: $name,
                        leaf: Support::$leaf,
                        interior: Support::$interior,
                        commands: $commands,
                    }, )*
                }
            }
        }
    };
}

const READ: &[AclCommand<'static>] = &[AclCommand::GET];
const READ_WRITE: &[AclCommand<'static>] = &[AclCommand::GET, AclCommand::REPLACE];

// the name, what devices do for leaves and for interior nodes, the commands
properties! {
    /// `ACL`: which server may do what. Its own list only: empty for a node that has that of the node above.
    Acl = "ACL": Must, Must, READ_WRITE;
    /// `Format`: what the value is.
    Format = "Format": Must, Must, READ;
    /// `Name`: to replace it renames the node. Not for permanent nodes (status 405), not to the name of a sibling
    /// (418).
    Name = "Name": Must, Must, READ_WRITE;
    /// `Size`: octets of the value, decoded.
    Size = "Size": May, MustNot, READ;
    /// `Title`: a name to show.
    Title = "Title": May, May, READ_WRITE;
    /// `TStamp`: the time of the last change.
    TStamp = "TStamp": May, May, READ;
    /// `Type`: the media type of a leaf, the object that an interior node is the root of.
    Type = "Type": Must, Must, READ;
    /// `VerNo`: counts changes.
    VerNo = "VerNo": May, May, READ;
}

impl Property {
    /// The property of this name, case-sensitive.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|property| property.name() == name)
    }

    /// The name, as it stands behind `?prop=`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.row().name
    }

    /// Whether devices have it for nodes of this kind.
    #[must_use]
    pub const fn support(self, kind: NodeKind) -> Support {
        match kind {
            NodeKind::Interior => self.row().interior,
            NodeKind::Leaf => self.row().leaf,
        }
    }

    /// The commands that it takes; the others get status 405, Command not allowed.
    #[must_use]
    pub const fn commands(self) -> &'static [AclCommand<'static>] {
        self.row().commands
    }

    /// Whether it takes a command.
    #[must_use]
    pub fn takes(self, command: AclCommand<'_>) -> bool {
        self.commands().contains(&command)
    }
}

impl fmt::Display for Property {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What is wrong with the value of a property, and where.
pub type PropertyError = Fault<PropertyErrorKind>;

/// What is wrong with the value of a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PropertyErrorKind {
    /// The access control list breaks its grammar.
    #[error("{0}")]
    Acl(AclErrorKind),
    /// `Format` or `Name` without a character.
    #[error("there is no value")]
    Empty,
    /// A slash in a name, which separates names.
    #[error("a name has a slash")]
    Slash,
    /// `Size` or `VerNo` that is no decimal number, or one above 2³²−1 or 65535.
    #[error("no decimal number in range")]
    Number,
    /// A title above 255 octets.
    #[error("longer than 255 octets")]
    TooLong,
    /// `TStamp` that is no `YYYYMMDDThhmmssZ`.
    #[error("no time stamp")]
    Timestamp,
}

/// The value of a property.
///
/// ```
/// use syncml::dm::{Property, PropertyValue};
///
/// let value = PropertyValue::parse(Property::VerNo, "65535")?;
/// assert_eq!(value, PropertyValue::VerNo(65_535));
/// assert_eq!((value.property(), value.to_string()), (Property::VerNo, "65535".to_owned()));
/// # Ok::<(), syncml::dm::PropertyError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PropertyValue<'a> {
    /// The access control list of the node itself.
    Acl(Acl<'a>),
    /// The format.
    Format(Format<'a>),
    /// The name, which is not escaped; at most `MaxSegLen` characters.
    Name(&'a str),
    /// Octets of the value, decoded.
    Size(u32),
    /// A name to show, at most 255 octets.
    Title(&'a str),
    /// The time of the last change.
    TStamp(Timestamp),
    /// A media type, a management object identifier, or nothing.
    Type(&'a str),
    /// How often the node has been changed; behind 65535 comes 0.
    VerNo(u16),
}

impl<'a> PropertyValue<'a> {
    /// The longest title, in octets.
    pub const MAX_TITLE: usize = 255;

    /// Reads the value of a property. White space around it is part of a name and of a title, and of nothing else.
    ///
    /// # Errors
    /// One of [`PropertyErrorKind`], at the first faulty octet.
    pub fn parse(property: Property, text: &'a str) -> Result<Self, PropertyError> {
        let (inner, start) = trimmed(text);
        let fault = |kind| Fault::new(kind, start);
        Ok(match property {
            Property::Acl => match Acl::parse(text) {
                Ok(acl) => Self::Acl(acl),
                Err(error) => return Err(Fault::new(PropertyErrorKind::Acl(error.kind()), error.offset())),
            },
            Property::Format if inner.is_empty() => return Err(fault(PropertyErrorKind::Empty)),
            Property::Format => Self::Format(Format::new(inner)),
            Property::Name => match text.find('/') {
                Some(slash) => return Err(Fault::new(PropertyErrorKind::Slash, slash)),
                None if text.is_empty() => return Err(Fault::new(PropertyErrorKind::Empty, 0)),
                None => Self::Name(text),
            },
            Property::Size => Self::Size(decimal(inner).ok_or(fault(PropertyErrorKind::Number))?),
            Property::Title if text.len() > Self::MAX_TITLE => {
                return Err(Fault::new(PropertyErrorKind::TooLong, Self::MAX_TITLE));
            }
            Property::Title => Self::Title(text),
            Property::TStamp => Self::TStamp(Timestamp::parse(inner).ok_or(fault(PropertyErrorKind::Timestamp))?),
            Property::Type => Self::Type(inner),
            Property::VerNo => Self::VerNo(decimal(inner).ok_or(fault(PropertyErrorKind::Number))?),
        })
    }

    /// Which property it is the value of.
    #[must_use]
    pub const fn property(&self) -> Property {
        match self {
            Self::Acl(_) => Property::Acl,
            Self::Format(_) => Property::Format,
            Self::Name(_) => Property::Name,
            Self::Size(_) => Property::Size,
            Self::Title(_) => Property::Title,
            Self::TStamp(_) => Property::TStamp,
            Self::Type(_) => Property::Type,
            Self::VerNo(_) => Property::VerNo,
        }
    }
}

/// Digits and nothing else: no sign.
fn decimal<N: core::str::FromStr>(text: &str) -> Option<N> {
    if text.bytes().all(|octet| octet.is_ascii_digit()) { text.parse().ok() } else { None }
}

impl fmt::Display for PropertyValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Acl(acl) => acl.fmt(f),
            Self::Format(format) => format.fmt(f),
            Self::Name(text) | Self::Title(text) | Self::Type(text) => f.write_str(text),
            Self::Size(size) => size.fmt(f),
            Self::TStamp(time) => time.fmt(f),
            Self::VerNo(count) => count.fmt(f),
        }
    }
}
