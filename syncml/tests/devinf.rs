//! Device information: our own documents, those of the corpus alone and inside messages, and arbitrary ones say the same
//! when they have been written and read again, in either encoding; libwbxml agrees.

#![cfg(feature = "xml")]
#![expect(
    clippy::arithmetic_side_effects,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests: to stop is how they fail"
)]

extern crate alloc;

mod support;

use core::fmt::Write;
use proptest::prelude::*;
use std::fs;
use std::path::Path;
use std::process::Command as Process;
use support::{octets, said_by_markup};
use syncml::devinf::{
    self, ContentType, CtCap, DataStore, DevInf, DsMem, Ext, FilterCap, Form, Place, PropParam, Property, Transfer, Way,
};
use syncml::{Command, ErrorKind, Item, Items, MessageReader, MessageWriter, Meta, Request, SyncHdr};
use wbxml::vocabulary::devinf::{ALL, DEVINF_1_0, DEVINF_1_1, DEVINF_1_2};
use wbxml::vocabulary::syncml::SYNCML_1_2;
use wbxml::{AnyReader, Cursor, Data, Encode, Encoder, Options, Reader, Strings, Text, Vocabulary, Writer, xml};

/// All that a document says, by the accessors, one row on each line.
fn said(device: &DevInf<'_>) -> String {
    let mut said = String::new();
    let texts = [
        device.ver_dtd,
        device.man,
        device.model,
        device.oem,
        device.fw_v,
        device.sw_v,
        device.hw_v,
        device.dev_id,
        device.dev_typ,
    ];
    let flags = [device.utc, device.support_large_objs, device.support_number_of_changes];
    writeln!(said, "{texts:?} {flags:?}").unwrap();
    for store in device.data_stores() {
        let fields = (store.source_ref, store.display_name, store.max_guid_size, store.ds_mem);
        writeln!(said, "store {fields:?} {}", store.support_hierarchical_sync).unwrap();
        writeln!(said, "  {:?} {:?}", device.transfers(store), device.sync_types(store)).unwrap();
        said_by_ct_caps(device, device.ct_caps(store), &mut said);
        writeln!(said, "  filters {:?}", device.filter_rx(store)).unwrap();
        for filter in device.filter_caps(store) {
            let lists = (device.keywords(filter), device.filter_properties(filter));
            writeln!(said, "  filter {:?} {lists:?}", filter.content).unwrap();
        }
    }
    said_by_ct_caps(device, device.shared_ct_caps(), &mut said);
    for ext in device.exts() {
        writeln!(said, "ext {:?} {:?}", ext.name, device.ext_values(ext)).unwrap();
    }
    for other in device.others() {
        let content = other.content.as_ref().map(said_by_markup).unwrap_or_default();
        let attributes: Vec<_> = device.other_attributes(other).iter().map(|a| (a.name, a.value)).collect();
        writeln!(said, "{:?} {:?} {attributes:?} {content}", other.place, other.name).unwrap();
    }
    said
}

fn said_by_ct_caps(device: &DevInf<'_>, ct_caps: &[CtCap<'_>], said: &mut String) {
    for ct_cap in ct_caps {
        writeln!(said, "  cap {:?} {:?} {}", ct_cap.form, ct_cap.content, ct_cap.field_level).unwrap();
        for property in device.properties(ct_cap) {
            let fields = (property.name, property.data_type, property.max_occur, property.max_size);
            let rest = (property.no_truncate, property.display_name, device.values(property));
            writeln!(said, "    property {fields:?} {rest:?}").unwrap();
            for param in device.params(property) {
                let fields = (param.name, param.data_type, param.size, param.display_name);
                writeln!(said, "      param {fields:?} {:?}", device.param_values(param)).unwrap();
            }
        }
    }
}

fn to_xml(device: &DevInf<'_>, vocabulary: &Vocabulary<'_>) -> Vec<u8> {
    let mut octets = Vec::new();
    device.encode(&mut xml::Writer::new(&mut octets, vocabulary).characters(xml::Characters::Error)).unwrap();
    octets
}

