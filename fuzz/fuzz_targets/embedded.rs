//! Fuzz target: see `fuzz::embedded`.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|input: &[u8]| fuzz::embedded::run(input));

#[cfg(not(fuzzing))]
fn main() {}
