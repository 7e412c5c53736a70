//! The XML twin: names, namespaces, references, white space, faults and their offsets. Clauses are those of XML 1.0,
//! fifth edition, unless said otherwise.

#![cfg(feature = "xml")]
#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests: to stop is how they fail"
)]

mod support;

use proptest::prelude::*;
use support::tree::{self, Element, Node};
use wbxml::vocabulary::{TagPage, Vocabulary, dmddf, metinf, prov, syncml};
use wbxml::xml::{self, Fault};
use wbxml::{
    AnyReader, AttrStart, Cursor, Data, Emit, Error, ErrorKind, Event, Limit, Limits, Options, Start, Tag, TextFault,
    WriteError,
};

static KNOWN: [&Vocabulary<'static>; 5] =
    [&prov::PROV_1_0, &syncml::SYNCML_1_2, &syncml::SYNCML_1_1, &syncml::SYNCML_1_0, &dmddf::DM_DDF_1_2];

fn options() -> Options<'static> {
    Options::new().vocabularies(&KNOWN)
}

fn syncml() -> Options<'static> {
    Options::new().assume(&syncml::SYNCML_1_2)
}

fn reader<'a>(document: &'a str, options: Options<'a>) -> xml::Reader<'a> {
    xml::Reader::new(document.as_bytes(), options).unwrap()
}

/// All that the events say, as one line: names of tags by page, attributes, texts in pieces.
fn line(document: &[u8], options: Options<'_>) -> Result<String, Error> {
    let mut reader = xml::Reader::new(document, options)?;
    let mut said = Vec::new();
    loop {
        said.push(match reader.next_event()? {
            Event::Eof => return Ok(said.join(" ")),
            Event::Start(start) => format!("<{}:{}", start.tag.page(), reader.name(start)?.unwrap()),
            Event::AttributeStart(start) if start.token == AttrStart::LITERAL => {
                let text = document.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(document);
                let name = &text[usize::try_from(start.literal).unwrap()..];
                let end = name.iter().position(|octet| b"= ?".contains(octet)).unwrap();
                format!("@{}", String::from_utf8_lossy(&name[..end]))
            }
            Event::AttributeStart(start) => format!("@{}", reader.vocabulary().attribute(start.token).unwrap().0),
            Event::AttributesEnd => "]".to_owned(),
            Event::Text(text) => format!("{:?}", String::from_utf8_lossy(text.octets())),
            Event::Entity(character) => format!("{character:?}"),
            Event::End => ">".to_owned(),
            Event::Pi => "?".to_owned(),
            event => panic!("{event:?}"),
        });
    }
}

/// Reads `document` in every way; where one fails, all do, at the same octet.
fn error(document: &[u8], options: Options<'_>) -> Error {
    let by_events = line(document, options).unwrap_err();
    let by_cursor = xml::Reader::new(document, options).and_then(|mut reader| tree::of_cursor(&mut reader));
    assert_eq!(by_cursor.unwrap_err(), by_events, "{}", String::from_utf8_lossy(document));
    by_events
}

/// A name is the tag of its namespace, else of the page around it, else of the first page that has it.
#[test]
fn names_become_tags() {
    for (what, document, expected) in [
        (
            "by namespace",
            "<SyncML xmlns='SYNCML:SYNCML1.2'><Meta><Type xmlns='syncml:metinf'>t</Type></Meta></SyncML>",
            "<0:SyncML <0:Meta <1:Type \"t\" > > >",
        ),
        (
            "by namespace, in another case",
            "<Meta xmlns='syncml:syncml1.2'><Type xmlns='SYNCML:METINF'/></Meta>",
            "<0:Meta <1:Type >",
        ),
        ("by the first page that has it", "<Meta><Type/><Item/></Meta>", "<0:Meta <1:Type <0:Item >"),
        // Size and Type are on the pages 1 and 2, VerDTD on 0 and 2, Add on 0 and 2
        (
            "by the page around it",
            "<SyncML><MetInf><Size/></MetInf><MgmtTree><VerDTD/><Type/><Add/></MgmtTree><VerDTD/></SyncML>",
            "<0:SyncML <1:MetInf <1:Size > <2:MgmtTree <2:VerDTD <2:Type <2:Add > <0:VerDTD >",
        ),
        (
            "by namespace rather than by the page around it",
            "<SyncML xmlns='SYNCML:SYNCML1.2'><MgmtTree xmlns='syncml:dmddf1.2'><Add/><Add xmlns='SYNCML:SYNCML1.2'/><Add/></MgmtTree></SyncML>",
            "<0:SyncML <2:MgmtTree <2:Add <0:Add <2:Add > >",
        ),
        (
            "a namespace without the name",
            "<SyncML xmlns='SYNCML:SYNCML1.2'><Meta><Type/></Meta></SyncML>",
            "<0:SyncML <0:Meta <1:Type > >",
        ),
        (
            "by prefix",
            "<s:Meta xmlns:s='SYNCML:SYNCML1.2' xmlns:m='syncml:metinf'><m:Type/><s:Item/></s:Meta>",
            "<0:Meta <1:Type <0:Item >",
        ),
        (
            "the innermost declaration counts",
            "<Meta xmlns:m='syncml:metinf'><m:Size/><Item xmlns:m='syncml:dmddf1.2'><m:Size/></Item><m:Size/></Meta>",
            "<0:Meta <1:Size <0:Item <2:Size > <1:Size >",
        ),
        (
            "a declaration counts in its own tag",
            "<Meta><m:Size xmlns:m='syncml:dmddf1.2'/><Size xmlns='syncml:dmddf1.2'/></Meta>",
            "<0:Meta <2:Size <2:Size >",
        ),
        ("an unknown name", "<Meta><Foo><Size/></Foo></Meta>", "<0:Meta <0:Foo <1:Size > >"),
        ("an unknown name keeps the page", "<MgmtTree><Foo><Size/></Foo></MgmtTree>", "<2:MgmtTree <0:Foo <2:Size > >"),
        (
            "a foreign namespace",
            "<Meta xmlns='SYNCML:SYNCML1.2'><Type xmlns='urn:x'><Item/></Type><Item/></Meta>",
            "<0:Meta <0:Type @xmlns \"urn:x\" ] <0:Item > <0:Item >",
        ),
        (
            "a foreign prefix",
            "<Meta xmlns:x='urn:x'><x:Type/><Type/></Meta>",
            "<0:Meta @xmlns:x \"urn:x\" ] <0:x:Type <1:Type >",
        ),
        ("a prefix without a declaration", "<Meta><x:Type/></Meta>", "<0:Meta <0:x:Type >"),
        (
            "a root in an unusual namespace",
            "<SyncML xmlns='urn:mine'><SyncHdr/><Meta><Size/></Meta></SyncML>",
            "<0:SyncML @xmlns \"urn:mine\" ] <0:SyncHdr <0:Meta <1:Size > >",
        ),
        ("a root in no namespace, said aloud", "<SyncML xmlns=''><SyncHdr/></SyncML>", "<0:SyncML <0:SyncHdr >"),
        ("a root with an unusual prefix", "<s:SyncML xmlns:s='urn:mine'/>", "<0:SyncML @xmlns:s \"urn:mine\" ]"),
    ] {
        assert_eq!(line(document.as_bytes(), syncml()).as_deref(), Ok(expected), "{what}");
    }
}

