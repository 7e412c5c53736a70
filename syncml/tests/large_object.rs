//! Large objects as they are received (OMA DM Protocol 1.2, large objects; SyncML Representation Protocol, `MoreData`).

#![cfg(feature = "xml")]
#![expect(
    clippy::arithmetic_side_effects,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests: to stop is how they fail"
)]

use syncml::large_object::{LargeObjectLimits, Reassembler, Received};
use syncml::{Command, Item, Items, Location, MessageReader, Meta, MetaFields, Request, StatusCode};
use wbxml::{Data, Text};

/// What becomes of the items of one message, in a few words each, and the incomplete object at its end.
fn receive(objects: &mut Reassembler, body: &str) -> Vec<String> {
    let document = format!("<SyncML><SyncHdr/><SyncBody>{body}</SyncBody></SyncML>");
    let mut message = MessageReader::parse(document.as_bytes()).unwrap();
    let mut said = Vec::new();
    while let Some(command) = message.next_command().unwrap() {
        for received in objects.command(command) {
            said.push(words(&received.unwrap()));
        }
    }
    said.extend(objects.end_message().map(|incomplete| words(&Received::NoEnd(incomplete))));
    said
}

fn words(received: &Received<'_>) -> String {
    match received {
        Received::Whole(item) => format!("whole {} {}", uri(item), text(item)),
        Received::Chunk => "chunk".into(),
        Received::Complete(object) => {
            assert_eq!(object.data(), text(&object.item()).as_bytes());
            format!("complete {} {}", uri(&object.item()), text(&object.item()))
        }
        Received::NoEnd(incomplete) => {
            format!("no end {} {}/{}", uri(&incomplete.item()), incomplete.received, incomplete.size)
        }
        Received::Refused(code) => format!("{code}"),
        _ => panic!(),
    }
}

fn uri(item: &Item<'_>) -> String {
    item.uri().unwrap_or_default().to_string()
}

fn text(item: &Item<'_>) -> String {
    item.data_text().unwrap_or_default().to_string()
}

/// `Replace` of one item: `A:11:Hello +` is a chunk with `Size` 11, `A::lo` the last one.
fn chunk(words: &str) -> String {
    let [address, size, data] = words.splitn(3, ':').collect::<Vec<_>>()[..] else { panic!("{words}") };
    let size = if size.is_empty() { String::new() } else { format!("<Meta><Size>{size}</Size></Meta>") };
    let (data, more) = data.strip_suffix('+').map_or((data, ""), |data| (data, "<MoreData/>"));
    format!("<Item><Target><LocURI>{address}</LocURI></Target>{size}<Data>{data}</Data>{more}</Item>")
}

fn replace(items: &str) -> String {
    format!("<Replace><CmdID>1</CmdID>{}</Replace>", items.split('|').map(chunk).collect::<String>())
}

const STATUS: &str =
    "<Status><CmdID>9</CmdID><MsgRef>1</MsgRef><CmdRef>0</CmdRef><Cmd>SyncHdr</Cmd><Data>200</Data></Status>";
const NEXT_MESSAGE: &str = "<Alert><CmdID>8</CmdID><Data>1222</Data></Alert>";

/// Messages, one array of commands each, and what becomes of the items in each.
#[track_caller]
fn check(limits: LargeObjectLimits, messages: &[(&str, &[&str])]) {
    let mut objects = Reassembler::with_limits(limits);
    for (index, (body, expected)) in messages.iter().enumerate() {
        let body: String = body
            .split('~')
            .filter(|command| !command.is_empty())
            .map(|command| if command.starts_with('<') { command.into() } else { replace(command) })
            .collect();
        assert_eq!(receive(&mut objects, &body), *expected, "message {}", index + 1);
    }
}

const LIMITS: LargeObjectLimits = LargeObjectLimits { object: 20, chunks: 4 };

#[test]
fn chunks_of_consecutive_messages_are_one_object() {
    check(
        LIMITS,
        &[
            ("A:11:Hel+", &["chunk"]),
            (&format!("{STATUS}~{NEXT_MESSAGE}~A::lo w+"), &["chunk"]),
            ("A::orld~B::x", &["complete A Hello world", "whole B x"]),
            ("A::again", &["whole A again"]),
        ],
    );
}

#[test]
fn an_object_stands_behind_and_in_front_of_other_items_of_its_command() {
    check(LIMITS, &[("B::x|A:4:Hel+", &["whole B x", "chunk"]), ("A::p|C::y", &["complete A Help", "whole C y"])]);
}

