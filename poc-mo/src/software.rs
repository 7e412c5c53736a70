//! Software updates: firmware (FUMO) and software components (SCOMO), for the server that wants them and for the device
//! that carries them out.
//!
//! Names, states and what follows what are rows of a [`Model`]; the device's [`Machine`] goes by them, and tells the end
//! of an operation in a [`Report`].

mod component;
mod error;
pub mod fumo;
mod machine;
mod model;
mod report;
mod result_code;
pub mod scomo;

pub use component::Component;
pub use error::SoftwareError;
pub use machine::{Machine, Running};
pub use model::{Leaf, LeafRow, Model, Operation, OperationRow, State, StateRow, Step, Transition};
pub use report::{Report, Reports};
pub use result_code::ResultCode;
