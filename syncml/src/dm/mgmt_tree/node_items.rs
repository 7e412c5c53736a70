//! The nodes of a tree as items of commands (OMA-TS-DM-TND, addressing of nodes; OMA-TS-DM_RepPro, `Add`, `Replace`).

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write;

use wbxml::{Data, Text};

use super::MgmtTree;
use super::node::{Node, Value};
use super::path::{Walk, segments};
use super::properties::{NodeType, RtProperties};
use crate::dm::Format;
use crate::dm::bootstrap::{Placement, inbox_path, relocate};
use crate::dm::uri::{Segment, Uri, UriErrorKind, UriRules};
use crate::item::{Item, Location};
use crate::meta::Meta;

/// The nodes of a tree as the items of commands, one after the other, each node in front of those below it:
/// [`MgmtTree::adds`], [`MgmtTree::replaces`], [`MgmtTree::acl_replaces`].
///
/// An address is the target of the tree, the `Path` of a node at the top, and names. A name that cannot stand in an
/// address is escaped; one that can is taken as it is, escapes and all. Format and type are those of the node, or what
/// they are where it does not say. All items together take time proportional to the octets of their addresses.
///
/// ```
/// use syncml::dm::UriRules;
/// use syncml::dm::mgmt_tree::MgmtTree;
/// use syncml::{Command, Request};
///
/// let mut builder = MgmtTree::builder();
/// builder.start("Harbour Tug").start("T11Timer").value("6000");
/// let tree = builder.build();
///
/// let mut nodes = tree.adds("./PoC").rules(UriRules::STRICT.with_limits(4, 127, 32));
/// let mut count = 0;
/// while let Some(item) = nodes.next_item()? {
///     let expected = ["./PoC/Harbour%20Tug", "./PoC/Harbour%20Tug/T11Timer"][count];
///     assert_eq!(item.uri().unwrap(), expected);
///     assert_eq!(item.meta.format.unwrap(), ["node", "chr"][count]);
///     let _ = Command::Add(Request::of_item("1", item)); // to be written
///     count += 1;
/// }
/// assert_eq!(count, 2);
/// # Ok::<(), syncml::dm::mgmt_tree::NodeItemError>(())
/// ```
#[derive(Clone, Debug)]
pub struct NodeItems<'d, 'a> {
    what: What,
    walk: Walk<'d, 'a>,
    rules: UriRules,
    placed: &'d [Placement<'d>],
    /// The addresses of the open nodes: each begins where it begins with the one around it, or behind that.
    uris: String,
    open: Vec<Place>,
    target: Place,
    value: String,
}

/// Which items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Nodes,
    Values,
    Acls,
}

/// Where an address stands among the addresses.
#[derive(Clone, Copy, Debug)]
struct Place {
    start: usize,
    end: usize,
    /// Why it is none, nor any below it.
    fault: Option<NodeItemErrorKind>,
}

/// Why a node is no item of a command, and which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind}, of the node at octet {offset}")]
pub struct NodeItemError {
    kind: NodeItemErrorKind,
    offset: usize,
}

/// Why a node is no item of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NodeItemErrorKind {
    /// The node, or one that it stands below, has no name: only a device that takes the whole tree can find a place for
    /// it.
    #[error("there is no name")]
    Unnamed,
    /// The name or the path, or one that it stands below, is no text.
    #[error("the name is no text")]
    NotText,
    /// The address is none, or is above a limit.
    #[error("the address is none: {0}")]
    Uri(UriErrorKind),
    /// The value is elements, which only a tree can hold: escaped, they would be text.
    #[error("the value is elements that are not escaped")]
    Elements,
}

impl NodeItemError {
    /// What is wrong.
    #[must_use]
    pub const fn kind(&self) -> NodeItemErrorKind {
        self.kind
    }

    /// The first octet of the node in the document that it was read from; 0 if it was built.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }
}

impl<'a> MgmtTree<'a> {
    /// Its nodes as items of `Add`, below the node `target`: interior nodes, and leaves with their values. Access control
    /// lists are not among what `Add` says: see [`acl_replaces`](Self::acl_replaces).
    #[must_use]
    pub fn adds(&self, target: &str) -> NodeItems<'_, 'a> {
        NodeItems::new(What::Nodes, self, target)
    }

    /// Its leaves that have a value as items of `Replace`, below the node `target`.
    ///
    /// ```
    /// use syncml::dm::mgmt_tree::MgmtTree;
    ///
    /// let mut builder = MgmtTree::builder();
    /// builder.start("Harbour").path("./PoC").start("T11Timer").value("6000");
    /// let tree = builder.build();
    /// let mut leaves = tree.replaces(".");
    /// let item = leaves.next_item()?.unwrap();
    /// assert_eq!(item.uri().unwrap(), "./PoC/Harbour/T11Timer");
    /// assert_eq!(item.data_text().unwrap(), "6000");
    /// assert!(leaves.next_item()?.is_none());
    /// # Ok::<(), syncml::dm::mgmt_tree::NodeItemError>(())
    /// ```
    #[must_use]
    pub fn replaces(&self, target: &str) -> NodeItems<'_, 'a> {
        NodeItems::new(What::Values, self, target)
    }

