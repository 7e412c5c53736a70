//! What a reader is told before it reads.

use crate::charset::Charset;
use crate::diagnostic::Report;
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
    report: Option<&'a dyn Report>,
    charset_in_1_0: bool,
    any_registered: bool,
}

impl<'a> Options<'a> {
    /// No vocabulary, [`Limits::DEFAULT`], and strict reading.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            vocabularies: &[],
            assumed: &Vocabulary::EMPTY,
            limits: Limits::DEFAULT,
            charset: Charset::UNKNOWN,
            report: None,
            charset_in_1_0: false,
            any_registered: false,
        }
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

    /// Lenient reading: what real encoders get wrong, and what has one meaning all the same, is read, and `report` is told
    /// of each such thing.
    ///
    /// Strict reading, the default, stops there. What is forgiven [`DiagnosticKind`](crate::DiagnosticKind) lists; of a
    /// document that strict reading accepts, lenient reading gives the same events.
    ///
    /// ```
    /// use wbxml::{Diagnostic, ErrorKind, Event, Options, Reader, Report};
    ///
    /// #[derive(Debug)]
    /// struct Log;
    ///
    /// impl Report for Log {
    ///     fn forgiven(&self, diagnostic: Diagnostic) {
    ///         println!("{diagnostic}");
    ///     }
    /// }
    ///
    /// // WBXML 1.1 with OPAQUE in the value of an attribute: allowed from 1.2 on
    /// let document = b"\x01\x05\x6A\x00\x85\x0A\xC3\x01\x20\x01";
    /// let read = |options| {
    ///     let mut reader = Reader::new(document, options)?;
    ///     (0..4).map(|_| reader.next_event()).collect::<wbxml::Result<Vec<_>>>()
    /// };
    /// assert!(matches!(read(Options::new()).unwrap_err().kind(), ErrorKind::UnexpectedToken { token: 0xC3, .. }));
    /// assert_eq!(read(Options::new().lenient(&Log))?[2], Event::Opaque(b"\x20"));
    /// # Ok::<(), wbxml::Error>(())
    /// ```
    #[must_use]
    pub const fn lenient(self, report: &'a dyn Report) -> Self {
        Self { report: Some(report), ..self }
    }

    /// Documents that say version 1.0 have the charset field and the body of version 1.1.
    ///
    /// Some encoders write such documents. Nothing in the octets tells them from documents of version 1.0, which has no
    /// such field (WBXML 1.0, 5.3), so this is never guessed.
    ///
    /// ```
    /// use wbxml::{Charset, Options, Reader};
    ///
    /// let options = Options::new().charset_in_version_1_0();
    /// assert_eq!(Reader::new(b"\x00\x05\x6A\x00\x05", options)?.header().charset, Charset::UTF_8);
    /// # Ok::<(), wbxml::Error>(())
    /// ```
    #[must_use]
    pub const fn charset_in_version_1_0(self) -> Self {
        Self { charset_in_1_0: true, ..self }
    }

    /// Octets of an `OPAQUE` that name any registered vocabulary by its number are looked at as a document, also where the
    /// vocabulary is none of these: see [`Reader::embedded`](crate::Reader::embedded).
    ///
    /// Device information in SyncML is such a document. Without this, numbers of other vocabularies count for nothing,
    /// because a few octets of any kind can look like a small document that bears one.
    ///
    /// ```
    /// use wbxml::{Event, Options, Reader};
    ///
    /// // an OPAQUE that holds <DevInf/> of DevInf 1.2, 0x1203
    /// let mut reader = Reader::new(b"\x03\x01\x6A\x00\x45\xC3\x06\x03\xA4\x03\x6A\x00\x0A\x01", Options::new())?;
    /// reader.next_event()?;
    /// let Event::Opaque(octets) = reader.next_event()? else { panic!() };
    /// assert!(reader.embedded(octets, Options::new()).is_none());
    /// assert!(reader.embedded(octets, Options::new().any_registered_vocabulary()).is_some());
    /// # Ok::<(), wbxml::Error>(())
    /// ```
    #[must_use]
    pub const fn any_registered_vocabulary(self) -> Self {
        Self { any_registered: true, ..self }
    }

    /// Whether a document with this header names a vocabulary in a way that octets which are no document hardly do.
    pub(crate) fn recognises(&self, header: &Header<'_>) -> bool {
        self.find(|vocabulary| vocabulary.is_named_by(header)).is_some()
            || match header.public_id {
                PublicId::Number(_) => self.any_registered && header.public_id.is_registered(),
                PublicId::Index(_) => header.has_formal_public_id(),
            }
    }

    pub(crate) const fn report(&self) -> Option<&'a dyn Report> {
        self.report
    }

    /// As lenient, or not, as these, but nobody is told: for what has been reported, or will be.
    pub(crate) const fn silent(self) -> Self {
        if self.report.is_some() { self.lenient(&()) } else { self }
    }

    pub(crate) const fn has_charset_in_1_0(&self) -> bool {
        self.charset_in_1_0
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
