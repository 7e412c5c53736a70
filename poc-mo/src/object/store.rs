//! The tree of a device, and what is described of it.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use syncml::dm::mgmt_tree::{
    AccessType, Description, Finding, MgmtTree, MgmtTreeBuilder, NodeType, Place, RtProperties,
};
use syncml::dm::{Acl, AclCommand, Format, NodeKind, Property, Segment, Timestamp, TndsList, TndsPart, Uri};
use syncml::{MessageReader, StatusCode};
use wbxml::{Cursor, Text};

use super::answer::Answer;
use super::name::Name;
use super::options::Options;
use super::transaction::{Exec, Transaction};
use super::tree::{Content, Tree};

/// Who sends commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Sender<'a> {
    /// A server, by its Server Identifier: access control lists and access types hold for it.
    Server(&'a str),
    /// The device itself: whatever it does to its tree is right, within the limits.
    Device,
}

/// The management tree of a device, in memory: instances of all objects that are described, and other nodes.
///
/// Commands are answered as OMA DM 1.2 has it: [`apply`](Self::apply) takes a whole message,
/// [`transaction`](Self::transaction) one command after the other. Each takes time proportional to the depth of the node
/// and to what it sets, gets or deletes, times a logarithm.
#[derive(Clone, Debug)]
pub struct Store<'d> {
    pub(super) description: &'d Description<'d>,
    pub(super) options: Options,
    pub(super) tree: Tree,
}

/// A node in the tree.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StoredNode<'s> {
    index: usize,
    pub(crate) kind: NodeKind,
    pub(crate) type_: &'s str,
    /// Nothing of octets.
    pub(crate) text: Option<&'s str>,
}

/// The texts of `VerNo` and `TStamp` of nodes; empty where there is none.
pub(super) type Versions = BTreeMap<usize, (String, String)>;

static NO_VERSIONS: Versions = Versions::new();

/// Why a tree was not loaded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path} cannot be loaded: {status}")]
pub struct LoadError {
    path: String,
    status: StatusCode,
}

impl LoadError {
    pub(super) const fn new(path: String, status: StatusCode) -> Self {
        Self { path, status }
    }

    /// The node.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What a server would be answered.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        self.status
    }
}

impl<'d> Store<'d> {
    /// A tree with nothing but its root, in which everybody may add and get.
    #[must_use]
    pub fn new(description: &'d Description<'d>) -> Self {
        Self::with_options(description, Options::DEFAULT)
    }

    /// The same with other options.
    #[must_use]
    pub fn with_options(description: &'d Description<'d>, options: Options) -> Self {
        Self { description, options, tree: Tree::new() }
    }

