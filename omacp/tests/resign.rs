//! Pushes that are changed in one value and signed again: which octets change, and which do not.

#![cfg(feature = "mac")]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "helpers of tests: to stop is how they fail"
)]

mod support;

use core::ops::Range;

use omacp::push::{ContentType, FieldName, MediaType, Push, Sec, Value};
use omacp::resign::{Edit, EditError};
use omacp::security::{Key, KeyError, NetworkSecret, VerifyError, pin_with_mac};
use omacp::wbxml::{PatchError, WriteError};
use omacp::{ErrorKind, Unverified};
use proptest::prelude::*;
use support::hex;

/// Two access points, the first with a flag; a proxy with two ports; an application whose page of attributes stays.
fn document() -> Vec<u8> {
    hex("030B6A05 4E41503100 45
         C655 01 8711 06 8300 01 8708 06 03 77617000 01 8714 01 01
         C655 01 8711 06 03 4E41503200 01 8708 06 03 6D6D7300 01 01
         C651 01 8715 06 03 503100 01 C653 01 8723 06 03 3800 01 01 C653 01 8723 06 03 3900 01 01 01
         C6 0001 55 01 8736 06 03 773200 01 8734 06 03 61623A2F2F00 01 01
         01")
}

fn key() -> Key {
    Key::userpin("1234").unwrap()
}

fn push(document: &[u8], key: &Key) -> Vec<u8> {
    let mac = key.sign(document);
    let content_type = ContentType::new(MediaType::CONNECTIVITY_WBXML).with_sec(key.sec()).with_mac(mac.as_str());
    Push::new(content_type, document).to_vec().unwrap()
}

/// Where two byte strings differ: from their first different octet to their last one.
fn difference(old: &[u8], new: &[u8]) -> (Range<usize>, Range<usize>) {
    let start = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let most = old.len().min(new.len()) - start;
    let end = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(old, new)| old == new).count();
    (start..old.len() - end, start..new.len() - end)
}

fn body(pdu: &[u8]) -> Vec<u8> {
    Push::parse(pdu).unwrap().unverified_body().to_vec()
}

/// The head of a push with the digits of its MAC blanked.
fn head(pdu: &[u8]) -> Vec<u8> {
    let push = Push::parse(pdu).unwrap();
    let mut head = pdu[..pdu.len() - push.unverified_body().len()].to_vec();
    let span = push.mac_span().unwrap();
    head[span.end - 41..span.end - 1].fill(b'.');
    head
}

#[test]
fn only_the_value_and_the_digits_of_the_mac_change() {
    let document = document();
    let pdu = push(&document, &key());
    // path, new value, octets that go, octets that come
    let rows: &[(&str, &str, &str, &str)] = &[
        ("NAPDEF/NAP-ADDRESS", "internet", "03 77617000", "03 696E7465726E657400"),
        ("NAPDEF[1]/NAP-ADDRESS", "wip", "03 77617000", "03 77697000"),
        ("NAPDEF[2]/NAP-ADDRESS", "mms2", "03 6D6D7300", "03 6D6D733200"),
        ("NAPDEF[2]/NAPID[1]", "APN", "03 4E41503200", "89"),
        // the string that the table holds stays there
        ("NAPDEF/NAPID", "NAP2", "83 00", "03 4E41503200"),
        ("NAPDEF/INTERNET", "1", "8714 01", "8714 06 03 3100 01"),
        ("PXLOGICAL/PORT[2]/PORTNBR", "10", "03 3900", "03 313000"),
        ("APPLICATION/ADDR", "ab://c", "03 61623A2F2F00", "03 61623A2F2F6300"),
    ];
    for (path, value, old, new) in rows {
        let signed = Edit::new(&pdu, &key()).unwrap().set(path, value).unwrap().sign(&key()).unwrap();
        assert_eq!(head(&signed), head(&pdu), "{path}");
        let changed = body(&signed);
        let (gone, come) = difference(&document, &changed);
        assert!(!come.is_empty(), "{path}");
        let (old, new) = (hex(old), hex(new));
        let at = (0..=gone.start).rev().find(|&at| document[at..].starts_with(&old)).unwrap();
        assert!(gone.start >= at && gone.end <= at + old.len(), "{path}: {gone:?}, {at}");
        assert_eq!(changed, [&document[..at], &new, &document[at + old.len()..]].concat(), "{path}");
        let push = Push::parse(&signed).unwrap();
        assert!(Unverified::from_push(&push).unwrap().verify(&key()).is_ok(), "{path}");
    }
    let same = Edit::new(&pdu, &key()).unwrap().sign(&key()).unwrap();
    assert_eq!(same, pdu, "nothing changed");
}

