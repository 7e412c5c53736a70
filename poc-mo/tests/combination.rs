//! Client Provisioning and Device Management on one account: which account is meant, what the later one leaves of the
//! earlier one, and what is in conflict.
#![cfg(all(feature = "cp", feature = "dm", feature = "xml"))]
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests: to stop is how they fail")]

#[path = "support/accounts.rs"]
mod accounts;
#[path = "support/documents.rs"]
mod documents;

use documents::{command, cp, dm, in_wbxml, interior, leaf, parm, target};
use poc_mo::profile::PROVISIONAL;
use poc_mo::{
    Applied, Conflict, CpForm, Diff, DmForm, Edit, Extension, Field, Held, Instance, PocAccount, PocSettings,
    Reference, Setting,
};
use proptest::prelude::*;
use syncml::dm::mgmt_tree::TndsObject;
use syncml::{Command, Request};

const POC: &str = "urn:oma:mo:oma_poc:2.1";

fn apply(settings: &mut PocSettings<'_>, document: &[u8]) -> Applied {
    let is_cp = document.starts_with(b"\x03\x0B") || document.starts_with(b"<wap-provisioningdoc");
    if is_cp { settings.apply_cp(document) } else { settings.apply_dm(document) }.unwrap()
}

/// The settings after these documents, and what the last one has brought to light.
fn after(documents: &[String]) -> (PocSettings<'static>, Applied) {
    let mut settings = PocSettings::new();
    let mut applied = Applied::default();
    for document in documents {
        applied = apply(&mut settings, document.as_bytes());
    }
    (settings, applied)
}

fn application(parms: &[(&str, &str)]) -> String {
    let parms: String = parms.iter().map(|(name, value)| parm(name, value)).collect();
    cp(&[&(parm("APPID", "ap0001") + &parms)])
}

/// A message with one command on leaves of an account.
fn message(name: &str, leaves: &[(&str, &str)]) -> String {
    let leaves: String = leaves.iter().map(|(path, value)| leaf(&format!("./P/Q/{path}"), value)).collect();
    dm(&command(name, &[&interior("./P/Q", POC), &leaves]))
}

/// The conflicts without their offsets, in sentences.
fn sentences(applied: &Applied) -> Vec<String> {
    let sentence = |conflict: &Conflict| conflict.to_string().split(", at octet").next().unwrap().to_owned();
    applied.conflicts.iter().map(sentence).collect()
}