/// "MUST only be specified in the first chunk", but some repeat it with the other meta information.
#[test]
fn a_size_that_is_repeated_begins_nothing() {
    check(LIMITS, &[("A:4:Hel+", &["chunk"]), ("A:4:p", &["complete A Help"])]);
}

#[test]
fn another_size_begins_another_object() {
    check(
        LIMITS,
        &[("A:9:Hel+", &["chunk"]), ("A:4:He+", &["no end A 3/9", "chunk"]), ("A::lp", &["complete A Help"])],
    );
}

#[test]
fn the_end_may_be_empty_and_data_absent() {
    check(
        LIMITS,
        &[
            ("A:4:+", &["chunk"]),
            ("A::Help+", &["chunk"]),
            ("<Replace><Item><Target><LocURI>A</LocURI></Target></Item></Replace>", &["complete A Help"]),
        ],
    );
}

/// 424, and nothing is handed out.
#[test]
fn a_size_that_is_not_kept_is_a_mismatch() {
    check(LIMITS, &[("A:5:Hel+", &["chunk"]), ("A::p", &["424"]), ("A::whole", &["whole A whole"])]);
    check(LIMITS, &[("A:3:Hel+", &["chunk"]), ("A::p+", &["424"]), ("A::!+", &["424"]), ("A::.", &["424"])]);
    check(LIMITS, &[("A:2:Hel+", &["424"]), ("A:4:Hel+", &["chunk"]), ("A::p", &["complete A Help"])]);
}

/// 411.
#[test]
fn the_first_chunk_has_to_say_the_size() {
    for size in ["", "x", "-1", "+5"] {
        check(
            LIMITS,
            &[
                (&format!("A:{size}:Hel+"), &["411"]),
                ("A::lo+", &["411"]),
                ("A::!", &["411"]),
                ("A::small", &["whole A small"]),
            ],
        );
    }
}

/// 413, by what is announced, before anything is kept.
#[test]
fn an_object_above_the_limit_is_refused() {
    for size in ["21", "4294967296", "99999999999999999999999999"] {
        check(LIMITS, &[(&format!("A:{size}:Hel+"), &["413"]), ("A::lo", &["413"]), ("A::x", &["whole A x"])]);
    }
    check(LIMITS, &[("A:20:12345678901234567890", &["whole A 12345678901234567890"])]);
    check(LIMITS, &[("A::123456789012345678901", &["413"])]);
    check(LIMITS, &[("A::1234567890123456789&#48;1", &["413"])]);
}

#[test]
fn endless_chunks_are_refused() {
    let empty = ("A::+", &["chunk"][..]);
    check(LIMITS, &[("A:9:+", &["chunk"]), empty, empty, empty, ("A::+", &["413"]), ("A::+", &["413"])]);
}

/// 1225: what comes between is taken, and the rest of the object is not.
#[test]
fn another_item_or_command_ends_an_object() {
    check(
        LIMITS,
        &[("A:5:Hel+", &["chunk"]), ("B::x~A::lo", &["no end A 3/5", "whole B x", "424"]), ("A::lo", &["whole A lo"])],
    );
    check(LIMITS, &[("A:5:Hel+|B:3:x+", &["chunk", "no end A 3/5", "chunk"]), ("A::lo", &["no end B 1/3", "424"])]);
    let others = [
        (
            "<Get><CmdID>2</CmdID><Item><Target><LocURI>A</LocURI></Target></Item></Get>",
            &["no end A 3/5", "whole A "][..],
        ),
        (
            "<Add><CmdID>2</CmdID><Item><Target><LocURI>A</LocURI></Target><Data>lo</Data></Item></Add>",
            &["no end A 3/5", "whole A lo"],
        ),
        ("<Alert><CmdID>2</CmdID><Data>1223</Data></Alert>", &["no end A 3/5"]),
        ("<Atomic><CmdID>2</CmdID></Atomic>", &["no end A 3/5"]),
        ("<Sequence><CmdID>2</CmdID></Sequence>", &["no end A 3/5"]),
    ];
    for (other, expected) in others {
        check(LIMITS, &[("A:5:Hel+", &["chunk"]), (other, expected)]);
    }
}

