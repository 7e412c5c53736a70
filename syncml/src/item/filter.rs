//! Which records of a database are meant (SyncML Representation Protocol 1.2, `Filter`, `Field`, `Record`).

use wbxml::vocabulary::syncml::tag;
use wbxml::{Cursor, Emit, Encode, Start, Text, WriteError};

use super::Item;
use crate::error::Result;
use crate::field::field;
use crate::meta::Meta;

/// Which records of a database are meant, and which of their fields.
///
/// ```
/// use syncml::{Filter, Item, ItemFields, Location, Meta};
/// use wbxml::{Data, Text};
///
/// let mut record = Item::default();
/// record.data = Some(Data::Text(Text::new("N&iCON;Smith")));
/// let mut filter = Filter::new(Meta::of_data("chr", "text/x-vcard"));
/// filter.record = Some(record);
///
/// let fields = ItemFields { filter: Some(filter), ..ItemFields::default() };
/// let mut item = Item::default().with_fields(&fields);
/// item.target = Some(Location::new("./contacts"));
/// assert_eq!(item.fields()?.filter.unwrap().record.unwrap().data_text().unwrap(), "N&iCON;Smith");
/// # Ok::<(), syncml::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Filter<'a> {
    /// `Meta`: the grammar of the filter, and the type of the records.
    pub meta: Meta<'a>,
    /// The item of `Field`: which fields of a record are wanted.
    pub field: Option<Item<'a>>,
    /// The item of `Record`: what the records have in common.
    pub record: Option<Item<'a>>,
    /// `FilterType`: whether what is not meant is deleted (`EXCLUSIVE`) or left alone (`INCLUSIVE`).
    pub filter_type: Option<Text<'a>>,
}

impl<'a> Filter<'a> {
    /// A filter of this grammar and type.
    #[must_use]
    pub fn new(meta: Meta<'a>) -> Self {
        Self { meta, ..Self::default() }
    }

    /// The filter among the children `of` an element, if there is one.
    pub(crate) fn find<C: Cursor<'a>>(cursor: &mut C, of: Start) -> Result<Option<Self>> {
        let mut filter = None;
        while let Some(child) = cursor.next_child(of)? {
            match child.tag {
                tag::FILTER => filter.insert(Self::default()).read(cursor, child)?,
                _ => cursor.skip(child)?,
            }
        }
        Ok(filter)
    }

    /// Reads the fields of `start`.
    fn read<C: Cursor<'a>>(&mut self, cursor: &mut C, start: Start) -> Result<()> {
        while let Some(child) = cursor.next_child(start)? {
            let item = match child.tag {
                tag::FIELD => &mut self.field,
                tag::RECORD => &mut self.record,
                tag::META => {
                    self.meta.read(cursor, child)?;
                    continue;
                }
                tag::FILTER_TYPE => {
                    self.filter_type = Some(cursor.text(child)?);
                    continue;
                }
                _ => {
                    cursor.skip(child)?;
                    continue;
                }
            };
            while let Some(inner) = cursor.next_child(child)? {
                match inner.tag {
                    tag::ITEM => item.insert(Item::default()).read(cursor, inner)?,
                    _ => cursor.skip(inner)?,
                }
            }
        }
        Ok(())
    }
}

impl Encode for Filter<'_> {
    fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        out.start(Start::new(tag::FILTER))?;
        self.meta.encode(out)?;
        for (tag, item) in [(tag::FIELD, &self.field), (tag::RECORD, &self.record)] {
            if let Some(item) = item {
                out.start(Start::new(tag))?;
                item.encode(out)?;
                out.end()?;
            }
        }
        field(out, tag::FILTER_TYPE, &self.filter_type)?;
        out.end()
    }
}
