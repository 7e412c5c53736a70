//! Octets → commands → octets, by every road that messages have.
//!
//! A message read as a whole says what the commands say one by one; what is written of it is as long as was foretold,
//! says the same, and is the same when it is written once more; every finding is inside the message; what arrives in
//! chunks is put together or refused.

use syncml::large_object::Reassembler;
use syncml::validate::{Role, Validator};
use syncml::{Command, Correlation, Message, MessageReader, MessageSize, MessageWriter};
use wbxml::vocabulary::syncml::SYNCML_1_2;
use wbxml::{Encoding, Writer};

/// The most findings that are listed.
const LIMIT: usize = 100;

/// Holds the oracle against `input`.
///
/// # Panics
/// If the oracle fails.
pub fn run(input: &[u8]) {
    for role in [Role::Sender, Role::Receiver] {
        let findings = Validator::new(role).limit(LIMIT).validate(input);
        // one more says that there are others
        assert!(findings.len() <= LIMIT + 1);
        for finding in findings {
            assert!(finding.offset <= input.len() && !finding.to_string().is_empty(), "{finding}");
        }
    }
    let Ok(reader) = MessageReader::parse(input) else {
        assert!(Message::parse(input).is_err(), "what has no first command is collected");
        return;
    };
    let flat = commands(reader.clone());
    let collected = Message::parse(input);
    assert_eq!(flat.as_ref().err(), collected.as_ref().err(), "the roads do not end alike");
    let (Ok(flat), Ok(collected)) = (flat, collected) else { return };
    in_any_order(&flat, &collected);
    in_a_session(&reader, &flat);
    written(&reader, &flat, &collected);
}

fn commands(mut reader: MessageReader<'_>) -> Result<Vec<Command<'_>>, syncml::Error> {
    let mut commands = Vec::new();
    while let Some(command) = reader.next_command()? {
        commands.push(*command);
    }
    Ok(commands)
}

/// The last command first, from octets of the message's own.
fn in_any_order(flat: &[Command<'_>], collected: &Message<'_>) {
    let owned = collected.clone().into_owned();
    let mut left = flat.iter().rev().filter(|command| !matches!(command, Command::End));
    for index in (0..owned.len()).rev() {
        let command = owned.get(index).expect("it is one of them").command().expect("it has been read");
        let expected = left.next().expect("there are as many");
        assert_eq!((command.tag(), command.cmd_id()), (expected.tag(), expected.cmd_id()));
    }
    assert!(left.next().is_none());
}

/// Both sides of a session: what is asked is answered, and put together.
fn in_a_session(reader: &MessageReader<'_>, flat: &[Command<'_>]) {
    let (mut correlation, mut reassembler) = (Correlation::new(), Reassembler::new());
    if let Some(header) = reader.header() {
        let _ = correlation.sent_header(header);
    }
    for command in flat {
        let _ = correlation.sent(command);
        reassembler.command(command).for_each(drop);
    }
    for command in flat {
        let _ = correlation.answered(command);
    }
    let _ = (reassembler.end_message(), correlation.unanswered().count());
}

fn written(reader: &MessageReader<'_>, flat: &[Command<'_>], collected: &Message<'_>) {
    let header = reader.header().copied().unwrap_or_default();
    let mut octets = Vec::new();
    let write = |octets: &mut Vec<u8>| {
        let mut message = MessageWriter::new(Writer::new(octets, &SYNCML_1_2)?, &header)?;
        flat.iter().try_for_each(|command| message.command(command))?;
        message.finish(collected.is_final()).map(|_| ())
    };
    // a name that no vocabulary has, a text that is none
    if write(&mut octets).is_err() {
        return;
    }
    let foretold = || {
        let mut size = MessageSize::new(Encoding::Wbxml(&SYNCML_1_2), &header)?;
        flat.iter().try_for_each(|command| size.command(command).map(|_| ()))?;
        size.finished(collected.is_final())
    };
    assert_eq!(foretold().expect("it has been written"), octets.len());

    let again = Message::parse(&octets).expect("what was written can be read");
    let what = |message: &Message<'_>| message.commands().map(|command| command.tag()).collect::<Vec<_>>();
    assert_eq!((what(&again), again.is_final()), (what(collected), collected.is_final()));
    let mut twice = Vec::new();
    again.write(Writer::new(&mut twice, &SYNCML_1_2).expect("there is room")).expect("it has been written before");
    assert!(twice == octets, "the message differs when it is written again: {octets:02X?} {twice:02X?}");
}

#[test]
fn smoke() {
    // the octets to choose by are for other oracles
    crate::smoke(8000, |input| run(input.get(4..).unwrap_or_default()));
}