/// Writes in both encodings, with every policy of strings, and reads again.
fn check(path: &str, device: &DevInf<'_>) {
    let expected = said(device);
    // 1.2 has the elements of the others, but for the name of one; what 1.0 lacks is no matter of the tokens' names
    for vocabulary in [device.vocabulary(), &DEVINF_1_2] {
        let encoder = Encoder::new(vocabulary);
        for strings in [Strings::Never, Strings::WhenItPays, Strings::Always] {
            let encoder = encoder.strings(strings);
            let Ok(octets) = encoder.encode(device) else { panic!("{path}: not written, {strings:?}") };
            assert_eq!(encoder.encoded_len(device), Ok(octets.len()), "{path}");
            let again = DevInf::parse(&octets).unwrap_or_else(|error| panic!("{path}: {error}"));
            assert_eq!(said(&again), expected, "{path} in WBXML, {strings:?}");
            // typed -> WBXML -> typed -> XML -> typed
            let text = to_xml(&again, vocabulary);
            let again = DevInf::parse(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
            assert_eq!(said(&again), expected, "{path} in XML: {}", String::from_utf8_lossy(&text));
        }
    }
}

/// DevInf 1.1 with what the content model has, in our own words.
const FLAT: &str = "<DevInf xmlns='syncml:devinf'><VerDTD>1.1</VerDTD><Man>Example</Man><Mod>One</Mod><OEM>Shop</OEM>\
    <FwV>1</FwV><SwV>2</SwV><HwV>3</HwV><DevID>IMEI:490154203237518</DevID><DevTyp>phone</DevTyp><UTC/>\
    <SupportLargeObjs/><SupportNumberOfChanges/>\
    <DataStore><SourceRef>./contacts</SourceRef><DisplayName>Contacts</DisplayName><MaxGUIDSize>32</MaxGUIDSize>\
    <Rx-Pref><CTType>text/x-vcard</CTType><VerCT>2.1</VerCT></Rx-Pref><Rx><CTType>text/vcard</CTType><VerCT>3.0</VerCT></Rx>\
    <Tx-Pref><CTType>text/x-vcard</CTType><VerCT>2.1</VerCT></Tx-Pref><Tx><CTType>text/vcard</CTType><VerCT>3.0</VerCT></Tx>\
    <DSMem><SharedMem/><MaxMem>4096</MaxMem><MaxID>100</MaxID></DSMem>\
    <SyncCap><SyncType>1</SyncType><SyncType>2</SyncType></SyncCap></DataStore>\
    <CTCap><CTType>text/x-vcard</CTType><PropName>BEGIN</PropName><ValEnum>VCARD</ValEnum>\
    <PropName>TEL</PropName><DataType>phonenum</DataType><Size>40</Size><DisplayName>Number</DisplayName>\
    <ParamName>TYPE</ParamName><ValEnum>HOME</ValEnum><ValEnum>WORK</ValEnum>\
    <ParamName>X</ParamName><DataType>chr</DataType><Size>5</Size><DisplayName>Kind</DisplayName>\
    <CTType>text/x-vcalendar</CTType><PropName>SUMMARY</PropName></CTCap>\
    <Ext><XNam>X-Colour</XNam><XVal>red</XVal><XVal>blue</XVal></Ext></DevInf>";

/// DevInf 1.2 with what the content model has, in our own words.
const NESTED: &str = "<DevInf xmlns='syncml:devinf'><VerDTD>1.2</VerDTD><DevID>1</DevID><DevTyp>server</DevTyp>\
    <DataStore><SourceRef>./notes</SourceRef><Rx-Pref><CTType>text/plain</CTType><VerCT>1.0</VerCT></Rx-Pref>\
    <Tx-Pref><CTType>text/plain</CTType><VerCT>1.0</VerCT></Tx-Pref>\
    <CTCap><CTType>text/plain</CTType><VerCT>1.0</VerCT><FieldLevel/><Property><PropName>BODY</PropName>\
    <DataType>chr</DataType><MaxOccur>1</MaxOccur><MaxSize>500</MaxSize><NoTruncate/><ValEnum>a</ValEnum>\
    <ValEnum>b</ValEnum><DisplayName>Text</DisplayName><PropParam><ParamName>LANG</ParamName><DataType>chr</DataType>\
    <ValEnum>de</ValEnum><DisplayName>Language</DisplayName></PropParam></Property>\
    <Property><PropName>DATE</PropName></Property></CTCap>\
    <CTCap><CTType>text/html</CTType><VerCT>4</VerCT><Property><PropName>TITLE</PropName></Property></CTCap>\
    <DSMem><SharedMem/></DSMem><SupportHierarchicalSync/><SyncCap><SyncType>7</SyncType></SyncCap>\
    <Filter-Rx><CTType>syncml:filtertype-cgi</CTType><VerCT>1.0</VerCT></Filter-Rx>\
    <FilterCap><CTType>text/plain</CTType><VerCT>1.0</VerCT><FilterKeyword>SINCE</FilterKeyword>\
    <PropName>DATE</PropName></FilterCap></DataStore></DevInf>";

/// Each element is a field or a row, in the two forms that the versions have (OMA-TS-DS-DevInf, content models).
#[test]
fn every_element_of_the_content_models() {
    let device = DevInf::parse(FLAT.as_bytes()).unwrap();
    assert_eq!(device.vocabulary().name, "DevInf 1.1");
    let store = &device.data_stores()[0];
    assert_eq!(store.ds_mem.unwrap().max_id.unwrap(), "100");
    let ways: Vec<_> = device.transfers(store).iter().map(|transfer| transfer.way).collect();
    assert_eq!(ways, [Way::RxPref, Way::Rx, Way::TxPref, Way::Tx]);
    assert_eq!(device.sync_types(store), ["1", "2"].map(Text::new));
    let [card, calendar] = device.shared_ct_caps() else { panic!("two types") };
    assert_eq!((card.form, calendar.content.ct_type.unwrap()), (Form::Flat, Text::new("text/x-vcalendar")));
    let [begin, tel] = device.properties(card) else { panic!("two properties") };
    assert_eq!((device.values(begin), begin.max_size), (&[Text::new("VCARD")][..], None));
    assert_eq!((tel.max_size.unwrap(), tel.display_name.unwrap()), (Text::new("40"), Text::new("Number")));
    let [type_, x] = device.params(tel) else { panic!("two parameters") };
    assert_eq!(device.param_values(type_), ["HOME", "WORK"].map(Text::new));
    assert_eq!((x.size.unwrap(), x.display_name.unwrap()), (Text::new("5"), Text::new("Kind")));
    assert_eq!(device.ext_values(&device.exts()[0]), ["red", "blue"].map(Text::new));

    let device = DevInf::parse(NESTED.as_bytes()).unwrap();
    let store = &device.data_stores()[0];
    assert_eq!(store.ds_mem, Some(DsMem { shared_mem: true, ..DsMem::default() }));
    let [plain, html] = device.ct_caps(store) else { panic!("two types") };
    assert!(plain.field_level && plain.form == Form::Nested && !html.field_level);
    let [body, date] = device.properties(plain) else { panic!("two properties") };
    assert!(body.no_truncate && !date.no_truncate);
    assert_eq!((body.max_size.unwrap(), body.max_occur.unwrap()), (Text::new("500"), Text::new("1")));
    assert_eq!(device.param_values(&device.params(body)[0]), [Text::new("de")]);
    assert_eq!(device.properties(html)[0].name.unwrap(), "TITLE");
    assert_eq!(device.filter_rx(store)[0].ct_type.unwrap(), "syncml:filtertype-cgi");
    let filter = &device.filter_caps(store)[0];
    assert_eq!(
        (device.keywords(filter), device.filter_properties(filter)),
        (&[Text::new("SINCE")][..], &[Text::new("DATE")][..])
    );

    for document in [FLAT, NESTED] {
        let device = DevInf::parse(document.as_bytes()).unwrap();
        assert!(device.others().is_empty());
        check("ours", &device);
        // a document in the order of the content model is written as it was
        assert_eq!(String::from_utf8(to_xml(&device, device.vocabulary())).unwrap(), document.replace('\'', "\""));
    }
}

/// Octets as the token tables have them: `Size` of 1.1 and `MaxSize` of 1.2 are one token.
#[test]
fn octets_of_each_version() {
    for (document, public_id, name) in [
        ("03 9F 52 6A 00 4A 65 03 31 2E 30 00 01 45 58 03 41 00 01 5C 03 37 00 01 01 01", DEVINF_1_0.public_id, "Size"),
        ("03 9F 54 6A 00 4A 65 03 31 2E 31 00 01 45 58 03 41 00 01 5C 03 37 00 01 01 01", DEVINF_1_1.public_id, "Size"),
        (
            "03 A4 03 6A 00 4A 65 03 31 2E 32 00 01 45 58 03 41 00 01 5C 03 37 00 01 01 01",
            DEVINF_1_2.public_id,
            "MaxSize",
        ),
    ] {
        let document = octets(document);
        let device = DevInf::parse(&document).unwrap();
        assert_eq!(device.vocabulary().public_id, public_id);
        assert_eq!(device.properties(&device.shared_ct_caps()[0])[0].max_size.unwrap(), "7");
        assert_eq!(Encoder::new(device.vocabulary()).encode(&device).unwrap(), document);
        let text = String::from_utf8(to_xml(&device, device.vocabulary())).unwrap();
        assert!(text.contains(&format!("<{name}>7</{name}>")), "{text}");
    }
}

/// What no version has is kept with its place, and written again; a version that lacks a name has it as a literal.
#[test]
fn unknown_elements_stay_where_they_are() {
    let document = "<DevInf xmlns='syncml:devinf'><VerDTD>1.2</VerDTD><X-One a='1'>1<Y/></X-One><DataStore><X-Two/>\
        <Rx-Pref><X-Three>3</X-Three></Rx-Pref><CTCap><CTType>a</CTType><X-Four/><Property><PropName>b</PropName>\
        <X-Five/><PropParam><ParamName>c</ParamName><X-Six/></PropParam></Property></CTCap><DSMem><X-Seven/></DSMem>\
        <SyncCap><X-Eight/></SyncCap><Filter-Rx><X-Nine/></Filter-Rx><FilterCap><X-Ten/></FilterCap></DataStore>\
        <CTCap><CTType>d</CTType><X-Eleven/></CTCap><Ext><X-Twelve/></Ext><Rx><CTType>misplaced</CTType></Rx></DevInf>";
    let device = DevInf::parse(document.as_bytes()).unwrap();
    let places: Vec<_> = device.others().iter().map(|other| other.place).collect();
    let expected = [
        Place::DevInf,
        Place::DevInf,
        Place::DataStore(0),
        Place::Transfer(0),
        Place::DsMem(0),
        Place::SyncCap(0),
        Place::FilterRx(0),
        Place::FilterCap(0),
        Place::CtCap(0),
        Place::SharedCtCap(0),
        Place::Property(0),
        Place::PropParam(0),
        Place::Ext(0),
    ];
    assert_eq!(places, expected);
    check("unknown", &device);
    let text = String::from_utf8(to_xml(&device, &DEVINF_1_2)).unwrap();
    assert!(text.ends_with("<X-One a=\"1\">1<Y/></X-One><Rx><CTType>misplaced</CTType></Rx></DevInf>"), "{text}");
}

/// A name goes before a value in the flat form (DevInf 1.1, `CTCap`): what precedes the first name belongs to nothing.
#[test]
fn flat_values_without_a_name_belong_to_nothing() {
    let document = b"<DevInf><CTCap><ValEnum>a</ValEnum><ParamName>b</ParamName><CTType>c</CTType></CTCap></DevInf>";
    let device = DevInf::parse(document).unwrap();
    assert_eq!(device.shared_ct_caps().len(), 1);
    assert!(device.properties(&device.shared_ct_caps()[0]).is_empty());
    assert_eq!(device.others().len(), 2);
    check("without a name", &device);
}

/// There are peers of 1.2 that write parameters as 1.1 does (OMA-TS-DS-DevInf 1.2: `ParamName` is in `PropParam`).
#[test]
fn flat_parameters_in_a_property() {
    let document = b"<DevInf><DataStore><CTCap><Property><PropName>TEL</PropName><ValEnum>a</ValEnum><ParamName>HOME\
        </ParamName><ValEnum>b</ValEnum><ParamName>WORK</ParamName></Property></CTCap></DataStore></DevInf>";
    let device = DevInf::parse(document).unwrap();
    let property = &device.properties(&device.ct_caps(&device.data_stores()[0])[0])[0];
    let [home, work] = device.params(property) else { panic!("two parameters") };
    assert_eq!((device.values(property), device.param_values(home)), (&[Text::new("a")][..], &[Text::new("b")][..]));
    assert!(work.name.unwrap() == "WORK" && device.param_values(work).is_empty() && device.others().is_empty());
    let text = String::from_utf8(to_xml(&device, &DEVINF_1_2)).unwrap();
    assert!(text.contains("<PropParam><ParamName>WORK</ParamName></PropParam></Property>"), "{text}");
    check("flat parameters", &device);
}

/// The data of the only item of a message.
fn data_of_message(message: &[u8]) -> Data<'_> {
    let mut message = MessageReader::parse(message).unwrap();
    let Some(Command::Put(put)) = message.next_command().unwrap() else { panic!("no Put") };
    put.items.first().unwrap().data.unwrap()
}

