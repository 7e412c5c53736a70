//! Commands that make and change the nodes of an account.

use alloc::string::String;
use alloc::vec::Vec;

use syncml::{Command, Item, Location, MessageWriter, Meta, Request};
use wbxml::{Emit, Text, WriteError};

/// One command on the nodes of an account, to be sent by a device management server.
///
/// ```
/// # #[cfg(feature = "xml")] {
/// use poc_mo::{Edit, syncml, wbxml};
/// use syncml::{Location, MessageWriter, SyncHdr};
/// use wbxml::{vocabulary::syncml::SYNCML_1_2, xml};
///
/// let header = SyncHdr::dm_1_2("1", "2", Location::new("IMEI:490154203237518"), Location::new("https://dm.example"));
/// let mut octets = Vec::new();
/// let mut message = MessageWriter::new(xml::Writer::document(&mut octets, &SYNCML_1_2), &header)?;
/// Edit::Delete(String::from("./PoC/Harbour")).write_to(&mut message, "1")?;
/// message.finish(true)?;
/// let xml = String::from_utf8(octets).unwrap();
/// assert!(xml.contains("<Delete><CmdID>1</CmdID><Item><Target><LocURI>./PoC/Harbour</LocURI>"), "{xml}");
/// # }
/// # Ok::<(), wbxml::WriteError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "there are these three: the commands that change a tree")]
pub enum Edit {
    /// `Add`: nodes that belong together, each one behind the one that it stands below.
    Add(Vec<EditNode>),
    /// `Replace`: the value of a leaf.
    Replace(EditNode),
    /// `Delete`: the node of this address, with everything below it.
    Delete(String),
}

/// A node that a command makes or sets.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EditNode {
    /// Its address.
    pub uri: String,
    /// Its format: `node`, `chr`, `bool` or `int`.
    pub format: &'static str,
    /// The media type of a leaf; the identifier of the management object that begins at an interior node.
    pub type_: Option<String>,
    /// The value of a leaf.
    pub value: Option<String>,
}

impl Edit {
    /// Writes the command with this `CmdID`.
    ///
    /// # Errors
    /// [`WriteError`]
    pub fn write_to<E: Emit>(&self, message: &mut MessageWriter<E>, cmd_id: &str) -> Result<(), WriteError> {
        message.command(&self.command(cmd_id, &self.items()))
    }

    /// What the command is about.
    pub(crate) fn items(&self) -> Vec<Item<'_>> {
        match self {
            Self::Add(nodes) => nodes.iter().map(EditNode::item).collect(),
            Self::Replace(node) => Vec::from([node.item()]),
            Self::Delete(uri) => {
                let mut item = Item::default();
                item.target = Some(Location::new(uri));
                Vec::from([item])
            }
        }
    }

    /// The command with its items.
    pub(crate) fn command<'c>(&self, cmd_id: &'c str, items: &'c [Item<'c>]) -> Command<'c> {
        let request = Request::of_items(cmd_id, items);
        match self {
            Self::Add(_) => Command::Add(request),
            Self::Replace(_) => Command::Replace(request),
            Self::Delete(_) => Command::Delete(request),
        }
    }
}

impl EditNode {
    fn item(&self) -> Item<'_> {
        let mut meta = Meta::EMPTY;
        meta.format = Some(Text::new(self.format));
        meta.type_ = self.type_.as_deref().map(Text::new);
        let mut item = Item::leaf(&self.uri, meta, self.value.as_deref().unwrap_or_default());
        if self.value.is_none() {
            item.data = None;
        }
        item
    }
}
