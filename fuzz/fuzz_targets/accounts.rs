//! Fuzz target: see `fuzz::accounts`.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|input: &[u8]| fuzz::accounts::run(input));

#[cfg(not(fuzzing))]
fn main() {}
