//! Every vector of the specification notes, sections 5 to 7, read from the notes: documents, keys and MACs, pushes,
//! segments. The notes are no part of the project; where they are not there, there is nothing to do.

#![cfg(all(feature = "mac", feature = "xml"))]
#![expect(clippy::panic, clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

#[path = "support/notes.rs"]
mod notes;
#[path = "support/sms.rs"]
mod sms;
mod support;

use std::io::Write as _;
use std::process::{Command, Stdio};

use notes::Notes;
use omacp::push::{
    ApplicationId, ContentType, Deliver, ErrorKind, FieldName, MediaType, Port, Ports, Push, Reassembler, Reference,
    Sec, UserData, Value, segment,
};
use omacp::security::{Key, NetworkSecret, VerifyError, pin_with_mac};
use omacp::wbxml::vocabulary::prov::PROV_1_0;
use omacp::wbxml::{Encoder, Event, Options, Reader, Strings, Writer};
use omacp::{ProvisioningDoc, Unverified};

const IMSI: &str = "466923103145252";
const WAP_PUSH: Ports = Ports { destination: Port::PUSH, source: Port::WSP };

fn network() -> NetworkSecret {
    NetworkSecret::from_imsi(IMSI).unwrap()
}

/// The octets of the document that the notes call by this name.
fn octets_of(notes: &Notes, name: &str) -> Vec<u8> {
    match name {
        "E" => support::hex("030b6a004501"),
        "CHT" => notes.section("5.1").hex(0),
        "BO (4.3)" => notes.section("4.3").hex(0),
        _ => panic!("a document called {name}"),
    }
}

/// The SHA-256 of octets in hexadecimal digits, if the tool is there that tells.
fn sha256(octets: &[u8]) -> Option<String> {
    let tool = Command::new("sha256sum").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut tool) = tool else {
        assert!(!support::is_required("oracles"), "REQUIRE names the oracles, but sha256sum is not there");
        return None;
    };
    tool.stdin.take().unwrap().write_all(octets).unwrap();
    let output = tool.wait_with_output().unwrap();
    Some(String::from_utf8(output.stdout).unwrap()[..64].to_owned())
}

fn assert_sha256(octets: &[u8], expected: &str) {
    assert!(sha256(octets).is_none_or(|sum| sum == expected), "{expected}");
}

/// The same document, written event by event as it is read.
fn copied(octets: &[u8]) -> Vec<u8> {
    let known = [&PROV_1_0];
    let mut reader = Reader::new(octets, Options::new().vocabularies(&known)).unwrap();
    let mut out = Vec::new();
    let mut writer = Writer::with_header(&mut out, reader.header()).unwrap();
    loop {
        let event = reader.next_event().unwrap();
        if event == Event::Eof {
            return out;
        }
        writer.event_of_len(&event, reader.span().len()).unwrap();
    }
}

/// Section 5: the octets mean what the XML beside them means; what we write of them means the same and is no longer
/// (libwbxml, whose encoder 5.1 and 5.5 follow, switches the page of attributes back for each `value`; we stay). Event by
/// event, the octets are written as they are. That libwbxml writes the octets of 5.1 and 5.5, and reads ours:
/// `tests/oracles.rs`.
#[test]
fn documents_5() {
    let Some(notes) = Notes::read() else { return };
    // section, length, ours without string table, ours with
    let rows = [("5.1", 501, 481, 358), ("5.2", 473, 476, 449), ("5.3", 353, 356, 339), ("5.5", 331, 281, 263)];
    for (number, length, ours, shortest) in rows {
        let section = notes.section(number);
        let octets = section.hex(0);
        assert_eq!(octets.len(), length, "{number}");
        if let Some((_, rest)) = section.0.split_once("sha256 `") {
            assert_sha256(&octets, &rest[..64]);
        }
        let document = ProvisioningDoc::parse(&octets).unwrap();
        let xml = section.blocks("xml").next().unwrap();
        assert_eq!(document, ProvisioningDoc::parse(xml.as_bytes()).unwrap(), "{number}");
        assert_eq!(copied(&octets), octets, "{number}");
        let written = [
            (document.to_wbxml().unwrap(), ours),
            (Encoder::new(&PROV_1_0).strings(Strings::WhenItPays).encode(&document).unwrap(), shortest),
        ];
        for (written, length) in written {
            assert_eq!(ProvisioningDoc::parse(&written).unwrap(), document, "{number}");
            assert_eq!(written.len(), length, "{number}");
        }
        assert!(shortest <= length, "{number}");
        let text = document.to_xml().unwrap();
        assert_eq!(ProvisioningDoc::parse(text.as_bytes()).unwrap(), document, "{number}");
    }
}

