//! Descriptions from tables.

use alloc::vec::Vec;

use syncml::dm::Format;
use syncml::dm::mgmt_tree::{AccessType, AccessTypes, DfProperties, MgmtTree, NodeType, Occurrence, Scope};
use wbxml::Text;

/// The root of an object.
pub(crate) struct Root<'a> {
    /// Its name; `None` where it gets one at run time.
    pub(crate) name: Option<&'a str>,
    /// The node that it stands below.
    pub(crate) path: &'a str,
    pub(crate) occurrence: Occurrence,
    pub(crate) identifiers: &'a [&'a str],
}

/// A node below it.
pub(crate) struct Described<'a> {
    /// The names from the root of the object down; `*` for one that comes at run time.
    pub(crate) path: &'a str,
    pub(crate) format: Format<'a>,
    /// Another format that is as good.
    pub(crate) or_format: Option<Format<'a>>,
    pub(crate) occurrence: Occurrence,
    pub(crate) access: AccessTypes,
}

/// The description of an object: its nodes stand in the order of a tree, each in front of those below it. Servers may do
/// `more` to each node than its row has, but get none that may not be got.
pub(crate) fn describe<'a>(
    root: &Root<'a>,
    nodes: impl IntoIterator<Item = Described<'a>>,
    more: AccessTypes,
) -> MgmtTree<'a> {
    let more_but_get: AccessTypes = more.iter().filter(|access| *access != AccessType::Get).collect();
    let properties = |format, occurrence, access: AccessTypes, scope| DfProperties {
        access: more_but_get.iter().fold(access, AccessTypes::with),
        format: Some(format),
        occurrence: Some(occurrence),
        scope,
        ..DfProperties::default()
    };
    let identifiers: Vec<_> = root.identifiers.iter().map(|name| NodeType::DdfName(Text::new(name))).collect();
    let scope = root.name.map(|_| Scope::Permanent);
    let get = AccessTypes::EMPTY.with(AccessType::Get);
    let mut builder = MgmtTree::builder();
    builder.start(root.name.unwrap_or_default()).path(root.path);
    builder.df_properties(&properties(Format::NODE, root.occurrence, get, scope), &identifiers);
    let mut depth = 0_usize;
    for node in nodes {
        let (above, name) = node.path.rsplit_once('/').unwrap_or(("", node.path));
        let above = if above.is_empty() { 0 } else { above.split('/').count() };
        while depth > above {
            builder.end();
            depth = depth.saturating_sub(1);
        }
        builder.start(if name == "*" { "" } else { name });
        depth = depth.saturating_add(1);
        // which media types a leaf has, the tables do not say
        let type_ = match node.format {
            Format::NODE => NodeType::DdfName(Text::EMPTY),
            _ => NodeType::Mime(Text::EMPTY),
        };
        builder.open_df_properties(&properties(node.format, node.occurrence, node.access, None), &[type_]);
        if let Some(format) = node.or_format {
            builder.or_df_format(format);
        }
        builder.end();
    }
    builder.build()
}
