//! Keys and MACs: the vectors of others, every bit that may flip, and what has to fail (OMA-WAP-TS-ProvBoot, 5.2).

#![cfg(feature = "mac")]
#![expect(clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

mod support;

use omacp::push::{ContentType, MediaType, Push, Sec};
use omacp::security::{Key, KeyError, NetworkSecret, VerifyError, pin_with_mac};
use omacp::{ErrorKind, Unverified};

/// `<wap-provisioningdoc></wap-provisioningdoc>`
const EMPTY: &[u8] = b"\x03\x0B\x6A\x00\x45\x01";
const IMSI: &str = "466923103145252";

fn network() -> NetworkSecret {
    NetworkSecret::from_imsi(IMSI).unwrap()
}

/// 3GPP TS 24.008, 10.5.1.4.
#[test]
fn imsi_as_a_sim_has_it() {
    let rows = [
        ("466923103145252", "4966291330412525"),
        ("46692310314525", "41662913304125F5"),
        ("262011234567890", "2926102143658709"),
        ("001010123456789", "0910101032547698"),
        ("310150123456789", "3901511032547698"),
    ];
    for (imsi, expected) in rows {
        assert_eq!(NetworkSecret::from_imsi(imsi).unwrap().octets(), support::hex(expected), "{imsi}");
    }
    for imsi in ["", "12345", "1234567890123456", "46692310314525a", "４６６９２３"] {
        assert_eq!(NetworkSecret::from_imsi(imsi).unwrap_err(), KeyError::Imsi, "{imsi}");
    }
    assert_eq!(NetworkSecret::new(&[]).unwrap_err(), KeyError::NetworkSecret);
}

/// RFC 2202, test cases 1 to 3 and 6: the last key is longer than a block.
#[test]
fn hmac_sha1_is_that_of_rfc_2202() {
    let rows: [(&[u8], &[u8], &str); 4] = [
        (&[0x0B; 20], b"Hi There", "B617318655057264E28BC0B6FB378C8EF146BE00"),
        (b"Jefe", b"what do ya want for nothing?", "EFFCDF6AE5EB2FA2D27416D5F184DF9C259A7C79"),
        (&[0xAA; 20], &[0xDD; 50], "125D7342B9AC11CD91A39AF48AA17B4F63F175D3"),
        (
            &[0xAA; 80],
            b"Test Using Larger Than Block-Size Key - Hash Key First",
            "AA4AE5E15272D00E95705637CE8A3B55ED402112",
        ),
    ];
    for (key, document, mac) in rows {
        assert_eq!(Key::netwpin(&NetworkSecret::new(key).unwrap()).sign(document).as_str(), mac);
    }
}

#[test]
fn macs_of_the_empty_document() {
    let rows = [
        (Key::netwpin(&network()), "1AF545FE2823DC9347064450F90FF1BBF957E146"),
        (Key::userpin("0000").unwrap(), "17C2F7B56DEAFE296C02F2FA575ECA6D97BCB6BC"),
        (Key::userpin("1234").unwrap(), "6CD48BFD7FFC33183154734DF4434DA694E25E6A"),
        (Key::usernetwpin(&network(), "1234").unwrap(), "3DBC50BB7BACAE901461F5ECCB0ADB1F71B58D02"),
    ];
    for (index, (key, mac)) in rows.iter().enumerate() {
        assert_eq!(key.sign(EMPTY).as_str(), *mac);
        assert_eq!(key.verify(EMPTY, Some(mac)), Ok(()));
        assert_eq!(key.verify(EMPTY, Some(&mac.to_lowercase())), Ok(()));
        for (other, (_, other_mac)) in rows.iter().enumerate() {
            assert_eq!(key.verify(EMPTY, Some(other_mac)).is_ok(), other == index);
        }
        assert_eq!(key.verify(EMPTY, None), Err(VerifyError::NoMac));
        for malformed in ["", &mac[1..], &format!("{mac}0"), &format!("{}G", &mac[1..]), &format!("+{}", &mac[1..])] {
            assert_eq!(key.verify(EMPTY, Some(malformed)), Err(VerifyError::Malformed), "{malformed}");
        }
    }
}

