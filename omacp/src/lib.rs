#![doc = include_str!("../README.md")]
#![no_std]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;

pub mod application;
mod builder;
mod characteristic;
mod document;
mod error;
mod foreign;
mod node;
mod path;
mod prune;
pub mod push;
mod read;
#[cfg(feature = "mac")]
#[cfg_attr(docsrs, doc(cfg(feature = "mac")))]
pub mod resign;
pub mod resolve;
#[cfg(feature = "mac")]
#[cfg_attr(docsrs, doc(cfg(feature = "mac")))]
pub mod security;
pub mod typed;
mod unverified;
pub mod validate;
mod write;

pub use builder::ProvisioningDocBuilder;
pub use characteristic::{Characteristic, Parm};
pub use document::ProvisioningDoc;
pub use error::{Error, ErrorKind, Result};
pub use foreign::ForeignElement;
pub use unverified::Unverified;
pub use wbxml;
