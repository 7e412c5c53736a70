//! Octets → commands, or trees → a store of management objects → trees.
//!
//! Whatever comes, a store answers; a message with a fault, commands that are not finished, an `Atomic` that fails and a
//! tree that does not load leave it as it was; what its tree says is all that it holds.

use poc_mo::object::{Answer, Options, Sender, Store, standard};
use poc_mo::profile::PROVISIONAL;
use syncml::dm::UriRules;
use syncml::dm::mgmt_tree::{AccessType, AccessTypes, Description, MgmtTree};
use syncml::{Command, Group, GroupKind, Item, MessageReader, Meta, Request, StatusCode};
use wbxml::Data;

use crate::choices::Choices;

/// Holds the oracle against `input`.
///
/// # Panics
/// If the oracle fails.
pub fn run(input: &[u8]) {
    let Some((mut choices, document)) = Choices::of(input) else { return };
    let more = AccessTypes::from_iter([AccessType::Add, AccessType::Delete, AccessType::Replace]);
    let more = if choices.one_in(2) { more } else { AccessTypes::EMPTY };
    let documents: Vec<MgmtTree<'_>> = standard::ALL
        .map(|object| object.tree("./Objects", more))
        .into_iter()
        .chain([PROVISIONAL.tree("./PoC", more)])
        .collect();
    let description = Description::of(&documents);
    let mut store = Store::with_options(&description, options(&mut choices));
    for _ in 0..1 + choices.below(4) {
        let server = if choices.one_in(2) { Sender::Server("a") } else { Sender::Device };
        match choices.below(4) {
            0 => a_message(&mut store, server, document),
            1 => a_tree(&mut store, document, &mut choices),
            _ => commands(&mut store, server, document, &mut choices),
        }
        says_all(&store, &description, document);
    }
}

/// Options as most have them, or so small that little fits.
fn options(choices: &mut Choices) -> Options {
    let mut options = Options::DEFAULT;
    if choices.one_in(4) {
        options.keeps_unknown = false;
    }
    if choices.one_in(4) {
        options.rules = UriRules::STRICT.with_limits(4, 40, 12);
        options.max_value = choices.below(8);
        options.max_acl = 32;
        options.max_nodes = choices.below(12);
        options.max_octets = choices.below(512);
        options.max_transaction = choices.below(512);
    }
    options
}

/// What a store holds; the root has properties of its own, which no serialised tree has.
fn held(store: &Store<'_>) -> Vec<u8> {
    let octets = store.tree(".").expect("there is a root").to_wbxml();
    octets.expect("what a store holds can be written")
}

fn a_message(store: &mut Store<'_>, sender: Sender<'_>, document: &[u8]) {
    let Ok(message) = MessageReader::parse(document) else { return };
    let before = (held(store), store.len());
    match store.apply(sender, message, |_| StatusCode::OK) {
        Ok(answers) => answered(&answers),
        Err(_) => assert_eq!((held(store), store.len()), before, "a faulty message changes something"),
    }
}

fn a_tree(store: &mut Store<'_>, document: &[u8], choices: &mut Choices) {
    let Ok(tree) = MgmtTree::parse(document) else { return };
    let before = (held(store), store.len());
    if store.load(&tree, choices.from(&[".", "./Objects", "./PoC", "./Inbox"])).is_err() {
        assert_eq!((held(store), store.len()), before, "a tree that does not load changes something");
    }
}

/// Every answer can be sent.
fn answered(answers: &[Answer]) {
    for answer in answers {
        for reply in &answer.results {
            reply.item().expect("a reply is an item");
        }
        assert!(answer.results.is_empty() || answer.status.is_success(), "{answer:?}");
    }
}

/// Commands by choice, finished or not.
fn commands(store: &mut Store<'_>, sender: Sender<'_>, document: &[u8], choices: &mut Choices) {
    let before = (held(store), store.len());
    let is_atomic = choices.one_in(3);
    let mut transaction = store.transaction(sender);
    if is_atomic {
        let group = Command::Begin(Group::new(GroupKind::Atomic, "0"));
        transaction.command(&group, |_| StatusCode::OK).expect("a group can be read");
    }
    for _ in 0..choices.below(12) {
        let uri = uri(document, choices);
        let item = item(&uri, document, choices);
        let request = Request::of_item("1", item);
        let command = match choices.below(12) {
            0..6 => Command::Add(request),
            6..8 => Command::Replace(request),
            8 => Command::Delete(request),
            9 => Command::Copy(request),
            10 => Command::Exec(request),
            _ => Command::Get(request),
        };
        transaction.command(&command, |_| StatusCode::OK).expect("an item can be read");
    }
    if choices.one_in(4) {
        drop(transaction);
        assert_eq!((held(store), store.len()), before, "what is not finished changes something");
        return;
    }
    let answers = transaction.finish();
    answered(&answers);
    if is_atomic && answers[0].status != StatusCode::OK {
        assert_eq!((held(store), store.len()), before, "an Atomic that fails changes something");
    }
}

