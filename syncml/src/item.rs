//! Items: what a command is about (SyncML Representation Protocol, `Item`, `Source`, `Target`, `Data`).

mod fields;
mod filter;

use wbxml::vocabulary::syncml::tag;
use wbxml::{
    AnyReader, Cursor, Data, Decode, Emit, Encode, Fields, Limits, Markup, Slot, Start, Tag, Text, WriteError,
};

use crate::error::{Error, Result};
use crate::field::{element, field, flag};
use crate::meta::Meta;
use crate::more::{self, More};

pub use fields::ItemFields;
pub use filter::Filter;

/// Where something comes from or goes to: the content of `Source` or `Target`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Location<'a> {
    /// `LocURI`: the address, or the node of the management tree.
    pub uri: Option<Text<'a>>,
    /// `LocName`: a name to show; in a device management header, the user name.
    pub name: Option<Text<'a>>,
}

impl<'a> Location<'a> {
    /// The location with this address.
    #[must_use]
    pub const fn new(uri: &'a str) -> Self {
        Self { uri: Some(Text::new(uri)), name: None }
    }

    /// Writes the location as `Source` or `Target`.
    pub(crate) fn encode_as<E: Emit>(&self, out: &mut E, tag: Tag) -> Result<(), WriteError> {
        self.encode_start(out, tag)?;
        out.end()
    }

    /// Writes the location with what else stands in the element `tag` of the command's or item's `content`.
    pub(crate) fn encode_with<E: Emit>(
        &self,
        out: &mut E,
        tag: Tag,
        content: Option<&Markup<'_>>,
    ) -> Result<(), WriteError> {
        self.encode_start(out, tag)?;
        if let Some(content) = content {
            more::copy_within(out, *content, tag, is_rest)?;
        }
        out.end()
    }

    /// Writes the location as `Target`, with a filter.
    pub(crate) fn encode_filtered<E: Emit>(&self, out: &mut E, filter: More<'_, Filter<'_>>) -> Result<(), WriteError> {
        self.encode_start(out, tag::TARGET)?;
        match filter {
            More::None => {}
            More::Given(filter) => filter.encode(out)?,
            More::Unread(rest) => more::copy(out, rest, is_rest)?,
        }
        out.end()
    }

    #[inline]
    fn encode_start<E: Emit>(&self, out: &mut E, tag: Tag) -> Result<(), WriteError> {
        out.start(Start::new(tag))?;
        field(out, tag::LOC_URI, &self.uri)?;
        field(out, tag::LOC_NAME, &self.name)
    }
}

/// Whether a child of a location has no field there.
const fn is_rest(child: Tag) -> bool {
    !matches!(child, tag::LOC_URI | tag::LOC_NAME)
}

impl<'a> Decode<'a> for Location<'a> {
    type Error = Error;

    fn decode<C: Cursor<'a>>(cursor: &mut C, start: Start) -> Result<Self> {
        let mut location = Self::default();
        location.read(cursor, start)?;
        Ok(location)
    }
}

impl<'a> Location<'a> {
    /// Reads the fields of `start`; gives whether anything else stands there.
    pub(crate) fn read<C: Cursor<'a>>(&mut self, cursor: &mut C, start: Start) -> Result<bool> {
        let mut has_rest = false;
        while let Some(child) = cursor.next_child_beside(start, self, None)? {
            has_rest = true;
            cursor.skip(child)?;
        }
        Ok(has_rest)
    }
}

impl<'a> Fields<'a> for Location<'a> {
    #[inline(always)]
    fn slot(&mut self, tag: Tag) -> Option<Slot<'_, 'a>> {
        Some(Slot::Text(match tag {
            tag::LOC_URI => &mut self.uri,
            tag::LOC_NAME => &mut self.name,
            _ => return None,
        }))
    }
}

/// One thing that a command is about.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Item<'a> {
    /// `Target`: where it goes.
    pub target: Option<Location<'a>>,
    /// `Source`: where it comes from.
    pub source: Option<Location<'a>>,
    /// `Meta`: what its data is.
    pub meta: Meta<'a>,
    /// `Data`: `None` where the element is absent, an empty text where it is empty.
    pub data: Option<Data<'a>>,
    /// `MoreData`: the data goes on in the next message.
    pub more_data: bool,
    more: More<'a, ItemFields<'a>>,
}

