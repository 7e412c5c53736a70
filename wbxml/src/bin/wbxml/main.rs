//! The tool `wbxml`: WBXML documents to XML and back, and octet by octet.

extern crate alloc;

mod dump;
mod failure;
mod files;
mod from_xml;
mod output;
mod reading;
mod to_xml;
mod vocabularies;

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use failure::Failure;

/// Converts WAP Binary XML (WBXML) to XML and back, and shows what each octet of a document means.
#[derive(Debug, Parser)]
#[command(version, after_help = EXAMPLES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "Examples:
  wbxml to-xml message.wbxml              the document as XML, on standard output
  wbxml to-xml -o readable captures       every .wbxml file below a folder, into another one
  wbxml from-xml -o message.wbxml -       XML from standard input
  wbxml dump message.wbxml                each octet and what it means
  wbxml vocabularies                      the names that -l takes

Exit status: 0, or 2 if anything failed; each failure is a line on standard error.";

const VOCABULARIES_EXAMPLES: &str =
    "The columns: what -l takes (blanks and case do not matter), the public identifier and the formal one (-l takes
either), the root element, and how many code pages and tokens there are.

Examples:
  wbxml vocabularies
  wbxml dump -l PROV1.0 capture.bin     by name
  wbxml dump -l 0x0B capture.bin        by public identifier";

#[derive(Debug, Subcommand)]
enum Command {
    /// Write WBXML documents as XML.
    ToXml(to_xml::Arguments),
    /// Write XML documents as WBXML.
    FromXml(from_xml::Arguments),
    /// Show every octet of WBXML documents and what it means.
    Dump(dump::Arguments),
    /// List the vocabularies that are built in.
    #[command(after_help = VOCABULARIES_EXAMPLES)]
    Vocabularies,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut out = BufWriter::new(io::stdout().lock());
    let result = match &arguments.command {
        Command::ToXml(arguments) => to_xml::run(arguments, &mut out),
        Command::FromXml(arguments) => from_xml::run(arguments, &mut out),
        Command::Dump(arguments) => dump::run(arguments, &mut out),
        Command::Vocabularies => vocabularies::print(&mut out).map_err(Failure::Output).map(|()| ExitCode::SUCCESS),
    };
    let result = result.and_then(|code| out.flush().map_err(Failure::Output).map(|()| code));
    result.unwrap_or_else(|failure| {
        // whoever read the output has seen enough
        if matches!(&failure, Failure::Output(error) if error.kind() == io::ErrorKind::BrokenPipe) {
            return ExitCode::SUCCESS;
        }
        failure.report();
        failure::status(true)
    })
}