/// OMA-WAP-TS-ProvBoot, 5; SyncML Representation Protocol, `Add`, `Replace`: a bootstrap and `Add` set what is not there,
/// `Replace` updates.
#[test]
fn an_initial_value_that_differs_is_a_conflict_and_an_update_is_none() {
    let first = application(&[("T11", "5000"), ("TO-NAPID", "A"), ("TO-NAPID", "B"), ("PRES-SRV-CAP", "1")]);
    let of_dm =
        message("Add", &[("T11Timer", "5000"), ("ToConRef/7/ConRef", "A"), ("Ext/X", "red"), ("AppID", "ap0001")]);
    let flag = cp(&[&(parm("APPID", "ap0001") + "<parm name=\"INIT\"/>")]);
    type Case<'c> = (Vec<String>, &'c [(&'c str, &'c str)]);
    let cases: Vec<Case<'_>> = vec![
        // the same again, by any road
        (vec![first.clone(), first.clone()], &[]),
        (vec![of_dm.clone(), of_dm.clone()], &[]),
        (vec![first.clone(), message("Add", &[("T11Timer", "5000"), ("PresenceSrvSupport", "true")])], &[]),
        (
            vec![of_dm.clone(), application(&[("T11", " 5000 "), ("TO-NAPID", "A"), ("Ext", "1")])],
            &[("\"Ext/X\" of P/Q was \"red\" and is not set", "<characteristic")],
        ),
        (vec![application(&[]), first.replace("ap0001", "AP0001")], &[]),
        // what was not set
        (vec![first.clone(), message("Add", &[("T10Timer", "1"), ("ToConRef/1/ConRef", "A"), ("Ext/X", "red")])], &[]),
        // Add after a document
        (
            vec![first.clone(), message("Add", &[("T11Timer", "6000")])],
            &[("t11_ms of P/Q was \"5000\" and is \"6000\"", "<Item><Target><LocURI>./P/Q/T11Timer")],
        ),
        (
            vec![first.clone(), message("Add", &[("ToConRef/1/ConRef", "C"), ("PresenceSrvSupport", "0")])],
            &[
                ("con_refs of P/Q was \"A\" and is \"C\"", "<Item><Target><LocURI>./P/Q/ToConRef/1"),
                ("server_presence of P/Q was \"true\" and is \"false\"", "<Item><Target><LocURI>./P/Q/Presence"),
            ],
        ),
        (
            vec![flag.clone(), message("Add", &[("INIT", "")])],
            &[("\"INIT\" of P/Q was without a value and is \"\"", "<Item><Target><LocURI>./P/Q/INIT")],
        ),
        // Add of what is there
        (
            vec![of_dm.clone(), message("Add", &[("ToConRef/7/ConRef", "Z"), ("Ext/X", "blue")])],
            &[
                ("con_refs of P/Q was \"A\" and is \"Z\"", "<Item><Target><LocURI>./P/Q/ToConRef/7"),
                ("\"Ext/X\" of P/Q was \"red\" and is \"blue\"", "<Item><Target><LocURI>./P/Q/Ext/X"),
            ],
        ),
        // updates
        (vec![first.clone(), message("Replace", &[("T11Timer", "6000"), ("ToConRef/1/ConRef", "C")])], &[]),
        (vec![of_dm.clone(), message("Replace", &[("T11Timer", "6000"), ("Ext/X", "blue")])], &[]),
        (
            vec![
                of_dm.clone(),
                dm(&(command("Delete", &[&target("./P/Q/T11Timer")])
                    + &command("Add", &[&leaf("./P/Q/T11Timer", "6000")]))),
            ],
            &[],
        ),
        // a document after an update, and after another document: a new beginning
        (
            vec![first.clone(), message("Replace", &[("T11Timer", "6000"), ("T13Timer", "1")]), first.clone()],
            &[
                ("t11_ms of P/Q was \"6000\" and is \"5000\"", "<parm name=\"T11\""),
                ("t13_ms of P/Q was \"1\" and is not set", "<characteristic"),
            ],
        ),
        (
            vec![first.clone(), application(&[("TO-NAPID", "B"), ("T11", "5000")])],
            &[
                ("con_refs was \"A\" and is \"B\"", "<parm name=\"TO-NAPID\""),
                ("con_refs was \"B\" and is not set", "<characteristic"),
                ("server_presence was \"true\" and is not set", "<characteristic"),
            ],
        ),
        (
            vec![flag.clone(), application(&[("INIT", "1")])],
            &[("\"INIT\" was without a value and is \"1\"", "<parm name=\"INIT\"")],
        ),
    ];
    for (documents, expected) in cases {
        let (settings, applied) = after(&documents);
        assert_eq!(settings.instances().len(), 1, "{documents:?}");
        assert_eq!(sentences(&applied), expected.iter().map(|(sentence, _)| *sentence).collect::<Vec<_>>());
        for (conflict, (_, at)) in applied.conflicts.iter().zip(expected) {
            assert!(documents.last().unwrap()[conflict.offset..].starts_with(at), "{conflict} in {documents:?}");
        }
        assert!(applied.passed_over.is_empty());
    }
}

