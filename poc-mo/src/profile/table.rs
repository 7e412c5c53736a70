//! Profiles as tables in text: what a person corrects.

mod cells;
mod fault;
mod read;
mod write;

use alloc::boxed::Box;
use alloc::vec::Vec;

pub use fault::TableFault;

use super::corrected::Corrected;
use super::mismatch::{self, Mismatch};
use super::properties::{Access, Format, Occurrence};
use super::row::{Interior, Name};
use super::{Field, Profile, Row};
use crate::error::{Error, ErrorKind};

/// A profile as a table in text, read at run time: what it says takes the place of what another profile says.
///
/// A line is a row, with tabs between its cells. Blank lines, and lines that begin with `#`, are passed over. The first
/// line has the names of the columns, in any order:
///
/// | column | cell |
/// | --- | --- |
/// | `field` | the setting, as [`Field::name`] calls it |
/// | `cp name`, `dm name` | the parm, and the path of the node below the account's |
/// | `cp aliases`, `dm aliases` | other spellings that are read |
/// | `format` | `chr`, `bool` or `int` |
/// | `occurrence` | `One`, `ZeroOrOne`, `ZeroOrMore` or `OneOrMore` |
/// | `access` | of `Add`, `Copy`, `Delete`, `Exec`, `Get`, `Replace` |
/// | `confirmed` | of `cp` and `dm`, those whose name is; without it a new name is not |
/// | `distinctive` | `yes` or `no`: whether only PoC has such a node |
///
/// Entries of a cell have commas between them, and `-` is none. Columns that are not there and empty cells change nothing.
/// Three more rows take the place of whole lists: `app_ids` with its values under `cp name` and `cp aliases`, `object_ids`
/// under `dm name` and `dm aliases`, and `interior`, once for each interior node, under `dm name`.
///
/// ```
/// use poc_mo::profile::{PROVISIONAL, TableNames};
/// use poc_mo::Field;
///
/// let table = "# from the operator\n\
///              field\tcp name\tcp aliases\tdm name\n\
///              t11_ms\tTIMER-T11\tT11,T11-TIMER\t\n\
///              name\tTITLE\t\tTitle\n";
/// let names = TableNames::new(table, &PROVISIONAL)?;
/// let mismatch = &names.mismatches()[0];
/// assert_eq!(mismatch.to_string(), "name is called TITLE, but the confirmed name is NAME");
///
/// let rows = names.rows(&PROVISIONAL);
/// let timer = rows.iter().find(|row| row.field == Field::T11).unwrap();
/// assert_eq!((timer.cp.name, timer.dm.name), ("TIMER-T11", "T11Timer"));
///
/// let error = TableNames::new("field\nt12_ms\n", &PROVISIONAL).unwrap_err();
/// assert_eq!(error.to_string(), "line 2: \"t12_ms\" is no setting, at octet 6 (0x6)");
/// # Ok::<(), poc_mo::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableNames<'t> {
    lists: Lists<'t>,
    corrections: Vec<Correction<'t>>,
    mismatches: Vec<Mismatch>,
}

/// The lists of a profile that a table has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Lists<'t> {
    app_ids: Option<Vec<&'t str>>,
    object_ids: Option<Vec<&'t str>>,
    interiors: Option<Vec<Interior<'t>>>,
}

/// What a table says of a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Correction<'t> {
    field: Field,
    cp: NameCells<'t>,
    dm: NameCells<'t>,
    format: Option<Format>,
    occurrence: Option<Occurrence>,
    access: Option<Access>,
    is_distinctive: Option<bool>,
}

/// What a table says of the name of a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
struct NameCells<'t> {
    name: Option<&'t str>,
    aliases: Option<Vec<&'t str>>,
    is_confirmed: Option<bool>,
}

