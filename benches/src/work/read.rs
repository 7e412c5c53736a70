//! Tokens and events.

use std::ops::ControlFlow;

use wbxml::{Event, Lexer, Options, Reader, Token, Vocabulary};

use crate::inputs::KNOWN;

fn reader(document: &[u8]) -> Reader<'_> {
    Reader::new(document, Options::new().vocabularies(&KNOWN)).expect("the inputs are documents")
}

/// All tokens of the body.
#[must_use]
pub fn lex(document: &[u8]) -> usize {
    let reader = reader(document);
    let (charset, start) = (reader.charset(), reader.offset());
    let mut lexer = Lexer::new(&document[start..], charset, start);
    let mut sum = 0;
    while let Some(token) = lexer.next_token().expect("the inputs are documents") {
        sum += match token {
            Token::StrI(octets) | Token::Opaque(octets) => octets.len(),
            _ => 1,
        };
    }
    sum
}

#[inline(always)]
fn weigh(event: Event<'_>, vocabulary: &Vocabulary<'_>) -> usize {
    match event {
        Event::Start(start) => vocabulary.tag_name(start.tag).map_or(0, str::len),
        Event::AttributeStart(start) => vocabulary.attribute(start.token).map_or(0, |(name, _)| name.len()),
        Event::AttributeValue(value) => vocabulary.attribute_value(value).map_or(0, str::len),
        Event::Text(text) => text.octets().len(),
        Event::Opaque(octets) => octets.len(),
        _ => 0,
    }
}

/// All events, pulled, with the names of tags, attributes and values.
#[must_use]
pub fn next_event(document: &[u8]) -> usize {
    let mut reader = reader(document);
    let vocabulary = reader.vocabulary();
    let mut sum = 0;
    loop {
        match reader.next_event().expect("the inputs are documents") {
            Event::Eof => return sum,
            event => sum += weigh(event, vocabulary),
        }
    }
}

/// All events, driven, with the names of tags, attributes and values.
#[must_use]
pub fn drive(document: &[u8]) -> usize {
    let reader = reader(document);
    let vocabulary = reader.vocabulary();
    let mut sum = 0;
    let read = reader.drive(|event| {
        sum += weigh(event, vocabulary);
        ControlFlow::Continue(())
    });
    read.expect("the inputs are documents");
    sum
}
