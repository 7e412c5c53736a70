//! The server's side: the commands that start an operation (Firmware Update Management Object 1.0, `Exec`; OMA DM
//! Representation Protocol 1.2, `Sequence`, `Exec`).

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use syncml::{Command, Group, GroupKind, Item, Items, Location, Meta, Request};
use wbxml::{Data, Text};

use super::component::Component;
use super::error::SoftwareError;
use super::model::{Leaf, Operation};
use super::pending::Pending;

/// An operation that a server wants of a device: values to set, and the `Exec`.
///
/// ```
/// use poc_mo::software::{Component, Leaf, Operation, Order, Progress, fumo};
/// use syncml::{Location, MessageWriter, SyncHdr};
/// use wbxml::{Writer, vocabulary::syncml::SYNCML_1_2};
///
/// let firmware = Component::new(&fumo::MODEL, "./FwUpdate/Radio")?;
/// let order = Order::new(&firmware, Operation::DownloadAndUpdate)?
///     .replace(Leaf::Url, "https://packages.example.net/radio-7")?
///     .correlator("c17");
///
/// let device = Location::new("IMEI:490154203237518");
/// let header = SyncHdr::dm_1_2("1", "1", device, Location::new("https://dm.example.net"));
/// let mut octets = Vec::new();
/// let mut message = MessageWriter::new(Writer::new(&mut octets, &SYNCML_1_2)?, &header)?;
/// let pending = order.send("1", 3, |command| message.command(command))?;
/// message.finish(true)?;
/// assert_eq!(pending.cmd_ids(), 3..=5); // Sequence, Replace, Exec
/// assert_eq!(pending.progress(), Progress::Sent);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Order<'o, 'p> {
    component: &'o Component<'p>,
    operation: Operation,
    /// The address of the operation's node.
    target: String,
    correlator: Option<&'o str>,
    is_new: bool,
    added: Vec<Setting<'o>>,
    replaced: Vec<Setting<'o>>,
}

/// What a value is set to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Content<'o> {
    /// A text, or the digits of a number.
    Text(&'o str),
    /// Octets, which only WBXML can carry as they are.
    Octets(&'o [u8]),
    /// Octets that are carried in base64, in XML too.
    Base64(&'o [u8]),
}

impl<'o> From<&'o str> for Content<'o> {
    fn from(text: &'o str) -> Self {
        Self::Text(text)
    }
}

/// One value.
#[derive(Clone, Debug)]
struct Setting<'o> {
    address: String,
    format: &'o str,
    content: Carried<'o>,
}

