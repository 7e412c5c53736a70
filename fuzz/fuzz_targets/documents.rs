//! Fuzz target: see `fuzz::documents`.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|input: &[u8]| fuzz::documents::run(input));

#[cfg(not(fuzzing))]
fn main() {}
