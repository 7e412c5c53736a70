//! The client's side of a PoC account: what it answers, and what becomes of its accounts (OMA DM Representation Protocol
//! 1.2, 6; PoC control plane, provisioning).

#![cfg(all(feature = "cp", feature = "dm", feature = "xml"))]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests: to stop is how they fail")]

#[path = "support/accounts.rs"]
mod accounts;
mod support;

use poc_mo::object::{Answer, Options, Sender};
use poc_mo::profile::PROVISIONAL;
use poc_mo::syncml::dm::bootstrap::BootstrapWriter;
use poc_mo::syncml::dm::mgmt_tree::{AccessType, Description, MgmtTree, Rule};
use poc_mo::syncml::{MessageWriter, StatusCode, SyncHdr};
use poc_mo::wbxml::{Writer, vocabulary::syncml::SYNCML_1_2};
use poc_mo::{Client, Diff, DmForm, Edit, ErrorKind, Extension, Field, Instance, PocAccount, PocSettings, withdraw};
use proptest::prelude::*;

const NODE: &str = "./PoC/Harbour";
const OBJECT: &str = PROVISIONAL.object_ids[2];
const SERVER: &str = "ptt.harbour.example";

/// Runs a test on a device with the standard objects.
fn with_client(test: impl FnOnce(&mut Client<'_>)) {
    let documents = Client::documents(&PROVISIONAL);
    let description = Description::of(&documents);
    test(&mut Client::new(PROVISIONAL, &description));
}

fn message(edits: &[&Edit]) -> Vec<u8> {
    let mut octets = Vec::new();
    let mut message = MessageWriter::new(Writer::new(&mut octets, &SYNCML_1_2).unwrap(), &SyncHdr::default()).unwrap();
    edits.iter().for_each(|edit| edit.write_to(&mut message, "1").unwrap());
    message.finish(true).unwrap();
    octets
}

fn apply(client: &mut Client<'_>, sender: Sender<'_>, octets: &[u8]) -> Vec<Answer> {
    client.apply_dm(sender, octets, |_| StatusCode::OPTIONAL_FEATURE_NOT_SUPPORTED).unwrap()
}

/// Sends commands; gives their statuses.
fn send(client: &mut Client<'_>, server: &str, edits: &[&Edit]) -> Vec<u16> {
    let answers = apply(client, Sender::Server(server), &message(edits));
    answers.iter().map(|answer| answer.status.get()).collect()
}

fn xml(commands: &str) -> Vec<u8> {
    format!("<SyncML><SyncHdr/><SyncBody>{commands}</SyncBody></SyncML>").into_bytes()
}

fn item(name: &str, uri: &str, format: &str, data: &str) -> String {
    let data = if format == "node" { String::new() } else { format!("<Data>{data}</Data>") };
    format!(
        "<{name}><CmdID>1</CmdID><Item><Target><LocURI>{uri}</LocURI></Target>\
         <Meta><Format xmlns=\"syncml:metinf\">{format}</Format></Meta>{data}</Item></{name}>"
    )
}

fn account(settings: &[(Field, &str)]) -> PocAccount {
    let mut account = PocAccount::default();
    for (field, value) in settings {
        account.set(*field, value).unwrap();
    }
    account
}

fn harbour() -> PocAccount {
    account(&[(Field::AppId, "ap0001"), (Field::ProviderId, SERVER), (Field::T11, "5000"), (Field::ConRef, "./NAP/A")])
}

fn add(account: &PocAccount) -> Edit {
    DmForm::new(account, &PROVISIONAL, NODE, OBJECT).unwrap().add()
}

/// Each command has its status, and who is refused changes nothing.
#[test]
fn every_command_has_its_status() {
    let uri = |name: &str| format!("{NODE}/{name}");
    let atomic = |commands: &str| format!("<Atomic><CmdID>9</CmdID>{commands}</Atomic>");
    let set = item("Replace", &uri("T11Timer"), "int", "8000");
    let rows: [(&str, &str, String, &[u16]); 17] = [
        ("a setting", SERVER, set.clone(), &[200]),
        ("what is not there yet", SERVER, item("Add", &uri("T13Timer"), "int", "1"), &[200]),
        ("an extension", SERVER, item("Add", &uri("Ext/Buoy"), "chr", "x"), &[200]),
        ("the account", SERVER, item("Delete", NODE, "node", ""), &[200]),
        ("to add what is there: 418", SERVER, item("Add", &uri("T11Timer"), "int", "1"), &[418]),
        ("to replace what is not there: 404", SERVER, item("Replace", &uri("T13Timer"), "int", "1"), &[404]),
        ("to delete what is not there: 404", SERVER, item("Delete", "./PoC/Tug", "node", ""), &[404]),
        ("another format: 415", SERVER, item("Replace", &uri("T11Timer"), "chr", "8000"), &[415]),
        ("no value of the format: 415", SERVER, item("Replace", &uri("T11Timer"), "int", "soon"), &[415]),
        ("no value of the setting: 415", SERVER, item("Replace", &uri("T11Timer"), "int", "-1"), &[415]),
        ("no value of it, nor that of a new one: 415", SERVER, item("Add", &uri("T13Timer"), "int", "-1"), &[415]),
        ("an interior node: 405", SERVER, item("Replace", NODE, "node", ""), &[405]),
        ("what servers may not write: 405", SERVER, item("Add", "./DevInfo/Man", "chr", "x"), &[405]),
        ("another server: 425", "tug.example", set.clone(), &[425]),
        ("another server's account: 425", "tug.example", item("Delete", NODE, "node", ""), &[425]),
        (
            "an Atomic as a whole: 507, 216, 404",
            SERVER,
            atomic(&(set.clone() + &item("Delete", "./PoC/Tug", "node", ""))),
            &[507, 216, 404],
        ),
        ("an Atomic that does", SERVER, atomic(&set), &[200, 200]),
    ];
    for (what, server, commands, statuses) in rows {
        with_client(|client| {
            assert!(send(client, SERVER, &[&add(&harbour())]).iter().all(|status| *status == 200));
            assert_eq!(client.accounts().unwrap(), [read(&[&add(&harbour())])], "{what}");
            let before = client.store().tree(".").unwrap().to_wbxml().unwrap();
            let answers = apply(client, Sender::Server(server), &xml(&commands));
            let found: Vec<_> = answers.iter().map(|answer| answer.status.get()).collect();
            assert_eq!(found, statuses, "{what}");
            let is_same = client.store().tree(".").unwrap().to_wbxml().unwrap() == before;
            assert_eq!(is_same, statuses.iter().any(|status| *status >= 300), "{what}");
            client.accounts().unwrap();
        });
    }
}

/// The account that these commands make for an observer.
fn read(edits: &[&Edit]) -> PocAccount {
    let mut settings = PocSettings::new();
    settings.apply_dm(&message(edits)).unwrap();
    settings.accounts().next().cloned().unwrap()
}

/// Whether a device with the description of the profile has room for every node of this account: settings of their
/// formats, and nothing else where a setting stands.
fn is_as_described(account: &PocAccount) -> bool {
    let ddf = PROVISIONAL.tree("./PoC", [].into_iter().collect());
    let description = Description::new(&ddf);
    let form = DmForm::new(account, &PROVISIONAL, NODE, OBJECT).unwrap();
    let tree = form.tree();
    let mut findings = description.check_command(&tree, "./PoC", AccessType::Replace);
    !findings.any(|finding| {
        matches!(finding.rule, Rule::Format { .. } | Rule::NodesBelowLeaf | Rule::ValueOfInterior | Rule::Value(_))
    })
}

/// An account and what has become of it.
fn change() -> impl Strategy<Value = (PocAccount, PocAccount)> {
    (accounts::account(), accounts::account(), any::<[bool; 3]>()).prop_map(|(old, other, which)| {
        let [is_other, has_refs, has_extensions] = which;
        let mut new = if is_other { other.clone() } else { old.clone() };
        new.t11_ms = other.t11_ms;
        if has_refs {
            new.con_refs.extend(other.con_refs);
        }
        if has_extensions {
            new.extensions.extend(other.extensions);
        }
        (old, new)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// `apply(old, diff(old, new)) == new`, with every status a success, and no command of it can be dropped. An account
    /// that is not as the device describes it is refused.
    #[test]
    fn a_diff_is_carried_out_to_the_letter((mut old, mut new) in change()) {
        // what a signed number of 32 bits cannot hold, no device takes (OMA DM Tree and Description 1.2, `int`)
        for account in [&mut old, &mut new] {
            for number in [
                &mut account.max_simultaneous_sessions, &mut account.max_adhoc_group_size,
                &mut account.t10_ms, &mut account.t11_ms, &mut account.t13_ms,
            ] {
                *number = number.map(|number| number & 0x7FFF_FFFF);
            }
        }
        let documents = Client::documents(&PROVISIONAL);
        let description = Description::of(&documents);
        let mut options = Options::DEFAULT;
        // the deepest names of these accounts are deeper than a device takes by default
        options.rules = options.rules.with_limits(0, 0, 0);
        let mut client = Client::with_options(PROVISIONAL, &description, options);
        let is_taken = |statuses: &[u16]| statuses.iter().all(|status| *status == 200);

        let first = add(&old);
        let statuses = send(&mut client, SERVER, &[&first]);
        prop_assert_eq!(is_taken(&statuses), is_as_described(&old), "{:?}", statuses);
        if !is_taken(&statuses) || !is_as_described(&new) {
            return Ok(());
        }
        let old = client.accounts().unwrap().pop().unwrap();
        prop_assert_eq!(&old, &read(&[&first]));

        let diff = Diff::new(&old, &new, &PROVISIONAL, NODE, OBJECT).unwrap();
        let edits: Vec<&Edit> = diff.edits().iter().collect();
        let mut settings = PocSettings::new();
        settings.push(Instance::new(old.clone(), Some("PoC/Harbour")));
        settings.apply_dm(&message(&edits)).unwrap();
        let before = client.clone();
        let statuses = send(&mut client, SERVER, &edits);
        prop_assert!(is_taken(&statuses), "{:?} {:?}", diff, statuses);
        let after = client.accounts().unwrap();
        prop_assert_eq!(after.iter().collect::<Vec<_>>(), settings.accounts().collect::<Vec<_>>());
        if diff.losses().is_empty() {
            prop_assert_eq!(&after, &[new]);
        }
        for dropped in 0..edits.len() {
            let mut fewer = edits.clone();
            let edit = fewer.remove(dropped);
            let mut client = before.clone();
            send(&mut client, SERVER, &fewer);
            prop_assert_ne!(&client.accounts().unwrap(), &after, "{:?} of {:?}", edit, diff);
        }
    }
}

/// A device that refuses to add what is there ends elsewhere without the `Delete` in front (status 418).
#[test]
fn a_delete_in_front_of_an_add_is_needed() {
    let (old, new) = (["A", "B", "C"].map(|to| (Field::ConRef, to)), account(&[(Field::ConRef, "D")]));
    let old = account(&old);
    with_client(|client| {
        send(client, SERVER, &[&add(&old)]);
        let old = client.accounts().unwrap().remove(0);
        let diff = Diff::new(&old, &new, &PROVISIONAL, NODE, OBJECT).unwrap();
        let [Edit::Delete(_), last @ Edit::Add(_)] = diff.edits() else { unreachable!("{diff:?}") };
        assert_eq!(send(client, SERVER, &[last]), [418, 418, 418]);
        assert_eq!(client.accounts().unwrap(), [old]);
        let all: Vec<&Edit> = diff.edits().iter().collect();
        assert!(send(client, SERVER, &all).iter().all(|status| *status == 200));
        assert_eq!(client.accounts().unwrap(), [read(&[&add(&new)])]);
        assert_eq!(send(client, SERVER, &[&withdraw(NODE).unwrap()]), [200]);
        assert_eq!(client.accounts().unwrap(), []);
    });
}

/// A node that stands above others of the old account goes with them before it comes as another one.
#[test]
fn a_node_that_comes_where_an_interior_node_stands_is_deleted_first() {
    type Extensions<'e> = &'e [(&'e str, Option<&'e str>)];
    let cases: [(Extensions<'_>, Extensions<'_>); 4] = [
        (&[("ConRefs/a/a", None)], &[("ConRefs", Some(""))]),
        (&[("A/B/C", Some("1"))], &[("A", Some("2"))]),
        (&[("A/B/C", Some("1")), ("A/D", Some("1"))], &[("A/D", Some("1")), ("A/B", Some("2"))]),
        (&[("A/B", Some("1")), ("C", Some("1"))], &[("C", Some("1")), ("A", None), ("A/B", Some("1"))]),
    ];
    for (old, new) in cases {
        let [old, new] = [old, new].map(|extensions| {
            let mut account = PocAccount::default();
            account.extensions = extensions.iter().map(|(name, value)| Extension::new(name, *value)).collect();
            account
        });
        with_client(|client| {
            send(client, SERVER, &[&add(&old)]);
            let old = client.accounts().unwrap().remove(0);
            let diff = Diff::new(&old, &new, &PROVISIONAL, NODE, OBJECT).unwrap();
            assert!(!diff.edits().contains(&withdraw(NODE).unwrap()), "{diff:?}");
            let all: Vec<&Edit> = diff.edits().iter().collect();
            assert!(send(client, SERVER, &all).iter().all(|status| *status == 200), "{diff:?}");
            if diff.losses().is_empty() {
                assert_eq!(client.accounts().unwrap(), [new], "{diff:?}");
            }
        });
    }
}

/// References and extensions come in the order in which their nodes came, not in that of their names.
#[test]
fn lists_keep_their_order() {
    let mut refs = PocAccount::default();
    for index in 0..12 {
        refs.set(Field::ConRef, &format!("N{index}")).unwrap();
    }
    with_client(|client| {
        send(client, SERVER, &[&add(&refs)]);
        let edits = [Edit::Delete(format!("{NODE}/ToConRef/1"))];
        send(client, SERVER, &[&edits[0]]);
        apply(client, Sender::Server(SERVER), &xml(&item("Add", &format!("{NODE}/ToConRef/1/ConRef"), "chr", "last")));
        let read: Vec<_> = client.accounts().unwrap().remove(0).con_refs.into_iter().map(|to| to.to).collect();
        assert_eq!(read, ["N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8", "N9", "N10", "N11", "last"]);
    });
}

/// A provisioning document with an access point, the server's account and a PoC account.
fn document(t11: &str, name: &str) -> Vec<u8> {
    format!(
        "<wap-provisioningdoc><characteristic type=\"NAPDEF\"><parm name=\"NAPID\" value=\"INET\"/>\
         <parm name=\"NAME\" value=\"Harbour\"/><parm name=\"BEARER\" value=\"GSM-GPRS\"/>\
         <parm name=\"NAP-ADDRESS\" value=\"internet\"/></characteristic>\
         <characteristic type=\"APPLICATION\"><parm name=\"APPID\" value=\"w7\"/>\
         <parm name=\"PROVIDER-ID\" value=\"{SERVER}\"/><characteristic type=\"APPADDR\">\
         <parm name=\"ADDR\" value=\"https://dm.harbour.example\"/></characteristic>\
         <parm name=\"TO-NAPID\" value=\"INET\"/></characteristic>\
         <characteristic type=\"APPLICATION\"><parm name=\"APPID\" value=\"ap0001\"/>\
         <parm name=\"PROVIDER-ID\" value=\"{SERVER}\"/><parm name=\"NAME\" value=\"{name}\"/>\
         <parm name=\"TO-NAPID\" value=\"INET\"/><parm name=\"T11\" value=\"{t11}\"/></characteristic>\
         </wap-provisioningdoc>"
    )
    .into_bytes()
}

/// A provisioning document, or else a message.
type Step = (Vec<u8>, String);

/// Client Provisioning first and Device Management after it, the reverse, each alone, and both several times: the client
/// and the observer have the same account, but that references of the document are addresses in the client's tree.
#[test]
fn client_provisioning_and_device_management_in_any_order() {
    let cp = || (document("5000", "Harbour"), String::new());
    let add = |node: &str| {
        let account =
            account(&[(Field::AppId, "ap0001"), (Field::ProviderId, SERVER), (Field::T11, "7000"), (Field::T10, "1")]);
        let form = DmForm::new(&account, &PROVISIONAL, node, OBJECT).unwrap();
        (Vec::new(), String::from_utf8(in_xml(&form.add())).unwrap())
    };
    let set = |node: &str| {
        (Vec::new(), String::from_utf8(xml(&item("Replace", &format!("{node}/T11Timer"), "int", "9000"))).unwrap())
    };
    // where the document's account gets its node, and where the server has put one
    let (own, put) = ("./PoC/ptt.harbour.example", "./PoC/Harbour");
    let rows: [(&str, Vec<Step>, u32); 6] = [
        ("CP alone", vec![cp()], 5000),
        ("DM alone", vec![add(put), set(put)], 9000),
        ("CP first, DM after", vec![cp(), set(own)], 9000),
        ("DM first, CP after: the node stays", vec![add(put), cp()], 5000),
        ("DM, CP and DM again", vec![add(put), cp(), set(put)], 9000),
        ("CP, DM and CP again", vec![cp(), set(own), (document("6000", "Tug"), String::new())], 6000),
    ];
    for (what, steps, t11) in rows {
        with_client(|client| {
            let mut settings = PocSettings::new();
            for (cp, dm) in &steps {
                if dm.is_empty() {
                    assert_eq!(client.apply_cp(cp).unwrap(), [], "{what}");
                    settings.apply_cp(cp).unwrap();
                } else {
                    let answers = apply(client, Sender::Server(SERVER), dm.as_bytes());
                    assert!(answers.iter().all(|answer| answer.status == StatusCode::OK), "{what}: {answers:?}");
                    settings.apply_dm(dm.as_bytes()).unwrap();
                }
            }
            let mut found = client.instances().unwrap();
            let [instance] = &mut *found else { unreachable!("{what}: {found:?}") };
            assert_eq!(instance.account.t11_ms, Some(t11), "{what}");
            let [expected] = settings.instances() else { unreachable!("{what}: {settings:?}") };
            let mut expected = expected.clone();
            for reference in &mut expected.account.con_refs {
                (reference.to, reference.node) = ("./NAP/INET".to_owned(), Some("ToConRef/1/ConRef".to_owned()));
            }
            assert_eq!(instance.account, expected.account, "{what}");
            assert!(expected.node.is_none() || expected.node == instance.node, "{what}");
        });
    }
}

fn in_xml(edit: &Edit) -> Vec<u8> {
    let mut octets = Vec::new();
    let out = wbxml::xml::Writer::document(&mut octets, &SYNCML_1_2);
    let mut message = MessageWriter::new(out, &SyncHdr::default()).unwrap();
    edit.write_to(&mut message, "1").unwrap();
    message.finish(true).unwrap();
    octets
}

/// The document's server may read, change and delete what it has bootstrapped, and no other may (Bootstrap 1.2, mapping
/// of `w7`); a document that comes again takes the place of what is there.
#[test]
fn a_document_leaves_its_server_in_charge() {
    with_client(|client| {
        client.apply_cp(&document("5000", "Harbour")).unwrap();
        let count = client.store().len();
        let value = |client: &Client<'_>, uri: &str| client.store().text(uri).map(str::to_owned);
        assert_eq!(value(client, "./DMAcc/ptt.harbour.example/ServerID").as_deref(), Some(SERVER));
        assert_eq!(value(client, "./PoC/ptt.harbour.example/ToConRef/1/ConRef").as_deref(), Some("./NAP/INET"));
        let t11 = item("Replace", "./PoC/ptt.harbour.example/T11Timer", "int", "1");
        let status = |client: &mut Client<'_>, server, command: &str| {
            apply(client, Sender::Server(server), &xml(command)).first().unwrap().status.get()
        };
        assert_eq!(status(client, "tug.example", &t11), 425);
        assert_eq!(status(client, "tug.example", &item("Get", "./NAP/INET", "node", "")), 425);
        assert_eq!(status(client, SERVER, &t11), 200);
        // the account's node is found by asking
        let answers = apply(client, Sender::Server(SERVER), &xml(&item("Get", "./PoC", "node", "")));
        assert_eq!(answers[0].results[0].text(), Some("ptt.harbour.example"));

        client.apply_cp(&document("5000", "Harbour")).unwrap();
        assert_eq!(client.store().len(), count);
        assert_eq!(value(client, "./PoC/ptt.harbour.example/T11Timer").as_deref(), Some("5000"));
        // another application of the same provider is another account
        let other = String::from_utf8(document("1", "Tug")).unwrap().replace("ap0001", "ap0006");
        client.apply_cp(other.as_bytes()).unwrap();
        let nodes: Vec<_> = client.instances().unwrap().into_iter().filter_map(|instance| instance.node).collect();
        assert_eq!(nodes, ["PoC/ptt.harbour.example", "PoC/ptt.harbour.example-2"]);
    });
}

/// A document that cannot be put into the tree as a whole leaves it as it was.
#[test]
fn a_document_is_all_or_nothing() {
    let documents = Client::documents(&PROVISIONAL);
    let description = Description::of(&documents);
    let mut options = Options::DEFAULT;
    options.max_nodes = 20;
    let mut client = Client::with_options(PROVISIONAL, &description, options);
    let before = client.store().tree(".").unwrap().to_wbxml().unwrap();
    let error = client.apply_cp(&document("5000", "Harbour")).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Refused(_, StatusCode::DEVICE_FULL)), "{error}");
    assert_eq!(client.store().tree(".").unwrap().to_wbxml().unwrap(), before);
    assert!(matches!(client.apply_cp(b"").unwrap_err().kind(), ErrorKind::Cp(_)));
    assert!(matches!(client.apply_dm(Sender::Device, b"", |_| StatusCode::OK).unwrap_err().kind(), ErrorKind::Dm(_)));
}

