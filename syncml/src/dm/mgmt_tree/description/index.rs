//! Names on the way from the root, each at a place of its own.

use alloc::borrow::{Cow, ToOwned};
use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use wbxml::Text;

use crate::dm::Format;
use crate::dm::mgmt_tree::path::{UNNAMED, segments};

/// Places, each below another, and how they are found.
#[derive(Clone, Debug)]
pub(super) struct Names<'d> {
    found: BTreeMap<(usize, Key<'d>), usize>,
    rows: Vec<Row<'d>>,
}

#[derive(Clone, Debug)]
struct Row<'d> {
    above: usize,
    /// `None` for a node without one.
    name: Option<Cow<'d, str>>,
    /// Whether its name leads to it.
    is_found: bool,
}

/// What a place is looked up by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key<'d> {
    Name(Cow<'d, str>),
    /// A name whose case does not count, in lower case.
    AnyCase(String),
    Unnamed(Kind),
}

/// What a node without a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Interior,
    Leaf,
}

impl Kind {
    /// That of a node with this format; an interior one, where nothing is said.
    pub(super) fn of(format: Option<Format<'_>>) -> Self {
        if format.is_none_or(|format| format == Format::NODE) { Self::Interior } else { Self::Leaf }
    }

    const fn other(self) -> Self {
        match self {
            Self::Interior => Self::Leaf,
            Self::Leaf => Self::Interior,
        }
    }
}

impl<'d> Names<'d> {
    pub(super) const ROOT: usize = 0;

    pub(super) fn new() -> Self {
        Self { found: BTreeMap::new(), rows: vec![Row { above: Self::ROOT, name: None, is_found: true }] }
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn above(&self, place: usize) -> usize {
        self.rows.get(place).map_or(Self::ROOT, |row| row.above)
    }

    pub(super) fn name(&self, place: usize) -> Option<&str> {
        self.rows.get(place)?.name.as_deref()
    }

    /// Whether a name leads to this place, and not to one that came before it.
    pub(super) fn is_found(&self, place: usize) -> bool {
        self.rows.get(place).is_some_and(|row| row.is_found)
    }

    /// Puts a place below another, to which nothing leads yet.
    pub(super) fn push(&mut self, above: usize, name: Option<Cow<'d, str>>) -> usize {
        let place = self.rows.len();
        self.rows.push(Row { above, name, is_found: false });
        place
    }

    /// The place that this name leads to.
    pub(super) fn named(&self, above: usize, name: &str) -> Option<usize> {
        self.found.get(&(above, Key::Name(Cow::Borrowed(name)))).copied()
    }

    /// The place that this name leads to; a new one, if there is none.
    pub(super) fn name_or_push(&mut self, above: usize, name: Cow<'d, str>) -> usize {
        if let Some(place) = self.named(above, &name) {
            return place;
        }
        let place = self.push(above, Some(name.clone()));
        self.find(place, Key::Name(name));
        place
    }

    /// The place that the segments of `names` lead to; new ones, where there is none.
    pub(super) fn walk(&mut self, from: usize, names: Option<Text<'d>>) -> usize {
        split(names.unwrap_or_default()).into_iter().fold(from, |place, name| self.name_or_push(place, name))
    }

    /// The place of a node without a name. Of two of one kind, the first takes the names.
    pub(super) fn unnamed(&mut self, above: usize, kind: Kind) -> usize {
        let place = self.push(above, None);
        self.find(place, Key::Unnamed(kind));
        place
    }

    /// From now on, the name of this place leads to it in whichever case.
    pub(super) fn ignore_case(&mut self, place: usize) {
        if let Some(name) = self.name(place).map(str::to_ascii_lowercase) {
            self.find(place, Key::AnyCase(name));
        }
    }

    /// The place that a node goes to: by its name, or else as one of those that are described without one.
    pub(super) fn lookup(&self, above: usize, name: Option<&str>, kind: Kind) -> Option<usize> {
        let by_name = name.and_then(|name| {
            let any_case = || self.found.get(&(above, Key::AnyCase(name.to_ascii_lowercase()))).copied();
            self.named(above, name).or_else(any_case)
        });
        let unnamed = |kind| self.found.get(&(above, Key::Unnamed(kind))).copied();
        by_name.or_else(|| unnamed(kind)).or_else(|| unnamed(kind.other()))
    }

    /// The URI of a place, and of `below` where that is given.
    pub(super) fn uri(&self, place: usize, below: Option<&str>) -> String {
        let mut names: Vec<&str> = below.into_iter().collect();
        let mut at = place;
        while at != Self::ROOT {
            names.push(self.name(at).unwrap_or(UNNAMED));
            at = self.above(at);
        }
        let mut uri = String::from(".");
        for name in names.iter().rev() {
            uri.push('/');
            uri.push_str(name);
        }
        uri
    }

    fn find(&mut self, place: usize, key: Key<'d>) {
        let first = *self.found.entry((self.above(place), key)).or_insert(place);
        if let Some(row) = self.rows.get_mut(place) {
            row.is_found |= first == place;
        }
    }
}

/// The text as a string; what is no text becomes U+FFFD.
pub(super) fn spelled(text: Text<'_>) -> Cow<'_, str> {
    text.to_cow().unwrap_or_else(|_| Cow::Owned(text.to_string()))
}

/// The segments of a text.
pub(super) fn split(names: Text<'_>) -> Vec<Cow<'_, str>> {
    match spelled(names) {
        Cow::Borrowed(names) => segments(names).map(Cow::Borrowed).collect(),
        Cow::Owned(names) => segments(&names).map(|name| Cow::Owned(name.to_owned())).collect(),
    }
}
