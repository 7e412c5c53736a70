//! One row for each way to be wrong: what, the octets with `>` before the faulty token or field, and the kind of error
//! that stands there. The modules are named after the productions of WAP-192, 5.3; the clauses are of the same text.

#![expect(clippy::arithmetic_side_effects, clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

mod support;

use core::ops::ControlFlow;
use wbxml::{Error, ErrorKind, Event, Limit, Limits, Options, Place, Reader};

use ErrorKind::{
    InvalidEntity, MbUInt32Overflow, StringTableIndex, TrailingData, UnexpectedEof, UnsupportedCharset,
    UnsupportedVersion,
};

/// Version 1.3, unknown public identifier, UTF-8, no string table.
const HEAD: &str = "03 01 6A 00";
/// The same with a table of the strings "ab" at 0 and "c" at 3.
const TABLE: &str = "03 01 6A 05 61 62 00 63 00";

const fn outside(token: u8) -> ErrorKind {
    ErrorKind::UnexpectedToken { token, place: Place::Outside }
}

const fn in_content(token: u8) -> ErrorKind {
    ErrorKind::UnexpectedToken { token, place: Place::Content }
}

const fn in_attributes(token: u8) -> ErrorKind {
    ErrorKind::UnexpectedToken { token, place: Place::Attributes }
}

/// The error at which `next_event` stops.
fn pulled(reader: Result<Reader<'_>, Error>) -> Result<(), Error> {
    let mut reader = reader?;
    while reader.next_event()? != Event::Eof {}
    Ok(())
}

/// What every way to read `document` says: `next_event`, `drive`, and inside another document.
fn every_way(document: &[u8], options: Options<'_>, expected: Result<(), Error>, what: &str) {
    assert_eq!(pulled(Reader::new(document, options)), expected, "{what}");
    let driven = Reader::new(document, options).and_then(|reader| reader.drive(|_| ControlFlow::Continue(())));
    assert_eq!(driven, expected, "{what}, driven");
    let expected = expected.map_err(|error| Error::new(error.kind(), error.offset() + 1000));
    assert_eq!(pulled(Reader::nested(document, options, 1000, 0)), expected, "{what}, nested");
}

/// Reads each document and looks for the error at the mark.
fn reject(head: &str, rows: &[(&str, &str, ErrorKind)]) {
    for &(what, hex, kind) in rows {
        let (before, after) = hex.split_once('>').unwrap();
        let before = support::octets(&format!("{head} {before}"));
        let document = [&before[..], &support::octets(after)].concat();
        every_way(&document, Options::new(), Err(Error::new(kind, before.len())), what);
    }
}

/// Reads each document to its end: the neighbours of the rows above that are right.
fn accept(head: &str, rows: &[(&str, &str)]) {
    for &(what, hex) in rows {
        let document = support::octets(&format!("{head} {hex}"));
        every_way(&document, Options::new(), Ok(()), what);
    }
}

/// `start = version publicid charset strtbl body`
mod start {
    use super::*;

    #[test]
    fn version_5_4() {
        reject(
            "",
            &[
                ("no octet at all", ">", UnexpectedEof),
                ("WBXML 2.0", "> 10 01 6A 00 05", UnsupportedVersion(0x10)),
                ("an XML document", "> 3C 3F 78 6D 6C", UnsupportedVersion(0x3C)),
                ("the highest octet", "> FF 01 6A 00 05", UnsupportedVersion(0xFF)),
            ],
        );
        accept("", &[("the highest minor version", "0F 01 6A 00 05")]);
    }

    #[test]
    fn publicid_5_5() {
        reject(
            "",
            &[
                ("none", "03 >", UnexpectedEof),
                ("cut off", "03 > 81", UnexpectedEof),
                ("zero without an index", "03 00 >", UnexpectedEof),
                ("zero, overlong, without an index", "03 80 00 >", UnexpectedEof),
                ("zero with an index cut off", "03 00 > 81", UnexpectedEof),
                ("2^32", "03 > 90 80 80 80 00 6A 00 05", MbUInt32Overflow),
                ("an index of 2^32", "03 00 > 90 80 80 80 00 6A 00 05", MbUInt32Overflow),
            ],
        );
        // the index is looked at when it is asked for
        accept("", &[("an index outside the table", "03 00 7F 6A 00 05")]);
    }