impl<'a> Item<'a> {
    /// An item for the leaf at `target`.
    #[must_use]
    pub const fn leaf(target: &'a str, meta: Meta<'a>, text: &'a str) -> Self {
        Self {
            target: Some(Location::new(target)),
            source: None,
            meta,
            data: Some(Data::Text(Text::new(text))),
            more_data: false,
            more: More::None,
        }
    }

    /// The same with these fields, which few items have.
    #[must_use]
    pub const fn with_fields(self, fields: &'a ItemFields<'a>) -> Self {
        Self { more: More::Given(fields), ..self }
    }

    /// What few items have: parents and a filter. Elements that are not among the fields are passed over here; written
    /// again, they are there.
    ///
    /// # Errors
    /// On an element with children where there should be text, at its offset.
    pub fn fields(&self) -> Result<ItemFields<'a>> {
        match self.more {
            More::None => Ok(ItemFields::default()),
            More::Given(fields) => Ok(*fields),
            More::Unread(content) => ItemFields::read(&mut content.reader(Limits::NONE)?),
        }
    }

    /// The data as text: what `OPAQUE` holds counts as text too, if it is UTF-8.
    #[must_use]
    pub fn data_text(&self) -> Option<Text<'a>> {
        match self.data {
            Some(Data::Text(text)) => Some(text),
            Some(Data::Opaque(octets)) => core::str::from_utf8(octets).ok().map(Text::new),
            Some(Data::Markup(_)) | None => None,
        }
    }

    /// The address of the target, else of the source.
    #[must_use]
    pub fn uri(&self) -> Option<Text<'a>> {
        self.target.and_then(|target| target.uri).or_else(|| self.source.and_then(|source| source.uri))
    }
}

impl<'a> Decode<'a> for Item<'a> {
    type Error = Error;

    fn decode<C: Cursor<'a>>(cursor: &mut C, start: Start) -> Result<Self> {
        let mut item = Self::default();
        item.read(cursor, start)?;
        Ok(item)
    }
}

impl<'a> Item<'a> {
    // ADVICE: items and commands are some hundred octets, and a copy of one costs as much as reading half of it. So
    // they are read where they will stay: `read` fills a default value in place.
    /// Reads the fields of `start`.
    fn read<C: Cursor<'a>>(&mut self, cursor: &mut C, start: Start) -> Result<()> {
        let mut begin = None;
        let mut has_more = false;
        while let Some(child) = cursor.next_child_beside(start, self, Some(&mut begin))? {
            match child.tag {
                tag::TARGET => has_more |= self.target.insert(Location::default()).read(cursor, child)?,
                tag::SOURCE => has_more |= self.source.insert(Location::default()).read(cursor, child)?,
                tag::META => self.meta.read(cursor, child)?,
                tag::MORE_DATA => {
                    self.more_data = true;
                    cursor.skip(child)?;
                }
                _ => {
                    has_more = true;
                    cursor.skip(child)?;
                }
            }
        }
        if let (Some(begin), true) = (begin, has_more) {
            self.more = More::Unread(cursor.markup(begin));
        }
        Ok(())
    }
}

impl<'a> Fields<'a> for Item<'a> {
    #[inline(always)]
    fn slot(&mut self, tag: Tag) -> Option<Slot<'_, 'a>> {
        (tag == tag::DATA).then_some(Slot::Data(&mut self.data))
    }

    #[inline(always)]
    fn fields_of(&mut self, tag: Tag) -> Option<&mut (dyn Fields<'a> + '_)> {
        ends_and_meta(tag, &mut self.target, &mut self.source, &mut self.meta)
    }
}

/// The fields of a child of this tag, which an item and a header have alike.
#[inline(always)]
pub(crate) fn ends_and_meta<'s, 'a>(
    tag: Tag,
    target: &'s mut Option<Location<'a>>,
    source: &'s mut Option<Location<'a>>,
    meta: &'s mut Meta<'a>,
) -> Option<&'s mut (dyn Fields<'a> + 's)> {
    match tag {
        tag::TARGET => Some(target.insert(Location::default())),
        tag::SOURCE => Some(source.insert(Location::default())),
        tag::META => Some(meta),
        _ => None,
    }
}

