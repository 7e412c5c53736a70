//! What the reader makes of every element of a message (SyncML Representation Protocol 1.2, with the clause that each
//! test proves).

#![cfg(feature = "xml")]
#![expect(clippy::panic, clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

mod support;

use support::{fixtures, octets, said, said_by};
use syncml::{Alert, Command, Error, ErrorKind, GroupKind, Item, Items, Location, MessageReader, MessageWriter};
use syncml::{Meta, Request, Results, Status, SyncHdr};
use wbxml::vocabulary::syncml::{SYNCML_1_2, tag};
use wbxml::{AnyReader, Cursor, Data, Limits, Options, Reader, Start, Text, WriteError, Writer};

fn fixture(name: &str, kind: &str) -> Vec<u8> {
    fixtures(kind).into_iter().find(|fixture| fixture.name == name).unwrap().octets
}

/// The document and the same in the other encoding, if there is one.
fn both(name: &str) -> [Vec<u8>; 2] {
    ["hex", "xml"].map(|kind| fixture(name, kind))
}

fn body(commands: &str) -> String {
    format!("<SyncML xmlns='SYNCML:SYNCML1.2'><SyncHdr/><SyncBody>{commands}</SyncBody></SyncML>")
}

fn parse(document: &[u8]) -> MessageReader<'_> {
    MessageReader::parse(document).unwrap()
}

fn next<'a>(message: &mut MessageReader<'a>) -> Command<'a> {
    *message.next_command().unwrap().unwrap()
}

fn only<'a>(message: MessageReader<'a>) -> Command<'a> {
    let mut message = message;
    let command = next(&mut message);
    assert!(message.next_command().unwrap().is_none());
    command
}

fn request(command: Command<'_>) -> Request<'_> {
    *command.request().unwrap()
}

fn items<'a>(items: &Items<'a>) -> Vec<Item<'a>> {
    items.iter().map(Result::unwrap).collect()
}

/// The names of the elements directly in some content.
fn children(content: Option<wbxml::Markup<'_>>) -> Vec<String> {
    let mut reader = content.unwrap().reader(Limits::DEFAULT).unwrap();
    let mut names = Vec::new();
    while let Some(child) = reader.next_child(Start::CONTENT).unwrap() {
        names.push(reader.name(child).unwrap().unwrap().to_owned());
        reader.skip(child).unwrap();
    }
    names
}

/// What a message says does not depend on its encoding, nor on how WBXML spells it: inline strings, OPAQUE, the string
/// table (WAP-192, 5.8.4), and the page switched in front of or behind the END of `Meta` (5.8.1).
#[test]
fn fixtures_say_the_same_in_both_encodings() {
    let mut pairs = 0;
    for xml in fixtures("xml") {
        let [wbxml, xml] = [fixture(&xml.name, "hex"), xml.octets];
        assert_eq!(said_by(&wbxml), said_by(&xml));
        assert!(said_by(&xml).is_ok());
        pairs += 1;
    }
    assert_eq!(pairs, 9);
}

/// A message that is read by `from_wbxml` says what it says by `parse`.
#[test]
fn the_reader_of_wbxml_alone_is_the_same_reader() {
    for fixture in fixtures("hex") {
        let (alone, end) = said(MessageReader::from_wbxml(&fixture.octets).unwrap());
        assert_eq!(end, Ok(()));
        assert_eq!(Ok(alone), said_by(&fixture.octets), "{}", fixture.name);
    }
}

/// What is written from the values that were read says the same, in either encoding.
#[test]
fn fixtures_written_again_say_the_same() {
    for fixture in ["hex", "xml"].into_iter().flat_map(fixtures) {
        let expected = said_by(&fixture.octets);
        assert_eq!(said_by(&support::to_wbxml(parse(&fixture.octets)).unwrap()), expected, "{}", fixture.name);
        // octets that are no text have no place in XML
        if fixture.name != "opaque" {
            assert_eq!(said_by(&support::to_xml(parse(&fixture.octets)).unwrap()), expected, "{}", fixture.name);
        }
    }
    assert_eq!(support::to_xml(parse(&fixture("opaque", "hex"))), Err(WriteError::OpaqueInXml));
}

/// `SyncHdr`: every field, and in `content` what has none.
#[test]
fn sync_hdr() {
    for document in both("package-1") {
        let message = parse(&document);
        let header = message.header().unwrap();
        let fields = [header.ver_dtd, header.ver_proto, header.session_id, header.msg_id, header.resp_uri];
        let expected = ["1.2", "DM/1.2", "2A", "1", "https://dm.example.net/oma?session=2A&hop=1"];
        assert_eq!(fields.map(|field| field.unwrap().to_string()), expected);
        assert_eq!(header.target, Some(Location::new("https://dm.example.net/oma")));
        let source = header.source.unwrap();
        assert_eq!(
            (source.uri.unwrap(), source.name.unwrap()),
            (Text::new("IMEI:490154203237518"), Text::new("alice"))
        );
        assert!(header.no_resp);
        let cred = header.cred.unwrap();
        assert_eq!(cred.meta, Meta::of_data("b64", "syncml:auth-basic"));
        let Some(Data::Text(credentials)) = cred.data else { panic!() };
        assert_eq!(credentials, "YWxpY2U6c2VjcmV0");
        assert_eq!(header.meta.fields().unwrap().max_msg_size.unwrap(), "4096");
        assert_eq!(header.meta.fields().unwrap().max_obj_size.unwrap(), "65536");
        let order = "VerDTD VerProto SessionID MsgID Target Source RespURI NoResp Cred Meta";
        assert_eq!(children(header.content).join(" "), order);
    }
    for document in both("unknown") {
        let message = parse(&document);
        assert_eq!(children(message.header().unwrap().content), ["VerDTD", "Lang"]);
    }
}

