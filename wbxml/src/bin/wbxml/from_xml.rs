//! `wbxml from-xml`

mod layout;

use core::cell::Cell;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use wbxml::{
    AnyReader, Charset, Cursor, Emit, Encode, Encoder, Identifier, Options, Strings, TranscodeError, Version,
    Vocabulary, WriteError, is_xml, transcode, vocabulary, xml,
};

use crate::failure::Failure;
use crate::output::convert;
use crate::vocabularies;
use layout::Content;

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The vocabulary, whatever the document says of it.
    ///
    /// A name that `wbxml vocabularies` lists, with or without its blanks; a public identifier (11 or 0x0B);
    /// or a formal public identifier.
    #[arg(short = 'l', long, value_name = "VOCABULARY", allow_hyphen_values = true, value_parser = vocabularies::find)]
    vocabulary: Option<&'static Vocabulary<'static>>,
    /// The version of WBXML that is written.
    #[arg(long, value_name = "VERSION", value_enum, default_value = "1.3")]
    version: WbxmlVersion,
    /// Write all text inline, also where a string table would make the document shorter.
    #[arg(long)]
    no_string_table: bool,
    /// Do not say which vocabulary it is: public identifier 1, "unknown or missing".
    #[arg(long)]
    anonymous: bool,
    /// Keep white space that only lays out the XML.
    ///
    /// That is what stands between the elements of an element without text of its own, unless that element or one
    /// around it has text beside elements, or says xml:space="preserve".
    #[arg(long)]
    keep_white_space: bool,
    /// Where the WBXML goes: a file, or a folder for several; `-`, or nothing, is standard output.
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// The XML files, or folders, of which every file that ends in `.xml` is taken; `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

const EXAMPLES: &str = "Examples:
  wbxml from-xml -o message.wbxml message.xml
  wbxml from-xml --version 1.1 -l SyncML1.0 - < message.xml > message.wbxml
  wbxml from-xml -o binary readable              readable/a/b.xml becomes binary/a/b.wbxml";

#[derive(Clone, Copy, Debug, ValueEnum)]
enum WbxmlVersion {
    #[value(name = "1.0")]
    V1_0,
    #[value(name = "1.1")]
    V1_1,
    #[value(name = "1.2")]
    V1_2,
    #[value(name = "1.3")]
    V1_3,
}

impl From<WbxmlVersion> for Version {
    fn from(version: WbxmlVersion) -> Self {
        match version {
            WbxmlVersion::V1_0 => Self::V1_0,
            WbxmlVersion::V1_1 => Self::V1_1,
            WbxmlVersion::V1_2 => Self::V1_2,
            WbxmlVersion::V1_3 => Self::V1_3,
        }
    }
}

pub(crate) fn run(arguments: &Arguments, out: &mut impl Write) -> Result<ExitCode, Failure> {
    convert(&arguments.files, ("xml", "wbxml"), arguments.output.as_deref(), out, |name, document| {
        if !is_xml(document) {
            return Err(Failure::Document(format!("{name}: this is not XML")));
        }
        let utf8 = xml::to_utf8(document, Charset::UNKNOWN);
        let document = utf8.map_err(|error| Failure::at(name, document, error, error.offset()))?;
        let only = arguments.vocabulary.map(|vocabulary| [vocabulary]);
        let options = match &only {
            Some(only @ [vocabulary]) => Options::new().vocabularies(only).assume(vocabulary),
            None => Options::new().vocabularies(&vocabulary::ALL),
        };
        let content = if arguments.keep_white_space {
            Content::all(&document)
        } else {
            Content::without_layout(&document, options)
                .map_err(|error| Failure::at(name, &document, error, error.offset()))?
        };
        let source = Source { octets: content.octets(), options, fault: Cell::new(None) };
        arguments.encode(&source).map_err(|error| match source.fault.take() {
            Some((fault, offset)) => {
                let offset = content.offset(offset);
                Failure::at(name, &document, format!("{fault}, at octet {offset} ({offset:#x})"), offset)
            }
            None => Failure::Document(format!("{name}: {error}")),
        })
    })
}

impl Arguments {
    fn encode(&self, source: &Source<'_>) -> Result<Vec<u8>, WriteError> {
        let vocabulary = AnyReader::new(source.octets, source.options).map_err(WriteError::Unreadable)?.vocabulary();
        Encoder::new(vocabulary)
            .version(self.version.into())
            .strings(if self.no_string_table { Strings::Never } else { Strings::WhenItPays })
            .public_id(if self.anonymous { Identifier::Unknown } else { Identifier::Registered })
            .encode(source)
    }
}

/// A document that is encoded, and where in it that failed.
struct Source<'a> {
    octets: &'a [u8],
    options: Options<'a>,
    fault: Cell<Option<(WriteError, usize)>>,
}

impl Encode for Source<'_> {
    fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
        let reader = AnyReader::new(self.octets, self.options).map_err(TranscodeError::Read);
        reader.and_then(|mut reader| transcode(&mut reader, out)).map_err(|error| {
            let (fault, offset) = match error {
                TranscodeError::Read(error) => (WriteError::Unreadable(error), error.offset()),
                TranscodeError::Write(error, offset) => (error, offset),
                _ => return WriteError::Misplaced,
            };
            self.fault.set(Some((fault, offset)));
            fault
        })
    }
}
