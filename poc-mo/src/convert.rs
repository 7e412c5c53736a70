//! Accounts, access points, proxies and the services below PoC, from Client Provisioning to Device Management and back.
//!
//! A phone that was set up by a provisioning document has the same settings in its management tree, where a server
//! changes them later. [`to_dm`] and [`to_cp`] say which nodes and which parms they are; what the other side cannot say
//! is reported, each as a [`Loss`] with its place. Without losses, the way there and back is an identity.
//!
//! | characteristic | management object |
//! | --- | --- |
//! | `APPLICATION` of `w7` | the account of DM 1.2, `DMAcc`, or that of DM 1.1.2, `./SyncML/DMAcc` |
//! | `NAPDEF` | `NAP` of `ConnMO` |
//! | `PXLOGICAL` | `Proxy` of `ConnMO` |
//! | `APPLICATION` of `ap0001` or `ap0006` | the PoC object, by the [`Profile`] |
//! | `APPLICATION` of `ap2001`, as GSMA's profile for RCS has it | the IMS object of 3GPP TS 24.167 |
//! | `APPLICATION` of `ap0003` or `ap0007` | the object of group management (XDM), reconstructed |
//! | `APPLICATION` of `ap0002` or `ap0009` | the object of presence, reconstructed |
//!
//! ```
//! use poc_mo::convert::{self, Options};
//! use poc_mo::omacp::ProvisioningDoc;
//! use poc_mo::omacp::typed::{Application, Auth, NapDef, Settings};
//!
//! let settings = Settings::new().with_access_point(NapDef::gprs("NAP1", "Harbour", "internet")).with_application(
//!     Application::dm("dm.example", "Harbour", "https://dm.example/oma", 443)
//!         .through_access_point("NAP1")
//!         .with_client_auth(Auth::new("DIGEST", "boat-12", "buoy")),
//! );
//! let octets = settings.to_wbxml()?;
//! let document = ProvisioningDoc::parse(&octets)?;
//!
//! let objects = convert::to_dm(&document, &Options::dm_1_2())?;
//! assert_eq!(objects.losses(), []);
//! let tree = objects.tree();
//! let account = tree.find("./DMAcc/dm.example").unwrap();
//! assert_eq!(account.rt_properties().unwrap().acl.unwrap(), "Delete=dm.example&Get=dm.example&Replace=dm.example");
//! let value = |uri| tree.find(uri)?.value().map(|value| format!("{value:?}"));
//! assert!(value("./DMAcc/dm.example/PrefConRef").unwrap().contains("./NAP/NAP1"));
//! assert!(value("./DMAcc/dm.example/AppAuth/1/AAuthLevel").unwrap().contains("CLCRED"));
//!
//! let back = convert::to_cp(&tree, &Options::dm_1_2())?;
//! assert_eq!(back.losses(), []);
//! assert_eq!(Settings::read(&back.document()), settings);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What nodes are called
//!
//! An account is named after its `PROVIDER-ID`, an access point after its `NAPID`, a proxy after its `PROXY-ID`, a
//! service after its `APPREF`, each as a segment of an address: what RFC 2396 does not let stand there is escaped,
//! control characters are left out, and what is longer than [`name_octets`](Options::name_octets) is cut off. Where that
//! is taken already, in whichever case, a hyphen and a number from 2 follow; where there is no identifier, the type of
//! the characteristic is the name. Instances inside an object are called 1, 2, 3 in the order of the document.
//!
//! The objects of services have no leaf for their `APPREF`: the name of the node is where it stands. Two services never
//! have one name therefore, wherever they are, and one that has no `APPREF` is called `~APPLICATION`, which is none.
//!
//! # References
//!
//! `TO-NAPID`, `TO-PROXY` and `TO-APPREF` become the URIs of the nodes that they refer to: a URI refers to the object
//! whose instance node stands there, by its full name. What a parm refers to has to be in the same document, and what a
//! leaf refers to in the same tree. An access point or a service that is not there is kept by its name, for the phone
//! may know it ([`LossKind::Unresolved`]); `INTERNET` is such a name and needs no report.
//!
//! # Names that are reconstructed
//!
//! The descriptions of the objects of PoC, group management and presence were not at hand, and the parms of some are
//! not confirmed either: [`DmObjects::unconfirmed`] lists those in use. The right names take their place without a
//! release: in a [`Profile`] for PoC, in [`ServiceNames`] for the services, both from the descriptions at run time.
//!
//! # Rights
//!
//! The server of an account may get, replace and delete what it has bootstrapped (OMA-TS-DM-Bootstrap, mapping of
//! `w7`): its own account, and all objects of the document that are no account. Without an account nobody gets rights.
//! Provisioning documents hold no rights: other lists than these are losses on the way back.

mod characteristics;
mod connmo;
mod dmacc;
mod ims;
mod loss;
mod node_name;
mod nodes;
mod objects;
mod poc;
mod service_names;
mod services;
mod table;
mod to_cp;
mod to_dm;

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use omacp::ProvisioningDoc;
use omacp::resolve::Target;
use syncml::dm::mgmt_tree::MgmtTree;

