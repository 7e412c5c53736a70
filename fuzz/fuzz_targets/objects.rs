//! Fuzz target: see `fuzz::objects`.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|input: &[u8]| fuzz::objects::run(input));

#[cfg(not(fuzzing))]
fn main() {}
