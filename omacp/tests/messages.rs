//! Messages of operators, where the corpus is there: as SMS, as pushes and as documents; their MACs under the keys that
//! the manifest names, and under others.

#![expect(clippy::panic, clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

mod support;

use std::fs;
use std::path::PathBuf;

use omacp::push::{MediaType, Port, Ports, Push, Reassembler, Reference, Sec, segment};
use omacp::{ProvisioningDoc, Unverified};

/// A row of the manifest.
struct Row {
    name: String,
    kind: String,
    vocabulary: String,
    #[cfg_attr(not(feature = "mac"), expect(dead_code, reason = "it names keys"))]
    note: String,
    path: PathBuf,
}

fn rows() -> Vec<Row> {
    let Some(manifest) = support::shared("corpus/MANIFEST.tsv") else { return Vec::new() };
    let text = fs::read_to_string(&manifest).unwrap();
    let row = |line: &str| {
        let columns: Vec<&str> = line.split('\t').collect();
        let [name, kind, vocabulary, _, _, note, ..] = columns[..] else { panic!("{line}") };
        let path = manifest.with_file_name(name);
        Row { name: name.into(), kind: kind.into(), vocabulary: vocabulary.into(), note: note.into(), path }
    };
    text.lines().skip(1).map(row).collect()
}

/// The pushes: name without ending, octets.
fn pushes() -> Vec<(String, Vec<u8>)> {
    let pushes: Vec<_> = rows()
        .into_iter()
        .filter(|row| row.vocabulary == "wsp-push+prov10")
        .map(|row| (row.name.strip_suffix(".wsp.bin").unwrap().to_owned(), fs::read(row.path).unwrap()))
        .collect();
    assert!(pushes.len() == 7 || pushes.is_empty());
    pushes
}

/// Every push of a provisioning document: read, with the document that lies beside it, and written octet for octet.
#[test]
fn pushes_read_and_write() {
    for (name, octets) in pushes() {
        let push = Push::parse(&octets).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(push.content_type.media_type, MediaType::CONNECTIVITY_WBXML, "{name}");
        assert_eq!(push.content_type.mac().map(str::len), Some(40), "{name}");
        assert_eq!(push.to_vec().unwrap(), octets, "{name}");
        let path = support::shared(&format!("corpus/{name}.wbxml")).unwrap();
        assert_eq!(push.unverified_body(), fs::read(path).unwrap(), "{name}");
        let document = Unverified::from_push(&push).unwrap().unverified_document();
        assert!(document.unwrap_or_else(|error| panic!("{name}: {error}")).characteristics().count() > 0);
    }
}

/// Captured user data that is not what went over the air, and why.
const EXCUSED: [(&str, &str); 1] = [(
    "prov/sms-sierra-voicestream",
    "eight octets of each user data were replaced by DEADBEEF by whoever published it",
)];

/// Every capture of SMS, in order and backwards: the push that lies beside it. Sent again, the segments are the captured
/// ones where their sender filled them as far as they go.
#[test]
fn captured_segments_give_their_push() {
    let captures = rows().into_iter().filter(|row| row.vocabulary == "sms-ud+wsp-push+prov10");
    let mut counts = [0_usize; 2];
    for row in captures {
        let name = row.name.strip_suffix(".sms.hex").unwrap();
        assert_eq!(row.kind, "hex");
        let text = fs::read_to_string(&row.path).unwrap();
        let parts: Vec<Vec<u8>> = text.lines().filter(|line| !line.trim().is_empty()).map(support::hex).collect();
        let pdu = fs::read(support::shared(&format!("corpus/{name}.wsp.bin")).unwrap()).unwrap();
        let receive = |parts: &mut dyn Iterator<Item = &Vec<u8>>| {
            let mut phone = Reassembler::new();
            let mut whole = None;
            for part in parts {
                assert_eq!(whole, None, "{name}");
                whole = phone.receive("operator", part).unwrap_or_else(|error| panic!("{name}: {error}"));
            }
            whole.unwrap_or_else(|| panic!("{name}: parts are missing")).octets
        };
        let datagram = receive(&mut parts.iter());
        assert_eq!(receive(&mut parts.iter().rev()), datagram, "{name}");
        if EXCUSED.iter().any(|(excused, _)| *excused == name) {
            assert_ne!(datagram, pdu, "{name}");
            counts[1] += 1;
            continue;
        }
        assert_eq!(datagram, pdu, "{name}");
        let ports = Ports { destination: Port::PUSH, source: Port::WSP };
        let sent = segment(&pdu, ports, Reference::Short(parts[0][9])).unwrap();
        assert_eq!(receive(&mut sent.iter()), pdu, "{name}");
        if parts[0].len() == 140 {
            assert_eq!(sent, parts, "{name}");
        }
        counts[0] += 1;
    }
    assert!(counts == [6, 1] || counts == [0, 0], "{counts:?}");
}

