//! Fuzz target: see `fuzz::twin`.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|input: &[u8]| fuzz::twin::run(input));

#[cfg(not(fuzzing))]
fn main() {}
