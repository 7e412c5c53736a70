//! Software in a management tree, from the server's order to the device's report, message by message (Firmware Update
//! Management Object 1.0; Software Component Management Object 1.0; OMA DM Protocol 1.2, large objects).

#![cfg(all(feature = "dm", feature = "xml"))]
#![expect(clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

use poc_mo::object::{Answer, Sender, Store, standard};
use poc_mo::software::{
    Asker, Component, Content, Leaf, Machine, Model, Operation, Order, Pending, Progress, Report, ResultCode, State,
    UpdateRequest, fumo, scomo,
};
use syncml::dm::mgmt_tree::{AccessType, AccessTypes, Description, MgmtTree, RtProperties};
use syncml::large_object::{Reassembler, Received};
use syncml::{
    Command, Items, Location, MessageReader, MessageWriter, Package, Request, Results, Status, StatusCode, SyncHdr,
};
use wbxml::vocabulary::syncml::SYNCML_1_2;
use wbxml::{Encoding, Text, WriteError};

const SERVER: Sender<'static> = Sender::Server("com.example.dm");
const WBXML: Encoding<'static> = Encoding::Wbxml(&SYNCML_1_2);

/// Runs a test on a device with the node of a component, for every server.
fn with_device(component: &Component<'_>, test: impl FnOnce(&mut Store<'_>)) {
    let more = AccessTypes::from_iter([AccessType::Add, AccessType::Replace]);
    let documents = [standard::FUMO.tree("./FUMO", more), standard::SCOMO.tree("./SCOMO", more)];
    let description = Description::of(&documents);
    let mut store = Store::new(&description);
    let acl = Some(Text::new("Add=*&Exec=*&Get=*&Replace=*"));
    let mut builder = MgmtTree::builder();
    let address = component.address().strip_prefix("./").unwrap();
    builder.start(address).rt_properties(&RtProperties { acl, ..RtProperties::default() });
    for operation in component.model().operations {
        builder.start(operation.node.name).end();
    }
    store.load(&builder.build(), ".").unwrap();
    test(&mut store);
}

fn header() -> SyncHdr<'static> {
    SyncHdr::dm_1_2("1", "1", Location::new("IMEI:490154203237518"), Location::new("https://dm.example.net"))
}

