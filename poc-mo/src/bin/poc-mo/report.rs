//! What is wrong with octets: a line for scripts, and behind it the octets around the fault for people.

use core::fmt::Write as _;

use crate::failure::{Failure, Fault, Layer};
use crate::place;

impl Layer<'_> {
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
