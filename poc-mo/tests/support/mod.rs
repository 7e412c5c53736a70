//! What the test binaries share: our own fixtures, the tool, and what is not part of the project.

#![allow(dead_code, reason = "each test binary uses a part of it")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The documents in `tests/data`, each as `NAME.xml` and as `NAME.wbxml`.
pub(crate) const FIXTURES: [&str; 3] = ["poc-cp", "poc-dm", "poc-dm-update"];

/// Where a fixture is.
pub(crate) fn path(name: &str, encoding: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests", "data", &format!("{name}.{encoding}")].iter().collect()
}

/// The octets of a fixture.
pub(crate) fn fixture(name: &str, encoding: &str) -> Vec<u8> {
    std::fs::read(path(name, encoding)).unwrap()
}

/// Runs the tool in the folder of the fixtures.
#[cfg(feature = "cli")]
pub(crate) fn tool(arguments: &[&str], input: &[u8]) -> Output {
    let mut tool = Command::new(env!("CARGO_BIN_EXE_poc-mo"));
    tool.args(arguments).current_dir(path("poc-cp", "xml").parent().unwrap());
    run(tool, input)
}

/// Runs a program that is given `input`.
pub(crate) fn run(mut program: Command, input: &[u8]) -> Output {
    let program = program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = program.spawn().unwrap();
    // who does not read it need not
    _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

/// Whether the environment variable `REQUIRE` names this thing.
pub(crate) fn is_required(what: &str) -> bool {
    std::env::var("REQUIRE").unwrap_or_default().split(',').any(|name| name.trim() == what)
}

/// The folder of real documents beside the project, where it is there: its absence is only an error if the environment
/// variable `REQUIRE` names `corpus`.
pub(crate) fn corpus() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    if folder.join("MANIFEST.tsv").exists() {
        return Some(folder);
    }
    assert!(!is_required("corpus"), "REQUIRE names the corpus, but {} is not there", folder.display());
    None
}
