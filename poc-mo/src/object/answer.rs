//! What a store answers to commands.

#[cfg(feature = "xml")]
mod xml;

use alloc::string::String;
use alloc::vec::Vec;

use syncml::dm::mgmt_tree::TndsObject;
use syncml::{Item, Location, Meta, StatusCode};
use wbxml::{Data, Text};

/// The answer to a command, or to one of its items.
///
/// It has what a [`Status`](syncml::Status) needs, and the items of [`Results`](syncml::Results).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Answer {
    /// The `CmdID` of the command.
    pub cmd_id: String,
    /// The name of the command: `Add`.
    pub cmd: &'static str,
    /// The target of the item, as it stands in the message, or else its source; `None` of a group.
    pub target: Option<String>,
    /// What became of it.
    pub status: StatusCode,
    /// What was asked for: of `Get` alone, and nothing if it failed.
    pub results: Vec<Reply>,
    /// Where the device has put what it was left to place: objects that came to the inbox, and nodes without a name.
    pub placed: Vec<Placed>,
    /// `NoResp`: the sender wants no status.
    pub no_resp: bool,
}

/// A node for which the device has chosen the place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Placed {
    /// Its path in the serialised tree that it came in; a node without a name is `<X>`.
    pub from: String,
    /// Its address.
    pub to: String,
}

/// A node in the answer to a `Get`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Reply {
    /// The address of the node, with what was asked of it.
    pub uri: String,
    /// The format of the data.
    pub format: String,
    /// The type of the data.
    pub type_: String,
    /// The data.
    pub data: ReplyData,
}

/// The data of a [`Reply`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ReplyData {
    /// None: the node alone was asked for.
    None,
    /// A text.
    Text(String),
    /// Octets, which only WBXML can carry as they are; with the feature `xml`, `Reply::into_xml` makes base64 of them.
    Octets(Vec<u8>),
    /// A serialised tree.
    Object(TndsObject<'static>),
}

impl Reply {
    /// The item of `Results` that carries it.
    ///
    /// # Errors
    /// None for what a store has answered.
    pub fn item(&self) -> syncml::Result<Item<'_>> {
        let mut item = Item::leaf(&self.uri, Meta::of_data(&self.format, &self.type_), "");
        item.data = match &self.data {
            ReplyData::None => None,
            ReplyData::Text(text) => Some(Data::Text(Text::new(text))),
            ReplyData::Octets(octets) => Some(Data::Opaque(octets)),
            ReplyData::Object(object) => {
                item = object.item(&self.uri)?;
                item.data
            }
        };
        // what is answered comes from the node
        (item.target, item.source) = (None, Some(Location::new(&self.uri)));
        Ok(item)
    }

    /// The data as text, if it is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.data {
            ReplyData::Text(text) => Some(text),
            _ => None,
        }
    }
}