    #[test]
    fn charset_5_6() {
        reject(
            "",
            &[
                ("none", "03 01 >", UnexpectedEof),
                ("cut off", "03 01 > 87", UnexpectedEof),
                ("65536, which no MIBenum is", "03 01 > 84 80 00 00 05", UnsupportedCharset(0x1_0000)),
                ("2^32-1", "03 01 > 8F FF FF FF 7F 00 05", UnsupportedCharset(u32::MAX)),
                ("2^32", "03 01 > 90 80 80 80 00 00 05", MbUInt32Overflow),
            ],
        );
        accept("", &[("65535", "03 01 83 FF 7F 00 05"), ("no such field in version 1.0", "00 01 00 05")]);
    }

    #[test]
    fn a_field_cut_off_anywhere() {
        let document = support::octets("03 00 81 00 83 FF 7F 81 00");
        let fields = [0, 1, 2, 2, 4, 4, 4, 7, 7, 7];
        for (cut, &field) in fields.iter().enumerate() {
            let expected = Err(Error::new(UnexpectedEof, field));
            every_way(&document[..cut], Options::new(), expected, &format!("cut at {cut}"));
        }
    }
}

/// `strtbl = length *octet`
mod strtbl {
    use super::*;

    #[test]
    fn strtbl_5_7() {
        reject(
            "03 01 6A",
            &[
                ("no length", ">", UnexpectedEof),
                ("a length cut off", "> 81", UnexpectedEof),
                ("longer than the document", "> 03 61 62", UnexpectedEof),
                ("2^32-1 octets", "> 8F FF FF FF 7F 61", UnexpectedEof),
                ("2^32 octets", "> 90 80 80 80 00 61", MbUInt32Overflow),
                ("six octets of length", "> 80 80 80 80 80 00 05", MbUInt32Overflow),
            ],
        );
        reject("00 01", &[("longer than a document of version 1.0", "> 02 61", UnexpectedEof)]);
    }
}

/// `body = *pi element *pi`
mod body {
    use super::*;

    #[test]
    fn body_5_3() {
        reject(
            HEAD,
            &[
                ("nothing", ">", UnexpectedEof),
                ("a switch of pages and no root", "00 01 >", UnexpectedEof),
                ("a processing instruction and no root", "43 05 01 >", UnexpectedEof),
                ("END", "> 01 05", outside(0x01)),
                ("text", "> 03 61 00 05", outside(0x03)),
                ("text of the table", "> 83 00 05", outside(0x83)),
                ("an entity", "> 02 41 05", outside(0x02)),
                ("an extension", "> C0 05", outside(0xC0)),
                ("octets", "> C3 00 05", outside(0xC3)),
                ("text that is cut off: no more octets make it right", "> 03 61", outside(0x03)),
                ("an integer too large where none may stand", "> 80 FF FF FF FF FF", outside(0x80)),
            ],
        );
    }

    #[test]
    fn nothing_but_pi_behind_the_root() {
        reject(
            HEAD,
            &[
                ("a second root", "05 > 05", TrailingData),
                ("a second root with content", "45 01 > 45 01", TrailingData),
                ("a literal with an index outside the table", "05 > 04 00", TrailingData),
                ("END behind an empty root", "05 > 01", TrailingData),
                ("END behind a root with attributes", "85 05 01 > 01", TrailingData),
                ("END behind a root with content", "45 01 > 01", TrailingData),
                ("text", "45 01 > 03 61 00", TrailingData),
                ("text that is cut off: no more octets make it right", "45 01 > 03 61", TrailingData),
                ("octets that are cut off", "45 01 > C3 FF", TrailingData),
                ("text behind a processing instruction", "05 43 05 01 > 03 61 00", TrailingData),
                ("a processing instruction cut off", "05 43 >", UnexpectedEof),
                ("a switch of pages cut off", "05 > 00", UnexpectedEof),
            ],
        );
        accept(HEAD, &[("a processing instruction", "05 43 05 01"), ("a switch of pages", "05 00 01")]);
    }

