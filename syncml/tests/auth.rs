//! Credentials, challenges and MACs: the vectors of others, every bit that may flip, the wrong forms that peers are known
//! for, and headers that nobody should send (OMA Device Management Security, 5).

#![cfg(feature = "auth")]
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests: to stop is how they fail"
)]

mod support;

use proptest::prelude::*;
use std::fs;
use std::path::Path;
use syncml::auth::{
    Chal, CredData, CredError, Credentials, Digest, HeaderError, HeaderMac, Need, Negotiation, NextStep, Nonce,
    NonceError, NonceUse, Outcome, Scheme, StopReason, Variant, Variants, Verdict, Verifier, VerifyError,
};
use syncml::{Command, Cred, Location, MessageReader, MessageWriter, Meta, MetaFields, Status, StatusCode, SyncHdr};
use wbxml::vocabulary::syncml::SYNCML_1_2;
use wbxml::{Data, Text};

const BODY: &[u8] = br#"<SyncML xmlns="SYNCML:SYNCML1.2"></SyncML>"#;

fn bruce() -> Credentials {
    Credentials::new("Bruce2", "OhBehave")
}

fn of(variants: &[Variant]) -> Variants {
    variants.iter().copied().fold(Variants::NONE, Variants::with)
}

/// What we compute for each row of the table of vectors.
fn computed() -> [(&'static str, String); 9] {
    let (nonce, binary) = (Nonce::new(b"Nonce"), Nonce::from_base64("LG3iZQhhdmKNHg==", Variants::NONE).unwrap());
    let undecoded = Nonce::new(binary.text().as_bytes());
    [
        ("basic", bruce().basic().expose().to_owned()),
        ("inner", Digest::of(b"Bruce2:OhBehave").to_string()),
        ("md5", bruce().md5(&nonce).expose().to_owned()),
        ("md5-user1", Credentials::new("Bruce1", "OhBehave").md5_digest(&nonce).to_string()),
        ("md5-bin", bruce().md5_digest(&binary).to_string()),
        ("md5-undec", bruce().md5_digest(&undecoded).to_string()),
        ("md5-empty", bruce().md5_digest(&Nonce::new(b"")).to_string()),
        ("hmac-body", Digest::of(BODY).to_string()),
        ("hmac", bruce().mac(&nonce, BODY).unwrap().mac().to_owned()),
    ]
}

#[test]
fn vectors() {
    let expected = [
        "QnJ1Y2UyOk9oQmVoYXZl",
        "PtEdr8lBQ45IbT1bZIkrOQ==",
        "Zz6EivR3yeaaENcRN6lpAQ==",
        "+MEIKFrF8Qdou2B1H2YmXw==",
        "LAK2i25Fh0nxxGGaAzRRpg==",
        "kpKgquN4uuyvg2Io01gZ5A==",
        "lEf25jyjHbCcTbj4p/1pUw==",
        "V2pUFyVNkvBtkcuf1/uj0A==",
        "aSBvnDHzBa7JhdjeEEUR2g==",
    ];
    for ((name, value), expected) in computed().iter().zip(expected) {
        assert_eq!(value, expected, "{name}");
    }
}

/// The table of vectors itself, where it is there: all of its rows.
#[test]
fn vectors_as_they_are_written_down() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/spec/test-vectors.md");
    let Ok(text) = fs::read_to_string(&path) else {
        assert!(!support::is_required("corpus"), "REQUIRE names the corpus, but {} is not there", path.display());
        return;
    };
    let section = text.split("\n## ").find(|section| section.starts_with("2. ")).unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| ") && line.contains("`"));
    let rows: Vec<_> = rows
        .map(|row| {
            let columns: Vec<_> = row.split('|').map(str::trim).collect();
            (columns[1], columns[3].trim_matches('`'))
        })
        .collect();
    let computed = computed();
    assert_eq!(rows, computed.iter().map(|(name, value)| (*name, value.as_str())).collect::<Vec<_>>());
    // the header, as it stands behind the table
    let header = section.split_once("x-syncml-hmac: ").unwrap().1.split_once('`').unwrap().0;
    assert_eq!(bruce().mac(&Nonce::new(b"Nonce"), BODY).unwrap().to_string(), header);
}

/// OMA Device Management Notification, 6.2.2: the digest in front of a notification is that of a MAC.
#[test]
fn digests_of_notifications() {
    let trigger = support::octets("02 d0 00 00 00 12 34 12 63 6f 6d 2e 6d 67 6d 74 73 72 76 2e 6d 61 6e 61 67 65");
    assert_eq!(Digest::of(&trigger).to_string(), "ne6BhXyhdpa6cRlZxXFamA==");
    let server = Credentials::new("com.mgmtsrv.manage", "password");
    let rows = [
        (Nonce::new(b"nonce"), "4a 7f ba 33 b0 62 0e c9 19 b4 b1 6f 65 a3 e4 4f"),
        (Nonce::resynchronisation(), "e4 00 07 51 d1 5d a7 d8 b5 fc 1f bc e4 5e e7 15"),
    ];
    for (nonce, digest) in rows {
        assert_eq!(server.mac_digest(&nonce, &trigger).octets()[..], support::octets(digest), "{nonce:?}");
    }
}

/// Data for `Cred` as a peer might send it.
fn cred<'a>(type_: &'a str, format: Option<&'a str>, data: Data<'a>) -> Cred<'a> {
    let mut meta = Meta::of_data("", type_);
    meta.format = format.map(Text::new);
    Cred::new(meta, Some(data))
}

fn md5_text(text: &str) -> Cred<'_> {
    cred("syncml:auth-md5", Some("b64"), Data::Text(Text::new(text)))
}

