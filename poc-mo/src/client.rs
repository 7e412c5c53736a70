//! The side of a PoC client: its management tree, and the accounts in it.

mod accounts;
#[cfg(feature = "cp")]
mod cp;
mod guard;

use alloc::vec::Vec;

use syncml::dm::Format;
use syncml::dm::mgmt_tree::{AccessType, AccessTypes, Description, MgmtTree, RtProperties};
use syncml::{MessageReader, StatusCode};
use wbxml::Cursor;

use crate::account::PocAccount;
use crate::dm::node_of;
use crate::error::Error;
use crate::object::{Answer, Exec, Options, Sender, Store, standard};
use crate::profile::Profile;
use crate::settings::Instance;
use guard::Settings;

/// Where PoC accounts stand.
const POC: &str = "./PoC";

/// Where the objects beside them stand: those that servers may add and take away, and those that a device has.
const BESIDE: [(&standard::StandardObject, &str); 6] = [
    (&standard::DM_ACC, "./DMAcc"),
    (&standard::NAP, "./NAP"),
    (&standard::PROXY, "./Proxy"),
    (&standard::IMS, "./IMS"),
    (&standard::FUMO, "./FUMO"),
    (&standard::SCOMO, "./SCOMO"),
];
const OWN: [&standard::StandardObject; 2] = [&standard::DEV_INFO, &standard::DEV_DETAIL];

/// The side of a PoC client: a management tree with the PoC object and those beside it, which answers commands as a
/// phone does, and the PoC accounts that stand in it.
///
/// It is strict where [`PocSettings`](crate::PocSettings) is not. That one takes what a message says, to find out what
/// it makes of an account: whatever node it names, whoever sends it. Here a command counts as far as the device lets it:
/// what is there is not added (status 418), what is not there is neither replaced nor deleted (404), formats and values
/// have to be right (415), access types (405) and access control lists (425) hold. Use `PocSettings` to look at
/// messages, and this one to be the device that they are for, or to try what a device will answer.
///
/// An account is a node of a type that the profile has as an object identifier, and has one from the description where
/// it stands. Its references and extensions come in the order in which their nodes came.
///
/// ```
/// use poc_mo::object::Sender;
/// use poc_mo::syncml::{Location, MessageWriter, StatusCode, SyncHdr, dm::mgmt_tree::Description};
/// use poc_mo::wbxml::{Writer, vocabulary::syncml::SYNCML_1_2};
/// use poc_mo::{Client, Diff, DmForm, Field, PocAccount, profile::PROVISIONAL};
///
/// let documents = Client::documents(&PROVISIONAL);
/// let description = Description::of(&documents);
/// let mut client = Client::new(PROVISIONAL, &description);
///
/// let mut account = PocAccount::default();
/// account.set(Field::AppId, "ap0006")?;
/// account.set(Field::T11, "5000")?;
/// let mut longer = account.clone();
/// longer.set(Field::T11, "8000")?;
/// let add = DmForm::new(&account, &PROVISIONAL, "./PoC/Harbour", "urn:oma:mo:oma_poc:2.1")?.add();
/// let diff = Diff::new(&account, &longer, &PROVISIONAL, "./PoC/Harbour", "urn:oma:mo:oma_poc:2.1")?;
///
/// // the server sends the account, and sends it again
/// for (edit, status) in [(&add, StatusCode::OK), (&add, StatusCode::ALREADY_EXISTS), (&diff.edits()[0], StatusCode::OK)] {
///     let mut octets = Vec::new();
///     let mut message = MessageWriter::new(Writer::new(&mut octets, &SYNCML_1_2)?, &SyncHdr::default())?;
///     edit.write_to(&mut message, "1")?;
///     message.finish(true)?;
///     let answers = client.apply_dm(Sender::Server("ptt.example"), &octets, |_| StatusCode::OPTIONAL_FEATURE_NOT_SUPPORTED)?;
///     assert!(answers.iter().all(|answer| answer.status == status));
/// }
/// assert_eq!(client.accounts()?, [longer]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Client<'d> {
    profile: Profile<'d>,
    store: Store<'d>,
}

