//! What a markup holds, piece by piece: the same of WBXML and XML, and no more than the events say.

#![cfg(feature = "alloc")]
#![expect(clippy::arithmetic_side_effects, clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

mod support;

use proptest::prelude::*;
use support::generate;
use wbxml::{Charset, Content, Cursor, Data, Event, Limits, Markup, Options, Reader, TextFault};

/// String table of the documents here: `a` at 0, `b` at 2.
const HEAD: &[u8] = b"\x03\x01\x6A\x04a\0b\0";

fn markup<'a>(mut cursor: impl Cursor<'a>) -> Option<Markup<'a>> {
    let root = cursor.root().unwrap();
    match cursor.data(root).unwrap() {
        Data::Markup(markup) => Some(markup),
        _ => None,
    }
}

/// All of it, as text: elements by name, octets in hexadecimal, `|` in front of each piece of text.
fn all(markup: &Markup<'_>) -> wbxml::Result<String> {
    let mut contents = markup.contents()?;
    let (mut all, mut last) = (String::new(), markup.offset());
    while let Some(content) = contents.next_content()? {
        match content {
            Content::Start(start) => all += &format!("<{}>", contents.cursor().name(start)?.unwrap_or("?")),
            Content::End => all += "</>",
            Content::Text(text) => all += &format!("|{text}"),
            Content::Opaque(octets) => all += &format!("{octets:02X?}"),
        }
        assert!(last <= contents.offset() && contents.offset() <= markup.offset() + markup.octets().len(), "{all}");
        last = contents.offset();
    }
    assert_eq!(contents.next_content(), Ok(None));
    Ok(all)
}

/// The content of the root in WBXML, the same in XML where it can hold it, and what comes of both.
#[test]
fn the_same_of_both_encodings() {
    let rows: [(&[u8], Option<&str>, &str); 10] = [
        (b"\x03 \0\x04\x00\x03\n\0\x04\x02", Some(" <a/>\n<b/>"), "<a></><b></>"),
        // pieces are joined, and a processing instruction between them says nothing
        (b"\x03x\0\x02\x26\x43\x04\x00\x01\x03y\0\x04\x00", Some("x&amp;<?a?>y<a/>"), "|x&y<a></>"),
        (b"\x03 x \0\x04\x00\x03 \0", Some(" x <a/> "), "| x <a></>"),
        // white space is text in an element without elements
        (b"\x44\x00\x03 \0\x01", Some("<a> </a>"), "<a>| </>"),
        (b"\x44\x00\x03 \0\x04\x02\x03 \0\x01", Some("<a> <b/> </a>"), "<a><b></></>"),
        (b"\x44\x00\x01", Some("<a></a>"), "<a></>"),
        // attributes that nobody asks for
        (b"\xC4\x00\x04\x02\x03v\0\x01\x03t\0\x01", Some("<a b=\"v\">t</a>"), "<a>|t</>"),
        (b"\x84\x00\x04\x02\x03v\0\x01\x03t\0", Some("<a b=\"v\"/>t"), "<a></>|t"),
        // octets, and white space beside them
        (b"\x04\x00\x03 \0\xC3\x01\xFF\xC3\x00", None, "<a></>| [FF][]"),
        // a tag without a name
        (b"\x07\x03t\0", None, "<?></>|t"),
    ];
    for (content, xml, expected) in rows {
        let document = [HEAD, b"\x45", content, b"\x01"].concat();
        let reader = Reader::new(&document, Options::new()).unwrap();
        assert_eq!(all(&markup(reader).unwrap()).as_deref(), Ok(expected), "{content:02X?}");
        #[cfg(feature = "xml")]
        if let Some(xml) = xml {
            let document = format!("<top>{xml}</top>");
            let reader = wbxml::xml::Reader::new(document.as_bytes(), Options::new()).unwrap();
            assert_eq!(all(&markup(reader).unwrap()).as_deref(), Ok(expected), "{xml}");
        }
        let _ = xml;
    }
}

#[test]
fn offsets_are_those_of_the_first_octet() {
    let document = [HEAD, b"\x45\x03x\0\x02\x26\x44\x00\x03y\0\x01\xC3\x01\xFF\x01"].concat();
    let markup = markup(Reader::new(&document, Options::new()).unwrap()).unwrap();
    let mut contents = markup.contents().unwrap();
    let mut offsets = Vec::new();
    while contents.next_content().unwrap().is_some() {
        offsets.push(contents.offset());
    }
    assert_eq!(offsets, [9, 14, 16, 19, 20]);
}