/// Without `SyncHdr` there is no header, without anything in it there is an empty one.
#[test]
fn sync_hdr_absent_or_empty() {
    assert!(parse(b"<SyncML><SyncBody/></SyncML>").header().is_none());
    for head in ["<SyncHdr/>", "<SyncHdr></SyncHdr>"] {
        let document = format!("<SyncML>{head}<SyncBody/></SyncML>");
        let message = parse(document.as_bytes());
        let header = message.header().unwrap();
        assert!(header.ver_dtd.is_none() && header.target.is_none() && header.content.is_none());
    }
}

/// Every command that asks for something has its own variant, and the parts of its content model.
#[test]
fn requests() {
    for document in both("requests") {
        let mut message = parse(&document);
        let Command::Add(add) = next(&mut message) else { panic!() };
        assert!(add.no_resp);
        assert_eq!(add.meta, Meta::of_data("chr", "text/plain"));
        let [name, icon] = items(&add.items)[..] else { panic!() };
        assert_eq!((name.uri().unwrap(), name.data_text().unwrap()), (Text::new("./A/Name"), Text::new("a")));
        assert_eq!(
            (icon.meta.format.unwrap(), icon.meta.fields().unwrap().size.unwrap()),
            (Text::new("bin"), Text::new("4000"))
        );
        assert!(icon.more_data && !name.more_data);
        assert_eq!(children(add.content), ["CmdID", "NoResp", "Cred", "Meta", "Item", "Item"]);

        let Command::Copy(copy) = next(&mut message) else { panic!() };
        let item = copy.items.first().unwrap();
        assert_eq!(item.target, Some(Location::new("./B")));
        assert_eq!(
            (item.source.unwrap().uri.unwrap(), item.source.unwrap().name.unwrap()),
            (Text::new("./A"), Text::new("A"))
        );

        let Command::Delete(delete) = next(&mut message) else { panic!() };
        assert!(delete.archive && delete.soft_delete && !delete.no_resp);

        let Command::Exec(exec) = next(&mut message) else { panic!() };
        assert_eq!(exec.correlator.unwrap(), "c-17");

        let Command::Get(get) = next(&mut message) else { panic!() };
        assert_eq!(get.lang.unwrap(), "en");
        assert!(!get.archive && !get.soft_delete && get.correlator.is_none());

        let Command::Move(moved) = next(&mut message) else { panic!() };
        let item = children(moved.content);
        assert_eq!(item, ["CmdID", "Item"]);

        let Command::Put(put) = next(&mut message) else { panic!() };
        assert_eq!(
            (put.meta.fields().unwrap().mark.unwrap(), put.meta.fields().unwrap().version.unwrap()),
            (Text::new("draft"), Text::new("8"))
        );

        let Command::Replace(replace) = next(&mut message) else { panic!() };
        assert_eq!(replace.items.first().unwrap().data_text().unwrap(), "Grüße, 世界 😀");

        let Command::Alert(Alert { code, no_resp, items, .. }) = next(&mut message) else { panic!() };
        assert!(no_resp);
        assert_eq!(code.unwrap(), "200");
        let anchor = items.first().unwrap().meta.fields().unwrap().anchor.unwrap();
        assert_eq!((anchor.last.unwrap(), anchor.next.unwrap()), (Text::new("41"), Text::new("42")));

        assert!(!message.is_final());
        assert!(message.next_command().unwrap().is_none());
        assert!(message.is_final());
    }
}

