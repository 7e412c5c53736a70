//! The tool as people run it: what it prints, and how it fails.
#![cfg(feature = "cli")]
#![expect(clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

mod support;

use std::io::Read;
use std::process::{Command, Stdio};

use support::{fixture, tool};

const TEXT: &str = "\
PoC account
  app_id                     ap0001
  name                       Harbour & tug radio
  provider_id                ptt.harbour.example
  con_refs                   PTT-NAP
  app_refs                   HARBOUR-IMS
  pre_established_sessions   true
  max_simultaneous_sessions  3
  max_adhoc_group_size       24
  conference_factory_uri     sip:conference@ptt.harbour.example
  exploder_uri               sip:exploder@ptt.harbour.example
  conference_uri_template    sip:<xui>.group@ptt.harbour.example
  t10_ms                     2000
  t11_ms                     5000
  t13_ms                     3500
  server_presence            false
";

const JSON: &str = r#"[
  {
    "app_id": "ap0001",
    "name": "Harbour & tug radio",
    "provider_id": "ptt.harbour.example",
    "con_refs": [
      "PTT-NAP"
    ],
    "app_refs": [
      "HARBOUR-IMS"
    ],
    "pre_established_sessions": true,
    "max_simultaneous_sessions": 3,
    "max_adhoc_group_size": 24,
    "conference_factory_uri": "sip:conference@ptt.harbour.example",
    "exploder_uri": "sip:exploder@ptt.harbour.example",
    "conference_uri_template": "sip:<xui>.group@ptt.harbour.example",
    "t10_ms": 2000,
    "t11_ms": 5000,
    "t13_ms": 3500,
    "server_presence": false,
    "extensions": []
  }
]
"#;