/// Literal tags of the rows above are literal, though page 0 has such a name.
#[test]
fn what_is_foreign_is_literal() {
    let document =
        "<Meta xmlns='SYNCML:SYNCML1.2' xmlns:x='urn:x'><Item xmlns='urn:x'/><x:Item/><y:Item/><Foo/></Meta>";
    let mut reader = reader(document, syncml());
    let root = reader.root().unwrap();
    let mut names = Vec::new();
    while let Some(child) = reader.next_child(root).unwrap() {
        assert_eq!(child.tag, Tag::LITERAL);
        names.push(reader.name(child).unwrap().unwrap());
    }
    assert_eq!(names, ["Item", "x:Item", "y:Item", "Foo"]);
}

/// Namespaces that the pages imply are no attributes; everything else is.
#[test]
fn declarations() {
    let document = "<Meta xmlns=\"SYNCML:SYNCML1.2\" xmlns:m='syncml:metinf' xmlns:x='urn:x' xmlnsy='1' a='2'><Type xmlns='syncml:metinf'/></Meta>";
    assert_eq!(
        line(document.as_bytes(), syncml()).unwrap(),
        "<0:Meta @xmlns:x \"urn:x\" @xmlnsy \"1\" @a \"2\" ] <1:Type >"
    );
    let mut reader = reader(document, syncml());
    let root = reader.root().unwrap();
    assert!(root.has_attributes());
    let names: Vec<_> =
        core::iter::from_fn(|| reader.next_attribute(root).unwrap()).map(|attribute| attribute.name).collect();
    assert_eq!(names, ["xmlns:x", "xmlnsy", "a"]);
    let child = reader.next_child(root).unwrap().unwrap();
    assert!(!child.has_attributes());
    assert_eq!(reader.next_attribute(child), Ok(None));
}

mod mixed {
    /// A vocabulary with a page in a namespace and one in none.
    pub(super) mod page_0 {
        wbxml::token_rows! {
            /// Elements without a namespace.
            pub(crate) tags ROWS, page 0 { 0x05 LIST = "list"; 0x06 ITEM = "item"; }
        }
    }
    pub(super) mod page_1 {
        wbxml::token_rows! {
            /// Elements with one.
            pub(crate) tags ROWS, page 1 { 0x05 ITEM = "item"; 0x06 NOTE = "note"; }
        }
    }
}

/// Namespaces in XML 1.0, 6.2: `xmlns=""` takes a name out of every namespace. The writer says so, the reader knows.
#[test]
fn no_namespace_inside_one() {
    let pages = [TagPage::checked(0, "", &[mixed::page_0::ROWS]), TagPage::checked(1, "urn:n", &[mixed::page_1::ROWS])];
    let vocabulary = Vocabulary { name: "mixed", root: "list", tag_pages: &pages, ..Vocabulary::EMPTY };
    let mut out = Vec::new();
    let mut writer = xml::Writer::new(&mut out, &vocabulary);
    writer.start(Start::new(mixed::page_0::LIST)).unwrap();
    writer.start(Start::new(mixed::page_1::NOTE)).unwrap();
    writer.leaf(mixed::page_1::ITEM, "1").unwrap();
    writer.leaf(mixed::page_0::ITEM, "0").unwrap();
    writer.end().unwrap();
    writer.end().unwrap();
    let expected = r#"<list><note xmlns="urn:n"><item>1</item><item xmlns="">0</item></note></list>"#;
    assert_eq!(String::from_utf8(out).unwrap(), expected);
    assert_eq!(
        line(expected.as_bytes(), Options::new().assume(&vocabulary)).unwrap(),
        "<0:list <1:note <1:item \"1\" > <0:item \"0\" > > >"
    );
}

/// Character data (2.4), references (4.1, 4.6), CDATA sections (2.7), line ends (2.11): the text of `<Data>`, and
/// whether it is in one piece.
#[test]
fn texts() {
    for (what, content, expected, plain) in [
        ("nothing", "", "", true),
        ("plain", "a b", "a b", true),
        ("not trimmed", " \n\ta ", " \n\ta ", true),
        ("beyond ASCII", "\u{E9}\u{20AC}\u{1F400}", "\u{E9}\u{20AC}\u{1F400}", true),
        ("the predefined entities", "&lt;&gt;&amp;&apos;&quot;", "<>&'\"", false),
        ("one entity", "&amp;", "&", false),
        ("an entity in text", "AT&amp;T", "AT&T", false),
        ("an entity is not read twice", "&amp;lt;", "&lt;", false),
        ("characters by number", "&#65;&#x42;&#x1F400;&#xd;&#10;", "AB\u{1F400}\r\n", false),
        ("leading zeros", "&#0065;&#x0042;", "AB", false),
        ("a CDATA section", "<![CDATA[a<b>&amp;]]>", "a<b>&amp;", true),
        ("an empty CDATA section", "<![CDATA[]]>", "", true),
        ("brackets in a CDATA section", "<![CDATA[]]]]>", "]]", true),
        ("CDATA sections and text", "a<![CDATA[<]]>b<![CDATA[>]]>", "a<b>", false),
        ("a CDATA end in two sections", "<![CDATA[]]]]><![CDATA[>]]>", "]]>", false),
        ("comments", "<!--x-->a<!-- <b> & -->b<!---->", "ab", false),
        ("a comment before text", "<!--x-->a", "a", true),
        ("processing instructions", "a<?x y?>b", "ab", false),
        ("CR LF", "a\r\nb", "a\nb", false),
        ("CR", "a\rb\r", "a\nb\n", false),
        ("CR CR LF", "\r\r\n", "\n\n", false),
        ("LF CR", "\n\r", "\n\n", false),
        ("CR LF in a CDATA section", "<![CDATA[a\r\nb]]>", "a\nb", false),
        ("CR by number before LF", "&#13;\n", "\r\n", false),
        ("CR before LF by number", "\r&#10;", "\n\n", false),
        ("CR and LF apart", "\r<!--x-->\n", "\n\n", false),
        ("U+FEFF", "\u{FEFF}", "\u{FEFF}", true),
        ("U+FEFF before text and a comment", "\u{FEFF}a<!---->\u{FEFF}", "\u{FEFF}a\u{FEFF}", false),
        ("U+FEFF behind an entity", "&amp;\u{FEFF}\u{FEFF}a&amp;", "&\u{FEFF}\u{FEFF}a&", false),
        ("a slash and an equals sign", "a/b=c", "a/b=c", true),
        ("a greater-than sign", "a>b", "a>b", true),
    ] {
        let document = format!("<Item><Data>{content}</Data><Data/></Item>");
        let mut reader = reader(&document, syncml());
        let root = reader.root().unwrap();
        let data = reader.next_child(root).unwrap().unwrap();
        let text = reader.text(data).unwrap();
        assert_eq!(text.to_cow().unwrap(), expected, "{what}");
        assert_eq!(text, *expected, "{what}");
        assert_eq!(text.as_str().is_some(), plain, "{what}");
        assert!(reader.next_child(root).unwrap().is_some(), "{what}");
        assert_eq!((reader.next_child(root), reader.finish()), (Ok(None), Ok(())), "{what}");
        let [Node::Element(item)] = &tree::of_events(document.as_bytes(), syncml()).unwrap()[..] else { panic!() };
        let Node::Element(data) = &item.content[0] else { panic!("{what}") };
        let text: String =
            data.content.iter().map(|node| if let Node::Text(text) = node { &text[..] } else { panic!() }).collect();
        assert_eq!(text, expected, "{what}, by events");
    }
}

