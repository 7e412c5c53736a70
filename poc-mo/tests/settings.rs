//! What documents make of the settings: one test a rule.
#![cfg(all(feature = "cp", feature = "dm", feature = "xml"))]
#![expect(clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

#[path = "support/documents.rs"]
mod documents;

use core::time::Duration;
use std::time::Instant;

use documents::{command, cp, dm, interior, leaf, parm, target};
use poc_mo::profile::PROVISIONAL;
use poc_mo::{Applied, Error, ErrorKind, Field, PocAccount, PocSettings};

const CP_WBXML: &[u8] = include_bytes!("data/poc-cp.wbxml");
const CP_XML: &[u8] = include_bytes!("data/poc-cp.xml");
const DM_WBXML: &[u8] = include_bytes!("data/poc-dm.wbxml");
const DM_XML: &[u8] = include_bytes!("data/poc-dm.xml");
const UPDATE_WBXML: &[u8] = include_bytes!("data/poc-dm-update.wbxml");
const UPDATE_XML: &[u8] = include_bytes!("data/poc-dm-update.xml");

/// The settings after these documents, which are told apart by their roots.
fn after(documents: &[&[u8]]) -> Result<PocSettings<'static>, Error> {
    let mut settings = PocSettings::new();
    for document in documents {
        apply(&mut settings, document)?;
    }
    Ok(settings)
}

fn apply(settings: &mut PocSettings<'_>, document: &[u8]) -> Result<Applied, Error> {
    let is_cp = document.starts_with(b"\x03\x0B") || document.windows(20).any(|part| part == b"<wap-provisioningdoc");
    if is_cp { settings.apply_cp(document) } else { settings.apply_dm(document) }
}

fn dm_of(commands: &str) -> PocSettings<'static> {
    after(&[dm(commands).as_bytes()]).unwrap()
}

fn only(settings: &PocSettings<'_>) -> PocAccount {
    let mut accounts = settings.accounts();
    let account = accounts.next().unwrap().clone();
    assert!(accounts.next().is_none(), "{settings:?}");
    account
}

fn fixture_account() -> PocAccount {
    let mut account = PocAccount::default();
    for (field, value) in [
        (Field::AppId, "ap0001"),
        (Field::Name, "Harbour & tug radio"),
        (Field::ProviderId, "ptt.harbour.example"),
        (Field::ConRef, "PTT-NAP"),
        (Field::AppRef, "HARBOUR-IMS"),
        (Field::PreEstablishedSessions, "true"),
        (Field::MaxSimultaneousSessions, "3"),
        (Field::MaxAdhocGroupSize, "24"),
        (Field::ConferenceFactoryUri, "sip:conference@ptt.harbour.example"),
        (Field::ExploderUri, "sip:exploder@ptt.harbour.example"),
        (Field::ConferenceUriTemplate, "sip:<xui>.group@ptt.harbour.example"),
        (Field::T10, "2000"),
        (Field::T11, "5000"),
        (Field::T13, "3500"),
        (Field::ServerPresence, "false"),
    ] {
        account.set(field, value).unwrap();
    }
    account
}

fn extensions(account: &PocAccount) -> Vec<(&str, Option<&str>)> {
    account.extensions.iter().map(|extension| (&*extension.name, extension.value.as_deref())).collect()
}

#[test]
fn cp_and_dm_in_either_encoding_give_the_same_account() {
    for document in [CP_WBXML, CP_XML, DM_WBXML, DM_XML] {
        assert_eq!(only(&after(&[document]).unwrap()), fixture_account());
    }
}

#[test]
fn an_update_changes_three_values_and_nothing_else() {
    let mut expected = fixture_account();
    expected.max_adhoc_group_size = Some(40);
    expected.t11_ms = Some(8000);
    expected.conference_factory_uri = Some(String::from("sip:conference@ptt2.harbour.example"));
    for first in [CP_WBXML, CP_XML, DM_WBXML, DM_XML] {
        for update in [UPDATE_WBXML, UPDATE_XML] {
            let settings = after(&[first, update]).unwrap();
            assert_eq!(only(&settings), expected);
            assert_eq!(settings.instances()[0].node.as_deref(), Some("PoC/Harbour"));
        }
    }
}

#[test]
fn the_same_document_again_changes_nothing() {
    for documents in [[CP_XML, CP_WBXML], [DM_XML, DM_WBXML], [CP_XML, DM_XML]] {
        assert_eq!(only(&after(&documents).unwrap()), fixture_account());
    }
}