/// `Status`, `Results` and the generic alert; of several `TargetRef` and `SourceRef` the first is in the field and all
/// are in the content.
#[test]
fn answers() {
    for document in both("answers") {
        let mut message = parse(&document);
        let Command::Status(Status { cmd_ref, cmd, target_ref, source_ref, chal, code, .. }) = next(&mut message)
        else {
            panic!()
        };
        assert_eq!((cmd_ref.unwrap(), cmd.unwrap()), (Text::new("0"), Text::new("SyncHdr")));
        assert_eq!(target_ref.unwrap(), "IMEI:490154203237518");
        assert_eq!(source_ref.unwrap(), "https://dm.example.net/oma");
        assert_eq!(chal.unwrap().fields().unwrap().next_nonce.unwrap(), "Tm9uY2U=");
        assert_eq!(chal.unwrap().type_.unwrap(), "syncml:auth-md5");
        assert_eq!(code.unwrap(), "401");

        let Command::Status(status) = next(&mut message) else { panic!() };
        assert_eq!((status.target_ref.unwrap(), status.source_ref.unwrap()), (Text::new("./A"), Text::new("./s")));
        let names = children(status.content);
        assert_eq!(names.iter().filter(|name| *name == "TargetRef").count(), 3);
        assert_eq!(names.iter().filter(|name| *name == "SourceRef").count(), 2);
        assert!(status.chal.is_none());
        let texts: Vec<_> = items(&status.items).iter().map(|item| item.data_text().unwrap().to_string()).collect();
        assert_eq!(texts, ["answer one", "answer two"]);

        let Command::Results(Results { msg_ref, cmd_ref, meta, items: found, .. }) = next(&mut message) else {
            panic!()
        };
        assert_eq!((msg_ref.unwrap(), cmd_ref.unwrap()), (Text::new("1"), Text::new("5")));
        assert_eq!(meta, Meta::of_data("chr", "text/plain"));
        assert_eq!(items(&found)[1].data_text().unwrap(), "");

        let Command::Alert(alert) = next(&mut message) else { panic!() };
        assert_eq!(alert.items.first().unwrap().meta.fields().unwrap().mark.unwrap(), "informational");

        assert!(message.next_command().unwrap().is_none());
        assert!(!message.is_final());
    }
}

/// Receivers do not depend on the order of children: examples of the specification itself break it.
#[test]
fn the_order_of_children_means_nothing() {
    const META: &str = "<Meta><Format xmlns='syncml:metinf'>chr</Format><Type xmlns='syncml:metinf'>t</Type></Meta>";
    const ITEM: &str = "<Item><Source><LocURI>s</LocURI></Source>\
        <Target><LocName>n</LocName><LocURI>t</LocURI></Target><Data>d</Data><MoreData/>\
        <Meta><Size xmlns='syncml:metinf'>9</Size></Meta></Item>";
    let requests = ["Add", "Copy", "Delete", "Exec", "Get", "Move", "Put", "Replace"];
    let request = [
        "<CmdID>1</CmdID>",
        "<NoResp/>",
        "<Archive/>",
        "<SftDel/>",
        "<Lang>en</Lang>",
        META,
        "<Correlator>c</Correlator>",
        ITEM,
    ];
    let mut commands: Vec<(&str, &[&str])> = requests.iter().map(|name| (*name, &request[..])).collect();
    commands
        .push(("Alert", &["<CmdID>1</CmdID>", "<NoResp/>", "<Data>1226</Data>", "<Correlator>c</Correlator>", ITEM]));
    commands.push((
        "Results",
        &[
            "<CmdID>1</CmdID>",
            "<MsgRef>2</MsgRef>",
            "<CmdRef>3</CmdRef>",
            META,
            "<TargetRef>t</TargetRef>",
            "<SourceRef>s</SourceRef>",
            ITEM,
        ],
    ));
    commands.push((
        "Status",
        &[
            "<CmdID>1</CmdID>",
            "<MsgRef>2</MsgRef>",
            "<CmdRef>3</CmdRef>",
            "<Cmd>Get</Cmd>",
            "<TargetRef>t</TargetRef>",
            "<SourceRef>s</SourceRef>",
            "<Chal><Meta/></Chal>",
            "<Data>200</Data>",
            ITEM,
        ],
    ));
    for (name, children) in commands {
        let expected = said_by(body(&format!("<{name}>{}</{name}>", children.concat())).as_bytes()).unwrap();
        assert!(!expected.commands[0].contains("None, None, None"), "{expected:?}");
        assert!(!expected.commands[0].contains("no data"), "{expected:?}");
        for turn in 0..children.len() {
            let turned = [&children[turn..], &children[..turn]].concat();
            let back: Vec<&str> = turned.iter().rev().copied().collect();
            for children in [turned, back] {
                let document = body(&format!("<{name}>{}</{name}>", children.concat()));
                assert_eq!(said_by(document.as_bytes()).as_ref(), Ok(&expected), "{document}");
                let written = support::to_wbxml(parse(document.as_bytes())).unwrap();
                assert_eq!(said_by(&written).as_ref(), Ok(&expected), "{document}");
            }
        }
    }
}

/// A wrapper in a wrapper is passed over, and is not written as one: found by the fuzzer.
#[test]
fn met_inf_in_met_inf() {
    let document = body(
        "<Get><CmdID>1</CmdID><Meta><MetInf xmlns='syncml:metinf'><MetInf>9</MetInf><Size>8</Size>\
        </MetInf></Meta></Get>",
    );
    let expected = said_by(document.as_bytes());
    assert!(expected.as_ref().is_ok_and(|said| said.commands[0].contains("size: Some(Text(\"8\"))")), "{expected:?}");
    assert_eq!(said_by(&support::to_wbxml(parse(document.as_bytes())).unwrap()), expected);
}

