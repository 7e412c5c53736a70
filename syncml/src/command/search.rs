//! `Search`: asks for what is found in databases.

use wbxml::vocabulary::syncml::tag;
use wbxml::{Cursor, Data, Emit, Encode, Markup, Start, Tag, Text, WriteError};

use super::content::{Content, Rest, decode_in_place, with_cred};
use crate::error::Result;
use crate::field::{element, field, flag};
use crate::item::Location;
use crate::list::List;
use crate::meta::Meta;

/// Asks for what is found in databases: of data synchronisation.
///
/// ```
/// use syncml::{List, Location, Meta, Search};
/// use wbxml::{Data, Text};
///
/// let databases = [Location::new("./contacts")];
/// let mut search = Search::new("1", &databases, Meta::of_data("chr", "application/sql"));
/// search.data = Some(Data::Text(Text::new("select * from contacts")));
/// assert_eq!(search.sources.iter().count(), 1);
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Search<'a> {
    /// `CmdID`.
    pub cmd_id: Option<Text<'a>>,
    /// `NoResp`: no status is wanted.
    pub no_resp: bool,
    /// `NoResults`: no results are wanted.
    pub no_results: bool,
    /// `Target`: where the results go.
    pub target: Option<Location<'a>>,
    /// `Source`: what is searched.
    pub sources: List<'a, Location<'a>>,
    /// `Lang`: the language of the results.
    pub lang: Option<Text<'a>>,
    /// `Meta`: the grammar of the query.
    pub meta: Meta<'a>,
    /// `Data`: the query.
    pub data: Option<Data<'a>>,
    /// All that stands in the command.
    pub content: Option<Markup<'a>>,
    rest: Rest<'a>,
}

/// The elements that have a field.
const FIELDS: [Tag; 8] =
    [tag::CMD_ID, tag::NO_RESP, tag::NO_RESULTS, tag::TARGET, tag::SOURCE, tag::LANG, tag::META, tag::DATA];

impl<'a> Search<'a> {
    /// A search of these databases in this grammar, without a query yet.
    #[must_use]
    pub fn new(cmd_id: &'a str, sources: &'a [Location<'a>], meta: Meta<'a>) -> Self {
        Self { cmd_id: Some(Text::new(cmd_id)), sources: List::of(sources), meta, ..Self::default() }
    }

    /// Reads the fields of `start`.
    #[inline(never)]
    pub(super) fn read<C: Cursor<'a>>(&mut self, cursor: &mut C, start: Start) -> Result<()> {
        let mut content = Content::default();
        let mut has_sources = false;
        while let Some(child) = cursor.next_child(start)? {
            content.note(cursor, child);
            match child.tag {
                tag::CMD_ID => self.cmd_id = Some(cursor.text(child)?),
                tag::TARGET => {
                    content.note_rest(self.target.insert(Location::default()).read(cursor, child)?);
                }
                tag::LANG => self.lang = Some(cursor.text(child)?),
                tag::META => self.meta.read(cursor, child)?,
                tag::DATA => self.data = Some(cursor.data(child)?),
                other => {
                    match other {
                        tag::NO_RESP => self.no_resp = true,
                        tag::NO_RESULTS => self.no_results = true,
                        tag::SOURCE => has_sources = true,
                        _ => content.note_rest(true),
                    }
                    cursor.skip(child)?;
                }
            }
        }
        self.content = content.finish(&mut self.rest, cursor);
        if let (Some(content), true) = (self.content, has_sources) {
            self.sources = List::unread(content, tag::SOURCE);
        }
        Ok(())
    }
}

decode_in_place!(Search);
with_cred!(Search);

impl Encode for Search<'_> {
    fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        out.start(Start::new(tag::SEARCH))?;
        field(out, tag::CMD_ID, &self.cmd_id)?;
        flag(out, tag::NO_RESP, self.no_resp)?;
        flag(out, tag::NO_RESULTS, self.no_results)?;
        self.rest.encode_cred(out, &self.content)?;
        if let Some(target) = &self.target {
            target.encode_with(out, tag::TARGET, self.rest.unread(&self.content))?;
        }
        for source in &self.sources {
            source.map_err(|error| WriteError::Unreadable(error.into()))?.encode_as(out, tag::SOURCE)?;
        }
        field(out, tag::LANG, &self.lang)?;
        self.meta.encode(out)?;
        if let Some(data) = &self.data {
            element(out, tag::DATA, data)?;
        }
        self.rest.encode(out, &self.content, &FIELDS)?;
        out.end()
    }
}
