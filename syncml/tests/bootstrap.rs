//! Bootstrap messages: MACs by the vectors of the notes and of RFC 2202, every bit that may flip, and what has to fail;
//! references into the inbox (OMA-TS-DM_Bootstrap 1.2).

#![cfg(feature = "auth")]
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
use proptest::prelude::*;
use syncml::dm::bootstrap::{BootstrapKey, ImsiSecret, KeyError, Placement, Sec, VerifyError, inbox_path, relocate};
use syncml::wbxml::Data;
use syncml::{Command, Item, MessageReader};

const MESSAGE: &[u8] = b"\x03\xA4\x01\x6A\x00\x2D";

fn imsi() -> ImsiSecret {
    ImsiSecret::new("466923103145252").unwrap()
}

/// Sections 4.3 and 6: all MACs whose keys are made as in this profile, over whatever octets. That of the section's
/// `USERPIN_NETWORKID` is not that of Client Provisioning.
#[test]
fn vectors_6() {
    let Some(notes) = Notes::read() else { return };
    let section = notes.section("6.");
    let octets = |name: &str| match name {
        "E" => hex("030b6a004501"),
        "CHT" => notes.section("5.1").hex(0),
        "BO (4.3)" => notes.section("4.3").hex(0),
        _ => panic!("a document called {name}"),
    };
    let userpin = |pin: &[u8]| BootstrapKey::userpin(pin).unwrap();
    let secret = imsi();
    let network = BootstrapKey::networkid(secret.octets()).unwrap();
    let both = BootstrapKey::userpin_networkid(b"1234", secret.octets()).unwrap();
    let both_cp = BootstrapKey::userpin_networkid_as_in_cp(b"1234", secret.octets()).unwrap();
    let rows = [
        ("M1", &userpin(b"0000")),
        ("M2", &network),
        ("M3", &network),
        ("M4", &userpin(b"1234")),
        ("M5", &both_cp),
        ("M6", &both),
        ("M7", &userpin(b"0000")),
        ("M8", &userpin(b"1234")),
        ("M9", &both_cp),
        ("M10", &userpin(b"1234")),
    ];
    assert_eq!(section.table("#").len(), rows.len());
    for (name, key) in rows {
        let mac = section.cell("#", name, 4);
        let message = octets(section.cell("#", name, 1));
        assert_eq!(key.sign(&message).as_str(), mac, "{name}");
        assert_eq!(key.verify(&message, Some(key.sec()), Some(mac)), Ok(()), "{name}");
    }
    assert!(notes.section("4.3").0.contains(section.cell("#", "M10", 4)));
    for row in section.table("IMSI") {
        let digits = row[0].split(' ').next().unwrap();
        assert_eq!(ImsiSecret::new(digits).unwrap().octets(), hex(row[1]), "{digits}");
    }
}

/// Section 4.3: the message adds an object to the inbox, and what we write of it is the same octets.
#[test]
fn message_4_3() {
    let Some(notes) = Notes::read() else { return };
    let octets = notes.section("4.3").hex(0);
    assert_eq!(octets.len(), 227);
    let mut message = MessageReader::parse(&octets).unwrap();
    assert_eq!(message.header().unwrap().ver_proto.unwrap().as_str().unwrap(), "DM/1.2");
    let Some(Command::Add(request)) = message.next_command().unwrap() else { panic!("no Add") };
    let items: Vec<Item<'_>> = request.items.iter().map(Result::unwrap).collect();
    let [item] = &items[..] else { panic!("{} items", items.len()) };
    assert_eq!(item.uri().unwrap().as_str().unwrap(), "./Inbox");
    let Some(Data::Markup(object)) = item.data else { panic!("no object") };
    let leaves = support::leaves(&object);
    assert!(leaves.contains(&"MgmtTree/Node/Node/NodeName/=ServerID".to_owned()), "{leaves:?}");
    assert!(message.next_command().unwrap().is_none());
    assert!(message.is_final());
    assert_eq!(support::to_wbxml(MessageReader::parse(&octets).unwrap()).unwrap(), octets);
}

