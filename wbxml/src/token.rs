//! The octets of the global tokens, and the application tokens that a vocabulary gives a name
//! (WAP-192, 5.8 and 7.1).

/// The global tokens: the same in every code page and in both states (WAP-192, 7.1).
pub mod global {
    /// `SWITCH_PAGE`, then the page as one octet.
    pub const SWITCH_PAGE: u8 = 0x00;
    /// `END` of an attribute list, of element content or of a processing instruction.
    pub const END: u8 = 0x01;
    /// `ENTITY`, then a character as `mb_u_int32`.
    pub const ENTITY: u8 = 0x02;
    /// `STR_I`, then a string with its terminator.
    pub const STR_I: u8 = 0x03;
    /// `LITERAL`, then the string-table index of a name.
    pub const LITERAL: u8 = 0x04;
    /// `EXT_I_0`, then a string with its terminator; `EXT_I_1` and `EXT_I_2` follow.
    pub const EXT_I_0: u8 = 0x40;
    /// `EXT_I_2`.
    pub const EXT_I_2: u8 = 0x42;
    /// `PI`, then an attribute start, values and `END`.
    pub const PI: u8 = 0x43;
    /// `LITERAL_C`: an element with content, then the index of its name.
    pub const LITERAL_C: u8 = 0x44;
    /// `EXT_T_0`, then an `mb_u_int32`; `EXT_T_1` and `EXT_T_2` follow.
    pub const EXT_T_0: u8 = 0x80;
    /// `EXT_T_2`.
    pub const EXT_T_2: u8 = 0x82;
    /// `STR_T`, then the string-table index of a string.
    pub const STR_T: u8 = 0x83;
    /// `LITERAL_A`: an element with attributes, then the index of its name.
    pub const LITERAL_A: u8 = 0x84;
    /// `EXT_0`; `EXT_1` and `EXT_2` follow.
    pub const EXT_0: u8 = 0xC0;
    /// `EXT_2`.
    pub const EXT_2: u8 = 0xC2;
    /// `OPAQUE`, then a length as `mb_u_int32` and that many octets.
    pub const OPAQUE: u8 = 0xC3;
    /// `LITERAL_AC`: an element with attributes and content, then the index of its name.
    pub const LITERAL_AC: u8 = 0xC4;
}

/// The flag bit of a tag with attributes.
pub const HAS_ATTRIBUTES: u8 = 0x80;
/// The flag bit of a tag with content.
pub const HAS_CONTENT: u8 = 0x40;
/// The bits of a token that say which one of its page it is.
pub const IDENTITY: u8 = 0x3F;

/// Whether a token belongs to a code page rather than to the global tokens: the same bits in both states.
#[inline(always)]
pub(crate) const fn is_application(token: u8) -> bool {
    token & IDENTITY > global::LITERAL
}

/// Whether a token in content is a tag with content and without attributes.
#[inline(always)]
pub(crate) const fn is_plain_tag(token: u8) -> bool {
    matches!(token, 0x45..=0x7F)
}

macro_rules! paged_token {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u16);

        impl $name {
            /// The token `code` of code page `page`.
            #[must_use]
            pub const fn new(page: u8, code: u8) -> Self {
                Self((page as u16) << 8 | code as u16)
            }

            /// The code page.
            #[must_use]
            pub const fn page(self) -> u8 {
                (self.0 >> 8) as u8
            }

            /// The octet within its page, without flag bits.
            #[must_use]
            pub const fn code(self) -> u8 {
                (self.0 & 0xFF) as u8
            }
        }

        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                write!(f, concat!(stringify!($name), "({:02X}:{:02X})"), self.page(), self.code())
            }
        }
    };
}

paged_token! {
    /// A tag: a code page and an identity of 0x05 to 0x3F within one vocabulary.
    ///
    /// ```
    /// use wbxml::{Tag, vocabulary::syncml};
    ///
    /// assert_eq!(syncml::tag::ADD, Tag::new(0, 0x05));
    /// assert_eq!(syncml::SYNCML_1_2.tag_name(syncml::tag::ADD), Some("Add"));
    /// ```
    Tag
}

paged_token! {
    /// The start of an attribute: a code page and a code of 0x05 to 0x3F or 0x45 to 0x7F, standing for a name and
    /// perhaps for the beginning of the value.
    AttrStart
}

paged_token! {
    /// A piece of an attribute's value: a code page and a code of 0x85 to 0xBF or 0xC5 to 0xFF.
    AttrValue
}

impl Tag {
    /// A tag that is no token but a name: `LITERAL` on the wire, or an element that the vocabulary does not know.
    pub const LITERAL: Self = Self::new(0, global::LITERAL);
}

impl AttrStart {
    /// An attribute name that is no token: `LITERAL` on the wire, or an attribute that the vocabulary does not know.
    pub const LITERAL: Self = Self::new(0, global::LITERAL);
}
