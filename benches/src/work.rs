//! The functions that are measured. Each returns a number that depends on all that it read or wrote, so that nothing is
//! left out.

pub mod carry;
pub mod read;
pub mod typed;
pub mod write;
pub mod xml;
