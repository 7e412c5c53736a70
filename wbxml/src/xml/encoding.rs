//! In which charset an XML document is (XML 1.0, 4.3.3 and appendix F; RFC 7303, 3), and the same document in UTF-8.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::ops::Range;

use crate::Charset;
use crate::error::{ErrorKind, Result};
use crate::text::TextFault;

use super::{Fault, is_blank};

/// An XML document in UTF-8, which is what [`Reader`](super::Reader) reads: borrowed where it is that already.
///
/// Its charset is the one that its first octets show (a byte order mark, or the octets of `<` in UTF-16 and UTF-32),
/// else `transport`, which is [`Charset::UNKNOWN`] where the transport does not say, else the one that the XML
/// declaration names, else UTF-8. Where no UTF-16 is shown, a document that declares it is UTF-8: it was converted, and
/// its declaration was not. What is converted has no byte order mark, and declares UTF-8 where it declared
/// another charset; what is borrowed is not checked. Offsets in errors of a reader count in what this gives.
///
/// ```
/// use wbxml::{Charset, xml};
///
/// let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9</a>";
/// let document = xml::to_utf8(latin, Charset::UNKNOWN)?;
/// assert_eq!(&*document, "<?xml version='1.0' encoding='UTF-8'?><a>é</a>".as_bytes());
/// # Ok::<(), wbxml::Error>(())
/// ```
///
/// # Errors
/// [`Fault::Encoding`] at the first octet that is no text in the charset, [`Fault::UnknownEncoding`] at a name that
/// stands for no charset, [`ErrorKind::UnsupportedCharset`] at the name of one that is not decoded.
pub fn to_utf8(document: &[u8], transport: Charset) -> Result<Cow<'_, [u8]>> {
    let (shown, marks) = signature(document)?;
    let text = document.get(marks..).unwrap_or_default();
    let (charset, named_at) = match shown {
        Some(charset) => (charset, 0),
        // units wider than the octets show were those of the document before somebody converted it
        None if transport != Charset::UNKNOWN && transport.unit() == 1 => (transport, 0),
        None => declared(text)?,
    };
    let is_outdated = shown.is_none() && charset.unit() > 1;
    if charset.is_any_utf8() || is_outdated {
        return Ok(Cow::Borrowed(document));
    }
    match charset.to_cow(text) {
        Ok(Cow::Borrowed(_)) => Ok(Cow::Borrowed(document)),
        Ok(Cow::Owned(text)) => Ok(Cow::Owned(declaring_utf8(text.into_bytes()))),
        Err((TextFault::Charset(charset), _)) => {
            Err(ErrorKind::UnsupportedCharset(charset.mib_enum().into()).at(named_at))
        }
        Err((_, at)) => Err(ErrorKind::Xml(Fault::Encoding).at(marks.saturating_add(at))),
    }
}

/// Whether the first octets show that the code units of a document are wider than one octet.
pub(super) fn is_wide(document: &[u8]) -> bool {
    matches!(signature(document), Ok((Some(charset), _)) if charset.unit() > 1)
}

/// The charset that the first octets of a document show, and how many of them are a byte order mark. The first row that
/// fits counts.
const SIGNATURES: &[(&[u8], Charset, usize)] = &[
    (&[0x00, 0x00, 0xFE, 0xFF], Charset::UTF_32BE, 4),
    (&[0xFF, 0xFE, 0x00, 0x00], Charset::UTF_32LE, 4),
    (&[0xFE, 0xFF], Charset::UTF_16BE, 2),
    (&[0xFF, 0xFE], Charset::UTF_16LE, 2),
    (&[0xEF, 0xBB, 0xBF], Charset::UTF_8, 3),
    (&[0x00, 0x00, 0x00, b'<'], Charset::UTF_32BE, 0),
    (&[b'<', 0x00, 0x00, 0x00], Charset::UTF_32LE, 0),
    (&[0x00, b'<'], Charset::UTF_16BE, 0),
    (&[b'<', 0x00], Charset::UTF_16LE, 0),
];

/// `<?xm` in EBCDIC: nothing that is decoded here.
const EBCDIC: &[u8] = &[0x4C, 0x6F, 0xA7, 0x94];

fn signature(document: &[u8]) -> Result<(Option<Charset>, usize)> {
    if document.starts_with(EBCDIC) {
        return Err(ErrorKind::Xml(Fault::UnknownEncoding).at(0));
    }
    let row = SIGNATURES.iter().find(|(octets, ..)| document.starts_with(octets));
    Ok(row.map_or((None, 0), |&(_, charset, marks)| (Some(charset), marks)))
}

/// The charset that the XML declaration names, and where; UTF-8 if it names none.
fn declared(text: &[u8]) -> Result<(Charset, usize)> {
    let Some(place) = encoding_name(text) else { return Ok((Charset::UTF_8, 0)) };
    let at = place.start;
    let name = text.get(place).and_then(|name| core::str::from_utf8(name).ok());
    match name.and_then(Charset::from_name) {
        Some(charset) => Ok((charset, at)),
        None => Err(ErrorKind::Xml(Fault::UnknownEncoding).at(at)),
    }
}

/// The document, where its XML declaration names no charset but UTF-8.
fn declaring_utf8(text: Vec<u8>) -> Vec<u8> {
    let Some(place) = encoding_name(&text) else { return text };
    match (text.get(..place.start), text.get(place.end..)) {
        (Some(before), Some(behind)) => [before, b"UTF-8", behind].concat(),
        _ => text,
    }
}

/// Where the name stands in `<?xml … encoding="name" … ?>` (productions 23, 80 and 81), in octets that contain ASCII.
fn encoding_name(text: &[u8]) -> Option<Range<usize>> {
    let rest = text.strip_prefix(b"<?xml").filter(|rest| rest.first().is_some_and(is_blank))?;
    let length = rest.windows(2).position(|end| end == b"?>")?;
    let mut rest = rest.get(..length)?;
    loop {
        rest = rest.trim_ascii_start();
        let (name, behind) = split_at(rest, b'=')?;
        let value = behind.trim_ascii_start();
        let (&quote, value) = value.split_first().filter(|(quote, _)| matches!(quote, b'"' | b'\''))?;
        let (value, behind) = split_at(value, quote)?;
        if name.trim_ascii_end() == b"encoding" {
            let start = value.as_ptr().addr().saturating_sub(text.as_ptr().addr());
            return Some(start..start.saturating_add(value.len()));
        }
        rest = behind;
    }
}

/// What precedes the first such octet, and what follows it.
fn split_at(octets: &[u8], border: u8) -> Option<(&[u8], &[u8])> {
    let (before, behind) = octets.split_at_checked(octets.iter().position(|&octet| octet == border)?)?;
    Some((before, behind.get(1..)?))
}
