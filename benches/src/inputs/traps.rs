//! Documents that are made to hurt, in any size: the work for twice as many is twice as much.

use std::ops::ControlFlow;

use syncml::{Command, Group, GroupKind, MessageReader};
use wbxml::vocabulary::syncml::SYNCML_1_2;
use wbxml::{
    AnyReader, Decoder, Encoder, Limits, Options, Reader, Strings, Transcript, Tree, Vocabulary, Writer, mb_u_int32,
    transcode,
};

use super::{Draft, KNOWN, write};

/// A document of any size, and what is done to it.
pub struct Trap {
    /// The name in tables and files.
    pub name: &'static str,
    /// The size to begin with.
    pub size: usize,
    /// The document of a size.
    pub document: fn(usize) -> Vec<u8>,
    /// What is done to it.
    pub work: fn(&[u8]) -> usize,
}

impl Trap {
    /// The size to begin with, twice, four and eight times as much.
    #[must_use]
    pub const fn sizes(&self) -> [usize; 4] {
        [self.size, 2 * self.size, 4 * self.size, 8 * self.size]
    }
}

/// All of them.
pub const ALL: [Trap; 13] = [
    Trap { name: "nested elements", size: 2_000, document: nested, work: drive },
    Trap { name: "nested elements, as a tree", size: 2_000, document: nested, work: tree },
    Trap { name: "siblings, as a tree", size: 2_000, document: siblings, work: tree },
    Trap { name: "references to a long string", size: 500, document: references, work: drive },
    Trap { name: "page switches", size: 2_000, document: pages, work: drive },
    Trap { name: "pieces of one value", size: 2_000, document: pieces, work: drive },
    Trap { name: "literal tags", size: 1_000, document: literals, work: drive },
    Trap { name: "long string table", size: 20_000, document: table, work: drive },
    Trap { name: "distinct strings into a table", size: 500, document: distinct, work: encode },
    Trap { name: "one long string, octet by octet", size: 5_000, document: long, work: stream },
    Trap { name: "nested Atomics", size: 500, document: atomics, work: commands },
    Trap { name: "references in a text of XML", size: 2_000, document: xml_references, work: from_xml },
    Trap { name: "comments in a text of XML", size: 2_000, document: xml_comments, work: from_xml },
];

/// A provisioning document with this string table and body.
fn document(table: &[u8], body: &[u8]) -> Vec<u8> {
    let length = mb_u_int32::Encoded::new(u32::try_from(table.len()).expect("a small table"));
    [b"\x03\x0B\x6A", length.as_slice(), table, body].concat()
}

fn nested(size: usize) -> Vec<u8> {
    document(b"", &[vec![0x45; size], vec![0x01; size]].concat())
}

fn siblings(size: usize) -> Vec<u8> {
    document(b"", &[&[0x45][..], &[0x07].repeat(size), &[0x01]].concat())
}

/// The string grows with the document: what is referred to grows by its square, and the work must not.
fn references(size: usize) -> Vec<u8> {
    let table = [&vec![b'a'; size][..], b"\0"].concat();
    document(&table, &[&[0x45][..], &[0x83, 0x00].repeat(size), &[0x01]].concat())
}

fn pages(size: usize) -> Vec<u8> {
    document(b"", &[&[0x45][..], &[0x00, 0x01, 0x07, 0x00, 0x00, 0x07].repeat(size), &[0x01]].concat())
}

fn pieces(size: usize) -> Vec<u8> {
    let pieces = [0x03, b'a', 0x00, 0x85, 0x02, 0x26].repeat(size);
    document(b"", &[&[0x85, 0x06][..], &pieces, &[0x01]].concat())
}

fn literals(size: usize) -> Vec<u8> {
    let (mut table, mut body) = (Vec::new(), vec![0x45]);
    for number in 0..size {
        body.push(0x04);
        body.extend_from_slice(mb_u_int32::Encoded::new(u32::try_from(table.len()).expect("a small table")).as_slice());
        table.extend_from_slice(format!("name-{number}\0").as_bytes());
    }
    body.push(0x01);
    document(&table, &body)
}

