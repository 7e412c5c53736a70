//! Tables, read line by line.

use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use super::cells::{APP_IDS, CP, Column, DM, INTERIOR, NO, NONE, OBJECT_IDS, YES, is_name, is_path};
use super::fault::TableFault;
use super::{Correction, Lists, NameCells};
use crate::error::{Error, ErrorKind};
use crate::profile::properties::{Access, Format, Occurrence};
use crate::profile::row::Interior;
use crate::profile::{Field, Profile};

/// A cell that is not empty, and where it stands.
#[derive(Clone, Copy)]
struct Cell<'t> {
    text: &'t str,
    line: usize,
    offset: usize,
}

impl<'t> Cell<'t> {
    fn error(self, fault: TableFault) -> Error {
        Error::new(ErrorKind::Table { line: self.line, fault }, Some(self.offset))
    }

    fn refuse(self, column: Column, expected: &'static str) -> Error {
        self.error(TableFault::Value { column: column.name(), value: Box::from(self.text), expected })
    }

    /// What `of` finds in it.
    fn value<T>(
        self,
        column: Column,
        of: impl FnOnce(&'t str) -> Option<T>,
        expected: &'static str,
    ) -> Result<T, Error> {
        of(self.text).ok_or_else(|| self.refuse(column, expected))
    }

    /// Its entries, each of which is as it has to be.
    fn entries(self, column: Column, is: impl Fn(&str) -> bool, expected: &'static str) -> Result<Vec<&'t str>, Error> {
        if self.text == NONE {
            return Ok(Vec::new());
        }
        let entries = self.text.split(',').map(str::trim);
        entries.map(|entry| if is(entry) { Ok(entry) } else { Err(self.refuse(column, expected)) }).collect()
    }
}

/// The cells of a line, and the first octet of it.
struct Cells<'t> {
    start: Cell<'t>,
    cells: Vec<Cell<'t>>,
}

/// The lines of a text that are neither blank nor comments; a byte order mark aside.
fn lines(text: &str) -> impl Iterator<Item = Cells<'_>> {
    let body = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut end = text.len().saturating_sub(body.len());
    let lines = body.split_inclusive('\n').enumerate().map(move |(index, line)| {
        let start = end;
        end = end.saturating_add(line.len());
        (index.saturating_add(1), start, line)
    });
    let is_row = |line: &str| !line.trim().is_empty() && !line.trim_start_matches(' ').starts_with('#');
    lines.filter(move |(.., line)| is_row(line)).map(|(line, start, text)| {
        let mut end = start;
        let cells = text.split('\t').map(|cell| {
            let blanks = cell.len().saturating_sub(cell.trim_start().len());
            let offset = end.saturating_add(blanks);
            end = end.saturating_add(cell.len()).saturating_add(1);
            Cell { text: cell.trim(), line, offset }
        });
        Cells { cells: cells.collect(), start: Cell { text: "", line, offset: start } }
    })
}

/// The columns that the first line names.
fn columns(header: &Cells<'_>) -> Result<Vec<Column>, Error> {
    let mut columns = Vec::new();
    for cell in &header.cells {
        let column = Column::ALL.into_iter().find(|column| column.name().eq_ignore_ascii_case(cell.text));
        let column = column.ok_or_else(|| cell.error(TableFault::Column(Box::from(cell.text))))?;
        if columns.contains(&column) {
            return Err(cell.error(TableFault::Repeated(Box::from(cell.text))));
        }
        columns.push(column);
    }
    if columns.contains(&Column::Field) { Ok(columns) } else { Err(header.start.error(TableFault::Header)) }
}

/// A line behind the first one, by columns.
struct Line<'t> {
    start: Cell<'t>,
    cells: Vec<(Column, Cell<'t>)>,
}