/// Every document of the vocabulary is read by `tests/corpus.rs`; here, that nothing of it was left out: those of any
/// other kind are the pushes and the captures above.
#[test]
fn there_are_no_others() {
    for row in rows().iter().filter(|row| row.vocabulary.contains("prov10")) {
        let is_document = row.vocabulary == "prov10" && ["wbxml", "xml"].contains(&&row.kind[..]);
        let is_carried = ["wsp-push+prov10", "sms-ud+wsp-push+prov10"].contains(&&row.vocabulary[..]);
        assert!(is_document || is_carried, "{}", row.name);
    }
}

/// A push whose MAC is of a key that nobody knows reads, and stays unverified.
#[test]
fn what_is_not_verified_says_so() {
    for (name, octets) in pushes() {
        let push = Push::parse(&octets).unwrap();
        let message = Unverified::from_push(&push).unwrap();
        assert!(message.sec().is_some_and(|sec| sec == Sec::USERPIN || sec == Sec::NETWPIN), "{name}");
        assert_eq!(message.unverified_document().unwrap(), ProvisioningDoc::parse(push.unverified_body()).unwrap());
    }
}

#[cfg(feature = "mac")]
mod macs {
    use super::{Push, Row, Unverified, fs, pushes, rows};
    use omacp::push::{ContentType, MediaType};
    use omacp::security::{Key, NetworkSecret, VerifyError};
    use omacp::{ErrorKind, resign::Edit};

