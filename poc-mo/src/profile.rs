//! How the settings are called on the wire: one row a setting, for Client Provisioning and for Device Management.
//!
//! The official names of most parameters of the PoC management object could not be confirmed: the files that the Open
//! Mobile Alliance publishes under the addresses of its register were not at hand. The names of the [`PROVISIONAL`]
//! profile are therefore reconstructed, each row says which ones, and no name stands anywhere else in this crate: a
//! corrected table corrects everything. Formats, occurrences and access types are columns of the same rows.
//!
//! ```
//! use poc_mo::profile::{Access, Format, Occurrence, PROVISIONAL};
//! use poc_mo::Field;
//!
//! let row = PROVISIONAL.row(Field::T11).unwrap();
//! assert_eq!((row.cp.name, row.dm.name), ("T11", "T11Timer"));
//! assert_eq!((row.format, row.occurrence), (Format::Int, Occurrence::One));
//! assert_eq!(row.access, Access::GET.with(Access::REPLACE));
//! assert!(!row.cp.is_confirmed && !row.dm.is_confirmed);
//! assert!(PROVISIONAL.row(Field::AppId).unwrap().cp.is_confirmed);
//! ```

mod corrected;
#[cfg(feature = "dm")]
mod ddf;
mod field;
mod mismatch;
mod names;
mod properties;
mod provisional;
mod row;
mod table;
#[cfg(feature = "dm")]
mod tree;

pub use corrected::Corrected;
#[cfg(feature = "dm")]
pub use ddf::DdfNames;
#[cfg(all(feature = "cp", feature = "dm"))]
pub(crate) use ddf::{bare, object};
pub use field::Field;
pub use mismatch::Mismatch;
pub use names::Names;
pub use properties::{Access, Format, Occurrence};
pub use provisional::PROVISIONAL;
pub use row::{Interior, Name, Row};
pub use table::{TableFault, TableNames};
#[cfg(feature = "dm")]
pub(crate) use {
    row::{confirmed, provisional},
    tree::order,
};

/// A table of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "users write profiles as literals")]
pub struct Profile<'p> {
    /// The values of `APPID` that make an `APPLICATION` a PoC account.
    pub app_ids: &'p [&'p str],
    /// The management object identifiers of a PoC account's node.
    pub object_ids: &'p [&'p str],
    /// The settings.
    pub rows: &'p [Row<'p>],
    /// The interior nodes below an account's: those that settings stand below, and others.
    pub interiors: &'p [Interior<'p>],
}

impl<'p> Profile<'p> {
    /// The row of a setting.
    #[must_use]
    pub fn row(&self, field: Field) -> Option<&'p Row<'p>> {
        self.rows.iter().find(|row| row.field == field)
    }

    /// Whether an `APPID` names PoC; compared without regard to case, as documents differ in it.
    #[must_use]
    pub fn has_app_id(&self, app_id: &str) -> bool {
        self.app_ids.iter().any(|known| known.eq_ignore_ascii_case(app_id))
    }

    /// Whether a node's type names the PoC management object.
    #[must_use]
    pub fn has_object_id(&self, id: &str) -> bool {
        self.object_ids.contains(&id.trim())
    }

    /// The setting that a parm of a PoC `APPLICATION` stands for.
    #[must_use]
    pub fn field_of_parm(&self, name: &str) -> Option<Field> {
        self.rows.iter().find(|row| row.cp.all().any(|known| known.eq_ignore_ascii_case(name))).map(|row| row.field)
    }

    /// The row of a node whose path below the account's is `path`.
    #[must_use]
    pub fn row_of_node(&self, path: &str) -> Option<&'p Row<'p>> {
        self.rows.iter().find(|row| row.dm.all().any(|pattern| matches(pattern, path)))
    }

    /// Whether nodes of settings stand below the node whose path below the account's is `path`.
    #[cfg(feature = "dm")]
    pub(crate) fn is_interior(&self, path: &str) -> bool {
        self.rows.iter().flat_map(|row| row.dm.all()).any(|pattern| {
            pattern.rmatch_indices('/').filter_map(|(end, _)| pattern.get(..end)).any(|above| matches(above, path))
        })
    }
}

/// Whether `path` is the one that `pattern` describes, segment by segment.
pub(crate) fn matches(pattern: &str, path: &str) -> bool {
    let (mut pattern, mut path) = (pattern.split('/'), path.split('/'));
    loop {
        match (pattern.next(), path.next()) {
            (None, None) => return true,
            (Some("*"), Some(_)) => {}
            (Some(expected), Some(segment)) if expected == segment => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_one_segment() {
        assert!(matches("ToConRef/*/ConRef", "ToConRef/1/ConRef"));
        assert!(!matches("ToConRef/*/ConRef", "ToConRef/ConRef"));
        assert!(!matches("ToConRef/*/ConRef", "ToConRef/1/2/ConRef"));
        assert!(!matches("T10Timer", "T10Timer/x"));
    }

    #[cfg(feature = "dm")]
    #[test]
    fn what_stands_above_a_setting_is_interior() {
        for (path, is_interior) in [
            ("ToConRef", true),
            ("ToConRef/any", true),
            ("ToConRef/any/ConRef", false),
            ("ConRefs", true),
            ("ToConRe", false),
            ("T10Timer", false),
            ("Ext", false),
        ] {
            assert_eq!(PROVISIONAL.is_interior(path), is_interior, "{path}");
        }
    }

    /// Every way to a setting has its rows, and no row is on the way to nothing but `Ext`.
    #[cfg(feature = "dm")]
    #[test]
    fn what_stands_above_a_setting_has_a_row() {
        for row in PROVISIONAL.rows {
            for (end, _) in row.dm.name.match_indices('/') {
                let above = row.dm.name.get(..end).unwrap_or_default();
                assert_eq!(
                    PROVISIONAL.interiors.iter().filter(|interior| interior.path == above).count(),
                    1,
                    "{above}"
                );
            }
        }
        let others: [&str; 1] = ["Ext"];
        assert!(
            PROVISIONAL.interiors.iter().map(|row| row.path).filter(|path| !PROVISIONAL.is_interior(path)).eq(others)
        );
    }

    #[test]
    fn every_setting_has_one_row_and_a_name_of_its_own() {
        for field in Field::ALL {
            assert_eq!(PROVISIONAL.rows.iter().filter(|row| row.field == field).count(), 1, "{field}");
            assert_eq!(Field::ALL.iter().filter(|other| other.name() == field.name()).count(), 1, "{field}");
        }
        assert_eq!(PROVISIONAL.rows.len(), Field::ALL.len());
    }

    /// Two rows with one name would make the second one unreachable.
    #[test]
    fn no_name_stands_for_two_settings() {
        for row in PROVISIONAL.rows {
            assert!(row.cp.all().all(|name| PROVISIONAL.field_of_parm(name) == Some(row.field)), "{row:?}");
            assert!(row.dm.all().all(|name| PROVISIONAL.row_of_node(name).map(|row| row.field) == Some(row.field)));
        }
    }
}
