//! Media types, by number or by name (WAP-230-WSP, 8.4.2.24 and table 40; OMNA WSP content type numbers).

use alloc::vec::Vec;
use core::fmt;

use super::error::Result;
use super::wsp::{put_integer, put_text};

/// A media type: a number of the register, or a name.
///
/// Two spellings of one type are equal: a number with a known name equals that name, without regard to case.
///
/// ```
/// use omacp::push::MediaType;
///
/// assert_eq!(MediaType::CONNECTIVITY_WBXML.name(), Some("application/vnd.wap.connectivity-wbxml"));
/// assert_eq!(MediaType::Number(0x36), MediaType::Name("application/vnd.wap.connectivity-wbxml"));
/// ```
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_enums, reason = "the grammar has these two forms")]
pub enum MediaType<'a> {
    /// A registered number.
    Number(u32),
    /// A name, such as `application/octet-stream`.
    Name(&'a str),
}

macro_rules! media_types {
    ($($number:literal $constant:ident = $name:literal;)*) => {
        impl MediaType<'_> {
            $(
                #[doc = concat!("`", $name, "`: ", stringify!($number))]
                pub const $constant: Self = Self::Number($number);
            )*
        }

        /// The numbers that have to do with provisioning and device management, and their names.
        const ROWS: &[(u32, &str)] = &[$(($number, $name)),*];
    };
}

media_types! {
    0x2E SI_WBXML = "application/vnd.wap.sic";
    0x30 SL_WBXML = "application/vnd.wap.slc";
    0x32 CO_WBXML = "application/vnd.wap.coc";
    0x35 CONNECTIVITY_XML = "text/vnd.wap.connectivity-xml";
    0x36 CONNECTIVITY_WBXML = "application/vnd.wap.connectivity-wbxml";
    0x3E MMS_MESSAGE = "application/vnd.wap.mms-message";
    0x42 SYNCML_DM_WBXML = "application/vnd.syncml.dm+wbxml";
    0x43 SYNCML_DM_XML = "application/vnd.syncml.dm+xml";
    0x44 SYNCML_NOTIFICATION = "application/vnd.syncml.notification";
    0x4E SYNCML_DS_NOTIFICATION = "application/vnd.syncml.ds.notification";
    0x58 SYNCML_DM_NOTIFICATION = "application/vnd.syncml.dm.notification";
    0x0302 SYNCML_XML = "application/vnd.syncml+xml";
    0x0303 SYNCML_WBXML = "application/vnd.syncml+wbxml";
}

impl<'a> MediaType<'a> {
    /// The name, if it is known.
    #[must_use]
    pub fn name(&self) -> Option<&'a str> {
        match *self {
            Self::Name(name) => Some(name),
            Self::Number(number) => ROWS.iter().find(|(row, _)| *row == number).map(|(_, name)| *name),
        }
    }

    /// The number, if it is known.
    #[must_use]
    pub fn number(&self) -> Option<u32> {
        match *self {
            Self::Number(number) => Some(number),
            Self::Name(name) => ROWS.iter().find(|(_, row)| row.eq_ignore_ascii_case(name)).map(|(number, _)| *number),
        }
    }
}

impl MediaType<'_> {
    /// Writes the type by its number, if it is known.
    pub(super) fn write(&self, out: &mut Vec<u8>) -> Result<()> {
        match (self.number(), self) {
            (Some(number), _) => put_integer(out, number),
            (None, Self::Number(number)) => put_integer(out, *number),
            (None, Self::Name(name)) => put_text(out, name)?,
        }
        Ok(())
    }
}

impl PartialEq for MediaType<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self.number(), other.number()) {
            (None, None) => self.name().zip(other.name()).is_some_and(|(this, that)| this.eq_ignore_ascii_case(that)),
            (this, that) => this == that,
        }
    }
}

impl Eq for MediaType<'_> {}

impl fmt::Display for MediaType<'_> {
    /// Writes the name, or the number of a type whose name is not known.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self, self.name()) {
            (_, Some(name)) => f.write_str(name),
            (Self::Number(number), None) => write!(f, "media type {number:#x}"),
            (Self::Name(name), None) => f.write_str(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_unique_and_found_both_ways() {
        for (index, (number, name)) in ROWS.iter().enumerate() {
            assert_eq!(MediaType::Number(*number).name(), Some(*name));
            assert_eq!(MediaType::Name(&name.to_ascii_uppercase()).number(), Some(*number));
            assert!(ROWS.iter().skip(index + 1).all(|(other, text)| other != number && text != name), "{name}");
        }
        assert_ne!(MediaType::Number(0x99), MediaType::Name("a/b"));
        assert_eq!(MediaType::Name("a/B"), MediaType::Name("A/b"));
        assert_ne!(MediaType::Number(0x98), MediaType::Number(0x99));
    }
}
