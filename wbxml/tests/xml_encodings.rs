//! XML in charsets other than UTF-8 (XML 1.0, 4.3.3 and appendix F).

#![cfg(feature = "xml")]
#![expect(clippy::arithmetic_side_effects, clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

extern crate alloc;

mod support;

use alloc::borrow::Cow;
use proptest::prelude::*;
use wbxml::xml::{self, Fault};
use wbxml::{AnyReader, Charset, Cursor, Error, ErrorKind, Options, is_xml};

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

fn utf32(text: &str, unit: fn(u32) -> [u8; 4]) -> Vec<u8> {
    text.chars().flat_map(|character| unit(u32::from(character))).collect()
}

/// Every way in which a document in UTF-16 or UTF-32 shows what it is: with a byte order mark and by its first `<`.
#[test]
fn units_of_two_and_four_octets_are_seen_by_the_first_octets() {
    for (name, declared) in [("UTF-16", "UTF-8"), ("utf-16le", "UTF-8"), ("UTF-8", "UTF-8"), ("nonsense", "UTF-8")] {
        let text = format!("<?xml version=\"1.0\" encoding='{name}'?><a>é€😀</a>");
        let expected = format!("<?xml version=\"1.0\" encoding='{declared}'?><a>é€😀</a>");
        for mark in ["", "\u{FEFF}"] {
            let marked = format!("{mark}{text}");
            for octets in [
                utf16(&marked, u16::to_be_bytes),
                utf16(&marked, u16::to_le_bytes),
                utf32(&marked, u32::to_be_bytes),
                utf32(&marked, u32::to_le_bytes),
            ] {
                // what the transport says makes no difference, where the octets show something else
                for transport in [Charset::UNKNOWN, Charset::UTF_8, Charset::UTF_16, Charset::ISO_8859_1] {
                    let converted = xml::to_utf8(&octets, transport).unwrap();
                    assert_eq!(core::str::from_utf8(&converted).unwrap(), expected, "{:02X?}", octets.get(..4));
                }
                // and the reader, which is not told, says that this is not UTF-8
                let fault = xml::Reader::new(&octets, Options::new()).map(|_| ()).unwrap_err();
                assert_eq!(fault, Error::new(ErrorKind::Xml(Fault::Encoding), 0));
            }
        }
        for octets in [utf16(&format!("\u{FEFF}{text}"), u16::to_be_bytes), utf16(&text, u16::to_le_bytes)] {
            assert!(is_xml(&octets));
            assert!(AnyReader::new(&octets, Options::new()).is_err());
        }
    }
}

#[test]
fn utf_8_is_borrowed_whatever_it_says() {
    for document in [
        &b""[..],
        b"<a/>",
        b"<?xml version='1.0'?><a>\xC3\xA9</a>",
        b"<?xml version='1.0' encoding='utf-8'?><a/>",
        b"<?xml version='1.0' encoding='UTF-16'?><a/>", // it was; and nobody changed what it says of itself
        b"\xEF\xBB\xBF<?xml version='1.0' encoding='ISO-8859-1'?><a>\xC3\xA9</a>",
        b"<?xml version='1.0' encoding='ISO-8859-1'?><a/>", // nothing to convert
        b"<?xml version='1.0'?><a>\xFF</a>",                // the reader's affair
        b"<?xmlx encoding='KOI8-R'?><a>\xC3\xA9</a>",       // a processing instruction
        b"<?xml version='1.0' encoding=",
        b"<?xml encoding?><a>\xC3\xA9</a>",
    ] {
        let same = xml::to_utf8(document, Charset::UNKNOWN);
        assert!(matches!(same, Ok(Cow::Borrowed(octets)) if octets == document), "{document:02X?}");
    }
}

#[test]
fn the_transport_counts_before_the_declaration_and_both_before_utf_8() {
    let (latin, koi, unknown) = (Charset::ISO_8859_1, Charset::new(2084), Charset::UNKNOWN);
    let mut vectors: Vec<(&[u8], Charset, &str)> = vec![
        (
            b"<?xml version='1.0' encoding=\"latin1\" standalone='yes'?>\xE9",
            unknown,
            "<?xml version='1.0' encoding=\"UTF-8\" standalone='yes'?>é",
        ),
        (
            b"<?xml version = '1.0' encoding\n=\t'ISO-8859-1' ?>\xE9",
            unknown,
            "<?xml version = '1.0' encoding\n=\t'UTF-8' ?>é",
        ),
        (
            b"<?xml version='encoding=\"UTF-8\"' encoding='l1'?>\xE9",
            unknown,
            "<?xml version='encoding=\"UTF-8\"' encoding='UTF-8'?>é",
        ),
        (b"<a>\xE9</a>", latin, "<a>é</a>"),
        (b"<?xml version='1.0' encoding='UTF-8'?>\xE9", latin, "<?xml version='1.0' encoding='UTF-8'?>é"),
        // a transport that says what cannot be is not asked
        (b"<?xml version='1.0' encoding='latin1'?>\xE9", Charset::UTF_16, "<?xml version='1.0' encoding='UTF-8'?>é"),
    ];
    if cfg!(feature = "encoding") {
        vectors.push((
            b"<?xml version='1.0' encoding='koi8-r'?>\xC1",
            unknown,
            "<?xml version='1.0' encoding='UTF-8'?>а",
        ));
        vectors.push((b"<?xml version='1.0' encoding='latin1'?>\xC1", koi, "<?xml version='1.0' encoding='UTF-8'?>а"));
        vectors.push((
            b"<?xml version='1.0' encoding='Shift_JIS'?>\x83\x5C",
            unknown,
            "<?xml version='1.0' encoding='UTF-8'?>ソ",
        ));
    }
    for (document, transport, expected) in vectors {
        let converted = xml::to_utf8(document, transport).unwrap();
        assert_eq!(core::str::from_utf8(&converted).unwrap(), expected);
        // which says of itself what it is
        assert_eq!(xml::to_utf8(&converted, Charset::UNKNOWN).unwrap(), converted);
    }
}

