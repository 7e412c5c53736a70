//! What XML has no words for, spelled so that it comes back: see the documentation of [`xml`](super).

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write;

use data_encoding::BASE64;

use crate::event::Event;
use crate::scan;
use crate::token::{AttrStart, AttrValue, HAS_ATTRIBUTES, Tag, is_application};

use super::name::is_name;

const TOKEN: &str = "token-";
const LITERAL: &str = "literal-";
const TARGET: &str = "wbxml-";
/// OBJECT REPLACEMENT CHARACTER, "a placeholder in the text for an otherwise unspecified object".
pub(super) const MARK: char = '\u{FFFC}';
/// [`MARK`] itself, where a parenthesis follows it.
pub(super) const MARK_ITSELF: &str = "\u{FFFC}(mark)";

/// The name of a token that has none: `token-PP-CC`.
pub(super) fn token_name(page: u8, code: u8) -> String {
    let mut name = String::with_capacity(11);
    // nothing fails that is written to a string
    let _ = write!(name, "{TOKEN}{page:02X}-{code:02X}");
    name
}

fn token(name: &str) -> Option<(u8, u8)> {
    let (page, code) = name.strip_prefix(TOKEN)?.split_once('-')?;
    Some((hex(page.as_bytes())?, hex(code.as_bytes())?))
}

/// The octet that two digits of a number with capital letters are.
fn hex(digits: &[u8]) -> Option<u8> {
    let digit = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit.wrapping_sub(b'0')),
        b'A'..=b'F' => Some(digit.wrapping_sub(b'A').wrapping_add(10)),
        _ => None,
    };
    let &[high, low] = digits else { return None };
    Some(digit(high)? << 4 | digit(low)?)
}

/// Whether the name of an attribute may spell something else than itself.
pub(super) fn may_be_spelled(name: &str) -> bool {
    name.starts_with(TOKEN) || name.starts_with(LITERAL)
}

/// The tag that `name` spells.
pub(super) fn tag(name: &str) -> Option<Tag> {
    let (page, code) = token(name)?;
    (code < 0x40 && is_application(code)).then(|| Tag::new(page, code))
}

/// The attribute start that `name` spells.
pub(super) fn attribute_start(name: &str) -> Option<AttrStart> {
    let (page, code) = token(name)?;
    (code < HAS_ATTRIBUTES && is_application(code)).then(|| AttrStart::new(page, code))
}

fn attribute_value(name: &str) -> Option<AttrValue> {
    let (page, code) = token(name)?;
    (code >= HAS_ATTRIBUTES && is_application(code)).then(|| AttrValue::new(page, code))
}

/// A literal name as XML can hold it: itself, unless it is no name of XML or one of the notation.
pub(super) fn literal(name: &str) -> Cow<'_, str> {
    if is_name(name) && ![TOKEN, LITERAL, TARGET].iter().any(|prefix| name.starts_with(prefix)) {
        return Cow::Borrowed(name);
    }
    let mut spelled = String::from(LITERAL);
    for octet in name.bytes() {
        if stands_in_literal(octet) {
            spelled.push(char::from(octet));
        } else {
            let _ = write!(spelled, ".{octet:02X}");
        }
    }
    Cow::Owned(spelled)
}

const fn stands_in_literal(octet: u8) -> bool {
    octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'_')
}

/// The literal name that [`literal`] spells so, if it does.
pub(crate) fn unspelled(name: &str) -> Option<String> {
    let mut rest = name.strip_prefix(LITERAL)?.as_bytes();
    let mut octets = Vec::with_capacity(rest.len());
    loop {
        match rest {
            [] => return String::from_utf8(octets).ok(),
            [b'.', high, low, tail @ ..] => {
                octets.push(hex(&[*high, *low])?);
                rest = tail;
            }
            [octet, tail @ ..] if stands_in_literal(*octet) => {
                octets.push(*octet);
                rest = tail;
            }
            _ => return None,
        }
    }
}

/// A token that XML has no words for, with what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unspoken {
    Value(AttrValue),
    Opaque(Vec<u8>),
    ExtI(u8, Vec<u8>),
    ExtT(u8, u32),
    Ext(u8),
}

