//! What a message adds.

use wbxml::Text;

use crate::command::Command;
use crate::dm::mgmt_tree::TndsObject;
use crate::error::Result;
use crate::item::{Item, ItemsIter};
use crate::meta::Meta;

/// What an item of an `Add` adds.
#[derive(Clone, Debug)]
#[non_exhaustive]
#[expect(clippy::large_enum_variant, reason = "it is looked at once, where it was made")]
pub enum Addition<'a> {
    /// A serialised tree (DM 1.2).
    Object {
        /// The node below which it goes: `./Inbox` leaves the place to the device.
        target: Option<Text<'a>>,
        /// The tree.
        object: TndsObject<'a>,
    },
    /// A node (DM 1.1.2), with format and type of the command where the item does not say.
    Node(Item<'a>),
}

/// What the items of a command add: [`additions`].
#[derive(Clone, Debug)]
pub struct Additions<'c, 'a> {
    items: Option<(Meta<'a>, ItemsIter<'c, 'a>)>,
}

/// What a command adds: nothing if it is no `Add`.
///
/// A device takes the nodes where they are to be, and finds places for the objects: then
/// [`NodeItems::placed`](crate::dm::mgmt_tree::NodeItems::placed) gives the nodes of an object at their places, with the
/// references to one another rewritten.
///
/// ```
/// use syncml::MessageReader;
/// use syncml::dm::bootstrap::{Addition, BootstrapWriter, Placement, additions};
/// use syncml::dm::mgmt_tree::MgmtTree;
/// use wbxml::Limits;
///
/// let mut builder = MgmtTree::builder();
/// builder.start("Account").start("PrefConRef").value("./Inbox/Internet").end().end();
/// builder.start("Internet").start("Addr").value("apn.example.net");
/// let mut octets = Vec::new();
/// let mut message = BootstrapWriter::dm_1_2(&mut octets, "IMEI:490154203237518", "https://dm.example.net")?;
/// message.add("./Inbox", &builder.build())?;
/// message.finish()?;
///
/// let mut message = MessageReader::parse(&octets)?;
/// let mut added = Vec::new();
/// while let Some(command) = message.next_command()? {
///     for addition in additions(command) {
///         let Addition::Object { target, object } = addition? else { panic!() };
///         assert_eq!(target.unwrap(), "./Inbox");
///         let tree = object.tree(Limits::DEFAULT)?;
///         // the device has decided
///         let placed = [
///             Placement { from: "Account", to: "./DMAcc/1" },
///             Placement { from: "Internet", to: "./NAP/1" },
///         ];
///         let mut nodes = tree.adds("./Inbox").placed(&placed);
///         while let Some(item) = nodes.next_item()? {
///             added.push((item.uri().unwrap().to_string(), item.data_text().map(|text| text.to_string())));
///         }
///     }
/// }
/// let added: Vec<_> = added.iter().map(|(uri, value)| (uri.as_str(), value.as_deref())).collect();
/// assert_eq!(added, [
///     ("./DMAcc/1", None),
///     ("./DMAcc/1/PrefConRef", Some("./NAP/1")),
///     ("./NAP/1", None),
///     ("./NAP/1/Addr", Some("apn.example.net")),
/// ]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub const fn additions<'c, 'a>(command: &'c Command<'a>) -> Additions<'c, 'a> {
    match command {
        Command::Add(add) => Additions { items: Some((add.meta, add.items.iter())) },
        _ => Additions { items: None },
    }
}

impl<'a> Iterator for Additions<'_, 'a> {
    type Item = Result<Addition<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        let (meta, items) = self.items.as_mut()?;
        Some(items.next()?.and_then(|item| addition(item, meta)))
    }
}

fn addition<'a>(mut item: Item<'a>, meta: &Meta<'a>) -> Result<Addition<'a>> {
    if let Some(object) = TndsObject::in_item(&item, meta)? {
        return Ok(Addition::Object { target: item.target.and_then(|target| target.uri), object });
    }
    item.meta.format = item.meta.format.or(meta.format);
    item.meta.type_ = item.meta.type_.or(meta.type_);
    Ok(Addition::Node(item))
}
