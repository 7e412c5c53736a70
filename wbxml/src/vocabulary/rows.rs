//! Rows: what tables of tokens are written in.

use crate::token::{AttrStart, AttrValue, Tag};

/// A tag and its name.
pub type TagRow<'v> = (Tag, &'v str);
/// An attribute start, its name, and the beginning of the value that it stands for (mostly empty).
pub type AttributeRow<'v> = (AttrStart, &'v str, &'v str);
/// An attribute value token and its string.
pub type ValueRow<'v> = (AttrValue, &'v str);

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