    /// Version 1.0: `body = 1*content`
    #[test]
    fn body_of_version_1_0() {
        let head = "00 01 00";
        reject(
            head,
            &[
                ("nothing", ">", UnexpectedEof),
                ("END outside", "> 01", in_content(0x01)),
                ("END behind a root", "45 01 > 01", in_content(0x01)),
                ("an open root", "05 45 >", UnexpectedEof),
                ("an open attribute list", "05 85 05 >", UnexpectedEof),
            ],
        );
        accept(head, &[("two roots", "05 45 01"), ("text alone", "03 61 00")]);
    }

    #[test]
    fn version_1_1_has_one_root() {
        reject("01 01 6A 00", &[("two roots", "05 > 45 01", TrailingData), ("text", "> 03 61 00", outside(0x03))]);
    }
}

/// `element = [switchPage] stag [1*attribute END] [*content END]`
mod element {
    use super::*;

    #[test]
    fn element_5_8_2() {
        reject(
            HEAD,
            &[
                ("content that does not end", "45 >", UnexpectedEof),
                ("content of an inner element that does not end", "45 06 47 01 >", UnexpectedEof),
                ("attributes that do not end", "C5 05 >", UnexpectedEof),
                ("attributes that do not begin", "85 >", UnexpectedEof),
                ("attributes and no content behind them", "C5 05 01 >", UnexpectedEof),
                ("attributes of no attribute (1*attribute)", "85 > 01", in_attributes(0x01)),
                ("attributes of no attribute, with content", "C5 > 01 01", in_attributes(0x01)),
                ("a switch of pages is no attribute", "85 00 01 > 01", in_attributes(0x01)),
                ("a switch of pages without a page", "45 > 00", UnexpectedEof),
            ],
        );
    }
}

/// `attribute = attrStart *attrValue`, `attrStart = [switchPage] ATTRSTART | LITERAL index`
mod attribute {
    use super::*;

    #[test]
    fn attribute_5_8_3() {
        reject(
            HEAD,
            &[
                ("PI", "85 05 > 43 05 01 01", in_attributes(0x43)),
                ("PI first", "85 > 43", in_attributes(0x43)),
                ("LITERAL_C", "85 05 > 44 00 01", in_attributes(0x44)),
                ("LITERAL_A", "85 05 > 84 00 01", in_attributes(0x84)),
                ("LITERAL_AC", "85 05 > C4 00 01", in_attributes(0xC4)),
                ("LITERAL_A first", "85 > 84 00", in_attributes(0x84)),
                ("LITERAL_A that is cut off: no more octets make it right", "85 05 > 84", in_attributes(0x84)),
                ("LITERAL cut off", "85 > 04", UnexpectedEof),
                ("a switch of pages without a page", "85 > 00", UnexpectedEof),
                ("a switch of pages without a page, later", "85 05 > 00", UnexpectedEof),
            ],
        );
        reject(
            TABLE,
            &[
                ("LITERAL_A with a good index", "85 05 > 84 00 01", in_attributes(0x84)),
                ("LITERAL_C with a good index", "85 05 > 44 00 01", in_attributes(0x44)),
                ("LITERAL_AC with a good index", "85 05 > C4 00 01", in_attributes(0xC4)),
            ],
        );
        accept(TABLE, &[("LITERAL", "85 04 00 01"), ("LITERAL behind a value", "85 05 85 04 03 01")]);
    }
}

/// `attrValue = [switchPage] ATTRVALUE | string | extension | entity | opaque`
mod attr_value {
    use super::*;

