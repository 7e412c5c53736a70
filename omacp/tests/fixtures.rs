//! Our own documents: what they say, and that writing them says it again.

#![expect(clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

mod support;

use omacp::{Characteristic, ErrorKind, ProvisioningDoc};
use support::{fixtures, named};

fn characteristic<'d, 'a>(document: &'d ProvisioningDoc<'a>, type_: &'d str) -> Characteristic<'d, 'a> {
    document.characteristics_of_type(type_).next().unwrap()
}

#[test]
fn every_fixture_is_the_same_when_it_is_written_and_read_again() {
    for fixture in fixtures() {
        let document = ProvisioningDoc::parse(&fixture.octets).unwrap();
        let written = document.to_wbxml().unwrap();
        let again = ProvisioningDoc::parse(&written).unwrap();
        assert_eq!(again, document, "{}", fixture.name);
        assert_eq!(again.to_wbxml().unwrap(), written, "{}", fixture.name);
    }
}

#[cfg(feature = "xml")]
#[test]
fn every_fixture_says_the_same_in_xml() {
    for fixture in fixtures() {
        let Some(xml) = &fixture.xml else { continue };
        let document = ProvisioningDoc::parse(&fixture.octets).unwrap();
        assert_eq!(ProvisioningDoc::parse(xml).unwrap(), document, "{}", fixture.name);
        let xml = document.to_xml().unwrap();
        assert_eq!(ProvisioningDoc::parse(xml.as_bytes()).unwrap(), document, "{}", fixture.name);
    }
}

#[test]
fn code_pages_do_not_show() {
    let fixture = named("pages");
    let document = ProvisioningDoc::parse(&fixture.octets).unwrap();
    let application = characteristic(&document, "APPLICATION");
    assert_eq!(application.value("APPID").unwrap(), "w7");
    assert_eq!(application.value("NAME").unwrap(), "DM");
    assert_eq!(application.value("TO-PROXY").unwrap(), "PX1");
    assert!(application.characteristics().map(|inner| inner.type_()).eq(["APPAUTH", "APPADDR"]));
    let auth = application.characteristics_of_type("APPAUTH").next().unwrap();
    assert_eq!(auth.value("AAUTHTYPE").unwrap(), "HTTP-DIGEST,HTTP-BASIC");
    assert_eq!(auth.value("APPREF").unwrap(), "a");
    assert_eq!(fixture.octets[auth.offset()], 0xC6);
}

#[test]
fn values_are_what_their_pieces_make() {
    let fixture = named("values");
    let document = ProvisioningDoc::parse(&fixture.octets).unwrap();
    assert_eq!(document.version().unwrap(), "1.01.0");
    let napdef = characteristic(&document, "NAPDEF");
    assert_eq!(napdef.value("NAPID").unwrap().as_str(), Some("NAP1"));
    assert!(napdef.values("NAME").eq(["NAP of R&D", "\u{63C0}"]));
    let internet: Vec<_> = napdef.parms().filter(|parm| parm.name == *"INTERNET").collect();
    assert_eq!(internet.len(), 2);
    assert_eq!(internet[0].value, None);
    assert_eq!(internet[1].value.unwrap(), "");
    assert_ne!(internet[0], internet[1]);
    assert_eq!(napdef.value("INTERNET"), None);
    assert_eq!(napdef.value("DNS-ADDR").unwrap(), "");
    assert_eq!(napdef.value("Ma").unwrap(), "1");
    assert_eq!(napdef.value("MA").unwrap(), "2");
    assert_eq!(napdef.parm("ma"), None);
    assert_eq!(napdef.value("BEARER").unwrap(), "GSM-GPRS");
    assert_eq!(characteristic(&document, "NAPDEF-X").parms().count(), 0);
    assert_eq!(characteristic(&document, "vendor").parms().count(), 1);
}

#[test]
fn an_element_stays_empty_in_the_way_it_was() {
    let document = named("values").octets;
    let document = ProvisioningDoc::parse(&document).unwrap().to_wbxml().unwrap();
    assert!(document.windows(4).any(|octets| octets == [0xC6, 0x5B, 0x01, 0x01]));
    let document = ProvisioningDoc::builder().start("ACCESS").end().build().to_wbxml().unwrap();
    assert!(document.ends_with(&[0x86, 0x5B, 0x01, 0x01]));
    assert_eq!(ProvisioningDoc::builder().build().to_wbxml().unwrap(), [3, 0x0B, 0x6A, 0, 5]);
}