/// Every bit of what a digest covers, and of the digest.
#[test]
fn a_flipped_bit_fails() {
    let flips = |octets: &[u8]| -> Vec<Vec<u8>> {
        let flip = |bit: usize| {
            let mut octets = octets.to_vec();
            octets[bit / 8] ^= 1 << (bit % 8);
            octets
        };
        (0..octets.len() * 8).map(flip).collect()
    };
    let (user, password, nonce) = ("Bruce2", b"OhBehave", [0x2c, 0x6d, 0xe2, 0x65, 0x08, 0x61, 0x76, 0x62, 0x8d, 0x1e]);
    // the message of a client of device management, and a short one
    let package = support::fixtures("hex").into_iter().find(|fixture| fixture.name == "package-1").unwrap().octets;
    let (right, right_nonce) = (Credentials::new(user, password), Nonce::new(&nonce));
    let md5 = right.md5(&right_nonce);
    let basic = right.basic();
    let mut count = 0;
    let mut wrong = |credentials: &Credentials, nonce: &Nonce, body: &[u8], of: &[u8]| {
        if nonce == &right_nonce && body == of {
            assert_eq!(
                Verifier::basic(credentials).accepting(Variants::ALL).cred(Some(&basic.cred())),
                Err(VerifyError::Wrong)
            );
        }
        if body == of {
            assert_eq!(
                Verifier::md5(credentials, nonce).accepting(Variants::ALL).cred(Some(&md5.cred())),
                Err(VerifyError::Wrong)
            );
        }
        let header = right.mac(&right_nonce, of).unwrap();
        let result = Verifier::mac(credentials, nonce).accepting(Variants::ALL).header_mac(Some(&header), body);
        let expected = if credentials.user() == user { VerifyError::Wrong } else { VerifyError::User };
        assert_eq!(result, Err(expected));
        count += 1;
    };
    for flipped in flips(user.as_bytes()) {
        if let Ok(user) = core::str::from_utf8(&flipped) {
            wrong(&Credentials::new(user, password), &right_nonce, BODY, BODY);
        }
    }
    for flipped in flips(password) {
        wrong(&Credentials::new(user, &flipped), &right_nonce, BODY, BODY);
    }
    for flipped in flips(&nonce) {
        wrong(&right, &Nonce::new(&flipped), BODY, BODY);
    }
    for body in [BODY, &package] {
        for flipped in flips(body) {
            wrong(&right, &right_nonce, &flipped, body);
        }
    }
    println!("{count} flips");
    assert!(count > 6 * 7 + 8 * 8 + 10 * 8 + 42 * 8 + 100 * 8);
    // the digest itself: octets, base64, and the base64 in a header; unused bits of base64 count
    let verifier = Verifier::md5(&right, &right_nonce).accepting(Variants::ALL);
    for flipped in flips(right.md5_digest(&right_nonce).octets()) {
        let cred = cred("syncml:auth-md5", Some("bin"), Data::Opaque(&flipped));
        assert_eq!(verifier.cred(Some(&cred)), Err(VerifyError::Wrong));
    }
    for flipped in flips(md5.expose().as_bytes()) {
        let cred = cred("syncml:auth-md5", Some("b64"), Data::Opaque(&flipped));
        assert!(matches!(verifier.cred(Some(&cred)), Err(VerifyError::Wrong | VerifyError::Malformed)), "{flipped:?}");
    }
    let (verifier, header) = (Verifier::mac(&right, &right_nonce), right.mac(&right_nonce, BODY).unwrap());
    for flipped in flips(header.mac().as_bytes()) {
        let value = [&b"username=Bruce2, mac=\""[..], &flipped, b"\""].concat();
        let is_right = HeaderMac::parse(&value).is_ok_and(|header| verifier.header_mac(Some(&header), BODY).is_ok());
        assert!(!is_right, "{flipped:?}");
    }
}

/// What the notes and the corpus have of wrong forms: each is refused, and read by those who ask for it, and by nobody
/// who asks for the others.
#[test]
fn wrong_forms_only_when_asked() {
    let nonce = Nonce::from_base64("LG3iZQhhdmKNHg==", Variants::NONE).unwrap();
    let digest = bruce().md5_digest(&nonce);
    let hex: String = digest.octets().iter().map(|octet| format!("{octet:02x}")).collect();
    let nopad = "LAK2i25Fh0nxxGGaAzRRpg";
    let hex_in_base64 = data_encoded(hex.as_bytes());
    let hex_with_line_end = data_encoded(format!("{}\r\n", hex.to_uppercase()).as_bytes());
    let digest_1_0 = Digest::of(&[b"Bruce2:OhBehave:", nonce.octets()].concat()).to_string();
    let undecoded_1_0 = Digest::of(b"Bruce2:OhBehave:LG3iZQhhdmKNHg==").to_string();
    let lines = format!("{}\r\n {}", &digest.to_string()[..10], &digest.to_string()[10..]);
    let rows: [(&str, &[Variant]); 13] = [
        ("LAK2i25Fh0nxxGGaAzRRpg==", &[]),
        ("\n\t LAK2i25Fh0nxxGGaAzRRpg== \r\n", &[]),
        (&lines, &[Variant::WhiteSpace]),
        (nopad, &[Variant::NoPadding]),
        ("LAK2i25Fh0nxxGGaAzRRpg=", &[Variant::NoPadding]),
        ("LAK2i25F h0nxxGGaAzRRpg", &[Variant::WhiteSpace, Variant::NoPadding]),
        (&hex, &[Variant::Hex]),
        (&hex_in_base64, &[Variant::HexInBase64]),
        (hex_in_base64.trim_end_matches('='), &[Variant::HexInBase64, Variant::NoPadding]),
        (&hex_with_line_end, &[Variant::HexInBase64]),
        ("kpKgquN4uuyvg2Io01gZ5A==", &[Variant::UndecodedNonce]),
        (&digest_1_0, &[Variant::SyncMl10]),
        (&undecoded_1_0, &[Variant::SyncMl10, Variant::UndecodedNonce]),
    ];
    let credentials = bruce();
    let verifier = Verifier::md5(&credentials, &nonce);
    for (text, variants) in rows {
        let met = of(variants);
        for bits in 0..64_u8 {
            let accepted = Variants::ALL.iter().enumerate().filter(|(place, _)| bits & 1 << place != 0);
            let accepted = of(&accepted.map(|(_, variant)| variant).collect::<Vec<_>>());
            let result = verifier.accepting(accepted).cred(Some(&md5_text(text)));
            if accepted.contains_all(met) {
                assert_eq!(result, Ok(met), "{text:?} {accepted:?}");
            } else {
                assert!(matches!(result, Err(VerifyError::Malformed | VerifyError::Wrong)), "{text:?} {accepted:?}");
            }
        }
    }
    // what is none of them
    for text in [
        "",
        "=",
        "LAK2i25Fh0nxxGGaAzRRpg===",
        "LAK2i25Fh0nxxGGaAzRRph==",
        "LAK2=i25Fh0nxxGGaAzRRpg",
        "*****",
        "18EA3F......",
    ] {
        let result = verifier.accepting(Variants::ALL).cred(Some(&md5_text(text)));
        assert_eq!(result, Err(VerifyError::Malformed), "{text}");
    }
}

