//! The columns: each octet of a document once, in order, and what is said beside it.

use alloc::borrow::Cow;
use std::io::{self, Write};

use super::words::{lines, quoted_lines};

/// Octets of a line.
const OCTETS: usize = 8;
/// The width of their column.
const OCTETS_WIDTH: usize = OCTETS * 3 - 1;
/// The width of the column of tokens, in which `ATTRVALUE 00:85` has room.
const TOKEN_WIDTH: usize = 15;
/// Levels that are shown by indentation; deeper ones are told by their number.
const LEVELS: usize = 24;

/// Lines in columns. What has been shown is not shown again: a row is the octets up to its end.
pub(crate) struct Sheet<'a, W> {
    document: &'a [u8],
    out: W,
    /// The digits of an offset.
    digits: usize,
    /// The first octet that no row has shown.
    next: usize,
}

/// What stands beside the octets of a row.
#[derive(Default)]
pub(crate) struct Row<'t> {
    /// Whether it is broken or not known.
    pub(crate) is_marked: bool,
    /// The kind of token or field, and its number.
    pub(crate) token: Cow<'t, str>,
    /// How deep it is nested.
    pub(crate) level: usize,
    pub(crate) meaning: Meaning<'t>,
    /// What there is to say besides.
    pub(crate) note: String,
}

/// What the octets of a row mean.
#[derive(Default)]
pub(crate) enum Meaning<'t> {
    /// Nothing that is known: the octets again, as far as they are printable ASCII.
    #[default]
    Octets,
    /// Words.
    Line(Cow<'t, str>),
    /// A string, which is shown in quotes.
    Text(Cow<'t, str>),
}

impl<'t> Row<'t> {
    pub(crate) fn line(token: impl Into<Cow<'t, str>>, level: usize, line: impl Into<Cow<'t, str>>) -> Self {
        Self { token: token.into(), level, meaning: Meaning::Line(line.into()), ..Self::default() }
    }

    pub(crate) fn text(token: impl Into<Cow<'t, str>>, level: usize, text: impl Into<Cow<'t, str>>) -> Self {
        Self { token: token.into(), level, meaning: Meaning::Text(text.into()), ..Self::default() }
    }

    pub(crate) fn octets(token: impl Into<Cow<'t, str>>, level: usize) -> Self {
        Self { token: token.into(), level, ..Self::default() }
    }

    /// The same with something to say besides.
    pub(crate) fn with_note(self, note: impl Into<String>) -> Self {
        Self { note: note.into(), ..self }
    }

    /// The same as broken or not known, unless `fault` is empty.
    pub(crate) fn with_fault(self, fault: String) -> Self {
        Self { is_marked: !fault.is_empty(), note: fault, ..self }
    }

    /// The same as broken or not known.
    pub(crate) fn marked(self) -> Self {
        Self { is_marked: true, ..self }
    }
}

impl<'a, W: Write> Sheet<'a, W> {
    /// A sheet with the columns' titles on it.
    pub(crate) fn new(document: &'a [u8], mut out: W) -> io::Result<Self> {
        let digits = format!("{:X}", document.len()).len().max("offset".len());
        let title = format!("  {:digits$}  {:OCTETS_WIDTH$}  {:TOKEN_WIDTH$}  meaning", "offset", "octets", "token");
        writeln!(out, "{title}")?;
        Ok(Self { document, out, digits, next: 0 })
    }

    /// Shows the octets up to `end` as a row; none of them if `end` has been shown.
    pub(crate) fn row(&mut self, end: usize, row: &Row<'_>) -> io::Result<()> {
        let mut at = self.next;
        let octets = self.document.get(at..end).unwrap_or_default();
        self.next = at.saturating_add(octets.len());
        let mut lines: Box<dyn Iterator<Item = String>> = match &row.meaning {
            Meaning::Octets => Box::new(octets.chunks(OCTETS).map(ascii)),
            Meaning::Line(line) => Box::new(lines(line)),
            Meaning::Text(text) => Box::new(quoted_lines(text)),
        };
        let mut chunks = octets.chunks(OCTETS);
        let (mut token, mut note) = (row.token.as_ref(), row.note.as_str());
        let indentation = match row.level {
            0..=LEVELS => "  ".repeat(row.level),
            level => format!("{}({level}) ", "  ".repeat(LEVELS)),
        };
        let mut is_first = true;
        loop {
            let (chunk, line) = (chunks.next(), lines.next());
            if !is_first && chunk.is_none() && line.is_none() {
                return Ok(());
            }
            let has_offset = is_first || chunk.is_some();
            let offset = if has_offset { format!("{at:0digits$X}", digits = self.digits) } else { String::new() };
            let mut written = format!(
                "{} {offset:digits$}  {:OCTETS_WIDTH$}  {token:TOKEN_WIDTH$}",
                if row.is_marked { '!' } else { ' ' },
                hex(chunk.unwrap_or_default()),
                digits = self.digits,
            );
            if let Some(line) = line {
                written.push_str("  ");
                written.push_str(&indentation);
                written.push_str(&line);
            }
            if !note.is_empty() {
                written.push_str("  ");
                written.push_str(note);
            }
            writeln!(self.out, "{}", written.trim_end())?;
            at = at.saturating_add(chunk.map_or(0, <[u8]>::len));
            (token, note, is_first) = ("", "", false);
        }
    }

    /// Shows what is left up to `end` as it is.
    pub(crate) fn rest(&mut self, end: usize) -> io::Result<()> {
        if self.next < end { self.row(end, &Row::octets("?", 0).marked()) } else { Ok(()) }
    }
}

fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02X}")).collect::<Vec<_>>().join(" ")
}

fn ascii(octets: &[u8]) -> String {
    let printable = |octet: &u8| if matches!(octet, b' '..=b'~') { char::from(*octet) } else { '.' };
    format!("|{}|", octets.iter().map(printable).collect::<String>())
}
