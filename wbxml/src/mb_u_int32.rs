//! `mb_u_int32`, the multi-byte integer: seven bits an octet, most significant first, bit 7 set on all but the
//! last (WAP-192, 5.1).

/// The octets of the longest multi-byte integer.
pub const MAX_LEN: usize = 5;

/// Why there is no multi-byte integer at the start of some octets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// The octets end before the integer does.
    #[error("the multi-byte integer is cut off")]
    Incomplete,
    /// The integer is longer than five octets or larger than 2³²−1.
    #[error("the multi-byte integer is larger than 2^32-1")]
    Overflow,
}

/// Reads the integer at the start of `octets`: its value and how many octets it takes.
///
/// Leading 0x80 octets are accepted: the specification does not forbid them, and some encoders write them.
///
/// ```
/// use wbxml::mb_u_int32;
///
/// assert_eq!(mb_u_int32::decode(&[0x81, 0x20, 0xFF]), Ok((0xA0, 2))); // the specification's example
/// assert_eq!(mb_u_int32::decode(&[0x81]), Err(mb_u_int32::Fault::Incomplete));
/// ```
///
/// # Errors
/// [`Fault::Incomplete`] if `octets` ends first, [`Fault::Overflow`] above five octets or 2³²−1.
#[inline]
pub const fn decode(octets: &[u8]) -> Result<(u32, usize), Fault> {
    match octets {
        [single @ 0..=0x7F, ..] => Ok((*single as u32, 1)),
        _ => decode_long(octets),
    }
}

#[cold]
const fn decode_long(octets: &[u8]) -> Result<(u32, usize), Fault> {
    let mut value = 0_u32;
    let mut rest = octets;
    let mut length = 0;
    while let [octet, tail @ ..] = rest {
        if length == MAX_LEN || value > u32::MAX >> 7 {
            return Err(Fault::Overflow);
        }
        length = usize::saturating_add(length, 1);
        value = value << 7 | (*octet & 0x7F) as u32;
        if *octet & 0x80 == 0 {
            return Ok((value, length));
        }
        rest = tail;
    }
    if length == MAX_LEN { Err(Fault::Overflow) } else { Err(Fault::Incomplete) }
}

/// Writes `value` in its shortest form: the octets, right-aligned in the array, and how many of them count.
const fn split(value: u32) -> ([u8; MAX_LEN], usize) {
    let octets = [
        (value >> 28 & 0x7F) as u8 | 0x80,
        (value >> 21 & 0x7F) as u8 | 0x80,
        (value >> 14 & 0x7F) as u8 | 0x80,
        (value >> 7 & 0x7F) as u8 | 0x80,
        (value & 0x7F) as u8,
    ];
    (octets, encoded_len(value))
}

/// How many octets the shortest form of `value` takes, 1 to 5.
///
/// ```
/// assert_eq!(wbxml::mb_u_int32::encoded_len(0x1201), 2);
/// ```
#[must_use]
pub const fn encoded_len(value: u32) -> usize {
    match value {
        0..=0x7F => 1,
        0x80..=0x3FFF => 2,
        0x4000..=0x1F_FFFF => 3,
        0x20_0000..=0xFFF_FFFF => 4,
        _ => 5,
    }
}

/// The shortest form of an integer, ready to be copied.
///
/// ```
/// use wbxml::mb_u_int32::Encoded;
///
/// assert_eq!(Encoded::new(0x1201).as_slice(), [0xA4, 0x01]); // the public identifier of SyncML 1.2
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoded {
    octets: [u8; MAX_LEN],
    length: usize,
}

impl Encoded {
    /// Encodes `value`.
    #[must_use]
    pub const fn new(value: u32) -> Self {
        let (octets, length) = split(value);
        Self { octets, length }
    }

    /// Encodes `value` in exactly `length` octets, leading 0x80 octets included: what another encoder has chosen, kept.
    /// `None` if `value` takes more octets, or `length` is above [`MAX_LEN`].
    ///
    /// ```
    /// use wbxml::mb_u_int32::Encoded;
    ///
    /// assert_eq!(Encoded::of_len(0x6A, 2).unwrap().as_slice(), [0x80, 0x6A]);
    /// assert_eq!(Encoded::of_len(0x1201, 1), None);
    /// assert_eq!(Encoded::of_len(0x6A, 6), None);
    /// ```
    #[must_use]
    pub const fn of_len(value: u32, length: usize) -> Option<Self> {
        // all five octets are there: those in front of the shortest form are 0x80
        let (octets, shortest) = split(value);
        if shortest <= length && length <= MAX_LEN { Some(Self { octets, length }) } else { None }
    }

    /// The octets, one to five of them.
    #[must_use]
    pub fn as_slice(&self) -> &[u8] {
        self.octets.get(MAX_LEN.wrapping_sub(self.length)..).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WAP-192 5.1: the example of the text (0xA0) and each length at both of its ends.
    const VECTORS: &[(u32, &[u8])] = &[
        (0x0, &[0x00]),
        (0x6A, &[0x6A]),
        (0x7F, &[0x7F]),
        (0x80, &[0x81, 0x00]),
        (0xA0, &[0x81, 0x20]),
        (0xFD3, &[0x9F, 0x53]),
        (0x1201, &[0xA4, 0x01]),
        (0x3FFF, &[0xFF, 0x7F]),
        (0x4000, &[0x81, 0x80, 0x00]),
        (0x1F_FFFF, &[0xFF, 0xFF, 0x7F]),
        (0x20_0000, &[0x81, 0x80, 0x80, 0x00]),
        (0xFFF_FFFF, &[0xFF, 0xFF, 0xFF, 0x7F]),
        (0x1000_0000, &[0x81, 0x80, 0x80, 0x80, 0x00]),
        (0xFFFF_FFFF, &[0x8F, 0xFF, 0xFF, 0xFF, 0x7F]),
    ];

    #[test]
    fn vectors_both_ways() {
        for &(value, octets) in VECTORS {
            assert_eq!(decode(octets), Ok((value, octets.len())), "{value:#x}");
            assert_eq!(Encoded::new(value).as_slice(), octets, "{value:#x}");
            assert_eq!(encoded_len(value), octets.len(), "{value:#x}");
            for cut in 0..octets.len() {
                assert_eq!(decode(&octets[..cut]), Err(Fault::Incomplete), "{value:#x} cut at {cut}");
            }
        }
    }

    #[test]
    fn overlong_forms_up_to_five_octets_are_read() {
        assert_eq!(decode(&[0x80, 0x00]), Ok((0, 2)));
        assert_eq!(decode(&[0x80, 0x80, 0x80, 0x80, 0x05]), Ok((5, 5)));
    }

    /// Every form of up to five octets comes back: the value and the length say all.
    #[test]
    fn every_length_both_ways() {
        for &(value, octets) in VECTORS {
            for length in 0..=MAX_LEN + 1 {
                let padded = Encoded::of_len(value, length);
                assert_eq!(padded.is_some(), (octets.len()..=MAX_LEN).contains(&length), "{value:#x} in {length}");
                if let Some(padded) = padded {
                    assert_eq!(decode(padded.as_slice()), Ok((value, length)), "{value:#x} in {length}");
                }
            }
        }
    }

    #[test]
    fn more_than_32_bits_or_five_octets_overflow() {
        assert_eq!(decode(&[0x90, 0x80, 0x80, 0x80, 0x00]), Err(Fault::Overflow));
        assert_eq!(decode(&[0x80, 0x80, 0x80, 0x80, 0x80, 0x00]), Err(Fault::Overflow));
        assert_eq!(decode(&[0x80; 5]), Err(Fault::Overflow));
    }
}