/// A value that a setting can have, and how the account shows it.
fn sample(field: Field) -> (&'static str, &'static str) {
    match field {
        Field::AppId => ("ap0006", "ap0006"),
        Field::PreEstablishedSessions | Field::ServerPresence => ("TRUE", "true"),
        Field::MaxSimultaneousSessions | Field::MaxAdhocGroupSize | Field::T10 | Field::T11 | Field::T13 => {
            (" 4294967295 ", "4294967295")
        }
        _ => ("sip:a@example.org", "sip:a@example.org"),
    }
}

#[test]
fn every_parm_of_the_profile_in_any_case_is_its_setting() {
    for row in PROVISIONAL.rows {
        for name in row.cp.all().flat_map(|name| [name.to_owned(), name.to_lowercase()]) {
            let (value, shown) = sample(row.field);
            let app_id = if row.field == Field::AppId { String::new() } else { parm("APPID", "ap0001") };
            let account = only(&after(&[cp(&[&(app_id + &parm(&name, value))]).as_bytes()]).unwrap());
            assert!(account.values(row.field).eq([shown]), "{name}: {account:?}");
            assert!(account.extensions.is_empty(), "{name}");
        }
    }
}

#[test]
fn every_node_of_the_profile_is_its_setting() {
    for row in PROVISIONAL.rows {
        for name in row.dm.all().map(|name| name.replace('*', "x1")) {
            let (value, shown) = sample(row.field);
            let node = interior("./A/B", PROVISIONAL.object_ids[0]);
            let add = command("Add", &[&node, &leaf(&format!("./A/B/{name}"), value)]);
            let account = only(&dm_of(&add));
            assert!(account.values(row.field).eq([shown]), "{name}: {account:?}");
            assert!(account.extensions.is_empty(), "{name}");
            // and deleting it, or what is above it, unsets it
            for (end, _) in name.match_indices('/').chain([(name.len(), "")]) {
                let delete = command("Delete", &[&target(&format!("./A/B/{}", &name[..end]))]);
                let account = only(&dm_of(&(add.clone() + &delete)));
                assert_eq!(account, PocAccount::default(), "{name}");
            }
        }
    }
}

#[test]
fn every_object_identifier_makes_an_account() {
    for id in PROVISIONAL.object_ids {
        let settings = dm_of(&command("Add", &[&interior("./P/Q", id)]));
        assert_eq!(settings.instances()[0].node.as_deref(), Some("P/Q"), "{id}");
    }
    assert_eq!(dm_of(&command("Add", &[&interior("./P/Q", "urn:oma:mo:oma-poc:1.0")])).instances(), []);
}

#[test]
fn application_identifiers_are_compared_without_regard_to_case() {
    for (app_id, is_poc) in [("ap0001", true), ("AP0006", true), ("Ap0001", true), ("ap0005", false), ("w7", false)] {
        let settings = after(&[cp(&[&parm("APPID", app_id)]).as_bytes()]).unwrap();
        assert_eq!(settings.accounts().count(), usize::from(is_poc), "{app_id}");
        let settings = dm_of(&command("Add", &[&leaf("./X/Y/AppID", app_id)]));
        assert_eq!(settings.accounts().count(), usize::from(is_poc), "{app_id}");
    }
}

