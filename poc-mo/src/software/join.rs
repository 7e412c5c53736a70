//! Software in a management tree: a machine that a store runs, and whose state the tree shows.

use alloc::string::ToString;

use syncml::StatusCode;
use syncml::dm::mgmt_tree::{MgmtTree, RtProperties};
use syncml::dm::{Format, Uri};

use super::component::Meaning;
use super::machine::Machine;
use super::model::{Leaf, Operation, Step};
use crate::object::{Exec, LoadError, Store};

impl Machine<'_> {
    /// Takes an `Exec` that a [`Store`] wants to be run, and gives the code of the status to answer it with: as
    /// [`exec`](Self::exec), but a package that a server has put into the tree itself ([`Leaf::Data`]) is there for the
    /// operation that needs one. A device that drops a package empties its leaf.
    ///
    /// ```
    /// use poc_mo::object::{Sender, Store, standard};
    /// use poc_mo::software::{Component, Content, Leaf, Machine, Operation, Order, fumo};
    /// use poc_mo::syncml::dm::mgmt_tree::{AccessType, AccessTypes, Description, MgmtTree, RtProperties};
    /// use poc_mo::syncml::{MessageReader, MessageWriter, StatusCode, SyncHdr};
    /// use poc_mo::wbxml::{Text, Writer, vocabulary::syncml::SYNCML_1_2};
    ///
    /// // the device, and the node of its firmware, for every server
    /// let documents = [standard::FUMO.tree("./FUMO", AccessTypes::from_iter([AccessType::Add]))];
    /// let description = Description::of(&documents);
    /// let mut store = Store::new(&description);
    /// let acl = Some(Text::new("Add=*&Exec=*&Get=*&Replace=*"));
    /// let mut builder = MgmtTree::builder();
    /// builder.start("Radio").path("./FUMO").rt_properties(&RtProperties { acl, ..RtProperties::default() });
    /// store.load(&builder.build(), ".")?;
    /// let firmware = Component::new(&fumo::MODEL, "./FUMO/Radio")?;
    /// let mut machine = Machine::new(firmware.clone());
    /// machine.show(&mut store)?;
    ///
    /// // the server orders an update with a package of its own
    /// let order = Order::new(&firmware, Operation::Update)?.add(Leaf::Data, Content::Octets(b"\x7FELF"))?;
    /// let mut octets = Vec::new();
    /// let mut message = MessageWriter::new(Writer::new(&mut octets, &SYNCML_1_2)?, &SyncHdr::default())?;
    /// order.send("1", 1, |command| message.command(command))?;
    /// message.finish(true)?;
    ///
    /// // the device takes it
    /// let server = Sender::Server("dm.example.net");
    /// let answers = store.apply(server, MessageReader::parse(&octets)?, |exec| machine.run(exec))?;
    /// machine.show(&mut store)?;
    /// assert_eq!(answers.last().unwrap().status, StatusCode::ACCEPTED_FOR_PROCESSING);
    /// assert_eq!(store.text("./FUMO/Radio/State"), Some("60")); // the update is going on
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn run(&mut self, exec: &Exec<'_>) -> StatusCode {
        if let Meaning::Operation(operation) = self.component().meaning(&exec.uri.to_string()) {
            let can_start = self.component().model().next(self.state(), Step::Start(operation)).next().is_some();
            if !can_start && self.has_package(operation, exec) {
                // where that is not allowed either, the operation is refused
                _ = self.store();
            }
        }
        self.exec(exec.request)
    }

    /// Whether the package of an operation is in the tree.
    fn has_package(&self, operation: Operation, exec: &Exec<'_>) -> bool {
        let address = self.component().leaf_address(Leaf::Data, operation);
        address.is_ok_and(|address| exec.value(&address).is_some_and(|package| !package.is_empty()))
    }

    /// Shows the state in the tree, at the node of [`Leaf::State`], which is made if it is not there; nothing, where the
    /// model does not have the state as a value. To be called whenever the machine may have gone on.
    ///
    /// # Errors
    /// [`LoadError`] if the node is beyond a limit of the tree.
    pub fn show(&self, store: &mut Store<'_>) -> Result<(), LoadError> {
        let row = self.component().model().leaves.iter().find(|row| row.leaf == Leaf::State);
        let Some(row) = row else { return Ok(()) };
        let state = self.state().to_string();
        let integer = RtProperties { format: Some(Format::INT), ..RtProperties::default() };
        let mut builder = MgmtTree::builder();
        builder.start(row.node.name).rt_properties(&integer).value(&state);
        store.load(&builder.build(), Uri::parse(self.component().address()).map_or(".", |uri| uri.path()))
    }
}