/// Extension tokens have no meaning that content could have (WAP-192, 5.8.4.2), and text may be none in its charset.
#[test]
fn what_is_no_text_is_an_error() {
    let rows: [(&[u8], TextFault); 4] = [
        (b"\x04\x00\xC0", TextFault::Extension),
        (b"\x04\x00\x40x\0", TextFault::Extension),
        (b"\x04\x00\x80\x00", TextFault::Extension),
        (b"\x04\x00\x03\xFF\0", TextFault::Invalid),
    ];
    for (content, fault) in rows {
        let document = [HEAD, b"\x45", content, b"\x01"].concat();
        let markup = markup(Reader::new(&document, Options::new()).unwrap()).unwrap();
        let error = all(&markup).unwrap_err();
        assert_eq!(error, fault.at(11), "{content:02X?}");
    }
}

#[test]
fn deep_content_is_read_without_recursion() {
    const DEPTH: usize = 100_000;
    let document = [HEAD, &vec![0x45; DEPTH + 1], &vec![0x01; DEPTH + 1]].concat();
    let markup = markup(Reader::new(&document, Options::new().limits(Limits::NONE)).unwrap()).unwrap();
    assert_eq!(all(&markup).unwrap(), "<?>".repeat(DEPTH) + "</>".repeat(DEPTH).as_str());
}

/// A name that stands in the document is borrowed from it; one in UTF-16 cannot be, as that of an element cannot.
#[test]
fn names_of_attributes_as_strings() {
    let name = |document: &[u8]| {
        let mut reader = Reader::new(document, Options::new())?;
        let root = reader.root()?;
        let attribute = reader.next_attribute(root)?.unwrap();
        reader.attribute_str(&attribute).map(|name| name.map(str::to_owned))
    };
    assert_eq!(name(b"\x03\x01\x6A\x02a\0\x85\x04\x00\x01"), Ok(Some("a".to_owned())));
    assert_eq!(name(b"\x03\x01\x6A\x00\x85\x05\x01"), Ok(None));
    // an empty name, and one of a charset that has to be decoded
    assert_eq!(name(b"\x03\x01\x6A\x01\0\x85\x04\x00\x01"), Ok(Some(String::new())));
    let error = name(b"\x03\x01\x87\x77\x04\0a\0\0\x85\x04\x00\x01").unwrap_err();
    assert_eq!(error.kind(), TextFault::Charset(Charset::UTF_16).at(0).kind());
}

proptest! {
    /// No element and no character but white space is lost or made up, and no two pieces of text are next to each other.
    #[test]
    fn it_says_what_the_events_say(header in generate::header(), body in generate::body()) {
        let document = [&header[..], b"\x45\x05", &body, b"\x01"].concat();
        let Ok(mut reader) = Reader::new(&document, Options::new()) else { return Ok(()) };
        let Ok(Data::Markup(markup)) = reader.root().and_then(|root| reader.data(root)) else { return Ok(()) };
        let (mut events, mut is_text) = (markup.reader(Limits::NONE).unwrap(), true);
        let mut expected = (0, String::new(), Vec::new());
        loop {
            match events.next_event().unwrap() {
                Event::Eof => break,
                Event::Start(_) => expected.0 += 1,
                Event::Text(text) => match text.to_cow() {
                    Ok(text) => expected.1 += &text,
                    Err(_) => is_text = false,
                },
                Event::Entity(character) => expected.1.push(character),
                Event::Opaque(octets) => expected.2.push(octets),
                Event::ExtI(..) | Event::ExtT(..) | Event::Ext(_) => is_text = false,
                Event::AttributeStart(_) | Event::Pi => while events.next_event().unwrap() != Event::AttributesEnd {},
                _ => {}
            }
        }
        let mut contents = markup.contents().unwrap();
        let (mut read, mut open, mut was_text) = ((0, String::new(), Vec::new()), 0, false);
        let end = loop {
            let content = match contents.next_content() {
                Ok(Some(content)) => content,
                end => break end,
            };
            let is_text = matches!(content, Content::Text(_));
            prop_assert!(!(is_text && was_text));
            was_text = is_text;
            match content {
                Content::Start(_) => (read.0, open) = (read.0 + 1, open + 1),
                Content::End => open -= 1,
                Content::Text(text) => read.1 += &text,
                Content::Opaque(octets) => read.2.push(octets),
            }
        };
        prop_assert_eq!(end.is_ok(), is_text);
        if is_text {
            for text in [&mut read.1, &mut expected.1] {
                text.retain(|character| !character.is_ascii_whitespace());
            }
            prop_assert_eq!((read, open), (expected, 0));
        }
    }
}
