//! Bootstrap messages in the DM profile: a device gets its first account (OMA-TS-DM_Bootstrap 1.2).
//!
//! A bootstrap message is a DM message in WBXML that comes in a push, and nobody answers it. In DM 1.2 its commands add
//! TNDS objects, mostly to `./Inbox`, and the device decides where they go; [`inbox_path`] and [`relocate`] find what
//! refers to them. In DM 1.1.2 they add nodes where these are to be.
//!
//! The content type has two parameters more: `SEC` says what the key is, and `MAC` is HMAC-SHA1 over the octets of the
//! message, in hexadecimal digits (feature `auth`). Names and keys are not quite those of Client Provisioning: with PIN
//! and network secret together, the PIN and a colon stand in front.

mod inbox;
#[cfg(feature = "auth")]
mod key;

pub use inbox::{Placement, Relocated, inbox_path, relocate};
#[cfg(feature = "auth")]
pub use key::{BootstrapKey, ImsiSecret, KeyError, Mac, Sec, VerifyError};
