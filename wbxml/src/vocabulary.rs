//! What the application tokens stand for: code pages of names, as plain rows, checked when they are compiled.
//!
//! A [`Vocabulary`] is data. Those of this family are in the submodules; a user's own is made with the same macro,
//! [`token_rows!`](crate::token_rows), or at run time from borrowed rows ([`TagPage::new`]). Readers and writers
//! borrow them, so that neither has to be `'static`.
//!
//! ```
//! use wbxml::vocabulary::{AttributePage, TagPage, Vocabulary};
//!
//! mod tag {
//!     wbxml::token_rows! {
//!         /// The elements of a shopping list, code page 0.
//!         pub tags ROWS, page 0 {
//!             0x05 LIST = "list";
//!             0x06 ITEM = "item";
//!         }
//!     }
//! }
//!
//! static SHOPPING: Vocabulary<'static> = Vocabulary {
//!     tag_pages: &[TagPage::checked(0, "", &[tag::ROWS])],
//!     ..Vocabulary::EMPTY
//! };
//! assert_eq!(SHOPPING.tag_name(tag::ITEM), Some("item"));
//! assert_eq!(SHOPPING.tag_in_page(0, "item"), Some(tag::ITEM));
//! ```
//!
//! A doubled code does not compile:
//!
//! ```compile_fail
//! mod tag {
//!     wbxml::token_rows! {
//!         /// Two names on one token.
//!         pub tags ROWS, page 0 { 0x05 LIST = "list"; 0x05 ITEM = "item"; }
//!     }
//! }
//! static PAGE: wbxml::vocabulary::TagPage<'static> = wbxml::vocabulary::TagPage::checked(0, "", &[tag::ROWS]);
//! ```

mod attribute_page;
mod chains;
pub mod devinf;
pub mod dmddf;
mod fault;
pub mod metinf;
#[cfg(feature = "xml")]
mod plain;
pub mod prov;
mod rows;
pub mod syncml;
mod tag_page;

use crate::charset::Chars;
use crate::header::{Header, PublicId};
use crate::token::{AttrStart, AttrValue, HAS_ATTRIBUTES, IDENTITY, Tag};

pub use attribute_page::AttributePage;
pub use fault::Fault;
pub use rows::{AttributeRow, TagRow, ValueRow};
pub use tag_page::TagPage;

/// All vocabularies of this crate, the newest version of each first: what a reader is given that takes whatever comes.
///
/// ```
/// use wbxml::{Options, Reader, vocabulary};
///
/// let options = Options::new().vocabularies(&vocabulary::ALL);
/// assert_eq!(Reader::new(b"\x03\x0B\x6A\x00\x05", options)?.vocabulary().name, "PROV 1.0");
/// # Ok::<(), wbxml::Error>(())
/// ```
pub static ALL: [&Vocabulary<'static>; 11] = [
    &prov::PROV_1_0,
    &syncml::SYNCML_1_2,
    &syncml::SYNCML_1_1,
    &syncml::SYNCML_1_0,
    &metinf::METINF_1_2,
    &metinf::METINF_1_1,
    &metinf::METINF_1_0,
    &devinf::DEVINF_1_2,
    &devinf::DEVINF_1_1,
    &devinf::DEVINF_1_0,
    &dmddf::DM_DDF_1_2,
];

/// Everything that gives a document's application tokens a meaning.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "users write vocabularies as literals over EMPTY")]
pub struct Vocabulary<'v> {
    /// What a person calls it.
    pub name: &'v str,
    /// The registered public identifier, or 1 where none is.
    pub public_id: u32,
    /// The formal public identifier, as it stands in an XML `DOCTYPE` or in a string table; empty if there is none.
    pub formal_public_id: &'v str,
    /// The system identifier of the `DOCTYPE`; empty if there is none.
    pub system_id: &'v str,
    /// The name of the root element; empty if there is none.
    pub root: &'v str,
    /// The code pages of tags, in the order of their numbers.
    pub tag_pages: &'v [TagPage<'v>],
    /// The code pages of attribute starts and values, in the order of their numbers.
    pub attribute_pages: &'v [AttributePage<'v>],
    /// The elements whose text is a document of its own, each with the element that says of what media type: `Data` and
    /// `Type` of SyncML. Readers hand such text on as it comes, so that an [`Encoder`](crate::Encoder) does not cut it
    /// where `Type` stands in a child (`Meta`) of an element that is still open.
    pub typed_texts: &'v [(Tag, Tag)],
}

