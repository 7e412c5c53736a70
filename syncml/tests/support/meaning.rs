//! What a message means, whatever form the documents in it have: device information and trees in octets, as elements and
//! as text are one.

use super::support::{said_by_command, said_by_header};
use syncml::devinf::DevInf;
use syncml::dm::mgmt_tree::MgmtTree;
use syncml::{Command, Error, Item, Items, MessageReader};
use wbxml::{Data, Encode, Limits, Piece, Text, xml};

/// What a message or a fragment says: the header if there is one, each command, whether it is final. But that of what
/// somebody has made WBXML or XML it is said so in the type: `…+wbxml`, `…+xml`.
pub(crate) fn said_by(mut message: MessageReader<'_>) -> Result<Vec<String>, Error> {
    let mut said = vec![message.header().map_or_else(String::new, said_by_header)];
    while let Some(command) = message.next_command()? {
        with_documents(command, document_of, |command| said.push(said_by_command(command).unwrap()))?;
    }
    said.push(format!("Final: {}", message.is_final()));
    Ok(said.iter().map(|said| said.replace("+wbxml", "+xml")).collect())
}

fn document_of(document: &Document) -> Data<'_> {
    match document {
        Document::DevInf(text) | Document::Tree(text) => Data::Text(Text::new(text)),
    }
}

/// A document in the data of an item, as XML.
pub(crate) enum Document {
    DevInf(String),
    Tree(String),
}

/// Hands over the command, with what `data` makes of the documents in its items in their place.
pub(crate) fn with_documents(
    command: &Command<'_>,
    data: impl Fn(&Document) -> Data<'_>,
    receive: impl FnOnce(&Command<'_>),
) -> Result<(), Error> {
    let mut command = *command;
    let mut listed: Vec<Item<'_>> = items(&mut command).map_or(Ok(Vec::new()), |items| items.iter().collect())?;
    let documents: Vec<_> = listed.iter().map(|item| item.data.as_ref().and_then(document)).collect();
    for (item, document) in listed.iter_mut().zip(&documents) {
        if let Some(document) = document {
            item.data = Some(data(document));
        }
    }
    if let Some(place) = items(&mut command) {
        *place = Items::of(&listed);
    }
    receive(&command);
    Ok(())
}

/// The items of a command that has some.
fn items<'c, 'a>(command: &'c mut Command<'a>) -> Option<&'c mut Items<'a>> {
    match command {
        Command::Add(request)
        | Command::Copy(request)
        | Command::Delete(request)
        | Command::Exec(request)
        | Command::Get(request)
        | Command::Move(request)
        | Command::Put(request)
        | Command::Replace(request) => Some(&mut request.items),
        Command::Alert(alert) => Some(&mut alert.items),
        Command::Results(results) => Some(&mut results.items),
        Command::Status(status) => Some(&mut status.items),
        _ => None,
    }
}

fn document(data: &Data<'_>) -> Option<Document> {
    let of_device = |device: DevInf<'_>| {
        let mut out = Vec::new();
        device.encode(&mut xml::Writer::new(&mut out, device.vocabulary())).unwrap();
        Document::DevInf(String::from_utf8(out).unwrap())
    };
    if let Ok(Some(device)) = DevInf::of_data(data) {
        return Some(of_device(device));
    }
    let tree = match data {
        Data::Markup(markup) => MgmtTree::from_markup(markup, Limits::DEFAULT).ok()?,
        Data::Opaque(octets) => MgmtTree::parse(octets).ok()?,
        Data::Text(text) => {
            // XML in several pieces
            let text = text.to_cow().ok();
            let device = text.as_ref().and_then(|text| DevInf::parse(text.as_bytes()).ok().map(of_device));
            let tree = text.as_ref().and_then(|text| Some(MgmtTree::parse(text.as_bytes()).ok()?.to_xml().unwrap()));
            return device.or(tree.map(Document::Tree)).or_else(|| {
                // white space around octets
                data_pieces(data)
                    .find_map(|octets| Some(Document::Tree(MgmtTree::parse(octets).ok()?.to_xml().unwrap())))
            });
        }
    };
    Some(Document::Tree(tree.to_xml().unwrap()))
}

/// The octets of each string and each `OPAQUE` of a text.
fn data_pieces<'a>(data: &Data<'a>) -> impl Iterator<Item = &'a [u8]> + use<'a> {
    let text = if let Data::Text(text) = data { *text } else { Text::EMPTY };
    text.pieces().filter_map(|piece| match piece {
        Ok(Piece::Text(piece)) => Some(piece.octets()),
        _ => None,
    })
}