/// The account that a document or a message is about, as far as each says.
#[derive(Clone, Copy, Debug)]
enum Said {
    /// An application, and its provider.
    Document(&'static str, &'static str),
    /// An account's node, and application and provider there.
    Message(&'static str, &'static str, &'static str),
}

fn said(what: Said, t10: &str) -> String {
    let some = |leaf: String, value: &str| if value.is_empty() { String::new() } else { leaf };
    match what {
        Said::Document(app_id, provider) => {
            let provider = some(parm("PROVIDER-ID", provider), provider);
            cp(&[&(parm("APPID", app_id) + &provider + &parm("T10", t10))])
        }
        Said::Message(node, app_id, provider) => {
            let path = |name: &str| format!("./{node}/{name}");
            let identity =
                some(leaf(&path("AppID"), app_id), app_id) + &some(leaf(&path("Provider-ID"), provider), provider);
            dm(&command("Add", &[&leaf(&path("T10Timer"), t10), &identity]))
        }
    }
}

/// The join rule, in either order: whether two are one account.
#[test]
fn application_and_provider_tell_whether_two_are_one_account() {
    use Said::{Document, Message};
    for (one, other, is_one) in [
        (Document("ap0001", "a"), Message("P/1", "ap0001", "a"), true),
        (Document("ap0001", "a"), Message("P/1", "AP0001", "a"), true),
        (Document("ap0001", "a"), Message("P/1", "", "a"), true),
        (Document("ap0001", "a"), Message("P/1", "ap0001", ""), true),
        (Document("ap0001", "a"), Message("P/1", "", ""), true),
        (Document("ap0001", ""), Message("P/1", "ap0001", "a"), true),
        (Document("ap0001", ""), Message("P/1", "", ""), true),
        (Document("ap0001", "a"), Message("P/1", "ap0001", "b"), false),
        (Document("ap0001", "a"), Message("P/1", "ap0006", "a"), false),
        (Document("ap0001", ""), Message("P/1", "ap0006", "a"), false),
        // of documents, one without a provider is another one
        (Document("ap0001", "a"), Document("ap0001", "a"), true),
        (Document("ap0001", ""), Document("AP0001", ""), true),
        (Document("ap0001", "a"), Document("ap0001", ""), false),
        (Document("ap0001", "a"), Document("ap0006", "a"), false),
        // of messages, the node alone counts
        (Message("P/1", "ap0001", "a"), Message("P/1", "ap0006", "b"), true),
        (Message("P/1", "ap0001", "a"), Message("P/2", "ap0001", "a"), false),
    ] {
        for (first, second) in [(one, other), (other, one)] {
            let (settings, applied) = after(&[said(first, "1"), said(second, "2")]);
            let t10: Vec<_> = settings.accounts().map(|account| account.t10_ms).collect();
            let expected = if is_one { vec![Some(2)] } else { vec![Some(1), Some(2)] };
            assert_eq!(t10, expected, "{first:?} {second:?}");
            let node =
                if let (Message(node, ..), _) | (_, Message(node, ..)) = (second, first) { Some(node) } else { None };
            let mut nodes = settings.instances().iter().filter_map(|instance| instance.node.as_deref());
            assert_eq!(nodes.next_back(), node, "{first:?} {second:?}");
            // and what the two do not agree on is told
            let t10 = |conflict: &Conflict| conflict.setting == Setting::Field(Field::T10);
            assert_eq!(applied.conflicts.iter().filter(|conflict| t10(conflict)).count(), usize::from(is_one));
        }
    }
}

/// The join rule with several accounts: which of them is meant.
#[test]
fn of_several_accounts_the_one_that_agrees_most_is_meant() {
    use Said::{Document, Message};
    let documents = [Document("ap0001", ""), Document("ap0006", "a"), Document("ap0001", "a"), Document("ap0001", "b")];
    for (message, index) in [
        (Message("P/1", "", ""), Some(0)),
        (Message("P/1", "ap0006", ""), Some(1)),
        (Message("P/1", "", "a"), Some(1)),
        (Message("P/1", "ap0001", "a"), Some(2)),
        (Message("P/1", "", "b"), Some(3)),
        // another provider, but one that does not say which it is
        (Message("P/1", "ap0001", "c"), Some(0)),
        (Message("P/1", "ap0006", "c"), None),
    ] {
        let mut settings = PocSettings::new();
        for document in documents {
            apply(&mut settings, said(document, "1").as_bytes());
        }
        apply(&mut settings, said(message, "2").as_bytes());
        let placed = settings.instances().iter().position(|instance| instance.node.is_some());
        assert_eq!(placed, index.or(Some(documents.len())), "{message:?}");
    }
    let messages =
        [Message("P/0", "", ""), Message("P/1", "ap0006", "a"), Message("P/2", "ap0001", ""), Message("P/3", "", "b")];
    for (document, index) in [
        (Document("ap0006", "a"), Some(1)),
        (Document("ap0001", "b"), Some(3)),
        (Document("ap0001", "c"), Some(2)),
        (Document("ap0006", "c"), Some(0)),
        // of those that say the application, the same provider: none
        (Document("ap0001", ""), Some(2)),
        (Document("ap0006", ""), Some(1)),
    ] {
        let mut settings = PocSettings::new();
        for message in messages {
            apply(&mut settings, said(message, "1").as_bytes());
        }
        apply(&mut settings, said(document, "2").as_bytes());
        let changed = settings.accounts().position(|account| account.t10_ms == Some(2));
        assert_eq!(changed, index, "{document:?}");
        assert_eq!(settings.instances().len(), messages.len(), "{document:?}");
    }
    // each account gives way to one of a document, the same one first
    let mut settings = PocSettings::new();
    for message in [Message("P/0", "ap0001", ""), Message("P/1", "ap0001", "a")] {
        apply(&mut settings, said(message, "1").as_bytes());
    }
    let (b, a) = (parm("PROVIDER-ID", "b"), parm("PROVIDER-ID", "a"));
    let both = [b, a].map(|provider| parm("APPID", "ap0001") + &provider);
    settings.apply_cp(cp(&[&both[0], &both[1]]).as_bytes()).unwrap();
    let found: Vec<_> = settings
        .instances()
        .iter()
        .map(|instance| (instance.account.provider_id.as_deref().unwrap(), instance.node.as_deref().unwrap()))
        .collect();
    assert_eq!(found, [("b", "P/0"), ("a", "P/1")]);
}

#[test]
fn references_that_a_document_leaves_keep_their_nodes() {
    let of_dm = message("Add", &[("ToConRef/x/ConRef", "A"), ("ToConRef/y/ConRef", "B"), ("ToConRef/z/ConRef", "A")]);
    let document = application(&[("TO-NAPID", "C"), ("TO-NAPID", "A"), ("TO-NAPID", "A"), ("TO-NAPID", "A")]);
    let (mut settings, _) = after(&[of_dm, document]);
    let nodes = |settings: &PocSettings<'_>| -> Vec<_> {
        let account = settings.accounts().next().unwrap();
        account.con_refs.iter().map(|reference| (reference.to.clone(), reference.node.clone())).collect()
    };
    let reference = |to: &str, node: Option<&str>| (to.to_owned(), node.map(|node| format!("ToConRef/{node}/ConRef")));
    let expected = [reference("C", None), reference("A", Some("x")), reference("A", Some("z")), reference("A", None)];
    assert_eq!(nodes(&settings), expected);
    // so an update finds them
    apply(&mut settings, message("Replace", &[("ToConRef/z/ConRef", "D")]).as_bytes());
    let expected = [reference("C", None), reference("A", Some("x")), reference("D", Some("z")), reference("A", None)];
    assert_eq!(nodes(&settings), expected);
}

