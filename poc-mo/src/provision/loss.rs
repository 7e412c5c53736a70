//! What is lost on the way through a form.

use alloc::string::String;
use core::fmt;

use crate::convert;
use crate::profile::Field;

/// One thing in which what a device has is something else than what was provisioned.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Loss {
    /// In an account.
    Account {
        /// Which account, from 0.
        account: usize,
        /// What.
        loss: crate::Loss,
    },
    /// A reference of an account to a companion that is an object too: it is the address of that node.
    Resolved {
        /// Which account, from 0.
        account: usize,
        /// The list that it stands in.
        field: Field,
        /// Which of the list, from 0.
        index: usize,
        /// The address.
        uri: String,
    },
    /// In a companion.
    Companion(convert::Loss),
}

impl fmt::Display for Loss {
    /// Writes what is lost, and why. Accounts and references are counted from 1.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account { account, loss } => write!(f, "account {}: {loss}", account.saturating_add(1)),
            Self::Resolved { account, field, index, uri } => {
                let (account, number) = (account.saturating_add(1), index.saturating_add(1));
                write!(f, "account {account}: {field}, number {number}: it is written as the address {uri}")
            }
            Self::Companion(loss) => fmt::Display::fmt(loss, f),
        }
    }
}