/// Base64 by way of a nonce.
fn data_encoded(octets: &[u8]) -> String {
    Nonce::new(octets).text().to_owned()
}

#[test]
fn basic_is_checked_and_read() {
    let (credentials, basic) = (bruce(), |text| cred("syncml:auth-basic", None, Data::Text(Text::new(text))));
    let verifier = Verifier::basic(&credentials);
    assert_eq!(verifier.cred(Some(&basic("QnJ1Y2UyOk9oQmVoYXZl"))), Ok(Variants::NONE));
    assert_eq!(verifier.cred(Some(&basic("c3luY21sdGVzdDpzeW5jbWx0ZXN0"))), Err(VerifyError::Wrong));
    let lines = basic("QnJ1Y2Uy\r\nOk9oQmVoYXZl");
    assert_eq!(verifier.cred(Some(&lines)), Err(VerifyError::Malformed));
    assert_eq!(verifier.accepting(Variants::ALL).cred(Some(&lines)), Ok(of(&[Variant::WhiteSpace])));
    let octets = cred("syncml:auth-basic", Some("bin"), Data::Opaque(b"Bruce2:OhBehave"));
    assert_eq!(verifier.cred(Some(&octets)), Ok(Variants::NONE));
    // a password may have a colon and be no text, a user may be empty
    let colons = Credentials::new("", [b':', 0xFF]);
    let data = colons.basic();
    let (read, _) = data.cred().basic(Variants::NONE).unwrap();
    assert_eq!((read.user(), read.password()), (&b""[..], &[b':', 0xFF][..]));
    // Bruce2 alone has no password
    for text in ["", "QnJ1Y2Uy", "*****"] {
        assert_eq!(basic(text).basic(Variants::ALL).unwrap_err(), CredError::Malformed, "{text}");
    }
    let of_format = |format| cred("syncml:auth-basic", Some(format), Data::Text(Text::new("QnJ1Y2UyOk9oQmVoYXZl")));
    assert_eq!(of_format("chr").basic(Variants::ALL).unwrap_err(), CredError::Format);
    assert!(of_format("\n b64 ").basic(Variants::NONE).is_ok());
    assert_eq!(
        Cred::new(Meta::of_data("b64", "syncml:auth-basic"), None).basic(Variants::ALL).unwrap_err(),
        CredError::Malformed
    );
}

/// Credentials of another scheme than the one that was asked for are not looked at.
#[test]
fn nobody_chooses_another_scheme() {
    let (credentials, nonce) = (bruce(), Nonce::new(b"Nonce"));
    let (basic, md5) = (credentials.basic(), credentials.md5(&nonce));
    let header = credentials.mac(&nonce, BODY).unwrap();
    let verifiers =
        [Verifier::basic(&credentials), Verifier::md5(&credentials, &nonce), Verifier::mac(&credentials, &nonce)];
    let creds = [(Scheme::Basic, basic.cred()), (Scheme::Md5, md5.cred())];
    for verifier in verifiers.map(|verifier| verifier.accepting(Variants::ALL)) {
        for (scheme, cred) in &creds {
            let expected = if verifier.scheme() == *scheme { Ok(Variants::NONE) } else { Err(VerifyError::Scheme) };
            assert_eq!(verifier.cred(Some(cred)), expected, "{verifier:?}");
        }
        for type_ in ["", "syncml:auth-MAC", "syncml:auth-X509", "auth-basic"] {
            let other = cred(type_, Some("b64"), Data::Text(Text::new(basic.expose())));
            assert_eq!(verifier.cred(Some(&other)), Err(VerifyError::Scheme), "{type_}");
        }
        assert_eq!(verifier.cred(None), Err(VerifyError::Missing));
        let is_mac = verifier.scheme() == Scheme::Mac;
        let expected = if is_mac { Ok(Variants::NONE) } else { Err(VerifyError::Scheme) };
        assert_eq!(verifier.header_mac(Some(&header), BODY), expected);
        let expected = if is_mac { VerifyError::Missing } else { VerifyError::Scheme };
        assert_eq!(verifier.header_mac(None, BODY), Err(expected));
    }
}

#[test]
fn names_of_schemes() {
    let rows = [
        (Scheme::Basic, "syncml:auth-basic", "BASIC"),
        (Scheme::Md5, "syncml:auth-md5", "DIGEST"),
        (Scheme::Mac, "syncml:auth-MAC", "HMAC"),
        (Scheme::X509, "syncml:auth-X509", "X509"),
        (Scheme::SecurId, "syncml:auth-securid", "SECURID"),
        (Scheme::SafeWord, "syncml:auth-safeword", "SAFEWORD"),
        (Scheme::DigiPass, "syncml:auth-digipass", "DIGIPASS"),
    ];
    for (scheme, type_, auth_type) in rows {
        assert_eq!((scheme.as_str(), scheme.to_string().as_str()), (type_, type_));
        assert_eq!(Scheme::of_type(&format!("\n  {} ", type_.to_uppercase())), Some(scheme));
        assert_eq!(Scheme::of_auth_type(auth_type), Some(scheme));
    }
    for name in ["", "syncml:auth-md", "md5"] {
        assert_eq!(Scheme::of_type(name), None, "{name}");
    }
    for name in ["HTTP-BASIC", "HTTP-DIGEST", "TRANSPORT", ""] {
        assert_eq!(Scheme::of_auth_type(name), None, "{name}");
    }
}

