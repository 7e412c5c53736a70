//! Reading back what XML has no words for.

use alloc::borrow::Cow;

use crate::any::AnyReader;
use crate::emit::Emit;
use crate::error::ErrorKind;
use crate::sink::WriteError;
use crate::xml::{Fault, notation};

/// Whether the document that is read may spell what XML has no words for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spelling {
    is_xml: bool,
}

impl Spelling {
    pub(super) const fn of(reader: &AnyReader<'_>) -> Self {
        Self { is_xml: matches!(reader, AnyReader::Xml(_)) }
    }

    /// A literal name as WBXML has it.
    pub(super) fn unspelled(self, name: Cow<'_, str>) -> Cow<'_, str> {
        match notation::unspelled(&name) {
            Some(literal) if self.is_xml => Cow::Owned(literal),
            _ => name,
        }
    }

    /// The text that a value begins with, and the rest, which [`write`] writes.
    pub(super) fn split(self, value: &str) -> (Cow<'_, str>, &str) {
        if !self.is_xml || !notation::may_hold_notation(value) {
            return (Cow::Borrowed(value), "");
        }
        text_of(value)
    }

    /// The token that a processing instruction stands for.
    pub(super) fn token(self, target: &str, data: &str) -> Result<Option<notation::Unspoken>, ErrorKind> {
        let token = if self.is_xml { notation::Unspoken::of_pi(target, data) } else { None };
        token.transpose().map_err(|_| ErrorKind::Xml(Fault::Notation))
    }
}

/// Writes what of a value [`Spelling::split`] has left.
pub(super) fn write<E: Emit>(rest: &str, out: &mut E) -> Result<(), WriteError> {
    let mut rest = rest;
    loop {
        let (text, behind) = text_of(rest);
        super::go_on(&text, out)?;
        let Some((notation::Spoken::Unspoken(token), behind)) = notation::piece(behind) else { return Ok(()) };
        out.token(&token.event())?;
        rest = behind;
    }
}

/// The text before the first token in a value, and the rest.
fn text_of(value: &str) -> (Cow<'_, str>, &str) {
    let (mut text, mut rest) = (Cow::Borrowed(""), value);
    while let Some((notation::Spoken::Text(piece), behind)) = notation::piece(rest) {
        if text.is_empty() {
            text = Cow::Borrowed(piece);
        } else {
            text.to_mut().push_str(piece);
        }
        rest = behind;
    }
    (text, rest)
}