/// MetInf: its elements stand in `Meta` directly, or in `MetInf`, or both.
#[test]
fn met_inf_is_a_wrapper() {
    for document in both("wrapped") {
        let mut message = parse(&document);
        let header = message.header().unwrap();
        assert_eq!(header.meta.fields().unwrap().max_msg_size.unwrap(), "4096");
        assert_eq!(header.meta.fields().unwrap().max_obj_size.unwrap(), "65536");
        let Command::Results(results) = next(&mut message) else { panic!() };
        assert_eq!(results.meta, Meta::of_data("chr", "text/plain"));
        let meta = results.items.first().unwrap().meta;
        assert_eq!((meta.format.unwrap(), meta.fields().unwrap().size.unwrap()), (Text::new("b64"), Text::new("8")));
    }
}

/// What of `Meta` is read when somebody asks for it is faulty then, and nothing else is.
#[test]
fn met_inf_that_is_faulty() {
    let document = octets("03 A4 01 6A 00 6D 6B 53 5A 00 01 52 13 01 01 00 00 4B 03 37 00 01 01 01 01");
    let get = request(only(parse(&document)));
    assert_eq!(get.cmd_id.unwrap(), "7");
    let error = get.meta.fields().unwrap_err();
    let kind = ErrorKind::Document(wbxml::ErrorKind::UnexpectedElement);
    assert_eq!((error.kind(), error.offset()), (kind, 12));
}

/// WAP-192, 5.8.1: END belongs to no page, and a page stays until it is switched.
#[test]
fn the_page_is_switched_anywhere_around_the_end_of_meta() {
    for tail in ["00 00 01", "01 00 00", "00 01 00 00 01", "01 00 05 00 00"] {
        let document = format!("03 A4 01 6A 00 6D 6B 53 5A 00 01 47 03 63 68 72 00 01 {tail} 4B 03 37 00 01 01 01 01");
        let document = octets(&document);
        let get = request(only(parse(&document)));
        assert_eq!((get.meta.format.unwrap(), get.cmd_id.unwrap()), (Text::new("chr"), Text::new("7")), "{tail}");
    }
}

/// WAP-192, 5.5: the public identifier may stand in the string table, which the reference toolkit ends without NUL.
#[test]
fn the_public_identifier_may_be_a_string() {
    let fpi = "2D 2F 2F 53 59 4E 43 4D 4C 2F 2F 44 54 44 20 53 79 6E 63 4D 4C 20 31 2E 31 2F 2F 45 4E";
    for head in [
        format!("02 00 00 6A 1D {fpi}"),
        format!("02 00 00 6A 1E {fpi} 00"),
        format!("03 00 02 6A 20 61 00 {fpi} 00"),
        "02 9F 53 6A 00".to_owned(),
    ] {
        let document = octets(&format!("{head} 6D 6B 13 12 01 01"));
        let reader = Reader::new(&document, Options::new().vocabularies(&wbxml::vocabulary::syncml::ALL)).unwrap();
        assert_eq!(reader.vocabulary().name, "SyncML 1.1", "{head}");
        assert!(matches!(only(parse(&document)), Command::Get(_)), "{head}");
    }
    // one that nobody knows: the tokens are those of SyncML 1.2
    assert!(matches!(only(parse(&octets("03 01 6A 00 6D 6B 7B 01 01 01"))), Command::Move(_)));
}

/// WAP-192, 5.4: every version of WBXML; version 1.0 has no charset in its header.
#[test]
fn every_version_of_wbxml() {
    for head in ["00 A4 01 00", "01 A4 01 6A 00", "02 A4 01 6A 00", "03 A4 01 6A 00"] {
        let item = "54 6E 57 03 2E 00 02 26 01 01 4F 03 61 00 01 01";
        let document = octets(&format!("{head} 6D 2C 6B 48 53 {item} {item} {item} 01 01 12 01 01"));
        let mut message = parse(&document);
        assert!(matches!(next(&mut message), Command::Begin(_)), "{head}");
        let Command::Get(get) = next(&mut message) else { panic!("{head}") };
        let read = items(&get.items);
        assert_eq!(read.len(), 3, "{head}");
        assert!(read.iter().all(|item| item.uri().unwrap() == ".&" && item.data_text().unwrap() == "a"), "{head}");
        assert!(matches!(next(&mut message), Command::End), "{head}");
        assert!(message.next_command().unwrap().is_none() && message.is_final(), "{head}");
    }
}

/// `Data`: absent, empty, blank, in one piece, in several.
#[test]
fn data_that_is_text() {
    for document in both("data") {
        let replace = request(only(parse(&document)));
        let [absent, empty, blank, text, pieces] = items(&replace.items)[..] else { panic!() };
        assert!(absent.data.is_none() && absent.data_text().is_none());
        assert!(empty.data.is_some());
        assert_eq!(empty.data_text().unwrap(), "");
        assert_eq!(blank.data_text().unwrap(), "  ");
        assert_eq!(text.data_text().unwrap().as_str(), Some("one piece"));
        assert_eq!(pieces.data_text().unwrap().as_str(), None);
        assert_eq!(pieces.data_text().unwrap(), "a&b\u{20AC}c");
    }
}

