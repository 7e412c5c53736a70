//! Text in every charset: characters, strings, names, comparisons; the transport's charset; the corpus.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests: to stop is how they fail"
)]

extern crate alloc;

mod support;

use alloc::collections::BTreeMap;
use proptest::prelude::*;
use wbxml::{Charset, Cursor, ErrorKind, Event, Header, Options, Reader, Start, TextFault, Version, Vocabulary};

const FAULT: &str = "\u{FFFD}";

/// A document in this charset whose root holds one `STR_I`.
fn document(charset: Charset, octets: &[u8]) -> Vec<u8> {
    let [high, low] = charset.mib_enum().to_be_bytes();
    // two octets of seven bits: no MIBenum that is decoded is larger
    let number = u16::from_be_bytes([high, low]);
    let mut document =
        vec![0x03, 0x01, 0x80 | u8::try_from(number >> 7).unwrap(), u8::try_from(number & 0x7F).unwrap()];
    document.extend([0x00, 0x45, 0x03]);
    document.extend(octets);
    document.extend(&[0; 4][..charset.unit()]);
    document.push(0x01);
    document
}

/// What the octets say, each fault as U+FFFD, and the faults.
fn decoded(charset: Charset, octets: &[u8]) -> (String, Vec<TextFault>) {
    let mut faults = Vec::new();
    let text = charset.decode(octets).map(|character| {
        character.unwrap_or_else(|fault| {
            faults.push(fault);
            '\u{FFFD}'
        })
    });
    (text.collect(), faults)
}

