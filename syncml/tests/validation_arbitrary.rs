//! What is written from right values has the right structure; whatever else is looked at, the findings lie in it.

#![cfg(feature = "xml")]
#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests: to stop is how they fail"
)]

extern crate alloc;

#[path = "support/mutation.rs"]
mod mutation;
mod support;

use proptest::prelude::*;
use syncml::validate::{Role, Rule, Validator};
use syncml::{
    Alert, Anchor, Command, Cred, Filter, Group, GroupKind, Item, ItemFields, Items, List, Location, Map, MapItem, Mem,
    MessageWriter, Meta, MetaFields, Request, Results, Search, Status, SyncHdr,
};
use wbxml::vocabulary::syncml::SYNCML_1_2;
use wbxml::{Data, Emit, Text, Writer, xml};

/// What stands among commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Add,
    Alert,
    Copy,
    Delete,
    Exec,
    Get,
    Map,
    Move,
    Put,
    Replace,
    Results,
    Search,
    Status,
    Group(GroupKind),
}

const ATOMIC: Kind = Kind::Group(GroupKind::Atomic);
const SEQUENCE: Kind = Kind::Group(GroupKind::Sequence);
const SYNC: Kind = Kind::Group(GroupKind::Sync);

/// Representation Protocol, document type definition: what stands in `SyncBody`, `Atomic`, `Sequence`, `Sync`.
const fn members(of: Option<GroupKind>) -> &'static [Kind] {
    use Kind::{Add, Alert, Copy, Delete, Exec, Get, Map, Move, Put, Replace, Results, Search, Status};
    match of {
        Some(GroupKind::Atomic) => &[Add, Alert, Copy, Delete, Exec, Get, Map, Move, Replace, ATOMIC, SEQUENCE, SYNC],
        Some(GroupKind::Sequence) => &[Add, Alert, Copy, Delete, Exec, Get, Map, Move, Replace, ATOMIC, SYNC],
        Some(_) => &[Add, Copy, Delete, Move, Replace, ATOMIC, SEQUENCE],
        None => &[
            Add, Alert, Copy, Delete, Exec, Get, Map, Move, Put, Replace, Results, Search, Status, ATOMIC, SEQUENCE,
            SYNC,
        ],
    }
}

/// A command, or a group with its commands. Each bit says whether something that may be there is.
#[derive(Clone, Debug)]
struct Node {
    choice: usize,
    bits: u32,
    text: String,
    items: Vec<(u32, String)>,
    nodes: Vec<Self>,
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z]{1,4}", "[<>&\"' é世]{0,3}x"]
}

fn node() -> impl Strategy<Value = Node> {
    let items = || prop::collection::vec((any::<u32>(), text()), 1..3);
    let leaf = (any::<usize>(), any::<u32>(), text(), items()).prop_map(|(choice, bits, text, items)| Node {
        choice,
        bits,
        text,
        items,
        nodes: Vec::new(),
    });
    leaf.prop_recursive(4, 24, 4, |node| {
        (node.clone(), prop::collection::vec(node, 0..4)).prop_map(|(node, nodes)| Node { nodes, ..node })
    })
}

fn leaked<'a, T>(value: T) -> &'a T {
    Box::leak(Box::new(value))
}

const fn has(bits: u32, bit: u32) -> bool {
    bits >> bit & 1 == 1
}

fn location(text: &str, has_name: bool) -> Location<'_> {
    let mut location = Location::new(text);
    location.name = has_name.then(|| Text::new(text));
    location
}

fn meta(bits: u32, text: &str) -> Meta<'_> {
    let mut meta = Meta::default();
    meta.format = has(bits, 0).then(|| Text::new("chr"));
    meta.type_ = has(bits, 1).then(|| Text::new(text));
    let (mut anchor, mut mem) = (Anchor::default(), Mem::default());
    (anchor.last, anchor.next) = (has(bits, 2).then(|| Text::new(text)), Some(Text::new(text)));
    (mem.shared, mem.free_mem, mem.free_id) = (has(bits, 2), Some(Text::new("1")), Some(Text::new("2")));
    let more = MetaFields {
        field_level: has(bits, 3),
        mark: has(bits, 4).then(|| Text::new(text)),
        size: has(bits, 5).then(|| Text::new("7")),
        anchor: has(bits, 6).then_some(anchor),
        max_obj_size: has(bits, 7).then(|| Text::new("9")),
        mem: has(bits, 8).then_some(mem),
        ..MetaFields::default()
    };
    if more == MetaFields::default() { meta } else { meta.with_fields(leaked(more)) }
}

fn cred(text: &str) -> Cred<'_> {
    Cred::new(Meta::of_data("b64", "syncml:auth-basic"), Some(Data::Text(Text::new(text))))
}