#[test]
fn secrets_are_not_printed() {
    let (credentials, nonce) = (bruce(), Nonce::new(b"Nonce"));
    let (basic, md5) = (credentials.basic(), credentials.md5(&nonce));
    let (read, _) = basic.cred().basic(Variants::NONE).unwrap();
    let verifier = Verifier::md5(&credentials, &nonce);
    let text = format!("{credentials:?} {basic:?} {md5:?} {:?} {read:?} {verifier:?}", basic.cred());
    for secret in ["OhBehave", "QnJ1Y2UyOk9oQmVoYXZl", "PtEdr8lBQ45IbT1bZIkrOQ", "Zz6EivR3", "79, 104"] {
        assert!(!text.contains(secret), "{text}");
    }
}

#[test]
fn nonces() {
    let rows: [(&str, &[Variant]); 5] = [
        ("Tm9uY2U=", &[]),
        (" Tm9uY2U=\n", &[]),
        ("Tm9uY2U", &[Variant::NoPadding]),
        ("Tm9u\r\nY2U=", &[Variant::WhiteSpace]),
        ("Tm9u Y2U", &[Variant::WhiteSpace, Variant::NoPadding]),
    ];
    for (text, variants) in rows {
        let nonce = Nonce::from_base64(text, Variants::ALL).unwrap();
        assert_eq!((nonce.octets(), nonce.variants()), (&b"Nonce"[..], of(variants)), "{text:?}");
        assert_eq!(Nonce::from_base64(text, Variants::NONE).is_ok(), variants.is_empty(), "{text:?}");
    }
    for text in ["Nonce", "Tm9uY2V=", "=", "Tm9uY2U==", "é"] {
        assert_eq!(Nonce::from_base64(text, Variants::ALL), Err(NonceError::Malformed), "{text}");
    }
    assert_eq!(Nonce::resynchronisation().octets(), [0; 4]);
}

/// A message with this `Cred` in its header and this `Chal` in its status, written and read again.
fn there_and_back(data: &CredData, chal: &Chal<'_>, mut check: impl FnMut(Cred<'_>, Chal<'_>)) {
    let mut source = Location::new("IMEI:493005100592800");
    source.name = Some(Text::new("Bruce2"));
    let header = SyncHdr::dm_1_2("1", "1", Location::new("http://s"), source).with_cred(&data.cred());
    let fields = chal.fields();
    let mut status = Status::default();
    status.chal = Some(chal.meta(&fields));
    let mut documents = vec![Vec::new()];
    let mut writer = MessageWriter::new(wbxml::Writer::new(&mut documents[0], &SYNCML_1_2).unwrap(), &header).unwrap();
    writer.command(&Command::Status(status)).unwrap();
    writer.finish(true).unwrap();
    #[cfg(feature = "xml")]
    {
        let mut text = Vec::new();
        let mut writer = MessageWriter::new(wbxml::xml::Writer::document(&mut text, &SYNCML_1_2), &header).unwrap();
        writer.command(&Command::Status(status)).unwrap();
        writer.finish(true).unwrap();
        documents.push(text);
    }
    for octets in &documents {
        let mut message = MessageReader::parse(octets).unwrap();
        let cred = message.header().unwrap().cred.unwrap();
        let Some(Command::Status(status)) = message.next_command().unwrap() else { panic!("no status") };
        check(cred, Chal::of_status(status).unwrap().unwrap());
    }
}

#[test]
fn credentials_and_challenges_in_messages() {
    let (credentials, nonce) = (bruce(), Nonce::new(&[0x2c, 0x6d, 0xe2, 0x65, 0x08, 0x61, 0x76, 0x62, 0x8d, 0x1e]));
    there_and_back(&credentials.md5(&nonce), &Chal::md5(&nonce), |cred, chal| {
        assert_eq!((cred.scheme(), cred.meta.format), (Some(Scheme::Md5), Some(Text::new("b64"))));
        assert!(matches!(cred.data, Some(Data::Text(text)) if text == "LAK2i25Fh0nxxGGaAzRRpg=="));
        assert_eq!(Verifier::md5(&credentials, &nonce).cred(Some(&cred)), Ok(Variants::NONE));
        assert_eq!((chal, chal.scheme()), (Chal::md5(&nonce), Some(Scheme::Md5)));
        assert_eq!(chal.nonce(Variants::NONE).unwrap().unwrap(), nonce);
    });
    there_and_back(&credentials.basic(), &Chal::mac(&nonce), |cred, chal| {
        assert_eq!(Verifier::basic(&credentials).cred(Some(&cred)), Ok(Variants::NONE));
        assert_eq!(chal, Chal::mac(&nonce));
    });
    there_and_back(&credentials.basic(), &Chal::basic(), |_, chal| {
        assert_eq!((chal.scheme(), chal.nonce(Variants::NONE)), (Some(Scheme::Basic), Ok(None)));
    });
    // a header without credentials, a status without a challenge
    assert!(SyncHdr::default().cred.is_none());
    assert_eq!(Chal::of_status(&Status::default()), Ok(None));
}

