//! Carriage: pushes and segments as others send them, and every length that may lie (WAP-230-WSP, 8; 3GPP TS 23.040,
//! 9.2.3.24).

#![expect(clippy::unwrap_used, clippy::arithmetic_side_effects, reason = "helpers of tests: to stop is how they fail")]

mod support;

use omacp::push::{
    ApplicationId, ContentType, Deliver, ErrorKind, FieldName, Fields, MediaType, ParameterName, Port, Ports, Push,
    PushType, Reassembler, Reference, Sec, UserData, Value, segment,
};
use omacp::wbxml::Charset;
use proptest::prelude::*;
use support::hex;

const WAP_PUSH: Ports = Ports { destination: Port::PUSH, source: Port::WSP };

/// The MAC of the empty provisioning document, USERPIN `1234`.
const MAC: &str = "6CD48BFD7FFC33183154734DF4434DA694E25E6A";
const EMPTY: &[u8] = b"\x03\x0B\x6A\x00\x45\x01";

/// TID 1, Push, 47 octets of headers: general form of 45 octets, type 0x36, SEC=1, MAC.
fn small() -> Vec<u8> {
    [&hex("01 06 2F 1F 2D B6 91 81 92")[..], MAC.as_bytes(), &[0], EMPTY].concat()
}

#[test]
fn a_push_with_sec_and_mac_both_ways() {
    let octets = small();
    let push = Push::parse(&octets).unwrap();
    assert_eq!((push.transaction_id, push.push_type), (1, PushType::Push));
    assert_eq!(push.content_type.media_type, MediaType::CONNECTIVITY_WBXML);
    assert_eq!((push.content_type.sec(), push.content_type.mac()), (Some(Sec::USERPIN), Some(MAC)));
    assert_eq!((push.fields.iter().count(), push.unverified_body()), (0, EMPTY));
    assert_eq!(octets[push.mac_span().unwrap()], *[MAC.as_bytes(), &[0]].concat());
    assert_eq!(push.to_vec().unwrap(), octets);

    let content_type = ContentType::new(MediaType::CONNECTIVITY_WBXML).with_sec(Sec::USERPIN).with_mac(MAC);
    assert_eq!(Push::new(content_type, EMPTY).to_vec().unwrap(), octets);
}

