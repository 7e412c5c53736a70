//! Segments put together again.

use alloc::string::String;
use alloc::vec::Vec;

use super::error::{ErrorKind, Result};
use super::user_data::{Ports, Reference, UserData};

/// A datagram that came whole, or in parts that are all there.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Datagram {
    /// Where it goes to and where it comes from, if its parts say so.
    pub ports: Option<Ports>,
    /// Its octets.
    pub octets: Vec<u8>,
}

/// Puts the parts of datagrams together, in whatever order they come, from as many senders as there are.
///
/// Parts belong together if sender, ports and reference are the same. A part that comes again is passed over. What is
/// kept is bounded: at most [`Reassembler::DEFAULT_PENDING`] datagrams (or as many as [`with_pending`](Self::with_pending)
/// says) wait for their parts, and the one whose last part came longest ago makes room for a new one.
///
/// ```
/// use omacp::push::{ErrorKind, Reassembler};
///
/// let mut phone = Reassembler::new();
/// assert_eq!(phone.receive("123", b"\x05\x00\x03\x42\x02\x02lo")?, None);
/// assert_eq!(phone.missing().count(), 1);
/// assert_eq!(phone.receive("123", b"\x05\x00\x03\x42\x02\x01hel")?.unwrap().octets, b"hello");
///
/// let error = phone.receive("123", b"\x05\x00\x03\x42\x02\x03?").unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::SegmentNumber { number: 3, total: 2 });
/// # Ok::<(), omacp::push::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Reassembler {
    /// Those that wait, the one whose last part came longest ago first.
    pending: Vec<Pending>,
    most: usize,
}

/// A datagram of which parts are missing.
#[derive(Clone, Debug)]
struct Pending {
    sender: String,
    ports: Option<Ports>,
    reference: Reference,
    /// The parts by number; one that has not come is `None`.
    parts: Vec<Option<Vec<u8>>>,
}

/// What is missing of a datagram.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Missing<'r> {
    /// Who sends it.
    pub sender: &'r str,
    /// The number that its parts share.
    pub reference: Reference,
    /// The numbers of the parts that have not come, from 1.
    pub numbers: Vec<u8>,
}

impl Reassembler {
    /// How many datagrams wait for their parts at once.
    pub const DEFAULT_PENDING: usize = 16;

    /// Nothing has come yet.
    #[must_use]
    pub const fn new() -> Self {
        Self::with_pending(Self::DEFAULT_PENDING)
    }

    /// The same, where at most `most` datagrams wait for their parts: each holds at most 255 parts of 140 octets.
    #[must_use]
    pub const fn with_pending(most: usize) -> Self {
        Self { pending: Vec::new(), most }
    }

    /// Takes the user data of one SMS from `sender`; gives the datagram if it is whole now.
    ///
    /// # Errors
    /// Those of [`UserData::parse`]; [`ErrorKind::SegmentTotal`] and [`ErrorKind::SegmentContent`] if it contradicts a
    /// part that came before, which drops all parts of that datagram: one of the two is not what it says.
    pub fn receive(&mut self, sender: &str, user_data: &[u8]) -> Result<Option<Datagram>> {
        let user_data = UserData::parse(user_data)?;
        let ports = user_data.ports;
        let Some(part) = user_data.concatenation else {
            return Ok(Some(Datagram { ports, octets: user_data.payload.to_vec() }));
        };
        let is_it = |pending: &Pending| {
            pending.sender == sender && pending.ports == ports && pending.reference == part.reference
        };
        let mut datagram = match self.pending.iter().position(is_it) {
            Some(index) => self.pending.remove(index),
            None => Pending {
                sender: String::from(sender),
                ports,
                reference: part.reference,
                parts: alloc::vec![None; usize::from(part.total)],
            },
        };
        if datagram.parts.len() != usize::from(part.total) {
            return Err(ErrorKind::SegmentTotal.at(0));
        }
        let number = usize::from(part.number).saturating_sub(1);
        if let Some(place) = datagram.parts.get_mut(number) {
            match place {
                Some(octets) if octets != user_data.payload => return Err(ErrorKind::SegmentContent.at(0)),
                Some(_) => {}
                None => *place = Some(user_data.payload.to_vec()),
            }
        }
        if datagram.parts.iter().all(Option::is_some) {
            let octets = datagram.parts.into_iter().flatten().flatten().collect();
            return Ok(Some(Datagram { ports, octets }));
        }
        if self.pending.len() >= self.most.max(1) {
            self.pending.remove(0);
        }
        self.pending.push(datagram);
        Ok(None)
    }

    /// The datagrams that wait for parts, the one whose last part came longest ago first.
    pub fn missing(&self) -> impl Iterator<Item = Missing<'_>> {
        self.pending.iter().map(|pending| Missing {
            sender: &pending.sender,
            reference: pending.reference,
            numbers: (1_u8..=u8::MAX)
                .zip(&pending.parts)
                .filter(|(_, part)| part.is_none())
                .map(|(number, _)| number)
                .collect(),
        })
    }

    /// Forgets all parts that have come.
    pub fn clear(&mut self) {
        self.pending.clear();
    }
}

impl Default for Reassembler {
    fn default() -> Self {
        Self::new()
    }
}
