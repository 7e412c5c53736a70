//! What is asked of a node behind its address (OMA DM Tree and Description, `prop` and `list`).

use core::fmt;

use super::rules::UriRules;
use super::{UriError, UriErrorKind};
use crate::dm::fault::Fault;
use crate::dm::property::Property;

/// What is asked of a node: what stands behind the `?`. Keys and values are case-sensitive.
///
/// What the specification does not have is kept; a device answers it with status 406, Optional feature not supported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Query<'a> {
    /// `prop=…`: a property instead of the value.
    Prop(Property),
    /// `prop=…` with a property that the specification does not have.
    UnknownProp(&'a str),
    /// `list=…`: the nodes below.
    List(List<'a>),
    /// Anything else, as it is written.
    Unknown(&'a str),
}

/// What `list=` asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum List<'a> {
    /// `Struct`: the nodes, an item for each, without data.
    Struct,
    /// `StructData`: the nodes with the data of the leaves.
    StructData,
    /// `TNDS`: one serialized object.
    Tnds(TndsList<'a>),
    /// Another word.
    Unknown(&'a str),
}

/// The parts of a list behind `list=TNDS`.
///
/// ```
/// use syncml::dm::{List, Property, Query, TndsList, TndsPart, Uri};
///
/// let uri = Uri::parse("./A?list=TNDS+Value+ACL")?;
/// let Some(Query::List(List::Tnds(TndsList::Only(parts)))) = uri.query() else { panic!() };
/// assert!(parts.iter().eq([TndsPart::Value, TndsPart::Property(Property::Acl)]));
/// # Ok::<(), syncml::dm::UriError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TndsParts<'a> {
    /// Each with its sign before it.
    text: &'a str,
}

/// Which parts of each node a serialized object has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "there are two signs")]
pub enum TndsList<'a> {
    /// No list: all of them.
    All,
    /// `+Value+ACL`: these.
    Only(TndsParts<'a>),
    /// `-Format-TStamp`: all but these.
    Without(TndsParts<'a>),
}

/// A part of a node in a serialized object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TndsPart<'a> {
    /// `Value`: the data of the node.
    Value,
    /// A property.
    Property(Property),
    /// A name that the specification does not have.
    Unknown(&'a str),
}

impl<'a> Query<'a> {
    /// Reads what stands behind the `?`, from `start` on.
    pub(super) fn read(text: &'a str, start: usize, rules: &UriRules) -> Result<Self, UriError> {
        rules.check_characters(text, start)?;
        Ok(match text.split_once('=') {
            Some(("prop", name)) => Property::find(name).map_or(Self::UnknownProp(name), Self::Prop),
            // five octets of "list="
            Some(("list", word)) => Self::List(List::read(word, start.saturating_add(5))?),
            _ => Self::Unknown(text),
        })
    }
}

impl<'a> List<'a> {
    fn read(word: &'a str, start: usize) -> Result<Self, UriError> {
        Ok(match word {
            "Struct" => Self::Struct,
            "StructData" => Self::StructData,
            _ => match word.strip_prefix("TNDS") {
                Some("") => Self::Tnds(TndsList::All),
                // four octets of "TNDS"
                Some(parts) if parts.starts_with('+') => {
                    Self::Tnds(TndsList::Only(TndsParts::read(parts, '-', start.saturating_add(4))?))
                }
                Some(parts) if parts.starts_with('-') => {
                    Self::Tnds(TndsList::Without(TndsParts::read(parts, '+', start.saturating_add(4))?))
                }
                _ => Self::Unknown(word),
            },
        })
    }
}

impl TndsList<'_> {
    /// Whether the object is to have this part.
    ///
    /// ```
    /// use syncml::dm::{List, Property, Query, TndsPart, Uri};
    ///
    /// let uri = Uri::parse("./A?list=TNDS-Format")?;
    /// let Some(Query::List(List::Tnds(list))) = uri.query() else { panic!() };
    /// assert!(list.has(TndsPart::Value) && !list.has(TndsPart::Property(Property::Format)));
    /// # Ok::<(), syncml::dm::UriError>(())
    /// ```
    #[must_use]
    pub fn has(&self, part: TndsPart<'_>) -> bool {
        match self {
            Self::All => true,
            Self::Only(parts) => parts.iter().any(|listed| listed == part),
            Self::Without(parts) => !parts.iter().any(|listed| listed == part),
        }
    }
}

impl<'a> TndsParts<'a> {
    fn read(text: &'a str, other_sign: char, start: usize) -> Result<Self, UriError> {
        let fault = |at: usize| Err(Fault::new(UriErrorKind::PropertyList, start.saturating_add(at)));
        if let Some(at) = text.find(other_sign) {
            return fault(at);
        }
        // a sign at the end, or one directly behind another
        let mut signs = text.match_indices(['+', '-']).map(|(at, _)| at).peekable();
        while let Some(at) = signs.next() {
            if signs.peek().copied().unwrap_or(text.len()) == at.saturating_add(1) {
                return fault(at);
            }
        }
        Ok(Self { text })
    }

    /// The parts, in order.
    pub fn iter(&self) -> impl Iterator<Item = TndsPart<'a>> + Clone + use<'a> {
        self.text.split(['+', '-']).skip(1).map(|name| match name {
            "Value" => TndsPart::Value,
            _ => Property::find(name).map_or(TndsPart::Unknown(name), TndsPart::Property),
        })
    }
}

impl fmt::Display for Query<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Prop(property) => write!(f, "prop={property}"),
            Self::UnknownProp(name) => write!(f, "prop={name}"),
            Self::List(List::Struct) => f.write_str("list=Struct"),
            Self::List(List::StructData) => f.write_str("list=StructData"),
            Self::List(List::Tnds(TndsList::All)) => f.write_str("list=TNDS"),
            Self::List(List::Tnds(TndsList::Only(parts) | TndsList::Without(parts))) => {
                write!(f, "list=TNDS{}", parts.text)
            }
            Self::List(List::Unknown(word)) => write!(f, "list={word}"),
            Self::Unknown(text) => f.write_str(text),
        }
    }
}
