//! The characteristics that the specification knows, as types (OMA-WAP-TS-ProvCont, 4; WAP-183-PROVCONT).
//!
//! Each type has a field for each parm that its characteristic may have. Whatever else stands there, an unknown parm,
//! a parm that stands too often or has a value that it cannot have, an unknown characteristic, is in [`Rest`] and is
//! written again behind what is known. Reading a type never fails: what is missing or wrong,
//! [`validate`](crate::ProvisioningDoc::validate) says.

mod build;
mod characteristics;
mod field;
mod rest;
mod schema;
mod settings;

pub use build::Auth;
pub use characteristics::{
    Access, AppAddr, AppAuth, Application, Bootstrap, ClientIdentity, NapAuthInfo, NapDef, Port, PxAuthInfo, PxLogical,
    PxPhysical, Resource, Validity, VendorConfig,
};
pub use field::Hex;
pub(crate) use field::number;
pub use rest::{Rest, Subtree};
pub use schema::{Occurrence, ParmRow, Schema, ValueKind};
pub use settings::{SCHEMA, Settings};
