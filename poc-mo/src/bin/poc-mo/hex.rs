//! Octets written in hexadecimal digits, as in logs: with white space between them, and comments behind `#`.

use crate::failure::Fault;

/// Whether `text` is nothing but hexadecimal digits, white space and comments, and some digits.
pub(crate) fn is_hex(text: &[u8]) -> bool {
    let mut has_digits = false;
    let is_all = digits(text).all(|(_, digit)| {
        has_digits = true;
        digit.is_ascii_hexdigit()
    });
    is_all && has_digits
}

/// The octets of each line that has some.
pub(crate) fn lines(text: &[u8]) -> Result<Vec<Vec<u8>>, Fault> {
    let mut lines = Vec::new();
    let mut start = 0_usize;
    for line in text.split_inclusive(|character| *character == b'\n') {
        let octets = decode(line, start)?;
        start = start.saturating_add(line.len());
        if !octets.is_empty() {
            lines.push(octets);
        }
    }
    Ok(lines)
}

/// The octets of all lines together: those of one may begin in the line before.
pub(crate) fn octets(text: &[u8]) -> Result<Vec<u8>, Fault> {
    decode(text, 0)
}

fn decode(text: &[u8], start: usize) -> Result<Vec<u8>, Fault> {
    let mut octets = Vec::new();
    let mut high = None;
    for (offset, character) in digits(text) {
        let digit = char::from(character).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let digit = digit.ok_or_else(|| Fault::at("not a hexadecimal digit", start.saturating_add(offset)))?;
        match high.take() {
            None => high = Some(digit),
            Some(high) => octets.push(high << 4 | digit),
        }
    }
    match high {
        None => Ok(octets),
        Some(_) => Err(Fault::at("an odd number of hexadecimal digits", start.saturating_add(text.len()))),
    }
}

/// The characters that are neither white space nor in a comment, with their offsets.
fn digits(text: &[u8]) -> impl Iterator<Item = (usize, u8)> {
    let mut is_comment = false;
    text.iter().copied().enumerate().filter(move |(_, character)| {
        is_comment = *character != b'\n' && (is_comment || *character == b'#');
        !is_comment && !character.is_ascii_whitespace()
    })
}
