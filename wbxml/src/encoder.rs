//! Encoding a value as a whole: its strings are known before the first octet is written.

mod collect;
mod cut;
mod draft;
mod fixed;
mod inline;
mod intern;
mod layout;
mod market;
mod pass;
mod plan;
mod repeats;
mod transcript;
mod words;
mod work;

use alloc::vec::Vec;

use crate::Charset;
use crate::charset::encode::Encoding;
use crate::emit::Encode;
use crate::header::{PublicId, Version};
use crate::sink::{Count, Sink, WriteError};
use crate::vocabulary::Vocabulary;
use crate::writer::Writer;
use crate::writer::tokens::{Position, Tokens};
use collect::{Collect, Discard};
use draft::Draft;
use fixed::Fixed;
use inline::Inline;
use layout::{Entry, Layout};
use pass::Pass;
use plan::Finished;
pub use transcript::Transcript;

/// Which strings stand in the string table (WAP-192, 5.7). Names that are no token of the vocabulary, and a formal
/// public identifier, always do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "there is no fourth answer")]
pub enum Strings {
    /// None: all text is inline. The fastest; nothing is allocated unless there are names that are no token.
    Never,
    /// Those that make the document shorter, whole or in part: what occurs twice, as a string or as words that stand
    /// together. Never longer than with one of the others, though not the shortest that there is.
    #[default]
    WhenItPays,
    /// All of them, each once.
    Always,
}

/// How a document names its vocabulary (WAP-192, 5.5).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "the grammar has these forms")]
pub enum Identifier<'v> {
    /// As the vocabulary is registered: by its number, or by its formal public identifier if it has none.
    #[default]
    Registered,
    /// Not at all: "unknown or missing".
    Unknown,
    /// By this number, which is not 0.
    Number(u32),
    /// By this formal public identifier, in the string table.
    Formal(&'v str),
}

/// Encodes values in WBXML: version, charset, string table and public identifier as they are asked for.
///
/// With a string table a value writes itself once, and its strings are put in when all of them are known; without one,
/// nothing is kept, and it writes itself twice, and has to write the same both times. The [`Writer`] does neither. An
/// element whose content turns out to be empty is written without content: an octet less.
///
/// ```
/// use wbxml::{Emit, Encode, Encoder, Start, Strings, WriteError, vocabulary::syncml::{SYNCML_1_2, tag}};
///
/// struct Locations<'a>(&'a [&'a str]);
///
/// impl Encode for Locations<'_> {
///     fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
///         out.start(Start::new(tag::TARGET))?;
///         self.0.iter().try_for_each(|uri| out.leaf(tag::LOC_URI, uri))?;
///         out.end()
///     }
/// }
///
/// let encoder = Encoder::new(&SYNCML_1_2);
/// let value = Locations(&["./DevDetail/FwV", "./DevDetail/SwV", "./DevDetail/HwV", "./DevDetail/OEM"]);
/// let inline = encoder.strings(Strings::Never);
/// assert_eq!(inline.encoded_len(&value)?, 83);
/// let octets = encoder.encode(&value)?;
/// assert_eq!(octets.len(), encoder.encoded_len(&value)?);
/// assert_eq!(octets.len(), 56); // "./DevDetail/" stands in the string table
/// # Ok::<(), WriteError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Encoder<'v> {
    vocabulary: &'v Vocabulary<'v>,
    version: Version,
    charset: Charset,
    strings: Strings,
    identifier: Identifier<'v>,
}

/// Octets that there is room for from the start: most documents are not much longer.
const ROOM: usize = 1024;

impl<'v> Encoder<'v> {
    /// An encoder of WBXML 1.3 in UTF-8 with [`Strings::WhenItPays`] and [`Identifier::Registered`].
    #[must_use]
    pub const fn new(vocabulary: &'v Vocabulary<'v>) -> Self {
        Self {
            vocabulary,
            version: Version::V1_3,
            charset: Charset::UTF_8,
            strings: Strings::WhenItPays,
            identifier: Identifier::Registered,
        }
    }

