//! Charsets that are tables: those of `encoding_rs`.

use alloc::borrow::Cow;
use core::fmt;

use encoding_rs::{Decoder, DecoderResult};

use crate::Charset;
use crate::charset::registry;
use crate::text::TextFault;

use super::Step;

/// The string that these octets are in this charset.
pub(super) fn to_cow(charset: Charset, octets: &[u8]) -> Option<Cow<'_, str>> {
    registry::encoding(charset)?.decode_without_bom_handling_and_without_replacement(octets)
}

/// Decodes a string a few characters at a time.
pub(super) struct Decoding<'a> {
    decoder: Decoder,
    octets: &'a [u8],
    /// How many of the octets the decoder has taken.
    taken: usize,
    /// Characters in UTF-8 that are decoded and not handed out: those from `begin` to `end`.
    room: [u8; 32],
    begin: usize,
    end: usize,
    /// What stands behind these characters.
    behind: Behind<'a>,
}

#[derive(Clone, Copy)]
enum Behind<'a> {
    More,
    Faulty(&'a [u8]),
    Nothing,
}

impl<'a> Decoding<'a> {
    pub(super) fn of(charset: Charset, octets: &'a [u8]) -> Option<Self> {
        let decoder = registry::encoding(charset)?.new_decoder_without_bom_handling();
        Some(Self { decoder, octets, taken: 0, room: [0; 32], begin: 0, end: 0, behind: Behind::More })
    }

    pub(super) fn step(&mut self) -> Option<Step<'a>> {
        loop {
            if let Some(character) = self.decoded() {
                return Some(Ok(character));
            }
            match self.behind {
                Behind::More => self.fill(),
                Behind::Faulty(octets) => {
                    self.behind = Behind::More;
                    return Some(Err((TextFault::Invalid, octets)));
                }
                Behind::Nothing => return None,
            }
        }
    }

    /// The next of the characters that are decoded.
    fn decoded(&mut self) -> Option<char> {
        let room = self.room.get(self.begin..self.end)?;
        let character = core::str::from_utf8(room).ok()?.chars().next()?;
        self.begin = self.begin.saturating_add(character.len_utf8());
        Some(character)
    }

    /// Decodes what there is room for.
    fn fill(&mut self) {
        let rest = self.octets.get(self.taken..).unwrap_or_default();
        let (result, read, written) = self.decoder.decode_to_utf8_without_replacement(rest, &mut self.room, true);
        self.taken = self.taken.saturating_add(read);
        (self.begin, self.end) = (0, written);
        self.behind = match result {
            DecoderResult::InputEmpty => Behind::Nothing,
            DecoderResult::OutputFull => Behind::More,
            DecoderResult::Malformed(length, behind) => {
                let end = self.taken.saturating_sub(usize::from(behind));
                let begin = end.saturating_sub(usize::from(length));
                Behind::Faulty(self.octets.get(begin..end).unwrap_or_default())
            }
        };
    }
}

impl fmt::Debug for Decoding<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rest = self.octets.get(self.taken..).unwrap_or_default();
        write!(f, "{} {:02X?}", self.decoder.encoding().name(), rest)
    }
}