    /// Commands of one sender, that count if the transaction is [finished](Transaction::finish).
    #[must_use]
    pub fn transaction<'s>(&'s mut self, sender: Sender<'s>) -> Transaction<'s, 'd> {
        Transaction::new(self, sender)
    }

    /// The time of what is done from now on, for `TStamp`: see [`Options::has_versions`]. There is no clock here.
    ///
    /// ```
    /// use poc_mo::object::{Options, Sender, Store};
    /// use poc_mo::syncml::dm::Timestamp;
    /// use poc_mo::syncml::dm::mgmt_tree::{Description, MgmtTree};
    /// use poc_mo::syncml::{Command, Item, Meta, Request, StatusCode};
    ///
    /// let ddf = MgmtTree::builder().build();
    /// let description = Description::new(&ddf);
    /// let mut options = Options::DEFAULT;
    /// options.has_versions = true;
    /// let mut store = Store::with_options(&description, options);
    /// store.set_time(Timestamp::parse("20261123T024500Z"));
    ///
    /// let mut transaction = store.transaction(Sender::Device);
    /// let leaf = |value| Request::of_item("1", Item::leaf("./Tide", Meta::of_data("int", "text/plain"), value));
    /// let get = |uri| Command::Get(Request::of_item("2", Item::leaf(uri, Meta::EMPTY, "")));
    /// for command in
    ///     [Command::Add(leaf("3")), Command::Replace(leaf("4")), get("./Tide?prop=VerNo"), get("./Tide?prop=TStamp")]
    /// {
    ///     transaction.command(&command, |_| StatusCode::OK)?;
    /// }
    /// let answers = transaction.finish();
    /// let texts: Vec<_> = answers.iter().flat_map(|answer| &answer.results).filter_map(|reply| reply.text()).collect();
    /// assert_eq!(texts, ["1", "20261123T024500Z"]);
    /// # Ok::<(), poc_mo::syncml::Error>(())
    /// ```
    pub fn set_time(&mut self, now: Option<Timestamp>) {
        self.tree.now = now;
    }

    /// Carries out the commands that `message` has left, and answers each. `exec` runs what is to be run.
    ///
    /// Answers come in the order of the commands; a group's stands in front of those of its members. `Alert`, `Status`
    /// and `Results` are no affair of the tree, and have none here.
    ///
    /// # Errors
    /// If the message is faulty; then nothing is changed.
    pub fn apply<'a, C: Cursor<'a>>(
        &mut self,
        sender: Sender<'_>,
        mut message: MessageReader<'a, C>,
        mut exec: impl FnMut(&Exec<'_>) -> StatusCode,
    ) -> syncml::Result<Vec<Answer>> {
        let mut transaction = Transaction::new(self, sender);
        while let Some(command) = message.next_command()? {
            transaction.command(command, &mut exec)?;
        }
        Ok(transaction.finish())
    }

    /// Puts a serialised tree into the store, below the node `target`, as the device does: whether it is as described is
    /// not looked at, see [`check`](Self::check). Nodes that are there get the new values, and keep the nodes below.
    ///
    /// # Errors
    /// At the first node that is none, or is beyond a limit; then nothing is changed.
    pub fn load(&mut self, tree: &MgmtTree<'_>, target: &str) -> Result<(), LoadError> {
        let mut transaction = Transaction::new(self, Sender::Device);
        transaction.load(tree, target)?;
        _ = transaction.finish();
        Ok(())
    }

    /// The node at an address and all below it, serialised with all properties that a server can set; `None` if there is
    /// none, or the address is malformed.
    #[must_use]
    pub fn tree<'t>(&'t self, uri: &'t str) -> Option<MgmtTree<'t>> {
        let uri = Uri::parse(uri).ok()?;
        let node = self.find(uri)?;
        let path = uri.parent().map_or("", |parent| parent.path());
        let mut builder = MgmtTree::builder();
        self.build(&mut builder, node, path, TndsList::All, &NO_VERSIONS, |_| true);
        Some(builder.build())
    }

    /// The value of a leaf; `None` if there is no leaf.
    #[must_use]
    pub fn value(&self, uri: &str) -> Option<&[u8]> {
        let node = self.tree.get(self.find(Uri::parse(uri).ok()?)?)?;
        (node.content.kind() == NodeKind::Leaf).then_some(&*node.content.value)
    }

    /// The value of a leaf that is text.
    #[must_use]
    pub fn text(&self, uri: &str) -> Option<&str> {
        core::str::from_utf8(self.value(uri)?).ok()
    }

    /// How many nodes there are, the root aside.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.tree.nodes()
    }

    /// Whether there is none but the root.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Hands over what of the tree is not as it is described. Objects that stand elsewhere than described, and are known
    /// by their identifiers, are checked where they are.
    pub fn check(&self, mut receive: impl FnMut(&Finding<'_>)) {
        // each with the address of the node above it
        let mut tops = Vec::new();
        for node in self.tree.descendants(Tree::ROOT, |_| true) {
            if self.is_elsewhere(node) || node == Tree::ROOT {
                let above = self.tree.get(node).map_or(Tree::ROOT, |node| node.above());
                tops.push((node, self.tree.uri(above)));
            }
        }
        let mut builder = MgmtTree::builder();
        for (node, path) in &tops {
            let enters = |below| below == *node || !self.is_elsewhere(below);
            self.build(&mut builder, *node, path, TndsList::All, &NO_VERSIONS, enters);
        }
        let tree = builder.build();
        self.description.check(&tree).for_each(|finding| receive(&finding));
    }

    /// The nodes of the objects whose root `is_top`, in the order in which they came; each in front of those below it.
    pub(crate) fn objects<'s>(&'s self, is_top: impl Fn(&StoredNode<'s>) -> bool) -> Vec<StoredNode<'s>> {
        let mut found: Vec<(u64, StoredNode<'s>)> = Vec::new();
        // the nodes to be looked at, and whether each is below such a root
        let mut open = Vec::from([(Tree::ROOT, false)]);
        while let Some((index, is_inside)) = open.pop() {
            let Some(node) = self.tree.get(index) else { continue };
            let (kind, text) = (node.content.kind(), node.content.text());
            let stored = StoredNode { index, kind, type_: &node.content.type_, text };
            let is_inside = is_inside || is_top(&stored);
            if is_inside {
                found.push((node.arrival, stored));
            }
            open.extend(node.below().map(|below| (below, is_inside)));
        }
        found.sort_unstable_by_key(|(arrival, _)| *arrival);
        found.into_iter().map(|(_, node)| node).collect()
    }

    /// The address of a node: `./A/B`.
    pub(crate) fn uri(&self, node: &StoredNode<'_>) -> String {
        self.tree.uri(node.index)
    }

    /// The addresses of the nodes right below one; `None` if it is not there.
    #[cfg(feature = "cp")]
    pub(crate) fn children(&self, uri: &str) -> Option<Vec<String>> {
        let node = self.tree.get(self.find(Uri::parse(uri).ok()?)?)?;
        Some(node.below().map(|below| self.tree.uri(below)).collect())
    }

    /// Whether a node is described by the identifier of its object, and not where it stands.
    fn is_elsewhere(&self, node: usize) -> bool {
        let Some(node) = self.tree.get(node) else { return false };
        let Some(place) = node.place.filter(|place| *place != Place::ROOT) else { return false };
        let above = self.tree.get(node.above()).and_then(|above| above.place);
        let name = Name::spelled(node.name()).map(|name| name.plain).unwrap_or_default();
        above.and_then(|above| self.description.below(above, &name, node.content.kind())) != Some(place)
    }

    /// The node at an address.
    pub(super) fn find(&self, uri: Uri<'_>) -> Option<usize> {
        uri.segments().try_fold(Tree::ROOT, |node, segment| self.child(node, segment))
    }

    pub(super) fn child(&self, node: usize, segment: Segment<'_>) -> Option<usize> {
        // most names are held as they are written
        self.tree.child(node, segment.as_str()).or_else(|| self.tree.child(node, &Name::of(segment)?.written))
    }

    /// Where a node is described: where it stands, or else by the identifier of its object.
    pub(super) fn place(&self, above: usize, name: &Name, kind: NodeKind, identifier: &str) -> Option<Place> {
        let above = self.tree.get(above)?.place;
        let here = above.and_then(|above| self.description.below(above, &name.plain, kind));
        here.or_else(|| if kind == NodeKind::Interior { self.description.object(identifier) } else { None })
    }

    /// The access control list that holds for a node.
    pub(super) fn acl(&self, node: usize) -> Acl<'_> {
        let lists = self.tree.ancestors(node).map(|node| Acl::parse(&node.content.acl).unwrap_or_default());
        Acl::effective(lists)
    }

    /// Whether a sender may do this by the access control list that holds for a node.
    pub(super) fn allows(&self, sender: Sender<'_>, node: usize, commands: &[AclCommand<'_>]) -> bool {
        match sender {
            Sender::Device => true,
            Sender::Server(server) => self.acl(node).allows_all(commands, server),
        }
    }

    /// Whether the access types of a place have this. Where a path leads through, nodes may be got and added.
    pub(super) fn has_access(&self, place: Option<Place>, access: AccessType) -> bool {
        let Some(place) = place else { return true };
        match self.description.properties(place) {
            Some(properties) => properties.access.contains(access),
            None => matches!(access, AccessType::Add | AccessType::Get),
        }
    }

    /// Serialises a node and what is below it, as far as `enters` says so. The root has its nodes at the top.
    pub(super) fn build<'t>(
        &'t self,
        builder: &mut MgmtTreeBuilder<'t>,
        top: usize,
        path: &'t str,
        list: TndsList<'_>,
        versions: &'t Versions,
        enters: impl FnMut(usize) -> bool,
    ) {
        let mut open = Vec::new();
        for index in self.tree.descendants(top, enters).filter(|index| *index != Tree::ROOT) {
            let Some(node) = self.tree.get(index) else { continue };
            while open.last().is_some_and(|last| *last != node.above()) {
                open.pop();
                builder.end();
            }
            builder.start(node.name());
            if open.is_empty() && !matches!(path, "" | ".") {
                builder.path(path);
            }
            open.push(index);
            Self::build_content(builder, &node.content, list, versions.get(&index));
        }
        for _ in open {
            builder.end();
        }
    }

    fn build_content<'t>(
        builder: &mut MgmtTreeBuilder<'t>,
        content: &'t Content,
        list: TndsList<'_>,
        version: Option<&'t (String, String)>,
    ) {
        let has = |property| list.has(TndsPart::Property(property));
        let text = |property, text: &'t str| (has(property) && !text.is_empty()).then(|| Text::new(text));
        let is_leaf = content.kind() == NodeKind::Leaf;
        let type_ = match (&*content.type_, is_leaf) {
            ("", true) => NodeType::Mime(Text::new(default_type(&content.format))),
            (type_, true) => NodeType::Mime(Text::new(type_)),
            (type_, false) => NodeType::DdfName(Text::new(type_)),
        };
        builder.rt_properties(&RtProperties {
            acl: text(Property::Acl, &content.acl),
            format: has(Property::Format).then(|| Format::new(&content.format)),
            title: text(Property::Title, &content.title),
            ver_no: version.and_then(|(number, _)| text(Property::VerNo, number)),
            t_stamp: version.and_then(|(_, changed)| text(Property::TStamp, changed)),
            type_: has(Property::Type).then_some(type_),
            ..RtProperties::default()
        });
        if is_leaf && list.has(TndsPart::Value) && *content.format != *Format::NULL.as_str() {
            match content.text() {
                Some(text) => builder.value(text),
                None => builder.octets(&content.value),
            };
        }
    }
}

/// The media type of a leaf of which nobody has said it.
pub(super) fn default_type(format: &str) -> &'static str {
    if format == Format::BIN.as_str() { "application/octet-stream" } else { "text/plain" }
}

/// A text of a document; what is none has no place in the tree.
pub(super) fn spelled(text: Text<'_>) -> Result<Cow<'_, str>, StatusCode> {
    text.to_cow().map_err(|_| StatusCode::UNSUPPORTED_MEDIA_TYPE_OR_FORMAT)
}
