//! The mappings in rows: parm, node, values, direction.

use omacp::resolve::Target;
use syncml::dm::Format;

use crate::profile::Name;

/// A characteristic at the top of a provisioning document, and the management object that says the same.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mapping<'t> {
    /// The `type` of the characteristic.
    pub(crate) type_: &'static str,
    /// The parm and the leaf of the application's identifier, with its values; `None` for what is no application.
    pub(crate) app: Option<App<'t>>,
    /// The identifiers of the object: those of the application's in order first, then others that are read.
    pub(crate) object_ids: &'t [&'t str],
    /// The node that instances stand below.
    pub(crate) root: &'t str,
    /// The parm after which an instance is named.
    pub(crate) id: Name<'t>,
    /// What references to it say that they refer to.
    pub(crate) target: Option<Target>,
    /// Whether it is an account of a device management server, which gets rights.
    pub(crate) is_server: bool,
    pub(crate) rows: &'t [Row<'t>],
}

/// How an application is told from another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct App<'t> {
    pub(crate) parm: Name<'t>,
    /// The leaf, unless the object has none.
    pub(crate) node: Option<&'t str>,
    pub(crate) ids: &'t [&'t str],
}

/// A row of a mapping. In the path of a node, `*` stands for a node whose name is chosen at run time: one for each
/// parm or characteristic.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Row<'t> {
    /// A parm and a leaf.
    Leaf { cp: Name<'t>, dm: Name<'t>, values: Values },
    /// A parm that the object implies: it has this value.
    Constant { cp: Name<'t>, value: &'t str },
    /// Parms that refer to characteristics, and leaves that hold URIs.
    References {
        /// The parms, the preferred ones first, and what each refers to.
        cp: &'t [(Name<'t>, Target)],
        /// The leaf of a reference that is alone.
        one: Option<Name<'t>>,
        /// The leaves of several.
        many: Option<Name<'t>>,
    },
    /// A characteristic inside, and the node that has its rows: one for each, if the path ends with `*`; with an empty
    /// path it is the node around it, which has room for one.
    Group { cp: &'t str, dm: Name<'t>, rows: &'t [Self], direction: Direction },
    /// A parm that stands for a characteristic with this parm alone.
    Shorthand { cp: Name<'t>, group: &'t str },
}

/// Which way a row is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Both,
    /// Only from parms to nodes: on the way back another row says it.
    ToDm,
}

/// Which values a parm and its leaf have.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Values {
    /// The same text.
    Text,
    /// The same decimal number of up to 32 bits.
    Number,
    /// Octets: in base64 in a parm.
    Octets,
    /// The same text: an address of IPv4, or a name.
    NotIpv6,
    /// The same text: an address of IPv6.
    Ipv6,
    /// These pairs, of which the first that fits counts; `None` is the value of a parm that is not there.
    Pairs(&'static [(Option<&'static str>, &'static str)]),
    /// A truth value: 0 and 1 in a parm.
    Truth,
}

impl Values {
    const TRUTH: &'static [(Option<&'static str>, &'static str)] = &[
        (Some("1"), "true"),
        (Some("0"), "false"),
        (Some("true"), "true"),
        (Some("false"), "false"),
        (Some("1"), "1"),
        (Some("0"), "0"),
    ];

    /// The format of the leaf.
    pub(crate) const fn format(self) -> Format<'static> {
        match self {
            Self::Text | Self::NotIpv6 | Self::Ipv6 | Self::Pairs(_) => Format::CHR,
            Self::Number => Format::INT,
            // text, so that trees can be written in XML as well
            Self::Octets => Format::B64,
            Self::Truth => Format::BOOL,
        }
    }

    const fn pairs(self) -> Option<&'static [(Option<&'static str>, &'static str)]> {
        match self {
            Self::Pairs(pairs) => Some(pairs),
            Self::Truth => Some(Self::TRUTH),
            _ => None,
        }
    }

    /// The value of the leaf where there is no parm.
    pub(crate) fn default(self) -> Option<&'static str> {
        self.pairs()?.iter().find(|(parm, _)| parm.is_none()).map(|(_, leaf)| *leaf)
    }

    /// Whether both sides may have this text as it stands.
    fn is_same(self, text: &str) -> bool {
        match self {
            Self::Text => true,
            Self::Number => text.bytes().all(|octet| octet.is_ascii_digit()) && text.parse::<u32>().is_ok(),
            Self::Octets => Format::B64.value(Some(text.as_bytes())).is_ok(),
            Self::NotIpv6 => !text.contains(':'),
            Self::Ipv6 => text.contains(':'),
            Self::Pairs(_) | Self::Truth => false,
        }
    }

    /// The value of the leaf for that of a parm, if there is one.
    pub(crate) fn leaf(self, parm: &str) -> Option<&str> {
        match self.pairs() {
            Some(pairs) => pairs.iter().find(|(of, _)| *of == Some(parm)).map(|(_, leaf)| *leaf),
            None => self.is_same(parm).then_some(parm),
        }
    }

    /// The value of the parm for that of a leaf: `Some(None)` if the parm is not there then.
    pub(crate) fn parm(self, leaf: &str) -> Option<Option<&str>> {
        match self.pairs() {
            Some(pairs) => pairs.iter().find(|(_, of)| *of == leaf).map(|(parm, _)| *parm),
            None => self.is_same(leaf).then_some(Some(leaf)),
        }
    }

    /// Whether a parm with this value is the same after the way there and back.
    pub(crate) fn returns(self, parm: &str) -> bool {
        self.leaf(parm).and_then(|leaf| self.parm(leaf)) == Some(Some(parm))
    }
}

impl<'t> Row<'t> {
    /// The row of the parm of this name that can have this value, or else of the parm of this name.
    pub(crate) fn of_parm(rows: &'t [Self], name: &str, value: Option<&str>) -> Option<(usize, &'t Self)> {
        let named = || rows.iter().enumerate().filter(|(_, row)| row.names().any(|known| known.is(name)));
        let fits = |(_, row): &(usize, &Self)| match row {
            Self::Leaf { values, .. } => value.is_some_and(|value| values.leaf(value).is_some()),
            _ => true,
        };
        named().find(fits).or_else(|| named().next())
    }

    /// The names of its parms.
    fn names(&self) -> impl Iterator<Item = Name<'t>> + use<'t> {
        let (one, many) = match self {
            Row::Leaf { cp, .. } | Row::Constant { cp, .. } | Row::Shorthand { cp, .. } => (Some(*cp), &[][..]),
            Row::References { cp, .. } => (None, *cp),
            Row::Group { .. } => (None, &[][..]),
        };
        one.into_iter().chain(many.iter().map(|(name, _)| *name))
    }
}

impl Name<'_> {
    /// Whether this is the name or an alias, in whichever case.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.all().any(|known| known.eq_ignore_ascii_case(name))
    }
}