/// Attribute values: references, and white space as in 3.3.3, which normalises what stands there and not what is said
/// by number.
#[test]
fn attribute_values() {
    for (what, value, expected) in [
        ("plain", "a b", "a b"),
        ("empty", "", ""),
        ("not trimmed, as for CDATA", "  a  b ", "  a  b "),
        ("tab and LF", "a\tb\nc", "a b c"),
        ("CR LF is one line end", "a\r\nb", "a b"),
        ("CR", "a\rb", "a b"),
        ("LF LF", "\n\n", "  "),
        ("by number", "&#9;&#10;&#13;&#32;", "\t\n\r "),
        ("entities", "&lt;&amp;&gt;&apos;&quot;", "<&>'\""),
        ("an entity is not read twice", "&amp;#10;", "&#10;"),
        ("the other quote", "\"", "\""),
        ("beyond ASCII", "\u{E9}\u{1F400}\u{FEFF}", "\u{E9}\u{1F400}\u{FEFF}"),
        ("markup", "a>b", "a>b"),
    ] {
        let document = format!("<wap-provisioningdoc><parm name='{value}' value = '{value}' /></wap-provisioningdoc>");
        let mut reader = reader(&document, options());
        let root = reader.root().unwrap();
        let parm = reader.next_child(root).unwrap().unwrap();
        for name in ["name", "value"] {
            let attribute = reader.next_attribute(parm).unwrap().unwrap();
            assert_eq!((attribute.name, attribute.value.to_cow().unwrap().as_ref()), (name, expected), "{what}");
            assert_eq!(&document[reader.span()].split(' ').next().unwrap()[..name.len()], name, "{what}");
        }
        assert_eq!(reader.next_attribute(parm), Ok(None), "{what}");
        let roots = tree::of_events(document.as_bytes(), options()).unwrap();
        let [Node::Element(Element { content, .. })] = &roots[..] else { panic!() };
        let [Node::Element(Element { attributes, .. })] = &content[..] else { panic!() };
        assert_eq!(
            attributes,
            &[("name".to_owned(), expected.to_owned()), ("value".to_owned(), expected.to_owned())],
            "{what}"
        );
    }
}

/// What stands in front of and behind the root (2.1, 2.8).
#[test]
fn prologs_and_epilogs() {
    let comment = format!("<!--{}-->", "- ".repeat(1 << 19));
    let subset =
        "<!DOCTYPE a [ <!ELEMENT a ANY> <!ATTLIST a b CDATA \"]>\"> <!-- ]> ' --> <!ENTITY e \"x>y\"> <?p ]>?> ]>";
    for (what, before, after) in [
        ("nothing", "", ""),
        ("a declaration", "<?xml version='1.0' encoding='utf-8' standalone=\"yes\"?>", ""),
        ("white space", " \r\n\t", "\n\n"),
        ("a byte order mark", "\u{FEFF}", ""),
        ("a byte order mark and a declaration", "\u{FEFF}<?xml version='1.0'?>\n", ""),
        ("comments", "<!-- <a> --><!---->", "<!-- </a> -->"),
        ("a huge comment", &comment, &comment),
        ("a DOCTYPE", "<!DOCTYPE a>", ""),
        ("a DOCTYPE with a subset", subset, ""),
        ("a DOCTYPE with identifiers", "<!DOCTYPE a PUBLIC '-//x' \"y>z\" >", ""),
    ] {
        let document = format!("{before}<SyncHdr><MsgID>1</MsgID></SyncHdr>{after}");
        assert_eq!(line(document.as_bytes(), syncml()).unwrap(), "<0:SyncHdr <0:MsgID \"1\" > >", "{what}");
        let mut reader = reader(&document, syncml());
        let root = reader.root().unwrap();
        assert_eq!(reader.span().start, document.find("<SyncHdr").unwrap(), "{what}");
        reader.skip(root).unwrap();
        assert_eq!(reader.finish(), Ok(()), "{what}");
    }
}

/// Processing instructions are those of WBXML: a target and one piece of data.
#[test]
fn processing_instructions() {
    for (document, expected) in [
        ("<?a?><Meta/>", "? @a ] <0:Meta"),
        ("<?a b c?><Meta><?d?></Meta><?e  f ?>", "? @a \"b c\" ] <0:Meta ? @d ] > ? @e \"f \" ]"),
        ("<?a b&amp;\r\nc?><Meta/>", "? @a \"b&amp;\" '\\n' \"c\" ] <0:Meta"),
    ] {
        assert_eq!(line(document.as_bytes(), syncml()).as_deref(), Ok(expected));
        let mut reader = reader(document, syncml());
        let root = reader.root().unwrap();
        assert_eq!((reader.next_child(root), reader.finish()), (Ok(None), Ok(())));
    }
}

