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
#[path = "support/documents.rs"]
mod documents;
#[path = "support/losses.rs"]
mod losses;

use documents::{in_wbxml, in_xml};
use losses::left;
use poc_mo::profile::PROVISIONAL;
use poc_mo::{
    CpForm, Diff, DmForm, Edit, ErrorKind, Extension, Field, Instance, Loss, PocAccount, PocSettings, Reason, withdraw,
};
use proptest::prelude::*;
use syncml::dm::mgmt_tree::TndsObject;
use syncml::{Command, Request};

const NODE: &str = "./PoC/Harbour";
const OBJECT: &str = PROVISIONAL.object_ids[2];

/// The forms in which an account arrives, each as octets, in both encodings.
#[derive(Clone, Copy, Debug)]
enum Form {
    Cp,
    Commands,
    Tnds,
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
                in_wbxml(|message| add(&elements, &mut |command| message.command(command).unwrap())),
                in_xml(|message| add(&text, &mut |command| message.command(command).unwrap())),
            ]
        }
        _ => vec![
            in_wbxml(|message| dm.add().write_to(message, "1").unwrap()),
            in_xml(|message| dm.add().write_to(message, "1").unwrap()),
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

/// The account that a device has after these commands; its own first.
fn after(old: &PocAccount, edits: &[&Edit]) -> Option<PocAccount> {
    let mut settings = PocSettings::new();
    settings.push(Instance::new(old.clone(), Some("PoC/Harbour")));
    let octets = in_wbxml(|message| edits.iter().for_each(|edit| edit.write_to(message, "1").unwrap()));
    settings.apply_dm(&octets).unwrap();
    assert!(settings.instances().len() <= 1, "{settings:?}");
    settings.accounts().next().cloned()
}

/// Whether a diff leads from the old account to the new one, and with no fewer commands.
fn check_diff(old: &PocAccount, new: &PocAccount) -> Diff {
    let diff = Diff::new(old, new, &PROVISIONAL, NODE, OBJECT).unwrap();
    let all: Vec<&Edit> = diff.edits().iter().collect();
    let result = after(old, &all).unwrap();
    if diff.losses().is_empty() {
        assert_eq!(&result, new, "{diff:?}");
    } else {
        assert_ne!(&result, new, "{diff:?}");
        assert_eq!(left(new, diff.losses(), &result), result, "{diff:?}");
    }
    for dropped in 0..all.len() {
        let mut fewer = all.clone();
        let edit = fewer.remove(dropped);
        // a device refuses to add what is there: 418, Already exists (SyncML Representation Protocol, `Add`)
        let is_refused = |other: &&Edit| match (edit, other) {
            (Edit::Delete(uri), Edit::Add(nodes)) => nodes.iter().any(|node| node.uri == *uri),
            _ => false,
        };
        if fewer.iter().any(is_refused) {
            continue;
        }
        assert_ne!(after(old, &fewer).as_ref(), Some(&result), "{edit:?} of {diff:?}");
    }
    diff
}

/// An account and what has become of it: another one, or the same with one change or two.
fn change() -> impl Strategy<Value = (PocAccount, PocAccount)> {
    (accounts::account(), accounts::account(), any::<[bool; 5]>(), any::<usize>()).prop_map(
        |(old, other, which, at)| {
            let mut new = old.clone();
            if which[0] {
                new.t11_ms = other.t11_ms;
                new.name = other.name;
            }
            if let Some(at) = at.checked_rem(new.con_refs.len()).filter(|_| which[1]) {
                new.con_refs.remove(at);
            }
            if which[2] {
                new.con_refs.extend(other.con_refs);
            }
            if let Some(at) = at.checked_rem(new.extensions.len()).filter(|_| which[3]) {
                new.extensions.remove(at);
            }
            if which[4] {
                new.extensions.extend(other.extensions);
            }
            (old, new)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: ProptestConfig::default().cases.div_ceil(4), ..ProptestConfig::default() })]

    #[test]
    fn a_diff_leads_to_the_new_account(old in accounts::account(), new in accounts::account()) {
        check_diff(&old, &new);
        // what a device has read is changed as well
        let (documents, losses) = written(&old, Form::Commands);
        if let Some(read) = read(&documents[0], Form::Commands) {
            check_diff(&read, &new);
            if losses.is_empty() {
                prop_assert!(check_diff(&read, &old).edits().is_empty());
            }
        }
    }

    #[test]
    fn a_diff_of_few_changes_leads_there((old, new) in change()) {
        check_diff(&old, &new);
        prop_assert!(check_diff(&old, &old).edits().is_empty());
    }
}

#[test]
fn withdrawing_leaves_no_account() {
    let account = account(&[(Field::AppId, "ap0001")], &[]);
    assert_eq!(after(&account, &[&withdraw(NODE).unwrap()]), None);
    assert!(withdraw(".").is_err());
}

