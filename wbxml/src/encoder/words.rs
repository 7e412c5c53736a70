//! Where strings may be cut: between words, which are letters and digits that stand together, or one other octet.

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

#[inline(always)]
fn is_letter(octet: u8) -> bool {
    IS_LETTER.get(usize::from(octet)).copied().unwrap_or_default()
}

/// How many octets the word at the start of `string` has; 0 if that is empty.
#[inline]
pub(super) fn first(string: &[u8]) -> usize {
    match string.split_first() {
        None => 0,
        Some((octet, rest)) if is_letter(*octet) => {
            rest.iter().position(|octet| !is_letter(*octet)).unwrap_or(rest.len()).wrapping_add(1)
        }
        Some(_) => 1,
    }
}

/// Whether a string is not cut within a word when it is cut here: `before` and `behind`.
#[inline]
pub(super) fn is_between(before: u8, behind: u8) -> bool {
    !(is_letter(before) && is_letter(behind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    #[test]
    fn strings_in_words() {
        for (string, expected) in [
            ("./PoC/0", &[".", "/", "PoC", "/", "0"][..]),
            ("", &[]),
            ("na\u{EF}ve text.", &["na\u{EF}ve", " ", "text", "."]),
            ("abc", &["abc"]),
        ] {
            let mut rest = string.as_bytes();
            let mut words = Vec::new();
            while let Some((word, behind)) = rest.split_at_checked(first(rest)).filter(|(word, _)| !word.is_empty()) {
                assert!(behind.first().is_none_or(|octet| is_between(word[word.len() - 1], *octet)), "{string}");
                assert!(word.windows(2).all(|two| !is_between(two[0], two[1])), "{string}");
                words.push(word);
                rest = behind;
            }
            assert_eq!(words, expected.iter().map(|word| word.as_bytes()).collect::<Vec<_>>(), "{string}");
        }
    }
}