/// One row for each fault: what, the document with `|` before the octet that the error names, and the kind.
#[test]
fn errors() {
    use ErrorKind::{TrailingData, UnexpectedEof, UnexpectedText, Xml};

    for (what, marked, kind) in [
        ("nothing", "|", UnexpectedEof),
        ("nothing but white space", "  |", UnexpectedEof),
        ("nothing but a comment", "<!--x-->|", UnexpectedEof),
        ("no end tag", "<a>|", UnexpectedEof),
        ("no end tag behind text", "<a>b|", UnexpectedEof),
        ("no end tag behind a child", "<a><b/></c>".split_at(7).0, UnexpectedEof),
        ("another end tag", "<a>|</b>", Xml(Fault::EndTag)),
        ("crossed end tags", "<a><b>|</a></b>", Xml(Fault::EndTag)),
        ("an end tag in another case", "<a>|</A>", Xml(Fault::EndTag)),
        ("an end tag and no start", "<a></a>|</a>", Xml(Fault::EndTag)),
        ("an end tag first", "|</a>", Xml(Fault::EndTag)),
        ("two roots", "<a/>|<b/>", TrailingData),
        ("two roots, the second one with content", "<a></a> |<b></b>", TrailingData),
        ("text before the root", "|x<a/>", UnexpectedText),
        ("a character before the root", "|&#32;<a/>", UnexpectedText),
        ("a CDATA section before the root", " |<![CDATA[]]><a/>", UnexpectedText),
        ("two byte order marks", "\u{FEFF}|\u{FEFF}<a/>", UnexpectedText),
        ("text behind the root", "<a/>|x", TrailingData),
        ("text behind a comment", "<a/><!-- -->|x", TrailingData),
        ("a character behind the root", "<a/> |&#32;", TrailingData),
        ("a CDATA section behind the root", "<a/>|<![CDATA[]]>", TrailingData),
        ("an entity that is not declared", "<a>b|&foo;c</a>", Xml(Fault::Reference)),
        ("one that only the subset declares", "<!DOCTYPE a [<!ENTITY e 'x'>]><a>|&e;</a>", Xml(Fault::Reference)),
        ("an entity of HTML", "<a>|&nbsp;</a>", Xml(Fault::Reference)),
        ("an entity in another case", "<a>|&AMP;</a>", Xml(Fault::Reference)),
        ("an empty entity", "<a>|&;</a>", Xml(Fault::Reference)),
        ("an ampersand alone", "<a>|& b</a>", Xml(Fault::Reference)),
        ("an ampersand before an end tag", "<a>|&</a>", Xml(Fault::Reference)),
        ("an ampersand before a reference", "<a>|&amp&amp;</a>", Xml(Fault::Reference)),
        ("an ampersand at the end", "<a>|&", Xml(Fault::Reference)),
        ("an entity in a value", "<a b='x|&foo;y'/>", Xml(Fault::Reference)),
        ("an ampersand in a value", "<a b='xy&amp;|&'/>", Xml(Fault::Reference)),
        ("the character 0", "<a>|&#0;</a>", Xml(Fault::Reference)),
        ("a control character", "<a>|&#1;</a>", Xml(Fault::Reference)),
        ("the character U+001F", "<a>b|&#x1F;</a>", Xml(Fault::Reference)),
        ("the character U+FFFE", "<a>|&#xFFFE;</a>", Xml(Fault::Reference)),
        ("a surrogate", "<a>|&#xD800;</a>", Xml(Fault::Reference)),
        ("a number beyond Unicode", "<a>|&#x110000;</a>", Xml(Fault::Reference)),
        ("a number beyond 32 bits", "<a>|&#4294967361;</a>", Xml(Fault::Reference)),
        ("a number with a sign", "<a>|&#+65;</a>", Xml(Fault::Reference)),
        ("a number without digits", "<a>|&#;</a>", Xml(Fault::Reference)),
        ("a hexadecimal number with a capital X", "<a>|&#X41;</a>", Xml(Fault::Reference)),
        ("a number with a blank", "<a>|&# 65;</a>", Xml(Fault::Reference)),
        ("an attribute twice", "|<a b='1' b='2'/>", Xml(Fault::Attribute)),
        ("a declaration twice", "|<a xmlns='x' xmlns='y'/>", Xml(Fault::Attribute)),
        (
            "the last of nine attributes twice",
            "<a>|<b c='' d='' e='' f='' g='' h='' i='' j='' k='' k=''/></a>",
            Xml(Fault::Attribute),
        ),
        (
            "the first of nine attributes twice",
            "<a>|<b c='' d='' e='' f='' g='' h='' i='' j='' k='' c=''/></a>",
            Xml(Fault::Attribute),
        ),
        ("a control character in a name", "<SyncML><Get|\u{1}/></SyncML>", Xml(Fault::Character)),
        (
            "a control character in a name behind a declaration that stood before",
            "<SyncML><Type xmlns='syncml:metinf'>a</Type><Typ|\u{1} xmlns='syncml:metinf'>a</Type></SyncML>",
            Xml(Fault::Character),
        ),
        ("an attribute without a value", "<c>|<a b/></c>", Xml(Fault::Attribute)),
        ("an attribute without quotes", "|<a b=1/>", Xml(Fault::Attribute)),
        ("a tag without an end", "<a>|<b", Xml(Fault::Syntax)),
        ("a value without an end", "<a>|<b c='</a>", Xml(Fault::Syntax)),
        ("an end tag without an end", "<a>|</a", Xml(Fault::Syntax)),
        ("a comment without an end", "<a/>|<!-- ", Xml(Fault::Syntax)),
        ("a CDATA section without an end", "<a>|<![CDATA[ ]]", Xml(Fault::Syntax)),
        ("a processing instruction without an end", "<a>|<?b ", Xml(Fault::Syntax)),
        ("a DOCTYPE without an end", "|<!DOCTYPE a [ ", Xml(Fault::Syntax)),
        ("a declaration that there is not", "<a>|<!FOO></a>", Xml(Fault::Syntax)),
        ("a tag without a name", "|<></>", Xml(Fault::Syntax)),
        ("a blank before the name", "<a>|< b/></a>", Xml(Fault::Syntax)),
        ("a name that begins with a digit", "<a>|<1b/></a>", Xml(Fault::Syntax)),
        ("a name with an ampersand", "<a>|<b&c/></a>", Xml(Fault::Syntax)),
        ("an attribute whose name begins with a digit", "<a>|<b 1='2'/></a>", Xml(Fault::Attribute)),
        ("an attribute whose name is a sign", "<a>|<b =c='2'/></a>", Xml(Fault::Attribute)),
        ("a less-than sign alone", "<a>|<", Xml(Fault::Syntax)),
    ] {
        let (before, after) = marked.split_once('|').unwrap_or((marked, ""));
        let document = format!("{before}{after}");
        assert_eq!(error(document.as_bytes(), syncml()), Error::new(kind, before.len()), "{what}");
        // behind a byte order mark, offsets are still those of the document
        if !document.starts_with('\u{FEFF}') {
            let document = format!("\u{FEFF}{document}");
            assert_eq!(error(document.as_bytes(), syncml()), Error::new(kind, 3 + before.len()), "{what}, marked");
        }
    }
}

/// Octets that are not UTF-8: in a tag an error of its own, in text one of the text.
#[test]
fn octets_that_are_no_text() {
    for (what, document, at) in [
        ("a name", &b"<a><b\xFF/></a>"[..], 3),
        ("the name of an attribute", b"<a \xC3='x'/>", 0),
        ("a value", b"<a b='\xED\xA0\x80'/>", 0),
    ] {
        assert_eq!(error(document, syncml()), Error::new(ErrorKind::Xml(Fault::Encoding), at), "{what}");
    }
    for document in
        [&b"<a>x\xFF</a>"[..], b"<a><![CDATA[\xC0\x80]]></a>", b"<a>x&amp;\xFE</a>", b"<a><!----><!---->\xFF</a>"]
    {
        let mut reader = xml::Reader::new(document, syncml()).unwrap();
        let root = reader.root().unwrap();
        let text = reader.text(root).unwrap();
        assert_eq!((text.to_cow(), text.as_str()), (Err(TextFault::Invalid), None));
    }
    // where nobody looks, nobody minds
    assert_eq!(line(b"<Meta><!--\xFF--></Meta>", syncml()).unwrap(), "<0:Meta >");
}

/// Where elements are asked for, and text stands there, and the other way round.
#[test]
fn elements_or_text() {
    for (what, marked) in [
        ("text", "<Meta>|x<Type/></Meta>"),
        ("text behind an element", "<Meta><Type/>|x</Meta>"),
        ("text behind white space", "<Meta>\n |&#x41;</Meta>"),
        ("a CDATA section", "<Meta>|<![CDATA[x]]></Meta>"),
    ] {
        let (before, after) = marked.split_once('|').unwrap();
        let document = format!("{before}{after}");
        let mut reader = reader(&document, syncml());
        let root = reader.root().unwrap();
        let error = loop {
            match reader.next_child(root) {
                Ok(child) => assert!(child.is_some(), "{what}"),
                Err(error) => break error,
            }
        };
        let at = before.trim_end().len();
        assert_eq!(error.kind(), ErrorKind::UnexpectedText, "{what}");
        assert!((at..=before.len()).contains(&error.offset()), "{what}: {error}");
    }
    for (what, marked) in [
        ("an element", "<Data>|<Item/></Data>"),
        ("an element behind text", "<Data>x|<Item></Item></Data>"),
        ("an element behind a comment", "<Data><!---->|<x:y/></Data>"),
    ] {
        let (before, after) = marked.split_once('|').unwrap();
        let document = format!("{before}{after}");
        let mut reader = reader(&document, syncml());
        let root = reader.root().unwrap();
        let error = reader.text(root).unwrap_err();
        assert_eq!(error, Error::new(ErrorKind::UnexpectedElement, before.len()), "{what}");
    }
}

