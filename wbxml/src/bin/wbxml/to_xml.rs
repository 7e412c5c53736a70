//! `wbxml to-xml`

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use wbxml::xml::{self, Characters, Duplicates, Layout};
use wbxml::{AnyReader, Cursor, Diagnostics, Options, TranscodeError, is_xml, transcode};

use crate::failure::Failure;
use crate::output::convert;
use crate::reading::Reading;

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    layout: LayoutArguments,
    /// Write what XML cannot say as well as it can.
    ///
    /// A character that XML does not have, and octets that are no text, become U+FFFD; of attributes of one name in
    /// one tag the first one stays. Without it they are errors.
    #[arg(long)]
    lossy: bool,
    /// Where the XML goes: a file, or a folder for several; `-`, or nothing, is standard output.
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// The WBXML files, or folders, of which every file that ends in `.wbxml` is taken; `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

#[derive(Debug, Args)]
#[group(multiple = false)]
struct LayoutArguments {
    /// All on one line.
    #[arg(long)]
    compact: bool,
    /// Each element on a line of its own, N blanks deeper than the one around it: the default, with 2.
    ///
    /// Text is never changed: there is no line end where it could be taken for text.
    #[arg(long, value_name = "N")]
    indent: Option<u8>,
    /// The form of Canonical XML 1.0, in which documents that say the same are the same.
    #[arg(long)]
    canonical: bool,
}

impl LayoutArguments {
    fn layout(&self) -> Layout {
        match self {
            Self { compact: true, .. } => Layout::Compact,
            Self { canonical: true, .. } => Layout::Canonical,
            Self { indent, .. } => Layout::Indented(indent.unwrap_or(2)),
        }
    }
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
        let converted =
            arguments.reading.with_options(document, &forgiven, |options| arguments.convert(document, options));
        for diagnostic in forgiven.to_vec() {
            Failure::at(name, document, diagnostic, diagnostic.offset()).warn();
        }
        if forgiven.dropped() > 0 {
            Failure::Document(format!("{name}: {} more", forgiven.dropped())).warn();
        }
        converted.map_err(|error| {
            let offset = match error {
                TranscodeError::Read(error) => error.offset(),
                TranscodeError::Write(_, offset) => offset,
                _ => 0,
            };
            Failure::at(name, document, error, offset)
        })
    })
}

impl Arguments {
    fn convert(&self, document: &[u8], options: Options<'_>) -> Result<Vec<u8>, TranscodeError> {
        let mut reader = AnyReader::new(document, options)?;
        let layout = self.layout.layout();
        let mut writer = xml::Writer::document(Vec::new(), reader.vocabulary()).layout(layout);
        if self.lossy {
            writer = writer.characters(Characters::Replace).duplicates(Duplicates::KeepFirst);
        }
        transcode(&mut reader, &mut writer)?;
        let mut converted = writer.into_sink();
        if matches!(layout, Layout::Indented(_)) {
            converted.push(b'\n');
        }
        Ok(converted)
    }
}
