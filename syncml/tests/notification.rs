//! Notifications: the vectors of the notes, those of others, every bit of the header, every length that may lie
//! (OMA-TS-DM_Notification; OMA-TS-DS_Protocol 1.2, server alerted notification).

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
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
#[cfg(feature = "auth")]
use syncml::auth::Nonce;
use syncml::dm::notification::{
    ContentTypeCode, DM_MEDIA_TYPE, ErrorKind, FutureUse, Initiator, Nibble, Notification, SessionId, SyncEntry,
    SyncList, SyncType, TooLong, Trigger, UiMode, Version,
};
use syncml::wbxml::WriteError;

/// What a push of a notification has in front: TID, Push, length of headers, Content-Type 0x44, X-Wap-Application-Id 7.
const PUSH: &[u8] = b"\x01\x06\x03\xC4\xAF\x87";

fn written(notification: &Notification<'_>) -> Vec<u8> {
    let mut octets = Vec::new();
    notification.write(&mut octets).unwrap();
    assert_eq!(notification.encoded_len(), octets.len());
    octets
}

fn trigger_octets(trigger: &Trigger<'_>) -> Vec<u8> {
    let mut octets = Vec::new();
    trigger.write(&mut octets).unwrap();
    assert_eq!(trigger.encoded_len(), octets.len());
    octets
}

fn body(list: &SyncList<'_>) -> Vec<u8> {
    let mut octets = Vec::new();
    list.write(&mut octets).unwrap();
    assert_eq!(list.encoded_len(), octets.len());
    octets
}

/// The trigger of section 3 of the notes.
fn sample() -> Trigger<'static> {
    let mut trigger = Trigger::new(b"com.mgmtsrv.manage", SessionId(0x1234)).unwrap();
    trigger.ui_mode = UiMode::Background;
    trigger
}

/// A notification of data synchronisation with two datastores and something of a vendor.
fn two_syncs() -> Vec<u8> {
    let head = hex("00112233445566778899AABBCCDDEEFF 0318000000 0000 06");
    let syncs = hex("20 60 000000 08 436F6E7461637473 A5 000007 04 63617264 FF00");
    [head, b"server".to_vec(), syncs].concat()
}

#[test]
fn vectors_3() {
    let Some(notes) = Notes::read() else { return };
    let section = notes.section("3.");
    let octets = |name| hex(section.cell("#", name, 2));
    assert_eq!(trigger_octets(&sample()), octets("trigger"));
    assert_eq!(Trigger::parse(&octets("trigger")), Ok(sample()));
    let push = octets("push");
    let notification = Notification::parse(push.strip_prefix(PUSH).unwrap()).unwrap();
    assert_eq!(notification.unverified_trigger(), sample());
    assert_eq!(notification.digest(), octets("digest")[..]);
    assert_eq!([PUSH, &written(&notification)].concat(), push);
    #[cfg(feature = "auth")]
    for (name, nonce) in [("digest", Nonce::new(b"nonce")), ("digest0", Nonce::resynchronisation())] {
        let signed = Notification::sign(sample(), b"password", &nonce);
        assert_eq!(signed.digest(), octets(name)[..], "{name}");
        assert_eq!(signed.verify(b"password", &nonce), Ok(sample()), "{name}");
    }
}

