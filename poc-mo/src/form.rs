//! An account in the forms in which it is sent.

#[cfg(feature = "cp")]
mod cp;
#[cfg(feature = "dm")]
mod diff;
#[cfg(feature = "dm")]
mod dm;
#[cfg(feature = "dm")]
mod edit;
#[cfg(feature = "dm")]
mod nodes;

#[cfg(feature = "cp")]
pub use cp::CpForm;
#[cfg(all(feature = "cp", feature = "dm"))]
pub(crate) use diff::applied;
#[cfg(feature = "dm")]
pub use diff::{Diff, withdraw};
#[cfg(feature = "dm")]
pub use dm::DmForm;
#[cfg(feature = "dm")]
pub use edit::{Edit, EditNode};

/// How many parts the name of an extension may have: fewer than the elements that documents may nest.
const DEEPEST: usize = 128;

/// Whether documents can hold the text: the characters of XML 1.0, 2.2.
pub(crate) fn is_text(text: &str) -> bool {
    let is_wrong = |character: char| matches!(character, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}');
    !text.contains(is_wrong)
}
