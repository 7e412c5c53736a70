//! What a network does with user data: the SMS that a phone is delivered.

/// An SMS-DELIVER TPDU (3GPP TS 23.040, 9.2.2.1) from +44770012345, with 8-bit data of class 1 and a header in it.
pub(crate) fn deliver(user_data: &[u8]) -> Vec<u8> {
    // TP-MTI with TP-UDHI, TP-OA, TP-PID, TP-DCS, TP-SCTS
    let head = *b"\x44\x0B\x91\x44\x77\x00\x21\x43\xF5\x00\xF5\x62\x11\x22\x61\x00\x00\x00";
    let length = u8::try_from(user_data.len()).unwrap();
    [&head[..], &[length], user_data].concat()
}