/// SyncML Representation Protocol, `Cred`: data synchronisation has it in commands too.
#[test]
fn credentials_in_commands() {
    // <Add><CmdID>1</CmdID><Cred><Meta><Type/></Meta><Data>, OPAQUE: octets of base64; <Add/> without
    let octets = b"\x03\xA4\x01\x6A\x00\x6D\x2C\x6B\x45\x4B\x031\0\x01\x4E\x5A\x00\x01\x53\x03syncml:auth-md5\0\x01\
        \x01\x00\x00\x4F\xC3\x18Zz6EivR3yeaaENcRN6lpAQ==\x01\x01\x01\x45\x4B\x032\0\x01\x01\x01\x01";
    let mut message = MessageReader::parse(octets).unwrap();
    let Some(Command::Add(add)) = message.next_command().unwrap() else { panic!("no Add") };
    let cred = add.cred().unwrap();
    let (credentials, nonce) = (bruce(), Nonce::new(b"Nonce"));
    assert_eq!(Verifier::md5(&credentials, &nonce).cred(cred.as_ref()), Ok(Variants::NONE));
    let Some(Command::Add(add)) = message.next_command().unwrap() else { panic!("no Add") };
    assert!(add.cred().unwrap().is_none());
}

/// `NextNonce` as octets, as OPAQUE that is base64, and in formats that say nothing.
#[test]
fn nonces_in_challenges() {
    let rows = [
        (Some("b64"), "Tm9uY2U=", Ok("Nonce")),
        (None, "Tm9uY2U=", Ok("Nonce")),
        (Some("bin"), "Nonce", Ok("Nonce")),
        (Some("chr"), "Nonce", Err(NonceError::Format)),
        (Some("b64"), "Nonce", Err(NonceError::Malformed)),
    ];
    for (format, next_nonce, expected) in rows {
        let fields = MetaFields { next_nonce: Some(Text::new(next_nonce)), ..MetaFields::default() };
        let mut meta = Meta::of_data("", "syncml:auth-md5").with_fields(&fields);
        meta.format = format.map(Text::new);
        let nonce = Chal::of_meta(&meta).unwrap().nonce(Variants::ALL);
        assert_eq!(nonce, expected.map(|text| Some(Nonce::new(text.as_bytes()))), "{format:?} {next_nonce}");
    }
    // <Status><Chal><Meta><Format>bin</Format><NextNonce>, OPAQUE: octets that are no UTF-8
    let octets =
        b"\x03\xA4\x01\x6A\x00\x6D\x2C\x6B\x69\x49\x5A\x00\x01\x47\x03bin\0\x01\x50\xC3\x03\xFF\x00\xFE\x01\x01\
        \x01\x01\x01\x01";
    let mut message = MessageReader::parse(octets).unwrap();
    let Some(Command::Status(status)) = message.next_command().unwrap() else { panic!("no status") };
    let chal = Chal::of_status(status).unwrap().unwrap();
    assert_eq!(chal.nonce(Variants::NONE).unwrap().unwrap().octets(), [0xFF, 0, 0xFE]);
}

#[test]
fn headers_are_read() {
    let rows = [
        r#"algorithm=MD5, username="Bruce2", mac=aSBvnDHzBa7JhdjeEEUR2g=="#,
        r#"username="Bruce2", mac=aSBvnDHzBa7JhdjeEEUR2g=="#,
        r#"mac="aSBvnDHzBa7JhdjeEEUR2g==",username=Bruce2,algorithm="md5""#,
        "MAC = aSBvnDHzBa7JhdjeEEUR2g==\t,\r\n UserName\t=\r\n\t\"Bruce2\" , Algorithm=Md5 ",
        r#", ,username="Br\u\ce2",,mac=aSBvnDHzBa7JhdjeEEUR2g==, version="1, 2", x="#,
    ];
    let (credentials, nonce) = (bruce(), Nonce::new(b"Nonce"));
    let verifier = Verifier::mac(&credentials, &nonce);
    for row in rows {
        let header = HeaderMac::parse(row).unwrap();
        assert_eq!((header.username(), header.mac()), ("Bruce2", "aSBvnDHzBa7JhdjeEEUR2g=="), "{row}");
        assert_eq!(verifier.header_mac(Some(&header), BODY), Ok(Variants::NONE), "{row}");
    }
    let wrong = |row: &str| verifier.header_mac(Some(&HeaderMac::parse(row).unwrap()), BODY);
    assert_eq!(wrong("algorithm=SHA1,username=Bruce2,mac=aSBvnDHzBa7JhdjeEEUR2g=="), Err(VerifyError::Algorithm));
    assert_eq!(wrong("username=Bruce1,mac=aSBvnDHzBa7JhdjeEEUR2g=="), Err(VerifyError::User));
    assert_eq!(wrong("username=Bruce2,mac="), Err(VerifyError::Malformed));
    assert_eq!(wrong("username=Bruce2,mac=aSBvnDHzBa7JhdjeEEUR2w=="), Err(VerifyError::Wrong));
    let lines = HeaderMac::parse("username=Bruce2, mac=aSBvnDHz\r\n Ba7JhdjeEEUR2g==").unwrap();
    assert_eq!(verifier.header_mac(Some(&lines), BODY), Err(VerifyError::Malformed));
    assert_eq!(verifier.accepting(Variants::ALL).header_mac(Some(&lines), BODY), Ok(of(&[Variant::WhiteSpace])));
    // the sample of the specification: hexadecimal digits in base64, of which the last = is missing
    let sample = HeaderMac::parse("username=Bruce2, mac=NTI2OTJhMDAwNjYxODkwYmQ3NWUxN2RhN2ZmYmJlMzk").unwrap();
    assert_eq!(verifier.header_mac(Some(&sample), BODY), Err(VerifyError::Malformed));
    assert_eq!(verifier.accepting(Variants::ALL).header_mac(Some(&sample), BODY), Err(VerifyError::Wrong));
    // our MAC in that form
    let digest = credentials.mac_digest(&nonce, BODY);
    let hex: String = digest.octets().iter().map(|octet| format!("{octet:02x}")).collect();
    let value = format!("username=Bruce2, mac={}", data_encoded(hex.as_bytes()).trim_end_matches('='));
    let header = HeaderMac::parse(&value).unwrap();
    let met = of(&[Variant::NoPadding, Variant::HexInBase64]);
    assert_eq!(verifier.accepting(Variants::ALL).header_mac(Some(&header), BODY), Ok(met));
    // and over the base64 of the nonce
    let undecoded = credentials.mac(&Nonce::new(b"Tm9uY2U="), BODY).unwrap();
    assert_eq!(verifier.header_mac(Some(&undecoded), BODY), Err(VerifyError::Wrong));
    let met = of(&[Variant::UndecodedNonce]);
    assert_eq!(verifier.accepting(met).header_mac(Some(&undecoded), BODY), Ok(met));
}

