//! What a store takes.

use syncml::dm::UriRules;

/// What a store takes, and how much.
///
/// ```
/// use poc_mo::object::Options;
///
/// let mut options = Options::DEFAULT;
/// options.keeps_unknown = false;
/// options.rules = options.rules.with_limits(16, 255, 64);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// What is an address, and how long and deep one may be: `./DevDetail/URI`. The answer beyond is status 414.
    pub rules: UriRules,
    /// Whether servers may add nodes that are not described: extensions of vendors, and of later versions. If not, the
    /// answer is status 405.
    pub keeps_unknown: bool,
    /// Whether there is an inbox (OMA-TS-DM-StdObj, `./Inbox`): a serialised tree that is added there, or that says this
    /// path itself, goes where the identifiers of its objects are described. Objects that are not described are passed
    /// over; if all are, the answer is status 406. Any other command there is answered 405.
    pub has_inbox: bool,
    /// Whether nodes have `VerNo` and, of changes at a time that [is known](super::Store::set_time), `TStamp` (OMA DM
    /// Tree and Description 1.2, properties of nodes). A node that is added has version 0; each `Replace` of its value,
    /// its name or another property counts, modulo 2¹⁶, and what is done below it does not. If not, the answer is status
    /// 406.
    pub has_versions: bool,
    /// Octets of a value. The answer beyond is status 413.
    pub max_value: usize,
    /// Octets of an access control list. The answer beyond is status 420.
    pub max_acl: usize,
    /// How many nodes there may be. The answer beyond is status 420.
    pub max_nodes: usize,
    /// Octets of all names, properties and values together; what a transaction has replaced counts until it is finished,
    /// and so does what it deletes. The answer beyond is status 420.
    pub max_octets: usize,
    /// Octets that all answers of one transaction to `Get` may have together, and octets that it may read from its
    /// message. The answer beyond is status 413.
    pub max_transaction: usize,
}

impl Options {
    /// Unknown nodes are kept, and there is an inbox. Addresses have 32 segments, 1,024 characters and 255 characters in a segment at most;
    /// there are a mebibyte for a value, 4,096 octets for an access control list, 100,000 nodes, and 16 mebibytes for
    /// all of the tree and for all of a transaction.
    pub const DEFAULT: Self = Self {
        rules: UriRules::STRICT.with_limits(32, 1024, 255),
        keeps_unknown: true,
        has_inbox: true,
        has_versions: false,
        max_value: 1 << 20,
        max_acl: 4096,
        max_nodes: 100_000,
        max_octets: 16 << 20,
        max_transaction: 16 << 20,
    };
}

impl Default for Options {
    fn default() -> Self {
        Self::DEFAULT
    }
}