    #[test]
    fn no_value_before_the_first_attribute_start() {
        reject(
            TABLE,
            &[
                ("ATTRVALUE", "85 > 85 01", in_attributes(0x85)),
                ("ATTRVALUE behind a switch of pages", "85 00 01 > C5 01", in_attributes(0xC5)),
                ("STR_I", "85 > 03 61 00 01", in_attributes(0x03)),
                ("STR_I cut off", "85 > 03 61", in_attributes(0x03)),
                ("STR_T", "85 > 83 00 01", in_attributes(0x83)),
                ("ENTITY", "85 > 02 41 01", in_attributes(0x02)),
                ("ENTITY 0", "85 > 02 00 01", in_attributes(0x02)),
                ("EXT_I_0", "85 > 40 00 01", in_attributes(0x40)),
                ("EXT_T_2", "85 > 82 00 01", in_attributes(0x82)),
                ("EXT_1", "85 > C1 01", in_attributes(0xC1)),
                ("OPAQUE", "85 > C3 00 01", in_attributes(0xC3)),
                ("OPAQUE cut off", "85 > C3 05", in_attributes(0xC3)),
            ],
        );
    }

    #[test]
    fn values_cut_off() {
        reject(
            HEAD,
            &[
                ("STR_I", "85 05 > 03 61", UnexpectedEof),
                ("STR_T", "85 05 > 83 81", UnexpectedEof),
                ("ENTITY", "85 05 > 02", UnexpectedEof),
                ("EXT_I_1", "85 05 > 41 61", UnexpectedEof),
                ("EXT_T_1", "85 05 > 81 81", UnexpectedEof),
                ("OPAQUE", "85 05 > C3 02 00", UnexpectedEof),
            ],
        );
    }

    #[test]
    fn opaque_in_values_from_version_1_2_on() {
        for head in ["00 01 00", "01 01 6A 00"] {
            reject(
                head,
                &[
                    ("OPAQUE", "85 05 > C3 00 01", in_attributes(0xC3)),
                    ("OPAQUE cut off: no more octets make it right", "85 05 > C3 05", in_attributes(0xC3)),
                ],
            );
        }
        accept("02 01 6A 00", &[("version 1.2", "85 05 C3 00 01")]);
    }
}

/// `extension = [switchPage] (EXT_I termstr | EXT_T index | EXT)`
mod extension {
    use super::*;

    #[test]
    fn extension_5_8_4_2() {
        reject(
            HEAD,
            &[
                ("EXT_I_0 without a string", "45 > 40", UnexpectedEof),
                ("EXT_I_1 without a terminator", "45 > 41 61", UnexpectedEof),
                ("EXT_I_2 without a terminator", "45 06 > 42 61", UnexpectedEof),
                ("EXT_T_0 without an integer", "45 > 80", UnexpectedEof),
                ("EXT_T_1 cut off", "45 > 81 80", UnexpectedEof),
                ("EXT_T_2 of 2^32", "45 > 82 90 80 80 80 00 01", MbUInt32Overflow),
                ("EXT_0 alone, and nothing behind it", "45 C0 >", UnexpectedEof),
            ],
        );
        // what the integer of EXT_T means is the vocabulary's affair
        accept(HEAD, &[("EXT_T_0 outside the table", "45 80 7F 01")]);
    }
}

/// `string = STR_I termstr | STR_T index`
mod string {
    use super::*;

    #[test]
    fn str_i_5_8_4_1() {
        reject(
            HEAD,
            &[
                ("no octet", "45 > 03", UnexpectedEof),
                ("no terminator", "45 > 03 61 62 63 64 65 66 67 68 69", UnexpectedEof),
                ("no terminator in an inner element", "45 46 > 03 01 01", UnexpectedEof),
            ],
        );
        reject(
            "03 01 87 75 00",
            &[
                ("UTF-16BE: half a terminator", "45 > 03 00 61 00", UnexpectedEof),
                ("UTF-16BE: two zero octets of two characters", "45 > 03 01 00 00 61 01", UnexpectedEof),
            ],
        );
        reject("03 01 87 69 00", &[("UCS-4: three zero octets", "45 > 03 00 00 00", UnexpectedEof)]);
    }