impl<'t> TableNames<'t> {
    /// Reads a table, to correct `profile` with it.
    ///
    /// # Errors
    /// [`ErrorKind::Table`] with the line, at the cell: what is wrong there, [`TableFault`] says.
    pub fn new(text: &'t str, profile: &Profile<'_>) -> Result<Self, Error> {
        let (lists, corrections) = read::table(text, profile)?;
        let mut names = Self { lists, corrections, mismatches: Vec::new() };
        let corrected = names.correct(profile);
        let mut mismatches = mismatch::of_rows(&corrected.rows, profile);
        let app_ids = profile.app_ids.iter().filter(|id| !corrected.profile().has_app_id(id));
        let object_ids = profile.object_ids.iter().filter(|id| !corrected.profile().has_object_id(id));
        mismatches.extend(app_ids.chain(object_ids).map(|id| Mismatch::Identifier((*id).into())));
        names.mismatches = mismatches;
        Ok(names)
    }

    /// Reads a table from octets: UTF-8, with or without a byte order mark.
    pub(super) fn read(octets: &'t [u8], profile: &Profile<'_>) -> Result<Self, Error> {
        let text = core::str::from_utf8(octets)
            .map_err(|error| Error::new(ErrorKind::NotText(Box::from("the table")), Some(error.valid_up_to())))?;
        Self::new(text, profile)
    }

    /// In what the table and the profile do not meet: confirmed names that the table has otherwise, names of two
    /// settings, identifiers that are no longer known.
    #[must_use]
    pub fn mismatches(&self) -> &[Mismatch] {
        &self.mismatches
    }

    /// The rows of `profile` with what the table says of them, and behind them those that the profile has not.
    #[must_use]
    pub fn rows<'p>(&'p self, profile: &Profile<'p>) -> Vec<Row<'p>> {
        let correction = |field| self.corrections.iter().find(|correction| correction.field == field);
        let corrected = |row: &Row<'p>| correction(row.field).map_or(*row, |correction| correction.of(row));
        let mut rows: Vec<Row<'p>> = profile.rows.iter().map(corrected).collect();
        let new = self.corrections.iter().filter(|correction| profile.row(correction.field).is_none());
        rows.extend(new.filter_map(Correction::row));
        rows
    }

    /// `profile` with what the table says. Interior nodes on the way to settings that stand elsewhere now are no longer
    /// among its rows.
    #[must_use]
    pub fn correct<'p>(&'p self, profile: &Profile<'p>) -> Corrected<'p> {
        let list = |list: &Option<Vec<&'p str>>, old: &[&'p str]| list.as_deref().unwrap_or(old).to_vec();
        let rows = self.rows(profile);
        let interiors = match &self.lists.interiors {
            Some(interiors) => interiors.clone(),
            None => {
                let is_left =
                    |interior: &&Interior<'p>| !is_above(profile.rows, interior.path) || is_above(&rows, interior.path);
                profile.interiors.iter().filter(is_left).copied().collect()
            }
        };
        Corrected {
            app_ids: list(&self.lists.app_ids, profile.app_ids),
            object_ids: list(&self.lists.object_ids, profile.object_ids),
            rows,
            interiors,
        }
    }
}

/// Whether a setting is written below this path.
fn is_above(rows: &[Row<'_>], path: &str) -> bool {
    rows.iter().any(|row| row.dm.name.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')))
}

impl<'t> Correction<'t> {
    /// A row with this in it.
    fn of<'p>(&'p self, row: &Row<'p>) -> Row<'p> {
        Row {
            field: row.field,
            cp: self.cp.of(row.cp),
            dm: self.dm.of(row.dm),
            format: self.format.unwrap_or(row.format),
            occurrence: self.occurrence.unwrap_or(row.occurrence),
            access: self.access.unwrap_or(row.access),
            is_distinctive: self.is_distinctive.unwrap_or(row.is_distinctive),
        }
    }

    /// A row of this alone, if it has both names.
    fn row(&self) -> Option<Row<'_>> {
        let name = |name| Name { name, aliases: &[], is_confirmed: false };
        Some(self.of(&Row::new(self.field, name(self.cp.name?), name(self.dm.name?))))
    }
}

impl<'t> NameCells<'t> {
    fn of<'p>(&'p self, old: Name<'p>) -> Name<'p> {
        let name = self.name.unwrap_or(old.name);
        Name {
            name,
            aliases: self.aliases.as_deref().unwrap_or(old.aliases),
            // that the old name is confirmed says nothing of another one
            is_confirmed: self.is_confirmed.unwrap_or(old.is_confirmed && name == old.name),
        }
    }
}