/// Each octet of a message, each bit of it; each digit of a MAC.
#[test]
fn any_bit_flipped_fails() {
    let message: Vec<u8> = (0..=255).collect();
    for key in keys() {
        let mac = key.sign(&message).to_string();
        let verify = |message: &[u8], mac: &str| key.verify(message, Some(key.sec()), Some(mac));
        assert_eq!(verify(&message, &mac), Ok(()));
        for bit in 0..message.len() * 8 {
            let mut flipped = message.clone();
            flipped[bit / 8] ^= 0x80 >> (bit % 8);
            assert_eq!(verify(&flipped, &mac), Err(VerifyError::Wrong), "bit {bit}");
        }
        assert_eq!(verify(&message[1..], &mac), Err(VerifyError::Wrong));
        for place in 0..mac.len() {
            let digit = if &mac[place..=place] == "0" { "1" } else { "0" };
            let mut wrong = mac.clone();
            wrong.replace_range(place..=place, digit);
            assert_eq!(verify(&message, &wrong), Err(VerifyError::Wrong), "digit {place}");
        }
    }
}

fn keys() -> [BootstrapKey; 4] {
    let secret = imsi();
    [
        BootstrapKey::networkid(secret.octets()).unwrap(),
        BootstrapKey::userpin(b"1234").unwrap(),
        BootstrapKey::userpin_networkid(b"1234", secret.octets()).unwrap(),
        BootstrapKey::userpin_networkid_as_in_cp(b"1234", secret.octets()).unwrap(),
    ]
}

#[test]
fn every_other_key_fails() {
    for (index, key) in keys().iter().enumerate() {
        let mac = key.sign(MESSAGE);
        for (other, other_key) in keys().iter().enumerate() {
            let verified = other_key.verify(MESSAGE, Some(key.sec()), Some(mac.as_str()));
            let expected = match (index == other, key.sec() == other_key.sec()) {
                (true, _) => Ok(()),
                (_, true) => Err(VerifyError::Wrong),
                _ => Err(VerifyError::Method(key.sec())),
            };
            assert_eq!(verified, expected, "{index} {other}");
        }
    }
}

#[test]
fn parameters() {
    let key = BootstrapKey::userpin(b"1234").unwrap();
    let mac = key.sign(MESSAGE).to_string();
    let sec = Some(Sec::USERPIN);
    assert_eq!(key.verify(MESSAGE, sec, Some(&mac.to_lowercase())), Ok(()));
    assert_eq!(key.verify(MESSAGE, None, Some(&mac)), Err(VerifyError::NotProtected));
    assert_eq!(key.verify(MESSAGE, None, None), Err(VerifyError::NotProtected));
    assert_eq!(key.verify(MESSAGE, sec, None), Err(VerifyError::NoMac));
    for other in [0, 2, 3, 4, 255] {
        assert_eq!(key.verify(MESSAGE, Some(Sec(other)), Some(&mac)), Err(VerifyError::Method(Sec(other))));
    }
    for malformed in ["", &mac[1..], &format!("{mac}0"), &format!("{}G", &mac[1..]), &format!(" {}", &mac[1..])] {
        assert_eq!(key.verify(MESSAGE, sec, Some(malformed)), Err(VerifyError::Malformed), "{malformed}");
    }
    // 40 octets, but not 40 characters
    assert_eq!(key.verify(MESSAGE, sec, Some(&"é".repeat(20))), Err(VerifyError::Malformed));
}

#[test]
fn names_of_methods() {
    let rows = [(0, "NETWORKID", "NetwPin"), (1, "USERPIN", "userpin"), (2, "USERPIN_NETWORKID", "USERNETWPIN")];
    for (number, name, other) in rows {
        assert_eq!((Sec::from_name(name), Sec::from_name(other)), (Some(Sec(number)), Some(Sec(number))));
        assert_eq!((Sec(number).name(), Sec(number).to_string()), (Some(name), name.to_owned()));
    }
    assert_eq!((Sec(3).name(), Sec(3).to_string()), (None, "3".to_owned()));
    assert_eq!((Sec::from_name("USERPINMAC"), Sec::from_name("")), (None, None));
}

#[test]
fn no_key_without_a_secret() {
    let error = |key: Result<BootstrapKey, KeyError>| key.map(|key| key.sec()).unwrap_err();
    assert_eq!(error(BootstrapKey::networkid(b"")), KeyError::NetworkSecret);
    assert_eq!(error(BootstrapKey::userpin(b"")), KeyError::Pin);
    assert_eq!(error(BootstrapKey::userpin_networkid(b"", b"x")), KeyError::Pin);
    assert_eq!(error(BootstrapKey::userpin_networkid(b"1", b"")), KeyError::NetworkSecret);
    assert_eq!(error(BootstrapKey::userpin_networkid_as_in_cp(b"1", b"")), KeyError::NetworkSecret);
    for imsi in ["", "12345", "1234567890123456", "46692310314525a", "４６６９２３"] {
        assert_eq!(ImsiSecret::new(imsi).map(|_| ()), Err(KeyError::Imsi), "{imsi}");
    }
    // 3GPP TS 24.008, 10.5.1.4: the shortest
    assert_eq!(ImsiSecret::new("123456").unwrap().octets(), b"\x11\x32\x54\xF6");
}

