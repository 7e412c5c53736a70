//! Counting instructions: this program, run under callgrind, which counts in one function alone.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::{env, fs, io};

use crate::cases::every;

const COUNTED: &str = concat!(module_path!(), "::counted_by_callgrind");

/// Which instructions are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Processor {
    /// Those that programs run here.
    Own,
    /// Those that programs would run on any processor of the architecture: counts to be compared elsewhere.
    Any,
}

/// What the C library is to do without: it would copy octets in another way on another processor.
const TUNABLES: (&str, &str) =
    ("GLIBC_TUNABLES", "glibc.cpu.hwcaps=-AVX512F,-AVX512VL,-AVX2,-AVX,-AVX_Fast_Unaligned_Load,-SSSE3,-ERMS,-FSRM");

/// Runs `work` so that its instructions are counted.
// ADVICE: callgrind is told this function by its name, `COUNTED`: a copy of it that is inlined is not counted.
#[inline(never)]
pub fn counted_by_callgrind(work: &mut dyn FnMut() -> usize) -> usize {
    std::hint::black_box(work())
}

/// What this program is called with to run every case, each counted by itself.
pub const RUN: &str = "--run";

/// Runs every case, each counted by itself; of `files`, if there are any.
///
/// # Errors
/// If a file cannot be read.
pub fn run_cases(files: &[&str]) -> io::Result<()> {
    every(files, &mut |cases| {
        for case in cases {
            // the first time makes room, and finds what is looked up once
            case.run();
            counted_by_callgrind(&mut || case.run());
        }
    })
}

/// The instructions of every case, in order; of `files`, if there are any. The program has to answer [`RUN`] with
/// [`run_cases`].
///
/// # Errors
/// As [`count`], and if a file cannot be read.
pub fn count_cases(files: &[&str], processor: Processor) -> io::Result<Vec<u64>> {
    let mut cases = 0;
    every(files, &mut |some| cases += some.len())?;
    let counts = count(&[&[RUN], files].concat(), processor)?;
    match counts.len() == cases {
        true => Ok(counts),
        false => Err(io::Error::other(format!("{} counts for {cases} cases", counts.len()))),
    }
}

/// Whether valgrind is installed.
#[must_use]
pub fn is_there() -> bool {
    Command::new("valgrind").arg("--version").output().is_ok_and(|output| output.status.success())
}

/// Runs this program with `arguments` under callgrind; gives the instructions of each call of
/// [`counted_by_callgrind`], in order.
///
/// # Errors
/// If it cannot be run, fails, or leaves no counts.
pub fn count(arguments: &[&str], processor: Processor) -> io::Result<Vec<u64>> {
    let folder = env::temp_dir().join(format!("instructions-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let counts = run(arguments, processor, &folder);
    fs::remove_dir_all(&folder)?;
    counts
}

fn run(arguments: &[&str], processor: Processor, folder: &Path) -> io::Result<Vec<u64>> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", &format!("--toggle-collect={COUNTED}"), &format!("--dump-after={COUNTED}")])
        .arg(format!("--callgrind-out-file={}", folder.join("out").display()))
        .arg(env::current_exe()?)
        .args(arguments)
        .envs((processor == Processor::Any).then_some(TUNABLES))
        .output()?;
    if !output.status.success() {
        return Err(io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned()));
    }
    let mut counts = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if let Some(number) = number(&path) {
            counts.insert(number, total(&fs::read_to_string(&path)?)?);
        }
    }
    Ok(counts.into_values().collect())
}

/// Which dump a file is; the one at the end of the program has no number.
fn number(path: &Path) -> Option<u32> {
    path.extension()?.to_str()?.parse().ok()
}

fn total(dump: &str) -> io::Result<u64> {
    let line = dump.lines().find_map(|line| line.strip_prefix("totals: "));
    line.and_then(|total| total.trim().parse().ok()).ok_or_else(|| io::Error::other("callgrind left no total"))
}
