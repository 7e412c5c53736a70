//! Provisioning documents in the management tree.

use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use omacp::ProvisioningDoc;
use syncml::dm::mgmt_tree::{MgmtTree, Node, NodeItems, Value};
use syncml::{Command, Item, Location, Request, StatusCode};
use wbxml::Text;

use super::guard::Settings;
use super::{Client, POC};
use crate::convert::{self, Loss, Options};
use crate::error::{Error, ErrorKind};
use crate::join::{Candidates, Identity};
use crate::object::{Sender, Transaction};
use crate::profile::{Field, Profile};

/// An object of the document: where it would stand by itself, and where it goes.
struct Home {
    from: String,
    to: String,
    /// The nodes below it that are there already and give way; `None` if it is not there itself.
    old: Option<Vec<String>>,
}

impl Client<'_> {
    /// Puts the accounts, access points and proxies of a provisioning document in WBXML or, with the feature `xml`, in
    /// XML into the tree, as [`convert`] has it: with names, references and the rights of the server. If anything is
    /// wrong, nothing is changed. What the tree does not say of the document is handed over.
    ///
    /// A PoC account takes the place of one of the same application and provider, at its node; another one gets a node
    /// of its own. Any other object takes the place of the one at its node. The access control list of a node that is
    /// there stays, if the document has none for it.
    ///
    /// ```
    /// # #[cfg(feature = "xml")] {
    /// use poc_mo::syncml::dm::mgmt_tree::Description;
    /// use poc_mo::{Client, profile::PROVISIONAL};
    ///
    /// let documents = Client::documents(&PROVISIONAL);
    /// let description = Description::of(&documents);
    /// let mut client = Client::new(PROVISIONAL, &description);
    /// let losses = client.apply_cp(
    ///     br#"<wap-provisioningdoc>
    ///       <characteristic type="NAPDEF"><parm name="NAPID" value="INET"/><parm name="NAME" value="Harbour"/>
    ///         <parm name="BEARER" value="GSM-GPRS"/><parm name="NAP-ADDRESS" value="internet"/></characteristic>
    ///       <characteristic type="APPLICATION"><parm name="APPID" value="ap0001"/>
    ///         <parm name="PROVIDER-ID" value="Harbour"/><parm name="TO-NAPID" value="INET"/>
    ///         <parm name="T11" value="5000"/></characteristic></wap-provisioningdoc>"#,
    /// )?;
    /// assert_eq!(losses, []);
    /// let account = &client.instances()?[0];
    /// assert_eq!(account.node.as_deref(), Some("PoC/Harbour"));
    /// assert_eq!(account.account.con_refs[0].to, "./NAP/INET");
    /// assert_eq!(client.store().text("./PoC/Harbour/T11Timer"), Some("5000"));
    /// # }
    /// # Ok::<(), poc_mo::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Cp`](ErrorKind::Cp) if the document is faulty; [`Refused`](ErrorKind::Refused) if the tree cannot take a node;
    /// [`TooLong`](ErrorKind::TooLong).
    pub fn apply_cp(&mut self, document: &[u8]) -> Result<Vec<Loss>, Error> {
        self.apply_document(&ProvisioningDoc::parse(document)?)
    }

    /// Puts a provisioning document that has been read into the tree.
    ///
    /// # Errors
    /// As [`apply_cp`](Self::apply_cp).
    pub fn apply_document(&mut self, document: &ProvisioningDoc<'_>) -> Result<Vec<Loss>, Error> {
        let objects = convert::to_dm(document, &Options::dm_1_2().profile(self.profile))?;
        let tree = objects.tree();
        let homes = self.homes(&tree)?;
        let settings = Settings(self.profile);
        let mut transaction = self.store.transaction(Sender::Device).guarded(&settings);
        for uri in homes.iter().flat_map(|home| home.old.iter().flatten()) {
            let mut item = Item::default();
            item.target = Some(Location::new(uri));
            carry_out(&mut transaction, &Command::Delete(Request::of_item("", item)), uri)?;
        }
        put(tree.adds("."), &homes, |item, home, uri| {
            let is_there = home.old.is_some() && home.to == uri;
            if is_there { Ok(()) } else { carry_out(&mut transaction, &Command::Add(Request::of_item("", item)), uri) }
        })?;
        put(tree.acl_replaces("."), &homes, |item, _, uri| {
            carry_out(&mut transaction, &Command::Replace(Request::of_item("", item)), uri)
        })?;
        _ = transaction.finish();
        Ok(objects.losses().to_vec())
    }

    /// Where the objects of a document go.
    fn homes(&self, tree: &MgmtTree<'_>) -> Result<Vec<Home>, Error> {
        let accounts = self.instances()?;
        let mut known = Candidates::default();
        for (index, instance) in accounts.iter().enumerate() {
            known.insert(index, &Identity::of(&instance.account));
        }
        let mut homes = Vec::new();
        let mut taken = BTreeSet::new();
        for node in tree.nodes() {
            let text = |text: Option<Text<'_>>| text.map(|text| text.to_string()).unwrap_or_default();
            let (path, name) = (text(node.path()), text(node.name()));
            let from = format!("{path}/{name}");
            let to = if path == POC {
                let same = known.take_same(&identity(&self.profile, &node), |_| true);
                match same.and_then(|index| accounts.get(index)?.node.as_ref()) {
                    Some(own) => format!("./{own}"),
                    None => self.free(&from, &taken),
                }
            } else {
                from.clone()
            };
            let old = self.store.children(&to);
            taken.insert(to.clone());
            homes.push(Home { from, to, old });
        }
        Ok(homes)
    }

    /// The address, or the first one with a number behind it at which nothing stands.
    fn free(&self, uri: &str, taken: &BTreeSet<String>) -> String {
        let is_free = |uri: &String| !taken.contains(uri) && self.store.children(uri).is_none();
        let numbered = (2_usize..).map(|number| format!("{uri}-{number}"));
        core::iter::once(String::from(uri)).chain(numbered).find(is_free).unwrap_or_default()
    }
}