/// No secret is printed.
#[test]
fn debug_keeps_secrets() {
    assert_eq!(format!("{:?}", imsi()), "ImsiSecret(..)");
    assert_eq!(format!("{:?}", BootstrapKey::userpin(b"7").unwrap()), "BootstrapKey { sec: Sec(1), .. }");
}

/// What came to the inbox may be named by the path in it; whatever else stands in a leaf is no such name.
#[test]
fn references_into_the_inbox() {
    let placed = [
        Placement { from: "Account", to: "./DMAcc/Account1" },
        Placement { from: "./Internet", to: "./NAP/N2" },
        Placement { from: "Internet/Proxy", to: "./Proxy/P" },
    ];
    let rows = [
        ("./Inbox/Account", Some("./DMAcc/Account1")),
        ("Inbox/Account", Some("./DMAcc/Account1")),
        ("./Inbox/Account/AppAddr/1", Some("./DMAcc/Account1/AppAddr/1")),
        ("./Inbox/Internet", Some("./NAP/N2")),
        ("./Inbox/Internet/Prox", Some("./NAP/N2/Prox")),
        ("./Inbox/Internet/Proxy", Some("./Proxy/P")),
        ("./Inbox/Internet/Proxy/Port", Some("./Proxy/P/Port")),
        ("./Inbox/Internet2", None),
        ("./Inbox/Accoun", None),
        ("./Inbox/", None),
    ];
    for (value, expected) in rows {
        let relocated = relocate(inbox_path(value).unwrap(), &placed).map(|relocated| relocated.to_string());
        assert_eq!(relocated.as_deref(), expected, "{value}");
    }
    for value in ["", ".", "./Inbox", "./Inbox2/A", "./inbox/A", "././Inbox/A", "/Inbox/A", "./A/Inbox/B", "Account"] {
        assert_eq!(inbox_path(value), None, "{value}");
    }
    assert_eq!(relocate("Account", &[]), None);
}

/// RFC 2202, test cases 1 to 3, 6 and 7: the keys of the last two are longer than a block.
#[test]
fn hmac_sha1_is_that_of_rfc_2202() {
    let rows: [(&[u8], &[u8], &str); 5] = [
        (&[0x0B; 20], b"Hi There", "B617318655057264E28BC0B6FB378C8EF146BE00"),
        (b"Jefe", b"what do ya want for nothing?", "EFFCDF6AE5EB2FA2D27416D5F184DF9C259A7C79"),
        (&[0xAA; 20], &[0xDD; 50], "125D7342B9AC11CD91A39AF48AA17B4F63F175D3"),
        (
            &[0xAA; 80],
            b"Test Using Larger Than Block-Size Key - Hash Key First",
            "AA4AE5E15272D00E95705637CE8A3B55ED402112",
        ),
        (
            &[0xAA; 80],
            b"Test Using Larger Than Block-Size Key and Larger Than One Block-Size Data",
            "E8E99D0F45237D786D6BBAA7965C7808BBFF1A91",
        ),
    ];
    for (key, data, mac) in rows {
        assert_eq!(BootstrapKey::networkid(key).unwrap().sign(data).as_str(), mac);
    }
}

proptest! {
    /// However long PIN and secret are, together they are one key (RFC 2104, 2: up to 64 octets and beyond).
    #[test]
    fn a_key_is_its_octets(
        pin in prop::collection::vec(any::<u8>(), 1..80),
        secret in prop::collection::vec(any::<u8>(), 1..80),
        message in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let rows = [
            (BootstrapKey::userpin_networkid(&pin, &secret).unwrap(), [&pin[..], b":", &secret].concat()),
            (BootstrapKey::userpin_networkid_as_in_cp(&pin, &secret).unwrap(), [&secret[..], &pin].concat()),
            (BootstrapKey::userpin(&pin).unwrap(), pin.clone()),
        ];
        for (key, octets) in rows {
            prop_assert_eq!(key.sign(&message), BootstrapKey::networkid(&octets).unwrap().sign(&message));
        }
    }
}