fn item((bits, text): &(u32, String)) -> Item<'_> {
    let mut item = Item::default();
    let (bits, may_be) = (*bits, |bit| has(*bits, bit).then(|| location(text, has(*bits, 20))));
    (item.target, item.source) = (may_be(21), may_be(22));
    if has(bits, 23) {
        let filter = has(bits, 24) && item.target.is_some();
        let filter = filter.then(|| {
            let mut filter = Filter::new(Meta::of_data("chr", text));
            let inner = has(bits, 25).then(|| Item::leaf(text, Meta::EMPTY, text));
            (filter.field, filter.record) = (inner, has(bits, 26).then(|| Item::leaf(text, Meta::EMPTY, text)));
            filter.filter_type = has(bits, 27).then(|| Text::new(text));
            filter
        });
        let (source_parent, target_parent) =
            (has(bits, 28).then(|| Location::new(text)), has(bits, 29).then(|| Location::new(text)));
        item = item.with_fields(leaked(ItemFields { source_parent, target_parent, filter }));
        // the fields are kept beside the others
        (item.target, item.source) = (may_be(21), may_be(22));
    }
    item.meta = meta(bits, text);
    item.data = has(bits, 30).then(|| Data::Text(Text::new(text)));
    item.more_data = has(bits, 31);
    item
}

/// The commands of a tree, in order, with ids that count them.
fn commands(nodes: &[Node]) -> Vec<Command<'_>> {
    let mut commands = Vec::new();
    for node in nodes {
        push(&mut commands, node, None);
    }
    commands
}

fn push<'a>(commands: &mut Vec<Command<'a>>, node: &'a Node, of: Option<GroupKind>) {
    let members = members(of);
    let id = Some(Text::new(leaked((commands.len() + 1).to_string())));
    let (bits, text) = (node.bits, node.text.as_str());
    let items = Items::of(Vec::leak(node.items.iter().map(item).collect()));
    let some_meta = meta(bits, text);
    let may_be = |bit| has(bits, bit).then(|| Text::new(text));
    let kind = members[node.choice % members.len()];
    let command = match kind {
        Kind::Group(kind) => {
            let mut group = Group::new(kind, "");
            (group.cmd_id, group.no_resp, group.meta) = (id, has(bits, 20), some_meta);
            if kind == GroupKind::Sync {
                group.cred = has(bits, 21).then(|| cred(text));
                (group.target, group.source) =
                    (has(bits, 22).then(|| location(text, true)), has(bits, 23).then(|| location(text, false)));
                group.number_of_changes = has(bits, 24).then(|| Text::new("3"));
            }
            commands.push(Command::Begin(group));
            for node in &node.nodes {
                push(commands, node, Some(kind));
            }
            if node.nodes.is_empty() {
                let leaf = leaked(Node { choice: 0, nodes: Vec::new(), ..node.clone() });
                push(commands, leaf, Some(kind));
            }
            commands.push(Command::End);
            return;
        }
        Kind::Alert => {
            let mut alert = Alert::default();
            (alert.cmd_id, alert.no_resp, alert.code) = (id, has(bits, 20), Some(Text::new("100")));
            (alert.correlator, alert.items) = (may_be(21), items);
            Command::Alert(if has(bits, 22) { alert.with_cred(leaked(cred(text))) } else { alert })
        }
        Kind::Map => {
            let mut map = Map::default();
            let at = || Some(location(text, has(bits, 20)));
            (map.cmd_id, map.target, map.source, map.meta) = (id, at(), at(), some_meta);
            let listed = node.items.iter().map(|(_, text)| MapItem::new(Location::new(text), Location::new(text)));
            map.items = List::of(Vec::leak(listed.collect()));
            Command::Map(if has(bits, 22) { map.with_cred(leaked(cred(text))) } else { map })
        }
        Kind::Search => {
            let mut search = Search::default();
            (search.cmd_id, search.no_resp, search.no_results) = (id, has(bits, 20), has(bits, 21));
            search.target = has(bits, 22).then(|| Location::new(text));
            let listed = node.items.iter().map(|(_, text)| Location::new(text));
            search.sources = List::of(Vec::leak(listed.collect()));
            (search.lang, search.meta) = (may_be(23), Meta::of_data("chr", text));
            search.data = Some(Data::Text(Text::new(text)));
            Command::Search(if has(bits, 24) { search.with_cred(leaked(cred(text))) } else { search })
        }
        Kind::Results => {
            let mut results = Results::default();
            (results.cmd_id, results.msg_ref, results.cmd_ref) = (id, may_be(20), Some(Text::new("1")));
            (results.target_ref, results.source_ref) = (may_be(21), may_be(22));
            (results.meta, results.items) = (some_meta, items);
            Command::Results(results)
        }
        Kind::Status => {
            let mut status = Status::default();
            (status.cmd_id, status.msg_ref, status.cmd_ref) = (id, Some(Text::new("1")), Some(Text::new("1")));
            (status.cmd, status.code) = (Some(Text::new("Add")), Some(Text::new("200")));
            (status.target_ref, status.source_ref, status.items) = (may_be(21), may_be(22), items);
            status.chal = has(bits, 23).then(|| Meta::of_data("b64", text));
            Command::Status(if has(bits, 24) { status.with_cred(leaked(cred(text))) } else { status })
        }
        kind => {
            let mut request = Request::default();
            (request.cmd_id, request.no_resp, request.meta, request.items) = (id, has(bits, 20), some_meta, items);
            if has(bits, 21) {
                request = request.with_cred(leaked(cred(text)));
            }
            match kind {
                Kind::Delete => (request.archive, request.soft_delete) = (has(bits, 22), has(bits, 23)),
                Kind::Get | Kind::Put => request.lang = may_be(22),
                Kind::Exec => request.correlator = may_be(22),
                _ => {}
            }
            match kind {
                Kind::Copy => Command::Copy(request),
                Kind::Delete => Command::Delete(request),
                Kind::Exec => Command::Exec(request),
                Kind::Get => Command::Get(request),
                Kind::Move => Command::Move(request),
                Kind::Put => Command::Put(request),
                Kind::Replace => Command::Replace(request),
                _ => Command::Add(request),
            }
        }
    };
    commands.push(command);
}