/// White space between elements is ignored, however it is written.
#[test]
fn white_space_between_elements() {
    let document = "<Meta> \r\n\t<Type/>&#32;&#13;<![CDATA[ \n]]><Size/><!--x--></Meta>";
    let mut reader = reader(document, syncml());
    let root = reader.root().unwrap();
    assert_eq!(reader.next_child(root).unwrap().map(|child| child.tag), Some(metinf::tag::TYPE));
    assert_eq!(reader.next_child(root).unwrap().map(|child| child.tag), Some(metinf::tag::SIZE));
    assert_eq!(reader.next_child(root), Ok(None));
}

#[test]
fn limits() {
    let nested = |depth: usize| format!("{}{}", "<Item>".repeat(depth), "</Item>".repeat(depth));
    let limit = |limit| Err(ErrorKind::Limit(limit));
    let read = |document: &str, limits| {
        let options = syncml().limits(limits);
        let by_events = line(document.as_bytes(), options).map(|_| ()).map_err(|error| error.kind());
        let mut reader = reader(document, options);
        let by_cursor = reader.root().and_then(|root| reader.skip(root)).map_err(|error| error.kind());
        assert_eq!(by_events, by_cursor);
        by_events
    };
    let depth = Limits { depth: 3, ..Limits::DEFAULT };
    assert_eq!(read(&nested(3), depth), Ok(()));
    assert_eq!(read(&nested(4), depth), limit(Limit::Depth));
    assert_eq!(read("<Item><Item><Item><Item/></Item></Item></Item>", depth), Ok(()));
    assert_eq!(read(&nested(256), Limits::DEFAULT), Ok(()));
    assert_eq!(read(&nested(257), Limits::DEFAULT), limit(Limit::Depth));
    assert_eq!(read(&nested(100_000), Limits { depth: u32::MAX, ..Limits::DEFAULT }), Ok(()));
    let error = line(nested(4).as_bytes(), syncml().limits(depth)).unwrap_err();
    assert_eq!(error.offset(), 18);

    let attributes = |count: usize| {
        let list: String = (0..count).map(|number| format!(" a{number}=''")).collect();
        format!("<Item{list}/>")
    };
    let few = Limits { attributes: 2, ..Limits::DEFAULT };
    assert_eq!(read(&attributes(2), few), Ok(()));
    assert_eq!(read(&attributes(3), few), limit(Limit::Attributes));
    assert_eq!(read(&attributes(256), Limits::DEFAULT), Ok(()));
    assert_eq!(read(&attributes(257), Limits::DEFAULT), limit(Limit::Attributes));
    // declarations count: they are looked through for each name
    assert_eq!(read("<Item xmlns:a='x' xmlns:b='x' xmlns:c='x'/>", few), limit(Limit::Attributes));
    let declared: String = (0..300).map(|number| format!("<Item xmlns:a{number}='x'>")).collect();
    assert_eq!(read(&declared, Limits { depth: 1000, ..Limits::DEFAULT }), limit(Limit::Attributes));
}

/// That no name stands twice is known without going through all attributes for each: where limits allow them, 100,000
/// take linear time, by events and by the cursor.
#[test]
fn a_hundred_thousand_attributes() {
    const COUNT: usize = 100_000;
    let list: String = (0..COUNT).map(|number| format!(" a{number}=''")).collect();
    let document = format!("<Item{list}/>");
    let options = syncml().limits(Limits::NONE);
    let mut reader = reader(&document, options);
    let root = reader.root().unwrap();
    let mut count = 0;
    while reader.next_attribute(root).unwrap().is_some() {
        count += 1;
    }
    assert_eq!(count, COUNT);
    assert!(line(document.as_bytes(), options).is_ok());
}

/// The vocabulary of a document: by its formal public identifier, else by the namespace of its root, else by its root.
#[test]
fn vocabularies() {
    for (what, document, expected) in [
        (
            "by public identifier",
            "<!DOCTYPE SyncML PUBLIC \"-//SYNCML//DTD SyncML 1.1//EN\" \"x\"><SyncML/>",
            "SyncML 1.1",
        ),
        ("in apostrophes", "<!DOCTYPE SyncML PUBLIC '-//SYNCML//DTD SyncML 1.0//EN' 'x'><SyncML/>", "SyncML 1.0"),
        ("in another case", "<!DOCTYPE SyncML PUBLIC \"-//syncml//dtd syncml 1.1//en\" \"x\"><SyncML/>", "SyncML 1.1"),
        (
            "with blanks around and inside (4.2.2)",
            "<!DOCTYPE SyncML\n PUBLIC\t\" -//SYNCML//DTD\r\n  SyncML\t1.1//EN \" ''><SyncML/>",
            "SyncML 1.1",
        ),
        (
            "rather than by namespace",
            "<!DOCTYPE SyncML PUBLIC '-//SYNCML//DTD SyncML 1.0//EN' 'x'><SyncML xmlns='SYNCML:SYNCML1.1'/>",
            "SyncML 1.0",
        ),
        (
            "with a subset",
            "<!DOCTYPE wap-provisioningdoc PUBLIC '-//WAPFORUM//DTD PROV 1.0//EN' 'x' [<!ENTITY a 'b'>]><x/>",
            "PROV 1.0",
        ),
        (
            "not by an identifier in a subset",
            "<!DOCTYPE SyncML [<!NOTATION n PUBLIC '-//SYNCML//DTD SyncML 1.0//EN'>]><SyncML/>",
            "SyncML 1.2",
        ),
        (
            "not by one in a system identifier",
            "<!DOCTYPE SyncML SYSTEM \"PUBLIC '-//SYNCML//DTD SyncML 1.0//EN'\"><SyncML/>",
            "SyncML 1.2",
        ),
        (
            "by namespace behind an unknown identifier",
            "<!DOCTYPE SyncML PUBLIC '-//X//EN' 'x'><SyncML xmlns='SYNCML:SYNCML1.1'/>",
            "SyncML 1.1",
        ),
        (
            "not by an identifier that another one begins with",
            "<!DOCTYPE SyncML PUBLIC '-//SYNCML//DTD SyncML 1.1//EN more' 'x'><SyncML/>",
            "SyncML 1.2",
        ),
        ("by namespace", "<SyncML xmlns='SYNCML:SYNCML1.0'/>", "SyncML 1.0"),
        (
            "by the default namespace where there is a prefix, too",
            "<SyncML xmlns:s='SYNCML:SYNCML1.1' xmlns='SYNCML:SYNCML1.0'/>",
            "SyncML 1.0",
        ),
        (
            "not by the namespace of a prefix that begins alike",
            "<s:SyncML xmlns:st='SYNCML:SYNCML1.0' xmlns:s='SYNCML:SYNCML1.1'/>",
            "SyncML 1.1",
        ),
        ("by namespace in another case", "<SyncML xmlns=\"syncml:syncml1.1\"/>", "SyncML 1.1"),
        (
            "by the namespace of a prefix",
            "<!--x--><s:SyncML xmlns='SYNCML:SYNCML1.0' xmlns:s='SYNCML:SYNCML1.1'/>",
            "SyncML 1.1",
        ),
        ("by root", "<SyncML/>", "SyncML 1.2"),
        ("by root in an unknown namespace", "<SyncML xmlns='urn:x'/>", "SyncML 1.2"),
        ("by root without a namespace", "<wap-provisioningdoc version='1.1'/>", "PROV 1.0"),
        ("by root and a page that is not the first", "<MgmtTree xmlns='syncml:dmddf1.2'/>", "DM DDF 1.2"),
        ("the assumed one", "<other/>", ""),
        ("nothing to go by", "", ""),
        ("a root in another case", "<syncml/>", ""),
    ] {
        let reader = reader(document, options());
        assert_eq!(reader.vocabulary().name, expected, "{what}");
    }

    // one that has neither an identifier nor a root is not named by what a document lacks
    let nameless = Vocabulary { name: "nameless", ..Vocabulary::EMPTY };
    for document in ["", "<!DOCTYPE a PUBLIC '' ''><a/>", "text"] {
        let known = [&nameless];
        assert_eq!(reader(document, Options::new().vocabularies(&known)).vocabulary().name, "", "{document}");
    }
}

