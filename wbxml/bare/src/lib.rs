//! Everything that `wbxml` does without an allocator, behind one C function.
//!
//! The panic handler calls a function that nobody defines: if a panic can be reached from [`wbxml_bare`] after
//! optimization, the program in `main.c` does not link. `check` builds, links and looks at the symbols.

#![no_std]

use core::fmt::Write;
use core::ops::ControlFlow;
use core::panic::PanicInfo;

use wbxml::vocabulary::{prov, syncml};
use wbxml::{
    Charset, Cursor, Data, Diagnostic, Emit, Error, Event, Header, Lexer, Limits, Options, Piece, PublicId, Reader,
    Report, Start, Text, Vocabulary, WriteError, Writer,
};

#[expect(unsafe_code, reason = "a function that is declared and never defined has to be foreign")]
mod nobody {
    unsafe extern "C" {
        pub(super) safe fn wbxml_reader_can_panic() -> !;
    }
}

#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    nobody::wbxml_reader_can_panic()
}

/// Reads `length` octets at `pointer` at every height, writes them again, and counts what it met: a number above 0, or
/// one below 0 if the octets are no document.
///
/// # Safety
/// `pointer` points to `length` octets that nobody changes during the call, or `length` is 0.
#[expect(unsafe_code, reason = "the C boundary: an exported name, and a slice made of its two arguments")]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wbxml_bare(pointer: *const u8, length: usize) -> isize {
    let document = if pointer.is_null() || length == 0 {
        &[][..]
    } else {
        // SAFETY: the caller promises these octets.
        unsafe { core::slice::from_raw_parts(pointer, length) }
    };
    let mut count = Count(0);
    let mut whole = true;
    let mut known: [&Vocabulary<'_>; 4] = [&prov::PROV_1_0; 4];
    for (slot, vocabulary) in known.iter_mut().skip(1).zip(syncml::ALL) {
        *slot = vocabulary;
    }
    let options =
        Options::new().vocabularies(&known).charset(Charset::UTF_16).limits(Limits { depth: 64, ..Limits::DEFAULT });
    for part in [charsets, tokens, events, driven, suspended, elements, copied, written, leniently] {
        let Err(fault) = part(document, options, &mut count) else { continue };
        whole = false;
        match fault {
            // what an error says is part of the promise
            Fault::Read(error) => count.show(format_args!("{error} {error:?}")),
            // but one of these names a character by its `Debug`, in which `core` itself can panic
            Fault::Write(error) => count.add(usize::from(error == WriteError::Full)),
        }
    }
    let met = isize::try_from(count.0).unwrap_or(isize::MAX).max(1);
    if whole { met } else { met.wrapping_neg() }
}

/// What was met. As a sink of formatted text it counts the octets.
struct Count(usize);

impl Count {
    fn add(&mut self, number: usize) {
        self.0 = self.0.wrapping_add(number);
    }

    fn show(&mut self, arguments: core::fmt::Arguments<'_>) {
        // this sink takes everything
        let _ = self.write_fmt(arguments);
    }
}

impl Write for Count {
    fn write_str(&mut self, text: &str) -> core::fmt::Result {
        self.add(text.len());
        Ok(())
    }
}

enum Fault {
    Read(Error),
    Write(WriteError),
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Read(error)
    }
}

impl From<WriteError> for Fault {
    fn from(error: WriteError) -> Self {
        Self::Write(error)
    }
}

type Result<T = ()> = core::result::Result<T, Fault>;

/// The octets as a string in every charset that is decoded here, and in two that are not; and as its name.
fn charsets(document: &[u8], _: Options<'_>, count: &mut Count) -> Result {
    for mib_enum in [0, 3, 4, 17, 106, 1000, 1001, 1013, 1014, 1015, 1017, 1018, 1019, 2028, 9999] {
        let charset = Charset::new(mib_enum);
        for character in charset.decode(document) {
            match character {
                Ok(character) => count.add(character.len_utf8()),
                Err(fault) => count.show(format_args!("{fault}")),
            }
        }
        count.show(format_args!("{charset}"));
    }
    let name = core::str::from_utf8(document).unwrap_or("UTF-16");
    count.add(Charset::from_name(name).map_or(0, Charset::unit));
    Ok(())
}

