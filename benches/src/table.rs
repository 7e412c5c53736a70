//! The table of the README: a row for each task and document, a column for everybody, and how much more they take.

use core::fmt;
use std::collections::BTreeMap;

use crate::cases::{Task, Who};

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

    /// The figures as lines of tabs: task, document, octets, who, figure.
    #[must_use]
    pub fn to_tsv(&self) -> String {
        let mut text = String::from("task\tinput\toctets\twho\tfigure\n");
        for row in &self.rows {
            for (who, figure) in &row.cells {
                let Row { task, input, octets, .. } = row;
                text += &format!("{}\t{input}\t{octets}\t{}\t{figure:.0}\n", task.name(), who.name());
            }
        }
        text
    }
}

impl fmt::Display for Table {
    /// Writes it in Markdown; peers that nothing was measured of have no column.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_there = |who: &Who| self.rows.iter().any(|row| row.cells.contains_key(who));
        let columns: Vec<Who> = Who::ALL.into_iter().filter(is_there).collect();
        write!(f, "| task | document | octets |")?;
        columns.iter().try_for_each(|who| write!(f, " {} |", who.name()))?;
        write!(f, "\n| --- | --- | ---: |")?;
        columns.iter().try_for_each(|_| write!(f, " ---: |"))?;
        for row in &self.rows {
            write!(f, "\n| {} | {} | {} |", row.task.name(), row.input, Grouped(row.octets as f64))?;
            let ours = row.cells.get(&Who::Us).copied();
            for who in &columns {
                match (row.cells.get(who), ours) {
                    (Some(figure), Some(ours)) if *who != Who::Us => {
                        write!(f, " {} ({:.1}×) |", Grouped(*figure), figure / ours)?;
                    }
                    (Some(figure), _) => write!(f, " {} |", Grouped(*figure))?,
                    (None, _) => write!(f, " |")?,
                }
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
        assert_eq!(table.to_tsv().lines().nth(2), Some("drive\tdm\t14395\tquick-xml\t30000"));
    }
}
