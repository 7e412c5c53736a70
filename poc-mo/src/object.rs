//! Management objects of any description, in memory: what a device does with the commands of its servers (OMA DM Tree
//! and Description 1.2; OMA DM Representation Protocol 1.2, 6).
//!
//! A [`Store`] holds a management tree. What nodes there may be, with which formats and for which commands, is read from
//! device descriptions (DDF): any object that has one is served, with no code of its own. Nodes that are not described
//! are kept, unless [`Options`] say otherwise.
//!
//! ```
//! use poc_mo::object::{Sender, Store};
//! use poc_mo::syncml::dm::mgmt_tree::{AccessType, AccessTypes, Description, DfProperties, MgmtTree, Occurrence};
//! use poc_mo::syncml::dm::Format;
//! use poc_mo::syncml::{Command, Item, Meta, Request, StatusCode};
//!
//! // an object with one leaf; most come from a file
//! let all = [AccessType::Add, AccessType::Delete, AccessType::Get, AccessType::Replace];
//! let properties = |format, occurrence| DfProperties {
//!     access: AccessTypes::from_iter(all),
//!     format: Some(format),
//!     occurrence: Some(occurrence),
//!     ..DfProperties::default()
//! };
//! let mut builder = MgmtTree::builder();
//! builder.start("").path("./PoC").df_properties(&properties(Format::NODE, Occurrence::ZeroOrMore), &[]);
//! builder.start("T11Timer").df_properties(&properties(Format::INT, Occurrence::One), &[]);
//! let ddf = builder.build();
//! let description = Description::new(&ddf);
//!
//! let mut store = Store::new(&description);
//! let mut transaction = store.transaction(Sender::Device);
//! for (id, value) in [("1", "6000"), ("2", "six")] {
//!     let item = Item::leaf("./PoC/Harbour/T11Timer", Meta::of_data("int", "text/plain"), value);
//!     transaction.command(&Command::Add(Request::of_item(id, item)), |_| StatusCode::OK)?;
//! }
//! let answers = transaction.finish();
//! assert_eq!(answers[0].status, StatusCode::OK);
//! assert_eq!(answers[1].status, StatusCode::ALREADY_EXISTS);
//! assert_eq!(store.text("./PoC/Harbour/T11Timer"), Some("6000"));
//! # Ok::<(), poc_mo::syncml::Error>(())
//! ```

mod answer;
pub(crate) mod describe;
mod name;
mod options;
pub mod standard;
mod store;
mod transaction;
mod tree;

pub use answer::{Answer, Placed, Reply, ReplyData};
pub use options::Options;
pub(crate) use store::StoredNode;
pub use store::{LoadError, Sender, Store};
pub(crate) use transaction::Guard;
pub use transaction::{Exec, Transaction};