const NODE: &str = "./PoC/Harbour";

fn document_of(account: &PocAccount) -> Vec<u8> {
    CpForm::new(account, &PROVISIONAL).document().to_wbxml().unwrap()
}

fn commands_of(account: &PocAccount) -> Vec<u8> {
    let form = DmForm::new(account, &PROVISIONAL, NODE, POC).unwrap();
    in_wbxml(|message| form.add().write_to(message, "1").unwrap())
}

/// The account as a bootstrap that leaves the place to the device.
fn inbox_of(account: &PocAccount) -> Vec<u8> {
    let form = DmForm::new(account, &PROVISIONAL, NODE, POC).unwrap();
    let object = TndsObject::elements(&form.tree()).unwrap();
    in_wbxml(|message| {
        let add = Request::of_item("1", object.item("./Inbox").unwrap());
        message.command(&Command::Add(add)).unwrap();
    })
}

fn edits_of(old: &PocAccount, new: &PocAccount) -> Vec<u8> {
    let diff = Diff::new(old, new, &PROVISIONAL, NODE, POC).unwrap();
    assert!(diff.losses().is_empty(), "{diff:?}");
    in_wbxml(|message| diff.edits().iter().for_each(|edit: &Edit| edit.write_to(message, "1").unwrap()))
}

