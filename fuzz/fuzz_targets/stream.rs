//! Fuzz target: see `fuzz::stream`.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|input: &[u8]| fuzz::stream::run(input));

#[cfg(not(fuzzing))]
fn main() {}
