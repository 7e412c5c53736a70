//! A datagram cut into the user data of SMS (3GPP TS 23.040, 9.2.3.24.1 and 9.2.3.24.8).

use alloc::vec::Vec;

use super::error::{ErrorKind, Result};
use super::user_data::{Concatenation, Ports, Reference, USER_DATA, header};

/// Cuts `datagram` into the user data of as many SMS as it takes: 8-bit data (DCS 0x04 or 0xF5), with the user-data
/// header in front (TP-UDHI set), each at most 140 octets.
///
/// A datagram of up to 133 octets is one SMS without concatenation; a longer one has parts of 128 octets, or 127 with a
/// long reference. The reference is the sender's: the next datagram to the same phone takes another one.
///
/// ```
/// use omacp::push::{Port, Ports, Reference, segment};
///
/// let ports = Ports { destination: Port::PUSH, source: Port::WSP };
/// let parts = segment(&[0x55; 133], ports, Reference::Short(0x42))?;
/// assert_eq!(parts.len(), 1);
/// let parts = segment(&[0x55; 134], ports, Reference::Short(0x42))?;
/// assert_eq!(parts[1], b"\x0B\x05\x04\x0B\x84\x23\xF0\x00\x03\x42\x02\x02UUUUUU");
/// # Ok::<(), omacp::push::Error>(())
/// ```
///
/// # Errors
/// [`ErrorKind::TooManySegments`] above 255 of them: 32,640 octets, or 32,385 with a long reference.
pub fn segment(datagram: &[u8], ports: Ports, reference: Reference) -> Result<Vec<Vec<u8>>> {
    let alone = header(ports, None);
    if datagram.len() <= USER_DATA.saturating_sub(alone.len()) {
        return Ok(Vec::from([[&alone, datagram].concat()]));
    }
    let part = |total, number| Concatenation { reference, total, number };
    let room = USER_DATA.saturating_sub(header(ports, Some(part(1, 1))).len());
    let parts = datagram.chunks(room);
    let total = u8::try_from(parts.len()).map_err(|_| ErrorKind::TooManySegments.at(0))?;
    Ok(parts
        .zip(1..=total)
        .map(|(octets, number)| [&header(ports, Some(part(total, number))), octets].concat())
        .collect())
}
