//! Base64 as peers write it: the right form, and the wrong ones with what is wrong about them (RFC 2045, 6.8).

use alloc::vec::Vec;

use data_encoding::{BASE64_NOPAD, HEXLOWER_PERMISSIVE};
use zeroize::Zeroizing;

use super::variant::{Variant, Variants};

/// The octets that base64 says, and how it differs from the right form: characters of base64 in one line, filled up
/// with `=`, unused bits zero. White space around it is none of it.
///
/// `None` if it says nothing.
pub(super) fn decode(text: &[u8]) -> Option<(Zeroizing<Vec<u8>>, Variants)> {
    let mut variants = Variants::NONE;
    let text = text.trim_ascii();
    let joined;
    let text = if text.iter().any(u8::is_ascii_whitespace) {
        variants = variants.with(Variant::WhiteSpace);
        let mut octets = Zeroizing::new(Vec::with_capacity(text.len()));
        octets.extend(text.iter().filter(|octet| !octet.is_ascii_whitespace()));
        joined = octets;
        &joined[..]
    } else {
        text
    };
    let digits = text.split(|octet| *octet == b'=').next().unwrap_or_default();
    let padding = text.get(digits.len()..)?;
    if padding.iter().any(|octet| *octet != b'=') {
        return None;
    }
    let wanted = digits.len().next_multiple_of(4).checked_sub(digits.len())?;
    if padding.len() > wanted {
        return None;
    }
    if padding.len() < wanted {
        variants = variants.with(Variant::NoPadding);
    }
    let octets = BASE64_NOPAD.decode(digits).ok()?;
    Some((Zeroizing::new(octets), variants))
}

/// The digest that a text in base64 or in hexadecimal digits is, and how it differs from the right form.
///
/// `None` if it is none.
pub(super) fn decode_digest(text: &[u8]) -> Option<([u8; 16], Variants)> {
    if let Some(digest) = from_hex(text) {
        return Some((digest, Variants::NONE.with(Variant::Hex)));
    }
    let (octets, variants) = decode(text)?;
    match <[u8; 16]>::try_from(&octets[..]) {
        Ok(digest) => Some((digest, variants)),
        Err(_) => Some((from_hex(&octets)?, variants.with(Variant::HexInBase64))),
    }
}

/// The digest that 32 hexadecimal digits are, of either case, with white space around them.
fn from_hex(text: &[u8]) -> Option<[u8; 16]> {
    let text = text.trim_ascii();
    let mut digest = [0; 16];
    if text.len() != 32 {
        return None;
    }
    HEXLOWER_PERMISSIVE.decode_mut(text, &mut digest).ok()?;
    Some(digest)
}