impl Encode for Item<'_> {
    fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        let (given, unread) = match &self.more {
            More::None => (None, None),
            More::Given(fields) => (Some(*fields), None),
            More::Unread(content) => (None, Some(content)),
        };
        out.start(Start::new(tag::ITEM))?;
        match (&self.target, given.and_then(|fields| fields.filter.as_ref())) {
            (target, Some(filter)) => target.unwrap_or_default().encode_filtered(out, More::Given(filter))?,
            (Some(target), None) => target.encode_with(out, tag::TARGET, unread)?,
            (None, None) => {}
        }
        if let Some(source) = &self.source {
            source.encode_with(out, tag::SOURCE, unread)?;
        }
        if let Some(fields) = given {
            fields.encode_parents(out)?;
        }
        if let Some(content) = unread {
            let is_field = |child| matches!(child, tag::TARGET | tag::SOURCE | tag::META | tag::DATA | tag::MORE_DATA);
            more::copy(out, *content, |child| !is_field(child))?;
        }
        self.meta.encode(out)?;
        if let Some(data) = &self.data {
            element(out, tag::DATA, data)?;
        }
        flag(out, tag::MORE_DATA, self.more_data)?;
        out.end()
    }
}

/// The items of a command.
///
/// The first one has been read with the command, since most commands have no other; the rest is read when somebody
/// asks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Items<'a> {
    first: Option<Item<'a>>,
    others: Others<'a>,
}

/// The items behind the first.
#[derive(Clone, Copy, Debug, Default)]
enum Others<'a> {
    #[default]
    None,
    Listed(&'a [Item<'a>]),
    /// The content of the command, the first item included.
    Unread(Markup<'a>),
}

impl<'a> Items<'a> {
    /// Reads the item `start` where it is the first, and passes over it where it is not; gives whether it was.
    pub(crate) fn read<C: Cursor<'a>>(&mut self, cursor: &mut C, start: Start) -> Result<bool> {
        if self.first.is_some() {
            cursor.skip(start)?;
            return Ok(false);
        }
        self.first.insert(Item::default()).read(cursor, start)?;
        Ok(true)
    }

    /// Keeps the content of the command, to look for the other items in.
    pub(crate) const fn keep(&mut self, content: Markup<'a>) {
        self.others = Others::Unread(content);
    }

    /// One item.
    #[must_use]
    pub const fn one(item: Item<'a>) -> Self {
        Self { first: Some(item), others: Others::None }
    }

    /// These items.
    ///
    /// ```
    /// use syncml::{Item, Items, Meta};
    ///
    /// let text = Meta::of_data("chr", "text/plain");
    /// let listed = [Item::leaf("./DevInfo/Man", text, "Example"), Item::leaf("./DevInfo/Mod", text, "One")];
    /// let items = Items::of(&listed);
    /// assert_eq!(items.iter().count(), 2);
    /// ```
    #[must_use]
    pub const fn of(items: &'a [Item<'a>]) -> Self {
        match items {
            [] => Self { first: None, others: Others::None },
            [first, more @ ..] => Self { first: Some(*first), others: Others::Listed(more) },
        }
    }

    /// The first item.
    #[must_use]
    pub const fn first(&self) -> Option<&Item<'a>> {
        self.first.as_ref()
    }

    /// All items, in order.
    ///
    /// ```
    /// use syncml::{Command, MessageReader};
    ///
    /// # #[cfg(feature = "xml")] {
    /// let mut message = MessageReader::parse(
    ///     b"<SyncML><SyncHdr/><SyncBody><Get><CmdID>1</CmdID>
    ///         <Item><Target><LocURI>./A</LocURI></Target></Item>
    ///         <Item><Target><LocURI>./B</LocURI></Target></Item></Get></SyncBody></SyncML>",
    /// )?;
    /// let Some(Command::Get(get)) = message.next_command()? else { panic!() };
    /// let uris: Vec<_> = get.items.iter().map(|item| item.unwrap().uri().unwrap()).collect();
    /// assert_eq!(uris, ["./A", "./B"]);
    /// # }
    /// # Ok::<(), syncml::Error>(())
    /// ```
    #[must_use]
    pub const fn iter(&self) -> ItemsIter<'_, 'a> {
        ItemsIter { first: self.first.as_ref(), others: &self.others, listed: 0, reader: None, is_over: false }
    }
}

