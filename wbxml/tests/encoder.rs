//! The encoder: what it writes is what was said, for every policy, charset and version, and as long as it says.

#![cfg(feature = "xml")]
#![expect(clippy::arithmetic_side_effects, clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

mod support;

use core::cell::Cell;
use proptest::prelude::*;
use support::nodes::Nodes;
use support::tree::{self, Element, Node};
use wbxml::vocabulary::{Vocabulary, dmddf, metinf, prov, syncml};
use wbxml::{
    Charset, Emit, Encode, Encoder, Header, Identifier, Options, PublicId, Start, Strings, Tag, TextFault, Transcript,
    Version, WriteError,
};

static KNOWN: [&Vocabulary<'static>; 3] = [&prov::PROV_1_0, &syncml::SYNCML_1_2, &dmddf::DM_DDF_1_2];

const POLICIES: [Strings; 3] = [Strings::Never, Strings::WhenItPays, Strings::Always];
const VERSIONS: [Version; 4] = [Version::V1_0, Version::V1_1, Version::V1_2, Version::V1_3];
const CHARSETS: [Charset; 9] = [
    Charset::UTF_8,
    Charset::US_ASCII,
    Charset::ISO_8859_1,
    Charset::UCS_2,
    Charset::UTF_16,
    Charset::UTF_16BE,
    Charset::UTF_16LE,
    Charset::UCS_4,
    Charset::UTF_32LE,
];

fn options() -> Options<'static> {
    Options::new().vocabularies(&KNOWN)
}

fn element(tag: Tag, name: &str, content: Vec<Node>) -> Node {
    Node::Element(Element { tag, name: name.to_owned(), attributes: Vec::new(), content })
}

fn text(text: &str) -> Node {
    Node::Text(text.to_owned())
}

/// `<Target>` with one `<LocURI>` for each text.
fn uris<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Nodes {
    let uri = |uri: T| element(syncml::tag::LOC_URI, "LocURI", vec![text(uri.as_ref())]);
    Nodes(vec![element(syncml::tag::TARGET, "Target", texts.into_iter().map(uri).collect())])
}

/// Every policy in these versions and charsets says what `value` says, in as many octets as were announced, and the
/// one that asks whether it pays is never the longest.
fn check(value: &Nodes, vocabulary: &Vocabulary<'_>, version: Version, charset: Charset) {
    let encoder = Encoder::new(vocabulary).version(version).charset(charset);
    let lengths = POLICIES.map(|strings| {
        let encoder = encoder.strings(strings);
        let octets = encoder.encode(value).unwrap();
        let said = tree::of_events(&octets, options()).unwrap();
        let context = format!("{strings:?}, {version}, {charset}");
        assert_eq!(tree::difference(&value.0, &said), None, "{context}");
        assert_eq!(encoder.encoded_len(value), Ok(octets.len()), "{context}");
        let mut room = vec![0; octets.len()];
        assert_eq!(encoder.encode_into(value, &mut room[..]), Ok(()), "{context}");
        assert_eq!(room, octets, "{context}");
        let (_, short) = room.split_first_mut().unwrap();
        assert_eq!(encoder.encode_into(value, short), Err(WriteError::Full), "{context}");
        octets.len()
    });
    let [never, when_it_pays, always] = lengths;
    assert!(when_it_pays <= never && when_it_pays <= always, "{lengths:?}");
}

fn texts() -> impl Strategy<Value = String> {
    let special = prop::sample::select(&[' ', '/', '&', '\u{E9}', '\u{20AC}', '\u{FEFF}', '\u{1F400}'][..]);
    let letters = prop::collection::vec(prop_oneof![1 => special, 6 => prop::char::range('a', 'c')], 1..40);
    let words = prop::sample::select(
        &[
            "./DevDetail/",
            "SwV",
            "NAPDEF",
            "HTTP-",
            "BASIC",
            ",",
            "GSM-CSD",
            "http://www.",
            "INTERNET",
            "\u{E9}t\u{E9}",
        ][..],
    );
    let words = prop::collection::vec(words, 1..6).prop_map(|words| words.concat());
    prop_oneof![1 => letters.prop_map(String::from_iter), 2 => words]
}

