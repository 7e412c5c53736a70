//! The examples, from one to the next: SMS that one builds, another prints, and a third changes.

#![cfg(feature = "mac")]
#![expect(clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]
#![allow(dead_code, reason = "of the examples, what is behind their command lines is tested")]

#[path = "../examples/apn.rs"]
mod apn;
#[path = "../examples/segments.rs"]
mod segments;
#[path = "../examples/settings.rs"]
mod settings;
#[path = "support/sms.rs"]
mod sms;
mod support;

use omacp::ProvisioningDoc;
use omacp::push::{ContentType, MediaType, Port, Ports, Push, Reassembler, Reference, Sec, segment};
use omacp::security::{Key, pin_with_mac};

fn segments() -> Vec<String> {
    let request = segments::Request {
        name: String::from("Operator"),
        apn: String::from("internet.example"),
        pin: String::from("1234"),
        user: Some(String::from("anna")),
        password: Some(String::from("secret")),
        reference: 7,
    };
    segments::segments(&request).unwrap()
}

fn request(pin: &str) -> settings::Request {
    settings::Request { pin: (!pin.is_empty()).then(|| pin.to_owned()), ..settings::Request::default() }
}

fn print(log: &str, request: &settings::Request) -> Result<String, String> {
    settings::settings(log, request).map_err(|error| error.to_string())
}

fn digits(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}

const SETTINGS: &str = "\
USERPIN, verified
BOOTSTRAP
  NAME = Operator
NAPDEF
  NAPID = NAP1
  NAME = Operator
  BEARER = GSM-GPRS
  NAP-ADDRESS = internet.example
  NAP-ADDRTYPE = APN
  INTERNET
  NAPAUTHINFO
    AUTHTYPE = PAP
    AUTHNAME = anna
    AUTHSECRET = secret
APPLICATION
  APPID = w2
  NAME = Operator
  TO-NAPID = NAP1
";

#[test]
fn what_one_builds_another_prints() {
    let mut lines = segments();
    assert_eq!(lines.len(), 2);
    assert_eq!(print(&lines.join("\n"), &request("1234")).unwrap(), SETTINGS);
    // as a log has them: whole SMS, in another order, with a time in front
    let sms: Vec<String> = lines.iter().map(|line| digits(&sms::deliver(&support::hex(line)))).collect();
    let log = format!("12:01:07 +CMGR {}\n\n 0791947122725014{} \n", sms[1], sms[0]);
    assert_eq!(print(&log, &request("1234")).unwrap(), SETTINGS);
    let unverified = settings::Request { is_unverified: true, ..settings::Request::default() };
    assert_eq!(print(&log, &unverified).unwrap(), SETTINGS.replace("verified", "not verified"));
    // two messages
    lines.extend(segments());
    assert_eq!(print(&lines.join("\n"), &request("1234")).unwrap(), SETTINGS.repeat(2));
}

#[test]
fn what_is_wrong_is_said() {
    let lines = segments();
    let all = lines.join("\n");
    let rows = [
        (all.clone(), request("1235"), "the MAC is wrong: another key, or another document, at octet 0 (0x0)"),
        (all.clone(), request(""), "the message is protected by USERPIN: --pin is wanted"),
        (all, request("12x4"), "a PIN is decimal digits"),
        (lines[0].clone(), request("1234"), "SMS missing: [2] of a message"),
        (String::from("\n"), request("1234"), "no SMS"),
        (String::from("\nxyz"), request("1234"), "line 2: no hexadecimal digits"),
        (String::from("123"), request("1234"), "line 1: no hexadecimal digits"),
        (String::from("FF00"), request("1234"), "line 1: no SMS with a user-data header"),
    ];
    for (log, request, expected) in rows {
        assert_eq!(print(&log, &request).unwrap_err(), expected);
    }
    let document = ProvisioningDoc::builder().build().to_wbxml().unwrap();
    let plain = Push::new(ContentType::new(MediaType::CONNECTIVITY_WBXML), &document).to_vec().unwrap();
    let plain = format!("0605040B8423F0{}", digits(&plain));
    let error = print(&plain, &request("1234")).unwrap_err();
    assert_eq!(error, "the message is not protected (--unverified prints it)");
}

/// The access point that the second example changes: the first one prints it.
#[test]
fn an_access_point_is_changed() {
    let mut phone = Reassembler::new();
    let lines = segments();
    let whole = lines.iter().filter_map(|line| phone.receive("", &support::hex(line)).unwrap()).next().unwrap();
    let mut change = apn::Request {
        key: Key::userpin("1234").unwrap(),
        path: String::from("NAPDEF/NAP-ADDRESS"),
        apn: String::from("web"),
        is_unverified: false,
    };
    let changed = apn::changed(&whole.octets, &change).unwrap();
    assert_eq!(changed.len(), whole.octets.len() - "internet.example".len() + "web".len());
    let ports = Ports { destination: Port::PUSH, source: Port::WSP };
    let parts = segment(&changed, ports, Reference::Short(8)).unwrap();
    let log: Vec<String> = parts.iter().map(|part| digits(part)).collect();
    let expected = SETTINGS.replace("internet.example", "web");
    assert_eq!(print(&log.join("\n"), &request("1234")).unwrap(), expected);

    change.path = String::from("NAPDEF[2]/NAP-ADDRESS");
    let error = apn::changed(&whole.octets, &change).unwrap_err().to_string();
    assert_eq!(error, "NAPDEF[2]/NAP-ADDRESS: no parm at this path");
    change.key = Key::userpin("4321").unwrap();
    let error = apn::changed(&whole.octets, &change).unwrap_err().to_string();
    assert_eq!(error, "the MAC is wrong: another key, or another document, at octet 0 (0x0)");
    change.path = String::from("NAPDEF/NAP-ADDRESS");
    change.is_unverified = true;
    assert!(apn::changed(&whole.octets, &change).is_ok());
}

/// A PIN that holds the MAC is typed as it was told.
#[test]
fn a_pin_with_a_mac() {
    let document = ProvisioningDoc::builder().start("NAPDEF").parm("NAPID", "N").build().to_wbxml().unwrap();
    let content_type = ContentType::new(MediaType::CONNECTIVITY_WBXML).with_sec(Sec::USERPINMAC);
    let pdu = Push::new(content_type, &document).to_vec().unwrap();
    let log = format!("0605040B8423F0{}", digits(&pdu));
    let pin = pin_with_mac("13579", &document).unwrap();
    assert_eq!(print(&log, &request(&pin)).unwrap(), "USERPINMAC, verified\nNAPDEF\n  NAPID = N\n");
    assert!(print(&log, &request("1357900000")).unwrap_err().starts_with("the MAC is wrong"));
}
