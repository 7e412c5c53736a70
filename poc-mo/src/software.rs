//! Software updates: firmware (FUMO) and software components (SCOMO), for the server that wants them and for the device
//! that carries them out.
//!
//! Names, states and what follows what are rows of a [`Model`]. A server's [`Order`] are the commands that start an
//! operation; the device's [`Machine`] answers them, goes by the model, and tells the end in a [`Report`]; the server's
//! [`Pending`] knows both. A [`Store`](crate::object::Store) answers what else a server asks, and has the machine run
//! what is to be run ([`Machine::run`]).

mod component;
mod error;
pub mod fumo;
mod join;
mod machine;
mod model;
mod order;
mod pending;
mod report;
mod result_code;
pub mod scomo;
mod update_request;

pub use component::Component;
pub use error::SoftwareError;
pub use machine::{Machine, Running};
pub use model::{Leaf, LeafRow, Model, Operation, OperationRow, State, StateRow, Step, Transition};
pub use order::{Content, Order};
pub use pending::{Pending, Progress};
pub use report::{Report, Reports};
pub use result_code::ResultCode;
pub use update_request::{Asker, UpdateRequest};
