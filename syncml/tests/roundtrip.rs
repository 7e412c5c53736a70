//! Whatever can be said in a message comes back: from WBXML as it is, from XML with octets as the text they are.

#![cfg(feature = "xml")]
#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests: to stop is how they fail"
)]

#[path = "support/mutation.rs"]
mod mutation;
mod support;

use proptest::prelude::*;
use support::Said;
use syncml::{
    Alert, Anchor, Command, Cred, Filter, Group, GroupKind, Item, ItemFields, Items, List, Location, Map, MapItem, Mem,
    MessageReader, MessageSize, MessageWriter, Meta, MetaFields, Request, Results, Search, Status, SyncHdr,
};
use wbxml::vocabulary::syncml::SYNCML_1_2;
use wbxml::{Data, Emit, Encoding, Text, WriteError, Writer, xml};

type Field = Option<String>;

/// What a `Location`, a `Meta`, … is made of: as many fields as it has, in its order.
type Fields = Vec<Field>;

#[derive(Clone, Debug)]
struct AnyItem {
    target: Option<Fields>,
    source: Option<Fields>,
    meta: Fields,
    data: Option<(bool, String)>,
    more_data: bool,
    parents: [Option<Fields>; 2],
    filter: Option<AnyFilter>,
}

#[derive(Clone, Debug)]
struct AnyFilter {
    meta: Fields,
    /// The data of `Field` and of `Record`.
    items: [Option<String>; 2],
    filter_type: Field,
}

/// `Meta` and `Data`.
type AnyCred = (Fields, Option<(bool, String)>);

#[derive(Clone, Debug)]
struct AnyCommand {
    kind: usize,
    fields: Fields,
    flags: [bool; 3],
    meta: Fields,
    chal: Option<Fields>,
    cred: Option<AnyCred>,
    items: Vec<AnyItem>,
}

#[derive(Clone, Debug)]
enum Node {
    Command(AnyCommand),
    Group(AnyCommand, Vec<Self>),
}

#[derive(Clone, Debug)]
enum Step {
    Command(AnyCommand),
    Begin(AnyCommand),
    End,
}

/// Every character that XML has, and more often those that XML treats in a way of their own.
fn text() -> impl Strategy<Value = String> {
    let special =
        prop::sample::select("<>&\"'\r\n\t ];#\u{85}\u{2028}\u{FEFF}\u{FFFD}é世😀".chars().collect::<Vec<_>>());
    let any = any::<char>().prop_map(|character| match character {
        '\u{FFFE}' | '\u{FFFF}' => '\u{FFFD}',
        character if character.is_control() => ' ',
        character => character,
    });
    prop::collection::vec(prop_oneof![special, any, prop::char::range('a', 'z')], 0..10)
        .prop_map(|characters| characters.into_iter().collect())
}

fn fields(count: usize) -> impl Strategy<Value = Fields> {
    prop::collection::vec(prop::option::weighted(0.4, text()), count)
}

fn location() -> impl Strategy<Value = Option<Fields>> {
    prop::option::of(fields(2))
}

fn any_data() -> impl Strategy<Value = Option<(bool, String)>> {
    prop::option::of((any::<bool>(), text()))
}

fn filter() -> impl Strategy<Value = Option<AnyFilter>> {
    let items = [prop::option::of(text()), prop::option::of(text())];
    let filter = (fields(13), items, prop::option::of(text()));
    prop::option::weighted(0.1, filter.prop_map(|(meta, items, filter_type)| AnyFilter { meta, items, filter_type }))
}

fn item() -> impl Strategy<Value = AnyItem> {
    let parents = [(); 2].map(|()| prop::option::weighted(0.1, fields(2)));
    (location(), location(), fields(13), any_data(), any::<bool>(), parents, filter()).prop_map(
        |(target, source, meta, data, more_data, parents, filter)| {
            // a filter is in a target
            let target = if filter.is_some() { target.or_else(|| Some(vec![None, None])) } else { target };
            AnyItem { target, source, meta, data, more_data, parents, filter }
        },
    )
}

fn command() -> impl Strategy<Value = AnyCommand> {
    let items = prop::collection::vec(item(), 0..4);
    let cred = prop::option::weighted(0.2, (fields(13), any_data()));
    (0_usize..13, fields(7), any::<[bool; 3]>(), fields(13), prop::option::of(fields(13)), cred, items).prop_map(
        |(kind, fields, flags, meta, chal, cred, items)| AnyCommand { kind, fields, flags, meta, chal, cred, items },
    )
}