impl<'d> Client<'d> {
    /// What the device has: PoC accounts as `profile` has them, in `./PoC`, and the
    /// [objects beside them](standard), for a [`Description`]. Servers may add, change and take away accounts, access
    /// points, proxies and IMS, as far as access control lists let them. Other documents may stand beside these, or in
    /// front of them where they describe the same.
    #[must_use]
    pub fn documents(profile: &Profile<'d>) -> Vec<MgmtTree<'d>> {
        let all = AccessTypes::from_iter([AccessType::Add, AccessType::Delete, AccessType::Replace]);
        let mut documents = Vec::from([profile.tree(POC, all)]);
        // what is done to software is run, not written
        let more = |object: &standard::StandardObject| match object.name {
            name if [standard::FUMO.name, standard::SCOMO.name].contains(&name) => AccessTypes::EMPTY,
            _ => all,
        };
        documents.extend(BESIDE.iter().map(|(object, path)| object.tree(path, more(object))));
        documents.extend(OWN.iter().map(|object| object.tree(".", AccessTypes::EMPTY)));
        documents
    }

    /// A device with no account, of which `description` says what it has.
    #[must_use]
    pub fn new(profile: Profile<'d>, description: &'d Description<'d>) -> Self {
        Self::with_options(profile, description, Options::DEFAULT)
    }

    /// The same with other options.
    #[must_use]
    pub fn with_options(profile: Profile<'d>, description: &'d Description<'d>, options: Options) -> Self {
        let mut store = Store::with_options(description, options);
        // the nodes that objects stand below are the device's own: who adds the first object does not own the others
        let interior = RtProperties { format: Some(Format::NODE), ..RtProperties::default() };
        let mut builder = MgmtTree::builder();
        for path in BESIDE.iter().map(|(_, path)| *path).chain([POC]) {
            builder.start(node_of(path)).rt_properties(&interior).end();
        }
        // where not even these are within the limits, no object is
        _ = store.load(&builder.build(), ".");
        Self { profile, store }
    }

    /// The management tree.
    #[must_use]
    pub const fn store(&self) -> &Store<'d> {
        &self.store
    }

    /// The management tree, for what the device itself does to it.
    pub const fn store_mut(&mut self) -> &mut Store<'d> {
        &mut self.store
    }

    /// Carries out the commands of a message in WBXML or, with the feature `xml`, in XML, and answers each; the results
    /// are for a message in the same encoding. `exec` runs what is to be run.
    ///
    /// A bootstrap message comes from the device itself ([`Sender::Device`]), once it is verified: what it adds to
    /// `./Inbox` goes where it belongs, and the answers are for nobody else to see.
    ///
    /// Beside what the [`Store`] looks at, a setting has to have a value that it can have: the answer is status 415.
    ///
    /// # Errors
    /// [`Dm`](crate::ErrorKind::Dm) if the message is faulty; then nothing is changed.
    pub fn apply_dm(
        &mut self,
        sender: Sender<'_>,
        message: &[u8],
        exec: impl FnMut(&Exec<'_>) -> StatusCode,
    ) -> Result<Vec<Answer>, Error> {
        let answers = self.apply_commands(sender, MessageReader::parse(message)?, exec)?;
        #[cfg(feature = "xml")]
        if wbxml::is_xml(message) {
            return Ok(answers.into_iter().map(Answer::into_xml).collect());
        }
        Ok(answers)
    }

    /// Carries out the commands that `message` has left, and answers each; the results are for a message in WBXML.
    ///
    /// # Errors
    /// As [`apply_dm`](Self::apply_dm).
    pub fn apply_commands<'a, C: Cursor<'a>>(
        &mut self,
        sender: Sender<'_>,
        mut message: MessageReader<'a, C>,
        mut exec: impl FnMut(&Exec<'_>) -> StatusCode,
    ) -> Result<Vec<Answer>, Error> {
        let settings = Settings(self.profile);
        let mut transaction = self.store.transaction(sender).guarded(&settings);
        while let Some(command) = message.next_command()? {
            transaction.command(command, &mut exec)?;
        }
        Ok(transaction.finish())
    }

    /// The accounts, in the order in which they came, with their nodes.
    ///
    /// # Errors
    /// [`NotText`](crate::ErrorKind::NotText) if a leaf of an account is octets; [`Value`](crate::ErrorKind::Value) if
    /// the device itself has given a setting a value that it cannot have; [`TooLong`](crate::ErrorKind::TooLong).
    pub fn instances(&self) -> Result<Vec<Instance>, Error> {
        accounts::read(&self.profile, &self.store)
    }

    /// The accounts, in the order in which they came.
    ///
    /// # Errors
    /// As [`instances`](Self::instances).
    pub fn accounts(&self) -> Result<Vec<PocAccount>, Error> {
        Ok(self.instances()?.into_iter().map(|instance| instance.account).collect())
    }
}
