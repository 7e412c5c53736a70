//! Where strings may be cut: at the beginnings of words.

use alloc::vec::Vec;

use crate::sink::WriteError;

use super::intern::Interner;

/// The words of all strings: letters and digits that stand together, or one other octet. A string that is never cut is
/// one word.
#[derive(Debug)]
pub(super) struct Words {
    /// Where each one begins in the text; then, where the text ends.
    starts: Vec<u32>,
    /// The first word of each string; then, how many there are.
    first: Vec<u32>,
}

/// Whether an octet stands within a word with its like. Those of a character that is not ASCII do, so that it is not cut.
const IS_LETTER: [bool; 256] = {
    let mut table = [true; 256];
    let mut octet = 0_u8;
    while octet < 0x80 {
        #[expect(clippy::indexing_slicing, reason = "computed when it is compiled")]
        {
            table[octet as usize] = octet.is_ascii_alphanumeric();
        }
        octet = octet.wrapping_add(1);
    }
    table
};

impl Words {
    pub(super) fn new(strings: &Interner) -> Result<Self, WriteError> {
        // words are numbered in 32 bits
        u32::try_from(strings.text().len()).map_err(|_| WriteError::TooLong)?;
        // most words and the blank or sign behind them are longer than this
        let most = strings.text().len() / 2;
        let mut words = Self {
            starts: Vec::with_capacity(most),
            first: Vec::with_capacity(strings.list().len().saturating_add(1)),
        };
        for string in strings.list() {
            words.first.push(number(words.starts.len()));
            if string.is_whole {
                words.starts.push(number(string.start));
            } else {
                words.split(strings.get(string).as_bytes(), string.start);
            }
        }
        words.first.push(number(words.starts.len()));
        words.starts.push(number(strings.text().len()));
        Ok(words)
    }

    fn split(&mut self, octets: &[u8], start: usize) {
        let mut was_letter = false;
        for (at, octet) in octets.iter().enumerate() {
            let is_letter = IS_LETTER.get(usize::from(*octet)).copied().unwrap_or_default();
            if !(is_letter && was_letter) {
                self.starts.push(number(start.saturating_add(at)));
            }
            was_letter = is_letter;
        }
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Where a word begins in the text, and the one before ends.
    #[inline]
    pub(super) fn start(&self, word: usize) -> usize {
        self.starts.get(word).map_or(0, |start| *start as usize)
    }

    /// The first word of a string, and of the one behind it.
    #[inline]
    pub(super) fn of(&self, string: usize) -> (usize, usize) {
        let first = |string: usize| self.first.get(string).map_or(0, |word| *word as usize);
        (first(string), first(string.saturating_add(1)))
    }
}

/// What fits into 32 bits, as has been made sure.
pub(super) fn number(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;

    #[test]
    fn strings_in_words() {
        let mut strings = Interner::default();
        let all = [("./PoC/0", false), ("", false), ("na\u{EF}ve text.", false), ("never cut", true), ("abc", false)];
        for (string, is_whole) in all {
            strings.add(string, is_whole);
        }
        let words = Words::new(&strings).unwrap();
        let of = |string: usize| -> Vec<String> {
            let (first, end) = words.of(string);
            let word = |word: usize| &strings.text()[words.start(word)..words.start(word.saturating_add(1))];
            (first..end).map(|number| String::from(word(number))).collect()
        };
        assert_eq!(of(0), [".", "/", "PoC", "/", "0"]);
        assert_eq!(of(1), [""; 0]);
        assert_eq!(of(2), ["na\u{EF}ve", " ", "text", "."]);
        assert_eq!(of(3), ["never cut"]);
        assert_eq!(of(4), ["abc"]);
        assert_eq!(words.len(), 11);
    }
}