    /// Its access control lists as items of `Replace`, to `?prop=ACL` of the nodes that have one.
    ///
    /// ```
    /// use syncml::dm::mgmt_tree::{MgmtTree, RtProperties};
    /// use wbxml::Text;
    ///
    /// let mut builder = MgmtTree::builder();
    /// let acl = RtProperties { acl: Some(Text::new("Get=*")), ..RtProperties::default() };
    /// builder.start("Harbour").rt_properties(&acl);
    /// let tree = builder.build();
    /// let mut acls = tree.acl_replaces("./PoC");
    /// let item = acls.next_item()?.unwrap();
    /// assert_eq!(item.uri().unwrap(), "./PoC/Harbour?prop=ACL");
    /// assert_eq!(item.data_text().unwrap(), "Get=*");
    /// # Ok::<(), syncml::dm::mgmt_tree::NodeItemError>(())
    /// ```
    #[must_use]
    pub fn acl_replaces(&self, target: &str) -> NodeItems<'_, 'a> {
        NodeItems::new(What::Acls, self, target)
    }
}

impl<'d, 'a> NodeItems<'d, 'a> {
    fn new(what: What, tree: &'d MgmtTree<'a>, target: &str) -> Self {
        let target = target.trim_ascii().trim_end_matches('/');
        let uris = String::from(if target.is_empty() { "." } else { target });
        let target = Place { start: 0, end: uris.len(), fault: None };
        let (open, value) = (Vec::new(), String::new());
        Self { what, walk: tree.walk(), rules: UriRules::STRICT, placed: &[], uris, open, target, value }
    }

    /// The same for a device that takes addresses by these rules, limits included.
    #[must_use]
    pub fn rules(self, rules: UriRules) -> Self {
        Self { rules, ..self }
    }

    /// The same on a device that has taken the tree from its inbox and placed these nodes: each node and what is below
    /// it goes where it was placed, and a value that is a reference into the inbox becomes the address of the node that
    /// it refers to. References that lead to no placed node stay as they are.
    ///
    /// ```
    /// use syncml::dm::bootstrap::Placement;
    /// use syncml::dm::mgmt_tree::MgmtTree;
    ///
    /// let mut builder = MgmtTree::builder();
    /// builder.start("Account").start("PrefConRef").value("./Inbox/Internet").end().end();
    /// builder.start("Internet").end();
    /// let tree = builder.build();
    ///
    /// let placed =
    ///     [Placement { from: "Account", to: "./DMAcc/1" }, Placement { from: "Internet", to: "./NAP/2" }];
    /// let mut nodes = tree.adds("./Inbox").placed(&placed);
    /// assert_eq!(nodes.next_item()?.unwrap().uri().unwrap(), "./DMAcc/1");
    /// let reference = nodes.next_item()?.unwrap();
    /// assert_eq!(reference.uri().unwrap(), "./DMAcc/1/PrefConRef");
    /// assert_eq!(reference.data_text().unwrap(), "./NAP/2");
    /// # Ok::<(), syncml::dm::mgmt_tree::NodeItemError>(())
    /// ```
    #[must_use]
    pub fn placed(self, placed: &'d [Placement<'d>]) -> Self {
        Self { placed, ..self }
    }

    /// The next item, or `None` behind the last. It borrows its address from here: a command is written before the next
    /// item is asked for.
    ///
    /// # Errors
    /// [`NodeItemErrorKind::Unnamed`], [`NodeItemErrorKind::NotText`] and [`NodeItemErrorKind::Uri`] where a node has no
    /// address, [`NodeItemErrorKind::Elements`] where its value is none that `Data` can say. Nodes behind it can be
    /// asked for; those below a node without a name have no address either, unless they have been placed.
    pub fn next_item(&mut self) -> Result<Option<Item<'_>>, NodeItemError> {
        while let Some(node) = self.walk.next() {
            let fault = |kind| NodeItemError { kind, offset: node.offset() };
            let Some(place) = self.place(&node).map_err(fault)? else { continue };
            let properties = node.rt_properties().unwrap_or_default();
            let mut item = Item::default();
            let data = match self.what {
                What::Acls => {
                    let Some(acl) = properties.acl else { continue };
                    self.uris.push_str("?prop=ACL");
                    Some(Data::Text(acl))
                }
                What::Nodes if is_interior(&node, &properties) => {
                    item.meta.format = Some(Text::new(Format::NODE.as_str()));
                    item.meta.type_ = match properties.type_ {
                        Some(NodeType::DdfName(name)) if !name.is_empty() => Some(name),
                        _ => None,
                    };
                    None
                }
                What::Values if node.value().is_none() || is_interior(&node, &properties) => continue,
                What::Nodes | What::Values => {
                    item.meta = leaf_meta(&node, &properties);
                    data(node.value(), properties.format).map_err(fault)?
                }
            };
            let uri = self.uris.get(place.start..).unwrap_or_default();
            Uri::parse_with(uri, &self.rules).map_err(|error| fault(NodeItemErrorKind::Uri(error.kind())))?;
            item.target = Some(Location::new(uri));
            item.data = match data {
                Some(Data::Text(text)) if self.what != What::Acls => {
                    Some(Data::Text(relocated(text, self.placed, &mut self.value)))
                }
                data => data,
            };
            return Ok(Some(item));
        }
        Ok(None)
    }

    /// Writes the address of the node behind those of the nodes around it; `None` for the root, which nobody adds.
    fn place(&mut self, node: &Node<'d, 'a>) -> Result<Option<Place>, NodeItemErrorKind> {
        let depth = self.walk.depth();
        self.open.truncate(depth);
        let around = self.open.last().copied().unwrap_or(self.target);
        self.uris.truncate(around.end);
        let mut start = around.start;
        let path = self.walk.path();
        let own = |placement: &&Placement<'_>| segments(placement.from).eq(segments(path));
        // a node that fails is open all the same, so that those behind it find their place
        let written = match (self.placed.iter().find(own), around.fault) {
            (Some(placement), _) => {
                start = around.end;
                self.uris.push_str(placement.to);
                Ok(true)
            }
            (None, Some(fault)) => Err(fault),
            (None, None) => {
                let path = if depth == 0 { node.path() } else { None };
                push(&mut self.uris, path.unwrap_or_default())
                    .and_then(|_| push(&mut self.uris, node.name().ok_or(NodeItemErrorKind::Unnamed)?))
            }
        };
        let place = Place { start, end: self.uris.len(), fault: written.err() };
        self.open.push(place);
        Ok(written?.then_some(place))
    }
}

