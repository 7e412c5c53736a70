//! What other people's programs say of our fixtures: libwbxml's `wbxml2xml` reads our WBXML as our XML, and we read what
//! its `xml2wbxml` makes of our XML as that XML; `tshark` reads the SMS that we make of them.
#![cfg(all(feature = "cp", feature = "dm", feature = "xml"))]
#![expect(clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

mod support;

use core::sync::atomic::{AtomicUsize, Ordering};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use poc_mo::PocSettings;
use wbxml::vocabulary::{dmddf, metinf, prov, syncml};
use wbxml::{AnyReader, Cursor, Event, Options, Vocabulary};

static VOCABULARIES: [&Vocabulary<'static>; 4] =
    [&prov::PROV_1_0, &syncml::SYNCML_1_2, &metinf::METINF_1_2, &dmddf::DM_DDF_1_2];

/// A document as one line an element: depth, tag, name, attributes; and one a text. White space between elements says
/// nothing.
fn tree(document: &[u8]) -> Vec<String> {
    let mut reader = AnyReader::new(document, Options::new().vocabularies(&VOCABULARIES)).unwrap();
    let mut lines = Vec::new();
    let mut text = String::new();
    loop {
        let event = reader.next_event().unwrap();
        match event {
            Event::Text(piece) => text.push_str(piece.to_str().unwrap()),
            Event::Opaque(octets) => text.push_str(core::str::from_utf8(octets).unwrap()),
            Event::Entity(character) => text.push(character),
            Event::Start(_) | Event::End | Event::Eof => {
                let text = core::mem::take(&mut text);
                if !text.trim().is_empty() {
                    lines.push(format!("{text:?}"));
                }
            }
            _ => {}
        }
        match event {
            Event::Start(start) => {
                let mut attributes = Vec::new();
                if start.has_attributes() {
                    while let Some(attribute) = reader.next_attribute(start).unwrap() {
                        attributes.push(format!("{}={:?}", attribute.name, attribute.value.to_cow().unwrap()));
                    }
                }
                // an element without content has no end of its own: what counts is what it is in
                let depth = reader.depth().saturating_sub(u32::from(start.has_content()));
                let name = reader.name(start).unwrap().unwrap_or_default();
                lines.push(format!("{depth} {:?} {name} {}", start.tag, attributes.join(" ")));
            }
            Event::Eof => return lines,
            _ => {}
        }
    }
}

/// What the settings are after the fixture, and before it the account that an update is about.
fn settings(name: &str, document: &[u8]) -> PocSettings<'static> {
    let mut settings = PocSettings::new();
    if name == "poc-dm-update" {
        settings.apply_cp(&support::fixture("poc-cp", "wbxml")).unwrap();
    }
    if name == "poc-cp" { settings.apply_cp(document) } else { settings.apply_dm(document) }.unwrap();
    settings
}

/// What a program says; nothing, if it is not installed.
fn output(tool: &str, limit: &str, arguments: &[&str]) -> Option<Output> {
    let mut command = Command::new("timeout");
    command.args([limit, tool]).args(arguments).stdin(Stdio::null());
    let output = command.output().ok().filter(|output| output.status.code() != Some(127));
    let Some(output) = output else {
        assert!(!support::is_required("oracles"), "REQUIRE names the oracles, but {tool} is not there");
        println!("{tool} is not there");
        return None;
    };
    assert!(output.status.success(), "{tool} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    Some(output)
}

/// What a tool of libwbxml makes of a file.
fn converted(tool: &str, arguments: &[&str], file: &Path) -> Option<Vec<u8>> {
    let arguments = [arguments, &["-o", "-", file.to_str().unwrap()]].concat();
    output(tool, "10", &arguments).map(|output| output.stdout)
}

fn check(tool: &str, arguments: &[&str], encoding: &str) {
    let mut count = 0_usize;
    for name in support::FIXTURES {
        let ours = support::fixture(name, "xml");
        let Some(theirs) = converted(tool, arguments, &support::path(name, encoding)) else { return };
        assert_eq!(wbxml::is_xml(&theirs), tool == "wbxml2xml", "{name}");
        assert_eq!(tree(&theirs), tree(&ours), "{tool} {arguments:?} {name}");
        assert_eq!(settings(name, &theirs), settings(name, &ours), "{tool} {arguments:?} {name}");
        count = count.saturating_add(1);
    }
    println!("{tool} {arguments:?}: {count} fixtures");
}

#[test]
fn our_wbxml_is_our_xml_to_wbxml2xml() {
    check("wbxml2xml", &[], "wbxml");
}

#[test]
fn our_xml_is_read_as_xml2wbxml_writes_it() {
    check("xml2wbxml", &["-v", "1.3"], "xml");
    check("xml2wbxml", &["-v", "1.3", "-n"], "xml");
}

/// A file with these octets that no other test has, for as long as it is looked at.
fn with_file<T>(octets: &[u8], look: impl FnOnce(&Path) -> T) -> T {
    static FILES: AtomicUsize = AtomicUsize::new(0);
    let name = format!("poc-mo-{}-{}", std::process::id(), FILES.fetch_add(1, Ordering::Relaxed));
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, octets).unwrap();
    let result = look(&path);
    std::fs::remove_file(&path).unwrap();
    result
}