/// OMA DM TNDS: a management tree is markup in `Data`, on code page 2.
#[test]
fn data_that_is_markup() {
    for document in both("tree") {
        let replace = request(only(parse(&document)));
        let [tree, behind] = items(&replace.items)[..] else { panic!() };
        assert!(tree.data_text().is_none());
        let Some(Data::Markup(markup)) = tree.data else { panic!() };
        assert_eq!(children(Some(markup)), ["MgmtTree"]);
        assert!(support::said_by_markup(&markup).contains("<MgmtTree/Node/Node/Value>\"6000\""));
        assert_eq!(behind.data_text().unwrap(), "page 0 again");
    }
}

/// `Data` in OPAQUE: a document of its own, octets, text, nothing.
#[test]
fn data_that_is_octets() {
    let document = fixture("opaque", "hex");
    let message = parse(&document);
    let header = message.header().unwrap();
    let cred = header.cred.unwrap();
    assert_eq!(cred.meta.type_.unwrap(), "syncml:auth-md5");
    let Some(Data::Opaque(digest)) = cred.data else { panic!() };
    assert_eq!(digest, b"\xDE\xAD\xBE\xEF");

    let Command::Results(results) = only(message) else { panic!() };
    let [devinf, octets, text, none] = items(&results.items)[..] else { panic!() };
    let Some(Data::Opaque(inner)) = devinf.data else { panic!() };
    let mut inner = AnyReader::new(inner, Options::new()).unwrap();
    let root = inner.root().unwrap();
    let man = inner.next_child(root).unwrap().unwrap();
    assert_eq!(inner.text(man).unwrap(), "Ex");
    assert!(matches!(octets.data, Some(Data::Opaque(b"\x00\xFF\x01"))) && octets.data_text().is_none());
    assert_eq!(text.data_text().unwrap(), "text");
    assert_eq!(none.data_text().unwrap(), "");
}

/// `Atomic` and `Sequence` are flat: their begin, their commands, their end; a group without commands has both too.
#[test]
fn groups() {
    for document in both("groups") {
        let mut message = parse(&document);
        let mut seen = Vec::new();
        while let Some(command) = message.next_command().unwrap() {
            seen.push(match command {
                Command::Begin(group) => {
                    let kind = if group.kind == GroupKind::Atomic { "Atomic" } else { "Sequence" };
                    let id = group.cmd_id.map_or_else(|| "-".to_owned(), |id| id.to_string());
                    assert_eq!(group.no_resp, id == "1");
                    assert_eq!(group.meta.format.is_some(), id == "1");
                    format!("{kind} {id}")
                }
                Command::End => "End".to_owned(),
                _ => request(*command).cmd_id.map_or_else(|| "-".to_owned(), |id| id.to_string()),
            });
        }
        let expected = "Atomic 1, 2, Sequence 3, Atomic -, End, 4, Sequence 5, End, Atomic -, Sequence -, Atomic -, \
            End, End, End, End, 6, End, Sequence -, End, -";
        assert_eq!(seen.join(", "), expected);
        assert!(message.is_final());
    }
}

/// `Sync`, `Map`, `Search`: every field (SyncML Representation Protocol 1.2).
#[test]
fn synchronisation() {
    let uri = |location: Option<Location<'_>>| location.unwrap().uri.unwrap().to_string();
    for document in both("synchronisation") {
        let mut message = parse(&document);
        let Command::Begin(sync) = next(&mut message) else { panic!() };
        assert_eq!((sync.kind, sync.cmd_id.unwrap(), sync.no_resp), (GroupKind::Sync, Text::new("1"), true));
        assert_eq!((uri(sync.target), uri(sync.source)), ("./contacts".to_owned(), "./phone".to_owned()));
        assert_eq!(sync.cred.unwrap().meta.type_.unwrap(), "syncml:auth-basic");
        assert_eq!(sync.number_of_changes.unwrap(), "2");
        let mem = sync.meta.fields().unwrap().mem.unwrap();
        assert_eq!(
            (mem.shared, mem.free_mem.unwrap(), mem.free_id.unwrap()),
            (true, Text::new("8100"), Text::new("81"))
        );
        let filter = sync.filter().unwrap().unwrap();
        assert_eq!(filter.record.unwrap().data_text().unwrap(), "N&iCON;Smith");
        assert_eq!(
            (filter.meta.type_.unwrap(), filter.filter_type.unwrap()),
            (Text::new("text/x-vcard"), Text::new("EXCLUSIVE"))
        );
        assert!(filter.field.is_none());

        let Command::Add(add) = next(&mut message) else { panic!() };
        assert!(matches!(add.cred().unwrap().unwrap().data, Some(Data::Text(data)) if data == "YTpi"));
        let fields = add.meta.fields().unwrap();
        assert_eq!((fields.field_level, fields.emi.unwrap()), (true, Text::new("x")));
        let parents = add.items.first().unwrap().fields().unwrap();
        assert_eq!((uri(parents.source_parent), uri(parents.target_parent)), ("3".to_owned(), "7".to_owned()));
        assert!(parents.filter.is_none());
        assert!(matches!(next(&mut message), Command::End));

        let Command::Map(map) = next(&mut message) else { panic!() };
        assert_eq!((uri(map.target), uri(map.source)), ("./contacts".to_owned(), "./phone".to_owned()));
        let items: Vec<_> = map.items.iter().map(Result::unwrap).collect();
        assert_eq!(items.iter().map(|item| uri(item.source)).collect::<Vec<_>>(), ["17", "18"]);
        assert_eq!(items.iter().map(|item| uri(item.target)).collect::<Vec<_>>(), ["0123", "0124"]);
        assert!(map.cred().unwrap().is_some());

        let Command::Search(search) = next(&mut message) else { panic!() };
        assert!(search.no_resp && search.no_results && search.cred().unwrap().is_none());
        assert_eq!((uri(search.target), search.lang.unwrap()), ("./found".to_owned(), Text::new("en")));
        let sources: Vec<_> = search.sources.iter().map(|source| uri(source.ok())).collect();
        assert_eq!(sources, ["./contacts", "./old"]);
        assert!(matches!(search.data, Some(Data::Text(data)) if data == "select *"));

        let Command::Begin(empty) = next(&mut message) else { panic!() };
        assert!(empty.target.is_none() && empty.filter().unwrap().is_none());
        assert!(matches!(next(&mut message), Command::End));
        assert!(message.next_command().unwrap().is_none());
    }
}