/// 1225: the chunks stand in consecutive messages.
#[test]
fn a_message_without_a_chunk_ends_an_object() {
    check(
        LIMITS,
        &[("A:5:Hel+", &["chunk"]), (STATUS, &["no end A 3/5"]), ("A::lo", &["424"]), ("A::lo", &["whole A lo"])],
    );
}

#[test]
fn target_and_source_and_command_tell_objects_apart() {
    let item = |source: &str, rest: &str| {
        format!("<Results><Item><Source><LocURI>{source}</LocURI></Source>{rest}</Item></Results>")
    };
    let first = item("A", "<Meta><Size>5</Size></Meta><Data>Hel</Data><MoreData/>");
    check(LIMITS, &[(&first, &["chunk"]), (&item("A", "<Data>lo</Data>"), &["complete A Hello"])]);
    check(LIMITS, &[(&first, &["chunk"]), ("A::lo", &["no end A 3/5", "whole A lo"])]);
}

/// The `Size` of the command's `Meta` holds for an item that says none; format and type come from the first chunk, if
/// the last one has none.
#[test]
fn meta_of_the_first_chunk() {
    let mut objects = Reassembler::new();
    let fields = MetaFields { size: Some(Text::new("4")), ..MetaFields::default() };
    let mut first = Item::leaf("A", Meta::of_data("xml", "text/xml"), "<a");
    first.more_data = true;
    let mut request = Request::of_item("1", first);
    request.meta = Meta::EMPTY.with_fields(&fields);
    let first = Command::Add(request);
    assert!(matches!(objects.command(&first).next(), Some(Ok(Received::Chunk))));
    assert!(objects.end_message().is_none());
    let last = Command::Add(Request::of_item("1", Item::leaf("A", Meta::EMPTY, "/>")));
    let Some(Ok(Received::Complete(object))) = objects.command(&last).next() else { panic!() };
    assert_eq!(object.item().meta, Meta::of_data("xml", "text/xml"));
    assert_eq!(object.item().target, Some(Location::new("A")));
    assert_eq!(object.into_data(), b"<a/>");
}

/// WBXML: octets stay octets, and a character cut in two is one again.
#[test]
fn octets_and_characters_cut_in_two() {
    let take = |parts: [Data<'_>; 2]| {
        let fields = MetaFields { size: Some(Text::new("3")), ..MetaFields::default() };
        let mut objects = Reassembler::new();
        let mut items = [Item::default(); 2];
        for (item, data) in items.iter_mut().zip(parts) {
            item.data = Some(data);
        }
        items[0].more_data = true;
        items[0].meta = Meta::EMPTY.with_fields(&fields);
        let mut request = Request::default();
        request.items = Items::of(&items);
        let command = Command::Add(request);
        let mut received = objects.command(&command);
        assert!(matches!(received.next(), Some(Ok(Received::Chunk))));
        let Some(Ok(Received::Complete(object))) = received.next() else { panic!() };
        (matches!(object.item().data, Some(Data::Text(_))), object.into_data())
    };
    let text = |text| Data::Text(Text::new(text));
    assert_eq!(take([Data::Opaque(b"\xFF\0"), Data::Opaque(b"\x01")]), (false, b"\xFF\0\x01".to_vec()));
    assert_eq!(take([text("ab"), Data::Opaque(b"c")]), (false, b"abc".to_vec()));
    assert_eq!(take([text("ab"), text("c")]), (true, b"abc".to_vec()));

    // STR_I with the two halves of U+00E9
    let document = b"\x03\xA4\x01\x6A\x00\x6D\x6C\x01\x6B\
        \x45\x54\x5A\x00\x01\x52\x032\0\x01\x01\x00\x00\x4F\x03\xC3\0\x01\x34\x01\
        \x54\x4F\x03\xA9\0\x01\x01\x01\x01\x01";
    let mut message = MessageReader::from_wbxml(document).unwrap();
    let command = message.next_command().unwrap().unwrap();
    let mut objects = Reassembler::new();
    let said: Vec<String> = objects.command(command).map(|received| words(&received.unwrap())).collect();
    assert_eq!(said, ["chunk", "complete  é"]);
}

/// 415: elements are no part of anything.
#[test]
fn markup_is_no_chunk() {
    check(LIMITS, &[("A:9:<b/>+", &["415"]), ("A::lo", &["415"])]);
    assert_eq!(StatusCode::UNSUPPORTED_MEDIA_TYPE_OR_FORMAT.get(), 415);
}
