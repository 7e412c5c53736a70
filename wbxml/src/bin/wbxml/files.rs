//! The files that are named on the command line, and those in the folders named there.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// How standard input is called, and standard output.
const STANDARD: &str = "-";

/// One input.
#[derive(Debug)]
pub(crate) struct File {
    /// Where it is; `-` is standard input.
    path: PathBuf,
    /// Where it is in the folder it was found in, which is where its conversion goes in another one.
    pub(crate) relative: PathBuf,
}

/// The inputs that `arguments` name, in order; of a folder, and of the folders in it, the files that end in
/// `.extension`, by name.
pub(crate) fn find(arguments: &[PathBuf], extension: &str) -> Result<Vec<File>, Failure> {
    let mut files = Vec::new();
    for path in arguments {
        if !path.is_dir() {
            let relative = path.file_name().map_or_else(|| path.clone(), PathBuf::from);
            let relative = if is_standard(path) { PathBuf::from("stdin") } else { relative };
            files.push(File { path: path.clone(), relative });
            continue;
        }
        let before = files.len();
        walk(path, extension, &mut files).map_err(|error| Failure::File(path.display().to_string(), error))?;
        if files.len() == before {
            return Err(Failure::Request(format!("{}: no .{extension} file is in this folder", path.display())));
        }
    }
    Ok(files)
}

/// Appends the files below `folder`, whose own folders are not followed through symbolic links.
fn walk(folder: &Path, extension: &str, files: &mut Vec<File>) -> io::Result<()> {
    let mut folders = vec![PathBuf::new()];
    while let Some(inner) = folders.pop() {
        let mut entries = Vec::new();
        for entry in fs::read_dir(folder.join(&inner))? {
            let entry = entry?;
            entries.push((inner.join(entry.file_name()), entry.file_type()?));
        }
        entries.sort_by(|(one, _), (other, _)| one.cmp(other));
        // the stack hands the last one out first
        folders.extend(entries.iter().rev().filter(|(_, kind)| kind.is_dir()).map(|(path, _)| path.clone()));
        for (relative, kind) in entries {
            let path = folder.join(&relative);
            let is_wanted = relative.extension().is_some_and(|its| its.eq_ignore_ascii_case(extension));
            if is_wanted && !kind.is_dir() && path.is_file() {
                files.push(File { path, relative });
            }
        }
    }
    Ok(())
}

/// Whether this path stands for standard input or standard output.
pub(crate) fn is_standard(path: &Path) -> bool {
    path.as_os_str() == STANDARD
}

impl File {
    /// What it is called in messages.
    pub(crate) fn name(&self) -> String {
        if is_standard(&self.path) { String::from("standard input") } else { self.path.display().to_string() }
    }

    /// All of its octets.
    pub(crate) fn read(&self) -> Result<Vec<u8>, Failure> {
        let mut octets = Vec::new();
        let read = if is_standard(&self.path) {
            io::stdin().lock().read_to_end(&mut octets).map(|_| ())
        } else {
            fs::read(&self.path).map(|content| octets = content)
        };
        read.map(|()| octets).map_err(|error| Failure::File(self.name(), error))
    }
}
