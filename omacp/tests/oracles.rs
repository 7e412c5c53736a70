//! Other people's programs read what we send: `tshark` our SMS, `wbxml2xml` our documents; and `xml2wbxml` writes the
//! vectors that it is said to write. Where they are not there, there is nothing to do, unless the environment variable
//! `REQUIRE` names `oracles`.

#![cfg(all(feature = "mac", feature = "xml"))]
#![expect(clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

#[path = "support/notes.rs"]
mod notes;
#[path = "support/sms.rs"]
mod sms;
mod support;

use core::sync::atomic::{AtomicUsize, Ordering};
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use notes::Notes;
use omacp::ProvisioningDoc;
use omacp::push::{ContentType, MediaType, Port, Ports, Push, Reference, Sec, segment};
use omacp::security::{Key, NetworkSecret};

/// Whether these programs are there.
fn are_here(tools: &[&str]) -> bool {
    let runs = |tool: &&str| Command::new(tool).arg("-h").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok();
    let missing = ["timeout"].iter().chain(tools).find(|tool| !runs(tool));
    if let Some(missing) = missing {
        assert!(!support::is_required("oracles"), "REQUIRE names the oracles, but {missing} is not there");
    }
    missing.is_none()
}

/// A file name that no other test has, in this run or in one beside it: tests run at once, over documents of one name.
fn own_name(tool: &str, name: &str) -> String {
    static RUNS: AtomicUsize = AtomicUsize::new(0);
    format!("{tool}-{}-{}-{name}", std::process::id(), RUNS.fetch_add(1, Ordering::Relaxed))
}

/// Runs a program on a file with these octets: for at most ten seconds, or sixty for `tshark`, which starts slowly.
fn run(tool: &str, name: &str, octets: &[u8], arguments: impl FnOnce(&str) -> Vec<String>) -> Output {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(own_name(tool, name));
    fs::write(&path, octets).unwrap();
    let limit = if tool == "tshark" { "60" } else { "10" };
    let mut command = Command::new("timeout");
    command.args([limit, tool]).args(arguments(path.to_str().unwrap())).stdin(Stdio::null());
    let output = command.output().unwrap();
    fs::remove_file(&path).unwrap();
    output
}

/// A capture of SMS TPDUs: a pcap file of link type 147, the first of those that users define.
fn capture(tpdus: &[Vec<u8>]) -> Vec<u8> {
    let mut pcap = Vec::new();
    for number in [0xA1B2_C3D4_u32, 0x0004_0002, 0, 0, 0xFFFF, 147] {
        pcap.extend_from_slice(&number.to_le_bytes());
    }
    for (seconds, tpdu) in (1_u32..).zip(tpdus) {
        let length = u32::try_from(tpdu.len()).unwrap();
        for number in [seconds, 0, length, length] {
            pcap.extend_from_slice(&number.to_le_bytes());
        }
        pcap.extend_from_slice(tpdu);
    }
    pcap
}

