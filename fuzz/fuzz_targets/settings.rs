//! Fuzz target: see `fuzz::settings`.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|input: &[u8]| fuzz::settings::run(input));

#[cfg(not(fuzzing))]
fn main() {}
