//! Rows that are found by their texts.

/// Rows of a page with the same key, chained: the code of the first one for each key, and of the next one for each
/// code. 0 ends a chain. Rows of different keys may share a chain.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chains {
    first: [u8; 0x80],
    next: [u8; 0x80],
}

impl Chains {
    pub(super) const EMPTY: Self = Self { first: [0; 0x80], next: [0; 0x80] };

    #[expect(clippy::indexing_slicing, reason = "both are below 0x80; `get_mut` is not const in Rust 1.85")]
    pub(super) const fn push(&mut self, key: u8, code: u8) {
        let chain = (key & 0x7F) as usize;
        self.next[(code & 0x7F) as usize] = self.first[chain];
        self.first[chain] = code & 0x7F;
    }

    /// The same in the order of the codes.
    #[expect(clippy::indexing_slicing, reason = "both are below 0x80; `get_mut` is not const in Rust 1.85")]
    pub(super) const fn insert(&mut self, key: u8, code: u8) {
        let code = code & 0x7F;
        let (chain, row) = ((key & 0x7F) as usize, code as usize);
        let mut before = 0;
        let mut behind = self.first[chain];
        while behind != 0 && behind < code {
            before = behind as usize;
            behind = self.next[before];
        }
        self.next[row] = behind;
        if before == 0 {
            self.first[chain] = code;
        } else {
            self.next[before] = code;
        }
    }

    /// Whether the chain of `key` has any row.
    pub(super) fn holds(&self, key: u8) -> bool {
        self.first.get(usize::from(key & 0x7F)).is_some_and(|&code| code != 0)
    }

    /// The first code of the chain of `key`, less bit 7, and the one behind another; 0 at the end.
    #[inline(always)]
    pub(super) fn first(&self, key: u8) -> u8 {
        self.first.get(usize::from(key & 0x7F)).copied().unwrap_or_default()
    }

    #[inline(always)]
    pub(super) fn next(&self, code: u8) -> u8 {
        self.next.get(usize::from(code)).copied().unwrap_or_default()
    }

    /// The codes of the chain of `key`, less bit 7.
    pub(super) fn codes(&self, key: u8) -> impl Iterator<Item = u8> + use<'_> {
        let get = |codes: &[u8; 0x80], at: u8| codes.get(usize::from(at)).copied().filter(|&code| code != 0);
        core::iter::successors(get(&self.first, key & 0x7F), move |&code| get(&self.next, code))
    }
}

/// What strings are told apart by that begin with different octets.
pub(super) const fn initial(string: &str) -> u8 {
    match string.as_bytes() {
        [first, ..] => *first,
        [] => 0,
    }
}

/// What names are told apart by: the octets at both ends, and the length.
#[expect(clippy::cast_possible_truncation, reason = "four bits of the length tell enough")]
pub(super) const fn hash(name: &[u8]) -> u8 {
    let length = (name.len() & 0x0F) as u8;
    match name {
        [first, .., last] => first.wrapping_mul(5).wrapping_add(last.wrapping_mul(3)).wrapping_add(length),
        [only] => *only,
        [] => 0,
    }
}
