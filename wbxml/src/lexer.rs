//! Tokens: the octets of a body cut into tokens, without a grammar, a page or a table.

use crate::error::{ErrorKind, Result};
use crate::token::{global, is_application};
use crate::{Charset, mb_u_int32, scan};

/// One token of a body, as it stands on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "the token table of WAP-192, 7.1, is closed")]
pub enum Token<'a> {
    /// A token of the current code page: a tag with its flag bits, an attribute start or an attribute value.
    Application(u8),
    /// `SWITCH_PAGE` and the page.
    SwitchPage(u8),
    /// `END`.
    End,
    /// `ENTITY` and its number.
    Entity(u32),
    /// `STR_I` and its octets, without the terminator.
    StrI(&'a [u8]),
    /// `STR_T` and its string-table index.
    StrT(u32),
    /// `LITERAL`, `LITERAL_A`, `LITERAL_C` or `LITERAL_AC`, by its octet, and its string-table index.
    Literal(u8, u32),
    /// `EXT_I_n`: n, and the octets without the terminator.
    ExtI(u8, &'a [u8]),
    /// `EXT_T_n`: n, and the integer.
    ExtT(u8, u32),
    /// `EXT_n`: n.
    Ext(u8),
    /// `PI`.
    Pi,
    /// `OPAQUE` and its octets.
    Opaque(&'a [u8]),
}

/// Cuts the octets of a body into tokens.
///
/// The lowest height: it knows neither attribute lists nor code pages, needs no vocabulary, and reads what no grammar
/// allows. [`Reader`](crate::Reader) is one step up.
///
/// ```
/// use wbxml::{Charset, Lexer, Token};
///
/// let mut lexer = Lexer::new(b"\x45\x03NAP1\0\x01", Charset::UTF_8, 0);
/// assert_eq!(lexer.next_token()?, Some(Token::Application(0x45)));
/// assert_eq!(lexer.next_token()?, Some(Token::StrI(b"NAP1")));
/// assert_eq!(lexer.next_token()?, Some(Token::End));
/// assert_eq!(lexer.next_token()?, None);
/// # Ok::<(), wbxml::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Lexer<'a> {
    /// The octets of the next token and of those behind it.
    rest: &'a [u8],
    /// Where they end, from the start of the document.
    end: usize,
    unit: usize,
}

impl<'a> Lexer<'a> {
    /// A lexer of `body`, whose strings are in `charset` and whose first octet is octet `base` of the document.
    #[must_use]
    pub const fn new(body: &'a [u8], charset: Charset, base: usize) -> Self {
        Self { rest: body, end: base.saturating_add(body.len()), unit: charset.unit() }
    }

    /// The offset of the next token, from the start of the document.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.end.saturating_sub(self.rest.len())
    }

    /// The next token, or `None` at the end of the octets.
    ///
    /// # Errors
    /// [`ErrorKind::UnexpectedEof`] if the octets end inside the token, [`ErrorKind::MbUInt32Overflow`]; at the
    /// token's first octet. The lexer stays where it is.
    // ADVICE: most tokens are one octet, and most others are strings: these are cut in line at the caller's, where the
    // token need not be written to memory; all others are out of line. Both say the same as `token`.
    #[inline]
    pub fn next_token(&mut self) -> Result<Option<Token<'a>>> {
        let Some((&octet, rest)) = self.rest.split_first() else { return Ok(None) };
        if is_application(octet) {
            self.rest = rest;
            return Ok(Some(Token::Application(octet)));
        }
        if octet == global::END {
            self.rest = rest;
            return Ok(Some(Token::End));
        }
        if octet == global::STR_I && self.unit == 1 {
            let (string, behind) = rest.split_at_checked(scan::zero_octet(rest)).unwrap_or((rest, &[]));
            if let Some((_, behind)) = behind.split_first() {
                self.rest = behind;
                return Ok(Some(Token::StrI(string)));
            }
        }
        self.rare_token().map(Some)
    }

    /// Any token.
    #[inline(never)]
    fn rare_token(&mut self) -> Result<Token<'a>> {
        let (token, length) = token(self.rest, self.unit, 0).map_err(|kind| kind.at(self.offset()))?;
        self.rest = self.rest.get(length..).unwrap_or_default();
        Ok(token)
    }
}

