//! Octets → accounts → every form → accounts; what one account makes of another; octets → profiles.
//!
//! What is read of a form is the account without its losses, and the commands from one account to another lead there,
//! but for theirs. An account that is withdrawn is gone. A table or a description corrects the profile or is refused, and
//! forms hold under any names.

use poc_mo::profile::{Names, PROVISIONAL, Profile};
use poc_mo::{
    CpForm, Diff, DmForm, Edit, Extension, Field, Instance, Loss, PocAccount, PocSettings, Reference, withdraw,
};
use syncml::dm::mgmt_tree::TndsObject;
use syncml::{Command, MessageWriter, Request, SyncHdr};
use wbxml::vocabulary::syncml::SYNCML_1_2;
use wbxml::{Writer, xml};

use crate::choices::Choices;

const NODE: &str = "./PoC/Harbour";

/// Holds the oracle against `input`.
///
/// # Panics
/// If the oracle fails.
pub fn run(input: &[u8]) {
    let Some((mut choices, document)) = Choices::of(input) else { return };
    let names = Names::read(document, &PROVISIONAL).ok();
    let corrected = names.as_ref().map(|names| names.correct(&PROVISIONAL));
    let profile = corrected.as_ref().map_or(PROVISIONAL, |corrected| corrected.profile());
    if let Ok(table) = profile.to_table() {
        let names = Names::read(table.as_bytes(), &PROVISIONAL).expect("what was written can be read");
        assert_eq!(names.correct(&PROVISIONAL).profile().to_table().as_ref(), Ok(&table));
    }
    let mut settings = PocSettings::with_profile(profile);
    let _ = settings.apply_cp(document).and_then(|_| settings.apply_dm(document));
    let old = changed(settings.accounts().next().cloned().unwrap_or_default(), document, &mut choices);
    let new = if choices.one_in(2) { old.clone() } else { PocAccount::default() };
    let new = changed(new, document, &mut choices);
    for account in [&old, &new] {
        in_every_form(account, &profile);
    }
    between(&old, &new, &profile);
}

/// An account with a few things changed.
fn changed(mut account: PocAccount, document: &[u8], choices: &mut Choices) -> PocAccount {
    for _ in 0..choices.below(8) {
        let field = choices.from(&Field::ALL);
        match choices.below(8) {
            0 => account.clear(field),
            1 => {
                let value = text(document, choices);
                account.extensions.push(Extension::new(&name(choices), (!choices.one_in(4)).then_some(&*value)));
            }
            2 if !account.extensions.is_empty() => {
                let at = choices.below(account.extensions.len());
                if choices.one_in(2) {
                    account.extensions.remove(at);
                } else {
                    let to = choices.below(account.extensions.len());
                    account.extensions.swap(at, to);
                }
            }
            3 if !account.con_refs.is_empty() => {
                let at = choices.below(account.con_refs.len());
                let mut reference = Reference::new(&text(document, choices));
                reference.node = choices.one_in(2).then(|| format!("ToConRef/{}/ConRef", choices.below(4)));
                account.con_refs[at] = reference;
            }
            // what is no number and no truth, a setting of those refuses
            _ => _ = account.set(field, &text(document, choices)),
        }
    }
    account
}

/// A value: one that settings have, one that is hard to carry, or a piece of the document.
fn text(document: &[u8], choices: &mut Choices) -> String {
    let known = [
        "ap0001",
        "ap0006",
        "w7",
        "5000",
        "0",
        "4294967295",
        "true",
        "0",
        "NAP1",
        "./NAP/1",
        "sip:a@b.example",
        "",
        " ",
        " a\t",
        "<&>\"']]>",
        "ü🚢",
        "\u{0}",
        "\u{1F}",
        "\u{FFFE}",
        "\r\n",
    ];
    if !choices.one_in(4) {
        return choices.from(&known).to_owned();
    }
    let start = choices.below(document.len() + 1);
    let piece = &document[start..document.len().min(start + choices.below(12))];
    String::from_utf8_lossy(piece).into_owned()
}

/// A name: parms, nodes, and what is neither.
fn name(choices: &mut Choices) -> String {
    let parts = [
        "A",
        "B",
        "C",
        "a",
        "T10",
        "T10Timer",
        "TO-NAPID",
        "APPID",
        "AppID",
        "ToConRef",
        "ConRef",
        "ConRefs",
        "1",
        "2",
        "APPADDR",
        "Ext",
        "Timers",
        "Provider-ID",
        "APPLICATION",
        "",
        ".",
        "..",
        "*",
        "%41",
        "%2F",
        "a?b",
        "é",
        "x y",
    ];
    let count = if choices.one_in(50) { 130 } else { 1 + choices.below(3) };
    (0..count).map(|_| choices.from(&parts)).collect::<Vec<_>>().join("/")
}

