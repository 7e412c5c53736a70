//! What must hold for every input whatsoever: each module is one oracle, with a smoke test that runs on stable Rust.
//!
//! ```text
//! cargo test --manifest-path fuzz/Cargo.toml        the smoke tests
//! cargo +nightly fuzz run events                    a campaign, with cargo-fuzz installed
//! ```

pub mod documents;
pub mod events;

/// Inputs for the smoke tests: seeds, and the same with octets changed, by a generator that is the same every time.
#[cfg(test)]
pub(crate) fn inputs(seeds: &[&[u8]], count: usize) -> impl Iterator<Item = Vec<u8>> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut random = move || {
        // xorshift64*
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        (state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize
    };
    let seeds: Vec<Vec<u8>> = seeds.iter().map(|seed| seed.to_vec()).collect();
    (0..count).map(move |run| {
        let mut input = seeds[run % seeds.len()].clone();
        for _ in 0..run / seeds.len() % 8 {
            let at = random() % input.len().max(1);
            match random() % 4 {
                0 if at < input.len() => input[at] = random() as u8,
                1 if at < input.len() => input[at] ^= 1 << (random() % 8),
                2 => input.truncate(at.max(1)),
                _ => input.insert(at.min(input.len()), random() as u8),
            }
        }
        input
    })
}

/// Our own documents, as seeds.
#[cfg(test)]
pub(crate) const SEEDS: [&[u8]; 6] = [
    include_bytes!("../../poc-mo/tests/data/poc-cp.wbxml"),
    include_bytes!("../../poc-mo/tests/data/poc-dm.wbxml"),
    include_bytes!("../../poc-mo/tests/data/poc-dm-update.wbxml"),
    include_bytes!("../../poc-mo/tests/data/poc-dm-update.xml"),
    // every global token: string table, literals, entity, extensions, OPAQUE, a processing instruction
    b"\x03\x00\x00\x6A\x0Cabc\0name\0val\x43\x05\x03x\0\x01\xC4\x04\x05\x83\x00\x01\x02\x26\x83\x05\x40i\0\x81\x07\xC2\
      \xC3\x03\x00\x01\x02\x84\x04\x05\x01\x44\x04\x01\x04\x04\x00\x01\x05\x01",
    // version 1.0: several roots
    b"\x00\x01\x00\x45\x03a\0\x01\x46\x01",
];
