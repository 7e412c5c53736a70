//! Accounts through every form and back: nothing differs but what the form has reported.
#![cfg(all(feature = "cp", feature = "dm", feature = "xml"))]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests: to stop is how they fail"
)]

#[path = "support/accounts.rs"]
mod accounts;

use poc_mo::profile::PROVISIONAL;
use poc_mo::{CpForm, DmForm, ErrorKind, Extension, Field, Loss, PocAccount, PocSettings, Reason};
use proptest::prelude::*;
use syncml::dm::mgmt_tree::TndsObject;
use syncml::{Command, Location, MessageWriter, Request, SyncHdr};
use wbxml::{Writer, vocabulary::syncml::SYNCML_1_2, xml};

const NODE: &str = "./PoC/Harbour";
const OBJECT: &str = PROVISIONAL.object_ids[2];

/// The forms in which an account arrives, each as octets, in both encodings.
#[derive(Clone, Copy, Debug)]
enum Form {
    Cp,
    Commands,
    Tnds,
}

fn header() -> SyncHdr<'static> {
    SyncHdr::dm_1_2("1", "1", Location::new("IMEI:490154203237518"), Location::new("https://dm.harbour.example"))
}

/// A message of one command in WBXML.
fn wbxml(write: impl Fn(&mut MessageWriter<Writer<'_, &mut Vec<u8>>>)) -> Vec<u8> {
    let mut octets = Vec::new();
    let mut message = MessageWriter::new(Writer::new(&mut octets, &SYNCML_1_2).unwrap(), &header()).unwrap();
    write(&mut message);
    message.finish(true).unwrap();
    octets
}

/// The same in XML.
fn xml(write: impl Fn(&mut MessageWriter<xml::Writer<'_, &mut Vec<u8>>>)) -> Vec<u8> {
    let mut octets = Vec::new();
    let mut message = MessageWriter::new(xml::Writer::document(&mut octets, &SYNCML_1_2), &header()).unwrap();
    write(&mut message);
    message.finish(true).unwrap();
    octets
}

/// The account in a form, in both encodings, and what it loses there.
fn written(account: &PocAccount, form: Form) -> (Vec<Vec<u8>>, Vec<Loss>) {
    if let Form::Cp = form {
        let form = CpForm::new(account, &PROVISIONAL);
        let document = form.document();
        let octets = vec![document.to_wbxml().unwrap(), document.to_xml().unwrap().into_bytes()];
        return (octets, form.losses().to_vec());
    }
    let dm = DmForm::new(account, &PROVISIONAL, NODE, OBJECT).unwrap();
    let octets = match form {
        Form::Tnds => {
            let (tree, target) = (dm.tree(), dm.target());
            let (elements, text) = (TndsObject::elements(&tree).unwrap(), TndsObject::xml(&tree).unwrap());
            let add = |object: &TndsObject<'_>, send: &mut dyn FnMut(&Command<'_>)| {
                send(&Command::Add(Request::of_item("1", object.item(&target).unwrap())));
            };
            vec![
                wbxml(|message| add(&elements, &mut |command| message.command(command).unwrap())),
                xml(|message| add(&text, &mut |command| message.command(command).unwrap())),
            ]
        }
        _ => vec![
            wbxml(|message| dm.add().write_to(message, "1").unwrap()),
            xml(|message| dm.add().write_to(message, "1").unwrap()),
        ],
    };
    (octets, dm.losses().to_vec())
}

fn read(octets: &[u8], form: Form) -> Option<PocAccount> {
    let mut settings = PocSettings::new();
    if let Form::Cp = form { settings.apply_cp(octets) } else { settings.apply_dm(octets) }.unwrap();
    assert!(settings.instances().len() <= 1, "{settings:?}");
    settings.accounts().next().cloned()
}

/// What the losses leave of the account; its extensions in the order of `read`, if order is among them.
fn left(account: &PocAccount, losses: &[Loss], read: &PocAccount) -> PocAccount {
    let mut left = account.clone();
    let mut extensions: Vec<_> = account.extensions.iter().cloned().map(Some).collect();
    let (mut con_refs, mut app_refs): (Vec<_>, Vec<_>) =
        (account.con_refs.iter().cloned().map(Some).collect(), account.app_refs.iter().cloned().map(Some).collect());
    let mut added = Vec::new();
    let mut is_in_order = true;
    for loss in losses {
        match loss {
            Loss::Field(field, _) => {
                assert!(account.values(*field).next().is_some(), "{loss}");
                left.clear(*field);
            }
            Loss::Reference { field: Field::ConRef, index, .. } => assert!(con_refs[*index].take().is_some()),
            Loss::Reference { index, .. } => assert!(app_refs[*index].take().is_some()),
            Loss::Extension { index, name, .. } => assert_eq!(&extensions[*index].take().unwrap().name, name),
            Loss::Node(name) => added.push(Extension::new(name, None)),
            Loss::Order => is_in_order = false,
            loss => panic!("{loss}"),
        }
    }
    left.con_refs = con_refs.into_iter().flatten().collect();
    left.app_refs = app_refs.into_iter().flatten().collect();
    left.extensions = extensions.into_iter().flatten().collect();
    if is_in_order {
        // nodes that are added stand in front of what stands below them: where, the one that is read shows
        let is_kept = |extension: &&Extension| !added.contains(extension);
        assert!(left.extensions.iter().eq(read.extensions.iter().filter(is_kept)), "{losses:?} {read:?}");
    } else {
        assert!(!left.extensions.iter().eq(&read.extensions), "there is no other order");
    }
    left.extensions.extend(added);
    assert_eq!(left.extensions.len(), read.extensions.len(), "{losses:?} {read:?}");
    left.extensions.sort_by_key(|extension| read.extensions.iter().position(|other| other == extension));
    left
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_read_differs_by_the_losses(account in accounts::account()) {
        for form in [Form::Cp, Form::Commands, Form::Tnds] {
            let (documents, losses) = written(&account, form);
            for octets in documents {
                let read = read(&octets, form);
                if losses.contains(&Loss::Account) {
                    prop_assert_eq!(&read, &None);
                    continue;
                }
                let read = read.unwrap();
                if losses.is_empty() {
                    prop_assert_eq!(&read, &account);
                } else {
                    prop_assert_ne!(&read, &account);
                    prop_assert_eq!(&left(&account, &losses, &read), &read, "{:?}: {:?}", form, losses);
                }
            }
        }
    }
}

fn account(settings: &[(Field, &str)], extensions: &[(&str, Option<&str>)]) -> PocAccount {
    let mut account = PocAccount::default();
    for (field, value) in settings {
        account.set(*field, value).unwrap();
    }
    account.extensions = extensions.iter().map(|(name, value)| Extension::new(name, *value)).collect();
    account
}

#[test]
fn each_loss_is_told_with_its_reason() {
    let deep = vec!["d"; 129].join("/");
    let poc = (Field::AppId, "ap0001");
    let extension = |name: &str, reason| vec![Loss::Extension { index: 0, name: String::from(name), reason }];
    let node = |name: &str| Loss::Node(String::from(name));
    type Case<'c> = (&'c [(Field, &'c str)], &'c [(&'c str, Option<&'c str>)], Vec<Loss>, Vec<Loss>);
    let cases: [Case<'_>; 14] = [
        (&[poc], &[], vec![], vec![]),
        (&[(Field::AppId, "w7")], &[], vec![Loss::Account], vec![]),
        (&[], &[], vec![Loss::Account], vec![]),
        (
            &[poc, (Field::Name, "\u{1}")],
            &[],
            vec![Loss::Field(Field::Name, Reason::NotText)],
            vec![Loss::Field(Field::Name, Reason::NotText)],
        ),
        (&[poc], &[("T10", Some("5"))], extension("T10", Reason::Taken), vec![]),
        (&[poc], &[("T10", None)], vec![], vec![]),
        (&[poc, (Field::T10, "5")], &[("T10", Some("6"))], vec![], vec![]),
        (&[poc], &[("T10Timer", Some("5"))], vec![], extension("T10Timer", Reason::Taken)),
        (&[poc], &[("X Y", Some("5"))], vec![], extension("X Y", Reason::Name)),
        (&[poc], &[("A//B", None)], extension("A//B", Reason::Name), extension("A//B", Reason::Name)),
        (&[poc], &[(&deep, None)], extension(&deep, Reason::TooDeep), extension(&deep, Reason::TooDeep)),
        (&[poc], &[("A/B", Some("1")), ("C", None), ("A/D", None)], vec![Loss::Order], vec![node("A"), Loss::Order]),
        (
            &[poc],
            &[("A", Some("1")), ("A", Some("2"))],
            vec![],
            vec![Loss::Extension { index: 1, name: String::from("A"), reason: Reason::Repeated }],
        ),
        (
            &[poc],
            &[("A", Some("1")), ("A/B", Some("2"))],
            vec![],
            vec![Loss::Extension { index: 1, name: String::from("A/B"), reason: Reason::Leaf }],
        ),
    ];
    for (settings, extensions, cp, dm) in cases {
        let account = account(settings, extensions);
        assert_eq!(written(&account, Form::Cp).1, cp, "{account:?}");
        assert_eq!(written(&account, Form::Commands).1, dm, "{account:?}");
    }
}

#[test]
fn a_setting_without_a_row_is_lost() {
    let rows: Vec<_> = PROVISIONAL.rows.iter().filter(|row| row.field != Field::ConRef).copied().collect();
    let profile = poc_mo::Profile { rows: &rows, ..PROVISIONAL };
    let account = account(&[(Field::AppId, "ap0001"), (Field::ConRef, "A")], &[]);
    let lost = [Loss::Reference { field: Field::ConRef, index: 0, reason: Reason::NoName }];
    assert_eq!(CpForm::new(&account, &profile).losses(), lost);
    assert_eq!(DmForm::new(&account, &profile, NODE, OBJECT).unwrap().losses(), lost);
}

#[test]
fn an_account_has_an_address_and_an_object() {
    let account = PocAccount::default();
    let deep = format!("./{}", ["d"; 17].join("/"));
    for node in ["", ".", "./", "./A//B", "./A?prop=ACL", "A B", &deep] {
        let error = DmForm::new(&account, &PROVISIONAL, node, OBJECT).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Address(_)), "{node}: {error}");
    }
    for (node, target) in
        [("./A", "."), ("A", "."), ("./A/B/", "./A"), (&deep[..deep.len() - 2], "./d/d/d/d/d/d/d/d/d/d/d/d/d/d/d")]
    {
        assert_eq!(DmForm::new(&account, &PROVISIONAL, node, OBJECT).unwrap().target(), target);
    }
    let error = DmForm::new(&account, &PROVISIONAL, NODE, "urn:oma:mo:oma-fumo:1.0").unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::ObjectId(_)), "{error}");
}
