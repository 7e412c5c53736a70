//! `poc-mo verify` and `poc-mo edit`, and what `poc-mo settings` takes of pushes: keys, MACs, and the octets that stay.
#![cfg(feature = "cli")]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "helpers of tests: to stop is how they fail"
)]

mod support;

use std::process::Output;

use omacp::push::{ContentType, MediaType, Push, Sec};
use omacp::security::{Key, NetworkSecret, pin_with_mac};
use poc_mo::profile::PROVISIONAL;
use poc_mo::{DmForm, Field, PocAccount};
use support::{fixture, tool};
use syncml::dm::bootstrap::{BootstrapKey, BootstrapWriter, ImsiSecret};

const IMSI: &str = "46692310314525";

fn message(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn printed(arguments: &[&str], input: &[u8]) -> String {
    let output = tool(arguments, input);
    assert_eq!((output.status.code(), message(&output)), (Some(0), String::new()), "{arguments:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// A push of the account's document, protected in this way.
fn provisioning(key: &Key) -> Vec<u8> {
    let document = fixture("poc-cp", "wbxml");
    let mac = key.sign(&document);
    let content_type = ContentType::new(MediaType::CONNECTIVITY_WBXML).with_sec(key.sec());
    let content_type = if key.sec() == Sec::USERPINMAC { content_type } else { content_type.with_mac(mac.as_str()) };
    Push::new(content_type, &document).to_vec().unwrap()
}

/// A push of a bootstrap message that adds a PoC account, protected in this way.
fn bootstrap(key: &BootstrapKey) -> Vec<u8> {
    let mut account = PocAccount::default();
    account.set(Field::AppId, "ap0001").unwrap();
    account.set(Field::T11, "5000").unwrap();
    let form = DmForm::new(&account, &PROVISIONAL, "./PoC/Harbour", "urn:oma:mo:oma_poc:2.1").unwrap();
    let mut body = Vec::new();
    let mut writer = BootstrapWriter::dm_1_2(&mut body, "IMEI:1", "https://dm.example").unwrap();
    writer.add("./Inbox", &form.tree()).unwrap();
    writer.finish().unwrap();
    let mac = key.sign(&body);
    let content_type =
        ContentType::new(MediaType::SYNCML_DM_WBXML).with_sec(Sec::new(key.sec().0)).with_mac(mac.as_str());
    Push::new(content_type, &body).to_vec().unwrap()
}

/// A method: its name, a push, the options that make its key, and those that make another one.
type Protected = (&'static str, Vec<u8>, Vec<String>, Vec<String>);

fn pushes() -> Vec<Protected> {
    let secret = NetworkSecret::from_imsi(IMSI).unwrap();
    let imsi = ImsiSecret::new(IMSI).unwrap();
    let pinmac = pin_with_mac("12345", &fixture("poc-cp", "wbxml")).unwrap();
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let (pin, network, both) = (["--pin", "1234"], ["--imsi", IMSI], ["--pin", "1234", "--imsi", IMSI]);
    let wrong_network = words(&["--imsi", "262011234567890"]);
    let wrong_both = words(&["--pin", "1235", "--imsi", IMSI]);
    let wrong_pin = words(&["--pin", "1235"]);
    vec![
        ("NETWPIN", provisioning(&Key::netwpin(&secret)), words(&network), wrong_network.clone()),
        ("USERPIN", provisioning(&Key::userpin("1234").unwrap()), words(&pin), wrong_pin.clone()),
        ("USERNETWPIN", provisioning(&Key::usernetwpin(&secret, "1234").unwrap()), words(&both), wrong_both.clone()),
        (
            "USERPINMAC",
            provisioning(&Key::userpinmac(&pinmac).unwrap()),
            words(&["--pin", &pinmac]),
            words(&["--pin", "1234567890"]),
        ),
        ("NETWORKID", bootstrap(&BootstrapKey::networkid(imsi.octets()).unwrap()), words(&network), wrong_network),
        ("USERPIN", bootstrap(&BootstrapKey::userpin(b"1234").unwrap()), words(&pin), wrong_pin),
        (
            "USERPIN_NETWORKID",
            bootstrap(&BootstrapKey::userpin_networkid(b"1234", imsi.octets()).unwrap()),
            words(&both),
            wrong_both.clone(),
        ),
        (
            "USERPIN_NETWORKID",
            bootstrap(&BootstrapKey::userpin_networkid_as_in_cp(b"1234", imsi.octets()).unwrap()),
            words(&both),
            wrong_both,
        ),
    ]
}

fn with<'a>(command: &[&'a str], options: &'a [String]) -> Vec<&'a str> {
    command.iter().copied().chain(options.iter().map(String::as_str)).chain(["-"]).collect()
}

/// OMA-WAP-TS-ProvBoot, 5.2; OMA-TS-DM_Bootstrap, security.
#[test]
fn each_method_is_verified_with_its_key_and_with_no_other() {
    for (method, push, right, wrong) in pushes() {
        let shown = printed(&with(&["verify"], &right), &push);
        assert!(shown.contains(&format!(": verified, {method}: ")), "{shown}");
        assert!(printed(&["inspect", "-"], &push).contains(&format!("\n    SEC {method}\n")), "{method}");
        let output = tool(&with(&["verify"], &wrong), &push);
        let shown = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(1), "{method}: {shown}");
        assert!(shown.contains(&format!(": not verified, {method}: the MAC is wrong")), "{shown}");
        // another document
        let mut changed = push.clone();
        let last = changed.iter().rposition(|octet| *octet == b'a').unwrap();
        changed[last] = b'o';
        assert_eq!(tool(&with(&["verify"], &right), &changed).status.code(), Some(1), "{method}");
        // no key
        let output = tool(&["verify", "-"], &push);
        assert_eq!(output.status.code(), Some(2), "{method}");
        assert!(message(&output).ends_with(" must be given\n"), "{}", message(&output));
    }
}

#[test]
fn what_cannot_be_verified_is_told_from_what_is_not() {
    let bare = ContentType::new(MediaType::CONNECTIVITY_WBXML);
    let document = fixture("poc-cp", "wbxml");
    let unprotected = Push::new(bare.clone(), &document).to_vec().unwrap();
    let unknown = Push::new(bare.clone().with_sec(Sec::new(9)), &document).to_vec().unwrap();
    let no_mac = Push::new(bare.with_sec(Sec::USERPIN), &document).to_vec().unwrap();
    for (input, code, what) in [
        (&unprotected[..], 1, "not verified, the message is not protected"),
        (&unknown, 1, "not verified, SEC 9 is no method that is known"),
        (&no_mac, 1, "not verified, USERPIN: the message has no MAC"),
        (&document, 2, "OMA Client Provisioning document: nothing that a MAC comes with"),
        (b"\x01\x06\x01\x83octets", 2, "nothing that a MAC is made for"),
        (b"", 2, "nothing is in it"),
    ] {
        let output = tool(&["verify", "--pin", "1234", "-"], input);
        let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), message(&output));
        assert_eq!(output.status.code(), Some(code), "{said}");
        assert!(said.contains(what), "{said}");
    }
    for options in [&["--pin", "12x4"][..], &["--imsi", "1"]] {
        let key = if options[0] == "--imsi" {
            Key::netwpin(&NetworkSecret::from_imsi(IMSI).unwrap())
        } else {
            Key::userpin("1234").unwrap()
        };
        let output = tool(&[&["verify"], options, &["-"]].concat(), &provisioning(&key));
        assert_eq!(output.status.code(), Some(2), "{options:?}");
    }
}

