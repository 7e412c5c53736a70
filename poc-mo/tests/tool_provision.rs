//! `poc-mo provision` and `poc-mo update`: what they write, `poc-mo settings` reads as the account that it was.
#![cfg(feature = "cli")]
#![expect(clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

mod support;

use poc_mo::PocAccount;
use support::tool;

const IMSI: &str = "466923103145252";

/// The fixture's account as JSON: an array.
fn settings() -> Vec<u8> {
    let output = tool(&["settings", "--format", "json", "poc-cp.wbxml"], b"");
    assert!(output.status.success());
    output.stdout
}

/// What a command that succeeds prints, and what it says beside that.
fn run(arguments: &[&str], input: &[u8]) -> (Vec<u8>, String) {
    let output = tool(arguments, input);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {said}");
    (output.stdout, said)
}

/// The line that a command fails with.
fn failure(arguments: &[&str], input: &[u8]) -> String {
    let output = tool(arguments, input);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{arguments:?}");
    String::from_utf8(output.stderr).unwrap()
}

fn json(octets: &[u8]) -> serde_json::Value {
    serde_json::from_slice(octets).unwrap()
}

/// References are equal wherever they stand: by Device Management, they have nodes.
fn accounts(octets: &[u8]) -> Vec<PocAccount> {
    serde_json::from_slice(octets).unwrap()
}

#[test]
fn every_form_gives_the_account_back() {
    let settings = settings();
    let (pin, both) = (["--pin", "1234"], ["--pin", "1234", "--imsi", IMSI]);
    // how it is made, and how it is read
    let cases: [(&[&str], &[&str]); 15] = [
        (&["--as", "cp-xml"], &[]),
        (&["--as", "cp"], &[]),
        (&["--as", "dm"], &[]),
        (&["--as", "dm-xml"], &[]),
        (&["--as", "dm", "--dm", "1.1.2"], &[]),
        (&["--as", "dm", "--node", "./Oma/PoC/1", "--object-id", "urn:oma:mo:oma_poc:2.1"], &[]),
        (&["--as", "tnds"], &[]),
        (&["--as", "bootstrap"], &[]),
        (&["--as", "bootstrap", "--dm", "1.1.2"], &[]),
        (&["--as", "push", "--sec", "userpin"], &pin),
        (&["--as", "push", "--sec", "usernetwpin"], &both),
        (&["--as", "push", "--carry", "bootstrap", "--sec", "userpin"], &pin),
        (&["--as", "sms", "--sec", "netwpin"], &["--imsi", IMSI]),
        (&["--as", "sms", "--carry", "bootstrap", "--sec", "userpin", "--reference", "77"], &pin),
        (&["--as", "bootstrap", "--sec", "usernetwpin"], &both),
    ];
    for (made, keys) in cases {
        let (octets, said) = run(&[&["provision"], made, keys, &["-"]].concat(), &settings);
        assert!(
            said.starts_with("poc-mo: warning: names that are not confirmed: ") && said.lines().count() == 1,
            "{said}"
        );
        let (read, said) = run(&[&["settings", "--format", "json"], keys, &["-"]].concat(), &octets);
        assert_eq!(said, "", "{made:?}");
        assert_eq!(accounts(&read), accounts(&settings), "{made:?}");
    }
}

#[test]
fn the_pin_of_userpinmac_is_told_beside_the_push() {
    let (push, said) = run(&["provision", "--as", "push", "--sec", "userpinmac", "--pin", "40173", "-"], &settings());
    let pin = said.lines().find_map(|line| line.strip_prefix("poc-mo: the PIN is ")).unwrap();
    assert!(pin.starts_with("40173") && pin.len() == 10, "{pin}");
    let (read, _) = run(&["settings", "--format", "json", "--pin", pin, "-"], &push);
    assert_eq!(accounts(&read), accounts(&settings()));
}

#[test]
fn sms_are_lines_of_at_most_140_octets() {
    let (lines, _) = run(&["provision", "--as", "sms", "--sec", "userpin", "--pin", "1234", "-"], &settings());
    let lines = String::from_utf8(lines).unwrap();
    assert!(lines.lines().count() > 1);
    // 3GPP TS 23.040, 9.2.3.24: ports 2948 and 9200, and a concatenation
    assert!(lines.lines().all(|line| line.len() <= 280 && line.starts_with("0B05040B8423F00003")), "{lines}");
}

#[test]
fn what_is_lost_is_said_and_companions_are_objects() {
    let settings = br#"{"accounts": [{"app_id": "ap0001", "provider_id": "ptt", "con_refs": ["N"]}],
        "companions": [
            {"type": "NAPDEF", "parms": [{"name": "NAPID", "value": "N"}, {"name": "NAP-ADDRESS", "value": "ptt"}]},
            {"type": "ACCESS"}]}"#;
    let (message, said) = run(&["provision", "--as", "dm-xml", "-"], settings);
    let message = String::from_utf8(message).unwrap();
    assert!(
        message.contains("<LocURI>./NAP/N/Addr</LocURI>") && message.contains("<LocURI>./PoC/ptt</LocURI>"),
        "{message}"
    );
    let lines: Vec<&str> = said.lines().collect();
    let expected = [
        "poc-mo: warning: ACCESS[1]: there is no counterpart, and it is lost",
        "poc-mo: warning: account 1: con_refs, number 1: it is written as the address ./NAP/N",
        "poc-mo: warning: names that are not confirmed: AppID, Provider-ID, ToConRef/*/ConRef",
    ];
    assert_eq!(lines, expected);
    let (document, _) = run(&["provision", "--as", "cp-xml", "-"], settings);
    let document = String::from_utf8(document).unwrap();
    let places = ["NAPDEF", "ACCESS", "APPLICATION"].map(|type_| document.find(type_).unwrap());
    assert!(places.is_sorted(), "{document}");
}

