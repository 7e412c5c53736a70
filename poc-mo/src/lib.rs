#![doc = include_str!("../README.md")]
#![no_std]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod account;
mod applied;
#[cfg(feature = "dm")]
mod client;
#[cfg(all(feature = "cp", feature = "dm"))]
#[cfg_attr(docsrs, doc(cfg(all(feature = "cp", feature = "dm"))))]
pub mod convert;
#[cfg(feature = "cp")]
mod cp;
#[cfg(feature = "dm")]
mod dm;
mod error;
#[cfg(any(feature = "cp", feature = "dm"))]
mod form;
#[cfg(any(feature = "cp", feature = "dm"))]
mod join;
#[cfg(any(feature = "cp", feature = "dm"))]
mod loss;
#[cfg(feature = "dm")]
#[cfg_attr(docsrs, doc(cfg(feature = "dm")))]
pub mod object;
pub mod profile;
#[cfg(all(feature = "cp", feature = "dm"))]
#[cfg_attr(docsrs, doc(cfg(all(feature = "cp", feature = "dm"))))]
pub mod provision;
#[cfg(any(feature = "cp", feature = "dm"))]
mod room;
mod settings;
#[cfg(feature = "dm")]
mod slots;
#[cfg(feature = "dm")]
#[cfg_attr(docsrs, doc(cfg(feature = "dm")))]
pub mod software;
#[cfg(feature = "dm")]
mod tree;
mod validate;

pub use account::{Extension, PocAccount, Reference};
pub use applied::{Applied, Cause, Conflict, Held, PassedOver, Setting};
#[cfg(feature = "dm")]
pub use client::Client;
pub use error::{Error, ErrorKind};
#[cfg(feature = "cp")]
pub use form::CpForm;
#[cfg(feature = "dm")]
pub use form::{Diff, DmForm, Edit, EditNode, withdraw};
#[cfg(any(feature = "cp", feature = "dm"))]
pub use loss::{Loss, Reason};
#[cfg(feature = "cp")]
pub use omacp;
pub use profile::{Field, Profile};
pub use settings::{Instance, PocSettings};
#[cfg(feature = "dm")]
pub use syncml;
pub use validate::{Finding, Rule};
pub use wbxml;
