//! Which answers belong to which commands (SyncML Representation Protocol 1.2, `Status`, `Results`, `CmdRef`, `MsgRef`),
//! in sessions of our own and in real ones.

#![cfg(feature = "xml")]
#![expect(
    clippy::arithmetic_side_effects,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests: to stop is how they fail"
)]

extern crate alloc;

mod support;

use alloc::collections::BTreeMap;
use proptest::prelude::*;
use syncml::{AnswerFault, Command, Correlation, CorrelationLimits, MessageReader, SentFault, StatusCode, SyncHdr};
use wbxml::Text;

fn message(id: &str, commands: &str) -> String {
    format!("<SyncML><SyncHdr><MsgID>{id}</MsgID></SyncHdr><SyncBody>{commands}</SyncBody></SyncML>")
}

fn request(name: &str, id: &str, items: &[&str]) -> String {
    let items = items.iter().map(|uri| format!("<Item><Target><LocURI>{uri}</LocURI></Target></Item>"));
    format!("<{name}><CmdID>{id}</CmdID>{}</{name}>", items.collect::<String>())
}

/// A status for a command of a message, with one `TargetRef` for each address.
fn status(message: &str, command: &str, name: &str, targets: &[&str], code: u16) -> String {
    let targets = targets.iter().map(|uri| format!("<TargetRef>{uri}</TargetRef>")).collect::<String>();
    format!(
        "<Status><CmdID>1</CmdID><MsgRef>{message}</MsgRef><CmdRef>{command}</CmdRef><Cmd>{name}</Cmd>{targets}\
         <Data>{code}</Data></Status>"
    )
}

fn results(message: &str, command: &str, count: usize) -> String {
    let items = "<Item><Source><LocURI>./A</LocURI></Source><Data/></Item>".repeat(count);
    format!("<Results><CmdID>1</CmdID><MsgRef>{message}</MsgRef><CmdRef>{command}</CmdRef>{items}</Results>")
}

/// Sends a message; gives what is wrong with it.
fn send(correlation: &mut Correlation, document: &[u8]) -> Vec<SentFault> {
    let mut message = MessageReader::parse(document).unwrap();
    let mut faults = Vec::new();
    if let Some(header) = message.header() {
        faults.extend(correlation.sent_header(header).err());
    }
    while let Some(command) = message.next_command().unwrap() {
        faults.extend(correlation.sent(command).err());
    }
    faults
}

/// Answers; gives what each answer refers to, and what is wrong with it.
fn answer(correlation: &mut Correlation, document: &[u8]) -> Vec<(Option<String>, Option<AnswerFault>)> {
    let mut message = MessageReader::parse(document).unwrap();
    let mut answers = Vec::new();
    while let Some(command) = message.next_command().unwrap() {
        if let Some(answer) = correlation.answered(command) {
            answers.push((answer.command.map(|command| command.cmd_id().to_owned()), answer.fault));
        }
    }
    answers
}

/// What is wrong with the answers.
fn faults(correlation: &mut Correlation, answers: &str) -> Vec<AnswerFault> {
    answer(correlation, message("1", answers).as_bytes()).into_iter().filter_map(|(_, fault)| fault).collect()
}

/// Message and command of each that waits.
fn open(correlation: &Correlation) -> Vec<String> {
    correlation.unanswered().map(|command| format!("{}/{}", command.msg_id(), command.cmd_id())).collect()
}