/// OMA-TS-DM_Notification, digest.
#[test]
fn a_notification_is_verified_with_password_and_nonce() {
    let verify =
        |options: &[&str]| tool(&[&["verify"], options, &["poc-notification.hex"]].concat(), b"").status.code();
    assert_eq!(verify(&["--password", "secret", "--nonce", "bm9uY2U="]), Some(0));
    assert_eq!(verify(&["--password", "secret", "--nonce", "bm9uY2V="]), Some(2));
    assert_eq!(verify(&["--password", "secret"]), Some(1));
    assert_eq!(verify(&["--password", "other", "--nonce", "bm9uY2U="]), Some(1));
    assert_eq!(verify(&["--nonce", "bm9uY2U="]), Some(2));
}

#[test]
fn settings_take_a_push_that_is_verified_and_no_other() {
    let expected = printed(&["settings", "poc-cp.wbxml"], b"");
    for (method, push, right, wrong) in pushes() {
        let shown = printed(&with(&["settings"], &right), &push);
        assert!(shown.contains("t11_ms                     5000"), "{method}: {shown}");
        assert!(method.ends_with("ID") || shown == expected || shown.lines().count() == 3, "{method}: {shown}");
        for options in [&wrong[..], &[]] {
            let output = tool(&with(&["settings"], options), &push);
            assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{method}");
            assert!(message(&output).ends_with("(--unverified takes it nevertheless)\n"), "{}", message(&output));
        }
        assert_eq!(printed(&["settings", "--unverified", "-"], &push), shown);
    }
    // segments are a push too
    assert_eq!(printed(&["settings", "--pin", "1234", "poc-sms.hex"], b""), expected);
    assert_eq!(tool(&["settings", "poc-sms.hex"], b"").status.code(), Some(2));
}

