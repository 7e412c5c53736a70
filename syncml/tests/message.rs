//! A collected message says what the flat one says, whatever it borrows, and in any order.

#![cfg(feature = "xml")]
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests: to stop is how they fail"
)]

mod support;

use support::{said, said_by_command, said_by_header};
use syncml::{Command, Message, MessageReader};
use wbxml::vocabulary::syncml::{SYNCML_1_2, tag};
use wbxml::{Writer, xml};

/// What the commands say, one by one, without the ends of groups.
fn flat(octets: &[u8]) -> Vec<String> {
    let mut reader = MessageReader::parse(octets).unwrap();
    let mut commands = Vec::new();
    while let Some(command) = reader.next_command().unwrap() {
        if !matches!(command, Command::End) {
            commands.push(said_by_command(command).unwrap());
        }
    }
    commands
}

fn collected(message: &Message<'_>) -> Vec<String> {
    message.commands().map(|command| said_by_command(&command.command().unwrap()).unwrap()).collect()
}

fn check(name: &str, octets: &[u8]) {
    let flat = flat(octets);
    let message = Message::parse(octets).unwrap();
    assert_eq!(collected(&message), flat, "{name}");
    let reader = MessageReader::parse(octets).unwrap();
    let header = message.header().unwrap();
    assert_eq!(header.as_ref().map(said_by_header), reader.header().map(said_by_header), "{name}");

    let owned: Message<'static> = message.clone().into_owned();
    assert_eq!(collected(&owned), flat, "{name}");
    // the last first: no command depends on another one having been read
    for index in (0..owned.len()).rev() {
        let command = owned.get(index).unwrap();
        assert_eq!(said_by_command(&command.command().unwrap()).unwrap(), flat[index], "{name}");
    }

    let mut wbxml = Vec::new();
    if message.write(Writer::new(&mut wbxml, &SYNCML_1_2).unwrap()).is_err() {
        // a name that no vocabulary has
        return;
    }
    let (said, end) = said(reader);
    assert_eq!(end, Ok(()));
    let again = support::said_by(&wbxml).unwrap();
    assert_eq!((again.commands, again.is_final), (said.commands, said.is_final), "{name}");
}

#[test]
fn fixtures() {
    for fixture in ["hex", "xml"].into_iter().flat_map(support::fixtures) {
        check(&fixture.name, &fixture.octets);
    }
}

/// Real messages: the namespaces that are in scope at a command are those of the elements around it.
#[test]
fn corpus() {
    let mut count = 0_usize;
    for document in ["syncml-dm/", "syncml-ds/"].into_iter().flat_map(support::corpus) {
        let is_message = MessageReader::parse(&document.octets).is_ok_and(|message| said(message).1.is_ok());
        assert_eq!(Message::parse(&document.octets).is_ok(), is_message, "{}", document.path);
        if is_message {
            check(&document.path, &document.octets);
            count += 1;
        }
    }
    println!("{count} messages collected");
}

/// SyncML Representation Protocol, `Atomic`, `Sequence`, `Sync`: who stands in what.
#[test]
fn groups() {
    let text = "<SyncML><SyncBody><Atomic><CmdID>1</CmdID><Get><CmdID>2</CmdID></Get>\
        <Sequence><CmdID>3</CmdID><Atomic/><Add><CmdID>5</CmdID></Add></Sequence><Sync><CmdID> 6 </CmdID></Sync></Atomic>\
        <Alert><CmdID>7</CmdID></Alert></SyncBody></SyncML>";
    let message = Message::parse(text.as_bytes()).unwrap().into_owned();
    let tags: Vec<_> = message.commands().map(|command| command.tag()).collect();
    let expected = [tag::ATOMIC, tag::GET, tag::SEQUENCE, tag::ATOMIC, tag::ADD, tag::SYNC, tag::ALERT];
    assert_eq!(tags, expected);
    let groups: Vec<_> = message.commands().map(|command| command.group().map(|group| group.index())).collect();
    assert_eq!(groups, [None, Some(0), Some(0), Some(2), Some(2), Some(0), None]);
    let members = |index| message.get(index).unwrap().members().map(|member| member.index()).collect::<Vec<_>>();
    assert_eq!((members(0), members(2)), (vec![1, 2, 5], vec![3, 4]));
    for index in [1, 3, 4, 5, 6] {
        assert!(members(index).is_empty(), "{index}");
    }
    assert_eq!(message.find("6").unwrap().map(|command| command.index()), Some(5));
    assert!(message.find("4").unwrap().is_none());
    for command in message.commands() {
        assert!(text[command.offset()..].starts_with('<'), "{}", command.offset());
        assert!(text[command.offset() + 1..].starts_with(SYNCML_1_2.tag_name(command.tag()).unwrap()));
    }
    let mut again = Vec::new();
    message.write(xml::Writer::document(&mut again, &SYNCML_1_2)).unwrap();
    assert_eq!(flat(&again), flat(text.as_bytes()));
}