use crate::error::Error;
use crate::profile::{PROVISIONAL, Profile};

use characteristics::Characteristics;
pub use loss::{Loss, LossKind};
pub(crate) use node_name::NodeNames;
use nodes::Nodes;
pub use service_names::ServiceNames;
use services::Service;
use table::{Mapping, Row};

/// Where instances of the objects stand: the URI of the node above them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "users write it as a literal: there is one for each object")]
pub struct Places<'o> {
    /// Accounts of device management servers.
    pub accounts: &'o str,
    /// Network access points.
    pub access_points: &'o str,
    /// Proxies.
    pub proxies: &'o str,
    /// PoC accounts.
    pub poc: &'o str,
    /// SIP/IMS cores.
    pub ims: &'o str,
    /// Group management.
    pub xdm: &'o str,
    /// Presence.
    pub presence: &'o str,
}

/// How it is converted.
///
/// ```
/// use poc_mo::convert::{Options, Places};
///
/// // a bootstrap of DM 1.2 puts everything into the inbox, where the phone finds a place for it
/// let bootstrap = Options::dm_1_2().at(Places::INBOX);
/// // a phone of DM 1.1.2 with short names, which keeps its access points elsewhere
/// let places = Places { access_points: "./AP", ..Places::DM_1_1_2 };
/// let phone = Options::dm_1_1_2().at(places).name_octets(16);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Options<'o> {
    pub(crate) is_1_1_2: bool,
    pub(crate) places: Places<'o>,
    pub(crate) name_octets: usize,
    pub(crate) profile: Profile<'o>,
    service_names: Option<&'o ServiceNames>,
}

impl Places<'static> {
    /// `./DMAcc`, `./NAP`, `./Proxy`, `./PoC`, `./IMS`, `./XDM` and `./Presence`.
    pub const DM_1_2: Self = Self {
        accounts: "./DMAcc",
        access_points: "./NAP",
        proxies: "./Proxy",
        poc: "./PoC",
        ims: "./IMS",
        xdm: "./XDM",
        presence: "./Presence",
    };
    /// The same, but accounts in `./SyncML/DMAcc`.
    pub const DM_1_1_2: Self = Self { accounts: "./SyncML/DMAcc", ..Self::DM_1_2 };
    /// All in the inbox of DM 1.2.
    pub const INBOX: Self = Self {
        accounts: "./Inbox",
        access_points: "./Inbox",
        proxies: "./Inbox",
        poc: "./Inbox",
        ims: "./Inbox",
        xdm: "./Inbox",
        presence: "./Inbox",
    };
}

impl Options<'static> {
    /// Accounts are objects of DM 1.2, at [`Places::DM_1_2`].
    #[must_use]
    pub const fn dm_1_2() -> Self {
        Self { is_1_1_2: false, places: Places::DM_1_2, name_octets: 32, profile: PROVISIONAL, service_names: None }
    }

    /// Accounts are objects of DM 1.1.2, at [`Places::DM_1_1_2`].
    ///
    /// Such an account has one address, one port and one reference; names and passwords of client and server, and
    /// nothing for credentials of HTTP.
    #[must_use]
    pub const fn dm_1_1_2() -> Self {
        Self { is_1_1_2: true, places: Places::DM_1_1_2, ..Self::dm_1_2() }
    }
}

impl<'o> Options<'o> {
    /// The same with other places.
    #[must_use]
    pub const fn at(self, places: Places<'o>) -> Self {
        Self { places, ..self }
    }

    /// The same with names of nodes up to so many octets, as `./DevDetail/URI/MaxSegLen` says; 32, if it is not given,
    /// and no fewer than 12.
    #[must_use]
    pub const fn name_octets(self, name_octets: usize) -> Self {
        Self { name_octets: if name_octets < 12 { 12 } else { name_octets }, ..self }
    }

    /// The same with other names in the PoC object.
    #[must_use]
    pub const fn profile(self, profile: Profile<'o>) -> Self {
        Self { profile, ..self }
    }

    /// The same with other names in the objects of group management and of presence.
    #[must_use]
    pub const fn service_names(self, names: &'o ServiceNames) -> Self {
        Self { service_names: Some(names), ..self }
    }
}

/// Management objects that say what a provisioning document says: [`to_dm`].
#[derive(Clone, Debug)]
pub struct DmObjects {
    nodes: Nodes,
    losses: Vec<Loss>,
    unconfirmed: BTreeSet<String>,
    /// The URIs of what references mean by a name.
    uris: BTreeMap<(Target, String), String>,
    /// The rights of all servers of the document.
    acl: Option<String>,
}

/// A provisioning document that says what a management tree says: [`to_cp`].
#[derive(Clone, Debug)]
pub struct CpSettings {
    characteristics: Characteristics,
    losses: Vec<Loss>,
}

