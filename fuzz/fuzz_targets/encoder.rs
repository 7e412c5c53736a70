//! Fuzz target: see `fuzz::encoder`.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|input: &[u8]| fuzz::encoder::run(input));

#[cfg(not(fuzzing))]
fn main() {}
