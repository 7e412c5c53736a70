//! The segments of an address: names of nodes, with escapes (RFC 2396, 2.4).

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::hash::{Hash, Hasher};

/// Whether names that differ in the case of ASCII letters are one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "there is no third way")]
pub enum Case {
    /// `A` and `a` are two names: `CaseSense` is `CS`.
    Sensitive,
    /// `A` and `a` are one name: `CaseSense` is `CIS`.
    Insensitive,
}

/// A segment of an address: the name of a node.
///
/// Two segments are equal if their octets are, with the escapes undone. An escaped slash is part of the name and does
/// not separate.
///
/// ```
/// use syncml::dm::Uri;
///
/// let name = Uri::parse("./Channels/Platform%2FAdmin")?.name().unwrap();
/// assert_eq!(name.as_str(), "Platform%2FAdmin");
/// assert_eq!(name.to_cow().unwrap(), "Platform/Admin");
/// # Ok::<(), syncml::dm::UriError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Segment<'a>(&'a str);

impl<'a> Segment<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self(text)
    }

    /// The segment as it is written.
    #[must_use]
    pub const fn as_str(&self) -> &'a str {
        self.0
    }

    /// The octets of the name, with the escapes undone.
    #[must_use]
    pub const fn octets(&self) -> SegmentOctets<'a> {
        SegmentOctets(self.0.as_bytes())
    }

    /// The name, with the escapes undone: borrowed where there are none. `None` if it is not UTF-8.
    #[must_use]
    pub fn to_cow(&self) -> Option<Cow<'a, str>> {
        if !self.0.contains('%') {
            return Some(Cow::Borrowed(self.0));
        }
        String::from_utf8(self.octets().collect::<Vec<_>>()).ok().map(Cow::Owned)
    }

    /// Whether both are one name; case is that of ASCII letters.
    #[must_use]
    pub fn is_same(&self, other: &Segment<'_>, case: Case) -> bool {
        match case {
            Case::Sensitive => self.octets().eq(other.octets()),
            Case::Insensitive => {
                self.octets().map(|octet| octet.to_ascii_lowercase()).eq(other.octets().map(|o| o.to_ascii_lowercase()))
            }
        }
    }

    /// A name as the segment of an address: what RFC 2396 does not let stand there, and a slash, is escaped.
    ///
    /// ```
    /// use syncml::dm::Segment;
    ///
    /// assert_eq!(Segment::escape("100 % a/b").to_string(), "100%20%25%20a%2Fb");
    /// ```
    #[must_use]
    pub const fn escape(name: &str) -> Escaped<'_> {
        Escaped(name)
    }
}

impl PartialEq for Segment<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.is_same(other, Case::Sensitive)
    }
}

impl Eq for Segment<'_> {}

impl Hash for Segment<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for octet in self.octets() {
            state.write_u8(octet);
        }
        // no UTF-8 and, as the end, no octet of a name that compares
        state.write_u8(0xFF);
    }
}

impl fmt::Display for Segment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// The octets of a segment, with the escapes undone.
#[derive(Clone, Debug)]
pub struct SegmentOctets<'a>(&'a [u8]);

impl Iterator for SegmentOctets<'_> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        if let (Some(octet), Some(rest)) = (escaped(self.0), self.0.get(ESCAPE_LEN..)) {
            self.0 = rest;
            return Some(octet);
        }
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }
}

const ESCAPE_LEN: usize = 3;

/// The octet that the escape at the start stands for.
pub(super) fn escaped(octets: &[u8]) -> Option<u8> {
    let [b'%', high, low, ..] = octets else { return None };
    let (high, low) = (char::from(*high).to_digit(16)?, char::from(*low).to_digit(16)?);
    u8::try_from((high << 4) | low).ok()
}

/// A name with escapes, to be printed.
#[derive(Clone, Copy, Debug)]
pub struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // alone they are no names but ways up and nowhere; Windows has no * alone
        let is_way = matches!(self.0, "." | ".." | "*");
        for octet in self.0.bytes() {
            match octet {
                // RFC 2396, 2.3: unreserved
                b'-' | b'_' | b'!' | b'~' | b'\'' | b'(' | b')' => write!(f, "{}", char::from(octet))?,
                b'.' | b'*' if !is_way => write!(f, "{}", char::from(octet))?,
                _ if octet.is_ascii_alphanumeric() => write!(f, "{}", char::from(octet))?,
                _ => write!(f, "%{octet:02X}")?,
            }
        }
        Ok(())
    }
}

/// The segments of an address.
#[derive(Clone, Debug)]
pub struct Segments<'a>(&'a str);

impl<'a> Segments<'a> {
    pub(super) const fn new(path: &'a str) -> Self {
        Self(path)
    }

    /// The segments that are still to come.
    pub(super) const fn rest(&self) -> &'a str {
        self.0
    }
}

impl<'a> Iterator for Segments<'a> {
    type Item = Segment<'a>;

    fn next(&mut self) -> Option<Segment<'a>> {
        if self.0.is_empty() {
            return None;
        }
        let (first, rest) = self.0.split_once('/').unwrap_or((self.0, ""));
        self.0 = rest;
        Some(Segment(first))
    }
}
