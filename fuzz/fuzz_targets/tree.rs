//! Fuzz target: see `fuzz::tree`.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|input: &[u8]| fuzz::tree::run(input));

#[cfg(not(fuzzing))]
fn main() {}
