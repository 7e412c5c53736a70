//! Code pages of tags.

use super::chains::{Chains, hash};
use super::fault::{Fault, check, put};
#[cfg(feature = "xml")]
use super::plain;
use super::rows::TagRow;
use crate::scan::is_same;
use crate::token::Tag;

/// A code page of tags: a number, an XML namespace, and up to 59 names.
#[derive(Clone, Copy, Debug)]
pub struct TagPage<'v> {
    pub(super) number: u8,
    pub(super) namespace: &'v str,
    pub(super) names: [&'v str; 0x40],
    /// The names by their hash.
    chains: Chains,
    /// Whether all names, and the namespace, stand in XML as they are.
    #[cfg(feature = "xml")]
    pub(super) is_plain: bool,
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
    pub(super) fn tag_of(&self, name: &[u8]) -> Option<Tag> {
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