/// What a value is set to, as it goes into the message.
#[derive(Clone, Debug)]
enum Carried<'o> {
    Text(&'o str),
    Octets(&'o [u8]),
    Base64(String),
}

impl<'o, 'p: 'o> Order<'o, 'p> {
    /// This operation on this software, without values.
    ///
    /// # Errors
    /// [`SoftwareError::Operation`], if the model does not have the operation; [`SoftwareError::Address`], if its name
    /// there is none.
    pub fn new(component: &'o Component<'p>, operation: Operation) -> Result<Self, SoftwareError> {
        let target = component.operation_address(operation)?;
        let (added, replaced) = (Vec::new(), Vec::new());
        Ok(Self { component, operation, target, correlator: None, is_new: false, added, replaced })
    }

    /// What comes back in the report of the end. Without one, the report is known by its type and its source.
    #[must_use]
    pub fn correlator(self, correlator: &'o str) -> Self {
        Self { correlator: Some(correlator), ..self }
    }

    /// The software's node is not there yet, and is added.
    #[must_use]
    pub fn new_node(self) -> Self {
        Self { is_new: true, ..self }
    }

    /// A value that is not there yet, and is added.
    ///
    /// # Errors
    /// [`SoftwareError::Leaf`], if the model does not have the value for this operation; [`SoftwareError::Address`], if
    /// its name there is none.
    pub fn add(mut self, leaf: Leaf, content: impl Into<Content<'o>>) -> Result<Self, SoftwareError> {
        self.added.push(self.setting(leaf, content.into())?);
        Ok(self)
    }

    /// A value that is there, and is replaced.
    ///
    /// # Errors
    /// As [`add`](Self::add).
    pub fn replace(mut self, leaf: Leaf, content: impl Into<Content<'o>>) -> Result<Self, SoftwareError> {
        self.replaced.push(self.setting(leaf, content.into())?);
        Ok(self)
    }

    fn setting(&self, leaf: Leaf, content: Content<'o>) -> Result<Setting<'o>, SoftwareError> {
        let address = self.component.leaf_address(leaf, self.operation)?;
        let row = self.component.model().leaf(leaf, self.operation).ok_or(SoftwareError::Leaf(leaf))?;
        let (format, content) = match content {
            Content::Text(text) => (row.format, Carried::Text(text)),
            Content::Octets(octets) => ("bin", Carried::Octets(octets)),
            Content::Base64(octets) => ("b64", Carried::Base64(data_encoding::BASE64.encode(octets))),
        };
        Ok(Setting { address, format, content })
    }

    /// Gives the commands to `write`, one after the other: one `Add`, one `Replace` and the `Exec`, in a `Sequence`, since
    /// a device may carry out commands in any order otherwise; the `Exec` alone, if there are no values.
    ///
    /// They are numbered from `first_cmd_id` on, and stand in the message `msg_id`: what is given back knows the
    /// device's answers by that.
    ///
    /// # Errors
    /// Those of `write`.
    pub fn send<E>(
        &self,
        msg_id: &str,
        first_cmd_id: u16,
        mut write: impl FnMut(&Command<'_>) -> Result<(), E>,
    ) -> Result<Pending<'p>, E> {
        let first = u32::from(first_cmd_id);
        let mut ids = first..;
        let mut id = || ids.next().unwrap_or_default().to_string();
        let added: Vec<Item<'_>> = self.node().into_iter().chain(self.added.iter().map(Setting::item)).collect();
        let replaced: Vec<Item<'_>> = self.replaced.iter().map(Setting::item).collect();
        let has_values = !added.is_empty() || !replaced.is_empty();
        if has_values {
            write(&Command::Begin(Group::new(GroupKind::Sequence, &id())))?;
        }
        if !added.is_empty() {
            write(&Command::Add(Request::of_items(&id(), &added)))?;
        }
        if !replaced.is_empty() {
            write(&Command::Replace(Request::of_items(&id(), &replaced)))?;
        }
        let exec_id = id();
        let mut item = Item::default();
        item.target = Some(Location::new(&self.target));
        let mut exec = Request::default();
        exec.cmd_id = Some(Text::new(&exec_id));
        exec.correlator = self.correlator.map(Text::new);
        exec.items = Items::one(item);
        write(&Command::Exec(exec))?;
        if has_values {
            write(&Command::End)?;
        }
        let commands = [has_values, !added.is_empty(), !replaced.is_empty()];
        let before = commands.into_iter().filter(|is_there| *is_there).count();
        let last = first.saturating_add(u32::try_from(before).unwrap_or_default());
        Ok(Pending::sent(self.component.clone(), self.operation, self.correlator, msg_id, first..=last))
    }

    /// The software's node, if it is to be added.
    fn node(&self) -> Option<Item<'_>> {
        let mut item = Item::default();
        item.target = Some(Location::new(self.component.address()));
        item.meta.format = Some(Text::new("node"));
        self.is_new.then_some(item)
    }
}

impl Setting<'_> {
    fn item(&self) -> Item<'_> {
        let mut item = Item::default();
        item.target = Some(Location::new(&self.address));
        let (type_, data) = match &self.content {
            Carried::Text(text) => ("text/plain", Data::Text(Text::new(text))),
            Carried::Octets(octets) => ("application/octet-stream", Data::Opaque(octets)),
            Carried::Base64(text) => ("application/octet-stream", Data::Text(Text::new(text))),
        };
        item.meta = Meta::of_data(self.format, type_);
        item.data = Some(data);
        item
    }
}
