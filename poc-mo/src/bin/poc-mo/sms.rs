//! SMS segments, put together whatever order they are in.

use std::collections::HashSet;

use omacp::push::{Deliver, Ports, Reassembler, Reference, UserData};

use crate::failure::Fault;

/// Datagrams that may lack segments at once.
const MOST_PENDING: usize = 256;

/// What one SMS or several bring.
#[derive(Debug)]
pub(crate) struct Sms {
    pub(crate) segments: Vec<Segment>,
    /// What is whole, in the order in which it became so.
    pub(crate) datagrams: Vec<Vec<u8>>,
    /// What is not: the segments that have not come.
    pub(crate) missing: Vec<Missing>,
}

/// One SMS.
#[derive(Debug)]
pub(crate) struct Segment {
    /// Empty where only the user data is there.
    pub(crate) originator: String,
    pub(crate) ports: Option<Ports>,
    /// Which part of what: reference, number, total.
    pub(crate) part: Option<(Reference, u8, u8)>,
    pub(crate) payload: Vec<u8>,
    /// Information elements of the header: type, octets.
    pub(crate) elements: Vec<(u8, Vec<u8>)>,
}

/// Segments that have not come.
#[derive(Debug)]
pub(crate) struct Missing {
    pub(crate) reference: Reference,
    pub(crate) numbers: Vec<u8>,
}

/// The user data of an SMS, and who sends it.
struct Received<'a> {
    originator: String,
    user_data: &'a [u8],
    has_header: bool,
}

/// How an SMS may be written down.
type Form = fn(&[u8]) -> Result<Received<'_>, omacp::push::Error>;

/// The forms, the most certain first: those of TS 23.040 tell their length, and bare user data must say where it goes or
/// what it is a part of.
const FORMS: [Form; 3] = [
    |octets| Deliver::parse(octets).map(Received::from),
    |octets| Deliver::parse_with_service_centre(octets).map(Received::from),
    |octets| {
        UserData::parse(octets)?;
        Ok(Received { originator: String::new(), user_data: octets, has_header: true })
    },
];

impl<'a> From<Deliver<'a>> for Received<'a> {
    fn from(deliver: Deliver<'a>) -> Self {
        Self { originator: deliver.originator, user_data: deliver.user_data, has_header: deliver.has_header }
    }
}

impl Segment {
    fn read(octets: &[u8]) -> Option<(Self, &[u8])> {
        FORMS.iter().find_map(|form| {
            let received = form(octets).ok()?;
            if !received.has_header {
                if received.originator.is_empty() {
                    return None;
                }
                let payload = received.user_data.to_vec();
                let segment =
                    Self { originator: received.originator, ports: None, part: None, payload, elements: Vec::new() };
                return Some((segment, received.user_data));
            }
            let user_data = UserData::parse(received.user_data).ok()?;
            let part = user_data.concatenation.map(|part| (part.reference, part.number, part.total));
            let is_certain = !received.originator.is_empty() || part.is_some() || user_data.ports.is_some();
            let segment = Self {
                originator: received.originator,
                ports: user_data.ports,
                part,
                payload: user_data.payload.to_vec(),
                elements: user_data.elements().map(|element| (element.identifier, element.octets.to_vec())).collect(),
            };
            is_certain.then_some((segment, received.user_data))
        })
    }
}

impl Sms {
    /// The segments that `lines` are, if the first one is a segment: then all of them have to be.
    ///
    /// The fault names a line by its index; its offset is that in the line.
    pub(crate) fn read(lines: &[impl AsRef<[u8]>]) -> Result<Option<Self>, (usize, Fault)> {
        let mut sms = Self { segments: Vec::new(), datagrams: Vec::new(), missing: Vec::new() };
        let mut phone = Reassembler::with_pending(MOST_PENDING);
        let mut open = HashSet::new();
        for (index, line) in lines.iter().enumerate() {
            let Some((segment, user_data)) = Segment::read(line.as_ref()) else {
                let fault = || {
                    let error = UserData::parse(line.as_ref()).err();
                    error.map_or_else(|| Fault::at("no segment of an SMS, as the first line is", 0), Fault::from)
                };
                return if index == 0 { Ok(None) } else { Err((index, fault())) };
            };
            let key = segment.part.map(|(reference, ..)| (segment.originator.clone(), segment.ports, reference));
            let whole = match key {
                None => Some(segment.payload.clone()),
                Some(key) => {
                    let received = phone.receive(&segment.originator, user_data);
                    let whole = received.map_err(|error| (index, Fault::from(error)))?;
                    if whole.is_some() {
                        open.remove(&key)
                    } else {
                        open.insert(key)
                    };
                    whole.map(|datagram| datagram.octets)
                }
            };
            if open.len() > MOST_PENDING {
                return Err((index, Fault::new(format!("more than {MOST_PENDING} datagrams lack segments"))));
            }
            sms.datagrams.extend(whole);
            sms.segments.push(segment);
        }
        sms.missing =
            phone.missing().map(|missing| Missing { reference: missing.reference, numbers: missing.numbers }).collect();
        Ok(if lines.is_empty() { None } else { Some(sms) })
    }
}

impl Missing {
    /// What is missing, in words.
    pub(crate) fn words(&self) -> String {
        let verb = if self.numbers.len() == 1 { "is" } else { "are" };
        format!("{} {verb} missing", self.which())
    }

    /// Which segments, of what.
    pub(crate) fn which(&self) -> String {
        let numbers: Vec<String> = self.numbers.iter().map(u8::to_string).collect();
        let noun = if numbers.len() == 1 { "segment" } else { "segments" };
        format!("{noun} {} of reference {}", numbers.join(", "), number(self.reference))
    }
}

/// The number of a reference.
pub(crate) const fn number(reference: Reference) -> u16 {
    match reference {
        Reference::Short(number) => number as u16,
        Reference::Long(number) => number,
    }
}
