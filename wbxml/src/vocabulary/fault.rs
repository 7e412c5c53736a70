//! What rows have to be to make a code page.

use crate::token::is_application;

/// Why rows make no code page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// The row belongs to another code page.
    #[error("a row of code page {0} stands in another page")]
    Page(u8),
    /// The code cannot be a token of this kind.
    #[error("code {0:#04x} is no token of this kind")]
    Code(u8),
    /// Two rows have this code.
    #[error("two rows have the code {0:#04x}")]
    Duplicate(u8),
    /// The row of this code has an empty name.
    #[error("the row of code {0:#04x} has an empty name")]
    Empty(u8),
}

impl Fault {
    #[expect(clippy::panic, reason = "reached while a static is compiled, where a panic is a compile error")]
    pub(super) const fn stop(self) -> ! {
        match self {
            Self::Page(_) => panic!("a row stands in another code page than its own"),
            Self::Code(_) => panic!("a row's code is no token of its kind"),
            Self::Duplicate(_) => panic!("two rows have the same code"),
            Self::Empty(_) => panic!("a row has an empty name"),
        }
    }
}

pub(super) const fn check(row_page: u8, code: u8, page: u8, right_kind: bool) -> Result<(), Fault> {
    if row_page != page {
        Err(Fault::Page(row_page))
    } else if !right_kind || !is_application(code) {
        Err(Fault::Code(code))
    } else {
        Ok(())
    }
}

#[expect(clippy::indexing_slicing, reason = "codes were checked; `get_mut` is not const in Rust 1.85")]
pub(super) const fn put<'v, const N: usize>(names: &mut [&'v str; N], code: u8, name: &'v str) -> Result<(), Fault> {
    if name.is_empty() {
        return Err(Fault::Empty(code));
    }
    if !names[code as usize].is_empty() {
        return Err(Fault::Duplicate(code));
    }
    names[code as usize] = name;
    Ok(())
}

#[expect(clippy::indexing_slicing, reason = "codes were checked; `get_mut` is not const in Rust 1.85")]
pub(super) const fn put_pair<'v>(table: &mut [(&'v str, &'v str); 0x80], code: u8, row: (&'v str, &'v str)) {
    table[code as usize] = row;
}
