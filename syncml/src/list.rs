//! Elements of one kind in a command (SyncML Representation Protocol, `MapItem`, `Source` of `Search`).

use wbxml::{AnyReader, Decode, Limits, Markup, Tag};

use crate::error::{Error, Result};
use crate::more;

/// Elements of one kind in a command, in order: they are read when somebody asks.
///
/// ```
/// use syncml::{List, Location, MapItem};
///
/// let listed = [MapItem::new(Location::new("./1"), Location::new("./A7"))];
/// let items = List::of(&listed);
/// assert_eq!(items.iter().count(), 1);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct List<'a, T>(Place<'a, T>);

// How an element is read is a bound of the iterator and not a function here: with a function over `'a` in it, no command
// could stand where one of a shorter life is wanted.
#[derive(Clone, Copy, Debug)]
enum Place<'a, T> {
    Given(&'a [T]),
    Unread(Unread<'a>),
}

/// The content of the command, and which of the elements in it are meant.
#[derive(Clone, Copy, Debug)]
struct Unread<'a> {
    content: Markup<'a>,
    tag: Tag,
}

impl<'a, T> List<'a, T> {
    /// These elements.
    #[must_use]
    pub const fn of(elements: &'a [T]) -> Self {
        Self(Place::Given(elements))
    }

    /// The elements of this tag in the content of a command.
    pub(crate) const fn unread(content: Markup<'a>, tag: Tag) -> Self {
        Self(Place::Unread(Unread { content, tag }))
    }
}

impl<'a, T: Copy> List<'a, T> {
    /// The elements, in order.
    #[must_use]
    pub const fn iter(&self) -> ListIter<'a, T> {
        ListIter { place: self.0, reader: None }
    }
}

impl<'a, T: Copy + Decode<'a, Error = Error>> IntoIterator for &List<'a, T> {
    type Item = Result<T>;
    type IntoIter = ListIter<'a, T>;

    fn into_iter(self) -> ListIter<'a, T> {
        self.iter()
    }
}

impl<T> Default for List<'_, T> {
    fn default() -> Self {
        Self::of(&[])
    }
}

/// The elements of a [`List`], in order.
///
/// # Errors
/// None that is not in the document: an error ends the iteration.
#[derive(Clone, Debug)]
pub struct ListIter<'a, T> {
    place: Place<'a, T>,
    reader: Option<AnyReader<'a>>,
}

impl<'a, T: Copy + Decode<'a, Error = Error>> Iterator for ListIter<'a, T> {
    type Item = Result<T>;

    fn next(&mut self) -> Option<Result<T>> {
        match &mut self.place {
            Place::Given(elements) => {
                let (first, more) = elements.split_first()?;
                *elements = more;
                Some(Ok(*first))
            }
            Place::Unread(unread) => {
                let next = unread.next(&mut self.reader).transpose();
                if !matches!(next, Some(Ok(_))) {
                    self.place = Place::Given(&[]);
                }
                next
            }
        }
    }
}

impl<'a> Unread<'a> {
    fn next<T: Decode<'a, Error = Error>>(&self, reader: &mut Option<AnyReader<'a>>) -> Result<Option<T>> {
        let reader = match reader {
            Some(reader) => reader,
            none => none.insert(self.content.reader(Limits::NONE)?),
        };
        more::next(reader, self.tag)?.map(|child| T::decode(reader, child)).transpose()
    }
}