fn header(bits: u32, text: &str) -> SyncHdr<'_> {
    let mut header = SyncHdr::dm_1_2("1", "1", location(text, has(bits, 20)), location(text, has(bits, 21)));
    header.ver_proto = Some(Text::new("SyncML/1.2"));
    header.resp_uri = has(bits, 22).then(|| Text::new(text));
    header.no_resp = has(bits, 23);
    header.cred = has(bits, 24).then(|| cred(text));
    header.meta = meta(bits, text);
    header
}

fn write<E: Emit>(out: E, header: &SyncHdr<'_>, commands: &[Command<'_>], is_final: bool) {
    let mut message = MessageWriter::new(out, header).unwrap();
    commands.iter().for_each(|command| message.command(command).unwrap());
    message.finish(is_final).unwrap();
}

/// The rules of structure, ids and versions: what values and answers are about is not among them.
const STRUCTURE: &[Rule] = &[
    Rule::Unreadable,
    Rule::NotAMessage,
    Rule::Missing,
    Rule::Repeated,
    Rule::OutOfOrder,
    Rule::Misplaced,
    Rule::UnknownElement,
    Rule::UnknownCommand,
    Rule::NotInVersion,
    Rule::FlagWithContent,
    Rule::NoValue,
    Rule::NotText,
    Rule::NotDecimal,
    Rule::UnknownVerDtd,
    Rule::UnknownVerProto,
    Rule::VersionsDiffer,
    Rule::OtherVocabulary,
    Rule::BadMsgId,
    Rule::ZeroCmdId,
    Rule::RepeatedCmdId,
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_from_right_values_has_the_right_structure(
        nodes in prop::collection::vec(node(), 1..4),
        bits in any::<u32>(),
        text in text(),
        is_final in any::<bool>(),
    ) {
        let (header, commands) = (header(bits, &text), commands(&nodes));
        let (mut octets, mut document) = (Vec::new(), Vec::new());
        write(Writer::new(&mut octets, &SYNCML_1_2).unwrap(), &header, &commands, is_final);
        write(xml::Writer::document(&mut document, &SYNCML_1_2), &header, &commands, is_final);
        for message in [&octets, &document] {
            let findings = Validator::new(Role::Sender).validate(message);
            let of_structure = findings.iter().find(|finding| STRUCTURE.contains(&finding.rule));
            prop_assert!(of_structure.is_none(), "{}\n{}", of_structure.unwrap(), String::from_utf8_lossy(&document));
        }
    }

    #[test]
    fn findings_lie_in_the_message(mutated in mutation::mutated_fixture(), limit in 0_usize..20) {
        for role in [Role::Sender, Role::Receiver] {
            let validator = Validator::new(role).device_management().limit(limit);
            for findings in [validator.validate(&mutated), validator.validate_fragment(&mutated)] {
                prop_assert!(findings.len() <= limit + 1);
                prop_assert!(findings.iter().all(|finding| finding.offset <= mutated.len()));
                prop_assert!(findings.is_sorted_by_key(|finding| finding.offset));
            }
        }
    }
}