/// Every notification of the corpus reads, and is written again octet for octet.
#[test]
fn corpus() {
    use Initiator::Server;
    use UiMode::{Background, Informative, UserInteraction};
    let rows: [(&str, u8, UiMode, u16, &[u8]); 7] = [
        ("funambol-san-ds-1.bin", 12, UiMode::NotSpecified, 0, b"ATT Address Book"),
        ("htc-sprint-dm-pkg0-device-config.bin", 11, Informative, 0x66E9, b"sprint"),
        ("htc-sprint-dm-pkg0-device-config.wsp.bin", 11, Informative, 0x66E9, b"sprint"),
        ("htc-sprint-dm-pkg0-fumo.bin", 11, UserInteraction, 0x66EA, b"sprint"),
        ("htc-sprint-dm-pkg0-fumo.wsp.bin", 11, UserInteraction, 0x66EA, b"sprint"),
        ("htc-sprint-dm-pkg0-prl.bin", 11, Background, 0x66E8, b"sprint"),
        ("htc-sprint-dm-pkg0-prl.wsp.bin", 11, Background, 0x66E8, b"sprint"),
    ];
    // their source has lost the last octet of the server identifier: 19 octets are said, 18 are there
    let truncated = ["sierra-dm-pkg0.bin", "sierra-dm-pkg0.sms.hex"];

    let Some(folder) = notes::shared("corpus/notification") else { return };
    let mut known: Vec<&str> = rows.iter().map(|row| row.0).chain(truncated).collect();
    known.sort_unstable();
    let mut there: Vec<_> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    there.sort_unstable();
    assert_eq!(there, known);

    for (name, version, ui_mode, session, server) in rows {
        let octets = fs::read(folder.join(name)).unwrap();
        let octets = octets.strip_prefix(PUSH).unwrap_or(&octets);
        let notification = Notification::parse(octets).unwrap();
        let trigger = notification.unverified_trigger();
        assert_eq!((trigger.version.get(), trigger.ui_mode), (version.into(), ui_mode), "{name}");
        assert_eq!((trigger.initiator, trigger.session_id), (Server, SessionId(session)), "{name}");
        assert_eq!((trigger.server_id(), trigger.future_use.get()), (server, 0), "{name}");
        assert_eq!(written(&notification), octets, "{name}");
        if trigger.version == Version::V1_2 {
            let list = SyncList::parse(trigger.body).unwrap();
            let mut entry = SyncEntry::new(SyncType::TWO_WAY, b"card").unwrap();
            // text/x-vcard
            entry.content_type = ContentTypeCode::new(7).unwrap();
            assert_eq!(list, SyncList::new(&[entry]).unwrap());
            assert_eq!(body(&list), trigger.body);
        } else {
            assert_eq!(trigger.body, b"", "{name}");
        }
    }

    let sms = hex(&fs::read_to_string(folder.join(truncated[1])).unwrap());
    let body = sms.strip_prefix(b"\x06\x05\x04\x0B\x84\x0B\x84\x55\x06\x04\x01\xC4\xAF\x87").unwrap();
    let short = fs::read(folder.join(truncated[0])).unwrap();
    assert_eq!(body, short);
    let error = Notification::parse(&short).unwrap_err();
    assert_eq!((error.kind(), error.offset()), (ErrorKind::ServerIdLength, 23));
    let whole = [&short[..], b"S"].concat();
    let notification = Notification::parse(&whole).unwrap();
    let trigger = notification.unverified_trigger();
    assert_eq!((trigger.ui_mode, trigger.session_id), (UserInteraction, SessionId(0x9E72)));
    assert_eq!((trigger.server_id(), written(&notification)), (&b"WAVECOM-RDM-SERVERS"[..], whole.clone()));
}

