//! What was found.

use core::fmt;

use wbxml::Text;

use super::rule::{Action, Rule, Severity};

/// A rule that a document breaks, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding<'a> {
    /// Which rule.
    pub rule: Rule,
    /// How bad that is.
    pub severity: Severity,
    /// The type of the characteristic in which it was found; empty for the document itself.
    pub characteristic: Text<'a>,
    /// Which one of its type that is in the document, in its order, from 1; 0 for the document itself.
    pub number: u32,
    /// What it is about: the name of a parm, or of a characteristic that is missing.
    pub about: Option<Text<'a>>,
    /// The first octet of the element in the document that it was read from; 0 if it was built.
    pub offset: usize,
    /// The node that it is about.
    pub(crate) node: usize,
    /// The node of the characteristic.
    pub(crate) owner: usize,
}

impl Finding<'_> {
    /// What a client that does not give up does about it.
    #[must_use]
    pub const fn action(&self) -> Action {
        self.rule.action()
    }
}

impl fmt::Display for Finding<'_> {
    /// Writes place, rule and action.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.number == 0 {
            f.write_str("document")?;
        } else {
            write!(f, "{} {}", self.characteristic, self.number)?;
        }
        if self.offset > 0 {
            write!(f, ", at octet {}", self.offset)?;
        }
        f.write_str(": ")?;
        if let Some(about) = self.about {
            write!(f, "{about} ")?;
        }
        write!(f, "{}; {}", self.rule, self.action())
    }
}
