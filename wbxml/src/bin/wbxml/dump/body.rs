//! The tokens of a body, and the documents inside it.

use std::io::{self, Write};

use wbxml::{Error, Event, Options, Reader};

use super::forgiven::Forgiven;
use super::header;
use super::sheet::{Meaning, Row, Sheet};
use super::tokens::Tokens;

/// A document that is being shown.
struct Document<'a> {
    reader: Reader<'a>,
    tokens: Tokens,
    /// Where it ends in the outermost document.
    end: usize,
}

/// Shows a document and those inside it, each of them up to its first fault; returns the first fault of all.
///
/// Documents inside documents are on a stack of their own: nothing recurses.
pub(crate) fn show<'a>(
    document: &'a [u8],
    options: Options<'a>,
    forgiven: &Forgiven,
    sheet: &mut Sheet<'_, impl Write>,
) -> io::Result<Option<Error>> {
    let outermost = Reader::new(document, options);
    header::show(document, 0, 0, outermost.as_ref().map_err(|fault| *fault), sheet)?;
    let mut documents = match outermost {
        Ok(reader) => vec![Document { reader, tokens: Tokens::new(0), end: document.len() }],
        Err(fault) => {
            show_fault(fault, document.len(), sheet)?;
            return Ok(Some(fault));
        }
    };
    let mut first_fault = None;
    while let Some(Document { reader, tokens, end }) = documents.last_mut() {
        let event = reader.next_event();
        for diagnostic in forgiven.take() {
            sheet.row(0, &Row::line("forgiven", 0, diagnostic.to_string()).marked())?;
        }
        let event = match event {
            // of what lenient reading leaves unread, something may be left
            Ok(Event::Eof) => {
                sheet.rest(*end)?;
                documents.pop();
                continue;
            }
            Ok(event) => event,
            Err(fault) => {
                show_fault(fault, *end, sheet)?;
                first_fault = first_fault.or(Some(fault));
                documents.pop();
                continue;
            }
        };
        let span = reader.span();
        let row = tokens.row(&event, reader);
        let Event::Opaque(octets) = event else {
            sheet.row(span.end, &row)?;
            continue;
        };
        let level = row.level;
        let base = span.end.saturating_sub(octets.len());
        if let Some(inner) = reader.embedded(octets, options.any_registered_vocabulary()) {
            sheet.row(base, &Row { meaning: Meaning::Line("a WBXML document".into()), ..row })?;
            let level = level.saturating_add(1);
            header::show(octets, base, level, Ok(&inner), sheet)?;
            documents.push(Document { reader: inner, tokens: Tokens::new(level), end: span.end });
        } else if let Some(text) = as_text(octets) {
            sheet.row(span.end, &Row { meaning: Meaning::Text(text.into()), ..row })?;
        } else {
            sheet.row(base, &row)?;
            if !octets.is_empty() {
                sheet.row(span.end, &Row::octets("", level))?;
            }
        }
    }
    Ok(first_fault)
}

/// Says what is wrong, and shows the octets from there to the end of the document as they are.
fn show_fault(fault: Error, end: usize, sheet: &mut Sheet<'_, impl Write>) -> io::Result<()> {
    sheet.row(0, &Row::line("fault", 0, fault.to_string()).marked())?;
    sheet.rest(end)
}

/// The octets as text, if somebody has written them as text: UTF-8 without control characters but white space.
fn as_text(octets: &[u8]) -> Option<&str> {
    let is_strange = |character: char| character.is_control() && !matches!(character, '\t' | '\n' | '\r');
    core::str::from_utf8(octets).ok().filter(|text| !text.is_empty() && !text.contains(is_strange))
}
