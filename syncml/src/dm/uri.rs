//! Addresses of nodes and what may be asked of them (OMA DM Tree and Description, addressing of nodes).

mod query;
mod rules;
mod segment;

use core::fmt;
use core::hash::{Hash, Hasher};

pub use query::{List, Query, TndsList, TndsPart, TndsParts};
pub use rules::UriRules;
pub use segment::{Case, Escaped, Segment, SegmentOctets, Segments};

use super::fault::{Fault, trimmed};

/// What is wrong with an address, and where.
pub type UriError = Fault<UriErrorKind>;

/// What is wrong with an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UriErrorKind {
    /// There is no address; that of the root is `.`.
    #[error("the address is empty")]
    Empty,
    /// `A//B`: a node's name has a character at least.
    #[error("a segment is empty")]
    EmptySegment,
    /// `A/` and `./`: a slash stands between two segments.
    #[error("a slash ends the address")]
    TrailingSlash,
    /// `/A`: an address from the root begins with `./`.
    #[error("a slash begins the address")]
    LeadingSlash,
    /// `.` behind the start, or `..` anywhere, written with escapes or without.
    #[error("a segment is . or ..")]
    DotSegment,
    /// `*` alone, which Windows keeps for itself.
    #[error("a segment is * alone")]
    Star,
    /// A character that has to be escaped (RFC 2396, 2.4.3), or a control character, escaped or not.
    #[error("{0:?} may not stand in an address")]
    Character(char),
    /// A `%` without two hexadecimal digits (RFC 2396, 2.4.1).
    #[error("a % is not followed by two hexadecimal digits")]
    Escape,
    /// A list behind `list=TNDS` with a nameless property, or with both `+` and `-`.
    #[error("the list of properties is malformed")]
    PropertyList,
    /// More characters than `MaxTotLen`.
    #[error("the address is too long")]
    TooLong,
    /// More segments than `MaxDepth`.
    #[error("the address is too deep")]
    TooDeep,
    /// A segment of more characters than `MaxSegLen`.
    #[error("a segment is too long")]
    SegmentTooLong,
}

impl UriErrorKind {
    /// Whether the address is above a limit of the device, which it answers with status 414, URI too long.
    #[must_use]
    pub const fn is_limit(self) -> bool {
        matches!(self, Self::TooLong | Self::TooDeep | Self::SegmentTooLong)
    }
}

/// The address of a node, with what is asked of it: `./DevDetail/FwV?prop=Type`.
///
/// `./A/B` and `A/B` are one address. Two addresses are equal if they have the same segments with the escapes undone,
/// and the same query; [`is_same_node`](Self::is_same_node) compares for trees that are not case-sensitive.
///
/// ```
/// use syncml::dm::{List, Query, Uri};
///
/// let uri = Uri::parse("./Vendor/A%20B?list=StructData")?;
/// assert_eq!(uri.segments().map(|segment| segment.as_str()).collect::<Vec<_>>(), ["Vendor", "A%20B"]);
/// assert_eq!(uri.query(), Some(Query::List(List::StructData)));
/// assert_eq!(uri.parent().unwrap(), Uri::parse("Vendor")?);
/// assert_eq!(uri.to_string(), "./Vendor/A%20B?list=StructData");
/// # Ok::<(), syncml::dm::UriError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Uri<'a> {
    /// Without `./`; empty for the root.
    path: &'a str,
    has_prefix: bool,
    query: Option<Query<'a>>,
}

impl<'a> Uri<'a> {
    /// The root, `.`.
    pub const ROOT: Self = Self { path: "", has_prefix: true, query: None };
    /// `./Inbox`: where a device takes objects without a place of their own (OMA DM Bootstrap).
    pub const INBOX: Self = Self { path: "Inbox", has_prefix: true, query: None };

    /// Reads an address by [`UriRules::STRICT`]. White space around it is no part of it.
    ///
    /// # Errors
    /// As [`parse_with`](Self::parse_with).
    pub fn parse(text: &'a str) -> Result<Self, UriError> {
        Self::parse_with(text, &UriRules::STRICT)
    }