/// The token at the start of `octets`, and its length. A string has no terminator before octet `from` of itself.
#[inline(always)]
pub(crate) fn token(octets: &[u8], unit: usize, from: usize) -> Result<(Token<'_>, usize), ErrorKind> {
    let (&octet, rest) = octets.split_first().ok_or(ErrorKind::UnexpectedEof)?;
    if is_application(octet) {
        return Ok((Token::Application(octet), 1));
    }
    match octet {
        global::END => Ok((Token::End, 1)),
        global::STR_I => string(rest, unit, from).map(|(string, length)| (Token::StrI(string), length)),
        global::STR_T => integer(rest).map(|(index, length)| (Token::StrT(index), length)),
        global::OPAQUE => opaque(rest).map(|(octets, length)| (Token::Opaque(octets), length)),
        global::SWITCH_PAGE => rest.first().map(|&page| (Token::SwitchPage(page), 2)).ok_or(ErrorKind::UnexpectedEof),
        global::ENTITY => integer(rest).map(|(number, length)| (Token::Entity(number), length)),
        global::LITERAL | global::LITERAL_A | global::LITERAL_C | global::LITERAL_AC => {
            integer(rest).map(|(index, length)| (Token::Literal(octet, index), length))
        }
        global::EXT_I_0..=global::EXT_I_2 => {
            string(rest, unit, from).map(|(string, length)| (Token::ExtI(octet & 3, string), length))
        }
        global::EXT_T_0..=global::EXT_T_2 => {
            integer(rest).map(|(value, length)| (Token::ExtT(octet & 3, value), length))
        }
        global::EXT_0..=global::EXT_2 => Ok((Token::Ext(octet & 3), 1)),
        // what is left of the sixteen global tokens
        _ => Ok((Token::Pi, 1)),
    }
}

/// The string after a token's first octet, and the length of the whole token.
#[inline(always)]
pub(crate) fn string(rest: &[u8], unit: usize, from: usize) -> Result<(&[u8], usize), ErrorKind> {
    let length = scan::terminated(rest, unit, from).ok_or(ErrorKind::UnexpectedEof)?;
    let string = rest.get(..length).ok_or(ErrorKind::UnexpectedEof)?;
    Ok((string, length.wrapping_add(unit).wrapping_add(1)))
}

/// The integer after a token's first octet, and the length of the whole token.
#[inline(always)]
pub(crate) fn integer(rest: &[u8]) -> Result<(u32, usize), ErrorKind> {
    match mb_u_int32::decode(rest) {
        Ok((value, length)) => Ok((value, length.wrapping_add(1))),
        Err(fault) => Err(ErrorKind::from(fault)),
    }
}

/// The octets after a token's first octet and its length, and the length of the whole token.
#[inline(always)]
pub(crate) fn opaque(rest: &[u8]) -> Result<(&[u8], usize), ErrorKind> {
    let (length, start) = integer(rest)?;
    let length = usize::try_from(length).map_err(|_| ErrorKind::UnexpectedEof)?;
    let body = rest.get(start.wrapping_sub(1)..).ok_or(ErrorKind::UnexpectedEof)?;
    let octets = body.get(..length).ok_or(ErrorKind::UnexpectedEof)?;
    Ok((octets, start.wrapping_add(length)))
}

/// How many octets of the string of the cut-off token at the start of `octets` are known to hold no terminator, where
/// the first `from` are: where the search goes on when more octets have come.
pub(crate) fn scanned(octets: &[u8], unit: usize, from: usize) -> usize {
    match octets {
        [global::STR_I | global::EXT_I_0..=global::EXT_I_2, rest @ ..]
            if scan::terminated(rest, unit, from).is_none() =>
        {
            rest.len().saturating_sub(rest.len().checked_rem(unit).unwrap_or(0))
        }
        _ => 0,
    }
}