#[test]
fn what_a_document_does_not_know_is_kept() {
    let document = cp(&[&(parm("APPID", "ap0001")
        + &parm("X-VENDOR", "red &amp; white")
        + "<parm name=\"T10\"/><parm name=\"INIT\"/>"
        + &parm("APPREF", "PTT")
        + "<characteristic type=\"APPADDR\"><parm name=\"ADDR\" value=\"a.example\"/>"
        + "<characteristic type=\"PORT\"><parm name=\"PORTNBR\" value=\"1\"/></characteristic></characteristic>"
        + "<characteristic type=\"RESOURCE\"><parm name=\"URI\"/></characteristic>"
        + &parm("APPID", "w7"))]);
    let account = only(&after(&[document.as_bytes()]).unwrap());
    assert_eq!(account.app_id.as_deref(), Some("ap0001"));
    assert_eq!(
        extensions(&account),
        [
            ("X-VENDOR", Some("red & white")),
            ("T10", None),
            ("INIT", None),
            ("APPREF", Some("PTT")),
            // the first one counts
            ("APPID", Some("w7")),
            ("APPADDR/ADDR", Some("a.example")),
            ("APPADDR/PORT/PORTNBR", Some("1")),
            ("RESOURCE/URI", None),
        ]
    );
    let commands = command(
        "Add",
        &[
            &interior("./P/Q", PROVISIONAL.object_ids[1]),
            &interior("./P/Q/Ext", ""),
            &leaf("./P/Q/Ext/Vendor/Colour", "red"),
            &leaf("./P/Q/Ext/Vendor/Shape", ""),
            &leaf("./P/Q/MediaBurst", "1"),
            &interior("./P/Q/ToAppRef/1", ""),
        ],
    );
    let account = only(&dm_of(&commands));
    let kept =
        [("Ext", None), ("Ext/Vendor/Colour", Some("red")), ("Ext/Vendor/Shape", Some("")), ("MediaBurst", Some("1"))];
    assert_eq!(extensions(&account), kept);
    let change = commands + &command("Replace", &[&leaf("./P/Q/Ext/Vendor/Colour", "blue")]);
    let account = only(&dm_of(&(change.clone() + &command("Delete", &[&target("./P/Q/MediaBurst")]))));
    let kept = [("Ext", None), ("Ext/Vendor/Colour", Some("blue")), ("Ext/Vendor/Shape", Some(""))];
    assert_eq!(extensions(&account), kept);
    let account = only(&dm_of(&(change + &command("Delete", &[&target("./P/Q/Ext")]))));
    assert_eq!(extensions(&account), [("MediaBurst", Some("1"))]);
}

#[test]
fn references_keep_their_order_and_are_known_by_their_nodes() {
    let first = parm("APPID", "ap0001") + &parm("TO-NAPID", "A") + &parm("TO-NAPID", "B") + &parm("TO-APPREF", "S");
    let document = cp(&[&first]);
    let refs = |settings: &PocSettings<'_>| -> Vec<String> {
        only(settings).con_refs.into_iter().map(|reference| reference.to).collect()
    };
    let mut settings = after(&[document.as_bytes()]).unwrap();
    assert_eq!(refs(&settings), ["A", "B"]);
    for (commands, expected) in [
        // the account's node becomes known
        (command("Replace", &[&leaf("./P/Q/T10Timer", "1")]), &["A", "B"][..]),
        // nodes that are new take the references in their order, then add some
        (command("Replace", &[&leaf("./P/Q/ToConRef/n1/ConRef", "A1")]), &["A1", "B"]),
        (command("Add", &[&leaf("./P/Q/ToConRef/n2/ConRef", "B1")]), &["A1", "B1"]),
        (command("Add", &[&leaf("./P/Q/ConRefs/n3/ConRef", "C1")]), &["A1", "B1", "C1"]),
        (command("Replace", &[&leaf("./P/Q/ToConRef/n2/ConRef", "B2")]), &["A1", "B2", "C1"]),
        (command("Delete", &[&target("./P/Q/ToConRef/n1")]), &["B2", "C1"]),
        (command("Delete", &[&target("./P/Q/ToConRef/n9")]), &["B2", "C1"]),
        (command("Delete", &[&target("./P/Q/ToConRef")]), &["C1"]),
        (command("Delete", &[&target("./P/Q/ConRefs/n3/ConRef")]), &[]),
    ] {
        settings.apply_dm(dm(&commands).as_bytes()).unwrap();
        assert_eq!(refs(&settings), expected, "{commands}");
    }
    assert_eq!(only(&settings).app_refs[0].to, "S");
    // references whose nodes nobody has told go with the node above them
    let deleted =
        dm(&(command("Replace", &[&leaf("./P/Q/T10Timer", "1")]) + &command("Delete", &[&target("./P/Q/ToConRef")])));
    assert_eq!(refs(&after(&[document.as_bytes(), deleted.as_bytes()]).unwrap()), [""; 0]);
}