    /// Reads an address by these rules. White space around it is no part of it.
    ///
    /// ```
    /// use syncml::dm::{Uri, UriErrorKind, UriRules};
    ///
    /// let rules = UriRules::STRICT.with_limits(2, 0, 0);
    /// assert_eq!(Uri::parse_with("./A/B", &rules)?.depth(), 2);
    /// let error = Uri::parse_with("./A/B/C", &rules).unwrap_err();
    /// assert_eq!((error.kind(), error.offset()), (UriErrorKind::TooDeep, 6));
    /// assert!(error.kind().is_limit());
    /// # Ok::<(), syncml::dm::UriError>(())
    /// ```
    ///
    /// # Errors
    /// One of [`UriErrorKind`], at the first octet that breaks a rule; [`UriErrorKind::TooLong`] before all others.
    pub fn parse_with(text: &'a str, rules: &UriRules) -> Result<Self, UriError> {
        let (text, start) = trimmed(text);
        if let Some(end) = rules::end_within(text, rules.max_tot_len) {
            return Err(Fault::new(UriErrorKind::TooLong, start.saturating_add(end)));
        }
        let (whole, query) = match text.split_once('?') {
            Some((whole, query)) => (whole, Some(query)),
            None => (text, None),
        };
        let (path, has_prefix, path_start) = path(whole, start, rules)?;
        rules.check_path(path, path_start)?;
        let query = match query {
            Some(query) => Some(Query::read(query, start.saturating_add(whole.len()).saturating_add(1), rules)?),
            None => None,
        };
        Ok(Self { path, has_prefix, query })
    }

    /// The segments as they are written, without `./` and without the query; empty for the root.
    #[must_use]
    pub const fn path(&self) -> &'a str {
        self.path
    }

    /// What is asked of the node.
    #[must_use]
    pub const fn query(&self) -> Option<Query<'a>> {
        self.query
    }

    /// The same node with this query, or without one.
    #[must_use]
    pub const fn with_query(self, query: Option<Query<'a>>) -> Self {
        Self { query, ..self }
    }

    /// Whether the address was written from the root: `.`, `./A`.
    #[must_use]
    pub const fn has_prefix(&self) -> bool {
        self.has_prefix
    }

    /// Whether it is the address of the root.
    #[must_use]
    pub const fn is_root(&self) -> bool {
        self.path.is_empty()
    }

    /// The names on the way from the root to the node, the node's own last; none for the root.
    #[must_use]
    pub const fn segments(&self) -> Segments<'a> {
        Segments::new(self.path)
    }

    /// How many segments there are; 0 for the root.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.segments().count()
    }

    /// The name of the node; `None` for the root.
    #[must_use]
    pub fn name(&self) -> Option<Segment<'a>> {
        self.path.rsplit('/').next().filter(|name| !name.is_empty()).map(Segment::new)
    }

    /// The node above, without a query; `None` for the root.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        if self.is_root() {
            return None;
        }
        let path = self.path.rsplit_once('/').map_or("", |(parent, _)| parent);
        Some(Self { path, has_prefix: self.has_prefix, query: None })
    }

    /// The node itself and all above it, the root last: the order in which access control lists are looked for.
    ///
    /// ```
    /// use syncml::dm::Uri;
    ///
    /// let uri = Uri::parse("./A/B")?;
    /// let way: Vec<_> = uri.ancestors().map(|node| node.to_string()).collect();
    /// assert_eq!(way, ["./A/B", "./A", "."]);
    /// # Ok::<(), syncml::dm::UriError>(())
    /// ```
    #[must_use]
    pub const fn ancestors(&self) -> Ancestors<'a> {
        Ancestors { next: Some(Self { query: None, ..*self }) }
    }

    /// Whether both are addresses of one node, whatever is asked of it.
    #[must_use]
    pub fn is_same_node(&self, other: &Uri<'_>, case: Case) -> bool {
        let mut others = other.segments();
        self.segments().all(|segment| others.next().is_some_and(|other| segment.is_same(&other, case)))
            && others.next().is_none()
    }

    /// The way down from `ancestor` to this node, with the query; the root for `ancestor` itself, `None` for a node
    /// elsewhere.
    ///
    /// ```
    /// use syncml::dm::{Case, Uri};
    ///
    /// let uri = Uri::parse("./A/B/C")?;
    /// assert_eq!(uri.below(&Uri::parse("A")?, Case::Sensitive), Some(Uri::parse("B/C")?));
    /// assert_eq!(uri.below(&Uri::parse("./B")?, Case::Sensitive), None);
    /// # Ok::<(), syncml::dm::UriError>(())
    /// ```
    #[must_use]
    pub fn below(&self, ancestor: &Uri<'_>, case: Case) -> Option<Self> {
        let mut segments = self.segments();
        for expected in ancestor.segments() {
            if !segments.next()?.is_same(&expected, case) {
                return None;
            }
        }
        Some(Self { path: segments.rest(), has_prefix: false, query: self.query })
    }

    /// Whether this node stands directly below `parent`.
    #[must_use]
    pub fn is_child_of(&self, parent: &Uri<'_>, case: Case) -> bool {
        self.parent().is_some_and(|above| above.is_same_node(parent, case))
    }

    /// The way below `./Inbox`: of an object in a bootstrap message, and of references inside it, which the device
    /// rewrites to where the object goes (OMA DM Bootstrap). The root for `./Inbox` itself, `None` for an address
    /// elsewhere.
    ///
    /// ```
    /// use syncml::dm::Uri;
    ///
    /// let reference = Uri::parse("./Inbox/Con/Ext")?.inbox_path().unwrap();
    /// assert_eq!(Uri::parse("./Connections")?.join(reference).to_string(), "./Connections/Con/Ext");
    /// # Ok::<(), syncml::dm::UriError>(())
    /// ```
    #[must_use]
    pub fn inbox_path(&self) -> Option<Self> {
        self.below(&Self::INBOX, Case::Sensitive)
    }

    /// The address of the node `tail` below this node, with the query of `tail`: to be printed, and to be read again
    /// where there are limits.
    #[must_use]
    pub const fn join<'b>(&self, tail: Uri<'b>) -> Joined<'a, 'b> {
        Joined { base: *self, tail }
    }
}

