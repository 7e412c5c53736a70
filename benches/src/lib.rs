//! What is measured, and on what.
//!
//! The functions of [`work`] are run by criterion, for times, and by the binary `instructions` under callgrind, for
//! counts that repeat. The documents of [`inputs`] are generated, the same every time.

pub mod inputs;
pub mod work;
