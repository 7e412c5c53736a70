//! `poc-mo provision`

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use data_encoding::HEXUPPER;
use omacp::push::{Reference, Sec};
use poc_mo::provision::push::{Secrets, SignedPush};
use poc_mo::provision::{Device, Provisioning};

use crate::Failure;
use crate::keys::Keys;
use crate::profile::Named;
use crate::sent::{self, Receiver};

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The form.
    #[arg(long = "as", value_enum, value_name = "FORM")]
    form: Form,
    /// How a push is protected.
    #[arg(long, value_enum)]
    sec: Option<Method>,
    #[command(flatten)]
    keys: Keys,
    /// What `push` and `sms` carry.
    #[arg(long, value_enum, default_value_t = Carried::Cp)]
    carry: Carried,
    /// The number that tells the SMS from others to the same phone.
    #[arg(long, value_name = "0-255", default_value_t = 1)]
    reference: u8,
    #[command(flatten)]
    receiver: Receiver,
    #[command(flatten)]
    named: Named,
    /// Where the result goes; `-`, or nothing, is standard output.
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// The settings; `-` is standard input.
    #[arg(value_name = "SETTINGS.json")]
    file: PathBuf,
}

const EXAMPLES: &str =
    "SETTINGS.json is an array of accounts, as `poc-mo settings --format json` prints it, or an object of `accounts`
and `companions`, which are the characteristics that accounts refer to:
  {\"accounts\": [{\"app_id\": \"ap0001\", \"con_refs\": [\"PTT\"]}],
   \"companions\": [{\"type\": \"NAPDEF\", \"parms\": [{\"name\": \"NAPID\", \"value\": \"PTT\"}]}]}

What gets lost, and which names are not confirmed, is said on standard error. Of userpinmac, --pin is 5 to 20 random
digits, and the PIN that the user has to type is said there too. A bootstrap with --sec is a push.

Examples:
  poc-mo provision --as cp-xml poc-settings.json
  poc-mo provision --as sms --sec userpin --pin 1234 poc-settings.json
  poc-mo provision --as bootstrap --sec netwpin --imsi 466923103145252 -o bootstrap.bin poc-settings.json
  poc-mo provision --as sms --carry bootstrap --sec userpin --pin 1234 poc-settings.json
  poc-mo provision --as dm-xml --node ./PoC/Harbour poc-settings.json";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// A provisioning document in XML.
    CpXml,
    /// A provisioning document in WBXML.
    Cp,
    /// A signed push.
    Push,
    /// A signed push in SMS: a line of hexadecimal digits each.
    Sms,
    /// A device management message in WBXML.
    Dm,
    /// A device management message in XML.
    DmXml,
    /// A device management bootstrap.
    Bootstrap,
    /// A serialised tree in WBXML.
    Tnds,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Carried {
    /// A provisioning document.
    Cp,
    /// A device management bootstrap.
    Bootstrap,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Method {
    /// With the IMSI.
    Netwpin,
    /// With a PIN that the user is told.
    Userpin,
    /// With both.
    Usernetwpin,
    /// With a PIN that holds the MAC.
    Userpinmac,
}

impl Method {
    const fn sec(self) -> Sec {
        match self {
            Self::Netwpin => Sec::NETWPIN,
            Self::Userpin => Sec::USERPIN,
            Self::Usernetwpin => Sec::USERNETWPIN,
            Self::Userpinmac => Sec::USERPINMAC,
        }
    }
}

pub(crate) fn run(arguments: &Arguments, out: &mut impl Write) -> Result<(), Failure> {
    let (name, provisioning) = sent::read(&arguments.file)?;
    arguments.named.with(|profile| {
        let device = arguments.receiver.device().profile(profile);
        let octets = arguments.octets(&provisioning, &device).map_err(|error| sent::refused(&name, &*error))?;
        let is_text = matches!(arguments.form, Form::CpXml | Form::DmXml | Form::Sms);
        sent::put(&octets, is_text, arguments.output.as_deref(), out)
    })
}

/// What can be made of the settings, or whatever is wrong with them or with what is typed beside them.
type Made<T> = Result<T, Box<dyn core::error::Error>>;

impl Arguments {
    fn octets(&self, provisioning: &Provisioning, device: &Device<'_>) -> Made<Vec<u8>> {
        let is_signed = matches!(self.form, Form::Push | Form::Sms | Form::Bootstrap);
        if self.sec.is_some() && !is_signed {
            return Err("--sec is for push, sms and bootstrap".into());
        }
        let push = || self.push(provisioning, device);
        Ok(match self.form {
            Form::Cp => document(provisioning, device)?,
            Form::CpXml => {
                let cp = provisioning.cp(device.names());
                sent::warn(cp.losses(), cp.unconfirmed());
                cp.document().to_xml()?.into_bytes()
            }
            Form::Bootstrap if self.sec.is_none() => bootstrap(provisioning, device)?,
            Form::Push | Form::Bootstrap => push()?.octets().to_vec(),
            Form::Sms => {
                let lines = push()?.segments(Reference::Short(self.reference))?;
                lines.iter().map(|line| HEXUPPER.encode(line) + "\n").collect::<String>().into_bytes()
            }
            Form::Dm | Form::DmXml | Form::Tnds => {
                let dm = provisioning.dm(device)?;
                sent::warn(dm.losses(), dm.unconfirmed());
                match self.form {
                    Form::Dm => dm.to_wbxml()?.concat(),
                    Form::DmXml => dm.to_xml()?.concat(),
                    _ => dm.tree().to_wbxml()?,
                }
            }
        })
    }

    fn push(&self, provisioning: &Provisioning, device: &Device<'_>) -> Made<SignedPush> {
        let sec = self.sec.ok_or("--sec must be given, with --pin or --imsi")?.sec();
        let mut secrets = Secrets::new();
        if let Some(pin) = &self.keys.pin {
            secrets = secrets.with_pin(pin);
        }
        if let Some(imsi) = &self.keys.imsi {
            secrets = secrets.with_imsi(imsi);
        }
        let is_bootstrap = self.form == Form::Bootstrap || self.carry == Carried::Bootstrap;
        let push = if is_bootstrap {
            SignedPush::of_bootstrap(&bootstrap(provisioning, device)?, sec, &secrets)?
        } else {
            SignedPush::of_document(&document(provisioning, device)?, sec, &secrets)?
        };
        if let Some(pin) = push.pin() {
            eprintln!("poc-mo: the PIN is {pin}");
        }
        Ok(push)
    }
}

fn document(provisioning: &Provisioning, device: &Device<'_>) -> Made<Vec<u8>> {
    let cp = provisioning.cp(device.names());
    sent::warn(cp.losses(), cp.unconfirmed());
    Ok(cp.document().to_wbxml()?)
}

fn bootstrap(provisioning: &Provisioning, device: &Device<'_>) -> Made<Vec<u8>> {
    let bootstrap = provisioning.bootstrap(device)?;
    sent::warn(bootstrap.losses(), bootstrap.unconfirmed());
    Ok(bootstrap.to_wbxml()?)
}
