//! What is wrong with a document, how bad that is, and what clients do about it (OMA-WAP-TS-ProvCont, 4).
//!
//! Whoever sends a document wants no finding of [`Strictness::Strict`] above a note. Whoever receives one wants what a
//! client makes of it: [`ProvisioningDoc::pruned`].
//!
//! ```
//! use omacp::ProvisioningDoc;
//! use omacp::validate::{Rule, Severity, Strictness};
//!
//! let mut builder = ProvisioningDoc::builder();
//! builder.version("1.01.0").start("VENDORCONFIG").parm("NAME", "acme").end().start("CLIENTIDENTITY").end();
//! let document = builder.build();
//!
//! let findings = document.validate(Strictness::Field);
//! assert_eq!(findings.len(), 2);
//! assert_eq!((findings[0].rule, findings[0].severity), (Rule::OddVersion, Severity::Note));
//! assert_eq!(
//!     findings[1].to_string(),
//!     "CLIENTIDENTITY 1: CLIENT-ID is missing; clients pass over the characteristic"
//! );
//!
//! let left = document.pruned().expect("something is left");
//! assert!(left.characteristics().map(|left| left.type_()).eq(["VENDORCONFIG"]));
//! ```

mod address;
mod check;
mod further;
mod identity;
mod parms;
mod rule;
mod values;

use core::fmt;

use alloc::vec::Vec;
use wbxml::Text;

use crate::document::ProvisioningDoc;

pub(crate) use check::Checked;
pub use rule::{Action, Rule, Severity};

/// How strictly a document is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "there are these two")]
pub enum Strictness {
    /// By the letter of the specification: for who sends documents.
    Strict,
    /// As clients in the field look at them: what real operators send is no error.
    Field,
}

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

impl<'a> ProvisioningDoc<'a> {
    /// What is wrong with the document, in its order; nothing, if it is right.
    ///
    /// Both ways of looking find the same; how bad it is differs. The time that it takes grows with the document's size
    /// and no faster than a sort.
    ///
    /// ```
    /// use omacp::ProvisioningDoc;
    /// use omacp::validate::Strictness;
    ///
    /// let mut builder = ProvisioningDoc::builder();
    /// builder.version("1.0").start("CLIENTIDENTITY").parm("CLIENT-ID", "me").end();
    /// assert_eq!(builder.build().validate(Strictness::Strict), []);
    /// ```
    #[must_use]
    pub fn validate(&self, strictness: Strictness) -> Vec<Finding<'a>> {
        let mut findings = Checked::new(self, |_, _| false).findings;
        for finding in &mut findings {
            finding.severity = finding.rule.severity(strictness);
        }
        findings
    }
}