#[test]
fn octets_are_the_characters_of_their_charset() {
    let vectors: [(Charset, &[u8], &str); 53] = [
        (Charset::UTF_8, b"", ""),
        (Charset::UTF_8, b"a\0b", "a\0b"),
        (Charset::UTF_8, "aé€😀".as_bytes(), "aé€😀"),
        (Charset::UTF_8, b"\xEF\xBB\xBFa", "\u{FEFF}a"),
        (Charset::UTF_8, b"\xC3", FAULT),
        (Charset::UTF_8, b"\xF0\x9F\x98!", "\u{FFFD}!"), // the longest prefix of a character is one fault
        (Charset::UTF_8, b"\xC0\xAFa", "\u{FFFD}\u{FFFD}a"), // overlong
        (Charset::UTF_8, b"\xED\xA0\x80", "\u{FFFD}\u{FFFD}\u{FFFD}"), // a surrogate
        (Charset::UTF_8, b"\xF4\x90\x80\x80", "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
        (Charset::UNKNOWN, "é".as_bytes(), "é"),
        (Charset::US_ASCII, b"", ""),
        (Charset::US_ASCII, b"a\x7F\0\x1B", "a\x7F\0\x1B"),
        (Charset::US_ASCII, "é!".as_bytes(), "\u{FFFD}\u{FFFD}!"),
        (Charset::ISO_8859_1, b"", ""),
        (Charset::ISO_8859_1, b"a\x80\x9F\xA0\xE9\xFF", "a\u{80}\u{9F}\u{A0}éÿ"),
        (Charset::UTF_16BE, b"", ""),
        (Charset::UTF_16BE, b"\0a\x20\xAC", "a€"),
        (Charset::UTF_16BE, b"\xD8\x3D\xDE\x00", "😀"),
        (Charset::UTF_16BE, b"\xDB\xFF\xDF\xFF", "\u{10FFFF}"),
        (Charset::UTF_16BE, b"\0a\0", "a\u{FFFD}"), // half a unit
        (Charset::UTF_16BE, b"\xD8\x3D", FAULT),    // half a pair
        (Charset::UTF_16BE, b"\xD8\x3D\xDE", "\u{FFFD}\u{FFFD}"),
        (Charset::UTF_16BE, b"\xD8\x3D\0a", "\u{FFFD}a"), // a lone high surrogate
        (Charset::UTF_16BE, b"\xDE\x00\0a", "\u{FFFD}a"), // a lone low surrogate
        (Charset::UTF_16BE, b"\xDE\x00\xD8\x3D\xDE\x00", "\u{FFFD}😀"),
        (Charset::UTF_16BE, b"\xD8\x3D\xD8\x3D\xDE\x00", "\u{FFFD}😀"),
        (Charset::UTF_16BE, b"\0\0\0a", "\0a"),
        (Charset::UTF_16BE, b"\xFE\xFF\0a", "\u{FEFF}a"),
        (Charset::UTF_16BE, b"\xFF\xFE", "\u{FFFE}"),
        (Charset::UTF_16LE, b"a\0\xAC\x20", "a€"),
        (Charset::UTF_16LE, b"\x3D\xD8\x00\xDE", "😀"),
        (Charset::UTF_16LE, b"\xFF\xFEa\0", "\u{FEFF}a"),
        (Charset::UTF_16LE, b"a", FAULT),
        (Charset::UTF_16, b"\0a", "a"),
        (Charset::UTF_16, b"\xFE\xFF\0a", "a"),
        (Charset::UTF_16, b"\xFF\xFEa\0", "a"),
        (Charset::UTF_16, b"\xFF\xFE", ""),
        (Charset::UTF_16, b"\xFE\xFF\xFE\xFF", "\u{FEFF}"), // the second one is a character
        (Charset::UTF_16, b"\0a\xFE\xFF", "a\u{FEFF}"),
        (Charset::UCS_2, b"\0a", "a"),
        (Charset::UCS_2, b"\xFF\xFEa\0", "a"),
        (Charset::UCS_2, b"\xD8\x3D\xDE\x00", "😀"),
        (Charset::UTF_32BE, b"\0\x01\xF6\0\0\0\0a", "😀a"),
        (Charset::UTF_32BE, b"\0\0\xD8\0\0\0\0a", "\u{FFFD}a"), // a surrogate
        (Charset::UTF_32BE, b"\0\x11\0\0\0\0\0a", "\u{FFFD}a"), // above U+10FFFF
        (Charset::UTF_32BE, b"\0\0\0a\0\0\0", "a\u{FFFD}"),
        (Charset::UTF_32LE, b"\0\xF6\x01\0a\0\0\0", "😀a"),
        (Charset::UTF_32LE, b"\xFF\xFE\0\0", "\u{FEFF}"),
        (Charset::UTF_32, b"\0\0\0a", "a"),
        (Charset::UTF_32, b"\0\0\xFE\xFF\0\0\0a", "a"),
        (Charset::UTF_32, b"\xFF\xFE\0\0a\0\0\0", "a"),
        (Charset::UCS_4, b"\0\0\0a", "a"),
        (Charset::UCS_4, b"\xFF\xFE\0\0a\0\0\0", "a"),
    ];
    for (charset, octets, expected) in vectors {
        let (text, faults) = decoded(charset, octets);
        assert_eq!(text, expected, "{charset} {octets:02X?}");
        assert_eq!(faults.len(), expected.matches('\u{FFFD}').count(), "{charset} {octets:02X?}");
        assert!(faults.iter().all(|fault| *fault == TextFault::Invalid), "{charset} {octets:02X?}: {faults:?}");
        // a document ends its strings at the first NUL
        if octets.chunks_exact(charset.unit()).any(|unit| unit.iter().all(|octet| *octet == 0))
            || octets.len() % charset.unit() != 0
        {
            continue;
        }
        let document = document(charset, octets);
        let mut reader = Reader::new(&document, Options::new()).unwrap();
        let root = reader.root().unwrap();
        let text = reader.text(root).unwrap();
        assert_eq!(text.to_string(), expected, "{charset} {octets:02X?}");
        assert_eq!(text == *expected, faults.is_empty(), "{charset} {octets:02X?}: what is no text equals nothing");
        assert_eq!(text.is_empty(), expected.is_empty(), "{charset} {octets:02X?}");
        assert_eq!(text.as_plain().unwrap().octets(), octets);
        #[cfg(feature = "alloc")]
        match text.to_cow() {
            Ok(string) => assert!(faults.is_empty() && string == expected, "{charset} {octets:02X?}"),
            Err(fault) => assert_eq!(Some(&fault), faults.first(), "{charset} {octets:02X?}"),
        }
    }
}

#[test]
fn a_charset_without_decoder_is_read_as_far_as_it_is_ascii() {
    let unknown = Charset::new(9999);
    let ebcdic = Charset::new(2028);
    let iso_2022_kr = Charset::new(37);
    let (at, with) = (TextFault::Charset(unknown), TextFault::Charset(iso_2022_kr));
    let vectors: [(Charset, &[u8], &str, &[TextFault]); 7] = [
        (unknown, b"", "", &[]),
        (unknown, b"AT&T {~}\r\n", "AT&T {~}\r\n", &[]),
        (unknown, b"caf\x8E, caf\x8E", "caf\u{FFFD}", &[at]),
        (iso_2022_kr, b"plain", "plain", &[]),
        (iso_2022_kr, b"\x1B$)C\x0E!!\x0F", FAULT, &[with]),
        (ebcdic, b"", "", &[]),
        (ebcdic, b"\x4B", FAULT, &[TextFault::Charset(ebcdic)]), // a full stop, not "K"
    ];
    for (charset, octets, text, faults) in vectors {
        assert_eq!(decoded(charset, octets), (text.to_owned(), faults.to_vec()), "{charset} {octets:02X?}");
        let document = document_of_any(charset, octets);
        let mut reader = Reader::new(&document, Options::new()).unwrap();
        let root = reader.root().unwrap();
        let read = reader.text(root).unwrap();
        assert_eq!(read.as_str(), (faults.is_empty()).then_some(text), "{charset} {octets:02X?}");
        assert_eq!(read.to_string(), text);
        assert_eq!(read == *text, faults.is_empty());
    }
}

/// The same as [`document`] for a MIBenum of up to three octets.
fn document_of_any(charset: Charset, octets: &[u8]) -> Vec<u8> {
    let number = charset.mib_enum();
    let mut document = vec![0x03, 0x01, 0x80 | u8::try_from(number >> 14).unwrap()];
    document.extend([0x80 | u8::try_from(number >> 7 & 0x7F).unwrap(), u8::try_from(number & 0x7F).unwrap()]);
    document.extend([0x00, 0x45, 0x03]);
    document.extend(octets);
    document.extend([0x00, 0x01]);
    document
}

#[test]
fn a_string_that_is_ascii_is_borrowed_where_the_charset_contains_ascii() {
    for mib_enum in [0, 3, 4, 5, 17, 38, 106, 113, 2026, 2084, 2252, 9999] {
        let charset = Charset::new(mib_enum);
        let document = document_of_any(charset, b"internet");
        let mut reader = Reader::new(&document, Options::new()).unwrap();
        let root = reader.root().unwrap();
        let text = reader.text(root).unwrap();
        assert_eq!(text.as_str(), Some("internet"), "{charset}");
        #[cfg(feature = "alloc")]
        assert!(matches!(text.to_cow(), Ok(alloc::borrow::Cow::Borrowed("internet"))), "{charset}");
    }
    // and where the octets have to be decoded, that is what is said
    let document = document(Charset::ISO_8859_1, b"\xE9");
    let mut reader = Reader::new(&document, Options::new()).unwrap();
    let root = reader.root().unwrap();
    let text = reader.text(root).unwrap().as_plain().unwrap();
    assert_eq!(text.to_str(), Err(TextFault::Charset(Charset::ISO_8859_1)));
    assert!(text == "é");
}

#[test]
fn blank_is_what_its_characters_are() {
    let vectors: [(Charset, &[u8], bool); 9] = [
        (Charset::UTF_16, b"\0 \0\n", true),
        (Charset::UTF_16, b"\x20\x20", false), // U+2020, a dagger
        (Charset::UTF_16LE, b" \0\t\0", true),
        (Charset::UTF_16, b"\xFF\xFE\x20\0", true),
        (Charset::UTF_16, b"\xD8\0", false),
        (Charset::UTF_32, b"\0\0\0\r", true),
        (Charset::ISO_8859_1, b" \xA0", false),
        (Charset::ISO_8859_1, b" \t\r\n", true),
        (Charset::US_ASCII, b" ", true),
    ];
    for (charset, octets, is_blank) in vectors {
        let document = document(charset, octets);
        let mut reader = Reader::new(&document, Options::new()).unwrap();
        let root = reader.root().unwrap();
        assert_eq!(reader.text(root).unwrap().is_blank(), is_blank, "{charset} {octets:02X?}");
        // and so it may stand between elements, or not
        let mut reader = Reader::new(&document, Options::new()).unwrap();
        let root = reader.root().unwrap();
        let child = reader.next_child(root);
        match is_blank {
            true => assert_eq!(child, Ok(None), "{charset} {octets:02X?}"),
            false => assert_eq!(child.unwrap_err().kind(), ErrorKind::UnexpectedText, "{charset} {octets:02X?}"),
        }
    }
}

#[test]
fn texts_are_equal_where_their_characters_are() {
    let spellings: [(Charset, &[u8]); 7] = [
        (Charset::UTF_8, "é€😀".as_bytes()),
        (Charset::UTF_16BE, b"\0\xE9\x20\xAC\xD8\x3D\xDE\x00"),
        (Charset::UTF_16LE, b"\xE9\0\xAC\x20\x3D\xD8\x00\xDE"),
        (Charset::UTF_16, b"\xFF\xFE\xE9\0\xAC\x20\x3D\xD8\x00\xDE"),
        (Charset::UCS_4, b"\0\0\0\xE9\0\0\x20\xAC\0\x01\xF6\0"),
        (Charset::ISO_8859_1, b"\xE9\0\x02\xC1\x2C\x02\x87\xEC\0\x03"), // "é", two entities, ""
        (Charset::US_ASCII, b"\0\x02\x81\x69\x02\xC1\x2C\x02\x87\xEC\0\x03"),
    ];
    let documents = spellings.map(|(charset, octets)| document(charset, octets));
    let texts = documents.each_ref().map(|document| {
        let mut reader = Reader::new(document, Options::new()).unwrap();
        let root = reader.root().unwrap();
        reader.text(root).unwrap()
    });
    for (this, text) in texts.iter().enumerate() {
        assert!(*text == *"é€😀", "{text:?}");
        assert!(*text != *"é€" && *text != *"é€😀!" && *text != *"");
        for that in &texts {
            assert!(texts[this] == *that, "{text:?} {that:?}");
        }
    }
}

#[test]
fn what_is_no_text_is_equal_to_the_same_octets_in_the_same_charset_only() {
    let text = |document: &[u8], check: &dyn Fn(wbxml::Text<'_>)| {
        let mut reader = Reader::new(document, Options::new()).unwrap();
        let root = reader.root().unwrap();
        check(reader.text(root).unwrap());
    };
    let (one, other) = (Charset::new(9998), Charset::new(9999));
    let [a, same, other_octets, other_charset, invalid] =
        [(one, "é"), (one, "é"), (one, "è"), (other, "é"), (Charset::US_ASCII, "é")]
            .map(|(charset, string)| document_of_any(charset, string.as_bytes()));
    text(&a, &|a| {
        text(&same, &|same| assert!(a == same));
        text(&other_octets, &|that| assert!(a != that));
        text(&other_charset, &|that| assert!(a != that));
        text(&invalid, &|that| assert!(a != that));
        assert!(a != *"é");
    });
}

#[test]
fn literal_names_are_in_the_charset_of_the_document() {
    for (name, root, attribute, value) in
        [("latin-1", "né", "à", "ü€"), ("utf-16le", "é€", "😀", "a€"), ("ucs-2", "id", "", "")]
    {
        let fixture = support::fixtures().into_iter().find(|fixture| fixture.name == name).unwrap();
        let mut reader = Reader::new(&fixture.octets, Options::new()).unwrap();
        let start = reader.root().unwrap();
        assert_eq!(reader.name_text(start).unwrap().unwrap().to_string(), root);
        // not in place, where it has to be decoded
        let charset = reader.charset();
        let fault = ErrorKind::UnsupportedCharset(charset.mib_enum().into());
        assert_eq!(reader.name(start).map_err(|error| error.kind()), Err(fault));
        if !attribute.is_empty() {
            let read = reader.next_attribute(start).unwrap().unwrap();
            assert_eq!(read.name, "");
            assert_eq!(reader.attribute_name(read.attribute_start()).unwrap().unwrap().to_string(), attribute);
            assert_eq!(read.value.to_string(), value);
        }
    }
}

#[test]
fn a_formal_public_identifier_is_in_the_charset_of_the_document() {
    let vocabulary = Vocabulary { formal_public_id: "-/", ..Vocabulary::EMPTY };
    let known = [&vocabulary];
    let fixture = support::fixtures().into_iter().find(|fixture| fixture.name == "ucs-2").unwrap();
    let reader = Reader::new(&fixture.octets, Options::new().vocabularies(&known)).unwrap();
    assert_eq!(reader.vocabulary().formal_public_id, "-/");
    let longer = Vocabulary { formal_public_id: "-//", ..Vocabulary::EMPTY };
    let shorter = Vocabulary { formal_public_id: "-", ..Vocabulary::EMPTY };
    let known = [&longer, &shorter];
    let reader = Reader::new(&fixture.octets, Options::new().vocabularies(&known)).unwrap();
    assert_eq!(reader.vocabulary().formal_public_id, "");
}

/// Every event of `document` written again.
fn rewritten(reader: &mut Reader<'_>) -> Vec<u8> {
    let mut room = [0; 512];
    let mut writer = wbxml::Writer::with_header(&mut room[..], reader.header()).unwrap();
    loop {
        match reader.next_event().unwrap() {
            Event::Eof => break,
            event => writer.event(&event).unwrap(),
        }
    }
    let left = writer.into_sink().len();
    room[..room.len() - left].to_vec()
}

#[test]
fn a_document_that_names_no_charset_is_read_in_that_of_the_transport() {
    // version 1.3 and charset 0, version 1.0 and none; "é" in the table, referred to, inline, and in pieces
    let table: &[u8] = b"\0\xE9\0\0";
    let body: &[u8] = b"\x46\x83\x00\x01\x46\x03\x20\xAC\0\0\x01\x46\x03\0\xE9\0\0\x83\x00\x02\xC1\x2C\x01\x01";
    let headers: [&[u8]; 2] = [b"\x03\x01\x00\x04", b"\x00\x01\x04"];
    for header in headers {
        let document = [header, table, b"\x45", body].concat();
        let options = Options::new().charset(Charset::UTF_16BE);
        let mut reader = Reader::new(&document, options).unwrap();
        assert_eq!(reader.charset(), Charset::UTF_16BE);
        assert_eq!(reader.header().charset, Charset::UNKNOWN);
        let root = reader.root().unwrap();
        let mut texts = Vec::new();
        while let Some(child) = reader.next_child(root).unwrap() {
            texts.push(reader.text(child).unwrap());
        }
        assert_eq!(texts, ["é", "€", "éé€"]);
        reader.finish().unwrap();
        // elements that are read later
        let mut reader = Reader::new(&document, options).unwrap();
        let root = reader.root().unwrap();
        let wbxml::Data::Markup(markup) = reader.data(root).unwrap() else { panic!() };
        let mut inner = markup.reader(wbxml::Limits::DEFAULT).unwrap();
        assert_eq!(inner.charset(), Charset::UTF_16BE);
        let mut texts = Vec::new();
        while let Some(child) = inner.next_child(Start::CONTENT).unwrap() {
            texts.push(inner.text(child).unwrap());
        }
        assert_eq!(texts, ["é", "€", "éé€"]);
        // a reader that goes on where another one stopped
        let mut reader = Reader::new(&document, options).unwrap();
        reader.root().unwrap();
        let (state, consumed) = reader.suspend();
        let rest = [&document[..state.head_len()], &document[state.head_len() + consumed..]].concat();
        let mut reader = Reader::resume(&rest, state, options).unwrap();
        assert_eq!(reader.charset(), Charset::UTF_16BE);
        while reader.next_event().unwrap() != Event::Eof {}
        // and what is written again says as little as before
        assert_eq!(rewritten(&mut Reader::new(&document, options).unwrap()), document);
    }
}

#[test]
fn the_charset_of_the_document_counts_before_that_of_the_transport() {
    for (octets, charset) in [
        (&b"\x03\x01\x04\x00\x05"[..], Charset::ISO_8859_1),
        (b"\x01\x01\x6A\x00\x05", Charset::UTF_8),
        (b"\x03\x01\x00\x00\x05", Charset::UTF_16LE),
        (b"\x00\x01\x00\x05", Charset::UTF_16LE),
    ] {
        let reader = Reader::new(octets, Options::new().charset(Charset::UTF_16LE)).unwrap();
        assert_eq!(reader.charset(), charset, "{octets:02X?}");
        assert_eq!(*reader.header(), Header::parse(octets).map(|_| *reader.header()).unwrap());
        let said = Header::parse(octets).unwrap();
        assert_eq!((reader.header().charset, reader.header().version), (said.charset, said.version));
        assert_eq!(reader.string_table().charset(), charset);
    }
    // without a transport, UTF-8, and that is said
    let reader = Reader::new(b"\x03\x01\x00\x00\x05", Options::new()).unwrap();
    assert_eq!((reader.charset(), reader.header().charset), (Charset::UTF_8, Charset::UNKNOWN));
    assert_eq!(reader.header().version, Version::V1_3);
}

#[test]
fn charsets_have_the_names_of_the_registry() {
    for (name, mib_enum, display) in [
        ("utf-8", 106, "UTF-8"),
        ("UTF8", 106, "UTF-8"),
        ("us-ascii", 3, "US-ASCII"),
        ("ISO_8859-1:1987", 4, "ISO-8859-1"),
        ("latin1", 4, "ISO-8859-1"),
        ("iso-8859-15", 111, "ISO-8859-15"),
        ("ucs-2", 1000, "ISO-10646-UCS-2"),
        ("csUnicode", 1000, "ISO-10646-UCS-2"),
        ("utf-16", 1015, "UTF-16"),
        ("shift_jis", 17, "Shift_JIS"),
        ("EUC-JP", 18, "EUC-JP"),
        ("gb2312", 2025, "GB2312"),
        ("big5", 2026, "Big5"),
        ("koi8-r", 2084, "KOI8-R"),
        ("cp1252", 2252, "windows-1252"),
        ("tis-620", 2259, "TIS-620"),
    ] {
        assert_eq!(Charset::from_name(name), Some(Charset::new(mib_enum)), "{name}");
        assert_eq!(Charset::new(mib_enum).to_string(), display);
        assert_eq!(Charset::new(mib_enum).name(), Some(display));
    }
    for name in ["", "utf", "utf-8 ", "x-unknown"] {
        assert_eq!(Charset::from_name(name), None, "{name:?}");
    }
    assert_eq!(Charset::new(9999).to_string(), "MIBenum 9999");
    assert_eq!(Charset::UNKNOWN.to_string(), "unknown");
}

/// The octets of a string in a charset of Unicode, by the standard library.
fn encoded(text: &str, charset: Charset) -> Vec<u8> {
    match charset {
        Charset::UTF_16LE => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        Charset::UTF_32LE => text.chars().flat_map(|character| u32::from(character).to_le_bytes()).collect(),
        Charset::UTF_8 => text.as_bytes().to_vec(),
        charset if charset.unit() == 2 => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        charset if charset.unit() == 4 => {
            text.chars().flat_map(|character| u32::from(character).to_be_bytes()).collect()
        }
        charset => panic!("{charset}"),
    }
}

const UNICODE: [Charset; 10] = [
    Charset::UTF_8,
    Charset::UTF_16,
    Charset::UTF_16BE,
    Charset::UTF_16LE,
    Charset::UCS_2,
    Charset::UTF_32,
    Charset::UTF_32BE,
    Charset::UTF_32LE,
    Charset::UCS_4,
    Charset::UNKNOWN,
];

proptest! {
    #[test]
    fn unicode_comes_back_from_every_charset_of_it(text in "[^\u{FEFF}\0]{1,20}", tail in ".{0,5}") {
        let text = text + &tail.replace('\0', "");
        for charset in &UNICODE[..9] {
            prop_assert_eq!(decoded(*charset, &encoded(&text, *charset)), (text.clone(), vec![]), "{}", charset);
        }
    }

    /// The standard library's decoders say what is text, and where the faults are.
    #[test]
    fn any_octets_are_read_as_the_standard_library_reads_them(octets in prop::collection::vec(
        prop_oneof![Just(0_u8), Just(0xD8), Just(0xDC), Just(0xFE), Just(0xFF), Just(0xED), Just(0xF0), 0x80..=0xBF_u8, any::<u8>()],
        0..24,
    )) {
        prop_assert_eq!(decoded(Charset::UTF_8, &octets).0, String::from_utf8_lossy(&octets).into_owned());
        let whole = octets.len() - octets.len() % 2;
        let units = |unit: fn([u8; 2]) -> u16| octets[..whole].chunks_exact(2).map(move |pair| unit([pair[0], pair[1]]));
        let rest = if whole < octets.len() { FAULT } else { "" };
        let lossy = |units: &mut dyn Iterator<Item = u16>| {
            char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{FFFD}')).collect::<String>() + rest
        };
        prop_assert_eq!(decoded(Charset::UTF_16BE, &octets).0, lossy(&mut units(u16::from_be_bytes)));
        prop_assert_eq!(decoded(Charset::UTF_16LE, &octets).0, lossy(&mut units(u16::from_le_bytes)));
        let latin: String = octets.iter().map(|octet| char::from(*octet)).collect();
        prop_assert_eq!(decoded(Charset::ISO_8859_1, &octets).0, latin);
        let ascii: String =
            octets.iter().map(|octet| if octet.is_ascii() { char::from(*octet) } else { '\u{FFFD}' }).collect();
        prop_assert_eq!(decoded(Charset::US_ASCII, &octets).0, ascii);
        for mib_enum in [1017, 1018, 1019, 17, 39, 2025, 2026, 2028, 9999] {
            // every octet is looked at once
            prop_assert!(Charset::new(mib_enum).decode(&octets).count() <= octets.len());
        }
    }

    /// However a text is spelled, it says the same, and so do its string and its pieces.
    #[test]
    fn a_text_is_its_characters_whatever_the_charset(text in "[^\0\u{FEFF}]{0,12}", other in "[^\0\u{FEFF}]{0,2}") {
        let documents = UNICODE[..9].iter().map(|charset| document(*charset, &encoded(&text, *charset)));
        for document in documents {
            let mut reader = Reader::new(&document, Options::new()).unwrap();
            let root = reader.root().unwrap();
            let read = reader.text(root).unwrap();
            prop_assert!(read == *text && read == wbxml::Text::new(&text) && wbxml::Text::new(&text) == read);
            prop_assert_eq!(read == *other, text == other);
            prop_assert_eq!(read == wbxml::Text::new(&other), text == other);
            prop_assert_eq!(read.is_blank(), text.chars().all(|character| " \t\r\n".contains(character)));
            prop_assert_eq!(read.is_empty(), text.is_empty());
            prop_assert_eq!(read.to_string(), text.clone());
            #[cfg(feature = "alloc")]
            prop_assert_eq!(read.to_cow().unwrap(), text.clone());
        }
    }
}

/// Every string of a document, up to its end or to a fault of its grammar: what precedes one is text all the same.
fn strings(document: &[u8]) -> Vec<wbxml::PlainText<'_>> {
    let mut reader = Reader::new(document, Options::new()).unwrap();
    let mut strings = Vec::new();
    loop {
        match reader.next_event() {
            Ok(Event::Text(text)) => strings.push(text),
            Ok(Event::Start(start)) if start.tag == wbxml::Tag::LITERAL => {
                strings.extend(reader.string_table().text(start.literal));
            }
            Ok(Event::Eof) | Err(_) => return strings,
            Ok(_) => {}
        }
    }
}