#[test]
fn deleting_a_node_deletes_what_is_below_it() {
    let two = command("Add", &[&leaf("./P/Q/T10Timer", "1"), &leaf("./P/Q/Name", "n"), &leaf("./P/R/T10Timer", "2")]);
    for (uri, nodes) in [
        ("./P/Q", &["P/R"][..]),
        ("P/R", &["P/Q"]),
        ("./P", &[]),
        ("./P/", &[]),
        (".", &["P/Q", "P/R"]),
        ("./", &["P/Q", "P/R"]),
        ("./P/Q/T10Timer", &["P/Q", "P/R"]),
        ("./P/Q/T1", &["P/Q", "P/R"]),
        ("./P/Q?prop=ACL", &["P/Q", "P/R"]),
        ("./Other", &["P/Q", "P/R"]),
    ] {
        let settings = dm_of(&(two.clone() + &command("Delete", &[&target(uri)])));
        let left: Vec<_> = settings.instances().iter().map(|instance| instance.node.as_deref().unwrap()).collect();
        assert_eq!(left, nodes, "{uri}");
        let t10: Vec<_> = settings.accounts().map(|account| account.t10_ms).collect();
        assert_eq!(t10.contains(&None), uri == "./P/Q/T10Timer", "{uri}");
    }
    // nothing is made only to be deleted
    assert_eq!(dm_of(&command("Delete", &[&target("./P/Q/T10Timer")])).instances(), []);
    // but an account that came without a node may be meant
    let deletion = dm(&command("Delete", &[&target("./P/Q/T10Timer")]));
    let account = only(&after(&[CP_XML, deletion.as_bytes()]).unwrap());
    let mut expected = fixture_account();
    expected.clear(Field::T10);
    assert_eq!(account, expected);
}

#[test]
fn the_nodes_of_an_account_may_come_in_any_order() {
    let nodes = [
        leaf("./P/Q/Name", "n"),
        leaf("./P/Q/ToConRef/1/ConRef", "NAP"),
        leaf("./P/Q/Ext/X", "x"),
        interior("./P/Q", ""),
        leaf("./P/Q/AppID", "ap0006"),
    ];
    for turn in 0..nodes.len() {
        let mut items: Vec<&str> = nodes.iter().map(String::as_str).collect();
        items.rotate_left(turn);
        let account = only(&dm_of(&command("Add", &items)));
        assert_eq!((account.name.as_deref(), &*account.con_refs[0].to), (Some("n"), "NAP"), "{turn}");
        assert_eq!(extensions(&account), [("Ext/X", Some("x"))], "{turn}");
    }
}

/// SyncML Representation Protocol 1.2, `Atomic` and `Sequence`: commands inside are commands.
#[test]
fn groups_of_commands_are_commands() {
    let replace = command("Replace", &[&leaf("./P/Q/T10Timer", "7")]);
    for commands in [
        format!("<Atomic><CmdID>1</CmdID>{replace}</Atomic>"),
        format!("<Sequence><CmdID>1</CmdID>{replace}</Sequence>"),
        format!("<Atomic><CmdID>1</CmdID><Sequence><CmdID>2</CmdID>{replace}</Sequence></Atomic>"),
    ] {
        assert_eq!(only(&dm_of(&commands)).t10_ms, Some(7), "{commands}");
    }
}

#[test]
fn only_add_replace_and_delete_change_anything() {
    for name in ["Get", "Exec", "Results", "Alert", "Copy", "Put"] {
        assert_eq!(dm_of(&command(name, &[&leaf("./P/Q/T10Timer", "7")])).instances(), [], "{name}");
    }
}

/// OMA Device Management Tree and Description 1.2: `./A/B` and `A/B` are one node, `?prop=` names a property, names
/// are escaped as in any URI (RFC 2396, 2.3: what needs no escape is the same when escaped).
#[test]
fn a_node_is_one_however_its_uri_is_written() {
    for (uri, node) in [
        ("./P/Q/T10Timer", Some("P/Q")),
        ("P/Q/T10Timer", Some("P/Q")),
        ("./P/Q/T10Timer/", Some("P/Q")),
        (" ./P/Q/T10Timer\n", Some("P/Q")),
        ("./%50/Q/T1%30Timer", Some("P/Q")),
        ("./%7E/Q/T10Timer", Some("~/Q")),
        ("./P/a%2Fb/T10Timer", Some("P/a%2Fb")),
        ("./P/%C3%A9/T10Timer", Some("P/%C3%A9")),
        ("./P/100%/T10Timer", Some("P/100%")),
        ("./P/%5/T10Timer", Some("P/%5")),
        ("./P/%\u{e9}1/T10Timer", Some("P/%\u{e9}1")),
        ("./P/%+5/T10Timer", Some("P/%+5")),
        ("./P/Q/T10Timer?prop=Name", None),
        ("./P/Q?list=Struct", None),
        ("", None),
        (".", None),
        ("./", None),
        ("/", None),
        ("T10Timer", None),
        ("./T10Timer", None),
        ("./P/Q/t10timer", None),
    ] {
        let settings = dm_of(&command("Replace", &[&leaf(uri, "5")]));
        let nodes: Vec<_> = settings.instances().iter().map(|instance| instance.node.as_deref().unwrap()).collect();
        assert_eq!(nodes, node.into_iter().collect::<Vec<_>>(), "{uri}");
    }
}

