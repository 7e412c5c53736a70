//! Tokens as the lexer cuts them (WAP-192, 5.8.4 and 7.1).

#![expect(clippy::arithmetic_side_effects, clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

mod support;

use support::{corpus, fixtures, octets};
use wbxml::{Charset, ErrorKind, Event, Lexer, Options, Reader, Token};

/// Each kind of token, as its octets and what it is.
fn rows() -> Vec<(&'static str, Token<'static>)> {
    vec![
        ("05", Token::Application(0x05)),
        ("45", Token::Application(0x45)),
        ("C5", Token::Application(0xC5)),
        ("3F", Token::Application(0x3F)),
        ("FF", Token::Application(0xFF)),
        ("00 01", Token::SwitchPage(1)),
        ("01", Token::End),
        ("02 81 20", Token::Entity(160)),
        ("03 00", Token::StrI(b"")),
        ("03 4E 41 50 31 00", Token::StrI(b"NAP1")),
        ("03 61 62 63 64 65 66 67 00", Token::StrI(b"abcdefg")),
        ("03 61 62 63 64 65 66 67 68 00", Token::StrI(b"abcdefgh")),
        ("03 01 80 FF 00", Token::StrI(b"\x01\x80\xFF")),
        ("04 87 68", Token::Literal(0x04, 1000)),
        ("44 05", Token::Literal(0x44, 5)),
        ("84 05", Token::Literal(0x84, 5)),
        ("C4 05", Token::Literal(0xC4, 5)),
        ("40 61 00", Token::ExtI(0, b"a")),
        ("41 61 00", Token::ExtI(1, b"a")),
        ("42 61 00", Token::ExtI(2, b"a")),
        ("43", Token::Pi),
        ("80 7F", Token::ExtT(0, 127)),
        ("81 8F FF FF FF 7F", Token::ExtT(1, u32::MAX)),
        ("82 00", Token::ExtT(2, 0)),
        ("83 87 68", Token::StrT(1000)),
        ("C0", Token::Ext(0)),
        ("C1", Token::Ext(1)),
        ("C2", Token::Ext(2)),
        ("C3 00", Token::Opaque(b"")),
        ("C3 03 00 01 02", Token::Opaque(&[0, 1, 2])),
    ]
}

#[test]
fn each_token_is_cut_where_it_ends() {
    for (hex, token) in rows() {
        let octets = octets(hex);
        let followed = [&octets[..], b"\x01"].concat();
        let mut lexer = Lexer::new(&followed, Charset::UTF_8, 7);
        assert_eq!(lexer.offset(), 7);
        assert_eq!(lexer.next_token(), Ok(Some(token)), "{hex}");
        assert_eq!(lexer.offset(), 7 + octets.len(), "{hex}");
        assert_eq!(lexer.next_token(), Ok(Some(Token::End)), "{hex}");
        assert_eq!((lexer.next_token(), lexer.offset()), (Ok(None), 8 + octets.len()), "{hex}");
    }
}

#[test]
fn a_token_that_is_cut_off_is_an_error_at_its_first_octet_and_the_lexer_stays() {
    for (hex, _) in rows() {
        let octets = octets(hex);
        for end in 1..octets.len() {
            let mut lexer = Lexer::new(&octets[..end], Charset::UTF_8, 7);
            for _ in 0..2 {
                let error = lexer.next_token().unwrap_err();
                assert_eq!((error.kind(), error.offset()), (ErrorKind::UnexpectedEof, 7), "{hex} cut at {end}");
                assert_eq!(lexer.offset(), 7, "{hex} cut at {end}");
            }
        }
    }
}

#[test]
fn an_integer_of_more_than_32_bits_is_an_error() {
    for hex in ["83 90 80 80 80 00", "02 FF FF FF FF 7F", "C3 90 80 80 80 00"] {
        let octets = octets(hex);
        let error = Lexer::new(&octets, Charset::UTF_8, 0).next_token().unwrap_err();
        assert_eq!((error.kind(), error.offset()), (ErrorKind::MbUInt32Overflow, 0), "{hex}");
    }
}

/// WAP-192, 5.8.4.1: a string ends with a character that is zero, in the document's charset.
#[test]
fn a_string_of_two_octets_a_character_ends_with_two_zeros() {
    let octets = octets("03 01 00 00 01 00 00 45");
    let mut lexer = Lexer::new(&octets, Charset::UTF_16BE, 0);
    assert_eq!(lexer.next_token(), Ok(Some(Token::StrI(&[0x01, 0x00, 0x00, 0x01]))));
    assert_eq!(lexer.next_token(), Ok(Some(Token::Application(0x45))));
    assert_eq!(lexer.next_token(), Ok(None));
}

/// How many events a document has, every one of which ends where a token does.
fn events_that_end_with_tokens(name: &str, document: &[u8]) -> usize {
    let Ok(mut reader) = Reader::new(document, Options::new()) else { return 0 };
    let start = reader.offset();
    let mut lexer = Lexer::new(document.get(start..).unwrap(), reader.charset(), start);
    let mut events = 0;
    while reader.next_event().is_ok_and(|event| event != Event::Eof) {
        while lexer.offset() < reader.span().end {
            lexer.next_token().unwrap().unwrap();
        }
        assert_eq!(lexer.offset(), reader.span().end, "{name}");
        events += 1;
    }
    events
}

/// The grammar (WAP-192, 5.3) says what tokens mean, and not where they end.
#[test]
fn events_end_where_tokens_do() {
    let events: usize =
        fixtures().iter().map(|fixture| events_that_end_with_tokens(&fixture.name, &fixture.octets)).sum();
    assert!(events > 100, "{events}");
    corpus("events that end with tokens", |path, document| _ = events_that_end_with_tokens(path, document));
}