/// Each field stands in its bits, and in no others.
#[test]
fn fields_of_the_header() {
    type Change = fn(&mut Trigger<'_>);
    let rows: [(Change, &str); 14] = [
        (|_| (), "02C0 0000 0000 0100"),
        (|trigger| trigger.version = Version::default(), "0000 0000 0000 0100"),
        (|trigger| trigger.version = Version::V1_0, "0280 0000 0000 0100"),
        (|trigger| trigger.version = Version::V1_2, "0300 0000 0000 0100"),
        (|trigger| trigger.version = Version::MAX, "FFC0 0000 0000 0100"),
        (|trigger| trigger.ui_mode = UiMode::Background, "02D0 0000 0000 0100"),
        (|trigger| trigger.ui_mode = UiMode::Informative, "02E0 0000 0000 0100"),
        (|trigger| trigger.ui_mode = UiMode::UserInteraction, "02F0 0000 0000 0100"),
        (|trigger| trigger.initiator = Initiator::Server, "02C8 0000 0000 0100"),
        (|trigger| trigger.future_use = FutureUse::MAX, "02C7 FFFF FF00 0100"),
        (|trigger| trigger.future_use = FutureUse::new(1).unwrap(), "02C0 0000 0100 0100"),
        (|trigger| trigger.future_use = FutureUse::new(0x400_0000).unwrap(), "02C4 0000 0000 0100"),
        (|trigger| trigger.session_id = SessionId(0xFFFE), "02C0 0000 00FF FE00"),
        (|trigger| trigger.session_id = SessionId(0), "02C0 0000 0000 0000"),
    ];
    for (change, octets) in rows {
        let mut trigger = Trigger::new(b"", SessionId(1)).unwrap();
        change(&mut trigger);
        let octets = hex(octets);
        assert_eq!(trigger_octets(&trigger), octets);
        assert_eq!(Trigger::parse(&octets), Ok(trigger));
    }
}

/// Every combination of bits of the header, known or not, is kept; so is a body.
#[test]
fn unknown_bits_are_kept() {
    for bit in 0..56 {
        let octets = (1_u64 << (bit + 8)).to_be_bytes();
        assert_eq!(trigger_octets(&Trigger::parse(&octets).unwrap()), octets, "bit {bit}");
        let octets = (!0_u64 << 8 ^ 1 << (bit + 8)).to_be_bytes();
        assert_eq!(trigger_octets(&Trigger::parse(&octets).unwrap()), octets, "bit {bit}");
    }
    // a sender that shifts the low bits of the version too far: 1.1 becomes 0.8
    let trigger = Trigger::parse(b"\x02\x08\x00\x00\x00\x00\x01\x01Sbody").unwrap();
    assert_eq!(
        (trigger.version.to_string(), trigger.server_id(), trigger.body),
        ("0.8".into(), &b"S"[..], &b"body"[..])
    );
}

/// The shortest there are: no server identifier, no body.
#[test]
fn shortest() {
    let trigger = Trigger::parse(&[0; 8]).unwrap();
    assert_eq!((trigger.server_id(), trigger.body, trigger.version.get()), (&b""[..], &b""[..], 0));
    assert_eq!(
        Notification::parse(&[0xFF; 24]).map_err(|error| (error.kind(), error.offset())),
        Err((ErrorKind::ServerIdLength, 23))
    );
    let list = SyncList::parse(b"\x00").unwrap();
    assert_eq!((list.len(), list.is_empty(), list.iter().count()), (0, true, 0));
    assert_eq!(list, SyncList::new(&[]).unwrap());
}

/// Whatever is cut off, the error says where; a body may have any length.
#[test]
fn truncation() {
    let octets = two_syncs();
    for cut in 0..=octets.len() {
        let read = Notification::parse(&octets[..cut]).map_err(|error| (error.kind(), error.offset()));
        match cut {
            0..24 => assert_eq!(read, Err((ErrorKind::UnexpectedEnd, cut))),
            24..30 => assert_eq!(read, Err((ErrorKind::ServerIdLength, 23))),
            _ => assert_eq!(written(&read.unwrap()), octets[..cut]),
        }
    }
    let body = &octets[30..];
    for cut in 0..=body.len() {
        let read = SyncList::parse(&body[..cut]).map_err(|error| (error.kind(), error.offset()));
        match cut {
            0..6 => assert_eq!(read, Err((ErrorKind::UnexpectedEnd, cut))),
            6..14 => assert_eq!(read, Err((ErrorKind::ServerUriLength, 5))),
            14..19 => assert_eq!(read, Err((ErrorKind::UnexpectedEnd, cut))),
            19..23 => assert_eq!(read, Err((ErrorKind::ServerUriLength, 18))),
            _ => assert_eq!(read.unwrap().rest, &body[23..cut]),
        }
    }
}

#[test]
fn sync_list_both_ways() {
    let octets = two_syncs();
    let notification = Notification::parse(&octets).unwrap();
    let trigger = notification.unverified_trigger();
    assert_eq!(
        (trigger.version, trigger.ui_mode, trigger.initiator),
        (Version::V1_2, UiMode::Background, Initiator::Server)
    );
    let list = SyncList::parse(trigger.body).unwrap();
    let contacts = SyncEntry::new(SyncType::TWO_WAY, b"Contacts").unwrap();
    let mut card = SyncEntry::new(SyncType::REFRESH_FROM_SERVER, b"card").unwrap();
    card.future_use = Nibble::new(5).unwrap();
    card.content_type = ContentTypeCode::new(7).unwrap();
    let entries = [contacts, card];
    let mut made = SyncList::new(&entries).unwrap();
    assert_ne!(list, made);
    made.rest = b"\xFF\x00";
    assert_eq!(list, made);
    assert_eq!(list.iter().map(|entry| entry.sync_type.alert_code().get()).collect::<Vec<_>>(), [206, 210]);
    assert_eq!((body(&list), body(&made)), (trigger.body.to_vec(), trigger.body.to_vec()));
    assert_eq!(format!("{list:?}"), format!("{made:?}"));
}

#[test]
fn what_no_field_has_room_for() {
    let longest = [b'a'; 255];
    assert!(Trigger::new(&longest, SessionId(1)).is_ok());
    assert_eq!(Trigger::new(&[b'a'; 256], SessionId(1)), Err(TooLong));
    let entry = SyncEntry::new(SyncType::TWO_WAY, &longest).unwrap();
    assert_eq!(SyncEntry::new(SyncType::TWO_WAY, &[b'a'; 256]), Err(TooLong));
    let entries = [entry; 16];
    assert_eq!(SyncList::new(&entries), Err(TooLong));
    let list = SyncList::new(&entries[..15]).unwrap();
    assert_eq!(SyncList::parse(&body(&list)), Ok(list));
    assert_eq!((Version::new(0x400), FutureUse::new(0x800_0000)), (None, None));
    assert_eq!((SyncType::new(16), Nibble::new(16), ContentTypeCode::new(0x100_0000)), (None, None, None));
}

#[test]
fn a_sink_without_room() {
    let octets = two_syncs();
    let notification = Notification::parse(&octets).unwrap();
    let list = SyncList::parse(notification.unverified_trigger().body).unwrap();
    let mut room = [0; 64];
    for size in 0..=octets.len() {
        let written = notification.write(&mut &mut room[..size]);
        assert_eq!(written, if size < octets.len() { Err(WriteError::Full) } else { Ok(()) });
        let written = list.write(&mut &mut room[..size]);
        assert_eq!(written, if size < list.encoded_len() { Err(WriteError::Full) } else { Ok(()) });
    }
}

/// `tshark` finds a notification in a push: the media type that we name, the application, and our octets. (4.0 does not
/// know number 0x4E of the other media type.)
#[test]
fn tshark_reads_the_push() {
    if !Command::new("tshark").arg("-h").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|s| s.success())
    {
        assert!(!support::is_required("oracles"), "REQUIRE names the oracles, but tshark is not there");
        return;
    }
    let octets = written(&Notification::new([0xD1; 16], sample()));
    let push = [PUSH, &octets].concat();
    let length = u32::try_from(push.len()).unwrap();
    // a pcap file with a packet of link type 147, the first of those that users define
    let numbers = [0xA1B2_C3D4, 0x0004_0002, 0, 0, 0xFFFF, 147, 0, 0, length, length];
    let pcap: Vec<u8> = numbers.iter().flat_map(|number: &u32| number.to_le_bytes()).chain(push).collect();
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("notifications.pcap");
    fs::write(&path, pcap).unwrap();
    let mut tshark = Command::new("timeout");
    tshark.args(["60", "tshark", "-o", r#"uat:user_dlts:"User 0 (DLT=147)","wsp-cl","0","","0","""#, "-T", "fields"]);
    for field in ["wsp.header.content_type", "wsp.header.x_wap_application_id", "media.type"] {
        tshark.args(["-e", field]);
    }
    let output = tshark.arg("-r").arg(&path).stdin(Stdio::null()).output().unwrap();
    fs::remove_file(&path).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let digits: String = octets.iter().map(|octet| format!("{octet:02x}")).collect();
    let expected = format!("{DM_MEDIA_TYPE}\tx-wap-application:syncml.dm\t{digits}\n");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), expected);
}

