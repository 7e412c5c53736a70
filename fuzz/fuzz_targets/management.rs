//! Fuzz target: see `fuzz::management`.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|input: &[u8]| fuzz::management::run(input));

#[cfg(not(fuzzing))]
fn main() {}