fn nodes(tags: Vec<(Tag, &'static str)>, attributes: &'static [&'static str]) -> impl Strategy<Value = Nodes> {
    let foreign = prop::sample::select(&["colour", "size", "colour-size"][..]).prop_map(|name| (Tag::LITERAL, name));
    let tag = move || prop_oneof![6 => prop::sample::select(tags.clone()), 1 => foreign.clone()];
    let value = prop_oneof![1 => Just(String::new()), 8 => texts()];
    let attributes = move || {
        prop::collection::vec(prop::option::of(value.clone()), attributes.len()).prop_map(|values| {
            let named = attributes.iter().map(|name| (*name).to_owned()).zip(values);
            named.filter_map(|(name, value)| Some((name, value?))).collect::<Vec<_>>()
        })
    };
    let build = |((tag, name), attributes, content): (_, _, _)| {
        let name = str::to_owned(name);
        Node::Element(Element { tag, name, attributes, content })
    };
    let leaf = (tag(), attributes(), prop::option::of(texts().prop_map(Node::Text)))
        .prop_map(move |(tag, attributes, text)| build((tag, attributes, text.into_iter().collect())));
    leaf.prop_recursive(4, 40, 8, move |inner| {
        (tag(), attributes(), prop::collection::vec(inner, 0..8)).prop_map(build)
    })
    .prop_map(|root| Nodes(vec![root]))
}

fn message() -> impl Strategy<Value = Nodes> {
    let pages = [syncml::tag::V1_0, syncml::tag::V1_2, metinf::tag::V1_0, dmddf::tag::V1_2];
    nodes(pages.concat(), &["xmlns:a"])
}

fn provisioning() -> impl Strategy<Value = Nodes> {
    nodes(prov::tag::PAGE_0.to_vec(), &["name", "value", "type", "version", "colour"])
}

fn form() -> impl Strategy<Value = (Version, Charset)> {
    (prop::sample::select(&VERSIONS[..]), prop::sample::select(&CHARSETS[..])).prop_map(|(version, charset)| {
        // version 1.0 has no field for a charset
        (version, if version == Version::V1_0 { Charset::UTF_8 } else { charset })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_messages(value in message(), (version, charset) in form()) {
        check(&value, &syncml::SYNCML_1_2, version, charset);
    }

    #[test]
    fn arbitrary_provisioning_documents(value in provisioning(), (version, charset) in form()) {
        check(&value, &prov::PROV_1_0, version, charset);
    }
}

#[test]
fn fixtures() {
    for (name, document) in support::xml_fixtures() {
        let transcript = Transcript::new(&document, options()).unwrap();
        let vocabulary = transcript.vocabulary();
        let value = Nodes(tree::of_events(&document, options()).unwrap());
        for version in VERSIONS {
            check(&value, vocabulary, version, Charset::UTF_8);
        }
        for charset in CHARSETS {
            check(&value, vocabulary, Version::V1_3, charset);
        }
        let encoder = Encoder::new(vocabulary);
        assert_eq!(encoder.encode(&transcript), encoder.encode(&value), "{name}");
    }
}

/// WAP-192, 5.6 and 5.8.2: strings in each charset, and `ENTITY` for what it does not have.
#[test]
fn strings_are_written_in_the_charset() {
    let value = uris(["a\u{E9}\u{20AC}b"]);
    let encoder = Encoder::new(&syncml::SYNCML_1_2).strings(Strings::Never);
    for (charset, octets) in [
        (Charset::UTF_8, &b"\x03\xA4\x01\x6A\x00\x6E\x57\x03a\xC3\xA9\xE2\x82\xACb\x00\x01\x01"[..]),
        (Charset::US_ASCII, b"\x03\xA4\x01\x03\x00\x6E\x57\x03a\x00\x02\x81\x69\x02\xC1\x2C\x03b\x00\x01\x01"),
        (Charset::ISO_8859_1, b"\x03\xA4\x01\x04\x00\x6E\x57\x03a\xE9\x00\x02\xC1\x2C\x03b\x00\x01\x01"),
        (Charset::UTF_16BE, b"\x03\xA4\x01\x87\x75\x00\x6E\x57\x03\x00a\x00\xE9\x20\xAC\x00b\x00\x00\x01\x01"),
        (Charset::UTF_16LE, b"\x03\xA4\x01\x87\x76\x00\x6E\x57\x03a\x00\xE9\x00\xAC\x20b\x00\x00\x00\x01\x01"),
    ] {
        assert_eq!(encoder.charset(charset).encode(&value).unwrap(), octets, "{charset}");
    }
}

/// RFC 2781, 3.2 and 4.3: where the byte order is open, a string that begins with U+FEFF would lose it, and one that
/// begins with U+FFFE would be read in the other order.
#[test]
fn text_that_looks_like_a_byte_order_mark_comes_back() {
    for charset in CHARSETS {
        let value = uris(["\u{FEFF}", "\u{FFFE}abc", "abc\u{FEFF}abc\u{FEFF}abc", "\u{FEFF}\u{FFFE}abc"]);
        check(&value, &syncml::SYNCML_1_2, Version::V1_3, charset);
    }
    let encoder = Encoder::new(&syncml::SYNCML_1_2).charset(Charset::UTF_16);
    let octets = encoder.encode(&uris(["\u{FEFF}a"])).unwrap();
    assert_eq!(octets, b"\x03\xA4\x01\x87\x77\x00\x6E\x57\x02\x83\xFD\x7F\x03\x00a\x00\x00\x01\x01");
}

/// What is shared: whole texts, beginnings, and ends that need no octets of their own (WAP-192, 5.7).
#[test]
fn the_string_table() {
    let syncml = Encoder::new(&syncml::SYNCML_1_2);
    for (what, strings, value, octets) in [
        (
            "a text that comes again",
            Strings::WhenItPays,
            uris(["./abcdef", "./abcdef"]),
            &b"\x03\xA4\x01\x6A\x09./abcdef\0\x6E\x57\x83\x00\x01\x57\x83\x00\x01\x01"[..],
        ),
        ("a text that does not", Strings::WhenItPays, uris(["abcdef"]), b"\x03\xA4\x01\x6A\x00\x6E\x57\x03abcdef\0\x01\x01"),
        (
            "a text that is the end of another",
            Strings::Always,
            uris(["xabc", "abc"]),
            b"\x03\xA4\x01\x6A\x05xabc\0\x6E\x57\x83\x00\x01\x57\x83\x01\x01\x01",
        ),
        (
            "a beginning",
            Strings::WhenItPays,
            uris(["./abcdefgh/1", "./abcdefgh/2", "./abcdefgh/3"]),
            b"\x03\xA4\x01\x6A\x0C./abcdefgh/\0\x6E\x57\x83\x00\x031\0\x01\x57\x83\x00\x032\0\x01\x57\x83\x00\x033\0\x01\x01",
        ),
        (
            "a name that is also a text",
            Strings::WhenItPays,
            Nodes(vec![element(Tag::LITERAL, "colour", vec![text("colour")])]),
            b"\x03\xA4\x01\x6A\x07colour\0\x44\x00\x83\x00\x01",
        ),
        (
            "never",
            Strings::Never,
            Nodes(vec![element(Tag::LITERAL, "colour", vec![text("colour")])]),
            b"\x03\xA4\x01\x6A\x07colour\0\x44\x00\x03colour\0\x01",
        ),
    ] {
        assert_eq!(syncml.strings(strings).encode(&value).unwrap(), octets, "{what}");
    }
}

/// Attribute values: the longest start, then tokens wherever they make the value shorter, and no switch without need.
#[test]
fn attribute_values() {
    let encoder = Encoder::new(&prov::PROV_1_0).strings(Strings::Never);
    for (name, value, octets) in [
        ("name", "NAPID", &b"\x11"[..]),
        ("name", "NAPIDS", b"\x11\x03S\0"),
        ("name", "", b"\x05"),
        ("value", "GSM-CSD", b"\x06\xAA"),
        ("value", "GSM-CSDGSM-CSD", b"\x06\xAA\xAA"),
        ("value", "to GSM-CSD and back", b"\x06\x03to \0\xAA\x03 and back\0"),
        // a token of two letters within a string would cost more than its letters
        ("value", "to HA and back", b"\x06\x03to HA and back\0"),
        ("value", "HA and back", b"\x06\xE1\x03 and back\0"),
        // BASIC stands on page 1 only
        ("value", "BASIC", b"\x06\x00\x01\x92"),
    ] {
        let attributes = vec![(name.to_owned(), value.to_owned())];
        let parm = Element { tag: prov::tag::PARM, name: "parm".to_owned(), attributes, content: Vec::new() };
        let expected = [b"\x03\x0B\x6A\x00\x87", octets, b"\x01"].concat();
        assert_eq!(encoder.encode(&Nodes(vec![Node::Element(parm)])).unwrap(), expected, "{name}={value}");
    }
}

/// A value longer than what is looked at together is covered as well.
#[test]
fn long_attribute_values() {
    let value = "GSM-CSD, \u{E9}t\u{E9} ".repeat(100);
    let attributes = vec![("value".to_owned(), value)];
    let parm = Element { tag: prov::tag::PARM, name: "parm".to_owned(), attributes, content: Vec::new() };
    let value = Nodes(vec![Node::Element(parm)]);
    for charset in CHARSETS {
        check(&value, &prov::PROV_1_0, Version::V1_3, charset);
    }
    let inline = Encoder::new(&prov::PROV_1_0).strings(Strings::Never).encode(&value).unwrap();
    assert_eq!(inline.iter().filter(|&&octet| octet == 0xAA).count(), 100);
}

/// WAP-192, 5.5.
#[test]
fn the_public_identifier() {
    let value = uris(["a"]);
    let encoder = Encoder::new(&syncml::SYNCML_1_2);
    let public_id = |identifier| {
        let octets = encoder.public_id(identifier).encode(&value).unwrap();
        let header = Header::parse(&octets).unwrap();
        (header.public_id, header.formal_public_id().map(<[u8]>::to_vec))
    };
    assert_eq!(public_id(Identifier::Registered), (PublicId::Number(0x1201), None));
    assert_eq!(public_id(Identifier::Unknown), (PublicId::UNKNOWN, None));
    assert_eq!(public_id(Identifier::Number(0x4000)), (PublicId::Number(0x4000), None));
    assert_eq!(public_id(Identifier::Formal("-//A//B")), (PublicId::Index(0), Some(b"-//A//B".to_vec())));
    assert_eq!(encoder.public_id(Identifier::Number(0)).encode(&value), Err(WriteError::Misplaced));
    // a vocabulary that is not registered has its formal identifier
    let octets = Encoder::new(&dmddf::DM_DDF_1_2).charset(Charset::UTF_16).encode(&Nodes(Vec::new())).unwrap();
    let header = Header::parse(&octets).unwrap();
    assert_eq!(header.formal_public_id().map(<[u8]>::len), Some(2 * dmddf::DM_DDF_1_2.formal_public_id.len()));
}

/// The text of `Data` is not cut where its media type is named, and that of others is; whichever row says so.
#[test]
fn a_typed_text_stays_whole() {
    let item = |data: &str| {
        let kind = element(metinf::tag::TYPE, "Type", vec![text("text/x-vcard")]);
        let meta = element(syncml::tag::META, "Meta", vec![kind]);
        element(syncml::tag::ITEM, "Item", vec![meta, element(syncml::tag::DATA, "Data", vec![text(data)])])
    };
    let typed = Nodes(vec![element(syncml::tag::ADD, "Add", vec![item("BEGIN:VCARD 1"), item("BEGIN:VCARD 2")])]);
    let by_type = (syncml::tag::DATA, metinf::tag::TYPE);
    let by_format = (syncml::tag::DATA, metinf::tag::FORMAT);
    let others = (syncml::tag::CORRELATOR, metinf::tag::SIZE);
    for (typed_texts, is_whole) in [
        (syncml::SYNCML_1_2.typed_texts, true),
        (&[others, by_type][..], true),
        (&[by_format, by_type, others], true),
        (&[by_format, others], false),
        (&[], false),
    ] {
        let octets = Encoder::new(&Vocabulary { typed_texts, ..syncml::SYNCML_1_2 }).encode(&typed).unwrap();
        assert_eq!(octets.windows(13).any(|part| part == b"BEGIN:VCARD 2"), is_whole, "{typed_texts:?}");
    }
    let data = |data: &str| element(syncml::tag::DATA, "Data", vec![text(data)]);
    let plain = Nodes(vec![element(syncml::tag::ITEM, "Item", vec![data("BEGIN:VCARD 1"), data("BEGIN:VCARD 2")])]);
    let octets = Encoder::new(&syncml::SYNCML_1_2).encode(&plain).unwrap();
    assert!(!octets.windows(13).any(|part| part == b"BEGIN:VCARD 2"));
}

/// Octets, a text and a name, as a value.
struct Octets<'a>(&'a [u8]);

impl Encode for Octets<'_> {
    fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        out.start(Start::new(syncml::tag::DATA))?;
        out.opaque(self.0)?;
        out.end()
    }
}

/// WAP-192, 7.1: `OPAQUE` came with version 1.1.
#[test]
fn version_1_0_has_no_opaque() {
    let encoder = Encoder::new(&syncml::SYNCML_1_2);
    assert_eq!(encoder.encode(&Octets(b"a")).unwrap(), b"\x03\xA4\x01\x6A\x00\x4F\xC3\x01a\x01");
    let encoder = encoder.version(Version::V1_0);
    assert_eq!(encoder.encode(&Octets(b"a")).unwrap(), b"\x00\xA4\x01\x00\x4F\x03a\0\x01");
    for octets in [&b"\xFF"[..], b"a\0"] {
        assert_eq!(encoder.encode(&Octets(octets)), Err(WriteError::NoOpaque));
    }
}

/// WBXML 1.1, 5.3: no `OPAQUE` in the value of an attribute, which has them from 1.2 on; and WAP-192, 5.6: what is in
/// a value is in the document's charset. Found by the fuzz oracle `encoder`.
#[test]
fn opaque_in_values_is_text_where_it_has_to_be() {
    // an attribute whose value is an OPAQUE
    let [text, octets] = [&b"\x03\x01\x6A\x00\x85\x05\xC3\x01a\x01"[..], b"\x03\x01\x6A\x00\x85\x05\xC3\x01\xFF\x01"];
    let encoder = Encoder::new(&Vocabulary::EMPTY);
    let encoded = |encoder: Encoder<'_>, document| encoder.encode(&Transcript::new(document, Options::new()).unwrap());
    for version in [Version::V1_2, Version::V1_3] {
        for document in [text, octets] {
            let copy = encoded(encoder.version(version), document).unwrap();
            assert_eq!((copy[0], &copy[1..]), (version.octet(), &document[1..]));
        }
    }
    assert_eq!(encoded(encoder.version(Version::V1_1), text).unwrap(), b"\x01\x01\x6A\x00\x85\x05\x03a\0\x01");
    assert_eq!(encoded(encoder.version(Version::V1_0), text).unwrap(), b"\x00\x01\x00\x85\x05\x03a\0\x01");
    for version in [Version::V1_0, Version::V1_1] {
        assert_eq!(encoded(encoder.version(version), octets), Err(WriteError::NoOpaque));
    }
    let wide = encoder.charset(Charset::UTF_16BE);
    assert_eq!(encoded(wide, text).unwrap(), b"\x03\x01\x87\x75\x00\x85\x05\x03\0a\0\0\x01");
    assert_eq!(encoded(wide, octets).unwrap(), b"\x03\x01\x87\x75\x00\x85\x05\xC3\x01\xFF\x01");
}

/// 5.7: a string that is no text leaves its string table, which is another one in what is written. Found by the fuzz
/// oracle `encoder`.
#[test]
fn octets_that_are_no_text_leave_their_table() {
    let transcript = Transcript::new(b"\x03\x01\x6A\x04a\0\xFF\0\x45\x83\x02\x01", Options::new()).unwrap();
    for strings in POLICIES {
        let encoder = Encoder::new(&Vocabulary::EMPTY).strings(strings);
        assert_eq!(encoder.encode(&transcript).unwrap(), b"\x03\x01\x6A\x00\x45\x03\xFF\0\x01");
    }
}

/// 5.6: octets that are no UTF-8 stay what they are in UTF-8, and cannot be said in another charset, where they would be
/// other text, or swallow the terminator. Found by the fuzz oracle `encoder`.
#[test]
fn octets_that_are_no_text_stay_in_utf_8() {
    for document in [&b"\x03\x01\x6A\x00\x45\x03\xFF\0\x01"[..], b"\x03\x01\x6A\x00\x45\x40\xFF\0\x01"] {
        let transcript = Transcript::new(document, Options::new()).unwrap();
        let encoder = Encoder::new(&Vocabulary::EMPTY);
        assert_eq!(encoder.encode(&transcript).unwrap(), document);
        for charset in [Charset::ISO_8859_1, Charset::UTF_16, Charset::UTF_32LE] {
            let error = encoder.charset(charset).encode(&transcript).unwrap_err();
            assert_eq!(error, WriteError::Text(TextFault::Invalid), "{charset}");
        }
    }
}

#[test]
fn what_cannot_be_written_is_an_error() {
    let encoder = Encoder::new(&syncml::SYNCML_1_2);
    for strings in POLICIES {
        let encoder = encoder.strings(strings);
        let error = |value: &Nodes| encoder.encode(value).unwrap_err();
        assert_eq!(error(&uris(["a\0b"])), WriteError::Nul);
        assert_eq!(error(&Nodes(vec![element(Tag::LITERAL, "a\0", Vec::new())])), WriteError::Nul);
        let name = Nodes(vec![element(Tag::LITERAL, "\u{E9}", Vec::new())]);
        assert_eq!(encoder.charset(Charset::US_ASCII).encode(&name), Err(WriteError::NotInCharset('\u{E9}')));
        let shift_jis = Charset::new(17);
        assert_eq!(encoder.charset(shift_jis).encoded_len(&uris(["a"])), Err(WriteError::Charset(shift_jis)));
        let unnamed = encoder.version(Version::V1_0).charset(Charset::UTF_16);
        assert_eq!(unnamed.encode(&uris(["a"])), Err(WriteError::Charset(Charset::UTF_16)));
    }
}

/// Something that is not the same when it is asked again.
struct Fickle {
    asked: Cell<usize>,
    texts: [&'static str; 2],
}

impl Encode for Fickle {
    fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        let asked = self.asked.replace(self.asked.get() + 1);
        let texts = if asked == 0 { &self.texts[..1] } else { &self.texts[1..] };
        out.start(Start::new(syncml::tag::DATA))?;
        texts.iter().filter(|text| !text.is_empty()).try_for_each(|text| out.text(text))?;
        out.end()
    }
}

/// Without string table a value is written twice, and once with one.
#[test]
fn a_value_that_changes() {
    let encoder = Encoder::new(&syncml::SYNCML_1_2);
    let value = Fickle { asked: Cell::new(0), texts: ["", "a"] };
    assert_eq!(encoder.strings(Strings::Never).encode(&value), Err(WriteError::Changed));
    for strings in [Strings::WhenItPays, Strings::Always] {
        for texts in [["a", "b"], ["a", ""], ["", "a"]] {
            let value = Fickle { asked: Cell::new(0), texts };
            let constant = Fickle { asked: Cell::new(0), texts: [texts[0]; 2] };
            let encoder = encoder.strings(strings);
            assert_eq!(encoder.encode(&value), encoder.encode(&constant), "{texts:?}");
            assert_eq!(value.asked.get(), 1);
        }
    }
}
