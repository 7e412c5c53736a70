//! The XML twin: the same cursor, the same events and the same writer's trait over textual XML.
//!
//! Names become the vocabulary's tags, and what the vocabulary does not know stays a literal name. Documents are UTF-8;
//! [`to_utf8`] makes that of others.
//! Markup that is kept to be read later ([`Data::Markup`](crate::Data)) knows the default namespace around it and the
//! prefixes that the root declares, in a tag of up to 4096 octets, no others: names with those are literal in it.
//! A `DOCTYPE` with its internal subset is passed over: no entity is declared by it, none is fetched, and a reference
//! to one is an error.
//!
//! # What XML has no words for
//!
//! [`transcode`](crate::transcode) writes any document as XML, and reads it back. For what XML cannot say as it is there
//! is a notation:
//!
//! | WBXML | XML |
//! | --- | --- |
//! | a tag without a name, page 0x01, code 0x3F | an element `token-01-3F` |
//! | an attribute start without a name | an attribute `token-00-15`, or such a target of a processing instruction |
//! | a literal name that is none of XML, or begins with `token-`, `literal-` or `wbxml-` | `literal-` and the name, each octet but ASCII letters, digits, `-` and `_` as `.` and two digits: `literal-a.20b` |
//! | `OPAQUE` that is no text | `<?wbxml-opaque BASE64?>` |
//! | `EXT_I_0` and a string | `<?wbxml-ext-i 0 string?>`, or `<?wbxml-ext-i-octets 0 BASE64?>` |
//! | `EXT_T_1` and an integer | `<?wbxml-ext-t 1 17?>` |
//! | `EXT_2` | `<?wbxml-ext 2?>` |
//! | the same in a value, and value tokens without a string | U+FFFC, the OBJECT REPLACEMENT CHARACTER, and the same words in parentheses: `(opaque BASE64)`, `(ext 2)`, `(token-00-85)` |
//! | U+FFFC in a value where it could be taken for that | U+FFFC and `(mark)` |
//!
//! Hexadecimal digits are capital letters. `OPAQUE` that is text is written as text. Typed code, which calls
//! [`Emit::start`](crate::Emit::start) or [`Emit::opaque`](crate::Emit::opaque), gets an error instead.
//!
//! Not kept, for XML has no means to say it: how a text is cut into pieces, a switch of code pages where no token
//! follows, white space at the beginning of a processing instruction's data. The integer of `EXT_T` stays as it is, also
//! where it was an index into a string table that is another one now. An element in a foreign namespace whose name the
//! vocabulary has becomes that token in WBXML, beside its attribute `xmlns`.
//!
//! ```
//! use wbxml::{AnyReader, Options, Vocabulary, transcode, xml};
//!
//! let mut out = Vec::new();
//! let mut reader = AnyReader::new(b"\x03\x01\x6A\x00\x45\xC3\x02\x00\xFF\x01", Options::new())?;
//! transcode(&mut reader, &mut xml::Writer::new(&mut out, &Vocabulary::EMPTY))?;
//! assert_eq!(out, b"<token-00-05><?wbxml-opaque AP8=?></token-00-05>");
//! # Ok::<(), wbxml::TranscodeError>(())
//! ```

mod encoding;
mod name;
pub(crate) mod notation;
mod pieces;
mod plain_text;
mod policy;
mod prolog;
mod reader;
mod writer;

pub use encoding::to_utf8;
pub use policy::{Characters, Duplicates, Layout};
pub use reader::Reader;
pub use writer::Writer;

use crate::text::is_blank;

use name::{is_name_of, is_xml_char};

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
    /// five predefined ones: what a `DOCTYPE` declares is not expanded.
    #[error("a reference is malformed, or its entity is none of the five predefined ones")]
    Reference,
    /// A character that XML does not have (production 2), or `]]>` in text (2.4).
    #[error("a character or sequence that XML does not allow here")]
    Character,
    /// A processing instruction `wbxml-…` that is not spelled as such: see [the notation](self#what-xml-has-no-words-for).
    #[error("a processing instruction that stands for WBXML tokens is malformed")]
    Notation,
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
