//! The vectors of the specification notes, where they are there.

#![allow(dead_code, reason = "each test binary uses a part of it")]

use std::fs;

/// The file with the vectors.
pub(crate) struct Notes(String);

impl Notes {
    /// It, if it is there.
    pub(crate) fn read() -> Option<Self> {
        Some(Self(fs::read_to_string(super::support::shared("spec/test-vectors.md")?).unwrap()))
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
    /// The blocks of code in this language.
    pub(crate) fn blocks(self, language: &str) -> impl Iterator<Item = &'n str> {
        let fence = format!("```{language}\n");
        let starts: Vec<&str> = self.0.split(&fence[..]).skip(1).collect();
        starts.into_iter().map(|block| block.split("```").next().unwrap())
    }

    /// The octets of a block of hexadecimal digits.
    pub(crate) fn hex(self, index: usize) -> Vec<u8> {
        super::support::hex(self.blocks("hex").nth(index).unwrap())
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
}