/// A bootstrap message of DM 1.2 puts the account into the inbox, with what it refers to; the client finds the places
/// (Bootstrap 1.2; OMA-TS-DM-StdObj, `Inbox`).
#[test]
fn a_bootstrap_goes_through_the_inbox() {
    let cp = document("5000", "Harbour");
    let document = omacp::ProvisioningDoc::parse(&cp).unwrap();
    let options = poc_mo::convert::Options::dm_1_2().at(poc_mo::convert::Places::INBOX);
    let objects = poc_mo::convert::to_dm(&document, &options).unwrap();
    let mut octets = Vec::new();
    let mut message =
        BootstrapWriter::dm_1_2(&mut octets, "IMEI:490154203237518", "https://dm.harbour.example").unwrap();
    message.add(".", &objects.tree()).unwrap();
    message.finish().unwrap();
    with_client(|client| {
        let answers = apply(client, Sender::Device, &octets);
        let placed: Vec<_> = answers[0].placed.iter().map(|placed| &*placed.to).collect();
        assert_eq!(answers[0].status, StatusCode::OK);
        assert_eq!(placed, ["./NAP/INET", "./DMAcc/ptt.harbour.example", "./PoC/ptt.harbour.example-2"]);
        let (node, account) = {
            let mut instances = client.instances().unwrap();
            let instance = instances.pop().unwrap();
            assert!(instances.is_empty());
            (instance.node.unwrap(), instance.account)
        };
        assert_eq!(node, "PoC/ptt.harbour.example-2");
        assert_eq!((account.t11_ms, &*account.con_refs[0].to), (Some(5000), "./NAP/INET"));
        assert_eq!(client.store().text("./DMAcc/ptt.harbour.example/PrefConRef"), Some("./NAP/INET"));
    });
}