/// What is no command is handed out where it stands, and in a group too: the receiver answers it with status 400.
#[test]
fn unknown_elements() {
    for document in both("unknown") {
        let mut message = parse(&document);
        let mut seen = Vec::new();
        while let Some(command) = message.next_command().unwrap() {
            seen.push(match command {
                Command::Other(other) => other.name.unwrap().to_owned(),
                Command::Begin(group) => format!("Begin {}", group.cmd_id.unwrap()),
                Command::End => "End".to_owned(),
                Command::Map(map) => format!("Map {}", map.items.iter().count()),
                Command::Search(search) => format!("Search {}", search.cmd_id.map_or(0, |_| 1)),
                Command::Add(add) => format!("Add {}", add.cmd_id.unwrap()),
                _ => {
                    let request = request(*command);
                    // in the content, but in no field
                    let expected: &[&str] =
                        if request.cmd_id.unwrap() == "4" { &["CmdID", "Field", "Item"] } else { &["CmdID"] };
                    assert_eq!(children(request.content), expected);
                    format!("Get {}", request.items.first().map_or(0, |_| 1))
                }
            });
        }
        let expected = "Map 1, Begin 2, Add 3, End, LocName, Get 1, Begin 5, Search 0, CmdID, Final, Get 0, End";
        assert_eq!(seen.join(", "), expected);
        // Final belongs to the body, not to a group
        assert!(!message.is_final());
    }
}

/// The tokens of a later version and of no version at all are kept, with their content.
#[test]
fn unknown_tokens() {
    // page 0, 0x3F; page 9, 0x05; LITERAL_C "x"
    let document = octets("03 A4 01 6A 02 78 00 6D 6B 7F 03 61 00 01 00 09 45 C3 01 62 01 44 00 03 63 00 01 01 01");
    let mut message = parse(&document);
    let mut others = Vec::new();
    while let Some(Command::Other(other)) = message.next_command().unwrap() {
        let Data::Text(text) = other.data else {
            assert!(matches!(other.data, Data::Opaque(b"b")));
            others.push((other.name, String::new()));
            continue;
        };
        others.push((other.name, text.to_string()));
    }
    assert_eq!(others, [(None, "a".to_owned()), (None, String::new()), (Some("x"), "c".to_owned())]);
}

/// What is no message, and where: the kind of the error and its offset.
#[test]
fn errors() {
    use wbxml::ErrorKind::{TrailingData, UnexpectedElement, UnexpectedEof, UnexpectedText};
    let wbxml: &[(&str, &str, ErrorKind, usize)] = &[
        ("another root", "03 A4 01 6A 00 6B 01", ErrorKind::NotAMessage, 5),
        ("no body", "03 A4 01 6A 00 6D 2C 01", ErrorKind::NoBody, 5),
        ("nothing", "03 A4 01 6A 00 2D", ErrorKind::NoBody, 5),
        ("no root", "03 A4 01 6A 00", ErrorKind::Document(UnexpectedEof), 5),
        ("octets behind the root", "03 A4 01 6A 00 6D 2B 01 0A", ErrorKind::Document(TrailingData), 8),
        ("octets behind an empty body", "03 A4 01 6A 00 6D 6B 01 01 00", ErrorKind::Document(UnexpectedEof), 9),
        ("two bodies", "03 A4 01 6A 00 6D 2B 6B 13 01 01", ErrorKind::Misplaced, 7),
        ("two headers", "03 A4 01 6A 00 6D 2C 2C 2B 01", ErrorKind::Misplaced, 7),
        ("the header behind the body", "03 A4 01 6A 00 6D 2B 2C 01", ErrorKind::Misplaced, 7),
        ("text among commands", "03 A4 01 6A 00 6D 6B 13 03 78 00 01 01", ErrorKind::Document(UnexpectedText), 8),
        ("an element in CmdID", "03 A4 01 6A 00 6D 6B 53 4B 13 01 01 01 01", ErrorKind::Document(UnexpectedElement), 9),
        (
            "text in Target",
            "03 A4 01 6A 00 6D 6B 53 54 6E 03 78 00 01 01 01 01 01",
            ErrorKind::Document(UnexpectedText),
            10,
        ),
    ];
    let xml: &[(&str, &str, ErrorKind, usize)] = &[
        ("another root", "<SyncBody/>", ErrorKind::NotAMessage, 0),
        ("another root, behind a prolog", "<?xml version='1.0'?>\n<x/>", ErrorKind::NotAMessage, 22),
        ("no body", "<SyncML><SyncHdr/></SyncML>", ErrorKind::NoBody, 0),
        ("text behind the root", "<SyncML><SyncBody/></SyncML>x", ErrorKind::Document(TrailingData), 28),
        ("two bodies", "<SyncML><SyncBody/><SyncBody/></SyncML>", ErrorKind::Misplaced, 19),
        ("no end", "<SyncML><SyncBody><Get/>", ErrorKind::Document(UnexpectedEof), 24),
        ("text in Target", "<SyncML><SyncBody><Get><Item><Target>x", ErrorKind::Document(UnexpectedText), 37),
    ];
    let wbxml = wbxml.iter().map(|(name, hex, kind, offset)| (name, octets(hex), kind, offset));
    let xml = xml.iter().map(|(name, text, kind, offset)| (name, text.as_bytes().to_vec(), kind, offset));
    for (name, document, kind, offset) in wbxml.chain(xml) {
        let error = said_by(&document).unwrap_err();
        assert_eq!((error.kind(), error.offset()), (*kind, *offset), "{name}: {error}");
    }
}

