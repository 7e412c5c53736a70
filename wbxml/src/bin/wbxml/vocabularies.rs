//! The vocabularies that are built in, and what they are called.

use std::io::{self, Write};

use wbxml::Vocabulary;
use wbxml::vocabulary::ALL;

/// The public identifier of documents that name no vocabulary by a number (WAP-192, 5.5).
const UNKNOWN: u32 = 1;

/// The vocabulary of this name, public identifier or formal public identifier.
pub(crate) fn find(name: &str) -> Result<&'static Vocabulary<'static>, String> {
    let number = match name.strip_prefix("0x").or(name.strip_prefix("0X")) {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None => name.parse().ok(),
    };
    let is_it = |vocabulary: &Vocabulary<'_>| {
        short(vocabulary.name) == short(name)
            || number.is_some_and(|number| number != UNKNOWN && number == vocabulary.public_id)
            || vocabulary.has_formal_public_id(name.as_bytes())
    };
    let found = ALL.into_iter().find(|vocabulary| is_it(vocabulary));
    found.ok_or_else(|| String::from("no such vocabulary; `wbxml vocabularies` lists those there are"))
}

/// A name without blanks and in lower case.
fn short(name: &str) -> String {
    name.chars().filter(|character| !character.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// Prints a table of all of them.
pub(crate) fn print(out: &mut impl Write) -> io::Result<()> {
    let mut rows = vec![
        ["name", "public id", "formal public identifier", "root", "pages", "tags", "attributes", "values"]
            .map(String::from),
    ];
    rows.extend(ALL.into_iter().map(row));
    let widths = rows.iter().fold([0; 8], |mut widths, row| {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
        widths
    });
    for row in &rows {
        let [name, number, formal, root, counts @ ..] = row;
        let [name_width, number_width, formal_width, root_width, count_widths @ ..] = widths;
        write!(out, "{name:name_width$}  {number:>number_width$}  {formal:formal_width$}  {root:root_width$}")?;
        for (count, width) in counts.iter().zip(count_widths) {
            write!(out, "  {count:>width$}")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn row(vocabulary: &Vocabulary<'_>) -> [String; 8] {
    let or_none = |text: &str| String::from(if text.is_empty() { "-" } else { text });
    let tags: Vec<_> = vocabulary.tag_pages.iter().map(|page| page.rows().count()).collect();
    let starts: Vec<_> = vocabulary.attribute_pages.iter().map(|page| page.starts().count()).collect();
    let values: Vec<_> = vocabulary.attribute_pages.iter().map(|page| page.values().count()).collect();
    let tag_pages = tags.iter().filter(|&&count| count > 0).count();
    let attribute_pages = starts.iter().zip(&values).filter(|&(starts, values)| (starts, values) != (&0, &0)).count();
    let number = vocabulary.public_id;
    [
        vocabulary.name.to_owned(),
        or_none(&if number == UNKNOWN { String::new() } else { format!("0x{number:02X}") }),
        or_none(vocabulary.formal_public_id),
        or_none(vocabulary.root),
        tag_pages.saturating_add(attribute_pages).to_string(),
        tags.iter().sum::<usize>().to_string(),
        starts.iter().sum::<usize>().to_string(),
        values.iter().sum::<usize>().to_string(),
    ]
}