/// OMA-TS-DM-TNDS: the object of an account, by itself.
#[test]
fn settings_take_a_serialised_tree() {
    let mut account = PocAccount::default();
    account.set(Field::AppId, "ap0006").unwrap();
    account.set(Field::T13, "700").unwrap();
    let form = DmForm::new(&account, &PROVISIONAL, "./PoC/Harbour", "urn:oma:mo:oma_poc:2.1").unwrap();
    let tree = form.tree();
    for octets in [tree.to_wbxml().unwrap(), tree.to_xml().unwrap().into_bytes()] {
        let shown = printed(&["settings", "-"], &octets);
        assert_eq!(shown, "PoC account\n  app_id                     ap0006\n  t13_ms                     700\n");
    }
}

#[test]
fn settings_take_the_names_of_a_description() {
    let command = b"<Replace><Item><Target><LocURI>./P/Q/AppID</LocURI></Target><Data>ap0001</Data></Item>
        <Item><Target><LocURI>./P/Q/Timers/Request_T11</LocURI></Target><Data>6000</Data></Item></Replace>";
    let output = tool(&["settings", "--profile", "poc-other-names.ddf", "-"], command);
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stdout).contains("t11_ms                     6000"));
    // what does not meet is said, and is no error
    assert!(message(&output).lines().all(|line| line.starts_with("poc-mo: warning: poc-other-names.ddf: ")));
    assert!(!message(&output).is_empty());
    assert!(!printed(&["settings", "-"], command).contains("t11_ms"));
    let output = tool(&["settings", "--profile", "poc-cp.xml", "-"], command);
    assert_eq!(output.status.code(), Some(2));
    assert!(message(&output).starts_with("poc-mo: poc-cp.xml: the root element is not MgmtTree, at octet "));
}

#[test]
fn settings_take_the_names_of_a_table() {
    let document = b"<wap-provisioningdoc><characteristic type='APPLICATION'><parm name='APPID' value='ap0006'/>
        <parm name='TIMER-T11' value='6000'/></characteristic></wap-provisioningdoc>";
    let output = tool(&["settings", "--profile", "poc-other-names.tsv", "-"], document);
    assert_eq!((output.status.code(), message(&output)), (Some(0), String::new()));
    let expected = "PoC account\n  app_id                     ap0006\n  t11_ms                     6000\n";
    assert_eq!(String::from_utf8_lossy(&output.stdout), expected);
    assert!(!printed(&["settings", "-"], document).contains("t11_ms"));
    // a table of what is known, corrected, is the same table
    let table = printed(&["profile", "--profile", "poc-other-names.tsv"], b"");
    assert!(table.lines().any(|line| line.starts_with("t11_ms\tTIMER-T11\tT11\tTimers/T11\t")), "{table}");
    assert_ne!(table, printed(&["profile"], b""));
}