fn only(settings: &PocSettings<'_>) -> Instance {
    let [instance] = settings.instances() else { panic!("{settings:?}") };
    instance.clone()
}

/// An account that no form loses anything of, with this identity; references stand nowhere yet.
fn whole(mut account: PocAccount, provider: Option<&str>) -> Option<PocAccount> {
    account.app_id = Some(String::from("ap0001"));
    account.provider_id = provider.map(String::from);
    // a document has all parms of the application in front of its characteristics, a tree has not: of those that stand
    // below others, there can be one group
    let group = |extension: &Extension| extension.name.split_once('/').map(|(group, _)| String::from(group));
    let first = account.extensions.iter().find_map(group);
    account.extensions.retain(|extension| group(extension).is_none_or(|group| Some(group) == first));
    for _ in 0..4 {
        for list in [&mut account.con_refs, &mut account.app_refs] {
            list.iter_mut().for_each(|reference| reference.node = None);
        }
        let is_document = CpForm::new(&account, &PROVISIONAL).losses().is_empty();
        let is_tree = DmForm::new(&account, &PROVISIONAL, NODE, POC).unwrap().losses().is_empty();
        if is_document && is_tree {
            return Some(account);
        }
        let octets = if is_document { commands_of(&account) } else { document_of(&account) };
        let mut settings = PocSettings::new();
        apply(&mut settings, &octets);
        account = only(&settings).account;
    }
    None
}

/// Two accounts of one identity that no form loses anything of: the second one has parts of the first one.
fn two() -> impl Strategy<Value = (PocAccount, PocAccount)> {
    let provider = prop::option::of(Just("ptt.harbour.example"));
    (accounts::account(), accounts::account(), provider, any::<[bool; 4]>()).prop_filter_map(
        "a form loses something",
        |(one, mut other, provider, has_same)| {
            let [has_same_timer, has_same_name, has_same_references, has_same_extensions] = has_same;
            if has_same_timer {
                other.t11_ms = one.t11_ms;
            }
            if has_same_name {
                other.name.clone_from(&one.name);
            }
            if has_same_references {
                other.con_refs.clone_from(&one.con_refs);
            }
            if has_same_extensions {
                other.extensions.splice(0..0, one.extensions.iter().cloned());
            }
            Some((whole(one, provider)?, whole(other, provider)?))
        },
    )
}

/// What the account has otherwise, or no longer, when it is `new`: each setting by itself, the old value and the new one.
fn differences(old: &PocAccount, new: &PocAccount) -> Vec<(Setting, Held, Held)> {
    let mut differences = Vec::new();
    for field in Field::ALL {
        let new: Vec<_> = new.values(field).collect();
        for (index, was) in old.values(field).enumerate() {
            let is = new.get(index).map_or(Held::Unset, |is| Held::Text(is.to_string()));
            differences.push((Setting::Field(field), Held::Text(was.into_owned()), is));
        }
    }
    let held = |extension: &Extension| extension.value.clone().map_or(Held::NoValue, Held::Text);
    for was in &old.extensions {
        // no form has two of one name
        let is = new.extensions.iter().find(|is| is.name == was.name).map_or(Held::Unset, held);
        differences.push((Setting::Extension(was.name.clone()), held(was), is));
    }
    differences.retain(|(_, was, is)| was != is);
    differences
}

fn reported(applied: &Applied) -> Vec<(Setting, Held, Held)> {
    let parts = |conflict: &Conflict| (conflict.setting.clone(), conflict.was.clone(), conflict.is.clone());
    applied.conflicts.iter().map(parts).collect()
}

/// What is left of `old` where `new` is added to it.
fn added(old: &PocAccount, new: &PocAccount) -> PocAccount {
    let mut sum = old.clone();
    for field in Field::ALL {
        let (was, is): (Vec<_>, Vec<_>) = (old.values(field).collect(), new.values(field).collect());
        sum.clear(field);
        for value in is.iter().chain(was.iter().skip(is.len())) {
            sum.set(field, value).unwrap();
        }
    }
    for extension in &new.extensions {
        match sum.extensions.iter_mut().find(|other| other.name == extension.name) {
            Some(other) => other.value.clone_from(&extension.value),
            None => sum.extensions.push(extension.clone()),
        }
    }
    sum
}

