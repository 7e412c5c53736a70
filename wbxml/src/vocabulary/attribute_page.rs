//! Code pages of attribute starts and values.

use super::chains::{Chains, hash, initial};
use super::fault::{Fault, check, put, put_pair};
#[cfg(feature = "xml")]
use super::plain;
use super::rows::{AttributeRow, ValueRow};
use crate::scan::is_same;
use crate::token::{AttrStart, AttrValue, HAS_ATTRIBUTES};

/// A code page of attribute starts and attribute values.
#[derive(Clone, Copy, Debug)]
pub struct AttributePage<'v> {
    pub(super) number: u8,
    pub(super) starts: [(&'v str, &'v str); 0x80],
    pub(super) values: [&'v str; 0x80],
    /// The starts by the hash of their name and the first octet of the value that they stand for, and the values by the
    /// first octet of their string.
    start_chains: Chains,
    pub(super) value_chains: Chains,
    /// Whether all names and beginnings of values stand in XML as they are.
    #[cfg(feature = "xml")]
    pub(super) is_plain: bool,
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
    pub(super) fn each_start(&self, name: &str, value: &str, mut found: impl FnMut(AttrStart, &'v str)) {
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
    pub(super) fn values_at<'t>(&self, text: &'t str) -> impl Iterator<Item = ValueRow<'v>> + use<'_, 'v, 't> {
        self.value_chains.codes(initial(text)).filter_map(move |code| {
            let string = *self.values.get(usize::from(code))?;
            text.starts_with(string).then_some((AttrValue::new(self.number, code | HAS_ATTRIBUTES), string))
        })
    }
}