    /// What stands behind a word in the note of a row.
    fn behind<'n>(note: &'n str, word: &str) -> Option<&'n str> {
        let (_, rest) = note.split_once(word)?;
        rest.trim_start_matches(['=', ' ', '"']).split(|end: char| !end.is_ascii_alphanumeric()).next()
    }

    /// The MAC and the key that the note of a row names, if it names both.
    fn named(row: &Row) -> Option<(&str, Key)> {
        let mac = behind(&row.note, "MAC=").or_else(|| behind(&row.note, "MAC "))?;
        let is_digits = |text: &&str| !text.is_empty() && text.bytes().all(|octet| octet.is_ascii_digit());
        let imsi = behind(&row.note, "IMSI ").filter(is_digits);
        let pin =
            row.note.match_indices("USERPIN").find_map(|(at, _)| behind(&row.note[at..], "USERPIN").filter(is_digits));
        let key = match (imsi, pin) {
            (Some(imsi), _) => Key::netwpin(&NetworkSecret::from_imsi(imsi).unwrap()),
            (None, Some(pin)) => Key::userpin(pin).unwrap(),
            (None, None) => return None,
        };
        Some((if mac.len() == 40 { mac } else { behind(&row.note, "MAC=")? }, key))
    }

    /// Keys that are nobody's here: other PINs, another IMSI, other methods over the same digits.
    fn others() -> Vec<Key> {
        let network = |imsi| NetworkSecret::from_imsi(imsi).unwrap();
        let mut keys: Vec<Key> = ["466923103145253", "46692310314525", "001010123456780", "310150123456789"]
            .iter()
            .map(|imsi| Key::netwpin(&network(imsi)))
            .collect();
        keys.extend(["0001", "00000", "000", "1235", "1112", "01234", "12340"].map(|pin| Key::userpin(pin).unwrap()));
        for imsi in ["466923103145252", "001010123456789"] {
            keys.extend(["0000", "1234", "1111"].map(|pin| Key::usernetwpin(&network(imsi), pin).unwrap()));
        }
        keys.extend(
            ["0000", "1234", "1111"].map(|digits| Key::netwpin(&NetworkSecret::new(digits.as_bytes()).unwrap())),
        );
        keys
    }

    /// The MACs verify under the keys that the manifest names and fail under all others; every bit of every document
    /// counts.
    #[test]
    fn of_the_corpus() {
        let rows: Vec<Row> =
            rows().into_iter().filter(|row| row.vocabulary == "prov10" && row.kind == "wbxml").collect();
        let signed: Vec<(&Row, &str, Key)> =
            rows.iter().filter_map(|row| named(row).map(|(mac, key)| (row, mac, key))).collect();
        let names: Vec<&str> = signed.iter().map(|(row, ..)| &row.name[..]).collect();
        if rows.is_empty() {
            return;
        }
        let expected = [
            "prov/apn-provisioner-ref.wbxml",
            "prov/mozilla-cht-emome.wbxml",
            "prov/mozilla-empty-provdoc.wbxml",
            "prov/sms-claro-br-portal.wbxml",
            "prov/sms-vn-mobifone-vimobi.wbxml",
            "prov/sms-vn-viettel-vimobi.wbxml",
            "prov/sms-vn-vinaphone-vimobi.wbxml",
        ];
        assert_eq!(names, expected, "those whose key is known");
        let mut flips = 0_usize;
        for (row, mac, key) in &signed {
            let name = &row.name;
            let mut octets = fs::read(&row.path).unwrap();
            assert_eq!(key.verify(&octets, Some(mac)), Ok(()), "{name}");
            assert_eq!(key.sign(&octets).as_str(), mac.to_uppercase(), "{name}");
            let of_others = signed.iter().filter(|(other, ..)| other.name != *name).map(|(.., other)| other);
            for other in others().iter().chain(of_others) {
                // two operators use the same PIN
                let is_same = other.sec() == key.sec() && other.sign(b"") == key.sign(b"");
                // a network secret that is the digits of the PIN is the same key under another name
                let is_alias = other.sec() != key.sec() && other.sign(b"") == key.sign(b"");
                let is_right = other.verify(&octets, Some(mac)).is_ok();
                assert_eq!(is_right, is_same || is_alias, "{name} under {other:?}");
            }
            for index in 0..octets.len() {
                for bit in 0..8 {
                    octets[index] ^= 1 << bit;
                    assert_eq!(key.verify(&octets, Some(mac)), Err(VerifyError::Wrong), "{name}: {index}.{bit}");
                    octets[index] ^= 1 << bit;
                    flips += 1;
                }
            }
        }
        println!("{} MACs, {flips} flipped bits", signed.len());
    }

    /// The pushes with their own `SEC` and MAC: read with the key that their note names, refused with every other one,
    /// of whatever method.
    #[test]
    fn of_pushes() {
        let rows = rows();
        for (name, octets) in pushes() {
            let push = Push::parse(&octets).unwrap();
            let message = Unverified::from_push(&push).unwrap();
            let row = rows.iter().find(|row| row.name == format!("{name}.wbxml")).unwrap();
            assert_eq!(behind(&row.note, "MAC="), message.mac(), "{name}");
            if let Some((_, key)) = named(row) {
                assert!(message.verify(&key).is_ok(), "{name}");
                let edit = Edit::new(&octets, &key).unwrap();
                assert_eq!(edit.sign(&key).unwrap(), octets, "{name}: signed again without an edit");
            }
            for other in others() {
                let error = message.verify(&other).unwrap_err().kind();
                let expected = match message.sec() {
                    Some(sec) if sec != other.sec() => VerifyError::Method(sec),
                    _ => VerifyError::Wrong,
                };
                assert_eq!(error, ErrorKind::Verify(expected), "{name} under {other:?}");
            }
        }
    }

    /// In each document with an access point, its address changes and nothing else.
    #[test]
    fn signed_again() {
        let mut count = 0_usize;
        let key = Key::userpin("4711").unwrap();
        for row in rows().iter().filter(|row| row.vocabulary == "prov10" && row.kind == "wbxml") {
            let document = fs::read(&row.path).unwrap();
            let mac = key.sign(&document);
            let content_type =
                ContentType::new(MediaType::CONNECTIVITY_WBXML).with_sec(key.sec()).with_mac(mac.as_str());
            let pdu = Push::new(content_type, &document).to_vec().unwrap();
            let Ok(edit) = Edit::new(&pdu, &key) else {
                assert_eq!(row.name, "prov/mozilla-vendorconfig.wbxml");
                continue;
            };
            let Some(napdef) = edit.document().characteristics_of_type("NAPDEF").next() else { continue };
            let Some(old) = napdef.value("NAP-ADDRESS") else { continue };
            let old = old.to_cow().unwrap().into_owned();
            let new = format!("{old}.example");
            let signed = edit.set("NAPDEF/NAP-ADDRESS", &new).unwrap().sign(&key).unwrap();
            let push = Push::parse(&signed).unwrap();
            let changed = push.unverified_body();
            let read = Unverified::from_push(&push).unwrap().verify(&key).unwrap();
            let napdef = read.characteristics_of_type("NAPDEF").next().unwrap();
            assert_eq!(napdef.value("NAP-ADDRESS").unwrap(), *new, "{}", row.name);
            // the head is as it was but for the digits, and so is the document but for one place
            assert_eq!(signed[..9], pdu[..9]);
            let start = document.iter().zip(changed).take_while(|(old, new)| old == new).count();
            let end = document.iter().rev().zip(changed.iter().rev()).take_while(|(old, new)| old == new).count();
            let (most, added) = (old.len() + 2, changed.len() - document.len());
            assert!(document.len() <= start + end + most, "{}: {start}, {end}", row.name);
            assert!(added <= new.len() + 2, "{}", row.name);
            count += 1;
        }
        println!("{count} documents signed again");
        assert!(count == 0 || count >= 12, "{count}");
    }
}