/// `Reader::content` reads any number of elements, none of them a root.
#[test]
fn content_with_several_roots() {
    let content = " <Type xmlns='syncml:metinf'>t</Type><!--x--><?y?>\n<Meta/><Meta><Size>5</Size></Meta> ";
    let mut reader = xml::Reader::content(content.as_bytes(), syncml()).unwrap();
    let nodes = tree::children(&mut reader, Start::CONTENT).unwrap();
    let names: Vec<(u8, &str)> = nodes
        .iter()
        .map(|node| if let Node::Element(element) = node { (element.tag.page(), &element.name[..]) } else { panic!() })
        .collect();
    assert_eq!(names, [(1, "Type"), (0, "Meta"), (0, "Meta")]);
    assert_eq!(reader.next_child(Start::CONTENT), Ok(None));
    assert_eq!((reader.depth(), reader.finish()), (0, Ok(())));

    // as a whole: as text, as data, or passed over
    let content = |content: &'static str| xml::Reader::content(content.as_bytes(), syncml()).unwrap();
    assert_eq!(content("").next_child(Start::CONTENT), Ok(None));
    assert_eq!(content("a&amp;b").text(Start::CONTENT).unwrap(), *"a&b");
    assert_eq!(content("\u{FEFF}\u{FEFF}a").text(Start::CONTENT).unwrap(), *"\u{FEFF}a");
    let mut reader = content("<Meta></Meta><Type/><Item></Item>");
    let Data::Markup(markup) = reader.data(Start::CONTENT).unwrap() else { panic!() };
    assert_eq!(markup.octets(), b"<Meta></Meta><Type/><Item></Item>");
    assert_eq!(reader.finish(), Ok(()));
    let mut reader = content("<Meta></Meta><Type/><Item></Item>");
    assert_eq!((reader.skip(Start::CONTENT), reader.next_child(Start::CONTENT)), (Ok(()), Ok(None)));

    for (what, marked, kind) in [
        ("text", "<Meta/>|x", ErrorKind::UnexpectedText),
        ("no end", "<Meta/><Meta>|", ErrorKind::UnexpectedEof),
        ("the end of something else", "<Meta/>|</Meta>", ErrorKind::Xml(Fault::EndTag)),
    ] {
        let (before, after) = marked.split_once('|').unwrap();
        let octets = format!("{before}{after}");
        let mut reader = xml::Reader::content(octets.as_bytes(), syncml()).unwrap();
        let error = tree::children(&mut reader, Start::CONTENT).unwrap_err();
        assert_eq!(error, Error::new(kind, before.len()), "{what}");
    }
}

/// Every element of a content is taken as a root is: an unusual namespace does no harm to any of them.
#[test]
fn every_element_of_a_content_is_a_root() {
    let content = "<Meta xmlns='urn:x'><Type/></Meta><Item xmlns='urn:y'><Data/></Item>";
    let mut reader = xml::Reader::content(content.as_bytes(), syncml()).unwrap();
    for (root, inner) in [(syncml::tag::META, metinf::tag::TYPE), (syncml::tag::ITEM, syncml::tag::DATA)] {
        let read = reader.next_child(Start::CONTENT).unwrap().unwrap();
        assert_eq!(read.tag, root);
        assert_eq!(reader.next_child(read).unwrap().map(|child| child.tag), Some(inner));
        assert_eq!(reader.next_child(read), Ok(None));
    }
}

/// Markup is read again as it stands: with the namespace and the page around it, and at its offset.
#[test]
fn markup_is_read_as_it_stands() {
    for (what, document) in [
        ("the page of the parent", "<SyncML><Item><MetInf><Size>1</Size><Type/></MetInf></Item></SyncML>"),
        (
            "the namespace around it",
            "<SyncML xmlns='SYNCML:SYNCML1.2'><MgmtTree xmlns='syncml:dmddf1.2'><Node><Add/><VerDTD/><Type/></Node></MgmtTree></SyncML>",
        ),
        (
            "a foreign namespace inside",
            "<SyncML><Item><Data xmlns='urn:x'><Type/></Data><Data xmlns='urn:x'/></Item></SyncML>",
        ),
        ("a foreign namespace around", "<SyncML><Item xmlns='urn:x'><Data><Type/></Data><Data/></Item></SyncML>"),
        ("a foreign namespace on the root", "<SyncML xmlns='urn:x'><Item><Data><Type/></Data><Data/></Item></SyncML>"),
        (
            "two foreign namespaces",
            "<SyncML xmlns='urn:x'><Item xmlns='urn:y'><Data><Type/></Data><Data xmlns='urn:x'/></Item></SyncML>",
        ),
        ("no namespace around", "<SyncML xmlns='SYNCML:SYNCML1.2'><Item xmlns=''><Data><Type/></Data></Item></SyncML>"),
        ("references and comments", "<SyncML><Item><!--x--><Data>a&amp;<![CDATA[b]]></Data> <Meta/></Item></SyncML>"),
    ] {
        let events = tree::without_ignorable(tree::of_events(document.as_bytes(), syncml()).unwrap());
        let by_data = tree::of_cursor(&mut reader(document, syncml())).unwrap();
        assert_eq!(tree::difference(&events, &[by_data]), None, "{what}");

        // behind a mark
        let mut reader = reader(document, syncml());
        let root = reader.root().unwrap();
        let child = reader.next_child(root).unwrap().unwrap();
        let first = reader.next_child(child).unwrap().unwrap();
        let (mark, at) = (reader.mark(first), reader.span().start);
        reader.skip(first).unwrap();
        while let Some(next) = reader.next_child(child).unwrap() {
            reader.skip(next).unwrap();
        }
        let end = reader.span().start;
        let markup = reader.markup(mark);
        assert_eq!((markup.offset(), markup.octets()), (at, &document.as_bytes()[at..end]), "{what}");
        let mut inner = markup.reader(Limits::DEFAULT).unwrap();
        assert_eq!(inner.depth(), 2, "{what}");
        let children = tree::children(&mut inner, Start::CONTENT).unwrap();
        let [Node::Element(root)] = &events[..] else { panic!() };
        let [Node::Element(child)] = &root.content[..] else { panic!() };
        assert_eq!(tree::difference(&child.content, &children), None, "{what}, behind a mark");
    }
}