#[test]
fn hostile_headers_are_refused() {
    let rows: [(&[u8], HeaderError); 26] = [
        (b"", HeaderError::NoUsername),
        (b", ,,", HeaderError::NoUsername),
        (b"mac=A", HeaderError::NoUsername),
        (b"username=\"a\"", HeaderError::NoMac),
        (b"username", HeaderError::Parameter),
        (b"=a", HeaderError::Parameter),
        (b"user name=a,mac=A", HeaderError::Parameter),
        (b"\"username\"=a,mac=A", HeaderError::Parameter),
        (b"username=a;mac=A", HeaderError::NoMac),
        (b"username=\"a", HeaderError::Unterminated),
        (b"username=\"", HeaderError::Unterminated),
        (b"username=\"a\\", HeaderError::Unterminated),
        (b"username=\"a\\\",mac=A", HeaderError::Unterminated),
        (b"username=\"a\"b,mac=A", HeaderError::Parameter),
        (b"username=\"a\"\"b\",mac=A", HeaderError::Parameter),
        (b"username=a\"b\",mac=A", HeaderError::Parameter),
        (b"username=a\\,mac=A", HeaderError::Parameter),
        (b"username=a,mac=A,mac=A", HeaderError::Repeated),
        (b"username=a,USERNAME=\"b\",mac=A", HeaderError::Repeated),
        (b"algorithm=MD5,algorithm=MD5,username=a,mac=A", HeaderError::Repeated),
        (b"username=\"a\r\nmac=B\",mac=A", HeaderError::Control),
        (b"username=a,\nmac=A", HeaderError::Control),
        (b"username=a,\n mac=A", HeaderError::Control),
        (b"username=a,mac=A\r", HeaderError::Control),
        (b"username=\"a\\\0\",mac=A", HeaderError::Control),
        (b"username=\"\xFF\",mac=A", HeaderError::Text),
    ];
    for (value, error) in rows {
        assert_eq!(HeaderMac::parse(value), Err(error), "{:?}", String::from_utf8_lossy(value));
    }
    // no user writes a header of its own
    for user in ["a\r\nx: y", "a\0", "a\u{85}", "\n"] {
        let nonce = Nonce::new(b"");
        assert_eq!(Credentials::new(user, "").mac(&nonce, b"").unwrap_err(), HeaderError::Control, "{user:?}");
    }
}

/// Whatever repeats takes no longer than it is long: square time would be minutes here.
#[test]
fn huge_headers_are_read_in_linear_time() {
    let pieces = [
        ",",
        " ",
        "x=1,",
        "\\",
        "\"",
        "\\\"",
        "a",
        "\r\n ",
        "=",
        "x=\"\",",
        "x=\r\n ,",
        "username=",
        "\u{10FFFF}",
        "x=\"\\",
    ];
    for piece in pieces {
        for start in ["", "username=\"", "username=a,mac=", "mac=\"A\",username=\"\\"] {
            for end in ["", "\"", "\",mac=A"] {
                let value = [start, &piece.repeat((1 << 17) / piece.len()), end].concat();
                let Ok(header) = HeaderMac::parse(&value) else { continue };
                assert!(header.username().len() + header.mac().len() <= value.len());
                let written = header.to_string();
                assert_eq!(HeaderMac::parse(&written).as_ref(), Ok(&header));
                let (credentials, nonce) = (Credentials::new(header.username(), ""), Nonce::new(b""));
                let verifier = Verifier::mac(&credentials, &nonce).accepting(Variants::ALL);
                assert!(verifier.header_mac(Some(&header), b"").is_err());
            }
        }
    }
}

fn user() -> impl Strategy<Value = String> {
    let special = prop::sample::select("\"\\,=; \t+é😀".chars().collect::<Vec<_>>());
    let any = any::<char>().prop_filter("no control character", |character| !character.is_control());
    prop::collection::vec(prop_oneof![special, any], 0..12).prop_map(|characters| characters.into_iter().collect())
}