/// What section 5.2 says of its document.
#[test]
fn flags_and_empty_characteristics_5_2() {
    let Some(notes) = Notes::read() else { return };
    let octets = notes.section("5.2").hex(0);
    let document = ProvisioningDoc::parse(&octets).unwrap();
    let physical = document.characteristics_of_type("PXLOGICAL").next().unwrap();
    let physical = physical.characteristics_of_type("PXPHYSICAL").next().unwrap();
    assert!(physical.values("TO-NAPID").eq(["INTERNET", "NAP1"]));
    let napdef = document.characteristics_of_type("NAPDEF").next().unwrap();
    assert!(napdef.parm("T-BIT").unwrap().value.is_none());
    let access = document.characteristics_of_type("ACCESS").next().unwrap();
    assert_eq!((access.parms().count(), access.characteristics().count()), (0, 0));
}

/// The MACs over the document of section 5.5.
#[test]
fn macs_5_5() {
    let Some(notes) = Notes::read() else { return };
    let section = notes.section("5.5");
    let octets = section.hex(0);
    let rows = [
        (Key::userpin("1234").unwrap(), "USERPIN `1234` → `"),
        (Key::netwpin(&network()), "NETWPIN IMSI 466923103145252 → `"),
        (Key::usernetwpin(&network(), "1234").unwrap(), "USERNETWPIN (IMSI‖1234) → `"),
    ];
    for (key, label) in rows {
        let (_, rest) = section.0.split_once(label).unwrap();
        assert_eq!(key.sign(&octets).as_str(), &rest[..40], "{label}");
    }
}

#[test]
fn network_secrets_6() {
    let Some(notes) = Notes::read() else { return };
    for row in notes.section("6.").table("IMSI") {
        let imsi = row[0].split(' ').next().unwrap();
        let secret = NetworkSecret::from_imsi(imsi).unwrap();
        assert_eq!(secret.octets(), support::hex(row[1]), "{imsi}");
    }
}

/// M1 to M10, each right under its own key and wrong under those of all others.
#[test]
fn macs_6() {
    let Some(notes) = Notes::read() else { return };
    let key = |name: &str, sec: &str| match (name.split(' ').next().unwrap(), sec.as_bytes()[0]) {
        ("M6", _) => {
            // Device Management puts the PIN first, and a colon between: octets like any others here
            Key::netwpin(&NetworkSecret::new(&[b"1234:", network().octets()].concat()).unwrap())
        }
        (_, b'0') => Key::netwpin(&network()),
        (_, b'1') => Key::userpin(if ["M1", "M7"].contains(&name) { "0000" } else { "1234" }).unwrap(),
        _ => Key::usernetwpin(&network(), "1234").unwrap(),
    };
    let rows = notes.section("6.").table("#");
    assert_eq!(rows.len(), 10);
    for row in &rows {
        let (name, document, mac) = (row[0], octets_of(&notes, row[1]), row[4]);
        let right = key(name, row[2]);
        if right.sec() == Sec::USERPIN {
            let pin = if name == "M1" || name == "M7" { "0000" } else { "1234" };
            assert_eq!(row[3], pin, "{name}");
        }
        assert_eq!(right.sign(&document).as_str(), mac, "{name}");
        assert_eq!(right.verify(&document, Some(mac)), Ok(()), "{name}");
        assert_eq!(right.verify(&document, Some(&mac.to_lowercase())), Ok(()), "{name}");
        for other in &rows {
            let is_right = right.verify(&octets_of(&notes, other[1]), Some(mac)).is_ok();
            assert_eq!(is_right, document == octets_of(&notes, other[1]), "{name} over {}", other[1]);
            let is_right = key(other[0], other[2]).verify(&document, Some(mac)).is_ok();
            let is_same = key(other[0], other[2]).sign(&document).as_str() == mac;
            assert_eq!(is_right, is_same, "{name} under the key of {}", other[0]);
        }
    }
}

#[test]
fn pins_that_hold_a_mac_6() {
    let Some(notes) = Notes::read() else { return };
    for row in notes.section("6.").table("R") {
        let (random, document, pin) = (row[0], octets_of(&notes, row[1]), row[3]);
        assert_eq!(pin_with_mac(random, &document).unwrap(), pin);
        assert_eq!(Key::userpinmac(pin).unwrap().verify(&document, None), Ok(()));
        // the digits of the MAC are the key of no other method
        assert_eq!(Key::userpin(random).unwrap().sign(&document).as_str(), row[2].to_uppercase());
    }
}