/// A table that nothing refers to but one element.
fn table(size: usize) -> Vec<u8> {
    document(&b"abcdefghi\0".repeat(size / 10), b"\x45\x83\x00\x01")
}

/// A message of which hardly a text is like another.
fn distinct(size: usize) -> Vec<u8> {
    Draft::new(size).to_wbxml()
}

fn long(size: usize) -> Vec<u8> {
    document(b"", &[&[0x45, 0x03][..], &vec![b'a'; size], &[0x00, 0x01]].concat())
}

fn atomics(size: usize) -> Vec<u8> {
    let draft = Draft::new(1);
    let ids: Vec<String> = (0..size).map(|number| number.to_string()).collect();
    let open = ids.iter().map(|id| Command::Begin(Group::new(GroupKind::Atomic, id)));
    let commands: Vec<Command<'_>> = open.chain(draft.commands()).chain(ids.iter().map(|_| Command::End)).collect();
    let writer = Writer::new(Vec::new(), &SYNCML_1_2).expect("a vector has room");
    write(writer, &draft.header(), &commands).expect("a vector has room").into_sink()
}

/// The tab, which is the last of what the text holds, is not found without the parser.
fn xml_references(size: usize) -> Vec<u8> {
    ["<SyncML xmlns='SYNCML:SYNCML1.2'>", &"a&amp;$".repeat(size), "\t</SyncML>"].concat().into_bytes()
}

fn xml_comments(size: usize) -> Vec<u8> {
    ["<SyncML xmlns='SYNCML:SYNCML1.2'>", &"a&lt;<!---->".repeat(size), "</SyncML>"].concat().into_bytes()
}

const fn options() -> Options<'static> {
    static VOCABULARIES: [&Vocabulary<'static>; 3] = KNOWN;
    Options::new().vocabularies(&VOCABULARIES).limits(Limits::NONE)
}

fn drive(document: &[u8]) -> usize {
    let mut events = 0;
    let reader = Reader::new(document, options()).expect("a trap is a document");
    let read = reader.drive(|_| {
        events += 1;
        ControlFlow::Continue(())
    });
    read.expect("a trap is a document");
    events
}

fn tree(document: &[u8]) -> usize {
    let tree = Tree::read(document, options()).expect("a trap is a document");
    let copy = tree.clone();
    usize::from(copy == tree)
}

fn stream(document: &[u8]) -> usize {
    let mut decoder = Decoder::new(options());
    let mut events = 0;
    for octet in document.chunks(1) {
        let fed = decoder.feed(octet, |_, _| {
            events += 1;
            ControlFlow::Continue(())
        });
        fed.expect("a trap is a document");
    }
    decoder.finish().expect("a trap is a document");
    events
}

fn commands(document: &[u8]) -> usize {
    let reader = Reader::new(document, options()).expect("a trap is a document");
    let mut message = MessageReader::from_cursor(reader).expect("a trap is a message");
    let mut commands = 0;
    while message.next_command().expect("a trap is a message").is_some() {
        commands += 1;
    }
    commands
}

fn encode(document: &[u8]) -> usize {
    let transcript = Transcript::new(document, options()).expect("a trap is a document");
    Encoder::new(transcript.vocabulary())
        .strings(Strings::WhenItPays)
        .encode(&transcript)
        .expect("a vector has room")
        .len()
}

fn from_xml(document: &[u8]) -> usize {
    let mut reader = AnyReader::new(document, options()).expect("a trap is a document");
    let mut writer = Writer::new(Vec::new(), &SYNCML_1_2).expect("a vector has room");
    transcode(&mut reader, &mut writer).expect("a trap is a document");
    writer.into_sink().len()
}
