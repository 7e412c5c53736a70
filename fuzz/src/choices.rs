//! What an oracle does with its input, chosen by the input.

use wbxml::xml::{Characters, Duplicates, Layout};
use wbxml::{Charset, Encoder, Identifier, Limits, Options, Strings, Version, Vocabulary, vocabulary};

/// All policies of the string table.
pub(crate) const STRINGS: [Strings; 3] = [Strings::Never, Strings::WhenItPays, Strings::Always];

/// Choices without end, all by the first four octets of an input.
#[derive(Clone, Debug)]
pub(crate) struct Choices(u64);

impl Choices {
    /// How many octets of an input are the choices.
    const LEN: usize = 4;

    /// The choices, and the rest of the input: the document.
    pub(crate) fn of(input: &[u8]) -> Option<(Self, &[u8])> {
        let (seed, document) = input.split_first_chunk::<{ Self::LEN }>()?;
        Some((Self(u64::from(u32::from_be_bytes(*seed))), document))
    }

    /// A number below `bound`, which is not 0 (`SplitMix64`).
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }

    /// Whether it is the one in `count`.
    pub(crate) fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    pub(crate) fn from<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    /// Options that read strictly, the limits often so small that documents go beyond them.
    pub(crate) fn options(&mut self) -> Options<'static> {
        let mut options = Options::new();
        if !self.one_in(4) {
            options = options.vocabularies(&vocabulary::ALL);
        }
        if self.one_in(4) {
            options = options.charset_in_version_1_0();
        }
        if self.one_in(4) {
            options = options.any_registered_vocabulary();
        }
        options.limits(self.limits())
    }

    /// Limits, but for that of tokens, which a document at hand has not got.
    pub(crate) fn limits(&mut self) -> Limits {
        if self.one_in(4) {
            let few = self.below(6) as u32;
            Limits { depth: few, attributes: few, resolved: 16 * few, ..Limits::NONE }
        } else {
            Limits { token: u32::MAX, ..Limits::DEFAULT }
        }
    }

    /// An encoder, of any version, charset and identifier.
    pub(crate) fn encoder<'v>(&mut self, vocabulary: &'v Vocabulary<'v>) -> Encoder<'v> {
        let charsets = [
            Charset::UTF_8,
            Charset::US_ASCII,
            Charset::ISO_8859_1,
            Charset::UTF_16,
            Charset::UTF_16LE,
            Charset::UCS_2,
            Charset::UCS_4,
            Charset::UTF_32LE,
            Charset::new(17),
        ];
        let versions = [Version::V1_3, Version::V1_2, Version::V1_1, Version::V1_0];
        let identifiers = [
            Identifier::Registered,
            Identifier::Registered,
            Identifier::Unknown,
            Identifier::Number(self.below(5) as u32),
            Identifier::Formal("-//FUZZ//DTD FUZZ 1.0//EN"),
        ];
        let encoder = Encoder::new(vocabulary).strings(self.from(&STRINGS)).public_id(self.from(&identifiers));
        let encoder = if self.one_in(2) { encoder } else { encoder.charset(self.from(&charsets)) };
        if self.one_in(2) { encoder } else { encoder.version(self.from(&versions)) }
    }

    pub(crate) fn layout(&mut self) -> Layout {
        let blanks = self.below(5) as u8;
        self.from(&[Layout::Compact, Layout::Indented(blanks), Layout::Canonical])
    }

    pub(crate) fn characters(&mut self) -> Characters {
        self.from(&[Characters::Error, Characters::Replace, Characters::Drop])
    }

    pub(crate) fn duplicates(&mut self) -> Duplicates {
        self.from(&[Duplicates::Error, Duplicates::KeepFirst])
    }
}
