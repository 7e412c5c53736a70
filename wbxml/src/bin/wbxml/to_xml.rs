//! `wbxml to-xml`

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use wbxml::{AnyReader, Cursor, Diagnostics, TranscodeError, is_xml, transcode, xml};

use crate::failure::Failure;
use crate::output::convert;
use crate::reading::Reading;

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    reading: Reading,
    /// Where the XML goes: a file, or a folder for several; `-`, or nothing, is standard output.
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// The WBXML files, or folders, of which every file that ends in `.wbxml` is taken; `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

const EXAMPLES: &str = "Examples:
  wbxml to-xml message.wbxml                     on standard output
  wbxml to-xml -l PROV1.0 -o cp.xml capture.bin  a document that does not say what it is
  wbxml to-xml -o readable captures              captures/a/b.wbxml becomes readable/a/b.xml";

pub(crate) fn run(arguments: &Arguments, out: &mut impl Write) -> Result<ExitCode, Failure> {
    convert(&arguments.files, ("wbxml", "xml"), arguments.output.as_deref(), out, |name, document| {
        if is_xml(document) {
            return Err(Failure::Document(format!("{name}: this is XML already")));
        }
        let forgiven = Diagnostics::new();
        let converted = arguments.reading.with_options(document, &forgiven, |options| {
            let mut reader = AnyReader::new(document, options)?;
            let vocabulary = reader.vocabulary();
            let mut writer =
                xml::Writer::document(Vec::new(), vocabulary).map_err(|error| TranscodeError::Write(error, 0))?;
            transcode(&mut reader, &mut writer)?;
            Ok(writer.into_sink())
        });
        for diagnostic in forgiven.to_vec() {
            Failure::at(name, document, diagnostic, diagnostic.offset()).warn();
        }
        if forgiven.dropped() > 0 {
            Failure::Document(format!("{name}: {} more", forgiven.dropped())).warn();
        }
        converted.map_err(|error: TranscodeError| {
            let offset = match error {
                TranscodeError::Read(error) => error.offset(),
                TranscodeError::Write(_, offset) => offset,
                _ => 0,
            };
            Failure::at(name, document, error, offset)
        })
    })
}
