//! `poc-mo inspect`: what it recognises, what it shows, and what it hides.
#![cfg(feature = "cli")]
#![expect(clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

mod support;

use poc_mo::syncml::dm::bootstrap::BootstrapWriter;
use poc_mo::syncml::dm::mgmt_tree::MgmtTree;
use support::{fixture, tool};

/// What the tool prints, where it succeeds.
fn printed(arguments: &[&str], input: &[u8]) -> String {
    let output = tool(arguments, input);
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{arguments:?}");
    assert_eq!(output.status.code(), Some(0), "{arguments:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// The octets of annotated hex.
fn octets(name: &str) -> Vec<u8> {
    let text = String::from_utf8(fixture(name, "hex")).unwrap();
    let digits: String = text.lines().map(|line| line.split('#').next().unwrap()).collect::<Vec<_>>().join("");
    let digits: Vec<char> = digits.chars().filter(|character| !character.is_whitespace()).collect();
    digits.chunks(2).map(|pair| u8::from_str_radix(&pair.iter().collect::<String>(), 16).unwrap()).collect()
}

fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02X}")).collect()
}

/// What is printed behind the line that says what it is.
fn body(shown: &str) -> &str {
    shown.split_once('\n').unwrap().1
}

#[test]
fn every_kind_of_input_is_known_by_its_content() {
    let push = octets("poc-push");
    let notification = octets("poc-notification");
    let (bare_notification, document) = (&notification[6..], fixture("poc-cp", "wbxml"));
    let tree = b"<MgmtTree><VerDTD>1.2</VerDTD><Node><NodeName>A</NodeName><Value>1</Value></Node></MgmtTree>";
    let deliver = |user_data: &[u8]| {
        let head = b"\x44\x0B\x91\x44\x77\x00\x21\x43\xF5\x00\xF5\x62\x21\x12\x26\x10\x00\x00".to_vec();
        [head, vec![u8::try_from(user_data.len()).unwrap()], user_data.to_vec()].concat()
    };
    let segment = [b"\x06\x05\x04\x0B\x84\x23\xF0", &notification[..]].concat();
    let with_service_centre = [b"\x07\x91\x44\x77\x00\x00\x00\xF0".to_vec(), deliver(&segment)].concat();
    for (input, what) in [
        (&document[..], "OMA Client Provisioning document"),
        (&fixture("poc-cp", "xml"), "OMA Client Provisioning document"),
        (&fixture("poc-dm", "wbxml"), "SyncML message, 1 Status, 2 Add, final"),
        (&fixture("poc-dm-update", "xml"), "SyncML message, 1 Status, 1 Replace, final"),
        (b"<Get><CmdID>1</CmdID></Get> <Final/>", "SyncML without a message, 1 Get, final"),
        (&fixture("tide-table.ddf", "xml"), "device description (DDF), 10 nodes"),
        (tree, "serialised management tree (TNDS), 1 node"),
        (&MgmtTree::parse(tree).unwrap().to_wbxml().unwrap(), "serialised management tree (TNDS), 1 node"),
        (b"<DevInf><VerDTD>1.2</VerDTD><DevID>1</DevID></DevInf>", "device information (DevInf), 0 data stores"),
        (b"<si><indication href='http://a'>b</indication></si>", "service indication (SI)"),
        (b"\x03\x06\x6A\x00\x85\x05\x08\x03a\x00\x01", "service loading (SL)"),
        (b"\x01\x01\x6A\x00\x45\xC6\x07\x01\x87\x17\x11\x03a\x00\x01\x01\x01", "document of OTA settings"),
        (bare_notification, "notification, package #0"),
        (&notification, "push of a notification, package #0"),
        (&push, "push of an OMA Client Provisioning document"),
        (b"\x01\x06\x01\x83octets", "push of media type 0x3"),
        (&segment, "SMS, 1 segment, push of a notification, package #0"),
        (&deliver(&segment), "SMS, 1 segment, push of a notification, package #0"),
        (&with_service_centre, "SMS, 1 segment, push of a notification, package #0"),
    ] {
        let shown = printed(&["inspect", "-"], input);
        assert_eq!(shown.lines().next().unwrap(), format!("standard input: {what}"));
        // in hexadecimal digits it is the same, whether that is said or seen
        for text in [hex(input), hex(input).to_lowercase(), format!("# a comment\n{}\n", hex(input))] {
            assert_eq!(printed(&["inspect", "-"], text.as_bytes()), shown, "{what}");
            assert_eq!(printed(&["inspect", "--hex", "-"], text.as_bytes()), shown, "{what}");
        }
    }
}