/// `CmdRef`, `MsgRef`: a command is known by its message and its id; the header is command 0.
#[test]
fn answers_come_over_several_messages() {
    let mut correlation = Correlation::new();
    let first = message("1", &(request("Replace", "1", &["./A"]) + &request("Exec", "2", &["./B"])));
    assert_eq!(send(&mut correlation, first.as_bytes()), []);
    assert_eq!(open(&correlation), ["1/0", "1/1", "1/2"]);

    let answers = status("1", "0", "SyncHdr", &[], 212) + &status("1", "2", "Exec", &[], 202);
    assert_eq!(faults(&mut correlation, &answers), []);
    assert_eq!(open(&correlation), ["1/1"]);

    // the same id in the next message is another command
    assert_eq!(send(&mut correlation, message("2", &request("Delete", "1", &["./C"])).as_bytes()), []);
    assert_eq!(open(&correlation), ["1/1", "2/0", "2/1"]);
    let answers = status(" 2 ", "\n1 ", " Delete", &[], 404) + &status("1", "1", "Replace", &[], 200);
    assert_eq!(faults(&mut correlation, &answers), []);
    assert_eq!(open(&correlation), ["2/0"]);
    assert_eq!(correlation.command("2", "1").unwrap().status(), Some(StatusCode::NOT_FOUND));
    assert_eq!(correlation.command("1", "1").unwrap().status(), Some(StatusCode::OK));
    assert_eq!(correlation.command("1", "3").map(|command| command.cmd_id().to_owned()), None);
}

/// `Atomic`, `Sequence`, `Sync`: the group has a status of its own, and so has every command in it.
#[test]
fn groups_and_their_commands_are_answered_each() {
    let inner = format!("<Sequence><CmdID>3</CmdID>{}</Sequence>", request("Add", "4", &["./A"]));
    let atomic = format!(
        "<Atomic><CmdID>1</CmdID>{}{inner}{}</Atomic>",
        request("Add", "2", &["./B"]),
        request("Add", "5", &["./C"])
    );
    let sync = format!(
        "<Sync><CmdID>6</CmdID><Target><LocURI>a</LocURI></Target>{}<Atomic><CmdID>8</CmdID>{}</Atomic></Sync>",
        request("Add", "7", &["1"]),
        request("Add", "9", &["2"])
    );
    let after = request("Add", "10", &["./D"]);
    let text = message("1", &(atomic + &sync + &after)).into_bytes();
    let binary = support::to_wbxml(MessageReader::parse(&text).unwrap()).unwrap();
    for document in [text, binary] {
        let mut correlation = Correlation::new();
        assert_eq!(send(&mut correlation, &document), []);
        let groups: Vec<_> = correlation
            .unanswered()
            .map(|command| (command.cmd_id(), correlation.group(command).map(|group| group.name().unwrap())))
            .collect();
        let (atomic, sequence, sync) = (Some("Atomic"), Some("Sequence"), Some("Sync"));
        let expected = [
            ("0", None),
            ("1", None),
            ("2", atomic),
            ("3", atomic),
            ("4", sequence),
            ("5", atomic),
            ("6", None),
            ("7", sync),
            ("8", sync),
            ("9", atomic),
            ("10", None),
        ];
        assert_eq!(groups, expected);
        let names = ["SyncHdr", "Atomic", "Add", "Sequence", "Add", "Add", "Sync", "Add", "Atomic", "Add"];
        let answers = names.iter().enumerate().map(|(id, name)| status("1", &id.to_string(), name, &[], 507));
        assert_eq!(faults(&mut correlation, &answers.collect::<String>()), []);
        assert_eq!(open(&correlation), ["1/10"]);
    }
}

