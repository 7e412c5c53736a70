//! What the tool reads: files and standard input, binary or in hexadecimal digits, SMS segments put together.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::content;
use crate::failure::{Failure, Fault, Layer};
use crate::hex;
use crate::sms::Sms;

#[derive(Debug, Args)]
pub(crate) struct Source {
    /// The files, in order; `-` is standard input.
    ///
    /// Each is binary, XML or hexadecimal digits; of SMS segments, one user data or SMS-DELIVER a line.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    encoding: Encoding,
}

/// How octets are written down.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Encoding {
    /// The files hold hexadecimal digits, which is seen without it where nothing else is in them.
    ///
    /// White space between them does not matter, nor what stands behind `#` on a line.
    #[arg(long)]
    hex: bool,
}

/// The octets of one input.
#[derive(Debug)]
pub(crate) struct Input {
    name: String,
    /// What the datagrams of segments are called.
    datagram: String,
    octets: Vec<u8>,
    pub(crate) sms: Option<Sms>,
}

/// What a file is called, and what is in it; `-` is standard input.
pub(crate) fn read(path: &Path) -> Result<(String, Vec<u8>), Failure> {
    let is_standard = path.as_os_str() == "-";
    let name = if is_standard { String::from("standard input") } else { path.display().to_string() };
    let mut octets = Vec::new();
    let read = if is_standard {
        io::stdin().lock().read_to_end(&mut octets).map(|_| ())
    } else {
        fs::read(path).map(|content| octets = content)
    };
    match read {
        Ok(()) => Ok((name, octets)),
        Err(error) => Err(Failure::File(name, error)),
    }
}

impl Source {
    pub(crate) fn read(&self) -> Result<Vec<Input>, Failure> {
        self.files.iter().map(|path| Input::read(path, self.encoding)).collect()
    }
}

impl Input {
    pub(crate) fn read(path: &Path, encoding: Encoding) -> Result<Self, Failure> {
        let (name, octets) = read(path)?;
        if encoding.hex || hex::is_hex(&octets) {
            Self::from_hex(name, &octets)
        } else {
            Self::from_octets(name, octets)
        }
    }

    /// Lines of segments, or octets on as many lines as there may be.
    fn from_hex(name: String, text: &[u8]) -> Result<Self, Failure> {
        let text_failure = |fault| Layer::new(&name, text).failure(fault);
        // octets may go on from line to line, segments do not
        let lines = hex::lines(text).unwrap_or_default();
        let is_certain = matches!(lines.as_slice(), [line] if content::is_certain(line));
        let sms = if is_certain { Ok(None) } else { Sms::read(&lines) };
        let sms = sms.map_err(|(line, fault)| {
            let name = format!("{name}, segment {}", line.saturating_add(1));
            Layer::new(&name, lines.get(line).map(Vec::as_slice).unwrap_or_default()).failure(fault)
        })?;
        let octets = hex::octets(text).map_err(text_failure)?;
        Self::new(name, octets, sms)
    }

    fn from_octets(name: String, octets: Vec<u8>) -> Result<Self, Failure> {
        let is_certain = content::is_certain(&octets);
        // a segment that is not read is not taken for one
        let sms = if is_certain { None } else { Sms::read(&[&octets]).ok().flatten() };
        Self::new(name, octets, sms)
    }

    fn new(name: String, octets: Vec<u8>, sms: Option<Sms>) -> Result<Self, Failure> {
        if octets.is_empty() {
            return Err(Layer::new(&name, &octets).failure(Fault::at("nothing is in it", 0)));
        }
        Ok(Self { datagram: format!("{name}, put together"), name, octets, sms })
    }

    /// What it is called.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// What it is about: all of it, or the datagrams that its segments bring.
    pub(crate) fn layers(&self) -> Vec<Layer<'_>> {
        match &self.sms {
            Some(sms) => sms.datagrams.iter().map(|datagram| Layer::new(&self.datagram, datagram)).collect(),
            None => Vec::from([Layer::new(&self.name, &self.octets)]),
        }
    }

    /// The same where all segments have to be there.
    pub(crate) fn whole_layers(&self) -> Result<Vec<Layer<'_>>, Failure> {
        match self.sms.as_ref().and_then(|sms| sms.missing.first()) {
            Some(missing) => Err(Failure::Input(format!("{}: {}", self.name, missing.words()))),
            None => Ok(self.layers()),
        }
    }
}
