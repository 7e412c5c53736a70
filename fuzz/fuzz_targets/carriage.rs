//! Fuzz target: see `fuzz::carriage`.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|input: &[u8]| fuzz::carriage::run(input));

#[cfg(not(fuzzing))]
fn main() {}
