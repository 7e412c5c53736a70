//! The user-data header of an SMS: ports and concatenation (3GPP TS 23.040, 9.2.3.24; WAP-259-WDP, 6.5).

use alloc::vec::Vec;

use super::error::{ErrorKind, Result};
use super::wsp::Octets;

/// The octets of user data of one SMS in 8-bit data.
pub(super) const USER_DATA: usize = 140;

/// A port of WDP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Port(pub u16);

impl Port {
    /// 2948: connectionless push.
    pub const PUSH: Self = Self(2948);
    /// 2949: connectionless push over WTLS.
    pub const SECURE_PUSH: Self = Self(2949);
    /// 9200: connectionless WSP, where pushes mostly come from.
    pub const WSP: Self = Self(9200);
    /// 49996: SyncML settings of older phones.
    pub const SYNCML_SETTINGS: Self = Self(49996);
    /// 49999: OTA settings of older phones (Nokia, Ericsson).
    pub const OTA_SETTINGS: Self = Self(49999);
}

/// Where a datagram goes to and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_structs, reason = "WDP has these two ports")]
pub struct Ports {
    /// The port of the phone's application.
    pub destination: Port,
    /// The port of the sender.
    pub source: Port,
}

/// That an SMS is a part of something longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Concatenation {
    /// The same in all parts: of eight bits, or of sixteen.
    pub reference: Reference,
    /// How many parts there are.
    pub total: u8,
    /// Which one this is, from 1.
    pub number: u8,
}

/// The number that the parts of one datagram share: references of different width are different.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "TS 23.040 has these two")]
pub enum Reference {
    /// Of eight bits: information element 0x00.
    Short(u8),
    /// Of sixteen bits: information element 0x08.
    Long(u16),
}

/// An information element of a user-data header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Element<'a> {
    /// Its type.
    pub identifier: u8,
    /// Its octets.
    pub octets: &'a [u8],
}

/// The user data of one SMS: a header, and a part of a datagram.
///
/// ```
/// use omacp::push::{Port, Reference, UserData};
///
/// let user_data = UserData::parse(b"\x0B\x05\x04\x0B\x84\x23\xF0\x00\x03\x42\x05\x01\x01\x06\x2F")?;
/// let ports = user_data.ports.unwrap();
/// assert_eq!((ports.destination, ports.source), (Port::PUSH, Port::WSP));
/// let part = user_data.concatenation.unwrap();
/// assert_eq!((part.reference, part.total, part.number), (Reference::Short(0x42), 5, 1));
/// assert_eq!(user_data.payload, b"\x01\x06\x2F");
/// # Ok::<(), omacp::push::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UserData<'a> {
    /// The ports, if the header has them. Ports of eight bits are read too.
    pub ports: Option<Ports>,
    /// Which part of what this is, if it is one.
    pub concatenation: Option<Concatenation>,
    /// What follows the header.
    pub payload: &'a [u8],
    header: &'a [u8],
}

/// The information elements that are read here.
mod element {
    pub(super) const CONCATENATION_8: u8 = 0x00;
    pub(super) const PORTS_8: u8 = 0x04;
    pub(super) const PORTS_16: u8 = 0x05;
    pub(super) const CONCATENATION_16: u8 = 0x08;
}

impl<'a> UserData<'a> {
    /// Reads user data that begins with a header, as TP-UDHI says.
    ///
    /// Of an element that stands twice the last one counts (TS 23.040, 9.2.3.24).
    ///
    /// # Errors
    /// [`ErrorKind::HeaderLength`], [`ErrorKind::ElementLength`], [`ErrorKind::ElementForm`],
    /// [`ErrorKind::SegmentNumber`], [`ErrorKind::UnexpectedEnd`] if there is nothing at all.
    pub fn parse(octets: &'a [u8]) -> Result<Self> {
        let mut octets = Octets::new(octets, 0);
        let length = octets.octet()?;
        let header = octets.counted(u32::from(length), ErrorKind::HeaderLength, 0)?;
        let mut user_data = Self { ports: None, concatenation: None, payload: octets.rest(), header: header.rest() };
        let mut elements = header;
        while !elements.is_empty() {
            let at = elements.offset();
            let element = element(&mut elements)?;
            user_data.take(element).map_err(|kind| kind.at(at))?;
        }
        Ok(user_data)
    }

    /// All information elements, in order.
    pub fn elements(&self) -> impl Iterator<Item = Element<'a>> + use<'a> {
        let mut elements = Octets::new(self.header, 1);
        // they were read before
        core::iter::from_fn(move || if elements.is_empty() { None } else { element(&mut elements).ok() })
    }

    fn take(&mut self, element: Element<'a>) -> Result<(), ErrorKind> {
        let part = |reference, total, number| match number {
            1.. if number <= total => Ok(Some(Concatenation { reference, total, number })),
            _ => Err(ErrorKind::SegmentNumber { number, total }),
        };
        let port = |octets: [u8; 2]| Port(u16::from_be_bytes(octets));
        match (element.identifier, element.octets) {
            (element::CONCATENATION_8, &[reference, total, number]) => {
                self.concatenation = part(Reference::Short(reference), total, number)?;
            }
            (element::CONCATENATION_16, &[high, low, total, number]) => {
                self.concatenation = part(Reference::Long(u16::from_be_bytes([high, low])), total, number)?;
            }
            (element::PORTS_8, &[destination, source]) => {
                self.ports = Some(Ports { destination: port([0, destination]), source: port([0, source]) });
            }
            (element::PORTS_16, &[a, b, c, d]) => {
                self.ports = Some(Ports { destination: port([a, b]), source: port([c, d]) });
            }
            (
                identifier @ (element::CONCATENATION_8
                | element::CONCATENATION_16
                | element::PORTS_8
                | element::PORTS_16),
                _,
            ) => return Err(ErrorKind::ElementForm(identifier)),
            // anybody's business but ours
            _ => {}
        }
        Ok(())
    }
}

fn element<'a>(octets: &mut Octets<'a>) -> Result<Element<'a>> {
    let at = octets.offset();
    let short = |_| ErrorKind::ElementLength.at(at);
    let identifier = octets.octet()?;
    let length = octets.octet().map_err(short)?;
    let field = octets.counted(u32::from(length), ErrorKind::ElementLength, at)?;
    Ok(Element { identifier, octets: field.rest() })
}

/// The header of one part: ports, and which part it is.
pub(super) fn header(ports: Ports, part: Option<Concatenation>) -> Vec<u8> {
    let [a, b] = ports.destination.0.to_be_bytes();
    let [c, d] = ports.source.0.to_be_bytes();
    let mut header = Vec::from([0, element::PORTS_16, 4, a, b, c, d]);
    match part {
        Some(Concatenation { reference: Reference::Short(reference), total, number }) => {
            header.extend_from_slice(&[element::CONCATENATION_8, 3, reference, total, number]);
        }
        Some(Concatenation { reference: Reference::Long(reference), total, number }) => {
            let [high, low] = reference.to_be_bytes();
            header.extend_from_slice(&[element::CONCATENATION_16, 4, high, low, total, number]);
        }
        None => {}
    }
    let length = u8::try_from(header.len().saturating_sub(1)).unwrap_or(u8::MAX);
    if let Some(first) = header.first_mut() {
        *first = length;
    }
    header
}
