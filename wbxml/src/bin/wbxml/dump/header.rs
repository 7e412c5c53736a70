//! What precedes the body: version, public identifier, charset and string table (WAP-192, 5.4 to 5.7).

use std::io::{self, Write};

use wbxml::{Charset, Error, PublicId, Reader, Version, mb_u_int32};

use super::sheet::{Row, Sheet};
use super::words::{decoded, escaped};

/// The fields of a header, as far as they are whole, by where each of them ends in the outermost document.
struct Fields<'a> {
    document: &'a [u8],
    /// Where the document begins in the outermost one.
    base: usize,
    position: usize,
    /// Where reading the header has failed.
    stop: usize,
}

impl Fields<'_> {
    /// The end of the field of `integers` integers at hand, and the last of them.
    fn field(&mut self, integers: usize) -> Option<(usize, u32)> {
        let mut last = 0;
        for _ in 0..integers {
            let (value, length) = mb_u_int32::decode(self.document.get(self.position..)?).ok()?;
            last = value;
            self.position = self.position.saturating_add(length);
        }
        let end = self.base.saturating_add(self.position);
        (end <= self.stop).then_some((end, last))
    }
}

/// Shows the header of the document that begins at octet `base` of the outermost one: all of it, or the fields before
/// the faulty one.
pub(crate) fn show<W: Write>(
    document: &[u8],
    base: usize,
    level: usize,
    reader: Result<&Reader<'_>, Error>,
    sheet: &mut Sheet<'_, W>,
) -> io::Result<()> {
    let stop = reader.as_ref().err().map_or(usize::MAX, Error::offset);
    let mut fields = Fields { document, base, position: 1, stop };
    let reader = reader.ok();
    let Some(version) = document.first().copied().and_then(Version::from_octet).filter(|_| base < stop) else {
        return Ok(());
    };
    sheet.row(base.saturating_add(1), &Row::line("version", level, format!("WBXML {version}")))?;

    let is_index = document.get(1) == Some(&0);
    let Some((end, number)) = fields.field(if is_index { 2 } else { 1 }) else { return Ok(()) };
    let id = if is_index { PublicId::Index(number) } else { PublicId::Number(number) };
    sheet.row(end, &public_id(id, reader, level))?;

    if version != Version::V1_0 {
        let Some((end, number)) = fields.field(1) else { return Ok(()) };
        let charset = u16::try_from(number).map(Charset::new);
        let words = charset.map_or(number.to_string(), |charset| charset.to_string());
        let read_as = reader.map_or(String::new(), |reader| format!(": read as {}", reader.charset()));
        let read_as = if charset == Ok(Charset::UNKNOWN) { read_as } else { String::new() };
        sheet.row(end, &Row::line("charset", level, format!("{words}{read_as}")))?;
    }

    let Some((end, length)) = fields.field(1) else { return Ok(()) };
    let words = if length == 0 { String::from("empty") } else { format!("{length} octets") };
    sheet.row(end, &Row::line("string table", level, words))?;
    let Some(reader) = reader else { return Ok(()) };
    let table = reader.string_table();
    let table_end = base.saturating_add(reader.header().len());
    let table_start = table_end.saturating_sub(table.octets().len());
    for (index, string) in table.iter() {
        let start = table_start.saturating_add(usize::try_from(index).unwrap_or(usize::MAX));
        let end = start.saturating_add(string.len());
        let note = if end < table_end { "" } else { "(the end of the table ends it)" };
        let end = end.saturating_add(reader.charset().unit()).min(table_end);
        let (token, level) = (format!("string {index}"), level.saturating_add(1));
        let row = match decoded(string, reader.charset()) {
            Ok(text) => Row::text(token, level, text).with_note(note),
            Err(fault) => Row::octets(token, level).with_fault(fault.to_string()),
        };
        sheet.row(end, &row)?;
    }
    Ok(())
}

/// The row of a public identifier: what it says, and what that makes of the document.
fn public_id(id: PublicId, reader: Option<&Reader<'_>>, level: usize) -> Row<'static> {
    const TOKEN: &str = "public id";
    let number = match id {
        PublicId::UNKNOWN => String::from("unknown or missing"),
        PublicId::Number(number) => format!("0x{number:02X}"),
        PublicId::Index(index) => format!("string {index}"),
    };
    let Some(reader) = reader else { return Row::line(TOKEN, level, number) };
    let (header, vocabulary) = (reader.header(), reader.vocabulary());
    let formal = header.formal_public_id().map(|id| decoded(id, reader.charset()));
    let said = match (id, formal) {
        (PublicId::Number(_), _) => number,
        (PublicId::Index(_), Some(Ok(formal))) => format!("{number}, \"{}\"", escaped(&formal)),
        (PublicId::Index(_), Some(Err(fault))) => format!("{number}, {fault}"),
        (PublicId::Index(_), None) => format!("{number}, which lies outside the table"),
    };
    match vocabulary.name {
        "" if id == PublicId::UNKNOWN => Row::line(TOKEN, level, format!("{said}: tokens stay numbers")),
        "" => Row::line(TOKEN, level, format!("{said}: not known, tokens stay numbers")).marked(),
        name if vocabulary.is_named_by(header) => Row::line(TOKEN, level, format!("{said}: {name}")),
        name => Row::line(TOKEN, level, format!("{said}: read as {name}")),
    }
}
