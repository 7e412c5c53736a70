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
mod checked;
mod finding;
mod further;
mod identity;
mod parms;
mod place;
mod references;
mod rule;
mod structure;
mod values;

use alloc::vec::Vec;

use crate::document::ProvisioningDoc;

pub(crate) use checked::Checked;
pub use finding::Finding;
pub use rule::{Action, Rule, Severity, Strictness};

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