#[test]
fn nodes_of_other_objects_are_not_poc() {
    for (uri, value) in [
        ("./DMAcc/X/Name", "n"),
        ("./DMAcc/X/AppID", "w7"),
        ("./DMAcc/X/ToConRef/1/ConRef", "NAP"),
        ("./DMAcc/X/PrefConRef", "NAP"),
        ("./DevInfo/Man", "Example"),
        ("./DevDetail/Ext/T10TimerX", "1"),
        ("./XDM/1/AppID", "ap0003"),
    ] {
        assert_eq!(dm_of(&command("Replace", &[&leaf(uri, value)])).instances(), [], "{uri}");
        // nor does it change an account that came without a node
        let message = dm(&command("Replace", &[&leaf(uri, value)]));
        let settings = after(&[CP_XML, message.as_bytes()]).unwrap();
        assert_eq!((only(&settings), &settings.instances()[0].node), (fixture_account(), &None), "{uri}");
    }
    // what is no text is none of our business there
    let item = "<Item><Target><LocURI>./DevInfo/Ext/Logo</LocURI></Target><Data>x</Data><MoreData/></Item>";
    assert_eq!(dm_of(&command("Replace", &[item])).instances(), []);
    // and what is named like a setting further down in an account is the vendor's
    let inside = [leaf("./P/Q/Ext/V/T10Timer", "soon"), leaf("./P/Q/T10Timer", "4")];
    for turn in 0..2 {
        let account = only(&dm_of(&command("Replace", &[&inside[turn], &inside[1 - turn]])));
        assert_eq!((account.t10_ms, extensions(&account)), (Some(4), vec![("Ext/V/T10Timer", Some("soon"))]));
    }
}

#[test]
fn applications_are_told_apart_by_application_and_provider() {
    let application = |app_id: &str, provider: &str, t10: &str| {
        parm("APPID", app_id) + &parm("PROVIDER-ID", provider) + &parm("T10", t10)
    };
    let two = cp(&[&application("ap0001", "a", "1"), &application("ap0001", "b", "2"), &parm("APPID", "w7")]);
    let t10 = |settings: &PocSettings<'_>| settings.accounts().map(|account| account.t10_ms).collect::<Vec<_>>();
    let mut settings = after(&[two.as_bytes()]).unwrap();
    assert_eq!(t10(&settings), [Some(1), Some(2)]);
    for (again, expected) in [
        (application("ap0001", "b", "3"), &[Some(1), Some(3)][..]),
        (application("AP0001", "a", "4"), &[Some(4), Some(3)]),
        (application("ap0006", "a", "5"), &[Some(4), Some(3), Some(5)]),
        (application("ap0001", "A", "6"), &[Some(4), Some(3), Some(5), Some(6)]),
    ] {
        settings.apply_cp(cp(&[&again]).as_bytes()).unwrap();
        assert_eq!(t10(&settings), expected);
    }
    // two in one document are two, even if nothing tells them apart, and the document again changes nothing
    let same = cp(&[&(parm("APPID", "ap0001") + &parm("T10", "1")), &(parm("APPID", "ap0001") + &parm("T10", "2"))]);
    assert_eq!(t10(&after(&[same.as_bytes(), same.as_bytes()]).unwrap()), [Some(1), Some(2)]);
}

#[test]
fn an_account_without_a_node_takes_the_first_one_that_fits_its_provider() {
    let application = |provider: &str| parm("APPID", "ap0001") + &parm("PROVIDER-ID", provider);
    let two = cp(&[&application("a"), &application("b")]);
    let name = |node: &str, provider: &str| {
        let provider =
            if provider.is_empty() { String::new() } else { leaf(&format!("./{node}/Provider-ID"), provider) };
        command("Replace", &[&leaf(&format!("./{node}/T10Timer"), "9"), &provider])
    };
    for (commands, nodes) in [
        (name("P/1", ""), &[("a", Some("P/1")), ("b", None)][..]),
        (name("P/1", "") + &name("P/2", ""), &[("a", Some("P/1")), ("b", Some("P/2"))]),
        (name("P/1", "b"), &[("a", None), ("b", Some("P/1"))]),
        (name("P/1", "b") + &name("P/2", ""), &[("a", Some("P/2")), ("b", Some("P/1"))]),
        (name("P/1", "c"), &[("a", None), ("b", None), ("c", Some("P/1"))]),
    ] {
        let settings = after(&[two.as_bytes(), dm(&commands).as_bytes()]).unwrap();
        let found: Vec<_> = settings
            .instances()
            .iter()
            .map(|instance| (instance.account.provider_id.as_deref().unwrap(), instance.node.as_deref()))
            .collect();
        assert_eq!(found, nodes, "{commands}");
    }
    // a document by Client Provisioning takes the account's place, not its node
    let settings = after(&[CP_XML, UPDATE_XML, CP_XML]).unwrap();
    assert_eq!(only(&settings), fixture_account());
    assert_eq!(settings.instances()[0].node.as_deref(), Some("PoC/Harbour"));
}

