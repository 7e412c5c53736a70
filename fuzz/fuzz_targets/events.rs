//! Fuzz target: see `fuzz::events`.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|input: &[u8]| fuzz::events::run(input));

#[cfg(not(fuzzing))]
fn main() {}