#[cfg(feature = "mac")]
mod provision {
    use omacp::ProvisioningDoc;
    use omacp::push::{Reference, Sec};
    use poc_mo::omacp;
    use poc_mo::profile::PROVISIONAL;
    use poc_mo::provision::push::{Secrets, SignedPush};
    use poc_mo::provision::{Device, Provisioning, Update};

    use super::*;

    const DEVICE: Device<'_> = Device::dm_1_2("IMEI:490154203237518", "https://dm.harbour.example");

    /// The account of the fixture, and all of the document that it came in.
    fn provisioning() -> Provisioning {
        let octets = support::fixture("poc-cp", "wbxml");
        let provisioning = Provisioning::of_document(&ProvisioningDoc::parse(&octets).unwrap(), &PROVISIONAL).unwrap();
        assert_eq!(provisioning.accounts.len(), 1);
        assert!(provisioning.companions().characteristics().next().is_some());
        provisioning
    }

    /// OMA-WAP-TS-ProvCont, document type; OMA DM Representation Protocol 1.2.
    #[test]
    fn what_is_provisioned_is_the_same_to_wbxml2xml() {
        let provisioning = provisioning();
        let cp = provisioning.cp(&PROVISIONAL);
        let document = (cp.document().to_wbxml().unwrap(), cp.document().to_xml().unwrap().into_bytes());
        let dm = provisioning.dm(&DEVICE).unwrap();
        let message = (dm.to_wbxml().unwrap().remove(0), dm.to_xml().unwrap().remove(0));
        let update = Update::new(&provisioning, &Provisioning::default(), &DEVICE).unwrap();
        let withdrawal = (update.to_wbxml().unwrap().remove(0), update.to_xml().unwrap().remove(0));
        for (wbxml, xml) in [document, message, withdrawal] {
            let Some(theirs) = with_file(&wbxml, |file| converted("wbxml2xml", &[], file)) else { return };
            assert_eq!(tree(&theirs), tree(&xml), "{}", String::from_utf8_lossy(&xml));
        }
    }

    /// An SMS-DELIVER TPDU (3GPP TS 23.040, 9.2.2.1) from +44770012345, with 8-bit data of class 1 and a header in it.
    fn deliver(user_data: &[u8]) -> Vec<u8> {
        // TP-MTI with TP-UDHI, TP-OA, TP-PID, TP-DCS, TP-SCTS
        let head = *b"\x44\x0B\x91\x44\x77\x00\x21\x43\xF5\x00\xF5\x62\x11\x22\x61\x00\x00\x00";
        [&head[..], &[u8::try_from(user_data.len()).unwrap()], user_data].concat()
    }

    /// A capture of SMS: a pcap file of link type 147, the first of those that users define.
    fn capture(tpdus: &[Vec<u8>]) -> Vec<u8> {
        let mut pcap = Vec::new();
        let mut put = |numbers: &[u32], octets: &[u8]| {
            pcap.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
            pcap.extend_from_slice(octets);
        };
        put(&[0xA1B2_C3D4, 0x0004_0002, 0, 0, 0xFFFF, 147], &[]);
        for (seconds, tpdu) in (1_u32..).zip(tpdus) {
            let length = u32::try_from(tpdu.len()).unwrap();
            put(&[seconds, 0, length, length], tpdu);
        }
        pcap
    }

    /// WAP-230-WSP, 8.4.2.24; 3GPP TS 23.040, 9.2.3.24: content type, `SEC`, MAC and the parts are what we put in.
    #[test]
    fn tshark_reads_our_pushes() {
        let provisioning = provisioning();
        let document = provisioning.cp(&PROVISIONAL).document().to_wbxml().unwrap();
        let bootstrap = provisioning.bootstrap(&DEVICE).unwrap().to_wbxml().unwrap();
        let secrets = Secrets::new().with_pin("12345").with_imsi("466923103145252");
        for sec in [Sec::NETWPIN, Sec::USERPIN, Sec::USERNETWPIN] {
            for (push, name) in [
                (SignedPush::of_document(&document, sec, &secrets), "application/vnd.wap.connectivity-wbxml"),
                (SignedPush::of_bootstrap(&bootstrap, sec, &secrets), "application/vnd.syncml.dm+wbxml"),
            ] {
                let push = push.unwrap();
                let read = omacp::push::Push::parse(push.octets()).unwrap();
                let segments = push.segments(Reference::Short(sec.value())).unwrap();
                assert!(segments.len() > 1);
                let sms: Vec<Vec<u8>> = segments.iter().map(|user_data| deliver(user_data)).collect();
                let printed = with_file(&capture(&sms), |file| {
                    let dlt = r#"uat:user_dlts:"User 0 (DLT=147)","gsm_sms","0","","0","""#;
                    let mut arguments = vec!["-r", file.to_str().unwrap(), "-o", dlt, "-o", "gsm_sms.reassemble:TRUE"];
                    arguments.extend(["-o", "gsm_sms_ud.port_number_udh_means_wsp:TRUE", "-T", "fields"]);
                    arguments.extend(["-e", "wsp.header.content_type", "-e", "wsp.parameter.sec"]);
                    arguments.extend(["-e", "wsp.parameter.mac"]);
                    output("tshark", "60", &arguments)
                });
                let Some(printed) = printed else { return };
                let mac = read.content_type.mac().unwrap();
                let expected = format!("{name}\t0x{:02x}\t{mac}", sec.value());
                assert_eq!(String::from_utf8(printed.stdout).unwrap().trim(), expected);
            }
        }
    }
}