    #[test]
    fn str_t_5_8_4_1() {
        reject(
            TABLE,
            &[
                ("no index", "45 > 83", UnexpectedEof),
                ("an index cut off", "45 > 83 80", UnexpectedEof),
                ("an index just outside the table", "45 > 83 05 01", StringTableIndex(5)),
                ("the highest index", "45 > 83 8F FF FF FF 7F 01", StringTableIndex(u32::MAX)),
                ("an index of 2^32", "45 > 83 90 80 80 80 00 01", MbUInt32Overflow),
                ("an index outside the table, in a value", "85 05 > 83 05 01", StringTableIndex(5)),
                ("the highest index, in a value", "85 05 > 83 8F FF FF FF 7F 01", StringTableIndex(u32::MAX)),
            ],
        );
        reject(HEAD, &[("any index into no table", "45 > 83 00 01", StringTableIndex(0))]);
        accept(TABLE, &[("the last octet of the table", "45 83 04 01")]);
    }

    /// 5.1: more than five octets, or more than 32 bits
    #[test]
    fn mb_u_int32_5_1() {
        reject(
            TABLE,
            &[
                ("2^32", "45 > 83 90 80 80 80 00 01", MbUInt32Overflow),
                ("35 bits", "45 > 83 FF FF FF FF 7F 01", MbUInt32Overflow),
                ("six octets of zero", "45 > 83 80 80 80 80 80 00 01", MbUInt32Overflow),
                ("five octets that go on, and the end", "45 > 83 80 80 80 80 80", MbUInt32Overflow),
                ("four octets that go on, and the end", "45 > 83 80 80 80 80", UnexpectedEof),
            ],
        );
        accept(TABLE, &[("five octets of zero", "45 83 80 80 80 80 00 01")]);
    }
}

/// `entity = ENTITY mb_u_int32`
mod entity {
    use super::*;

    #[test]
    fn entity_5_8_4_3() {
        reject(
            HEAD,
            &[
                ("no number", "45 > 02", UnexpectedEof),
                ("a number cut off", "45 > 02 87", UnexpectedEof),
                ("0", "45 > 02 00 01", InvalidEntity(0)),
                ("0, overlong", "45 > 02 80 80 00 01", InvalidEntity(0)),
                ("the first surrogate", "45 > 02 83 B0 00 01", InvalidEntity(0xD800)),
                ("the last surrogate", "45 > 02 83 BF 7F 01", InvalidEntity(0xDFFF)),
                ("one more than the last character", "45 > 02 C4 80 00 01", InvalidEntity(0x11_0000)),
                ("2^32-1", "45 > 02 8F FF FF FF 7F 01", InvalidEntity(u32::MAX)),
                ("2^32", "45 > 02 90 80 80 80 00 01", MbUInt32Overflow),
                ("0 in a value", "85 05 > 02 00 01", InvalidEntity(0)),
            ],
        );
        let right = "45 02 01 02 83 AF 7F 02 83 C0 00 02 C3 FF 7F 01";
        accept(HEAD, &[("1, D7FF, E000 and 10FFFF", right)]);
    }
}

/// `pi = PI attrStart *attrValue END`
mod pi {
    use super::*;

    #[test]
    fn pi_5_8_4_4() {
        for head in [HEAD.to_owned(), format!("{HEAD} 45"), "00 01 00".to_owned()] {
            reject(
                &head,
                &[
                    ("nothing", "43 >", UnexpectedEof),
                    ("no target", "43 > 01", in_attributes(0x01)),
                    ("a switch of pages is no target", "43 00 01 > 01", in_attributes(0x01)),
                    ("a value first", "43 > 85 01", in_attributes(0x85)),
                    ("text first", "43 > 03 61 00 01", in_attributes(0x03)),
                    ("no end", "43 05 >", UnexpectedEof),
                    ("a value and no end", "43 05 85 >", UnexpectedEof),
                    ("two targets", "43 05 > 05 01", in_attributes(0x05)),
                    ("two targets around a value", "43 05 85 > 06 01", in_attributes(0x06)),
                    ("a literal for a second target", "43 05 > 04 00 01", in_attributes(0x04)),
                    ("a literal for a second target, cut off", "43 05 > 04", in_attributes(0x04)),
                    ("a target outside the table", "43 > 04 00 01", StringTableIndex(0)),
                    ("PI in PI", "43 05 > 43", in_attributes(0x43)),
                ],
            );
        }
    }
}

/// `opaque = OPAQUE length *octet`
mod opaque {
    use super::*;