#[cfg(feature = "auth")]
mod digest {
    use super::*;
    use syncml::dm::notification::WrongDigest;

    /// Each bit of the digest, the header, the server identifier and the body.
    #[test]
    fn any_bit_flipped_fails() {
        let octets = two_syncs();
        let trigger = Notification::parse(&octets).unwrap().unverified_trigger();
        let octets = written(&Notification::sign(trigger, b"password", &Nonce::new(b"nonce")));
        assert_eq!(Notification::parse(&octets).unwrap().verify(b"password", &Nonce::new(b"nonce")), Ok(trigger));
        let mut read = 0;
        for bit in 0..octets.len() * 8 {
            let mut flipped = octets.clone();
            flipped[bit / 8] ^= 0x80 >> (bit % 8);
            // a length may lie so much that nothing can be read
            let Ok(notification) = Notification::parse(&flipped) else { continue };
            assert_eq!(notification.verify(b"password", &Nonce::new(b"nonce")), Err(WrongDigest), "bit {bit}");
            read += 1;
        }
        // only the length of 6 octets that becomes 38, 70 or 134
        assert_eq!(read, octets.len() * 8 - 3);
    }

    #[test]
    fn any_other_secret_fails() {
        let notification = Notification::sign(sample(), b"password", &Nonce::new(b"nonce"));
        let rows: [(&[u8], &[u8]); 8] = [
            (b"Password", b"nonce"),
            (b"", b"nonce"),
            (b"password", b""),
            (b"password", b"nonc"),
            (b"password", b"nonce\0"),
            (b"password", b"bm9uY2U="),
            (b"passwor", b"dnonce"),
            (b"password", b"\0\0\0\0"),
        ];
        for (password, nonce) in rows {
            assert_eq!(notification.verify(password, &Nonce::new(nonce)), Err(WrongDigest));
        }
        for size in 0..=2 {
            let cut = Nonce::new(&b"nonce"[..size]);
            assert_eq!(Notification::sign(sample(), b"", &cut).verify(b"", &cut), Ok(sample()));
        }
    }
}

