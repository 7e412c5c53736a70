//! How a document travels: WSP push, WDP datagram, SMS segments, HTTP (OMA-WAP-TS-ProvCont, OMA-WAP-TS-ProvBoot;
//! WAP-230-WSP; WAP-259-WDP; 3GPP TS 23.040).
//!
//! What is carried does not matter here: a Device Management notification or bootstrap travels as a provisioning
//! document does. Down the road, a sender goes [`Push`] → [`segment`] → octets of one SMS each; up the road, a phone
//! goes octets → [`Reassembler`] → [`Push::parse`]. Nothing of this allocates from a number in the input.
//!
//! ```
//! use omacp::push::{ContentType, MediaType, Port, Ports, Push, Reassembler, Reference, Sec, segment};
//!
//! let content_type = ContentType::new(MediaType::CONNECTIVITY_WBXML)
//!     .with_sec(Sec::USERPIN)
//!     .with_mac("6CD48BFD7FFC33183154734DF4434DA694E25E6A");
//! let pdu = Push::new(content_type, b"\x03\x0B\x6A\x00\x45\x01").to_vec()?;
//!
//! let ports = Ports { destination: Port::PUSH, source: Port::WSP };
//! let mut phone = Reassembler::new();
//! let mut whole = None;
//! for user_data in segment(&pdu, ports, Reference::Short(0x42))? {
//!     whole = phone.receive("+44770012345", &user_data)?.or(whole);
//! }
//! let datagram = whole.unwrap();
//! let push = Push::parse(&datagram.octets)?;
//! assert_eq!(push.content_type.sec(), Some(Sec::USERPIN));
//! assert_eq!(push.unverified_body(), b"\x03\x0B\x6A\x00\x45\x01");
//! # Ok::<(), omacp::push::Error>(())
//! ```

mod content_type;
mod deliver;
mod error;
mod header;
mod http;
mod media_type;
mod pdu;
mod reassembly;
mod rewrite;
mod segment;
mod user_data;
mod wsp;

pub use content_type::{ContentType, Parameter, ParameterName, Sec};
pub use deliver::Deliver;
pub use error::{Error, ErrorKind, Result};
pub use header::{ApplicationId, Field, FieldName, Fields};
pub use media_type::MediaType;
pub use pdu::{Push, PushType};
pub use reassembly::{Datagram, Missing, Reassembler};
pub use rewrite::rewrite;
pub use segment::segment;
pub use user_data::{Concatenation, Element, Port, Ports, Reference, UserData};
pub use wsp::Value;
