//! Names of nodes, with their escapes and without.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::sync::Arc;

use syncml::dm::{Segment, Uri, UriRules};

/// A name as people write it, and the one way in which the tree holds it: as it stands in addresses, escaped only where
/// it has to be.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) plain: String,
    pub(super) written: Arc<str>,
}

impl Name {
    /// That of a segment of an address; `None` if it is no text.
    pub(super) fn of(segment: Segment<'_>) -> Option<Self> {
        segment.to_cow().map(Self::plain)
    }

    /// That of a node in a document: one that can stand in an address is taken as it is, escapes and all.
    pub(super) fn spelled(name: &str) -> Option<Self> {
        match Uri::parse(name).ok().and_then(|uri| uri.name()).filter(|segment| segment.as_str() == name) {
            Some(segment) => Self::of(segment),
            None => Some(Self::plain(Cow::Borrowed(name))),
        }
    }

    /// That without escapes.
    pub(super) fn plain(name: Cow<'_, str>) -> Self {
        let can_stand = |name: &str| {
            !name.contains(['%', '/']) && Uri::parse_with(name, &UriRules::STRICT).is_ok_and(|uri| uri.path() == name)
        };
        let written = if can_stand(&name) { Arc::from(&*name) } else { Arc::from(Segment::escape(&name).to_string()) };
        Self { plain: name.into_owned(), written }
    }
}