/// A document that could be an SMS-DELIVER too, by every length in it: what is more certain counts.
#[test]
fn a_document_is_no_sms() {
    let text = [&b"AAD"[..], &[b'A'; 7], b"a", &[b'A'; 95]].concat();
    let document = [b"\x00\x05\x00\x45\x03", &text[..], b"\x00\x01"].concat();
    assert!(omacp::push::Deliver::parse(&document).is_ok());
    for input in [&document[..], hex(&document).as_bytes()] {
        assert!(printed(&["inspect", "-"], input).starts_with("standard input: service indication (SI)\n"));
    }
}

#[test]
fn the_fixtures_are_what_their_comments_say() {
    let push = octets("poc-push");
    let document = fixture("poc-cp", "wbxml");
    assert!(push.ends_with(&document));
    let sms = printed(&["inspect", "poc-sms.hex"], b"");
    let shown = printed(&["inspect", "poc-push.hex"], b"");
    assert!(sms.ends_with(body(&shown)), "{sms}");
    let document = printed(&["inspect", "poc-cp.wbxml"], b"");
    let indented: Vec<String> = body(&document).lines().map(|line| format!("    {line}\n")).collect();
    assert!(shown.ends_with(&indented.concat()), "{shown}");
}

/// 3GPP TS 23.040, 9.2.3.24.1: in any order, also one alone.
#[test]
fn segments_are_put_together_and_what_is_missing_is_said() {
    let text = String::from_utf8(fixture("poc-sms", "hex")).unwrap();
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    let push = printed(&["inspect", "poc-push.hex"], b"");
    for order in [[0, 1, 2, 3, 4, 5, 6], [6, 5, 4, 3, 2, 1, 0], [3, 0, 6, 1, 5, 2, 4]] {
        let shuffled: Vec<&str> = order.iter().map(|&index: &usize| lines[index]).collect();
        let shown = printed(&["inspect", "-"], shuffled.join("\n").as_bytes());
        assert!(shown.ends_with(body(&push)), "{shown}");
        assert_eq!(shown.lines().filter(|line| line.starts_with("segment ")).count(), 7);
    }
    for (there, which, verb) in [
        (&lines[..6], "segment 1 of reference 66", "is missing"),
        (&lines[..1], "segments 1, 3, 4, 5, 6, 7 of reference 66", "are missing"),
    ] {
        let input = there.join("\n");
        let shown = printed(&["inspect", "-"], input.as_bytes());
        assert!(shown.contains(&format!("\nmissing {which}\n")), "{shown}");
        let missing = format!("{which} {verb}");
        assert!(shown.lines().next().unwrap().ends_with(&missing), "{shown}");
        // what has come is shown
        assert!(shown.contains("NAP-ADDRTYPE") || shown.contains("octets: "), "{shown}");
        let output = tool(&["settings", "--unverified", "-"], input.as_bytes());
        assert_eq!(String::from_utf8(output.stderr).unwrap(), format!("poc-mo: standard input: {missing}\n"));
    }
    // a line that is no segment among those that are
    let output = tool(&["inspect", "-"], format!("{}\n0C05\n", lines[0]).as_bytes());
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.starts_with("poc-mo: standard input, segment 2: "), "{message}");
    assert!(message.lines().next().unwrap().ends_with(", at octet 0 (0x0)"), "{message}");
}

#[test]
fn a_push_shows_headers_protection_and_document() {
    let shown = printed(&["inspect", "poc-push.hex"], b"");
    let expected = "\
poc-push.hex: push of an OMA Client Provisioning document
push transaction=1
  Content-Type application/vnd.wap.connectivity-wbxml
    SEC USERPIN
    MAC 14698B786A378B41EBEE6BE62D317C7C145F6203
  body of 772 octets <OMA Client Provisioning document>
    encoding WBXML 1.3, PROV 1.0, UTF-8, string table of 0 octets
    wap-provisioningdoc version=1.1
      NAPDEF
        NAPID \"PTT-NAP\"
";
    assert!(shown.starts_with(expected), "{shown}");
}

