//! Why the tool could not do what it was asked: a line for scripts, and behind it the octets around the fault for people.

use core::fmt::{Display, Write as _};
use std::io;

use crate::place;

/// Why the tool could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The output could not be written.
    #[error("cannot write the output: {0}")]
    Output(#[from] io::Error),
    /// A file could not be read or written.
    #[error("{0}: {1}")]
    File(String, io::Error),
    /// An input is faulty, or is not what is needed; the octets around the fault stand behind the first line.
    #[error("{0}")]
    Input(String),
}

/// What is wrong with octets, and at which of them.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    pub(crate) message: String,
    pub(crate) offset: Option<usize>,
    /// Where the document begins that the fault is in.
    pub(crate) start: usize,
}

impl Fault {
    pub(crate) fn at(message: impl Into<String>, offset: usize) -> Self {
        Self { message: message.into(), offset: Some(offset), start: 0 }
    }

    /// One that no octet can be named for.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), offset: None, start: 0 }
    }
}

/// The errors that have a kind and an offset.
macro_rules! located {
    ($($error:ty),* $(,)?) => {$(
        impl From<$error> for Fault {
            fn from(error: $error) -> Self {
                Self::at(error.kind().to_string(), error.offset())
            }
        }
    )*};
}

located!(wbxml::Error, omacp::Error, omacp::push::Error, syncml::Error, syncml::dm::notification::Error);

impl From<poc_mo::Error> for Fault {
    fn from(error: poc_mo::Error) -> Self {
        Self { message: error.kind().to_string(), offset: error.offset(), start: 0 }
    }
}

/// Octets that are looked at: those of an input from an offset on, as the body of a push is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Layer<'a> {
    /// What they are called.
    pub(crate) name: &'a str,
    whole: &'a [u8],
    start: usize,
}

impl<'a> Layer<'a> {
    pub(crate) const fn new(name: &'a str, octets: &'a [u8]) -> Self {
        Self { name, whole: octets, start: 0 }
    }

    pub(crate) fn octets(&self) -> &'a [u8] {
        self.whole.get(self.start..).unwrap_or_default()
    }

    /// The last `length` octets.
    pub(crate) const fn last(self, length: usize) -> Self {
        Self { start: self.whole.len().saturating_sub(length), ..self }
    }

    /// What is wrong with them, with the octets around it and the path to the element.
    pub(crate) fn failure(&self, fault: impl Into<Fault>) -> Failure {
        let fault = fault.into();
        let mut report = format!("{}: {}", self.name, fault.message);
        if let Some(offset) = fault.offset {
            let absolute = self.start.saturating_add(offset);
            report.push_str(&at(absolute));
            let document = self.octets().get(fault.start..).unwrap_or_default();
            if let Some(path) = place::path(document, offset.saturating_sub(fault.start)) {
                _ = write!(report, "\n  in {path}");
            }
            report.push_str(&excerpt(self.whole, absolute));
        }
        Failure::Input(report)
    }

    /// What cannot be done with them.
    pub(crate) fn refusal(&self, message: impl Display) -> Failure {
        Failure::Input(self.remark(message))
    }

    /// What there is to say of them.
    pub(crate) fn remark(&self, message: impl Display) -> String {
        format!("{}: {message}", self.name)
    }
}

/// Where something is, as the errors of the libraries say it.
fn at(offset: usize) -> String {
    format!(", at octet {offset} ({offset:#x})")
}

/// Octets of a row.
const ROW: usize = 16;

/// The row that octet `offset` stands in, and those beside it: offset, octets, the faulty one in brackets, and what of
/// them is ASCII.
fn excerpt(octets: &[u8], offset: usize) -> String {
    let mut text = String::new();
    let row = offset.min(octets.len()) / ROW;
    for row in row.saturating_sub(1)..=row.saturating_add(1) {
        let start = row.saturating_mul(ROW);
        let shown = octets.get(start..start.saturating_add(ROW).min(octets.len())).unwrap_or_default();
        let fault = offset.min(octets.len()).checked_sub(start).filter(|place| *place < ROW);
        if shown.is_empty() && fault.is_none() {
            continue;
        }
        _ = write!(text, "\n  {start:08X} ");
        for place in 0..=ROW {
            text.push(match fault {
                Some(fault) if fault == place => '[',
                Some(fault) if fault.saturating_add(1) == place => ']',
                _ => ' ',
            });
            match shown.get(place) {
                Some(octet) => _ = write!(text, "{octet:02X}"),
                None if place < ROW => text.push_str("  "),
                None => {}
            }
        }
        text.push_str(" |");
        text.extend(shown.iter().map(|octet| if matches!(octet, b' '..=b'~') { char::from(*octet) } else { '.' }));
        text.push('|');
    }
    text
}
