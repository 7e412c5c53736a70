//! What `tshark` says of messages in WBXML, token by token: each start of an element with its code page, each end, each
//! string and each `OPAQUE`, of our own messages, of those of the corpus, and of those of the corpus as we write them.

#![cfg(feature = "xml")]
#![expect(clippy::panic, clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use syncml::MessageReader;
use wbxml::vocabulary::syncml::{ALL, SYNCML_1_2};
use wbxml::{Event, Options, Reader};

/// A text that does not fit into a line of what `tshark` prints.
const CUT: &str = "(cut)";

/// The tokens that we read; the values of attributes are none of them.
fn ours(document: &[u8]) -> Vec<String> {
    let mut reader = Reader::new(document, Options::new().vocabularies(&ALL).assume(&SYNCML_1_2)).unwrap();
    let (mut tokens, mut in_attributes) = (Vec::new(), false);
    loop {
        let event = reader.next_event().unwrap();
        in_attributes &= event != Event::AttributesEnd;
        tokens.push(match event {
            Event::Eof => return tokens,
            _ if in_attributes => continue,
            Event::Start(start) => {
                in_attributes = start.has_attributes();
                let content = if start.has_content() { "C" } else { "." };
                format!("start {} {:#04x} {content}", start.tag.page(), start.tag.code())
            }
            Event::End => "end".to_owned(),
            Event::Text(text) => {
                let text = text.to_str().unwrap_or("");
                if is_plain(text) { format!("text {text}") } else { "text".to_owned() }
            }
            Event::Opaque(octets) => format!("opaque {}", octets.len()),
            _ => continue,
        });
    }
}

/// Whether `tshark` prints a text as it is: it shortens long lines and escapes what is not ASCII.
fn is_plain(text: &str) -> bool {
    let is_plain = |octet: u8| octet.is_ascii_graphic() && !matches!(octet, b'\\' | b'\'' | b'|');
    text.len() < 60 && text.bytes().all(is_plain)
}

/// The tokens that `tshark` prints, document by document: one line each, with the page in the third column, the token in
/// the fourth, and what it is as XML in the fifth.
fn theirs(printed: &str) -> Vec<Vec<String>> {
    let mut documents: Vec<Vec<String>> = Vec::new();
    for line in printed.lines() {
        if line.contains("Level | State | Codepage") {
            documents.push(Vec::new());
        }
        let columns: Vec<&str> = line.splitn(5, '|').map(str::trim).collect();
        let ([_, "Tag", page, token, xml], Some(tokens)) = (&columns[..], documents.last_mut()) else { continue };
        let page = page.rsplit(' ').next().unwrap();
        if token.starts_with("Known Tag") {
            let code = token.split_whitespace().nth(2).unwrap().to_lowercase();
            let content = if token.ends_with("C)") { "C" } else { "." };
            tokens.push(format!("start {page} {code} {content}"));
        } else if token.starts_with("END (Known Tag") {
            tokens.push("end".to_owned());
        } else if token.starts_with("STR_") {
            // a long line is cut: the more commands, the further it is indented
            let text = xml.strip_prefix('\'').and_then(|text| text.strip_suffix('\'')).unwrap_or(CUT);
            tokens.push(if is_plain(text) { format!("text {text}") } else { "text".to_owned() });
        } else if token.starts_with("OPAQUE") {
            let length = xml.trim_start_matches('(').split(' ').next().unwrap();
            tokens.push(format!("opaque {length}"));
        } else if !token.starts_with("SWITCH_PAGE") && *token != "END (attribute list)" {
            tokens.push((*token).to_owned());
        }
    }
    documents
}

/// A capture of documents: a pcap file with packets of link type 147, the first of those that users define.
fn capture(documents: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut pcap: Vec<u8> =
        [0xA1B2_C3D4_u32, 0x0004_0002, 0, 0, 0x0004_0000, 147].iter().flat_map(|number| number.to_le_bytes()).collect();
    for (_, document) in documents {
        let length = u32::try_from(document.len()).unwrap();
        pcap.extend([0, 0, length, length].iter().flat_map(|number| number.to_le_bytes()));
        pcap.extend_from_slice(document);
    }
    pcap
}

#[test]
fn every_token() {
    let is_here = Command::new("tshark").arg("-h").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if !is_here.is_ok_and(|status| status.success()) {
        assert!(!support::is_required("oracles"), "REQUIRE names the oracles, but tshark is not there");
        return;
    }
    let mut documents: Vec<(String, Vec<u8>)> = Vec::new();
    for fixture in support::fixtures("xml") {
        documents.push((fixture.name, support::to_wbxml(MessageReader::parse(&fixture.octets).unwrap()).unwrap()));
    }
    for document in ["syncml-dm/", "syncml-ds/"].into_iter().flat_map(support::corpus) {
        if support::said_by(&document.octets).is_err() {
            continue;
        }
        if let Ok(octets) = support::to_wbxml(MessageReader::parse(&document.octets).unwrap()) {
            documents.push((format!("{} as we write it", document.path), octets));
        }
        if document.kind == "wbxml" {
            documents.push((document.path, document.octets));
        }
    }
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("messages-{}.pcap", std::process::id()));
    fs::write(&path, capture(&documents)).unwrap();
    let mut tshark = Command::new("timeout");
    tshark.args(["60", "tshark", "-V", "-o", r#"uat:user_dlts:"User 0 (DLT=147)","wbxml","0","","0","""#, "-r"]);
    let output = tshark.arg(&path).stdin(Stdio::null()).output().unwrap();
    fs::remove_file(&path).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let printed = theirs(&String::from_utf8_lossy(&output.stdout));
    assert_eq!(printed.len(), documents.len());
    let (mut count, mut different) = (0_usize, Vec::new());
    for ((name, document), theirs) in documents.iter().zip(printed) {
        let ours = ours(document);
        let agree = |(ours, theirs): &(&String, &String)| {
            ours == theirs || theirs.ends_with(CUT) && theirs.starts_with("text") && ours.starts_with("text")
        };
        let same = ours.iter().zip(&theirs).take_while(agree).count();
        if same < ours.len().max(theirs.len()) {
            different.push(format!("{name}: token {same}: {:?}, {:?}", ours.get(same), theirs.get(same)));
        }
        count = count.saturating_add(ours.len());
    }
    assert!(different.is_empty(), "{different:#?}");
    println!("{} messages with {count} tokens", documents.len());
}
