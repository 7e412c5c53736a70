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

pub mod devinf;
pub mod dmddf;
pub mod metinf;
#[cfg(feature = "xml")]
mod plain;
pub mod prov;
pub mod syncml;

use crate::charset::Chars;
use crate::header::{Header, PublicId};
use crate::scan::is_same;
use crate::token::{AttrStart, AttrValue, HAS_ATTRIBUTES, IDENTITY, Tag, is_application};

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

/// A tag and its name.
pub type TagRow<'v> = (Tag, &'v str);
/// An attribute start, its name, and the beginning of the value that it stands for (mostly empty).
pub type AttributeRow<'v> = (AttrStart, &'v str, &'v str);
/// An attribute value token and its string.
pub type ValueRow<'v> = (AttrValue, &'v str);

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

/// A code page of tags: a number, an XML namespace, and up to 59 names.
#[derive(Clone, Copy, Debug)]
pub struct TagPage<'v> {
    number: u8,
    namespace: &'v str,
    names: [&'v str; 0x40],
    /// The names by their hash.
    chains: Chains,
    /// Whether all names, and the namespace, stand in XML as they are.
    #[cfg(feature = "xml")]
    is_plain: bool,
}

impl<'v> TagPage<'v> {
    /// The page `number` with these rows; `namespace` is empty where XML needs none.
    ///
    /// # Errors
    /// A [`Fault`] if a row belongs to another page, or has a code that is no tag or that another row has.
    pub const fn new(number: u8, namespace: &'v str, rows: &[&[TagRow<'v>]]) -> Result<Self, Fault> {
        let mut names = [""; 0x40];
        let mut chains = Chains::EMPTY;
        #[cfg(feature = "xml")]
        let mut is_plain = plain::is_value(namespace.as_bytes());
        let mut lists = rows;
        while let [list, more @ ..] = lists {
            let mut list = *list;
            while let [(tag, name), rest @ ..] = list {
                match check(tag.page(), tag.code(), number, tag.code() < 0x40) {
                    Ok(()) => {}
                    Err(fault) => return Err(fault),
                }
                match put(&mut names, tag.code(), name) {
                    Ok(()) => {}
                    Err(fault) => return Err(fault),
                }
                chains.insert(hash(name.as_bytes()), tag.code());
                #[cfg(feature = "xml")]
                {
                    is_plain = is_plain && plain::is_name(name.as_bytes());
                }
                list = rest;
            }
            lists = more;
        }
        Ok(Self {
            number,
            namespace,
            names,
            chains,
            #[cfg(feature = "xml")]
            is_plain,
        })
    }

    /// The same, for a `static`: a fault in the rows stops the build.
    ///
    /// # Panics
    /// Where [`TagPage::new`] fails.
    #[must_use]
    pub const fn checked(number: u8, namespace: &'v str, rows: &[&[TagRow<'v>]]) -> Self {
        match Self::new(number, namespace, rows) {
            Ok(page) => page,
            Err(fault) => fault.stop(),
        }
    }

    /// A page without rows: what stands in front of the first page that a vocabulary has, so that pages are found at
    /// the index of their number.
    #[must_use]
    pub const fn empty(number: u8) -> Self {
        Self {
            number,
            namespace: "",
            names: [""; 0x40],
            chains: Chains::EMPTY,
            #[cfg(feature = "xml")]
            is_plain: true,
        }
    }

    /// The page's number.
    #[must_use]
    pub const fn number(&self) -> u8 {
        self.number
    }

    /// The XML namespace of the page's elements, or an empty string.
    #[must_use]
    pub const fn namespace(&self) -> &'v str {
        self.namespace
    }

    /// The tag with this name.
    #[must_use]
    pub fn tag(&self, name: &str) -> Option<Tag> {
        self.tag_of(name.as_bytes())
    }

    #[inline(always)]
    fn tag_of(&self, name: &[u8]) -> Option<Tag> {
        let mut code = self.chains.first(hash(name));
        while let Some(row) = self.names.get(usize::from(code)).filter(|_| code != 0) {
            if is_same(row.as_bytes(), name) {
                return Some(Tag::new(self.number, code));
            }
            code = self.chains.next(code);
        }
        None
    }

    /// The same for octets, where the names of the page stand in XML as they are.
    #[cfg(feature = "xml")]
    #[inline]
    pub(crate) fn plain_tag(&self, name: &[u8]) -> Option<Tag> {
        if self.is_plain { self.tag_of(name) } else { None }
    }

    /// The rows of the page, by code.
    pub fn rows(&self) -> impl Iterator<Item = TagRow<'v>> + '_ {
        (0_u8..)
            .zip(&self.names)
            .filter(|(_, name)| !name.is_empty())
            .map(|(code, name)| (Tag::new(self.number, code), *name))
    }
}