impl Unspoken {
    pub(crate) fn event(&self) -> Event<'_> {
        match self {
            Self::Value(value) => Event::AttributeValue(*value),
            Self::Opaque(octets) => Event::Opaque(octets),
            Self::ExtI(number, octets) => Event::ExtI(*number, octets),
            Self::ExtT(number, value) => Event::ExtT(*number, *value),
            Self::Ext(number) => Event::Ext(*number),
        }
    }

    /// The words behind `wbxml-`, or in parentheses.
    fn parse(what: &str, data: &str) -> Option<Self> {
        let octets = |data: &str| BASE64.decode(data.as_bytes()).ok();
        let number = |digits: &str| match digits {
            "0" => Some(0),
            "1" => Some(1),
            "2" => Some(2),
            _ => None,
        };
        let numbered = || {
            let (digits, data) = data.split_once(' ')?;
            Some((number(digits)?, data))
        };
        match what {
            "opaque" => octets(data).map(Self::Opaque),
            "ext-i" => numbered().map(|(number, data)| Self::ExtI(number, data.as_bytes().to_vec())),
            "ext-i-octets" => numbered().and_then(|(number, data)| Some(Self::ExtI(number, octets(data)?))),
            "ext-t" => numbered().and_then(|(number, data)| Some(Self::ExtT(number, decimal(data)?))),
            "ext" => number(data).map(Self::Ext),
            name if data.is_empty() => attribute_value(name).map(Self::Value),
            _ => None,
        }
    }

    /// The token that a processing instruction spells: `None` if it is another one, an error if it is spelled wrongly.
    pub(crate) fn of_pi(target: &str, data: &str) -> Option<Result<Self, Malformed>> {
        let what = target.strip_prefix(TARGET)?;
        let known = ["opaque", "ext-i", "ext-i-octets", "ext-t", "ext"].contains(&what);
        known.then(|| Self::parse(what, data).ok_or(Malformed))
    }
}

/// A processing instruction of the notation is spelled wrongly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Malformed;

/// A number without sign and without leading zeros.
fn decimal(digits: &str) -> Option<u32> {
    let is_plain = digits.bytes().all(|digit| digit.is_ascii_digit()) && (digits == "0" || !digits.starts_with('0'));
    if is_plain { digits.parse().ok() } else { None }
}

/// The words for an event that XML has none for, by target and data.
pub(super) fn words(event: &Event<'_>) -> Option<(Cow<'static, str>, String)> {
    let (what, data) = match *event {
        Event::AttributeValue(value) => (Cow::Owned(token_name(value.page(), value.code())), String::new()),
        Event::Opaque(octets) => (Cow::Borrowed("opaque"), BASE64.encode(octets)),
        Event::ExtI(number, octets) => match speakable(octets) {
            Some(text) => (Cow::Borrowed("ext-i"), join(number, text)),
            None => (Cow::Borrowed("ext-i-octets"), join(number, &BASE64.encode(octets))),
        },
        Event::ExtT(number, value) => {
            let mut data = join(number, "");
            let _ = write!(data, "{value}");
            (Cow::Borrowed("ext-t"), data)
        }
        Event::Ext(number) => (Cow::Borrowed("ext"), join(number, "").trim_ascii_end().into()),
        _ => return None,
    };
    Some((what, data))
}

fn join(number: u8, data: &str) -> String {
    let mut words = String::with_capacity(data.len().saturating_add(2));
    let _ = write!(words, "{number} {data}");
    words
}

/// The text that these octets are, if it can stand in a processing instruction and in parentheses as it is.
fn speakable(octets: &[u8]) -> Option<&str> {
    let is_plain = |octet: &u8| octet.is_ascii_alphanumeric() || b"_-.:$/+*=#@!, ".contains(octet);
    if octets.iter().all(is_plain) && !octets.starts_with(b" ") { core::str::from_utf8(octets).ok() } else { None }
}

/// The target of the processing instruction that says `what`.
pub(super) fn target(what: &str) -> String {
    let mut target = String::from(TARGET);
    target.push_str(what);
    target
}

/// A piece of a value that may hold the notation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Spoken<'t> {
    Text(&'t str),
    Unspoken(Unspoken),
}

/// Whether a value may hold the notation.
pub(crate) fn may_hold_notation(value: &str) -> bool {
    // most values are ASCII
    scan::contains(value.as_bytes(), |octet| octet == 0xEF)
        && value.as_bytes().windows(4).any(|octets| octets == b"\xEF\xBF\xBC(")
}

