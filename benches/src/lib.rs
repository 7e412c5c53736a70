//! What is measured, on what, and beside whom.
//!
//! The documents of [`inputs`] are made by rules, the same every time. [`cases`] is the one list of what is
//! done to them, by us and by our [`peers`]: criterion runs it for times, `compare` for the table of the README,
//! `instructions` under callgrind for counts that repeat.

pub mod callgrind;
pub mod case;
pub mod cases;
pub mod counts;
pub mod headline;
pub mod inputs;
pub mod measure;
pub mod peers;
pub mod table;
pub mod work;
