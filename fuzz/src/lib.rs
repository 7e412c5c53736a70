//! What must hold for every input whatsoever: each module is one oracle, with a smoke test that runs on stable Rust.
//!
//! ```text
//! cargo test --manifest-path fuzz/Cargo.toml        the smoke tests
//! FUZZ_CASES=1000000 cargo test --release --manifest-path fuzz/Cargo.toml        the same, with this many inputs each
//! cargo +nightly fuzz run events                    a campaign, with cargo-fuzz installed
//! ```

pub mod accounts;
pub mod carriage;
pub mod charsets;
mod choices;
pub mod convert;
pub mod documents;
pub mod embedded;
pub mod encoder;
pub mod events;
pub mod lenient;
pub mod lossless;
pub mod management;
pub mod messages;
pub mod objects;
pub mod patch;
pub mod settings;
pub mod stream;
pub mod tree;
pub mod twin;

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

/// Holds `oracle` against `count` inputs, or as many as the environment variable `FUZZ_CASES` says: four octets to choose
/// by, and a document of ours, changed or not.
#[cfg(test)]
pub(crate) fn smoke(count: usize, mut oracle: impl FnMut(&[u8])) {
    let count = std::env::var("FUZZ_CASES").map_or(count, |cases| cases.parse().expect("FUZZ_CASES is a number"));
    let documents = documents_of_ours();
    let seeds: Vec<&[u8]> = documents.iter().map(Vec::as_slice).collect();
    for (run, document) in inputs(&seeds, count).enumerate() {
        let choices = (run as u32).wrapping_mul(0x9E37_79B9);
        let input = Shown([&choices.to_be_bytes()[..], &document].concat());
        oracle(&input.0);
    }
    println!("{count} inputs");
}

/// An input that is shown where an oracle fails.
#[cfg(test)]
struct Shown(Vec<u8>);

#[cfg(test)]
impl Drop for Shown {
    fn drop(&mut self) {
        if std::thread::panicking() {
            println!("the input: {:02X?}", self.0);
        }
    }
}

/// All that is in the folders of test data, and the seeds.
#[cfg(test)]
fn documents_of_ours() -> Vec<Vec<u8>> {
    let mut documents: Vec<Vec<u8>> = SEEDS.iter().map(|seed| seed.to_vec()).collect();
    for folder in ["wbxml", "syncml", "omacp", "poc-mo"] {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder).join("tests/data");
        let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths {
            match path.extension().and_then(|extension| extension.to_str()) {
                Some("hex") => documents.push(of_hex(&std::fs::read_to_string(path).unwrap())),
                Some("xml") => documents.push(std::fs::read(path).unwrap()),
                _ => {}
            }
        }
    }
    documents
}

/// Octets written as hexadecimal digits, with comments behind `#`.
#[cfg(test)]
fn of_hex(text: &str) -> Vec<u8> {
    let digits = text.lines().flat_map(|line| line.split('#').next().unwrap_or_default().split_whitespace());
    let digits: Vec<char> = digits.flat_map(str::chars).collect();
    let pairs = digits.chunks(2).map(|pair| pair.iter().collect::<String>());
    pairs.map(|pair| u8::from_str_radix(&pair, 16).unwrap()).collect()
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