fn put(data: Data<'_>, type_: &str, out: impl wbxml::Emit) {
    let mut item = Item::leaf("./devinf12", Meta::of_data("chr", type_), "");
    item.data = Some(data);
    let mut message = MessageWriter::new(out, &SyncHdr::default()).unwrap();
    message.command(&Command::Put(Request::of_item("1", item))).unwrap();
    message.finish(true).unwrap();
}

/// WBXML inside WBXML, elements inside XML, text that is XML: found whatever the type says, and with its place.
#[test]
fn inside_a_message_whatever_the_label_says() {
    for document in [FLAT, NESTED] {
        let device = DevInf::parse(document.as_bytes()).unwrap();
        let expected = said(&device);
        let binary = Encoder::new(device.vocabulary()).encode(&device).unwrap();
        let text = to_xml(&device, device.vocabulary());
        for type_ in ["application/vnd.syncml-devinf+wbxml", "application/vnd.syncml-devinf+xml", "text/plain"] {
            let mut message = Vec::new();
            put(DevInf::data_of(&binary).unwrap(), type_, Writer::new(&mut message, &SYNCML_1_2).unwrap());
            let data = data_of_message(&message);
            assert!(matches!(data, Data::Opaque(_)));
            assert_eq!(said(&DevInf::of_data(&data).unwrap().unwrap()), expected, "{type_}");

            let mut message = Vec::new();
            put(DevInf::data_of(&text).unwrap(), type_, xml::Writer::document(&mut message, &SYNCML_1_2));
            let inner = core::str::from_utf8(&text).unwrap();
            assert!(core::str::from_utf8(&message).unwrap().contains(inner), "it stands there as it was");
            let data = data_of_message(&message);
            assert!(matches!(data, Data::Markup(_)));
            assert_eq!(said(&DevInf::of_data(&data).unwrap().unwrap()), expected, "{type_}");

            // XML as the text of WBXML
            let text = core::str::from_utf8(&text).unwrap();
            let mut message = Vec::new();
            put(Data::Text(Text::new(text)), type_, Writer::new(&mut message, &SYNCML_1_2).unwrap());
            let data = data_of_message(&message);
            assert!(matches!(data, Data::Text(_)));
            assert_eq!(said(&DevInf::of_data(&data).unwrap().unwrap()), expected, "{type_}");
        }
    }
}

