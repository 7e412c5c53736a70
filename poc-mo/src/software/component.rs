//! Software at its place in the management tree.

use alloc::string::{String, ToString};

use syncml::dm::{Case, Segment, Uri, UriRules};
use syncml::{Command, Item, Items, Location, Request, Results, StatusCode};
use wbxml::Text;

use super::error::SoftwareError;
use super::model::{Leaf, Model, Operation, State};
use crate::profile::Name;
use crate::room::Room;

/// Software at its place in the management tree: what it can have done to it, and its node.
///
/// ```
/// use poc_mo::software::{Component, Leaf, Operation, fumo, scomo};
///
/// let firmware = Component::new(&fumo::MODEL, "./FwUpdate/Radio")?;
/// assert_eq!(firmware.operation_address(Operation::Download)?, "./FwUpdate/Radio/Download");
/// assert_eq!(firmware.leaf_address(Leaf::Url, Operation::Download)?, "./FwUpdate/Radio/Download/PkgURL");
///
/// let client = Component::in_object(&scomo::DEPLOYED_MODEL, "./SCOMO", "PoC client")?;
/// assert_eq!(client.address(), "./SCOMO/Inventory/Deployed/PoC%20client");
/// assert!(client.operation_address(Operation::Download).is_err());
/// # Ok::<(), poc_mo::software::SoftwareError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Component<'p> {
    model: &'p Model<'p>,
    address: String,
}

/// What an address is to a component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The node of an operation.
    Operation(Operation),
    /// Another node of the component, or the component's own; or a property of one.
    Other,
    /// None of its nodes.
    None,
}

impl<'p> Component<'p> {
    /// The software at this node. A query in the address is no part of it.
    ///
    /// # Errors
    /// [`SoftwareError::Address`], if the address is none.
    pub fn new(model: &'p Model<'p>, address: &str) -> Result<Self, SoftwareError> {
        let address = Uri::parse(address)?.with_query(None).to_string();
        Ok(Self { model, address })
    }

    /// The software of this name, which is escaped, in the object at this node; where the object is the software, the
    /// name is not asked for.
    ///
    /// # Errors
    /// [`SoftwareError::Address`], if the address or the [`place`](Model::place) in the model is none.
    pub fn in_object(model: &'p Model<'p>, object: &str, name: &str) -> Result<Self, SoftwareError> {
        if model.place.is_empty() {
            return Self::new(model, object);
        }
        let place = model.place.replace('*', &Segment::escape(name).to_string());
        let object = Uri::parse(object)?;
        Self::new(model, &object.join(Uri::parse(&place)?).to_string())
    }

    /// What it can have done to it.
    #[must_use]
    pub const fn model(&self) -> &'p Model<'p> {
        self.model
    }

    /// The address of its node.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The address of the node that takes the `Exec` of an operation.
    ///
    /// # Errors
    /// [`SoftwareError::Operation`], if the model does not have the operation; [`SoftwareError::Address`], if its name
    /// there is none.
    pub fn operation_address(&self, operation: Operation) -> Result<String, SoftwareError> {
        let row = self.model.operation(operation).ok_or(SoftwareError::Operation(operation))?;
        self.join(row.node.name)
    }

    /// The address of a value, the one for this operation where each has its own.
    ///
    /// # Errors
    /// [`SoftwareError::Leaf`], if the model does not have the value; [`SoftwareError::Address`], if its name there is
    /// none.
    pub fn leaf_address(&self, leaf: Leaf, operation: Operation) -> Result<String, SoftwareError> {
        let row = self.model.leaf(leaf, operation).ok_or(SoftwareError::Leaf(leaf))?;
        self.join(row.node.name)
    }

