//! The table of the README: a row for each task and document, a column for everybody, and how much more they take.

use core::fmt;
use std::collections::BTreeMap;

use crate::case::{Task, Who};
use crate::headline;

const HEAD: &str = "task\tinput\toctets\twho\tfigure";

/// What was measured, in nanoseconds or in instructions.
#[derive(Clone, Debug, Default)]
pub struct Table {
    rows: Vec<Row>,
}

#[derive(Clone, Debug)]
struct Row {
    task: Task,
    input: String,
    octets: usize,
    cells: BTreeMap<Who, f64>,
}

impl Table {
    /// Enters a figure.
    pub fn enter(&mut self, task: Task, input: &str, octets: usize, who: Who, figure: f64) {
        let row = self.rows.iter_mut().find(|row| row.task == task && row.input == input);
        let row = match row {
            Some(row) => row,
            None => {
                self.rows.push(Row { task, input: input.into(), octets, cells: BTreeMap::new() });
                let last = self.rows.len() - 1;
                &mut self.rows[last]
            }
        };
        if who == Who::Us {
            row.octets = octets;
        }
        row.cells.insert(who, figure);
    }

    /// Who took how much for this task and document.
    pub fn figures(&self, task: Task, input: &str) -> impl Iterator<Item = (Who, f64)> {
        let row = self.rows.iter().find(|row| row.task == task && row.input == input);
        row.into_iter().flat_map(|row| row.cells.iter().map(|(who, figure)| (*who, *figure)))
    }

    /// The rows of the [`headline`], each called what a person calls it.
    #[must_use]
    pub fn headline(&self) -> Headline<'_> {
        Headline(self)
    }

    /// Reads the lines that [`to_tsv`](Self::to_tsv) writes.
    ///
    /// # Errors
    /// The number of a line that is none of them.
    pub fn parse(text: &str) -> Result<Self, usize> {
        let mut table = Self::default();
        for (line, number) in text.lines().zip(1_usize..) {
            if number == 1 && line == HEAD {
                continue;
            }
            let cell = || {
                let [task, input, octets, who, figure] = line.split('\t').collect::<Vec<_>>()[..] else { return None };
                let task = Task::ALL.into_iter().find(|known| known.name() == task)?;
                let who = Who::ALL.into_iter().find(|known| known.name() == who)?;
                Some((task, input, octets.parse().ok()?, who, figure.parse().ok()?))
            };
            let (task, input, octets, who, figure) = cell().ok_or(number)?;
            table.enter(task, input, octets, who, figure);
        }
        Ok(table)
    }

    /// The figures as lines of tabs: task, document, octets, who, figure.
    #[must_use]
    pub fn to_tsv(&self) -> String {
        let mut text = format!("{HEAD}\n");
        for row in &self.rows {
            for (who, figure) in &row.cells {
                let Row { task, input, octets, .. } = row;
                text += &format!("{}\t{input}\t{octets}\t{}\t{figure:.0}\n", task.name(), who.name());
            }
        }
        text
    }
}

/// The short table of the README.
#[derive(Clone, Copy, Debug)]
pub struct Headline<'t>(&'t Table);

impl fmt::Display for Table {
    /// Writes it in Markdown; peers that nothing was measured of have no column.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = columns(&self.rows.iter().collect::<Vec<_>>());
        head(f, &["task", "document", "octets"], &columns)?;
        for row in &self.rows {
            write!(f, "| {} | {} | {} |", row.task.name(), row.input, Grouped(row.octets as f64))?;
            row.figures(f, &columns)?;
        }
        Ok(())
    }
}

impl fmt::Display for Headline<'_> {
    /// Writes it as the whole table is written.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let row = |(task, input, _): &(Task, &str, &str)| {
            self.0.rows.iter().find(|row| row.task == *task && row.input == *input)
        };
        let columns = columns(&headline::ROWS.iter().filter_map(row).collect::<Vec<_>>());
        head(f, &["what is done"], &columns)?;
        for entry in &headline::ROWS {
            if let Some(row) = row(entry) {
                write!(f, "| {} |", entry.2)?;
                row.figures(f, &columns)?;
            }
        }
        Ok(())
    }
}

/// Everybody of whom something was measured in these rows.
fn columns(rows: &[&Row]) -> Vec<Who> {
    let is_there = |who: &Who| rows.iter().any(|row| row.cells.contains_key(who));
    Who::ALL.into_iter().filter(is_there).collect()
}

/// The two lines above the rows. What follows the first columns is numbers, and so is `octets`.
fn head(f: &mut fmt::Formatter<'_>, names: &[&str], columns: &[Who]) -> fmt::Result {
    let all = names.iter().copied().chain(columns.iter().map(|who| who.name()));
    all.clone().try_for_each(|name| write!(f, "| {name} "))?;
    writeln!(f, "|")?;
    let is_text = |name: &str| name != "octets" && names.contains(&name);
    all.clone().try_for_each(|name| write!(f, "| {} ", if is_text(name) { "---" } else { "---:" }))?;
    writeln!(f, "|")
}

impl Row {
    /// The rest of the row's line.
    fn figures(&self, f: &mut fmt::Formatter<'_>, columns: &[Who]) -> fmt::Result {
        let ours = self.cells.get(&Who::Us).copied();
        for who in columns {
            match (self.cells.get(who), ours) {
                (Some(figure), Some(ours)) if *who != Who::Us => {
                    write!(f, " {} ({:.1}×) |", Grouped(*figure), figure / ours)?;
                }
                (Some(figure), _) => write!(f, " {} |", Grouped(*figure))?,
                (None, _) => write!(f, " |")?,
            }
        }
        writeln!(f)
    }
}

/// A number with a comma between thousands.
struct Grouped(f64);

impl fmt::Display for Grouped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = format!("{:.0}", self.0);
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at) % 3 == 0 {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peers_stand_beside_us_with_their_ratio() {
        let mut table = Table::default();
        table.enter(Task::Drive, "dm", 14_395, Who::Us, 1_500.0);
        table.enter(Task::Drive, "dm", 38_213, Who::QuickXml, 30_000.4);
        table.enter(Task::Lex, "dm", 14_395, Who::Us, 999.6);
        let text = "\
| task | document | octets | us | quick-xml |
| --- | --- | ---: | ---: | ---: |
| drive | dm | 14,395 | 1,500 | 30,000 (20.0×) |
| lex | dm | 14,395 | 1,000 | |
";
        assert_eq!(table.to_string(), text);
        table.enter(Task::Drive, "dm_16k", 15_027, Who::Us, 7_000.0);
        table.enter(Task::Drive, "dm_16k", 15_027, Who::Libwbxml, 150_500.0);
        let text = "\
| what is done | us | libwbxml |
| --- | ---: | ---: |
| events of a DM message | 7,000 | 150,500 (21.5×) |
";
        assert_eq!(table.headline().to_string(), text);
        let again = Table::parse(&table.to_tsv()).map(|table| table.to_tsv());
        assert_eq!(again, Ok(table.to_tsv()));
        assert_eq!(Table::parse(&format!("{HEAD}\ndrive\tdm\t1\tnobody\t1\n")).unwrap_err(), 2);
        assert_eq!(table.to_tsv().lines().nth(2), Some("drive\tdm\t14395\tquick-xml\t30000"));
    }
}