#[test]
fn a_notification_shows_its_fields_and_the_vendors_data() {
    let shown = printed(&["inspect", "poc-notification.hex"], b"");
    assert_eq!(
        shown,
        "\
poc-notification.hex: push of a notification, package #0
push transaction=2
  Content-Type application/vnd.syncml.notification
  X-Wap-Application-Id 7 (x-wap-application:syncml.dm)
  body of 47 octets <notification, package #0>
    notification
      digest <16 octets: 38 EC F2 CE D4 F7 C2 DC EE E5 D0 FC 85 19 14 68>
      version 1.1
      ui-mode the user is asked
      initiator server
      session 2B
      server \"dm.harbour.example\"
      vendor-data <5 octets: 01 74 69 64 65>
"
    );
}

#[test]
fn a_message_shows_commands_with_their_items_on_lines() {
    let shown = printed(&["inspect", "poc-dm-update.wbxml"], b"");
    let expected = "\
  SyncBody
    Status CmdID=1 MsgRef=1 CmdRef=0 Cmd=SyncHdr Data=212 (Authentication accepted)
    Replace CmdID=2
      Item ./PoC/Harbour/MaxAdHocGroupSize Format=int Type=text/plain \"40\"
      Item ./PoC/Harbour/T11Timer Format=int Type=text/plain \"8000\"
      Item ./PoC/Harbour/ConfFactoryURI Format=chr Type=text/plain \"sip:conference@ptt2.harbour.example\"
    Final
";
    assert!(shown.ends_with(expected), "{shown}");
    let alert = b"<Alert><CmdID>3</CmdID><Data>1201</Data></Alert>";
    assert_eq!(body(body(&printed(&["inspect", "-"], alert))), "Alert CmdID=3 Data=1201 (CLIENT-INITIATED MGMT)\n");
}

#[test]
fn a_description_shows_format_access_and_occurrence() {
    let shown = printed(&["inspect", "tide-table.ddf.xml"], b"");
    for line in [
        "  Node \"\" Path=./Vendor/Tides DFFormat=node AccessType=Add,Delete,Get Occurrence=ZeroOrMore \
         DDFName=urn:x-harbour:mo:tide-table:1.0",
        "    Node Zone DFFormat=int AccessType=Add,Copy,Delete,Get,Replace Occurrence=ZeroOrOne DFType=text/plain \
         DefaultValue=0",
    ] {
        assert!(shown.contains(line.split(" DDFName").next().unwrap()), "{shown}");
        assert!(shown.lines().any(|shown| shown.starts_with(line.split(" DFType").next().unwrap())), "{shown}");
    }
}

/// OMA-TS-DM-TNDS: a tree in `Data`, as elements, as a document in octets and as text.
#[test]
fn a_serialised_tree_in_data_is_shown_as_nodes() {
    let mut builder = MgmtTree::builder();
    builder.start("Account").start("ServerID").value("dm.example").end().start("ClientPW").value("hunter2");
    let tree = builder.build();
    let node = "Node ServerID \"dm.example\"\n";
    let xml = tree.to_xml().unwrap();
    let escaped = xml.replace('&', "&amp;").replace('<', "&lt;");
    let elements = xml.split_once("?>").map_or(xml.as_str(), |(_, rest)| rest);
    let elements = elements.split_once("]>").map_or(elements, |(_, rest)| rest);
    let elements = elements.strip_prefix("<!DOCTYPE").map_or(elements, |rest| rest.split_once('>').unwrap().1);
    for data in [escaped.as_str(), elements] {
        let command = format!(
            "<Add><CmdID>1</CmdID><Item><Target><LocURI>./Inbox</LocURI></Target><Data>{data}</Data></Item></Add>"
        );
        for arguments in [&["inspect", "-"][..], &["inspect", "--raw", "-"]] {
            let shown = printed(arguments, command.as_bytes());
            assert!(!shown.contains("hunter2") && shown.contains("(hidden, 7 octets)"), "{shown}");
            assert!(shown.contains(node) || arguments.len() == 3, "{shown}");
            let shown = printed(&["inspect", "--show-secrets", "-"], command.as_bytes());
            assert!(shown.contains("Node ClientPW \"hunter2\"\n"), "{shown}");
        }
    }
    // as octets in WBXML
    let mut message = Vec::new();
    let mut writer = BootstrapWriter::dm_1_2(&mut message, "a", "b").unwrap();
    writer.add("./Inbox", &tree).unwrap();
    writer.finish().unwrap();
    assert!(printed(&["inspect", "-"], &message).contains(node));
}