/// What a device has can stay there, also where no document can hold it; but it cannot be moved (XML 1.0, 2.2).
#[test]
fn what_no_document_can_hold_is_not_sent_again() {
    for text in ["\u{0}", "\u{1}", "\u{FFFE}"] {
        let (lone, other) = (("A", Some(text)), ("B", Some("1")));
        let old = account(&[(Field::AppId, "ap0001")], &[lone, other]);
        assert!(check_diff(&old, &account(&[(Field::AppId, "ap0006")], &[lone, other])).losses().is_empty());
        let moved = check_diff(&old, &account(&[(Field::AppId, "ap0001")], &[other, lone]));
        let lost = Loss::Extension { index: 1, name: String::from("A"), reason: Reason::NotText };
        assert_eq!(moved.losses(), [lost]);
    }
}

#[test]
fn a_diff_is_as_small_as_it_can_be() {
    let refs = |list: &[&str]| {
        let mut account = PocAccount::default();
        list.iter().for_each(|to| account.set(Field::ConRef, to).unwrap());
        account
    };
    // as a device has them: in nodes
    let device = |list: &[&str]| read(&written(&refs(list), Form::Commands).0[0], Form::Commands).unwrap();
    let cases: [(&[&str], &[&str], &[&str]); 8] = [
        (&["A"], &["A"], &[]),
        (&["A", "B"], &["A", "C"], &["Replace ToConRef/2/ConRef"]),
        (&["A", "B", "C"], &["B", "C"], &["Delete ToConRef/1"]),
        (&["A", "B"], &["A", "B", "C"], &["Add ToConRef/3 ToConRef/3/ConRef"]),
        (&["A", "B"], &[], &["Delete ToConRef"]),
        (&[], &["A"], &["Add ToConRef ToConRef/1 ToConRef/1/ConRef"]),
        (&["A", "B", "C"], &["D"], &["Delete ToConRef", "Add ToConRef ToConRef/1 ToConRef/1/ConRef"]),
        (&["A", "B"], &["B", "A"], &["Replace ToConRef/1/ConRef", "Replace ToConRef/2/ConRef"]),
    ];
    for (old, new, expected) in cases {
        let short = |uri: &str| uri.strip_prefix("./PoC/Harbour/").unwrap().to_owned();
        let shown: Vec<String> = check_diff(&device(old), &refs(new))
            .edits()
            .iter()
            .map(|edit| match edit {
                Edit::Add(nodes) => nodes.iter().fold(String::from("Add"), |all, node| all + " " + &short(&node.uri)),
                Edit::Replace(node) => format!("Replace {}", short(&node.uri)),
                Edit::Delete(uri) => format!("Delete {}", short(uri)),
            })
            .collect();
        assert_eq!(shown, expected, "{old:?} {new:?}");
    }
}

/// A node cannot come behind those below it: nothing is made anew for an order in which nodes never stand.
#[test]
fn a_diff_does_not_make_an_account_anew_for_an_order_that_cannot_be() {
    let old = account(&[(Field::T10, "5")], &[("C", Some("1"))]);
    let new = account(&[(Field::T10, "5")], &[("C", Some("1")), ("A/B", Some("2")), ("A", None)]);
    let diff = check_diff(&old, &new);
    assert!(matches!(diff.edits(), [Edit::Add(nodes)] if nodes.len() == 2), "{diff:?}");
    assert_eq!(diff.losses(), [Loss::Order]);
}

/// What there is no room for beside others of the new account is lost; the account is not made anew for it.
#[test]
fn a_diff_does_not_make_an_account_anew_for_what_cannot_stand_beside_others() {
    let (port, other) = (("PORT", None), ("PORT", Some("1")));
    let cases: [(&[_], &[_], usize, Reason); 4] = [
        (&[port], &[port, port], 0, Reason::Repeated),
        (&[other], &[("PORT", Some("2")), other], 1, Reason::Repeated),
        (&[other], &[other, other], 0, Reason::Repeated),
        (&[("A/B", Some("1"))], &[("A", Some("1")), ("A/B", Some("1"))], 2, Reason::Leaf),
    ];
    for (old, new, edits, reason) in cases {
        let diff = check_diff(&account(&[(Field::T10, "5")], old), &account(&[(Field::T10, "5")], new));
        assert_eq!(diff.edits().len(), edits, "{diff:?}");
        assert!(!diff.edits().contains(&withdraw(NODE).unwrap()), "{diff:?}");
        assert!(matches!(diff.losses(), [Loss::Extension { index: 1, reason: r, .. }] if *r == reason), "{diff:?}");
        let same = account(&[], new);
        assert_eq!(check_diff(&same, &same).edits(), []);
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