/// What `tshark` prints of SMS: as text, or these fields.
fn tshark(name: &str, tpdus: &[Vec<u8>], fields: &[&str]) -> String {
    let output = run("tshark", name, &capture(tpdus), |path| {
        let mut arguments = vec![
            "-r",
            path,
            // what a packet of that link type is
            "-o",
            r#"uat:user_dlts:"User 0 (DLT=147)","gsm_sms","0","","0","""#,
            "-o",
            "gsm_sms.reassemble:TRUE",
            "-o",
            "gsm_sms_ud.port_number_udh_means_wsp:TRUE",
        ];
        arguments.extend(if fields.is_empty() { vec!["-V"] } else { vec!["-T", "fields"] });
        arguments.extend(fields.iter().flat_map(|field| ["-e", field]));
        arguments.into_iter().map(str::to_owned).collect()
    });
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The document that `tshark` prints last, as XML: it has a line for each token, and its rendering in the fifth column.
/// Its table of page 1 of the attributes lacks 06, `value` (OMA-WAP-TS-ProvCont 1.1, attribute start tokens), which is put in here.
fn rendered(text: &str) -> String {
    let (_, table) = text.rsplit_once("Data representation").unwrap();
    let mut xml = String::new();
    for line in table.lines().skip(2) {
        let columns: Vec<&str> = line.splitn(5, '|').map(str::trim).collect();
        let [.., page, token, rendering] = columns[..] else { break };
        let is_value = page.starts_with('A') && page.ends_with('1') && token.ends_with("attrStart 0x06");
        let rendering = if is_value { "value=" } else { rendering };
        // a value of several tokens is several strings, in quotes each
        if rendering.starts_with('\'') && xml.ends_with('\'') {
            xml.pop();
            xml.push_str(&rendering[1..]);
            continue;
        }
        if !xml.is_empty() && !xml.ends_with('=') {
            xml.push(' ');
        }
        xml.push_str(rendering);
    }
    xml
}

/// An operator's document: proxy, access point and account, flags, value tokens on both pages of attributes; but none of
/// the value tokens 90 to 93 of page 1 (`,`, `HTTP-`, `BASIC`, `DIGEST`), which `tshark` 4.0 has no names for.
fn document() -> ProvisioningDoc<'static> {
    let mut builder = ProvisioningDoc::builder();
    builder.version("1.0");
    builder.start("PXLOGICAL").parm("PROXY-ID", "PROXY1").parm("NAME", "Operator").flag("TRUST");
    builder.start("PXPHYSICAL").parm("PHYSICAL-PROXY-ID", "P1").parm("PXADDR", "10.1.1.1");
    builder.parm("PXADDRTYPE", "IPV4").parm("TO-NAPID", "NAP1");
    builder.start("PORT").parm("PORTNBR", "8080").parm("SERVICE", "CO-WSP").end().end().end();
    builder.start("NAPDEF").parm("NAPID", "NAP1").parm("NAME", "Operator").parm("BEARER", "GSM-GPRS");
    builder.parm("NAP-ADDRESS", "internet.example").parm("NAP-ADDRTYPE", "APN").flag("INTERNET");
    builder.start("NAPAUTHINFO").parm("AUTHTYPE", "CHAP").parm("AUTHNAME", "user").parm("AUTHSECRET", "secret");
    builder.end().end();
    builder.start("APPLICATION").parm("APPID", "w4").parm("TO-PROXY", "PROXY1").parm("ADDR", "http://mms.example/");
    builder.start("APPAUTH").parm("AAUTHTYPE", "MD5").parm("AAUTHLEVEL", "APPSRV").end().end();
    builder.build()
}

/// One SMS and several, with references of eight and of sixteen bits, in order and not: the content type, `SEC`, the
/// MAC and the document are what we put in.
#[test]
fn tshark_reads_our_sms() {
    if !are_here(&["tshark"]) {
        return;
    }
    let network = NetworkSecret::from_imsi("466923103145252").unwrap();
    let short = ProvisioningDoc::builder().start("NAPDEF").parm("NAPID", "N").flag("INTERNET").build();
    let long = document();
    let keys = [
        (Key::netwpin(&network), "NETWPIN (0x00)"),
        (Key::userpin("1234").unwrap(), "USERPIN (0x01)"),
        (Key::usernetwpin(&network, "1234").unwrap(), "USERNETWPIN (0x02)"),
    ];
    // the document, the reference, the number of SMS
    let rows = [
        (&short, Reference::Short(1), 1),
        (&short, Reference::Long(1), 1),
        (&long, Reference::Short(0x42), 3),
        (&long, Reference::Long(0x1234), 3),
    ];
    for (index, ((document, reference, count), (key, sec))) in rows.into_iter().zip(keys.iter().cycle()).enumerate() {
        let octets = document.to_wbxml().unwrap();
        let mac = key.sign(&octets);
        let content_type = ContentType::new(MediaType::CONNECTIVITY_WBXML).with_sec(key.sec()).with_mac(mac.as_str());
        let pdu = Push::new(content_type, &octets).to_vec().unwrap();
        let ports = Ports { destination: Port::PUSH, source: Port::WSP };
        let mut sms: Vec<Vec<u8>> =
            segment(&pdu, ports, reference).unwrap().iter().map(|part| sms::deliver(part)).collect();
        assert_eq!(sms.len(), count, "{} octets", pdu.len());
        for is_reversed in [false, true] {
            let name = format!("sms-{index}-{is_reversed}");
            let fields = ["wsp.header.content_type", "wsp.parameter.sec", "wsp.parameter.mac"];
            let expected =
                format!("application/vnd.wap.connectivity-wbxml\t0x{:02x}\t{}", key.sec().value(), mac.as_str());
            let printed = tshark(&name, &sms, &fields);
            assert_eq!(printed.trim(), expected, "{name}");
            let text = tshark(&name, &sms, &[]);
            let content_type = format!(
                "Content-Type: application/vnd.wap.connectivity-wbxml; SEC={}; MAC={}",
                key.sec(),
                mac.as_str()
            );
            for line in [&content_type[..], &format!("SEC: {sec}"), &format!("MAC: {}", mac.as_str())] {
                assert!(text.contains(line), "{name}: {line}: {text}");
            }
            assert!(!text.contains("Malformed") && !text.contains("Unreassembled"), "{name}: {text}");
            let xml = rendered(&text);
            assert_eq!(ProvisioningDoc::parse(xml.as_bytes()).unwrap(), *document, "{name}: {xml}");
            sms.reverse();
        }
    }
}

