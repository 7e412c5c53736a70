//! The tool `poc-mo`: shows push-to-talk settings and the messages that carry them.

mod input;
mod inspect;
mod settings;
mod tree;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use input::{Input, Source};

/// Shows push-to-talk (PoC) settings, and the provisioning documents and device management messages that carry them.
#[derive(Debug, Parser)]
#[command(version, after_help = EXAMPLES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "Examples:
  poc-mo settings bootstrap.wbxml update.wbxml    the account after both, in this order
  poc-mo settings --format json bootstrap.xml     the same for programs
  poc-mo inspect message.wbxml                    everything in a message
  poc-mo inspect --hex - < log.txt                octets in hexadecimal, from standard input";

#[derive(Debug, Subcommand)]
enum Command {
    /// Print the PoC accounts that result from applying the files in order.
    ///
    /// Each file is an OMA Client Provisioning document or a Device Management message, in WBXML or in XML.
    Settings {
        /// How to print them.
        #[arg(long, value_enum, default_value_t = settings::Format::Text)]
        format: settings::Format,
        #[command(flatten)]
        source: Source,
    },
    /// Print what a message is, and everything in it.
    Inspect {
        #[command(flatten)]
        source: Source,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut out = io::stdout().lock();
    let result = match &arguments.command {
        Command::Settings { format, source } => settings::run(source, *format, &mut out),
        Command::Inspect { source } => inspect::run(source, &mut out),
    };
    match result.and_then(|()| out.flush().map_err(Failure::from)) {
        Ok(()) => ExitCode::SUCCESS,
        // whoever read the output has seen enough
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("poc-mo: {failure}");
            ExitCode::from(2)
        }
    }
}

/// Why the tool could not do what it was asked.
#[derive(Debug, thiserror::Error)]
enum Failure {
    /// The output could not be written.
    #[error("cannot write the output: {0}")]
    Output(#[from] io::Error),
    /// An input could not be read.
    #[error("{0}: {1}")]
    Read(String, io::Error),
    /// An input is faulty.
    #[error("{0}: {1}")]
    Input(String, String),
}

impl Failure {
    fn of(input: &Input, error: impl core::fmt::Display) -> Self {
        Self::Input(input.name.clone(), error.to_string())
    }
}