impl<'t> Line<'t> {
    fn new(Cells { start, cells }: Cells<'t>, columns: &[Column]) -> Result<Self, Error> {
        if let Some(cell) = cells.iter().skip(columns.len()).find(|cell| !cell.text.is_empty()) {
            return Err(cell.error(TableFault::Cell(Box::from(cell.text))));
        }
        let cells = columns.iter().copied().zip(cells).filter(|(_, cell)| !cell.text.is_empty()).collect();
        Ok(Self { start, cells })
    }

    fn cell(&self, column: Column) -> Option<Cell<'t>> {
        self.cells.iter().find(|(own, _)| *own == column).map(|(_, cell)| *cell)
    }

    /// What a cell says, if there is one.
    fn value<T>(
        &self,
        column: Column,
        of: impl FnOnce(&'t str) -> Option<T>,
        expected: &'static str,
    ) -> Result<Option<T>, Error> {
        self.cell(column).map(|cell| cell.value(column, of, expected)).transpose()
    }

    fn entries(
        &self,
        column: Column,
        is: impl Fn(&str) -> bool,
        expected: &'static str,
    ) -> Result<Option<Vec<&'t str>>, Error> {
        self.cell(column).map(|cell| cell.entries(column, is, expected)).transpose()
    }

    /// Refuses what stands in other columns than these.
    fn only(&self, columns: &[Column]) -> Result<(), Error> {
        let other = self.cells.iter().find(|(column, _)| *column != Column::Field && !columns.contains(column));
        other.map_or(Ok(()), |(column, cell)| Err(cell.refuse(*column, "such a row has nothing there")))
    }

    fn occurrence(
        &self,
        expected: &'static str,
        fits: impl Fn(Occurrence) -> bool,
    ) -> Result<Option<Occurrence>, Error> {
        let of = |text: &str| Occurrence::ALL.into_iter().find(|own| own.as_str() == text).filter(|own| fits(*own));
        self.value(Column::Occurrence, of, expected)
    }

    fn access(&self) -> Result<Option<Access>, Error> {
        let entries = self.entries(Column::Access, |name| Access::of(name).is_some(), ACCESS)?;
        Ok(entries.map(|names| names.into_iter().filter_map(Access::of).fold(Access::NONE, Access::with)))
    }

    /// Which names are confirmed.
    fn confirmed(&self) -> Result<Option<Vec<&'t str>>, Error> {
        self.entries(Column::Confirmed, |side| side == CP || side == DM, "cp, dm, both with a comma, or -")
    }

    /// The values of a list: the name first, then the aliases.
    fn list(&self, name: Column, aliases: Column) -> Result<Vec<&'t str>, Error> {
        self.only(&[name, aliases])?;
        let mut list = self.entries(name, is_name, IDENTIFIER)?.unwrap_or_default();
        list.extend(self.entries(aliases, is_name, IDENTIFIER)?.into_iter().flatten());
        Ok(list)
    }

    /// The interior node of the line; `None` where the table says that there is none.
    fn interior(&self, row: Cell<'t>) -> Result<Option<Interior<'t>>, Error> {
        self.only(&[Column::DmName, Column::Occurrence, Column::Access, Column::Confirmed])?;
        let cell =
            self.cell(Column::DmName).ok_or_else(|| row.refuse(Column::Field, "an interior node has a dm name"))?;
        if cell.text == NONE {
            self.only(&[Column::DmName])?;
            return Ok(None);
        }
        let path = cell.value(Column::DmName, |path| is_path(path).then_some(path), PATH)?;
        let occurrence = self.occurrence(OCCURRENCE, |_| true)?;
        Ok(Some(Interior {
            path,
            occurrence: occurrence.unwrap_or(if path.ends_with('*') {
                Occurrence::OneOrMore
            } else {
                Occurrence::ZeroOrOne
            }),
            access: self.access()?.unwrap_or(Access::GET),
            is_confirmed: self.confirmed()?.is_some_and(|sides| sides.contains(&DM)),
        }))
    }

    fn correction(&self, field: Field) -> Result<Correction<'t>, Error> {
        let format = |text: &str| {
            Format::ALL.into_iter().find(|own| own.as_str() == text).filter(|format| field.can_be(*format))
        };
        let (occurrences, is_list) = if field.is_list() { (OCCURRENCE, true) } else { ("One or ZeroOrOne", false) };
        let confirmed = self.confirmed()?;
        let is_confirmed = |side: &str| confirmed.as_ref().map(|sides| sides.contains(&side));
        let name = |text| is_name(text).then_some(text);
        let path = |text| is_path(text).then_some(text);
        let truth = |text: &str| if text == YES { Some(true) } else { (text == NO).then_some(false) };
        Ok(Correction {
            field,
            cp: NameCells {
                name: self.value(Column::CpName, name, IDENTIFIER)?,
                aliases: self.entries(Column::CpAliases, is_name, IDENTIFIER)?,
                is_confirmed: is_confirmed(CP),
            },
            dm: NameCells {
                name: self.value(Column::DmName, path, PATH)?,
                aliases: self.entries(Column::DmAliases, is_path, PATH)?,
                is_confirmed: is_confirmed(DM),
            },
            format: self.value(Column::Format, format, formats(field))?,
            occurrence: self.occurrence(occurrences, |occurrence| is_list || !occurrence.is_many())?,
            access: self.access()?,
            is_distinctive: self.value(Column::Distinctive, truth, "yes or no")?,
        })
    }
}