#[test]
fn a_value_that_its_setting_cannot_have_is_an_error_at_its_place_and_changes_nothing() {
    for (field, value) in [
        (Field::T10, "4294967296"),
        (Field::T11, "-1"),
        (Field::T13, "+1"),
        (Field::MaxAdhocGroupSize, ""),
        (Field::MaxSimultaneousSessions, "0x10"),
        (Field::T10, "1 000"),
        (Field::PreEstablishedSessions, "yes"),
        (Field::ServerPresence, "2"),
    ] {
        let row = PROVISIONAL.row(field).unwrap();
        let bad = parm(row.cp.name, value);
        let document =
            cp(&[&(parm("APPID", "ap0001") + &parm("PROVIDER-ID", "new")), &(parm("APPID", "ap0001") + &bad)]);
        let item = leaf(&format!("./P/Q/{}", row.dm.name), value);
        let good = leaf("./P/Q/Name", "n");
        let message = dm(&command("Replace", &[&good, &item, &good]));
        for (octets, at) in [(&document, &bad), (&message, &item)] {
            let mut settings = after(&[CP_XML]).unwrap();
            let error = apply(&mut settings, octets.as_bytes()).unwrap_err();
            let ErrorKind::Value { field: wrong, value: said, .. } = error.kind() else { panic!("{error}") };
            assert_eq!((*wrong, &**said), (field, value));
            assert_eq!(error.offset(), octets.find(at.as_str()), "{error} in {octets}");
            assert!(error.to_string().starts_with(&format!("{field} cannot be {value:?}: ")), "{error}");
            assert_eq!(settings, after(&[CP_XML]).unwrap());
        }
    }
}

#[test]
fn an_error_shows_a_value_on_one_line_and_not_all_of_a_long_one() {
    let message = dm(&command("Replace", &[&leaf("./P/Q/T10Timer", &"1\n".repeat(9999))]));
    let error = after(&[message.as_bytes()]).unwrap_err().to_string();
    assert!(!error.contains('\n') && error.len() < 300, "{error}");
}

/// SyncML Representation Protocol 1.2, `MoreData`: the value is not whole.
#[test]
fn a_value_that_goes_on_elsewhere_or_is_no_text_is_an_error_at_its_item() {
    let chunked = "<Item><Target><LocURI>./P/Q/Name</LocURI></Target><Data>abc</Data><MoreData/></Item>";
    let markup = "<Item><Target><LocURI>./P/Q/Name</LocURI></Target><Data><Item/></Data></Item>";
    let named = leaf("./P/Q/T10Timer", "1");
    for (item, expected) in
        [(chunked, ErrorKind::Chunked("P/Q/Name".into())), (markup, ErrorKind::NotText("P/Q/Name".into()))]
    {
        let message = dm(&command("Add", &[&named, item]));
        let error = after(&[message.as_bytes()]).unwrap_err();
        assert_eq!((error.kind(), error.offset()), (&expected, message.find(item)));
    }
    // OPAQUE is text if it is UTF-8 (WAP-192, 5.8.4.6 leaves its meaning to the application)
    let message = |octets: &[u8]| {
        let mut message = b"\x03\xA4\x01\x6A\x00\x6D\x6C\x01\x6B\x60".to_vec();
        for (uri, data) in [("./P/Q/T10Timer", &b"1"[..]), ("./P/Q/Name", octets)] {
            message.extend(b"\x54\x6E\x57\x03");
            message.extend(uri.as_bytes());
            message.extend(b"\0\x01\x01\x4F\xC3");
            message.push(u8::try_from(data.len()).unwrap());
            message.extend(data);
            message.extend(b"\x01\x01");
        }
        message.extend(b"\x01\x01\x01");
        message
    };
    assert_eq!(only(&after(&[&message("é".as_bytes())]).unwrap()).name.as_deref(), Some("é"));
    let octets = message(b"\xE9\xFF");
    let error = after(&[&octets]).unwrap_err();
    let second = octets.windows(4).rposition(|part| part == b"\x54\x6E\x57\x03");
    assert_eq!((error.kind(), error.offset()), (&ErrorKind::NotText("P/Q/Name".into()), second));
}