/// The header and the string table, then the lexer over the body.
fn tokens(document: &[u8], _: Options<'_>, count: &mut Count) -> Result {
    let header = Header::parse(document)?;
    count.add(header.formal_public_id().map_or(0, <[u8]>::len));
    count.add(header.string_table.iter().count());
    count.add(header.string_table.text(0).map_or(0, |text| text.chars().count()));
    count.add(usize::from(header.charset != Charset::UTF_8));
    count.add(usize::from(matches!(header.public_id, PublicId::Number(_))));
    count.show(format_args!("{} {:?}", header.version, header.charset));
    let body = document.get(header.len()..).unwrap_or_default();
    let mut lexer = Lexer::new(body, header.charset, header.len());
    while lexer.next_token()?.is_some() {
        count.add(lexer.offset());
    }
    Ok(())
}

/// Events, pulled.
fn events(document: &[u8], options: Options<'_>, count: &mut Count) -> Result {
    let mut reader = Reader::new(document, options)?;
    loop {
        match reader.next_event()? {
            Event::Eof => return Ok(()),
            Event::Start(start) => {
                count.add(reader.name(start)?.map_or(0, str::len));
                text_of(reader.name_text(start)?.unwrap_or_default(), count);
            }
            Event::AttributeStart(start) => {
                count.add(reader.vocabulary().attribute(start.token).map_or(0, |(name, _)| name.len()));
                text_of(reader.attribute_name(start)?.unwrap_or_default(), count);
            }
            Event::AttributeValue(value) => {
                count.add(reader.vocabulary().attribute_value(value).map_or(0, str::len));
            }
            Event::Text(text) => {
                count.add(text.to_str().map_or(0, str::len));
                count.add(usize::from(text == "INTERNET"));
                count.show(format_args!("{text}"));
            }
            _ => count.add(reader.span().len()),
        }
    }
}

/// Events, pushed.
fn driven(document: &[u8], options: Options<'_>, count: &mut Count) -> Result {
    Reader::nested(document, options, 1 << 20, 3)?.drive(|event| {
        count.add(usize::from(!matches!(event, Event::Pi)));
        ControlFlow::Continue(())
    })?;
    Ok(())
}

/// A reader that stops before every event and goes on.
fn suspended(document: &[u8], options: Options<'_>, count: &mut Count) -> Result {
    let mut reader = Reader::new(document, options)?;
    while !matches!(reader.next_event()?, Event::Eof) {
        count.add(reader.suspend().1);
    }
    // the end of the body is a body of nothing: only its head is given again
    let (state, _) = reader.suspend();
    let head = document.get(..state.head_len()).unwrap_or_default();
    let mut reader = Reader::resume(head, state, options)?;
    count.add(usize::from(reader.next_event()? == Event::Eof));
    Ok(())
}

/// Everything forgiven, with what is found inside.
fn leniently(document: &[u8], options: Options<'_>, count: &mut Count) -> Result {
    let report = Told;
    let options = options.lenient(&report).charset_in_version_1_0().any_registered_vocabulary();
    let mut reader = Reader::new(document, options)?;
    loop {
        match reader.next_event()? {
            Event::Eof => break,
            Event::Opaque(octets) => {
                let Some(inner) = reader.embedded(octets, options) else { continue };
                inner.drive(|event| {
                    count.add(usize::from(event == Event::End));
                    ControlFlow::Continue(())
                })?;
            }
            _ => {}
        }
    }
    count.add(reader.offset());
    Ok(())
}

/// A report that reads what it is told.
#[derive(Debug)]
struct Told;