/// Each name of the table of secrets by the road that it comes.
#[test]
fn secrets_are_hidden_unless_they_are_asked_for() {
    let parm = |name: &str| {
        format!(
            "<wap-provisioningdoc><characteristic type=\"A\"><parm name=\"{name}\" value=\"hunter2\"/>\
             </characteristic></wap-provisioningdoc>"
        )
    };
    let item = |uri: &str| {
        format!("<Replace><Item><Target><LocURI>{uri}</LocURI></Target><Data>hunter2</Data></Item></Replace>")
    };
    let late = |uri: &str| {
        format!("<Replace><Item><Data>hunter2</Data><Source><LocURI>{uri}</LocURI></Source></Item></Replace>")
    };
    let node = |name: &str| {
        format!(
            "<MgmtTree><VerDTD>1.2</VerDTD><Node><NodeName>{name}</NodeName><Value>hunter2</Value></Node></MgmtTree>"
        )
    };
    let mut inputs = Vec::new();
    for name in [
        "AAUTHSECRET",
        "AUTHSECRET",
        "PXAUTH-PW",
        "AAUTHDATA",
        "BASAUTH-PW",
        "PROXY-PW",
        "UserPwd",
        "aauthsecret",
        "PASSWORD",
        "PPP_AUTHSECRET",
    ] {
        inputs.push(parm(name));
    }
    for name in
        ["AAuthSecret", "AAuthData", "AuthSecret", "ClientPW", "ServerPW", "ClientNonce", "ServerNonce", "UserPwd"]
    {
        inputs.extend([item(&format!("./DMAcc/1/{name}")), late(&format!("./DMAcc/1/{name}?prop=Value")), node(name)]);
    }
    for header in [
        "<Cred><Meta><Type>syncml:auth-basic</Type></Meta><Data>hunter2</Data></Cred>",
        "<Cred><Data>hunter2</Data></Cred>",
    ] {
        inputs.push(format!("<SyncML><SyncHdr>{header}</SyncHdr><SyncBody/></SyncML>"));
    }
    inputs.push("<Status><Chal><Meta><NextNonce>hunter2</NextNonce></Meta></Chal></Status>".to_owned());
    for input in &inputs {
        for form in [&["--raw"][..], &["--format", "json"], &[]] {
            let arguments = [&["inspect", "-"], form].concat();
            let shown = printed(&arguments, input.as_bytes());
            assert!(!shown.contains("hunter2"), "{input}: {shown}");
            assert!(shown.contains("(hidden, 7 octets)") || shown.contains("{\"hidden\":7}"), "{input}: {shown}");
            let shown = printed(&[&arguments[..], &["--show-secrets"]].concat(), input.as_bytes());
            assert!(shown.contains("hunter2") && !shown.contains("hidden"), "{input}: {shown}");
        }
    }
    // what is none, is not hidden
    for input in [parm("AAUTHNAME"), item("./DMAcc/1/AAuthName"), item("./ClientPW/Name"), node("Name")] {
        assert!(printed(&["inspect", "-"], input.as_bytes()).contains("hunter2"), "{input}");
    }
}

/// Trees as text in trees as text: as deep as they are looked at, and what is deeper.
#[test]
fn secrets_are_hidden_however_deep_they_are() {
    let tree = |name: &str, value: &str| {
        format!(
            "<MgmtTree><VerDTD>1.2</VerDTD><Node><NodeName>{name}</NodeName><Value>{value}</Value></Node></MgmtTree>"
        )
    };
    let mut input = tree("ClientPW", "hunter2");
    for _ in 0..8 {
        let escaped = input.replace('&', "&amp;").replace('<', "&lt;");
        input = tree("Inner", &escaped);
        for form in [&["--raw"][..], &["--format", "json"], &[]] {
            let arguments = [&["inspect", "-"], form].concat();
            assert!(!printed(&arguments, input.as_bytes()).contains("hunter2"));
            assert!(printed(&[&arguments[..], &["--show-secrets"]].concat(), input.as_bytes()).contains("hunter2"));
        }
    }
}