#[test]
fn a_faulty_document_is_an_error_of_its_own_crate() {
    let mut settings = PocSettings::new();
    let error = settings.apply_cp(b"<SyncML/>").unwrap_err();
    assert_eq!((error.kind(), error.offset()), (&ErrorKind::Cp(omacp::ErrorKind::NotAProvisioningDoc), Some(0)));
    let error = settings.apply_dm(b"<wap-provisioningdoc/>").unwrap_err();
    assert_eq!((error.kind(), error.offset()), (&ErrorKind::Dm(syncml::ErrorKind::NotAMessage), Some(0)));
    // a message that breaks off changes nothing
    let mut settings = after(&[CP_WBXML]).unwrap();
    settings.apply_dm(&UPDATE_WBXML[..UPDATE_WBXML.len() - 2]).unwrap_err();
    assert_eq!(settings, after(&[CP_WBXML]).unwrap());
}

#[test]
fn names_come_from_the_profile() {
    use poc_mo::profile::{Name, Profile, Row};

    const fn name<'p>(name: &'p str, aliases: &'p [&'p str]) -> Name<'p> {
        Name { name, aliases, is_confirmed: false }
    }
    const ROWS: &[Row<'_>] = &[
        Row::new(Field::AppId, name("APPID", &[]), name("Id", &[])),
        Row { is_distinctive: true, ..Row::new(Field::T10, name("TIMER-10", &["TEN"]), name("Timers/Ten", &[])) },
    ];
    let profile = Profile { app_ids: &["x1"], object_ids: &["urn:example:x"], rows: ROWS, interiors: &[] };
    let mut settings = PocSettings::with_profile(profile);
    settings.apply_cp(cp(&[&(parm("APPID", "X1") + &parm("ten", "1") + &parm("T10", "2"))]).as_bytes()).unwrap();
    assert_eq!(only(&settings).t10_ms, Some(1));
    assert_eq!(extensions(&only(&settings)), [("T10", Some("2"))]);
    settings.apply_dm(dm(&command("Replace", &[&leaf("./A/Timers/Ten", "3")])).as_bytes()).unwrap();
    assert_eq!((only(&settings).t10_ms, settings.instances()[0].node.as_deref()), (Some(3), Some("A")));
    settings.apply_dm(dm(&command("Delete", &[&target("./A/Timers")])).as_bytes()).unwrap();
    assert_eq!(only(&settings).t10_ms, None);
}

