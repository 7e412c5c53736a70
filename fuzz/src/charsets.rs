//! Octets → characters.
//!
//! The first two octets of the input are a MIBenum, whatever it is: decoding ends, with a character or a fault for
//! each unit at most; and a string as a whole is its characters one by one.

use wbxml::{Cursor, Options, Piece, PlainText, Reader, TextFault, mb_u_int32};

/// Holds the oracle against `input`.
///
/// # Panics
/// If the oracle fails.
pub fn run(input: &[u8]) {
    let Some((mib_enum, octets)) = input.split_first_chunk() else { return };
    let mib_enum = u16::from_be_bytes(*mib_enum);
    let charset = wbxml::Charset::new(mib_enum);
    let mut chars = charset.decode(octets);
    // some charsets have characters that are several in Unicode
    let count = chars.by_ref().take(4 * octets.len() + 5).count();
    assert!(count <= 4 * octets.len() + 4, "no end in sight");
    assert_eq!(chars.next(), None, "something comes behind the end");

    // the same octets as the value of an attribute, as a whole and each by each
    let integer = |value: usize| mb_u_int32::Encoded::new(value as u32);
    let mut document = b"\x03\x01".to_vec();
    document.extend(integer(mib_enum.into()).as_slice());
    document.extend(integer(octets.len()).as_slice());
    document.extend(octets);
    let table_only = document.clone();
    document.extend(b"\x85\x05\xC3");
    document.extend(integer(octets.len()).as_slice());
    document.extend(octets);
    document.push(0x01);
    if let Ok(mut reader) = Reader::new(&document, Options::new()) {
        let root = reader.root().unwrap();
        let value = reader.next_attribute(root).unwrap().unwrap().value;
        for piece in value.pieces() {
            if let Ok(Piece::Text(text)) = piece {
                same(text);
            }
        }
        if let (Ok(whole), Some(plain)) = (value.to_cow(), value.as_plain()) {
            assert_eq!(plain.to_cow().as_deref(), Ok(&*whole));
        }
        drop(value.to_string());
    }

    // and as a string of the table, up to its terminator
    let mut document = table_only;
    document.extend(b"\x45\x83\x00\x01");
    if let Ok(mut reader) = Reader::new(&document, Options::new()) {
        let _ = reader.next_event();
        if let Ok(wbxml::Event::Text(text)) = reader.next_event() {
            same(text);
        }
    }
}

fn same(text: PlainText<'_>) {
    let one_by_one: Result<String, TextFault> = text.chars().collect();
    assert_eq!(text.to_cow().map(String::from), one_by_one);
    if let Ok(borrowed) = text.to_str() {
        assert_eq!(Ok(borrowed), one_by_one.as_deref());
    }
}

/// Every charset up to the last one that is registered, and some beyond.
#[test]
fn smoke() {
    let mut mib_enum = 0_u16;
    crate::smoke(6000, |input| {
        mib_enum = (mib_enum + 1) % 2300;
        let octets = &input[input.len().min(4)..];
        run(&[&mib_enum.to_be_bytes()[..], octets.get(..64).unwrap_or(octets)].concat());
        run(&input[2..]);
    });
}