fn trigger<'a>(server_id: &'a [u8], body: &'a [u8], bits: u64) -> Trigger<'a> {
    let octets = (bits << 8).to_be_bytes();
    let read = Trigger::parse(&octets).unwrap();
    let mut trigger = Trigger::new(server_id, read.session_id).unwrap();
    (trigger.version, trigger.ui_mode, trigger.initiator) = (read.version, read.ui_mode, read.initiator);
    (trigger.future_use, trigger.body) = (read.future_use, body);
    trigger
}

proptest! {
    #[test]
    fn what_is_read_is_written_again(octets in prop::collection::vec(any::<u8>(), 0..96), length in 0..9_u8) {
        let mut octets = octets;
        // mostly a length that can be
        if let (Some(place), 0..8) = (octets.get_mut(23), length) {
            *place = length;
        }
        if let Ok(notification) = Notification::parse(&octets) {
            prop_assert_eq!(written(&notification), &octets[..]);
        } else {
            prop_assert!(octets.len() < 24 || usize::from(octets[23]) > octets.len() - 24);
        }
        if let Ok(list) = SyncList::parse(&octets) {
            prop_assert_eq!(list.len(), list.iter().count());
            prop_assert_eq!(body(&list), octets);
        }
    }

    #[test]
    fn what_is_written_is_read_again(
        server in prop::collection::vec(any::<u8>(), 0..=255),
        vendor in prop::collection::vec(any::<u8>(), 0..64),
        bits in any::<u64>(),
        digest in any::<[u8; 16]>(),
    ) {
        let trigger = trigger(&server, &vendor, bits);
        let notification = Notification::new(digest, trigger);
        let octets = written(&notification);
        prop_assert_eq!(Notification::parse(&octets), Ok(notification));
        #[cfg(feature = "auth")]
        {
            let nonce = Nonce::new(&vendor);
            let octets = written(&Notification::sign(trigger, &server, &nonce));
            prop_assert_eq!(Notification::parse(&octets).unwrap().verify(&server, &nonce), Ok(trigger));
        }
    }

    #[test]
    fn a_list_that_is_written_is_read_again(
        entries in prop::collection::vec((0..16_u8, 0..16_u8, 0..0x100_0000_u32, prop::collection::vec(any::<u8>(), 0..=255)), 0..=15),
        future_use in 0..16_u8,
        rest in prop::collection::vec(any::<u8>(), 0..16),
    ) {
        let entries: Vec<SyncEntry<'_>> = entries.iter().map(|(sync_type, future_use, content_type, server_uri)| {
            let mut entry = SyncEntry::new(SyncType::new(*sync_type).unwrap(), server_uri).unwrap();
            entry.future_use = Nibble::new(*future_use).unwrap();
            entry.content_type = ContentTypeCode::new(*content_type).unwrap();
            entry
        }).collect();
        let mut list = SyncList::new(&entries).unwrap();
        (list.future_use, list.rest) = (Nibble::new(future_use).unwrap(), &rest);
        let octets = body(&list);
        let read = SyncList::parse(&octets).unwrap();
        prop_assert_eq!(read, list);
        prop_assert_eq!(body(&read), octets);
    }
}