#[test]
fn a_pin_that_holds_its_mac() {
    assert_eq!(pin_with_mac("12345", EMPTY).unwrap(), "1234528080");
    let key = Key::userpinmac("1234528080").unwrap();
    assert_eq!((key.sec(), key.verify(EMPTY, None)), (Sec::USERPINMAC, Ok(())));
    // a MAC beside it is not looked at
    assert_eq!(key.verify(EMPTY, Some("")), Ok(()));
    for wrong in ["1234528081", "1234628080", "2808012345"] {
        assert_eq!(Key::userpinmac(wrong).unwrap().verify(EMPTY, None), Err(VerifyError::Wrong), "{wrong}");
    }
    let longest = pin_with_mac("01234567890123456789", EMPTY).unwrap();
    assert_eq!(longest.len(), 40);
    assert_eq!(Key::userpinmac(&longest).unwrap().verify(EMPTY, None), Ok(()));
    for pin in ["", "12345678", "12345678901", "123456789a", &"1".repeat(42)] {
        assert_eq!(Key::userpinmac(pin).unwrap_err(), KeyError::PinMac, "{pin}");
    }
    for random in ["", "1234", "1234a", &"1".repeat(21)] {
        assert_eq!(pin_with_mac(random, EMPTY).unwrap_err(), KeyError::PinMac, "{random}");
    }
}

#[test]
fn pins_are_digits() {
    for pin in ["", "12a4", " 1234", "１２３４"] {
        assert_eq!(Key::userpin(pin).unwrap_err(), KeyError::Pin, "{pin}");
        assert_eq!(Key::usernetwpin(&network(), pin).unwrap_err(), KeyError::Pin, "{pin}");
    }
}

#[test]
fn secrets_are_not_printed() {
    let text = format!("{:?} {:?}", Key::userpin("8086").unwrap(), network());
    assert!(!text.contains("8086") && !text.contains("4966") && !text.contains("73"), "{text}");
}

/// Each bit of each fixture.
#[test]
fn a_flipped_bit_fails() {
    let keys = [Key::userpin("1234").unwrap(), Key::netwpin(&network()), Key::usernetwpin(&network(), "1234").unwrap()];
    let mut flips = 0;
    for fixture in support::fixtures() {
        for key in &keys {
            let mac = key.sign(&fixture.octets);
            let mut octets = fixture.octets.clone();
            for index in 0..octets.len() {
                for bit in 0..8 {
                    octets[index] ^= 1 << bit;
                    assert_eq!(key.verify(&octets, Some(mac.as_str())), Err(VerifyError::Wrong));
                    octets[index] ^= 1 << bit;
                    flips += 1;
                }
            }
        }
    }
    println!("{flips} flips");
}

/// The document behind a push, if this key is the one for it.
fn verified(content_type: ContentType<'_>, key: &Key) -> Result<usize, ErrorKind> {
    let pdu = Push::new(content_type, EMPTY).to_vec().unwrap();
    let push = Push::parse(&pdu).unwrap();
    let document = Unverified::from_push(&push).and_then(|message| message.verify(key));
    document.map(|document| document.characteristics().count()).map_err(|error| error.kind())
}

#[test]
fn a_message_is_read_with_the_key_it_names_and_no_other() {
    let wbxml = || ContentType::new(MediaType::CONNECTIVITY_WBXML);
    let (user, network) = (Key::userpin("1234").unwrap(), Key::netwpin(&network()));
    let mac = user.sign(EMPTY);
    let fails = |error| Err(ErrorKind::Verify(error));
    let rows = [
        (wbxml().with_sec(Sec::USERPIN).with_mac(mac.as_str()), &user, Ok(0)),
        (wbxml().with_sec(Sec::USERPIN).with_mac(mac.as_str()), &network, fails(VerifyError::Method(Sec::USERPIN))),
        (wbxml().with_sec(Sec::NETWPIN).with_mac(mac.as_str()), &network, fails(VerifyError::Wrong)),
        (wbxml().with_sec(Sec::NETWPIN).with_mac(mac.as_str()), &user, fails(VerifyError::Method(Sec::NETWPIN))),
        (wbxml().with_sec(Sec::new(4)).with_mac(mac.as_str()), &user, fails(VerifyError::Method(Sec::new(4)))),
        (wbxml().with_sec(Sec::USERPIN), &user, fails(VerifyError::NoMac)),
        (wbxml().with_sec(Sec::USERPIN).with_mac(""), &user, fails(VerifyError::Malformed)),
        // a MAC under no method is none
        (wbxml().with_mac(mac.as_str()), &user, fails(VerifyError::NotProtected)),
        (wbxml(), &user, fails(VerifyError::NotProtected)),
        (ContentType::new(MediaType::SYNCML_DM_WBXML).with_sec(Sec::USERPIN), &user, Err(ErrorKind::ContentType)),
    ];
    for (content_type, key, expected) in rows {
        assert_eq!(verified(content_type.clone(), key), expected, "{content_type:?}");
    }
    let pin = pin_with_mac("54321", EMPTY).unwrap();
    let key = Key::userpinmac(&pin).unwrap();
    assert_eq!(verified(wbxml().with_sec(Sec::USERPINMAC), &key), Ok(0));
    assert_eq!(verified(wbxml().with_sec(Sec::USERPINMAC).with_mac(mac.as_str()), &key), Ok(0));
}
