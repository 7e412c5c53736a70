//! Octets → pushes, content types, user-data headers, SMS and segments, and back.
//!
//! What is read is written and read again as the same, and a datagram that is cut into segments comes together again
//! in whatever order they come.

use omacp::push::{ContentType, Deliver, Port, Ports, Push, Reassembler, Reference, UserData, segment};
use omacp::resign::Edit;
use omacp::security::Key;

/// Holds the oracle against `input`.
///
/// # Panics
/// If the oracle fails.
pub fn run(input: &[u8]) {
    if let Ok(push) = Push::parse(input) {
        let written = push.to_vec().expect("what was read can be written");
        let again = Push::parse(&written).expect("what was written can be read");
        assert_eq!(again, push);
        resigned(input);
    }
    if let Ok(content_type) = ContentType::parse(input) {
        let mut written = Vec::new();
        content_type.write(&mut written).expect("what was read can be written");
        assert_eq!(ContentType::parse(&written).as_ref(), Ok(&content_type));
    }
    if let Ok(field) = core::str::from_utf8(input) {
        if let Ok(Ok(written)) = ContentType::parse_http(field).map(|content_type| content_type.to_http()) {
            let again = ContentType::parse_http(&written).expect("what was written can be read");
            assert_eq!(again.to_http().as_ref(), Ok(&written));
        }
    }
    if let Ok(user_data) = UserData::parse(input) {
        let header: usize = user_data.elements().map(|element| 2 + element.octets.len()).sum();
        assert_eq!(1 + header + user_data.payload.len(), input.len());
    }
    for sms in [Deliver::parse(input), Deliver::parse_with_service_centre(input)].into_iter().flatten() {
        assert!(input.ends_with(sms.user_data));
    }
    segmented(input);
}

/// A push that nobody has verified, signed by us without an edit: every octet behind its headers stays.
fn resigned(pdu: &[u8]) {
    let key = Key::userpin("1234").expect("a PIN");
    let Ok(edit) = Edit::new_unverified(pdu) else { return };
    let Ok(signed) = edit.sign(&key) else { return };
    let (before, after) = (Push::parse(pdu).expect("it was read"), Push::parse(&signed).expect("it was written"));
    assert_eq!(after.unverified_body(), before.unverified_body());
    assert_eq!(key.verify(after.unverified_body(), after.content_type.mac()), Ok(()));
}

/// The input as a datagram, and as the user data of SMS of any length, one after the other.
fn segmented(input: &[u8]) {
    let ports = Ports { destination: Port::PUSH, source: Port::WSP };
    let reference = Reference::Short(input.first().copied().unwrap_or_default());
    let mut parts = segment(input, ports, reference).expect("inputs are short");
    let turn = usize::from(input.last().copied().unwrap_or_default()) % parts.len();
    parts.rotate_left(turn);
    let mut phone = Reassembler::new();
    let whole: Vec<_> = parts.iter().filter_map(|part| phone.receive("+1", part).expect("they are ours")).collect();
    assert_eq!(whole.len(), 1);
    assert_eq!(whole[0].octets, input);

    let mut phone = Reassembler::with_pending(4);
    for part in input.chunks(20) {
        let _ = phone.receive("+1", part);
        assert!(phone.missing().count() <= 4);
    }
}

#[test]
fn smoke() {
    let mac = b"\x01\x06\x2F\x1F\x2D\xB6\x91\x81\x926CD48BFD7FFC33183154734DF4434DA694E25E6A\0\x03\x0B\x6A\x00\x45\x01";
    let fields = b"\x01\x07\x17\xB6\xAF\x02\x80\x07\xB4\x86X-A\0b\0\x7F\x02\x81\x85\x01\x8D\x86\x03\xAF\x87\x03\x0B\x6A\x00\x45\x01";
    let user_data = b"\x0B\x05\x04\x0B\x84\x23\xF0\x00\x03\x42\x05\x01\x01\x06\x2F";
    let sms =
        b"\x44\x0B\x91\x44\x77\x00\x21\x43\xF5\x00\xF5\x62\x21\x12\x26\x10\x00\x00\x0A\x06\x05\x04\x0B\x84\x23\xF0abc";
    let http = b"application/vnd.wap.connectivity-wbxml; SEC=USERPIN; MAC=\"6CD4\"";
    for input in crate::inputs(&[mac, fields, user_data, sms, http], 20_000) {
        run(&input);
    }
}
