//! Where conversions go: standard output, a file, or a folder of files, each of them whole or not at all.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::failure::{Failure, status};
use crate::files::{self, is_standard};

/// Where conversions go.
enum Target {
    Standard,
    File(PathBuf),
    Folder(PathBuf),
}

impl Target {
    /// By `-o`, and by whether there may be more than one conversion.
    fn new(out: Option<&Path>, is_one: bool) -> Result<Self, Failure> {
        match out {
            Some(out) if !is_standard(out) => {
                let is_folder = !is_one || out.is_dir() || out.as_os_str().as_encoded_bytes().ends_with(b"/");
                Ok(if is_folder { Self::Folder(out.to_owned()) } else { Self::File(out.to_owned()) })
            }
            _ if is_one => Ok(Self::Standard),
            _ => Err(Failure::Request(String::from("several files need a folder to go to: -o FOLDER"))),
        }
    }
}

/// Converts each file that `inputs` name, from the extension `from` to the extension `to`, and goes on with the next
/// one where one fails: that is said, and the exit status tells it.
pub(crate) fn convert(
    inputs: &[PathBuf],
    (from, to): (&str, &str),
    out: Option<&Path>,
    standard: &mut impl Write,
    mut conversion: impl FnMut(&str, &[u8]) -> Result<Vec<u8>, Failure>,
) -> Result<ExitCode, Failure> {
    let is_one = matches!(inputs, [input] if !input.is_dir());
    let target = Target::new(out, is_one)?;
    let mut written = HashSet::new();
    let mut failed = false;
    for file in files::find(inputs, from)? {
        let mut run = || {
            let path = match &target {
                Target::Standard => None,
                Target::File(path) => Some(path.clone()),
                Target::Folder(folder) => Some(folder.join(renamed(&file.relative, (from, to)))),
            };
            if let Some(path) = path.as_ref().filter(|&path| !written.insert(path.clone())) {
                let problem = "another file of this run went there already";
                return Err(Failure::Request(format!("{}: {problem}: {}", file.name(), path.display())));
            }
            let octets = conversion(&file.name(), &file.read()?)?;
            match path {
                None => standard.write_all(&octets).map_err(Failure::Output),
                Some(path) => {
                    let inner = path.parent().filter(|_| matches!(target, Target::Folder(_)));
                    let written = inner.map_or(Ok(()), fs::create_dir_all).and_then(|()| write_whole(&path, &octets));
                    written.map_err(|error| Failure::File(path.display().to_string(), error))
                }
            }
        };
        match run() {
            Ok(()) => {}
            Err(failure @ Failure::Output(_)) => return Err(failure),
            Err(failure) => {
                failure.report();
                failed = true;
            }
        }
    }
    Ok(status(failed))
}

/// The name with the extension of what it becomes, in place of what it was; others stay in front of it.
fn renamed(relative: &Path, (from, to): (&str, &str)) -> PathBuf {
    if relative.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(from)) {
        return relative.with_extension(to);
    }
    let mut name = OsString::from(relative);
    name.push(".");
    name.push(to);
    PathBuf::from(name)
}

/// Writes a file whole or not at all: beside its place first. What is there and is no file, a device or a pipe, is
/// written to as it is.
fn write_whole(path: &Path, octets: &[u8]) -> io::Result<()> {
    let there = fs::metadata(path).ok();
    if there.as_ref().is_some_and(|there| !there.is_file()) {
        return fs::write(path, octets);
    }
    // a symbolic link stays one
    let path = if there.is_some() { fs::canonicalize(path)? } else { path.to_owned() };
    let mut name = path.file_name().map_or_else(OsString::new, OsString::from);
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    let write = || {
        let mut file = File::create_new(&part)?;
        file.write_all(octets)?;
        if let Some(there) = there {
            file.set_permissions(there.permissions())?;
        }
        fs::rename(&part, &path)
    };
    write().inspect_err(|_| _ = fs::remove_file(&part))
}