/// What the corpus says in charsets other than UTF-8 is text throughout, and its octets come back from it.
#[test]
fn the_corpus_is_text_in_each_of_its_charsets() {
    let mut documents = BTreeMap::new();
    let mut texts = BTreeMap::new();
    support::corpus("charsets", |path, document| {
        let Ok(Header { charset, .. }) = Header::parse(document) else { return };
        if [Charset::UTF_8, Charset::UNKNOWN].contains(&charset) {
            return;
        }
        *documents.entry(charset).or_insert(0) += 1;
        for string in strings(document) {
            let (text, faults) = decoded(charset, string.octets());
            assert_eq!(faults, [], "{path} in {charset}: {text:?}");
            assert!(string == *text && string.to_string() == text, "{path} in {charset}: {text:?}");
            let again = match charset.unit() {
                1 => text.chars().map(|character| u8::try_from(character).unwrap()).collect(),
                _ => encoded(&text, charset),
            };
            assert_eq!(again, string.octets(), "{path} in {charset}: {text:?}");
            *texts.entry(charset).or_insert(0) += 1;
        }
    });
    println!("strings: {texts:?}");
    if documents.is_empty() {
        return; // the corpus is not there
    }
    let shift_jis = Charset::new(17);
    for charset in [Charset::US_ASCII, Charset::ISO_8859_1, Charset::UCS_2, shift_jis] {
        assert!(documents.contains_key(&charset) && texts.contains_key(&charset), "{charset}: {documents:?}");
    }
}