/// Octets that look like a header more often than not.
fn value() -> impl Strategy<Value = Vec<u8>> {
    let pieces: [&[u8]; 16] = [
        b"username",
        b"mac",
        b"algorithm",
        b"=",
        b",",
        b"\"",
        b"\\",
        b" ",
        b"\t",
        b"\r\n ",
        b"\r",
        b"\n",
        b"MD5",
        b"a",
        b"\xC3\xA9",
        b"\xFF",
    ];
    let list = b"username=\"a\",mac=A".to_vec();
    let piece = prop_oneof![9 => prop::sample::select(pieces.to_vec()).prop_map(<[u8]>::to_vec), 1 => Just(list)];
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    /// A header that is written is read again, and is right for its message and no other.
    #[test]
    fn headers_come_back(user in user(), password in any::<Vec<u8>>(), nonce in any::<Vec<u8>>(), body in any::<Vec<u8>>()) {
        let (credentials, nonce) = (Credentials::new(&user, &password), Nonce::new(&nonce));
        let header = credentials.mac(&nonce, &body).unwrap();
        let value = header.to_string();
        prop_assert_eq!(value.split(", mac=").last().unwrap().len(), 24);
        let read = HeaderMac::parse(&value).unwrap();
        prop_assert_eq!(&read, &header);
        let verifier = Verifier::mac(&credentials, &nonce);
        prop_assert_eq!(verifier.header_mac(Some(&read), &body), Ok(Variants::NONE));
        let longer = [&body[..], b"\0"].concat();
        prop_assert_eq!(verifier.header_mac(Some(&read), &longer), Err(VerifyError::Wrong));
    }

    /// Whatever header is read, what is written of it says the same.
    #[test]
    fn what_is_read_can_be_written(value in value()) {
        if let Ok(header) = HeaderMac::parse(&value) {
            let written = header.to_string();
            prop_assert_eq!(HeaderMac::parse(&written), Ok(header));
        }
    }

    /// Whatever is sent as credentials comes back.
    #[test]
    fn credentials_come_back(user in user(), password in any::<Vec<u8>>(), nonce in any::<Vec<u8>>()) {
        let (credentials, nonce) = (Credentials::new(&user, &password), Nonce::new(&nonce));
        let (basic, md5) = (credentials.basic(), credentials.md5(&nonce));
        prop_assert_eq!(Verifier::basic(&credentials).cred(Some(&basic.cred())), Ok(Variants::NONE));
        prop_assert_eq!(Verifier::md5(&credentials, &nonce).cred(Some(&md5.cred())), Ok(Variants::NONE));
        let read = Nonce::from_base64(nonce.text(), Variants::NONE);
        prop_assert_eq!(read.as_ref(), Ok(&nonce));
    }

    /// Nothing that somebody sends stops the reader, or is right by chance.
    #[test]
    fn any_octets_are_credentials(octets in any::<Vec<u8>>(), is_basic in any::<bool>(), format in 0..3_usize) {
        let (credentials, nonce) = (bruce(), Nonce::new(b"Nonce"));
        let type_ = if is_basic { "syncml:auth-basic" } else { "syncml:auth-md5" };
        let cred = cred(type_, [None, Some("b64"), Some("bin")][format], Data::Opaque(&octets));
        for verifier in [Verifier::basic(&credentials), Verifier::md5(&credentials, &nonce)] {
            prop_assert!(verifier.accepting(Variants::ALL).cred(Some(&cred)).is_err());
        }
    }
}

/// OMA Device Management Protocol, 9: the table of status codes.
#[test]
fn outcomes() {
    let (message, session) = (Some(NonceUse::NextMessage), Some(NonceUse::NextSession));
    let rows = [
        (200, Verdict::AcceptedForMessage, Need::Optional, message),
        (212, Verdict::AcceptedForSession, Need::Optional, session),
        (401, Verdict::Wrong, Need::Required, message),
        (402, Verdict::Refused, Need::Meaningless, None),
        (403, Verdict::Refused, Need::Meaningless, None),
        (407, Verdict::Missing, Need::Required, message),
    ];
    for status in 0..=1000 {
        let outcome = Outcome::of(StatusCode::new(status));
        let outcome = outcome.map(|row| (row.status().get(), row.verdict(), row.chal(), row.nonce_use()));
        assert_eq!(outcome, rows.iter().find(|row| row.0 == status).copied(), "{status}");
    }
    // right credentials hold for the session; a MAC never does, and each answer has the nonce of the next
    assert_eq!(Outcome::of_accepted(Scheme::Basic), Outcome::of(StatusCode::new(212)).unwrap());
    assert_eq!(Outcome::of_accepted(Scheme::Md5).status().get(), 212);
    let mac = Outcome::of_accepted(Scheme::Mac);
    assert_eq!((mac.status().get(), mac.chal(), mac.nonce_use()), (200, Need::Required, message));
    // every failure asks for others
    for (error, status) in [(VerifyError::Missing, 407), (VerifyError::Wrong, 401), (VerifyError::Scheme, 401)] {
        assert_eq!((error.status().get(), error.outcome().unwrap().chal()), (status, Need::Required));
    }
}