/// The first piece of a value, and what follows it.
pub(crate) fn piece(value: &str) -> Option<(Spoken<'_>, &str)> {
    if value.is_empty() {
        return None;
    }
    if let Some((unspoken, rest)) = parenthesis(value) {
        return Some((unspoken, rest));
    }
    let begins = |&(at, _): &(usize, char)| at > 0 && value.get(at..).and_then(parenthesis).is_some();
    let end = value.char_indices().filter(|&(_, character)| character == MARK).find(begins);
    let (text, rest) = value.split_at_checked(end.map_or(value.len(), |(at, _)| at))?;
    Some((Spoken::Text(text), rest))
}

/// The notation that a value begins with, and what follows it.
fn parenthesis(value: &str) -> Option<(Spoken<'_>, &str)> {
    let words = value.strip_prefix(MARK)?.strip_prefix('(')?;
    let (words, rest) = words.split_at_checked(words.find([')', MARK])?)?;
    let rest = rest.strip_prefix(')')?;
    if words == "mark" {
        return Some((Spoken::Text(value.get(..MARK.len_utf8())?), rest));
    }
    let (what, data) = words.split_once(' ').unwrap_or((words, ""));
    Some((Spoken::Unspoken(Unspoken::parse(what, data)?), rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    #[test]
    fn literal_names_come_back() {
        for (name, spelled) in [
            ("a", "a"),
            ("xmlns:p", "xmlns:p"),
            ("", "literal-"),
            ("a b", "literal-a.20b"),
            ("1.2", "literal-1.2E2"),
            ("token-00-05", "literal-token-00-05"),
            ("literal-", "literal-literal-"),
            ("wbxml-opaque", "literal-wbxml-opaque"),
            ("\u{E9} ", "literal-.C3.A9.20"),
        ] {
            assert_eq!(literal(name), spelled);
            assert_eq!(unspelled(spelled).as_deref().unwrap_or(spelled), name);
        }
        // nothing of the notation: it stays
        for name in ["literal-.2", "literal-.FF", "literal-.2e", "Literal-a"] {
            assert_eq!(unspelled(name), None);
        }
    }

    #[test]
    fn token_names() {
        assert_eq!(token_name(1, 0x3F), "token-01-3F");
        assert_eq!(tag("token-01-3F"), Some(Tag::new(1, 0x3F)));
        assert_eq!(attribute_start("token-FF-7F"), Some(AttrStart::new(0xFF, 0x7F)));
        assert_eq!(attribute_value("token-00-85"), Some(AttrValue::new(0, 0x85)));
        for name in ["token-1-3F", "token-01-3f", "token-01-04", "token-01-45", "token-01-3F-", "token-+1-3F", "token-"]
        {
            assert_eq!(tag(name), None, "{name}");
        }
    }

    #[test]
    fn what_is_spelled_comes_back() {
        for event in [
            Event::Opaque(b""),
            Event::Opaque(b"\0\xFF)\xEF\xBF\xBC"),
            Event::ExtI(0, b"var:escape"),
            Event::ExtI(1, b" a"),
            Event::ExtI(2, b")?>"),
            Event::ExtI(2, b""),
            Event::ExtT(1, 0),
            Event::ExtT(2, u32::MAX),
            Event::Ext(2),
        ] {
            let (what, data) = words(&event).unwrap();
            let spoken = Unspoken::of_pi(&target(&what), &data).unwrap().unwrap();
            assert_eq!(spoken.event(), event);
            let value = format!("{MARK}({what} {data})rest");
            let (spoken, rest) = piece(&value).unwrap();
            assert!(matches!(spoken, Spoken::Unspoken(spoken) if spoken.event() == event), "{value}");
            assert_eq!(rest, "rest");
        }
        assert_eq!(Unspoken::of_pi("wbxml-opaque", "=A"), Some(Err(Malformed)));
        assert_eq!(Unspoken::of_pi("wbxml-else", "=A"), None);
    }

    #[test]
    fn values_in_pieces() {
        let mut rest = "a\u{FFFC}(b)\u{FFFC}(mark)(c\u{FFFC}(token-00-85)\u{FFFC}";
        let mut pieces = Vec::new();
        while let Some((spoken, more)) = piece(rest) {
            pieces.push(spoken);
            rest = more;
        }
        let value = Spoken::Unspoken(Unspoken::Value(AttrValue::new(0, 0x85)));
        let text = |text| Spoken::Text(text);
        assert_eq!(pieces, [text("a\u{FFFC}(b)"), text("\u{FFFC}"), text("(c"), value, text("\u{FFFC}")]);
    }
}