    /// The version. In [`Version::V1_0`] there is no `OPAQUE`, and in [`Version::V1_1`] none in the values of attributes:
    /// octets that are text are written as text, others are [`WriteError::NoOpaque`]. Version 1.0 has no field for a charset, so that only UTF-8 is written, and US-ASCII with it.
    #[must_use]
    pub const fn version(self, version: Version) -> Self {
        Self { version, ..self }
    }

    /// The charset: UTF-8, US-ASCII, ISO-8859-1, UTF-16 and UCS-2, UTF-32 and UCS-4. What it does not have is written as
    /// `ENTITY`. Where the charset leaves the byte order open it is big-endian.
    #[must_use]
    pub const fn charset(self, charset: Charset) -> Self {
        Self { charset, ..self }
    }

    /// Which strings stand in the string table.
    #[must_use]
    pub const fn strings(self, strings: Strings) -> Self {
        Self { strings, ..self }
    }

    /// How the document names its vocabulary.
    #[must_use]
    pub const fn public_id(self, identifier: Identifier<'v>) -> Self {
        Self { identifier, ..self }
    }

    /// The document.
    ///
    /// # Errors
    /// Before anything is written: [`WriteError::Charset`] if the charset cannot be written, in this version or at all;
    /// [`WriteError::Misplaced`] for a public identifier of number 0. Then those of the value, among them
    /// [`WriteError::Nul`], [`WriteError::NotInCharset`] for a name, [`WriteError::NoOpaque`], [`WriteError::TooLong`];
    /// [`WriteError::Changed`] if the value writes itself twice, and not the same.
    pub fn encode<T: Encode + ?Sized>(&self, value: &T) -> Result<Vec<u8>, WriteError> {
        let mut octets = Vec::with_capacity(ROOM);
        self.encode_into(value, &mut octets)?;
        Ok(octets)
    }

    /// Writes the document to `sink`; where that fails, what is written by then stays in it.
    ///
    /// # Errors
    /// As [`encode`](Self::encode), and [`WriteError::Full`].
    pub fn encode_into<T: Encode + ?Sized>(&self, value: &T, sink: impl Sink) -> Result<(), WriteError> {
        if self.strings == Strings::Never {
            return self.write_inline(value, sink);
        }
        let (draft, body) = self.draft(value)?;
        let plan = self.plan(&draft)?;
        plan.write(&mut self.begin(sink, plan.table(), plan.formal(), &[])?, &body)
    }

    /// How many octets the document has: exactly those that [`encode`](Self::encode) gives, from the same code.
    ///
    /// # Errors
    /// As [`encode`](Self::encode).
    pub fn encoded_len<T: Encode + ?Sized>(&self, value: &T) -> Result<usize, WriteError> {
        let mut count = Count::default();
        self.encode_into(value, &mut count)?;
        Ok(count.octets())
    }

    /// Writes the document with all strings inline, in two passes over the value.
    fn write_inline<T: Encode + ?Sized>(&self, value: &T, sink: impl Sink) -> Result<(), WriteError> {
        let encoding = self.encoding()?;
        let nowhere = Writer::resume(Discard, self.vocabulary, self.position(), &[]);
        let mut pass = Pass::over(nowhere, encoding, Collect::default());
        value.encode(&mut pass)?;
        let (_, Collect { names, empty }) = pass.into_parts();
        let named = names.iter().map(|(name, &uses)| Entry { string: name, uses });
        let formal = self.formal().map(|string| Entry { string, uses: 1 });
        let entries: Vec<Entry<'_>> = named.chain(formal).collect();
        let layout = Layout::new(encoding, &entries)?;
        let indexes: Vec<(&str, u32)> = names.keys().map(AsRef::as_ref).zip(layout.indexes.iter().copied()).collect();
        let table = layout.order.iter().filter_map(|&entry| entries.get(entry)).map(|entry| entry.string);
        let formal = layout.indexes.get(names.len()).copied().unwrap_or(0);
        let mut pass = Pass::over(self.begin(sink, table, formal, &indexes)?, encoding, Inline { empty: &empty });
        value.encode(&mut pass)
    }

