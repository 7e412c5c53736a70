//! OMA Device Management beside its messages: notifications, bootstrap messages, serialised trees, and the vocabulary that
//! a client and a server speak of the management tree with (OMA DM Tree and Description): addresses of nodes, access
//! control lists, properties, formats.
//!
//! Nothing of the vocabulary holds a tree. What is parsed is borrowed from the text and takes no memory of its own.

mod acl;
pub mod bootstrap;
mod fault;
mod format;
pub mod mgmt_tree;
mod node_kind;
pub mod notification;
mod property;
mod time;
mod uri;

pub use acl::{Acl, AclBuilder, AclCommand, AclEntries, AclEntry, AclError, AclErrorKind, Servers, may_replace_acl};
pub use fault::Fault;
pub use format::{Format, Value, ValueError, ValueErrorKind};
pub use node_kind::NodeKind;
pub use property::{Property, PropertyError, PropertyErrorKind, PropertyValue, Support};
pub use time::{Date, Time, Timestamp};
pub use uri::{
    Ancestors, Case, Escaped, Joined, List, Query, Segment, SegmentOctets, Segments, TndsList, TndsPart, TndsParts,
    Uri, UriError, UriErrorKind, UriRules,
};