    /// The `Get` that asks the device for the state, for as long as `use_` needs it.
    ///
    /// # Errors
    /// [`SoftwareError::Leaf`], if the model does not have the state as a value; [`SoftwareError::Address`], if its name
    /// there is none.
    pub fn get_state<R>(&self, cmd_id: &str, use_: impl FnOnce(&Command<'_>) -> R) -> Result<R, SoftwareError> {
        let row = self.model.leaves.iter().find(|row| row.leaf == Leaf::State);
        let address = self.join(row.ok_or(SoftwareError::Leaf(Leaf::State))?.node.name)?;
        let mut item = Item::default();
        item.target = Some(Location::new(&address));
        let mut get = Request::default();
        get.cmd_id = Some(Text::new(cmd_id));
        get.items = Items::one(item);
        Ok(use_(&Command::Get(get)))
    }

    /// The state that the device tells in answer to [`get_state`](Self::get_state); `None`, where there is none of this
    /// component, or where it is no number up to 65535. Some devices send it as `chr`.
    ///
    /// ```
    /// use poc_mo::software::{Component, fumo};
    /// use syncml::{Command, MessageReader};
    ///
    /// # #[cfg(feature = "xml")] {
    /// let mut message = MessageReader::parse(
    ///     b"<SyncML><SyncHdr/><SyncBody><Results><CmdID>2</CmdID><CmdRef>1</CmdRef><Item>
    ///         <Source><LocURI>./FwUpdate/Radio/State</LocURI></Source><Data>30</Data>
    ///       </Item></Results></SyncBody></SyncML>",
    /// )?;
    /// let Some(Command::Results(results)) = message.next_command()? else { panic!() };
    /// let firmware = Component::new(&fumo::MODEL, "./FwUpdate/Radio")?;
    /// assert_eq!(firmware.state_in(results), Some(fumo::DOWNLOAD_PROGRESSING));
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn state_in(&self, results: &Results<'_>) -> Option<State> {
        let mut room = Room::new();
        for item in results.items.iter().map_while(Result::ok) {
            let Some(address) = item.uri() else { continue };
            let address = room.text(address, "LocURI").ok()?;
            let Ok(uri) = Uri::parse_with(&address, &UriRules::LENIENT) else { continue };
            let mut states = self.model.leaves.iter().filter(|row| row.leaf == Leaf::State);
            // a property of the node is another address
            if states.any(|row| self.is_at(&uri, &row.node)) {
                return item.data_text().as_ref().and_then(number).map(State::new);
            }
        }
        None
    }

    /// What an address is to the component.
    pub(super) fn meaning(&self, address: &str) -> Meaning {
        let Ok(uri) = Uri::parse_with(address, &UriRules::LENIENT) else { return Meaning::None };
        let node = uri.with_query(None);
        let operation = self.model.operations.iter().find(|row| self.is_at(&node, &row.node));
        let is_other = self.uri().is_some_and(|own| own == node)
            || self.model.leaves.iter().any(|row| self.is_at(&node, &row.node));
        match operation {
            Some(row) if uri.query().is_none() => Meaning::Operation(row.operation),
            Some(_) => Meaning::Other,
            None if is_other => Meaning::Other,
            None => Meaning::None,
        }
    }

    fn uri(&self) -> Option<Uri<'_>> {
        Uri::parse(&self.address).ok()
    }

    /// Whether an address is that of a node of the component, by any of the node's names.
    fn is_at(&self, uri: &Uri<'_>, name: &Name<'_>) -> bool {
        let below = self.uri().and_then(|own| uri.below(&own, Case::Sensitive));
        below.is_some_and(|below| name.all().any(|name| Uri::parse(name).is_ok_and(|name| name == below)))
    }

    fn join(&self, name: &str) -> Result<String, SoftwareError> {
        Ok(Uri::parse(&self.address)?.join(Uri::parse(name)?).to_string())
    }
}

/// The number up to 65535 that a text says in decimal digits: read as the numbers of the protocol are, without a copy.
pub(super) fn number(text: &Text<'_>) -> Option<u16> {
    StatusCode::parse(text).ok().map(StatusCode::get)
}
