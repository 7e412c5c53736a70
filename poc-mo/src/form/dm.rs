//! An account as nodes of the management tree.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use syncml::dm::Format;
use syncml::dm::mgmt_tree::{MgmtTree, MgmtTreeBuilder, NodeType, RtProperties};
use wbxml::Text;

use super::edit::{Edit, EditNode};
use super::nodes::{Leaf, Node, Nodes, is_address};
use crate::account::PocAccount;
use crate::dm::node_of;
use crate::error::{Error, ErrorKind};
use crate::loss::Loss;
use crate::profile::{Field, Profile};
use crate::tree::is_in_reach;

/// An account as nodes of the management tree, in commands or in one serialised tree, and what it loses there.
///
/// Every node stands behind the one that it stands below. References stand where they have stood
/// ([`Reference::node`](crate::Reference::node)) if the profile still calls that place so, and others get numbers.
///
/// ```
/// # #[cfg(feature = "xml")] {
/// use poc_mo::{DmForm, Edit, Field, PocAccount, profile::PROVISIONAL};
///
/// let mut account = PocAccount::default();
/// account.set(Field::AppId, "ap0001")?;
/// account.set(Field::ConRef, "./NAP/Harbour")?;
/// let form = DmForm::new(&account, &PROVISIONAL, "./PoC/Harbour", "urn:oma:mo:oma_poc:1.0")?;
/// assert!(form.losses().is_empty());
///
/// let Edit::Add(nodes) = form.add() else { panic!() };
/// let addresses: Vec<_> = nodes.iter().map(|node| &*node.uri).collect();
/// assert_eq!(addresses, [
///     "./PoC/Harbour",
///     "./PoC/Harbour/AppID",
///     "./PoC/Harbour/ToConRef",
///     "./PoC/Harbour/ToConRef/1",
///     "./PoC/Harbour/ToConRef/1/ConRef",
/// ]);
/// assert!(form.tree().find("Harbour/ToConRef/1/ConRef").is_some());
/// # }
/// # Ok::<(), poc_mo::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct DmForm<'a> {
    /// Without `./`.
    node: &'a str,
    object_id: &'a str,
    nodes: Nodes<'a>,
    unconfirmed: Vec<Field>,
}

impl<'a> DmForm<'a> {
    /// `account` at this node of the device, with the names of `profile`. Which of the profile's object identifiers is
    /// that of the device, only its description tells.
    ///
    /// # Errors
    /// [`ErrorKind::Address`] if `node` is no address of an account: it has a name, 16 nodes from the root at most, and
    /// no query; [`ErrorKind::ObjectId`] if the profile does not know the identifier.
    pub fn new(
        account: &'a PocAccount,
        profile: &Profile<'a>,
        node: &'a str,
        object_id: &'a str,
    ) -> Result<Self, Error> {
        let node = account_node(node)?;
        if !profile.has_object_id(object_id) {
            return Err(Error::new(ErrorKind::ObjectId(Box::from(object_id)), None));
        }
        let mut nodes = Nodes::new(account, profile);
        nodes.sort();
        let is_confirmed = |field: &Field| profile.row(*field).is_some_and(|row| row.dm.is_confirmed);
        let is_lost =
            |field: &Field| nodes.losses.iter().any(|loss| matches!(loss, Loss::Field(lost, _) if lost == field));
        let is_unconfirmed = |field: &Field| !is_confirmed(field) && !is_lost(field);
        let set = Field::ALL.into_iter().filter(|field| account.values(*field).next().is_some());
        let unconfirmed = set.filter(is_unconfirmed).collect();
        Ok(Self { node, object_id, nodes, unconfirmed })
    }

    /// In what the account that is read from the nodes is another one; nothing, if it is the same.
    #[must_use]
    pub fn losses(&self) -> &[Loss] {
        &self.nodes.losses
    }

    /// The settings that are written under a name that is not confirmed: a phone that knows the official one does not
    /// find them. With the names of a description ([`DdfNames`](crate::profile::DdfNames)) there is none.
    #[must_use]
    pub fn unconfirmed(&self) -> &[Field] {
        &self.unconfirmed
    }