/// Puts names behind an address; gives whether there are any.
fn push(uri: &mut String, names: Text<'_>) -> Result<bool, NodeItemErrorKind> {
    let names = names.to_cow().map_err(|_| NodeItemErrorKind::NotText)?;
    let before = uri.len();
    for name in segments(&names) {
        uri.push('/');
        let is_segment = !name.contains('?') && Uri::parse(name).is_ok_and(|uri| uri.path() == name);
        // a string takes whatever is written to it
        let _ = if is_segment { uri.write_str(name) } else { write!(uri, "{}", Segment::escape(name)) };
    }
    Ok(uri.len() > before)
}

/// Whether other nodes may stand below: by the format, or by what there is where it does not say.
fn is_interior(node: &Node<'_, '_>, properties: &RtProperties<'_>) -> bool {
    match properties.format {
        Some(format) => format == Format::NODE,
        None => node.value().is_none() && !matches!(properties.type_, Some(NodeType::Mime(_))),
    }
}

/// Format and media type of a leaf; text, where it does not say (Meta-Information, `Format`, `Type`).
fn leaf_meta<'a>(node: &Node<'_, 'a>, properties: &RtProperties<'a>) -> Meta<'a> {
    let is_octets = matches!(node.value(), Some(Value::Octets(_)));
    let format = properties.format.unwrap_or(if is_octets { Format::BIN } else { Format::CHR });
    let mut meta = Meta::of_data(format.as_str(), "text/plain");
    meta.type_ = match properties.type_ {
        Some(NodeType::Mime(type_)) if !type_.is_empty() => Some(type_),
        _ if matches!(format, Format::BIN | Format::B64 | Format::XML | Format::NULL) => None,
        _ => meta.type_,
    };
    meta
}

/// A leaf has data unless its format is `null` (OMA-TS-DM_RepPro, `Data`).
fn data<'d>(value: Option<Value<'d, 'd>>, format: Option<Format<'_>>) -> Result<Option<Data<'d>>, NodeItemErrorKind> {
    Ok(match value {
        Some(Value::Text(text)) if text.is_empty() && format == Some(Format::NULL) => None,
        None if format == Some(Format::NULL) => None,
        None => Some(Data::Text(Text::EMPTY)),
        Some(Value::Text(text)) => Some(Data::Text(text)),
        Some(Value::Octets(octets)) => Some(Data::Opaque(octets)),
        Some(Value::Markup(element)) => Some(Data::Text(element.text().ok_or(NodeItemErrorKind::Elements)?)),
    })
}

/// The value with a reference into the inbox rewritten, in `buffer`.
fn relocated<'t>(text: Text<'t>, placed: &[Placement<'_>], buffer: &'t mut String) -> Text<'t> {
    if placed.is_empty() {
        return text;
    }
    let Ok(value) = text.to_cow() else { return text };
    let Some(uri) = inbox_path(value.trim_ascii()).and_then(|path| relocate(path, placed)) else { return text };
    buffer.clear();
    let _ = write!(buffer, "{uri}");
    Text::new(buffer)
}