/// An encoder that keeps the white space of its XML writes it around the octets: `xml2wbxml -k` does.
#[test]
fn white_space_around_octets() {
    // SyncML, SyncHdr, SyncBody, Put, Item, Data: STR_I "\n", OPAQUE, STR_I " \t"
    let message = b"\x03\xA4\x01\x6A\x00\x6D\x2C\x6B\x5F\x54\x4F\x03\n\0\
        \xC3\x0C\x03\xA4\x03\x6A\x00\x4A\x51\x03X\0\x01\x01\x03 \t\0\x01\x01\x01\x01\x01";
    let data = data_of_message(message);
    assert!(matches!(data, Data::Text(_)));
    assert_eq!(DevInf::of_data(&data).unwrap().unwrap().man.unwrap(), "X");
    // with anything else beside them, they are none
    for other in [&b"\x03-\0"[..], b"\x02\x2D", b"\xC3\x01-"] {
        let message = [&message[..11], other, &message[14..]].concat();
        assert!(DevInf::of_data(&data_of_message(&message)).unwrap().is_none(), "{other:?}");
    }
}

/// Names decide where a document is not of the namespace: without one, or with a prefix of its own.
#[test]
fn namespaces_of_messages() {
    for (around, device) in [
        (
            "",
            "<DevInf xmlns='syncml:devinf'><VerDTD>1.2</VerDTD><DataStore><SourceRef>a</SourceRef></DataStore></DevInf>",
        ),
        ("", "<DevInf><VerDTD>1.2</VerDTD><DataStore><SourceRef>a</SourceRef></DataStore></DevInf>"),
        (
            " xmlns:d='syncml:devinf'",
            "<d:DevInf><d:VerDTD>1.2</d:VerDTD><d:DataStore><d:SourceRef>a</d:SourceRef></d:DataStore></d:DevInf>",
        ),
    ] {
        let message = format!(
            "<SyncML xmlns='SYNCML:SYNCML1.1'{around}><SyncHdr/><SyncBody><Put><Item><Data> {device} </Data></Item></Put></SyncBody></SyncML>"
        );
        let device = DevInf::of_data(&data_of_message(message.as_bytes())).unwrap().unwrap();
        assert_eq!((device.ver_dtd.unwrap(), device.others().len()), (Text::new("1.2"), 0), "{message}");
        assert_eq!(device.data_stores()[0].source_ref.unwrap(), "a", "{message}");
    }
}