    /// The command that adds the account.
    #[must_use]
    pub fn add(&self) -> Edit {
        let root = EditNode {
            uri: format!("./{}", self.node),
            format: Format::NODE.as_str(),
            type_: Some(self.object_id.to_string()),
            value: None,
        };
        let nodes = self.nodes.list.iter().map(|node| node.edit(self.node));
        Edit::Add(core::iter::once(root).chain(nodes).collect())
    }

    /// The address below which [`tree`](Self::tree) goes: that of the node above the account's.
    #[must_use]
    pub fn target(&self) -> String {
        match self.node.rsplit_once('/') {
            Some((above, _)) => format!("./{above}"),
            None => String::from("."),
        }
    }

    /// The account as a serialised tree: for [`TndsObject`](syncml::dm::mgmt_tree::TndsObject), in an `Add` to
    /// [`target`](Self::target), or to `./Inbox` where the device chooses the place.
    ///
    /// ```
    /// use poc_mo::{DmForm, Field, PocAccount, PocSettings, profile::PROVISIONAL, syncml, wbxml};
    /// use syncml::dm::mgmt_tree::TndsObject;
    /// use syncml::{Command, Location, MessageWriter, Request, SyncHdr};
    /// use wbxml::{Writer, vocabulary::syncml::SYNCML_1_2};
    ///
    /// let mut account = PocAccount::default();
    /// account.set(Field::T11, "6000")?;
    /// let form = DmForm::new(&account, &PROVISIONAL, "./PoC/Harbour", "urn:oma:mo:oma_poc:2.1")?;
    ///
    /// let object = TndsObject::elements(&form.tree())?;
    /// let header = SyncHdr::dm_1_2("1", "2", Location::new("IMEI:490154203237518"), Location::new("https://dm.example"));
    /// let mut octets = Vec::new();
    /// let mut message = MessageWriter::new(Writer::new(&mut octets, &SYNCML_1_2)?, &header)?;
    /// let target = form.target();
    /// message.command(&Command::Add(Request::of_item("1", object.item(&target)?)))?;
    /// message.finish(true)?;
    ///
    /// let mut settings = PocSettings::new();
    /// settings.apply_dm(&octets)?;
    /// assert_eq!(settings.accounts().next(), Some(&account));
    /// assert_eq!(settings.instances()[0].node.as_deref(), Some("PoC/Harbour"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn tree(&self) -> MgmtTree<'_> {
        let mut builder = MgmtTree::builder();
        let name = self.node.rsplit('/').next().unwrap_or_default();
        let object = NodeType::DdfName(Text::new(self.object_id));
        builder.start(name).rt_properties(&properties(Format::NODE, Some(object)));
        let mut depth = 0_usize;
        for node in &self.nodes.list {
            let own = node.path.split('/').count();
            while depth >= own {
                builder.end();
                depth = depth.saturating_sub(1);
            }
            depth = own;
            start(&mut builder, node);
        }
        builder.build()
    }
}

/// Opens a node of a serialised tree.
fn start<'f>(builder: &mut MgmtTreeBuilder<'f>, node: &'f Node<'_>) {
    builder.start(node.path.rsplit('/').next().unwrap_or_default());
    match &node.leaf {
        None => builder.rt_properties(&properties(Format::NODE, None)),
        Some(Leaf { format, value }) => {
            let mime = NodeType::Mime(Text::new(MIME));
            builder.rt_properties(&properties(Format::new(format), Some(mime))).value(value)
        }
    };
}

fn properties<'f>(format: Format<'f>, type_: Option<NodeType<'f>>) -> RtProperties<'f> {
    RtProperties { format: Some(format), type_, ..RtProperties::default() }
}

/// The media type of every leaf.
pub(super) const MIME: &str = "text/plain";

impl Node<'_> {
    /// The node as an item of a command, below the account's node.
    pub(super) fn edit(&self, account: &str) -> EditNode {
        let uri = format!("./{account}/{}", self.path);
        match &self.leaf {
            None => EditNode { uri, format: Format::NODE.as_str(), type_: None, value: None },
            Some(Leaf { format, value }) => {
                EditNode { uri, format, type_: Some(String::from(MIME)), value: Some(value.to_string()) }
            }
        }
    }
}

/// The path of an account's node, without `./`.
pub(super) fn account_node(node: &str) -> Result<&str, Error> {
    let path = node_of(node);
    if is_address(path) && is_in_reach(path) {
        Ok(path)
    } else {
        Err(Error::new(ErrorKind::Address(Box::from(node)), None))
    }
}