#[test]
fn what_is_foreign_is_no_setting_but_is_kept() {
    let fixture = named("foreign");
    let document = ProvisioningDoc::parse(&fixture.octets).unwrap();
    assert!(document.characteristics().map(|inner| inner.type_()).eq(["NAPDEF"]));
    let written = document.to_wbxml().unwrap();
    for name in [&b"x-a\0"[..], b"x-b\0", b"vendor-e\0"] {
        assert_eq!(written.windows(name.len()).filter(|octets| *octets == name).count(), 1);
    }
    let mut changed = fixture.octets.clone();
    let at = changed.iter().position(|octet| *octet == b'2').unwrap();
    changed[at] = b'9';
    assert_ne!(ProvisioningDoc::parse(&changed).unwrap(), document);
}

#[cfg(feature = "xml")]
#[test]
fn what_xml_has_no_words_for_is_an_error_there() {
    let fixture = named("tokens");
    let document = ProvisioningDoc::parse(&fixture.octets).unwrap();
    assert_eq!(document.to_xml(), Err(wbxml::WriteError::UnknownName));
    assert_eq!(document.to_wbxml().unwrap(), fixture.octets);
    // STR_I of an octet that is no text, and the value token 0xB4 that page 1 does not have
    for value in [&b"\x03\xFF\0"[..], b"\x00\x01\xB4"] {
        let octets = [b"\x03\x0B\x6A\x00\x45\x87\x07\x06", value, b"\x01\x01"].concat();
        let document = ProvisioningDoc::parse(&octets).unwrap();
        assert_eq!(document, ProvisioningDoc::parse(&octets).unwrap());
        assert!(matches!(document.to_wbxml(), Err(wbxml::WriteError::Text(_))));
        assert!(matches!(document.to_xml(), Err(wbxml::WriteError::Text(_))));
    }
}

#[test]
fn every_truncation_is_an_error_at_the_token_that_is_cut() {
    for fixture in fixtures() {
        for length in 0..fixture.octets.len() {
            let error = ProvisioningDoc::parse(&fixture.octets[..length]).unwrap_err();
            let line = fixture.lines.iter().find(|line| line.contains(&length)).unwrap();
            let kind = ErrorKind::Document(wbxml::ErrorKind::UnexpectedEof);
            assert_eq!((error.kind(), error.offset()), (kind, line.start), "{}, {length} octets", fixture.name);
        }
    }
}

#[cfg(feature = "xml")]
#[test]
fn every_truncation_in_xml_is_an_error() {
    for xml in fixtures().iter().filter_map(|fixture| fixture.xml.as_deref()).map(<[u8]>::trim_ascii_end) {
        for length in 0..xml.len() {
            let error = ProvisioningDoc::parse(&xml[..length]).unwrap_err();
            assert!(error.offset() <= length && matches!(error.kind(), ErrorKind::Document(_)), "{length}: {error}");
        }
    }
}

#[test]
fn documents_that_are_none_are_errors() {
    let text = ErrorKind::Document(wbxml::ErrorKind::UnexpectedText);
    let trailing = ErrorKind::Document(wbxml::ErrorKind::TrailingData);
    for (body, kind, offset) in [
        (&b"\x06"[..], ErrorKind::NotAProvisioningDoc, 4),
        (b"\x2D", ErrorKind::NotAProvisioningDoc, 4),
        (b"\x45\x06\x01", ErrorKind::MissingType, 5),
        (b"\x45\x86\x07\x01\x01", ErrorKind::MissingType, 5),
        (b"\x45\x87\x06\x03a\0\x01\x01", ErrorKind::MissingName, 5),
        (b"\x45\xC6\x55\x01\x87\x50\x01\x01\x01", ErrorKind::MissingName, 8),
        (b"\x45\x87\x07\x08\x01\x01", ErrorKind::RepeatedAttribute, 5),
        (b"\xC5\x46\x46\x01\x01", ErrorKind::RepeatedAttribute, 4),
        (b"\x45\x87\x07\x50\x51\x01\x01", ErrorKind::RepeatedAttribute, 5),
        (b"\x45\x03a\0\x01", text, 5),
        (b"\x45\xC6\x55\x01\x03a\0\x01\x01", text, 8),
        (b"\x45\xC7\x07\x01\x03a\0\x01\x01", text, 8),
        (b"\x45\x01\x05", trailing, 6),
    ] {
        let document = [b"\x03\x0B\x6A\x00", body].concat();
        let error = ProvisioningDoc::parse(&document).unwrap_err();
        assert_eq!((error.kind(), error.offset()), (kind, offset), "{body:02X?}");
    }
}