/// WAP-230-WSP, 8.4.2.24: constrained and general form, numbers and names, parameters in any order.
#[test]
fn content_type_8_4_2_24() {
    let wbxml = MediaType::CONNECTIVITY_WBXML;
    let (user, mac) = (Some(Sec::USERPIN), Some("A"));
    type Said<'a> = (MediaType<'a>, Option<Sec>, Option<&'a str>, Option<Charset>);
    let rows: &[(&[u8], Said<'_>)] = &[
        (b"\xB6", (wbxml, None, None, None)),
        (b"application/vnd.wap.connectivity-wbxml\0", (wbxml, None, None, None)),
        (b"a/b\0", (MediaType::Name("a/b"), None, None, None)),
        (b"\x01\xB6", (wbxml, None, None, None)),
        (b"\x1F\x01\xB6", (wbxml, None, None, None)),
        (b"\x03\x02\x03\x03", (MediaType::SYNCML_WBXML, None, None, None)),
        (b"\x06\xB6\x91\x81\x92A\0", (wbxml, user, mac, None)),
        (b"\x06\xB6\x92A\0\x91\x81", (wbxml, user, mac, None)),
        (b"\x07\xB6\x92\"A\0\x91\x81", (wbxml, user, mac, None)),
        (b"\x08\xB6\x81\xEA\x91\x81\x92A\0", (wbxml, user, mac, Some(Charset::UTF_8))),
        (b"\x0A\xB6\x91\x81\x92A\0\x81\x02\x03\xE8", (wbxml, user, mac, Some(Charset::UCS_2))),
        (b"\x08\xB6\x01\x11\x81\x01\x12A\0", (wbxml, user, mac, None)),
        (b"\x0D\xB6SEC\x001\0MAC\0A\0", (wbxml, user, mac, None)),
        (b"\x09a/b\0\x91\x81\x92A\0", (MediaType::Name("a/b"), user, mac, None)),
        (b"\x03\xB6\x85\x80", (wbxml, None, None, None)),
    ];
    for (octets, expected) in rows {
        let read = ContentType::parse(octets).unwrap();
        assert_eq!((read.media_type, read.sec(), read.mac(), read.charset()), *expected, "{octets:02X?}");
        let mut written = Vec::new();
        read.write(&mut written).unwrap();
        assert_eq!(ContentType::parse(&written).unwrap(), read, "{octets:02X?}: {written:02X?}");
    }
}

/// WAP-230-WSP, 8.4.2.1: a NUL alone would be no value, so that a text without a character is quoted.
#[test]
fn an_empty_mac_comes_back() {
    let push = Push::new(ContentType::new(MediaType::CONNECTIVITY_WBXML).with_mac(""), EMPTY);
    let octets = push.to_vec().unwrap();
    assert_eq!(octets[..8], *b"\x01\x06\x05\x04\xB6\x92\"\0");
    assert_eq!(Push::parse(&octets).unwrap().content_type.mac(), Some(""));
}

/// Content types in which something is wrong.
#[test]
fn faulty_content_types() {
    let rows: &[(&[u8], ErrorKind, usize)] = &[
        (b"", ErrorKind::UnexpectedEnd, 0),
        (b"\x00", ErrorKind::MediaType, 1),
        (b"\x02\xB6", ErrorKind::ValueLength, 0),
        (b"\x1F\x02\xB6", ErrorKind::ValueLength, 0),
        (b"\x1F\x8F\xFF\xFF\xFF\x7F\xB6", ErrorKind::ValueLength, 0),
        (b"\x1F\xFF\xFF\xFF\xFF\xFF\xB6", ErrorKind::UintvarOverflow, 1),
        (b"\x1F", ErrorKind::UnexpectedEnd, 1),
        (b"application/vnd", ErrorKind::UnterminatedText, 0),
        (b"\x06\xB6\x91\x81\x92AB", ErrorKind::UnterminatedText, 5),
        // the MAC's NUL stands behind the field
        (b"\x05\xB6\x91\x81\x92A\0", ErrorKind::UnterminatedText, 5),
        (b"\x02\xB6\x91", ErrorKind::UnexpectedEnd, 3),
        (b"\x04\xB6\x91\x05\x81", ErrorKind::ValueLength, 3),
        (b"\x05\xB6\x91\x81\x91\x80", ErrorKind::RepeatedParameter, 4),
        (b"\x08\xB6\x91\x81SEC\x00\x80", ErrorKind::RepeatedParameter, 4),
        (b"\x07\xB6\x92A\0\x92B\0", ErrorKind::RepeatedParameter, 5),
        (b"\x05\xB6\x91\x02\x01\x00", ErrorKind::ParameterValue, 2),
        (b"\x05\xB6\x91ab\0", ErrorKind::ParameterValue, 2),
        (b"\x03\xB6\x92\x81", ErrorKind::ParameterValue, 2),
        (b"\x08\xB6\x06\x01\x01\x01\x01\x01\x01", ErrorKind::LongInteger, 2),
        (b"\x07\x06\x01\x01\x01\x01\x01\x01", ErrorKind::MediaType, 1),
        (b"\x01\xB6\x91", ErrorKind::ValueLength, 2),
    ];
    for (octets, kind, offset) in rows {
        let error = ContentType::parse(octets).unwrap_err();
        assert_eq!((error.kind(), error.offset()), (*kind, *offset), "{octets:02X?}");
    }
}

/// WAP-230-WSP, 8.2.4.1: `HeadersLen`, and what stands in the headers.
#[test]
fn faulty_pushes() {
    let rows: &[(&[u8], ErrorKind, usize)] = &[
        (b"", ErrorKind::UnexpectedEnd, 0),
        (b"\x01", ErrorKind::UnexpectedEnd, 1),
        (b"\x01\x06", ErrorKind::UnexpectedEnd, 2),
        (b"\x01\x40\x01\xB6", ErrorKind::NotAPush(0x40), 1),
        (b"\x01\x06\x00", ErrorKind::UnexpectedEnd, 3),
        (b"\x01\x06\x02\xB6", ErrorKind::HeadersLength, 2),
        (b"\x01\x06\x8F\xFF\xFF\xFF\x7F\xB6", ErrorKind::HeadersLength, 2),
        (b"\x01\x06\x90\x80\x80\x80\x00\xB6", ErrorKind::UintvarOverflow, 2),
        // the content type says that it goes on behind the headers
        (b"\x01\x06\x02\x04\xB6\x91\x81", ErrorKind::ValueLength, 3),
        (b"\x01\x06\x02\xB6\xAF", ErrorKind::UnexpectedEnd, 5),
        (b"\x01\x06\x03\xB6\xAFa\0", ErrorKind::UnterminatedText, 5),
        (b"\x01\x06\x04\xB6\xAF\x05\x01", ErrorKind::ValueLength, 5),
        (b"\x01\x06\x02\xB6\x00", ErrorKind::NotText, 4),
        (b"\x01\x06\x02\xB6\x7F", ErrorKind::UnexpectedEnd, 5),
    ];
    for (octets, kind, offset) in rows {
        let error = Push::parse(octets).unwrap_err();
        assert_eq!((error.kind(), error.offset()), (*kind, *offset), "{octets:02X?}");
    }
}

#[test]
fn a_push_cut_off_in_its_headers_is_an_error_and_never_another_push() {
    let octets = small();
    for cut in 0..octets.len() {
        match Push::parse(&octets[..cut]) {
            Err(_) => assert!(cut < 3 + 0x2F, "cut at {cut}"),
            Ok(push) => assert_eq!((cut >= 3 + 0x2F, push.content_type.mac()), (true, Some(MAC))),
        }
    }
}

/// WAP-230-WSP, 8.4.1: well-known fields, fields with a name, code pages.
#[test]
fn header_fields_8_4_1() {
    let octets = b"\x01\x07\x17\xB6\xAF\x02\x80\x07\xB4\x86X-A\0b\0\x7F\x02\x81\x85\x01\x8D\x86\x03\xAF\x87body";
    let push = Push::parse(octets).unwrap();
    let page = |page, number| FieldName::Number { page, number };
    let expected = [
        (FieldName::APPLICATION_ID, Value::Octets(&[0x80, 0x07]), 4),
        (FieldName::PUSH_FLAG, Value::Short(6), 8),
        (FieldName::Name("X-A"), Value::Text("b"), 10),
        (page(2, 1), Value::Short(5), 18),
        (FieldName::CONTENT_LENGTH, Value::Short(6), 21),
        (page(3, 0x2F), Value::Short(7), 24),
    ];
    let fields = push.fields.iter().map(|field| (field.name, field.value, field.offset));
    assert!(fields.eq(expected), "{:?}", push.fields.iter().collect::<Vec<_>>());
    assert_eq!(push.push_type, PushType::Confirmed);
    assert_eq!(push.fields.application_id(), Some(ApplicationId::Number(0x8007)));
    assert_eq!((push.unverified_body(), push.to_vec().unwrap()), (&b"body"[..], octets.to_vec()));
}

#[test]
fn application_ids_are_written_in_their_shortest_form() {
    let rows = [
        (ApplicationId::SYNCML_DM, &b"\xAF\x87"[..]),
        (ApplicationId::Number(0x80), b"\xAF\x01\x80"),
        (ApplicationId::Number(0x8007), b"\xAF\x02\x80\x07"),
        (ApplicationId::Uri("x-oma:a"), b"\xAFx-oma:a\0"),
    ];
    for (id, expected) in rows {
        let push = Push::new(ContentType::new(MediaType::SYNCML_NOTIFICATION), b"").with_application_id(id).unwrap();
        assert_eq!(push.fields.octets(), expected);
        let octets = push.to_vec().unwrap();
        assert_eq!(Push::parse(&octets).unwrap().fields.application_id(), Some(id));
    }
    let fields = Fields::new().with(FieldName::Number { page: 2, number: 1 }, Value::Short(5)).unwrap();
    assert_eq!(fields.octets(), b"\x7F\x02\x81\x85\x7F\x01");
    let fault = |name, value| Fields::new().with(name, value).unwrap_err().kind();
    assert_eq!(fault(FieldName::Name(""), Value::Short(5)), ErrorKind::NotText);
    assert_eq!(fault(FieldName::Name("\u{1}"), Value::Short(5)), ErrorKind::NotText);
    assert_eq!(fault(FieldName::Name("a"), Value::Text("b\0c")), ErrorKind::NotText);
    assert_eq!(fault(FieldName::Name("a"), Value::Short(0x80)), ErrorKind::ParameterValue);
}

/// What cannot be read is not written: a parameter that is read here has a value that it can have, and stands once.
#[test]
fn parameters_that_are_read_here() {
    let plain = ContentType::new(MediaType::CONNECTIVITY_WBXML);
    let rows = [
        (ParameterName::Name("sec"), Value::Octets(&[])),
        (ParameterName::Number(0x11), Value::Text("PIN")),
        (ParameterName::Number(0x11), Value::Octets(&[1, 0])),
        (ParameterName::Name("MAC"), Value::Short(1)),
        (ParameterName::Name("Charset"), Value::Octets(&[1, 0, 0])),
    ];
    for (name, value) in rows {
        let content_type = plain.clone().with_parameter(name, value);
        assert_eq!(content_type.write(&mut Vec::new()).unwrap_err().kind(), ErrorKind::ParameterValue, "{name:?}");
        assert_eq!(content_type.to_http().unwrap_err().kind(), ErrorKind::ParameterValue, "{name:?}");
    }

    let named = plain.with_parameter(ParameterName::Name("sec"), Value::Text("NETWPIN"));
    let replaced = named.with_parameter(ParameterName::Number(0x11), Value::Short(3)).with_sec(Sec::USERPIN);
    assert_eq!(replaced.parameters().len(), 1);
    assert_eq!(replaced.parameters()[0].name, ParameterName::Name("sec"));
    assert_eq!(replaced.sec(), Some(Sec::USERPIN));
}

/// OMA-TS-PushOTA: the content type as HTTP has it.
#[test]
fn content_type_over_http() {
    let plain = ContentType::new(MediaType::CONNECTIVITY_WBXML);
    let signed = plain.clone().with_sec(Sec::NETWPIN).with_mac("AB");
    let rows = [
        ("application/vnd.wap.connectivity-wbxml", Some(&plain)),
        ("Application/Vnd.WAP.connectivity-wbxml ;", Some(&plain)),
        ("application/vnd.wap.connectivity-wbxml; SEC=0; MAC=\"AB\"", Some(&signed)),
        ("application/vnd.wap.connectivity-wbxml;sec=NETWPIN;mac=AB", Some(&signed)),
        ("application/vnd.wap.connectivity-wbxml; MAC = \"AB\" ; SEC=\"0\" ", Some(&signed)),
        ("application", None),
        ("application/", None),
        ("a b/c", None),
        ("a/b; SEC", None),
        ("a/b; =1", None),
        ("a/b; SEC=x", None),
        ("a/b; SEC=1; sec=2", None),
        ("a/b; MAC=\"AB", None),
        ("a/b; MAC=\"AB\" x", None),
    ];
    for (field, expected) in rows {
        let read = ContentType::parse_http(field);
        let said = |it: &ContentType<'_>| (it.media_type.number(), it.sec(), it.mac().map(String::from));
        assert_eq!(read.as_ref().ok().map(said), expected.map(said), "{field}: {read:?}");
    }
    let text = "application/vnd.wap.connectivity-wbxml; SEC=0; MAC=\"AB\"";
    assert_eq!(signed.to_http().unwrap(), text);
    let unknown = plain.with_parameter(ParameterName::Number(5), Value::Short(1));
    assert_eq!(unknown.to_http().unwrap_err().kind(), ErrorKind::NotText);
    assert_eq!(ContentType::new(MediaType::Number(0x99)).to_http().unwrap_err().kind(), ErrorKind::MediaType);
}

/// 3GPP TS 23.040, 9.2.3.24: information elements in any order, with others in between.
#[test]
fn user_data_header_9_2_3_24() {
    let read = |text: &str| {
        let octets = hex(text);
        let user_data = UserData::parse(&octets).unwrap();
        let part = user_data.concatenation.map(|part| (part.reference, part.total, part.number));
        (user_data.ports.map(|ports| (ports.destination.0, ports.source.0)), part, user_data.payload.to_vec())
    };
    let push = Some((2948, 9200));
    let part = Some((Reference::Short(0x42), 3, 2));
    assert_eq!(read("06 05 04 0B84 23F0 AA"), (push, None, vec![0xAA]));
    assert_eq!(read("0B 05 04 0B84 23F0 00 03 42 03 02 AA"), (push, part, vec![0xAA]));
    assert_eq!(read("0B 00 03 42 03 02 05 04 0B84 23F0"), (push, part, vec![]));
    assert_eq!(read("0C 05 04 0B84 23F0 08 04 0042 03 02 AA"), (push, Some((Reference::Long(0x42), 3, 2)), vec![0xAA]));
    assert_eq!(read("0B 70 02 0102 00 03 42 03 02 71 00 F5").1, part);
    assert_eq!(read("04 04 02 01 02 AA"), (Some((1, 2)), None, vec![0xAA]));
    // what stands twice: the last one counts
    assert_eq!(read("0A 00 03 41 02 01 00 03 42 03 02").1, part);
    assert_eq!(read("00 AA"), (None, None, vec![0xAA]));
}

#[test]
fn faulty_user_data_headers() {
    let rows = [
        ("", ErrorKind::UnexpectedEnd, 0),
        ("06 05 04 0B84 23", ErrorKind::HeaderLength, 0),
        ("FF 00", ErrorKind::HeaderLength, 0),
        ("01 05 AA", ErrorKind::ElementLength, 1),
        ("06 05 05 0B84 23F0 AA", ErrorKind::ElementLength, 1),
        ("07 05 04 0B84 23F0 00 AA", ErrorKind::ElementLength, 7),
        ("05 05 03 0B84 23", ErrorKind::ElementForm(0x05), 1),
        ("04 00 02 42 03", ErrorKind::ElementForm(0x00), 1),
        ("05 08 03 42 03 01", ErrorKind::ElementForm(0x08), 1),
        ("03 04 01 42", ErrorKind::ElementForm(0x04), 1),
        ("05 00 03 42 03 00", ErrorKind::SegmentNumber { number: 0, total: 3 }, 1),
        ("05 00 03 42 03 04", ErrorKind::SegmentNumber { number: 4, total: 3 }, 1),
        ("05 00 03 42 00 01", ErrorKind::SegmentNumber { number: 1, total: 0 }, 1),
    ];
    for (text, kind, offset) in rows {
        let error = UserData::parse(&hex(text)).unwrap_err();
        assert_eq!((error.kind(), error.offset()), (kind, offset), "{text}");
    }
}

/// 133 octets alone, 128 with a reference of eight bits, 127 with one of sixteen; 255 segments and no more.
#[test]
fn segments_are_as_long_as_an_sms_allows() {
    let lengths = |octets: usize, reference| -> Vec<usize> {
        segment(&vec![0; octets], WAP_PUSH, reference).unwrap().iter().map(Vec::len).collect()
    };
    let (short, long) = (Reference::Short(1), Reference::Long(1));
    assert_eq!(lengths(0, short), [7]);
    assert_eq!(lengths(133, short), [140]);
    assert_eq!(lengths(134, short), [140, 12 + 6]);
    assert_eq!(lengths(256, short), [140, 140]);
    assert_eq!(lengths(257, short), [140, 140, 13]);
    assert_eq!(lengths(255, long), [140, 140, 14]);
    assert_eq!(lengths(255 * 128, short).len(), 255);
    let too_many = segment(&vec![0; 255 * 128 + 1], WAP_PUSH, short).unwrap_err();
    assert_eq!(too_many.kind(), ErrorKind::TooManySegments);
}

fn receive(phone: &mut Reassembler, parts: &[&Vec<u8>]) -> Option<Vec<u8>> {
    let mut whole = None;
    for part in parts {
        if let Some(datagram) = phone.receive("+1", part).unwrap() {
            assert_eq!(datagram.ports, Some(WAP_PUSH));
            assert_eq!(whole.replace(datagram.octets), None);
        }
    }
    whole
}

/// In any order, with any one missing, with any one doubled.
#[test]
fn segments_in_any_order() {
    let octets: Vec<u8> = (0..500_u32).map(|number| u8::try_from(number % 251).unwrap()).collect();
    let parts = segment(&octets, WAP_PUSH, Reference::Short(7)).unwrap();
    assert_eq!(parts.len(), 4);
    for order in permutations(4) {
        let ordered: Vec<&Vec<u8>> = order.iter().map(|&index| &parts[index]).collect();
        assert_eq!(receive(&mut Reassembler::new(), &ordered).as_deref(), Some(&octets[..]), "{order:?}");
        for missing in 0..4 {
            let mut phone = Reassembler::new();
            let some: Vec<&Vec<u8>> =
                order.iter().filter(|&&index| index != missing).map(|&index| &parts[index]).collect();
            assert_eq!(receive(&mut phone, &some), None);
            let report = phone.missing().next().unwrap();
            assert_eq!((report.sender, report.reference), ("+1", Reference::Short(7)));
            assert_eq!(report.numbers, [u8::try_from(missing).unwrap() + 1]);
            // the last one doubled, then the missing one
            let rest = [some[some.len() - 1], &parts[missing]];
            assert_eq!(receive(&mut phone, &rest).as_deref(), Some(&octets[..]));
            assert_eq!(phone.missing().count(), 0);
        }
    }
}

fn permutations(count: usize) -> Vec<Vec<usize>> {
    if count == 0 {
        return vec![vec![]];
    }
    let shorter = permutations(count - 1);
    (0..count)
        .flat_map(|place| {
            shorter.iter().map(move |order| {
                let mut order = order.clone();
                order.insert(place.min(order.len()), count - 1);
                order
            })
        })
        .collect()
}

#[test]
fn segments_that_contradict_each_other() {
    let mut phone = Reassembler::new();
    let mut receive = |text: &str| phone.receive("+1", &hex(text)).map_err(|error| error.kind());
    assert_eq!(receive("05 00 03 01 03 01 AA"), Ok(None));
    assert_eq!(receive("05 00 03 01 02 02 BB"), Err(ErrorKind::SegmentTotal));
    assert_eq!(receive("05 00 03 01 02 01 AA"), Ok(None), "both are forgotten");
    assert_eq!(receive("05 00 03 01 02 01 AA"), Ok(None));
    assert_eq!(receive("05 00 03 01 02 01 AB"), Err(ErrorKind::SegmentContent));
    assert_eq!(phone.missing().count(), 0);
}

/// Senders, ports and references keep datagrams apart; a long reference is another one than a short one.
#[test]
fn datagrams_are_kept_apart() {
    let mut phone = Reassembler::new();
    let first = [
        "05 00 03 01 02 01 AA",
        "05 00 03 02 02 01 AA",
        "06 08 04 00 01 02 01 AA",
        "0B 00 03 01 02 01 05 04 0B84 23F0 AA",
    ];
    for part in first {
        assert_eq!(phone.receive("+1", &hex(part)).unwrap(), None);
    }
    assert_eq!(phone.receive("+2", &hex(first[0])).unwrap(), None);
    assert_eq!(phone.missing().count(), 5);
    let whole = phone.receive("+1", &hex("05 00 03 01 02 02 BB")).unwrap().unwrap();
    assert_eq!((whole.octets, whole.ports), (vec![0xAA, 0xBB], None));
    assert_eq!(phone.missing().count(), 4);
    phone.clear();
    assert_eq!(phone.missing().count(), 0);
}

/// Parts of datagrams that never come whole do not fill the phone.
#[test]
fn what_waits_is_bounded() {
    let mut phone = Reassembler::with_pending(3);
    for reference in 0..200 {
        assert_eq!(phone.receive("+1", &[5, 0, 3, reference, 255, 1, 0xAA]).unwrap(), None);
    }
    let waiting: Vec<Reference> = phone.missing().map(|missing| missing.reference).collect();
    assert_eq!(waiting, [Reference::Short(197), Reference::Short(198), Reference::Short(199)]);
}

/// 3GPP TS 23.040, 9.2.2.1: an MMS notification of ours, with and without the service centre's address.
#[test]
fn sms_deliver_9_2_2_1() {
    let tpdu = "44 0B 91 4477002143F5 00 F5 62211226100000 0C 06 05 04 0B84 23F0 01 06 01 BE 8C";
    let with_centre = format!("07 91 947122725014 {tpdu}");
    let (plain, centre) = (hex(tpdu), hex(&with_centre));
    for sms in [Deliver::parse(&plain).unwrap(), Deliver::parse_with_service_centre(&centre).unwrap()] {
        assert_eq!((&sms.originator[..], sms.protocol, sms.coding, sms.has_header), ("+44770012345", 0, 0xF5, true));
        let user_data = UserData::parse(sms.user_data).unwrap();
        assert_eq!(Push::parse(user_data.payload).unwrap().content_type.media_type, MediaType::MMS_MESSAGE);
    }
    for cut in 0..plain.len() {
        assert!(Deliver::parse(&plain[..cut]).is_err(), "cut at {cut}");
    }
    let rows = [
        ("41 00 91 00 F5 62211226100000 00", ErrorKind::NotADeliver(0x41), 0),
        ("40 00 91 00 00 62211226100000 00", ErrorKind::Coding(0x00), 4),
        ("40 00 91 00 08 62211226100000 00", ErrorKind::Coding(0x08), 4),
        ("40 00 91 00 F1 62211226100000 00", ErrorKind::Coding(0xF1), 4),
        ("40 00 91 00 04 62211226100000 02 AA", ErrorKind::UserDataLength, 12),
        ("40 00 91 00 04 62211226100000 00 AA", ErrorKind::UserDataLength, 12),
        ("40 FF 91 00 04 62211226100000 00", ErrorKind::UnexpectedEnd, 3),
    ];
    for (text, kind, offset) in rows {
        let error = Deliver::parse(&hex(text)).unwrap_err();
        assert_eq!((error.kind(), error.offset()), (kind, offset), "{text}");
    }
    for coding in [0x04, 0x15, 0xF4, 0xF5, 0xF6] {
        let octets = [&hex("40 01 A1 F1 00")[..], &[coding], &hex("62211226100000 00")].concat();
        assert_eq!(Deliver::parse(&octets).unwrap().originator, "1", "{coding:02X}");
    }
}

fn name() -> impl Strategy<Value = String> {
    "[a-z]{1,8}"
}

/// The parameters whose values are checked.
const READ_HERE: [&str; 3] = ["sec", "mac", "charset"];

fn parameter_name() -> impl Strategy<Value = String> {
    prop_oneof![3 => name(), 1 => prop::sample::select(&READ_HERE[..]).prop_map(String::from)]
}

proptest! {
    /// Any octets: an answer, and never more than what is there.
    #[test]
    fn arbitrary_octets(octets in prop::collection::vec(any::<u8>(), 0..80), sender in name()) {
        let _ = Push::parse(&octets).map(|push| push.to_vec());
        let _ = ContentType::parse(&octets);
        let _ = UserData::parse(&octets).map(|user_data| user_data.elements().count());
        let _ = Deliver::parse(&octets);
        let _ = Reassembler::new().receive(&sender, &octets);
        let _ = core::str::from_utf8(&octets).map(ContentType::parse_http);
    }

    #[test]
    fn pushes_both_ways(
        id: u8,
        number in prop_oneof![Just(0x36_u32), 0_u32..0x400],
        sec in prop::option::of(0_u8..0x80),
        mac in prop::option::of("[0-9A-F]{0,60}"),
        extra in prop::collection::vec((parameter_name(), any::<Vec<u8>>()), 0..3),
        application in prop::option::of(any::<u32>()),
        body: Vec<u8>,
    ) {
        let mut content_type = ContentType::new(MediaType::Number(number));
        for (name, octets) in &extra {
            content_type = content_type.with_parameter(ParameterName::Name(name), Value::Octets(octets));
        }
        if let Some(sec) = sec {
            content_type = content_type.with_sec(Sec::new(sec));
        }
        if let Some(mac) = &mac {
            content_type = content_type.with_mac(mac);
        }
        let mut push = Push::new(content_type, &body);
        push.transaction_id = id;
        if let Some(application) = application {
            push = push.with_application_id(ApplicationId::Number(application)).unwrap();
        }
        match push.to_vec() {
            Ok(octets) => prop_assert_eq!(Push::parse(&octets).unwrap(), push),
            Err(error) => {
                prop_assert_eq!(error.kind(), ErrorKind::ParameterValue);
                prop_assert!(extra.iter().any(|(name, _)| READ_HERE.contains(&name.as_str())));
            }
        }
    }

    #[test]
    fn datagrams_both_ways(octets in prop::collection::vec(any::<u8>(), 0..3000), reference: u16, is_long: bool, seed: u64) {
        let reference = if is_long { Reference::Long(reference) } else { Reference::Short(reference.to_be_bytes()[1]) };
        let mut parts = segment(&octets, WAP_PUSH, reference).unwrap();
        parts.sort_by_key(|part| part.iter().fold(seed, |sum, &octet| sum.wrapping_mul(31).wrapping_add(u64::from(octet))));
        prop_assert_eq!(receive(&mut Reassembler::new(), &parts.iter().collect::<Vec<_>>()), Some(octets));
    }
}