/// A code page of attribute starts and attribute values.
#[derive(Clone, Copy, Debug)]
pub struct AttributePage<'v> {
    number: u8,
    starts: [(&'v str, &'v str); 0x80],
    values: [&'v str; 0x80],
    /// The starts by the hash of their name and the first octet of the value that they stand for, and the values by the
    /// first octet of their string.
    start_chains: Chains,
    value_chains: Chains,
    /// Whether all names and beginnings of values stand in XML as they are.
    #[cfg(feature = "xml")]
    is_plain: bool,
}

/// Rows of a page with the same key, chained: the code of the first one for each key, and of the next one for each
/// code. 0 ends a chain. Rows of different keys may share a chain.
#[derive(Clone, Copy, Debug)]
struct Chains {
    first: [u8; 0x80],
    next: [u8; 0x80],
}

impl Chains {
    const EMPTY: Self = Self { first: [0; 0x80], next: [0; 0x80] };

    #[expect(clippy::indexing_slicing, reason = "both are below 0x80; `get_mut` is not const in Rust 1.85")]
    const fn push(&mut self, key: u8, code: u8) {
        let chain = (key & 0x7F) as usize;
        self.next[(code & 0x7F) as usize] = self.first[chain];
        self.first[chain] = code & 0x7F;
    }

    /// The same in the order of the codes.
    #[expect(clippy::indexing_slicing, reason = "both are below 0x80; `get_mut` is not const in Rust 1.85")]
    const fn insert(&mut self, key: u8, code: u8) {
        let code = code & 0x7F;
        let (chain, row) = ((key & 0x7F) as usize, code as usize);
        let mut before = 0;
        let mut behind = self.first[chain];
        while behind != 0 && behind < code {
            before = behind as usize;
            behind = self.next[before];
        }
        self.next[row] = behind;
        if before == 0 {
            self.first[chain] = code;
        } else {
            self.next[before] = code;
        }
    }

    /// Whether the chain of `key` has any row.
    fn holds(&self, key: u8) -> bool {
        self.first.get(usize::from(key & 0x7F)).is_some_and(|&code| code != 0)
    }

    /// The first code of the chain of `key`, less bit 7, and the one behind another; 0 at the end.
    #[inline(always)]
    fn first(&self, key: u8) -> u8 {
        self.first.get(usize::from(key & 0x7F)).copied().unwrap_or_default()
    }

    #[inline(always)]
    fn next(&self, code: u8) -> u8 {
        self.next.get(usize::from(code)).copied().unwrap_or_default()
    }

    /// The codes of the chain of `key`, less bit 7.
    fn codes(&self, key: u8) -> impl Iterator<Item = u8> + use<'_> {
        let get = |codes: &[u8; 0x80], at: u8| codes.get(usize::from(at)).copied().filter(|&code| code != 0);
        core::iter::successors(get(&self.first, key & 0x7F), move |&code| get(&self.next, code))
    }
}

/// What strings are told apart by that begin with different octets.
const fn initial(string: &str) -> u8 {
    match string.as_bytes() {
        [first, ..] => *first,
        [] => 0,
    }
}

/// What names are told apart by: the octets at both ends, and the length.
#[expect(clippy::cast_possible_truncation, reason = "four bits of the length tell enough")]
const fn hash(name: &[u8]) -> u8 {
    let length = (name.len() & 0x0F) as u8;
    match name {
        [first, .., last] => first.wrapping_mul(5).wrapping_add(last.wrapping_mul(3)).wrapping_add(length),
        [only] => *only,
        [] => 0,
    }
}