#[test]
fn what_is_wrong_is_said_where_it_stands() {
    let mut vectors: Vec<(&[u8], ErrorKind, usize)> = vec![
        (b"<?xml version='1.0' encoding='EBCDIC'?>", ErrorKind::Xml(Fault::UnknownEncoding), 30),
        (b"<?xml version='1.0' encoding=''?>", ErrorKind::Xml(Fault::UnknownEncoding), 30),
        (b"<?xml version='1.0' encoding='\xFF'?>", ErrorKind::Xml(Fault::UnknownEncoding), 30),
        (b"\x4C\x6F\xA7\x94\x93", ErrorKind::Xml(Fault::UnknownEncoding), 0),
        (b"<?xml version='1.0' encoding='us-ascii'?><a>\xE9", ErrorKind::Xml(Fault::Encoding), 44),
        (b"\xFE\xFF\0<\xD8\0\0a", ErrorKind::Xml(Fault::Encoding), 4),
        (b"\xFF\xFE<\0a", ErrorKind::Xml(Fault::Encoding), 4),
        (b"<\0a\0\0\xDC", ErrorKind::Xml(Fault::Encoding), 4),
        (b"\0\0\0<\0\x11\0\0", ErrorKind::Xml(Fault::Encoding), 4),
    ];
    if cfg!(feature = "encoding") {
        vectors.push((b"<?xml version='1.0' encoding='EUC-KR'?>\xC7\xD1\xFF", ErrorKind::Xml(Fault::Encoding), 41));
    } else {
        vectors.push((b"<?xml version='1.0' encoding='EUC-KR'?>\xC7\xD1", ErrorKind::UnsupportedCharset(38), 30));
    }
    for (document, kind, at) in vectors {
        assert_eq!(xml::to_utf8(document, Charset::UNKNOWN).unwrap_err(), Error::new(kind, at), "{document:02X?}");
    }
}

/// Two documents of the corpus are in ISO 8859-1, one says that it is UTF-16 and is not, and one says nothing and is not
/// all UTF-8.
#[test]
fn every_xml_of_the_corpus_is_made_utf_8() {
    support::corpus_of("xml", "encodings", |path, document| {
        match xml::to_utf8(document, Charset::UNKNOWN).unwrap_or_else(|error| panic!("{path}: {error}")) {
            Cow::Borrowed(octets) => assert_eq!(octets, document, "{path}"),
            Cow::Owned(converted) => {
                assert!(core::str::from_utf8(document).is_err(), "{path}");
                assert!(core::str::from_utf8(&converted).is_ok(), "{path}");
                assert_eq!(xml::to_utf8(&converted, Charset::UNKNOWN).unwrap(), converted, "{path}");
            }
        }
    });
}

proptest! {
    #[test]
    fn any_document_in_utf_16_is_the_same_in_utf_8(text in "<[^\0\u{FEFF}]{0,20}") {
        for octets in [utf16(&text, u16::to_be_bytes), utf16(&text, u16::to_le_bytes)] {
            // a second character that is NUL in its high half only
            let converted = xml::to_utf8(&octets, Charset::UNKNOWN).unwrap();
            prop_assert_eq!(core::str::from_utf8(&converted).unwrap(), text.clone());
        }
    }

    #[test]
    fn any_octets_give_an_answer(octets in prop::collection::vec(any::<u8>(), 0..40), name in "[A-Za-z0-9-]{0,8}") {
        let _ = xml::to_utf8(&octets, Charset::UNKNOWN);
        let declared = [b"<?xml encoding='", name.as_bytes(), b"'?>", &octets[..]].concat();
        for transport in [0, 4, 17, 106, 1015, 9999] {
            if let Ok(converted) = xml::to_utf8(&declared, Charset::new(transport)) {
                prop_assert!(matches!(converted, Cow::Borrowed(_)) || core::str::from_utf8(&converted).is_ok());
            }
        }
    }
}

#[test]
fn a_document_in_latin_1_is_read_like_its_twin() {
    let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><caf\xE9>\xFC</caf\xE9>";
    let document = xml::to_utf8(latin, Charset::UNKNOWN).unwrap();
    let mut reader = xml::Reader::new(&document, Options::new()).unwrap();
    let root = reader.root().unwrap();
    assert_eq!(reader.name(root), Ok(Some("café")));
    assert_eq!(reader.text(root).unwrap(), "ü");
}
