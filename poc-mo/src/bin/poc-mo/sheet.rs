//! What is printed: lines with a depth, as text or as JSON, one after the other, however deep they are.

use alloc::borrow::Cow;
use core::fmt::Write as _;
use std::io::{self, Write};

use clap::ValueEnum;
use data_encoding::HEXUPPER;
use serde::Serialize;

/// How something is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// A line: a name, fields, and a value.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Line<'t> {
    /// How deep it stands.
    pub(crate) depth: usize,
    pub(crate) name: Cow<'t, str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) fields: Vec<Field<'t>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) value: Option<Value<'t>>,
}

/// A field of a line.
#[derive(Debug, Serialize)]
pub(crate) struct Field<'t> {
    /// Empty if it is the title.
    pub(crate) name: Cow<'t, str>,
    pub(crate) value: Value<'t>,
}

/// The value of a line or a field.
#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Value<'t> {
    Text(Cow<'t, str>),
    /// A text, and what it means.
    Code {
        text: Cow<'t, str>,
        meaning: &'static str,
    },
    /// Words of the tool.
    Words(Cow<'t, str>),
    /// Octets that are no text.
    #[serde(serialize_with = "serialize_octets")]
    Octets(Cow<'t, [u8]>),
    /// A secret of so many octets.
    Hidden(usize),
}

impl<'t> Line<'t> {
    pub(crate) fn new(depth: usize, name: impl Into<Cow<'t, str>>) -> Self {
        Self { depth, name: name.into(), ..Self::default() }
    }

    pub(crate) fn with(mut self, name: impl Into<Cow<'t, str>>, value: Value<'t>) -> Self {
        self.fields.push(Field { name: name.into(), value });
        self
    }

    pub(crate) fn text(self, name: impl Into<Cow<'t, str>>, text: impl Into<Cow<'t, str>>) -> Self {
        self.with(name, Value::Text(text.into()))
    }

    pub(crate) fn value(self, value: Value<'t>) -> Self {
        Self { value: Some(value), ..self }
    }
}

impl<'t> Value<'t> {
    /// Octets as text, if they are text that can be shown.
    pub(crate) fn of_octets(octets: &'t [u8]) -> Self {
        match core::str::from_utf8(octets) {
            Ok(text) if !text.contains(|character: char| character.is_control() && !character.is_whitespace()) => {
                Self::Text(text.into())
            }
            _ => Self::Octets(octets.into()),
        }
    }

    /// The value as text.
    pub(crate) fn to_text(&self) -> String {
        match self {
            Self::Text(text) | Self::Words(text) => text.to_string(),
            Self::Code { text, meaning } => format!("{text} ({meaning})"),
            Self::Octets(octets) => shown_octets(octets),
            Self::Hidden(length) => hidden(*length),
        }
    }
}

/// Lines on their way out.
pub(crate) struct Sheet<W> {
    out: W,
    format: Format,
    /// Whether words stand in quotes too.
    is_raw: bool,
    /// Whether nothing has been printed yet, of all and of this input.
    is_first_input: bool,
    is_first_line: bool,
}

/// What stands above the lines of an input.
#[derive(Serialize)]
struct Head<'t> {
    file: &'t str,
    what: &'t str,
}

impl<W: Write> Sheet<W> {
    pub(crate) const fn new(out: W, format: Format, is_raw: bool) -> Self {
        Self { out, format, is_raw, is_first_input: true, is_first_line: true }
    }

    /// Begins an input.
    pub(crate) fn begin(&mut self, file: &str, what: &str) -> io::Result<()> {
        match self.format {
            Format::Text => writeln!(self.out, "{file}: {what}")?,
            Format::Json => {
                let head = serde_json::to_string(&Head { file, what })?;
                let head = head.strip_suffix('}').unwrap_or(&head);
                let start = if self.is_first_input { "[" } else { "," };
                write!(self.out, "{start}\n{head},\"lines\":[")?;
            }
        }
        (self.is_first_input, self.is_first_line) = (false, true);
        Ok(())
    }

    pub(crate) fn line(&mut self, line: &Line<'_>) -> io::Result<()> {
        match self.format {
            Format::Text => writeln!(self.out, "{}", shown(line, self.is_raw))?,
            Format::Json => {
                self.out.write_all(if self.is_first_line { b"\n " } else { b",\n " })?;
                serde_json::to_writer(&mut self.out, line)?;
            }
        }
        self.is_first_line = false;
        Ok(())
    }

    /// Ends an input.
    pub(crate) fn end(&mut self) -> io::Result<()> {
        match self.format {
            Format::Text => Ok(()),
            Format::Json => write!(self.out, "]}}"),
        }
    }

    /// Ends everything.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        match self.format {
            Format::Text => Ok(()),
            Format::Json if self.is_first_input => writeln!(self.out, "[]"),
            Format::Json => writeln!(self.out, "\n]"),
        }
    }
}

fn shown(line: &Line<'_>, is_raw: bool) -> String {
    // deeper levels look alike: nobody counts that many blanks
    let mut text = "  ".repeat(line.depth.min(40));
    text.push_str(&word(&line.name));
    for field in &line.fields {
        text.push(' ');
        if !field.name.is_empty() {
            text.push_str(&word(&field.name));
            text.push('=');
        }
        match &field.value {
            Value::Text(value) if is_raw && !field.name.is_empty() => text.push_str(&quoted(value)),
            Value::Text(value) => text.push_str(&word(value)),
            Value::Code { text: code, meaning } => _ = write!(text, "{} ({meaning})", word(code)),
            other => text.push_str(&other.to_text()),
        }
    }
    if let Some(value) = &line.value {
        text.push(' ');
        match value {
            Value::Text(value) => text.push_str(&quoted(value)),
            other => text.push_str(&other.to_text()),
        }
    }
    text
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.escape_debug())
}

/// A text that stands as it is if it is a word, and in quotes if not.
fn word(text: &str) -> Cow<'_, str> {
    let is_word = |character: char| character.is_alphanumeric() || "./:-_@+%~#?&*,;<>[]()|!$^\\{}".contains(character);
    if !text.is_empty() && text.chars().all(|character| is_word(character) && !character.is_control()) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(quoted(text))
    }
}

fn shown_octets(octets: &[u8]) -> String {
    let noun = if octets.len() == 1 { "octet" } else { "octets" };
    let mut hex = format!("<{} {noun}:", octets.len());
    for octet in octets {
        _ = write!(hex, " {octet:02X}");
    }
    hex.push('>');
    hex
}

/// What stands for a secret.
pub(crate) fn hidden(length: usize) -> String {
    format!("(hidden, {length} {})", if length == 1 { "octet" } else { "octets" })
}

fn serialize_octets<S: serde::Serializer>(octets: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&HEXUPPER.encode(octets))
}