impl<'i, 'a> IntoIterator for &'i Items<'a> {
    type Item = Result<Item<'a>>;
    type IntoIter = ItemsIter<'i, 'a>;

    fn into_iter(self) -> ItemsIter<'i, 'a> {
        self.iter()
    }
}

impl Encode for Items<'_> {
    /// Writes every item.
    #[inline]
    fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        if let Some(first) = &self.first {
            first.encode(out)?;
        }
        match self.others {
            Others::None => Ok(()),
            Others::Listed(items) => items.iter().try_for_each(|item| item.encode(out)),
            Others::Unread(_) => ItemsIter { first: None, ..self.iter() }.encode_all(out),
        }
    }
}

/// The items of a command, in order.
///
/// # Errors
/// None that is not in the document: an error ends the iteration.
#[derive(Clone, Debug)]
pub struct ItemsIter<'i, 'a> {
    first: Option<&'i Item<'a>>,
    others: &'i Others<'a>,
    /// How many of those that are listed have been given.
    listed: usize,
    reader: Option<AnyReader<'a>>,
    /// Whether the last of those that are read has been given, or an error.
    is_over: bool,
}

impl<'a> Iterator for ItemsIter<'_, 'a> {
    type Item = Result<Item<'a>>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        match self.first.take() {
            Some(first) => Some(Ok(*first)),
            None => self.next_other(),
        }
    }

    // ADVICE: with this, what goes through all items with `map` and the like copies of the first one only what it looks
    // at: the item that `next` gives is copied whole. `each` is called at one place, so that it is in line there.
    #[inline]
    fn fold<B, F: FnMut(B, Self::Item) -> B>(mut self, start: B, mut each: F) -> B {
        let mut folded = start;
        let mut other;
        loop {
            let item = match self.first.take() {
                Some(first) => Ok(first),
                None if matches!(self.others, Others::None) => return folded,
                None => {
                    other = self.next_other();
                    match &other {
                        Some(Ok(item)) => Ok(item),
                        Some(Err(error)) => Err(*error),
                        None => return folded,
                    }
                }
            };
            folded = each(folded, item.copied());
        }
    }
}

impl<'a> ItemsIter<'_, 'a> {
    /// The next item that is not the first.
    #[inline(never)]
    fn next_other(&mut self) -> Option<Result<Item<'a>>> {
        match self.others {
            Others::None => None,
            Others::Listed(items) => {
                let item = items.get(self.listed)?;
                self.listed = self.listed.saturating_add(1);
                Some(Ok(*item))
            }
            Others::Unread(_) if self.is_over => None,
            Others::Unread(content) => {
                let next = self.read(*content).transpose();
                self.is_over = !matches!(next, Some(Ok(_)));
                next
            }
        }
    }
}

impl<'a> ItemsIter<'_, 'a> {
    /// Writes the items that are left, which are to be read for it.
    #[cold]
    #[inline(never)]
    fn encode_all<E: Emit>(self, out: &mut E) -> Result<(), WriteError> {
        for item in self {
            item.map_err(|error| WriteError::Unreadable(error.into()))?.encode(out)?;
        }
        Ok(())
    }

    fn read(&mut self, content: Markup<'a>) -> Result<Option<Item<'a>>> {
        let reader = match &mut self.reader {
            Some(reader) => reader,
            none => {
                let mut reader = content.reader(Limits::NONE)?;
                if let Some(first) = more::next(&mut reader, tag::ITEM)? {
                    reader.skip(first)?;
                }
                none.insert(reader)
            }
        };
        match more::next(reader, tag::ITEM)? {
            Some(start) => Item::decode(reader, start).map(Some),
            None => Ok(None),
        }
    }
}