#[test]
fn several_values_at_once() {
    let pdu = push(&document(), &key());
    let edit = Edit::new(&pdu, &key()).unwrap();
    let parm = edit.document().characteristics_of_type("NAPDEF").nth(1).unwrap().parm("NAP-ADDRESS").unwrap();
    let edit = edit.set("NAPDEF/NAP-ADDRESS", "one").unwrap().set_parm(&parm, "two").unwrap();
    let signed = edit.sign(&key()).unwrap();
    let push = Push::parse(&signed).unwrap();
    let document = Unverified::from_push(&push).unwrap().verify(&key()).unwrap();
    let addresses: Vec<_> =
        document.characteristics_of_type("NAPDEF").filter_map(|napdef| napdef.value("NAP-ADDRESS")).collect();
    assert_eq!(addresses, ["one", "two"]);
}

#[test]
fn a_push_that_the_key_is_not_for_is_not_changed() {
    let network = Key::netwpin(&NetworkSecret::from_imsi("466923103145252").unwrap());
    let pdu = push(&document(), &key());
    let fails = |error| Some(EditError::from(error));
    assert_eq!(Edit::new(&pdu, &Key::userpin("1235").unwrap()).err(), fails(VerifyError::Wrong));
    assert_eq!(Edit::new(&pdu, &network).err(), fails(VerifyError::Method(Sec::USERPIN)));
    assert_eq!(
        Edit::new_unverified(&pdu).unwrap().sign(&network).err(),
        fails(VerifyError::Method(Sec::USERPIN)),
        "a phone would ask for a PIN and find none that fits"
    );
    let mut broken = pdu.clone();
    *broken.last_mut().unwrap() = 0x02;
    assert_eq!(Edit::new(&broken, &key()).err(), fails(VerifyError::Wrong));
    // whoever does not look at who sent it, signs it as it is
    let mut forged = pdu.clone();
    let at = forged.windows(3).position(|octets| octets == b"wap").unwrap();
    forged[at] ^= 0x01;
    assert_eq!(Edit::new(&forged, &key()).err(), fails(VerifyError::Wrong));
    let signed = Edit::new_unverified(&forged).unwrap().sign(&key()).unwrap();
    assert_eq!((head(&signed), body(&signed)), (head(&pdu), body(&forged)));
    assert!(Edit::new(&signed, &key()).is_ok());
}

