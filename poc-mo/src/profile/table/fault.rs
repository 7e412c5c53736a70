//! What is wrong with a table.

use alloc::boxed::Box;

use crate::error::Shown;
use crate::profile::Field;

/// What is wrong with a line of a table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TableFault {
    /// There is no line with the names of the columns, or none of them is `field`.
    #[error("the first line has to name the columns, one of them \"field\"")]
    Header,
    /// A column that no table has.
    #[error("{} is no column", Shown(_0))]
    Column(Box<str>),
    /// A row that is no setting, and none of `app_ids`, `object_ids` and `interior`.
    #[error("{} is no setting", Shown(_0))]
    Field(Box<str>),
    /// A column, a setting, a list or an interior node that has been there.
    #[error("{} is there twice", Shown(_0))]
    Repeated(Box<str>),
    /// A cell behind the last column.
    #[error("{} stands in no column", Shown(_0))]
    Cell(Box<str>),
    /// A cell that cannot have this value.
    #[error("{column} cannot be {}: {expected}", Shown(value))]
    Value {
        /// The column.
        column: &'static str,
        /// What the table says.
        value: Box<str>,
        /// What it may say.
        expected: &'static str,
    },
    /// The profile has no row for the setting, and the table does not have both of its names.
    #[error("{0} needs a cp name and a dm name, for the profile has none")]
    Names(Field),
}