/// Elements, attributes and texts that no table knows, in every place.
#[test]
fn nothing_is_lost_that_no_table_knows() {
    let input = "<SyncML><SyncHdr><Odd a=\"b\">c1</Odd></SyncHdr><SyncBody>\
        <Status><CmdID>c2</CmdID><CmdID>c3</CmdID><Data>c4</Data></Status>\
        <Add Colour=\"c5\"><Item><Target><LocURI>c6</LocURI><Depth>c7</Depth></Target><Target><LocURI>c8</LocURI></Target>\
        <Meta><Format x=\"c9\">d1</Format><Type>d2</Type></Meta><Data>d3</Data><Data>d4</Data></Item></Add>\
        <Vendor>d5<Deep>d6</Deep>d7</Vendor></SyncBody></SyncML>";
    for form in [&[][..], &["--raw"], &["--format", "json"]] {
        let shown = printed(&[&["inspect", "-"], form].concat(), input.as_bytes());
        for number in 1..=9 {
            assert!(shown.contains(&format!("c{number}")), "c{number}: {shown}");
            assert!(number > 7 || shown.contains(&format!("d{number}")), "d{number}: {shown}");
        }
        for name in ["Odd", "Depth", "Colour", "Vendor", "Deep"] {
            assert!(shown.contains(name), "{name}: {shown}");
        }
    }
    let parm = "<wap-provisioningdoc><characteristic type=\"A\"><parm name=\"B\" value=\"C\" d=\"E\"/></characteristic><F/></wap-provisioningdoc>";
    let shown = printed(&["inspect", "-"], parm.as_bytes());
    assert_eq!(body(body(&shown)), "wap-provisioningdoc\n  A\n    B d=E \"C\"\n  F (not in the vocabulary)\n");
}

#[test]
fn what_no_vocabulary_knows_is_shown_by_its_tokens() {
    for (hex, tree) in [
        // a literal attribute, an attribute token and a value token that are not in the table, octets in a tag that is not
        (
            "03 0B 6A 04 782D6100 45 87 05 06 03 6100 04 00 03 6200 01 01",
            "wap-provisioningdoc\n  parm name=\"\" value=\"a\" x-a=\"b\"\n",
        ),
        (
            "03 0B 6A 00 85 7F FF 01",
            "wap-provisioningdoc AttrStart(00:7F)=\"<AttrValue(00:FF) is not in the vocabulary>\"\n",
        ),
        ("03 0B 6A 00 45 48 C3 02 00FF 01 01", "wap-provisioningdoc\n  Tag(00:08) <2 octets: 00 FF>\n"),
        ("03 0B 6A 04 782D6100 45 04 00 01", "wap-provisioningdoc\n  x-a (not in the vocabulary)\n"),
    ] {
        assert_eq!(body(body(&printed(&["inspect", "--raw", "--hex", "-"], hex.as_bytes()))), tree, "{hex}");
    }
}

#[test]
fn the_raw_tree_has_an_element_a_line_and_is_the_same_in_both_encodings() {
    for name in support::FIXTURES {
        let raw = |encoding: &str| printed(&["inspect", "--raw", "--show-secrets", &format!("{name}.{encoding}")], b"");
        let (wbxml, xml) = (raw("wbxml"), raw("xml"));
        assert_eq!(body(body(&wbxml)), body(body(&xml)), "{name}");
        let text = String::from_utf8(fixture(name, "xml")).unwrap();
        let plain = |text: &str| text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
        for value in text.split("value=").skip(1).map(|rest| plain(rest.split('"').nth(1).unwrap())) {
            assert!(wbxml.contains(&format!("value=\"{value}\"")), "{value}");
        }
        for leaf in text.split("<Data>").skip(1).map(|rest| plain(rest.split("</Data>").next().unwrap())) {
            assert!(wbxml.contains(&format!("Data \"{leaf}\"\n")), "{leaf}");
        }
        let parms = wbxml.lines().filter(|line| line.trim_start().starts_with("parm ")).count();
        assert_eq!(parms, text.matches("<parm").count());
    }
}

#[test]
fn json_has_the_lines_of_the_text() {
    for name in ["poc-cp.wbxml", "poc-dm-update.wbxml", "poc-push.hex", "poc-sms.hex", "poc-notification.hex"] {
        let json: serde_json::Value =
            serde_json::from_str(&printed(&["inspect", "--format", "json", name, "poc-dm.xml"], b"")).unwrap();
        assert_eq!(json.as_array().unwrap().len(), 2);
        let text = printed(&["inspect", name], b"");
        assert_eq!(format!("{name}: {}", json[0]["what"].as_str().unwrap()), text.lines().next().unwrap());
        let lines = json[0]["lines"].as_array().unwrap();
        assert_eq!(lines.len(), text.lines().count() - 1);
        for (line, text) in lines.iter().zip(text.lines().skip(1)) {
            let depth = usize::try_from(line["depth"].as_u64().unwrap()).unwrap();
            let start = format!("{}{}", "  ".repeat(depth), line["name"].as_str().unwrap());
            assert!(text.starts_with(&start), "{text}: {line}");
        }
    }
}

