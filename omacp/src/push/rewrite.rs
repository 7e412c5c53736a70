//! A push that was read, with another body and another MAC in it.

use alloc::format;
use alloc::vec::Vec;
use core::ops::Range;

use super::content_type::{ContentType, Sec};
use super::error::{ErrorKind, Result};
use super::header::{Field, FieldName, Fields};
use super::wsp::{Octets, Value, put_integer, put_length, put_text};

/// The push `pdu` with another body, protected by this method and MAC. All other octets stay: of the content type only
/// the MAC's digits change, if there are as many of them as before and the method is the same; `Content-Length` and the
/// length of the headers change if they have to. Without a MAC, that of the push stays if the method does.
///
/// What is signed, and with which key, depends on what is carried: [`Edit`](crate::resign::Edit) (feature `mac`) does all
/// of it for provisioning documents.
///
/// ```
/// use omacp::push::{Push, Sec, rewrite};
///
/// // SEC=1, MAC="AB", X-Wap-Application-Id 7
/// let pdu = b"\x01\x06\x0A\x07\xC2\x91\x81\x92AB\0\xAF\x87body";
/// let other = rewrite(pdu, b"another", Sec::USERPIN, Some("CD"))?;
/// assert_eq!(other, b"\x01\x06\x0A\x07\xC2\x91\x81\x92CD\0\xAF\x87another");
/// # Ok::<(), omacp::push::Error>(())
/// ```
///
/// # Errors
/// Those of [`Push::parse`](super::Push::parse) and [`ContentType::write`].
pub fn rewrite(pdu: &[u8], body: &[u8], sec: Sec, mac: Option<&str>) -> Result<Vec<u8>> {
    let part = |span: Range<usize>| pdu.get(span).unwrap_or_default();
    let mut octets = Octets::new(pdu, 0);
    // TID and type
    octets.take(2)?;
    let length_at = octets.offset();
    let length = octets.uintvar()?;
    let headers_at = octets.offset();
    let mut headers = octets.counted(length, ErrorKind::HeadersLength, length_at)?;
    let content_type = ContentType::read(&mut headers)?;
    let fields_at = headers.offset();
    let fields = Fields::read(headers)?;

    let mut out = Vec::new();
    put_content_type(&mut out, content_type, part(headers_at..fields_at), headers_at, sec, mac)?;
    let mut at = fields_at;
    if body.len() != octets.rest().len() {
        for (field, span) in content_lengths(&fields, pdu) {
            out.extend_from_slice(part(at..span.start));
            match field.value {
                Value::Text(_) => put_text(&mut out, &format!("{}", body.len()))?,
                _ => put_integer(&mut out, u32::try_from(body.len()).map_err(|_| ErrorKind::TooLong.at(0))?),
            }
            at = span.end;
        }
    }
    out.extend_from_slice(part(at..octets.offset()));

    let mut push = part(0..length_at).to_vec();
    if usize::try_from(length) == Ok(out.len()) {
        push.extend_from_slice(part(length_at..headers_at));
    } else {
        put_length(&mut push, out.len())?;
    }
    push.extend_from_slice(&out);
    push.extend_from_slice(body);
    Ok(push)
}

/// All `Content-Length`s, by number or by name, and where their values stand in `pdu`.
fn content_lengths<'f>(fields: &'f Fields<'_>, pdu: &[u8]) -> impl Iterator<Item = (Field<'f>, Range<usize>)> {
    let is_one = |field: &Field<'_>| match field.name {
        FieldName::Name(name) => name.eq_ignore_ascii_case("Content-Length"),
        number => number == FieldName::CONTENT_LENGTH,
    };
    fields.iter().filter(is_one).filter_map(move |field| {
        let mut octets = Octets::new(pdu.get(field.offset..)?, field.offset);
        // a name has the form of a value
        octets.value().ok()?;
        let start = octets.offset();
        octets.value().ok()?;
        Some((field, start..octets.offset()))
    })
}

/// Writes the content type that stands in `octets` at the offset `at`, with this protection.
fn put_content_type(
    out: &mut Vec<u8>,
    content_type: ContentType<'_>,
    octets: &[u8],
    at: usize,
    sec: Sec,
    mac: Option<&str>,
) -> Result<()> {
    let start = out.len();
    out.extend_from_slice(octets);
    let is_same = content_type.sec() == Some(sec);
    let Some(mac) = mac else {
        if is_same {
            return Ok(());
        }
        out.truncate(start);
        return content_type.with_sec(sec).write(out);
    };
    if is_same && content_type.mac().is_some_and(|old| old.len() == mac.len()) {
        // the digits stand in front of the NUL
        let end = content_type.mac_span().and_then(|span| span.end.checked_sub(at)?.checked_sub(1));
        let digits = end.and_then(|end| {
            let end = start.checked_add(end)?;
            out.get_mut(end.checked_sub(mac.len())?..end)
        });
        if let Some(digits) = digits {
            digits.copy_from_slice(mac.as_bytes());
            return Ok(());
        }
    }
    out.truncate(start);
    content_type.with_sec(sec).with_mac(mac).write(out)
}
