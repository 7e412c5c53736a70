//! What a setting can have as its value.

use crate::account::PocAccount;
use crate::object::Guard;
use crate::profile::Profile;

/// Whether a leaf of an account may have a value: any, unless it is a setting.
#[derive(Debug)]
pub(super) struct Settings<'p>(pub(super) Profile<'p>);

impl Guard for Settings<'_> {
    fn is_object(&self, identifier: &str) -> bool {
        self.0.has_object_id(identifier)
    }

    fn takes(&self, path: &str, value: &[u8]) -> bool {
        let Some(row) = self.0.row_of_node(path) else { return true };
        core::str::from_utf8(value).is_ok_and(|value| PocAccount::default().set(row.field, value).is_ok())
    }
}
