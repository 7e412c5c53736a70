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
    /// The parm after which an instance is named; if a row says so, the name is where the object has it.
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
    /// A parm whose value is the name of the object's node.
    NodeName { cp: Name<'t> },
    /// An interior node that is there in any case.
    Interior { dm: Name<'t> },
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
    /// A truth value that is false where there is no parm.
    TruthOrFalse,
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

    const TRUTH_OR_FALSE: &'static [(Option<&'static str>, &'static str)] = &[
        (Some("1"), "true"),
        (None, "false"),
        (Some("0"), "false"),
        (Some("true"), "true"),
        (Some("false"), "false"),
        (Some("1"), "1"),
        (None, "0"),
    ];

    /// The format of the leaf.
    pub(crate) const fn format(self) -> Format<'static> {
        match self {
            Self::Text | Self::NotIpv6 | Self::Ipv6 | Self::Pairs(_) => Format::CHR,
            Self::Number => Format::INT,
            // text, so that trees can be written in XML as well
            Self::Octets => Format::B64,
            Self::Truth | Self::TruthOrFalse => Format::BOOL,
        }
    }

    const fn pairs(self) -> Option<&'static [(Option<&'static str>, &'static str)]> {
        match self {
            Self::Pairs(pairs) => Some(pairs),
            Self::Truth => Some(Self::TRUTH),
            Self::TruthOrFalse => Some(Self::TRUTH_OR_FALSE),
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
            Self::Pairs(_) | Self::Truth | Self::TruthOrFalse => false,
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

impl Mapping<'_> {
    /// Whether the name of the object's node is where its identifier stands.
    pub(crate) fn is_named_by_node(&self) -> bool {
        self.rows.iter().any(|row| matches!(row, Row::NodeName { .. }))
    }
}

impl<'t> Row<'t> {
    /// Whether it has room for one characteristic: all others have nodes of their own for what is in it.
    pub(crate) fn is_for_one(&self) -> bool {
        let is_list = |row: &Self| match row {
            Self::Leaf { dm, .. } | Self::References { one: None, many: Some(dm), .. } => dm.name.starts_with('*'),
            _ => false,
        };
        matches!(self, Self::Group { dm, rows, .. } if !dm.name.ends_with('*') && !rows.iter().all(is_list))
    }

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
            Row::Leaf { cp, .. } | Row::Constant { cp, .. } | Row::Shorthand { cp, .. } | Row::NodeName { cp } => {
                (Some(*cp), &[][..])
            }
            Row::References { cp, .. } => (None, *cp),
            Row::Group { .. } | Row::Interior { .. } => (None, &[][..]),
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

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::ToString;
    use alloc::vec::Vec;

    use super::*;
    use crate::convert::services::Service;
    use crate::convert::{connmo, dmacc, ims, service_names};
    use crate::object::standard::{self, StandardObject};

    /// Calls `see` with each path that the rows write, below `above`, and its format.
    fn each(rows: &[Row<'_>], above: &str, see: &mut dyn FnMut(&str, Format<'_>)) {
        for row in rows {
            let path = |dm: &Name<'_>| match (above, dm.name) {
                ("", name) => name.to_string(),
                (above, "") => above.to_string(),
                (above, name) => format!("{above}/{name}"),
            };
            match row {
                Row::Leaf { dm, values, .. } => see(&path(dm), values.format()),
                Row::References { one, many, .. } => {
                    one.iter().chain(many).for_each(|dm| see(&path(dm), Values::Text.format()));
                }
                Row::Group { dm, rows, .. } => {
                    if !dm.name.is_empty() {
                        see(&path(dm), Format::NODE);
                    }
                    each(rows, &path(dm), see);
                }
                Row::Interior { dm } => see(&path(dm), Format::NODE),
                Row::Constant { .. } | Row::Shorthand { .. } | Row::NodeName { .. } => {}
            }
        }
    }

    /// The tables of the conversion and those of the standard objects describe the same nodes.
    #[test]
    fn the_standard_objects_have_every_node() {
        let of_1_1_2 = [(dmacc::dmacc_1_1_2("."), &standard::DM_ACC_1_1_2)];
        let inner = service_names::xdm_inner(None);
        let (xdm, presence) = (service_names::xdm_rows(None, &inner), service_names::presence_rows(None));
        let mappings = [
            dmacc::dmacc_1_2("."),
            connmo::nap("."),
            connmo::proxy("."),
            ims::ims("."),
            Service::Xdm.mapping(".", &xdm),
            Service::Presence.mapping(".", &presence),
        ];
        fn known(mapping: Mapping<'_>) -> Vec<(Mapping<'_>, &'static StandardObject)> {
            let objects = mapping.object_ids.iter().map(|id| standard::find(id).unwrap_or_else(|| panic!("{id}")));
            objects.map(|object| (mapping, object)).collect()
        }
        let mut count = 0;
        for (mapping, object) in mappings.into_iter().flat_map(known).chain(of_1_1_2) {
            each(mapping.rows, "", &mut |path, format| {
                let row = object.row(path).unwrap_or_else(|| panic!("{}: {path}", object.name));
                // octets are written in base64
                let format = if format == Format::B64 { Format::BIN } else { format };
                assert_eq!(row.format, format, "{}: {path}", object.name);
                count += 1;
            });
        }
        assert!(count > 100, "{count}");
    }
}