impl<'v> AttributePage<'v> {
    /// The page `number` with these rows.
    ///
    /// # Errors
    /// A [`Fault`] if a row belongs to another page, or has a code of the wrong kind or that another row has.
    pub const fn new(number: u8, starts: &[AttributeRow<'v>], values: &[ValueRow<'v>]) -> Result<Self, Fault> {
        let mut names = [""; 0x80];
        let mut table = [("", ""); 0x80];
        let (mut start_chains, mut value_chains) = (Chains::EMPTY, Chains::EMPTY);
        #[cfg(feature = "xml")]
        let mut is_plain = true;
        let mut rest = starts;
        while let [(start, name, prefix), more @ ..] = rest {
            #[cfg(feature = "xml")]
            {
                is_plain = is_plain && plain::is_attribute_name(name.as_bytes()) && plain::is_value(prefix.as_bytes());
            }
            match check(start.page(), start.code(), number, start.code() < 0x80) {
                Ok(()) => {}
                Err(fault) => return Err(fault),
            }
            match put(&mut names, start.code(), name) {
                Ok(()) => {}
                Err(fault) => return Err(fault),
            }
            put_pair(&mut table, start.code(), (name, prefix));
            start_chains.push(hash(name.as_bytes()).wrapping_add(initial(prefix)), start.code());
            rest = more;
        }
        let mut strings = [""; 0x80];
        let mut rest = values;
        while let [(value, string), more @ ..] = rest {
            match check(value.page(), value.code(), number, value.code() >= 0x80) {
                Ok(()) => {}
                Err(fault) => return Err(fault),
            }
            match put(&mut strings, value.code() & !HAS_ATTRIBUTES, string) {
                Ok(()) => {}
                Err(fault) => return Err(fault),
            }
            value_chains.push(initial(string), value.code());
            rest = more;
        }
        Ok(Self {
            number,
            starts: table,
            values: strings,
            start_chains,
            value_chains,
            #[cfg(feature = "xml")]
            is_plain,
        })
    }

    /// The same, for a `static`: a fault in the rows stops the build.
    ///
    /// # Panics
    /// Where [`AttributePage::new`] fails.
    #[must_use]
    pub const fn checked(number: u8, starts: &[AttributeRow<'v>], values: &[ValueRow<'v>]) -> Self {
        match Self::new(number, starts, values) {
            Ok(page) => page,
            Err(fault) => fault.stop(),
        }
    }

    /// The page's number.
    #[must_use]
    pub const fn number(&self) -> u8 {
        self.number
    }

    /// The rows of attribute starts, by code.
    pub fn starts(&self) -> impl Iterator<Item = AttributeRow<'v>> + '_ {
        (0_u8..)
            .zip(&self.starts)
            .filter(|(_, (name, _))| !name.is_empty())
            .map(|(code, (name, prefix))| (AttrStart::new(self.number, code), *name, *prefix))
    }

    /// The rows of attribute values, by code.
    pub fn values(&self) -> impl Iterator<Item = ValueRow<'v>> + '_ {
        (HAS_ATTRIBUTES..=0xFF)
            .zip(&self.values)
            .filter(|(_, string)| !string.is_empty())
            .map(|(code, string)| (AttrValue::new(self.number, code), *string))
    }

    // ADVICE: loops, because chained iterators of chains cost three times as much
    /// Hands over the attribute starts of this name that stand for the beginning of `value` or for nothing of it.
    #[inline(always)]
    fn each_start(&self, name: &str, value: &str, mut found: impl FnMut(AttrStart, &'v str)) {
        let (name, value) = (name.as_bytes(), value.as_bytes());
        let bare = hash(name);
        let begun = bare.wrapping_add(value.first().copied().unwrap_or_default());
        let mut key = bare;
        loop {
            let mut code = self.start_chains.first(key);
            while let Some((row_name, prefix)) = self.starts.get(usize::from(code)).filter(|_| code != 0) {
                let begins = value.get(..prefix.len()).is_some_and(|begins| is_same(begins, prefix.as_bytes()));
                if begins && is_same(row_name.as_bytes(), name) {
                    found(AttrStart::new(self.number, code), prefix);
                }
                code = self.start_chains.next(code);
            }
            if key == begun {
                return;
            }
            key = begun;
        }
    }

    /// The values whose strings `text` starts with.
    fn values_at<'t>(&self, text: &'t str) -> impl Iterator<Item = ValueRow<'v>> + use<'_, 'v, 't> {
        self.value_chains.codes(initial(text)).filter_map(move |code| {
            let string = *self.values.get(usize::from(code))?;
            text.starts_with(string).then_some((AttrValue::new(self.number, code | HAS_ATTRIBUTES), string))
        })
    }
}

/// Why rows make no code page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// The row belongs to another code page.
    #[error("a row of code page {0} stands in another page")]
    Page(u8),
    /// The code cannot be a token of this kind.
    #[error("code {0:#04x} is no token of this kind")]
    Code(u8),
    /// Two rows have this code.
    #[error("two rows have the code {0:#04x}")]
    Duplicate(u8),
    /// The row of this code has an empty name.
    #[error("the row of code {0:#04x} has an empty name")]
    Empty(u8),
}