/// `Status`: one for all items of a command, or one for each of them.
#[test]
fn items_are_answered_together_or_one_by_one() {
    let three = request("Add", "1", &["./A", "./B", "./C"]);
    let part = |target, code| status("1", "1", "Add", &[target], code);
    let cases: [(String, usize, &[AnswerFault]); 9] = [
        (status("1", "1", "Add", &[], 200), 0, &[]),
        (part("./A", 200), 2, &[]),
        (part("./A", 200) + &part("./B", 418) + &part("./C", 200), 0, &[]),
        (status("1", "1", "Add", &["./A", "./B", "./C"], 200), 0, &[]),
        (status("1", "1", "Add", &["./A", "./C"], 200) + &part("./B", 500), 0, &[]),
        (part("./A", 200) + &part("./A", 200), 2, &[AnswerFault::Duplicate]),
        (part("./A", 200) + &status("1", "1", "Add", &[], 200), 0, &[]),
        (status("1", "1", "Add", &[], 200) + &part("./A", 200), 0, &[AnswerFault::Duplicate]),
        (part("./A", 101) + &part("./A", 101), 3, &[]),
    ];
    for (answers, items, expected) in cases {
        let mut correlation = Correlation::new();
        assert_eq!(send(&mut correlation, message("1", &three).as_bytes()), []);
        assert_eq!(faults(&mut correlation, &answers), expected, "{answers}");
        let command = correlation.command("1", "1").unwrap();
        assert_eq!((command.open_items(), command.is_settled()), (items, items == 0), "{answers}");
    }
}

/// Two items of one target are told by their sources.
#[test]
fn items_are_told_by_both_addresses() {
    let pair = |source| {
        format!("<Item><Target><LocURI>./A</LocURI></Target><Source><LocURI>{source}</LocURI></Source></Item>")
    };
    let copy = format!("<Copy><CmdID>1</CmdID>{}{}</Copy>", pair("1"), pair("2"));
    let part = |source: &str| {
        status("1", "1", "Copy", &["./A"], 200).replace("<Data>", &format!("<SourceRef>{source}</SourceRef><Data>"))
    };
    let mut correlation = Correlation::new();
    assert_eq!(send(&mut correlation, message("1", &copy).as_bytes()), []);
    assert_eq!(faults(&mut correlation, &(part("1") + &part("1"))), [AnswerFault::Duplicate]);
    assert_eq!(faults(&mut correlation, &part("2")), []);
    assert_eq!(open(&correlation), ["1/0"]);
}

/// `Results`: a `Get` that succeeds is owed them, after its status; one that fails is not.
#[test]
fn results_are_owed_to_what_succeeds() {
    let ok = |targets: &[&str]| status("1", "1", "Get", targets, 200);
    type Case<'c> = (&'c [&'c str], String, usize, usize, &'c [AnswerFault]);
    let cases: [Case<'_>; 9] = [
        (&["./A"], ok(&[]), 0, 1, &[]),
        (&["./A"], ok(&[]) + &results("1", "1", 1), 0, 0, &[]),
        (&["./A"], ok(&[]) + &results("1", "1", 3), 0, 0, &[]),
        (&["./A"], results("1", "1", 1) + &ok(&[]), 0, 0, &[AnswerFault::BeforeStatus]),
        (&["./A"], status("1", "1", "Get", &[], 404), 0, 0, &[]),
        (&["./A"], status("1", "1", "Get", &[], 215), 0, 0, &[]),
        (&["./A", "./B"], ok(&[]) + &results("1", "1", 1), 0, 1, &[]),
        (&["./A", "./B"], ok(&["./A"]) + &status("1", "1", "Get", &["./B"], 404) + &results("1", "1", 1), 0, 0, &[]),
        (&["./A", "./B"], ok(&["./A"]) + &results("1", "1", 1), 1, 0, &[]),
    ];
    for (items, answers, open_items, open_results, expected) in cases {
        let mut correlation = Correlation::new();
        assert_eq!(send(&mut correlation, message("1", &request("Get", "1", items)).as_bytes()), []);
        assert_eq!(faults(&mut correlation, &answers), expected, "{answers}");
        let command = correlation.command("1", "1").unwrap();
        assert_eq!((command.open_items(), command.open_results()), (open_items, open_results), "{answers}");
    }
}