/// A provisioning document that says in this charset, inline and in the table, what these octets say.
#[cfg(feature = "xml")]
fn provisioning(charset: Charset, octets: &[u8]) -> Vec<u8> {
    let number = charset.mib_enum();
    let string = [octets, &[0; 4][..charset.unit()]].concat();
    let header = [0x03, 0x0B, 0x80 | u8::try_from(number >> 7).unwrap(), u8::try_from(number & 0x7F).unwrap()];
    let table = [&[u8::try_from(string.len()).unwrap()], &string[..]].concat();
    [&header[..], &table, b"\x45\x87\x11\x06\x03", &string, b"\x01\x87\x06\x83\x00\x02\x26\x01\x01"].concat()
}

#[cfg(feature = "xml")]
#[test]
fn documents_in_every_charset_become_xml() {
    use wbxml::{AnyReader, transcode, vocabulary::prov::PROV_1_0, xml};

    let known = [&PROV_1_0];
    let mut vectors: Vec<(Charset, &[u8], &str)> = vec![
        (Charset::ISO_8859_1, b"caf\xE9", "café"),
        (Charset::UTF_16, b"\x20\xAC\xD8\x3D\xDE\x00", "€😀"),
        (Charset::UTF_16, b"\xFF\xFE\xAC\x20", "€"),
        (Charset::UTF_16LE, b"\xAC\x20", "€"),
        (Charset::UCS_2, b"\0<", "&lt;"),
        (Charset::UTF_32, b"\0\x01\xF6\0", "😀"),
    ];
    if cfg!(feature = "encoding") {
        vectors.push((Charset::new(17), b"\x93\xFA\x96\x7B\x8C\xEA", "日本語"));
        vectors.push((Charset::new(2084), b"\xF0\xD2\xC9\xD7\xC5\xD4", "Привет"));
    }
    for (charset, octets, text) in vectors {
        let document = provisioning(charset, octets);
        let mut reader = AnyReader::new(&document, Options::new().vocabularies(&known)).unwrap();
        let mut out = Vec::new();
        transcode(&mut reader, &mut xml::Writer::new(&mut out, &PROV_1_0)).unwrap();
        let expected = format!(
            r#"<wap-provisioningdoc><parm name="NAPID" value="{text}"/><parm value="{text}&amp;"/></wap-provisioningdoc>"#
        );
        assert_eq!(String::from_utf8(out).unwrap(), expected, "{charset}");
    }
}