/// The fixtures of the project, as the observer reads them.
#[test]
fn the_client_reads_what_the_observer_reads() {
    for encoding in ["xml", "wbxml"] {
        with_client(|client| {
            let mut settings = PocSettings::new();
            for name in ["poc-dm", "poc-dm-update"] {
                let octets = support::fixture(name, encoding);
                settings.apply_dm(&octets).unwrap();
                let answers = apply(client, Sender::Server(SERVER), &octets);
                let refused = answers.iter().filter(|answer| !answer.status.is_success());
                assert_eq!(refused.map(|answer| answer.target.clone()).collect::<Vec<_>>(), [], "{name}.{encoding}");
            }
            assert_eq!(client.instances().unwrap(), settings.instances(), "{encoding}");
        });
    }
}

/// Answers are for messages in the encoding of the request: in XML there are no octets and no elements on code page 2.
#[test]
fn answers_come_in_the_encoding_of_the_request() {
    with_client(|client| {
        send(client, SERVER, &[&add(&harbour())]);
        let acl = item("Replace", &format!("{NODE}?prop=ACL"), "chr", "Get=*&amp;Replace=*&amp;Delete=*&amp;Add=*");
        assert_eq!(apply(client, Sender::Server(SERVER), &xml(&acl))[0].status, StatusCode::OK);
        let get = item("Get", &format!("{NODE}?list=TNDS"), "node", "");
        let answers = apply(client, Sender::Server(SERVER), &xml(&get));
        let text = answers[0].results[0].item().unwrap().data_text().unwrap().to_string();
        let tree = MgmtTree::parse(text.as_bytes()).unwrap();
        assert!(tree.find("PoC/Harbour/T11Timer").is_some(), "{text}");
        let mut settings = PocSettings::new();
        let object = syncml::dm::mgmt_tree::TndsObject::xml(&tree).unwrap();
        let add = syncml::Request::of_item("1", object.item(".").unwrap());
        let mut octets = Vec::new();
        let out = wbxml::xml::Writer::document(&mut octets, &SYNCML_1_2);
        let mut message = MessageWriter::new(out, &SyncHdr::default()).unwrap();
        message.command(&syncml::Command::Add(add)).unwrap();
        message.finish(true).unwrap();
        settings.apply_dm(&octets).unwrap();
        assert_eq!(settings.accounts().next().unwrap().t11_ms, Some(5000));
    });
}