/// Excerpts: commands, or the parts of a message, without the elements around them.
#[test]
fn fragments() {
    let count = |fragment: &str| -> Result<(bool, usize, bool), Error> {
        let (said, end) = said(MessageReader::fragment(fragment.as_bytes())?);
        end.map(|()| (said.header.is_some(), said.commands.len(), said.is_final))
    };
    for (fragment, header, commands, is_final) in [
        ("", false, 0, false),
        ("<!-- nothing -->", false, 0, false),
        ("<Get/>", false, 1, false),
        ("<?xml version='1.0'?><Get/> <Exec></Exec>\n<Final/>", false, 2, true),
        ("<Atomic><Get/></Atomic><Sequence/>", false, 5, false),
        ("<SyncBody><Get/><Final/></SyncBody>", false, 1, true),
        ("<SyncHdr><VerDTD>1.2</VerDTD></SyncHdr>", true, 0, false),
        ("<SyncHdr/><SyncBody><Get/></SyncBody>", true, 1, false),
        ("<SyncML><SyncHdr/><SyncBody><Get/></SyncBody></SyncML>", true, 1, false),
        ("<x><Get/></x>", false, 1, false),
        ("<SyncBody/><SyncHdr/>", false, 0, false),
        ("<SyncML><SyncBody><Get/><Final/></SyncBody></SyncML> <SyncML><SyncBody/></SyncML>", false, 1, false),
        ("<Get/><SyncBody><SyncBody/><SyncML/></SyncBody><Atomic><SyncHdr/></Atomic><Final/>", false, 6, true),
    ] {
        assert_eq!(count(fragment), Ok((header, commands, is_final)), "{fragment}");
    }
    for (fragment, kind, offset) in [
        ("text", ErrorKind::Document(wbxml::ErrorKind::UnexpectedText), 0),
        ("<Get/>text", ErrorKind::Document(wbxml::ErrorKind::UnexpectedText), 6),
        ("<Get>", ErrorKind::Document(wbxml::ErrorKind::UnexpectedEof), 5),
        ("<SyncML/>", ErrorKind::NoBody, 0),
        ("<Get/><SyncML><SyncHdr/></SyncML>", ErrorKind::NoBody, 6),
        ("<SyncML><SyncBody/><SyncHdr/></SyncML>", ErrorKind::Misplaced, 19),
        ("<SyncML><SyncBody/></SyncML><SyncML><SyncBody/>", ErrorKind::Document(wbxml::ErrorKind::UnexpectedEof), 47),
        ("<SyncML><SyncBody/></SyncML>text", ErrorKind::Document(wbxml::ErrorKind::UnexpectedText), 28),
        ("<SyncBody/>text", ErrorKind::Document(wbxml::ErrorKind::UnexpectedText), 11),
    ] {
        let error = count(fragment).unwrap_err();
        assert_eq!((error.kind(), error.offset()), (kind, offset), "{fragment}");
    }
}

/// Items in a list, one or none: what is written is what is read.
#[test]
fn items_are_written_in_order() {
    let uris = ["./A", "./B", "./C"];
    let listed = uris.map(|uri| Item::leaf(uri, Meta::EMPTY, uri));
    for count in 0..=listed.len() {
        let mut get = Request::default();
        get.items = Items::of(&listed[..count]);
        let mut octets = Vec::new();
        let mut message =
            MessageWriter::new(Writer::new(&mut octets, &SYNCML_1_2).unwrap(), &SyncHdr::default()).unwrap();
        message.command(&Command::Get(get)).unwrap();
        message.finish(false).unwrap();
        let read = request(only(parse(&octets)));
        let read: Vec<_> = items(&read.items).iter().map(|item| item.uri().unwrap().to_string()).collect();
        assert_eq!(read, uris[..count]);
        assert_eq!(get.items.iter().count(), count);
        assert_eq!(get.items.first().is_some(), count > 0);
    }
}

