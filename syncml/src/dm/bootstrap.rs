//! Bootstrap messages in the DM profile: a device gets its first account (OMA-TS-DM_Bootstrap 1.2).
//!
//! A bootstrap message is a DM message in WBXML that comes in a push, and nobody answers it. In DM 1.2 its commands add
//! TNDS objects, mostly to `./Inbox`, and the device decides where they go; [`inbox_path`] and [`relocate`] find what
//! refers to them. In DM 1.1.2 they add nodes where these are to be. [`BootstrapWriter`] writes the message, and
//! [`additions`] are what a command of it adds.
//!
//! The content type has two parameters more: `SEC` says what the key is, and `MAC` is HMAC-SHA1 over the octets of the
//! message, in hexadecimal digits (feature `auth`). Names and keys are not quite those of Client Provisioning: with PIN
//! and network secret together, the PIN and a colon stand in front.
//!
//! ```
//! # #[cfg(feature = "auth")] {
//! use syncml::MessageReader;
//! use syncml::dm::bootstrap::{Addition, BootstrapKey, BootstrapWriter, Sec, additions};
//! use syncml::dm::mgmt_tree::MgmtTree;
//! use wbxml::Limits;
//!
//! // the server: an account, the message and its MAC
//! let mut builder = MgmtTree::builder();
//! builder.start("Harbour").start("ServerID").value("dm.example.net");
//! let mut body = Vec::new();
//! let mut message = BootstrapWriter::dm_1_2(&mut body, "IMEI:490154203237518", "https://dm.example.net")?;
//! message.add("./Inbox", &builder.build())?;
//! message.finish()?;
//! let mac = BootstrapKey::userpin(b"1234")?.sign(&body);
//!
//! // the push has body, SEC and MAC; the device asks its user for the PIN
//! BootstrapKey::userpin(b"1234")?.verify(&body, Some(Sec::USERPIN), Some(mac.as_str()))?;
//! let mut message = MessageReader::parse(&body)?;
//! let mut added = additions(message.next_command()?.unwrap());
//! let Some(Addition::Object { object, .. }) = added.next().transpose()? else { panic!() };
//! assert!(object.tree(Limits::DEFAULT)?.find("./Harbour/ServerID").is_some());
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod addition;
mod inbox;
#[cfg(feature = "auth")]
mod key;
mod writer;

pub use addition::{Addition, Additions, additions};
pub use inbox::{Placement, Relocated, inbox_path, relocate};
#[cfg(feature = "auth")]
pub use key::{BootstrapKey, ImsiSecret, KeyError, Mac, Sec, VerifyError};
pub use writer::{BootstrapError, BootstrapWriter};
