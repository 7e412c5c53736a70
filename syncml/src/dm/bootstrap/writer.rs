//! Writing the message (OMA-TS-DM_Bootstrap 1.2, OMA DM profile).

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use wbxml::vocabulary::syncml::{SYNCML_1_1, SYNCML_1_2};
use wbxml::{Text, WriteError, Writer};

use crate::command::{Command, Request};
use crate::dm::mgmt_tree::{MgmtTree, NodeItemError, TndsObject};
use crate::header::SyncHdr;
use crate::item::Location;
use crate::writer::MessageWriter;

/// Writes a bootstrap message, which is always WBXML, object by object.
///
/// The message stands alone: session and message are 0 (nothing follows from their identifiers), there are no
/// credentials (the push has a MAC), and it is final. [`BootstrapKey::sign`](super::BootstrapKey::sign) makes the MAC of
/// the octets when they are complete.
///
/// ```
/// use syncml::dm::bootstrap::BootstrapWriter;
/// use syncml::dm::mgmt_tree::MgmtTree;
///
/// let mut builder = MgmtTree::builder();
/// builder.start("Harbour").start("ServerID").value("dm.example.net");
/// let account = builder.build();
///
/// let mut octets = Vec::new();
/// let mut message = BootstrapWriter::dm_1_2(&mut octets, "IMEI:490154203237518", "https://dm.example.net")?;
/// message.add("./Inbox", &account)?;
/// message.finish()?;
///
/// // a device of DM 1.1.2 gets the nodes one by one
/// let mut octets = Vec::new();
/// let mut message = BootstrapWriter::dm_1_1_2(&mut octets, "IMEI:490154203237518", "https://dm.example.net")?;
/// message.add("./SyncML/DMAcc", &account)?;
/// message.finish()?;
/// # Ok::<(), syncml::dm::bootstrap::BootstrapError>(())
/// ```
#[derive(Debug)]
pub struct BootstrapWriter<'o> {
    message: MessageWriter<Writer<'static, &'o mut Vec<u8>>>,
    /// Whether a device takes serialised trees.
    has_tnds: bool,
    commands: u32,
}

/// Why a bootstrap message was not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BootstrapError {
    /// Something cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// A node cannot be added by a command of its own, as in DM 1.1.2.
    #[error(transparent)]
    Node(#[from] NodeItemError),
    /// What has been made of a tree cannot be read.
    #[error(transparent)]
    Object(#[from] crate::Error),
}

impl<'o> BootstrapWriter<'o> {
    /// Begins a message of OMA DM 1.2, behind what `octets` hold already: its trees are TNDS objects.
    ///
    /// # Errors
    /// [`WriteError`], if an address cannot be written: [`Nul`](WriteError::Nul).
    pub fn dm_1_2(octets: &'o mut Vec<u8>, device: &str, server: &str) -> Result<Self, WriteError> {
        let header = SyncHdr::dm_1_2(NO_ID, NO_ID, Location::new(device), Location::new(server));
        let message = MessageWriter::new(Writer::new(octets, &SYNCML_1_2)?, &header)?;
        Ok(Self { message, has_tnds: true, commands: 0 })
    }

    /// Begins a message of OMA DM 1.1.2: its trees are nodes, each with a command of its own.
    ///
    /// # Errors
    /// As [`dm_1_2`](Self::dm_1_2).
    pub fn dm_1_1_2(octets: &'o mut Vec<u8>, device: &str, server: &str) -> Result<Self, WriteError> {
        let mut header = SyncHdr::dm_1_2(NO_ID, NO_ID, Location::new(device), Location::new(server));
        (header.ver_dtd, header.ver_proto) = (Some(Text::new("1.1")), Some(Text::new("DM/1.1")));
        let message = MessageWriter::new(Writer::new(octets, &SYNCML_1_1)?, &header)?;
        Ok(Self { message, has_tnds: false, commands: 0 })
    }

    /// Adds `tree` below `target`: in DM 1.2, mostly `./Inbox`, whence the device finds a place for it.
    ///
    /// In DM 1.1.2, this is an `Add` of each node, and behind them a `Replace` of each access control list.
    ///
    /// # Errors
    /// [`BootstrapError::Write`]; in DM 1.1.2, [`BootstrapError::Node`] too. What has been written is of no use then.
    pub fn add(&mut self, target: &str, tree: &MgmtTree<'_>) -> Result<(), BootstrapError> {
        if self.has_tnds {
            let object = TndsObject::elements(tree)?;
            let cmd_id = self.next_id();
            let add = Request::of_item(&cmd_id, object.item(target)?);
            return Ok(self.message.command(&Command::Add(add))?);
        }
        let mut nodes = tree.adds(target);
        while let Some(item) = nodes.next_item()? {
            let cmd_id = self.next_id();
            self.message.command(&Command::Add(Request::of_item(&cmd_id, item)))?;
        }
        let mut lists = tree.acl_replaces(target);
        while let Some(item) = lists.next_item()? {
            let cmd_id = self.next_id();
            self.message.command(&Command::Replace(Request::of_item(&cmd_id, item)))?;
        }
        Ok(())
    }

    /// Ends the message.
    ///
    /// # Errors
    /// None that a `Vec` has.
    pub fn finish(self) -> Result<(), WriteError> {
        self.message.finish(true).map(|_| ())
    }

    fn next_id(&mut self) -> String {
        self.commands = self.commands.saturating_add(1);
        self.commands.to_string()
    }
}

/// What stands for an identifier where there is no session.
const NO_ID: &str = "0";
