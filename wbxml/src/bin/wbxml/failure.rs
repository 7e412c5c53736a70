//! Why the tool could not do what it was asked, in one line.

use core::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

use wbxml::is_xml;

/// Why the tool could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// Standard output cannot be written: there is no use in going on.
    #[error("cannot write standard output: {0}")]
    Output(io::Error),
    /// A file cannot be read or written.
    #[error("{0}: {1}")]
    File(String, io::Error),
    /// A document is faulty, or says what the other encoding cannot.
    #[error("{0}")]
    Document(String),
    /// What was asked makes no sense.
    #[error("{0}")]
    Request(String),
}

impl Failure {
    /// What is wrong at octet `offset` of a document, with the octets around it.
    pub(crate) fn at(name: &str, document: &[u8], message: impl Display, offset: usize) -> Self {
        let around = if is_xml(document) { characters(document, offset) } else { octets(document, offset) };
        Self::Document(format!("{name}: {message}: {around}"))
    }

    /// Says so on standard error; where that is closed, nobody wants to know.
    pub(crate) fn report(&self) {
        _ = writeln!(io::stderr().lock(), "wbxml: {self}");
    }

    /// Says on standard error that this was found, and forgiven.
    pub(crate) fn warn(&self) {
        _ = writeln!(io::stderr().lock(), "wbxml: warning: {self}");
    }
}

/// The exit status of a run, by whether anything failed.
pub(crate) fn status(failed: bool) -> ExitCode {
    if failed { ExitCode::from(2) } else { ExitCode::SUCCESS }
}

/// How much is shown before and behind the faulty octet.
const AROUND: usize = 8;
/// The same for XML.
const AROUND_IN_XML: usize = 24;

/// The octets around `offset`, that one in brackets.
fn octets(document: &[u8], offset: usize) -> String {
    let shown = document.iter().enumerate().skip(offset.saturating_sub(AROUND)).take(AROUND.saturating_mul(2));
    let mut words: Vec<String> =
        shown.map(|(at, octet)| if at == offset { format!("[{octet:02X}]") } else { format!("{octet:02X}") }).collect();
    if offset >= document.len() {
        words.push(String::from("[end]"));
    }
    words.join(" ")
}

/// The characters around octet `offset` of XML, the one there in brackets.
fn characters(document: &[u8], offset: usize) -> String {
    let offset = offset.min(document.len());
    let from = offset.saturating_sub(AROUND_IN_XML);
    let to = offset.saturating_add(AROUND_IN_XML).min(document.len());
    // both ends may cut a character in two
    let text = |octets| String::from_utf8_lossy(octets).trim_matches('\u{FFFD}').to_owned();
    let before = text(document.get(from..offset).unwrap_or_default());
    let behind = text(document.get(offset..to).unwrap_or_default());
    let mut behind = behind.chars();
    let fault = behind.next().map_or(String::from("end"), |fault| fault.escape_debug().to_string());
    format!("{}[{fault}]{}", before.escape_debug(), behind.as_str().escape_debug())
}
