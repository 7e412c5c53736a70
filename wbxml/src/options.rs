//! What a reader is told before it reads.

use crate::charset::Charset;
use crate::header::{Header, PublicId};
use crate::limits::Limits;
use crate::vocabulary::Vocabulary;

/// What a reader is told before it reads: which vocabularies there are, and how much a document may ask.
///
/// ```
/// use wbxml::{Options, Reader, vocabulary::{prov::PROV_1_0, syncml}};
///
/// let known = [&PROV_1_0, &syncml::SYNCML_1_2];
/// let options = Options::new().vocabularies(&known);
/// let reader = Reader::new(b"\x03\x0B\x6A\x00\x05", options)?;
/// assert_eq!(reader.vocabulary().name, "PROV 1.0");
/// # Ok::<(), wbxml::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    vocabularies: &'a [&'a Vocabulary<'a>],
    assumed: &'a Vocabulary<'a>,
    limits: Limits,
    charset: Charset,
}

impl<'a> Options<'a> {
    /// No vocabulary, and [`Limits::DEFAULT`].
    #[must_use]
    pub const fn new() -> Self {
        Self { vocabularies: &[], assumed: &Vocabulary::EMPTY, limits: Limits::DEFAULT, charset: Charset::UNKNOWN }
    }

    /// The vocabularies among which a document names its own.
    #[must_use]
    pub const fn vocabularies(self, vocabularies: &'a [&'a Vocabulary<'a>]) -> Self {
        Self { vocabularies, ..self }
    }

    /// The vocabulary of a document that names none, or one that is in no register: a number that stands for another
    /// vocabulary is not overruled.
    #[must_use]
    pub const fn assume(self, vocabulary: &'a Vocabulary<'a>) -> Self {
        Self { assumed: vocabulary, ..self }
    }

    /// How much a document may ask.
    #[must_use]
    pub const fn limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// The charset that the transport names: that of a document which names none, as no document in version 1.0 does.
    ///
    /// ```
    /// use wbxml::{Charset, Cursor, Options, Reader};
    ///
    /// // charset 0
    /// let document = b"\x03\x01\x00\x00\x45\x03\xE9\0\x01";
    /// let mut reader = Reader::new(document, Options::new().charset(Charset::ISO_8859_1))?;
    /// let root = reader.root()?;
    /// assert_eq!(reader.text(root)?, *"é");
    /// assert_eq!(reader.charset(), Charset::ISO_8859_1);
    /// assert_eq!(reader.header().charset, Charset::UNKNOWN);
    /// # Ok::<(), wbxml::Error>(())
    /// ```
    #[must_use]
    pub const fn charset(self, charset: Charset) -> Self {
        Self { charset, ..self }
    }

    /// The charset of a document with this header.
    pub(crate) const fn charset_of(&self, header: &Header<'_>) -> Charset {
        header.charset.or(self.charset).or(Charset::UTF_8)
    }

    pub(crate) const fn asked_limits(&self) -> Limits {
        self.limits
    }

    #[cfg(feature = "xml")]
    pub(crate) const fn assumed(&self) -> &'a Vocabulary<'a> {
        self.assumed
    }

    /// The first vocabulary that fits.
    pub(crate) fn find(&self, fits: impl Fn(&Vocabulary<'a>) -> bool) -> Option<&'a Vocabulary<'a>> {
        self.vocabularies.iter().copied().find(|vocabulary| fits(vocabulary))
    }

    /// The vocabulary of a document with this header.
    pub(crate) fn vocabulary_of(&self, header: &Header<'_>) -> &'a Vocabulary<'a> {
        let named = self.find(|vocabulary| vocabulary.is_named_by(header));
        named.unwrap_or(match header.public_id {
            // it names a vocabulary, and none of these
            PublicId::Number(number) if PublicId::Number(number) != PublicId::UNKNOWN => &Vocabulary::EMPTY,
            _ => self.assumed,
        })
    }
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self::new()
    }
}