/// OMA DM Protocol 1.2, 6.3: of a large object in chunks, the last chunk is the item.
#[test]
fn chunks_of_results_are_one_item() {
    let mut correlation = Correlation::new();
    assert_eq!(send(&mut correlation, message("1", &request("Get", "1", &["./A"])).as_bytes()), []);
    let chunk = results("1", "1", 1).replace("<Data/>", "<Data>x</Data><MoreData/>");
    assert_eq!(faults(&mut correlation, &(status("1", "1", "Get", &[], 200) + &chunk + &chunk)), []);
    assert_eq!(open(&correlation), ["1/0", "1/1"]);
    assert_eq!(faults(&mut correlation, &results("1", "1", 1)), []);
    assert_eq!(open(&correlation), ["1/0"]);
}

/// Answers that answer nothing, or not what they say; the command they refer to is told, and keeps waiting.
#[test]
fn faulty_answers_are_told() {
    let cases = [
        (status("1", "9", "Add", &[], 200), None, AnswerFault::Unknown),
        (status("2", "1", "Add", &[], 200), None, AnswerFault::Unknown),
        (status("1", "", "Add", &[], 200), None, AnswerFault::Unknown),
        (status("1", &"1".repeat(99), "Add", &[], 200), None, AnswerFault::Unknown),
        (status("1", "1", "Replace", &[], 200), Some("1"), AnswerFault::OtherCommand),
        (results("1", "1", 1), Some("1"), AnswerFault::NoResultsWanted),
        (results("1", "7", 1), None, AnswerFault::Unknown),
        ("<Status><MsgRef>1</MsgRef><Cmd>Add</Cmd></Status>".to_owned(), None, AnswerFault::NoReference),
        ("<Results><MsgRef>1</MsgRef></Results>".to_owned(), None, AnswerFault::NoReference),
        // a status that is sent is nothing to be answered
        (status("1", "2", "Status", &[], 200), None, AnswerFault::Unknown),
    ];
    for (answers, command, fault) in cases {
        let mut correlation = Correlation::new();
        let sent = request("Add", "1", &["./A"]) + "<Status><CmdID>2</CmdID></Status>";
        assert_eq!(send(&mut correlation, message("1", &sent).as_bytes()), []);
        let told = answer(&mut correlation, message("1", &answers).as_bytes());
        assert_eq!(told, [(command.map(str::to_owned), Some(fault))], "{answers}");
        assert_eq!(open(&correlation), ["1/0", "1/1"], "{answers}");
    }
}

/// OMA DM Representation Protocol 1.2 leaves references out in its examples: the message is the one sent last, a status
/// of `SyncHdr` is one of the header.
#[test]
fn references_that_are_left_out() {
    let mut correlation = Correlation::new();
    send(&mut correlation, message("1", &request("Get", "1", &["./A"])).as_bytes());
    send(&mut correlation, message("2", &request("Get", "1", &["./B"])).as_bytes());
    let answers = status("2", "0", "SyncHdr", &[], 200).replace("<CmdRef>0</CmdRef>", "")
        + &status("2", "1", "Get", &[], 200)
        + &results("2", "1", 1).replace("<MsgRef>2</MsgRef>", "");
    assert_eq!(faults(&mut correlation, &answers), []);
    assert_eq!(open(&correlation), ["1/0", "1/1"]);
}

/// `NoResp`, and `Results`: no status is owed, but one may come.
#[test]
fn nothing_is_owed_where_nothing_is_wanted() {
    let silent = request("Add", "1", &["./A"]).replace("<Item>", "<NoResp/><Item>");
    let sent = silent + "<Get><CmdID>2</CmdID><NoResp/><Item/></Get>" + &results("9", "9", 1).replace(">1<", ">3<");
    let mut correlation = Correlation::new();
    assert_eq!(send(&mut correlation, message("1", &sent).as_bytes()), []);
    assert_eq!(open(&correlation), ["1/0"]);
    let answers =
        status("1", "1", "Add", &[], 200) + &status("1", "2", "Get", &[], 200) + &status("1", "3", "Results", &[], 413);
    assert_eq!(faults(&mut correlation, &answers), []);
    assert_eq!(open(&correlation), ["1/0"]);
    // in the header: nothing in the message
    let sent = message("2", &request("Add", "1", &["./A"])).replace("</SyncHdr>", "<NoResp/></SyncHdr>");
    assert_eq!(send(&mut correlation, sent.as_bytes()), []);
    assert_eq!(open(&correlation), ["1/0"]);
}