#[test]
fn what_cannot_be_changed() {
    let pdu = push(&document(), &key());
    let edit = Edit::new(&pdu, &key()).unwrap();
    let paths = [
        "",
        "NAPDEF",
        "NAP-ADDRESS",
        "/NAP-ADDRESS",
        "NAPDEF/",
        "NAPDEF[0]/NAP-ADDRESS",
        "NAPDEF[3]/NAP-ADDRESS",
        "NAPDEF[x]/NAP-ADDRESS",
        "NAPDEF[-1]/NAP-ADDRESS",
        "NAPDEF[99999999999999999999]/NAP-ADDRESS",
        "NAPDEF/NAP-ADDRESS[2]",
        "napdef/NAP-ADDRESS",
        "PXLOGICAL/PXPHYSICAL/PORT/PORTNBR",
    ];
    for path in paths {
        assert_eq!(edit.clone().set(path, "x").err(), Some(EditError::NotFound), "{path}");
    }
    let nul = edit.clone().set("NAPDEF/NAP-ADDRESS", "a\0b").err();
    assert_eq!(nul, Some(EditError::Patch(WriteError::Nul.into())));
    let twice = edit.clone().set("NAPDEF/NAPID", "a").unwrap().set("NAPDEF/NAPID", "b").err();
    assert!(matches!(twice, Some(EditError::Patch(PatchError::Overlap(_)))), "{twice:?}");
    let pin = Key::userpinmac(&pin_with_mac("12345", &document()).unwrap()).unwrap();
    assert_eq!(edit.clone().sign(&pin).err(), Some(EditError::PinMac));
    assert!(edit.sign_with_pin("12345").is_err(), "SEC is 1");

    assert!(matches!(Edit::new_unverified(b"\x01\x05"), Err(EditError::Push(_))));
    let other = Push::new(ContentType::new(MediaType::SYNCML_DM_WBXML), b"").to_vec().unwrap();
    let error = Edit::new_unverified(&other).err();
    assert!(matches!(error, Some(EditError::Document(error)) if error.kind() == ErrorKind::ContentType), "{error:?}");
    let xml = Push::new(ContentType::new(MediaType::CONNECTIVITY_XML), b"<wap-provisioningdoc/>").to_vec().unwrap();
    assert_eq!(Edit::new_unverified(&xml).err(), Some(EditError::Xml));
}

/// A PIN that holds the MAC: there is none in the push, which changes in the document alone.
#[test]
fn a_pin_for_the_changed_document() {
    let document = document();
    let content_type = ContentType::new(MediaType::CONNECTIVITY_WBXML).with_sec(Sec::USERPINMAC);
    let pdu = Push::new(content_type, &document).to_vec().unwrap();
    let old = pin_with_mac("98765", &document).unwrap();
    let edit = Edit::new(&pdu, &Key::userpinmac(&old).unwrap()).unwrap().set("NAPDEF/NAP-ADDRESS", "web").unwrap();
    assert_eq!(edit.clone().sign(&key()).err(), Some(EditError::from(VerifyError::Method(Sec::USERPINMAC))));
    assert_eq!(edit.clone().sign_with_pin("12").err(), Some(EditError::Key(KeyError::PinMac)));
    let (signed, new) = edit.sign_with_pin("98765").unwrap();
    assert_ne!(new, old);
    assert!(new.starts_with("98765"));
    assert_eq!(signed.len(), pdu.len());
    let (gone, _) = difference(&pdu, &signed);
    assert_eq!(pdu[gone], *b"ap");
    let message = Push::parse(&signed).unwrap();
    let message = Unverified::from_push(&message).unwrap();
    assert!(message.verify(&Key::userpinmac(&new).unwrap()).is_ok());
    assert!(message.verify(&Key::userpinmac(&old).unwrap()).is_err());
}

