//! Fuzz target: see `fuzz::charsets`.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|input: &[u8]| fuzz::charsets::run(input));

#[cfg(not(fuzzing))]
fn main() {}