/// An address: of a row that is described, of what stands beside it, or whatever the document has.
fn uri(document: &[u8], choices: &mut Choices) -> String {
    let name = |choices: &mut Choices| choices.from(&["1", "a", "B%20c", "Ext", ".", "é", "AppID"]);
    // of some objects identifiers alone are known
    let object = choices.from(&standard::ALL);
    let row = if object.rows.is_empty() { "1" } else { choices.from(object.rows).path };
    let root = object.path.unwrap_or("./Objects");
    let mut uri = match choices.below(6) {
        0 => String::from(choices.from(&[".", "./PoC", "./Objects", "./Inbox/x", "", "/", "./a/../b"])),
        1 => format!("./PoC/1/{}", choices.from(PROVISIONAL.rows).dm.name),
        2 => String::from_utf8_lossy(piece(document, choices)).into_owned(),
        _ => format!("{root}/{}/{}", object.root.unwrap_or("1"), row),
    };
    uri = uri.split('/').map(|part| if part == "*" { name(choices) } else { part }).collect::<Vec<_>>().join("/");
    if choices.one_in(6) {
        uri = format!("{uri}/{}", name(choices));
    }
    let query =
        ["?prop=ACL", "?prop=Name", "?prop=Title", "?prop=Type", "?prop=TStamp", "?list=TNDS", "?list=Struct", "?x"];
    if choices.one_in(5) {
        uri.push_str(choices.from(&query));
    }
    uri
}

fn piece<'a>(document: &'a [u8], choices: &mut Choices) -> &'a [u8] {
    let start = choices.below(document.len() + 1);
    &document[start..document.len().min(start + choices.below(24))]
}

fn item<'a>(uri: &'a str, document: &'a [u8], choices: &mut Choices) -> Item<'a> {
    let formats = ["chr", "int", "bool", "node", "bin", "b64", "null", "xml", "float", "date", "time", "", "x"];
    let types = ["text/plain", "", "urn:oma:mo:oma-dm-dmacc:1.0", "application/vnd.syncml.dmtnds+xml", "text/x"];
    let values = ["", "7", "true", "AAAA", "Add=*&Get=a&Replace=a&Delete=*", "Get=*", "x y", "\u{1}", "-2147483649"];
    let meta = Meta::of_data(choices.from(&formats), choices.from(&types));
    let mut item = Item::leaf(uri, if choices.one_in(8) { Meta::EMPTY } else { meta }, choices.from(&values));
    match choices.below(8) {
        0 => item.data = None,
        1 => item.data = Some(Data::Opaque(piece(document, choices))),
        2 => item.source = Some(syncml::Location::new(choices.from(&["./PoC/1", "./Objects/1/AppID", ".", "x"]))),
        _ => {}
    }
    item.more_data = choices.one_in(40);
    item
}

/// The tree of a store, loaded into another one, is the same, and is as far as described as that.
fn says_all(store: &Store<'_>, description: &Description<'_>, document: &[u8]) {
    let mut findings = Vec::new();
    store.check(|finding| findings.push(finding.to_string()));
    let octets = held(store);
    let tree = MgmtTree::parse(&octets).expect("what was written can be read");
    let mut again = Store::new(description);
    again.load(&tree, ".").expect("what a store holds can be loaded");
    assert_eq!((again.len(), held(&again)), (store.len(), octets), "the tree does not say all");
    let mut found = Vec::new();
    again.check(|finding| found.push(finding.to_string()));
    assert_eq!(found, findings);
    for uri in [".", "./PoC", "./Objects/1"].into_iter().chain(core::str::from_utf8(document)) {
        if let Some(tree) = store.tree(uri) {
            assert!(tree.walk().count() <= store.len());
        }
    }
}

#[test]
fn smoke() {
    crate::smoke(1000, run);
}
