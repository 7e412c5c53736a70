//! Software updates: what the tables say, what a device answers and tells.
#![cfg(all(feature = "dm", feature = "xml"))]
#![expect(clippy::unwrap_used, reason = "helpers of tests: to stop is how they fail")]

extern crate alloc;

use alloc::collections::BTreeSet;
use core::slice;

use poc_mo::ErrorKind;
use poc_mo::object::standard;
use poc_mo::software::{
    Component, Content, Leaf, Machine, Model, Operation, Order, Pending, Progress, Report, ResultCode, Running,
    SoftwareError, State, Step, fumo, scomo,
};
use proptest::prelude::*;
use syncml::dm::Uri;
use syncml::dm::mgmt_tree::AccessType;
use syncml::validate::{Party, Role, Severity, Validator};
use syncml::{
    AlertType, Command, Importance, Item, Items, Location, MessageReader, MessageWriter, Request, Status, StatusCode,
    SyncHdr,
};
use wbxml::vocabulary::syncml::SYNCML_1_2;
use wbxml::{Data, Encoding, Text, WriteError};

const MODELS: [&Model<'static>; 4] =
    [&fumo::MODEL, &scomo::DOWNLOAD_MODEL, &scomo::DELIVERED_MODEL, &scomo::DEPLOYED_MODEL];

/// The tables of software and those of the standard objects describe the same nodes.
#[test]
fn the_standard_objects_have_every_node() {
    for model in MODELS {
        let object = standard::find(model.object_ids[0]).unwrap();
        let row = |node: &str| {
            let path = if model.place.is_empty() { node.to_owned() } else { format!("{}/{node}", model.place) };
            *object.row(&path).unwrap_or_else(|| panic!("{}: {path}", object.name))
        };
        for operation in model.operations {
            assert!(row(operation.node.name).access.contains(AccessType::Exec), "{operation:?}");
        }
        for leaf in model.leaves {
            let row = row(leaf.node.name);
            assert_eq!(row.format.to_string(), leaf.format, "{leaf:?}");
        }
    }
}

const OPERATIONS: [Operation; 10] = [
    Operation::Download,
    Operation::Update,
    Operation::DownloadAndUpdate,
    Operation::DownloadInstall,
    Operation::DownloadInstallInactive,
    Operation::Install,
    Operation::InstallInactive,
    Operation::Activate,
    Operation::Deactivate,
    Operation::Remove,
];

fn component(model: &'static Model<'static>) -> Component<'static> {
    Component::in_object(model, "./Software", "PoC client").unwrap()
}

fn request<'a>(target: &'a str, correlator: Option<&'a str>) -> Request<'a> {
    let mut item = Item::default();
    item.target = Some(Location::new(target));
    let mut exec = Request::of_item("1", item);
    exec.correlator = correlator.map(Text::new);
    exec
}

/// A machine in this state, with nothing going on.
fn machine(model: &'static Model<'static>, state: State) -> Machine<'static> {
    Machine::resume(component(model), state, None).unwrap()
}