/// Commands that cannot be told from others are told to the sender.
#[test]
fn faulty_commands_are_told() {
    let add = request("Add", "1", &["./A"]);
    let cases: [(String, &[SentFault]); 5] = [
        (add.replace("<CmdID>1</CmdID>", ""), &[SentFault::NoId]),
        (add.replace(">1<", "> <"), &[SentFault::NoId]),
        (add.replace(">1<", &format!(">{}<", "1".repeat(65))), &[SentFault::IdTooLong]),
        (add.clone() + &add, &[SentFault::Repeated]),
        (
            "<Map/><Atomic><Get><CmdID>0</CmdID></Get></Atomic>".to_owned(),
            &[SentFault::NoId, SentFault::NoId, SentFault::Repeated],
        ),
    ];
    for (sent, expected) in cases {
        let mut correlation = Correlation::new();
        assert_eq!(send(&mut correlation, message("1", &sent).as_bytes()), expected, "{sent}");
    }
    let mut correlation = Correlation::new();
    assert_eq!(correlation.sent_header(&SyncHdr::default()), Err(SentFault::NoId));
    // a message that is sent a second time
    assert_eq!(send(&mut correlation, message("1", &add).as_bytes()), []);
    assert_eq!(send(&mut correlation, message("1", &add).as_bytes()), [SentFault::Repeated; 2]);
}

/// Memory is bounded: what was answered first is forgotten first, what waits is not.
#[test]
fn memory_is_bounded() {
    let mut correlation = Correlation::with_limits(CorrelationLimits { commands: 3, ..CorrelationLimits::DEFAULT });
    assert_eq!(
        send(&mut correlation, message("1", &(request("Add", "1", &[]) + &request("Add", "2", &[]))).as_bytes()),
        []
    );
    assert_eq!(
        faults(&mut correlation, &(status("1", "2", "Add", &[], 200) + &status("1", "0", "SyncHdr", &[], 200))),
        []
    );
    assert_eq!(send(&mut correlation, message("2", "").as_bytes()), []);
    assert_eq!(open(&correlation), ["1/1", "2/0"]);
    assert!(correlation.command("1", "2").is_none() && correlation.command("1", "0").is_some());
    assert_eq!(faults(&mut correlation, &status("1", "2", "Add", &[], 200)), [AnswerFault::Unknown]);
    assert_eq!(faults(&mut correlation, &status("1", "0", "SyncHdr", &[], 200)), [AnswerFault::Duplicate]);
    let sent = request("Add", "1", &[]) + &request("Add", "2", &[]);
    assert_eq!(send(&mut correlation, message("3", &sent).as_bytes()), [SentFault::TooMany; 2]);
    assert_eq!(open(&correlation), ["1/1", "2/0", "3/0"]);

    // items above the limit are counted
    let mut correlation = Correlation::with_limits(CorrelationLimits { parts: 1, ..CorrelationLimits::DEFAULT });
    assert_eq!(send(&mut correlation, message("1", &request("Add", "1", &["a", "b", "c", "d"])).as_bytes()), []);
    let part = |target| status("1", "1", "Add", &[target], 200);
    assert_eq!(faults(&mut correlation, &(part("a") + &part("a") + &part("b") + &part("b"))), [AnswerFault::Duplicate]);
    assert_eq!(correlation.command("1", "1").unwrap().open_items(), 1);
}

