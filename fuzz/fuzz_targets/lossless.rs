//! Fuzz target: see `fuzz::lossless`.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|input: &[u8]| fuzz::lossless::run(input));

#[cfg(not(fuzzing))]
fn main() {}
