//! How much text a document may make.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;

use wbxml::{Piece, Text};

use crate::error::{Error, ErrorKind};

/// The room for what is copied out of one document.
///
/// A document of a megabyte can refer to one long string of its string table a hundred thousand times, and its
/// characteristics can be nested so that each parm's path is long: what it makes of itself is bounded here.
#[derive(Debug)]
pub(crate) struct Room {
    left: usize,
}

impl Room {
    /// More than any phone's settings need, less than a server cares about.
    const OCTETS: usize = 16 << 20;

    pub(crate) const fn new() -> Self {
        Self { left: Self::OCTETS }
    }

    /// Takes room for so many octets.
    pub(crate) fn take(&mut self, octets: usize) -> Result<(), Error> {
        self.left = self.left.checked_sub(octets).ok_or(Error::new(ErrorKind::TooLong(Self::OCTETS), None))?;
        Ok(())
    }

    /// The text of something: a copy, if it comes in several pieces.
    pub(crate) fn text<'a>(&mut self, text: Text<'a>, of: &str) -> Result<Cow<'a, str>, Error> {
        if text.as_plain().is_none() {
            for piece in text.pieces() {
                self.take(match piece {
                    Ok(Piece::Text(text)) => text.octets().len(),
                    Ok(_) => size_of::<char>(),
                    Err(_) => return Err(Error::new(ErrorKind::NotText(Box::from(of)), None)),
                })?;
            }
        }
        text.to_cow().map_err(|_| Error::new(ErrorKind::NotText(Box::from(of)), None))
    }

    /// Whether it is a text, and one that `is` wants: what is no text may be no matter of PoC's.
    pub(crate) fn is_text(&mut self, text: Text<'_>, is: impl FnOnce(&str) -> bool) -> Result<bool, Error> {
        match self.text(text, "") {
            Ok(text) => Ok(is(&text)),
            Err(error) if matches!(error.kind(), ErrorKind::NotText(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// A copy of the text of something.
    pub(crate) fn string(&mut self, text: Text<'_>, of: &str) -> Result<String, Error> {
        let text = self.text(text, of)?;
        self.keep(text)
    }

    /// The same text, copied if it was not.
    pub(crate) fn keep(&mut self, text: Cow<'_, str>) -> Result<String, Error> {
        if let Cow::Borrowed(text) = text {
            self.take(text.len())?;
        }
        Ok(text.into_owned())
    }
}