/// Other data is none, and a fault in device information is one.
#[test]
fn data_that_is_something_else() {
    for data in [
        Data::Text(Text::new("text")),
        Data::Text(Text::new("<a/>")),
        Data::Text(Text::new("<")),
        Data::Opaque(b""),
        Data::Opaque(b"\x03\xA4\x01\x6A\x00\x2D"),
        Data::Opaque(b"\x89PNG"),
    ] {
        assert!(DevInf::of_data(&data).unwrap().is_none(), "{data:?}");
    }
    let error = DevInf::of_data(&Data::Opaque(b"\x03\xA4\x03\x6A\x00\x4A\x51\x03X")).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Document(_)), "{error}");
    assert_eq!(DevInf::parse(b"\x03\xA4\x03\x6A\x00\x0B").unwrap_err().kind(), ErrorKind::NotDevInf);
    let error = DevInf::parse(b"<SyncML/>").unwrap_err();
    assert_eq!(
        (error.kind(), error.to_string().starts_with("the root element is not DevInf")),
        (ErrorKind::NotDevInf, true)
    );
    assert_eq!(DevInf::data_of(b"<SyncML/>").unwrap_err().kind(), ErrorKind::NotDevInf);
}

/// With the reader of the document around, offsets count from its start.
#[test]
fn offsets_in_the_document_around() {
    // <Data> with an OPAQUE: <DevInf><Man><Mod/></Man></DevInf>
    let document = b"\x03\xA4\x01\x6A\x00\x4F\xC3\x09\x03\xA4\x03\x6A\x00\x4A\x51\x15\x01\x01\x01";
    let document = [&document[..7], &[0x0A], &document[8..]].concat();
    let mut reader = Reader::new(&document, Options::new().assume(&SYNCML_1_2)).unwrap();
    let root = reader.root().unwrap();
    let Data::Opaque(octets) = reader.data(root).unwrap() else { panic!("no octets") };
    let mut inner = reader.embedded(octets, devinf::options()).unwrap();
    assert_eq!(DevInf::read_all(&mut inner).unwrap_err().offset(), 15);
}

