//! Wrong forms of credentials that peers are known for.

use core::fmt;

/// A wrong form of credentials, of a MAC or of a nonce that peers are known for.
///
/// Each is refused unless somebody asks for it, and reported where it was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Variant {
    /// White space in the base64: lines of 76 characters, folded headers (RFC 2045, 6.8, which SyncML uses without
    /// lines).
    WhiteSpace,
    /// Base64 without `=` at its end, or with too few of them: as in the sample of the specification's header.
    NoPadding,
    /// The digest is hexadecimal digits instead of base64.
    Hex,
    /// The digest is hexadecimal digits, and those in base64, perhaps with a line end behind them: as in the sample of
    /// the specification's header.
    HexInBase64,
    /// The nonce in the digest is the base64 of `NextNonce`, not the octets that it says.
    UndecodedNonce,
    /// `H(user:password:nonce)`, the digest of `syncml:auth-md5` in SyncML 1.0.
    SyncMl10,
}

/// A set of [`Variant`]s: those that are accepted, or those that were met.
///
/// ```
/// use syncml::auth::{Variant, Variants};
///
/// let accepted = Variants::NONE.with(Variant::UndecodedNonce).with(Variant::NoPadding);
/// assert!(accepted.contains(Variant::NoPadding) && !accepted.contains(Variant::Hex));
/// assert_eq!(accepted.iter().collect::<Vec<_>>(), [Variant::NoPadding, Variant::UndecodedNonce]);
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Variants(u8);

/// Variant, place in the set, what is said of it.
const ROWS: [(Variant, u8, &str); 6] = [
    (Variant::WhiteSpace, 1, "white space in base64"),
    (Variant::NoPadding, 2, "base64 without padding"),
    (Variant::Hex, 4, "a digest in hexadecimal digits"),
    (Variant::HexInBase64, 8, "a digest in hexadecimal digits in base64"),
    (Variant::UndecodedNonce, 16, "a digest over the base64 of the nonce"),
    (Variant::SyncMl10, 32, "the digest of SyncML 1.0"),
];

impl Variant {
    fn bit(self) -> u8 {
        ROWS.iter().find(|(variant, ..)| *variant == self).map_or(0, |(_, bit, _)| *bit)
    }
}

impl fmt::Display for Variant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(ROWS.iter().find(|(variant, ..)| variant == self).map_or("", |(.., text)| text))
    }
}

impl Variants {
    /// None: the right form.
    pub const NONE: Self = Self(0);
    /// All of them.
    pub const ALL: Self = Self(0b11_1111);

    /// These and that one.
    #[must_use]
    pub fn with(self, variant: Variant) -> Self {
        Self(self.0 | variant.bit())
    }

    /// Those that are in either.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether that one is among them.
    #[must_use]
    pub fn contains(self, variant: Variant) -> bool {
        self.0 & variant.bit() != 0
    }

    /// Whether all of those are among them.
    #[must_use]
    pub const fn contains_all(self, others: Self) -> bool {
        self.0 & others.0 == others.0
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Each of them, in the order of [`Variant`].
    pub fn iter(self) -> impl Iterator<Item = Variant> {
        ROWS.iter().filter(move |(_, bit, _)| self.0 & bit != 0).map(|(variant, ..)| *variant)
    }
}

impl fmt::Debug for Variants {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
