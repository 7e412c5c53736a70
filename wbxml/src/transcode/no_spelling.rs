//! No XML, and nothing to read back from it.

use alloc::borrow::Cow;

use crate::any::AnyReader;
use crate::emit::Emit;
use crate::error::ErrorKind;
use crate::event::Event;
use crate::sink::WriteError;

/// That of a document which has words for all it says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spelling;

/// A token that needs no spelling, of which there is none.
#[derive(Clone, Copy, Debug)]
pub(super) enum Unspoken {}

impl Unspoken {
    pub(super) const fn event(&self) -> Event<'_> {
        match *self {}
    }
}

impl Spelling {
    pub(super) const fn of(_: &AnyReader<'_>) -> Self {
        Self
    }

    pub(super) const fn unspelled(self, name: Cow<'_, str>) -> Cow<'_, str> {
        name
    }

    pub(super) const fn split(self, value: &str) -> (Cow<'_, str>, &str) {
        (Cow::Borrowed(value), "")
    }

    #[expect(clippy::unnecessary_wraps, reason = "one shape with and without XML")]
    pub(super) const fn token(self, _: &str, _: &str) -> Result<Option<Unspoken>, ErrorKind> {
        Ok(None)
    }
}

#[expect(clippy::unnecessary_wraps, reason = "one shape with and without XML")]
pub(super) fn write<E: Emit>(_: &str, _: &mut E) -> Result<(), WriteError> {
    Ok(())
}