const IDENTIFIER: &str = "a name without control characters and commas";
const PATH: &str = "the path of a node below the account's, 16 names at most";
const OCCURRENCE: &str = "One, ZeroOrOne, ZeroOrMore or OneOrMore";
const ACCESS: &str = "of Add, Copy, Delete, Exec, Get and Replace with commas, or -";

/// The formats that a setting can have, in words.
fn formats(field: Field) -> &'static str {
    match field.format() {
        Format::Chr => "chr",
        Format::Int => "int or chr",
        Format::Bool => "bool, int or chr",
    }
}

/// Reads a table: its lists, and what it says of settings.
pub(super) fn table<'t>(text: &'t str, profile: &Profile<'_>) -> Result<(Lists<'t>, Vec<Correction<'t>>), Error> {
    let mut lines = lines(text);
    let header = lines.next().ok_or(Error::new(ErrorKind::Table { line: 1, fault: TableFault::Header }, Some(0)))?;
    let columns = columns(&header)?;
    let (mut lists, mut corrections) = (Lists::default(), Vec::<Correction<'t>>::new());
    let mut paths = BTreeSet::new();
    for cells in lines {
        let line = Line::new(cells, &columns)?;
        let row = line.cell(Column::Field).unwrap_or(line.start);
        let repeated = |name: &str| Err(row.error(TableFault::Repeated(Box::from(name))));
        match row.text {
            APP_IDS => {
                let list = line.list(Column::CpName, Column::CpAliases)?;
                if lists.app_ids.replace(list).is_some() {
                    return repeated(row.text);
                }
            }
            OBJECT_IDS => {
                let list = line.list(Column::DmName, Column::DmAliases)?;
                if lists.object_ids.replace(list).is_some() {
                    return repeated(row.text);
                }
            }
            INTERIOR => {
                let interiors = lists.interiors.get_or_insert_default();
                if let Some(interior) = line.interior(row)? {
                    if !paths.insert(interior.path) {
                        return repeated(interior.path);
                    }
                    interiors.push(interior);
                }
            }
            name => {
                let field = Field::ALL.into_iter().find(|field| field.name() == name);
                let field = field.ok_or_else(|| row.error(TableFault::Field(Box::from(name))))?;
                if corrections.iter().any(|correction| correction.field == field) {
                    return repeated(name);
                }
                let correction = line.correction(field)?;
                let has_names = correction.cp.name.is_some() && correction.dm.name.is_some();
                if profile.row(field).is_none() && !has_names {
                    return Err(row.error(TableFault::Names(field)));
                }
                corrections.push(correction);
            }
        }
    }
    Ok((lists, corrections))
}