fn body() -> impl Strategy<Value = Vec<Step>> {
    let node = command().prop_map(Node::Command).prop_recursive(4, 24, 5, |node| {
        (command(), prop::collection::vec(node, 0..5)).prop_map(|(group, nodes)| Node::Group(group, nodes))
    });
    prop::collection::vec(node, 0..4).prop_map(|nodes| {
        let mut steps = Vec::new();
        nodes.into_iter().for_each(|node| flatten(node, &mut steps));
        steps
    })
}

fn flatten(node: Node, steps: &mut Vec<Step>) {
    match node {
        Node::Command(command) => steps.push(Step::Command(command)),
        Node::Group(group, nodes) => {
            steps.push(Step::Begin(group));
            nodes.into_iter().for_each(|node| flatten(node, steps));
            steps.push(Step::End);
        }
    }
}

fn field(fields: &Fields, index: usize) -> Option<Text<'_>> {
    fields[index].as_deref().map(Text::new)
}

fn location_of(fields: &Fields) -> Location<'_> {
    let mut location = Location::default();
    (location.uri, location.name) = (field(fields, 0), field(fields, 1));
    location
}

fn meta(fields: &Fields) -> Meta<'_> {
    let mut anchor = Anchor::default();
    (anchor.last, anchor.next) = (field(fields, 8), field(fields, 9));
    let mut mem = Mem::default();
    (mem.free_mem, mem.free_id) = (field(fields, 11), field(fields, 12));
    mem.shared = mem.free_id.is_some() && fields[2].is_some();
    let more = MetaFields {
        field_level: fields[10].is_some() && fields[4].is_some(),
        mark: field(fields, 2),
        size: field(fields, 3),
        version: field(fields, 4),
        next_nonce: field(fields, 5),
        max_msg_size: field(fields, 6),
        max_obj_size: field(fields, 7),
        anchor: (anchor != Anchor::default()).then_some(anchor),
        emi: field(fields, 10),
        mem: (mem != Mem::default()).then_some(mem),
    };
    let mut meta = Meta::default();
    (meta.format, meta.type_) = (field(fields, 0), field(fields, 1));
    // a few hundred octets for each case: nobody else keeps them
    if more == MetaFields::default() { meta } else { meta.with_fields(Box::leak(Box::new(more))) }
}

fn data((is_opaque, text): &(bool, String)) -> Data<'_> {
    if *is_opaque { Data::Opaque(text.as_bytes()) } else { Data::Text(Text::new(text)) }
}

fn build_filter(any: &AnyFilter) -> Filter<'_> {
    let mut filter = Filter::new(meta(&any.meta));
    let [field, record] = [0, 1].map(|index| {
        let text = any.items[index].as_deref()?;
        let mut item = Item::default();
        item.data = Some(Data::Text(Text::new(text)));
        Some(item)
    });
    (filter.field, filter.record) = (field, record);
    filter.filter_type = any.filter_type.as_deref().map(Text::new);
    filter
}

fn build_cred((fields, any): &AnyCred) -> Cred<'_> {
    Cred::new(meta(fields), any.as_ref().map(data))
}

fn build_item(any: &AnyItem) -> Item<'_> {
    let mut item = Item::default();
    if any.filter.is_some() || any.parents.iter().any(Option::is_some) {
        let [source_parent, target_parent] = [0, 1].map(|index| any.parents[index].as_ref().map(location_of));
        let filter = any.filter.as_ref().map(build_filter);
        item = item.with_fields(Box::leak(Box::new(ItemFields { source_parent, target_parent, filter })));
    }
    (item.target, item.source) = (any.target.as_ref().map(location_of), any.source.as_ref().map(location_of));
    (item.meta, item.data, item.more_data) = (meta(&any.meta), any.data.as_ref().map(data), any.more_data);
    item
}

