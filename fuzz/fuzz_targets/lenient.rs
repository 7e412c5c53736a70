//! Fuzz target: see `fuzz::lenient`.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|input: &[u8]| fuzz::lenient::run(input));

#[cfg(not(fuzzing))]
fn main() {}