/// One missing: there is no document, and nothing that looks like one.
#[test]
fn tshark_misses_what_is_missing() {
    if !are_here(&["tshark"]) {
        return;
    }
    let octets = document().to_wbxml().unwrap();
    let content_type = ContentType::new(MediaType::CONNECTIVITY_WBXML).with_sec(Sec::USERPIN);
    let pdu = Push::new(content_type, &octets).to_vec().unwrap();
    let ports = Ports { destination: Port::PUSH, source: Port::WSP };
    let mut sms: Vec<Vec<u8>> =
        segment(&pdu, ports, Reference::Short(9)).unwrap().iter().map(|part| sms::deliver(part)).collect();
    sms.remove(1);
    assert_eq!(tshark("missing", &sms, &["wsp.header.content_type"]).trim(), "");
}

fn to_xml(name: &str, octets: &[u8]) -> Vec<u8> {
    let output = run("wbxml2xml", name, octets, |path| ["-m", "0", "-k", "-o", "-", path].map(str::to_owned).to_vec());
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stdout));
    output.stdout
}

/// `wbxml2xml` reads our documents as we meant them: those of the notes, and one with all that tokens can say.
#[test]
fn libwbxml_reads_our_documents() {
    if !are_here(&["wbxml2xml"]) {
        return;
    }
    let notes = Notes::read();
    let vectors: Vec<Vec<u8>> = notes
        .iter()
        .flat_map(|notes| ["5.1", "5.2", "5.3", "5.5"].map(|number| notes.section(number).hex(0)))
        .collect();
    let mut documents: Vec<ProvisioningDoc<'_>> =
        vectors.iter().map(|octets| ProvisioningDoc::parse(octets).unwrap()).collect();
    documents.push(document());
    for (index, document) in documents.iter().enumerate() {
        let xml = to_xml(&format!("document-{index}"), &document.to_wbxml().unwrap());
        assert_eq!(ProvisioningDoc::parse(&xml).unwrap(), *document, "{}", String::from_utf8_lossy(&xml));
    }
    println!("{} documents read by libwbxml", documents.len());
}

/// The octets of 5.1 and 5.5 are those of libwbxml's encoder. It ends a document by END inside the root as we do, and
/// writes `value` on page 0 always: that is what ours are shorter by.
#[test]
fn libwbxml_writes_the_vectors() {
    let Some(notes) = Notes::read() else { return };
    if !are_here(&["xml2wbxml"]) {
        return;
    }
    for number in ["5.1", "5.5"] {
        let section = notes.section(number);
        let xml = section.blocks("xml").next().unwrap();
        // it wants to be told which document type it is
        let doctype = "<!DOCTYPE wap-provisioningdoc PUBLIC \"-//WAPFORUM//DTD PROV 1.0//EN\" \
                       \"http://www.wapforum.org/DTD/prov.dtd\">";
        let text = format!("<?xml version=\"1.0\"?>{doctype}{xml}");
        let output = run("xml2wbxml", number, text.as_bytes(), |path| {
            ["-n", "-v", "1.3", "-o", "-", path].map(str::to_owned).to_vec()
        });
        assert!(output.status.success(), "{number}: {}", String::from_utf8_lossy(&output.stdout));
        let octets = section.hex(0);
        assert_eq!(output.stdout, octets, "{number}");
        let ours = ProvisioningDoc::parse(&octets).unwrap().to_wbxml().unwrap();
        assert!(ours.len() < octets.len(), "{number}");
    }
}
