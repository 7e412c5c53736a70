//! Writing, into a buffer that is used again and again.

use syncml::{Command, SyncHdr};
use wbxml::vocabulary::syncml::SYNCML_1_2;
use wbxml::{Event, Header, Options, Reader, Writer};

use crate::inputs::{Draft, KNOWN, write};

/// The events of a document, and a buffer for them.
#[derive(Debug)]
pub struct Events<'a> {
    header: Header<'a>,
    events: Vec<Event<'a>>,
    buffer: Vec<u8>,
}

impl<'a> Events<'a> {
    pub(crate) fn new(document: &'a [u8]) -> Self {
        let mut reader = Reader::new(document, Options::new().vocabularies(&KNOWN)).expect("the inputs are documents");
        let header = *reader.header();
        let mut events = Vec::new();
        loop {
            match reader.next_event().expect("the inputs are documents") {
                Event::Eof => return Self { header, events, buffer: Vec::with_capacity(2 * document.len()) },
                event => events.push(event),
            }
        }
    }

    /// Writes them.
    pub(crate) fn encode(&mut self) -> usize {
        self.buffer.clear();
        let mut writer = Writer::with_header(&mut self.buffer, &self.header).expect("the buffer has room");
        for event in &self.events {
            writer.event(event).expect("the buffer has room");
        }
        self.buffer.len()
    }
}

/// Typed commands, and a buffer for them.
#[derive(Debug)]
pub struct Commands<'d> {
    header: SyncHdr<'d>,
    commands: Vec<Command<'d>>,
    buffer: Vec<u8>,
}

impl<'d> Commands<'d> {
    pub(crate) fn new(draft: &'d Draft) -> Self {
        let mut commands = Self { header: draft.header(), commands: draft.commands(), buffer: Vec::new() };
        // the first time makes room for all others
        commands.encode();
        commands
    }

    /// Writes them.
    pub(crate) fn encode(&mut self) -> usize {
        self.buffer.clear();
        let writer = Writer::new(&mut self.buffer, &SYNCML_1_2).expect("the buffer has room");
        write(writer, &self.header, &self.commands).expect("the buffer has room");
        self.buffer.len()
    }
}
