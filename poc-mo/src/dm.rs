//! Settings that come by Device Management: commands on the nodes of the PoC management object.

mod object;

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use syncml::dm::bootstrap::{Placement, inbox_path, relocate};
use syncml::dm::mgmt_tree::TndsObject;
use syncml::{Command, Item, MessageReader, Request};
use wbxml::vocabulary::syncml::tag;
use wbxml::{Cursor, Decode, Limits, Start, Text};

use self::object::Planted;
use crate::applied::{Applied, Cause, PassedOver};
use crate::error::Error;
use crate::room::Room;
use crate::settings::{Instance, PocSettings};
use crate::tree::{Action, Change, Fault, INBOX, Tree};

impl PocSettings<'_> {
    /// Applies a message in WBXML or, with the feature `xml`, in XML: what it adds, replaces and deletes of PoC
    /// accounts. Commands on other objects are passed over. If anything is wrong, nothing is changed.
    ///
    /// A node is known for an account by its type, by an `AppID` of PoC, or by a leaf that only PoC has; which of its
    /// nodes the message names first does not matter. A node that no account has becomes the node of the first account
    /// without one to which the message gives no other provider and no other application: one of the same provider
    /// rather than one without, one of the same application rather than one without. If there is none, the account is
    /// new. The same holds for references, in their order.
    ///
    /// What comes to `./Inbox` (OMA-TS-DM_Bootstrap 1.2), and what has no name in a serialised tree, gets its place from
    /// the device: such an account has no node until a message names one. It is the first account of the same application
    /// and provider, else the first one without a node that the message does not contradict, else a new one; several in
    /// one message are several accounts.
    ///
    /// What `Add` gives another value than it had is a [`Conflict`](crate::Conflict).
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
    pub fn apply_dm(&mut self, message: &[u8]) -> Result<Applied, Error> {
        self.apply_commands(MessageReader::parse(message)?)
    }

    /// Rewrites references into the inbox: a device that has found places for what came there says which. References
    /// that lead to no placed node stay as they are.
    ///
    /// ```
    /// use poc_mo::syncml::dm::bootstrap::Placement;
    /// use poc_mo::{Field, Instance, PocAccount, PocSettings};
    ///
    /// let mut account = PocAccount::default();
    /// account.set(Field::ConRef, "./Inbox/Internet")?;
    /// let mut settings = PocSettings::new();
    /// settings.push(Instance::new(account, None));
    /// settings.relocate(&[Placement { from: "Internet", to: "./NAP/1" }]);
    /// assert_eq!(settings.accounts().next().unwrap().con_refs[0].to, "./NAP/1");
    /// # Ok::<(), poc_mo::Error>(())
    /// ```
    pub fn relocate(&mut self, placed: &[Placement<'_>]) {
        for Instance { account, .. } in &mut self.instances {
            for reference in account.con_refs.iter_mut().chain(&mut account.app_refs) {
                let relocated = inbox_path(reference.to.trim_ascii()).and_then(|path| relocate(path, placed));
                if let Some(to) = relocated.map(|relocated| relocated.to_string()) {
                    reference.to = to;
                }
            }
        }
    }

    /// Applies the commands that `message` has left.
    ///
    /// # Errors
    /// As [`apply_dm`](Self::apply_dm).
    pub fn apply_commands<'a, C: Cursor<'a>>(&mut self, mut message: MessageReader<'a, C>) -> Result<Applied, Error> {
        let mut items = Items { room: Room::new(), unnamed: 0, wishes: Vec::new(), passed_over: Vec::new() };
        while let Some(command) = message.next_command()? {
            match &command {
                Command::Add(request) => items.read(request, How::Add)?,
                Command::Replace(request) => items.read(request, How::Replace)?,
                Command::Delete(request) => items.read(request, How::Delete)?,
                _ => {}
            }
        }
        let Items { room, wishes, mut passed_over, .. } = items;
        let mut changes = Vec::new();
        for wish in &wishes {
            match wish {
                Wish::Change(change) => changes.push(change.clone()),
                Wish::Object { nodes, is_initial } => {
                    changes.extend(nodes.iter().map(|node| node.change(*is_initial)));
                }
            }
        }
        let mut tree = Tree::new(&self.profile, self.instances.clone(), &changes, room)?;
        for change in &changes {
            tree.apply(change).map_err(|error| error.or_at(change.offset))?;
        }
        let (instances, mut applied) = tree.into_parts();
        self.instances = instances;
        passed_over.append(&mut applied.passed_over);
        passed_over.sort_by_key(|passed_over| passed_over.offset);
        applied.passed_over = passed_over;
        Ok(applied)
    }
}

/// What a command does to the nodes that its items name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    Add,
    Replace,
    Delete,
}

/// What an item of a command wants.
#[derive(Debug)]
enum Wish<'a> {
    /// Something of one node.
    Change(Change<'a>),
    /// The nodes of a serialised tree.
    Object { nodes: Vec<Planted>, is_initial: bool },
}

/// The items of commands.
#[derive(Debug)]
struct Items<'a> {
    room: Room,
    /// How many nodes have had no name.
    unnamed: usize,
    wishes: Vec<Wish<'a>>,
    passed_over: Vec<PassedOver>,
}

impl<'a> Items<'a> {
    /// Reads the items of a command, each with its place in the document.
    fn read(&mut self, request: &Request<'a>, how: How) -> Result<(), Error> {
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
            self.add(&item, request, how, offset)?;
        }
        Ok(())
    }

    fn add(&mut self, item: &Item<'a>, request: &Request<'a>, how: How, offset: usize) -> Result<(), Error> {
        let Some(uri) = item.target.and_then(|target| target.uri) else {
            return self.pass_over("", Cause::NoTarget, offset);
        };
        let uri = self.room.text(uri, "LocURI").map_err(|error| error.or_at(offset))?;
        let is_initial = how == How::Add;
        if how == How::Delete {
            let path = node_path(uri);
            self.wishes
                .extend(path.map(|path| Wish::Change(Change { path, action: Action::Delete, is_initial, offset })));
        } else if let Some(object) = TndsObject::in_item(item, &request.meta)? {
            match object::target(&uri) {
                Some(target) => {
                    let nodes = object::nodes(&object, &target, offset, &mut self.room, &mut self.unnamed)?;
                    self.wishes.push(Wish::Object { nodes, is_initial });
                }
                None => self.pass_over(&uri, Cause::Address, offset)?,
            }
        } else if let Some(path) = node_path(uri) {
            if path == INBOX {
                return self.pass_over(INBOX, Cause::NotATree, offset);
            }
            self.wishes.push(Wish::Change(Change { path, action: wanted(item, request), is_initial, offset }));
        }
        Ok(())
    }

    fn pass_over(&mut self, node: &str, cause: Cause, offset: usize) -> Result<(), Error> {
        self.room.take(node.len()).map_err(|error| error.or_at(offset))?;
        self.passed_over.push(PassedOver { node: String::from(node), cause, offset });
        Ok(())
    }
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