/// Converts the accounts, access points, proxies and services of a provisioning document into management objects.
///
/// # Errors
/// [`TooLong`](crate::ErrorKind::TooLong) if the texts of the document and the paths of what is lost are too long
/// together.
pub fn to_dm(document: &ProvisioningDoc<'_>, options: &Options<'_>) -> Result<DmObjects, Error> {
    let (referred, inner) = (poc::referred(&options.profile), service_names::xdm_inner(options.service_names));
    let tables = Tables::new(options, &referred, &inner);
    let account = if options.is_1_1_2 { dmacc::dmacc_1_1_2 } else { dmacc::dmacc_1_2 };
    let mut mappings = Vec::from([account(options.places.accounts)]);
    mappings.extend(tables.mappings(options));
    let mut conversion = to_dm::ToDm::new();
    conversion.document(document, &mappings, options.name_octets)?;
    let to_dm::ToDm { nodes, losses, unconfirmed, uris, acl, .. } = conversion;
    Ok(DmObjects { nodes, losses, unconfirmed, uris, acl })
}

/// Converts the accounts, access points, proxies and services of a management tree into a provisioning document.
/// Accounts of DM 1.2 and of DM 1.1.2 are both read, whichever `options` say.
///
/// An object is known by its type, by its application's identifier, or by its place.
///
/// # Errors
/// [`TooLong`](crate::ErrorKind::TooLong) if the texts of the tree and the paths of what is lost are too long together.
pub fn to_cp(tree: &MgmtTree<'_>, options: &Options<'_>) -> Result<CpSettings, Error> {
    let (referred, inner) = (poc::referred(&options.profile), service_names::xdm_inner(options.service_names));
    let tables = Tables::new(options, &referred, &inner);
    let accounts = options.places.accounts;
    let (of_1_2, of_1_1_2) = match options.is_1_1_2 {
        true => (Places::DM_1_2.accounts, accounts),
        false => (accounts, Places::DM_1_1_2.accounts),
    };
    let mut mappings = Vec::from([dmacc::dmacc_1_2(of_1_2), dmacc::dmacc_1_1_2(of_1_1_2)]);
    mappings.extend(tables.mappings(options));
    let mut conversion = to_cp::ToCp::new(tree)?;
    conversion.tree(&mappings)?;
    let to_cp::ToCp { characteristics, losses, .. } = conversion;
    Ok(CpSettings { characteristics, losses })
}

/// The tables that are made at run time, because their names may be other ones.
struct Tables<'t> {
    poc: Vec<Row<'t>>,
    xdm: Vec<Row<'t>>,
    presence: Vec<Row<'t>>,
}

impl<'t> Tables<'t> {
    /// `referred` and `inner` are what the tables refer to.
    fn new(options: &Options<'t>, referred: &'t poc::Referred<'t>, inner: &'t [Row<'t>]) -> Self {
        Self {
            poc: poc::rows(&options.profile, referred),
            xdm: service_names::xdm_rows(options.service_names, inner),
            presence: service_names::presence_rows(options.service_names),
        }
    }

    /// The mappings of all that is no account of a device management server.
    fn mappings<'m>(&'m self, options: &'m Options<'_>) -> [Mapping<'m>; 6] {
        let Places { access_points, proxies, poc, ims, xdm, presence, .. } = options.places;
        [
            connmo::nap(access_points),
            connmo::proxy(proxies),
            poc::poc(&options.profile, poc, &self.poc),
            ims::ims(ims),
            Service::Xdm.mapping(xdm, &self.xdm),
            Service::Presence.mapping(presence, &self.presence),
        ]
    }
}

impl DmObjects {
    /// The objects as a serialised tree: to be written as TNDS, or as commands with
    /// [`adds`](MgmtTree::adds) and [`acl_replaces`](MgmtTree::acl_replaces).
    ///
    /// Each object is a node at the top, with its path, its type and its access control list. Nonces are in base64.
    #[must_use]
    pub fn tree(&self) -> MgmtTree<'_> {
        self.nodes.tree()
    }

    /// What the objects do not say, or say in another way: first what has no object at all, and servers without rights.
    #[must_use]
    pub fn losses(&self) -> &[Loss] {
        &self.losses
    }

    /// The names in use that are reconstructed, of parms and of nodes: to be checked before this is sent to phones.
    pub fn unconfirmed(&self) -> impl Iterator<Item = &str> {
        self.unconfirmed.iter().map(String::as_str)
    }

    /// The URI of what references mean by a name.
    pub(crate) fn uri(&self, target: Target, name: &str) -> Option<&str> {
        self.uris.get(&(target, String::from(name))).map(String::as_str)
    }

    /// The access control list of an object that is no account of a server.
    pub(crate) fn acl(&self) -> Option<&str> {
        self.acl.as_deref()
    }
}

impl CpSettings {
    /// The document; [`Settings::read`](omacp::typed::Settings::read) makes types of it.
    #[must_use]
    pub fn document(&self) -> ProvisioningDoc<'_> {
        self.characteristics.document()
    }

    /// What the document does not say, or says in another way: last what no row of the tables is for.
    #[must_use]
    pub fn losses(&self) -> &[Loss] {
        &self.losses
    }
}
