//! The header `x-syncml-hmac` (OMA Device Management Security, 5.4; the grammar of lists is that of RFC 2616, 2.1 and
//! 2.2).

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use core::fmt;

use super::digest::Digest;

/// The value of the header `x-syncml-hmac`: a MAC, and whose.
///
/// What is read borrows from the value where nothing is escaped or folded in it. It prints as it is to be sent.
///
/// ```
/// use syncml::auth::HeaderMac;
///
/// let header = HeaderMac::parse("mac = \"aSBvnDHzBa7JhdjeEEUR2g==\",\r\n\tusername=\"Bruce2\"")?;
/// assert_eq!((header.algorithm(), header.username(), header.mac()), ("MD5", "Bruce2", "aSBvnDHzBa7JhdjeEEUR2g=="));
/// assert_eq!(header.to_string(), r#"algorithm=MD5, username="Bruce2", mac=aSBvnDHzBa7JhdjeEEUR2g=="#);
/// # Ok::<(), syncml::auth::HeaderError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderMac<'a> {
    algorithm: Cow<'a, str>,
    username: Cow<'a, str>,
    mac: Cow<'a, str>,
}

/// Why a header is no MAC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HeaderError {
    /// The value is not UTF-8.
    #[error("the header is not UTF-8")]
    Text,
    /// A control character that is no folded line: a line break in a value would be another header.
    #[error("a control character in the header")]
    Control,
    /// A parameter is not `name=value`, or something stands behind its value.
    #[error("a parameter is not name=value")]
    Parameter,
    /// A quoted string does not end.
    #[error("a quoted string does not end")]
    Unterminated,
    /// A parameter stands twice: which of them counts is what an attacker would choose.
    #[error("a parameter stands twice")]
    Repeated,
    /// `username` is missing.
    #[error("the user name is missing")]
    NoUsername,
    /// `mac` is missing.
    #[error("the MAC is missing")]
    NoMac,
}

impl<'a> HeaderMac<'a> {
    /// The name of the header.
    pub const NAME: &'static str = "x-syncml-hmac";
    /// The algorithm, also where none is named.
    pub(super) const MD5: &'static str = "MD5";

    /// The MAC of this user; [`Credentials::mac`](super::Credentials::mac) computes it as well.
    ///
    /// # Errors
    /// [`HeaderError::Control`] if the user has a control character.
    pub fn new(username: &'a str, mac: Digest) -> Result<Self, HeaderError> {
        if username.chars().any(is_forbidden) {
            return Err(HeaderError::Control);
        }
        Ok(Self {
            algorithm: Cow::Borrowed(Self::MD5),
            username: Cow::Borrowed(username),
            mac: Cow::Owned(mac.to_string()),
        })
    }

    /// Reads the value of the header, without its name: parameters in any order, their names in any case, values quoted
    /// or not, white space and folded lines between them. Parameters of other names are passed over. The time is
    /// linear in the length of the value.
    ///
    /// # Errors
    /// [`HeaderError`]
    pub fn parse(value: &'a (impl AsRef<[u8]> + ?Sized)) -> Result<Self, HeaderError> {
        let mut rest = core::str::from_utf8(value.as_ref()).map_err(|_| HeaderError::Text)?;
        if !is_one_header(rest) {
            return Err(HeaderError::Control);
        }
        let (mut algorithm, mut username, mut mac) = (None, None, None);
        loop {
            // elements of a list may be empty
            rest = rest.trim_start_matches([' ', '\t', '\r', '\n', ',']);
            if rest.is_empty() {
                break;
            }
            let (name, parameter) = rest.split_once('=').ok_or(HeaderError::Parameter)?;
            let name = name.trim_end_matches(WHITE_SPACE);
            if name.is_empty() || !name.bytes().all(is_token) {
                return Err(HeaderError::Parameter);
            }
            let (value, behind) = self::value(parameter.trim_start_matches(WHITE_SPACE))?;
            rest = behind;
            let place = match name {
                _ if name.eq_ignore_ascii_case("algorithm") => &mut algorithm,
                _ if name.eq_ignore_ascii_case("username") => &mut username,
                _ if name.eq_ignore_ascii_case("mac") => &mut mac,
                _ => continue,
            };
            if place.replace(value).is_some() {
                return Err(HeaderError::Repeated);
            }
        }
        Ok(Self {
            algorithm: algorithm.unwrap_or(Cow::Borrowed(Self::MD5)),
            username: username.ok_or(HeaderError::NoUsername)?,
            mac: mac.ok_or(HeaderError::NoMac)?,
        })
    }

    /// The algorithm: `MD5` if the header names none.
    #[must_use]
    pub fn algorithm(&self) -> &str {
        &self.algorithm
    }