/// Rows that have nothing above them get it, and lists stay apart.
#[test]
fn rows_without_a_row_above_them() {
    let content = ContentType::new("a", "1");
    let mut device = DevInf::default();
    device.add_param_value(Text::new("v")).add_ext_value(Text::new("x"));
    device.add_filter_keyword(Text::new("k")).add_filter_property(Text::new("p"));
    device.add_property_value(Text::new("w")).add_sync_type(Text::new("1"));
    device.add_transfer(Transfer::new(Way::Tx, content)).add_filter_rx(content);
    let store = &device.data_stores()[0];
    let property = &device.properties(&device.ct_caps(store)[0])[0];
    assert_eq!((device.data_stores().len(), device.values(property)), (1, &[Text::new("w")][..]));
    assert_eq!(device.param_values(&device.params(property)[0]), [Text::new("v")]);
    assert_eq!(device.keywords(&device.filter_caps(store)[0]), [Text::new("k")]);
    assert_eq!(
        (device.sync_types(store).len(), device.transfers(store).len(), device.filter_rx(store).len()),
        (1, 1, 1)
    );
    check("without rows", &device);
}

/// Every DevInf in a message: the data of the items of `Put` and `Results`, and of whatever else there is.
fn in_message<'a>(message: &'a [u8], mut receive: impl FnMut(&Data<'a>)) {
    // without a root there are the commands of an excerpt
    let Ok(mut message) = MessageReader::parse(message).or_else(|_| MessageReader::fragment(message)) else { return };
    let mut of_items =
        |items: &Items<'a>| items.iter().flatten().filter_map(|item| item.data).for_each(|data| receive(&data));
    while let Ok(Some(command)) = message.next_command() {
        match command {
            Command::Results(results) => of_items(&results.items),
            Command::Put(request) | Command::Add(request) | Command::Replace(request) => of_items(&request.items),
            _ => {}
        }
    }
}

/// What the corpus has, and what of it is no DevInf that can be read.
#[test]
fn corpus() {
    let mut missed = Vec::new();
    let (mut alone, mut octets, mut text, mut elements, mut with_others) = (0, 0, 0, 0, 0);
    let documents = support::corpus("syncml-ds/").into_iter().chain(support::corpus("syncml-dm/")).collect::<Vec<_>>();
    for document in &documents {
        let path = document.path.as_str();
        let is_root = AnyReader::new(&document.octets, devinf::options())
            .and_then(|mut reader| Ok(reader.root().and_then(|root| reader.name(root))? == Some("DevInf")));
        if is_root == Ok(true) {
            alone += 1;
            check(path, &DevInf::parse(&document.octets).unwrap_or_else(|error| panic!("{path}: {error}")));
        }
        let says = |what: &[u8]| document.octets.windows(what.len()).any(|octets| octets == what);
        let (mut found, mut fault) = (0, None);
        in_message(&document.octets, |data| {
            let device = match DevInf::of_data(data) {
                Ok(Some(device)) => device,
                Ok(None) => return,
                Err(error) => {
                    fault = Some(error);
                    return;
                }
            };
            found += 1;
            match data {
                Data::Opaque(_) => octets += 1,
                Data::Text(_) => text += 1,
                Data::Markup(_) => elements += 1,
            }
            with_others += usize::from(!device.others().is_empty());
            check(path, &device);
        });
        // public identifiers of DevInf 1.0, 1.1 and 1.2 behind a version, or the element
        let has_document = document.kind == "wbxml"
            && (says(b"\x9F\x52\x6A\x00\x4A") || says(b"\x9F\x54\x6A\x00\x4A") || says(b"\xA4\x03\x6A\x00\x4A"));
        let has_element = document.kind == "xml" && says(b"<DevInf");
        let is_missed = (has_document || has_element) && is_root != Ok(true) && found == 0 || fault.is_some();
        let is_excused = EXCUSED.iter().any(|(name, _)| path.ends_with(name));
        assert!(!is_excused || is_missed, "{path} is read, but excused");
        if is_missed && !is_excused {
            missed.push((path, fault, MessageReader::parse(&document.octets).map(|message| support::said(message).1)));
        }
    }
    assert!(missed.is_empty(), "device information that is not found: {missed:#?}");
    println!("alone {alone}, octets {octets}, text {text}, elements {elements}; {with_others} with unknown elements");
    if !documents.is_empty() {
        assert!(alone > 0 && octets > 0 && elements > 0);
    }
}