/// One line for scripts, the path, and three rows with the octet in brackets.
#[test]
fn a_fault_is_shown_among_its_octets_with_its_path() {
    let output = tool(&["inspect", "-"], &fixture("poc-dm", "wbxml")[..100]);
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "\
poc-mo: standard input: the document ends inside this token, at octet 100 (0x64)
  in SyncML/SyncBody/Status
  00000050  75 72 2E 65 78 61 6D 70 6C 65 2F 6F 6D 61 00 01  |ur.example/oma..|
  00000060  01 01 6B 69[  ]                                  |..ki|
"
    );
    let document = b"<wap-provisioningdoc><characteristic type='A'/><characteristic type='B'><parm/>";
    let output = tool(&["inspect", "-"], document);
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.starts_with("poc-mo: standard input: a parm has no name, at octet 72 (0x48)\n"), "{message}");
    assert!(message.contains("\n  in wap-provisioningdoc/characteristic[2]/parm\n"), "{message}");
    assert!(message.contains("[3C]70 61 72 6D"), "{message}");
    // in the body of a push it is counted from the first octet of the push
    let mut push = octets("poc-push");
    let start = push.len() - fixture("poc-cp", "wbxml").len();
    push.truncate(start + 20);
    let output = tool(&["inspect", "-"], &push);
    let message = String::from_utf8(output.stderr).unwrap();
    let octet = start + 18;
    let expected = format!(
        "poc-mo: standard input: in the body of a push: the document ends inside this token, at octet {octet} \
         ({octet:#x})\n  in wap-provisioningdoc/characteristic/parm\n"
    );
    assert!(message.starts_with(&expected), "{message}");
}

/// Depth is bounded by the libraries' limits; nothing here recurses on it.
#[test]
fn hostile_inputs_get_an_answer() {
    let million = 1_000_000;
    let mut deep = b"\x03\x0B\x6A\x00\x45".to_vec();
    deep.extend(core::iter::repeat_n(0x48, million));
    let nested = "<Add>".repeat(million);
    let many = format!("<Replace><Item>{}</Item></Replace>", "<Data>1</Data>".repeat(100_000));
    let segments = "050003010201AA\n".repeat(10_000);
    let references: String = (0..600_u32).map(|number| format!("060804{number:04X}0201AA\n")).collect();
    for (input, code) in [
        (&deep[..], 2),
        (nested.as_bytes(), 2),
        (hex(&deep).as_bytes(), 2),
        (many.as_bytes(), 0),
        (segments.as_bytes(), 0),
        (references.as_bytes(), 2),
        (&[0x00; 4096], 2),
        (&[0xFF; 4096], 2),
        (&[0x06; 4096], 2),
    ] {
        for form in [&[][..], &["--raw"], &["--format", "json"]] {
            let output = tool(&[&["inspect", "-"], form].concat(), input);
            let message = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(code), "{:.200}", message);
            assert!(!message.contains("panicked"), "{message}");
        }
    }
}

/// Every prefix of each fixture, and each with an octet changed: an answer, and never a panic.
#[test]
fn truncated_and_broken_inputs_get_an_answer() {
    let mut count = 0;
    for input in [octets("poc-push"), octets("poc-notification"), fixture("poc-dm-update", "wbxml")] {
        for end in (0..input.len()).step_by(23) {
            let mut broken = input.clone();
            broken[end] ^= 0x55;
            for input in [&input[..end], &broken] {
                let output = tool(&["inspect", "-"], input);
                let message = String::from_utf8_lossy(&output.stderr).into_owned();
                assert!(matches!(output.status.code(), Some(0 | 2)), "{message}");
                let line = message.lines().next().unwrap_or_default();
                assert_eq!(output.status.code() == Some(2), line.contains(", at octet "), "{message}");
                count += 1;
            }
        }
    }
    println!("{count} inputs");
}
