//! `wbxml dump`

mod body;
mod forgiven;
mod header;
mod sheet;
mod tokens;
mod words;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use wbxml::{Error, Options, is_xml};

use crate::failure::{Failure, status};
use crate::files;
use crate::reading::Reading;
use forgiven::Forgiven;
use sheet::{Row, Sheet};

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    reading: Reading,
    /// The WBXML files, or folders, of which every file that ends in `.wbxml` is taken; `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

const EXAMPLES: &str = "The columns: offset (hexadecimal), octets, token with its code page, meaning by nesting.
A line that begins with `!` is broken, or not known; behind a fault the octets follow as they are.
A document inside OPAQUE is shown as a document; offsets count from the start of the file.

Examples:
  wbxml dump message.wbxml
  wbxml dump -l PROV1.0 capture.bin    a document that does not say what it is
  wbxml dump captures | grep '^!'      what is wrong in any of them";

pub(crate) fn run(arguments: &Arguments, out: &mut impl Write) -> Result<ExitCode, Failure> {
    let files = files::find(&arguments.files, "wbxml")?;
    let mut failed = false;
    for (index, file) in files.iter().enumerate() {
        let name = file.name();
        let result = file.read().and_then(|document| {
            if files.len() > 1 {
                let blank = if index > 0 { "\n" } else { "" };
                writeln!(out, "{blank}==> {name} <==").map_err(Failure::Output)?;
            }
            let forgiven = Forgiven::default();
            let reading = &arguments.reading;
            let fault = reading.with_options(&document, &forgiven, |options| dump(&document, options, &forgiven, out));
            match fault.map_err(Failure::Output)? {
                _ if is_xml(&document) => Err(Failure::Document(format!("{name}: {THIS_IS_XML}"))),
                Some(fault) => Err(Failure::at(&name, &document, fault, fault.offset())),
                None => Ok(()),
            }
        });
        match result {
            Ok(()) => {}
            Err(failure @ Failure::Output(_)) => return Err(failure),
            Err(failure) => {
                // what is said of the next file comes behind what is shown of this one
                out.flush().map_err(Failure::Output)?;
                failure.report();
                failed = true;
            }
        }
    }
    Ok(status(failed))
}

const THIS_IS_XML: &str = "this is XML, not WBXML: `wbxml from-xml` makes WBXML of it";

/// Shows every octet of `document`, and returns the first fault in it.
fn dump(document: &[u8], options: Options<'_>, forgiven: &Forgiven, out: &mut impl Write) -> io::Result<Option<Error>> {
    let mut sheet = Sheet::new(document, out)?;
    let fault = if is_xml(document) {
        sheet.row(0, &Row::line("XML", 0, THIS_IS_XML).marked())?;
        None
    } else {
        body::show(document, options, forgiven, &mut sheet)?
    };
    sheet.rest(document.len())?;
    Ok(fault)
}