impl Fault {
    #[expect(clippy::panic, reason = "reached while a static is compiled, where a panic is a compile error")]
    const fn stop(self) -> ! {
        match self {
            Self::Page(_) => panic!("a row stands in another code page than its own"),
            Self::Code(_) => panic!("a row's code is no token of its kind"),
            Self::Duplicate(_) => panic!("two rows have the same code"),
            Self::Empty(_) => panic!("a row has an empty name"),
        }
    }
}

const fn check(row_page: u8, code: u8, page: u8, right_kind: bool) -> Result<(), Fault> {
    if row_page != page {
        Err(Fault::Page(row_page))
    } else if !right_kind || !is_application(code) {
        Err(Fault::Code(code))
    } else {
        Ok(())
    }
}

#[expect(clippy::indexing_slicing, reason = "codes were checked; `get_mut` is not const in Rust 1.85")]
const fn put<'v, const N: usize>(names: &mut [&'v str; N], code: u8, name: &'v str) -> Result<(), Fault> {
    if name.is_empty() {
        return Err(Fault::Empty(code));
    }
    if !names[code as usize].is_empty() {
        return Err(Fault::Duplicate(code));
    }
    names[code as usize] = name;
    Ok(())
}

#[expect(clippy::indexing_slicing, reason = "codes were checked; `get_mut` is not const in Rust 1.85")]
const fn put_pair<'v>(table: &mut [(&'v str, &'v str); 0x80], code: u8, row: (&'v str, &'v str)) {
    table[code as usize] = row;
}

/// Rows of one code page: a documented constant for each token, and a slice of all of them.
///
/// Expands to `pub const ADD: Tag = Tag::new(0, 0x05);` and its like, and to `pub const ROWS: &[TagRow] = …` (or
/// [`AttributeRow`](crate::vocabulary::AttributeRow), [`ValueRow`](crate::vocabulary::ValueRow)). Codes are checked where the rows
/// become a page: [`TagPage::checked`](crate::vocabulary::TagPage::checked),
/// [`AttributePage::checked`](crate::vocabulary::AttributePage::checked).
///
/// ```
/// mod attr {
///     wbxml::token_rows! {
///         /// Attribute starts: code, constant, name, and the beginning of the value if there is one.
///         pub attributes ROWS, page 0 { 0x05 NAME = "name"; 0x07 NAME_NAPID = "name", "NAPID"; }
///     }
/// }
/// mod value {
///     wbxml::token_rows! {
///         /// Attribute values.
///         pub values ROWS, page 0 { 0x85 IPV4 = "IPV4"; }
///     }
/// }
/// assert_eq!(attr::ROWS[1], (attr::NAME_NAPID, "name", "NAPID"));
/// assert_eq!(value::ROWS, [(value::IPV4, "IPV4")]);
/// ```
#[macro_export]
macro_rules! token_rows {
    ($(#[$doc:meta])* $vis:vis tags $rows:ident, page $page:literal { $($code:literal $name:ident = $text:literal;)* }) => {
        $(
            #[doc = concat!("`", $text, "`: page ", $page, ", token ", $code)]
            $vis const $name: $crate::Tag = $crate::Tag::new($page, $code);
        )*
        $(#[$doc])*
        $vis const $rows: &[$crate::vocabulary::TagRow<'static>] = &[$(($name, $text)),*];
    };
    ($(#[$doc:meta])* $vis:vis attributes $rows:ident, page $page:literal {
        $($code:literal $name:ident = $text:literal $(, $prefix:literal)?;)*
    }) => {
        $(
            #[doc = concat!("`", $text, "=", $($prefix,)? "`: page ", $page, ", token ", $code)]
            $vis const $name: $crate::AttrStart = $crate::AttrStart::new($page, $code);
        )*
        $(#[$doc])*
        $vis const $rows: &[$crate::vocabulary::AttributeRow<'static>] = &[$(($name, $text, concat!($($prefix)?))),*];
    };
    ($(#[$doc:meta])* $vis:vis values $rows:ident, page $page:literal { $($code:literal $name:ident = $text:literal;)* }) => {
        $(
            #[doc = concat!("`", $text, "`: page ", $page, ", token ", $code)]
            $vis const $name: $crate::AttrValue = $crate::AttrValue::new($page, $code);
        )*
        $(#[$doc])*
        $vis const $rows: &[$crate::vocabulary::ValueRow<'static>] = &[$(($name, $text)),*];
    };
}