/// Hands over each item, with its place in the tree. What is below an object stands behind it.
fn put(
    mut items: NodeItems<'_, '_>,
    homes: &[Home],
    mut take: impl FnMut(Item<'_>, &Home, &str) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut homes = homes.iter();
    let mut home = homes.next();
    loop {
        let unaddressed = |_| refused("", StatusCode::NOT_FOUND);
        let Some(mut item) = items.next_item().map_err(unaddressed)? else { return Ok(()) };
        let uri = item.uri().map(|uri| uri.to_string()).unwrap_or_default();
        let rest = loop {
            let Some(Home { from, .. }) = home else { return Ok(()) };
            match uri.strip_prefix(from.as_str()).filter(|rest| rest.is_empty() || rest.starts_with(['/', '?'])) {
                Some(rest) => break rest,
                None => home = homes.next(),
            }
        };
        let Some(home) = home else { return Ok(()) };
        let to = [&*home.to, rest].concat();
        item.target = Some(Location::new(&to));
        take(item, home, &to)?;
    }
}

/// Carries out a command of the device.
fn carry_out(transaction: &mut Transaction<'_, '_>, command: &Command<'_>, uri: &str) -> Result<(), Error> {
    transaction.command(command, |_| StatusCode::OPTIONAL_FEATURE_NOT_SUPPORTED)?;
    transaction.failure().map_or(Ok(()), |status| Err(refused(uri, status)))
}

fn refused(uri: &str, status: StatusCode) -> Error {
    Error::new(ErrorKind::Refused(Box::from(uri), status), None)
}

/// What tells an account that is made of a document from others.
fn identity(profile: &Profile<'_>, object: &Node<'_, '_>) -> Identity {
    let mut identity = Identity::default();
    if let Some(app_id) = value(profile, object, Field::AppId) {
        identity.set_app_id(&app_id);
    }
    if let Some(provider_id) = value(profile, object, Field::ProviderId) {
        identity.set_provider_id(provider_id);
    }
    identity
}

/// The value of a setting in an object that is made of a document.
fn value(profile: &Profile<'_>, object: &Node<'_, '_>, field: Field) -> Option<String> {
    let mut node = *object;
    for name in profile.row(field)?.dm.name.split('/') {
        node = node.children().find(|child| child.name().is_some_and(|own| own == *name))?;
    }
    match node.value()? {
        Value::Text(text) => Some(text.to_string()),
        _ => None,
    }
}
