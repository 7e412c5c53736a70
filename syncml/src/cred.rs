//! Credentials, as they stand in a message (SyncML Representation Protocol, `Cred`).

use core::fmt;

use wbxml::vocabulary::syncml::tag;
use wbxml::{Cursor, Data, Decode, Emit, Encode, Limits, Markup, Start, WriteError};

use crate::error::{Error, Result};
use crate::field::element;
use crate::meta::Meta;
use crate::more;

/// Credentials: of the sender in the header of a message, or in data synchronisation of one command.
///
/// With the feature `auth` they are made and checked.
#[derive(Clone, Copy, Default)]
#[non_exhaustive]
pub struct Cred<'a> {
    /// `Meta`: the scheme, and how the data is encoded.
    pub meta: Meta<'a>,
    /// `Data`: a secret, where the scheme is basic.
    pub data: Option<Data<'a>>,
}

impl<'a> Cred<'a> {
    /// Credentials of this `Meta` and `Data`.
    #[must_use]
    pub const fn new(meta: Meta<'a>, data: Option<Data<'a>>) -> Self {
        Self { meta, data }
    }

    /// The credentials in the content of an element, if there are any.
    pub(crate) fn find(content: Markup<'a>) -> Result<Option<Self>> {
        let mut reader = content.reader(Limits::NONE)?;
        more::next(&mut reader, tag::CRED)?.map(|child| Self::decode(&mut reader, child)).transpose()
    }
}

impl fmt::Debug for Cred<'_> {
    /// Keeps the data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cred").field("meta", &self.meta).finish_non_exhaustive()
    }
}

impl<'a> Decode<'a> for Cred<'a> {
    type Error = Error;

    fn decode<C: Cursor<'a>>(cursor: &mut C, start: Start) -> Result<Self> {
        let mut cred = Self::default();
        while let Some(child) = cursor.next_child(start)? {
            match child.tag {
                tag::META => cred.meta.read(cursor, child)?,
                tag::DATA => cred.data = Some(cursor.data(child)?),
                _ => cursor.skip(child)?,
            }
        }
        Ok(cred)
    }
}

impl Encode for Cred<'_> {
    fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        out.start(Start::new(tag::CRED))?;
        self.meta.encode(out)?;
        if let Some(data) = &self.data {
            element(out, tag::DATA, data)?;
        }
        out.end()
    }
}