/// Every document here is about a megabyte; quadratic work on one would take minutes.
#[test]
fn no_document_takes_long() {
    let many = |count: usize, item: &dyn Fn(usize) -> String| (0..count).map(item).collect::<String>();
    let accounts = many(10_000, &|at| leaf(&format!("./PoC/{at}/T10Timer"), "1"));
    let nodes = many(12_000, &|at| leaf(&format!("./P/Q/Ext/{at}"), "1"));
    let references = many(10_000, &|at| leaf(&format!("./P/Q/ToConRef/{at}/ConRef"), "1"));
    let deletions = many(9_000, &|at| target(&format!("./P/Q/Ext/{at}")));
    let inbox = many(10_000, &|at| leaf(&format!("./Inbox/{at}/T10Timer"), "1"));
    let unnamed = format!(
        "<Item><Target><LocURI>./P</LocURI></Target><Data><MgmtTree><VerDTD>1.2</VerDTD><Node>\
            <Node><NodeName>T10Timer</NodeName><Value>1</Value></Node><Node><NodeName>ToConRef</NodeName>{}</Node>{}\
            </Node></MgmtTree></Data></Item>",
        "<Node><Node><NodeName>ConRef</NodeName><Value>A</Value></Node></Node>".repeat(8_000),
        "<Node><Value>1</Value></Node>".repeat(8_000)
    );
    let deep = |leaf: &str| format!("./{}{leaf}", "a/".repeat(200_000));
    let named = leaf("./P/Q/T10Timer", "1");
    let providers = many(9_000, &|at| {
        format!(
            "<characteristic type=\"APPLICATION\">{}{}</characteristic>",
            parm("APPID", "ap0001"),
            parm("PROVIDER-ID", &at.to_string())
        )
    });
    let providers = format!("<wap-provisioningdoc>{providers}</wap-provisioningdoc>");
    for (what, count, documents) in [
        ("accounts", 10_000, vec![dm(&command("Add", &[&accounts]))]),
        ("applications", 9_000, vec![providers.clone(), providers.clone()]),
        ("accounts that take nodes", 10_000, vec![providers, dm(&command("Add", &[&accounts]))]),
        ("nodes", 1, vec![dm(&command("Add", &[&named, &nodes])), dm(&command("Delete", &[&deletions]))]),
        ("references", 1, vec![dm(&command("Add", &[&named, &references]))]),
        (
            "conflicts",
            1,
            vec![dm(&command("Add", &[&named, &nodes])), dm(&command("Add", &[&nodes.replace(">1<", ">2<"), &named]))],
        ),
        ("accounts of the inbox", 10_000, vec![dm(&command("Add", &[&inbox])), dm(&command("Add", &[&inbox]))]),
        ("nodes without a name", 1, vec![dm(&command("Add", &[&unnamed])), dm(&command("Add", &[&unnamed]))]),
        ("levels", 0, vec![dm(&command("Add", &[&leaf(&deep("T10Timer"), "1"), &leaf(&deep("Provider-ID"), "1")]))]),
    ] {
        let start = Instant::now();
        let documents: Vec<&[u8]> = documents.iter().map(String::as_bytes).collect();
        assert_eq!(after(&documents).unwrap().accounts().count(), count, "{what}");
        assert!(start.elapsed() < Duration::from_secs(20), "{what}: {:?}", start.elapsed());
        println!("{what}: {} octets in {:?}", documents.concat().len(), start.elapsed());
    }
}

/// One long string, and references to it: what a document makes of itself is bounded.
#[test]
fn no_document_makes_more_text_than_there_is_room_for() {
    let long = "x".repeat(1 << 16);
    // <parm name=STR_T 0 value="…">: 4,000 names of 64 KiB each
    let table = [long.as_bytes(), b"\0"].concat();
    let mut wbxml = b"\x03\x0B\x6A".to_vec();
    wbxml.extend([0x80 | 4, 0x80, 1]);
    assert_eq!(table.len(), 4 << 14 | 1);
    wbxml.extend(table);
    wbxml.extend(b"\x45\xC6\x00\x01\x55\x01\x87\x36\x00\x00\x06\x03ap0001\0\x01");
    wbxml.extend(b"\x87\x05\x83\0\x01".repeat(4000));
    wbxml.extend(b"\x01\x01");
    // types around parms, so that each of these has a long path
    let mut nested = String::new();
    for _ in 0..200 {
        nested += &format!("<characteristic type=\"{}\">", &long[..2000]);
    }
    nested += &parm("p", "v").repeat(10_000);
    nested += &"</characteristic>".repeat(200);
    let nested = cp(&[&(parm("APPID", "ap0001") + &nested)]);
    // a value of a thousand pieces
    let mut pieces = b"\x03\xA4\x01\x6A".to_vec();
    pieces.extend([0x80 | 4, 0x80, 1]);
    pieces.extend([long.as_bytes(), b"\0"].concat());
    pieces.extend(b"\x6D\x6C\x01\x6B\x60\x54\x6E\x57\x03./P/Q/ExploderURI\0\x01\x01\x4F");
    pieces.extend(b"\x83\0".repeat(100_000));
    pieces.extend(b"\x01\x01\x01\x01\x01");
    for (what, document) in [("names", &wbxml[..]), ("paths", nested.as_bytes()), ("pieces", &pieces)] {
        let start = Instant::now();
        let error = after(&[document]).unwrap_err();
        let is_expected = match error.kind() {
            ErrorKind::TooLong(_) => what == "paths",
            // the reader's own limit comes first where a document refers to its string table
            ErrorKind::Cp(kind) => what == "names" && kind.to_string().contains("limit"),
            ErrorKind::Dm(kind) => what == "pieces" && kind.to_string().contains("limit"),
            _ => false,
        };
        assert!(is_expected, "{what}: {error}");
        assert!(error.offset().is_some_and(|offset| offset < document.len()), "{what}: {error}");
        assert!(start.elapsed() < Duration::from_secs(20), "{what}: {:?}", start.elapsed());
        println!("{what}: {} octets in {:?}", document.len(), start.elapsed());
    }
}