/// A session of 200 messages with 100 commands each is remembered up to the limit, the latest of it.
#[test]
fn long_sessions() {
    let mut correlation = Correlation::with_limits(CorrelationLimits { commands: 250, ..CorrelationLimits::DEFAULT });
    for id in 1..=200 {
        let id = id.to_string();
        let ids: Vec<String> = (1..=100).map(|id| id.to_string()).collect();
        let sent = ids.iter().map(|cmd_id| request("Replace", cmd_id, &["./A"])).collect::<String>();
        assert_eq!(send(&mut correlation, message(&id, &sent).as_bytes()), []);
        let answers = ids.iter().map(|cmd_id| status(&id, cmd_id, "Replace", &["./A"], 200)).collect::<String>();
        assert_eq!(faults(&mut correlation, &(status(&id, "0", "SyncHdr", &[], 200) + &answers)), []);
    }
    assert_eq!(open(&correlation), [""; 0]);
    assert!(correlation.command("200", "100").is_some() && correlation.command("198", "100").is_some());
    assert!(correlation.command("197", "1").is_none());
}

/// A status that was made here, not read.
#[test]
fn statuses_that_are_not_read() {
    let mut correlation = Correlation::new();
    send(&mut correlation, message("1", &request("Add", "1", &["./A", "./B"])).as_bytes());
    let mut status = syncml::Status::default();
    status.cmd_ref = Some(Text::new("1"));
    status.target_ref = Some(Text::new("./A"));
    status.code = Some(Text::new("200"));
    let answer = correlation.answered(&Command::Status(status)).unwrap();
    assert_eq!((answer.command.unwrap().open_items(), answer.fault), (1, None));
}

/// What is wrong in the sessions of the corpus, and how often.
///
/// The clients of Funambol and Sync4j never answer the server's `Get`, the server does not answer all that a P900
/// sends, and the Synthesis client's answers are one off the numbers of the server's commands: the server's messages
/// have been made anew since. Nobody answers the header of a last message.
const FAULTS: &[(&str, usize)] = &[
    ("client's Delete waits", 2),
    ("client's Replace waits", 9),
    ("server's Add waits", 2),
    ("server's Delete waits", 1),
    ("server's Get waits", 68),
    ("server's Replace waits", 1),
    ("server's Sync waits", 4),
    ("server's SyncHdr waits", 27),
    ("the answer names another command than the one it refers to", 4),
    ("the answer refers to no command that waits for one", 4),
];

/// The sessions of the corpus: messages of client and server by turns.
#[test]
fn real_sessions() {
    /// By number and whether it is the server's.
    type Messages = BTreeMap<(String, bool), Vec<u8>>;
    let mut sessions: BTreeMap<(String, String), Messages> = BTreeMap::new();
    for document in support::corpus("syncml-ds/") {
        let Some((name, rest)) = document.path.rsplit_once("-syncml-") else { continue };
        let Some((side, number)) = rest.trim_end_matches(".xml").split_once('-') else { continue };
        if !name.contains("horde-") || number.len() != 2 {
            continue;
        }
        let (session, message) = number.split_at(1);
        let messages = sessions.entry((name.to_owned(), session.to_owned())).or_default();
        messages.insert((message.to_owned(), side == "server"), document.octets);
    }
    let (mut answers, mut found) = (0_usize, BTreeMap::new());
    for ((name, session), messages) in &sessions {
        // commands of the client, commands of the server
        let mut sides = [Correlation::new(), Correlation::new()];
        for ((message, is_server), octets) in messages {
            let [client, server] = &mut sides;
            let (asks, is_asked) = if *is_server { (server, client) } else { (client, server) };
            for fault in send(asks, octets) {
                *found.entry(format!("{fault}")).or_insert(0_usize) += 1;
            }
            for (command, fault) in answer(is_asked, octets) {
                answers += 1;
                if let Some(fault) = fault {
                    println!("{name} {session}{message} {is_server}: {command:?}: {fault}");
                    *found.entry(format!("{fault}")).or_default() += 1;
                }
            }
        }
        for (side, correlation) in ["client", "server"].iter().zip(&sides) {
            for command in correlation.unanswered() {
                println!(
                    "{name} {session}: {side}'s {}/{} {:?} waits",
                    command.msg_id(),
                    command.cmd_id(),
                    command.name()
                );
                *found.entry(format!("{side}'s {} waits", command.name().unwrap())).or_default() += 1;
            }
        }
    }
    println!("{} sessions, {answers} answers: {found:?}", sessions.len());
    if !sessions.is_empty() {
        assert!(found.iter().map(|(fault, count)| (fault.as_str(), *count)).eq(FAULTS.iter().copied()), "{found:#?}");
    }
}

