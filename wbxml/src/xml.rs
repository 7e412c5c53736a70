//! The XML twin: the same cursor, the same events and the same writer's trait over textual XML.
//!
//! Names become the vocabulary's tags, and what the vocabulary does not know stays a literal name. Documents are UTF-8;
//! [`to_utf8`] makes that of others.
//! Markup that is kept to be read later ([`Data::Markup`](crate::Data)) knows the default namespace around it and the
//! prefixes that the root declares, in a tag of up to 4096 octets, no others: names with those are literal in it.
//! A `DOCTYPE` with its internal subset is passed over: no entity is declared by it, none is fetched.

mod encoding;
mod pieces;
mod prolog;
mod reader;
mod writer;

pub use encoding::to_utf8;
pub use reader::Reader;
pub use writer::Writer;

use crate::text::is_blank;

pub(crate) use pieces::{Run, RunPieces};
pub(crate) use reader::Markup;

/// Why a document is not well-formed XML, or not one that is read here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// Markup that XML does not have, or that does not end.
    #[error("markup that does not end or does not exist")]
    Syntax,
    /// An end tag that is not the one of the open element.
    #[error("an end tag does not match the open element")]
    EndTag,
    /// Attributes that are no `name="value"`, or a name that stands twice.
    #[error("an attribute is malformed or stands twice")]
    Attribute,
    /// `&` that begins no reference, a reference to a character that XML does not have, or to an entity other than the
    /// five predefined ones.
    #[error("a reference is malformed, or its entity is not declared")]
    Reference,
    /// Octets that are not UTF-8.
    #[error("the octets are not UTF-8")]
    Encoding,
    /// An XML declaration that names a charset which is in no register.
    #[error("the encoding that the XML declaration names is not known")]
    UnknownEncoding,
    /// A document too large for a literal name's place to be kept: 4 GiB.
    #[error("the document is larger than 4 GiB")]
    TooLarge,
}

/// The characters U+FEFF that `octets` begin with. The parser takes one for a byte order mark wherever it begins to
/// read, and does not count it: it is never shown any.
fn leading_marks(octets: &[u8]) -> &[u8] {
    let marks = octets.chunks_exact(3).take_while(|chunk| *chunk == b"\xEF\xBB\xBF").count();
    octets.get(..marks.saturating_mul(3)).unwrap_or_default()
}

/// Whether these octets may be a name (XML 1.0, production 5); beyond ASCII, everything may.
fn may_be_name(octets: &[u8]) -> bool {
    let begins = |octet: &u8| octet.is_ascii_alphabetic() || matches!(octet, b'_' | b':' | 0x80..);
    octets.first().is_some_and(begins)
        && octets.iter().all(|octet| begins(octet) || octet.is_ascii_digit() || matches!(octet, b'-' | b'.'))
}

/// XML 1.0, production 2.
const fn is_xml_char(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

impl From<quick_xml::Error> for Fault {
    fn from(error: quick_xml::Error) -> Self {
        use quick_xml::Error;
        use quick_xml::errors::IllFormedError;
        match error {
            Error::IllFormed(
                IllFormedError::MissingEndTag(_)
                | IllFormedError::UnmatchedEndTag(_)
                | IllFormedError::MismatchedEndTag { .. },
            ) => Self::EndTag,
            Error::IllFormed(IllFormedError::UnclosedReference) | Error::Escape(_) => Self::Reference,
            Error::InvalidAttr(_) => Self::Attribute,
            Error::Encoding(_) => Self::Encoding,
            _ => Self::Syntax,
        }
    }
}