/// A message of this command in either encoding.
fn messages(mut write: impl FnMut(&mut dyn FnMut(&Command<'_>))) -> [Vec<u8>; 2] {
    [Encoding::Wbxml(&SYNCML_1_2), Encoding::Xml(&SYNCML_1_2)].map(|encoding| {
        let mut octets = Vec::new();
        let mut message = MessageWriter::new(encoding.writer(&mut octets).unwrap(), &SyncHdr::default()).unwrap();
        write(&mut |command| message.command(command).unwrap());
        message.finish(true).unwrap();
        octets
    })
}

/// The reports in a message.
fn reports(octets: &[u8]) -> Result<Vec<Report>, poc_mo::Error> {
    let mut message = MessageReader::parse(octets)?;
    let mut reports = Vec::new();
    while let Some(command) = message.next_command()? {
        let Command::Alert(alert) = command else { continue };
        for report in Report::read(alert) {
            reports.push(report?);
        }
    }
    Ok(reports)
}

fn xml(commands: &str) -> String {
    format!("<SyncML xmlns='SYNCML:SYNCML1.2'><SyncHdr/><SyncBody>{commands}<Final/></SyncBody></SyncML>")
}

#[test]
fn every_row_of_a_model_can_be_reached() {
    for model in MODELS {
        let states: BTreeSet<State> = model.states.iter().map(|row| row.state).collect();
        assert_eq!(states.len(), model.states.len(), "a state twice: {:?}", model.place);
        for row in model.transitions {
            assert!(states.contains(&row.to) && row.from.iter().all(|from| states.contains(from)), "{row:?}");
        }
        let mut reached = BTreeSet::from([model.states[0].state]);
        for _ in model.states {
            let next: Vec<State> = model
                .transitions
                .iter()
                .filter(|row| row.from.iter().any(|from| reached.contains(from)))
                .map(|row| row.to)
                .collect();
            reached.extend(next);
        }
        assert_eq!(reached, states, "{}", model.place);
        // an operation leads somewhere, and both ways
        for row in model.operations {
            let operation = row.operation;
            for step in [Step::Start(operation), Step::Succeed(operation), Step::Fail(operation)] {
                assert!(model.transitions.iter().any(|row| row.step == step), "{step:?}");
            }
        }
        for row in model.transitions {
            if let Step::Start(operation)
            | Step::Proceed(operation)
            | Step::Succeed(operation)
            | Step::Fail(operation) = row.step
            {
                assert!(model.operation(operation).is_some(), "{row:?}");
            }
        }
    }
}

/// Two rows with one name would make the second one unreachable.
#[test]
fn no_node_stands_for_two_things() {
    for model in MODELS {
        let operations = model.operations.iter().flat_map(|row| row.node.all());
        let names: Vec<&str> = operations.chain(model.leaves.iter().flat_map(|row| row.node.all())).collect();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{names:?}");
        assert!(names.iter().all(|name| Uri::parse(name).is_ok()), "{names:?}");
    }
}

/// OMNA, DM alert types and management objects: the types that are written are registered for the object.
#[test]
fn alert_types_are_those_of_the_object() {
    for row in MODELS.iter().flat_map(|model| model.operations.iter().map(move |row| (model, row))) {
        let (model, operation) = row;
        for name in operation.alert_types {
            let known = AlertType::find(&Text::new(name)).unwrap();
            assert_eq!(known.name, *name);
            assert!(known.is_registered && model.object_ids.contains(&known.object.unwrap()), "{operation:?}");
        }
    }
}

/// FUMO 1.0, State: number and meaning of each.
#[test]
fn states_of_firmware_have_their_numbers() {
    let numbers: Vec<u16> = fumo::MODEL.states.iter().map(|row| row.state.get()).collect();
    assert_eq!(numbers, [10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
    assert!(fumo::MODEL.states.iter().all(|row| row.is_confirmed));
    assert_eq!(Machine::new(component(&fumo::MODEL)).state(), fumo::IDLE);
}

#[test]
fn result_codes_are_kept_as_they_are() {
    assert!(ResultCode::ALL.is_sorted());
    for number in 0..=u16::MAX {
        let code = ResultCode::new(number);
        assert_eq!(code.get(), number);
        assert_eq!(code.text().is_some(), ResultCode::ALL.contains(&code), "{number}");
        assert!(!code.is_confirmed() || code.text().is_some(), "{number}");
        let is_success = (200..300).contains(&number) || (1200..1300).contains(&number);
        assert_eq!(code.is_success(), is_success, "{number}");
    }
}

/// FUMO 1.0, nodes; SCOMO 1.0, nodes.
#[test]
fn nodes_stand_where_the_model_says() {
    let firmware = Component::new(&fumo::MODEL, "FwUpdate/X?list=Struct").unwrap();
    assert_eq!(firmware.address(), "FwUpdate/X");
    for (leaf, operation, expected) in [
        (Leaf::Url, Operation::Download, "FwUpdate/X/Download/PkgURL"),
        (Leaf::Url, Operation::DownloadAndUpdate, "FwUpdate/X/DownloadAndUpdate/PkgURL"),
        (Leaf::Data, Operation::Update, "FwUpdate/X/Update/PkgData"),
        (Leaf::Name, Operation::Update, "FwUpdate/X/PkgName"),
        (Leaf::Version, Operation::Download, "FwUpdate/X/PkgVersion"),
        (Leaf::State, Operation::Download, "FwUpdate/X/State"),
    ] {
        assert_eq!(firmware.leaf_address(leaf, operation).unwrap(), expected);
    }
    assert_eq!(firmware.leaf_address(Leaf::Url, Operation::Update), Err(SoftwareError::Leaf(Leaf::Url)));
    assert_eq!(firmware.operation_address(Operation::Activate), Err(SoftwareError::Operation(Operation::Activate)));
    for (model, expected) in MODELS.into_iter().zip([
        "./Software",
        "./Software/Download/PoC%20client",
        "./Software/Inventory/Delivered/PoC%20client",
        "./Software/Inventory/Deployed/PoC%20client",
    ]) {
        assert_eq!(component(model).address(), expected);
    }
}

/// FUMO 1.0, Exec: accepted is 202; OMA DM Representation 1.2, Exec: what else there is to answer.
#[test]
fn an_exec_has_its_answer() {
    for (state, target, code) in [
        (fumo::IDLE, "./Software/Download", 202),
        (fumo::IDLE, "Software/Download", 202),
        (fumo::IDLE, "/Software/Down%6Coad", 202),
        (fumo::IDLE, "./Software/DownloadAndUpdate", 202),
        (fumo::READY_TO_UPDATE, " ./Software/Update\n", 202),
        (fumo::IDLE, "./Software/Update", 403),
        (fumo::UPDATE_FAILED_NO_DATA, "./Software/Update", 403),
        (fumo::DOWNLOAD_PROGRESSING, "./Software/Download", 403),
        (fumo::IDLE, "./Software/Remove", 404),
        (fumo::IDLE, "./Software/download", 404),
        (fumo::IDLE, "./Other/Download", 404),
        (fumo::IDLE, "./Software/Download/Download", 404),
        (fumo::IDLE, ".", 404),
        (fumo::IDLE, "./Software//Download", 404),
        (fumo::IDLE, "", 404),
        (fumo::IDLE, "./Software", 405),
        (fumo::IDLE, "./Software/State", 405),
        (fumo::IDLE, "./Software/Download/PkgURL", 405),
        (fumo::IDLE, "./Software/Download?prop=ACL", 405),
    ] {
        let mut machine = machine(&fumo::MODEL, state);
        let before = machine.clone();
        assert_eq!(machine.exec(&request(target, None)).get(), code, "{target:?} in {state}");
        assert_eq!(machine == before, code != 202, "{target:?} in {state}");
    }
}

#[test]
fn an_exec_is_about_one_node() {
    let exec = request("./Software/Download", None);
    let items = [*exec.items.first().unwrap(); 2];
    for (items, code) in [(Items::default(), 412), (Items::one(Item::default()), 412), (Items::of(&items), 406)] {
        let mut exec = request("./Software/Download", None);
        exec.items = items;
        let mut machine = machine(&fumo::MODEL, fumo::IDLE);
        assert_eq!(machine.exec(&exec).get(), code);
        assert_eq!(machine.running(), None);
    }
}

/// FUMO 1.0, Exec: one at a time, whichever it is.
#[test]
fn while_an_operation_is_going_on_no_other_begins() {
    for model in MODELS {
        for first in model.operations {
            for second in model.operations {
                let Some(start) = model
                    .states
                    .iter()
                    .find(|row| model.next(row.state, Step::Start(first.operation)).next().is_some())
                else {
                    panic!("{first:?}")
                };
                let mut machine = machine(model, start.state);
                let address = |operation| component(model).operation_address(operation).unwrap();
                assert_eq!(machine.exec(&request(&address(first.operation), None)).get(), 202);
                assert_eq!(machine.exec(&request(&address(second.operation), None)).get(), 403);
                assert_eq!(machine.running().unwrap().operation, first.operation);
                assert_eq!(machine.reset(), Err(SoftwareError::Running(first.operation)));
                assert_eq!(machine.store(), Err(SoftwareError::Running(first.operation)));
            }
        }
    }
}

/// FUMO 1.0, use of generic alert: the object's address as the source, the type of the operation, an integer, the
/// correlator of the Exec, and another mark than informational for a failure.
#[test]
fn the_end_is_told_in_a_generic_alert() {
    for (code, mark) in [(ResultCode::CORRUPTED_PACKAGE, "critical"), (ResultCode::SUCCESSFUL, "informational")] {
        let to = if code.is_success() { fumo::DOWNLOAD_COMPLETE } else { fumo::DOWNLOAD_FAILED };
        let mut machine = machine(&fumo::MODEL, fumo::IDLE);
        machine.exec(&request("./Software/Download", Some("a&b")));
        let report = machine.finish(to, code).unwrap();
        let [_, octets] = messages(|write| report.with_alert("7", write));
        let text = String::from_utf8(octets).unwrap();
        let alert = text.split_once("<Alert>").unwrap().1.split_once("</Alert>").unwrap().0;
        assert_eq!(
            alert.replace(" xmlns=\"syncml:metinf\"", ""),
            format!(
                "<CmdID>7</CmdID><Data>1226</Data><Correlator>a&amp;b</Correlator><Item><Source><LocURI>./Software\
                 </LocURI></Source><Meta><Format>int</Format>\
                 <Type>org.openmobilealliance.dm.firmwareupdate.download</Type><Mark>{mark}</Mark></Meta>\
                 <Data>{code}</Data></Item>"
            )
        );
    }
}

/// FUMO 1.0, correlator: without one in the Exec there is none in the alert.
#[test]
fn no_correlator_comes_back_where_there_was_none() {
    let mut machine = machine(&fumo::MODEL, fumo::IDLE);
    machine.exec(&request("./Software/Download", None));
    let report = machine.finish(fumo::DOWNLOAD_FAILED, ResultCode::BAD_URL).unwrap();
    for octets in messages(|write| report.with_alert("1", write)) {
        assert_eq!(reports(&octets).unwrap(), slice::from_ref(&report));
    }
    assert_eq!(report.correlator, None);
}

#[test]
fn an_end_agrees_with_its_result() {
    for (to, code, is_allowed) in [
        (fumo::UPDATE_SUCCESSFUL_NO_DATA, ResultCode::SUCCESSFUL, true),
        (fumo::UPDATE_SUCCESSFUL_WITH_DATA, ResultCode::new(250), true),
        (fumo::UPDATE_SUCCESSFUL_NO_DATA, ResultCode::UPDATE_FAILED, false),
        (fumo::UPDATE_FAILED_NO_DATA, ResultCode::UPDATE_FAILED, true),
        (fumo::UPDATE_FAILED_WITH_DATA, ResultCode::new(0), true),
        (fumo::UPDATE_FAILED_WITH_DATA, ResultCode::SUCCESSFUL, false),
        (fumo::IDLE, ResultCode::SUCCESSFUL, false),
    ] {
        let running = Running { operation: Operation::Update, correlator: None };
        let mut machine = Machine::resume(component(&fumo::MODEL), fumo::UPDATE_PROGRESSING, Some(running)).unwrap();
        let before = machine.clone();
        let finished = machine.finish(to, code);
        if is_allowed {
            assert_eq!((finished.unwrap().code, machine.state(), machine.running()), (code, to, None));
        } else {
            assert_eq!(finished, Err(SoftwareError::Transition { from: fumo::UPDATE_PROGRESSING, to }));
            assert_eq!(machine, before);
        }
    }
}

#[test]
fn a_machine_resumes_where_it_could_have_been() {
    let resume = |state, operation| {
        let running = Running { operation, correlator: None };
        Machine::resume(component(&fumo::MODEL), state, Some(running)).err()
    };
    for (state, operation, error) in [
        (fumo::UPDATE_PROGRESSING, Operation::Update, None),
        (fumo::UPDATE_PROGRESSING, Operation::DownloadAndUpdate, None),
        (fumo::READY_TO_UPDATE, Operation::DownloadAndUpdate, None),
        (fumo::READY_TO_UPDATE, Operation::Update, Some(SoftwareError::NotAllowed(fumo::READY_TO_UPDATE))),
        (fumo::IDLE, Operation::Download, Some(SoftwareError::NotAllowed(fumo::IDLE))),
        (fumo::IDLE, Operation::Install, Some(SoftwareError::Operation(Operation::Install))),
        (State::new(35), Operation::Download, Some(SoftwareError::State(State::new(35)))),
    ] {
        assert_eq!(resume(state, operation), error, "{operation:?} in {state}");
    }
}

/// FUMO 1.0, State: 50 has data and awaits the update; a package in a Replace is such data.
#[test]
fn a_package_that_is_handed_over_can_be_put_into_effect() {
    let mut machine = machine(&fumo::MODEL, fumo::IDLE);
    assert_eq!(machine.exec(&request("./Software/Update", None)).get(), 403);
    machine.store().unwrap();
    assert_eq!(machine.state(), fumo::READY_TO_UPDATE);
    assert_eq!(machine.exec(&request("./Software/Update", None)).get(), 202);
}

#[test]
fn reports_are_read_as_devices_send_them() {
    let item = |source: &str, type_: &str, data: &str| {
        format!("<Item>{source}<Meta><Format>chr</Format><Type>{type_}</Type></Meta><Data>{data}</Data></Item>")
    };
    let source = "<Source><LocURI>./FwUpdate/X/Update</LocURI></Source>";
    let alert = |items: &str| xml(&format!("<Alert><CmdID>1</CmdID><Data>1226</Data>{items}</Alert>"));
    let type_ = "org.openmobilealliance.dm.firmwareupdate.update";
    for (items, expected) in [
        (item(source, type_, "200"), Some(200)),
        (item("", type_, " 0455\n"), Some(455)),
        (item(source, "Reversed-Domain-Name: org.openmobilealliance.dm.firmwareUpdate.Update ", "65535"), Some(65535)),
        (item(source, type_, ""), None),
        (item(source, type_, "200 OK"), None),
        (item(source, type_, "-1"), None),
        (item(source, type_, "65536"), None),
        (format!("<Item>{source}<Data>200</Data></Item>"), None),
        (String::new(), None),
    ] {
        let reports = reports(alert(&items).as_bytes()).unwrap();
        let codes: Vec<u16> = reports.iter().map(|report| report.code.get()).collect();
        assert_eq!(codes, expected.into_iter().collect::<Vec<_>>(), "{items}");
        assert!(reports.iter().all(|report| report.alert_type == type_), "{reports:?}");
    }
    // several in one, among others
    let items = [item(source, type_, "402"), item(source, type_, "?"), item("", "com.example.other", "7")].concat();
    let all = reports(alert(&items).as_bytes()).unwrap();
    assert_eq!(all.len(), 2);
    assert_eq!((&*all[1].alert_type, all[1].code.get(), all[1].source.as_deref()), ("com.example.other", 7, None));
    // another alert
    let other = alert(&items).replace("1226", "1224");
    assert_eq!(reports(other.as_bytes()).unwrap(), []);
}

/// The state comes as `int`, and from some as `chr`.
#[test]
fn the_state_is_read_from_results() {
    let firmware = component(&fumo::MODEL);
    let results = |uri: &str, data: &str| {
        xml(&format!(
            "<Results><CmdID>1</CmdID><CmdRef>1</CmdRef><Item><Source><LocURI>./Software/PkgName</LocURI></Source>\
             <Data>20</Data></Item><Item><Source><LocURI>{uri}</LocURI></Source>{data}</Item></Results>"
        ))
    };
    for (uri, data, expected) in [
        ("./Software/State", "<Data>60</Data>", Some(fumo::UPDATE_PROGRESSING)),
        ("Software/State", "<Data> 10\n</Data>", Some(fumo::IDLE)),
        ("./Software/State", "<Data>55</Data>", Some(State::new(55))),
        ("./Software/State", "<Data>done</Data>", None),
        ("./Software/State", "", None),
        ("./Software/State?prop=Format", "<Data>10</Data>", None),
        ("./Other/State", "<Data>10</Data>", None),
    ] {
        let octets = results(uri, data);
        let mut message = MessageReader::parse(octets.as_bytes()).unwrap();
        let Some(Command::Results(results)) = message.next_command().unwrap() else { panic!() };
        assert_eq!(firmware.state_in(results), expected, "{uri} {data}");
    }
    let [wbxml, _] = messages(|write| firmware.get_state("1", write).unwrap());
    let mut message = MessageReader::parse(&wbxml).unwrap();
    let Some(Command::Get(get)) = message.next_command().unwrap() else { panic!() };
    assert_eq!(get.items.first().unwrap().uri().unwrap(), "./Software/State");
}

/// A correlator of 64 KiB, which comes back in each of a thousand reports.
#[test]
fn what_an_alert_makes_of_itself_is_bounded() {
    let items = "<Item><Meta><Type>x</Type></Meta><Data>200</Data></Item>".repeat(1000);
    let correlator = "c".repeat(1 << 16);
    let alert = format!("<Alert><Data>1226</Data><Correlator>{correlator}</Correlator>{items}</Alert>");
    let octets = xml(&alert);
    let mut message = MessageReader::parse(octets.as_bytes()).unwrap();
    let Some(Command::Alert(alert)) = message.next_command().unwrap() else { panic!() };
    let all: Vec<_> = Report::read(alert).collect();
    // 255 with their types fit into 16 MiB, and the error behind them is the last thing
    assert_eq!(all.len(), 256);
    assert!(matches!(all.last().unwrap().as_ref().unwrap_err().kind(), ErrorKind::TooLong(_)));
}

/// What a device may come to do or be asked to do.
#[derive(Clone, Debug)]
enum Action {
    Exec(Operation, Option<String>),
    Proceed(State),
    Finish(State, u16),
    Store,
    Reset,
    Restart,
}

fn action() -> impl Strategy<Value = Action> {
    let state = || prop_oneof![9 => (1_u16..=10).prop_map(|tens| State::new(tens.saturating_mul(10))), 1 => any::<u16>().prop_map(State::new)];
    let code = prop_oneof![4 => Just(200_u16), 4 => 400_u16..420, 1 => any::<u16>()];
    let correlator = proptest::option::of("[a-z<&]{0,4}");
    prop_oneof![
        4 => (prop::sample::select(&OPERATIONS[..]), correlator).prop_map(|(operation, name)| Action::Exec(operation, name)),
        4 => state().prop_map(Action::Proceed),
        4 => (state(), code).prop_map(|(state, code)| Action::Finish(state, code)),
        1 => Just(Action::Store),
        1 => Just(Action::Reset),
        1 => Just(Action::Restart),
    ]
}

/// Whether a row of the model leads there.
fn leads(model: &Model<'_>, step: Step, from: State, to: State) -> bool {
    model.transitions.iter().any(|row| row.step == step && row.to == to && row.from.contains(&from))
}

proptest! {
    /// Whatever is asked for, in whatever order: each change of state is a row of the table, and what is refused changes
    /// nothing.
    #[test]
    fn no_sequence_of_operations_leaves_the_table(
        model in prop::sample::select(&MODELS[..]),
        actions in prop::collection::vec(action(), 0..40),
    ) {
        let mut machine = Machine::new(component(model));
        let mut running: Option<Running> = None;
        for action in actions {
            let before = machine.clone();
            let from = before.state();
            let step = match &action {
                Action::Exec(operation, correlator) => {
                    let target = component(model).operation_address(*operation);
                    let target = target.unwrap_or_else(|_| String::from("./Software/Operations/Fly"));
                    let code = machine.exec(&request(&target, correlator.as_deref())).get();
                    let is_known = model.operation(*operation).is_some();
                    let can = running.is_none() && model.transitions.iter().any(|row| row.step == Step::Start(*operation) && row.from.contains(&from));
                    prop_assert_eq!(code, if !is_known { 404 } else if can { 202 } else { 403 });
                    can.then(|| {
                        running = Some(Running { operation: *operation, correlator: correlator.clone() });
                        Step::Start(*operation)
                    })
                }
                Action::Proceed(to) => {
                    let step = running.as_ref().map(|running| Step::Proceed(running.operation));
                    let is_done = machine.proceed(*to).is_ok();
                    prop_assert_eq!(is_done, step.is_some_and(|step| leads(model, step, from, *to)));
                    step.filter(|_| is_done)
                }
                Action::Finish(to, code) => {
                    let code = ResultCode::new(*code);
                    let step = running.as_ref().map(|running| {
                        if code.is_success() { Step::Succeed(running.operation) } else { Step::Fail(running.operation) }
                    });
                    let report = machine.finish(*to, code).ok();
                    prop_assert_eq!(report.is_some(), step.is_some_and(|step| leads(model, step, from, *to)));
                    if let Some(report) = &report {
                        let ended = running.take().unwrap();
                        prop_assert_eq!(&report.correlator, &ended.correlator);
                        prop_assert_eq!(&*report.alert_type, model.operation(ended.operation).unwrap().alert_types[0]);
                        prop_assert_eq!(report.importance == Importance::Informational, code.is_success());
                        for octets in messages(|write| report.with_alert("1", write)) {
                            prop_assert_eq!(&*reports(&octets).unwrap(), slice::from_ref(report));
                        }
                    }
                    step.filter(|_| report.is_some())
                }
                Action::Store => machine.store().is_ok().then_some(Step::Store),
                Action::Reset => machine.reset().is_ok().then_some(Step::Reset),
                Action::Restart => {
                    machine = Machine::resume(machine.component().clone(), from, machine.running().cloned()).unwrap();
                    None
                }
            };
            match step {
                Some(step) => prop_assert!(leads(model, step, from, machine.state()), "{:?} from {}", action, from),
                None => prop_assert_eq!(&machine, &before),
            }
            prop_assert_eq!(machine.running(), running.as_ref());
            prop_assert!(model.state_text(machine.state()).is_some());
        }
    }
}

/// An order with a value of each kind that the operation has.
fn order<'o>(
    component: &'o Component<'static>,
    operation: Operation,
    settings: &'o [Setting],
    correlator: Option<&'o str>,
) -> Order<'o, 'static> {
    let mut order = Order::new(component, operation).unwrap();
    for setting in settings {
        let content = match setting.carried {
            Carried::Text => Content::Text(&setting.text),
            Carried::Octets => Content::Octets(&setting.octets),
            Carried::Base64 => Content::Base64(&setting.octets),
        };
        let leaf = setting.leaf;
        order = if setting.is_add { order.add(leaf, content) } else { order.replace(leaf, content) }.unwrap();
    }
    match correlator {
        Some(correlator) => order.correlator(correlator),
        None => order,
    }
}

#[derive(Clone, Debug)]
struct Setting {
    leaf: Leaf,
    is_add: bool,
    carried: Carried,
    text: String,
    octets: Vec<u8>,
}

#[derive(Clone, Copy, Debug)]
enum Carried {
    Text,
    Octets,
    Base64,
}

/// Address, format and octets of what a message adds and replaces, and what it wants to be run.
fn received(octets: &[u8], mut exec: impl FnMut(&Request<'_>)) -> Vec<(String, String, Vec<u8>)> {
    let mut message = MessageReader::parse(octets).unwrap();
    let mut values = Vec::new();
    while let Some(command) = message.next_command().unwrap() {
        match command {
            Command::Add(request) | Command::Replace(request) => {
                for item in &request.items {
                    let item = item.unwrap();
                    let format = item.meta.format.unwrap().to_string();
                    let data = match item.data {
                        Some(Data::Opaque(octets)) => octets.to_vec(),
                        Some(Data::Text(text)) if format == "b64" => {
                            data_encoding::BASE64.decode(text.to_string().as_bytes()).unwrap()
                        }
                        Some(Data::Text(text)) => text.to_string().into_bytes(),
                        _ => Vec::new(),
                    };
                    values.push((item.uri().unwrap().to_string(), format, data));
                }
            }
            Command::Exec(request) => exec(request),
            Command::Begin(_) | Command::End => {}
            _ => values.push((String::from("what was not ordered"), format!("{command:?}"), Vec::new())),
        }
    }
    values
}

/// What is wrong with a message for who sends it.
fn faults(octets: &[u8], party: Party) -> Vec<String> {
    let findings = Validator::new(Role::Sender).party(party).device_management().validate(octets);
    findings.iter().filter(|finding| finding.severity > Severity::Note).map(ToString::to_string).collect()
}

/// A message of device management in this encoding.
fn message(
    encoding: Encoding<'_>,
    write: impl FnOnce(&mut dyn FnMut(&Command<'_>) -> Result<(), WriteError>) -> Result<(), WriteError>,
) -> Result<Vec<u8>, WriteError> {
    let (one, other) = (Location::new("IMEI:490154203237518"), Location::new("https://dm.example.net"));
    let mut octets = Vec::new();
    let mut message = MessageWriter::new(encoding.writer(&mut octets)?, &SyncHdr::dm_1_2("1", "1", one, other))?;
    write(&mut |command| message.command(command))?;
    message.finish(true)?;
    Ok(octets)
}

/// A status for each of these commands, in a message.
fn statuses(encoding: Encoding<'_>, codes: &[(u32, &str, StatusCode)]) -> Vec<u8> {
    message(encoding, |write| {
        for (place, (id, name, code)) in codes.iter().enumerate() {
            let (cmd_id, cmd_ref) = (place.wrapping_add(1).to_string(), id.to_string());
            let digits = code.decimal();
            let mut status = Status::default();
            status.cmd_id = Some(Text::new(&cmd_id));
            status.msg_ref = Some(Text::new("1"));
            status.cmd_ref = Some(Text::new(&cmd_ref));
            status.cmd = Some(Text::new(name));
            status.code = Some(Text::new(digits.as_str()));
            write(&Command::Status(status))?;
        }
        Ok(())
    })
    .unwrap()
}

/// Gives all commands of a message to the server; how many were about the operation.
fn give(pending: &mut Pending<'_>, octets: &[u8]) -> usize {
    let mut message = MessageReader::parse(octets).unwrap();
    let mut count = 0_usize;
    while let Some(command) = message.next_command().unwrap() {
        count = count.wrapping_add(usize::from(pending.take(command).unwrap()));
    }
    count
}

/// OMA DM Protocol 1.2: commands may be carried out in any order unless they are in a Sequence.
#[test]
fn values_are_set_before_the_operation_begins() {
    let component = component(&fumo::MODEL);
    let order = Order::new(&component, Operation::DownloadAndUpdate)
        .unwrap()
        .replace(Leaf::Url, "https://packages.example.net/1?a&b")
        .unwrap()
        .add(Leaf::Name, "Radio")
        .unwrap()
        .correlator("c17")
        .new_node();
    let [wbxml, text] = messages(|write| {
        let send = |command: &Command<'_>| {
            write(command);
            Ok::<(), WriteError>(())
        };
        order.send("1", 9, send).unwrap();
    });
    let text = String::from_utf8(text).unwrap().replace(" xmlns=\"syncml:metinf\"", "");
    let body = text.split_once("<SyncBody>").unwrap().1.split_once("<Final/>").unwrap().0;
    assert_eq!(
        body,
        "<Sequence><CmdID>9</CmdID>\
         <Add><CmdID>10</CmdID>\
         <Item><Target><LocURI>./Software</LocURI></Target><Meta><Format>node</Format></Meta></Item>\
         <Item><Target><LocURI>./Software/PkgName</LocURI></Target>\
         <Meta><Format>chr</Format><Type>text/plain</Type></Meta><Data>Radio</Data></Item></Add>\
         <Replace><CmdID>11</CmdID><Item><Target><LocURI>./Software/DownloadAndUpdate/PkgURL</LocURI></Target>\
         <Meta><Format>chr</Format><Type>text/plain</Type></Meta>\
         <Data>https://packages.example.net/1?a&amp;b</Data></Item></Replace>\
         <Exec><CmdID>12</CmdID><Correlator>c17</Correlator>\
         <Item><Target><LocURI>./Software/DownloadAndUpdate</LocURI></Target></Item></Exec></Sequence>"
    );
    assert_eq!(received(&wbxml, |exec| assert_eq!(exec.correlator.unwrap(), "c17")).len(), 3);
}

#[test]
fn an_operation_without_values_is_one_command() {
    let component = component(&scomo::DEPLOYED_MODEL);
    let order = Order::new(&component, Operation::Activate).unwrap();
    let mut count = 0_usize;
    let pending = order.send("1", u16::MAX, |command| {
        count = count.wrapping_add(1);
        assert!(matches!(command, Command::Exec(_)), "{command:?}");
        Ok::<(), WriteError>(())
    });
    assert_eq!((count, pending.unwrap().cmd_ids()), (1, 65535..=65535));
}

#[test]
fn what_the_object_does_not_have_cannot_be_ordered() {
    let component = component(&fumo::MODEL);
    let error = Order::new(&component, Operation::Activate).unwrap_err();
    assert_eq!(error, SoftwareError::Operation(Operation::Activate));
    let order = Order::new(&component, Operation::Update).unwrap();
    assert_eq!(order.clone().replace(Leaf::Url, "x").unwrap_err(), SoftwareError::Leaf(Leaf::Url));
    assert_eq!(order.add(Leaf::Descriptor, "x").unwrap_err(), SoftwareError::Leaf(Leaf::Descriptor));
}

/// What the device answers to the commands of an order with Sequence 1, Replace 2 and Exec 3.
#[test]
fn answers_are_known_by_message_and_command() {
    let component = component(&fumo::MODEL);
    let sent = || {
        let order = Order::new(&component, Operation::Download).unwrap().replace(Leaf::Url, "x").unwrap();
        order.send("1", 1, |_| Ok::<(), WriteError>(())).unwrap()
    };
    let status = |fields: &str| xml(&format!("<Status><CmdID>1</CmdID>{fields}</Status>"));
    for (fields, is_own, progress, refusal) in [
        ("<MsgRef>1</MsgRef><CmdRef>3</CmdRef><Data>202</Data>", true, Some(202), None),
        ("<CmdRef> 3 </CmdRef><Data>403</Data>", true, Some(403), None),
        ("<MsgRef>1</MsgRef><CmdRef>3</CmdRef><Data>101</Data>", true, None, None),
        ("<MsgRef>1</MsgRef><CmdRef>2</CmdRef><Data>405</Data>", true, None, Some(405)),
        ("<MsgRef>1</MsgRef><CmdRef>1</CmdRef><Data>200</Data>", true, None, None),
        ("<MsgRef>2</MsgRef><CmdRef>3</CmdRef><Data>202</Data>", false, None, None),
        ("<MsgRef>1</MsgRef><CmdRef>4</CmdRef><Data>202</Data>", false, None, None),
        ("<MsgRef>1</MsgRef><CmdRef>0</CmdRef><Data>212</Data>", false, None, None),
        ("<MsgRef>1</MsgRef><CmdRef>3</CmdRef><Data>done</Data>", false, None, None),
        ("<MsgRef>1</MsgRef><Data>202</Data>", false, None, None),
    ] {
        let mut pending = sent();
        assert_eq!(give(&mut pending, status(fields).as_bytes()), usize::from(is_own), "{fields}");
        let expected = progress.map_or(Progress::Sent, |code| Progress::Answered(StatusCode::new(code)));
        assert_eq!(pending.progress(), expected, "{fields}");
        assert_eq!(pending.refusal(), refusal.map(StatusCode::new), "{fields}");
        assert_eq!(pending.is_open(), progress.is_none_or(|code| code == 202), "{fields}");
    }
    // of several refusals, the first one is told
    let mut pending = sent();
    for (id, code) in [(2, 425), (1, 500)] {
        let fields = format!("<MsgRef>1</MsgRef><CmdRef>{id}</CmdRef><Data>{code}</Data>");
        assert_eq!(give(&mut pending, status(&fields).as_bytes()), 1);
        assert_eq!(pending.refusal(), Some(StatusCode::PERMISSION_DENIED));
    }
    // of an earlier session, no status is awaited
    let mut accepted = Pending::accepted(component.clone(), Operation::Download, None);
    assert_eq!(give(&mut accepted, status("<CmdRef>0</CmdRef><Data>212</Data>").as_bytes()), 0);
    assert_eq!(give(&mut accepted, status("<CmdRef>1</CmdRef><Data>404</Data>").as_bytes()), 0);
    assert!(accepted.is_open());
}

/// FUMO 1.0, use of generic alert: the correlator says whose the report is; without one, type and source do.
#[test]
fn a_report_finds_its_operation() {
    let alert = |correlator: &str, source: &str, type_: &str| {
        let correlator = match correlator {
            "" => String::new(),
            text => format!("<Correlator>{text}</Correlator>"),
        };
        let source = match source {
            "" => String::new(),
            text => format!("<Source><LocURI>{text}</LocURI></Source>"),
        };
        let type_ = format!("org.openmobilealliance.dm.firmwareupdate.{type_}");
        xml(&format!(
            "<Alert><CmdID>1</CmdID><Data>1226</Data>{correlator}<Item>{source}<Meta><Type>{type_}</Type></Meta>\
             <Data>200</Data></Item></Alert>"
        ))
    };
    let download = Operation::Download;
    for (operation, sent, told, source, type_, is_own) in [
        (download, Some("c"), "c", "./Software", "download", true),
        (download, Some("c"), "c", "./Elsewhere", "update", true),
        (download, Some("c"), "d", "./Software", "download", false),
        (download, Some("c"), "", "./Software", "download", true),
        (download, None, "c", "./Software", "download", false),
        (download, None, "", "./Software", "download", true),
        (download, None, "", "Software/Download", "Download", true),
        (download, None, "", "", "download", true),
        (download, None, "", "./Softwares", "download", false),
        (download, None, "", ".", "download", false),
        (download, None, "", "./Software", "update", false),
        // a download that fails may be told as a download
        (Operation::DownloadAndUpdate, None, "", "./Software", "download", true),
        (Operation::DownloadAndUpdate, None, "", "./Software", "downloadandupdate", true),
        (Operation::Update, None, "", "./Software", "downloadandupdate", false),
    ] {
        let mut pending = Pending::accepted(component(&fumo::MODEL), operation, sent);
        let octets = alert(told, source, type_);
        assert_eq!(give(&mut pending, octets.as_bytes()), usize::from(is_own), "{octets}");
        assert_eq!(pending.is_open(), !is_own, "{octets}");
        // told again, it is nobody's
        assert_eq!(give(&mut pending, octets.as_bytes()), 0, "{octets}");
    }
}

/// What is sent, in WBXML with its package as octets and in XML in base64, is right by the letter.
#[test]
fn messages_are_right_for_who_sends_them() {
    for (encoding, package) in [
        (Encoding::Wbxml(&SYNCML_1_2), Content::Octets(b"\0\xFF]]>")),
        (Encoding::Wbxml(&SYNCML_1_2), Content::Base64(b"\0\xFF]]>")),
        (Encoding::Xml(&SYNCML_1_2), Content::Base64(b"\0\xFF]]>")),
    ] {
        let component = component(&fumo::MODEL);
        let order = Order::new(&component, Operation::Update).unwrap().replace(Leaf::Data, package).unwrap();
        let octets = message(encoding, |write| order.send("1", 1, write).map(|_| ())).unwrap();
        assert_eq!(faults(&octets, Party::Server), [""; 0]);
        let format = if matches!(package, Content::Octets(_)) { "bin" } else { "b64" };
        let expected = (String::from("./Software/Update/PkgData"), String::from(format), b"\0\xFF]]>".to_vec());
        assert_eq!(received(&octets, |_| ()), [expected]);
    }
}

/// SyncML Meta-Information, Format: XML cannot carry `bin`.
#[test]
fn octets_as_they_are_do_not_go_into_xml() {
    let component = component(&fumo::MODEL);
    let order = Order::new(&component, Operation::Update).unwrap();
    let order = order.replace(Leaf::Data, Content::Octets(b"\x80")).unwrap();
    let xml = message(Encoding::Xml(&SYNCML_1_2), |write| order.send("1", 1, write).map(|_| ()));
    assert!(matches!(xml, Err(WriteError::OpaqueInXml)), "{xml:?}");
}

fn settings(model: &'static Model<'static>, operation: Operation) -> impl Strategy<Value = Vec<Setting>> {
    let leaves: Vec<Leaf> =
        model.leaves.iter().map(|row| row.leaf).filter(|leaf| model.leaf(*leaf, operation).is_some()).collect();
    let leaves = prop::sample::subsequence(leaves, 0..4);
    (leaves, prop::collection::vec((any::<bool>(), "[ -~]{0,20}", any::<Vec<u8>>(), any::<bool>()), 4)).prop_map(
        move |(leaves, values)| {
            let settings = leaves.into_iter().zip(values);
            let settings = settings.map(|(leaf, (is_add, text, octets, is_base64))| {
                let format = model.leaf(leaf, operation).unwrap().format;
                let carried = match (format, is_base64) {
                    ("bin", false) => Carried::Octets,
                    ("bin", true) => Carried::Base64,
                    _ => Carried::Text,
                };
                let text = if format == "int" { octets.len().to_string() } else { text };
                Setting { leaf, is_add, carried, text, octets }
            });
            settings.collect()
        },
    )
}

/// A model and an operation that it has.
fn operation() -> impl Strategy<Value = (&'static Model<'static>, Operation)> {
    let all: Vec<_> =
        MODELS.iter().flat_map(|model| model.operations.iter().map(|row| (*model, row.operation))).collect();
    prop::sample::select(all)
}

proptest! {
    /// Every operation with every result, in either encoding: the server's commands reach the device with all values,
    /// the device's machine goes some way that its model allows, and the server knows the end.
    #[test]
    fn what_the_server_orders_ends_as_the_device_tells(
        ((model, operation), mut settings) in
            operation().prop_flat_map(|(model, operation)| (Just((model, operation)), settings(model, operation))),
        correlator in proptest::option::of("[!-~]{0,8}"),
        is_new in any::<bool>(),
        is_xml in any::<bool>(),
        code in prop_oneof![prop::sample::select(ResultCode::ALL), any::<u16>().prop_map(ResultCode::new)],
        start in any::<prop::sample::Index>(),
        way in prop::collection::vec(any::<prop::sample::Index>(), 6),
    ) {
        let component = component(model);
        let encoding = if is_xml { Encoding::Xml(&SYNCML_1_2) } else { Encoding::Wbxml(&SYNCML_1_2) };
        if is_xml {
            // XML cannot carry octets as they are
            settings.iter_mut().filter(|s| matches!(s.carried, Carried::Octets)).for_each(|s| s.carried = Carried::Base64);
        }
        let mut order = order(&component, operation, &settings, correlator.as_deref());
        if is_new {
            order = order.new_node();
        }

        // the server sends
        let mut pending = None;
        let sent = message(encoding, |write| {
            pending = Some(order.send("1", 1, write)?);
            Ok(())
        });
        let sent = sent.unwrap();
        let mut pending = pending.unwrap();
        prop_assert_eq!(faults(&sent, Party::Server), Vec::<String>::new());

        // the device receives
        let starts: Vec<State> = model.states.iter().map(|row| row.state)
            .filter(|state| model.next(*state, Step::Start(operation)).next().is_some()).collect();
        let mut device = machine(model, *start.get(&starts));
        let mut answer = None;
        let values = received(&sent, |exec| answer = Some(device.exec(exec)));
        let mut expected: Vec<(String, String, Vec<u8>)> = Vec::new();
        if is_new {
            expected.push((component.address().to_owned(), String::from("node"), Vec::new()));
        }
        for is_add in [true, false] {
            for setting in settings.iter().filter(|setting| setting.is_add == is_add) {
                let (format, octets) = match setting.carried {
                    Carried::Text => (model.leaf(setting.leaf, operation).unwrap().format, setting.text.as_bytes()),
                    Carried::Octets => ("bin", &*setting.octets),
                    Carried::Base64 => ("b64", &*setting.octets),
                };
                expected.push((component.leaf_address(setting.leaf, operation).unwrap(), format.to_owned(), octets.to_vec()));
            }
        }
        prop_assert_eq!(values, expected);
        prop_assert_eq!(answer, Some(StatusCode::ACCEPTED_FOR_PROCESSING));
        prop_assert_eq!(device.running().unwrap().correlator.as_deref(), correlator.as_deref());

        // it answers
        let exec = *pending.cmd_ids().end();
        let mut codes: Vec<_> = (1..exec).map(|id| (id, "Replace", StatusCode::OK)).collect();
        codes.push((exec, "Exec", answer.unwrap()));
        prop_assert_eq!(give(&mut pending, &statuses(encoding, &codes)), codes.len());
        prop_assert_eq!((pending.progress(), pending.refusal()), (Progress::Answered(StatusCode::ACCEPTED_FOR_PROCESSING), None));

        // it goes on until it can end
        let end = if code.is_success() { Step::Succeed(operation) } else { Step::Fail(operation) };
        let mut way = way.into_iter();
        let to = loop {
            let ends: Vec<State> = model.next(device.state(), end).collect();
            let next: Vec<State> = model.next(device.state(), Step::Proceed(operation)).collect();
            let turn = way.next().unwrap();
            match turn.get(&[ends, next].concat()) {
                to if model.next(device.state(), end).any(|state| state == *to) => break *to,
                to => device.proceed(*to).unwrap(),
            }
        };
        let report = device.finish(to, code).unwrap();
        let told = message(encoding, |write| report.with_alert("1", write)).unwrap();
        prop_assert_eq!(faults(&told, Party::Client), Vec::<String>::new());

        // another operation is not meant
        if correlator.is_some() {
            let mut other = Pending::accepted(component.clone(), operation, Some("another one"));
            prop_assert_eq!(give(&mut other, &told), 0);
        }
        let mut kept = Pending::accepted(component.clone(), operation, correlator.as_deref());
        prop_assert_eq!(give(&mut kept, &told), 1);
        prop_assert_eq!(give(&mut pending, &told), 1);
        prop_assert_eq!((pending.progress(), kept.progress()), (Progress::Ended(code), Progress::Ended(code)));
        prop_assert_eq!(device.state(), to);
    }
}