/// Prefixes that the root declares reach into markup; there, names with others stay literal, as they are written.
#[test]
fn prefixes_of_the_root_reach_into_markup() {
    let document = "<SyncML xmlns:m='syncml:metinf'><Item xmlns:n='syncml:metinf'>\
        <m:Type/><n:Type/><n:Type xmlns:n='syncml:metinf'/></Item></SyncML>";
    let mut reader = reader(document, syncml());
    let root = reader.root().unwrap();
    let item = reader.next_child(root).unwrap().unwrap();
    let Data::Markup(markup) = reader.data(item).unwrap() else { panic!() };
    let mut inner = markup.reader(Limits::DEFAULT).unwrap();
    let mut next = || {
        let child = inner.next_child(Start::CONTENT).unwrap().unwrap();
        (child.tag, inner.name(child).unwrap())
    };
    assert_eq!(next(), (metinf::tag::TYPE, Some("Type")));
    assert_eq!(next(), (Tag::LITERAL, Some("n:Type")));
    assert_eq!(next(), (metinf::tag::TYPE, Some("Type")));
}

/// Offsets and depth in markup are those of the document.
#[test]
fn offsets_in_markup() {
    let document = "\u{FEFF}<SyncML><Item>\u{FEFF}<Data><Meta>&foo;</Meta></Data></Item></SyncML>";
    let mut reader = reader(document, syncml());
    let root = reader.root().unwrap();
    let item = reader.next_child(root).unwrap().unwrap();
    assert_eq!(
        reader.next_child(item),
        Err(Error::new(ErrorKind::UnexpectedText, document.find("\u{FEFF}<Data").unwrap()))
    );

    let document = "\u{FEFF}<SyncML><Item><Data><Meta>x</Meta></Data></Item></SyncML>";
    let mut reader = self::reader(document, syncml());
    let root = reader.root().unwrap();
    let Data::Markup(markup) = reader.data(root).unwrap() else { panic!() };
    let mut inner = markup.reader(Limits::DEFAULT).unwrap();
    let item = inner.next_child(Start::CONTENT).unwrap().unwrap();
    assert_eq!((inner.depth(), inner.span().start), (2, document.find("<Item").unwrap()));
    let Data::Markup(markup) = inner.data(item).unwrap() else { panic!() };
    let mut inner = markup.reader(Limits::DEFAULT).unwrap();
    let data = inner.next_child(Start::CONTENT).unwrap().unwrap();
    let meta = inner.next_child(data).unwrap().unwrap();
    let at = document.find("x<").unwrap();
    assert_eq!(inner.next_child(meta), Err(Error::new(ErrorKind::UnexpectedText, at)));
    let mut shallow = markup.reader(Limits { depth: 3, ..Limits::DEFAULT }).unwrap();
    let data = shallow.next_child(Start::CONTENT).unwrap().unwrap();
    let error = shallow.next_child(data).unwrap_err();
    assert_eq!(error, Error::new(ErrorKind::Limit(Limit::Depth), document.find("<Meta").unwrap()));
    for depth in 0..3 {
        let mut shallow = markup.reader(Limits { depth, ..Limits::DEFAULT }).unwrap();
        let error = shallow.next_child(Start::CONTENT).unwrap_err();
        assert_eq!(error, Error::new(ErrorKind::Limit(Limit::Depth), document.find("<Data").unwrap()), "{depth}");
    }

    // content that begins with U+FEFF
    let document = "<SyncML><Item>\u{FEFF}<Data/></Item></SyncML>";
    let mut reader = self::reader(document, syncml());
    let root = reader.root().unwrap();
    let item = reader.next_child(root).unwrap().unwrap();
    let Data::Markup(markup) = reader.data(item).unwrap() else { panic!() };
    let mut inner = markup.reader(Limits::DEFAULT).unwrap();
    assert_eq!(inner.next_child(Start::CONTENT), Err(Error::new(ErrorKind::UnexpectedText, 14)));
    let data = inner.next_child(Start::CONTENT).unwrap().unwrap();
    assert_eq!((data.tag, inner.span()), (syncml::tag::DATA, 17..24));
}

/// Spans of the events: what each one is made of, in the order of the document.
#[test]
fn spans() {
    let document = "<?p q?><wap-provisioningdoc version='1.1'><parm name='NA&amp;ME' value='&#65;'/>x&lt;<![CDATA[y]]></wap-provisioningdoc>";
    let mut reader = reader(document, options());
    let mut seen = Vec::new();
    loop {
        match reader.next_event().unwrap() {
            Event::Eof => break,
            Event::AttributesEnd | Event::AttributeStart(_) | Event::Pi => {}
            _ => seen.push(&document[reader.span()]),
        }
    }
    let expected = [
        "q",
        "<wap-provisioningdoc version='1.1'>",
        "1.1",
        "<parm name='NA&amp;ME' value='&#65;'/>",
        "NA",
        "&amp;",
        "ME",
        "&#65;",
        "x",
        "&lt;",
        "y",
        "</wap-provisioningdoc>",
    ];
    assert_eq!(seen, expected);
}

/// A document with everything that a document of this kind may have.
const EVERYTHING: &str = "<?xml version=\"1.0\"?>\n<!-- a comment -->\n<!DOCTYPE SyncML PUBLIC \"-//SYNCML//DTD SyncML 1.2//EN\" \"x\" [\n<!ENTITY e \"f\">\n]>\n\
    <SyncML xmlns=\"SYNCML:SYNCML1.2\" xmlns:m='syncml:metinf' a = \"1 &amp; 2\">\r\n  <SyncHdr><VerDTD>1.2</VerDTD><MsgID/></SyncHdr>\n\
    <?pi some data?><Meta><m:Type>text/plain</m:Type><Size xmlns='syncml:metinf'>&#x35;</Size></Meta>\
    <Data><![CDATA[<a>&]]> b &lt; c\u{E9}</Data><Item b='x'></Item><x:y xmlns:x='urn:x' c='d'/></SyncML>";

#[test]
fn every_truncation() {
    assert!(line(EVERYTHING.as_bytes(), syncml()).is_ok());
    assert!(tree::of_cursor(&mut reader(EVERYTHING, syncml())).is_ok());
    let content = &EVERYTHING[EVERYTHING.find("<SyncHdr").unwrap()..EVERYTHING.len() - "</SyncML>".len()];
    for cut in 0..EVERYTHING.len() {
        let document = &EVERYTHING.as_bytes()[..cut];
        let by_events = line(document, syncml()).unwrap_err();
        assert!(by_events.offset() <= cut, "cut at {cut}: {by_events}");
        let mut ways =
            vec![xml::Reader::new(document, syncml()).and_then(|mut reader| tree::of_cursor(&mut reader)).unwrap_err()];
        let mut reader = xml::Reader::new(document, syncml()).unwrap();
        ways.extend(reader.root().and_then(|root| reader.skip(root)).err());
        for error in ways {
            assert!(error.offset() <= cut, "cut at {cut}: {error}");
        }
        // a content may end anywhere between its elements: no error then, and no panic either
        if let Some(octets) = content.as_bytes().get(..cut) {
            let mut reader = xml::Reader::content(octets, syncml()).unwrap();
            if let Err(error) = tree::children(&mut reader, Start::CONTENT) {
                assert!(error.offset() <= cut, "content cut at {cut}: {error}");
            }
        }
    }
}

