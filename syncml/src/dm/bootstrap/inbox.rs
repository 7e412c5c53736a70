//! References to objects that came to the inbox.

use core::fmt;

/// Where a device has put a node that came to the inbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "a move has two ends")]
pub struct Placement<'a> {
    /// The path of the node in its TNDS object.
    pub from: &'a str,
    /// Its URI in the tree.
    pub to: &'a str,
}

/// A reference to a node that was placed; printed, it is the URI of the node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relocated<'a> {
    to: &'a str,
    rest: &'a str,
}

/// The path in the TNDS object that a value refers to, if it refers to the inbox: what follows `./Inbox/`.
///
/// ```
/// use syncml::dm::bootstrap::inbox_path;
///
/// assert_eq!(inbox_path("./Inbox/Internet/NAP"), Some("Internet/NAP"));
/// assert_eq!(inbox_path("./NAP/Internet"), None);
/// ```
#[must_use]
pub fn inbox_path(value: &str) -> Option<&str> {
    relative(value).strip_prefix("Inbox/")
}

/// The place that a path in a TNDS object has in the tree, with the nodes of the object that were placed: the deepest
/// that the path leads to or through. `None` if there is none, and the reference leads nowhere.
///
/// ```
/// use syncml::dm::bootstrap::{Placement, relocate};
///
/// let placed = [Placement { from: "Internet", to: "./NAP/Internet1" }];
/// assert_eq!(relocate("Internet/IP", &placed).unwrap().to_string(), "./NAP/Internet1/IP");
/// assert_eq!(relocate("Internet2", &placed), None);
/// ```
#[must_use]
pub fn relocate<'a>(path: &'a str, placed: &[Placement<'a>]) -> Option<Relocated<'a>> {
    let path = relative(path);
    let relocated = |placement: &Placement<'a>| {
        let rest = path.strip_prefix(relative(placement.from))?;
        // a name ends where it ends: `Internet` is no part of `Internet2`
        let is_whole = rest.is_empty() || rest.starts_with('/');
        is_whole.then_some(Relocated { to: placement.to, rest })
    };
    placed.iter().filter_map(relocated).min_by_key(|relocated| relocated.rest.len())
}

impl fmt::Display for Relocated<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.to)?;
        f.write_str(self.rest)
    }
}

/// The URI without the `./` that may stand in front.
fn relative(uri: &str) -> &str {
    uri.strip_prefix("./").unwrap_or(uri)
}
