//! The tool `poc-mo`: shows push-to-talk settings and the messages that carry them, checks and changes them.

extern crate alloc;

mod content;
mod document;
mod edit;
mod failure;
mod hex;
mod input;
mod inspect;
mod keys;
mod outline;
mod place;
mod profile;
mod provision;
mod report;
mod secrets;
mod sent;
mod services;
mod settings;
mod shape;
mod sheet;
mod sms;
mod update;
mod verify;

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use failure::Failure;

/// Shows push-to-talk (PoC) settings, and the provisioning documents and device management messages that carry them.
#[derive(Debug, Parser)]
#[command(version, after_help = EXAMPLES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "Examples:
  poc-mo inspect poc-push.hex                                 what a message is, and everything in it
  poc-mo settings --pin 1234 poc-push.hex                     the accounts that result from it
  poc-mo settings --format json poc-cp.wbxml poc-dm-update.xml
  poc-mo provision --as sms --sec userpin --pin 1234 poc-settings.json
  poc-mo update --as dm-xml poc-settings.json poc-new-settings.json
  poc-mo verify --pin 1234 poc-push.hex                       whether its sender has this PIN
  poc-mo edit --set APPLICATION[3]/T11=6000 --pin 1234 -o new.bin poc-push.hex

Each subcommand has a --help with more. Exit status: 0; 1 where `verify` says no; 2 if anything failed, with a line on
standard error that says what and at which octet, and the octets around it.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Print what each input is, and everything in it, as a tree.
    Inspect(inspect::Arguments),
    /// Print the PoC accounts that result from applying the files in order.
    Settings(settings::Arguments),
    /// Write settings in the form in which a server sends them.
    Provision(provision::Arguments),
    /// Write the commands that make other settings of those that a device has.
    Update(update::Arguments),
    /// Say whether pushes and notifications are what the holder of a key has sent.
    Verify(verify::Arguments),
    /// Give values of a document, a message or a push others, and sign it again.
    Edit(edit::Arguments),
    /// Print the names of settings as a table, to be corrected.
    Profile(profile::Arguments),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut out = BufWriter::new(io::stdout().lock());
    let result = match &arguments.command {
        Command::Inspect(arguments) => inspect::run(arguments, &mut out).map(|()| ExitCode::SUCCESS),
        Command::Settings(arguments) => settings::run(arguments, &mut out).map(|()| ExitCode::SUCCESS),
        Command::Provision(arguments) => provision::run(arguments, &mut out).map(|()| ExitCode::SUCCESS),
        Command::Update(arguments) => update::run(arguments, &mut out).map(|()| ExitCode::SUCCESS),
        Command::Verify(arguments) => verify::run(arguments, &mut out),
        Command::Profile(arguments) => profile::run(arguments, &mut out).map(|()| ExitCode::SUCCESS),
        Command::Edit(arguments) => edit::run(arguments, &mut out).map(|()| ExitCode::SUCCESS),
    };
    match result.and_then(|code| Ok(out.flush().map(|()| code)?)) {
        Ok(code) => code,
        // whoever read the output has seen enough
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("poc-mo: {failure}");
            ExitCode::from(2)
        }
    }
}
