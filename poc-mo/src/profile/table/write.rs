//! Tables, written.

use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use super::cells::{APP_IDS, CP, Column, DM, INTERIOR, NO, NONE, OBJECT_IDS, YES, is_name, is_path};
use crate::error::{Error, ErrorKind};
use crate::profile::row::{Interior, Name};
use crate::profile::{Profile, Row};

const HEAD: &str = "\
# The names of the PoC settings. Cells have tabs between them, entries of a cell commas, and - is none.
# A cell that is empty, and a line that is taken out, leave what the tool knows as it is.
";

impl Profile<'_> {
    /// The profile as a table, for [`TableNames`](super::TableNames): a file for a person to correct.
    ///
    /// ```
    /// use poc_mo::profile::{PROVISIONAL, TableNames};
    ///
    /// let table = PROVISIONAL.to_table()?;
    /// assert!(table.contains("\nt11_ms\tT11\t-\tT11Timer\t-\tint\tOne\tGet,Replace\t-\tyes\n"), "{table}");
    /// let names = TableNames::new(&table, &PROVISIONAL)?;
    /// assert_eq!(names.correct(&PROVISIONAL).profile(), PROVISIONAL);
    /// # Ok::<(), poc_mo::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::NoCell`] of a name that cannot stand in a table: an empty one, one with a control character or a
    /// comma, a node that is no path; and of a setting or an interior node that has two rows.
    pub fn to_table(&self) -> Result<String, Error> {
        let mut table = String::from(HEAD);
        line(&mut table, Column::ALL, |column| String::from(column.name()));
        ids(&mut table, APP_IDS, self.app_ids, Column::CpName, Column::CpAliases)?;
        ids(&mut table, OBJECT_IDS, self.object_ids, Column::DmName, Column::DmAliases)?;
        let mut fields = BTreeSet::new();
        for row in self.rows {
            if !fields.insert(row.field) {
                return Err(no_cell(row.field.name()));
            }
            row.write_to(&mut table)?;
        }
        let mut paths = BTreeSet::new();
        for interior in self.interiors {
            if !paths.insert(interior.path) {
                return Err(no_cell(interior.path));
            }
            interior.write_to(&mut table)?;
        }
        if self.interiors.is_empty() {
            line(&mut table, Column::ALL, |column| match column {
                Column::Field => String::from(INTERIOR),
                Column::DmName => String::from(NONE),
                _ => String::new(),
            });
        }
        Ok(table)
    }
}

impl Row<'_> {
    fn write_to(&self, table: &mut String) -> Result<(), Error> {
        let Row { field, cp, dm, format, occurrence, access, is_distinctive } = self;
        check([cp.name], is_name)?;
        check(cp.aliases.iter().copied(), is_name)?;
        check(dm.all(), is_path)?;
        line(table, Column::ALL, |column| match column {
            Column::Field => String::from(field.name()),
            Column::CpName => String::from(cp.name),
            Column::CpAliases => list(cp.aliases.iter().copied()),
            Column::DmName => String::from(dm.name),
            Column::DmAliases => list(dm.aliases.iter().copied()),
            Column::Format => String::from(format.as_str()),
            Column::Occurrence => String::from(occurrence.as_str()),
            Column::Access => list(access.names()),
            Column::Confirmed => confirmed(*cp, *dm),
            Column::Distinctive => String::from(if *is_distinctive { YES } else { NO }),
        });
        Ok(())
    }
}

impl Interior<'_> {
    fn write_to(&self, table: &mut String) -> Result<(), Error> {
        let Interior { path, occurrence, access, is_confirmed } = self;
        check([*path], is_path)?;
        line(table, Column::ALL, |column| match column {
            Column::Field => String::from(INTERIOR),
            Column::DmName => String::from(*path),
            Column::Occurrence => String::from(occurrence.as_str()),
            Column::Access => list(access.names()),
            Column::Confirmed => list(is_confirmed.then_some(DM)),
            _ => String::new(),
        });
        Ok(())
    }
}

fn ids(table: &mut String, row: &str, ids: &[&str], name: Column, aliases: Column) -> Result<(), Error> {
    check(ids.iter().copied(), is_name)?;
    line(table, Column::ALL, |column| match column {
        Column::Field => String::from(row),
        own if own == name => list(ids.first().copied()),
        own if own == aliases => list(ids.iter().skip(1).copied()),
        _ => String::new(),
    });
    Ok(())
}

fn line(table: &mut String, columns: impl IntoIterator<Item = Column>, cell: impl Fn(Column) -> String) {
    let cells: Vec<String> = columns.into_iter().map(cell).collect();
    table.push_str(cells.join("\t").trim_end_matches('\t'));
    table.push('\n');
}

fn list<'a>(entries: impl IntoIterator<Item = &'a str>) -> String {
    let entries: Vec<&str> = entries.into_iter().collect();
    if entries.is_empty() { String::from(NONE) } else { entries.join(",") }
}

fn confirmed(cp: Name<'_>, dm: Name<'_>) -> String {
    list([(cp, CP), (dm, DM)].into_iter().filter(|(name, _)| name.is_confirmed).map(|(_, side)| side))
}

fn check<'a>(names: impl IntoIterator<Item = &'a str>, is: impl Fn(&str) -> bool) -> Result<(), Error> {
    names.into_iter().find(|name| !is(name)).map_or(Ok(()), |name| Err(no_cell(name)))
}

fn no_cell(text: &str) -> Error {
    Error::new(ErrorKind::NoCell(Box::from(text)), None)
}
