//! A command that is sent item by item, and the data of an item that is sent in chunks.

use alloc::borrow::Cow;
use alloc::string::ToString;
use alloc::vec::Vec;
use core::ops::Range;

use wbxml::{Data, Encoding, Text, WriteError};

use super::{PackageError, Parts, Place};
use crate::command::Command;
use crate::item::{Item, Items};
use crate::meta::{Meta, MetaFields};

/// A command that is sent item by item.
#[derive(Clone, Debug)]
pub(super) struct Split<'a> {
    encoding: Encoding<'a>,
    /// The index of the command.
    pub(super) command: usize,
    /// The command without its items.
    head: Command<'a>,
    /// What its `Meta` says of every item.
    meta: Meta<'a>,
    items: Vec<Item<'a>>,
    has_chunks: bool,
    /// The item that is sent in chunks, and its data.
    open: Option<(usize, Item<'a>, Body<'a>)>,
}

/// How a command may be divided over messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Division {
    /// Not at all.
    None,
    /// Into commands of one item each.
    Items,
    /// So, and the data of an item into chunks.
    Data,
}

/// Data that is sent in chunks.
#[derive(Clone, Debug)]
enum Body<'a> {
    Text(Cow<'a, str>),
    Octets(&'a [u8]),
}

impl<'a> Split<'a> {
    /// The command, if it may be sent item by item.
    pub(super) fn new(
        encoding: Encoding<'a>,
        index: usize,
        command: &Command<'a>,
    ) -> Result<Option<Self>, PackageError> {
        let mut head = *command;
        let division = Division::of(command);
        let Some(Parts { meta, items: Some(items), .. }) = Parts::of(&mut head) else { return Ok(None) };
        let meta = meta.map(|meta| *meta).unwrap_or_default();
        let all = items.iter().collect::<Result<Vec<_>, _>>().map_err(PackageError::unreadable)?;
        *items = Items::default();
        let is_divisible = division != Division::None && !all.is_empty();
        let has_chunks = division == Division::Data;
        Ok(is_divisible.then_some(Self { encoding, command: index, head, meta, items: all, has_chunks, open: None }))
    }

    /// The place behind an item.
    pub(super) fn behind(&self, item: usize) -> Place {
        let next = item.saturating_add(1);
        if next < self.items.len() {
            return Place { command: self.command, item: Some(next), octets: 0 };
        }
        Place { command: self.command.saturating_add(1), ..Place::default() }
    }

    /// The command with this item alone.
    pub(super) fn alone(&self, item: usize) -> Command<'a> {
        with_item(self.head, self.items.get(item).copied().unwrap_or_default(), self.meta)
    }

    /// Takes up an item whose data is to be sent in chunks, and gives the octets of it; `None` if it cannot be.
    pub(super) fn open(&mut self, index: usize) -> Result<Option<usize>, PackageError> {
        if let Some((open, _, body)) = &self.open {
            if *open == index {
                return Ok(Some(body.len()));
            }
        }
        let Some(item) = self.items.get(index).filter(|_| self.has_chunks) else { return Ok(None) };
        let body = match item.data {
            Some(Data::Text(text)) => Body::Text(text.to_cow().map_err(WriteError::Text)?),
            Some(Data::Opaque(octets)) => Body::of_octets(self.encoding, octets),
            Some(Data::Markup(_)) | None => return Ok(None),
        };
        let len = body.len();
        self.open = Some((index, *item, body));
        Ok(Some(len).filter(|len| *len > 0))
    }

    /// Hands on the command with a chunk of the open item: these octets of its data.
    pub(super) fn chunk<T>(
        &self,
        octets: Range<usize>,
        more_data: bool,
        put: impl FnOnce(Command<'_>) -> Result<T, PackageError>,
    ) -> Result<T, PackageError> {
        let Some((_, item, body)) = &self.open else { return put(self.head) };
        let size = body.len().to_string();
        let size = (octets.start == 0).then(|| Text::new(&size));
        let of_item = item.meta.fields().map_err(PackageError::unreadable)?;
        let of_all = self.meta.fields().map_err(PackageError::unreadable)?;
        let (item_fields, head_fields) = (MetaFields { size, ..of_item }, MetaFields { size: None, ..of_all });
        let mut chunk = *item;
        chunk.meta = changed(item.meta, &of_item, &item_fields);
        // an item's `Meta` may stand for all of the command's
        chunk.meta.format = chunk.meta.format.or(self.meta.format);
        chunk.meta.type_ = chunk.meta.type_.or(self.meta.type_);
        (chunk.data, chunk.more_data) = (Some(body.part(octets)), more_data);
        put(with_item(self.head, chunk, changed(self.meta, &of_all, &head_fields)))
    }

    /// The end of the longest chunk that fits, between these octets of the open item's data; the start, if none does.
    pub(super) fn longest(
        &self,
        octets: Range<usize>,
        mut fits: impl FnMut(Command<'_>) -> Result<bool, PackageError>,
    ) -> Result<usize, PackageError> {
        let Some((_, _, body)) = &self.open else { return Ok(octets.start) };
        let (mut longest, mut most) = (octets.start, body.cut_at_most(octets.end));
        while longest < most {
            let middle = longest.saturating_add(most.saturating_sub(longest).div_ceil(2));
            let end = body.cut_at_least(middle).min(most);
            if self.chunk(octets.start..end, true, &mut fits)? {
                longest = end;
            } else {
                most = body.cut_at_most(middle.saturating_sub(1)).max(longest);
            }
        }
        Ok(longest)
    }
}

impl Division {
    fn of(command: &Command<'_>) -> Self {
        match command {
            Command::Add(_) | Command::Put(_) | Command::Replace(_) | Command::Results(_) => Self::Data,
            Command::Copy(_) | Command::Delete(_) | Command::Get(_) | Command::Move(_) => Self::Items,
            // the items of an alert are one question, or one piece of news
            Command::Alert(alert) if alert.items.iter().nth(1).is_none() => Self::Data,
            _ => Self::None,
        }
    }
}

impl<'a> Body<'a> {
    /// XML holds octets only as text.
    fn of_octets(encoding: Encoding<'_>, octets: &'a [u8]) -> Self {
        match (encoding, core::str::from_utf8(octets)) {
            #[cfg(feature = "xml")]
            (Encoding::Xml(_), Ok(text)) => Self::Text(Cow::Borrowed(text)),
            _ => Self::Octets(octets),
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Octets(octets) => octets.len(),
        }
    }

    fn part(&self, octets: Range<usize>) -> Data<'_> {
        match self {
            Self::Text(text) => Data::Text(Text::new(text.get(octets).unwrap_or_default())),
            Self::Octets(all) => Data::Opaque(all.get(octets).unwrap_or_default()),
        }
    }

    /// The last place up to `at` where the data may be cut.
    fn cut_at_most(&self, at: usize) -> usize {
        (0..=at).rev().find(|at| self.may_be_cut(*at)).unwrap_or_default()
    }

    /// The first place from `at` on.
    fn cut_at_least(&self, at: usize) -> usize {
        (at..self.len()).find(|at| self.may_be_cut(*at)).unwrap_or(self.len())
    }

    fn may_be_cut(&self, at: usize) -> bool {
        match self {
            Self::Text(text) => text.is_char_boundary(at),
            Self::Octets(_) => true,
        }
    }
}

/// The command with this item alone, and with this `Meta`.
fn with_item<'a>(mut command: Command<'a>, item: Item<'a>, of_all: Meta<'a>) -> Command<'a> {
    if let Some(parts) = Parts::of(&mut command) {
        if let Some(items) = parts.items {
            *items = Items::one(item);
        }
        if let Some(meta) = parts.meta {
            *meta = of_all;
        }
    }
    command
}

/// The same with fields that were changed, if they were.
fn changed<'a>(meta: Meta<'a>, before: &MetaFields<'_>, after: &'a MetaFields<'a>) -> Meta<'a> {
    if before == after { meta } else { meta.with_fields(after) }
}