#[test]
fn hmac_sha1_6() {
    let Some(notes) = Notes::read() else { return };
    let (_, rest) = notes.section("6.").0.split_once("what do ya want for nothing?` → `").unwrap();
    let key = Key::netwpin(&NetworkSecret::new(b"Jefe").unwrap());
    assert_eq!(key.sign(b"what do ya want for nothing?").as_str(), rest[..40].to_uppercase());
}

/// The negative cases at the end of section 6, over M1.
#[test]
fn what_fails_6() {
    let Some(notes) = Notes::read() else { return };
    let document = octets_of(&notes, "CHT");
    let key = Key::userpin("0000").unwrap();
    let mac = notes.section("6.").table("#")[0][4];
    let mut octets = document.clone();
    for index in 0..octets.len() {
        for bit in 0..8 {
            octets[index] ^= 1 << bit;
            assert_eq!(key.verify(&octets, Some(mac)), Err(VerifyError::Wrong), "bit {bit} of octet {index}");
            octets[index] ^= 1 << bit;
        }
    }
    for digits in [&mac[..39], &format!("{mac}0")] {
        assert_eq!(key.verify(&document, Some(digits)), Err(VerifyError::Malformed));
    }
    let verify = |content_type: ContentType<'_>, key: &Key| {
        let pdu = Push::new(content_type, &document).to_vec().unwrap();
        let message = Unverified::from_push(&Push::parse(&pdu).unwrap()).unwrap();
        message.verify(key).map(|_| ()).map_err(|error| error.kind())
    };
    let wbxml = || ContentType::new(MediaType::CONNECTIVITY_WBXML).with_mac(mac);
    let fails = |error| Err(omacp::ErrorKind::Verify(error));
    assert_eq!(verify(wbxml().with_sec(Sec::USERPIN), &key), Ok(()));
    assert_eq!(verify(wbxml(), &key), fails(VerifyError::NotProtected));
    assert_eq!(verify(wbxml().with_sec(Sec::new(4)), &key), fails(VerifyError::Method(Sec::new(4))));
    let pin = Key::userpinmac(&pin_with_mac("12345", &document).unwrap()).unwrap();
    assert_eq!(verify(wbxml().with_sec(Sec::USERPINMAC), &pin), Ok(()), "the MAC beside SEC 3 is not looked at");
    assert_eq!(verify(wbxml().with_sec(Sec::USERPINMAC), &key), fails(VerifyError::Method(Sec::USERPINMAC)));
    assert!(Key::userpinmac("12345678901").is_err(), "an odd number of digits has no halves");
}

fn signed<'a>(mac: &'a str, document: &'a [u8]) -> Vec<u8> {
    let content_type = ContentType::new(MediaType::CONNECTIVITY_WBXML).with_sec(Sec::USERPIN).with_mac(mac);
    Push::new(content_type, document).to_vec().unwrap()
}

#[test]
fn a_small_push_7_1() {
    let Some(notes) = Notes::read() else { return };
    let expected = notes.section("7.1").hex(0);
    let (document, key) = (octets_of(&notes, "E"), Key::userpin("1234").unwrap());
    assert_eq!(signed(key.sign(&document).as_str(), &document), expected);
    let push = Push::parse(&expected).unwrap();
    assert_eq!(push.to_vec().unwrap(), expected);
    assert!(Unverified::from_push(&push).unwrap().verify(&key).is_ok());
}

