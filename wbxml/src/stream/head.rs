//! The head of a document, header and string table, while it comes.

use alloc::vec::Vec;

use super::window::{self, Window};
use crate::error::{ErrorKind, Limit, Result};
use crate::header::Header;
use crate::mb_u_int32;
use crate::options::Options;

/// What has come of a document whose head is not whole yet.
#[derive(Clone, Debug, Default)]
pub(super) struct Head {
    octets: Vec<u8>,
    /// The octets that the head will have, as soon as the length of the string table is known.
    length: Option<usize>,
}

impl Head {
    /// Takes octets; gives the window to read in, with what has come of the body, when the head is whole.
    pub(super) fn take<'o>(&mut self, octets: &[u8], options: Options<'o>) -> Result<Option<Window<'o>>> {
        window::append(&mut self.octets, octets);
        if self.length.is_none() {
            self.length = length(&self.octets, options)?;
            if self.length.is_some_and(|length| length > options.asked_limits().token_len()) {
                return Err(ErrorKind::Limit(Limit::Token).at(0));
            }
        }
        if self.length.is_none_or(|length| length > self.octets.len()) {
            return Ok(None);
        }
        Window::new(core::mem::take(&mut self.octets), options).map(Some)
    }

    /// What a reader says of a document that ends here.
    pub(super) fn finish(&self, options: Options<'_>) -> Result<()> {
        Header::parse_with(&self.octets, options.has_charset_in_1_0()).map(|_| ())
    }
}

/// The octets of the head that `octets` begin with, if they tell.
fn length(octets: &[u8], options: Options<'_>) -> Result<Option<usize>> {
    let error = match Header::parse_with(octets, options.has_charset_in_1_0()) {
        Ok(header) => return Ok(Some(header.len())),
        Err(error) => error,
    };
    if !error.is_unexpected_eof() {
        return Err(error);
    }
    // the only field that is cut off although its integer is whole is the string table, behind its length
    let field = octets.get(error.offset()..).unwrap_or_default();
    Ok(mb_u_int32::decode(field).ok().map(|(table, digits)| {
        let table = usize::try_from(table).unwrap_or(usize::MAX);
        error.offset().saturating_add(digits).saturating_add(table)
    }))
}
