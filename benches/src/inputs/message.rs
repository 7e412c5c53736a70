//! Device Management messages: answers and further commands on the nodes of a PoC account.

use syncml::{Command, Item, Items, Location, MessageWriter, Meta, Request, Results, Status, SyncHdr};
use wbxml::vocabulary::syncml::SYNCML_1_2;
use wbxml::{Data, Emit, Text, WriteError, Writer};

/// The nodes that commands are about, their formats and their values.
const NODES: [(&str, &str, &str); 8] = [
    ("MaxAdhocGroupSize", "int", "40"),
    ("IncomingSessionBarring", "bool", "false"),
    ("ConfFactoryURI", "chr", "sip:conference@poc.example.net"),
    ("Name", "chr", "Example PoC"),
    ("SIP/AOR", "chr", "sip:alice@example.net"),
    ("T11Timer", "int", "5000"),
    ("ExploderURI", "chr", "sip:list1@example.net"),
    ("PrivacySettings", "chr", "id;header"),
];

const DEVICE: &str = "IMEI:493005100592800";
const SERVER: &str = "https://dm.example.net/server";

/// The texts of a message: its commands borrow from here.
#[derive(Clone, Debug)]
pub struct Draft {
    rows: Vec<Row>,
}

#[derive(Clone, Debug)]
struct Row {
    /// The `CmdID`, and that of the command that is answered.
    cmd_id: String,
    cmd_ref: String,
    uri: String,
    format: &'static str,
    value: &'static str,
}

impl Draft {
    /// That of a message with so many commands: `Status`, `Get`, `Replace` and `Results` in turn.
    #[must_use]
    pub fn new(commands: usize) -> Self {
        let row = |number: usize| {
            let (leaf, format, value) = NODES[number * 5 % NODES.len()];
            Row {
                cmd_id: (number + 1).to_string(),
                cmd_ref: number.to_string(),
                uri: format!("./PoC/{}/{leaf}", number / 256),
                format,
                value,
            }
        };
        Self { rows: (0..commands).map(row).collect() }
    }

    /// The commands, as typed values.
    #[must_use]
    pub fn commands(&self) -> Vec<Command<'_>> {
        self.rows.iter().enumerate().map(|(number, row)| row.command(number)).collect()
    }

    /// The header, as a typed value.
    #[must_use]
    pub fn header(&self) -> SyncHdr<'_> {
        SyncHdr::dm_1_2("4711", "2", Location::new(DEVICE), Location::new(SERVER))
    }

    pub(super) fn to_wbxml(&self) -> Vec<u8> {
        let writer = Writer::new(Vec::new(), &SYNCML_1_2).expect("a vector has room");
        write(writer, &self.header(), &self.commands()).expect("a vector has room").into_sink()
    }
}

/// Writes a message.
///
/// # Errors
/// If the sink is full.
pub(crate) fn write<E: Emit>(out: E, header: &SyncHdr<'_>, commands: &[Command<'_>]) -> Result<E, WriteError> {
    let mut message = MessageWriter::new(out, header)?;
    for command in commands {
        message.command(command)?;
    }
    message.finish(true)
}

impl Row {
    fn command(&self, number: usize) -> Command<'_> {
        match number % 4 {
            0 => {
                let mut status = Status::default();
                status.cmd_id = Some(Text::new(&self.cmd_id));
                status.msg_ref = Some(Text::new("1"));
                status.cmd_ref = Some(Text::new(&self.cmd_ref));
                status.cmd = Some(Text::new("Replace"));
                status.target_ref = Some(Text::new(&self.uri));
                status.code = Some(Text::new("200"));
                Command::Status(status)
            }
            1 => {
                let mut item = Item::default();
                item.target = Some(Location::new(&self.uri));
                Command::Get(Request::of_item(&self.cmd_id, item))
            }
            2 => {
                let meta = Meta::of_data(self.format, "text/plain");
                Command::Replace(Request::of_item(&self.cmd_id, Item::leaf(&self.uri, meta, self.value)))
            }
            _ => {
                let mut item = Item::default();
                item.source = Some(Location::new(&self.uri));
                item.meta = Meta::of_data(self.format, "text/plain");
                item.data = Some(Data::Text(Text::new(self.value)));
                let mut results = Results::default();
                results.cmd_id = Some(Text::new(&self.cmd_id));
                results.msg_ref = Some(Text::new("1"));
                results.cmd_ref = Some(Text::new(&self.cmd_ref));
                results.items = Items::one(item);
                Command::Results(results)
            }
        }
    }
}

/// A message that carries 75 objects of 3,300 octets, as they are.
pub(super) fn opaque() -> Vec<u8> {
    let rows: Vec<(String, String, Vec<u8>)> = (0..75_usize)
        .map(|number| {
            let octets = (0..3300).map(|at| b"BEGIN:VCARD\nN:Example;Alice\n"[(at + number) % 28]);
            ((number + 1).to_string(), format!("./Card/{number}"), octets.collect())
        })
        .collect();
    let commands: Vec<Command<'_>> = rows
        .iter()
        .map(|(id, uri, octets)| {
            let mut item = Item::leaf(uri, Meta::of_data("bin", "text/x-vcard"), "");
            item.data = Some(Data::Opaque(octets));
            Command::Replace(Request::of_item(id, item))
        })
        .collect();
    let writer = Writer::new(Vec::new(), &SYNCML_1_2).expect("a vector has room");
    write(writer, &Draft { rows: Vec::new() }.header(), &commands).expect("a vector has room").into_sink()
}
