//! What a tree says of a node: properties at run time, and the constraints of a description.

use wbxml::vocabulary::dmddf::tag;
use wbxml::{Tag, Text};

use super::arena::{Entries, Kind, Name};
use crate::dm::Format;

macro_rules! choice {
    ($(#[$doc:meta])* pub enum $choice:ident { $($(#[$variant_doc:meta])* $variant:ident = $tag:ident $name:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $choice {
            $($(#[$variant_doc])* $variant,)*
        }

        impl $choice {
            /// The name of its element.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            pub(crate) const fn tag(self) -> Tag {
                match self {
                    $(Self::$variant => tag::$tag,)*
                }
            }

            fn of(tag: Tag) -> Option<Self> {
                match tag {
                    $(tag::$tag => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }

        impl core::fmt::Display for $choice {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

choice! {
    /// What a description lets a server do to a node (`AccessType`).
    pub enum AccessType {
        /// `Add`.
        Add = ADD "Add";
        /// `Copy`.
        Copy = COPY "Copy";
        /// `Delete`.
        Delete = DELETE "Delete";
        /// `Exec`.
        Exec = EXEC "Exec";
        /// `Get`.
        Get = GET "Get";
        /// `Replace`.
        Replace = REPLACE "Replace";
    }
}

choice! {
    /// Whether a node is always there (`Scope`); dynamic, where a description does not say.
    #[derive(Default)]
    pub enum Scope {
        /// It is always there, and no server adds or deletes it.
        Permanent = PERMANENT "Permanent";
        /// It comes and goes.
        #[default]
        Dynamic = DYNAMIC "Dynamic";
    }
}

choice! {
    /// Whether names or values are told apart by case (`CaseSense`).
    pub enum CaseSense {
        /// They are.
        Sensitive = CS "CS";
        /// They are not.
        Insensitive = CIS "CIS";
    }
}

/// A set of [`AccessType`]s.
///
/// ```
/// use syncml::dm::mgmt_tree::{AccessType, AccessTypes};
///
/// let access = AccessTypes::from_iter([AccessType::Replace, AccessType::Get]);
/// assert!(access.contains(AccessType::Get) && !access.contains(AccessType::Add));
/// assert_eq!(access.iter().map(AccessType::as_str).collect::<Vec<_>>(), ["Get", "Replace"]);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct AccessTypes(u8);

impl AccessTypes {
    /// None.
    pub const EMPTY: Self = Self(0);

    const ALL: [AccessType; 6] =
        [AccessType::Add, AccessType::Copy, AccessType::Delete, AccessType::Exec, AccessType::Get, AccessType::Replace];

    /// The same with `access`.
    #[must_use]
    pub const fn with(self, access: AccessType) -> Self {
        Self(self.0 | Self::bit(access))
    }

    /// Whether `access` is among them.
    #[must_use]
    pub const fn contains(self, access: AccessType) -> bool {
        self.0 & Self::bit(access) != 0
    }

    /// Them, in the order of the document type definition.
    pub fn iter(self) -> impl Iterator<Item = AccessType> {
        Self::ALL.into_iter().filter(move |access| self.contains(*access))
    }

    const fn bit(access: AccessType) -> u8 {
        match access {
            AccessType::Add => 1,
            AccessType::Copy => 2,
            AccessType::Delete => 4,
            AccessType::Exec => 8,
            AccessType::Get => 16,
            AccessType::Replace => 32,
        }
    }
}

impl FromIterator<AccessType> for AccessTypes {
    fn from_iter<I: IntoIterator<Item = AccessType>>(accesses: I) -> Self {
        accesses.into_iter().fold(Self::EMPTY, Self::with)
    }
}

/// How often a node may stand below its parent (`Occurrence`); once, where a description does not say.
///
/// The numbers are 2 to 65,536; descriptions of Windows have 1 as well, which is read as it stands.
///
/// ```
/// use syncml::dm::mgmt_tree::Occurrence;
///
/// assert!(Occurrence::ZeroOrN(3).admits(3) && !Occurrence::ZeroOrN(3).admits(4));
/// assert_eq!(Occurrence::OneOrMore.to_string(), "OneOrMore");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Occurrence {
    /// Exactly once.
    #[default]
    One,
    /// At most once.
    ZeroOrOne,
    /// Any number of times.
    ZeroOrMore,
    /// At least once.
    OneOrMore,
    /// At most so many times.
    ZeroOrN(u32),
    /// At least once and at most so many times.
    OneOrN(u32),
}

impl Occurrence {
    /// Whether so many nodes may stand there.
    #[must_use]
    pub const fn admits(self, count: u32) -> bool {
        match self {
            Self::One => count == 1,
            Self::ZeroOrOne => count <= 1,
            Self::ZeroOrMore => true,
            Self::OneOrMore => count >= 1,
            Self::ZeroOrN(most) => count <= most,
            Self::OneOrN(most) => count >= 1 && count <= most,
        }
    }

    /// The name of its element.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::One => "One",
            Self::ZeroOrOne => "ZeroOrOne",
            Self::ZeroOrMore => "ZeroOrMore",
            Self::OneOrMore => "OneOrMore",
            Self::ZeroOrN(_) => "ZeroOrN",
            Self::OneOrN(_) => "OneOrN",
        }
    }

    /// The number in it.
    pub(crate) const fn most(self) -> Option<u32> {
        match self {
            Self::ZeroOrN(most) | Self::OneOrN(most) => Some(most),
            _ => None,
        }
    }

    pub(crate) const fn tag(self) -> Tag {
        match self {
            Self::One => tag::ONE,
            Self::ZeroOrOne => tag::ZERO_OR_ONE,
            Self::ZeroOrMore => tag::ZERO_OR_MORE,
            Self::OneOrMore => tag::ONE_OR_MORE,
            Self::ZeroOrN(_) => tag::ZERO_OR_N,
            Self::OneOrN(_) => tag::ONE_OR_N,
        }
    }

    fn read(entries: &Entries<'_>, index: usize) -> Option<Self> {
        entries.elements(index).find_map(|(index, name)| {
            let Name::Known(tag) = name else { return None };
            let most = || {
                let text = entries.any_text(index)?.to_cow().ok()?;
                text.trim_ascii().parse().ok().filter(|most| (1..=65_536).contains(most))
            };
            Some(match tag {
                tag::ONE => Self::One,
                tag::ZERO_OR_ONE => Self::ZeroOrOne,
                tag::ZERO_OR_MORE => Self::ZeroOrMore,
                tag::ONE_OR_MORE => Self::OneOrMore,
                tag::ZERO_OR_N => Self::ZeroOrN(most()?),
                tag::ONE_OR_N => Self::OneOrN(most()?),
                _ => return None,
            })
        })
    }
}

impl core::fmt::Display for Occurrence {
    /// Writes the name of the element.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The type of a node (`Type`, `DFType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NodeType<'a> {
    /// `MIME`: the media type of a leaf's value.
    Mime(Text<'a>),
    /// `DDFName`: the identifier of the management object that an interior node is the root of, perhaps empty.
    DdfName(Text<'a>),
}

/// The properties of a node in a serialised tree (`RTProperties`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "to be written as a literal: these are the elements of RTProperties")]
pub struct RtProperties<'a> {
    /// `ACL`: the access control list.
    pub acl: Option<Text<'a>>,
    /// `Format`.
    pub format: Option<Format<'a>>,
    /// `Name`.
    pub name: Option<Text<'a>>,
    /// `Size`: octets of the value.
    pub size: Option<Text<'a>>,
    /// `Title`.
    pub title: Option<Text<'a>>,
    /// `TStamp`: when the node changed last.
    pub t_stamp: Option<Text<'a>>,
    /// `Type`.
    pub type_: Option<NodeType<'a>>,
    /// `VerNo`: how often the node has changed.
    pub ver_no: Option<Text<'a>>,
}

/// What a description says of a node (`DFProperties`), apart from its types: [`Node::types`](super::Node::types).
///
/// What a description leaves out has a default where the document type definition gives one:
///
/// ```
/// use syncml::dm::mgmt_tree::{DfProperties, Occurrence, Scope};
///
/// let description = DfProperties::default();
/// assert_eq!(description.occurrence.unwrap_or_default(), Occurrence::One);
/// assert_eq!(description.scope.unwrap_or_default(), Scope::Dynamic);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "to be written as a literal: these are the elements of DFProperties")]
pub struct DfProperties<'a> {
    /// `AccessType`.
    pub access: AccessTypes,
    /// `DefaultValue`; `None` too where it is octets or markup.
    pub default_value: Option<Text<'a>>,
    /// `Description`.
    pub description: Option<Text<'a>>,
    /// `DFFormat`.
    pub format: Option<Format<'a>>,
    /// `Occurrence`: `None` too where it is none of [`Occurrence`], or its number is none.
    pub occurrence: Option<Occurrence>,
    /// `Scope`.
    pub scope: Option<Scope>,
    /// `DFTitle`.
    pub title: Option<Text<'a>>,
    /// `CaseSense`.
    pub case_sense: Option<CaseSense>,
}

impl<'a> RtProperties<'a> {
    pub(crate) fn read(entries: &Entries<'a>, index: usize) -> Self {
        let mut properties = Self::default();
        for (index, name) in entries.elements(index) {
            let Name::Known(tag) = name else { continue };
            let field = match tag {
                tag::ACL => &mut properties.acl,
                tag::NAME => &mut properties.name,
                tag::SIZE => &mut properties.size,
                tag::TITLE => &mut properties.title,
                tag::T_STAMP => &mut properties.t_stamp,
                tag::VER_NO => &mut properties.ver_no,
                tag::FORMAT => {
                    properties.format = format(entries, index);
                    continue;
                }
                tag::TYPE => {
                    properties.type_ = types(entries, index).next();
                    continue;
                }
                _ => continue,
            };
            *field = entries.text(index);
        }
        properties
    }
}

impl<'a> DfProperties<'a> {
    pub(crate) fn read(entries: &Entries<'a>, index: usize) -> Self {
        let mut properties = Self::default();
        for (index, name) in entries.elements(index) {
            let Name::Known(tag) = name else { continue };
            match tag {
                tag::ACCESS_TYPE => properties.access = all(entries, index, AccessType::of).collect(),
                tag::DEFAULT_VALUE => properties.default_value = entries.text(index),
                tag::DESCRIPTION => properties.description = entries.text(index),
                tag::DF_FORMAT => properties.format = properties.format.or_else(|| format(entries, index)),
                tag::OCCURRENCE => properties.occurrence = Occurrence::read(entries, index),
                tag::SCOPE => properties.scope = chosen(entries, index, Scope::of),
                tag::DF_TITLE => properties.title = entries.text(index),
                tag::CASE_SENSE => properties.case_sense = chosen(entries, index, CaseSense::of),
                _ => {}
            }
        }
        properties
    }
}

/// The elements at `index` that are choices.
fn all<T>(entries: &Entries<'_>, index: usize, of: impl Fn(Tag) -> Option<T>) -> impl Iterator<Item = T> {
    entries.elements(index).filter_map(move |(_, name)| match name {
        Name::Known(tag) => of(tag),
        _ => None,
    })
}

fn chosen<T>(entries: &Entries<'_>, index: usize, of: impl Fn(Tag) -> Option<T>) -> Option<T> {
    all(entries, index, of).next()
}

/// The format that the `Format` or `DFFormat` at `index` holds an element for: one of the specification before another.
fn format<'a>(entries: &Entries<'a>, index: usize) -> Option<Format<'a>> {
    formats(entries, index).find(Format::is_known).or_else(|| formats(entries, index).next())
}

/// All of them.
pub(crate) fn formats<'d, 'a>(
    entries: &'d Entries<'a>,
    index: usize,
) -> impl Iterator<Item = Format<'a>> + use<'d, 'a> {
    entries.elements(index).filter_map(|(_, name)| name.spelled()).map(Format::new)
}

/// The types in the `Type` or `DFType` at `index`; text alone is a media type, as 1.1.2 has it.
pub(crate) fn types<'d, 'a>(
    entries: &'d Entries<'a>,
    index: usize,
) -> impl Iterator<Item = NodeType<'a>> + use<'d, 'a> {
    entries.children(index).filter_map(|(index, entry)| match entry.kind {
        Kind::Text(text) => Some(NodeType::Mime(text)),
        Kind::Element(Name::Known(tag::MIME)) => entries.text(index).map(NodeType::Mime),
        Kind::Element(Name::Known(tag::DDF_NAME)) => entries.text(index).map(NodeType::DdfName),
        _ => None,
    })
}