/// What others write and we would not: overlong lengths, parameters in another order and by name, other headers, a
/// `Content-Length` by number or by name. All of it stays but for the digits of the MAC and the lengths that are wrong
/// now.
#[test]
fn the_headers_stay_as_their_sender_wrote_them() {
    let document = document();
    let longer = "a".repeat(40);
    let (old, new) = (document.len(), document.len() + longer.len() - 3);
    let octet = |length: usize| u8::try_from(length).unwrap();
    let named = |length: usize| format!("content-length\0{length}\0").into_bytes();
    // the fields behind the content type, before and after
    let rows: [(Vec<u8>, Vec<u8>); 5] = [
        // the number of Content-Length on another page is another field
        (vec![0xAF, 0x82, 0x7F, 0x02, 0x8D, 0x81], vec![0xAF, 0x82, 0x7F, 0x02, 0x8D, 0x81]),
        (vec![0x8D, 0x01, octet(old), 0xB4, 0x86], vec![0x8D, 0x01, octet(new), 0xB4, 0x86]),
        (vec![0x8D, 0x02, 0x00, octet(old), 0xB4, 0x86], vec![0x8D, 0x01, octet(new), 0xB4, 0x86]),
        (vec![0x8D, 0x82, 0x8D, 0x01, octet(old)], vec![0x8D, 0x01, octet(new), 0x8D, 0x01, octet(new)]),
        (named(old), named(new)),
    ];
    assert!((0x80..0x100).contains(&new), "its number takes an octet");
    let sent = |mac: &str, fields: &[u8], document: &[u8], is_overlong: bool| {
        let parameters = [&b"\xB6\x81\xEA\x92\""[..], mac.as_bytes(), b"\0SEC\0\x81"].concat();
        // 5 is no parameter that we know
        let parameters = [&parameters[..], b"\x85\x81"].concat();
        let headers = [&[0x1F, 0x80, octet(parameters.len())][..], &parameters, fields].concat();
        let length = [0x80, octet(headers.len())];
        let length = if is_overlong { &length[..] } else { &length[1..] };
        [&[0x25, 0x06], length, &headers, document].concat()
    };
    for (before, after) in rows {
        let pdu = sent(key().sign(&document).as_str(), &before, &document, true);
        let edit = Edit::new(&pdu, &key()).unwrap().set("NAPDEF/NAP-ADDRESS", &longer).unwrap();
        let signed = edit.sign(&key()).unwrap();
        let changed = body(&signed);
        assert_eq!(changed.len(), new);
        // a length that has to be written anew is as short as it can be
        let expected = sent(key().sign(&changed).as_str(), &after, &changed, before.len() == after.len());
        assert_eq!(signed, expected, "{before:02X?}");
    }
}

/// Where there is no MAC to put another one in the place of.
#[test]
fn a_push_is_given_what_it_lacks() {
    let document = document();
    let wbxml = || ContentType::new(MediaType::CONNECTIVITY_WBXML);
    let right = push(&document, &key());
    let rows = [wbxml(), wbxml().with_sec(Sec::USERPIN), wbxml().with_sec(Sec::USERPIN).with_mac("AB")];
    for content_type in rows {
        let pdu = Push::new(content_type, &document).to_vec().unwrap();
        assert!(Edit::new(&pdu, &key()).is_err());
        assert_eq!(Edit::new_unverified(&pdu).unwrap().sign(&key()).unwrap(), right);
    }
    let pdu = Push::new(wbxml(), &document).to_vec().unwrap();
    let (signed, pin) = Edit::new_unverified(&pdu).unwrap().sign_with_pin("55555").unwrap();
    assert_eq!(signed, Push::new(wbxml().with_sec(Sec::USERPINMAC), &document).to_vec().unwrap());
    assert!(Edit::new(&signed, &Key::userpinmac(&pin).unwrap()).is_ok());
    // other fields stay, whatever they are
    let fields = omacp::push::Fields::new().with(FieldName::PUSH_FLAG, Value::Short(7)).unwrap();
    let mut push = Push::new(wbxml(), &document);
    push.fields = fields.clone();
    let signed = Edit::new_unverified(&push.to_vec().unwrap()).unwrap().sign(&key()).unwrap();
    assert_eq!(Push::parse(&signed).unwrap().fields, fields);
}

proptest! {
    /// Any value: it is read again, and nothing else has changed.
    #[test]
    fn any_value(value in "[^\\x00]{0,40}") {
        let document = document();
        let pdu = push(&document, &key());
        let signed = Edit::new(&pdu, &key()).unwrap().set("PXLOGICAL/PROXY-ID", &value).unwrap().sign(&key()).unwrap();
        let push = Push::parse(&signed).unwrap();
        let read = Unverified::from_push(&push).unwrap().verify(&key()).unwrap();
        let id = read.characteristics_of_type("PXLOGICAL").next().unwrap().value("PROXY-ID").unwrap();
        prop_assert_eq!(id.to_cow().unwrap(), value);
        let at = document.windows(4).position(|octets| octets == b"\x87\x15\x06\x03").unwrap() + 3;
        let changed = body(&signed);
        prop_assert_eq!(&changed[..at], &document[..at]);
        let rest = &document[at + 4..];
        prop_assert!(changed.ends_with(rest));
    }
}
