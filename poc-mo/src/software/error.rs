//! What cannot be done with software.

use syncml::dm::UriError;

use super::model::{Leaf, Operation, State};

/// What cannot be done with software.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SoftwareError {
    /// An address, or a name in a model, is malformed.
    #[error("{0}")]
    Address(UriError),
    /// The model does not have this operation.
    #[error("the object has no operation {0:?}")]
    Operation(Operation),
    /// The model does not have this value, or not for this operation.
    #[error("the object has no value {0:?} for this")]
    Leaf(Leaf),
    /// The model does not have this state.
    #[error("the object has no state {0}")]
    State(State),
    /// The step does not lead from the state in which the software is to this one.
    #[error("nothing leads from state {from} to state {to} here")]
    Transition {
        /// Where the software is.
        from: State,
        /// Where it should go.
        to: State,
    },
    /// The step is not allowed in the state in which the software is.
    #[error("that is not allowed in state {0}")]
    NotAllowed(State),
    /// No operation is going on.
    #[error("no operation is going on")]
    NotRunning,
    /// An operation is going on.
    #[error("the operation {0:?} is going on")]
    Running(Operation),
}

impl From<UriError> for SoftwareError {
    fn from(error: UriError) -> Self {
        Self::Address(error)
    }
}