#[test]
fn settings_say_what_gives_way() {
    let document = b"<wap-provisioningdoc><characteristic type='APPLICATION'><parm name='APPID' value='ap0001'/>
        <parm name='PROVIDER-ID' value='ptt.harbour.example'/><parm name='T11' value='1'/>
        </characteristic></wap-provisioningdoc>";
    let output = tool(&["settings", "poc-cp.wbxml", "-"], document);
    assert_eq!(output.status.code(), Some(0));
    let said = message(&output);
    let line = "poc-mo: standard input: t11_ms was \"5000\" and is \"1\", at octet ";
    assert!(said.lines().any(|said| said.starts_with(line)), "{said}");
}

#[test]
fn settings_hide_secrets_of_extensions_in_text() {
    let document = b"<wap-provisioningdoc><characteristic type='APPLICATION'><parm name='APPID' value='ap0001'/>
        <characteristic type='APPAUTH'><parm name='AAUTHSECRET' value='hunter2'/></characteristic>
        </characteristic></wap-provisioningdoc>";
    let shown = printed(&["settings", "-"], document);
    assert!(!shown.contains("hunter2") && shown.contains("(hidden, 7 octets)"), "{shown}");
    assert!(printed(&["settings", "--show-secrets", "-"], document).contains("hunter2"));
    assert!(printed(&["settings", "--format", "json", "-"], document).contains("hunter2"));
}

/// The octets of both, but for those between their common beginning and their common end.
fn difference<'a>(old: &'a [u8], new: &'a [u8]) -> (&'a [u8], &'a [u8]) {
    let start = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let most = old.len().min(new.len()) - start;
    let end = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(old, new)| old == new).count();
    (&old[start..old.len() - end], &new[start..new.len() - end])
}

#[test]
fn an_edit_of_a_document_changes_no_octet_outside_of_the_value() {
    for (name, path, old, new) in [
        ("poc-cp", "APPLICATION[3]/T11", &b"5"[..], &b"6"[..]),
        ("poc-cp", "NAPDEF/NAPAUTHINFO/AUTHNAME", b"crew", b"skipper"),
        ("poc-dm-update", "./PoC/Harbour/T11Timer", b"8", b"6"),
        ("poc-dm-update", "SyncHdr/MsgID", b"1", b"7"),
        ("poc-dm-update", "SyncBody/Replace/Item[2]/Data", b"8", b"6"),
    ] {
        let document = fixture(name, "wbxml");
        let value = match new {
            b"6" => "6000",
            other => core::str::from_utf8(other).unwrap(),
        };
        let output = tool(&["edit", "--set", &format!("{path}={value}"), "-"], &document);
        assert_eq!((output.status.code(), message(&output)), (Some(0), String::new()), "{path}");
        assert_eq!(difference(&document, &output.stdout), (old, new), "{path}");
    }
    // several at once are those of each
    let document = fixture("poc-cp", "wbxml");
    let both = tool(&["edit", "--set", "APPLICATION[3]/T11=6000", "--set", "APPLICATION[3]/T10=1000", "-"], &document);
    let first = tool(&["edit", "--set", "APPLICATION[3]/T11=6000", "-"], &document);
    let second = tool(&["edit", "--set", "APPLICATION[3]/T10=1000", "-"], &first.stdout);
    assert_eq!(both.stdout, second.stdout);
    assert_ne!(both.stdout, document);
}

