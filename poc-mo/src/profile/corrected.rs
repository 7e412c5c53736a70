//! A profile with other names.

use alloc::vec::Vec;

use super::row::Interior;
use super::{Profile, Row};

/// A profile that has been corrected, and holds its rows itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Corrected<'p> {
    pub(super) app_ids: Vec<&'p str>,
    pub(super) object_ids: Vec<&'p str>,
    pub(super) rows: Vec<Row<'p>>,
    pub(super) interiors: Vec<Interior<'p>>,
}

impl<'p> Corrected<'p> {
    /// The profile.
    #[must_use]
    pub fn profile(&self) -> Profile<'_> {
        Profile { app_ids: &self.app_ids, object_ids: &self.object_ids, rows: &self.rows, interiors: &self.interiors }
    }
}