    #[test]
    fn opaque_5_8_4_6() {
        reject(
            HEAD,
            &[
                ("no length", "45 > C3", UnexpectedEof),
                ("a length cut off", "45 > C3 81", UnexpectedEof),
                ("one octet short", "45 > C3 03 01 01", UnexpectedEof),
                ("a length of 128 octets, one short", &format!("45 > C3 81 00 {}", "01 ".repeat(127)), UnexpectedEof),
                ("a length of 2^32-1", "45 > C3 8F FF FF FF 7F 01 01", UnexpectedEof),
                ("a length of 2^32", "45 > C3 90 80 80 80 00 01", MbUInt32Overflow),
                ("a length of six octets", "45 > C3 80 80 80 80 80 00 01", MbUInt32Overflow),
            ],
        );
        accept(HEAD, &[("128 octets", &format!("45 C3 81 00 {} 01", "01 ".repeat(128)))]);
    }

    /// C3 is reserved in version 1.0: nothing belongs to it.
    #[test]
    fn version_1_0_has_none() {
        reject(
            "00 01 00",
            &[
                ("in content", "45 > C3 00 01", in_content(0xC3)),
                ("in content, at the end of the octets", "45 > C3", in_content(0xC3)),
                ("outside an element", "> C3 01 00", in_content(0xC3)),
            ],
        );
        accept("01 01 6A 00", &[("version 1.1", "45 C3 00 01")]);
    }
}

/// `literalTag index`
mod literal {
    use super::*;

    #[test]
    fn literal_5_8_4_5() {
        reject(
            TABLE,
            &[
                ("LITERAL without an index", "> 04", UnexpectedEof),
                ("LITERAL_C with an index cut off", "45 > 44 80", UnexpectedEof),
                ("LITERAL outside the table", "> 04 05", StringTableIndex(5)),
                ("LITERAL_C outside the table", "45 > 44 05 01", StringTableIndex(5)),
                ("LITERAL_A outside the table", "45 > 84 05 05 01", StringTableIndex(5)),
                ("LITERAL_AC outside the table", "45 > C4 05 05 01", StringTableIndex(5)),
                ("LITERAL with the highest index", "> 04 8F FF FF FF 7F", StringTableIndex(u32::MAX)),
                ("LITERAL of 2^32", "> 04 90 80 80 80 00", MbUInt32Overflow),
                ("an attribute outside the table", "85 > 04 05 01", StringTableIndex(5)),
                ("an attribute with the highest index", "85 > 04 8F FF FF FF 7F 01", StringTableIndex(u32::MAX)),
                ("LITERAL_A and no attribute", "84 00 > 01", in_attributes(0x01)),
                ("LITERAL_C and no END", "44 00 >", UnexpectedEof),
                ("LITERAL_AC and no END", "C4 00 04 00 01 >", UnexpectedEof),
            ],
        );
        reject(HEAD, &[("LITERAL and no table", "> 04 00", StringTableIndex(0))]);
    }
}

/// `Limits`: no clause of the text, but what a document may ask of its reader.
mod limits {
    use super::*;

    /// Reads `head` and then `body` with these limits.
    fn check(limits: Limits, document: &[u8], expected: Result<(), (Limit, usize)>) {
        let expected = expected.map_err(|(limit, offset)| Error::new(ErrorKind::Limit(limit), offset));
        every_way(document, Options::new().limits(limits), expected, &format!("{limits:?}"));
    }

    /// Elements nested `depth` deep.
    fn nested(depth: usize) -> Vec<u8> {
        [support::octets(HEAD), vec![0x45; depth], vec![0x01; depth]].concat()
    }

    #[test]
    fn depth() {
        check(Limits::DEFAULT, &nested(256), Ok(()));
        check(Limits::DEFAULT, &nested(257), Err((Limit::Depth, 4 + 256)));
        let limits = Limits { depth: 2, ..Limits::DEFAULT };
        check(limits, &support::octets("03 01 6A 00 45 46 07 87 05 01 01 46 01 01"), Ok(()));
        check(limits, &support::octets("03 01 6A 00 45 46 07 47 01 01 01"), Err((Limit::Depth, 7)));
        check(limits, &support::octets("03 01 6A 02 61 00 45 46 44 00 01 01 01"), Err((Limit::Depth, 8)));
        check(limits, &support::octets("00 01 00 45 46 01 01 45 46 47"), Err((Limit::Depth, 9)));
        check(Limits { depth: 0, ..limits }, &support::octets("03 01 6A 00 45 01"), Err((Limit::Depth, 4)));
    }

