//! What the tool reads, and what it turns out to be.

use std::fs;
use std::io::{self, Read};
use std::path::PathBuf;

use clap::Args;
use wbxml::vocabulary::{ALL, dmddf, prov, syncml};
use wbxml::{AnyReader, Cursor, Options, PublicId, is_xml, xml};

use crate::Failure;

#[derive(Debug, Args)]
pub(crate) struct Source {
    /// The files, in order; `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The files hold octets in hexadecimal; white space between them does not matter.
    #[arg(long)]
    hex: bool,
}

/// The octets of one input.
#[derive(Debug)]
pub(crate) struct Input {
    pub(crate) name: String,
    pub(crate) octets: Vec<u8>,
}

/// What an input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An OMA Client Provisioning document.
    Provisioning,
    /// A SyncML message.
    Message,
    /// Commands of a SyncML message, in XML without their message.
    Commands,
    /// A management tree, or the description of one.
    Tree,
}

impl Source {
    pub(crate) fn read(&self) -> Result<Vec<Input>, Failure> {
        self.files.iter().map(|path| self.read_one(path)).collect()
    }

    fn read_one(&self, path: &PathBuf) -> Result<Input, Failure> {
        let is_standard = path.as_os_str() == "-";
        let name = if is_standard { String::from("standard input") } else { path.display().to_string() };
        let mut octets = Vec::new();
        let read = if is_standard {
            io::stdin().lock().read_to_end(&mut octets).map(|_| ())
        } else {
            fs::read(path).map(|content| octets = content)
        };
        read.map_err(|error| Failure::Read(name.clone(), error))?;
        let mut input = Input { name, octets };
        if self.hex {
            input.octets = from_hex(&input.octets).map_err(|error| Failure::of(&input, error))?;
        }
        Ok(input)
    }
}

fn from_hex(text: &[u8]) -> Result<Vec<u8>, String> {
    let mut octets = Vec::new();
    let mut high = None;
    for (offset, &character) in text.iter().enumerate().filter(|(_, character)| !character.is_ascii_whitespace()) {
        let digit = char::from(character).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let digit = digit.ok_or_else(|| format!("not a hexadecimal digit, {}", at(offset)))?;
        match high.take() {
            None => high = Some(digit),
            Some(high) => octets.push(high << 4 | digit),
        }
    }
    match high {
        None => Ok(octets),
        Some(_) => Err(format!("an odd number of hexadecimal digits, {}", at(text.len()))),
    }
}

/// Where something is, as the errors of the libraries say it.
fn at(offset: usize) -> String {
    format!("at octet {offset} ({offset:#x})")
}

impl Input {
    /// What the input is, by its root element.
    pub(crate) fn kind(&self) -> Result<Kind, Failure> {
        if self.octets.is_empty() {
            return Err(Failure::of(self, format!("nothing is in it, {}", at(0))));
        }
        let fail = |error: wbxml::Error| Failure::of(self, error);
        let mut reader = self.reader().map_err(fail)?;
        let root = reader.root().map_err(fail)?;
        let offset = reader.span().start;
        let name = reader.name(root).map_err(fail)?.unwrap_or_default();
        match name {
            _ if name == prov::PROV_1_0.root => Ok(Kind::Provisioning),
            _ if name == syncml::SYNCML_1_2.root => Ok(Kind::Message),
            _ if name == dmddf::DM_DDF_1_2.root => Ok(Kind::Tree),
            _ if is_xml(&self.octets) && syncml::SYNCML_1_2.tag_in_page(0, name).is_some() => Ok(Kind::Commands),
            _ => {
                let root = if name.is_empty() { format!("{:?}", root.tag) } else { format!("{name:?}") };
                let what = "neither a provisioning document nor a device management message";
                Err(Failure::of(self, format!("{what}: its root is {root}, {}", at(offset))))
            }
        }
    }

    /// A reader of the document.
    pub(crate) fn reader(&self) -> Result<AnyReader<'_>, wbxml::Error> {
        let options = Options::new().vocabularies(&ALL);
        let reader = AnyReader::new(&self.octets, options)?;
        // where WBXML names no vocabulary, its root tag tells
        if matches!(&reader, AnyReader::Wbxml(reader) if reader.header().public_id == PublicId::UNKNOWN) {
            let likely =
                [(&prov::PROV_1_0, prov::tag::WAP_PROVISIONINGDOC), (&syncml::SYNCML_1_2, syncml::tag::SYNC_ML)];
            let root = reader.clone().root()?.tag;
            if let Some((vocabulary, _)) = likely.iter().find(|(_, tag)| *tag == root) {
                return AnyReader::new(&self.octets, options.assume(vocabulary));
            }
        }
        Ok(reader)
    }

    /// A reader of commands without a message, perhaps several of them.
    pub(crate) fn commands_reader(&self) -> Result<AnyReader<'_>, wbxml::Error> {
        xml::Reader::content(&self.octets, Options::new().assume(&syncml::SYNCML_1_2)).map(AnyReader::Xml)
    }
}
