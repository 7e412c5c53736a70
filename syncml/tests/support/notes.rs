//! The vectors of the specification notes, where they are there. The notes are no part of the project.

#![allow(dead_code, reason = "each test binary uses a part of it")]

use std::fs;
use std::path::{Path, PathBuf};

/// The folder beside the project, where it is there; its absence is only an error if the environment variable `REQUIRE`
/// names `corpus`.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared").join(path);
    if path.exists() {
        return Some(path);
    }
    assert!(!super::support::is_required("corpus"), "REQUIRE names the corpus, but {} is not there", path.display());
    None
}

/// The octets of hexadecimal text, blanks and line ends ignored.
pub(crate) fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<char> = text.chars().filter(|character| !character.is_whitespace()).collect();
    digits.chunks(2).map(|pair| u8::from_str_radix(&pair.iter().collect::<String>(), 16).unwrap()).collect()
}

/// The file with the vectors.
pub(crate) struct Notes(String);

impl Notes {
    /// It, if it is there.
    pub(crate) fn read() -> Option<Self> {
        Some(Self(fs::read_to_string(shared("spec/test-vectors.md")?).unwrap()))
    }

    /// What stands under the heading that begins with `number`.
    pub(crate) fn section(&self, number: &str) -> Section<'_> {
        let level = if number.trim_end_matches('.').contains('.') { "###" } else { "##" };
        let (_, rest) = self.0.split_once(&format!("\n{level} {number}")).unwrap();
        Section(rest.split("\n## ").next().unwrap().split(&format!("\n{level} ")).next().unwrap())
    }
}

#[derive(Clone, Copy)]
pub(crate) struct Section<'n>(pub(crate) &'n str);

impl<'n> Section<'n> {
    /// The octets of a block of hexadecimal digits.
    pub(crate) fn hex(self, index: usize) -> Vec<u8> {
        let block = self.0.split("```hex\n").nth(index + 1).unwrap();
        hex(block.split("```").next().unwrap())
    }

    /// The cells of the table whose first heading is this one, without back quotes.
    pub(crate) fn table(self, first: &str) -> Vec<Vec<&'n str>> {
        let (_, rest) = self.0.split_once(&format!("| {first} |")).unwrap();
        let rows = rest.lines().skip(2).take_while(|line| line.starts_with('|'));
        let cells = |row: &'n str| row.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('`')).collect();
        let rows: Vec<Vec<&str>> = rows.map(cells).collect();
        assert!(!rows.is_empty(), "no rows under {first}");
        rows
    }

    /// The cell of that table in the row that begins with `name`, in this column.
    pub(crate) fn cell(self, first: &str, name: &str, column: usize) -> &'n str {
        self.table(first).into_iter().find(|row| row[0] == name).unwrap()[column]
    }
}