/// What the tool prints, where it succeeds.
fn printed(arguments: &[&str], input: &[u8]) -> String {
    let output = tool(arguments, input);
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{arguments:?}");
    assert_eq!(output.status.code(), Some(0), "{arguments:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// The update's three values in what is printed of the account before.
fn updated(before: &str) -> String {
    before.replace("24", "40").replace("5000", "8000").replace("conference@ptt.", "conference@ptt2.")
}

/// The same in JSON where the nodes of references are known.
fn placed(json: &str) -> String {
    [("PTT-NAP", "ToConRef/1/ConRef"), ("HARBOUR-IMS", "ToAppRef/1/AppRef")].iter().fold(
        json.into(),
        |json, (to, node)| {
            let map = format!("{{\n        \"to\": \"{to}\",\n        \"node\": \"{node}\"\n      }}");
            json.replace(&format!("\"{to}\""), &map)
        },
    )
}

#[test]
fn settings_are_the_same_whatever_brought_them() {
    for first in ["poc-cp.wbxml", "poc-cp.xml", "poc-dm.wbxml", "poc-dm.xml"] {
        let json = if first.starts_with("poc-dm") { placed(JSON) } else { String::from(JSON) };
        assert_eq!(printed(&["settings", first], b""), TEXT, "{first}");
        assert_eq!(printed(&["settings", "--format", "json", first], b""), json, "{first}");
        for update in ["poc-dm-update.wbxml", "poc-dm-update.xml"] {
            assert_eq!(printed(&["settings", first, update], b""), updated(TEXT), "{first} {update}");
            assert_eq!(printed(&["settings", "--format=json", first, update], b""), updated(&json), "{first} {update}");
        }
    }
}

#[test]
fn settings_may_come_from_standard_input_and_in_hexadecimal() {
    for name in support::FIXTURES {
        for encoding in ["wbxml", "xml"] {
            let octets = fixture(name, encoding);
            let file = format!("{name}.{encoding}");
            let expected = printed(&["settings", &file], b"");
            assert_eq!(printed(&["settings", "-"], &octets), expected, "{file}");
            let hex: Vec<String> = octets.iter().map(|octet| format!("{octet:02x}")).collect();
            for hex in [hex.concat(), hex.join(" ").to_uppercase(), hex.join("\n\t")] {
                assert_eq!(printed(&["settings", "--hex", "-"], hex.as_bytes()), expected, "{file}");
            }
        }
    }
    let update = fixture("poc-dm-update", "wbxml");
    assert_eq!(printed(&["settings", "poc-cp.wbxml", "-"], &update), updated(TEXT));
}

#[test]
fn settings_without_an_account_say_so() {
    let message = b"<SyncML><SyncHdr/><SyncBody><Final/></SyncBody></SyncML>";
    assert_eq!(printed(&["settings", "-"], message), "no PoC account\n");
    assert_eq!(printed(&["settings", "--format", "json", "-"], message), "[]\n");
}

#[test]
fn settings_show_references_and_extensions_one_a_line() {
    let commands = b"<Replace>
        <Item><Target><LocURI>./P/Q/T10Timer</LocURI></Target><Data>1</Data></Item>
        <Item><Target><LocURI>./P/Q/ToConRef/1/ConRef</LocURI></Target><Data>A</Data></Item>
        <Item><Target><LocURI>./P/Q/ToConRef/2/ConRef</LocURI></Target><Data>B</Data></Item>
        <Item><Target><LocURI>./P/Q/Ext/Note</LocURI></Target><Data>two\nlines</Data></Item></Replace>
        <Add><Item><Target><LocURI>./P/Q/Ext/Empty</LocURI></Target><Meta><Format>node</Format></Meta></Item></Add>";
    let text = "\
PoC account
  con_refs                   A
  con_refs                   B
  t10_ms                     1
  [Ext/Note]                 two\\nlines
  [Ext/Empty]                (no value)
";
    assert_eq!(printed(&["settings", "-"], commands), text);
}

/// Nothing on standard output, exit status 2; on standard error one line for scripts, and behind it, indented, the octets
/// around the fault: gives the line.
fn failure(arguments: &[&str], input: &[u8]) -> String {
    let output = tool(arguments, input);
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {message}");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "", "{arguments:?}");
    let (first, rest) = message.split_once('\n').unwrap();
    assert!(rest.lines().all(|line| line.starts_with("  ")), "{arguments:?}: {message}");
    assert_eq!(first.contains(", at octet "), !rest.is_empty(), "{arguments:?}: {message}");
    first.to_owned()
}

#[test]
fn what_is_wrong_is_said_in_one_line_with_its_octet() {
    let wbxml = fixture("poc-dm", "wbxml");
    let xml = fixture("poc-cp", "xml");
    let bad = String::from_utf8(xml.clone()).unwrap().replace("value=\"5000\"", "value=\"so\non\"");
    let at_bad = bad.find("<parm name=\"T11\"").unwrap();
    let attributes = xml.len() - 30;
    for command in ["settings", "inspect"] {
        for (arguments, input, expected) in [
            (&["nowhere.xml"][..], &b""[..], String::from("nowhere.xml: No such file or directory (os error 2)")),
            (&["-"], b"", String::from("standard input: nothing is in it, at octet 0 (0x0)")),
            (&["--hex", "-"], b" \n", String::from("standard input: nothing is in it, at octet 0 (0x0)")),
            (&["/"], b"", String::from("/: Is a directory (os error 21)")),
            (
                &["-"],
                &wbxml[..3],
                String::from(
                    "standard input: neither XML, WBXML, SMS, a notification nor a push; as a document: the document \
                     ends inside this token, at octet 3 (0x3)",
                ),
            ),
            (
                &["-"],
                &wbxml[..wbxml.len() - 1],
                format!("standard input: the document ends inside this token, at octet {0} ({0:#x})", wbxml.len() - 1),
            ),
            (
                &["-"],
                b"\x47\x49\x46",
                String::from(
                    "standard input: neither XML, WBXML, SMS, a notification nor a push; as a push: PDU type 0x49 is no \
                     push, at octet 1 (0x1)",
                ),
            ),
            (
                &["-"],
                b"<?xml version=\"1.0\"?>\n<html/>",
                String::from(
                    "standard input: neither a provisioning document nor a device management message: its root is \
                     \"html\", at octet 22 (0x16)",
                ),
            ),
            (
                &["-"],
                b"\x03\x01\x6A\x00\x7F\x01",
                String::from(
                    "standard input: neither a provisioning document nor a device management message: its root is \
                     Tag(00:3F), at octet 4 (0x4)",
                ),
            ),
            (&["--hex", "-"], b"03 0B 6g", String::from("standard input: not a hexadecimal digit, at octet 7 (0x7)")),
            (
                &["--hex", "-"],
                b"03 0B 6",
                String::from("standard input: an odd number of hexadecimal digits, at octet 7 (0x7)"),
            ),
        ] {
            let arguments: Vec<&str> = [command].iter().chain(arguments).copied().collect();
            assert_eq!(failure(&arguments, input), format!("poc-mo: {expected}"));
        }
        let cut = failure(&[command, "-"], &xml[..attributes]);
        let (what, octet) = cut.rsplit_once(", at octet ").unwrap();
        assert!(what.starts_with("poc-mo: standard input: "), "{cut}");
        assert!(octet.split_once(' ').unwrap().0.parse::<usize>().unwrap() <= attributes, "{cut}");
    }
    assert_eq!(
        failure(&["settings", "poc-cp.xml", "-"], bad.as_bytes()),
        format!(
            "poc-mo: standard input: t11_ms cannot be \"so on\": a decimal number up to 4294967295, \
             at octet {at_bad} ({at_bad:#x})"
        )
    );
}

/// What has been read, and holds no settings, is said to be what it is.
#[test]
fn settings_are_refused_from_what_holds_none() {
    let description = fixture("tide-table.ddf", "xml");
    let notification = b"0123456789ABCDEF\x02\xF8\0\0\0\0\x01\x06server";
    for (input, expected) in [
        (&description[..], "a device description (DDF) holds no settings of a phone"),
        (notification, "a notification, package #0 holds no settings of a phone"),
        (b"<DevInf/>", "a device information (DevInf) holds no settings of a phone"),
    ] {
        assert_eq!(failure(&["settings", "-"], input), format!("poc-mo: standard input: {expected}"));
    }
}

/// Each block of the README that begins with a command is what that command prints.
#[test]
fn the_output_in_the_readme_is_real() {
    let readme = include_str!("../README.md");
    let blocks = readme.split("```text\n$ ").skip(1).map(|rest| rest.split("```").next().unwrap());
    let mut count = 0;
    for (command, expected) in blocks.map(|block| block.split_once('\n').unwrap()) {
        let mut words: Vec<&str> = command.split_whitespace().collect();
        let mut input = Vec::new();
        if let ["head", "-c", length, file, "|", rest @ ..] = words.as_slice() {
            let (name, encoding) = file.split_once('.').unwrap();
            input = fixture(name, encoding)[..length.parse().unwrap()].to_vec();
            words = rest.to_vec();
        }
        assert_eq!(words.remove(0), "poc-mo", "{command}");
        let output = tool(&words, &input);
        let shown = [output.stdout, output.stderr].concat();
        assert_eq!(String::from_utf8(shown).unwrap(), expected, "{command}");
        count += 1;
    }
    assert_eq!(count, 4);
}

/// The lines of a help text that are commands, each as its arguments.
fn examples(help: &str) -> Vec<Vec<&str>> {
    let examples = help.split("Examples:\n").nth(1).unwrap_or_default();
    let lines = examples.lines().filter_map(|line| line.strip_prefix("  poc-mo "));
    // what an example is for stands behind several blanks
    lines.map(|line| line.split("   ").next().unwrap().split_whitespace().collect()).collect()
}

#[test]
fn every_example_of_the_help_works() {
    let folder = std::env::temp_dir().join(format!("poc-mo-help-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let mut count = 0;
    for command in ["", "inspect", "settings", "provision", "update", "verify", "edit", "profile"] {
        let help = printed(&[command, "--help"].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>(), b"");
        let examples = examples(&help);
        assert!(examples.len() >= 3, "{command}: {help}");
        for example in examples {
            // what is written goes elsewhere
            let is_output = |index: usize| index.checked_sub(1).is_some_and(|before| example[before] == "-o");
            let arguments: Vec<String> = example
                .iter()
                .enumerate()
                .map(|(index, word)| match is_output(index) {
                    true => folder.join(word).to_str().unwrap().to_owned(),
                    false => (*word).to_owned(),
                })
                .collect();
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            let output = tool(&arguments, b"");
            assert_eq!(output.status.code(), Some(0), "{example:?}: {}", String::from_utf8_lossy(&output.stderr));
            assert!(example.contains(&"-o") || !output.stdout.is_empty(), "{example:?}");
            count += 1;
        }
    }
    std::fs::remove_dir_all(&folder).unwrap();
    println!("{count} examples");
}

#[test]
fn usage_errors_have_status_2() {
    assert!(printed(&["settings", "--help"], b"").contains("--format <FORMAT>"));
    assert_eq!(printed(&["--version"], b""), concat!("poc-mo ", env!("CARGO_PKG_VERSION"), "\n"));
    for arguments in [
        &[][..],
        &["settings"],
        &["inspect", "--format", "yaml", "-"],
        &["settings", "--format", "yaml", "-"],
        &["edit", "poc-cp.wbxml"],
        &["edit", "--set", "no value", "poc-cp.wbxml"],
        &["verify"],
    ] {
        let output = tool(arguments, b"");
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{arguments:?}");
        assert!(!output.stderr.is_empty(), "{arguments:?}");
    }
}

/// Whoever reads the output may have seen enough: `poc-mo inspect FILE | head`.
#[test]
fn a_broken_pipe_is_no_error() {
    let mut document = String::from("<wap-provisioningdoc>");
    for _ in 0..20_000 {
        document.push_str("<characteristic type=\"APPLICATION\"/>");
    }
    document.push_str("</wap-provisioningdoc>");
    let file = std::env::temp_dir().join(format!("poc-mo-pipe-{}.xml", std::process::id()));
    std::fs::write(&file, document).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_poc-mo"))
        .arg("inspect")
        .arg(&file)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 16];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    std::fs::remove_file(&file).unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap()), (Some(0), String::new()));
}

/// A document that names no vocabulary (WAP-192, 5.5: public identifier 1) is known by its root.
#[test]
fn a_document_without_a_public_identifier_is_known_by_its_root() {
    for name in ["poc-cp", "poc-dm"] {
        let mut octets = fixture(name, "wbxml");
        let identifier = if name == "poc-cp" { 1..2 } else { 1..3 };
        octets.splice(identifier, [1]);
        let output = tool(&["settings", "-"], &octets);
        let expected = tool(&["settings", "poc-cp.wbxml"], b"");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{name}");
        assert_eq!(output.stdout, expected.stdout, "{name}");
    }
}