/// A step of an arbitrary session.
#[derive(Clone, Debug)]
enum Step {
    /// A message with commands of so many items.
    Send(Vec<usize>),
    /// A status for a command of a message, for one item or for all.
    Answer { message: usize, command: usize, item: Option<usize> },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let send = prop::collection::vec(1_usize..4, 0..4).prop_map(Step::Send);
    let answer = (0_usize..4, 0_usize..5, prop::option::of(0_usize..3));
    let answer = answer.prop_map(|(message, command, item)| Step::Answer { message, command, item });
    prop::collection::vec(prop_oneof![1 => send, 4 => answer], 0..40)
}

proptest! {
    /// What waits, and what an answer is, are as in a list of the items that have no status.
    #[test]
    fn arbitrary_sessions(steps in steps()) {
        let mut correlation = Correlation::new();
        let mut waiting: Vec<(String, String, Vec<String>)> = Vec::new();
        let mut messages = 0_usize;
        for step in steps {
            match step {
                Step::Send(commands) => {
                    let number = messages.to_string();
                    messages = messages.saturating_add(1);
                    let mut sent = String::new();
                    waiting.push((number.clone(), "0".to_owned(), vec!["0".to_owned()]));
                    for (id, count) in (1_usize..).zip(commands) {
                        let items: Vec<String> = (0..count).map(|item| item.to_string()).collect();
                        let uris: Vec<&str> = items.iter().map(String::as_str).collect();
                        sent.push_str(&request("Replace", &id.to_string(), &uris));
                        waiting.push((number.clone(), id.to_string(), items));
                    }
                    prop_assert_eq!(send(&mut correlation, message(&number, &sent).as_bytes()), []);
                }
                Step::Answer { message, command, item } => {
                    let (message, command) = (message.to_string(), command.to_string());
                    let name = if command == "0" { "SyncHdr" } else { "Replace" };
                    let of = waiting.iter_mut().find(|(of, id, _)| *of == message && *id == command);
                    let (expected, item) = match (of, item) {
                        (None, item) => (Some(AnswerFault::Unknown), item.map(|item| item.to_string())),
                        (Some((_, _, open)), None) => {
                            let is_done = open.is_empty();
                            open.clear();
                            (is_done.then_some(AnswerFault::Duplicate), None)
                        }
                        (Some((_, _, open)), Some(item)) => {
                            let count = correlation.command(&message, &command).unwrap().items();
                            let item = (item % count).to_string();
                            let at = open.iter().position(|open| *open == item);
                            if let Some(at) = at {
                                open.remove(at);
                            }
                            (at.is_none().then_some(AnswerFault::Duplicate), Some(item))
                        }
                    };
                    let targets: Vec<&str> = item.iter().map(String::as_str).collect();
                    let told = faults(&mut correlation, &status(&message, &command, name, &targets, 200));
                    prop_assert_eq!(told.first().copied(), expected);
                }
            }
            let expected: Vec<String> = waiting
                .iter()
                .filter(|(_, _, open)| !open.is_empty())
                .map(|(message, id, _)| format!("{message}/{id}"))
                .collect();
            prop_assert_eq!(open(&correlation), expected);
        }
    }
}
