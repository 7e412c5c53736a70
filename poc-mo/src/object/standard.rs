//! The objects that a PoC client's device has beside the account itself, as rows of data.
//!
//! Each row says whether it is confirmed by the text of its specification. The others come from implementations, or are
//! reconstructed. Where a file of the register is at hand, it takes the place of a table: a
//! [`Description`](syncml::dm::mgmt_tree::Description) is a description, wherever it comes from.
//!
//! ```
//! use poc_mo::object::{Sender, Store, standard};
//! use poc_mo::syncml::dm::mgmt_tree::{AccessType, AccessTypes, Description};
//!
//! // the tables have the least that servers may do; this device lets them add and change accounts, too
//! let more = AccessTypes::from_iter([AccessType::Add, AccessType::Delete, AccessType::Replace]);
//! let documents = [
//!     standard::DM_ACC.tree("./DMAcc", more),
//!     standard::DEV_INFO.tree(".", AccessTypes::EMPTY),
//! ];
//! let description = Description::of(&documents);
//! let store = Store::new(&description);
//!
//! assert_eq!(standard::find("urn:oma:mo:oma-dm-dmacc:1.1").unwrap().name, "DMAcc");
//! assert!(standard::IMS.row("Home_network_domain_name").is_some_and(|row| !row.is_confirmed));
//! # let _ = store;
//! ```

mod connectivity;
mod device;
mod ims;
mod software;

use syncml::dm::Format;
use syncml::dm::mgmt_tree::{AccessType, AccessTypes, MgmtTree, Occurrence};

use super::describe::{Described, Root, describe};

pub use connectivity::{NAP, PROXY};
pub use device::{DEV_DETAIL, DEV_INFO, DM_ACC, DM_ACC_1_1_2};
pub use ims::{CONFERENCING, IMS, PRESENCE, XDM};
pub use software::{FUMO, SCOMO};

/// A management object of a specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "to be written as a literal: a table of data")]
pub struct StandardObject {
    /// How people call it.
    pub name: &'static str,
    /// Its identifier, and those of other versions with the same nodes; opaque strings. DM 1.1.2 has none.
    pub identifiers: &'static [&'static str],
    /// Where the specification has it; `None` where devices choose.
    pub path: Option<&'static str>,
    /// The name of its root; `None` where that gets its name at run time.
    pub root: Option<&'static str>,
    /// How often its root may be there.
    pub occurrence: Occurrence,
    /// The nodes below its root, each in front of those below it.
    pub rows: &'static [Row],
}

/// A node of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "to be written as a literal: a row of a table")]
pub struct Row {
    /// The names from the root of the object down, with `/` between them; `*` for one that comes at run time.
    pub path: &'static str,
    /// The format.
    pub format: Format<'static>,
    /// Another format that devices have, which is as good.
    pub or_format: Option<Format<'static>>,
    /// How often it may be there.
    pub occurrence: Occurrence,
    /// The least that servers may do to it.
    pub access: AccessTypes,
    /// Whether the text of the specification was seen; if not, all of the row is second-hand or reconstructed.
    pub is_confirmed: bool,
}

/// Rows of a table: `C` where the text of the specification was seen, `U` where it was not; two formats where devices
/// have another one than the text, or one of two.
macro_rules! rows {
    ($( $mark:ident $path:literal $format:ident $(| $or:ident)? $occurrence:ident $access:ident; )*) => {
        &[$( $crate::object::standard::Row {
            path: $path,
            format: syncml::dm::Format::$format,
            or_format: $crate::object::standard::rows!(@or $($or)?),
            occurrence: syncml::dm::mgmt_tree::Occurrence::$occurrence,
            access: $crate::object::standard::$access,
            is_confirmed: $crate::object::standard::$mark,
        } ),*]
    };
    (@or) => { None };
    (@or $or:ident) => { Some(syncml::dm::Format::$or) };
}

use rows;

const C: bool = true;
const U: bool = false;

const NONE: AccessTypes = AccessTypes::EMPTY;
const GET: AccessTypes = NONE.with(AccessType::Get);
const GET_REPLACE: AccessTypes = GET.with(AccessType::Replace);
const REPLACE: AccessTypes = NONE.with(AccessType::Replace);
const EXEC_GET: AccessTypes = GET.with(AccessType::Exec);

/// All objects of these tables.
pub const ALL: [&StandardObject; 12] =
    [&DM_ACC, &DM_ACC_1_1_2, &DEV_INFO, &DEV_DETAIL, &NAP, &PROXY, &IMS, &CONFERENCING, &PRESENCE, &XDM, &FUMO, &SCOMO];

/// The object of this identifier, white space around it aside.
#[must_use]
pub fn find(identifier: &str) -> Option<&'static StandardObject> {
    let identifier = identifier.trim_ascii();
    ALL.into_iter().find(|object| object.identifiers.contains(&identifier))
}

impl StandardObject {
    /// The row of a path.
    #[must_use]
    pub fn row(&self, path: &str) -> Option<&'static Row> {
        self.rows.iter().find(|row| row.path == path)
    }

    /// The description of the object below the node `path`, unless the specification has a place for it. Servers may do
    /// to each node what the table has, and `more`; but what may not be got, such as a secret, never can.
    ///
    /// All identifiers stand in it, where a document has one.
    #[must_use]
    pub fn tree<'a>(&self, path: &'a str, more: AccessTypes) -> MgmtTree<'a> {
        let root = Root {
            name: self.root,
            path: self.path.unwrap_or(path),
            occurrence: self.occurrence,
            identifiers: self.identifiers,
        };
        let nodes = self.rows.iter().map(|row| Described {
            path: row.path,
            format: row.format,
            or_format: row.or_format,
            occurrence: row.occurrence,
            access: row.access,
        });
        describe(&root, nodes, more)
    }
}