#[cfg(not(feature = "encoding"))]
#[test]
fn without_tables_a_string_that_is_not_ascii_stays_octets() {
    let charset = Charset::new(17);
    let document = document(charset, b"\x93\xFA");
    let mut reader = Reader::new(&document, Options::new()).unwrap();
    let root = reader.root().unwrap();
    let text = reader.text(root).unwrap();
    assert_eq!(text.as_plain().unwrap().octets(), b"\x93\xFA");
    assert_eq!(text.as_plain().unwrap().to_str(), Err(TextFault::Charset(charset)));
    #[cfg(feature = "alloc")]
    assert_eq!(text.to_cow(), Err(TextFault::Charset(charset)));
}

#[cfg(feature = "encoding")]
mod tables {
    use super::*;
    use encoding_rs::*;

    /// Which charset is which encoding of the WHATWG Encoding Standard.
    fn rows() -> [(u16, &'static Encoding); 43] {
        [
            (5, ISO_8859_2),
            (6, ISO_8859_3),
            (7, ISO_8859_4),
            (8, ISO_8859_5),
            (9, ISO_8859_6),
            (10, ISO_8859_7),
            (11, ISO_8859_8),
            (12, WINDOWS_1254), // a superset: the standard has no other ISO-8859-9
            (13, ISO_8859_10),
            (17, SHIFT_JIS),
            (18, EUC_JP),
            (36, EUC_KR),
            (38, EUC_KR),
            (39, ISO_2022_JP),
            (81, ISO_8859_6),
            (82, ISO_8859_6),
            (84, ISO_8859_8),
            (85, ISO_8859_8_I),
            (109, ISO_8859_13),
            (110, ISO_8859_14),
            (111, ISO_8859_15),
            (112, ISO_8859_16),
            (113, GBK),
            (114, GB18030),
            (2024, SHIFT_JIS),
            (2025, GBK),
            (2026, BIG5),
            (2027, MACINTOSH),
            (2084, KOI8_R),
            (2086, IBM866),
            (2088, KOI8_U),
            (2101, BIG5),
            (2109, WINDOWS_874),
            (2250, WINDOWS_1250),
            (2251, WINDOWS_1251),
            (2252, WINDOWS_1252),
            (2253, WINDOWS_1253),
            (2254, WINDOWS_1254),
            (2255, WINDOWS_1255),
            (2256, WINDOWS_1256),
            (2257, WINDOWS_1257),
            (2258, WINDOWS_1258),
            (2259, WINDOWS_874),
        ]
    }

    /// A charset's own name, and each of its aliases that the standard has, is a label of the same encoding there.
    #[test]
    fn names_are_labels_of_the_same_encoding() {
        for (mib_enum, encoding) in rows() {
            let charset = Charset::new(mib_enum);
            let name = charset.name().unwrap();
            // the standard has no label for this one; it is what its Shift_JIS is
            if name != "GB18030" && name != "Windows-31J" && name != "TIS-620" {
                assert_eq!(Encoding::for_label_no_replacement(name.as_bytes()), Some(encoding), "{name}");
            }
            assert_eq!(Charset::from_name(name), Some(charset));
        }
    }

    #[test]
    fn samples_that_are_known() {
        let vectors: [(u16, &[u8], &str); 17] = [
            (5, b"\xF5", "ő"),
            (8, b"\xBF\xE0", "Пр"),
            (10, b"\xC5\xEB", "Ελ"),
            (17, b"\x93\xFA\x96\x7B\x8C\xEA", "日本語"),
            (17, b"\x83\x5C\xB1", "ソｱ"),
            (18, b"\xC6\xFC\xCB\xDC\xB8\xEC", "日本語"),
            (38, b"\xC7\xD1\xB1\xB9", "한국"),
            (39, b"a\x1B$BF|K\\8l\x1B(Bb", "a日本語b"),
            (111, b"\xA4", "€"),
            (113, b"\xD6\xD0\x80", "中€"),
            (114, b"\x94\x39\xFC\x36", "😀"),
            (2025, b"\xD6\xD0\xCE\xC4", "中文"),
            (2026, b"\xA4\xA4\xA4\xE5", "中文"),
            (2084, b"\xF0\xD2\xC9\xD7\xC5\xD4", "Привет"),
            (2252, b"\x80", "€"),
            (2258, b"a\xCC", "a\u{300}"),
            (2259, b"\xA1", "ก"),
        ];
        for (mib_enum, octets, text) in vectors {
            let charset = Charset::new(mib_enum);
            assert_eq!(decoded(charset, octets), (text.to_owned(), vec![]), "{charset}");
            let document = document(charset, octets);
            let mut reader = Reader::new(&document, Options::new()).unwrap();
            let root = reader.root().unwrap();
            let read = reader.text(root).unwrap();
            assert!(read == *text && read == wbxml::Text::new(text));
            assert_eq!(read.to_cow().unwrap(), text);
        }
    }

    fn compare(charset: Charset, encoding: &'static Encoding, octets: &[u8]) {
        let (text, faults) = decoded(charset, octets);
        let (expected, has_faults) = encoding.decode_without_bom_handling(octets);
        assert_eq!(text, expected, "{charset} {octets:02X?}");
        assert_eq!(!faults.is_empty(), has_faults, "{charset} {octets:02X?}");
        assert!(faults.iter().all(|fault| *fault == TextFault::Invalid));
    }

    #[test]
    fn every_octet_and_pair_is_what_encoding_rs_says() {
        for (mib_enum, encoding) in rows() {
            let charset = Charset::new(mib_enum);
            for lead in 0..=0xFF {
                compare(charset, encoding, &[lead]);
                compare(charset, encoding, &[b'a', lead, b'b']);
                if encoding.is_single_byte() {
                    continue;
                }
                // all trails at once, and one of them at the end
                let pairs: Vec<u8> = (0..=0xFF).flat_map(|trail| [lead, trail, b' ']).collect();
                compare(charset, encoding, &pairs);
                compare(charset, encoding, &[lead, lead]);
            }
        }
    }

    proptest! {
        #[test]
        fn any_octets_are_what_encoding_rs_says(
            octets in prop::collection::vec(prop_oneof![0x81..=0xFE_u8, 0x30..=0x7E_u8, Just(0x1B), any::<u8>()], 0..60),
        ) {
            for (mib_enum, encoding) in rows() {
                compare(Charset::new(mib_enum), encoding, &octets);
            }
        }

        #[test]
        fn text_comes_back_from_the_charset_that_has_it(text in "[ -~é€ЖλÅ日本語中文한国ก]{0,40}") {
            for (mib_enum, encoding) in rows() {
                let (octets, _, is_lossy) = encoding.encode(&text);
                if !is_lossy {
                    prop_assert_eq!(decoded(Charset::new(mib_enum), &octets), (text.clone(), vec![]));
                }
            }
        }
    }
}