/// Servers that say XML of what is WBXML: the octets decide, and the device information is there.
#[test]
fn wrong_labels() {
    const MISLABELLED: [&str; 9] = [
        "add-to-server-from-server1",
        "atomic-from-server1",
        "authbasicfailfirst-from-server2",
        "client-large-multiple-from-server1",
        "large-object-from-client-from-server1",
        "multiple-db-sync-from-server1",
        "pref-tx-rx-from-server1",
        "server-large-multiple-from-server1",
        "two-way-sync-from-server1",
    ];
    let (mut mislabelled, mut right) = (Vec::new(), 0);
    let documents = support::corpus("syncml-ds/").into_iter().chain(support::corpus("syncml-dm/")).collect::<Vec<_>>();
    for document in documents.iter().filter(|document| document.kind == "wbxml") {
        if EXCUSED.iter().any(|(name, _)| document.path.ends_with(name)) {
            continue;
        }
        let Ok(mut message) = MessageReader::parse(&document.octets) else { continue };
        while let Ok(Some(command)) = message.next_command() {
            let (meta, items) = match command {
                Command::Results(results) => (results.meta, results.items),
                Command::Put(request) => (request.meta, request.items),
                _ => continue,
            };
            for item in items.iter().map(Result::unwrap) {
                let (Some(type_), Some(Data::Opaque(octets))) = (item.meta.type_.or(meta.type_), item.data) else {
                    continue;
                };
                let type_ = type_.to_cow().unwrap();
                if !type_.starts_with("application/vnd.syncml-devinf+") {
                    continue;
                }
                let device = DevInf::of_data(&Data::Opaque(octets)).unwrap().unwrap();
                assert!(!device.data_stores().is_empty(), "{}", document.path);
                assert_eq!(said(&DevInf::parse(octets).unwrap()), said(&device), "{}", document.path);
                if type_.trim() == "application/vnd.syncml-devinf+xml" {
                    // all of one server
                    let fields = (device.ver_dtd.unwrap(), device.dev_id.unwrap());
                    assert_eq!(fields, (Text::new("1.1"), Text::new("F1 SyncML SFDE 1.0")), "{}", document.path);
                    assert_eq!((device.data_stores().len(), device.others().len()), (3, 0), "{}", document.path);
                    mislabelled.push(document.path.as_str());
                } else {
                    right += 1;
                }
            }
        }
    }
    println!("{} wrong labels, {right} right ones", mislabelled.len());
    let listed = MISLABELLED.map(|name| format!("syncml-ds/symbian-syncml-1.1-{name}.wbxml"));
    assert!(documents.is_empty() || mislabelled == listed, "{mislabelled:#?}");
}

/// The messages with device information that are not read, and why.
const EXCUSED: &[(&str, &str)] = &[
    ("devaspot-sync-init.xml", "typographic quotes around an attribute's value (XML 1.0, 3.1)"),
    ("funambol-cpp-dev-inf-results2.xml", "typographic quotes around an attribute's value (XML 1.0, 3.1)"),
    ("symbian-syncml-1.2-defects-def063979.wbxml", "it ends in SWITCH_PAGE instead of END (WAP-192, 5.3)"),
];

/// What libwbxml makes of our WBXML and of our XML says the same.
#[test]
fn libwbxml_reads_what_we_write() {
    let mut count = 0;
    for document in [FLAT, NESTED] {
        let device = DevInf::parse(document.as_bytes()).unwrap();
        let expected = said(&device);
        let binary = Encoder::new(device.vocabulary()).encode(&device).unwrap();
        let mut text = Vec::new();
        device.encode(&mut xml::Writer::document(&mut text, device.vocabulary())).unwrap();
        for (tool, arguments, octets) in
            [("wbxml2xml", &["-m", "0"][..], &binary), ("xml2wbxml", &[], &text), ("xml2wbxml", &["-n"], &text)]
        {
            let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("devinf-{}-{tool}", std::process::id()));
            fs::write(&file, octets).unwrap();
            let output =
                Process::new("timeout").args(["10", tool]).args(arguments).args(["-o", "-"]).arg(&file).output();
            fs::remove_file(&file).unwrap();
            let Some(output) = output.ok().filter(|output| output.status.code() != Some(127)) else {
                assert!(!support::is_required("oracles"), "REQUIRE names the oracles, but {tool} is not there");
                continue;
            };
            assert!(output.status.success(), "{tool}: {}", String::from_utf8_lossy(&output.stderr));
            let theirs = DevInf::parse(&output.stdout).unwrap();
            assert_eq!(said(&theirs), expected, "{tool}: {}", String::from_utf8_lossy(&output.stdout));
            count += 1;
        }
    }
    println!("{count} documents compared");
}