/// The push of the CHT document, its five segments, and the SMS of the last of them.
#[test]
fn a_push_in_five_segments_7_2() {
    let Some(notes) = Notes::read() else { return };
    let section = notes.section("7.2");
    let (document, key) = (octets_of(&notes, "CHT"), Key::userpin("0000").unwrap());
    let pdu = signed(key.sign(&document).as_str(), &document);
    assert_eq!(pdu.len(), 551);
    assert!(pdu.starts_with(&section.hex(0)));
    assert_sha256(&pdu, &section.0.split_once("sha256 `").unwrap().1[..64]);

    let parts = segment(&pdu, WAP_PUSH, Reference::Short(0x42)).unwrap();
    let rows = section.table("nn");
    assert_eq!(parts.len(), rows.len());
    for (part, row) in parts.iter().zip(&rows) {
        assert_eq!(part.len().to_string(), row[1], "UDL of {}", row[0]);
        assert!(part.starts_with(&support::hex(row[3])), "{}", row[0]);
        assert_sha256(part, row[2]);
    }
    let tpdu = section.hex(1);
    assert_eq!(sms::deliver(&parts[4]), tpdu);
    let sms = Deliver::parse(&tpdu).unwrap();
    assert_eq!((&sms.originator[..], sms.coding, sms.user_data), ("+44770012345", 0xF5, &parts[4][..]));

    let mut phone = Reassembler::new();
    let mut whole = None;
    // from the last to the first, the third one twice
    for part in [4, 3, 2, 2, 1, 0] {
        assert_eq!(whole, None);
        whole = phone.receive(&sms.originator, Deliver::parse(&sms::deliver(&parts[part])).unwrap().user_data).unwrap();
    }
    let datagram = whole.unwrap();
    assert_eq!((datagram.ports, &datagram.octets), (Some(WAP_PUSH), &pdu));

    // the cases that the notes list behind it
    for part in &parts[1..] {
        assert_eq!(phone.receive("+44770012345", part).unwrap(), None);
    }
    assert_eq!(phone.missing().next().unwrap().numbers, [1]);
    let mut contradiction = parts[0].clone();
    contradiction[10] = 4;
    let error = phone.receive("+44770012345", &contradiction).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::SegmentTotal);
    let long = segment(&pdu, WAP_PUSH, Reference::Long(0x0142)).unwrap();
    assert!(long[0].starts_with(&support::hex("0c 05040b8423f0 08040142 05 01")));
    let lengths: Vec<usize> = long.iter().map(Vec::len).collect();
    assert_eq!(lengths, [140, 140, 140, 140, 13 + 551 - 4 * 127]);
    let alone = segment(&pdu[..133], WAP_PUSH, Reference::Short(0x42)).unwrap();
    assert_eq!(alone, [[&support::hex("06 05040b8423f0")[..], &pdu[..133]].concat()]);
}

/// Another's SMS: an MMS notification with a media type in words.
#[test]
fn an_mms_notification_7_3() {
    let Some(notes) = Notes::read() else { return };
    let octets = notes.section("7.3").hex(0);
    let sms = Deliver::parse_with_service_centre(&octets).unwrap();
    assert_eq!((sms.has_header, sms.coding, sms.user_data.len()), (true, 0xF5, 114));
    assert_eq!((&sms.originator[..], sms.protocol), ("0", 0x39), "one digit");
    assert_eq!(Deliver::parse(&octets[8..]).unwrap(), sms);
    let user_data = UserData::parse(sms.user_data).unwrap();
    assert_eq!((user_data.ports, user_data.concatenation), (Some(WAP_PUSH), None));
    let push = Push::parse(user_data.payload).unwrap();
    assert_eq!(push.transaction_id, 1);
    assert_eq!(push.content_type.media_type, MediaType::Name("application/vnd.wap.mms-message"));
    assert_eq!(push.fields.application_id(), Some(ApplicationId::MMS_UA));
    assert_eq!(push.fields.get(FieldName::PUSH_FLAG), Some(Value::Short(6)));
    assert!(push.unverified_body().starts_with(&[0x8C, 0x82]));
    // the sender names the media type, where its number would do: we write that
    let ours = push.to_vec().unwrap();
    assert_eq!(ours, [&support::hex("01 06 05 BE AF84 B486")[..], push.unverified_body()].concat());
    assert_eq!(Push::parse(&ours).unwrap(), push);
}

/// The pushes of a gateway that sends from the port of push, for each method.
#[test]
fn a_gateway_7_4() {
    let Some(notes) = Notes::read() else { return };
    let section = notes.section("7.4").0;
    let ports = Ports { destination: Port::PUSH, source: Port::PUSH };
    for sec in 0..3_u8 {
        let content_type = ContentType::new(MediaType::CONNECTIVITY_WBXML)
            .with_sec(Sec::new(sec))
            .with_mac("AA2DC41FC48AEEF3FED7351B1EE704461A8894D4");
        let pdu = Push::new(content_type, b"").to_vec().unwrap();
        let head = section.split('`').nth(1).unwrap().split(" <40").next().unwrap().replace("8x", &format!("8{sec}"));
        assert_eq!(pdu[..9], support::hex(&head));
        assert_eq!(pdu.len(), 9 + 40 + 1);
        let header = section.split('`').nth(3).unwrap();
        assert_eq!(segment(&pdu, ports, Reference::Short(1)).unwrap()[0][..7], support::hex(header));
    }
}
