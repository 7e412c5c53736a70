//! `APPLICATION` of PoC and its management object: the rows of a profile.

use alloc::vec::Vec;

use omacp::resolve::Target;

use super::table::{App, Mapping, Row, Values};
use crate::profile::{Field, Format, Name, Profile, provisional};

/// The parms that refer to access points, and those that refer to applications.
pub(super) type Referred<'p> = [Option<(Name<'p>, Target)>; 2];

/// Those of the profile, for [`rows`].
pub(super) fn referred<'p>(profile: &Profile<'p>) -> Referred<'p> {
    let row = |field, target| profile.row(field).map(|row| (row.cp, target));
    [row(Field::ConRef, Target::AccessPoint), row(Field::AppRef, Target::Application)]
}

/// The rows of the profile.
pub(super) fn rows<'t>(profile: &Profile<'t>, referred: &'t Referred<'t>) -> Vec<Row<'t>> {
    let [con_ref, app_ref] = referred;
    let references =
        |cp: &'t Option<(Name<'t>, Target)>, dm| Row::References { cp: cp.as_slice(), one: None, many: Some(dm) };
    profile
        .rows
        .iter()
        .map(|row| match row.field {
            Field::ConRef => references(con_ref, row.dm),
            Field::AppRef => references(app_ref, row.dm),
            _ => Row::Leaf { cp: row.cp, dm: row.dm, values: values(row.format) },
        })
        .collect()
}

/// The object of the profile.
pub(super) fn poc<'t>(profile: &Profile<'t>, root: &'t str, rows: &'t [Row<'t>]) -> Mapping<'t> {
    let name = |field, wanted: fn(&crate::profile::Row<'t>) -> Name<'t>| profile.row(field).map(wanted);
    Mapping {
        type_: "APPLICATION",
        app: name(Field::AppId, |row| row.cp).map(|parm| App {
            parm,
            node: name(Field::AppId, |row| row.dm).map(|name| name.name),
            ids: profile.app_ids,
        }),
        object_ids: profile.object_ids,
        root,
        id: name(Field::ProviderId, |row| row.cp).unwrap_or(provisional("", &[])),
        target: None,
        is_server: false,
        rows,
    }
}

const fn values(format: Format) -> Values {
    match format {
        Format::Bool => Values::Truth,
        Format::Int => Values::Number,
        Format::Chr => Values::Text,
    }
}