#[cfg(feature = "xml")]
#[test]
fn our_wbxml_is_our_xml_to_another_decoder() {
    use std::process::Command;

    let mut count = 0;
    for fixture in fixtures() {
        // what XML has no words for
        let Some(xml) = &fixture.xml else { continue };
        let path = std::env::temp_dir().join(format!("omacp-{}-{}.wbxml", std::process::id(), fixture.name));
        let document = ProvisioningDoc::parse(xml).unwrap();
        std::fs::write(&path, document.to_wbxml().unwrap()).unwrap();
        let output = Command::new("timeout").args(["10", "wbxml2xml", "-m", "0", "-o", "-"]).arg(&path).output();
        std::fs::remove_file(&path).unwrap();
        let Some(output) = output.ok().filter(|output| output.status.code() != Some(127)) else {
            assert!(!support::is_required("oracles"), "REQUIRE names the oracles, but there is no wbxml2xml");
            continue;
        };
        let theirs = ProvisioningDoc::parse(&output.stdout)
            .unwrap_or_else(|error| panic!("{}: {error} in {output:?}", fixture.name));
        assert_eq!(theirs, document, "{}", fixture.name);
        count += 1;
    }
    println!("wbxml2xml: {count} fixtures");
}

/// "é€" as a setting, and as text in a foreign element beside another one.
#[test]
fn a_document_in_utf_16_says_the_same_as_in_utf_8() {
    let document = |charset: &[u8], string: &[u8]| {
        let table = [&[u8::try_from(string.len()).unwrap()], string].concat();
        let body = [b"\x45\xC6\x55\x01\x87\x11\x06\x83\x00\x01\x01\x7F\x3F\x03", string, b"\x01\x01"].concat();
        [b"\x03\x0B", charset, &table, &body].concat()
    };
    let narrow = document(b"\x6A", b"\xC3\xA9\xE2\x82\xAC\0");
    let wide = document(b"\x87\x77", b"\0\xE9\x20\xAC\0\0");
    let [narrow, wide] = [&narrow, &wide].map(|octets| ProvisioningDoc::parse(octets).unwrap());
    assert_eq!(wide, narrow);
    assert_eq!(wide.to_wbxml().unwrap(), narrow.to_wbxml().unwrap());
}

/// A literal name of an attribute is kept as it stands; one in UTF-16 cannot be.
#[test]
fn a_name_that_has_to_be_decoded_is_an_error_and_not_lost() {
    let octets = b"\x03\x0B\x87\x77\x04\0x\0\0\x85\x04\x00\x03\0v\0\0\x01";
    let fault = ErrorKind::Document(wbxml::ErrorKind::UnsupportedCharset(1015));
    assert_eq!(ProvisioningDoc::parse(octets).unwrap_err().kind(), fault);
}

/// OMA-WAP-TS-ProvSC: a file is as long as the card says, and its document ends before.
#[test]
fn the_file_of_a_smart_card() {
    for fixture in fixtures() {
        let document = ProvisioningDoc::parse(&fixture.octets).unwrap();
        let length = fixture.octets.len();
        for (filler, count) in [(0xFF, 0), (0xFF, 1), (0xFF, 300), (0x00, 7)] {
            let mut file = fixture.octets.clone();
            file.resize(length + count, filler);
            assert_eq!(ProvisioningDoc::parse_file(&file).unwrap(), document, "{}", fixture.name);
        }
        for tail in [&b"\xFF\x00"[..], b"\x00\xFF", b"\x01"] {
            let error = ProvisioningDoc::parse_file(&[&fixture.octets, tail].concat()).unwrap_err();
            let expected = (ErrorKind::Document(wbxml::ErrorKind::TrailingData), length);
            assert_eq!((error.kind(), error.offset()), expected, "{}", fixture.name);
        }
    }
}
