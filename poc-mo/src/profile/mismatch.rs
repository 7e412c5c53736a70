//! In what names that were read and a profile do not meet.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::{Field, Name, Profile, Row};

/// In what a description or a table and a profile do not meet.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mismatch {
    /// The description has no object that the profile knows; its first node counts.
    Object,
    /// The description has no leaf for the setting.
    Field(Field),
    /// The profile has no setting for the leaf of this path.
    Leaf(String),
    /// The setting has a name that is not the confirmed one of the profile.
    Confirmed {
        /// The setting.
        field: Field,
        /// What it is called.
        name: String,
        /// The confirmed name, which is no longer used for it.
        confirmed: String,
    },
    /// Two settings have one name or alias: it stands for the first one.
    Shared {
        /// The setting that is known by it.
        field: Field,
        /// The setting that is not.
        other: Field,
        /// The name.
        name: String,
    },
    /// An identifier of the profile, of an application or of an object, is no longer known.
    Identifier(String),
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Object => f.write_str("the description has no object of this profile"),
            Self::Field(field) => write!(f, "the description has no leaf for {field}"),
            Self::Leaf(path) => write!(f, "the profile has no setting for the leaf {path}"),
            Self::Confirmed { field, name, confirmed } => {
                write!(f, "{field} is called {name}, but the confirmed name is {confirmed}")
            }
            Self::Shared { field, other, name } => write!(f, "{name} stands for {field}, and for {other} as well"),
            Self::Identifier(id) => write!(f, "the identifier {id} is no longer known"),
        }
    }
}

/// In what corrected rows and the profile before do not meet.
pub(super) fn of_rows(rows: &[Row<'_>], before: &Profile<'_>) -> Vec<Mismatch> {
    let mut mismatches = Vec::new();
    for row in rows {
        let Some(old) = before.row(row.field) else { continue };
        for (name, old) in [(row.cp, old.cp), (row.dm, old.dm)] {
            if old.is_confirmed && name.name != old.name {
                let (name, confirmed) = (String::from(name.name), String::from(old.name));
                mismatches.push(Mismatch::Confirmed { field: row.field, name, confirmed });
            }
        }
    }
    // parms are compared without regard to case
    shared(rows, |row| row.cp, |name| name.to_ascii_lowercase(), &mut mismatches);
    shared(rows, |row| row.dm, |name| String::from(name), &mut mismatches);
    mismatches
}

fn shared<'p>(
    rows: &[Row<'p>],
    name_of: impl Fn(&Row<'p>) -> Name<'p>,
    key: impl Fn(&str) -> String,
    mismatches: &mut Vec<Mismatch>,
) {
    let mut known = BTreeMap::new();
    for row in rows {
        for name in name_of(row).all() {
            let field = *known.entry(key(name)).or_insert(row.field);
            if field != row.field {
                mismatches.push(Mismatch::Shared { field, other: row.field, name: String::from(name) });
            }
        }
    }
}
