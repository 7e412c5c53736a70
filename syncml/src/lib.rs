#![cfg_attr(feature = "xml", doc = include_str!("../README.md"))]
#![cfg_attr(not(feature = "xml"), doc = "SyncML messages over WBXML: see the documentation with all features.")]
#![no_std]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

#[cfg(feature = "auth")]
#[cfg_attr(docsrs, doc(cfg(feature = "auth")))]
pub mod auth;
mod code;
mod command;
mod correlation;
mod cred;
pub mod devinf;
pub mod dm;
mod error;
mod field;
mod header;
mod item;
pub mod large_object;
mod list;
mod message;
mod meta;
mod more;
mod package;
mod reader;
mod size;
pub mod validate;
mod writer;

pub use code::{AlertCategory, AlertCode, AlertType, Decimal, Importance, ParseCodeError, StatusClass, StatusCode};
pub use command::{Alert, Command, Group, GroupKind, Map, MapItem, Other, Request, Results, Search, Status};
pub use correlation::{Answer, AnswerFault, Correlation, CorrelationLimits, SentCommand, SentFault};
pub use cred::Cred;
pub use error::{Error, ErrorKind, Result};
pub use header::SyncHdr;
pub use item::{Filter, Item, ItemFields, Items, ItemsIter, Location};
pub use list::{List, ListIter};
pub use message::{Message, MessageCommand};
pub use meta::{Anchor, Mem, Meta, MetaFields};
pub use package::{Outgoing, Package, PackageError};
pub use reader::MessageReader;
pub use size::MessageSize;
pub use wbxml;
pub use writer::MessageWriter;
