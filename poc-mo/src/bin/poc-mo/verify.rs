//! `poc-mo verify`

use std::io::Write;
use std::process::ExitCode;

use clap::Args;
use syncml::auth::{Nonce, Variant, Variants};
use syncml::dm::notification::Notification;

use crate::Failure;
use crate::content::Content;
use crate::input::Source;
use crate::keys::{Doubt, Keys};

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    keys: Keys,
    /// The password of the server, for notifications.
    #[arg(long, value_name = "TEXT")]
    password: Option<String>,
    /// The nonce that the phone has sent last, in base64, for notifications; four octets of 0 without it.
    #[arg(long, value_name = "BASE64")]
    nonce: Option<String>,
    #[command(flatten)]
    source: Source,
}

const EXAMPLES: &str =
    "The exit status is 0 if everything is what its sender sent, 1 if something is not, and 2 where that cannot be
said: for what has no MAC, and without the key that it is made with.

Examples:
  poc-mo verify --pin 1234 poc-push.hex
  poc-mo verify --pin 1234 poc-sms.hex
  poc-mo verify --password secret --nonce bm9uY2U= poc-notification.hex";

pub(crate) fn run(arguments: &Arguments, out: &mut impl Write) -> Result<ExitCode, Failure> {
    let mut is_verified = true;
    for input in arguments.source.read()? {
        for layer in input.whole_layers()? {
            let content = Content::read(layer).map_err(|fault| layer.failure(fault))?;
            match arguments.verify(&content) {
                Ok(how) => writeln!(out, "{}: {}: verified, {how}", layer.name, content.what())?,
                Err(Doubt::NotVerified(why)) => {
                    is_verified = false;
                    writeln!(out, "{}: {}: not verified, {why}", layer.name, content.what())?;
                }
                Err(Doubt::Missing(what)) => return Err(layer.refusal(what)),
            }
        }
    }
    Ok(if is_verified { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

impl Arguments {
    fn verify(&self, content: &Content<'_>) -> Result<String, Doubt> {
        match content {
            Content::Notification(notification) => self.verify_notification(notification),
            Content::Push(carried) => match &carried.content {
                Content::Notification(notification) => self.verify_notification(notification),
                _ => self.keys.verify(carried),
            },
            _ => Err(Doubt::Missing(format!("{}: nothing that a MAC comes with", content.what()))),
        }
    }

    fn verify_notification(&self, notification: &Notification<'_>) -> Result<String, Doubt> {
        let missing = |what: &str| Doubt::Missing(String::from(what));
        let password = self.password.as_deref().ok_or_else(|| missing("--password of the server must be given"))?;
        let nonce = match &self.nonce {
            None => Nonce::resynchronisation(),
            Some(text) => Nonce::from_base64(text, Variants::NONE.with(Variant::NoPadding))
                .map_err(|error| Doubt::Missing(error.to_string()))?,
        };
        match notification.verify(password.as_bytes(), &nonce) {
            Ok(_) => Ok(String::from("the digest is that of --password and the nonce")),
            Err(error) => Err(Doubt::NotVerified(error.to_string())),
        }
    }
}
