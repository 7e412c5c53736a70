//! Settings that come by Device Management: commands on the nodes of the PoC management object.

mod object;

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use syncml::dm::mgmt_tree::TndsObject;
use syncml::{Command, Item, MessageReader, Request};
use wbxml::vocabulary::syncml::tag;
use wbxml::{Cursor, Decode, Limits, Start, Text};

use self::object::Planted;
use crate::error::Error;
use crate::room::Room;
use crate::settings::PocSettings;
use crate::tree::{Action, Change, Fault, Tree};

impl PocSettings<'_> {
    /// Applies a message in WBXML or, with the feature `xml`, in XML: what it adds, replaces and deletes of PoC
    /// accounts. Commands on other objects are passed over. If anything is wrong, nothing is changed.
    ///
    /// A node is known for an account by its type, by an `AppID` of PoC, or by a leaf that only PoC has; which of its
    /// nodes the message names first does not matter. An account that came by Client Provisioning has no node: the
    /// first node that a message names becomes its own, unless the message gives that node another provider. The same
    /// holds for its references.
    ///
    /// ```
    /// # #[cfg(feature = "xml")] {
    /// let mut settings = poc_mo::PocSettings::new();
    /// settings.apply_dm(
    ///     b"<SyncML><SyncHdr/><SyncBody><Replace><CmdID>1</CmdID><Item>
    ///         <Target><LocURI>./PoC/Example/T11Timer</LocURI></Target><Data>6000</Data>
    ///       </Item></Replace></SyncBody></SyncML>",
    /// )?;
    /// assert_eq!(settings.accounts().next().unwrap().t11_ms, Some(6000));
    /// assert_eq!(settings.instances()[0].node.as_deref(), Some("PoC/Example"));
    /// # }
    /// # Ok::<(), poc_mo::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Dm`](crate::ErrorKind::Dm) if the message is faulty; [`Value`](crate::ErrorKind::Value),
    /// [`NotText`](crate::ErrorKind::NotText), [`Chunked`](crate::ErrorKind::Chunked) at the item of a node of PoC;
    /// [`TooLong`](crate::ErrorKind::TooLong).
    pub fn apply_dm(&mut self, message: &[u8]) -> Result<(), Error> {
        self.apply_commands(MessageReader::parse(message)?)
    }

    /// Applies the commands that `message` has left.
    ///
    /// # Errors
    /// As [`apply_dm`](Self::apply_dm).
    pub fn apply_commands<'a, C: Cursor<'a>>(&mut self, mut message: MessageReader<'a, C>) -> Result<(), Error> {
        let mut room = Room::new();
        let mut wishes = Vec::new();
        while let Some(command) = message.next_command()? {
            match &command {
                Command::Add(request) | Command::Replace(request) => {
                    read(request, &mut room, &mut wishes, |item| wanted(item, request))?;
                }
                Command::Delete(request) => read(request, &mut room, &mut wishes, |_| Action::Delete)?,
                _ => {}
            }
        }
        let mut changes = Vec::new();
        for wish in &wishes {
            match wish {
                Wish::Change(change) => changes.push(change.clone()),
                Wish::Object(nodes) => changes.extend(nodes.iter().map(Planted::change)),
            }
        }
        let mut tree = Tree::new(&self.profile, self.instances.clone(), &changes, room)?;
        for change in &changes {
            tree.apply(change).map_err(|error| error.or_at(change.offset))?;
        }
        self.instances = tree.into_instances();
        Ok(())
    }
}

/// What an item of a command wants.
#[derive(Debug)]
enum Wish<'a> {
    /// Something of one node.
    Change(Change<'a>),
    /// The nodes of a serialised tree.
    Object(Vec<Planted>),
}

/// Reads the items of a command, each with its place in the document.
fn read<'a>(
    request: &Request<'a>,
    room: &mut Room,
    wishes: &mut Vec<Wish<'a>>,
    action: impl Fn(&Item<'a>) -> Action<'a>,
) -> Result<(), Error> {
    let Some(content) = request.content else { return Ok(()) };
    // the message's reader has read all this once, within its limits
    let mut reader = content.reader(Limits::NONE).map_err(syncml::Error::from)?;
    while let Some(child) = reader.next_child(Start::CONTENT).map_err(syncml::Error::from)? {
        let offset = reader.span().start;
        if child.tag != tag::ITEM {
            reader.skip(child).map_err(syncml::Error::from)?;
            continue;
        }
        let item = Item::decode(&mut reader, child)?;
        let Some(uri) = item.target.and_then(|target| target.uri) else { continue };
        let uri = room.text(uri, "LocURI").map_err(|error| error.or_at(offset))?;
        let object = TndsObject::in_item(&item, &request.meta)?;
        if let Some(object) = object {
            wishes.push(Wish::Object(object::nodes(&object, &uri, offset, room)?));
        } else if let Some(path) = node_path(uri) {
            wishes.push(Wish::Change(Change { path, action: action(&item), offset }));
        }
    }
    Ok(())
}

/// What an item of `Add` or `Replace` wants.
fn wanted<'a>(item: &Item<'a>, request: &Request<'a>) -> Action<'a> {
    let format = item.meta.format.or(request.meta.format);
    if format.is_some_and(|format| format == *"node") {
        return Action::Node(item.meta.type_.or(request.meta.type_));
    }
    match item.data_text() {
        _ if item.more_data => Action::Unreadable(Fault::Chunked),
        Some(text) => Action::Leaf(text),
        None if item.data.is_none() => Action::Leaf(Text::EMPTY),
        None => Action::Unreadable(Fault::NotText),
    }
}

/// The node that a URI names, without `./` in front (OMA DM Tree and Description 1.2, 6.1); `None` for the root and for
/// a property of a node.
pub(crate) fn node_path(uri: Cow<'_, str>) -> Option<Cow<'_, str>> {
    if uri.contains('?') {
        return None;
    }
    let path = match uri {
        // what is escaped without need is the same as what is not (RFC 2396, 2.3)
        uri if uri.contains('%') => Cow::Owned(unescaped(node_of(&uri))),
        Cow::Borrowed(uri) => Cow::Borrowed(node_of(uri)),
        Cow::Owned(uri) => Cow::Owned(String::from(node_of(&uri))),
    };
    (!path.is_empty() && path != ".").then_some(path)
}

pub(crate) fn node_of(uri: &str) -> &str {
    let path = uri.trim().trim_end_matches('/');
    path.strip_prefix("./").unwrap_or(path)
}

/// The path with those characters as themselves that need no escape in a URI.
fn unescaped(path: &str) -> String {
    let mut pieces = path.split('%');
    let mut unescaped = String::from(pieces.next().unwrap_or_default());
    for piece in pieces {
        let octet = piece.get(..2).filter(|hex| hex.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let character = octet.and_then(|hex| u8::from_str_radix(hex, 16).ok()).map(char::from);
        match character.filter(|character| character.is_ascii_alphanumeric() || "-_.!~*'()".contains(*character)) {
            Some(character) => {
                unescaped.push(character);
                unescaped.push_str(piece.get(2..).unwrap_or_default());
            }
            None => {
                unescaped.push('%');
                unescaped.push_str(piece);
            }
        }
    }
    unescaped
}
