//! Fuzz target: see `fuzz::patch`.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|input: &[u8]| fuzz::patch::run(input));

#[cfg(not(fuzzing))]
fn main() {}