#[test]
fn an_edit_of_a_push_changes_the_value_and_the_digits_of_the_mac_and_verifies() {
    for (method, push, right, wrong) in pushes() {
        let is_provisioning = !method.ends_with("ID")
            && Push::parse(&push).unwrap().content_type.media_type == MediaType::CONNECTIVITY_WBXML;
        let path = if is_provisioning { "APPLICATION[3]/T11=6000" } else { "SyncHdr/MsgID=7" };
        let output = tool(&with(&["edit", "--set", path], &right), &push);
        assert_eq!(output.status.code(), Some(0), "{method}: {}", message(&output));
        let edited = output.stdout.clone();
        let (old, new) = (Push::parse(&push).unwrap(), Push::parse(&edited).unwrap());
        let (gone, come) = difference(old.unverified_body(), new.unverified_body());
        assert_eq!((gone.len(), come.len()), (1, 1), "{method}");
        // the heads differ in the digits only
        let head = |pdu: &[u8], push: &Push<'_>| {
            let mut head = pdu[..pdu.len() - push.unverified_body().len()].to_vec();
            if let Some(span) = push.mac_span() {
                head[span.end - 41..span.end - 1].fill(b'.');
            }
            head
        };
        assert_eq!(head(&push, &old), head(&edited, &new), "{method}");
        let right = match method {
            "USERPINMAC" => {
                let said = message(&output);
                let pin = said.split("the PIN is ").nth(1).unwrap().split(' ').next().unwrap().to_owned();
                assert!(pin.starts_with("12345"), "{said}");
                vec!["--pin".to_owned(), pin]
            }
            _ => {
                assert_eq!(message(&output), "", "{method}");
                right
            }
        };
        printed(&with(&["verify"], &right), &edited);
        // who does not have the key, signs nothing
        for options in [&wrong[..], &[]] {
            let output = tool(&with(&["edit", "--set", path], options), &push);
            assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{method}");
        }
    }
}

#[test]
fn a_push_whose_sender_is_not_known_is_edited_only_on_demand() {
    let document = fixture("poc-cp", "wbxml");
    let push = Push::new(ContentType::new(MediaType::CONNECTIVITY_WBXML), &document).to_vec().unwrap();
    let edit = ["edit", "--set", "APPLICATION[3]/T11=6000", "--pin", "77"];
    let output = tool(&[&edit[..], &["-"]].concat(), &push);
    assert_eq!(output.status.code(), Some(2));
    assert!(message(&output).contains("the message is not protected"), "{}", message(&output));
    let output = tool(&[&edit[..], &["--unverified", "-"]].concat(), &push);
    assert_eq!(output.status.code(), Some(0), "{}", message(&output));
    printed(&["verify", "--pin", "77", "-"], &output.stdout);
    // segments come out as the push
    let output = tool(&["edit", "--set", "APPLICATION[3]/T11=6000", "--pin", "1234", "poc-sms.hex"], b"");
    let from_push = tool(&["edit", "--set", "APPLICATION[3]/T11=6000", "--pin", "1234", "poc-push.hex"], b"");
    assert_eq!(output.stdout, from_push.stdout);
    assert!(Push::parse(&output.stdout).is_ok());
}

#[test]
fn an_edit_that_cannot_be_made_says_why() {
    for (file, assignment, what) in [
        ("poc-cp.wbxml", "APPLICATION[9]/T11=1", "APPLICATION[9]/T11: no parm at this path"),
        ("poc-cp.wbxml", "T11=1", "T11: no parm at this path"),
        ("poc-cp.xml", "APPLICATION[3]/T11=1", "XML has no octets to keep: it can be edited as the text that it is"),
        ("poc-dm-update.wbxml", "./PoC/Nowhere=1", "neither an item of this LocURI nor an element at this path"),
        ("poc-dm-update.wbxml", "./PoC/Harbour/T11Timer[2]=1", "neither an item of this LocURI"),
        ("poc-dm-update.wbxml", "SyncBody/Replace=1", "SyncBody/Replace: elements stand there, no value"),
        ("poc-dm-update.wbxml", "SyncBody//Replace=1", "no LocURI of an item, and no path: "),
        ("poc-notification.hex", "a=1", "a push of a notification, package #0 has no values that can be edited"),
        ("tide-table.ddf.xml", "a=1", "XML has no octets"),
        ("nowhere", "a=1", "nowhere: No such file or directory"),
    ] {
        let output = tool(&["edit", "--set", assignment, file], b"");
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{file}");
        assert!(message(&output).contains(what), "{}", message(&output));
    }
    // a value twice
    let twice = ["edit", "--set", "APPLICATION[3]/T11=1", "--set", "APPLICATION[3]/T11=2", "poc-cp.wbxml"];
    assert_eq!(tool(&twice, b"").status.code(), Some(2));
}