fn message(
    encoding: Encoding<'_>,
    write: impl FnOnce(&mut dyn FnMut(&Command<'_>) -> Result<(), WriteError>),
) -> Vec<u8> {
    let mut octets = Vec::new();
    let mut message = MessageWriter::new(encoding.writer(&mut octets).unwrap(), &header()).unwrap();
    write(&mut |command| message.command(command));
    message.finish(true).unwrap();
    octets
}

/// The statuses and results of a device's answers, as a message.
fn answered(encoding: Encoding<'_>, answers: &[Answer]) -> Vec<u8> {
    message(encoding, |write| {
        for answer in answers {
            let code = answer.status.decimal();
            let mut status = Status::default();
            (status.cmd_id, status.msg_ref) = (Some(Text::new("1")), Some(Text::new("1")));
            (status.cmd_ref, status.cmd) = (Some(Text::new(&answer.cmd_id)), Some(Text::new(answer.cmd)));
            status.code = Some(Text::new(code.as_str()));
            write(&Command::Status(status)).unwrap();
            for reply in &answer.results {
                let mut results = Results::default();
                results.cmd_ref = Some(Text::new(&answer.cmd_id));
                results.items = Items::one(reply.item().unwrap());
                write(&Command::Results(results)).unwrap();
            }
        }
    })
}

/// Gives a message to the server.
fn give(pending: &mut Pending<'_>, octets: &[u8]) {
    let mut message = MessageReader::parse(octets).unwrap();
    while let Some(command) = message.next_command().unwrap() {
        pending.take(command).unwrap();
    }
}

/// The state that the server is told when it asks for it.
fn asked(store: &mut Store<'_>, component: &Component<'_>, encoding: Encoding<'_>) -> Option<State> {
    let get = message(encoding, |write| component.get_state("1", |get| write(get).unwrap()).unwrap());
    let answers = store.apply(SERVER, MessageReader::parse(&get).unwrap(), |_| StatusCode::COMMAND_FAILED).unwrap();
    let octets = answered(encoding, &answers);
    let mut message = MessageReader::parse(&octets).unwrap();
    let mut state = None;
    while let Some(command) = message.next_command().unwrap() {
        if let Command::Results(results) = command {
            state = component.state_in(results);
        }
    }
    state
}

/// What a device does after it has accepted: each state on the way, and the end of it with its result.
type Course = (&'static Model<'static>, &'static str, Operation, &'static [State], State, ResultCode);

/// The order, the answer 202, the states in the tree, the report, and the end on the server; firmware and components, well
/// and badly, in both encodings.
#[test]
fn an_order_ends_on_both_sides() {
    let rows: [Course; 5] = [
        (&fumo::MODEL, "./FUMO", Operation::Download, &[], fumo::DOWNLOAD_COMPLETE, ResultCode::SUCCESSFUL),
        (&fumo::MODEL, "./FUMO", Operation::Download, &[], fumo::DOWNLOAD_FAILED, ResultCode::BAD_URL),
        (
            &fumo::MODEL,
            "./FUMO",
            Operation::DownloadAndUpdate,
            &[fumo::DOWNLOAD_COMPLETE, fumo::READY_TO_UPDATE, fumo::UPDATE_PROGRESSING],
            fumo::UPDATE_SUCCESSFUL_NO_DATA,
            ResultCode::SUCCESSFUL,
        ),
        (
            &fumo::MODEL,
            "./FUMO",
            Operation::DownloadAndUpdate,
            &[fumo::UPDATE_PROGRESSING],
            fumo::UPDATE_FAILED_WITH_DATA,
            ResultCode::UPDATE_FAILED,
        ),
        (
            &scomo::DEPLOYED_MODEL,
            "./SCOMO/1",
            Operation::Activate,
            &[],
            scomo::ACTIVE,
            ResultCode::COMPONENT_SUCCESSFUL,
        ),
    ];
    for (model, object, operation, way, end, code) in rows {
        for encoding in [WBXML, Encoding::Xml(&SYNCML_1_2)] {
            let component = match model.place {
                "" => Component::new(model, &format!("{object}/Radio")).unwrap(),
                _ => Component::in_object(model, object, "PoC client").unwrap(),
            };
            with_device(&component, |store| {
                let mut machine = Machine::new(component.clone());
                machine.show(store).unwrap();
                let has_url = model.leaf(Leaf::Url, operation).is_some();
                let mut order = Order::new(&component, operation).unwrap().correlator("c17");
                if has_url {
                    order = order.add(Leaf::Url, "https://packages.example.net/7").unwrap();
                }

                // the server's message, and the device's answer
                let mut pending = None;
                let sent = message(encoding, |write| pending = Some(order.send("1", 1, write).unwrap()));
                let mut pending = pending.unwrap();
                let answers =
                    store.apply(SERVER, MessageReader::parse(&sent).unwrap(), |exec| machine.run(exec)).unwrap();
                machine.show(store).unwrap();
                assert!(answers.iter().all(|answer| answer.status.is_success()), "{operation:?} {answers:?}");
                give(&mut pending, &answered(encoding, &answers));
                assert_eq!(pending.progress(), Progress::Answered(StatusCode::ACCEPTED_FOR_PROCESSING));
                assert_eq!(asked(store, &component, encoding), Some(machine.state()));
                if has_url {
                    let url = component.leaf_address(Leaf::Url, operation).unwrap();
                    assert_eq!(store.text(&url), Some("https://packages.example.net/7"));
                }

                // the same again is refused while it is going on
                let again =
                    store.apply(SERVER, MessageReader::parse(&sent).unwrap(), |exec| machine.run(exec)).unwrap();
                assert_eq!(again.last().unwrap().status, StatusCode::FORBIDDEN);

                // the device goes on, and tells the end in its next session
                for state in way {
                    machine.proceed(*state).unwrap();
                    machine.show(store).unwrap();
                    assert_eq!(asked(store, &component, encoding), Some(*state));
                }
                let report = machine.finish(end, code).unwrap();
                machine.show(store).unwrap();
                let told = message(encoding, |write| report.with_alert("1", write).unwrap());
                give(&mut pending, &told);
                assert_eq!(pending.progress(), Progress::Ended(code));
                assert_eq!(asked(store, &component, encoding), Some(end));
            });
        }
    }
}

/// A package that the server hands over itself is larger than a message: it comes in chunks, is put together, and is
/// there for the update. Without one, the update is refused.
#[test]
fn a_package_comes_in_chunks() {
    let firmware = Component::new(&fumo::MODEL, "./FUMO/Radio").unwrap();
    let package: Vec<u8> = (0..100_000_u32).flat_map(|number| number.to_be_bytes()).collect();
    with_device(&firmware, |store| {
        let mut machine = Machine::new(firmware.clone());
        machine.show(store).unwrap();
        let update = Order::new(&firmware, Operation::Update).unwrap();
        let exec = message(WBXML, |write| _ = update.send("1", 1, write).unwrap());
        let answers = store.apply(SERVER, MessageReader::parse(&exec).unwrap(), |exec| machine.run(exec)).unwrap();
        assert_eq!(answers.last().unwrap().status, StatusCode::FORBIDDEN);

        // the server: what the order sends, in messages of 4,096 octets
        let order =
            Order::new(&firmware, Operation::Update).unwrap().add(Leaf::Data, Content::Octets(&package)).unwrap();
        let whole = message(WBXML, |write| _ = order.send("1", 1, write).unwrap());
        let whole = syncml::Message::parse(&whole).unwrap();
        let commands: Vec<Command<'_>> = whole
            .commands()
            .map(|command| command.command().unwrap())
            // a group stands in one message, which this one cannot
            .filter(|command| matches!(command, Command::Add(_) | Command::Exec(_)))
            .collect();
        let mut sent = Package::new(WBXML, 1, &commands).max_obj_size(1 << 20);
        let mut objects = Reassembler::new();
        let (mut octets, mut messages, mut codes) = (Vec::new(), 0_usize, Vec::new());
        while sent.next_message(&header(), &[], 4096, &mut octets).unwrap().is_some() {
            messages = messages.saturating_add(1);
            let mut message = MessageReader::parse(&octets).unwrap();
            let mut transaction = store.transaction(SERVER);
            while let Some(command) = message.next_command().unwrap() {
                let Command::Add(add) = command else {
                    transaction.command(command, |exec| machine.run(exec)).unwrap();
                    continue;
                };
                for received in objects.command(command) {
                    let mut whole = Request::default();
                    whole.cmd_id = add.cmd_id;
                    let received = received.unwrap();
                    whole.items = match &received {
                        Received::Whole(item) => Items::one(*item),
                        Received::Complete(object) => Items::one(object.item()),
                        Received::Chunk => continue,
                        other => unreachable!("{other:?}"),
                    };
                    transaction.command(&Command::Add(whole), |exec| machine.run(exec)).unwrap();
                }
            }
            assert!(objects.end_message().is_none());
            codes.extend(transaction.finish().iter().map(|answer| answer.status.get()));
            octets.clear();
        }
        machine.show(store).unwrap();
        assert!(messages > 90, "{messages}");
        assert_eq!(codes, [200, 202]);
        assert_eq!(store.value("./FUMO/Radio/Update/PkgData"), Some(&*package));
        assert_eq!(store.text("./FUMO/Radio/State"), Some("60"));
        // the device drops the package with the update: there is none for another one
        machine.finish(fumo::UPDATE_SUCCESSFUL_NO_DATA, ResultCode::SUCCESSFUL).unwrap();
        let mut builder = MgmtTree::builder();
        builder.start("PkgData").value("");
        store.load(&builder.build(), "./FUMO/Radio/Update").unwrap();
        let answers = store.apply(SERVER, MessageReader::parse(&exec).unwrap(), |exec| machine.run(exec)).unwrap();
        assert_eq!(answers.last().unwrap().status, StatusCode::FORBIDDEN);
    });
}

/// A device or its user asks for an update in an alert; as devices send it, whatever stands beside (OMNA, DM alert types).
#[test]
fn an_update_is_asked_for() {
    for asker in [Asker::Device, Asker::User] {
        for encoding in [WBXML, Encoding::Xml(&SYNCML_1_2)] {
            let mut request = UpdateRequest::new(asker, "./FUMO/Radio");
            request.data = Some("7.1".to_owned());
            let octets = message(encoding, |write| request.with_alert("1", write).unwrap());
            let mut message = MessageReader::parse(&octets).unwrap();
            let Some(Command::Alert(alert)) = message.next_command().unwrap() else { unreachable!() };
            assert_eq!(UpdateRequest::read(alert).unwrap(), [request]);
            // it is no report of an end
            assert_eq!(Report::read(alert).count(), 0);
        }
    }
    let item = |type_: &str, data: &str| format!("<Item><Meta><Type>{type_}</Type></Meta>{data}</Item>");
    let asks = "Reversed-Domain-Name: org.openmobilealliance.dm.firmwareupdate.devicerequest";
    let rows = [
        ("1226", item(asks, ""), 1_usize),
        ("1226", item(asks, "<Data/>") + &item(asks, "<Data>x</Data>"), 2),
        ("1226", item("org.openmobilealliance.dm.firmwareupdate.download", "<Data>200</Data>"), 0),
        ("1226", "<Item><Data>1</Data></Item>".to_owned(), 0),
        ("1224", item(asks, ""), 0),
    ];
    for (code, items, count) in rows {
        let text = format!("<SyncML><SyncHdr/><SyncBody><Alert><Data>{code}</Data>{items}</Alert></SyncBody></SyncML>");
        let mut message = MessageReader::parse(text.as_bytes()).unwrap();
        let Some(Command::Alert(alert)) = message.next_command().unwrap() else { unreachable!() };
        let read = UpdateRequest::read(alert).unwrap();
        assert_eq!(read.len(), count, "{text}");
        assert!(read.iter().all(|request| request.asker == Asker::Device && request.source.is_none()), "{text}");
    }
}
