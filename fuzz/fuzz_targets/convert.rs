//! Fuzz target: see `fuzz::convert`.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|input: &[u8]| fuzz::convert::run(input));

#[cfg(not(fuzzing))]
fn main() {}
