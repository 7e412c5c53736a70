//! The fewest octets for an attribute's value: which parts of it are value tokens, and which are strings.

use crate::charset::encode::Encoding;
use crate::mb_u_int32;
use crate::sink::WriteError;
use crate::token::AttrValue;
use crate::vocabulary::Vocabulary;

/// A part of an attribute's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// Characters.
    Text(&'a str),
    /// A value token, and the characters that it stands for.
    Token(AttrValue, &'a str),
}

/// The octets that are looked at together. Within them the cover is the shortest there is; a value that is longer is
/// taken window by window, each of which gives half of what it covers. So nothing is allocated, and time is linear.
const WINDOW: usize = 64;
const HALF: usize = WINDOW / 2;

/// What the characters from one place to the end of the window cost.
#[derive(Clone, Copy)]
struct Cost {
    /// Where a string is open already.
    open: u32,
    /// Where none is.
    closed: u32,
    /// The token that starts here, if one is worth it, and whether it is also where a string is open.
    token: Option<(AttrValue, usize)>,
    splits: bool,
}

const END: Cost = Cost { open: 0, closed: 0, token: None, splits: false };

/// Hands the pieces of `value` to `put`, in order; `page` is the attribute code page that is current. An empty value
/// has no piece.
pub(crate) fn cover<'t>(
    vocabulary: &Vocabulary<'_>,
    encoding: Encoding,
    page: u8,
    value: &'t str,
    mut put: impl FnMut(Piece<'t>) -> Result<(), WriteError>,
) -> Result<(), WriteError> {
    // where the open string starts, and how far the value is covered
    let (mut start, mut at) = (0_usize, 0_usize);
    let text = |start: usize, end: usize| value.get(start..end).filter(|text| !text.is_empty()).map(Piece::Text);
    // many values are a token, and nothing is shorter than that
    if let Some(token) = vocabulary.attribute_value_in_page(page, value) {
        return put(Piece::Token(token, value));
    }
    // most others hold none
    let holds = |at: usize| value.get(at..).is_some_and(|rest| vocabulary.values_at(rest).next().is_some());
    if !value.bytes().enumerate().any(|(at, octet)| vocabulary.may_begin_value(octet) && holds(at)) {
        return text(0, value.len()).map_or(Ok(()), put);
    }
    while at < value.len() {
        let rest = value.get(at..).unwrap_or_default();
        let costs = costs(vocabulary, encoding, page, rest);
        let stop = if rest.len() > WINDOW { at.saturating_add(HALF) } else { value.len() };
        let window = at;
        while at < stop {
            let cost = costs.get(at.wrapping_sub(window)).copied().unwrap_or(END);
            match cost.token {
                Some((token, length)) if start == at || cost.splits => {
                    text(start, at).map_or(Ok(()), &mut put)?;
                    start = at.saturating_add(length);
                    put(Piece::Token(token, value.get(at..start).unwrap_or_default()))?;
                    at = start;
                }
                _ => {
                    let Some(character) = value.get(at..).and_then(|rest| rest.chars().next()) else { break };
                    at = at.saturating_add(character.len_utf8());
                    if encoding.len_of(character).is_none() {
                        // an entity leaves no string open
                        text(start, at).map_or(Ok(()), &mut put)?;
                        start = at;
                    }
                }
            }
        }
    }
    text(start, at).map_or(Ok(()), put)
}

/// The costs at each octet of the window at the start of `rest`.
fn costs(vocabulary: &Vocabulary<'_>, encoding: Encoding, page: u8, rest: &str) -> [Cost; WINDOW] {
    let mut costs = [END; WINDOW];
    let string = u32::try_from(encoding.unit()).unwrap_or(0).saturating_add(1);
    let mut end = rest.len().min(WINDOW);
    while !rest.is_char_boundary(end) {
        end = end.saturating_sub(1);
    }
    for (at, character) in rest.get(..end).unwrap_or_default().char_indices().rev() {
        let behind = |length: usize| costs.get(at.saturating_add(length)).copied().unwrap_or(END);
        let next = behind(character.len_utf8());
        let (mut open, mut closed) = match encoding.len_of(character).and_then(|octets| u32::try_from(octets).ok()) {
            Some(octets) => {
                let open = next.open.saturating_add(octets);
                (open, open.saturating_add(string))
            }
            None => {
                let entity = mb_u_int32::encoded_len(u32::from(character)).saturating_add(1);
                let cost = next.closed.saturating_add(u32::try_from(entity).unwrap_or(0));
                (cost, cost)
            }
        };
        let (mut token, mut splits) = (None, false);
        for (value, string) in vocabulary.values_at(rest.get(at..).unwrap_or_default()) {
            let switch = if value.page() == page { 0 } else { 2 };
            let whole = behind(string.len()).closed.saturating_add(1).saturating_add(switch);
            if whole < closed {
                closed = whole;
                token = Some((value, string.len()));
                splits = whole < open;
            }
        }
        if splits {
            open = closed;
        }
        if let Some(slot) = costs.get_mut(at) {
            *slot = Cost { open, closed, token, splits };
        }
    }
    costs
}