impl Report for Told {
    fn forgiven(&self, diagnostic: Diagnostic) {
        Count(0).show(format_args!("{diagnostic} {diagnostic:?}"));
    }
}

/// Elements, by every method of the cursor.
fn elements(document: &[u8], options: Options<'_>, count: &mut Count) -> Result {
    let mut reader = Reader::new(document, options)?;
    let root = reader.root()?;
    attributes(&mut reader, root, count)?;
    for turn in 0_usize.. {
        let Some(child) = reader.next_child(root)? else { break };
        count.add(reader.name(child)?.map_or(0, str::len));
        count.add(usize::try_from(reader.depth()).unwrap_or_default());
        match turn % 4 {
            0 => {
                attributes(&mut reader, child, count)?;
                while let Some(grandchild) = reader.next_child(child)? {
                    attributes(&mut reader, grandchild, count)?;
                    reader.skip(grandchild)?;
                }
            }
            1 => match reader.data(child)? {
                Data::Text(text) => text_of(text, count),
                Data::Opaque(octets) => count.add(octets.len()),
                Data::Markup(markup) => {
                    count.add(markup.octets().len().wrapping_add(markup.offset()));
                    let mut inner = markup.reader(Limits::DEFAULT)?;
                    while let Some(start) = inner.next_child(Start::CONTENT)? {
                        inner.skip(start)?;
                    }
                }
            },
            2 => text_of(reader.text(child)?, count),
            _ => reader.skip(child)?,
        }
    }
    reader.finish()?;
    Ok(())
}

fn attributes<'a>(reader: &mut Reader<'a>, of: Start, count: &mut Count) -> Result {
    while let Some(attribute) = reader.next_attribute(of)? {
        count.add(attribute.name.len());
        text_of(attribute.value, count);
    }
    Ok(())
}

fn text_of(text: Text<'_>, count: &mut Count) {
    count.add(text.as_str().map_or(0, str::len));
    for piece in text.pieces() {
        match piece {
            Ok(Piece::Text(text)) => count.add(text.octets().len()),
            Ok(Piece::Character(character)) => count.add(character.len_utf8()),
            Ok(_) => {}
            Err(fault) => count.show(format_args!("{fault}")),
        }
    }
    count.add(usize::from(text.is_blank()));
    count.add(usize::from(text.is_empty()));
    count.add(usize::from(text == "INTERNET"));
    count.add(usize::from(text == Text::new("w1")));
    count.show(format_args!("{text} {text:?}"));
}

/// Every event written again.
fn copied(document: &[u8], options: Options<'_>, count: &mut Count) -> Result {
    let mut reader = Reader::new(document, options)?;
    let mut room = [0; 256];
    let mut writer = Writer::with_header(&mut room[..], reader.header())?;
    loop {
        match reader.next_event()? {
            Event::Eof => break,
            event => writer.event_of_len(&event, reader.span().len())?,
        }
    }
    let left = writer.into_sink().len();
    let octets = room.get(..room.len().saturating_sub(left)).unwrap_or_default();
    count.add(usize::from(octets == document));
    Ok(())
}

/// The document's octets as text and as octets of a document by the typed side of the writer.
fn written(document: &[u8], _: Options<'_>, count: &mut Count) -> Result {
    let mut room = [0; 256];
    let mut writer = Writer::new(&mut room[..], &prov::PROV_1_0)?;
    writer.start(Start::new(prov::tag::WAP_PROVISIONINGDOC).with_attributes())?;
    writer.attribute("version", "1.0")?;
    writer.attributes_end()?;
    writer.start(Start::new(prov::tag::PARM).with_attributes().without_content())?;
    let text = core::str::from_utf8(document).unwrap_or("w1");
    writer.attribute("value", text)?;
    writer.attributes_end()?;
    writer.leaf(prov::tag::CHARACTERISTIC, text)?;
    writer.text(text)?;
    writer.opaque(document)?;
    writer.end()?;
    let left = writer.into_sink().len();
    count.add(room.len().saturating_sub(left));
    Ok(())
}