fn build<'a>(any: &'a AnyCommand, items: &'a [Item<'a>]) -> Command<'a> {
    let get = |index| field(&any.fields, index);
    let items = Items::of(items);
    match any.kind {
        0 => {
            let mut alert = Alert::default();
            (alert.cmd_id, alert.code, alert.correlator) = (get(0), get(1), get(2));
            (alert.no_resp, alert.items) = (any.flags[0], items);
            Command::Alert(with_cred(any, alert, Alert::with_cred))
        }
        1 => {
            let mut results = Results::default();
            (results.cmd_id, results.msg_ref, results.cmd_ref) = (get(0), get(1), get(2));
            (results.target_ref, results.source_ref) = (get(3), get(4));
            (results.meta, results.items) = (meta(&any.meta), items);
            Command::Results(results)
        }
        2 => {
            let mut status = Status::default();
            (status.cmd_id, status.msg_ref, status.cmd_ref, status.cmd) = (get(0), get(1), get(2), get(3));
            (status.target_ref, status.source_ref, status.code) = (get(4), get(5), get(6));
            (status.chal, status.items) = (any.chal.as_ref().map(meta), items);
            Command::Status(with_cred(any, status, Status::with_cred))
        }
        3 => {
            let mut map = Map::default();
            (map.cmd_id, map.meta) = (get(0), meta(&any.meta));
            let locations = any.items.iter().map(|item| {
                let mut map_item = MapItem::default();
                (map_item.target, map_item.source) =
                    (item.target.as_ref().map(location_of), item.source.as_ref().map(location_of));
                map_item
            });
            let listed: Vec<MapItem<'_>> = locations.collect();
            (map.target, map.source) = listed.first().map_or((None, None), |first| (first.target, first.source));
            map.items = List::of(Vec::leak(listed));
            Command::Map(with_cred(any, map, Map::with_cred))
        }
        4 => {
            let mut search = Search::default();
            (search.cmd_id, search.lang, search.meta) = (get(0), get(1), meta(&any.meta));
            (search.no_resp, search.no_results) = (any.flags[0], any.flags[1]);
            let sources: Vec<Location<'_>> =
                any.items.iter().filter_map(|item| item.source.as_ref().map(location_of)).collect();
            search.target = any.items.iter().find_map(|item| item.target.as_ref().map(location_of));
            search.sources = List::of(Vec::leak(sources));
            search.data = any.items.iter().find_map(|item| item.data.as_ref().map(data));
            Command::Search(with_cred(any, search, Search::with_cred))
        }
        kind => {
            let mut request = Request::default();
            (request.cmd_id, request.lang, request.correlator) = (get(0), get(1), get(2));
            [request.no_resp, request.archive, request.soft_delete] = any.flags;
            (request.meta, request.items) = (meta(&any.meta), items);
            let variants = [
                Command::Add,
                Command::Copy,
                Command::Delete,
                Command::Exec,
                Command::Get,
                Command::Move,
                Command::Put,
            ];
            let request = with_cred(any, request, Request::with_cred);
            variants.get(kind - 5).map_or(Command::Replace(request), |variant| variant(request))
        }
    }
}

/// The command with its credentials, if it has any.
fn with_cred<'a, T>(any: &'a AnyCommand, command: T, with: fn(T, &'a Cred<'a>) -> T) -> T {
    match &any.cred {
        Some(cred) => with(command, Box::leak(Box::new(build_cred(cred)))),
        None => command,
    }
}

fn group(any: &AnyCommand) -> Command<'_> {
    let kind = match any.flags {
        [true, true, _] => GroupKind::Sync,
        [true, false, _] => GroupKind::Atomic,
        [false, ..] => GroupKind::Sequence,
    };
    let mut group = Group::new(kind, "");
    if kind == GroupKind::Sync {
        group.cred = any.cred.as_ref().map(build_cred);
        group.number_of_changes = field(&any.fields, 1);
        if let [first, ..] = &any.items[..] {
            (group.target, group.source) =
                (first.target.as_ref().map(location_of), first.source.as_ref().map(location_of));
            if let Some(filter) = &first.filter {
                group = group.with_filter(Box::leak(Box::new(build_filter(filter))));
            }
        }
    }
    group.cmd_id = field(&any.fields, 0);
    (group.no_resp, group.meta) = (any.flags[1], meta(&any.meta));
    Command::Begin(group)
}

fn header<'a>(any: &'a AnyCommand, credentials: Option<&'a (bool, String)>) -> SyncHdr<'a> {
    let mut header = SyncHdr::default();
    let get = |index| field(&any.fields, index);
    (header.ver_dtd, header.ver_proto, header.session_id, header.msg_id) = (get(0), get(1), get(2), get(3));
    (header.resp_uri, header.no_resp) = (get(4), any.flags[0]);
    if let [first, ..] = &any.items[..] {
        (header.target, header.source) =
            (first.target.as_ref().map(location_of), first.source.as_ref().map(location_of));
    }
    if any.chal.is_some() || credentials.is_some() {
        header.cred = Some(Cred::new(any.chal.as_ref().map_or(Meta::EMPTY, meta), credentials.map(data)));
    }
    header.meta = meta(&any.meta);
    header
}