/// The segments of an address, whether they have a prefix, and where they begin.
fn path<'a>(whole: &'a str, start: usize, rules: &UriRules) -> Result<(&'a str, bool, usize), UriError> {
    if whole.is_empty() {
        return Err(Fault::new(UriErrorKind::Empty, start));
    }
    if whole == "." {
        return Ok(("", true, start));
    }
    let (path, prefix) = match (whole.strip_prefix("./"), whole.strip_prefix('/')) {
        (Some(path), _) => (path, 2),
        (None, Some(_)) if !rules.has_leading_slash => return Err(Fault::new(UriErrorKind::LeadingSlash, start)),
        (None, Some(path)) => (path, 1),
        (None, None) => (whole, 0),
    };
    if path.is_empty() {
        return Err(Fault::new(UriErrorKind::TrailingSlash, start.saturating_add(prefix).saturating_sub(1)));
    }
    Ok((path, prefix > 0, start.saturating_add(prefix)))
}

impl PartialEq for Uri<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.is_same_node(other, Case::Sensitive) && self.query == other.query
    }
}

impl Eq for Uri<'_> {}

impl Hash for Uri<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for segment in self.segments() {
            segment.hash(state);
        }
        self.query.hash(state);
    }
}

impl fmt::Display for Uri<'_> {
    /// Writes the address as it was written, with `./` where there was a prefix.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.is_root(), self.has_prefix) {
            (true, _) => f.write_str(".")?,
            (false, true) => write!(f, "./{}", self.path)?,
            (false, false) => f.write_str(self.path)?,
        }
        self.query.map_or(Ok(()), |query| write!(f, "?{query}"))
    }
}

/// A node and all above it, the root last.
#[derive(Clone, Debug)]
pub struct Ancestors<'a> {
    next: Option<Uri<'a>>,
}

impl<'a> Iterator for Ancestors<'a> {
    type Item = Uri<'a>;

    fn next(&mut self) -> Option<Uri<'a>> {
        let node = self.next?;
        self.next = node.parent();
        Some(node)
    }
}

/// A node below another: printed, it is one address.
#[derive(Clone, Copy, Debug)]
pub struct Joined<'a, 'b> {
    base: Uri<'a>,
    tail: Uri<'b>,
}

impl fmt::Display for Joined<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.base.is_root(), self.tail.is_root()) {
            (_, true) => write!(f, "{}", self.base.with_query(None))?,
            (true, false) => write!(f, "./{}", self.tail.path)?,
            (false, false) => write!(f, "{}/{}", self.base.with_query(None), self.tail.path)?,
        }
        self.tail.query.map_or(Ok(()), |query| write!(f, "?{query}"))
    }
}