    /// What the value writes, its strings and names aside.
    fn draft<T: Encode + ?Sized>(&self, value: &T) -> Result<(Draft, Vec<u8>), WriteError> {
        let encoding = self.encoding()?;
        let body = Writer::resume(Vec::with_capacity(ROOM), self.vocabulary, self.position(), &[]);
        let mut pass = Pass::over(body, encoding, Draft::new());
        value.encode(&mut pass)?;
        let (body, mut draft) = pass.into_parts();
        draft
            .names
            .list()
            .iter()
            .map(|name| draft.names.get(name))
            .chain(self.formal())
            .for_each(|fixed| draft.strings.add_fixed(fixed));
        Ok((draft, body.into_sink()))
    }

    /// Which strings stand in the table: the shortest of what the policy allows.
    fn plan<'d>(&'d self, draft: &'d Draft) -> Result<Finished<'d>, WriteError> {
        let fixed = Fixed { encoding: self.encoding()?, draft, formal: self.formal() };
        if self.strings == Strings::Always {
            return fixed.all(u64::MAX)?.ok_or(WriteError::TooLong);
        }
        let inline = fixed.inline()?;
        if draft.strings.list().is_empty() {
            return Ok(inline);
        }
        let least = self.measure(&inline)?;
        let (best, least) = self.shorter((inline, least), fixed.repeats())?;
        match fixed.all(least).transpose() {
            None => Ok(best),
            Some(all) => self.shorter((best, least), all).map(|(best, _)| best),
        }
    }

    /// The shorter one of two plans, with its octets. A table that is too long is none.
    fn shorter<'d>(
        &self,
        (best, least): (Finished<'d>, u64),
        other: Result<Finished<'d>, WriteError>,
    ) -> Result<(Finished<'d>, u64), WriteError> {
        let other = match other {
            Err(WriteError::TooLong) => return Ok((best, least)),
            other => other?,
        };
        let length = self.measure(&other)?;
        Ok(if length < least { (other, length) } else { (best, least) })
    }

    /// The octets of all that depends on the plan.
    fn measure(&self, plan: &Finished<'_>) -> Result<u64, WriteError> {
        let mut header = Tokens { sink: Count::default(), at: self.position() };
        header.header(self.named_as(plan.formal())?, plan.table_len())?;
        let octets = header.sink.octets().saturating_add(plan.table_len());
        Ok(plan.gaps_len().saturating_add(u64::try_from(octets).unwrap_or(u64::MAX)))
    }

    /// The public identifier, where the formal one has this index.
    fn named_as(&self, formal: u32) -> Result<PublicId, WriteError> {
        Ok(match (self.identifier, self.formal()) {
            (_, Some(_)) => PublicId::Index(formal),
            (Identifier::Registered, None) => PublicId::Number(self.vocabulary.public_id),
            (Identifier::Number(0), None) => return Err(WriteError::Misplaced),
            (Identifier::Number(number), None) => PublicId::Number(number),
            (Identifier::Unknown | Identifier::Formal(_), None) => PublicId::UNKNOWN,
        })
    }

    /// A writer behind the header, whose string table is `table`.
    fn begin<'t, S: Sink>(
        &'t self,
        sink: S,
        table: impl Iterator<Item = &'t str> + Clone,
        formal: u32,
        names: &'t [(&'t str, u32)],
    ) -> Result<Writer<'t, S>, WriteError> {
        Writer::begin(sink, self.vocabulary, self.position(), self.named_as(formal)?, table, names)
    }

    /// The formal public identifier that the string table has.
    fn formal(&self) -> Option<&'v str> {
        match self.identifier {
            Identifier::Formal(id) => Some(id),
            Identifier::Registered if PublicId::Number(self.vocabulary.public_id) == PublicId::UNKNOWN => {
                Some(self.vocabulary.formal_public_id).filter(|id| !id.is_empty())
            }
            Identifier::Registered | Identifier::Unknown | Identifier::Number(_) => None,
        }
    }

    const fn position(&self) -> Position {
        Position::start(self.version, self.charset)
    }

    /// How text is written, if it can be.
    fn encoding(&self) -> Result<Encoding, WriteError> {
        let named = self.version != Version::V1_0 || self.charset.is_utf8();
        if named { self.position().encoding() } else { Err(WriteError::Charset(self.charset)) }
    }
}
