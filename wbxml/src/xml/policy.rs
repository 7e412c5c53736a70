//! What a writer of XML does where there is a choice.

/// How a document is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Layout {
    /// On one line, but for the line ends of the texts.
    #[default]
    Compact,
    /// Each element on a line of its own, with this many blanks for each element around it.
    ///
    /// Text is never changed: a line end stands only where an element holds nothing but elements and processing
    /// instructions, none of the elements around it holds text, and none says `xml:space="preserve"`. To know that, the
    /// writer holds each root element back until it ends.
    Indented(u8),
    /// One form for all documents that say the same, as of [Canonical XML 1.0](https://www.w3.org/TR/xml-c14n), with
    /// the processing instructions: no XML declaration, no `DOCTYPE`, no `<a/>`, attributes in order, no declaration of
    /// a namespace that is in scope, values in `"`, references only for `& < > " TAB LF CR` where they need one.
    ///
    /// What the reader makes of names comes first: a namespace that a code page implies is declared as the default one,
    /// and where the page begins.
    Canonical,
}

/// What becomes of a character that XML cannot hold (XML 1.0, production 2), such as most control characters, and of
/// octets that are no text in their charset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Characters {
    /// An error: nothing changes unseen.
    #[default]
    Error,
    /// U+FFFD stands in its place.
    Replace,
    /// Nothing does.
    Drop,
}

/// What becomes of an attribute whose name stands in the same tag already, which WBXML can say and XML cannot (XML 1.0,
/// 3.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Duplicates {
    /// An error: nothing is lost unseen.
    #[default]
    Error,
    /// The first one stays.
    KeepFirst,
}
