//! `poc-mo update`

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use poc_mo::provision::Update;

use crate::Failure;
use crate::profile::Named;
use crate::sent::{self, Receiver};

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The form.
    #[arg(long = "as", value_enum, value_name = "FORM", default_value_t = Form::Dm)]
    form: Form,
    #[command(flatten)]
    receiver: Receiver,
    #[command(flatten)]
    named: Named,
    /// Where the result goes; `-`, or nothing, is standard output.
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// The settings that the device has.
    #[arg(value_name = "OLD.json")]
    old: PathBuf,
    /// Those that it is to have.
    #[arg(value_name = "NEW.json")]
    new: PathBuf,
}

const EXAMPLES: &str =
    "The files are as for `poc-mo provision`, and the device has the old settings as that has sent them with --as dm.
Accounts of one application and provider are one. `[]` as the new settings withdraws all.

Examples:
  poc-mo update --as dm-xml poc-settings.json poc-new-settings.json
  poc-mo update --node ./PoC/Harbour -o update.wbxml poc-settings.json poc-new-settings.json
  poc-mo update --dm 1.1.2 -o update.wbxml poc-new-settings.json poc-settings.json";

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    /// A device management message in WBXML.
    Dm,
    /// A device management message in XML.
    DmXml,
}

pub(crate) fn run(arguments: &Arguments, out: &mut impl Write) -> Result<(), Failure> {
    let (_, old) = sent::read(&arguments.old)?;
    let (name, new) = sent::read(&arguments.new)?;
    arguments.named.with(|profile| {
        let device = arguments.receiver.device().profile(profile);
        let refused = |error| sent::refused(&name, &error);
        let update = Update::new(&old, &new, &device).map_err(refused)?;
        sent::warn(update.losses(), update.unconfirmed());
        let (messages, is_text) = match arguments.form {
            Form::Dm => (update.to_wbxml(), false),
            Form::DmXml => (update.to_xml(), true),
        };
        sent::put(&messages.map_err(refused)?.concat(), is_text, arguments.output.as_deref(), out)
    })
}
