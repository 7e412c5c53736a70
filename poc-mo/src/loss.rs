//! What an account loses on its way through a form.

use alloc::string::String;
use core::fmt;

use crate::profile::Field;

/// One thing in which an account is another one after it has been written in a form and read again.
///
/// ```
/// # #[cfg(feature = "cp")] {
/// use poc_mo::{CpForm, Field, PocAccount, profile::PROVISIONAL};
///
/// let mut account = PocAccount::default();
/// account.set(Field::AppId, "w7")?;
/// let losses = CpForm::new(&account, &PROVISIONAL);
/// assert_eq!(losses.losses()[0].to_string(), "the account: its application is none of PoC");
/// # }
/// # Ok::<(), poc_mo::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Loss {
    /// The whole account: a provisioning document of another application is none of PoC.
    Account,
    /// A setting.
    Field(Field, Reason),
    /// A reference of a list.
    Reference {
        /// The list.
        field: Field,
        /// Which of the list, from 0.
        index: usize,
        /// Why it is lost.
        reason: Reason,
    },
    /// An extension.
    Extension {
        /// Which of the account, from 0.
        index: usize,
        /// Its name.
        name: String,
        /// Why it is lost.
        reason: Reason,
    },
    /// The other way round: an interior node that the account does not name and the form needs. It is read as an
    /// extension without a value.
    Node(String),
    /// Extensions come back in another order.
    Order,
}

/// Why something is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// The profile has no name for the setting, or calls another one so.
    NoName,
    /// A character that no document can hold (XML 1.0, 2.2).
    NotText,
    /// The name cannot stand in the form: a part of it is empty, or it is no address.
    Name,
    /// The form has a setting under this name.
    Taken,
    /// Something of the same name is there.
    Repeated,
    /// A leaf stands above it, or it is a leaf and nodes stand below it.
    Leaf,
    /// The name has more than 128 parts.
    TooDeep,
}

impl Reason {
    const fn sentence(self) -> &'static str {
        match self {
            Self::NoName => "the profile has no name for it alone",
            Self::NotText => "it has a character that documents cannot hold",
            Self::Name => "its name cannot stand in this form",
            Self::Taken => "its name is that of a setting",
            Self::Repeated => "there is another one of its name",
            Self::Leaf => "nodes cannot stand below a leaf",
            Self::TooDeep => "its name has more than 128 parts",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.sentence())
    }
}

impl fmt::Display for Loss {
    /// Writes what is lost, and why.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account => f.write_str("the account: its application is none of PoC"),
            Self::Field(field, reason) => write!(f, "{field}: {reason}"),
            Self::Reference { field, index, reason } => {
                write!(f, "{field}, number {}: {reason}", index.saturating_add(1))
            }
            Self::Extension { name, reason, .. } => write!(f, "{name:?}: {reason}"),
            Self::Node(name) => write!(f, "{name:?}: it comes back as an extension, for other nodes stand below it"),
            Self::Order => f.write_str("the extensions come back in another order"),
        }
    }
}
