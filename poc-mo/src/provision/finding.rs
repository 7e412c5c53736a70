//! What is wrong with what is to be sent.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use omacp::validate::{Rule, Severity, Strictness};

use super::Provisioning;
use crate::profile::Profile;

/// A rule that a provisioning breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Finding {
    /// In an account.
    Account {
        /// Which account, from 0.
        account: usize,
        /// What.
        finding: crate::Finding,
    },
    /// In the document that all of it is.
    Document {
        /// The rule.
        rule: Rule,
        /// How bad that is, by the letter.
        severity: Severity,
        /// Place, rule and what clients do.
        text: String,
    },
}

/// What is wrong with the accounts and with the document.
pub(super) fn findings(provisioning: &Provisioning, profile: &Profile<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (account, poc) in provisioning.accounts.iter().enumerate() {
        findings.extend(poc.validate(profile).into_iter().map(|finding| Finding::Account { account, finding }));
    }
    let cp = provisioning.cp(profile);
    let document = cp.document();
    let of_document = |finding: &omacp::validate::Finding<'_>| Finding::Document {
        rule: finding.rule,
        severity: finding.severity,
        text: finding.to_string(),
    };
    findings.extend(document.validate(Strictness::Strict).iter().map(of_document));
    findings
}

impl fmt::Display for Finding {
    /// Writes place and rule. Accounts are counted from 1.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account { account, finding } => write!(f, "account {}: {finding}", account.saturating_add(1)),
            Self::Document { text, .. } => f.write_str(text),
        }
    }
}