    /// The user.
    #[must_use]
    pub fn username(&self) -> &str {
        &self.username
    }

    /// The MAC as it stands there: base64, or what a peer takes for it.
    #[must_use]
    pub fn mac(&self) -> &str {
        &self.mac
    }
}

impl fmt::Display for HeaderMac<'_> {
    /// Writes the value of the header.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("algorithm=")?;
        write_value(f, &self.algorithm, false)?;
        f.write_str(", username=")?;
        write_value(f, &self.username, true)?;
        f.write_str(", mac=")?;
        write_value(f, &self.mac, false)
    }
}

/// Writes a value as it stands, if that is possible, or quoted.
fn write_value(f: &mut fmt::Formatter<'_>, value: &str, is_quoted: bool) -> fmt::Result {
    if !is_quoted && !value.is_empty() && value.bytes().all(|octet| is_token(octet) || matches!(octet, b'=' | b'/')) {
        return f.write_str(value);
    }
    f.write_str("\"")?;
    for piece in value.split_inclusive(['"', '\\']) {
        match piece.strip_suffix(['"', '\\']) {
            None => f.write_str(piece)?,
            Some(plain) => {
                f.write_str(plain)?;
                f.write_str("\\")?;
                f.write_str(piece.get(plain.len()..).unwrap_or_default())?;
            }
        }
    }
    f.write_str("\"")
}

/// White space between what stands in a header; a line break is a part of it where the next line begins with a blank.
const WHITE_SPACE: [char; 4] = [' ', '\t', '\r', '\n'];

/// Whether each line break folds: a blank is behind it. Another one would be the end of the header.
fn is_one_header(value: &str) -> bool {
    let mut lines = value.split('\n');
    let last = lines.next_back().unwrap_or_default();
    let mut begins = value.split('\n').skip(1);
    lines.all(|line| line.strip_suffix('\r').is_some_and(|line| !line.contains('\r')))
        && begins.all(|line| line.starts_with([' ', '\t']))
        && !last.contains('\r')
}

/// The value in front of the next comma, and what is behind it.
fn value(rest: &str) -> Result<(Cow<'_, str>, &str), HeaderError> {
    if let Some(quoted) = rest.strip_prefix('"') {
        let end = closing_quote(quoted).ok_or(HeaderError::Unterminated)?;
        let (value, behind) = quoted.split_at_checked(end).ok_or(HeaderError::Unterminated)?;
        let behind = behind.strip_prefix('"').unwrap_or(behind).trim_start_matches(WHITE_SPACE);
        if !behind.is_empty() && !behind.starts_with(',') {
            return Err(HeaderError::Parameter);
        }
        return Ok((plain(value, true)?, behind));
    }
    let end = rest.find(',').unwrap_or(rest.len());
    let (value, behind) = rest.split_at_checked(end).ok_or(HeaderError::Parameter)?;
    let value = value.trim_end_matches(WHITE_SPACE);
    if value.contains(['"', '\\']) {
        return Err(HeaderError::Parameter);
    }
    Ok((plain(value, false)?, behind))
}

/// Where the quotes end that began in front of this.
fn closing_quote(quoted: &str) -> Option<usize> {
    let mut is_escaped = false;
    quoted.bytes().position(|octet| {
        let is_end = octet == b'"' && !is_escaped;
        is_escaped = octet == b'\\' && !is_escaped;
        is_end
    })
}

/// A value without its escapes and with a blank for each fold.
fn plain(value: &str, is_quoted: bool) -> Result<Cow<'_, str>, HeaderError> {
    if !value.chars().any(|character| is_forbidden(character) || is_quoted && character == '\\') {
        return Ok(Cow::Borrowed(value));
    }
    let mut plain = String::with_capacity(value.len());
    let mut rest = value.chars();
    while let Some(character) = rest.next() {
        let character = match character {
            '\\' if is_quoted => rest.next().ok_or(HeaderError::Unterminated)?,
            // a fold: no other line break gets here
            '\r' => {
                rest = rest.as_str().trim_start_matches(WHITE_SPACE).chars();
                ' '
            }
            character => character,
        };
        if is_forbidden(character) {
            return Err(HeaderError::Control);
        }
        plain.push(character);
    }
    Ok(Cow::Owned(plain))
}

/// Whether a value cannot hold this character.
fn is_forbidden(character: char) -> bool {
    character.is_control() && character != '\t'
}

/// RFC 2616, 2.2.
const fn is_token(octet: u8) -> bool {
    octet.is_ascii_alphanumeric()
        || matches!(
            octet,
            b'!' | b'#' | b'$' | b'%' | b'&' | b'\'' | b'*' | b'+' | b'-' | b'.' | b'^' | b'_' | b'`' | b'|' | b'~'
        )
}
