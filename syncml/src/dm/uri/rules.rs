//! What a device takes for an address.

use super::segment::{Segment, escaped};
use super::{UriError, UriErrorKind};
use crate::dm::fault::Fault;

/// What a device takes for an address: its limits, and what it forgives.
///
/// The limits are those of `./DevDetail/URI`; 0 is none, as it is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UriRules {
    /// `MaxDepth`: segments of an address.
    pub max_depth: u16,
    /// `MaxTotLen`: characters of an address as it is written, prefix, escapes and query included.
    pub max_tot_len: u16,
    /// `MaxSegLen`: characters of a segment as it is written.
    pub max_seg_len: u16,
    /// Whether characters of ASCII that no URI has (RFC 2396, 2.4.3) and a `%` that begins no escape may stand in an
    /// address. Control characters may never.
    pub has_any_character: bool,
    /// Whether `/A` is `./A`.
    pub has_leading_slash: bool,
    /// Whether a node may be called `*`.
    pub has_star: bool,
}

impl UriRules {
    /// The rules of the specification, without limits. Characters beyond ASCII need no escapes.
    pub const STRICT: Self = Self {
        max_depth: 0,
        max_tot_len: 0,
        max_seg_len: 0,
        has_any_character: false,
        has_leading_slash: false,
        has_star: true,
    };
    /// The rules of Windows, without limits: no node is called `*`, and characters need no escapes. Compare with
    /// [`Case::Insensitive`](super::Case::Insensitive) there.
    pub const WINDOWS: Self = Self { has_any_character: true, has_star: false, ..Self::STRICT };
    /// As little as an address needs to be one, without limits.
    pub const LENIENT: Self = Self { has_any_character: true, has_leading_slash: true, ..Self::STRICT };

    /// The same with the limits `MaxDepth`, `MaxTotLen` and `MaxSegLen`; 0 is none.
    #[must_use]
    pub const fn with_limits(self, max_depth: u16, max_tot_len: u16, max_seg_len: u16) -> Self {
        Self { max_depth, max_tot_len, max_seg_len, ..self }
    }

    /// Checks the segments, of which the first begins at `start`; the root has none.
    pub(super) fn check_path(&self, path: &str, start: usize) -> Result<(), UriError> {
        if path.is_empty() {
            return Ok(());
        }
        let mut at = start;
        let mut depth = 0_usize;
        let mut segments = path.split('/').peekable();
        while let Some(segment) = segments.next() {
            if segment.is_empty() {
                // the slash that is too much: the one at the end, the second of two
                return Err(match segments.peek() {
                    Some(_) => Fault::new(UriErrorKind::EmptySegment, at),
                    None => Fault::new(UriErrorKind::TrailingSlash, at.saturating_sub(1)),
                });
            }
            depth = depth.saturating_add(1);
            if self.max_depth != 0 && depth > usize::from(self.max_depth) {
                return Err(Fault::new(UriErrorKind::TooDeep, at));
            }
            self.check_segment(segment, at)?;
            at = at.saturating_add(segment.len()).saturating_add(1);
        }
        Ok(())
    }

    fn check_segment(&self, text: &str, at: usize) -> Result<(), UriError> {
        if let Some(end) = end_within(text, self.max_seg_len) {
            return Err(Fault::new(UriErrorKind::SegmentTooLong, at.saturating_add(end)));
        }
        if text == "*" && !self.has_star {
            return Err(Fault::new(UriErrorKind::Star, at));
        }
        let segment = Segment::new(text);
        if segment.octets().eq(*b".") || segment.octets().eq(*b"..") {
            return Err(Fault::new(UriErrorKind::DotSegment, at));
        }
        self.check_characters(text, at)
    }

    /// Checks characters and escapes.
    pub(super) fn check_characters(&self, text: &str, start: usize) -> Result<(), UriError> {
        for (index, character) in text.char_indices() {
            let kind = match character {
                '%' => match text.as_bytes().get(index..).and_then(escaped) {
                    Some(octet) if octet.is_ascii_control() => UriErrorKind::Character(char::from(octet)),
                    None if !self.has_any_character => UriErrorKind::Escape,
                    _ => continue,
                },
                _ if character.is_control() => UriErrorKind::Character(character),
                // RFC 2396, 2.4.3: delims and unwise
                ' ' | '<' | '>' | '#' | '"' | '{' | '}' | '|' | '\\' | '^' | '[' | ']' | '`'
                    if !self.has_any_character =>
                {
                    UriErrorKind::Character(character)
                }
                _ => continue,
            };
            return Err(Fault::new(kind, start.saturating_add(index)));
        }
        Ok(())
    }
}

/// Where the first character stands that is above a limit; `None` if there is none, or no limit.
pub(super) fn end_within(text: &str, limit: u16) -> Option<usize> {
    // a character has an octet at least
    if limit == 0 || text.len() <= usize::from(limit) {
        return None;
    }
    text.char_indices().nth(usize::from(limit)).map(|(index, _)| index)
}