fn nodes(list: &[Reference]) -> Vec<Option<&str>> {
    list.iter().map(|reference| reference.node.as_deref()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        max_global_rejects: u32::MAX,
        ..ProptestConfig::default()
    })]

    /// Either road alone, both, in any order, and through the inbox.
    #[test]
    fn every_road_leads_to_the_same_account((account, _) in two()) {
        let (by_cp, by_dm, by_inbox) = (document_of(&account), commands_of(&account), inbox_of(&account));
        for roads in [
            &[&by_cp][..], &[&by_dm], &[&by_inbox], &[&by_cp, &by_dm], &[&by_dm, &by_cp], &[&by_cp, &by_inbox],
            &[&by_inbox, &by_cp], &[&by_inbox, &by_dm], &[&by_dm, &by_inbox], &[&by_inbox, &by_inbox],
            &[&by_cp, &by_dm, &by_cp], &[&by_inbox, &by_cp, &by_dm], &[&by_dm, &by_inbox, &by_cp],
        ] {
            let mut settings = PocSettings::new();
            for octets in roads {
                let applied = apply(&mut settings, octets);
                prop_assert_eq!(applied, Applied::default());
            }
            let instance = only(&settings);
            prop_assert_eq!(&instance.account, &account);
            // who has been told the nodes knows them
            let is_placed = roads.contains(&&by_dm);
            prop_assert_eq!(instance.node.as_deref(), is_placed.then_some("PoC/Harbour"));
            let has_nodes = is_placed || roads.contains(&&by_inbox);
            prop_assert!(nodes(&instance.account.con_refs).iter().all(|node| node.is_some() == has_nodes));
        }
    }

    /// A document is a new beginning, whatever was there, and says what is no more.
    #[test]
    fn a_document_replaces_and_reports_exactly_what_differs((old, new) in two()) {
        for first in [document_of(&old), commands_of(&old), inbox_of(&old)] {
            let mut settings = PocSettings::new();
            apply(&mut settings, &first);
            let applied = apply(&mut settings, &document_of(&new));
            prop_assert_eq!(&only(&settings).account, &new);
            prop_assert_eq!(reported(&applied), differences(&old, &new));
        }
    }

    /// Commands that add leave what they do not name, and say what they change.
    #[test]
    fn additions_change_and_report_exactly_what_differs((old, new) in two()) {
        let sum = added(&old, &new);
        let mut expected = differences(&old, &sum);
        for (first, second) in [
            (document_of(&old), commands_of(&new)),
            (commands_of(&old), commands_of(&new)),
            (document_of(&old), inbox_of(&new)),
            (inbox_of(&old), inbox_of(&new)),
        ] {
            let mut settings = PocSettings::new();
            apply(&mut settings, &first);
            let applied = apply(&mut settings, &second);
            prop_assert_eq!(&only(&settings).account, &sum);
            // in the order of the tree, which is none of the account's
            let mut reported = reported(&applied);
            let key = |(setting, was, is): &(Setting, Held, Held)| format!("{setting:?} {was:?} {is:?}");
            reported.sort_by_key(key);
            expected.sort_by_key(key);
            prop_assert_eq!(&reported, &expected);
        }
    }

    /// A bootstrap by either road and updates by Device Management thereafter, and a new bootstrap after that.
    #[test]
    fn updates_lead_to_the_new_account_and_are_no_conflicts((old, new) in two()) {
        for bootstrap in [&[document_of(&old), commands_of(&old)][..], &[commands_of(&old)], &[inbox_of(&old), commands_of(&old)]] {
            let mut settings = PocSettings::new();
            bootstrap.iter().for_each(|octets| _ = apply(&mut settings, octets));
            let edits = edits_of(&only(&settings).account, &new);
            let applied = apply(&mut settings, &edits);
            prop_assert_eq!(applied, Applied::default());
            prop_assert_eq!(&only(&settings).account, &new);
            let applied = apply(&mut settings, &document_of(&old));
            prop_assert_eq!(reported(&applied), differences(&new, &old));
            prop_assert_eq!(only(&settings), Instance::new(old.clone(), Some("PoC/Harbour")));
        }
    }
}
