//! Encoding a value that can write itself more than once: its strings are known before the first octet is written.

mod collect;
mod cut;
mod layout;
mod pass;
mod plan;
mod repeats;
mod tape;
mod transcript;
mod work;

use alloc::vec::Vec;

use crate::Charset;
use crate::charset::encode::Encoding;
use crate::emit::Encode;
use crate::header::{PublicId, Version};
use crate::sink::{Count, Sink, WriteError};
use crate::vocabulary::Vocabulary;
use crate::writer::Writer;
use crate::writer::tokens::Position;
use collect::Collect;
use pass::Pass;
use plan::{Finished, Plan};
use tape::{Recorder, Tape};
pub use transcript::Transcript;

/// Which strings stand in the string table (WAP-192, 5.7). Names that are no token of the vocabulary, and a formal
/// public identifier, always do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "there is no fourth answer")]
pub enum Strings {
    /// None: all text is inline. The fastest; nothing is allocated unless there are names that are no token.
    Never,
    /// Those that make the document shorter, whole or in part. Never longer than with one of the others.
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
/// A value is written twice or more often, and has to write the same each time: first to see its strings, then to write
/// them. Whoever cannot do so has the [`Writer`], which writes once. An element whose content turns out to be empty is
/// written without content: an octet less.
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
    /// [`WriteError::Changed`] if the value does not write the same each time.
    pub fn encode<T: Encode + ?Sized>(&self, value: &T) -> Result<Vec<u8>, WriteError> {
        let mut octets = Vec::new();
        self.encode_into(value, &mut octets)?;
        Ok(octets)
    }

    /// Writes the document to `sink`; where that fails, what is written by then stays in it.
    ///
    /// # Errors
    /// As [`encode`](Self::encode), and [`WriteError::Full`].
    pub fn encode_into<T: Encode + ?Sized>(&self, value: &T, sink: impl Sink) -> Result<(), WriteError> {
        self.finish(value, |plan| self.write(value, plan, sink))
    }

    /// How many octets the document has: exactly those that [`encode`](Self::encode) gives, from the same code.
    ///
    /// # Errors
    /// As [`encode`](Self::encode).
    pub fn encoded_len<T: Encode + ?Sized>(&self, value: &T) -> Result<usize, WriteError> {
        self.finish(value, |plan| self.measure(value, plan))
    }

    /// Sees what the value says, decides, and hands the decision over.
    fn finish<T: Encode + ?Sized, R>(
        &self,
        value: &T,
        done: impl FnOnce(&Finished<'_>) -> Result<R, WriteError>,
    ) -> Result<R, WriteError> {
        let encoding = self.encoding()?;
        let keeps = self.strings != Strings::Never;
        let mut collect = Pass::new(self.vocabulary, self.position(), Collect::new(keeps));
        // a value may be a document, which is not read again for each table that is tried
        let mut tape = Tape::default();
        if self.strings == Strings::WhenItPays {
            value.encode(&mut Recorder::new(&mut collect, &mut tape))?;
        } else {
            value.encode(&mut collect)?;
        }
        let collected = collect.into_handler();
        let formal = self.formal();
        let (names, empty) = (collected.names(), collected.empty());
        let fixed = plan::Fixed { encoding, vocabulary: self.vocabulary, names, formal, empty };
        let never = fixed.inline()?;
        if collected.is_empty() {
            return done(&never);
        }
        let plan = Plan::new(&fixed, &collected)?;
        if self.strings == Strings::Always {
            return done(&plan.all()?);
        }
        let (mut best, mut least) = (never, usize::MAX);
        for (index, table) in [plan.repeats(), plan.all()].into_iter().enumerate() {
            if index == 0 {
                least = self.measure(&tape, &best)?;
            }
            // a table that is too long is none
            let table = match table {
                Err(WriteError::TooLong) => continue,
                table => table?,
            };
            let length = self.measure(&tape, &table)?;
            if length < least {
                (best, least) = (table, length);
            }
        }
        done(&best)
    }

    fn measure<T: Encode + ?Sized>(&self, value: &T, plan: &Finished<'_>) -> Result<usize, WriteError> {
        let mut count = Count::default();
        self.write(value, plan, &mut count)?;
        Ok(count.octets())
    }

    fn write<T: Encode + ?Sized>(&self, value: &T, plan: &Finished<'_>, sink: impl Sink) -> Result<(), WriteError> {
        let public_id = match (self.identifier, self.formal()) {
            (_, Some(_)) => PublicId::Index(plan.formal()),
            (Identifier::Registered, None) => PublicId::Number(self.vocabulary.public_id),
            (Identifier::Number(0), None) => return Err(WriteError::Misplaced),
            (Identifier::Number(number), None) => PublicId::Number(number),
            (Identifier::Unknown | Identifier::Formal(_), None) => PublicId::UNKNOWN,
        };
        let names = plan.names();
        let writer = Writer::begin(sink, self.vocabulary, self.position(), public_id, plan.table(), names)?;
        let mut pass = Pass::over(writer, plan.replay());
        value.encode(&mut pass)?;
        pass.into_handler().finish()
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