/// A message is as long as is said before it is written, and each command takes what is said of it (`MaxMsgSize`).
fn check_size(encoding: Encoding<'_>, header: &SyncHdr<'_>, commands: &[Command<'_>], is_final: bool, octets: usize) {
    let mut size = MessageSize::new(encoding, header).unwrap();
    let head = size.octets();
    let body: usize = commands.iter().map(|command| size.command(command).unwrap()).sum();
    assert_eq!(size.octets(), head + body);
    assert_eq!(size.finished(is_final), Ok(octets));

    for limit in [octets, octets - 1] {
        let fits = MessageSize::up_to(limit, encoding, header).and_then(|mut size| {
            commands.iter().try_for_each(|command| size.command(command).map(drop))?;
            size.finished(is_final)
        });
        assert_eq!(fits, if limit == octets { Ok(octets) } else { Err(WriteError::Full) });
    }
}

fn write<E: Emit>(out: E, header: &SyncHdr<'_>, commands: &[Command<'_>], is_final: bool) {
    let mut message = MessageWriter::new(out, header).unwrap();
    commands.iter().for_each(|command| message.command(command).unwrap());
    message.finish(is_final).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_messages(
        any_header in command(),
        credentials in prop::option::of((any::<bool>(), text())),
        steps in body(),
        is_final in any::<bool>(),
    ) {
        let items: Vec<Vec<Item<'_>>> = steps
            .iter()
            .map(|step| match step {
                Step::Command(command) => command.items.iter().map(build_item).collect(),
                _ => Vec::new(),
            })
            .collect();
        let commands: Vec<Command<'_>> = steps
            .iter()
            .zip(&items)
            .map(|(step, items)| match step {
                Step::Command(command) => build(command, items),
                Step::Begin(any) => group(any),
                Step::End => Command::End,
            })
            .collect();
        let header = header(&any_header, credentials.as_ref());
        let expected = Ok(Said {
            header: Some(support::said_by_header(&header)),
            commands: commands.iter().map(|command| support::said_by_command(command).unwrap()).collect(),
            is_final,
        });

        let mut wbxml = Vec::new();
        write(Writer::new(&mut wbxml, &SYNCML_1_2).unwrap(), &header, &commands, is_final);
        check_size(Encoding::Wbxml(&SYNCML_1_2), &header, &commands, is_final, wbxml.len());
        let read = support::said_by(&wbxml);
        prop_assert_eq!(&read, &expected);
        let (alone, end) = support::said(MessageReader::from_wbxml(&wbxml).unwrap());
        prop_assert_eq!(&end.map(|()| alone), &expected);

        let mut document = Vec::new();
        write(xml::Writer::document(&mut document, &SYNCML_1_2), &header, &commands, is_final);
        check_size(Encoding::Xml(&SYNCML_1_2), &header, &commands, is_final, document.len());
        let read = support::said_by(&document);
        prop_assert_eq!(&read, &expected);

        // what was read writes the same octets again; in XML, octets have become text
        prop_assert_eq!(support::to_wbxml(MessageReader::parse(&wbxml).unwrap()).unwrap(), wbxml);
        let again = support::to_xml(MessageReader::parse(&document).unwrap()).unwrap();
        prop_assert_eq!(&support::said_by(&again), &expected);
    }

    /// A message changed in a few octets stops the reader with an error inside it, or says something that can be
    /// written again.
    #[test]
    fn mutated_messages(mutated in mutation::mutated_fixture()) {
        let Ok(message) = MessageReader::parse(&mutated) else { return Ok(()) };
        let (read, end) = support::said(message.clone());
        if let Err(error) = end {
            prop_assert!(error.offset() <= mutated.len(), "{}", error);
            return Ok(());
        }
        for written in [support::to_wbxml(message.clone()), support::to_xml(message)].into_iter().flatten() {
            let again = support::said_by(&written).map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert_eq!(&again.commands, &read.commands);
            prop_assert_eq!(again.is_final, read.is_final);
        }
    }
}
