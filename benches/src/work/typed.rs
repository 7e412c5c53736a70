//! Typed values: commands, characteristics, nodes.

use omacp::ProvisioningDoc;
use syncml::dm::mgmt_tree::{MgmtTree, Value};
use syncml::{Command, Item, Message, MessageReader};
use wbxml::{Data, Text};

/// Every command of a message with all its fields, text unchecked.
#[must_use]
pub fn message(document: &[u8]) -> usize {
    commands(document, |text| text.as_plain().map_or(0, |text| text.octets().len()))
}

/// The same, with every field read as `&str`.
#[must_use]
pub fn message_str(document: &[u8]) -> usize {
    commands(document, |text| text.as_str().map_or(0, str::len))
}

fn commands(document: &[u8], weigh: impl Fn(&Text<'_>) -> usize) -> usize {
    let mut message = MessageReader::from_wbxml(document).expect("the inputs are messages");
    let mut sum = message.header().map_or(0, |header| header.msg_id.as_ref().map_or(0, &weigh));
    while let Some(command) = message.next_command().expect("the inputs are messages") {
        sum += weigh_command(command, &weigh);
    }
    sum
}

fn weigh_command(command: &Command<'_>, weigh: &impl Fn(&Text<'_>) -> usize) -> usize {
    let field = |text: &Option<Text<'_>>| text.as_ref().map_or(0, weigh);
    let item = |item: &Item<'_>| {
        let mut sum =
            field(&item.target.and_then(|target| target.uri)) + field(&item.source.and_then(|source| source.uri));
        sum += field(&item.meta.format) + field(&item.meta.type_);
        sum + match &item.data {
            Some(Data::Text(text)) => weigh(text),
            Some(Data::Opaque(octets)) => octets.len(),
            _ => 0,
        }
    };
    let (sum, items) = match command {
        Command::Add(request) | Command::Get(request) | Command::Replace(request) | Command::Delete(request) => {
            (field(&request.cmd_id), &request.items)
        }
        Command::Status(status) => {
            let fields =
                [&status.cmd_id, &status.msg_ref, &status.cmd_ref, &status.cmd, &status.target_ref, &status.code];
            (fields.map(field).iter().sum(), &status.items)
        }
        Command::Results(results) => {
            ([&results.cmd_id, &results.msg_ref, &results.cmd_ref].map(field).iter().sum(), &results.items)
        }
        _ => return 0,
    };
    sum + items.iter().map(|read| item(&read.expect("the inputs are messages"))).sum::<usize>()
}

/// A message that is kept: its commands can be looked up in any order.
#[must_use]
pub fn collect(document: &[u8]) -> usize {
    Message::parse(document).expect("the inputs are messages").len()
}

/// A provisioning document as its characteristics and parms, their values read as `&str`.
#[must_use]
pub fn provisioning(document: &[u8]) -> usize {
    let document = ProvisioningDoc::parse(document).expect("the inputs are documents");
    let mut sum = 0;
    let mut open: Vec<_> = document.characteristics().collect();
    while let Some(characteristic) = open.pop() {
        sum += characteristic.parms().filter_map(|parm| parm.value?.as_str()).map(str::len).sum::<usize>();
        open.extend(characteristic.characteristics());
    }
    sum
}

/// A management tree as its nodes, names and values read as `&str`.
#[must_use]
pub fn tree(document: &[u8]) -> usize {
    let tree = MgmtTree::parse(document).expect("the inputs are trees");
    let mut sum = 0;
    let mut open: Vec<_> = tree.nodes().collect();
    while let Some(node) = open.pop() {
        sum += node.name().and_then(|name| name.as_str()).map_or(0, str::len);
        sum += match node.value() {
            Some(Value::Text(text)) => text.as_str().map_or(0, str::len),
            _ => 0,
        };
        open.extend(node.children());
    }
    sum
}
