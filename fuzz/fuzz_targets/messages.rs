//! Fuzz target: see `fuzz::messages`.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|input: &[u8]| fuzz::messages::run(input));

#[cfg(not(fuzzing))]
fn main() {}