/// Events and the cursor say the same; gives whether that is more than an error.
fn agree(name: &str, document: &[u8], options: Options<'_>) -> bool {
    if !wbxml::is_xml(document) {
        // what `tree::of_events` would take for WBXML
        return xml::Reader::new(document, options).and_then(|mut reader| tree::of_cursor(&mut reader)).is_ok();
    }
    let by_events = tree::of_events(document, options).map(tree::without_ignorable);
    let by_data = xml::Reader::new(document, options).and_then(|mut reader| tree::of_cursor(&mut reader));
    let by_children = xml::Reader::new(document, options).and_then(|mut reader| tree::of_children(&mut reader));
    match by_events {
        Ok(roots) if tree::is_mixed(&roots) => {
            for error in [by_data.unwrap_err(), by_children.unwrap_err()] {
                assert_eq!(error.kind(), ErrorKind::UnexpectedText, "{name}");
            }
            true
        }
        Ok(roots) => {
            // markup knows some of the prefixes around it: see `prefixes_of_the_root_reach_into_markup`
            if !document.windows(6).any(|octets| octets == b"xmlns:") {
                assert_eq!(tree::difference(&roots, &[by_data.unwrap()]), None, "{name}");
            }
            assert_eq!(tree::difference(&roots, &[by_children.unwrap()]), None, "{name}");
            true
        }
        Err(_) => {
            by_data.unwrap_err();
            false
        }
    }
}

#[test]
fn events_and_cursor_agree() {
    assert!(agree("everything", EVERYTHING.as_bytes(), syncml()));
    assert!(agree("without a vocabulary", EVERYTHING.as_bytes(), Options::new()));
}

#[test]
fn corpus_agrees_with_its_events() {
    let (mut right, mut faulty) = (0, 0);
    support::corpus_of("xml", "XML cursor", |path, document| {
        let limits = Limits { depth: 1000, ..Limits::DEFAULT };
        if agree(path, document, options().limits(limits)) {
            right += 1;
        } else {
            faulty += 1;
        }
    });
    println!("{right} read, {faulty} faulty");
}

fn write(text: &str, value: &str) -> Result<Vec<u8>, WriteError> {
    let mut out = Vec::new();
    let mut writer = xml::Writer::new(&mut out, &prov::PROV_1_0);
    writer.start(Start::new(prov::tag::WAP_PROVISIONINGDOC))?;
    writer.start(Start::new(prov::tag::PARM).with_attributes())?;
    writer.attribute("value", value)?;
    writer.attributes_end()?;
    writer.text(text)?;
    writer.end()?;
    writer.end()?;
    Ok(out)
}

/// What XML has no means to say is an error, and nothing is written instead (2.2).
#[test]
fn characters_that_xml_does_not_have() {
    for character in ['\0', '\u{1}', '\u{8}', '\u{B}', '\u{C}', '\u{E}', '\u{1F}', '\u{FFFE}', '\u{FFFF}'] {
        let text = format!("a{character}b");
        assert_eq!(write(&text, ""), Err(WriteError::NotXml(character)));
        assert_eq!(write("", &text), Err(WriteError::NotXml(character)));
    }
}

/// White space in text stands as it is, so that what is between elements stays white space; in values it cannot.
#[test]
fn white_space_is_written_so_that_it_comes_back() {
    let octets = write("\n\t a\r\n", "\n\t a\r\n").unwrap();
    let expected =
        "<wap-provisioningdoc><parm value=\"&#10;&#9; a&#13;&#10;\">\n\t a&#13;\n</parm></wap-provisioningdoc>";
    assert_eq!(String::from_utf8(octets).unwrap(), expected);
}

fn arbitrary_texts() -> impl Strategy<Value = String> {
    let special = prop::sample::select(
        &['<', '>', '&', '"', '\'', ']', '\r', '\n', '\t', ' ', ';', '#', '\u{FEFF}', '\u{85}', '\u{2028}', '\u{7F}'][..],
    );
    let any_of_xml = any::<char>().prop_filter("not in XML", |character| {
        matches!(character, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
    });
    prop::collection::vec(prop_oneof![3 => special, 2 => prop::char::range('a', 'c'), 2 => any_of_xml], 0..16)
        .prop_map(String::from_iter)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_text_survives(text in arbitrary_texts(), value in arbitrary_texts()) {
        let octets = write(&text, &value).unwrap();
        let mut reader = xml::Reader::new(&octets, options()).unwrap();
        let root = reader.root().unwrap();
        let parm = reader.next_child(root).unwrap().unwrap();
        let attribute = reader.next_attribute(parm).unwrap().unwrap();
        prop_assert_eq!(attribute.value.to_cow().unwrap(), &value[..]);
        prop_assert_eq!(attribute.value, &value[..]);
        let read = reader.text(parm).unwrap();
        prop_assert_eq!(read.to_cow().unwrap(), &text[..]);
        prop_assert_eq!(read, &text[..]);
        prop_assert_eq!(read.is_empty(), text.is_empty());
        prop_assert!(agree("arbitrary text", &octets, options()));
        // both spellings are one text
        let doubled = AnyReader::new(&octets, options()).unwrap();
        prop_assert!(matches!(doubled, AnyReader::Xml(_)));
    }

    /// No method panics, whatever comes.
    #[test]
    fn arbitrary_markup(pieces in prop::collection::vec(prop::sample::select(&[
        "<a>", "</a>", "<a", "/>", ">", "<", " b='c'", " xmlns='urn:x'", " xmlns:a=''", "<a:b", "&", ";", "&#x", "&amp;", "<!--", "-->",
        "<![CDATA[", "]]>", "<?", "?>", "<!DOCTYPE a", "[", "]", "'", "\"", "\u{FEFF}", "\u{E9}", " ", "\r\n", "x", "=", "/", "PUBLIC",
    ][..]), 0..24)) {
        let document = pieces.concat();
        let _ = line(document.as_bytes(), syncml());
        let _ = agree("arbitrary markup", document.as_bytes(), syncml());
        let mut content = xml::Reader::content(document.as_bytes(), syncml()).unwrap();
        let _ = tree::children(&mut content, Start::CONTENT);
    }

    #[test]
    fn changed_octets(at in any::<prop::sample::Index>(), octet in any::<u8>()) {
        let mut document = EVERYTHING.as_bytes().to_vec();
        let at = at.index(document.len());
        document[at] = octet;
        if core::str::from_utf8(&document).is_ok() {
            let _ = line(&document, syncml());
            agree("changed", &document, syncml());
        } else if let Ok(mut reader) = xml::Reader::new(&document, syncml()) {
            let _ = tree::of_cursor(&mut reader);
        }
    }
}

/// 2.6: no processing instruction is called `xml`, in any case of its letters. Found by the fuzz oracle `twin`.
#[test]
fn the_target_xml_is_reserved() {
    for document in ["<?xMl version=\"1.0\"?><a/>", "<a><?XML?></a>", "<a/><?Xml a?>"] {
        let mut reader = xml::Reader::new(document.as_bytes(), Options::new()).unwrap();
        let fault = loop {
            match reader.next_event() {
                Ok(event) => assert_ne!(event, Event::Eof, "{document}"),
                Err(error) => break error,
            }
        };
        assert_eq!(fault.kind(), ErrorKind::Xml(Fault::Syntax), "{document}");
    }
}