    /// What is open around an embedded document counts.
    #[test]
    fn depth_around_a_nested_document() {
        let document = nested(6);
        let options = Options::new().limits(Limits { depth: 10, ..Limits::DEFAULT });
        assert_eq!(pulled(Reader::nested(&document, options, 100, 4)), Ok(()));
        let too_deep = Error::new(ErrorKind::Limit(Limit::Depth), 100 + 4 + 5);
        assert_eq!(pulled(Reader::nested(&document, options, 100, 5)), Err(too_deep));
    }

    #[test]
    fn attributes() {
        let list = |count: usize| [&support::octets(HEAD)[..], &[0xC5], &vec![0x05; count], &[0x01, 0x01]].concat();
        check(Limits::DEFAULT, &list(256), Ok(()));
        check(Limits::DEFAULT, &list(257), Err((Limit::Attributes, 5 + 256)));
        let limits = Limits { attributes: 2, ..Limits::DEFAULT };
        let each_for_itself = "03 01 6A 02 61 00 C5 05 04 00 01 86 05 85 05 01 43 05 01 01";
        check(limits, &support::octets(each_for_itself), Ok(()));
        check(limits, &support::octets("03 01 6A 02 61 00 85 05 85 04 00 05 01"), Err((Limit::Attributes, 11)));
        check(limits, &support::octets("03 01 6A 02 61 00 85 05 05 04 00 01"), Err((Limit::Attributes, 9)));
        // a processing instruction is no attribute
        check(Limits { attributes: 0, ..limits }, &support::octets("03 01 6A 00 43 05 01 05"), Ok(()));
        check(
            Limits { attributes: 0, ..limits },
            &support::octets("03 01 6A 00 85 05 01"),
            Err((Limit::Attributes, 5)),
        );
    }

    /// 8 octets and their terminator, looked up again only where another string was looked up in between.
    #[test]
    fn resolved() {
        let head = "03 01 6A 09 61 61 61 61 61 61 61 61 00 45"; // 14 octets
        let limits = |resolved| Limits { resolved, ..Limits::DEFAULT };
        // a string counts as often as it is referred to, with its terminator: 9 octets at 0, 8 octets at 1
        let again = support::octets(&format!("{head} 83 00 83 00 83 00 83 00 83 01 83 01 83 01 83 00 01"));
        check(limits(69), &again, Ok(()));
        check(limits(68), &again, Err((Limit::Resolved, 14 + 14)));
        let alternately = support::octets(&format!("{head} 83 00 83 01 83 00 83 01 01"));
        check(limits(33), &alternately, Err((Limit::Resolved, 20)));
        // names are references too
        let names = support::octets(&format!("{head} 04 00 04 01 44 00 01 01"));
        check(limits(26), &names, Ok(()));
        check(limits(25), &names, Err((Limit::Resolved, 18)));
        let attributes = support::octets(&format!("{head} 86 04 00 04 01 04 00 01 01"));
        check(limits(25), &attributes, Err((Limit::Resolved, 19)));
    }

    /// By default 16 MiB: a table of 1 MiB, and references to its string and to the suffix of it by turns.
    #[test]
    fn resolved_by_default() {
        let table = vec![b'a'; 1 << 20];
        let head = [&support::octets("03 01 6A C0 80 00")[..], &table, &[0x45]].concat();
        let document = |pairs: usize| [&head[..], &[0x83, 0x00, 0x83, 0x01].repeat(pairs), &[0x01]].concat();
        check(Limits::DEFAULT, &document(7), Ok(()));
        // fourteen references cost 14 MiB and 7 octets, the fifteenth fits and the sixteenth does not
        check(Limits::DEFAULT, &document(8), Err((Limit::Resolved, head.len() + 15 * 2)));
    }
}