fn in_every_form(account: &PocAccount, profile: &Profile<'_>) {
    let form = CpForm::new(account, profile);
    let document = form.document();
    let octets = document.to_wbxml().expect("what a form has can be written");
    let text = document.to_xml().expect("what a form has can be written");
    for octets in [&octets[..], text.as_bytes()] {
        let mut settings = PocSettings::with_profile(*profile);
        settings.apply_cp(octets).expect("what was written can be read");
        let read = settings.accounts().next();
        match read.filter(|_| form.losses() != [Loss::Account]) {
            Some(read) => differs_by(account, form.losses(), read),
            None => assert_eq!((form.losses(), read), (&[Loss::Account][..], None)),
        }
    }
    let Some(form) = profile.object_ids.first().and_then(|id| DmForm::new(account, profile, NODE, id).ok()) else {
        return;
    };
    let (tree, target, edit) = (form.tree(), form.target(), form.add());
    let elements = TndsObject::elements(&tree).expect("a tree can be written");
    let document = TndsObject::xml(&tree).expect("a tree can be written");
    let adds = [&elements, &document]
        .map(|object| Command::Add(Request::of_item("1", object.item(&target).expect("an object is an item"))));
    // each in one encoding and the other; XML has no elements of another document in its text
    for octets in [wbxml(&[&edit]), in_xml(&edit), command(&adds[0]), command(&adds[1])] {
        let mut settings = PocSettings::with_profile(*profile);
        settings.apply_dm(&octets).expect("what was written can be read");
        assert_eq!(settings.instances().len(), 1, "{settings:?}");
        differs_by(account, form.losses(), settings.accounts().next().expect("there is one"));
    }
}

fn header() -> SyncHdr<'static> {
    SyncHdr::default()
}

fn wbxml(edits: &[&Edit]) -> Vec<u8> {
    let mut octets = Vec::new();
    let writer = Writer::new(&mut octets, &SYNCML_1_2).expect("there is room");
    let mut message = MessageWriter::new(writer, &header()).expect("there is room");
    for edit in edits {
        let written = edit.write_to(&mut message, "1");
        assert!(written.is_ok(), "{written:?}: {edit:?}");
    }
    message.finish(true).expect("there is room");
    octets
}

fn in_xml(edit: &Edit) -> Vec<u8> {
    let mut octets = Vec::new();
    let writer = xml::Writer::document(&mut octets, &SYNCML_1_2);
    let mut message = MessageWriter::new(writer, &header()).expect("there is room");
    edit.write_to(&mut message, "1").expect("what a form has can be written");
    message.finish(true).expect("there is room");
    octets
}

fn command(command: &Command<'_>) -> Vec<u8> {
    let mut octets = Vec::new();
    let writer = Writer::new(&mut octets, &SYNCML_1_2).expect("there is room");
    let mut message = MessageWriter::new(writer, &header()).expect("there is room");
    message.command(command).expect("an object can be written");
    message.finish(true).expect("there is room");
    octets
}

/// The commands from one account to another lead there, and none of them to nothing.
fn between(old: &PocAccount, new: &PocAccount, profile: &Profile<'_>) {
    let Some(id) = profile.object_ids.first() else { return };
    let Ok(diff) = Diff::new(old, new, profile, NODE, id) else { return };
    let edits: Vec<&Edit> = diff.edits().iter().collect();
    let after = |edits: &[&Edit]| {
        let mut settings = PocSettings::with_profile(*profile);
        settings.push(Instance::new(old.clone(), Some("PoC/Harbour")));
        settings.apply_dm(&wbxml(edits)).expect("what was written can be read");
        assert!(settings.instances().len() <= 1, "{settings:?}");
        settings.accounts().next().cloned()
    };
    let read = after(&edits).expect("the account is still there");
    differs_by(new, diff.losses(), &read);
    assert!(after(&[&withdraw(NODE).expect("an account has an address")]).is_none());
    let same = Diff::new(new, new, profile, NODE, id).expect("as before");
    assert!(same.edits().is_empty() && same.losses().is_empty(), "{same:?}");
}

/// What is read is the account without its losses, and another one if there are any.
fn differs_by(account: &PocAccount, losses: &[Loss], read: &PocAccount) {
    assert_eq!(account == read, losses.is_empty(), "{losses:?}: {account:?} {read:?}");
    for field in Field::ALL {
        let is_lost = |index: usize| {
            losses.iter().any(|loss| match loss {
                Loss::Field(lost, _) => *lost == field,
                Loss::Reference { field: lost, index: at, .. } => *lost == field && *at == index,
                _ => false,
            })
        };
        let kept = account.values(field).enumerate().filter(|(index, _)| !is_lost(*index));
        assert!(kept.map(|(_, value)| value).eq(read.values(field)), "{field}: {losses:?} {account:?} {read:?}");
    }
    let is_lost =
        |index: usize| losses.iter().any(|loss| matches!(loss, Loss::Extension { index: at, .. } if *at == index));
    let kept = account.extensions.iter().enumerate().filter(|(index, _)| !is_lost(*index)).map(|(_, kept)| kept);
    let mut found: Vec<&Extension> = read.extensions.iter().collect();
    for loss in losses {
        if let Loss::Node(name) = loss {
            let at = found.iter().position(|extension| extension.name == *name && extension.value.is_none());
            found.remove(at.unwrap_or_else(|| panic!("{loss}: {read:?}")));
        }
    }
    let mut kept: Vec<&Extension> = kept.collect();
    if losses.contains(&Loss::Order) {
        assert_ne!(kept, found, "there is no other order");
        for extensions in [&mut kept, &mut found] {
            extensions.sort_by(|one, other| (&one.name, &one.value).cmp(&(&other.name, &other.value)));
        }
    }
    assert_eq!(kept, found, "{losses:?}: {account:?} {read:?}");
}

#[test]
fn smoke() {
    crate::smoke(1000, run);
}