impl<'v> Vocabulary<'v> {
    /// A vocabulary without a name and without a token: documents read with it keep their tokens as numbers.
    pub const EMPTY: Self = Self {
        name: "",
        public_id: 1,
        formal_public_id: "",
        system_id: "",
        root: "",
        tag_pages: &[],
        attribute_pages: &[],
        typed_texts: &[],
    };

    /// Whether a document with this header names this vocabulary.
    #[must_use]
    pub fn is_named_by(&self, header: &Header<'_>) -> bool {
        match header.public_id {
            PublicId::Number(number) => number != 1 && number == self.public_id,
            PublicId::Index(index) => {
                header.string_table.text(index).is_some_and(|id| self.is_named_in_text(id.chars()))
            }
        }
    }

    /// Whether `id` is the formal public identifier of this vocabulary, without regard to case and to blanks
    /// around it.
    #[must_use]
    pub fn has_formal_public_id(&self, id: &[u8]) -> bool {
        !self.formal_public_id.is_empty() && id.trim_ascii().eq_ignore_ascii_case(self.formal_public_id.as_bytes())
    }

    /// The same for text in any charset.
    fn is_named_in_text(&self, id: Chars<'_>) -> bool {
        let is_blank = |character: &Result<char, _>| character.is_ok_and(|character| character.is_ascii_whitespace());
        let mut id = id.skip_while(is_blank);
        let mut own = self.formal_public_id.chars();
        let is_prefix = own.all(|own| matches!(id.next(), Some(Ok(its)) if its.eq_ignore_ascii_case(&own)));
        !self.formal_public_id.is_empty() && is_prefix && id.all(|character| is_blank(&character))
    }

