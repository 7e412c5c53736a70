//! Chance that is the same on every run.

/// Numbers that look like chance (`SplitMix64`: a counter, and a mixing function with the constants of its authors).
#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

impl Random {
    /// The numbers of this seed.
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `bound`, which is not 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % bound as u64).unwrap()
    }

    /// `octets` cut at random into pieces of up to `longest` octets.
    pub(crate) fn pieces<'a>(&mut self, mut octets: &'a [u8], longest: usize) -> Vec<&'a [u8]> {
        let mut pieces = Vec::new();
        while !octets.is_empty() {
            let length = (1 + self.below(longest)).min(octets.len());
            let (piece, rest) = octets.split_at(length);
            pieces.push(piece);
            octets = rest;
        }
        pieces
    }
}