/// One call of a method that adds a row.
#[derive(Clone, Debug)]
struct Step {
    kind: usize,
    texts: Vec<Option<String>>,
    name: String,
    flag: bool,
}

fn step() -> impl Strategy<Value = Step> {
    let text = "[ -~\u{A0}-\u{D7FF}]{0,6}";
    (0_usize..16, prop::collection::vec(prop::option::of(text), 6), text, any::<bool>())
        .prop_map(|(kind, texts, name, flag)| Step { kind, texts, name, flag })
}

/// Does what the step says. In the flat form names are where rows begin, so each row has one.
fn add<'a>(device: &mut DevInf<'a>, step: &'a Step) {
    let mut texts = step.texts.iter().map(|text| text.as_deref().map(Text::new));
    let mut text = || texts.next().flatten();
    let name = Text::new(&step.name);
    let mut content = ContentType::default();
    (content.ct_type, content.ver_ct) = (Some(name), text());
    match step.kind {
        0 | 1 => {
            let mut store = DataStore::new(&step.name);
            (store.display_name, store.max_guid_size, store.support_hierarchical_sync) = (text(), text(), step.flag);
            store.ds_mem = text().map(|max_id| DsMem { shared_mem: step.flag, max_mem: text(), max_id: Some(max_id) });
            device.add_data_store(store)
        }
        2 => device.add_transfer(Transfer::new(if step.flag { Way::Rx } else { Way::TxPref }, content)),
        3 => {
            let mut ct_cap = CtCap::new(content);
            ct_cap.field_level = step.flag;
            device.add_ct_cap(ct_cap)
        }
        4 => device.add_shared_ct_cap(CtCap::flat(&step.name)).add_property(Property::new(&step.name)),
        5..=7 => {
            let mut property = Property::new(&step.name);
            (property.data_type, property.max_size, property.max_occur) = (text(), text(), text());
            (property.display_name, property.no_truncate) = (text(), step.flag);
            device.add_property(property)
        }
        8 => device.add_property_value(name),
        9 => {
            let mut param = PropParam::new(&step.name);
            (param.data_type, param.size, param.display_name) = (text(), text(), text());
            device.add_param(param)
        }
        10 => device.add_param(PropParam::new(&step.name)).add_param_value(name),
        11 => device.add_sync_type(name),
        12 => device.add_filter_rx(content),
        13 => device.add_filter_cap(FilterCap::new(content)).add_filter_keyword(name),
        14 => device.add_filter_property(name),
        _ => device.add_ext(Ext::new(&step.name)).add_ext_value(name),
    };
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// typed -> encode -> typed, in both encodings, for whatever rows there are.
    #[test]
    fn arbitrary(steps in prop::collection::vec(step(), 0..40), flags in any::<[bool; 3]>(), version in 0_usize..3) {
        let names = ["1.2", "1.1", "1.0"];
        let mut device = DevInf::new(names[version], "1", "phone");
        [device.utc, device.support_large_objs, device.support_number_of_changes] = flags;
        steps.iter().for_each(|step| add(&mut device, step));
        let expected = said(&device);
        prop_assert_eq!(device.vocabulary().name, ALL[version].name);
        let binary = Encoder::new(&DEVINF_1_2).encode(&device).unwrap();
        prop_assert_eq!(&said(&DevInf::parse(&binary).unwrap()), &expected);
        let text = to_xml(&device, &DEVINF_1_2);
        prop_assert_eq!(&said(&DevInf::parse(&text).unwrap()), &expected);
    }

    /// Nothing that is damaged stops the reader other than with an error inside it.
    #[test]
    fn damaged(at in any::<prop::sample::Index>(), octet in any::<u8>(), cut in any::<prop::sample::Index>()) {
        for document in [FLAT, NESTED] {
            let device = DevInf::parse(document.as_bytes()).unwrap();
            let binary = Encoder::new(device.vocabulary()).encode(&device).unwrap();
            for mut octets in [binary, document.as_bytes().to_vec()] {
                let at = at.index(octets.len());
                octets[at] = octet;
                octets.truncate(cut.index(octets.len() + 1).max(at));
                if let Err(error) = DevInf::parse(&octets) {
                    prop_assert!(error.offset() <= octets.len());
                }
            }
        }
    }
}