    /// The name of a tag.
    #[inline]
    #[must_use]
    pub fn tag_name(&self, tag: Tag) -> Option<&'v str> {
        let name = *self.tag_page(tag.page())?.names.get(usize::from(tag.code() & IDENTITY))?;
        (!name.is_empty()).then_some(name)
    }

    /// The tag with this name in one code page.
    #[must_use]
    pub fn tag_in_page(&self, page: u8, name: &str) -> Option<Tag> {
        self.tag_page(page)?.tag(name)
    }

    /// The tag with this name in the first of the code pages that has it.
    #[must_use]
    pub fn tag(&self, name: &str) -> Option<Tag> {
        self.tag_pages.iter().find_map(|page| page.tag(name))
    }

    /// The code page of tags with this number.
    #[inline]
    #[must_use]
    pub fn tag_page(&self, number: u8) -> Option<&'v TagPage<'v>> {
        match self.tag_pages.get(usize::from(number)) {
            Some(page) if page.number == number => Some(page),
            _ => self.sparse_tag_page(number),
        }
    }

    /// The same, where a page is not at the index of its number.
    #[cold]
    #[inline(never)]
    fn sparse_tag_page(&self, number: u8) -> Option<&'v TagPage<'v>> {
        self.tag_pages.iter().find(|page| page.number == number)
    }

    /// The namespace of a code page, where it and all names of the page stand in XML as they are.
    #[cfg(feature = "xml")]
    #[inline]
    pub(crate) fn plain_namespace(&self, number: u8) -> Option<&'v str> {
        self.tag_page(number).filter(|page| page.is_plain).map(|page| page.namespace)
    }

    /// The code page of tags with this namespace, compared without regard to ASCII case.
    #[must_use]
    pub fn namespace_page(&self, namespace: &str) -> Option<&'v TagPage<'v>> {
        self.tag_pages.iter().find(|page| !namespace.is_empty() && page.namespace.eq_ignore_ascii_case(namespace))
    }

    /// Whether any code page has an XML namespace.
    #[must_use]
    pub fn has_namespaces(&self) -> bool {
        self.tag_pages.iter().any(|page| !page.namespace.is_empty())
    }

    /// The name of an attribute, and the beginning of its value that the token stands for.
    #[inline]
    #[must_use]
    pub fn attribute(&self, start: AttrStart) -> Option<(&'v str, &'v str)> {
        let (name, prefix) = *self.attribute_page(start.page())?.starts.get(usize::from(start.code()))?;
        (!name.is_empty()).then_some((name, prefix))
    }

    /// The same, where both stand in XML as they are, and the name is none of those that XML reserves.
    #[cfg(feature = "xml")]
    #[inline]
    pub(crate) fn plain_attribute(&self, start: AttrStart) -> Option<(&'v str, &'v str)> {
        let page = self.attribute_page(start.page())?;
        let (name, prefix) = *page.starts.get(usize::from(start.code()))?;
        (page.is_plain && !name.is_empty()).then_some((name, prefix))
    }

    /// The string of an attribute value token.
    #[inline]
    #[must_use]
    pub fn attribute_value(&self, value: AttrValue) -> Option<&'v str> {
        let index = usize::from(value.code() & !HAS_ATTRIBUTES);
        let string = *self.attribute_page(value.page())?.values.get(index)?;
        (!string.is_empty()).then_some(string)
    }

    /// The code page of attributes with this number.
    #[inline]
    #[must_use]
    pub fn attribute_page(&self, number: u8) -> Option<&'v AttributePage<'v>> {
        match self.attribute_pages.get(usize::from(number)) {
            Some(page) if page.number == number => Some(page),
            _ => self.sparse_attribute_page(number),
        }
    }

    /// The same, where a page is not at the index of its number.
    #[cold]
    #[inline(never)]
    fn sparse_attribute_page(&self, number: u8) -> Option<&'v AttributePage<'v>> {
        self.attribute_pages.iter().find(|page| page.number == number)
    }

    /// The attribute start of this name that stands for as much of `value` as any does, pages of equal merit in
    /// the order `current` first; and the beginning of the value that it stands for.
    #[must_use]
    pub fn attribute_start(&self, name: &str, value: &str, current: u8) -> Option<(AttrStart, &'v str)> {
        let rank = |start: AttrStart| {
            (start.page() == current, core::cmp::Reverse(start.page()), core::cmp::Reverse(start.code()))
        };
        let mut best: Option<(AttrStart, &'v str)> = None;
        let mut look = |page: &AttributePage<'v>| {
            page.each_start(name, value, |start, prefix| {
                let is_better = match best {
                    None => true,
                    Some((other, longest)) if longest.len() == prefix.len() => rank(start) > rank(other),
                    Some((_, longest)) => longest.len() < prefix.len(),
                };
                if is_better {
                    best = Some((start, prefix));
                }
            });
            // nothing is better than all of the value on the current page
            page.number == current && best.is_some_and(|(_, prefix)| prefix.len() == value.len())
        };
        if !self.attribute_page(current).is_some_and(&mut look) {
            self.attribute_pages.iter().filter(|page| page.number != current).for_each(|page| {
                look(page);
            });
        }
        best
    }

    /// The attribute value tokens whose strings `text` starts with, of all code pages.
    pub(crate) fn values_at<'t>(&self, text: &'t str) -> impl Iterator<Item = ValueRow<'v>> + use<'_, 'v, 't> {
        self.attribute_pages.iter().flat_map(move |page| page.values_at(text))
    }

    /// Whether the string of any attribute value token begins with this octet; perhaps also where none does.
    pub(crate) fn may_begin_value(&self, octet: u8) -> bool {
        self.attribute_pages.iter().any(|page| page.value_chains.holds(octet))
    }

    /// The attribute value token of exactly this string in one code page.
    #[must_use]
    pub fn attribute_value_in_page(&self, page: u8, string: &str) -> Option<AttrValue> {
        self.attribute_page(page)?.values_at(string).find_map(|(value, row)| (row == string).then_some(value))
    }
}

impl PartialEq for Vocabulary<'_> {
    /// Vocabularies are one if they bear the same name and the same formal public identifier.
    fn eq(&self, other: &Self) -> bool {
        (self.name, self.public_id, self.formal_public_id) == (other.name, other.public_id, other.formal_public_id)
    }
}

impl Eq for Vocabulary<'_> {}