#[test]
fn names_come_from_a_description() {
    let made = ["provision", "--as", "dm-xml", "--profile", "poc-other-names.ddf", "-"];
    let (message, said) = run(&made, &settings());
    assert!(String::from_utf8(message.clone()).unwrap().contains("/Timers/Request_T11</LocURI>"));
    assert!(!said.contains("Request_T11"), "{said}");
    let (read, _) = run(&["settings", "--format", "json", "--profile", "poc-other-names.ddf", "-"], &message);
    assert_eq!(accounts(&read), accounts(&settings()));
}

/// The fixture says in JSON what the document says.
#[test]
fn settings_in_json_are_the_document() {
    let (theirs, _) = run(&["provision", "--as", "cp", "poc-settings.json"], b"");
    let document = omacp::ProvisioningDoc::parse(&theirs).unwrap();
    let octets = support::fixture("poc-cp", "wbxml");
    assert_eq!(document, omacp::ProvisioningDoc::parse(&octets).unwrap());
}

/// A file of these settings, for a command that reads two.
struct File(std::path::PathBuf);

impl File {
    fn new(name: &str, octets: &[u8]) -> Self {
        let path = std::env::temp_dir().join(format!("poc-mo-{}-{name}", std::process::id()));
        std::fs::write(&path, octets).unwrap();
        Self(path)
    }

    fn name(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for File {
    fn drop(&mut self) {
        _ = std::fs::remove_file(&self.0);
    }
}

#[test]
fn an_update_makes_the_new_settings_of_the_old_ones() {
    let old = settings();
    let mut changed = json(&old);
    *changed.pointer_mut("/0/t11_ms").unwrap() = 8000.into();
    *changed.pointer_mut("/0/name").unwrap() = serde_json::Value::Null;
    let new = serde_json::to_vec(&changed).unwrap();
    let (old, new) = (File::new("old.json", &old), File::new("new.json", &new));
    let (first, _) = run(&["provision", "--as", "dm", old.name()], b"");
    let first = File::new("first.wbxml", &first);
    for form in ["dm", "dm-xml"] {
        let (update, _) = run(&["update", "--as", form, old.name(), new.name()], b"");
        let update = File::new(&format!("update-{form}"), &update);
        let (read, _) = run(&["settings", "--format", "json", first.name(), update.name()], b"");
        assert_eq!(accounts(&read), accounts(&changed.to_string().into_bytes()));
    }
    let (gone, _) = run(&["update", old.name(), "-"], b"[]");
    let gone = File::new("gone.wbxml", &gone);
    let (read, _) = run(&["settings", "--format", "json", first.name(), gone.name()], b"");
    assert_eq!(json(&read), serde_json::json!([]));
}

#[test]
fn the_result_goes_to_a_file() {
    let file = File::new("out.wbxml", b"");
    let (nothing, _) = run(&["provision", "--as", "cp", "-o", file.name(), "-"], &settings());
    assert!(nothing.is_empty());
    let (read, _) = run(&["settings", "--format", "json", file.name()], b"");
    assert_eq!(accounts(&read), accounts(&settings()));
    let nowhere = ["provision", "--as", "cp", "-o", "/nowhere/out.wbxml", "-"];
    assert!(failure(&nowhere, &settings()).contains("/nowhere/out.wbxml: "));
}

#[test]
fn a_failure_is_a_line() {
    let settings = settings();
    let cases: [(&[&str], &[u8], &str); 9] = [
        (&["--as", "push"], &settings, "--sec must be given, with --pin or --imsi"),
        (&["--as", "sms", "--sec", "userpin"], &settings, "USERPIN needs a PIN"),
        (&["--as", "push", "--sec", "netwpin", "--pin", "1"], &settings, "NETWPIN needs an IMSI"),
        (&["--as", "cp", "--sec", "userpin"], &settings, "--sec is for push, sms and bootstrap"),
        (
            &["--as", "bootstrap", "--sec", "userpinmac", "--pin", "12345"],
            &settings,
            "this cannot be protected by USERPINMAC",
        ),
        (&["--as", "push", "--sec", "userpin", "--pin", "x"], &settings, "a PIN is decimal digits"),
        (&["--as", "dm", "--node", "A B"], &settings, "\"A B\" is no address of an account's node"),
        (
            &["--as", "dm", "--object-id", "urn:x"],
            &settings,
            "the profile does not know the object identifier \"urn:x\"",
        ),
        (&["--as", "cp"], b"[{\"t12_ms\": 1}]", "unknown field `t12_ms`"),
    ];
    for (arguments, input, told) in cases {
        let line = failure(&[&["provision"], arguments, &["-"]].concat(), input);
        let last = line.lines().last().unwrap();
        assert!(last.starts_with("poc-mo: standard input: ") && last.contains(told), "{arguments:?}: {line}");
    }
    assert!(failure(&["update", "none.json", "none.json"], b"").starts_with("poc-mo: none.json: "));
}