/// What is sent, what is answered, what comes next.
#[test]
fn negotiations() {
    let nonce = Nonce::new(b"Nonce");
    let (basic, md5, mac) = (Chal::basic(), Chal::md5(&nonce), Chal::mac(&nonce));
    let (x509, nameless) = (Meta::of_data("b64", "syncml:auth-X509"), Meta::of_data("b64", "another"));
    let (x509, nameless) = (Chal::of_meta(&x509).unwrap(), Chal::of_meta(&nameless).unwrap());
    let no_nonce = Meta::of_data("b64", "syncml:auth-md5");
    let no_nonce = Chal::of_meta(&no_nonce).unwrap();
    let stop = NextStep::Stop;
    type Step<'a> = (Option<Scheme>, u16, Option<&'a Chal<'a>>, NextStep);
    let rows: [&[Step<'_>]; 15] = [
        // nothing sent, nothing asked for
        &[(None, 200, None, NextStep::GoOnWithout), (None, 200, None, NextStep::GoOnWithout)],
        // in every message
        &[
            (Some(Scheme::Md5), 200, Some(&md5), NextStep::GoOn(Scheme::Md5)),
            (Some(Scheme::Md5), 200, None, NextStep::GoOn(Scheme::Md5)),
        ],
        // for the session; the nonce is for the next one
        &[(Some(Scheme::Md5), 212, Some(&md5), NextStep::GoOnWithout), (None, 212, None, NextStep::GoOnWithout)],
        // a MAC is in every message, also where a peer says 212
        &[
            (Some(Scheme::Mac), 200, Some(&mac), NextStep::GoOn(Scheme::Mac)),
            (Some(Scheme::Mac), 212, Some(&mac), NextStep::GoOn(Scheme::Mac)),
        ],
        // none, then right
        &[(None, 407, Some(&md5), NextStep::Retry(Scheme::Md5)), (Some(Scheme::Md5), 212, None, NextStep::GoOnWithout)],
        // a stale nonce, then right; and stale again after that
        &[
            (Some(Scheme::Md5), 401, Some(&md5), NextStep::Retry(Scheme::Md5)),
            (Some(Scheme::Md5), 200, Some(&md5), NextStep::GoOn(Scheme::Md5)),
            (Some(Scheme::Md5), 401, Some(&md5), NextStep::Retry(Scheme::Md5)),
            (Some(Scheme::Md5), 401, Some(&md5), stop(StopReason::Wrong)),
        ],
        // another scheme than the one that was tried
        &[
            (Some(Scheme::Basic), 401, Some(&md5), NextStep::Retry(Scheme::Md5)),
            (Some(Scheme::Md5), 401, Some(&md5), stop(StopReason::Wrong)),
        ],
        // basic has no nonce that could be stale
        &[(Some(Scheme::Basic), 401, Some(&basic), stop(StopReason::Wrong))],
        &[(None, 407, Some(&basic), NextStep::Retry(Scheme::Basic))],
        // whoever ignores the credentials does not end either
        &[
            (None, 407, Some(&md5), NextStep::Retry(Scheme::Md5)),
            (Some(Scheme::Md5), 407, Some(&md5), stop(StopReason::Wrong)),
        ],
        &[(Some(Scheme::Basic), 403, None, stop(StopReason::Refused))],
        &[(Some(Scheme::Md5), 401, None, stop(StopReason::NoChallenge))],
        &[
            (None, 407, Some(&x509), stop(StopReason::UnknownScheme)),
            (None, 407, Some(&nameless), stop(StopReason::UnknownScheme)),
        ],
        &[(None, 407, Some(&no_nonce), stop(StopReason::NoNonce)), (None, 500, None, NextStep::Unrelated)],
        &[
            (Some(Scheme::Md5), 200, None, NextStep::GoOn(Scheme::Md5)),
            (Some(Scheme::Md5), 401, Some(&basic), stop(StopReason::SchemeChanged)),
        ],
    ];
    for row in rows {
        let mut negotiation = Negotiation::new();
        for (index, &(sent, status, chal, expected)) in row.iter().enumerate() {
            if let Some(scheme) = sent {
                negotiation.sent(scheme);
            }
            assert_eq!(negotiation.answered(StatusCode::new(status), chal), expected, "{index} of {row:?}");
        }
    }
}

#[cfg(feature = "xml")]
const NO_DATA: &str = "a comment instead of data";

/// The credentials of real messages that are none, and why.
#[cfg(feature = "xml")]
const EXCUSED: &[(&str, &str)] = &[
    ("syncml-dm/oma-dm-spec-26-protocol-exampl-07.xml", NO_DATA),
    ("syncml-dm/oma-dm-spec-26-protocol-exampl-08.xml", NO_DATA),
    ("syncml-dm/oma-dm-spec-26-protocol-exampl-11.xml", NO_DATA),
    ("syncml-dm/oma-dm-spec-26-protocol-exampl-12.xml", NO_DATA),
    ("syncml-ds/funambol-msg1-without-sensitive-data.xml", "stars instead of base64"),
];

/// The credentials and challenges of real messages.
#[cfg(feature = "xml")]
#[test]
fn real_credentials_are_read() {
    let (credentials, nonce) = (bruce(), Nonce::new(b"Nonce"));
    let (mut basics, mut digests, mut challenges) = (0, 0, 0);
    let (mut excused, mut wrong_forms) = (Vec::new(), Vec::new());
    let documents: Vec<_> = ["syncml-dm", "syncml-ds"].iter().flat_map(|part| support::corpus(part)).collect();
    for document in &documents {
        let message = match document.kind.as_str() {
            "wbxml" => MessageReader::parse(&document.octets),
            _ => MessageReader::fragment(&document.octets),
        };
        // those that are no messages have tests of their own
        let Ok(mut message) = message else { continue };
        if let Some(cred) = message.header().and_then(|header| header.cred) {
            let verifier = match cred.scheme().unwrap() {
                Scheme::Basic => Verifier::basic(&credentials),
                _ => Verifier::md5(&credentials, &nonce),
            };
            *if verifier.scheme() == Scheme::Basic { &mut basics } else { &mut digests } += 1;
            let is_form = |accepted| verifier.accepting(accepted).cred(Some(&cred)) != Err(VerifyError::Malformed);
            if !is_form(Variants::ALL) {
                excused.push(document.path.as_str());
            } else if !is_form(Variants::NONE) {
                wrong_forms.push(document.path.as_str());
            }
        }
        while let Ok(Some(command)) = message.next_command() {
            let Command::Status(status) = command else { continue };
            assert!(status.cred().unwrap().is_none());
            let Some(chal) = Chal::of_status(status).unwrap() else { continue };
            challenges += 1;
            let has_nonce = chal.nonce(Variants::NONE).unwrap().is_some();
            assert_eq!(has_nonce, chal.scheme().unwrap() != Scheme::Basic, "{}", document.path);
        }
    }
    println!("{basics} basic, {digests} MD5, {challenges} challenges");
    if !documents.is_empty() {
        assert_eq!(excused, EXCUSED.iter().map(|(path, _)| *path).collect::<Vec<_>>());
        // those of whole messages are right; the one real wrong form is in a command of a Sync
        assert!(wrong_forms.is_empty(), "{wrong_forms:?}");
        assert!(basics > 0 && digests > 0 && challenges > 0);
    }
}

/// A password in basic credentials is base64, which everybody reads.
#[test]
fn a_header_that_is_printed_keeps_its_credentials() {
    let octets = support::octets("03 A4 01 6A 00 6D 6C 4E 4F 03 42 72 75 63 65 00 01 01 01 2B 01");
    let message = MessageReader::parse(&octets).unwrap();
    let header = message.header().unwrap();
    assert!(header.cred.unwrap().data.is_some());
    let printed = format!("{header:?}");
    assert!(!printed.contains("Bruce") && !printed.contains("42") && !printed.contains("66"), "{printed}");
}
