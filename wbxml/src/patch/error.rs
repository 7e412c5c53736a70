//! Why a document could not be edited.

use crate::{Error, WriteError};

/// Why a document could not be edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PatchError {
    /// Two edits of the same octets; the offset is where those of the second begin.
    #[error("an edit of octets that another edit changes, at octet {0} ({0:#x})")]
    Overlap(usize),
    /// The edit would leave a document without a root, or with two: only those of version 1.0 may have several (5.3).
    #[error("a document has one root element, at octet {0} ({0:#x})")]
    Root(usize),
    /// An edit that cannot be made of what stands at this offset.
    #[error("an edit that cannot be made here, at octet {0} ({0:#x})")]
    Misplaced(usize),
    /// A site of another document.
    #[error("a site of another document")]
    UnknownSite,
    /// What was to be put into the document cannot be written there.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The document is faulty.
    #[error(transparent)]
    Read(#[from] Error),
}