/// The writer keeps groups whole.
#[test]
fn groups_that_do_not_fit_are_not_written() {
    let writer = || {
        let out = Writer::new(Vec::new(), &SYNCML_1_2).unwrap();
        MessageWriter::new(out, &SyncHdr::default()).unwrap()
    };
    let begin = Command::Begin(syncml::Group::new(GroupKind::Atomic, "1"));
    assert_eq!(writer().command(&Command::End), Err(WriteError::Misplaced));
    let mut open = writer();
    open.command(&begin).unwrap();
    assert_eq!(open.clone().finish(true).map(|_| ()), Err(WriteError::Misplaced));
    open.command(&Command::End).unwrap();
    assert_eq!(open.clone().command(&Command::End), Err(WriteError::Misplaced));
    assert!(open.finish(true).is_ok());
}

/// A literal name has no place in a string table that was written before it was known.
#[test]
fn a_literal_name_is_not_written_as_a_dangling_index() {
    let document = octets("03 A4 01 6A 02 78 00 6D 6B 44 00 03 63 00 01 01 01");
    assert_eq!(support::to_wbxml(parse(&document)), Err(WriteError::UnknownName));
    let Command::Other(other) = only(parse(&document)) else { panic!() };
    assert_ne!(other.tag, tag::GET);
    // where the table has the name, it is
    let names = [("x", 0)];
    let mut written = Vec::new();
    support::rewrite(parse(&document), Writer::with_names(&mut written, &SYNCML_1_2, &names).unwrap()).unwrap();
    assert_eq!(said_by(&written).unwrap().commands, said_by(&document).unwrap().commands);
}

/// A command that has been read, with items of the program's own: it can stand where one of a shorter life is wanted.
#[test]
fn commands_take_items_of_a_shorter_life() {
    fn with_item<'s>(command: Command<'static>, uri: &'s str, items: &'s mut Vec<Item<'s>>) -> Command<'s> {
        items.push(Item::leaf(uri, Meta::EMPTY, ""));
        match command {
            Command::Get(get) => {
                let mut get: Request<'s> = get;
                get.items = Items::of(items);
                Command::Get(get)
            }
            other => other,
        }
    }
    let (uri, mut items) = (String::from("./DevInfo"), Vec::new());
    let get = Command::Get(Request::of_item("1", Item::leaf("./A", Meta::EMPTY, "")));
    let Command::Get(get) = with_item(get, &uri, &mut items) else { panic!() };
    assert_eq!(get.items.first().unwrap().uri().unwrap(), "./DevInfo");
}

/// A file with several roots is one sequence of commands, and the header is that of the message which the command is from.
#[test]
fn several_roots() {
    let file = "<?xml version='1.0'?>
        <!-- what the server sends -->
        <SyncML xmlns='SYNCML:SYNCML1.1'><SyncHdr><MsgID>1</MsgID></SyncHdr>
            <SyncBody><Get><CmdID>1</CmdID></Get><Final/></SyncBody></SyncML>
        <!-- what the client answers -->
        <SyncML xmlns='SYNCML:SYNCML1.2'><SyncHdr><MsgID>2</MsgID></SyncHdr>
            <SyncBody><Atomic><CmdID>1</CmdID><Add><CmdID>2</CmdID></Add></Atomic></SyncBody></SyncML>
        <SyncHdr><MsgID>3</MsgID></SyncHdr><SyncBody><Exec><CmdID>1</CmdID></Exec><Final/></SyncBody>
        <Replace><CmdID>7</CmdID></Replace><Replace><CmdID>8</CmdID></Replace>
        <SyncML><SyncBody><Put><CmdID>1</CmdID></Put></SyncBody></SyncML>";
    let mut message = MessageReader::fragment(file.as_bytes()).unwrap();
    assert_eq!(message.header().unwrap().msg_id.unwrap(), "1");
    let mut read = Vec::new();
    while let Some(command) = message.next_command().unwrap() {
        let id = command.cmd_id().map(|id| id.to_string());
        let msg_id = message.header().map(|header| header.msg_id.unwrap().to_string());
        read.push((msg_id, id));
    }
    let row = |msg_id: &str, id: Option<&str>| (Some(msg_id.to_owned()), id.map(str::to_owned));
    let expected = [
        row("1", Some("1")),
        row("2", Some("1")),
        row("2", Some("2")),
        row("2", None),
        row("3", Some("1")),
        row("3", Some("7")),
        row("3", Some("8")),
        (None, Some("1".to_owned())),
    ];
    assert_eq!(read, expected);
    assert!(!message.is_final());
    assert!(message.next_command().unwrap().is_none());
    // one message, asked for as such
    assert_eq!(said_by(file.as_bytes()).unwrap_err().kind(), ErrorKind::Document(wbxml::ErrorKind::TrailingData));
}
