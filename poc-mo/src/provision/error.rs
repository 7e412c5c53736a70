//! Why something cannot be provisioned.

#[cfg(feature = "mac")]
use omacp::push::Sec;
use syncml::PackageError;
use syncml::dm::bootstrap::BootstrapError;
use syncml::dm::mgmt_tree::NodeItemError;
use wbxml::WriteError;

/// Why something cannot be provisioned, or written as it was wanted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProvisionError {
    /// Settings cannot be read, or an account cannot stand at its node.
    #[error(transparent)]
    Settings(#[from] crate::Error),
    /// An element that is neither characteristic nor parm, or a parm with a data type: those of dialects.
    #[error("this is of a dialect of Client Provisioning, which is not provisioned, at octet {offset} ({offset:#x})")]
    Dialect {
        /// Its first octet in the document.
        offset: usize,
    },
    /// Characteristics in more than 16 levels.
    #[error("there are more than 16 levels of characteristics, at octet {offset} ({offset:#x})")]
    TooDeep {
        /// The first octet of the innermost one.
        offset: usize,
    },
    /// A node has no address.
    #[error(transparent)]
    Node(#[from] NodeItemError),
    /// A document or a message cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// Commands cannot be cut into messages that the device takes.
    #[error(transparent)]
    Package(#[from] PackageError),
    /// A bootstrap cannot be written.
    #[error(transparent)]
    Bootstrap(#[from] BootstrapError),
    /// A push cannot be written, or cut into SMS.
    #[error(transparent)]
    Push(#[from] omacp::push::Error),
    /// A PIN or an IMSI is none, for a provisioning document.
    #[cfg(feature = "mac")]
    #[error(transparent)]
    Key(#[from] omacp::security::KeyError),
    /// A PIN or an IMSI is none, for a bootstrap.
    #[cfg(feature = "mac")]
    #[error(transparent)]
    BootstrapKey(#[from] syncml::dm::bootstrap::KeyError),
    /// The method of protection needs a PIN, and there is none.
    #[cfg(feature = "mac")]
    #[error("{0} needs a PIN")]
    NoPin(Sec),
    /// The method of protection needs an IMSI, and there is none.
    #[cfg(feature = "mac")]
    #[error("{0} needs an IMSI")]
    NoImsi(Sec),
    /// What is sent cannot be protected by this method: a bootstrap by `USERPINMAC`, anything by an unknown number.
    #[cfg(feature = "mac")]
    #[error("this cannot be protected by {0}")]
    Method(Sec),
}
