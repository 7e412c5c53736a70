//! The vectors of section 4 of the notes: a message, built and read, and the headers that peers write. Those of section 2
//! are in `auth.rs`, of section 3 in `notification.rs`, 4.3 and 6 in `bootstrap.rs`.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests: to stop is how they fail"
)]

#[path = "support/notes.rs"]
mod notes;
mod support;

use notes::{Notes, hex};
use syncml::{Alert, Command, Item, Location, MessageReader, MessageWriter, Meta, MetaFields, Request, SyncHdr};
use wbxml::vocabulary::syncml::SYNCML_1_2;
use wbxml::{Data, Text, Version, Writer};

/// The message of section 4.2 as somebody would send it.
fn package_1() -> Vec<u8> {
    let fields = MetaFields { max_msg_size: Some(Text::new("5000")), ..MetaFields::default() };
    let mut header = SyncHdr::dm_1_2("1", "1", Location::new("http://s"), Location::new("IMEI:1"));
    header.meta = Meta::EMPTY.with_fields(&fields);
    let mut alert = Alert::default();
    (alert.cmd_id, alert.code) = (Some(Text::new("1")), Some(Text::new("1201")));
    let mut item = Item::default();
    item.source = Some(Location::new("./DevInfo/Man"));
    item.meta = Meta::of_data("chr", "text/plain");
    item.data = Some(Data::Text(Text::new("A")));

    let mut octets = Vec::new();
    let mut message = MessageWriter::new(Writer::new(&mut octets, &SYNCML_1_2).unwrap(), &header).unwrap();
    message.command(&Command::Alert(alert)).unwrap();
    message.command(&Command::Replace(Request::of_item("2", item))).unwrap();
    message.finish(true).unwrap();
    octets
}

/// What is built is the vector, octet for octet; what is read of it is what was built, and is written again as it was.
#[test]
fn message_4_2() {
    let octets = package_1();
    assert_eq!(octets.len(), 154);
    let mut message = MessageReader::parse(&octets).unwrap();
    let header = message.header().unwrap();
    assert_eq!(header.target.unwrap().uri.unwrap(), "http://s");
    assert_eq!(header.source.unwrap().uri.unwrap(), "IMEI:1");
    assert_eq!(header.meta.fields().unwrap().max_msg_size.unwrap(), "5000");
    let Some(Command::Alert(alert)) = message.next_command().unwrap() else { panic!("no Alert") };
    assert_eq!(alert.code.unwrap(), "1201");
    let Some(Command::Replace(replace)) = message.next_command().unwrap() else { panic!("no Replace") };
    let item = replace.items.first().unwrap();
    assert_eq!((item.uri().unwrap(), item.data_text().unwrap()), (Text::new("./DevInfo/Man"), Text::new("A")));
    assert_eq!((item.meta.format.unwrap(), item.meta.type_.unwrap()), (Text::new("chr"), Text::new("text/plain")));
    assert!(message.next_command().unwrap().is_none() && message.is_final());
    assert_eq!(support::to_wbxml(MessageReader::parse(&octets).unwrap()).unwrap(), octets);

    let Some(notes) = Notes::read() else { return };
    assert_eq!(octets, notes.section("4.2").hex(0));
}

/// Section 4.4: each header, in front of a message. The vocabulary is that which it names, and the message says the same.
#[test]
fn headers_4_4() {
    let table = "02 00 00 6a 1d 2d 2f 2f 53 59 4e 43 4d 4c 2f 2f 44 54 44 20 53 79 6e 63 4d 4c 20 31 2e 31 2f 2f 45 4e";
    let rows = [
        ("01 9f 51 6a 00", Version::V1_1, "SyncML 1.0"),
        ("02 9f 53 6a 00", Version::V1_2, "SyncML 1.1"),
        ("02 a4 01 6a 00", Version::V1_2, "SyncML 1.2"),
        ("03 a4 01 6a 00", Version::V1_3, "SyncML 1.2"),
        (table, Version::V1_2, "SyncML 1.1"),
    ];
    let message = package_1();
    let expected = support::said_by(&message).unwrap();
    let body = message.strip_prefix(b"\x03\xA4\x01\x6A\x00").unwrap();
    for (header, version, vocabulary) in rows {
        let octets = [&hex(header)[..], body].concat();
        let options = wbxml::Options::new().vocabularies(&wbxml::vocabulary::syncml::ALL);
        let reader = wbxml::Reader::new(&octets, options).unwrap();
        assert_eq!((reader.header().version, reader.vocabulary().name), (version, vocabulary), "{header}");
        assert_eq!(support::said_by(&octets).unwrap(), expected, "{header}");
    }

    // all headers of the notes are among them
    let Some(notes) = Notes::read() else { return };
    let listed: Vec<Vec<u8>> = rows.iter().map(|row| hex(row.0)).collect();
    for row in notes.section("4.4").table("Octets") {
        // `02/03 …` are two
        for header in row[0].split(',').map(|header| header.replace('`', "")) {
            let (first, rest) = header.trim().split_once(' ').unwrap();
            for version in first.split('/') {
                let octets = hex(&format!("{version} {rest}"));
                assert!(listed.contains(&octets), "{header}");
            }
        }
    }
}

/// The notes have no vectors in sections 2 to 4 but those that the tests name.
#[test]
fn no_other_vectors() {
    let Some(notes) = Notes::read() else { return };
    let names = |section: &str, first: &str| -> Vec<String> {
        notes.section(section).table(first).iter().map(|row| row[0].to_owned()).collect()
    };
    let section_2 = ["basic", "inner", "md5", "md5-user1", "md5-bin", "md5-undec", "md5-empty", "hmac-body", "hmac"];
    assert_eq!(names("2.", "#"), section_2);
    assert_eq!(names("3.", "#"), ["trigger", "B64(MD5(trigger))", "digest", "digest0", "push", "udh"]);
    let headings: Vec<&str> = notes.section("4.").0.lines().filter_map(|line| line.strip_prefix("### ")).collect();
    let numbers: Vec<&str> = headings.iter().filter_map(|heading| heading.split(' ').next()).collect();
    assert_eq!(numbers, ["4.2", "4.3", "4.4"]);
}
