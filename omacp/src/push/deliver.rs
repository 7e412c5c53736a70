//! SMS as a modem or a log has it: the SMS-DELIVER TPDU (3GPP TS 23.040, 9.2.2.1), with the service centre's address in
//! front or without it.

use alloc::string::String;
use alloc::vec::Vec;

use super::error::{ErrorKind, Result};
use super::wsp::Octets;

/// An SMS that was delivered, with 8-bit user data.
///
/// ```
/// use omacp::push::{Deliver, UserData};
///
/// let tpdu = b"\x44\x0B\x91\x44\x77\x00\x21\x43\xF5\x00\xF5\x62\x21\x12\x26\x10\x00\x00\x0A\x06\x05\x04\x0B\x84\x23\xF0abc";
/// let sms = Deliver::parse(tpdu)?;
/// assert_eq!(sms.originator, "+44770012345");
/// assert_eq!(UserData::parse(sms.user_data)?.payload, b"abc");
/// # Ok::<(), omacp::push::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Deliver<'a> {
    /// TP-OA: who sends it, in digits, with `+` in front of an international number.
    pub originator: String,
    /// TP-PID
    pub protocol: u8,
    /// TP-DCS
    pub coding: u8,
    /// TP-UDHI: whether the user data begins with a header.
    pub has_header: bool,
    /// TP-UD
    pub user_data: &'a [u8],
}

impl<'a> Deliver<'a> {
    /// Reads an SMS-DELIVER TPDU.
    ///
    /// # Errors
    /// [`ErrorKind::NotADeliver`] for another message type, [`ErrorKind::Coding`] for user data that are not octets,
    /// [`ErrorKind::UnexpectedEnd`], [`ErrorKind::UserDataLength`] if TP-UDL is not the number of octets that follow.
    pub fn parse(tpdu: &'a [u8]) -> Result<Self> {
        Self::read(Octets::new(tpdu, 0))
    }

    /// The same behind the address of the service centre, which many logs begin with (TS 27.005, `AT+CMGR`).
    ///
    /// # Errors
    /// As [`parse`](Self::parse).
    pub fn parse_with_service_centre(octets: &'a [u8]) -> Result<Self> {
        let mut octets = Octets::new(octets, 0);
        let length = octets.octet()?;
        octets.take(usize::from(length))?;
        Self::read(octets)
    }

    fn read(mut octets: Octets<'a>) -> Result<Self> {
        let at = octets.offset();
        let first = octets.octet()?;
        if first & 0b11 != 0 {
            return Err(ErrorKind::NotADeliver(first).at(at));
        }
        let digits = usize::from(octets.octet()?);
        let type_of_number = octets.octet()?;
        let address = octets.take(digits.div_ceil(2))?;
        let protocol = octets.octet()?;
        let at = octets.offset();
        let coding = octets.octet()?;
        if !is_8_bit(coding) {
            return Err(ErrorKind::Coding(coding).at(at));
        }
        // TP-SCTS
        octets.take(7)?;
        let at = octets.offset();
        let length = octets.octet()?;
        let user_data = octets.counted(u32::from(length), ErrorKind::UserDataLength, at)?;
        if !octets.is_empty() {
            return Err(ErrorKind::UserDataLength.at(at));
        }
        Ok(Self {
            originator: number(address.rest(), digits, type_of_number),
            protocol,
            coding,
            has_header: first & 0x40 != 0,
            user_data: user_data.rest(),
        })
    }
}

/// Whether a data coding scheme means octets (3GPP TS 23.038, 4).
const fn is_8_bit(coding: u8) -> bool {
    match coding >> 4 {
        // general data coding, and the same marked for deletion: bits 3 and 2
        0x0..=0x7 => coding & 0b1100 == 0b0100,
        // data coding and message class: bit 2
        0xF => coding & 0b0100 != 0,
        _ => false,
    }
}

/// The digits of an address, each octet's low half first (TS 23.040, 9.1.2.3 and 9.1.2.5).
fn number(octets: &[u8], digits: usize, type_of_number: u8) -> String {
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#', 'a', 'b', 'c', 'F'];
    let halves: Vec<u8> = octets.iter().flat_map(|octet| [octet & 0xF, octet >> 4]).collect();
    let is_international = type_of_number & 0x70 == 0x10;
    let text = halves.iter().take(digits).filter_map(|half| DIGITS.get(usize::from(*half)));
    is_international.then_some('+').into_iter().chain(text.copied()).collect()
}
